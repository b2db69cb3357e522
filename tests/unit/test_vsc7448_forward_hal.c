/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the driver sets up, shown with frames: static addresses, VLANs, aggregation, isolation,
 * mirrors, access rules, and routes to a service with an ECMP group (DESIGN.md section 7).
 */
#include "tests/lib/frame_group.h"

#include <stdlib.h>

#include "drv/mock_vsc7448.h"
#include "hal/vsc7448/acl.h"
#include "hal/vsc7448/frame.h"
#include "hal/vsc7448/lag.h"
#include "hal/vsc7448/mac.h"
#include "hal/vsc7448/mirror.h"
#include "hal/vsc7448/route.h"
#include "hal/vsc7448/vlan.h"
#include "vsc7448_regs.h"

#define ALL     VSC7448_FRONT_PORTS
#define ROUTER  UINT64_C(0x02aabbccddee)
#define SERVICE 0xc0000201u /* 192.0.2.1 */
#define CLIENT  0x0a000001u
#define OUTSIDE 100u /* VLAN and leg 0 of port 49 */
#define INSIDE  200u /* VLAN and leg 1 of the blades, ports 0 to 7 */

static struct error err;

/* A call of the driver that has to succeed. */
#define DO(call)                                                                               \
	do {                                                                                   \
		error_clear(&err);                                                             \
		if ((call) != 0)                                                               \
			fail_msg("%s", err.text);                                              \
	} while (0)
#define CHIP b.chip.chip

static void send(uint32_t port, const struct frame_spec *spec)
{
	assert_int_equal(frame_bench_send(&b, port, spec), 0);
}

static void add_station(uint32_t vid, uint64_t mac, uint32_t port)
{
	struct vsc7448_mac_entry entry = { .key = { (uint16_t)vid, mac_of_number(mac) },
					   .ports = BIT(port),
					   .locked = true };

	DO(vsc7448_mac_add(CHIP, &entry, &err));
}

static void set_vlan(uint32_t vid, vsc7448_ports members)
{
	struct vsc7448_vlan vlan = { .members = members, .fid = (uint16_t)vid };

	DO(vsc7448_vlan_set(CHIP, vid, &vlan, &err));
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		if ((members >> port & 1) != 0)
			DO(vsc7448_vlan_port_set(
				CHIP, port,
				&(struct vsc7448_vlan_port){ .pvid = (uint16_t)vid,
							     .aware = VSC7448_VLAN_C_TAG },
				&err));
}

/* --- layer 2 ----------------------------------------------------------------------------- */

static void test_a_static_address_is_where_it_was_put(void **state)
{
	(void)state;
	add_station(1, STATION(3), 33);
	send(0, &(struct frame_spec){ .dmac = STATION(3), .smac = STATION(1) });
	assert_int_equal(b.ports, BIT(33));
	DO(vsc7448_mac_flush(
		CHIP, &(struct vsc7448_mac_filter){ VSC7448_MAC_ANY, VSC7448_MAC_ANY }, &err));
	send(4, &(struct frame_spec){ .dmac = STATION(1), .smac = STATION(4) });
	assert_int_equal(b.ports, ALL & ~BIT(4)); /* what was learned is forgotten */
	send(0, &(struct frame_spec){ .dmac = STATION(3), .smac = STATION(1) });
	assert_int_equal(b.ports, BIT(33)); /* what is static is not */
}

static void test_vlans_of_the_driver_are_apart(void **state)
{
	(void)state;
	set_vlan(INSIDE, 0xff);
	set_vlan(OUTSIDE, BIT(49));
	send(0, &(struct frame_spec){ .dmac = BROADCAST, .smac = STATION(1) });
	assert_int_equal(b.ports, 0xfe);
	send(49, &(struct frame_spec){ .dmac = STATION(1), .smac = STATION(9) });
	assert_int_equal(b.ports, 0);
}

/*
 * Sends 64 flows to @mac, four for each aggregation code of the model (their source ports count up
 * from a multiple of 64); counts how many leave by each port.
 */
static void spread(uint32_t port, uint64_t mac, uint32_t dip, unsigned counts[53])
{
	memset(counts, 0, 53 * sizeof(*counts));
	for (uint16_t i = 0; i < 64; i++) {
		send(port, &(struct frame_spec){ .dmac = mac,
						 .smac = STATION(99),
						 .sip = CLIENT,
						 .dip = dip,
						 .sport = (uint16_t)(1024 + i),
						 .dport = 80 });
		assert_int_equal(b.tapped, 1);
		counts[__builtin_ctzll(b.ports)]++;
	}
}

static void test_flows_to_a_group_of_links_are_shared_and_move_when_one_is_lost(void **state)
{
	unsigned counts[53];

	(void)state;
	DO(vsc7448_lag_set(CHIP, 0xf, &err));
	DO(vsc7448_lag_hash_set(CHIP, VSC7448_LAG_HASH_PORTS, &err));
	send(2, &(struct frame_spec){ .dmac = BROADCAST, .smac = STATION(7) });
	assert_int_equal(b.ports & 0xf, 0); /* not back to the partner */
	spread(20, STATION(7), 0x0a000002, counts);
	for (uint32_t port = 0; port < 4; port++)
		assert_int_equal(counts[port], 16);
	/* a flood reaches the partner once */
	send(20, &(struct frame_spec){ .dmac = BROADCAST, .smac = STATION(8) });
	assert_int_equal(__builtin_popcountll(b.ports & 0xf), 1);

	DO(vsc7448_forward_set(CHIP, BIT(1), false, &err));
	spread(20, STATION(7), 0x0a000002, counts);
	assert_int_equal(counts[1], 0);
	for (uint32_t port = 0; port < 4; port++)
		assert_true(port == 1 || counts[port] >= 16);
}

static void test_mirrors_of_the_driver_copy_both_ways(void **state)
{
	struct vsc7448_mirror mirror = {
		.on = true, .monitor = 48, .rx = BIT(0), .tx = BIT(7)
	};

	(void)state;
	add_station(1, STATION(2), 7);
	DO(vsc7448_mirror_set(CHIP, &mirror, &err));
	send(0, &(struct frame_spec){ .dmac = STATION(2), .smac = STATION(1) });
	assert_int_equal(b.ports, BIT(7) | BIT(48));
	assert_int_equal(b.tapped, 3); /* as it came in, and as it went out */
	send(3, &(struct frame_spec){ .dmac = STATION(2), .smac = STATION(3) });
	assert_int_equal(b.ports, BIT(7) | BIT(48));
	send(7, &(struct frame_spec){ .dmac = STATION(3), .smac = STATION(2) });
	assert_int_equal(b.ports, BIT(3));
}

static void test_access_rules_redirect_drop_and_copy_to_the_cpu(void **state)
{
	struct vsc7448_acl_rule rule = { .has_etype = true,
					 .etype = 0x88b5,
					 .from = BIT(0) | BIT(1),
					 .verdict = VSC7448_ACL_REDIRECT,
					 .to = BIT(10) };
	struct vsc7448_acl_rule *rules;
	size_t n;

	(void)state;
	add_station(1, STATION(2), 7);
	DO(vsc7448_acl_port_set(CHIP, ALL, VSC7448_ACL_MAC, &err));
	DO(vsc7448_acl_insert(CHIP, 0, &rule, &err));
	send(0, &(struct frame_spec){ .dmac = STATION(2), .smac = STATION(1) });
	assert_int_equal(b.ports, BIT(10));
	send(0,
	     &(struct frame_spec){ .dmac = STATION(2), .smac = STATION(1), .etype = 0x88b6 });
	assert_int_equal(b.ports, BIT(7));
	send(2, &(struct frame_spec){ .dmac = STATION(2), .smac = STATION(3) });
	assert_int_equal(b.ports, BIT(7));
	DO(vsc7448_acl_list(CHIP, &err, &rules, &n));
	assert_int_equal(n, 1);
	assert_int_equal(rules[0].hits, 1);
	free(rules);

	rule.verdict = VSC7448_ACL_DROP;
	rule.to = 0;
	DO(vsc7448_acl_insert(CHIP, 0, &rule, &err));
	send(1, &(struct frame_spec){ .dmac = STATION(2), .smac = STATION(4) });
	assert_int_equal(b.ports, 0);
}

/* --- routing: a service address in front of blades --------------------------------------- */

static struct vsc7448_route service;

/* Blade i of @owners[k] owns entry k of the sixteen. */
static void set_service(const uint8_t owners[16])
{
	memset(&service, 0, sizeof(service));
	service.prefix = (struct ip){ .octet = { 192, 0, 2, 1 } };
	service.length = 32;
	service.is_group = true;
	service.n_hops = 16;
	for (uint32_t i = 0; i < 16; i++)
		service.hop[i] =
			(struct vsc7448_next_hop){ mac_of_number(STATION(owners[i])), 1 };
	DO(vsc7448_route_set(CHIP, &service, &err));
}

/* The router, its two legs and the blades: 02:00:00:00:00:01 on port 0, and so on. */
static void set_router(void)
{
	struct mac mac = mac_of_number(ROUTER);

	set_vlan(OUTSIDE, BIT(49));
	set_vlan(INSIDE, 0xff);
	DO(vsc7448_router_set(CHIP, &mac, &err));
	DO(vsc7448_leg_set(CHIP, &(struct vsc7448_leg){ 0, OUTSIDE, true, true }, &err));
	DO(vsc7448_leg_set(CHIP, &(struct vsc7448_leg){ 1, INSIDE, true, true }, &err));
	for (uint32_t blade = 1; blade <= 8; blade++)
		add_station(INSIDE, STATION(blade), blade - 1);
	DO(vsc7448_lag_hash_set(CHIP, VSC7448_LAG_HASH_PORTS, &err));
	frame_bench_write(&b, VSC7448_ANA_L3_COMMON_CPU_QU_CFG, 0x77777777);
}

static void test_a_packet_to_the_service_is_routed_to_its_blade(void **state)
{
	static const uint8_t all_to_3[16] = { 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3 };
	const struct frame_seen *seen;
	struct frame_spec spec = { .dmac = ROUTER,
				   .smac = STATION(99),
				   .sip = CLIENT,
				   .dip = SERVICE,
				   .sport = 1,
				   .dport = 80,
				   .ttl = 64 };
	uint8_t want[FRAME_BENCH_MAX];

	(void)state;
	set_router();
	set_service(all_to_3);
	send(49, &spec);
	assert_int_equal(b.ports, BIT(2));
	seen = frame_bench_at(&b, 2);
	/* from the router to the blade, one hop less, its checksum right: frame_make() computes it */
	spec.dmac = STATION(3);
	spec.smac = ROUTER;
	spec.ttl = 63;
	assert_int_equal(seen->len, frame_make(&spec, want));
	assert_memory_equal(seen->data, want, seen->len);
}

static void test_flows_are_spread_by_weight(void **state)
{
	static const uint8_t owners[16] = { 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 4 };
	unsigned counts[53];

	(void)state;
	set_router();
	set_service(owners);
	spread(49, ROUTER, SERVICE, counts);
	assert_int_equal(counts[0], 32);
	assert_int_equal(counts[1], 16);
	assert_int_equal(counts[2], 8);
	assert_int_equal(counts[3], 8);
}

/* Where each of 64 flows goes. */
static void where(uint32_t ports[64])
{
	for (uint16_t i = 0; i < 64; i++) {
		send(49, &(struct frame_spec){ .dmac = ROUTER,
					       .smac = STATION(99),
					       .sip = CLIENT,
					       .dip = SERVICE,
					       .sport = (uint16_t)(1024 + i),
					       .dport = 80 });
		ports[i] = (uint32_t)__builtin_ctzll(b.ports);
	}
}

static void test_a_change_of_one_entry_moves_only_its_flows(void **state)
{
	static const uint8_t owners[16] = { 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2 };
	uint32_t before[64], after[64], moved = 0;
	struct vsc7448_next_hop hop = { mac_of_number(STATION(5)), 1 };

	(void)state;
	set_router();
	set_service(owners);
	DO(vsc7448_route_find(CHIP, &service.prefix, 32, &err, &service));
	where(before);
	DO(vsc7448_arp_set(CHIP, service.first_arp + 3, &hop, &err));
	where(after);
	for (size_t i = 0; i < 64; i++) {
		if (before[i] == after[i])
			continue;
		assert_int_equal(after[i], 4);
		moved++;
	}
	assert_int_equal(moved, 64 / 16);
}

static void test_a_blades_own_address_is_not_touched_by_the_group(void **state)
{
	static const uint8_t owners[16] = { 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2 };
	static const uint8_t others[16] = { 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3 };
	struct vsc7448_route own = { .prefix = { .octet = { 10, 0, 200, 1 } },
				     .length = 32,
				     .n_hops = 1,
				     .hop = { { mac_of_number(STATION(1)), 1 } } };
	unsigned counts[53];

	(void)state;
	set_router();
	set_service(owners);
	DO(vsc7448_route_set(CHIP, &own, &err));
	for (int round = 0; round < 2; round++) {
		spread(49, ROUTER, 0x0a00c801, counts); /* 10.0.200.1, routed */
		assert_int_equal(counts[0], 64);
		spread(7, STATION(1), 0x0a00c801, counts); /* among blades, switched */
		assert_int_equal(counts[0], 64);
		set_service(others);
	}
	spread(49, ROUTER, SERVICE, counts);
	assert_int_equal(counts[2], 64);
}

/* An IPv6 packet without payload from the outside to 2001:db8::1, whatever follows the header. */
static void make_ip6(uint8_t frame[FRAME_BENCH_MAX], uint8_t hop_limit)
{
	static const uint8_t destination[16] = { 0x20, 0x01, 0x0d, 0xb8, [15] = 1 };

	frame_make(&(struct frame_spec){ .dmac = ROUTER, .smac = STATION(99), .etype = 0x86dd },
		   frame);
	memset(frame + 14, 0, 40);
	frame[14] = 0x60;
	frame[20] = 59; /* no next header */
	frame[21] = hop_limit;
	frame[22] = 0xfd;
	memcpy(frame + 38, destination, 16);
}

static void test_an_ipv6_packet_is_routed_too(void **state)
{
	struct vsc7448_route route = {
		.prefix = { .v6 = true, .octet = { 0x20, 0x01, 0x0d, 0xb8, [15] = 1 } },
		.length = 128,
		.n_hops = 1,
		.hop = { { mac_of_number(STATION(6)), 1 } }
	};
	uint8_t frame[FRAME_BENCH_MAX], want[FRAME_BENCH_MAX];

	(void)state;
	set_router();
	DO(vsc7448_route_set(CHIP, &route, &err));
	make_ip6(frame, 9);
	make_ip6(want, 8);
	memcpy(want, (const uint8_t[]){ 2, 0, 0, 0, 0, 6, 2, 0xaa, 0xbb, 0xcc, 0xdd, 0xee },
	       12);
	frame_bench_forget(&b);
	assert_int_equal(mock_vsc7448_inject(b.chip.model, 49, frame, 60), 0);
	assert_int_equal(b.ports, BIT(5));
	assert_memory_equal(frame_bench_at(&b, 5)->data, want, 60);
	make_ip6(frame, 1); /* used up */
	frame_bench_forget(&b);
	assert_int_equal(mock_vsc7448_inject(b.chip.model, 49, frame, 60), 0);
	assert_int_equal(b.ports, 0);
}

struct got {
	size_t n;
	uint8_t queues;
};

static bool count_frame(void *arg, const struct vsc7448_frame_in *in)
{
	struct got *got = arg;

	got->n++;
	got->queues = in->queues;
	return true;
}

/* Receives what waits and tells the queues of the last frame. */
static size_t to_cpu(uint8_t *queues)
{
	struct vsc7448_frame_stats stats;
	struct got got = { 0 };

	DO(vsc7448_frames_receive(CHIP, 100, count_frame, &got, &stats, &err));
	*queues = got.queues;
	return got.n;
}

static void test_what_cannot_be_routed_goes_to_the_cpu_or_nowhere(void **state)
{
	static const uint8_t owners[16] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };
	struct vsc7448_next_hop none = { .leg = 1 };
	struct frame_spec spec = {
		.dmac = ROUTER, .smac = STATION(99), .sip = CLIENT, .dip = 0x08080808
	};
	uint8_t queues;

	(void)state;
	set_router();
	set_service(owners);
	send(49, &spec); /* no route */
	assert_int_equal(b.ports, 0);
	assert_int_equal(to_cpu(&queues), 1);
	assert_int_equal(queues, 1 << 7);
	spec.dip = SERVICE;
	spec.ttl = 1; /* used up */
	send(49, &spec);
	assert_int_equal(b.ports, 0);
	assert_int_equal(to_cpu(&queues), 0);
	spec.ttl = 2;
	send(49, &spec);
	assert_int_equal(b.ports, BIT(0));
	/* ARP to the router */
	send(49, &(struct frame_spec){ .dmac = ROUTER, .smac = STATION(99), .etype = 0x0806 });
	assert_int_equal(b.ports, 0);
	assert_int_equal(to_cpu(&queues), 1);
	/* a next hop that is not known yet */
	DO(vsc7448_route_find(CHIP, &service.prefix, 32, &err, &service));
	for (uint32_t i = 0; i < 16; i++)
		DO(vsc7448_arp_set(CHIP, service.first_arp + i, &none, &err));
	send(49, &spec);
	assert_int_equal(b.ports, 0);
	assert_int_equal(to_cpu(&queues), 1);
}

static void test_router_legs_count(void **state)
{
	static const uint8_t owners[16] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };
	struct vsc7448_leg_counters counters;
	unsigned counts[53];

	(void)state;
	set_router();
	set_service(owners);
	/* what init sets up: l3_common of the vendor's traces */
	for (uint32_t i = 0; i < 2; i++) {
		frame_bench_write(
			&b, VSC7448_ANA_AC_STAT_GLOBAL_CFG_IRLEG_GLOBAL_CNT_FRM_TYPE_CFG(i), 1);
		frame_bench_write(
			&b, VSC7448_ANA_AC_STAT_GLOBAL_CFG_IRLEG_STAT_GLOBAL_EVENT_MASK(i), 8);
		frame_bench_write(&b, VSC7448_ANA_AC_STAT_GLOBAL_CFG_IRLEG_STAT_GLOBAL_CFG(i),
				  i);
		frame_bench_write(
			&b, VSC7448_ANA_AC_STAT_GLOBAL_CFG_ERLEG_GLOBAL_CNT_FRM_TYPE_CFG(i), 1);
		frame_bench_write(
			&b, VSC7448_ANA_AC_STAT_GLOBAL_CFG_ERLEG_STAT_GLOBAL_EVENT_MASK(i), 2);
		frame_bench_write(&b, VSC7448_ANA_AC_STAT_GLOBAL_CFG_ERLEG_STAT_GLOBAL_CFG(i),
				  i);
	}
	spread(49, ROUTER, SERVICE, counts);
	DO(vsc7448_leg_counters(CHIP, 0, &err, &counters));
	assert_int_equal(counters.ip4_in.frames, 64);
	assert_int_equal(counters.ip4_in.bytes, 64 * 64);
	assert_int_equal(counters.ip4_out.frames, 0);
	DO(vsc7448_leg_counters(CHIP, 1, &err, &counters));
	assert_int_equal(counters.ip4_out.frames, 64);
	DO(vsc7448_leg_counters_clear(CHIP, 1, &err));
	DO(vsc7448_leg_counters(CHIP, 1, &err, &counters));
	assert_int_equal(counters.ip4_out.frames, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_static_address_is_where_it_was_put),
		TEST(test_vlans_of_the_driver_are_apart),
		TEST(test_flows_to_a_group_of_links_are_shared_and_move_when_one_is_lost),
		TEST(test_mirrors_of_the_driver_copy_both_ways),
		TEST(test_access_rules_redirect_drop_and_copy_to_the_cpu),
		TEST(test_a_packet_to_the_service_is_routed_to_its_blade),
		TEST(test_flows_are_spread_by_weight),
		TEST(test_a_change_of_one_entry_moves_only_its_flows),
		TEST(test_a_blades_own_address_is_not_touched_by_the_group),
		TEST(test_an_ipv6_packet_is_routed_too),
		TEST(test_what_cannot_be_routed_goes_to_the_cpu_or_nowhere),
		TEST(test_router_legs_count),
	};

	return cmocka_run_group_tests_name("vsc7448_forward_hal", tests, NULL, NULL);
}
