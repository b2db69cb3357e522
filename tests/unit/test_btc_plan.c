/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Slot plans of the BTC: as values, as text, and applied to registers that do what their description
 * says and no more (mock:,plain), where a plan is never in force.
 */
#ifndef BTC_URI
#define BTC_URI "mock:,plain"
#endif
#include "tests/lib/btc_group.h"

#include <stdlib.h>

#include "drv/mock.h"
#include "hal/btc/slots.h"

#define CONTROL    0x1000
#define STATUS     0x1004
#define NEXT(slot) (0x1800 + 0x10 * (slot))
#define ALL        UINT64_MAX

static struct btc_plan plan, other;
static char text[BTC_PLAN_TEXT_SIZE];

/* --- values ------------------------------------------------------------------------------ */

static void test_an_empty_plan_is_that_of_reset(void **state)
{
	(void)state;
	btc_plan_init(&plan, 128);
	PASS(btc_slots_next(b.btc, &err, &other));
	assert_int_equal(btc_plan_differences(&plan, &other), 0);
	PASS(btc_slots_active(b.btc, &err, &other));
	assert_int_equal(btc_plan_differences(&plan, &other), 0);
	assert_int_equal(plan.slot[127].kind, BTC_SLOT_OFF);
	assert_true(plan.slot[127].controller && plan.slot[127].blades == ALL);
}

/* The longest distance between slots of a station, going round. */
static uint32_t longest_gap(const struct btc_plan *p, uint32_t station)
{
	uint32_t gap = 0, since = 0;

	for (uint32_t i = 1; i < 2 * p->n_slots; i++, since++) {
		const struct btc_slot *slot = &p->slot[i % p->n_slots];

		if (slot->kind != BTC_SLOT_RESERVED || slot->owner != station)
			continue;
		gap = since > gap ? since : gap;
		since = 0;
	}
	return gap;
}

static void test_a_made_plan_gives_half_to_the_controller_and_spreads_the_rest(void **state)
{
	struct btc_plan_recipe recipe = { .n_slots = 128, .blades = 0xff, .shared = 15 };

	(void)state;
	PASS(btc_plan_make(&recipe, &err, &plan));
	PASS(btc_plan_check(b.btc, &plan, &err, NULL));
	assert_int_equal(btc_plan_owned(&plan, 0), 56);
	assert_int_equal(btc_plan_shared(&plan), 15);
	for (uint32_t i = 1; i <= 8; i++) {
		assert_int_equal(btc_plan_owned(&plan, i), 7);
		assert_true(longest_gap(&plan, i) <= 128 / 7 + 8);
	}
	assert_int_equal(btc_plan_owned(&plan, 9), 0);
	assert_true(longest_gap(&plan, 0) <= 4);
	assert_int_equal(plan.slot[0].kind, BTC_SLOT_OFF);
}

static void test_every_recipe_that_fits_gives_each_blade_a_slot(void **state)
{
	uint32_t made = 0;

	(void)state;
	srand(1);
	for (unsigned i = 0; i < 2000; i++) {
		struct btc_plan_recipe r = { .n_slots = 2 + (uint32_t)rand() % 127,
					     .shared = (uint32_t)rand() % 64 };
		uint32_t n;

		for (unsigned k = 0; k < 64; k++)
			r.blades |= (uint64_t)(rand() % 4 == 0) << k;
		n = (uint32_t)__builtin_popcountll(r.blades);
		if (btc_plan_make(&r, &err, &plan) != 0) {
			assert_true(n == 0 || r.n_slots - 1 < r.shared + 2 * n);
			continue;
		}
		made++;
		assert_int_equal(btc_plan_check(b.btc, &plan, &err, NULL), 0);
		assert_int_equal(btc_plan_shared(&plan), r.shared);
		assert_int_equal(btc_plan_owned(&plan, 0), (r.n_slots - 1 - r.shared) / 2);
		for (uint32_t s = 1; s <= 64; s++)
			assert_true((btc_plan_owned(&plan, s) > 0) ==
				    ((r.blades & btc_blade_bit(s)) != 0));
	}
	assert_true(made > 500);
}

static void test_a_recipe_without_room_is_refused(void **state)
{
	struct btc_plan_recipe r = { .n_slots = 16, .blades = 0xff, .shared = 0 };

	(void)state;
	btc_plan_init(&plan, 7);
	other = plan;
	PASS(btc_plan_make(&r, &err, &other));
	r.n_slots = 15;
	FAIL(btc_plan_make(&r, &err, &plan), E_RANGE, "not enough for 8 blades");
	r.blades = 0;
	FAIL(btc_plan_make(&r, &err, &plan), E_RANGE, "for 0 blades");
	r = (struct btc_plan_recipe){ .n_slots = 129, .blades = 1 };
	FAIL(btc_plan_make(&r, &err, &plan), E_RANGE, "129 timeslots");
	assert_int_equal(plan.n_slots, 7);
}

static void test_a_plan_that_the_core_would_refuse_is_told_by_its_timeslot(void **state)
{
	uint32_t slot = 99;

	(void)state;
	btc_plan_init(&plan, 128);
	plan.slot[5] = (struct btc_slot){ .kind = BTC_SLOT_RESERVED, .owner = 65 };
	FAIL(btc_plan_check(b.btc, &plan, &err, &slot), E_RANGE,
	     "timeslot 5: owner 65, only 0 to 64");
	assert_int_equal(slot, 5);
	plan.slot[5].owner = 64;
	plan.slot[6].kind = (enum btc_slot_kind)3;
	FAIL(btc_plan_check(b.btc, &plan, &err, &slot), E_RANGE, "timeslot 6: kind 3");
	assert_int_equal(slot, 6);
	plan.slot[6].kind = BTC_SLOT_SHARED;
	PASS(btc_plan_check(b.btc, &plan, &err, &slot));
	plan.slot[0].kind = BTC_SLOT_SHARED;
	FAIL(btc_plan_check(b.btc, &plan, &err, &slot), E_RANGE,
	     "timeslot 0: it is the frame's");
	plan.slot[0].kind = BTC_SLOT_OFF;
	plan.slot[0].blades = 1;
	FAIL(btc_plan_check(b.btc, &plan, &err, &slot), E_RANGE,
	     "timeslot 0: it is the frame's");
	btc_plan_init(&plan, 1);
	FAIL(btc_plan_check(b.btc, &plan, &err, &slot), E_RANGE, "a plan of 1 timeslots");
	assert_int_equal(b.n_access, 0);
}

/* --- text -------------------------------------------------------------------------------- */

static void test_text_sets_the_slots_that_it_names(void **state)
{
	(void)state;
	btc_plan_init(&plan, 32);
	plan.slot[31].kind = BTC_SLOT_SHARED;
	PASS(btc_plan_parse(" 1-4=0\t5,7=64\n8=2>0,5,64 9=3>none 10-12=shared>1-64 13=off>all",
			    &err, &plan));
	assert_int_equal(plan.slot[4].kind, BTC_SLOT_RESERVED);
	assert_int_equal(plan.slot[4].owner, 0);
	assert_int_equal(plan.slot[5].owner, 64);
	assert_int_equal(plan.slot[6].kind, BTC_SLOT_OFF);
	assert_int_equal(plan.slot[7].owner, 64);
	assert_true(plan.slot[8].controller);
	assert_true(plan.slot[8].blades == (UINT64_C(1) << 63 | 0x10));
	assert_false(plan.slot[9].controller);
	assert_true(plan.slot[9].blades == 0);
	assert_int_equal(plan.slot[12].kind, BTC_SLOT_SHARED);
	assert_false(plan.slot[12].controller);
	assert_true(plan.slot[12].blades == ALL);
	assert_int_equal(plan.slot[31].kind, BTC_SLOT_SHARED);
	btc_plan_format(&plan, text, sizeof(text));
	assert_string_equal(text, "1-4=0 5,7=64 6,13-30=off 8=2>0,5,64 9=3>none "
				  "10-12=shared>1-64 31=shared");
}

static void test_bad_text_names_the_word_and_changes_nothing(void **state)
{
	(void)state;
	btc_plan_init(&plan, 32);
	other = plan;
	FAIL(btc_plan_parse("1=0 2", &err, &plan), E_SYNTAX, "2: no \"=\"");
	FAIL(btc_plan_parse("1=0 2=x", &err, &plan), E_SYNTAX,
	     "2=x: \"x\" is neither a station");
	FAIL(btc_plan_parse("1=0 2=65", &err, &plan), E_RANGE, "2=65: station 65");
	FAIL(btc_plan_parse("1=0 2=-1", &err, &plan), E_SYNTAX, "2=-1: ");
	FAIL(btc_plan_parse("1=0 2=1x", &err, &plan), E_SYNTAX, "2=1x: ");
	FAIL(btc_plan_parse("1=0 2=1>70", &err, &plan), E_RANGE, "2=1>70: station: 70");
	FAIL(btc_plan_parse("1=0 0=1", &err, &plan), E_RANGE, "0=1: timeslot: 0");
	FAIL(btc_plan_parse("1=0 32=1", &err, &plan), E_RANGE,
	     "32=1: timeslot 32: the frame has");
	FAIL(btc_plan_parse("1=0 3-2=1", &err, &plan), E_SYNTAX, "3-2=1: timeslots 3-2");
	FAIL(btc_plan_parse("=1", &err, &plan), E_SYNTAX, "=1: ");
	FAIL(btc_plan_parse("1=", &err, &plan), E_SYNTAX, "1=: ");
	memset(text, '1', 700);
	text[700] = '\0';
	FAIL(btc_plan_parse(text, &err, &plan), E_SYNTAX, "longer than");
	assert_int_equal(btc_plan_differences(&plan, &other), 0);
}

static void random_plan(struct btc_plan *p)
{
	btc_plan_init(p, 2 + (uint32_t)rand() % 127);
	for (uint32_t i = 1; i < p->n_slots; i++) {
		p->slot[i].kind = (enum btc_slot_kind)(rand() % 3);
		if (p->slot[i].kind == BTC_SLOT_RESERVED)
			p->slot[i].owner = (uint8_t)(rand() % 65);
		if (rand() % 2 == 0)
			continue;
		p->slot[i].controller = rand() % 2 == 0;
		for (unsigned k = 0; k < 64; k++)
			if (rand() % 2 == 0)
				p->slot[i].blades &= ~(UINT64_C(1) << k);
	}
}

static void test_text_of_any_plan_makes_the_same_plan(void **state)
{
	(void)state;
	srand(2);
	for (unsigned i = 0; i < 500; i++) {
		random_plan(&plan);
		btc_plan_format(&plan, text, sizeof(text));
		assert_true(strlen(text) < BTC_PLAN_TEXT_SIZE - 1);
		btc_plan_init(&other, plan.n_slots);
		PASS(btc_plan_parse(text, &err, &other));
		assert_int_equal(btc_plan_differences(&plan, &other), 0);
	}
}

/* --- applied ----------------------------------------------------------------------------- */

/* What the core does on APPLY, in two lines: @verdict becomes STATUS. */
static uint32_t verdict;

static int on_write(void *model, struct mock *mock, uint64_t addr, uint32_t value)
{
	(void)model;
	(void)value;
	return addr == CONTROL ? mock_hw_put(mock, STATUS, verdict) : 0;
}

static void answer_with(uint32_t status)
{
	static const struct mock_model ops = { .name = "verdict", .write = on_write };

	if (mock_model_find(b.mock, &ops) == NULL)
		PASS(mock_attach(b.mock, &ops, b.mock, &err));
	verdict = status;
}

static void test_only_entries_that_changed_are_written(void **state)
{
	struct btc_applied applied;

	(void)state;
	btc_plan_init(&plan, 128);
	PASS(btc_plan_parse("1-10=0 11-20=3>0,9 21=shared", &err, &plan));
	answer_with(1);
	PASS(btc_slots_apply(b.btc, &plan, &err, &applied));
	assert_int_equal(applied.number, 1);
	/* USE of 21 slots, both listen masks of 10 */
	assert_int_equal(applied.written, 41);
	assert_int_equal(access_log_writes(&b.log), 42);
	assert_int_equal(btc_bench_peek(&b, NEXT(10)), 0x10100);
	assert_int_equal(btc_bench_peek(&b, NEXT(11)), 0x10103);
	assert_int_equal(btc_bench_peek(&b, NEXT(11) + 4), 0x100);
	assert_int_equal(btc_bench_peek(&b, NEXT(11) + 8), 0);
	assert_int_equal(btc_bench_peek(&b, NEXT(21)), 0x10200);
	/* one slot more: the rest is known */
	PASS(btc_plan_parse("22=1", &err, &plan));
	answer_with(2);
	btc_bench_forget_log(&b);
	PASS(btc_slots_apply(b.btc, &plan, &err, &applied));
	assert_int_equal(applied.number, 2);
	assert_int_equal(applied.written, 1);
	/* no read of NEXT: STATUS twice and the polls of APPLY */
	assert_string_equal(btc_bench_cost(&b), "1 batches, 3 reads, 2 writes");
	for (size_t i = 0; i < b.n_access; i++)
		assert_true(b.access[i].addr < NEXT(0) || b.access[i].addr == NEXT(22));
	PASS(btc_slots_next(b.btc, &err, &other));
	assert_int_equal(btc_plan_differences(&plan, &other), 0);
}

static void test_a_refusal_is_told_with_the_timeslot(void **state)
{
	(void)state;
	btc_plan_init(&plan, 128);
	PASS(btc_plan_parse("9=12", &err, &plan));
	answer_with(9u << 24 | 1u << 16 | 5);
	FAIL(btc_slots_apply(b.btc, &plan, &err, NULL), E_STATE,
	     "SLOT:STATUS.REFUSED is set: the core refused the plan for timeslot 9, which is "
	     "kind 1, owner 12 (after 2 register writes)");
	answer_with(5);
	FAIL(btc_slots_apply(b.btc, &plan, &err, NULL), E_IO,
	     "SLOT:STATUS.NUMBER stays 5: the plan was not applied");
	answer_with(6);
	PASS(btc_slots_apply(b.btc, &plan, &err, NULL));
}

static void test_a_frame_boundary_that_never_comes_is_a_timeout(void **state)
{
	(void)state;
	btc_plan_init(&plan, 128);
	mock_stick(b.mock, CONTROL, 1, 1);
	FAIL(btc_slots_apply(b.btc, &plan, &err, NULL), E_TIMEOUT,
	     "SLOT:CONTROL.APPLY was not 0x0 within 500 us, last 0x1 (after 1 register write)");
}

static void test_a_plan_for_another_frame_is_not_written(void **state)
{
	(void)state;
	btc_plan_init(&plan, 64);
	FAIL(btc_slots_apply(b.btc, &plan, &err, NULL), E_RANGE,
	     "the plan is for 64 timeslots, the frame has 128");
	btc_plan_init(&plan, 128);
	plan.slot[3] = (struct btc_slot){ .kind = BTC_SLOT_RESERVED, .owner = 70 };
	FAIL(btc_slots_apply(b.btc, &plan, &err, NULL), E_RANGE, "timeslot 3: owner 70");
	assert_int_equal(access_log_writes(&b.log), 0);
}

static int op_apply(struct btc_bench *bench, struct error *e)
{
	static const struct mock_model ops = { .name = "verdict", .write = on_write };
	struct btc_plan p;
	int rc = 0;

	verdict = btc_bench_peek(bench, STATUS) + 1;
	if (mock_model_find(bench->mock, &ops) == NULL)
		rc = mock_attach(bench->mock, &ops, bench->mock, e);
	btc_plan_init(&p, 128);
	if (rc == 0)
		rc = btc_plan_parse("1-3=0 4=1", e, &p);
	return rc != 0 ? rc : btc_slots_apply(bench->btc, &p, e, NULL);
}

static void test_every_access_may_fail(void **state)
{
	(void)state;
	/* MODE, PERIOD, SHAPE; 127 entries of three words; STATUS, 4 changes, APPLY and its polls */
	assert_int_equal(btc_bench_sweep(BTC_URI, NULL, op_apply),
			 3 + 381 + 1 + 4 + 1 + (BTC_PACKS ? 1 : 9) + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_an_empty_plan_is_that_of_reset),
		TEST(test_a_made_plan_gives_half_to_the_controller_and_spreads_the_rest),
		TEST(test_every_recipe_that_fits_gives_each_blade_a_slot),
		TEST(test_a_recipe_without_room_is_refused),
		TEST(test_a_plan_that_the_core_would_refuse_is_told_by_its_timeslot),
		TEST(test_text_sets_the_slots_that_it_names),
		TEST(test_bad_text_names_the_word_and_changes_nothing),
		TEST(test_text_of_any_plan_makes_the_same_plan),
		TEST(test_only_entries_that_changed_are_written),
		TEST(test_a_refusal_is_told_with_the_timeslot),
		TEST(test_a_frame_boundary_that_never_comes_is_a_timeout),
		TEST(test_a_plan_for_another_frame_is_not_written),
		cmocka_unit_test(test_every_access_may_fail),
	};

	return cmocka_run_group_tests_name("btc_plan" BTC_OVER, tests, NULL, NULL);
}
