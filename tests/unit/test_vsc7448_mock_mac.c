/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The MAC table engine of the model, by its registers.  What commands and filters do is said in the
 * texts of lrn.rdl; the sequences of the vendor's driver (vtss_jaguar2_l2.c) are named where
 * they are used.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drv/clock.h"
#include "drv/mock.h"
#include "drv/world.h"
#include "tests/lib/chip_bench.h"
#include "vsc7448_regs.h"

#define CTRL     VSC7448_LRN_COMMON_COMMON_ACCESS_CTRL
#define CFG_0    VSC7448_LRN_COMMON_MAC_ACCESS_CFG_0
#define CFG_1    VSC7448_LRN_COMMON_MAC_ACCESS_CFG_1
#define CFG_2    VSC7448_LRN_COMMON_MAC_ACCESS_CFG_2
#define NEXT_CFG VSC7448_LRN_COMMON_SCAN_NEXT_CFG
#define NEXT_CNT VSC7448_LRN_COMMON_SCAN_NEXT_CNT
#define STICKY   VSC7448_LRN_COMMON_EVENT_STICKY
#define LATEST   VSC7448_LRN_COMMON_LATEST_POS_STATUS
#define AGE_0    VSC7448_LRN_COMMON_AUTOAGE_CFG(0)
#define AGE_1    VSC7448_LRN_COMMON_AUTOAGE_CFG_1

#define LOCKED 0x10000u
#define VLD    0x8000u

enum { LEARN, UNLEARN, LOOKUP, READ, WRITE, SCAN, FIND_SMALLEST, CLEAR };

static struct chip_bench b;

static int setup(void **state)
{
	(void)state;
	chip_bench_open(&b, "mock:");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	chip_bench_close(&b);
	return 0;
}

static void wr(uint64_t addr, uint32_t value)
{
	assert_int_equal(mock_sw_write(b.mock, addr, value, NULL), 0);
}

static uint32_t rd(uint64_t addr)
{
	uint32_t value = 0;

	assert_int_equal(mock_sw_read(b.mock, addr, &value, NULL), 0);
	return value;
}

static void wait_us(uint64_t us)
{
	clock_wait_us(world_clock(b.world), us);
}

static void run(uint32_t command)
{
	wr(CTRL, command << 1 | 1);
	wait_us(1000);
	assert_int_equal(rd(CTRL) & 1, 0);
}

static void name(uint32_t fid, uint32_t mac)
{
	wr(CFG_0, fid << 16 | 0x0200);
	wr(CFG_1, mac);
}

static void learn(uint32_t fid, uint32_t mac, uint32_t word)
{
	name(fid, mac);
	wr(CFG_2, word | VLD);
	run(LEARN);
}

static uint32_t lookup(uint32_t fid, uint32_t mac)
{
	name(fid, mac);
	run(LOOKUP);
	return rd(CFG_2);
}

static void test_a_command_has_its_effect_when_its_shot_has_cleared(void **state)
{
	(void)state;
	name(1, 7);
	wr(CFG_2, LOCKED | VLD | 3);
	wr(CTRL, LEARN << 1 | 1);
	assert_int_equal(rd(CTRL) & 1, 1);
	assert_int_equal(rd(STICKY), 0);
	wait_us(1);
	assert_int_equal(rd(CTRL) & 1, 0);
	assert_int_equal(rd(STICKY), 2); /* CPU_LRN_INSERT */
	wr(STICKY, 2);
	assert_int_equal(rd(STICKY), 0);

	wr(CTRL, SCAN << 1 | 1);
	wait_us(50);
	assert_int_equal(rd(CTRL) & 1, 1); /* a walk takes longer */
	wait_us(50);
	assert_int_equal(rd(CTRL) & 1, 0);
}

static void test_lookup_finds_what_was_learned_and_nothing_else(void **state)
{
	(void)state;
	learn(1, 7, LOCKED | 3);
	assert_int_equal(lookup(1, 7), LOCKED | VLD | 3);
	assert_int_equal(lookup(2, 7) & VLD, 0);
	assert_int_equal(lookup(1, 8) & VLD, 0);
	learn(1, 7, LOCKED | 4);
	assert_int_equal(lookup(1, 7), LOCKED | VLD | 4);
	name(1, 7);
	run(UNLEARN);
	assert_int_equal(lookup(1, 7) & VLD, 0);
}

/* Learns and walks as vtss_cil_l2_mac_table_get_next(): its own list has the locked entries. */
static void test_find_smallest_walks_in_order_of_fid_and_address(void **state)
{
	static const uint32_t want[][2] = { { 1, 2 }, { 1, 9 }, { 5, 1 } };

	(void)state;
	learn(5, 1, 4);
	learn(1, 9, 4);
	learn(1, 2, 4);
	learn(1, 5, LOCKED | 4);
	wr(NEXT_CFG, 0x200);
	wr(CFG_0, 0);
	wr(CFG_1, 0);
	for (size_t i = 0; i < 3; i++) {
		run(FIND_SMALLEST);
		assert_int_equal(rd(CFG_2), VLD | 4);
		assert_int_equal(rd(CFG_0), want[i][0] << 16 | 0x0200);
		assert_int_equal(rd(CFG_1), want[i][1]);
	}
	run(FIND_SMALLEST);
	assert_int_equal(rd(CFG_2) & VLD, 0);

	wr(NEXT_CFG, 0x240); /* locked ones too */
	name(1, 2);
	run(FIND_SMALLEST);
	assert_int_equal(rd(CFG_1), 5);
}

static void test_two_ageing_scans_flush_what_is_not_locked(void **state)
{
	(void)state;
	learn(1, 1, 4);
	learn(1, 2, LOCKED | 4);
	learn(2, 3, 5);
	wr(NEXT_CFG, 0x53c); /* vtss_jaguar2_l2.c, jr2_mac_table_age_cmd() */
	run(SCAN);
	assert_int_equal(rd(NEXT_CNT), 2);
	assert_int_equal(lookup(1, 1) >> 19 & 3, 1);
	run(SCAN);
	assert_int_equal(lookup(1, 1) & VLD, 0);
	assert_int_equal(lookup(2, 3) & VLD, 0);
	assert_int_equal(lookup(1, 2), LOCKED | VLD | 4);
}

static void test_scans_can_be_limited_to_a_fid_or_a_destination(void **state)
{
	(void)state;
	learn(1, 1, 4);
	learn(2, 2, 4);
	learn(2, 3, 5);
	wr(NEXT_CFG, 0x43e); /* remove at once, FID filter */
	name(1, 0);
	run(SCAN);
	assert_int_equal(lookup(1, 1) & VLD, 0);
	assert_int_equal(lookup(2, 2), VLD | 4);
	wr(NEXT_CFG, 0x43d); /* address filter */
	wr(CFG_2, 5);
	run(SCAN);
	assert_int_equal(lookup(2, 3) & VLD, 0);
	assert_int_equal(lookup(2, 2), VLD | 4);
	wr(NEXT_CFG, 0x404); /* only age interval 0, and another port */
	wr(VSC7448_ANA_L2_COMMON_FILTER_LOCAL_CTRL, 1u << 4);
	wr(NEXT_CFG, 0xc3c); /* under the port filter: entries of port 4 stay */
	run(SCAN);
	assert_int_equal(lookup(2, 2), VLD | 4);
}

static void test_a_moving_scan_changes_the_destination_of_its_matches(void **state)
{
	(void)state;
	learn(1, 1, 4);
	learn(1, 2, 6);
	wr(NEXT_CFG, 0x203d & ~0x200u);
	wr(VSC7448_LRN_COMMON_SCAN_NEXT_CFG_1, 9u << 16 | 0x7fff);
	wr(CFG_2, 4);
	run(SCAN);
	assert_int_equal(lookup(1, 1), VLD | 9);
	assert_int_equal(lookup(1, 2), VLD | 6);
}

static void test_a_scan_until_found_tells_row_and_buckets(void **state)
{
	uint32_t ctrl, row;

	(void)state;
	learn(1, 1, 4);
	row = rd(LATEST) >> 4 & 0x3fff;
	wr(NEXT_CFG, 0x23c);
	run(SCAN);
	ctrl = rd(CTRL);
	assert_int_equal(ctrl >> 5 & 0x3fff, row);
	assert_int_equal(rd(LATEST) >> 18 & 0xf, 1);
	wr(CTRL, row << 5 | READ << 1 | 1);
	wait_us(10);
	assert_int_equal(rd(CFG_1), 1);
	assert_int_equal(rd(CFG_2), VLD | 4);
	wr(CTRL, (row + 1) << 5 | SCAN << 1 | 1);
	wait_us(1000);
	assert_int_equal(rd(NEXT_CNT), 0);
}

/* Age time 300 as vtss_cil_l2_mac_table_age_time_set() writes it: half the time, two steps. */
static void test_an_idle_station_ages_out_between_half_the_age_time_and_all_of_it(void **state)
{
	(void)state;
	wr(AGE_0, 0x10000001);
	wr(AGE_1, 3);
	wr(AGE_0, 0x30000096);
	wr(AGE_1, 2);
	learn(1, 1, 4);
	learn(1, 2, LOCKED | 4);
	wait_us(149000000);
	assert_int_equal(lookup(1, 1) >> 19 & 3, 0);
	wait_us(1000000);
	assert_int_equal(lookup(1, 1) >> 19 & 3, 1);
	wait_us(150000000);
	assert_int_equal(lookup(1, 1) & VLD, 0);
	assert_int_equal(lookup(1, 2), LOCKED | VLD | 4);
	assert_true((rd(STICKY) & 1u << 21) != 0); /* AUTOAGE_REMOVE */
}

static void test_forced_idle_stops_ageing(void **state)
{
	(void)state;
	wr(AGE_0, 0x30000001);
	wr(AGE_1, 3);
	learn(1, 1, 4);
	wait_us(10000000);
	assert_int_equal(lookup(1, 1), VLD | 4);
	assert_int_equal(rd(AGE_1) & 2, 0); /* the stop has been obtained */
}

static void test_a_forced_scan_ages_one_step_at_once(void **state)
{
	(void)state;
	wr(VSC7448_ANA_L2_COMMON_LRN_CFG, 1u << 17); /* AGE_SIZE: two bits */
	learn(1, 1, 4);
	for (uint32_t age = 1; age <= 3; age++) {
		wr(AGE_1, 1u << 2);
		assert_int_equal(lookup(1, 1) >> 19 & 3, age);
	}
	wr(AGE_1, 1u << 2);
	assert_int_equal(lookup(1, 1) & VLD, 0);
}

/*
 * Fills the row of station 1 with four entries and learns a fifth one, which is returned: the
 * first whose learning sets one of the sticky bits @full.  Stations of other rows are unlearned.
 */
static uint32_t fill_row(uint32_t word, uint32_t full)
{
	uint32_t row = 0;

	for (uint32_t mac = 1; mac < 1000000; mac++) {
		learn(1, mac, word);
		if ((rd(STICKY) & full) != 0)
			return mac;
		if (mac == 1)
			row = rd(LATEST) >> 4 & 0x3fff;
		if ((rd(LATEST) >> 4 & 0x3fff) != row)
			run(UNLEARN);
	}
	fail_msg("no row was full");
	return 0;
}

static void test_a_full_row_of_locked_entries_takes_no_more(void **state)
{
	uint32_t fifth = fill_row(LOCKED | 4, 1); /* CPU_LRN_FAILED */

	(void)state;
	assert_int_equal(lookup(1, fifth) & VLD, 0);

	wr(VSC7448_ANA_L2_COMMON_LRN_CFG, 1u << 12); /* CPU_LRN_USE_MAC_CAM_ENA */
	learn(1, fifth, 4);
	assert_int_equal(rd(LATEST) >> 24 & 1, 1);
	assert_int_equal(lookup(1, fifth), VLD | 4);
}

static void test_a_full_row_gives_up_an_entry_that_is_not_locked(void **state)
{
	uint32_t fifth = fill_row(4, 4); /* CPU_LRN_REPLACE */

	(void)state;
	assert_int_equal(lookup(1, fifth), VLD | 4);
	assert_int_equal(lookup(1, 1) & VLD, 0);
}

static void test_clear_all_empties_the_table(void **state)
{
	(void)state;
	learn(1, 1, LOCKED | 4);
	run(CLEAR);
	assert_int_equal(lookup(1, 1) & VLD, 0);
}

static void test_a_soft_reset_empties_the_table(void **state)
{
	(void)state;
	learn(1, 1, LOCKED | 4);
	wr(VSC7448_DEVCPU_GCB_CHIP_REGS_SOFT_RST, 2);
	assert_int_equal(lookup(1, 1) & VLD, 0);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_a_command_has_its_effect_when_its_shot_has_cleared),
		T(test_lookup_finds_what_was_learned_and_nothing_else),
		T(test_find_smallest_walks_in_order_of_fid_and_address),
		T(test_two_ageing_scans_flush_what_is_not_locked),
		T(test_scans_can_be_limited_to_a_fid_or_a_destination),
		T(test_a_moving_scan_changes_the_destination_of_its_matches),
		T(test_a_scan_until_found_tells_row_and_buckets),
		T(test_an_idle_station_ages_out_between_half_the_age_time_and_all_of_it),
		T(test_forced_idle_stops_ageing),
		T(test_a_forced_scan_ages_one_step_at_once),
		T(test_a_full_row_of_locked_entries_takes_no_more),
		T(test_a_full_row_gives_up_an_entry_that_is_not_locked),
		T(test_clear_all_empties_the_table),
		T(test_a_soft_reset_empties_the_table),
	};

	return cmocka_run_group_tests_name("vsc7448_mock_mac", tests, NULL, NULL);
}
