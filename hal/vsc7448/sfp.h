/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SFP modules behind the chip's two-wire buses; what their bytes mean: hal/sfp.h. */
#ifndef HAL_VSC7448_SFP_H
#define HAL_VSC7448_SFP_H

#include "hal/sfp.h"
#include "hal/vsc7448/twi.h"

struct vsc7448_sfp {
	uint8_t a0[SFP_IDENTITY_BYTES];
	struct sfp_identity identity;
	bool has_diag; /* diag holds something */
	struct sfp_diag diag;
};

/*
 * Identity, and diagnostics where the module has them at address 0x51.  E_NODEV: no module
 * answers; else as vsc7448_twi_read().  Wrong checksums are no error: the identity tells.  A module
 * that promises diagnostics but does not answer for them, or wants an address change first (SFF-8472
 * byte 92 bit 2), has none.
 */
int vsc7448_sfp_read(struct vsc7448 *chip, const struct vsc7448_twi *twi,
		     struct vsc7448_sfp *sfp, struct error *err);

#endif
