/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/snapshot.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "drv/cancel.h"
#include "drv/clock.h"
#include "hal/reg_priv.h"
#include "hal/snapshot_priv.h"

#define BATCH_LEAST    16u
#define BATCH_SHORT_US 25000u
#define BATCH_LONG_US  100000u

/* Reading the registers of one snapshot. */
struct taking {
	struct device *dev;
	unsigned flags;
	const struct snapshot_progress *progress;
	struct error *err;
	struct snapshot *snap;
	struct reg_op *ops;  /* SNAPSHOT_CHUNK of them */
	size_t n_ops, batch; /* gathered, and how many go in one batch */
	uint64_t seen, total;
};

int snapshot__compare(const struct regdb_ref *a, const struct regdb_ref *b)
{
	if (a->addr != b->addr)
		return a->addr < b->addr ? -1 : 1;
	return a->node < b->node ? -1 : a->node > b->node;
}

void snapshot__step(const struct snapshot_progress *progress, uint64_t done, uint64_t total)
{
	if (progress != NULL && progress->step != NULL)
		progress->step(progress->arg, done, total);
}

static int no_memory(struct error *err)
{
	return error_set(err, E_NOMEM, "out of memory");
}

static int leave_out(struct taking *t, const struct regdb_ref *ref, const char *reason)
{
	struct snapshot *snap = t->snap;
	struct snapshot_left_out *last =
		snap->n_left > 0 ? &snap->left[snap->n_left - 1] : NULL;

	if (last != NULL && last->ref.node == ref->node && last->reason == reason) {
		last->count++;
		return 0;
	}
	if (snap->n_left == snap->left_room) {
		size_t room = snap->left_room == 0 ? 64 : snap->left_room * 2;

		last = realloc(snap->left, room * sizeof(*last));
		if (last == NULL)
			return no_memory(t->err);
		snap->left = last;
		snap->left_room = room;
	}
	assert(snap->left != NULL);
	snap->left[snap->n_left++] =
		(struct snapshot_left_out){ .ref = *ref, .count = 1, .reason = reason };
	return 0;
}

/* Large batches are fast, but on a slow bus a batch should end before a person wonders. */
static int read_batch(struct taking *t)
{
	const uint64_t start_us = clock_now_us(clock_real());
	const int rc = reg_batch(t->dev, t->ops, t->n_ops, t->flags, t->err);
	const uint64_t us = clock_now_us(clock_real()) - start_us;

	if (us < BATCH_SHORT_US && t->batch < SNAPSHOT_CHUNK)
		t->batch *= 2;
	else if (us > BATCH_LONG_US && t->batch > BATCH_LEAST)
		t->batch /= 2;
	return rc;
}

/* Reads what has been gathered. */
static int flush(struct taking *t)
{
	struct snapshot *snap = t->snap;
	int rc = read_batch(t);

	if (rc != 0) {
		size_t n_read = snap->n_rows;

		for (size_t i = 0; i < t->n_ops; i++)
			n_read += t->ops[i].status == BUS_OP_DONE;
		error_prefix(t->err, "%zu registers were read", n_read);
		return rc;
	}
	for (size_t i = 0; i < t->n_ops; i++)
		snap->rows[snap->n_rows++] = (struct regsfile_row){
			.ref = t->ops[i].ref,
			.value = t->ops[i].value,
			.mask = reg_bits(0, reg__width(snap->db, t->ops[i].ref.node)),
		};
	t->n_ops = 0;
	snapshot__step(t->progress, t->seen, t->total);
	return 0;
}

static int take_register(struct taking *t, const struct regdb_ref *ref)
{
	const char *reason = reg__unreadable_ref(t->snap->db, ref, t->flags);

	if (reason != NULL)
		return leave_out(t, ref, reason);
	t->ops[t->n_ops++] = (struct reg_op){ .kind = REG_OP_READ, .ref = *ref };
	return t->n_ops < t->batch ? 0 : flush(t);
}

/* Fields of one register follow each other: it is read once. */
static int take_all(struct taking *t, const struct regset *set)
{
	struct regset_pos pos = { 0 };
	struct regset_item item;
	struct regdb_ref last = { 0 };
	int rc = 0;

	while (rc == 0 && regset_next(set, &pos, &item)) {
		if (t->seen++ == 0 || snapshot__compare(&item.ref, &last) != 0)
			rc = take_register(t, &item.ref);
		last = item.ref;
	}
	return rc == 0 ? flush(t) : rc;
}

static int compare_rows(const void *a, const void *b)
{
	return snapshot__compare(&((const struct regsfile_row *)a)->ref,
				 &((const struct regsfile_row *)b)->ref);
}

static int compare_left(const void *a, const void *b)
{
	return snapshot__compare(&((const struct snapshot_left_out *)a)->ref,
				 &((const struct snapshot_left_out *)b)->ref);
}

/* The order of the map's tree is that of addresses but for arrays that interleave. */
static void sort(struct snapshot *snap)
{
	for (size_t i = 1; i < snap->n_rows; i++)
		if (compare_rows(&snap->rows[i - 1], &snap->rows[i]) > 0) {
			qsort(snap->rows, snap->n_rows, sizeof(*snap->rows), compare_rows);
			break;
		}
}

/* An alias at the address of its original is the same register: one name is enough. */
static int leave_out_twins(struct taking *t)
{
	struct snapshot *snap = t->snap;
	size_t kept = 0;
	int rc = 0;

	sort(snap);
	for (size_t i = 0; rc == 0 && i < snap->n_rows; i++) {
		if (kept > 0 && snap->rows[kept - 1].ref.addr == snap->rows[i].ref.addr)
			rc = leave_out(t, &snap->rows[i].ref,
				       "another register has the same address");
		else
			snap->rows[kept++] = snap->rows[i];
	}
	snap->n_rows = kept;
	if (snap->n_left > 1)
		qsort(snap->left, snap->n_left, sizeof(*snap->left), compare_left);
	return rc;
}

/* What to read: a selection, or the registers of another snapshot. */
struct wanted {
	const struct regset *set;
	const struct snapshot *like;
};

static int take_wanted(struct taking *t, const struct wanted *wanted)
{
	int rc = 0;

	if (wanted->set != NULL)
		return take_all(t, wanted->set);
	for (size_t i = 0; rc == 0 && i < wanted->like->n_rows; i++) {
		t->seen++;
		rc = take_register(t, &wanted->like->rows[i].ref);
	}
	return rc == 0 ? flush(t) : rc;
}

static int take(struct taking *t, const struct wanted *wanted, struct snapshot **out)
{
	int rc;

	t->snap = calloc(1, sizeof(*t->snap));
	t->ops = calloc(SNAPSHOT_CHUNK, sizeof(*t->ops));
	t->batch = 4 * BATCH_LEAST;
	if (t->snap != NULL)
		t->snap->rows = calloc(t->total + 1, sizeof(*t->snap->rows));
	if (t->snap == NULL || t->snap->rows == NULL || t->ops == NULL) {
		rc = no_memory(t->err);
	} else {
		t->snap->db = device_map(t->dev);
		rc = take_wanted(t, wanted);
	}
	free(t->ops);
	if (rc == 0)
		rc = leave_out_twins(t);
	if (rc != 0) {
		snapshot_free(t->snap);
		return rc;
	}
	*out = t->snap;
	return 0;
}

int snapshot_take(struct device *dev, const struct regset *set, unsigned reg_flags,
		  const struct snapshot_progress *progress, struct error *err,
		  struct snapshot **out)
{
	const struct wanted wanted = { .set = set };
	struct error ignored = { 0 };
	struct taking t = {
		.dev = dev,
		.flags = reg_flags,
		.progress = progress,
		.err = err != NULL ? err : &ignored,
		.total = regset_count(set),
	};

	return take(&t, &wanted, out);
}

int snapshot_take_like(struct device *dev, const struct snapshot *like, unsigned reg_flags,
		       const struct snapshot_progress *progress, struct error *err,
		       struct snapshot **out)
{
	const struct wanted wanted = { .like = like };
	struct error ignored = { 0 };
	struct taking t = {
		.dev = dev,
		.flags = reg_flags,
		.progress = progress,
		.err = err != NULL ? err : &ignored,
		.total = like->n_rows,
	};

	return take(&t, &wanted, out);
}

int snapshot_load(const char *path, const struct regdb *db, struct error *err,
		  struct snapshot **out)
{
	struct snapshot *snap = calloc(1, sizeof(*snap));
	int rc;

	if (snap == NULL)
		return no_memory(err);
	rc = regsfile_read(path, db, err, &snap->file);
	if (rc != 0) {
		free(snap);
		return rc;
	}
	snap->db = db;
	snap->rows = snap->file->rows;
	snap->n_rows = snap->file->n_rows;
	sort(snap);
	*out = snap;
	return 0;
}

void snapshot_free(struct snapshot *snap)
{
	if (snap == NULL)
		return;
	if (snap->file == NULL)
		free(snap->rows);
	regsfile_free(snap->file);
	free(snap->left);
	free(snap);
}

static int save_left_out(const struct snapshot *snap, const struct snapshot_left_out *left,
			 FILE *out)
{
	char reason[128];

	if (left->count == 1)
		return regsfile_write_left_out(out, snap->db, &left->ref, left->reason);
	snprintf(reason, sizeof(reason), "%s, %" PRIu64 " registers from this one",
		 left->reason, left->count);
	return regsfile_write_left_out(out, snap->db, &left->ref, reason);
}

static int save_rows(const struct snapshot *snap, FILE *out)
{
	size_t left = 0;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < snap->n_rows; i++) {
		const struct regsfile_row *row = &snap->rows[i];

		if (cancel_requested())
			return E_INTR;
		while (rc == 0 && left < snap->n_left &&
		       snapshot__compare(&snap->left[left].ref, &row->ref) < 0)
			rc = save_left_out(snap, &snap->left[left++], out);
		if (rc == 0)
			rc = regsfile_write_row(out, snap->db, row);
	}
	while (rc == 0 && left < snap->n_left)
		rc = save_left_out(snap, &snap->left[left++], out);
	return rc;
}

int snapshot_save(const struct snapshot *snap, FILE *out, const char *source, const char *time,
		  struct error *err)
{
	int rc;

	errno = 0;
	rc = regsfile_write_header(out, regdb_name(snap->db), source, time);
	if (rc == 0)
		rc = save_rows(snap, out);
	if (rc == 0 && fflush(out) != 0)
		rc = E_IO;
	if (rc == 0)
		return 0;
	if (rc == E_INTR)
		return error_set(err, rc, "stopped while writing");
	return error_set(err, rc, "cannot write: %s",
			 errno != 0 ? strerror(errno) : "the stream failed");
}

size_t snapshot_n_rows(const struct snapshot *snap)
{
	return snap->n_rows;
}

const struct regsfile_row *snapshot_row(const struct snapshot *snap, size_t i)
{
	return &snap->rows[i];
}

size_t snapshot_n_left_out(const struct snapshot *snap)
{
	return snap->n_left;
}

const struct snapshot_left_out *snapshot_left_out(const struct snapshot *snap, size_t i)
{
	return &snap->left[i];
}
