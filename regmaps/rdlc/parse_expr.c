/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/parse.h"

#include "regmaps/rdlc/diag.h"
#include "regmaps/rdlc/rdlc_priv.h"
#include "regmaps/rdlc/scope.h"

static struct rdl_expr *parse_ternary(struct rdl_parser *p);

static struct rdl_expr *bad(struct rdl_parser *p)
{
	return rdl_expr_bad(p->ctx, p->tok.loc);
}

/* Binding strength of a binary operator, 0 for what is none (IEEE 1364, table 5-4). */
static unsigned strength(enum rdl_token_kind kind)
{
	switch (kind) {
	case RDL_T_LOR:
		return 1;
	case RDL_T_LAND:
		return 2;
	case RDL_T_OR:
		return 3;
	case RDL_T_XOR:
	case RDL_T_XNOR:
		return 4;
	case RDL_T_AND:
		return 5;
	case RDL_T_EQ:
	case RDL_T_NE:
		return 6;
	case RDL_T_LT:
	case RDL_T_LE:
	case RDL_T_GT:
	case RDL_T_GE:
		return 7;
	case RDL_T_SHL:
	case RDL_T_SHR:
		return 8;
	case RDL_T_PLUS:
	case RDL_T_MINUS:
		return 9;
	case RDL_T_TIMES:
	case RDL_T_DIV:
	case RDL_T_MOD:
		return 10;
	case RDL_T_POWER:
		return 11;
	default:
		return 0;
	}
}

struct builtin {
	enum rdl_token_kind token;
	enum rdl_type_kind type;
	unsigned value;
};

static const struct builtin builtins[] = {
	{ RDL_T_TRUE, RDL_TYPE_BOOL, 1 },
	{ RDL_T_FALSE, RDL_TYPE_BOOL, 0 },
	{ RDL_T_NA, RDL_TYPE_ACCESS, RDL_ACCESS_NA },
	{ RDL_T_R, RDL_TYPE_ACCESS, RDL_ACCESS_R },
	{ RDL_T_W, RDL_TYPE_ACCESS, RDL_ACCESS_W },
	{ RDL_T_RW, RDL_TYPE_ACCESS, RDL_ACCESS_RW },
	{ RDL_T_WR, RDL_TYPE_ACCESS, RDL_ACCESS_RW },
	{ RDL_T_RW1, RDL_TYPE_ACCESS, RDL_ACCESS_RW1 },
	{ RDL_T_W1, RDL_TYPE_ACCESS, RDL_ACCESS_W1 },
	{ RDL_T_RCLR, RDL_TYPE_ONREAD, RDL_ONREAD_RCLR },
	{ RDL_T_RSET, RDL_TYPE_ONREAD, RDL_ONREAD_RSET },
	{ RDL_T_RUSER, RDL_TYPE_ONREAD, RDL_ONREAD_RUSER },
	{ RDL_T_WOSET, RDL_TYPE_ONWRITE, RDL_ONWRITE_WOSET },
	{ RDL_T_WOCLR, RDL_TYPE_ONWRITE, RDL_ONWRITE_WOCLR },
	{ RDL_T_WOT, RDL_TYPE_ONWRITE, RDL_ONWRITE_WOT },
	{ RDL_T_WZS, RDL_TYPE_ONWRITE, RDL_ONWRITE_WZS },
	{ RDL_T_WZC, RDL_TYPE_ONWRITE, RDL_ONWRITE_WZC },
	{ RDL_T_WZT, RDL_TYPE_ONWRITE, RDL_ONWRITE_WZT },
	{ RDL_T_WCLR, RDL_TYPE_ONWRITE, RDL_ONWRITE_WCLR },
	{ RDL_T_WSET, RDL_TYPE_ONWRITE, RDL_ONWRITE_WSET },
	{ RDL_T_WUSER, RDL_TYPE_ONWRITE, RDL_ONWRITE_WUSER },
	{ RDL_T_COMPACT, RDL_TYPE_ADDRESSING, RDL_ADDRESSING_COMPACT },
	{ RDL_T_REGALIGN, RDL_TYPE_ADDRESSING, RDL_ADDRESSING_REGALIGN },
	{ RDL_T_FULLALIGN, RDL_TYPE_ADDRESSING, RDL_ADDRESSING_FULLALIGN },
	{ RDL_T_HW, RDL_TYPE_PRECEDENCE, RDL_PRECEDENCE_HW },
	{ RDL_T_SW, RDL_TYPE_PRECEDENCE, RDL_PRECEDENCE_SW },
};

static struct rdl_expr *parse_builtin(struct rdl_parser *p)
{
	uint32_t loc = p->tok.loc;

	for (size_t i = 0; i < sizeof(builtins) / sizeof(builtins[0]); i++) {
		if (builtins[i].token != p->tok.kind)
			continue;
		rdl__advance(p);
		if (builtins[i].type == RDL_TYPE_BOOL)
			return rdl_expr_literal(p->ctx, loc, rdl_value_bool(builtins[i].value));
		return rdl_expr_literal(p->ctx, loc,
					rdl_value_builtin(builtins[i].type, builtins[i].value));
	}
	rdl__unexpected(p, "an expression");
	return bad(p);
}

/* expr {, expr} up to the closing token, which is passed. */
static void parse_list(struct rdl_parser *p, struct rdl_vec *items, enum rdl_token_kind close)
{
	do {
		rdl_vec_push(&p->ctx->arena, items, rdl__parse_expr(p));
	} while (rdl__accept(p, RDL_T_COMMA));
	rdl__expect(p, close);
}

/* concatenate: { a, b }; replicate: { n { a, b } }. */
static struct rdl_expr *parse_concatenate(struct rdl_parser *p)
{
	uint32_t loc = p->tok.loc;
	struct rdl_vec items = { 0 };
	struct rdl_expr *first, *inner;

	rdl__advance(p);
	first = rdl__parse_expr(p);
	if (!p->panic && p->tok.kind == RDL_T_LBRACE) {
		inner = parse_concatenate(p);
		rdl__expect(p, RDL_T_RBRACE);
		return rdl_expr_replicate(p->ctx, loc, first, inner);
	}
	rdl_vec_push(&p->ctx->arena, &items, first);
	if (rdl__accept(p, RDL_T_COMMA))
		parse_list(p, &items, RDL_T_RBRACE);
	else
		rdl__expect(p, RDL_T_RBRACE);
	return rdl_expr_concat(p->ctx, loc, &items);
}

/* The '( expr ) of a cast. */
static struct rdl_expr *parse_cast(struct rdl_parser *p, unsigned token,
				   const struct rdl_expr *width)
{
	uint32_t loc = p->tok.loc;
	struct rdl_expr *what;

	rdl__expect(p, RDL_T_QUOTE);
	rdl__expect(p, RDL_T_LPAREN);
	what = rdl__parse_expr(p);
	rdl__expect(p, RDL_T_RPAREN);
	return rdl_expr_cast(p->ctx, loc, token, width, what);
}

static struct rdl_expr *parse_number(struct rdl_parser *p)
{
	struct rdl_expr *expr = rdl_expr_literal(p->ctx, p->tok.loc, p->tok.number);

	rdl__advance(p);
	if (p->tok.kind == RDL_T_QUOTE)
		return parse_cast(p, RDL_T_NUMBER, expr);
	return expr;
}

static struct rdl_expr *parse_paren(struct rdl_parser *p)
{
	struct rdl_expr *expr;

	rdl__advance(p);
	expr = rdl__parse_expr(p);
	rdl__expect(p, RDL_T_RPAREN);
	if (!p->panic && p->tok.kind == RDL_T_QUOTE)
		return parse_cast(p, RDL_T_NUMBER, expr);
	return expr;
}

static struct rdl_expr *parse_array_literal(struct rdl_parser *p)
{
	uint32_t loc = p->tok.loc;
	struct rdl_vec items = { 0 };

	rdl__advance(p);
	rdl__expect(p, RDL_T_LBRACE);
	if (!rdl__accept(p, RDL_T_RBRACE))
		parse_list(p, &items, RDL_T_RBRACE);
	return rdl_expr_array(p->ctx, loc, &items);
}

static struct rdl_expr *parse_enum_literal(struct rdl_parser *p)
{
	uint32_t loc = p->tok.loc, item_loc;
	const struct rdl_enum *type = p->loose ? NULL : rdl_find_enum(p->ctx, p->tok.sym, loc);
	const struct rdl_sym *name;
	struct rdl_value value;

	rdl__advance(p);
	rdl__advance(p);
	name = rdl__ident(p, &item_loc);
	if (!type || !name)
		return bad(p);
	for (uint32_t i = 0; i < type->n; i++) {
		if (type->item[i].name != name)
			continue;
		value = type->item[i].value;
		value.type =
			(struct rdl_type){ .kind = RDL_TYPE_ENUM, .user.enumeration = type };
		return rdl_expr_literal(p->ctx, loc, value);
	}
	rdl_error(p->ctx, item_loc, "enumeration '%s' has no '%s'", type->name->name,
		  name->name);
	rdl_note(p->ctx, type->loc, "'%s' is defined here", type->name->name);
	return bad(p);
}

static uint32_t member_index(struct rdl_parser *p, const struct rdl_struct *type,
			     const struct rdl_sym *name, uint32_t loc)
{
	for (uint32_t i = 0; i < type->n; i++)
		if (type->member[i].name == name)
			return i;
	rdl_error(p->ctx, loc, "struct '%s' has no member '%s'", type->name->name, name->name);
	rdl_note(p->ctx, type->loc, "'%s' is defined here", type->name->name);
	return UINT32_MAX;
}

static void parse_member(struct rdl_parser *p, const struct rdl_struct *type,
			 struct rdl_vec *items)
{
	struct rdl_expr *value;
	struct rdl_sym *name;
	uint32_t loc, i;

	name = rdl__ident(p, &loc);
	rdl__expect(p, RDL_T_COLON);
	value = rdl__parse_expr(p);
	if (p->panic || !type)
		return;
	i = member_index(p, type, name, loc);
	if (i == UINT32_MAX)
		return;
	if (items->at[i])
		rdl_error(p->ctx, loc, "member '%s' is given twice", name->name);
	items->at[i] = value;
}

static struct rdl_expr *parse_struct_literal(struct rdl_parser *p)
{
	uint32_t loc = p->tok.loc;
	const struct rdl_struct *type =
		p->loose ? NULL : rdl_find_struct(p->ctx, p->tok.sym, loc);
	struct rdl_vec items = { 0 };

	if (type && type->abstract) {
		rdl_error(p->ctx, loc, "struct '%s' is abstract", type->name->name);
		rdl_note(p->ctx, type->loc, "it is defined here");
		type = NULL;
	}
	for (uint32_t i = 0; type && i < type->n; i++)
		rdl_vec_push(&p->ctx->arena, &items, NULL);
	rdl__advance(p);
	rdl__advance(p);
	rdl__expect(p, RDL_T_LBRACE);
	if (!rdl__accept(p, RDL_T_RBRACE)) {
		do {
			parse_member(p, type, &items);
		} while (rdl__accept(p, RDL_T_COMMA));
		rdl__expect(p, RDL_T_RBRACE);
	}
	if (!type || p->panic)
		return bad(p);
	return rdl_expr_struct(p->ctx, loc, type, &items);
}

void rdl__parse_indices(struct rdl_parser *p, struct rdl_vec *indices)
{
	while (rdl__accept(p, RDL_T_LBRACKET)) {
		rdl_vec_push(&p->ctx->arena, indices, rdl__parse_expr(p));
		rdl__expect(p, RDL_T_RBRACKET);
	}
}

static struct rdl_ref_step *parse_step(struct rdl_parser *p)
{
	struct rdl_ref_step *step = rdl_alloc(&p->ctx->arena, sizeof(*step));

	step->name = rdl__ident(p, &step->loc);
	rdl__parse_indices(p, &step->index);
	return step;
}

static struct rdl_expr *with_indices(struct rdl_parser *p, struct rdl_expr *expr,
				     const struct rdl_ref_step *step)
{
	for (uint32_t i = 0; i < step->index.n; i++)
		expr = rdl_expr_index(p->ctx, step->loc, expr, step->index.at[i]);
	return expr;
}

/* The first name decides: a parameter with members, or an instance with children. */
static struct rdl_expr *resolve_ref(struct rdl_parser *p, uint32_t loc,
				    const struct rdl_vec *steps)
{
	const struct rdl_ref_step *first = steps->at[0];
	const struct rdl_binding *binding;
	const struct rdl_def *within;
	struct rdl_expr *expr;

	binding = rdl_find_elem(p->ctx, first->name, &within);
	if (!binding) {
		rdl_error(p->ctx, loc, "'%s' is not declared here", first->name->name);
		return rdl_expr_bad(p->ctx, loc);
	}
	if (binding->thing == RDL_THING_INST)
		return rdl_expr_ref(p->ctx, loc, within, steps);
	expr = with_indices(p, rdl_expr_param(p->ctx, loc, binding->u.param), first);
	for (uint32_t i = 1; i < steps->n; i++) {
		const struct rdl_ref_step *step = steps->at[i];

		expr = rdl_expr_member(p->ctx, step->loc, expr, step->name);
		expr = with_indices(p, expr, step);
	}
	return expr;
}

/* instance_ref, and prop_ref: instance_ref -> property. */
static struct rdl_expr *parse_reference(struct rdl_parser *p)
{
	uint32_t loc = p->tok.loc, prop_loc;
	struct rdl_vec steps = { 0 };
	struct rdl_sym *prop;
	struct rdl_expr *expr;

	do {
		rdl_vec_push(&p->ctx->arena, &steps, parse_step(p));
	} while (rdl__accept(p, RDL_T_DOT));
	if (p->panic)
		return bad(p);
	expr = p->loose ? bad(p) : resolve_ref(p, loc, &steps);
	if (!rdl__accept(p, RDL_T_ARROW))
		return expr;
	prop_loc = p->tok.loc;
	prop = p->tok.sym;
	if (!prop) {
		rdl__unexpected(p, "a property");
		return bad(p);
	}
	rdl__advance(p);
	return rdl_expr_prop(p->ctx, prop_loc, expr, prop);
}

static struct rdl_expr *parse_primary(struct rdl_parser *p)
{
	uint32_t loc = p->tok.loc;
	unsigned token;

	if (p->panic)
		return bad(p);
	switch (p->tok.kind) {
	case RDL_T_NUMBER:
		return parse_number(p);
	case RDL_T_STRING:
		return rdl_expr_literal(p->ctx, loc, rdl__string(p));
	case RDL_T_LBRACE:
		return parse_concatenate(p);
	case RDL_T_LPAREN:
		return parse_paren(p);
	case RDL_T_QUOTE:
		return parse_array_literal(p);
	case RDL_T_BOOLEAN:
	case RDL_T_BIT:
	case RDL_T_LONGINT:
		token = p->tok.kind;
		rdl__advance(p);
		return parse_cast(p, token, NULL);
	case RDL_T_THIS:
		if (!p->loose)
			return parse_builtin(p);
		rdl__advance(p);
		return bad(p);
	case RDL_T_ID:
		if (p->next.kind == RDL_T_SCOPE)
			return parse_enum_literal(p);
		if (p->next.kind == RDL_T_QUOTE)
			return parse_struct_literal(p);
		return parse_reference(p);
	default:
		return parse_builtin(p);
	}
}

static struct rdl_expr *parse_unary(struct rdl_parser *p)
{
	uint32_t loc = p->tok.loc;
	unsigned token = p->tok.kind;
	struct rdl_expr *expr;

	switch (p->tok.kind) {
	case RDL_T_PLUS:
	case RDL_T_MINUS:
	case RDL_T_NOT:
	case RDL_T_INVERT:
	case RDL_T_AND:
	case RDL_T_NAND:
	case RDL_T_OR:
	case RDL_T_NOR:
	case RDL_T_XOR:
	case RDL_T_XNOR:
		rdl__nest(p);
		rdl__advance(p);
		expr = rdl_expr_unary(p->ctx, loc, token, parse_unary(p));
		p->depth--;
		return expr;
	default:
		return parse_primary(p);
	}
}

static struct rdl_expr *parse_binary(struct rdl_parser *p, unsigned least)
{
	struct rdl_expr *left = parse_unary(p);

	for (;;) {
		enum rdl_token_kind token = p->tok.kind;
		uint32_t loc = p->tok.loc;
		unsigned bind = strength(token);

		if (p->panic || bind < least || !bind)
			return left;
		rdl__advance(p);
		left = rdl_expr_binary(p->ctx, loc, token, left, parse_binary(p, bind + 1));
	}
}

static struct rdl_expr *parse_ternary(struct rdl_parser *p)
{
	struct rdl_expr *expr = parse_binary(p, 1), *yes, *no;
	uint32_t loc = p->tok.loc;

	if (!rdl__accept(p, RDL_T_QUESTION))
		return expr;
	yes = rdl__parse_expr(p);
	rdl__expect(p, RDL_T_COLON);
	no = rdl__parse_expr(p);
	return rdl_expr_ternary(p->ctx, loc, expr, yes, no);
}

struct rdl_expr *rdl__parse_expr(struct rdl_parser *p)
{
	struct rdl_expr *expr;

	rdl__nest(p);
	expr = parse_ternary(p);
	p->depth--;
	return expr;
}
