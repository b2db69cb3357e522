/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Expressions. The constructors check operand types and report what does not fit;
 * they never return NULL, a bad expression has the type RDL_TYPE_BAD. Evaluation
 * follows the width rules of IEEE 1800 clause 11 that SystemRDL refers to.
 */
#ifndef REGMAPS_RDLC_EXPR_H
#define REGMAPS_RDLC_EXPR_H

#include "regmaps/rdlc/model.h"

struct rdlc;
struct rdl_node;

enum rdl_expr_op {
	RDL_EXPR_LITERAL,
	RDL_EXPR_UNARY,     /* token, a */
	RDL_EXPR_BINARY,    /* token, a, b */
	RDL_EXPR_TERNARY,   /* a ? b : c */
	RDL_EXPR_CONCAT,    /* items */
	RDL_EXPR_REPLICATE, /* a times b */
	RDL_EXPR_CAST,      /* b to a bits, or a NULL: to type (and 64 bits for longint) */
	RDL_EXPR_ARRAY,     /* items */
	RDL_EXPR_STRUCT,    /* items in member order, NULL where the default serves */
	RDL_EXPR_PARAM,     /* param */
	RDL_EXPR_INDEX,     /* a[b] */
	RDL_EXPR_MEMBER,    /* a.member */
	RDL_EXPR_REF,       /* from, steps, prop */
};

struct rdl_ref_step {
	const struct rdl_sym *name;
	uint32_t loc;
	struct rdl_vec index; /* struct rdl_expr * */
};

struct rdl_expr {
	uint8_t op;     /* enum rdl_expr_op */
	uint8_t token;  /* enum rdl_token_kind of an operator, RDL_T_LONGINT of that cast */
	uint16_t depth; /* of the tree below, bounded */
	uint32_t loc;
	struct rdl_type type;
	union {
		struct rdl_value literal;
		struct {
			const struct rdl_expr *a, *b, *c;
			uint32_t member;
		} of;
		struct rdl_vec items; /* struct rdl_expr * */
		const struct rdl_param *param;
		struct {
			const struct rdl_def *from;
			struct rdl_vec steps; /* struct rdl_ref_step * */
			const struct rdl_prop *prop;
		} ref;
	} u;
};

struct rdl_expr *rdl_expr_literal(struct rdlc *ctx, uint32_t loc, struct rdl_value value);
struct rdl_expr *rdl_expr_bad(struct rdlc *ctx, uint32_t loc);
struct rdl_expr *rdl_expr_unary(struct rdlc *ctx, uint32_t loc, unsigned token,
				const struct rdl_expr *a);
struct rdl_expr *rdl_expr_binary(struct rdlc *ctx, uint32_t loc, unsigned token,
				 const struct rdl_expr *a, const struct rdl_expr *b);
struct rdl_expr *rdl_expr_ternary(struct rdlc *ctx, uint32_t loc, const struct rdl_expr *a,
				  const struct rdl_expr *b, const struct rdl_expr *c);
struct rdl_expr *rdl_expr_concat(struct rdlc *ctx, uint32_t loc, const struct rdl_vec *items);
struct rdl_expr *rdl_expr_replicate(struct rdlc *ctx, uint32_t loc,
				    const struct rdl_expr *times, const struct rdl_expr *what);

/* token: RDL_T_BOOLEAN, RDL_T_BIT, RDL_T_LONGINT, or RDL_T_NUMBER with a width. */
struct rdl_expr *rdl_expr_cast(struct rdlc *ctx, uint32_t loc, unsigned token,
			       const struct rdl_expr *width, const struct rdl_expr *what);
struct rdl_expr *rdl_expr_array(struct rdlc *ctx, uint32_t loc, const struct rdl_vec *items);

/* items: one per member, NULL where none was given. */
struct rdl_expr *rdl_expr_struct(struct rdlc *ctx, uint32_t loc, const struct rdl_struct *type,
				 const struct rdl_vec *items);
struct rdl_expr *rdl_expr_param(struct rdlc *ctx, uint32_t loc, const struct rdl_param *param);
struct rdl_expr *rdl_expr_index(struct rdlc *ctx, uint32_t loc, const struct rdl_expr *array,
				const struct rdl_expr *index);
struct rdl_expr *rdl_expr_member(struct rdlc *ctx, uint32_t loc, const struct rdl_expr *of,
				 const struct rdl_sym *name);

/* A reference to an instance within a definition; the path is checked here. */
struct rdl_expr *rdl_expr_ref(struct rdlc *ctx, uint32_t loc, const struct rdl_def *from,
			      const struct rdl_vec *steps);

/* ->property behind a reference. */
struct rdl_expr *rdl_expr_prop(struct rdlc *ctx, uint32_t loc, struct rdl_expr *ref,
			       const struct rdl_sym *name);

/* Reports when an expression cannot be assigned to a type; what names the target. */
bool rdl_expr_check(struct rdlc *ctx, const struct rdl_expr *expr, struct rdl_type type,
		    const char *what);

/*
 * The value within a node (parameters are looked up there and above), converted to
 * type. NULL after an error. A literal's value is not copied.
 */
const struct rdl_value *rdl_expr_eval(struct rdlc *ctx, const struct rdl_expr *expr,
				      struct rdl_type type, const struct rdl_node *node);

/* The same as a number of at most 64 bits; false after an error. */
bool rdl_expr_eval_u64(struct rdlc *ctx, const struct rdl_expr *expr,
		       const struct rdl_node *node, uint64_t *value);

#endif
