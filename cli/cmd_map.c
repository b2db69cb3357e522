/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/mapuse.h"
#include "cli/name.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

struct totals {
	uint64_t registers, fields, read_effects, dangerous, memories;
};

static struct totals totals_of(const struct regdb *db)
{
	struct totals sum = { .fields = regdb_n_fields(db) };

	for (uint32_t i = 0; i < regdb_n_nodes(db); i++) {
		const struct regdb_node *node = regdb_node(db, i);

		sum.registers += node->kind == REGDB_REG;
		sum.memories += node->kind == REGDB_MEM;
		if (node->kind != REGDB_REG)
			continue;
		sum.read_effects += (node->flags & REGDB_NODE_READ_EFFECT) != 0;
		sum.dangerous += (node->flags & REGDB_NODE_DANGEROUS) != 0;
	}
	return sum;
}

static const char *hash_text(struct out_record *record, const struct regdb *db)
{
	return out_format(record, "%016" PRIx64, regdb_hash(db));
}

int cmd_map_list(struct call *call, struct error *err)
{
	static const struct out_column columns[] = {
		{ "name", "MAP", OUT_RAW },
		{ "n_registers", "REGISTERS", OUT_RIGHT },
		{ "n_instances", "INSTANCES", OUT_RIGHT },
		{ "n_fields", "FIELDS", OUT_RIGHT },
		{ "hash", "HASH", 0 },
		{ "description", "DESCRIPTION", OUT_UNLESS_EMPTY | OUT_SPARE },
	};
	struct out_record *root = out_root(call->out);
	struct out_table *table = out_table(root, "maps", columns, COUNT(columns));
	const char *name;

	for (size_t i = 0; (name = regdb_builtin_name(i)) != NULL; i++) {
		struct regdb *db;
		struct totals sum;
		int ret = regdb_open_builtin(name, err, &db);

		if (ret != 0)
			return ret;
		sum = totals_of(db);
		out_row(table, (const struct out_cell[]){
				       out_styled(OUT_STYLE_NAME, out_text(name)),
				       out_uint(sum.registers),
				       out_uint(regdb_n_instances(db)),
				       out_uint(sum.fields),
				       out_text(hash_text(root, db)),
				       out_text(regdb_str(db, regdb_node(db, 0)->desc)),
			       });
		regdb_close(db);
	}
	return 0;
}

static void blocks_table(struct out_record *root, const struct regdb *db)
{
	static const struct out_column columns[] = {
		{ "name", "BLOCK", 0 },
		{ "kind", "KIND", 0 },
		{ "count", "COUNT", OUT_RIGHT },
		{ "address", "ADDRESS", OUT_RIGHT },
		{ "size_bytes", "BYTES", OUT_RIGHT },
		{ "stride_bytes", "STRIDE", OUT_RIGHT | OUT_UNLESS_EMPTY },
		{ "description", "DESCRIPTION", OUT_UNLESS_EMPTY | OUT_SPARE },
	};
	struct out_table *table = out_table(root, "blocks", columns, COUNT(columns));
	const struct regdb_node *top = regdb_node(db, 0);

	for (uint32_t i = top->first_child; i < top->first_child + top->n_children; i++) {
		const struct regdb_node *node = regdb_node(db, i);

		out_row(table,
			(const struct out_cell[]){
				out_styled(OUT_STYLE_NAME, out_text(regdb_str(db, node->name))),
				out_text(name_of_kind(node->kind)),
				out_uint(node->count),
				out_hex(top->offset + node->offset, 32),
				out_uint(node->size),
				node->n_dims > 0 ? out_uint(node->stride) : out_null(),
				out_text(regdb_str(db, node->desc)),
			});
	}
}

static void info(struct out_record *root, const struct regdb *db)
{
	const struct totals sum = totals_of(db);
	const struct regdb_node *top = regdb_node(db, 0);
	const char *title = regdb_str(db, top->title), *desc = regdb_str(db, top->desc);

	out_add(root, "name", "map", out_text(regdb_name(db)));
	out_add(root, "title", title[0] != '\0' ? "name" : NULL, out_text(title));
	out_add(root, "description", desc[0] != '\0' ? "description" : NULL, out_text(desc));
	out_add(root, "hash", "hash", out_text(hash_text(root, db)));
	out_add(root, "window_origin", "window origin", out_hex(regdb_origin(db), 32));
	out_add(root, "window_bytes", "window bytes", out_uint(regdb_window(db)));
	out_add(root, "database_bytes", "database bytes", out_uint(regdb_blob_size(db)));
	out_add(root, "n_registers", "registers", out_uint(sum.registers));
	out_add(root, "n_instances", "instances", out_uint(regdb_n_instances(db)));
	out_add(root, "n_fields", "fields", out_uint(sum.fields));
	out_add(root, "n_memories", "memories", out_uint(sum.memories));
	out_add(root, "n_read_effects", "with read effects", out_uint(sum.read_effects));
	out_add(root, "n_dangerous", "dangerous", out_uint(sum.dangerous));
	blocks_table(root, db);
}

int cmd_map_info(struct call *call, struct error *err)
{
	struct regdb *db = NULL;
	struct board *board;
	int ret;

	if (call->args.n_operands == 0) {
		ret = session_board(call->session, err, &board);
		if (ret == 0)
			info(out_root(call->out), device_map(board_device_at(board, 0)));
		return ret;
	}
	ret = mapuse_open(call, call->args.operands[0], err, &db);
	if (ret != 0)
		return ret;
	info(out_root(call->out), db);
	regdb_close(db);
	return 0;
}
