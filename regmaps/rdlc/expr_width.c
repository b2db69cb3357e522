/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/expr_priv.h"

#include "regmaps/rdlc/diag.h"
#include "regmaps/rdlc/lex.h"
#include "regmaps/rdlc/rdlc_priv.h"

void rdl__burn(struct rdl_eval *ev, const struct rdl_expr *expr, uint64_t effort)
{
	if (ev->ctx->effort < effort)
		rdl_fatal(ev->ctx, expr->loc, "the description takes too long to evaluate");
	ev->ctx->effort -= effort;
}

bool rdl__small(struct rdl_eval *ev, const struct rdl_expr *expr, uint32_t max,
		const char *what, uint32_t *num)
{
	struct rdl_value value;

	if (!rdl__evaluate(ev, expr, 0, &value))
		return false;
	if (rdl_value_bits(&value) > 32 || rdl_value_u64(&value) > max) {
		rdl_error(ev->ctx, expr->loc, "%s exceeds %u", what, max);
		return false;
	}
	*num = (uint32_t)rdl_value_u64(&value);
	return true;
}

const struct rdl_value *rdl__param_value(struct rdl_eval *ev, const struct rdl_expr *expr)
{
	const struct rdl_param *param = expr->u.param;
	const struct rdl_node *node = ev->node;

	while (node && node->def != param->def)
		node = node->parent;
	if (node && node->params[param->index])
		return node->params[param->index];
	if (node && !param->preset && !rdl_param_given(node->inst, param)) {
		rdl_error(ev->ctx, node->loc, "parameter '%s' of '%s' needs a value",
			  param->name->name, node->name->name);
		rdl_note(ev->ctx, expr->loc, "'%s' is used here", param->name->name);
	} else if (!node) {
		rdl_error(ev->ctx, expr->loc, "parameter '%s' has no value here",
			  param->name->name);
	}
	return NULL;
}

bool rdl__width_of_pair(struct rdl_eval *ev, const struct rdl_expr *a, const struct rdl_expr *b,
			uint32_t *width)
{
	uint32_t other;

	if (!rdl__width_of(ev, a, width) || !rdl__width_of(ev, b, &other))
		return false;
	if (other > *width)
		*width = other;
	return true;
}

static bool width_of_binary(struct rdl_eval *ev, const struct rdl_expr *expr, uint32_t *width)
{
	switch (expr->token) {
	case RDL_T_POWER:
	case RDL_T_SHL:
	case RDL_T_SHR:
		return rdl__width_of(ev, expr->u.of.a, width);
	case RDL_T_EQ:
	case RDL_T_NE:
	case RDL_T_LT:
	case RDL_T_LE:
	case RDL_T_GT:
	case RDL_T_GE:
	case RDL_T_LAND:
	case RDL_T_LOR:
		*width = 1;
		return true;
	default:
		return rdl__width_of_pair(ev, expr->u.of.a, expr->u.of.b, width);
	}
}

static bool too_wide(struct rdl_eval *ev, const struct rdl_expr *expr, uint64_t width)
{
	if (width <= RDL_MAX_BITS)
		return false;
	rdl_error(ev->ctx, expr->loc, "the value is wider than %u bits", RDL_MAX_BITS);
	return true;
}

static bool width_of_sequence(struct rdl_eval *ev, const struct rdl_expr *expr, uint32_t *width)
{
	uint64_t sum = 0;
	uint32_t one, times;

	if (expr->op == RDL_EXPR_REPLICATE) {
		if (!rdl__small(ev, expr->u.of.a, RDL_MAX_BITS, "the count", &times) ||
		    !rdl__width_of(ev, expr->u.of.b, &one))
			return false;
		sum = (uint64_t)one * times;
	} else {
		for (uint32_t i = 0; i < expr->u.items.n; i++) {
			if (!rdl__width_of(ev, expr->u.items.at[i], &one))
				return false;
			sum += one;
		}
	}
	if (too_wide(ev, expr, sum))
		return false;
	*width = sum ? (uint32_t)sum : 1;
	return true;
}

static bool width_of_cast(struct rdl_eval *ev, const struct rdl_expr *expr, uint32_t *width)
{
	switch (expr->token) {
	case RDL_T_BOOLEAN:
		*width = 1;
		return true;
	case RDL_T_LONGINT:
		*width = 64;
		return true;
	case RDL_T_BIT:
		return rdl__width_of(ev, expr->u.of.b, width);
	default:
		if (!rdl__small(ev, expr->u.of.a, RDL_MAX_BITS, "the width of a cast", width))
			return false;
		if (!*width)
			rdl_error(ev->ctx, expr->loc, "cannot cast to a width of zero");
		return *width;
	}
}

/* The width a numeric expression has by itself. */
bool rdl__width_of(struct rdl_eval *ev, const struct rdl_expr *expr, uint32_t *width)
{
	const struct rdl_value *value;

	rdl__burn(ev, expr, 1);
	*width = 64;
	switch ((enum rdl_expr_op)expr->op) {
	case RDL_EXPR_LITERAL:
		*width = expr->u.literal.width;
		return true;
	case RDL_EXPR_UNARY:
		if (expr->token == RDL_T_PLUS || expr->token == RDL_T_MINUS ||
		    expr->token == RDL_T_INVERT)
			return rdl__width_of(ev, expr->u.of.a, width);
		*width = 1;
		return true;
	case RDL_EXPR_BINARY:
		return width_of_binary(ev, expr, width);
	case RDL_EXPR_TERNARY:
		return rdl__width_of_pair(ev, expr->u.of.b, expr->u.of.c, width);
	case RDL_EXPR_CONCAT:
	case RDL_EXPR_REPLICATE:
		return width_of_sequence(ev, expr, width);
	case RDL_EXPR_CAST:
		return width_of_cast(ev, expr, width);
	case RDL_EXPR_PARAM:
		value = rdl__param_value(ev, expr);
		if (value)
			*width = value->width;
		return value;
	default:
		return true;
	}
}
