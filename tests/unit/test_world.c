/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/unit/mock_fixture.h"

static const struct toy_row rows[] = {
	{ "R", 0x10, 0, { .width = 8, .sw = REGDB_ACCESS_RW } },
};

static struct regdb *toy_map(void)
{
	uint32_t root;
	struct regdb_builder *b = toy_begin(&root);

	toy_add(b, root, rows, COUNT(rows));
	return toy_end(b);
}

static void test_devices_are_made_once_and_found_again(void **state)
{
	struct regdb *db = toy_map();
	struct world *world = world_new(42);
	struct mock *a, *b, *again;

	(void)state;
	assert_int_equal(world_seed(world), 42);
	assert_null(world_device_at(world, 0));
	assert_int_equal(world_device(world, "switch", db, NULL, &a), E_OK);
	assert_int_equal(world_device(world, "btc", db, NULL, &b), E_OK);
	assert_int_equal(world_device(world, "switch", db, NULL, &again), E_OK);
	assert_ptr_equal(a, again);
	assert_int_equal(world_device(world, "btc", NULL, NULL, &again), E_OK);
	assert_ptr_equal(b, again);
	assert_ptr_not_equal(a, b);
	assert_ptr_equal(world_device_at(world, 0), a);
	assert_ptr_equal(world_device_at(world, 1), b);
	assert_null(world_device_at(world, 2));
	assert_string_equal(mock_name(b), "btc");
	assert_ptr_equal(mock_map(b), db);
	world_free(world);
	regdb_close(db);
}

static void test_devices_share_one_virtual_clock(void **state)
{
	struct regdb *db = toy_map();
	struct world *world = world_new(1);
	struct mock *a, *b;

	(void)state;
	assert_int_equal(world_device(world, "a", db, NULL, &a), E_OK);
	assert_int_equal(world_device(world, "b", db, NULL, &b), E_OK);
	assert_true(clock_is_virtual(world_clock(world)));
	clock_wait_us(mock_clock(a), 5);
	assert_int_equal(clock_now_us(mock_clock(b)), 5);
	assert_int_equal(clock_now_us(world_clock(world)), 5);
	world_free(world);
	regdb_close(db);
}

static void test_devices_do_not_share_registers(void **state)
{
	struct regdb *db = toy_map();
	struct world *world = world_new(1);
	struct mock *a, *b;

	(void)state;
	assert_int_equal(world_device(world, "a", db, NULL, &a), E_OK);
	assert_int_equal(world_device(world, "b", db, NULL, &b), E_OK);
	assert_int_equal(mock_sw_write(a, 0x10, 3, NULL), E_OK);
	assert_int_equal(mock_hw_get(a, 0x10), 3);
	assert_int_equal(mock_hw_get(b, 0x10), 0);
	world_free(world);
	regdb_close(db);
}

static void test_wrong_requests_are_explained(void **state)
{
	struct regdb *db = toy_map(), *other = toy_map();
	struct world *world = world_new(1);
	struct error err = { 0 };
	struct mock *mock = NULL;

	(void)state;
	assert_int_equal(world_device(world, "btc", NULL, &err, &mock), E_NOTFOUND);
	assert_string_equal(err.text, "the mock world has no device btc");
	assert_null(mock);
	assert_int_equal(world_device(world, "btc", db, &err, &mock), E_OK);
	assert_int_equal(world_device(world, "btc", other, &err, &mock), E_STATE);
	assert_string_equal(err.text, "mock device btc exists with another toy map");
	world_free(world);
	world_free(NULL);
	regdb_close(db);
	regdb_close(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_devices_are_made_once_and_found_again),
		cmocka_unit_test(test_devices_share_one_virtual_clock),
		cmocka_unit_test(test_devices_do_not_share_registers),
		cmocka_unit_test(test_wrong_requests_are_explained),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
