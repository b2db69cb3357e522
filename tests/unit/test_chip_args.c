/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ports, VLANs and addresses on the command line of the switch commands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cli/chip.h"

static void test_lists_of_ports_go_both_ways(void **state)
{
	static const struct {
		const char *text;
		vsc7448_ports ports;
		const char *back;
	} rows[] = {
		{ "0", 1, "0" },
		{ "0-7,49", UINT64_C(0x20000000000ff), "0-7,49" },
		{ "52,3,2", UINT64_C(0x1000000000000c), "2-3,52" },
		{ "1,1-1", 2, "1" },
		{ "all", VSC7448_FRONT_PORTS, "0-52" },
		{ "none", 0, "-" },
	};
	struct out *out = out_new("test", 1);

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct error err = { 0 };
		vsc7448_ports ports = 99;

		assert_int_equal(chip_ports(rows[i].text, &err, &ports), 0);
		assert_int_equal(ports, rows[i].ports);
		assert_string_equal(chip_ports_text(out_root(out), ports), rows[i].back);
	}
	out_free(out);
}

static void test_bad_lists_of_ports(void **state)
{
	static const struct {
		const char *text;
		int code;
	} rows[] = {
		{ "", E_SYNTAX },    { ",", E_SYNTAX },    { "1,", E_SYNTAX },
		{ "7-3", E_SYNTAX }, { "53", E_RANGE },    { "0-53", E_RANGE },
		{ "x", E_SYNTAX },   { "1--3", E_SYNTAX }, { "-", E_SYNTAX },
		{ "1-", E_SYNTAX },  { "1 2", E_SYNTAX },  { "11111111111111111", E_SYNTAX },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct error err = { 0 };
		vsc7448_ports ports = 99;

		if (chip_ports(rows[i].text, &err, &ports) != rows[i].code)
			fail_msg("'%s': %d %s", rows[i].text, err.code, err.text);
		assert_int_equal(ports, 99);
		assert_true(err.text[0] != '\0');
	}
}

static void test_vlans_are_1_to_4095(void **state)
{
	struct error err = { 0 };
	uint32_t vid = 0;

	(void)state;
	assert_int_equal(chip_vid("4095", &err, &vid), 0);
	assert_int_equal(vid, 4095);
	assert_int_equal(chip_vid("0", &err, &vid), E_RANGE);
	assert_int_equal(chip_vid("4096", &err, &vid), E_RANGE);
	assert_int_equal(chip_vid("ten", &err, &vid), E_SYNTAX);
	assert_int_equal(vid, 4095);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lists_of_ports_go_both_ways),
		cmocka_unit_test(test_bad_lists_of_ports),
		cmocka_unit_test(test_vlans_are_1_to_4095),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
