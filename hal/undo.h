/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Taking back what a journal (drv/journal.h) tells: every write that happened or may have happened
 * and was not undone yet, the last one first, step by step, so that a sequence that stopped a port
 * before changing it is gone through backwards.  Only bits that can be put back are; of others and
 * of those that somebody changed since it tells.
 */
#ifndef HAL_UNDO_H
#define HAL_UNDO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/journal.h"
#include "hal/board.h"

enum undo_state {
	UNDO_PENDING,  /* to be put back; after undo_run(): it did not come to that */
	UNDO_RESTORED, /* was put back */
	UNDO_EQUAL,    /* nothing to do: it has its old value */
	UNDO_LOST,     /* cannot be put back, @reason tells why */
	UNDO_CHANGED,  /* has neither the value that the journal left nor the one before it */
	UNDO_DIFFERS,  /* was put back, but reads otherwise */
};

/* A word that was written, and what became of it. */
struct undo_word {
	struct device *dev;
	uint64_t addr;
	enum undo_state state;
	/* LOST: why; else why a part of its writes cannot be taken back, or NULL. */
	const char *reason;
	size_t n_writes; /* that the journal has */
	bool written;    /* by undo_run() */
	uint32_t mask;   /* bits that can be put back */
	uint32_t before; /* unless lost: what it had before the first write */
	uint32_t left;   /* what the last write left */
	uint32_t now;    /* unless lost: what it has, as was last seen */
};

struct undo;

/*
 * Finds the devices of @journal (borrowed) on @board and reads what they have now; writes nothing.
 * E_NOTFOUND: a device is not on the board; E_MISMATCH: it has another map, or another bus unless
 * @force.  With @force, words that were changed since are put back too.  Frees with undo_free().
 */
int undo_plan(const struct board *board, const struct journal *journal, bool force,
	      struct error *err, struct undo **out);
void undo_free(struct undo *undo); /* NULL is allowed */

/* In the order of their first write; owned by @undo. */
size_t undo_words(const struct undo *undo, const struct undo_word **words);

/* The first word marked dangerous that is to be written; NULL: none. */
const struct undo_word *undo_first_dangerous(const struct undo *undo);

/*
 * Does it, telling @log (NULL: a dry run) before and after; then reads everything back.  Stops at
 * the first failure with the error of the bus; what had been done is in the journal, and the rest
 * is done by doing it all again.
 */
int undo_run(struct undo *undo, struct journal_log *log, struct error *err);

#endif
