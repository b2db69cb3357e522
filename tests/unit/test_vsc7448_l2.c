/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * VLANs, isolation, mirror and policers: what is read back, what is refused, and what a failure
 * leaves.  The registers themselves are compared with the vendor's in test_vsc7448_vendor_tables.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "hal/vsc7448/isolate.h"
#include "hal/vsc7448/masks.h"
#include "hal/vsc7448/mirror.h"
#include "hal/vsc7448/police.h"
#include "hal/vsc7448/vlan.h"
#include "tests/lib/chip_bench.h"
#include "vsc7448_regs.h"

#define P(n)      (UINT64_C(1) << (n))
#define SRC(b, i) chip_bench_peek(b, VSC7448_ANA_AC_SRC_SRC_CFG(i))
#define GATE(b)   chip_bench_peek(b, VSC7448_ANA_L3_COMMON_PORT_FWD_CTRL)

static void open_all_up(struct chip_bench *b)
{
	struct error err = { 0 };

	chip_bench_open(b, "mock:");
	for (uint32_t port = 0; port < 32; port++)
		chip_bench_poke(b, VSC7448_ANA_AC_PGID_PGID_CFG(port), UINT32_C(1) << port);
	assert_int_equal(vsc7448_forward_set(b->chip, VSC7448_FRONT_PORTS, true, &err), 0);
	chip_bench_forget_log(b);
}

/* --- isolation --------------------------------------------------------------------------- */

static void test_isolated_ports_stay_apart_when_they_go_down_and_come_back(void **state)
{
	vsc7448_ports apart[VSC7448_N_PORTS];
	struct chip_bench b;
	struct error err = { 0 };

	(void)state;
	open_all_up(&b);
	assert_int_equal(vsc7448_isolate_sources(b.chip, 3, 3, &err), 0);
	assert_int_equal(SRC(&b, 0), 0xfffffffc);
	assert_int_equal(SRC(&b, 1), 0xfffffffc);
	assert_int_equal(SRC(&b, 2), 0xfffffffb);
	assert_int_equal(vsc7448_forward_set(b.chip, 7, false, &err), 0);
	assert_int_equal(SRC(&b, 0), 0xfffffffc); /* remembered, and the gate is closed */
	assert_int_equal(SRC(&b, 2), 0);
	assert_int_equal(GATE(&b), 0xfffffffc);
	chip_bench_reopen(&b);
	assert_int_equal(vsc7448_forward_set(b.chip, 7, true, &err), 0);
	assert_int_equal(SRC(&b, 0), 0xfffffffc);
	assert_int_equal(SRC(&b, 1), 0xfffffffc);
	assert_int_equal(SRC(&b, 2), 0xfffffffb);
	assert_int_equal(GATE(&b), 0xffffffff);
	assert_int_equal(vsc7448_isolate_get(b.chip, &err, apart), 0);
	assert_int_equal(apart[0], 2);
	assert_int_equal(apart[1], 1);
	assert_int_equal(apart[2], 0);
	assert_int_equal(vsc7448_isolate_clear(b.chip, 1, &err), 0);
	assert_int_equal(SRC(&b, 0), 0xfffffffe);
	assert_int_equal(SRC(&b, 1), 0xfffffffd);
	chip_bench_close(&b);
}

static void test_a_port_opened_again_while_it_is_out_is_like_any_other(void **state)
{
	struct chip_bench b;
	struct error err = { 0 };

	(void)state;
	open_all_up(&b);
	assert_int_equal(vsc7448_isolate_sources(b.chip, 1, 0xf0, &err), 0);
	assert_int_equal(vsc7448_forward_set(b.chip, 1, false, &err), 0);
	assert_int_equal(vsc7448_isolate_clear(b.chip, 1, &err), 0);
	assert_int_equal(SRC(&b, 0), 0);
	assert_int_equal(SRC(&b, 4), 0xffffffef);
	assert_int_equal(GATE(&b), 0xffffffff);
	chip_bench_close(&b);
}

static void test_ports_that_are_out_can_be_isolated_beforehand(void **state)
{
	vsc7448_ports apart[VSC7448_N_PORTS];
	struct chip_bench b;
	struct error err = { 0 };

	(void)state;
	open_all_up(&b);
	assert_int_equal(vsc7448_forward_set(b.chip, 7, false, &err), 0);
	assert_int_equal(vsc7448_isolate_sources(b.chip, 3, 3, &err), 0);
	assert_int_equal(GATE(&b), 0xfffffffc);
	assert_int_equal(vsc7448_isolate_get(b.chip, &err, apart), 0);
	assert_int_equal(apart[0], 2);
	assert_int_equal(vsc7448_forward_set(b.chip, 7, true, &err), 0);
	assert_int_equal(SRC(&b, 0), 0xfffffffc);
	assert_int_equal(SRC(&b, 1), 0xfffffffc);
	assert_int_equal(SRC(&b, 2), 0xfffffffb);
	assert_int_equal(GATE(&b), 0xffffffff);
	chip_bench_close(&b);
}

static void test_isolation_that_cannot_be_is_refused(void **state)
{
	struct chip_bench b;
	struct error err = { 0 };

	(void)state;
	open_all_up(&b);
	assert_int_equal(vsc7448_isolate_sources(b.chip, 1, VSC7448_FRONT_PORTS, &err),
			 E_RANGE);
	assert_string_equal(err.text, "port 0 would reach no port");
	assert_int_equal(vsc7448_isolate_private_set(b.chip, P(53), &err), E_RANGE);
	assert_int_equal(SRC(&b, 0), 0xfffffffe);
	chip_bench_close(&b);
}

/* --- VLAN -------------------------------------------------------------------------------- */

static void test_vlans_are_read_back_and_removed(void **state)
{
	const struct vsc7448_vlan want = { .members = P(0) | P(48),
					   .fid = 7,
					   .ingress_filter = true,
					   .no_learn = true,
					   .private_vlan = true };
	struct vsc7448_vlan vlan;
	struct chip_bench b;
	struct error err = { 0 };

	(void)state;
	chip_bench_open(&b, "mock:");
	assert_int_equal(vsc7448_vlan_set(b.chip, 100, &want, &err), 0);
	chip_bench_reopen(&b);
	assert_int_equal(vsc7448_vlan_get(b.chip, 100, &err, &vlan), 0);
	assert_int_equal(vlan.members, want.members);
	assert_int_equal(vlan.fid, 7);
	assert_true(vlan.ingress_filter && vlan.no_learn && vlan.private_vlan);
	assert_false(vlan.no_flood || vlan.mirror || vlan.routed);
	assert_int_equal(vsc7448_vlan_del(b.chip, 100, &err), 0);
	assert_int_equal(chip_bench_peek(&b, VSC7448_ANA_L3_VLAN_VLAN_CFG(100)), 0);
	chip_bench_poke(&b, VSC7448_ANA_L3_VLAN_VLAN_CFG(5), 0x504);
	chip_bench_poke(&b, VSC7448_ANA_L3_VLAN_VMID_CFG(5), 9);
	chip_bench_reopen(&b);
	assert_int_equal(vsc7448_vlan_del(b.chip, 5, &err), E_STATE);
	assert_string_equal(err.text, "VLAN 5 has router leg 9");
	assert_int_equal(vsc7448_vlan_set(b.chip, 0, &want, &err), E_RANGE);
	assert_int_equal(vsc7448_vlan_set(b.chip, 1, &(struct vsc7448_vlan){ 0 }, &err),
			 E_RANGE);
	assert_string_equal(err.text, "FID 0: they go from 1 to 4095");
	chip_bench_close(&b);
}

static void test_a_known_vlan_changes_by_what_changes(void **state)
{
	struct vsc7448_vlan vlan = { .members = 3, .fid = 100 };
	struct chip_bench b;
	struct error err = { 0 };

	(void)state;
	chip_bench_open(&b, "mock:");
	assert_int_equal(vsc7448_vlan_set(b.chip, 100, &vlan, &err), 0);
	chip_bench_forget_log(&b);
	vlan.members = 7;
	assert_int_equal(vsc7448_vlan_set(b.chip, 100, &vlan, &err), 0);
	assert_int_equal(b.n_access, 1);
	chip_bench_close(&b);
}

static void test_vlan_ports_are_read_back(void **state)
{
	struct vsc7448_vlan_port conf = { 0 };
	struct chip_bench b;
	struct error err = { 0 };

	(void)state;
	chip_bench_open(&b, "mock:");
	for (int aware = 1; aware <= VSC7448_VLAN_CUSTOM_S; aware++)
		for (int accept = 0; accept <= VSC7448_VLAN_ACCEPT_UNTAGGED; accept++)
			for (int tagging = 0; tagging <= VSC7448_VLAN_TAG_ALL; tagging++) {
				const struct vsc7448_vlan_port want = {
					.pvid = 100,
					.aware = (enum vsc7448_vlan_aware)aware,
					.accept = (enum vsc7448_vlan_accept)accept,
					.ingress_filter = accept == 1,
					.tagging = (enum vsc7448_vlan_tagging)tagging,
					.untagged_vid = 200,
				};

				assert_int_equal(vsc7448_vlan_port_set(b.chip, 48, &want, &err),
						 0);
				assert_int_equal(vsc7448_vlan_port_get(b.chip, 48, &err, &conf),
						 0);
				assert_int_equal(conf.pvid, 100);
				assert_int_equal(conf.aware, aware);
				assert_int_equal(conf.accept, accept);
				assert_int_equal(conf.ingress_filter, accept == 1);
				assert_int_equal(conf.tagging, tagging);
			}
	conf.pvid = 0;
	assert_int_equal(vsc7448_vlan_port_set(b.chip, 48, &conf, &err), E_RANGE);
	conf.pvid = 1;
	assert_int_equal(vsc7448_vlan_port_set(b.chip, 53, &conf, &err), E_RANGE);
	chip_bench_close(&b);
}

/* The registers of MESA's vtss_cil_l2_vlan_conf_set(), traced. */
static void test_the_custom_tag_is_known_on_both_sides(void **state)
{
	struct chip_bench b;
	struct error err = { 0 };
	uint16_t ethertype = 0;

	(void)state;
	chip_bench_open(&b, "mock:");
	assert_int_equal(vsc7448_vlan_custom_tag_set(b.chip, 0x9100, &err), 0);
	assert_int_equal(chip_bench_peek(&b, VSC7448_ANA_CL_COMMON_VLAN_STAG_CFG(0)), 0x9100);
	assert_int_equal(chip_bench_peek(&b, VSC7448_REW_COMMON_TPID_CFG(0)), 0x9100);
	assert_int_equal(vsc7448_vlan_custom_tag_get(b.chip, &err, &ethertype), 0);
	assert_int_equal(ethertype, 0x9100);
	assert_int_equal(vsc7448_vlan_custom_tag_set(b.chip, 0x5ff, &err), E_RANGE);
	chip_bench_close(&b);
}

static void test_the_egress_tcam_that_stays_busy_is_told(void **state)
{
	struct chip_bench b;
	struct error err = { 0 };

	(void)state;
	chip_bench_open(&b, "mock:");
	chip_bench_stick(&b, VSC7448_VCAP_ES0_VCAP_CORE_CFG_VCAP_UPDATE_CTRL, 4, 4);
	assert_int_equal(vsc7448_vlan_port_set(b.chip, 3, &VSC7448_VLAN_PORT_DEFAULT, &err),
			 E_TIMEOUT);
	assert_non_null(strstr(err.text, "VCAP_UPDATE_CTRL.UPDATE_SHOT was not 0x0 within"));
	chip_bench_close(&b);
}

/* --- mirror and policers ------------------------------------------------------------------ */

static void test_a_mirror_is_read_back_and_touches_no_vlan(void **state)
{
	const struct vsc7448_mirror want = { .on = true,
					     .monitor = 48,
					     .rx = 1,
					     .tx = P(50),
					     .tag = VSC7448_MIRROR_TAG_S,
					     .vid = 200,
					     .pcp = 5 };
	struct vsc7448_mirror mirror;
	struct chip_bench b;
	struct error err = { 0 };

	(void)state;
	chip_bench_open(&b, "mock:");
	assert_int_equal(vsc7448_mirror_set(b.chip, &want, &err), 0);
	assert_int_equal(chip_bench_writes(&b), 18);
	assert_int_equal(chip_bench_reads(&b), 0);
	chip_bench_reopen(&b);
	assert_int_equal(vsc7448_mirror_get(b.chip, &err, &mirror), 0);
	assert_true(mirror.on);
	assert_int_equal(mirror.monitor, 48);
	assert_int_equal(mirror.rx, 1);
	assert_int_equal(mirror.tx, P(50));
	assert_int_equal(mirror.tag, VSC7448_MIRROR_TAG_S);
	assert_int_equal(mirror.vid, 200);
	assert_int_equal(mirror.pcp, 5);
	mirror.tx = P(48);
	assert_int_equal(vsc7448_mirror_set(b.chip, &mirror, &err), E_RANGE);
	assert_string_equal(err.text, "port 48 cannot mirror what it sends itself");
	chip_bench_close(&b);
}

/* Steps of 25.04 kbit/s and 10 frames/s, rounded up: MESA's comment on jr2_calc_policer_rate(). */
static void test_rates_are_rounded_up_to_steps(void **state)
{
	static const struct {
		struct vsc7448_rate limit;
		uint32_t steps, back;
	} rows[] = {
		{ { true, false, 25 }, 1, 25 },
		{ { true, false, 26 }, 2, 50 },
		{ { true, false, 100 }, 4, 100 },
		{ { true, true, 40 }, 4, 40 },
		{ { true, true, 41 }, 5, 50 },
		{ { true, false, 0 }, 0, 0 },
		{ { true, true, UINT32_MAX }, 0x7ffff, 5242870 },
	};
	struct chip_bench b;
	struct error err = { 0 };

	(void)state;
	chip_bench_open(&b, "mock:");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct vsc7448_storm_policer policer = { rows[i].limit, VSC7448_POLICE_CPU };

		assert_int_equal(vsc7448_storm_set(b.chip, VSC7448_STORM_MC, &policer, &err),
				 0);
		assert_int_equal(
			chip_bench_peek(&b,
					VSC7448_ANA_AC_POL_POL_ALL_CFG_POL_STORM_RATE_CFG(1)),
			rows[i].steps);
		assert_int_equal(vsc7448_storm_get(b.chip, VSC7448_STORM_MC, &err, &policer),
				 0);
		assert_true(policer.limit.limited);
		assert_int_equal(policer.limit.rate, rows[i].back);
		assert_int_equal(policer.to, VSC7448_POLICE_CPU);
	}
	chip_bench_close(&b);
}

static void test_port_policers_are_read_back_and_taken_away(void **state)
{
	struct vsc7448_port_policer policer = {
		{ true, false, 100000 }, 65537, VSC7448_POLICE_UNKNOWN_UC, VSC7448_POLICE_ALL
	};
	struct chip_bench b;
	struct error err = { 0 };

	(void)state;
	chip_bench_open(&b, "mock:");
	assert_int_equal(vsc7448_police_set(b.chip, 52, 3, &policer, &err), 0);
	assert_int_equal(vsc7448_police_get(b.chip, 52, 3, &err, &policer), 0);
	assert_true(policer.limit.limited);
	assert_int_equal(policer.limit.rate, 100009); /* 3994 steps */
	assert_int_equal(policer.burst_bytes, 9 * 8192);
	assert_int_equal(policer.kinds, VSC7448_POLICE_UNKNOWN_UC);
	policer.limit.limited = false;
	assert_int_equal(vsc7448_police_set(b.chip, 52, 3, &policer, &err), 0);
	assert_int_equal(vsc7448_police_get(b.chip, 52, 3, &err, &policer), 0);
	assert_false(policer.limit.limited);
	assert_int_equal(vsc7448_police_set(b.chip, 53, 0, &policer, &err), E_RANGE);
	assert_int_equal(vsc7448_police_set(b.chip, 0, 4, &policer, &err), E_RANGE);
	assert_string_equal(err.text, "policer 4: a port has four, 0 to 3");
	chip_bench_close(&b);
}

static void test_pgids_by_name_and_number(void **state)
{
	struct vsc7448_pgid pgid = { .ports = P(0) | P(52), .cpu_copy = true, .cpu_queue = 5 };
	struct chip_bench b;
	struct error err = { 0 };
	uint32_t number = 0;

	(void)state;
	chip_bench_open(&b, "mock:");
	assert_true(vsc7448_pgid_find("ipv6-mc-data", &number));
	assert_int_equal(number, 57);
	assert_false(vsc7448_pgid_find("uc", &number));
	assert_string_equal(vsc7448_pgid_name(60), "flood");
	assert_null(vsc7448_pgid_name(61));
	assert_int_equal(vsc7448_pgid_set(b.chip, 1076, &pgid, &err), 0);
	assert_int_equal(chip_bench_peek(&b, VSC7448_ANA_AC_PGID_PGID_MISC_CFG(1076)), 0x51);
	assert_int_equal(vsc7448_pgid_get(b.chip, 1076, 1, &err, &pgid), 0);
	assert_int_equal(pgid.ports, P(0) | P(52));
	assert_int_equal(pgid.cpu_queue, 5);
	assert_int_equal(vsc7448_pgid_set(b.chip, 1077, &pgid, &err), E_RANGE);
	assert_int_equal(vsc7448_pgid_set(b.chip, 52, &pgid, &err), E_STATE);
	assert_int_equal(vsc7448_pgid_get(b.chip, 1070, 8, &err, &pgid), E_RANGE);
	assert_string_equal(err.text, "PGID 1077: they go from 0 to 1076");
	chip_bench_close(&b);
}

/* --- accesses that fail ------------------------------------------------------------------- */

static int make_vlan(struct chip_bench *b, struct error *err)
{
	return vsc7448_vlan_set(b->chip, 100,
				&(struct vsc7448_vlan){ .members = 3, .fid = 100 }, err);
}

static int set_vlan_port(struct chip_bench *b, struct error *err)
{
	return vsc7448_vlan_port_set(b->chip, 3, &VSC7448_VLAN_PORT_DEFAULT, err);
}

static int up(struct chip_bench *b, struct error *err)
{
	return vsc7448_forward_set(b->chip, 0xff, true, err);
}

static int isolate(struct chip_bench *b, struct error *err)
{
	int rc = vsc7448_isolate_sources(b->chip, 3, 3, err);

	if (rc == 0) {
		assert_int_equal(SRC(b, 0), 0xfffffffc);
		assert_int_equal(SRC(b, 1), 0xfffffffc);
	}
	return rc;
}

static int isolated(struct chip_bench *b, struct error *err)
{
	int rc = up(b, err);

	return rc != 0 ? rc : vsc7448_isolate_sources(b->chip, 3, 3, err);
}

static int isolated_down(struct chip_bench *b, struct error *err)
{
	int rc = vsc7448_forward_set(b->chip, 1, false, err);

	if (rc == 0) {
		assert_int_equal(SRC(b, 0), 0xfffffffc);
		assert_int_equal(GATE(b) & 1, 0);
	}
	return rc;
}

static int isolate_out(struct chip_bench *b, struct error *err)
{
	int rc = vsc7448_isolate_sources(b->chip, 0x300, 0x300, err);

	if (rc == 0) {
		assert_int_equal(SRC(b, 8), 0xfffffcff);
		assert_int_equal(GATE(b) & 0x300, 0);
	}
	return rc;
}

static int out(struct chip_bench *b, struct error *err)
{
	chip_bench_poke(b, VSC7448_ANA_L3_COMMON_PORT_FWD_CTRL, UINT32_MAX);
	return up(b, err);
}

static int isolated_and_down(struct chip_bench *b, struct error *err)
{
	int rc = isolated(b, err);

	return rc != 0 ? rc : vsc7448_forward_set(b->chip, 1, false, err);
}

static int isolated_up(struct chip_bench *b, struct error *err)
{
	int rc = vsc7448_forward_set(b->chip, 1, true, err);

	if (rc == 0) {
		assert_int_equal(SRC(b, 0), 0xfffffffc);
		assert_int_equal(GATE(b) & 1, 1);
	}
	return rc;
}

static void test_every_failing_access_is_told_and_can_be_repeated(void **state)
{
	(void)state;
	assert_int_equal(chip_bench_sweep(NULL, make_vlan), 4);
	assert_true(chip_bench_sweep(NULL, set_vlan_port) > 20);
	assert_true(chip_bench_sweep(up, isolate) > 200);
	assert_true(chip_bench_sweep(out, isolate_out) > 200);
	assert_true(chip_bench_sweep(isolated, isolated_down) > 30);
	assert_true(chip_bench_sweep(isolated_and_down, isolated_up) > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_isolated_ports_stay_apart_when_they_go_down_and_come_back),
		cmocka_unit_test(test_a_port_opened_again_while_it_is_out_is_like_any_other),
		cmocka_unit_test(test_ports_that_are_out_can_be_isolated_beforehand),
		cmocka_unit_test(test_isolation_that_cannot_be_is_refused),
		cmocka_unit_test(test_vlans_are_read_back_and_removed),
		cmocka_unit_test(test_a_known_vlan_changes_by_what_changes),
		cmocka_unit_test(test_vlan_ports_are_read_back),
		cmocka_unit_test(test_the_custom_tag_is_known_on_both_sides),
		cmocka_unit_test(test_the_egress_tcam_that_stays_busy_is_told),
		cmocka_unit_test(test_a_mirror_is_read_back_and_touches_no_vlan),
		cmocka_unit_test(test_rates_are_rounded_up_to_steps),
		cmocka_unit_test(test_port_policers_are_read_back_and_taken_away),
		cmocka_unit_test(test_pgids_by_name_and_number),
		cmocka_unit_test(test_every_failing_access_is_told_and_can_be_repeated),
	};

	return cmocka_run_group_tests_name("vsc7448_l2", tests, NULL, NULL);
}
