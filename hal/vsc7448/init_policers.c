/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/init_priv.h"

#define POL_ALL_CFG   VSC7448_ANA_AC_POL_POL_ALL_CFG_POL_ALL_CFG
#define FRAME_GAP     20u     /* bytes on the wire that frames do not show: preamble and gap */
#define QUEUE_BASE    0x1000u /* of the queue policers in the SDLB table */
#define N_PRIOS       8u
#define PORT_POLICERS 4u

static void start(struct regio *io)
{
	const uint64_t shots =
		reg_field_mask(VSC7448_ANA_AC_POL_POL_ALL_CFG_POL_ALL_CFG__FORCE_INIT) |
		reg_field_mask(VSC7448_ANA_AC_POL_POL_ALL_CFG_POL_ALL_CFG__ACL_FORCE_INIT) |
		reg_field_mask(VSC7448_ANA_AC_POL_POL_ALL_CFG_POL_ALL_CFG__STORM_FORCE_INIT);

	regio_fields(io, POL_ALL_CFG,
		     F(ANA_AC_POL_POL_ALL_CFG_POL_ALL_CFG, STORM_GAP_VALUE, FRAME_GAP),
		     F(ANA_AC_POL_POL_ALL_CFG_POL_ALL_CFG, DP_TO_COLOR_MAP, 0xe),
		     F(ANA_AC_POL_POL_ALL_CFG_POL_ALL_CFG, PORT_FC_ENA, 1),
		     F(ANA_AC_POL_POL_ALL_CFG_POL_ALL_CFG, PRIO_FORCE_INIT, 1),
		     F(ANA_AC_POL_POL_ALL_CFG_POL_ALL_CFG, STORM_FORCE_INIT, 1),
		     F(ANA_AC_POL_POL_ALL_CFG_POL_ALL_CFG, ACL_FORCE_INIT, 1),
		     F(ANA_AC_POL_POL_ALL_CFG_POL_ALL_CFG, FORCE_INIT, 1));
	for (uint32_t bit = 0; bit < 32; bit++)
		if ((shots >> bit & 1) != 0)
			regio_wait(io, &(struct regio_wait){ .addr = POL_ALL_CFG,
							     .mask = UINT32_C(1) << bit,
							     .timeout_us = 100000,
							     .every_us = 1000 });
}

static void port_policers(struct regio *io)
{
	for (uint32_t i = 0; i < PORT_POLICERS * (VSC7448_N_PORTS + 2); i++) {
		regio_put(io, VSC7448_ANA_AC_POL_POL_PORT_CFG_POL_PORT_THRES_CFG_0(i), 0x3f);
		regio_put(io, VSC7448_ANA_AC_POL_POL_PORT_CFG_POL_PORT_THRES_CFG_1(i), 0);
		regio_put(io, VSC7448_ANA_AC_POL_POL_PORT_CFG_POL_PORT_RATE_CFG(i), 0x7ffff);
		regio_put(io,
			  VSC7448_ANA_AC_POL_POL_PORT_CTRL_POL_PORT_CFG(i / PORT_POLICERS,
									i % PORT_POLICERS),
			  0);
	}
	for (uint32_t port = 0; port < VSC7448_N_PORTS + 2; port++)
		regio_put(io, VSC7448_ANA_AC_POL_POL_PORT_CTRL_POL_PORT_GAP(port), FRAME_GAP);
}

/* One per port and class, of both buckets at their most: no limit. */
static void queue_policers(struct regio *io)
{
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		regio_fields(io, VSC7448_ANA_L2_COMMON_PORT_DLB_CFG(port),
			     F(ANA_L2_COMMON_PORT_DLB_CFG, QUEUE_DLB_IDX,
			       QUEUE_BASE + N_PRIOS * port));
	for (uint32_t i = QUEUE_BASE; i < QUEUE_BASE + N_PRIOS * VSC7448_N_PORTS; i++) {
		regio_fields(io, VSC7448_ANA_AC_POL_SDLB_DLB_CFG(i),
			     F(ANA_AC_POL_SDLB_DLB_CFG, TIMESTAMP_VAL, 0),
			     F(ANA_AC_POL_SDLB_DLB_CFG, COUPLING_MODE, 0),
			     F(ANA_AC_POL_SDLB_DLB_CFG, COLOR_AWARE_LVL, 3),
			     F(ANA_AC_POL_SDLB_DLB_CFG, CIR_INC_DP_VAL, 1),
			     F(ANA_AC_POL_SDLB_DLB_CFG, TRAFFIC_TYPE_MASK, 3),
			     F(ANA_AC_POL_SDLB_DLB_CFG, ENCAP_DATA_DIS, 0),
			     F(ANA_AC_POL_SDLB_DLB_CFG, GAP_VAL, FRAME_GAP),
			     F(ANA_AC_POL_SDLB_DLB_CFG, TIMESCALE_VAL, 0));
		regio_fields(io, VSC7448_ANA_AC_POL_SDLB_LB_CFG(i, 0),
			     F(ANA_AC_POL_SDLB_LB_CFG, THRES_VAL, 1),
			     F(ANA_AC_POL_SDLB_LB_CFG, RATE_VAL, 0x7ff));
		regio_put(io, VSC7448_ANA_AC_POL_SDLB_LB_CFG(i, 1), 0);
	}
}

void vsc7448__init_policers(struct regio *io)
{
	start(io);
	port_policers(io);
	queue_policers(io);
}

/* --- counters ---------------------------------------------------------------------------- */

/* Service counters: the first three count bytes, the others frames, of the same events. */
static void service_counters(struct regio *io)
{
	static const uint8_t events[] = { 0x08, 0x10, 0x40 };

	for (uint32_t i = 0; i < 6; i++) {
		regio_put(io, VSC7448_ANA_AC_STAT_GLOBAL_CFG_ISDX_STAT_GLOBAL_CFG(i), i < 3);
		regio_put(io, VSC7448_ANA_AC_STAT_GLOBAL_CFG_ISDX_STAT_GLOBAL_EVENT_MASK(i),
			  events[i % 3]);
	}
	regio_fields(io, VSC7448_ANA_AC_PS_COMMON_MISC_CTRL,
		     F(ANA_AC_PS_COMMON_MISC_CTRL, USE_VID_AS_ISDX_ENA, 1));
}

/* Router legs: unicast frames and bytes, multicast frames and bytes. */
static void leg_counters(struct regio *io)
{
	for (uint32_t i = 0; i < 4; i++) {
		regio_put(io, VSC7448_ANA_AC_STAT_GLOBAL_CFG_IRLEG_GLOBAL_CNT_FRM_TYPE_CFG(i),
			  1);
		regio_put(io, VSC7448_ANA_AC_STAT_GLOBAL_CFG_IRLEG_STAT_GLOBAL_CFG(i), i % 2);
		regio_put(io, VSC7448_ANA_AC_STAT_GLOBAL_CFG_IRLEG_STAT_GLOBAL_EVENT_MASK(i),
			  i < 2 ? 0x08 : 0x10);
		regio_put(io, VSC7448_ANA_AC_STAT_GLOBAL_CFG_ERLEG_GLOBAL_CNT_FRM_TYPE_CFG(i),
			  1);
		regio_put(io, VSC7448_ANA_AC_STAT_GLOBAL_CFG_ERLEG_STAT_GLOBAL_CFG(i), i % 2);
		regio_put(io, VSC7448_ANA_AC_STAT_GLOBAL_CFG_ERLEG_STAT_GLOBAL_EVENT_MASK(i),
			  i < 2 ? 0x02 : 0x04);
	}
}

/* Ports: counter 0 of each counts filtered frames, counter 1 policed ones, of all classes. */
static void port_counters(struct regio *io)
{
	regio_put(io, VSC7448_ANA_AC_STAT_GLOBAL_CFG_PORT_STAT_GLOBAL_EVENT_MASK(0), 0x0001);
	regio_put(io, VSC7448_ANA_AC_STAT_GLOBAL_CFG_PORT_STAT_GLOBAL_EVENT_MASK(1), 0x30f0);
	for (uint32_t port = 0; port < VSC7448_N_ALL_PORTS; port++)
		for (uint32_t i = 0; i < 2; i++)
			regio_fields(io, VSC7448_ANA_AC_STAT_CNT_CFG_PORT_STAT_CFG(port, i),
				     F(ANA_AC_STAT_CNT_CFG_PORT_STAT_CFG, CFG_PRIO_MASK, 0xff),
				     F(ANA_AC_STAT_CNT_CFG_PORT_STAT_CFG, CFG_CNT_FRM_TYPE, 1),
				     F(ANA_AC_STAT_CNT_CFG_PORT_STAT_CFG, CFG_CNT_BYTE, 0));
}

void vsc7448__init_counters(struct regio *io)
{
	/* Of the sticky events of this block only "no destination" is recorded. */
	regio_put(io, VSC7448_ANA_AC_PS_STICKY_MASK_STICKY_MASK(0),
		  (uint32_t)reg_field_mask(
			  VSC7448_ANA_AC_PS_STICKY_MASK_STICKY_MASK__ZERO_DST_STICKY_MASK));
	port_counters(io);
	regio_put(io, VSC7448_ANA_AC_STAT_GLOBAL_CFG_QUEUE_GLOBAL_CNT_FRM_TYPE_CFG(0), 0);
	service_counters(io);
	leg_counters(io);
	regio_fields(io, VSC7448_XQS_SYSTEM_STAT_CNT_CFG,
		     F(XQS_SYSTEM_STAT_CNT_CFG, DROP_COUNT_EGRESS, 1));
}
