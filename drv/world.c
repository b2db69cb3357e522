/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/world.h"

#include <stdlib.h>
#include <string.h>

#include "drv/mock_priv.h"

struct world {
	struct clock *clock;
	uint64_t seed;
	struct mock **devices;
	size_t n_devices;
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

struct mock *world_device_at(struct world *world, size_t i)
{
	return i < world->n_devices ? world->devices[i] : NULL;
}

static struct mock *find(const struct world *world, const char *name)
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
	struct mock *mock = find(world, name);

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
