/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "regmaps/regdb/regdb_priv.h"

static int corrupt(struct error *err, const char *what)
{
	return error_set(err, E_CORRUPT, "damaged register database: %s", what);
}

static int check_extents(const struct regdb_header *header, struct error *err)
{
	uint64_t end = sizeof(*header);

	for (int s = 0; s < REGDB_N_SECTIONS; s++) {
		const struct regdb_extent *section = &header->section[s];
		if (section->offset != end)
			return corrupt(err, "a section is out of place");
		end += section->n * (uint64_t)regdb__row_size((enum regdb_section)s);
		end = (end + 7) & ~UINT64_C(7);
	}
	return end == header->size ? 0 : corrupt(err, "the sections do not fill it");
}

int regdb__check_header(const void *blob, size_t size, struct error *err)
{
	const struct regdb_header *header = blob;

	if ((uintptr_t)blob % 8)
		return corrupt(err, "not 8-byte aligned");
	if (size < sizeof(*header) || memcmp(header->magic, REGDB_MAGIC, 8) != 0)
		return error_set(err, E_CORRUPT, "not a register database");
	if (header->byte_order != REGDB_BYTE_ORDER)
		return error_set(err, E_CORRUPT, "register database of the other byte order");
	if (header->version != REGDB_VERSION)
		return error_set(err, E_CORRUPT,
				 "register database of version %u, this program reads %d",
				 header->version, REGDB_VERSION);
	if (header->size != size)
		return corrupt(err, size < header->size ? "cut short" : "too long");
	int ret = check_extents(header, err);
	if (ret < 0)
		return ret;
	const struct regdb_extent *section = header->section;
	uint32_t n = section[REGDB_SEC_NODES].n, n_slots = section[REGDB_SEC_SLOTS].n;
	if (n == 0 || section[REGDB_SEC_NAMES].n != n || section[REGDB_SEC_KEYS].n != n ||
	    section[REGDB_SEC_REACH].n != n)
		return corrupt(err, "wrong number of index rows");
	if (n_slots <= n || (n_slots & (n_slots - 1)))
		return corrupt(err, "wrong number of hash slots");
	return 0;
}

/* What has been seen so far: every first_... in the blob is one of these sums. */
struct sums {
	uint64_t children, fields, node_props, field_props, dims;
};

static int check_text(const struct regdb *db, uint32_t offset)
{
	return offset < db->header->section[REGDB_SEC_STRINGS].n ? 0 : -1;
}

/* Names are identifiers, so that paths read back and terminals stay sane. */
static int check_name(const struct regdb *db, uint32_t offset)
{
	if (check_text(db, offset) < 0)
		return -1;
	const char *name = db->strings + offset;
	if (*name >= '0' && *name <= '9')
		return -1;
	for (const char *c = name; *c; c++) {
		unsigned char folded = regdb__fold(*c);
		if (!(folded >= 'a' && folded <= 'z') && !(*c >= '0' && *c <= '9') && *c != '_')
			return -1;
	}
	return *name ? 0 : -1;
}

static int check_texts(const struct regdb *db, uint32_t name, uint32_t title, uint32_t desc)
{
	return check_name(db, name) || check_text(db, title) || check_text(db, desc) ? -1 : 0;
}

static int check_dims(const struct regdb *db, const struct regdb_node *node)
{
	uint64_t count = 1;

	for (uint32_t i = 0; i < node->n_dims; i++) {
		count *= db->dims[node->first_dim + i];
		if (count == 0 || count >= UINT32_MAX)
			return -1;
	}
	return count == node->count ? 0 : -1;
}

/* The last byte of the array must have an address; it may be the very last one. */
static int check_span(const struct regdb_node *node)
{
	uint64_t span, end;

	if (node->n_dims ? node->stride < node->size : node->stride != 0)
		return -1;
	if (__builtin_mul_overflow(node->stride, (uint64_t)node->count - 1, &span) ||
	    __builtin_add_overflow(span, node->size, &span) ||
	    __builtin_add_overflow(span, node->offset, &end))
		return -1;
	return 0;
}

static int check_kind(const struct regdb_node *node)
{
	switch (node->kind) {
	case REGDB_ADDRMAP:
	case REGDB_REGFILE:
		return node->n_fields || node->entries ? -1 : 0;
	case REGDB_REG:
		if (node->n_children || node->entries || node->width == 0)
			return -1;
		return node->width <= REGDB_MAX_WIDTH && node->size >= (node->width + 7) / 8
			       ? 0
			       : -1;
	case REGDB_MEM:
		if (node->n_fields || node->entries == 0 || node->entries >= UINT32_MAX)
			return -1;
		return node->size / node->entries >= (node->width + UINT64_C(7)) / 8 &&
				       node->size >= node->entries &&
				       node->size % node->entries == 0
			       ? 0
			       : -1;
	default:
		return -1;
	}
}

static int check_place(const struct regdb *db, uint32_t i)
{
	const struct regdb_node *node = &db->nodes[i];
	uint32_t n_idx = (uint32_t)node->first_idx + node->n_dims + (node->kind == REGDB_MEM);

	if (n_idx > REGDB_MAX_INDICES || node->depth >= REGDB_MAX_DEPTH)
		return -1;
	if (i == 0)
		return node->parent != REGDB_NONE || node->depth || node->first_idx ||
				       node->n_dims || node->kind != REGDB_ADDRMAP
			       ? -1
			       : 0;
	const struct regdb_node *parent = &db->nodes[node->parent];
	if (node->depth != parent->depth + 1 ||
	    node->first_idx != parent->first_idx + parent->n_dims)
		return -1;
	if (i > parent->first_child && node->offset < db->nodes[i - 1].offset)
		return -1;
	return regdb__span(node) <= parent->size ? 0 : -1;
}

static int check_derived(const struct regdb *db, const struct regdb_node *node)
{
	struct regdb_node derived = *node;

	for (uint32_t i = node->first_field; i < node->first_field + node->n_fields; i++) {
		if (db->fields[i].reg != regdb_index(db, node))
			return -1;
	}
	regdb__derive(&derived, db->fields);
	return memcmp(&derived, node, sizeof(derived)) == 0 ? 0 : -1;
}

static int check_node(const struct regdb *db, uint32_t i, struct sums *sums)
{
	const struct regdb_node *node = &db->nodes[i];
	const struct regdb_extent *section = db->header->section;

	if (node->first_child != sums->children || node->first_field != sums->fields ||
	    node->first_prop != sums->node_props || node->first_dim != sums->dims)
		return -1;
	sums->children += node->n_children;
	sums->fields += node->n_fields;
	sums->node_props += node->n_props;
	sums->dims += node->n_dims;
	if (i > 0 &&
	    (node->parent >= i || i < db->nodes[node->parent].first_child ||
	     i - db->nodes[node->parent].first_child >= db->nodes[node->parent].n_children))
		return -1;
	if (sums->children > section[REGDB_SEC_NODES].n ||
	    sums->fields > section[REGDB_SEC_FIELDS].n ||
	    sums->node_props > section[REGDB_SEC_PROPS].n ||
	    sums->dims > section[REGDB_SEC_DIMS].n || i + UINT64_C(1) > sums->children)
		return -1;
	if (check_texts(db, node->name, node->title, node->desc) || check_kind(node) ||
	    check_dims(db, node) || check_span(node))
		return -1;
	return check_place(db, i) || check_derived(db, node) ? -1 : 0;
}

static int check_field(const struct regdb *db, uint32_t i, struct sums *sums)
{
	const struct regdb_field *field = &db->fields[i];
	const struct regdb_extent *section = db->header->section;

	if (field->reg >= section[REGDB_SEC_NODES].n)
		return -1;
	const struct regdb_node *reg = &db->nodes[field->reg];
	if (i < reg->first_field || i - reg->first_field >= reg->n_fields)
		return -1;
	if (i > reg->first_field && field->lsb < db->fields[i - 1].lsb)
		return -1;
	if (field->width == 0 || field->width > reg->width ||
	    field->lsb > reg->width - field->width)
		return -1;
	if (field->width < 64 && field->reset >> field->width)
		return -1;
	if (field->n_enums > section[REGDB_SEC_ENUMS].n ||
	    field->first_enum > section[REGDB_SEC_ENUMS].n - field->n_enums)
		return -1;
	if (field->first_prop != sums->field_props)
		return -1;
	sums->field_props += field->n_props;
	if (sums->field_props > section[REGDB_SEC_PROPS].n)
		return -1;
	if (field->sw > REGDB_ACCESS_RW1 || field->hw > REGDB_ACCESS_RW1 ||
	    field->onread > REGDB_ONREAD_RUSER || field->onwrite > REGDB_ONWRITE_WUSER)
		return -1;
	if (!(field->flags & REGDB_FIELD_VOLATILE) == regdb__field_is_volatile(field))
		return -1;
	return check_texts(db, field->name, field->title, field->desc);
}

static int check_rows(const struct regdb *db, struct error *err)
{
	const struct regdb_extent *section = db->header->section;
	uint32_t n_nodes = section[REGDB_SEC_NODES].n, n_fields = section[REGDB_SEC_FIELDS].n;
	struct sums sums = { .children = 1 };

	/* Fields first: what nodes derive from them has to stay inside a register. */
	for (uint32_t i = 0; i < n_nodes; i++)
		sums.node_props += db->nodes[i].n_props;
	sums.field_props = sums.node_props;
	for (uint32_t i = 0; i < n_fields; i++) {
		if (check_field(db, i, &sums) < 0)
			return corrupt(err, "a field is wrong");
	}
	sums.node_props = 0;
	for (uint32_t i = 0; i < n_nodes; i++) {
		if (check_node(db, i, &sums) < 0)
			return corrupt(err, "a node is wrong");
	}
	if (sums.children != n_nodes || sums.fields != n_fields ||
	    sums.dims != section[REGDB_SEC_DIMS].n ||
	    sums.field_props != section[REGDB_SEC_PROPS].n)
		return corrupt(err, "rows that belong to nothing");
	return 0;
}

static int check_values(const struct regdb *db, struct error *err)
{
	const struct regdb_extent *section = db->header->section;

	for (uint32_t i = 0; i < section[REGDB_SEC_ENUMS].n; i++) {
		const struct regdb_enum *row = &db->enums[i];
		if (check_texts(db, row->name, row->title, row->desc) < 0)
			return corrupt(err, "an enumerator is wrong");
	}
	for (uint32_t i = 0; i < section[REGDB_SEC_PROPS].n; i++) {
		const struct regdb_prop *row = &db->props[i];
		if (check_name(db, row->name) < 0 ||
		    (row->text != REGDB_NONE && check_text(db, row->text) < 0))
			return corrupt(err, "a property is wrong");
	}
	return 0;
}

static int check_reach(const struct regdb *db, uint32_t i)
{
	const struct regdb_node *node = &db->nodes[i];
	uint64_t reach = regdb__span(node);

	if (i > 0 && i != db->nodes[node->parent].first_child && reach < db->reach[i - 1])
		reach = db->reach[i - 1];
	return reach == db->reach[i] ? 0 : -1;
}

/* Every node must be found by its name, which also shows that siblings differ in name. */
static int check_slots(const struct regdb *db, struct error *err)
{
	uint32_t n_nodes = regdb_n_nodes(db), used = 0;

	for (uint32_t i = 0; i <= db->slot_mask; i++) {
		if (db->slots[i] == REGDB_NONE)
			continue;
		if (db->slots[i] == 0 || db->slots[i] >= n_nodes)
			return corrupt(err, "a hash slot is wrong");
		used++;
	}
	if (used != n_nodes - 1 || db->keys[0] != 0)
		return corrupt(err, "wrong number of hash slots in use");
	for (uint32_t i = 1; i < n_nodes; i++) {
		const struct regdb_node *node = &db->nodes[i];
		const char *name = db->strings + node->name;
		if (regdb_child_find(db, node->parent, name, strlen(name)) != i)
			return error_set(err, E_CORRUPT,
					 "damaged register database: two nodes called %s, "
					 "or one that cannot be found",
					 name);
	}
	return 0;
}

static int check_index(const struct regdb *db, struct error *err)
{
	uint32_t n_nodes = regdb_n_nodes(db);

	for (uint32_t i = 0; i < n_nodes; i++) {
		if (check_reach(db, i) < 0)
			return corrupt(err, "the address index is wrong");
		if (db->names[i] >= n_nodes)
			return corrupt(err, "the name index is wrong");
		if (i == 0)
			continue;
		const char *name = db->strings + db->nodes[db->names[i]].name;
		int diff =
			regdb__name_cmp(db->strings + db->nodes[db->names[i - 1]].name, name);
		if (diff > 0 || (diff == 0 && db->names[i - 1] >= db->names[i]))
			return corrupt(err, "the name index is out of order");
	}
	return check_slots(db, err);
}

int regdb__check(const struct regdb *db, struct error *err)
{
	const struct regdb_extent *strings = &db->header->section[REGDB_SEC_STRINGS];
	struct regdb_header summary = *db->header;

	if (strings->n == 0 || db->strings[0] || db->strings[strings->n - 1])
		return corrupt(err, "strings without an end");
	int ret = check_rows(db, err);
	if (ret < 0)
		return ret;
	ret = check_values(db, err);
	if (ret < 0)
		return ret;
	ret = check_index(db, err);
	if (ret < 0)
		return ret;
	regdb__summary(db, &summary);
	if (memcmp(&summary, db->header, sizeof(summary)) != 0)
		return corrupt(err, "the summary is wrong");
	if (regdb__hash(db->header, (size_t)db->header->size) != db->header->hash)
		return corrupt(err, "the content does not match its hash");
	return 0;
}
