/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Slot plans as values. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "hal/btc/btc_priv.h"
#include "hal/btc/plan_priv.h"

static const char *const kind_names[] = { "off", "reserved", "shared" };

static const struct btc_slot off = { .kind = BTC_SLOT_OFF,
				     .controller = true,
				     .blades = UINT64_MAX };

const char *btc_slot_kind_name(enum btc_slot_kind kind)
{
	return (unsigned)kind < 3 ? kind_names[kind] : NULL;
}

void btc_plan_init(struct btc_plan *plan, uint32_t n_slots)
{
	plan->n_slots = n_slots;
	for (uint32_t i = 0; i < BTC_MAX_SLOTS; i++)
		plan->slot[i] = off;
}

/* Is place @i of @n one of the @k that are spread evenly over them? */
static bool is_spread(uint32_t i, uint32_t k, uint32_t n)
{
	return n > 0 && (i + 1) * k / n != i * k / n;
}

/* The blade after @station, going round. */
static uint32_t next_blade(btc_blades blades, uint32_t station)
{
	do
		station = station % BTC_MAX_BLADES + 1;
	while ((blades & btc_blade_bit(station)) == 0);
	return station;
}

int btc_plan_make(const struct btc_plan_recipe *recipe, struct error *err,
		  struct btc_plan *plan)
{
	uint32_t usable = recipe->n_slots - 1, shared = recipe->shared;
	uint32_t n_blades = (uint32_t)__builtin_popcountll(recipe->blades);
	uint32_t controller, rest, at = 0, blade = 0;

	if (recipe->n_slots < 2 || recipe->n_slots > BTC_MAX_SLOTS || n_blades == 0 ||
	    shared > usable)
		return error_set(err, E_RANGE,
				 "no plan of %" PRIu32 " timeslots for %" PRIu32
				 " blades, %" PRIu32 " shared",
				 recipe->n_slots, n_blades, shared);
	controller = (usable - shared) / 2;
	if (controller < 1 || usable - shared - controller < n_blades)
		return error_set(err, E_RANGE,
				 "%" PRIu32 " timeslots without the %" PRIu32
				 " shared ones are not enough for %" PRIu32
				 " blades and as many again for the controller",
				 usable - shared, shared, n_blades);
	rest = usable - controller;
	btc_plan_init(plan, recipe->n_slots);
	for (uint32_t i = 0; i < usable; i++) {
		struct btc_slot *slot = &plan->slot[1 + i];

		slot->kind = BTC_SLOT_RESERVED;
		if (is_spread(i, controller, usable)) {
			slot->owner = BTC_CONTROLLER;
		} else if (is_spread(at++, shared, rest)) {
			slot->kind = BTC_SLOT_SHARED;
		} else {
			blade = next_blade(recipe->blades, blade);
			slot->owner = (uint8_t)blade;
		}
	}
	return 0;
}

static int check_slot(const struct btc *b, const struct btc_slot *slot, uint32_t i,
		      struct error *err)
{
	if (btc_slot_kind_name(slot->kind) == NULL)
		return error_set(err, E_RANGE, "timeslot %" PRIu32 ": kind %u, only 0 to 2", i,
				 (unsigned)slot->kind);
	if (slot->kind == BTC_SLOT_RESERVED && slot->owner > b->cap.n_blades)
		return error_set(err, E_RANGE,
				 "timeslot %" PRIu32 ": owner %u, only 0 to %" PRIu32, i,
				 slot->owner, b->cap.n_blades);
	if (i == 0 &&
	    (slot->kind != BTC_SLOT_OFF || !slot->controller || slot->blades != UINT64_MAX))
		return error_set(
			err, E_RANGE,
			"timeslot 0: it is the frame's overhead, off and heard by all");
	return 0;
}

int btc_plan_check(const struct btc *b, const struct btc_plan *plan, struct error *err,
		   uint32_t *slot)
{
	int rc = 0;

	if (plan->n_slots < 2 || plan->n_slots > b->cap.n_slots) {
		if (slot != NULL)
			*slot = 0;
		return error_set(err, E_RANGE,
				 "a plan of %" PRIu32 " timeslots: only 2 to %" PRIu32,
				 plan->n_slots, b->cap.n_slots);
	}
	for (uint32_t i = 0; rc == 0 && i < plan->n_slots; i++) {
		rc = check_slot(b, &plan->slot[i], i, err);
		if (rc != 0 && slot != NULL)
			*slot = i;
	}
	return rc;
}

bool btc__slot_is_same(const struct btc_slot *a, const struct btc_slot *b)
{
	return a->kind == b->kind && a->controller == b->controller && a->blades == b->blades &&
	       (a->kind != BTC_SLOT_RESERVED || a->owner == b->owner);
}

uint32_t btc_plan_differences(const struct btc_plan *a, const struct btc_plan *b)
{
	uint32_t n = 0, most = a->n_slots > b->n_slots ? a->n_slots : b->n_slots;

	for (uint32_t i = 0; i < most && i < BTC_MAX_SLOTS; i++)
		n += !btc__slot_is_same(i < a->n_slots ? &a->slot[i] : &off,
					i < b->n_slots ? &b->slot[i] : &off);
	return n;
}

uint32_t btc_plan_owned(const struct btc_plan *plan, uint32_t station)
{
	uint32_t n = 0;

	for (uint32_t i = 1; i < plan->n_slots; i++)
		n += plan->slot[i].kind == BTC_SLOT_RESERVED && plan->slot[i].owner == station;
	return n;
}

uint32_t btc_plan_shared(const struct btc_plan *plan)
{
	uint32_t n = 0;

	for (uint32_t i = 1; i < plan->n_slots; i++)
		n += plan->slot[i].kind == BTC_SLOT_SHARED;
	return n;
}
