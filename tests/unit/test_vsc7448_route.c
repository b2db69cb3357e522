/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Routes, groups and legs on the mock.  Known words are of the vendor's driver
 * (fixtures/vsc7448/vendor/l3_*.stores, .regs).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/route_group.h"

/* Entry, mask, action of an address, read by hand. */
static void assert_address(uint32_t addr, const uint32_t want[7])
{
	static const uint64_t addrs[7] = { 0x71440008, 0x7144000c, 0x71440108, 0x7144010c,
					   0x71440208, 0x7144020c, 0x71440210 };
	uint32_t got[7];

	regio_write(b.chip->io, UPDATE, addr << 3 | 1u << 22 | 4u);
	assert_int_equal(regio_read_many(b.chip->io, addrs, 7, got), 0);
	assert_memory_equal(got, want, sizeof(got));
}

/* --- words of the vendor's driver -------------------------------------------------------- */

static void test_a_host_route_is_as_the_vendors(void **state)
{
	const uint32_t want[7] = { 0x82b, 3, 0, 0xfffffffc, 0x00040802, 0x8e040000, 0 };

	(void)state;
	add("192.0.2.10", 1);
	assert_address(TOP, want);
	assert_int_equal(lookup("192.0.2.10")->mac, UINT64_C(0x020000000001));
	assert_null(lookup("192.0.2.11"));
}

static void test_a_longer_prefix_goes_on_top_as_the_vendors(void **state)
{
	const uint32_t host[7] = { 0x82b, 3, 0, 0xfffffffc, 0x00040802, 0x8e040000, 0 };
	const uint32_t net[7] = { 0x803, 3, 0x3fc, 0xfffffffc, 0x00040802, 0x8e040000, 0 };

	(void)state;
	add("192.0.2.0/24", 1);
	assert_address(TOP, net);
	add("192.0.2.10/32", 1);
	assert_address(TOP, host);
	assert_address(TOP - 1, net);
}

static void test_a_default_route_is_as_the_vendors(void **state)
{
	const uint32_t want[7] = { 3, 0, 0xfffffffc, 0xffffffff, 0x00040802, 0x8e040000, 0 };

	(void)state;
	add("0.0.0.0/0", 1);
	assert_address(TOP, want);
}

static void test_an_ipv6_route_takes_the_next_row_as_the_vendors(void **state)
{
	static const uint32_t want[4][7] = {
		{ 0x10c, 0, 0, 0xfffffff0, 0x00040802, 0x8e040000, 0 },
		{ 0, 0, 0, 0xfffffff0, 0x00040802, 0x8e040000, 0 },
		{ 0x7f8000, 0xc, 0, 0xfffffff0, 0x00040802, 0x8e040000, 0 },
		{ 0x020010da, 0, 0xf0000000, 0xffffffff, 0x00040802, 0x8e040000, 0 },
	};

	(void)state;
	add("192.0.2.10", 1);
	add("2001:db8:ff::10", 1);
	for (uint32_t i = 0; i < 4; i++)
		assert_address(32748 + i, want[i]);
	assert_int_equal(lookup("2001:db8:ff::10")->vmid, 1);
}

/* l3_ecmp4: base 0, count 4; HOWTO j.5 for 16. */
static void test_groups_are_as_the_vendors(void **state)
{
	const uint32_t four[7] = { 0x82b, 3, 0, 0xfffffffc, 0x0000c000, 0, 0 };
	const uint32_t sixteen[7] = { 0x82b, 3, 0, 0xfffffffc, 0x0003c000, 0, 0 };

	(void)state;
	add("192.0.2.10", 4);
	assert_address(TOP, four);
	for (uint32_t i = 0; i < 4; i++) {
		assert_int_equal(chip_bench_peek(&b, VSC7448_ANA_L3_ARP_ARP_CFG_0(i)),
				 0x02000171);
		assert_int_equal(chip_bench_peek(&b, VSC7448_ANA_L3_ARP_ARP_CFG_1(i)), i + 1);
	}
	add("192.0.2.10", 16);
	assert_address(TOP, sixteen);
	assert_int_equal(lookup("192.0.2.10")->n_paths, 16);
}

/* HOWTO j.4, the bases that the vendor's allocator gave: 12,5 and 18,6 and 16,16. */
static void test_bases_and_counts_are_encoded_as_the_vendors(void **state)
{
	static const struct {
		uint32_t base, n, want;
	} known[] = { { 0, 2, 0x00004000 },  { 12, 5, 0x00010030 }, { 18, 6, 0x00014048 },
		      { 0, 7, 0x00018000 },  { 12, 8, 0x0001c030 }, { 0, 16, 0x0003c000 },
		      { 16, 16, 0x0003c040 } };

	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		struct vsc7448_route route = route_to("192.0.2.10", 16), back;
		struct vcap_rule rule;

		route.first_arp = known[i].base;
		route.n_hops = known[i].n;
		vsc7448__route_encode(&route, &rule);
		assert_int_equal(rule.action[0], known[i].want);
		assert_true(vsc7448__route_decode(&rule, &back));
		assert_int_equal(back.first_arp, known[i].base);
		assert_int_equal(back.n_hops, known[i].n);
	}
}

/* l3_host4_no_neighbour: MAC and leg 0. */
static void test_a_route_without_neighbour_is_as_the_vendors(void **state)
{
	const uint32_t want[7] = { 0x82b, 3, 0, 0xfffffffc, 0x00000002, 0x8e000000, 0 };
	struct vsc7448_route route = route_to("192.0.2.10", 1);

	(void)state;
	route.hop[0] = (struct vsc7448_next_hop){ .leg = 0 };
	set(&route);
	assert_address(TOP, want);
}

static void test_the_router_is_set_as_the_vendors(void **state)
{
	struct mac mac = mac_of_number(UINT64_C(0x02aabbccddee));
	struct vsc7448_router router;

	(void)state;
	assert_int_equal(vsc7448_router_set(b.chip, &mac, &err), 0);
	assert_int_equal(chip_bench_peek(&b, VSC7448_ANA_L3_COMMON_RLEG_CFG_0), 0xccddee00);
	assert_int_equal(chip_bench_peek(&b, VSC7448_ANA_L3_COMMON_RLEG_CFG_1), 0x0202aabb);
	assert_int_equal(chip_bench_peek(&b, VSC7448_ANA_L3_COMMON_L3_UC_ENA), UINT32_MAX);
	assert_int_equal(vsc7448_router_get(b.chip, &err, &router), 0);
	assert_memory_equal(&router.mac, &mac, sizeof(mac));
	assert_true(router.enabled);
}

static void test_legs_are_made_and_deleted_as_the_vendors(void **state)
{
	const struct vsc7448_leg leg = { .leg = 1, .vid = 200, .ip4 = true, .ip6 = true };
	struct vsc7448_leg legs[VSC7448_N_LEGS];
	size_t n;

	(void)state;
	chip_bench_poke(&b, VSC7448_ANA_L3_VLAN_VLAN_CFG(200), 0xc800);
	assert_int_equal(vsc7448_leg_set(b.chip, &leg, &err), 0);
	assert_int_equal(chip_bench_peek(&b, VSC7448_ANA_L3_VMID_RLEG_CTRL(1)), 0x00c800c0);
	assert_int_equal(chip_bench_peek(&b, VSC7448_REW_VMID_RLEG_CTRL(1)), 200);
	assert_int_equal(chip_bench_peek(&b, VSC7448_ANA_L3_VLAN_VLAN_CFG(200)), 0xc804);
	assert_int_equal(chip_bench_peek(&b, VSC7448_ANA_L3_VLAN_VMID_CFG(200)), 1);
	assert_int_equal(vsc7448_legs(b.chip, &err, legs, &n), 0);
	assert_int_equal(n, 1);
	assert_int_equal(legs[0].leg, 1);
	assert_int_equal(legs[0].vid, 200);
	assert_true(legs[0].ip4 && legs[0].ip6);
	assert_int_equal(vsc7448_leg_del(b.chip, 1, &err), 0);
	assert_int_equal(chip_bench_peek(&b, VSC7448_ANA_L3_VMID_RLEG_CTRL(1)), 0x00c80000);
	assert_int_equal(chip_bench_peek(&b, VSC7448_ANA_L3_VLAN_VLAN_CFG(200)), 0xc800);
	assert_int_equal(vsc7448_leg_del(b.chip, 1, &err), E_NOTFOUND);
}

static void test_a_vlan_belongs_to_one_leg(void **state)
{
	struct vsc7448_leg leg = { .leg = 1, .vid = 200, .ip4 = true };

	(void)state;
	assert_int_equal(vsc7448_leg_set(b.chip, &leg, &err), 0);
	leg.leg = 2;
	assert_int_equal(vsc7448_leg_set(b.chip, &leg, &err), E_STATE);
	assert_string_equal(err.text, "VLAN 200 is leg 1 already");
	leg.leg = 1;
	leg.vid = 300;
	assert_int_equal(vsc7448_leg_set(b.chip, &leg, &err), 0);
	assert_int_equal(chip_bench_peek(&b, VSC7448_ANA_L3_VLAN_VLAN_CFG(200)) & 4, 0);
	leg.leg = 2;
	leg.vid = 200;
	assert_int_equal(vsc7448_leg_set(b.chip, &leg, &err), 0);
}

static void test_leg_counters_have_40_bits(void **state)
{
	struct vsc7448_leg_counters counters;

	(void)state;
	regio_write(b.chip->io, VSC7448_ANA_AC_STAT_CNT_CFG_IRLEG_STAT_LSB_CNT(3, 0),
		    0xfffffffe);
	regio_write(b.chip->io, VSC7448_ANA_AC_STAT_CNT_CFG_IRLEG_STAT_MSB_CNT(3, 0), 0x12);
	regio_write(b.chip->io, VSC7448_ANA_AC_STAT_CNT_CFG_ERLEG_STAT_LSB_CNT(131, 1), 640);
	assert_int_equal(vsc7448_leg_counters(b.chip, 3, &err, &counters), 0);
	assert_int_equal(counters.ip4_in.frames, UINT64_C(0x12fffffffe));
	assert_int_equal(counters.ip6_out.bytes, 640);
	assert_int_equal(vsc7448_leg_counters_clear(b.chip, 3, &err), 0);
	assert_int_equal(vsc7448_leg_counters(b.chip, 3, &err, &counters), 0);
	assert_int_equal(counters.ip4_in.frames, 0);
	assert_int_equal(counters.ip6_out.bytes, 0);
}

/* --- cost -------------------------------------------------------------------------------- */

static void test_a_group_entry_changes_with_two_accesses_cold(void **state)
{
	struct vsc7448_next_hop hop = { .mac = { { 2, 0, 0, 0, 0, 9 } }, .leg = 1 };

	(void)state;
	add("192.0.2.10", 16);
	chip_bench_reopen(&b);
	assert_int_equal(vsc7448_arp_set(b.chip, 5, &hop, &err), 0);
	assert_int_equal(b.n_access, 2);
	chip_bench_forget_log(&b);
	hop.mac.octet[5] = 10;
	assert_int_equal(vsc7448_arp_set(b.chip, 5, &hop, &err), 0);
	assert_int_equal(b.n_access, 1);
	assert_int_equal(chip_bench_peek(&b, VSC7448_ANA_L3_ARP_ARP_CFG_1(5)), 10);
}

static void test_only_entries_that_change_are_written(void **state)
{
	struct vsc7448_route route = route_to("192.0.2.10", 16);
	size_t n_arp = 0;

	(void)state;
	set(&route);
	chip_bench_reopen(&b);
	route.hop[7].mac.octet[5] = 0x77;
	set(&route);
	for (size_t i = 0; i < b.n_access; i++)
		n_arp += b.access[i].kind == BUS_OP_WRITE &&
			 b.access[i].addr >= VSC7448_ANA_L3_ARP_ARP_CFG_0(0) &&
			 b.access[i].addr <= VSC7448_ANA_L3_ARP_ARP_CFG_1(2047);
	assert_int_equal(n_arp, 1);
}

/* The vendor, which keeps its rules in memory: 12 and 13 (accesses.csv, l3_host4, l3_net4_24_then_32). */
static void test_routes_cost_what_the_vendors_do_once_rules_are_known(void **state)
{
	(void)state;
	add("10.0.0.0/8", 1);
	chip_bench_forget_log(&b);
	add("192.0.2.0/24", 1);
	assert_true(b.n_access <= 13);
	chip_bench_forget_log(&b);
	add("192.0.2.10", 1);
	assert_true(b.n_access <= 13);
	assert_int_equal(lookup("192.0.2.10")->type, MV_LPM_ARP_ENTRY);
	assert_int_equal(lookup("10.1.2.3")->type, MV_LPM_ARP_ENTRY);
}

static void test_rules_are_read_again_after_others_may_have_written(void **state)
{
	struct vsc7448_route *routes;
	struct vsc7448 *other;
	struct vsc7448_route route = route_to("10.0.0.0/8", 1);
	size_t n, others;

	(void)state;
	add("192.0.2.10", 1);
	assert_int_equal(vsc7448_open(b.dev, &err, &other), 0);
	assert_int_equal(vsc7448_route_set(other, &route, &err), 0);
	vsc7448_close(other);
	vsc7448_forget(b.chip);
	assert_int_equal(vsc7448_routes(b.chip, &err, &routes, &n, &others), 0);
	assert_int_equal(n, 2);
	free(routes);
}

/* --- groups that change their size ------------------------------------------------------- */

static uint32_t base_of(const char *prefix)
{
	struct vsc7448_route route = route_to(prefix, 1), found;

	assert_int_equal(vsc7448_route_find(b.chip, &route.prefix, route.length, &err, &found),
			 0);
	return found.first_arp;
}

static void test_a_group_grows_in_place_while_it_can(void **state)
{
	(void)state;
	add("192.0.2.10", 4);
	add("192.0.2.10", 8);
	assert_int_equal(base_of("192.0.2.10"), 0);
	add("192.0.2.11", 2);
	assert_int_equal(base_of("192.0.2.11"), 8);
	add("192.0.2.10", 9);
	assert_int_equal(base_of("192.0.2.10"), 10);
	add("192.0.2.12", 3);
	assert_int_equal(base_of("192.0.2.12"), 0);
	add("192.0.2.10", 2);
	assert_int_equal(base_of("192.0.2.10"), 10);
	assert_int_equal(lookup("192.0.2.10")->n_paths, 2);
}

static void test_a_single_next_hop_becomes_a_group_and_back(void **state)
{
	(void)state;
	add("192.0.2.10", 1);
	assert_int_equal(lookup("192.0.2.10")->type, MV_LPM_ARP_ENTRY);
	add("192.0.2.10", 2);
	assert_int_equal(lookup("192.0.2.10")->type, MV_LPM_ARP_PTR);
	add("192.0.2.10", 1);
	assert_int_equal(lookup("192.0.2.10")->type, MV_LPM_ARP_ENTRY);
}

static void test_the_arp_table_can_be_full(void **state)
{
	char prefix[32];

	(void)state;
	for (int i = 0; i < 128; i++) {
		snprintf(prefix, sizeof(prefix), "10.0.%d.1", i);
		add(prefix, 16);
	}
	struct vsc7448_route route = route_to("10.1.0.0/16", 2);

	assert_int_equal(vsc7448_route_set(b.chip, &route, &err), E_STATE);
	assert_null(lookup("10.1.0.1"));
	assert_int_equal(del("10.0.64.1"), 0);
	set(&route);
	assert_int_equal(base_of("10.1.0.0/16"), 64 * 16);
}

/* --- wrong requests ---------------------------------------------------------------------- */

static void test_wrong_routes_are_refused_without_access(void **state)
{
	struct vsc7448_route route = route_to("192.0.2.0/24", 2);

	(void)state;
	chip_bench_forget_log(&b);
	route.prefix.octet[3] = 1;
	assert_int_equal(vsc7448_route_set(b.chip, &route, &err), E_RANGE);
	route = route_to("192.0.2.0/24", 2);
	route.n_hops = 17;
	assert_int_equal(vsc7448_route_set(b.chip, &route, &err), E_RANGE);
	route.n_hops = 0;
	assert_int_equal(vsc7448_route_set(b.chip, &route, &err), E_RANGE);
	route = route_to("192.0.2.0/24", 2);
	route.hop[1].leg = 127;
	assert_int_equal(vsc7448_route_set(b.chip, &route, &err), E_RANGE);
	route = route_to("192.0.2.0/24", 1);
	route.hop[0].mac.octet[0] = 1;
	assert_int_equal(vsc7448_route_set(b.chip, &route, &err), E_RANGE);
	assert_int_equal(vsc7448_arp_set(b.chip, 2048, &route_to("::", 1).hop[0], &err),
			 E_RANGE);
	assert_int_equal(b.n_access, 0);
	assert_int_equal(del("192.0.2.0/24"), E_NOTFOUND);
	assert_string_equal(err.text, "there is no route 192.0.2.0/24");
}

static void test_two_cores_of_one_owner_are_refused(void **state)
{
	struct vsc7448_route route = route_to("192.0.2.10", 1);

	(void)state;
	vsc7448__vcap_own(b.chip->io, 2, VCAP_OWNER_LPM);
	vsc7448__vcap_own(b.chip->io, 5, VCAP_OWNER_LPM);
	assert_int_equal(vsc7448_route_set(b.chip, &route, &err), E_NOTSUP);
}

static void test_a_tcam_that_never_answers_times_out(void **state)
{
	const char *want = "VCAP_SUPER:VCAP_CORE_CFG:VCAP_UPDATE_CTRL.UPDATE_SHOT was not 0x0";
	struct vsc7448_route route = route_to("192.0.2.10", 1);

	(void)state;
	add("192.0.2.11", 1);
	chip_bench_stick(&b, UPDATE, 4, 4);
	assert_int_equal(vsc7448_route_set(b.chip, &route, &err), E_TIMEOUT);
	assert_memory_equal(err.text, want, strlen(want));
	assert_int_equal(del("192.0.2.11"), E_TIMEOUT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_host_route_is_as_the_vendors),
		TEST(test_a_longer_prefix_goes_on_top_as_the_vendors),
		TEST(test_a_default_route_is_as_the_vendors),
		TEST(test_an_ipv6_route_takes_the_next_row_as_the_vendors),
		TEST(test_groups_are_as_the_vendors),
		TEST(test_bases_and_counts_are_encoded_as_the_vendors),
		TEST(test_a_route_without_neighbour_is_as_the_vendors),
		TEST(test_the_router_is_set_as_the_vendors),
		TEST(test_legs_are_made_and_deleted_as_the_vendors),
		TEST(test_a_vlan_belongs_to_one_leg),
		TEST(test_leg_counters_have_40_bits),
		TEST(test_a_group_entry_changes_with_two_accesses_cold),
		TEST(test_only_entries_that_change_are_written),
		TEST(test_routes_cost_what_the_vendors_do_once_rules_are_known),
		TEST(test_rules_are_read_again_after_others_may_have_written),
		TEST(test_a_group_grows_in_place_while_it_can),
		TEST(test_a_single_next_hop_becomes_a_group_and_back),
		TEST(test_the_arp_table_can_be_full),
		TEST(test_wrong_routes_are_refused_without_access),
		TEST(test_two_cores_of_one_owner_are_refused),
		TEST(test_a_tcam_that_never_answers_times_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
