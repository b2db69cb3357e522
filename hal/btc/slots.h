/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The slot plan of the BTC: who sends and who listens in each timeslot (regmaps/btc/slot.rdl).
 * A plan is a value: made, checked and written as text without any access, then applied as a whole.
 */
#ifndef HAL_BTC_SLOTS_H
#define HAL_BTC_SLOTS_H

#include "hal/btc/btc.h"

enum btc_slot_kind {
	BTC_SLOT_OFF,      /* nobody sends */
	BTC_SLOT_RESERVED, /* the owner alone sends */
	BTC_SLOT_SHARED,   /* arbitration decides (arb.h) */
};

/* "off", "reserved", "shared"; NULL for others. */
const char *btc_slot_kind_name(enum btc_slot_kind kind);

struct btc_slot {
	enum btc_slot_kind kind;
	uint8_t owner;     /* station; counts with RESERVED, else 0 */
	bool controller;   /* the controller listens */
	btc_blades blades; /* these listen, bit 63 stands for station 64 */
};

/* Plain data.  Slot 0 is the frame's overhead: it stays OFF and everybody listens. */
struct btc_plan {
	uint32_t n_slots; /* slots of the frame; those from here on do not count */
	struct btc_slot slot[BTC_MAX_SLOTS];
};

/* --- plans as values --------------------------------------------------------------------- */

/* All slots OFF, everybody listens: the plan after reset. */
void btc_plan_init(struct btc_plan *plan, uint32_t n_slots);

/*
 * A plan that suits messages which all cross the bus twice, from a blade and again from the
 * controller.  @shared slots are for arbitration; of the others half are the controller's and the
 * rest goes round the blades of @blades.  Everything is interleaved, so that the slots of a station
 * are spread over the frame.  Everybody listens everywhere.
 * E_RANGE: no blade, or not one slot for each.
 */
struct btc_plan_recipe {
	uint32_t n_slots;
	btc_blades blades;
	uint32_t shared;
};
int btc_plan_make(const struct btc_plan_recipe *recipe, struct error *err,
		  struct btc_plan *plan);

/*
 * Would the core of @b take the plan?  No access.  E_RANGE: "timeslot 5: owner 70, only 0 to 64";
 * @slot (may be NULL) then is the first that is wrong.
 */
int btc_plan_check(const struct btc *b, const struct btc_plan *plan, struct error *err,
		   uint32_t *slot);

/* Timeslots in which the two differ, of the slots that count in either. */
uint32_t btc_plan_differences(const struct btc_plan *a, const struct btc_plan *b);

/* Slots that a station owns; with SHARED of any station: btc_plan_shared(). */
uint32_t btc_plan_owned(const struct btc_plan *plan, uint32_t station);
uint32_t btc_plan_shared(const struct btc_plan *plan);

/*
 * Text of a plan: words separated by blanks, each SLOTS=USE or SLOTS=USE>LISTENERS.
 *     1-20=0 21,23=1 24=2>0,5 25-30=shared 31-127=off
 * SLOTS: list of timeslots 1 to 127.  USE: a station (reserved for it), "shared", "off".
 * LISTENERS: stations, "all" or "none"; all when left out.
 * Parse: changes the named slots of @plan, the others stay; on failure @plan is untouched.
 * E_SYNTAX, E_RANGE with the word.
 */
int btc_plan_parse(const char *text, struct error *err, struct btc_plan *plan);

/* The whole plan but slot 0, slots of the same use joined; always fits in BTC_PLAN_TEXT_SIZE. */
#define BTC_PLAN_TEXT_SIZE 32768
void btc_plan_format(const struct btc_plan *plan, char *buf, size_t size);

/* --- plans of the core ------------------------------------------------------------------- */

/* The plan in force; the plan in NEXT.  Each with n_slots of the frame. */
int btc_slots_active(struct btc *b, struct error *err, struct btc_plan *plan);
int btc_slots_next(struct btc *b, struct error *err, struct btc_plan *plan);

struct btc_applied {
	uint32_t number;  /* of plans that came into force, SLOT.STATUS.NUMBER */
	uint32_t written; /* registers of NEXT that changed */
};

/*
 * Makes NEXT the plan (only the registers that differ are written) and switches over: all of it
 * comes into force at a frame boundary, or none.  Waits at most four frames for the boundary.
 * A message that is on its way goes on in the slots of the new plan: none is lost, as long as who
 * takes it listens to the slots in which the sender goes on.
 *
 * E_RANGE: btc_plan_check(), or the frame has another number of timeslots.  E_STATE: the core refused it: the text tells the timeslot and what is
 * in it; the plan in force is the old one.  E_TIMEOUT: SLOT:CONTROL.APPLY stays set.
 * @applied may be NULL.
 */
int btc_slots_apply(struct btc *b, const struct btc_plan *plan, struct error *err,
		    struct btc_applied *applied);

#endif
