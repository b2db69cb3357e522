/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Snapshots: many registers read at once, kept, compared by field, written back.
 */
#ifndef HAL_SNAPSHOT_H
#define HAL_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "drv/error.h"
#include "hal/device.h"
#include "regmaps/regdb/regpath.h"
#include "regmaps/regdb/regsfile.h"

struct snapshot;

/* Progress of long work: called now and then with what is done; NULL: not wanted. */
struct snapshot_progress {
	void (*step)(void *arg, uint64_t done, uint64_t total);
	void *arg;
};

/*
 * Reads what @set selects, in large batches.  Registers that reg_unreadable() names are skipped
 * and kept in the list of left-out ones.  E_INTR and bus failures say how far it came.
 */
int snapshot_take(struct device *dev, const struct regset *set, unsigned reg_flags,
		  const struct snapshot_progress *progress, struct error *err,
		  struct snapshot **out);
/* The same for the registers that @like has, a snapshot of the same map. */
int snapshot_take_like(struct device *dev, const struct snapshot *like, unsigned reg_flags,
		       const struct snapshot_progress *progress, struct error *err,
		       struct snapshot **out);

/* From a .regs file (map given). */
int snapshot_load(const char *path, const struct regdb *db, struct error *err,
		  struct snapshot **out);
void snapshot_free(struct snapshot *snap);

/* Writes the .regs format: header, rows, left-out registers as comments.  E_IO, E_INTR. */
int snapshot_save(const struct snapshot *snap, FILE *out, const char *source, const char *time,
		  struct error *err);

size_t snapshot_n_rows(const struct snapshot *snap);
const struct regsfile_row *snapshot_row(const struct snapshot *snap, size_t i);

/* Registers that were not read; a run of elements of one register is one entry. */
struct snapshot_left_out {
	struct regdb_ref ref; /* the first */
	uint64_t count;
	const char *reason; /* static text of reg_unreadable() */
};
size_t snapshot_n_left_out(const struct snapshot *snap);
const struct snapshot_left_out *snapshot_left_out(const struct snapshot *snap, size_t i);

/* One difference: a field (or bits of no field: field == REGDB_NONE), or a register that only
 * one side has. */
struct snapshot_diff {
	struct regdb_ref ref;
	uint32_t field;
	uint32_t lsb, width;
	uint64_t a, b; /* field values */
	bool only_a, only_b;
	bool is_volatile; /* hardware writes it: expected to differ */
	/* With only_a or only_b: why the other side, read from a device, left it out; or NULL. */
	const char *reason;
};

/*
 * Compares two snapshots of one map by field, calling @emit for each difference in address
 * order.  @mask (may be NULL) is a snapshot loaded from a mask file: only bits in its masks
 * count, registers it does not list count whole.  @emit and @counts may be NULL.  E_STATE: the
 * snapshots are of different maps.
 */
struct snapshot_counts {
	uint64_t registers;       /* that both have */
	uint64_t differing;       /* of them, in bits that hardware does not write */
	uint64_t fields;          /* that differ; bits of no field count as one */
	uint64_t volatile_fields; /* that differ, not counted in fields */
	uint64_t only_a, only_b;  /* registers */
};
int snapshot_diff(const struct snapshot *a, const struct snapshot *b,
		  const struct snapshot *mask,
		  void (*emit)(void *arg, const struct snapshot_diff *diff), void *arg,
		  struct snapshot_counts *counts, struct error *err);

/*
 * Writes a snapshot back: reads what the device has, then writes only registers that differ, in
 * the order of addresses.  Bits that hardware writes are not compared and not restored;
 * write-one-to-clear and one-shot bits are written as neutral.  Skipped: registers without a bit
 * to restore, registers that cannot be read unasked, and those in which a write does more than
 * store.  Of a row with a mask only the masked bits are restored.  E_POLICY before anything is
 * written: one that differs is dangerous.  The result tells what became of the registers, also
 * on failure; the text too says what was applied.
 */
struct snapshot_restored {
	uint64_t written, equal, skipped;
	/* On failure, of those that were to be written; at most one failed or is unknown. */
	uint64_t failed, unknown, not_run;
	struct regdb_ref stopped_at; /* with failed or unknown: that one */
};
int snapshot_restore(struct device *dev, const struct snapshot *snap, unsigned reg_flags,
		     const struct snapshot_progress *progress, struct snapshot_restored *result,
		     struct error *err);

/* Why row @i would be skipped, in plain words; NULL: it would be restored. */
const char *snapshot_restore_skips(const struct snapshot *snap, size_t i, unsigned reg_flags);

#endif
