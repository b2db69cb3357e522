/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "hal/map.h"

static char folder[64], file[96];

static int make_folder(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/sb-map-XXXXXX");
	return mkdtemp(folder) == NULL ? -1 : 0;
}

static int remove_folder(void **state)
{
	(void)state;
	unlink(file);
	return rmdir(folder);
}

static const char *write_file(const char *name, const void *data, size_t size)
{
	FILE *out;

	snprintf(file, sizeof(file), "%s/%s", folder, name);
	out = fopen(file, "wb");
	assert_non_null(out);
	assert_int_equal(fwrite(data, 1, size, out), size);
	fclose(out);
	return file;
}

static const char *write_rdl(const char *text)
{
	return write_file("map.rdl", text, strlen(text));
}

static void test_linked_in_maps_open_by_name(void **state)
{
	static const char *const names[] = { "btc", "rocker", "vsc7448" };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct regdb *db = NULL;
		struct error err = { 0 };
		char *diag = NULL;

		assert_string_equal(regdb_builtin_name(i), names[i]);
		assert_int_equal(map_open(names[i], NULL, &diag, &err, &db), 0);
		assert_string_equal(regdb_name(db), names[i]);
		assert_string_equal(diag, "");
		free(diag);
		regdb_close(db);
	}
}

static void test_unknown_name_lists_the_known(void **state)
{
	struct regdb *db = NULL;
	struct error err = { 0 };

	(void)state;
	assert_int_equal(map_open("vsc7449", NULL, NULL, &err, &db), E_NOTFOUND);
	assert_string_equal(err.text,
			    "no map 'vsc7449'; there are btc, rocker, vsc7448, and files "
			    "that end in .rdl or .regdb");
	assert_null(db);
}

static void test_description_is_compiled_at_run_time_with_its_options(void **state)
{
	static const char *const defines[] = { "TOP_BIT=7", NULL };
	static const char *const params[] = { "N=3", NULL };
	const struct map_options options = { .defines = defines, .params = params, .top = "t" };
	const char *path = write_rdl("addrmap t #(longint unsigned N = 2) {\n"
				     "  reg { field {} A[`TOP_BIT:0] = 0; } R[N] @0x10;\n"
				     "};\n"
				     "addrmap other { reg { field {} A; } R; };\n");
	struct regdb *db = NULL;
	struct error err = { 0 };

	(void)state;
	if (map_open(path, &options, NULL, &err, &db) != 0)
		fail_msg("%s", err.text);
	assert_string_equal(regdb_name(db), "t");
	assert_int_equal(regdb_n_instances(db), 3);
	assert_int_equal(regdb_field(db, 0)->width, 8);
	regdb_close(db);
}

static void test_mistakes_in_a_description_are_told_with_their_place(void **state)
{
	const char *path = write_rdl("addrmap t {\n  reg { field {} A[40:0]; } R;\n};\n");
	struct regdb *db = NULL;
	struct error err = { 0 };
	char *diag = NULL;

	(void)state;
	assert_int_equal(map_open(path, NULL, &diag, &err, &db), E_SYNTAX);
	assert_non_null(strstr(err.text, "map.rdl:2:"));
	assert_non_null(strstr(diag, "map.rdl:2:"));
	assert_null(db);
	free(diag);
}

static void test_files_that_are_not_there(void **state)
{
	static const char *const names[] = { "/nonexistent.rdl", "/nonexistent.regdb" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct regdb *db = NULL;
		struct error err = { 0 };
		char *diag = NULL;

		assert_int_equal(map_open(names[i], NULL, &diag, &err, &db), E_NODEV);
		assert_non_null(strstr(err.text, names[i]));
		assert_non_null(diag);
		free(diag);
	}
}

static void test_a_file_that_is_no_database_is_corrupt(void **state)
{
	struct regdb *db = NULL;
	struct error err = { 0 };

	(void)state;
	assert_int_equal(map_open(write_file("map.regdb", "hello", 5), NULL, NULL, &err, &db),
			 E_CORRUPT);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_linked_in_maps_open_by_name),
		cmocka_unit_test(test_unknown_name_lists_the_known),
		IN_FOLDER(test_description_is_compiled_at_run_time_with_its_options),
		IN_FOLDER(test_mistakes_in_a_description_are_told_with_their_place),
		cmocka_unit_test(test_files_that_are_not_there),
		IN_FOLDER(test_a_file_that_is_no_database_is_corrupt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
