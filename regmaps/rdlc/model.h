/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the parser makes of a description: definitions with their instances,
 * properties and expressions. Names are resolved and types checked while parsing
 * (SystemRDL wants everything declared before use); values come with elaboration.
 */
#ifndef REGMAPS_RDLC_MODEL_H
#define REGMAPS_RDLC_MODEL_H

#include "regmaps/rdlc/arena.h"
#include "regmaps/rdlc/value.h"

struct rdl_expr;
struct rdlc;
struct rdl_def;

struct rdl_enumerator {
	const struct rdl_sym *name;
	struct rdl_value value;
	const char *title, *desc; /* its name and desc properties, or NULL */
	uint32_t loc;
};

struct rdl_enum {
	const struct rdl_sym *name;
	uint32_t loc, n;
	const struct rdl_enumerator *item;
};

struct rdl_member {
	const struct rdl_sym *name;
	struct rdl_type type;
	uint32_t loc;
};

/* Members include those of the base, first. */
struct rdl_struct {
	const struct rdl_sym *name;
	const struct rdl_struct *base;
	bool abstract;
	uint32_t loc, n;
	const struct rdl_member *member;
};

struct rdl_param {
	const struct rdl_sym *name;
	const struct rdl_def *def;
	struct rdl_type type;
	uint32_t loc, index;
	const struct rdl_expr *preset; /* NULL: must be given */
};

struct rdl_param_value {
	struct rdl_param_value *next;
	const struct rdl_param *param;
	const struct rdl_expr *expr;
};

/* A property given a value: in a body, by a default, or dynamically. */
struct rdl_assign {
	struct rdl_assign *next;
	const struct rdl_prop *prop;
	const struct rdl_expr *expr; /* NULL: true, or a user-defined property's default */
	struct rdl_type type;        /* what the value is converted to */
	uint32_t loc;
};

/* One name on the way of a dynamic assignment, perhaps of one element of an array. */
struct rdl_way {
	const struct rdl_sym *name;
	struct rdl_vec index; /* struct rdl_expr *: none stands for all elements */
};

/* `a.b[1].c->property = value`, kept with instance a. */
struct rdl_dynamic {
	struct rdl_dynamic *next;
	struct rdl_assign assign;
	struct rdl_vec way; /* struct rdl_way *: a, b, c */
};

enum rdl_external {
	RDL_EXTERNAL_UNSAID,
	RDL_EXTERNAL_YES,
	RDL_EXTERNAL_NO,
};

struct rdl_inst {
	struct rdl_inst *next; /* of the same definition, in order */
	const struct rdl_sym *name;
	const struct rdl_def *def;
	const struct rdl_def *within;
	uint32_t loc;
	enum rdl_external external;
	const struct rdl_inst *alias_of;
	struct rdl_vec dims; /* struct rdl_expr *: array sizes; [width] of a vector */
	const struct rdl_expr *msb, *lsb; /* [msb:lsb] of a field */
	const struct rdl_expr *reset;
	const struct rdl_expr *at, *stride, *align; /* @ += %= */
	const struct rdl_param_value *params;
	struct rdl_dynamic *dynamics, **dynamics_end;
};

struct rdl_def {
	enum rdl_kind kind;
	const struct rdl_sym *name; /* NULL when anonymous */
	uint32_t loc;
	struct rdl_vec params; /* struct rdl_param * */
	struct rdl_assign *assigns, **assigns_end;
	struct rdl_inst *insts, **insts_end;
	uint32_t n_insts;
	bool misplaced; /* reported already: it may not be where it is */
};

/* An instance of a definition by name, NULL if there is none. */
struct rdl_inst *rdl_def_find(const struct rdlc *ctx, const struct rdl_def *def,
			      const struct rdl_sym *name);

/* Appends an instance and makes rdl_def_find() find it. */
void rdl_def_add(struct rdlc *ctx, struct rdl_def *def, struct rdl_inst *inst);

/* Whether an instance gives a parameter a value. */
bool rdl_param_given(const struct rdl_inst *inst, const struct rdl_param *param);

struct rdl_def *rdl_def_new(struct rdlc *ctx, enum rdl_kind kind, uint32_t loc);

/* "addrmap", "reg" ..., and "an addrmap", "a reg", "the root scope". */
const char *rdl_kind_name(enum rdl_kind kind);
const char *rdl_kind_phrase(enum rdl_kind kind);

#endif
