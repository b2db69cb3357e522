/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The 64 general purpose pins: direction, level, and the functions that pins can carry instead.
 *
 * Sources: register texts of DEVCPU_GCB:GPIO; order of the steps: vendor's
 * vtss_jaguar2_misc.c, vtss_jr2_gpio_mode() and vtss_cil_misc_gpio_write(); functions of the pins:
 * Linux drivers/pinctrl/pinctrl-ocelot.c, table of the jaguar2.
 */
#ifndef HAL_VSC7448_GPIO_H
#define HAL_VSC7448_GPIO_H

#include "hal/vsc7448/vsc7448.h"

#define VSC7448_N_GPIOS 64u

/* ALT1 to ALT3 are values of {GPIO_ALT[1], GPIO_ALT[0]}, which soft resets keep. */
enum vsc7448_gpio_mode {
	VSC7448_GPIO_IN,
	VSC7448_GPIO_OUT,
	VSC7448_GPIO_ALT1,
	VSC7448_GPIO_ALT2,
	VSC7448_GPIO_ALT3,
	VSC7448_GPIO_N_MODES
};

struct vsc7448_gpio {
	enum vsc7448_gpio_mode mode;
	bool out;     /* what the pin drives as VSC7448_GPIO_OUT */
	bool in;      /* its level */
	bool changed; /* GPIO_INTR: the input changed since that was cleared */
};

/* All pins, in one transfer of reads. */
int vsc7448_gpio_get(struct vsc7448 *chip, struct vsc7448_gpio gpios[VSC7448_N_GPIOS],
		     struct error *err);

/* Changes the level that a pin drives, now or once it is an output.  One write. */
int vsc7448_gpio_set(struct vsc7448 *chip, uint32_t pin, bool level, struct error *err);

/*
 * What a pin is for.  Its interrupt is disabled first.  E_NOTSUP: the pin has no such alternate
 * function; nothing was written.
 */
int vsc7448_gpio_set_mode(struct vsc7448 *chip, uint32_t pin, enum vsc7448_gpio_mode mode,
			  struct error *err);

/* The pin's function in a mode: "TWI", "MIIM1", ...; "GPIO" for IN and OUT; NULL: none. */
const char *vsc7448_gpio_function(uint32_t pin, enum vsc7448_gpio_mode mode);

/* "in", "out", "alt1", ... */
const char *vsc7448_gpio_mode_name(enum vsc7448_gpio_mode mode);

#endif
