/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The behaviour model of the VSC7448: what its register description cannot say.  It is made of
 * parts, a file each in drv/mock_vsc7448/, and joins every `mock:` device whose map is vsc7448
 * (`mock:,plain` leaves it out).  What is outside the chip (cables, blades, SFP modules) belongs
 * to the world (drv/world.h).
 */
#ifndef DRV_MOCK_VSC7448_H
#define DRV_MOCK_VSC7448_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/error.h"

struct mock;
struct mock_vsc7448;
struct world;

/* Attaches the model to a device of @world with the map vsc7448.  E_NOMEM. */
int mock_vsc7448_attach(struct mock *mock, struct world *world, struct error *err);

/* The model of a device; NULL when it has none. */
struct mock_vsc7448 *mock_vsc7448_of(struct mock *mock);

/*
 * How far the eye of a 10G port (49 to 52) is open: half axes in phase codes and threshold codes, and
 * the noise on its edge in parts of them.  E_RANGE: another port.
 */
int mock_vsc7448_set_eye(struct mock_vsc7448 *m, uint32_t port, double half_width,
			 double half_height, double noise);

/* Share of wrong bits on the lanes of a port, 0 to 0.5, as test patterns see it; 0 at first. */
int mock_vsc7448_set_error_rate(struct mock_vsc7448 *m, uint32_t port, double rate);

#endif
