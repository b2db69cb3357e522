/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "regmaps/regdb/regdb_priv.h"

size_t regdb__row_size(enum regdb_section section)
{
	static const size_t size[REGDB_N_SECTIONS] = {
		[REGDB_SEC_NODES] = sizeof(struct regdb_node),
		[REGDB_SEC_FIELDS] = sizeof(struct regdb_field),
		[REGDB_SEC_ENUMS] = sizeof(struct regdb_enum),
		[REGDB_SEC_PROPS] = sizeof(struct regdb_prop),
		[REGDB_SEC_DIMS] = sizeof(uint32_t),
		[REGDB_SEC_REACH] = sizeof(uint64_t),
		[REGDB_SEC_KEYS] = sizeof(uint32_t),
		[REGDB_SEC_SLOTS] = sizeof(uint32_t),
		[REGDB_SEC_NAMES] = sizeof(uint32_t),
		[REGDB_SEC_STRINGS] = 1,
	};

	return size[section];
}

static uint64_t mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * 0x9e3779b97f4a7c15U;
	return hash ^ hash >> 29;
}

/* The blob is padded to 8 bytes. */
uint64_t regdb__hash(const void *blob, size_t size)
{
	const size_t skip = offsetof(struct regdb_header, hash);
	uint64_t hash = size;

	for (size_t i = 0; i + sizeof(uint64_t) <= size; i += sizeof(uint64_t)) {
		uint64_t word;
		memcpy(&word, (const char *)blob + i, sizeof(word));
		hash = mix(hash, i == skip ? 0 : word);
	}
	return hash;
}

bool regdb__field_is_volatile(const struct regdb_field *field)
{
	const uint32_t flags = REGDB_FIELD_HWSET | REGDB_FIELD_HWCLR | REGDB_FIELD_COUNTER |
			       REGDB_FIELD_STICKY | REGDB_FIELD_STICKYBIT | REGDB_FIELD_INTR;

	return (field->hw != REGDB_ACCESS_NA && field->hw != REGDB_ACCESS_R) ||
	       (field->flags & flags);
}

bool regdb__can_read(uint8_t sw)
{
	return sw == REGDB_ACCESS_R || sw == REGDB_ACCESS_RW || sw == REGDB_ACCESS_RW1;
}

bool regdb__can_write(uint8_t sw)
{
	return sw != REGDB_ACCESS_NA && sw != REGDB_ACCESS_R;
}

static void derive_write(struct regdb_node *node, const struct regdb_field *field,
			 uint64_t bits)
{
	switch ((enum regdb_onwrite)field->onwrite) {
	case REGDB_ONWRITE_WOSET:
	case REGDB_ONWRITE_WOCLR:
	case REGDB_ONWRITE_WOT:
		node->m_zero |= bits;
		break;
	case REGDB_ONWRITE_WZS:
	case REGDB_ONWRITE_WZC:
	case REGDB_ONWRITE_WZT:
		node->m_one |= bits;
		break;
	case REGDB_ONWRITE_WCLR:
	case REGDB_ONWRITE_WSET:
	case REGDB_ONWRITE_WUSER:
		node->m_hazard |= bits;
		break;
	case REGDB_ONWRITE_NONE:
		if (field->flags & (REGDB_FIELD_SINGLEPULSE | REGDB_FIELD_HWCLR))
			node->m_zero |= bits;
		break;
	}
}

static void derive_field(struct regdb_node *node, const struct regdb_field *field)
{
	uint64_t bits = (field->width < 64 ? (UINT64_C(1) << field->width) - 1 : UINT64_MAX)
			<< field->lsb;

	node->m_fields |= bits;
	if (field->flags & REGDB_FIELD_RESET) {
		node->reset |= field->reset << field->lsb;
		node->m_known |= bits;
	}
	if (regdb__can_read(field->sw))
		node->m_read |= bits;
	if (regdb__field_is_volatile(field))
		node->m_volatile |= bits;
	if (field->onread != REGDB_ONREAD_NONE)
		node->m_onread |= bits;
	if (regdb__can_write(field->sw)) {
		node->m_write |= bits;
		derive_write(node, field, bits);
	}
}

static uint64_t all_bits(const struct regdb_node *node)
{
	if (node->width > 64)
		return 0;
	return node->width == 64 ? UINT64_MAX : (UINT64_C(1) << node->width) - 1;
}

void regdb__derive(struct regdb_node *node, const struct regdb_field *fields)
{
	bool is_mem = node->kind == REGDB_MEM;

	node->flags &= ~(uint32_t)(REGDB_NODE_READ_EFFECT | REGDB_NODE_VOLATILE);
	node->m_fields = is_mem ? all_bits(node) : 0;
	node->m_read = is_mem && node->m_read ? all_bits(node) : 0;
	node->m_write = is_mem && node->m_write ? all_bits(node) : 0;
	node->reset = node->m_known = node->m_volatile = node->m_onread = 0;
	node->m_zero = node->m_one = node->m_hazard = 0;
	for (uint32_t i = 0; i < node->n_fields; i++) {
		const struct regdb_field *field = &fields[node->first_field + i];
		if (regdb__field_is_volatile(field))
			node->flags |= REGDB_NODE_VOLATILE;
		if (field->onread != REGDB_ONREAD_NONE)
			node->flags |= REGDB_NODE_READ_EFFECT;
		if (node->width <= 64)
			derive_field(node, field);
	}
}

uint64_t regdb__span(const struct regdb_node *node)
{
	return node->offset + (node->count - 1) * node->stride + node->size;
}

static uint64_t root_number(const struct regdb *db, const char *name, uint64_t otherwise)
{
	const struct regdb_node *root = &db->nodes[0];
	const struct regdb_prop *prop =
		regdb_prop_find(db, root->first_prop, root->n_props, name);

	return prop && prop->text == REGDB_NONE ? prop->number : otherwise;
}

static uint64_t instances(const struct regdb *db, const struct regdb_node *node)
{
	uint64_t n = node->count;

	while (node->parent != REGDB_NONE) {
		node = &db->nodes[node->parent];
		n *= node->count;
	}
	return n;
}

void regdb__summary(const struct regdb *db, struct regdb_header *header)
{
	header->origin = root_number(db, "window_origin", 0);
	header->window =
		root_number(db, "window_size", regdb__span(&db->nodes[0]) - header->origin);
	header->n_instances = 0;
	for (uint32_t i = 0; i < regdb_n_nodes(db); i++) {
		if (db->nodes[i].kind == REGDB_REG)
			header->n_instances += instances(db, &db->nodes[i]);
	}
}
