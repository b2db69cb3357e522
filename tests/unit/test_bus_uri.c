/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parameter parser and the search for the inner URI. */
#include "drv/uri.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void test_the_inner_uri_is_the_first_part_that_looks_like_one(void **state)
{
	static const struct {
		const char *rest, *inner;
	} cases[] = {
		{ "seed=7,after=12,mock:x.regs", "mock:x.regs" },
		{ "mock:", "mock:" },
		{ "a,b,usb:0403:6014,serial=F:x", "usb:0403:6014,serial=F:x" },
		{ "out.trace,pci:0000:03:00.0", "pci:0000:03:00.0" },
		{ "stuck=0x10:0x1:0x0,file:a", "file:a" },
		{ "seed=1,fault:seed=2,mock:", "fault:seed=2,mock:" },
		{ "", NULL },
		{ "seed=7", NULL },
		{ "Mock:x", NULL },
		{ "0403:6014", NULL },
		{ ",,,", NULL },
		{ ":x", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *inner = uri_inner(cases[i].rest);

		if (cases[i].inner == NULL)
			assert_null(inner);
		else
			assert_string_equal(inner, cases[i].inner);
	}
}

static void test_numbers_are_decimal_or_hexadecimal_and_whole(void **state)
{
	static const struct {
		const char *text;
		bool good;
		uint64_t value;
	} cases[] = {
		{ "0", true, 0 },
		{ "42", true, 42 },
		{ "007", true, 7 },
		{ "0x1F", true, 31 },
		{ "0XfF", true, 255 },
		{ "18446744073709551615", true, UINT64_MAX },
		{ "0xffffffffffffffff", true, UINT64_MAX },
		{ "18446744073709551616", false, 0 },
		{ "0x10000000000000000", false, 0 },
		{ "", false, 0 },
		{ "0x", false, 0 },
		{ "-1", false, 0 },
		{ "+1", false, 0 },
		{ " 1", false, 0 },
		{ "1 ", false, 0 },
		{ "1k", false, 0 },
		{ "ff", false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		uint64_t value = 99;

		assert_int_equal(uri_number(cases[i].text, strlen(cases[i].text), &value),
				 cases[i].good);
		assert_true(value == (cases[i].good ? cases[i].value : 99));
	}
}

struct target {
	bool flag;
	uint64_t number, option;
	double real;
	struct uri_text word;
};

static const struct uri_key keys[] = {
	{ "flag", URI_FLAG, offsetof(struct target, flag), 0, 0, NULL, "a flag" },
	{ "number", URI_NUMBER, offsetof(struct target, number), 1, 100, "N", "a number" },
	{ "option", URI_OPT_NUMBER, offsetof(struct target, option), 1, 9, "N", "an option" },
	{ "real", URI_REAL, offsetof(struct target, real), 0, 1, "P", "a probability" },
	{ "word", URI_WORD, offsetof(struct target, word), 0, 0, "TEXT", "a word" },
	{ .name = NULL },
};

static int parse(const char *rest, struct target *target, struct error *err)
{
	return uri_parse(&(struct uri_parts){ "test", rest, NULL }, keys, target, err);
}

static void test_parameters_land_in_their_members(void **state)
{
	struct target target = { .number = 55 };
	struct error err = { 0 };

	(void)state;
	assert_int_equal(parse("", &target, &err), E_OK);
	assert_int_equal(target.number, 55);
	assert_int_equal(parse("flag,number=0x10,option,real=0.25,word=a=b:c", &target, &err),
			 E_OK);
	assert_true(target.flag);
	assert_int_equal(target.number, 16);
	assert_int_equal(target.option, 1);
	assert_true(target.real == 0.25);
	assert_int_equal(target.word.len, 5);
	assert_memory_equal(target.word.text, "a=b:c", 5);
	assert_int_equal(parse("option=9,real=1", &target, &err), E_OK);
	assert_int_equal(target.option, 9);
	assert_true(target.real == 1.0);
	assert_int_equal(parse("word=", &target, &err), E_OK);
	assert_int_equal(target.word.len, 0);
}

static void test_parsing_stops_at_the_end_it_is_given(void **state)
{
	struct target target = { .number = 1 };
	const char *rest = "number=7,mock:flag";
	struct uri_parts parts = { "test", rest, uri_inner(rest) };

	(void)state;
	assert_int_equal(uri_parse(&parts, keys, &target, NULL), E_OK);
	assert_int_equal(target.number, 7);
}

static void test_mistakes_are_explained(void **state)
{
	static const struct {
		const char *rest;
		int code;
		const char *text;
	} cases[] = {
		{ "numbers=3", E_SYNTAX,
		  "test: unknown parameter 'numbers' (known: flag, number, option, real, "
		  "word)" },
		{ "num=3", E_SYNTAX,
		  "test: unknown parameter 'num' (known: flag, number, option, real, word)" },
		{ ",flag", E_SYNTAX,
		  "test: unknown parameter '' (known: flag, number, option, real, word)" },
		{ "flag=1", E_SYNTAX, "test: flag takes no value" },
		{ "number", E_SYNTAX, "test: number=: want a number from 1 to 100" },
		{ "number=x", E_SYNTAX, "test: number=x: want a number from 1 to 100" },
		{ "number=0", E_RANGE, "test: number=0: want a number from 1 to 100" },
		{ "number=101", E_RANGE, "test: number=101: want a number from 1 to 100" },
		{ "option=", E_SYNTAX, "test: option=: want a number from 1 to 9" },
		{ "real=1.5", E_SYNTAX, "test: real=1.5: want a number from 0 to 1" },
		{ "real=.", E_SYNTAX, "test: real=.: want a number from 0 to 1" },
		{ "real=0.1.2", E_SYNTAX, "test: real=0.1.2: want a number from 0 to 1" },
		{ "real=nan", E_SYNTAX, "test: real=nan: want a number from 0 to 1" },
		{ "word", E_SYNTAX, "test: word=: want TEXT" },
		{ "flag,number=2,flag", E_SYNTAX, "test: flag is given twice" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct target target = { .number = 55 };
		struct error err = { 0 };

		assert_int_equal(parse(cases[i].rest, &target, &err), cases[i].code);
		assert_string_equal(err.text, cases[i].text);
	}
}

static void test_parts_are_taken_one_by_one(void **state)
{
	const char *rest = "a/b.regs,strict,";
	char *part = uri_take_part(&rest);

	(void)state;
	assert_string_equal(part, "a/b.regs");
	assert_string_equal(rest, "strict,");
	free(part);
	free(uri_take_part(&rest));
	part = uri_take_part(&rest);
	assert_string_equal(part, "");
	assert_string_equal(rest, "");
	free(part);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_inner_uri_is_the_first_part_that_looks_like_one),
		cmocka_unit_test(test_numbers_are_decimal_or_hexadecimal_and_whole),
		cmocka_unit_test(test_parameters_land_in_their_members),
		cmocka_unit_test(test_parsing_stops_at_the_end_it_is_given),
		cmocka_unit_test(test_mistakes_are_explained),
		cmocka_unit_test(test_parts_are_taken_one_by_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
