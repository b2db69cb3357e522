/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Arbitration of shared slots in the BTC model, against sequences worked out by hand from the rules
 * of regmaps/btc/arb.rdl.
 */
#include "tests/lib/backplane_group.h"

#define MAX 64u

static uint32_t granted[MAX], n_granted;

static void note_sender(void *arg, const struct mock_btc_slot *slot)
{
	(void)arg;
	if (n_granted < MAX)
		granted[n_granted++] = slot->sender;
}

static void flood(uint32_t station, uint64_t count)
{
	struct mock_btc_conduct conduct = {
		.behaviour = MOCK_BTC_FLOOD, .type = 1, .length = 24, .count = count
	}; /* 56 bytes: two cells */

	backplane_ident(0, conduct.to);
	assert_int_equal(mock_btc_behave(b.model, station, &conduct), 0);
}

/* Frames of an overhead slot and four shared ones; blades 1 to @n flood, once aligned. */
static void start(uint32_t mode, uint32_t n)
{
	n_granted = 0;
	backplane_plug(&b, n);
	WRITE(FRAME_SHAPE, 32u << 8 | 5);
	for (uint32_t slot = 1; slot < 5; slot++)
		backplane_slot(&b, slot, BTC_SLOT_NEXT_USE__KIND__SHARED, 0);
	backplane_apply(&b);
	WRITE(ARB_MODE, mode);
	mock_btc_set_slot_tap(b.model, note_sender, NULL);
}

/* The first two frames pass without a sender: nobody is aligned. */
static void run(uint32_t n_frames)
{
	WRITE(CONTROL_MODE, 1);
	backplane_wait_frames(&b, 2 + n_frames);
}

static void check(const char *want)
{
	char got[MAX + 1];
	uint32_t i;

	for (i = 0; i < n_granted; i++)
		got[i] = (char)('0' + granted[i]);
	got[i] = '\0';
	assert_string_equal(got, want);
}

static void test_round_robin_gives_one_slot_each_in_turn(void **state)
{
	(void)state;
	start(BTC_ARB_MODE__MODE__ROUND_ROBIN, 3);
	for (uint32_t i = 1; i <= 3; i++)
		flood(i, 0);
	run(3);
	check("123123123123");
	for (uint32_t i = 1; i <= 3; i++) {
		assert_int_equal(READ(ARB_STATION_REQUESTS(i)), 12);
		assert_int_equal(READ(ARB_STATION_GRANTS(i)), 4);
		assert_int_equal(READ(ARB_STATION_LONGEST_WAIT(i)), 2);
	}
	assert_int_equal(READ(ARB_STATION_REQUESTS(0)), 0);
}

static void test_weights_give_slots_in_a_row(void **state)
{
	(void)state;
	start(BTC_ARB_MODE__MODE__WEIGHTED, 3);
	for (uint32_t i = 1; i <= 3; i++) {
		WRITE(ARB_STATION_RIGHTS(i), 1u << 16 | i);
		flood(i, 0);
	}
	run(3);
	check("122333122333");
	assert_int_equal(READ(ARB_STATION_LONGEST_WAIT(1)), 5);
	assert_int_equal(READ(ARB_STATION_LONGEST_WAIT(3)), 3);
}

static void test_a_weight_of_0_counts_as_1_and_who_stops_asking_loses_its_turn(void **state)
{
	(void)state;
	start(BTC_ARB_MODE__MODE__WEIGHTED, 2);
	WRITE(ARB_STATION_RIGHTS(1), 1u << 16 | 0);
	WRITE(ARB_STATION_RIGHTS(2), 1u << 16 | 4);
	flood(1, 0);
	flood(2, 1); /* two cells only */
	run(2);
	check("12211111");
}

static void test_priority_starves_and_says_so(void **state)
{
	(void)state;
	start(BTC_ARB_MODE__MODE__PRIORITY, 3);
	WRITE(ARB_STATION_RIGHTS(2), 1u << 16 | 5u << 8);
	WRITE(ARB_STATION_RIGHTS(3), 1u << 16 | 5u << 8);
	flood(1, 0);
	flood(2, 2);
	flood(3, 0);
	run(3);
	check("222233333333");
	assert_int_equal(READ(ARB_STATION_GRANTS(1)), 0);
	assert_int_equal(READ(ARB_STATION_LONGEST_WAIT(1)), 12);
	assert_int_equal(READ(ARB_STATION_LONGEST_WAIT(3)), 4);
	WRITE(ARB_STATION_LONGEST_WAIT(3), 0);
	assert_int_equal(READ(ARB_STATION_LONGEST_WAIT(3)), 0);
}

static void test_who_may_not_ask_gets_nothing(void **state)
{
	(void)state;
	start(BTC_ARB_MODE__MODE__ROUND_ROBIN, 3);
	WRITE(ARB_STATION_RIGHTS(2), 0);
	for (uint32_t i = 1; i <= 3; i++)
		flood(i, 0);
	run(2);
	check("13131313");
	assert_int_equal(READ(ARB_STATION_REQUESTS(2)), 0);
}

/* The controller is station 0: it comes behind 64, before 1. */
static void test_the_controller_asks_like_the_others(void **state)
{
	struct backplane_mail mail;

	(void)state;
	start(BTC_ARB_MODE__MODE__ROUND_ROBIN, 2);
	flood(1, 0);
	flood(2, 0);
	backplane_mail_to(&mail, 1, 1, "56 bytes, two cells, 24.");
	backplane_mail_write(&b, &mail, BACKPLANE_SEND);
	run(2);
	/* Alone it sends in the first frame, before anybody else is aligned. */
	check("0012121212");
	assert_int_equal(READ(ARB_STATION_GRANTS(0)), 2);
}

static void test_a_mode_that_does_not_exist_is_not_taken(void **state)
{
	(void)state;
	start(BTC_ARB_MODE__MODE__PRIORITY, 1);
	WRITE(ARB_MODE, 3);
	assert_int_equal(READ(ARB_MODE), BTC_ARB_MODE__MODE__PRIORITY);
}

/*
 * Under round robin a station that asks waits for each other one at most once: with 64 stations
 * and the controller at most 64 slots.
 */
static void test_nobody_starves_under_round_robin(void **state)
{
	struct mock_btc_stats stats;

	(void)state;
	start(BTC_ARB_MODE__MODE__ROUND_ROBIN, 64);
	for (uint32_t i = 1; i <= 64; i++)
		flood(i, 0);
	run(320);
	mock_btc_stats(b.model, &stats);
	assert_int_equal(stats.cells, 1280);
	for (uint32_t i = 1; i <= 64; i++) {
		assert_int_equal(READ(ARB_STATION_GRANTS(i)), 20);
		assert_int_equal(READ(ARB_STATION_LONGEST_WAIT(i)), 63);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_round_robin_gives_one_slot_each_in_turn),
		TEST(test_weights_give_slots_in_a_row),
		TEST(test_a_weight_of_0_counts_as_1_and_who_stops_asking_loses_its_turn),
		TEST(test_priority_starves_and_says_so),
		TEST(test_who_may_not_ask_gets_nothing),
		TEST(test_the_controller_asks_like_the_others),
		TEST(test_a_mode_that_does_not_exist_is_not_taken),
		TEST(test_nobody_starves_under_round_robin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
