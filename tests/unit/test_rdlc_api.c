/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The compiler as a library: files in memory, options, limits, diagnostics, outputs. */
#include "regmaps/rdlc/rdlc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drv/error.h"
#include "regmaps/regdb/regdb.h"

static const char main_text[] = "`include \"regs.rdl\"\n"
				"addrmap first { r_t q @0x10; };\n"
				"addrmap second #(longint unsigned N = 2) {\n"
				"	r_t q[N] @0x100 += 8;\n"
				"	reg { field {} value[8] = 8'h5a; } `NAME;\n"
				"};\n";
static const char regs_text[] = "enum e_t { OFF; ON = 3; };\n"
				"reg r_t { field { encode = e_t; } f[1:0]; };\n";

static const struct rdlc_file files[] = {
	{ "main.rdl", main_text, sizeof(main_text) - 1 },
	{ "regs.rdl", regs_text, sizeof(regs_text) - 1 },
};
static const char *const inputs[] = { "main.rdl" };
static const char *const defines[] = { "NAME=extra" };

static struct rdlc_options in_memory(void)
{
	return (struct rdlc_options){
		.inputs = inputs,
		.n_inputs = 1,
		.defines = defines,
		.n_defines = 1,
		.memory = files,
		.n_memory = 2,
		.no_disk = true,
	};
}

static struct rdlc *compiled(const struct rdlc_options *options)
{
	struct error err = { 0 };
	struct rdlc *rdlc;

	if (rdlc_compile(options, &rdlc, &err))
		fail_msg("%s", err.text);
	assert_string_equal(rdlc_diagnostics(rdlc), "");
	return rdlc;
}

static char *emitted(struct rdlc *rdlc, enum rdlc_output form, size_t *size)
{
	struct error err = { 0 };
	char *data;

	if (rdlc_emit(rdlc, form, &data, size, &err))
		fail_msg("%s", err.text);
	assert_int_equal(data[*size], 0);
	return data;
}

/* Compiles one text as input.rdl; returns its diagnostics, the caller's to free. */
static char *diagnostics(const char *text, int want)
{
	const struct rdlc_file file = { "input.rdl", text, strlen(text) };
	const char *const input = "input.rdl";
	struct rdlc_options options = {
		.inputs = &input, .n_inputs = 1, .memory = &file, .n_memory = 1, .no_disk = true
	};
	struct error err = { 0 };
	struct rdlc *rdlc;
	char *copy;

	assert_int_equal(rdlc_compile(&options, &rdlc, &err), want);
	copy = strdup(rdlc_diagnostics(rdlc));
	rdlc_free(rdlc);
	return copy;
}

static void test_the_last_addrmap_is_the_top(void **state)
{
	struct rdlc_options options = in_memory();
	struct rdlc *rdlc = compiled(&options);

	(void)state;
	assert_string_equal(rdlc_top_name(rdlc), "second");
	rdlc_free(rdlc);
	options.top = "first";
	rdlc = compiled(&options);
	assert_string_equal(rdlc_top_name(rdlc), "first");
	rdlc_free(rdlc);
}

static void test_parameters_of_the_top_are_expressions(void **state)
{
	static const char *const params[] = { "N=2+3" };
	struct rdlc_options options = in_memory();
	struct rdlc *rdlc;
	size_t size;
	char *json;

	(void)state;
	options.params = params;
	options.n_params = 1;
	rdlc = compiled(&options);
	json = emitted(rdlc, RDLC_OUTPUT_JSON, &size);
	assert_non_null(strstr(json, "\"dims\": [5]"));
	assert_non_null(strstr(json, "\"name\": \"extra\""));
	free(json);
	rdlc_free(rdlc);
}

static void test_the_database_has_what_was_described(void **state)
{
	struct rdlc_options options = in_memory();
	struct error err = { 0 };
	struct regdb *db;
	uint32_t reg, field;
	size_t size;
	char *data;

	(void)state;
	assert_int_equal(rdlc_compile_regdb(&options, &data, &size, &err), 0);
	assert_int_equal(regdb_open(data, size, &err, &db), 0);
	assert_string_equal(regdb_name(db), "second");
	reg = regdb_child_find(db, 0, "q", 1);
	assert_int_not_equal(reg, REGDB_NONE);
	assert_int_equal(regdb_node(db, reg)->offset, 0x100);
	assert_int_equal(regdb_node(db, reg)->stride, 8);
	assert_int_equal(regdb_node(db, reg)->count, 2);
	field = regdb_field_find(db, reg, "f", 1);
	assert_int_not_equal(field, REGDB_NONE);
	assert_int_equal(regdb_field(db, field)->n_enums, 2);
	reg = regdb_child_find(db, 0, "extra", 5);
	assert_int_equal(regdb_node(db, reg)->reset, 0x5a);
	regdb_close(db);
	free(data);
}

static void test_elements_of_an_array_can_differ(void **state)
{
	static const char text[] = "addrmap m {\n"
				   "	reg { field {} f[8] = 1; } q[2][2] @0x10 += 8;\n"
				   "	reg { field {} f[8]; } last;\n"
				   "	q.f->name = \"all\"; q[1][0].f->reset = 7;\n"
				   "	last.f->reset = q[1][0].f;\n"
				   "};\n";
	const struct rdlc_file file = { "main.rdl", text, sizeof(text) - 1 };
	struct rdlc_options options = in_memory();
	struct error err = { 0 };
	struct regdb *db;
	struct rdlc *rdlc;
	uint32_t reg;
	size_t size;
	char *data;

	(void)state;
	options.memory = &file;
	options.n_memory = 1;
	rdlc = compiled(&options);
	data = emitted(rdlc, RDLC_OUTPUT_JSON, &size);
	assert_non_null(strstr(data, "\"name\": \"q[1][0]\""));
	free(data);
	data = emitted(rdlc, RDLC_OUTPUT_REGDB, &size);
	assert_int_equal(regdb_open(data, size, &err, &db), 0);
	reg = regdb_child_find(db, 0, "q_1_0", 5);
	assert_int_equal(regdb_node(db, reg)->offset, 0x20);
	assert_int_equal(regdb_node(db, reg)->reset, 7);
	reg = regdb_child_find(db, 0, "q_1_1", 5);
	assert_int_equal(regdb_node(db, reg)->reset, 1);
	assert_int_equal(regdb_node(db, regdb_child_find(db, 0, "last", 4))->offset, 0x30);
	regdb_close(db);
	free(data);
	rdlc_free(rdlc);
}

static void test_same_input_gives_same_bytes(void **state)
{
	static const enum rdlc_output forms[] = { RDLC_OUTPUT_JSON, RDLC_OUTPUT_HEADER,
						  RDLC_OUTPUT_REGDB, RDLC_OUTPUT_LIST };
	struct rdlc_options options = in_memory();

	(void)state;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		struct rdlc *a = compiled(&options), *b = compiled(&options);
		size_t n, m;
		char *x = emitted(a, forms[i], &n), *y = emitted(b, forms[i], &m);

		assert_int_equal(n, m);
		assert_memory_equal(x, y, n);
		free(x);
		free(y);
		rdlc_free(a);
		rdlc_free(b);
	}
}

static void test_a_missing_input_is_no_device(void **state)
{
	static const char *const missing[] = { "nowhere.rdl" };
	struct rdlc_options options = { .inputs = missing, .n_inputs = 1, .no_disk = true };
	struct error err = { 0 };
	struct rdlc *rdlc;

	(void)state;
	assert_int_equal(rdlc_compile(&options, &rdlc, &err), E_NODEV);
	assert_non_null(strstr(err.text, "nowhere.rdl"));
	rdlc_free(rdlc);
}

static void test_without_the_disk_no_file_is_read(void **state)
{
	char *text = diagnostics("`include \"/etc/passwd\"\naddrmap a {};\n", E_SYNTAX);

	(void)state;
	assert_non_null(strstr(text, "no such include file"));
	free(text);
}

static void test_output_of_a_failed_compilation_is_refused(void **state)
{
	const struct rdlc_file file = { "main.rdl", "addrmap", 7 };
	struct rdlc_options options = in_memory();
	struct error err = { 0 };
	struct rdlc *rdlc;
	size_t size;
	char *data;

	(void)state;
	options.memory = &file;
	options.n_memory = 1;
	assert_int_equal(rdlc_compile(&options, &rdlc, &err), E_SYNTAX);
	assert_int_equal(rdlc_emit(rdlc, RDLC_OUTPUT_JSON, &data, &size, &err), E_STATE);
	assert_null(rdlc_top_name(rdlc));
	rdlc_free(rdlc);
}

static void test_errors_point_at_line_and_column_with_a_caret(void **state)
{
	char *text = diagnostics("addrmap a {\n\treg { field {} f[40]; } q;\n};\n", E_SYNTAX);

	(void)state;
	assert_string_equal(text, "input.rdl:2:17: error: field 'f' reaches to bit 39 of a "
				  "register of 32 bits [field-outside]\n"
				  "\treg { field {} f[40]; } q;\n"
				  "\t               ^\n");
	free(text);
}

static void test_errors_in_a_macro_point_at_its_use_and_definition(void **state)
{
	char *text = diagnostics("`define R(w) reg { field {} f[w]; }\n"
				 "addrmap a {\n  `R(40) q;\n};\n",
				 E_SYNTAX);

	(void)state;
	assert_non_null(strstr(text, "input.rdl:3:3: error: field 'f'"));
	assert_non_null(strstr(text, "input.rdl:1:9: note: in the expansion of macro 'R'"));
	free(text);
}

static void test_errors_in_an_include_name_both_files(void **state)
{
	static const struct rdlc_file broken[] = {
		{ "main.rdl", "// one\n`include \"regs.rdl\"\n", 28 },
		{ "regs.rdl", "addrmap a { reg { field {} f; } q @; };\n", 40 },
	};
	struct rdlc_options options = in_memory();
	struct error err = { 0 };
	struct rdlc *rdlc;

	(void)state;
	options.memory = broken;
	assert_int_equal(rdlc_compile(&options, &rdlc, &err), E_SYNTAX);
	assert_non_null(strstr(rdlc_diagnostics(rdlc), "regs.rdl:1:36: error: expected"));
	assert_non_null(strstr(rdlc_diagnostics(rdlc), "main.rdl:2:1: note: included from"));
	assert_non_null(strstr(err.text, "regs.rdl:1:36"));
	rdlc_free(rdlc);
}

static void test_several_errors_are_reported_up_to_the_limit(void **state)
{
	const struct rdlc_file file = { "main.rdl", "x; y; z; x; y; z; x;", 20 };
	struct rdlc_options options = in_memory();
	struct error err = { 0 };
	struct rdlc *rdlc;
	unsigned n = 0;

	(void)state;
	options.memory = &file;
	options.n_memory = 1;
	options.max_errors = 3;
	assert_int_equal(rdlc_compile(&options, &rdlc, &err), E_SYNTAX);
	for (const char *s = rdlc_diagnostics(rdlc); (s = strstr(s, ": error: ")); s++)
		n++;
	assert_int_equal(n, 4);
	assert_non_null(strstr(rdlc_diagnostics(rdlc), "too many errors"));
	rdlc_free(rdlc);
}

static void test_checks_can_be_warnings_and_off(void **state)
{
	static const char text[] = "addrmap a { reg { field {} f = 2; } q; };";
	static const char *const levels[] = { "Wreset-too-wide", "Wno-reset-too-wide" };
	const struct rdlc_file file = { "main.rdl", text, sizeof(text) - 1 };
	struct rdlc_options options = in_memory();
	struct error err = { 0 };
	struct rdlc *rdlc;

	(void)state;
	options.memory = &file;
	options.n_memory = 1;
	options.n_checks = 1;
	for (size_t i = 0; i < 2; i++) {
		options.checks = &levels[i];
		assert_int_equal(rdlc_compile(&options, &rdlc, &err), 0);
		assert_int_equal(!!strstr(rdlc_diagnostics(rdlc), "warning: "), !i);
		rdlc_free(rdlc);
	}
}

static void test_too_many_nodes_end_the_compilation(void **state)
{
	static const char text[] = "reg t { field {} f[2]; field {} g; };\n"
				   "regfile a { t x; t y; t z; };\n"
				   "regfile b { a x; a y; a z; };\n"
				   "addrmap m { b x; b y; b z; };\n";
	const struct rdlc_file file = { "main.rdl", text, sizeof(text) - 1 };
	struct rdlc_options options = in_memory();
	struct error err = { 0 };
	struct rdlc *rdlc;

	(void)state;
	options.memory = &file;
	options.n_memory = 1;
	options.max_nodes = 50;
	assert_int_equal(rdlc_compile(&options, &rdlc, &err), E_SYNTAX);
	assert_non_null(strstr(err.text, "too many components"));
	rdlc_free(rdlc);
}

/* Whatever the limit cuts off, it ends with an error or a whole result. */
static void test_memory_may_run_out_anywhere(void **state)
{
	struct rdlc_options options = in_memory();
	bool done = false;

	(void)state;
	for (size_t limit = 1; !done && limit < 4000000; limit += 4093) {
		struct error err = { 0 };
		struct rdlc *rdlc;
		int rc;

		options.max_memory = limit;
		rc = rdlc_compile(&options, &rdlc, &err);
		if (rc) {
			assert_int_equal(rc, E_NOMEM);
		} else {
			size_t size;
			char *data = NULL;

			rc = rdlc_emit(rdlc, RDLC_OUTPUT_REGDB, &data, &size, &err);
			assert_true(rc == 0 || rc == E_NOMEM);
			done = !rc;
			free(data);
		}
		rdlc_free(rdlc);
	}
	assert_true(done);
}

static void test_hostile_inputs_are_refused_in_time(void **state)
{
	static const char *const hostile[] = {
		"`define A `A\n`A\n",
		"`define A `B`B`B`B\n`define B `C`C`C`C\n`define C `D`D`D`D\n"
		"`define D `E`E`E`E\n`define E `F`F`F`F\n`define F `G`G`G`G\n"
		"`define G `H`H`H`H\n`define H `I`I`I`I\n`define I `J`J`J`J\n"
		"`define J `K`K`K`K\n`define K `L`L`L`L\n`define L\n`A\n",
		"addrmap m { reg { field {} f[{16384{64'h1}} * 3]; } q; };",
		"addrmap m { reg { field {} f; } q[0xffffffff][0xffffffff]; };",
		"addrmap m { reg { field {} f; } q @0xffffffffffffffff; };",
		"addrmap m { reg { field {} f[(16384'd3 ** 16384'd99999999999) ** "
		"(16384'd3 ** 16384'd99999999999)]; } q; };",
		"`include \"input.rdl\"\n",
		"`include \"input.rdl\"\n`include \"input.rdl\"\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++)
		free(diagnostics(hostile[i], E_SYNTAX));
}

static void test_deep_nesting_is_refused(void **state)
{
	enum { DEPTH = 100000 };
	char *text = malloc(DEPTH + 64), *at = text;

	(void)state;
	assert_non_null(text);
	at += sprintf(at, "addrmap a { reg { field {} f[");
	memset(at, '(', DEPTH);
	at[DEPTH] = 0;
	free(diagnostics(text, E_SYNTAX));
	memset(text, '{', DEPTH);
	text[DEPTH] = 0;
	free(diagnostics(text, E_SYNTAX));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_last_addrmap_is_the_top),
		cmocka_unit_test(test_parameters_of_the_top_are_expressions),
		cmocka_unit_test(test_the_database_has_what_was_described),
		cmocka_unit_test(test_elements_of_an_array_can_differ),
		cmocka_unit_test(test_same_input_gives_same_bytes),
		cmocka_unit_test(test_a_missing_input_is_no_device),
		cmocka_unit_test(test_without_the_disk_no_file_is_read),
		cmocka_unit_test(test_output_of_a_failed_compilation_is_refused),
		cmocka_unit_test(test_errors_point_at_line_and_column_with_a_caret),
		cmocka_unit_test(test_errors_in_a_macro_point_at_its_use_and_definition),
		cmocka_unit_test(test_errors_in_an_include_name_both_files),
		cmocka_unit_test(test_several_errors_are_reported_up_to_the_limit),
		cmocka_unit_test(test_checks_can_be_warnings_and_off),
		cmocka_unit_test(test_too_many_nodes_end_the_compilation),
		cmocka_unit_test(test_memory_may_run_out_anywhere),
		cmocka_unit_test(test_hostile_inputs_are_refused_in_time),
		cmocka_unit_test(test_deep_nesting_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
