/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mock: as a bus: windows, parameters, batches, polls and cancels in virtual time. */
#include "tests/unit/mock_fixture.h"

#include <unistd.h>

#include "drv/cancel.h"
#include "drv/clock.h"

#define RW REGDB_ACCESS_RW

static const struct toy_row rows[] = {
	{ "R",
	  0x1000,
	  0,
	  { .width = 32, .sw = RW, .reset = 0x12, .flags = REGDB_FIELD_RESET } },
	{ "GO",
	  0x1004,
	  0,
	  { .width = 1, .sw = RW, .flags = REGDB_FIELD_HWCLR, .latency_us = 250 } },
	{ "FREE", 0x1008, 0, { .width = 32, .sw = RW } },
	{ "FREE2", 0x100c, 0, { .width = 16, .sw = RW } },
	{ "STAT",
	  0x1010,
	  0,
	  { .width = 32,
	    .sw = REGDB_ACCESS_R,
	    .hw = REGDB_ACCESS_W,
	    .onread = REGDB_ONREAD_RCLR } },
};

static struct regdb *db;
static struct bus_env env;

static int make_map(void **state)
{
	uint32_t root;
	struct regdb_builder *b = toy_begin(&root);

	(void)state;
	toy_add(b, root, rows, COUNT(rows));
	regdb_builder_node_prop(b, root, "window_origin", 0x1000, NULL);
	regdb_builder_node_prop(b, root, "window_size", 0x100, NULL);
	db = toy_end(b);
	env = (struct bus_env){ .map = db };
	return 0;
}

static int free_map(void **state)
{
	(void)state;
	regdb_close(db);
	return 0;
}

static struct bus *open_bus(const char *uri)
{
	struct error err = { 0 };
	struct bus *bus = NULL;

	if (bus_open(uri, &env, &err, &bus) != E_OK)
		fail_msg("%s: %s", uri, err.text);
	return bus;
}

static uint32_t read_word(struct bus *bus, uint64_t addr)
{
	uint32_t value = 0xbad;

	if (bus_read(bus, addr, &value) != E_OK)
		fail_msg("%s", bus_error(bus)->text);
	return value;
}

static void test_the_window_is_the_maps(void **state)
{
	struct bus *bus = open_bus("mock:");
	uint32_t value;

	(void)state;
	assert_int_equal(bus_origin(bus), 0x1000);
	assert_int_equal(bus_size(bus), 0x100);
	assert_string_equal(bus_uri(bus), "mock:");
	assert_true(clock_is_virtual(bus_clock(bus)));
	assert_int_equal(read_word(bus, 0x1000), 0x12);
	assert_int_equal(bus_read(bus, 0x1100, &value), E_RANGE);
	assert_int_equal(bus_read(bus, 0xffc, &value), E_RANGE);
	bus_close(bus);
}

static void test_strict_refuses_addresses_without_a_register(void **state)
{
	struct bus *bus = open_bus("mock:,strict");
	struct bus_op ops[] = {
		{ .kind = BUS_OP_WRITE, .addr = 0x1000, .value = 1 },
		{ .kind = BUS_OP_WRITE, .addr = 0x1080, .value = 1 },
		{ .kind = BUS_OP_WRITE, .addr = 0x1008, .value = 1 },
	};

	(void)state;
	assert_int_equal(bus_xfer(bus, ops, 3), E_IO);
	assert_int_equal(ops[0].status, BUS_OP_DONE);
	assert_int_equal(ops[1].status, BUS_OP_FAILED);
	assert_int_equal(ops[2].status, BUS_OP_NOT_RUN);
	assert_string_equal(bus_error(bus)->text,
			    "write 0x00001080: the map has no register there");
	bus_close(bus);
	bus = open_bus("mock:");
	assert_int_equal(read_word(bus, 0x1080), 0);
	bus_close(bus);
}

static void test_seeded_noise_fills_what_has_no_reset_value(void **state)
{
	struct bus *a = open_bus("mock:,seed=7"), *b = open_bus("mock:,seed=7");
	struct bus *c = open_bus("mock:,seed=8");

	(void)state;
	assert_int_equal(read_word(a, 0x1000), 0x12);
	assert_int_equal(read_word(a, 0x1004), 0);
	assert_int_equal(read_word(a, 0x1010), 0);
	assert_true(read_word(a, 0x1008) != 0);
	assert_true(read_word(a, 0x1008) != read_word(a, 0x100c));
	assert_int_equal(read_word(a, 0x100c) >> 16, 0);
	assert_int_equal(read_word(a, 0x1008), read_word(b, 0x1008));
	assert_true(read_word(a, 0x1008) != read_word(c, 0x1008));
	bus_close(a);
	bus_close(b);
	bus_close(c);
}

static void test_polls_wait_in_virtual_time(void **state)
{
	static const struct {
		uint32_t time_us, every_us;
		int result;
		uint64_t reads, now_us;
	} cases[] = {
		{ 1000, 100, E_OK, 4, 300 },     /* 0, 100, 200, 300: cleared at 250 */
		{ 1000, 250, E_OK, 2, 250 },     /* exactly then */
		{ 250, 100, E_OK, 4, 250 },      /* the last read is at the limit */
		{ 249, 100, E_TIMEOUT, 4, 249 }, /* just too early */
		{ 0, 100, E_TIMEOUT, 1, 0 },     /* reads once all the same */
		{ 1000, 0, E_OK, 251, 250 },     /* at least 1 us apart */
		{ 1000, 5000, E_OK, 2, 1000 },   /* never longer than the limit */
		{ 2000000000, 1000000000, E_OK, 2, 1000000000 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bus *bus = open_bus("mock:");
		struct bus_op ops[] = {
			{ .kind = BUS_OP_WRITE, .addr = 0x1004, .value = 1 },
			{ .kind = BUS_OP_POLL,
			  .addr = 0x1004,
			  .value = 0xfe,
			  .mask = 1,
			  .time_us = cases[i].time_us,
			  .every_us = cases[i].every_us },
			{ .kind = BUS_OP_WRITE, .addr = 0x1000, .value = 9 },
		};
		bool ok = cases[i].result == E_OK;
		struct bus_stats stats;

		assert_int_equal(bus_xfer(bus, ops, 3), cases[i].result);
		assert_int_equal(ops[1].status, ok ? BUS_OP_DONE : BUS_OP_FAILED);
		assert_int_equal(ops[1].value, ok ? 0 : 1);
		assert_int_equal(ops[2].status, ok ? BUS_OP_DONE : BUS_OP_NOT_RUN);
		assert_int_equal(clock_now_us(bus_clock(bus)), cases[i].now_us);
		bus_stats_get(bus, &stats);
		assert_int_equal(stats.reads, cases[i].reads);
		bus_close(bus);
	}
}

static void test_delays_take_virtual_time_only(void **state)
{
	struct bus *bus = open_bus("mock:");
	struct bus_op op = { .kind = BUS_OP_DELAY, .time_us = 3600000000u };
	uint64_t before = clock_now_us(clock_real());

	(void)state;
	assert_int_equal(bus_xfer(bus, &op, 1), E_OK);
	assert_int_equal(op.status, BUS_OP_DONE);
	assert_int_equal(clock_now_us(bus_clock(bus)), 3600000000u);
	assert_true(clock_now_us(clock_real()) - before < 1000000000u);
	bus_close(bus);
}

static void test_fault_latency_is_virtual_too(void **state)
{
	struct bus *bus = open_bus("fault:latency=1000000,mock:");

	(void)state;
	read_word(bus, 0x1000);
	read_word(bus, 0x1000);
	assert_int_equal(clock_now_us(bus_clock(bus)), 2000000);
	bus_close(bus);
}

/* Cancels at its n-th write. */
struct canceller {
	unsigned at, seen;
};

static int count_write(void *arg, struct mock *mock, uint64_t addr, uint32_t value)
{
	struct canceller *self = arg;

	(void)mock;
	(void)addr;
	(void)value;
	if (++self->seen == self->at)
		cancel_request();
	return E_OK;
}

static const struct mock_model canceller = { .name = "canceller", .write = count_write };

static void test_a_cancel_in_mid_batch_leaves_the_rest_alone(void **state)
{
	(void)state;
	for (unsigned at = 1; at <= 3; at++) {
		struct canceller model = { .at = at };
		struct world *world = world_new(1);
		struct bus_env here = { .map = db, .device = "dev", .world = world };
		struct bus_op ops[4];
		struct mock *mock;
		struct bus *bus;
		char text[64];

		assert_int_equal(bus_open("mock:", &here, NULL, &bus), E_OK);
		assert_int_equal(world_device(world, "dev", NULL, NULL, &mock), E_OK);
		assert_int_equal(mock_attach(mock, &canceller, &model, NULL), E_OK);
		for (unsigned i = 0; i < 4; i++)
			ops[i] = (struct bus_op){ .kind = BUS_OP_WRITE,
						  .addr = 0x1008,
						  .value = i + 1 };
		assert_int_equal(bus_xfer(bus, ops, 4), E_INTR);
		snprintf(text, sizeof(text), "interrupted after %u of 4 bus operations", at);
		assert_string_equal(bus_error(bus)->text, text);
		for (unsigned i = 0; i < 4; i++)
			assert_int_equal(ops[i].status, i < at ? BUS_OP_DONE : BUS_OP_NOT_RUN);
		cancel_clear();
		assert_int_equal(read_word(bus, 0x1008), at);
		bus_close(bus);
		world_free(world);
	}
}

static void test_buses_of_one_world_reach_the_same_device(void **state)
{
	struct world *world = world_new(1);
	struct bus_env here = { .map = db, .device = "switch", .world = world };
	struct bus_env there = { .map = db, .device = "other", .world = world };
	struct bus *a, *b, *c;

	(void)state;
	assert_int_equal(bus_open("mock:", &here, NULL, &a), E_OK);
	assert_int_equal(bus_open("mock:", &here, NULL, &b), E_OK);
	assert_int_equal(bus_open("mock:", &there, NULL, &c), E_OK);
	assert_int_equal(bus_write(a, 0x1000, 77), E_OK);
	assert_int_equal(read_word(b, 0x1000), 77);
	assert_int_equal(read_word(c, 0x1000), 0x12);
	assert_ptr_equal(bus_clock(a), bus_clock(c));
	bus_close(a);
	bus_close(b);
	bus_close(c);
	world_free(world);
}

static void test_two_lone_buses_are_two_worlds(void **state)
{
	struct bus *a = open_bus("mock:"), *b = open_bus("mock:");

	(void)state;
	assert_int_equal(bus_write(a, 0x1000, 77), E_OK);
	assert_int_equal(read_word(b, 0x1000), 0x12);
	bus_close(a);
	bus_close(b);
}

/* A .regs file in the scratch folder with @text; the URI that opens it. */
static const char *regs_uri(const char *text, const char *params)
{
	static char uri[128];
	char path[] = "/tmp/sb-regs-XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	snprintf(uri, sizeof(uri), "mock:%s%s", path, params);
	return uri;
}

static void remove_regs(const char *uri)
{
	char path[128];

	snprintf(path, sizeof(path), "%.*s", (int)strcspn(uri + 5, ","), uri + 5);
	assert_int_equal(unlink(path), 0);
}

static void test_a_file_gives_the_first_values(void **state)
{
	const char *uri = regs_uri("@regs 1\n@map toy\n# a comment\nR = 0xdeadbeef\n"
				   "FREE2 = 0x1234 & 0x00ff\nSTAT = 7\n",
				   ",strict");
	struct bus *bus = open_bus(uri);

	(void)state;
	assert_int_equal(read_word(bus, 0x1000), 0xdeadbeef);
	assert_int_equal(read_word(bus, 0x100c), 0x34);
	assert_int_equal(read_word(bus, 0x1010), 7);
	assert_int_equal(read_word(bus, 0x1010), 0);
	assert_int_equal(read_word(bus, 0x1008), 0);
	assert_int_equal(bus_write(bus, 0x1000, 1), E_OK);
	bus_close(bus);
	bus = open_bus(uri);
	assert_int_equal(read_word(bus, 0x1000), 0xdeadbeef);
	bus_close(bus);
	remove_regs(uri);
}

static void test_a_file_is_loaded_into_a_device_once(void **state)
{
	struct world *world = world_new(1);
	struct bus_env here = { .map = db, .device = "switch", .world = world };
	const char *uri = regs_uri("@regs 1\nR = 5\n", "");
	struct error err = { 0 };
	struct bus *bus;

	(void)state;
	assert_int_equal(bus_open(uri, &here, &err, &bus), E_OK);
	assert_int_equal(bus_write(bus, 0x1000, 6), E_OK);
	bus_close(bus);
	assert_int_equal(bus_open(uri, &here, &err, &bus), E_OK);
	assert_int_equal(read_word(bus, 0x1000), 6);
	bus_close(bus);
	assert_int_equal(bus_open("mock:other.regs", &here, &err, &bus), E_STATE);
	remove_regs(uri);
	world_free(world);
}

static void test_bad_files_are_refused(void **state)
{
	static const struct {
		const char *text;
		int code;
	} cases[] = {
		{ "@regs 1\n@map other\nR = 1\n", E_SYNTAX },
		{ "@regs 1\nR = 1\nR = 2\n", E_SYNTAX },
		{ "@regs 1\nNO_SUCH = 1\n", E_SYNTAX },
		{ "@regs 1\nR = 1\n0x10f0 = 1\n", E_SYNTAX },
		{ "@regs 1\n0x60000000 = 1\n", E_SYNTAX },
		{ "", E_SYNTAX },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *uri = regs_uri(cases[i].text, "");
		struct error err = { 0 };
		struct bus *bus = NULL;

		assert_int_equal(bus_open(uri, &env, &err, &bus), cases[i].code);
		assert_null(bus);
		remove_regs(uri);
	}
}

static void test_a_file_can_name_the_map_itself(void **state)
{
	const char *uri = regs_uri("@regs 1\n@map vsc7448\n"
				   "DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL = 0x00100000\n",
				   "");
	struct error err = { 0 };
	struct bus *bus = NULL;

	(void)state;
	assert_int_equal(bus_open(uri, NULL, &err, &bus), E_OK);
	/* vsc7448: DEV1G[0] lies at 0x71040000, its first register is DEV_RST_CTRL. */
	assert_int_equal(read_word(bus, 0x71040000), 0x00100000);
	assert_int_equal(bus_origin(bus), 0x70000000);
	assert_int_equal(bus_size(bus), 32u << 20);
	bus_close(bus);
	remove_regs(uri);
	assert_int_equal(bus_open("mock:", NULL, &err, &bus), E_NOTFOUND);
	assert_string_equal(err.text, "mock: needs a register map (a board, --map, or a file "
				      "that starts with @map NAME)");
	assert_int_equal(bus_open("mock:/no/such/file", NULL, &err, &bus), E_NODEV);
}

static void test_mistakes_are_refused(void **state)
{
	static const struct {
		const char *uri;
		int code;
		const char *text;
	} cases[] = {
		{ "mock:,loose", E_SYNTAX,
		  "mock: unknown parameter 'loose' (known: plain, strict, seed, si, usb, "
		  "wires, "
		  "pad)" },
		{ "mock:,strict=1", E_SYNTAX, "mock: strict takes no value" },
		{ "mock:,seed=0", E_RANGE,
		  "mock: seed=0: want a number from 1 to 18446744073709551615" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct error err = { 0 };
		struct bus *bus = NULL;

		assert_int_equal(bus_open(cases[i].uri, &env, &err, &bus), cases[i].code);
		assert_string_equal(err.text, cases[i].text);
		assert_null(bus);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_window_is_the_maps),
		cmocka_unit_test(test_strict_refuses_addresses_without_a_register),
		cmocka_unit_test(test_seeded_noise_fills_what_has_no_reset_value),
		cmocka_unit_test(test_polls_wait_in_virtual_time),
		cmocka_unit_test(test_delays_take_virtual_time_only),
		cmocka_unit_test(test_fault_latency_is_virtual_too),
		cmocka_unit_test(test_a_cancel_in_mid_batch_leaves_the_rest_alone),
		cmocka_unit_test(test_buses_of_one_world_reach_the_same_device),
		cmocka_unit_test(test_two_lone_buses_are_two_worlds),
		cmocka_unit_test(test_a_file_gives_the_first_values),
		cmocka_unit_test(test_a_file_is_loaded_into_a_device_once),
		cmocka_unit_test(test_bad_files_are_refused),
		cmocka_unit_test(test_a_file_can_name_the_map_itself),
		cmocka_unit_test(test_mistakes_are_refused),
	};

	return cmocka_run_group_tests(tests, make_map, free_map);
}
