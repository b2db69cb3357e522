/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/regdb/regdb_build.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/sample_map.h"

static int new_builder(void **state)
{
	const struct regdb_node_spec root = { .kind = REGDB_ADDRMAP,
					      .name = "root",
					      .size = 0x1000 };

	*state = regdb_builder_new();
	return regdb_builder_node(*state, REGDB_NONE, &root) == 0 ? 0 : -1;
}

static int free_builder(void **state)
{
	regdb_builder_free(*state);
	return 0;
}

static struct regdb_node_spec reg_spec(const char *name, uint64_t offset)
{
	return (struct regdb_node_spec){ .kind = REGDB_REG,
					 .name = name,
					 .offset = offset,
					 .size = 4,
					 .width = 32,
					 .accesswidth = 32 };
}

static struct regdb_field_spec field_spec(const char *name, uint32_t lsb, uint32_t width)
{
	return (struct regdb_field_spec){ .name = name,
					  .lsb = lsb,
					  .width = width,
					  .enumeration = REGDB_NONE,
					  .sw = REGDB_ACCESS_RW };
}

static struct regdb *finish(struct regdb_builder *b)
{
	struct error err = { 0 };
	struct regdb *db;
	void *blob;
	size_t size;

	if (regdb_builder_finish(b, &err, &blob, &size) < 0 ||
	    regdb_open_owned(blob, size, &err, &db) < 0)
		fail_msg("%s", err.text);
	return db;
}

static void check_refused(struct regdb_builder *b, int code, const char *text)
{
	struct error err = { 0 };
	void *blob = NULL;
	size_t size = 0;

	assert_int_equal(regdb_builder_finish(b, &err, &blob, &size), code);
	assert_string_equal(err.text, text);
	assert_null(blob);
}

static void test_the_same_calls_give_the_same_bytes(void **state)
{
	size_t a_size, b_size;
	void *a = sample_map_blob(&a_size), *b = sample_map_blob(&b_size);

	(void)state;
	assert_int_equal(a_size, b_size);
	assert_memory_equal(a, b, a_size);
	free(a);
	free(b);
}

static void test_a_group_is_as_large_as_what_it_holds(void **state)
{
	static const uint32_t three = 3;
	struct regdb_node_spec spec = {
		.kind = REGDB_REGFILE, .name = "G", .offset = 0x100, .dims = &three, .n_dims = 1
	};
	uint32_t g = regdb_builder_node(*state, 0, &spec);

	spec = reg_spec("R", 0x1c);
	regdb_builder_node(*state, g, &spec);
	struct regdb *db = finish(*state);
	const struct regdb_node *node = regdb_node(db, sample_map_node(db, "G"));
	assert_int_equal(node->size, 0x20);
	assert_int_equal(node->stride, 0x20);
	assert_int_equal(regdb_find_addr(db, 0x15c, NULL, 0), 1);
	assert_int_equal(regdb_find_addr(db, 0x160, NULL, 0), 0);
	regdb_close(db);
}

static void test_registers_at_one_offset_stay_in_the_order_of_adding(void **state)
{
	static const char *const names[] = { "ZED", "ABLE", "MIKE" };
	struct regdb_ref refs[3];

	for (size_t i = 0; i < 3; i++) {
		struct regdb_node_spec spec = reg_spec(names[i], 8);
		regdb_builder_node(*state, 0, &spec);
	}
	struct regdb *db = finish(*state);
	assert_int_equal(regdb_find_addr(db, 8, refs, 3), 3);
	for (size_t i = 0; i < 3; i++)
		assert_string_equal(regdb_str(db, regdb_node(db, refs[i].node)->name),
				    names[i]);
	regdb_close(db);
}

static void test_a_register_may_be_wider_than_64_bits(void **state)
{
	struct regdb_node_spec spec = {
		.kind = REGDB_REG, .name = "KEY", .size = 64, .width = 512, .accesswidth = 32
	};
	struct regdb_field_spec field = field_spec("TOP", 448, 64);
	uint32_t reg = regdb_builder_node(*state, 0, &spec);

	field.hw = REGDB_ACCESS_W;
	field.onread = REGDB_ONREAD_RUSER;
	regdb_builder_field(*state, reg, &field);
	struct regdb *db = finish(*state);
	const struct regdb_node *node = regdb_node(db, sample_map_node(db, "KEY"));
	assert_int_equal(node->m_fields, 0);
	assert_int_equal(node->flags, REGDB_NODE_VOLATILE | REGDB_NODE_READ_EFFECT);
	regdb_close(db);
}

static void test_names_differing_in_case_are_two(void **state)
{
	struct regdb_node_spec upper = reg_spec("CTRL", 0), lower = reg_spec("ctrl", 4);

	regdb_builder_node(*state, 0, &upper);
	regdb_builder_node(*state, 0, &lower);
	struct regdb *db = finish(*state);
	assert_int_equal(regdb_node(db, regdb_child_find(db, 0, "ctrl", 4))->offset, 4);
	assert_int_equal(regdb_node(db, regdb_child_find(db, 0, "CTRL", 4))->offset, 0);
	assert_int_not_equal(regdb_child_find(db, 0, "Ctrl", 4), REGDB_NONE);
	regdb_close(db);
}

static void test_too_many_levels_stick_as_the_error(void **state)
{
	struct regdb_node_spec spec = { .kind = REGDB_REGFILE, .name = "DEEP" };
	uint32_t node = 0;

	for (int depth = 1; depth < REGDB_MAX_DEPTH; depth++) {
		node = regdb_builder_node(*state, node, &spec);
		assert_int_not_equal(node, REGDB_NONE);
	}
	assert_int_equal(regdb_builder_node(*state, node, &spec), REGDB_NONE);
	spec.name = "FLAT";
	assert_int_equal(regdb_builder_node(*state, 0, &spec), REGDB_NONE);
	check_refused(*state, E_RANGE, "DEEP: nested deeper than 16 levels");
}

static void test_too_many_indices_are_refused(void **state)
{
	static const uint32_t ones[17] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };
	struct regdb_node_spec spec = reg_spec("R", 0);

	spec.dims = ones;
	spec.n_dims = 16;
	assert_int_not_equal(regdb_builder_node(*state, 0, &spec), REGDB_NONE);
	spec.n_dims = 17;
	spec.name = "S";
	assert_int_equal(regdb_builder_node(*state, 0, &spec), REGDB_NONE);
	check_refused(*state, E_RANGE, "S: more than 16 indices on a path");
}

static void test_a_memory_entry_counts_as_an_index(void **state)
{
	static const uint32_t ones[16] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };
	struct regdb_node_spec spec = { .kind = REGDB_MEM,
					.name = "M",
					.size = 4,
					.width = 32,
					.entries = 1,
					.dims = ones,
					.n_dims = 16 };

	assert_int_equal(regdb_builder_node(*state, 0, &spec), REGDB_NONE);
	check_refused(*state, E_RANGE, "M: more than 16 indices on a path");
}

static void test_memories_have_a_limit(void **state)
{
	struct regdb_node_spec spec = { .kind = REGDB_MEM,
					.name = "M",
					.width = 8,
					.size = UINT64_C(1) << 32,
					.entries = UINT64_C(1) << 32 };

	assert_int_equal(regdb_builder_node(*state, 0, &spec), REGDB_NONE);
	assert_int_equal(regdb_builder_enum(*state, NULL, 0), REGDB_NONE);
	regdb_builder_node_prop(*state, 0, "late", 1, NULL);
	check_refused(*state, E_RANGE, "M: memories have 1 to 2^32 - 2 entries");
	regdb_builder_free(NULL);
}

static void test_arrays_have_a_limit(void **state)
{
	static const uint32_t huge[] = { 0x10000, 0x10000 };
	struct regdb_node_spec spec = reg_spec("R", 0);

	spec.dims = huge;
	spec.n_dims = 2;
	assert_int_equal(regdb_builder_node(*state, 0, &spec), REGDB_NONE);
	check_refused(*state, E_RANGE, "R: arrays have 1 to 2^32 - 2 elements");
}

static void test_an_empty_array_is_refused(void **state)
{
	static const uint32_t none = 0;
	struct regdb_node_spec spec = reg_spec("R", 0);

	spec.dims = &none;
	spec.n_dims = 1;
	assert_int_equal(regdb_builder_node(*state, 0, &spec), REGDB_NONE);
	check_refused(*state, E_RANGE, "R: arrays have 1 to 2^32 - 2 elements");
}

static void test_a_second_root_is_refused(void **state)
{
	struct regdb_node_spec spec = { .kind = REGDB_ADDRMAP, .name = "again" };

	assert_int_equal(regdb_builder_node(*state, REGDB_NONE, &spec), REGDB_NONE);
	check_refused(*state, E_INTERNAL, "again: one root, before all others");
}

static void test_nonsense_is_found_when_finishing(void **state)
{
	struct regdb_node_spec spec = reg_spec("R", 0xffe);

	regdb_builder_node(*state, 0, &spec);
	check_refused(*state, E_INTERNAL, "damaged register database: a node is wrong");
}

static void test_two_siblings_of_one_name_are_refused(void **state)
{
	struct regdb_node_spec spec = reg_spec("R", 0);

	regdb_builder_node(*state, 0, &spec);
	spec.offset = 4;
	regdb_builder_node(*state, 0, &spec);
	check_refused(*state, E_INTERNAL,
		      "damaged register database: two nodes called R, or "
		      "one that cannot be found");
}

static void test_a_field_outside_its_register_is_refused(void **state)
{
	struct regdb_node_spec spec = reg_spec("R", 0);
	struct regdb_field_spec field = field_spec("F", 30, 3);

	regdb_builder_field(*state, regdb_builder_node(*state, 0, &spec), &field);
	check_refused(*state, E_INTERNAL, "damaged register database: a field is wrong");
}

static void test_nothing_added_is_refused(void **state)
{
	struct regdb_builder *b = regdb_builder_new();

	(void)state;
	check_refused(b, E_INTERNAL, "register database: no root");
	regdb_builder_free(b);
}

/* Strings and enumerations beyond the first size of the tables. */
static void test_many_rows_are_kept_apart(void **state)
{
	char name[32];

	for (uint32_t i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "REG_%u", i);
		struct regdb_node_spec spec = reg_spec(name, i * 4);
		uint32_t reg = regdb_builder_node(*state, 0, &spec);
		struct regdb_enum_spec one = { .name = name, .value = i % 500 };
		struct regdb_field_spec field = field_spec(name, i % 32, 1);
		field.enumeration = regdb_builder_enum(*state, &one, 1);
		regdb_builder_field(*state, reg, &field);
	}
	struct regdb *db = finish(*state);
	for (uint32_t i = 0; i < 1000; i++) {
		int len = snprintf(name, sizeof(name), "reg_%u", i);
		uint32_t reg = regdb_child_find(db, 0, name, (size_t)len);
		assert_int_equal(regdb_node(db, reg)->offset, i * 4);
		const struct regdb_field *field =
			regdb_field(db, regdb_field_find(db, reg, name, (size_t)len));
		assert_int_equal(field->lsb, i % 32);
		assert_int_equal(regdb_enumerator(db, field->first_enum)->value, i % 500);
	}
	regdb_close(db);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, new_builder, free_builder)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_the_same_calls_give_the_same_bytes),
		TEST(test_a_group_is_as_large_as_what_it_holds),
		TEST(test_registers_at_one_offset_stay_in_the_order_of_adding),
		TEST(test_a_register_may_be_wider_than_64_bits),
		TEST(test_names_differing_in_case_are_two),
		TEST(test_too_many_levels_stick_as_the_error),
		TEST(test_too_many_indices_are_refused),
		TEST(test_a_memory_entry_counts_as_an_index),
		TEST(test_memories_have_a_limit),
		TEST(test_arrays_have_a_limit),
		TEST(test_an_empty_array_is_refused),
		TEST(test_a_second_root_is_refused),
		TEST(test_nonsense_is_found_when_finishing),
		TEST(test_two_siblings_of_one_name_are_refused),
		TEST(test_a_field_outside_its_register_is_refused),
		TEST(test_nothing_added_is_refused),
		TEST(test_many_rows_are_kept_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
