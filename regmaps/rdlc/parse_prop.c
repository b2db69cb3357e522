/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/parse.h"

#include "regmaps/rdlc/diag.h"
#include "regmaps/rdlc/prop_table.h"
#include "regmaps/rdlc/rdlc_priv.h"
#include "regmaps/rdlc/scope.h"

bool rdl__starts_property(const struct rdl_parser *p)
{
	switch (p->tok.kind) {
	case RDL_T_ID:
	case RDL_T_DEFAULT:
	case RDL_T_ENCODE:
	case RDL_T_SW:
	case RDL_T_HW:
	case RDL_T_RCLR:
	case RDL_T_RSET:
	case RDL_T_WOCLR:
	case RDL_T_WOSET:
	case RDL_T_POSEDGE:
	case RDL_T_NEGEDGE:
	case RDL_T_BOTHEDGE:
	case RDL_T_LEVEL:
	case RDL_T_NONSTICKY:
		return true;
	default:
		return false;
	}
}

/* encode = ENUMERATION: the only place where a type's name is a value. */
static struct rdl_expr *parse_encode(struct rdl_parser *p)
{
	struct rdl_value value = { .type = { .kind = RDL_TYPE_ENUMTYPE } };
	struct rdl_sym *name;
	uint32_t loc;

	name = rdl__ident(p, &loc);
	if (!name)
		return NULL;
	value.u.enumeration = rdl_find_enum(p->ctx, name, loc);
	if (!value.u.enumeration)
		return rdl_expr_bad(p->ctx, loc);
	return rdl_expr_literal(p->ctx, loc, value);
}

/* normal_prop_assign or encode_prop_assign; prop is NULL when it is unknown. */
static struct rdl_assign parse_assign(struct rdl_parser *p)
{
	struct rdl_assign assign = { .loc = p->tok.loc };
	struct rdl_sym *name = p->tok.sym;

	rdl__advance(p);
	assign.prop = name->prop;
	if (!assign.prop)
		rdl_error(p->ctx, assign.loc, "'%s' is not a property", name->name);
	if (!rdl__accept(p, RDL_T_ASSIGN))
		return assign;
	if (assign.prop && assign.prop->id == RDL_PROP_ENCODE)
		assign.expr = parse_encode(p);
	else
		assign.expr = rdl__parse_expr(p);
	return assign;
}

/* Whether the property takes the value; the value's type is decided here. */
static bool value_fits(struct rdlc *ctx, struct rdl_assign *assign)
{
	const struct rdl_prop *prop = assign->prop;

	if (rdl_prop_accepts(prop, assign->expr, &assign->type))
		return true;
	if (!assign->expr)
		rdl_error(ctx, assign->loc, "property '%s' needs a value", prop->name);
	else
		rdl_error(ctx, assign->expr->loc, "property '%s' cannot be set to this: %s",
			  prop->name, rdl_type_name(assign->expr->type));
	return false;
}

static bool kind_fits(struct rdlc *ctx, const struct rdl_assign *assign, enum rdl_kind kind)
{
	if (assign->prop->kinds & RDL_ON(kind))
		return true;
	rdl_report(ctx, RDL_CHECK_PROPERTY_COMPONENT, assign->loc, "%s has no property '%s'",
		   rdl_kind_phrase(kind), assign->prop->name);
	return false;
}

static bool excludes(const struct rdl_prop *a, const struct rdl_prop *b)
{
	return a == b || (a->group && a->group == b->group);
}

/* Two assignments of one scope that cannot both be. */
static bool collides(struct rdlc *ctx, const struct rdl_assign *one,
		     const struct rdl_assign *two)
{
	if (!excludes(one->prop, two->prop))
		return false;
	if (one->prop == two->prop && two->prop->id == RDL_PROP_INTR)
		return false;
	if (one->prop == two->prop)
		rdl_report(ctx, RDL_CHECK_PROPERTY_TWICE, two->loc,
			   "property '%s' is assigned twice", two->prop->name);
	else
		rdl_report(ctx, RDL_CHECK_PROPERTY_CONFLICT, two->loc,
			   "properties '%s' and '%s' exclude each other", one->prop->name,
			   two->prop->name);
	rdl_note(ctx, one->loc, "'%s' is assigned here", one->prop->name);
	return true;
}

static void append(struct rdlc *ctx, struct rdl_def *def, const struct rdl_assign *assign)
{
	struct rdl_assign *copy = rdl_alloc(&ctx->arena, sizeof(*copy));

	*copy = *assign;
	copy->next = NULL;
	*def->assigns_end = copy;
	def->assigns_end = &copy->next;
}

static void add_local(struct rdlc *ctx, struct rdl_def *def, struct rdl_assign *assign)
{
	if (!assign->prop || !kind_fits(ctx, assign, def->kind) || !value_fits(ctx, assign))
		return;
	for (const struct rdl_assign *a = def->assigns; a; a = a->next)
		if (collides(ctx, a, assign))
			return;
	append(ctx, def, assign);
}

static void add_property(struct rdl_parser *p, struct rdl_def *within,
			 struct rdl_assign *assign, bool is_default)
{
	if (!assign->prop)
		return;
	if (!is_default)
		add_local(p->ctx, within, assign);
	else if (value_fits(p->ctx, assign))
		rdl_default_add(p->ctx, assign, assign->prop->id == RDL_PROP_INTR);
}

/* posedge intr; and its kin: intr, and the kind of edge or no stickiness. */
static void parse_prop_mod(struct rdl_parser *p, struct rdl_def *within, bool is_default)
{
	enum rdl_token_kind mod = p->tok.kind;
	struct rdl_assign intr = { .prop = &rdl_props[RDL_PROP_INTR], .loc = p->tok.loc };
	struct rdl_assign how = { .loc = p->tok.loc };
	struct rdl_value value;
	struct rdl_sym *name;
	uint32_t loc;

	rdl__advance(p);
	name = rdl__ident(p, &loc);
	if (!name)
		return;
	if (name->prop != intr.prop) {
		rdl_error(p->ctx, loc, "expected 'intr'");
		return;
	}
	if (mod == RDL_T_NONSTICKY) {
		how.prop = &rdl_props[RDL_PROP_STICKYBIT];
		value = rdl_value_bool(false);
	} else {
		how.prop = &rdl_props[RDL_PROP_INTR_TYPE];
		value = rdl_value_builtin(RDL_TYPE_INTR,
					  mod == RDL_T_LEVEL     ? RDL_INTR_LEVEL
					  : mod == RDL_T_POSEDGE ? RDL_INTR_POSEDGE
					  : mod == RDL_T_NEGEDGE ? RDL_INTR_NEGEDGE
								 : RDL_INTR_BOTHEDGE);
	}
	how.expr = rdl_expr_literal(p->ctx, loc, value);
	add_property(p, within, &intr, is_default);
	add_property(p, within, &how, is_default);
}

void rdl__parse_local_property(struct rdl_parser *p, struct rdl_def *within)
{
	bool is_default = rdl__accept(p, RDL_T_DEFAULT);
	struct rdl_assign assign;

	if (!is_default && within->kind == RDL_ROOT) {
		rdl_error(p->ctx, p->tok.loc,
			  "expected a definition; properties can only be "
			  "defaults here");
		p->panic = true;
		return;
	}
	if (!rdl__starts_property(p)) {
		rdl__unexpected(p, "a property");
		return;
	}
	if (p->tok.kind >= RDL_T_FIRST_KEYWORD && !p->tok.sym->prop) {
		parse_prop_mod(p, within, is_default);
		return;
	}
	assign = parse_assign(p);
	if (!p->panic)
		add_property(p, within, &assign, is_default);
}

static bool same_index(const struct rdl_expr *a, const struct rdl_expr *b)
{
	return a->op == RDL_EXPR_LITERAL && b->op == RDL_EXPR_LITERAL &&
	       rdl_value_equal(&a->u.literal, &b->u.literal);
}

/* Whether two assignments surely go to the same place. */
static bool same_way(const struct rdl_dynamic *a, const struct rdl_dynamic *b)
{
	if (a->way.n != b->way.n)
		return false;
	for (uint32_t i = 0; i < a->way.n; i++) {
		const struct rdl_way *x = a->way.at[i], *y = b->way.at[i];

		if (x->name != y->name || x->index.n != y->index.n)
			return false;
		for (uint32_t k = 0; k < x->index.n; k++)
			if (!same_index(x->index.at[k], y->index.at[k]))
				return false;
	}
	return true;
}

static void add_dynamic(struct rdlc *ctx, struct rdl_inst *first, enum rdl_kind kind,
			const struct rdl_dynamic *dynamic)
{
	struct rdl_dynamic *copy = rdl_alloc(&ctx->arena, sizeof(*copy));

	*copy = *dynamic;
	if (!copy->assign.prop || !kind_fits(ctx, &copy->assign, kind) ||
	    !value_fits(ctx, &copy->assign))
		return;
	if (!copy->assign.prop->dynamic) {
		rdl_report(ctx, RDL_CHECK_PROPERTY_DYNAMIC, copy->assign.loc,
			   "property '%s' cannot be assigned dynamically",
			   copy->assign.prop->name);
		return;
	}
	for (const struct rdl_dynamic *d = first->dynamics; d; d = d->next)
		if (same_way(d, copy) && collides(ctx, &d->assign, &copy->assign))
			return;
	*first->dynamics_end = copy;
	first->dynamics_end = &copy->next;
}

static bool index_fits(struct rdl_parser *p, const struct rdl_inst *inst,
		       const struct rdl_way *way, uint32_t loc)
{
	bool addressable = RDL_ON_ADDRESSABLE & RDL_ON(inst->def->kind);
	uint32_t dims = addressable ? inst->dims.n : 0;

	for (uint32_t i = 0; i < way->index.n; i++)
		if (!rdl_expr_check(p->ctx, way->index.at[i],
				    (struct rdl_type){ .kind = RDL_TYPE_INT }, "an index"))
			return false;
	if (!way->index.n || way->index.n == dims)
		return true;
	if (dims)
		rdl_error(p->ctx, loc, "'%s' needs %u %s, or none for all elements",
			  way->name->name, dims, dims == 1 ? "index" : "indices");
	else
		rdl_error(p->ctx, loc, "'%s' is not an array", way->name->name);
	rdl_note(p->ctx, inst->loc, "'%s' is declared here", inst->name->name);
	return false;
}

/* One element of the instance reference: NULL after an error. */
static const struct rdl_inst *step_down(struct rdl_parser *p, const struct rdl_def *def,
					struct rdl_dynamic *dynamic)
{
	struct rdl_way *way = rdl_alloc(&p->ctx->arena, sizeof(*way));
	const struct rdl_inst *inst;
	uint32_t loc;

	way->name = rdl__ident(p, &loc);
	if (!way->name)
		return NULL;
	rdl__parse_indices(p, &way->index);
	inst = rdl_def_find(p->ctx, def, way->name);
	if (!inst)
		rdl_error(p->ctx, loc, "no '%s' within %s%s%s", way->name->name,
			  rdl_kind_name(def->kind), def->name ? " " : "",
			  def->name ? def->name->name : "");
	if (p->panic || !inst || !index_fits(p, inst, way, loc)) {
		p->panic = true;
		return NULL;
	}
	rdl_vec_push(&p->ctx->arena, &dynamic->way, way);
	return inst;
}

void rdl__parse_dynamic_property(struct rdl_parser *p, struct rdl_def *within)
{
	struct rdl_inst *first = rdl_def_find(p->ctx, within, p->tok.sym);
	struct rdl_dynamic dynamic = { 0 };
	const struct rdl_inst *inst = step_down(p, within, &dynamic);

	while (inst && rdl__accept(p, RDL_T_DOT))
		inst = step_down(p, inst->def, &dynamic);
	if (!inst || !rdl__expect(p, RDL_T_ARROW))
		return;
	if (!p->tok.sym) {
		rdl__unexpected(p, "a property");
		return;
	}
	dynamic.assign = parse_assign(p);
	if (!p->panic)
		add_dynamic(p->ctx, first, inst->def->kind, &dynamic);
}

static bool overridden(const struct rdlc *ctx, uint32_t i, const struct rdl_def *own)
{
	const struct rdl_default *def = ctx->defaults.at[i];

	for (uint32_t k = i + 1; k < ctx->defaults.n; k++) {
		const struct rdl_default *later = ctx->defaults.at[k];

		if ((later->assign.prop->kinds & RDL_ON(own->kind)) &&
		    excludes(def->assign.prop, later->assign.prop))
			return true;
	}
	for (const struct rdl_assign *a = own->assigns; a; a = a->next)
		if (excludes(def->assign.prop, a->prop))
			return true;
	return false;
}

void rdl__apply_defaults(struct rdlc *ctx, struct rdl_def *def)
{
	struct rdl_assign *own = def->assigns, **end = def->assigns_end;
	struct rdl_def inherited = { 0 };

	inherited.assigns_end = &inherited.assigns;
	for (uint32_t i = 0; i < ctx->defaults.n; i++) {
		const struct rdl_default *d = ctx->defaults.at[i];

		if ((d->assign.prop->kinds & RDL_ON(def->kind)) && !overridden(ctx, i, def))
			append(ctx, &inherited, &d->assign);
	}
	if (!inherited.assigns)
		return;
	*inherited.assigns_end = own;
	def->assigns = inherited.assigns;
	def->assigns_end = own ? end : inherited.assigns_end;
}
