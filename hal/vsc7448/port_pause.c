/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Flow control by pause frames, and what goes with it.  Priority flow control is off.
 * Source: vtss_jaguar2_port.c, jr2_port_pfc() and jr2_port_fc_setup().
 */
#include "hal/vsc7448/port_priv.h"

#define N_PRIOS    8u
#define CELL_BYTES 176u  /* JR2_BUFFER_CELL_SZ */
#define STD_BYTES  1518u /* VTSS_MAX_FRAME_LENGTH_STANDARD */
#define WM_OFF     0xfffu

/* RES_CFG: watermarks by resource (0 memory by source, 2048 by destination, 4096 shared). */
#define WM_IGR(port)      (512u + (port))
#define WM_IGR_PRIO(port) (8u * (port))
#define WM_EGR_CPU        (2048u + 512u + VSC7448_PORT_CPU0)
#define WM_EGR_CPU_PRIO   (2048u + 8u * VSC7448_PORT_CPU0)
#define WM_SHARED(port)   (4096u + 512u + (port))
#define WM_SHARED_PRIO    (4096u + 496u)
#define WM_SHARED_DP      (4096u + 508u)

/* QRES:RES_CFG.WM_HIGH: bit 11 counts in units of 16. */
static uint32_t watermark(uint32_t cells)
{
	return cells >= 2048 ? 2048 + cells / 16 : cells;
}

/* ASM:PFC_CFG.FC_LINK_SPEED. */
static uint32_t link_speed(uint32_t mbps)
{
	return mbps == 10000 ? 1 : mbps == 2500 ? 2 : mbps == 1000 ? 3 : mbps == 100 ? 4 : 5;
}

static void set_pfc_off(struct regio *io, uint32_t port, const struct vsc7448_port_conf *conf)
{
	regio_fields(io, VSC7448_ASM_PFC_PFC_CFG(port), F(ASM_PFC_PFC_CFG, RX_PFC_ENA, 0),
		     F(ASM_PFC_PFC_CFG, FC_LINK_SPEED, link_speed(conf->mbps)));
	regio_fields(io, VSC7448_HSCH_HSCH_MISC_PFC_CFG(port),
		     F(HSCH_HSCH_MISC_PFC_CFG, PFC_LAYER, 0),
		     F(HSCH_HSCH_MISC_PFC_CFG, PFC_SE, port));
	regio_fields(io, VSC7448_ASM_CFG_PAUSE_CFG(port),
		     F(ASM_CFG_PAUSE_CFG, ABORT_CTRL_ENA, 1));
	regio_fields(io, VSC7448_QRES_RES_QOS_ADV_PFC_CFG(port),
		     F(QRES_RES_QOS_ADV_PFC_CFG, TX_PFC_ENA, 0));
	regio_fields(io, VSC7448_DSM_CFG_ETH_PFC_CFG(port), F(DSM_CFG_ETH_PFC_CFG, PFC_ENA, 0));
}

/* No memory is shared between ports. */
static void set_sharing_off(struct regio *io, uint32_t port)
{
	regio_put(io, VSC7448_QRES_RES_CTRL_RES_CFG(WM_SHARED(port)), 0);
	for (uint32_t prio = 0; prio < N_PRIOS; prio++)
		regio_put(io, VSC7448_QRES_RES_CTRL_RES_CFG(WM_SHARED_PRIO + prio), 0);
	for (uint32_t dp = 0; dp < 4; dp++)
		regio_put(io, VSC7448_QRES_RES_CTRL_RES_CFG(WM_SHARED_DP + dp), 0);
}

/* Cells that are reserved: a pause frame must not be sent while these are not used up. */
static int reserved_cells(struct regio *io, uint32_t port, uint32_t *cells)
{
	uint64_t addrs[2 + 2 * N_PRIOS];
	uint32_t v[2 + 2 * N_PRIOS], sum_port, sum_cpu;
	int rc;

	addrs[0] = VSC7448_QRES_RES_CTRL_RES_CFG(WM_IGR(port));
	addrs[1] = VSC7448_QRES_RES_CTRL_RES_CFG(WM_EGR_CPU);
	for (uint32_t prio = 0; prio < N_PRIOS; prio++) {
		addrs[2 + prio] = VSC7448_QRES_RES_CTRL_RES_CFG(WM_IGR_PRIO(port) + prio);
		addrs[2 + N_PRIOS + prio] =
			VSC7448_QRES_RES_CTRL_RES_CFG(WM_EGR_CPU_PRIO + prio);
	}
	rc = regio_get_many(io, addrs, 2 + 2 * N_PRIOS, v);
	if (rc != 0)
		return rc;
	sum_port = v[0];
	sum_cpu = v[1];
	for (uint32_t prio = 0; prio < N_PRIOS; prio++) {
		sum_port += v[2 + prio];
		sum_cpu += v[2 + N_PRIOS + prio];
	}
	*cells = sum_port > sum_cpu ? sum_port : sum_cpu;
	return 0;
}

/* PAUSE_CFG without PAUSE_ENA (set when the port has joined the core), and the port's ATOP. */
static int set_watermarks(struct regio *io, uint32_t port, const struct vsc7448_port_conf *conf)
{
	uint32_t start = WM_OFF, stop = WM_OFF, atop = WM_OFF, cells;

	if (conf->pause_obey || conf->pause_generate) {
		int rc = reserved_cells(io, port, &cells);

		if (rc != 0)
			return rc;
		cells += STD_BYTES / CELL_BYTES;
		start = watermark(cells);
		stop = watermark(4 * (STD_BYTES / CELL_BYTES));
		atop = watermark(cells + (conf->max_frame_bytes > STD_BYTES
						  ? 3 * STD_BYTES / CELL_BYTES
						  : 20000 / CELL_BYTES));
	}
	regio_fields(io, VSC7448_QSYS_PAUSE_CFG_PAUSE_CFG(port),
		     F(QSYS_PAUSE_CFG_PAUSE_CFG, PAUSE_START, start),
		     F(QSYS_PAUSE_CFG_PAUSE_CFG, PAUSE_STOP, stop),
		     F(QSYS_PAUSE_CFG_PAUSE_CFG, PAUSE_ENA, 0));
	regio_put(io, VSC7448_QSYS_PAUSE_CFG_ATOP(port), atop);
	return 0;
}

static void set_pause_mac(struct regio *io, uint32_t port, const uint8_t mac[6])
{
	regio_put(io, VSC7448_DSM_CFG_MAC_ADDR_BASE_HIGH_CFG(port),
		  (uint32_t)mac[0] << 16 | (uint32_t)mac[1] << 8 | mac[2]);
	regio_put(io, VSC7448_DSM_CFG_MAC_ADDR_BASE_LOW_CFG(port),
		  (uint32_t)mac[3] << 16 | (uint32_t)mac[4] << 8 | mac[5]);
}

static int others_generate(struct regio *io, uint32_t port, bool *yes)
{
	uint64_t addrs[VSC7448_N_PORTS];
	uint32_t v[VSC7448_N_PORTS];
	int rc;

	for (uint32_t p = 0; p < VSC7448_N_PORTS; p++)
		addrs[p] = VSC7448_QSYS_PAUSE_CFG_PAUSE_CFG(p);
	rc = regio_get_many(io, addrs, VSC7448_N_PORTS, v);
	for (uint32_t p = 0; rc == 0 && p < VSC7448_N_PORTS; p++)
		if (p != port &&
		    reg_field_get(v[p], VSC7448_QSYS_PAUSE_CFG_PAUSE_CFG__PAUSE_ENA) != 0)
			*yes = true;
	return rc;
}

/* Tail drop begins early as soon as one port generates pause frames. */
static int set_tail_drop(struct regio *io, uint32_t port, bool generate)
{
	uint32_t total;
	int rc = regio_get(io, VSC7448_QSYS_PAUSE_CFG_ATOP_TOT_CFG, &total);

	if (rc == 0 && !generate && total == 0)
		rc = others_generate(io, port, &generate);
	if (rc == 0)
		regio_put(io, VSC7448_QSYS_PAUSE_CFG_ATOP_TOT_CFG, generate ? 0 : WM_OFF);
	return rc;
}

int vsc7448__flow_control(struct regio *io, uint32_t port, const struct vsc7448_port_conf *conf)
{
	int rc = set_watermarks(io, port, conf);

	if (rc != 0)
		return rc;
	set_pfc_off(io, port, conf);
	set_sharing_off(io, port);
	set_pause_mac(io, port, conf->pause_mac);
	regio_fields(io, VSC7448_DSM_CFG_MAC_CFG(port),
		     F(DSM_CFG_MAC_CFG, HDX_BACKPRESSURE, conf->half_duplex));
	regio_fields(io, VSC7448_DSM_CFG_RX_PAUSE_CFG(port),
		     F(DSM_CFG_RX_PAUSE_CFG, RX_PAUSE_EN, conf->pause_obey),
		     F(DSM_CFG_RX_PAUSE_CFG, FC_OBEY_LOCAL, 0));
	/* Frames are dropped at ingress only where no pause frame asks for patience. */
	regio_fields(io, VSC7448_QFWD_SYSTEM_SWITCH_PORT_MODE(port),
		     F(QFWD_SYSTEM_SWITCH_PORT_MODE, INGRESS_DROP_MODE, !conf->pause_generate));
	return set_tail_drop(io, port, conf->pause_generate);
}
