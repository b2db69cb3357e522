/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The calendar: against the vendor's, against its rules, and in the chip. */
#include "hal/vsc7448/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/chip_bench.h"
#include "vsc7448_regs.h"

#define CAL_CTRL VSC7448_QSYS_CALCFG_CAL_CTRL

/* "0-7:1000,48:1000" */
static void parse_map(char *text, struct vsc7448_port_map *map)
{
	memset(map, 0, sizeof(*map));
	for (char *part = strtok(text, ","); part != NULL; part = strtok(NULL, ",")) {
		unsigned long first = strtoul(part, &part, 10), last = first, mbps;

		if (*part == '-')
			last = strtoul(part + 1, &part, 10);
		assert_int_equal(*part, ':');
		mbps = strtoul(part + 1, NULL, 10);
		for (; first <= last; first++)
			map->mbps[first] = (uint16_t)mbps;
	}
}

static void test_the_same_map_gives_the_vendors_calendar(void **state)
{
	FILE *file = fopen("fixtures/vsc7448/calendars.txt", "r");
	uint8_t slots[VSC7448_CALENDAR_SLOTS];
	struct vsc7448_port_map map;
	struct error err = { 0 };
	char line[2048];
	int n_maps = 0;

	(void)state;
	assert_non_null(file);
	while (fgets(line, sizeof(line), file) != NULL) {
		char *at = line;

		if (line[0] == '#')
			continue;
		parse_map(line, &map);
		if (vsc7448_calendar_make(&map, &err, slots) != 0)
			fail_msg("%s", err.text);
		assert_non_null(fgets(line, sizeof(line), file));
		for (size_t i = 0; i < VSC7448_CALENDAR_SLOTS; i++)
			if (strtoul(at, &at, 10) != slots[i])
				fail_msg("map %d: slot %zu is %u", n_maps, i, slots[i]);
		n_maps++;
	}
	fclose(file);
	assert_int_equal(n_maps, 5);
}

/* Slots of @port in a window of @n from @from on. */
static unsigned count(const uint8_t *slots, unsigned from, unsigned n, unsigned port)
{
	unsigned sum = 0;

	for (unsigned i = 0; i < n; i++)
		sum += slots[(from + i) % VSC7448_CALENDAR_SLOTS] == port;
	return sum;
}

/*
 * The rules, said again and otherwise: jr2_calendar_check() of the vendor asks for least
 * distances, and that no port has more slots within the flow control latency (20 slots) than its
 * buffer takes.
 */
static void check_rules(const uint8_t *slots, const struct vsc7448_port_map *map)
{
	for (unsigned port = 0; port < VSC7448_N_PORTS; port++) {
		unsigned most = port >= 49 ? 5 : 3;

		assert_int_equal(count(slots, 0, VSC7448_CALENDAR_SLOTS, port),
				 map->mbps[port] / 250);
		for (unsigned from = 0; from < VSC7448_CALENDAR_SLOTS; from++) {
			assert_true(count(slots, from, 7, port) <= 1);
			assert_true(count(slots, from, 20, port) <= most);
		}
	}
	assert_int_equal(count(slots, 0, VSC7448_CALENDAR_SLOTS, VSC7448_PORT_CPU0), 3);
	assert_int_equal(count(slots, 0, VSC7448_CALENDAR_SLOTS, VSC7448_PORT_CPU1), 1);
	assert_int_equal(count(slots, 0, VSC7448_CALENDAR_SLOTS, VSC7448_PORT_VD0), 1);
	assert_true(count(slots, 0, VSC7448_CALENDAR_SLOTS, VSC7448_CALENDAR_IDLE) >= 4);
}

static void test_random_maps_within_the_bandwidth_keep_the_rules(void **state)
{
	uint8_t slots[VSC7448_CALENDAR_SLOTS];
	unsigned n_made = 0;

	(void)state;
	srand(7448);
	for (int round = 0; round < 300; round++) {
		struct vsc7448_port_map map = { 0 };
		struct error err = { 0 };

		for (unsigned port = 0; port < VSC7448_N_PORTS; port++) {
			unsigned fastest = port >= 49 ? 3 : port >= 8 && port < 32 ? 2 : 1;
			static const uint16_t speeds[] = { 0, 1000, 2500, 10000 };

			map.mbps[port] = speeds[(unsigned)rand() % (fastest + 1)];
		}
		if (vsc7448_calendar_make(&map, &err, slots) != 0) {
			assert_int_equal(err.code, E_RANGE);
			continue;
		}
		check_rules(slots, &map);
		n_made++;
	}
	assert_true(n_made > 200);
}

static void test_too_much_is_refused_and_names_the_ports(void **state)
{
	struct vsc7448_port_map map;
	uint8_t slots[VSC7448_CALENDAR_SLOTS] = { 1, 2, 3 };
	struct error err = { 0 };

	(void)state;
	vsc7448_port_map_base(&map);
	map.mbps[52] = 10000;
	assert_int_equal(vsc7448_calendar_make(&map, &err, slots), E_RANGE);
	assert_string_equal(err.text, "ports 0-48 1G, 49-52 10G: 91.25 Gb/s with the 2250 Mb/s "
				      "of the CPU and of loops; the calendar carries 83.75");
	assert_int_equal(slots[2], 3);
}

static void test_a_port_that_cannot_be_so_fast_is_named(void **state)
{
	struct vsc7448_port_map map;
	struct error err = { 0 };

	(void)state;
	vsc7448_port_map_base(&map);
	map.mbps[7] = 2500;
	assert_int_equal(vsc7448_port_map_check(&map, &err), E_RANGE);
	assert_string_equal(err.text, "port 7 cannot have 2500 Mb/s");
	map.mbps[7] = 1000;
	map.mbps[48] = 10000;
	assert_int_equal(vsc7448_port_map_check(&map, &err), E_RANGE);
	assert_string_equal(err.text, "port 48 cannot have 10000 Mb/s");
}

static void test_a_board_gets_its_modes_and_the_rest_what_is_left(void **state)
{
	struct vsc7448_port_map map;
	struct chip_bench b;

	(void)state;
	chip_bench_open_bench8(&b);
	vsc7448_port_map_board(&map, b.board);
	assert_int_equal(map.mbps[0], 1000);
	assert_int_equal(map.mbps[49], 10000);
	assert_int_equal(map.mbps[51], 10000);
	assert_int_equal(map.mbps[30], 1000);
	assert_int_equal(vsc7448_port_map_mbps(&map), 80000);
	chip_bench_close(&b);
}

static void test_programming_halts_writes_every_slot_and_starts(void **state)
{
	struct vsc7448_port_map map;
	uint8_t slots[VSC7448_CALENDAR_SLOTS];
	struct error err = { 0 };
	struct chip_bench b;
	size_t n_slots = 0, n_ctrl = 0;

	(void)state;
	chip_bench_open(&b, "mock:");
	vsc7448_port_map_base(&map);
	assert_int_equal(vsc7448_calendar_make(&map, &err, slots), 0);
	assert_int_equal(vsc7448_calendar_set(b.chip, &map, &err), 0);
	for (size_t i = 0; i < b.n_access; i++) {
		const struct chip_access *access = &b.access[i];

		if (access->kind != BUS_OP_WRITE)
			continue;
		if (access->addr == CAL_CTRL)
			assert_int_equal(access->value >> 11 & 15, n_ctrl++ == 0 ? 10 : 9);
		if (access->addr != VSC7448_QSYS_CALCFG_CAL_SEQ)
			continue;
		assert_int_equal(access->value,
				 n_slots << 13 | (uint32_t)slots[n_slots] << 1 | 1);
		assert_int_equal(n_ctrl, 1);
		n_slots++;
	}
	assert_int_equal(n_slots, VSC7448_CALENDAR_SLOTS);
	assert_int_equal(n_ctrl, 2);
	assert_true(b.n_access <= 350);
	chip_bench_close(&b);
}

static void test_the_bandwidth_of_a_port_costs_two_reads(void **state)
{
	struct vsc7448_port_map map, got;
	struct error err = { 0 };
	struct chip_bench b;
	uint32_t mbps = 7;

	(void)state;
	chip_bench_open(&b, "mock:");
	assert_int_equal(vsc7448_calendar_mbps(b.chip, 49, &err, &mbps), E_STATE);
	assert_int_equal(mbps, 7);
	assert_non_null(strstr(err.text, "CAL_MODE is 0"));
	vsc7448_port_map_base(&map);
	map.mbps[20] = 2500;
	map.mbps[0] = 0;
	assert_int_equal(vsc7448_calendar_set(b.chip, &map, &err), 0);
	chip_bench_reopen(&b);
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++) {
		assert_int_equal(vsc7448_calendar_mbps(b.chip, port, &err, &mbps), 0);
		assert_int_equal(mbps, map.mbps[port]);
		if (port == 0)
			assert_int_equal(chip_bench_reads(&b), 2);
	}
	assert_int_equal(vsc7448_calendar_map(b.chip, &err, &got), 0);
	assert_memory_equal(&got, &map, sizeof(map));
	chip_bench_close(&b);
}

static void test_a_sequence_of_other_software_is_told(void **state)
{
	struct error err = { 0 };
	struct chip_bench b;
	uint32_t mbps;

	(void)state;
	chip_bench_open(&b, "mock:");
	chip_bench_poke(&b, CAL_CTRL, 9u << 11);
	assert_int_equal(vsc7448_calendar_mbps(b.chip, 0, &err, &mbps), E_STATE);
	assert_non_null(strstr(err.text, "not of this program"));
	chip_bench_close(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_same_map_gives_the_vendors_calendar),
		cmocka_unit_test(test_random_maps_within_the_bandwidth_keep_the_rules),
		cmocka_unit_test(test_too_much_is_refused_and_names_the_ports),
		cmocka_unit_test(test_a_port_that_cannot_be_so_fast_is_named),
		cmocka_unit_test(test_a_board_gets_its_modes_and_the_rest_what_is_left),
		cmocka_unit_test(test_programming_halts_writes_every_slot_and_starts),
		cmocka_unit_test(test_the_bandwidth_of_a_port_costs_two_reads),
		cmocka_unit_test(test_a_sequence_of_other_software_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
