/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The three serial GPIO controllers: up to 32 ports of 1 to 4 bits each, shifted in and out of the
 * chip over four pins (modes of the pins: hal/vsc7448/gpio.h).
 *
 * Sources: register texts of DEVCPU_GCB:SIO_CTRL; vendor's vtss_jaguar2_misc.c,
 * vtss_cil_misc_sgpio_conf_set() and vtss_cil_misc_sgpio_read().
 */
#ifndef HAL_VSC7448_SGPIO_H
#define HAL_VSC7448_SGPIO_H

#include "hal/vsc7448/vsc7448.h"

#define VSC7448_N_SGPIOS      3u
#define VSC7448_N_SGPIO_PORTS 32u
#define VSC7448_N_SGPIO_BITS  4u

/* What an output bit shows: values of SIO_PORT_CFG.BIT_SOURCE. */
enum vsc7448_sgpio_mode {
	VSC7448_SGPIO_LOW,
	VSC7448_SGPIO_HIGH,
	VSC7448_SGPIO_BLINK0,
	VSC7448_SGPIO_BLINK1,
	VSC7448_SGPIO_ACTIVITY0, /* link activity, in blink mode 0 */
	VSC7448_SGPIO_ACTIVITY1,
	VSC7448_SGPIO_N_MODES
};

struct vsc7448_sgpio_conf {
	uint32_t ports; /* those in use, one bit each */
	uint32_t bits;  /* of each port: 1 to 4 */
	bool run;       /* bursts all the time */
};

struct vsc7448_sgpio {
	struct vsc7448_sgpio_conf conf;
	struct {
		enum vsc7448_sgpio_mode mode;
		bool inverted;
	} out[VSC7448_N_SGPIO_PORTS][VSC7448_N_SGPIO_BITS];
	uint32_t in[VSC7448_N_SGPIO_BITS]; /* bit n of all ports, one bit for each port */
};

/*
 * Sets a controller up: ports, width, bursts without gap, a clock of 12.5 MHz.  Output modes stay.
 * E_RANGE: no such controller, or width.
 */
int vsc7448_sgpio_configure(struct vsc7448 *chip, uint32_t controller,
			    const struct vsc7448_sgpio_conf *conf, struct error *err);

/* What an output bit shows from now on.  E_RANGE. */
struct vsc7448_sgpio_bit {
	uint32_t controller, port, bit;
};
int vsc7448_sgpio_set(struct vsc7448 *chip, const struct vsc7448_sgpio_bit *bit,
		      enum vsc7448_sgpio_mode mode, bool inverted, struct error *err);

/* Configuration and inputs of a controller.  E_RANGE. */
int vsc7448_sgpio_get(struct vsc7448 *chip, uint32_t controller, struct vsc7448_sgpio *sgpio,
		      struct error *err);

const char *vsc7448_sgpio_mode_name(enum vsc7448_sgpio_mode mode); /* "low", "blink0", ... */

#endif
