/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The safety wrappers over a file: bus. */
#include "tests/unit/bus_fixture.h"

#include "drv/clock.h"
#include "drv/wrap.h"

#define READ(i)     ((struct bus_op){ .kind = BUS_OP_READ, .addr = WORD(i) })
#define WRITE(i, v) ((struct bus_op){ .kind = BUS_OP_WRITE, .addr = WORD(i), .value = (v) })

/* What a wrapper reported, as text, one line each. */
struct log {
	char text[1024];
	size_t used;
};

static void log_add(struct log *log, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
static void log_add(struct log *log, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	log->used += (size_t)vsnprintf(log->text + log->used, sizeof(log->text) - log->used,
				       fmt, ap);
	va_end(ap);
	assert_true(log->used < sizeof(log->text));
}

static struct bus *open_readonly(const char *prefix)
{
	struct error err;
	struct bus *bus;

	assert_int_equal(wrap_readonly(scratch_open(prefix), &err, &bus), E_OK);
	return bus;
}

static void test_read_only_passes_reads_delays_and_polls(void **state)
{
	struct bus *bus = open_readonly("");
	struct bus_op ops[] = {
		READ(5),
		{ .kind = BUS_OP_DELAY, .time_us = 1 },
		{ .kind = BUS_OP_POLL, .addr = WORD(6), .value = scratch_word(6), .mask = ~0u },
	};
	struct bus_stats stats;

	(void)state;
	assert_int_equal(bus_xfer(bus, ops, 3), E_OK);
	assert_int_equal(ops[0].value, scratch_word(5));
	bus_stats_get(bus, &stats);
	assert_int_equal(stats.reads, 2);
	assert_int_equal(stats.writes, 0);
	bus_close(bus);
}

static void test_read_only_refuses_a_batch_with_a_write_whole(void **state)
{
	/* The inner bus fails its first access: nothing may reach it. */
	struct bus *bus = open_readonly("fault:after=1,");
	struct bus_op ops[] = { READ(0), WRITE(1, 7), READ(2) };

	(void)state;
	assert_int_equal(bus_xfer(bus, ops, 3), E_POLICY);
	for (unsigned i = 0; i < 3; i++)
		assert_int_equal(ops[i].status, BUS_OP_NOT_RUN);
	assert_int_equal(scratch_peek(1), scratch_word(1));
	assert_string_equal(bus_error(bus)->text,
			    "write 0x00001004: refused, the bus is read-only");
	assert_int_equal(bus_xfer(bus, ops, 1), E_IO);
	assert_string_equal(bus_error(bus)->text,
			    "read 0x00001000: injected fault: I/O error at access 1 (seed 1)");
	bus_close(bus);
}

static void test_wrappers_look_like_their_inner_bus(void **state)
{
	struct bus *bus = open_readonly("");

	(void)state;
	assert_int_equal(bus_origin(bus), SCRATCH_ORIGIN);
	assert_int_equal(bus_size(bus), SCRATCH_BYTES);
	assert_ptr_equal(bus_clock(bus), clock_real());
	assert_non_null(strstr(bus_uri(bus), scratch_path));
	bus_close(bus);
}

static void report(void *arg, const struct bus_op *op, uint32_t old, bool old_known)
{
	struct log *log = arg;

	if (op->kind == BUS_OP_DELAY)
		log_add(log, "delay %u\n", op->time_us);
	else if (op->kind == BUS_OP_POLL)
		log_add(log, "poll %x==%x/%x\n", (unsigned)op->addr, op->value, op->mask);
	else if (old_known)
		log_add(log, "%x: %x->%x\n", (unsigned)op->addr, old, op->value);
	else
		log_add(log, "%x: ?->%x\n", (unsigned)op->addr, op->value);
}

static bool not_word_9(void *arg, uint64_t addr)
{
	(void)arg;
	return addr != WORD(9);
}

static struct bus *open_dryrun(const char *prefix, struct log *log)
{
	struct wrap_dryrun_ops ops = { not_word_9, report, log };
	struct error err;
	struct bus *bus;

	assert_int_equal(wrap_dryrun(scratch_open(prefix), &ops, &err, &bus), E_OK);
	return bus;
}

static void test_dry_run_reports_and_overlays_writes(void **state)
{
	struct log log = { .used = 0 };
	struct bus *bus = open_dryrun("", &log);
	struct bus_op ops[] = {
		READ(1),        READ(2),     WRITE(1, 0xaa), READ(0), READ(1),
		WRITE(1, 0xbb), WRITE(9, 1), READ(1),        READ(2), WRITE(9, 2),
	};

	(void)state;
	assert_int_equal(bus_xfer(bus, ops, COUNT(ops)), E_OK);
	for (size_t i = 0; i < COUNT(ops); i++)
		assert_int_equal(ops[i].status, BUS_OP_DONE);
	assert_int_equal(ops[0].value, scratch_word(1));
	assert_int_equal(ops[1].value, scratch_word(2));
	assert_int_equal(ops[4].value, 0xaa);
	assert_int_equal(ops[7].value, 0xbb);
	assert_int_equal(ops[8].value, scratch_word(2));
	assert_string_equal(log.text, "1004: 10000001->aa\n"
				      "1004: aa->bb\n"
				      "1024: ?->1\n"
				      "1024: 1->2\n");
	for (unsigned i = 0; i < 10; i++)
		assert_int_equal(scratch_peek(i), scratch_word(i));
	bus_close(bus);
}

static void test_dry_run_neither_waits_nor_polls(void **state)
{
	struct log log = { .used = 0 };
	struct bus *bus = open_dryrun("", &log);
	uint64_t before = clock_now_us(clock_real());
	struct bus_op ops[] = {
		{ .kind = BUS_OP_DELAY, .time_us = 600000000 },
		{ .kind = BUS_OP_POLL,
		  .addr = WORD(0),
		  .value = 3,
		  .mask = 0xff,
		  .time_us = 600000000 },
	};
	struct bus_stats stats;

	(void)state;
	assert_int_equal(bus_xfer(bus, ops, 2), E_OK);
	assert_int_equal(ops[1].value, 3);
	assert_int_equal(ops[1].status, BUS_OP_DONE);
	assert_true(clock_now_us(clock_real()) - before < 300000000);
	assert_string_equal(log.text, "delay 600000000\npoll 1000==3/ff\n");
	bus_stats_get(bus, &stats);
	assert_int_equal(stats.reads, 0);
	bus_close(bus);
}

static void test_dry_run_reports_failing_reads(void **state)
{
	(void)state;
	for (unsigned n = 1; n <= 3; n++) {
		struct log log = { .used = 0 };
		struct bus_op ops[] = { READ(0), WRITE(1, 1), WRITE(2, 2), READ(1) };
		char prefix[32];
		struct bus *bus;

		snprintf(prefix, sizeof(prefix), "fault:after=%u,", n);
		bus = open_dryrun(prefix, &log);
		assert_int_equal(bus_xfer(bus, ops, 4), E_IO);
		for (unsigned i = 0; i < 4; i++)
			assert_int_equal(ops[i].status, i + 1 < n    ? BUS_OP_DONE
							: i + 1 == n ? BUS_OP_FAILED
								     : BUS_OP_NOT_RUN);
		assert_int_equal(bus_error(bus)->code, E_IO);
		assert_int_equal(bus_xfer(bus, ops, 4), E_OK);
		assert_int_equal(ops[3].value, 1);
		bus_close(bus);
	}
}

static void test_dry_run_remembers_many_words(void **state)
{
	struct log log = { .used = 0 };
	struct wrap_dryrun_ops quiet = { not_word_9, report, &log };
	struct error err;
	struct bus *bus;
	uint32_t value;

	(void)state;
	assert_int_equal(wrap_dryrun(scratch_open(""), &quiet, &err, &bus), E_OK);
	for (unsigned i = 0; i < 1024; i++) {
		log.used = 0;
		assert_int_equal(bus_write(bus, WORD(i), ~i), E_OK);
	}
	for (unsigned i = 0; i < 1024; i++) {
		assert_int_equal(bus_read(bus, WORD(i), &value), E_OK);
		assert_int_equal(value, ~i);
	}
	bus_close(bus);
}

static uint32_t verify_mask(void *arg, uint64_t addr)
{
	(void)arg;
	return addr == WORD(3) ? 0 : addr == WORD(4) ? 0xff : 0xffffffff;
}

static struct bus *open_verify(const char *prefix)
{
	struct wrap_verify_ops ops = { verify_mask, NULL };
	struct error err;
	struct bus *bus;

	assert_int_equal(wrap_verify(scratch_open(prefix), &ops, &err, &bus), E_OK);
	return bus;
}

static void test_verify_passes_what_reads_back(void **state)
{
	struct bus *bus = open_verify("");
	struct bus_op ops[] = {
		READ(0), WRITE(1, 5), WRITE(3, 6), { .kind = BUS_OP_DELAY, .time_us = 1 },
		READ(1), WRITE(2, 7),
	};
	struct bus_stats stats;

	(void)state;
	assert_int_equal(bus_xfer(bus, ops, COUNT(ops)), E_OK);
	for (size_t i = 0; i < COUNT(ops); i++)
		assert_int_equal(ops[i].status, BUS_OP_DONE);
	assert_int_equal(ops[4].value, 5);
	assert_int_equal(scratch_peek(3), 6);
	assert_int_equal(scratch_peek(2), 7);
	bus_stats_get(bus, &stats);
	assert_int_equal(stats.reads, 2);
	assert_int_equal(stats.writes, 3);
	bus_close(bus);
}

static void test_verify_finds_a_dropped_write(void **state)
{
	struct bus *bus = open_verify("fault:drop=2,");
	struct bus_op ops[] = { WRITE(1, 1), WRITE(2, 2), WRITE(5, 3) };

	(void)state;
	assert_int_equal(bus_xfer(bus, ops, 3), E_MISMATCH);
	assert_int_equal(ops[0].status, BUS_OP_DONE);
	assert_int_equal(ops[1].status, BUS_OP_FAILED);
	assert_int_equal(ops[2].status, BUS_OP_NOT_RUN);
	assert_string_equal(bus_error(bus)->text,
			    "write 0x00001008: wrote 0x00000002, read back 0x10000002 "
			    "(mask 0xffffffff)");
	bus_close(bus);
}

static void test_verify_looks_only_at_the_masked_bits(void **state)
{
	struct bus *bus = open_verify("fault:stuck=0x1010:0xff00:0,");

	(void)state;
	assert_int_equal(bus_write(bus, WORD(4), 0xffff), E_OK);
	bus_close(bus);
	bus = open_verify("fault:stuck=0x1010:0x80:0,");
	assert_int_equal(bus_write(bus, WORD(4), 0xffff), E_MISMATCH);
	bus_close(bus);
}

static void test_verify_reports_a_read_back_that_fails(void **state)
{
	struct bus *bus = open_verify("fault:after=2,");
	struct bus_op ops[] = { WRITE(1, 1), WRITE(2, 2) };

	(void)state;
	assert_int_equal(bus_xfer(bus, ops, 2), E_IO);
	assert_int_equal(ops[0].status, BUS_OP_UNKNOWN);
	assert_int_equal(ops[1].status, BUS_OP_NOT_RUN);
	assert_string_equal(bus_error(bus)->text,
			    "read-back: read 0x00001004: injected fault: I/O error at access 2 "
			    "(seed 1)");
	bus_close(bus);
	bus = open_verify("fault:after=1,");
	assert_int_equal(bus_xfer(bus, ops, 2), E_IO);
	assert_int_equal(ops[0].status, BUS_OP_FAILED);
	bus_close(bus);
}

static void trace(void *arg, const struct bus_op *op, int result)
{
	static const char kinds[] = "rwdp";

	log_add(arg, "%c%x=%x:%d\n", kinds[op->kind], (unsigned)op->addr, op->value, result);
}

static void test_trace_tells_what_was_tried_in_order(void **state)
{
	struct log log = { .used = 0 };
	struct wrap_trace_ops trace_ops = { trace, &log };
	struct bus_op ops[] = { READ(1), WRITE(1, 5), READ(1), READ(2) };
	struct error err;
	struct bus *bus;

	(void)state;
	assert_int_equal(wrap_trace(scratch_open("fault:after=3,"), &trace_ops, &err, &bus),
			 E_OK);
	assert_int_equal(bus_xfer(bus, ops, 4), E_IO);
	assert_string_equal(log.text, "r1004=10000001:0\nw1004=5:0\nr1004=0:-1\n");
	log.used = 0;
	assert_int_equal(bus_xfer(bus, ops + 2, 2), E_OK);
	assert_string_equal(log.text, "r1004=5:0\nr1008=10000002:0\n");
	log.used = 0;
	assert_int_equal(bus_xfer(bus, &READ(5000), 1), E_RANGE);
	assert_int_equal(log.used, 0);
	bus_close(bus);
}

static void test_wrappers_stack(void **state)
{
	struct log log = { .used = 0 };
	struct wrap_trace_ops trace_ops = { trace, &log };
	struct bus *bus = open_verify("");
	struct bus *outer;
	struct error err;

	(void)state;
	assert_int_equal(wrap_trace(bus, &trace_ops, &err, &outer), E_OK);
	assert_int_equal(wrap_readonly(outer, &err, &bus), E_OK);
	assert_int_equal(bus_write(bus, WORD(0), 1), E_POLICY);
	assert_int_equal(log.used, 0);
	bus_close(bus);
	bus_close(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_SCRATCH(test_read_only_passes_reads_delays_and_polls),
		ON_SCRATCH(test_read_only_refuses_a_batch_with_a_write_whole),
		ON_SCRATCH(test_wrappers_look_like_their_inner_bus),
		ON_SCRATCH(test_dry_run_reports_and_overlays_writes),
		ON_SCRATCH(test_dry_run_neither_waits_nor_polls),
		ON_SCRATCH(test_dry_run_reports_failing_reads),
		ON_SCRATCH(test_dry_run_remembers_many_words),
		ON_SCRATCH(test_verify_passes_what_reads_back),
		ON_SCRATCH(test_verify_finds_a_dropped_write),
		ON_SCRATCH(test_verify_looks_only_at_the_masked_bits),
		ON_SCRATCH(test_verify_reports_a_read_back_that_fails),
		ON_SCRATCH(test_trace_tells_what_was_tried_in_order),
		ON_SCRATCH(test_wrappers_stack),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
