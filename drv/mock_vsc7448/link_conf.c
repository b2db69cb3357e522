/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a port is set up as, read from its registers. */
#include "drv/mock_vsc7448/link_priv.h"
#include "drv/mock_vsc7448/serdes.h"

#include <string.h>

#define DEV1G(reg)               link__dev1g(port, VSC7448_DEV1G_##reg(0))
#define GET(m, addr, reg, field) mv_field(m, addr, VSC7448_##reg##__##field)

uint64_t link__dev1g(uint32_t port, uint64_t dev1g_addr)
{
	const uint64_t offset = dev1g_addr - VSC7448_DEV1G_DEV_CFG_STATUS_DEV_RST_CTRL(0);
	uint32_t n;

	/* The port table: ports.csv. */
	if (port < 8)
		return VSC7448_DEV1G_DEV_CFG_STATUS_DEV_RST_CTRL(port) + offset;
	if (port >= 32 && port < 48)
		return VSC7448_DEV1G_DEV_CFG_STATUS_DEV_RST_CTRL(port - 24) + offset;
	n = port < 32 ? port - 8 : port - 24;
	return VSC7448_DEV2G5_DEV_CFG_STATUS_DEV_RST_CTRL(n) + offset;
}

/* --- SerDes ------------------------------------------------------------------------------ */

/* A 1G macro that works: powered, out of both resets (the vendor's serdes_1g set-up). */
static void use_macro_1g(struct mock_vsc7448 *m, uint32_t macro, struct link_conf *c)
{
	uint32_t common = mv_macro_get(m, MV_SERDES1G, macro,
				       VSC7448_HSIO_SERDES1G_ANA_CFG_SERDES1G_COMMON_CFG);
	uint32_t misc = mv_macro_get(m, MV_SERDES1G, macro,
				     VSC7448_HSIO_SERDES1G_DIG_CFG_SERDES1G_MISC_CFG);
#define COMMON(f) reg_field_get(common, VSC7448_HSIO_SERDES1G_ANA_CFG_SERDES1G_COMMON_CFG__##f)
	bool works =
		COMMON(ENA_LANE) != 0 && COMMON(SYS_RST) != 0 &&
		reg_field_get(misc,
			      VSC7448_HSIO_SERDES1G_DIG_CFG_SERDES1G_MISC_CFG__LANE_RST) == 0;

	c->sends &= works && COMMON(PWD_TX) == 0;
	c->receives &= works && COMMON(PWD_RX) == 0;
	c->near_loop |= COMMON(ENA_ELOOP) != 0 || COMMON(ENA_ILOOP) != 0;
	c->far_loop |= COMMON(ENA_FLOOP) != 0 || COMMON(ENA_PLOOP) != 0;
#undef COMMON
}

/*
 * The rate of a 6G macro, from its dividers: QRATE 1.25 Gb/s, HRATE 3.125 Gb/s, none 5 and 6.25
 * Gb/s (register texts and traces: 2.5G and XAUI use HRATE).
 */
static bool rate_fits(enum line line, bool hrate, bool qrate)
{
	switch (line) {
	case LINE_FX100:
	case LINE_1G:
		return qrate;
	case LINE_2G5:
	case LINE_XAUI:
		return hrate && !qrate;
	case LINE_QSGMII:
	case LINE_RXAUI:
	case LINE_2X6G:
		return !hrate && !qrate;
	default:
		return false;
	}
}

static void use_macro_6g(struct mock_vsc7448 *m, uint32_t macro, struct link_conf *c)
{
	uint32_t common = mv_macro_get(m, MV_SERDES6G, macro,
				       VSC7448_HSIO_SERDES6G_ANA_CFG_SERDES6G_COMMON_CFG);
	uint32_t misc = mv_macro_get(m, MV_SERDES6G, macro,
				     VSC7448_HSIO_SERDES6G_DIG_CFG_SERDES6G_MISC_CFG);
#define COMMON(f) reg_field_get(common, VSC7448_HSIO_SERDES6G_ANA_CFG_SERDES6G_COMMON_CFG__##f)
	bool hrate = COMMON(HRATE) != 0, qrate = COMMON(QRATE) != 0;
	bool works;

	if (c->line == LINE_1G && hrate && !qrate) {
		c->line = LINE_2G5;
		c->mbps = 2500;
	}
	works = COMMON(ENA_LANE) != 0 && COMMON(SYS_RST) != 0 &&
		rate_fits(c->line, hrate, qrate) &&
		reg_field_get(misc,
			      VSC7448_HSIO_SERDES6G_DIG_CFG_SERDES6G_MISC_CFG__LANE_RST) == 0;
	c->sends &= works && COMMON(PWD_TX) == 0;
	c->receives &= works && COMMON(PWD_RX) == 0;
	c->near_loop |= COMMON(ENA_ELOOP) != 0 || COMMON(ENA_ILOOP) != 0;
	c->far_loop |= COMMON(ENA_FLOOP) != 0 || COMMON(ENA_PLOOP) != 0;
#undef COMMON
}

/* A 10G macro: its PLLs have locked, its receiver is calibrated. */
static void use_macro_10g(struct mock_vsc7448 *m, uint32_t i, struct link_conf *c)
{
	uint64_t mode = VSC7448_XGXFI_XFI_CONTROL_XFI_MODE(i);

	c->sends &= mv_sd10g65_sends(m, i);
	c->receives &= mv_sd10g65_receives(m, i);
	c->near_loop |= GET(m, VSC7448_XGANA_SD10G65_OB_SD10G65_OB_CFG0(i),
			    XGANA_SD10G65_OB_SD10G65_OB_CFG0, EN_PAD_LOOP) != 0;
	c->far_loop |= GET(m, mode, XGXFI_XFI_CONTROL_XFI_MODE, SEL_LINELB) != 0;
}

/* XAUI uses four macros in a row, RXAUI the first and the third: ports.csv. */
static void use_lanes(struct mock_vsc7448 *m, uint32_t port, struct link_conf *c)
{
	for (uint32_t lane = 0; lane < 4; lane += c->line == LINE_XAUI ? 1 : 2)
		use_macro_6g(m, mv_first_serdes6g(port) + lane, c);
}

static void use_serdes(struct mock_vsc7448 *m, uint32_t port, struct link_conf *c)
{
	if (c->line == LINE_QSGMII)
		use_macro_6g(m, 4 + port / 4, c);
	else if (port < 8)
		use_macro_1g(m, port + 1, c);
	else if (port < 32)
		use_macro_6g(m, port - 8, c);
	else if (port < 48)
		c->sends = c->receives = false; /* no macro but the group's */
	else if (port == 48)
		use_macro_1g(m, 0, c);
	else if (c->line == LINE_XAUI || c->line == LINE_RXAUI || c->line == LINE_2X6G)
		use_lanes(m, port, c);
	else
		use_macro_10g(m, port - 49, c);
}

/* --- devices ----------------------------------------------------------------------------- */

static void read_fx100(struct mock_vsc7448 *m, uint32_t port, struct link_conf *c)
{
	uint64_t cfg = DEV1G(PCS_FX100_CONFIGURATION_PCS_FX100_CFG);
	uint32_t steps =
		GET(m, cfg, DEV1G_PCS_FX100_CONFIGURATION_PCS_FX100_CFG, LINKHYSTTIMER);
	uint32_t step_ns =
		GET(m, cfg, DEV1G_PCS_FX100_CONFIGURATION_PCS_FX100_CFG, LINKHYST_TM_ENA) != 0
			? 2048
			: 65536;

	c->line = LINE_FX100;
	c->fef_sends =
		GET(m, cfg, DEV1G_PCS_FX100_CONFIGURATION_PCS_FX100_CFG, FEFGEN_ENA) != 0;
	c->fef_hears =
		GET(m, cfg, DEV1G_PCS_FX100_CONFIGURATION_PCS_FX100_CFG, FEFCHK_ENA) != 0;
	c->hyst_us = (steps * step_ns + 2320) / 1000;
	c->sd_ena = GET(m, cfg, DEV1G_PCS_FX100_CONFIGURATION_PCS_FX100_CFG, SD_ENA) != 0;
	c->near_loop =
		GET(m, cfg, DEV1G_PCS_FX100_CONFIGURATION_PCS_FX100_CFG, LOOPBACK_ENA) != 0;
}

static void read_pcs1g(struct mock_vsc7448 *m, uint32_t port, struct link_conf *c)
{
	uint64_t aneg = DEV1G(PCS1G_CFG_STATUS_PCS1G_ANEG_CFG);
	uint64_t lb = DEV1G(PCS1G_CFG_STATUS_PCS1G_LB_CFG);

	c->line = mv_is_qsgmii(m, port) ? LINE_QSGMII : LINE_1G;
	c->sgmii = GET(m, DEV1G(PCS1G_CFG_STATUS_PCS1G_MODE_CFG),
		       DEV1G_PCS1G_CFG_STATUS_PCS1G_MODE_CFG, SGMII_MODE_ENA) != 0;
	c->sd_ena = GET(m, DEV1G(PCS1G_CFG_STATUS_PCS1G_SD_CFG),
			DEV1G_PCS1G_CFG_STATUS_PCS1G_SD_CFG, SD_ENA) != 0;
	c->aneg = GET(m, aneg, DEV1G_PCS1G_CFG_STATUS_PCS1G_ANEG_CFG, ANEG_ENA) != 0;
	c->ability = GET(m, aneg, DEV1G_PCS1G_CFG_STATUS_PCS1G_ANEG_CFG, ADV_ABILITY);
	c->short_timer = GET(m, DEV1G(PCS1G_CFG_STATUS_PCS1G_DBG_CFG),
			     DEV1G_PCS1G_CFG_STATUS_PCS1G_DBG_CFG, UDLT) != 0;
	c->near_loop = GET(m, lb, DEV1G_PCS1G_CFG_STATUS_PCS1G_LB_CFG, TBI_HOST_LB_ENA) != 0;
	c->far_loop = GET(m, lb, DEV1G_PCS1G_CFG_STATUS_PCS1G_LB_CFG, GMII_PHY_LB_ENA) != 0;
}

static void read_dev1g(struct mock_vsc7448 *m, uint32_t port, struct link_conf *c)
{
	static const uint32_t mbps[4] = { 10, 100, 1000, 0 };
	uint64_t rst = DEV1G(DEV_CFG_STATUS_DEV_RST_CTRL);

	c->mbps = mbps[GET(m, rst, DEV1G_DEV_CFG_STATUS_DEV_RST_CTRL, SPEED_SEL)];
	if (c->mbps == 0)
		return;
	if (GET(m, DEV1G(PCS_FX100_CONFIGURATION_PCS_FX100_CFG),
		DEV1G_PCS_FX100_CONFIGURATION_PCS_FX100_CFG, PCS_ENA) != 0)
		read_fx100(m, port, c);
	else if (GET(m, DEV1G(PCS1G_CFG_STATUS_PCS1G_CFG), DEV1G_PCS1G_CFG_STATUS_PCS1G_CFG,
		     PCS_ENA) != 0)
		read_pcs1g(m, port, c);
	if (c->line == LINE_NONE)
		return;
	c->sends = GET(m, rst, DEV1G_DEV_CFG_STATUS_DEV_RST_CTRL, PCS_TX_RST) == 0;
	c->receives = GET(m, rst, DEV1G_DEV_CFG_STATUS_DEV_RST_CTRL, PCS_RX_RST) == 0;
	/* On a 10G macro only the gap tells the rates apart: 0x600 is 2.5G (HOWTO 5b). */
	if (port > 48 && c->mbps == 1000 &&
	    GET(m, DEV1G(MAC_CFG_STATUS_MAC_IFG_CFG), DEV1G_MAC_CFG_STATUS_MAC_IFG_CFG,
		TX_IFG) == 6) {
		c->line = LINE_2G5;
		c->mbps = 2500;
	}
}

static void read_xaui(struct mock_vsc7448 *m, uint32_t i, struct link_conf *c)
{
	uint64_t cfg = VSC7448_DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_CFG(i);
	uint64_t seq = VSC7448_DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_TX_SEQ_CFG(i);

	if (GET(m, cfg, DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_CFG, PCS_ENA) == 0)
		c->line = LINE_NONE;
	c->near_loop =
		GET(m, cfg, DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_CFG, XAUI_LOOP_ENA) != 0;
	c->lf_gen_dis =
		GET(m, cfg, DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_CFG, LF_GEN_DIS) != 0;
	c->sd_ena = GET(m, VSC7448_DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_SD_CFG(i),
			DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_SD_CFG, SD_ENA) != 0;
	if (GET(m, seq, DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_TX_SEQ_CFG, TX_Q_DIS) == 0)
		c->tx_q = GET(m, seq, DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_TX_SEQ_CFG, TX_Q);
	/* Register text: asserted, ||Q|| transmission is suppressed. */
	if (GET(m, VSC7448_DEV10G_MAC_CFG_STATUS_MAC_LFS_CFG(i),
		DEV10G_MAC_CFG_STATUS_MAC_LFS_CFG, SPURIOUS_Q_DIS) != 0)
		c->tx_q = 0;
}

/* The other PCS on two lanes; it has no ordered sets to send. */
static bool read_2x6g(struct mock_vsc7448 *m, uint32_t i, struct link_conf *c)
{
	uint64_t cfg = VSC7448_DEV10G_PCS2X6G_CONFIGURATION_PCS2X6G_CFG(i);

	if (GET(m, cfg, DEV10G_PCS2X6G_CONFIGURATION_PCS2X6G_CFG, PCS_ENA) == 0)
		return false;
	c->line = LINE_2X6G;
	c->sd_ena = GET(m, cfg, DEV10G_PCS2X6G_CONFIGURATION_PCS2X6G_CFG, SD_ENA) != 0;
	c->near_loop = GET(m, cfg, DEV10G_PCS2X6G_CONFIGURATION_PCS2X6G_CFG, SLOOP_ENA) != 0;
	c->lf_gen_dis = GET(m, cfg, DEV10G_PCS2X6G_CONFIGURATION_PCS2X6G_CFG, LF_GEN_DIS) != 0;
	return true;
}

static void read_kr(struct mock_vsc7448 *m, uint32_t i, struct link_conf *c)
{
	c->kr = GET(m, VSC7448_XGKR1_KR_7X0000_KR_7X0000(i), XGKR1_KR_7X0000_KR_7X0000,
		    AN_ENABLE) != 0;
	if (!c->kr) {
		c->training = GET(m, VSC7448_XGKR0_KR_1X0096_KR_1X0096(i),
				  XGKR0_KR_1X0096_KR_1X0096, TR_ENABLE) != 0;
		return;
	}
	c->training = GET(m, VSC7448_XGKR1_AN_CFG0_AN_CFG0(i), XGKR1_AN_CFG0_AN_CFG0,
			  TR_DISABLE) == 0;
	c->kr_adv[0] = mock_hw_get(m->mock, VSC7448_XGKR1_LD_ADV_KR_7X0010(i)) & 0xffff;
	c->kr_adv[1] = mock_hw_get(m->mock, VSC7448_XGKR1_LD_ADV_KR_7X0011(i)) & 0xffff;
	c->kr_adv[2] = mock_hw_get(m->mock, VSC7448_XGKR1_LD_ADV_KR_7X0012(i)) & 0xffff;
}

static void read_10gbase_r(struct mock_vsc7448 *m, uint32_t i, struct link_conf *c)
{
	uint64_t cfg = VSC7448_PCS10G_BR_PCS_10GBR_CFG_PCS_CFG(i);

	if (GET(m, cfg, PCS10G_BR_PCS_10GBR_CFG_PCS_CFG, PCS_ENA) == 0)
		c->line = LINE_NONE;
	c->near_loop = GET(m, cfg, PCS10G_BR_PCS_10GBR_CFG_PCS_CFG, PMA_LOOPBACK_ENA) != 0;
	c->lf_gen_dis = GET(m, cfg, PCS10G_BR_PCS_10GBR_CFG_PCS_CFG, LF_GEN_DIS) != 0;
	c->sd_ena = GET(m, VSC7448_PCS10G_BR_PCS_10GBR_CFG_PCS_SD_CFG(i),
			PCS10G_BR_PCS_10GBR_CFG_PCS_SD_CFG, SD_ENA) != 0;
	c->fec = GET(m, VSC7448_PCS10G_BR_KR_FEC_CFG_KR_FEC_CFG(i),
		     PCS10G_BR_KR_FEC_CFG_KR_FEC_CFG, FEC_ENA) != 0;
	read_kr(m, i, c);
}

static void read_dev10g(struct mock_vsc7448 *m, uint32_t i, uint32_t mode, struct link_conf *c)
{
	uint64_t rst = VSC7448_DEV10G_DEV_CFG_STATUS_DEV_RST_CTRL(i);
	uint32_t speed = GET(m, rst, DEV10G_DEV_CFG_STATUS_DEV_RST_CTRL, SPEED_SEL);

	c->mbps = 10000;
	c->line = mode == 0 ? LINE_R : mode == 1 ? LINE_XAUI : LINE_RXAUI;
	/* SPEED_SEL selects the clocks: 4 XAUI and RXAUI, 7 SFI. */
	if (speed != (mode == 0 ? 7u : 4u))
		c->line = LINE_NONE;
	else if (mode == 0)
		read_10gbase_r(m, i, c);
	else if (mode != 2 || !read_2x6g(m, i, c))
		read_xaui(m, i, c);
	c->sends = GET(m, rst, DEV10G_DEV_CFG_STATUS_DEV_RST_CTRL, PCS_TX_RST) == 0;
	c->receives = GET(m, rst, DEV10G_DEV_CFG_STATUS_DEV_RST_CTRL, PCS_RX_RST) == 0;
	c->mac_sends = GET(m, rst, DEV10G_DEV_CFG_STATUS_DEV_RST_CTRL, MAC_TX_RST) == 0 &&
		       GET(m, VSC7448_DEV10G_MAC_CFG_STATUS_MAC_ENA_CFG(i),
			   DEV10G_MAC_CFG_STATUS_MAC_ENA_CFG, TX_ENA) != 0;
	c->lfs = GET(m, VSC7448_DEV10G_MAC_CFG_STATUS_MAC_LFS_CFG(i),
		     DEV10G_MAC_CFG_STATUS_MAC_LFS_CFG, LFS_MODE_ENA) != 0;
}

void link__conf_read(struct mock_vsc7448 *m, uint32_t port, struct link_conf *conf)
{
	uint32_t mode = 3;

	memset(conf, 0, sizeof(*conf));
	if (port > 48)
		mode = mv_hw_10g(m, port);
	if (mode == 3)
		read_dev1g(m, port, conf);
	else
		read_dev10g(m, port - 49, mode, conf);
	if (conf->line == LINE_NONE)
		memset(conf, 0, sizeof(*conf));
	else
		use_serdes(m, port, conf);
}

bool link__conf_same(const struct link_conf *a, const struct link_conf *b)
{
	return a->line == b->line && a->mbps == b->mbps && a->hyst_us == b->hyst_us &&
	       a->ability == b->ability && a->tx_q == b->tx_q && a->sends == b->sends &&
	       a->receives == b->receives && a->sd_ena == b->sd_ena && a->sgmii == b->sgmii &&
	       a->aneg == b->aneg && a->short_timer == b->short_timer &&
	       a->near_loop == b->near_loop && a->far_loop == b->far_loop &&
	       a->mac_sends == b->mac_sends && a->fef_sends == b->fef_sends &&
	       a->fef_hears == b->fef_hears && a->lfs == b->lfs &&
	       a->lf_gen_dis == b->lf_gen_dis && a->fec == b->fec && a->kr == b->kr &&
	       a->training == b->training &&
	       memcmp(a->kr_adv, b->kr_adv, sizeof(a->kr_adv)) == 0;
}
