/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/check_priv.h"

#include "regmaps/rdlc/rdlc_priv.h"

static void wrong(struct rdlc *ctx, const struct rdl_node *alias,
		  const struct rdl_node *primary, const char *what)
{
	if (rdl_report(ctx, RDL_CHECK_ALIAS, alias->loc, "%s", what))
		rdl_note(ctx, primary->loc, "'%s' is declared here", primary->name->name);
}

static bool same_dims(const struct rdl_node *a, const struct rdl_node *b)
{
	if (a->n_dims != b->n_dims)
		return false;
	for (uint32_t i = 0; i < a->n_dims; i++)
		if (a->dims[i] != b->dims[i])
			return false;
	return true;
}

/* 10.5.1 e: what an alias may have of its own. */
static bool is_own(const struct rdl_prop *prop)
{
	switch (prop->id) {
	case RDL_PROP_DESC:
	case RDL_PROP_NAME:
	case RDL_PROP_ONREAD:
	case RDL_PROP_ONWRITE:
	case RDL_PROP_RCLR:
	case RDL_PROP_RSET:
	case RDL_PROP_SW:
	case RDL_PROP_WOCLR:
	case RDL_PROP_WOSET:
	case RDL_PROP_USER:
		return true;
	default:
		return false;
	}
}

/* A reference is compared by what it names: the two fields are in different registers. */
static bool same_value(const struct rdl_node *a, const struct rdl_value *x,
		       const struct rdl_node *b, const struct rdl_value *y)
{
	bool ref = x->type.kind == RDL_TYPE_COMP || x->type.kind == RDL_TYPE_PROPREF;

	if (!ref || x->type.kind != y->type.kind || x->type.array)
		return rdl_value_equal(x, y);
	return x->u.path->prop == y->u.path->prop &&
	       rdl_node_resolve(a, x->u.path, NULL) == rdl_node_resolve(b, y->u.path, NULL);
}

static void check_props(struct rdlc *ctx, const struct rdl_node *alias,
			const struct rdl_node *primary)
{
	for (unsigned i = 0; i < alias->n_props; i++) {
		const struct rdl_node_prop *prop = &alias->prop[i];
		const struct rdl_value *other = rdl_node_value(primary, prop->prop->id);

		if (is_own(prop->prop) ||
		    (other && same_value(alias, prop->value, primary, other)))
			continue;
		wrong(ctx, alias, primary,
		      rdl_format(&ctx->arena,
				 "alias field '%s' differs from the register's "
				 "in property '%s'",
				 alias->name->name, prop->prop->name));
		return;
	}
	for (unsigned i = 0; i < primary->n_props; i++) {
		const struct rdl_prop *prop = primary->prop[i].prop;

		if (is_own(prop) || rdl_node_find(alias, prop->id))
			continue;
		wrong(ctx, alias, primary,
		      rdl_format(&ctx->arena,
				 "alias field '%s' lacks property '%s' of the "
				 "register's",
				 alias->name->name, prop->name));
		return;
	}
}

static void check_field(struct rdlc *ctx, const struct rdl_node *reg,
			const struct rdl_node *primary_reg, const struct rdl_node *alias)
{
	const struct rdl_node *primary = rdl_node_child(primary_reg, alias->name);

	if (!primary || primary->kind != RDL_FIELD) {
		wrong(ctx, alias, primary_reg,
		      rdl_format(&ctx->arena, "alias '%s' has a field '%s' that '%s' has not",
				 reg->name->name, alias->name->name, primary_reg->name->name));
		return;
	}
	if (primary->absent)
		wrong(ctx, alias, primary, "the field that this one aliases is not present");
	if (primary->lsb != alias->lsb || primary->width != alias->width)
		wrong(ctx, alias, primary,
		      "an alias field must have the position and width of the register's");
	else
		check_props(ctx, alias, primary);
}

void rdl__check_alias(struct rdlc *ctx, const struct rdl_node *reg)
{
	const struct rdl_node *primary;

	if (!reg->inst->alias_of)
		return;
	primary = rdl_node_primary(reg);
	if (!primary)
		return;
	if (primary->absent)
		wrong(ctx, reg, primary, "the register that this one aliases is not present");
	if (rdl_reg_width(reg) != rdl_reg_width(primary))
		wrong(ctx, reg, primary, "an alias must be as wide as its register");
	if (reg->external != primary->external)
		wrong(ctx, reg, primary,
		      "an alias and its register must both be internal or both external");
	if (primary->n_dims && !same_dims(reg, primary))
		wrong(ctx, reg, primary,
		      "an alias of an array must be an array of the same dimensions");
	for (const struct rdl_node *field = reg->child; field; field = field->next)
		if (field->kind == RDL_FIELD && !field->absent)
			check_field(ctx, reg, primary, field);
}
