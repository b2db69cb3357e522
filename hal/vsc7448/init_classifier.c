/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/init_priv.h"
#include "hal/vsc7448/vcap_priv.h"

/*
 * Default actions take a row of 16 addresses: those of the first lookup of CLM_A are rows 2048
 * on, of IS2 rows 2390 on.  Those that are not zero: the policy group of the port, 0x80 of mask
 * 0xff, whose bit 7 asks IS2 to filter by VLAN; and the counter of the port in IS2, port + 1.
 * Written one kind after the other: the words that stay are in the cache already.
 */
static void default_actions(struct regio *io)
{
	const uint32_t clm_a = 2048, is2 = 2390;

	vsc7448__vcap_cache_word(io, VCAP_TCAM_SUPER, 0, 4); /* type group of four addresses */
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		vsc7448__vcap_spread_action(io, VCAP_TCAM_SUPER, VCAP_ROW * (clm_a + port), 1);
	vsc7448__vcap_cache_word(io, VCAP_TCAM_SUPER, 0, 0x3fc00000);
	vsc7448__vcap_cache_word(io, VCAP_TCAM_SUPER, 1, 0x20);
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		vsc7448__vcap_spread_action(io, VCAP_TCAM_SUPER, VCAP_ROW * (clm_a + port) + 2,
					    1);
	vsc7448__vcap_cache_word(io, VCAP_TCAM_SUPER, 0, 0x01000000);
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++) {
		vsc7448__vcap_cache_word(io, VCAP_TCAM_SUPER, 1, (port + 1) << 24 | 0x100);
		vsc7448__vcap_spread_action(io, VCAP_TCAM_SUPER, VCAP_ROW * (is2 + port) + 1,
					    1);
	}
}

/*
 * The egress defaults of all ports are the same (vtss_jr2_vlan_port_conf_apply(): tags by port,
 * VID and priority classified), so one fill writes them.
 */
static void egress_defaults(struct regio *io)
{
	vsc7448__vcap_cache_word(io, VCAP_TCAM_ES0, 2, 0x00020000);
	vsc7448__vcap_cache_word(io, VCAP_TCAM_ES0, 5, 0x00000004);
	vsc7448__vcap_cache_word(io, VCAP_TCAM_ES0, 8, 0x80000000);
	vsc7448__vcap_spread_action(io, VCAP_TCAM_ES0, 0x1000, VSC7448_N_PORTS);
	regio_fields(io, VSC7448_REW_COMMON_ES0_CTRL, F(REW_COMMON_ES0_CTRL, ES0_LU_ENA, 1));
	regio_fields(io, VSC7448_ANA_L2_ISDX_SERVICE_CTRL(0),
		     F(ANA_L2_ISDX_SERVICE_CTRL, ES0_ISDX_KEY_ENA, 0));
}

/* Values of ETYPE_CLM_KEY_SEL. */
enum { KEY_TRI_VID = 5, KEY_NORMAL = 7, KEY_NORMAL_7TUPLE = 9 };

/* Keys of the six classification lookups of a port, as jr2_vcap_port_map() gives them. */
static void lookup_keys(struct regio *io, uint32_t port)
{
	static const uint8_t keys[] = { KEY_NORMAL_7TUPLE, KEY_NORMAL_7TUPLE, KEY_NORMAL,
					KEY_NORMAL_7TUPLE, KEY_TRI_VID,       KEY_TRI_VID };

	for (uint32_t i = 0; i < sizeof(keys); i++)
		regio_fields(io, VSC7448_ANA_CL_PORT_ADV_CL_CFG(port, i),
			     F(ANA_CL_PORT_ADV_CL_CFG, USE_CL_TCI0_ENA, 0),
			     F(ANA_CL_PORT_ADV_CL_CFG, USE_CL_DSCP_ENA, 0),
			     F(ANA_CL_PORT_ADV_CL_CFG, IP4_CLM_KEY_SEL, 0),
			     F(ANA_CL_PORT_ADV_CL_CFG, IP6_CLM_KEY_SEL, 0),
			     F(ANA_CL_PORT_ADV_CL_CFG, MPLS_UC_CLM_KEY_SEL, i == 0),
			     F(ANA_CL_PORT_ADV_CL_CFG, MPLS_MC_CLM_KEY_SEL, i == 0),
			     F(ANA_CL_PORT_ADV_CL_CFG, MLBS_CLM_KEY_SEL, i == 0 ? 0 : 15),
			     F(ANA_CL_PORT_ADV_CL_CFG, ETYPE_CLM_KEY_SEL, keys[i]),
			     F(ANA_CL_PORT_ADV_CL_CFG, LOOKUP_ENA, 1));
}

/* Access control: IP and ARP keys in the first lookup, IP with VID in the second. */
static void access_keys(struct regio *io, uint32_t port)
{
	regio_fields(io, VSC7448_ANA_ACL_PORT_VCAP_S2_KEY_SEL(port, 0),
		     F(ANA_ACL_PORT_VCAP_S2_KEY_SEL, NON_ETH_KEY_SEL, 0),
		     F(ANA_ACL_PORT_VCAP_S2_KEY_SEL, IP4_MC_KEY_SEL, 1),
		     F(ANA_ACL_PORT_VCAP_S2_KEY_SEL, IP4_UC_KEY_SEL, 1),
		     F(ANA_ACL_PORT_VCAP_S2_KEY_SEL, IP6_MC_KEY_SEL, 0),
		     F(ANA_ACL_PORT_VCAP_S2_KEY_SEL, IP6_UC_KEY_SEL, 0),
		     F(ANA_ACL_PORT_VCAP_S2_KEY_SEL, ARP_KEY_SEL, 1));
	/* Of the two-bit fields, bit 0 is the first lookup, bit 1 the second. */
	regio_set(io, VSC7448_ANA_ACL_VCAP_S2_VCAP_S2_CFG(port), 0x00602503, 0x00602503);
}

void vsc7448__init_classifier(struct regio *io)
{
	vsc7448__vcap_init(io);
	default_actions(io);
	egress_defaults(io);
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++) {
		lookup_keys(io, port);
		access_keys(io, port);
	}
	/* The CPU's frames: only the fifth lookup. */
	regio_put(io, VSC7448_ANA_CL_PORT_ADV_CL_CFG(VSC7448_PORT_CPU0, 4),
		  KEY_TRI_VID << 1 | 1);
	for (uint32_t i = 4; i < 6; i++)
		regio_put(io, VSC7448_ANA_CL_COMMON_CLM_KEY_CFG(i), 1);
	/* Where a replaced DMAC keeps the frame's own bits: the upper 8. */
	regio_fields(io, VSC7448_ANA_ACL_VCAP_S2_SWAP_IP_CTRL,
		     F(ANA_ACL_VCAP_S2_SWAP_IP_CTRL, DMAC_REPL_OFFSET_VAL, 8));
}
