/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include <inttypes.h>
#include <stdio.h>

#include "cli/name.h"
#include "cli/select.h"
#include "cli/target.h"

/* What `reg info` is about: one register or field, and a value to decode. */
struct info {
	struct call *call;
	const struct target *target;
	const struct regdb *db;
	struct regset_item item; /* the first that the name selects */
	bool has_value;
	uint64_t value; /* of the register */
};

static const char *text_or_null(const struct regdb *db, uint32_t str)
{
	const char *text = regdb_str(db, str);

	return text[0] != '\0' ? text : NULL;
}

static void put_text(struct out_record *record, const char *key, const char *title,
		     const char *text)
{
	out_add(record, key, text != NULL ? title : NULL, out_text(text));
}

/* User-defined properties, as the description has them; of the register, or of a field. */
static void props_rows(struct out_table *table, const struct regdb *db, const char *field,
		       const struct regdb_prop *prop)
{
	out_row(table, (const struct out_cell[]){
			       out_lasting(regdb_str(db, prop->name)),
			       out_lasting(field),
			       prop->text != REGDB_NONE ? out_lasting(regdb_str(db, prop->text))
							: out_uint(prop->number),
		       });
}

static void props_table(const struct info *info, struct out_record *record)
{
	static const struct out_column columns[] = {
		{ "name", "PROPERTY", 0 },
		{ "field", "FIELD", OUT_UNLESS_EMPTY },
		{ "value", "VALUE", 0 },
	};
	const struct regdb *db = info->db;
	const struct regdb_node *node = regdb_node(db, info->item.ref.node);
	struct out_table *table = out_table(record, "properties", columns, 3);

	for (uint32_t i = 0; i < node->n_props; i++)
		props_rows(table, db, NULL, regdb_prop(db, node->first_prop + i));
	for (uint32_t f = node->first_field; f < node->first_field + node->n_fields; f++) {
		const struct regdb_field *field = regdb_field(db, f);

		for (uint32_t i = 0; i < field->n_props; i++)
			props_rows(table, db, regdb_str(db, field->name),
				   regdb_prop(db, field->first_prop + i));
	}
}

/* The elements that the name selects, in one path. */
static void selected_path(const struct info *info, char *buf, size_t size)
{
	struct selection sel = { 0 };
	struct regset_pos pos = { 0 };
	struct regset_item item;

	while (regset_next(info->target->set, &pos, &item))
		selection_add(&sel, &item.ref);
	selection_path(&sel, info->db, buf, size);
}

static void register_members(const struct info *info, struct out_record *root)
{
	const struct regdb_node *node = regdb_node(info->db, info->item.ref.node);
	const uint64_t n = regset_count(info->target->set);
	char name[NAME_MAX_BYTES], access[96];

	selected_path(info, name, sizeof(name));
	name_of_node_access(node, access, sizeof(access));
	out_say(root, OUT_STYLE_NAME, "%s%s", info->target->prefix, name);
	out_add(root, "device", NULL, out_lasting(device_name(info->target->dev)));
	out_add(root, "path", NULL, out_text(name));
	out_add(root, "kind", NULL, out_text(name_of_kind(node->kind)));
	put_text(root, "title", "name", text_or_null(info->db, node->title));
	put_text(root, "description", "description", text_or_null(info->db, node->desc));
	out_add(root, "address", "address", out_hex(info->item.ref.addr, 32));
	out_add(root, "count", NULL, out_uint(n));
	out_add(root, "width_bits", "width in bits", out_uint(node->width));
	out_add(root, "access", "access", out_text(access));
	if (node->m_known != 0 && node->width <= 64)
		out_add(root, "reset", "reset", out_hex(node->reset, node->width));
	else
		out_add(root, "reset", NULL, out_null());
	out_add(root, "reset_known_mask", NULL, out_hex(node->m_known, node->width));
	if (info->has_value)
		out_add(root, "value", "value", out_hex(info->value, node->width));
}

static void enumerators_of(struct out_table *table, const struct regdb *db,
			   const struct regdb_field *field)
{
	for (uint32_t i = field->first_enum; i < field->first_enum + field->n_enums; i++) {
		const struct regdb_enum *row = regdb_enumerator(db, i);
		const char *desc = text_or_null(db, row->desc);

		out_row(table,
			(const struct out_cell[]){
				out_lasting(regdb_str(db, field->name)),
				out_hex(row->value, 0),
				out_lasting(regdb_str(db, row->name)),
				out_text(desc != NULL ? desc : text_or_null(db, row->title)),
			});
	}
}

/* Enumerators in a table of their own: in text after the fields, in JSON beside them. */
static void enumerators_table(const struct info *info, struct out_record *root)
{
	static const struct out_column columns[] = {
		{ "field", "ENUMERATORS OF", 0 },
		{ "value", "VALUE", OUT_RIGHT },
		{ "name", "NAME", 0 },
		{ "description", "DESCRIPTION", OUT_UNLESS_EMPTY },
	};
	const struct regdb_node *node = regdb_node(info->db, info->item.ref.node);
	struct out_table *table = out_table(root, "enumerators", columns, 4);

	for (uint32_t i = node->first_field + node->n_fields; i-- > node->first_field;)
		if (info->item.field == REGDB_NONE || info->item.field == i)
			enumerators_of(table, info->db, regdb_field(info->db, i));
}

static struct out_cell value_cell(const struct info *info, const struct regdb_field *field)
{
	const struct regset_item item = { .lsb = field->lsb, .width = field->width };

	return info->has_value ? out_hex(item_extract(&item, info->value), 0) : out_null();
}

static void field_row(const struct info *info, struct out_table *table, uint32_t index)
{
	const struct regdb_field *field = regdb_field(info->db, index);
	const struct out_cell value = value_cell(info, field);
	const char *desc = text_or_null(info->db, field->desc);
	char bits[32], access[96];

	name_of_bits(field->lsb, field->width, bits, sizeof(bits));
	name_of_access(field, access, sizeof(access));
	out_row(table,
		(const struct out_cell[]){
			out_text(bits),
			out_styled(OUT_STYLE_NAME,
				   out_lasting(regdb_str(info->db, field->name))),
			out_uint(field->lsb),
			out_uint(field->width),
			out_text(access),
			(field->flags & REGDB_FIELD_RESET) != 0 && field->width <= 64
				? out_hex(field->reset, 0)
				: out_null(),
			value,
			out_text(value.kind == OUT_HEX
					 ? name_of_value(info->db, index, value.as.number)
					 : NULL),
			out_text(desc != NULL ? desc : text_or_null(info->db, field->title)),
		});
	out_add(out_row_more(table), "sw", NULL, out_text(name_of_sw(field->sw)));
	out_add(out_row_more(table), "hw", NULL, out_text(name_of_sw(field->hw)));
	out_add(out_row_more(table), "onread", NULL, out_text(name_of_onread(field->onread)));
	out_add(out_row_more(table), "onwrite", NULL,
		out_text(name_of_onwrite(field->onwrite)));
	out_add(out_row_more(table), "volatile", NULL,
		out_bool((field->flags & REGDB_FIELD_VOLATILE) != 0));
}

static void info_fields(const struct info *info, struct out_record *root)
{
	static const struct out_column columns[] = {
		{ NULL, "BITS", OUT_RIGHT },
		{ "name", "FIELD", 0 },
		{ "lsb", NULL, 0 },
		{ "width_bits", NULL, 0 },
		{ "access", "ACCESS", 0 },
		{ "reset", "RESET", OUT_RIGHT | OUT_UNLESS_EMPTY },
		{ "value", "VALUE", OUT_RIGHT | OUT_UNLESS_EMPTY | OUT_RAW },
		{ "enumerator", "MEANING", OUT_UNLESS_EMPTY },
		{ "description", "DESCRIPTION", OUT_UNLESS_EMPTY },
	};
	const struct regdb_node *node = regdb_node(info->db, info->item.ref.node);
	struct out_table *table =
		out_table(root, "fields", columns, sizeof(columns) / sizeof(columns[0]));

	for (uint32_t i = node->first_field + node->n_fields; i-- > node->first_field;)
		if (info->item.field == REGDB_NONE || info->item.field == i)
			field_row(info, table, i);
}

/* Are all matches elements of one register, or of one field of it? */
static bool one_register(const struct info *info)
{
	struct regset_pos pos = { 0 };
	struct regset_item item;

	while (regset_next(info->target->set, &pos, &item))
		if (item.ref.node != info->item.ref.node || item.field != info->item.field)
			return false;
	return true;
}

/* The strict reading of an ambiguous name tells the candidates; a wildcard has too many. */
static int ambiguous(const struct info *info, struct error *err)
{
	const char *text = info->call->args.operands[0];
	struct target strict;
	int ret = target_resolve(info->call, text, REGPATH_FIELD, err, &strict);

	if (ret != 0)
		return ret;
	target_fini(&strict);
	return error_set(err, E_NOTFOUND,
			 "%s: %" PRIu64 " registers or fields match; `reg list` lists them",
			 text, regset_count(info->target->set));
}

static int parse_value(struct info *info, struct error *err)
{
	const struct call *call = info->call;
	uint64_t value;
	int ret;

	if (call->args.n_operands < 2)
		return 0;
	if (item_width(info->db, &info->item) > 64)
		return error_set(err, E_NOTSUP,
				 "%s is %" PRIu32 " bits wide; values are decoded up to 64",
				 call->args.operands[0], item_width(info->db, &info->item));
	ret = item_value(info->db, &info->item, call->args.operands[1], err, &value);
	if (ret != 0)
		return ret;
	info->has_value = true;
	info->value = info->item.lsb < 64 ? value << info->item.lsb : 0;
	return 0;
}

static int show(struct info *info, struct error *err)
{
	struct out_record *root = out_root(info->call->out);
	struct regset_pos pos = { 0 };
	int ret;

	if (!regset_next(info->target->set, &pos, &info->item))
		return error_set(err, E_NOTFOUND, "%s: nothing matches",
				 info->call->args.operands[0]);
	if (info->item.ref.node == REGDB_NONE)
		return error_set(err, E_NOTFOUND,
				 "0x%08" PRIx64 ": the map has no register there",
				 info->item.ref.addr);
	if (!one_register(info))
		return ambiguous(info, err);
	ret = parse_value(info, err);
	if (ret != 0)
		return ret;
	register_members(info, root);
	info_fields(info, root);
	enumerators_table(info, root);
	props_table(info, root);
	return 0;
}

int cmd_reg_info(struct call *call, struct error *err)
{
	struct target target;
	struct info info = { .call = call, .target = &target };
	int ret = target_resolve(call, call->args.operands[0], REGPATH_PATTERN | REGPATH_FIELD,
				 err, &target);

	if (ret != 0)
		return ret;
	info.db = target.db;
	ret = show(&info, err);
	target_fini(&target);
	return ret;
}
