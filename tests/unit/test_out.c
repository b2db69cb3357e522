/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/out.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

static char *render(const struct out *out, enum out_format_kind kind, bool color)
{
	char *text = NULL;
	size_t size = 0;
	FILE *file = open_memstream(&text, &size);
	struct error err = { 0 };

	assert_non_null(file);
	assert_int_equal(out_render(out, kind, color, file, &err), 0);
	fclose(file);
	return text;
}

static void assert_renders(const struct out *out, enum out_format_kind kind, const char *want)
{
	char *text = render(out, kind, false);

	assert_string_equal(text, want);
	free(text);
}

static const struct out_column columns[] = {
	{ "name", "NAME", OUT_RAW },
	{ "value", "VALUE", OUT_RIGHT | OUT_RAW },
	{ "note", "NOTE", OUT_UNLESS_EMPTY },
	{ "hidden", NULL, 0 },
	{ NULL, "SHOWN", 0 },
};

static void row(struct out_table *table, const char *name, uint64_t value, const char *note)
{
	out_row(table, (const struct out_cell[]){ out_text(name), out_hex(value, 8),
						  out_text(note), out_uint(1), out_text("x") });
}

static struct out *sample(const char *note)
{
	struct out *out = out_new("sample", 2);
	struct out_table *table = out_table(out_root(out), "rows", columns, 5);

	row(table, "one", 1, NULL);
	row(table, "longer", 0xff, note);
	return out;
}

static void test_tables_are_aligned_without_trailing_blanks(void **state)
{
	struct out *out = sample(NULL);

	(void)state;
	assert_renders(out, OUT_FORMAT_TEXT,
		       "NAME    VALUE  SHOWN\n"
		       "one      0x01  x\n"
		       "longer   0xff  x\n");
	out_free(out);
	out = sample("why");
	assert_renders(out, OUT_FORMAT_TEXT,
		       "NAME    VALUE  NOTE  SHOWN\n"
		       "one      0x01        x\n"
		       "longer   0xff  why   x\n");
	out_free(out);
}

static void test_json_keeps_types_and_hides_text_columns(void **state)
{
	struct out *out = sample("");

	(void)state;
	assert_renders(
		out, OUT_FORMAT_JSON_LINE,
		"{\"schema\":\"switchblade/sample/2\",\"rows\":["
		"{\"name\":\"one\",\"value\":1,\"value_hex\":\"0x01\",\"note\":null,"
		"\"hidden\":1},"
		"{\"name\":\"longer\",\"value\":255,\"value_hex\":\"0xff\",\"note\":\"\","
		"\"hidden\":1}]}\n");
	assert_renders(
		out, OUT_FORMAT_JSON,
		"{\n  \"schema\": \"switchblade/sample/2\",\n  \"rows\": [\n"
		"    {\"name\": \"one\", \"value\": 1, \"value_hex\": \"0x01\", \"note\": null,"
		" \"hidden\": 1},\n"
		"    {\"name\": \"longer\", \"value\": 255, \"value_hex\": \"0xff\", \"note\": "
		"\"\", \"hidden\": 1}\n  ]\n}\n");
	out_free(out);
}

static void test_raw_prints_bare_values(void **state)
{
	struct out *out = sample(NULL);
	const struct out_column raw = { "more", NULL, OUT_RAW };

	(void)state;
	out_put(out_root(out), &raw, out_bool(true));
	out_add(out_root(out), "not", "not", out_text("shown"));
	out_say(out_root(out), OUT_STYLE_BAD, "nor this");
	assert_renders(out, OUT_FORMAT_RAW, "one\t0x01\nlonger\t0xff\nyes\n");
	out_free(out);
}

static void test_numbers_beyond_double_precision_are_text_in_json(void **state)
{
	struct out *out = out_new("n", 1);

	(void)state;
	out_add(out_root(out), "exact", "e", out_uint(UINT64_C(1) << 53));
	out_add(out_root(out), "large", "l", out_hex(UINT64_MAX, 64));
	out_add(out_root(out), "real", "r", out_real(0.125));
	assert_renders(out, OUT_FORMAT_JSON_LINE,
		       "{\"schema\":\"switchblade/n/1\",\"exact\":9007199254740992,"
		       "\"large\":\"0xffffffffffffffff\",\"large_hex\":\"0xffffffffffffffff\","
		       "\"real\":0.125}\n");
	out_free(out);
}

static void test_records_lists_and_lines_are_set_apart(void **state)
{
	struct out *out = out_new("n", 1);
	struct out_record *inner;
	struct out_list *list;

	(void)state;
	out_say(out_root(out), OUT_STYLE_PLAIN, "a line");
	out_add(out_root(out), "short", "short", out_uint(1));
	out_add(out_root(out), "much_longer", "much longer", out_bool(false));
	inner = out_record(out_root(out), "inner", "Inner:");
	out_add(inner, "x", "  x", out_null());
	list = out_list(out_root(out), "list", "List:", 0);
	out_item(list, out_text("first"));
	out_item(list, out_uint(2));
	assert_renders(out, OUT_FORMAT_TEXT,
		       "a line\nshort        1\nmuch longer  no\n\nInner:\n  x  -\n\nList:\n"
		       "  first\n  2\n");
	assert_renders(out, OUT_FORMAT_JSON_LINE,
		       "{\"schema\":\"switchblade/n/1\",\"short\":1,\"much_longer\":false,"
		       "\"inner\":{\"x\":null},\"list\":[\"first\",2]}\n");
	out_free(out);
}

static void test_rows_may_hold_more_in_json(void **state)
{
	static const struct out_column one[] = { { "k", "K", 0 } };
	struct out *out = out_new("n", 1);
	struct out_table *table = out_table(out_root(out), "t", one, 1), *sub;

	(void)state;
	assert_null(out_row_more(table));
	out_row(table, (const struct out_cell[]){ out_uint(1) });
	sub = out_table(out_row_more(table), "sub", one, 1);
	out_row(sub, (const struct out_cell[]){ out_uint(2) });
	assert_int_equal(out_n_rows(table), 1);
	assert_renders(
		out, OUT_FORMAT_JSON_LINE,
		"{\"schema\":\"switchblade/n/1\",\"t\":[{\"k\":1,\"sub\":[{\"k\":2}]}]}\n");
	assert_renders(out, OUT_FORMAT_TEXT, "K\n1\n");
	out_free(out);
}

static void test_errors_go_with_what_was_done(void **state)
{
	struct out *out = out_new("n", 1);
	struct error err = { 0 };

	(void)state;
	error_set(&err, E_TIMEOUT, "too \"late\"");
	out_set_error(out, &err);
	assert_true(out_is_empty(out));
	assert_renders(out, OUT_FORMAT_JSON_LINE,
		       "{\"schema\":\"switchblade/error/1\",\"error\":{\"code\":\"timeout\","
		       "\"message\":\"too \\\"late\\\"\"}}\n");
	out_add(out_root(out), "n", NULL, out_uint(1));
	assert_renders(
		out, OUT_FORMAT_JSON_LINE,
		"{\"schema\":\"switchblade/n/1\",\"n\":1,\"error\":{\"code\":\"timeout\","
		"\"message\":\"too \\\"late\\\"\"}}\n");
	assert_renders(out, OUT_FORMAT_TEXT, "");
	out_free(out);
}

static void test_any_bytes_make_valid_json(void **state)
{
	struct out *out = out_new("n", 1);
	json_t *json;
	char *text;

	(void)state;
	out_add(out_root(out), "t", "t", out_text("\xff\xc3(\x01\"\\ \xe2\x82"));
	text = render(out, OUT_FORMAT_JSON, false);
	json = json_loads(text, 0, NULL);
	assert_non_null(json);
	assert_string_equal(json_string_value(json_object_get(json, "t")),
			    "\xef\xbf\xbd\xef\xbf\xbd(\x01\"\\ \xef\xbf\xbd\xef\xbf\xbd");
	json_decref(json);
	free(text);
	out_free(out);
}

static void test_colour_is_only_there_when_asked_for(void **state)
{
	struct out *out = out_new("n", 1);
	char *text;

	(void)state;
	out_say(out_root(out), OUT_STYLE_BAD, "bad");
	assert_renders(out, OUT_FORMAT_TEXT, "bad\n");
	text = render(out, OUT_FORMAT_TEXT, true);
	assert_string_equal(text, "\033[31mbad\033[0m\n");
	free(text);
	out_free(out);
}

static void test_large_documents_are_kept_whole(void **state)
{
	static const struct out_column one[] = { { "k", NULL, OUT_RAW } };
	struct out *out = out_new("n", 1);
	struct out_table *table = out_table(out_root(out), "t", one, 1);
	char big[40000], *text;

	(void)state;
	memset(big, 'b', sizeof(big));
	big[sizeof(big) - 1] = '\0';
	for (unsigned i = 0; i < 20000; i++)
		out_row(table, (const struct out_cell[]){ out_uint(i) });
	out_row(table, (const struct out_cell[]){ out_text(big) });
	text = render(out, OUT_FORMAT_RAW, false);
	assert_int_equal(strlen(text),
			 10 * 2 + 90 * 3 + 900 * 4 + 9000 * 5 + 10000 * 6 + 40000);
	assert_int_equal(strncmp(text, "0\n1\n2\n", 6), 0);
	free(text);
	out_free(out);
}

static void test_missing_documents_are_no_crash(void **state)
{
	(void)state;
	assert_null(out_record(NULL, "a", "b"));
	assert_null(out_table(NULL, "a", columns, 5));
	assert_null(out_list(NULL, "a", "b", 0));
	assert_null(out_row_more(NULL));
	assert_int_equal(out_n_rows(NULL), 0);
	out_row(NULL, NULL);
	out_item(NULL, out_uint(1));
	out_add(NULL, "a", "b", out_uint(1));
	out_say(NULL, OUT_STYLE_PLAIN, "x");
	assert_string_equal(out_format(NULL, "x"), "");
	out_free(NULL);
}

static void test_a_full_disk_is_an_error(void **state)
{
	struct out *out = sample(NULL);
	FILE *file = fopen("/dev/full", "w");
	struct error err = { 0 };

	(void)state;
	assert_non_null(file);
	assert_int_equal(out_render(out, OUT_FORMAT_JSON, false, file, &err), E_IO);
	assert_string_equal(err.text, "cannot write the output: No space left on device");
	fclose(file);
	out_free(out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tables_are_aligned_without_trailing_blanks),
		cmocka_unit_test(test_json_keeps_types_and_hides_text_columns),
		cmocka_unit_test(test_raw_prints_bare_values),
		cmocka_unit_test(test_numbers_beyond_double_precision_are_text_in_json),
		cmocka_unit_test(test_records_lists_and_lines_are_set_apart),
		cmocka_unit_test(test_rows_may_hold_more_in_json),
		cmocka_unit_test(test_errors_go_with_what_was_done),
		cmocka_unit_test(test_any_bytes_make_valid_json),
		cmocka_unit_test(test_colour_is_only_there_when_asked_for),
		cmocka_unit_test(test_large_documents_are_kept_whole),
		cmocka_unit_test(test_missing_documents_are_no_crash),
		cmocka_unit_test(test_a_full_disk_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
