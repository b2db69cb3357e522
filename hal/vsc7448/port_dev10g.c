/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * DEV10G: MAC and the three kinds of PCS at 10 Gb/s.
 * Source: vtss_jaguar2_port.c, jr2_port_conf_10g_set() and vtss_jr2_port_max_tags_set().
 */
#include "hal/vsc7448/port_priv.h"

static void set_xaui(struct regio *io, uint32_t nr, uint32_t sd)
{
	regio_put(io, VSC7448_DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_SD_CFG(nr), sd);
	regio_fields(io, VSC7448_DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_CFG(nr),
		     F(DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_CFG, PCS_ENA, 1));
	regio_fields(io, VSC7448_DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_EXT_CFG(nr),
		     F(DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_EXT_CFG, RX_FLIP_HMBUS, 0),
		     F(DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_EXT_CFG, TX_FLIP_HMBUS, 0));
}

static void set_rxaui(struct regio *io, uint32_t nr, uint32_t sd)
{
	regio_fields(io, VSC7448_DEV10G_PCS2X6G_CONFIGURATION_PCS2X6G_CFG(nr),
		     F(DEV10G_PCS2X6G_CONFIGURATION_PCS2X6G_CFG, PCS_ENA, 1),
		     F(DEV10G_PCS2X6G_CONFIGURATION_PCS2X6G_CFG, SD_POL, sd >> 4 & 1),
		     F(DEV10G_PCS2X6G_CONFIGURATION_PCS2X6G_CFG, SD_SEL, sd >> 8 & 1),
		     F(DEV10G_PCS2X6G_CONFIGURATION_PCS2X6G_CFG, SD_ENA, sd & 1));
}

static void set_base_r(struct regio *io, uint32_t nr, uint32_t sd)
{
	regio_put(io, VSC7448_PCS10G_BR_PCS_10GBR_CFG_PCS_SD_CFG(nr), sd);
	regio_fields(io, VSC7448_PCS10G_BR_PCS_10GBR_CFG_PCS_CFG(nr),
		     F(PCS10G_BR_PCS_10GBR_CFG_PCS_CFG, PCS_ENA, 1));
}

void vsc7448__dev10g_set(struct regio *io, uint32_t port, const struct vsc7448_port_conf *conf)
{
	uint32_t nr = vsc7448__nr_10g(port);

	if (conf->mode == LINK_MODE_XAUI)
		set_xaui(io, nr, vsc7448__sd_cfg(conf->sigdet));
	else if (conf->mode == LINK_MODE_RXAUI)
		set_rxaui(io, nr, vsc7448__sd_cfg(conf->sigdet));
	else
		set_base_r(io, nr, vsc7448__sd_cfg(conf->sigdet));
	regio_fields(io, VSC7448_DEV10G_MAC_CFG_STATUS_MAC_LB_CFG(nr),
		     F(DEV10G_MAC_CFG_STATUS_MAC_LB_CFG, XGMII_HOST_LB_ENA, 0));
	regio_fields(io, VSC7448_DEV10G_MAC_CFG_STATUS_MAC_MAXLEN_CFG(nr),
		     F(DEV10G_MAC_CFG_STATUS_MAC_MAXLEN_CFG, MAX_LEN, conf->max_frame_bytes));
	regio_fields(io, VSC7448_DEV10G_MAC_CFG_STATUS_MAC_ADV_CHK_CFG(nr),
		     F(DEV10G_MAC_CFG_STATUS_MAC_ADV_CHK_CFG, INR_ERR_ENA, conf->length_check));
	vsc7448__port_tags(io, port, conf);
	regio_put(io, VSC7448_DEV10G_DEV_CFG_STATUS_PFC_PAUSE_MODE_CTRL(nr), 0);
}
