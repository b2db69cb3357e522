/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The protocol's messages: bytes as drv/proto.h describes them, there and back, and what is wrong. */
#include "drv/proto.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct bus_op batch[] = {
	{ .kind = BUS_OP_READ, .addr = 0x71010000 },
	{ .kind = BUS_OP_WRITE, .addr = 0x71010004, .value = 0x01020304 },
	{ .kind = BUS_OP_DELAY, .time_us = 100 },
	{ .kind = BUS_OP_POLL,
	  .addr = UINT64_C(0x1122334455667788),
	  .value = 1,
	  .mask = 2,
	  .time_us = 3,
	  .every_us = 4 },
};

static struct bus_op results[] = {
	{ .kind = BUS_OP_READ, .status = BUS_OP_DONE, .value = 0x374680e9 },
	{ .kind = BUS_OP_WRITE, .status = BUS_OP_DONE, .value = 0x01020304 },
	{ .kind = BUS_OP_DELAY, .status = BUS_OP_DONE },
	{ .kind = BUS_OP_POLL, .status = BUS_OP_FAILED, .value = 9 },
};

static struct proto_device devices[] = {
	{ "switch", "vsc7448", UINT64_C(0x0123456789abcdef) },
	{ "btc", "btc", 7 },
};

/* One of every kind. */
static const struct proto_msg samples[] = {
	{ .type = PROTO_HELLO, .seq = 1, .lowest = 1, .version = 3, .name = "process 12" },
	{ .type = PROTO_OPEN, .seq = 2, .name = "switch", .map = "vsc7448", .map_hash = 5 },
	{ .type = PROTO_BATCH, .seq = 3, .leased = true, .ops = batch, .n_ops = COUNT(batch) },
	{ .type = PROTO_LEASE, .seq = 4, .time_us = 10000000, .name = "reg set" },
	{ .type = PROTO_RELEASE, .seq = 5 },
	{ .type = PROTO_CLOCK, .seq = 6, .time_us = UINT64_MAX },
	{ .type = PROTO_PING, .seq = 7 },
	{ .type = PROTO_CANCEL, .seq = 3 },
	{ .type = PROTO_WELCOME,
	  .seq = 1,
	  .version = 1,
	  .name = "switchblade",
	  .devices = devices,
	  .n_devices = COUNT(devices) },
	{ .type = PROTO_OPENED,
	  .seq = 2,
	  .name = "switch",
	  .origin = 0x70000000,
	  .size = 0x2000000,
	  .flags = PROTO_VIRTUAL,
	  .time_us = 10000000 },
	{ .type = PROTO_RESULT,
	  .seq = 3,
	  .code = E_TIMEOUT,
	  .text = "still 9",
	  .polled = 4,
	  .ops = results,
	  .n_ops = COUNT(results) },
	{ .type = PROTO_GRANTED, .seq = 4 },
	{ .type = PROTO_TIME, .seq = 6, .time_us = 77 },
	{ .type = PROTO_PONG, .seq = 7 },
	{ .type = PROTO_WAIT, .seq = 4 },
	{ .type = PROTO_ERROR, .seq = 4, .code = E_BUSY, .text = "in use" },
};

static struct proto_buf encode(const struct proto_msg *msg)
{
	struct proto_buf buf = { .data = NULL };
	struct error err = { 0 };

	if (proto_encode(msg, &buf, &err) != E_OK)
		fail_msg("%s", err.text);
	return buf;
}

static void set_length(struct proto_buf *buf, size_t bytes)
{
	for (size_t i = 0; i < 4; i++)
		buf->data[i] = (uint8_t)((bytes - 4) >> 8 * i);
}

static void assert_refused(const uint8_t *data, size_t len)
{
	struct error err = { 0 };
	struct proto_msg msg;

	assert_int_equal(proto_decode(data, len, &msg, &err), E_CORRUPT);
	assert_memory_equal(err.text, "protocol: ", 10);
	proto_msg_fini(&msg);
}

static void test_messages_are_the_bytes_that_the_header_lists(void **state)
{
	static const uint8_t hello[] = {
		32,  0,   0,   0,   1,   0,
		0,   0,   1,   0,   0,   0, /* length, type, seq */
		'S', 'B', 'R', '1', 1,   0,
		0,   0,   3,   0,   0,   0, /* magic, versions */
		10,  0,   'p', 'r', 'o', 'c',
		'e', 's', 's', ' ', '1', '2',
	};
	static const uint8_t message[] = {
		65, 0,    0,    0,    3,    0,    0,    0,    3,    0, 0, 0, 1, 4, 0, 0,
		0,                                                              /* leased, 4 */
		0,  0,    0,    1,    0x71, 0,    0,    0,    0,                /* read */
		1,  4,    0,    1,    0x71, 0,    0,    0,    0,    4, 3, 2, 1, /* write */
		2,  100,  0,    0,    0,                                        /* delay */
		3,  0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11,             /* poll */
		1,  0,    0,    0,    2,    0,    0,    0,    3,    0, 0, 0, 4, 0, 0, 0,
	};
	static const uint8_t result[] = {
		46,   0,    0,    0,    0x83, 0, 0,   0,   3,   0,   0,   0, /* head */
		0xfe, 0xff, 0xff, 0xff, 7,    0, 's', 't', 'i', 'l', 'l', ' ',
		'9',  4,    0,    0,    0,    0, 0,   0,   0, /* reads of polls */
		4,    0,    0,    0,    3,    0, 0,   0,      /* of 4 three are done */
		0xe9, 0x80, 0x46, 0x37, 2,    9, 0,   0,   0, /* a value; failed with 9 */
	};
	struct proto_buf buf;

	(void)state;
	buf = encode(&samples[0]);
	assert_int_equal(buf.len, sizeof(hello));
	assert_memory_equal(buf.data, hello, sizeof(hello));
	free(buf.data);
	buf = encode(&samples[2]);
	assert_int_equal(buf.len, sizeof(message));
	assert_memory_equal(buf.data, message, sizeof(message));
	free(buf.data);
	buf = encode(&samples[10]);
	assert_int_equal(buf.len, sizeof(result));
	assert_memory_equal(buf.data, result, sizeof(result));
	free(buf.data);
}

static void assert_same(const struct proto_msg *a, const struct proto_msg *b)
{
	assert_int_equal(a->type, b->type);
	assert_int_equal(a->seq, b->seq);
	assert_int_equal(a->lowest, b->lowest);
	assert_int_equal(a->version, b->version);
	assert_string_equal(a->name, b->name);
	assert_string_equal(a->map, b->map);
	assert_int_equal(a->map_hash, b->map_hash);
	assert_int_equal(a->origin, b->origin);
	assert_int_equal(a->size, b->size);
	assert_int_equal(a->flags, b->flags);
	assert_int_equal(a->time_us, b->time_us);
	assert_int_equal(a->leased, b->leased);
	assert_int_equal(a->code, b->code);
	assert_string_equal(a->text, b->text);
	assert_int_equal(a->polled, b->polled);
	assert_int_equal(a->n_ops, b->n_ops);
	assert_int_equal(a->n_devices, b->n_devices);
	if (a->type == PROTO_BATCH)
		assert_memory_equal(a->ops, b->ops, a->n_ops * sizeof(*a->ops));
	if (a->n_devices > 0)
		assert_memory_equal(a->devices, b->devices, a->n_devices * sizeof(*a->devices));
}

static void test_every_message_comes_back_as_it_was(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		struct proto_buf buf = encode(&samples[i]);
		struct error err = { 0 };
		struct proto_msg msg;
		size_t bytes;

		assert_int_equal(proto_frame_bytes(buf.data, buf.len, &bytes, &err), E_OK);
		assert_int_equal(bytes, buf.len);
		if (proto_decode(buf.data, buf.len, &msg, &err) != E_OK)
			fail_msg("%s: %s", proto_type_name(samples[i].type), err.text);
		assert_same(&msg, &samples[i]);
		proto_msg_fini(&msg);
		free(buf.data);
	}
}

static void test_messages_cut_at_any_byte_are_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		struct proto_buf buf = encode(&samples[i]);

		for (size_t len = 0; len < buf.len; len++) {
			struct error err = { 0 };
			size_t bytes;

			assert_refused(buf.data, len);
			if (len >= PROTO_HEAD_BYTES)
				continue;
			assert_int_equal(proto_frame_bytes(buf.data, len, &bytes, &err), E_OK);
			assert_int_equal(bytes, PROTO_HEAD_BYTES);
		}
		free(buf.data);
	}
}

/* RESULT is checked against its batch: with fewer values it is one of another batch. */
static void test_messages_that_admit_to_be_cut_are_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		struct proto_buf buf = encode(&samples[i]);

		for (size_t len = buf.len; len-- > PROTO_HEAD_BYTES;) {
			set_length(&buf, len);
			if (samples[i].type != PROTO_RESULT) {
				assert_refused(buf.data, len);
			} else {
				struct bus_op ops[COUNT(batch)];
				struct error err = { 0 };
				struct proto_msg msg;

				memcpy(ops, batch, sizeof(batch));
				if (proto_decode(buf.data, len, &msg, &err) == E_OK)
					assert_int_equal(
						proto_result(&msg, ops, COUNT(ops), &err),
						E_CORRUPT);
				assert_int_equal(err.code, E_CORRUPT);
				assert_memory_equal(ops, batch, sizeof(batch));
				proto_msg_fini(&msg);
			}
		}
		free(buf.data);
	}
}

static void test_messages_with_a_byte_too_many_are_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		struct proto_buf buf = encode(&samples[i]);
		uint8_t longer[512] = { 0 };

		memcpy(longer, buf.data, buf.len);
		free(buf.data);
		assert_true(buf.len < sizeof(longer));
		assert_refused(longer, buf.len + 1);
		buf.data = longer;
		set_length(&buf, buf.len + 1);
		if (samples[i].type != PROTO_RESULT)
			assert_refused(longer, buf.len + 1);
	}
}

static void test_heads_that_cannot_be_are_refused_before_more_comes(void **state)
{
	static const struct {
		uint8_t head[PROTO_HEAD_BYTES];
		const char *text;
	} cases[] = {
		{ { 7, 0, 0, 0, PROTO_PING }, "protocol: head: no message is that long" },
		{ { 0xff, 0xff, 0xff, 0xff, PROTO_PING },
		  "protocol: head: no message is that long" },
		{ { 0xfe, 0x40, 0x06, 0, PROTO_BATCH },
		  "protocol: head: no message is that long" },
		{ { 8, 0, 0, 0, 0 }, "protocol: head: no such message" },
		{ { 8, 0, 0, 0, 9 }, "protocol: head: no such message" },
		{ { 8, 0, 0, 0, PROTO_PING, 1 }, "protocol: head: no such message" },
		{ { 8, 0, 0, 0, PROTO_PING, 0, 0, 1 }, "protocol: head: no such message" },
		{ "GET / HTTP/1", "protocol: head: no message is that long" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct error err = { 0 };
		size_t bytes;

		assert_int_equal(
			proto_frame_bytes(cases[i].head, PROTO_HEAD_BYTES, &bytes, &err),
			E_CORRUPT);
		assert_string_equal(err.text, cases[i].text);
	}
}

/* Byte @at of a sample becomes @byte. */
struct spoiled {
	size_t sample, at;
	uint8_t byte;
	const char *text;
};

static void test_values_that_mean_nothing_are_refused(void **state)
{
	static const struct spoiled cases[] = {
		{ 0, 12, 'X', "protocol: HELLO: it does not start with SBR1" },
		{ 0, 24, 200, "protocol: HELLO: a text in it is too long" },
		{ 0, 24, 11, "protocol: HELLO: it is too short" },
		{ 0, 24, 9, "protocol: HELLO: it is too long" },
		{ 0, 30, 0, "protocol: HELLO: a text in it holds a zero" },
		{ 2, 12, 2, "protocol: BATCH: a flag in it is neither 0 nor 1" },
		{ 2, 13, 5, "protocol: BATCH: it is too short" },
		{ 2, 13, 3, "protocol: BATCH: it is too long" },
		{ 2, 15, 1, "protocol: BATCH: it holds too much" },
		{ 2, 14, 16, "protocol: BATCH: it is too short" },
		{ 2, 17, 4, "protocol: BATCH: an operation in it has no kind" },
		{ 8, 33, 65, "protocol: WELCOME: it holds too much" },
		{ 8, 33, 3, "protocol: WELCOME: it is too short" },
		{ 10, 15, 0x7f, "protocol: RESULT: its code is not an error code" },
		{ 10, 37, 5, "protocol: RESULT: it holds too much" },
		{ 15, 15, 0, "protocol: ERROR: its code is not an error code" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct proto_buf buf = encode(&samples[cases[i].sample]);
		struct error err = { 0 };
		struct proto_msg msg;

		buf.data[cases[i].at] = cases[i].byte;
		assert_int_equal(proto_decode(buf.data, buf.len, &msg, &err), E_CORRUPT);
		assert_string_equal(err.text, cases[i].text);
		proto_msg_fini(&msg);
		free(buf.data);
	}
}

static void test_unknown_codes_are_failures_all_the_same(void **state)
{
	struct proto_msg msg = { .type = PROTO_ERROR, .code = -1000, .text = "new" };
	struct proto_buf buf = encode(&msg);
	struct error err = { 0 };

	(void)state;
	assert_int_equal(proto_decode(buf.data, buf.len, &msg, &err), E_OK);
	assert_int_equal(msg.code, E_INTERNAL);
	proto_msg_fini(&msg);
	free(buf.data);
}

static void test_an_error_without_an_error_is_refused(void **state)
{
	const struct proto_msg msg = { .type = PROTO_ERROR };
	struct proto_buf buf = encode(&msg);

	(void)state;
	assert_refused(buf.data, buf.len);
	free(buf.data);
}

static void test_results_reach_the_operations_they_answer(void **state)
{
	struct proto_buf buf = encode(&samples[10]);
	struct bus_op ops[COUNT(batch)];
	struct error err = { 0 };
	struct proto_msg msg;

	(void)state;
	memcpy(ops, batch, sizeof(batch));
	assert_int_equal(proto_decode(buf.data, buf.len, &msg, &err), E_OK);
	assert_int_equal(proto_result(&msg, ops, COUNT(ops), &err), E_OK);
	assert_int_equal(ops[0].value, 0x374680e9);
	assert_int_equal(ops[1].value, 0x01020304);
	assert_int_equal(ops[2].status, BUS_OP_DONE);
	assert_int_equal(ops[3].status, BUS_OP_FAILED);
	assert_int_equal(ops[3].value, 9);
	proto_msg_fini(&msg);
	free(buf.data);
}

static void test_results_of_another_batch_change_nothing(void **state)
{
	struct proto_buf buf = encode(&samples[10]);
	struct bus_op ops[COUNT(batch) + 1], before[COUNT(batch) + 1];
	struct error err = { 0 };
	struct proto_msg msg;

	(void)state;
	memset(ops, 0, sizeof(ops));
	memcpy(before, ops, sizeof(ops));
	assert_int_equal(proto_decode(buf.data, buf.len, &msg, &err), E_OK);
	assert_int_equal(proto_result(&msg, ops, COUNT(batch) + 1, &err), E_CORRUPT);
	assert_int_equal(proto_result(&msg, ops, COUNT(batch), &err), E_CORRUPT);
	assert_string_equal(err.text,
			    "protocol: RESULT: its values are not those of the batch");
	msg.code = E_OK;
	assert_int_equal(proto_result(&msg, batch, COUNT(batch), &err), E_CORRUPT);
	assert_string_equal(err.text, "protocol: RESULT: it is a success that is not done");
	assert_memory_equal(ops, before, sizeof(ops));
	msg.code = E_IO;
	buf.data[buf.len - 5] = 4;
	assert_int_equal(proto_result(&msg, batch, COUNT(batch), &err), E_CORRUPT);
	assert_string_equal(err.text, "protocol: RESULT: an operation in it has no status");
	proto_msg_fini(&msg);
	free(buf.data);
}

static void test_texts_that_are_too_long_are_cut(void **state)
{
	struct proto_msg msg = { .type = PROTO_ERROR, .code = E_IO };
	struct error err = { 0 };
	struct proto_buf buf;

	(void)state;
	memset(msg.text, 'x', sizeof(msg.text));
	buf = encode(&msg);
	assert_int_equal(proto_decode(buf.data, buf.len, &msg, &err), E_OK);
	assert_int_equal(strlen(msg.text), PROTO_TEXT_MAX);
	proto_msg_fini(&msg);
	free(buf.data);
}

static void test_the_largest_batch_fits_and_one_more_does_not(void **state)
{
	struct bus_op *ops = calloc(PROTO_MAX_OPS + 1, sizeof(*ops));
	struct proto_msg msg = { .type = PROTO_BATCH, .ops = ops, .n_ops = PROTO_MAX_OPS };
	struct error err = { 0 };
	struct proto_buf buf;

	(void)state;
	assert_non_null(ops);
	for (size_t i = 0; i <= PROTO_MAX_OPS; i++)
		ops[i].kind = BUS_OP_POLL;
	buf = encode(&msg);
	assert_int_equal(buf.len, PROTO_MAX_BYTES);
	assert_int_equal(proto_decode(buf.data, buf.len, &msg, &err), E_OK);
	assert_int_equal(msg.n_ops, PROTO_MAX_OPS);
	proto_msg_fini(&msg);
	msg = (struct proto_msg){ .type = PROTO_BATCH, .ops = ops, .n_ops = PROTO_MAX_OPS + 1 };
	assert_int_equal(proto_encode(&msg, &buf, &err), E_RANGE);
	assert_int_equal(buf.len, PROTO_MAX_BYTES);
	free(buf.data);
	free(ops);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_messages_are_the_bytes_that_the_header_lists),
		cmocka_unit_test(test_every_message_comes_back_as_it_was),
		cmocka_unit_test(test_messages_cut_at_any_byte_are_refused),
		cmocka_unit_test(test_messages_that_admit_to_be_cut_are_refused),
		cmocka_unit_test(test_messages_with_a_byte_too_many_are_refused),
		cmocka_unit_test(test_heads_that_cannot_be_are_refused_before_more_comes),
		cmocka_unit_test(test_values_that_mean_nothing_are_refused),
		cmocka_unit_test(test_unknown_codes_are_failures_all_the_same),
		cmocka_unit_test(test_an_error_without_an_error_is_refused),
		cmocka_unit_test(test_results_reach_the_operations_they_answer),
		cmocka_unit_test(test_results_of_another_batch_change_nothing),
		cmocka_unit_test(test_texts_that_are_too_long_are_cut),
		cmocka_unit_test(test_the_largest_batch_fits_and_one_more_does_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
