/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "drv/clock.h"
#include "tests/lib/reg_bench.h"

static struct bench b;

static int open_bench(void **state)
{
	(void)state;
	bench_open_on(&b, "mock:");
	return 0;
}

static int close_bench(void **state)
{
	(void)state;
	bench_close(&b);
	return 0;
}

static uint64_t now(void)
{
	return clock_now_us(board_clock(b.board));
}

static struct reg_poll poll_of(const char *name, uint64_t mask, uint64_t want)
{
	return (struct reg_poll){
		.ref = bench_ref(&b, name, 0),
		.mask = mask,
		.want = want,
		.timeout_us = 100,
		.every_us = 30,
	};
}

static void write_reg(const char *name, uint64_t value)
{
	struct regdb_ref ref = bench_ref(&b, name, 0);
	struct error err = { 0 };

	if (reg_write(b.dev, &ref, value, 0, &err) != 0)
		fail_msg("%s", err.text);
	bench_log(&b);
}

static void test_a_condition_that_holds_takes_one_read_and_no_time(void **state)
{
	struct reg_poll poll = poll_of("CFG", 0xff, 0x12);
	struct error err = { 0 };
	uint64_t last = 0;

	(void)state;
	write_reg("CFG", 0x3412);
	assert_int_equal(reg_poll(b.dev, &poll, 0, &err, &last), 0);
	assert_int_equal(last, 0x3412);
	assert_int_equal(now(), 0);
}

/* Reads at 0, 30, 60, 90 and a last time at 100 us. */
static void test_timeout_reads_on_schedule_and_says_what_it_waited_for(void **state)
{
	struct reg_poll poll = poll_of("CFG", 0xff00, 0x100);
	struct error err = { 0 };
	struct bus_stats stats;
	uint64_t last = 0;
	struct bus *bus;

	(void)state;
	write_reg("CFG", 0x2277);
	assert_int_equal(reg_poll(b.dev, &poll, 0, &err, &last), E_TIMEOUT);
	assert_string_equal(err.text, "CFG.B was not 0x1 within 100 us, last 0x22");
	assert_int_equal(last, 0x2277);
	assert_int_equal(now(), 100);
	assert_int_equal(device_bus(b.dev, &err, &bus), 0);
	bus_stats_get(bus, &stats);
	assert_int_equal(stats.reads, 5);
}

static void test_a_wide_condition_keeps_the_same_schedule(void **state)
{
	struct reg_poll poll = poll_of("WIDEH", UINT64_C(0xff000000ff), 1);
	struct error err = { 0 };
	uint64_t last = 0;

	(void)state;
	write_reg("WIDEH", UINT64_C(0x500000001));
	assert_int_equal(reg_poll(b.dev, &poll, 0, &err, &last), E_TIMEOUT);
	assert_string_equal(bench_log(&b), "R2c R28 R2c R28 R2c R28 R2c R28 R2c R28");
	assert_string_equal(err.text, "WIDEH & 0xff000000ff was not 0x1 within 100 us, "
				      "last 0x500000001");
	assert_int_equal(now(), 100);
	write_reg("WIDEH", 1);
	assert_int_equal(reg_poll(b.dev, &poll, 0, &err, &last), 0);
	assert_true(last == 1);
	assert_int_equal(now(), 100);
}

static void test_bits_of_one_word_of_a_wide_register_poll_that_word(void **state)
{
	struct reg_poll poll = poll_of("WIDE", reg_bits(44, 20), UINT64_C(3) << 44);
	struct error err = { 0 };
	uint64_t last = 0;

	(void)state;
	write_reg("WIDE", UINT64_C(3) << 44);
	assert_int_equal(reg_poll(b.dev, &poll, 0, &err, &last), 0);
	assert_string_equal(bench_log(&b), "P24");
	assert_true(last == UINT64_C(3) << 44);
}

static void test_a_narrow_register_is_polled_in_its_word(void **state)
{
	struct reg_poll poll = poll_of("N16", 0xf00, 0x300);
	struct error err = { 0 };
	uint64_t last = 0;

	(void)state;
	write_reg("N16", 0x1345);
	assert_int_equal(reg_poll(b.dev, &poll, 0, &err, &last), 0);
	assert_int_equal(last, 0x1345);
	assert_string_equal(bench_log(&b), "P30");
}

/* The bus's own words, and a code that tells it from a condition that did not come true. */
static void test_a_bus_without_answer_is_not_a_condition_that_does_not_hold(void **state)
{
	static const char *const names[] = { "CFG", "WIDEH" };
	static const char *const prefixes[] = { "fault:after=1,kind=timeout,",
						"fault:after=3,kind=timeout," };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct reg_poll poll;
		struct error err = { 0 };
		uint64_t last = 7;

		bench_close(&b);
		bench_open(&b, prefixes[i / 2]);
		poll = poll_of(names[i % 2], UINT64_C(1), 1);
		poll.timeout_us = 1000000;
		poll.mask = i % 2 == 0 ? 1 : UINT64_C(0x100000001);
		assert_int_equal(reg_poll(b.dev, &poll, 0, &err, &last), E_IO);
		assert_int_equal(err.code, E_IO);
		assert_non_null(strstr(err.text, "injected fault: no answer"));
		assert_null(strstr(err.text, "was not"));
		if (i < 2)
			assert_int_equal(last, 7);
	}
}

static void test_times_are_told_in_units_that_people_use(void **state)
{
	static const struct {
		uint32_t us;
		const char *text;
	} cases[] = {
		{ 0, "within 0 us," },          { 1500, "within 1500 us," },
		{ 20000, "within 20 ms," },     { 1000000, "within 1 s," },
		{ 1500000, "within 1500 ms," },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct reg_poll poll = poll_of("CFG", 1, 1);
		struct error err = { 0 };

		poll.timeout_us = cases[i].us;
		poll.every_us = 1000000;
		assert_int_equal(reg_poll(b.dev, &poll, 0, &err, NULL), E_TIMEOUT);
		assert_non_null(strstr(err.text, cases[i].text));
	}
}

static void test_no_interval_still_ends(void **state)
{
	struct reg_poll poll = poll_of("CFG", 1, 1);
	struct error err = { 0 };

	(void)state;
	poll.every_us = 0;
	assert_int_equal(reg_poll(b.dev, &poll, 0, &err, NULL), E_TIMEOUT);
	assert_int_equal(now(), 100);
	poll.timeout_us = 0;
	assert_int_equal(reg_poll(b.dev, &poll, 0, &err, NULL), E_TIMEOUT);
	assert_int_equal(now(), 100);
}

static void test_refusals_touch_nothing(void **state)
{
	static const struct {
		const char *name;
		uint64_t mask, want;
		int code;
	} cases[] = {
		{ "POP", 1, 1, E_POLICY },   { "WO", 1, 1, E_POLICY },
		{ "BIG", 1, 1, E_NOTSUP },   { "CFG", 0, 0, E_RANGE },
		{ "CFG", 1, 2, E_RANGE },    { "N8A", 0x100, 0, E_RANGE },
		{ "N8C", 0x1, 0, E_POLICY },
	};
	uint64_t last = 5;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct reg_poll poll = poll_of(cases[i].name, cases[i].mask, cases[i].want);
		struct error err = { 0 };

		assert_int_equal(reg_poll(b.dev, &poll, 0, &err, &last), cases[i].code);
		assert_int_equal(strncmp(err.text, cases[i].name, 2), 0);
		assert_int_equal(last, 5);
		assert_string_equal(bench_log(&b), "");
	}
}

#define ON_BENCH(test) cmocka_unit_test_setup_teardown(test, open_bench, close_bench)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BENCH(test_a_condition_that_holds_takes_one_read_and_no_time),
		ON_BENCH(test_timeout_reads_on_schedule_and_says_what_it_waited_for),
		ON_BENCH(test_a_wide_condition_keeps_the_same_schedule),
		ON_BENCH(test_bits_of_one_word_of_a_wide_register_poll_that_word),
		ON_BENCH(test_a_narrow_register_is_polled_in_its_word),
		ON_BENCH(test_a_bus_without_answer_is_not_a_condition_that_does_not_hold),
		ON_BENCH(test_times_are_told_in_units_that_people_use),
		ON_BENCH(test_no_interval_still_ends),
		ON_BENCH(test_refusals_touch_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
