/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>

#include "hal/reg_priv.h"
#include "hal/snapshot_priv.h"

struct restoring {
	struct device *dev;
	const struct regdb *db;
	const struct snapshot *snap;
	unsigned flags;
	const struct snapshot_progress *progress;
	struct error *err;
	struct reg_op *ops; /* reads, then the writes that they call for */
	uint64_t *masks;    /* bits to restore of each op */
	uint64_t *values;   /* what the snapshot has, of each op */
	size_t n_ops, n_writes;
	struct snapshot_restored result;
};

/*
 * The bits of a row that can be put back: software writes them, nothing else changes them, and a
 * write of them does nothing but store.
 */
static uint64_t stored_bits(const struct regdb *db, const struct regsfile_row *row,
			    const struct reg_masks *masks)
{
	uint64_t bits =
		masks->read & masks->write & ~(masks->zero | masks->one | masks->hazard);

	if (row->ref.node != REGDB_NONE)
		bits &= ~regdb_node(db, row->ref.node)->m_volatile;
	return bits & row->mask;
}

static const char *why_nothing_is_stored(const struct regdb *db, const struct regsfile_row *row,
					 const struct reg_masks *masks)
{
	uint64_t written = masks->write & row->mask;

	if (written == 0)
		return "read-only";
	if (row->ref.node != REGDB_NONE &&
	    (written & ~regdb_node(db, row->ref.node)->m_volatile) == 0)
		return "hardware writes it";
	return "a write does more than store";
}

/* Why a row is skipped; NULL: @bits of it are restored. */
static const char *skip_reason(const struct regdb *db, const struct regsfile_row *row,
			       unsigned flags, uint64_t *bits)
{
	const char *unreadable = reg__unreadable_ref(db, &row->ref, flags);
	struct reg_layout layout;
	struct reg_masks masks;
	bool need_read;

	if (unreadable != NULL)
		return unreadable;
	if (reg__layout(db, &row->ref, &layout, NULL) != 0)
		return "not in whole words";
	reg__masks(db, row->ref.node, &masks);
	*bits = stored_bits(db, row, &masks);
	if (*bits == 0)
		return why_nothing_is_stored(db, row, &masks);
	if (reg__merge_check(&masks, *bits, flags, NULL, &need_read) != 0)
		return "a write does more than store";
	return NULL;
}

const char *snapshot_restore_skips(const struct snapshot *snap, size_t i, unsigned reg_flags)
{
	uint64_t bits;

	return skip_reason(snap->db, &snap->rows[i], reg_flags, &bits);
}

static void choose(struct restoring *r)
{
	for (size_t i = 0; i < r->snap->n_rows; i++) {
		const struct regsfile_row *row = &r->snap->rows[i];
		uint64_t bits;

		if (skip_reason(r->db, row, r->flags, &bits) != NULL) {
			r->result.skipped++;
			continue;
		}
		r->ops[r->n_ops] = (struct reg_op){ .kind = REG_OP_READ, .ref = row->ref };
		r->masks[r->n_ops] = bits;
		r->values[r->n_ops++] = row->value;
	}
}

/* Runs the first @n operations in chunks; those that were not reached end as NOT_RUN. */
static int run(const struct restoring *r, size_t n)
{
	int rc = 0;

	for (size_t i = 0; i < n; i++)
		r->ops[i].status = BUS_OP_NOT_RUN;
	for (size_t from = 0; rc == 0 && from < n;) {
		size_t to = n - from < SNAPSHOT_CHUNK ? n : from + SNAPSHOT_CHUNK;

		rc = reg_batch(r->dev, &r->ops[from], to - from, r->flags, r->err);
		from = to;
		if (rc == 0)
			snapshot__step(r->progress, to, n);
	}
	return rc;
}

static void count_writes(struct restoring *r)
{
	struct snapshot_restored *result = &r->result;

	for (size_t i = 0; i < r->n_writes; i++) {
		switch (r->ops[i].status) {
		case BUS_OP_DONE:
			result->written++;
			break;
		case BUS_OP_NOT_RUN:
			result->not_run++;
			break;
		case BUS_OP_FAILED:
			result->failed++;
			result->stopped_at = r->ops[i].ref;
			break;
		case BUS_OP_UNKNOWN:
			result->unknown++;
			result->stopped_at = r->ops[i].ref;
			break;
		}
	}
}

/* Turns the reads into the writes of what differs. */
static int plan_writes(struct restoring *r)
{
	for (size_t i = 0; i < r->n_ops; i++) {
		struct reg_op op = r->ops[i];
		int rc;

		if (((op.value ^ r->values[i]) & r->masks[i]) == 0) {
			r->result.equal++;
			continue;
		}
		rc = reg__danger_check(r->db, &op.ref, r->flags, r->err);
		if (rc != 0)
			return reg__named(r->db, &op.ref, r->err, rc);
		op.kind = REG_OP_WRITE;
		op.value = reg_set_value(r->db, &op.ref, op.value, r->masks[i],
					 r->values[i] & r->masks[i]);
		r->ops[r->n_writes++] = op;
	}
	return 0;
}

static int restore(struct restoring *r)
{
	int rc;

	choose(r);
	rc = run(r, r->n_ops);
	if (rc != 0) {
		error_prefix(r->err, "nothing was written");
		return rc;
	}
	rc = plan_writes(r);
	if (rc != 0)
		return rc;
	rc = run(r, r->n_writes);
	count_writes(r);
	if (rc != 0)
		reg__prefix_written(r->dev, (size_t)r->result.written, r->n_writes, r->err);
	return rc;
}

int snapshot_restore(struct device *dev, const struct snapshot *snap, unsigned reg_flags,
		     const struct snapshot_progress *progress, struct snapshot_restored *result,
		     struct error *err)
{
	struct error ignored = { 0 };
	struct restoring r = {
		.dev = dev,
		.db = device_map(dev),
		.snap = snap,
		.flags = reg_flags,
		.progress = progress,
		.err = err != NULL ? err : &ignored,
		.ops = calloc(snap->n_rows + 1, sizeof(*r.ops)),
		.masks = calloc(snap->n_rows + 1, sizeof(*r.masks)),
		.values = calloc(snap->n_rows + 1, sizeof(*r.values)),
	};
	int rc;

	if (r.ops == NULL || r.masks == NULL || r.values == NULL)
		rc = error_set(r.err, E_NOMEM, "out of memory");
	else
		rc = device_lease(dev, "a restore", r.err);
	if (rc == 0) {
		rc = restore(&r);
		device_release(dev);
	}
	free(r.ops);
	free(r.masks);
	free(r.values);
	if (result != NULL)
		*result = r.result;
	return rc;
}
