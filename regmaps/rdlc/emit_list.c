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
	rdl_text_put(arena, l->out, '\n');
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
		rdl_text_printf(arena, l->out, " %u entries of %u bits",
				rdl_node_u32(node, RDL_PROP_MEMENTRIES, 1), node->width);
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
