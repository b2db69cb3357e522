/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/reg_bench.h"

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

static uint64_t read_reg(const char *name, uint32_t i)
{
	struct regdb_ref ref = bench_ref(&b, name, i);
	struct error err = { 0 };
	uint64_t value = 0;

	if (reg_read(b.dev, &ref, 0, &err, &value) != 0)
		fail_msg("%s: %s", name, err.text);
	return value;
}

static void write_reg(const char *name, uint32_t i, uint64_t value)
{
	struct regdb_ref ref = bench_ref(&b, name, i);
	struct error err = { 0 };

	if (reg_write(b.dev, &ref, value, 0, &err) != 0)
		fail_msg("%s: %s", name, err.text);
}

static int try_write(const char *name, uint64_t value, unsigned flags, struct error *err)
{
	struct regdb_ref ref = bench_ref(&b, name, 0);

	return reg_write(b.dev, &ref, value, flags, err);
}

static int try_read(const char *name, unsigned flags, struct error *err, uint64_t *value)
{
	struct regdb_ref ref = bench_ref(&b, name, 0);

	return reg_read(b.dev, &ref, flags, err, value);
}

static void test_read_gives_the_word_with_one_access(void **state)
{
	(void)state;
	bench_poke(&b, 0x18, 0x89abcdef);
	assert_int_equal(read_reg("RO", 0), 0x89abcdef);
	assert_string_equal(bench_log(&b), "R18");
}

static void test_write_writes_the_whole_register_without_reading(void **state)
{
	(void)state;
	write_reg("MIX", 0, 0xfffff);
	assert_string_equal(bench_log(&b), "W04=fffff");
}

static void test_array_element_has_its_own_address(void **state)
{
	(void)state;
	write_reg("ARR", 3, 0x12);
	assert_string_equal(bench_log(&b), "W4c=12");
	assert_int_equal(bench_peek(&b, 0x4c), 0x12);
}

static void test_wide_register_goes_low_word_first(void **state)
{
	(void)state;
	write_reg("WIDE", 0, UINT64_C(0x1122334455667788));
	assert_string_equal(bench_log(&b), "W20=55667788 W24=11223344");
	assert_true(read_reg("WIDE", 0) == UINT64_C(0x1122334455667788));
	assert_string_equal(bench_log(&b), "R20 R24");
}

static void test_wide_register_goes_high_word_first_when_the_map_says_so(void **state)
{
	(void)state;
	write_reg("WIDEH", 0, UINT64_C(0x1122334455667788));
	assert_string_equal(bench_log(&b), "W2c=11223344 W28=55667788");
	assert_int_equal(bench_peek(&b, 0x28), 0x55667788);
	assert_true(read_reg("WIDEH", 0) == UINT64_C(0x1122334455667788));
	assert_string_equal(bench_log(&b), "R2c R28");
}

static void test_narrow_register_is_read_out_of_its_word(void **state)
{
	(void)state;
	bench_poke(&b, 0x30, 0xaabbccdd);
	assert_int_equal(read_reg("N8A", 0), 0xdd);
	assert_int_equal(read_reg("N8B", 0), 0xcc);
	assert_int_equal(read_reg("N16", 0), 0xaabb);
	assert_string_equal(bench_log(&b), "R30 R30 R30");
}

static void test_narrow_write_keeps_neighbours_and_clears_none_of_their_stickies(void **state)
{
	(void)state;
	bench_poke(&b, 0x30, 0xaabbccdd);
	write_reg("N8A", 0, 0x11);
	assert_string_equal(bench_log(&b), "R30 W30=aabb0011");
	write_reg("N16", 0, 0x2233);
	assert_string_equal(bench_log(&b), "R30 W30=22330011");
}

static void test_narrow_write_with_a_precious_neighbour_is_refused(void **state)
{
	struct error err = { 0 };

	(void)state;
	assert_int_equal(try_write("N8C", 1, 0, &err), E_POLICY);
	assert_non_null(strstr(err.text, "N8C"));
	assert_string_equal(bench_log(&b), "");
	assert_int_equal(try_write("N8C", 1, REG_SIDE_EFFECTS, &err), 0);
	assert_string_equal(bench_log(&b), "R34 W34=1");
}

static void test_narrow_write_says_that_the_neighbour_is_the_obstacle(void **state)
{
	struct error err = { 0 };

	(void)state;
	assert_int_equal(try_write("N8C", 1, 0, &err), E_POLICY);
	assert_non_null(strstr(err.text, "N8C: shares its word with registers"));
	assert_null(strstr(err.text, "name every field"));
}

/* As a 32-bit register would be: what is read-only does not stand in the way. */
static void test_narrow_register_with_read_only_bits_is_written_whole(void **state)
{
	(void)state;
	write_reg("PART", 0, 5);
	assert_string_equal(bench_log(&b), "W98=1");
}

static void test_memory_that_software_only_reads_is_not_written(void **state)
{
	struct regset_pos pos = { 0 };
	struct regset_item item;
	struct error err = { 0 };
	struct regset *set;
	uint64_t value = 0;

	(void)state;
	assert_int_equal(regpath_resolve(b.db, "ROM[2]", 0, &err, &set), 0);
	assert_true(regset_next(set, &pos, &item));
	regset_free(set);
	bench_poke(&b, 0xa8, 0x1234);
	assert_int_equal(reg_read(b.dev, &item.ref, 0, &err, &value), 0);
	assert_int_equal(value, 0x1234);
	bench_log(&b);
	assert_int_equal(reg_write(b.dev, &item.ref, 1, 0, &err), E_POLICY);
	assert_string_equal(err.text, "ROM[2]: read-only");
	assert_string_equal(bench_log(&b), "");
}

static void test_narrow_read_with_a_precious_neighbour_is_refused(void **state)
{
	struct error err = { 0 };
	uint64_t value = 7;

	(void)state;
	assert_int_equal(try_read("N8C", 0, &err, &value), E_POLICY);
	assert_int_equal(value, 7);
	assert_string_equal(bench_log(&b), "");
	assert_int_equal(try_read("N8C", REG_SIDE_EFFECTS, &err, &value), 0);
}

static void test_narrow_register_alone_in_its_word_is_written_without_a_read(void **state)
{
	(void)state;
	write_reg("N8E", 0, 0x42);
	assert_string_equal(bench_log(&b), "W38=42");
}

static void test_raw_address_is_one_plain_word(void **state)
{
	struct regdb_ref ref = bench_raw(0xf0);
	struct error err = { 0 };
	uint64_t value = 0;

	(void)state;
	assert_int_equal(reg_write(b.dev, &ref, 0xdeadbeef, 0, &err), 0);
	assert_int_equal(reg_read(b.dev, &ref, 0, &err, &value), 0);
	assert_int_equal(value, 0xdeadbeef);
	assert_string_equal(bench_log(&b), "Wf0=deadbeef Rf0");
	assert_int_equal(reg_write(b.dev, &ref, UINT64_C(0x100000000), 0, &err), E_RANGE);
	ref.addr = 0xf2;
	assert_int_equal(reg_read(b.dev, &ref, 0, &err, &value), E_NOTSUP);
	ref.addr = 0x100;
	assert_int_equal(reg_read(b.dev, &ref, 0, &err, &value), E_RANGE);
}

static void test_refusals_touch_nothing_and_name_the_register(void **state)
{
	static const struct {
		const char *name;
		bool write;
		uint64_t value;
		int code;
		const char *text;
	} cases[] = {
		{ "WO", false, 0, E_POLICY, "WO: cannot be read: write-only" },
		{ "BIG", false, 0, E_NOTSUP, "BIG: 128 bits wide" },
		{ "BIG", true, 0, E_NOTSUP, "BIG: 128 bits wide" },
		{ "POP", false, 0, E_POLICY, "POP: reading has a side effect" },
		{ "RO", true, 1, E_POLICY, "RO: read-only" },
		{ "DANGER", true, 1, E_POLICY, "DANGER: writing it is marked dangerous" },
		{ "N8A", true, 0x100, E_RANGE, "N8A: 0x100 does not fit its 8 bits" },
		{ "CFG", true, UINT64_C(1) << 32, E_RANGE, "CFG: 0x100000000 does not fit" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct error err = { 0 };
		uint64_t value = 0x77;
		int rc = cases[i].write ? try_write(cases[i].name, cases[i].value, 0, &err)
					: try_read(cases[i].name, 0, &err, &value);

		assert_int_equal(rc, cases[i].code);
		assert_int_equal(err.code, cases[i].code);
		assert_int_equal(strncmp(err.text, cases[i].text, strlen(cases[i].text)), 0);
		assert_int_equal(value, 0x77);
		assert_string_equal(bench_log(&b), "");
	}
}

static void test_flags_allow_side_effects_and_dangerous_writes(void **state)
{
	struct error err = { 0 };
	uint64_t value = 0;

	(void)state;
	bench_poke(&b, 0x0c, 5);
	assert_int_equal(try_read("POP", REG_SIDE_EFFECTS, &err, &value), 0);
	assert_int_equal(value, 5);
	assert_int_equal(try_write("DANGER", 3, REG_DANGEROUS, &err), 0);
	assert_string_equal(bench_log(&b), "R0c W14=3");
}

static void test_batch_runs_in_order_in_one_transfer(void **state)
{
	struct reg_op ops[] = {
		{ .kind = REG_OP_WRITE, .ref = bench_ref(&b, "CFG", 0), .value = 1 },
		{ .kind = REG_OP_READ, .ref = bench_ref(&b, "CFG", 0) },
		{ .kind = REG_OP_WRITE, .ref = bench_ref(&b, "WIDE", 0), .value = 2 },
		{ .kind = REG_OP_READ, .ref = bench_ref(&b, "WIDE", 0) },
		{ .kind = REG_OP_READ, .ref = bench_ref(&b, "ARR", 1) },
	};
	struct error err = { 0 };
	struct bus_stats stats;
	struct bus *bus;

	(void)state;
	assert_int_equal(reg_batch(b.dev, ops, 5, 0, &err), 0);
	assert_string_equal(bench_log(&b), "W00=1 R00 W20=2 W24=0 R20 R24 R44");
	assert_int_equal(ops[1].value, 1);
	assert_int_equal(ops[3].value, 2);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(ops[i].status, BUS_OP_DONE);
	assert_int_equal(device_bus(b.dev, &err, &bus), 0);
	bus_stats_get(bus, &stats);
	assert_int_equal(stats.batches, 1);
}

static void test_batch_with_a_refused_operation_runs_nothing(void **state)
{
	struct reg_op ops[] = {
		{ .kind = REG_OP_WRITE, .ref = bench_ref(&b, "CFG", 0), .value = 1 },
		{ .kind = REG_OP_READ, .ref = bench_ref(&b, "POP", 0) },
	};
	struct error err = { 0 };

	(void)state;
	assert_int_equal(reg_batch(b.dev, ops, 2, 0, &err), E_POLICY);
	assert_int_equal(ops[0].status, BUS_OP_NOT_RUN);
	assert_string_equal(bench_log(&b), "");
}

static void test_batch_mixes_narrow_writes_in_order(void **state)
{
	struct reg_op ops[] = {
		{ .kind = REG_OP_WRITE, .ref = bench_ref(&b, "CFG", 0), .value = 1 },
		{ .kind = REG_OP_WRITE, .ref = bench_ref(&b, "N16", 0), .value = 2 },
		{ .kind = REG_OP_READ, .ref = bench_ref(&b, "N16", 0) },
	};
	struct error err = { 0 };

	(void)state;
	assert_int_equal(reg_batch(b.dev, ops, 3, 0, &err), 0);
	assert_string_equal(bench_log(&b), "W00=1 R30 W30=20000 R30");
	assert_int_equal(ops[2].value, 2);
}

static void test_empty_batch_opens_no_bus(void **state)
{
	struct error err = { 0 };

	(void)state;
	assert_int_equal(reg_batch(b.dev, NULL, 0, 0, &err), 0);
	assert_string_equal(bench_log(&b), "");
}

static void test_unreadable_reasons(void **state)
{
	static const struct {
		const char *name;
		unsigned flags;
		const char *reason;
	} cases[] = {
		{ "CFG", 0, NULL },
		{ "WO", REG_SIDE_EFFECTS, "write-only" },
		{ "POP", 0, "reading has a side effect" },
		{ "POP", REG_SIDE_EFFECTS, NULL },
		{ "BIG", REG_SIDE_EFFECTS, "wider than 64 bits" },
		{ "RO", 0, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint32_t node = bench_ref(&b, cases[i].name, 0).node;
		const char *reason = reg_unreadable(b.db, node, cases[i].flags);

		if (cases[i].reason == NULL)
			assert_null(reason);
		else
			assert_string_equal(reason, cases[i].reason);
	}
}

static void test_verify_mask_is_what_a_read_back_can_check(void **state)
{
	static const struct {
		const char *name;
		uint64_t mask;
	} cases[] = {
		{ "CFG", 0xffffffff }, { "MIX", 0xf001 },  { "WO", 0 },
		{ "POP", 0 },          { "HAZ", 1 },       { "RO", 0 },
		{ "VOL", 0xff00 },     { "ONCE", 0xff00 }, { "WIDE", UINT64_MAX },
		{ "BIG", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_true(reg_verify_mask(b.db, bench_ref(&b, cases[i].name, 0).node) ==
			    cases[i].mask);
	assert_int_equal(reg_word_verify_mask(b.db, 0x30), 0xffff00ff);
	assert_int_equal(reg_word_verify_mask(b.db, 0x34), 0);
	assert_int_equal(reg_word_verify_mask(b.db, 0x24), 0xffffffff);
	assert_int_equal(reg_word_verify_mask(b.db, 0x04), 0xf001);
	assert_int_equal(reg_word_verify_mask(b.db, 0xf0), 0);
}

static void test_readable_words(void **state)
{
	(void)state;
	assert_true(reg_word_readable(b.db, 0x00));
	assert_false(reg_word_readable(b.db, 0x08));
	assert_false(reg_word_readable(b.db, 0x0c));
	assert_false(reg_word_readable(b.db, 0x34));
	assert_true(reg_word_readable(b.db, 0x24));
	assert_true(reg_word_readable(b.db, 0xf0));
}

static void test_bits_of_a_range(void **state)
{
	(void)state;
	assert_int_equal(reg_bits(0, 32), 0xffffffff);
	assert_true(reg_bits(0, 64) == UINT64_MAX);
	assert_int_equal(reg_bits(20, 2), 0x300000);
	assert_int_equal(reg_bits(64, 8), 0);
	assert_int_equal(reg_bits(3, 0), 0);
}

#define ON_BENCH(test) cmocka_unit_test_setup_teardown(test, open_bench, close_bench)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BENCH(test_read_gives_the_word_with_one_access),
		ON_BENCH(test_write_writes_the_whole_register_without_reading),
		ON_BENCH(test_array_element_has_its_own_address),
		ON_BENCH(test_wide_register_goes_low_word_first),
		ON_BENCH(test_wide_register_goes_high_word_first_when_the_map_says_so),
		ON_BENCH(test_narrow_register_is_read_out_of_its_word),
		ON_BENCH(test_narrow_write_keeps_neighbours_and_clears_none_of_their_stickies),
		ON_BENCH(test_narrow_write_with_a_precious_neighbour_is_refused),
		ON_BENCH(test_narrow_write_says_that_the_neighbour_is_the_obstacle),
		ON_BENCH(test_narrow_register_with_read_only_bits_is_written_whole),
		ON_BENCH(test_memory_that_software_only_reads_is_not_written),
		ON_BENCH(test_narrow_read_with_a_precious_neighbour_is_refused),
		ON_BENCH(test_narrow_register_alone_in_its_word_is_written_without_a_read),
		ON_BENCH(test_raw_address_is_one_plain_word),
		ON_BENCH(test_refusals_touch_nothing_and_name_the_register),
		ON_BENCH(test_flags_allow_side_effects_and_dangerous_writes),
		ON_BENCH(test_batch_runs_in_order_in_one_transfer),
		ON_BENCH(test_batch_with_a_refused_operation_runs_nothing),
		ON_BENCH(test_batch_mixes_narrow_writes_in_order),
		ON_BENCH(test_empty_batch_opens_no_bus),
		ON_BENCH(test_unreadable_reasons),
		ON_BENCH(test_verify_mask_is_what_a_read_back_can_check),
		ON_BENCH(test_readable_words),
		ON_BENCH(test_bits_of_a_range),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
