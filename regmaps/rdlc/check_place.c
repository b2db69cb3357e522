/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/check_priv.h"

#include <inttypes.h>

#include "regmaps/rdlc/rdlc_priv.h"

static bool is_pow2(uint64_t n)
{
	return n && !(n & (n - 1));
}

static bool is_addressable(const struct rdl_node *node)
{
	return !node->absent && (RDL_ON_ADDRESSABLE & RDL_ON(node->kind));
}

void rdl__check_empty(struct rdlc *ctx, const struct rdl_node *node)
{
	const char *what = node->kind == RDL_REG ? "field" : "register";

	for (const struct rdl_node *child = node->child; child; child = child->next)
		if (node->kind == RDL_REG ? child->kind == RDL_FIELD && !child->absent
					  : is_addressable(child))
			return;
	rdl_report(ctx, RDL_CHECK_EMPTY_COMPONENT, node->loc, "%s '%s' contains no %s",
		   rdl_kind_name((enum rdl_kind)node->kind), node->name->name, what);
}

void rdl__check_stride(struct rdlc *ctx, const struct rdl_node *node)
{
	if ((node->n_dims || node->split) && node->stride < node->size)
		rdl_report(ctx, RDL_CHECK_ARRAY_STRIDE, node->loc,
			   "array '%s' has a stride of 0x%" PRIx64
			   ", but its elements are 0x%" PRIx64 " bytes",
			   node->name->name, node->stride, node->size);
}

static bool all_fields(const struct rdl_node *reg, bool (*has)(enum rdl_access access))
{
	for (const struct rdl_node *field = reg->child; field; field = field->next)
		if (field->kind == RDL_FIELD && !field->absent && has(rdl_field_sw(field)))
			return false;
	return true;
}

/* 10.1 h: one register only read, the other one only written. */
static bool may_overlap(const struct rdl_node *a, const struct rdl_node *b)
{
	if (a->kind != RDL_REG || b->kind != RDL_REG)
		return false;
	return (all_fields(a, rdl_access_writes) && all_fields(b, rdl_access_reads)) ||
	       (all_fields(a, rdl_access_reads) && all_fields(b, rdl_access_writes));
}

static bool report_overlap(struct rdlc *ctx, const struct rdl_node *node,
			   const struct rdl_node *other)
{
	if (rdl_report(ctx, RDL_CHECK_ADDRESS_OVERLAP, node->loc,
		       "'%s' at 0x%" PRIx64 "-0x%" PRIx64 " overlaps '%s' at 0x%" PRIx64
		       "-0x%" PRIx64,
		       node->name->name, node->offset, node->offset + rdl_node_total(node) - 1,
		       other->name->name, other->offset,
		       other->offset + rdl_node_total(other) - 1))
		rdl_note(ctx, other->loc, "'%s' is declared here", other->name->name);
	return true;
}

#define MAX_OPEN 8

static uint64_t node_end(const struct rdl_node *node)
{
	return node->offset + rdl_node_total(node);
}

static uint64_t field_end(const struct rdl_node *field)
{
	return rdl_field_high(field);
}

/* Adds one to those that may still overlap what comes; when there are too many, the one
 * that ends first goes. */
static unsigned add_open(const struct rdl_node **open, unsigned n, const struct rdl_node *node,
			 uint64_t (*end)(const struct rdl_node *node))
{
	unsigned first = 0;

	if (n < MAX_OPEN) {
		open[n] = node;
		return n + 1;
	}
	for (unsigned i = 1; i < n; i++)
		if (end(open[i]) < end(open[first]))
			first = i;
	open[first] = node;
	return n;
}

/* Children are sorted: each is held against those before it that reach as far. */
void rdl__check_overlap(struct rdlc *ctx, const struct rdl_node *node)
{
	const struct rdl_node *open[MAX_OPEN];
	unsigned n = 0;

	if (node->kind == RDL_ADDRMAP && rdl_node_true(node, RDL_PROP_BRIDGE))
		return;
	for (const struct rdl_node *child = node->child; child; child = child->next) {
		unsigned kept = 0;
		bool said = false;

		if (!is_addressable(child))
			continue;
		for (unsigned i = 0; i < n; i++) {
			if (node_end(open[i]) <= child->offset)
				continue;
			if (!said && !may_overlap(open[i], child))
				said = report_overlap(ctx, child, open[i]);
			open[kept++] = open[i];
		}
		n = add_open(open, kept, child, node_end);
	}
}

void rdl__check_reachable(struct rdlc *ctx, const struct rdl_node *reg)
{
	uint32_t bytes = rdl_reg_accesswidth(reg) / 8;
	bool good = !(reg->address % bytes);

	for (const struct rdl_node *node = reg; node; node = node->parent)
		good = good && (!node->n_dims || !(node->stride % bytes));
	if (!good)
		rdl_report(ctx, RDL_CHECK_UNREACHABLE_ADDRESS, reg->loc,
			   "register '%s' at 0x%" PRIx64
			   " cannot be reached by aligned accesses of %u bits",
			   reg->name->name, reg->address, bytes * 8);
}

void rdl__check_access_width(struct rdlc *ctx, const struct rdl_node *reg)
{
	if (rdl_reg_accesswidth(reg) > rdl_reg_width(reg))
		rdl_report(ctx, RDL_CHECK_ACCESS_WIDTH,
			   rdl_node_prop_loc(reg, RDL_PROP_ACCESSWIDTH),
			   "the accesswidth of '%s' is %u, more than its %u bits",
			   reg->name->name, rdl_reg_accesswidth(reg), rdl_reg_width(reg));
}

void rdl__check_outside(struct rdlc *ctx, const struct rdl_node *field)
{
	uint32_t width = rdl_reg_width(field->parent);

	if (rdl_field_high(field) >= width)
		rdl_report(ctx, RDL_CHECK_FIELD_OUTSIDE, field->loc,
			   "field '%s' reaches to bit %u of a register of %u bits",
			   field->name->name, rdl_field_high(field), width);
}

/* 10.1 d: one field is only read, the other one only written. */
static bool fields_may_overlap(const struct rdl_node *a, const struct rdl_node *b)
{
	enum rdl_access x = rdl_field_sw(a), y = rdl_field_sw(b);

	return (x == RDL_ACCESS_R && rdl_access_writes(y) && !rdl_access_reads(y)) ||
	       (y == RDL_ACCESS_R && rdl_access_writes(x) && !rdl_access_reads(x));
}

static bool report_fields(struct rdlc *ctx, const struct rdl_node *field,
			  const struct rdl_node *other)
{
	if (rdl_report(ctx, RDL_CHECK_FIELD_OVERLAP, field->loc,
		       "field '%s[%u:%u]' overlaps '%s[%u:%u]'", field->name->name, field->msb,
		       field->lsb, other->name->name, other->msb, other->lsb))
		rdl_note(ctx, other->loc, "'%s' is declared here", other->name->name);
	return true;
}

void rdl__check_field_overlap(struct rdlc *ctx, const struct rdl_node *reg)
{
	const struct rdl_node *open[MAX_OPEN];
	unsigned n = 0;

	for (const struct rdl_node *field = reg->child; field; field = field->next) {
		unsigned kept = 0;
		bool said = false;

		if (field->kind != RDL_FIELD || field->absent)
			continue;
		for (unsigned i = 0; i < n; i++) {
			if (rdl_field_high(open[i]) < rdl_field_low(field))
				continue;
			if (!said && !fields_may_overlap(open[i], field))
				said = report_fields(ctx, field, open[i]);
			open[kept++] = open[i];
		}
		n = add_open(open, kept, field, field_end);
	}
}

static void check_virtual(struct rdlc *ctx, const struct rdl_node *mem,
			  const struct rdl_node *reg)
{
	uint32_t limit = 8;

	while (limit < mem->width)
		limit <<= 1;
	if (rdl_reg_width(reg) > limit)
		rdl_report(ctx, RDL_CHECK_MEMORY_REGISTER, reg->loc,
			   "register '%s' of %u bits does not fit memory words of %u bits",
			   reg->name->name, rdl_reg_width(reg), mem->width);
	for (const struct rdl_node *field = reg->child; field; field = field->next)
		if (field->kind == RDL_FIELD && !field->absent &&
		    rdl_field_high(field) >= mem->width)
			rdl_report(ctx, RDL_CHECK_MEMORY_REGISTER, field->loc,
				   "field '%s' does not fit memory words of %u bits",
				   field->name->name, mem->width);
	if (reg->offset + rdl_node_total(reg) > mem->size)
		rdl_report(ctx, RDL_CHECK_MEMORY_REGISTER, reg->loc,
			   "register '%s' ends at 0x%" PRIx64
			   ", the memory already at 0x%" PRIx64,
			   reg->name->name, reg->offset + rdl_node_total(reg), mem->size);
}

void rdl__check_memory(struct rdlc *ctx, const struct rdl_node *mem)
{
	for (const struct rdl_node *reg = mem->child; reg; reg = reg->next)
		if (is_addressable(reg))
			check_virtual(ctx, mem, reg);
}

void rdl__check_bridge(struct rdlc *ctx, const struct rdl_node *map)
{
	unsigned maps = 0;

	if (!rdl_node_true(map, RDL_PROP_BRIDGE))
		return;
	if (map->parent->kind != RDL_ROOT)
		rdl_report(ctx, RDL_CHECK_BRIDGE, rdl_node_prop_loc(map, RDL_PROP_BRIDGE),
			   "only the top addrmap can be a bridge");
	for (const struct rdl_node *child = map->child; child; child = child->next) {
		maps += child->kind == RDL_ADDRMAP && !child->absent;
		if (is_addressable(child) && child->kind != RDL_ADDRMAP)
			rdl_report(ctx, RDL_CHECK_BRIDGE, child->loc,
				   "a bridge contains addrmaps only, '%s' is %s",
				   child->name->name,
				   rdl_kind_phrase((enum rdl_kind)child->kind));
	}
	if (maps < 2)
		rdl_report(ctx, RDL_CHECK_BRIDGE, map->loc,
			   "bridge '%s' contains fewer than two addrmaps", map->name->name);
}

void rdl__check_stride_power(struct rdlc *ctx, const struct rdl_node *node)
{
	if (node->n_dims && !is_pow2(node->stride))
		rdl_report(ctx, RDL_CHECK_STRIDE_POWER, node->loc,
			   "the stride of '%s', 0x%" PRIx64 ", is not a power of two",
			   node->name->name, node->stride);
}

void rdl__check_self_alignment(struct rdlc *ctx, const struct rdl_node *node)
{
	uint64_t unit = 1;

	while (unit && unit < node->size)
		unit <<= 1;
	if (unit && node->offset % unit)
		rdl_report(ctx, RDL_CHECK_SELF_ALIGNMENT, node->loc,
			   "'%s' at offset 0x%" PRIx64
			   " is not aligned to its size of 0x%" PRIx64 " bytes",
			   node->name->name, node->offset, node->size);
}

void rdl__check_sparse(struct rdlc *ctx, const struct rdl_node *reg)
{
	if (reg->n_dims && reg->stride > reg->size)
		rdl_report(ctx, RDL_CHECK_SPARSE_ARRAY, reg->loc,
			   "registers '%s' are %" PRIu64 " bytes apart and %" PRIu64
			   " bytes wide",
			   reg->name->name, reg->stride, reg->size);
}
