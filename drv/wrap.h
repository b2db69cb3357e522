/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Safety wrappers: buses around a bus.  Each takes ownership of @inner when it succeeds (closing
 * the wrapper closes it) and leaves it alone when it fails (E_NOMEM).
 */
#ifndef DRV_WRAP_H
#define DRV_WRAP_H

#include "drv/bus.h"

struct journal_log;
struct regdb;

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

/*
 * --journal: every write is in @log with the value before it (drv/journal.h) before it is done.  The
 * value is the one that was last read or written in the same @era (what a lock is held for: nobody
 * else writes meanwhile), as long as no write that does more than store came in between; otherwise
 * it is read first, of all writes up to the next of that kind together.  Of words that @word calls
 * lost nothing is read.  A value that cannot be read is lost too, and the write goes on.  When the
 * journal cannot be written the write is not done; E_IO of its outcome comes after it was done.
 */
struct wrap_journal_word {
	const char *lost; /* why no old value can be put back; NULL: it can */
	bool stores; /* a write does nothing but store, and nothing else changes the word */
};
struct wrap_journal_ops {
	struct journal_log *log; /* must outlive the bus */
	const char *device;
	const char *map_name;
	const struct regdb *map; /* for names */
	struct wrap_journal_word (*word)(void *arg, uint64_t addr);
	const char *(*command)(void *arg);
	unsigned (*era)(void *arg);
	void *arg;
};
int wrap_journal(struct bus *inner, const struct wrap_journal_ops *ops, struct error *err,
		 struct bus **out);

/* What names the device of @bus in a journal. */
const char *wrap_journal_bus(const struct bus *bus);

#endif
