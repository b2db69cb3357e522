/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages of software through the BTC's message port: format, cost, several conversations at once,
 * what happens when there is no room, no answer, or an error in the middle.  On the behaviour
 * model.
 */
#ifndef BTC_URI
#define BTC_URI "mock:"
#endif
#include "tests/lib/btc_group.h"

#include <stdio.h>
#include <stdlib.h>

#include "drv/mock.h"
#include "hal/btc/blades.h"
#include "tests/lib/btc_bus.h"

#define TX_COMMIT 0x3004
#define TX_STATUS 0x3008
#define RX_DATA   0x3010
#define RX_HEAD   0x3014

static struct btc_message msg, got;

/* --- format ------------------------------------------------------------------------------ */

/* The seed document's figure 6a: initial destination switch blade, final blade 2, source blade 1. */
static void test_a_header_is_on_the_bus_as_the_figures_draw_it(void **state)
{
	static const uint32_t want[BTC_HEADER_WORDS] = { 0x02000000, 0x00fe0200, 0x00000002,
							 0x02000000, 0x00011234, 0x00050007,
							 0xdeadbeef };
	struct btc_header header = { .initial = { { 2, 0, 0, 0, 0, 0xfe } },
				     .final = { { 2, 0, 0, 0, 0, 2 } },
				     .source = { { 2, 0, 0, 0, 0, 1 } },
				     .type = 0x1234,
				     .length = 5,
				     .sequence = 7,
				     .platform = 0xdeadbeef };
	struct btc_header back;
	uint32_t words[BTC_MESSAGE_MAX_WORDS];
	size_t n;

	(void)state;
	btc_header_encode(&header, words);
	assert_memory_equal(words, want, sizeof(want));
	btc_header_decode(words, &back);
	assert_memory_equal(&back, &header, sizeof(back));
	memset(&msg, 0xff, sizeof(msg));
	msg.header = header;
	memcpy(msg.body, "hello", 5);
	PASS(btc_message_encode(&msg, &err, words, &n));
	assert_int_equal(n, 9);
	assert_int_equal(words[7], 0x68656c6c);
	assert_int_equal(words[8], 0x6f000000);
}

static void test_what_does_not_fit_its_length_is_no_message(void **state)
{
	uint32_t words[BTC_MESSAGE_MAX_WORDS] = { 0 };
	size_t n;

	(void)state;
	msg = (struct btc_message){ .header = { .length = 1501 } };
	FAIL(btc_message_encode(&msg, &err, words, &n), E_RANGE, "1501 bytes: only 0 to 1500");
	words[5] = 5u << 16;
	PASS(btc_message_decode(words, 9, &err, &got));
	FAIL(btc_message_decode(words, 8, &err, &got), E_CORRUPT, "8 words");
	FAIL(btc_message_decode(words, 10, &err, &got), E_CORRUPT, "body of 5 bytes");
	FAIL(btc_message_decode(words, 6, &err, &got), E_CORRUPT, "6 words");
	words[5] = 1501u << 16;
	FAIL(btc_message_decode(words, BTC_MESSAGE_MAX_WORDS, &err, &got), E_CORRUPT, "1501");
}

static void test_every_length_survives_both_ways(void **state)
{
	uint32_t words[BTC_MESSAGE_MAX_WORDS];
	size_t n;

	(void)state;
	for (uint16_t length = 0; length <= BTC_BODY_MAX; length++) {
		btc_bus_message(&msg, 1, length, length, (uint8_t)length);
		PASS(btc_message_encode(&msg, &err, words, &n));
		assert_int_equal(n, 7 + (length + 3u) / 4);
		PASS(btc_message_decode(words, n, &err, &got));
		assert_memory_equal(&got.header, &msg.header, sizeof(got.header));
		assert_memory_equal(got.body, msg.body, BTC_BODY_MAX);
	}
}

/* --- sending and receiving --------------------------------------------------------------- */

/* What the tap saw. */
struct taken {
	size_t n;
	uint32_t station[2048];
	uint16_t type[2048], sequence[2048], length[2048];
	uint8_t first[2048];
};
static struct taken taken;

static void tap(void *arg, const struct mock_btc_delivery *delivery)
{
	(void)arg;
	assert_true(taken.n < 2048);
	taken.station[taken.n] = delivery->station;
	taken.type[taken.n] = delivery->message.type;
	taken.sequence[taken.n] = delivery->message.sequence;
	taken.length[taken.n] = delivery->message.length;
	taken.first[taken.n++] = delivery->message.length > 0 ? delivery->message.body[0] : 0;
}

static void start(uint32_t n)
{
	btc_bus_start(&b, n);
	memset(&taken, 0, sizeof(taken));
	mock_btc_set_tap(btc_bus_model(&b), tap, NULL);
}

static void echo_from(uint32_t station)
{
	struct mock_btc_conduct conduct = { .behaviour = MOCK_BTC_ECHO };

	PASS(mock_btc_behave(btc_bus_model(&b), station, &conduct));
}

static void test_a_message_is_one_batch(void **state)
{
	(void)state;
	start(2);
	btc_forget(b.btc);
	btc_bus_message(&msg, 2, 5, 100, 1);
	PASS(btc_message_send(b.btc, &msg, NULL, &err));
	/* the identifier and the room in front, once; 32 words, COMMIT, SEND's poll, STATUS */
	assert_string_equal(btc_bench_cost(&b), "3 batches, 5 reads, 33 writes");
	btc_bench_forget_log(&b);
	btc_bus_message(&msg, 2, 5, 100, 2);
	PASS(btc_message_send(b.btc, &msg, NULL, &err));
	assert_string_equal(btc_bench_cost(&b), "1 batches, 2 reads, 33 writes");
	PASS(btc_message_drain(b.btc, 100000, &err));
	btc_bus_wait_us(&b, 1000);
	assert_int_equal(taken.n, 2);
	assert_int_equal(taken.station[1], 2);
	assert_int_equal(taken.length[1], 100);
	assert_int_equal(taken.first[1], 2);
	assert_int_equal((uint16_t)(taken.sequence[0] + 1), taken.sequence[1]);
}

static void test_a_received_message_is_one_batch_when_it_is_known_to_wait(void **state)
{
	(void)state;
	start(2);
	for (uint16_t i = 0; i < 3; i++)
		btc_bus_send(&b, 1, 0, 100 + i, 64);
	btc_bus_wait_us(&b, 5000);
	/* a look; then 23 words and the look for the next */
	PASS(btc_message_receive(b.btc, 0, &err, &got));
	assert_string_equal(btc_bench_cost(&b), "2 batches, 25 reads, 0 writes");
	btc_bench_forget_log(&b);
	PASS(btc_message_receive(b.btc, 0, &err, &got));
	assert_string_equal(btc_bench_cost(&b), "1 batches, 24 reads, 0 writes");
	assert_int_equal(got.header.type, 101);
	assert_int_equal(got.station, 1);
	assert_int_equal(got.header.length, 64);
	assert_int_equal(got.body[63], 1 + 63);
	assert_int_equal(mac_number(&got.header.source), 0x020000000001);
	assert_int_equal(mac_number(&got.header.final), 0x0200000000fe);
	PASS(btc_message_receive(b.btc, 0, &err, &got));
	btc_bench_forget_log(&b);
	FAIL(btc_message_receive(b.btc, 0, &err, &got), E_TIMEOUT,
	     "MESSAGE:RX_HEAD.WORDS: no message from anybody, type any, sequence any within 0 "
	     "us");
	assert_string_equal(btc_bench_cost(&b), "1 batches, 1 reads, 0 writes");
}

static void test_a_wait_for_a_message_ends_in_time_and_costs_few_looks(void **state)
{
	uint64_t begin;

	(void)state;
	start(1);
	begin = btc_bus_now_us(&b);
	FAIL(btc_message_receive(b.btc, 50000, &err, &got), E_TIMEOUT, "within 50000 us");
	assert_in_range(btc_bus_now_us(&b) - begin, 50000, 50000 + BTC_SLACK_US);
	assert_true(access_log_reads(&b.log) < 200);
}

static void test_a_ping_takes_two_crossings(void **state)
{
	static const uint32_t sizes[] = { 0, 1, 64, 1500 };
	struct mac to = btc_bus_ident(3);
	uint64_t us;

	(void)state;
	start(8);
	for (size_t i = 0; i < 4; i++) {
		struct btc_echo echo = { .bytes = sizes[i], .timeout_us = 100000 };

		PASS(btc_ping(b.btc, &to, &echo, &err, &us));
		/* at least its cells in the blade's 7 own and 15 shared slots of a frame; 28 bytes each */
		assert_true(us >= (sizes[i] + 32) / 28 * 125 / 22);
		assert_true(us < 125 * (4 + (sizes[i] + 32) / 28 / 3) + BTC_SLACK_US);
	}
	to = btc_bus_ident(60);
	FAIL(btc_ping(b.btc, &to, &(struct btc_echo){ .timeout_us = 20000 }, &err, &us),
	     E_TIMEOUT, "no message from 02:00:00:00:00:3c, type 0xff21");
	FAIL(btc_ping(b.btc, &to, &(struct btc_echo){ .bytes = 1501 }, &err, &us), E_RANGE,
	     "1501 bytes");
}

static void test_conversations_cross_and_each_finds_its_answer(void **state)
{
	struct btc_match match[6];
	struct btc_mail mail;

	(void)state;
	start(4);
	echo_from(2);
	echo_from(3);
	for (uint16_t i = 0; i < 6; i++) {
		btc_bus_message(&msg, 2 + i % 2, 40 + i / 4, 20, (uint8_t)(i * 10));
		PASS(btc_message_send(b.btc, &msg, NULL, &err));
		match[i] = (struct btc_match){ .source = msg.header.final,
					       .type = msg.header.type,
					       .sequence = msg.header.sequence };
		btc_bus_send(&b, 4, 0, 99, i);
	}
	for (uint16_t i = 6; i-- > 0;) {
		PASS(btc_message_await(b.btc, &match[i], 100000, &err, &got));
		assert_int_equal(got.station, 2 + i % 2);
		assert_int_equal(got.body[0], i * 10);
	}
	/* the others are there, in order, and the same answer does not come twice */
	for (uint16_t i = 0; i < 6; i++) {
		PASS(btc_message_receive(b.btc, 100000, &err, &got));
		assert_int_equal(got.header.type, 99);
		assert_int_equal(got.header.length, i);
	}
	FAIL(btc_message_await(b.btc, &match[0], 1000, &err, &got), E_TIMEOUT,
	     "no message from");
	btc_mail_get(b.btc, &mail);
	assert_int_equal(mail.kept, 0);
	assert_int_equal(mail.received, mail.handed);
	assert_int_equal(mail.overflowed + mail.lost + mail.corrupt, 0);
}

static void test_more_than_can_be_kept_drops_the_oldest_and_counts_them(void **state)
{
	struct btc_match match = { .any_source = true, .any_sequence = true, .type = 7 };
	struct btc_mail mail;

	(void)state;
	start(2);
	for (uint16_t i = 0; i < 300; i++)
		btc_bus_send(&b, 1, 0, 1000 + i, 0);
	btc_bus_send(&b, 1, 0, 7, 0);
	PASS(btc_message_await(b.btc, &match, 1000000, &err, &got));
	btc_mail_get(b.btc, &mail);
	assert_int_equal(mail.kept, BTC_KEPT_MAX);
	assert_int_equal(mail.overflowed, 300 - BTC_KEPT_MAX);
	assert_int_equal(mail.received, mail.handed + mail.overflowed + mail.kept);
	PASS(btc_message_receive(b.btc, 0, &err, &got));
	assert_int_equal(got.header.type, 1000 + 300 - BTC_KEPT_MAX);
	PASS(btc_message_flush(b.btc, &err));
	btc_mail_get(b.btc, &mail);
	assert_int_equal(mail.kept, 0);
	assert_int_equal(mail.received, mail.handed + mail.overflowed + mail.flushed);
}

/* --- no room ----------------------------------------------------------------------------- */

static void test_no_room_waits_then_fails_and_nothing_is_lost(void **state)
{
	struct btc_send how = { .timeout_us = 5000 };
	struct btc_plan plan, none;
	uint16_t sent = 0;

	(void)state;
	start(2);
	btc_bus_plan(2, &plan);
	none = plan;
	for (uint32_t i = 1; i < 128; i++)
		if (none.slot[i].kind == BTC_SLOT_SHARED || none.slot[i].owner == 0)
			none.slot[i].kind = BTC_SLOT_OFF;
	PASS(btc_slots_apply(b.btc, &none, &err, NULL));
	for (;; sent++) {
		btc_bus_message(&msg, 1 + sent % 2, sent, 1500, 0);
		if (btc_message_send(b.btc, &msg, &how, &err) != 0)
			break;
	}
	assert_int_equal(sent, 4096 / 382);
	assert_int_equal(err.code, E_TIMEOUT);
	assert_string_equal(err.text,
			    "MESSAGE:TX_STATUS.SPACE was not 382 words within 5000 us, "
			    "last 276");
	/* a small one still fits */
	btc_bus_message(&msg, 1, 500, 4, 0);
	PASS(btc_message_send(b.btc, &msg, &how, &err));
	FAIL(btc_message_drain(b.btc, 5000, &err), E_TIMEOUT,
	     "MESSAGE:TX_STATUS.MESSAGES was not 0x0 within 5000 us, last 0xb");
	PASS(btc_slots_apply(b.btc, &plan, &err, NULL));
	PASS(btc_message_drain(b.btc, 1000000, &err));
	btc_bus_wait_us(&b, 1000);
	assert_int_equal(taken.n, 11);
	for (uint16_t i = 0; i < 10; i++)
		assert_int_equal(taken.type[i], i);
	assert_int_equal(taken.type[10], 500);
}

static void test_a_send_waits_for_room_that_comes(void **state)
{
	struct btc_send how = { .timeout_us = 100000 };

	(void)state;
	start(2);
	for (uint16_t i = 0; i < 100; i++) {
		btc_bus_message(&msg, 1 + i % 2, i, 1400, (uint8_t)i);
		PASS(btc_message_send(b.btc, &msg, &how, &err));
	}
	PASS(btc_message_drain(b.btc, 1000000, &err));
	btc_bus_wait_us(&b, 1000);
	assert_int_equal(taken.n, 100);
	for (uint16_t i = 0; i < 100; i++)
		assert_int_equal(taken.type[i], i);
}

static void test_what_software_does_not_read_is_counted_as_an_overflow(void **state)
{
	uint32_t counters[BTC_N_COUNTERS], before[BTC_N_COUNTERS], n = 0;

	(void)state;
	start(2);
	PASS(btc_counters_get(b.btc, &err, before));
	for (uint16_t i = 0; i < 30; i++)
		btc_bus_send(&b, 1 + i % 2, 0, i, 1000);
	btc_bus_wait_us(&b, 500000);
	PASS(btc_counters_get(b.btc, &err, counters));
	while (btc_message_receive(b.btc, 0, &err, &got) == 0)
		n++;
	assert_int_equal(n, 4096 / 257);
	assert_int_equal(counters[BTC_COUNT_RX_MESSAGES] - before[BTC_COUNT_RX_MESSAGES], n);
	assert_int_equal(counters[BTC_COUNT_RX_OVERFLOWS], 30 - n);
}

/* --- what is refused --------------------------------------------------------------------- */

static void test_a_message_without_destination_or_source_is_not_sent(void **state)
{
	(void)state;
	btc_bus_message(&msg, 1, 1, 0, 0);
	FAIL(btc_message_send(b.btc, &msg, NULL, &err), E_STATE,
	     "CONTROL:IDENT_HI and IDENT_LO are 0: the controller has no identifier");
	msg.header.final = (struct mac){ { 0 } };
	FAIL(btc_message_send(b.btc, &msg, NULL, &err), E_RANGE, "no final destination");
	start(1);
	btc_bus_message(&msg, 1, 1, 0, 0);
	msg.header.length = 1501;
	FAIL(btc_message_send(b.btc, &msg, NULL, &err), E_RANGE, "1501 bytes");
	assert_int_equal(access_log_writes(&b.log), 0);
}

static void test_a_message_that_the_core_drops_is_an_error(void **state)
{
	(void)state;
	start(1);
	mock_stick(b.mock, TX_STATUS, 1u << 31, 1u << 31);
	btc_bus_message(&msg, 1, 1, 0, 0);
	FAIL(btc_message_send(b.btc, &msg, NULL, &err), E_IO,
	     "MESSAGE:TX_STATUS.DROPPED is set: the core dropped the message (after 8 register "
	     "writes)");
}

static void test_a_send_that_never_ends_is_a_timeout(void **state)
{
	(void)state;
	start(1);
	mock_stick(b.mock, TX_COMMIT, 1u << 31, 1u << 31);
	btc_bus_message(&msg, 1, 1, 0, 0);
	FAIL(btc_message_send(b.btc, &msg, NULL, &err), E_TIMEOUT,
	     "MESSAGE:TX_COMMIT.SEND was not 0x0 within 1000 us, last 0x1");
}

static void test_a_fifo_that_tells_nonsense_is_dropped_and_counted(void **state)
{
	struct btc_mail mail;

	(void)state;
	start(1);
	mock_stick(b.mock, RX_HEAD, 0xffff, 3);
	FAIL(btc_message_receive(b.btc, 1000, &err, &got), E_CORRUPT,
	     "MESSAGE:RX_HEAD.WORDS is 3: no message has so many");
	btc_mail_get(b.btc, &mail);
	assert_int_equal(mail.corrupt, 1);
}

static void test_a_message_whose_length_lies_is_dropped_and_counted(void **state)
{
	struct btc_mail before, mail;

	(void)state;
	start(1);
	btc_mail_get(b.btc, &before);
	btc_bus_send(&b, 1, 0, 5, 8);
	btc_bus_wait_us(&b, 2000);
	mock_stick(b.mock, RX_DATA, UINT32_MAX, 0);
	FAIL(btc_message_receive(b.btc, 1000, &err, &got), E_CORRUPT,
	     "MESSAGE:RX_DATA gave 9 words for a message with a body of 0 bytes");
	btc_mail_get(b.btc, &mail);
	assert_int_equal(mail.corrupt, 1);
	assert_int_equal(mail.received, before.received);
}

/* A bit of the first word of the body comes back wrong. */
static int flip(void *model, struct mock *mock, uint64_t addr, uint32_t *value)
{
	unsigned *words = model;

	(void)mock;
	if (addr == RX_DATA && ++*words == BTC_HEADER_WORDS + 1)
		*value ^= 0x00010000;
	return 0;
}

static void test_an_echo_that_comes_back_different_is_a_mismatch(void **state)
{
	static const struct mock_model ops = { .name = "flip", .read = flip };
	struct mac to = btc_bus_ident(1);
	unsigned words = 0;

	(void)state;
	start(1);
	PASS(mock_attach(b.mock, &ops, &words, &err));
	FAIL(btc_ping(b.btc, &to, &(struct btc_echo){ .bytes = 8, .timeout_us = 10000 }, &err,
		      NULL),
	     E_MISMATCH, "the echo of 02:00:00:00:00:01 is not what was sent");
}

/* --- instructions ------------------------------------------------------------------------ */

static void test_an_instruction_to_everybody_is_obeyed_and_answered_by_all(void **state)
{
	struct btc_instruction in = { .operation = BTC_OP_LISTEN, .timeslot = 77 };
	struct btc_instruct_answers answers;
	struct mock_btc_told told;
	struct mac all = btc_everybody();

	(void)state;
	start(5);
	PASS(btc_instruct(b.btc, &all, &in, 100000, &err, &answers));
	assert_int_equal(answers.expected, 0x1f);
	assert_int_equal(answers.answered, 0x1f);
	assert_int_equal(answers.n, 5);
	for (uint32_t i = 1; i <= 5; i++) {
		assert_int_equal(answers.answer[i - 1].result, BTC_RESULT_DONE);
		PASS(mock_btc_told(btc_bus_model(&b), i, &told));
		assert_int_equal(told.listens[77 / 32], 1u << 77 % 32);
	}
	in.argument = 1;
	PASS(btc_instruct(b.btc, &all, &in, 100000, &err, &answers));
	PASS(mock_btc_told(btc_bus_model(&b), 5, &told));
	assert_int_equal(told.listens[77 / 32], 0);
	in.timeslot = 128;
	FAIL(btc_instruct(b.btc, &all, &in, 100000, &err, &answers), E_RANGE,
	     "timeslot 128: the frame has 0 to 127");
	in.operation = BTC_N_OPERATIONS;
	FAIL(btc_instruct(b.btc, &all, &in, 100000, &err, &answers), E_RANGE, "operation 6");
}

static void test_modes_functions_and_parameters_reach_one_blade(void **state)
{
	static const struct btc_instruction in[] = {
		{ .operation = BTC_OP_MAINTENANCE },
		{ .operation = BTC_OP_RUN, .function = 2, .argument = 0x12345678 },
		{ .operation = BTC_OP_PARAMETER, .function = 200, .argument = 9 },
		{ .operation = BTC_OP_PROVISIONING },
	};
	struct btc_instruction refused = { .operation = BTC_OP_RUN, .function = 5 };
	struct btc_instruct_answers answers;
	struct mock_btc_told told;
	struct mac to = btc_bus_ident(3);

	(void)state;
	start(4);
	for (size_t i = 0; i < 4; i++) {
		PASS(btc_instruct(b.btc, &to, &in[i], 100000, &err, &answers));
		assert_int_equal(answers.expected, 4);
		assert_int_equal(answers.n, 1);
		assert_int_equal(answers.answer[0].station, 3);
		assert_int_equal(answers.answer[0].result, BTC_RESULT_DONE);
		assert_int_equal(answers.answer[0].argument, in[i].argument);
	}
	PASS(mock_btc_told(btc_bus_model(&b), 3, &told));
	assert_int_equal(told.mode, MOCK_BTC_MODE_PROVISIONING);
	assert_int_equal(told.n_runs[2], 1);
	assert_int_equal(told.last_run[2], 0x12345678);
	assert_int_equal(told.parameter[200], 9);
	PASS(btc_instruct(b.btc, &to, &refused, 100000, &err, &answers));
	assert_int_equal(answers.answer[0].result, BTC_RESULT_REFUSED);
	PASS(mock_btc_told(btc_bus_model(&b), 2, &told));
	assert_int_equal(told.mode, MOCK_BTC_MODE_NORMAL);
	to = btc_bus_ident(9);
	FAIL(btc_instruct(b.btc, &to, &refused, 100000, &err, &answers), E_STATE,
	     "02:00:00:00:00:09 is no blade that is ready");
}

static void test_blades_that_are_silent_are_missing_from_the_answers(void **state)
{
	struct mock_btc_conduct silent = { .behaviour = MOCK_BTC_SILENT };
	struct btc_instruction in = { .operation = BTC_OP_NORMAL };
	struct btc_instruct_answers answers;
	struct mac all = btc_everybody(), one = btc_bus_ident(2);

	(void)state;
	start(3);
	PASS(mock_btc_behave(btc_bus_model(&b), 2, &silent));
	PASS(btc_instruct(b.btc, &all, &in, 20000, &err, &answers));
	assert_int_equal(answers.expected, 7);
	assert_int_equal(answers.answered, 5);
	FAIL(btc_instruct(b.btc, &one, &in, 20000, &err, &answers), E_TIMEOUT,
	     "no blade answered the instruction within 20000 us");
}

/* --- faults ------------------------------------------------------------------------------ */

static int prepare(struct btc_bench *bench, struct error *e)
{
	(void)e;
	btc_bus_start(bench, 3);
	return 0;
}

static int op_send(struct btc_bench *bench, struct error *e)
{
	struct btc_message m;

	btc_bus_message(&m, 2, 5, 20, 1);
	return btc_message_send(bench->btc, &m, NULL, e);
}

static int op_ping(struct btc_bench *bench, struct error *e)
{
	struct mac to = btc_bus_ident(2);

	return btc_ping(bench->btc, &to, &(struct btc_echo){ .bytes = 8, .timeout_us = 20000 },
			e, NULL);
}

static int op_instruct(struct btc_bench *bench, struct error *e)
{
	struct btc_instruction in = { .operation = BTC_OP_NORMAL };
	struct btc_instruct_answers answers;
	struct mac all = btc_everybody();

	return btc_instruct(bench->btc, &all, &in, 20000, e, &answers);
}

static int prepare_waiting(struct btc_bench *bench, struct error *e)
{
	prepare(bench, e);
	for (uint16_t i = 0; i < 3; i++)
		btc_bus_send(bench, 1, 0, 100 + i, 8);
	btc_bus_wait_us(bench, 5000);
	return 0;
}

/* Whatever was read before the fault and after it is whole and in order. */
static int op_receive(struct btc_bench *bench, struct error *e)
{
	int rc = btc_message_receive(bench->btc, 0, e, &got);

	if (rc == 0) {
		assert_true(got.header.type >= 100 && got.header.type <= 102);
		assert_int_equal(got.header.length, 8);
		assert_int_equal(got.body[7], 8);
	}
	return rc;
}

static void test_every_access_may_fail(void **state)
{
	(void)state;
	/* the identifier, room and the base of sequences, 12 words, COMMIT, its poll, STATUS */
	assert_int_equal(btc_bench_sweep(BTC_URI, prepare, op_send), 2 + 2 + 12 + 1 + 1 + 1);
	assert_true(btc_bench_sweep(BTC_URI, prepare, op_ping) >= 15 + 10 + 2);
	assert_true(btc_bench_sweep(BTC_URI, prepare, op_instruct) >= 192 + 8 * 3);
	/* a look of 4, 9 words, a look */
	assert_int_equal(btc_bench_sweep(BTC_URI, prepare_waiting, op_receive), 14);
}

/* Each access of three receives fails once: how many come, and is the rest counted? */
static void test_a_fault_costs_at_most_the_message_that_it_hits(void **state)
{
	struct saboteur saboteur = { 0 };
	struct btc_mail mail;

	(void)state;
	for (size_t left = 1; left <= 31; left++) {
		struct btc_bench bench;
		size_t n = 0;
		int rc;

		btc_bench_open(&bench, BTC_URI);
		prepare_waiting(&bench, &err);
		mock_sabotage(bench.mock, &saboteur);
		saboteur = (struct saboteur){ .left = left };
		while ((rc = op_receive(&bench, &err)) == 0 || rc == E_IO)
			n += rc == 0;
		assert_true(saboteur.struck);
		assert_int_equal(rc, E_TIMEOUT);
		btc_mail_get(bench.btc, &mail);
		assert_true(n >= 2);
		assert_int_equal(n + mail.lost, 3);
		saboteur.left = 0;
		btc_bench_close(&bench);
	}
}

/* A message that an error cut off is thrown away, and its room is free again. */
static void test_a_cut_off_message_is_discarded_by_the_next(void **state)
{
	struct saboteur saboteur = { 0 };
	uint32_t counters[BTC_N_COUNTERS];

	(void)state;
	start(2);
	mock_sabotage(b.mock, &saboteur);
	btc_bus_message(&msg, 1, 1, 200, 0);
	PASS(btc_message_send(b.btc, &msg, NULL, &err));
	saboteur.left = 20;
	FAIL(btc_message_send(b.btc, &msg, NULL, &err), E_IO, "MESSAGE:TX_DATA: ");
	btc_bus_message(&msg, 2, 2, 4, 9);
	PASS(btc_message_send(b.btc, &msg, NULL, &err));
	PASS(btc_message_drain(b.btc, 100000, &err));
	btc_bus_wait_us(&b, 1000);
	assert_int_equal(taken.n, BTC_PACKS ? 3 : 2);
	assert_int_equal(taken.station[taken.n - 1], 2);
	assert_int_equal(taken.first[taken.n - 1], 9);
	PASS(btc_counters_get(b.btc, &err, counters));
	assert_int_equal(btc_bench_peek(&b, TX_STATUS) & 0x80ff0000, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_header_is_on_the_bus_as_the_figures_draw_it),
		TEST(test_what_does_not_fit_its_length_is_no_message),
		TEST(test_every_length_survives_both_ways),
		TEST(test_a_message_is_one_batch),
		TEST(test_a_received_message_is_one_batch_when_it_is_known_to_wait),
		TEST(test_a_wait_for_a_message_ends_in_time_and_costs_few_looks),
		TEST(test_a_ping_takes_two_crossings),
		TEST(test_conversations_cross_and_each_finds_its_answer),
		TEST(test_more_than_can_be_kept_drops_the_oldest_and_counts_them),
		TEST(test_no_room_waits_then_fails_and_nothing_is_lost),
		TEST(test_a_send_waits_for_room_that_comes),
		TEST(test_what_software_does_not_read_is_counted_as_an_overflow),
		TEST(test_a_message_without_destination_or_source_is_not_sent),
		TEST(test_a_message_that_the_core_drops_is_an_error),
		TEST(test_a_send_that_never_ends_is_a_timeout),
		TEST(test_a_fifo_that_tells_nonsense_is_dropped_and_counted),
		TEST(test_a_message_whose_length_lies_is_dropped_and_counted),
		TEST(test_an_echo_that_comes_back_different_is_a_mismatch),
		TEST(test_an_instruction_to_everybody_is_obeyed_and_answered_by_all),
		TEST(test_modes_functions_and_parameters_reach_one_blade),
		TEST(test_blades_that_are_silent_are_missing_from_the_answers),
		cmocka_unit_test(test_every_access_may_fail),
		cmocka_unit_test(test_a_fault_costs_at_most_the_message_that_it_hits),
		TEST(test_a_cut_off_message_is_discarded_by_the_next),
	};

	return cmocka_run_group_tests_name("btc_message" BTC_OVER, tests, NULL, NULL);
}
