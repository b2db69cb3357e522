/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The bus in time: frames and their timeslots. */
#include "drv/mock_btc/model.h"

#include <stdlib.h>
#include <string.h>

/*
 * Bus time that is worked through at once, at most; behind it the bus stands still.  It matters
 * when somebody waits for years while blades flood.
 */
#define MAX_BUSY_NS UINT64_C(60000000000)

uint64_t mb_now_ns(const struct mock_btc *m)
{
	uint64_t us = clock_now_us(m->clock);

	return us < UINT64_MAX / 2000 ? us * 1000 : UINT64_MAX / 2;
}

/* splitmix64 */
uint64_t mb_random(struct mock_btc *m)
{
	uint64_t z = m->random += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* --- the plan as a schedule ---------------------------------------------------------------- */

static void set_use(struct mock_btc *m, struct mb_entry *e)
{
	const struct mb_use *use = &m->active[e->slot];

	e->owner = mb_field(use->use, BTC_SLOT_ACTIVE_USE__OWNER);
	e->kind = (enum mb_kind)mb_field(use->use, BTC_SLOT_ACTIVE_USE__KIND);
	e->ctl = mb_field(use->use, BTC_SLOT_ACTIVE_USE__LISTEN_CONTROLLER) != 0;
	e->listen = (uint64_t)use->listen_hi << 32 | use->listen_lo;
	for (uint64_t left = m->plugged; left != 0;) {
		uint32_t station = mb_next(&left);

		if ((m->blade[station].told.listens[e->slot / 32] >> e->slot % 32 & 1) != 0)
			e->listen |= mb_bit(station);
	}
}

/* The @part-th of @parts equal parts of a frame. */
static void set_time(const struct mock_btc *m, struct mb_entry *e, uint32_t part,
		     uint32_t parts)
{
	e->start_ns = (uint32_t)((uint64_t)m->period_ns * part / parts);
	e->end_ns = (uint32_t)((uint64_t)m->period_ns * (part + 1) / parts);
}

static int by_end(const void *a, const void *b)
{
	const struct mb_entry *x = a, *y = b;

	if (x->end_ns != y->end_ns)
		return x->end_ns < y->end_ns ? -1 : 1;
	return x->slot < y->slot ? -1 : 1;
}

/* FDM: channels instead of timeslots. */
static void set_channels(struct mock_btc *m)
{
	uint32_t n[MB_SLOTS] = { 0 }, j[MB_SLOTS] = { 0 }, kept = 0;

	for (uint32_t i = 0; i < m->n_entries; i++)
		if (m->entries[i].kind == MB_RESERVED)
			n[m->entries[i].owner]++;
	for (uint32_t i = 0; i < m->n_entries; i++) {
		struct mb_entry e = m->entries[i];

		if (e.kind == MB_OFF)
			continue;
		if (e.kind == MB_RESERVED)
			set_time(m, &e, j[e.owner]++, n[e.owner]);
		else
			set_time(m, &e, 0, 1);
		m->entries[kept++] = e;
	}
	m->n_entries = kept;
	if (kept > 0)
		qsort(m->entries, kept, sizeof(m->entries[0]), by_end);
}

void mb_schedule(struct mock_btc *m)
{
	m->n_entries = m->n_slots - 1;
	m->n_reserved = 0;
	for (uint32_t i = 0; i < m->n_entries; i++) {
		struct mb_entry *e = &m->entries[i];

		e->slot = i + 1;
		set_use(m, e);
		set_time(m, e, e->slot, m->n_slots);
		m->n_reserved += e->kind == MB_RESERVED;
	}
	if (m->fdm)
		set_channels(m);
}

/* --- frames -------------------------------------------------------------------------------- */

void mb_enable(struct mock_btc *m, bool enable)
{
	m->enabled = enable;
	m->aligned = 0;
	m->begun = false;
	m->at = 0;
	m->frame_ns = mb_now_ns(m);
	for (uint32_t i = 0; i < MB_STATIONS; i++) {
		mb_restart(m, i);
		mb_forget(&m->rx[i]);
		m->blade[i].good = m->blade[i].bad = 0;
	}
	m->unsteady = m->plugged;
	mb_masks(m);
	if (enable) {
		m->frame[MB_NUMBER] = m->frame[MB_FRAMES] = 0;
		mb_schedule(m);
	} else if (m->apply) {
		mb_take_plan(m);
	}
}

static void begin_frame(struct mock_btc *m)
{
	if (m->apply)
		mb_take_plan(m);
	mb_align(m);
	m->begun = true;
	m->at = 0;
}

static void end_frames(struct mock_btc *m, uint64_t n)
{
	m->frame_ns += n * m->period_ns;
	m->frame[MB_NUMBER] += (uint32_t)n;
	m->frame[MB_FRAMES] += (uint32_t)n;
	m->stats.frames += n;
	m->stats.slots += n * m->n_slots;
	m->begun = false;
}

/* Nobody has anything to send, and nothing else changes at the next boundary. */
static bool is_idle(const struct mock_btc *m)
{
	return (m->pending & m->live) == 0 && m->babbling == 0 && !m->apply &&
	       !mb_controller_waits(m);
}

/* Whole frames in which nothing happens, up to @now_ns. */
static bool skip_idle(struct mock_btc *m, uint64_t now_ns)
{
	uint64_t n = (now_ns - m->frame_ns) / m->period_ns, steady = mb_steady_frames(m);

	if (n > steady)
		n = steady;
	if (n == 0 || !is_idle(m))
		return false;
	mb_skip_frames(m, n);
	m->frame[MB_IDLE] += (uint32_t)(n * m->n_reserved);
	end_frames(m, n);
	return true;
}

/* --- one timeslot -------------------------------------------------------------------------- */

static uint32_t turn_of(struct mock_btc *m, const struct mb_entry *e, uint64_t start_ns)
{
	if (e->kind == MB_SHARED)
		return mb_arbitrate(m, start_ns);
	if (e->kind == MB_OFF || (e->owner > 0 && (m->disabled & mb_bit(e->owner)) != 0))
		return MB_NOBODY;
	return e->owner;
}

/* Could the station whose turn it is send? */
static bool may_send(const struct mock_btc *m, uint32_t turn)
{
	if (turn == MB_NOBODY)
		return false;
	return turn == 0 ? mb_controller_waits(m) : (m->pending & m->live & mb_bit(turn)) != 0;
}

static void show(struct mock_btc *m, const struct mb_entry *e, const struct mb_cell *cell,
		 uint32_t turn, uint64_t babblers)
{
	const struct mock_btc_slot slot = {
		.frame = m->frame[MB_NUMBER],
		.slot = e->slot,
		.sender = turn == MB_NOBODY ? MOCK_BTC_ANY : turn,
		.babblers = babblers,
		.cell = cell->bytes,
		.n_bytes = m->slot_bytes,
	};

	m->slot_tap(m->slot_tap_arg, &slot);
}

static void run_slot(struct mock_btc *m, const struct mb_entry *e)
{
	struct mb_cell cell;
	uint64_t babblers = 0, start_ns = m->frame_ns + e->start_ns;
	uint32_t turn = turn_of(m, e, start_ns);
	bool sends = may_send(m, turn) && mb_send_cell(m, turn, start_ns, &cell);
	bool there = sends;

	if (!sends) {
		cell.ended = NULL;
		cell.except = 0;
		cell.number = 0;
		cell.intact = false;
	}
	if (sends && m->n_faults > 0)
		there = mb_fault(m, turn, &cell);
	if (!there && m->babbling != 0)
		memset(cell.bytes, 0, sizeof(cell.bytes));
	if (m->babbling != 0)
		babblers = mb_babble(m, turn, &cell);
	if (!sends && babblers == 0) {
		m->frame[MB_IDLE] += e->kind == MB_RESERVED;
		return;
	}
	m->frame[MB_USED]++;
	m->frame[MB_COLLIDED] += (sends ? 1 : 0) + __builtin_popcountll(babblers) > 1;
	m->arrived = false;
	there = there || babblers != 0;
	if (there && m->slot_tap != NULL)
		show(m, e, &cell, turn, babblers);
	if (there && turn != MB_NOBODY)
		mb_receive(m, turn, &cell, e);
	if (cell.ended != NULL)
		mb_sent(m, turn, cell.ended);
}

/* Slots that are over at @now_ns; true: the frame is. */
static bool run_slots(struct mock_btc *m, uint64_t now_ns)
{
	uint64_t passed_ns = now_ns - m->frame_ns;

	/* A tap may silence the bus. */
	while (m->begun && m->at < m->n_entries && m->entries[m->at].end_ns <= passed_ns)
		run_slot(m, &m->entries[m->at++]);
	return m->begun && m->at == m->n_entries && m->period_ns <= passed_ns;
}

void mb_run(struct mock_btc *m)
{
	uint64_t now_ns = mb_now_ns(m), busy_ns = 0;

	if (m->running || !m->enabled || m->frame_ns > now_ns)
		return;
	m->running = true;
	while (m->enabled && m->frame_ns <= now_ns) {
		if (!m->begun && skip_idle(m, now_ns))
			continue;
		if (!m->begun)
			begin_frame(m);
		if (!run_slots(m, now_ns))
			break;
		end_frames(m, 1);
		busy_ns += m->period_ns;
		if (busy_ns > MAX_BUSY_NS)
			m->frame_ns = now_ns;
	}
	m->running = false;
}
