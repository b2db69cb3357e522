/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The BTC's driver on registers that do what their description says and no more (mock:,plain): what
 * is written where, what it costs, what is refused.  Numbers of registers and fields are those of
 * regmaps/btc, written out.
 */
#ifndef BTC_URI
#define BTC_URI "mock:,plain"
#endif
#include "tests/lib/btc_group.h"

#include "hal/btc/arb.h"
#include "hal/btc/blades.h"
#include "hal/btc/counters.h"
#include "hal/btc/events.h"
#include "hal/btc/forward.h"
#include "hal/btc/frame.h"
#include "hal/btc/message.h"
#include "hal/btc/slots.h"
#include "hal/btc/steer.h"

#define MODE         0x44
#define IDENT_HI     0x48
#define EVENTS       0x50
#define SHAPE        0x104
#define SLOT_CONTROL 0x1000
#define SLOT_STATUS  0x1004
#define NEXT(slot)   (0x1800 + 0x10 * (slot))
#define ACTIVE(slot) (0x2000 + 0x10 * (slot))
#define RIGHTS(i)    (0x2900 + 0x10 * (i))
#define FORWARD      0x3100
#define RULE(i)      (0x3800 + 0x10 * (i))
#define BLADE(i)     (0x4000 + 0x100 * ((i)-1))

static const struct mac own = { { 0x02, 0, 0, 0, 0, 0xfe } };

/* --- identity ---------------------------------------------------------------------------- */

static void test_the_identity_is_read_and_nothing_else(void **state)
{
	const struct btc_capabilities *cap = btc_capabilities(b.btc);

	(void)state;
	assert_int_equal(cap->major, 1);
	assert_int_equal(cap->minor, 0);
	assert_true(cap->fdm);
	assert_false(cap->coder || cap->platform);
	assert_int_equal(cap->n_blades, 64);
	assert_int_equal(cap->n_slots, 128);
	assert_int_equal(cap->slot_bytes, 64);
	btc_close(b.btc);
	btc_bench_forget_log(&b);
	PASS(btc_open(b.dev, &err, &b.btc));
	assert_string_equal(btc_bench_cost(&b), "1 batches, 3 reads, 0 writes");
}

/* Opens with a word stuck at a value. */
static void refused(uint64_t addr, uint32_t value, int code, const char *text)
{
	struct btc_bench closed;
	struct btc *btc = NULL;

	btc_bench_open_closed(&closed, BTC_URI);
	mock_stick(closed.mock, addr, UINT32_MAX, value);
	FAIL(btc_open(closed.dev, &err, &btc), code, text);
	assert_null(btc);
	btc_bench_close(&closed);
}

static void test_what_is_not_this_core_is_refused_with_a_remedy(void **state)
{
	(void)state;
	refused(0, UINT32_MAX, E_NODEV, "ID:MAGIC reads 0xffffffff: nothing answers");
	refused(0, 0, E_NODEV, "ID:MAGIC reads 0x00000000: nothing answers");
	refused(0, 0x31435442, E_NODEV, "the byte order");
	refused(4, 0x00020000, E_NOTSUP, "ID:VERSION is 2.0: only 1.x is known");
	refused(8, 0x40807f04, E_NOTSUP, "tells 127 stations");
	refused(8, 0x40ff4004, E_NOTSUP, "255 timeslots");
	refused(8, 0x00804004, E_NOTSUP, "of 0 bytes");
}

static void test_a_device_with_another_map_is_refused(void **state)
{
	struct board_options options = { .map = "vsc7448" };
	struct board *board;
	struct btc *btc = NULL;

	(void)state;
	PASS(board_open_bus("mock:,plain", &options, &err, &board));
	FAIL(btc_open(board_device_at(board, 0), &err, &btc), E_NOTSUP,
	     "has the register map vsc7448, not btc");
	board_close(board);
}

static void test_a_bus_that_loses_bits_fails_the_scratch_test(void **state)
{
	(void)state;
	PASS(btc_scratch_test(b.btc, 0x5a5a0f0f, &err));
	assert_string_equal(btc_bench_cost(&b), "1 batches, 2 reads, 2 writes");
	mock_stick(b.mock, 0xc, 0x10, 0x10);
	FAIL(btc_scratch_test(b.btc, 0x5a5a0f0f, &err), E_MISMATCH, "ID:SCRATCH reads");
}

/* --- the core as a whole ----------------------------------------------------------------- */

static void test_a_reset_waits_until_it_is_done(void **state)
{
	(void)state;
	btc_bench_poke(&b, 0xc, 1);
	PASS(btc_reset(b.btc, &err));
	assert_int_equal(btc_bench_peek(&b, 0x40), 0);
	mock_stick(b.mock, 0x40, 1, 1);
	FAIL(btc_reset(b.btc, &err), E_TIMEOUT,
	     "CONTROL:RESET.SOFT_RST was not 0x0 within 1000 us, last 0x1");
}

static void test_init_silences_the_bus_before_it_changes_and_enables_it_last(void **state)
{
	struct btc_shape shape = { .period_ns = 250000, .n_slots = 64, .slot_bytes = 16 };
	struct btc_setup setup = {
		.ident = own, .medium = BTC_MEDIUM_FDM, .shape = &shape, .forward = true
	};
	static const struct {
		uint64_t addr;
		uint32_t value;
	} want[] = {
		{ MODE, 0x000 },      { MODE, 0x100 },   { IDENT_HI, 0x0200 },
		{ 0x4c, 0x000000fe }, { 0x100, 250000 }, { SHAPE, 0x1040 },
		{ FORWARD, 0x201 },   { MODE, 0x101 },
	};
	size_t n = 0;

	(void)state;
	btc_bench_poke(&b, MODE, 1);
	PASS(btc_init(b.btc, &setup, &err));
	for (size_t i = 0; i < b.n_access; i++) {
		if (b.access[i].kind != BUS_OP_WRITE)
			continue;
		assert_true(n < 8);
		assert_int_equal(b.access[i].addr, want[n].addr);
		assert_int_equal(b.access[i].value, want[n++].value);
	}
	assert_int_equal(n, 8);
	assert_string_equal(btc_bench_cost(&b), "2 batches, 2 reads, 8 writes");
}

static void test_init_checks_everything_before_the_first_write(void **state)
{
	struct btc_shape shape = btc_shape_default();
	struct btc_setup setup = { .ident = own, .shape = &shape };
	struct btc_plan plan;

	(void)state;
	setup.ident = btc_everybody();
	FAIL(btc_init(b.btc, &setup, &err), E_RANGE, "ff:ff:ff:ff:ff:ff is nobody's");
	setup.ident = (struct mac){ { 0 } };
	FAIL(btc_init(b.btc, &setup, &err), E_RANGE, "is nobody's identifier");
	setup.ident = own;
	shape.n_slots = 129;
	FAIL(btc_init(b.btc, &setup, &err), E_RANGE, "129 timeslots: only 2 to 128");
	shape.n_slots = 128;
	shape.slot_bytes = 31;
	FAIL(btc_init(b.btc, &setup, &err), E_RANGE, "timeslots of 31 bytes");
	shape.slot_bytes = 32;
	shape.period_ns = 9999;
	FAIL(btc_init(b.btc, &setup, &err), E_RANGE, "a frame of 9999 ns");
	shape.period_ns = 125000;
	btc_plan_init(&plan, 64);
	setup.plan = &plan;
	FAIL(btc_init(b.btc, &setup, &err), E_RANGE, "the plan is for 64 timeslots");
	setup.shape = NULL;
	FAIL(btc_init(b.btc, &setup, &err), E_RANGE, "the plan is for 64 timeslots");
	assert_int_equal(access_log_writes(&b.log), 0);
}

static void test_the_medium_and_the_frame_change_on_a_silent_bus_only(void **state)
{
	struct btc_shape shape = btc_shape_default(), got;

	(void)state;
	PASS(btc_enable_set(b.btc, true, &err));
	FAIL(btc_medium_set(b.btc, BTC_MEDIUM_FDM, &err), E_STATE, "CONTROL:MODE.ENABLE is 1");
	PASS(btc_medium_set(b.btc, BTC_MEDIUM_TDM, &err));
	PASS(btc_frame_set(b.btc, &shape, &err));
	shape.n_slots = 100;
	FAIL(btc_frame_set(b.btc, &shape, &err), E_STATE, "CONTROL:MODE.ENABLE is 1");
	assert_int_equal(btc_bench_peek(&b, SHAPE), 0x2080);
	PASS(btc_enable_set(b.btc, false, &err));
	PASS(btc_frame_set(b.btc, &shape, &err));
	PASS(btc_medium_set(b.btc, BTC_MEDIUM_FDM, &err));
	assert_int_equal(btc_bench_peek(&b, SHAPE), 0x2064);
	assert_int_equal(btc_bench_peek(&b, MODE), 0x100);
	PASS(btc_frame_get(b.btc, &err, &got));
	assert_int_equal(got.n_slots, 100);
	assert_int_equal(got.slot_bytes, 32);
	assert_int_equal(got.period_ns, 125000);
}

static void test_a_core_without_fdm_is_not_asked_for_it(void **state)
{
	struct btc_bench other;
	struct btc_setup setup = { .ident = own, .medium = BTC_MEDIUM_FDM };

	(void)state;
	btc_bench_open_closed(&other, BTC_URI);
	mock_stick(other.mock, 8, 4, 0);
	PASS(btc_open(other.dev, &err, &other.btc));
	FAIL(btc_medium_set(other.btc, BTC_MEDIUM_FDM, &err), E_NOTSUP, "no medium FDM");
	FAIL(btc_init(other.btc, &setup, &err), E_NOTSUP, "no medium FDM");
	btc_bench_close(&other);
}

static void test_the_state_is_one_transfer(void **state)
{
	struct btc_state got;

	(void)state;
	btc_bench_poke(&b, MODE, 0x101);
	btc_bench_poke(&b, IDENT_HI, 0x0200);
	btc_bench_poke(&b, IDENT_HI + 4, 0xfe);
	btc_bench_poke(&b, EVENTS, 0x21);
	btc_bench_poke(&b, SLOT_STATUS, 7);
	btc_bench_poke(&b, 0x10c, 1234);
	btc_bench_poke(&b, 0x3008, 3 << 16 | 4000);
	btc_bench_poke(&b, 0x3018, 2 << 16 | 20);
	btc_bench_poke(&b, BLADE(1), 0x203);
	btc_bench_poke(&b, BLADE(2), 0x105);
	btc_bench_poke(&b, BLADE(64), 0x301);
	PASS(btc_state_get(b.btc, &err, &got));
	assert_string_equal(btc_bench_cost(&b), "1 batches, 72 reads, 0 writes");
	assert_true(got.enabled);
	assert_int_equal(got.medium, BTC_MEDIUM_FDM);
	assert_int_equal(mac_number(&got.ident), 0x0200000000fe);
	assert_int_equal(got.events, BTC_EVENT_BLADE | BTC_EVENT_PLAN_REFUSED);
	assert_int_equal(got.plan, 7);
	assert_int_equal(got.frame, 1234);
	assert_int_equal(got.tx_space_words, 4000);
	assert_int_equal(got.tx_messages, 3);
	assert_int_equal(got.rx_level_words, 20);
	assert_int_equal(got.rx_messages, 2);
	assert_true(got.present == (UINT64_C(1) << 63 | 3));
	assert_int_equal(got.aligned, 1);
	assert_int_equal(got.ready, 1);
	assert_int_equal(got.duplicate, 2);
	assert_true(got.disabled == UINT64_C(1) << 63);
}

/* --- frame, arbitration, forwarding, steering, events, counters -------------------------- */

static void test_the_default_frame_is_that_of_h110(void **state)
{
	struct btc_shape shape = btc_shape_default(), got;
	struct btc_alignment alignment;

	(void)state;
	/* ECTF H.110: 8 kHz frames, 32 streams of 8.192 Mb/s */
	assert_int_equal(btc_shape_bps(&shape), 262144000);
	PASS(btc_frame_get(b.btc, &err, &got));
	assert_memory_equal(&got, &shape, sizeof(got));
	/* 28 bytes of payload in a cell: a message without body is 32 bytes */
	assert_int_equal(btc_shape_cells(&shape, 0), 2);
	assert_int_equal(btc_shape_cells(&shape, 24), 2);
	assert_int_equal(btc_shape_cells(&shape, 25), 3);
	assert_int_equal(btc_shape_cells(&shape, 1500), 55);
	PASS(btc_alignment_get(b.btc, &err, &alignment));
	assert_int_equal(alignment.word, 0x9b1b);
	assert_int_equal(alignment.gain, 3);
	assert_int_equal(alignment.lose, 3);
	alignment.lose = 15;
	alignment.word = 0x1b9b;
	PASS(btc_alignment_set(b.btc, &alignment, &err));
	assert_int_equal(btc_bench_peek(&b, 0x108), 0xf31b9b);
	alignment.gain = 0;
	FAIL(btc_alignment_set(b.btc, &alignment, &err), E_RANGE, "only 1 to 15");
	alignment.gain = 16;
	FAIL(btc_alignment_set(b.btc, &alignment, &err), E_RANGE, "only 1 to 15");
}

static void test_arbitration_is_set_and_read(void **state)
{
	struct btc_rights rights = { .weight = 5, .priority = 6, .enable = false };
	struct btc_requester got[65];
	enum btc_arb_mode mode;

	(void)state;
	PASS(btc_arb_mode_get(b.btc, &err, &mode));
	assert_int_equal(mode, BTC_ARB_ROUND_ROBIN);
	PASS(btc_arb_mode_set(b.btc, BTC_ARB_WEIGHTED, &err));
	assert_int_equal(btc_bench_peek(&b, 0x2800), 2);
	PASS(btc_arb_rights_set(b.btc, 64, &rights, &err));
	assert_int_equal(btc_bench_peek(&b, RIGHTS(64)), 0x605);
	btc_bench_poke(&b, RIGHTS(0) + 4, 11);
	btc_bench_poke(&b, RIGHTS(0) + 8, 12);
	btc_bench_poke(&b, RIGHTS(0) + 12, 13);
	btc_bench_forget_log(&b);
	PASS(btc_arb_get(b.btc, 0, 65, &err, got));
	assert_string_equal(btc_bench_cost(&b), "1 batches, 260 reads, 0 writes");
	assert_int_equal(got[0].requests, 11);
	assert_int_equal(got[0].grants, 12);
	assert_int_equal(got[0].longest_wait, 13);
	assert_int_equal(got[0].rights.weight, 1);
	assert_true(got[0].rights.enable);
	assert_int_equal(got[64].rights.weight, 5);
	assert_int_equal(got[64].rights.priority, 6);
	assert_false(got[64].rights.enable);
	PASS(btc_arb_wait_clear(b.btc, 0, 1, &err));
	assert_int_equal(btc_bench_peek(&b, RIGHTS(0) + 12), 0);
	btc_bench_poke(&b, 0x2800, 3);
	btc_forget(b.btc);
	FAIL(btc_arb_mode_get(b.btc, &err, &mode), E_CORRUPT, "ARB:MODE.MODE reads 3");
	FAIL(btc_arb_rights_set(b.btc, 65, &rights, &err), E_RANGE, "station 65: only 0 to 64");
	rights.priority = 8;
	FAIL(btc_arb_rights_set(b.btc, 1, &rights, &err), E_RANGE, "priority 8");
	rights.weight = 256;
	FAIL(btc_arb_rights_set(b.btc, 1, &rights, &err), E_RANGE, "weight 256");
	FAIL(btc_arb_get(b.btc, 60, 6, &err, got), E_RANGE, "6 stations from 60 on");
}

static void test_forwarding_is_set_and_read(void **state)
{
	struct btc_forwarding f = {
		.enable = true, .broadcast = BTC_BROADCAST_ALL, .copy = true, .limit_words = 100
	};
	struct btc_forwarding got;

	(void)state;
	PASS(btc_forwarding_set(b.btc, &f, &err));
	assert_int_equal(btc_bench_peek(&b, FORWARD), 0x10101);
	assert_int_equal(btc_bench_peek(&b, FORWARD + 4), 100 << 16);
	btc_bench_poke(&b, FORWARD + 4, 100 << 16 | 42);
	PASS(btc_forwarding_get(b.btc, &err, &got));
	assert_true(got.enable && got.copy);
	assert_int_equal(got.broadcast, BTC_BROADCAST_ALL);
	assert_int_equal(got.limit_words, 100);
	assert_int_equal(got.level_words, 42);
	f.limit_words = 65536;
	FAIL(btc_forwarding_set(b.btc, &f, &err), E_RANGE, "only 0 to 65535");
	f.limit_words = 1;
	f.broadcast = (enum btc_broadcast)3;
	FAIL(btc_forwarding_set(b.btc, &f, &err), E_RANGE, "broadcast policy 3");
	btc_bench_poke(&b, FORWARD, 3 << 8);
	FAIL(btc_forwarding_get(b.btc, &err, &got), E_CORRUPT,
	     "FORWARD:MODE.BROADCAST reads 3");
}

static void test_a_steering_rule_is_invalid_while_it_changes(void **state)
{
	struct btc_steer_rule rule = { .valid = true,
				       .type = 0x0102,
				       .function = 9,
				       .eligible = UINT64_C(0x8000000000000001) };
	struct btc_steer_rule got[64];
	uint32_t values[4];
	size_t n = 0;

	(void)state;
	PASS(btc_steer_set(b.btc, 5, &rule, &err));
	assert_int_equal(btc_bench_peek(&b, RULE(5)), 0x80090102);
	assert_int_equal(btc_bench_peek(&b, RULE(5) + 4), 1);
	assert_int_equal(btc_bench_peek(&b, RULE(5) + 8), 0x80000000);
	btc_bench_forget_log(&b);
	PASS(btc_steer_set(b.btc, 5, &rule, &err));
	assert_int_equal(b.n_access, 0);
	rule.eligible = 2;
	PASS(btc_steer_set(b.btc, 5, &rule, &err));
	for (size_t i = 0; i < b.n_access; i++)
		if (b.access[i].kind == BUS_OP_WRITE)
			values[n++] = b.access[i].value;
	assert_int_equal(n, 4);
	assert_int_equal(values[0], 0x00090102);
	assert_int_equal(values[3], 0x80090102);
	btc_bench_poke(&b, RULE(5) + 12, 77);
	btc_forget(b.btc);
	btc_bench_forget_log(&b);
	PASS(btc_steer_get(b.btc, &err, got));
	assert_string_equal(btc_bench_cost(&b), "2 batches, 67 reads, 0 writes");
	assert_true(got[5].valid && !got[4].valid);
	assert_int_equal(got[5].type, 0x0102);
	assert_int_equal(got[5].function, 9);
	assert_int_equal(got[5].eligible, 2);
	assert_int_equal(got[5].hits, 77);
	PASS(btc_steer_clear(b.btc, 5, &err));
	assert_int_equal(btc_bench_peek(&b, RULE(5)), 0x00090102);
	FAIL(btc_steer_set(b.btc, 64, &rule, &err), E_RANGE, "rule 64: only 0 to 63");
	rule.function = 32;
	FAIL(btc_steer_set(b.btc, 0, &rule, &err), E_RANGE, "function 32: only 0 to 31");
}

static void test_only_events_that_were_told_are_cleared(void **state)
{
	uint32_t events = 0;

	(void)state;
	btc_bench_poke(&b, EVENTS, 0x43);
	PASS(btc_events_take(b.btc, BTC_EVENT_BABBLE | BTC_EVENT_ERROR, &err, &events));
	assert_int_equal(events, BTC_EVENT_BABBLE);
	assert_int_equal(btc_bench_peek(&b, EVENTS), 3);
	PASS(btc_events_take(b.btc, BTC_ALL_EVENTS, &err, &events));
	assert_int_equal(events, 3);
	btc_bench_forget_log(&b);
	PASS(btc_events_take(b.btc, BTC_ALL_EVENTS, &err, &events));
	assert_int_equal(events, 0);
	assert_string_equal(btc_bench_cost(&b), "1 batches, 1 reads, 0 writes");
	PASS(btc_events_enable_set(b.btc, 0x7ff, &err));
	PASS(btc_events_enable_get(b.btc, &err, &events));
	assert_int_equal(events, 0x7ff);
	FAIL(btc_events_enable_set(b.btc, 0x800, &err), E_RANGE, "only bits 0 to 10");
}

static void test_a_wait_for_an_event_is_bounded(void **state)
{
	uint32_t events = 99;

	(void)state;
	FAIL(btc_events_wait(b.btc, BTC_EVENT_BABBLE, 10000, &err, &events), E_TIMEOUT,
	     "CONTROL:EVENTS & 0x40 stayed 0 for 10000 us");
	assert_int_equal(events, 99);
	assert_true(b.n_access < 200);
	btc_bench_poke(&b, EVENTS, 0x41);
	PASS(btc_events_wait(b.btc, BTC_EVENT_BABBLE, 10000, &err, &events));
	assert_int_equal(events, BTC_EVENT_BABBLE);
}

static void test_each_counter_is_read_from_its_register(void **state)
{
	static const uint64_t addrs[BTC_N_COUNTERS] = {
		0x110,  0x114,  0x118,  0x11c,  0x3024, 0x3028, 0x3020, 0x3110,
		0x3114, 0x3118, 0x311c, 0x3120, 0x3124, 0x3128, 0x312c, 0x3130,
	};
	uint32_t core[BTC_N_COUNTERS], blade[BTC_N_BLADE_COUNTERS];

	(void)state;
	for (uint32_t i = 0; i < BTC_N_COUNTERS; i++)
		btc_bench_poke(&b, addrs[i], 100 + i);
	for (uint32_t i = 0; i < BTC_N_BLADE_COUNTERS; i++)
		btc_bench_poke(&b, BLADE(64) + 0x40 + 4 * i, 200 + i);
	PASS(btc_counters_get(b.btc, &err, core));
	PASS(btc_blade_counters_get(b.btc, 64, &err, blade));
	assert_string_equal(btc_bench_cost(&b), "2 batches, 27 reads, 0 writes");
	for (uint32_t i = 0; i < BTC_N_COUNTERS; i++)
		assert_int_equal(core[i], 100 + i);
	for (uint32_t i = 0; i < BTC_N_BLADE_COUNTERS; i++)
		assert_int_equal(blade[i], 200 + i);
	assert_string_equal(btc_counter_name(BTC_COUNT_DROP_STEER), "drop-steer");
	assert_string_equal(btc_blade_counter_name(BTC_COUNT_BLADE_ALIGN_LOSSES),
			    "align-losses");
	assert_null(btc_counter_name(BTC_N_COUNTERS));
	assert_null(btc_blade_counter_name(BTC_N_BLADE_COUNTERS));
	assert_true(btc_counter_is_drop(BTC_COUNT_RX_OVERFLOWS));
	assert_true(btc_counter_is_drop(BTC_COUNT_DROP_UNKNOWN));
	assert_false(btc_counter_is_drop(BTC_COUNT_FORWARDED));
	FAIL(btc_blade_counters_get(b.btc, 0, &err, blade), E_RANGE, "station 0: only 1 to 64");
}

/* --- blades ------------------------------------------------------------------------------ */

static void test_blades_are_listed_and_absent_ones_cost_three_reads(void **state)
{
	struct btc_blade blades[64];
	size_t n;

	(void)state;
	btc_bench_poke(&b, BLADE(3), 0x203);
	btc_bench_poke(&b, BLADE(3) + 4, 0x9);
	btc_bench_poke(&b, BLADE(3) + 8, 2);
	btc_bench_poke(&b, BLADE(3) + 0xc, 0x0200);
	btc_bench_poke(&b, BLADE(3) + 0x10, 3);
	btc_bench_poke(&b, BLADE(3) + 0x14, 0xc0000203);
	btc_bench_poke(&b, BLADE(3) + 0x18, 0x20010db8);
	btc_bench_poke(&b, BLADE(3) + 0x24, 0x33);
	btc_bench_poke(&b, BLADE(3) + 0x28, 0x80000001);
	PASS(btc_blades_get(b.btc, &err, blades, &n));
	assert_int_equal(n, 64);
	assert_string_equal(btc_bench_cost(&b), "2 batches, 200 reads, 0 writes");
	assert_int_equal(blades[2].station, 3);
	assert_true(blades[2].present && blades[2].aligned && blades[2].known);
	assert_int_equal(blades[2].state, BTC_BLADE_READY);
	assert_int_equal(blades[2].events, BTC_BLADE_INSERTED | BTC_BLADE_BABBLED);
	assert_int_equal(mac_number(&blades[2].identity.ident), 0x020000000003);
	assert_memory_equal(blades[2].identity.ipv4, "\xc0\x00\x02\x03", 4);
	assert_memory_equal(blades[2].identity.ipv6,
			    "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x33", 16);
	assert_int_equal(blades[2].identity.functions, 0x80000001);
	assert_int_equal(blades[3].state, BTC_BLADE_ABSENT);
	/* known now: only what the core changes is read again */
	btc_bench_forget_log(&b);
	PASS(btc_blades_get(b.btc, &err, blades, &n));
	assert_string_equal(btc_bench_cost(&b), "1 batches, 192 reads, 0 writes");
}

static void test_an_identity_is_not_known_while_it_changes(void **state)
{
	struct btc_identity identity = { .ident = { { 2, 0, 0, 0, 0, 7 } },
					 .ipv4 = { 192, 0, 2, 7 },
					 .functions = 6 };
	uint32_t control[4] = { 9, 9, 9, 9 };
	size_t n = 0;

	(void)state;
	PASS(btc_blade_identity_set(b.btc, 7, &identity, &err));
	assert_int_equal(btc_bench_peek(&b, BLADE(7) + 8), 2);
	assert_int_equal(btc_bench_peek(&b, BLADE(7) + 0xc), 0x0200);
	assert_int_equal(btc_bench_peek(&b, BLADE(7) + 0x10), 7);
	assert_int_equal(btc_bench_peek(&b, BLADE(7) + 0x14), 0xc0000207);
	assert_int_equal(btc_bench_peek(&b, BLADE(7) + 0x28), 6);
	identity.ident.octet[5] = 8;
	btc_bench_forget_log(&b);
	PASS(btc_blade_identity_set(b.btc, 7, &identity, &err));
	for (size_t i = 0; i < b.n_access; i++)
		if (b.access[i].kind == BUS_OP_WRITE && b.access[i].addr == BLADE(7) + 8)
			control[n++] = b.access[i].value;
	assert_int_equal(n, 2);
	assert_int_equal(control[0], 0);
	assert_int_equal(control[1], 2);
	assert_int_equal(access_log_writes(&b.log), 3);
	/* somebody was plugged in meanwhile: the core cleared KNOWN */
	btc_bench_poke(&b, BLADE(7) + 8, 0);
	PASS(btc_blade_identity_set(b.btc, 7, &identity, &err));
	assert_int_equal(btc_bench_peek(&b, BLADE(7) + 8), 2);
	PASS(btc_blade_disable(b.btc, 7, true, &err));
	assert_int_equal(btc_bench_peek(&b, BLADE(7) + 8), 3);
	PASS(btc_blade_identity_clear(b.btc, 7, &err));
	assert_int_equal(btc_bench_peek(&b, BLADE(7) + 8), 1);
	PASS(btc_blade_disable(b.btc, 7, false, &err));
	assert_int_equal(btc_bench_peek(&b, BLADE(7) + 8), 0);
	identity.ident = btc_everybody();
	FAIL(btc_blade_identity_set(b.btc, 7, &identity, &err), E_RANGE, "nobody's identifier");
	FAIL(btc_blade_disable(b.btc, 65, true, &err), E_RANGE, "station 65: only 1 to 64");
	FAIL(btc_blade_identity_clear(b.btc, 0, &err), E_RANGE, "station 0");
}

static void test_blade_events_are_taken_once(void **state)
{
	uint32_t events[64];

	(void)state;
	btc_bench_poke(&b, BLADE(1) + 4, 0x3);
	btc_bench_poke(&b, BLADE(64) + 4, 0x4);
	PASS(btc_blade_events_take(b.btc, &err, events));
	assert_string_equal(btc_bench_cost(&b), "2 batches, 64 reads, 2 writes");
	assert_int_equal(events[0], BTC_BLADE_INSERTED | BTC_BLADE_REMOVED);
	assert_int_equal(events[63], BTC_BLADE_ALIGN_LOST);
	assert_int_equal(events[1], 0);
	PASS(btc_blade_events_take(b.btc, &err, events));
	assert_int_equal(events[0] | events[63], 0);
}

/* --- dry runs ---------------------------------------------------------------------------- */

static void count_write(void *arg, const struct device *dev, const struct bus_op *op,
			uint32_t old, bool old_known)
{
	size_t *n = arg;

	(void)dev;
	(void)old;
	(void)old_known;
	*n += op->kind == BUS_OP_WRITE;
}

static void test_a_dry_run_ends_well_and_changes_nothing(void **state)
{
	size_t n_writes = 0;
	struct board_options options = { .map = "btc",
					 .dry_run = count_write,
					 .arg = &n_writes };
	struct btc_setup setup = { .ident = own, .forward = true };
	struct btc_message msg = { .header = { .final = btc_everybody() } };
	struct btc_discovery found;
	struct btc_plan plan;
	struct board *board;
	struct btc *btc;

	(void)state;
	PASS(board_open_bus("mock:", &options, &err, &board));
	PASS(btc_open(board_device_at(board, 0), &err, &btc));
	btc_plan_init(&plan, 128);
	PASS(btc_plan_parse("1-4=0 5=1", &err, &plan));
	setup.plan = &plan;
	PASS(btc_init(btc, &setup, &err));
	PASS(btc_message_send(btc, &msg, NULL, &err));
	PASS(btc_discover(btc, 1000000, &err, &found));
	FAIL(btc_message_receive(btc, 1000000, &err, &msg), E_TIMEOUT, "no message");
	assert_true(n_writes > 20);
	btc_close(btc);
	board_close(board);
}

/* --- faults ------------------------------------------------------------------------------ */

static int op_reset(struct btc_bench *bench, struct error *e)
{
	return btc_reset(bench->btc, e);
}

static int op_init(struct btc_bench *bench, struct error *e)
{
	struct btc_shape shape = { .period_ns = 250000, .n_slots = 64, .slot_bytes = 16 };
	struct btc_setup setup = {
		.ident = own, .medium = BTC_MEDIUM_FDM, .shape = &shape, .forward = true
	};

	return btc_init(bench->btc, &setup, e);
}

static int op_state(struct btc_bench *bench, struct error *e)
{
	struct btc_state state;

	return btc_state_get(bench->btc, e, &state);
}

static int op_settings(struct btc_bench *bench, struct error *e)
{
	struct btc_steer_rule rule = { .valid = true, .type = 1, .function = 2, .eligible = 3 };
	struct btc_forwarding forwarding = { .enable = true, .limit_words = 9 };
	struct btc_rights rights = { .weight = 2, .priority = 3 };
	struct btc_identity identity = { .ident = own };
	int rc = btc_steer_set(bench->btc, 0, &rule, e);

	if (rc == 0) {
		btc_bench_forget_log(bench);
		rc = btc_forwarding_set(bench->btc, &forwarding, e);
	}
	if (rc == 0) {
		btc_bench_forget_log(bench);
		rc = btc_arb_rights_set(bench->btc, 1, &rights, e);
	}
	if (rc == 0) {
		btc_bench_forget_log(bench);
		rc = btc_blade_identity_set(bench->btc, 1, &identity, e);
	}
	return rc;
}

static int prepare_events(struct btc_bench *bench, struct error *e)
{
	(void)e;
	btc_bench_poke(bench, EVENTS, 5);
	btc_bench_poke(bench, BLADE(2) + 4, 1);
	return 0;
}

static int op_events(struct btc_bench *bench, struct error *e)
{
	uint32_t events[64];
	int rc = btc_events_take(bench->btc, BTC_ALL_EVENTS, e, events);

	if (rc == 0) {
		btc_bench_forget_log(bench);
		rc = btc_blade_events_take(bench->btc, e, events);
	}
	return rc;
}

static void test_every_access_may_fail(void **state)
{
	(void)state;
	/* polls of SOFT_RST, 10 us: over USB one takes longer */
	assert_int_equal(btc_bench_sweep(BTC_URI, NULL, op_reset), BTC_PACKS ? 2 : 4);
	assert_int_equal(btc_bench_sweep(BTC_URI, NULL, op_init), 9);
	assert_int_equal(btc_bench_sweep(BTC_URI, NULL, op_state), 72);
	assert_int_equal(btc_bench_sweep(BTC_URI, NULL, op_settings), 21);
	assert_int_equal(btc_bench_sweep(BTC_URI, prepare_events, op_events), 67);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_the_identity_is_read_and_nothing_else),
		TEST(test_what_is_not_this_core_is_refused_with_a_remedy),
		TEST(test_a_device_with_another_map_is_refused),
		TEST(test_a_bus_that_loses_bits_fails_the_scratch_test),
		TEST(test_a_reset_waits_until_it_is_done),
		TEST(test_init_silences_the_bus_before_it_changes_and_enables_it_last),
		TEST(test_init_checks_everything_before_the_first_write),
		TEST(test_the_medium_and_the_frame_change_on_a_silent_bus_only),
		TEST(test_a_core_without_fdm_is_not_asked_for_it),
		TEST(test_the_state_is_one_transfer),
		TEST(test_the_default_frame_is_that_of_h110),
		TEST(test_arbitration_is_set_and_read),
		TEST(test_forwarding_is_set_and_read),
		TEST(test_a_steering_rule_is_invalid_while_it_changes),
		TEST(test_only_events_that_were_told_are_cleared),
		TEST(test_a_wait_for_an_event_is_bounded),
		TEST(test_each_counter_is_read_from_its_register),
		TEST(test_blades_are_listed_and_absent_ones_cost_three_reads),
		TEST(test_an_identity_is_not_known_while_it_changes),
		TEST(test_blade_events_are_taken_once),
		TEST(test_a_dry_run_ends_well_and_changes_nothing),
		cmocka_unit_test(test_every_access_may_fail),
	};

	return cmocka_run_group_tests_name("btc_core" BTC_OVER, tests, NULL, NULL);
}
