/* SPDX-License-Identifier: GPL-2.0-or-later */
/* States of the chip from which operations are compared: those of the fixtures' README. */
#ifndef TESTS_LIB_VENDOR_START_H
#define TESTS_LIB_VENDOR_START_H

#include "hal/vsc7448/vsc7448.h"

/* Steps for vendor_try(); @arg is not used. */

/* Initialized with the base map. */
int vendor_start_init(struct vsc7448 *chip, const void *arg, struct error *err);

/* And all ports forward. */
int vendor_start_forwarding(struct vsc7448 *chip, const void *arg, struct error *err);

#endif
