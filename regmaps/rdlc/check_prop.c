/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/check_priv.h"

#include <ctype.h>

#include "regmaps/rdlc/bits.h"
#include "regmaps/rdlc/rdlc_priv.h"

void rdl__check_external(struct rdlc *ctx, const struct rdl_node *node)
{
	enum rdl_prop_id id = RDL_PROP_COUNT;

	if (node->external == RDL_EXTERNAL_YES)
		return;
	if (node->kind == RDL_FIELD && rdl_field_onread(node) == RDL_ONREAD_RUSER)
		id = RDL_PROP_ONREAD;
	else if (node->kind == RDL_FIELD && rdl_field_onwrite(node) == RDL_ONWRITE_WUSER)
		id = RDL_PROP_ONWRITE;
	else if (rdl_node_true(node, RDL_PROP_ERREXTBUS))
		id = RDL_PROP_ERREXTBUS;
	if (id != RDL_PROP_COUNT)
		rdl_report(ctx, RDL_CHECK_EXTERNAL_ONLY, rdl_node_prop_loc(node, id),
			   "'%s' of '%s' needs an external %s", rdl_props[id].name,
			   node->name->name, node->kind == RDL_FIELD ? "register" : "instance");
}

/* A mask of a field's bits: a number, or all bits for true. */
static struct rdl_value mask_of(struct rdlc *ctx, const struct rdl_node *field,
				enum rdl_prop_id id)
{
	const struct rdl_value *value = rdl_node_value(field, id);
	struct rdl_value zero = rdl_value_int(0, 1);

	if (!value)
		return zero;
	if (value->type.kind == RDL_TYPE_INT || !value->u.num)
		return *value;
	if (field->width > RDL_MAX_BITS)
		return rdl_value_int(1, 1);
	return rdl_bits_invert(&ctx->arena, &zero, field->width);
}

static void check_field_mask(struct rdlc *ctx, const struct rdl_node *field,
			     enum rdl_prop_id id)
{
	struct rdl_value mask = mask_of(ctx, field, id);

	if (rdl_value_bits(&mask) > field->width)
		rdl_report(ctx, RDL_CHECK_TEST_MASK, rdl_node_prop_loc(field, id),
			   "the mask '%s' does not fit the %u bits of field '%s'",
			   rdl_props[id].name, field->width, field->name->name);
}

static void check_field_masks(struct rdlc *ctx, const struct rdl_node *field)
{
	struct rdl_value compare = mask_of(ctx, field, RDL_PROP_DONTCOMPARE);
	struct rdl_value test = mask_of(ctx, field, RDL_PROP_DONTTEST);
	uint32_t width = compare.width > test.width ? compare.width : test.width;
	struct rdl_value both =
		rdl_bits_binary(&ctx->arena, RDL_BITS_AND, &compare, &test, width);

	check_field_mask(ctx, field, RDL_PROP_DONTCOMPARE);
	check_field_mask(ctx, field, RDL_PROP_DONTTEST);
	if (!rdl_value_is_zero(&both))
		rdl_report(ctx, RDL_CHECK_TEST_MASK, field->loc,
			   "a bit of field '%s' has both dontcompare and donttest",
			   field->name->name);
}

void rdl__check_masks(struct rdlc *ctx, const struct rdl_node *node)
{
	static const enum rdl_prop_id ids[] = { RDL_PROP_DONTCOMPARE, RDL_PROP_DONTTEST };

	if (!rdl_node_value(node, ids[0]) && !rdl_node_value(node, ids[1]))
		return;
	if (node->kind == RDL_FIELD) {
		check_field_masks(ctx, node);
		return;
	}
	for (size_t i = 0; i < 2; i++) {
		const struct rdl_value *value = rdl_node_value(node, ids[i]);

		if (value && rdl_value_bits(value) > 1)
			rdl_report(ctx, RDL_CHECK_TEST_MASK, rdl_node_prop_loc(node, ids[i]),
				   "only a field can have a mask for '%s'",
				   rdl_props[ids[i]].name);
	}
	if (rdl_node_true(node, ids[0]) && rdl_node_true(node, ids[1]))
		rdl_report(ctx, RDL_CHECK_TEST_MASK, node->loc,
			   "'%s' has both dontcompare and donttest", node->name->name);
}

void rdl__check_udp_width(struct rdlc *ctx, const struct rdl_node *node)
{
	for (unsigned i = 0; i < node->n_props; i++) {
		const struct rdl_node_prop *prop = &node->prop[i];

		if (prop->prop->id != RDL_PROP_USER || !prop->prop->componentwidth ||
		    !rdl_type_is_number(prop->value->type) ||
		    rdl_value_bits(prop->value) <= node->width)
			continue;
		if (rdl_report(ctx, RDL_CHECK_UDP_WIDTH, prop->loc,
			       "property '%s' needs %u bits, '%s' has %u", prop->prop->name,
			       rdl_value_bits(prop->value), node->name->name, node->width))
			rdl_note(ctx, prop->prop->loc,
				 "'%s' is limited to the component's width", prop->prop->name);
	}
}

static bool has_level(const struct rdl_node *signal)
{
	return rdl_node_true(signal, RDL_PROP_ACTIVEHIGH) ||
	       rdl_node_true(signal, RDL_PROP_ACTIVELOW);
}

void rdl__check_signal_level(struct rdlc *ctx, const struct rdl_node *node)
{
	const struct rdl_value *value = rdl_node_value(node, RDL_PROP_RESETSIGNAL);
	const struct rdl_node *signal = node;
	enum rdl_prop_id id = RDL_PROP_RESETSIGNAL;

	if (node->kind == RDL_FIELD)
		signal = value ? rdl_node_resolve(node, value->u.path, NULL) : NULL;
	else if (rdl_node_true(node, RDL_PROP_CPUIF_RESET))
		id = RDL_PROP_CPUIF_RESET;
	else if (rdl_node_true(node, RDL_PROP_FIELD_RESET))
		id = RDL_PROP_FIELD_RESET;
	else
		return;
	if (!signal || has_level(signal))
		return;
	if (rdl_report(ctx, RDL_CHECK_SIGNAL_LEVEL, rdl_node_prop_loc(node, id),
		       "signal '%s' is used as a reset but is neither activehigh nor activelow",
		       signal->name->name) &&
	    signal != node)
		rdl_note(ctx, signal->loc, "'%s' is declared here", signal->name->name);
}

static void check_one_signal(struct rdlc *ctx, const struct rdl_node *node, enum rdl_prop_id id)
{
	const struct rdl_node *first = NULL;

	for (const struct rdl_node *s = node->child; s; s = s->next) {
		if (s->kind != RDL_SIGNAL || s->absent || !rdl_node_true(s, id))
			continue;
		if (first && rdl_report(ctx, RDL_CHECK_RESET_SIGNALS, rdl_node_prop_loc(s, id),
					"'%s' is set on a second signal here, '%s'",
					rdl_props[id].name, s->name->name))
			rdl_note(ctx, first->loc, "the first one is '%s'", first->name->name);
		first = first ? first : s;
	}
}

void rdl__check_reset_signals(struct rdlc *ctx, const struct rdl_node *node)
{
	check_one_signal(ctx, node, RDL_PROP_CPUIF_RESET);
	check_one_signal(ctx, node, RDL_PROP_FIELD_RESET);
}

static struct rdl_sym *lower_case(struct rdlc *ctx, const struct rdl_sym *name)
{
	char buffer[128];

	if (name->len > sizeof(buffer))
		return NULL;
	for (uint32_t i = 0; i < name->len; i++)
		buffer[i] = (char)tolower((unsigned char)name->name[i]);
	return rdl_intern(&ctx->arena, &ctx->syms, buffer, name->len);
}

/* Paths are case-insensitive, and macros of the C header are upper case. */
void rdl__check_name_case(struct rdlc *ctx, const struct rdl_node *node)
{
	for (const struct rdl_node *child = node->child; child; child = child->next) {
		struct rdl_sym *name = lower_case(ctx, child->name);

		if (!name || child->absent || child->kind == RDL_SIGNAL)
			continue;
		if (name->seen && name->seen->parent == node &&
		    rdl_report(ctx, RDL_CHECK_NAME_CASE, child->loc,
			       "'%s' and '%s' differ only in case", child->name->name,
			       name->seen->name->name))
			rdl_note(ctx, name->seen->loc, "'%s' is declared here",
				 name->seen->name->name);
		name->seen = child;
	}
}
