/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The gateway on the board bench8, through the models of both devices: a frame from the external
 * network at port 49 reaches the blade that its type is steered to over the TDM bus, and the answer
 * leaves at port 49; what goes nowhere is counted with its reason.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drv/clock.h"
#include "drv/mock_btc.h"
#include "drv/mock_vsc7448.h"
#include "drv/world.h"
#include "hal/btc/blades.h"
#include "hal/btc/slots.h"
#include "hal/btc/steer.h"
#include "hal/gateway.h"
#include "hal/vsc7448/acl.h"
#include "tests/lib/frame_bench.h"
#include "vsc7448_regs.h"

#define EXTERNAL   49u
#define TIMEOUT_US 20000u
#define WEB        80u /* steered to function 2: blade 3 */
#define MAIL       25u /* function 6: blade 7 */
#define BIT(port)  (UINT64_C(1) << (port))

static struct frame_bench b;
static struct btc *btc;
static struct mock_btc *model;
static struct gateway *gateway;
static struct gateway_stats stats;
static struct error err;
static const struct mac controller = { { 0x02, 0, 0, 0, 0, 0xfe } };

#define PASS(call)                                                                             \
	do {                                                                                   \
		error_clear(&err);                                                             \
		if ((call) != 0)                                                               \
			fail_msg("%s: %s", #call, err.text);                                   \
	} while (0)

static void start_bus(void)
{
	struct btc_plan_recipe recipe = { .n_slots = 128, .blades = 0xff, .shared = 15 };
	struct btc_setup setup = { .ident = controller, .forward = true };
	struct mock_btc_conduct echo = { .behaviour = MOCK_BTC_ECHO };
	struct btc_steer_rule rule = { .valid = true, .eligible = UINT64_MAX };
	struct btc_discovery found;
	struct btc_plan plan;

	PASS(btc_plan_make(&recipe, &err, &plan));
	setup.plan = &plan;
	PASS(btc_init(btc, &setup, &err));
	PASS(btc_discover(btc, 100000, &err, &found));
	assert_int_equal(found.answered, 0xff);
	rule.type = WEB;
	rule.function = 2;
	PASS(btc_steer_set(btc, 0, &rule, &err));
	rule.type = MAIL;
	rule.function = 6;
	PASS(btc_steer_set(btc, 1, &rule, &err));
	for (uint32_t i = 1; i <= 8; i++)
		PASS(mock_btc_behave(model, i, &echo));
}

static int set_up(void **state)
{
	struct gateway_config config = { .ports = BIT(EXTERNAL),
					 .cpu_queue = 3,
					 .timeout_us = TIMEOUT_US };
	struct device *dev;

	(void)state;
	frame_bench_open_bench8(&b);
	PASS(board_device(b.chip.board, "btc", &err, &dev));
	PASS(btc_open(dev, &err, &btc));
	model = mock_btc_of(world_device_find(b.chip.world, "btc"));
	start_bus();
	PASS(gateway_open(b.chip.chip, btc, &config, &err, &gateway));
	PASS(gateway_attach(gateway, &err));
	frame_bench_forget(&b);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	gateway_close(gateway);
	btc_close(btc);
	frame_bench_close(&b);
	return 0;
}

/* --- clients ----------------------------------------------------------------------------- */

static struct gateway_frame request(uint32_t client, uint16_t type, uint16_t length)
{
	struct gateway_frame frame = {
		.to = controller,
		.from = mac_of_number(UINT64_C(0x02cafe000000) + client),
	};

	frame.msg.header = (struct btc_header){ .initial = controller,
						.final = controller,
						.source = frame.from,
						.type = type,
						.length = length,
						.sequence = (uint16_t)(1000 + client),
						.platform = 7 };
	for (uint32_t i = 0; i < length; i++)
		frame.msg.body[i] = (uint8_t)(client + i);
	return frame;
}

static void arrive(const uint8_t *bytes, size_t n)
{
	uint8_t frame[GATEWAY_FRAME_MAX + 60] = { 0 };

	memcpy(frame, bytes, n);
	assert_int_equal(mock_vsc7448_inject(b.chip.model, EXTERNAL, frame, n < 60 ? 60 : n),
			 0);
}

static void ask(const struct gateway_frame *frame)
{
	uint8_t bytes[GATEWAY_FRAME_MAX];
	size_t n;

	PASS(gateway_frame_encode(frame, &err, bytes, &n));
	arrive(bytes, n);
}

static void run(uint32_t us)
{
	for (uint32_t passed = 0; passed < us; passed += 500) {
		PASS(gateway_poll(gateway, NULL, NULL, &err));
		clock_wait_us(world_clock(b.chip.world), 500);
	}
	gateway_stats_get(gateway, &stats);
}

static uint64_t all_drops(void)
{
	uint64_t n = 0;

	for (unsigned i = 0; i < GATEWAY_N_DROPS; i++)
		n += stats.drops[i];
	return n;
}

/* The answer to a client, as it left; NULL: none. */
static const struct gateway_frame *answer_to(const struct gateway_frame *asked)
{
	static struct gateway_frame frame;

	for (size_t i = 0; i < b.n_seen; i++) {
		const struct frame_seen *seen = &b.seen[i];

		if (seen->port != EXTERNAL || memcmp(seen->data, asked->from.octet, 6) != 0)
			continue;
		PASS(gateway_frame_decode(seen->data, seen->len, &err, &frame));
		return &frame;
	}
	return NULL;
}

static void check_answer(const struct gateway_frame *asked, uint32_t blade)
{
	const struct gateway_frame *got = answer_to(asked);

	assert_non_null(got);
	assert_memory_equal(&got->from, &controller, 6);
	assert_memory_equal(&got->msg.header.initial, &asked->from, 6);
	assert_memory_equal(&got->msg.header.final, &asked->from, 6);
	assert_int_equal(mac_number(&got->msg.header.source), 0x020000000000 + blade);
	assert_int_equal(got->msg.header.type, asked->msg.header.type);
	assert_int_equal(got->msg.header.sequence, asked->msg.header.sequence);
	assert_int_equal(got->msg.header.platform, 7);
	assert_int_equal(got->msg.header.length, asked->msg.header.length);
	assert_memory_equal(got->msg.body, asked->msg.body, asked->msg.header.length);
}

/* --- format ------------------------------------------------------------------------------ */

static void test_the_frame_is_that_of_the_header(void **state)
{
	/* the CRC is that of zlib.crc32() */
	static const uint8_t want[] = { 0x02, 0x00, 0x00, 0x00, 0x00, 0xfe, 0x02, 0xca, 0xfe,
					0x00, 0x00, 0x01, 0x88, 0xb5, 0x02, 0x00, 0x00, 0x00,
					0x00, 0xfe, 0x02, 0x00, 0x00, 0x00, 0x00, 0xfe, 0x02,
					0xca, 0xfe, 0x00, 0x00, 0x01, 0x00, 0x50, 0x00, 0x05,
					0x12, 0x34, 0xde, 0xad, 0xbe, 0xef, 'h',  'e',  'l',
					'l',  'o',  0xef, 0x4e, 0x55, 0xa0 };
	struct gateway_frame frame = request(1, WEB, 5), back;
	uint8_t bytes[GATEWAY_FRAME_MAX];
	size_t n;

	(void)state;
	assert_int_equal(btc_crc32((const uint8_t *)"123456789", 9), 0xcbf43926);
	frame.msg.header.sequence = 0x1234;
	frame.msg.header.platform = 0xdeadbeef;
	memcpy(frame.msg.body, "hello", 5);
	PASS(gateway_frame_encode(&frame, &err, bytes, &n));
	assert_int_equal(n, sizeof(want));
	assert_memory_equal(bytes, want, sizeof(want));
	memset(bytes + n, 0, 60 - n);
	PASS(gateway_frame_decode(bytes, 60, &err, &back));
	assert_memory_equal(&back.msg.header, &frame.msg.header, sizeof(back.msg.header));
	assert_int_equal(gateway_frame_decode(bytes, n - 1, &err, &back), E_CORRUPT);
	bytes[n - 1] ^= 1;
	assert_int_equal(gateway_frame_decode(bytes, n, &err, &back), E_MISMATCH);
	bytes[12] = 0x08;
	assert_int_equal(gateway_frame_decode(bytes, n, &err, &back), E_NOTSUP);
}

/* --- conversations ----------------------------------------------------------------------- */

static uint32_t taken_by[65];
static uint16_t taken_type[65];

static void tap(void *arg, const struct mock_btc_delivery *delivery)
{
	(void)arg;
	taken_by[delivery->station]++;
	taken_type[delivery->station] = delivery->message.type;
}

static void test_a_frame_reaches_its_blade_and_the_answer_leaves_at_its_port(void **state)
{
	struct gateway_frame web = request(1, WEB, 100), mail = request(2, MAIL, 1500);

	(void)state;
	memset(taken_by, 0, sizeof(taken_by));
	mock_btc_set_tap(model, tap, NULL);
	ask(&web);
	assert_int_equal(b.ports, 0); /* to the CPU only */
	run(10000);
	ask(&mail);
	run(20000);
	assert_int_equal(taken_by[3], 1);
	assert_int_equal(taken_type[3], WEB);
	assert_int_equal(taken_by[7], 1);
	assert_int_equal(taken_type[7], MAIL);
	assert_int_equal(b.ports, BIT(EXTERNAL));
	assert_int_equal(b.tapped, 2);
	check_answer(&web, 3);
	check_answer(&mail, 7);
	assert_int_equal(stats.frames, 2);
	assert_int_equal(stats.requests, 2);
	assert_int_equal(stats.answers, 2);
	assert_int_equal(all_drops() + stats.open + stats.waiting, 0);
}

static void test_a_tag_comes_back_with_the_answer(void **state)
{
	struct gateway_frame asked = request(1, WEB, 8);

	(void)state;
	frame_bench_write(&b, VSC7448_ANA_CL_PORT_VLAN_CTRL(EXTERNAL), 0x000a0001);
	asked.tagged = true;
	asked.tpid = 0x8100;
	asked.tci = 3 << 13 | 1;
	ask(&asked);
	run(10000);
	check_answer(&asked, 3);
	assert_true(answer_to(&asked)->tagged);
	assert_int_equal(answer_to(&asked)->tci, 3 << 13 | 1);
}

static void test_many_clients_at_once_get_their_own_answers(void **state)
{
	struct gateway_frame asked[200];
	struct mac peer = { { 0x02, 0, 0, 0, 0, 5 } };
	struct btc_echo echo = { .bytes = 40, .timeout_us = 50000 };

	(void)state;
	for (uint32_t i = 0; i < 200; i++) {
		asked[i] = request(i, i % 3 == 0 ? MAIL : WEB, (uint16_t)(i % 50));
		ask(&asked[i]);
		if (i % 20 == 0)
			run(500);
		/* software's own conversation goes on beside them */
		if (i % 50 == 0)
			PASS(btc_ping(btc, &peer, &echo, &err, NULL));
	}
	run(60000);
	assert_int_equal(stats.requests, 200);
	assert_int_equal(stats.answers, 200);
	assert_int_equal(all_drops(), 0);
	for (uint32_t i = 0; i < 200; i++)
		check_answer(&asked[i], i % 3 == 0 ? 7 : 3);
}

/* --- what goes nowhere ------------------------------------------------------------------- */

static void expect_drop(enum gateway_drop reason, const uint8_t *bytes, size_t n)
{
	uint64_t before;

	gateway_stats_get(gateway, &stats);
	before = stats.drops[reason];
	arrive(bytes, n);
	run(1000);
	assert_int_equal(stats.drops[reason], before + 1);
}

static void expect_drop_of(enum gateway_drop reason, const struct gateway_frame *frame)
{
	uint8_t bytes[GATEWAY_FRAME_MAX];
	size_t n;

	PASS(gateway_frame_encode(frame, &err, bytes, &n));
	expect_drop(reason, bytes, n);
}

static void test_each_bad_request_is_dropped_for_its_own_reason(void **state)
{
	struct gateway_frame frame = request(1, WEB, 100);
	uint8_t bytes[GATEWAY_FRAME_MAX];
	size_t n;

	(void)state;
	PASS(gateway_frame_encode(&frame, &err, bytes, &n));
	expect_drop(GATEWAY_DROP_MALFORMED, bytes, n - 1);
	bytes[60] ^= 0x40;
	expect_drop(GATEWAY_DROP_CRC, bytes, n);
	frame.msg.header.final.octet[5] = 3;
	expect_drop_of(GATEWAY_DROP_ADDRESS, &frame);
	frame = request(1, WEB, 4);
	frame.msg.header.initial = btc_everybody();
	expect_drop_of(GATEWAY_DROP_ADDRESS, &frame);
	frame = request(1, WEB, 4);
	frame.msg.header.source = btc_everybody();
	expect_drop_of(GATEWAY_DROP_ADDRESS, &frame);
	frame = request(1, 0xff10, 8); /* an instruction from outside */
	expect_drop_of(GATEWAY_DROP_TYPE, &frame);
	frame = request(1, 23, 8);
	expect_drop_of(GATEWAY_DROP_STEER, &frame);
	assert_int_equal(stats.frames, 7);
	assert_int_equal(stats.requests, 0);
	assert_int_equal(all_drops(), 7);
	assert_int_equal(b.tapped, 0);
}

static void test_a_request_without_answer_expires(void **state)
{
	struct mock_btc_conduct silent = { .behaviour = MOCK_BTC_SILENT };
	struct gateway_frame frame = request(1, WEB, 4);

	(void)state;
	PASS(mock_btc_behave(model, 3, &silent));
	ask(&frame);
	run(TIMEOUT_US - 1000);
	assert_int_equal(stats.open, 1);
	assert_int_equal(stats.drops[GATEWAY_DROP_EXPIRED], 0);
	run(2000);
	assert_int_equal(stats.open, 0);
	assert_int_equal(stats.drops[GATEWAY_DROP_EXPIRED], 1);
	run(TIMEOUT_US + 1000);
	assert_int_equal(all_drops(), 1);
	assert_int_equal(b.tapped, 0);
}

static void test_an_answer_after_the_time_is_known_as_late(void **state)
{
	struct gateway_config hasty = { .ports = BIT(EXTERNAL),
					.cpu_queue = 3,
					.timeout_us = 100 };
	struct gateway_frame frame =
		request(1, WEB, 1500); /* three frames of the bus and more */

	(void)state;
	gateway_close(gateway);
	PASS(gateway_open(b.chip.chip, btc, &hasty, &err, &gateway));
	ask(&frame);
	PASS(gateway_poll(gateway, NULL, NULL, &err));
	clock_wait_us(world_clock(b.chip.world), 150);
	run(2000);
	assert_int_equal(stats.requests, 1);
	assert_int_equal(stats.answers, 0);
	assert_int_equal(stats.drops[GATEWAY_DROP_EXPIRED], 1);
	assert_int_equal(stats.drops[GATEWAY_DROP_LATE], 1);
	assert_int_equal(b.tapped, 0);
}

static void test_a_full_table_refuses_and_is_free_again_in_time(void **state)
{
	struct mock_btc_conduct silent = { .behaviour = MOCK_BTC_SILENT };
	struct mock_btc_conduct echo = { .behaviour = MOCK_BTC_ECHO };
	struct gateway_frame frame;

	(void)state;
	PASS(mock_btc_behave(model, 3, &silent));
	for (uint32_t i = 0; i < GATEWAY_CONVERSATIONS + 10; i++) {
		frame = request(i, WEB, 0);
		ask(&frame);
		if (i % 30 == 29)
			PASS(gateway_poll(gateway, NULL, NULL, &err));
	}
	run(2000);
	assert_int_equal(stats.open, GATEWAY_CONVERSATIONS);
	assert_int_equal(stats.drops[GATEWAY_DROP_FULL], 10);
	run(TIMEOUT_US);
	assert_int_equal(stats.open, 0);
	assert_int_equal(stats.drops[GATEWAY_DROP_EXPIRED], GATEWAY_CONVERSATIONS);
	PASS(mock_btc_behave(model, 3, &echo));
	frame = request(999, WEB, 3);
	ask(&frame); /* takes the place of one that expired */
	run(10000);
	check_answer(&frame, 3);
	assert_int_equal(stats.answers, 1);
	assert_int_equal(stats.frames,
			 stats.requests + stats.waiting + stats.drops[GATEWAY_DROP_FULL]);
}

static void test_no_room_in_the_bus_makes_requests_wait(void **state)
{
	struct gateway_frame frame;

	(void)state;
	PASS(btc_enable_set(btc, false, &err));
	for (uint32_t i = 0; i < 30; i++) {
		frame = request(i, WEB, 1400);
		/* steering wants aligned blades: at first there are */
		ask(&frame);
	}
	PASS(btc_enable_set(btc, true, &err));
	clock_wait_us(world_clock(b.chip.world), 2000);
	run(500);
	assert_true(stats.waiting > 0);
	assert_int_equal(stats.frames, 30);
	run(400000);
	assert_int_equal(stats.waiting, 0);
	assert_int_equal(stats.requests, 30);
	assert_int_equal(stats.answers + stats.drops[GATEWAY_DROP_EXPIRED], 30);
}

/* --- the switch -------------------------------------------------------------------------- */

static size_t n_other;

static bool other(void *arg, const struct vsc7448_frame_in *in)
{
	(void)arg;
	(void)in;
	n_other++;
	return true;
}

static void test_only_frames_of_the_external_port_are_taken(void **state)
{
	struct gateway_frame frame = request(1, WEB, 4);
	uint8_t bytes[GATEWAY_FRAME_MAX] = { 0 };
	size_t n;

	(void)state;
	PASS(gateway_frame_encode(&frame, &err, bytes, &n));
	/* from a blade's port: an unknown address like any other */
	assert_int_equal(mock_vsc7448_inject(b.chip.model, 0, bytes, 64), 0);
	assert_true((b.ports & BIT(EXTERNAL)) != 0);
	frame_bench_forget(&b);
	/* another EtherType to the same address */
	bytes[13] = 0xb6;
	assert_int_equal(mock_vsc7448_inject(b.chip.model, EXTERNAL, bytes, 64), 0);
	assert_true(b.ports != 0);
	/* a BPDU, which goes to the CPU too */
	frame_bench_write(&b, VSC7448_ANA_CL_PORT_CAPTURE_BPDU_CFG(EXTERNAL), 1);
	memcpy(bytes, "\x01\x80\xc2\0\0\0", 6);
	n_other = 0;
	assert_int_equal(mock_vsc7448_inject(b.chip.model, EXTERNAL, bytes, 64), 0);
	PASS(gateway_poll(gateway, other, NULL, &err));
	gateway_stats_get(gateway, &stats);
	assert_int_equal(n_other, 1);
	assert_int_equal(stats.other, 1);
	assert_int_equal(stats.frames, 0);
}

static void test_attaching_twice_makes_one_rule_and_detaching_takes_it_away(void **state)
{
	struct vsc7448_acl_rule *rules;
	struct gateway_frame frame = request(1, WEB, 4);
	size_t n;

	(void)state;
	PASS(gateway_attach(gateway, &err));
	PASS(vsc7448_acl_list(b.chip.chip, &err, &rules, &n));
	assert_int_equal(n, 1);
	assert_int_equal(rules[0].etype, 0x88b5);
	assert_int_equal(rules[0].from, BIT(EXTERNAL));
	assert_int_equal(rules[0].cpu_queue, 3);
	free(rules);
	PASS(gateway_detach(gateway, &err));
	PASS(gateway_detach(gateway, &err));
	PASS(vsc7448_acl_list(b.chip.chip, &err, &rules, &n));
	assert_int_equal(n, 0);
	free(rules);
	ask(&frame);
	run(2000);
	assert_int_equal(stats.frames, 0);
}

static void test_what_it_cannot_be_is_refused(void **state)
{
	struct gateway_config config = { .ports = BIT(53), .timeout_us = 1 };
	struct gateway *none = NULL;

	(void)state;
	assert_int_equal(gateway_open(b.chip.chip, btc, &config, &err, &none), E_RANGE);
	config.ports = 0;
	assert_int_equal(gateway_open(b.chip.chip, btc, &config, &err, &none), E_RANGE);
	config = (struct gateway_config){ .ports = 1, .cpu_queue = 8, .timeout_us = 1 };
	assert_int_equal(gateway_open(b.chip.chip, btc, &config, &err, &none), E_RANGE);
	config = (struct gateway_config){ .ports = 1 };
	assert_int_equal(gateway_open(b.chip.chip, btc, &config, &err, &none), E_RANGE);
	config.timeout_us = 1;
	PASS(btc_reset(btc, &err));
	assert_int_equal(gateway_open(b.chip.chip, btc, &config, &err, &none), E_STATE);
	assert_null(none);
}

/* --- faults ------------------------------------------------------------------------------ */

/*
 * A conversation with the @left-th access to a device failing; false: there are fewer.  Whatever is
 * hit, the accounts are right afterwards and the next client is served.  An answer leaves twice only
 * when the access that ends its frame, or the look at what became of it, is the one that fails.
 */
struct outcome {
	uint32_t served, doubled;
};

static bool survives(const char *device, size_t left, struct outcome *outcome)
{
	static struct saboteur saboteur;
	struct gateway_frame frame = request(1, WEB, 20), next = request(2, MAIL, 20);
	bool struck = false;
	uint32_t passed;

	set_up(NULL);
	mock_sabotage(world_device_find(b.chip.world, device), &saboteur);
	ask(&frame);
	saboteur = (struct saboteur){ .left = left };
	for (passed = 0; passed < 5000; passed += 500) {
		error_clear(&err);
		if (gateway_poll(gateway, NULL, NULL, &err) != 0) {
			assert_int_equal(err.code, E_IO);
			struck = true;
		}
		clock_wait_us(world_clock(b.chip.world), 500);
	}
	assert_int_equal(struck, saboteur.struck);
	saboteur.left = 0;
	run(500); /* after an error the switch's queue is emptied first */
	ask(&next);
	run(3 * TIMEOUT_US);
	check_answer(&next, 7);
	assert_int_equal(stats.frames, stats.requests);
	assert_int_equal(stats.requests, stats.answers + stats.drops[GATEWAY_DROP_EXPIRED]);
	assert_in_range(b.n_seen, stats.answers, stats.answers + 1);
	outcome->served += stats.answers == 2;
	outcome->doubled += (uint32_t)(b.n_seen - stats.answers);
	tear_down(NULL);
	return struck;
}

static void test_every_access_may_fail(void **state)
{
	struct outcome outcome = { 0 };
	uint32_t n;

	(void)state;
	for (n = 1; survives("btc", n, &outcome); n++)
		;
	print_message("BTC: %u accesses failed, %u times the client was served all the same\n",
		      n - 1, outcome.served - 1);
	assert_true(n > 30 && outcome.served > n / 2);
	assert_int_equal(outcome.doubled, 0);
	memset(&outcome, 0, sizeof(outcome));
	for (n = 1; survives("switch", n, &outcome); n++)
		;
	print_message(
		"switch: %u accesses failed, %u times the client was served all the same\n",
		n - 1, outcome.served - 1);
	assert_true(n > 90 && outcome.served > 40); /* others: the frame was being read */
	assert_int_equal(outcome.doubled, 2);
}

#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_the_frame_is_that_of_the_header),
		T(test_a_frame_reaches_its_blade_and_the_answer_leaves_at_its_port),
		T(test_a_tag_comes_back_with_the_answer),
		T(test_many_clients_at_once_get_their_own_answers),
		T(test_each_bad_request_is_dropped_for_its_own_reason),
		T(test_a_request_without_answer_expires),
		T(test_an_answer_after_the_time_is_known_as_late),
		T(test_a_full_table_refuses_and_is_free_again_in_time),
		T(test_no_room_in_the_bus_makes_requests_wait),
		T(test_only_frames_of_the_external_port_are_taken),
		T(test_attaching_twice_makes_one_rule_and_detaching_takes_it_away),
		T(test_what_it_cannot_be_is_refused),
		cmocka_unit_test(test_every_access_may_fail),
	};

	return cmocka_run_group_tests_name("gateway", tests, NULL, NULL);
}
