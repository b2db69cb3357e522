/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A sparse map from word addresses to 32-bit values, for the few words that somebody remembers:
 * the overlay of a dry run, the spent bits of write-once fields.
 */
#ifndef DRV_WORDMAP_H
#define DRV_WORDMAP_H

#include <stddef.h>
#include <stdint.h>

/* The caller's storage; all zero is an empty map. */
struct wordmap {
	struct wordmap_slot *slots;
	size_t n_slots, used;
};

void wordmap_fini(struct wordmap *map); /* frees; the map is then empty */

/* The value at @addr (a multiple of 4), or NULL.  Valid until the next wordmap_put(). */
const uint32_t *wordmap_find(const struct wordmap *map, uint64_t addr);

/* E_NOMEM leaves the map as it was. */
int wordmap_put(struct wordmap *map, uint64_t addr, uint32_t value);

size_t wordmap_bytes(const struct wordmap *map);

#endif
