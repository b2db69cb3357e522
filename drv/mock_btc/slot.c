/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The slot plan: the block SLOT. */
#include "drv/mock_btc/model.h"

#define HIGHEST_STATION 64u

static bool is_wrong(const struct mb_use *use, uint32_t slot)
{
	uint32_t kind = mb_field(use->use, BTC_SLOT_NEXT_USE__KIND);

	return mb_field(use->use, BTC_SLOT_NEXT_USE__OWNER) > HIGHEST_STATION ||
	       kind > BTC_SLOT_NEXT_USE__KIND__SHARED ||
	       (slot == 0 && kind != BTC_SLOT_NEXT_USE__KIND__OFF);
}

static void refuse(struct mock_btc *m, uint32_t slot)
{
	uint32_t number = mb_field(m->slot_status, BTC_SLOT_STATUS__NUMBER);

	m->slot_status = (uint32_t)(reg_field_put(number, BTC_SLOT_STATUS__REFUSED, 1) |
				    reg_field_put(0, BTC_SLOT_STATUS__REFUSED_SLOT, slot));
	m->events |= MB_EVENT(PLAN_REFUSED);
}

static void show_active(struct mock_btc *m)
{
	for (uint32_t i = 0; i < MB_SLOTS; i++) {
		mb_put(m, BTC_SLOT_ACTIVE_USE(i), m->active[i].use);
		mb_put(m, BTC_SLOT_ACTIVE_LISTEN_LO(i), m->active[i].listen_lo);
		mb_put(m, BTC_SLOT_ACTIVE_LISTEN_HI(i), m->active[i].listen_hi);
	}
}

static void accept(struct mock_btc *m)
{
	uint32_t number = mb_field(m->slot_status, BTC_SLOT_STATUS__NUMBER);

	m->slot_status = (uint32_t)reg_field_put(0, BTC_SLOT_STATUS__NUMBER, number + 1);
	for (uint32_t i = 0; i < MB_SLOTS; i++)
		m->active[i] = m->next[i];
	show_active(m);
	mb_schedule(m);
	m->events |= MB_EVENT(PLAN_APPLIED);
}

void mb_take_plan(struct mock_btc *m)
{
	uint32_t i = 0;

	m->apply = false;
	mb_put(m, BTC_SLOT_CONTROL, 0);
	while (i < MB_SLOTS && !is_wrong(&m->next[i], i))
		i++;
	if (i < MB_SLOTS)
		refuse(m, i);
	else
		accept(m);
}

static void apply(struct mock_btc *m)
{
	mb_put(m, BTC_SLOT_CONTROL, 1);
	mock_hw_hold(m->mock, BTC_SLOT_CONTROL, 1);
	m->apply = true;
	if (!m->enabled)
		mb_take_plan(m);
}

static void set_next(struct mock_btc *m, uint32_t i)
{
	m->next[i] = (struct mb_use){ mb_get(m, BTC_SLOT_NEXT_USE(i)),
				      mb_get(m, BTC_SLOT_NEXT_LISTEN_LO(i)),
				      mb_get(m, BTC_SLOT_NEXT_LISTEN_HI(i)) };
}

static void read(struct mock_btc *m, uint64_t addr, uint32_t *value)
{
	if (addr == BTC_SLOT_STATUS)
		*value = m->slot_status;
	else if (addr == BTC_SLOT_CONTROL)
		*value = m->apply;
}

static void write(struct mock_btc *m, uint64_t addr, uint32_t value)
{
	if (addr == BTC_SLOT_CONTROL && ((value & 1) != 0 || m->apply))
		apply(m);
	else if (addr >= BTC_SLOT_NEXT_USE(0) && addr <= BTC_SLOT_NEXT_LISTEN_HI(127))
		set_next(m, (uint32_t)(addr - BTC_SLOT_NEXT_USE(0)) / 0x10);
}

static void load(struct mock_btc *m)
{
	m->apply = false;
	mb_put(m, BTC_SLOT_CONTROL, 0);
	m->slot_status = mb_get(m, BTC_SLOT_STATUS);
	for (uint32_t i = 0; i < MB_SLOTS; i++) {
		struct mb_use *use = &m->active[i];

		set_next(m, i);
		*use = (struct mb_use){ mb_get(m, BTC_SLOT_ACTIVE_USE(i)),
					mb_get(m, BTC_SLOT_ACTIVE_LISTEN_LO(i)),
					mb_get(m, BTC_SLOT_ACTIVE_LISTEN_HI(i)) };
		if (is_wrong(use, i))
			use->use = (uint32_t)BTC_SLOT_ACTIVE_USE__RESET;
	}
	show_active(m);
}

const struct mb_block mb_block_slot = {
	.first = BTC_SLOT_CONTROL,
	.last = BTC_SLOT_ACTIVE_LISTEN_HI(127),
	.read = read,
	.write = write,
	.load = load,
};
