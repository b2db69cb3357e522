/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/reg.h"

#include <inttypes.h>
#include <stdlib.h>

#include "hal/reg_priv.h"

/* Batches up to this many registers need no allocation. */
#define LOCAL_REGS 4

struct batch {
	struct device *dev;
	const struct regdb *db;
	struct bus *bus;
	unsigned flags;
	struct error *err;
};

const char *reg_unreadable(const struct regdb *db, uint32_t node, unsigned flags)
{
	const struct regdb_node *row = node == REGDB_NONE ? NULL : regdb_node(db, node);

	if (row == NULL)
		return NULL;
	if (row->width > 64)
		return "wider than 64 bits";
	if (row->m_read == 0)
		return "write-only";
	if ((row->flags & REGDB_NODE_READ_EFFECT) != 0 && (flags & REG_SIDE_EFFECTS) == 0)
		return "reading has a side effect";
	return NULL;
}

const char *reg__unreadable_ref(const struct regdb *db, const struct regdb_ref *ref,
				unsigned flags)
{
	const char *reason = reg_unreadable(db, ref->node, flags);
	struct reg_layout layout;
	struct reg_masks masks;

	if (reason != NULL || reg__width(db, ref->node) > 16)
		return reason;
	if (reg__layout(db, ref, &layout, NULL) != 0)
		return "across two words";
	reg__word_masks(db, ref, &layout, &masks);
	if (masks.onread != 0 && (flags & REG_SIDE_EFFECTS) == 0)
		return "reading a register in the same word has a side effect";
	return NULL;
}

uint64_t reg_verify_mask(const struct regdb *db, uint32_t node)
{
	const struct regdb_node *row = regdb_node(db, node);
	uint64_t mask = row->m_read & row->m_write;

	if (row->width > 64 || (row->flags & REGDB_NODE_READ_EFFECT) != 0)
		return 0;
	mask &= ~(row->m_volatile | row->m_zero | row->m_one | row->m_hazard);
	for (uint32_t i = 0; i < row->n_fields; i++) {
		const struct regdb_field *field = regdb_field(db, row->first_field + i);

		if (field->sw == REGDB_ACCESS_W1 || field->sw == REGDB_ACCESS_RW1)
			mask &= ~reg_bits(field->lsb, field->width);
	}
	return mask;
}

static int check_read(const struct batch *b, const struct reg_op *op)
{
	const char *reason = reg__unreadable_ref(b->db, &op->ref, b->flags);

	if (reason == NULL)
		return 0;
	if (reg__unreadable_ref(b->db, &op->ref, b->flags | REG_SIDE_EFFECTS) != NULL)
		return error_set(b->err, E_POLICY, "cannot be read: %s", reason);
	return error_set(b->err, E_POLICY, "%s; --side-effects allows it", reason);
}

/* A narrow register is written together with its neighbours in the word. */
static int check_narrow(const struct batch *b, const struct reg_op *op,
			const struct reg_layout *layout)
{
	struct reg_masks masks;
	bool need_read;

	if (!layout->narrow)
		return 0;
	reg__word_masks(b->db, &op->ref, layout, &masks);
	return reg__merge_check(&masks, layout->word[0].mask, b->flags, b->err, &need_read);
}

static int check_write(const struct batch *b, const struct reg_op *op,
		       const struct reg_layout *layout)
{
	unsigned width = reg__width(b->db, op->ref.node);
	struct reg_masks masks;

	reg__masks(b->db, op->ref.node, &masks);
	if (masks.write == 0)
		return error_set(b->err, E_POLICY, "read-only");
	if ((op->value & ~reg_bits(0, width)) != 0)
		return error_set(b->err, E_RANGE, "0x%" PRIx64 " does not fit its %u bits",
				 op->value, width);
	if (reg__danger_check(b->db, &op->ref, b->flags, b->err) != 0)
		return E_POLICY;
	return check_narrow(b, op, layout);
}

static int check_op(const struct batch *b, const struct reg_op *op)
{
	struct reg_layout layout;
	int rc = reg__layout(b->db, &op->ref, &layout, b->err);

	if (rc == 0)
		rc = op->kind == REG_OP_READ ? check_read(b, op) : check_write(b, op, &layout);
	return rc == 0 ? 0 : reg__named(b->db, &op->ref, b->err, rc);
}

/* One register's words; returns how many. */
static unsigned fill_words(const struct batch *b, const struct reg_op *op, struct bus_op *words)
{
	struct reg_layout layout = { 0 };

	reg__layout(b->db, &op->ref, &layout, NULL);
	for (unsigned i = 0; i < layout.n_words; i++)
		words[i] = (struct bus_op){
			.kind = op->kind == REG_OP_READ ? BUS_OP_READ : BUS_OP_WRITE,
			.addr = layout.word[i].addr,
			.value = op->kind == REG_OP_READ
					 ? 0
					 : reg__to_word(&layout.word[i], op->value),
		};
	return layout.n_words;
}

/* Takes a register's outcome from its words; returns how many those are. */
static unsigned take_words(const struct batch *b, struct reg_op *op, const struct bus_op *words)
{
	struct reg_layout layout = { 0 };
	uint64_t value = 0;

	reg__layout(b->db, &op->ref, &layout, NULL);
	op->status = reg__status(words, layout.n_words);
	if (op->kind == REG_OP_READ && op->status == BUS_OP_DONE) {
		for (unsigned i = 0; i < layout.n_words; i++)
			value |= reg__from_word(&layout.word[i], words[i].value);
		op->value = value;
	}
	return layout.n_words;
}

/* The bus's error, behind the name of the register that it hit. */
static int batch_failed(const struct batch *b, const struct reg_op *ops, size_t n, int rc)
{
	size_t i = 0;

	error_copy(b->err, bus_error(b->bus));
	if (rc == E_INTR)
		return rc;
	while (i + 1 < n && ops[i].status == BUS_OP_DONE)
		i++;
	if (n > 1 && ops[i].status == BUS_OP_NOT_RUN)
		return rc;
	return reg__named(b->db, &ops[i].ref, b->err, rc);
}

/* Registers that share no word with others, in one transfer. */
static int run_words(const struct batch *b, struct reg_op *ops, size_t n)
{
	struct bus_op local[LOCAL_REGS * REG_MAX_WORDS];
	struct bus_op *words = local;
	size_t n_words = 0, at = 0;
	int rc;

	if (n > LOCAL_REGS) {
		words = calloc(n, REG_MAX_WORDS * sizeof(*words));
		if (words == NULL)
			return error_set(b->err, E_NOMEM, "out of memory");
	}
	for (size_t i = 0; i < n; i++)
		n_words += fill_words(b, &ops[i], &words[n_words]);
	rc = bus_xfer(b->bus, words, n_words);
	for (size_t i = 0; i < n; i++)
		at += take_words(b, &ops[i], &words[at]);
	if (words != local)
		free(words);
	return rc == 0 ? 0 : batch_failed(b, ops, n, rc);
}

static int write_narrow(const struct batch *b, struct reg_op *op)
{
	struct reg_change change = { .ref = op->ref };
	struct reg_masks masks;
	int rc;

	reg__masks(b->db, op->ref.node, &masks);
	change.mask = masks.write;
	change.value = op->value & masks.write;
	rc = reg_set(b->dev, &change, 1, b->flags, b->err);
	op->status = change.status;
	return rc;
}

static bool is_narrow_write(const struct batch *b, const struct reg_op *op)
{
	return op->kind == REG_OP_WRITE && reg__width(b->db, op->ref.node) <= 16;
}

static int run_all(const struct batch *b, struct reg_op *ops, size_t n)
{
	size_t from = 0;
	int rc = 0;

	while (rc == 0 && from < n) {
		size_t to = from;

		while (to < n && !is_narrow_write(b, &ops[to]))
			to++;
		if (to > from)
			rc = run_words(b, &ops[from], to - from);
		else
			rc = write_narrow(b, &ops[to++]);
		from = to;
	}
	return rc;
}

int reg_batch(struct device *dev, struct reg_op *ops, size_t n, unsigned flags,
	      struct error *err)
{
	struct error ignored = { 0 };
	struct batch b = {
		.dev = dev,
		.db = device_map(dev),
		.flags = flags,
		.err = err != NULL ? err : &ignored,
	};
	int rc = 0;

	for (size_t i = 0; i < n; i++)
		ops[i].status = BUS_OP_NOT_RUN;
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = check_op(&b, &ops[i]);
	if (rc == 0 && n > 0)
		rc = device_bus(dev, b.err, &b.bus);
	return rc == 0 ? run_all(&b, ops, n) : rc;
}

int reg_read(struct device *dev, const struct regdb_ref *ref, unsigned flags, struct error *err,
	     uint64_t *value)
{
	struct reg_op op = { .kind = REG_OP_READ, .ref = *ref };
	int rc = reg_batch(dev, &op, 1, flags, err);

	if (rc == 0)
		*value = op.value;
	return rc;
}

int reg_write(struct device *dev, const struct regdb_ref *ref, uint64_t value, unsigned flags,
	      struct error *err)
{
	struct reg_op op = { .kind = REG_OP_WRITE, .ref = *ref, .value = value };

	return reg_batch(dev, &op, 1, flags, err);
}
