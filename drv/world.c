/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/world.h"

#include <stdlib.h>
#include <string.h>

#include "drv/mock_btc.h"
#include "drv/mock_priv.h"
#include "drv/mock_vsc7448.h"

/* Behaviour models by the name of the map. */
static const struct {
	const char *map;
	int (*attach)(struct mock *mock, struct world *world, struct error *err);
} models[] = {
	{ "btc", mock_btc_attach },
	{ "vsc7448", mock_vsc7448_attach },
};

/* What is at one end of a plug. */
struct plug {
	char *device;
	uint32_t port;
	struct world_end end; /* its device text belongs to the plug of the other end */
};

/* Something that the world keeps for a model. */
struct kept {
	char *device;
	const char *kind;
	uint64_t place;
	void *thing;
	void (*release)(void *thing);
};

struct world {
	struct clock *clock;
	uint64_t seed;
	struct mock **devices;
	size_t n_devices;
	struct plug **plugs;
	size_t n_plugs;
	uint64_t changes;
	struct kept *kept;
	size_t n_kept;
};

struct world *world_new(uint64_t seed)
{
	struct world *world = calloc(1, sizeof(*world));

	if (world == NULL)
		return NULL;
	world->seed = seed;
	world->clock = clock_virtual_new();
	if (world->clock == NULL) {
		free(world);
		return NULL;
	}
	return world;
}

void world_free(struct world *world)
{
	if (world == NULL)
		return;
	for (size_t i = world->n_devices; i-- > 0;)
		mock__free(world->devices[i]);
	free(world->devices);
	for (size_t i = 0; i < world->n_plugs; i++) {
		free(world->plugs[i]->device);
		free(world->plugs[i]);
	}
	free(world->plugs);
	for (size_t i = 0; i < world->n_kept; i++) {
		world->kept[i].release(world->kept[i].thing);
		free(world->kept[i].device);
	}
	free(world->kept);
	clock_free(world->clock);
	free(world);
}

struct clock *world_clock(struct world *world)
{
	return world->clock;
}

uint64_t world_seed(const struct world *world)
{
	return world->seed;
}

uint64_t world_changes(const struct world *world)
{
	return world->changes;
}

struct mock *world_device_at(struct world *world, size_t i)
{
	return i < world->n_devices ? world->devices[i] : NULL;
}

struct mock *world_device_find(const struct world *world, const char *name)
{
	for (size_t i = 0; i < world->n_devices; i++)
		if (strcmp(mock_name(world->devices[i]), name) == 0)
			return world->devices[i];
	return NULL;
}

static struct mock *make(struct world *world, const char *name, const struct regdb *map)
{
	struct mock **devices =
		realloc(world->devices, (world->n_devices + 1) * sizeof(struct mock *));
	struct mock *mock;

	if (devices == NULL)
		return NULL;
	world->devices = devices;
	mock = mock__new(name, map, world->clock);
	if (mock != NULL)
		devices[world->n_devices++] = mock;
	return mock;
}

static int other_map(const struct mock *mock, const struct regdb *map, struct error *err)
{
	const char *have = regdb_name(mock_map(mock)), *want = regdb_name(map);

	if (strcmp(have, want) == 0)
		return error_set(err, E_STATE, "mock device %s exists with another %s map",
				 mock_name(mock), have);
	return error_set(err, E_STATE, "mock device %s exists with map %s, not %s",
			 mock_name(mock), have, want);
}

int world_device(struct world *world, const char *name, const struct regdb *map,
		 struct error *err, struct mock **out)
{
	struct mock *mock = world_device_find(world, name);

	if (mock == NULL && map == NULL)
		return error_set(err, E_NOTFOUND, "the mock world has no device %s", name);
	if (mock != NULL && map != NULL && map != mock_map(mock))
		return other_map(mock, map, err);
	if (mock == NULL)
		mock = make(world, name, map);
	if (mock == NULL)
		return error_set(err, E_NOMEM, "mock device %s: out of memory", name);
	*out = mock;
	return E_OK;
}

int world_model(struct world *world, struct mock *mock, struct error *err)
{
	if (mock->modelled)
		return E_OK;
	for (size_t i = 0; i < sizeof(models) / sizeof(models[0]); i++) {
		int rc;

		if (strcmp(models[i].map, regdb_name(mock_map(mock))) != 0)
			continue;
		rc = models[i].attach(mock, world, err);
		if (rc != E_OK)
			return rc;
	}
	mock->modelled = true;
	world->changes++;
	return E_OK;
}

/* The plug of a port, made when there is none yet; NULL: out of memory. */
static struct plug *plug_at(struct world *world, const char *device, uint32_t port)
{
	struct plug **plugs, *plug;

	for (size_t i = 0; i < world->n_plugs; i++)
		if (world->plugs[i]->port == port &&
		    strcmp(world->plugs[i]->device, device) == 0)
			return world->plugs[i];
	plugs = realloc(world->plugs, (world->n_plugs + 1) * sizeof(struct plug *));
	if (plugs == NULL)
		return NULL;
	world->plugs = plugs;
	plug = calloc(1, sizeof(*plug));
	if (plug == NULL)
		return NULL;
	plug->device = strdup(device);
	plug->port = port;
	if (plug->device == NULL) {
		free(plug);
		return NULL;
	}
	plugs[world->n_plugs++] = plug;
	return plug;
}

/* The other end of a cable is free again. */
static void unplug(struct world *world, struct plug *plug)
{
	struct plug *other;

	if (plug->end.kind == WORLD_END_PORT) {
		other = plug_at(world, plug->end.device, plug->end.port);
		if (other != NULL)
			other->end = (struct world_end){ .kind = WORLD_END_NONE };
	}
	plug->end = (struct world_end){ .kind = WORLD_END_NONE };
}

int world_plug(struct world *world, const char *device, uint32_t port,
	       const struct world_end *end, struct error *err)
{
	struct plug *plug = plug_at(world, device, port), *other = NULL;

	if (plug != NULL && end->kind == WORLD_END_PORT)
		other = plug_at(world, end->device, end->port);
	if (plug == NULL || (end->kind == WORLD_END_PORT && other == NULL))
		return error_set(err, E_NOMEM, "out of memory");
	world->changes++;
	unplug(world, plug);
	plug->end = *end;
	if (other == NULL)
		return E_OK;
	unplug(world, other);
	plug->end.device = other->device;
	other->end = (struct world_end){ .kind = WORLD_END_PORT,
					 .device = plug->device,
					 .port = plug->port };
	return E_OK;
}

struct world_end world_end_of(const struct world *world, const char *device, uint32_t port)
{
	for (size_t i = 0; i < world->n_plugs; i++)
		if (world->plugs[i]->port == port &&
		    strcmp(world->plugs[i]->device, device) == 0)
			return world->plugs[i]->end;
	return (struct world_end){ .kind = WORLD_END_NONE };
}

static struct kept *kept_at(const struct world *world, const char *device, const char *kind,
			    uint64_t place)
{
	for (size_t i = 0; i < world->n_kept; i++) {
		struct kept *kept = &world->kept[i];

		if (kept->place == place && strcmp(kept->kind, kind) == 0 &&
		    strcmp(kept->device, device) == 0)
			return kept;
	}
	return NULL;
}

void *world_kept(const struct world *world, const char *device, const char *kind,
		 uint64_t place)
{
	const struct kept *kept = kept_at(world, device, kind, place);

	return kept == NULL ? NULL : kept->thing;
}

static struct kept *kept_new(struct world *world, const char *device)
{
	struct kept *all = realloc(world->kept, (world->n_kept + 1) * sizeof(*all));
	char *name = strdup(device);

	if (all != NULL)
		world->kept = all;
	if (all == NULL || name == NULL) {
		free(name);
		return NULL;
	}
	all[world->n_kept] = (struct kept){ .device = name };
	return &all[world->n_kept++];
}

int world_keep(struct world *world, const char *device, const char *kind, uint64_t place,
	       void *thing, void (*release)(void *thing), struct error *err)
{
	struct kept *kept = kept_at(world, device, kind, place);

	if (kept != NULL)
		kept->release(kept->thing);
	else
		kept = kept_new(world, device);
	if (kept == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	kept->kind = kind;
	kept->place = place;
	kept->thing = thing;
	kept->release = release;
	return 0;
}
