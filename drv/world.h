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

/* Joins the behaviour model that fits the device's map, once; maps without one stay plain. */
int world_model(struct world *world, struct mock *mock, struct error *err);

/*
 * What is plugged into a port of a mock device.  A cable is entered once and found from both
 * ends.  A host is a server with one port: a link partner that is always ready, and whatever
 * takes its frames.
 */
enum world_end_kind {
	WORLD_END_NONE, /* nothing plugged in */
	WORLD_END_LOOP, /* a plug that returns what is sent */
	WORLD_END_PORT, /* a cable to port @port of device @device */
	WORLD_END_HOST,
};

struct world_host {
	uint8_t mac[6];
	/* A frame without FCS has reached the host; NULL: it is only counted. */
	void (*receive)(void *arg, const uint8_t *frame, size_t len);
	void *arg;
	uint64_t n_received; /* counted by the world's devices */
};

struct world_end {
	enum world_end_kind kind;
	const char *device;      /* PORT */
	uint32_t port;           /* PORT */
	struct world_host *host; /* HOST: borrowed; the caller keeps it as long as the world */
};

/*
 * Plugs @end into port @port of the device called @device, in place of what was there; a cable
 * replaces what was at its other end too.  Devices need not exist yet.  E_NOMEM.
 */
int world_plug(struct world *world, const char *device, uint32_t port,
	       const struct world_end *end, struct error *err);

/* What is plugged in; WORLD_END_NONE where nothing was said. */
struct world_end world_end_of(const struct world *world, const char *device, uint32_t port);

/* Grows whenever something is plugged, pulled or made: what was found before may be wrong. */
uint64_t world_changes(const struct world *world);

/*
 * Things around a device that its model knows and the world only keeps: PHYs on an MDIO bus, SFP
 * modules on a two-wire bus.  @kind tells them apart, a name of the model's own that outlives the
 * world; @place is the model's too.  The world frees @thing, also what was there before.  On
 * failure (E_NOMEM) @thing stays the caller's.
 */
int world_keep(struct world *world, const char *device, const char *kind, uint64_t place,
	       void *thing, void (*release)(void *thing), struct error *err);
void *world_kept(const struct world *world, const char *device, const char *kind,
		 uint64_t place); /* NULL: nothing is there */

/* The device called @name, or NULL. */
struct mock *world_device_find(const struct world *world, const char *name);

/* The i-th device, NULL past the end, in the order of their making. */
struct mock *world_device_at(struct world *world, size_t i);

#endif
