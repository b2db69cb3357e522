/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Constraints (clause 14) are for verification tools: their syntax is checked, their
 * names are declared, and nothing comes of them.
 */
#include "regmaps/rdlc/parse.h"

#include "regmaps/rdlc/diag.h"
#include "regmaps/rdlc/rdlc_priv.h"
#include "regmaps/rdlc/scope.h"

static void parse_inside_value(struct rdl_parser *p)
{
	if (!rdl__accept(p, RDL_T_LBRACKET)) {
		rdl__parse_expr(p);
		return;
	}
	rdl__parse_expr(p);
	rdl__expect(p, RDL_T_COLON);
	rdl__parse_expr(p);
	rdl__expect(p, RDL_T_RBRACKET);
}

static void parse_inside(struct rdl_parser *p)
{
	if (!rdl__accept(p, RDL_T_LBRACE)) {
		rdl__ident(p, NULL);
		return;
	}
	do {
		parse_inside_value(p);
	} while (rdl__accept(p, RDL_T_COMMA));
	rdl__expect(p, RDL_T_RBRACE);
}

static bool is_relation(const struct rdl_expr *expr)
{
	if (expr->op != RDL_EXPR_BINARY)
		return false;
	switch (expr->token) {
	case RDL_T_LT:
	case RDL_T_LE:
	case RDL_T_GT:
	case RDL_T_GE:
	case RDL_T_EQ:
	case RDL_T_NE:
		return true;
	default:
		return false;
	}
}

/* constr_relational, constr_prop_assign, constr_inside_values or constr_inside_enum. */
static void parse_constraint_elem(struct rdl_parser *p)
{
	const struct rdl_expr *expr;

	if (p->tok.kind == RDL_T_ID && p->next.kind == RDL_T_ASSIGN) {
		rdl__advance(p);
		rdl__advance(p);
		rdl__parse_expr(p);
		return;
	}
	expr = rdl__parse_expr(p);
	if (rdl__accept(p, RDL_T_INSIDE))
		parse_inside(p);
	else if (!is_relation(expr))
		rdl__unexpected(p, "a comparison or 'inside'");
}

static void parse_constraint_body(struct rdl_parser *p)
{
	if (!rdl__expect(p, RDL_T_LBRACE))
		return;
	p->loose = true;
	while (rdl__block_goes_on(p)) {
		parse_constraint_elem(p);
		rdl__expect(p, RDL_T_SEMI);
	}
	p->loose = false;
	rdl__expect(p, RDL_T_RBRACE);
}

void rdl__parse_constraint(struct rdl_parser *p)
{
	struct rdl_sym *name = NULL;
	struct rdl_def *def;
	uint32_t loc;

	rdl__advance(p);
	loc = p->tok.loc;
	if (p->tok.kind == RDL_T_ID)
		name = rdl__ident(p, &loc);
	def = rdl_def_new(p->ctx, RDL_CONSTRAINT, loc);
	def->name = name;
	parse_constraint_body(p);
	if (p->panic)
		return;
	if (name)
		rdl_declare_type(p->ctx, name,
				 &(struct rdl_binding){
					 .thing = RDL_THING_DEF, .loc = loc, .u.def = def });
	if (name && p->tok.kind != RDL_T_ID)
		return;
	do {
		rdl__ident(p, NULL);
	} while (rdl__accept(p, RDL_T_COMMA));
}
