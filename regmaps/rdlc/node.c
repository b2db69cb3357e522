/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/node.h"

const struct rdl_node_prop *rdl_node_find(const struct rdl_node *node, enum rdl_prop_id id)
{
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
	return node->n_dims ? node->stride * node->elements : node->size;
}

const struct rdl_node *rdl_node_child(const struct rdl_node *node, const struct rdl_sym *name)
{
	for (const struct rdl_node *child = node->child; child; child = child->next)
		if (child->name == name)
			return child;
	return NULL;
}

static bool within_dims(const struct rdl_node *node, const struct rdl_step *step)
{
	for (uint32_t i = 0; i < step->n_index && i < node->n_dims; i++)
		if (step->index[i] >= node->dims[i])
			return false;
	return true;
}

const struct rdl_node *rdl_node_resolve(const struct rdl_node *node,
					const struct rdl_path *path,
					const struct rdl_step **step)
{
	while (node && node->def != path->from)
		node = node->parent;
	for (uint32_t i = 0; node && i < path->n_steps; i++) {
		node = rdl_node_child(node, path->step[i].name);
		if (node && within_dims(node, &path->step[i]))
			continue;
		if (step)
			*step = &path->step[i];
		return NULL;
	}
	return node;
}

const struct rdl_node *rdl_node_primary(const struct rdl_node *alias)
{
	return rdl_node_child(alias->parent, alias->inst->alias_of->name);
}
