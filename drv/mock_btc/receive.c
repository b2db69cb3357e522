/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The receiving side of all stations: cells into messages, and who takes them. */
#include "drv/mock_btc/model.h"

#include <string.h>

#include "drv/mock_btc/crc.h"

#define ST_END       1u
#define ST_BEGINNING 2u /* the bit that a beginning has, and a single cell too */

void mb_forget(struct mb_rx *rx)
{
	rx->open = rx->skipping = rx->synced = false;
}

static void count_loss(struct mock_btc *m, uint32_t sender)
{
	if (sender == 0)
		return;
	m->blade[sender].counter[MB_LOST_CELLS]++;
	m->forward[MB_DROP_CELLS]++;
	m->events |= MB_EVENT(ERROR);
}

static struct mb_when now_at(const struct mock_btc *m, const struct mb_entry *e)
{
	return (struct mb_when){ m->frame_ns + e->end_ns, m->frame[MB_NUMBER], e->slot };
}

/* The message that has begun is given up. */
static void give_up(struct mock_btc *m, uint32_t sender, const struct mb_when *when)
{
	struct mb_rx *rx = &m->rx[sender];

	rx->open = false;
	if (rx->ctl_any)
		count_loss(m, sender);
	mb_record(m, sender, when, true);
}

void mb_lose(struct mock_btc *m, uint32_t sender)
{
	const uint64_t ns = mb_now_ns(m);
	const struct mb_when when = { ns, m->frame[MB_NUMBER], 0 };

	if (m->rx[sender].open)
		give_up(m, sender, &when);
}

static void wrong_crc10(struct mock_btc *m, uint32_t sender, uint64_t listeners,
			const struct mb_entry *e)
{
	while (listeners != 0)
		m->blade[mb_next(&listeners)].stats.cell_errors++;
	if (sender == 0 || !e->ctl)
		return;
	m->blade[sender].counter[MB_CELL_ERRORS]++;
	m->events |= MB_EVENT(ERROR);
}

/* --- whole messages ------------------------------------------------------------------------ */

static bool is_correct(const struct mb_rx *rx)
{
	uint32_t n = rx->len - 4;
	const uint8_t *crc = rx->bytes + n;

	if (rx->len < MB_HEADER + 4 || mb_be16(rx->bytes + 20) != n - MB_HEADER)
		return false;
	return rx->intact ||
	       mb_crc32(rx->bytes, n) == ((uint32_t)crc[0] | (uint32_t)crc[1] << 8 |
					  (uint32_t)crc[2] << 16 | (uint32_t)crc[3] << 24);
}

static void tell(struct mock_btc *m, uint32_t sender, uint32_t station,
		 const struct mb_when *when)
{
	const struct mb_rx *rx = &m->rx[sender];
	struct mock_btc_delivery delivery;

	if (m->tap == NULL)
		return;
	delivery = (struct mock_btc_delivery){
		.station = station,
		.sender = sender,
		.frame = when->frame,
		.slot = when->slot,
		.time_ns = when->ns,
		.first_frame = rx->first_frame,
		.n_cells = rx->n_cells,
		.message = mb_message_view(rx->bytes),
	};

	m->tap(m->tap_arg, &delivery);
}

static uint64_t with_ident(const struct mock_btc *m, uint64_t ident)
{
	uint64_t left = m->own_hash[mb_hash_of(ident)], found = 0;

	while (left != 0) {
		uint32_t station = mb_next(&left);

		if (m->own_ident[station] == ident)
			found |= mb_bit(station);
	}
	return found;
}

/* The blades that it is for; true: at least one, whether it heard all or not. */
static bool to_blades(struct mock_btc *m, uint32_t sender, const struct mb_when *when)
{
	const struct mb_rx *rx = &m->rx[sender];
	uint64_t ident = mb_ident(rx->bytes);
	uint64_t wanted = ident == MB_EVERYBODY ? rx->any : with_ident(m, ident);
	struct mock_btc_message view;
	uint64_t takes, missed;

	if (sender > 0)
		wanted &= ~mb_bit(sender);
	takes = wanted & rx->heard;
	missed = wanted & ~rx->heard;
	while (missed != 0) {
		m->blade[mb_next(&missed)].stats.missed++;
		m->stats.missed++;
	}
	if (takes != 0)
		view = mb_message_view(rx->bytes);
	while (takes != 0) {
		uint32_t station = mb_next(&takes);

		if ((m->plugged & mb_bit(station)) == 0) /* a tap has pulled it out */
			continue;
		m->blade[station].stats.taken++;
		m->stats.taken++;
		mb_blade_takes(m, station, &view, when->ns);
		tell(m, sender, station, when);
	}
	return wanted != 0;
}

/* True: the message was for the controller, which has *@kept or dropped it. */
static bool to_controller(struct mock_btc *m, uint32_t sender, const struct mb_when *when,
			  bool *kept)
{
	const struct mb_rx *rx = &m->rx[sender];
	uint64_t ident = mb_ident(rx->bytes);

	if (sender == 0 || (!rx->ctl && !rx->ctl_any))
		return false;
	if (!rx->ctl) {
		count_loss(m, sender);
		*kept = false;
		return ident == m->ident || ident == MB_EVERYBODY;
	}
	m->blade[sender].counter[MB_MESSAGES]++;
	if (ident != m->ident && ident != MB_EVERYBODY)
		return false;
	tell(m, sender, 0, when);
	*kept = mb_forward(m, sender, rx, when->ns);
	return true;
}

static void wrong_crc32(struct mock_btc *m, uint32_t sender)
{
	if (sender == 0 || !m->rx[sender].ctl_any)
		return;
	m->blade[sender].counter[MB_MESSAGE_ERRORS]++;
	m->forward[MB_DROP_CRC]++;
	m->events |= MB_EVENT(ERROR);
}

static void finish(struct mock_btc *m, uint32_t sender, const struct mb_when *when)
{
	struct mb_rx *rx = &m->rx[sender];
	bool kept = true, blades, controller;

	rx->open = false;
	if (!is_correct(rx)) {
		wrong_crc32(m, sender);
		mb_record(m, sender, when, true);
		return;
	}
	m->arrived = true;
	blades = to_blades(m, sender, when);
	controller = to_controller(m, sender, when, &kept);
	m->stats.unclaimed += !blades && !controller;
	mb_record(m, sender, when, !kept);
}

/* --- cells --------------------------------------------------------------------------------- */

static void append(struct mock_btc *m, uint32_t sender, const uint8_t *cell,
		   const struct mb_when *when)
{
	struct mb_rx *rx = &m->rx[sender];
	uint32_t payload = m->slot_bytes - 4;
	uint32_t st = cell[0] >> 6, li = cell[2 + payload] >> 2;
	bool ends = (st & ST_END) != 0;

	if (li > payload || (!ends && li != payload)) {
		give_up(m, sender, when);
		rx->skipping = !ends;
		return;
	}
	memcpy(rx->bytes + rx->len, cell + 2, li);
	rx->len += li;
	rx->n_cells++;
	if (rx->len > MB_MAX_BYTES) {
		rx->open = false;
		rx->skipping = !ends;
		wrong_crc32(m, sender);
		mb_record(m, sender, when, true);
	} else if (ends) {
		finish(m, sender, when);
	}
}

static void begin(struct mb_rx *rx, const struct mb_when *when)
{
	rx->open = true;
	rx->skipping = false;
	rx->len = rx->n_cells = 0;
	rx->first_frame = when->frame;
	rx->first_slot = when->slot;
	rx->heard = UINT64_MAX;
	rx->any = 0;
	rx->ctl = rx->intact = true;
	rx->ctl_any = false;
}

/* Is the cell part of a message that goes on?  Makes it begin where it does. */
static bool in_order(struct mock_btc *m, uint32_t sender, const uint8_t *cell,
		     const struct mb_when *when, bool ctl)
{
	struct mb_rx *rx = &m->rx[sender];
	uint8_t sn = cell[0] >> 2 & 15;
	bool begins = (cell[0] >> 6 & ST_BEGINNING) != 0, ends = (cell[0] >> 6 & ST_END) != 0;
	bool gap = rx->synced && sn != rx->sn;

	rx->synced = true;
	rx->sn = (sn + 1) & 15;
	if (rx->open && (gap || begins)) {
		give_up(m, sender, when);
		rx->skipping = true;
	} else if (!rx->open && !rx->skipping && (gap || !begins)) {
		if (ctl)
			count_loss(m, sender);
		rx->skipping = true;
	}
	if (begins)
		begin(rx, when);
	else if (!rx->open && ends)
		rx->skipping = false;
	return rx->open;
}

/* Single (3) begins and ends; 2 begins, 1 ends, 0 does neither. */
void mb_receive(struct mock_btc *m, uint32_t sender, const struct mb_cell *cell,
		const struct mb_entry *e)
{
	struct mb_rx *rx = &m->rx[sender];
	const struct mb_when when = now_at(m, e);
	uint64_t listeners = e->listen & m->hearing;
	bool ctl = e->ctl && sender > 0;

	if (sender > 0)
		listeners &= ~mb_bit(sender);
	if (cell->except > 0)
		listeners &= ~mb_bit(cell->except);
	if (!cell->intact && mb_crc10(cell->bytes, m->slot_bytes) != 0) {
		wrong_crc10(m, sender, listeners, e);
		return;
	}
	if ((mb_be16(cell->bytes) & 0x3ff) != sender)
		return;
	if (ctl)
		m->blade[sender].counter[MB_CELLS]++;
	if (!in_order(m, sender, cell->bytes, &when, ctl))
		return;
	rx->heard &= listeners;
	rx->any |= listeners;
	rx->ctl &= ctl;
	rx->ctl_any |= ctl;
	rx->intact &= cell->intact && (rx->n_cells == 0 || cell->number == rx->number + 1);
	rx->number = cell->number;
	append(m, sender, cell->bytes, &when);
}
