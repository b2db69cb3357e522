/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/rate.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/args.h"

static const struct {
	const char *suffix;
	bool frames;
	uint32_t factor;
} units[] = {
	{ "fps", true, 1 },
	{ "kbps", false, 1 },
	{ "Mbps", false, 1000 },
	{ "Gbps", false, 1000000 },
};

static const char *const to_words[] = { "all", "ports", "cpu" };
const struct wordlist rate_to = { to_words, 3, "place to keep frames from" };

static int bad(const char *text, struct error *err)
{
	return error_set(err, E_SYNTAX,
			 "'%.64s' is not a rate like 1000fps, 500kbps, 10Mbps, 1Gbps or off",
			 text);
}

int rate_parse(const char *text, struct error *err, struct vsc7448_rate *rate)
{
	char digits[16];
	size_t len = strspn(text, "0123456789");
	uint64_t number = 0;
	int rc;

	if (strcmp(text, "off") == 0) {
		*rate = (struct vsc7448_rate){ 0 };
		return 0;
	}
	if (len == 0 || len >= sizeof(digits))
		return bad(text, err);
	memcpy(digits, text, len);
	digits[len] = '\0';
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		const struct args_range range = { 0, UINT32_MAX / units[i].factor };

		if (strcmp(text + len, units[i].suffix) != 0)
			continue;
		rc = args_number(digits, "rate", range, err, &number);
		if (rc == 0)
			*rate = (struct vsc7448_rate){ true, units[i].frames,
						       (uint32_t)number * units[i].factor };
		return rc;
	}
	return bad(text, err);
}

void rate_cells(struct out_record *record, const struct vsc7448_rate *rate,
		struct out_cell cells[3])
{
	bool frames = rate->limited && rate->frames, bits = rate->limited && !rate->frames;

	cells[0] = bits ? out_uint(rate->rate) : out_null();
	cells[1] = frames ? out_uint(rate->rate) : out_null();
	cells[2] = out_lasting(rate->limited ? out_format(record, "%" PRIu32 " %s", rate->rate,
							  frames ? "frames/s" : "kbit/s")
					     : "no limit");
}
