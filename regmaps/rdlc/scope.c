/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/scope.h"

#include "regmaps/rdlc/diag.h"
#include "regmaps/rdlc/prop_table.h"
#include "regmaps/rdlc/rdlc_priv.h"

void rdl_scope_enter(struct rdlc *ctx, struct rdl_def *def)
{
	struct rdl_scope *scope = rdl_alloc(&ctx->arena, sizeof(*scope));

	scope->outer = ctx->scope;
	scope->def = def;
	scope->depth = ctx->scope ? ctx->scope->depth + 1 : 1;
	scope->n_defaults = ctx->defaults.n;
	ctx->scope = scope;
}

void rdl_scope_leave(struct rdlc *ctx)
{
	struct rdl_scope *scope = ctx->scope;

	for (struct rdl_binding *b = scope->bindings; b; b = b->sibling) {
		if (b->is_type)
			b->name->type = b->outer;
		else
			b->name->elem = b->outer;
	}
	while (scope->hidden.n) {
		struct rdl_default *old = scope->hidden.at[--scope->hidden.n];

		for (uint32_t i = 0; i < scope->n_defaults; i++) {
			struct rdl_default *inner = ctx->defaults.at[i];

			if (inner->assign.prop == old->assign.prop)
				ctx->defaults.at[i] = old;
		}
	}
	ctx->defaults.n = scope->n_defaults;
	ctx->scope = scope->outer;
}

static struct rdl_binding *bind(struct rdlc *ctx, struct rdl_sym *name,
				const struct rdl_binding *what, bool is_type)
{
	struct rdl_binding *binding = rdl_alloc(&ctx->arena, sizeof(*binding));

	*binding = *what;
	binding->name = name;
	binding->is_type = is_type;
	binding->depth = ctx->scope->depth;
	binding->outer = is_type ? name->type : name->elem;
	binding->sibling = ctx->scope->bindings;
	ctx->scope->bindings = binding;
	return binding;
}

static bool is_taken(struct rdlc *ctx, const struct rdl_sym *name,
		     const struct rdl_binding *before, uint32_t loc)
{
	if (!before || before->depth != ctx->scope->depth)
		return false;
	rdl_report(ctx, RDL_CHECK_DUPLICATE_NAME, loc, "'%s' is declared twice", name->name);
	rdl_note(ctx, before->loc, "the first declaration of '%s' is here", name->name);
	return true;
}

void rdl_declare_type(struct rdlc *ctx, struct rdl_sym *name, const struct rdl_binding *what)
{
	if (!is_taken(ctx, name, name->type, what->loc))
		name->type = bind(ctx, name, what, true);
}

bool rdl_declare_elem(struct rdlc *ctx, struct rdl_sym *name, const struct rdl_binding *what)
{
	if (is_taken(ctx, name, name->elem, what->loc))
		return false;
	name->elem = bind(ctx, name, what, false);
	return true;
}

static const struct rdl_binding *find_type(struct rdlc *ctx, const struct rdl_sym *name,
					   enum rdl_thing thing, uint32_t loc, const char *what)
{
	if (!name->type) {
		rdl_error(ctx, loc, "'%s' is not defined here", name->name);
		return NULL;
	}
	if (name->type->thing == thing)
		return name->type;
	rdl_error(ctx, loc, "'%s' is not %s", name->name, what);
	rdl_note(ctx, name->type->loc, "'%s' is defined here", name->name);
	return NULL;
}

const struct rdl_def *rdl_find_def(struct rdlc *ctx, const struct rdl_sym *name, uint32_t loc)
{
	const struct rdl_binding *b = find_type(ctx, name, RDL_THING_DEF, loc, "a component");

	return b ? b->u.def : NULL;
}

const struct rdl_enum *rdl_find_enum(struct rdlc *ctx, const struct rdl_sym *name, uint32_t loc)
{
	const struct rdl_binding *b =
		find_type(ctx, name, RDL_THING_ENUM, loc, "an enumeration");

	return b ? b->u.enumeration : NULL;
}

const struct rdl_struct *rdl_find_struct(struct rdlc *ctx, const struct rdl_sym *name,
					 uint32_t loc)
{
	const struct rdl_binding *b = find_type(ctx, name, RDL_THING_STRUCT, loc, "a struct");

	return b ? b->u.structure : NULL;
}

static const struct rdl_scope *scope_at(const struct rdlc *ctx, uint32_t depth)
{
	const struct rdl_scope *scope = ctx->scope;

	while (scope && scope->depth > depth)
		scope = scope->outer;
	return scope;
}

const struct rdl_binding *rdl_find_elem(const struct rdlc *ctx, const struct rdl_sym *name,
					const struct rdl_def **within)
{
	for (const struct rdl_binding *b = name->elem; b; b = b->outer) {
		bool here = b->depth == ctx->scope->depth;

		if (!here && b->thing == RDL_THING_PARAM && ctx->scope->opaque)
			continue;
		if (!here && b->thing == RDL_THING_INST && b->u.inst->def->kind != RDL_SIGNAL)
			continue;
		*within = scope_at(ctx, b->depth)->def;
		return b;
	}
	return NULL;
}

void rdl_default_add(struct rdlc *ctx, const struct rdl_assign *assign, bool again)
{
	struct rdl_default *def = rdl_alloc(&ctx->arena, sizeof(*def));

	def->assign = *assign;
	def->depth = ctx->scope->depth;
	for (uint32_t i = 0; i < ctx->defaults.n; i++) {
		struct rdl_default *old = ctx->defaults.at[i];

		if (old->assign.prop != assign->prop)
			continue;
		if (old->depth == def->depth && !again) {
			rdl_error(ctx, assign->loc, "the default of '%s' is set twice",
				  assign->prop->name);
			rdl_note(ctx, old->assign.loc, "the first is here");
			return;
		}
		if (i < ctx->scope->n_defaults && old->depth != def->depth)
			rdl_vec_push(&ctx->arena, &ctx->scope->hidden, old);
		ctx->defaults.at[i] = def;
		return;
	}
	rdl_vec_push(&ctx->arena, &ctx->defaults, def);
}
