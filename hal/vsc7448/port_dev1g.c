/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * DEV1G and DEV2G5: MAC and the PCS up to 2.5 Gb/s.
 * Source: vtss_jaguar2_port.c, jr2_port_conf_1g_set() and vtss_jr2_port_max_tags_set().
 */
#include "hal/vsc7448/port_priv.h"

#define TPID_S_TAG 0x88a8u

/* Pause and asymmetric pause as IEEE 802.3 Annex 28B.3 asks of what each side wants; 37.2.1. */
#define ABILITY_FDX  (1u << 5)
#define ABILITY_PS1  (1u << 7)
#define ABILITY_PS2  (1u << 8)
#define SGMII_ANSWER 0x0001u /* the MAC's side of Cisco SGMII */

#define LATE_COL_POS 67u

static void set_mac(struct regio *io, uint32_t port, const struct vsc7448_port_conf *conf)
{
	bool giga = conf->mbps >= 1000;
	/* Inter-frame gaps: transmit, receive 1, receive 2. */
	uint32_t tx = conf->mbps == 1000 ? 4 : conf->half_duplex ? 5 : 6;
	uint32_t rx1 = conf->mbps == 100 ? 1 : conf->mbps == 10 ? 2 : 0;
	uint32_t rx2 = conf->mbps == 100 ? 4 : conf->mbps == 10 ? 1 : 0;

	/* Frames do not age out of a half-duplex port. */
	regio_fields(io, VSC7448_HSCH_HSCH_MISC_PORT_MODE(port),
		     F(HSCH_HSCH_MISC_PORT_MODE, AGE_DIS, conf->half_duplex));
	regio_put(io, VSC7448__DEV1G(port, MAC_CFG_STATUS_MAC_MODE_CFG),
		  conf->half_duplex ? 0
		  : giga            ? 0x11
				    : 0x01);
	regio_put(io, VSC7448__DEV1G(port, MAC_CFG_STATUS_MAC_IFG_CFG),
		  tx << 8 | rx2 << 4 | rx1);
	regio_fields(io, VSC7448__DEV1G(port, MAC_CFG_STATUS_MAC_HDX_CFG),
		     F(DEV1G_MAC_CFG_STATUS_MAC_HDX_CFG, LATE_COL_POS, LATE_COL_POS),
		     F(DEV1G_MAC_CFG_STATUS_MAC_HDX_CFG, RETRY_AFTER_EXC_COL_ENA, 0));
}

static void set_fx100_pcs(struct regio *io, uint32_t port, const struct vsc7448_port_conf *conf)
{
	uint32_t sd = vsc7448__sd_cfg(conf->sigdet);

	regio_fields(io, VSC7448__DEV1G(port, PCS_FX100_CONFIGURATION_PCS_FX100_CFG),
		     F(DEV1G_PCS_FX100_CONFIGURATION_PCS_FX100_CFG, PCS_ENA, 1),
		     F(DEV1G_PCS_FX100_CONFIGURATION_PCS_FX100_CFG, SD_SEL, sd >> 8 & 1),
		     F(DEV1G_PCS_FX100_CONFIGURATION_PCS_FX100_CFG, SD_POL, sd >> 4 & 1),
		     F(DEV1G_PCS_FX100_CONFIGURATION_PCS_FX100_CFG, SD_ENA, sd & 1));
}

static uint32_t clause37_ability(const struct vsc7448_port_conf *conf)
{
	uint32_t ability = ABILITY_FDX;

	if (conf->pause_obey)
		ability |= ABILITY_PS1 | ABILITY_PS2;
	else if (conf->pause_generate)
		ability |= ABILITY_PS2;
	return ability;
}

static void set_aneg(struct regio *io, uint32_t port, const struct vsc7448_port_conf *conf)
{
	uint64_t addr = VSC7448__DEV1G(port, PCS1G_CFG_STATUS_PCS1G_ANEG_CFG);
	uint32_t ability = 0, resolve = 0;

	if (conf->mode == LINK_MODE_QSGMII) {
		resolve = 1;
	} else if (conf->mode == LINK_MODE_SGMII && conf->sgmii == VSC7448_SGMII_AUTO) {
		resolve = 1;
		ability = SGMII_ANSWER;
	} else if (conf->mode == LINK_MODE_1000BASE_X && conf->clause37) {
		ability = clause37_ability(conf);
	}
	regio_fields(
		io, addr, F(DEV1G_PCS1G_CFG_STATUS_PCS1G_ANEG_CFG, ADV_ABILITY, ability),
		F(DEV1G_PCS1G_CFG_STATUS_PCS1G_ANEG_CFG, SW_RESOLVE_ENA, resolve),
		F(DEV1G_PCS1G_CFG_STATUS_PCS1G_ANEG_CFG, ANEG_ENA, ability != 0),
		F(DEV1G_PCS1G_CFG_STATUS_PCS1G_ANEG_CFG, ANEG_RESTART_ONE_SHOT, ability != 0));
	/* What happened before does not count. */
	if (resolve != 0 && ability != 0)
		regio_write(io, VSC7448__DEV1G(port, PCS1G_CFG_STATUS_PCS1G_STICKY),
			    UINT32_MAX);
}

static void set_pcs(struct regio *io, uint32_t port, const struct vsc7448_port_conf *conf)
{
	bool sgmii = conf->mode == LINK_MODE_SGMII || conf->mode == LINK_MODE_QSGMII;

	regio_fields(io, VSC7448__DEV1G(port, PCS_FX100_CONFIGURATION_PCS_FX100_CFG),
		     F(DEV1G_PCS_FX100_CONFIGURATION_PCS_FX100_CFG, PCS_ENA, 0));
	regio_put(io, VSC7448__DEV1G(port, PCS1G_CFG_STATUS_PCS1G_MODE_CFG), sgmii);
	regio_put(io, VSC7448__DEV1G(port, PCS1G_CFG_STATUS_PCS1G_SD_CFG),
		  vsc7448__sd_cfg(conf->sigdet));
	regio_put(io, VSC7448__DEV1G(port, PCS1G_CFG_STATUS_PCS1G_CFG), 1);
	set_aneg(io, port, conf);
}

static void set_dev10g_tags(struct regio *io, uint32_t nr, const struct vsc7448_port_conf *conf)
{
	bool tagged = conf->max_tags > 0;

	regio_fields(io, VSC7448_DEV10G_MAC_CFG_STATUS_MAC_MAXLEN_CFG(nr),
		     F(DEV10G_MAC_CFG_STATUS_MAC_MAXLEN_CFG, MAX_LEN_TAG_CHK, tagged));
	regio_fields(io, VSC7448_DEV10G_MAC_CFG_STATUS_MAC_TAGS_CFG(nr, 0),
		     F(DEV10G_MAC_CFG_STATUS_MAC_TAGS_CFG, TAG_ID, TPID_S_TAG),
		     F(DEV10G_MAC_CFG_STATUS_MAC_TAGS_CFG, TAG_ENA, tagged));
	regio_put(io, VSC7448_DEV10G_MAC_CFG_STATUS_MAC_NUM_TAGS_CFG(nr), conf->max_tags);
}

void vsc7448__port_tags(struct regio *io, uint32_t port, const struct vsc7448_port_conf *conf)
{
	bool tagged = conf->max_tags > 0;

	regio_fields(io, VSC7448__DEV1G(port, MAC_CFG_STATUS_MAC_TAGS_CFG),
		     F(DEV1G_MAC_CFG_STATUS_MAC_TAGS_CFG, TAG_ID, TPID_S_TAG),
		     F(DEV1G_MAC_CFG_STATUS_MAC_TAGS_CFG, PB_ENA, conf->max_tags == 2),
		     F(DEV1G_MAC_CFG_STATUS_MAC_TAGS_CFG, VLAN_AWR_ENA, tagged),
		     F(DEV1G_MAC_CFG_STATUS_MAC_TAGS_CFG, VLAN_LEN_AWR_ENA, tagged));
	if (vsc7448__has_10g(port))
		set_dev10g_tags(io, vsc7448__nr_10g(port), conf);
}

void vsc7448__dev1g_set(struct regio *io, uint32_t port, const struct vsc7448_port_conf *conf)
{
	set_mac(io, port, conf);
	if (conf->mode == LINK_MODE_100BASE_FX)
		set_fx100_pcs(io, port, conf);
	else
		set_pcs(io, port, conf);
	regio_fields(io, VSC7448__DEV1G(port, PCS1G_CFG_STATUS_PCS1G_LB_CFG),
		     F(DEV1G_PCS1G_CFG_STATUS_PCS1G_LB_CFG, TBI_HOST_LB_ENA, 0));
	regio_put(io, VSC7448__DEV1G(port, MAC_CFG_STATUS_MAC_MAXLEN_CFG),
		  conf->max_frame_bytes);
	regio_put(io, VSC7448__DEV1G(port, MAC_CFG_STATUS_MAC_ADV_CHK_CFG), conf->length_check);
	vsc7448__port_tags(io, port, conf);
	/* "1 for 10 and 100 Mb/s", so that a slow MAC is never starved. */
	regio_fields(io, VSC7448_DSM_CFG_DEV_TX_STOP_WM_CFG(port),
		     F(DSM_CFG_DEV_TX_STOP_WM_CFG, DEV_TX_STOP_WM, conf->mbps < 1000));
}
