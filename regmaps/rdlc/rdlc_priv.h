/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The state of one compilation, shared by the compiler's parts. */
#ifndef REGMAPS_RDLC_RDLC_PRIV_H
#define REGMAPS_RDLC_RDLC_PRIV_H

#include <stdio.h>

#include "regmaps/rdlc/arena.h"
#include "regmaps/rdlc/check.h"
#include "regmaps/rdlc/model.h"
#include "regmaps/rdlc/rdlc.h"
#include "regmaps/rdlc/source.h"

struct rdl_node;
struct rdl_scope;
struct regdb_builder;

/* Instances by definition and name. */
struct rdl_inst_table {
	struct rdl_inst **slot;
	uint32_t n, cap;
};

struct rdlc {
	struct rdl_arena arena;
	const struct rdlc_options *opt; /* while compiling */
	struct rdl_symtab syms;
	FILE *open_file; /* being read, closed on escape */

	/* Input: preprocessed text, and where it came from. */
	struct rdl_text out;
	struct rdl_source source;
	struct rdl_vec paths; /* const char *: what was read from disk */
	int load_errno;       /* why the last file was not read */
	bool missing;         /* an input file could not be read */
	uint32_t n_expansions;
	size_t lex_at, lex_end;
	bool end_reported; /* that the input ends too early: once is enough */

	/* Diagnostics. */
	struct rdl_text diag;
	unsigned n_errors, n_warnings;
	unsigned n_reports, n_repeats; /* all findings, and those said before */
	bool muted;                    /* the last finding was such a one; so are its notes */
	struct rdl_symtab said;
	const struct rdl_file *diag_file;
	const struct rdl_node *where; /* being elaborated or checked, for notes */
	enum rdl_level level[RDL_CHECK_COUNT];

	/* Names and definitions. */
	struct rdl_scope *scope;
	struct rdl_vec defaults; /* struct rdl_default *: in force */
	struct rdl_inst_table insts;
	struct rdl_def *root;
	struct rdl_vec root_defs; /* struct rdl_def *: named, in order */

	/* Elaboration. */
	uint64_t effort; /* left for evaluating expressions */
	uint32_t nodes_left;
	struct rdl_param_value *top_params; /* from -P, the last one first */
	struct rdl_node *top;

	/* Emitting. */
	struct rdl_text emitted;
	struct regdb_builder *builder; /* freed on escape */
};

/* Runs a part of the compiler where escapes land: 0 when it ran through, 1 out of memory,
 * 2 given up after an error. */
int rdl_guarded(struct rdlc *ctx, void (*run)(struct rdlc *ctx));

/* Parses the preprocessed text from lex_at on into ctx->root. */
void rdl_parse(struct rdlc *ctx);

/* Parses text that is an expression in the root scope (for -P). */
const struct rdl_expr *rdl_parse_expression(struct rdlc *ctx);

#endif
