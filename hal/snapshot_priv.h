/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between the files that take, compare and restore snapshots. */
#ifndef HAL_SNAPSHOT_PRIV_H
#define HAL_SNAPSHOT_PRIV_H

#include "hal/snapshot.h"

/* Registers per transfer: large enough to cost nothing, small enough to show progress. */
#define SNAPSHOT_CHUNK 4096u

struct snapshot {
	const struct regdb *db;
	struct regsfile *file;     /* loaded: owns the rows; else NULL */
	struct regsfile_row *rows; /* sorted by snapshot__compare() */
	size_t n_rows;
	struct snapshot_left_out *left; /* sorted too */
	size_t n_left, left_room;
};

/* By address, then node: -1, 0, 1. */
int snapshot__compare(const struct regdb_ref *a, const struct regdb_ref *b);

void snapshot__step(const struct snapshot_progress *progress, uint64_t done, uint64_t total);

#endif
