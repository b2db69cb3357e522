/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The mock world: the mock devices of a board (or of a single mock: bus) and the one virtual
 * clock they share.  mock: buses are windows into it.
 */
#ifndef DRV_WORLD_H
#define DRV_WORLD_H

#include "drv/clock.h"
#include "drv/error.h"
#include "drv/mock.h"

struct world;

struct world *world_new(uint64_t seed); /* NULL: out of memory */
void world_free(struct world *world);   /* closes its devices; buses into it must be closed */

struct clock *world_clock(struct world *world); /* virtual, owned by the world */
uint64_t world_seed(const struct world *world);

/*
 * The device called @name, made from @map at its reset state on first use (then @map must be
 * given).  E_NOTFOUND without a map; E_STATE when it exists with another map.
 */
int world_device(struct world *world, const char *name, const struct regdb *map,
		 struct error *err, struct mock **out);

/* The i-th device, NULL past the end, in the order of their making. */
struct mock *world_device_at(struct world *world, size_t i);

#endif
