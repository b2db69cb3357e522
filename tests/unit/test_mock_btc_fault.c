/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What goes wrong on the backplane: every misbehaviour is detected, counted and shown in registers,
 * and the rest of the bus goes on.  Alignment: the loss after three wrong words in a row is that of
 * ITU-T G.706, 4.1.1; the regain is regmaps/btc's own rule.
 */
#include "tests/lib/backplane_group.h"

#define CELL_BIT  MOCK_BTC_FAULT_CELL_BIT
#define CELL_LOST MOCK_BTC_FAULT_CELL_LOST
#define BODY_BIT  MOCK_BTC_FAULT_BODY_BIT

static uint32_t n_good, n_bad, sequence;

/* The body of every message of type 1 was made of its first word by backplane_body(). */
static void check_body(void *arg, const struct mock_btc_delivery *delivery)
{
	const struct mock_btc_message *message = &delivery->message;
	uint8_t want[1500];

	(void)arg;
	if (delivery->station == 0 || message->type != 1)
		return;
	backplane_body(want, message->length, message->sequence);
	if (memcmp(want, message->body, message->length) == 0)
		n_good++;
	else
		n_bad++;
}

static void start(uint32_t n)
{
	n_good = n_bad = sequence = 0;
	backplane_start(&b, n);
	mock_btc_set_tap(b.model, check_body, NULL);
}

static void fault(enum mock_btc_fault_kind kind, uint32_t station, uint64_t after,
		  uint64_t count)
{
	const struct mock_btc_fault f = { .kind = kind,
					  .station = station,
					  .after = after,
					  .count = count,
					  .bit = MOCK_BTC_ANY };

	assert_int_equal(mock_btc_inject(b.model, &f), 0);
}

/* From blade 1 to blade 2; and from 3 to 4, which always arrive. */
static void converse(uint16_t length, unsigned n)
{
	for (unsigned i = 0; i < n; i++, sequence++) {
		assert_int_equal(backplane_send(&b, 1, 2, length, sequence), 0);
		assert_int_equal(backplane_send(&b, 3, 4, length, sequence), 0);
	}
	backplane_wait_frames(&b, 4 + n * (length / 28 + 2) / 8);
}

/* --- bits and cells -------------------------------------------------------------------------- */

/* Any single bit of either cell of a message. */
static void test_every_wrong_bit_of_a_cell_is_found(void **state)
{
	(void)state;
	start(4);
	for (uint32_t bit = 0; bit < 512; bit++) {
		const struct mock_btc_fault f = { .kind = CELL_BIT,
						  .station = 1,
						  .after = bit / 256,
						  .count = 1,
						  .bit = bit % 256 };

		assert_int_equal(mock_btc_inject(b.model, &f), 0);
		assert_int_equal(backplane_send(&b, 1, 2, 0, bit), 0);
		backplane_wait_frames(&b, 2);
		assert_int_equal(READ(BLADE_CELL_ERRORS(0)), bit + 1);
	}
	HAS(CONTROL_EVENTS, EVENT(ERROR));
	assert_int_equal(READ(BLADE_SENT(1)), 0);
	/* A lost end shows with the next message: of the last 256, all but the last. */
	assert_int_equal(READ(BLADE_LOST_CELLS(0)), 511);
	assert_int_equal(READ(FORWARD_DROP_CELLS), 511);
	assert_int_equal(n_good + n_bad, 0);
}

static void test_a_wrong_body_behind_a_right_cell_is_found(void **state)
{
	(void)state;
	start(4);
	WRITE(TRACE_MODE, 1);
	fault(BODY_BIT, 1, 1, 1);
	converse(100, 2);
	assert_int_equal(READ(BLADE_CELL_ERRORS(0)), 0);
	assert_int_equal(READ(BLADE_MESSAGE_ERRORS(0)), 1);
	assert_int_equal(READ(FORWARD_DROP_CRC), 1);
	assert_int_equal(READ(BLADE_SENT(1)), 1);
	assert_int_equal(READ(BLADE_SENT(3)), 2);
	assert_int_equal(n_good, 3);
	HAS(CONTROL_EVENTS, EVENT(ERROR));
}

/* Of five cells: the first, one in between, the last. */
static void test_a_lost_cell_loses_its_message_only(void **state)
{
	static const uint64_t which[] = { 0, 2, 4 };

	(void)state;
	start(4);
	for (unsigned i = 0; i < 3; i++) {
		fault(CELL_LOST, 1, which[i], 1);
		converse(100, 2);
		assert_int_equal(READ(BLADE_LOST_CELLS(0)), i + 1);
		assert_int_equal(READ(FORWARD_DROP_CELLS), i + 1);
		assert_int_equal(READ(BLADE_SENT(1)), i + 1);
	}
	assert_int_equal(READ(BLADE_CELL_ERRORS(0)), 0);
	assert_int_equal(READ(BLADE_SENT(3)), 6);
	assert_int_equal(n_good, 9);
	assert_int_equal(n_bad, 0);
}

/* The sequence number does not see it, the length does. */
static void test_sixteen_lost_cells_in_a_row_are_found(void **state)
{
	(void)state;
	start(4);
	fault(CELL_LOST, 1, 5, 16);
	converse(1500, 1);
	assert_int_equal(READ(BLADE_LOST_CELLS(0)), 0);
	assert_int_equal(READ(BLADE_MESSAGE_ERRORS(0)), 1);
	assert_int_equal(READ(FORWARD_DROP_CRC), 1);
	assert_int_equal(n_good, 1);
}

/*
 * Five cells of one message and 27 of the next are as many as one has, the sequence numbers follow,
 * and so does the length: only the CRC-32 tells.
 */
static void test_halves_of_two_messages_do_not_make_one(void **state)
{
	(void)state;
	start(4);
	fault(CELL_LOST, 1, 5, 32);
	assert_int_equal(backplane_send(&b, 1, 2, 864, 0), 0); /* 32 cells */
	assert_int_equal(backplane_send(&b, 1, 2, 864, 1), 0);
	backplane_wait_frames(&b, 20);
	assert_int_equal(READ(BLADE_LOST_CELLS(0)), 0);
	assert_int_equal(READ(BLADE_MESSAGE_ERRORS(0)), 1);
	fault(CELL_LOST, 1, 10, 33); /* a gap; then one whole message */
	assert_int_equal(backplane_send(&b, 1, 2, 864, 2), 0);
	assert_int_equal(backplane_send(&b, 1, 2, 864, 3), 0);
	assert_int_equal(backplane_send(&b, 1, 2, 864, 4), 0);
	backplane_wait_frames(&b, 30);
	assert_int_equal(READ(BLADE_LOST_CELLS(0)), 1);
	assert_int_equal(READ(BLADE_MESSAGE_ERRORS(0)), 1);
	assert_int_equal(n_good, 1);
	assert_int_equal(n_bad, 0);
}

/*
 * 0x633 is a multiple of itself: added to the last 16 bits, five bits up, it changes LI, from 28 to
 * 45 in a cell in between and from 20 to 37 in the last, and the CRC-10 fits.
 */
static void wrong_li(uint64_t cell)
{
	for (uint32_t bit = 0; bit < 11; bit++) {
		const struct mock_btc_fault f = { .kind = CELL_BIT,
						  .station = 1,
						  .after = cell,
						  .count = 1,
						  .bit = 250 - bit };

		if ((0x633 >> bit & 1) != 0)
			assert_int_equal(mock_btc_inject(b.model, &f), 0);
	}
}

static void test_a_length_that_a_cell_cannot_have_is_found(void **state)
{
	(void)state;
	start(4);
	wrong_li(1);
	converse(100, 2);
	assert_int_equal(READ(BLADE_LOST_CELLS(0)), 1);
	wrong_li(4);
	converse(100, 2);
	assert_int_equal(READ(BLADE_LOST_CELLS(0)), 2);
	assert_int_equal(READ(BLADE_CELL_ERRORS(0)) + READ(BLADE_MESSAGE_ERRORS(0)), 0);
	assert_int_equal(n_good, 6);
}

/* 16 cells around the end of one of 55 and the beginning of the next are lost: 94 are left. */
static void test_a_message_longer_than_can_be_is_found(void **state)
{
	(void)state;
	start(4);
	WRITE(TRACE_MODE, 1);
	fault(CELL_LOST, 1, 50, 16);
	converse(1500, 3);
	assert_int_equal(READ(BLADE_LOST_CELLS(0)), 0);
	assert_int_equal(READ(BLADE_MESSAGE_ERRORS(0)), 1);
	assert_int_equal(n_good, 4);
}

static void test_noise_on_all_cells_lets_nothing_wrong_through(void **state)
{
	const struct mock_btc_fault noise[] = {
		{ .kind = CELL_BIT,
		  .station = MOCK_BTC_ANY,
		  .rate_ppm = 5000,
		  .bit = MOCK_BTC_ANY },
		{ .kind = CELL_LOST, .station = MOCK_BTC_ANY, .rate_ppm = 5000 },
		{ .kind = BODY_BIT,
		  .station = MOCK_BTC_ANY,
		  .rate_ppm = 5000,
		  .bit = MOCK_BTC_ANY },
	};
	struct mock_btc_stats stats;

	(void)state;
	start(4);
	for (unsigned i = 0; i < 3; i++)
		assert_int_equal(mock_btc_inject(b.model, &noise[i]), 0);
	converse(200, 900);
	mock_btc_heal(b.model);
	converse(200, 1);
	mock_btc_stats(b.model, &stats);
	assert_true(stats.broken > 100 && stats.broken < 800);
	assert_int_equal(n_bad, 0);
	assert_int_equal(n_good, stats.taken);
	/* Each of 1802 crossed to the controller and, unless broken, on to its blade. */
	assert_int_equal(stats.messages, 1802 + READ(FORWARD_FORWARDED));
	assert_int_equal(stats.taken, 1802 - stats.broken);
}

/* --- blades ---------------------------------------------------------------------------------- */

static void babble(uint32_t station, uint32_t every)
{
	const struct mock_btc_conduct conduct = { .behaviour = MOCK_BTC_BABBLE,
						  .every = every };

	assert_int_equal(mock_btc_behave(b.model, station, &conduct), 0);
}

static void test_a_babbler_is_found_and_can_be_cut_off(void **state)
{
	uint32_t collided, babbles;

	(void)state;
	start(5);
	babble(5, 40);
	converse(100, 50);
	babbles = READ(BLADE_BABBLES(4));
	collided = READ(FRAME_COLLIDED_SLOTS);
	assert_true(babbles > 20 && collided > 0 && collided < babbles);
	HAS(BLADE_EVENTS(4), 8);
	HAS(CONTROL_EVENTS, EVENT(BABBLE) | EVENT(ERROR));
	assert_true(READ(BLADE_CELL_ERRORS(0)) > 0);
	assert_true(n_good > 0 && n_good < 100);
	WRITE(BLADE_CONTROL(4), 3);
	n_good = 0;
	converse(100, 1); /* what was cut before shows now */
	n_good = 0;
	converse(100, 50);
	assert_int_equal(n_good, 100);
	assert_int_equal(n_bad, 0);
	assert_int_equal(READ(BLADE_BABBLES(4)), babbles);
	assert_int_equal(READ(FRAME_COLLIDED_SLOTS), collided);
}

/* In each slot of others but the overhead's: 127 less its own 15 of a frame. */
static void test_a_babbler_in_every_slot_is_counted_in_every_slot(void **state)
{
	(void)state;
	start(4);
	babble(4, 1);
	backplane_wait_us(&b, 124); /* 499 us since the bus was enabled, with 376 us before */
	assert_int_equal(READ(FRAME_COLLIDED_SLOTS), 0);
	assert_int_equal(READ(BLADE_CELLS(0)), 0);
	assert_in_range(READ(BLADE_BABBLES(3)), 127 - 15 - 1, 127 - 15);
}

static void test_a_blade_pulled_in_mid_message_is_noticed(void **state)
{
	struct mock_btc_stats stats;

	(void)state;
	start(4);
	WRITE(CONTROL_EVENTS, 0x7ff);
	WRITE(BLADE_EVENTS(0), 0xf);
	assert_int_equal(backplane_send(&b, 1, 2, 1500, 0), 0);
	assert_int_equal(backplane_send(&b, 1, 2, 1500, 0), 0);
	assert_int_equal(backplane_send(&b, 3, 4, 1500, 0), 0);
	backplane_wait_frames(&b, 2);
	assert_int_equal(mock_btc_pull(b.model, 1), 0);
	assert_int_equal(READ(BLADE_STATUS(0)), 0);
	assert_int_equal(READ(BLADE_EVENTS(0)), 2);
	assert_int_equal(READ(CONTROL_EVENTS), EVENT(BLADE) | EVENT(ERROR));
	assert_int_equal(READ(BLADE_LOST_CELLS(0)), 1);
	assert_int_equal(READ(FORWARD_DROP_CELLS), 1);
	backplane_wait_frames(&b, 6);
	mock_btc_stats(b.model, &stats);
	assert_int_equal(stats.abandoned, 2);
	assert_int_equal(n_good, 1);
	backplane_plug(&b, 0);
	assert_int_equal(mock_btc_pull(b.model, 1), E_STATE);
}

/* What is plugged in may be another blade: it is not known until software says so. */
static void test_a_blade_that_comes_back_is_not_known(void **state)
{
	struct mock_btc_blade blade = { .ident = { 2, 0, 0, 0, 0, 1 } };

	(void)state;
	start(2);
	assert_int_equal(mock_btc_plug(b.model, 1, &blade), E_STATE);
	mock_btc_pull(b.model, 1);
	assert_int_equal(mock_btc_plug(b.model, 1, &blade), 0);
	backplane_wait_frames(&b, 3);
	assert_int_equal(READ(BLADE_CONTROL(0)), 0);
	assert_int_equal(READ(BLADE_STATUS(0)), 0x103);
	assert_int_equal(backplane_send(&b, 2, 1, 4, 0), 0);
	backplane_wait_frames(&b, 3);
	assert_int_equal(READ(FORWARD_DROP_UNKNOWN), 1);
	backplane_know(&b, 1);
	assert_int_equal(backplane_send(&b, 2, 1, 4, 1), 0);
	assert_int_equal(backplane_send(&b, 1, 2, 4, 0), 0);
	backplane_wait_frames(&b, 3);
	assert_int_equal(READ(BLADE_SENT(0)), 1);
	assert_int_equal(READ(BLADE_SENT(1)), 1);
	assert_int_equal(n_good, 2);
}

/* --- alignment ------------------------------------------------------------------------------- */

/* One frame; w: blade 1 sees a wrong word, r: a right one. */
static void words(const char *each)
{
	for (; *each != '\0'; each++) {
		if (*each == 'w')
			fault(MOCK_BTC_FAULT_ALIGN, 1, 0, 1);
		backplane_wait_frames(&b, 1);
	}
}

static bool is_aligned(void)
{
	return (READ(BLADE_STATUS(0)) & 2) != 0;
}

static void test_alignment_is_lost_and_found_by_the_rule(void **state)
{
	(void)state;
	backplane_plug(&b, 2);
	WRITE(CONTROL_MODE, 1);
	backplane_wait_us(&b, 125 + 124);
	assert_false(is_aligned()); /* two words */
	backplane_wait_us(&b, 1);
	assert_true(is_aligned());
	WRITE(CONTROL_EVENTS, 0x7ff);
	words("wwrwwrw");
	assert_true(is_aligned());
	words("rww");
	assert_true(is_aligned());
	assert_int_equal(READ(CONTROL_EVENTS), 0);
	words("w");
	assert_false(is_aligned());
	assert_int_equal(READ(BLADE_ALIGN_ERRORS(0)), 8);
	assert_int_equal(READ(BLADE_ALIGN_LOSSES(0)), 1);
	HAS(BLADE_EVENTS(0), 4);
	assert_int_equal(READ(CONTROL_EVENTS), EVENT(ALIGNMENT));
	words("rrwrr");
	assert_false(is_aligned());
	words("r");
	assert_true(is_aligned());
	assert_int_equal(READ(BLADE_ALIGN_LOSSES(1)), 0);
	WRITE(FRAME_ALIGN, 1u << 20 | 5u << 16 | 0x9b1b);
	words("w");
	assert_false(is_aligned());
	words("rrrr");
	assert_false(is_aligned());
	words("r");
	assert_true(is_aligned());
}

/* The blade begins its message again; what it had begun is lost for those who heard it. */
static void test_a_blade_out_of_alignment_says_its_message_again(void **state)
{
	(void)state;
	start(4);
	assert_int_equal(backplane_send(&b, 1, 2, 1500, 0), 0);
	assert_int_equal(backplane_send(&b, 3, 4, 1500, 0), 0);
	fault(MOCK_BTC_FAULT_ALIGN, 1, 0, 3);
	backplane_wait_frames(&b, 4);
	assert_false(is_aligned());
	assert_int_equal(backplane_send(&b, 3, 1, 4, 1), 0); /* dropped: it would not hear it */
	backplane_wait_frames(&b, 20);
	assert_true(is_aligned());
	assert_int_equal(READ(BLADE_LOST_CELLS(0)), 1);
	assert_int_equal(n_good + READ(FORWARD_DROP_ABSENT), 3);
	assert_int_equal(READ(BLADE_SENT(1)), 1);
	assert_int_equal(READ(BLADE_SENT(3)), 1);
}

/* --- clocks ---------------------------------------------------------------------------------- */

static void flood(uint32_t from, uint32_t to)
{
	struct mock_btc_conduct conduct = { .behaviour = MOCK_BTC_FLOOD,
					    .type = 2,
					    .length = 300 };

	backplane_ident(to, conduct.to);
	assert_int_equal(mock_btc_behave(b.model, from, &conduct), 0);
}

/*
 * 1000 ppm are a frame in a thousand.  Whether frames are worked through one by one (a flood) or
 * skipped must not matter.
 */
static void slip(int32_t ppm, bool busy)
{
	struct mock_btc_blade_stats stats;
	uint32_t slips;

	start(4);
	if (busy)
		flood(3, 1);
	assert_int_equal(mock_btc_set_clock(b.model, 1, ppm), 0);
	backplane_wait_frames(&b, 998);
	assert_int_equal(READ(BLADE_SLIPS_SKIPPED(0)) + READ(BLADE_SLIPS_REPEATED(0)), 0);
	backplane_wait_frames(&b, 7 * 1000 + 2);
	slips = ppm < 0 ? READ(BLADE_SLIPS_SKIPPED(0)) : READ(BLADE_SLIPS_REPEATED(0));
	assert_int_equal(slips, 8);
	assert_int_equal(READ(BLADE_SLIPS_SKIPPED(0)) + READ(BLADE_SLIPS_REPEATED(0)), 8);
	assert_int_equal(READ(BLADE_ALIGN_LOSSES(0)), 0);
	assert_true(is_aligned());
	assert_int_equal(mock_btc_blade_stats(b.model, 1, &stats), 0);
	if (!busy)
		return;
	if (ppm < 0)
		assert_in_range(stats.missed, 8, 40);
	else
		assert_int_equal(stats.missed, 0);
	assert_int_equal(stats.taken + stats.missed, READ(BLADE_SENT(0)));
}

static void test_a_slow_blade_skips_frames(void **state)
{
	(void)state;
	slip(-1000, true);
}

static void test_a_slow_blade_skips_frames_of_an_idle_bus_too(void **state)
{
	(void)state;
	slip(-1000, false);
}

static void test_a_fast_blade_repeats_frames_and_loses_nothing(void **state)
{
	(void)state;
	slip(1000, true);
}

static void test_a_fast_blade_repeats_frames_of_an_idle_bus_too(void **state)
{
	(void)state;
	slip(1000, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_every_wrong_bit_of_a_cell_is_found),
		TEST(test_a_wrong_body_behind_a_right_cell_is_found),
		TEST(test_a_lost_cell_loses_its_message_only),
		TEST(test_sixteen_lost_cells_in_a_row_are_found),
		TEST(test_halves_of_two_messages_do_not_make_one),
		TEST(test_a_length_that_a_cell_cannot_have_is_found),
		TEST(test_a_message_longer_than_can_be_is_found),
		TEST(test_noise_on_all_cells_lets_nothing_wrong_through),
		TEST(test_a_babbler_is_found_and_can_be_cut_off),
		TEST(test_a_babbler_in_every_slot_is_counted_in_every_slot),
		TEST(test_a_blade_pulled_in_mid_message_is_noticed),
		TEST(test_a_blade_that_comes_back_is_not_known),
		TEST(test_alignment_is_lost_and_found_by_the_rule),
		TEST(test_a_blade_out_of_alignment_says_its_message_again),
		TEST(test_a_slow_blade_skips_frames),
		TEST(test_a_slow_blade_skips_frames_of_an_idle_bus_too),
		TEST(test_a_fast_blade_repeats_frames_and_loses_nothing),
		TEST(test_a_fast_blade_repeats_frames_of_an_idle_bus_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
