/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Arbitration of shared timeslots, and the block ARB. */
#include "drv/mock_btc/model.h"

/* Requests for one slot. */
struct requests {
	uint64_t blades;
	bool controller;
};

static bool asks(struct mock_btc *m, uint32_t station, uint64_t start_ns)
{
	return m->station[station].enable && mb_ready(m, station, start_ns);
}

static struct requests requests_at(struct mock_btc *m, uint64_t start_ns)
{
	uint64_t left = m->pending & m->live;
	struct requests r = { .controller = mb_controller_waits(m) && asks(m, 0, start_ns) };

	while (left != 0) {
		uint32_t station = mb_next(&left);

		if (asks(m, station, start_ns))
			r.blades |= mb_bit(station);
	}
	return r;
}

/* The next one after @last, in the circle of stations. */
static uint32_t next_after(const struct requests *r, uint32_t last)
{
	uint64_t above = last < 64 ? r->blades >> last << last : 0;

	if (above != 0)
		return (uint32_t)__builtin_ctzll(above) + 1;
	if (r->controller)
		return 0;
	return (uint32_t)__builtin_ctzll(r->blades) + 1;
}

static bool is_asking(const struct requests *r, uint32_t station)
{
	return station == 0 ? r->controller : (r->blades & mb_bit(station)) != 0;
}

static uint32_t highest(const struct mock_btc *m, const struct requests *r)
{
	uint64_t left = r->blades;
	uint32_t best = r->controller ? 0 : MB_NOBODY;

	while (left != 0) {
		uint32_t station = mb_next(&left);

		if (best == MB_NOBODY ||
		    m->station[station].priority > m->station[best].priority)
			best = station;
	}
	return best;
}

/* Grants up to WEIGHT in a row, as long as the station asks. */
static uint32_t weighted(struct mock_btc *m, const struct requests *r)
{
	uint32_t station = m->arb_last;

	if (m->arb_left == 0 || !is_asking(r, station)) {
		station = next_after(r, station);
		m->arb_left = m->station[station].weight == 0 ? 1 : m->station[station].weight;
	}
	m->arb_left--;
	return station;
}

static uint32_t choose(struct mock_btc *m, const struct requests *r)
{
	switch (m->arb_mode) {
	case BTC_ARB_MODE__MODE__PRIORITY:
		return highest(m, r);
	case BTC_ARB_MODE__MODE__WEIGHTED:
		return weighted(m, r);
	default:
		return next_after(r, m->arb_last);
	}
}

static void account(const struct mock_btc *m, struct mb_station *station, bool granted)
{
	if (station->asked != m->n_asked - 1)
		station->waited = 0;
	station->asked = m->n_asked;
	station->counter[MB_REQUESTS]++;
	if (granted) {
		station->counter[MB_GRANTS]++;
		station->waited = 0;
		return;
	}
	station->waited++;
	if (station->waited > station->counter[MB_LONGEST_WAIT])
		station->counter[MB_LONGEST_WAIT] = station->waited;
}

uint32_t mb_arbitrate(struct mock_btc *m, uint64_t start_ns)
{
	struct requests r = requests_at(m, start_ns);
	uint64_t left = r.blades;
	uint32_t granted;

	if (left == 0 && !r.controller)
		return MB_NOBODY;
	granted = choose(m, &r);
	m->arb_last = granted;
	m->n_asked++;
	if (r.controller)
		account(m, &m->station[0], granted == 0);
	while (left != 0) {
		uint32_t station = mb_next(&left);

		account(m, &m->station[station], granted == station);
	}
	return granted;
}

static void set_rights(struct mb_station *station, uint32_t value)
{
	station->weight = (uint8_t)mb_field(value, BTC_ARB_STATION_RIGHTS__WEIGHT);
	station->priority = (uint8_t)mb_field(value, BTC_ARB_STATION_RIGHTS__PRIORITY);
	station->enable = mb_field(value, BTC_ARB_STATION_RIGHTS__ENABLE) != 0;
}

static void set_mode(struct mock_btc *m)
{
	uint32_t mode = mb_field(mb_get(m, BTC_ARB_MODE), BTC_ARB_MODE__MODE);

	if (mode > BTC_ARB_MODE__MODE__WEIGHTED) {
		mb_put(m, BTC_ARB_MODE, m->arb_mode);
		return;
	}
	m->arb_mode = mode;
	m->arb_left = 0;
}

static void write(struct mock_btc *m, uint64_t addr, uint32_t value)
{
	uint64_t offset = addr - BTC_ARB_STATION_RIGHTS(0);
	uint32_t *counter = mb_counter(m, addr);

	(void)value;
	if (addr == BTC_ARB_MODE)
		set_mode(m);
	else if (addr >= BTC_ARB_STATION_RIGHTS(0) && offset % 0x10 == 0)
		set_rights(&m->station[offset / 0x10], mb_get(m, addr));
	else if (counter == &m->station[offset / 0x10 % MB_STATIONS].counter[MB_LONGEST_WAIT])
		*counter = value;
}

static void load(struct mock_btc *m)
{
	m->arb_mode = BTC_ARB_MODE__MODE__ROUND_ROBIN;
	set_mode(m);
	m->arb_last = 64;
	for (uint32_t i = 0; i < MB_STATIONS; i++) {
		set_rights(&m->station[i], mb_get(m, BTC_ARB_STATION_RIGHTS(i)));
		m->station[i].waited = 0;
	}
}

const struct mb_block mb_block_arb = {
	.first = BTC_ARB_MODE,
	.last = BTC_ARB_STATION_LONGEST_WAIT(64),
	.write = write,
	.load = load,
};
