/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Slot plans of the core. */
#include "hal/btc/slots.h"

#include <inttypes.h>

#include "hal/btc/inner_priv.h"
#include "hal/device.h"

#define WORDS 3u /* of a slot: USE, LISTEN_LO, LISTEN_HI */

_Static_assert(BTC_SLOT_NEXT_LISTEN_HI(0) - BTC_SLOT_NEXT_USE(0) == 8 &&
		       BTC_SLOT_ACTIVE_LISTEN_HI(0) - BTC_SLOT_ACTIVE_USE(0) == 8,
	       "the registers of a slot are one word after the other");

static void encode(const struct btc_slot *slot, uint32_t words[WORDS])
{
	uint32_t owner = slot->kind == BTC_SLOT_RESERVED ? slot->owner : 0;

	words[0] = owner | (uint32_t)slot->kind << 8 | (uint32_t)slot->controller << 16;
	words[1] = (uint32_t)slot->blades;
	words[2] = (uint32_t)(slot->blades >> 32);
}

static void decode(const uint32_t words[WORDS], struct btc_slot *slot)
{
	slot->kind = (enum btc_slot_kind)G(words[0], SLOT_NEXT_USE, KIND);
	slot->owner = (uint8_t)G(words[0], SLOT_NEXT_USE, OWNER);
	slot->controller = G(words[0], SLOT_NEXT_USE, LISTEN_CONTROLLER) != 0;
	slot->blades = (uint64_t)words[2] << 32 | words[1];
}

/* Registers of the slots from 1 on, of the table at @base; how many. */
static size_t addresses(uint64_t base, uint32_t n_slots, uint64_t *addrs)
{
	size_t n = 0;

	for (uint32_t i = 1; i < n_slots; i++)
		for (uint32_t word = 0; word < WORDS; word++)
			addrs[n++] = base + 0x10 * i + 4 * word;
	return n;
}

typedef int (*read_fn)(struct regio *io, const uint64_t *addrs, size_t n, uint32_t *values);

static int read_plan(struct btc *b, uint64_t base, read_fn read, struct error *err,
		     struct btc_plan *plan)
{
	uint64_t addrs[WORDS * BTC_MAX_SLOTS] = { 0 };
	uint32_t v[WORDS * BTC_MAX_SLOTS];
	struct btc_shape shape;
	int rc = btc_frame_get(b, err, &shape);

	if (rc != 0)
		return rc;
	if (shape.n_slots > BTC_MAX_SLOTS)
		return error_set(err, E_CORRUPT, "FRAME:SHAPE.SLOTS reads %" PRIu32,
				 shape.n_slots);
	if (read(b->io, addrs, addresses(base, shape.n_slots, addrs), v) != 0)
		return regio_end(b->io, err);
	btc_plan_init(plan, shape.n_slots);
	for (uint32_t i = 1; i < shape.n_slots; i++)
		decode(&v[WORDS * (i - 1)], &plan->slot[i]);
	return regio_end(b->io, err);
}

int btc_slots_active(struct btc *b, struct error *err, struct btc_plan *plan)
{
	return read_plan(b, BTC_SLOT_ACTIVE_USE(0), regio_read_many, err, plan);
}

int btc_slots_next(struct btc *b, struct error *err, struct btc_plan *plan)
{
	return read_plan(b, BTC_SLOT_NEXT_USE(0), regio_get_many, err, plan);
}

/* Queues what differs from NEXT; how many registers. */
static uint32_t write_next(struct btc *b, const struct btc_plan *plan)
{
	uint64_t addrs[WORDS * BTC_MAX_SLOTS] = { 0 };
	uint32_t old[WORDS * BTC_MAX_SLOTS], new[WORDS], written = 0;
	size_t n = addresses(BTC_SLOT_NEXT_USE(0), plan->n_slots, addrs);

	if (regio_get_many(b->io, addrs, n, old) != 0)
		return 0;
	for (size_t i = 0; i < n; i++) {
		if (i % WORDS == 0)
			encode(&plan->slot[1 + i / WORDS], new);
		if (old[i] == new[i % WORDS])
			continue;
		regio_put(b->io, addrs[i], new[i % WORDS]);
		written++;
	}
	return written;
}

static void judge(struct btc *b, const struct btc_plan *plan, uint32_t before, uint32_t after)
{
	uint32_t at = G(after, SLOT_STATUS, REFUSED_SLOT);

	if (G(after, SLOT_STATUS, REFUSED))
		regio_fail(b->io, E_STATE,
			   "SLOT:STATUS.REFUSED is set: the core refused the plan for timeslot "
			   "%" PRIu32 ", which is kind %u, owner %u",
			   at, (unsigned)plan->slot[at].kind, plan->slot[at].owner);
	else if (G(before, SLOT_STATUS, NUMBER) == G(after, SLOT_STATUS, NUMBER))
		regio_fail(b->io, E_IO,
			   "SLOT:STATUS.NUMBER stays %" PRIu32 ": the plan was not applied",
			   G(after, SLOT_STATUS, NUMBER));
}

int btc__plan_apply(struct btc *b, const struct btc_plan *plan, struct btc_applied *applied)
{
	struct btc_shape shape;
	uint32_t before = 0, after = 0, written, frame_us;

	if (btc__shape_read(b, &shape) != 0)
		return regio_flush(b->io);
	if (plan->n_slots != shape.n_slots)
		return regio_fail(b->io, E_RANGE,
				  "the plan is for %" PRIu32
				  " timeslots, the frame has %" PRIu32,
				  plan->n_slots, shape.n_slots);
	written = write_next(b, plan);
	frame_us = (shape.period_ns + 999) / 1000;
	regio_fetch(b->io, BTC_SLOT_STATUS, &before);
	regio_write(b->io, BTC_SLOT_CONTROL, 1);
	regio_wait(b->io, &(struct regio_wait){ .addr = BTC_SLOT_CONTROL,
						.mask = 1,
						.timeout_us = 4 * frame_us,
						.every_us = (frame_us + 7) / 8 });
	regio_fetch(b->io, BTC_SLOT_STATUS, &after);
	if (regio_flush(b->io) == 0 && !device_is_dry_run(b->dev))
		judge(b, plan, before, after);
	if (applied != NULL) {
		applied->number = G(after, SLOT_STATUS, NUMBER);
		applied->written = written;
	}
	return regio_flush(b->io);
}

int btc_slots_apply(struct btc *b, const struct btc_plan *plan, struct error *err,
		    struct btc_applied *applied)
{
	struct btc_applied done;
	int rc = btc_plan_check(b, plan, err, NULL);

	if (rc != 0)
		return rc;
	btc__plan_apply(b, plan, &done);
	rc = regio_end(b->io, err);
	if (rc == 0 && applied != NULL)
		*applied = done;
	return rc;
}
