/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Source: vtss_jaguar2_port.c, jr2_sd10g_xfi_mode(); vtss_jaguar2_serdes.c, jr2_sd10g_cfg(). */
#include "hal/vsc7448/sd10g65_priv.h"

#include <assert.h>
#include <string.h>

#define XFI_MODE(nr) VSC7448_XGXFI_XFI_CONTROL_XFI_MODE(nr)
#define FX(name, v)  F(XGXFI_XFI_CONTROL_XFI_MODE, name, v)

#define ANA(group, reg)         VSC7448_XGANA_SD10G65_##group##_SD10G65_##reg
#define FA(group, reg, name, v) F(XGANA_SD10G65_##group##_SD10G65_##reg, name, v)
#define DIG(reg)                VSC7448_XGDIG_SD10G65_APC_##reg
#define FD(reg, name, v)        F(XGDIG_SD10G65_APC_##reg, name, v)

#define FSM_LOCKED 13u /* PLLF_FSM_STAT that the vendor's driver asks for */

/* The driver waits these times and then looks once; here the look itself may wait longer. */
#define PLL_SETTLE_US  10000u
#define PLL_START_US   2000u
#define PLL_TIMEOUT_US 10000u
#define APC_RESET_US   1000u
#define CAL_TIMEOUT_US 100000u

/* SFI at 10.3125 Gb/s, without a preset. */
static const struct sd10g65_params params_10g = {
	.if_mode = 4,
	.fbdiv_sel = 2,
	.freq_mult_hi = 5,
	.freq_mult = 1040,
	.lpf_cur = 3,
	.lpf_res = 10,
	.ref_cnt_end = 198,
	.cs_ls_speed = 1,
	.d_filter = 8255520,
	.phase_data = 54,
	.dfe_offset_h = 19,
	.vscope_h = 40,
	.vscope_l = 23,
	.main_thres = 32,
	.tc = 12,
	.cdr_bw = 3,
	.ones_thres = 8,
	.ld_lev_ini = 24,
	.offs_range = 20,
	.offs_max = 160,
	.offs_min = 96,
	.agc_max = 248,
	.agc_ini = 88,
	.l_range = 22,
	.l_max = 62,
	.l_ini = 22,
	.lc_sync = 1,
	.c_range = 23,
	.c_max = 31,
	.c_ini = 11,
	.dfe1_max = 80,
	.dfe2_max = 48,
	.dfe3_max = 31,
	.dfe4_max = 31,
	.offscal_us = 63000,
};

static const struct sd10g65_params params_2g5 = {
	.if_mode = 1,
	.speed_sel = 1,
	.freq_mult_hi = 10,
	.freq_mult = 9232,
	.lpf_cur = 2,
	.lpf_res = 15,
	.ref_cnt_end = 204,
	.d_filter = 8521760,
	.fb_step = 3,
	.phase_data = 64,
	.dfe_offset_h = 19,
	.vscope_h = 40,
	.vscope_l = 23,
	.main_thres = 32,
	.tc = 12,
	.cdr_bw = 3,
	.ones_thres = 2,
	.ld_lev_ini = 24,
	.offs_range = 20,
	.offs_max = 160,
	.offs_min = 96,
	.agc_max = 248,
	.agc_ini = 88,
	.l_range = 22,
	.l_max = 62,
	.l_ini = 22,
	.lc_sync = 1,
	.c_range = 23,
	.c_max = 31,
	.c_ini = 11,
	.dfe1_max = 68,
	.dfe2_max = 36,
	.dfe3_max = 20,
	.dfe4_max = 20,
	.offscal_us = 65000,
};

/* 1.25 Gb/s: the analog equalizer stands still. */
static void slow_to_1g(struct sd10g65_params *p)
{
	p->freq_mult_hi = 4;
	p->hrate = 1;
	p->lpf_cur = 0;
	p->lpf_res = 10;
	p->ref_cnt_end = 512;
	p->cdr_bw = 2;
	p->l_range = p->l_max = p->l_min = SD_KEEP;
	p->c_range = p->c_max = p->c_min = SD_KEEP;
	p->l_chg = p->c_chg = 1;
	p->l_ini = p->c_ini = 0;
	p->lc_sync = 0;
	p->offscal_us = 161000;
}

static void tune_copper(struct sd10g65_params *p, uint32_t rib_adj)
{
	p->rib_adj = rib_adj;
	p->ld1_offset = 20;
	p->dfe_offset_h = 24;
	p->vscope_h = 42;
	p->vscope_l = 21;
	p->ena_400 = 1;
	p->dfe1_max = 127;
}

static void tune_dac(struct sd10g65_params *p)
{
	tune_copper(p, 8);
	p->tc = 0;
	p->ld_lev_ini = 4;
	p->agc_max = 216;
	p->agc_ini = 168;
	p->l_min = 8;
	p->l_ini = 50;
	p->c_min = 4;
	p->c_ini = 25;
}

static void tune_kr(struct sd10g65_params *p)
{
	tune_copper(p, 12);
	p->eqz_l_mode = 2;
	p->ld_lev_ini = 8;
	p->offs_range = 12;
	p->offs_max = 255;
	p->offs_min = 0;
	p->l_range = 21;
	p->l_max = 124;
	p->l_ini = 44;
}

static void tune_zr(struct sd10g65_params *p)
{
	p->phase_data = 51;
	p->dfe_offset_h = 26;
	p->vscope_h = 43;
	p->vscope_l = 20;
	p->main_thres = 21;
	p->ena_400 = 1;
	p->tc = 0;
	p->ld_lev_ini = 48;
	p->dfe1_max = 127;
}

/* The equalizer is set by hand. */
static void tune_fixed(struct sd10g65_params *p, uint32_t c_ini)
{
	p->l_chg = p->c_chg = 1;
	p->l_ini = 62;
	p->c_ini = c_ini;
}

static void tune(struct sd10g65_params *p, enum vsc7448_media media)
{
	switch (media) {
	case VSC7448_MEDIA_SR:
		p->eqz_c_adj = 2;
		p->dfe1_max = 127;
		break;
	case VSC7448_MEDIA_ZR:
		tune_zr(p);
		break;
	case VSC7448_MEDIA_DAC:
		tune_dac(p);
		break;
	case VSC7448_MEDIA_BP:
		tune_fixed(p, 25);
		break;
	case VSC7448_MEDIA_B2B:
		tune_fixed(p, 10);
		break;
	case VSC7448_MEDIA_KR:
		tune_kr(p);
		break;
	case VSC7448_MEDIA_NONE:
	case VSC7448_MEDIA_COUNT:
		break;
	}
}

static struct sd10g65_params params_of(enum link_mode mode, enum vsc7448_media media)
{
	struct sd10g65_params p = params_2g5;

	if (vsc7448__is_10g_mode(mode)) {
		p = params_10g;
		tune(&p, media);
	} else if (mode != LINK_MODE_2500BASE_X) {
		slow_to_1g(&p);
	}
	if (mode == LINK_MODE_100BASE_FX) {
		p.cpmd_dig = 1;
		p.calibrate_only = true;
	}
	return p;
}

static uint32_t value_of(const struct sd10g65_row *row, const struct sd10g65_params *p)
{
	uint32_t value = row->value;

	if (row->param != 0)
		memcpy(&value, (const char *)p + row->param - 1, sizeof(value));
	return value;
}

/* Rows from one that begins a step to before the next are one change of a register. */
static void run(struct regio *io, uint32_t nr, const struct sd10g65_table *table,
		const struct sd10g65_params *p)
{
	/* Macros of one kind are a target apart: 64 KiB. */
	const uint64_t stride = ANA(OB, OB_CFG0)(1) - ANA(OB, OB_CFG0)(0);
	uint64_t mask = 0, bits = 0;

	for (size_t i = 0; i < table->n; i++) {
		const struct sd10g65_row *row = &table->rows[i];
		uint32_t value = value_of(row, p);

		if (value != SD_KEEP && !(row->running && p->calibrate_only)) {
			mask |= reg_field_mask(row->field);
			bits = reg_field_put(bits, row->field, value);
		}
		if (i + 1 < table->n && !table->rows[i + 1].begins)
			continue;
		if (mask != 0)
			regio_set(io, row->addr + nr * stride, (uint32_t)mask, (uint32_t)bits);
		mask = bits = 0;
	}
}

static void wait_for(struct regio *io, uint64_t addr, struct reg_field field, uint32_t value,
		     uint32_t timeout_us)
{
	regio_wait(io, &(struct regio_wait){
			       .addr = addr,
			       .mask = (uint32_t)reg_field_mask(field),
			       .want = (uint32_t)reg_field_put(0, field, value),
			       .timeout_us = timeout_us,
		       });
}

static void set_xfi(struct regio *io, uint32_t nr, bool is_10g)
{
	/* SW_RST and TX_RESYNC_SHOT, all else 0. */
	regio_write(io, XFI_MODE(nr), 0x5);
	regio_fields(io, XFI_MODE(nr), FX(SW_RST, 0), FX(PORT_SEL, !is_10g));
	regio_fields(io, XFI_MODE(nr), FX(SW_ENA, 1), FX(ENDIAN, 1));
	regio_fields(io, XFI_MODE(nr), FX(TX_RESYNC_SHOT, 1));
}

static void set_transmitter(struct regio *io, uint32_t nr, const struct sd10g65_params *p)
{
	run(io, nr, &vsc7448__sd10g65_tx, p);
	regio_delay(io, PLL_SETTLE_US);
	run(io, nr, &vsc7448__sd10g65_tx_start, p);
	regio_delay(io, PLL_START_US);
	wait_for(io, ANA(TX_RCPLL, TX_RCPLL_STAT0)(nr),
		 VSC7448_XGANA_SD10G65_TX_RCPLL_SD10G65_TX_RCPLL_STAT0__PLLF_LOCK_STAT, 1,
		 PLL_TIMEOUT_US);
	wait_for(io, ANA(TX_RCPLL, TX_RCPLL_STAT1)(nr),
		 VSC7448_XGANA_SD10G65_TX_RCPLL_SD10G65_TX_RCPLL_STAT1__PLLF_FSM_STAT,
		 FSM_LOCKED, PLL_TIMEOUT_US);
}

static void set_receiver(struct regio *io, uint32_t nr, const struct sd10g65_params *p)
{
	run(io, nr, &vsc7448__sd10g65_rx, p);
	regio_delay(io, PLL_SETTLE_US);
	run(io, nr, &vsc7448__sd10g65_rx_start, p);
	regio_delay(io, PLL_START_US);
	wait_for(io, ANA(RX_RCPLL, RX_RCPLL_STAT0)(nr),
		 VSC7448_XGANA_SD10G65_RX_RCPLL_SD10G65_RX_RCPLL_STAT0__PLLF_LOCK_STAT, 1,
		 PLL_TIMEOUT_US);
	wait_for(io, ANA(RX_RCPLL, RX_RCPLL_STAT1)(nr),
		 VSC7448_XGANA_SD10G65_RX_RCPLL_SD10G65_RX_RCPLL_STAT1__PLLF_FSM_STAT,
		 FSM_LOCKED, PLL_TIMEOUT_US);
}

static void calibrate(struct regio *io, uint32_t nr, const struct sd10g65_params *p)
{
	/* It starts when the bit is set, which an attempt that failed may have left set. */
	regio_fields(io, DIG(APC_IS_CAL_CFG1)(nr), FD(APC_IS_CAL_CFG1, START_OFFSCAL, 0));
	run(io, nr, &vsc7448__sd10g65_apc, p);
	regio_delay(io, APC_RESET_US);
	regio_fields(io, DIG(APC_IS_CAL_CFG1)(nr), FD(APC_IS_CAL_CFG1, START_OFFSCAL, 1));
	regio_delay(io, p->offscal_us);
	wait_for(io, DIG(APC_IS_CAL_CFG1)(nr),
		 VSC7448_XGDIG_SD10G65_APC_APC_IS_CAL_CFG1__OFFSCAL_DONE, 1, CAL_TIMEOUT_US);
	regio_fields(io, DIG(APC_IS_CAL_CFG1)(nr), FD(APC_IS_CAL_CFG1, START_OFFSCAL, 0));
	regio_fields(io, ANA(IB, IB_CFG0)(nr), FA(IB, IB_CFG0, IB_DFE_ENA, 1));
	if (p->calibrate_only) {
		regio_fields(io, DIG(APC_COMMON_CFG0)(nr), FD(APC_COMMON_CFG0, APC_MODE, 0),
			     FD(APC_COMMON_CFG0, APC_DIRECT_ENA, 0));
		return;
	}
	regio_fields(io, DIG(APC_COMMON_CFG0)(nr), FD(APC_COMMON_CFG0, SKIP_CAL, 1),
		     FD(APC_COMMON_CFG0, APC_MODE, 2));
	regio_fields(io, DIG(APC_LC_SOFTCTRL_CFG)(nr), FD(APC_LC_SOFTCTRL_CFG, LC_SC_MODE, 0));
}

void vsc7448__sd10g65_set(struct regio *io, uint32_t nr, enum link_mode mode,
			  enum vsc7448_media media)
{
	struct sd10g65_params p = params_of(mode, media);

	set_xfi(io, nr, vsc7448__is_10g_mode(mode));
	set_transmitter(io, nr, &p);
	set_receiver(io, nr, &p);
	calibrate(io, nr, &p);
	if (mode != LINK_MODE_100BASE_FX)
		return;
	regio_fields(io, XFI_MODE(nr), FX(FX100_ENA, 1));
	regio_fields(io, XFI_MODE(nr), FX(TX_RESYNC_SHOT, 1));
}

/* jr2_sd10g_cfg() in its IDLE mode sets the whole transmitter up again for these two fields. */
void vsc7448__sd10g65_mute(struct regio *io, uint32_t nr)
{
	regio_fields(io, ANA(OB, OB_CFG0)(nr), FA(OB, OB_CFG0, LEVN, 31));
	regio_fields(io, ANA(OB, OB_CFG2)(nr), FA(OB, OB_CFG2, D_FILTER, 0));
}

int vsc7448__sd10g65_media(struct regio *io, uint32_t nr, enum vsc7448_media *media)
{
	const uint64_t addrs[] = { ANA(IB, IB_CFG0)(nr), ANA(IB, IB_CFG4)(nr),
				   DIG(APC_EQZ_C_PAR_CFG)(nr) };
	struct sd10g65_params p, is;
	uint32_t v[3];
	int rc = regio_get_many(io, addrs, 3, v);

	if (rc != 0)
		return rc;
	is.rib_adj = (uint32_t)reg_field_get(
		v[0], VSC7448_XGANA_SD10G65_IB_SD10G65_IB_CFG0__IB_RIB_ADJ);
	is.eqz_c_adj = (uint32_t)reg_field_get(
		v[1], VSC7448_XGANA_SD10G65_IB_SD10G65_IB_CFG4__IB_EQZ_C_ADJ_IB);
	is.main_thres = (uint32_t)reg_field_get(
		v[1], VSC7448_XGANA_SD10G65_IB_SD10G65_IB_CFG4__IB_MAIN_THRES);
	is.c_chg = (uint32_t)reg_field_get(
		v[2], VSC7448_XGDIG_SD10G65_APC_APC_EQZ_C_PAR_CFG__EQZ_C_CHG_MODE);
	is.c_ini = (uint32_t)reg_field_get(
		v[2], VSC7448_XGDIG_SD10G65_APC_APC_EQZ_C_PAR_CFG__EQZ_C_INI);
	*media = VSC7448_MEDIA_NONE;
	for (enum vsc7448_media m = VSC7448_MEDIA_SR; m < VSC7448_MEDIA_COUNT; m++) {
		p = params_of(LINK_MODE_10GBASE_R, m);
		if (p.rib_adj == is.rib_adj && p.eqz_c_adj == is.eqz_c_adj &&
		    p.main_thres == is.main_thres && p.c_chg == is.c_chg && p.c_ini == is.c_ini)
			*media = m;
	}
	return 0;
}
