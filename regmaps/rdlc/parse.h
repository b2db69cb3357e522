/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Recursive descent over the grammar of SystemRDL 2.0 (Annex B), production by
 * production, by the grammar's names. After a syntax error everything unwinds
 * (parser->panic) to the statement loop, which goes on behind the next ';'.
 */
#ifndef REGMAPS_RDLC_PARSE_H
#define REGMAPS_RDLC_PARSE_H

#include "regmaps/rdlc/expr.h"
#include "regmaps/rdlc/lex.h"
#include "regmaps/rdlc/model.h"

struct rdl_parser {
	struct rdlc *ctx;
	struct rdl_token tok;  /* the current token */
	struct rdl_token next; /* the one behind it */
	uint32_t prev_end;     /* where the token before the current one ends */
	bool panic;
	bool loose;     /* within a constraint: names are not resolved */
	unsigned depth; /* of nesting, bounded */
};

/* Tokens. advance moves on; accept does if the token is of the kind; expect reports
 * an error when it is not. */
void rdl__advance(struct rdl_parser *p);
bool rdl__accept(struct rdl_parser *p, enum rdl_token_kind kind);
bool rdl__expect(struct rdl_parser *p, enum rdl_token_kind kind);

/* Reports that the current token is not what was wanted. */
void rdl__unexpected(struct rdl_parser *p, const char *wanted);

/* An identifier, NULL (and panic) if there is none. *loc may be NULL. */
struct rdl_sym *rdl__ident(struct rdl_parser *p, uint32_t *loc);

/* The text of a string literal at the current token, which is passed. */
struct rdl_value rdl__string(struct rdl_parser *p);

/* Skips to behind the next ';', or to the '}' that ends the block. */
void rdl__recover(struct rdl_parser *p);

/* Whether a block has another element; after an error in one it goes on behind it. */
bool rdl__block_goes_on(struct rdl_parser *p);

/* Counts nesting; giving up the compilation beyond a limit. */
void rdl__nest(struct rdl_parser *p);

struct rdl_expr *rdl__parse_expr(struct rdl_parser *p);

/* '[' expr ']' repeated, appended to indices. */
void rdl__parse_indices(struct rdl_parser *p, struct rdl_vec *indices);

/* A type name of clause 6: of parameters and struct members. */
struct rdl_type rdl__parse_data_type(struct rdl_parser *p);
bool rdl__parse_array_suffix(struct rdl_parser *p);

void rdl__parse_enum(struct rdl_parser *p);
void rdl__parse_struct(struct rdl_parser *p);
void rdl__parse_udp(struct rdl_parser *p);
void rdl__parse_constraint(struct rdl_parser *p);

/* One element of a component body, without its ';'. */
void rdl__parse_body_elem(struct rdl_parser *p, struct rdl_def *within);

/* Component kind of the current token, RDL_ROOT if it starts none. */
enum rdl_kind rdl__component_kind(const struct rdl_parser *p);

/* Instances behind a definition or a type name. */
struct rdl__inst_head {
	const struct rdl_def *def;
	enum rdl_external external;
	uint32_t external_loc;
	const struct rdl_inst *alias_of;
};
void rdl__parse_insts(struct rdl_parser *p, struct rdl_def *within,
		      const struct rdl__inst_head *head);

/* Properties. */
void rdl__parse_local_property(struct rdl_parser *p, struct rdl_def *within);
void rdl__parse_dynamic_property(struct rdl_parser *p, struct rdl_def *within);
bool rdl__starts_property(const struct rdl_parser *p);

/* Gives a definition its properties: inherited defaults, then its own. */
void rdl__apply_defaults(struct rdlc *ctx, struct rdl_def *def);

#endif
