/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The slot plan of the BTC model and the time of its cells, TDM and FDM.  Times are worked out by
 * hand from the default frame: slot s of 128 begins s * 125000 / 128 ns after the frame.
 */
#include "tests/lib/backplane_group.h"

#define RESERVED BTC_SLOT_NEXT_USE__KIND__RESERVED

static uint64_t arrived_ns[256];
static uint32_t n_arrived, n_cells;

static void note_arrival(void *arg, const struct mock_btc_delivery *delivery)
{
	(void)arg;
	if (delivery->station == 0 && n_arrived < 256) {
		arrived_ns[n_arrived++] = delivery->time_ns;
		n_cells = delivery->n_cells;
	}
}

static void clear_plan(void)
{
	for (uint32_t slot = 0; slot < 128; slot++)
		backplane_slot(&b, slot, BTC_SLOT_NEXT_USE__KIND__OFF, 0);
}

/* Blades 1 to @n are aligned, each owning the slots that @owners names, up to a 0. */
static void start(bool fdm, uint32_t n, const uint32_t owners[][2])
{
	n_arrived = 0;
	backplane_plug(&b, n);
	clear_plan();
	for (uint32_t i = 0; owners[i][0] != 0; i++)
		backplane_slot(&b, owners[i][0], RESERVED, owners[i][1]);
	backplane_apply(&b);
	mock_btc_set_tap(b.model, note_arrival, NULL);
	WRITE(CONTROL_MODE, fdm ? 0x101 : 1);
}

static void until_us(uint64_t us)
{
	backplane_wait_us(&b, us - 1000);
}

/* 33 bytes of body are 65 on the bus: three cells. */
static void test_cells_go_in_the_slots_of_their_owner(void **state)
{
	static const uint32_t owners[][2] = { { 10, 1 }, { 20, 1 }, { 0, 0 } };

	(void)state;
	start(false, 1, owners);
	backplane_wait_us(&b, 1000); /* frame 8 begins */
	assert_int_equal(backplane_send(&b, 1, 0, 33, 1), 0);
	until_us(1000 + 125 + 10);
	assert_int_equal(n_arrived, 0);
	backplane_wait_us(&b, 1);
	assert_int_equal(n_arrived, 1);
	assert_int_equal(n_cells, 3);
	assert_int_equal(arrived_ns[0], 1125000 + 125000 * 11 / 128);
	assert_int_equal(READ(FRAME_USED_SLOTS), 3);
	assert_int_equal(READ(FRAME_IDLE_SLOTS), 2 * 9 + 1 - 3);
}

/* Slot 10 begins 9.766 us after its frame. */
static void test_what_comes_after_a_slot_has_begun_waits_for_the_next(void **state)
{
	static const uint32_t owners[][2] = { { 10, 1 }, { 20, 1 }, { 21, 1 }, { 0, 0 } };

	(void)state;
	start(false, 1, owners);
	backplane_wait_us(&b, 1009);
	assert_int_equal(backplane_send(&b, 1, 0, 0, 1), 0); /* two cells: slots 10, 20 */
	backplane_wait_us(&b, 125 + 1);                      /* 1135 us */
	assert_int_equal(backplane_send(&b, 1, 0, 0, 1), 0); /* slots 20, 21 */
	backplane_wait_us(&b, 125);
	assert_int_equal(n_arrived, 2);
	assert_int_equal(arrived_ns[0], 1000000 + 125000 * 21 / 128);
	assert_int_equal(arrived_ns[1], 1125000 + 125000 * 22 / 128);
}

/* Two slots are a channel of two cells a frame: after 62.5 and 125 us. */
static void test_fdm_spreads_an_owner_over_the_frame(void **state)
{
	static const uint32_t owners[][2] = { { 10, 1 }, { 20, 1 }, { 0, 0 } };

	(void)state;
	start(true, 1, owners);
	backplane_wait_us(&b, 1000);
	assert_int_equal(backplane_send(&b, 1, 0, 33, 1), 0);
	backplane_wait_us(&b, 125 + 63);
	assert_int_equal(n_arrived, 1);
	assert_int_equal(arrived_ns[0], 1125000 + 62500);
}

/* Each owner of three slots needs one frame for three cells, whoever else sends. */
static void test_fdm_channels_do_not_wait_for_each_other(void **state)
{
	uint32_t owners[31][2] = { 0 };

	(void)state;
	for (uint32_t i = 0; i < 30; i++) {
		owners[i][0] = i + 1;
		owners[i][1] = i / 3 + 1;
	}
	start(true, 10, (const uint32_t(*)[2])owners);
	backplane_wait_us(&b, 1000);
	for (uint32_t i = 1; i <= 10; i++)
		assert_int_equal(backplane_send(&b, i, 0, 33, i), 0);
	backplane_wait_us(&b, 125);
	assert_int_equal(n_arrived, 10);
	for (uint32_t i = 0; i < 10; i++)
		assert_int_equal(arrived_ns[i], 1125000);
}

/* Whenever a message comes to a blade that has nothing to send, its slot comes within a frame. */
static void test_the_wait_for_a_reserved_slot_is_a_frame_at_most(void **state)
{
	static const uint32_t owners[][2] = { { 77, 1 }, { 0, 0 } };
	struct mock_btc_blade_stats stats;

	(void)state;
	start(false, 1, owners);
	backplane_wait_us(&b, 1000);
	for (unsigned i = 0; i < 125; i++) {
		assert_int_equal(backplane_send(&b, 1, 0, 0, i), 0);
		backplane_wait_us(&b, 3 * 125 + 1);
	}
	assert_int_equal(mock_btc_blade_stats(b.model, 1, &stats), 0);
	assert_int_equal(stats.sent, 125);
	assert_in_range(stats.longest_wait_ns, 124000, 125000);
}

static void test_a_plan_comes_into_force_at_the_frame_boundary(void **state)
{
	static const uint32_t owners[][2] = { { 10, 1 }, { 0, 0 } };

	(void)state;
	start(false, 1, owners);
	assert_int_equal(READ(SLOT_STATUS), 1);
	WRITE(CONTROL_EVENTS, 0x7ff);
	backplane_wait_us(&b, 1060);
	clear_plan();
	backplane_slot(&b, 30, RESERVED, 1);
	backplane_apply(&b);
	backplane_slot(&b, 31, RESERVED, 1); /* NEXT as it is at the boundary */
	backplane_wait_us(&b, 64);
	assert_int_equal(READ(SLOT_CONTROL), 1);
	assert_int_equal(READ(SLOT_ACTIVE_USE(30)), 0x10000);
	assert_int_equal(READ(CONTROL_EVENTS), 0);
	backplane_wait_us(&b, 1);
	backplane_slot(&b, 32, RESERVED, 1); /* too late */
	assert_int_equal(READ(SLOT_CONTROL), 0);
	assert_int_equal(READ(SLOT_ACTIVE_USE(10)), 0x10000);
	assert_int_equal(READ(SLOT_ACTIVE_USE(30)), 0x10101);
	assert_int_equal(READ(SLOT_ACTIVE_USE(31)), 0x10101);
	assert_int_equal(READ(SLOT_ACTIVE_USE(32)), 0x10000);
	assert_int_equal(READ(SLOT_STATUS), 2);
	assert_int_equal(READ(CONTROL_EVENTS), EVENT(PLAN_APPLIED));
}

static void refused(uint32_t slot, uint32_t use)
{
	uint32_t number = READ(SLOT_STATUS) & 0xffff;

	clear_plan();
	WRITE(SLOT_NEXT_USE(127), use); /* the first one counts */
	WRITE(SLOT_NEXT_USE(slot), use);
	backplane_apply(&b);
	backplane_wait_frames(&b, 2);
	assert_int_equal(READ(SLOT_CONTROL), 0);
	assert_int_equal(READ(SLOT_STATUS), slot << 24 | 1u << 16 | number);
	HAS(CONTROL_EVENTS, EVENT(PLAN_REFUSED));
	assert_int_equal(READ(SLOT_ACTIVE_USE(10)), 0x10101);
	WRITE(CONTROL_EVENTS, EVENT(PLAN_REFUSED));
}

static void test_a_wrong_plan_is_refused_as_a_whole(void **state)
{
	static const uint32_t owners[][2] = { { 10, 1 }, { 0, 0 } };

	(void)state;
	start(false, 1, owners);
	refused(7, RESERVED << 8 | 65);
	refused(8, 3u << 8);
	refused(9, 65); /* OFF, but with an owner that cannot be */
	clear_plan();
	WRITE(SLOT_NEXT_USE(0), RESERVED << 8);
	backplane_apply(&b);
	backplane_wait_frames(&b, 1);
	assert_int_equal(READ(SLOT_STATUS), 1u << 16 | 1);
	WRITE(SLOT_NEXT_USE(0), 0x10000);
	backplane_apply(&b);
	backplane_wait_frames(&b, 1);
	assert_int_equal(READ(SLOT_STATUS), 2);
}

/* Everybody keeps a slot at least: what is on its way goes on in the new slots. */
static void test_new_plans_under_load_lose_nothing(void **state)
{
	const struct mock_btc_conduct flood = {
		.behaviour = MOCK_BTC_FLOOD, .type = 1, .length = 300, .count = 40
	};
	struct mock_btc_stats stats;
	uint32_t random = 1;

	(void)state;
	backplane_start(&b, 8);
	WRITE(FORWARD_QUEUE, 0xffff0000);
	for (uint32_t i = 1; i <= 8; i++) {
		struct mock_btc_conduct conduct = flood;

		backplane_ident(i % 8 + 1, conduct.to);
		assert_int_equal(mock_btc_behave(b.model, i, &conduct), 0);
	}
	for (unsigned plan = 0; plan < 60; plan++) {
		for (uint32_t slot = 1; slot < 128; slot++) {
			random = random * 1664525u + 1013904223u;
			backplane_slot(&b, slot, RESERVED,
				       slot < 10      ? slot - 1
				       : random >> 31 ? 0
						      : 1 + (random >> 16) % 8);
		}
		backplane_apply(&b);
		backplane_wait_us(&b, 400);
	}
	backplane_wait_frames(&b, 1000);
	mock_btc_stats(b.model, &stats);
	assert_int_equal(READ(FORWARD_FORWARDED), 320);
	assert_int_equal(stats.taken, 320);
	assert_int_equal(stats.broken + stats.missed, 0);
	assert_int_equal(READ(SLOT_STATUS), 61);
}

static void test_the_shape_changes_only_while_the_bus_is_silent(void **state)
{
	(void)state;
	WRITE(FRAME_PERIOD, 9999);
	assert_int_equal(READ(FRAME_PERIOD), 125000);
	WRITE(FRAME_SHAPE, 33u << 8 | 100);
	assert_int_equal(READ(FRAME_SHAPE), 32u << 8 | 128);
	WRITE(FRAME_SHAPE, 64u << 8 | 100);
	WRITE(FRAME_PERIOD, 250000);
	WRITE(CONTROL_MODE, 1);
	WRITE(FRAME_SHAPE, 32u << 8 | 128);
	WRITE(FRAME_PERIOD, 125000);
	WRITE(CONTROL_MODE, 0x101);
	assert_int_equal(READ(FRAME_SHAPE), 64u << 8 | 100);
	assert_int_equal(READ(FRAME_PERIOD), 250000);
	assert_int_equal(READ(CONTROL_MODE), 1);
	backplane_wait_us(&b, 1000);
	assert_int_equal(READ(FRAME_NUMBER), 4);
	WRITE(CONTROL_MODE, 0x100);
	assert_int_equal(READ(CONTROL_MODE), 0);
	WRITE(CONTROL_MODE, 0x100);
	assert_int_equal(READ(CONTROL_MODE), 0x100);
}

/* A message cut off by silence starts anew, and arrives once. */
static void test_silence_in_mid_message_loses_nothing(void **state)
{
	static const uint32_t owners[][2] = { { 10, 1 }, { 20, 1 }, { 0, 0 } };

	(void)state;
	start(false, 1, owners);
	backplane_wait_us(&b, 1000);
	assert_int_equal(backplane_send(&b, 1, 0, 33, 1), 0);
	backplane_wait_us(&b, 30);
	WRITE(CONTROL_MODE, 0);
	assert_int_equal(READ(BLADE_STATUS(0)) & 2, 0);
	assert_int_equal(READ(BLADE_EVENTS(0)), 1);
	backplane_wait_us(&b, 5000);
	WRITE(CONTROL_MODE, 1);
	backplane_wait_frames(&b, 6);
	assert_int_equal(n_arrived, 1);
	assert_int_equal(n_cells, 3);
	assert_int_equal(READ(BLADE_LOST_CELLS(0)), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_cells_go_in_the_slots_of_their_owner),
		TEST(test_what_comes_after_a_slot_has_begun_waits_for_the_next),
		TEST(test_fdm_spreads_an_owner_over_the_frame),
		TEST(test_fdm_channels_do_not_wait_for_each_other),
		TEST(test_the_wait_for_a_reserved_slot_is_a_frame_at_most),
		TEST(test_a_plan_comes_into_force_at_the_frame_boundary),
		TEST(test_a_wrong_plan_is_refused_as_a_whole),
		TEST(test_new_plans_under_load_lose_nothing),
		TEST(test_the_shape_changes_only_while_the_bus_is_silent),
		TEST(test_silence_in_mid_message_loses_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
