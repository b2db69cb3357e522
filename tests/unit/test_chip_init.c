/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reset and initialization of the VSC7448: order, cost, waits that fail, faults on the bus. */
#include "hal/vsc7448/chip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drv/clock.h"
#include "drv/mock.h"
#include "drv/mock_vsc7448/chip.h"
#include "drv/world.h"
#include "hal/vsc7448/temp.h"
#include "tests/lib/chip_bench.h"

static int init_base(struct chip_bench *b, struct error *err)
{
	struct vsc7448_port_map map;

	vsc7448_port_map_base(&map);
	return vsc7448_init(b->chip, &map, 0, err);
}

static void open_and_init(struct chip_bench *b)
{
	struct error err = { 0 };

	chip_bench_open(b, "mock:");
	if (init_base(b, &err) != 0)
		fail_msg("%s", err.text);
}

/* The first write to @addr, or the number of accesses. */
static size_t first_write(const struct chip_bench *b, uint64_t addr)
{
	size_t i = 0;

	while (i < b->n_access &&
	       (b->access[i].kind != BUS_OP_WRITE || b->access[i].addr != addr))
		i++;
	return i;
}

static void test_reset_protects_the_vcore_and_keeps_gpios(void **state)
{
	struct error err = { 0 };
	struct chip_bench b;

	(void)state;
	chip_bench_open(&b, "mock:");
	chip_bench_poke(&b, VSC7448_DEVCPU_GCB_GPIO_GPIO_OUT, 0x1234);
	chip_bench_poke(&b, VSC7448_DEVCPU_GCB_GPIO_GPIO_OE, 0x00ff);
	chip_bench_poke(&b, VSC7448_QSYS_SYSTEM_RESET_CFG, 1);
	assert_int_equal(vsc7448_reset(b.chip, &err), 0);
	assert_true(first_write(&b, VSC7448_ICPU_CFG_CPU_SYSTEM_CTRL_RESET) <
		    first_write(&b, VSC7448_DEVCPU_GCB_CHIP_REGS_SOFT_RST));
	assert_true(first_write(&b, VSC7448_DEVCPU_GCB_GPIO_GPIO_OUT) <
		    first_write(&b, VSC7448_DEVCPU_GCB_GPIO_GPIO_OE));
	assert_int_equal(chip_bench_peek(&b, VSC7448_DEVCPU_GCB_GPIO_GPIO_OUT), 0x1234);
	assert_int_equal(chip_bench_peek(&b, VSC7448_DEVCPU_GCB_GPIO_GPIO_OE), 0x00ff);
	assert_int_equal(chip_bench_peek(&b, VSC7448_QSYS_SYSTEM_RESET_CFG), 0);
	chip_bench_close(&b);
}

static void test_reset_over_si_rewrites_padding_before_every_look(void **state)
{
	struct error err = { 0 };
	struct chip_bench b;
	bool is_set = true;
	size_t n_polls = 0;

	(void)state;
	chip_bench_open(&b, "mock:");
	chip_bench_stick(&b, VSC7448_DEVCPU_ORG_DEVCPU_ORG_IF_CTRL, 0xf, 1);
	chip_bench_stick(&b, VSC7448_DEVCPU_ORG_DEVCPU_ORG_IF_CFGSTAT, UINT32_MAX, 0x02000003);
	assert_int_equal(vsc7448_reset(b.chip, &err), 0);
	for (size_t i = 0; i < b.n_access; i++) {
		const struct chip_access *access = &b.access[i];

		if (access->kind == BUS_OP_WRITE &&
		    access->addr == VSC7448_DEVCPU_GCB_CHIP_REGS_SOFT_RST)
			is_set = false;
		if (access->kind == BUS_OP_WRITE &&
		    access->addr == VSC7448_DEVCPU_ORG_DEVCPU_ORG_IF_CTRL)
			assert_int_equal(access->value, 0x81818181);
		if (access->kind == BUS_OP_WRITE &&
		    access->addr == VSC7448_DEVCPU_ORG_DEVCPU_ORG_IF_CFGSTAT) {
			assert_int_equal(access->value & 0xf, 3);
			is_set = true;
		}
		if (access->kind == BUS_OP_READ || access->kind == BUS_OP_POLL) {
			assert_true(is_set);
			n_polls += access->addr == VSC7448_DEVCPU_GCB_CHIP_REGS_SOFT_RST;
		}
	}
	assert_true(n_polls >= 2);
	chip_bench_close(&b);
}

static void never_ends(struct chip_bench *b)
{
	struct error err = { 0 };
	uint64_t begin;

	chip_bench_stick(b, VSC7448_DEVCPU_GCB_CHIP_REGS_SOFT_RST, 2, 2);
	begin = clock_now_us(world_clock(b->world));
	assert_int_equal(vsc7448_reset(b->chip, &err), E_TIMEOUT);
	if (strstr(err.text, "DEVCPU_GCB:CHIP_REGS:SOFT_RST.SOFT_SWC_RST was not 0x0 within "
			     "100000 us, last 0x1") == NULL)
		fail_msg("%s", err.text);
	assert_in_range(clock_now_us(world_clock(b->world)) - begin, 100000, 110000);
	chip_bench_close(b);
}

static void test_reset_that_never_ends_is_named_after_100_ms(void **state)
{
	struct chip_bench b;

	(void)state;
	chip_bench_open(&b, "mock:");
	never_ends(&b);
	/* Over the serial interface it looks again and again. */
	chip_bench_open(&b, "mock:");
	chip_bench_stick(&b, VSC7448_DEVCPU_ORG_DEVCPU_ORG_IF_CTRL, 0xf, 1);
	chip_bench_stick(&b, VSC7448_DEVCPU_ORG_DEVCPU_ORG_IF_CFGSTAT, UINT32_MAX, 0x02000003);
	never_ends(&b);
}

static void test_a_chip_that_is_another_after_reset_is_refused(void **state)
{
	struct error err = { 0 };
	struct chip_bench b;

	(void)state;
	chip_bench_open(&b, "mock:");
	chip_bench_stick(&b, VSC7448_DEVCPU_GCB_CHIP_REGS_CHIP_ID, UINT32_MAX, UINT32_MAX);
	assert_int_equal(vsc7448_reset(b.chip, &err), E_NODEV);
	chip_bench_close(&b);
}

/* The vendor's count of the same: HOWTO section 2, a_init 23801. */
static void test_init_costs_less_than_half_of_the_vendors(void **state)
{
	struct chip_bench b;
	size_t n;

	(void)state;
	open_and_init(&b);
	n = chip_bench_reads(&b) + chip_bench_writes(&b);
	print_message("init: %zu reads, %zu writes\n", chip_bench_reads(&b),
		      chip_bench_writes(&b));
	assert_in_range(n, 5000, 23801 / 2);
	chip_bench_close(&b);
}

static void test_init_twice_leaves_the_same(void **state)
{
	static const uint64_t some[] = {
		VSC7448_QSYS_SYSTEM_RESET_CFG,      VSC7448_ANA_L3_VLAN_VLAN_MASK_CFG(1),
		VSC7448_QRES_RES_CTRL_RES_CFG(503), VSC7448_ANA_AC_PGID_PGID_CFG(60),
		VSC7448_QSYS_CALCFG_CAL_AUTO(3),
	};
	uint32_t before[sizeof(some) / sizeof(some[0])];
	struct error err = { 0 };
	struct chip_bench b;

	(void)state;
	open_and_init(&b);
	for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++)
		before[i] = chip_bench_peek(&b, some[i]);
	assert_int_equal(init_base(&b, &err), 0);
	for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
		assert_int_not_equal(before[i], 0);
		assert_int_equal(chip_bench_peek(&b, some[i]), before[i]);
	}
	chip_bench_close(&b);
}

/* Bits of @a that init writes, with what it leaves there in @a and in @b. */
static void compare_written(const struct chip_bench *a, const struct chip_bench *b)
{
	size_t n = 0;

	for (size_t i = 0; i < a->n_access; i++) {
		uint64_t addr = a->access[i].addr;
		uint32_t in_a = chip_bench_peek(a, addr), in_b = chip_bench_peek(b, addr);

		if (a->access[i].kind != BUS_OP_WRITE || addr < UINT64_C(0x71010000))
			continue;
		if (in_a != in_b)
			fail_msg("0x%08llx: 0x%08x, 0x%08x", (unsigned long long)addr, in_a,
				 in_b);
		n++;
	}
	assert_true(n > 5000);
}

static void test_init_over_the_serial_interface_leaves_the_same(void **state)
{
	struct error err = { 0 };
	struct chip_bench direct, si;

	(void)state;
	open_and_init(&direct);
	chip_bench_open(&si, "mock:,si");
	if (init_base(&si, &err) != 0)
		fail_msg("%s", err.text);
	compare_written(&direct, &si);
	chip_bench_close(&si);
	chip_bench_close(&direct);
}

static void test_init_works_whatever_unknown_registers_hold(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= 5; seed++) {
		struct error err = { 0 };
		struct chip_bench b;
		char uri[32];

		snprintf(uri, sizeof(uri), "mock:,seed=%u", seed);
		chip_bench_open(&b, uri);
		if (init_base(&b, &err) != 0)
			fail_msg("%s: %s", uri, err.text);
		assert_int_equal(chip_bench_peek(&b, VSC7448_QRES_RES_CTRL_RES_CFG(503)),
				 0xa4b);
		print_message("%s: %zu accesses\n", uri,
			      chip_bench_reads(&b) + chip_bench_writes(&b));
		assert_true(chip_bench_reads(&b) + chip_bench_writes(&b) < 23801 / 2);
		chip_bench_close(&b);
	}
}

static void test_the_calendar_reaches_the_store(void **state)
{
	uint8_t slots[VSC7448_CALENDAR_SLOTS];
	struct vsc7448_port_map map;
	struct error err = { 0 };
	struct chip_bench b;

	(void)state;
	open_and_init(&b);
	vsc7448_port_map_base(&map);
	assert_int_equal(vsc7448_calendar_make(&map, &err, slots), 0);
	assert_int_equal(mv_calendar_length(b.model), VSC7448_CALENDAR_SLOTS);
	for (uint32_t i = 0; i < VSC7448_CALENDAR_SLOTS; i++)
		assert_int_equal(mv_calendar_port(b.model, i), slots[i]);
	chip_bench_close(&b);
}

static void test_a_bad_map_is_refused_before_anything_is_done(void **state)
{
	struct vsc7448_port_map map;
	struct error err = { 0 };
	struct chip_bench b;

	(void)state;
	chip_bench_open(&b, "mock:");
	vsc7448_port_map_base(&map);
	map.mbps[52] = 10000;
	assert_int_equal(vsc7448_init(b.chip, &map, 0, &err), E_RANGE);
	assert_int_equal(b.n_access, 0);
	chip_bench_close(&b);
}

static void test_without_reset_a_running_core_keeps_its_memories(void **state)
{
	struct vsc7448_port_map map;
	struct error err = { 0 };
	struct chip_bench b;

	(void)state;
	chip_bench_open(&b, "mock:");
	chip_bench_poke(&b, VSC7448_QSYS_SYSTEM_RESET_CFG, 1);
	vsc7448_port_map_base(&map);
	assert_int_equal(vsc7448_init(b.chip, &map, VSC7448_INIT_NO_RESET, &err), 0);
	assert_int_equal(first_write(&b, VSC7448_DEVCPU_GCB_CHIP_REGS_SOFT_RST), b.n_access);
	assert_int_equal(first_write(&b, VSC7448_REW_RAM_CTRL_RAM_INIT), b.n_access);
	chip_bench_close(&b);
}

/* --- waits ------------------------------------------------------------------------------- */

static void test_every_wait_of_init_ends_with_the_bits_name(void **state)
{
	static const struct {
		uint64_t addr;
		uint32_t bits;
		const char *text;
	} waits[] = {
		{ VSC7448_ANA_AC_STAT_GLOBAL_CFG_PORT_STAT_RESET, 1, "STAT_RESET" },
		{ VSC7448_ASM_CFG_STAT_CFG, 1, "ASM:CFG:STAT_CFG" },
		{ VSC7448_QSYS_RAM_CTRL_RAM_INIT, 2, "QSYS:RAM_CTRL:RAM_INIT" },
		{ VSC7448_REW_RAM_CTRL_RAM_INIT, 2, "REW:RAM_CTRL:RAM_INIT" },
		{ VSC7448_VOP_RAM_CTRL_RAM_INIT, 2, "VOP:RAM_CTRL:RAM_INIT" },
		{ VSC7448_ANA_AC_RAM_CTRL_RAM_INIT, 2, "ANA_AC:RAM_CTRL:RAM_INIT" },
		{ VSC7448_ASM_RAM_CTRL_RAM_INIT, 2, "ASM:RAM_CTRL:RAM_INIT" },
		{ VSC7448_DSM_RAM_CTRL_RAM_INIT, 2, "DSM:RAM_CTRL:RAM_INIT" },
		{ VSC7448_ANA_AC_POL_POL_ALL_CFG_POL_ALL_CFG, 1, "POL_ALL_CFG.FORCE_INIT" },
		{ VSC7448_ANA_AC_POL_POL_ALL_CFG_POL_ALL_CFG, 0x10, ".ACL_FORCE_INIT" },
		{ VSC7448_ANA_AC_POL_POL_ALL_CFG_POL_ALL_CFG, 0x400, ".STORM_FORCE_INIT" },
		{ VSC7448_HSIO_MCB_SERDES6G_CFG_MCB_SERDES6G_ADDR_CFG, UINT32_C(1) << 30,
		  "SERDES6G_RD_ONE_SHOT" },
		{ VSC7448_HSIO_MCB_SERDES6G_CFG_MCB_SERDES6G_ADDR_CFG, UINT32_C(1) << 31,
		  "SERDES6G_WR_ONE_SHOT" },
		{ VSC7448_HSIO_MCB_SERDES1G_CFG_MCB_SERDES1G_ADDR_CFG, UINT32_C(1) << 30,
		  "SERDES1G_RD_ONE_SHOT" },
		{ VSC7448_HSIO_MCB_SERDES1G_CFG_MCB_SERDES1G_ADDR_CFG, UINT32_C(1) << 31,
		  "SERDES1G_WR_ONE_SHOT" },
		{ VSC7448_VCAP_SUPER_VCAP_CORE_CFG_VCAP_UPDATE_CTRL, 4,
		  "VCAP_SUPER:VCAP_CORE_CFG:VCAP_UPDATE_CTRL.UPDATE_SHOT" },
		{ VSC7448_VCAP_ES0_VCAP_CORE_CFG_VCAP_UPDATE_CTRL, 4,
		  "VCAP_ES0:VCAP_CORE_CFG:VCAP_UPDATE_CTRL.UPDATE_SHOT" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++) {
		struct error err = { 0 };
		struct chip_bench b;

		chip_bench_open(&b, "mock:");
		chip_bench_stick(&b, waits[i].addr, waits[i].bits, waits[i].bits);
		assert_int_equal(init_base(&b, &err), E_TIMEOUT);
		if (strstr(err.text, waits[i].text) == NULL ||
		    strstr(err.text, "was not 0x0 within") == NULL)
			fail_msg("%s: %s", waits[i].text, err.text);
		chip_bench_close(&b);
	}
}

static void test_a_pll_is_started_again_ten_times(void **state)
{
	struct error err = { 0 };
	struct chip_bench b;

	(void)state;
	chip_bench_open(&b, "mock:");
	mv_set_bad_starts(b.model, 1, 10);
	assert_int_equal(init_base(&b, &err), 0);
	mv_set_bad_starts(b.model, 1, 11);
	assert_int_equal(init_base(&b, &err), E_STATE);
	assert_non_null(strstr(err.text, "HSIO:PLL5G_STATUS[1]:PLL5G_STATUS1.GAIN_STAT is 1 "
					 "after 11 starts of 10 ms"));
	assert_int_equal(init_base(&b, &err), 0);
	chip_bench_close(&b);
}

static void test_another_core_clock_is_refused(void **state)
{
	struct error err = { 0 };
	struct chip_bench b;

	(void)state;
	chip_bench_open(&b, "mock:");
	chip_bench_stick(&b, VSC7448_HSIO_PLL5G_CFG_PLL5G_CFG0(0), 0x3f, 3);
	assert_int_equal(init_base(&b, &err), E_STATE);
	assert_non_null(strstr(err.text, "the core clock is 277.77 MHz"));
	chip_bench_close(&b);
}

/* --- faults ------------------------------------------------------------------------------ */

/*
 * One access fails, for each access; the next round, on the same handle and chip, goes one
 * further.  A step of 37 by default, 1 with SOAK set.
 */
static void test_any_access_may_fail_and_init_can_be_repeated(void **state)
{
	const size_t step = getenv("SOAK") != NULL ? 1 : 37;
	struct saboteur saboteur = { 0 };
	struct error err = { 0 };
	struct chip_bench b;
	size_t n;

	(void)state;
	chip_bench_open(&b, "mock:");
	chip_bench_sabotage(&b, &saboteur);
	for (n = 1;; n += step) {
		int rc;

		saboteur = (struct saboteur){ .left = n };
		rc = init_base(&b, &err);
		chip_bench_forget_log(&b);
		if (!saboteur.struck) {
			if (rc != 0)
				fail_msg("access %zu: %s", n, err.text);
			break;
		}
		if (rc != E_IO || err.text[0] == '\0')
			fail_msg("access %zu: %d %s", n, rc, err.text);
	}
	assert_true(n > 5000);
	saboteur.left = 0;
	assert_int_equal(init_base(&b, &err), 0);
	chip_bench_close(&b);
}

/* --- state and temperature --------------------------------------------------------------- */

static void test_the_state_tells_clocks_and_ports(void **state)
{
	struct vsc7448_chip_state got;
	struct error err = { 0 };
	struct chip_bench b;

	(void)state;
	chip_bench_open(&b, "mock:");
	assert_int_equal(vsc7448_chip_state(b.chip, &err, &got), 0);
	assert_false(got.core_enabled);
	assert_int_equal(got.open, 0);
	assert_int_equal(init_base(&b, &err), 0);
	assert_int_equal(vsc7448_chip_state(b.chip, &err, &got), 0);
	assert_true(got.core_enabled);
	assert_int_equal(got.core_khz, 250000);
	assert_int_equal(got.cycle_ps, 4000);
	assert_int_equal(got.pll_gain[1], 6);
	assert_int_equal(got.calendar_mode, 9);
	assert_int_equal(got.open, UINT64_C(0xf) << 53);
	chip_bench_close(&b);
}

/* Raw 160: 37.0 and 44.9 degrees, HOWTO section 6 point 6. */
static void test_temperature_by_both_formulas(void **state)
{
	struct vsc7448_temperature t;
	struct error err = { 0 };
	struct chip_bench b;

	(void)state;
	chip_bench_open(&b, "mock:");
	assert_int_equal(vsc7448_temperature_read(b.chip, &err, &t), 0);
	assert_int_equal(t.raw, 160);
	assert_int_equal(t.millidegrees, 36968);
	assert_int_equal(t.driver_millidegrees, 44920);
	mv_set_temperature(b.model, 100);
	chip_bench_forget_log(&b);
	assert_int_equal(vsc7448_temperature_read(b.chip, &err, &t), 0);
	assert_int_equal(t.raw, 100);
	assert_int_equal(chip_bench_writes(&b), 0);
	for (unsigned raw = 0; raw < 256; raw++) {
		t = vsc7448_temperature_of((uint8_t)raw);
		assert_true(t.driver_millidegrees > t.millidegrees);
	}
	chip_bench_close(&b);
}

static void test_a_sensor_without_a_value_is_named(void **state)
{
	struct vsc7448_temperature t = { .raw = 7 };
	struct error err = { 0 };
	struct chip_bench b;

	(void)state;
	chip_bench_open(&b, "mock:");
	chip_bench_stick(&b, VSC7448_DEVCPU_GCB_TEMP_SENSOR_TEMP_SENSOR_STAT, 0x100, 0);
	assert_int_equal(vsc7448_temperature_read(b.chip, &err, &t), E_TIMEOUT);
	assert_non_null(strstr(err.text, "TEMP_SENSOR_STAT.TEMP_VALID was not 0x1"));
	assert_int_equal(t.raw, 7);
	chip_bench_close(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reset_protects_the_vcore_and_keeps_gpios),
		cmocka_unit_test(test_reset_over_si_rewrites_padding_before_every_look),
		cmocka_unit_test(test_reset_that_never_ends_is_named_after_100_ms),
		cmocka_unit_test(test_a_chip_that_is_another_after_reset_is_refused),
		cmocka_unit_test(test_init_costs_less_than_half_of_the_vendors),
		cmocka_unit_test(test_init_twice_leaves_the_same),
		cmocka_unit_test(test_init_over_the_serial_interface_leaves_the_same),
		cmocka_unit_test(test_init_works_whatever_unknown_registers_hold),
		cmocka_unit_test(test_the_calendar_reaches_the_store),
		cmocka_unit_test(test_a_bad_map_is_refused_before_anything_is_done),
		cmocka_unit_test(test_without_reset_a_running_core_keeps_its_memories),
		cmocka_unit_test(test_every_wait_of_init_ends_with_the_bits_name),
		cmocka_unit_test(test_a_pll_is_started_again_ten_times),
		cmocka_unit_test(test_another_core_clock_is_refused),
		cmocka_unit_test(test_any_access_may_fail_and_init_can_be_repeated),
		cmocka_unit_test(test_the_state_tells_clocks_and_ports),
		cmocka_unit_test(test_temperature_by_both_formulas),
		cmocka_unit_test(test_a_sensor_without_a_value_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
