/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Properties of the backplane under random traffic, plans, shapes and both media: every message
 * reaches exactly its addressees, once, as it was sent, or is counted as dropped with a reason; the
 * order between two stations holds; nobody starves under round robin.
 *
 * What should happen is worked out here from the life of a message in btc.rdl, by the number that
 * every message carries in its platform word; what did happen comes from the blades and from the
 * core's counters.  The seed is fixed, TEST_SEED tries another.  SOAK: 10^6 messages, 64 blades.
 */
#define BTC_URI "mock:"
#include "tests/lib/btc_group.h"

#include <stdio.h>
#include <stdlib.h>

#include "hal/btc/arb.h"
#include "hal/btc/blades.h"
#include "hal/btc/forward.h"
#include "hal/btc/frame.h"
#include "tests/lib/btc_bus.h"

#define ROUND 1000u /* messages */

/* By which way: decides who takes it, and which messages stay in order. */
enum way {
	WAY_FORWARD,   /* by the controller to a blade */
	WAY_UNKNOWN,   /* by the controller to an identifier that nobody has */
	WAY_BROADCAST, /* by the controller to everybody */
	WAY_SOFTWARE,  /* to the controller itself */
	WAY_DIRECT,    /* to a blade that hears the sender's slots */
	WAY_SHOUT,     /* to everybody at once, on the sender's slots */
	N_WAYS
};

struct sent {
	enum way way;
	uint32_t from, to;
	uint16_t length;
	btc_blades want, got; /* blades that shall take it and that did */
	bool software_wants, software_got;
};

static struct {
	uint32_t n_blades, seed;
	struct sent sent[ROUND];
	uint32_t n_sent;
	uint32_t first; /* number of the round's first message */
	int64_t last[2][BTC_N_STATIONS][BTC_N_STATIONS]; /* taken: crossings - 1, from, by */
	uint64_t n_in_order;
	bool shout; /* all ways, or only those that are forwarded to one blade */
	enum btc_broadcast policy;
} run;

static uint32_t pick(uint32_t n)
{
	run.seed = run.seed * 1664525 + 1013904223;
	return (run.seed >> 8) % n;
}

static void make_body(uint32_t number, uint8_t *body, uint16_t length)
{
	for (uint16_t i = 0; i < length; i++)
		body[i] = (uint8_t)(number * 2654435761u >> (i % 4 * 8)) ^ (uint8_t)i;
}

/* --- what arrived -------------------------------------------------------------------------- */

static struct sent *find(uint32_t number)
{
	if (number - run.first >= run.n_sent)
		fail_msg("message %u was never sent", number);
	return &run.sent[number - run.first];
}

static void check_same(const struct sent *s, uint32_t number, const uint8_t *body,
		       uint16_t length)
{
	uint8_t want[BTC_BODY_MAX];

	make_body(number, want, s->length);
	if (length != s->length || memcmp(body, want, length) != 0)
		fail_msg("message %u arrived changed and nobody noticed", number);
}

static void check_order(const struct sent *s, uint32_t number, uint32_t station)
{
	unsigned crossings =
		s->way == WAY_DIRECT || s->way == WAY_SHOUT || s->from == 0 ? 0 : 1;
	int64_t *last = &run.last[crossings][s->from][station];

	if (*last >= number)
		fail_msg("station %u got %u of station %u after %lld", station, number, s->from,
			 (long long)*last);
	*last = number;
	run.n_in_order++;
}

static void take(void *arg, const struct mock_btc_delivery *d)
{
	struct mac ident = btc_bus_ident(d->station), all = btc_everybody();
	struct sent *s;

	(void)arg;
	if (d->station == 0 || d->message.type >= BTC_TYPE_PLATFORM)
		return;
	s = find(d->message.platform);
	if ((s->got & btc_blade_bit(d->station)) != 0)
		fail_msg("station %u got %u twice", d->station, d->message.platform);
	s->got |= btc_blade_bit(d->station);
	if (memcmp(d->message.initial, ident.octet, 6) != 0 &&
	    memcmp(d->message.initial, all.octet, 6) != 0)
		fail_msg("station %u took what names another", d->station);
	check_same(s, d->message.platform, d->message.body, d->message.length);
	check_order(s, d->message.platform, d->station);
}

static void drain_software(void)
{
	static struct btc_message msg;
	struct error none = { 0 };

	while (btc_message_receive(b.btc, 0, &none, &msg) == 0) {
		struct sent *s;

		if (msg.header.type >= BTC_TYPE_PLATFORM)
			continue;
		s = find(msg.header.platform);
		if (s->software_got)
			fail_msg("software got %u twice", msg.header.platform);
		s->software_got = true;
		check_same(s, msg.header.platform, msg.body, msg.header.length);
		check_order(s, msg.header.platform, BTC_CONTROLLER);
	}
	btc_bench_forget_log(&b);
}

/* --- what is sent -------------------------------------------------------------------------- */

static btc_blades everybody_but(uint32_t station)
{
	btc_blades all = UINT64_MAX >> (64 - run.n_blades);

	return station == 0 ? all : all & ~btc_blade_bit(station);
}

static void plan_delivery(struct sent *s)
{
	switch (s->way) {
	case WAY_FORWARD:
	case WAY_DIRECT:
		s->want = btc_blade_bit(s->to);
		break;
	case WAY_BROADCAST:
		if (run.policy != BTC_BROADCAST_DROP || s->from == 0)
			s->want = everybody_but(run.policy == BTC_BROADCAST_ALL ? 0 : s->from);
		s->software_wants = run.policy != BTC_BROADCAST_DROP && s->from != 0;
		break;
	case WAY_SHOUT:
		s->want = everybody_but(s->from);
		s->software_wants = s->from != 0;
		break;
	case WAY_SOFTWARE:
		s->software_wants = true;
		break;
	default:
		break;
	}
}

static void choose(struct sent *s)
{
	memset(s, 0, sizeof(*s));
	s->from = pick(run.n_blades + 1);
	s->way = run.shout ? pick(N_WAYS) : WAY_FORWARD;
	if (s->from == 0) /* software's messages are sent as they are: one crossing */
		s->way =
			s->way == WAY_BROADCAST || s->way == WAY_SHOUT ? WAY_SHOUT : WAY_DIRECT;
	do
		s->to = 1 + pick(run.n_blades);
	while (s->to == s->from);
	s->length = (uint16_t)(pick(8) == 0 ? pick(BTC_BODY_MAX + 1) : pick(120));
	plan_delivery(s);
}

static void send_from_software(const struct sent *s, uint32_t number)
{
	static struct btc_message msg;

	memset(&msg, 0, sizeof(msg));
	msg.header.final = s->way == WAY_SHOUT ? btc_everybody() : btc_bus_ident(s->to);
	msg.header.type = 5;
	msg.header.length = s->length;
	msg.header.platform = number;
	make_body(number, msg.body, s->length);
	PASS(btc_message_send(b.btc, &msg, NULL, &err));
	btc_bench_forget_log(&b);
}

/* False: the blade's own queue is full; nothing happened. */
static bool send_from_blade(const struct sent *s, uint32_t number)
{
	struct mac nobody = mac_of_number(UINT64_C(0x0200000000ff)),
		   everybody = btc_everybody();
	struct mac to = s->way == WAY_UNKNOWN    ? nobody
			: s->way == WAY_SOFTWARE ? btc_bus_ident(0)
						 : btc_bus_ident(s->to);
	uint8_t body[BTC_BODY_MAX];
	struct mock_btc_message m = {
		.type = 5, .length = s->length, .platform = number, .body = body
	};

	if (s->way == WAY_BROADCAST || s->way == WAY_SHOUT)
		to = everybody;
	memcpy(m.final, to.octet, 6);
	if (s->way == WAY_DIRECT || s->way == WAY_SHOUT)
		memcpy(m.initial, to.octet, 6);
	make_body(number, body, s->length);
	return mock_btc_send(btc_bus_model(&b), s->from, &m) == 0;
}

static void send_one(void)
{
	uint32_t number = run.first + run.n_sent;
	struct sent *s = &run.sent[run.n_sent];

	choose(s);
	run.n_sent++; /* it may arrive before the call returns */
	if (s->from == 0)
		send_from_software(s, number);
	else if (!send_from_blade(s, number))
		run.n_sent--;
}

/* --- plans --------------------------------------------------------------------------------- */

/* Every station owns a slot at least, unless all of its sending is in shared ones. */
static void random_plan(uint32_t n_slots, struct btc_plan *plan)
{
	uint32_t at = 1, shared = 1 + pick(4);

	btc_plan_init(plan, n_slots);
	for (uint32_t i = 0; i < shared; i++)
		plan->slot[at++].kind = BTC_SLOT_SHARED;
	for (; at < n_slots; at++) {
		plan->slot[at].kind = pick(12) == 0 ? BTC_SLOT_OFF : BTC_SLOT_RESERVED;
		if (plan->slot[at].kind == BTC_SLOT_RESERVED && pick(2) == 0)
			plan->slot[at].owner = (uint8_t)(1 + pick(run.n_blades));
	}
	for (uint32_t i = n_slots - 1; i > 1; i--) { /* shuffled */
		uint32_t k = 1 + pick(i);
		struct btc_slot slot = plan->slot[i];

		plan->slot[i] = plan->slot[k];
		plan->slot[k] = slot;
	}
}

static void start(enum btc_medium medium, enum btc_broadcast policy)
{
	struct btc_shape shape = btc_shape_default();
	struct btc_setup setup = { .ident = btc_bus_ident(0),
				   .medium = medium,
				   .forward = true };
	struct btc_forwarding forwarding;
	struct btc_discovery found;
	struct btc_plan plan;

	for (uint32_t i = 1; i <= run.n_blades; i++)
		btc_bus_plug(&b, i);
	shape.n_slots = 24 + pick(105);
	shape.slot_bytes = 12 + 2 * pick(27);
	random_plan(shape.n_slots, &plan);
	setup.shape = &shape;
	setup.plan = &plan;
	PASS(btc_init(b.btc, &setup, &err));
	PASS(btc_arb_mode_set(b.btc, pick(2) == 0 ? BTC_ARB_ROUND_ROBIN : BTC_ARB_WEIGHTED,
			      &err));
	PASS(btc_discover(b.btc, 2000000, &err, &found));
	assert_int_equal(found.answered, UINT64_MAX >> (64 - run.n_blades));
	PASS(btc_forwarding_get(b.btc, &err, &forwarding));
	run.policy = forwarding.broadcast = policy;
	forwarding.limit_words = 1200;
	PASS(btc_forwarding_set(b.btc, &forwarding, &err));
	btc_bus_wait_us(&b, 200000);
	PASS(btc_message_flush(b.btc, &err));
	memset(run.last, 0xff, sizeof(run.last));
	mock_btc_set_tap(btc_bus_model(&b), take, NULL);
}

static void change_plan(void)
{
	struct btc_plan plan;
	struct btc_shape shape;

	PASS(btc_frame_get(b.btc, &err, &shape));
	random_plan(shape.n_slots, &plan);
	PASS(btc_slots_apply(b.btc, &plan, &err, NULL));
}

/* Everything has been sent that will be. */
static bool idle(void)
{
	struct btc_forwarding forwarding;
	struct btc_state state;

	PASS(btc_forwarding_get(b.btc, &err, &forwarding));
	PASS(btc_state_get(b.btc, &err, &state));
	for (uint32_t i = 1; i <= run.n_blades; i++) {
		struct mock_btc_blade_stats stats;

		assert_int_equal(mock_btc_blade_stats(btc_bus_model(&b), i, &stats), 0);
		if (stats.waiting != 0)
			return false;
	}
	return forwarding.level_words == 0 && state.tx_messages == 0;
}

static void settle(void)
{
	for (unsigned i = 0; i < 20000; i++) {
		btc_bus_wait_us(&b, 1000);
		drain_software();
		if (!idle())
			continue;
		btc_bus_wait_us(&b, 1000);
		drain_software();
		return;
	}
	fail_msg("the bus is not idle after 20 s");
}

/* --- accounts ------------------------------------------------------------------------------ */

struct accounts {
	uint32_t core[BTC_N_COUNTERS];
	struct mock_btc_stats bus;
};

static void look(struct accounts *a)
{
	PASS(btc_counters_get(b.btc, &err, a->core));
	mock_btc_stats(btc_bus_model(&b), &a->bus);
}

/* Messages that did not arrive: at the blades, at software. */
struct missing {
	uint32_t blades, software, unknown, refused;
};

static struct missing count_missing(void)
{
	struct missing m = { 0 };

	for (uint32_t i = 0; i < run.n_sent; i++) {
		const struct sent *s = &run.sent[i];

		if (s->got != 0 && s->got != s->want)
			fail_msg("message %u reached 0x%llx, not 0x%llx", run.first + i,
				 (unsigned long long)s->got, (unsigned long long)s->want);
		if (s->software_got && !s->software_wants)
			fail_msg("message %u was not for software", run.first + i);
		m.blades += s->want != 0 && s->got == 0;
		m.software += s->software_wants && !s->software_got;
		m.unknown += s->way == WAY_UNKNOWN;
		m.refused += s->way == WAY_BROADCAST && s->want == 0;
	}
	return m;
}

static uint32_t dropped(const struct accounts *from, const struct accounts *to, size_t counter)
{
	return to->core[counter] - from->core[counter];
}

/* Nothing is broken: what is missing is what counters say, each with its reason. */
static void check_clean(const struct accounts *from, const struct accounts *to)
{
	struct missing m = count_missing();

	assert_int_equal(to->bus.broken, from->bus.broken);
	assert_int_equal(to->bus.missed, from->bus.missed);
	assert_int_equal(m.unknown, dropped(from, to, BTC_COUNT_DROP_UNKNOWN));
	assert_int_equal(m.refused, dropped(from, to, BTC_COUNT_DROP_BROADCAST));
	assert_int_equal(m.blades, dropped(from, to, BTC_COUNT_DROP_FULL));
	assert_int_equal(m.software, dropped(from, to, BTC_COUNT_RX_OVERFLOWS));
	for (size_t i = 0; i < BTC_N_COUNTERS; i++)
		if (btc_counter_is_drop(i) && i != BTC_COUNT_DROP_UNKNOWN &&
		    i != BTC_COUNT_DROP_BROADCAST && i != BTC_COUNT_DROP_FULL &&
		    i != BTC_COUNT_RX_OVERFLOWS)
			assert_int_equal(dropped(from, to, i), 0);
}

/* Under round robin a station waits at most for one slot of each other station. */
static void check_nobody_starved(void)
{
	struct btc_requester r[BTC_N_STATIONS];
	enum btc_arb_mode mode;

	PASS(btc_arb_mode_get(b.btc, &err, &mode));
	PASS(btc_arb_get(b.btc, 0, run.n_blades + 1, &err, r));
	for (uint32_t i = 0; mode == BTC_ARB_ROUND_ROBIN && i <= run.n_blades; i++)
		if (r[i].longest_wait > run.n_blades)
			fail_msg("station %u waited for %u shared slots", i, r[i].longest_wait);
}

static uint32_t number_of_messages(void)
{
	return getenv("SOAK") != NULL ? 1000000 : 10000;
}

static void random_round(uint32_t round, enum btc_broadcast policy)
{
	struct accounts before, after;

	start(round % 2 == 0 ? BTC_MEDIUM_TDM : BTC_MEDIUM_FDM, policy);
	PASS(btc_arb_wait_clear(b.btc, 0, run.n_blades + 1, &err));
	look(&before);
	while (run.n_sent < ROUND) {
		for (uint32_t n = 1 + pick(40); n > 0 && run.n_sent < ROUND; n--)
			send_one();
		btc_bus_wait_us(&b, 1 + pick(1200));
		if (pick(8) == 0)
			drain_software();
		if (pick(12) == 0)
			change_plan();
	}
	settle();
	look(&after);
	check_clean(&before, &after);
	check_nobody_starved();
}

static void test_every_message_arrives_once_unchanged_in_order_or_is_counted(void **state)
{
	static const enum btc_broadcast policies[] = { BTC_BROADCAST_OTHERS, BTC_BROADCAST_ALL,
						       BTC_BROADCAST_DROP };
	uint32_t missing = 0;

	(void)state;
	run.shout = true;
	run.n_in_order = 0;
	for (uint32_t n = 0; n < number_of_messages(); n += ROUND) {
		btc_bench_close(&b);
		btc_bench_open(&b, BTC_URI);
		run.first = n;
		run.n_sent = 0;
		random_round(n / ROUND, policies[n / ROUND % 3]);
		missing += count_missing().blades + count_missing().software;
	}
	assert_true(missing > 0); /* queues were full at times: that was counted, too */
	print_message("%u messages, %u blades: %llu taken, %u dropped and counted\n",
		      number_of_messages(), run.n_blades, (unsigned long long)run.n_in_order,
		      missing);
}

/* Faults on one of 2000 cells each: every message is right, or missing because one hit it. */
static void test_nothing_damaged_arrives_and_nothing_else_is_lost(void **state)
{
	static const enum mock_btc_fault_kind kinds[] = { MOCK_BTC_FAULT_CELL_BIT,
							  MOCK_BTC_FAULT_CELL_LOST,
							  MOCK_BTC_FAULT_BODY_BIT };
	uint32_t missing = 0;

	(void)state;
	run.shout = false;
	for (uint32_t n = 0; n < number_of_messages() / 5; n += ROUND) {
		struct accounts before, after;
		struct missing m;

		btc_bench_close(&b);
		btc_bench_open(&b, BTC_URI);
		run.first = n;
		run.n_sent = 0;
		start(n / ROUND % 2 == 0 ? BTC_MEDIUM_TDM : BTC_MEDIUM_FDM,
		      BTC_BROADCAST_OTHERS);
		look(&before);
		for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
			struct mock_btc_fault fault = { .kind = kinds[i],
							.station = MOCK_BTC_ANY,
							.rate_ppm = 500,
							.bit = MOCK_BTC_ANY };

			assert_int_equal(mock_btc_inject(btc_bus_model(&b), &fault), 0);
		}
		while (run.n_sent < ROUND) {
			send_one();
			if (pick(8) == 0)
				btc_bus_wait_us(&b, 2000);
		}
		settle();
		look(&after);
		m = count_missing();
		assert_int_equal(after.bus.missed, before.bus.missed);
		assert_int_equal(m.blades,
				 after.bus.broken - before.bus.broken +
					 dropped(&before, &after, BTC_COUNT_DROP_FULL));
		missing += m.blades;
	}
	assert_true(missing > 0);
	print_message("%u messages, %u hit and noticed\n", number_of_messages() / 5, missing);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_every_message_arrives_once_unchanged_in_order_or_is_counted),
		TEST(test_nothing_damaged_arrives_and_nothing_else_is_lost),
	};
	const char *other = getenv("TEST_SEED");

	run.seed = other != NULL ? (uint32_t)strtoul(other, NULL, 0) : 20261126;
	run.n_blades = getenv("SOAK") != NULL ? 64 : 16;
	printf("seed %u\n", run.seed);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
