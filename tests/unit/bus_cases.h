/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What every bus does, tried on a file: directly, and through what scratch_through puts around it.
 */
#ifndef TESTS_UNIT_BUS_CASES_H
#define TESTS_UNIT_BUS_CASES_H

#include "tests/unit/bus_fixture.h"

#include "drv/cancel.h"
#include "drv/clock.h"

static void test_batches_run_in_order_and_mark_each_operation(void **state)
{
	struct bus *bus = scratch_open("");
	struct bus_op ops[] = {
		{ .kind = BUS_OP_READ, .addr = WORD(0) },
		{ .kind = BUS_OP_WRITE, .addr = WORD(0), .value = 5 },
		{ .kind = BUS_OP_DELAY, .addr = 3, .time_us = 10 },
		{ .kind = BUS_OP_READ, .addr = WORD(0) },
		{ .kind = BUS_OP_POLL, .addr = WORD(0), .value = 0xff05, .mask = 0xff },
	};
	struct bus_stats stats;

	(void)state;
	assert_int_equal(bus_xfer(bus, ops, COUNT(ops)), E_OK);
	for (size_t i = 0; i < COUNT(ops); i++)
		assert_int_equal(ops[i].status, BUS_OP_DONE);
	assert_int_equal(ops[0].value, scratch_word(0));
	assert_int_equal(ops[3].value, 5);
	assert_int_equal(ops[4].value, 5);
	assert_int_equal(scratch_peek(0), 5);
	bus_stats_get(bus, &stats);
	assert_int_equal(stats.reads, 3);
	assert_int_equal(stats.writes, 1);
	assert_int_equal(stats.batches, 1);
	bus_close(bus);
}

static void test_one_bad_address_means_that_nothing_ran(void **state)
{
	static const struct {
		uint64_t addr;
		const char *text;
	} cases[] = {
		{ WORD(1) + 1, "read 0x00001005: the address is not a multiple of 4" },
		{ WORD(1) + 2, "read 0x00001006: the address is not a multiple of 4" },
		{ 0xffc, "read 0x00000ffc: outside the window 0x00001000 to 0x00001fff" },
		{ 0x2000, "read 0x00002000: outside the window 0x00001000 to 0x00001fff" },
		{ UINT64_MAX - 3,
		  "read 0xfffffffffffffffc: outside the window 0x00001000 to 0x00001fff" },
	};
	struct bus *bus = scratch_open("");
	struct bus_stats stats;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bus_op ops[] = {
			{ .kind = BUS_OP_WRITE,
			  .status = BUS_OP_DONE,
			  .addr = WORD(1),
			  .value = 1 },
			{ .kind = BUS_OP_READ, .status = BUS_OP_DONE, .addr = cases[i].addr },
		};

		assert_int_equal(bus_xfer(bus, ops, 2), E_RANGE);
		assert_int_equal(ops[0].status, BUS_OP_NOT_RUN);
		assert_int_equal(ops[1].status, BUS_OP_NOT_RUN);
		assert_int_equal(bus_error(bus)->code, E_RANGE);
		assert_string_equal(bus_error(bus)->text, cases[i].text);
	}
	assert_int_equal(scratch_peek(1), scratch_word(1));
	bus_stats_get(bus, &stats);
	assert_int_equal(stats.reads + stats.writes + stats.batches, 0);
	bus_close(bus);
}

static void test_a_bad_read_among_reads_undoes_their_marks(void **state)
{
	struct bus *bus = scratch_open("");
	struct bus_op ops[9];
	struct bus_stats stats;

	(void)state;
	for (unsigned i = 0; i < 9; i++)
		ops[i] = (struct bus_op){ .kind = BUS_OP_READ, .addr = WORD(i) };
	ops[7].addr += 2;
	assert_int_equal(bus_xfer(bus, ops, 9), E_RANGE);
	for (unsigned i = 0; i < 9; i++)
		assert_int_equal(ops[i].status, BUS_OP_NOT_RUN);
	bus_stats_get(bus, &stats);
	assert_int_equal(stats.reads + stats.batches, 0);
	assert_int_equal(bus_xfer(bus, ops, 7), E_OK);
	for (unsigned i = 0; i < 7; i++) {
		assert_int_equal(ops[i].status, BUS_OP_DONE);
		assert_int_equal(ops[i].value, scratch_word(i));
	}
	bus_stats_get(bus, &stats);
	assert_int_equal(stats.reads, 7);
	assert_int_equal(stats.batches, 1);
	bus_close(bus);
}

static void test_the_window_ends_exactly(void **state)
{
	struct bus *bus = scratch_open("");
	uint32_t value = 77;

	(void)state;
	assert_int_equal(bus_origin(bus), SCRATCH_ORIGIN);
	assert_int_equal(bus_size(bus), SCRATCH_BYTES);
	assert_int_equal(bus_read(bus, 0x1ffc, &value), E_OK);
	assert_int_equal(value, scratch_word(1023));
	value = 77;
	assert_int_equal(bus_read(bus, 0x2000, &value), E_RANGE);
	assert_int_equal(value, 77);
	bus_close(bus);
}

static void test_unknown_kinds_are_refused(void **state)
{
	struct bus *bus = scratch_open("");
	struct bus_op op = { .kind = (enum bus_op_kind)9, .addr = WORD(0) };

	(void)state;
	assert_int_equal(bus_xfer(bus, &op, 1), E_INTERNAL);
	assert_string_equal(bus_error(bus)->text, "operation 0 of the batch has kind 9");
	assert_int_equal(bus_xfer(bus, NULL, 0), E_OK);
	bus_close(bus);
}

static void test_a_poll_that_never_matches_times_out(void **state)
{
	struct bus *bus = scratch_open("");
	struct bus_op ops[] = {
		{ .kind = BUS_OP_POLL,
		  .addr = WORD(2),
		  .value = 0xffff0003,
		  .mask = 0xf,
		  .time_us = 300,
		  .every_us = 100 },
		{ .kind = BUS_OP_WRITE, .addr = WORD(2), .value = 1 },
	};
	uint64_t before = clock_now_us(bus_clock(bus));

	(void)state;
	assert_int_equal(bus_xfer(bus, ops, 2), E_TIMEOUT);
	assert_true(clock_now_us(bus_clock(bus)) - before >= 300);
	assert_int_equal(ops[0].status, BUS_OP_FAILED);
	assert_int_equal(ops[0].value, scratch_word(2));
	assert_int_equal(ops[1].status, BUS_OP_NOT_RUN);
	assert_string_equal(bus_error(bus)->text,
			    "poll 0x00001008: still 0x10000002 after 300 us "
			    "(want 0x00000003, mask 0x0000000f)");
	bus_close(bus);
}

static void test_errors_do_not_outlive_the_next_batch(void **state)
{
	struct bus *bus = scratch_open("");
	uint32_t value;

	(void)state;
	assert_int_equal(bus_read(bus, 1, &value), E_RANGE);
	assert_int_equal(bus_read(bus, WORD(1), &value), E_OK);
	assert_int_equal(bus_error(bus)->code, E_OK);
	assert_string_equal(bus_error(bus)->text, "");
	bus_close(bus);
}

static void test_a_cancel_stops_the_next_batch(void **state)
{
	struct bus *bus = scratch_open("");
	struct bus_op ops[] = {
		{ .kind = BUS_OP_WRITE, .addr = WORD(4), .value = 1 },
		{ .kind = BUS_OP_DELAY, .time_us = 1000 },
	};

	(void)state;
	cancel_request();
	assert_int_equal(bus_xfer(bus, ops, 2), E_INTR);
	assert_int_equal(ops[0].status, BUS_OP_NOT_RUN);
	assert_string_equal(bus_error(bus)->text, "interrupted after 0 of 2 bus operations");
	cancel_clear();
	assert_int_equal(bus_xfer(bus, ops, 2), E_OK);
	bus_close(bus);
}

#define BUS_CASES                                                                              \
	ON_SCRATCH(test_batches_run_in_order_and_mark_each_operation),                         \
		ON_SCRATCH(test_one_bad_address_means_that_nothing_ran),                       \
		ON_SCRATCH(test_a_bad_read_among_reads_undoes_their_marks),                    \
		ON_SCRATCH(test_the_window_ends_exactly),                                      \
		ON_SCRATCH(test_unknown_kinds_are_refused),                                    \
		ON_SCRATCH(test_a_poll_that_never_matches_times_out),                          \
		ON_SCRATCH(test_errors_do_not_outlive_the_next_batch),                         \
		ON_SCRATCH(test_a_cancel_stops_the_next_batch)

#endif
