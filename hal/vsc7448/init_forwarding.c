/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/init_priv.h"

#define N_MSTP      65u
#define VID_MAX     4095u
#define TPID_8021AD 0x88a8u
#define HIGH_PORTS  ((UINT32_C(1) << (VSC7448_N_PORTS - 32)) - 1)

/* Destination masks beyond those of single ports: HOWTO section 5g. */
enum { PGID_UNICAST = 53, PGID_DROP = 59, PGID_FLOOD = 60 };

/* The two words of a set of ports. */
static void put_ports(struct regio *io, uint64_t low, uint64_t high, vsc7448_ports ports)
{
	regio_put(io, low, (uint32_t)ports);
	regio_put(io, high, (uint32_t)(ports >> 32) & HIGH_PORTS);
}

/* VLAN 1 holds all ports; 0 and 4095, which no frame should have, none. */
static void vlans(struct regio *io)
{
	regio_fields(io, VSC7448_ANA_L3_COMMON_VLAN_CTRL,
		     F(ANA_L3_COMMON_VLAN_CTRL, VLAN_ENA, 1));
	for (uint32_t i = 0; i < 3; i++) {
		uint32_t vid = i == 2 ? VID_MAX : i;

		put_ports(io, VSC7448_ANA_L3_VLAN_VLAN_MASK_CFG(vid),
			  VSC7448_ANA_L3_VLAN_VLAN_MASK_CFG1(vid),
			  vid == 1 ? VSC7448_FRONT_PORTS : 0);
	}
	regio_fields(io, VSC7448_ANA_L3_VLAN_VLAN_CFG(1),
		     F(ANA_L3_VLAN_VLAN_CFG, VLAN_MSTP_PTR, 0),
		     F(ANA_L3_VLAN_VLAN_CFG, VLAN_FID, 1),
		     F(ANA_L3_VLAN_VLAN_CFG, VLAN_IGR_FILTER_ENA, 0),
		     F(ANA_L3_VLAN_VLAN_CFG, VLAN_FLOOD_DIS, 0),
		     F(ANA_L3_VLAN_VLAN_CFG, VLAN_LRN_DIS, 0),
		     F(ANA_L3_VLAN_VLAN_CFG, VLAN_RLEG_ENA, 0),
		     F(ANA_L3_VLAN_VLAN_CFG, VLAN_PRIVATE_ENA, 0),
		     F(ANA_L3_VLAN_VLAN_CFG, VLAN_MIRROR_ENA, 0));
	regio_put(io, VSC7448_ANA_L3_VLAN_VMID_CFG(1), 0);
	regio_fields(io, VSC7448_ANA_L3_VLAN_VLAN_CFG(0),
		     F(ANA_L3_VLAN_VLAN_CFG, VLAN_LRN_DIS, 1));
	put_ports(io, VSC7448_ANA_L3_COMMON_VLAN_FILTER_CTRL,
		  VSC7448_ANA_L3_COMMON_VLAN_FILTER_CTRL1, 0);
	regio_put(io, VSC7448_ANA_CL_COMMON_VLAN_STAG_CFG(0), TPID_8021AD);
	regio_put(io, VSC7448_REW_COMMON_TPID_CFG(0), TPID_8021AD);
}

/* Ports know no tags and belong to VLAN 1; all other VLANs leave with a tag. */
static void vlan_port(struct regio *io, uint32_t port)
{
	regio_fields(io, VSC7448_ANA_CL_PORT_VLAN_CTRL(port),
		     F(ANA_CL_PORT_VLAN_CTRL, VLAN_AWARE_ENA, 0),
		     F(ANA_CL_PORT_VLAN_CTRL, VLAN_POP_CNT, 0),
		     F(ANA_CL_PORT_VLAN_CTRL, PORT_VID, 1));
	regio_fields(io, VSC7448_ANA_CL_PORT_VLAN_TPID_CTRL(port),
		     F(ANA_CL_PORT_VLAN_TPID_CTRL, BASIC_TPID_AWARE_DIS, 0x7fff),
		     F(ANA_CL_PORT_VLAN_TPID_CTRL, RT_TAG_CTRL, 3));
	for (uint32_t tag = 0; tag < 2; tag++)
		regio_fields(io, VSC7448_ANA_CL_PORT_VLAN_FILTER_CTRL(port, tag),
			     F(ANA_CL_PORT_VLAN_FILTER_CTRL, TAG_REQUIRED_ENA, 0),
			     F(ANA_CL_PORT_VLAN_FILTER_CTRL, PRIO_CTAG_DIS, 0),
			     F(ANA_CL_PORT_VLAN_FILTER_CTRL, CTAG_DIS, 0),
			     F(ANA_CL_PORT_VLAN_FILTER_CTRL, PRIO_STAG_DIS, 0),
			     F(ANA_CL_PORT_VLAN_FILTER_CTRL, PRIO_CUST1_STAG_DIS, 0),
			     F(ANA_CL_PORT_VLAN_FILTER_CTRL, STAG_DIS, 0),
			     F(ANA_CL_PORT_VLAN_FILTER_CTRL, CUST1_STAG_DIS, 0));
	regio_fields(io, VSC7448_REW_PORT_TAG_CTRL(port), F(REW_PORT_TAG_CTRL, TAG_CFG, 1),
		     F(REW_PORT_TAG_CTRL, TAG_TPID_CFG, 0));
	regio_fields(io, VSC7448_REW_PORT_PORT_VLAN_CFG(port),
		     F(REW_PORT_PORT_VLAN_CFG, PORT_VID, 1));
	regio_fields(io, VSC7448_ANA_CL_PORT_FILTER_CTRL(port),
		     F(ANA_CL_PORT_FILTER_CTRL, FILTER_SMAC_MC_DIS, 0));
}

/* Spanning tree instance 0 forwards and learns on all ports, the others nothing. */
static void spanning_tree(struct regio *io)
{
	for (uint32_t i = 0; i < N_MSTP; i++) {
		vsc7448_ports ports = i == 0 ? VSC7448_FRONT_PORTS : 0;

		put_ports(io, VSC7448_ANA_L3_MSTP_MSTP_FWD_CFG(i),
			  VSC7448_ANA_L3_MSTP_MSTP_FWD_CFG1(i), ports);
		put_ports(io, VSC7448_ANA_L3_MSTP_MSTP_LRN_CFG(i),
			  VSC7448_ANA_L3_MSTP_MSTP_LRN_CFG1(i), ports);
	}
	put_ports(io, VSC7448_ANA_L3_COMMON_PORT_FWD_CTRL, VSC7448_ANA_L3_COMMON_PORT_FWD_CTRL1,
		  VSC7448_FRONT_PORTS);
	put_ports(io, VSC7448_ANA_L3_COMMON_PORT_LRN_CTRL, VSC7448_ANA_L3_COMMON_PORT_LRN_CTRL1,
		  VSC7448_FRONT_PORTS);
}

/*
 * Learned addresses age out after 300 s, which are two periods of 150 units of a second.  The
 * scan is stopped while the time is changed: vtss_cil_l2_mac_table_age_time_set().
 */
static void address_ageing(struct regio *io)
{
	regio_fields(io, VSC7448_LRN_COMMON_AUTOAGE_CFG(0),
		     F(LRN_COMMON_AUTOAGE_CFG, UNIT_SIZE, 1),
		     F(LRN_COMMON_AUTOAGE_CFG, PERIOD_VAL, 1));
	regio_fields(io, VSC7448_LRN_COMMON_AUTOAGE_CFG_1,
		     F(LRN_COMMON_AUTOAGE_CFG_1, FORCE_IDLE_ENA, 1));
	regio_fields(io, VSC7448_LRN_COMMON_AUTOAGE_CFG(0),
		     F(LRN_COMMON_AUTOAGE_CFG, UNIT_SIZE, 3),
		     F(LRN_COMMON_AUTOAGE_CFG, PERIOD_VAL, 150));
	regio_fields(io, VSC7448_LRN_COMMON_AUTOAGE_CFG_1,
		     F(LRN_COMMON_AUTOAGE_CFG_1, FORCE_HW_SCAN_STOP_SHOT, 1),
		     F(LRN_COMMON_AUTOAGE_CFG_1, FORCE_IDLE_ENA, 0));
}

/* Link-local protocols, 32 addresses per port: bridge group addresses to the CPU, GARP's not. */
static void link_local(struct regio *io)
{
	for (uint32_t i = 0; i < 32 * VSC7448_N_PORTS; i++)
		regio_fields(io, VSC7448_ANA_CL_L2CP_TBL_L2CP_ENTRY_CFG(2048 + i),
			     F(ANA_CL_L2CP_TBL_L2CP_ENTRY_CFG, COSID_VAL, 0),
			     F(ANA_CL_L2CP_TBL_L2CP_ENTRY_CFG, COSID_ENA, 0),
			     F(ANA_CL_L2CP_TBL_L2CP_ENTRY_CFG, CPU_FWD_CFG, i % 32 < 16),
			     F(ANA_CL_L2CP_TBL_L2CP_ENTRY_CFG, CPU_L2CP_QU, 0));
}

/* Mask n of the first 53 is port n; floods go everywhere, "drop" nowhere. */
static void destinations(struct regio *io)
{
	for (uint32_t pgid = 0; pgid <= PGID_FLOOD; pgid++) {
		vsc7448_ports ports =
			pgid < PGID_UNICAST ? UINT64_C(1) << pgid : VSC7448_FRONT_PORTS;

		put_ports(io, VSC7448_ANA_AC_PGID_PGID_CFG(pgid),
			  VSC7448_ANA_AC_PGID_PGID_CFG1(pgid), pgid == PGID_DROP ? 0 : ports);
		regio_put(io, VSC7448_ANA_AC_PGID_PGID_MISC_CFG(pgid), 0);
	}
}

void vsc7448__init_forwarding(struct regio *io)
{
	vlans(io);
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		vlan_port(io, port);
	spanning_tree(io);
	address_ageing(io);
	regio_fields(io, VSC7448_ANA_L2_COMMON_FWD_CFG,
		     F(ANA_L2_COMMON_FWD_CFG, ISDX_LOOKUP_ENA, 1));
	regio_fields(io, VSC7448_ANA_L3_COMMON_SERVICE_CFG,
		     F(ANA_L3_COMMON_SERVICE_CFG, VSI_FORCE_MC_EFID_ENA, 1),
		     F(ANA_L3_COMMON_SERVICE_CFG, ISDX_FORCE_MC_EFID_ENA, 1));
	link_local(io);
	destinations(io);
}

/* --- routing, time, OAM ------------------------------------------------------------------ */

void vsc7448__init_upper(struct regio *io)
{
	/* Loss of continuity in 100 ns: 3.3 ms, 10 ms, 100 ms, 1 s, 10 s; then 0.2 and 2 s. */
	static const uint32_t periods[] = { 33330,     100000,  1000000, 10000000,
					    100000000, 1998000, 19998000 };

	regio_fields(io, VSC7448_ANA_L3_COMMON_ROUTING_CFG,
		     F(ANA_L3_COMMON_ROUTING_CFG, RT_SMAC_UPDATE_ENA, 1),
		     F(ANA_L3_COMMON_ROUTING_CFG, CPU_RLEG_IP_HDR_FAIL_REDIR_ENA, 1),
		     F(ANA_L3_COMMON_ROUTING_CFG, CPU_IP6_HOPBYHOP_REDIR_ENA, 1),
		     F(ANA_L3_COMMON_ROUTING_CFG, CPU_IP4_OPTIONS_REDIR_ENA, 1));
	regio_fields(io, VSC7448_ANA_ACL_VCAP_S2_VCAP_S2_MISC_CTRL,
		     F(ANA_ACL_VCAP_S2_VCAP_S2_MISC_CTRL, PAG_FORCE_VID_ENA, 3),
		     F(ANA_ACL_VCAP_S2_VCAP_S2_MISC_CTRL, ACL_RT_SEL, 1));
	put_ports(io, VSC7448_ANA_L3_COMMON_SIP_SECURE_ENA,
		  VSC7448_ANA_L3_COMMON_SIP_SECURE_ENA1, VSC7448_FRONT_PORTS);
	regio_fields(io, VSC7448_DEVCPU_PTP_PTP_CFG_PTP_MISC_CFG,
		     F(DEVCPU_PTP_PTP_CFG_PTP_MISC_CFG, PTP_ENA, 7),
		     F(DEVCPU_PTP_PTP_CFG_PTP_MISC_CFG, PTP_HOLD, 0),
		     F(DEVCPU_PTP_PTP_CFG_PTP_MISC_CFG, PTP_TOD_FREEZE, 0));
	regio_fields(io, VSC7448_ANA_ACL_VCAP_S2_PTP_MISC_CTRL,
		     F(ANA_ACL_VCAP_S2_PTP_MISC_CTRL, PTP_ALLOW_ACL_REW_ENA, 1),
		     F(ANA_ACL_VCAP_S2_PTP_MISC_CTRL, PTP_DELAY_REQ_UDP_LEN52, 0));
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		regio_fields(io, VSC7448_ANA_ACL_PORT_PTP_CFG(port),
			     F(ANA_ACL_PORT_PTP_CFG, PTP_PORT_NUM, port + 1));
	regio_put(io, VSC7448_VOP_COMMON_VOP_CTRL, 0);
	for (uint32_t i = 0; i < sizeof(periods) / sizeof(periods[0]); i++)
		regio_put(io, VSC7448_VOP_COMMON_LOC_PERIOD_CFG(i), periods[i]);
	regio_put(io, VSC7448_ANA_ACL_VCAP_S2_VOE_LOOPBACK_CFG, 0);
}
