/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/prop_table.h"

#include <string.h>

#include "regmaps/rdlc/expr.h"
#include "regmaps/rdlc/rdlc_priv.h"

const struct rdl_prop rdl_props[RDL_PROP_COUNT] = {
#define RDL_PROP(tag, text, on, accepts, refs, is_array, dyn, exclusion, rule)                 \
	[RDL_PROP_##tag] = {                                                                   \
		.name = (text),                                                                \
		.id = RDL_PROP_##tag,                                                          \
		.kinds = (on),                                                                 \
		.types = (accepts),                                                            \
		.comps = (refs),                                                               \
		.array = (is_array),                                                           \
		.dynamic = (dyn),                                                              \
		.group = (exclusion),                                                          \
		.ref = RDL_REF_##rule,                                                         \
	},
#include "regmaps/rdlc/props.def"
#undef RDL_PROP
};

void rdl_props_init(struct rdlc *ctx)
{
	for (size_t i = 0; i < RDL_PROP_COUNT; i++)
		rdl_intern(&ctx->arena, &ctx->syms, rdl_props[i].name,
			   strlen(rdl_props[i].name))
			->prop = &rdl_props[i];
}

static bool builtin_accepts(const struct rdl_prop *prop, struct rdl_type from,
			    struct rdl_type *type)
{
	*type = from;
	if (from.kind == RDL_TYPE_BAD)
		return true;
	if (from.array || prop->array) {
		*type = (struct rdl_type){ .kind = RDL_TYPE_STRING, .array = true };
		return prop->array && rdl_type_fits(from, *type);
	}
	if (from.kind == RDL_TYPE_COMP)
		return prop->comps & RDL_ON(from.comp);
	if (prop->types & RDL_TYPE_BIT(from.kind))
		return true;
	if (!rdl_type_is_number(from))
		return false;
	*type = (struct rdl_type){ .kind = prop->types & RDL_TYPE_BIT(RDL_TYPE_INT)
						   ? RDL_TYPE_INT
						   : RDL_TYPE_BOOL };
	return prop->types & RDL_TYPE_BIT(type->kind);
}

bool rdl_prop_accepts(const struct rdl_prop *prop, const struct rdl_expr *expr,
		      struct rdl_type *type)
{
	if (prop->id != RDL_PROP_USER) {
		*type = (struct rdl_type){ .kind = RDL_TYPE_BOOL };
		if (!expr)
			return prop->types & RDL_TYPE_BIT(RDL_TYPE_BOOL);
		return builtin_accepts(prop, expr->type, type);
	}
	*type = prop->type;
	if (!expr)
		return true;
	if (prop->type.kind == RDL_TYPE_REF && !prop->type.array)
		*type = expr->type;
	return rdl_type_fits(expr->type, prop->type);
}
