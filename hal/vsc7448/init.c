/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/chip.h"

#include <inttypes.h>

#include "hal/vsc7448/init_priv.h"

/* Memories and counters clear within 40 us (register text); the vendor gives them 10 ms. */
#define MEMORY_US 10000u

/* A register that clears memory when @start is written, and the bit of it that is then 1. */
static const struct memory {
	uint64_t addr;
	uint32_t start, busy;
} memories[] = {
	{ VSC7448_ANA_AC_STAT_GLOBAL_CFG_PORT_STAT_RESET, 1, 1 },
	{ VSC7448_ASM_CFG_STAT_CFG, 1, 1 },
	{ VSC7448_QSYS_RAM_CTRL_RAM_INIT, 3, 2 },
	{ VSC7448_REW_RAM_CTRL_RAM_INIT, 3, 2 },
	{ VSC7448_VOP_RAM_CTRL_RAM_INIT, 3, 2 },
	{ VSC7448_ANA_AC_RAM_CTRL_RAM_INIT, 3, 2 },
	{ VSC7448_ASM_RAM_CTRL_RAM_INIT, 3, 2 },
	{ VSC7448_DSM_RAM_CTRL_RAM_INIT, 3, 2 },
};

#define N_MEMORIES (sizeof(memories) / sizeof(memories[0]))

/* Not while the core runs: it would lose the frames and counters in there. */
static void init_memories(struct regio *io)
{
	uint32_t running;

	if (regio_read(io, VSC7448_QSYS_SYSTEM_RESET_CFG, &running) != 0 || (running & 1) != 0)
		return;
	for (size_t i = 0; i < N_MEMORIES; i++)
		regio_write(io, memories[i].addr, memories[i].start);
	for (size_t i = 0; i < N_MEMORIES; i++)
		regio_wait(io, &(struct regio_wait){ .addr = memories[i].addr,
						     .mask = memories[i].busy,
						     .timeout_us = MEMORY_US });
}

/* --- PLLs -------------------------------------------------------------------------------- */

#define N_PLLS       2u
#define PLL_STARTS   11u /* the first, and 10 more */
#define PLL_LOCK_US  10000u
#define PLL_MIN_GAIN 2u

static void start_pll(struct regio *io, uint32_t i)
{
	for (uint32_t disable = 2; disable-- > 0;)
		regio_fields(io, VSC7448_HSIO_PLL5G_CFG_PLL5G_CFG2(i),
			     F(HSIO_PLL5G_CFG_PLL5G_CFG2, DISABLE_FSM, disable));
}

static void configure_pll(struct regio *io, uint32_t i)
{
	regio_fields(io, VSC7448_HSIO_PLL5G_CFG_PLL5G_CFG4(i),
		     F(HSIO_PLL5G_CFG_PLL5G_CFG4, IB_CTRL, 0x7600));
	regio_fields(io, VSC7448_HSIO_PLL5G_CFG_PLL5G_CFG0(i),
		     F(HSIO_PLL5G_CFG_PLL5G_CFG0, SELBGV820, 4),
		     F(HSIO_PLL5G_CFG_PLL5G_CFG0, LOOP_BW_RES, 14),
		     F(HSIO_PLL5G_CFG_PLL5G_CFG0, ENA_VCO_CONTRH, 0));
	start_pll(io, i);
}

static bool pll_is_good(struct regio *io, uint32_t i, uint32_t *gain)
{
	uint32_t status;

	if (regio_read(io, VSC7448_HSIO_PLL5G_STATUS_PLL5G_STATUS1(i), &status) != 0)
		return false;
	*gain = (uint32_t)reg_field_get(status,
					VSC7448_HSIO_PLL5G_STATUS_PLL5G_STATUS1__GAIN_STAT);
	return *gain >= PLL_MIN_GAIN;
}

/* The VCO can start at the end of its range: then it is started again. */
static void check_pll(struct regio *io, uint32_t i)
{
	uint32_t gain = 0;

	for (uint32_t starts = 1; !pll_is_good(io, i, &gain); starts++) {
		if (regio_flush(io) != 0)
			return;
		if (starts == PLL_STARTS) {
			regio_fail(io, E_STATE,
				   "HSIO:PLL5G_STATUS[%" PRIu32 "]:PLL5G_STATUS1.GAIN_STAT is "
				   "%" PRIu32 " after %u starts of %u ms, not 2 or more: check "
				   "the reference clock",
				   i, gain, PLL_STARTS, PLL_LOCK_US / 1000);
			return;
		}
		start_pll(io, i);
		regio_delay(io, PLL_LOCK_US);
	}
}

static void check_core_clock(struct regio *io)
{
	uint32_t cfg0, khz;

	if (regio_get(io, VSC7448_HSIO_PLL5G_CFG_PLL5G_CFG0(0), &cfg0) != 0)
		return;
	khz = vsc7448__core_khz(cfg0);
	if (khz != 250000)
		regio_fail(io, E_STATE,
			   "the core clock is %" PRIu32 ".%02" PRIu32 " MHz "
			   "(HSIO:PLL5G_CFG[0]:PLL5G_CFG0.CORE_CLK_DIV %u), not 250 MHz",
			   khz / 1000, khz % 1000 / 10, cfg0 & 0x3f);
}

static void init_plls(struct regio *io)
{
	for (uint32_t i = 0; i < N_PLLS; i++)
		configure_pll(io, i);
	regio_delay(io, PLL_LOCK_US);
	for (uint32_t i = 0; i < N_PLLS; i++)
		check_pll(io, i);
	regio_delay(io, 5000); /* of vtss_pll5g_procs.c, for the clocks to settle */
	check_core_clock(io);
}

/* --- the core ---------------------------------------------------------------------------- */

/* Switch core and queues on; the CPU's ports and the loops open. */
static void enable_core(struct regio *io)
{
	regio_put(io, VSC7448_ICPU_CFG_TWI_SPIKE_FILTER_TWI_SPIKE_FILTER_CFG, 5);
	regio_put(io, VSC7448_QSYS_SYSTEM_RESET_CFG, 1);
	for (uint32_t port = VSC7448_N_PORTS; port < VSC7448_N_ALL_PORTS; port++)
		regio_fields(io, VSC7448_QFWD_SYSTEM_SWITCH_PORT_MODE(port),
			     F(QFWD_SYSTEM_SWITCH_PORT_MODE, PORT_ENA, 1));
	/* 250 MHz to the time stamping unit. */
	regio_fields(io, VSC7448_HSIO_PLL5G_CFG_PLL5G_CFG3(1),
		     F(HSIO_PLL5G_CFG_PLL5G_CFG3, CLKOUT2_SEL, 3));
	for (uint32_t port = VSC7448_PORT_CPU0; port <= VSC7448_PORT_CPU1; port++)
		regio_put(io, VSC7448_DSM_CFG_SCH_STOP_WM_CFG(port), 64);
	regio_fields(io, VSC7448_ASM_CFG_CPU_FC_CFG, F(ASM_CFG_CPU_FC_CFG, CPU_FC_WM, 2),
		     F(ASM_CFG_CPU_FC_CFG, CPU_FC_ENA, 1));
}

static int run_steps(struct vsc7448 *chip, struct error *err)
{
	struct regio *io = chip->io;

	init_memories(io);
	init_plls(io);
	enable_core(io);
	vsc7448__init_policers(io);
	vsc7448__init_counters(io);
	vsc7448__init_serdes(io);
	vsc7448__init_cpu(io);
	vsc7448__init_injector(io);
	vsc7448__init_forwarding(io);
	vsc7448__init_upper(io);
	vsc7448__init_classifier(io);
	return regio_end(io, err);
}

int vsc7448_init(struct vsc7448 *chip, const struct vsc7448_port_map *map, unsigned flags,
		 struct error *err)
{
	uint8_t slots[VSC7448_CALENDAR_SLOTS];
	int rc = vsc7448_calendar_make(map, err, slots);

	if (rc == 0 && (flags & VSC7448_INIT_NO_RESET) == 0)
		rc = vsc7448_reset(chip, err);
	if (rc == 0)
		rc = run_steps(chip, err);
	if (rc == 0)
		rc = vsc7448_calendar_set(chip, map, err);
	if (rc != 0)
		return rc;
	vsc7448__init_buffers(chip->io, map);
	return regio_end(chip->io, err);
}
