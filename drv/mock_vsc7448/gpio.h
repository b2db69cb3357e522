/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The model's pins: general purpose ones, which read what they drive or what is outside, and the
 * shift registers of the serial GPIO controllers.  Outside is high (pull-ups) until told.  A change of
 * a pin's level latches its bit in GPIO_INTR.  Alternate functions survive a soft reset.
 */
#ifndef DRV_MOCK_VSC7448_GPIO_H
#define DRV_MOCK_VSC7448_GPIO_H

#include "drv/mock_vsc7448/model.h"

/* The level outside a pin from now on; a pin that is an output wins over it. */
void mv_gpio_drive(struct mock_vsc7448 *m, uint32_t pin, bool level);

/* The alternate function of a pin: {GPIO_ALT[1], GPIO_ALT[0]}. */
uint32_t mv_gpio_alternate(const struct mock_vsc7448 *m, uint32_t pin);

/* What the shift register outside holds for a port: four bits, low until told. */
void mv_sgpio_drive(struct mock_vsc7448 *m, uint32_t controller, uint32_t port, uint32_t bits);

#endif
