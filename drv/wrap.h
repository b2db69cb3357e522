/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Safety wrappers: buses around a bus.  Each takes ownership of @inner when it succeeds (closing
 * the wrapper closes it) and leaves it alone when it fails (E_NOMEM).
 */
#ifndef DRV_WRAP_H
#define DRV_WRAP_H

#include "drv/bus.h"

/* --read-only: a batch that holds a write is refused whole with E_POLICY, before any access. */
int wrap_readonly(struct bus *inner, struct error *err, struct bus **out);

/*
 * --dry-run: reads pass; writes go to an overlay that later reads see; waits and polls are
 * reported, not awaited (a poll succeeds with its wanted value).  @report is called for every
 * WRITE (with the value before it, read from the overlay or the device unless @peek says that
 * reading has a side effect or is impossible: then @old_known is false), DELAY and POLL.
 */
struct wrap_dryrun_ops {
	bool (*peek)(void *arg, uint64_t addr); /* may this address be read? NULL: yes */
	void (*report)(void *arg, const struct bus_op *op, uint32_t old, bool old_known);
	void *arg;
};
int wrap_dryrun(struct bus *inner, const struct wrap_dryrun_ops *ops, struct error *err,
		struct bus **out);

/*
 * --verify: after each write of a batch reads back the bits that @mask allows (0: not this
 * register) and compares; a difference is E_MISMATCH with address, written and read value, and
 * the write counts as BUS_OP_FAILED.  When the read-back itself fails it is BUS_OP_UNKNOWN.
 */
struct wrap_verify_ops {
	uint32_t (*mask)(void *arg, uint64_t addr);
	void *arg;
};
int wrap_verify(struct bus *inner, const struct wrap_verify_ops *ops, struct error *err,
		struct bus **out);

/* -v: calls @trace for every operation that was tried, after it, in order. */
struct wrap_trace_ops {
	void (*trace)(void *arg, const struct bus_op *op, int result);
	void *arg;
};
int wrap_trace(struct bus *inner, const struct wrap_trace_ops *ops, struct error *err,
	       struct bus **out);

#endif
