/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include <stdlib.h>

#include "cli/name.h"
#include "cli/select.h"
#include "cli/target.h"

enum { OPT_EXPAND = OPT_COMMAND };

const struct arg_spec reg_list_options[] = {
	{ "expand", 'x', OPT_EXPAND, NULL, "every element of an array on its own line", 0 },
	{ 0 },
};

struct lister {
	struct call *call;
	struct target target;
	struct out_table *table;
	struct selection *selections; /* by node */
	uint32_t *order;              /* nodes as they were met */
	uint32_t n_order;
};

static const struct out_column columns[] = {
	{ "device", NULL, 0 },
	{ "path", NULL, OUT_RAW },
	{ NULL, "REGISTER", 0 },
	{ "count", "COUNT", OUT_RIGHT },
	{ "address", "ADDRESS", OUT_RIGHT },
	{ "width_bits", "BITS", OUT_RIGHT },
	{ "access", "ACCESS", 0 },
	{ "reset", "RESET", OUT_RIGHT | OUT_UNLESS_EMPTY },
	{ "description", "DESCRIPTION", OUT_UNLESS_EMPTY },
};

static void select_item(struct lister *l, const struct regset_item *item)
{
	struct selection *sel = &l->selections[item->ref.node];

	if (sel->n == 0)
		l->order[l->n_order++] = item->ref.node;
	selection_add(sel, &item->ref);
}

static void show(struct lister *l, const struct regdb_ref *ref, const char *path, uint64_t n)
{
	const struct regdb *db = l->target.db;
	const struct regdb_node *node = regdb_node(db, ref->node);
	const char *desc = regdb_str(db, node->desc);
	char access[96];

	name_of_node_access(node, access, sizeof(access));
	out_row(l->table,
		(const struct out_cell[]){
			out_text(device_name(l->target.dev)),
			out_text(path),
			out_styled(OUT_STYLE_NAME,
				   out_text(out_format(out_root(l->call->out), "%s%s",
						       l->target.prefix, path))),
			out_uint(n),
			out_hex(ref->addr, 32),
			out_uint(node->width),
			out_text(access),
			node->m_known != 0 ? out_hex(node->reset, node->width) : out_null(),
			desc[0] != '\0' ? out_text(desc) : out_null(),
		});
}

static int list_expanded(struct lister *l)
{
	struct regset_pos pos = { 0 };
	struct regset_item item;
	char path[NAME_MAX_BYTES];

	while (regset_next(l->target.set, &pos, &item)) {
		if (item.ref.node == REGDB_NONE)
			continue;
		name_of_ref(l->target.db, &item.ref, path, sizeof(path));
		show(l, &item.ref, path, 1);
	}
	return 0;
}

static int list_folded(struct lister *l, struct error *err)
{
	const uint32_t n_nodes = regdb_n_nodes(l->target.db);
	struct regset_pos pos = { 0 };
	struct regset_item item;
	char path[NAME_MAX_BYTES];

	l->selections = calloc(n_nodes, sizeof(*l->selections));
	l->order = calloc(n_nodes, sizeof(*l->order));
	if (l->selections == NULL || l->order == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	while (regset_next(l->target.set, &pos, &item))
		if (item.ref.node != REGDB_NONE)
			select_item(l, &item);
	for (uint32_t i = 0; i < l->n_order; i++) {
		const struct selection *sel = &l->selections[l->order[i]];

		selection_path(sel, l->target.db, path, sizeof(path));
		show(l, &sel->first, path, sel->n);
	}
	return 0;
}

static int list_one(struct lister *l, const char *pattern, struct error *err)
{
	int ret = target_resolve(l->call, pattern, REGPATH_PATTERN, err, &l->target);

	if (ret != 0)
		return ret;
	l->n_order = 0;
	ret = args_has(&l->call->args, OPT_EXPAND) ? list_expanded(l) : list_folded(l, err);
	free(l->selections);
	free(l->order);
	l->selections = NULL;
	l->order = NULL;
	target_fini(&l->target);
	return ret;
}

int cmd_reg_list(struct call *call, struct error *err)
{
	struct lister l = { .call = call };
	int ret = 0;

	l.table = out_table(out_root(call->out), "registers", columns,
			    sizeof(columns) / sizeof(columns[0]));
	if (call->args.n_operands == 0)
		return list_one(&l, "*", err);
	for (size_t i = 0; ret == 0 && i < call->args.n_operands; i++)
		ret = list_one(&l, call->args.operands[i], err);
	return ret;
}
