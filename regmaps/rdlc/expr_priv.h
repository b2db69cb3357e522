/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the evaluation of expressions and of their widths share. */
#ifndef REGMAPS_RDLC_EXPR_PRIV_H
#define REGMAPS_RDLC_EXPR_PRIV_H

#include "regmaps/rdlc/expr.h"
#include "regmaps/rdlc/node.h"

/* One evaluation: parameters are those of node and what is above it. */
struct rdl_eval {
	struct rdlc *ctx;
	const struct rdl_node *node;
};

/* Takes from the effort that is left; gives up the compilation when there is none. */
void rdl__burn(struct rdl_eval *ev, const struct rdl_expr *expr, uint64_t effort);

/* A value of at most max; what names it in the error. */
bool rdl__small(struct rdl_eval *ev, const struct rdl_expr *expr, uint32_t max,
		const char *what, uint32_t *num);

/* A parameter's value, NULL (reported here or before) when it has none. */
const struct rdl_value *rdl__param_value(struct rdl_eval *ev, const struct rdl_expr *expr);

/* The width a numeric expression has by itself; of two, the larger one. */
bool rdl__width_of(struct rdl_eval *ev, const struct rdl_expr *expr, uint32_t *width);
bool rdl__width_of_pair(struct rdl_eval *ev, const struct rdl_expr *a, const struct rdl_expr *b,
			uint32_t *width);

/* The value; width 0 stands for as wide as the expression is by itself. */
bool rdl__evaluate(struct rdl_eval *ev, const struct rdl_expr *expr, uint32_t width,
		   struct rdl_value *out);

#endif
