/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/btc/blades.h"

#include <inttypes.h>
#include <string.h>

#include "hal/btc/inner_priv.h"

/* What software writes of a blade: IDENT_HI to FUNCTIONS, one word after the other. */
#define N_CONFIG 8u

_Static_assert(BTC_BLADE_FUNCTIONS(0) - BTC_BLADE_IDENT_HI(0) == 4 * (N_CONFIG - 1),
	       "the identity is one word after the other");

static const char *const state_names[] = { "absent", "unknown", "ready", "disabled" };
static const char *const event_names[BTC_N_BLADE_EVENTS] = { "inserted", "removed",
							     "align-lost", "babbled" };

const char *btc_blade_state_name(enum btc_blade_state state)
{
	return (unsigned)state < 4 ? state_names[state] : NULL;
}

const char *btc_blade_event_name(uint32_t i)
{
	return i < BTC_N_BLADE_EVENTS ? event_names[i] : NULL;
}

/* STATUS, EVENTS, CONTROL: hardware changes all of them. */
static void decode_status(const uint32_t v[3], uint32_t station, struct btc_blade *blade)
{
	*blade = (struct btc_blade){
		.station = station,
		.present = G(v[0], BLADE_STATUS, PRESENT) != 0,
		.aligned = G(v[0], BLADE_STATUS, ALIGNED) != 0,
		.duplicate = G(v[0], BLADE_STATUS, DUPLICATE) != 0,
		.state = (enum btc_blade_state)G(v[0], BLADE_STATUS, STATE),
		.events = v[1] & ((1u << BTC_N_BLADE_EVENTS) - 1),
		.disabled = G(v[2], BLADE_CONTROL, DISABLE) != 0,
		.known = G(v[2], BLADE_CONTROL, KNOWN) != 0,
	};
}

static void put_word(uint8_t *p, uint32_t word)
{
	for (unsigned i = 0; i < 4; i++)
		p[i] = (uint8_t)(word >> (24 - 8 * i));
}

static uint32_t get_word(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void decode_identity(const uint32_t v[N_CONFIG], struct btc_identity *identity)
{
	identity->ident = btc__ident_of(v[0], v[1]);
	put_word(identity->ipv4, v[2]);
	for (unsigned i = 0; i < 4; i++)
		put_word(identity->ipv6 + 4 * i, v[3 + i]);
	identity->functions = v[7];
}

int btc__blades_read(struct btc *b, uint32_t first, size_t n, struct btc_blade *blades)
{
	uint64_t addrs[N_CONFIG * BTC_MAX_BLADES] = { 0 };
	uint32_t v[N_CONFIG * BTC_MAX_BLADES];
	size_t n_addrs = 0, at = 0;

	for (size_t i = 0; i < 3 * n; i++)
		addrs[i] = BTC_BLADE_STATUS(first - 1 + i / 3) + i % 3 * 4;
	if (regio_read_many(b->io, addrs, 3 * n, v) != 0)
		return regio_flush(b->io);
	for (size_t i = 0; i < n; i++) {
		decode_status(v + 3 * i, first + (uint32_t)i, &blades[i]);
		for (size_t k = 0; k < N_CONFIG && (blades[i].present || blades[i].known); k++)
			addrs[n_addrs++] = BTC_BLADE_IDENT_HI(first - 1 + i) + 4 * k;
	}
	if (regio_get_many(b->io, addrs, n_addrs, v) != 0)
		return regio_flush(b->io);
	for (size_t i = 0; i < n; i++) {
		if (!blades[i].present && !blades[i].known)
			continue;
		decode_identity(v + at, &blades[i].identity);
		at += N_CONFIG;
	}
	return 0;
}

int btc_blades_get(struct btc *b, struct error *err, struct btc_blade blades[BTC_MAX_BLADES],
		   size_t *n)
{
	struct btc_blade got[BTC_MAX_BLADES];

	if (btc__blades_read(b, 1, b->cap.n_blades, got) == 0) {
		*n = b->cap.n_blades;
		memcpy(blades, got, *n * sizeof(*blades));
	}
	return regio_end(b->io, err);
}

int btc_blade_get(struct btc *b, uint32_t station, struct error *err, struct btc_blade *blade)
{
	struct btc_blade got;
	int rc = btc__check_station(b, station, 1, err);

	if (rc != 0)
		return rc;
	if (btc__blades_read(b, station, 1, &got) == 0)
		*blade = got;
	return regio_end(b->io, err);
}

int btc_blade_find(struct btc *b, const struct mac *ident, struct error *err, uint32_t *station)
{
	struct btc_blade blades[BTC_MAX_BLADES];
	char text[MAC_TEXT_SIZE];
	size_t n = 0;
	int rc = btc_blades_get(b, err, blades, &n);

	if (rc != 0)
		return rc;
	for (size_t i = 0; i < n; i++)
		if (blades[i].state == BTC_BLADE_READY &&
		    mac_number(&blades[i].identity.ident) == mac_number(ident)) {
			*station = blades[i].station;
			return 0;
		}
	return error_set(err, E_NOTFOUND, "no blade that is ready has the identifier %s",
			 mac_format(ident, text));
}

int btc__blade_events_read(struct btc *b, uint32_t events[BTC_MAX_BLADES])
{
	uint64_t addrs[BTC_MAX_BLADES] = { 0 };
	uint32_t n = b->cap.n_blades;

	memset(events, 0, BTC_MAX_BLADES * sizeof(*events));
	for (uint32_t i = 0; i < n; i++)
		addrs[i] = BTC_BLADE_EVENTS(i);
	if (regio_read_many(b->io, addrs, n, events) != 0)
		return regio_flush(b->io);
	for (uint32_t i = 0; i < n; i++)
		events[i] &= (1u << BTC_N_BLADE_EVENTS) - 1;
	return 0;
}

int btc__blade_events_clear(struct btc *b, const uint32_t events[BTC_MAX_BLADES])
{
	for (uint32_t i = 0; i < b->cap.n_blades; i++)
		if (events[i] != 0)
			regio_write(b->io, BTC_BLADE_EVENTS(i), events[i]);
	return regio_flush(b->io);
}

int btc_blade_events_take(struct btc *b, struct error *err, uint32_t events[BTC_MAX_BLADES])
{
	uint32_t got[BTC_MAX_BLADES];
	int rc;

	if (btc__blade_events_read(b, got) == 0)
		btc__blade_events_clear(b, got);
	rc = regio_end(b->io, err);
	if (rc == 0)
		memcpy(events, got, sizeof(got));
	return rc;
}

/* --- identities -------------------------------------------------------------------------- */

/* Queues KNOWN of a blade whose CONTROL was just read; the core may clear it, but nothing else. */
static void put_known(struct regio *io, uint32_t station, uint32_t *control, bool known)
{
	uint32_t value = (uint32_t)reg_field_put(*control, BTC_BLADE_CONTROL__KNOWN, known);

	if (value != *control)
		regio_write(io, BTC_BLADE_CONTROL(station - 1), value);
	*control = value;
}

static void encode_identity(const struct btc_identity *identity, uint32_t v[N_CONFIG])
{
	uint64_t number = mac_number(&identity->ident);

	v[0] = (uint32_t)(number >> 32);
	v[1] = (uint32_t)number;
	v[2] = get_word(identity->ipv4);
	for (unsigned i = 0; i < 4; i++)
		v[3 + i] = get_word(identity->ipv6 + 4 * i);
	v[7] = identity->functions;
}

int btc__identity_write(struct btc *b, uint32_t station, const struct btc_identity *identity)
{
	uint32_t want[N_CONFIG], now[N_CONFIG], control;
	uint64_t addrs[N_CONFIG];

	encode_identity(identity, want);
	for (unsigned i = 0; i < N_CONFIG; i++)
		addrs[i] = BTC_BLADE_IDENT_HI(station - 1) + 4 * i;
	if (regio_read(b->io, BTC_BLADE_CONTROL(station - 1), &control) != 0 ||
	    regio_get_many(b->io, addrs, N_CONFIG, now) != 0)
		return regio_flush(b->io);
	if (memcmp(want, now, sizeof(want)) != 0)
		put_known(b->io, station, &control, false);
	for (unsigned i = 0; i < N_CONFIG; i++)
		regio_put(b->io, addrs[i], want[i]);
	put_known(b->io, station, &control, true);
	return regio_flush(b->io);
}

int btc_blade_identity_set(struct btc *b, uint32_t station, const struct btc_identity *identity,
			   struct error *err)
{
	int rc = btc__check_station(b, station, 1, err);

	if (rc == 0)
		rc = btc__check_ident(&identity->ident, err);
	if (rc != 0)
		return rc;
	btc__identity_write(b, station, identity);
	return regio_end(b->io, err);
}

int btc_blade_identity_clear(struct btc *b, uint32_t station, struct error *err)
{
	int rc = btc__check_station(b, station, 1, err);

	if (rc != 0)
		return rc;
	regio_fields(b->io, BTC_BLADE_CONTROL(station - 1), F(BLADE_CONTROL, KNOWN, 0));
	return regio_end(b->io, err);
}

int btc_blade_disable(struct btc *b, uint32_t station, bool disabled, struct error *err)
{
	int rc = btc__check_station(b, station, 1, err);

	if (rc != 0)
		return rc;
	regio_fields(b->io, BTC_BLADE_CONTROL(station - 1),
		     F(BLADE_CONTROL, DISABLE, disabled));
	return regio_end(b->io, err);
}
