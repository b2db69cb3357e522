/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the two halves of the preprocessor share. */
#ifndef REGMAPS_RDLC_PP_PRIV_H
#define REGMAPS_RDLC_PP_PRIV_H

#include "regmaps/rdlc/pp.h"

/* An open `ifdef. */
struct pp_cond {
	struct pp_cond *outer;
	struct rdl_place place;
	bool live;  /* this branch is compiled */
	bool taken; /* some branch was, or the whole is dead */
	bool seen_else;
};

/* One text being scanned: a file, a macro's expansion or an argument. */
struct pp {
	struct rdlc *ctx;
	struct rdl_text *out;
	const char *s;
	size_t n, i, start;      /* text, its size, position, start of what is not yet out */
	struct rdl_place origin; /* file at offset 0, or the macro's use */
	unsigned depth;
	struct pp_cond *cond;
};

bool rdl__pp_live(const struct pp *pp);
struct rdl_place rdl__pp_place(const struct pp *pp, size_t i);
void rdl__pp_scan(struct pp *pp);
void rdl__pp_skip_blanks(struct pp *pp);

/* The identifier at the position, NULL if there is none; the position moves on. */
const char *rdl__pp_ident(struct pp *pp, size_t *len);

/* `define: the position is behind the directive. */
void rdl__pp_define(struct pp *pp);

/* A macro's use: the position is behind its name, which is at name_at. */
void rdl__pp_expand(struct pp *pp, const struct rdl_sym *name, size_t name_at);

/* End of the string or comment that starts at i; n when it does not end. */
size_t rdl__pp_skip_string(const char *s, size_t n, size_t i);
size_t rdl__pp_skip_comment(const char *s, size_t n, size_t i);

#endif
