/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The Verilog-style preprocessor (SystemRDL 2.0, clause 16): text in, text out.
 * `include `define (with arguments and their defaults) `undef `undefineall `ifdef
 * `ifndef `elsif `else `endif `line `__FILE__ `__LINE__ and macro use, with "`"",
 * "`\`"" and "``" in macro bodies. Embedded Perl is refused.
 *
 * Depth of includes and macros, and the size of the result, are bounded.
 */
#ifndef REGMAPS_RDLC_PP_H
#define REGMAPS_RDLC_PP_H

#include <stdbool.h>
#include <stddef.h>

#include "regmaps/rdlc/arena.h"
#include "regmaps/rdlc/source.h"

struct rdlc;

struct rdl_macro_param {
	const char *name;
	size_t len;
	const char *preset; /* default text, NULL when there is none */
};

struct rdl_macro {
	struct rdl_sym *name;
	struct rdl_place place; /* of its definition */
	bool takes_args;
	struct rdl_vec params; /* struct rdl_macro_param * */
	const char *body;
	size_t body_len;
	bool busy; /* being expanded: using it again would never end */
};

/* Defines a macro as if by `define, from "NAME" or "NAME=TEXT". */
void rdl_pp_predefine(struct rdlc *ctx, const char *text);

/* Ends all macros. */
void rdl_pp_forget(struct rdlc *ctx);

/* Appends the preprocessed text of a file to ctx->out. */
void rdl_pp_file(struct rdlc *ctx, const char *path);

#endif
