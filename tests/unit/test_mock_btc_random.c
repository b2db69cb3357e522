/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Random traffic and random register writes on the BTC model.  Every message is delivered exactly
 * once to exactly its addressees, whole, in order for each pair, or counted as dropped with a
 * reason; whatever is written to the registers, the core works again after a reset.  The seeds are
 * fixed; with SOAK=1 there are 64 blades and a million messages.
 */
#include "tests/lib/backplane_group.h"

#include <stdio.h>
#include <stdlib.h>

#define NOBODYS 200u /* an identifier that no blade has */
#define MAX_IDS 1000000u

static uint64_t state64;

static uint32_t pick(uint32_t n)
{
	state64 = state64 * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(state64 >> 33) % n;
}

/* What became of the messages, by number. */
static struct sent {
	uint8_t from, to;
	uint8_t n_taken; /* deliveries to blades */
	bool software;   /* reached it */
} * sent;
static uint32_t n_sent, last_of[65][65], n_blades;

static void fill(uint8_t *body, uint16_t length, uint32_t id)
{
	backplane_body(body, length, id);
	memcpy(body, &id, sizeof(id));
}

static void note(void *arg, const struct mock_btc_delivery *delivery)
{
	const struct mock_btc_message *message = &delivery->message;
	uint8_t want[1500];
	uint32_t id;

	(void)arg;
	memcpy(&id, message->body, sizeof(id));
	if (id >= n_sent || sent[id].from != message->source[5])
		fail_msg("message %u was never sent", id);
	fill(want, message->length, id);
	if (memcmp(want, message->body, message->length) != 0)
		fail_msg("message %u is not what was sent", id);
	if (delivery->station == 0)
		return;
	if (sent[id].to != BACKPLANE_ALL && sent[id].to != delivery->station)
		fail_msg("message %u for %u came to %u", id, sent[id].to, delivery->station);
	if (last_of[sent[id].from][delivery->station] > id)
		fail_msg("message %u came after %u", id,
			 last_of[sent[id].from][delivery->station]);
	last_of[sent[id].from][delivery->station] = id;
	sent[id].n_taken++;
}

static void random_plan(void)
{
	for (uint32_t slot = 1; slot < 128; slot++) {
		uint32_t kind = pick(8);

		if (slot == 1)
			backplane_slot(&b, slot, BTC_SLOT_NEXT_USE__KIND__SHARED, 0);
		else if (kind == 0)
			backplane_slot(&b, slot, BTC_SLOT_NEXT_USE__KIND__OFF, 0);
		else if (kind < 3)
			backplane_slot(&b, slot, BTC_SLOT_NEXT_USE__KIND__SHARED, pick(65));
		else
			backplane_slot(&b, slot, BTC_SLOT_NEXT_USE__KIND__RESERVED,
				       kind < 6 ? 0 : 1 + pick(n_blades));
	}
	backplane_apply(&b);
}

static uint8_t random_destination(void)
{
	uint32_t kind = pick(100);

	if (kind < 90)
		return (uint8_t)(1 + pick(n_blades));
	return kind < 94 ? NOBODYS : kind < 98 ? 0 : BACKPLANE_ALL;
}

static void send_one(void)
{
	uint8_t body[1500];
	struct sent *one = &sent[n_sent];
	uint16_t length = (uint16_t)(4 + (pick(4) == 0 ? pick(1497) : pick(60)));
	struct mock_btc_message message = { .type = 1, .length = length, .body = body };
	int rc;

	*one = (struct sent){ .from = (uint8_t)(1 + pick(n_blades)),
			      .to = random_destination() };
	backplane_ident(one->to, message.final);
	fill(body, length, n_sent);
	rc = mock_btc_send(b.model, one->from, &message);
	if (rc == E_BUSY)
		backplane_wait_frames(&b, 50);
	else
		assert_int_equal(rc, 0);
	n_sent += rc == 0;
}

static void read_software(void)
{
	struct backplane_mail mail;

	while (backplane_mail_read(&b, &mail)) {
		uint32_t id;

		memcpy(&id, mail.body, sizeof(id));
		assert_false(sent[id].software);
		assert_true(sent[id].to == 0 || sent[id].to == BACKPLANE_ALL);
		sent[id].software = true;
	}
}

static bool is_quiet(void)
{
	for (uint32_t i = 1; i <= n_blades; i++) {
		struct mock_btc_blade_stats stats;

		assert_int_equal(mock_btc_blade_stats(b.model, i, &stats), 0);
		if (stats.waiting > 0)
			return false;
	}
	return (READ(FORWARD_QUEUE) & 0xffff) == 0;
}

/* Messages to known blades that did not come, and others that came as often as they should. */
static uint32_t count_missing(void)
{
	uint32_t missing = 0, unknown = 0;

	for (uint32_t id = 0; id < n_sent; id++) {
		const struct sent *one = &sent[id];
		uint32_t want = one->to == NOBODYS || one->to == 0 ? 0
				: one->to == BACKPLANE_ALL         ? n_blades - 1
								   : 1;

		unknown += one->to == NOBODYS;
		if (one->n_taken == 0 && want > 0)
			missing++;
		else if (one->n_taken != want)
			fail_msg("message %u came %u times", id, one->n_taken);
		if (one->to == 0 || one->to == BACKPLANE_ALL)
			missing += !one->software;
	}
	assert_int_equal(READ(FORWARD_DROP_UNKNOWN), unknown);
	return missing;
}

static void check_counters(void)
{
	uint32_t dropped = READ(FORWARD_DROP_FULL) + READ(MESSAGE_RX_OVERFLOWS), n = 0;
	struct mock_btc_stats stats;

	assert_int_equal(count_missing(), dropped);
	for (uint32_t i = 0; i < n_blades; i++) {
		n += READ(BLADE_MESSAGES(i));
		assert_int_equal(READ(BLADE_CELL_ERRORS(i)) + READ(BLADE_LOST_CELLS(i)) +
					 READ(BLADE_MESSAGE_ERRORS(i)),
				 0);
		/* Round robin: each other one that asks comes first once at most. */
		assert_in_range(READ(ARB_STATION_LONGEST_WAIT(i + 1)), 0, n_blades);
	}
	assert_int_equal(n, n_sent);
	mock_btc_stats(b.model, &stats);
	assert_int_equal(stats.broken + stats.missed, 0);
	printf("counted: %u messages of %u blades, %u dropped for want of room, %u frames\n",
	       n_sent, n_blades, dropped, READ(FRAME_FRAMES));
}

static void run_traffic(uint32_t medium, uint32_t slot_bytes)
{
	bool soak = getenv("SOAK") != NULL && getenv("SOAK")[0] != '\0';
	uint32_t n = soak ? MAX_IDS : 5000;

	state64 = 1 + medium;
	n_blades = soak ? 64 : 16;
	n_sent = 0;
	memset(last_of, 0, sizeof(last_of));
	sent = calloc(n, sizeof(*sent));
	assert_non_null(sent);
	backplane_plug(&b, n_blades);
	WRITE(FRAME_SHAPE, slot_bytes << 8 | 128);
	WRITE(FORWARD_QUEUE, 2000u << 16);
	WRITE(FORWARD_MODE, 1 | BTC_FORWARD_MODE__BROADCAST__OTHERS << 8);
	WRITE(CONTROL_MODE, medium << 8);
	random_plan();
	mock_btc_set_tap(b.model, note, NULL);
	backplane_enable(&b);
	while (n_sent < n) {
		send_one();
		if (pick(8) == 0)
			backplane_wait_us(&b, pick(600));
		if (pick(16) == 0)
			read_software();
		if (pick(200) == 0)
			random_plan();
	}
	for (unsigned i = 0; i < 100000 && !is_quiet(); i++) {
		backplane_wait_frames(&b, 10);
		read_software();
	}
	backplane_wait_frames(&b, 10);
	read_software();
	check_counters();
	free(sent);
}

static void test_random_traffic_is_delivered_once_or_counted_tdm(void **state)
{
	(void)state;
	run_traffic(BTC_CONTROL_MODE__MEDIUM__TDM, 32);
}

static void test_random_traffic_is_delivered_once_or_counted_fdm(void **state)
{
	(void)state;
	run_traffic(BTC_CONTROL_MODE__MEDIUM__FDM, 64);
}

/* --- anything at all ------------------------------------------------------------------------- */

static void random_outside(void)
{
	const struct mock_btc_fault fault = { .kind = (enum mock_btc_fault_kind)pick(4),
					      .station = pick(80),
					      .after = pick(100),
					      .count = 1 + pick(5),
					      .rate_ppm = pick(2) * pick(1000000),
					      .bit = pick(600) };
	struct mock_btc_conduct conduct = { .behaviour = (enum mock_btc_behaviour)pick(5),
					    .type = (uint16_t)(pick(2) * 0xff00 + pick(40)),
					    .length = (uint16_t)pick(1600),
					    .count = pick(20),
					    .every = pick(20) };
	const struct mock_btc_blade blade = { .ident = { 2, 0, 0, 0, 0, (uint8_t)pick(8) },
					      .functions = pick(256) };

	backplane_ident(pick(20), conduct.to);
	switch (pick(6)) {
	case 0:
		(void)mock_btc_plug(b.model, pick(70), &blade);
		break;
	case 1:
		(void)mock_btc_pull(b.model, pick(70));
		break;
	case 2:
		(void)mock_btc_inject(b.model, &fault);
		break;
	case 3:
		(void)mock_btc_set_clock(b.model, pick(70), (int32_t)pick(2200) - 1100);
		break;
	default:
		(void)mock_btc_behave(b.model, pick(70), &conduct);
		break;
	}
}

/* Registers that matter more often than the others. */
static uint64_t random_address(void)
{
	static const uint64_t often[] = { BTC_CONTROL_MODE,     BTC_SLOT_CONTROL,
					  BTC_MESSAGE_TX_DATA,  BTC_MESSAGE_TX_COMMIT,
					  BTC_MESSAGE_RX_DATA,  BTC_MESSAGE_RX_DROP,
					  BTC_FORWARD_MODE,     BTC_TRACE_MODE,
					  BTC_TRACE_DATA,       BTC_FRAME_SHAPE,
					  BTC_CONTROL_IDENT_LO, BTC_CONTROL_IDENT_HI };

	if (pick(2) == 0)
		return often[pick(sizeof(often) / sizeof(often[0]))];
	return pick(3) == 0 ? BTC_BLADE_STATUS(0) + 4 * pick(0x1000)
			    : 4 * (uint64_t)pick(0x4000);
}

static uint32_t random_value(void)
{
	switch (pick(4)) {
	case 0:
		return pick(16);
	case 1:
		return 0x10000 | pick(4) << 8 | pick(66);
	case 2:
		return UINT32_C(1) << pick(32);
	default:
		return pick(1u << 31) << 1 | pick(2);
	}
}

static void sensible_plan(void)
{
	for (uint32_t slot = 0; slot < 128; slot++)
		backplane_slot(&b, slot, slot == 0 ? 0 : 1 + pick(2), pick(10));
	backplane_apply(&b);
	WRITE(CONTROL_MODE, 1 | pick(2) << 8);
}

static void works_after_a_reset(void)
{
	struct backplane_mail mail;

	mock_btc_heal(b.model);
	for (uint32_t i = 1; i <= 64; i++)
		(void)mock_btc_pull(b.model, i);
	WRITE(CONTROL_RESET, 1);
	backplane_wait_us(&b, 10);
	WRITE(CONTROL_IDENT_HI, 0x0200);
	backplane_start(&b, 2);
	assert_int_equal(backplane_send(&b, 1, 2, 40, 1), 0);
	backplane_mail_to(&mail, 1, 0xff20, "alive?");
	backplane_mail_write(&b, &mail, BACKPLANE_SEND);
	backplane_wait_frames(&b, 4);
	assert_int_equal(READ(BLADE_SENT(1)), 1);
	assert_true(backplane_mail_read(&b, &mail));
	assert_int_equal(mail.type, 0xff21);
}

static void test_no_register_write_breaks_the_model(void **state)
{
	(void)state;
	for (unsigned round = 0; round < 10; round++) {
		state64 = round;
		for (unsigned i = 0; i < 3000; i++) {
			uint64_t addr = random_address();

			if (pick(5) == 0)
				random_outside();
			if (pick(200) == 0)
				sensible_plan();
			if (pick(3) == 0)
				(void)backplane_read(&b, addr);
			else
				backplane_write(&b, addr, random_value());
			if (pick(10) == 0)
				backplane_wait_us(&b, pick(500));
		}
		works_after_a_reset();
	}
}

/* Whatever a tap does, the model goes on with what is left. */
static void meddle(void *arg, const struct mock_btc_delivery *delivery)
{
	uint32_t station = delivery->station;
	uint8_t body[4] = { 1, 2, 3, 4 };
	struct mock_btc_message message = { .type = 1, .length = 4, .body = body };

	(void)arg;
	backplane_ident(BACKPLANE_ALL, message.final);
	(void)mock_btc_send(b.model, 1 + station % 5, &message);
	switch (pick(6)) {
	case 0:
		(void)mock_btc_pull(b.model, 1 + (station + 1) % 5);
		break;
	case 1:
		(void)mock_btc_pull(b.model, delivery->sender);
		break;
	case 2:
		WRITE(CONTROL_MODE, pick(2));
		break;
	case 3:
		WRITE(CONTROL_RESET, pick(2));
		break;
	default:
		backplane_plug(&b, 0);
		sensible_plan();
		break;
	}
}

static void test_taps_may_pull_plug_silence_and_reset(void **state)
{
	(void)state;
	for (unsigned round = 0; round < 60; round++) {
		state64 = round;
		backplane_start(&b, 5);
		mock_btc_set_tap(b.model, meddle, NULL);
		for (unsigned i = 0; i < 20; i++)
			(void)backplane_send(&b, 1 + i % 5, i % 2 == 0 ? BACKPLANE_ALL : 0, 30,
					     i);
		backplane_wait_frames(&b, 10);
		mock_btc_set_tap(b.model, NULL, NULL);
		backplane_wait_us(&b, 10);
		works_after_a_reset();
		(void)mock_btc_pull(b.model, 1);
		(void)mock_btc_pull(b.model, 2);
	}
}

static void test_what_cannot_be_is_refused_outside_too(void **state)
{
	const struct mock_btc_blade blade = { .ident = { 2 } };
	const struct mock_btc_conduct conduct = { .length = 1501 };
	const struct mock_btc_message too_long = { .length = 1501 }, no_body = { .length = 1 },
				      good = { .length = 0 };
	const struct mock_btc_fault fault = { .station = 65 };
	struct mock_btc_blade_stats stats;
	struct mock_btc_told told;

	(void)state;
	assert_int_equal(mock_btc_plug(b.model, 0, &blade), E_RANGE);
	assert_int_equal(mock_btc_plug(b.model, 65, &blade), E_RANGE);
	assert_int_equal(mock_btc_pull(b.model, 65), E_RANGE);
	assert_int_equal(mock_btc_send(b.model, 1, &good), E_STATE);
	assert_int_equal(mock_btc_told(b.model, 1, &told), E_STATE);
	assert_int_equal(mock_btc_told(b.model, 0, &told), E_RANGE);
	assert_int_equal(mock_btc_blade_stats(b.model, 1, &stats), E_STATE);
	assert_int_equal(mock_btc_inject(b.model, &fault), E_RANGE);
	assert_int_equal(mock_btc_plug(b.model, 1, &blade), 0);
	assert_true(mock_btc_is_plugged(b.model, 1));
	assert_false(mock_btc_is_plugged(b.model, 2));
	assert_int_equal(mock_btc_behave(b.model, 1, &conduct), E_RANGE);
	assert_int_equal(mock_btc_set_clock(b.model, 1, 1001), E_RANGE);
	assert_int_equal(mock_btc_send(b.model, 1, &too_long), E_RANGE);
	assert_int_equal(mock_btc_send(b.model, 1, &no_body), E_RANGE);
	for (unsigned i = 0; i < MOCK_BTC_MAX_QUEUED; i++)
		assert_int_equal(mock_btc_send(b.model, 1, &good), 0);
	assert_int_equal(mock_btc_send(b.model, 1, &good), E_BUSY);
}

/* Years with floods and clocks that slip: the model gives up on time, not on its caller. */
static void test_years_of_waiting_take_seconds(void **state)
{
	const struct mock_btc_conduct babble = { .behaviour = MOCK_BTC_BABBLE,
						 .every = 100000 };

	(void)state;
	backplane_plug(&b, 2);
	WRITE(FRAME_PERIOD, 1000000);
	WRITE(FRAME_SHAPE, 32u << 8 | 3);
	WRITE(CONTROL_MODE, 1);
	backplane_wait_us(&b, UINT64_C(1000000) * 86400 * 365);
	assert_int_equal(READ(FRAME_NUMBER), (uint32_t)(UINT64_C(1000) * 86400 * 365));
	assert_int_equal(mock_btc_behave(b.model, 1, &babble), 0);
	assert_int_equal(mock_btc_set_clock(b.model, 2, 17), 0);
	backplane_wait_us(&b, UINT64_MAX);
	backplane_wait_us(&b, UINT64_MAX);
	assert_int_equal(READ(BLADE_STATUS(0)) & 3, 3);
	WRITE(CONTROL_RESET, 1);
	assert_int_equal(READ(CONTROL_MODE), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_random_traffic_is_delivered_once_or_counted_tdm),
		TEST(test_random_traffic_is_delivered_once_or_counted_fdm),
		TEST(test_no_register_write_breaks_the_model),
		TEST(test_taps_may_pull_plug_silence_and_reset),
		TEST(test_what_cannot_be_is_refused_outside_too),
		TEST(test_years_of_waiting_take_seconds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
