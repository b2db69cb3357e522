/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/proto.h"

#include <stdlib.h>
#include <string.h>

/* What a body is made of. */
enum part {
	PART_END,
	PART_MAGIC,
	PART_LOWEST,
	PART_VERSION,
	PART_NAME,
	PART_MAP,
	PART_HASH,
	PART_ORIGIN,
	PART_SIZE,
	PART_FLAGS,
	PART_TIME,
	PART_LEASED,
	PART_CODE,
	PART_TEXT,
	PART_POLLED,
	PART_OPS,
	PART_VALUES,
	PART_DEVICES,
};

#define MAX_PARTS 6

static const struct row {
	enum proto_type type;
	const char *name;
	enum part parts[MAX_PARTS];
} rows[] = {
	{ PROTO_HELLO, "HELLO", { PART_MAGIC, PART_LOWEST, PART_VERSION, PART_NAME } },
	{ PROTO_OPEN, "OPEN", { PART_NAME, PART_MAP, PART_HASH } },
	{ PROTO_BATCH, "BATCH", { PART_LEASED, PART_OPS } },
	{ PROTO_LEASE, "LEASE", { PART_TIME, PART_NAME } },
	{ PROTO_RELEASE, "RELEASE", { PART_END } },
	{ PROTO_CLOCK, "CLOCK", { PART_TIME } },
	{ PROTO_PING, "PING", { PART_END } },
	{ PROTO_CANCEL, "CANCEL", { PART_END } },
	{ PROTO_WELCOME, "WELCOME", { PART_MAGIC, PART_VERSION, PART_NAME, PART_DEVICES } },
	{ PROTO_OPENED,
	  "OPENED",
	  { PART_NAME, PART_ORIGIN, PART_SIZE, PART_FLAGS, PART_TIME } },
	{ PROTO_RESULT, "RESULT", { PART_CODE, PART_TEXT, PART_POLLED, PART_VALUES } },
	{ PROTO_GRANTED, "GRANTED", { PART_END } },
	{ PROTO_TIME, "TIME", { PART_TIME } },
	{ PROTO_PONG, "PONG", { PART_END } },
	{ PROTO_WAIT, "WAIT", { PART_END } },
	{ PROTO_ERROR, "ERROR", { PART_CODE, PART_TEXT } },
};

static const struct row *row_of(unsigned type)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if ((unsigned)rows[i].type == type)
			return &rows[i];
	return NULL;
}

const char *proto_type_name(enum proto_type type)
{
	const struct row *row = row_of(type);

	return row == NULL ? "?" : row->name;
}

static bool has_value(const struct bus_op *op)
{
	return op->kind == BUS_OP_READ || op->kind == BUS_OP_POLL;
}

/* --- encoding: a sticky failure ---------------------------------------------------------- */

struct writer {
	struct proto_buf *buf;
	bool failed;
};

static void put(struct writer *w, uint64_t number, size_t n_bytes)
{
	struct proto_buf *buf = w->buf;

	if (!w->failed && buf->room - buf->len < n_bytes) {
		size_t room = buf->room < 128 ? 256 : 2 * buf->room;
		uint8_t *data = realloc(buf->data, room);

		w->failed = data == NULL;
		if (data != NULL) {
			buf->data = data;
			buf->room = room;
		}
	}
	if (w->failed)
		return;
	for (size_t i = 0; i < n_bytes; i++)
		buf->data[buf->len++] = (uint8_t)(number >> 8 * i);
}

static void put_text(struct writer *w, const char *text, size_t max)
{
	size_t len = strnlen(text, max);

	put(w, len, 2);
	for (size_t i = 0; i < len; i++)
		put(w, (uint8_t)text[i], 1);
}

static void put_ops(struct writer *w, const struct proto_msg *msg)
{
	put(w, msg->n_ops, 4);
	for (size_t i = 0; i < msg->n_ops; i++) {
		const struct bus_op *op = &msg->ops[i];

		put(w, op->kind, 1);
		if (op->kind != BUS_OP_DELAY)
			put(w, op->addr, 8);
		if (op->kind == BUS_OP_WRITE || op->kind == BUS_OP_POLL)
			put(w, op->value, 4);
		if (op->kind == BUS_OP_POLL)
			put(w, op->mask, 4);
		if (op->kind == BUS_OP_DELAY || op->kind == BUS_OP_POLL)
			put(w, op->time_us, 4);
		if (op->kind == BUS_OP_POLL)
			put(w, op->every_us, 4);
	}
}

static void put_values(struct writer *w, const struct proto_msg *msg)
{
	size_t n_done = 0;

	while (n_done < msg->n_ops && msg->ops[n_done].status == BUS_OP_DONE)
		n_done++;
	put(w, msg->n_ops, 4);
	put(w, n_done, 4);
	for (size_t i = 0; i < msg->n_ops; i++) {
		const struct bus_op *op = &msg->ops[i];

		if (i >= n_done)
			put(w, op->status, 1);
		if (i >= n_done || has_value(op))
			put(w, op->value, 4);
	}
}

static void put_devices(struct writer *w, const struct proto_msg *msg)
{
	put(w, msg->n_devices, 4);
	for (size_t i = 0; i < msg->n_devices; i++) {
		put_text(w, msg->devices[i].name, PROTO_NAME_MAX);
		put_text(w, msg->devices[i].map, PROTO_NAME_MAX);
		put(w, msg->devices[i].map_hash, 8);
	}
}

static void put_part(struct writer *w, const struct proto_msg *msg, enum part part)
{
	switch (part) {
	case PART_END:
		break;
	case PART_MAGIC:
		put(w, PROTO_MAGIC, 4);
		break;
	case PART_LOWEST:
		put(w, msg->lowest, 4);
		break;
	case PART_VERSION:
		put(w, msg->version, 4);
		break;
	case PART_NAME:
		put_text(w, msg->name, PROTO_NAME_MAX);
		break;
	case PART_MAP:
		put_text(w, msg->map, PROTO_NAME_MAX);
		break;
	case PART_HASH:
		put(w, msg->map_hash, 8);
		break;
	case PART_ORIGIN:
		put(w, msg->origin, 8);
		break;
	case PART_SIZE:
		put(w, msg->size, 8);
		break;
	case PART_FLAGS:
		put(w, msg->flags, 4);
		break;
	case PART_TIME:
		put(w, msg->time_us, 8);
		break;
	case PART_LEASED:
		put(w, msg->leased, 1);
		break;
	case PART_CODE:
		put(w, (uint32_t)msg->code, 4);
		break;
	case PART_TEXT:
		put_text(w, msg->text, PROTO_TEXT_MAX);
		break;
	case PART_POLLED:
		put(w, msg->polled, 8);
		break;
	case PART_OPS:
		put_ops(w, msg);
		break;
	case PART_VALUES:
		put_values(w, msg);
		break;
	case PART_DEVICES:
		put_devices(w, msg);
		break;
	}
}

int proto_encode(const struct proto_msg *msg, struct proto_buf *buf, struct error *err)
{
	const struct row *row = row_of(msg->type);
	struct writer w = { .buf = buf };
	size_t start = buf->len;
	uint32_t length;

	if (row == NULL || msg->n_ops > PROTO_MAX_OPS || msg->n_devices > PROTO_MAX_DEVICES)
		return error_set(err, E_RANGE, "%s: too much for one message",
				 proto_type_name(msg->type));
	put(&w, 0, 4);
	put(&w, msg->type, 4);
	put(&w, msg->seq, 4);
	for (size_t i = 0; i < MAX_PARTS; i++)
		put_part(&w, msg, row->parts[i]);
	if (w.failed) {
		buf->len = start;
		return error_set(err, E_NOMEM, "out of memory");
	}
	length = (uint32_t)(buf->len - start - 4);
	for (size_t i = 0; i < 4; i++)
		buf->data[start + i] = (uint8_t)(length >> 8 * i);
	return E_OK;
}

/* --- decoding: a sticky failure ---------------------------------------------------------- */

struct reader {
	const uint8_t *at, *end;
	const char *wrong; /* NULL: nothing so far */
};

static uint64_t take(struct reader *r, size_t n_bytes)
{
	uint64_t number = 0;

	if ((size_t)(r->end - r->at) < n_bytes) {
		if (r->wrong == NULL)
			r->wrong = "it is too short";
		r->at = r->end;
		return 0;
	}
	for (size_t i = 0; i < n_bytes; i++)
		number |= (uint64_t)r->at[i] << 8 * i;
	r->at += n_bytes;
	return number;
}

static void must(struct reader *r, bool ok, const char *wrong)
{
	if (!ok && r->wrong == NULL)
		r->wrong = wrong;
}

static void take_text(struct reader *r, char *text, size_t max)
{
	size_t len = (size_t)take(r, 2);

	must(r, len <= max, "a text in it is too long");
	must(r, len <= (size_t)(r->end - r->at), "it is too short");
	if (r->wrong != NULL)
		return;
	must(r, memchr(r->at, 0, len) == NULL, "a text in it holds a zero");
	memcpy(text, r->at, len);
	text[len] = '\0';
	r->at += len;
}

static void take_op(struct reader *r, struct bus_op *op)
{
	unsigned kind = (unsigned)take(r, 1);

	must(r, kind <= BUS_OP_POLL, "an operation in it has no kind");
	if (r->wrong != NULL)
		return;
	op->kind = (enum bus_op_kind)kind;
	if (kind != BUS_OP_DELAY)
		op->addr = take(r, 8);
	if (kind == BUS_OP_WRITE || kind == BUS_OP_POLL)
		op->value = (uint32_t)take(r, 4);
	if (kind == BUS_OP_POLL)
		op->mask = (uint32_t)take(r, 4);
	if (kind == BUS_OP_DELAY || kind == BUS_OP_POLL)
		op->time_us = (uint32_t)take(r, 4);
	if (kind == BUS_OP_POLL)
		op->every_us = (uint32_t)take(r, 4);
}

/* Counts are believed only as far as bytes are there: each row has at least @least of them. */
static size_t take_count(struct reader *r, size_t max, size_t least)
{
	size_t n = (size_t)take(r, 4);

	must(r, n <= max, "it holds too much");
	must(r, n <= (size_t)(r->end - r->at) / least, "it is too short");
	return r->wrong == NULL ? n : 0;
}

static void take_ops(struct reader *r, struct proto_msg *msg)
{
	size_t n = take_count(r, PROTO_MAX_OPS, 5);

	msg->ops = calloc(n + 1, sizeof(*msg->ops));
	must(r, msg->ops != NULL, "there is no memory for it");
	for (size_t i = 0; r->wrong == NULL && i < n; i++)
		take_op(r, &msg->ops[i]);
	msg->n_ops = r->wrong == NULL ? n : 0;
}

static void take_values(struct reader *r, struct proto_msg *msg)
{
	msg->n_ops = (size_t)take(r, 4);
	msg->n_done = (size_t)take(r, 4);
	must(r, msg->n_ops <= PROTO_MAX_OPS && msg->n_done <= msg->n_ops, "it holds too much");
	msg->values = r->at;
	msg->n_value_bytes = (size_t)(r->end - r->at);
	r->at = r->end;
}

static void take_devices(struct reader *r, struct proto_msg *msg)
{
	size_t n = take_count(r, PROTO_MAX_DEVICES, 12);

	msg->devices = calloc(n + 1, sizeof(*msg->devices));
	must(r, msg->devices != NULL, "there is no memory for it");
	for (size_t i = 0; r->wrong == NULL && i < n; i++) {
		take_text(r, msg->devices[i].name, PROTO_NAME_MAX);
		take_text(r, msg->devices[i].map, PROTO_NAME_MAX);
		msg->devices[i].map_hash = take(r, 8);
	}
	msg->n_devices = r->wrong == NULL ? n : 0;
}

static void take_leased(struct reader *r, struct proto_msg *msg)
{
	uint64_t leased = take(r, 1);

	must(r, leased <= 1, "a flag in it is neither 0 nor 1");
	msg->leased = leased == 1;
}

/* Codes that this version does not know are a failure all the same. */
static void take_code(struct reader *r, struct proto_msg *msg)
{
	int64_t code = (int32_t)(uint32_t)take(r, 4);

	must(r, code <= E_OK, "its code is not an error code");
	must(r, code < E_OK || msg->type != PROTO_ERROR, "it tells no error");
	msg->code = code < ERROR_LAST ? E_INTERNAL : (int)code;
}

static void take_part(struct reader *r, struct proto_msg *msg, enum part part)
{
	switch (part) {
	case PART_END:
		break;
	case PART_MAGIC:
		must(r, take(r, 4) == PROTO_MAGIC, "it does not start with SBR1");
		break;
	case PART_LOWEST:
		msg->lowest = (uint32_t)take(r, 4);
		break;
	case PART_VERSION:
		msg->version = (uint32_t)take(r, 4);
		break;
	case PART_NAME:
		take_text(r, msg->name, PROTO_NAME_MAX);
		break;
	case PART_MAP:
		take_text(r, msg->map, PROTO_NAME_MAX);
		break;
	case PART_HASH:
		msg->map_hash = take(r, 8);
		break;
	case PART_ORIGIN:
		msg->origin = take(r, 8);
		break;
	case PART_SIZE:
		msg->size = take(r, 8);
		break;
	case PART_FLAGS:
		msg->flags = (uint32_t)take(r, 4);
		break;
	case PART_TIME:
		msg->time_us = take(r, 8);
		break;
	case PART_LEASED:
		take_leased(r, msg);
		break;
	case PART_CODE:
		take_code(r, msg);
		break;
	case PART_TEXT:
		take_text(r, msg->text, PROTO_TEXT_MAX);
		break;
	case PART_POLLED:
		msg->polled = take(r, 8);
		break;
	case PART_OPS:
		take_ops(r, msg);
		break;
	case PART_VALUES:
		take_values(r, msg);
		break;
	case PART_DEVICES:
		take_devices(r, msg);
		break;
	}
}

static int corrupt(struct error *err, const char *name, const char *wrong)
{
	return error_set(err, E_CORRUPT, "protocol: %s: %s", name, wrong);
}

int proto_frame_bytes(const uint8_t *data, size_t len, size_t *bytes, struct error *err)
{
	struct reader r = { .at = data };
	uint64_t length, type;

	*bytes = PROTO_HEAD_BYTES;
	if (len < PROTO_HEAD_BYTES)
		return E_OK;
	r.end = data + len;
	length = take(&r, 4);
	type = take(&r, 4);
	if (length < PROTO_HEAD_BYTES - 4 || length > PROTO_MAX_BYTES - 4)
		return corrupt(err, "head", "no message is that long");
	if (type > UINT8_MAX || row_of((unsigned)type) == NULL)
		return corrupt(err, "head", "no such message");
	*bytes = (size_t)length + 4;
	return E_OK;
}

int proto_decode(const uint8_t *data, size_t len, struct proto_msg *msg, struct error *err)
{
	struct reader r = { .at = data };
	const struct row *row;
	size_t bytes;
	int rc;

	memset(msg, 0, sizeof(*msg));
	rc = proto_frame_bytes(data, len, &bytes, err);
	if (rc != E_OK)
		return rc;
	if (len != bytes)
		return corrupt(err, "head", "the length is another one");
	r.end = data + len;
	take(&r, 4);
	row = row_of((unsigned)take(&r, 4));
	if (row == NULL)
		return corrupt(err, "head", "no such message");
	msg->type = row->type;
	msg->seq = (uint32_t)take(&r, 4);
	for (size_t i = 0; i < MAX_PARTS; i++)
		take_part(&r, msg, row->parts[i]);
	must(&r, r.at == r.end, "it is too long");
	return r.wrong == NULL ? E_OK : corrupt(err, row->name, r.wrong);
}

void proto_msg_fini(struct proto_msg *msg)
{
	free(msg->ops);
	free(msg->devices);
	msg->ops = NULL;
	msg->devices = NULL;
}

int proto_result(const struct proto_msg *msg, struct bus_op *ops, size_t n, struct error *err)
{
	struct reader r = { .at = msg->values, .end = msg->values + msg->n_value_bytes };
	size_t n_values = 0;

	must(&r, msg->n_ops == n, "it answers another batch");
	must(&r, msg->code != E_OK || msg->n_done == n, "it is a success that is not done");
	for (size_t i = 0; r.wrong == NULL && i < msg->n_done; i++)
		n_values += has_value(&ops[i]);
	must(&r, msg->n_value_bytes == 4 * n_values + 5 * (n - msg->n_done),
	     "its values are not those of the batch");
	for (size_t i = msg->n_done; r.wrong == NULL && i < n; i++)
		must(&r, r.at[4 * n_values + 5 * (i - msg->n_done)] <= BUS_OP_UNKNOWN,
		     "an operation in it has no status");
	if (r.wrong != NULL)
		return corrupt(err, "RESULT", r.wrong);
	for (size_t i = 0; i < n; i++) {
		unsigned status = i < msg->n_done ? BUS_OP_DONE : (unsigned)take(&r, 1);

		ops[i].status = (enum bus_op_status)status;
		if (i < msg->n_done && !has_value(&ops[i]))
			continue;
		if (has_value(&ops[i]))
			ops[i].value = (uint32_t)take(&r, 4);
		else
			take(&r, 4);
	}
	return E_OK;
}
