/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shape of the frame and rule of alignment: the block FRAME. */
#include "drv/mock_btc/model.h"

static void set_period(struct mock_btc *m, uint32_t value)
{
	uint32_t ns = mb_field(value, BTC_FRAME_PERIOD__NS);

	if (m->enabled || ns < 10000 || ns > 1000000)
		mb_put(m, BTC_FRAME_PERIOD, m->period_ns);
	else
		m->period_ns = ns;
}

static uint32_t shape(const struct mock_btc *m)
{
	return (uint32_t)(reg_field_put(0, BTC_FRAME_SHAPE__SLOTS, m->n_slots) |
			  reg_field_put(0, BTC_FRAME_SHAPE__SLOT_BYTES, m->slot_bytes));
}

static void set_shape(struct mock_btc *m, uint32_t value)
{
	uint32_t slots = mb_field(value, BTC_FRAME_SHAPE__SLOTS);
	uint32_t bytes = mb_field(value, BTC_FRAME_SHAPE__SLOT_BYTES);

	if (m->enabled || slots < 2 || slots > MB_SLOTS || bytes < 8 || bytes > MB_CELL ||
	    bytes % 2 != 0) {
		mb_put(m, BTC_FRAME_SHAPE, shape(m));
		return;
	}
	m->n_slots = slots;
	m->slot_bytes = bytes;
}

static void set_align(struct mock_btc *m, uint32_t value)
{
	m->align_word = mb_field(value, BTC_FRAME_ALIGN__WORD);
	m->gain = mb_field(value, BTC_FRAME_ALIGN__GAIN);
	m->lose = mb_field(value, BTC_FRAME_ALIGN__LOSE);
}

static void write(struct mock_btc *m, uint64_t addr, uint32_t value)
{
	if (addr == BTC_FRAME_PERIOD)
		set_period(m, value);
	else if (addr == BTC_FRAME_SHAPE)
		set_shape(m, value);
	else if (addr == BTC_FRAME_ALIGN)
		set_align(m, value);
}

static void load(struct mock_btc *m)
{
	m->period_ns = (uint32_t)BTC_FRAME_PERIOD__RESET;
	m->n_slots = (uint32_t)reg_field_get(BTC_FRAME_SHAPE__RESET, BTC_FRAME_SHAPE__SLOTS);
	m->slot_bytes =
		(uint32_t)reg_field_get(BTC_FRAME_SHAPE__RESET, BTC_FRAME_SHAPE__SLOT_BYTES);
	set_period(m, mb_get(m, BTC_FRAME_PERIOD));
	set_shape(m, mb_get(m, BTC_FRAME_SHAPE));
	set_align(m, mb_get(m, BTC_FRAME_ALIGN));
}

const struct mb_block mb_block_frame = {
	.first = BTC_FRAME_PERIOD,
	.last = BTC_FRAME_COLLIDED_SLOTS,
	.write = write,
	.load = load,
};

void mock_btc_overhead(const struct mock_btc *m, uint8_t bytes[64])
{
	for (unsigned i = 0; i < 64; i++)
		bytes[i] = 0;
	mb_put_be16(bytes, m->align_word);
	mb_put_be32(bytes + 2, m->frame[MB_NUMBER]);
	mb_put_be16(bytes + 6, mb_field(m->slot_status, BTC_SLOT_STATUS__NUMBER));
}
