/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ordered sets: the ||Q|| of XAUI and RXAUI, and the two FIFOs of 10GBASE-R.
 *
 * That PCS_XAUI_TX_SEQ_CFG.TX_Q is sent by itself, again and again, is this model's assumption:
 * the register text calls it a replacement.  A word of 0 is taken for none.
 */
#include "drv/mock_vsc7448/link_priv.h"

#include <string.h>

#define PUT(m, addr, reg, field, v) mv_put_field(m, addr, VSC7448_##reg##__##field, v)
#define BIT(reg, field)             ((uint32_t)reg_field_mask(VSC7448_##reg##__##field))

#define REMOTE_FAULT 0x000002u /* IEEE 802.3 46.3.4, table 46-5 */

static uint64_t fifo_stat(uint32_t i, bool signal)
{
	return signal ? VSC7448_PCS10G_BR_PCS_10GBR_HA_STATUS_RX_FSET_FIFO_STAT(i)
		      : VSC7448_PCS10G_BR_PCS_10GBR_HA_STATUS_RX_OSET_FIFO_STAT(i);
}

static uint64_t fifo_data(uint32_t i, bool signal)
{
	return signal ? VSC7448_PCS10G_BR_PCS_10GBR_HA_STATUS_RX_FSET_FIFO_DATA(i)
		      : VSC7448_PCS10G_BR_PCS_10GBR_HA_STATUS_RX_OSET_FIFO_DATA(i);
}

/* Both FIFOs have the same fields at the same places. */
static void show_fifo(struct mock_vsc7448 *m, uint32_t i, bool signal,
		      const struct link_fifo *fifo)
{
	const uint64_t stat = fifo_stat(i, signal);
	const uint64_t events = VSC7448_PCS10G_BR_PCS_10GBR_STATUS_PCS_INTR_STAT(i);
	const bool full = fifo->n == sizeof(fifo->word) / sizeof(fifo->word[0]);
	const bool was_full =
		mv_field(
			m, stat,
			VSC7448_PCS10G_BR_PCS_10GBR_HA_STATUS_RX_OSET_FIFO_STAT__RX_OSET_FIFO_FULL) !=
		0;

	PUT(m, stat, PCS10G_BR_PCS_10GBR_HA_STATUS_RX_OSET_FIFO_STAT, RX_OSET_FIFO_NUM,
	    fifo->n);
	PUT(m, stat, PCS10G_BR_PCS_10GBR_HA_STATUS_RX_OSET_FIFO_STAT, RX_OSET_FIFO_FULL, full);
	if (full != was_full)
		link_latch(m, events,
			   signal ? BIT(PCS10G_BR_PCS_10GBR_STATUS_PCS_INTR_STAT,
					RX_FSET_FIFO_FULL_STICKY)
				  : BIT(PCS10G_BR_PCS_10GBR_STATUS_PCS_INTR_STAT,
					RX_OSET_FIFO_FULL_STICKY));
}

bool link__fifo_push(struct mock_vsc7448 *m, uint32_t port, bool signal, uint32_t word)
{
	struct link_fifo *fifo = &link__port(m, port)->fifo[signal];
	bool room = fifo->n < sizeof(fifo->word) / sizeof(fifo->word[0]);

	if (room)
		fifo->word[fifo->n++] = word & 0xffffff;
	show_fifo(m, port - 49, signal, fifo);
	link_latch(m, VSC7448_PCS10G_BR_PCS_10GBR_STATUS_PCS_INTR_STAT(port - 49),
		   signal ? BIT(PCS10G_BR_PCS_10GBR_STATUS_PCS_INTR_STAT, RX_FSET_STICKY)
			  : BIT(PCS10G_BR_PCS_10GBR_STATUS_PCS_INTR_STAT, RX_OSET_STICKY));
	return room;
}

/* A read of the data register takes one word out; of an empty FIFO it reads 0. */
static void pop(struct mock_vsc7448 *m, uint32_t i, bool signal, uint32_t *value)
{
	struct link_fifo *fifo = &link__port(m, 49 + i)->fifo[signal];

	*value = 0;
	if (fifo->n == 0)
		return;
	*value = fifo->word[0] << 8;
	fifo->n--;
	memmove(fifo->word, fifo->word + 1, fifo->n * sizeof(fifo->word[0]));
	show_fifo(m, i, signal, fifo);
}

bool link__oset_read(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	for (uint32_t i = 0; i < 4; i++)
		for (unsigned signal = 0; signal < 2; signal++)
			if (addr == fifo_data(i, signal != 0)) {
				pop(m, i, signal != 0, value);
				link__oset_show(m, 49 + i, &link__port(m, 49 + i)->now);
				return true;
			}
	return false;
}

void link__oset_show(struct mock_vsc7448 *m, uint32_t port, const struct link_now *was)
{
	const struct link_port *p = link__port(m, port);
	const uint64_t seq =
		VSC7448_DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_SEQ_REC_STATUS(port - 49);
	const bool xaui = p->side.conf.line == LINE_XAUI || p->side.conf.line == LINE_RXAUI;

	if (xaui && p->now.q != 0 && p->now.q != was->q) {
		uint32_t old = mv_field(
			m, seq,
			VSC7448_DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_SEQ_REC_STATUS__RX_Q);

		PUT(m, seq, DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_SEQ_REC_STATUS, RX_Q, p->now.q);
		if (old != p->now.q)
			link_latch(m, seq,
				   BIT(DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_SEQ_REC_STATUS,
				       RX_Q_CHANGED_STICKY));
	}
	/* A fault is sent in every column: it fills the FIFO at once. */
	while (p->side.conf.line == LINE_R && p->now.remote_fault &&
	       link__fifo_push(m, port, false, REMOTE_FAULT)) {
	}
	if (p->side.conf.line == LINE_NONE)
		PUT(m, seq, DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_SEQ_REC_STATUS, RX_Q, 0);
}
