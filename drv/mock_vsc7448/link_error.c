/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What bit errors do to counters and sticky bits since the last look. */
#include "drv/mock_vsc7448/link_priv.h"

#define BIT(reg, field) ((uint32_t)reg_field_mask(VSC7448_##reg##__##field))

/* Forward error correction: blocks of 2112 bits, of which bursts of up to 11 bits are corrected
 * (IEEE 802.3 clause 74); two errors in a block are taken for uncorrectable. */
#define FEC_BLOCK_BITS 2112.0

/* Counts @by events, fractions kept in @rest. */
static void count(struct mock_vsc7448 *m, uint64_t addr, double *rest, double by)
{
	uint64_t whole;

	*rest += by;
	whole = (uint64_t)*rest;
	*rest -= (double)whole;
	if (whole > 0)
		mock_hw_count(m->mock, addr, 0, whole);
}

static void count_xaui(struct mock_vsc7448 *m, uint32_t i, struct link_port *p, double us)
{
	/* Four lanes of 3.125 Gb/s. */
	const double errors = 12500.0 * us * p->side.error_rate;

	count(m, VSC7448_DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_FIFO_CG_ERR_L3_CNT_STATUS(i),
	      &p->errors[0], errors);
	link_latch(m, VSC7448_DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_ERROR_STATUS(i),
		   BIT(DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_ERROR_STATUS, C8B10B_ERR_STICKY));
}

static void count_2x6g(struct mock_vsc7448 *m, uint32_t i, struct link_port *p, double us)
{
	count(m, VSC7448_DEV10G_PCS2X6G_STATUS_PCS2X6G_ERR_CNT_STAT(i), &p->errors[0],
	      10312.5 * us * p->side.error_rate);
	link_latch(m, VSC7448_DEV10G_PCS2X6G_STATUS_PCS2X6G_ERR_STATUS(i),
		   BIT(DEV10G_PCS2X6G_STATUS_PCS2X6G_ERR_STATUS, C64B66B_ERR_STICKY));
}

/* Most errors hit payload and become error blocks; two of 66 bits are the sync header. */
static void count_10gbase_r(struct mock_vsc7448 *m, uint32_t i, struct link_port *p, double us)
{
	const double errors = 10312.5 * us * p->side.error_rate;

	count(m, VSC7448_PCS10G_BR_PCS_10GBR_HA_STATUS_RX_BER_CNT(i), &p->errors[0],
	      errors * 2.0 / 66.0);
	count(m, VSC7448_PCS10G_BR_PCS_10GBR_HA_STATUS_RX_ERRBLK_CNT(i), &p->errors[1], errors);
	link_latch(m, VSC7448_PCS10G_BR_PCS_10GBR_STATUS_PCS_INTR_STAT(i),
		   BIT(PCS10G_BR_PCS_10GBR_STATUS_PCS_INTR_STAT, C64B66B_ERR_STICKY));
}

static void count_fec(struct mock_vsc7448 *m, uint32_t i, struct link_port *p, double us)
{
	const double blocks = 10312.5 * us / FEC_BLOCK_BITS;
	const double hit = FEC_BLOCK_BITS * p->side.error_rate;

	count(m, VSC7448_PCS10G_BR_KR_FEC_HA_STATUS_KR_FEC_CORRECTED(i), &p->errors[0],
	      blocks * hit);
	count(m, VSC7448_PCS10G_BR_KR_FEC_HA_STATUS_KR_FEC_UNCORRECTED(i), &p->errors[2],
	      blocks * hit * hit / 2.0);
}

void link__count_errors(struct mock_vsc7448 *m, uint32_t port)
{
	struct link_port *p = link__port(m, port);
	const uint64_t now_us = clock_now_us(m->clock);
	const double us = (double)(now_us - p->seen_us);
	const enum line line = p->side.conf.line;

	p->seen_us = now_us;
	if (p->side.error_rate <= 0.0 || us <= 0.0 || !p->now.sync || !link_is_10g(line))
		return;
	if (line == LINE_2X6G)
		count_2x6g(m, port - 49, p, us);
	else if (line != LINE_R)
		count_xaui(m, port - 49, p, us);
	else if (p->side.conf.fec)
		count_fec(m, port - 49, p, us);
	else
		count_10gbase_r(m, port - 49, p, us);
}
