/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ports in forwarding and link aggregation.  The values are those that MESA leaves: traces of
 * vtss_port_state_set() and vtss_aggr_port_members_set() (base/ail/vtss_l2_api.c,
 * vtss_update_masks), all 53 ports up.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "hal/vsc7448/lag.h"
#include "tests/lib/chip_bench.h"
#include "vsc7448_regs.h"

#define SRC(i)   chip_bench_peek(b, VSC7448_ANA_AC_SRC_SRC_CFG(i))
#define SRC1(i)  chip_bench_peek(b, VSC7448_ANA_AC_SRC_SRC_CFG1(i))
#define AGGR(i)  chip_bench_peek(b, VSC7448_ANA_AC_AGGR_AGGR_CFG(i))
#define AGGR1(i) chip_bench_peek(b, VSC7448_ANA_AC_AGGR_AGGR_CFG1(i))
#define PGID(i)  chip_bench_peek(b, VSC7448_ANA_AC_PGID_PGID_CFG(i))
#define LPORT(i) chip_bench_peek(b, VSC7448_ANA_CL_PORT_PORT_ID_CFG(i))
#define LEARN    chip_bench_peek(b, VSC7448_ANA_L3_MSTP_MSTP_LRN_CFG(0))
#define LEARN1   chip_bench_peek(b, VSC7448_ANA_L3_MSTP_MSTP_LRN_CFG1(0))

/* As vtss_port_map_set() leaves a chip: PGIDs of ports have one bit. */
static void init_pgids(struct chip_bench *b)
{
	for (uint32_t port = 0; port < 53; port++)
		chip_bench_poke(b,
				port < 32 ? VSC7448_ANA_AC_PGID_PGID_CFG(port)
					  : VSC7448_ANA_AC_PGID_PGID_CFG1(port),
				UINT32_C(1) << port % 32);
	chip_bench_poke(b, VSC7448_ANA_L3_MSTP_MSTP_LRN_CFG(0), UINT32_MAX);
	chip_bench_poke(b, VSC7448_ANA_L3_MSTP_MSTP_LRN_CFG1(0), 0x1fffff);
	chip_bench_poke(b, VSC7448_ANA_L3_COMMON_PORT_FWD_CTRL, UINT32_MAX);
	chip_bench_poke(b, VSC7448_ANA_L3_COMMON_PORT_FWD_CTRL1, 0x1fffff);
}

static struct chip_bench *open_all_up(struct chip_bench *b)
{
	struct error err = { 0 };

	chip_bench_open(b, "mock:,plain");
	init_pgids(b);
	assert_int_equal(vsc7448_forward_set(b->chip, VSC7448_FRONT_PORTS, true, &err), 0);
	chip_bench_forget_log(b);
	return b;
}

static void set_lag(struct chip_bench *b, vsc7448_ports members)
{
	struct error err = { 0 };

	assert_int_equal(vsc7448_lag_set(b->chip, members, &err), 0);
}

static void set_forward(struct chip_bench *b, vsc7448_ports ports, bool on)
{
	struct error err = { 0 };

	assert_int_equal(vsc7448_forward_set(b->chip, ports, on, &err), 0);
}

static void test_first_port_up_of_a_fresh_chip(void **state)
{
	struct chip_bench bench, *b = &bench;

	(void)state;
	chip_bench_open(b, "mock:,plain");
	init_pgids(b);
	set_forward(b, UINT64_C(1) << 3, true);
	assert_int_equal(SRC(3), 0xfffffff7);
	assert_int_equal(SRC1(3), 0x1fffff);
	assert_int_equal(SRC(2), 0);
	for (uint32_t code = 0; code < 16; code++) {
		assert_int_equal(AGGR(code), 8);
		assert_int_equal(AGGR1(code), 0);
	}
	assert_int_equal(LEARN, 8);
	assert_int_equal(LEARN1, 0);
	assert_int_equal(LPORT(3), 3);
	chip_bench_close(b);
}

static void test_port_down_loses_its_source_aggr_and_learning(void **state)
{
	struct chip_bench bench, *b = open_all_up(&bench);

	(void)state;
	set_forward(b, UINT64_C(1) << 3, false);
	assert_int_equal(SRC(3), 0);
	assert_int_equal(SRC1(3), 0);
	assert_int_equal(SRC(2), 0xfffffffb); /* the rows of the others stay */
	for (uint32_t code = 0; code < 16; code++) {
		assert_int_equal(AGGR(code), 0xfffffff7);
		assert_int_equal(AGGR1(code), 0x1fffff);
	}
	assert_int_equal(LEARN, 0xfffffff7);
	/* SRC 2, AGGR 16, learning mask 1: nothing else changes. */
	assert_int_equal(chip_bench_writes(b), 19);
	assert_int_equal(chip_bench_reads(b), 0);
	chip_bench_forget_log(b);
	set_forward(b, UINT64_C(1) << 3, false);
	assert_int_equal(b->n_access, 0);
	set_forward(b, UINT64_C(1) << 3, true);
	assert_int_equal(SRC(3), 0xfffffff7);
	assert_int_equal(AGGR(7), 0xffffffff);
	assert_int_equal(LEARN, 0xffffffff);
	chip_bench_close(b);
}

static void test_group_of_eight_shares_sixteen_codes(void **state)
{
	static const uint32_t want[16] = {
		0xffffff01, 0xffffff80, 0xffffff40, 0xffffff20, 0xffffff10, 0xffffff08,
		0xffffff04, 0xffffff02, 0xffffff01, 0xffffff80, 0xffffff40, 0xffffff20,
		0xffffff10, 0xffffff08, 0xffffff04, 0xffffff02,
	};
	struct chip_bench bench, *b = open_all_up(&bench);

	(void)state;
	set_lag(b, 0xff);
	for (uint32_t code = 0; code < 16; code++)
		assert_int_equal(AGGR(code), want[code]);
	for (uint32_t port = 0; port < 8; port++) {
		assert_int_equal(SRC(port), 0xffffff00);
		assert_int_equal(SRC1(port), 0x1fffff);
		assert_int_equal(PGID(port), 0xff);
		assert_int_equal(LPORT(port), 0);
	}
	assert_int_equal(SRC(8), 0xfffffeff);
	assert_int_equal(PGID(8), 0x100);
	assert_int_equal(LPORT(8), 8);
	chip_bench_close(b);
}

struct step {
	vsc7448_ports members;
	uint32_t source[3], pgid[3], aggr[3], logical[3];
	size_t writes; /* MESA: 394 */
};

static void test_members_come_and_go_with_changes_only(void **state)
{
	static const struct step steps[] = {
		{ 0x3,
		  { 0xfffffffc, 0xfffffffc, 0xfffffffb },
		  { 3, 3, 4 },
		  { 0xfffffffd, 0xfffffffe, 0xfffffffd },
		  { 0, 0, 2 },
		  21 },
		{ 0x7,
		  { 0xfffffff8, 0xfffffff8, 0xfffffff8 },
		  { 7, 7, 7 },
		  { 0xfffffff9, 0xfffffffc, 0xfffffffa },
		  { 0, 0, 0 },
		  23 },
		{ 0x5,
		  { 0xfffffffa, 0xfffffffd, 0xfffffffa },
		  { 5, 2, 5 },
		  { 0xfffffffb, 0xfffffffe, 0xfffffffb },
		  { 0, 1, 0 },
		  23 },
		{ 0x6,
		  { 0xfffffffe, 0xfffffff9, 0xfffffff9 },
		  { 1, 6, 6 },
		  { 0xfffffffb, 0xfffffffd, 0xfffffffb },
		  { 0, 1, 1 },
		  17 }, /* 15 changes; SRC and PGID of port 2 pass a value between */
	};
	struct chip_bench bench, *b = open_all_up(&bench);

	(void)state;
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		const struct step *step = &steps[i];

		chip_bench_forget_log(b);
		set_lag(b, step->members);
		for (uint32_t port = 0; port < 3; port++) {
			assert_int_equal(SRC(port), step->source[port]);
			assert_int_equal(PGID(port), step->pgid[port]);
			assert_int_equal(AGGR(port), step->aggr[port]);
			assert_int_equal(LPORT(port), step->logical[port]);
		}
		assert_int_equal(chip_bench_reads(b), 0);
		assert_int_equal(chip_bench_writes(b), step->writes);
		chip_bench_forget_log(b);
		set_lag(b, step->members);
		assert_int_equal(b->n_access, 0);
	}
	chip_bench_close(b);
}

static void test_a_lost_member_gives_its_codes_to_the_others(void **state)
{
	struct chip_bench bench, *b = open_all_up(&bench);

	(void)state;
	set_lag(b, 0xff);
	chip_bench_forget_log(b);
	set_forward(b, 1 << 3, false);
	assert_int_equal(SRC(3), 0);
	assert_int_equal(LEARN, 0xfffffff7);
	assert_int_equal(AGGR(4), 0xffffff10);
	assert_int_equal(AGGR(5), 0xffffff04);
	assert_int_equal(AGGR(6), 0xffffff02);
	assert_int_equal(AGGR(7), 0xffffff01);
	assert_int_equal(AGGR(8), 0xffffff80);
	assert_int_equal(PGID(3), 0xff);
	assert_true(b->n_access <= 60);
	set_forward(b, 1 << 3, true);
	assert_int_equal(AGGR(5), 0xffffff08);
	assert_int_equal(SRC(3), 0xffffff00);
	chip_bench_close(b);
}

static void test_the_codes_of_a_lost_member_move_first(void **state)
{
	struct chip_bench bench, *b = open_all_up(&bench);
	size_t first = 0;

	(void)state;
	set_lag(b, 0xff);
	chip_bench_forget_log(b);
	set_forward(b, 1 << 3, false);
	while (b->access[first].addr < VSC7448_ANA_AC_AGGR_AGGR_CFG(0) ||
	       b->access[first].addr > VSC7448_ANA_AC_AGGR_AGGR_CFG1(15))
		first++;
	assert_int_equal(b->access[first].addr, VSC7448_ANA_AC_AGGR_AGGR_CFG(5));
	assert_int_equal(b->access[first + 1].addr, VSC7448_ANA_AC_AGGR_AGGR_CFG(13));
	chip_bench_close(b);
}

static void test_the_first_member_lost_moves_the_logical_port(void **state)
{
	struct chip_bench bench, *b = open_all_up(&bench);

	(void)state;
	set_lag(b, 0xff);
	set_forward(b, 1, false);
	for (uint32_t port = 0; port < 8; port++)
		assert_int_equal(LPORT(port), 1);
	assert_int_equal(AGGR(0), 0xffffff02);
	assert_int_equal(AGGR(7), 0xffffff02);
	chip_bench_close(b);
}

/* Replays the writes of a change and tells whether each code always led to a member. */
static void check_no_code_without_member(struct chip_bench *b, const uint32_t pgid[3],
					 const uint32_t aggr[16], uint32_t members)
{
	uint32_t now_pgid[3], now_aggr[16];

	for (size_t i = 0; i < 3; i++)
		now_pgid[i] = pgid[i];
	for (size_t i = 0; i < 16; i++)
		now_aggr[i] = aggr[i];
	for (size_t n = 0; n < b->n_access; n++) {
		for (uint32_t i = 0; i < 3; i++)
			if (b->access[n].addr == VSC7448_ANA_AC_PGID_PGID_CFG(i))
				now_pgid[i] = b->access[n].value;
		for (uint32_t i = 0; i < 16; i++)
			if (b->access[n].addr == VSC7448_ANA_AC_AGGR_AGGR_CFG(i))
				now_aggr[i] = b->access[n].value;
		for (uint32_t dest = 0; dest < 3; dest++)
			for (uint32_t i = 0; i < 16; i++)
				assert_true((now_pgid[dest] & now_aggr[i] & members) != 0);
	}
}

static void test_no_flow_is_without_a_member_while_members_change(void **state)
{
	static const vsc7448_ports changes[] = { 0x3, 0x7, 0x5, 0x6, 0x7, 0x3 };
	struct chip_bench bench, *b = open_all_up(&bench);

	(void)state;
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		uint32_t pgid[3], aggr[16];

		for (uint32_t k = 0; k < 3; k++)
			pgid[k] = PGID(k);
		for (uint32_t k = 0; k < 16; k++)
			aggr[k] = AGGR(k);
		chip_bench_forget_log(b);
		set_lag(b, changes[i]);
		check_no_code_without_member(b, pgid, aggr, 7);
	}
	chip_bench_close(b);
}

static void test_groups_are_read_back_from_the_chip(void **state)
{
	struct vsc7448_lag groups[VSC7448_MAX_LAGS];
	struct chip_bench bench, *b = open_all_up(&bench);
	struct error err = { 0 };
	size_t n = 99;

	(void)state;
	set_lag(b, 0x3);
	set_lag(b, UINT64_C(3) << 50 | 1 << 4);
	set_forward(b, 1 << 4, false);
	chip_bench_reopen(b);
	assert_int_equal(vsc7448_lag_get(b->chip, &err, groups, &n), 0);
	assert_int_equal(n, 2);
	assert_int_equal(groups[0].members, 3);
	assert_int_equal(groups[0].forward, 3);
	assert_int_equal(groups[0].logical_port, 0);
	assert_int_equal(groups[1].members, UINT64_C(3) << 50 | 1 << 4);
	assert_int_equal(groups[1].forward, UINT64_C(3) << 50);
	assert_int_equal(groups[1].logical_port, 50);
	assert_int_equal(vsc7448_lag_clear(b->chip, 1 << 1, &err), 0);
	assert_int_equal(PGID(0), 1);
	assert_int_equal(AGGR(1), 0xffffffef);
	assert_int_equal(SRC(0), 0xfffffffe);
	assert_int_equal(vsc7448_lag_get(b->chip, &err, groups, &n), 0);
	assert_int_equal(n, 1);
	chip_bench_close(b);
}

static void test_pgids_that_contradict_each_other_are_reported(void **state)
{
	struct vsc7448_lag groups[VSC7448_MAX_LAGS];
	struct chip_bench bench, *b = open_all_up(&bench);
	struct error err = { 0 };
	size_t n = 99;

	(void)state;
	chip_bench_poke(b, VSC7448_ANA_AC_PGID_PGID_CFG(0), 3);
	chip_bench_reopen(b);
	assert_int_equal(vsc7448_lag_get(b->chip, &err, groups, &n), E_CORRUPT);
	assert_string_equal(err.text, "ANA_AC:PGID[0] and PGID[1] are of one group but differ");
	assert_int_equal(n, 99);
	chip_bench_close(b);
}

static void test_hash_modes_are_the_vendors(void **state)
{
	struct chip_bench bench, *b = open_all_up(&bench);
	struct error err = { 0 };
	unsigned hash = 0;

	(void)state;
	assert_int_equal(vsc7448_lag_hash_set(b->chip, 0xf, &err), 0);
	assert_int_equal(chip_bench_peek(b, VSC7448_ANA_CL_COMMON_AGGR_CFG), 0x5f);
	assert_int_equal(vsc7448_lag_hash_set(
				 b->chip, VSC7448_LAG_HASH_IP | VSC7448_LAG_HASH_PORTS, &err),
			 0);
	assert_int_equal(chip_bench_peek(b, VSC7448_ANA_CL_COMMON_AGGR_CFG), 0x5c);
	assert_int_equal(vsc7448_lag_hash_set(b->chip, VSC7448_LAG_HASH_DMAC, &err), 0);
	assert_int_equal(chip_bench_peek(b, VSC7448_ANA_CL_COMMON_AGGR_CFG), 2);
	assert_int_equal(vsc7448_lag_hash_get(b->chip, &err, &hash), 0);
	assert_int_equal(hash, VSC7448_LAG_HASH_DMAC);
	chip_bench_close(b);
}

static void test_bad_members_are_refused_and_nothing_is_touched(void **state)
{
	struct chip_bench bench, *b = open_all_up(&bench);
	struct error err = { 0 };

	(void)state;
	assert_int_equal(vsc7448_lag_set(b->chip, 1, &err), E_RANGE);
	assert_string_equal(err.text, "a link aggregation group has two ports or more");
	assert_int_equal(vsc7448_lag_set(b->chip, UINT64_C(1) << 53 | 1, &err), E_RANGE);
	assert_string_equal(err.text, "port 53: the ports of the front are 0 to 52");
	assert_int_equal(vsc7448_forward_set(b->chip, UINT64_C(1) << 60, true, &err), E_RANGE);
	assert_int_equal(b->n_access, 0);
	chip_bench_close(b);
}

static int all_up(struct chip_bench *b, struct error *err)
{
	init_pgids(b);
	return vsc7448_forward_set(b->chip, 0xff, true, err);
}

static int make_group(struct chip_bench *b, struct error *err)
{
	int rc = vsc7448_lag_set(b->chip, 0xf, err);

	if (rc == 0) {
		assert_int_equal(AGGR(0), 0xf1);
		assert_int_equal(AGGR(1), 0xf8);
		assert_int_equal(SRC(0), 0xfffffff0);
	}
	return rc;
}

static int lose_member(struct chip_bench *b, struct error *err)
{
	int rc = vsc7448_forward_set(b->chip, 1 << 2, false, err);

	if (rc == 0) {
		assert_int_equal(SRC(2), 0);
		assert_int_equal(SRC1(2), 0);
		assert_int_equal(AGGR(0), 0xfb);
		assert_int_equal(LEARN, 0xfb);
		assert_int_equal(chip_bench_peek(b, VSC7448_ANA_L3_COMMON_PORT_FWD_CTRL),
				 UINT32_MAX);
	}
	return rc;
}

static int regain_member(struct chip_bench *b, struct error *err)
{
	int rc = vsc7448_forward_set(b->chip, 1 << 9, true, err);

	if (rc == 0) {
		assert_int_equal(SRC(9), 0xfffffdff);
		assert_int_equal(SRC1(9), 0x1fffff);
		assert_int_equal(AGGR(0), 0x2ff);
		assert_int_equal(LEARN, 0x2ff);
	}
	return rc;
}

static int group_of_four(struct chip_bench *b, struct error *err)
{
	int rc = all_up(b, err);

	return rc != 0 ? rc : vsc7448_lag_set(b->chip, 0xf, err);
}

static int swap_members(struct chip_bench *b, struct error *err)
{
	int rc = vsc7448_lag_set(b->chip, 0x1c, err);

	for (uint32_t port = 0; rc == 0 && port < 5; port++) {
		uint32_t group = port < 2 ? 1u << port : 0x1c;

		assert_int_equal(SRC(port), ~group);
		assert_int_equal(PGID(port), group);
		assert_int_equal(LPORT(port), port < 2 ? port : 2);
	}
	return rc;
}

static void test_every_failing_access_is_told_and_the_change_can_be_repeated(void **state)
{
	(void)state;
	assert_true(chip_bench_sweep(all_up, make_group) > 200);
	assert_true(chip_bench_sweep(all_up, lose_member) > 40);
	assert_true(chip_bench_sweep(all_up, regain_member) > 100);
	assert_true(chip_bench_sweep(group_of_four, swap_members) > 200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_first_port_up_of_a_fresh_chip),
		cmocka_unit_test(test_port_down_loses_its_source_aggr_and_learning),
		cmocka_unit_test(test_group_of_eight_shares_sixteen_codes),
		cmocka_unit_test(test_members_come_and_go_with_changes_only),
		cmocka_unit_test(test_a_lost_member_gives_its_codes_to_the_others),
		cmocka_unit_test(test_the_codes_of_a_lost_member_move_first),
		cmocka_unit_test(test_the_first_member_lost_moves_the_logical_port),
		cmocka_unit_test(test_no_flow_is_without_a_member_while_members_change),
		cmocka_unit_test(test_groups_are_read_back_from_the_chip),
		cmocka_unit_test(test_pgids_that_contradict_each_other_are_reported),
		cmocka_unit_test(test_hash_modes_are_the_vendors),
		cmocka_unit_test(test_bad_members_are_refused_and_nothing_is_touched),
		cmocka_unit_test(
			test_every_failing_access_is_told_and_the_change_can_be_repeated),
	};

	return cmocka_run_group_tests_name("vsc7448_lag", tests, NULL, NULL);
}
