/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/btc/arb.h"

#include <inttypes.h>
#include <string.h>

#include "hal/btc/btc_priv.h"

static const char *const names[] = { "priority", "round-robin", "weighted" };
#define N_MODES (sizeof(names) / sizeof(names[0]))

const char *btc_arb_mode_name(enum btc_arb_mode mode)
{
	return (unsigned)mode < N_MODES ? names[mode] : NULL;
}

bool btc_arb_mode_find(const char *name, enum btc_arb_mode *mode)
{
	for (unsigned i = 0; i < N_MODES; i++)
		if (strcmp(name, names[i]) == 0) {
			*mode = (enum btc_arb_mode)i;
			return true;
		}
	return false;
}

int btc_arb_mode_set(struct btc *b, enum btc_arb_mode mode, struct error *err)
{
	if (btc_arb_mode_name(mode) == NULL)
		return error_set(err, E_RANGE, "arbitration rule %u: only 0 to 2",
				 (unsigned)mode);
	regio_fields(b->io, BTC_ARB_MODE, F(ARB_MODE, MODE, mode));
	return regio_end(b->io, err);
}

int btc_arb_mode_get(struct btc *b, struct error *err, enum btc_arb_mode *mode)
{
	uint32_t v;

	if (regio_get(b->io, BTC_ARB_MODE, &v) == 0) {
		if (G(v, ARB_MODE, MODE) < N_MODES)
			*mode = (enum btc_arb_mode)G(v, ARB_MODE, MODE);
		else
			regio_fail(b->io, E_CORRUPT, "ARB:MODE.MODE reads %" PRIu32,
				   G(v, ARB_MODE, MODE));
	}
	return regio_end(b->io, err);
}

int btc_arb_rights_set(struct btc *b, uint32_t station, const struct btc_rights *rights,
		       struct error *err)
{
	int rc = btc__check_station(b, station, BTC_CONTROLLER, err);

	if (rc != 0)
		return rc;
	if (rights->weight > 255)
		return error_set(err, E_RANGE, "weight %" PRIu32 ": only 0 to 255",
				 rights->weight);
	if (rights->priority > 7)
		return error_set(err, E_RANGE, "priority %" PRIu32 ": only 0 to 7",
				 rights->priority);
	regio_fields(b->io, BTC_ARB_STATION_RIGHTS(station),
		     F(ARB_STATION_RIGHTS, WEIGHT, rights->weight),
		     F(ARB_STATION_RIGHTS, PRIORITY, rights->priority),
		     F(ARB_STATION_RIGHTS, ENABLE, rights->enable));
	return regio_end(b->io, err);
}

static int check_range(const struct btc *b, uint32_t first, size_t n, struct error *err)
{
	if (n == 0 || n > BTC_N_STATIONS || first + n - 1 > b->cap.n_blades)
		return error_set(err, E_RANGE,
				 "%zu stations from %" PRIu32 " on: only 0 to %" PRIu32, n,
				 first, b->cap.n_blades);
	return 0;
}

int btc_arb_get(struct btc *b, uint32_t first, size_t n, struct error *err,
		struct btc_requester *requesters)
{
	uint64_t addrs[4 * BTC_N_STATIONS];
	uint32_t v[4 * BTC_N_STATIONS];
	int rc = check_range(b, first, n, err);

	if (rc != 0)
		return rc;
	for (size_t i = 0; i < 4 * n; i++)
		addrs[i] = BTC_ARB_STATION_RIGHTS(first + i / 4) + i % 4 * 4;
	if (regio_read_many(b->io, addrs, 4 * n, v) != 0)
		return regio_end(b->io, err);
	for (size_t i = 0; i < n; i++)
		requesters[i] = (struct btc_requester){
			.rights = { .weight = G(v[4 * i], ARB_STATION_RIGHTS, WEIGHT),
				    .priority = G(v[4 * i], ARB_STATION_RIGHTS, PRIORITY),
				    .enable = G(v[4 * i], ARB_STATION_RIGHTS, ENABLE) != 0 },
			.requests = v[4 * i + 1],
			.grants = v[4 * i + 2],
			.longest_wait = v[4 * i + 3],
		};
	return regio_end(b->io, err);
}

int btc_arb_wait_clear(struct btc *b, uint32_t first, size_t n, struct error *err)
{
	int rc = check_range(b, first, n, err);

	if (rc != 0)
		return rc;
	for (size_t i = 0; i < n; i++)
		regio_write(b->io, BTC_ARB_STATION_LONGEST_WAIT(first + i), 0);
	return regio_end(b->io, err);
}
