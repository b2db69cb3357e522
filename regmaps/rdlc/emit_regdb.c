/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <assert.h>
#include <string.h>

#include "regmaps/rdlc/emit.h"
#include "regmaps/rdlc/node.h"
#include "regmaps/rdlc/rdlc_priv.h"
#include "regmaps/regdb/regdb_build.h"

static_assert((int)RDL_ACCESS_RW1 == (int)REGDB_ACCESS_RW1, "access enumerations differ");
static_assert((int)RDL_ACCESS_W1 == (int)REGDB_ACCESS_W1, "access enumerations differ");
static_assert((int)RDL_ONREAD_RUSER == (int)REGDB_ONREAD_RUSER, "onread enumerations differ");
static_assert((int)RDL_ONWRITE_WUSER == (int)REGDB_ONWRITE_WUSER,
	      "onwrite enumerations differ");

struct emit {
	struct rdlc *ctx;
	struct regdb_builder *builder;
	bool big_endian;
};

static size_t indentation(const char *line)
{
	return strspn(line, " \t");
}

/* The text without the indentation that all lines but the first share. */
static const char *dedent(struct rdlc *ctx, const char *text)
{
	struct rdl_text out = { 0 };
	size_t common = SIZE_MAX;

	for (const char *s = strchr(text, '\n'); s; s = strchr(s, '\n')) {
		size_t indent = indentation(++s);

		if (s[indent] && s[indent] != '\n' && indent < common)
			common = indent;
	}
	if (common == SIZE_MAX)
		return text;
	text += indentation(text);
	for (;;) {
		size_t len = strcspn(text, "\n");

		rdl_text_add(&ctx->arena, &out, text, len);
		text += len;
		if (!*text)
			return out.at;
		rdl_text_put(&ctx->arena, &out, *text++);
		len = indentation(text);
		text += len < common ? len : common;
	}
}

static const char *text_of(const struct rdl_node *node, enum rdl_prop_id id)
{
	const struct rdl_value *value = rdl_node_value(node, id);

	return value && value->type.kind == RDL_TYPE_STRING ? value->u.string : NULL;
}

static const char *desc_of(struct rdlc *ctx, const struct rdl_node *node)
{
	const char *text = text_of(node, RDL_PROP_DESC);

	return text ? dedent(ctx, text) : NULL;
}

static const struct rdl_value *user_value(const struct rdl_node *node, const char *name)
{
	for (unsigned i = 0; i < node->n_props; i++)
		if (node->prop[i].prop->id == RDL_PROP_USER &&
		    !strcmp(node->prop[i].prop->name, name))
			return node->prop[i].value;
	return NULL;
}

static bool user_true(const struct rdl_node *node, const char *name)
{
	const struct rdl_value *value = user_value(node, name);

	return value && rdl_type_is_number(value->type) && !rdl_value_is_zero(value);
}

static uint32_t user_u32(const struct rdl_node *node, const char *name)
{
	const struct rdl_value *value = user_value(node, name);

	if (!value || !rdl_type_is_number(value->type))
		return 0;
	return rdl_value_bits(value) > 32 ? UINT32_MAX : (uint32_t)rdl_value_u64(value);
}

/* Hands one user-defined property over: number or boolean, string, else JSON text. */
static void emit_prop(struct emit *em, uint32_t handle, const struct rdl_node *node,
		      const struct rdl_node_prop *prop)
{
	const struct rdl_value *value = prop->value;
	bool is_number = rdl_type_is_number(value->type) && rdl_value_bits(value) <= 64;
	uint64_t number = is_number ? rdl_value_u64(value) : 0;
	struct rdl_text text = { 0 };
	const char *string = NULL;

	if (!value->type.array && value->type.kind == RDL_TYPE_STRING) {
		string = dedent(em->ctx, value->u.string);
	} else if (!is_number) {
		rdl_emit_value(em->ctx, &text, node, value);
		string = text.at;
	}
	if (node->kind == RDL_FIELD)
		regdb_builder_field_prop(em->builder, handle, prop->prop->name, number, string);
	else
		regdb_builder_node_prop(em->builder, handle, prop->prop->name, number, string);
}

static void emit_props(struct emit *em, uint32_t handle, const struct rdl_node *node)
{
	for (unsigned i = 0; i < node->n_props; i++)
		if (node->prop[i].prop->id == RDL_PROP_USER)
			emit_prop(em, handle, node, &node->prop[i]);
}

static uint32_t emit_enum(struct emit *em, const struct rdl_node *field)
{
	const struct rdl_value *value = rdl_node_value(field, RDL_PROP_ENCODE);
	const struct rdl_enum *type = value ? value->u.enumeration : NULL;
	struct regdb_enum_spec *rows;

	if (!type || !type->n)
		return REGDB_NONE;
	rows = rdl_alloc(&em->ctx->arena, type->n * sizeof(*rows));
	for (uint32_t i = 0; i < type->n; i++) {
		const struct rdl_enumerator *item = &type->item[i];

		rows[i].name = item->name->name;
		rows[i].title = item->title;
		rows[i].desc = item->desc ? dedent(em->ctx, item->desc) : NULL;
		rows[i].value = rdl_value_u64(&item->value);
	}
	return regdb_builder_enum(em->builder, rows, type->n);
}

static uint32_t field_flags(const struct rdl_node *field)
{
	static const struct {
		enum rdl_prop_id id;
		uint32_t flag;
	} map[] = {
		{ RDL_PROP_SINGLEPULSE, REGDB_FIELD_SINGLEPULSE },
		{ RDL_PROP_HWSET, REGDB_FIELD_HWSET },
		{ RDL_PROP_HWCLR, REGDB_FIELD_HWCLR },
		{ RDL_PROP_COUNTER, REGDB_FIELD_COUNTER },
		{ RDL_PROP_STICKY, REGDB_FIELD_STICKY },
		{ RDL_PROP_STICKYBIT, REGDB_FIELD_STICKYBIT },
		{ RDL_PROP_INTR, REGDB_FIELD_INTR },
		{ RDL_PROP_SATURATE, REGDB_FIELD_SATURATE },
		{ RDL_PROP_INCRSATURATE, REGDB_FIELD_SATURATE },
	};
	uint32_t flags = 0;

	for (size_t i = 0; i < sizeof(map) / sizeof(map[0]); i++)
		if (rdl_node_true(field, map[i].id))
			flags |= map[i].flag;
	/* 9.9.1: interrupts latch each bit unless they say otherwise. */
	if ((flags & REGDB_FIELD_INTR) && !(flags & REGDB_FIELD_STICKY) &&
	    !rdl_node_value(field, RDL_PROP_STICKYBIT))
		flags |= REGDB_FIELD_STICKYBIT;
	if (user_true(field, "dangerous"))
		flags |= REGDB_FIELD_DANGEROUS;
	return flags;
}

static uint64_t number_or(const struct rdl_value *value, uint64_t otherwise)
{
	if (!value || value->type.kind != RDL_TYPE_INT)
		return otherwise;
	return rdl_value_u64(value);
}

static uint64_t saturation(const struct rdl_node *field)
{
	const struct rdl_value *value = rdl_node_value(field, RDL_PROP_INCRSATURATE);

	if (!value)
		value = rdl_node_value(field, RDL_PROP_SATURATE);
	return number_or(value,
			 field->width >= 64 ? UINT64_MAX : (UINT64_C(1) << field->width) - 1);
}

static void emit_field(struct emit *em, uint32_t reg, const struct rdl_node *field)
{
	const struct rdl_value *reset = rdl_node_value(field, RDL_PROP_RESET);
	struct regdb_field_spec spec = {
		.name = field->name->name,
		.title = text_of(field, RDL_PROP_NAME),
		.desc = desc_of(em->ctx, field),
		.incrvalue = number_or(rdl_node_value(field, RDL_PROP_INCRVALUE), 1),
		.saturate = saturation(field),
		.lsb = rdl_field_low(field),
		.width = field->width,
		.flags = field_flags(field),
		.latency_us = user_u32(field, "latency_us"),
		.enumeration = emit_enum(em, field),
		.sw = (uint8_t)rdl_field_sw(field),
		.hw = (uint8_t)rdl_field_hw(field),
		.onread = (uint8_t)rdl_field_onread(field),
		.onwrite = (uint8_t)rdl_field_onwrite(field),
	};

	if (!spec.latency_us)
		spec.latency_us = user_u32(field->parent, "latency_us");
	if (reset && rdl_type_is_number(reset->type)) {
		spec.reset = rdl_value_u64(reset);
		spec.flags |= REGDB_FIELD_RESET;
	}
	emit_props(em, regdb_builder_field(em->builder, reg, &spec), field);
}

static uint32_t node_flags(const struct emit *em, const struct rdl_node *node)
{
	uint32_t flags = 0;

	if (user_true(node, "dangerous"))
		flags |= REGDB_NODE_DANGEROUS;
	if (user_true(node, "high_word_first"))
		flags |= REGDB_NODE_HIGH_WORD_FIRST;
	if (node->external == RDL_EXTERNAL_YES)
		flags |= REGDB_NODE_EXTERNAL;
	if (node->inst->alias_of)
		flags |= REGDB_NODE_ALIAS;
	if (em->big_endian)
		flags |= REGDB_NODE_BIG_ENDIAN;
	return flags;
}

static enum regdb_kind kind_of(const struct rdl_node *node)
{
	switch (node->kind) {
	case RDL_ADDRMAP:
		return REGDB_ADDRMAP;
	case RDL_REGFILE:
		return REGDB_REGFILE;
	case RDL_REG:
		return REGDB_REG;
	default:
		return REGDB_MEM;
	}
}

static bool is_taken(const struct rdl_node *node, const char *name)
{
	for (const struct rdl_node *other = node->parent->child; other; other = other->next)
		if (other != node && !strcmp(other->name->name, name))
			return true;
	return false;
}

/* Paths have no brackets in names: element a[2] of a split array is called a_2. */
static const char *name_of(struct rdlc *ctx, const struct rdl_node *node)
{
	struct rdl_text name = { 0 };

	if (!node->split)
		return node->name->name;
	for (const char *s = node->name->name; *s; s++)
		if (*s != ']')
			rdl_text_put(&ctx->arena, &name, *s == '[' ? '_' : *s);
	while (name.at && is_taken(node, name.at))
		rdl_text_put(&ctx->arena, &name, '_');
	return name.at;
}

static uint32_t add_node(struct emit *em, uint32_t parent, const struct rdl_node *node)
{
	uint32_t *dims = rdl_alloc(&em->ctx->arena, (node->n_dims + 1) * sizeof(*dims));
	struct regdb_node_spec spec = {
		.kind = kind_of(node),
		.name = name_of(em->ctx, node),
		.title = text_of(node, RDL_PROP_NAME),
		.desc = desc_of(em->ctx, node),
		.offset = node->offset,
		.size = node->size,
		.stride = node->n_dims ? node->stride : 0,
		.dims = dims,
		.n_dims = node->n_dims,
		.flags = node_flags(em, node),
	};

	for (uint32_t i = 0; i < node->n_dims; i++)
		dims[i] = (uint32_t)node->dims[i];
	if (node->kind == RDL_REG) {
		spec.width = rdl_reg_width(node);
		spec.accesswidth = rdl_reg_accesswidth(node);
	} else if (node->kind == RDL_MEM) {
		spec.width = node->width;
		spec.entries = rdl_mem_entries(node);
		spec.sw = (uint8_t)rdl_field_sw(node);
	}
	return regdb_builder_node(em->builder, parent, &spec);
}

static void emit_primary(struct emit *em, uint32_t handle, const struct rdl_node *node)
{
	const struct rdl_node *primary = rdl_node_primary(node);

	if (primary)
		regdb_builder_node_prop(em->builder, handle, "alias_of", 0,
					name_of(em->ctx, primary));
}

static void emit_node(struct emit *em, uint32_t parent, const struct rdl_node *node)
{
	bool outer = em->big_endian;
	uint32_t handle;

	if (node->kind == RDL_ADDRMAP && (rdl_node_value(node, RDL_PROP_BIGENDIAN) ||
					  rdl_node_value(node, RDL_PROP_LITTLEENDIAN)))
		em->big_endian = rdl_node_true(node, RDL_PROP_BIGENDIAN);
	handle = add_node(em, parent, node);
	emit_props(em, handle, node);
	if (node->inst->alias_of)
		emit_primary(em, handle, node);
	for (const struct rdl_node *child = node->child; child; child = child->next) {
		if (child->absent || child->kind == RDL_SIGNAL)
			continue;
		if (child->kind == RDL_FIELD)
			emit_field(em, handle, child);
		else
			emit_node(em, handle, child);
	}
	em->big_endian = outer;
}

void rdl_emit_regdb(struct rdlc *ctx)
{
	struct emit em = { .ctx = ctx, .builder = ctx->builder };

	emit_node(&em, REGDB_NONE, ctx->top);
}
