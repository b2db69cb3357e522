/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ports as the chip has them. */
#include "hal/vsc7448/port_priv.h"
#include "hal/vsc7448/vsc7448_priv.h"

/* What all ports have. */
enum { C_HW_CFG, C_PORT_MODE, C_PAUSE, C_RX_PAUSE, C_MAC_HIGH, C_MAC_LOW, C_SPEED, C_COUNT };

/* What the MAC and PCS registers say. */
enum {
	D1_MODE,
	D1_ENA,
	D1_MAXLEN,
	D1_TAGS,
	D1_CHK,
	D1_PCS,
	D1_PCS_MODE,
	D1_ANEG,
	D1_SD,
	D1_FX,
	D1_COUNT
};
enum {
	D10_ENA,
	D10_MAXLEN,
	D10_NUM_TAGS,
	D10_CHK,
	D10_XAUI,
	D10_RXAUI,
	D10_BASE_R,
	D10_XAUI_SD,
	D10_BASE_R_SD,
	D10_COUNT
};

#define GET(value, reg, name) ((uint32_t)reg_field_get(value, VSC7448_##reg##__##name))
#define IS(value, reg, name)  (GET(value, reg, name) != 0)

static int get_common(struct regio *io, uint32_t port, uint32_t v[C_COUNT])
{
	const uint64_t addrs[C_COUNT] = {
		[C_HW_CFG] = VSC7448_HSIO_HW_CFGSTAT_HW_CFG,
		[C_PORT_MODE] = VSC7448_QFWD_SYSTEM_SWITCH_PORT_MODE(port),
		[C_PAUSE] = VSC7448_QSYS_PAUSE_CFG_PAUSE_CFG(port),
		[C_RX_PAUSE] = VSC7448_DSM_CFG_RX_PAUSE_CFG(port),
		[C_MAC_HIGH] = VSC7448_DSM_CFG_MAC_ADDR_BASE_HIGH_CFG(port),
		[C_MAC_LOW] = VSC7448_DSM_CFG_MAC_ADDR_BASE_LOW_CFG(port),
		[C_SPEED] = VSC7448_ASM_PFC_PFC_CFG(port),
	};

	return regio_get_many(io, addrs, C_COUNT, v);
}

static void decode_common(const uint32_t v[C_COUNT], struct vsc7448_port_conf *conf)
{
	for (unsigned i = 0; i < 3; i++) {
		conf->pause_mac[i] = (uint8_t)(v[C_MAC_HIGH] >> (16 - 8 * i));
		conf->pause_mac[3 + i] = (uint8_t)(v[C_MAC_LOW] >> (16 - 8 * i));
	}
	conf->pause_obey = IS(v[C_RX_PAUSE], DSM_CFG_RX_PAUSE_CFG, RX_PAUSE_EN);
	conf->pause_generate = IS(v[C_PAUSE], QSYS_PAUSE_CFG_PAUSE_CFG, PAUSE_ENA);
}

static enum vsc7448_sigdet sigdet_of(bool enabled, bool from_pin)
{
	if (!enabled)
		return VSC7448_SIGDET_NONE;
	return from_pin ? VSC7448_SIGDET_PIN : VSC7448_SIGDET_SERDES;
}

/* --- DEV1G, DEV2G5 ------------------------------------------------------------------------ */

static int get_dev1g(struct regio *io, uint32_t port, uint32_t v[D1_COUNT])
{
	const uint64_t addrs[D1_COUNT] = {
		[D1_MODE] = VSC7448__DEV1G(port, MAC_CFG_STATUS_MAC_MODE_CFG),
		[D1_ENA] = VSC7448__DEV1G(port, MAC_CFG_STATUS_MAC_ENA_CFG),
		[D1_MAXLEN] = VSC7448__DEV1G(port, MAC_CFG_STATUS_MAC_MAXLEN_CFG),
		[D1_TAGS] = VSC7448__DEV1G(port, MAC_CFG_STATUS_MAC_TAGS_CFG),
		[D1_CHK] = VSC7448__DEV1G(port, MAC_CFG_STATUS_MAC_ADV_CHK_CFG),
		[D1_PCS] = VSC7448__DEV1G(port, PCS1G_CFG_STATUS_PCS1G_CFG),
		[D1_PCS_MODE] = VSC7448__DEV1G(port, PCS1G_CFG_STATUS_PCS1G_MODE_CFG),
		[D1_ANEG] = VSC7448__DEV1G(port, PCS1G_CFG_STATUS_PCS1G_ANEG_CFG),
		[D1_SD] = VSC7448__DEV1G(port, PCS1G_CFG_STATUS_PCS1G_SD_CFG),
		[D1_FX] = VSC7448__DEV1G(port, PCS_FX100_CONFIGURATION_PCS_FX100_CFG),
	};

	return regio_get_many(io, addrs, D1_COUNT, v);
}

/* By what disabling the port leaves too: the speed and the PCS' mode. */
static enum link_mode mode_1g(const uint32_t v[D1_COUNT], bool qsgmii, uint32_t mbps)
{
	if (qsgmii)
		return LINK_MODE_QSGMII;
	if (IS(v[D1_FX], DEV1G_PCS_FX100_CONFIGURATION_PCS_FX100_CFG, PCS_ENA))
		return LINK_MODE_100BASE_FX;
	if (IS(v[D1_PCS_MODE], DEV1G_PCS1G_CFG_STATUS_PCS1G_MODE_CFG, SGMII_MODE_ENA))
		return LINK_MODE_SGMII;
	if (mbps == 2500)
		return LINK_MODE_2500BASE_X;
	return mbps == 100 ? LINK_MODE_100BASE_FX : LINK_MODE_1000BASE_X;
}

static void decode_pcs1g(const uint32_t v[D1_COUNT], struct vsc7448_port_conf *conf)
{
	uint32_t ability = GET(v[D1_ANEG], DEV1G_PCS1G_CFG_STATUS_PCS1G_ANEG_CFG, ADV_ABILITY);

	conf->enabled = IS(v[D1_PCS], DEV1G_PCS1G_CFG_STATUS_PCS1G_CFG, PCS_ENA);
	conf->sigdet = sigdet_of(IS(v[D1_SD], DEV1G_PCS1G_CFG_STATUS_PCS1G_SD_CFG, SD_ENA),
				 IS(v[D1_SD], DEV1G_PCS1G_CFG_STATUS_PCS1G_SD_CFG, SD_SEL));
	/* Disabling leaves ADV_ABILITY, and no ability is how autonegotiation is off. */
	if (conf->mode == LINK_MODE_SGMII && ability != 0)
		conf->sgmii = VSC7448_SGMII_AUTO;
	if (conf->mode == LINK_MODE_1000BASE_X)
		conf->clause37 = ability != 0;
}

static void decode_fx100(const uint32_t v[D1_COUNT], struct vsc7448_port_conf *conf)
{
	conf->enabled = IS(v[D1_FX], DEV1G_PCS_FX100_CONFIGURATION_PCS_FX100_CFG, PCS_ENA);
	conf->sigdet =
		sigdet_of(IS(v[D1_FX], DEV1G_PCS_FX100_CONFIGURATION_PCS_FX100_CFG, SD_ENA),
			  IS(v[D1_FX], DEV1G_PCS_FX100_CONFIGURATION_PCS_FX100_CFG, SD_SEL));
}

static int decode_dev1g(struct regio *io, uint32_t port, const uint32_t common[C_COUNT],
			struct vsc7448_port_conf *conf)
{
	/* FC_LINK_SPEED, as port_pause.c writes it. */
	static const uint32_t speeds[8] = { 0, 10000, 2500, 1000, 100, 10, 0, 0 };
	uint32_t v[D1_COUNT];
	int rc = get_dev1g(io, port, v);

	if (rc != 0)
		return rc;
	conf->mbps = speeds[GET(common[C_SPEED], ASM_PFC_PFC_CFG, FC_LINK_SPEED)];
	conf->mode =
		mode_1g(v, port < 48 && (common[C_HW_CFG] >> port / 4 & 1) != 0, conf->mbps);
	if (conf->mode == LINK_MODE_100BASE_FX)
		decode_fx100(v, conf);
	else
		decode_pcs1g(v, conf);
	if (!IS(v[D1_ENA], DEV1G_MAC_CFG_STATUS_MAC_ENA_CFG, RX_ENA))
		conf->enabled = false;
	conf->half_duplex = !IS(v[D1_MODE], DEV1G_MAC_CFG_STATUS_MAC_MODE_CFG, FDX_ENA);
	conf->max_frame_bytes = v[D1_MAXLEN];
	conf->length_check = IS(v[D1_CHK], DEV1G_MAC_CFG_STATUS_MAC_ADV_CHK_CFG, LEN_DROP_ENA);
	if (IS(v[D1_TAGS], DEV1G_MAC_CFG_STATUS_MAC_TAGS_CFG, VLAN_AWR_ENA))
		conf->max_tags =
			1 + (GET(v[D1_TAGS], DEV1G_MAC_CFG_STATUS_MAC_TAGS_CFG, PB_ENA) != 0);
	return 0;
}

/* --- DEV10G ------------------------------------------------------------------------------- */

static int get_dev10g(struct regio *io, uint32_t nr, uint32_t v[D10_COUNT])
{
	const uint64_t addrs[D10_COUNT] = {
		[D10_ENA] = VSC7448_DEV10G_MAC_CFG_STATUS_MAC_ENA_CFG(nr),
		[D10_MAXLEN] = VSC7448_DEV10G_MAC_CFG_STATUS_MAC_MAXLEN_CFG(nr),
		[D10_NUM_TAGS] = VSC7448_DEV10G_MAC_CFG_STATUS_MAC_NUM_TAGS_CFG(nr),
		[D10_CHK] = VSC7448_DEV10G_MAC_CFG_STATUS_MAC_ADV_CHK_CFG(nr),
		[D10_XAUI] = VSC7448_DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_CFG(nr),
		[D10_RXAUI] = VSC7448_DEV10G_PCS2X6G_CONFIGURATION_PCS2X6G_CFG(nr),
		[D10_BASE_R] = VSC7448_PCS10G_BR_PCS_10GBR_CFG_PCS_CFG(nr),
		[D10_XAUI_SD] = VSC7448_DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_SD_CFG(nr),
		[D10_BASE_R_SD] = VSC7448_PCS10G_BR_PCS_10GBR_CFG_PCS_SD_CFG(nr),
	};

	return regio_get_many(io, addrs, D10_COUNT, v);
}

static int decode_base_r(struct regio *io, uint32_t nr, const uint32_t v[D10_COUNT],
			 struct vsc7448_port_conf *conf)
{
	int rc = vsc7448__sd10g65_media(io, nr, &conf->media);

	conf->mode = rc == 0 && conf->media == VSC7448_MEDIA_KR ? LINK_MODE_10GBASE_KR
								: LINK_MODE_10GBASE_R;
	conf->enabled = IS(v[D10_BASE_R], PCS10G_BR_PCS_10GBR_CFG_PCS_CFG, PCS_ENA);
	conf->sigdet =
		sigdet_of(IS(v[D10_BASE_R_SD], PCS10G_BR_PCS_10GBR_CFG_PCS_SD_CFG, SD_ENA),
			  IS(v[D10_BASE_R_SD], PCS10G_BR_PCS_10GBR_CFG_PCS_SD_CFG, SD_SEL));
	return rc;
}

static void decode_xaui(const uint32_t v[D10_COUNT], struct vsc7448_port_conf *conf)
{
	conf->mode = LINK_MODE_XAUI;
	conf->enabled = IS(v[D10_XAUI], DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_CFG, PCS_ENA);
	conf->sigdet = sigdet_of(
		IS(v[D10_XAUI_SD], DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_SD_CFG, SD_ENA),
		IS(v[D10_XAUI_SD], DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_SD_CFG, SD_SEL));
}

static void decode_rxaui(const uint32_t v[D10_COUNT], struct vsc7448_port_conf *conf)
{
	conf->mode = LINK_MODE_RXAUI;
	conf->enabled = IS(v[D10_RXAUI], DEV10G_PCS2X6G_CONFIGURATION_PCS2X6G_CFG, PCS_ENA);
	conf->sigdet =
		sigdet_of(IS(v[D10_RXAUI], DEV10G_PCS2X6G_CONFIGURATION_PCS2X6G_CFG, SD_ENA),
			  IS(v[D10_RXAUI], DEV10G_PCS2X6G_CONFIGURATION_PCS2X6G_CFG, SD_SEL));
}

static int decode_dev10g(struct regio *io, uint32_t nr, enum vsc7448_hw_10g hw,
			 struct vsc7448_port_conf *conf)
{
	uint32_t v[D10_COUNT];
	int rc = get_dev10g(io, nr, v);

	if (rc != 0)
		return rc;
	conf->mbps = 10000;
	if (hw == HW_10G_XAUI)
		decode_xaui(v, conf);
	else if (hw == HW_10G_RXAUI)
		decode_rxaui(v, conf);
	else
		rc = decode_base_r(io, nr, v, conf);
	if (!IS(v[D10_ENA], DEV10G_MAC_CFG_STATUS_MAC_ENA_CFG, RX_ENA))
		conf->enabled = false;
	conf->max_frame_bytes =
		GET(v[D10_MAXLEN], DEV10G_MAC_CFG_STATUS_MAC_MAXLEN_CFG, MAX_LEN);
	conf->length_check = IS(v[D10_CHK], DEV10G_MAC_CFG_STATUS_MAC_ADV_CHK_CFG, INR_ERR_ENA);
	conf->max_tags = GET(v[D10_NUM_TAGS], DEV10G_MAC_CFG_STATUS_MAC_NUM_TAGS_CFG, NUM_TAGS);
	return rc;
}

static int decode(struct regio *io, uint32_t port, bool *set_up, struct vsc7448_port_conf *conf)
{
	uint32_t v[C_COUNT], hw = HW_10G_DEV2G5;
	int rc = get_common(io, port, v);

	if (rc != 0)
		return rc;
	decode_common(v, conf);
	*set_up = IS(v[C_PORT_MODE], QFWD_SYSTEM_SWITCH_PORT_MODE, PORT_ENA);
	if (vsc7448__has_10g(port))
		hw = (uint32_t)reg_field_get(v[C_HW_CFG], vsc7448__hw_cfg_field(port));
	if (hw == HW_10G_DEV2G5)
		return decode_dev1g(io, port, v, conf);
	return decode_dev10g(io, vsc7448__nr_10g(port), (enum vsc7448_hw_10g)hw, conf);
}

int vsc7448_port_conf_get(struct vsc7448 *chip, uint32_t port, struct error *err, bool *set_up,
			  struct vsc7448_port_conf *conf)
{
	struct vsc7448_port_conf found = { 0 };
	bool is_set_up = false;
	int rc = decode(chip->io, port, &is_set_up, &found);

	if (rc != 0)
		return regio_end(chip->io, err);
	*set_up = is_set_up;
	*conf = found;
	return 0;
}

int vsc7448_port_uses(struct vsc7448 *chip, struct error *err,
		      struct vsc7448_port_use uses[VSC7448_N_PORTS])
{
	uint64_t addrs[VSC7448_N_PORTS];
	uint32_t v[VSC7448_N_PORTS];

	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		addrs[port] = VSC7448_QFWD_SYSTEM_SWITCH_PORT_MODE(port);
	if (regio_get_many(chip->io, addrs, VSC7448_N_PORTS, v) != 0)
		return regio_end(chip->io, err);
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++) {
		struct vsc7448_port_use use = { 0 };
		struct vsc7448_port_conf conf;
		int rc;

		uses[port] = use;
		if (!IS(v[port], QFWD_SYSTEM_SWITCH_PORT_MODE, PORT_ENA))
			continue;
		rc = vsc7448_port_conf_get(chip, port, err, &use.set_up, &conf);
		if (rc != 0)
			return rc;
		use.mode = conf.mode;
		if (vsc7448_port_carries(port, conf.mode))
			use.serdes = vsc7448_port_serdes(port, conf.mode);
		uses[port] = use;
	}
	return 0;
}
