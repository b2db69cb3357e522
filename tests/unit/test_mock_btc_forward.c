/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Forwarding in the BTC model: who gets a message, with which addresses, and each reason to drop
 * one (regmaps/btc/btc.rdl, "Life of a message").
 */
#include "tests/lib/backplane_group.h"

#define ALL BACKPLANE_ALL

static struct {
	uint32_t station, from;
	uint16_t type;
} took[64];
static uint32_t n_took;

static void note(void *arg, const struct mock_btc_delivery *delivery)
{
	(void)arg;
	if (n_took == 64)
		return;
	took[n_took].station = delivery->station;
	took[n_took].from = delivery->message.source[5];
	took[n_took++].type = delivery->message.type;
}

static void start(uint32_t n)
{
	n_took = 0;
	backplane_start(&b, n);
	mock_btc_set_tap(b.model, note, NULL);
}

static uint32_t blades_that_took(void)
{
	uint32_t mask = 0;

	for (uint32_t i = 0; i < n_took; i++)
		mask |= took[i].station > 0 ? UINT32_C(1) << took[i].station : 0;
	n_took = 0;
	return mask;
}

static void send_to(uint32_t from, uint32_t initial, uint32_t final)
{
	struct mock_btc_message message = { .type = 7,
					    .length = 2,
					    .body = (const uint8_t *)"ab" };

	backplane_ident(initial, message.initial);
	backplane_ident(final, message.final);
	assert_int_equal(mock_btc_send(b.model, from, &message), 0);
	backplane_wait_frames(&b, 4);
}

static void behave(uint32_t station, enum mock_btc_behaviour behaviour)
{
	const struct mock_btc_conduct conduct = { .behaviour = behaviour };

	assert_int_equal(mock_btc_behave(b.model, station, &conduct), 0);
}

/* --- the seed's figures ---------------------------------------------------------------------- */

static void check_record(uint32_t station, uint32_t initial, uint32_t final, uint32_t source)
{
	struct backplane_record record;

	assert_true(backplane_record(&b, &record));
	assert_int_equal(record.station, station);
	assert_false(record.dropped);
	assert_int_equal(record.header[0], 0x02000000);
	assert_int_equal(record.header[1], initial << 16 | 0x0200);
	assert_int_equal(record.header[2], final);
	assert_int_equal(record.header[3], 0x02000000);
	assert_int_equal(record.header[4], source << 16 | 7);
}

/* Figures 6a, 6b, 7a, 7b: to the switch blade first, then to the peer; and back the same way. */
static void test_a_message_and_its_answer_go_as_in_figures_6_and_7(void **state)
{
	(void)state;
	start(2);
	WRITE(TRACE_MODE, 1);
	behave(2, MOCK_BTC_ECHO);
	send_to(1, 0, 2);
	check_record(1, 0, 2, 1);
	check_record(0, 2, 2, 1);
	check_record(2, 0, 1, 2);
	check_record(0, 1, 1, 2);
	assert_int_equal(READ(TRACE_STATUS), 0);
	assert_int_equal(READ(FORWARD_FORWARDED), 2);
	assert_int_equal(READ(BLADE_MESSAGES(0)), 1);
	assert_int_equal(READ(BLADE_SENT(0)), 1);
	assert_int_equal(READ(BLADE_SENT(1)), 1);
}

/* Figure 3: two conversations at once. */
static void test_two_conversations_run_at_once(void **state)
{
	(void)state;
	start(4);
	behave(2, MOCK_BTC_ECHO);
	behave(4, MOCK_BTC_ECHO);
	for (unsigned i = 0; i < 8; i++) {
		assert_int_equal(backplane_send(&b, 1, 2, 400, i), 0);
		assert_int_equal(backplane_send(&b, 3, 4, 400, i), 0);
	}
	backplane_wait_frames(&b, 60);
	assert_int_equal(READ(FORWARD_FORWARDED), 32);
	for (uint32_t i = 0; i < 4; i++)
		assert_int_equal(READ(BLADE_SENT(i)), 8);
}

/* --- who takes what -------------------------------------------------------------------------- */

static void test_a_blade_may_speak_to_another_that_hears_it(void **state)
{
	(void)state;
	start(3);
	send_to(1, 2, 2);
	assert_int_equal(blades_that_took(), 1u << 2);
	assert_int_equal(READ(FORWARD_FORWARDED), 0);
	assert_int_equal(READ(MESSAGE_RX_MESSAGES), 0);
}

static void test_everybody_as_initial_destination_reaches_all_but_the_sender(void **state)
{
	struct backplane_mail mail;

	(void)state;
	start(4);
	send_to(1, ALL, ALL);
	assert_int_equal(blades_that_took(), 1u << 2 | 1u << 3 | 1u << 4);
	assert_int_equal(READ(FORWARD_FORWARDED), 0);
	assert_true(backplane_mail_read(&b, &mail));
	assert_int_equal(mail.station, 1);
}

static void test_broadcasts_go_by_the_policy(void **state)
{
	(void)state;
	start(4);
	send_to(1, 0, ALL); /* OTHERS */
	assert_int_equal(blades_that_took(), 1u << 2 | 1u << 3 | 1u << 4);
	assert_int_equal(READ(MESSAGE_RX_MESSAGES), 1);
	WRITE(FORWARD_MODE, 1 | BTC_FORWARD_MODE__BROADCAST__ALL << 8);
	send_to(1, 0, ALL);
	assert_int_equal(blades_that_took(), 1u << 1 | 1u << 2 | 1u << 3 | 1u << 4);
	assert_int_equal(READ(MESSAGE_RX_MESSAGES), 2);
	WRITE(FORWARD_MODE, 1 | BTC_FORWARD_MODE__BROADCAST__DROP << 8);
	send_to(1, 0, ALL);
	assert_int_equal(blades_that_took(), 0);
	assert_int_equal(READ(MESSAGE_RX_MESSAGES), 2);
	assert_int_equal(READ(FORWARD_DROP_BROADCAST), 1);
	assert_int_equal(READ(FORWARD_FORWARDED), 2);
	WRITE(FORWARD_MODE, 1 | 3u << 8);
	assert_int_equal(READ(FORWARD_MODE), 1 | BTC_FORWARD_MODE__BROADCAST__DROP << 8);
}

static void test_software_gets_what_is_for_it_and_copies(void **state)
{
	(void)state;
	start(2);
	send_to(1, 0, 0);
	assert_int_equal(READ(MESSAGE_RX_MESSAGES), 1);
	WRITE(FORWARD_MODE, 1 | 1u << 16);
	send_to(1, 0, 2);
	assert_int_equal(READ(MESSAGE_RX_MESSAGES), 2);
	assert_int_equal(READ(BLADE_SENT(1)), 1);
	WRITE(FORWARD_MODE, 0);
	send_to(1, 0, 2);
	assert_int_equal(READ(MESSAGE_RX_MESSAGES), 3);
	assert_int_equal(READ(BLADE_SENT(1)), 1);
}

static void test_who_does_not_listen_takes_nothing(void **state)
{
	(void)state;
	start(3);
	for (uint32_t slot = 1; slot < 128; slot++)
		WRITE(SLOT_NEXT_LISTEN_LO(slot), 1u << 2);
	backplane_apply(&b);
	backplane_wait_frames(&b, 1);
	send_to(1, ALL, ALL);
	assert_int_equal(blades_that_took(), 1u << 3);
	send_to(1, 0, 2); /* forwarded, but blade 2 hears none of its cells */
	assert_int_equal(blades_that_took(), 0);
	assert_int_equal(READ(FORWARD_FORWARDED), 1);
}

static void test_a_controller_that_hears_half_of_a_message_lost_it(void **state)
{
	(void)state;
	start(1);
	for (uint32_t slot = 2; slot < 128; slot += 4) /* of blade 1: every second one */
		WRITE(SLOT_NEXT_USE(slot), BTC_SLOT_NEXT_USE__KIND__RESERVED << 8 | 1);
	backplane_apply(&b);
	backplane_wait_frames(&b, 1);
	send_to(1, 0, 0);
	assert_int_equal(READ(BLADE_LOST_CELLS(0)), 1);
	assert_int_equal(READ(FORWARD_DROP_CELLS), 1);
	assert_int_equal(READ(MESSAGE_RX_MESSAGES), 0);
}

static void test_nobody_hears_itself(void **state)
{
	struct mock_btc_stats stats;

	(void)state;
	start(2);
	send_to(1, 1, 1);
	mock_btc_stats(b.model, &stats);
	assert_int_equal(stats.unclaimed, 1);
	assert_int_equal(stats.missed + stats.taken, 0);
}

/* --- drops ----------------------------------------------------------------------------------- */

static void check_drop(uint64_t counter, uint32_t n)
{
	struct backplane_record record, last = { 0 };

	assert_int_equal(backplane_read(&b, counter), n);
	while (backplane_record(&b, &record))
		last = record;
	assert_true(last.dropped);
}

static void test_what_is_for_nobody_is_dropped(void **state)
{
	(void)state;
	start(2);
	WRITE(TRACE_MODE, 1);
	send_to(1, 0, 9);
	check_drop(BTC_FORWARD_DROP_UNKNOWN, 1);
}

static void test_what_is_for_a_blade_that_is_away_is_dropped(void **state)
{
	(void)state;
	start(3);
	WRITE(TRACE_MODE, 1);
	mock_btc_pull(b.model, 2);
	send_to(1, 0, 2);
	check_drop(BTC_FORWARD_DROP_ABSENT, 1);
	WRITE(BLADE_CONTROL(2), 3); /* kept out */
	send_to(1, 0, 3);
	check_drop(BTC_FORWARD_DROP_ABSENT, 2);
	assert_int_equal(READ(BLADE_STATUS(2)) >> 8, BTC_BLADE_STATUS__STATE__DISABLED);
}

static void test_two_blades_with_one_identifier_are_told_and_get_nothing(void **state)
{
	(void)state;
	start(3);
	WRITE(TRACE_MODE, 1);
	WRITE(BLADE_IDENT_LO(2), 2);
	HAS(CONTROL_EVENTS, EVENT(DUPLICATE));
	assert_int_equal(READ(BLADE_STATUS(1)), 0x207);
	assert_int_equal(READ(BLADE_STATUS(2)), 0x207);
	send_to(1, 0, 2);
	check_drop(BTC_FORWARD_DROP_DUPLICATE, 1);
	WRITE(BLADE_CONTROL(2), 3); /* one is kept out: the other is reached again */
	assert_int_equal(READ(BLADE_STATUS(1)), 0x203);
	send_to(1, 0, 2);
	assert_int_equal(READ(BLADE_SENT(1)), 1);
}

/* Messages of 1 byte are 8 words; nobody owns a slot for the controller at first. */
static void test_a_full_queue_drops_and_the_rest_arrives(void **state)
{
	(void)state;
	start(2);
	WRITE(TRACE_MODE, 1);
	WRITE(FORWARD_QUEUE, 24u << 16);
	for (uint32_t slot = 1; slot < 128; slot++)
		backplane_slot(&b, slot, BTC_SLOT_NEXT_USE__KIND__RESERVED, 1);
	backplane_apply(&b);
	backplane_wait_frames(&b, 1);
	for (unsigned i = 0; i < 5; i++)
		assert_int_equal(backplane_send(&b, 1, 2, 1, i), 0);
	backplane_wait_frames(&b, 2);
	check_drop(BTC_FORWARD_DROP_FULL, 2);
	assert_int_equal(READ(FORWARD_QUEUE), 24u << 16 | 24);
	backplane_slot(&b, 5, BTC_SLOT_NEXT_USE__KIND__RESERVED, 0);
	backplane_apply(&b);
	backplane_wait_frames(&b, 8);
	assert_int_equal(READ(FORWARD_FORWARDED), 3);
	assert_int_equal(READ(FORWARD_QUEUE), 24u << 16);
}

static void test_a_blade_that_goes_while_its_message_waits_is_absent(void **state)
{
	(void)state;
	start(2);
	for (uint32_t slot = 1; slot < 128; slot++)
		backplane_slot(&b, slot, BTC_SLOT_NEXT_USE__KIND__RESERVED, slot < 64 ? 1 : 2);
	backplane_apply(&b);
	backplane_wait_frames(&b, 1);
	send_to(1, 0, 2);
	assert_int_equal(READ(FORWARD_DROP_ABSENT), 0);
	mock_btc_pull(b.model, 2);
	backplane_slot(&b, 5, BTC_SLOT_NEXT_USE__KIND__RESERVED, 0);
	backplane_apply(&b);
	backplane_wait_frames(&b, 4);
	assert_int_equal(READ(FORWARD_DROP_ABSENT), 1);
	assert_int_equal(READ(FORWARD_FORWARDED), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_message_and_its_answer_go_as_in_figures_6_and_7),
		TEST(test_two_conversations_run_at_once),
		TEST(test_a_blade_may_speak_to_another_that_hears_it),
		TEST(test_everybody_as_initial_destination_reaches_all_but_the_sender),
		TEST(test_broadcasts_go_by_the_policy),
		TEST(test_software_gets_what_is_for_it_and_copies),
		TEST(test_who_does_not_listen_takes_nothing),
		TEST(test_a_controller_that_hears_half_of_a_message_lost_it),
		TEST(test_nobody_hears_itself),
		TEST(test_what_is_for_nobody_is_dropped),
		TEST(test_what_is_for_a_blade_that_is_away_is_dropped),
		TEST(test_two_blades_with_one_identifier_are_told_and_get_nothing),
		TEST(test_a_full_queue_drops_and_the_rest_arrives),
		TEST(test_a_blade_that_goes_while_its_message_waits_is_absent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
