/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/regdb/regdb.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/sample_map.h"

static int open_sample(void **state)
{
	*state = sample_map_open();
	return 0;
}

static int close_sample(void **state)
{
	regdb_close(*state);
	return 0;
}

static void test_the_map_knows_its_name_window_and_size(void **state)
{
	const struct regdb *db = *state;

	assert_string_equal(regdb_name(db), "sample");
	assert_int_equal(regdb_origin(db), 0x1000);
	assert_int_equal(regdb_window(db), 0xf000);
	assert_int_equal(regdb_n_instances(db), SAMPLE_INSTANCES);
	assert_true(regdb_hash(db) != 0);
}

static void test_children_are_found_by_name_in_any_case(void **state)
{
	const struct regdb *db = *state;
	uint32_t top = regdb_child_find(db, 0, "TOP", 3);

	assert_int_not_equal(top, REGDB_NONE);
	assert_int_equal(regdb_child_find(db, 0, "top", 3), top);
	assert_int_equal(regdb_child_find(db, 0, "TOPS", 4), REGDB_NONE);
	assert_int_equal(regdb_child_find(db, 0, "TO", 2), REGDB_NONE);
	assert_int_equal(regdb_child_find(db, 0, "", 0), REGDB_NONE);
	assert_int_equal(regdb_child_find(db, top, "sub", 3), REGDB_NONE);
	assert_string_equal(regdb_str(db, regdb_node(db, top)->name), "TOP");
	assert_int_equal(regdb_index(db, regdb_node(db, top)), top);
}

static void test_children_are_sorted_by_offset(void **state)
{
	const struct regdb *db = *state;

	for (uint32_t i = 0; i < regdb_n_nodes(db); i++) {
		const struct regdb_node *node = regdb_node(db, i);
		for (uint32_t c = 1; c < node->n_children; c++)
			assert_true(regdb_node(db, node->first_child + c)->offset >=
				    regdb_node(db, node->first_child + c - 1)->offset);
	}
}

static void test_fields_are_sorted_and_found(void **state)
{
	const struct regdb *db = *state;
	uint32_t cfg = sample_map_node(db, "TOP:CFG");
	const struct regdb_node *node = regdb_node(db, cfg);
	uint32_t mode = regdb_field_find(db, cfg, "mode", 4);

	assert_int_equal(node->n_fields, 6);
	for (uint32_t i = 1; i < node->n_fields; i++)
		assert_true(regdb_field(db, node->first_field + i)->lsb >
			    regdb_field(db, node->first_field + i - 1)->lsb);
	assert_int_equal(regdb_field(db, mode)->lsb, 4);
	assert_int_equal(regdb_field(db, mode)->reg, cfg);
	assert_int_equal(regdb_field_find(db, cfg, "MOD", 3), REGDB_NONE);
	const struct regdb_field *en = regdb_field(db, regdb_field_find(db, cfg, "EN", 2));
	assert_string_equal(regdb_str(db, en->title), "Enable");
	assert_string_equal(regdb_str(db, en->desc), "Turns it on.");
}

static void test_enumerators_are_found_and_shared(void **state)
{
	const struct regdb *db = *state;
	uint32_t top = sample_map_node(db, "TOP:CFG"), sub = sample_map_node(db, "SUB:G:CFG");
	const struct regdb_field *a = regdb_field(db, regdb_field_find(db, top, "MODE", 4));
	const struct regdb_field *b = regdb_field(db, regdb_field_find(db, sub, "MODE", 4));

	assert_int_equal(a->n_enums, 3);
	assert_int_equal(a->first_enum, b->first_enum);
	uint32_t loop = regdb_enum_find(db, a, "loop", 4);
	assert_int_equal(regdb_enumerator(db, loop)->value, 5);
	assert_int_equal(regdb_enum_of(db, a, 5), loop);
	assert_int_equal(regdb_enum_of(db, a, 2), REGDB_NONE);
	assert_int_equal(regdb_enum_find(db, a, "LOO", 3), REGDB_NONE);
}

static void test_masks_follow_from_the_fields(void **state)
{
	const struct regdb *db = *state;
	const struct regdb_node *cfg = regdb_node(db, sample_map_node(db, "TOP:CFG"));

	assert_int_equal(cfg->m_fields, 0x03ff03f1);
	assert_int_equal(cfg->reset, 0x03000050);
	assert_int_equal(cfg->m_known, 0x030003f1);
	assert_int_equal(cfg->m_read, 0x030003f1);
	assert_int_equal(cfg->m_write, 0x03ff03f1);
	assert_int_equal(cfg->m_volatile, 0x300);
	assert_int_equal(cfg->m_zero, 0x300);
	assert_int_equal(cfg->m_one, 0x03000000);
	assert_int_equal(cfg->m_hazard, 0x00ff0000);
	assert_int_equal(cfg->m_onread, 0);
	assert_true(cfg->flags & REGDB_NODE_VOLATILE);
	assert_false(cfg->flags & REGDB_NODE_READ_EFFECT);
	const struct regdb_node *cnt = regdb_node(db, sample_map_node(db, "TOP:CNT"));
	assert_true(cnt->flags & REGDB_NODE_READ_EFFECT);
	assert_int_equal(cnt->m_onread, 0xffffffff);
}

static void test_a_memory_is_accessed_by_whole_entries(void **state)
{
	const struct regdb_node *mem = regdb_node(*state, sample_map_node(*state, "MEM"));

	assert_int_equal(mem->m_fields, UINT32_MAX);
	assert_int_equal(mem->m_read, UINT32_MAX);
	assert_int_equal(mem->m_write, UINT32_MAX);
	assert_int_equal(mem->m_volatile | mem->m_zero | mem->m_one | mem->m_known, 0);
}

static void test_properties_belong_to_their_owner(void **state)
{
	const struct regdb *db = *state;
	const struct regdb_node *root = regdb_node(db, 0);
	uint32_t cfg = sample_map_node(db, "TOP:CFG");
	const struct regdb_field *shot = regdb_field(db, regdb_field_find(db, cfg, "SHOT", 4));
	const struct regdb_prop *prop =
		regdb_prop_find(db, shot->first_prop, shot->n_props, "source");

	assert_non_null(prop);
	assert_string_equal(regdb_str(db, prop->text), "sample, section 2");
	assert_int_equal(shot->latency_us, 7);
	prop = regdb_prop_find(db, root->first_prop, root->n_props, "window_size");
	assert_non_null(prop);
	assert_int_equal(prop->text, REGDB_NONE);
	assert_int_equal(prop->number, 0xf000);
	assert_null(regdb_prop_find(db, root->first_prop, root->n_props, "source"));
}

static void test_names_are_listed_wherever_they_are(void **state)
{
	const struct regdb *db = *state;
	uint32_t first;

	assert_int_equal(regdb_name_range(db, "cfg", 3, false, &first), 2);
	for (uint32_t i = 0; i < 2; i++)
		assert_string_equal(
			regdb_str(db, regdb_node(db, regdb_named(db, first + i))->name), "CFG");
	assert_int_equal(regdb_name_range(db, "S", 1, true, &first),
			 4); /* 2 STATUS, SUB, sample */
	assert_int_equal(regdb_name_range(db, "S", 1, false, &first), 0);
	assert_int_equal(regdb_name_range(db, "", 0, true, &first), regdb_n_nodes(db));
	assert_int_equal(regdb_name_range(db, "zz", 2, true, &first), 0);
}

static void check_address(const struct regdb *db, uint64_t addr, const char *path)
{
	struct regdb_ref ref;
	char text[128];

	assert_true(regdb_find_addr(db, addr, &ref, 1) >= 1);
	regdb_path_format(db, &ref, text, sizeof(text));
	assert_string_equal(text, path);
	assert_int_equal(regdb_ref_addr(db, &ref), ref.addr);
	assert_true(ref.addr <= addr);
}

static void test_addresses_name_registers(void **state)
{
	const struct regdb *db = *state;

	check_address(db, 0x1000, "TOP[0]:CFG");
	check_address(db, 0x1303, "TOP[3]:CFG");
	check_address(db, 0x123c, "TOP[2]:CNT[7]");
	check_address(db, 0x1168, "TOP[1]:GRID[1][2]");
	check_address(db, 0x2000, "A[0]");
	check_address(db, 0x2004, "B[0]");
	check_address(db, 0x2078, "A[15]");
	check_address(db, 0x207c, "B[15]");
	check_address(db, 0x4000, "MEM[0]");
	check_address(db, 0x43fc, "MEM[255]");
	check_address(db, 0x5040, "SUB:STATUS");
}

static void test_gaps_belong_to_no_register(void **state)
{
	const struct regdb *db = *state;
	static const uint64_t gaps[] = { 0,      0xfff,  0x1004, 0x1044, 0x116c,  0x1400,
					 0x2080, 0x3008, 0x4400, 0x5044, 0x10000, UINT64_MAX };

	for (size_t i = 0; i < sizeof(gaps) / sizeof(*gaps); i++)
		assert_int_equal(regdb_find_addr(db, gaps[i], NULL, 0), 0);
}

static void test_an_alias_comes_after_its_register(void **state)
{
	const struct regdb *db = *state;
	struct regdb_ref refs[2];

	assert_int_equal(regdb_find_addr(db, 0x3004, refs, 2), 2);
	assert_string_equal(regdb_str(db, regdb_node(db, refs[0].node)->name), "WIDE");
	assert_string_equal(regdb_str(db, regdb_node(db, refs[1].node)->name), "ALT");
	assert_int_equal(regdb_find_addr(db, 0x3004, refs, 1), 2);
	assert_int_equal(refs[0].addr, 0x3000);
}

static void test_a_register_in_a_memory_comes_before_its_entry(void **state)
{
	const struct regdb *db = *state;
	struct regdb_ref refs[2];
	char text[32];

	assert_int_equal(regdb_find_addr(db, 0x4008, refs, 2), 2);
	regdb_path_format(db, &refs[0], text, sizeof(text));
	assert_string_equal(text, "MEM:HEAD");
	regdb_path_format(db, &refs[1], text, sizeof(text));
	assert_string_equal(text, "MEM[2]");
}

static void test_a_path_is_cut_to_fit(void **state)
{
	const struct regdb *db = *state;
	struct regdb_ref ref;
	char text[8] = "xxxxxxx";

	regdb_find_addr(db, 0x1168, &ref, 1);
	assert_int_equal(regdb_path_format(db, &ref, NULL, 0), 17);
	assert_int_equal(regdb_path_format(db, &ref, text, sizeof(text)), 17);
	assert_string_equal(text, "TOP[1]:");
	assert_int_equal(regdb_path_format(db, &ref, text, 1), 17);
	assert_string_equal(text, "");
}

static void test_a_file_that_is_missing_or_foreign_is_refused(void **state)
{
	struct error err = { 0 };
	struct regdb *db = NULL;

	(void)state;
	assert_int_equal(regdb_open_file("/nonexistent.regdb", &err, &db), E_NODEV);
	assert_int_equal(regdb_open_file("/dev/null", &err, &db), E_CORRUPT);
	assert_string_equal(err.text, "/dev/null: not a register database");
	assert_null(db);
}

static void test_a_file_reads_back(void **state)
{
	char path[] = "/tmp/test_regdb.XXXXXX";
	struct error err = { 0 };
	struct regdb *db;
	size_t size;
	void *blob = sample_map_blob(&size);
	int fd = mkstemp(path);
	FILE *file = fdopen(fd, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(blob, 1, size, file), size);
	assert_int_equal(fclose(file), 0);
	free(blob);
	assert_int_equal(regdb_open_file(path, &err, &db), 0);
	assert_int_equal(regdb_hash(db), regdb_hash(*state));
	assert_int_equal(regdb_blob_size(db), size);
	regdb_close(db);
	remove(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_map_knows_its_name_window_and_size),
		cmocka_unit_test(test_children_are_found_by_name_in_any_case),
		cmocka_unit_test(test_children_are_sorted_by_offset),
		cmocka_unit_test(test_fields_are_sorted_and_found),
		cmocka_unit_test(test_enumerators_are_found_and_shared),
		cmocka_unit_test(test_masks_follow_from_the_fields),
		cmocka_unit_test(test_a_memory_is_accessed_by_whole_entries),
		cmocka_unit_test(test_properties_belong_to_their_owner),
		cmocka_unit_test(test_names_are_listed_wherever_they_are),
		cmocka_unit_test(test_addresses_name_registers),
		cmocka_unit_test(test_gaps_belong_to_no_register),
		cmocka_unit_test(test_an_alias_comes_after_its_register),
		cmocka_unit_test(test_a_register_in_a_memory_comes_before_its_entry),
		cmocka_unit_test(test_a_path_is_cut_to_fit),
		cmocka_unit_test(test_a_file_that_is_missing_or_foreign_is_refused),
		cmocka_unit_test(test_a_file_reads_back),
	};

	return cmocka_run_group_tests(tests, open_sample, close_sample);
}
