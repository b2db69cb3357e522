/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "hal/snapshot.h"
#include "regmaps/regdb/regdb_build.h"
#include "tests/lib/reg_bench.h"

#define VSC7448_REGISTERS 643649u

static struct bench b;

static int open_bench(void **state)
{
	(void)state;
	bench_open(&b, "");
	return 0;
}

static int close_bench(void **state)
{
	(void)state;
	bench_close(&b);
	return 0;
}

static struct regset *select_registers(const struct regdb *db, const char *pattern)
{
	struct regset *set = NULL;
	struct error err = { 0 };

	if (regpath_resolve(db, pattern, REGPATH_PATTERN | REGPATH_FIELD, &err, &set) != 0)
		fail_msg("%s: %s", pattern, err.text);
	return set;
}

static int try_take(const char *pattern, unsigned flags, struct error *err,
		    struct snapshot **snap)
{
	struct regset *set = select_registers(b.db, pattern);
	int rc = snapshot_take(b.dev, set, flags, NULL, err, snap);

	regset_free(set);
	return rc;
}

static struct snapshot *take(const char *pattern)
{
	struct snapshot *snap = NULL;
	struct error err = { 0 };

	if (try_take(pattern, 0, &err, &snap) != 0)
		fail_msg("%s", err.text);
	return snap;
}

/* A snapshot from the text of a .regs file of the bench map. */
static struct snapshot *load(const char *rows)
{
	char path[] = "/tmp/sb-regs-XXXXXX";
	int fd = mkstemp(path);
	FILE *file = fdopen(fd, "w");
	struct snapshot *snap = NULL;
	struct error err = { 0 };

	assert_non_null(file);
	fprintf(file, "@regs 1\n@map bench\n%s", rows);
	fclose(file);
	if (snapshot_load(path, b.db, &err, &snap) != 0)
		fail_msg("%s", err.text);
	unlink(path);
	return snap;
}

static const char *row_name(const struct snapshot *snap, size_t i)
{
	static char buf[64];

	regdb_path_format(b.db, &snapshot_row(snap, i)->ref, buf, sizeof(buf));
	return buf;
}

static void test_take_reads_each_register_once_in_the_order_of_addresses(void **state)
{
	struct snapshot *snap;

	(void)state;
	bench_poke(&b, 0x44, 0x12);
	snap = take("ARR[*]");
	assert_string_equal(bench_log(&b), "R40 R44 R48 R4c");
	assert_int_equal(snapshot_n_rows(snap), 4);
	assert_int_equal(snapshot_row(snap, 1)->value, 0x12);
	assert_string_equal(row_name(snap, 1), "ARR[1]");
	snapshot_free(snap);
}

static void test_fields_of_one_register_read_it_once(void **state)
{
	struct snapshot *snap;

	(void)state;
	snap = take("MIX.*");
	assert_string_equal(bench_log(&b), "R04");
	assert_int_equal(snapshot_n_rows(snap), 1);
	snapshot_free(snap);
}

static void test_take_leaves_out_what_may_not_be_read_and_says_why(void **state)
{
	static const struct {
		const char *name, *reason;
	} left[] = {
		{ "WO", "write-only" },
		{ "POP", "reading has a side effect" },
		{ "N8C", "reading a register in the same word has a side effect" },
		{ "N8D", "reading has a side effect" },
		{ "BIG", "wider than 64 bits" },
		{ "ALSO", "another register has the same address" },
		{ "THR", "write-only" },
		{ "RBR", "reading has a side effect" },
		{ "IER", "reading a register in the same word has a side effect" },
		{ "TX", "write-only" },
	};
	struct snapshot *snap;

	(void)state;
	snap = take("*");
	assert_string_equal(bench_log(&b),
			    "R00 R04 R10 R14 R18 R1c R20 R24 R2c R28 R30 R30 R30 R38 R40 R44 "
			    "R48 R4c R70 R80 R84 R84 R94 R94 R98 Ra0 Ra4 Ra8 Rac");
	assert_int_equal(snapshot_n_left_out(snap), 10);
	for (size_t i = 0; i < 10; i++) {
		const struct snapshot_left_out *out = snapshot_left_out(snap, i);

		assert_int_equal(out->ref.node, bench_ref(&b, left[i].name, 0).node);
		assert_string_equal(out->reason, left[i].reason);
		assert_int_equal(out->count, 1);
	}
	snapshot_free(snap);
}

static void test_take_with_side_effects_reads_the_precious_too(void **state)
{
	struct snapshot *snap = NULL;
	struct error err = { 0 };

	(void)state;
	assert_int_equal(try_take("*", REG_SIDE_EFFECTS, &err, &snap), 0);
	assert_int_equal(snapshot_n_left_out(snap), 5);
	assert_non_null(strstr(bench_log(&b), "R0c"));
	snapshot_free(snap);
}

static void save(const struct snapshot *snap, char *text, size_t size)
{
	FILE *file = fmemopen(text, size, "w");
	struct error err = { 0 };

	assert_non_null(file);
	assert_int_equal(snapshot_save(snap, file, "unit test", "2026-01-01T00:00:00Z", &err),
			 0);
	fclose(file);
}

static void test_saved_snapshot_reads_back_equal(void **state)
{
	struct snapshot_counts counts = { 0 };
	struct snapshot *snap, *again;
	char text[4096] = "";
	struct error err = { 0 };

	(void)state;
	bench_poke(&b, 0x00, 0x12345678);
	bench_poke(&b, 0x24, 0x9);
	snap = take("*");
	save(snap, text, sizeof(text));
	assert_int_equal(strncmp(text, "@regs 1\n@map bench\n@source unit test\n", 37), 0);
	assert_non_null(strstr(text, "\nCFG = 0x12345678\n"));
	assert_non_null(strstr(text, "\nWIDE = 0x0000000900000000\n"));
	assert_non_null(strstr(text, "POP"));
	assert_non_null(strstr(text, "reading has a side effect"));
	assert_true(strstr(text, "\nMIX = ") < strstr(text, "write-only"));
	assert_true(strstr(text, "write-only") < strstr(text, "\nHAZ = "));
	again = load(strchr(strchr(text, '\n') + 1, '\n') + 1);
	assert_int_equal(snapshot_n_rows(again), snapshot_n_rows(snap));
	assert_int_equal(snapshot_diff(snap, again, NULL, NULL, NULL, &counts, &err), 0);
	assert_int_equal(counts.registers, snapshot_n_rows(snap));
	assert_int_equal(counts.differing + counts.fields + counts.volatile_fields, 0);
	snapshot_free(snap);
	snapshot_free(again);
}

static void test_save_to_a_full_device_fails(void **state)
{
	FILE *file = fopen("/dev/full", "w");
	struct snapshot *snap;
	struct error err = { 0 };

	(void)state;
	assert_non_null(file);
	snap = take("*");
	assert_int_equal(snapshot_save(snap, file, "", "", &err), E_IO);
	assert_non_null(strstr(err.text, "No space left"));
	fclose(file);
	snapshot_free(snap);
}

struct listing {
	char text[2048];
};

/* "REG.FIELD[lsb+width] a b flags" per difference. */
static void list(void *arg, const struct snapshot_diff *diff)
{
	struct listing *l = arg;
	size_t used = strlen(l->text);
	char path[64];

	if (diff->ref.node == REGDB_NONE)
		snprintf(path, sizeof(path), "0x%x", (unsigned)diff->ref.addr);
	else
		regdb_path_format(b.db, &diff->ref, path, sizeof(path));
	snprintf(l->text + used, sizeof(l->text) - used, "%s.%s[%u+%u] %llx %llx%s%s%s\n", path,
		 diff->field == REGDB_NONE
			 ? "-"
			 : regdb_str(b.db, regdb_field(b.db, diff->field)->name),
		 diff->lsb, diff->width, (unsigned long long)diff->a,
		 (unsigned long long)diff->b, diff->only_a ? " a" : "",
		 diff->only_b ? " b" : "", diff->is_volatile ? " volatile" : "");
}

static void expect_diff(const char *a, const char *c, const char *mask, const char *want,
			struct snapshot_counts *counts)
{
	struct snapshot *x = load(a), *y = load(c), *m = mask != NULL ? load(mask) : NULL;
	struct listing l = { .text = "" };
	struct error err = { 0 };

	assert_int_equal(snapshot_diff(x, y, m, list, &l, counts, &err), 0);
	assert_string_equal(l.text, want);
	snapshot_free(x);
	snapshot_free(y);
	snapshot_free(m);
}

static void test_diff_is_by_field(void **state)
{
	struct snapshot_counts counts = { 0 };

	(void)state;
	expect_diff("CFG = 0x11223344\nMIX = 0x1\nVOL = 0x0102\n",
		    "CFG = 0x11225544\nMIX = 0x80001001\nVOL = 0x0203\n", NULL,
		    "CFG.B[8+8] 33 55\n"
		    "MIX.MODE[12+4] 0 1\n"
		    "MIX.-[16+16] 0 8000\n"
		    "VOL.V[0+8] 2 3 volatile\n"
		    "VOL.K[8+8] 1 2\n",
		    &counts);
	assert_int_equal(counts.registers, 3);
	assert_int_equal(counts.differing, 3);
	assert_int_equal(counts.fields, 4);
	assert_int_equal(counts.volatile_fields, 1);
}

static void test_diff_of_a_field_across_two_words(void **state)
{
	(void)state;
	expect_diff("WIDE = 0x0000100000000000\n", "WIDE = 0x00000abcdef00001\n", NULL,
		    "WIDE.LO[0+20] 0 1\n"
		    "WIDE.SPAN[20+24] 0 abcdef\n"
		    "WIDE.HI[44+20] 1 0\n",
		    NULL);
}

static void test_a_register_that_only_differs_where_hardware_writes_is_not_counted(void **state)
{
	struct snapshot_counts counts = { 0 };

	(void)state;
	expect_diff("RO = 0x1\n", "RO = 0x2\n", NULL, "RO.V[0+32] 1 2 volatile\n", &counts);
	assert_int_equal(counts.differing, 0);
	assert_int_equal(counts.volatile_fields, 1);
}

static void test_registers_of_one_side_only(void **state)
{
	struct snapshot_counts counts = { 0 };

	(void)state;
	expect_diff("CFG = 0x1\nRO = 0x2\n", "MIX = 0x3\n0xf0 = 0x4\n", NULL,
		    "CFG.-[0+32] 1 0 a\n"
		    "MIX.-[0+32] 0 3 b\n"
		    "RO.-[0+32] 2 0 a volatile\n"
		    "0xf0.-[0+32] 0 4 b\n",
		    &counts);
	assert_int_equal(counts.only_a, 2);
	assert_int_equal(counts.only_b, 2);
	assert_int_equal(counts.registers, 0);
}

static void test_mask_chooses_the_bits_that_count(void **state)
{
	(void)state;
	expect_diff("CFG = 0x0\nMIX = 0x0\nHAZ = 0x0\n",
		    "CFG = 0xffffffff\nMIX = 0x1\nHAZ = 0x1\n",
		    "CFG = 0x0 & 0xff00\nMIX = 0x0 & 0x0\nRO = 0 & 0\n",
		    "CFG.B[8+8] 0 ff\nHAZ.EN[0+1] 0 1\n", NULL);
	expect_diff("CFG = 0x0 & 0xff00ff\n", "CFG = 0xffffffff & 0xffff\n", NULL,
		    "CFG.A[0+8] 0 ff\n", NULL);
	expect_diff("CFG = 0x1\n", "MIX = 0x1\n", "CFG = 0x0 & 0x0\n", "MIX.-[0+32] 0 1 b\n",
		    NULL);
}

static void keep_reason(void *arg, const struct snapshot_diff *diff)
{
	const char **reason = arg;

	assert_true(diff->only_a);
	*reason = diff->reason;
}

/* A register that the device's side left out says why; one that a file lacks does not. */
static void test_a_register_left_out_by_the_other_side_says_why(void **state)
{
	const char *reason = NULL;
	struct error err = { 0 };
	struct snapshot *a, *live = NULL, *empty;

	(void)state;
	a = load("POP = 0x1\n");
	empty = load("");
	assert_int_equal(snapshot_take_like(b.dev, a, 0, NULL, &err, &live), 0);
	assert_int_equal(snapshot_diff(a, live, NULL, keep_reason, &reason, NULL, &err), 0);
	assert_non_null(reason);
	assert_string_equal(reason, "reading has a side effect");
	assert_int_equal(snapshot_diff(a, empty, NULL, keep_reason, &reason, NULL, &err), 0);
	assert_null(reason);
	snapshot_free(a);
	snapshot_free(live);
	snapshot_free(empty);
}

static void test_a_directory_is_no_snapshot(void **state)
{
	struct snapshot *snap = NULL;
	struct error err = { 0 };

	(void)state;
	assert_int_equal(snapshot_load("/tmp", b.db, &err, &snap), E_NODEV);
}

static void test_snapshots_of_different_maps_are_not_compared(void **state)
{
	struct regdb_builder *builder = regdb_builder_new();
	const struct regdb_node_spec top = { .kind = REGDB_ADDRMAP, .name = "x", .size = 16 };
	char path[] = "/tmp/sb-regs-XXXXXX";
	struct snapshot *a = load("CFG = 0x1\n"), *other = NULL;
	struct regdb *db = NULL;
	struct error err = { 0 };
	void *blob = NULL;
	size_t size;

	(void)state;
	regdb_builder_node(builder, REGDB_NONE, &top);
	assert_int_equal(regdb_builder_finish(builder, &err, &blob, &size), 0);
	regdb_builder_free(builder);
	assert_int_equal(regdb_open_owned(blob, size, &err, &db), 0);
	assert_int_equal(dprintf(mkstemp(path), "@regs 1\n"), 8);
	assert_int_equal(snapshot_load(path, db, &err, &other), 0);
	unlink(path);
	assert_int_equal(snapshot_diff(a, other, NULL, NULL, NULL, NULL, &err), E_STATE);
	snapshot_free(a);
	snapshot_free(other);
	regdb_close(db);
}

static int try_restore(const char *rows, unsigned flags, struct snapshot_restored *result,
		       struct error *err)
{
	struct snapshot *snap = load(rows);
	int rc = snapshot_restore(b.dev, snap, flags, NULL, result, err);

	snapshot_free(snap);
	return rc;
}

static void test_restore_writes_only_what_differs(void **state)
{
	struct snapshot_restored result = { 0 };
	struct error err = { 0 };

	(void)state;
	bench_poke(&b, 0x00, 0x1);
	assert_int_equal(try_restore("CFG = 0x1\nARR[1] = 0x5\nWIDE = 0x7\n0xf0 = 0x9\n", 0,
				     &result, &err),
			 0);
	assert_string_equal(bench_log(&b), "R00 R20 R24 R44 Rf0 W20=7 W24=0 W44=5 Wf0=9");
	assert_int_equal(result.written, 3);
	assert_int_equal(result.equal, 1);
	assert_int_equal(result.skipped, 0);
	assert_int_equal(try_restore("CFG = 0x1\nARR[1] = 0x5\n", 0, &result, &err), 0);
	assert_string_equal(bench_log(&b), "R00 R44");
	assert_int_equal(result.written, 0);
}

static void test_restore_skips_what_hardware_writes_and_what_cannot_be_written(void **state)
{
	struct snapshot_restored result = { 0 };
	struct error err = { 0 };

	(void)state;
	bench_poke(&b, 0x1c, 0x0007);
	assert_int_equal(
		try_restore("RO = 0x5\nVOL = 0x0209\nWO = 0x1\nPOP = 0x2\n", 0, &result, &err),
		0);
	assert_string_equal(bench_log(&b), "R1c W1c=207");
	assert_int_equal(result.written, 1);
	assert_int_equal(result.skipped, 3);
}

static void test_restore_acts_on_no_sticky_shot_or_hazard(void **state)
{
	struct snapshot_restored result = { 0 };
	struct error err = { 0 };

	(void)state;
	bench_poke(&b, 0x04, 0x3fe);
	assert_int_equal(
		try_restore("MIX = 0xf3ff\nHAZ = 0x3\nCMD = 0x301\n", 0, &result, &err), 0);
	assert_string_equal(bench_log(&b), "R04 R80 W04=f3c1 W80=300");
	assert_int_equal(result.skipped, 1);
}

static void test_restore_minds_the_mask_of_a_row(void **state)
{
	struct snapshot_restored result = { 0 };
	struct error err = { 0 };

	(void)state;
	bench_poke(&b, 0x00, 0xffffffff);
	assert_int_equal(try_restore("CFG = 0x1234 & 0xff00\n", 0, &result, &err), 0);
	assert_string_equal(bench_log(&b), "R00 W00=ffff12ff");
}

static void test_restore_of_narrow_registers(void **state)
{
	struct snapshot_restored result = { 0 };
	struct error err = { 0 };

	(void)state;
	bench_poke(&b, 0x30, 0x0000ff00);
	assert_int_equal(
		try_restore("N8A = 0x11\nN8B = 0xff\nN16 = 0x2233\n", 0, &result, &err), 0);
	assert_string_equal(bench_log(&b), "R30 R30 R30 W30=11 R30 W30=22330011");
	assert_int_equal(result.skipped, 1);
}

static void test_restore_of_a_dangerous_register_writes_nothing_unasked(void **state)
{
	struct snapshot_restored result = { 0 };
	struct error err = { 0 };

	(void)state;
	assert_int_equal(try_restore("CFG = 0x1\nDANGER = 0x5\n", 0, &result, &err), E_POLICY);
	assert_int_equal(strncmp(err.text, "DANGER: ", 8), 0);
	assert_string_equal(bench_log(&b), "R00 R14");
	assert_int_equal(try_restore("DANGER = 0x0\n", 0, &result, &err), 0);
	assert_int_equal(try_restore("CFG = 0x1\nDANGER = 0x5\n", REG_DANGEROUS, &result, &err),
			 0);
	assert_int_equal(result.written, 2);
}

/* Take and restore again with every access failing. */
static void test_take_survives_every_fault(void **state)
{
	(void)state;
	for (unsigned n = 1; n < 100; n++) {
		struct snapshot *snap = NULL;
		struct error err = { 0 };
		char prefix[32], want[64];
		int rc;

		snprintf(prefix, sizeof(prefix), "fault:after=%u,", n);
		bench_open(&b, prefix);
		rc = try_take("ARR", 0, &err, &snap);
		assert_int_equal(rc, n <= 4 ? E_IO : 0);
		if (rc == 0) {
			snapshot_free(snap);
			bench_close(&b);
			return;
		}
		snprintf(want, sizeof(want), "%u registers were read: ARR[%u]: ", n - 1, n - 1);
		assert_int_equal(strncmp(err.text, want, strlen(want)), 0);
		assert_null(snap);
		assert_int_equal(try_take("ARR", 0, &err, &snap), 0);
		snapshot_free(snap);
		bench_close(&b);
	}
	fail();
}

static void test_restore_survives_every_fault(void **state)
{
	static const char rows[] = "CFG = 0x1\nWIDE = 0x100000001\nN8A = 0x2\nARR[1] = 0x5\n";

	(void)state;
	for (unsigned n = 1; n < 100; n++) {
		struct snapshot_restored result = { 0 };
		struct error err = { 0 };
		char prefix[32], want[64];
		int rc;

		snprintf(prefix, sizeof(prefix), "fault:after=%u,", n);
		bench_open(&b, prefix);
		rc = try_restore(rows, 0, &result, &err);
		if (rc == 0) {
			assert_int_equal(n, 5 + 6 + 1);
			assert_int_equal(result.written, 4);
			bench_close(&b);
			return;
		}
		assert_int_equal(rc, E_IO);
		snprintf(want, sizeof(want),
			 "%u of 4 registers were written: ", (unsigned)result.written);
		if (n <= 5)
			assert_int_equal(strncmp(err.text, "nothing was written: ", 21), 0);
		else
			assert_int_equal(strncmp(err.text, want, strlen(want)), 0);
		assert_int_equal(try_restore(rows, 0, &result, &err), 0);
		assert_int_equal(try_restore(rows, 0, &result, &err), 0);
		assert_int_equal(result.equal, 4);
		bench_close(&b);
	}
	fail();
}

/* Accesses 1 to 3 read, 4 to 6 write. */
static void test_restore_tells_what_became_of_each_register(void **state)
{
	static const char rows[] = "CFG = 0x1\nARR[0] = 0x2\nARR[1] = 0x3\n";
	static const struct {
		const char *fault;
		uint64_t written, failed, unknown, not_run;
	} cases[] = {
		{ "fault:after=2,", 0, 0, 0, 0 },
		{ "fault:after=4,", 0, 1, 0, 2 },
		{ "fault:after=5,", 1, 1, 0, 1 },
		{ "fault:after=5,kind=timeout,", 1, 0, 1, 1 },
		{ "fault:after=6,kind=timeout,", 2, 0, 1, 0 },
		{ "", 3, 0, 0, 0 },
	};
	static const uint64_t at[] = { 0x00, 0x40, 0x44 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct snapshot_restored result = { 0 };
		struct error err = { 0 };

		bench_open(&b, cases[i].fault);
		try_restore(rows, 0, &result, &err);
		assert_int_equal(result.written, cases[i].written);
		assert_int_equal(result.failed, cases[i].failed);
		assert_int_equal(result.unknown, cases[i].unknown);
		assert_int_equal(result.not_run, cases[i].not_run);
		if (result.failed + result.unknown > 0)
			assert_int_equal(result.stopped_at.addr, at[result.written]);
		bench_close(&b);
	}
}

static void test_restore_says_why_a_register_would_be_skipped(void **state)
{
	static const char rows[] = "CFG = 0x1\nPOP = 0x1\nHAZ = 0x1\nRO = 0x1\n"
				   "VOL = 0x1 & 0xff\nWIDE = 0x1\nROM[0] = 0x1\n";
	static const char *const want[] = {
		NULL,        "reading has a side effect", "a write does more than store",
		"read-only", "hardware writes it",        NULL,
		"read-only",
	};
	struct snapshot *snap;

	(void)state;
	bench_open(&b, "");
	snap = load(rows);
	for (size_t i = 0; i < snapshot_n_rows(snap); i++) {
		const char *reason = snapshot_restore_skips(snap, i, 0);

		assert_int_equal(reason == NULL, want[i] == NULL);
		if (reason != NULL)
			assert_string_equal(reason, want[i]);
	}
	snapshot_free(snap);
	bench_close(&b);
}

static void test_stopped_by_the_user_says_how_far_it_came(void **state)
{
	struct snapshot *snap = NULL;
	struct snapshot_restored result = { 0 };
	struct error err = { 0 };

	(void)state;
	bench_open_on(&b, "mock:");
	bench_cancel_after(&b, 2);
	assert_int_equal(try_take("ARR", 0, &err, &snap), E_INTR);
	assert_int_equal(strncmp(err.text, "2 registers were read: ", 23), 0);
	bench_close(&b);
	bench_open_on(&b, "mock:");
	bench_cancel_after(&b, 3);
	assert_int_equal(try_restore("CFG = 0x1\nMIX = 0x1\n", 0, &result, &err), E_INTR);
	assert_int_equal(strncmp(err.text, "1 of 2 registers were written: ", 31), 0);
	assert_int_equal(result.written, 1);
	bench_close(&b);
}

struct whole {
	const struct regdb *db;
	uint64_t reads, others, with_effect;
	uint64_t steps, last_done;
};

static void check_access(void *arg, const struct device *dev, const struct bus_op *op,
			 int result)
{
	struct whole *w = arg;
	struct regdb_ref refs[4];
	size_t n = regdb_find_addr(w->db, op->addr, refs, 4);

	(void)dev;
	(void)result;
	if (op->kind != BUS_OP_READ)
		w->others++;
	w->reads++;
	for (size_t i = 0; i < n && i < 4; i++)
		if ((regdb_node(w->db, refs[i].node)->flags & REGDB_NODE_READ_EFFECT) != 0)
			w->with_effect++;
}

static void count_step(void *arg, uint64_t done, uint64_t total)
{
	struct whole *w = arg;

	assert_true(done >= w->last_done && done <= total);
	w->last_done = done;
	w->steps++;
}

static struct board *open_mock(struct whole *w, bool traced)
{
	struct board_options options = { .trace = traced ? check_access : NULL, .arg = w };
	struct board *board = NULL;
	struct error err = { 0 };

	if (board_open_bus("mock:", &options, &err, &board) != 0)
		fail_msg("%s", err.text);
	w->db = device_map(board_device_at(board, 0));
	return board;
}

static struct snapshot *take_whole(struct whole *w, struct board *board)
{
	const struct snapshot_progress progress = { .step = count_step, .arg = w };
	struct regset *set = select_registers(w->db, "*");
	struct snapshot *snap = NULL;
	struct error err = { 0 };

	assert_int_equal(regset_count(set), VSC7448_REGISTERS);
	if (snapshot_take(board_device_at(board, 0), set, 0, &progress, &err, &snap) != 0)
		fail_msg("%s", err.text);
	regset_free(set);
	return snap;
}

static void test_whole_vsc7448_is_read_without_a_side_effect(void **state)
{
	struct whole w = { 0 };
	struct board *board = open_mock(&w, true);
	struct snapshot *snap = take_whole(&w, board);
	uint64_t left = 0;

	(void)state;
	for (size_t i = 0; i < snapshot_n_left_out(snap); i++)
		left += snapshot_left_out(snap, i)->count;
	assert_int_equal(snapshot_n_rows(snap) + left, VSC7448_REGISTERS);
	assert_int_equal(w.reads, snapshot_n_rows(snap));
	assert_int_equal(w.others, 0);
	assert_int_equal(w.with_effect, 0);
	assert_true(left > 0);
	assert_true(w.steps > 100);
	assert_int_equal(w.last_done, VSC7448_REGISTERS);
	snapshot_free(snap);
	board_close(board);
}

static double seconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec * 1e-9;
}

/* A bound that only a wrong algorithm misses; sanitizers slow it down. */
static void test_whole_vsc7448_is_fast(void **state)
{
	struct whole w = { 0 };
	struct board *board = open_mock(&w, false);
	double start = seconds();
	struct snapshot *snap = take_whole(&w, board);
	double took = seconds() - start;

	(void)state;
	print_message("%u registers in %.3f s\n", VSC7448_REGISTERS, took);
	assert_true(took < 10);
	snapshot_free(snap);
	board_close(board);
}

#define ON_BENCH(test) cmocka_unit_test_setup_teardown(test, open_bench, close_bench)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BENCH(test_take_reads_each_register_once_in_the_order_of_addresses),
		ON_BENCH(test_fields_of_one_register_read_it_once),
		ON_BENCH(test_take_leaves_out_what_may_not_be_read_and_says_why),
		ON_BENCH(test_take_with_side_effects_reads_the_precious_too),
		ON_BENCH(test_saved_snapshot_reads_back_equal),
		ON_BENCH(test_save_to_a_full_device_fails),
		ON_BENCH(test_diff_is_by_field),
		ON_BENCH(test_diff_of_a_field_across_two_words),
		ON_BENCH(
			test_a_register_that_only_differs_where_hardware_writes_is_not_counted),
		ON_BENCH(test_registers_of_one_side_only),
		ON_BENCH(test_mask_chooses_the_bits_that_count),
		ON_BENCH(test_a_register_left_out_by_the_other_side_says_why),
		ON_BENCH(test_a_directory_is_no_snapshot),
		ON_BENCH(test_snapshots_of_different_maps_are_not_compared),
		ON_BENCH(test_restore_writes_only_what_differs),
		ON_BENCH(test_restore_skips_what_hardware_writes_and_what_cannot_be_written),
		ON_BENCH(test_restore_acts_on_no_sticky_shot_or_hazard),
		ON_BENCH(test_restore_minds_the_mask_of_a_row),
		ON_BENCH(test_restore_of_narrow_registers),
		ON_BENCH(test_restore_of_a_dangerous_register_writes_nothing_unasked),
		cmocka_unit_test(test_take_survives_every_fault),
		cmocka_unit_test(test_restore_survives_every_fault),
		cmocka_unit_test(test_restore_tells_what_became_of_each_register),
		cmocka_unit_test(test_restore_says_why_a_register_would_be_skipped),
		cmocka_unit_test(test_stopped_by_the_user_says_how_far_it_came),
		cmocka_unit_test(test_whole_vsc7448_is_read_without_a_side_effect),
		cmocka_unit_test(test_whole_vsc7448_is_fast),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
