/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/args.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum { ID_COUNT = 1, ID_COLOR, ID_QUIET, ID_QUICK, ID_OUTPUT };

static const struct arg_spec first[] = {
	{ "count", 'c', ID_COUNT, "N", "how often", 0 },
	{ "quiet", 'q', ID_QUIET, NULL, "say nothing", 0 },
	{ "quick", 0, ID_QUICK, NULL, "be quick", 0 },
	{ 0 },
};
static const struct arg_spec second[] = {
	{ "color", 0, ID_COLOR, "WHEN", "colours", ARG_VALUE_OPTIONAL },
	{ "output", 'o', ID_OUTPUT, "FILE", "where to", ARG_FILE },
	{ 0 },
};
static const struct arg_spec *const tables[2] = { first, second };

/* What comes of a command line, as text: "count=3 quiet= | a b", or "code: message". */
static void parse(const char *line, bool stop, char *buf, size_t size)
{
	const char *words[32];
	char copy[256];
	struct error err = { 0 };
	struct args args;
	size_t n = 0, len = 0;

	snprintf(copy, sizeof(copy), "%s", line);
	for (char *word = strtok(copy, " "); word != NULL; word = strtok(NULL, " "))
		words[n++] = word;
	if (args_parse(tables, words, n, stop, &err, &args) != 0) {
		snprintf(buf, size, "%s: %s", error_name(err.code), err.text);
		args_fini(&args);
		return;
	}
	buf[0] = '\0';
	for (size_t i = 0; i < args.n_found; i++)
		len += (size_t)snprintf(buf + len, size - len, "%s=%s ",
					args.found[i].spec->name,
					args.found[i].value != NULL ? args.found[i].value : "");
	len += (size_t)snprintf(buf + len, size - len, "|");
	for (size_t i = 0; i < args.n_operands; i++)
		len += (size_t)snprintf(buf + len, size - len, " %s", args.operands[i]);
	if (stop)
		snprintf(buf + len, size - len, " then %zu", n - args.n_words);
	args_fini(&args);
}

static void test_options_and_operands_are_told_apart(void **state)
{
	static const struct {
		const char *line, *want;
	} rows[] = {
		{ "", "|" },
		{ "a b", "| a b" },
		{ "--count=3 a", "count=3 | a" },
		{ "a --count 3", "count=3 | a" },
		{ "-c3 -q", "count=3 quiet= |" },
		{ "-qc 3", "quiet= count=3 |" },
		{ "-qc3", "quiet= count=3 |" },
		{ "-q -q -q", "quiet= quiet= quiet= |" },
		{ "-qqqqqqqqqqqq",
		  "quiet= quiet= quiet= quiet= quiet= quiet= quiet= quiet= quiet= "
		  "quiet= quiet= quiet= |" },
		{ "--color a", "color= | a" },
		{ "--color=never a", "color=never | a" },
		{ "--count= a", "count= | a" },
		{ "--cou=1", "count=1 |" },
		{ "-- -q --count", "| -q --count" },
		{ "a - b", "| a - b" },
		{ "-o - a", "output=- | a" },
		{ "-o -q a", "output=-q | a" },
		{ "--quick", "quick= |" },
		{ "--nonsense", "syntax: unknown option --nonsense" },
		{ "--cuont", "syntax: unknown option --cuont; did you mean --count?" },
		{ "--qui", "syntax: --qui could be --quiet or --quick" },
		{ "--=x", "syntax: unknown option --" },
		{ "--quiet=1", "syntax: --quiet takes no value" },
		{ "--count", "syntax: --count needs a value: --count=N" },
		{ "-c", "syntax: --count needs a value: --count=N" },
		{ "-z", "syntax: unknown option -z" },
		{ "-qz", "syntax: unknown option -z" },
	};
	char got[1024];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		parse(rows[i].line, false, got, sizeof(got));
		assert_string_equal(got, rows[i].want);
	}
}

static void test_options_before_a_command_stop_at_it(void **state)
{
	char got[1024];

	(void)state;
	parse("-q reg read --count 3", true, got, sizeof(got));
	assert_string_equal(got, "quiet= | then 4");
	parse("-c 3 reg", true, got, sizeof(got));
	assert_string_equal(got, "count=3 | then 1");
	parse("-q -- reg", true, got, sizeof(got));
	assert_string_equal(got, "quiet= | then 1");
	parse("-q", true, got, sizeof(got));
	assert_string_equal(got, "quiet= | then 0");
}

static void test_last_value_counts(void **state)
{
	static const char *const words[] = { "-c1", "--count=2", "--color" };
	struct args args;

	(void)state;
	assert_int_equal(args_parse(tables, words, 3, false, NULL, &args), 0);
	assert_string_equal(args_value(&args, ID_COUNT), "2");
	assert_string_equal(args_value(&args, ID_COLOR), "");
	assert_null(args_value(&args, ID_OUTPUT));
	assert_true(args_has(&args, ID_COLOR));
	assert_false(args_has(&args, ID_QUIET));
	args_fini(&args);
}

static void test_durations_need_a_unit(void **state)
{
	static const struct {
		const char *text;
		int code;
		uint64_t us;
	} rows[] = {
		{ "100us", 0, 100 },     { "500ms", 0, 500000 },  { "2s", 0, 2000000 },
		{ "0.5s", 0, 500000 },   { "1m", 0, 60000000 },   { "60m", 0, 3600000000 },
		{ "0us", 0, 0 },         { "1.5us", 0, 2 },       { "61m", E_RANGE, 0 },
		{ "5", E_SYNTAX, 0 },    { "", E_SYNTAX, 0 },     { "ms", E_SYNTAX, 0 },
		{ "-1s", E_SYNTAX, 0 },  { "1h", E_SYNTAX, 0 },   { "1 s", E_SYNTAX, 0 },
		{ "infs", E_SYNTAX, 0 }, { "nans", E_SYNTAX, 0 }, { "1e300s", E_RANGE, 0 },
		{ "1sx", E_SYNTAX, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err = { 0 };
		uint64_t us = 77;

		assert_int_equal(args_duration_us(rows[i].text, "--every", &err, &us),
				 rows[i].code);
		assert_true(us == (rows[i].code == 0 ? rows[i].us : 77));
	}
}

static void test_numbers_are_read_whole_and_in_range(void **state)
{
	static const struct {
		const char *text;
		int code;
		uint64_t value;
	} rows[] = {
		{ "0", E_RANGE, 0 },
		{ "1", 0, 1 },
		{ "0x10", 0, 16 },
		{ "0b101", 0, 5 },
		{ "1_000", 0, 1000 },
		{ "0xffff_ffff", 0, 0xffffffff },
		{ "4294967296", E_RANGE, 0 },
		{ "18446744073709551616", E_SYNTAX, 0 },
		{ "0x", E_SYNTAX, 0 },
		{ "", E_SYNTAX, 0 },
		{ "_1", E_SYNTAX, 0 },
		{ "1_", E_SYNTAX, 0 },
		{ "1__0", E_SYNTAX, 0 },
		{ "12a", E_SYNTAX, 0 },
		{ "0b2", E_SYNTAX, 0 },
		{ "-1", E_SYNTAX, 0 },
		{ "+1", E_SYNTAX, 0 },
		{ " 1", E_SYNTAX, 0 },
	};
	const struct args_range range = { 1, UINT32_MAX };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err = { 0 };
		uint64_t value = 77;

		assert_int_equal(args_number(rows[i].text, "n", range, &err, &value),
				 rows[i].code);
		assert_true(value == (rows[i].code == 0 ? rows[i].value : 77));
	}
}

struct names {
	const char *const *list;
};

static const char *next_name(void *arg)
{
	struct names *names = arg;

	return *names->list != NULL ? *names->list++ : NULL;
}

static void test_nearest_is_a_slip_of_the_fingers(void **state)
{
	static const char *const list[] = { "diff", "dump",    "find", "info",
					    "read", "restore", NULL };
	static const struct {
		const char *word, *want;
	} rows[] = {
		{ "raed", "read" }, { "reda", "read" }, { "reads", "read" },
		{ "READ", "read" }, { "dmup", "dump" }, { "rest", "restore" },
		{ "inof", "info" }, { "xyzzy", NULL },  { "", NULL },
		{ "q", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct names names = { list };
		const char *got = args_nearest(rows[i].word, next_name, &names);

		if (rows[i].want == NULL)
			assert_null(got);
		else
			assert_string_equal(got, rows[i].want);
	}
}

static void test_nearest_survives_long_words(void **state)
{
	static const char *const list[] = { "read", NULL };
	struct names names = { list };
	char word[1000];

	(void)state;
	memset(word, 'r', sizeof(word));
	word[sizeof(word) - 1] = '\0';
	assert_null(args_nearest(word, next_name, &names));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_options_and_operands_are_told_apart),
		cmocka_unit_test(test_options_before_a_command_stop_at_it),
		cmocka_unit_test(test_last_value_counts),
		cmocka_unit_test(test_durations_need_a_unit),
		cmocka_unit_test(test_numbers_are_read_whole_and_in_range),
		cmocka_unit_test(test_nearest_is_a_slip_of_the_fingers),
		cmocka_unit_test(test_nearest_survives_long_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
