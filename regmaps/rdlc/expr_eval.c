/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/expr_priv.h"

#include <string.h>

#include "regmaps/rdlc/bits.h"
#include "regmaps/rdlc/diag.h"
#include "regmaps/rdlc/lex.h"
#include "regmaps/rdlc/rdlc_priv.h"

static bool eval_unary(struct rdl_eval *ev, const struct rdl_expr *expr, uint32_t width,
		       struct rdl_value *out)
{
	struct rdl_arena *arena = &ev->ctx->arena;
	struct rdl_value a;

	switch (expr->token) {
	case RDL_T_PLUS:
	case RDL_T_MINUS:
	case RDL_T_INVERT:
		if (!rdl__evaluate(ev, expr->u.of.a, width, &a))
			return false;
		if (expr->token == RDL_T_MINUS)
			*out = rdl_bits_negate(arena, &a, width);
		else if (expr->token == RDL_T_INVERT)
			*out = rdl_bits_invert(arena, &a, width);
		else
			*out = a;
		rdl_bits_resize(arena, out, width);
		return true;
	default:
		break;
	}
	if (!rdl__width_of(ev, expr->u.of.a, &width) ||
	    !rdl__evaluate(ev, expr->u.of.a, width, &a))
		return false;
	switch (expr->token) {
	case RDL_T_NOT:
		*out = rdl_value_bool(rdl_value_is_zero(&a));
		return true;
	case RDL_T_AND:
	case RDL_T_NAND:
		a = rdl_bits_invert(arena, &a, width);
		*out = rdl_value_int(rdl_value_is_zero(&a) == (expr->token == RDL_T_AND), 1);
		return true;
	case RDL_T_OR:
	case RDL_T_NOR:
		*out = rdl_value_int(rdl_value_is_zero(&a) == (expr->token == RDL_T_NOR), 1);
		return true;
	default:
		*out = rdl_value_int(rdl_bits_parity(&a) == (expr->token == RDL_T_XOR), 1);
		return true;
	}
}

static bool eval_relation(struct rdl_eval *ev, const struct rdl_expr *expr,
			  struct rdl_value *out)
{
	struct rdl_value a, b;
	uint32_t width = 0;
	bool equal;
	int order;

	if (rdl_type_is_number(expr->u.of.a->type) &&
	    !rdl__width_of_pair(ev, expr->u.of.a, expr->u.of.b, &width))
		return false;
	if (!rdl__evaluate(ev, expr->u.of.a, width, &a) ||
	    !rdl__evaluate(ev, expr->u.of.b, width, &b))
		return false;
	if (expr->token == RDL_T_EQ || expr->token == RDL_T_NE) {
		equal = rdl_value_equal(&a, &b);
		*out = rdl_value_bool(equal == (expr->token == RDL_T_EQ));
		return true;
	}
	order = rdl_bits_compare(&a, &b);
	*out = rdl_value_bool(expr->token == RDL_T_LT   ? order < 0
			      : expr->token == RDL_T_LE ? order <= 0
			      : expr->token == RDL_T_GT ? order > 0
							: order >= 0);
	return true;
}

static bool eval_logic(struct rdl_eval *ev, const struct rdl_expr *expr, struct rdl_value *out)
{
	struct rdl_value a;

	if (!rdl__evaluate(ev, expr->u.of.a, 0, &a))
		return false;
	if (rdl_value_is_zero(&a) == (expr->token == RDL_T_LOR) &&
	    !rdl__evaluate(ev, expr->u.of.b, 0, &a))
		return false;
	*out = rdl_value_bool(!rdl_value_is_zero(&a));
	return true;
}

static enum rdl_bits_op bits_op(unsigned token)
{
	switch (token) {
	case RDL_T_PLUS:
		return RDL_BITS_ADD;
	case RDL_T_MINUS:
		return RDL_BITS_SUB;
	case RDL_T_TIMES:
		return RDL_BITS_MUL;
	case RDL_T_DIV:
		return RDL_BITS_DIV;
	case RDL_T_MOD:
		return RDL_BITS_MOD;
	case RDL_T_AND:
		return RDL_BITS_AND;
	case RDL_T_OR:
		return RDL_BITS_OR;
	case RDL_T_XOR:
		return RDL_BITS_XOR;
	case RDL_T_XNOR:
		return RDL_BITS_XNOR;
	case RDL_T_POWER:
		return RDL_BITS_POW;
	case RDL_T_SHL:
		return RDL_BITS_SHL;
	default:
		return RDL_BITS_SHR;
	}
}

/* What an operation costs, in words touched. */
static uint64_t effort_of(enum rdl_bits_op op, uint32_t width)
{
	uint64_t words = (width + 63) / 64;

	if (words < 2 || op < RDL_BITS_MUL || (op > RDL_BITS_MOD && op != RDL_BITS_POW))
		return words;
	return op == RDL_BITS_POW ? words * words * width : words * words * 64;
}

static bool eval_arithmetic(struct rdl_eval *ev, const struct rdl_expr *expr, uint32_t width,
			    struct rdl_value *out)
{
	enum rdl_bits_op op = bits_op(expr->token);
	struct rdl_value a, b;

	if (!rdl__evaluate(ev, expr->u.of.a, width, &a) ||
	    !rdl__evaluate(ev, expr->u.of.b, op >= RDL_BITS_POW ? 0 : width, &b))
		return false;
	if ((op == RDL_BITS_DIV || op == RDL_BITS_MOD) && rdl_value_is_zero(&b)) {
		rdl_error(ev->ctx, expr->loc, "division by zero");
		return false;
	}
	rdl__burn(ev, expr, effort_of(op, width));
	*out = rdl_bits_binary(&ev->ctx->arena, op, &a, &b, width);
	return true;
}

static bool eval_binary(struct rdl_eval *ev, const struct rdl_expr *expr, uint32_t width,
			struct rdl_value *out)
{
	switch (expr->token) {
	case RDL_T_EQ:
	case RDL_T_NE:
	case RDL_T_LT:
	case RDL_T_LE:
	case RDL_T_GT:
	case RDL_T_GE:
		return eval_relation(ev, expr, out);
	case RDL_T_LAND:
	case RDL_T_LOR:
		return eval_logic(ev, expr, out);
	default:
		return eval_arithmetic(ev, expr, width, out);
	}
}

static void append_bits(struct rdl_eval *ev, struct rdl_value *all,
			const struct rdl_value *part, uint32_t width)
{
	struct rdl_value by = rdl_value_int(part->width, 64);

	*all = rdl_bits_binary(&ev->ctx->arena, RDL_BITS_SHL, all, &by, width);
	*all = rdl_bits_binary(&ev->ctx->arena, RDL_BITS_OR, all, part, width);
}

/* A part of a concatenation, exactly as wide as it is by itself. */
static bool eval_part(struct rdl_eval *ev, const struct rdl_expr *expr, struct rdl_value *part)
{
	uint32_t width;

	if (!rdl__width_of(ev, expr, &width) || !rdl__evaluate(ev, expr, 0, part))
		return false;
	rdl_bits_resize(&ev->ctx->arena, part, width);
	part->type.kind = RDL_TYPE_INT;
	return true;
}

static bool eval_bit_sequence(struct rdl_eval *ev, const struct rdl_expr *expr,
			      struct rdl_value *out)
{
	bool replicate = expr->op == RDL_EXPR_REPLICATE;
	uint32_t width, times = expr->u.items.n;
	struct rdl_value part;

	if (!rdl__width_of(ev, expr, &width))
		return false;
	*out = rdl_value_int(0, 1);
	rdl_bits_resize(&ev->ctx->arena, out, width);
	if (replicate && (!rdl__small(ev, expr->u.of.a, RDL_MAX_BITS, "the count", &times) ||
			  !eval_part(ev, expr->u.of.b, &part)))
		return false;
	for (uint32_t i = 0; i < times; i++) {
		if (!replicate && !eval_part(ev, expr->u.items.at[i], &part))
			return false;
		rdl__burn(ev, expr, (width + 63) / 64);
		append_bits(ev, out, &part, width);
	}
	return true;
}

static bool eval_text_sequence(struct rdl_eval *ev, const struct rdl_expr *expr,
			       struct rdl_value *out)
{
	bool replicate = expr->op == RDL_EXPR_REPLICATE;
	uint32_t times = expr->u.items.n;
	struct rdl_text text = { 0 };
	struct rdl_value part;

	if (replicate && (!rdl__small(ev, expr->u.of.a, RDL_MAX_BITS, "the count", &times) ||
			  !rdl__evaluate(ev, expr->u.of.b, 0, &part)))
		return false;
	rdl_text_add(&ev->ctx->arena, &text, "", 0);
	for (uint32_t i = 0; i < times; i++) {
		if (!replicate && !rdl__evaluate(ev, expr->u.items.at[i], 0, &part))
			return false;
		if (text.len + part.width > ((size_t)1 << 24))
			rdl_fatal(ev->ctx, expr->loc, "the string becomes too long");
		rdl__burn(ev, expr, 1 + part.width / 8);
		rdl_text_add(&ev->ctx->arena, &text, part.u.string, part.width);
	}
	*out = (struct rdl_value){ .type = { .kind = RDL_TYPE_STRING } };
	out->width = (uint32_t)text.len;
	out->u.string = text.at;
	return true;
}

static bool eval_cast(struct rdl_eval *ev, const struct rdl_expr *expr, struct rdl_value *out)
{
	bool sized = expr->token == RDL_T_NUMBER || expr->token == RDL_T_LONGINT;
	uint32_t width, own;

	if (!rdl__width_of(ev, expr, &width) || !rdl__width_of(ev, expr->u.of.b, &own))
		return false;
	if (sized && own < width)
		own = width;
	if (!rdl__evaluate(ev, expr->u.of.b, sized ? own : 0, out))
		return false;
	if (expr->token == RDL_T_BOOLEAN) {
		*out = rdl_value_bool(!rdl_value_is_zero(out));
		return true;
	}
	rdl_bits_resize(&ev->ctx->arena, out, width);
	out->type = expr->type;
	return true;
}

static struct rdl_value default_of(struct rdl_type type)
{
	struct rdl_value value = { .type = type };

	if (type.array)
		return value;
	if (type.kind == RDL_TYPE_BOOL)
		return rdl_value_bool(false);
	if (type.kind == RDL_TYPE_STRING)
		value.u.string = "";
	if (type.kind == RDL_TYPE_ACCESS)
		value.u.num = RDL_ACCESS_RW;
	return value;
}

static bool eval_items(struct rdl_eval *ev, const struct rdl_expr *expr, struct rdl_value *out)
{
	const struct rdl_vec *items = &expr->u.items;
	struct rdl_value *item;

	rdl__burn(ev, expr, items->n);
	item = rdl_alloc(&ev->ctx->arena, (items->n + 1) * sizeof(*item));
	for (uint32_t i = 0; i < items->n; i++) {
		struct rdl_type type = expr->type;
		const struct rdl_value *value;

		if (expr->op == RDL_EXPR_STRUCT)
			type = expr->type.user.structure->member[i].type;
		if (!items->at[i]) {
			item[i] = default_of(type);
			continue;
		}
		if (expr->op == RDL_EXPR_ARRAY)
			type = ((const struct rdl_expr *)items->at[i])->type;
		value = rdl_expr_eval(ev->ctx, items->at[i], type, ev->node);
		if (!value)
			return false;
		item[i] = *value;
	}
	*out = (struct rdl_value){ .type = expr->type, .width = items->n, .u.item = item };
	return true;
}

static bool eval_index(struct rdl_eval *ev, const struct rdl_expr *expr, struct rdl_value *out)
{
	struct rdl_value array;
	uint32_t index;

	if (!rdl__evaluate(ev, expr->u.of.a, 0, &array) ||
	    !rdl__small(ev, expr->u.of.b, UINT32_MAX, "the index", &index))
		return false;
	if (index >= array.width) {
		rdl_error(ev->ctx, expr->loc, "index %u is outside the array of %u elements",
			  index, array.width);
		return false;
	}
	*out = array.u.item[index];
	return true;
}

static bool eval_member(struct rdl_eval *ev, const struct rdl_expr *expr, struct rdl_value *out)
{
	struct rdl_value of;

	if (!rdl__evaluate(ev, expr->u.of.a, 0, &of))
		return false;
	*out = of.u.item[expr->u.of.member];
	return true;
}

static bool eval_ref(struct rdl_eval *ev, const struct rdl_expr *expr, struct rdl_value *out)
{
	const struct rdl_vec *steps = &expr->u.ref.steps;
	struct rdl_path *path = rdl_alloc(&ev->ctx->arena, sizeof(*path));
	struct rdl_step *step = rdl_alloc(&ev->ctx->arena, steps->n * sizeof(*step));

	for (uint32_t i = 0; i < steps->n; i++) {
		const struct rdl_ref_step *from = steps->at[i];
		uint64_t *index =
			rdl_alloc(&ev->ctx->arena, (from->index.n + 1) * sizeof(*index));

		for (uint32_t k = 0; k < from->index.n; k++)
			if (!rdl_expr_eval_u64(ev->ctx, from->index.at[k], ev->node, &index[k]))
				return false;
		step[i] = (struct rdl_step){ from->name, from->loc, from->index.n, index };
	}
	*path = (struct rdl_path){ expr->u.ref.from, expr->u.ref.prop, expr->loc, steps->n,
				   step };
	*out = (struct rdl_value){ .type = expr->type, .u.path = path };
	return true;
}

static bool eval_ternary(struct rdl_eval *ev, const struct rdl_expr *expr, uint32_t width,
			 struct rdl_value *out)
{
	struct rdl_value truth;

	if (!rdl__evaluate(ev, expr->u.of.a, 0, &truth))
		return false;
	return rdl__evaluate(ev, rdl_value_is_zero(&truth) ? expr->u.of.c : expr->u.of.b, width,
			     out);
}

static bool eval_param(struct rdl_eval *ev, const struct rdl_expr *expr, struct rdl_value *out)
{
	const struct rdl_value *value = rdl__param_value(ev, expr);

	if (value)
		*out = *value;
	return value;
}

static bool is_arithmetic(const struct rdl_expr *expr)
{
	return expr->op == RDL_EXPR_UNARY || expr->op == RDL_EXPR_BINARY ||
	       (expr->op == RDL_EXPR_TERNARY && rdl_type_is_number(expr->type));
}

bool rdl__evaluate(struct rdl_eval *ev, const struct rdl_expr *expr, uint32_t width,
		   struct rdl_value *out)
{
	rdl__burn(ev, expr, 1);
	if (expr->type.kind == RDL_TYPE_BAD)
		return false;
	if (!width && is_arithmetic(expr) && !rdl__width_of(ev, expr, &width))
		return false;
	switch ((enum rdl_expr_op)expr->op) {
	case RDL_EXPR_LITERAL:
		*out = expr->u.literal;
		return true;
	case RDL_EXPR_UNARY:
		return eval_unary(ev, expr, width, out);
	case RDL_EXPR_BINARY:
		return eval_binary(ev, expr, width, out);
	case RDL_EXPR_TERNARY:
		return eval_ternary(ev, expr, width, out);
	case RDL_EXPR_CONCAT:
	case RDL_EXPR_REPLICATE:
		return expr->type.kind == RDL_TYPE_STRING ? eval_text_sequence(ev, expr, out)
							  : eval_bit_sequence(ev, expr, out);
	case RDL_EXPR_CAST:
		return eval_cast(ev, expr, out);
	case RDL_EXPR_ARRAY:
	case RDL_EXPR_STRUCT:
		return eval_items(ev, expr, out);
	case RDL_EXPR_PARAM:
		return eval_param(ev, expr, out);
	case RDL_EXPR_INDEX:
		return eval_index(ev, expr, out);
	case RDL_EXPR_MEMBER:
		return eval_member(ev, expr, out);
	case RDL_EXPR_REF:
		return eval_ref(ev, expr, out);
	}
	return false;
}

static void convert(struct rdl_value *value, struct rdl_type type)
{
	if (!rdl_type_is_number(value->type) || value->type.kind == type.kind)
		return;
	if (type.kind == RDL_TYPE_BOOL)
		*value = rdl_value_bool(!rdl_value_is_zero(value));
	else if (type.kind == RDL_TYPE_INT)
		value->type = type;
}

const struct rdl_value *rdl_expr_eval(struct rdlc *ctx, const struct rdl_expr *expr,
				      struct rdl_type type, const struct rdl_node *node)
{
	struct rdl_eval ev = { .ctx = ctx, .node = node };
	struct rdl_value value, *kept;

	if (expr->op == RDL_EXPR_LITERAL && expr->type.kind == type.kind &&
	    expr->type.kind != RDL_TYPE_BAD)
		return &expr->u.literal;
	if (!rdl__evaluate(&ev, expr, 0, &value))
		return NULL;
	if (!type.array)
		convert(&value, type);
	kept = rdl_alloc(&ctx->arena, sizeof(*kept));
	*kept = value;
	return kept;
}

bool rdl_expr_eval_u64(struct rdlc *ctx, const struct rdl_expr *expr,
		       const struct rdl_node *node, uint64_t *value)
{
	const struct rdl_value *full;

	full = rdl_expr_eval(ctx, expr, (struct rdl_type){ .kind = RDL_TYPE_INT }, node);
	if (!full)
		return false;
	if (!rdl_value_fits_u64(full)) {
		rdl_error(ctx, expr->loc, "the value is wider than 64 bits");
		return false;
	}
	*value = rdl_value_u64(full);
	return true;
}
