/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The chip as a whole: its reset, its initialization, what state it is in.
 *
 * Sources: HOWTO 3, 5a; MESA base/jaguar2/vtss_jaguar2.c, vtss_cil_init_conf_set() and
 * vtss_cil_port_map_set(); register texts.
 */
#ifndef HAL_VSC7448_CHIP_H
#define HAL_VSC7448_CHIP_H

#include <stdbool.h>
#include <stdint.h>

#include "hal/vsc7448/calendar.h"
#include "hal/vsc7448/vsc7448.h"

/*
 * Resets the switch core: all tables and ports are at their reset values and traffic stops.  The
 * VCore is protected, directions and levels of GPIOs and the serial interface's settings (byte
 * order, padding: rewritten before every poll) are restored, the identity is checked again.
 * E_TIMEOUT: SOFT_SWC_RST did not clear within 100 ms.  After a failure halfway GPIOs may be
 * inputs.
 */
int vsc7448_reset(struct vsc7448 *chip, struct error *err);

enum vsc7448_init_flag {
	VSC7448_INIT_NO_RESET = 1 << 0, /* goes over a chip that is as it is: traffic suffers */
};

/*
 * Brings the chip from any state to one where ports can be set up: reset, memories, PLLs, all
 * SerDes macros off, tables with the values that MESA's vtss_init_conf_set() and
 * vtss_port_map_set() leave, the calendar for @map.  All ports are closed: VLAN 1 holds them,
 * nothing is limited, routed or mirrored.
 *
 * E_RANGE: the map, before anything is done (vsc7448_calendar_make()).  E_TIMEOUT: memories,
 * policers, macros or TCAMs were not ready in time, the text names the bit.  E_STATE: a PLL did
 * not start, or the core clock is not 250 MHz, for which the time constants here are.  After a
 * failure the chip is in between: initialize it again.
 */
int vsc7448_init(struct vsc7448 *chip, const struct vsc7448_port_map *map, unsigned flags,
		 struct error *err);

struct vsc7448_chip_state {
	bool core_enabled;    /* QSYS:SYSTEM:RESET_CFG.CORE_ENA: somebody has initialized it */
	bool memory_failed;   /* DEVCPU_GCB:CHIP_REGS:HW_STAT.MEM_FAIL */
	uint32_t core_khz;    /* by the PLL's divider; 0: not a divider that the text knows */
	uint32_t cycle_ps;    /* what the scheduler takes the core clock's period to be */
	uint32_t pll_gain[2]; /* GAIN_STAT: 2 and more is a good start */
	uint32_t calendar_mode; /* CAL_MODE: 9 is a programmed sequence, 10 halted */
	vsc7448_ports open; /* ports with SWITCH_PORT_MODE.PORT_ENA, CPU and loops included */
};

/* Reads it: some 65 accesses. */
int vsc7448_chip_state(struct vsc7448 *chip, struct error *err,
		       struct vsc7448_chip_state *state);

#endif
