/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lexer: tokens of the preprocessed text, one after the other. */
#ifndef REGMAPS_RDLC_LEX_H
#define REGMAPS_RDLC_LEX_H

#include <stddef.h>
#include <stdint.h>

#include "regmaps/rdlc/value.h"

struct rdlc;
struct rdl_sym;

enum rdl_token_kind {
#define RDL_TOKEN(id, spelling) RDL_T_##id,
#include "regmaps/rdlc/tokens.def"
#undef RDL_TOKEN
	RDL_T_COUNT
};

#define RDL_T_FIRST_KEYWORD RDL_T_ABSTRACT

struct rdl_token {
	enum rdl_token_kind kind;
	uint32_t loc;
	const char *text; /* its spelling: len bytes within ctx->out */
	uint32_t len;
	struct rdl_sym *sym;     /* identifiers and keywords */
	struct rdl_value number; /* numbers */
};

/* How a kind is spelled, for messages. */
const char *rdl_token_spelling(enum rdl_token_kind kind);

/* Enters the keywords into the symbol table. Call once per compilation. */
void rdl_lex_init(struct rdlc *ctx);

/* Reads the token at ctx->lex_at and moves on. Malformed input is reported and
 * skipped or comes back as RDL_T_BAD; at the end comes RDL_T_END for ever. */
void rdl_lex_next(struct rdlc *ctx, struct rdl_token *token);

#endif
