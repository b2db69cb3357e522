/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * MDIO: the commands that the vendor's driver writes (vtss_jaguar2_port.c, jr2_miim_cmd(), run
 * against recording registers), PHYs of the mock world, and controllers that never finish.
 */
#include "hal/vsc7448/miim.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drv/mock_phy.h"
#include "drv/world.h"
#include "hal/vsc7448/gpio.h"
#include "tests/lib/chip_bench.h"
#include "vsc7448_regs.h"

#define MIIM(reg, i) VSC7448_DEVCPU_GCB_MIIM_##reg(i)
#define C22          VSC7448_MIIM_CLAUSE_22
#define PHY_ID       0x00070421u

static void plug(struct chip_bench *b)
{
	struct error err = { 0 };

	for (uint32_t i = 0; i < VSC7448_N_MIIMS; i++) {
		const struct mock_phy_spec spec = {
			.controller = i, .address = 3, .id = PHY_ID + i, .port = 49
		};

		assert_int_equal(mock_phy_plug(b->world, device_name(b->dev), &spec, &err), 0);
	}
}

static int open_mock(void **state)
{
	struct chip_bench *b = calloc(1, sizeof(*b));

	chip_bench_open_bench8(b);
	plug(b);
	*state = b;
	return 0;
}

static int close_mock(void **state)
{
	chip_bench_close(*state);
	free(*state);
	return 0;
}

/* The writes since the log was forgotten, in order, against @want of pairs, ended by 0. */
static void check_writes(const struct chip_bench *b, const uint64_t (*want)[2])
{
	for (size_t i = 0; i < b->n_access; i++) {
		if (b->access[i].kind != BUS_OP_WRITE)
			continue;
		assert_int_equal(b->access[i].addr, (*want)[0]);
		assert_int_equal(b->access[i].value, (*want)[1]);
		want++;
	}
	assert_int_equal((*want)[0], 0);
}

static void test_clause_22_commands_are_the_vendors(void **state)
{
	static const uint64_t read[][2] = { { MIIM(MII_CFG, 0), 0x232 },
					    { MIIM(MII_CMD, 0), 0x86200004 },
					    { 0, 0 } };
	static const uint64_t write[][2] = { { MIIM(MII_CFG, 1), 0x232 },
					     { MIIM(MII_CMD, 1), 0x86011402 },
					     { 0, 0 } };
	struct chip_bench *b = *state;
	struct error err = { 0 };
	uint16_t value = 0;

	assert_int_equal(vsc7448_miim_read(b->chip, &(struct vsc7448_miim){ 0, 3, C22 }, 2,
					   &value, &err),
			 0);
	assert_int_equal(value, PHY_ID >> 16);
	check_writes(b, read);
	chip_bench_forget_log(b);
	assert_int_equal(vsc7448_miim_write(b->chip, &(struct vsc7448_miim){ 1, 3, C22 }, 0,
					    0x1140, &err),
			 0);
	check_writes(b, write);
}

static void test_clause_45_commands_are_the_vendors(void **state)
{
	static const uint64_t read[][2] = { { MIIM(MII_CFG, 0), 0x32 },
					    { MIIM(MII_CMD, 0), 0x86180020 },
					    { MIIM(MII_CMD, 0), 0x86100006 },
					    { 0, 0 } };
	static const uint64_t write[][2] = { { MIIM(MII_CFG, 2), 0x32 },
					     { MIIM(MII_CMD, 2), 0x86180020 },
					     { MIIM(MII_CMD, 2), 0x86155aa2 },
					     { 0, 0 } };
	struct chip_bench *b = *state;
	struct error err = { 0 };
	uint16_t value;

	assert_int_equal(vsc7448_miim_read(b->chip, &(struct vsc7448_miim){ 0, 3, 1 }, 0x8002,
					   &value, &err),
			 0);
	check_writes(b, read);
	chip_bench_forget_log(b);
	assert_int_equal(vsc7448_miim_write(b->chip, &(struct vsc7448_miim){ 2, 3, 1 }, 0x8002,
					    0x55aa, &err),
			 0);
	check_writes(b, write);
}

static uint16_t read_reg(struct chip_bench *b, uint32_t mmd, uint32_t reg)
{
	struct error err = { 0 };
	uint16_t value = 0;

	if (vsc7448_miim_read(b->chip, &(struct vsc7448_miim){ 0, 3, mmd }, reg, &value,
			      &err) != 0)
		fail_msg("%s", err.text);
	return value;
}

static void test_a_phy_has_identity_link_and_settings(void **state)
{
	const struct vsc7448_miim phy = { 0, 3, C22 };
	const struct world_end nothing = { .kind = WORLD_END_NONE };
	struct chip_bench *b = *state;
	struct error err = { 0 };

	assert_int_equal(read_reg(b, C22, 3), PHY_ID & 0xffff);
	assert_int_equal(read_reg(b, 1, 2), PHY_ID >> 16);
	assert_int_equal(read_reg(b, 7, 3), PHY_ID & 0xffff);
	assert_int_equal(read_reg(b, C22, 1) & 0x24, 0x24);
	assert_int_equal(read_reg(b, 3, 1) & 4, 4);
	assert_int_equal(world_plug(b->world, device_name(b->dev), 49, &nothing, &err), 0);
	assert_int_equal(read_reg(b, C22, 1) & 0x24, 0);
	assert_int_equal(read_reg(b, C22, 5), 0);
	assert_int_equal(vsc7448_miim_write(b->chip, &phy, 4, 0x1234, &err), 0);
	assert_int_equal(read_reg(b, C22, 4), 0x1234);
	assert_int_equal(read_reg(b, 7, 16), 0x1234);
	assert_int_equal(vsc7448_miim_write(b->chip, &phy, 0, 0x9140, &err), 0);
	assert_int_equal(read_reg(b, C22, 0), 0x1140);
	assert_int_equal(read_reg(b, C22, 4), 0x0de1);
}

static void test_a_read_that_nothing_answers_is_an_error(void **state)
{
	static const struct {
		struct vsc7448_miim phy;
		const char *text;
	} rows[] = {
		{ { 0, 4, C22 },
		  "no PHY answers at 0:4 (MIIM[0]:MII_DATA.MIIM_DATA_SUCCESS is 0x3)" },
		{ { 0, 3, 30 },
		  "no PHY answers at 0:3.30 (MIIM[0]:MII_DATA.MIIM_DATA_SUCCESS is 0x3)" },
		{ { 2, 3, C22 },
		  "no PHY answers at 2:3 (MIIM[2]:MII_DATA.MIIM_DATA_SUCCESS is 0x3); GPIO 58 "
		  "and 59 are not its pins (gpio mode PIN alt1)" },
	};
	struct chip_bench *b = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct error err = { 0 };
		uint16_t value = 7;

		assert_int_equal(vsc7448_miim_read(b->chip, &rows[i].phy, 2, &value, &err),
				 E_IO);
		assert_memory_equal(err.text, rows[i].text, strlen(rows[i].text));
		assert_int_equal(value, 7);
	}
}

static void test_controllers_with_shared_pins_work_once_they_have_them(void **state)
{
	struct chip_bench *b = *state;
	struct error err = { 0 };
	uint16_t value = 0;

	for (uint32_t pin = 56; pin < 60; pin++)
		assert_int_equal(vsc7448_gpio_set_mode(b->chip, pin, VSC7448_GPIO_ALT1, &err),
				 0);
	for (uint32_t i = 1; i < 3; i++) {
		assert_int_equal(vsc7448_miim_read(b->chip, &(struct vsc7448_miim){ i, 3, C22 },
						   3, &value, &err),
				 0);
		assert_int_equal(value, (PHY_ID + i) & 0xffff);
	}
}

static void test_bad_addresses_are_refused_before_any_access(void **state)
{
	static const struct {
		struct vsc7448_miim phy;
		uint32_t reg;
	} rows[] = {
		{ { 3, 0, C22 }, 0 },  { { 0, 32, C22 }, 0 },    { { 0, 0, 32 }, 0 },
		{ { 0, 0, C22 }, 32 }, { { 0, 0, 1 }, 0x10000 },
	};
	struct chip_bench *b = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct error err = { 0 };
		uint16_t value;

		assert_int_equal(
			vsc7448_miim_read(b->chip, &rows[i].phy, rows[i].reg, &value, &err),
			E_RANGE);
		assert_int_equal(
			vsc7448_miim_write(b->chip, &rows[i].phy, rows[i].reg, 0, &err),
			E_RANGE);
	}
	assert_int_equal(b->n_access, 0);
}

/* A bit that never clears, for each wait. */
static void test_each_wait_ends_and_names_its_bit(void **state)
{
	static const struct {
		uint32_t bit;
		bool write;
		const char *text;
	} rows[] = {
		{ 4, false,
		  "DEVCPU_GCB:MIIM[0]:MII_STATUS.MIIM_STAT_OPR_PEND was not 0x0 within "
		  "10000 us, last 0x1" },
		{ 2, false,
		  "DEVCPU_GCB:MIIM[0]:MII_STATUS.MIIM_STAT_PENDING_RD was not 0x0 "
		  "within 10000 us, last 0x1" },
		{ 1, true,
		  "DEVCPU_GCB:MIIM[0]:MII_STATUS.MIIM_STAT_PENDING_WR was not 0x0 "
		  "within 10000 us, last 0x1" },
	};
	const struct vsc7448_miim phy = { 0, 3, C22 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct error err = { 0 };
		struct chip_bench b;
		uint16_t value;

		chip_bench_open_bench8(&b);
		plug(&b);
		chip_bench_stick(&b, MIIM(MII_STATUS, 0), rows[i].bit, rows[i].bit);
		assert_int_equal(rows[i].write
					 ? vsc7448_miim_write(b.chip, &phy, 0, 0, &err)
					 : vsc7448_miim_read(b.chip, &phy, 2, &value, &err),
				 E_TIMEOUT);
		assert_memory_equal(err.text, rows[i].text, strlen(rows[i].text));
		chip_bench_close(&b);
	}
}

static int prepare(struct chip_bench *b, struct error *err)
{
	(void)err;
	plug(b);
	return 0;
}

static int sweep_miim(struct chip_bench *b, struct error *err)
{
	uint16_t value;
	int rc = vsc7448_miim_read(b->chip, &(struct vsc7448_miim){ 0, 3, 1 }, 2, &value, err);

	if (rc != 0)
		return rc;
	chip_bench_forget_log(b);
	return vsc7448_miim_write(b->chip, &(struct vsc7448_miim){ 0, 3, C22 }, 4, 1, err);
}

static void test_every_access_may_fail(void **state)
{
	(void)state;
	assert_true(chip_bench_sweep(prepare, sweep_miim) >= 14);
}

int main(void)
{
#define MOCK(f) cmocka_unit_test_setup_teardown(f, open_mock, close_mock)
	const struct CMUnitTest tests[] = {
		MOCK(test_clause_22_commands_are_the_vendors),
		MOCK(test_clause_45_commands_are_the_vendors),
		MOCK(test_a_phy_has_identity_link_and_settings),
		MOCK(test_a_read_that_nothing_answers_is_an_error),
		MOCK(test_controllers_with_shared_pins_work_once_they_have_them),
		MOCK(test_bad_addresses_are_refused_before_any_access),
		cmocka_unit_test(test_each_wait_ends_and_names_its_bit),
		cmocka_unit_test(test_every_access_may_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
