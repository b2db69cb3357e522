/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/mock_vsc7448.h"
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

static struct world_end end_at(const struct world *world, const char *device, uint32_t port)
{
	return world_end_of(world, device, port);
}

static void test_a_cable_has_two_ends(void **state)
{
	const struct world_end to_b = { .kind = WORLD_END_PORT, .device = "b", .port = 2 };
	const struct world_end to_c = { .kind = WORLD_END_PORT, .device = "c", .port = 3 };
	const struct world_end loop = { .kind = WORLD_END_LOOP };
	struct world *world = world_new(1);

	(void)state;
	assert_int_equal(end_at(world, "a", 1).kind, WORLD_END_NONE);
	assert_int_equal(world_plug(world, "a", 1, &to_b, NULL), E_OK);
	assert_string_equal(end_at(world, "a", 1).device, "b");
	assert_string_equal(end_at(world, "b", 2).device, "a");
	assert_int_equal(end_at(world, "b", 2).port, 1);
	/* Another cable into the same socket frees the far end of the first. */
	assert_int_equal(world_plug(world, "a", 1, &to_c, NULL), E_OK);
	assert_int_equal(end_at(world, "b", 2).kind, WORLD_END_NONE);
	assert_string_equal(end_at(world, "c", 3).device, "a");
	assert_int_equal(world_plug(world, "c", 3, &loop, NULL), E_OK);
	assert_int_equal(end_at(world, "a", 1).kind, WORLD_END_NONE);
	assert_int_equal(end_at(world, "c", 3).kind, WORLD_END_LOOP);
	world_free(world);
}

static void test_models_join_the_devices_of_their_map_once(void **state)
{
	struct world *world = world_new(1);
	struct regdb *toy = toy_map(), *db = NULL;
	struct error err = { 0 };
	struct mock *chip, *plain;

	(void)state;
	assert_int_equal(regdb_open_builtin("vsc7448", &err, &db), E_OK);
	assert_int_equal(world_device(world, "switch", db, &err, &chip), E_OK);
	assert_int_equal(world_device(world, "toy", toy, &err, &plain), E_OK);
	assert_null(mock_vsc7448_of(chip));
	assert_int_equal(world_model(world, chip, &err), E_OK);
	assert_non_null(mock_vsc7448_of(chip));
	assert_int_equal(world_model(world, chip, &err), E_OK);
	assert_int_equal(world_model(world, plain, &err), E_OK);
	assert_null(mock_vsc7448_of(plain));
	world_free(world);
	regdb_close(db);
	regdb_close(toy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_devices_are_made_once_and_found_again),
		cmocka_unit_test(test_devices_share_one_virtual_clock),
		cmocka_unit_test(test_devices_do_not_share_registers),
		cmocka_unit_test(test_wrong_requests_are_explained),
		cmocka_unit_test(test_a_cable_has_two_ends),
		cmocka_unit_test(test_models_join_the_devices_of_their_map_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
