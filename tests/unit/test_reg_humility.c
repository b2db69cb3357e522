/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Known answers from real hardware: what Oxide Computer's published humility documentation
 * ("humility monorail": read, info, dump) shows of a VSC7448, name by name.  Values below
 * without a field table there are decoded by the field table in fixtures/vsc7448/csv.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "hal/board.h"
#include "hal/reg.h"
#include "hal/snapshot.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct board *board;
static struct device *dev;
static const struct regdb *db;

static int open_board(void **state)
{
	struct error err = { 0 };

	(void)state;
	if (board_open_bus("mock:fixtures/vsc7448/dev1g-humility.regs", NULL, &err, &board) !=
	    0) {
		print_error("%s\n", err.text);
		return -1;
	}
	dev = board_device_at(board, 0);
	db = device_map(dev);
	return 0;
}

static int close_board(void **state)
{
	(void)state;
	board_close(board);
	return 0;
}

/* The one item that @path names. */
static struct regset_item item_of(const char *path)
{
	struct regset_pos pos = { 0 };
	struct regset_item item = { .field = 0 };
	struct regset *set = NULL;
	struct error err = { 0 };

	if (regpath_resolve(db, path, REGPATH_FIELD, &err, &set) != 0)
		fail_msg("%s: %s", path, err.text);
	assert_int_equal(regset_count(set), 1);
	assert_true(regset_next(set, &pos, &item));
	regset_free(set);
	return item;
}

static uint64_t read_item(const char *path)
{
	struct regset_item item = item_of(path);
	struct error err = { 0 };
	uint64_t value = 0;

	if (reg_read(dev, &item.ref, 0, &err, &value) != 0)
		fail_msg("%s", err.text);
	return (value & reg_bits(item.lsb, item.width)) >> item.lsb;
}

struct answer {
	const char *name;
	uint64_t value;
};

static const struct answer dump[] = {
	{ "DEV_RST_CTRL", 0x00100000 }, { "DEV_STICKY", 0x00004000 },
	{ "DEV_DBG_CFG", 0x00000800 },  { "DEV_PORT_PROTECT", 0x00000000 },
	{ "EEE_CFG", 0x0011940a },      { "PTP_CFG", 0x00400000 },
	{ "PTP_EVENTS", 0x00000000 },
};

static void test_each_register_reads_as_the_dump_shows(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(dump); i++) {
		char path[64];

		snprintf(path, sizeof(path), "DEV1G[0]:%s", dump[i].name);
		assert_int_equal(read_item(path), dump[i].value);
		snprintf(path, sizeof(path), "DEV1G[0]:DEV_CFG_STATUS:%s", dump[i].name);
		assert_int_equal(read_item(path), dump[i].value);
	}
}

static void test_the_group_dumps_in_the_order_shown(void **state)
{
	struct snapshot *snap = NULL;
	struct regset *set = NULL;
	struct error err = { 0 };

	(void)state;
	assert_int_equal(
		regpath_resolve(db, "DEV1G[0]:DEV_CFG_STATUS", REGPATH_PATTERN, &err, &set), 0);
	assert_int_equal(snapshot_take(dev, set, 0, NULL, &err, &snap), 0);
	assert_int_equal(snapshot_n_rows(snap), COUNT(dump));
	assert_int_equal(snapshot_n_left_out(snap), 0);
	for (size_t i = 0; i < COUNT(dump); i++) {
		const struct regsfile_row *row = snapshot_row(snap, i);
		char path[64], want[64];

		snprintf(want, sizeof(want), "DEV1G[0]:DEV_CFG_STATUS:%s", dump[i].name);
		regdb_path_format(db, &row->ref, path, sizeof(path));
		assert_string_equal(path, want);
		assert_int_equal(row->ref.addr, 0x71040000 + 4 * i);
		assert_int_equal(row->value, dump[i].value);
	}
	snapshot_free(snap);
	regset_free(set);
}

static void test_raw_address_is_the_named_register(void **state)
{
	struct regset_item item = item_of("0x71040000");
	char path[64];

	(void)state;
	regdb_path_format(db, &item.ref, path, sizeof(path));
	assert_string_equal(path, "DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL");
	assert_int_equal(read_item("0x71040000[21:20]"), 1);
}

/* "Dumping target DEV1G[0] (0x71040000 -> 0x710400a0)" */
static void test_target_lies_where_the_dump_says(void **state)
{
	const struct regdb_ref ref = item_of("DEV1G[0]:DEV_RST_CTRL").ref;
	uint32_t node = ref.node;

	(void)state;
	while (regdb_node(db, node)->depth > 1)
		node = regdb_node(db, node)->parent;
	assert_string_equal(regdb_str(db, regdb_node(db, node)->name), "DEV1G");
	assert_int_equal(ref.addr, 0x71040000);
	assert_true(regdb_node(db, node)->size >= 0xa0);
}

struct field {
	const char *name;
	uint32_t lsb, width;
	uint64_t value;
};

/* All fields of the register at @path, lowest bit first, and their values in @value. */
static void expect_fields(const char *path, uint64_t value, const struct field *want, size_t n)
{
	const struct regdb_node *row = regdb_node(db, item_of(path).ref.node);

	assert_int_equal(row->n_fields, n);
	for (uint32_t i = 0; i < n; i++) {
		const struct regdb_field *field = regdb_field(db, row->first_field + i);

		assert_string_equal(regdb_str(db, field->name), want[i].name);
		assert_int_equal(field->lsb, want[i].lsb);
		assert_int_equal(field->width, want[i].width);
		assert_int_equal((value & reg_bits(field->lsb, field->width)) >> field->lsb,
				 want[i].value);
	}
}

static void test_reset_control_decodes_as_documented(void **state)
{
	static const struct field fields[] = {
		{ "MAC_RX_RST", 0, 1, 0 }, { "MAC_TX_RST", 4, 1, 0 },
		{ "PCS_RX_RST", 8, 1, 0 }, { "PCS_TX_RST", 12, 1, 0 },
		{ "SPEED_SEL", 20, 2, 1 },
	};

	(void)state;
	expect_fields("DEV1G[0]:DEV_RST_CTRL", 0x100000, fields, COUNT(fields));
	assert_int_equal(item_of("DEV1G[0]:DEV_RST_CTRL").ref.addr, 0x71040000);
}

static void test_qsgmii_configuration_decodes_as_documented(void **state)
{
	static const struct field fields[] = {
		{ "FLIP_LANES", 0, 12, 0 },
		{ "USE_I1_ENA", 12, 1, 0 },
		{ "E_DET_ENA", 13, 1, 1 },
		{ "SHYST_DIS", 14, 1, 0 },
	};
	struct regset_item item = item_of("HSIO:HW_CFGSTAT:HW_QSGMII_CFG");

	(void)state;
	assert_int_equal(item.ref.addr, 0x71460170);
	expect_fields("HSIO:HW_CFGSTAT:HW_QSGMII_CFG", 0x2000, fields, COUNT(fields));
}

static void test_other_registers_decode_by_the_field_table(void **state)
{
	static const struct answer fields[] = {
		{ "DEV_STICKY.SD_STICKY", 1 },
		{ "DEV_STICKY.TX_UFLW_STICKY", 0 },
		{ "DEV_DBG_CFG.TX_BUF_HIGH_WM", 8 },
		{ "DEV_DBG_CFG.TX_MAX_FILL_LVL", 0 },
		{ "EEE_CFG.EEE_ENA", 0 },
		{ "EEE_CFG.EEE_TIMER_AGE", 0x23 },
		{ "EEE_CFG.EEE_TIMER_WAKEUP", 0x14 },
		{ "EEE_CFG.EEE_TIMER_HOLDOFF", 5 },
		{ "EEE_CFG.PORT_LPI", 0 },
		{ "PTP_CFG.PTP_ENA", 1 },
		{ "PTP_CFG.PTP_RX_IO_DLY", 0 },
		{ "PTP_EVENTS.CF_TOO_BIG_STICKY", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(fields); i++) {
		char path[64];

		snprintf(path, sizeof(path), "DEV1G[0]:%s", fields[i].name);
		if (read_item(path) != fields[i].value)
			fail_msg("%s is 0x%x", path, (unsigned)read_item(path));
	}
}

/* The port whose SD_STICKY is set changes its speed: no sticky is touched, one read, one write. */
static void test_a_field_of_the_real_values_is_set(void **state)
{
	struct regset_item speed = item_of("DEV1G[0]:DEV_RST_CTRL.SPEED_SEL");
	struct regset_item sticky = item_of("DEV1G[0]:DEV_STICKY.SD_STICKY");
	struct reg_change changes[] = {
		{ .ref = speed.ref, .mask = reg_bits(20, 2), .value = UINT64_C(2) << 20 },
		{ .ref = sticky.ref, .mask = reg_bits(14, 1), .value = UINT64_C(1) << 14 },
	};
	struct error err = { 0 };

	(void)state;
	assert_int_equal(reg_set(dev, changes, 2, 0, &err), 0);
	assert_int_equal(changes[0].old, 0x00100000);
	assert_int_equal(changes[0].new, 0x00200000);
	assert_int_equal(changes[1].new, 0x00004000);
	assert_int_equal(read_item("DEV1G[0]:DEV_RST_CTRL"), 0x00200000);
	assert_int_equal(read_item("DEV1G[0]:DEV_STICKY"), 0);
}

#define ON_BOARD(test) cmocka_unit_test_setup_teardown(test, open_board, close_board)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOARD(test_each_register_reads_as_the_dump_shows),
		ON_BOARD(test_the_group_dumps_in_the_order_shown),
		ON_BOARD(test_raw_address_is_the_named_register),
		ON_BOARD(test_target_lies_where_the_dump_says),
		ON_BOARD(test_reset_control_decodes_as_documented),
		ON_BOARD(test_qsgmii_configuration_decodes_as_documented),
		ON_BOARD(test_other_registers_decode_by_the_field_table),
		ON_BOARD(test_a_field_of_the_real_values_is_set),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
