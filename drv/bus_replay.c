/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * replay:FILE[,loose]: answers from a trace file, on a virtual clock, with the failures that were
 * recorded.  Strict: operations have to come as they were recorded, waits aside.  Loose: each
 * register answers with the values that were read from it, the last one for ever, and takes the
 * values that were written to it, in any order.  Anything else is E_MISMATCH.
 */
#include "drv/bus_priv.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>

#include "drv/clock.h"
#include "drv/trace.h"

struct bus_replay {
	struct bus bus;
	struct clock *clock;
	const struct regdb *map;
	struct trace *trace;
	size_t next; /* strict: the row that comes now */
	bool *used;  /* loose: rows that were played */
	bool loose;
};

struct replay_params {
	bool loose;
};

static const struct uri_key replay_keys[] = {
	{ "loose", URI_FLAG, offsetof(struct replay_params, loose), 0, 0, NULL,
	  "by register, in any order" },
	{ .name = NULL },
};

static void fini(struct bus_replay *self)
{
	trace_free(self->trace);
	clock_free(self->clock);
	free(self->used);
	free(self);
}

static int start(struct bus_replay *self, const char *path, const struct bus_env *env,
		 struct error *err)
{
	int rc = bus__init(&self->bus, &bus_backend_replay, env, err);

	if (rc == E_OK && path[0] == '\0')
		rc = error_set(err, E_SYNTAX, "replay: needs a file: replay:FILE[,loose]");
	if (rc == E_OK)
		rc = trace_read(path, err, &self->trace);
	if (rc != E_OK)
		return rc;
	self->map = env->map;
	self->clock = clock_virtual_new();
	self->used = calloc(self->trace->n_rows + 1, sizeof(*self->used));
	if (self->clock == NULL || self->used == NULL)
		return error_set(err, E_NOMEM, "replay: out of memory");
	self->bus.clock = self->clock;
	return E_OK;
}

static int replay_open(const char *rest, const struct bus_env *env, struct error *err,
		       struct bus **out)
{
	struct replay_params params = { false };
	struct bus_replay *self = calloc(1, sizeof(*self));
	char *path = uri_take_part(&rest);
	int rc;

	if (self == NULL || path == NULL) {
		free(self);
		free(path);
		return error_set(err, E_NOMEM, "replay: out of memory");
	}
	rc = uri_parse(&(struct uri_parts){ "replay", rest, NULL }, replay_keys, &params, err);
	if (rc == E_OK)
		rc = start(self, path, env, err);
	self->loose = params.loose;
	free(path);
	if (rc != E_OK)
		fini(self);
	else
		*out = &self->bus;
	return rc;
}

static void replay_close(struct bus *bus)
{
	fini((struct bus_replay *)bus);
}

/* "write PATH (0xADDR) = 0x00000001", for messages. */
static void describe(const struct bus_replay *self, const struct bus_op *op, uint32_t want,
		     char *buf, size_t size)
{
	char name[320];

	trace_name(self->map, op->addr, name, sizeof(name));
	if (op->kind == BUS_OP_WRITE)
		snprintf(buf, size, "write %s = 0x%08" PRIx32, name, op->value);
	else if (op->kind == BUS_OP_POLL)
		snprintf(buf, size, "poll %s & 0x%" PRIx32 " is 0x%" PRIx32, name, op->mask,
			 want);
	else
		snprintf(buf, size, "read %s", name);
}

static bool fits(const struct trace_row *row, const struct bus_op *op)
{
	if (row->op.kind != op->kind || row->op.addr != op->addr)
		return false;
	if (op->kind == BUS_OP_WRITE)
		return row->op.value == op->value;
	if (op->kind == BUS_OP_POLL)
		return row->op.mask == op->mask && row->want == (op->value & op->mask);
	return true;
}

static int mismatch(struct bus_replay *self, struct bus_op *op, const struct trace_row *row)
{
	char now[400], then[400];

	describe(self, op, op->value & op->mask, now, sizeof(now));
	if (row == NULL)
		return bus__fail(&self->bus, op, BUS_OP_FAILED, E_MISMATCH,
				 "%s: now comes %s, which was not recorded%s",
				 self->trace->path, now,
				 self->loose ? "" : ": the trace has ended");
	describe(self, &row->op, row->want, then, sizeof(then));
	return bus__fail(&self->bus, op, BUS_OP_FAILED, E_MISMATCH,
			 "%s:%u: recorded %s, now comes %s", self->trace->path, row->line, then,
			 now);
}

/* The next row that is no wait, or NULL. */
static const struct trace_row *strict_row(struct bus_replay *self)
{
	while (self->next < self->trace->n_rows &&
	       self->trace->rows[self->next].op.kind == BUS_OP_DELAY)
		self->next++;
	return self->next < self->trace->n_rows ? &self->trace->rows[self->next] : NULL;
}

/*
 * The first row that fits and was not played, else the last one that fits a read; @near is one of
 * the same kind and register.
 */
static const struct trace_row *loose_row(struct bus_replay *self, const struct bus_op *op,
					 const struct trace_row **near)
{
	const struct trace_row *last = NULL;

	for (size_t i = 0; i < self->trace->n_rows; i++) {
		const struct trace_row *row = &self->trace->rows[i];

		if (row->op.kind == op->kind && row->op.addr == op->addr)
			*near = row;
		if (!fits(row, op))
			continue;
		last = row;
		if (self->used[i])
			continue;
		self->used[i] = true;
		return row;
	}
	return op->kind == BUS_OP_WRITE ? NULL : last;
}

static int play(struct bus_replay *self, struct bus_op *op, const struct trace_row *row)
{
	if (op->kind != BUS_OP_WRITE)
		op->value = row->op.value;
	self->bus.polled += op->kind == BUS_OP_POLL;
	if (row->code != E_OK)
		return bus__fail(&self->bus, op, BUS_OP_FAILED, row->code, "recorded: %s",
				 row->text);
	op->status = BUS_OP_DONE;
	return E_OK;
}

static int replay_one(struct bus_replay *self, struct bus_op *op)
{
	const struct trace_row *row, *near = NULL;

	if (op->kind == BUS_OP_DELAY) {
		clock_wait_us(self->clock, op->time_us);
		op->status = BUS_OP_DONE;
		return E_OK;
	}
	if (self->loose) {
		row = loose_row(self, op, &near);
		return row != NULL ? play(self, op, row) : mismatch(self, op, near);
	}
	row = strict_row(self);
	if (row == NULL || !fits(row, op))
		return mismatch(self, op, row);
	self->next++;
	if (row->at_us > clock_now_us(self->clock))
		clock_wait_us(self->clock, row->at_us - clock_now_us(self->clock));
	return play(self, op, row);
}

static int replay_xfer(struct bus *bus, struct bus_op *ops, size_t n)
{
	struct bus_replay *self = (struct bus_replay *)bus;
	int rc = E_OK;

	for (size_t i = 0; rc == E_OK && i < n; i++)
		rc = replay_one(self, &ops[i]);
	return rc;
}

const struct bus_backend bus_backend_replay = {
	.scheme = "replay",
	.help = "FILE[,loose]  answers from a trace file that record: wrote",
	.keys = replay_keys,
	.whole = true,
	.open = replay_open,
	.close = replay_close,
	.xfer = replay_xfer,
};
