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

#include "drv/clock.h"
#include "drv/world.h"
#include "hal/board.h"
#include "hal/link_mode.h"
#include "hal/reg.h"
#include "tests/lib/reg_bench.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Line 1 to 6 of most cases: a good start. */
#define HEAD                                                                                   \
	"board: 1\n"                                                                           \
	"name: t\n"                                                                            \
	"devices:\n"                                                                           \
	"- {name: switch, map: vsc7448, bus: \"mock:\"}\n"                                     \
	"- {name: btc, map: btc, bus: \"mock:\"}\n"

#define BLADE(slot, port, rest)                                                                \
	"- {slot: " #slot ", port: " #port ", mode: 1000base-x, "                              \
	"mac: \"02:00:00:00:00:0" #slot "\", coding: idle2" rest "}\n"

struct mistakes {
	char text[2048];
	size_t n;
};

static char path[64];

static int make_file(void **state)
{
	int fd;

	(void)state;
	snprintf(path, sizeof(path), "/tmp/sb-board-XXXXXX.yaml");
	fd = mkstemps(path, 5);
	return fd < 0 ? -1 : close(fd);
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

static void write_file(const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

/* "LINE: TEXT" of each mistake, one per line. */
static void gather(void *arg, const struct error *mistake)
{
	struct mistakes *m = arg;
	size_t used = strlen(m->text);

	assert_int_equal(strncmp(mistake->text, path, strlen(path)), 0);
	snprintf(m->text + used, sizeof(m->text) - used, "%s\n",
		 mistake->text + strlen(path) + 1);
	m->n++;
}

static void expect_mistakes(const char *yaml, const char *want)
{
	struct mistakes m = { .n = 0 };
	struct board *board = NULL;
	struct error err = { 0 };
	int rc;

	write_file(yaml);
	rc = board_check(path, NULL, gather, &m, &err);
	if (strcmp(m.text, want) != 0)
		fail_msg("%s\ngot\n%swant\n%s", yaml, m.text, want);
	assert_int_equal(rc, err.code);
	assert_int_equal(rc == 0, m.n == 0);
	err = (struct error){ 0 };
	assert_int_equal(board_open(path, NULL, &err, &board), rc);
	assert_int_equal(board == NULL, rc != 0);
	if (rc != 0)
		assert_int_equal(
			strncmp(err.text + strlen(path) + 1, want, strcspn(want, "\n")), 0);
	board_close(board);
}

/* 2, an input file with a mistake in it; but 4 or 5 where the caller named the map. */
static void test_a_map_that_is_not_there_is_a_mistake_of_the_file(void **state)
{
	static const char *const maps[] = { "nope", "nope.rdl", "nope.regdb" };
	static const int codes[] = { E_NOTFOUND, E_NODEV, E_NODEV };
	struct board *board = NULL;

	(void)state;
	for (size_t i = 0; i < COUNT(maps); i++) {
		const struct board_options options = { .map = maps[i] };
		struct error err = { 0 };
		char yaml[256];

		snprintf(yaml, sizeof(yaml),
			 "board: 1\nname: t\ndevices:\n- {name: a, map: %s, bus: \"mock:\"}\n",
			 maps[i]);
		write_file(yaml);
		assert_int_equal(board_open(path, NULL, &err, &board), E_SYNTAX);
		assert_int_equal(board_open(path, &options, &err, &board), codes[i]);
	}
}

/* What follows from a row that was wrong is no mistake of its own. */
static void test_one_mistake_is_told_once(void **state)
{
	(void)state;
	expect_mistakes(HEAD "ports:\n"
			     "- {port: 48, role: nonsense, mode: sgmii}\n"
			     "wires:\n"
			     "- {port: 48, end: loop}\n",
			"7: role is 'nonsense', allowed are external, management, "
			"inter-chassis\n");
	expect_mistakes(
		"board: 1\nname: t\ndevices:\n"
		"- {name: switch, map: vsc7448, bus: \"mock:\"}\n"
		"- {name: BTC, map: btc, bus: \"mock:\"}\n"
		"blades:\n" BLADE(1, 0, ", link: 0") BLADE(2, 1, ", link: 1"),
		"5: name is 'BTC', a lower-case letter and up to 30 of a-z, 0-9, - and _ "
		"was expected\n");
}

static void test_a_missing_key_is_told_before_what_lies_below(void **state)
{
	(void)state;
	expect_mistakes(
		"board: 1\nname: t\ndevices:\n"
		"- name: switch\n"
		"  map: vsc7448\n"
		"  colour: red\n",
		"4: a device needs the key 'bus'\n"
		"6: a device has no key 'colour', allowed are name, map, bus, window\n");
}

static void test_deep_nesting_is_refused_at_once(void **state)
{
	const size_t n = 200000;
	char *yaml = malloc(n + 1);

	(void)state;
	assert_non_null(yaml);
	memset(yaml, '[', n);
	yaml[n] = '\0';
	expect_mistakes(yaml, "1: nested deeper than 32 levels\n");
	free(yaml);
}

static void test_embedded_board_is_the_bench_chassis_of_the_design(void **state)
{
	const struct board_blade *blades;
	const struct board_port *ports;
	const struct board_wire *wires;
	struct board *board = NULL;
	struct error err = { 0 };

	(void)state;
	assert_int_equal(board_open(NULL, NULL, &err, &board), 0);
	assert_string_equal(board_name(board), "bench8");
	assert_string_equal(board_source(board), "embedded");
	assert_int_equal(board_n_devices(board), 2);
	assert_string_equal(device_name(board_device_at(board, 0)), "switch");
	assert_string_equal(device_name(board_device_at(board, 1)), "btc");
	assert_null(board_device_at(board, 2));
	assert_int_equal(board_blades(board, &blades), 8);
	for (uint32_t i = 0; i < 8; i++) {
		const uint8_t mac[6] = { 2, 0, 0, 0, 0, (uint8_t)(i + 1) };

		assert_int_equal(blades[i].slot, i + 1);
		assert_int_equal(blades[i].port, i);
		assert_int_equal(blades[i].link, i);
		assert_string_equal(blades[i].mode, "1000base-x");
		assert_memory_equal(blades[i].mac, mac, 6);
	}
	assert_int_equal(board_ports(board, &ports), 12);
	assert_int_equal(ports[7].role, BOARD_PORT_BLADE);
	assert_int_equal(ports[8].port, 48);
	assert_int_equal(ports[8].role, BOARD_PORT_MANAGEMENT);
	assert_int_equal(ports[9].role, BOARD_PORT_EXTERNAL);
	assert_string_equal(ports[9].mode, "10gbase-r");
	assert_int_equal(ports[11].role, BOARD_PORT_CHAIN);
	assert_int_equal(board_wires(board, &wires), 3);
	assert_int_equal(wires[0].end, BOARD_WIRE_NONE);
	assert_int_equal(wires[1].end, BOARD_WIRE_LOOP);
	assert_int_equal(wires[2].end, BOARD_WIRE_PORT);
	assert_int_equal(wires[2].peer, 51);
	board_close(board);
}

static void test_large_board_is_good(void **state)
{
	const struct board_blade *blades;
	struct board *board = NULL;
	struct error err = { 0 };

	(void)state;
	if (board_open("fixtures/boards/bench24.yaml", NULL, &err, &board) != 0)
		fail_msg("%s", err.text);
	assert_int_equal(board_blades(board, &blades), 24);
	board_close(board);
}

static void test_devices_of_a_mock_board_share_one_world(void **state)
{
	struct board *board = NULL;
	struct error err = { 0 };
	struct bus *a, *c;

	(void)state;
	assert_int_equal(board_open(NULL, NULL, &err, &board), 0);
	assert_int_equal(device_bus(board_device_at(board, 0), &err, &a), 0);
	assert_int_equal(device_bus(board_device_at(board, 1), &err, &c), 0);
	assert_ptr_equal(bus_clock(a), bus_clock(c));
	assert_ptr_equal(bus_clock(a), board_clock(board));
	assert_true(clock_is_virtual(board_clock(board)));
	board_close(board);
}

static void test_a_minimal_board(void **state)
{
	(void)state;
	expect_mistakes("board: 1\nname: x\ndevices:\n- {name: a, map: btc, bus: \"mock:\"}\n",
			"");
}

static void test_mistakes_of_form(void **state)
{
	static const struct {
		const char *yaml, *want;
	} cases[] = {
		{ "", "1: empty, a mapping was expected\n" },
		{ "- 1\n", "1: a board is a list, a mapping was expected\n" },
		{ "a: [\n", "2: not YAML: did not find expected node content\n" },
		{ HEAD "---\nx: 1\n", "6: a second document; one is allowed\n" },
		{ "name: t\n", "1: a board needs the key 'board'\n"
			       "1: a board needs the key 'devices'\n" },
		{ HEAD "color: red\n",
		  "6: a board has no key 'color', allowed are board, name, "
		  "title, devices, ports, blades, wires\n" },
		{ HEAD "name: u\n", "6: a board has the key 'name' twice\n" },
		{ HEAD "ports: 7\n", "6: ports is text, a list was expected\n" },
		{ HEAD "ports:\n- 7\n", "7: a port is text, a mapping was expected\n" },
		{ HEAD "title: \"a\\nb\"\n", "6: title is 'several lines', one line of text "
					     "without control characters was "
					     "expected\n" },
		{ HEAD "title: [a]\n", "6: title is 'a list', one line of text without control "
				       "characters was expected\n" },
		{ "board: 2\nname: t\ndevices:\n- {name: a, map: btc, bus: \"mock:\"}\n",
		  "1: board is '2', this program reads format 1\n" },
		{ "board: 1\nname: T\ndevices:\n- {name: a, map: btc, bus: \"mock:\"}\n",
		  "2: name is 'T', a lower-case letter and up to 30 of a-z, 0-9, - and _ was "
		  "expected\n" },
		{ "board: 1\nname: t\ndevices: []\n",
		  "3: devices has 0 items, 1 to 8 are allowed\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		expect_mistakes(cases[i].yaml, cases[i].want);
}

#define DEVICE "board: 1\nname: t\ndevices:\n"

static void test_mistakes_in_devices(void **state)
{
	static const struct {
		const char *yaml, *want;
	} cases[] = {
		{ DEVICE "- {name: a, map: btc}\n", "4: a device needs the key 'bus'\n" },
		{ DEVICE "- {name: a, map: btc, bus: \"mock:\"}\n"
			 "- {name: a, map: btc, bus: \"mock:\"}\n",
		  "5: a second device called 'a'\n" },
		{ DEVICE
		  "- {name: a, map: btc, bus: \"mock:\", window: {origin: 2, size: 8}}\n",
		  "4: origin and size of a window are multiples of 4\n" },
		{ DEVICE
		  "- {name: a, map: btc, bus: \"mock:\", window: {origin: 4, size: 0}}\n",
		  "4: size is '0', a number from 4 was expected\n" },
		{ DEVICE "- {name: a, map: btc, bus: \"mock:\", window: {origin: "
			 "0xfffffffffffffff8, size: 16}}\n",
		  "4: a window ends at 2^64 at most\n" },
		{ DEVICE "- {name: a, map: btc, bus: \"mock:\", window: 4}\n",
		  "4: window is text, a mapping was expected\n" },
		{ DEVICE "- {name: a, map: btc, bus: \"\"}\n",
		  "4: bus is '', a bus, for example \"mock:\", was expected\n" },
		{ DEVICE "-\n  name: a\n  map: btc\n  bus: \"fault:after=1\"\n",
		  "7: bus 'fault:' needs a bus inside\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		expect_mistakes(cases[i].yaml, cases[i].want);
}

/* First line of what board_check() says about @yaml. */
static const char *first_mistake(const char *yaml)
{
	static struct mistakes m;
	struct error err = { 0 };

	m = (struct mistakes){ .n = 0 };
	write_file(yaml);
	board_check(path, NULL, gather, &m, &err);
	m.text[strcspn(m.text, "\n")] = '\0';
	return m.text;
}

static void test_unknown_maps_and_buses_list_the_known(void **state)
{
	const char *text =
		first_mistake(DEVICE "-\n  name: a\n  map: nosuch\n  bus: \"mock:\"\n");

	(void)state;
	assert_int_equal(strncmp(text, "6: no map 'nosuch'; there are ", 30), 0);
	assert_non_null(strstr(text, "vsc7448"));
	text = first_mistake(DEVICE "-\n  name: a\n  map: btc\n  bus: \"carrier:pigeon\"\n");
	assert_int_equal(strncmp(text, "7: unknown bus 'carrier:pigeon' (known: ", 40), 0);
	assert_non_null(strstr(text, "mock:"));
	text = first_mistake(DEVICE "-\n  name: a\n  map: btc\n  bus: \"fault:after=1,x:y\"\n");
	assert_int_equal(strncmp(text, "7: unknown bus 'x:y' (known: ", 29), 0);
	text = first_mistake(DEVICE "-\n  name: a\n  map: no/such.regdb\n  bus: \"mock:\"\n");
	assert_int_equal(strncmp(text, "6: /tmp/no/such.regdb: ", 23), 0);
}

static void test_mistakes_in_ports_and_blades(void **state)
{
	static const struct {
		const char *yaml, *want;
	} cases[] = {
		{ HEAD "ports:\n- {port: 53, role: external, mode: sgmii}\n",
		  "7: port is '53', a number from 0 to 52 was expected\n" },
		{ HEAD "ports:\n- {port: -1, role: external, mode: sgmii}\n",
		  "7: port is '-1', a number from 0 to 52 was expected\n" },
		{ HEAD "ports:\n- {port: 48, role: uplink, mode: sgmii}\n",
		  "7: role is 'uplink', allowed are external, management, inter-chassis\n" },
		{ HEAD "ports:\n- {port: 48, role: external, mode: SGMII}\n",
		  "7: mode is 'SGMII', allowed are 100base-fx, sgmii, qsgmii, 1000base-x, "
		  "2500base-x, xaui, rxaui, 10gbase-r, 10gbase-kr\n" },
		{ HEAD "ports:\n- {port: 48, role: external, mode: sgmii}\n"
		       "- {port: 48, role: management, mode: sgmii}\n",
		  "8: port 48 is used in line 7\n" },
		{ HEAD
		  "ports:\n- {port: 3, role: external, mode: sgmii}\nblades:\n" BLADE(1, 3, ""),
		  "9: port 3 is used in line 7\n" },
		{ HEAD "ports:\n- {port: 40, role: external, mode: sgmii}\n",
		  "7: port 40 cannot carry sgmii, it can qsgmii\n" },
		{ HEAD "ports:\n- {port: 48, role: external, mode: xaui}\n",
		  "7: port 48 cannot carry xaui, it can 100base-fx, sgmii, 1000base-x\n" },
		{ HEAD "ports:\n- {port: 50, role: external, mode: xaui}\n"
		       "- {port: 28, role: external, mode: sgmii}\n",
		  "8: port 28 with sgmii needs SERDES6G_20, which port 50 (line 7) has\n" },
		{ HEAD "ports:\n- {port: 0, role: external, mode: qsgmii}\n"
		       "- {port: 1, role: external, mode: qsgmii}\n"
		       "- {port: 12, role: external, mode: sgmii}\n",
		  "9: port 12 with sgmii needs SERDES6G_4, which port 0 (line 7) has\n"
		  "9: port 12 with sgmii needs SERDES6G_4, which port 1 (line 8) has\n" },
		{ HEAD "blades:\n" BLADE(1, 0, "") BLADE(1, 1, ""),
		  "8: the slot is that of the blade in line 7\n" },
		{ HEAD "blades:\n" BLADE(1, 0, ", link: 4") BLADE(2, 1, ", link: 4"),
		  "8: the link is that of the blade in line 7\n" },
		{ HEAD "blades:\n" BLADE(
			  1, 0,
			  "") "- {slot: 2, port: 1, mode: sgmii, mac: \"02:00:00:00:00:01\", "
			      "coding: none}\n",
		  "8: the mac is that of the blade in line 7\n" },
		{ HEAD "blades:\n- {slot: 65, port: 1, mode: sgmii, mac: "
		       "\"02:00:00:00:00:01\", coding: none}\n",
		  "7: slot is '65', a number from 1 to 64 was expected\n" },
		{ HEAD "blades:\n- {slot: 1, port: 1, mode: sgmii, mac: "
		       "\"02:00:00:00:00:01\", coding: idle2}\n",
		  "7: sgmii cannot carry the coding idle2\n" },
		{ DEVICE "- {name: btc, map: btc, bus: \"mock:\"}\nblades:\n" BLADE(1, 0, ""),
		  "6: a port of the device 'switch', which this board does not have\n" },
		{ DEVICE "- {name: switch, map: vsc7448, bus: \"mock:\"}\nblades:\n" BLADE(
			  1, 0, ", link: 0"),
		  "6: a link of the device 'btc', which this board does not have\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		expect_mistakes(cases[i].yaml, cases[i].want);
}

static void test_bad_identifiers(void **state)
{
	static const char *const macs[] = {
		"01:00:00:00:00:01", "00:00:00:00:00:00",
		"02:00:00:00:00",    "02-00-00-00-00-01",
		"02:00:00:00:00:0g", "02:00:00:00:00:011",
		"2:000:00:00:00:01", "",
	};
	char yaml[512], want[160];

	(void)state;
	for (size_t i = 0; i < COUNT(macs); i++) {
		snprintf(yaml, sizeof(yaml),
			 HEAD "blades:\n- {slot: 1, port: 1, mode: sgmii, mac: \"%s\", "
			      "coding: none}\n",
			 macs[i]);
		snprintf(want, sizeof(want),
			 "7: mac is '%s', a unicast address like \"02:00:00:00:00:01\" was "
			 "expected\n",
			 macs[i]);
		expect_mistakes(yaml, want);
	}
}

#define PORTS                                                                                  \
	"ports:\n"                                                                             \
	"- {port: 49, role: external, mode: 10gbase-r}\n"                                      \
	"- {port: 50, role: inter-chassis, mode: xaui}\n"                                      \
	"- {port: 51, role: inter-chassis, mode: xaui}\n"

static void test_mistakes_in_wires(void **state)
{
	static const struct {
		const char *yaml, *want;
	} cases[] = {
		{ HEAD PORTS
		  "wires:\n- {port: 50, end: port, peer: 51}\n- {port: 49, end: none}\n",
		  "" },
		{ HEAD PORTS "wires:\n- {port: 52, end: loop}\n",
		  "11: port 52 is not in the list 'ports'\n" },
		{ HEAD "blades:\n" BLADE(1, 0, "") "wires:\n- {port: 0, end: loop}\n",
		  "9: port 0 leads to its blade and has no other wire\n" },
		{ HEAD PORTS
		  "wires:\n- {port: 50, end: port, peer: 51}\n- {port: 51, end: loop}\n",
		  "12: port 51 has the wire of line 11 already\n" },
		{ HEAD PORTS "wires:\n- {port: 50, end: port, peer: 49}\n",
		  "11: ports 50 and 49 have different modes\n" },
		{ HEAD PORTS "wires:\n- {port: 50, end: port}\n",
		  "11: a wire has a 'peer' with 'end: port', and only then\n" },
		{ HEAD PORTS "wires:\n- {port: 50, end: loop, peer: 51}\n",
		  "11: a wire has a 'peer' with 'end: port', and only then\n" },
		{ HEAD PORTS "wires:\n- {port: 50, end: port, peer: 50}\n",
		  "11: a cable needs two ports; 'end: loop' is a looped plug\n" },
		{ HEAD PORTS "wires:\n- {port: 50, end: glue}\n",
		  "11: end is 'glue', allowed are none, loop, port\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		expect_mistakes(cases[i].yaml, cases[i].want);
}

static void test_more_bandwidth_than_the_chip_has(void **state)
{
	char yaml[8192] = HEAD "ports:\n";
	size_t used = strlen(yaml);

	(void)state;
	for (unsigned port = 8; port < 32; port++)
		used += (size_t)snprintf(yaml + used, sizeof(yaml) - used,
					 "- {port: %u, role: external, mode: 2500base-x}\n",
					 port);
	for (unsigned port = 49; port < 52; port++)
		used += (size_t)snprintf(yaml + used, sizeof(yaml) - used,
					 "- {port: %u, role: external, mode: 10gbase-r}\n",
					 port);
	expect_mistakes(yaml, "1: the ports take 90000 Mb/s, the chip carries 83750\n");
}

static void test_several_mistakes_in_one_run(void **state)
{
	(void)state;
	expect_mistakes(
		HEAD "ports:\n- {port: 99, role: external, mode: sgmii}\n"
		     "- {port: 48, role: nobody, mode: sgmii}\n"
		     "wires:\n- {port: 48, end: loop}\n",
		"7: port is '99', a number from 0 to 52 was expected\n"
		"8: role is 'nobody', allowed are external, management, inter-chassis\n");
}

static void test_files_that_cannot_be_read(void **state)
{
	struct board *board = NULL;
	struct error err = { 0 };

	(void)state;
	assert_int_equal(board_open("/nonexistent.yaml", NULL, &err, &board), E_NODEV);
	assert_non_null(strstr(err.text, "/nonexistent.yaml"));
	assert_int_equal(board_open("/tmp", NULL, &err, &board), E_NODEV);
	assert_null(board);
}

static void test_paths_in_the_file_start_at_its_folder(void **state)
{
	struct board *board = NULL;
	struct error err = { 0 };

	(void)state;
	write_file(DEVICE "- {name: a, map: btc, bus: \"fault:after=9,mock:x.regs\"}\n"
			  "- {name: b, map: btc, bus: \"file:/dev/mem,offset=4\"}\n"
			  "- {name: c, map: btc, bus: \"mock:\"}\n");
	assert_int_equal(board_open(path, NULL, &err, &board), 0);
	assert_string_equal(device_bus_uri(board_device_at(board, 0)),
			    "fault:after=9,mock:/tmp/x.regs");
	assert_string_equal(device_bus_uri(board_device_at(board, 1)),
			    "file:/dev/mem,offset=4");
	assert_string_equal(device_bus_uri(board_device_at(board, 2)), "mock:");
	board_close(board);
}

static void test_window_of_the_file_and_of_the_map(void **state)
{
	struct board *board = NULL;
	struct error err = { 0 };
	struct bus *bus;

	(void)state;
	write_file(DEVICE "- {name: a, map: btc, bus: \"mock:\", window: {origin: 0, size: "
			  "16}}\n- {name: b, map: btc, bus: \"mock:\"}\n");
	assert_int_equal(board_open(path, NULL, &err, &board), 0);
	assert_int_equal(device_bus(board_device_at(board, 0), &err, &bus), 0);
	assert_int_equal(bus_size(bus), 16);
	assert_int_equal(device_bus(board_device_at(board, 1), &err, &bus), 0);
	assert_int_equal(bus_size(bus), 0x10000);
	board_close(board);
}

static void test_devices_are_found_by_name(void **state)
{
	struct device *dev = NULL;
	struct board *board = NULL;
	struct error err = { 0 };

	(void)state;
	assert_int_equal(board_open(NULL, NULL, &err, &board), 0);
	assert_int_equal(board_device(board, "", &err, &dev), 0);
	assert_ptr_equal(dev, board_device_at(board, 0));
	assert_int_equal(board_device(board, "BTC", &err, &dev), 0);
	assert_ptr_equal(dev, board_device_at(board, 1));
	assert_int_equal(board_device(board, "phy", &err, &dev), E_NOTFOUND);
	assert_string_equal(err.text, "no device 'phy' on this board; there are switch, btc");
	board_close(board);
}

static void test_a_bus_alone_is_a_board_of_one_device(void **state)
{
	struct board_options options = { .map = "btc" };
	struct board *board = NULL;
	struct error err = { 0 };

	(void)state;
	assert_int_equal(board_open_bus("mock:", NULL, &err, &board), 0);
	assert_string_equal(device_map_spec(board_device_at(board, 0)), "vsc7448");
	assert_string_equal(board_source(board), "mock:");
	board_close(board);
	assert_int_equal(board_open_bus("mock:", &options, &err, &board), 0);
	assert_string_equal(regdb_name(device_map(board_device_at(board, 0))), "btc");
	board_close(board);
	write_file("@regs 1\n@map btc\n");
	char uri[96];
	snprintf(uri, sizeof(uri), "fault:after=100,mock:%s", path);
	assert_int_equal(board_open_bus(uri, NULL, &err, &board), 0);
	assert_string_equal(device_map_spec(board_device_at(board, 0)), "btc");
	board_close(board);
	assert_int_equal(board_open_bus("bogus:", NULL, &err, &board), E_SYNTAX);
	assert_int_equal(board_open_bus("mock:/nonexistent", NULL, &err, &board), E_NODEV);
}

static void test_names_resolve_on_the_device_that_has_them(void **state)
{
	struct regset *set = NULL;
	struct device *dev = NULL;
	struct board *board = NULL;
	struct error err = { 0 };

	(void)state;
	assert_int_equal(board_open(NULL, NULL, &err, &board), 0);
	assert_int_equal(reg_resolve(board, "btc/ID:MAGIC", 0, &err, &dev, &set), 0);
	assert_ptr_equal(dev, board_device_at(board, 1));
	regset_free(set);
	assert_int_equal(reg_resolve(board, "ID:MAGIC", 0, &err, &dev, &set), 0);
	assert_ptr_equal(dev, board_device_at(board, 1));
	regset_free(set);
	assert_int_equal(reg_resolve(board, "CHIP_ID", 0, &err, &dev, &set), 0);
	assert_ptr_equal(dev, board_device_at(board, 0));
	regset_free(set);
	assert_int_equal(reg_resolve(board, "switch/ID:MAGIC", 0, &err, &dev, &set),
			 E_NOTFOUND);
	assert_int_equal(reg_resolve(board, "phy/CHIP_ID", 0, &err, &dev, &set), E_NOTFOUND);
	assert_int_equal(reg_resolve(board, "NO_SUCH", 0, &err, &dev, &set), E_NOTFOUND);
	board_close(board);
}

static void count_dry(void *arg, const struct device *dev, const struct bus_op *op,
		      uint32_t old, bool old_known)
{
	struct bus_op *seen = arg;

	(void)dev;
	*seen = *op;
	seen->mask = old_known ? old : 0xdead;
}

static void test_board_options_wrap_the_buses(void **state)
{
	static struct bench b;
	struct regdb_ref cfg, wo;
	struct error err = { 0 };
	struct bus_op seen = { 0 };
	uint64_t value;

	(void)state;
	b.options.read_only = true;
	bench_open(&b, "");
	cfg = bench_ref(&b, "CFG", 0);
	assert_int_equal(reg_write(b.dev, &cfg, 1, 0, &err), E_POLICY);
	assert_int_equal(reg_read(b.dev, &cfg, 0, &err, &value), 0);
	assert_string_equal(bench_log(&b), "R00");
	bench_close(&b);

	b.options.verify = true;
	bench_open(&b, "fault:drop=2,");
	assert_int_equal(reg_write(b.dev, &cfg, 1, 0, &err), 0);
	assert_string_equal(bench_log(&b), "W00=1 R00");
	assert_int_equal(reg_write(b.dev, &cfg, 2, 0, &err), E_MISMATCH);
	wo = bench_ref(&b, "WO", 0);
	bench_log(&b);
	assert_int_equal(reg_write(b.dev, &wo, 2, 0, &err), 0);
	assert_string_equal(bench_log(&b), "W08=2");
	bench_close(&b);

	bench_open(&b, "");
	board_close(b.board);
	b.options.dry_run = count_dry;
	b.options.trace = NULL;
	b.options.arg = &seen;
	char uri[96];
	snprintf(uri, sizeof(uri), "file:%s", b.file_path);
	assert_int_equal(board_open_bus(uri, &b.options, &err, &b.board), 0);
	b.dev = board_device_at(b.board, 0);
	bench_poke(&b, 0, 7);
	assert_int_equal(reg_write(b.dev, &cfg, 9, 0, &err), 0);
	assert_int_equal(seen.kind, BUS_OP_WRITE);
	assert_int_equal(seen.value, 9);
	assert_int_equal(seen.mask, 7);
	assert_int_equal(bench_peek(&b, 0), 7);
	assert_int_equal(reg_read(b.dev, &cfg, 0, &err, &value), 0);
	assert_int_equal(value, 9);
	assert_int_equal(reg_write(b.dev, &wo, 9, 0, &err), 0);
	assert_int_equal(seen.mask, 0xdead);
	bench_close(&b);
}

/* Every port of the VSC7448 table, against what its modes column says. */
static void test_port_table_agrees_with_the_fixture(void **state)
{
	FILE *file = fopen("fixtures/vsc7448/csv/ports.csv", "r");
	char line[1024];
	unsigned port, n = 0;

	(void)state;
	assert_non_null(file);
	while (fgets(line, sizeof(line), file) != NULL) {
		const char *macro = strstr(line, ",SERDES");
		char want[32], name[16];

		if (sscanf(line, "%u,", &port) != 1)
			continue;
		n++;
		assert_int_equal(vsc7448_port_carries(port, LINK_MODE_QSGMII),
				 strstr(line, "QSGMII") != NULL);
		assert_int_equal(vsc7448_port_carries(port, LINK_MODE_SGMII),
				 strstr(line, "QSGMII only") == NULL);
		assert_int_equal(vsc7448_port_carries(port, LINK_MODE_XAUI),
				 strstr(line, "XAUI via") != NULL);
		assert_int_equal(vsc7448_port_carries(port, LINK_MODE_RXAUI),
				 strstr(line, "RXAUI") != NULL);
		assert_int_equal(vsc7448_port_carries(port, LINK_MODE_10GBASE_R),
				 strstr(line, "10GBASE-R") != NULL);
		assert_int_equal(vsc7448_port_carries(port, LINK_MODE_2500BASE_X),
				 strstr(line, "2.5G (") != NULL ||
					 strstr(line, "2500X/") != NULL);
		if (strstr(line, "QSGMII") != NULL) {
			vsc7448_serdes_name(vsc7448_port_serdes(port, LINK_MODE_QSGMII), name,
					    sizeof(name));
			snprintf(want, sizeof(want), "via %s\"", name);
			assert_non_null(strstr(line, want));
		}
		if (strstr(line, "XAUI via") != NULL) {
			uint64_t four = vsc7448_port_serdes(port, LINK_MODE_XAUI);
			unsigned first = 0;

			while ((four >> (16 + first) & 1) == 0)
				first++;
			assert_int_equal(four >> (16 + first), 0xf);
			snprintf(want, sizeof(want), "XAUI via SERDES6G_%u-%u", first,
				 first + 3);
			assert_non_null(strstr(line, want));
			snprintf(want, sizeof(want), "RXAUI via SERDES6G_%u,%u", first,
				 first + 2);
			assert_non_null(strstr(line, want));
			assert_int_equal(vsc7448_port_serdes(port, LINK_MODE_RXAUI),
					 UINT64_C(5) << (16 + first));
		}
		if (macro != NULL) {
			vsc7448_serdes_name(vsc7448_port_serdes(port, LINK_MODE_1000BASE_X),
					    name, sizeof(name));
			assert_int_equal(strncmp(macro + 1, name, strlen(name)), 0);
			assert_true(strchr(", ", macro[1 + strlen(name)]) != NULL);
		}
	}
	fclose(file);
	assert_int_equal(n, VSC7448_N_PORTS);
}

#define WITH_FILE(test) cmocka_unit_test_setup_teardown(test, make_file, remove_file)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_FILE(test_a_map_that_is_not_there_is_a_mistake_of_the_file),
		WITH_FILE(test_one_mistake_is_told_once),
		WITH_FILE(test_a_missing_key_is_told_before_what_lies_below),
		WITH_FILE(test_deep_nesting_is_refused_at_once),
		cmocka_unit_test(test_embedded_board_is_the_bench_chassis_of_the_design),
		cmocka_unit_test(test_large_board_is_good),
		cmocka_unit_test(test_devices_of_a_mock_board_share_one_world),
		WITH_FILE(test_a_minimal_board),
		WITH_FILE(test_mistakes_of_form),
		WITH_FILE(test_mistakes_in_devices),
		WITH_FILE(test_unknown_maps_and_buses_list_the_known),
		WITH_FILE(test_mistakes_in_ports_and_blades),
		WITH_FILE(test_bad_identifiers),
		WITH_FILE(test_mistakes_in_wires),
		WITH_FILE(test_more_bandwidth_than_the_chip_has),
		WITH_FILE(test_several_mistakes_in_one_run),
		cmocka_unit_test(test_files_that_cannot_be_read),
		WITH_FILE(test_paths_in_the_file_start_at_its_folder),
		WITH_FILE(test_window_of_the_file_and_of_the_map),
		cmocka_unit_test(test_devices_are_found_by_name),
		WITH_FILE(test_a_bus_alone_is_a_board_of_one_device),
		cmocka_unit_test(test_names_resolve_on_the_device_that_has_them),
		cmocka_unit_test(test_board_options_wrap_the_buses),
		cmocka_unit_test(test_port_table_agrees_with_the_fixture),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
