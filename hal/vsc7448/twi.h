/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The two two-wire (I2C) controllers as master at 100 kbit/s, for memories with a one-byte
 * address, such as SFP modules.
 *
 * Controller 0 has its clock on GPIO 14, or on any one of sixteen pins that a board may use as a
 * multiplexer: each leads the clock to one module, all share the data line on GPIO 15.
 * Controller 1 has GPIO 28 and 29.  A transfer turns its own clock pin on and the other ones off.
 *
 * A read sends the address byte and takes up to seven bytes per round; if a slow bus feeds the FIFO
 * too late, the controller ends the transfer early, and the memory goes on where it was: the bytes
 * are the same.
 *
 * Source: register texts of TWI (a DesignWare controller) and ICPU_CFG:TWI_DELAY; pins: Linux
 * drivers/pinctrl/pinctrl-ocelot.c.  The vendor's driver has no transfer: unverified on silicon.
 */
#ifndef HAL_VSC7448_TWI_H
#define HAL_VSC7448_TWI_H

#include "hal/vsc7448/vsc7448.h"

#define VSC7448_N_TWIS         2u
#define VSC7448_TWI_PLAIN_SCL  UINT32_MAX
#define VSC7448_TWI_TIMEOUT_US 20000u /* for each round */

struct vsc7448_twi {
	uint32_t controller; /* 0 or 1 */
	uint32_t scl;        /* GPIO of the clock, or VSC7448_TWI_PLAIN_SCL */
};

/* Can GPIO @pin carry the multiplexed clock of controller 0? */
bool vsc7448_twi_is_scl(uint32_t pin);

/*
 * Reads @n bytes from @offset of the memory at the 7-bit @address; @offset + @n is at most 256.
 * E_NODEV: nothing acknowledges the address; E_IO: another abort, the text tells the cause;
 * E_TIMEOUT; E_RANGE; E_POLICY: --dry-run, without writes nothing can be read.  @data may hold part
 * of the bytes after a failure.
 */
struct vsc7448_twi_read {
	uint32_t address, offset, n;
	uint8_t *data;
};
int vsc7448_twi_read(struct vsc7448 *chip, const struct vsc7448_twi *twi,
		     const struct vsc7448_twi_read *read, struct error *err);

#endif
