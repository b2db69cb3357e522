/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Placement: widths and positions of fields, sizes and addresses of everything else,
 * where the description leaves them to the compiler (10.1, 12.3, 13.4).
 */
#include <stdlib.h>

#include "regmaps/rdlc/diag.h"
#include "regmaps/rdlc/expr.h"
#include "regmaps/rdlc/node.h"
#include "regmaps/rdlc/rdlc_priv.h"

#define MAX_WIDTH     (1u << 30)
#define MAX_ALIGNMENT (UINT64_C(1) << 62)

/* What holds for the components inside. */
struct rules {
	enum rdl_addressing addressing;
	uint64_t alignment;
	bool msb0;
};

static bool is_pow2(uint64_t n)
{
	return n && !(n & (n - 1));
}

/* 0 when there is none of 64 bits. */
static uint64_t roundup_pow2(uint64_t n)
{
	uint64_t power = 1;

	while (power && power < n)
		power <<= 1;
	return power;
}

static bool is_addressable(const struct rdl_node *node)
{
	return RDL_ON_ADDRESSABLE & RDL_ON(node->kind);
}

struct sort_key {
	uint64_t key;
	uint32_t order;
	struct rdl_node *node;
};

static int by_key(const void *a, const void *b)
{
	const struct sort_key *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* Signals first, then by position; equal ones stay in order. */
static uint64_t key_of(const struct rdl_node *node)
{
	if (node->kind == RDL_SIGNAL)
		return 0;
	return 1 + (node->kind == RDL_FIELD ? rdl_field_low(node) : node->offset);
}

static void sort_children(struct rdlc *ctx, struct rdl_node *parent)
{
	struct sort_key *keys;
	uint64_t last = 0;
	bool sorted = true;
	uint32_t n = 0;

	for (struct rdl_node *child = parent->child; child; child = child->next, n++) {
		sorted = sorted && key_of(child) >= last;
		last = key_of(child);
	}
	if (sorted)
		return;
	keys = rdl_alloc(&ctx->arena, n * sizeof(*keys));
	n = 0;
	for (struct rdl_node *child = parent->child; child; child = child->next, n++)
		keys[n] = (struct sort_key){ key_of(child), n, child };
	qsort(keys, n, sizeof(*keys), by_key);
	parent->child = keys[0].node;
	for (uint32_t i = 0; i < n; i++)
		keys[i].node->next = i + 1 < n ? keys[i + 1].node : NULL;
}

/* A property that must be a positive number, perhaps a power of two; else replaced. */
static uint32_t width_prop(struct rdlc *ctx, struct rdl_node *node, enum rdl_prop_id id,
			   uint32_t least, uint32_t preset)
{
	struct rdl_node_prop *prop = NULL;
	const char *name = rdl_props[id].name;
	uint32_t n = rdl_node_u32(node, id, preset);

	for (unsigned i = 0; i < node->n_props; i++)
		if (node->prop[i].prop->id == id)
			prop = &node->prop[i];
	if (!prop)
		return preset;
	if (n < least || n > MAX_WIDTH)
		rdl_report(ctx, RDL_CHECK_WIDTH_VALUE, prop->loc, "'%s' must be %u to %u", name,
			   least, MAX_WIDTH);
	else if ((least == 8 || id == RDL_PROP_ALIGNMENT) && !is_pow2(n))
		rdl_report(ctx, RDL_CHECK_WIDTH_VALUE, prop->loc,
			   "'%s' is %u, it must be a power of two", name, n);
	else
		return n;
	*prop = node->prop[--node->n_props];
	rdl_node_index(node);
	return preset;
}

static void place_vector(struct rdlc *ctx, struct rdl_node *node)
{
	enum rdl_prop_id id =
		node->kind == RDL_FIELD ? RDL_PROP_FIELDWIDTH : RDL_PROP_SIGNALWIDTH;
	uint32_t given = width_prop(ctx, node, id, 1, 0);

	if (given && node->width && given != node->width)
		rdl_report(ctx, RDL_CHECK_FIELD_WIDTH, node->loc,
			   "'%s' is %u bits wide, but its %s is %u", node->name->name,
			   node->width, rdl_props[id].name, given);
	if (!node->width)
		node->width = given ? given : 1;
	if (node->kind == RDL_SIGNAL) {
		node->lsb = 0;
		node->msb = node->width - 1;
	}
}

/* Whether [low:high] or [high:low] is used decides the order; both is an error. */
static bool order_of(struct rdlc *ctx, const struct rdl_node *reg, bool msb0)
{
	const struct rdl_node *up = NULL, *down = NULL;

	for (const struct rdl_node *field = reg->child; field; field = field->next) {
		if (field->kind != RDL_FIELD || !field->placed)
			continue;
		if (field->msb > field->lsb)
			down = field;
		else if (field->msb < field->lsb)
			up = field;
	}
	if (up && down &&
	    rdl_report(ctx, RDL_CHECK_BIT_ORDER, up->loc,
		       "field '%s' is written [low:high], others in its register [high:low]",
		       up->name->name))
		rdl_note(ctx, down->loc, "field '%s' is [high:low]", down->name->name);
	return up ? true : down ? false : msb0;
}

static void place_field(struct rdlc *ctx, struct rdl_node *reg, struct rdl_node *field,
			const struct rdl_node *before)
{
	rdl_report(ctx, RDL_CHECK_IMPLICIT_POSITION, field->loc,
		   "field '%s' has no explicit position", field->name->name);
	if (reg->msb0) {
		field->lsb = before ? before->msb - 1 : rdl_reg_width(reg) - 1;
		field->msb = field->lsb - field->width + 1;
		if ((before && !before->msb) || field->lsb + 1 < field->width) {
			rdl_report(ctx, RDL_CHECK_FIELD_OUTSIDE, field->loc,
				   "field '%s' of %u bits reaches below bit 0",
				   field->name->name, field->width);
			field->msb = 0;
			field->lsb = field->width - 1;
		}
	} else {
		field->lsb = before ? before->msb + 1 : 0;
		field->msb = field->lsb + field->width - 1;
		if (field->msb < field->lsb || field->msb > UINT32_MAX / 2)
			rdl_fatal(ctx, field->loc, "field '%s' lies far outside its register",
				  field->name->name);
	}
}

static void place_reg(struct rdlc *ctx, struct rdl_node *reg, const struct rules *rules)
{
	const struct rdl_node *before = NULL;
	uint32_t width = width_prop(ctx, reg, RDL_PROP_REGWIDTH, 8, 32);

	width_prop(ctx, reg, RDL_PROP_ACCESSWIDTH, 8, width);
	for (struct rdl_node *child = reg->child; child; child = child->next)
		place_vector(ctx, child);
	reg->msb0 = order_of(ctx, reg, rules->msb0);
	for (struct rdl_node *field = reg->child; field; field = field->next) {
		if (field->kind != RDL_FIELD)
			continue;
		if (!field->placed)
			place_field(ctx, reg, field, before);
		before = field;
	}
	sort_children(ctx, reg);
	reg->size = width / 8;
}

static bool place_inferred(struct rdlc *ctx, struct rdl_node *child, uint64_t from,
			   const struct rules *rules)
{
	uint64_t align = 1, unit = 1;

	rdl_report(ctx, RDL_CHECK_IMPLICIT_ADDRESS, child->loc, "'%s' has no explicit address",
		   child->name->name);
	if (child->inst->align && rdl_expr_eval_u64(ctx, child->inst->align, child, &align) &&
	    (!align || align > MAX_ALIGNMENT)) {
		rdl_report(ctx, RDL_CHECK_ADDRESS_ALIGNMENT, child->inst->align->loc,
			   "the alignment of '%s' must be 1 to 2**62", child->name->name);
		align = 1;
	}
	if (rules->addressing == RDL_ADDRESSING_FULLALIGN)
		unit = roundup_pow2(child->split ? child->stride * child->split->elements
						 : rdl_node_total(child));
	else if (rules->addressing == RDL_ADDRESSING_REGALIGN)
		unit = roundup_pow2(child->size);
	else if (child->kind == RDL_REG)
		unit = rdl_reg_accesswidth(child) / 8;
	if (rules->alignment > align)
		align = rules->alignment;
	if (unit > align)
		align = unit;
	child->offset = from + (align - from % align) % align;
	return unit && child->offset >= from;
}

static void place_child(struct rdlc *ctx, struct rdl_node *child, uint64_t from,
			const struct rules *rules)
{
	uint64_t total = rdl_node_total(child);
	bool good = true;

	if (child->element)
		child->offset = child->split->first->offset + child->element * child->stride;
	else if (!child->placed)
		good = place_inferred(ctx, child, from, rules);
	else if (rules->alignment && child->offset % rules->alignment)
		rdl_report(ctx, RDL_CHECK_ADDRESS_ALIGNMENT, child->loc,
			   "'%s' at offset 0x%llx is not aligned to %llu bytes",
			   child->name->name, (unsigned long long)child->offset,
			   (unsigned long long)rules->alignment);
	if (!good || (total && total - 1 > UINT64_MAX - child->offset))
		rdl_fatal(ctx, child->loc, "'%s' ends beyond the last 64-bit address",
			  child->name->name);
}

static void place_children(struct rdlc *ctx, struct rdl_node *node, const struct rules *rules)
{
	bool bridge = node->kind == RDL_ADDRMAP && rdl_node_true(node, RDL_PROP_BRIDGE);
	uint64_t from = 0;

	for (struct rdl_node *child = node->child; child; child = child->next) {
		if (!is_addressable(child))
			continue;
		place_child(ctx, child, bridge ? 0 : from, rules);
		from = child->offset + rdl_node_total(child);
		if (from < child->offset)
			from = UINT64_MAX; /* it ends with the last address; the size is cut */
		if (node->kind != RDL_MEM && from > node->size)
			node->size = from;
	}
	sort_children(ctx, node);
}

static uint64_t check_entries(struct rdlc *ctx, const struct rdl_node *mem)
{
	const struct rdl_value *value = rdl_node_value(mem, RDL_PROP_MEMENTRIES);

	if (!value || (!rdl_value_is_zero(value) && rdl_value_fits_u64(value)))
		return rdl_mem_entries(mem);
	rdl_report(ctx, RDL_CHECK_WIDTH_VALUE, rdl_node_prop_loc(mem, RDL_PROP_MEMENTRIES),
		   "'mementries' must be 1 to 2**64-1");
	return 1;
}

static void place_mem(struct rdlc *ctx, struct rdl_node *mem, const struct rules *rules)
{
	uint32_t widest = 0, width;
	uint64_t entries, bytes;

	for (struct rdl_node *child = mem->child; child; child = child->next)
		if (child->kind == RDL_REG && rdl_reg_width(child) > widest)
			widest = rdl_reg_width(child);
	width = width_prop(ctx, mem, RDL_PROP_MEMWIDTH, 1, widest);
	if (!width) {
		rdl_report(ctx, RDL_CHECK_WIDTH_VALUE, mem->loc,
			   "memory '%s' has neither a memwidth nor a virtual register",
			   mem->name->name);
		width = 32;
	}
	mem->width = width;
	entries = check_entries(ctx, mem);
	bytes = roundup_pow2(width < 8 ? 8 : width) / 8;
	if (entries > UINT64_MAX / bytes)
		rdl_fatal(ctx, mem->loc, "memory '%s' is too large", mem->name->name);
	mem->size = entries * bytes;
	place_children(ctx, mem, rules);
}

static void place_array(struct rdlc *ctx, struct rdl_node *node)
{
	bool is_array = node->n_dims || node->split;
	uint64_t elements = node->split ? node->split->elements : node->elements;

	if (is_array && !node->stride) {
		node->stride = node->size;
		rdl_report(ctx, RDL_CHECK_IMPLICIT_ADDRESS, node->loc,
			   "the array '%s' has no explicit stride", node->name->name);
	}
	if (is_array && node->stride > UINT64_MAX / elements)
		rdl_fatal(ctx, node->loc, "the array '%s' is too large", node->name->name);
}

static struct rules rules_within(struct rdlc *ctx, struct rdl_node *node,
				 const struct rules *outer)
{
	struct rules rules = *outer;
	uint32_t alignment;

	if (node->kind != RDL_ADDRMAP && node->kind != RDL_REGFILE)
		return rules;
	alignment = width_prop(ctx, node, RDL_PROP_ALIGNMENT, 1, 0);
	if (node->kind == RDL_ADDRMAP) {
		rules.addressing = (enum rdl_addressing)rdl_node_enum(node, RDL_PROP_ADDRESSING,
								      RDL_ADDRESSING_REGALIGN);
		rules.msb0 = rdl_node_true(node, RDL_PROP_MSB0) ||
			     (rdl_node_value(node, RDL_PROP_LSB0) &&
			      !rdl_node_true(node, RDL_PROP_LSB0));
		rules.alignment = alignment;
	} else if (alignment) {
		rules.alignment = alignment;
	}
	return rules;
}

static void place(struct rdlc *ctx, struct rdl_node *node, const struct rules *outer)
{
	struct rules rules;

	ctx->where = node;
	rules = rules_within(ctx, node, outer);
	if (node->kind == RDL_SIGNAL) {
		place_vector(ctx, node);
		return;
	}
	if (node->kind == RDL_REG) {
		place_reg(ctx, node, &rules);
		place_array(ctx, node);
		return;
	}
	for (struct rdl_node *child = node->child; child; child = child->next)
		place(ctx, child, &rules);
	ctx->where = node;
	if (node->kind == RDL_MEM)
		place_mem(ctx, node, &rules);
	else
		place_children(ctx, node, &rules);
	place_array(ctx, node);
}

static void set_addresses(struct rdl_node *node, uint64_t base)
{
	node->address = base + node->offset;
	for (struct rdl_node *child = node->child; child; child = child->next)
		if (is_addressable(child))
			set_addresses(child, node->address);
}

void rdl_place_tree(struct rdlc *ctx, struct rdl_node *top)
{
	struct rules rules = { .addressing = RDL_ADDRESSING_REGALIGN };

	for (struct rdl_node *signal = top->next; signal; signal = signal->next)
		place(ctx, signal, &rules);
	place(ctx, top, &rules);
	set_addresses(top, 0);
}
