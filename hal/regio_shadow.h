/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is known of registers, by address: a hash table; for regio.c. */
#ifndef HAL_REGIO_SHADOW_H
#define HAL_REGIO_SHADOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct regdb;

struct shadow_slot {
	uint64_t addr;
	uint32_t value;
	bool used;       /* otherwise the slot is free */
	bool known;      /* value is that of the register, but for bits that hardware writes */
	bool read_again; /* software writes bits that hardware changes: never known */
	uint32_t neutral_0, neutral_1; /* written as 0 or 1 they are left alone */
	uint32_t acts;                 /* bits where writing the same value does something */
	uint32_t readable, writable;
	uint32_t reset;
	uint32_t pass; /* of regio: already looked at in this pass */
};

struct shadow {
	const struct regdb *db;
	struct shadow_slot *slots;
	size_t n_slots, used;
};

/* All zero but db is an empty shadow. */
void shadow_fini(struct shadow *shadow);

/* The slot of a register, made on first use; valid until the next call.  NULL: out of memory. */
struct shadow_slot *shadow_at(struct shadow *shadow, uint64_t addr);

/* Nothing in [first, last] is known any more. */
void shadow_forget(struct shadow *shadow, uint64_t first, uint64_t last);

#endif
