/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/wordmap.h"

#include <stdlib.h>

#include "drv/error.h"

/* Open addressing, linear probing; n_slots is a power of two and at most half full. */
struct wordmap_slot {
	uint64_t key; /* addr + 1, so that 0 is a free slot: addresses are multiples of 4 */
	uint32_t value;
};

void wordmap_fini(struct wordmap *map)
{
	free(map->slots);
	*map = (struct wordmap){ .slots = NULL };
}

static struct wordmap_slot *probe(const struct wordmap *map, uint64_t key)
{
	size_t i = (size_t)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 20) & (map->n_slots - 1);

	while (map->slots[i].key != 0 && map->slots[i].key != key)
		i = (i + 1) & (map->n_slots - 1);
	return &map->slots[i];
}

const uint32_t *wordmap_find(const struct wordmap *map, uint64_t addr)
{
	const struct wordmap_slot *slot;

	if (map->used == 0)
		return NULL;
	slot = probe(map, addr + 1);
	return slot->key == 0 ? NULL : &slot->value;
}

static int grow(struct wordmap *map)
{
	struct wordmap bigger = { .n_slots = map->n_slots == 0 ? 16 : 2 * map->n_slots };

	bigger.slots = calloc(bigger.n_slots, sizeof(*bigger.slots));
	if (bigger.slots == NULL)
		return E_NOMEM;
	for (size_t i = 0; i < map->n_slots; i++)
		if (map->slots[i].key != 0)
			*probe(&bigger, map->slots[i].key) = map->slots[i];
	free(map->slots);
	map->slots = bigger.slots;
	map->n_slots = bigger.n_slots;
	return E_OK;
}

int wordmap_put(struct wordmap *map, uint64_t addr, uint32_t value)
{
	struct wordmap_slot *slot;

	if (2 * (map->used + 1) > map->n_slots) {
		int rc = grow(map);

		if (rc != E_OK)
			return rc;
	}
	slot = probe(map, addr + 1);
	map->used += slot->key == 0;
	slot->key = addr + 1;
	slot->value = value;
	return E_OK;
}

size_t wordmap_bytes(const struct wordmap *map)
{
	return map->n_slots * sizeof(*map->slots);
}
