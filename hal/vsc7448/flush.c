/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Source: vtss_jaguar2_port.c, jr2_port_flush() and jr2_port_flush_poll(), with its numbers. */
#include "hal/vsc7448/port_priv.h"

/* The worst case: one jumbo frame at 10 Mb/s. */
#define DRAIN_US 8000u

#define EMPTY_TIMEOUT_US 2000000u
#define EMPTY_EVERY_US   1000u

#define N_PRIOS 8u
#define DST_MEM 2048u /* RES_STAT: memory by destination, 8 priorities of each port */

#define PORT_MODE(port) VSC7448_HSCH_HSCH_MISC_PORT_MODE(port)
#define FLUSH_CTRL      VSC7448_HSCH_HSCH_MISC_FLUSH_CTRL

#define RST_1G(name, v)  F(DEV1G_DEV_CFG_STATUS_DEV_RST_CTRL, name, v)
#define RST_10G(name, v) F(DEV10G_DEV_CFG_STATUS_DEV_RST_CTRL, name, v)

/* Steps 1 and 2. */
static void stop_receiving(struct regio *io, uint32_t port, bool is_10g)
{
	uint32_t nr = vsc7448__nr_10g(port);

	if (is_10g) {
		regio_fields(io, VSC7448_DEV10G_DEV_CFG_STATUS_DEV_RST_CTRL(nr),
			     RST_10G(PCS_RX_RST, 1));
		regio_fields(io, VSC7448_DEV10G_MAC_CFG_STATUS_MAC_ENA_CFG(nr),
			     F(DEV10G_MAC_CFG_STATUS_MAC_ENA_CFG, RX_ENA, 0));
		return;
	}
	regio_fields(io, VSC7448__DEV1G(port, DEV_CFG_STATUS_DEV_RST_CTRL),
		     RST_1G(PCS_RX_RST, 1));
	regio_fields(io, VSC7448__DEV1G(port, MAC_CFG_STATUS_MAC_ENA_CFG),
		     F(DEV1G_MAC_CFG_STATUS_MAC_ENA_CFG, RX_ENA, 0));
}

/* Step 9.  RES_STAT is a maximum that reading clears, so it is read until it stays 0. */
static void wait_until_empty(struct regio *io, uint32_t port)
{
	for (uint32_t prio = 0; prio < N_PRIOS; prio++)
		regio_wait(io, &(struct regio_wait){
				       .addr = VSC7448_QRES_RES_CTRL_RES_STAT(
					       DST_MEM + N_PRIOS * port + prio),
				       .mask = (uint32_t)reg_field_mask(
					       VSC7448_QRES_RES_CTRL_RES_STAT__MAXUSE),
				       .timeout_us = EMPTY_TIMEOUT_US,
				       .every_us = EMPTY_EVERY_US,
			       });
}

/* Step 10. */
static void reset_mac(struct regio *io, uint32_t port, bool is_10g)
{
	if (is_10g)
		regio_fields(io,
			     VSC7448_DEV10G_DEV_CFG_STATUS_DEV_RST_CTRL(vsc7448__nr_10g(port)),
			     RST_10G(PCS_TX_RST, 1), RST_10G(MAC_RX_RST, 1),
			     RST_10G(MAC_TX_RST, 1), RST_10G(SPEED_SEL, 6));
	else
		regio_fields(io, VSC7448__DEV1G(port, DEV_CFG_STATUS_DEV_RST_CTRL),
			     RST_1G(PCS_RX_RST, 0), RST_1G(PCS_TX_RST, 0),
			     RST_1G(MAC_RX_RST, 1), RST_1G(MAC_TX_RST, 1),
			     RST_1G(SPEED_SEL, 3));
}

/* All three kinds of PCS: which one was in use does not matter any more. */
static void stop_10g_pcs(struct regio *io, uint32_t nr)
{
	regio_fields(io, VSC7448_DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_CFG(nr),
		     F(DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_CFG, PCS_ENA, 0));
	regio_fields(io, VSC7448_DEV10G_PCS2X6G_CONFIGURATION_PCS2X6G_CFG(nr),
		     F(DEV10G_PCS2X6G_CONFIGURATION_PCS2X6G_CFG, PCS_ENA, 0));
	regio_fields(io, VSC7448_PCS10G_BR_PCS_10GBR_CFG_PCS_CFG(nr),
		     F(PCS10G_BR_PCS_10GBR_CFG_PCS_CFG, PCS_ENA, 0));
}

void vsc7448__flush(struct regio *io, uint32_t port, bool is_10g)
{
	stop_receiving(io, port, is_10g);
	regio_fields(io, VSC7448_QFWD_SYSTEM_SWITCH_PORT_MODE(port),
		     F(QFWD_SYSTEM_SWITCH_PORT_MODE, PORT_ENA, 0));
	regio_fields(io, PORT_MODE(port), F(HSCH_HSCH_MISC_PORT_MODE, DEQUEUE_DIS, 1));
	regio_fields(io, VSC7448_QSYS_PAUSE_CFG_PAUSE_CFG(port),
		     F(QSYS_PAUSE_CFG_PAUSE_CFG, PAUSE_ENA, 0));
	regio_fields(io, VSC7448_QRES_RES_QOS_ADV_PFC_CFG(port),
		     F(QRES_RES_QOS_ADV_PFC_CFG, TX_PFC_ENA, 0));
	regio_delay(io, DRAIN_US);
	regio_fields(io, FLUSH_CTRL, F(HSCH_HSCH_MISC_FLUSH_CTRL, FLUSH_PORT, port),
		     F(HSCH_HSCH_MISC_FLUSH_CTRL, FLUSH_DST, 1),
		     F(HSCH_HSCH_MISC_FLUSH_CTRL, FLUSH_SRC, 1),
		     F(HSCH_HSCH_MISC_FLUSH_CTRL, FLUSH_ENA, 1));
	regio_fields(io, PORT_MODE(port), F(HSCH_HSCH_MISC_PORT_MODE, DEQUEUE_DIS, 0));
	wait_until_empty(io, port);
	reset_mac(io, port, is_10g);
	regio_fields(io, FLUSH_CTRL, F(HSCH_HSCH_MISC_FLUSH_CTRL, FLUSH_PORT, port),
		     F(HSCH_HSCH_MISC_FLUSH_CTRL, FLUSH_ENA, 0));
	if (is_10g)
		stop_10g_pcs(io, vsc7448__nr_10g(port));
}
