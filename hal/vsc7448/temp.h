/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The temperature of the chip's die.  Two formulas are published and they differ by up to 20
 * degrees:
 *
 *   register text (DEVCPU_GCB:TEMP_SENSOR:TEMP_SENSOR_STAT)   177.4 - 0.8777 * raw
 *   driver (vtss_jaguar2_misc.c, vtss_cil_misc_chip_temp_get) (197400 - 953 * raw) / 1000
 *
 * The register text's is the one reported: it is the manufacturer's word on this register, while
 * the driver gives no reason for its numbers.  The driver's is higher for every raw value, so it
 * is the one to protect the chip by.  Raw 160 is 37.0 or 44.9 degrees.  Unverified on silicon.
 */
#ifndef HAL_VSC7448_TEMP_H
#define HAL_VSC7448_TEMP_H

#include <stdint.h>

#include "hal/vsc7448/vsc7448.h"

struct vsc7448_temperature {
	uint8_t raw;
	int32_t millidegrees;        /* Celsius, by the register text */
	int32_t driver_millidegrees; /* by the vendor's driver */
};

/* Both formulas, without a chip. */
struct vsc7448_temperature vsc7448_temperature_of(uint8_t raw);

/*
 * Switches the sensor on if it is off (it stays on) and waits for a valid value: at most 100 ms,
 * where a measurement takes 0.5 ms.  E_TIMEOUT names TEMP_VALID.
 */
int vsc7448_temperature_read(struct vsc7448 *chip, struct error *err,
			     struct vsc7448_temperature *temperature);

#endif
