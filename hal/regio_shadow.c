/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/regio_shadow.h"

#include <stdlib.h>

#include "regmaps/regdb/regdb.h"

void shadow_fini(struct shadow *shadow)
{
	free(shadow->slots);
	shadow->slots = NULL;
	shadow->n_slots = shadow->used = 0;
}

static struct shadow_slot *find(struct shadow_slot *slots, size_t n_slots, uint64_t addr)
{
	size_t i = (size_t)((addr * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & (n_slots - 1);

	while (slots[i].used && slots[i].addr != addr)
		i = (i + 1) & (n_slots - 1);
	return &slots[i];
}

static bool grow(struct shadow *shadow)
{
	size_t n_slots = shadow->n_slots == 0 ? 256 : 2 * shadow->n_slots;
	struct shadow_slot *slots = calloc(n_slots, sizeof(*slots));

	if (slots == NULL)
		return false;
	for (size_t i = 0; i < shadow->n_slots; i++)
		if (shadow->slots[i].used)
			*find(slots, n_slots, shadow->slots[i].addr) = shadow->slots[i];
	free(shadow->slots);
	shadow->slots = slots;
	shadow->n_slots = n_slots;
	return true;
}

/* All registers fill their word; where the map has none it is plain storage. */
static void describe(const struct regdb *db, struct shadow_slot *slot)
{
	const struct regdb_node *node;
	struct regdb_ref ref;

	slot->readable = slot->writable = UINT32_MAX;
	if (regdb_find_addr(db, slot->addr, &ref, 1) == 0)
		return;
	node = regdb_node(db, ref.node);
	slot->readable = (uint32_t)node->m_read;
	slot->writable = (uint32_t)node->m_write;
	slot->neutral_0 = (uint32_t)node->m_zero;
	slot->neutral_1 = (uint32_t)node->m_one;
	slot->acts = (uint32_t)(node->m_zero | node->m_one | node->m_hazard);
	slot->reset = (uint32_t)node->reset;
	slot->read_again =
		(node->m_volatile & node->m_write & ~(node->m_zero | node->m_one)) != 0;
}

struct shadow_slot *shadow_at(struct shadow *shadow, uint64_t addr)
{
	struct shadow_slot *slot;

	if (2 * (shadow->used + 1) > shadow->n_slots && !grow(shadow))
		return NULL;
	slot = find(shadow->slots, shadow->n_slots, addr);
	if (!slot->used) {
		slot->used = true;
		slot->addr = addr;
		shadow->used++;
		describe(shadow->db, slot);
	}
	return slot;
}

void shadow_forget(struct shadow *shadow, uint64_t first, uint64_t last)
{
	for (size_t i = 0; i < shadow->n_slots; i++)
		if (shadow->slots[i].addr >= first && shadow->slots[i].addr <= last)
			shadow->slots[i].known = false;
}
