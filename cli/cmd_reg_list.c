/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
	{ "path", NULL, 0 },
	{ NULL, "REGISTER", OUT_RAW },
	{ "count", "COUNT", OUT_RIGHT },
	{ "address", "ADDRESS", OUT_RIGHT },
	{ "width_bits", "BITS", OUT_RIGHT },
	{ "access", "ACCESS", 0 },
	{ "reset", "RESET", OUT_RIGHT | OUT_UNLESS_EMPTY },
	{ "description", "DESCRIPTION", OUT_UNLESS_EMPTY | OUT_SPARE },
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
	const char *name = out_format(out_root(l->call->out), "%s%s", l->target.prefix, path);
	char access[96];

	name_of_node_access(node, access, sizeof(access));
	out_row(l->table,
		(const struct out_cell[]){
			out_lasting(device_name(l->target.dev)),
			out_lasting(name + strlen(l->target.prefix)),
			out_styled(OUT_STYLE_NAME, out_lasting(name)),
			out_uint(n),
			out_hex(ref->addr, 32),
			out_uint(node->width),
			out_text(access),
			node->m_known != 0 ? out_hex(node->reset, node->width) : out_null(),
			desc[0] != '\0' ? out_lasting(desc) : out_null(),
		});
}

/* The next register: the fields of one that a pattern selects count once. */
static bool next_register(const struct lister *l, struct regset_pos *pos,
			  struct regset_item *item)
{
	const struct regdb_ref last = item->ref;

	while (regset_next(l->target.set, pos, item))
		if (item->ref.node != REGDB_NONE &&
		    (item->ref.node != last.node || item->ref.addr != last.addr))
			return true;
	return false;
}

static int list_expanded(struct lister *l)
{
	struct regset_item item = { .ref.node = REGDB_NONE };
	struct regset_pos pos = { 0 };
	char path[NAME_MAX_BYTES];

	while (next_register(l, &pos, &item)) {
		name_of_ref(l->target.db, &item.ref, path, sizeof(path));
		show(l, &item.ref, path, 1);
	}
	return 0;
}

static int list_folded(struct lister *l, struct error *err)
{
	const uint32_t n_nodes = regdb_n_nodes(l->target.db);
	struct regset_item item = { .ref.node = REGDB_NONE };
	struct regset_pos pos = { 0 };
	char path[NAME_MAX_BYTES];

	l->selections = calloc(n_nodes, sizeof(*l->selections));
	l->order = calloc(n_nodes, sizeof(*l->order));
	if (l->selections == NULL || l->order == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	while (next_register(l, &pos, &item))
		select_item(l, &item);
	for (uint32_t i = 0; i < l->n_order; i++) {
		const struct selection *sel = &l->selections[l->order[i]];

		selection_path(sel, l->target.db, path, sizeof(path));
		show(l, &sel->first, path, sel->n);
	}
	return 0;
}

/* A bare name that is no register may be a field: "SPEED_SEL" means "*.SPEED_SEL" then. */
static int resolve(struct lister *l, const char *pattern, struct error *err)
{
	const unsigned flags = REGPATH_PATTERN | REGPATH_FIELD;
	int ret = target_resolve(l->call, pattern, flags, err, &l->target);
	char field[128];

	if (ret != E_NOTFOUND || strpbrk(pattern, ":./*?[") != NULL)
		return ret;
	snprintf(field, sizeof(field), "*.%s", pattern);
	return target_resolve(l->call, field, flags, NULL, &l->target) == 0 ? 0 : ret;
}

static int list_one(struct lister *l, const char *pattern, struct error *err)
{
	int ret = resolve(l, pattern, err);

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
