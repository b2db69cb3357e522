/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Blades: plugged in and pulled out, their queues; and the block BLADE. */
#include "drv/mock_btc/model.h"

#include <string.h>

#define MAX_PPM 1000

void mb_blade_event(struct mock_btc *m, uint32_t station, uint32_t event, uint32_t control)
{
	m->blade[station].events |= UINT32_C(1) << event;
	m->events |= control;
}

static void set_hash(uint64_t hash[256], uint64_t stations, const uint64_t *ident)
{
	memset(hash, 0, 256 * sizeof(hash[0]));
	while (stations != 0) {
		uint32_t station = mb_next(&stations);

		hash[mb_hash_of(ident[station])] |= mb_bit(station);
	}
}

static void find_duplicates(struct mock_btc *m)
{
	uint64_t all = m->known & m->plugged & ~m->disabled, found = 0;

	for (uint64_t left = all; left != 0;) {
		uint32_t station = mb_next(&left);

		for (uint64_t others = left; others != 0;) {
			uint32_t other = mb_next(&others);

			if (m->table_ident[station] == m->table_ident[other])
				found |= mb_bit(station) | mb_bit(other);
		}
	}
	if ((found & ~m->duplicate) != 0)
		m->events |= MB_EVENT(DUPLICATE);
	m->duplicate = found;
}

void mb_idents(struct mock_btc *m)
{
	set_hash(m->own_hash, m->plugged, m->own_ident);
	set_hash(m->table_hash, m->known, m->table_ident);
	find_duplicates(m);
}

static void set_bit(uint64_t *mask, uint32_t station, bool on)
{
	*mask = on ? *mask | mb_bit(station) : *mask & ~mb_bit(station);
}

/* What software has told the core about a blade. */
static void set_blade(struct mock_btc *m, uint32_t station)
{
	uint32_t i = station - 1, control = mb_get(m, BTC_BLADE_CONTROL(i));
	struct mb_blade *blade = &m->blade[station];

	set_bit(&m->disabled, station, mb_field(control, BTC_BLADE_CONTROL__DISABLE) != 0);
	set_bit(&m->known, station, mb_field(control, BTC_BLADE_CONTROL__KNOWN) != 0);
	m->table_ident[station] = (uint64_t)mb_get(m, BTC_BLADE_IDENT_HI(i)) << 32 |
				  mb_get(m, BTC_BLADE_IDENT_LO(i));
	blade->functions = mb_get(m, BTC_BLADE_FUNCTIONS(i));
}

/* --- plugging ------------------------------------------------------------------------------ */

static void forget_known(struct mock_btc *m, uint32_t station)
{
	uint64_t addr = BTC_BLADE_CONTROL(station - 1);

	m->known &= ~mb_bit(station);
	mb_put(m, addr, mb_get(m, addr) & ~(uint32_t)reg_field_mask(BTC_BLADE_CONTROL__KNOWN));
}

/* What belongs to the blade itself, as new. */
static void clear_blade(struct mb_blade *blade)
{
	size_t first = offsetof(struct mb_blade, is);

	memset((char *)blade + first, 0, sizeof(*blade) - first);
}

static void begin_blade(struct mock_btc *m, uint32_t station, const struct mock_btc_blade *is)
{
	struct mb_blade *blade = &m->blade[station];

	clear_blade(blade);
	blade->is = *is;
	m->own_ident[station] = mb_ident(is->ident);
	memcpy(blade->told.ident, is->ident, sizeof(is->ident));
	blade->told.functions = is->functions;
	mb_forget(&m->rx[station]);
	m->station[station].sn = 0;
}

int mock_btc_plug(struct mock_btc *m, uint32_t station, const struct mock_btc_blade *blade)
{
	uint64_t bit;

	if (station == 0 || station >= MB_STATIONS)
		return E_RANGE;
	mb_run(m);
	bit = mb_bit(station);
	if ((m->plugged & bit) != 0)
		return E_STATE;
	begin_blade(m, station, blade);
	m->plugged |= bit;
	m->unsteady |= bit;
	forget_known(m, station);
	mb_masks(m);
	mb_idents(m);
	mb_schedule(m);
	mb_blade_event(m, station, BTC_BLADE_EVENTS__INSERTED.lsb, MB_EVENT(BLADE));
	return 0;
}

void mb_equip(struct mock_btc *m, uint32_t station, const struct mock_btc_blade *blade)
{
	uint64_t addr = BTC_BLADE_CONTROL(station - 1);
	uint32_t was = mb_get(m, BTC_BLADE_STATUS(station - 1)), control = mb_get(m, addr);
	uint32_t events = m->events, blade_events = m->blade[station].events;

	if (mock_btc_plug(m, station, blade) != 0 ||
	    mb_field(was, BTC_BLADE_STATUS__PRESENT) == 0)
		return;
	mb_put(m, addr, control);
	set_blade(m, station);
	mb_idents(m);
	m->events = events;
	m->blade[station].events = blade_events;
}

/* Whatever the blade had to send is gone with it. */
static void abandon(struct mock_btc *m, uint32_t station)
{
	struct mb_station *s = &m->station[station];

	m->stats.abandoned += mb_flush(m, &s->queue);
	if (s->sending != NULL) {
		mb_message_free(m, s->sending);
		m->stats.abandoned++;
	}
	s->sending = NULL;
	s->sent = 0;
}

int mock_btc_pull(struct mock_btc *m, uint32_t station)
{
	uint64_t bit;

	if (station == 0 || station >= MB_STATIONS)
		return E_RANGE;
	mb_run(m);
	bit = mb_bit(station);
	if ((m->plugged & bit) == 0)
		return E_STATE;
	mb_lose(m, station);
	mb_forget(&m->rx[station]);
	abandon(m, station);
	clear_blade(&m->blade[station]);
	m->plugged &= ~bit;
	m->aligned &= ~bit;
	m->silent &= ~bit;
	m->babbling &= ~bit;
	m->pending &= ~bit;
	mb_masks(m);
	mb_idents(m);
	mb_schedule(m);
	mb_blade_event(m, station, BTC_BLADE_EVENTS__REMOVED.lsb, MB_EVENT(BLADE));
	return 0;
}

bool mock_btc_is_plugged(const struct mock_btc *m, uint32_t station)
{
	return station > 0 && station < MB_STATIONS && (m->plugged & mb_bit(station)) != 0;
}

static int need_blade(struct mock_btc *m, uint32_t station)
{
	mb_run(m);
	if (station == 0 || station >= MB_STATIONS)
		return E_RANGE;
	return (m->plugged & mb_bit(station)) == 0 ? E_STATE : 0;
}

/* --- conduct and state --------------------------------------------------------------------- */

int mock_btc_behave(struct mock_btc *m, uint32_t station,
		    const struct mock_btc_conduct *conduct)
{
	struct mb_blade *blade;
	int rc = need_blade(m, station);

	if (rc == 0 && conduct->length > MOCK_BTC_MAX_BODY)
		rc = E_RANGE;
	if (rc != 0)
		return rc;
	blade = &m->blade[station];
	blade->conduct = *conduct;
	blade->n_flooded = 0;
	blade->babble = 0;
	set_bit(&m->silent, station, conduct->behaviour == MOCK_BTC_SILENT);
	set_bit(&m->babbling, station, conduct->behaviour == MOCK_BTC_BABBLE);
	if (conduct->behaviour == MOCK_BTC_FLOOD && m->station[station].queue.first == NULL)
		mb_flood(m, station, mb_now_ns(m));
	mb_pending(m, station);
	return 0;
}

int mock_btc_set_clock(struct mock_btc *m, uint32_t station, int32_t ppm)
{
	int rc = need_blade(m, station);

	if (rc == 0 && (ppm < -MAX_PPM || ppm > MAX_PPM))
		rc = E_RANGE;
	if (rc != 0)
		return rc;
	m->blade[station].ppm = ppm;
	m->blade[station].phase = 0;
	m->unsteady |= mb_bit(station);
	return 0;
}

int mock_btc_told(const struct mock_btc *m, uint32_t station, struct mock_btc_told *told)
{
	if (station == 0 || station >= MB_STATIONS)
		return E_RANGE;
	if ((m->plugged & mb_bit(station)) == 0)
		return E_STATE;
	*told = m->blade[station].told;
	if (m->blade[station].switch_ident != 0)
		mb_put_ident(told->switch_ident, m->blade[station].switch_ident);
	return 0;
}

int mock_btc_blade_stats(struct mock_btc *m, uint32_t station,
			 struct mock_btc_blade_stats *stats)
{
	int rc = need_blade(m, station);

	if (rc != 0)
		return rc;
	*stats = m->blade[station].stats;
	stats->waiting =
		m->station[station].queue.n + (m->station[station].sending != NULL ? 1 : 0);
	return 0;
}

/* --- messages of a blade ------------------------------------------------------------------- */

/* The next number of a sequence; the oldest destination is forgotten for a new one. */
static uint16_t count_sequence(struct mb_blade *blade, uint64_t to)
{
	const uint32_t max = sizeof(blade->sequence) / sizeof(blade->sequence[0]);
	uint32_t i = blade->last_sequence;

	if (i >= blade->n_sequences || blade->sequence[i].to != to)
		for (i = 0; i < blade->n_sequences && blade->sequence[i].to != to;)
			i++;
	if (i == max)
		i = (blade->last_sequence + 1) % max;
	if (i == blade->n_sequences)
		blade->n_sequences++;
	if (blade->sequence[i].to != to)
		blade->sequence[i] = (struct mb_sequence){ to, 0 };
	blade->last_sequence = i;
	return blade->sequence[i].next++;
}

int mb_blade_send(struct mock_btc *m, uint32_t station, const struct mock_btc_message *message,
		  uint64_t ready_ns, bool counts)
{
	static const uint8_t zeros[6];
	struct mb_blade *blade = &m->blade[station];
	struct mock_btc_message as = *message;
	struct mb_message *queued;

	if (m->station[station].queue.n >= MOCK_BTC_MAX_QUEUED)
		return E_BUSY;
	queued = mb_message_new(m);
	if (queued == NULL)
		return E_NOMEM;
	if (memcmp(as.initial, zeros, sizeof(zeros)) == 0)
		mb_put_ident(as.initial,
			     blade->switch_ident != 0 ? blade->switch_ident : m->ident);
	if (memcmp(as.source, zeros, sizeof(zeros)) == 0)
		memcpy(as.source, blade->is.ident, sizeof(as.source));
	if (counts)
		as.sequence = count_sequence(blade, mb_ident(as.final));
	mb_message_set(queued, &as);
	queued->ready_ns = ready_ns;
	mb_push(&m->station[station].queue, queued);
	blade->stats.queued++;
	mb_pending(m, station);
	return 0;
}

int mock_btc_send(struct mock_btc *m, uint32_t station, const struct mock_btc_message *message)
{
	int rc = need_blade(m, station);

	if (rc == 0 && (message->length > MOCK_BTC_MAX_BODY ||
			(message->length > 0 && message->body == NULL)))
		rc = E_RANGE;
	return rc == 0 ? mb_blade_send(m, station, message, mb_now_ns(m), true) : rc;
}

struct mb_message *mb_blade_next(struct mock_btc *m, uint32_t station, uint64_t start_ns)
{
	struct mb_blade *blade = &m->blade[station];
	struct mb_queue *queue = &m->station[station].queue;
	struct mb_message *message = queue->first;

	if (message == NULL || message->ready_ns > start_ns)
		return NULL;
	mb_pop(queue);
	if (start_ns - message->ready_ns > blade->stats.longest_wait_ns)
		blade->stats.longest_wait_ns = start_ns - message->ready_ns;
	if (blade->conduct.behaviour == MOCK_BTC_FLOOD && queue->first == NULL)
		mb_flood(m, station, start_ns);
	return message;
}

/* --- the block ----------------------------------------------------------------------------- */

static uint32_t state(const struct mock_btc *m, uint64_t bit)
{
	if ((m->plugged & bit) == 0)
		return BTC_BLADE_STATUS__STATE__ABSENT;
	if ((m->disabled & bit) != 0)
		return BTC_BLADE_STATUS__STATE__DISABLED;
	return (m->known & bit) != 0 ? BTC_BLADE_STATUS__STATE__READY
				     : BTC_BLADE_STATUS__STATE__UNKNOWN;
}

static uint32_t status(const struct mock_btc *m, uint32_t station)
{
	uint64_t bit = mb_bit(station);

	return (uint32_t)(reg_field_put(0, BTC_BLADE_STATUS__PRESENT, (m->plugged & bit) != 0) |
			  reg_field_put(0, BTC_BLADE_STATUS__ALIGNED, (m->aligned & bit) != 0) |
			  reg_field_put(0, BTC_BLADE_STATUS__DUPLICATE,
					(m->duplicate & bit) != 0) |
			  reg_field_put(0, BTC_BLADE_STATUS__STATE, state(m, bit)));
}

static void read(struct mock_btc *m, uint64_t addr, uint32_t *value)
{
	uint32_t station = (uint32_t)(addr - BTC_BLADE_STATUS(0)) / 0x100 + 1;

	if (addr == BTC_BLADE_STATUS(station - 1))
		*value = status(m, station);
	else if (addr == BTC_BLADE_EVENTS(station - 1))
		*value = m->blade[station].events;
}

static void write(struct mock_btc *m, uint64_t addr, uint32_t value)
{
	uint32_t station = (uint32_t)(addr - BTC_BLADE_STATUS(0)) / 0x100 + 1;
	uint64_t was = m->disabled;

	if (addr == BTC_BLADE_EVENTS(station - 1)) {
		m->blade[station].events &= ~value;
		return;
	}
	set_blade(m, station);
	if (m->disabled != was)
		mb_masks(m);
	mb_idents(m);
}

static void load(struct mock_btc *m)
{
	bool any = m->plugged != 0;

	for (uint32_t station = 1; station < MB_STATIONS; station++) {
		set_blade(m, station);
		m->blade[station].events = mb_get(m, BTC_BLADE_EVENTS(station - 1));
		if ((m->plugged & mb_bit(station)) != 0)
			m->blade[station].events |= 1u << BTC_BLADE_EVENTS__INSERTED.lsb;
	}
	mb_masks(m);
	mb_idents(m);
	if (any)
		m->events |= MB_EVENT(BLADE);
}

const struct mb_block mb_block_blade = {
	.first = BTC_BLADE_STATUS(0),
	.last = BTC_BLADE_STATUS(63) + 0xff,
	.read = read,
	.write = write,
	.load = load,
};
