/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each kind of injected fault, at the access it was asked for, the same way each time. */
#include "tests/unit/bus_fixture.h"

#include "drv/clock.h"

static void test_the_nth_access_fails_once_for_all_n(void **state)
{
	(void)state;
	for (unsigned n = 1; n <= 9; n++) {
		struct bus_op ops[8];
		char prefix[64], text[128];
		struct bus *bus;
		int rc;

		for (unsigned i = 0; i < 8; i++)
			ops[i] = (struct bus_op){ .kind = i % 2 ? BUS_OP_WRITE : BUS_OP_READ,
						  .addr = WORD(i),
						  .value = 100 * n + i };
		snprintf(prefix, sizeof(prefix), "fault:seed=7,after=%u,", n);
		bus = scratch_open(prefix);
		rc = bus_xfer(bus, ops, 8);
		assert_int_equal(rc, n <= 8 ? E_IO : E_OK);
		for (unsigned i = 0; i < 8; i++)
			assert_int_equal(ops[i].status, i + 1 < n    ? BUS_OP_DONE
							: i + 1 == n ? BUS_OP_FAILED
								     : BUS_OP_NOT_RUN);
		for (unsigned i = 1; i < 8; i += 2)
			assert_true((scratch_peek(i) == 100 * n + i) == (i + 1 < n));
		if (n <= 8) {
			snprintf(text, sizeof(text),
				 "%s 0x%08x: injected fault: I/O error at access %u (seed 7)",
				 n % 2 ? "read" : "write", WORD(n - 1), n);
			assert_string_equal(bus_error(bus)->text, text);
			assert_int_equal(bus_xfer(bus, ops, 8), E_OK);
		}
		bus_close(bus);
	}
}

static void test_every_nth_access_fails(void **state)
{
	struct bus *bus = scratch_open("fault:every=3,");
	uint32_t value;

	(void)state;
	for (unsigned i = 1; i <= 12; i++)
		assert_int_equal(bus_read(bus, WORD(i), &value), i % 3 == 0 ? E_IO : E_OK);
	bus_close(bus);
}

static uint64_t failures(const char *prefix, unsigned n)
{
	struct bus *bus = scratch_open(prefix);
	uint64_t pattern = 0;
	uint32_t value;

	for (unsigned i = 0; i < n; i++)
		pattern = pattern << 1 | (bus_read(bus, WORD(i % 1024), &value) != E_OK);
	bus_close(bus);
	return pattern;
}

static void test_random_faults_repeat_with_their_seed(void **state)
{
	uint64_t first = failures("fault:seed=1,rate=0.5,", 64);

	(void)state;
	assert_true(first != 0 && first != UINT64_MAX);
	assert_true(failures("fault:seed=1,rate=0.5,", 64) == first);
	assert_true(failures("fault:rate=0.5,", 64) == first);
	assert_true(failures("fault:seed=2,rate=0.5,", 64) != first);
	assert_true(failures("fault:rate=0,", 64) == 0);
	assert_true(failures("fault:rate=1,", 64) == UINT64_MAX);
}

static void test_the_rate_is_about_what_was_asked(void **state)
{
	struct bus *bus = scratch_open("fault:seed=3,rate=0.1,");
	unsigned failed = 0;
	uint32_t value;

	(void)state;
	for (unsigned i = 0; i < 10000; i++)
		failed += bus_read(bus, WORD(0), &value) != E_OK;
	assert_in_range(failed, 900, 1100);
	bus_close(bus);
}

static void test_a_timeout_carries_out_the_access_and_loses_the_answer(void **state)
{
	struct bus *bus = scratch_open("fault:every=1,kind=timeout,");
	struct bus_op write = { .kind = BUS_OP_WRITE, .addr = WORD(1), .value = 9 };
	struct bus_op read = { .kind = BUS_OP_READ, .addr = WORD(1) };

	(void)state;
	assert_int_equal(bus_xfer(bus, &write, 1), E_TIMEOUT);
	assert_int_equal(write.status, BUS_OP_UNKNOWN);
	assert_int_equal(scratch_peek(1), 9);
	assert_string_equal(bus_error(bus)->text,
			    "write 0x00001004: injected fault: no answer at access 1 (seed 1)");
	assert_int_equal(bus_xfer(bus, &read, 1), E_TIMEOUT);
	assert_int_equal(read.status, BUS_OP_FAILED);
	bus_close(bus);
}

static void test_only_the_chosen_direction_counts(void **state)
{
	struct bus *bus = scratch_open("fault:after=2,on=write,");
	uint32_t value;

	(void)state;
	assert_int_equal(bus_read(bus, WORD(0), &value), E_OK);
	assert_int_equal(bus_write(bus, WORD(0), 1), E_OK);
	assert_int_equal(bus_read(bus, WORD(0), &value), E_OK);
	assert_int_equal(bus_write(bus, WORD(0), 1), E_IO);
	bus_close(bus);
	bus = scratch_open("fault:after=1,on=read,");
	assert_int_equal(bus_write(bus, WORD(0), 1), E_OK);
	assert_int_equal(bus_read(bus, WORD(0), &value), E_IO);
	bus_close(bus);
	bus = scratch_open("fault:after=1,on=any,");
	assert_int_equal(bus_write(bus, WORD(0), 1), E_IO);
	bus_close(bus);
}

static void test_a_dropped_write_looks_done(void **state)
{
	struct bus *bus = scratch_open("fault:drop=2,");
	struct bus_op ops[] = {
		{ .kind = BUS_OP_WRITE, .addr = WORD(1), .value = 1 },
		{ .kind = BUS_OP_WRITE, .addr = WORD(2), .value = 2 },
		{ .kind = BUS_OP_WRITE, .addr = WORD(3), .value = 3 },
	};

	(void)state;
	assert_int_equal(bus_xfer(bus, ops, 3), E_OK);
	assert_int_equal(ops[1].status, BUS_OP_DONE);
	assert_int_equal(scratch_peek(1), 1);
	assert_int_equal(scratch_peek(2), scratch_word(2));
	assert_int_equal(scratch_peek(3), 3);
	bus_close(bus);
}

static void test_stuck_bits_read_as_told(void **state)
{
	struct bus *bus = scratch_open("fault:stuck=0x1004:0xf000000f:0x5000000a,");
	uint32_t value;

	(void)state;
	assert_int_equal(bus_read(bus, WORD(1), &value), E_OK);
	assert_int_equal(value, 0x5000000a);
	assert_int_equal(bus_write(bus, WORD(1), 0xffffffff), E_OK);
	assert_int_equal(bus_read(bus, WORD(1), &value), E_OK);
	assert_int_equal(value, 0x5ffffffa);
	assert_int_equal(bus_read(bus, WORD(2), &value), E_OK);
	assert_int_equal(value, scratch_word(2));
	bus_close(bus);
}

static void test_dead_values_start_at_the_asked_access_and_end(void **state)
{
	static const struct {
		const char *prefix;
		uint32_t value;
		unsigned first, last;
	} cases[] = {
		{ "fault:ones,", 0xffffffff, 1, 6 },
		{ "fault:ones=3,", 0xffffffff, 3, 6 },
		{ "fault:eights=2,", 0x88888888, 2, 6 },
		{ "fault:eights=2,for=2,", 0x88888888, 2, 3 },
	};

	(void)state;
	for (size_t c = 0; c < COUNT(cases); c++) {
		struct bus *bus = scratch_open(cases[c].prefix);

		for (unsigned i = 1; i <= 6; i++) {
			bool dead = i >= cases[c].first && i <= cases[c].last;
			uint32_t value;

			assert_int_equal(bus_read(bus, WORD(i), &value), E_OK);
			assert_int_equal(value, dead ? cases[c].value : scratch_word(i));
		}
		bus_close(bus);
	}
}

static void test_an_unplugged_device_stays_away(void **state)
{
	struct bus *bus = scratch_open("fault:unplug=2,");
	uint32_t value;

	(void)state;
	assert_int_equal(bus_read(bus, WORD(0), &value), E_OK);
	for (unsigned i = 0; i < 5; i++)
		assert_int_equal(bus_write(bus, WORD(0), 0), E_NODEV);
	assert_string_equal(bus_error(bus)->text,
			    "write 0x00001000: injected fault: unplugged at access 6 (seed 1)");
	assert_int_equal(scratch_peek(0), scratch_word(0));
	bus_close(bus);
}

static void test_an_unplugged_device_can_come_back(void **state)
{
	struct bus *bus = scratch_open("fault:unplug=2,for=3,");
	uint32_t value;

	(void)state;
	for (unsigned i = 1; i <= 6; i++)
		assert_int_equal(bus_read(bus, WORD(0), &value),
				 i >= 2 && i <= 4 ? E_NODEV : E_OK);
	bus_close(bus);
}

static void test_latency_takes_time_on_the_buss_clock(void **state)
{
	struct bus *bus = scratch_open("fault:latency=1500,");
	uint64_t before = clock_now_us(bus_clock(bus));
	uint32_t value;

	(void)state;
	assert_int_equal(bus_read(bus, WORD(0), &value), E_OK);
	assert_int_equal(bus_read(bus, WORD(0), &value), E_OK);
	assert_true(clock_now_us(bus_clock(bus)) - before >= 3000);
	bus_close(bus);
}

static void test_a_poll_counts_each_read(void **state)
{
	struct bus *bus = scratch_open("fault:after=4,");
	struct bus_op poll = { .kind = BUS_OP_POLL,
			       .addr = WORD(0),
			       .value = 0,
			       .mask = ~0u,
			       .time_us = 1000000,
			       .every_us = 1 };
	struct bus_stats stats;

	(void)state;
	assert_int_equal(bus_xfer(bus, &poll, 1), E_IO);
	assert_int_equal(poll.status, BUS_OP_UNKNOWN);
	bus_stats_get(bus, &stats);
	assert_int_equal(stats.reads, 4);
	bus_close(bus);
}

static void test_faults_nest(void **state)
{
	struct bus *bus = scratch_open("fault:stuck=0x1000:1:1,fault:stuck=0x1000:2:2,");
	uint32_t value;

	(void)state;
	assert_int_equal(bus_read(bus, WORD(0), &value), E_OK);
	assert_int_equal(value, scratch_word(0) | 3);
	bus_close(bus);
}

static void test_mistakes_are_refused(void **state)
{
	static const struct {
		const char *uri;
		int code;
		const char *text;
	} cases[] = {
		{ "fault:", E_SYNTAX, "fault: needs a bus to wrap: fault:KEY=VALUE,...,URI" },
		{ "fault:after=1", E_SYNTAX,
		  "fault: needs a bus to wrap: fault:KEY=VALUE,...,URI" },
		{ "fault:after=0,file:x", E_RANGE,
		  "fault: after=0: want a number from 1 to 18446744073709551615" },
		{ "fault:kind=eio,file:x", E_SYNTAX, "fault: kind=eio: want io or timeout" },
		{ "fault:on=reads,file:x", E_SYNTAX,
		  "fault: on=reads: want any, read or write" },
		{ "fault:stuck=1:2,file:x", E_SYNTAX,
		  "fault: stuck=1:2: want ADDR:MASK:VALUE" },
		{ "fault:stuck=4:2:3:4,file:x", E_SYNTAX,
		  "fault: stuck=4:2:3:4: want ADDR:MASK:VALUE" },
		{ "fault:stuck=,file:x", E_SYNTAX, "fault: stuck=: want ADDR:MASK:VALUE" },
		{ "fault:stuck=1:1:1,file:x", E_RANGE,
		  "fault: stuck=1:1:1: not a 32-bit word" },
		{ "fault:stuck=4:0x100000000:1,file:x", E_RANGE,
		  "fault: stuck=4:0x100000000:1: not a 32-bit word" },
		{ "fault:rate=2,file:x", E_SYNTAX, "fault: rate=2: want a number from 0 to 1" },
		{ "fault:file:/no/such/file", E_NODEV,
		  "file:/no/such/file: No such file or directory" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct error err = { 0 };
		struct bus *bus = NULL;

		assert_int_equal(bus_open(cases[i].uri, NULL, &err, &bus), cases[i].code);
		assert_string_equal(err.text, cases[i].text);
		assert_null(bus);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_SCRATCH(test_the_nth_access_fails_once_for_all_n),
		ON_SCRATCH(test_every_nth_access_fails),
		ON_SCRATCH(test_random_faults_repeat_with_their_seed),
		ON_SCRATCH(test_the_rate_is_about_what_was_asked),
		ON_SCRATCH(test_a_timeout_carries_out_the_access_and_loses_the_answer),
		ON_SCRATCH(test_only_the_chosen_direction_counts),
		ON_SCRATCH(test_a_dropped_write_looks_done),
		ON_SCRATCH(test_stuck_bits_read_as_told),
		ON_SCRATCH(test_dead_values_start_at_the_asked_access_and_end),
		ON_SCRATCH(test_an_unplugged_device_stays_away),
		ON_SCRATCH(test_an_unplugged_device_can_come_back),
		ON_SCRATCH(test_latency_takes_time_on_the_buss_clock),
		ON_SCRATCH(test_a_poll_counts_each_read),
		ON_SCRATCH(test_faults_nest),
		cmocka_unit_test(test_mistakes_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
