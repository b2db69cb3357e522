/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What goes wrong on the bus: injected faults, and blades that babble. */
#include "drv/mock_btc/model.h"

#include <string.h>

/* Is it this one that a fault hits?  Moves the fault on; true: it does. */
static bool hits(struct mock_btc *m, struct mock_btc_fault *fault)
{
	if (fault->after > 0) {
		fault->after--;
		return false;
	}
	if (fault->rate_ppm > 0 && mb_random(m) % 1000000 >= fault->rate_ppm)
		return false;
	if (fault->count > 0 && --fault->count == 0)
		fault->after = UINT64_MAX; /* is gone */
	m->stats.faults++;
	return true;
}

static void drop_spent(struct mock_btc *m)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < m->n_faults; i++)
		if (m->fault[i].after != UINT64_MAX)
			m->fault[kept++] = m->fault[i];
	m->n_faults = kept;
}

static void flip(struct mock_btc *m, const struct mock_btc_fault *fault, uint8_t *bytes,
		 uint32_t n_bytes)
{
	uint64_t chosen = fault->bit == MOCK_BTC_ANY ? mb_random(m) : fault->bit;
	uint32_t bit = (uint32_t)(chosen % (8 * n_bytes));

	bytes[bit / 8] ^= (uint8_t)(0x80u >> bit % 8);
}

static void renew_crc(struct mock_btc *m, uint8_t *cell)
{
	cell[m->slot_bytes - 2] &= 0xfc;
	cell[m->slot_bytes - 1] = 0;
	mb_cell_crc(m, cell);
}

bool mb_fault(struct mock_btc *m, uint32_t sender, struct mb_cell *cell)
{
	bool there = true;

	for (uint32_t i = 0; i < m->n_faults; i++) {
		struct mock_btc_fault *fault = &m->fault[i];

		if (fault->kind == MOCK_BTC_FAULT_ALIGN ||
		    (fault->station != MOCK_BTC_ANY && fault->station != sender) ||
		    !hits(m, fault))
			continue;
		cell->intact = false;
		if (fault->kind == MOCK_BTC_FAULT_CELL_LOST) {
			there = false;
		} else if (fault->kind == MOCK_BTC_FAULT_CELL_BIT) {
			flip(m, fault, cell->bytes, m->slot_bytes);
		} else {
			uint32_t li = cell->bytes[m->slot_bytes - 2] >> 2;

			flip(m, fault, cell->bytes + 2, li == 0 ? 1 : li);
			renew_crc(m, cell->bytes);
		}
	}
	drop_spent(m);
	return there;
}

static bool is_for(const struct mock_btc_fault *fault, uint32_t station)
{
	return fault->kind == MOCK_BTC_FAULT_ALIGN &&
	       (fault->station == MOCK_BTC_ANY || fault->station == station);
}

bool mb_has_align_fault(const struct mock_btc *m, uint32_t station)
{
	for (uint32_t i = 0; i < m->n_faults; i++)
		if (is_for(&m->fault[i], station))
			return true;
	return false;
}

bool mb_align_fault(struct mock_btc *m, uint32_t station)
{
	bool wrong = false;

	for (uint32_t i = 0; i < m->n_faults; i++)
		if (is_for(&m->fault[i], station))
			wrong |= hits(m, &m->fault[i]);
	drop_spent(m);
	return wrong;
}

/* A correct cell without any sense. */
static void add_rubbish(struct mock_btc *m, uint32_t station, uint8_t *bytes)
{
	uint8_t rubbish[MB_CELL] = { 0 };

	mb_put_be16(rubbish, (uint32_t)(mb_random(m) & 15) << 10 | station);
	for (uint32_t i = 2; i < m->slot_bytes - 2; i++)
		rubbish[i] = (uint8_t)mb_random(m);
	mb_put_be16(rubbish + m->slot_bytes - 2, (m->slot_bytes - 4) << 10);
	mb_cell_crc(m, rubbish);
	for (uint32_t i = 0; i < m->slot_bytes; i++)
		bytes[i] |= rubbish[i];
}

uint64_t mb_babble(struct mock_btc *m, uint32_t turn, struct mb_cell *cell)
{
	uint64_t left = m->babbling & m->live, babblers = 0;

	while (left != 0) {
		uint32_t station = mb_next(&left);
		struct mb_blade *blade = &m->blade[station];

		if (station == turn || ++blade->babble < blade->conduct.every)
			continue;
		blade->babble = 0;
		babblers |= mb_bit(station);
		add_rubbish(m, station, cell->bytes);
		cell->intact = false;
		blade->counter[MB_BABBLES]++;
		mb_blade_event(m, station, BTC_BLADE_EVENTS__BABBLED.lsb, MB_EVENT(BABBLE));
	}
	return babblers;
}
