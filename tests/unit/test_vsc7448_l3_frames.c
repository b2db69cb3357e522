/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Frames through what the driver sets up: routes, groups of next hops, access rules.  Which
 * member a flow takes is the model's own hash (drv/mock_vsc7448/forward.h).
 *
 * Clients are in VLAN 100 (leg 0) at ports 0 to 3; blades N = 1 to 4 in VLAN 200 (leg 1) at port
 * 3 + N, another station of theirs at port 8.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drv/mock_vsc7448/link.h"
#include "hal/vsc7448/acl.h"
#include "hal/vsc7448/calendar.h"
#include "hal/vsc7448/chip.h"
#include "hal/vsc7448/lag.h"
#include "hal/vsc7448/mac.h"
#include "hal/vsc7448/masks.h"
#include "hal/vsc7448/route.h"
#include "hal/vsc7448/vlan.h"
#include "tests/lib/frame_bench.h"

#define ROUTER    UINT64_C(0x02aabbccddee)
#define SERVICE   0xc000020au /* 192.0.2.10 */
#define CLIENT    UINT64_C(0x020000000099)
#define PORT(n)   (UINT64_C(1) << (n))
#define BLADE(n)  PORT(3 + (n))
#define N_FLOWS   512u
#define N_ENTRIES 16u

static struct frame_bench f;
static struct error err;

static struct vsc7448 *chip(void)
{
	return f.chip.chip;
}

static void good(int rc)
{
	if (rc != 0)
		fail_msg("%s", err.text);
}

/* Initialized, all ports forwarding, links up. */
static void start(void)
{
	struct vsc7448_port_map map;

	vsc7448_port_map_base(&map);
	good(vsc7448_init(chip(), &map, 0, &err));
	good(vsc7448_forward_set(chip(), VSC7448_FRONT_PORTS, true, &err));
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++) {
		mv_link_force(f.chip.model, port, true);
		frame_bench_write(&f, VSC7448_QFWD_SYSTEM_SWITCH_PORT_MODE(port),
				  1u << 17 | 104 << 9);
	}
	/* Copies for the CPU go to its port 53. */
	for (uint32_t queue = 0; queue < 8; queue++)
		frame_bench_write(&f, VSC7448_QFWD_SYSTEM_FRAME_COPY_CFG(queue),
				  53u << 6 | queue << 3 | 4);
}

static void make_vlan(uint16_t vid, uint32_t first, uint32_t last)
{
	struct vsc7448_vlan vlan = { .fid = vid };
	struct vsc7448_vlan_port port = VSC7448_VLAN_PORT_DEFAULT;

	port.pvid = vid;
	port.untagged_vid = vid;
	for (uint32_t i = first; i <= last; i++) {
		vlan.members |= PORT(i);
		good(vsc7448_vlan_port_set(chip(), i, &port, &err));
	}
	good(vsc7448_vlan_set(chip(), vid, &vlan, &err));
}

static void make_leg(uint32_t leg, uint32_t vid)
{
	const struct vsc7448_leg conf = { .leg = leg, .vid = vid, .ip4 = true, .ip6 = true };

	good(vsc7448_leg_set(chip(), &conf, &err));
}

static int set_up(void **state)
{
	const struct mac router = mac_of_number(ROUTER);

	(void)state;
	memset(&err, 0, sizeof(err));
	frame_bench_open(&f);
	start();
	make_vlan(100, 0, 3);
	make_vlan(200, 4, 8);
	good(vsc7448_router_set(chip(), &router, &err));
	make_leg(0, 100);
	make_leg(1, 200);
	good(vsc7448_lag_hash_set(chip(), VSC7448_LAG_HASH_IP | VSC7448_LAG_HASH_PORTS, &err));
	for (uint32_t n = 1; n <= 4; n++) {
		struct vsc7448_mac_entry entry = { .ports = BLADE(n), .locked = true };

		entry.key.vid = 200;
		entry.key.mac = mac_of_number(STATION(n));
		good(vsc7448_mac_add(chip(), &entry, &err));
	}
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	frame_bench_close(&f);
	return 0;
}

static struct vsc7448_next_hop blade(uint32_t n)
{
	return (struct vsc7448_next_hop){ .mac = mac_of_number(STATION(n)), .leg = 1 };
}

/* 192.0.2.10/32 to 16 entries, the first @n_first of them blade 1's, the others blade 2's. */
static struct vsc7448_route service(uint32_t n_first)
{
	struct vsc7448_route route = { .prefix = { .octet = { 192, 0, 2, 10 } },
				       .length = 32,
				       .is_group = true,
				       .n_hops = N_ENTRIES };

	for (uint32_t i = 0; i < N_ENTRIES; i++)
		route.hop[i] = blade(i < n_first ? 1 : 2);
	return route;
}

static void set_route(const struct vsc7448_route *route)
{
	good(vsc7448_route_set(chip(), route, &err));
}

/* The ports by which flow @i to the service leaves. */
static uint64_t send_flow(uint32_t i)
{
	const struct frame_spec spec = {
		.dmac = ROUTER,
		.smac = CLIENT,
		.dip = SERVICE,
		.sip = 0x0a000000 + i * 2654435761u % 65536,
		.sport = (uint16_t)(1024 + i * 40503u % 50000),
		.dport = 80,
	};

	good(frame_bench_send(&f, 0, &spec));
	return f.ports;
}

static void test_a_routed_frame_gets_new_addresses_and_a_lower_ttl(void **state)
{
	const struct frame_spec spec = {
		.dmac = ROUTER, .smac = CLIENT, .dip = SERVICE, .ttl = 9
	};
	struct vsc7448_route route = service(16);
	const struct frame_seen *seen;
	uint8_t sent[FRAME_BENCH_MAX];

	(void)state;
	set_route(&route);
	frame_make(&spec, sent);
	good(frame_bench_send(&f, 0, &spec));
	assert_int_equal(f.ports, BLADE(1));
	seen = frame_bench_at(&f, 4);
	assert_memory_equal(seen->data, "\x02\x00\x00\x00\x00\x01\x02\xaa\xbb\xcc\xdd\xee", 12);
	assert_int_equal(seen->data[22], 8);
	assert_memory_equal(seen->data + 26, sent + 26, 30);
}

static void test_flows_spread_by_the_weight_of_the_blades(void **state)
{
	struct vsc7448_route route = service(12);
	uint32_t n[2] = { 0 };

	(void)state;
	set_route(&route);
	for (uint32_t i = 0; i < N_FLOWS; i++) {
		uint64_t ports = send_flow(i);

		assert_true(ports == BLADE(1) || ports == BLADE(2));
		n[ports == BLADE(2)]++;
		assert_int_equal(send_flow(i), ports);
	}
	/* 12 of 16 entries are three quarters. */
	assert_in_range(n[0], N_FLOWS * 65 / 100, N_FLOWS * 85 / 100);
}

static void test_a_changed_entry_moves_its_flows_only(void **state)
{
	struct vsc7448_route route = service(12), found;
	const struct vsc7448_next_hop third = blade(3);
	uint64_t before[N_FLOWS];
	uint32_t moved = 0;

	(void)state;
	set_route(&route);
	for (uint32_t i = 0; i < N_FLOWS; i++)
		before[i] = send_flow(i);
	good(vsc7448_route_find(chip(), &route.prefix, 32, &err, &found));
	good(vsc7448_arp_set(chip(), found.first_arp + 5, &third, &err));
	for (uint32_t i = 0; i < N_FLOWS; i++) {
		uint64_t now = send_flow(i);

		if (now == before[i])
			continue;
		assert_int_equal(before[i], BLADE(1));
		assert_int_equal(now, BLADE(3));
		moved++;
	}
	assert_in_range(moved, N_FLOWS / 64, N_FLOWS / 6);
	good(vsc7448_arp_set(chip(), found.first_arp + 5, &route.hop[5], &err));
	for (uint32_t i = 0; i < N_FLOWS; i++)
		assert_int_equal(send_flow(i), before[i]);
}

static void test_a_blades_own_address_is_untouched_by_its_group(void **state)
{
	const struct frame_spec own = { .dmac = STATION(1), .smac = STATION(8) };
	struct vsc7448_route route = service(12);
	const struct vsc7448_next_hop other = blade(2);

	(void)state;
	set_route(&route);
	for (uint32_t i = 0; i < N_ENTRIES; i++) {
		good(frame_bench_send(&f, 8, &own));
		assert_int_equal(f.ports, BLADE(1));
		good(vsc7448_arp_set(chip(), i, &other, &err));
	}
	assert_int_equal(send_flow(0), BLADE(2));
	good(frame_bench_send(&f, 8, &own));
	assert_int_equal(f.ports, BLADE(1));
}

static void test_the_longest_prefix_decides(void **state)
{
	struct vsc7448_route host = service(16);
	struct vsc7448_route net = { .prefix = { .octet = { 192, 0, 2 } },
				     .length = 24,
				     .n_hops = 1 };

	(void)state;
	net.hop[0] = blade(3);
	set_route(&host);
	set_route(&net);
	assert_int_equal(send_flow(1), BLADE(1));
	good(vsc7448_route_del(chip(), &host.prefix, 32, &err));
	assert_int_equal(send_flow(1), BLADE(3));
	good(vsc7448_route_del(chip(), &net.prefix, 24, &err));
	assert_int_equal(send_flow(1), 0);
}

static void test_an_initialized_chip_has_no_routes(void **state)
{
	struct vsc7448_route route = service(16), *routes;
	size_t n, others;

	(void)state;
	set_route(&route);
	start();
	good(vsc7448_routes(chip(), &err, &routes, &n, &others));
	assert_int_equal(n, 0);
	free(routes);
}

static void test_a_next_hop_without_address_gets_no_frames(void **state)
{
	struct vsc7448_route route = service(16);

	(void)state;
	route.is_group = false;
	route.n_hops = 1;
	route.hop[0] = (struct vsc7448_next_hop){ .leg = 1 };
	set_route(&route);
	assert_int_equal(send_flow(1), 0);
	route.hop[0] = blade(1);
	set_route(&route);
	assert_int_equal(send_flow(1), BLADE(1));
}

static void test_a_deleted_leg_routes_no_more(void **state)
{
	struct vsc7448_route route = service(16);

	(void)state;
	set_route(&route);
	assert_int_equal(send_flow(1), BLADE(1));
	good(vsc7448_leg_del(chip(), 0, &err));
	assert_int_equal(send_flow(1) & BLADE(1), 0);
}

static void test_legs_count_what_they_route(void **state)
{
	struct vsc7448_route route = service(16);
	struct vsc7448_leg_counters in, out;

	(void)state;
	set_route(&route);
	for (uint32_t i = 0; i < 10; i++)
		send_flow(i);
	good(vsc7448_leg_counters(chip(), 0, &err, &in));
	good(vsc7448_leg_counters(chip(), 1, &err, &out));
	assert_int_equal(in.ip4_in.frames, 10);
	assert_int_equal(out.ip4_out.frames, 10);
	assert_int_equal(in.ip6_in.frames, 0);
	assert_int_equal(out.ip4_in.frames, 0);
}

/* --- access rules ------------------------------------------------------------------------- */

static const struct frame_spec to_blade_1 = { .dmac = STATION(1), .smac = STATION(8) };

static void add_rule(const struct vsc7448_acl_rule *rule)
{
	good(vsc7448_acl_insert(chip(), 0, rule, &err));
}

static uint64_t send_from(uint32_t port, const struct frame_spec *spec)
{
	good(frame_bench_send(&f, port, spec));
	return f.ports;
}

static void test_a_rule_redirects_drops_and_filters(void **state)
{
	struct vsc7448_acl_rule rule = { .has_etype = true,
					 .etype = 0x88b5,
					 .from = VSC7448_FRONT_PORTS,
					 .verdict = VSC7448_ACL_REDIRECT,
					 .to = PORT(6) | PORT(20) };
	struct frame_spec other = to_blade_1;

	(void)state;
	other.etype = 0x88b6;
	assert_int_equal(send_from(8, &to_blade_1), BLADE(1));
	add_rule(&rule);
	/* Also to a port that is no member of the VLAN. */
	assert_int_equal(send_from(8, &to_blade_1), PORT(6) | PORT(20));
	assert_int_equal(send_from(8, &other), BLADE(1));
	rule.verdict = VSC7448_ACL_DROP;
	rule.to = 0;
	add_rule(&rule);
	assert_int_equal(send_from(8, &to_blade_1), 0);
	rule.verdict = VSC7448_ACL_FILTER;
	rule.to = PORT(5);
	add_rule(&rule);
	assert_int_equal(send_from(8, &to_blade_1), 0);
	good(vsc7448_acl_del(chip(), 0, &err));
	good(vsc7448_acl_del(chip(), 0, &err));
	good(vsc7448_acl_del(chip(), 0, &err));
	assert_int_equal(send_from(8, &to_blade_1), BLADE(1));
}

static void test_a_rule_is_for_its_ports_and_address_only(void **state)
{
	struct vsc7448_acl_rule rule = { .has_dmac = true,
					 .dmac = mac_of_number(STATION(1)),
					 .from = PORT(8),
					 .verdict = VSC7448_ACL_DROP };
	struct frame_spec to_blade_2 = to_blade_1;

	(void)state;
	to_blade_2.dmac = STATION(2);
	add_rule(&rule);
	assert_int_equal(send_from(8, &to_blade_1), 0);
	assert_int_equal(send_from(8, &to_blade_2), BLADE(2));
	assert_int_equal(send_from(7, &to_blade_1), BLADE(1));
}

/* After init IP has keys of its own: a rule by address meets it once the port is told to. */
static void test_ports_decide_whether_ipv4_meets_the_rules(void **state)
{
	struct vsc7448_acl_rule rule = { .has_dmac = true,
					 .dmac = mac_of_number(STATION(1)),
					 .from = VSC7448_FRONT_PORTS,
					 .verdict = VSC7448_ACL_DROP };
	struct frame_spec ipv4 = to_blade_1;

	(void)state;
	ipv4.dip = SERVICE;
	add_rule(&rule);
	good(vsc7448_acl_port_set(chip(), PORT(8), VSC7448_ACL_IP, &err));
	assert_int_equal(send_from(8, &ipv4), BLADE(1));
	good(vsc7448_acl_port_set(chip(), PORT(8), VSC7448_ACL_MAC, &err));
	assert_int_equal(send_from(8, &ipv4), 0);
	good(vsc7448_acl_port_set(chip(), PORT(8), VSC7448_ACL_OFF, &err));
	assert_int_equal(send_from(8, &ipv4), BLADE(1));
	assert_int_equal(send_from(8, &to_blade_1), BLADE(1));
}

/* acl_any of the vendor: no type is compared, so frames with any key match. */
static void test_a_rule_for_every_frame_meets_ip_too(void **state)
{
	struct vsc7448_acl_rule rule = { .from = PORT(8), .verdict = VSC7448_ACL_DROP };
	struct frame_spec ipv4 = to_blade_1;

	(void)state;
	ipv4.dip = SERVICE;
	add_rule(&rule);
	assert_int_equal(send_from(8, &ipv4), 0);
	assert_int_equal(send_from(8, &to_blade_1), 0);
	assert_int_equal(send_from(7, &ipv4), BLADE(1));
}

static void test_rules_count_their_frames(void **state)
{
	struct vsc7448_acl_rule rule = { .has_etype = true,
					 .etype = 0x88b5,
					 .from = VSC7448_FRONT_PORTS },
				*rules;
	size_t n;

	(void)state;
	add_rule(&rule);
	for (int i = 0; i < 7; i++)
		assert_int_equal(send_from(8, &to_blade_1), BLADE(1));
	good(vsc7448_acl_list(chip(), &err, &rules, &n));
	assert_int_equal(n, 1);
	assert_int_equal(rules[0].hits, 7);
	free(rules);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_a_routed_frame_gets_new_addresses_and_a_lower_ttl),
		TEST(test_flows_spread_by_the_weight_of_the_blades),
		TEST(test_a_changed_entry_moves_its_flows_only),
		TEST(test_a_blades_own_address_is_untouched_by_its_group),
		TEST(test_the_longest_prefix_decides),
		TEST(test_an_initialized_chip_has_no_routes),
		TEST(test_a_next_hop_without_address_gets_no_frames),
		TEST(test_a_deleted_leg_routes_no_more),
		TEST(test_legs_count_what_they_route),
		TEST(test_a_rule_redirects_drops_and_filters),
		TEST(test_a_rule_is_for_its_ports_and_address_only),
		TEST(test_ports_decide_whether_ipv4_meets_the_rules),
		TEST(test_a_rule_for_every_frame_meets_ip_too),
		TEST(test_rules_count_their_frames),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
