/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Source: vtss_jaguar2_serdes.c, jr2_sd1g_cfg(); OFF is its VTSS_SERDES_MODE_DISABLE. */
#include <assert.h>

#include "hal/vsc7448/mcb.h"
#include "hal/vsc7448/port_priv.h"

#define ANA(reg) VSC7448_HSIO_SERDES1G_ANA_CFG_SERDES1G_##reg
#define DIG(reg) VSC7448_HSIO_SERDES1G_DIG_CFG_SERDES1G_##reg

#define FA(reg, name, v) F(HSIO_SERDES1G_ANA_CFG_SERDES1G_##reg, name, v)
#define FD(reg, name, v) F(HSIO_SERDES1G_DIG_CFG_SERDES1G_##reg, name, v)

static void set_analog(struct regio *io, enum vsc7448_lane lane)
{
	static const uint8_t amplitude[] = {
		[LANE_OFF] = 0,
		[LANE_100BASE_FX] = 12,
		[LANE_SGMII] = 12,
		[LANE_1000BASE_X] = 15,
	};
	bool fx = lane == LANE_100BASE_FX;

	regio_fields(io, ANA(SER_CFG), FA(SER_CFG, SER_IDLE, 0), FA(SER_CFG, SER_ENALI, 0));
	regio_fields(io, ANA(OB_CFG), FA(OB_CFG, OB_AMP_CTRL, amplitude[lane]));
	regio_fields(io, ANA(IB_CFG), FA(IB_CFG, IB_ENA_CMV_TERM, !fx),
		     FA(IB_CFG, IB_FX100_ENA, fx), FA(IB_CFG, IB_ENA_DC_COUPLING, fx),
		     FA(IB_CFG, IB_RESISTOR_CTRL, 13));
	regio_fields(io, ANA(DES_CFG), FA(DES_CFG, DES_PHS_CTRL, fx ? 14 : 6),
		     FA(DES_CFG, DES_CPMD_SEL, fx ? 2 : 0),
		     FA(DES_CFG, DES_MBTR_CTRL, fx ? 3 : 2),
		     FA(DES_CFG, DES_BW_ANA, fx ? 0 : 6));
}

void vsc7448__serdes1g_set(struct regio *io, uint32_t macros, enum vsc7448_lane lane)
{
	assert(lane <= LANE_1000BASE_X);
	vsc7448__mcb_load(io, MCB_SERDES1G, macros & -macros);
	set_analog(io, lane);
	regio_put(io, DIG(TP_CFG), 0);
	regio_fields(io, DIG(DFT_CFG0), FD(DFT_CFG0, TEST_MODE, 0));
	regio_fields(io, DIG(MISC_CFG),
		     FD(MISC_CFG, DES_100FX_CPMD_ENA, lane == LANE_100BASE_FX),
		     FD(MISC_CFG, LANE_RST, 1));
	regio_fields(io, ANA(PLL_CFG), FA(PLL_CFG, PLL_FSM_ENA, 1));
	regio_fields(io, ANA(COMMON_CFG), FA(COMMON_CFG, ENA_LANE, lane != LANE_OFF),
		     FA(COMMON_CFG, ENA_FLOOP, 0), FA(COMMON_CFG, ENA_ELOOP, 0));
	vsc7448__mcb_store(io, MCB_SERDES1G, macros);
	regio_fields(io, ANA(COMMON_CFG), FA(COMMON_CFG, SYS_RST, 1));
	vsc7448__mcb_store(io, MCB_SERDES1G, macros);
	regio_fields(io, DIG(MISC_CFG), FD(MISC_CFG, LANE_RST, 0));
	vsc7448__mcb_store(io, MCB_SERDES1G, macros);
}
