/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every register operation again with its N-th access failing, for N = 1, 2, ... until it
 * passes, and stopped by the user after its N-th access.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "drv/cancel.h"
#include "tests/lib/reg_bench.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct bench b;

/* What one run of an operation came to. */
struct outcome {
	struct error err;
	enum bus_op_status status[8];
	size_t n; /* registers, in the order of their accesses */
};

static int run_read(struct outcome *o)
{
	struct reg_op op = { .kind = REG_OP_READ, .ref = bench_ref(&b, "WIDE", 0) };
	int rc = reg_batch(b.dev, &op, 1, 0, &o->err);

	o->n = 1;
	o->status[0] = op.status;
	return rc;
}

static int run_write(struct outcome *o)
{
	struct reg_op op = { .kind = REG_OP_WRITE,
			     .ref = bench_ref(&b, "WIDE", 0),
			     .value = 1 };
	int rc = reg_batch(b.dev, &op, 1, 0, &o->err);

	o->n = 1;
	o->status[0] = op.status;
	return rc;
}

static int run_batch(struct outcome *o)
{
	struct reg_op ops[] = {
		{ .kind = REG_OP_WRITE, .ref = bench_ref(&b, "CFG", 0), .value = 1 },
		{ .kind = REG_OP_WRITE, .ref = bench_ref(&b, "N16", 0), .value = 2 },
		{ .kind = REG_OP_READ, .ref = bench_ref(&b, "WIDE", 0) },
		{ .kind = REG_OP_WRITE, .ref = bench_ref(&b, "ARR", 2), .value = 3 },
	};
	int rc = reg_batch(b.dev, ops, COUNT(ops), 0, &o->err);

	o->n = COUNT(ops);
	for (size_t i = 0; i < o->n; i++)
		o->status[i] = ops[i].status;
	return rc;
}

static int run_set(struct outcome *o)
{
	struct reg_change c[] = {
		{ .ref = bench_ref(&b, "CFG", 0), .mask = 0xff, .value = 1 },
		{ .ref = bench_ref(&b, "N8A", 0), .mask = 0xf, .value = 2 },
		{ .ref = bench_ref(&b, "ARR", 1), .mask = 0xff, .value = 3 },
		{ .ref = bench_ref(&b, "WIDE", 0), .mask = 0xff, .value = 4 },
	};
	int rc = reg_set(b.dev, c, COUNT(c), 0, &o->err);

	o->n = COUNT(c);
	for (size_t i = 0; i < o->n; i++)
		o->status[i] = c[i].status;
	return rc;
}

static int run_poll(struct outcome *o)
{
	const struct reg_poll poll = {
		.ref = bench_ref(&b, "CFG", 0),
		.mask = 0xff,
		.timeout_us = 10,
	};

	o->n = 0;
	return reg_poll(b.dev, &poll, 0, &o->err, NULL);
}

static int run_wide_poll(struct outcome *o)
{
	const struct reg_poll poll = {
		.ref = bench_ref(&b, "WIDEH", 0),
		.mask = UINT64_C(0xff000000ff),
		.timeout_us = 10,
	};

	o->n = 0;
	return reg_poll(b.dev, &poll, 0, &o->err, NULL);
}

static int (*const operations[])(struct outcome *o) = {
	run_read, run_write, run_batch, run_set, run_poll, run_wide_poll,
};

static const unsigned n_accesses[] = { 2, 2, 6, 9, 1, 2 };

/* Done registers come first, then at most one that failed, then those not run. */
static void check_order(const struct outcome *o, bool failed_allowed)
{
	size_t i = 0;

	while (i < o->n && o->status[i] == BUS_OP_DONE)
		i++;
	if (failed_allowed && i < o->n && o->status[i] != BUS_OP_NOT_RUN)
		i++;
	for (; i < o->n; i++)
		assert_int_equal(o->status[i], BUS_OP_NOT_RUN);
}

static size_t n_done(const struct outcome *o)
{
	size_t n = 0;

	for (size_t i = 0; i < o->n; i++)
		n += o->status[i] == BUS_OP_DONE;
	return n;
}

static void check_usable(int (*operation)(struct outcome *o))
{
	struct outcome again = { 0 };

	assert_int_equal(operation(&again), 0);
	assert_int_equal(n_done(&again), again.n);
}

static void check_text(int (*operation)(struct outcome *o), const struct outcome *o)
{
	char want[64];

	assert_int_not_equal(o->err.text[0], '\0');
	if (operation != run_set)
		return;
	snprintf(want, sizeof(want), "%zu of %zu registers were written: ", n_done(o), o->n);
	assert_int_equal(strncmp(o->err.text, want, strlen(want)), 0);
}

/* Returns how many accesses the operation takes. */
static unsigned sweep(int (*operation)(struct outcome *o), const char *kind)
{
	for (unsigned n = 1; n < 64; n++) {
		struct outcome o = { 0 };
		char prefix[64];
		int rc;

		snprintf(prefix, sizeof(prefix), "fault:after=%u,kind=%s,", n, kind);
		bench_open(&b, prefix);
		rc = operation(&o);
		if (rc != 0) {
			assert_int_equal(rc, strcmp(kind, "io") == 0 ? E_IO : E_TIMEOUT);
			assert_int_equal(o.err.code, rc);
			check_order(&o, true);
			check_text(operation, &o);
			check_usable(operation);
		}
		bench_close(&b);
		if (rc == 0)
			return n - 1;
	}
	fail_msg("fails for ever");
	return 0;
}

static void test_every_access_may_fail(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(operations); i++)
		assert_int_equal(sweep(operations[i], "io"), n_accesses[i]);
}

static void test_every_answer_may_be_lost(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++)
		assert_int_not_equal(sweep(operations[i], "timeout"), 0);
}

static void test_a_write_without_answer_is_unknown(void **state)
{
	struct outcome o = { 0 };

	(void)state;
	bench_open(&b, "fault:after=1,kind=timeout,");
	assert_int_equal(run_write(&o), E_TIMEOUT);
	assert_int_equal(o.status[0], BUS_OP_UNKNOWN);
	bench_close(&b);
}

static void test_a_half_written_wide_register_is_unknown(void **state)
{
	struct outcome o = { 0 };

	(void)state;
	bench_open(&b, "fault:after=2,");
	assert_int_equal(run_write(&o), E_IO);
	assert_int_equal(o.status[0], BUS_OP_UNKNOWN);
	bench_close(&b);
	bench_open(&b, "fault:after=1,");
	assert_int_equal(run_write(&o), E_IO);
	assert_int_equal(o.status[0], BUS_OP_FAILED);
	bench_close(&b);
}

/* What --verify found, behind the name of the register and with what became of it. */
static void check_verify(const char *prefix, int code, enum bus_op_status status,
			 const char *text)
{
	struct outcome o = { 0 };

	b.options.verify = true;
	bench_open(&b, prefix);
	assert_int_equal(run_set(&o), code);
	assert_non_null(strstr(o.err.text, text));
	assert_int_equal(o.status[0], BUS_OP_DONE);
	assert_int_equal(o.status[1], status);
	assert_int_equal(o.status[2], BUS_OP_NOT_RUN);
	check_text(run_set, &o);
	bench_close(&b);
}

static void test_what_reads_back_differently_names_its_register_and_is_not_done(void **state)
{
	(void)state;
	check_verify("fault:drop=2,", E_MISMATCH, BUS_OP_FAILED,
		     "N8A: write 0x00000030: wrote");
	check_verify("fault:stuck=0x30:2:0,", E_MISMATCH, BUS_OP_FAILED,
		     "N8A: write 0x00000030: wrote");
	check_verify("fault:after=6,", E_IO, BUS_OP_UNKNOWN,
		     "N8A: read-back: read 0x00000030: injected fault");
}

static void ignore_dry_run(void *arg, const struct device *dev, const struct bus_op *op,
			   uint32_t old, bool old_known)
{
	(void)arg;
	(void)dev;
	(void)op;
	(void)old;
	(void)old_known;
}

static void test_a_dry_run_does_not_claim_to_have_written(void **state)
{
	struct outcome o = { 0 };

	(void)state;
	b.options.dry_run = ignore_dry_run;
	bench_open(&b, "fault:after=3,");
	assert_int_equal(run_set(&o), E_IO);
	assert_int_equal(strncmp(o.err.text, "1 of 4 registers would have been written: ", 42),
			 0);
	bench_close(&b);
}

static void test_stopped_by_the_user_tells_what_was_applied(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		size_t n = 1;

		for (;; n++) {
			struct outcome o = { 0 };
			int rc;

			bench_open_on(&b, "mock:");
			bench_cancel_after(&b, n);
			rc = operations[i](&o);
			if (rc == 0)
				break;
			assert_int_equal(rc, E_INTR);
			assert_int_equal(o.err.code, E_INTR);
			check_order(&o, true);
			check_text(operations[i], &o);
			cancel_clear();
			check_usable(operations[i]);
			bench_close(&b);
		}
		bench_close(&b);
		assert_int_equal(n, n_accesses[i]);
	}
}

static void test_a_wide_register_stopped_half_way_is_unknown(void **state)
{
	struct outcome o = { 0 };

	(void)state;
	bench_open_on(&b, "mock:");
	bench_cancel_after(&b, 1);
	assert_int_equal(run_write(&o), E_INTR);
	assert_int_equal(o.status[0], BUS_OP_UNKNOWN);
	bench_close(&b);
}

static void test_a_bus_that_cannot_be_opened_leaves_the_device_usable(void **state)
{
	struct error err = { 0 };
	struct regdb_ref ref;
	uint64_t value;

	(void)state;
	bench_open_on(&b, "file:/nonexistent/registers");
	ref = bench_ref(&b, "CFG", 0);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(reg_read(b.dev, &ref, 0, &err, &value), E_NODEV);
		assert_int_equal(strncmp(err.text, "switch: ", 8), 0);
	}
	bench_close(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_access_may_fail),
		cmocka_unit_test(test_every_answer_may_be_lost),
		cmocka_unit_test(test_a_write_without_answer_is_unknown),
		cmocka_unit_test(test_a_half_written_wide_register_is_unknown),
		cmocka_unit_test(
			test_what_reads_back_differently_names_its_register_and_is_not_done),
		cmocka_unit_test(test_a_dry_run_does_not_claim_to_have_written),
		cmocka_unit_test(test_stopped_by_the_user_tells_what_was_applied),
		cmocka_unit_test(test_a_wide_register_stopped_half_way_is_unknown),
		cmocka_unit_test(test_a_bus_that_cannot_be_opened_leaves_the_device_usable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
