/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Software's side of the BTC model: its FIFOs, steering, the trace, what blades answer, events and
 * the reset (regmaps/btc/message.rdl, steer.rdl, trace.rdl, control.rdl).
 */
#include "tests/lib/backplane_group.h"

#define DROPPED (UINT32_C(1) << 31)
#define DISCARD (UINT32_C(1) << 30)

static struct backplane_mail mail, answer;

static void send_words(unsigned n, uint32_t header_length, uint32_t commit)
{
	for (unsigned i = 0; i < n; i++)
		WRITE(MESSAGE_TX_DATA, i == 5 ? header_length << 16 : 0x02000000);
	WRITE(MESSAGE_TX_COMMIT, commit);
}

static void test_a_send_that_does_not_fit_its_length_is_dropped(void **state)
{
	static const struct {
		unsigned n;
		uint32_t header_length, length;
		bool good;
	} cases[] = {
		{ 7, 0, 0, true },          { 6, 0, 0, false },
		{ 8, 0, 0, false },         { 8, 1, 1, true },
		{ 8, 4, 4, true },          { 8, 5, 5, false },
		{ 9, 5, 5, true },          { 9, 5, 6, false },
		{ 382, 1500, 1500, true },  { 383, 1501, 1501, false },
		{ 519, 2047, 2047, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint32_t before = READ(MESSAGE_TX_STATUS), after;

		send_words(cases[i].n, cases[i].header_length,
			   BACKPLANE_SEND | cases[i].length);
		after = READ(MESSAGE_TX_STATUS);
		assert_int_equal((after & DROPPED) == 0, cases[i].good);
		assert_int_equal((before & 0xffff) - (after & 0xffff),
				 cases[i].good ? cases[i].n : 0);
		assert_int_equal(READ(MESSAGE_TX_COMMIT), cases[i].length);
	}
	assert_int_equal(READ(MESSAGE_TX_STATUS) >> 16 & 0xff, 5);
}

static void test_discard_drops_the_words_that_were_written(void **state)
{
	(void)state;
	send_words(9, 5, DISCARD);
	assert_int_equal(READ(MESSAGE_TX_STATUS), 4096);
	send_words(9, 5, DISCARD | BACKPLANE_SEND | 5);
	assert_int_equal(READ(MESSAGE_TX_STATUS), 4096);
	send_words(9, 5, BACKPLANE_SEND | 5);
	assert_int_equal(READ(MESSAGE_TX_STATUS), 1u << 16 | 4087);
}

/* Ten messages of 382 words leave room for 276: the eleventh cannot be written whole. */
static void test_a_full_transmit_fifo_tells_and_keeps_what_it_has(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 10; i++)
		send_words(382, 1500, BACKPLANE_SEND | 1500);
	assert_int_equal(READ(MESSAGE_TX_STATUS), 10u << 16 | 276);
	assert_int_equal(READ(CONTROL_EVENTS) & EVENT(TX_OVERFLOW), 0);
	send_words(382, 1500, BACKPLANE_SEND | 1500);
	assert_int_equal(READ(MESSAGE_TX_STATUS), DROPPED | 10u << 16 | 276);
	HAS(CONTROL_EVENTS, EVENT(TX_OVERFLOW));
	backplane_start(&b, 1);
	backplane_wait_frames(&b, 20);
	assert_int_equal(READ(MESSAGE_TX_MESSAGES), 10);
	assert_int_equal(READ(MESSAGE_TX_STATUS) & 0xffffff, 4096);
	send_words(7, 0, BACKPLANE_SEND);
	assert_int_equal(READ(MESSAGE_TX_STATUS) & DROPPED, 0);
}

/* A body of 1500 is 382 words: ten fit into 4096. */
static void test_a_full_receive_fifo_drops_and_counts(void **state)
{
	(void)state;
	backplane_start(&b, 1);
	for (unsigned i = 0; i < 12; i++)
		assert_int_equal(backplane_send(&b, 1, 0, 1500, i), 0);
	backplane_wait_frames(&b, 20);
	assert_int_equal(READ(MESSAGE_RX_STATUS), 10u << 16 | 3820);
	assert_int_equal(READ(MESSAGE_RX_OVERFLOWS), 2);
	assert_int_equal(READ(MESSAGE_RX_MESSAGES), 10);
	HAS(CONTROL_EVENTS, EVENT(RX_OVERFLOW) | EVENT(RX_MESSAGE));
	for (uint16_t i = 0; i < 3; i++) {
		uint8_t body[1500];

		backplane_body(body, sizeof(body), i);
		assert_true(backplane_mail_read(&b, &mail));
		assert_int_equal(mail.sequence, i);
		assert_memory_equal(mail.body, body, sizeof(body));
	}
	for (unsigned i = 0; i < 100; i++)
		READ(MESSAGE_RX_DATA);
	assert_int_equal(READ(MESSAGE_RX_HEAD), 1u << 16 | 282);
	WRITE(MESSAGE_RX_DROP, 1);
	assert_int_equal(READ(MESSAGE_RX_HEAD), 1u << 16 | 382);
	assert_int_equal(READ(MESSAGE_RX_STATUS), 6u << 16 | 6 * 382);
	WRITE(MESSAGE_RX_DROP, 2);
	assert_int_equal(READ(MESSAGE_RX_STATUS), 0);
	assert_int_equal(READ(MESSAGE_RX_DATA), 0);
}

/* 276 words more are 4096; not one message more. */
static void test_the_receive_fifo_takes_4096_words(void **state)
{
	(void)state;
	backplane_start(&b, 1);
	for (unsigned i = 0; i < 10; i++)
		assert_int_equal(backplane_send(&b, 1, 0, 1500, i), 0);
	assert_int_equal(backplane_send(&b, 1, 0, 4 * (277 - 7), 10), 0); /* one too many */
	assert_int_equal(backplane_send(&b, 1, 0, 4 * (276 - 7), 10), 0);
	backplane_wait_frames(&b, 20);
	assert_int_equal(READ(MESSAGE_RX_STATUS), 11u << 16 | 4096);
	assert_int_equal(backplane_send(&b, 1, 0, 0, 11), 0);
	backplane_wait_frames(&b, 2);
	assert_int_equal(READ(MESSAGE_RX_OVERFLOWS), 2);
	for (unsigned i = 0; i < 7; i++)
		READ(MESSAGE_RX_DATA);
	assert_int_equal(backplane_send(&b, 1, 0, 0, 12), 0);
	backplane_wait_frames(&b, 2);
	assert_int_equal(READ(MESSAGE_RX_OVERFLOWS), 2);
	assert_int_equal(READ(MESSAGE_RX_STATUS), 12u << 16 | 4096);
}

/* 55 cells need most of a frame of 64 slots of the controller. */
static void test_a_message_keeps_its_room_until_it_is_sent(void **state)
{
	(void)state;
	backplane_start(&b, 1);
	send_words(382, 1500, BACKPLANE_SEND | 1500);
	send_words(7, 0, BACKPLANE_SEND);
	backplane_wait_us(&b, 40);
	assert_int_equal(READ(MESSAGE_TX_STATUS), 2u << 16 | (4096 - 382 - 7));
	backplane_wait_us(&b, 125);
	assert_int_equal(READ(MESSAGE_TX_STATUS), 4096);
}

static void test_software_and_forwarded_messages_are_sent_in_turn(void **state)
{
	struct backplane_record record;
	char order[9] = { 0 };
	unsigned n = 0;

	(void)state;
	backplane_start(&b, 2);
	for (uint32_t slot = 1; slot < 128; slot++)
		backplane_slot(&b, slot, BTC_SLOT_NEXT_USE__KIND__RESERVED, 1);
	backplane_apply(&b);
	backplane_wait_frames(&b, 1);
	for (unsigned i = 0; i < 4; i++) {
		backplane_mail_to(&mail, 2, 9, "software");
		backplane_mail_write(&b, &mail, BACKPLANE_SEND);
	}
	backplane_wait_frames(&b, 1);
	for (unsigned i = 0; i < 4; i++)
		assert_int_equal(backplane_send(&b, 1, 2, 4, i), 0);
	backplane_wait_frames(&b, 2);
	WRITE(TRACE_MODE, 1);
	for (uint32_t slot = 1; slot < 128; slot++)
		backplane_slot(&b, slot, BTC_SLOT_NEXT_USE__KIND__RESERVED, 0);
	backplane_apply(&b);
	backplane_wait_frames(&b, 3);
	while (backplane_record(&b, &record) && n < 8)
		order[n++] = (record.header[4] & 0xffff) == 9 ? 's' : 'f';
	assert_int_equal(READ(MESSAGE_TX_MESSAGES), 4);
	assert_string_equal(order, "fsfsfsfs");
}

/* --- steering -------------------------------------------------------------------------------- */

static uint32_t steered_to[16], n_steered;

static void note_steered(void *arg, const struct mock_btc_delivery *delivery)
{
	(void)arg;
	assert_int_equal(delivery->message.initial[5], delivery->station);
	assert_int_equal(delivery->message.final[5], delivery->station);
	steered_to[n_steered++] = delivery->station;
}

static void steer(uint16_t type)
{
	backplane_mail_to(&mail, 0, type, "steer me");
	backplane_mail_write(&b, &mail, BACKPLANE_SEND | BACKPLANE_STEER);
	backplane_wait_frames(&b, 2);
}

static void test_steering_takes_the_eligible_blades_in_turn(void **state)
{
	static const uint32_t want[] = { 2, 3, 5, 2, 5, 5 };

	(void)state;
	n_steered = 0;
	backplane_start(&b, 6);
	mock_btc_set_tap(b.model, note_steered, NULL);
	for (uint32_t i = 0; i < 6; i++)
		WRITE(BLADE_FUNCTIONS(i), i == 0 ? 1 : 1u << 4);
	WRITE(STEER_RULE_MATCH(2), 1u << 31 | 4u << 16 | 0x0800);
	WRITE(STEER_RULE_ELIGIBLE_LO(2), 1u << 0 | 1u << 1 | 1u << 2 | 1u << 4);
	WRITE(STEER_RULE_ELIGIBLE_HI(2), 0);
	WRITE(STEER_RULE_MATCH(3), 1u << 31 | 0u << 16 | 0x0800); /* never: rule 2 is lower */
	for (unsigned i = 0; i < 4; i++)
		steer(0x0800);
	WRITE(BLADE_CONTROL(2), 3); /* 3 is kept out */
	steer(0x0800);
	WRITE(BLADE_IDENT_LO(5), 2); /* 2 and 6 are duplicates: the next would be 2 */
	steer(0x0800);
	assert_int_equal(n_steered, 6);
	for (unsigned i = 0; i < 6; i++)
		assert_int_equal(steered_to[i], want[i]);
	assert_int_equal(READ(STEER_RULE_HITS(2)), 6);
	assert_int_equal(READ(STEER_RULE_HITS(3)), 0);
	assert_int_equal(READ(BLADE_SENT(1)), 2);
}

static void test_what_cannot_be_steered_is_dropped(void **state)
{
	(void)state;
	backplane_start(&b, 2);
	steer(0x0800);
	assert_int_equal(READ(FORWARD_DROP_STEER), 1);
	HAS(MESSAGE_TX_STATUS, DROPPED);
	WRITE(STEER_RULE_MATCH(0), 1u << 31 | 9u << 16 | 0x0800); /* nobody offers 9 */
	steer(0x0800);
	assert_int_equal(READ(FORWARD_DROP_STEER), 2);
	assert_int_equal(READ(STEER_RULE_HITS(0)), 0);
	assert_int_equal(READ(MESSAGE_TX_MESSAGES), 0);
}

/* --- blades ---------------------------------------------------------------------------------- */

static bool ask(uint32_t station, uint16_t type, const void *body, uint16_t length)
{
	backplane_mail_to(&mail, station, type, "");
	mail.length = length;
	mail.sequence++;
	memcpy(mail.body, body, length);
	backplane_mail_write(&b, &mail, BACKPLANE_SEND);
	backplane_wait_frames(&b, 4);
	return backplane_mail_read(&b, &answer);
}

static void test_discovery_by_broadcast_finds_every_blade(void **state)
{
	uint32_t found = 0;

	(void)state;
	backplane_start(&b, 3);
	for (bool more = ask(BACKPLANE_ALL, 0xff00, "", 0); more;) {
		uint8_t i = (uint8_t)answer.station;
		const uint8_t want[] = { 2, 0, 0, 0, 0, i, 10, 0, 0, i };

		assert_int_equal(answer.type, 0xff01);
		assert_int_equal(answer.length, 30);
		assert_int_equal(answer.sequence, mail.sequence);
		assert_memory_equal(answer.body, want, sizeof(want));
		assert_int_equal(answer.body[29], 1u << (i - 1));
		assert_int_equal(found >> i & 1, 0);
		found |= 1u << i;
		more = backplane_mail_read(&b, &answer);
	}
	assert_int_equal(found, 1u << 1 | 1u << 2 | 1u << 3);
}

static void test_blades_obey_instructions(void **state)
{
	static const uint8_t listen[] = { 0, 0, 0, 77, 0, 0, 0, 0 },
			     no_slot[] = { 0, 0, 0, 128, 0, 0, 0, 0 },
			     maintain[] = { 1, 0, 0, 0, 0, 0, 0, 0 },
			     run[] = { 4, 1, 0, 0, 0, 0, 0x12, 0x34 },
			     run_other[] = { 4, 2, 0, 0, 0, 0, 0, 0 },
			     set[] = { 5, 200, 0, 0, 1, 2, 3, 4 },
			     provide[] = { 2, 0, 0, 0, 0, 0, 0, 0 },
			     normal[] = { 3, 0, 0, 0, 0, 0, 0, 0 },
			     what[] = { 6, 0, 0, 0, 0, 0, 0, 0 };
	static const struct {
		const uint8_t *body;
		uint8_t result;
	} cases[] = { { listen, 0 },    { no_slot, 1 }, { maintain, 0 }, { run, 0 },
		      { run_other, 1 }, { set, 0 },     { what, 1 } };
	struct mock_btc_told told;

	(void)state;
	backplane_start(&b, 2);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_true(ask(2, 0xff10, cases[i].body, 8));
		assert_int_equal(answer.type, 0xff11);
		assert_int_equal(answer.body[0], cases[i].body[0]);
		assert_int_equal(answer.body[1], cases[i].result);
		assert_memory_equal(answer.body + 2, cases[i].body + 2, 6);
	}
	assert_int_equal(mock_btc_told(b.model, 2, &told), 0);
	assert_int_equal(told.listens[2], 1u << (77 - 64));
	assert_int_equal(told.mode, MOCK_BTC_MODE_MAINTENANCE);
	assert_int_equal(told.n_runs[1], 1);
	assert_int_equal(told.last_run[1], 0x1234);
	assert_int_equal(told.parameter[200], 0x01020304);
	assert_int_equal(mock_btc_told(b.model, 1, &told), 0);
	assert_int_equal(told.n_runs[1], 0);
	assert_true(ask(2, 0xff10, provide, 8));
	assert_int_equal(mock_btc_told(b.model, 2, &told), 0);
	assert_int_equal(told.mode, MOCK_BTC_MODE_PROVISIONING);
	assert_true(ask(2, 0xff10, normal, 8));
	assert_int_equal(mock_btc_told(b.model, 2, &told), 0);
	assert_int_equal(told.mode, MOCK_BTC_MODE_NORMAL);
	assert_false(ask(2, 0xff10, normal, 7)); /* no instruction */
}

/* Nobody's LISTEN names slot 3, software's only one: but blade 2 was told. */
static void test_a_blade_that_was_told_hears_a_slot_that_others_do_not(void **state)
{
	static const uint8_t listen[] = { 0, 0, 0, 3, 0, 0, 0, 0 };

	(void)state;
	backplane_start(&b, 2);
	assert_true(ask(2, 0xff10, listen, 8));
	for (uint32_t slot = 1; slot < 128; slot++)
		backplane_slot(&b, slot, BTC_SLOT_NEXT_USE__KIND__RESERVED, slot == 3 ? 0 : 2);
	WRITE(SLOT_NEXT_LISTEN_LO(3), 0);
	backplane_apply(&b);
	backplane_wait_frames(&b, 1);
	assert_true(ask(BACKPLANE_ALL, 0xff20, "x", 1));
	assert_int_equal(answer.station, 2);
	assert_false(backplane_mail_read(&b, &answer));
}

static void test_blades_remember_the_list_of_identifiers(void **state)
{
	static const uint8_t list[] = { 1, 2, 0, 0, 0, 0, 1, 64, 2, 0, 0, 0, 0, 64, 65, 9 };
	struct mock_btc_told told;

	(void)state;
	backplane_start(&b, 1);
	assert_false(ask(1, 0xff02, list, sizeof(list)));
	assert_int_equal(mock_btc_told(b.model, 1, &told), 0);
	assert_memory_equal(told.peers[1], list + 1, 6);
	assert_memory_equal(told.peers[64], list + 8, 6);
}

static void test_a_silent_blade_hears_but_does_not_answer(void **state)
{
	const struct mock_btc_conduct silent = { .behaviour = MOCK_BTC_SILENT };
	const struct mock_btc_conduct respond = { .behaviour = MOCK_BTC_RESPOND };

	(void)state;
	backplane_start(&b, 2);
	assert_int_equal(mock_btc_behave(b.model, 2, &silent), 0);
	assert_int_equal(backplane_send(&b, 2, 0, 4, 1), 0);
	assert_false(ask(2, 0xff20, "x", 1));
	assert_true(ask(1, 0xff20, "x", 1));
	assert_int_equal(READ(BLADE_CELLS(1)), 0);
	assert_int_equal(mock_btc_behave(b.model, 2, &respond), 0);
	backplane_wait_frames(&b, 2);
	assert_true(backplane_mail_read(&b, &answer));
	assert_int_equal(answer.station, 2);
	assert_int_equal(answer.type, 1);
}

/* --- trace, events, reset -------------------------------------------------------------------- */

static void test_a_full_trace_loses_the_newest_and_says_so(void **state)
{
	struct backplane_record record;

	(void)state;
	backplane_start(&b, 1);
	WRITE(TRACE_MODE, 1);
	for (unsigned i = 0; i < 1030; i++) {
		assert_int_equal(backplane_send(&b, 1, 0, 0, i), 0);
		if (i % 100 == 0)
			backplane_wait_frames(&b, 8);
	}
	backplane_wait_frames(&b, 40);
	assert_int_equal(READ(TRACE_STATUS), 1024);
	HAS(CONTROL_EVENTS, EVENT(TRACE_OVERFLOW));
	assert_true(backplane_record(&b, &record));
	assert_int_equal(record.header[5], 0); /* length 0, sequence 0: the oldest */
	assert_int_equal(record.n_cells, 2);
	assert_int_equal(READ(TRACE_STATUS), 1023);
	WRITE(TRACE_MODE, 3);
	assert_int_equal(READ(TRACE_STATUS), 0);
	assert_int_equal(READ(TRACE_MODE), 1);
	assert_int_equal(READ(TRACE_DATA), 0);
}

static void test_the_interrupt_is_what_is_enabled_and_there(void **state)
{
	(void)state;
	backplane_start(&b, 1);
	WRITE(CONTROL_EVENTS, 0x7ff);
	WRITE(CONTROL_EVENTS_ENABLE, EVENT(RX_MESSAGE));
	assert_false(mock_btc_interrupt(b.model));
	mock_btc_pull(b.model, 1);
	assert_false(mock_btc_interrupt(b.model));
	backplane_plug(&b, 1);
	backplane_wait_frames(&b, 3);
	assert_int_equal(backplane_send(&b, 1, 0, 4, 1), 0);
	backplane_wait_frames(&b, 2);
	assert_true(mock_btc_interrupt(b.model));
	WRITE(CONTROL_EVENTS, EVENT(RX_MESSAGE));
	assert_false(mock_btc_interrupt(b.model));
	HAS(CONTROL_EVENTS, EVENT(BLADE));
}

static void test_a_reset_leaves_only_the_blades(void **state)
{
	(void)state;
	backplane_start(&b, 3);
	WRITE(ID_SCRATCH, 5);
	assert_int_equal(backplane_send(&b, 1, 0, 4, 1), 0);
	backplane_wait_frames(&b, 2);
	WRITE(CONTROL_RESET, 1);
	assert_int_equal(READ(CONTROL_RESET), 1);
	WRITE(ID_SCRATCH, 6);
	WRITE(CONTROL_MODE, 1);
	backplane_wait_us(&b, 10);
	assert_int_equal(READ(CONTROL_RESET), 0);
	assert_int_equal(READ(CONTROL_MODE), 0);
	assert_int_equal(READ(ID_SCRATCH), 0);
	assert_int_equal(READ(MESSAGE_RX_STATUS), 0);
	assert_int_equal(READ(BLADE_MESSAGES(0)), 0);
	assert_int_equal(READ(SLOT_STATUS), 0);
	assert_int_equal(READ(SLOT_ACTIVE_USE(1)), 0x10000);
	assert_int_equal(READ(BLADE_STATUS(2)), 0x101);
	assert_int_equal(READ(BLADE_EVENTS(2)), 1);
	assert_int_equal(READ(CONTROL_EVENTS), EVENT(BLADE));
	WRITE(CONTROL_MODE, 1);
	assert_int_equal(READ(CONTROL_MODE), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_send_that_does_not_fit_its_length_is_dropped),
		TEST(test_discard_drops_the_words_that_were_written),
		TEST(test_a_full_transmit_fifo_tells_and_keeps_what_it_has),
		TEST(test_a_full_receive_fifo_drops_and_counts),
		TEST(test_the_receive_fifo_takes_4096_words),
		TEST(test_a_message_keeps_its_room_until_it_is_sent),
		TEST(test_software_and_forwarded_messages_are_sent_in_turn),
		TEST(test_steering_takes_the_eligible_blades_in_turn),
		TEST(test_what_cannot_be_steered_is_dropped),
		TEST(test_discovery_by_broadcast_finds_every_blade),
		TEST(test_blades_obey_instructions),
		TEST(test_a_blade_that_was_told_hears_a_slot_that_others_do_not),
		TEST(test_blades_remember_the_list_of_identifiers),
		TEST(test_a_silent_blade_hears_but_does_not_answer),
		TEST(test_a_full_trace_loses_the_newest_and_says_so),
		TEST(test_the_interrupt_is_what_is_enabled_and_there),
		TEST(test_a_reset_leaves_only_the_blades),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
