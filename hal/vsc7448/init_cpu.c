/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/init_priv.h"

#define N_PRIOS 8u

/* Frames older than a second are dropped, but not those of the CPU; no queue limits. */
static void ageing(struct regio *io)
{
	regio_put(io, VSC7448_QSYS_SYSTEM_FRM_AGING, 125000); /* in 8 us */
	for (uint32_t port = 0; port < VSC7448_N_PORTS + 2; port++)
		regio_fields(io, VSC7448_DSM_CFG_BUF_CFG(port),
			     F(DSM_CFG_BUF_CFG, AGING_ENA, port < VSC7448_N_PORTS));
	for (uint32_t port = 0; port < VSC7448_N_ALL_PORTS; port++)
		regio_fields(io, VSC7448_XQS_QLIMIT_PORT_QLIMIT_DIS_CFG(port),
			     F(XQS_QLIMIT_PORT_QLIMIT_DIS_CFG, QLIMIT_IGR_DIS, 1),
			     F(XQS_QLIMIT_PORT_QLIMIT_DIS_CFG, QLIMIT_EGR_DIS, 1));
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		regio_fields(io, VSC7448_ASM_CFG_PORT_CFG(port),
			     F(ASM_CFG_PORT_CFG, VSTAX2_AWR_ENA, 0));
}

/* Serial GPIO inputs interrupt on edges: jr2_sgpio_init(). */
static void serial_gpio(struct regio *io)
{
	for (uint32_t i = 0; i < 3; i++)
		for (uint32_t bit = 0; bit < 4; bit++) {
			regio_put(io, VSC7448_DEVCPU_GCB_SIO_CTRL_SIO_INTR_TRIGGER0(i, bit),
				  UINT32_MAX);
			regio_put(io, VSC7448_DEVCPU_GCB_SIO_CTRL_SIO_INTR_TRIGGER1(i, bit),
				  UINT32_MAX);
		}
}

/* Frames through registers: with the internal header and no preamble, first byte lowest. */
static void cpu_port(struct regio *io, uint32_t port)
{
	uint32_t group = port - VSC7448_PORT_CPU0;

	regio_fields(io, VSC7448_DEVCPU_QS_XTR_XTR_GRP_CFG(group),
		     F(DEVCPU_QS_XTR_XTR_GRP_CFG, MODE, 1),
		     F(DEVCPU_QS_XTR_XTR_GRP_CFG, STATUS_WORD_POS, 0),
		     F(DEVCPU_QS_XTR_XTR_GRP_CFG, BYTE_SWAP, 1));
	regio_fields(io, VSC7448_DEVCPU_QS_INJ_INJ_GRP_CFG(group),
		     F(DEVCPU_QS_INJ_INJ_GRP_CFG, MODE, 1),
		     F(DEVCPU_QS_INJ_INJ_GRP_CFG, BYTE_SWAP, 1));
	regio_fields(io, VSC7448_DEVCPU_QS_INJ_INJ_CTRL(group),
		     F(DEVCPU_QS_INJ_INJ_CTRL, GAP_SIZE, 0));
	regio_fields(
		io, VSC7448_ASM_CFG_PORT_CFG(port), F(ASM_CFG_PORT_CFG, NO_PREAMBLE_ENA, 1),
		F(ASM_CFG_PORT_CFG, FRM_AGING_DIS, 1), F(ASM_CFG_PORT_CFG, INJ_FORMAT_CFG, 1),
		F(ASM_CFG_PORT_CFG, VSTAX2_AWR_ENA, 0));
	regio_fields(io, VSC7448_HSCH_HSCH_MISC_PORT_MODE(port),
		     F(HSCH_HSCH_MISC_PORT_MODE, AGE_DIS, 1));
	regio_fields(io, VSC7448_ANA_CL_PORT_STACKING_CTRL(port),
		     F(ANA_CL_PORT_STACKING_CTRL, STACKING_AWARE_ENA, 1),
		     F(ANA_CL_PORT_STACKING_CTRL, STACKING_HEADER_DISCARD_ENA, 0));
	regio_fields(io, VSC7448_ANA_CL_PORT_VLAN_CTRL(port),
		     F(ANA_CL_PORT_VLAN_CTRL, VLAN_AWARE_ENA, 1),
		     F(ANA_CL_PORT_VLAN_CTRL, VLAN_POP_CNT, 1),
		     F(ANA_CL_PORT_VLAN_CTRL, PORT_VID, 0));
}

/* The class of a frame that the CPU sends is its tag's priority, whatever DEI says. */
static void cpu_priorities(struct regio *io)
{
	regio_fields(io, VSC7448_ANA_CL_PORT_QOS_CFG(VSC7448_PORT_CPU0),
		     F(ANA_CL_PORT_QOS_CFG, PCP_DEI_DP_ENA, 1),
		     F(ANA_CL_PORT_QOS_CFG, PCP_DEI_QOS_ENA, 1));
	for (uint32_t i = 0; i < 2 * N_PRIOS; i++)
		regio_fields(io, VSC7448_ANA_CL_PORT_PCP_DEI_MAP_CFG(VSC7448_PORT_CPU0, i),
			     F(ANA_CL_PORT_PCP_DEI_MAP_CFG, PCP_DEI_DP_VAL, 0),
			     F(ANA_CL_PORT_PCP_DEI_MAP_CFG, PCP_DEI_QOS_VAL, i % N_PRIOS));
}

/* Where frames to the CPU go: queue n keeps class n; see vtss_cil_packet_rx_conf_set(). */
static void cpu_queues(struct regio *io)
{
	for (uint32_t queue = 0; queue < N_PRIOS; queue++)
		regio_fields(io, VSC7448_QFWD_SYSTEM_FRAME_COPY_CFG(queue),
			     F(QFWD_SYSTEM_FRAME_COPY_CFG, FRMC_PORT_VAL, 0),
			     F(QFWD_SYSTEM_FRAME_COPY_CFG, FRMC_QOS_VAL, queue),
			     F(QFWD_SYSTEM_FRAME_COPY_CFG, FRMC_QOS_ENA, 1));
	for (uint32_t port = 0; port < VSC7448_N_PORTS + 2; port++)
		regio_put(io, VSC7448_ANA_CL_PORT_CAPTURE_CFG(port), 0);
	regio_put(io, VSC7448_ANA_CL_COMMON_CPU_PROTO_QU_CFG, 0);
	regio_put(io, VSC7448_ANA_L3_COMMON_CPU_QU_CFG, 0x77777777); /* exceptions: the last */
	regio_fields(io, VSC7448_ANA_L2_COMMON_LRN_CFG,
		     F(ANA_L2_COMMON_LRN_CFG, VSTAX_BASIC_LRN_MODE_ENA, 1),
		     F(ANA_L2_COMMON_LRN_CFG, CPU_LRN_QU, 0),
		     F(ANA_L2_COMMON_LRN_CFG, CPU_SMAC_COPY_ENA, 1));
}

void vsc7448__init_cpu(struct regio *io)
{
	ageing(io);
	serial_gpio(io);
	cpu_port(io, VSC7448_PORT_CPU0);
	cpu_port(io, VSC7448_PORT_CPU1);
	cpu_priorities(io);
	cpu_queues(io);
}

/*
 * Ticks of 52 us, 416 us, 3.3 ms, 10 ms, ... at a core clock of 250 MHz; ports let nothing be
 * injected but the multicast loop.  The vendor also clears TIMER_ENA of 4096 timers, with 8192
 * accesses: here the injector is switched off as a whole, and whoever switches it on has to set
 * the timers first, as the register text asks.
 */
void vsc7448__init_injector(struct regio *io)
{
	regio_fields(io, VSC7448_AFI_MISC_MISC_CTRL, F(AFI_MISC_MISC_CTRL, AFI_ENA, 0));
	regio_fields(io, VSC7448_AFI_TTI_MISC_TTI_CTRL, F(AFI_TTI_MISC_TTI_CTRL, TTI_ENA, 0));
	regio_fields(io, VSC7448_AFI_TTI_TICKS_TTI_TICK_BASE,
		     F(AFI_TTI_TICKS_TTI_TICK_BASE, BASE_LEN, 13000));
	regio_put(io, VSC7448_AFI_TTI_TICKS_TTI_TICK_LEN_0_3, 0x03080801);
	regio_put(io, VSC7448_AFI_TTI_TICKS_TTI_TICK_LEN_4_7, 0x060a0a0a);
	for (uint32_t port = 0; port < VSC7448_N_ALL_PORTS; port++) {
		bool closed = port != VSC7448_PORT_VD1;

		regio_fields(io, VSC7448_AFI_PORT_TBL_PORT_CFG(port),
			     F(AFI_PORT_TBL_PORT_CFG, FRM_RM_ONLY, closed),
			     F(AFI_PORT_TBL_PORT_CFG, FC_SKIP_TTI_INJ, closed),
			     F(AFI_PORT_TBL_PORT_CFG, FRM_OUT_MAX, closed ? 1000 : 16));
	}
}
