/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Running a batch: the checks, the marks, waits and polls, and what failed. */
#include "drv/bus_priv.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "drv/cancel.h"
#include "drv/clock.h"

static const char *kind_name(enum bus_op_kind kind)
{
	static const char *const names[] = {
		[BUS_OP_READ] = "read",
		[BUS_OP_WRITE] = "write",
		[BUS_OP_DELAY] = "delay",
		[BUS_OP_POLL] = "poll",
	};

	return names[kind];
}

int bus__fail(struct bus *bus, struct bus_op *op, enum bus_op_status status, int code,
	      const char *fmt, ...)
{
	va_list ap;
	int used;

	op->status = status;
	bus->err.code = code;
	used = snprintf(bus->err.text, sizeof(bus->err.text), "%s 0x%08" PRIx64 ": ",
			kind_name(op->kind), op->addr);
	va_start(ap, fmt);
	vsnprintf(bus->err.text + used, sizeof(bus->err.text) - (size_t)used, fmt, ap);
	va_end(ap);
	return code;
}

int bus__forward(struct bus_wrapper *wrapper, struct bus_op *ops, size_t n)
{
	uint64_t polled = wrapper->inner->polled;
	int rc = bus_xfer(wrapper->inner, ops, n);

	wrapper->bus.polled += wrapper->inner->polled - polled;
	if (rc != E_OK)
		error_copy(&wrapper->bus.err, &wrapper->inner->err);
	return rc;
}

static void mark_not_run(struct bus_op *ops, size_t n)
{
	for (size_t i = 0; i < n; i++)
		ops[i].status = BUS_OP_NOT_RUN;
}

static bool is_bad(const struct bus *bus, const struct bus_op *op)
{
	if (op->kind == BUS_OP_DELAY)
		return false;
	return op->kind > BUS_OP_POLL || op->addr % 4 != 0 ||
	       op->addr - bus->origin > bus->last;
}

/* The quick way for what most batches are; false: the ordinary way. */
static bool read_all(struct bus *bus, struct bus_op *ops, size_t n)
{
	if (bus->backend->read_all == NULL || n == 0 || cancel_requested() ||
	    !bus->backend->read_all(bus, ops, n))
		return false;
	bus->stats.reads += n;
	bus->stats.batches++;
	return true;
}

/* Why a batch was refused: the first operation that is wrong. */
static int refuse(struct bus *bus, const struct bus_op *op, size_t i)
{
	if (op->kind > BUS_OP_POLL)
		return error_set(&bus->err, E_INTERNAL,
				 "operation %zu of the batch has kind %d", i, (int)op->kind);
	if (op->addr % 4 != 0)
		return error_set(&bus->err, E_RANGE,
				 "%s 0x%08" PRIx64 ": the address is not a multiple of 4",
				 kind_name(op->kind), op->addr);
	return error_set(&bus->err, E_RANGE,
			 "%s 0x%08" PRIx64 ": outside the window 0x%08" PRIx64
			 " to 0x%08" PRIx64,
			 kind_name(op->kind), op->addr, bus->origin, bus->origin + bus->last);
}

/* Checks and counts a batch; @mixed tells whether it holds more than reads and writes. */
static int accept_batch(struct bus *bus, struct bus_op *ops, size_t n, bool *mixed)
{
	size_t number[BUS_OP_POLL + 1] = { 0 };

	for (size_t i = 0; i < n; i++) {
		if (is_bad(bus, &ops[i])) {
			mark_not_run(ops, n);
			return refuse(bus, &ops[i], i);
		}
		number[ops[i].kind]++;
	}
	bus->stats.reads += number[BUS_OP_READ];
	bus->stats.writes += number[BUS_OP_WRITE];
	bus->stats.batches++;
	*mixed = number[BUS_OP_DELAY] + number[BUS_OP_POLL] > 0;
	return E_OK;
}

int bus__timed_out(struct bus *bus, struct bus_op *op, uint32_t wanted)
{
	return bus__fail(bus, op, BUS_OP_FAILED, E_TIMEOUT,
			 "still 0x%08x after %u us (want 0x%08x, mask 0x%08x)", op->value,
			 op->time_us, wanted & op->mask, op->mask);
}

static int run_poll(struct bus *bus, struct bus_op *op)
{
	uint64_t end_us = clock_now_us(bus->clock) + op->time_us;
	uint32_t every_us = op->every_us > 0 ? op->every_us : 1;
	uint32_t wanted = op->value;
	struct bus_op read = { .kind = BUS_OP_READ, .addr = op->addr };

	for (;;) {
		uint64_t now_us = clock_now_us(bus->clock);
		int rc = bus->backend->xfer(bus, &read, 1);

		bus->polled++;
		if (rc != E_OK) {
			op->status = BUS_OP_UNKNOWN;
			return rc;
		}
		op->value = read.value;
		if (((read.value ^ wanted) & op->mask) == 0)
			break;
		if (now_us >= end_us)
			return bus__timed_out(bus, op, wanted);
		if (cancel_requested())
			return bus__fail(bus, op, BUS_OP_FAILED, E_INTR,
					 "interrupted while it was 0x%08x", op->value);
		clock_wait_us(bus->clock,
			      end_us - now_us < every_us ? end_us - now_us : every_us);
	}
	op->status = BUS_OP_DONE;
	return E_OK;
}

static int run_delay(struct bus *bus, struct bus_op *op)
{
	uint64_t end_us = clock_now_us(bus->clock) + op->time_us;

	clock_wait_us(bus->clock, op->time_us);
	if (clock_now_us(bus->clock) < end_us) {
		op->status = BUS_OP_FAILED;
		return error_set(&bus->err, E_INTR, "interrupted in a wait of %u us",
				 op->time_us);
	}
	op->status = BUS_OP_DONE;
	return E_OK;
}

/* How many operations from @ops on go to the backend in one call. */
static size_t burst_length(const struct bus *bus, const struct bus_op *ops, size_t n,
			   bool mixed)
{
	size_t burst = bus->backend->burst;
	size_t i = 0;

	if (burst > 0 && n > burst)
		n = burst;
	if (!mixed)
		return n;
	while (i < n && ops[i].kind <= BUS_OP_WRITE)
		i++;
	return i;
}

/* One stretch of a batch: a wait, a poll, or a burst for the backend; *@len operations. */
static int run_some(struct bus *bus, struct bus_op *ops, size_t *len)
{
	size_t n = *len;

	*len = 1;
	if (ops->kind == BUS_OP_DELAY)
		return run_delay(bus, ops);
	if (ops->kind == BUS_OP_POLL)
		return run_poll(bus, ops);
	*len = n;
	mark_not_run(ops, n);
	return bus->backend->xfer(bus, ops, n);
}

static int run(struct bus *bus, struct bus_op *ops, size_t n, bool mixed)
{
	size_t done = 0;

	while (done < n) {
		size_t len = burst_length(bus, ops + done, n - done, mixed);
		int rc;

		if (cancel_requested()) {
			mark_not_run(ops + done, n - done);
			return error_set(&bus->err, E_INTR,
					 "interrupted after %zu of %zu bus operations", done,
					 n);
		}
		rc = run_some(bus, ops + done, &len);
		done += len;
		if (rc != E_OK) {
			mark_not_run(ops + done, n - done);
			return rc;
		}
	}
	return E_OK;
}

int bus_xfer(struct bus *bus, struct bus_op *ops, size_t n)
{
	bool mixed = false;
	int rc;

	error_clear(&bus->err);
	if (read_all(bus, ops, n))
		return E_OK;
	rc = accept_batch(bus, ops, n, &mixed);
	if (rc != E_OK || n == 0)
		return rc;
	if (!bus->backend->whole)
		return run(bus, ops, n, mixed);
	mark_not_run(ops, n);
	return bus->backend->xfer(bus, ops, n);
}
