/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Blades talking by way of the controller, as the driver shows and steers it: the seed document's
 * figures as trace records, steering, broadcast policy, plan changes under load, and the accounts of
 * what was sent.  On the behaviour model.
 */
#ifndef BTC_URI
#define BTC_URI "mock:"
#endif
#include "tests/lib/btc_group.h"

#include <stdlib.h>

#include "drv/mock.h"
#include "hal/btc/blades.h"
#include "hal/btc/forward.h"
#include "hal/btc/frame.h"
#include "hal/btc/steer.h"
#include "hal/btc/trace.h"
#include "tests/lib/btc_bus.h"

#define MAX_RECORDS 64u

static struct btc_trace_record records[BTC_TRACE_RECORDS];
static size_t n_records, pair[BTC_TRACE_RECORDS];
static struct btc_message msg;

static void read_trace(void)
{
	bool lost;

	PASS(btc_trace_read(b.btc, records, BTC_TRACE_RECORDS, &err, &n_records, &lost));
	assert_false(lost);
	btc_trace_pair(records, n_records, pair);
}

/* --- the figures ------------------------------------------------------------------------- */

/* One message of figures 6a to 7b: before and after the switch blade. */
static void check_figure(uint32_t from, uint32_t to, uint16_t type)
{
	const struct btc_trace_record *before = NULL, *after = NULL;
	struct mac controller = btc_bus_ident(0), peer = btc_bus_ident(to),
		   source = btc_bus_ident(from);

	for (size_t i = 0; i < n_records && before == NULL; i++)
		if (records[i].station == from && records[i].header.type == type) {
			before = &records[i];
			assert_true(pair[i] != BTC_TRACE_ALONE);
			after = &records[pair[i]];
			assert_int_equal(pair[pair[i]], i);
		}
	assert_non_null(before);
	/* 6a, 7a */
	assert_memory_equal(&before->header.initial, &controller, 6);
	assert_memory_equal(&before->header.final, &peer, 6);
	assert_memory_equal(&before->header.source, &source, 6);
	/* 6b, 7b: the initial destination was overwritten with the final one, paragraph [52] */
	assert_int_equal(after->station, BTC_CONTROLLER);
	assert_memory_equal(&after->header.initial, &peer, 6);
	assert_memory_equal(&after->header.final, &peer, 6);
	assert_memory_equal(&after->header.source, &source, 6);
	assert_int_equal(before->header.length, after->header.length);
	assert_int_equal(before->header.sequence, after->header.sequence);
	assert_int_equal(before->cells, after->cells);
	assert_true(before->last_frame <= after->last_frame);
	assert_false(before->dropped || after->dropped);
}

/* The steps of figure 3: two conversations at once. */
static void test_the_figures_are_seen_in_the_trace(void **state)
{
	struct mock_btc_conduct echo = { .behaviour = MOCK_BTC_ECHO };
	struct btc_shape shape = btc_shape_default();

	(void)state;
	btc_bus_start(&b, 4);
	PASS(mock_btc_behave(btc_bus_model(&b), 2, &echo));
	PASS(mock_btc_behave(btc_bus_model(&b), 4, &echo));
	PASS(btc_trace_set(b.btc, true, true, &err));
	btc_bus_send(&b, 1, 2, 1, 200); /* 301, and 303 by the echo */
	btc_bus_send(&b, 3, 4, 2, 300); /* 302, and 304 */
	btc_bus_wait_us(&b, 20000);
	btc_bench_forget_log(&b);
	read_trace();
	assert_int_equal(n_records, 8);
	/* a look, 8 records of 11 words, a look */
	assert_string_equal(btc_bench_cost(&b), "3 batches, 90 reads, 0 writes");
	check_figure(1, 2, 1);
	check_figure(2, 1, 1);
	check_figure(3, 4, 2);
	check_figure(4, 3, 2);
	for (size_t i = 0; i < n_records; i++) {
		assert_true(pair[i] != BTC_TRACE_ALONE);
		assert_int_equal(records[i].cells,
				 btc_shape_cells(&shape, records[i].header.length));
	}
	read_trace();
	assert_int_equal(n_records, 0);
}

static void test_records_that_have_no_other_line_are_alone(void **state)
{
	struct btc_trace_record r[6] = { 0 };
	size_t p[6];

	(void)state;
	for (unsigned i = 0; i < 6; i++) {
		r[i].header.initial = btc_bus_ident(i == 1 || i == 4 || i == 5 ? 2 : 0);
		r[i].header.final = btc_bus_ident(2);
		r[i].header.source = btc_bus_ident(1);
		r[i].station = i == 1 || i == 4 || i == 5 ? 0 : 1;
	}
	r[2].dropped = true;
	r[3].header.sequence = 1;
	r[4].header.sequence = 2;
	r[5].header.sequence = 1;
	btc_trace_pair(r, 6, p);
	assert_int_equal(p[0], 1);
	assert_int_equal(p[1], 0);
	assert_true(p[2] == BTC_TRACE_ALONE);
	assert_int_equal(p[3], 5);
	assert_true(p[4] == BTC_TRACE_ALONE);
	assert_int_equal(p[5], 3);
}

static void test_a_long_trace_is_read_in_batches(void **state)
{
	bool enable;
	uint32_t level;

	(void)state;
	btc_bus_start(&b, 4);
	PASS(btc_trace_set(b.btc, true, false, &err));
	for (uint16_t i = 0; i < 150; i++)
		btc_bus_send(&b, 1 + i % 4, 1 + (i + 1) % 4, i, 10);
	btc_bus_wait_us(&b, 100000);
	PASS(btc_trace_get(b.btc, &err, &enable, &level));
	assert_true(enable);
	assert_int_equal(level, 300);
	btc_bench_forget_log(&b);
	PASS(btc_trace_read(b.btc, records, 100, &err, &n_records, NULL));
	assert_int_equal(n_records, 100);
	/* 64 and 36 */
	assert_string_equal(btc_bench_cost(&b), "4 batches, 1102 reads, 0 writes");
	read_trace();
	assert_int_equal(n_records, 200);
	PASS(btc_trace_set(b.btc, false, true, &err));
	PASS(btc_trace_get(b.btc, &err, &enable, &level));
	assert_false(enable);
	assert_int_equal(level, 0);
}

static void test_after_an_error_the_trace_starts_at_a_record(void **state)
{
	struct saboteur saboteur = { 0 };
	bool lost = false;

	(void)state;
	btc_bus_start(&b, 2);
	mock_sabotage(b.mock, &saboteur);
	PASS(btc_trace_set(b.btc, true, true, &err));
	for (uint16_t i = 0; i < 70; i++)
		btc_bus_send(&b, 1, 2, i, 0);
	btc_bus_wait_us(&b, 50000);
	saboteur.left = 1 + 64 * 11 + 1 + 5;
	FAIL(btc_trace_read(b.btc, records, BTC_TRACE_RECORDS, &err, &n_records, &lost), E_IO,
	     "TRACE:DATA: ");
	assert_false(lost);
	assert_int_equal(n_records, 64); /* those of the first batch are whole */
	assert_int_equal(records[63].cells, 2);
	PASS(btc_trace_read(b.btc, records, BTC_TRACE_RECORDS, &err, &n_records, &lost));
	assert_true(lost);
	assert_int_equal(n_records, 0);
	btc_bus_send(&b, 1, 2, 99, 0);
	btc_bus_wait_us(&b, 5000);
	read_trace();
	assert_int_equal(n_records, 2);
	assert_int_equal(records[1].header.type, 99);
}

/* --- steering and broadcast -------------------------------------------------------------- */

static uint32_t by_station[65], by_type[65536];
static size_t n_taken;

static void tap(void *arg, const struct mock_btc_delivery *delivery)
{
	(void)arg;
	if (delivery->station == 0)
		return;
	by_station[delivery->station]++;
	by_type[delivery->message.type]++;
	n_taken++;
}

static void watch(void)
{
	memset(by_station, 0, sizeof(by_station));
	memset(by_type, 0, sizeof(by_type));
	n_taken = 0;
	mock_btc_set_tap(btc_bus_model(&b), tap, NULL);
}

static void test_messages_are_steered_by_type_and_function_in_turn(void **state)
{
	struct btc_steer_rule rules[BTC_N_STEER_RULES];
	struct btc_steer_rule web = {
		.valid = true, .type = 80, .function = 2, .eligible = UINT64_MAX
	};
	struct btc_steer_rule mail = {
		.valid = true, .type = 25, .function = 2, .eligible = 4
	};
	struct btc_identity same = { .functions = 1u << 2, .ident = btc_bus_ident(5) };
	struct btc_send how = { .timeout_us = 10000, .steer = true };

	(void)state;
	btc_bus_start(&b, 5);
	PASS(btc_blade_identity_set(b.btc, 5, &same, &err)); /* 3 and 5 offer function 2 */
	PASS(btc_steer_set(b.btc, 0, &web, &err));
	PASS(btc_steer_set(b.btc, 7, &mail, &err));
	watch();
	for (unsigned i = 0; i < 6; i++) {
		memset(&msg, 0, sizeof(msg));
		msg.header.type = i < 4 ? 80 : 25;
		PASS(btc_message_send(b.btc, &msg, &how, &err));
	}
	PASS(btc_message_drain(b.btc, 100000, &err));
	btc_bus_wait_us(&b, 1000);
	assert_int_equal(by_station[3], 4);
	assert_int_equal(by_station[5], 2);
	PASS(btc_steer_get(b.btc, &err, rules));
	assert_int_equal(rules[0].hits, 4);
	assert_int_equal(rules[7].hits, 2);
	msg.header.type = 23;
	FAIL(btc_message_send(b.btc, &msg, &how, &err), E_STATE,
	     "no blade to steer type 0x0017 to");
	PASS(btc_steer_clear(b.btc, 0, &err));
	msg.header.type = 80;
	FAIL(btc_message_send(b.btc, &msg, &how, &err), E_STATE, "to steer type 0x0050 to");
}

static void test_the_broadcast_policy_decides_who_hears_a_blade(void **state)
{
	static const struct {
		enum btc_broadcast policy;
		uint32_t blades, source;
	} want[] = { { BTC_BROADCAST_DROP, 0, 0 },
		     { BTC_BROADCAST_ALL, 4, 1 },
		     { BTC_BROADCAST_OTHERS, 3, 0 } };
	struct mock_btc_message m = { .final = { 255, 255, 255, 255, 255, 255 }, .type = 9 };
	struct btc_forwarding forwarding;
	uint32_t counters[BTC_N_COUNTERS];

	(void)state;
	btc_bus_start(&b, 4);
	PASS(btc_forwarding_get(b.btc, &err, &forwarding));
	for (unsigned i = 0; i < 3; i++) {
		forwarding.broadcast = want[i].policy;
		PASS(btc_forwarding_set(b.btc, &forwarding, &err));
		watch();
		PASS(mock_btc_send(btc_bus_model(&b), 2, &m));
		btc_bus_wait_us(&b, 5000);
		assert_int_equal(n_taken, want[i].blades);
		assert_int_equal(by_station[2], want[i].source);
	}
	PASS(btc_counters_get(b.btc, &err, counters));
	assert_int_equal(counters[BTC_COUNT_DROP_BROADCAST], 1);
}

/* --- plan changes under load ------------------------------------------------------------- */

static struct btc_plan plans[3];

/* Three plans that have little in common; everybody has slots in each. */
static void make_plans(uint32_t n)
{
	struct btc_plan_recipe recipe = { .n_slots = 128, .blades = UINT64_MAX >> (64 - n) };

	btc_bus_plan(n, &plans[0]);
	recipe.shared = 60;
	PASS(btc_plan_make(&recipe, &err, &plans[1]));
	btc_plan_init(&plans[2], 128);
	for (uint32_t i = 1; i < 128; i++) {
		plans[2].slot[i].kind = BTC_SLOT_RESERVED;
		plans[2].slot[i].owner = (uint8_t)(i < 64 ? 0 : 1 + (127 - i) % n);
	}
}

static void test_a_plan_that_the_core_refuses_leaves_the_old_one_in_force(void **state)
{
	struct btc_plan active;

	(void)state;
	btc_bus_start(&b, 4);
	make_plans(4);
	PASS(btc_slots_apply(b.btc, &plans[1], &err, NULL));
	/* somebody else spoils NEXT[100] behind the driver's back: KIND 3 */
	PASS(mock_sw_write(b.mock, 0x1800 + 0x10 * 100, 3 << 8, &err));
	FAIL(btc_slots_apply(b.btc, &plans[2], &err, NULL), E_STATE,
	     "SLOT:STATUS.REFUSED is set: the core refused the plan for timeslot 100");
	PASS(btc_slots_active(b.btc, &err, &active));
	assert_int_equal(btc_plan_differences(&active, &plans[1]), 0);
	/* after the refusal nothing is believed: NEXT is read and put right */
	PASS(btc_slots_apply(b.btc, &plans[2], &err, NULL));
	PASS(btc_slots_active(b.btc, &err, &active));
	assert_int_equal(btc_plan_differences(&active, &plans[2]), 0);
}

static uint64_t sum(const uint32_t now[BTC_N_COUNTERS], const uint32_t before[BTC_N_COUNTERS],
		    bool drops)
{
	uint64_t n = 0;

	for (size_t i = 0; i < BTC_N_COUNTERS; i++)
		if (btc_counter_is_drop(i) == drops && (drops || i == BTC_COUNT_FORWARDED))
			n += now[i] - before[i];
	return n;
}

/* Blades and software send all the time; the plan changes every other frame. */
static void change_under_load(enum btc_medium medium)
{
	const uint32_t n = 8, n_messages = 2000;
	uint32_t before[BTC_N_COUNTERS], after[BTC_N_COUNTERS];
	uint32_t sent = 0, by_software = 0, changes = 0;
	struct btc_plan active;

	srand(5);
	btc_bus_start(&b, n);
	make_plans(n);
	PASS(btc_enable_set(b.btc, false, &err));
	PASS(btc_medium_set(b.btc, medium, &err));
	PASS(btc_enable_set(b.btc, true, &err));
	btc_bus_wait_us(&b, 1000);
	PASS(btc_counters_get(b.btc, &err, before));
	watch();
	while (sent + by_software < n_messages) {
		for (unsigned k = 0; k < 6; k++, sent++) {
			uint32_t from = 1 + (uint32_t)rand() % n;

			btc_bus_send(&b, from, 1 + (from + (uint32_t)rand() % (n - 1)) % n, 7,
				     (uint16_t)(rand() % 300));
		}
		btc_bus_message(&msg, 1 + (uint32_t)rand() % n, 8, (uint16_t)(rand() % 300), 0);
		PASS(btc_message_send(b.btc, &msg, NULL, &err));
		by_software++;
		btc_bus_wait_us(&b, 125 + (uint64_t)rand() % 250);
		PASS(btc_slots_apply(b.btc, &plans[++changes % 3], &err, NULL));
	}
	PASS(btc_message_drain(b.btc, 10000000, &err));
	btc_bus_wait_us(&b, 2000000);
	PASS(btc_slots_active(b.btc, &err, &active));
	assert_int_equal(btc_plan_differences(&active, &plans[changes % 3]), 0);
	PASS(btc_counters_get(b.btc, &err, after));
	assert_true(changes > 200);
	assert_int_equal(sum(after, before, true), 0);
	assert_int_equal(sum(after, before, false), sent);
	assert_int_equal(after[BTC_COUNT_TX_MESSAGES] - before[BTC_COUNT_TX_MESSAGES],
			 by_software);
	assert_int_equal(after[BTC_COUNT_COLLIDED_SLOTS], 0);
	assert_int_equal(by_type[7], sent);
	assert_int_equal(by_type[8], by_software);
	print_message("%u plans, %u messages of blades, %u of software, none lost\n", changes,
		      sent, by_software);
}

static void test_plan_changes_under_load_lose_no_message_in_time(void **state)
{
	(void)state;
	change_under_load(BTC_MEDIUM_TDM);
}

static void test_plan_changes_under_load_lose_no_message_in_frequency(void **state)
{
	(void)state;
	change_under_load(BTC_MEDIUM_FDM);
}

/* --- accounts ---------------------------------------------------------------------------- */

static void test_every_message_is_delivered_or_counted_with_its_reason(void **state)
{
	uint32_t before[BTC_N_COUNTERS], after[BTC_N_COUNTERS];
	struct btc_forwarding forwarding;
	struct mock_btc_message m = { .type = 7 };
	uint32_t sent = 0, to_software = 0, received = 0;
	struct btc_message got;

	(void)state;
	srand(9);
	btc_bus_start(&b, 8);
	btc_bus_plug(&b, 9);
	PASS(btc_hotswap(b.btc, 50000, &err, &(struct btc_hotswap){ 0 }));
	PASS(mock_btc_pull(btc_bus_model(&b), 9));
	PASS(btc_blade_disable(b.btc, 8, true, &err));
	PASS(btc_forwarding_get(b.btc, &err, &forwarding));
	forwarding.broadcast = BTC_BROADCAST_DROP;
	forwarding.limit_words = 14; /* two messages */
	PASS(btc_forwarding_set(b.btc, &forwarding, &err));
	btc_bus_wait_us(&b, 5000); /* the blades have been handed the identifiers */
	PASS(btc_message_flush(b.btc, &err));
	PASS(btc_counters_get(b.btc, &err, before));
	watch();
	for (unsigned i = 0; i < 2000; i++, sent++) {
		/* 1 to 7, the one kept out, the one pulled out, nobody, software, everybody */
		uint32_t to = (uint32_t)rand() % 12 + 1;
		struct mac ident = to == 11   ? btc_bus_ident(0)
				   : to == 12 ? btc_everybody()
					      : btc_bus_ident(to);

		memcpy(m.final, ident.octet, 6);
		to_software += to == 11;
		assert_int_equal(mock_btc_send(btc_bus_model(&b), 1 + i % 7, &m), 0);
		if (i % 10 == 0)
			btc_bus_wait_us(&b, 300);
	}
	btc_bus_wait_us(&b, 1000000);
	PASS(btc_counters_get(b.btc, &err, after));
	while (btc_message_receive(b.btc, 0, &err, &got) == 0)
		received++;
	assert_true(after[BTC_COUNT_DROP_UNKNOWN] > 0 && after[BTC_COUNT_DROP_ABSENT] > 0);
	assert_true(after[BTC_COUNT_DROP_BROADCAST] > 0 && after[BTC_COUNT_DROP_FULL] > 0);
	assert_int_equal(received + after[BTC_COUNT_RX_OVERFLOWS] -
				 before[BTC_COUNT_RX_OVERFLOWS],
			 to_software);
	assert_int_equal(n_taken, sum(after, before, false));
	assert_int_equal(n_taken + received + sum(after, before, true), sent);
	print_message(
		"%u sent: %zu delivered, %u to software, %u dropped, each with a reason\n",
		sent, n_taken, received, (unsigned)sum(after, before, true));
}

/* --- faults ------------------------------------------------------------------------------ */

static int prepare(struct btc_bench *bench, struct error *e)
{
	struct btc_steer_rule rule = {
		.valid = true, .type = 80, .function = 1, .eligible = UINT64_MAX
	};
	int rc;

	btc_bus_start(bench, 2);
	rc = btc_trace_set(bench->btc, true, true, e);
	if (rc == 0)
		rc = btc_steer_set(bench->btc, 0, &rule, e);
	btc_bus_send(bench, 1, 2, 1, 0);
	btc_bus_wait_us(bench, 5000);
	return rc;
}

static int op_trace(struct btc_bench *bench, struct error *e)
{
	int rc = btc_trace_read(bench->btc, records, 8, e, &n_records, NULL);

	if (rc == 0) {
		btc_bench_forget_log(bench);
		rc = btc_trace_set(bench->btc, true, true, e);
	}
	return rc;
}

static int op_steer(struct btc_bench *bench, struct error *e)
{
	struct btc_send how = { .timeout_us = 10000, .steer = true };
	struct btc_message m = { .header = { .type = 80 } };

	return btc_message_send(bench->btc, &m, &how, e);
}

static int op_apply(struct btc_bench *bench, struct error *e)
{
	struct btc_plan plan;

	btc_bus_plan(3, &plan);
	return btc_slots_apply(bench->btc, &plan, e, NULL);
}

static void test_every_access_may_fail(void **state)
{
	(void)state;
	assert_int_equal(btc_bench_sweep(BTC_URI, prepare, op_trace), 1 + 22 + 1 + 1);
	assert_int_equal(btc_bench_sweep(BTC_URI, prepare, op_steer), 2 + 2 + 7 + 1 + 1 + 1);
	assert_true(btc_bench_sweep(BTC_URI, prepare, op_apply) > 3 + 381 + 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_the_figures_are_seen_in_the_trace),
		TEST(test_records_that_have_no_other_line_are_alone),
		TEST(test_a_long_trace_is_read_in_batches),
		TEST(test_after_an_error_the_trace_starts_at_a_record),
		TEST(test_messages_are_steered_by_type_and_function_in_turn),
		TEST(test_the_broadcast_policy_decides_who_hears_a_blade),
		TEST(test_a_plan_that_the_core_refuses_leaves_the_old_one_in_force),
		TEST(test_plan_changes_under_load_lose_no_message_in_time),
		TEST(test_plan_changes_under_load_lose_no_message_in_frequency),
		TEST(test_every_message_is_delivered_or_counted_with_its_reason),
		cmocka_unit_test(test_every_access_may_fail),
	};

	return cmocka_run_group_tests_name("btc_traffic" BTC_OVER, tests, NULL, NULL);
}
