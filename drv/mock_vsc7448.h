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

/*
 * Frames are without FCS, as software sees them; counters include it.
 *
 * A frame arrives from the wire at a port of the front and everything that follows from it
 * happens: what leaves goes to what is plugged in, which may be other ports of the world.  E_STATE:
 * the port has no link, the frame is lost.  E_RANGE: no such port, or a length outside 14..16384.
 * From within a host's receive function or a tap the frame is queued.
 */
int mock_vsc7448_inject(struct mock_vsc7448 *model, uint32_t port, const uint8_t *frame,
			size_t len);

/* Sees every frame that leaves a port of the front; one tap per device, NULL for none. */
typedef void (*mock_vsc7448_tap)(void *arg, uint32_t port, const uint8_t *frame, size_t len);
void mock_vsc7448_set_tap(struct mock_vsc7448 *model, mock_vsc7448_tap tap, void *arg);

/*
 * Frames that were given up because plugs and tables lead them in circles: one that passed 64
 * cables, or more than 100000 that follow from one.
 */
uint64_t mock_vsc7448_lost_in_loops(struct mock_vsc7448 *model);

#endif
