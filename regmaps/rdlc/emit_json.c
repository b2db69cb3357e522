/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <inttypes.h>
#include <string.h>

#include "regmaps/rdlc/emit.h"
#include "regmaps/rdlc/node.h"
#include "regmaps/rdlc/rdlc_priv.h"

/* The largest integer that every JSON reader keeps exact. */
#define MAX_EXACT (UINT64_C(1) << 53)

struct json {
	struct rdlc *ctx;
	struct rdl_text *out;
	const struct rdl_node *node; /* whose properties are being written */
	unsigned level;
	bool first; /* nothing was written yet in the current object or array */
};

static void put(struct json *j, const char *text)
{
	rdl_text_add(&j->ctx->arena, j->out, text, strlen(text));
}

static void put_string(struct json *j, const char *s, size_t len)
{
	struct rdl_arena *arena = &j->ctx->arena;

	rdl_text_put(arena, j->out, '"');
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c == '"' || c == '\\')
			rdl_text_printf(arena, j->out, "\\%c", c);
		else if (c == '\n')
			put(j, "\\n");
		else if (c < 0x20)
			rdl_text_printf(arena, j->out, "\\u%04x", c);
		else
			rdl_text_put(arena, j->out, (char)c);
	}
	rdl_text_put(arena, j->out, '"');
}

static void new_line(struct json *j)
{
	rdl_text_put(&j->ctx->arena, j->out, '\n');
	for (unsigned i = 0; i < j->level; i++)
		put(j, "  ");
}

static void open_block(struct json *j, const char *bracket)
{
	put(j, bracket);
	j->level++;
	j->first = true;
}

static void close_block(struct json *j, const char *bracket)
{
	j->level--;
	if (!j->first)
		new_line(j);
	put(j, bracket);
	j->first = false;
}

static void next_item(struct json *j)
{
	if (!j->first)
		put(j, ",");
	j->first = false;
	new_line(j);
}

static void key(struct json *j, const char *name)
{
	next_item(j);
	put_string(j, name, strlen(name));
	put(j, ": ");
}

static void put_u64(struct json *j, uint64_t value)
{
	rdl_text_printf(&j->ctx->arena, j->out,
			value > MAX_EXACT ? "\"0x%" PRIx64 "\"" : "%" PRIu64, value);
}

static void put_int(struct json *j, const struct rdl_value *value)
{
	if (rdl_value_fits_u64(value)) {
		put_u64(j, rdl_value_u64(value));
		return;
	}
	put(j, "\"");
	rdl_value_hex(&j->ctx->arena, j->out, value);
	put(j, "\"");
}

static void key_u64(struct json *j, const char *name, uint64_t value)
{
	key(j, name);
	put_u64(j, value);
}

static void key_text(struct json *j, const char *name, const char *text)
{
	key(j, name);
	if (text)
		put_string(j, text, strlen(text));
	else
		put(j, "null");
}

static void put_value(struct json *j, const struct rdl_value *value);

static void put_items(struct json *j, const struct rdl_value *value)
{
	put(j, "[");
	for (uint32_t i = 0; i < value->width; i++) {
		if (i)
			put(j, ", ");
		put_value(j, &value->u.item[i]);
	}
	put(j, "]");
}

static void put_struct(struct json *j, const struct rdl_value *value)
{
	const struct rdl_struct *type = value->type.user.structure;

	put(j, "{");
	for (uint32_t i = 0; i < value->width; i++) {
		if (i)
			put(j, ", ");
		put_string(j, type->member[i].name->name, type->member[i].name->len);
		put(j, ": ");
		put_value(j, &value->u.item[i]);
	}
	put(j, "}");
}

static void add_node_path(struct rdl_arena *arena, struct rdl_text *text,
			  const struct rdl_node *node)
{
	if (!node || node->kind == RDL_ROOT)
		return;
	add_node_path(arena, text, node->parent);
	rdl_text_printf(arena, text, "%s.", node->name->name);
}

/* A reference from the top down, with the indices that were written: a.b[1].c->property. */
static void put_path(struct json *j, const struct rdl_path *path)
{
	const struct rdl_node *from = j->node;
	struct rdl_text text = { 0 };
	struct rdl_arena *arena = &j->ctx->arena;

	while (from && from->def != path->from)
		from = from->parent;
	add_node_path(arena, &text, from);
	for (uint32_t i = 0; i < path->n_steps; i++) {
		rdl_text_printf(arena, &text, "%s%s", i ? "." : "", path->step[i].name->name);
		for (uint32_t k = 0; k < path->step[i].n_index; k++)
			rdl_text_printf(arena, &text, "[%" PRIu64 "]", path->step[i].index[k]);
	}
	if (path->prop)
		rdl_text_printf(arena, &text, "->%s", path->prop->name);
	put_string(j, text.at, text.len);
}

static const char *enumerator_name(const struct rdl_value *value)
{
	const struct rdl_enum *type = value->type.user.enumeration;

	for (uint32_t i = 0; i < type->n; i++)
		if (rdl_value_equal(&type->item[i].value, value))
			return type->item[i].name->name;
	return NULL;
}

static void put_value(struct json *j, const struct rdl_value *value)
{
	const char *name;

	if (value->type.array) {
		put_items(j, value);
		return;
	}
	switch ((enum rdl_type_kind)value->type.kind) {
	case RDL_TYPE_BOOL:
		put(j, value->u.num ? "true" : "false");
		return;
	case RDL_TYPE_INT:
		put_int(j, value);
		return;
	case RDL_TYPE_STRING:
		put_string(j, value->u.string, value->width);
		return;
	case RDL_TYPE_STRUCT:
		put_struct(j, value);
		return;
	case RDL_TYPE_ENUM:
		name = enumerator_name(value);
		break;
	case RDL_TYPE_ENUMTYPE:
		name = value->u.enumeration->name->name;
		break;
	case RDL_TYPE_COMP:
	case RDL_TYPE_PROPREF:
	case RDL_TYPE_REF:
		put_path(j, value->u.path);
		return;
	case RDL_TYPE_NONE:
	case RDL_TYPE_BAD:
		name = NULL;
		break;
	default:
		name = rdl_builtin_name((enum rdl_type_kind)value->type.kind,
					(unsigned)value->u.num);
		break;
	}
	if (name)
		put_string(j, name, strlen(name));
	else
		put(j, "null");
}

void rdl_emit_value(struct rdlc *ctx, struct rdl_text *out, const struct rdl_node *node,
		    const struct rdl_value *value)
{
	struct json j = { .ctx = ctx, .out = out, .node = node };

	put_value(&j, value);
}

/* The user-defined property that follows one by name, NULL past the last. */
static const struct rdl_node_prop *next_udp(const struct rdl_node *node,
					    const struct rdl_node_prop *after)
{
	const struct rdl_node_prop *best = NULL;

	for (unsigned i = 0; i < node->n_props; i++) {
		const struct rdl_node_prop *prop = &node->prop[i];

		if (prop->prop->id != RDL_PROP_USER)
			continue;
		if (after && strcmp(prop->prop->name, after->prop->name) <= 0)
			continue;
		if (!best || strcmp(prop->prop->name, best->prop->name) < 0)
			best = prop;
	}
	return best;
}

static void put_udps(struct json *j, const struct rdl_node *node)
{
	const struct rdl_node_prop *prop = next_udp(node, NULL);

	if (!prop)
		return;
	j->node = node;
	key(j, "udp");
	open_block(j, "{");
	for (; prop; prop = next_udp(node, prop)) {
		key(j, prop->prop->name);
		put_value(j, prop->value);
	}
	close_block(j, "}");
}

static void put_encode(struct json *j, const struct rdl_node *field)
{
	const struct rdl_value *value = rdl_node_value(field, RDL_PROP_ENCODE);

	if (!value)
		return;
	key(j, "encode");
	open_block(j, "{");
	for (uint32_t i = 0; i < value->u.enumeration->n; i++) {
		key(j, value->u.enumeration->item[i].name->name);
		put_int(j, &value->u.enumeration->item[i].value);
	}
	close_block(j, "}");
}

static void put_field(struct json *j, const struct rdl_node *field)
{
	const struct rdl_value *reset = rdl_node_value(field, RDL_PROP_RESET);

	key_u64(j, "lsb", field->lsb);
	key_u64(j, "msb", field->msb);
	key_text(j, "sw", rdl_builtin_name(RDL_TYPE_ACCESS, rdl_field_sw(field)));
	key_text(j, "hw", rdl_builtin_name(RDL_TYPE_ACCESS, rdl_field_hw(field)));
	key(j, "reset");
	if (reset && rdl_type_is_number(reset->type))
		put_int(j, reset);
	else
		put(j, "null");
	key_text(j, "onread", rdl_builtin_name(RDL_TYPE_ONREAD, rdl_field_onread(field)));
	key_text(j, "onwrite", rdl_builtin_name(RDL_TYPE_ONWRITE, rdl_field_onwrite(field)));
	key(j, "singlepulse");
	put(j, rdl_node_true(field, RDL_PROP_SINGLEPULSE) ? "true" : "false");
	put_encode(j, field);
}

static void put_addressable(struct json *j, const struct rdl_node *node)
{
	key_u64(j, "address", node->address);
	key_u64(j, "size", node->size);
	key(j, "dims");
	put(j, "[");
	for (uint32_t i = 0; i < node->n_dims; i++) {
		if (i)
			put(j, ", ");
		put_u64(j, node->dims[i]);
	}
	put(j, "]");
	if (node->n_dims)
		key_u64(j, "stride", node->stride);
	if (node->kind == RDL_REG) {
		key_u64(j, "regwidth", rdl_reg_width(node));
		key_u64(j, "accesswidth", rdl_reg_accesswidth(node));
	}
	if (node->kind == RDL_MEM) {
		key_u64(j, "mementries", rdl_mem_entries(node));
		key_u64(j, "memwidth", node->width);
	}
}

static void put_node(struct json *j, const struct rdl_node *node)
{
	open_block(j, "{");
	key_text(j, "kind", rdl_kind_name((enum rdl_kind)node->kind));
	key_text(j, "name", node->name->name);
	if (node->kind == RDL_FIELD)
		put_field(j, node);
	else
		put_addressable(j, node);
	put_udps(j, node);
	if (node->kind != RDL_FIELD) {
		key(j, "children");
		open_block(j, "[");
		for (const struct rdl_node *child = node->child; child; child = child->next) {
			if (child->absent || child->kind == RDL_SIGNAL)
				continue;
			next_item(j);
			put_node(j, child);
		}
		close_block(j, "]");
	}
	close_block(j, "}");
}

void rdl_emit_json(struct rdlc *ctx, struct rdl_text *out)
{
	struct json j = { .ctx = ctx, .out = out };

	put_node(&j, ctx->top);
	put(&j, "\n");
}
