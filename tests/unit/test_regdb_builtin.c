/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The maps that are linked in: whole, and every register leads back to itself. */
#include "regmaps/regdb/builtin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "regmaps/regdb/regpath.h"

static void test_every_built_in_map_is_undamaged(void **state)
{
	struct error err = { 0 };
	struct regdb *db;
	size_t n = 0;

	(void)state;
	for (const struct regdb_builtin *map = regdb_builtins; map->name; map++, n++) {
		if (regdb_open(map->start, (size_t)(map->end - map->start), &err, &db) < 0)
			fail_msg("%s: %s", map->name, err.text);
		assert_string_equal(regdb_name(db), map->name);
		regdb_close(db);
	}
	assert_true(n >= 3);
}

static void test_the_list_of_maps_is_in_order_and_ends(void **state)
{
	size_t n = 0;

	(void)state;
	for (; regdb_builtin_name(n); n++) {
		if (n > 0)
			assert_true(strcmp(regdb_builtin_name(n - 1), regdb_builtin_name(n)) <
				    0);
	}
	assert_null(regdb_builtin_name(n));
	assert_null(regdb_builtin_name(n + 1));
	assert_null(regdb_builtin_name(n + 100));
}

static void test_an_unknown_map_is_not_found(void **state)
{
	struct error err = { 0 };
	struct regdb *db;

	(void)state;
	assert_int_equal(regdb_open_builtin("vsc9999", &err, &db), E_NOTFOUND);
	assert_string_equal(err.text, "no register map \"vsc9999\" is built in");
}

static void lead_back(const struct regdb *db, const struct regdb_ref *ref)
{
	struct error err = { 0 };
	struct regset *set;
	struct regset_item item;
	struct regset_pos pos = { 0 };
	struct regdb_ref refs[8];
	char path[512];

	regdb_path_format(db, ref, path, sizeof(path));
	if (regpath_resolve(db, path, 0, &err, &set) < 0)
		fail_msg("%s", err.text);
	assert_true(regset_next(set, &pos, &item));
	assert_int_equal(item.ref.node, ref->node);
	assert_int_equal(item.ref.addr, ref->addr);
	assert_memory_equal(item.ref.idx, ref->idx, ref->n_idx * sizeof(*ref->idx));
	regset_free(set);

	size_t n = regdb_find_addr(db, ref->addr, refs, 8), i = 0;
	while (i < n && i < 8 && refs[i].node != ref->node)
		i++;
	assert_true(i < n);
	assert_int_equal(refs[i].addr, ref->addr);
}

/* One in seven of the instances, so that every array is hit at many places. */
static void test_every_register_is_found_by_its_path_and_address(void **state)
{
	struct error err = { 0 };

	(void)state;
	for (size_t i = 0; regdb_builtin_name(i); i++) {
		struct regdb *db;
		struct regset *set;
		struct regset_pos pos = { 0 };
		struct regset_item item;
		assert_int_equal(regdb_open_builtin(regdb_builtin_name(i), &err, &db), 0);
		assert_int_equal(regpath_resolve(db, "*", REGPATH_PATTERN, &err, &set), 0);
		assert_true(regset_count(set) >= regdb_n_instances(db));
		while (regset_next(set, &pos, &item)) {
			if (pos.n % 7 == 1 || regset_count(set) < 1000)
				lead_back(db, &item.ref);
		}
		regset_free(set);
		regdb_close(db);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_built_in_map_is_undamaged),
		cmocka_unit_test(test_the_list_of_maps_is_in_order_and_ends),
		cmocka_unit_test(test_an_unknown_map_is_not_found),
		cmocka_unit_test(test_every_register_is_found_by_its_path_and_address),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
