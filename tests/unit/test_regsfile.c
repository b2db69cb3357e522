/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/regdb/regsfile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "regmaps/regdb/regpath.h"
#include "tests/lib/sample_map.h"

static struct regdb *db;

static int open_sample(void **state)
{
	(void)state;
	db = sample_map_open();
	return 0;
}

static int close_sample(void **state)
{
	(void)state;
	regdb_close(db);
	return 0;
}

static struct regsfile *parse(const char *text)
{
	struct error err = { 0 };
	struct regsfile *file;

	if (regsfile_parse("x.regs", text, strlen(text), db, &err, &file) < 0)
		fail_msg("%s: %s", text, err.text);
	return file;
}

static void test_a_file_gives_its_header_and_rows_by_address(void **state)
{
	struct regsfile *file = parse("# where it comes from\n"
				      "\n"
				      "@regs 1\n"
				      "@map sample\n"
				      "@source bench 3, unit 0042\n"
				      "@time 2026-11-20T19:40:00Z\n"
				      "WIDE = 0x1122334455667788\n"
				      "TOP[2]:CFG = 0x10   # why\n"
				      "  MEM[7]=7\n"
				      "0x8000 = 0b11 & 0xff\n");

	(void)state;
	assert_string_equal(file->map, "sample");
	assert_string_equal(file->source, "bench 3, unit 0042");
	assert_string_equal(file->time, "2026-11-20T19:40:00Z");
	assert_int_equal(file->n_rows, 4);
	assert_int_equal(file->rows[0].ref.addr, 0x1200);
	assert_int_equal(file->rows[0].value, 0x10);
	assert_int_equal(file->rows[0].mask, 0xffffffff);
	assert_int_equal(file->rows[0].line, 8);
	assert_int_equal(file->rows[1].ref.addr, 0x3000);
	assert_int_equal(file->rows[1].value, 0x1122334455667788);
	assert_int_equal(file->rows[1].mask, UINT64_MAX);
	assert_int_equal(file->rows[2].ref.addr, 0x401c);
	assert_int_equal(file->rows[3].ref.node, REGDB_NONE);
	assert_int_equal(file->rows[3].ref.addr, 0x8000);
	assert_int_equal(file->rows[3].mask, 0xff);
	regsfile_free(file);
}

static void test_what_the_header_leaves_out_is_empty(void **state)
{
	struct regsfile *file = parse("@regs 1");

	(void)state;
	assert_string_equal(file->map, "");
	assert_string_equal(file->source, "");
	assert_string_equal(file->time, "");
	assert_int_equal(file->n_rows, 0);
	regsfile_free(file);
}

static void test_lines_may_end_as_on_windows(void **state)
{
	struct regsfile *file = parse("@regs 1\r\n@map sample\r\n\r\n# c\r\nWIDE = 1\r\n");

	(void)state;
	assert_string_equal(file->map, "sample");
	assert_int_equal(file->n_rows, 1);
	regsfile_free(file);
}

static void test_all_spellings_of_a_path_are_read(void **state)
{
	struct regsfile *file = parse("@regs 1\n"
				      "top[0].cfg = 1\n"
				      "G:CFG = 2\n"
				      "HEAD = 3\n"
				      "0x1020 = 4\n"
				      "TOP[0x1]:GRID[1][2] = 5\n");

	(void)state;
	assert_int_equal(file->n_rows, 5);
	assert_int_equal(file->rows[1].ref.node, sample_map_node(db, "TOP:CNT"));
	assert_int_equal(file->rows[2].ref.addr, 0x1168);
	regsfile_free(file);
}

struct bad_case {
	const char *text;
	int code;
	const char *want;
};

static void test_mistakes_are_told_with_file_and_line(void **state)
{
	static const struct bad_case cases[] = {
		{ "", E_SYNTAX,
		  "x.regs:1: a register file begins with \"@regs 1\"; nothing is there" },
		{ "WIDE = 1\n", E_SYNTAX,
		  "x.regs:1: a register file begins with \"@regs 1\"; "
		  "other text at column 1" },
		{ "@regs 2\n", E_SYNTAX,
		  "x.regs:1: this program reads version 1; another at column 7" },
		{ "@regs 1\n@map other\n", E_SYNTAX,
		  "x.regs:2: registers of the map other, not of sample" },
		{ "@regs 1\n@map sample\n@map sample\n", E_SYNTAX,
		  "x.regs:3: a second line of this kind at column 1" },
		{ "@regs 1\n@what x\n", E_SYNTAX,
		  "x.regs:2: @map, @source or @time expected; "
		  "something else at column 1" },
		{ "@regs 1\nWIDE = 1\n@time now\n", E_SYNTAX,
		  "x.regs:3: @ lines come before the registers; one at column 1" },
		{ "@regs 1\nWIDE\n", E_SYNTAX,
		  "x.regs:2: PATH = VALUE expected; something else at column 1" },
		{ "@regs 1\nWIDE = \n", E_SYNTAX,
		  "x.regs:2: number expected; something else at column 7" },
		{ "@regs 1\nWIDE = 1 2\n", E_SYNTAX,
		  "x.regs:2: unexpected character at column 10" },
		{ "@regs 1\nWIDE = 1 & \n", E_SYNTAX,
		  "x.regs:2: number expected; something else at column 11" },
		{ "@regs 1\nTOP[0]:CFG = 0x100000000\n", E_RANGE,
		  "x.regs:2: the register has 32 bits; more at column 14" },
		{ "@regs 1\nTOP[0]:CFG = 1 & 0x1ffffffff\n", E_RANGE,
		  "x.regs:2: the register has 32 bits; more at column 18" },
		{ "@regs 1\nWIDE = 0x10000000000000000\n", E_RANGE,
		  "x.regs:2: the register has 64 bits; more at column 8" },
		{ "@regs 1\n0x8000 = 0x100000000\n", E_RANGE,
		  "x.regs:2: the register has 32 bits; more at column 10" },
		{ "@regs 1\n\nWIDER = 1\n", E_SYNTAX,
		  "x.regs:3: no register WIDER; nearest: WIDE" },
		{ "@regs 1\nTOP[4]:CFG = 1\n", E_RANGE,
		  "x.regs:2: TOP[4]:CFG: TOP goes from [0] to [3]" },
		{ "@regs 1\nTOP[0,1]:CFG = 1\n", E_SYNTAX,
		  "x.regs:2: one register per line; a list or wildcard at column 1" },
		{ "@regs 1\nTOP[0]:CFG.EN = 1\n", E_SYNTAX,
		  "x.regs:2: TOP[0]:CFG.EN names a field: a whole register is expected here" },
		{ "@regs 1\n0x8001 = 1\n", E_RANGE,
		  "x.regs:2: 0x8001: raw addresses are multiples of 4" },
	};
	struct error err = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct regsfile *file = NULL;
		int ret = regsfile_parse("x.regs", cases[i].text, strlen(cases[i].text), db,
					 &err, &file);
		if (ret != cases[i].code || err.code != ret ||
		    strcmp(err.text, cases[i].want) != 0)
			fail_msg("%s\n  got  %d %s\n  want %d %s", cases[i].text, ret, err.text,
				 cases[i].code, cases[i].want);
		assert_null(file);
	}
}

static void check_duplicate(const char *text, const char *want)
{
	struct error err = { 0 };
	struct regsfile *file = NULL;

	assert_int_equal(regsfile_parse("x.regs", text, strlen(text), db, &err, &file),
			 E_SYNTAX);
	assert_string_equal(err.text, want);
}

static void test_duplicates_are_found_however_they_are_spelled(void **state)
{
	(void)state;
	check_duplicate("@regs 1\nWIDE = 1\nTOP[0]:CFG = 1\nWIDE = 1\n",
			"x.regs:4: address 0x3000, WIDE is already on line 2");
	check_duplicate("@regs 1\nWIDE = 1\nALT = 1\n",
			"x.regs:3: address 0x3000, ALT is already on line 2");
	check_duplicate("@regs 1\nTOP[0]:CFG = 1\n0x1000 = 1\n",
			"x.regs:3: address 0x1000, TOP[0]:CFG is already on line 2");
	check_duplicate("@regs 1\nG:CFG = 1\nSUB:G:CFG = 1\n",
			"x.regs:3: address 0x5000, SUB:G:CFG is already on line 2");
	check_duplicate("@regs 1\nMEM[2] = 1\nHEAD = 1\n",
			"x.regs:3: address 0x4008, MEM:HEAD is already on line 2");
	check_duplicate("@regs 1\n0x8000 = 1\n0x8000 = 1\n0x8000 = 1\n",
			"x.regs:3: address 0x8000 is already on line 2");
}

static void test_a_nul_byte_is_refused(void **state)
{
	static const char text[] = "@regs 1\nWI\0DE = 1\n";
	struct error err = { 0 };
	struct regsfile *file = NULL;

	(void)state;
	assert_int_equal(regsfile_parse("x.regs", text, sizeof(text) - 1, db, &err, &file),
			 E_SYNTAX);
	assert_string_equal(err.text, "x.regs:2: a NUL byte at column 3");
}

static char *long_line(const char *start, size_t len)
{
	char *text = malloc(len + 1);

	assert_non_null(text);
	memset(text, 'x', len);
	memcpy(text, start, strlen(start));
	text[len] = '\0';
	return text;
}

static void test_a_huge_line_is_refused_unless_it_is_a_comment(void **state)
{
	struct error err = { 0 };
	struct regsfile *file = NULL;
	char *text = long_line("@regs 1\nWIDE", 1 << 20);

	(void)state;
	assert_int_equal(regsfile_parse("x.regs", text, 1 << 20, db, &err, &file), E_SYNTAX);
	assert_string_equal(err.text, "x.regs:2: a line of more than 4095 bytes");
	free(text);
	text = long_line("@regs 1\n#", 1 << 20);
	assert_int_equal(regsfile_parse("x.regs", text, 1 << 20, db, &err, &file), 0);
	regsfile_free(file);
	free(text);
}

static void write_everything(FILE *out)
{
	struct regset_item item;
	struct regset_pos pos = { 0 };
	struct regset *set;
	struct error err = { 0 };

	assert_int_equal(regsfile_write_header(out, "sample", "a\nb", NULL), 0);
	assert_int_equal(regpath_resolve(db, "*", REGPATH_PATTERN, &err, &set), 0);
	while (regset_next(set, &pos, &item)) {
		struct regsfile_row row = { .ref = item.ref,
					    .value = pos.n * 0x1234567 & 0xffff,
					    .mask = pos.n % 3 ? 0xff : UINT32_MAX };
		if (regdb_node(db, item.ref.node)->flags & REGDB_NODE_ALIAS)
			assert_int_equal(regsfile_write_left_out(out, db, &item.ref, "alias"),
					 0);
		else
			assert_int_equal(regsfile_write_row(out, db, &row), 0);
	}
	struct regsfile_row raw = { .ref = { .node = REGDB_NONE, .addr = 0x8000 },
				    .value = 5,
				    .mask = UINT32_MAX };
	assert_int_equal(regsfile_write_row(out, db, &raw), 0);
	regset_free(set);
}

static void test_what_is_written_reads_back_the_same(void **state)
{
	char *first = NULL, *second = NULL;
	size_t first_size, second_size;
	struct error err = { 0 };
	struct regsfile *file;

	(void)state;
	FILE *out = open_memstream(&first, &first_size);
	write_everything(out);
	fclose(out);
	assert_non_null(strstr(first, "\nTOP[0]:CFG = 0x"));
	assert_non_null(strstr(first, "\n# ALT: alias\n"));
	assert_non_null(strstr(first, "\n@source a b\n"));
	assert_non_null(strstr(first, "\n0x00008000 = 0x00000005\n"));
	assert_int_equal(regsfile_parse("x.regs", first, first_size, db, &err, &file), 0);
	assert_int_equal(file->n_rows, SAMPLE_INSTANCES - 2 + 256 + 1);

	out = open_memstream(&second, &second_size);
	regsfile_write_header(out, file->map, file->source, file->time);
	fputs("# ALT: alias\n", out);
	for (size_t i = 0; i < file->n_rows; i++)
		regsfile_write_row(out, db, &file->rows[i]);
	fclose(out);
	regsfile_free(file);
	/* Both are in the order of addresses but for where the comment and A, B stand. */
	assert_int_equal(first_size, second_size);
	assert_int_equal(regsfile_parse("y.regs", second, second_size, db, &err, &file), 0);
	regsfile_free(file);
	free(first);
	free(second);
}

static void test_a_long_file_is_read_from_disk(void **state)
{
	char path[] = "/tmp/test_regsfile.XXXXXX";
	struct error err = { 0 };
	struct regsfile *file;
	FILE *out = fdopen(mkstemp(path), "w");

	(void)state;
	fputs("@regs 1\n", out);
	for (int i = 0; i < 20000; i++)
		fprintf(out, "0x%x = %d\n", 0x100000 + 4 * (i ^ 1), i);
	fclose(out);
	assert_int_equal(regsfile_read(path, db, &err, &file), 0);
	assert_int_equal(file->n_rows, 20000);
	for (size_t i = 0; i < file->n_rows; i++) {
		assert_int_equal(file->rows[i].ref.addr, 0x100000 + 4 * i);
		assert_int_equal(file->rows[i].value, i ^ 1);
	}
	regsfile_free(file);
	remove(path);
	assert_int_equal(regsfile_read(path, db, &err, &file), E_NODEV);
	assert_int_equal(regsfile_read("/", db, &err, &file), E_NODEV);
	assert_int_equal(regsfile_map("/", &err, &(char *){ NULL }), E_NODEV);
	regsfile_free(NULL);
}

static void test_the_map_is_known_from_the_first_lines(void **state)
{
	char path[] = "/tmp/test_regsfile.XXXXXX", *map = NULL;
	struct error err = { 0 };
	FILE *out = fdopen(mkstemp(path), "w");

	(void)state;
	fputs("# c\n@regs 1\n@source s\n@map sample\nNO SUCH LINE\n", out);
	fclose(out);
	assert_int_equal(regsfile_map(path, &err, &map), 0);
	assert_string_equal(map, "sample");
	free(map);
	out = fopen(path, "w");
	fputs("@regs 1\nWIDE = 1\n", out);
	fclose(out);
	assert_int_equal(regsfile_map(path, &err, &map), 0);
	assert_string_equal(map, "");
	free(map);
	out = fopen(path, "w");
	fclose(out);
	assert_int_equal(regsfile_map(path, &err, &map), E_SYNTAX);
	remove(path);
	assert_int_equal(regsfile_map(path, &err, &map), E_NODEV);
}

static void test_a_full_disk_is_an_error(void **state)
{
	FILE *out = fopen("/dev/full", "w");

	(void)state;
	assert_non_null(out);
	setvbuf(out, NULL, _IONBF, 0);
	assert_int_equal(regsfile_write_header(out, "sample", NULL, NULL), E_IO);
	fclose(out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_file_gives_its_header_and_rows_by_address),
		cmocka_unit_test(test_what_the_header_leaves_out_is_empty),
		cmocka_unit_test(test_lines_may_end_as_on_windows),
		cmocka_unit_test(test_all_spellings_of_a_path_are_read),
		cmocka_unit_test(test_mistakes_are_told_with_file_and_line),
		cmocka_unit_test(test_duplicates_are_found_however_they_are_spelled),
		cmocka_unit_test(test_a_nul_byte_is_refused),
		cmocka_unit_test(test_a_huge_line_is_refused_unless_it_is_a_comment),
		cmocka_unit_test(test_what_is_written_reads_back_the_same),
		cmocka_unit_test(test_a_long_file_is_read_from_disk),
		cmocka_unit_test(test_the_map_is_known_from_the_first_lines),
		cmocka_unit_test(test_a_full_disk_is_an_error),
	};

	return cmocka_run_group_tests(tests, open_sample, close_sample);
}
