/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/regio.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drv/bus.h"
#include "hal/device.h"
#include "hal/reg.h"
#include "hal/regio_shadow.h"
#include "regmaps/regdb/regdb.h"

enum step_kind {
	STEP_SET,
	STEP_PUT,
	STEP_WRITE, /* and those before it: they have a slot in the shadow */
	STEP_FETCH,
	STEP_DELAY,
	STEP_WAIT,
	STEP_REREAD
};

/* One queued step; what the members mean depends on the kind. */
struct step {
	enum step_kind kind;
	uint64_t addr, last; /* REREAD: from addr to last */
	uint32_t mask, value;
	uint32_t time_us, every_us;
	uint32_t *target; /* FETCH */
};

/* What an operation of the second transfer needs beside itself. */
struct pending {
	uint32_t want;    /* waits: the value wanted */
	uint32_t *target; /* fetches: where the value goes */
};

struct regio {
	struct device *dev;
	struct bus *bus;
	struct shadow shadow;
	struct step *steps;
	size_t n_steps, max_steps;
	struct bus_op *ops; /* as many as steps, reused */
	size_t max_ops;
	uint32_t pass;
	uint64_t written, epoch;
	bool leased; /* of a shared device, from the first write to the end of the operation */
	struct error err; /* the first since regio_end() */
};

int regio_new(struct device *dev, struct error *err, struct regio **out)
{
	struct regio *io = calloc(1, sizeof(*io));
	int rc;

	if (io == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	io->dev = dev;
	io->epoch = 1;
	io->shadow.db = device_map(dev);
	rc = device_bus(dev, err, &io->bus);
	if (rc != 0) {
		free(io);
		return rc;
	}
	*out = io;
	return 0;
}

/* Without an outer lease others may write from here on. */
static void end_lease(struct regio *io)
{
	if (!io->leased)
		return;
	io->leased = false;
	bus_release(io->bus);
	if (!bus_is_leased(io->bus))
		regio_forget(io);
}

void regio_free(struct regio *io)
{
	if (io == NULL)
		return;
	end_lease(io);
	shadow_fini(&io->shadow);
	free(io->steps);
	free(io->ops);
	free(io);
}

uint64_t regio_epoch(const struct regio *io)
{
	return io->epoch;
}

void regio_forget(struct regio *io)
{
	io->epoch++;
	shadow_forget(&io->shadow, 0, UINT64_MAX);
}

static int no_memory(struct regio *io)
{
	return error_set(&io->err, E_NOMEM, "out of memory");
}

int regio_fail(struct regio *io, int code, const char *fmt, ...)
{
	va_list ap;

	if (io->err.code != 0)
		return io->err.code;
	io->err.code = code;
	va_start(ap, fmt);
	vsnprintf(io->err.text, sizeof(io->err.text), fmt, ap);
	va_end(ap);
	return code;
}

static void push(struct regio *io, const struct step *step)
{
	if (io->err.code != 0)
		return;
	if (io->n_steps == io->max_steps) {
		size_t max = io->max_steps == 0 ? 64 : 2 * io->max_steps;
		struct step *steps = realloc(io->steps, max * sizeof(*steps));

		if (steps == NULL) {
			no_memory(io);
			return;
		}
		io->steps = steps;
		io->max_steps = max;
	}
	io->steps[io->n_steps++] = *step;
}

void regio_set(struct regio *io, uint64_t addr, uint32_t mask, uint32_t value)
{
	push(io, &(struct step){
			 .kind = STEP_SET, .addr = addr, .mask = mask, .value = value & mask });
}

void regio__fields(struct regio *io, uint64_t addr, const struct regio_field *fields, size_t n)
{
	uint32_t mask = 0, value = 0;

	for (size_t i = 0; i < n; i++) {
		mask |= fields[i].mask;
		value |= fields[i].value;
	}
	regio_set(io, addr, mask, value);
}

void regio_put(struct regio *io, uint64_t addr, uint32_t value)
{
	push(io, &(struct step){ .kind = STEP_PUT, .addr = addr, .value = value });
}

void regio_write(struct regio *io, uint64_t addr, uint32_t value)
{
	push(io, &(struct step){ .kind = STEP_WRITE, .addr = addr, .value = value });
}

void regio_fetch(struct regio *io, uint64_t addr, uint32_t *value)
{
	push(io, &(struct step){ .kind = STEP_FETCH, .addr = addr, .target = value });
}

void regio_delay(struct regio *io, uint32_t us)
{
	push(io, &(struct step){ .kind = STEP_DELAY, .time_us = us });
}

void regio_wait(struct regio *io, const struct regio_wait *wait)
{
	uint32_t every_us = wait->every_us != 0 ? wait->every_us : wait->timeout_us / 100;

	push(io, &(struct step){ .kind = STEP_WAIT,
				 .addr = wait->addr,
				 .mask = wait->mask,
				 .value = wait->want & wait->mask,
				 .time_us = wait->timeout_us,
				 .every_us = every_us != 0 ? every_us : 1 });
}

void regio_reread(struct regio *io, uint64_t first, uint64_t last)
{
	push(io, &(struct step){ .kind = STEP_REREAD, .addr = first, .last = last });
}

/* --- running the queue ------------------------------------------------------------------- */

static bool room_for_ops(struct regio *io, size_t n)
{
	struct bus_op *ops;

	if (n <= io->max_ops)
		return true;
	ops = realloc(io->ops, n * sizeof(*ops));
	if (ops == NULL) {
		no_memory(io);
		return false;
	}
	io->ops = ops;
	io->max_ops = n;
	return true;
}

/* Of a field of which only some bits count also these: ".FIFO_RDY[0]". */
static void name_field(const struct regio *io, const struct regdb_field *field, uint32_t mask,
		       char *buf, size_t size)
{
	const char *name = regdb_str(io->shadow.db, field->name);
	unsigned lsb = (unsigned)__builtin_ctz(mask) - field->lsb;
	unsigned msb = 31 - (unsigned)__builtin_clz(mask) - field->lsb;

	if (mask == reg_bits(field->lsb, field->width))
		snprintf(buf, size, ".%s", name);
	else if (lsb == msb)
		snprintf(buf, size, ".%s[%u]", name, lsb);
	else
		snprintf(buf, size, ".%s[%u:%u]", name, msb, lsb);
}

/* "PATH.FIELD" of the bits in @mask, or "PATH". */
static void name_bits(const struct regio *io, uint64_t addr, uint32_t mask, char *buf,
		      size_t size)
{
	struct regdb_ref ref;
	const struct regdb_node *node;
	int used;

	if (regdb_find_addr(io->shadow.db, addr, &ref, 1) == 0) {
		snprintf(buf, size, "0x%08" PRIx64, addr);
		return;
	}
	used = regdb_path_format(io->shadow.db, &ref, buf, size);
	node = regdb_node(io->shadow.db, ref.node);
	for (uint32_t i = 0; used >= 0 && (size_t)used < size && i < node->n_fields; i++) {
		const struct regdb_field *field =
			regdb_field(io->shadow.db, node->first_field + i);

		if (mask != 0 && (mask & ~reg_bits(field->lsb, field->width)) == 0)
			name_field(io, field, mask, buf + used, size - (size_t)used);
	}
}

static int wait_timed_out(struct regio *io, const struct bus_op *op, uint32_t want)
{
	unsigned lsb = op->mask == 0 ? 0 : (unsigned)__builtin_ctz(op->mask);
	char what[320];

	name_bits(io, op->addr, op->mask, what, sizeof(what));
	return regio_fail(io, E_TIMEOUT,
			  "%s was not 0x%" PRIx32 " within %" PRIu32 " us, last 0x%" PRIx32,
			  what, want >> lsb, op->time_us, (op->value & op->mask) >> lsb);
}

/* The operation that failed: the last one that was tried. */
static const struct bus_op *failed_op(const struct bus_op *ops, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (ops[i].status != BUS_OP_DONE)
			return &ops[i];
	return &ops[0];
}

static int transfer(struct regio *io, size_t n, const struct pending *pending)
{
	const struct bus_op *op;
	char name[320];
	int rc = n == 0 ? 0 : bus_xfer(io->bus, io->ops, n);

	for (size_t i = 0; i < n && io->ops[i].status == BUS_OP_DONE; i++) {
		io->written += io->ops[i].kind == BUS_OP_WRITE;
		if (pending != NULL && pending[i].target != NULL)
			*pending[i].target = io->ops[i].value;
	}
	if (rc == 0)
		return 0;
	op = failed_op(io->ops, n);
	if (pending != NULL && rc == E_TIMEOUT && op->kind == BUS_OP_POLL &&
	    op->status == BUS_OP_FAILED)
		return wait_timed_out(io, op, pending[op - io->ops].want);
	name_bits(io, op->addr, 0, name, sizeof(name));
	if (op->kind == BUS_OP_DELAY)
		return regio_fail(io, rc, "%s", bus_error(io->bus)->text);
	return regio_fail(io, rc, "%s: %s", name, bus_error(io->bus)->text);
}

/* Bits outside @mask whose value has to be known to write the register. */
static bool needs_old(const struct shadow_slot *slot, uint32_t mask)
{
	return (slot->writable & slot->readable & ~mask & ~slot->neutral_0 &
		~slot->neutral_1) != 0;
}

/* Gathers the reads that the steps need into ops; *@n of them. */
static bool gather_reads(struct regio *io, const struct step *steps, size_t n_steps, size_t *n)
{
	io->pass++;
	*n = 0;
	for (size_t i = 0; i < n_steps; i++) {
		const struct step *step = &steps[i];
		struct shadow_slot *slot;

		if (step->kind > STEP_WRITE)
			continue;
		slot = shadow_at(&io->shadow, step->addr);
		if (slot == NULL) {
			no_memory(io);
			return false;
		}
		if (slot->pass == io->pass)
			continue;
		slot->pass = io->pass;
		if (step->kind != STEP_SET || (slot->known && !slot->read_again) ||
		    !needs_old(slot, step->mask))
			continue;
		io->ops[(*n)++] = (struct bus_op){ .kind = BUS_OP_READ, .addr = step->addr };
	}
	return true;
}

static void learn(struct regio *io, uint64_t addr, uint32_t value)
{
	struct shadow_slot *slot = shadow_at(&io->shadow, addr);

	if (slot == NULL) {
		no_memory(io);
		return;
	}
	slot->value = value;
	slot->known = true;
}

/* The value to write for a step; false: the register has it already. */
static bool resolve(struct shadow_slot *slot, const struct step *step, uint32_t *value)
{
	uint32_t mask = step->kind == STEP_SET ? step->mask : UINT32_MAX;
	uint32_t old = slot->known ? slot->value : slot->reset;
	uint32_t rest =
		((old & slot->readable) | (slot->reset & ~slot->readable)) & ~slot->neutral_0;
	bool was_known = slot->known && !slot->read_again;

	if (step->kind == STEP_SET)
		*value = ((rest | slot->neutral_1) & ~mask) | step->value;
	else
		*value = step->value;
	if (step->kind != STEP_WRITE && was_known && (slot->acts & mask & step->value) == 0 &&
	    ((*value ^ slot->value) & slot->writable & ~slot->acts) == 0)
		return false;
	slot->value = *value & ~slot->acts;
	slot->known = true;
	return true;
}

static bool add_op(struct regio *io, const struct step *step, struct bus_op *op)
{
	struct shadow_slot *slot;

	*op = (struct bus_op){ .kind = BUS_OP_WRITE, .addr = step->addr };
	if (step->kind == STEP_FETCH) {
		op->kind = BUS_OP_READ;
		return true;
	}
	if (step->kind == STEP_DELAY || step->kind == STEP_WAIT) {
		op->kind = step->kind == STEP_DELAY ? BUS_OP_DELAY : BUS_OP_POLL;
		op->value = step->value;
		op->mask = step->mask;
		op->time_us = step->time_us;
		op->every_us = step->every_us;
		return true;
	}
	slot = shadow_at(&io->shadow, step->addr);
	if (slot == NULL) {
		no_memory(io);
		return false;
	}
	return resolve(slot, step, &op->value);
}

/* Steps without a REREAD between them: one transfer of reads, one of everything else. */
static int run_segment(struct regio *io, const struct step *steps, size_t n_steps)
{
	struct pending *pending;
	size_t n;
	int rc;

	if (!room_for_ops(io, n_steps) || !gather_reads(io, steps, n_steps, &n))
		return io->err.code;
	rc = transfer(io, n, NULL);
	for (size_t i = 0; rc == 0 && i < n; i++)
		learn(io, io->ops[i].addr, io->ops[i].value);
	if (rc != 0 || io->err.code != 0)
		return io->err.code;
	pending = malloc(n_steps * sizeof(*pending));
	if (pending == NULL)
		return no_memory(io);
	n = 0;
	for (size_t i = 0; i < n_steps; i++)
		if (add_op(io, &steps[i], &io->ops[n])) {
			pending[n] = (struct pending){ io->ops[n].value, steps[i].target };
			n++;
		}
	if (io->err.code == 0)
		transfer(io, n, pending);
	free(pending);
	return io->err.code;
}

static bool has_writes(const struct regio *io)
{
	for (size_t i = 0; i < io->n_steps; i++)
		if (io->steps[i].kind <= STEP_WRITE)
			return true;
	return false;
}

/* Others stay out while registers are read to be changed. */
static void take_lease(struct regio *io)
{
	if (io->leased || !bus_is_shared(io->bus) || !has_writes(io))
		return;
	if (bus_lease(io->bus, "a change of registers", BUS_LEASE_WAIT_US) != 0)
		regio_fail(io, bus_error(io->bus)->code, "%s", bus_error(io->bus)->text);
	else
		io->leased = true;
}

int regio_flush(struct regio *io)
{
	size_t begin = 0;

	if (io->err.code == 0)
		take_lease(io);
	while (io->err.code == 0 && begin < io->n_steps) {
		size_t end = begin;

		while (end < io->n_steps && io->steps[end].kind != STEP_REREAD)
			end++;
		if (end > begin)
			run_segment(io, io->steps + begin, end - begin);
		if (end < io->n_steps)
			shadow_forget(&io->shadow, io->steps[end].addr, io->steps[end].last);
		begin = end + 1;
	}
	io->n_steps = 0;
	if (io->err.code != 0)
		regio_forget(io);
	return io->err.code;
}

int regio_end(struct regio *io, struct error *err)
{
	int rc = regio_flush(io);
	size_t len = strlen(io->err.text);

	end_lease(io);
	if (rc != 0 && io->written > 0)
		snprintf(io->err.text + len, sizeof(io->err.text) - len,
			 " (after %" PRIu64 " register write%s)", io->written,
			 io->written == 1 ? "" : "s");
	if (rc != 0)
		error_copy(err, &io->err);
	error_clear(&io->err);
	io->written = 0;
	return rc;
}

/* --- reading ----------------------------------------------------------------------------- */

static bool is_known(struct regio *io, uint64_t addr)
{
	const struct shadow_slot *slot = shadow_at(&io->shadow, addr);

	return slot != NULL && slot->known && !slot->read_again;
}

static int read_many(struct regio *io, const uint64_t *addrs, size_t n, bool fresh,
		     uint32_t *values)
{
	size_t n_ops = 0, at = 0;

	if (regio_flush(io) != 0 || !room_for_ops(io, n))
		return io->err.code;
	for (size_t i = 0; i < n; i++)
		if (fresh || !is_known(io, addrs[i]))
			io->ops[n_ops++] =
				(struct bus_op){ .kind = BUS_OP_READ, .addr = addrs[i] };
	if (transfer(io, n_ops, NULL) != 0)
		return io->err.code;
	for (size_t i = 0; i < n; i++) {
		if (at < n_ops && io->ops[at].addr == addrs[i]) {
			values[i] = io->ops[at++].value;
			learn(io, addrs[i], values[i]);
		} else {
			values[i] = shadow_at(&io->shadow, addrs[i])->value;
		}
	}
	return io->err.code;
}

int regio_read_many(struct regio *io, const uint64_t *addrs, size_t n, uint32_t *values)
{
	return read_many(io, addrs, n, true, values);
}

int regio_get_many(struct regio *io, const uint64_t *addrs, size_t n, uint32_t *values)
{
	return read_many(io, addrs, n, false, values);
}

int regio_read(struct regio *io, uint64_t addr, uint32_t *value)
{
	return regio_read_many(io, &addr, 1, value);
}

int regio_get(struct regio *io, uint64_t addr, uint32_t *value)
{
	return regio_get_many(io, &addr, 1, value);
}
