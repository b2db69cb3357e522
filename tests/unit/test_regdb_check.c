/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A damaged database is refused, whatever the damage. */
#include "regmaps/regdb/regdb.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "regmaps/regdb/regdb_priv.h"
#include "tests/lib/sample_map.h"

struct blob {
	char *data;
	size_t size;
};

static int make_blob(void **state)
{
	struct blob *blob = calloc(1, sizeof(*blob));

	if (!blob)
		return -1;
	blob->data = sample_map_blob(&blob->size);
	*state = blob;
	return 0;
}

static int free_blob(void **state)
{
	struct blob *blob = *state;

	free(blob->data);
	free(blob);
	return 0;
}

/* The hash is put right, so that what is behind it has to find the damage. */
static int open_again(const struct blob *blob, struct error *err)
{
	struct regdb_header *header = (struct regdb_header *)blob->data;
	struct regdb *db;

	header->hash = regdb__hash(blob->data, blob->size);
	int ret = regdb_open(blob->data, blob->size, err, &db);
	if (ret == 0)
		regdb_close(db);
	return ret;
}

static void *row_of(const struct blob *blob, enum regdb_section section, size_t i)
{
	const struct regdb_header *header = (const struct regdb_header *)blob->data;

	assert_true(i < header->section[section].n);
	return blob->data + header->section[section].offset + i * regdb__row_size(section);
}

static uint32_t node_at(const struct blob *blob, const char *path)
{
	struct error err = { 0 };
	struct regdb *db;

	assert_int_equal(regdb_open(blob->data, blob->size, &err, &db), 0);
	uint32_t node = sample_map_node(db, path);
	regdb_close(db);
	return node;
}

static void test_an_undamaged_blob_opens(void **state)
{
	struct error err = { 0 };

	assert_int_equal(open_again(*state, &err), 0);
}

static void test_a_wrong_hash_is_refused(void **state)
{
	struct blob *blob = *state;
	struct error err = { 0 };
	struct regdb *db;

	blob->data[offsetof(struct regdb_header, hash)] ^= 1;
	assert_int_equal(regdb_open(blob->data, blob->size, &err, &db), E_CORRUPT);
	assert_string_equal(err.text,
			    "damaged register database: the content does not match its hash");
}

static void test_the_header_is_checked_even_when_trusted(void **state)
{
	struct blob *blob = *state;
	struct error err = { 0 };
	struct regdb *db;

	assert_int_equal(regdb_open_trusted(blob->data, blob->size, &err, &db), 0);
	regdb_close(db);
	assert_int_equal(regdb_open_trusted(blob->data, blob->size - 8, &err, &db), E_CORRUPT);
	assert_string_equal(err.text, "damaged register database: cut short");
	assert_int_equal(regdb_open_trusted(blob->data, 16, &err, &db), E_CORRUPT);
	assert_string_equal(err.text, "not a register database");
	assert_int_equal(regdb_open_trusted(blob->data + 4, blob->size - 4, &err, &db),
			 E_CORRUPT);
	assert_string_equal(err.text, "damaged register database: not 8-byte aligned");
}

static void test_another_version_or_byte_order_is_told(void **state)
{
	struct blob *blob = *state;
	struct regdb_header *header = (struct regdb_header *)blob->data;
	struct error err = { 0 };

	header->version = 7;
	assert_int_equal(open_again(blob, &err), E_CORRUPT);
	assert_string_equal(err.text, "register database of version 7, this program reads 1");
	header->byte_order = 0x04030201;
	assert_int_equal(open_again(blob, &err), E_CORRUPT);
	assert_string_equal(err.text, "register database of the other byte order");
}

/* Cutting or growing a section moves all that follow. */
static void test_every_section_has_its_place(void **state)
{
	struct blob *blob = *state;
	struct regdb_header *header = (struct regdb_header *)blob->data;
	struct error err = { 0 };

	for (int s = 0; s < REGDB_N_SECTIONS; s++) {
		struct regdb_extent saved = header->section[s];
		header->section[s].offset += 8;
		assert_int_equal(open_again(blob, &err), E_CORRUPT);
		header->section[s] = saved;
		header->section[s].n += 8;
		assert_int_equal(open_again(blob, &err), E_CORRUPT);
		header->section[s].n = UINT32_MAX;
		assert_int_equal(open_again(blob, &err), E_CORRUPT);
		header->section[s].n = 0;
		assert_int_equal(open_again(blob, &err), E_CORRUPT);
		header->section[s] = saved;
	}
	assert_int_equal(open_again(blob, &err), 0);
}

/* A member of a row, the value that damages it and a value that a careless check lets through. */
struct damage {
	const char *what;
	size_t offset;
	size_t size;
	uint64_t value;
};

#define NODE(member, value)                                                                    \
	{                                                                                      \
#member, offsetof(struct regdb_node, member),                                  \
			sizeof(((struct regdb_node *)0)->member), value                        \
	}
#define FIELD(member, value)                                                                   \
	{                                                                                      \
#member, offsetof(struct regdb_field, member),                                 \
			sizeof(((struct regdb_field *)0)->member), value                       \
	}

static void check_damage(struct blob *blob, char *row, const struct damage *damage, size_t n)
{
	struct error err = { 0 };

	for (size_t i = 0; i < n; i++) {
		char saved[8];
		memcpy(saved, row + damage[i].offset, damage[i].size);
		memcpy(row + damage[i].offset, &damage[i].value, damage[i].size);
		if (open_again(blob, &err) != E_CORRUPT)
			fail_msg("%s = %llx was let through", damage[i].what,
				 (unsigned long long)damage[i].value);
		memcpy(row + damage[i].offset, saved, damage[i].size);
	}
	assert_int_equal(open_again(blob, &err), 0);
}

static void test_every_member_of_an_array_node_is_checked(void **state)
{
	static const struct damage damage[] = {
		NODE(offset, UINT64_MAX),
		NODE(offset, 0xf000),
		NODE(size, 0xf000),
		NODE(size, UINT64_MAX),
		NODE(stride, 0),
		NODE(stride, 0x7f),
		NODE(stride, 0x10000),
		NODE(stride, UINT64_MAX / 2),
		NODE(entries, 1),
		NODE(name, UINT32_MAX),
		NODE(name, 0),
		NODE(title, UINT32_MAX),
		NODE(desc, 0x7fffffff),
		NODE(parent, 1),
		NODE(parent, REGDB_NONE),
		NODE(first_child, 0),
		NODE(n_children, 100),
		NODE(n_children, 2),
		NODE(n_children, UINT32_MAX),
		NODE(first_field, 1),
		NODE(n_fields, 1),
		NODE(first_prop, 0),
		NODE(n_props, 1),
		NODE(count, 3),
		NODE(count, 0),
		NODE(first_dim, 7),
		NODE(kind, REGDB_MEM),
		NODE(kind, 9),
		NODE(n_dims, 0),
		NODE(n_dims, 2),
		NODE(n_dims, 200),
		NODE(depth, 2),
		NODE(first_idx, 1),
	};
	struct blob *blob = *state;

	check_damage(blob, row_of(blob, REGDB_SEC_NODES, node_at(blob, "TOP")), damage,
		     sizeof(damage) / sizeof(*damage));
}

static void test_what_a_register_derives_is_checked(void **state)
{
	static const struct damage damage[] = {
		NODE(reset, 0),
		NODE(m_known, 0),
		NODE(m_fields, 1),
		NODE(m_read, 1),
		NODE(m_write, 1),
		NODE(m_volatile, 1),
		NODE(m_onread, 1),
		NODE(m_zero, 1),
		NODE(m_one, 1),
		NODE(m_hazard, 1),
		NODE(flags, REGDB_NODE_READ_EFFECT),
		NODE(width, 0),
		NODE(width, 16),
		NODE(width, 40),
		NODE(width, 1 << 24),
		NODE(n_children, 1),
		NODE(size, 0),
		NODE(size, 3),
		NODE(kind, REGDB_REGFILE),
	};
	struct blob *blob = *state;

	check_damage(blob, row_of(blob, REGDB_SEC_NODES, node_at(blob, "TOP:CFG")), damage,
		     sizeof(damage) / sizeof(*damage));
}

static void test_a_memory_is_checked(void **state)
{
	static const struct damage damage[] = {
		NODE(entries, 0),
		NODE(entries, 3),
		NODE(entries, 1025),
		NODE(entries, 512),
		NODE(entries, UINT64_C(1) << 32),
		NODE(width, 33),
		NODE(size, 0),
		NODE(n_fields, 1),
		NODE(m_read, 1),
		NODE(m_write, 1),
		NODE(m_fields, 0),
	};
	struct blob *blob = *state;

	check_damage(blob, row_of(blob, REGDB_SEC_NODES, node_at(blob, "MEM")), damage,
		     sizeof(damage) / sizeof(*damage));
}

static void test_every_member_of_a_field_is_checked(void **state)
{
	static const struct damage damage[] = {
		FIELD(reset, 16),
		FIELD(name, 0),
		FIELD(name, UINT32_MAX),
		FIELD(title, UINT32_MAX),
		FIELD(desc, UINT32_MAX),
		FIELD(reg, 0),
		FIELD(reg, UINT32_MAX),
		FIELD(lsb, 0),
		FIELD(lsb, 30),
		FIELD(lsb, UINT32_MAX),
		FIELD(width, 0),
		FIELD(width, 33),
		FIELD(width, UINT32_MAX),
		FIELD(first_enum, UINT32_MAX),
		FIELD(first_enum, 1),
		FIELD(n_enums, 100),
		FIELD(n_enums, UINT32_MAX),
		FIELD(first_prop, 0),
		FIELD(n_props, 1),
		FIELD(n_props, UINT32_MAX),
		FIELD(flags, REGDB_FIELD_VOLATILE),
		FIELD(sw, 6),
		FIELD(hw, 6),
		FIELD(onread, 4),
		FIELD(onwrite, 10),
	};
	struct blob *blob = *state;
	struct error err = { 0 };
	struct regdb *db;

	assert_int_equal(regdb_open(blob->data, blob->size, &err, &db), 0);
	uint32_t mode = regdb_field_find(db, sample_map_node(db, "TOP:CFG"), "MODE", 4);
	regdb_close(db);
	check_damage(blob, row_of(blob, REGDB_SEC_FIELDS, mode), damage,
		     sizeof(damage) / sizeof(*damage));
}

static void test_every_row_of_the_indexes_is_checked(void **state)
{
	static const enum regdb_section sections[] = { REGDB_SEC_DIMS, REGDB_SEC_KEYS,
						       REGDB_SEC_SLOTS, REGDB_SEC_NAMES,
						       REGDB_SEC_REACH };
	struct blob *blob = *state;
	const struct regdb_header *header = (const struct regdb_header *)blob->data;
	struct error err = { 0 };

	for (size_t s = 0; s < sizeof(sections) / sizeof(*sections); s++) {
		for (uint32_t i = 0; i < header->section[sections[s]].n; i++) {
			uint32_t *row = row_of(blob, sections[s], i), saved = *row;
			*row = saved == 0 ? UINT32_MAX : 0;
			assert_int_equal(open_again(blob, &err), E_CORRUPT);
			*row = saved ^ 1;
			assert_int_equal(open_again(blob, &err), E_CORRUPT);
			*row = saved;
		}
	}
	assert_int_equal(open_again(blob, &err), 0);
}

static void test_enumerators_and_properties_are_checked(void **state)
{
	static const struct damage enumerator[] = {
		{ "name", offsetof(struct regdb_enum, name), 4, 0 },
		{ "title", offsetof(struct regdb_enum, title), 4, UINT32_MAX },
		{ "desc", offsetof(struct regdb_enum, desc), 4, 1 << 20 },
	};
	static const struct damage prop[] = {
		{ "name", offsetof(struct regdb_prop, name), 4, 0 },
		{ "name", offsetof(struct regdb_prop, name), 4, UINT32_MAX },
		{ "text", offsetof(struct regdb_prop, text), 4, UINT32_MAX - 1 },
	};
	struct blob *blob = *state;

	check_damage(blob, row_of(blob, REGDB_SEC_ENUMS, 1), enumerator, 3);
	check_damage(blob, row_of(blob, REGDB_SEC_PROPS, 0), prop, 3);
}

static void test_strings_end_inside_the_blob(void **state)
{
	struct blob *blob = *state;
	const struct regdb_header *header = (const struct regdb_header *)blob->data;
	struct error err = { 0 };
	char *last = row_of(blob, REGDB_SEC_STRINGS, header->section[REGDB_SEC_STRINGS].n - 1);

	*last = 'x';
	assert_int_equal(open_again(blob, &err), E_CORRUPT);
	assert_string_equal(err.text, "damaged register database: strings without an end");
}

static void test_names_are_identifiers(void **state)
{
	struct blob *blob = *state;
	struct error err = { 0 };
	struct regdb_node *node = row_of(blob, REGDB_SEC_NODES, node_at(blob, "WIDE"));
	char *name = row_of(blob, REGDB_SEC_STRINGS, node->name);
	static const char bad[] = { '\n', '\033', ' ', ':', '1', '.', (char)0xc3 };

	for (size_t i = 0; i < sizeof(bad); i++) {
		name[0] = bad[i];
		assert_int_equal(open_again(blob, &err), E_CORRUPT);
	}
}

static void test_the_summary_is_checked(void **state)
{
	struct blob *blob = *state;
	struct regdb_header *header = (struct regdb_header *)blob->data;
	struct error err = { 0 };

	header->n_instances++;
	assert_int_equal(open_again(blob, &err), E_CORRUPT);
	assert_string_equal(err.text, "damaged register database: the summary is wrong");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_blob, free_blob)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_an_undamaged_blob_opens),
		TEST(test_a_wrong_hash_is_refused),
		TEST(test_the_header_is_checked_even_when_trusted),
		TEST(test_another_version_or_byte_order_is_told),
		TEST(test_every_section_has_its_place),
		TEST(test_every_member_of_an_array_node_is_checked),
		TEST(test_what_a_register_derives_is_checked),
		TEST(test_a_memory_is_checked),
		TEST(test_every_member_of_a_field_is_checked),
		TEST(test_every_row_of_the_indexes_is_checked),
		TEST(test_enumerators_and_properties_are_checked),
		TEST(test_strings_end_inside_the_blob),
		TEST(test_names_are_identifiers),
		TEST(test_the_summary_is_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
