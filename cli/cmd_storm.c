/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/chip.h"
#include "cli/commands.h"
#include "cli/rate.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum { OPT_TO = OPT_COMMAND };

static const struct arg_spec set_options[] = {
	{ "to", 0, OPT_TO, "PLACE", "keep the excess from ports, cpu or all (all)", 0 },
	{ 0 },
};

static const char *const kind_words[] = { "uc", "mc", "bc" };
static const struct wordlist kind_list = { kind_words, COUNT(kind_words), "kind of storm" };

static int show(struct call *call, struct vsc7448 *chip, struct error *err)
{
	static const struct out_column columns[] = {
		{ "kind", "KIND", OUT_RAW }, { "rate_kbps", NULL, 0 },
		{ "rate_fps", NULL, 0 },     { "limit", "LIMIT", OUT_RAW },
		{ "to", "TO", 0 },
	};
	struct out_record *root = out_root(call->out);
	struct out_table *table = out_table(root, "storms", columns, COUNT(columns));
	int rc = 0;

	for (int i = 0; rc == 0 && i < VSC7448_N_STORMS; i++) {
		struct vsc7448_storm_policer policer = { 0 };
		struct out_cell cells[COUNT(columns)] = { out_lasting(kind_words[i]) };

		rc = vsc7448_storm_get(chip, (enum vsc7448_storm)i, err, &policer);
		if (rc != 0)
			break;
		rate_cells(root, &policer.limit, cells + 1);
		cells[4] = policer.limit.limited ? out_lasting(rate_to.words[policer.to])
						 : out_null();
		out_row(table, cells);
	}
	return rc;
}

static int run_show(struct call *call, struct error *err)
{
	struct vsc7448 *chip;
	int rc = chip_open(call, err, &chip);

	if (rc != 0)
		return rc;
	rc = show(call, chip, err);
	vsc7448_close(chip);
	return rc;
}

static int run_set(struct call *call, struct error *err)
{
	const char *to = args_value(&call->args, OPT_TO);
	struct vsc7448_storm_policer policer = { 0 };
	struct vsc7448 *chip;
	uint32_t kind = 0, place = 0;
	int rc = wordlist_one(&kind_list, call->args.operands[0], err, &kind);

	if (rc == 0)
		rc = rate_parse(call->args.operands[1], err, &policer.limit);
	if (rc == 0 && to != NULL)
		rc = wordlist_one(&rate_to, to, err, &place);
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	policer.to = (enum vsc7448_police_to)place;
	rc = vsc7448_storm_set(chip, (enum vsc7448_storm)kind, &policer, err);
	if (rc == 0)
		rc = show(call, chip, err);
	vsc7448_close(chip);
	return rc;
}

const struct cmd storm_table[] = {
	{
		.name = "set",
		.usage = "KIND RATE",
		.help = "limit what is flooded, over all ports",
		.detail = "KIND is uc or mc (unknown unicast, unknown multicast) or bc "
			  "(broadcast). RATE is 1000fps, 500kbps, 10Mbps, 1Gbps or off; it is "
			  "rounded up to steps of 10 frames/s or 25.04 kbit/s.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = set_options,
		.min_operands = 2,
		.max_operands = 2,
		.schema = "storm",
		.version = 1,
		.run = run_set,
	},
	{
		.name = "show",
		.usage = "",
		.help = "the limits of flooding",
		.flags = CMD_NEEDS_BOARD,
		.schema = "storm",
		.version = 1,
		.run = run_show,
	},
};
