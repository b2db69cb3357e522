/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pins, for the drivers that use them: in the queue of another operation. */
#ifndef HAL_VSC7448_GPIO_PRIV_H
#define HAL_VSC7448_GPIO_PRIV_H

#include "hal/vsc7448/gpio.h"
#include "hal/vsc7448/fields.h"

/* Queues the changes of vsc7448_gpio_set_mode(), but leaves the interrupt as it is. */
void vsc7448__gpio_route(struct regio *io, uint32_t pin, enum vsc7448_gpio_mode mode);

/* The alternate modes of all pins as {GPIO_ALT[1], GPIO_ALT[0]}; reads what is not known. */
int vsc7448__gpio_alternates(struct regio *io, uint8_t modes[VSC7448_N_GPIOS]);

#endif
