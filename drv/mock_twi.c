/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/mock_twi.h"

#include <stdlib.h>
#include <string.h>

static const char kind[] = "twi";

static uint64_t key(const struct mock_twi_place *place, uint32_t address)
{
	return (uint64_t)place->controller << 32 | (uint64_t)place->scl << 16 | address;
}

int mock_twi_plug(struct world *world, const char *device, const struct mock_twi_place *place,
		  uint32_t address, const uint8_t bytes[256], struct error *err)
{
	struct mock_twi_memory *memory = calloc(1, sizeof(*memory));
	int rc;

	if (memory == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	memcpy(memory->bytes, bytes, sizeof(memory->bytes));
	rc = world_keep(world, device, kind, key(place, address), memory, free, err);
	if (rc != 0)
		free(memory);
	return rc;
}

struct mock_twi_memory *mock_twi_at(const struct world *world, const char *device,
				    const struct mock_twi_place *place, uint32_t address)
{
	return world_kept(world, device, kind, key(place, address));
}
