/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/expr.h"

#include "regmaps/rdlc/diag.h"
#include "regmaps/rdlc/lex.h"
#include "regmaps/rdlc/prop_table.h"
#include "regmaps/rdlc/rdlc_priv.h"

#define MAX_EXPR_DEPTH 2000

static const struct rdl_type type_bool = { .kind = RDL_TYPE_BOOL };
static const struct rdl_type type_int = { .kind = RDL_TYPE_INT };

static struct rdl_expr *expr_new(struct rdlc *ctx, enum rdl_expr_op op, uint32_t loc)
{
	struct rdl_expr *expr = rdl_alloc(&ctx->arena, sizeof(*expr));

	expr->op = (uint8_t)op;
	expr->loc = loc;
	return expr;
}

static void deepen(struct rdlc *ctx, struct rdl_expr *expr, const struct rdl_expr *child)
{
	if (!child || child->depth < expr->depth)
		return;
	if (child->depth >= MAX_EXPR_DEPTH)
		rdl_fatal(ctx, expr->loc, "expression nested too deeply");
	expr->depth = (uint16_t)(child->depth + 1);
}

static void operands(struct rdlc *ctx, struct rdl_expr *expr, const struct rdl_expr *a,
		     const struct rdl_expr *b, const struct rdl_expr *c)
{
	expr->u.of.a = a;
	expr->u.of.b = b;
	expr->u.of.c = c;
	deepen(ctx, expr, a);
	deepen(ctx, expr, b);
	deepen(ctx, expr, c);
}

static bool is_bad(const struct rdl_expr *expr)
{
	return expr->type.kind == RDL_TYPE_BAD;
}

/* Reports an operand that is not a number; false then, and for bad operands. */
static bool need_number(struct rdlc *ctx, const struct rdl_expr *expr)
{
	if (is_bad(expr))
		return false;
	if (rdl_type_is_number(expr->type))
		return true;
	rdl_error(ctx, expr->loc, "the operand is of type %s, not a number",
		  rdl_type_name(expr->type));
	return false;
}

struct rdl_expr *rdl_expr_literal(struct rdlc *ctx, uint32_t loc, struct rdl_value value)
{
	struct rdl_expr *expr = expr_new(ctx, RDL_EXPR_LITERAL, loc);

	expr->type = value.type;
	expr->u.literal = value;
	return expr;
}

struct rdl_expr *rdl_expr_bad(struct rdlc *ctx, uint32_t loc)
{
	return expr_new(ctx, RDL_EXPR_LITERAL, loc);
}

struct rdl_expr *rdl_expr_unary(struct rdlc *ctx, uint32_t loc, unsigned token,
				const struct rdl_expr *a)
{
	struct rdl_expr *expr = expr_new(ctx, RDL_EXPR_UNARY, loc);

	expr->token = (uint8_t)token;
	operands(ctx, expr, a, NULL, NULL);
	if (need_number(ctx, a))
		expr->type = token == RDL_T_NOT ? type_bool : type_int;
	return expr;
}

static bool is_relation(unsigned token)
{
	return token == RDL_T_LT || token == RDL_T_LE || token == RDL_T_GT ||
	       token == RDL_T_GE || token == RDL_T_LAND || token == RDL_T_LOR;
}

struct rdl_expr *rdl_expr_binary(struct rdlc *ctx, uint32_t loc, unsigned token,
				 const struct rdl_expr *a, const struct rdl_expr *b)
{
	struct rdl_expr *expr = expr_new(ctx, RDL_EXPR_BINARY, loc);
	bool good;

	expr->token = (uint8_t)token;
	operands(ctx, expr, a, b, NULL);
	if (is_bad(a) || is_bad(b))
		return expr;
	if (token == RDL_T_EQ || token == RDL_T_NE) {
		good = rdl_type_equal(a->type, b->type) ||
		       (rdl_type_is_number(a->type) && rdl_type_is_number(b->type));
		if (!good)
			rdl_error(ctx, loc, "cannot compare %s with %s", rdl_type_name(a->type),
				  rdl_type_name(b->type));
		expr->type = type_bool;
		return expr;
	}
	good = need_number(ctx, a);
	good = need_number(ctx, b) && good;
	if (good)
		expr->type = is_relation(token) ? type_bool : type_int;
	return expr;
}

struct rdl_expr *rdl_expr_ternary(struct rdlc *ctx, uint32_t loc, const struct rdl_expr *a,
				  const struct rdl_expr *b, const struct rdl_expr *c)
{
	struct rdl_expr *expr = expr_new(ctx, RDL_EXPR_TERNARY, loc);

	operands(ctx, expr, a, b, c);
	if (!need_number(ctx, a) || is_bad(b) || is_bad(c))
		return expr;
	if (rdl_type_is_number(b->type) && rdl_type_is_number(c->type))
		expr->type = type_int;
	else if (rdl_type_equal(b->type, c->type))
		expr->type = b->type;
	else
		rdl_error(ctx, loc, "the two results are of different types: %s and %s",
			  rdl_type_name(b->type), rdl_type_name(c->type));
	return expr;
}

static struct rdl_expr *with_items(struct rdlc *ctx, enum rdl_expr_op op, uint32_t loc,
				   const struct rdl_vec *items)
{
	struct rdl_expr *expr = expr_new(ctx, op, loc);

	expr->u.items = *items;
	for (uint32_t i = 0; i < items->n; i++)
		deepen(ctx, expr, items->at[i]);
	return expr;
}

struct rdl_expr *rdl_expr_concat(struct rdlc *ctx, uint32_t loc, const struct rdl_vec *items)
{
	struct rdl_expr *expr = with_items(ctx, RDL_EXPR_CONCAT, loc, items);
	const struct rdl_expr *first = items->at[0];
	struct rdl_type type = type_int;

	if (first->type.kind == RDL_TYPE_STRING && !first->type.array)
		type = first->type;
	for (uint32_t i = 0; i < items->n; i++) {
		const struct rdl_expr *item = items->at[i];

		if (is_bad(item))
			return expr;
		if (rdl_type_fits(item->type, type))
			continue;
		rdl_error(ctx, item->loc, "cannot concatenate %s with %s",
			  rdl_type_name(item->type), rdl_type_name(type));
		return expr;
	}
	expr->type = type;
	return expr;
}

struct rdl_expr *rdl_expr_replicate(struct rdlc *ctx, uint32_t loc,
				    const struct rdl_expr *times, const struct rdl_expr *what)
{
	struct rdl_expr *expr = expr_new(ctx, RDL_EXPR_REPLICATE, loc);

	operands(ctx, expr, times, what, NULL);
	if (need_number(ctx, times))
		expr->type = what->type;
	return expr;
}

struct rdl_expr *rdl_expr_cast(struct rdlc *ctx, uint32_t loc, unsigned token,
			       const struct rdl_expr *width, const struct rdl_expr *what)
{
	struct rdl_expr *expr = expr_new(ctx, RDL_EXPR_CAST, loc);
	bool good = !width || need_number(ctx, width);

	expr->token = (uint8_t)token;
	operands(ctx, expr, width, what, NULL);
	if (need_number(ctx, what) && good)
		expr->type = token == RDL_T_BOOLEAN ? type_bool : type_int;
	return expr;
}

static bool is_reference(struct rdl_type type)
{
	return !type.array && (type.kind == RDL_TYPE_COMP || type.kind == RDL_TYPE_PROPREF ||
			       type.kind == RDL_TYPE_REF);
}

/* The type that both elements of an array have; false when there is none. */
static bool common_type(struct rdl_type *all, struct rdl_type type)
{
	if (rdl_type_equal(*all, type))
		return true;
	if (is_reference(*all) && is_reference(type)) {
		*all = (struct rdl_type){ .kind = RDL_TYPE_REF };
		return true;
	}
	if (all->kind != RDL_TYPE_STRUCT || type.kind != RDL_TYPE_STRUCT)
		return false;
	if (rdl_type_fits(*all, type))
		*all = type;
	return rdl_type_fits(type, *all);
}

struct rdl_expr *rdl_expr_array(struct rdlc *ctx, uint32_t loc, const struct rdl_vec *items)
{
	struct rdl_expr *expr = with_items(ctx, RDL_EXPR_ARRAY, loc, items);
	struct rdl_type all = { .kind = RDL_TYPE_NONE };

	for (uint32_t i = 0; i < items->n; i++) {
		const struct rdl_expr *item = items->at[i];

		if (is_bad(item))
			return expr;
		if (!i)
			all = item->type;
		if (item->type.array || !common_type(&all, item->type)) {
			rdl_error(ctx, item->loc,
				  item->type.array
					  ? "arrays do not nest"
					  : "the elements of an array must be of one type");
			return expr;
		}
	}
	expr->type = all;
	expr->type.array = true;
	expr->type.empty = !items->n;
	return expr;
}

static bool has_default(struct rdl_type type)
{
	return type.array || type.kind == RDL_TYPE_BOOL || type.kind == RDL_TYPE_STRING ||
	       type.kind == RDL_TYPE_ACCESS || type.kind == RDL_TYPE_ADDRESSING;
}

struct rdl_expr *rdl_expr_struct(struct rdlc *ctx, uint32_t loc, const struct rdl_struct *type,
				 const struct rdl_vec *items)
{
	struct rdl_expr *expr = with_items(ctx, RDL_EXPR_STRUCT, loc, items);

	expr->type = (struct rdl_type){ .kind = RDL_TYPE_STRUCT, .user.structure = type };
	for (uint32_t i = 0; i < type->n; i++) {
		const struct rdl_member *member = &type->member[i];

		if (items->at[i])
			rdl_expr_check(
				ctx, items->at[i], member->type,
				rdl_format(&ctx->arena, "member '%s'", member->name->name));
		else if (!has_default(member->type))
			rdl_error(ctx, loc, "member '%s' of struct '%s' needs a value",
				  member->name->name, type->name->name);
	}
	return expr;
}

struct rdl_expr *rdl_expr_param(struct rdlc *ctx, uint32_t loc, const struct rdl_param *param)
{
	struct rdl_expr *expr = expr_new(ctx, RDL_EXPR_PARAM, loc);

	expr->type = param->type;
	expr->u.param = param;
	return expr;
}

struct rdl_expr *rdl_expr_index(struct rdlc *ctx, uint32_t loc, const struct rdl_expr *array,
				const struct rdl_expr *index)
{
	struct rdl_expr *expr = expr_new(ctx, RDL_EXPR_INDEX, loc);

	operands(ctx, expr, array, index, NULL);
	if (is_bad(array) || !need_number(ctx, index))
		return expr;
	if (!array->type.array || array->type.empty) {
		rdl_error(ctx, loc, "this is not an array");
		return expr;
	}
	expr->type = array->type;
	expr->type.array = false;
	return expr;
}

struct rdl_expr *rdl_expr_member(struct rdlc *ctx, uint32_t loc, const struct rdl_expr *of,
				 const struct rdl_sym *name)
{
	struct rdl_expr *expr = expr_new(ctx, RDL_EXPR_MEMBER, loc);
	const struct rdl_struct *type = of->type.user.structure;

	operands(ctx, expr, of, NULL, NULL);
	if (is_bad(of))
		return expr;
	if (of->type.array || of->type.kind != RDL_TYPE_STRUCT) {
		rdl_error(ctx, loc, "this is not a struct, it has no member '%s'", name->name);
		return expr;
	}
	for (uint32_t i = 0; i < type->n; i++) {
		if (type->member[i].name != name)
			continue;
		expr->u.of.member = i;
		expr->type = type->member[i].type;
		return expr;
	}
	rdl_error(ctx, loc, "struct '%s' has no member '%s'", type->name->name, name->name);
	rdl_note(ctx, type->loc, "'%s' is defined here", type->name->name);
	return expr;
}

static bool check_step(struct rdlc *ctx, const struct rdl_inst *inst,
		       const struct rdl_ref_step *step)
{
	bool vector = inst->def->kind == RDL_FIELD || inst->def->kind == RDL_SIGNAL;
	uint32_t dims = vector ? 0 : inst->dims.n;

	if (step->index.n == dims)
		return true;
	if (!dims)
		rdl_error(ctx, step->loc, "'%s' is not an array", step->name->name);
	else
		rdl_error(ctx, step->loc, "'%s' needs %u %s, not %u", step->name->name, dims,
			  dims == 1 ? "index" : "indices", step->index.n);
	rdl_note(ctx, inst->loc, "'%s' is declared here", inst->name->name);
	return false;
}

struct rdl_expr *rdl_expr_ref(struct rdlc *ctx, uint32_t loc, const struct rdl_def *from,
			      const struct rdl_vec *steps)
{
	struct rdl_expr *expr = expr_new(ctx, RDL_EXPR_REF, loc);
	const struct rdl_def *def = from;

	expr->u.ref.from = from;
	expr->u.ref.steps = *steps;
	for (uint32_t i = 0; i < steps->n; i++) {
		const struct rdl_ref_step *step = steps->at[i];
		const struct rdl_inst *inst = rdl_def_find(ctx, def, step->name);

		if (!inst) {
			rdl_error(ctx, step->loc, "no '%s' within %s%s%s", step->name->name,
				  rdl_kind_name(def->kind), def->name ? " " : "",
				  def->name ? def->name->name : "");
			return expr;
		}
		if (!check_step(ctx, inst, step))
			return expr;
		for (uint32_t k = 0; k < step->index.n; k++)
			if (!need_number(ctx, step->index.at[k]))
				return expr;
		def = inst->def;
	}
	expr->type = (struct rdl_type){ .kind = RDL_TYPE_COMP, .comp = (uint8_t)def->kind };
	return expr;
}

struct rdl_expr *rdl_expr_prop(struct rdlc *ctx, uint32_t loc, struct rdl_expr *ref,
			       const struct rdl_sym *name)
{
	const struct rdl_prop *prop = name->prop;
	enum rdl_kind want = RDL_FIELD;

	if (is_bad(ref))
		return ref;
	if (ref->op != RDL_EXPR_REF) {
		rdl_error(ctx, loc, "only a component has properties");
		return rdl_expr_bad(ctx, loc);
	}
	if (!prop || prop->ref == RDL_REF_NO) {
		rdl_error(ctx, loc,
			  prop ? "property '%s' cannot be referenced"
			       : "'%s' is not a property",
			  name->name);
		return rdl_expr_bad(ctx, loc);
	}
	if (prop->ref == RDL_REF_REG)
		want = RDL_REG;
	if (ref->type.comp != want) {
		rdl_error(ctx, loc, "'%s' can be referenced of %s only", prop->name,
			  rdl_kind_phrase(want));
		return rdl_expr_bad(ctx, loc);
	}
	ref->u.ref.prop = prop;
	ref->type = (struct rdl_type){ .kind = RDL_TYPE_PROPREF };
	return ref;
}

bool rdl_expr_check(struct rdlc *ctx, const struct rdl_expr *expr, struct rdl_type type,
		    const char *what)
{
	if (rdl_type_fits(expr->type, type))
		return true;
	rdl_error(ctx, expr->loc, "%s is of type %s; %s does not fit", what,
		  rdl_type_name(type), rdl_type_name(expr->type));
	return false;
}
