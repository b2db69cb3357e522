/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/value.h"

#include <string.h>

#include "regmaps/rdlc/arena.h"
#include "regmaps/rdlc/bits.h"
#include "regmaps/rdlc/model.h"

static const char *const type_name[RDL_TYPE_KIND_COUNT] = {
	[RDL_TYPE_BAD] = "unknown",
	[RDL_TYPE_BOOL] = "boolean",
	[RDL_TYPE_INT] = "integer",
	[RDL_TYPE_STRING] = "string",
	[RDL_TYPE_ACCESS] = "accesstype",
	[RDL_TYPE_ADDRESSING] = "addressingtype",
	[RDL_TYPE_ONREAD] = "onreadtype",
	[RDL_TYPE_ONWRITE] = "onwritetype",
	[RDL_TYPE_PRECEDENCE] = "precedencetype",
	[RDL_TYPE_INTR] = "interrupt type",
	[RDL_TYPE_ENUM] = "enumerator",
	[RDL_TYPE_ENUMTYPE] = "enumeration",
	[RDL_TYPE_STRUCT] = "struct",
	[RDL_TYPE_COMP] = "component reference",
	[RDL_TYPE_PROPREF] = "property reference",
	[RDL_TYPE_REF] = "reference",
	[RDL_TYPE_NONE] = "nothing",
};

bool rdl_type_is_number(struct rdl_type type)
{
	return !type.array && (type.kind == RDL_TYPE_INT || type.kind == RDL_TYPE_BOOL ||
			       type.kind == RDL_TYPE_ENUM);
}

static bool is_reference(struct rdl_type type)
{
	return type.kind == RDL_TYPE_COMP || type.kind == RDL_TYPE_PROPREF ||
	       type.kind == RDL_TYPE_REF;
}

static bool derives(const struct rdl_struct *from, const struct rdl_struct *to)
{
	for (; from; from = from->base)
		if (from == to)
			return true;
	return false;
}

bool rdl_type_equal(struct rdl_type a, struct rdl_type b)
{
	if (a.kind != b.kind || a.array != b.array || a.empty != b.empty)
		return false;
	if (a.kind == RDL_TYPE_COMP)
		return a.comp == b.comp;
	if (a.kind == RDL_TYPE_ENUM)
		return a.user.enumeration == b.user.enumeration;
	return a.kind != RDL_TYPE_STRUCT || a.user.structure == b.user.structure;
}

bool rdl_type_fits(struct rdl_type from, struct rdl_type to)
{
	if (from.kind == RDL_TYPE_BAD || to.kind == RDL_TYPE_BAD)
		return true;
	if (from.array != to.array)
		return false;
	if (from.array && from.empty)
		return true;
	if (to.kind == RDL_TYPE_BOOL || to.kind == RDL_TYPE_INT)
		return from.kind == RDL_TYPE_BOOL || from.kind == RDL_TYPE_INT ||
		       from.kind == RDL_TYPE_ENUM;
	if (to.kind == RDL_TYPE_STRUCT)
		return from.kind == RDL_TYPE_STRUCT &&
		       derives(from.user.structure, to.user.structure);
	if (to.kind == RDL_TYPE_REF)
		return is_reference(from);
	return rdl_type_equal(from, to);
}

const char *rdl_type_name(struct rdl_type type)
{
	if (type.array)
		return "array";
	if (type.kind == RDL_TYPE_ENUM && type.user.enumeration)
		return type.user.enumeration->name->name;
	if (type.kind == RDL_TYPE_STRUCT && type.user.structure)
		return type.user.structure->name->name;
	return type_name[type.kind];
}

static bool steps_equal(const struct rdl_path *a, const struct rdl_path *b)
{
	if (a->from != b->from || a->prop != b->prop || a->n_steps != b->n_steps)
		return false;
	for (uint32_t i = 0; i < a->n_steps; i++) {
		const struct rdl_step *x = &a->step[i], *y = &b->step[i];

		if (x->name != y->name || x->n_index != y->n_index)
			return false;
		if (x->n_index &&
		    memcmp(x->index, y->index, x->n_index * sizeof(*x->index)) != 0)
			return false;
	}
	return true;
}

bool rdl_value_equal(const struct rdl_value *a, const struct rdl_value *b)
{
	if (rdl_type_is_number(a->type) && rdl_type_is_number(b->type))
		return !rdl_bits_compare(a, b);
	if (a->type.kind != b->type.kind || a->type.array != b->type.array)
		return false;
	if (a->type.array || a->type.kind == RDL_TYPE_STRUCT) {
		if (a->width != b->width)
			return false;
		for (uint32_t i = 0; i < a->width; i++)
			if (!rdl_value_equal(&a->u.item[i], &b->u.item[i]))
				return false;
		return true;
	}
	if (a->type.kind == RDL_TYPE_STRING)
		return a->width == b->width && !memcmp(a->u.string, b->u.string, a->width);
	if (a->type.kind == RDL_TYPE_ENUMTYPE)
		return a->u.enumeration == b->u.enumeration;
	if (is_reference(a->type))
		return steps_equal(a->u.path, b->u.path);
	return a->u.num == b->u.num;
}

uint64_t rdl_value_word(const struct rdl_value *value, uint32_t i)
{
	if (value->width <= 64)
		return i ? 0 : value->u.num;
	return i < (value->width + 63) / 64 ? value->u.big[i] : 0;
}

uint64_t rdl_value_u64(const struct rdl_value *value)
{
	return rdl_value_word(value, 0);
}

uint32_t rdl_value_bits(const struct rdl_value *value)
{
	for (uint32_t i = (value->width + 63) / 64; i--;) {
		uint64_t word = rdl_value_word(value, i);

		if (word)
			return i * 64 + 64 - (uint32_t)__builtin_clzll(word);
	}
	return 0;
}

bool rdl_value_fits_u64(const struct rdl_value *value)
{
	return rdl_value_bits(value) <= 64;
}

bool rdl_value_is_zero(const struct rdl_value *value)
{
	return !rdl_value_bits(value);
}

struct rdl_value rdl_value_int(uint64_t num, uint32_t width)
{
	return (struct rdl_value){ .type = { .kind = RDL_TYPE_INT },
				   .width = width,
				   .u.num = num };
}

struct rdl_value rdl_value_bool(bool truth)
{
	return (struct rdl_value){ .type = { .kind = RDL_TYPE_BOOL },
				   .width = 1,
				   .u.num = truth };
}

struct rdl_value rdl_value_builtin(enum rdl_type_kind kind, unsigned num)
{
	return (struct rdl_value){ .type = { .kind = (uint8_t)kind }, .u.num = num };
}

const char *rdl_builtin_name(enum rdl_type_kind kind, unsigned num)
{
	static const char *const access[] = { "na", "r", "w", "rw", "w1", "rw1" };
	static const char *const onread[] = { NULL, "rclr", "rset", "ruser" };
	static const char *const onwrite[] = { NULL,  "woset", "woclr", "wot",  "wzs",
					       "wzc", "wzt",   "wclr",  "wset", "wuser" };
	static const char *const addressing[] = { "regalign", "compact", "fullalign" };
	static const char *const precedence[] = { "sw", "hw" };
	static const char *const intr[] = { NULL, "level", "posedge", "negedge", "bothedge" };

	switch (kind) {
	case RDL_TYPE_ACCESS:
		return access[num];
	case RDL_TYPE_ONREAD:
		return onread[num];
	case RDL_TYPE_ONWRITE:
		return onwrite[num];
	case RDL_TYPE_ADDRESSING:
		return addressing[num];
	case RDL_TYPE_PRECEDENCE:
		return precedence[num];
	case RDL_TYPE_INTR:
		return intr[num];
	default:
		return NULL;
	}
}

void rdl_value_hex(struct rdl_arena *arena, struct rdl_text *out, const struct rdl_value *value)
{
	uint32_t words = (rdl_value_bits(value) + 63) / 64;

	rdl_text_printf(arena, out, "0x%llx",
			(unsigned long long)rdl_value_word(value, words ? words - 1 : 0));
	while (words > 1)
		rdl_text_printf(arena, out, "%016llx",
				(unsigned long long)rdl_value_word(value, --words - 1));
}
