/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who the blades are: discovery, duplicates, hot-swap, handing identifiers out, keeping a blade out.
 * On the behaviour model.
 */
#ifndef BTC_URI
#define BTC_URI "mock:"
#endif
#include "tests/lib/btc_group.h"

#include "hal/btc/blades.h"
#include "hal/btc/events.h"
#include "tests/lib/btc_bus.h"

#define TIMEOUT_US 100000u

static struct btc_discovery found;
static struct btc_hotswap swap;
static struct btc_blade blade;

/* A bus without any discovery. */
static void start_unknown(uint32_t n)
{
	struct btc_setup setup = { .ident = btc_bus_ident(0), .forward = true };
	struct btc_plan plan;

	for (uint32_t i = 1; i <= n; i++)
		btc_bus_plug(&b, i);
	btc_bus_plan(n, &plan);
	setup.plan = &plan;
	PASS(btc_init(b.btc, &setup, &err));
	btc_bench_forget_log(&b);
}

static void silence(uint32_t station)
{
	struct mock_btc_conduct silent = { .behaviour = MOCK_BTC_SILENT };

	PASS(mock_btc_behave(btc_bus_model(&b), station, &silent));
}

static void test_discovery_learns_all_that_a_blade_says(void **state)
{
	struct mock_btc_blade is = { .ident = { 2, 0, 0, 0, 0, 8 },
				     .ipv6 = { 0x20, 0x01, 0x0d, 0xb8, [15] = 9 },
				     .ipv4 = 0xc6336408,
				     .functions = 0x80000081 };

	(void)state;
	start_unknown(7);
	PASS(mock_btc_plug(btc_bus_model(&b), 8, &is));
	PASS(btc_blade_get(b.btc, 8, &err, &blade));
	assert_int_equal(blade.state, BTC_BLADE_UNKNOWN);
	assert_false(blade.known);
	/* 8 has no slot of its own: it answers in a shared one */
	PASS(btc_discover(b.btc, TIMEOUT_US, &err, &found));
	assert_int_equal(found.asked, 0xff);
	assert_int_equal(found.answered, 0xff);
	assert_int_equal(found.changed, 0xff);
	assert_int_equal(found.duplicate, 0);
	assert_int_equal(found.malformed, 0);
	PASS(btc_blade_get(b.btc, 8, &err, &blade));
	assert_int_equal(blade.state, BTC_BLADE_READY);
	assert_true(blade.known && blade.aligned && !blade.duplicate);
	assert_memory_equal(blade.identity.ident.octet, is.ident, 6);
	assert_memory_equal(blade.identity.ipv6, is.ipv6, 16);
	assert_memory_equal(blade.identity.ipv4, "\xc6\x33\x64\x08", 4);
	assert_int_equal(blade.identity.functions, 0x80000081);
}

static void test_a_second_discovery_writes_no_identity(void **state)
{
	(void)state;
	btc_bus_start(&b, 4);
	PASS(btc_discover(b.btc, TIMEOUT_US, &err, &found));
	assert_int_equal(found.answered, 0xf);
	assert_int_equal(found.changed, 0);
	/* the request: 7 words and COMMIT */
	assert_int_equal(access_log_writes(&b.log), 8);
}

static void test_a_blade_that_does_not_answer_is_missing_and_the_time_is_kept(void **state)
{
	uint64_t begin;

	(void)state;
	start_unknown(4);
	silence(2);
	begin = btc_bus_now_us(&b);
	PASS(btc_discover(b.btc, 50000, &err, &found));
	assert_in_range(btc_bus_now_us(&b) - begin, 50000, 50000 + BTC_SLACK_US);
	assert_int_equal(found.asked, 0xf);
	assert_int_equal(found.answered, 0xd);
	PASS(btc_blade_get(b.btc, 2, &err, &blade));
	assert_int_equal(blade.state, BTC_BLADE_UNKNOWN);
}

static void test_discovery_needs_a_bus_and_an_identifier(void **state)
{
	(void)state;
	FAIL(btc_discover(b.btc, 1000, &err, &found), E_STATE,
	     "CONTROL:MODE.ENABLE is 0: the bus is silent");
	PASS(btc_enable_set(b.btc, true, &err));
	FAIL(btc_discover(b.btc, 1000, &err, &found), E_STATE,
	     "the controller has no identifier");
}

static void test_an_answer_from_another_time_is_not_an_answer(void **state)
{
	uint8_t body[30] = { 2, 0, 0, 0, 0, 0x66 };
	struct mock_btc_message stale = {
		.type = 0xff01, .length = 30, .sequence = 0, .body = body
	};
	struct mac controller = btc_bus_ident(0);

	(void)state;
	start_unknown(2);
	silence(1);
	memcpy(stale.final, controller.octet, 6);
	for (unsigned i = 0; i < 3; i++)
		PASS(mock_btc_send(btc_bus_model(&b), 2, &stale));
	silence(2);
	/* the sequence of 2's own messages does not fit the question's, but for one of them */
	PASS(btc_discover(b.btc, 20000, &err, &found));
	PASS(btc_blade_get(b.btc, 1, &err, &blade));
	assert_false(blade.known);
	assert_int_equal(found.answered & 1, 0);
}

static void test_duplicates_are_told_by_the_driver_and_the_core(void **state)
{
	struct mock_btc_blade twin = { .ident = { 2, 0, 0, 0, 0, 3 } };
	struct mock_btc_blade self = { .ident = { 2, 0, 0, 0, 0, 0xfe } };
	uint32_t events;

	(void)state;
	btc_bus_start(&b, 4);
	PASS(mock_btc_plug(btc_bus_model(&b), 6, &twin));
	PASS(mock_btc_plug(btc_bus_model(&b), 7, &self));
	PASS(btc_discover(b.btc, TIMEOUT_US, &err, &found));
	assert_int_equal(found.answered, 0x6f);
	assert_int_equal(found.duplicate, 1 << 2 | 1 << 5 | 1 << 6);
	PASS(btc_blade_get(b.btc, 6, &err, &blade));
	assert_true(blade.duplicate);
	PASS(btc_events_take(b.btc, BTC_EVENT_DUPLICATE, &err, &events));
	assert_int_equal(events, BTC_EVENT_DUPLICATE);
}

static void test_an_answer_that_names_nobody_is_malformed(void **state)
{
	struct mock_btc_blade nobody = { .ident = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff } };

	(void)state;
	start_unknown(2);
	PASS(mock_btc_plug(btc_bus_model(&b), 3, &nobody));
	PASS(btc_discover(b.btc, 20000, &err, &found));
	assert_int_equal(found.answered, 3);
	assert_int_equal(found.malformed, 1);
}

static void test_all_blades_are_handed_the_identifiers(void **state)
{
	struct mock_btc_told told;
	size_t n;

	(void)state;
	btc_bus_start(&b, 64);
	PASS(btc_blades_hand(b.btc, &err, &n));
	assert_int_equal(n, 64);
	btc_bus_wait_us(&b, 20000);
	for (uint32_t i = 1; i <= 64; i++) {
		PASS(mock_btc_told(btc_bus_model(&b), i, &told));
		assert_memory_equal(told.switch_ident, btc_bus_ident(0).octet, 6);
		for (uint32_t k = 1; k <= 64; k++)
			assert_memory_equal(told.peers[k], btc_bus_ident(k).octet, 6);
	}
}

static void test_a_blade_that_comes_is_discovered_and_all_are_told(void **state)
{
	struct mock_btc_told told;
	uint32_t station = 0;
	struct mac ident = btc_bus_ident(5);

	(void)state;
	btc_bus_start(&b, 4);
	PASS(btc_hotswap(b.btc, TIMEOUT_US, &err, &swap));
	assert_int_equal(swap.inserted, 0xf); /* since the core was reset */
	PASS(btc_hotswap(b.btc, TIMEOUT_US, &err, &swap));
	assert_int_equal(swap.inserted | swap.removed, 0);
	FAIL(btc_blade_find(b.btc, &ident, &err, &station), E_NOTFOUND,
	     "no blade that is ready has the identifier 02:00:00:00:00:05");
	btc_bus_plug(&b, 5);
	PASS(btc_hotswap(b.btc, TIMEOUT_US, &err, &swap));
	assert_int_equal(swap.inserted, 0x10);
	assert_int_equal(swap.removed, 0);
	assert_int_equal(swap.discovery.changed, 0x10);
	PASS(btc_blade_find(b.btc, &ident, &err, &station));
	assert_int_equal(station, 5);
	btc_bus_wait_us(&b, 20000);
	PASS(mock_btc_told(btc_bus_model(&b), 1, &told));
	assert_memory_equal(told.peers[5], ident.octet, 6);
}

static void test_a_blade_that_goes_stays_known_and_one_that_is_swapped_does_not(void **state)
{
	struct mock_btc_blade other = { .ident = { 2, 0, 0, 0, 9, 9 } };

	(void)state;
	btc_bus_start(&b, 4);
	PASS(btc_hotswap(b.btc, TIMEOUT_US, &err, &swap));
	PASS(mock_btc_pull(btc_bus_model(&b), 3));
	PASS(btc_hotswap(b.btc, TIMEOUT_US, &err, &swap));
	assert_int_equal(swap.removed, 4);
	assert_int_equal(swap.inserted, 0);
	PASS(btc_blade_get(b.btc, 3, &err, &blade));
	assert_int_equal(blade.state, BTC_BLADE_ABSENT);
	assert_true(blade.known);
	PASS(mock_btc_pull(btc_bus_model(&b), 4));
	PASS(mock_btc_plug(btc_bus_model(&b), 4, &other));
	PASS(btc_blade_get(b.btc, 4, &err, &blade));
	assert_false(blade.known); /* the core clears it */
	PASS(btc_hotswap(b.btc, TIMEOUT_US, &err, &swap));
	assert_int_equal(swap.removed, 8);
	assert_int_equal(swap.inserted, 8);
	PASS(btc_blade_get(b.btc, 4, &err, &blade));
	assert_int_equal(blade.state, BTC_BLADE_READY);
	assert_memory_equal(blade.identity.ident.octet, other.ident, 6);
}

static void test_a_blade_that_is_kept_out_hears_nothing(void **state)
{
	struct mac to = btc_bus_ident(2);
	struct btc_echo echo = { .bytes = 4, .timeout_us = 10000 };

	(void)state;
	btc_bus_start(&b, 3);
	PASS(btc_ping(b.btc, &to, &echo, &err, NULL));
	PASS(btc_blade_disable(b.btc, 2, true, &err));
	PASS(btc_blade_get(b.btc, 2, &err, &blade));
	assert_int_equal(blade.state, BTC_BLADE_DISABLED);
	FAIL(btc_ping(b.btc, &to, &echo, &err, NULL), E_TIMEOUT, "no message from");
	PASS(btc_discover(b.btc, 20000, &err, &found));
	assert_int_equal(found.asked, 5);
	PASS(btc_blade_disable(b.btc, 2, false, &err));
	btc_bus_wait_us(&b, 1000);
	PASS(btc_ping(b.btc, &to, &echo, &err, NULL));
}

/* --- faults ------------------------------------------------------------------------------ */

static int prepare(struct btc_bench *bench, struct error *e)
{
	(void)e;
	btc_bus_start(bench, 3);
	btc_bus_plug(bench, 5);
	return 0;
}

static int op_hotswap(struct btc_bench *bench, struct error *e)
{
	struct btc_hotswap seen;
	int rc = btc_hotswap(bench->btc, 20000, e, &seen);

	/* whatever failed before, even the clearing of events: in the end 5 is known */
	if (rc != 0)
		return rc;
	btc_bench_forget_log(bench);
	rc = btc_blade_get(bench->btc, 5, e, &blade);
	if (rc == 0)
		assert_int_equal(blade.state, BTC_BLADE_READY);
	return rc;
}

static int op_hand(struct btc_bench *bench, struct error *e)
{
	return btc_blades_hand(bench->btc, e, NULL);
}

static void test_every_access_may_fail(void **state)
{
	(void)state;
	assert_true(btc_bench_sweep(BTC_URI, prepare, op_hotswap) > 300);
	assert_true(btc_bench_sweep(BTC_URI, prepare, op_hand) > 192 + 32);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_discovery_learns_all_that_a_blade_says),
		TEST(test_a_second_discovery_writes_no_identity),
		TEST(test_a_blade_that_does_not_answer_is_missing_and_the_time_is_kept),
		TEST(test_discovery_needs_a_bus_and_an_identifier),
		TEST(test_an_answer_from_another_time_is_not_an_answer),
		TEST(test_duplicates_are_told_by_the_driver_and_the_core),
		TEST(test_an_answer_that_names_nobody_is_malformed),
		TEST(test_all_blades_are_handed_the_identifiers),
		TEST(test_a_blade_that_comes_is_discovered_and_all_are_told),
		TEST(test_a_blade_that_goes_stays_known_and_one_that_is_swapped_does_not),
		TEST(test_a_blade_that_is_kept_out_hears_nothing),
		cmocka_unit_test(test_every_access_may_fail),
	};

	return cmocka_run_group_tests_name("btc_blades" BTC_OVER, tests, NULL, NULL);
}
