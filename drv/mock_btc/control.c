/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The core as a whole: the block CONTROL. */
#include "drv/mock_btc/model.h"

static void set_mode(struct mock_btc *m, uint32_t value)
{
	bool enable = mb_field(value, BTC_CONTROL_MODE__ENABLE) != 0;

	if (!m->enabled)
		m->fdm = mb_field(value, BTC_CONTROL_MODE__MEDIUM) ==
			 BTC_CONTROL_MODE__MEDIUM__FDM;
	mb_put(m, BTC_CONTROL_MODE,
	       (uint32_t)(reg_field_put(0, BTC_CONTROL_MODE__ENABLE, enable) |
			  reg_field_put(0, BTC_CONTROL_MODE__MEDIUM, m->fdm)));
	if (enable != m->enabled)
		mb_enable(m, enable);
}

static void set_ident(struct mock_btc *m)
{
	m->ident = (uint64_t)mb_get(m, BTC_CONTROL_IDENT_HI) << 32 |
		   mb_get(m, BTC_CONTROL_IDENT_LO);
}

static void read(struct mock_btc *m, uint64_t addr, uint32_t *value)
{
	if (addr == BTC_CONTROL_EVENTS)
		*value = m->events;
}

static void write(struct mock_btc *m, uint64_t addr, uint32_t value)
{
	switch (addr) {
	case BTC_CONTROL_RESET:
		if ((value & 1) != 0)
			mb_reset(m);
		break;
	case BTC_CONTROL_MODE:
		set_mode(m, value);
		break;
	case BTC_CONTROL_EVENTS:
		m->events &= ~value;
		break;
	case BTC_CONTROL_EVENTS_ENABLE:
		m->events_enable = value;
		break;
	default:
		set_ident(m);
		break;
	}
}

static void load(struct mock_btc *m)
{
	m->enabled = false;
	m->events |= mb_get(m, BTC_CONTROL_EVENTS);
	m->events_enable = mb_get(m, BTC_CONTROL_EVENTS_ENABLE);
	set_ident(m);
	set_mode(m, mb_get(m, BTC_CONTROL_MODE));
}

const struct mb_block mb_block_control = {
	.first = BTC_CONTROL_RESET,
	.last = BTC_CONTROL_EVENTS_ENABLE,
	.read = read,
	.write = write,
	.load = load,
};

bool mock_btc_interrupt(struct mock_btc *m)
{
	mb_run(m);
	return (m->events & m->events_enable) != 0;
}
