/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lexical scopes (5.1.4 and 5.2): what a name means where the parser is. Types
 * (components, enumerations, structs) and elements (instances, parameters) have
 * name spaces of their own; default properties are a third.
 */
#ifndef REGMAPS_RDLC_SCOPE_H
#define REGMAPS_RDLC_SCOPE_H

#include "regmaps/rdlc/model.h"

struct rdlc;

enum rdl_thing {
	RDL_THING_DEF,
	RDL_THING_ENUM,
	RDL_THING_STRUCT,
	RDL_THING_INST,
	RDL_THING_PARAM,
};

/* One declaration; the symbol points at the innermost, outer the one it hides. */
struct rdl_binding {
	struct rdl_binding *outer;
	struct rdl_binding *sibling; /* declared before it in the same scope */
	struct rdl_sym *name;
	enum rdl_thing thing;
	bool is_type;
	uint32_t depth; /* of its scope */
	uint32_t loc;
	union {
		const struct rdl_def *def;
		const struct rdl_enum *enumeration;
		const struct rdl_struct *structure;
		struct rdl_inst *inst;
		const struct rdl_param *param;
	} u;
};

/* A default property in force; one of its name at most. */
struct rdl_default {
	struct rdl_assign assign;
	uint32_t depth;
	bool gone; /* an inner scope's that has ended */
};

struct rdl_scope {
	struct rdl_scope *outer;
	struct rdl_def *def;
	struct rdl_binding *bindings;
	struct rdl_vec hidden; /* struct rdl_default *: of outer scopes, replaced in this one */
	uint32_t depth, n_defaults; /* how many defaults were in force at its start */
	bool opaque;                /* an enumeration: parameters outside are not visible */
};

void rdl_scope_enter(struct rdlc *ctx, struct rdl_def *def);
void rdl_scope_leave(struct rdlc *ctx);

/* Declares a name in the current scope; a second one of the name is an error (false). */
void rdl_declare_type(struct rdlc *ctx, struct rdl_sym *name, const struct rdl_binding *what);
bool rdl_declare_elem(struct rdlc *ctx, struct rdl_sym *name, const struct rdl_binding *what);

/* The type a name stands for, NULL (and an error) when there is none of that kind. */
const struct rdl_def *rdl_find_def(struct rdlc *ctx, const struct rdl_sym *name, uint32_t loc);
const struct rdl_enum *rdl_find_enum(struct rdlc *ctx, const struct rdl_sym *name,
				     uint32_t loc);
const struct rdl_struct *rdl_find_struct(struct rdlc *ctx, const struct rdl_sym *name,
					 uint32_t loc);

/*
 * The element a name stands for: in this scope any; further out only signals and
 * parameters (5.1.4). NULL when there is none; nothing is reported. *within is
 * the definition that holds an instance.
 */
const struct rdl_binding *rdl_find_elem(const struct rdlc *ctx, const struct rdl_sym *name,
					const struct rdl_def **within);

/* Puts a default property in force for what is defined from here on in this scope. */
void rdl_default_add(struct rdlc *ctx, const struct rdl_assign *assign, bool again);

#endif
