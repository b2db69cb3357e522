/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Frames through the model of the chip: learning, flooding, VLANs, masks, mirrors, tags, loops.
 * What the tables mean is said in the register texts (ana_l2.rdl, ana_l3.rdl, ana_ac.rdl,
 * rew.rdl).
 */
#include "tests/lib/frame_group.h"

#include "drv/clock.h"
#include "drv/mock_vsc7448.h"
#include "drv/world.h"
#include "hal/device.h"
#include "vsc7448_regs.h"

#define ALL       (BIT(53) - 1)
#define WR(...)   frame_bench_write(&b, __VA_ARGS__)
#define MASK(...) frame_bench_write_mask(&b, __VA_ARGS__)
#define SEND(port, ...)                                                                        \
	assert_int_equal(frame_bench_send(&b, port, &(struct frame_spec){ __VA_ARGS__ }), 0)

/* VLAN @vid with FID @vid and these members. */
static void vlan(uint32_t vid, uint64_t members)
{
	WR(VSC7448_ANA_L3_VLAN_VLAN_CFG(vid), vid << 8);
	MASK(VSC7448_ANA_L3_VLAN_VLAN_MASK_CFG(vid), members);
}

/* VLAN-aware with a port VID, tagging all VLANs but that one: a trunk. */
static void trunk(uint32_t port, uint32_t pvid)
{
	WR(VSC7448_ANA_CL_PORT_VLAN_CTRL(port), 0x000a0000 | pvid);
	WR(VSC7448_REW_PORT_TAG_CTRL(port), 1 << 10);
	WR(VSC7448_REW_PORT_PORT_VLAN_CFG(port), pvid);
}

static void test_an_unknown_destination_is_flooded_and_a_known_one_is_not(void **state)
{
	(void)state;
	SEND(0, .dmac = STATION(2), .smac = STATION(1));
	assert_int_equal(b.ports, ALL & ~BIT(0));
	SEND(7, .dmac = STATION(1), .smac = STATION(2));
	assert_int_equal(b.ports, BIT(0));
	SEND(0, .dmac = STATION(2), .smac = STATION(1));
	assert_int_equal(b.ports, BIT(7));
}

static void test_a_station_that_moves_is_found_at_its_new_port(void **state)
{
	(void)state;
	SEND(0, .dmac = BROADCAST, .smac = STATION(1));
	SEND(5, .dmac = BROADCAST, .smac = STATION(1));
	SEND(7, .dmac = STATION(1), .smac = STATION(2));
	assert_int_equal(b.ports, BIT(5));
}

/* LEARN through LRN, as vtss_cil_l2_mac_table_add() does. */
static void add_static(uint32_t fid, uint64_t mac, uint32_t word)
{
	WR(VSC7448_LRN_COMMON_MAC_ACCESS_CFG_0, fid << 16 | (uint32_t)(mac >> 32));
	WR(VSC7448_LRN_COMMON_MAC_ACCESS_CFG_1, (uint32_t)mac);
	WR(VSC7448_LRN_COMMON_MAC_ACCESS_CFG_2, 0x18000 | word);
	WR(VSC7448_LRN_COMMON_COMMON_ACCESS_CTRL, 1);
	clock_wait_us(world_clock(b.chip.world), 10);
}

static void test_a_locked_station_does_not_move(void **state)
{
	(void)state;
	add_static(1, STATION(1), 3);
	SEND(5, .dmac = BROADCAST, .smac = STATION(1));
	assert_int_equal(b.ports, ALL & ~BIT(5));
	SEND(7, .dmac = STATION(1), .smac = STATION(2));
	assert_int_equal(b.ports, BIT(3));
	/* DROP_MOVED_LOCKED_ENA: its frames from elsewhere are dropped too */
	MASK(VSC7448_ANA_L2_COMMON_LRN_SECUR_LOCKED_CFG, BIT(5));
	SEND(5, .dmac = BROADCAST, .smac = STATION(1));
	assert_int_equal(b.ports, 0);
}

static void test_a_static_group_address_goes_to_its_group(void **state)
{
	(void)state;
	MASK(VSC7448_ANA_AC_PGID_PGID_CFG(61), BIT(2) | BIT(49));
	add_static(1, UINT64_C(0x01005e010203), 3 << 12 | (61 - 53));
	SEND(0, .dmac = UINT64_C(0x01005e010203), .smac = STATION(1));
	assert_int_equal(b.ports, BIT(2) | BIT(49));
}

static void test_stations_age_out_unless_they_are_heard(void **state)
{
	(void)state;
	WR(VSC7448_LRN_COMMON_AUTOAGE_CFG(0), 0x30000096); /* 300 s */
	WR(VSC7448_LRN_COMMON_AUTOAGE_CFG_1, 2);
	SEND(0, .dmac = BROADCAST, .smac = STATION(1));
	SEND(1, .dmac = BROADCAST, .smac = STATION(2));
	for (int i = 0; i < 6; i++) {
		clock_wait_us(world_clock(b.chip.world), 100000000);
		SEND(1, .dmac = BROADCAST, .smac = STATION(2));
	}
	SEND(7, .dmac = STATION(2), .smac = STATION(3));
	assert_int_equal(b.ports, BIT(1));
	SEND(7, .dmac = STATION(1), .smac = STATION(3));
	assert_int_equal(b.ports, ALL & ~BIT(7));
}

static void test_learning_can_be_off_by_port_vlan_and_spanning_tree(void **state)
{
	(void)state;
	MASK(VSC7448_ANA_L2_COMMON_AUTO_LRN_CFG, ALL & ~BIT(0));
	MASK(VSC7448_ANA_L3_MSTP_MSTP_LRN_CFG(0), ALL & ~BIT(1));
	vlan(9, ALL);
	WR(VSC7448_ANA_L3_VLAN_VLAN_CFG(9), 9 << 8 | 1 << 3);
	trunk(2, 1);
	trunk(7, 1);
	SEND(0, .dmac = BROADCAST, .smac = STATION(1));
	SEND(1, .dmac = BROADCAST, .smac = STATION(2));
	SEND(2, .dmac = BROADCAST, .smac = STATION(3), .vid = 9);
	SEND(3, .dmac = BROADCAST, .smac = STATION(4));
	for (uint32_t i = 1; i <= 4; i++) {
		SEND(7, .dmac = STATION(i), .smac = STATION(5), .vid = i == 3 ? 9 : 0);
		assert_int_equal(b.ports, i == 4 ? BIT(3) : ALL & ~BIT(7));
	}
}

/* Which PGID floods what: HOWTO section 5g. */
static void test_each_kind_of_traffic_floods_by_its_own_mask(void **state)
{
	static const struct {
		uint64_t dmac;
		uint32_t port;
	} kinds[] = {
		{ UINT64_C(0x020000000099), 10 }, { BROADCAST, 11 },
		{ UINT64_C(0x011b19000000), 11 }, { UINT64_C(0x01005e010203), 12 },
		{ UINT64_C(0x01005e000005), 13 }, { UINT64_C(0x333312345678), 14 },
		{ UINT64_C(0x333300000001), 15 },
	};

	(void)state;
	for (uint32_t i = 0; i < 6; i++)
		MASK(VSC7448_ANA_AC_PGID_PGID_CFG(53 + i), BIT(10 + i));
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		SEND(0, .dmac = kinds[i].dmac, .smac = STATION(1));
		assert_int_equal(b.ports, BIT(kinds[i].port));
	}
}

static void test_a_vlan_keeps_frames_among_its_members(void **state)
{
	(void)state;
	vlan(100, BIT(0) | BIT(1) | BIT(2));
	for (uint32_t port = 0; port < 3; port++)
		WR(VSC7448_ANA_CL_PORT_VLAN_CTRL(port), 100);
	MASK(VSC7448_ANA_L3_VLAN_VLAN_MASK_CFG(1), ALL & ~UINT64_C(7));
	SEND(0, .dmac = BROADCAST, .smac = STATION(1));
	assert_int_equal(b.ports, BIT(1) | BIT(2));
	SEND(5, .dmac = STATION(1), .smac = STATION(2));
	assert_int_equal(b.ports, ALL & ~UINT64_C(7) & ~BIT(5));
	/* the same address in two VLANs is two stations */
	SEND(5, .dmac = BROADCAST, .smac = STATION(1));
	SEND(6, .dmac = STATION(1), .smac = STATION(2));
	assert_int_equal(b.ports, BIT(5));
	SEND(2, .dmac = STATION(1), .smac = STATION(3));
	assert_int_equal(b.ports, BIT(0));
}

static void test_the_ingress_filter_discards_frames_of_foreign_vlans(void **state)
{
	(void)state;
	vlan(100, BIT(1) | BIT(2));
	trunk(0, 1);
	SEND(0, .dmac = BROADCAST, .smac = STATION(1), .vid = 100);
	assert_int_equal(b.ports, BIT(1) | BIT(2));
	MASK(VSC7448_ANA_L3_COMMON_VLAN_FILTER_CTRL, BIT(0));
	SEND(0, .dmac = BROADCAST, .smac = STATION(1), .vid = 100);
	assert_int_equal(b.ports, 0);
	MASK(VSC7448_ANA_L3_COMMON_VLAN_FILTER_CTRL, 0);
	WR(VSC7448_ANA_L3_VLAN_VLAN_CFG(100), 100 << 8 | 1 << 6);
	SEND(0, .dmac = BROADCAST, .smac = STATION(1), .vid = 100);
	assert_int_equal(b.ports, 0);
}

static void test_a_port_can_require_or_refuse_tags(void **state)
{
	(void)state;
	trunk(0, 1);
	WR(VSC7448_ANA_CL_PORT_VLAN_FILTER_CTRL(0, 0), 1 << 10); /* TAG_REQUIRED */
	SEND(0, .dmac = BROADCAST, .smac = STATION(1));
	assert_int_equal(b.ports, 0);
	SEND(0, .dmac = BROADCAST, .smac = STATION(1), .vid = 1);
	assert_int_equal(b.ports, ALL & ~BIT(0));
	WR(VSC7448_ANA_CL_PORT_VLAN_FILTER_CTRL(0, 0), 1 << 8); /* CTAG_DIS */
	SEND(0, .dmac = BROADCAST, .smac = STATION(1), .vid = 1);
	assert_int_equal(b.ports, 0);
	SEND(0, .dmac = BROADCAST, .smac = STATION(1));
	assert_int_equal(b.ports, ALL & ~BIT(0));
}

static void test_tags_are_removed_and_added_as_the_ports_say(void **state)
{
	static const uint8_t tag[4] = { 0x81, 0x00, 0x60, 0x64 };
	uint8_t plain[FRAME_BENCH_MAX];
	struct frame_spec spec = { .dmac = BROADCAST, .smac = STATION(1) };

	(void)state;
	frame_make(&spec, plain);
	vlan(100, ALL);
	trunk(0, 1);
	trunk(1, 1);
	trunk(2, 100);
	spec.vid = 100;
	spec.pcp = 3;
	assert_int_equal(frame_bench_send(&b, 0, &spec), 0);
	/* tagged where VID 100 is not the port's own, PCP as received */
	assert_memory_equal(frame_bench_at(&b, 1)->data + 12, tag, 4);
	assert_memory_equal(frame_bench_at(&b, 1)->data + 16, plain + 12, 30);
	/* untagged where it is, and where the port does not tag */
	assert_memory_equal(frame_bench_at(&b, 2)->data, plain, 44);
	assert_memory_equal(frame_bench_at(&b, 3)->data, plain, 44);
	assert_int_equal(frame_bench_at(&b, 3)->len, 60);
	/* an unaware port takes the tag for data */
	SEND(4, .dmac = BROADCAST, .smac = STATION(1), .vid = 100, .pcp = 3);
	assert_memory_equal(frame_bench_at(&b, 3)->data + 12, tag, 4);
}

static void test_isolated_ports_reach_only_promiscuous_ones(void **state)
{
	(void)state;
	WR(VSC7448_ANA_L3_VLAN_VLAN_CFG(1), 1 << 8 | 1 << 1);
	MASK(VSC7448_ANA_L3_COMMON_VLAN_ISOLATED_CFG, 3);
	MASK(VSC7448_ANA_L3_COMMON_VLAN_COMMUNITY_CFG, 0xc);
	SEND(0, .dmac = BROADCAST, .smac = STATION(1));
	assert_int_equal(b.ports, ALL & ~UINT64_C(0xf));
	SEND(2, .dmac = BROADCAST, .smac = STATION(2));
	assert_int_equal(b.ports, ALL & ~UINT64_C(7));
	SEND(4, .dmac = BROADCAST, .smac = STATION(3));
	assert_int_equal(b.ports, ALL & ~BIT(4));
}

static void test_source_masks_separate_ports(void **state)
{
	(void)state;
	MASK(VSC7448_ANA_AC_SRC_SRC_CFG(0), BIT(49));
	SEND(0, .dmac = BROADCAST, .smac = STATION(1));
	assert_int_equal(b.ports, BIT(49));
}

static void test_a_port_that_is_off_neither_takes_nor_sends(void **state)
{
	(void)state;
	WR(VSC7448_QFWD_SYSTEM_SWITCH_PORT_MODE(0), 0);
	SEND(0, .dmac = BROADCAST, .smac = STATION(1));
	assert_int_equal(b.ports, 0);
	SEND(1, .dmac = BROADCAST, .smac = STATION(1));
	assert_int_equal(b.ports, ALL & ~UINT64_C(3));
}

static void test_mirrors_copy_what_comes_in_and_what_goes_out(void **state)
{
	(void)state;
	add_static(1, STATION(2), 7);
	WR(VSC7448_QFWD_SYSTEM_FRAME_COPY_CFG(9), 48 << 6);
	WR(VSC7448_QFWD_SYSTEM_FRAME_COPY_CFG(10), 47 << 6);
	WR(VSC7448_ANA_AC_MIRROR_PROBE_PROBE_CFG(0), 2);
	MASK(VSC7448_ANA_AC_MIRROR_PROBE_PROBE_PORT_CFG(0), BIT(0));
	WR(VSC7448_ANA_AC_MIRROR_PROBE_PROBE_CFG(1), 1);
	MASK(VSC7448_ANA_AC_MIRROR_PROBE_PROBE_PORT_CFG(1), BIT(7));
	SEND(0, .dmac = STATION(2), .smac = STATION(1));
	assert_int_equal(b.ports, BIT(7) | BIT(48) | BIT(47));
	SEND(1, .dmac = STATION(2), .smac = STATION(3));
	assert_int_equal(b.ports, BIT(7) | BIT(47));
	SEND(7, .dmac = STATION(3), .smac = STATION(2));
	assert_int_equal(b.ports, BIT(1));
}

static void test_a_vlan_can_be_mirrored(void **state)
{
	(void)state;
	vlan(100, 3);
	WR(VSC7448_ANA_L3_VLAN_VLAN_CFG(100), 100 << 8 | 1);
	WR(VSC7448_QFWD_SYSTEM_FRAME_COPY_CFG(11), 48 << 6);
	WR(VSC7448_ANA_AC_MIRROR_PROBE_PROBE_CFG(2), 0x12);
	MASK(VSC7448_ANA_AC_MIRROR_PROBE_PROBE_PORT_CFG(2), ALL);
	WR(VSC7448_ANA_CL_PORT_VLAN_CTRL(0), 100);
	SEND(0, .dmac = BROADCAST, .smac = STATION(1));
	assert_int_equal(b.ports, BIT(1) | BIT(48));
	SEND(48, .dmac = STATION(1), .smac = STATION(2));
	assert_false((b.ports & BIT(48)) != 0);
}

/* The vendor's values (fixture storm_uc_1000fps): 1000 frames/s of unknown unicast, burst 63 units. */
static void test_a_storm_policer_lets_its_rate_through(void **state)
{
	unsigned passed = 0;

	(void)state;
	WR(VSC7448_ANA_AC_POL_POL_ALL_CFG_POL_STORM_RATE_CFG(0), 100);
	WR(VSC7448_ANA_AC_POL_POL_ALL_CFG_POL_STORM_THRES_CFG(0), 63);
	WR(VSC7448_ANA_AC_POL_POL_ALL_CFG_POL_STORM_CTRL(0), 0x40220);
	for (int i = 0; i < 1000; i++) {
		SEND(0, .dmac = STATION(99), .smac = STATION(1));
		passed += b.ports != 0;
	}
	assert_int_equal(passed, 63 * 8192 / 2504); /* the burst: no time has passed */
	passed = 0;
	for (int i = 0; i < 5000; i++) {
		clock_wait_us(world_clock(b.chip.world), 200);
		SEND(0, .dmac = STATION(99), .smac = STATION(1));
		passed += b.ports != 0;
	}
	assert_in_range(passed, 999, 1001);
	/* other traffic is not touched */
	SEND(0, .dmac = BROADCAST, .smac = STATION(1));
	assert_int_equal(b.ports, ALL & ~BIT(0));
	SEND(1, .dmac = STATION(1), .smac = STATION(2));
	assert_int_equal(b.ports, BIT(0));
}

static void test_odd_addresses_are_discarded(void **state)
{
	(void)state;
	SEND(0, .dmac = BROADCAST, .smac = UINT64_C(0x010000000001));
	assert_int_equal(b.ports, 0);
	SEND(0, .dmac = BROADCAST, .smac = 0);
	assert_int_equal(b.ports, 0);
}

static void test_a_cable_takes_frames_to_another_port(void **state)
{
	struct error err = { 0 };
	struct world_end end = { .kind = WORLD_END_PORT, .device = "mock", .port = 11 };

	(void)state;
	end.device = device_name(b.chip.dev);
	vlan(100, BIT(0) | BIT(10));
	vlan(200, BIT(11) | BIT(20));
	WR(VSC7448_ANA_CL_PORT_VLAN_CTRL(0), 100);
	WR(VSC7448_ANA_CL_PORT_VLAN_CTRL(10), 100);
	WR(VSC7448_ANA_CL_PORT_VLAN_CTRL(11), 200);
	assert_int_equal(world_plug(b.chip.world, device_name(b.chip.dev), 10, &end, &err), 0);
	SEND(0, .dmac = BROADCAST, .smac = STATION(1));
	assert_int_equal(b.ports, BIT(10) | BIT(20));
}

static void test_circles_of_plugs_end_and_are_told(void **state)
{
	struct error err = { 0 };
	struct world_end loop = { .kind = WORLD_END_LOOP };

	(void)state;
	for (uint32_t port = 10; port < 14; port++)
		assert_int_equal(
			world_plug(b.chip.world, device_name(b.chip.dev), port, &loop, &err),
			0);
	SEND(0, .dmac = BROADCAST, .smac = STATION(1));
	assert_true(mock_vsc7448_lost_in_loops(b.chip.model) > 0);
	/* and the plane still works */
	vlan(100, BIT(1) | BIT(2));
	WR(VSC7448_ANA_CL_PORT_VLAN_CTRL(1), 100);
	SEND(1, .dmac = BROADCAST, .smac = STATION(1));
	assert_int_equal(b.ports, BIT(2));
}

struct answer {
	unsigned n;
	uint64_t ports;
};

/* A host that answers each frame once: from within the delivery. */
static void answer(void *arg, const uint8_t *frame, size_t len)
{
	struct answer *a = arg;
	uint8_t back[FRAME_BENCH_MAX];

	memcpy(back, frame, len);
	memcpy(back, frame + 6, 6);
	memcpy(back + 6, frame, 6);
	if (a->n++ == 0)
		assert_int_equal(mock_vsc7448_inject(b.chip.model, 3, back, len), 0);
}

static void test_a_host_may_answer_from_its_receive_function(void **state)
{
	struct answer a = { 0 };
	struct world_host host = { .receive = answer, .arg = &a };
	struct world_end end = { .kind = WORLD_END_HOST, .host = &host };
	struct error err = { 0 };

	(void)state;
	add_static(1, STATION(3), 3);
	assert_int_equal(world_plug(b.chip.world, device_name(b.chip.dev), 3, &end, &err), 0);
	SEND(0, .dmac = STATION(3), .smac = STATION(1));
	assert_int_equal(a.n, 1);
	assert_int_equal(host.n_received, 1);
	assert_int_equal(b.ports, BIT(3) | BIT(0));
}

static void test_a_reset_chip_forwards_nothing(void **state)
{
	(void)state;
	SEND(0, .dmac = BROADCAST, .smac = STATION(1));
	WR(VSC7448_DEVCPU_GCB_CHIP_REGS_SOFT_RST, 2);
	frame_bench_forget(&b);
	frame_bench_send(&b, 0, &(struct frame_spec){ .dmac = BROADCAST, .smac = 1 });
	assert_int_equal(b.ports, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_an_unknown_destination_is_flooded_and_a_known_one_is_not),
		TEST(test_a_station_that_moves_is_found_at_its_new_port),
		TEST(test_a_locked_station_does_not_move),
		TEST(test_a_static_group_address_goes_to_its_group),
		TEST(test_stations_age_out_unless_they_are_heard),
		TEST(test_learning_can_be_off_by_port_vlan_and_spanning_tree),
		TEST(test_each_kind_of_traffic_floods_by_its_own_mask),
		TEST(test_a_vlan_keeps_frames_among_its_members),
		TEST(test_the_ingress_filter_discards_frames_of_foreign_vlans),
		TEST(test_a_port_can_require_or_refuse_tags),
		TEST(test_tags_are_removed_and_added_as_the_ports_say),
		TEST(test_isolated_ports_reach_only_promiscuous_ones),
		TEST(test_source_masks_separate_ports),
		TEST(test_a_port_that_is_off_neither_takes_nor_sends),
		TEST(test_mirrors_copy_what_comes_in_and_what_goes_out),
		TEST(test_a_vlan_can_be_mirrored),
		TEST(test_a_storm_policer_lets_its_rate_through),
		TEST(test_odd_addresses_are_discarded),
		TEST(test_a_cable_takes_frames_to_another_port),
		TEST(test_circles_of_plugs_end_and_are_told),
		TEST(test_a_host_may_answer_from_its_receive_function),
		TEST(test_a_reset_chip_forwards_nothing),
	};

	return cmocka_run_group_tests_name("vsc7448_forward", tests, NULL, NULL);
}
