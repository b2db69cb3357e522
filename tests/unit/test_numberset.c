/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lists of stations and timeslots, more than 64 of them; ports are in test_chip_args. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "hal/numberset.h"

static const struct numberset_kind slots = { "timeslot", 1, 127 };

static void test_lists_go_both_ways_up_to_the_last_number(void **state)
{
	static const struct {
		const char *text, *back;
		size_t n;
	} rows[] = {
		{ "1", "1", 1 },
		{ "127,63-65", "63-65,127", 4 },
		{ "all", "1-127", 127 },
		{ "none", "-", 0 },
		{ "1-63,65-127", "1-63,65-127", 126 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct numberset set = { { 9, 9 } };
		char buf[NUMBERSET_TEXT_SIZE];

		assert_int_equal(numberset_parse(rows[i].text, &slots, NULL, &set), 0);
		assert_string_equal(numberset_format(&set, buf), rows[i].back);
		assert_int_equal(numberset_count(&set), rows[i].n);
	}
}

static void test_numbers_outside_the_kind_are_told(void **state)
{
	struct numberset set = { { 9, 9 } };
	struct error err = { 0 };

	(void)state;
	assert_int_equal(numberset_parse("0-3", &slots, &err, &set), E_RANGE);
	assert_string_equal(err.text, "timeslot: 0 is outside 1 to 127");
	assert_int_equal(numberset_parse("120-128", &slots, &err, &set), E_RANGE);
	assert_int_equal(numberset_parse("99999999999", &slots, &err, &set), E_RANGE);
	assert_int_equal(numberset_parse("4-", &slots, &err, &set), E_SYNTAX);
	assert_int_equal(numberset_parse("", &slots, &err, &set), E_SYNTAX);
	assert_string_equal(err.text, "'' is not a list of timeslots like 1-7,49");
	assert_int_equal(set.bits[0], 9);
}

/* The text of any set fits: the longest ones are pairs with a gap of one number. */
static void test_the_longest_text_fits(void **state)
{
	(void)state;
	for (uint32_t start = 0; start < 3; start++) {
		struct numberset set = { 0 }, back = { 0 };
		const struct numberset_kind all = { "number", 0, 127 };
		char buf[NUMBERSET_TEXT_SIZE];

		for (uint32_t i = 0; i < NUMBERSET_SIZE; i++)
			if (i % 3 != start)
				numberset_add(&set, i);
		assert_int_equal(
			numberset_parse(numberset_format(&set, buf), &all, NULL, &back), 0);
		assert_memory_equal(&set, &back, sizeof(set));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lists_go_both_ways_up_to_the_last_number),
		cmocka_unit_test(test_numbers_outside_the_kind_are_told),
		cmocka_unit_test(test_the_longest_text_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
