/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/name.h"
#include "cli/target.h"

#define CHUNK 1024 /* items per batch: memory stays small and Ctrl-C is noticed soon */

struct reader {
	struct call *call;
	struct out_table *table;
	struct left_out left;
	bool detail; /* one whole register: text shows its fields instead of a table */
	struct regset_item items[CHUNK];
	struct reg_op ops[CHUNK];
	size_t op_of[CHUNK];
	size_t n_items, n_ops;
};

static const struct out_column table_columns[] = {
	{ "device", NULL, 0 },
	{ "path", NULL, 0 },
	{ NULL, "NAME", 0 },
	{ "address", "ADDRESS", OUT_RIGHT },
	{ "lsb", NULL, 0 },
	{ "width_bits", NULL, 0 },
	{ "value", "VALUE", OUT_RIGHT | OUT_RAW },
	{ "enumerator", "MEANING", OUT_UNLESS_EMPTY },
};

#define N_COLUMNS (sizeof(table_columns) / sizeof(table_columns[0]))

/* The same without titles: for JSON and --raw, when text shows the register in detail. */
static const struct out_column detail_columns[N_COLUMNS] = {
	{ "device", NULL, 0 },      { "path", NULL, 0 },       { NULL, NULL, 0 },
	{ "address", NULL, 0 },     { "lsb", NULL, 0 },        { "width_bits", NULL, 0 },
	{ "value", NULL, OUT_RAW }, { "enumerator", NULL, 0 },
};

static void show_detail(struct reader *r, const struct target *target,
			const struct regset_item *item, uint64_t value)
{
	struct out_record *root = out_root(r->call->out);
	const uint32_t width = item_width(target->db, item);
	char name[NAME_MAX_BYTES];

	name_of_ref(target->db, &item->ref, name, sizeof(name));
	out_say(root, OUT_STYLE_NAME, "%s%s = 0x%0*" PRIx64, target->prefix, name,
		(int)((width + 3) / 4), value);
	if (item->ref.node != REGDB_NONE && !r->call->options.json)
		fields_table(root, target->db, item->ref.node, value, UINT64_MAX);
}

static void show_item(struct reader *r, const struct target *target,
		      const struct regset_item *item, uint64_t value)
{
	const uint64_t part = item_extract(item, value);
	const bool whole = item_is_whole(target->db, item);
	const char *meaning = name_of_value(target->db, item->field, part);
	struct out_record *root = out_root(r->call->out);
	char name[NAME_MAX_BYTES];
	const char *full;

	name_of_item(target->db, item, name, sizeof(name));
	full = out_format(root, "%s%s", target->prefix, name);
	out_row(r->table, (const struct out_cell[]){
				  out_lasting(device_name(target->dev)),
				  out_lasting(full + strlen(target->prefix)),
				  out_styled(OUT_STYLE_NAME, out_lasting(full)),
				  out_hex(item->ref.addr, 32),
				  out_uint(item->lsb),
				  out_uint(item->width),
				  out_hex(part, whole ? item->width : 0),
				  meaning != NULL ? out_text(meaning) : out_null(),
			  });
	if (r->call->options.json && whole && item->ref.node != REGDB_NONE)
		fields_table(out_row_more(r->table), target->db, item->ref.node, value,
			     UINT64_MAX);
	if (r->detail)
		show_detail(r, target, item, value);
}

static bool same_register(const struct regdb_ref *a, const struct regdb_ref *b)
{
	return a->node == b->node && a->addr == b->addr;
}

/* Fields of one register share one read. */
static void add_item(struct reader *r, const struct regset_item *item)
{
	if (r->n_ops == 0 || !same_register(&r->ops[r->n_ops - 1].ref, &item->ref))
		r->ops[r->n_ops++] = (struct reg_op){ .kind = REG_OP_READ, .ref = item->ref };
	r->op_of[r->n_items] = r->n_ops - 1;
	r->items[r->n_items++] = *item;
}

/* Reads the chunk and shows what was read, also when the batch failed in the middle. */
static int run_chunk(struct reader *r, const struct target *target, struct error *err)
{
	int ret = 0;

	if (r->n_ops > 0)
		ret = reg_batch(target->dev, r->ops, r->n_ops, call_reg_flags(r->call), err);
	for (size_t i = 0; i < r->n_items; i++) {
		const struct reg_op *op = &r->ops[r->op_of[i]];

		if (op->status == BUS_OP_DONE)
			show_item(r, target, &r->items[i], op->value);
	}
	r->n_items = 0;
	r->n_ops = 0;
	return ret;
}

static int read_target(struct reader *r, const struct target *target, struct error *err)
{
	const bool many = regset_is_many(target->set) || regset_count(target->set) > 1;
	struct regset_pos pos = { 0 };
	struct regset_item item;
	int ret = 0;

	while (ret == 0 && regset_next(target->set, &pos, &item)) {
		const char *reason = many && item.ref.node != REGDB_NONE
					     ? reg_unreadable(target->db, item.ref.node,
							      call_reg_flags(r->call))
					     : NULL;

		if (reason != NULL)
			left_out_add(&r->left, target, &item.ref, 1, reason);
		else
			add_item(r, &item);
		if (r->n_items == CHUNK)
			ret = run_chunk(r, target, err);
	}
	return ret != 0 ? ret : run_chunk(r, target, err);
}

static bool is_detail(const struct target *targets, size_t n)
{
	struct regset_pos pos = { 0 };
	struct regset_item item;

	return n == 1 && regset_count(targets[0].set) == 1 &&
	       regset_next(targets[0].set, &pos, &item) && item_is_whole(targets[0].db, &item);
}

int cmd_reg_read(struct call *call, struct error *err)
{
	const size_t n = call->args.n_operands;
	struct reader *r = calloc(1, sizeof(*r));
	struct target *targets;
	int ret;

	if (r == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	ret = targets_resolve(call, err, &targets);
	if (ret != 0) {
		free(r);
		return ret;
	}
	r->call = call;
	r->left.record = out_root(call->out);
	r->detail = is_detail(targets, n);
	r->table = out_table(out_root(call->out), "registers",
			     r->detail ? detail_columns : table_columns, N_COLUMNS);
	for (size_t i = 0; ret == 0 && i < n; i++)
		ret = read_target(r, &targets[i], err);
	left_out_end(&r->left);
	if (ret == 0 && out_n_rows(r->table) == 0)
		ret = error_set(err, E_POLICY, "nothing was read; --side-effects allows it");
	targets_free(targets, n);
	free(r);
	return ret;
}
