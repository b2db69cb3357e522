/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/chip.h"

#include "hal/vsc7448/vsc7448_priv.h"

#define SOFT_RST   VSC7448_DEVCPU_GCB_CHIP_REGS_SOFT_RST
#define IF_CTRL    VSC7448_DEVCPU_ORG_DEVCPU_ORG_IF_CTRL
#define IF_CFGSTAT VSC7448_DEVCPU_ORG_DEVCPU_ORG_IF_CFGSTAT

/* Reset takes microseconds; the vendor gives it 100 ms. */
#define RESET_POLLS   100u
#define RESET_POLL_US 1000u

/* What a reset clears and somebody outside the switch core relies on. */
enum { GPIO_OUT, GPIO_OUT1, GPIO_OE, GPIO_OE1, KEPT_IF_CTRL, KEPT_IF_CFGSTAT, N_KEPT };

static const uint64_t kept_addrs[N_KEPT] = {
	VSC7448_DEVCPU_GCB_GPIO_GPIO_OUT,
	VSC7448_DEVCPU_GCB_GPIO_GPIO_OUT1,
	VSC7448_DEVCPU_GCB_GPIO_GPIO_OE,
	VSC7448_DEVCPU_GCB_GPIO_GPIO_OE1,
	IF_CTRL,
	IF_CFGSTAT,
};

static bool is_over_si(const uint32_t *kept)
{
	return reg_field_get(kept[KEPT_IF_CFGSTAT],
			     VSC7448_DEVCPU_ORG_DEVCPU_ORG_IF_CFGSTAT__IF_NUM) ==
	       VSC7448_DEVCPU_ORG_DEVCPU_ORG_IF_CFGSTAT__IF_NUM__SI;
}

/* The low four bits in the form that both byte orders read alike (text of IF_CTRL). */
static void restore_si(struct regio *io, const uint32_t *kept)
{
	if (!is_over_si(kept))
		return;
	regio_write(io, IF_CTRL, (kept[KEPT_IF_CTRL] & 0xf) * 0x01010101u | 0x80808080u);
	regio_write(io, IF_CFGSTAT, kept[KEPT_IF_CFGSTAT]);
}

/* Over SI not one wait of 100 ms: until the reset is over it can clear the padding again. */
static void wait_for_reset(struct regio *io, const uint32_t *kept)
{
	uint32_t value = 2;

	if (!is_over_si(kept)) {
		regio_wait(io, &(struct regio_wait){
				       .addr = SOFT_RST,
				       .mask = 2,
				       .timeout_us = RESET_POLLS * RESET_POLL_US,
				       .every_us = RESET_POLL_US,
			       });
		return;
	}
	for (uint32_t i = 0; (value & 2) != 0; i++) {
		if (i > RESET_POLLS) {
			regio_fail(io, E_TIMEOUT,
				   "DEVCPU_GCB:CHIP_REGS:SOFT_RST.SOFT_SWC_RST was not 0x0 "
				   "within %u us, last 0x1",
				   RESET_POLLS * RESET_POLL_US);
			return;
		}
		if (i > 0)
			regio_delay(io, RESET_POLL_US);
		restore_si(io, kept);
		if (regio_read(io, SOFT_RST, &value) != 0)
			return;
	}
	restore_si(io, kept);
}

static void restore_gpio(struct regio *io, const uint32_t *kept)
{
	for (uint32_t i = GPIO_OUT; i <= GPIO_OE1; i++)
		if (kept[i] != 0)
			regio_write(io, kept_addrs[i], kept[i]);
}

int vsc7448_reset(struct vsc7448 *chip, struct error *err)
{
	struct regio *io = chip->io;
	uint32_t kept[N_KEPT];
	int rc;

	if (regio_read_many(io, kept_addrs, N_KEPT, kept) != 0)
		return regio_end(io, err);
	regio_write(io, VSC7448_ICPU_CFG_CPU_SYSTEM_CTRL_RESET,
		    (uint32_t)reg_field_mask(
			    VSC7448_ICPU_CFG_CPU_SYSTEM_CTRL_RESET__CORE_RST_PROTECT));
	regio_write(
		io, SOFT_RST,
		(uint32_t)reg_field_mask(VSC7448_DEVCPU_GCB_CHIP_REGS_SOFT_RST__SOFT_SWC_RST));
	wait_for_reset(io, kept);
	rc = regio_end(io, err);
	regio_forget(io);
	if (rc == 0)
		rc = vsc7448__identify(chip, err);
	if (rc != 0)
		return rc;
	restore_gpio(io, kept);
	return regio_end(io, err);
}

/* --- state ------------------------------------------------------------------------------- */

/* CORE_CLK_DIV: register text of HSIO:PLL5G_CFG:PLL5G_CFG0. */
static uint32_t divider_khz(uint32_t divider)
{
	static const struct {
		uint8_t divider;
		uint32_t khz;
	} table[] = {
		{ 0, 625000 },  { 1, 312500 },  { 2, 500000 },  { 3, 277778 },  { 4, 500000 },
		{ 5, 250000 },  { 6, 416667 },  { 7, 227273 },  { 8, 416667 },  { 9, 208333 },
		{ 10, 357143 }, { 11, 192308 }, { 12, 357143 }, { 13, 178571 }, { 14, 312500 },
		{ 15, 166667 }, { 17, 156250 }, { 33, 625000 },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (table[i].divider == divider)
			return table[i].khz;
	return 0;
}

uint32_t vsc7448__core_khz(uint32_t pll5g_cfg0)
{
	return divider_khz((uint32_t)reg_field_get(
		pll5g_cfg0, VSC7448_HSIO_PLL5G_CFG_PLL5G_CFG0__CORE_CLK_DIV));
}

enum { CORE_ENA, HW_STAT, PLL_CFG0, CLK_PER, PLL_STAT_0, PLL_STAT_1, CAL_CTRL, N_STATE };

int vsc7448_chip_state(struct vsc7448 *chip, struct error *err,
		       struct vsc7448_chip_state *state)
{
	uint64_t addrs[N_STATE + VSC7448_N_ALL_PORTS] = {
		[CORE_ENA] = VSC7448_QSYS_SYSTEM_RESET_CFG,
		[HW_STAT] = VSC7448_DEVCPU_GCB_CHIP_REGS_HW_STAT,
		[PLL_CFG0] = VSC7448_HSIO_PLL5G_CFG_PLL5G_CFG0(0),
		[CLK_PER] = VSC7448_HSCH_HSCH_MISC_SYS_CLK_PER,
		[PLL_STAT_0] = VSC7448_HSIO_PLL5G_STATUS_PLL5G_STATUS1(0),
		[PLL_STAT_1] = VSC7448_HSIO_PLL5G_STATUS_PLL5G_STATUS1(1),
		[CAL_CTRL] = VSC7448_QSYS_CALCFG_CAL_CTRL,
	};
	uint32_t words[N_STATE + VSC7448_N_ALL_PORTS];

	for (uint32_t port = 0; port < VSC7448_N_ALL_PORTS; port++)
		addrs[N_STATE + port] = VSC7448_QFWD_SYSTEM_SWITCH_PORT_MODE(port);
	if (regio_read_many(chip->io, addrs, N_STATE + VSC7448_N_ALL_PORTS, words) != 0)
		return regio_end(chip->io, err);
	*state = (struct vsc7448_chip_state){
		.core_enabled = (words[CORE_ENA] & 1) != 0,
		.memory_failed = (words[HW_STAT] & 1) != 0,
		.core_khz = vsc7448__core_khz(words[PLL_CFG0]),
		.cycle_ps = (words[CLK_PER] & 0xff) * 100,
		.calendar_mode = (uint32_t)reg_field_get(
			words[CAL_CTRL], VSC7448_QSYS_CALCFG_CAL_CTRL__CAL_MODE),
	};
	for (uint32_t i = 0; i < 2; i++)
		state->pll_gain[i] = (uint32_t)reg_field_get(
			words[PLL_STAT_0 + i],
			VSC7448_HSIO_PLL5G_STATUS_PLL5G_STATUS1__GAIN_STAT);
	for (uint32_t port = 0; port < VSC7448_N_ALL_PORTS; port++)
		if (reg_field_get(words[N_STATE + port],
				  VSC7448_QFWD_SYSTEM_SWITCH_PORT_MODE__PORT_ENA) != 0)
			state->open |= UINT64_C(1) << port;
	return 0;
}
