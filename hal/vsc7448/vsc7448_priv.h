/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between the files of the VSC7448 driver. */
#ifndef HAL_VSC7448_VSC7448_PRIV_H
#define HAL_VSC7448_VSC7448_PRIV_H

#include "hal/vsc7448/fields.h"
#include "hal/vsc7448/vsc7448.h"

struct vcap_cache;

struct vsc7448 {
	struct device *dev;
	struct regio *io;
	struct vsc7448_identity identity;
	bool frames_lost_place;  /* an error in the middle of an extracted frame */
	struct vcap_cache *vcap; /* vcap_list.c; NULL: not asked yet */
};

/* Reads CHIP_ID again and checks it as vsc7448_open() does: is the chip still there? */
int vsc7448__identify(struct vsc7448 *chip, struct error *err);

/* The core clock that HSIO:PLL5G_CFG[0]:PLL5G_CFG0 sets, in kHz; 0: an unknown divider. */
uint32_t vsc7448__core_khz(uint32_t pll5g_cfg0);

#endif
