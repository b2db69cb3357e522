/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/switchblade.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drv/error.h"
#include "tests/lib/reg_bench.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct bench b; /* only for its map and file */
static struct sb_board *board;
static struct sb_device *device;
static struct sb_error err;

static void open_on(const char *prefix, unsigned flags)
{
	char uri[192];

	bench_open(&b, "");
	snprintf(uri, sizeof(uri), "%sfile:%s", prefix, b.file_path);
	err = (struct sb_error){ .code = 0 };
	if (sb_open_bus(uri, b.map_path, flags, &board, &err) != 0)
		fail_msg("%s", err.text);
	device = sb_device_at(board, 0);
}

static int open_bench(void **state)
{
	(void)state;
	open_on("", 0);
	return 0;
}

static int close_bench(void **state)
{
	(void)state;
	sb_close(board);
	bench_close(&b);
	return 0;
}

static uint64_t value_of(const char *path)
{
	uint64_t value = 0;

	if (sb_read(board, path, 0, &value, &err) != 0)
		fail_msg("%s", err.text);
	return value;
}

static void test_codes_are_those_of_the_program(void **state)
{
	(void)state;
	for (int code = 0; code >= ERROR_LAST; code--) {
		assert_string_equal(sb_code_name(code), error_name(code));
		assert_int_equal(sb_exit_status(code), error_exit_status(code));
	}
	assert_int_equal(SB_E_INTERNAL, ERROR_LAST);
	assert_int_not_equal(sb_version()[0], '\0');
}

static void test_embedded_board_opens(void **state)
{
	struct sb_board *bench8 = NULL;

	(void)state;
	assert_int_equal(sb_open(NULL, 0, &bench8, &err), 0);
	assert_string_equal(sb_board_name(bench8), "bench8");
	assert_int_equal(sb_n_devices(bench8), 2);
	assert_string_equal(sb_device_name(sb_device_at(bench8, 0)), "switch");
	assert_ptr_equal(sb_device_find(bench8, "BTC"), sb_device_at(bench8, 1));
	assert_null(sb_device_find(bench8, "phy"));
	assert_null(sb_device_at(bench8, 2));
	assert_string_equal(sb_device_map(sb_device_at(bench8, 1)), "btc");
	assert_true(sb_device_map_hash(sb_device_at(bench8, 1)) != 0);
	assert_string_equal(sb_device_bus(sb_device_at(bench8, 1)), "mock:");
	sb_close(bench8);
	sb_close(NULL);
}

static void test_failing_to_open_says_why_and_hands_out_nothing(void **state)
{
	struct sb_board *none = NULL;

	(void)state;
	assert_int_equal(sb_open("/nonexistent.yaml", 0, &none, &err), SB_E_NODEV);
	assert_int_equal(err.code, SB_E_NODEV);
	assert_non_null(strstr(err.text, "/nonexistent.yaml"));
	assert_int_equal(sb_open_bus("bogus:", NULL, 0, &none, &err), SB_E_SYNTAX);
	assert_int_equal(sb_open_bus("mock:", "no-such-map", 0, &none, &err), SB_E_NOTFOUND);
	assert_int_equal(sb_open_bus("bogus:", NULL, 0, &none, NULL), SB_E_SYNTAX);
	assert_int_equal(sb_open_bus(NULL, NULL, 0, &none, &err), SB_E_SYNTAX);
	assert_null(none);
}

static void test_registers_and_fields_by_name(void **state)
{
	(void)state;
	bench_poke(&b, 0, 0x11223344);
	assert_int_equal(value_of("CFG"), 0x11223344);
	assert_int_equal(value_of("switch/cfg.b"), 0x33);
	assert_int_equal(value_of("0x0[15:8]"), 0x33);
	assert_int_equal(sb_write(board, "CFG.B", 0x55, 0, &err), 0);
	assert_int_equal(bench_peek(&b, 0), 0x11225544);
	assert_int_equal(sb_write(board, "CFG", 7, 0, &err), 0);
	assert_int_equal(bench_peek(&b, 0), 7);
	assert_int_equal(sb_write(board, "WIDE.SPAN", 0xabcdef, 0, &err), 0);
	assert_int_equal(value_of("WIDE.SPAN"), 0xabcdef);
	assert_int_equal(bench_peek(&b, 0x20), 0xdef00000);
	assert_int_equal(sb_write(board, "0xf0", 9, 0, &err), 0);
	assert_int_equal(value_of("0xf0"), 9);
}

static void test_refusals(void **state)
{
	static const struct {
		const char *path;
		uint64_t value;
		int code;
	} cases[] = {
		{ "NOPE", 0, SB_E_NOTFOUND },    { "CFG.B", 0x100, SB_E_RANGE },
		{ "RO", 1, SB_E_POLICY },        { "DANGER", 1, SB_E_POLICY },
		{ "ARR[*]", 1, SB_E_SYNTAX },    { "MIX.ST", 1, SB_E_POLICY },
		{ "phy/CFG", 0, SB_E_NOTFOUND },
	};
	uint64_t value = 5;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(sb_write(board, cases[i].path, cases[i].value, 0, &err),
				 cases[i].code);
		assert_int_equal(err.code, cases[i].code);
		assert_int_not_equal(err.text[0], '\0');
	}
	assert_int_equal(sb_read(board, "POP", 0, &value, &err), SB_E_POLICY);
	assert_string_equal(err.text,
			    "POP: reading has a side effect; SB_SIDE_EFFECTS allows it");
	assert_int_equal(sb_read(board, "WO", 0, &value, &err), SB_E_POLICY);
	assert_int_equal(value, 5);
	assert_int_equal(sb_read(board, "POP", SB_SIDE_EFFECTS, &value, &err), 0);
	assert_int_equal(sb_write(board, "DANGER", 1, 0, &err), SB_E_POLICY);
	assert_string_equal(err.text,
			    "DANGER: writing it is marked dangerous; SB_DANGEROUS allows it");
	assert_int_equal(sb_write(board, "DANGER", 1, SB_DANGEROUS, &err), 0);
}

static void test_set_changes_fields_and_leaves_neighbours_alone(void **state)
{
	static const char *const fields[] = { "MIX.MODE=0b1010", "CFG.A=0x1_2", "MIX.EN=1" };

	(void)state;
	bench_poke(&b, 0x04, 0x3fe);
	bench_poke(&b, 0x00, 0xff00);
	assert_int_equal(sb_set(board, fields, 3, 0, &err), 0);
	assert_int_equal(bench_peek(&b, 0x04), 0xa3c1);
	assert_int_equal(bench_peek(&b, 0x00), 0xff12);
	assert_int_equal(sb_set(board, fields, 0, 0, &err), 0);
}

static void test_set_takes_enumerators_and_both_devices(void **state)
{
	static const char *const fields[] = {
		"DEV1G[1]:DEV_RST_CTRL.SPEED_SEL=MBPS_100",
		"btc/ID:SCRATCH.SCRATCH=0x55",
		"DEV1G[1]:DEV_RST_CTRL.MAC_TX_RST=1",
	};
	struct sb_board *bench8 = NULL;
	uint64_t value = 0;

	(void)state;
	assert_int_equal(sb_open(NULL, 0, &bench8, &err), 0);
	if (sb_set(bench8, fields, 3, 0, &err) != 0)
		fail_msg("%s", err.text);
	assert_int_equal(sb_read(bench8, "DEV1G[1]:DEV_RST_CTRL", 0, &value, &err), 0);
	assert_int_equal(value, 0x100010);
	assert_int_equal(sb_read(bench8, "btc/SCRATCH", 0, &value, &err), 0);
	assert_int_equal(value, 0x55);
	sb_close(bench8);
}

static void test_set_with_a_mistake_changes_nothing(void **state)
{
	static const struct {
		const char *text;
		int code;
	} cases[] = {
		{ "CFG.A", SB_E_SYNTAX },        { "CFG=1", SB_E_SYNTAX },
		{ "CFG.A=x", SB_E_SYNTAX },      { "CFG.A=256", SB_E_RANGE },
		{ "CFG.NOPE=1", SB_E_NOTFOUND }, { "ARR[*].V=1", SB_E_SYNTAX },
		{ "=1", SB_E_SYNTAX },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *const fields[] = { "CFG.B=1", cases[i].text };

		assert_int_equal(sb_set(board, fields, 2, 0, &err), cases[i].code);
		assert_int_equal(bench_peek(&b, 0), 0);
	}
}

static void test_poll(void **state)
{
	const struct sb_wait wait = { .want = 0x22, .timeout_us = 20, .every_us = 10 };
	uint64_t last = 0;

	(void)state;
	bench_poke(&b, 0, 0x2200);
	assert_int_equal(sb_poll(board, "CFG.B", &wait, 0, &last, &err), 0);
	assert_int_equal(last, 0x22);
	assert_int_equal(sb_poll(board, "CFG.A", &wait, 0, &last, &err), SB_E_TIMEOUT);
	assert_int_equal(last, 0);
	assert_string_equal(err.text, "CFG.A was not 0x22 within 20 us, last 0x0");
	assert_int_equal(sb_poll(board, "MIX.EN", &wait, 0, NULL, &err), SB_E_RANGE);
}

static void test_selection_walks_registers(void **state)
{
	static const char *const names[] = { "ARR[1]", "ARR[2]", "ARR[3]" };
	struct sb_selection *sel = NULL;
	const struct sb_reg *reg;

	(void)state;
	assert_int_equal(sb_select(board, "arr[1-3]", &sel, &err), 0);
	assert_int_equal(sb_selection_count(sel), 3);
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < 3; i++) {
			reg = sb_selection_next(sel);
			assert_string_equal(sb_reg_path(reg), names[i]);
			assert_int_equal(sb_reg_addr(reg), 0x44 + 4 * i);
			assert_int_equal(sb_reg_width(reg), 32);
			assert_int_equal(sb_reg_write(reg, i, 0, &err), 0);
			assert_ptr_equal(sb_reg_device(reg), device);
		}
		assert_null(sb_selection_next(sel));
		sb_selection_rewind(sel);
	}
	assert_int_equal(bench_peek(&b, 0x4c), 2);
	sb_selection_free(sel);
	assert_int_equal(sb_select(board, "NOPE*", &sel, &err), SB_E_NOTFOUND);
	sb_selection_free(NULL);
}

static void test_what_a_register_tells_about_itself(void **state)
{
	static const struct {
		const char *path;
		unsigned flags, lsb, width;
	} cases[] = {
		{ "CFG", SB_REG_READABLE | SB_REG_WRITABLE, 0, 32 },
		{ "CFG.B", SB_REG_READABLE | SB_REG_WRITABLE | SB_REG_FIELD, 8, 8 },
		{ "WO.Y", SB_REG_WRITABLE | SB_REG_FIELD, 8, 8 },
		{ "POP.DATA",
		  SB_REG_READABLE | SB_REG_WRITABLE | SB_REG_READ_EFFECT | SB_REG_FIELD, 0,
		  16 },
		{ "MIX.ST", SB_REG_READABLE | SB_REG_VOLATILE | SB_REG_FIELD, 9, 1 },
		{ "DANGER", SB_REG_READABLE | SB_REG_WRITABLE | SB_REG_DANGEROUS, 0, 32 },
		{ "0x0[3:2]", SB_REG_READABLE | SB_REG_WRITABLE | SB_REG_FIELD, 2, 2 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct sb_selection *sel = NULL;
		const struct sb_reg *reg;

		if (sb_select(board, cases[i].path, &sel, &err) != 0)
			fail_msg("%s", err.text);
		reg = sb_selection_next(sel);
		assert_int_equal(sb_reg_flags(reg), cases[i].flags);
		assert_int_equal(sb_reg_lsb(reg), cases[i].lsb);
		assert_int_equal(sb_reg_width(reg), cases[i].width);
		sb_selection_free(sel);
	}
}

static void test_resets_names_and_descriptions_of_the_map(void **state)
{
	struct sb_board *bench8 = NULL;
	struct sb_selection *sel = NULL;
	const struct sb_reg *reg;
	uint64_t value = 0;

	(void)state;
	assert_int_equal(sb_open(NULL, 0, &bench8, &err), 0);
	assert_int_equal(sb_select(bench8, "DEV1G[0]:DEV_RST_CTRL.SPEED_SEL", &sel, &err), 0);
	reg = sb_selection_next(sel);
	assert_string_equal(sb_reg_path(reg), "DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL");
	assert_string_equal(sb_reg_enum_name(reg, 1), "MBPS_100");
	assert_null(sb_reg_enum_name(reg, 99));
	assert_int_not_equal(sb_reg_desc(reg)[0], '\0');
	sb_selection_free(sel);
	assert_int_equal(sb_select(bench8, "btc/ID:MAGIC", &sel, &err), 0);
	reg = sb_selection_next(sel);
	assert_true(sb_reg_reset(reg, &value));
	assert_int_equal(value, 0x42544331);
	assert_int_equal(sb_reg_read(reg, 0, &value, &err), 0);
	assert_int_equal(value, 0x42544331);
	sb_selection_free(sel);
	sb_close(bench8);
}

static void test_words_by_address(void **state)
{
	struct sb_op ops[] = {
		{ .kind = SB_OP_WRITE, .addr = 0x40, .value = 5 },
		{ .kind = SB_OP_DELAY, .time_us = 1 },
		{ .kind = SB_OP_POLL, .addr = 0x40, .value = 1, .mask = 1, .time_us = 5 },
		{ .kind = SB_OP_READ, .addr = 0x40 },
	};
	uint32_t word = 0;

	(void)state;
	assert_int_equal(sb_batch(device, ops, 4, 0, &err), 0);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(ops[i].status, SB_OP_DONE);
	assert_int_equal(ops[2].value, 5);
	assert_int_equal(ops[3].value, 5);
	assert_int_equal(sb_write_word(device, 0xf0, 3, 0, &err), 0);
	assert_int_equal(sb_read_word(device, 0xf0, 0, &word, &err), 0);
	assert_int_equal(word, 3);
	assert_int_equal(sb_batch(device, NULL, 0, 0, &err), 0);
}

static void test_words_obey_the_map_too(void **state)
{
	static const struct {
		uint32_t kind;
		uint64_t addr;
		int code, allowed;
		unsigned flags;
	} cases[] = {
		{ SB_OP_READ, 0x0c, SB_E_POLICY, 0, SB_SIDE_EFFECTS },
		{ SB_OP_POLL, 0x0c, SB_E_POLICY, 0, SB_SIDE_EFFECTS },
		{ SB_OP_READ, 0x08, SB_E_POLICY, 0, SB_SIDE_EFFECTS },
		{ SB_OP_WRITE, 0x14, SB_E_POLICY, 0, SB_DANGEROUS },
		{ SB_OP_READ, 0x02, SB_E_RANGE, SB_E_RANGE, SB_SIDE_EFFECTS },
		{ SB_OP_READ, 0x100, SB_E_RANGE, SB_E_RANGE, 0 },
		{ 9, 0x00, SB_E_SYNTAX, SB_E_SYNTAX, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct sb_op ops[] = {
			{ .kind = SB_OP_WRITE, .addr = 0, .value = 1 },
			{ .kind = cases[i].kind, .addr = cases[i].addr },
		};

		assert_int_equal(sb_batch(device, ops, 2, 0, &err), cases[i].code);
		assert_int_equal(ops[0].status, SB_OP_NOT_RUN);
		assert_int_equal(bench_peek(&b, 0), 0);
		assert_int_equal(sb_batch(device, &ops[1], 1, cases[i].flags, &err),
				 cases[i].allowed);
	}
}

static void test_names_of_addresses(void **state)
{
	char *name = sb_name_of(device, 0x48);

	(void)state;
	assert_string_equal(name, "ARR[2]");
	free(name);
	assert_null(sb_name_of(device, 0xf0));
}

static void test_read_only_and_verify(void **state)
{
	(void)state;
	close_bench(NULL);
	open_on("", SB_READ_ONLY);
	assert_int_equal(sb_write(board, "CFG", 1, 0, &err), SB_E_POLICY);
	assert_int_equal(value_of("CFG"), 0);
	close_bench(NULL);
	open_on("fault:drop=1,", SB_VERIFY);
	assert_int_equal(sb_write(board, "CFG", 1, 0, &err), SB_E_MISMATCH);
	assert_int_equal(sb_write(board, "CFG", 1, 0, &err), 0);
}

static void test_cancel_stops_until_cleared(void **state)
{
	uint64_t value = 0;

	(void)state;
	sb_cancel();
	assert_int_equal(sb_read(board, "CFG", 0, &value, &err), SB_E_INTR);
	assert_int_equal(err.code, SB_E_INTR);
	sb_cancel_clear();
	assert_int_equal(sb_read(board, "CFG", 0, &value, &err), 0);
}

static int run_everything(void)
{
	static const char *const fields[] = { "CFG.A=1", "MIX.EN=1", "WIDE.LO=3" };
	struct sb_op ops[] = {
		{ .kind = SB_OP_WRITE, .addr = 0x40, .value = 5 },
		{ .kind = SB_OP_READ, .addr = 0x40 },
	};
	uint64_t value;
	int rc = sb_set(board, fields, 3, 0, &err);

	if (rc == 0)
		rc = sb_read(board, "WIDEH", 0, &value, &err);
	if (rc == 0)
		rc = sb_write(board, "WIDEH", 1, 0, &err);
	if (rc == 0)
		rc = sb_batch(device, ops, 2, 0, &err);
	return rc;
}

static void test_every_access_may_fail(void **state)
{
	(void)state;
	for (unsigned n = 1;; n++) {
		char prefix[32];
		int rc;

		close_bench(NULL);
		snprintf(prefix, sizeof(prefix), "fault:after=%u,", n);
		open_on(prefix, 0);
		rc = run_everything();
		if (rc == 0) {
			assert_int_equal(n, 4 + 4 + 2 + 2 + 2 + 1);
			return;
		}
		assert_int_equal(rc, SB_E_IO);
		assert_int_equal(err.code, SB_E_IO);
		assert_int_equal(run_everything(), 0);
	}
}

#define ON_BENCH(test) cmocka_unit_test_setup_teardown(test, open_bench, close_bench)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_codes_are_those_of_the_program),
		cmocka_unit_test(test_embedded_board_opens),
		cmocka_unit_test(test_failing_to_open_says_why_and_hands_out_nothing),
		ON_BENCH(test_registers_and_fields_by_name),
		ON_BENCH(test_refusals),
		ON_BENCH(test_set_changes_fields_and_leaves_neighbours_alone),
		cmocka_unit_test(test_set_takes_enumerators_and_both_devices),
		ON_BENCH(test_set_with_a_mistake_changes_nothing),
		ON_BENCH(test_poll),
		ON_BENCH(test_selection_walks_registers),
		ON_BENCH(test_what_a_register_tells_about_itself),
		cmocka_unit_test(test_resets_names_and_descriptions_of_the_map),
		ON_BENCH(test_words_by_address),
		ON_BENCH(test_words_obey_the_map_too),
		ON_BENCH(test_names_of_addresses),
		ON_BENCH(test_read_only_and_verify),
		ON_BENCH(test_cancel_stops_until_cleared),
		ON_BENCH(test_every_access_may_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
