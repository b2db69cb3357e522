/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The properties of SystemRDL 2.0 as a table (Annex F), and those a description
 * defines itself (clause 15).
 */
#ifndef REGMAPS_RDLC_PROP_TABLE_H
#define REGMAPS_RDLC_PROP_TABLE_H

#include "regmaps/rdlc/model.h"

struct rdlc;

enum rdl_prop_id {
#define RDL_PROP(id, ...) RDL_PROP_##id,
#include "regmaps/rdlc/props.def"
#undef RDL_PROP
	RDL_PROP_COUNT,
	RDL_PROP_USER = RDL_PROP_COUNT, /* any user-defined one */
};

/* What a reference to the property means on a right-hand side (5.1.3, Annex F). */
enum rdl_ref_rule {
	RDL_REF_NO,      /* may not be referenced */
	RDL_REF_BIT,     /* one bit of hardware, always there */
	RDL_REF_COUNTER, /* one bit, of a counter */
	RDL_REF_VALUE,   /* what was assigned, as wide as the field */
	RDL_REF_ANY,     /* what was assigned, of unknown width */
	RDL_REF_INPUT,   /* one bit: what was assigned, or inferred by true */
	RDL_REF_REG,     /* of a register: one bit */
};

struct rdl_prop {
	const char *name;
	enum rdl_prop_id id;
	uint32_t kinds; /* RDL_ON_*: the components that have it */
	uint32_t types; /* RDL_TYPE_BIT()s it accepts */
	uint32_t comps; /* RDL_ON_*: component references it accepts */
	bool array;     /* an array of strings */
	bool dynamic;   /* may be assigned dynamically */
	char group;     /* properties of one group exclude each other; 0: none */
	enum rdl_ref_rule ref;

	/* User-defined only. */
	struct rdl_type type;
	const struct rdl_expr *preset; /* value of an assignment without one, or NULL */
	bool componentwidth;
	uint32_t loc;
};

extern const struct rdl_prop rdl_props[RDL_PROP_COUNT];

/* Makes the names known. Call once per compilation. */
void rdl_props_init(struct rdlc *ctx);

/*
 * Whether a property accepts an expression of a type (NULL expr: no value given);
 * *type is then what to convert it to.
 */
bool rdl_prop_accepts(const struct rdl_prop *prop, const struct rdl_expr *expr,
		      struct rdl_type *type);

#endif
