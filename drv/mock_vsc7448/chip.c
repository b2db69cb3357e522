/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/mock_vsc7448/chip.h"

#include <stdlib.h>
#include <string.h>

#define SOFT_RST  VSC7448_DEVCPU_GCB_CHIP_REGS_SOFT_RST
#define SOFT_BITS 3u /* of the switch core, of the chip */
/* What a reset leaves alone: the VCore's own, from GPR[0] to RESET. */
#define KEPT(i)     (VSC7448_ICPU_CFG_CPU_SYSTEM_CTRL_GPR(0) + 4 * (uint64_t)(i))
#define N_KEPT      9u
#define CAL_CTRL    VSC7448_QSYS_CALCFG_CAL_CTRL
#define CAL_SEQ     VSC7448_QSYS_CALCFG_CAL_SEQ
#define PLL_CFG2(i) VSC7448_HSIO_PLL5G_CFG_PLL5G_CFG2(i)
#define PLL_STAT(i) VSC7448_HSIO_PLL5G_STATUS_PLL5G_STATUS1(i)
#define N_PLLS      2u
#define TEMP_CTRL   VSC7448_DEVCPU_GCB_TEMP_SENSOR_TEMP_SENSOR_CTRL
#define TEMP_STAT   VSC7448_DEVCPU_GCB_TEMP_SENSOR_TEMP_SENSOR_STAT

#define RESET_US  50u
#define PLL_US    10000u
#define SAMPLE_US 500u

enum { GAIN_BAD = 1, GAIN_GOOD = 6 };
enum { MODE_SEQUENCE = 9, MODE_HALT = 10 };

struct mv_chip {
	uint64_t reset_over_us;
	uint8_t calendar[MV_CALENDAR_MAX];
	struct {
		bool stopped;
		uint64_t ready_us;
		uint32_t gain, bad_starts;
	} pll[N_PLLS];
	uint8_t raw;
	bool sampling;
	uint64_t sampled_us; /* when the first value is there */
};

static uint64_t now(const struct mock_vsc7448 *m)
{
	return clock_now_us(m->clock);
}

/* --- soft reset -------------------------------------------------------------------------- */

static int write_soft_rst(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	uint32_t kept[N_KEPT];
	int rc = 0;

	if ((value & SOFT_BITS) == 0)
		return 0;
	for (uint32_t i = 0; i < N_KEPT; i++)
		kept[i] = mock_hw_get(m->mock, KEPT(i));
	mv_reset(m);
	for (uint32_t i = 0; rc == 0 && i < N_KEPT; i++)
		rc = mock_hw_put(m->mock, KEPT(i), kept[i]);
	m->chip->reset_over_us = now(m) + RESET_US;
	return rc == 0 ? mock_hw_put(m->mock, addr, value & SOFT_BITS) : rc;
}

static int read_soft_rst(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	if (now(m) < m->chip->reset_over_us || (*value & SOFT_BITS) == 0)
		return 0;
	*value = 0;
	return mock_hw_put(m->mock, addr, 0);
}

/* --- calendar ---------------------------------------------------------------------------- */

static uint32_t calendar_mode(const struct mock_vsc7448 *m)
{
	return mv_field(m, CAL_CTRL, VSC7448_QSYS_CALCFG_CAL_CTRL__CAL_MODE);
}

static int write_cal_seq(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	uint32_t slot =
		(uint32_t)reg_field_get(value, VSC7448_QSYS_CALCFG_CAL_SEQ__CAL_SEQ_LEN);

	(void)addr;
	if (calendar_mode(m) == MODE_HALT &&
	    reg_field_get(value, VSC7448_QSYS_CALCFG_CAL_SEQ__CAL_SEQ_PGM_ENA) != 0)
		m->chip->calendar[slot] = (uint8_t)reg_field_get(
			value, VSC7448_QSYS_CALCFG_CAL_SEQ__CAL_SEQ_PGM_VAL);
	return 0;
}

static int read_cal_seq(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	uint32_t slot = mv_field(m, addr, VSC7448_QSYS_CALCFG_CAL_SEQ__CAL_SEQ_LEN);

	if (calendar_mode(m) == MODE_HALT)
		*value = (uint32_t)reg_field_put(*value,
						 VSC7448_QSYS_CALCFG_CAL_SEQ__CAL_SEQ_CUR_VAL,
						 m->chip->calendar[slot]);
	return 0;
}

uint32_t mv_calendar_port(const struct mock_vsc7448 *m, uint32_t slot)
{
	return m->chip->calendar[slot];
}

uint32_t mv_calendar_length(const struct mock_vsc7448 *m)
{
	if (calendar_mode(m) != MODE_SEQUENCE)
		return 0;
	return 1 + mv_field(m, CAL_SEQ, VSC7448_QSYS_CALCFG_CAL_SEQ__CAL_SEQ_LEN);
}

/* --- PLLs -------------------------------------------------------------------------------- */

static uint32_t pll_of(uint64_t addr, uint64_t first, uint64_t second)
{
	return addr == first ? 0 : addr == second ? 1 : N_PLLS;
}

static int write_pll(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	uint32_t i = pll_of(addr, PLL_CFG2(0), PLL_CFG2(1));
	bool stop = reg_field_get(value, VSC7448_HSIO_PLL5G_CFG_PLL5G_CFG2__DISABLE_FSM) != 0;

	if (i == N_PLLS)
		return 0;
	if (m->chip->pll[i].stopped && !stop) {
		bool bad = m->chip->pll[i].bad_starts > 0;

		m->chip->pll[i].bad_starts -= bad;
		m->chip->pll[i].gain = bad ? GAIN_BAD : GAIN_GOOD;
		m->chip->pll[i].ready_us = now(m) + PLL_US;
	}
	m->chip->pll[i].stopped = stop;
	return 0;
}

static int read_pll(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	uint32_t i = pll_of(addr, PLL_STAT(0), PLL_STAT(1));
	uint32_t gain;

	if (i == N_PLLS)
		return 0;
	gain = m->chip->pll[i].stopped || now(m) < m->chip->pll[i].ready_us
		       ? 0
		       : m->chip->pll[i].gain;
	*value = (uint32_t)reg_field_put(
		*value, VSC7448_HSIO_PLL5G_STATUS_PLL5G_STATUS1__GAIN_STAT, gain);
	return 0;
}

void mv_set_bad_starts(struct mock_vsc7448 *m, uint32_t pll, uint32_t n)
{
	m->chip->pll[pll].bad_starts = n;
}

/* --- temperature ------------------------------------------------------------------------- */

static int write_temp_ctrl(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	(void)addr;
	if ((value & 1) != 0 && !m->chip->sampling)
		m->chip->sampled_us = now(m) + SAMPLE_US;
	m->chip->sampling = (value & 1) != 0;
	return 0;
}

static int read_temp_stat(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	(void)addr;
	*value = m->chip->sampling && now(m) >= m->chip->sampled_us ? 0x100u | m->chip->raw : 0;
	return 0;
}

void mv_set_temperature(struct mock_vsc7448 *m, uint8_t raw)
{
	m->chip->raw = raw;
}

/* --- the part ---------------------------------------------------------------------------- */

static int init(struct mock_vsc7448 *m)
{
	m->chip = calloc(1, sizeof(*m->chip));
	if (m->chip == NULL)
		return E_NOMEM;
	m->chip->raw = 160; /* as the map's reset value: some 40 degrees */
	for (uint32_t i = 0; i < N_PLLS; i++)
		m->chip->pll[i].gain = GAIN_GOOD;
	return 0;
}

static void fini(struct mock_vsc7448 *m)
{
	free(m->chip);
}

/* The PLLs run on, with what they had. */
static void reset(struct mock_vsc7448 *m)
{
	memset(m->chip->calendar, 0, sizeof(m->chip->calendar));
	m->chip->sampling = false;
}

static const struct mv_range ranges[] = {
	{ SOFT_RST, SOFT_RST, read_soft_rst, write_soft_rst },
	{ CAL_SEQ, CAL_SEQ, read_cal_seq, write_cal_seq },
	{ PLL_CFG2(0), PLL_CFG2(1), NULL, write_pll },
	{ PLL_STAT(0), PLL_STAT(1), read_pll, NULL },
	{ TEMP_CTRL, TEMP_CTRL, NULL, write_temp_ctrl },
	{ TEMP_STAT, TEMP_STAT, read_temp_stat, NULL },
};

const struct mv_part mv_part_chip = {
	.name = "chip",
	.ranges = ranges,
	.n_ranges = sizeof(ranges) / sizeof(ranges[0]),
	.init = init,
	.fini = fini,
	.reset = reset,
};
