/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a software access does to a field, for every value of sw, onread and onwrite.  The
 * expectations are the tables of SystemRDL 2.0 (Accellera, January 2018), clause 9.6 "Software
 * access properties", written out for single bits.
 */
#include "tests/unit/mock_fixture.h"

#define A     0x100u
#define KNOWN REGDB_FIELD_RESET

static struct toy one_field(struct regdb_field_spec field)
{
	struct toy_row row = { .reg = "R", .addr = A, .field = field };

	return toy_new(&row, 1);
}

/* Bit i of the field before a write, of the value written, and after it. */
static const struct {
	uint8_t onwrite;
	uint32_t old, value, next;
} onwrites[] = {
	/* old 0, 0, 1, 1; written 0, 1, 0, 1: bits 0, 1, 2, 3 */
	{ REGDB_ONWRITE_NONE, 0xc, 0xa, 0xa },  { REGDB_ONWRITE_WOSET, 0xc, 0xa, 0xe },
	{ REGDB_ONWRITE_WOCLR, 0xc, 0xa, 0x4 }, { REGDB_ONWRITE_WOT, 0xc, 0xa, 0x6 },
	{ REGDB_ONWRITE_WZS, 0xc, 0xa, 0xd },   { REGDB_ONWRITE_WZC, 0xc, 0xa, 0x8 },
	{ REGDB_ONWRITE_WZT, 0xc, 0xa, 0x9 },   { REGDB_ONWRITE_WCLR, 0xc, 0xa, 0x0 },
	{ REGDB_ONWRITE_WSET, 0xc, 0xa, 0xf },  { REGDB_ONWRITE_WUSER, 0xc, 0xa, 0xa },
};

static void test_each_onwrite_does_what_the_standard_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(onwrites); i++)
		for (unsigned shift = 0; shift <= 28; shift += 7) {
			struct toy toy = one_field(
				(struct regdb_field_spec){ .lsb = shift,
							   .width = 4,
							   .sw = REGDB_ACCESS_RW,
							   .onwrite = onwrites[i].onwrite });

			assert_int_equal(mock_hw_put(toy.mock, A, onwrites[i].old << shift),
					 E_OK);
			toy_write(&toy, A, onwrites[i].value << shift);
			assert_int_equal(toy_read(&toy, A), onwrites[i].next << shift);
			assert_int_equal(mock_hw_get(toy.mock, A), onwrites[i].next << shift);
			toy_free(&toy);
		}
}

static void test_every_onwrite_kind_is_covered(void **state)
{
	(void)state;
	assert_int_equal(COUNT(onwrites), REGDB_ONWRITE_WUSER + 1);
	for (size_t i = 0; i < COUNT(onwrites); i++)
		assert_int_equal(onwrites[i].onwrite, i);
}

static void test_onwrite_leaves_the_other_bits_of_the_word_alone(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(onwrites); i++) {
		const struct toy_row rows[] = {
			{ "R", A, 0, { .name = "LOW", .width = 8, .sw = REGDB_ACCESS_RW } },
			{ "R",
			  A,
			  0,
			  { .name = "F",
			    .lsb = 8,
			    .width = 4,
			    .sw = REGDB_ACCESS_RW,
			    .onwrite = onwrites[i].onwrite } },
			{ "R",
			  A,
			  0,
			  { .name = "RO", .lsb = 16, .width = 8, .sw = REGDB_ACCESS_R } },
		};
		struct toy toy = toy_new(rows, COUNT(rows));

		assert_int_equal(mock_hw_put(toy.mock, A, 0xff5a0000u | onwrites[i].old << 8),
				 0);
		toy_write(&toy, A, 0xffff00a7u | onwrites[i].value << 8);
		assert_int_equal(toy_read(&toy, A), 0x005a00a7u | onwrites[i].next << 8);
		assert_int_equal(mock_hw_get(toy.mock, A), 0xff5a00a7u | onwrites[i].next << 8);
		toy_free(&toy);
	}
}

static void test_each_onread_acts_after_the_value_is_taken(void **state)
{
	static const struct {
		uint8_t onread;
		uint32_t next;
	} cases[] = {
		{ REGDB_ONREAD_NONE, 0x5 },
		{ REGDB_ONREAD_RCLR, 0x0 },
		{ REGDB_ONREAD_RSET, 0xf },
		{ REGDB_ONREAD_RUSER, 0x5 }, /* only a model knows: the bits stay */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		for (unsigned sw = REGDB_ACCESS_R; sw <= REGDB_ACCESS_RW; sw += 2) {
			struct toy toy = one_field(
				(struct regdb_field_spec){ .lsb = 4,
							   .width = 4,
							   .sw = (uint8_t)sw,
							   .onread = cases[i].onread });

			assert_int_equal(mock_hw_put(toy.mock, A, 0x50), E_OK);
			assert_int_equal(mock_hw_get(toy.mock, A), 0x50);
			assert_int_equal(toy_read(&toy, A), 0x50);
			assert_int_equal(mock_hw_get(toy.mock, A), cases[i].next << 4);
			assert_int_equal(toy_read(&toy, A), cases[i].next << 4);
			toy_free(&toy);
		}
}

static void test_each_sw_value_allows_what_the_standard_says(void **state)
{
	static const struct {
		uint8_t sw;
		uint32_t read, first, second; /* reads; stored after one and two writes */
	} cases[] = {
		{ REGDB_ACCESS_NA, 0x00, 0x11, 0x11 }, { REGDB_ACCESS_R, 0x11, 0x11, 0x11 },
		{ REGDB_ACCESS_W, 0x00, 0x22, 0x33 },  { REGDB_ACCESS_RW, 0x11, 0x22, 0x33 },
		{ REGDB_ACCESS_W1, 0x00, 0x22, 0x22 }, { REGDB_ACCESS_RW1, 0x11, 0x22, 0x22 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct toy toy = one_field((struct regdb_field_spec){
			.width = 8, .sw = cases[i].sw, .reset = 0x11, .flags = KNOWN });

		assert_int_equal(toy_read(&toy, A), cases[i].read);
		toy_write(&toy, A, 0xffffff22);
		assert_int_equal(mock_hw_get(toy.mock, A), cases[i].first);
		toy_write(&toy, A, 0xffffff33);
		assert_int_equal(mock_hw_get(toy.mock, A), cases[i].second);
		assert_int_equal(toy_read(&toy, A), cases[i].read == 0 ? 0 : cases[i].second);
		toy_free(&toy);
	}
}

static void test_a_reset_makes_write_once_fields_writable_again(void **state)
{
	struct toy toy = one_field((struct regdb_field_spec){
		.width = 8, .sw = REGDB_ACCESS_RW1, .reset = 7, .flags = KNOWN });

	(void)state;
	toy_write(&toy, A, 1);
	toy_write(&toy, A, 2);
	assert_int_equal(toy_read(&toy, A), 1);
	mock_reset(toy.mock);
	assert_int_equal(toy_read(&toy, A), 7);
	toy_write(&toy, A, 3);
	assert_int_equal(toy_read(&toy, A), 3);
	toy_free(&toy);
}

static void test_write_once_does_not_lock_the_neighbours(void **state)
{
	const struct toy_row rows[] = {
		{ "R", A, 0, { .name = "ONCE", .width = 8, .sw = REGDB_ACCESS_RW1 } },
		{ "R", A, 0, { .name = "FREE", .lsb = 8, .width = 8, .sw = REGDB_ACCESS_RW } },
		{ "Q", A + 4, 0, { .name = "ONCE", .width = 8, .sw = REGDB_ACCESS_RW1 } },
	};
	struct toy toy = toy_new(rows, COUNT(rows));

	(void)state;
	toy_write(&toy, A, 0x0102);
	toy_write(&toy, A, 0x0304);
	assert_int_equal(toy_read(&toy, A), 0x0302);
	toy_write(&toy, A + 4, 9);
	assert_int_equal(toy_read(&toy, A + 4), 9);
	toy_free(&toy);
}

static void test_singlepulse_reads_back_0(void **state)
{
	struct toy toy =
		one_field((struct regdb_field_spec){ .lsb = 3,
						     .width = 1,
						     .sw = REGDB_ACCESS_RW,
						     .flags = REGDB_FIELD_SINGLEPULSE });

	(void)state;
	toy_write(&toy, A, 0xffffffff);
	assert_int_equal(toy_read(&toy, A), 0);
	assert_int_equal(mock_hw_get(toy.mock, A), 0);
	toy_free(&toy);
}

static void test_registers_start_at_their_reset_values(void **state)
{
	const struct toy_row rows[] = {
		{ "R",
		  A,
		  0,
		  { .name = "A",
		    .width = 4,
		    .sw = REGDB_ACCESS_RW,
		    .reset = 9,
		    .flags = KNOWN } },
		{ "R",
		  A,
		  0,
		  { .name = "B",
		    .lsb = 8,
		    .width = 8,
		    .sw = REGDB_ACCESS_R,
		    .reset = 0xab,
		    .flags = KNOWN } },
		{ "R",
		  A,
		  0,
		  { .name = "C",
		    .lsb = 16,
		    .width = 8,
		    .sw = REGDB_ACCESS_W,
		    .reset = 0xcd,
		    .flags = KNOWN } },
		{ "R",
		  A,
		  0,
		  { .name = "D",
		    .lsb = 24,
		    .width = 4,
		    .sw = REGDB_ACCESS_NA,
		    .reset = 0xe,
		    .flags = KNOWN } },
		{ "R",
		  A,
		  0,
		  { .name = "E", .lsb = 28, .width = 4, .sw = REGDB_ACCESS_RW, .reset = 0xf } },
	};
	struct toy toy = toy_new(rows, COUNT(rows));

	(void)state;
	assert_int_equal(mock_hw_get(toy.mock, A), 0x0ecdab09);
	assert_int_equal(toy_read(&toy, A), 0x0000ab09);
	toy_write(&toy, A, 0);
	mock_reset(toy.mock);
	assert_int_equal(mock_hw_get(toy.mock, A), 0x0ecdab09);
	toy_free(&toy);
}

static void test_bits_without_a_field_read_0_and_ignore_writes(void **state)
{
	struct toy toy = one_field(
		(struct regdb_field_spec){ .lsb = 8, .width = 8, .sw = REGDB_ACCESS_RW });

	(void)state;
	toy_write(&toy, A, 0xffffffff);
	assert_int_equal(toy_read(&toy, A), 0xff00);
	assert_int_equal(mock_hw_put(toy.mock, A, 0x12345678), E_OK);
	assert_int_equal(mock_hw_get(toy.mock, A), 0x12345678);
	assert_int_equal(toy_read(&toy, A), 0x5600);
	toy_free(&toy);
}

static void test_addresses_without_a_register_read_0_and_ignore_writes(void **state)
{
	struct toy toy = one_field((struct regdb_field_spec){ .sw = REGDB_ACCESS_RW });
	size_t before = mock_memory_bytes(toy.mock);

	(void)state;
	for (uint64_t addr = 0x8000; addr < 0x9000; addr += 4) {
		toy_write(&toy, addr, 0xffffffff);
		assert_int_equal(toy_read(&toy, addr), 0);
		assert_int_equal(mock_hw_get(toy.mock, addr), 0);
	}
	assert_int_equal(mock_memory_bytes(toy.mock), before);
	toy_write(&toy, A, 5);
	toy_write(&toy, A + 4, 6);
	assert_int_equal(toy_read(&toy, A + 4), 0);
	toy_free(&toy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_onwrite_does_what_the_standard_says),
		cmocka_unit_test(test_every_onwrite_kind_is_covered),
		cmocka_unit_test(test_onwrite_leaves_the_other_bits_of_the_word_alone),
		cmocka_unit_test(test_each_onread_acts_after_the_value_is_taken),
		cmocka_unit_test(test_each_sw_value_allows_what_the_standard_says),
		cmocka_unit_test(test_a_reset_makes_write_once_fields_writable_again),
		cmocka_unit_test(test_write_once_does_not_lock_the_neighbours),
		cmocka_unit_test(test_singlepulse_reads_back_0),
		cmocka_unit_test(test_registers_start_at_their_reset_values),
		cmocka_unit_test(test_bits_without_a_field_read_0_and_ignore_writes),
		cmocka_unit_test(test_addresses_without_a_register_read_0_and_ignore_writes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
