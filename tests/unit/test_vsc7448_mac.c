/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The MAC table: groups of ports, walking, flushing, ageing, and a table that never answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "drv/clock.h"
#include "drv/world.h"
#include "hal/vsc7448/mac.h"
#include "tests/lib/chip_bench.h"
#include "vsc7448_regs.h"

#define CTRL VSC7448_LRN_COMMON_COMMON_ACCESS_CTRL

static struct vsc7448_mac_entry station(uint16_t vid, uint8_t last, vsc7448_ports ports)
{
	return (struct vsc7448_mac_entry){ .key = { vid, { { 2, 0, 0, 0, 0, last } } },
					   .ports = ports,
					   .locked = true };
}

static void add(struct chip_bench *b, const struct vsc7448_mac_entry *entry)
{
	struct error err = { 0 };

	assert_int_equal(vsc7448_mac_add(b->chip, entry, &err), 0);
}

static uint32_t pgid_of(struct chip_bench *b, uint16_t vid, uint8_t last)
{
	struct vsc7448_mac_entry entry = station(vid, last, 0);
	struct error err = { 0 };

	assert_int_equal(vsc7448_mac_find(b->chip, &entry.key, &err, &entry), 0);
	return entry.pgid;
}

static void del(struct chip_bench *b, uint16_t vid, uint8_t last)
{
	struct vsc7448_mac_entry entry = station(vid, last, 0);
	struct error err = { 0 };

	assert_int_equal(vsc7448_mac_del(b->chip, &entry.key, &err), 0);
}

static void test_groups_are_shared_and_freed_when_unused(void **state)
{
	struct vsc7448_mac_entry entry = station(1, 1, 0x18);
	struct chip_bench b;

	(void)state;
	chip_bench_open(&b, "mock:");
	add(&b, &entry);
	entry.key.mac.octet[5] = 2;
	add(&b, &entry);
	entry.key.mac.octet[5] = 3;
	entry.ports = 0x38;
	add(&b, &entry);
	entry.key.mac.octet[5] = 4;
	entry.ports = 0x18;
	entry.cpu_copy = true;
	add(&b, &entry);
	assert_int_equal(pgid_of(&b, 1, 1), 61);
	assert_int_equal(pgid_of(&b, 1, 2), 61);
	assert_int_equal(pgid_of(&b, 1, 3), 62);
	assert_int_equal(pgid_of(&b, 1, 4), 63);
	del(&b, 1, 1);
	assert_int_equal(chip_bench_peek(&b, VSC7448_ANA_AC_PGID_PGID_CFG(61)), 0x18);
	del(&b, 1, 2);
	assert_int_equal(chip_bench_peek(&b, VSC7448_ANA_AC_PGID_PGID_CFG(61)), 0);
	assert_int_equal(chip_bench_peek(&b, VSC7448_ANA_AC_PGID_PGID_CFG(62)), 0x38);
	/* The free one is taken again, and an entry that moves frees its own. */
	entry = station(1, 3, 0x300);
	add(&b, &entry);
	assert_int_equal(pgid_of(&b, 1, 3), 61);
	assert_int_equal(chip_bench_peek(&b, VSC7448_ANA_AC_PGID_PGID_CFG(62)), 0);
	entry.ports = 1;
	add(&b, &entry);
	assert_int_equal(chip_bench_peek(&b, VSC7448_ANA_AC_PGID_PGID_CFG(61)), 0);
	assert_int_equal(chip_bench_peek(&b, VSC7448_ANA_AC_PGID_PGID_MISC_CFG(63)), 1);
	chip_bench_close(&b);
}

/* A chip whose scans leave static entries out. */
static void test_no_group_is_freed_that_a_scan_does_not_see(void **state)
{
	struct vsc7448_mac_entry entry = station(1, 1, 0x18);
	struct chip_bench b;

	(void)state;
	chip_bench_open(&b, "mock:");
	add(&b, &entry);
	chip_bench_stick(&b, VSC7448_LRN_COMMON_SCAN_NEXT_CNT, 0xffff, 0);
	del(&b, 1, 1);
	assert_int_equal(chip_bench_peek(&b, VSC7448_ANA_AC_PGID_PGID_CFG(61)), 0x18);
	chip_bench_close(&b);
}

static void test_all_ports_and_none_have_pgids_of_their_own(void **state)
{
	struct vsc7448_mac_entry entry = station(1, 1, VSC7448_FRONT_PORTS);
	struct chip_bench b;
	struct error err = { 0 };

	(void)state;
	chip_bench_open(&b, "mock:");
	add(&b, &entry);
	entry = station(1, 2, 0);
	add(&b, &entry);
	assert_int_equal(pgid_of(&b, 1, 1), VSC7448_PGID_FLOOD);
	assert_int_equal(pgid_of(&b, 1, 2), VSC7448_PGID_DROP);
	assert_int_equal(vsc7448_mac_find(b.chip, &entry.key, &err, &entry), 0);
	assert_true(entry.locked);
	assert_int_equal(chip_bench_peek(&b, VSC7448_LRN_COMMON_MAC_ACCESS_CFG_2), 0x1001b006);
	chip_bench_close(&b);
}

static void test_entries_lie_under_the_fid_of_their_vlan(void **state)
{
	struct vsc7448_mac_entry entry = station(100, 1, 1), found;
	struct chip_bench b;
	struct error err = { 0 };

	(void)state;
	chip_bench_open(&b, "mock:");
	chip_bench_poke(&b, VSC7448_ANA_L3_VLAN_VLAN_CFG(100), 7 << 8);
	add(&b, &entry);
	assert_int_equal(vsc7448_mac_find(b.chip, &entry.key, &err, &found), 0);
	assert_int_equal(found.key.vid, 7);
	entry.key.mac.octet[0] = 3; /* multicast: the VLAN itself */
	add(&b, &entry);
	assert_int_equal(vsc7448_mac_find(b.chip, &entry.key, &err, &found), 0);
	assert_int_equal(found.key.vid, 100);
	chip_bench_close(&b);
}

struct seen {
	size_t n, stop_after;
	struct vsc7448_mac_entry entry[16];
};

static bool note(void *arg, const struct vsc7448_mac_entry *entry)
{
	struct seen *seen = arg;

	assert_true(seen->n < 16);
	seen->entry[seen->n++] = *entry;
	return seen->n != seen->stop_after;
}

static void fill(struct chip_bench *b)
{
	struct vsc7448_mac_entry entry;

	for (uint8_t i = 5; i > 0; i--) {
		entry = station((uint16_t)(1 + i % 2), i, UINT64_C(1) << i);
		entry.locked = i != 3;
		add(b, &entry);
	}
}

static void check_walk(struct chip_bench *b)
{
	static const uint8_t order[] = { 2, 4, 1, 3, 5 };
	struct seen seen = { 0 };
	struct error err = { 0 };

	assert_int_equal(vsc7448_mac_walk(b->chip, note, &seen, &err), 0);
	assert_int_equal(seen.n, 5);
	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(seen.entry[i].key.mac.octet[5], order[i]);
		assert_int_equal(seen.entry[i].key.vid, i < 2 ? 1 : 2);
		assert_int_equal(seen.entry[i].ports, UINT64_C(1) << order[i]);
		assert_int_equal(seen.entry[i].locked, order[i] != 3);
	}
}

static void test_the_walk_finds_static_and_learned_entries_in_order(void **state)
{
	struct seen seen = { .stop_after = 2 };
	struct chip_bench b;
	struct error err = { 0 };

	(void)state;
	chip_bench_open(&b, "mock:");
	fill(&b);
	chip_bench_forget_log(&b);
	check_walk(&b);
	assert_true(b.n_access <= 5 * 5 + 5 + 3 + 4); /* five an entry */
	assert_int_equal(vsc7448_mac_walk(b.chip, note, &seen, &err), 0);
	assert_int_equal(seen.n, 2);
	chip_bench_close(&b);
}

/* A chip whose FIND_SMALLEST leaves static entries out, as MESA says it does. */
static void test_the_walk_reads_all_rows_when_the_count_differs(void **state)
{
	struct chip_bench b;

	(void)state;
	chip_bench_open(&b, "mock:");
	fill(&b);
	chip_bench_stick(&b, VSC7448_LRN_COMMON_SCAN_NEXT_CNT, 0xffff, 6);
	chip_bench_forget_log(&b);
	check_walk(&b);
	assert_true(b.n_access > 4 * 32768);
	chip_bench_close(&b);
}

static void test_answers_that_go_backwards_end_the_walk(void **state)
{
	struct seen seen = { 0 };
	struct chip_bench b;
	struct error err = { 0 };

	(void)state;
	chip_bench_open(&b, "mock:");
	fill(&b);
	chip_bench_stick(&b, VSC7448_LRN_COMMON_MAC_ACCESS_CFG_1, 0xff, 1);
	chip_bench_stick(&b, VSC7448_LRN_COMMON_MAC_ACCESS_CFG_0, 0x1fff0000, 0x10000);
	assert_int_equal(vsc7448_mac_walk(b.chip, note, &seen, &err), E_CORRUPT);
	assert_non_null(strstr(err.text, "LRN FIND_SMALLEST went back from entry 1"));
	assert_int_equal(seen.n, 0);
	chip_bench_close(&b);
}

static void test_flushing_spares_static_entries_and_other_places(void **state)
{
	struct vsc7448_mac_filter filter = { 3, VSC7448_MAC_ANY };
	struct vsc7448_mac_entry entry;
	struct chip_bench b;
	struct error err = { 0 };

	(void)state;
	chip_bench_open(&b, "mock:");
	for (uint8_t i = 1; i <= 4; i++) {
		entry = station(i < 4 ? 1 : 2, i, i == 2 ? 0x10 : 8);
		entry.locked = i == 3;
		add(&b, &entry);
	}
	filter.vid = 1;
	assert_int_equal(vsc7448_mac_flush(b.chip, &filter, &err), 0);
	assert_int_equal(
		vsc7448_mac_find(b.chip,
				 &(struct vsc7448_mac_key){ 1, { { 2, 0, 0, 0, 0, 1 } } }, &err,
				 &entry),
		E_NOTFOUND);
	assert_string_equal(err.text, "02:00:00:00:00:01 is not in the MAC table in VLAN 1");
	assert_int_equal(pgid_of(&b, 1, 2), 4);
	assert_int_equal(pgid_of(&b, 1, 3), 3);
	assert_int_equal(pgid_of(&b, 2, 4), 3);
	chip_bench_close(&b);
}

static void test_silent_addresses_go_within_the_age_time(void **state)
{
	static const uint32_t sizes[] = { 0, 1 };
	struct vsc7448_mac_key key = { 1, { { 2, 0, 0, 0, 0, 1 } } };
	uint32_t seconds = 0;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct vsc7448_mac_entry entry = station(1, 1, 1);
		struct chip_bench b;
		struct error err = { 0 };

		chip_bench_open(&b, "mock:");
		chip_bench_poke(&b, VSC7448_ANA_L2_COMMON_LRN_CFG, sizes[i] << 17);
		assert_int_equal(vsc7448_mac_age_time_set(b.chip, 300, &err), 0);
		assert_int_equal(vsc7448_mac_age_time_get(b.chip, &err, &seconds), 0);
		assert_int_equal(seconds, 300);
		entry.locked = false;
		add(&b, &entry);
		clock_wait_us(world_clock(b.world), 140000000);
		assert_int_equal(vsc7448_mac_find(b.chip, &key, &err, &entry), 0);
		clock_wait_us(world_clock(b.world), 165000000);
		assert_int_equal(vsc7448_mac_find(b.chip, &key, &err, &entry), E_NOTFOUND);
		chip_bench_close(&b);
	}
}

static void test_ageing_off_and_short_times(void **state)
{
	struct chip_bench b;
	struct error err = { 0 };
	uint32_t seconds = 9;

	(void)state;
	chip_bench_open(&b, "mock:");
	assert_int_equal(vsc7448_mac_age_time_set(b.chip, 1, &err), 0);
	assert_int_equal(vsc7448_mac_age_time_get(b.chip, &err, &seconds), 0);
	assert_int_equal(seconds, 0);
	assert_int_equal(vsc7448_mac_age_time_set(b.chip, UINT32_MAX, &err), E_RANGE);
	chip_bench_close(&b);
}

static void test_a_full_row_of_static_entries_is_told(void **state)
{
	struct vsc7448_mac_entry entry = station(1, 1, 1);
	struct chip_bench b;
	struct error err = { 0 };

	(void)state;
	chip_bench_open(&b, "mock:");
	chip_bench_stick(&b, VSC7448_LRN_COMMON_EVENT_STICKY, 1, 1);
	assert_int_equal(vsc7448_mac_add(b.chip, &entry, &err), E_STATE);
	assert_non_null(strstr(err.text, "the row of the MAC table is full of static entries"));
	chip_bench_close(&b);
}

static void test_bad_entries_are_refused_and_nothing_is_touched(void **state)
{
	struct vsc7448_mac_entry entry = station(1, 1, 3);
	struct chip_bench b;
	struct error err = { 0 };

	(void)state;
	chip_bench_open(&b, "mock:");
	entry.locked = false;
	assert_int_equal(vsc7448_mac_add(b.chip, &entry, &err), E_RANGE);
	assert_string_equal(err.text, "only a static entry can have several ports");
	entry.ports = 1;
	entry.cpu_copy = true;
	assert_int_equal(vsc7448_mac_add(b.chip, &entry, &err), E_RANGE);
	entry.locked = true;
	entry.cpu_queue = 8;
	assert_int_equal(vsc7448_mac_add(b.chip, &entry, &err), E_RANGE);
	entry.cpu_queue = 0;
	entry.key.vid = 4096;
	assert_int_equal(vsc7448_mac_add(b.chip, &entry, &err), E_RANGE);
	assert_string_equal(err.text, "VLAN 4096: they go from 1 to 4095");
	assert_int_equal(b.n_access, 0);
	chip_bench_close(&b);
}

/* --- a table that never answers, and accesses that fail ----------------------------------- */

static int run_add(struct chip_bench *b, struct error *err)
{
	struct vsc7448_mac_entry entry = station(1, 1, 0x18);

	return vsc7448_mac_add(b->chip, &entry, err);
}

static int run_del(struct chip_bench *b, struct error *err)
{
	struct vsc7448_mac_entry entry = station(1, 1, 0x18);
	int rc = vsc7448_mac_del(b->chip, &entry.key, err);

	/* When the failed try had removed it, there is nothing left to do. */
	return rc == E_NOTFOUND ? 0 : rc;
}

static int run_find(struct chip_bench *b, struct error *err)
{
	struct vsc7448_mac_entry entry = station(1, 1, 0x18);

	return vsc7448_mac_find(b->chip, &entry.key, err, &entry);
}

static int run_walk(struct chip_bench *b, struct error *err)
{
	struct seen seen = { 0 };

	return vsc7448_mac_walk(b->chip, note, &seen, err);
}

static int run_flush(struct chip_bench *b, struct error *err)
{
	return vsc7448_mac_flush(b->chip, &(struct vsc7448_mac_filter){ 3, 1 }, err);
}

static int run_age(struct chip_bench *b, struct error *err)
{
	return vsc7448_mac_age(b->chip, err);
}

static void test_every_command_times_out_when_the_shot_stays(void **state)
{
	static const chip_bench_op ops[] = { run_add,  run_del,   run_find,
					     run_walk, run_flush, run_age };

	(void)state;
	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
		struct chip_bench b;
		struct error err = { 0 };

		chip_bench_open(&b, "mock:");
		chip_bench_stick(&b, CTRL, 1, 1);
		assert_int_equal(ops[i](&b, &err), E_TIMEOUT);
		assert_non_null(strstr(err.text,
				       "LRN:COMMON:COMMON_ACCESS_CTRL.MAC_TABLE_ACCESS_SHOT "
				       "was not 0x0 within 100000 us, last 0x1"));
		chip_bench_close(&b);
	}
}

static void test_every_failing_access_is_told_and_can_be_repeated(void **state)
{
	(void)state;
	assert_true(chip_bench_sweep(NULL, run_add) > 100);
	assert_true(chip_bench_sweep(run_add, run_del) > 10);
	assert_true(chip_bench_sweep(run_add, run_walk) > 10);
	assert_true(chip_bench_sweep(NULL, run_flush) > 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_groups_are_shared_and_freed_when_unused),
		cmocka_unit_test(test_no_group_is_freed_that_a_scan_does_not_see),
		cmocka_unit_test(test_all_ports_and_none_have_pgids_of_their_own),
		cmocka_unit_test(test_entries_lie_under_the_fid_of_their_vlan),
		cmocka_unit_test(test_the_walk_finds_static_and_learned_entries_in_order),
		cmocka_unit_test(test_the_walk_reads_all_rows_when_the_count_differs),
		cmocka_unit_test(test_answers_that_go_backwards_end_the_walk),
		cmocka_unit_test(test_flushing_spares_static_entries_and_other_places),
		cmocka_unit_test(test_silent_addresses_go_within_the_age_time),
		cmocka_unit_test(test_ageing_off_and_short_times),
		cmocka_unit_test(test_a_full_row_of_static_entries_is_told),
		cmocka_unit_test(test_bad_entries_are_refused_and_nothing_is_touched),
		cmocka_unit_test(test_every_command_times_out_when_the_shot_stays),
		cmocka_unit_test(test_every_failing_access_is_told_and_can_be_repeated),
	};

	return cmocka_run_group_tests_name("vsc7448_mac", tests, NULL, NULL);
}
