/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/tdm.h"

#include <inttypes.h>
#include <string.h>

#include "hal/btc/blades.h"
#include "hal/numberset.h"

int tdm_open(const struct call *call, struct error *err, struct btc **b)
{
	struct device *found = NULL;

	for (size_t i = 0; i < board_n_devices(call->board); i++) {
		struct device *dev = board_device_at(call->board, i);

		if (strcmp(regdb_name(device_map(dev)), "btc") == 0 &&
		    (found == NULL || strcmp(device_name(dev), "btc") == 0))
			found = dev;
	}
	if (found == NULL)
		return error_set(err, E_NODEV, "the board has no device with the map btc");
	return btc_open(found, err, b);
}

int tdm_run(struct call *call, struct error *err,
	    int (*run)(struct call *call, struct btc *b, struct error *err))
{
	struct btc *b;
	int rc = tdm_open(call, err, &b);

	if (rc != 0)
		return rc;
	rc = run(call, b, err);
	btc_close(b);
	return rc;
}

static int number(const char *text, uint32_t first, struct error *err, uint32_t *station)
{
	const char *digits = strncmp(text, "blade", 5) == 0 ? text + 5 : text;

	return args_number32(digits, first == 0 ? "station" : "blade",
			     (struct args_range){ first, BTC_MAX_BLADES }, err, station);
}

int tdm_station(const char *text, struct error *err, uint32_t *station)
{
	if (strcmp(text, "controller") == 0) {
		*station = BTC_CONTROLLER;
		return 0;
	}
	return number(text, 0, err, station);
}

int tdm_blade(const char *text, struct error *err, uint32_t *station)
{
	return number(text, 1, err, station);
}

int tdm_blades(const char *text, struct error *err, btc_blades *blades)
{
	static const struct numberset_kind kind = { "blade", 1, BTC_MAX_BLADES };
	struct numberset set;
	int rc = numberset_parse(text, &kind, err, &set);

	if (rc == 0)
		*blades = set.bits[0] >> 1 | set.bits[1] << 63;
	return rc;
}

const char *tdm_blades_text(struct out_record *record, btc_blades blades)
{
	const struct numberset set = { { blades << 1, blades >> 63 } };
	char buf[NUMBERSET_TEXT_SIZE];

	return out_format(record, "%s", numberset_format(&set, buf));
}

const char *tdm_station_text(struct out_record *record, uint32_t station)
{
	return station == BTC_CONTROLLER ? "controller"
					 : out_format(record, "blade %" PRIu32, station);
}

int tdm_names_get(struct btc *b, struct error *err, struct tdm_names *names)
{
	struct btc_blade blades[BTC_MAX_BLADES];
	size_t n = 0;
	int rc;

	memset(names, 0, sizeof(*names));
	rc = btc_ident_get(b, err, &names->ident[BTC_CONTROLLER]);
	if (rc == 0)
		rc = btc_blades_get(b, err, blades, &n);
	if (rc != 0)
		return rc;
	names->known[BTC_CONTROLLER] = mac_number(&names->ident[BTC_CONTROLLER]) != 0;
	for (size_t i = 0; i < n; i++) {
		names->ident[blades[i].station] = blades[i].identity.ident;
		names->known[blades[i].station] = blades[i].known;
	}
	return 0;
}

static bool same(const struct mac *a, const struct mac *b)
{
	return mac_number(a) == mac_number(b);
}

const char *tdm_mac_text(struct out_record *record, const struct mac *ident)
{
	char buf[MAC_TEXT_SIZE];

	return out_format(record, "%s", mac_format(ident, buf));
}

const char *tdm_ident_text(struct out_record *record, const struct tdm_names *names,
			   const struct mac *ident)
{
	if (btc_is_everybody(ident))
		return "everybody";
	for (uint32_t station = 0; station < BTC_N_STATIONS; station++)
		if (names->known[station] && same(&names->ident[station], ident))
			return tdm_station_text(record, station);
	return tdm_mac_text(record, ident);
}

const char *tdm_way_text(struct out_record *record, const struct tdm_names *names,
			 const struct btc_header *header)
{
	return out_format(record, "%s -> %s", tdm_ident_text(record, names, &header->initial),
			  tdm_ident_text(record, names, &header->final));
}

int tdm_ident(const char *text, const struct tdm_names *names, struct error *err,
	      struct mac *ident)
{
	uint32_t station;
	int rc;

	if (strcmp(text, "all") == 0) {
		*ident = btc_everybody();
		return 0;
	}
	if (mac_parse(text, ident))
		return 0;
	rc = tdm_station(text, err, &station);
	if (rc != 0)
		return rc;
	if (!names->known[station])
		return error_set(err, E_STATE,
				 "station %" PRIu32
				 " has no identifier yet; run `blade discover`",
				 station);
	*ident = names->ident[station];
	return 0;
}

int tdm_period_option(const struct call *call, int id, struct error *err, uint32_t *period_ns)
{
	const char *text = args_value(&call->args, id);
	uint64_t us = 0;
	int rc = text != NULL ? args_duration_us(text, "--period", err, &us) : 0;

	if (rc != 0 || text == NULL)
		return rc;
	if (us < 10 || us > 1000)
		return error_set(err, E_RANGE, "--period: %.32s is outside 10us to 1ms", text);
	*period_ns = (uint32_t)us * 1000;
	return 0;
}

int tdm_timeout_option(const struct call *call, int id, struct error *err, uint32_t *us)
{
	const char *text = args_value(&call->args, id);
	uint64_t value = *us;
	int rc = text != NULL ? args_duration_us(text, "--timeout", err, &value) : 0;

	if (rc == 0 && value > UINT32_MAX)
		return error_set(err, E_RANGE, "--timeout: at most an hour");
	*us = (uint32_t)value;
	return rc;
}
