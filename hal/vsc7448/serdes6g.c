/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Source: vtss_jaguar2_serdes.c, jr2_sd6g_cfg(); OFF is its VTSS_SERDES_MODE_DISABLE. */
#include <assert.h>

#include "hal/vsc7448/mcb.h"
#include "hal/vsc7448/port_priv.h"

#define PLL_START_US   20000u /* jr2_sd6g_cfg() step 3 */
#define CALIBRATION_US 60000u /* step 5 */

#define ANA(reg) VSC7448_HSIO_SERDES6G_ANA_CFG_SERDES6G_##reg
#define DIG(reg) VSC7448_HSIO_SERDES6G_DIG_CFG_SERDES6G_##reg

#define FA(reg, name, v) F(HSIO_SERDES6G_ANA_CFG_SERDES6G_##reg, name, v)
#define FD(reg, name, v) F(HSIO_SERDES6G_DIG_CFG_SERDES6G_##reg, name, v)

/* What differs between lanes. */
static const struct lane_values {
	uint8_t ena1v, post0, ena_cas, lev, sr_h; /* OB_CFG, OB_CFG1: the driver */
	uint8_t des_bw_ana;
	bool align;                /* SER_ALISEL, SER_ENALI: lanes in step */
	bool rotate;               /* PLL_ENA_ROT, PLL_ROT_FRQ: 5/4 of the clock */
	uint8_t pll_fsm_ctrl_data; /* 6G: 120, divided by rate */
	bool hrate, qrate;
	uint8_t if_mode; /* 1: 10 bits, 3: 20 bits */
} lanes[LANE_COUNT] = {
	[LANE_OFF] = { .lev = 24,
		       .sr_h = 1,
		       .des_bw_ana = 3,
		       .pll_fsm_ctrl_data = 120,
		       .if_mode = 3 },
	[LANE_100BASE_FX] = { .ena1v = 1,
			      .post0 = 1,
			      .lev = 48,
			      .sr_h = 1,
			      .des_bw_ana = 3,
			      .pll_fsm_ctrl_data = 60,
			      .qrate = true,
			      .if_mode = 1 },
	[LANE_SGMII] = { .ena1v = 1,
			 .ena_cas = 2,
			 .lev = 48,
			 .sr_h = 1,
			 .des_bw_ana = 3,
			 .pll_fsm_ctrl_data = 60,
			 .qrate = true,
			 .if_mode = 1 },
	[LANE_1000BASE_X] = { .post0 = 1,
			      .ena_cas = 2,
			      .lev = 48,
			      .sr_h = 1,
			      .des_bw_ana = 3,
			      .pll_fsm_ctrl_data = 60,
			      .qrate = true,
			      .if_mode = 1 },
	[LANE_2G5] = { .lev = 63,
		       .sr_h = 1,
		       .des_bw_ana = 4,
		       .rotate = true,
		       .pll_fsm_ctrl_data = 48,
		       .hrate = true,
		       .if_mode = 1 },
	[LANE_QSGMII] = { .lev = 24,
			  .sr_h = 1,
			  .des_bw_ana = 5,
			  .pll_fsm_ctrl_data = 120,
			  .if_mode = 3 },
	[LANE_XAUI] = { .lev = 63,
			.des_bw_ana = 3,
			.align = true,
			.rotate = true,
			.pll_fsm_ctrl_data = 48,
			.hrate = true,
			.if_mode = 1 },
	[LANE_RXAUI] = { .lev = 63,
			 .sr_h = 1,
			 .des_bw_ana = 3,
			 .align = true,
			 .rotate = true,
			 .pll_fsm_ctrl_data = 96,
			 .if_mode = 3 },
};

/* Everything off before the first store; the equalizer is fixed for 100BASE-FX. */
static void set_receiver(struct regio *io, enum vsc7448_lane lane)
{
	bool on = lane != LANE_OFF, fx = lane == LANE_100BASE_FX;

	regio_fields(io, ANA(IB_CFG), FA(IB_CFG, IB_SIG_DET_ENA, on),
		     FA(IB_CFG, IB_REG_ENA, on && !fx), FA(IB_CFG, IB_SAM_ENA, on),
		     FA(IB_CFG, IB_EQZ_ENA, on && !fx), FA(IB_CFG, IB_CONCUR, on),
		     FA(IB_CFG, IB_CAL_ENA, 0));
	regio_fields(io, ANA(IB_CFG1), FA(IB_CFG1, IB_FILT_OFFSET, !fx),
		     FA(IB_CFG1, IB_FILT_HP, !fx), FA(IB_CFG1, IB_FILT_MID, !fx),
		     FA(IB_CFG1, IB_FILT_LP, !fx), FA(IB_CFG1, IB_FRC_OFFSET, fx),
		     FA(IB_CFG1, IB_FRC_HP, fx), FA(IB_CFG1, IB_FRC_MID, fx),
		     FA(IB_CFG1, IB_FRC_LP, fx));
	regio_fields(io, ANA(IB_CFG2), FA(IB_CFG2, IB_UREG, 4));
	regio_fields(io, ANA(IB_CFG3), FA(IB_CFG3, IB_INI_HP, 0), FA(IB_CFG3, IB_INI_MID, 31),
		     FA(IB_CFG3, IB_INI_LP, fx ? 63 : 1), FA(IB_CFG3, IB_INI_OFFSET, 31));
}

static void set_line(struct regio *io, enum vsc7448_lane lane)
{
	const struct lane_values *v = &lanes[lane];
	bool fx = lane == LANE_100BASE_FX;

	regio_fields(io, ANA(OB_CFG), FA(OB_CFG, OB_ENA1V_MODE, v->ena1v),
		     FA(OB_CFG, OB_POST0, v->post0), FA(OB_CFG, OB_PREC, 0),
		     FA(OB_CFG, OB_SR_H, v->sr_h));
	regio_fields(io, ANA(OB_CFG1), FA(OB_CFG1, OB_ENA_CAS, v->ena_cas),
		     FA(OB_CFG1, OB_LEV, v->lev));
	regio_fields(io, ANA(DES_CFG), FA(DES_CFG, DES_PHS_CTRL, fx ? 14 : 6),
		     FA(DES_CFG, DES_CPMD_SEL, fx ? 2 : 0),
		     FA(DES_CFG, DES_BW_ANA, v->des_bw_ana));
	regio_fields(io, ANA(IB_CFG), FA(IB_CFG, IB_SIG_DET_CLK_SEL, 0),
		     FA(IB_CFG, IB_REG_PAT_SEL_OFFSET, 0));
	regio_fields(io, ANA(IB_CFG1), FA(IB_CFG1, IB_TSDET, 16));
	regio_fields(io, ANA(SER_CFG), FA(SER_CFG, SER_ALISEL, v->align),
		     FA(SER_CFG, SER_ENALI, v->align));
	regio_fields(io, ANA(PLL_CFG), FA(PLL_CFG, PLL_DIV4, 0),
		     FA(PLL_CFG, PLL_ENA_ROT, v->rotate),
		     FA(PLL_CFG, PLL_FSM_CTRL_DATA, v->pll_fsm_ctrl_data),
		     FA(PLL_CFG, PLL_ROT_DIR, 0), FA(PLL_CFG, PLL_ROT_FRQ, v->rotate));
	regio_fields(io, ANA(COMMON_CFG), FA(COMMON_CFG, SYS_RST, 1),
		     FA(COMMON_CFG, ENA_LANE, lane != LANE_OFF),
		     FA(COMMON_CFG, HRATE, v->hrate), FA(COMMON_CFG, QRATE, v->qrate),
		     FA(COMMON_CFG, ENA_FLOOP, 0), FA(COMMON_CFG, ENA_ELOOP, 0),
		     FA(COMMON_CFG, IF_MODE, v->if_mode));
	regio_fields(io, DIG(MISC_CFG), FD(MISC_CFG, LANE_RST, 1),
		     FD(MISC_CFG, DES_100FX_CPMD_ENA, fx), FD(MISC_CFG, RX_LPI_MODE_ENA, 0),
		     FD(MISC_CFG, TX_LPI_MODE_ENA, 0));
}

void vsc7448__serdes6g_set(struct regio *io, uint32_t macros, enum vsc7448_lane lane)
{
	vsc7448__mcb_load(io, MCB_SERDES6G, macros & -macros);
	regio_fields(io, ANA(OB_CFG), FA(OB_CFG, OB_IDLE, 0));
	regio_put(io, DIG(TP_CFG0), 0);
	regio_fields(io, DIG(DFT_CFG0), FD(DFT_CFG0, TEST_MODE, 0));
	regio_fields(io, ANA(COMMON_CFG), FA(COMMON_CFG, SYS_RST, 0));
	regio_fields(io, ANA(PLL_CFG), FA(PLL_CFG, PLL_FSM_ENA, 0));
	set_receiver(io, lane);
	regio_fields(io, DIG(MISC_CFG), FD(MISC_CFG, LANE_RST, 1));
	vsc7448__mcb_store(io, MCB_SERDES6G, macros);
	set_line(io, lane);
	vsc7448__mcb_store(io, MCB_SERDES6G, macros);
	regio_fields(io, ANA(PLL_CFG), FA(PLL_CFG, PLL_FSM_ENA, 1));
	vsc7448__mcb_store(io, MCB_SERDES6G, macros);
	regio_delay(io, PLL_START_US);
	regio_fields(io, ANA(IB_CFG), FA(IB_CFG, IB_CAL_ENA, 1));
	regio_fields(io, DIG(MISC_CFG), FD(MISC_CFG, LANE_RST, 0));
	vsc7448__mcb_store(io, MCB_SERDES6G, macros);
	regio_delay(io, CALIBRATION_US);
	regio_fields(io, ANA(IB_CFG), FA(IB_CFG, IB_SIG_DET_CLK_SEL, 7));
	regio_fields(io, ANA(IB_CFG1), FA(IB_CFG1, IB_TSDET, 3));
	vsc7448__mcb_store(io, MCB_SERDES6G, macros);
}

void vsc7448__serdes6g_idle(struct regio *io, uint32_t macros, bool idle)
{
	vsc7448__mcb_load(io, MCB_SERDES6G, macros & -macros);
	regio_fields(io, ANA(OB_CFG), FA(OB_CFG, OB_IDLE, idle));
	vsc7448__mcb_store(io, MCB_SERDES6G, macros);
}
