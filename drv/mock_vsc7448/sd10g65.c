/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The four 10G macros: PLLs that lock and an offset calibration that ends, after times that fit
 * within those the vendor's driver waits, and only with the set-up that its sequence makes
 * (vtss_jaguar2c_sd10g65_setup.c).  What silicon does with another one is not known; here nothing
 * comes up.
 */
#include <stdlib.h>

#include "drv/mock_vsc7448/link.h"
#include "drv/mock_vsc7448/serdes.h"

#define N_MACROS    4u
#define PORT_OF(nr) (49u + (nr))
#define NEVER       UINT64_MAX

#define LOCK_US     1200u  /* the driver looks after 2 ms */
#define CAL_10G_US  48000u /* after 63 ms */
#define CAL_SLOW_US 60000u /* after 65 ms, or 161 ms at 1.25 Gb/s */
#define FSM_LOCKED  13u

#define MACRO_BYTES 0x10000u

#define ANA(group, reg) VSC7448_XGANA_SD10G65_##group##_SD10G65_##reg
#define DIG(reg)        VSC7448_XGDIG_SD10G65_APC_##reg

#define ANA_IS(m, nr, group, reg, name)                                                        \
	mv_field(m, ANA(group, reg)(nr),                                                       \
		 VSC7448_XGANA_SD10G65_##group##_SD10G65_##reg##__##name)
#define DIG_IS(m, nr, reg, name)                                                               \
	mv_field(m, DIG(reg)(nr), VSC7448_XGDIG_SD10G65_APC_##reg##__##name)

#define TX_CFG0 ANA(TX_RCPLL, TX_RCPLL_CFG0)
#define RX_CFG0 ANA(RX_RCPLL, RX_RCPLL_CFG0)

struct macro {
	uint64_t tx_since_us, rx_since_us; /* PLLF_ENA is set since then; or NEVER */
	uint64_t cal_since_us;             /* START_OFFSCAL */
};

struct mv_sd10g65 {
	struct macro macro[N_MACROS];
};

static uint32_t nr_of(uint64_t addr)
{
	return (uint32_t)(addr / MACRO_BYTES) % N_MACROS;
}

static bool has_passed(struct mock_vsc7448 *m, uint64_t since_us, uint64_t us)
{
	return since_us != NEVER && clock_now_us(m->clock) - since_us >= us;
}

static bool shell_runs(struct mock_vsc7448 *m, uint32_t nr)
{
	uint64_t mode = VSC7448_XGXFI_XFI_CONTROL_XFI_MODE(nr);

	return mv_field(m, mode, VSC7448_XGXFI_XFI_CONTROL_XFI_MODE__SW_ENA) != 0 &&
	       mv_field(m, mode, VSC7448_XGXFI_XFI_CONTROL_XFI_MODE__SW_RST) == 0;
}

static bool tx_locked(struct mock_vsc7448 *m, uint32_t nr)
{
	return has_passed(m, m->sd10g65->macro[nr].tx_since_us, LOCK_US) && shell_runs(m, nr) &&
	       ANA_IS(m, nr, OB, SBUS_TX_CFG, SBUS_BIAS_EN) != 0 &&
	       ANA_IS(m, nr, TX_RCPLL, TX_RCPLL_CFG2, PLL_ENA) != 0 &&
	       ANA_IS(m, nr, TX_SYNTH, TX_SYNTH_CFG0, SYNTH_ENA) != 0 &&
	       ANA_IS(m, nr, TX_RCPLL, TX_RCPLL_CFG1, PLLF_REF_CNT_END) != 0;
}

static bool rx_locked(struct mock_vsc7448 *m, uint32_t nr)
{
	return has_passed(m, m->sd10g65->macro[nr].rx_since_us, LOCK_US) && shell_runs(m, nr) &&
	       ANA_IS(m, nr, IB, SBUS_RX_CFG, SBUS_BIAS_EN) != 0 &&
	       ANA_IS(m, nr, RX_RCPLL, RX_RCPLL_CFG2, PLL_ENA) != 0 &&
	       ANA_IS(m, nr, RX_SYNTH, RX_SYNTH_CFG0, SYNTH_ENA) != 0 &&
	       ANA_IS(m, nr, RX_RCPLL, RX_RCPLL_CFG1, PLLF_REF_CNT_END) != 0;
}

/* The equalizer must be out of reset and know how wide the deserializer's words are. */
static bool offsets_done(struct mock_vsc7448 *m, uint32_t nr)
{
	uint32_t if_mode = ANA_IS(m, nr, DES, DES_CFG0, DES_IF_MODE_SEL);

	return has_passed(m, m->sd10g65->macro[nr].cal_since_us,
			  if_mode == 4 ? CAL_10G_US : CAL_SLOW_US) &&
	       rx_locked(m, nr) && ANA_IS(m, nr, IB, IB_CFG0, IB_SAM_ENA) != 0 &&
	       DIG_IS(m, nr, APC_COMMON_CFG0, IF_WIDTH) == if_mode &&
	       DIG_IS(m, nr, APC_COMMON_CFG0, RESET_APC) == 0;
}

bool mv_sd10g65_sends(struct mock_vsc7448 *m, uint32_t nr)
{
	return tx_locked(m, nr) && ANA_IS(m, nr, OB, OB_CFG0, EN_OB) != 0 &&
	       ANA_IS(m, nr, OB, OB_CFG2, D_FILTER) != 0;
}

bool mv_sd10g65_receives(struct mock_vsc7448 *m, uint32_t nr)
{
	return offsets_done(m, nr);
}

/* --- accesses ----------------------------------------------------------------------------- */

static int read_lock(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	uint32_t nr = nr_of(addr);
	bool is_tx = addr == ANA(TX_RCPLL, TX_RCPLL_STAT0)(nr);

	*value = (uint32_t)reg_field_put(
		*value, VSC7448_XGANA_SD10G65_TX_RCPLL_SD10G65_TX_RCPLL_STAT0__PLLF_LOCK_STAT,
		is_tx ? tx_locked(m, nr) : rx_locked(m, nr));
	return 0;
}

static int read_fsm(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	uint32_t nr = nr_of(addr);
	bool is_tx = addr == ANA(TX_RCPLL, TX_RCPLL_STAT1)(nr);
	bool locked = is_tx ? tx_locked(m, nr) : rx_locked(m, nr);

	*value = (uint32_t)reg_field_put(
		*value, VSC7448_XGANA_SD10G65_TX_RCPLL_SD10G65_TX_RCPLL_STAT1__PLLF_FSM_STAT,
		locked ? FSM_LOCKED : 0);
	return 0;
}

static int read_calibration(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	*value = (uint32_t)reg_field_put(
		*value, VSC7448_XGDIG_SD10G65_APC_APC_IS_CAL_CFG1__OFFSCAL_DONE,
		offsets_done(m, nr_of(addr)));
	return 0;
}

/* A bit that is set counts from when it was set. */
static void note(struct mock_vsc7448 *m, uint64_t *since_us, bool on)
{
	if (!on)
		*since_us = NEVER;
	else if (*since_us == NEVER)
		*since_us = clock_now_us(m->clock);
}

static int write_pll(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	uint32_t nr = nr_of(addr);
	struct macro *macro = &m->sd10g65->macro[nr];
	bool on = reg_field_get(value,
				VSC7448_XGANA_SD10G65_TX_RCPLL_SD10G65_TX_RCPLL_CFG0__PLLF_ENA);

	if (addr == TX_CFG0(nr))
		note(m, &macro->tx_since_us, on);
	else
		note(m, &macro->rx_since_us, on);
	mv_link_changed(m, PORT_OF(nr));
	return 0;
}

/* A calibration that has been done stays so until the next one or a reset of the equalizer. */
static int write_calibration(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	struct macro *macro = &m->sd10g65->macro[nr_of(addr)];

	if (reg_field_get(value, VSC7448_XGDIG_SD10G65_APC_APC_IS_CAL_CFG1__START_OFFSCAL) != 0)
		note(m, &macro->cal_since_us, true);
	mv_link_changed(m, PORT_OF(nr_of(addr)));
	return 0;
}

static int write_apc(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	if (reg_field_get(value, VSC7448_XGDIG_SD10G65_APC_APC_COMMON_CFG0__RESET_APC) != 0)
		m->sd10g65->macro[nr_of(addr)].cal_since_us = NEVER;
	mv_link_changed(m, PORT_OF(nr_of(addr)));
	return 0;
}

static void reset(struct mock_vsc7448 *m)
{
	for (uint32_t nr = 0; nr < N_MACROS; nr++)
		m->sd10g65->macro[nr] = (struct macro){ NEVER, NEVER, NEVER };
}

static int init(struct mock_vsc7448 *m)
{
	m->sd10g65 = calloc(1, sizeof(*m->sd10g65));
	if (m->sd10g65 == NULL)
		return E_NOMEM;
	reset(m);
	return 0;
}

static void fini(struct mock_vsc7448 *m)
{
	free(m->sd10g65);
}

#define WATCH(reg, nr, read, write)                                                            \
	{                                                                                      \
		reg(nr), reg(nr), read, write                                                  \
	}
#define WATCH_MACRO(nr)                                                                        \
	WATCH(ANA(TX_RCPLL, TX_RCPLL_STAT0), nr, read_lock, NULL),                             \
		WATCH(ANA(RX_RCPLL, RX_RCPLL_STAT0), nr, read_lock, NULL),                     \
		WATCH(ANA(TX_RCPLL, TX_RCPLL_STAT1), nr, read_fsm, NULL),                      \
		WATCH(ANA(RX_RCPLL, RX_RCPLL_STAT1), nr, read_fsm, NULL),                      \
		WATCH(TX_CFG0, nr, NULL, write_pll), WATCH(RX_CFG0, nr, NULL, write_pll),      \
		WATCH(DIG(APC_IS_CAL_CFG1), nr, read_calibration, write_calibration),          \
		WATCH(DIG(APC_COMMON_CFG0), nr, NULL, write_apc)

static const struct mv_range ranges[] = { WATCH_MACRO(0), WATCH_MACRO(1), WATCH_MACRO(2),
					  WATCH_MACRO(3) };

const struct mv_part mv_part_sd10g65 = {
	.name = "sd10g65",
	.ranges = ranges,
	.n_ranges = sizeof(ranges) / sizeof(ranges[0]),
	.init = init,
	.fini = fini,
	.reset = reset,
};
