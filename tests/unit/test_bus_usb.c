/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A whole chip over the model of the FT232H: mock:,usb.  What it costs on USB, and every transfer
 * of an initialization failing.
 */
#include "drv/bus_mock_usb.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drv/clock.h"
#include "drv/mock_ft232h_host.h"
#include "drv/world.h"
#include "drv/mock_vsc7448/model.h"
#include "hal/vsc7448/chip.h"
#include "tests/lib/chip_bench.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct mock_ft232h_host *host_of(struct chip_bench *b)
{
	struct mock_ft232h_host *host = bus_mock_usb_host(b->world, mock_name(b->mock));

	assert_non_null(host);
	return host;
}

static int init_chip(struct chip_bench *b, struct error *err)
{
	struct vsc7448_port_map map;

	vsc7448_port_map_base(&map);
	return vsc7448_init(b->chip, &map, 0, err);
}

static void open_and_init(struct chip_bench *b)
{
	struct error err = { 0 };

	chip_bench_open(b, "mock:,usb");
	if (init_chip(b, &err) != 0)
		fail_msg("%s", err.text);
}

/* fixtures/vsc7448/vendor/accesses.csv: the vendor's driver makes 23,801 accesses, a round trip each. */
static void test_an_initialization_takes_hundreds_of_round_trips_not_thousands(void **state)
{
	struct chip_bench b;
	struct mock_usb_stats stats;

	(void)state;
	open_and_init(&b);
	stats = mock_ft232h_host_stats(host_of(&b));
	assert_in_range(stats.n_out, 1, 500);
	assert_in_range(stats.n_in, stats.n_out, stats.n_out + 20);
	assert_in_range(stats.n_control, 1, 10);
	assert_in_range(clock_now_us(world_clock(b.world)), 100000, 250000);
	chip_bench_close(&b);
}

static struct bus *bus_of(struct chip_bench *b)
{
	struct error err = { 0 };
	struct bus *bus = NULL;

	if (device_bus(b->dev, &err, &bus) != 0)
		fail_msg("%s", err.text);
	return bus;
}

static void assert_alive(struct chip_bench *b)
{
	uint32_t id = 0;

	if (bus_read(bus_of(b), VSC7448_DEVCPU_GCB_CHIP_REGS_CHIP_ID, &id) != 0)
		fail_msg("%s", bus_error(bus_of(b))->text);
	assert_int_equal(id, 0x374680e9);
}

/* Transfer @n of an initialization fails in the way of @kind; false: it has no such transfer. */
static bool one_fault(struct chip_bench *b, uint64_t n, enum mock_usb_fault_kind kind)
{
	struct mock_ft232h_host *host = host_of(b);
	uint64_t start_us = clock_now_us(world_clock(b->world));
	struct error err = { 0 };
	int want = kind == MOCK_USB_SILENT ? E_TIMEOUT : E_IO;
	int rc;

	if (kind == MOCK_USB_UNPLUG)
		want = E_NODEV;
	mock_ft232h_host_set_fault(host, mock_ft232h_host_count(host) + n, kind);
	rc = init_chip(b, &err);
	chip_bench_forget_log(b);
	assert_int_equal(mock_ft232h_host_pending(host), 0);
	assert_true(clock_now_us(world_clock(b->world)) - start_us < 3000000);
	if (!mock_ft232h_host_struck(host)) {
		assert_int_equal(rc, 0);
		return false;
	}
	if (rc != want || strstr(err.text, "USB: ") == NULL)
		fail_msg("transfer %d, fault %d: %d %s", (int)n, (int)kind, rc, err.text);
	if (kind == MOCK_USB_UNPLUG) {
		chip_bench_close(b);
		chip_bench_open(b, "mock:,usb");
	}
	assert_alive(b);
	return true;
}

/*
 * Each transfer in one way, the next one in the next: one of 37 by default, all with SOAK set.  The
 * next round, on the same handle and chip, goes further.
 */
static void test_any_transfer_of_an_initialization_may_fail(void **state)
{
	static const enum mock_usb_fault_kind kinds[] = { MOCK_USB_STALL, MOCK_USB_SILENT,
							  MOCK_USB_BAD_LINE, MOCK_USB_UNPLUG };
	const uint64_t step = getenv("SOAK") != NULL ? 1 : 37;
	struct error err = { 0 };
	struct chip_bench b;
	uint64_t n;

	(void)state;
	chip_bench_open(&b, "mock:,usb");
	for (n = 1; one_fault(&b, n, kinds[n % COUNT(kinds)]); n += step)
		;
	assert_true(n > 700);
	mock_ft232h_host_set_fault(host_of(&b), 0, MOCK_USB_STALL);
	if (init_chip(&b, &err) != 0)
		fail_msg("%s", err.text);
	chip_bench_close(&b);
}

static void test_a_missing_half_of_an_answer_fails_the_batch_not_the_bus(void **state)
{
	static const enum mock_usb_fault_kind kinds[] = { MOCK_USB_EXTRA, MOCK_USB_GARBAGE,
							  MOCK_USB_BABBLE };
	struct bus_op ops[20];
	struct chip_bench b;

	(void)state;
	chip_bench_open(&b, "mock:,usb");
	for (size_t k = 0; k < COUNT(kinds); k++) {
		struct mock_ft232h_host *host = host_of(&b);

		for (size_t i = 0; i < COUNT(ops); i++)
			ops[i] = (struct bus_op){
				.kind = BUS_OP_WRITE,
				.addr = VSC7448_DEVCPU_GCB_CHIP_REGS_GPR,
			};
		mock_ft232h_host_set_fault(host, mock_ft232h_host_count(host) + 1, kinds[k]);
		assert_int_equal(bus_xfer(bus_of(&b), ops, COUNT(ops)), E_IO);
		for (size_t i = 0; i < COUNT(ops); i++)
			assert_int_equal(ops[i].status, BUS_OP_UNKNOWN);
		assert_alive(&b);
	}
	chip_bench_close(&b);
}

/* The adapter has its own idea of the clock, 60 MHz / 2n: reads are padded for what was asked. */
static void test_every_clock_reads_the_chip_id(void **state)
{
	static const char *const uris[] = { "mock:,usb=458",      "mock:,usb=100000",
					    "mock:,usb=6500000",  "mock:,usb=6500001",
					    "mock:,usb=13000000", "mock:,usb=15000000",
					    "mock:,usb=30000000" };

	(void)state;
	for (size_t i = 0; i < COUNT(uris); i++) {
		struct chip_bench b;

		chip_bench_open(&b, uris[i]);
		assert_alive(&b);
		chip_bench_close(&b);
	}
}

static void test_si_and_usb_exclude_each_other(void **state)
{
	static const struct {
		const char *uri;
		int code;
	} rows[] = {
		{ "mock:,si,usb", E_SYNTAX },
		{ "mock:,usb=457", E_RANGE },
		{ "mock:,usb=30000001", E_RANGE },
		{ "mock:,plain,usb", E_NOTSUP },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct regdb *map = NULL;
		struct regdb *own = NULL;
		struct error err = { 0 };
		struct bus *bus = NULL;

		assert_int_equal(regdb_open_builtin("vsc7448", &err, &own), 0);
		map = own;
		assert_int_equal(
			bus_open(rows[i].uri, &(struct bus_env){ .map = map }, &err, &bus),
			rows[i].code);
		assert_null(bus);
		regdb_close(own);
	}
}

/* The BTC: chip select 1, plain frames; regmaps/btc/id.rdl gives MAGIC. */
static void test_the_btc_is_behind_chip_select_1(void **state)
{
	struct regdb *map = NULL;
	struct error err = { 0 };
	struct bus *bus = NULL;
	uint32_t value = 0;

	(void)state;
	assert_int_equal(regdb_open_builtin("btc", &err, &map), 0);
	if (bus_open("mock:,usb=15000000", &(struct bus_env){ .map = map }, &err, &bus) != 0)
		fail_msg("%s", err.text);
	assert_int_equal(bus_read(bus, 0, &value), 0);
	assert_int_equal(value, 0x42544331);
	bus_close(bus);
	regdb_close(map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_an_initialization_takes_hundreds_of_round_trips_not_thousands),
		cmocka_unit_test(test_any_transfer_of_an_initialization_may_fail),
		cmocka_unit_test(test_a_missing_half_of_an_answer_fails_the_batch_not_the_bus),
		cmocka_unit_test(test_every_clock_reads_the_chip_id),
		cmocka_unit_test(test_si_and_usb_exclude_each_other),
		cmocka_unit_test(test_the_btc_is_behind_chip_select_1),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
