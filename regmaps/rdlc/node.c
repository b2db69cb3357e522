/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/node.h"

#include <assert.h>

static_assert(RDL_PROP_COUNT <= 128, "the bit set is too small");

void rdl_node_index(struct rdl_node *node)
{
	node->has[0] = node->has[1] = 0;
	for (unsigned i = 0; i < node->n_props; i++) {
		enum rdl_prop_id id = node->prop[i].prop->id;

		if (id != RDL_PROP_USER)
			node->has[id / 64] |= UINT64_C(1) << id % 64;
	}
}

const struct rdl_node_prop *rdl_node_find(const struct rdl_node *node, enum rdl_prop_id id)
{
	if (!(node->has[id / 64] >> id % 64 & 1))
		return NULL;
	for (unsigned i = 0; i < node->n_props; i++)
		if (node->prop[i].prop->id == id)
			return &node->prop[i];
	return NULL;
}

const struct rdl_value *rdl_node_value(const struct rdl_node *node, enum rdl_prop_id id)
{
	const struct rdl_node_prop *prop = rdl_node_find(node, id);

	return prop ? prop->value : NULL;
}

bool rdl_node_true(const struct rdl_node *node, enum rdl_prop_id id)
{
	const struct rdl_value *value = rdl_node_value(node, id);

	if (!value)
		return false;
	return !rdl_type_is_number(value->type) || !rdl_value_is_zero(value);
}

unsigned rdl_node_enum(const struct rdl_node *node, enum rdl_prop_id id, unsigned absent)
{
	const struct rdl_value *value = rdl_node_value(node, id);

	return value ? (unsigned)value->u.num : absent;
}

uint32_t rdl_node_u32(const struct rdl_node *node, enum rdl_prop_id id, uint32_t absent)
{
	const struct rdl_value *value = rdl_node_value(node, id);

	if (!value)
		return absent;
	return rdl_value_bits(value) > 32 ? UINT32_MAX : (uint32_t)rdl_value_u64(value);
}

uint32_t rdl_node_prop_loc(const struct rdl_node *node, enum rdl_prop_id id)
{
	const struct rdl_node_prop *prop = rdl_node_find(node, id);

	return prop ? prop->loc : node->loc;
}

enum rdl_access rdl_field_sw(const struct rdl_node *field)
{
	return (enum rdl_access)rdl_node_enum(field, RDL_PROP_SW, RDL_ACCESS_RW);
}

enum rdl_access rdl_field_hw(const struct rdl_node *field)
{
	return (enum rdl_access)rdl_node_enum(field, RDL_PROP_HW, RDL_ACCESS_RW);
}

enum rdl_onread rdl_field_onread(const struct rdl_node *field)
{
	if (rdl_node_true(field, RDL_PROP_RCLR))
		return RDL_ONREAD_RCLR;
	if (rdl_node_true(field, RDL_PROP_RSET))
		return RDL_ONREAD_RSET;
	return (enum rdl_onread)rdl_node_enum(field, RDL_PROP_ONREAD, RDL_ONREAD_NONE);
}

enum rdl_onwrite rdl_field_onwrite(const struct rdl_node *field)
{
	if (rdl_node_true(field, RDL_PROP_WOCLR))
		return RDL_ONWRITE_WOCLR;
	if (rdl_node_true(field, RDL_PROP_WOSET))
		return RDL_ONWRITE_WOSET;
	return (enum rdl_onwrite)rdl_node_enum(field, RDL_PROP_ONWRITE, RDL_ONWRITE_NONE);
}

bool rdl_access_reads(enum rdl_access access)
{
	return access == RDL_ACCESS_R || access == RDL_ACCESS_RW || access == RDL_ACCESS_RW1;
}

bool rdl_access_writes(enum rdl_access access)
{
	return access != RDL_ACCESS_NA && access != RDL_ACCESS_R;
}

uint32_t rdl_field_low(const struct rdl_node *field)
{
	return field->msb < field->lsb ? field->msb : field->lsb;
}

uint32_t rdl_field_high(const struct rdl_node *field)
{
	return field->msb < field->lsb ? field->lsb : field->msb;
}

uint64_t rdl_mem_entries(const struct rdl_node *mem)
{
	const struct rdl_value *value = rdl_node_value(mem, RDL_PROP_MEMENTRIES);

	return value ? rdl_value_u64(value) : 1;
}

uint32_t rdl_reg_width(const struct rdl_node *reg)
{
	return rdl_node_u32(reg, RDL_PROP_REGWIDTH, 32);
}

uint32_t rdl_reg_accesswidth(const struct rdl_node *reg)
{
	return rdl_node_u32(reg, RDL_PROP_ACCESSWIDTH, rdl_reg_width(reg));
}

uint64_t rdl_node_total(const struct rdl_node *node)
{
	if (node->n_dims)
		return node->stride * node->elements;
	if (node->split && node->element + 1 == node->split->elements &&
	    node->stride > node->size)
		return node->stride;
	return node->size;
}

const struct rdl_node *rdl_node_child(const struct rdl_node *node, const struct rdl_sym *name)
{
	for (const struct rdl_node *child = node->child; child; child = child->next)
		if (child->inst->name == name)
			return child;
	return NULL;
}

static const struct rdl_node *element_of(const struct rdl_node *first, uint64_t element)
{
	while (first && first->element != element)
		first = first->next;
	return first;
}

/* The node of the element that a step names; NULL outside the array. */
static const struct rdl_node *take_step(const struct rdl_node *node,
					const struct rdl_step *step)
{
	const struct rdl_node *child = rdl_node_child(node, step->name);
	const uint64_t *dims;
	uint64_t element = 0;
	uint32_t n;

	if (!child)
		return NULL;
	n = child->split ? child->split->n_dims : child->n_dims;
	dims = child->split ? child->split->dims : child->dims;
	for (uint32_t i = 0; i < step->n_index && i < n; i++) {
		if (step->index[i] >= dims[i])
			return NULL;
		element = element * dims[i] + step->index[i];
	}
	return child->split ? element_of(child, element) : child;
}

const struct rdl_node *rdl_node_resolve(const struct rdl_node *node,
					const struct rdl_path *path,
					const struct rdl_step **step)
{
	while (node && node->def != path->from)
		node = node->parent;
	for (uint32_t i = 0; node && i < path->n_steps; i++) {
		node = take_step(node, &path->step[i]);
		if (!node && step)
			*step = &path->step[i];
	}
	return node;
}

const struct rdl_node *rdl_node_primary(const struct rdl_node *alias)
{
	const struct rdl_node *primary =
		rdl_node_child(alias->parent, alias->inst->alias_of->name);

	return primary && primary->split ? element_of(primary, alias->element) : primary;
}
