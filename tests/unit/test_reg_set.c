/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "drv/mock.h"
#include "tests/lib/reg_bench.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Neighbours of MIX that are never written 1 unasked, and those always written 1. */
#define MIX_ZERO 0x03e /* STK SET TGL PULSE SHOT */
#define MIX_ONE  0x1c0 /* ZC ZS ZT */

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

static struct reg_change change(const char *name, uint64_t mask, uint64_t value)
{
	return (struct reg_change){
		.ref = bench_ref(&b, name, 0),
		.mask = mask,
		.value = value,
	};
}

static void set(struct reg_change *changes, size_t n, unsigned flags)
{
	struct error err = { 0 };

	if (reg_set(b.dev, changes, n, flags, &err) != 0)
		fail_msg("%s", err.text);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(changes[i].status, BUS_OP_DONE);
}

static void test_one_field_is_one_read_and_one_write(void **state)
{
	struct reg_change c = change("CFG", 0xff00, 0x4200);

	(void)state;
	bench_poke(&b, 0x00, 0x11223344);
	set(&c, 1, 0);
	assert_string_equal(bench_log(&b), "R00 W00=11224244");
	assert_true(c.old_known);
	assert_int_equal(c.old, 0x11223344);
	assert_int_equal(c.new, 0x11224244);
	assert_false(c.merge);
}

static void test_all_fields_given_does_not_read(void **state)
{
	struct reg_change c[] = {
		change("CFG", 0xff, 0x01),
		change("CFG", 0xff00, 0x0200),
		change("CFG", 0xffff0000, 0x00030000),
	};

	(void)state;
	bench_poke(&b, 0x00, 0xffffffff);
	set(c, 3, 0);
	assert_string_equal(bench_log(&b), "W00=30201");
	for (size_t i = 0; i < 3; i++) {
		assert_false(c[i].old_known);
		assert_int_equal(c[i].new, 0x30201);
		assert_int_equal(c[i].merge, i > 0);
	}
}

static void test_all_writable_fields_given_does_not_read_for_read_only_ones(void **state)
{
	struct reg_change c = change("ARR", 0xff, 0x12);

	(void)state;
	set(&c, 1, 0);
	assert_string_equal(bench_log(&b), "W40=12");
}

static void test_neighbours_that_act_get_their_neutral_value(void **state)
{
	struct reg_change c = change("MIX", 1, 1);

	(void)state;
	bench_poke(&b, 0x04, 0x5000 | MIX_ZERO | MIX_ONE | 0x200);
	set(&c, 1, 0);
	assert_string_equal(bench_log(&b), "R04 W04=53c1");
	bench_poke(&b, 0x04, 0);
	set(&c, 1, 0);
	assert_string_equal(bench_log(&b), "R04 W04=1c1");
}

static void test_each_acting_neighbour_alone_is_left_alone(void **state)
{
	(void)state;
	for (unsigned bit = 1; bit < 9; bit++) {
		struct reg_change c =
			change("MIX", UINT64_C(1) << bit, bit < 6 ? UINT64_C(1) << bit : 0);
		uint32_t others = (MIX_ZERO | MIX_ONE) & ~(1u << bit);
		uint32_t written;

		bench_poke(&b, 0x04, 0x3ff);
		set(&c, 1, 0);
		written = bench_peek(&b, 0x04);
		assert_int_equal(written & others, MIX_ONE & others);
		assert_int_equal(written >> bit & 1, bit < 6);
		assert_int_equal(written & 1, 1);
		bench_log(&b);
	}
}

static void test_bits_of_no_field_are_kept(void **state)
{
	struct reg_change c = change("DANGER", 0x0f, 0x05);

	(void)state;
	bench_poke(&b, 0x14, 0xabcd12ff);
	set(&c, 1, REG_DANGEROUS);
	assert_string_equal(bench_log(&b), "R14 W14=abcd12f5");
}

static void test_reads_go_first_then_writes_in_the_order_of_naming(void **state)
{
	struct reg_change c[] = {
		change("VOL", 0xff00, 0x100), change("CFG", 0xff, 2),
		change("VOL", 0xff, 3),       change("ARR", 1, 1),
		change("CFG", 0xff00, 0x400),
	};
	struct error err = { 0 };
	struct bus_stats stats;
	struct bus *bus;

	(void)state;
	set(c, COUNT(c), 0);
	assert_string_equal(bench_log(&b), "R00 R40 W1c=103 W00=402 W40=1");
	assert_true(c[2].merge);
	assert_true(c[4].merge);
	assert_int_equal(c[2].new, 0x103);
	assert_int_equal(device_bus(b.dev, &err, &bus), 0);
	bus_stats_get(bus, &stats);
	assert_int_equal(stats.batches, 2);
}

static void test_wide_fields_take_both_words(void **state)
{
	struct reg_change c = change("WIDE", reg_bits(20, 24), UINT64_C(0xabcdef) << 20);

	(void)state;
	bench_poke(&b, 0x20, 0xffffffff);
	bench_poke(&b, 0x24, 0xffffffff);
	set(&c, 1, 0);
	assert_string_equal(bench_log(&b), "R20 R24 W20=deffffff W24=fffffabc");
	assert_true(c.old == UINT64_MAX);
	assert_true(c.new == UINT64_C(0xfffffabcdeffffff));
}

static void test_wide_high_word_first(void **state)
{
	struct reg_change c = change("WIDEH", 0xff, 0x12);

	(void)state;
	bench_poke(&b, 0x2c, 7);
	set(&c, 1, 0);
	assert_string_equal(bench_log(&b), "R2c R28 W2c=7 W28=12");
}

static void test_narrow_registers_of_one_word_go_one_by_one(void **state)
{
	struct reg_change c[] = {
		change("N8A", 0x0f, 0x05),
		change("N16", 0xff, 0x66),
	};

	(void)state;
	bench_poke(&b, 0x30, 0xaabbccdd);
	set(c, 2, 0);
	assert_string_equal(bench_log(&b), "R30 W30=aabb00d5 R30 W30=aa6600d5");
	assert_int_equal(c[0].old, 0xdd);
	assert_int_equal(c[0].new, 0xd5);
	assert_int_equal(c[1].old, 0xaabb);
	assert_int_equal(c[1].new, 0xaa66);
}

/* As in a 16550: what is read at an address is not what is written there. */
static void test_registers_of_one_address_are_not_taken_for_each_other(void **state)
{
	struct reg_change ier = change("IER", 0x0f, 5), cr = change("CR", 0xff, 6);
	struct reg_change thr = change("THR", 0xff, 7), tx = change("TX", 0xff, 8);
	struct error err = { 0 };

	(void)state;
	bench_poke(&b, 0x90, 0x1122);
	bench_poke(&b, 0x94, 0x3344);
	assert_int_equal(reg_set(b.dev, &ier, 1, 0, &err), E_POLICY);
	assert_int_equal(reg_set(b.dev, &thr, 1, 0, &err), E_POLICY);
	assert_int_equal(reg_set(b.dev, &cr, 1, 0, &err), E_POLICY);
	assert_string_equal(bench_log(&b), "");
	set(&cr, 1, REG_SIDE_EFFECTS);
	assert_string_equal(bench_log(&b), "R94 W94=677");
	set(&tx, 1, 0);
	assert_string_equal(bench_log(&b), "R94 W94=608");
}

static void test_an_alias_sees_what_was_written_before_it(void **state)
{
	struct reg_change c[] = {
		change("MAIN", 0xf0, 0x50),
		change("ALSO", 0x0f, 0x0a),
	};

	(void)state;
	set(c, 2, 0);
	assert_string_equal(bench_log(&b), "R84 W84=50 R84 W84=5a");
}

static void test_raw_bits_of_a_raw_word(void **state)
{
	struct reg_change c = {
		.ref = bench_raw(0xf0),
		.mask = 0x300000,
		.value = 0x100000,
	};

	(void)state;
	bench_poke(&b, 0xf0, 0xffffffff);
	set(&c, 1, 0);
	assert_string_equal(bench_log(&b), "Rf0 Wf0=ffdfffff");
}

static void test_one_shot_that_cannot_be_read_is_written_zero(void **state)
{
	struct reg_change c = change("CMD", 0xff00, 0x3300);

	(void)state;
	bench_poke(&b, 0x80, 0x1);
	set(&c, 1, 0);
	assert_string_equal(bench_log(&b), "R80 W80=3300");
}

static void test_refusals_touch_nothing(void **state)
{
	static const struct {
		const char *name;
		uint64_t mask, value;
		int code;
		const char *text;
	} cases[] = {
		{ "WO", 0xff, 1, E_POLICY,
		  "WO: bits 0xff00 are write-only and were not named" },
		{ "POP", 0xffff, 1, E_POLICY, "POP: has to be read for the fields not named" },
		{ "HAZ", 1, 1, E_POLICY, "HAZ: any write acts on bits 0x2" },
		{ "DANGER", 1, 1, E_POLICY, "DANGER: writing it is marked dangerous" },
		{ "RO", 1, 1, E_POLICY, "RO: bits 0x1 are read-only" },
		{ "MIX", 0x201, 1, E_POLICY, "MIX: bits 0x200 are read-only" },
		{ "CFG", 0, 0, E_RANGE, "CFG: bits 0x0 are not in 0xffffffff" },
		{ "CFG", 0xff, 0x100, E_RANGE, "CFG: 0x100 does not fit the bits 0xff" },
		{ "N8A", 0x100, 0, E_RANGE, "N8A: bits 0x100 are not in 0xff" },
		{ "BIG", 1, 1, E_NOTSUP, "BIG: 128 bits wide" },
		{ "N8C", 1, 1, E_POLICY, "N8C: has to be read" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reg_change c[] = {
			change("CFG", 0xff, 1),
			change(cases[i].name, cases[i].mask, cases[i].value),
		};
		struct error err = { 0 };

		assert_int_equal(reg_set(b.dev, c, 2, 0, &err), cases[i].code);
		if (strncmp(err.text, cases[i].text, strlen(cases[i].text)) != 0)
			fail_msg("got '%s', want '%s'", err.text, cases[i].text);
		assert_int_equal(c[0].status, BUS_OP_NOT_RUN);
		assert_string_equal(bench_log(&b), "");
	}
}

static void test_bits_named_twice_must_agree(void **state)
{
	struct reg_change c[] = { change("CFG", 0xff, 1), change("CFG", 0xf, 2) };
	struct error err = { 0 };

	(void)state;
	assert_int_equal(reg_set(b.dev, c, 2, 0, &err), E_RANGE);
	assert_string_equal(bench_log(&b), "");
	c[1].value = 1;
	set(c, 2, 0);
	assert_string_equal(bench_log(&b), "R00 W00=1");
}

static void test_write_only_with_every_field_named_needs_no_flag(void **state)
{
	struct reg_change c[] = { change("WO", 0xff, 1), change("WO", 0xff00, 0x200) };

	(void)state;
	set(c, 2, 0);
	assert_string_equal(bench_log(&b), "W08=201");
}

static void test_side_effects_flag_writes_the_reset_value_of_write_only_bits(void **state)
{
	struct reg_change c = change("WO", 0xff, 1);

	(void)state;
	set(&c, 1, REG_SIDE_EFFECTS);
	assert_string_equal(bench_log(&b), "W08=5a01");
	assert_false(c.old_known);
}

static void test_side_effects_flag_allows_precious_reads_and_hazards(void **state)
{
	struct reg_change pop = change("POP", 0xffff, 1), haz = change("HAZ", 1, 1);

	(void)state;
	bench_poke(&b, 0x0c, 0x00070000);
	bench_poke(&b, 0x10, 2);
	set(&pop, 1, REG_SIDE_EFFECTS);
	set(&haz, 1, REG_SIDE_EFFECTS);
	assert_string_equal(bench_log(&b), "R0c W0c=70001 R10 W10=3");
}

static void test_set_value_is_what_set_writes(void **state)
{
	struct regdb_ref mix = bench_ref(&b, "MIX", 0);

	(void)state;
	assert_int_equal(reg_set_value(b.db, &mix, 0x5000 | MIX_ZERO, 1, 1), 0x51c1);
	assert_int_equal(reg_set_value(b.db, &mix, 0, MIX_ONE, 0), 0);
}

static void test_many_elements_of_an_array(void **state)
{
	struct reg_change c[8];

	(void)state;
	for (uint32_t i = 0; i < 8; i++) {
		c[i] = change("ARR", i < 4 ? 0xf : 0xf0, i < 4 ? i : (i - 4) << 4);
		c[i].ref = bench_ref(&b, "ARR", i % 4);
	}
	set(c, 8, 0);
	assert_string_equal(bench_log(&b), "W40=0 W44=11 W48=22 W4c=33");
}

static uint64_t next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

/* What field @f may be written back as when it was not named and reads as @old. */
static uint64_t left_alone(const struct regdb_field *f, uint64_t old)
{
	uint64_t ones = reg_bits(f->lsb, f->width);

	switch (f->onwrite) {
	case REGDB_ONWRITE_WOCLR:
	case REGDB_ONWRITE_WOSET:
	case REGDB_ONWRITE_WOT:
		return 0;
	case REGDB_ONWRITE_WZC:
	case REGDB_ONWRITE_WZS:
	case REGDB_ONWRITE_WZT:
		return ones;
	default:
		return (f->flags & (REGDB_FIELD_SINGLEPULSE | REGDB_FIELD_HWCLR)) != 0
			       ? 0
			       : old & ones;
	}
}

/* One random set of one register against the rule spelled out field by field. */
static void check_random_set(const char *name, uint64_t *seed)
{
	struct reg_change c = change(name, 0, 0);
	const struct regdb_node *row = regdb_node(b.db, c.ref.node);
	uint64_t old = next_random(seed) & reg_bits(0, row->width), pick = next_random(seed);
	uint64_t want = old & ~row->m_fields;
	bool all = true;

	for (uint32_t i = 0; i < row->n_fields; i++) {
		const struct regdb_field *f = regdb_field(b.db, row->first_field + i);
		uint64_t bits = reg_bits(f->lsb, f->width);

		if (f->sw == REGDB_ACCESS_R) {
			want |= old & bits;
		} else if ((pick >> i & 1) != 0) {
			c.mask |= bits;
			c.value |= next_random(seed) & bits;
			want |= c.value & bits;
		} else {
			want |= left_alone(f, old);
			all = false;
		}
	}
	if (c.mask == 0)
		return;
	bench_poke(&b, (uint32_t)c.ref.addr, (uint32_t)old);
	if (row->width == 64)
		bench_poke(&b, (uint32_t)c.ref.addr + 4, (uint32_t)(old >> 32));
	set(&c, 1, 0);
	bench_log(&b);
	assert_int_equal(c.old_known, !all);
	assert_true(c.new == (all ? c.value : want));
}

static void test_random_sets_agree_with_the_rule_field_by_field(void **state)
{
	static const char *const names[] = { "CFG", "MIX", "VOL", "WIDE", "ARR", "ONCE" };
	uint64_t seed = 20260101;

	(void)state;
	for (unsigned i = 0; i < 3000; i++)
		check_random_set(names[i % COUNT(names)], &seed);
}

/*
 * End to end: on a mock, whose registers act as described, a field changes and every acting
 * neighbour keeps the state it had, be it 0 or 1.
 */
static void test_on_a_mock_the_neighbours_keep_their_state(void **state)
{
	static const uint32_t before[] = { 0x000, 0x1ce, 0x002, 0x1c0, 0x00c, 0x18a };
	struct error err = { 0 };
	struct mock *mock;
	struct bus *bus;

	(void)state;
	bench_close(&b);
	bench_open_on(&b, "mock:");
	assert_int_equal(device_bus(b.dev, &err, &bus), 0);
	mock = bench_mock(&b);
	for (size_t i = 0; i < COUNT(before); i++) {
		struct reg_change c = change("MIX", 0xf000, 0x9000);

		assert_int_equal(mock_hw_put(mock, 0x04, before[i] | 0x201), 0);
		set(&c, 1, 0);
		assert_int_equal(mock_hw_get(mock, 0x04), before[i] | 0x9201);
	}
}

#define ON_BENCH(test) cmocka_unit_test_setup_teardown(test, open_bench, close_bench)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BENCH(test_one_field_is_one_read_and_one_write),
		ON_BENCH(test_all_fields_given_does_not_read),
		ON_BENCH(test_all_writable_fields_given_does_not_read_for_read_only_ones),
		ON_BENCH(test_neighbours_that_act_get_their_neutral_value),
		ON_BENCH(test_each_acting_neighbour_alone_is_left_alone),
		ON_BENCH(test_bits_of_no_field_are_kept),
		ON_BENCH(test_reads_go_first_then_writes_in_the_order_of_naming),
		ON_BENCH(test_wide_fields_take_both_words),
		ON_BENCH(test_wide_high_word_first),
		ON_BENCH(test_narrow_registers_of_one_word_go_one_by_one),
		ON_BENCH(test_registers_of_one_address_are_not_taken_for_each_other),
		ON_BENCH(test_an_alias_sees_what_was_written_before_it),
		ON_BENCH(test_raw_bits_of_a_raw_word),
		ON_BENCH(test_one_shot_that_cannot_be_read_is_written_zero),
		ON_BENCH(test_refusals_touch_nothing),
		ON_BENCH(test_bits_named_twice_must_agree),
		ON_BENCH(test_write_only_with_every_field_named_needs_no_flag),
		ON_BENCH(test_side_effects_flag_writes_the_reset_value_of_write_only_bits),
		ON_BENCH(test_side_effects_flag_allows_precious_reads_and_hazards),
		ON_BENCH(test_set_value_is_what_set_writes),
		ON_BENCH(test_many_elements_of_an_array),
		ON_BENCH(test_random_sets_agree_with_the_rule_field_by_field),
		ON_BENCH(test_on_a_mock_the_neighbours_keep_their_state),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
