/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The types of SystemRDL expressions, and their values. */
#ifndef REGMAPS_RDLC_VALUE_H
#define REGMAPS_RDLC_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rdl_arena;
struct rdl_def;
struct rdl_enum;
struct rdl_node;
struct rdl_path;
struct rdl_prop;
struct rdl_struct;
struct rdl_sym;
struct rdl_text;

/* Widest integer of an expression, in bits. */
#define RDL_MAX_BITS 16384u

/* The kinds of component; a property's RDL_ON_* mask says which may have it. */
enum rdl_kind {
	RDL_ROOT,
	RDL_ADDRMAP,
	RDL_REGFILE,
	RDL_REG,
	RDL_FIELD,
	RDL_MEM,
	RDL_SIGNAL,
	RDL_CONSTRAINT,
	RDL_KIND_COUNT,
};

#define RDL_ON(kind) (1u << (kind))
#define RDL_ON_ADDRESSABLE                                                                     \
	(RDL_ON(RDL_ADDRMAP) | RDL_ON(RDL_REGFILE) | RDL_ON(RDL_REG) | RDL_ON(RDL_MEM))
#define RDL_ON_ALL (RDL_ON_ADDRESSABLE | RDL_ON(RDL_FIELD) | RDL_ON(RDL_SIGNAL))

enum rdl_type_kind {
	RDL_TYPE_BAD, /* of an expression that was reported already: fits everywhere */
	RDL_TYPE_BOOL,
	RDL_TYPE_INT,
	RDL_TYPE_STRING,
	RDL_TYPE_ACCESS,
	RDL_TYPE_ADDRESSING,
	RDL_TYPE_ONREAD,
	RDL_TYPE_ONWRITE,
	RDL_TYPE_PRECEDENCE,
	RDL_TYPE_INTR,
	RDL_TYPE_ENUM,     /* an enumerator of user.enumeration */
	RDL_TYPE_ENUMTYPE, /* an enumeration itself, for encode */
	RDL_TYPE_STRUCT,
	RDL_TYPE_COMP,    /* a reference to a component of one kind */
	RDL_TYPE_PROPREF, /* a reference to a property */
	RDL_TYPE_REF,     /* any reference */
	RDL_TYPE_NONE,    /* no value: a user-defined property without default */
	RDL_TYPE_KIND_COUNT,
};

#define RDL_TYPE_BIT(kind) (1u << (kind))

struct rdl_type {
	uint8_t kind; /* enum rdl_type_kind */
	bool array;   /* of that kind; arrays do not nest */
	bool empty;   /* the array literal '{}: fits every array */
	uint8_t comp; /* enum rdl_kind of RDL_TYPE_COMP */
	union {
		const struct rdl_enum *enumeration;
		const struct rdl_struct *structure;
	} user;
};

enum rdl_access {
	RDL_ACCESS_NA,
	RDL_ACCESS_R,
	RDL_ACCESS_W,
	RDL_ACCESS_RW,
	RDL_ACCESS_W1,
	RDL_ACCESS_RW1,
};

enum rdl_onread {
	RDL_ONREAD_NONE,
	RDL_ONREAD_RCLR,
	RDL_ONREAD_RSET,
	RDL_ONREAD_RUSER,
};

enum rdl_onwrite {
	RDL_ONWRITE_NONE,
	RDL_ONWRITE_WOSET,
	RDL_ONWRITE_WOCLR,
	RDL_ONWRITE_WOT,
	RDL_ONWRITE_WZS,
	RDL_ONWRITE_WZC,
	RDL_ONWRITE_WZT,
	RDL_ONWRITE_WCLR,
	RDL_ONWRITE_WSET,
	RDL_ONWRITE_WUSER,
};

enum rdl_addressing {
	RDL_ADDRESSING_REGALIGN,
	RDL_ADDRESSING_COMPACT,
	RDL_ADDRESSING_FULLALIGN,
};

enum rdl_precedence {
	RDL_PRECEDENCE_SW,
	RDL_PRECEDENCE_HW,
};

enum rdl_intr {
	RDL_INTR_NONE,
	RDL_INTR_LEVEL,
	RDL_INTR_POSEDGE,
	RDL_INTR_NEGEDGE,
	RDL_INTR_BOTHEDGE,
};

struct rdl_value {
	struct rdl_type type;
	uint32_t
		width; /* of an integer, in bits; items of an array or struct; bytes of a string */
	union {
		uint64_t num;        /* integers up to 64 bits, booleans, built-in enums */
		const uint64_t *big; /* wider: (width + 63) / 64 words, lowest first */
		const char *string;
		const struct rdl_value *item; /* of an array, or of a struct in member order */
		const struct rdl_enum *enumeration;
		const struct rdl_path *path; /* of a reference */
	} u;
};

/* One step of a reference: a name and its indices. */
struct rdl_step {
	const struct rdl_sym *name;
	uint32_t loc;
	uint32_t n_index;
	const uint64_t *index;
};

/* A reference: down from the instance of a definition, perhaps to a property. */
struct rdl_path {
	const struct rdl_def *from;
	const struct rdl_prop *prop; /* NULL: the component itself */
	uint32_t loc;
	uint32_t n_steps;
	const struct rdl_step *step;
};

/* Whether a value of one type may be assigned to another (by the rules of clause 6). */
bool rdl_type_fits(struct rdl_type from, struct rdl_type to);
bool rdl_type_equal(struct rdl_type a, struct rdl_type b);
bool rdl_type_is_number(struct rdl_type type);
const char *rdl_type_name(struct rdl_type type);

/* Whether two values are the same. */
bool rdl_value_equal(const struct rdl_value *a, const struct rdl_value *b);

/* An integer's lowest 64 bits, whether there are more, and how many bits it needs. */
uint64_t rdl_value_u64(const struct rdl_value *value);
bool rdl_value_fits_u64(const struct rdl_value *value);
uint32_t rdl_value_bits(const struct rdl_value *value);
bool rdl_value_is_zero(const struct rdl_value *value);

/* Word i of an integer, zero beyond its width. */
uint64_t rdl_value_word(const struct rdl_value *value, uint32_t i);

struct rdl_value rdl_value_int(uint64_t num, uint32_t width);
struct rdl_value rdl_value_bool(bool truth);
struct rdl_value rdl_value_builtin(enum rdl_type_kind kind, unsigned num);

/* Names of built-in enumerators, NULL for none ("rw", "rclr"). */
const char *rdl_builtin_name(enum rdl_type_kind kind, unsigned num);

/* Appends the value as hexadecimal digits with 0x, or as text for messages. */
void rdl_value_hex(struct rdl_arena *arena, struct rdl_text *out,
		   const struct rdl_value *value);

#endif
