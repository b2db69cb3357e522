/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The expected values were computed with Python's integers. */
#include "regmaps/rdlc/bits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "regmaps/rdlc/arena.h"

#define A "123456789abcdef0fedcba9876543210aaaa5555"
#define B "fedcba98765432100123"

static struct rdl_arena arena;

static int setup(void **state)
{
	(void)state;
	arena = (struct rdl_arena){ .limit = (size_t)16 << 20 };
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	rdl_arena_free(&arena);
	return 0;
}

static struct rdl_value number(const char *digits, unsigned base)
{
	struct rdl_value value;

	assert_true(rdl_bits_parse(&arena, digits, strlen(digits), base, &value));
	return value;
}

static const char *hex(const struct rdl_value *value)
{
	struct rdl_text text = { 0 };

	rdl_value_hex(&arena, &text, value);
	return text.at;
}

static void test_wide_arithmetic_matches_python(void **state)
{
	static const struct {
		enum rdl_bits_op op;
		const char *a, *b, *want;
	} row[] = {
		{ RDL_BITS_ADD, A, B, "0x123456789abcdef0feddb97530eca864dcba5678" },
		{ RDL_BITS_SUB, B, A, "0xedcba9876543210f01244444444444438765abce" },
		{ RDL_BITS_MUL, A, B, "0xfb146a0d0e7ef4c64930d0a9d3c60625eeeeff9f" },
		{ RDL_BITS_DIV, A, B, "0x1249249249249238ec53" },
		{ RDL_BITS_MOD, A, B, "0x9bcb564efe8b78c5b2fc" },
		{ RDL_BITS_AND, A, B, "0xba983210321022000101" },
		{ RDL_BITS_OR, A, B, "0x123456789abcdef0fedcfedcfedc7654baba5577" },
		{ RDL_BITS_XOR, A, B, "0x123456789abcdef0fedc4444cccc444498ba5476" },
		{ RDL_BITS_XNOR, A, B, "0xedcba9876543210f0123bbbb3333bbbb6745ab89" },
		{ RDL_BITS_POW, A, "25", "0x564fc41bd9f4c507d28d0849d1a8835265358f45" },
		{ RDL_BITS_SHL, A, "43", "0xf6e5d4c3b2a190855552aaa80000000000000000" },
		{ RDL_BITS_SHR, A, "43", "0x2468acf13579bde1fdb9753" },
		{ RDL_BITS_SHL, A, A, "0x0" },
		{ RDL_BITS_SHR, A, A, "0x0" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct rdl_value a = number(row[i].a, 16), b = number(row[i].b, 16), r;

		r = rdl_bits_binary(&arena, row[i].op, &a, &b, 160);
		assert_int_equal(r.width, 160);
		assert_string_equal(hex(&r), row[i].want);
	}
}

static void test_narrow_results_are_cut_to_the_width(void **state)
{
	static const struct {
		enum rdl_bits_op op;
		uint64_t a, b;
		uint32_t width;
		uint64_t want;
	} row[] = {
		{ RDL_BITS_ADD, 0xff, 1, 8, 0 },
		{ RDL_BITS_SUB, 0, 1, 8, 0xff },
		{ RDL_BITS_SUB, 0, 1, 64, UINT64_MAX },
		{ RDL_BITS_MUL, 0xf0, 0x10, 8, 0 },
		{ RDL_BITS_XNOR, 1, 1, 1, 1 },
		{ RDL_BITS_POW, 2, 63, 64, UINT64_C(1) << 63 },
		{ RDL_BITS_POW, 2, 64, 64, 0 },
		{ RDL_BITS_POW, 0, 0, 64, 1 },
		{ RDL_BITS_SHL, 1, 63, 64, UINT64_C(1) << 63 },
		{ RDL_BITS_SHL, 1, 64, 64, 0 },
		{ RDL_BITS_SHR, UINT64_MAX, 60, 64, 0xf },
		{ RDL_BITS_SHR, UINT64_MAX, 1000, 64, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct rdl_value a = rdl_value_int(row[i].a, row[i].width);
		struct rdl_value b = rdl_value_int(row[i].b, 64), r;

		r = rdl_bits_binary(&arena, row[i].op, &a, &b, row[i].width);
		assert_int_equal(rdl_value_u64(&r), row[i].want);
		assert_int_equal(r.width, row[i].width);
	}
}

static void test_digits_of_every_base_parse(void **state)
{
	struct rdl_value a = number("1208925819614629174706175", 10);
	struct rdl_value b = number("ffff_ffff_ffff_ffff_ffff", 16);
	struct rdl_value c = number("18446744073709551615", 10), d = number("1010_0101", 2);

	(void)state;
	assert_int_equal(rdl_bits_compare(&a, &b), 0);
	assert_int_equal(rdl_value_bits(&a), 80);
	assert_int_equal(rdl_value_u64(&c), UINT64_MAX);
	assert_int_equal(c.width, 64);
	assert_int_equal(rdl_value_u64(&d), 0xa5);
}

static void test_too_many_digits_are_refused(void **state)
{
	static char digits[5000];
	struct rdl_value value;

	(void)state;
	memset(digits, 'f', sizeof(digits));
	assert_true(rdl_bits_parse(&arena, digits, RDL_MAX_BITS / 4, 16, &value));
	assert_int_equal(rdl_value_bits(&value), RDL_MAX_BITS);
	assert_false(rdl_bits_parse(&arena, digits, RDL_MAX_BITS / 4 + 1, 16, &value));
	memset(digits, '9', sizeof(digits));
	assert_false(rdl_bits_parse(&arena, digits, sizeof(digits), 10, &value));
}

static void test_negate_and_invert_keep_the_width(void **state)
{
	struct rdl_value one = rdl_value_int(1, 1), r;

	(void)state;
	r = rdl_bits_negate(&arena, &one, 72);
	assert_string_equal(hex(&r), "0xffffffffffffffffff");
	r = rdl_bits_invert(&arena, &one, 72);
	assert_string_equal(hex(&r), "0xfffffffffffffffffe");
	r = rdl_bits_invert(&arena, &one, 4);
	assert_int_equal(rdl_value_u64(&r), 0xe);
}

static void test_resize_extends_and_cuts(void **state)
{
	struct rdl_value value = rdl_value_int(0xabc, 12);

	(void)state;
	rdl_bits_resize(&arena, &value, 200);
	assert_string_equal(hex(&value), "0xabc");
	assert_int_equal(value.width, 200);
	rdl_bits_resize(&arena, &value, 8);
	assert_int_equal(rdl_value_u64(&value), 0xbc);
	assert_true(rdl_bits_parity(&value));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_wide_arithmetic_matches_python, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_narrow_results_are_cut_to_the_width, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_digits_of_every_base_parse, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_too_many_digits_are_refused, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_negate_and_invert_keep_the_width, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_resize_extends_and_cuts, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
