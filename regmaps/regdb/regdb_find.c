/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/regdb/regdb.h"

#include <string.h>

#include "regmaps/regdb/regdb_priv.h"

int regdb__prefix_cmp(const char *a, const char *b, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		int diff = regdb__fold(a[i]) - regdb__fold(b[i]);
		if (diff || !a[i])
			return diff;
	}
	return 0;
}

int regdb__fold_cmp(const char *a, const char *b, size_t len)
{
	int diff = regdb__prefix_cmp(a, b, len);

	return diff ? diff : a[len] ? 1 : 0;
}

int regdb__name_cmp(const char *a, const char *b)
{
	int diff = regdb__fold_cmp(a, b, strlen(b));

	return diff ? diff : strcmp(a, b);
}

uint32_t regdb__key(uint32_t parent_key, const char *name, size_t len)
{
	uint32_t key = parent_key ^ 0x9e3779b9U;

	for (size_t i = 0; i < len; i++)
		key = (key ^ regdb__fold(name[i])) * 0x01000193U;
	return key ^ key >> 15;
}

static bool is_exact(const char *a, const char *b, size_t len)
{
	return strncmp(a, b, len) == 0 && !a[len];
}

uint32_t regdb_child_find(const struct regdb *db, uint32_t parent, const char *name, size_t len)
{
	uint32_t key = regdb__key(db->keys[parent], name, len);
	uint32_t found = REGDB_NONE;

	for (uint32_t i = key & db->slot_mask;; i = (i + 1) & db->slot_mask) {
		uint32_t node = db->slots[i];
		if (node == REGDB_NONE)
			return found;
		if (db->keys[node] != key || db->nodes[node].parent != parent)
			continue;
		const char *candidate = db->strings + db->nodes[node].name;
		if (is_exact(candidate, name, len))
			return node;
		if (found == REGDB_NONE && regdb__fold_cmp(candidate, name, len) == 0)
			found = node;
	}
}

uint32_t regdb_field_find(const struct regdb *db, uint32_t reg, const char *name, size_t len)
{
	const struct regdb_node *node = regdb_node(db, reg);
	uint32_t found = REGDB_NONE;

	for (uint32_t i = node->first_field; i < node->first_field + node->n_fields; i++) {
		const char *candidate = db->strings + db->fields[i].name;
		if (is_exact(candidate, name, len))
			return i;
		if (found == REGDB_NONE && regdb__fold_cmp(candidate, name, len) == 0)
			found = i;
	}
	return found;
}

uint32_t regdb_enum_find(const struct regdb *db, const struct regdb_field *field,
			 const char *name, size_t len)
{
	uint32_t found = REGDB_NONE;

	for (uint32_t i = field->first_enum; i < field->first_enum + field->n_enums; i++) {
		const char *candidate = db->strings + db->enums[i].name;
		if (is_exact(candidate, name, len))
			return i;
		if (found == REGDB_NONE && regdb__fold_cmp(candidate, name, len) == 0)
			found = i;
	}
	return found;
}

uint32_t regdb_enum_of(const struct regdb *db, const struct regdb_field *field, uint64_t value)
{
	for (uint32_t i = field->first_enum; i < field->first_enum + field->n_enums; i++) {
		if (db->enums[i].value == value)
			return i;
	}
	return REGDB_NONE;
}

const struct regdb_prop *regdb_prop_find(const struct regdb *db, uint32_t first, uint32_t n,
					 const char *name)
{
	for (uint32_t i = first; i < first + n; i++) {
		if (strcmp(db->strings + db->props[i].name, name) == 0)
			return &db->props[i];
	}
	return NULL;
}

/* First row whose name compares >= (or > when @after) @name. */
static uint32_t name_bound(const struct regdb *db, const char *name, size_t len, bool prefix,
			   bool after)
{
	uint32_t low = 0, high = regdb_n_nodes(db);

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		const char *row = db->strings + db->nodes[db->names[mid]].name;
		int diff = prefix ? regdb__prefix_cmp(row, name, len)
				  : regdb__fold_cmp(row, name, len);
		if (diff < 0 || (after && diff == 0))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

uint32_t regdb_name_range(const struct regdb *db, const char *name, size_t len, bool prefix,
			  uint32_t *first)
{
	*first = name_bound(db, name, len, prefix, false);
	return name_bound(db, name, len, prefix, true) - *first;
}

uint32_t regdb_named(const struct regdb *db, uint32_t row)
{
	return db->names[row];
}
