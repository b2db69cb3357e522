/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Unsigned integers of a fixed width of up to RDL_MAX_BITS bits. Results are cut to
 * the width asked for, as SystemRDL's expressions want it (clause 11, IEEE 1800).
 */
#ifndef REGMAPS_RDLC_BITS_H
#define REGMAPS_RDLC_BITS_H

#include "regmaps/rdlc/value.h"

enum rdl_bits_op {
	RDL_BITS_ADD,
	RDL_BITS_SUB,
	RDL_BITS_MUL,
	RDL_BITS_DIV, /* the divisor must not be zero */
	RDL_BITS_MOD,
	RDL_BITS_AND,
	RDL_BITS_OR,
	RDL_BITS_XOR,
	RDL_BITS_XNOR,
	RDL_BITS_POW,
	RDL_BITS_SHL,
	RDL_BITS_SHR,
};

/* Digits of a base, '_' ignored; at least 64 bits wide. False: more than RDL_MAX_BITS. */
bool rdl_bits_parse(struct rdl_arena *arena, const char *digits, size_t n, unsigned base,
		    struct rdl_value *value);

/* Cuts or extends to a width. */
void rdl_bits_resize(struct rdl_arena *arena, struct rdl_value *value, uint32_t width);

/* a op b, width bits wide. */
struct rdl_value rdl_bits_binary(struct rdl_arena *arena, enum rdl_bits_op op,
				 const struct rdl_value *a, const struct rdl_value *b,
				 uint32_t width);

struct rdl_value rdl_bits_invert(struct rdl_arena *arena, const struct rdl_value *a,
				 uint32_t width);
struct rdl_value rdl_bits_negate(struct rdl_arena *arena, const struct rdl_value *a,
				 uint32_t width);

/* Less than, equal, greater: -1, 0, 1. */
int rdl_bits_compare(const struct rdl_value *a, const struct rdl_value *b);

/* Whether an odd number of bits is set. */
bool rdl_bits_parity(const struct rdl_value *a);

#endif
