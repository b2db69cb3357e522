/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <inttypes.h>

#include "regmaps/rdlc/emit.h"
#include "regmaps/rdlc/node.h"
#include "regmaps/rdlc/rdlc_priv.h"

struct list {
	struct rdlc *ctx;
	struct rdl_text *out;
	unsigned level;
};

static void put_dims(struct list *l, const struct rdl_node *node)
{
	for (uint32_t i = 0; i < node->n_dims; i++)
		rdl_text_printf(&l->ctx->arena, l->out, "[%" PRIu64 "]", node->dims[i]);
	if (node->n_dims)
		rdl_text_printf(&l->ctx->arena, l->out, " += 0x%" PRIx64, node->stride);
}

/* What hardware or the next cycle does to the field. */
static void put_behaviour(struct list *l, const struct rdl_node *field)
{
	static const enum rdl_prop_id ids[] = {
		RDL_PROP_SINGLEPULSE, RDL_PROP_HWSET,  RDL_PROP_HWCLR,     RDL_PROP_COUNTER,
		RDL_PROP_INTR,        RDL_PROP_STICKY, RDL_PROP_STICKYBIT,
	};

	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		if (rdl_node_true(field, ids[i]))
			rdl_text_printf(&l->ctx->arena, l->out, " %s", rdl_props[ids[i]].name);
}

static void put_enumerators(struct list *l, const struct rdl_node *field)
{
	const struct rdl_value *value = rdl_node_value(field, RDL_PROP_ENCODE);
	const struct rdl_enum *type = value ? value->u.enumeration : NULL;

	for (uint32_t i = 0; type && i < type->n; i++)
		rdl_text_printf(&l->ctx->arena, l->out, "%*s%" PRIu64 " = %s\n",
				(int)l->level * 2 + 24, "", rdl_value_u64(&type->item[i].value),
				type->item[i].name->name);
}

static void put_field(struct list *l, const struct rdl_node *field)
{
	struct rdl_arena *arena = &l->ctx->arena;
	const struct rdl_value *reset = rdl_node_value(field, RDL_PROP_RESET);
	const char *effect;

	rdl_text_printf(arena, l->out, "%*s[%u:%u] %s sw=%s hw=%s", (int)l->level * 2 + 20, "",
			field->msb, field->lsb, field->name->name,
			rdl_builtin_name(RDL_TYPE_ACCESS, rdl_field_sw(field)),
			rdl_builtin_name(RDL_TYPE_ACCESS, rdl_field_hw(field)));
	if (reset && rdl_type_is_number(reset->type)) {
		rdl_text_printf(arena, l->out, " reset=");
		rdl_value_hex(arena, l->out, reset);
	}
	effect = rdl_builtin_name(RDL_TYPE_ONREAD, rdl_field_onread(field));
	if (effect)
		rdl_text_printf(arena, l->out, " onread=%s", effect);
	effect = rdl_builtin_name(RDL_TYPE_ONWRITE, rdl_field_onwrite(field));
	if (effect)
		rdl_text_printf(arena, l->out, " onwrite=%s", effect);
	put_behaviour(l, field);
	rdl_text_put(arena, l->out, '\n');
	put_enumerators(l, field);
}

static void put_node(struct list *l, const struct rdl_node *node)
{
	struct rdl_arena *arena = &l->ctx->arena;

	rdl_text_printf(arena, l->out, "0x%012" PRIx64 "  %*s%s %s", node->address,
			(int)l->level * 2, "", rdl_kind_name((enum rdl_kind)node->kind),
			node->name->name);
	put_dims(l, node);
	if (node->kind == RDL_REG)
		rdl_text_printf(arena, l->out, " %u bits", rdl_reg_width(node));
	if (node->kind == RDL_MEM)
		rdl_text_printf(arena, l->out, " %" PRIu64 " entries of %u bits sw=%s",
				rdl_mem_entries(node), node->width,
				rdl_builtin_name(RDL_TYPE_ACCESS, rdl_field_sw(node)));
	if (node->inst->alias_of)
		rdl_text_printf(arena, l->out, " alias of %s",
				node->inst->alias_of->name->name);
	rdl_text_put(arena, l->out, '\n');
	l->level++;
	for (const struct rdl_node *child = node->child; child; child = child->next) {
		if (child->absent || child->kind == RDL_SIGNAL)
			continue;
		if (child->kind == RDL_FIELD)
			put_field(l, child);
		else
			put_node(l, child);
	}
	l->level--;
}

void rdl_emit_list(struct rdlc *ctx, struct rdl_text *out)
{
	struct list l = { .ctx = ctx, .out = out };

	put_node(&l, ctx->top);
}
