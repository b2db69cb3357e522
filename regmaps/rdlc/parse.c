/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/parse.h"

#include <string.h>

#include "regmaps/rdlc/diag.h"
#include "regmaps/rdlc/rdlc_priv.h"
#include "regmaps/rdlc/scope.h"

#define MAX_NESTING 200

void rdl__advance(struct rdl_parser *p)
{
	p->prev_end = p->tok.loc + p->tok.len;
	p->tok = p->next;
	rdl_lex_next(p->ctx, &p->next);
}

bool rdl__accept(struct rdl_parser *p, enum rdl_token_kind kind)
{
	if (p->panic || p->tok.kind != kind)
		return false;
	rdl__advance(p);
	return true;
}

void rdl__unexpected(struct rdl_parser *p, const char *wanted)
{
	if (p->panic)
		return;
	p->panic = true;
	if (p->tok.kind == RDL_T_END) {
		if (!p->ctx->end_reported)
			rdl_error(p->ctx, p->prev_end, "expected %s, but the input ends here",
				  wanted);
		p->ctx->end_reported = true;
	} else if (p->tok.kind != RDL_T_BAD) {
		rdl_error(p->ctx, p->tok.loc, "expected %s before '%.*s'", wanted,
			  p->tok.len < 40 ? (int)p->tok.len : 40, p->tok.text);
	}
}

bool rdl__expect(struct rdl_parser *p, enum rdl_token_kind kind)
{
	if (rdl__accept(p, kind))
		return true;
	rdl__unexpected(p, rdl_format(&p->ctx->arena, "'%s'", rdl_token_spelling(kind)));
	return false;
}

struct rdl_sym *rdl__ident(struct rdl_parser *p, uint32_t *loc)
{
	struct rdl_sym *name = p->tok.sym;

	if (loc)
		*loc = p->tok.loc;
	if (rdl__accept(p, RDL_T_ID))
		return name;
	if (!p->panic && p->tok.kind >= RDL_T_FIRST_KEYWORD)
		rdl__unexpected(p, "a name (this word is reserved; write it with a backslash)");
	else
		rdl__unexpected(p, "a name");
	return NULL;
}

struct rdl_value rdl__string(struct rdl_parser *p)
{
	struct rdl_value value = { .type = { .kind = RDL_TYPE_STRING } };
	const char *from = p->tok.text + 1;
	size_t len = p->tok.len - 2;
	char *text = rdl_alloc(&p->ctx->arena, len + 1);

	for (size_t i = 0; i < len; i++) {
		if (from[i] == '\\' && i + 1 < len &&
		    (from[i + 1] == '"' || from[i + 1] == '\\'))
			i++;
		text[value.width++] = from[i];
	}
	value.u.string = text;
	rdl__advance(p);
	return value;
}

void rdl__recover(struct rdl_parser *p)
{
	unsigned depth = 0;

	p->panic = false;
	for (; p->tok.kind != RDL_T_END; rdl__advance(p)) {
		if (p->tok.kind == RDL_T_LBRACE) {
			depth++;
		} else if (p->tok.kind == RDL_T_RBRACE) {
			if (!depth)
				return;
			depth--;
		} else if (p->tok.kind == RDL_T_SEMI && !depth) {
			rdl__advance(p);
			return;
		}
	}
}

bool rdl__block_goes_on(struct rdl_parser *p)
{
	if (p->panic)
		rdl__recover(p);
	return p->tok.kind != RDL_T_RBRACE && p->tok.kind != RDL_T_END;
}

void rdl__nest(struct rdl_parser *p)
{
	if (++p->depth > MAX_NESTING)
		rdl_fatal(p->ctx, p->tok.loc, "nested more than %d levels deep", MAX_NESTING);
}

static struct rdl_parser parser_start(struct rdlc *ctx)
{
	struct rdl_parser p = { .ctx = ctx };

	rdl__advance(&p);
	rdl__advance(&p);
	return p;
}

void rdl_parse(struct rdlc *ctx)
{
	struct rdl_parser p = parser_start(ctx);

	while (p.tok.kind != RDL_T_END) {
		rdl__parse_body_elem(&p, ctx->root);
		rdl__expect(&p, RDL_T_SEMI);
		if (p.panic) {
			rdl__recover(&p);
			if (p.tok.kind == RDL_T_RBRACE)
				rdl__advance(&p);
		}
	}
}

const struct rdl_expr *rdl_parse_expression(struct rdlc *ctx)
{
	struct rdl_parser p = parser_start(ctx);
	const struct rdl_expr *expr = rdl__parse_expr(&p);

	rdl__expect(&p, RDL_T_END);
	return expr;
}
