/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The 10G macro's set-up as tables: sd10g65_table.c holds them, sd10g65.c runs them. */
#ifndef HAL_VSC7448_SD10G65_PRIV_H
#define HAL_VSC7448_SD10G65_PRIV_H

#include "hal/vsc7448/port_priv.h"

/* What differs between rates and media.  SD_KEEP: the field is left as it is. */
#define SD_KEEP UINT32_MAX

struct sd10g65_params {
	/* both directions */
	uint32_t if_mode; /* 1: 10 bits, 4: 32 bits */
	uint32_t fbdiv_sel, speed_sel, freq_mult_hi, freq_mult, hrate;
	uint32_t lpf_cur, lpf_res, ref_cnt_end;
	/* transmitter */
	uint32_t cs_ls_speed, d_filter;
	/* receiver */
	uint32_t fb_step, cpmd_dig, phase_data;
	uint32_t rib_adj, ld1_offset, dfe_offset_h;
	uint32_t eqz_c_adj, eqz_l_mode, vscope_h, vscope_l, main_thres;
	uint32_t ena_400, tc, cdr_bw;
	/* equalizer */
	uint32_t ones_thres, ld_lev_ini;
	uint32_t offs_range, offs_max, offs_min;
	uint32_t agc_max, agc_ini;
	uint32_t l_range, l_chg, l_max, l_min, l_ini, lc_sync;
	uint32_t c_range, c_chg, c_max, c_min, c_ini;
	uint32_t dfe1_max, dfe2_max, dfe3_max, dfe4_max;
	uint32_t offscal_us;
	bool calibrate_only; /* 100BASE-FX: the equalizer does not run */
};

/* A field of a step; a row that begins a step is a read-modify-write of its own. */
struct sd10g65_row {
	uint64_t addr; /* in macro 0 */
	struct reg_field field;
	uint32_t value;
	uint16_t param; /* offset in the parameters + 1; 0: value */
	bool begins;    /* a step */
	bool running;   /* only when the equalizer runs */
};

struct sd10g65_table {
	const struct sd10g65_row *rows;
	size_t n;
};

/* In the order in which they are run; between them sd10g65.c waits. */
extern const struct sd10g65_table vsc7448__sd10g65_tx, vsc7448__sd10g65_tx_start;
extern const struct sd10g65_table vsc7448__sd10g65_rx, vsc7448__sd10g65_rx_start;
extern const struct sd10g65_table vsc7448__sd10g65_apc;

#endif
