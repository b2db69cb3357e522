/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/reg_priv.h"
#include "hal/snapshot_priv.h"

struct comparing {
	const struct regdb *db;
	const struct snapshot *a, *b, *mask;
	size_t mask_at; /* rows of the mask before this one lie below the register */
	void (*emit)(void *arg, const struct snapshot_diff *diff);
	void *arg;
	struct snapshot_counts counts;
};

static const struct regdb_node *node_of(const struct comparing *c, const struct regdb_ref *ref)
{
	return ref->node == REGDB_NONE ? NULL : regdb_node(c->db, ref->node);
}

static bool all_volatile(const struct regdb_node *row)
{
	return row != NULL && (row->flags & REGDB_NODE_VOLATILE) != 0 &&
	       (row->m_fields & ~row->m_volatile) == 0;
}

static void emit(const struct comparing *c, const struct snapshot_diff *diff)
{
	if (c->emit != NULL)
		c->emit(c->arg, diff);
}

/* The bits of @ref that count; the registers come in the order of the mask's rows. */
static uint64_t mask_of(struct comparing *c, const struct regdb_ref *ref)
{
	const struct snapshot *mask = c->mask;

	if (mask == NULL)
		return UINT64_MAX;
	while (c->mask_at < mask->n_rows &&
	       snapshot__compare(&mask->rows[c->mask_at].ref, ref) < 0)
		c->mask_at++;
	if (c->mask_at < mask->n_rows &&
	    snapshot__compare(&mask->rows[c->mask_at].ref, ref) == 0)
		return mask->rows[c->mask_at].mask;
	return UINT64_MAX;
}

/* Unasked reads leave out the same registers each time; a file has what it has. */
static const char *left_out_reason(const struct snapshot *other, const struct regdb_ref *ref)
{
	return other->file != NULL || other->n_left == 0
		       ? NULL
		       : reg__unreadable_ref(other->db, ref, 0);
}

static void emit_one_side(struct comparing *c, const struct regsfile_row *row, bool is_a)
{
	const struct snapshot_diff diff = {
		.ref = row->ref,
		.field = REGDB_NONE,
		.width = reg__width(c->db, row->ref.node),
		.a = is_a ? row->value : 0,
		.b = is_a ? 0 : row->value,
		.only_a = is_a,
		.only_b = !is_a,
		.is_volatile = all_volatile(node_of(c, &row->ref)),
		.reason = left_out_reason(is_a ? c->b : c->a, &row->ref),
	};

	if (mask_of(c, &row->ref) == 0)
		return;
	if (is_a)
		c->counts.only_a++;
	else
		c->counts.only_b++;
	emit(c, &diff);
}

/* Two rows of one register, and its bits that differ and count. */
struct pair {
	const struct regsfile_row *a, *b;
	uint64_t bits;
	bool differs; /* in bits that are not volatile */
};

static void emit_bits(struct comparing *c, struct pair *pair, struct snapshot_diff *diff)
{
	uint64_t bits = reg_bits(diff->lsb, diff->width);

	if ((pair->bits & bits) == 0)
		return;
	diff->a = (pair->a->value & bits) >> diff->lsb;
	diff->b = (pair->b->value & bits) >> diff->lsb;
	if (diff->is_volatile) {
		c->counts.volatile_fields++;
	} else {
		c->counts.fields++;
		pair->differs = true;
	}
	emit(c, diff);
}

/* Bits [from, to) belong to no field. */
static void emit_gap(struct comparing *c, struct pair *pair, unsigned from, unsigned to)
{
	struct snapshot_diff diff = {
		.ref = pair->a->ref,
		.field = REGDB_NONE,
		.lsb = from,
		.width = to - from,
	};

	if (to > from)
		emit_bits(c, pair, &diff);
}

static void emit_fields(struct comparing *c, struct pair *pair)
{
	const struct regdb_node *row = node_of(c, &pair->a->ref);
	unsigned done = 0, width = reg__width(c->db, pair->a->ref.node);

	for (uint32_t i = 0; row != NULL && i < row->n_fields; i++) {
		const struct regdb_field *field = regdb_field(c->db, row->first_field + i);
		struct snapshot_diff diff = {
			.ref = pair->a->ref,
			.field = row->first_field + i,
			.lsb = field->lsb,
			.width = field->width,
			.is_volatile = (field->flags & REGDB_FIELD_VOLATILE) != 0,
		};

		emit_gap(c, pair, done, field->lsb);
		emit_bits(c, pair, &diff);
		if (done < field->lsb + field->width)
			done = field->lsb + field->width;
	}
	emit_gap(c, pair, done, width);
}

static void compare_register(struct comparing *c, const struct regsfile_row *a,
			     const struct regsfile_row *b)
{
	struct pair pair = { .a = a, .b = b };

	pair.bits = (a->value ^ b->value) & a->mask & b->mask & mask_of(c, &a->ref);
	c->counts.registers++;
	if (pair.bits == 0)
		return;
	emit_fields(c, &pair);
	c->counts.differing += pair.differs;
}

static void compare_all(struct comparing *c)
{
	const struct snapshot *a = c->a, *b = c->b;
	size_t i = 0, j = 0;

	while (i < a->n_rows || j < b->n_rows) {
		int order = i == a->n_rows ? 1
			    : j == b->n_rows
				    ? -1
				    : snapshot__compare(&a->rows[i].ref, &b->rows[j].ref);

		if (order == 0)
			compare_register(c, &a->rows[i++], &b->rows[j++]);
		else if (order < 0)
			emit_one_side(c, &a->rows[i++], true);
		else
			emit_one_side(c, &b->rows[j++], false);
	}
}

int snapshot_diff(const struct snapshot *a, const struct snapshot *b,
		  const struct snapshot *mask,
		  void (*callback)(void *arg, const struct snapshot_diff *diff), void *arg,
		  struct snapshot_counts *counts, struct error *err)
{
	struct comparing c = {
		.db = a->db,
		.a = a,
		.b = b,
		.mask = mask,
		.emit = callback,
		.arg = arg,
	};

	if (regdb_hash(a->db) != regdb_hash(b->db))
		return error_set(err, E_STATE, "the snapshots are of different maps, %s and %s",
				 regdb_name(a->db), regdb_name(b->db));
	compare_all(&c);
	if (counts != NULL)
		*counts = c.counts;
	return 0;
}
