/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The chip as a whole: resets, PLLs, the calendar behind its window, the temperature.
 *
 * Modelled after register texts and HOWTO 3: a soft reset takes 50 us, during which SOFT_SWC_RST
 * reads 1; the VCore's system control registers live through it.  A PLL that is started reads
 * its gain 10 ms later.  Calendar entries can be written and read while the calendar is halted.
 * The sensor has a value 0.5 ms after SAMPLE_ENA.
 */
#ifndef DRV_MOCK_VSC7448_CHIP_H
#define DRV_MOCK_VSC7448_CHIP_H

#include "drv/mock_vsc7448/model.h"

#define MV_CALENDAR_MAX 512u

/* The port of calendar entry @slot; 0 where none was written. */
uint32_t mv_calendar_port(const struct mock_vsc7448 *m, uint32_t slot);
uint32_t mv_calendar_length(const struct mock_vsc7448 *m); /* 0: no sequence runs */

/* What the sensor reads; 160 at first. */
void mv_set_temperature(struct mock_vsc7448 *m, uint8_t raw);

/* The next @n starts of PLL @pll go wrong: GAIN_STAT is 1 then. */
void mv_set_bad_starts(struct mock_vsc7448 *m, uint32_t pll, uint32_t n);

#endif
