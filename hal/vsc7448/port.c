/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/port.h"

#include <inttypes.h>
#include <string.h>

#include "hal/vsc7448/kr.h"
#include "hal/vsc7448/port_priv.h"
#include "hal/vsc7448/vsc7448_priv.h"

#define HW_CFG VSC7448_HSIO_HW_CFGSTAT_HW_CFG

#define SWITCH_PORT_MODE(port) VSC7448_QFWD_SYSTEM_SWITCH_PORT_MODE(port)

#define FDEV10G(name, v) F(DEV10G_DEV_CFG_STATUS_DEV_RST_CTRL, name, v)

uint64_t vsc7448__dev1g_base(uint32_t port)
{
	if (port < 8)
		return VSC7448_DEV1G_DEV_CFG_STATUS_DEV_RST_CTRL(port);
	if (port < 32)
		return VSC7448_DEV2G5_DEV_CFG_STATUS_DEV_RST_CTRL(port - 8);
	if (port < 48)
		return VSC7448_DEV1G_DEV_CFG_STATUS_DEV_RST_CTRL(port - 24);
	return VSC7448_DEV2G5_DEV_CFG_STATUS_DEV_RST_CTRL(port - 24);
}

enum vsc7448_hw_10g vsc7448__hw_10g(enum link_mode mode)
{
	if (mode == LINK_MODE_XAUI)
		return HW_10G_XAUI;
	if (mode == LINK_MODE_RXAUI)
		return HW_10G_RXAUI;
	return vsc7448__is_10g_mode(mode) ? HW_10G_SFI : HW_10G_DEV2G5;
}

static void set_field(struct regio *io, uint64_t addr, struct reg_field field, uint32_t value)
{
	regio_set(io, addr, (uint32_t)reg_field_mask(field),
		  (uint32_t)reg_field_put(0, field, value));
}

static bool is_enabled(uint32_t switch_port_mode)
{
	return reg_field_get(switch_port_mode,
			     VSC7448_QFWD_SYSTEM_SWITCH_PORT_MODE__PORT_ENA) != 0;
}

/* What the port was before it is set up, and what the chip's other ports make of it. */
struct before {
	uint32_t hw_cfg;
	bool running;      /* PORT_ENA */
	bool dev10g;       /* the port's DEV10G is the one in use */
	bool group_is_new; /* QSGMII: no other port of the group runs */
};

static int look(struct regio *io, uint32_t port, struct before *b)
{
	uint64_t addrs[5] = { HW_CFG, SWITCH_PORT_MODE(port) };
	uint32_t v[5];
	size_t n = 2;
	int rc;

	for (uint32_t p = port & ~3u; port < 48 && p < (port & ~3u) + 4; p++)
		if (p != port)
			addrs[n++] = SWITCH_PORT_MODE(p);
	rc = regio_get_many(io, addrs, n, v);
	if (rc != 0)
		return rc;
	b->hw_cfg = v[0];
	b->running = is_enabled(v[1]);
	b->dev10g = vsc7448__has_10g(port) &&
		    reg_field_get(v[0], vsc7448__hw_cfg_field(port)) != HW_10G_DEV2G5;
	b->group_is_new = true;
	for (size_t i = 2; i < n; i++)
		if (is_enabled(v[i]))
			b->group_is_new = false;
	return 0;
}

/* --- set-up ------------------------------------------------------------------------------- */

static void select_qsgmii(struct regio *io, uint32_t port, bool on)
{
	uint32_t bit = UINT32_C(1) << port / 4;

	regio_set(io, HW_CFG, bit, on ? bit : 0);
}

/*
 * With the first port of a group: the vendor's driver does this when the group's lowest port is
 * set up, which therefore must be, used or not.
 */
static void release_group(struct regio *io, uint32_t port)
{
	for (uint32_t p = port & ~3u; p < (port & ~3u) + 4; p++)
		if (p != port)
			regio_fields(io, VSC7448__DEV1G(p, DEV_CFG_STATUS_DEV_RST_CTRL),
				     F(DEV1G_DEV_CFG_STATUS_DEV_RST_CTRL, PCS_TX_RST, 0));
}

/* Connects the device of the mode to the line. */
static void select_device(struct regio *io, uint32_t port, const struct before *b,
			  enum link_mode mode)
{
	if (vsc7448__has_10g(port)) {
		enum vsc7448_hw_10g hw = vsc7448__hw_10g(mode);

		set_field(io, HW_CFG, vsc7448__hw_cfg_field(port), hw);
		set_field(io, VSC7448_DSM_CFG_DEV_TX_STOP_WM_CFG(port),
			  VSC7448_DSM_CFG_DEV_TX_STOP_WM_CFG__DEV10G_SHADOW_ENA,
			  hw == HW_10G_DEV2G5);
		if (hw != HW_10G_DEV2G5)
			set_field(io, VSC7448_DSM_CFG_DEV_TX_STOP_WM_CFG(port),
				  VSC7448_DSM_CFG_DEV_TX_STOP_WM_CFG__DEV_TX_STOP_WM, 0);
		return;
	}
	if (port >= 48)
		return;
	select_qsgmii(io, port, mode == LINK_MODE_QSGMII);
	if (mode == LINK_MODE_QSGMII && b->group_is_new)
		release_group(io, port);
}

static enum vsc7448_lane lane_of(enum link_mode mode)
{
	static const enum vsc7448_lane lanes[LINK_MODE_COUNT] = {
		[LINK_MODE_100BASE_FX] = LANE_100BASE_FX,
		[LINK_MODE_SGMII] = LANE_SGMII,
		[LINK_MODE_QSGMII] = LANE_QSGMII,
		[LINK_MODE_1000BASE_X] = LANE_1000BASE_X,
		[LINK_MODE_2500BASE_X] = LANE_2G5,
		[LINK_MODE_XAUI] = LANE_XAUI,
		[LINK_MODE_RXAUI] = LANE_RXAUI,
	};

	return lanes[mode];
}

/* VTSS_TO_VAUI1 has the lanes of ports 49 and 50, VAUI0 those of 51 and 52. */
static void align_lanes(struct regio *io, uint32_t port)
{
	uint32_t channel = port % 2 == 0;
	uint64_t addr = port >= 51 ? VSC7448_VAUI0_VAUI_CHANNEL_CFG_VAUI_CHANNEL_CFG(channel)
				   : VSC7448_VAUI1_VAUI_CHANNEL_CFG_VAUI_CHANNEL_CFG(channel);

	set_field(io, addr, VSC7448_VAUI0_VAUI_CHANNEL_CFG_VAUI_CHANNEL_CFG__LANE_SYNC_ENA,
		  0xf);
}

static void set_serdes(struct regio *io, uint32_t port, const struct before *b,
		       const struct vsc7448_port_conf *conf)
{
	uint64_t macros = vsc7448_port_serdes(port, conf->mode);
	enum vsc7448_lane lane = lane_of(conf->mode);

	/* The PHY in an SFP wants the level of an optical module. */
	if (conf->mode == LINK_MODE_SGMII && conf->sgmii == VSC7448_SGMII_AUTO)
		lane = LANE_1000BASE_X;
	if (conf->mode == LINK_MODE_QSGMII && !b->group_is_new)
		return;
	if (conf->mode == LINK_MODE_XAUI || conf->mode == LINK_MODE_RXAUI)
		align_lanes(io, port);
	if (macros >> VSC7448_BIT_SD10G65 != 0)
		vsc7448__sd10g65_set(io, vsc7448__nr_10g(port), conf->mode, conf->media);
	else if (macros >> VSC7448_BIT_SERDES6G != 0)
		vsc7448__serdes6g_set(io, (uint32_t)(macros >> VSC7448_BIT_SERDES6G), lane);
	else
		vsc7448__serdes1g_set(io, (uint32_t)macros, lane);
}

/* SPEED_SEL: 2 is 1 and 2.5 Gb/s; of DEV10G 4 is XAUI and RXAUI, 7 SFI. */
static void start_mac(struct regio *io, uint32_t port, const struct vsc7448_port_conf *conf)
{
	uint32_t nr = vsc7448__nr_10g(port);
	bool sfi = vsc7448__hw_10g(conf->mode) == HW_10G_SFI;

	if (vsc7448__is_10g_mode(conf->mode)) {
		regio_put(io, VSC7448_DEV10G_MAC_CFG_STATUS_MAC_ENA_CFG(nr), 0x11);
		regio_fields(io, VSC7448_DEV10G_DEV_CFG_STATUS_DEV_RST_CTRL(nr),
			     FDEV10G(PCS_RX_RST, 0), FDEV10G(PCS_TX_RST, 0),
			     FDEV10G(MAC_RX_RST, 0), FDEV10G(MAC_TX_RST, 0),
			     FDEV10G(SPEED_SEL, sfi ? 7 : 4));
		return;
	}
	regio_put(io, VSC7448__DEV1G(port, MAC_CFG_STATUS_MAC_ENA_CFG), 0x11);
	regio_put(io, VSC7448__DEV1G(port, DEV_CFG_STATUS_DEV_RST_CTRL),
		  (conf->mbps >= 1000  ? 2u
		   : conf->mbps == 100 ? 1u
				       : 0u)
			  << 20);
}

/* FWD_URGENCY: time of a minimum frame in core clocks / 64 - 1: 672, 270 and 67 ns. */
void vsc7448__join_core(struct regio *io, uint32_t port, const struct vsc7448_port_conf *conf)
{
	uint32_t urgency = conf->mbps == 10000 ? 9 : conf->mbps == 2500 ? 41 : 104;

	regio_fields(io, SWITCH_PORT_MODE(port), F(QFWD_SYSTEM_SWITCH_PORT_MODE, PORT_ENA, 1),
		     F(QFWD_SYSTEM_SWITCH_PORT_MODE, FWD_URGENCY, urgency));
	if (conf->pause_generate)
		regio_fields(io, VSC7448_QSYS_PAUSE_CFG_PAUSE_CFG(port),
			     F(QSYS_PAUSE_CFG_PAUSE_CFG, PAUSE_ENA, 1));
}

/* Queues what makes the line silent. */
static void stop_line(struct regio *io, uint32_t port, enum link_mode mode)
{
	uint32_t nr = vsc7448__nr_10g(port);
	uint64_t macros = vsc7448_port_serdes(port, mode);

	if (mode == LINK_MODE_QSGMII) {
		/* Its PCS stays, for the sake of the other three: unverified on silicon. */
		regio_put(io, VSC7448__DEV1G(port, MAC_CFG_STATUS_MAC_ENA_CFG), 0);
		return;
	}
	if (!vsc7448__is_10g_mode(mode)) {
		regio_fields(
			io, VSC7448__DEV1G(port, PCS1G_CFG_STATUS_PCS1G_ANEG_CFG),
			F(DEV1G_PCS1G_CFG_STATUS_PCS1G_ANEG_CFG, ANEG_ENA, 1),
			F(DEV1G_PCS1G_CFG_STATUS_PCS1G_ANEG_CFG, ANEG_RESTART_ONE_SHOT, 1));
		regio_fields(io, VSC7448__DEV1G(port, DEV_CFG_STATUS_DEV_RST_CTRL),
			     F(DEV1G_DEV_CFG_STATUS_DEV_RST_CTRL, PCS_TX_RST, 1));
		regio_fields(io, VSC7448__DEV1G(port, PCS1G_CFG_STATUS_PCS1G_CFG),
			     F(DEV1G_PCS1G_CFG_STATUS_PCS1G_CFG, PCS_ENA, 0));
		regio_fields(io, VSC7448__DEV1G(port, PCS_FX100_CONFIGURATION_PCS_FX100_CFG),
			     F(DEV1G_PCS_FX100_CONFIGURATION_PCS_FX100_CFG, PCS_ENA, 0));
		return;
	}
	/* The vendor's driver silences the transmitter only; so the receiver hears nothing. */
	if (mode == LINK_MODE_XAUI)
		regio_fields(io, VSC7448_DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_CFG(nr),
			     F(DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_CFG, PCS_ENA, 0));
	else if (mode == LINK_MODE_RXAUI)
		regio_fields(io, VSC7448_DEV10G_PCS2X6G_CONFIGURATION_PCS2X6G_CFG(nr),
			     F(DEV10G_PCS2X6G_CONFIGURATION_PCS2X6G_CFG, PCS_ENA, 0));
	else
		regio_fields(io, VSC7448_PCS10G_BR_PCS_10GBR_CFG_PCS_CFG(nr),
			     F(PCS10G_BR_PCS_10GBR_CFG_PCS_CFG, PCS_ENA, 0));
	if (macros >> VSC7448_BIT_SD10G65 != 0)
		vsc7448__sd10g65_mute(io, nr);
	else
		vsc7448__serdes6g_idle(io, (uint32_t)(macros >> VSC7448_BIT_SERDES6G), true);
}

/* Queues what takes stop_line() back. */
static void start_line(struct regio *io, uint32_t port, const struct vsc7448_port_conf *conf)
{
	uint64_t macros = vsc7448_port_serdes(port, conf->mode);

	if (!vsc7448__is_10g_mode(conf->mode)) {
		vsc7448__dev1g_set(io, port, conf);
		start_mac(io, port, conf);
		return;
	}
	if (macros >> VSC7448_BIT_SD10G65 != 0)
		vsc7448__sd10g65_set(io, vsc7448__nr_10g(port), conf->mode, conf->media);
	else
		vsc7448__serdes6g_idle(io, (uint32_t)(macros >> VSC7448_BIT_SERDES6G), false);
	vsc7448__dev10g_set(io, port, conf);
}

/*
 * A port that runs is flushed before its SerDes changes; one that does not gets its SerDes first,
 * since its queues drain with the SerDes' clock.  Only one of a 10G port's two devices may be
 * attached to the core, so the one that was is flushed too.
 */
static int set_up(struct regio *io, uint32_t port, const struct vsc7448_port_conf *conf,
		  bool serdes)
{
	bool dev10g = vsc7448__is_10g_mode(conf->mode);
	struct before b;
	int rc = look(io, port, &b);

	if (rc != 0)
		return rc;
	if (vsc7448__has_10g(port) && b.dev10g != dev10g)
		vsc7448__flush(io, port, b.dev10g);
	select_device(io, port, &b, conf->mode);
	if (serdes && !b.running)
		set_serdes(io, port, &b, conf);
	vsc7448__flush(io, port, dev10g);
	if (serdes && b.running)
		set_serdes(io, port, &b, conf);
	if (dev10g)
		vsc7448__dev10g_set(io, port, conf);
	else
		vsc7448__dev1g_set(io, port, conf);
	rc = vsc7448__flow_control(io, port, conf);
	if (rc != 0)
		return rc;
	start_mac(io, port, conf);
	vsc7448__join_core(io, port, conf);
	if (!conf->enabled)
		stop_line(io, port, conf->mode);
	return 0;
}

/* A mode without auto-negotiation must not be started with it on. */
static int leave_kr(struct vsc7448 *chip, uint32_t port, enum link_mode mode, struct error *err)
{
	uint32_t control;

	if (!vsc7448__has_10g(port) || mode == LINK_MODE_10GBASE_KR)
		return 0;
	if (regio_get(chip->io, VSC7448_XGKR1_KR_7X0000_KR_7X0000(vsc7448__nr_10g(port)),
		      &control) != 0)
		return regio_end(chip->io, err);
	if (reg_field_get(control, VSC7448_XGKR1_KR_7X0000_KR_7X0000__AN_ENABLE) == 0)
		return 0;
	return vsc7448_kr_stop(chip, port, err);
}

int vsc7448_port_conf_set(struct vsc7448 *chip, uint32_t port,
			  const struct vsc7448_port_conf *conf, struct error *err)
{
	int rc = vsc7448__port_allowed(chip, port, conf, err);

	if (rc == 0)
		rc = leave_kr(chip, port, conf->mode, err);
	if (rc != 0)
		return rc;
	set_up(chip->io, port, conf, true);
	return regio_end(chip->io, err);
}

/* --- a port that is set up ---------------------------------------------------------------- */

static int get_set_up(struct vsc7448 *chip, uint32_t port, struct error *err,
		      struct vsc7448_port_conf *conf)
{
	bool is_set_up;
	int rc = vsc7448_port_conf_get(chip, port, err, &is_set_up, conf);

	if (rc == 0 && !is_set_up)
		rc = error_set(err, E_STATE, "port %" PRIu32 " is not set up", port);
	return rc;
}

static bool needs_serdes(const struct vsc7448_port_conf *old,
			 const struct vsc7448_port_conf *conf)
{
	return conf->mode != old->mode || conf->media != old->media ||
	       conf->sgmii != old->sgmii || conf->enabled != old->enabled;
}

int vsc7448_port_conf_change(struct vsc7448 *chip, uint32_t port,
			     const struct vsc7448_port_conf *conf, struct error *err)
{
	struct vsc7448_port_conf old;
	int rc = get_set_up(chip, port, err, &old);

	if (rc == 0)
		rc = vsc7448__port_allowed(chip, port, conf, err);
	if (rc == 0)
		rc = leave_kr(chip, port, conf->mode, err);
	if (rc != 0)
		return rc;
	set_up(chip->io, port, conf, needs_serdes(&old, conf));
	return regio_end(chip->io, err);
}

int vsc7448_port_disable(struct vsc7448 *chip, uint32_t port, struct error *err)
{
	struct vsc7448_port_conf conf;
	int rc = get_set_up(chip, port, err, &conf);

	if (rc != 0)
		return rc;
	stop_line(chip->io, port, conf.mode);
	return regio_end(chip->io, err);
}

int vsc7448_port_enable(struct vsc7448 *chip, uint32_t port, struct error *err)
{
	struct vsc7448_port_conf conf;
	int rc = get_set_up(chip, port, err, &conf);

	if (rc != 0 || conf.enabled)
		return rc;
	start_line(chip->io, port, &conf);
	return regio_end(chip->io, err);
}

int vsc7448_port_flush(struct vsc7448 *chip, uint32_t port, struct error *err)
{
	struct vsc7448_port_conf conf;
	int rc = get_set_up(chip, port, err, &conf);

	if (rc != 0)
		return rc;
	set_up(chip->io, port, &conf, false);
	return regio_end(chip->io, err);
}

static void stop_serdes(struct regio *io, uint32_t port, enum link_mode mode)
{
	uint64_t macros = vsc7448_port_serdes(port, mode);

	if (macros >> VSC7448_BIT_SD10G65 != 0)
		vsc7448__sd10g65_mute(io, vsc7448__nr_10g(port));
	else if (macros >> VSC7448_BIT_SERDES6G != 0)
		vsc7448__serdes6g_set(io, (uint32_t)(macros >> VSC7448_BIT_SERDES6G), LANE_OFF);
	else
		vsc7448__serdes1g_set(io, (uint32_t)macros, LANE_OFF);
}

int vsc7448_port_free(struct vsc7448 *chip, uint32_t port, struct error *err)
{
	struct vsc7448_port_conf conf;
	struct before b;
	bool is_set_up;
	int rc = vsc7448_port_conf_get(chip, port, err, &is_set_up, &conf);

	if (rc != 0 || !is_set_up)
		return rc;
	if (look(chip->io, port, &b) != 0)
		return regio_end(chip->io, err);
	vsc7448__flush(chip->io, port, vsc7448__is_10g_mode(conf.mode));
	if (conf.mode != LINK_MODE_QSGMII) {
		stop_serdes(chip->io, port, conf.mode);
	} else if (b.group_is_new) {
		stop_serdes(chip->io, port, conf.mode);
		select_qsgmii(chip->io, port, false);
	}
	return regio_end(chip->io, err);
}
