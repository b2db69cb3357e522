/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A mock device: registers that behave as their description says, for any map, without a line
 * of code: reset values, read-only and write-only, every onread and onwrite, singlepulse,
 * polled shots (hwclr: set by software, cleared by "hardware" after latency_us), counters,
 * sticky bits.  Storage is sparse: only words that were touched cost memory.
 *
 * Software reaches it through a `mock:` bus; models and tests stand on its hardware side.
 */
#ifndef DRV_MOCK_H
#define DRV_MOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/error.h"

struct clock;
struct mock;
struct regdb;

const char *mock_name(const struct mock *mock);
const struct regdb *mock_map(const struct mock *mock);
struct clock *mock_clock(const struct mock *mock);

/*
 * The software side, as the bus sees it: one aligned 32-bit access at an absolute address, with
 * all its side effects.  Addresses without a register read 0 and ignore writes; with the mock:
 * parameter `strict` they are E_IO.
 */
int mock_sw_read(struct mock *mock, uint64_t addr, uint32_t *value, struct error *err);
int mock_sw_write(struct mock *mock, uint64_t addr, uint32_t value, struct error *err);

/*
 * The hardware side: the word as it stands, no side effects, any bits.  Where a read-only and a
 * write-only register share an address, it is the readable one that is stored; what software
 * writes to the other goes to the write hooks only.  Put: E_NOMEM.
 */
uint32_t mock_hw_get(const struct mock *mock, uint64_t addr);
int mock_hw_put(struct mock *mock, uint64_t addr, uint32_t value);

/* Hardware sets the given bits of a word (sticky and interrupt bits latch as described). */
int mock_hw_set(struct mock *mock, uint64_t addr, uint32_t bits);

/*
 * From a model's write hook: the shots among @bits, which software has just set, are the
 * model's to clear (mock_hw_put()); without this they clear after their latency.
 */
void mock_hw_hold(struct mock *mock, uint64_t addr, uint32_t bits);

/*
 * A counter field whose lowest bit is bit @lsb of the word at @addr counts @by events,
 * wrapping or saturating as described.  E_NOTFOUND: no counter field starts there.
 */
int mock_hw_count(struct mock *mock, uint64_t addr, unsigned lsb, uint64_t by);

/* All registers back to their reset values; pending shots are forgotten. */
void mock_reset(struct mock *mock);

/*
 * A model adds what a description cannot say.  Hooks run around the generic behaviour: @read
 * may replace the value about to be returned (the read's side effect has been applied), @write
 * runs after the generic write with the value that software wrote, while shots are still set.
 * Their codes fail the access.  Hooks of several models run in the order of attaching.  Optional
 * members may be NULL.  The mock calls @free on close, and leaves @model to the caller when
 * mock_attach() fails (E_NOMEM).
 */
struct mock_model {
	const char *name;
	int (*read)(void *model, struct mock *mock, uint64_t addr, uint32_t *value);
	int (*write)(void *model, struct mock *mock, uint64_t addr, uint32_t value);
	void (*free)(void *model);
};
int mock_attach(struct mock *mock, const struct mock_model *ops, void *model,
		struct error *err);

/* The model that was attached with @ops; NULL: none. */
void *mock_model_find(const struct mock *mock, const struct mock_model *ops);

/* Bytes of register storage in use, for tests of sparseness. */
size_t mock_memory_bytes(const struct mock *mock);

#endif
