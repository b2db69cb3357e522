/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which mode a port's registers set it up in. */
#include <stdlib.h>

#include "hal/vsc7448/link_status_priv.h"
#include "hal/vsc7448/port_priv.h"

#define GET(value, reg, field) ((uint32_t)reg_field_get(value, VSC7448_##reg##__##field))

/* What tells the mode, of each port. */
enum {
	CORE, /* SWITCH_PORT_MODE */
	RST,
	PCS,
	PCS_MODE,
	ANEG,
	FX100,
	GAP, /* MAC_IFG_CFG */
	N_1G,
	RST_10G = N_1G,
	XAUI,
	TWO_LANES, /* PCS2X6G */
	BASE_R,
	FEC,
	KR,
	N_10G
};

static size_t addresses(uint32_t port, uint64_t *addrs)
{
#define DEV1G(reg) VSC7448__DEV1G(port, reg)
	addrs[CORE] = VSC7448_QFWD_SYSTEM_SWITCH_PORT_MODE(port);
	addrs[RST] = DEV1G(DEV_CFG_STATUS_DEV_RST_CTRL);
	addrs[PCS] = DEV1G(PCS1G_CFG_STATUS_PCS1G_CFG);
	addrs[PCS_MODE] = DEV1G(PCS1G_CFG_STATUS_PCS1G_MODE_CFG);
	addrs[ANEG] = DEV1G(PCS1G_CFG_STATUS_PCS1G_ANEG_CFG);
	addrs[FX100] = DEV1G(PCS_FX100_CONFIGURATION_PCS_FX100_CFG);
	addrs[GAP] = DEV1G(MAC_CFG_STATUS_MAC_IFG_CFG);
	if (port < 49)
		return N_1G;
	addrs[RST_10G] = VSC7448_DEV10G_DEV_CFG_STATUS_DEV_RST_CTRL(port - 49);
	addrs[XAUI] = VSC7448_DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_CFG(port - 49);
	addrs[TWO_LANES] = VSC7448_DEV10G_PCS2X6G_CONFIGURATION_PCS2X6G_CFG(port - 49);
	addrs[BASE_R] = VSC7448_PCS10G_BR_PCS_10GBR_CFG_PCS_CFG(port - 49);
	addrs[FEC] = VSC7448_PCS10G_BR_KR_FEC_CFG_KR_FEC_CFG(port - 49);
	addrs[KR] = VSC7448_XGKR1_KR_7X0000_KR_7X0000(port - 49);
	return N_10G;
#undef DEV1G
}

/* 1G and 2.5G differ in the SerDes and the gap only: TX_IFG 6 is 2.5G (HOWTO 5b). */
static void decode_1g(const uint32_t *v, bool qsgmii, struct vsc7448_link *link)
{
	static const uint32_t mbps[4] = { 10, 100, 1000, 0 };

	link->mbps = mbps[GET(v[RST], DEV1G_DEV_CFG_STATUS_DEV_RST_CTRL, SPEED_SEL)];
	if (GET(v[FX100], DEV1G_PCS_FX100_CONFIGURATION_PCS_FX100_CFG, PCS_ENA) != 0) {
		link->has_mode = link->mbps != 0;
		link->mode = LINK_MODE_100BASE_FX;
		return;
	}
	link->has_mode =
		link->mbps != 0 && GET(v[PCS], DEV1G_PCS1G_CFG_STATUS_PCS1G_CFG, PCS_ENA) != 0;
	link->aneg = GET(v[ANEG], DEV1G_PCS1G_CFG_STATUS_PCS1G_ANEG_CFG, ANEG_ENA) != 0;
	link->mode = LINK_MODE_1000BASE_X;
	if (qsgmii) {
		link->mode = LINK_MODE_QSGMII;
	} else if (link->mbps == 1000 &&
		   GET(v[GAP], DEV1G_MAC_CFG_STATUS_MAC_IFG_CFG, TX_IFG) == 6) {
		link->mode = LINK_MODE_2500BASE_X;
		link->mbps = 2500;
	} else if (GET(v[PCS_MODE], DEV1G_PCS1G_CFG_STATUS_PCS1G_MODE_CFG, SGMII_MODE_ENA) !=
		   0) {
		link->mode = LINK_MODE_SGMII;
	}
}

/* HW_CFG.DEV10G_x_MODE: 0 SFI, 1 XAUI, 2 RXAUI; SPEED_SEL 6: clocks off. */
static void decode_10g(const uint32_t *v, uint32_t hw_mode, struct vsc7448_link *link)
{
	const bool clocked =
		GET(v[RST_10G], DEV10G_DEV_CFG_STATUS_DEV_RST_CTRL, SPEED_SEL) != 6;
	bool pcs = GET(v[XAUI], DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_CFG, PCS_ENA) != 0;

	link->mode = hw_mode == 1 ? LINK_MODE_XAUI : LINK_MODE_RXAUI;
	if (hw_mode == 2) {
		link->pcs2x6g = GET(v[TWO_LANES], DEV10G_PCS2X6G_CONFIGURATION_PCS2X6G_CFG,
				    PCS_ENA) != 0;
		pcs |= link->pcs2x6g;
	}
	if (hw_mode == 0) {
		pcs = GET(v[BASE_R], PCS10G_BR_PCS_10GBR_CFG_PCS_CFG, PCS_ENA) != 0;
		link->aneg = GET(v[KR], XGKR1_KR_7X0000_KR_7X0000, AN_ENABLE) != 0;
		link->fec = GET(v[FEC], PCS10G_BR_KR_FEC_CFG_KR_FEC_CFG, FEC_ENA) != 0;
		link->mode = link->aneg ? LINK_MODE_10GBASE_KR : LINK_MODE_10GBASE_R;
	}
	link->mbps = 10000;
	link->has_mode = clocked && pcs;
}

static void decode(const uint32_t *v, uint32_t hw_cfg, struct vsc7448_link *link)
{
	const uint32_t port = link->port;
	const uint32_t hw_mode =
		port < 49 ? 3 : (uint32_t)reg_field_get(hw_cfg, vsc7448__hw_cfg_field(port));

	link->set_up = GET(v[CORE], QFWD_SYSTEM_SWITCH_PORT_MODE, PORT_ENA) != 0;
	if (hw_mode == 3)
		decode_1g(v, port < 48 && (hw_cfg >> port / 4 & 1) != 0, link);
	else
		decode_10g(v, hw_mode, link);
	if (!link->has_mode)
		*link = (struct vsc7448_link){ .port = port, .set_up = link->set_up };
}

/* A 10GBASE-R port whose macro is set up for KR has that mode, negotiating or not. */
static int find_kr(struct regio *io, struct vsc7448_link *links, size_t n)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < n; i++) {
		enum vsc7448_media media = VSC7448_MEDIA_NONE;

		if (!links[i].has_mode || links[i].mode != LINK_MODE_10GBASE_R)
			continue;
		rc = vsc7448__sd10g65_media(io, links[i].port - 49, &media);
		if (rc == 0 && media == VSC7448_MEDIA_KR)
			links[i].mode = LINK_MODE_10GBASE_KR;
	}
	return rc;
}

int vsc7448__link_modes(struct regio *io, struct vsc7448_link *links, size_t n)
{
	uint64_t *addrs = calloc(n * N_10G + 1, sizeof(*addrs));
	uint32_t *values = calloc(n * N_10G + 1, sizeof(*values));
	size_t n_addrs = 1, at = 1;
	int rc;

	if (addrs == NULL || values == NULL) {
		free(addrs);
		free(values);
		return regio_fail(io, E_NOMEM, "out of memory");
	}
	addrs[0] = VSC7448_HSIO_HW_CFGSTAT_HW_CFG;
	for (size_t i = 0; i < n; i++)
		n_addrs += addresses(links[i].port, addrs + n_addrs);
	rc = regio_get_many(io, addrs, n_addrs, values);
	for (size_t i = 0; rc == 0 && i < n; i++) {
		decode(values + at, values[0], &links[i]);
		at += links[i].port < 49 ? N_1G : N_10G;
	}
	free(addrs);
	free(values);
	return rc == 0 ? find_kr(io, links, n) : rc;
}
