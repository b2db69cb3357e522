/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Paths as they are typed at the bench, on the whole VSC7448 map.  Addresses are those of the
 * vendor's register headers (fixtures/vsc7448/csv).
 */
#include "regmaps/regdb/regpath.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct regdb *db;

static int open_map(void **state)
{
	struct error err = { 0 };

	(void)state;
	return regdb_open_builtin("vsc7448", &err, &db);
}

static int close_map(void **state)
{
	(void)state;
	regdb_close(db);
	return 0;
}

struct single {
	const char *text;
	uint64_t addr;
	const char *path;
	uint32_t lsb, width;
};

static void test_a_path_names_the_register_at_its_address(void **state)
{
	static const struct single cases[] = {
		{ "DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL", 0x71040000,
		  "DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL", 0, 32 },
		{ "dev1g[23].dev_rst_ctrl.speed_sel", 0x711b0000,
		  "DEV1G[23]:DEV_CFG_STATUS:DEV_RST_CTRL", 20, 2 },
		{ "CHIP_ID", 0x71010000, "DEVCPU_GCB:CHIP_REGS:CHIP_ID", 0, 32 },
		{ "0x71010000", 0x71010000, "DEVCPU_GCB:CHIP_REGS:CHIP_ID", 0, 32 },
		{ "DEV10G[3]:DEV_RST_CTRL", 0x713c0160, "DEV10G[3]:DEV_CFG_STATUS:DEV_RST_CTRL",
		  0, 32 },
		{ "ANA_L3:ARP[2047]:ARP_CFG_0", 0x71833ff8, "ANA_L3:ARP[2047]:ARP_CFG_0", 0,
		  32 },
		{ "ANA_CL:COMMON:AGGR_CFG", 0x71d23a84, "ANA_CL:COMMON:AGGR_CFG", 0, 32 },
		{ "QFWD:SYSTEM:FRAME_COPY_CFG[1]", 0x717d00ec, "QFWD:SYSTEM:FRAME_COPY_CFG[1]",
		  0, 32 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct error err = { 0 };
		struct regset *set;
		struct regset_pos pos = { 0 };
		struct regset_item item;
		char path[128];
		if (regpath_resolve(db, cases[i].text, REGPATH_FIELD, &err, &set) < 0)
			fail_msg("%s", err.text);
		assert_int_equal(regset_count(set), 1);
		assert_false(regset_is_many(set));
		assert_true(regset_next(set, &pos, &item));
		assert_int_equal(item.ref.addr, cases[i].addr);
		assert_int_equal(item.lsb, cases[i].lsb);
		assert_int_equal(item.width, cases[i].width);
		regdb_path_format(db, &item.ref, path, sizeof(path));
		assert_string_equal(path, cases[i].path);
		regset_free(set);
	}
}

static void test_a_pattern_selects_as_many_as_the_tables_say(void **state)
{
	static const struct {
		const char *text;
		uint64_t count;
	} cases[] = {
		{ "*", 643649 },
		{ "DEV1G[*]:DEV_RST_CTRL", 24 },
		{ "DEV*:DEV_RST_CTRL", 24 + 29 + 4 },
		{ "DEV_RST_CTRL", 24 + 29 + 4 },
		{ "DEV1G[0-2,5]:DEV_RST_CTRL.*", 4 * 5 },
		{ "ANA_L3:ARP", 2 * 2048 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct error err = { 0 };
		struct regset *set;
		if (regpath_resolve(db, cases[i].text, REGPATH_PATTERN | REGPATH_FIELD, &err,
				    &set) < 0)
			fail_msg("%s", err.text);
		if (regset_count(set) != cases[i].count)
			fail_msg("%s: %llu", cases[i].text,
				 (unsigned long long)regset_count(set));
		regset_free(set);
	}
}

static void test_a_mistake_is_answered_with_what_was_meant(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "DEV_RST_CTRL",
		  "DEV_RST_CTRL is ambiguous: DEV1G[0-23]:DEV_CFG_STATUS:DEV_RST_CTRL, "
		  "DEV2G5[0-28]:DEV_CFG_STATUS:DEV_RST_CTRL, "
		  "DEV10G[0-3]:DEV_CFG_STATUS:DEV_RST_CTRL" },
		{ "DEV1G[0]:DEV_RST_CTL", "no register DEV1G[0]:DEV_RST_CTL; nearest: "
					  "DEV1G[0-23]:DEV_CFG_STATUS:DEV_RST_CTRL" },
		{ "CHIPID", "no register CHIPID; nearest: DEVCPU_GCB:CHIP_REGS:CHIP_ID" },
		{ "DEV1G[0]:DEV_RST_CTRL.SPED_SEL",
		  "DEV_RST_CTRL has no field SPED_SEL; "
		  "nearest: DEV1G[0]:DEV_RST_CTRL.SPEED_SEL" },
		{ "DEV1G[24]:DEV_RST_CTRL",
		  "DEV1G[24]:DEV_RST_CTRL: DEV1G goes from [0] to [23]" },
		{ "DEV1G:DEV_RST_CTRL", "DEV1G is an array, DEV1G[0-23]: an index is missing "
					"([*] means all)" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct error err = { 0 };
		struct regset *set;
		assert_true(regpath_resolve(db, cases[i].text, REGPATH_FIELD, &err, &set) < 0);
		assert_string_equal(err.text, cases[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_path_names_the_register_at_its_address),
		cmocka_unit_test(test_a_pattern_selects_as_many_as_the_tables_say),
		cmocka_unit_test(test_a_mistake_is_answered_with_what_was_meant),
	};

	return cmocka_run_group_tests(tests, open_map, close_map);
}
