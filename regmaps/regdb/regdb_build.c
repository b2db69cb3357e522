/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/regdb/regdb_build.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "regmaps/regdb/regdb_build_priv.h"
#include "regmaps/regdb/regdb_priv.h"

#define MAX_BYTES INT32_MAX

static uint32_t fail_nomem(struct regdb_builder *b)
{
	error_set(&b->err, E_NOMEM, "register database: out of memory");
	return REGDB_NONE;
}

/* Makes room for @n more rows of @row bytes and returns the first, or NULL. */
static void *rows_add(struct regdb_builder *b, struct regdb_rows *rows, size_t n, size_t row)
{
	if (n > MAX_BYTES / row - rows->n) {
		error_set(&b->err, E_RANGE, "register database: more than 2 GiB");
		return NULL;
	}
	if (!rows->data || rows->n + n > rows->cap) {
		size_t cap = (rows->n + n) * 2 + 64;
		void *data = realloc(rows->data, cap * row);
		if (!data) {
			fail_nomem(b);
			return NULL;
		}
		rows->data = data;
		rows->cap = (uint32_t)cap;
	}
	void *first = (char *)rows->data + rows->n * row;
	rows->n += (uint32_t)n;
	return first;
}

static void index_put(struct regdb_index *index, uint32_t hash, uint32_t row)
{
	uint32_t i = hash & (index->cap - 1);

	while (index->slots[i])
		i = (i + 1) & (index->cap - 1);
	index->slots[i] = row + 1;
}

typedef uint32_t (*hash_fn)(const struct regdb_builder *b, uint32_t row);

static bool index_add(struct regdb_builder *b, struct regdb_index *index, uint32_t row,
		      hash_fn hash)
{
	if (index->n * 2 >= index->cap) {
		struct regdb_index bigger = { .n = index->n,
					      .cap = index->cap ? index->cap * 2 : 1024 };
		bigger.slots = calloc(bigger.cap, sizeof(*bigger.slots));
		if (!bigger.slots) {
			fail_nomem(b);
			return false;
		}
		for (uint32_t i = 0; i < index->cap; i++) {
			if (index->slots[i])
				index_put(&bigger, hash(b, index->slots[i] - 1),
					  index->slots[i] - 1);
		}
		free(index->slots);
		*index = bigger;
	}
	index_put(index, hash(b, row), row);
	index->n++;
	return true;
}

static uint32_t string_hash(const char *s)
{
	uint32_t hash = 0x811c9dc5U;

	for (; *s; s++)
		hash = (hash ^ (unsigned char)*s) * 0x01000193U;
	return hash ^ hash >> 15;
}

static uint32_t pooled_hash(const struct regdb_builder *b, uint32_t offset)
{
	return string_hash((const char *)b->strings.data + offset);
}

static uint32_t intern(struct regdb_builder *b, const char *s)
{
	const struct regdb_index *index = &b->string_index;

	if (!s)
		s = "";
	for (uint32_t i = string_hash(s); index->cap; i++) {
		uint32_t slot = index->slots[i & (index->cap - 1)];
		if (!slot)
			break;
		if (strcmp((const char *)b->strings.data + slot - 1, s) == 0)
			return slot - 1;
	}
	uint32_t offset = b->strings.n;
	char *copy = rows_add(b, &b->strings, strlen(s) + 1, 1);
	if (!copy)
		return REGDB_NONE;
	memcpy(copy, s, strlen(s) + 1);
	return index_add(b, &b->string_index, offset, pooled_hash) ? offset : REGDB_NONE;
}

struct regdb_builder *regdb_builder_new(void)
{
	struct regdb_builder *b = calloc(1, sizeof(*b));

	if (b && intern(b, "") == REGDB_NONE) {
		regdb_builder_free(b);
		return NULL;
	}
	return b;
}

void regdb_builder_free(struct regdb_builder *b)
{
	if (!b)
		return;
	free(b->nodes.data);
	free(b->fields.data);
	free(b->enums.data);
	free(b->dims.data);
	free(b->strings.data);
	free(b->enumerations.data);
	free(b->props.data);
	free(b->string_index.slots);
	free(b->enum_index.slots);
	free(b);
}

static int check_dims(struct regdb_builder *b, const struct regdb_node_spec *spec,
		      uint32_t *count)
{
	uint64_t n = 1;

	for (uint32_t i = 0; i < spec->n_dims; i++) {
		n *= spec->dims[i];
		if (n == 0 || n >= UINT32_MAX)
			return error_set(&b->err, E_RANGE,
					 "%s: arrays have 1 to 2^32 - 2 elements", spec->name);
	}
	*count = (uint32_t)n;
	return 0;
}

/* Where below its parent, and the counts that decide about it, go to @node. */
static int place_node(struct regdb_builder *b, uint32_t parent, struct regdb_node *node,
		      const struct regdb_node_spec *spec)
{
	uint32_t n_idx = spec->n_dims + (spec->kind == REGDB_MEM);

	if ((parent == REGDB_NONE) != (b->nodes.n == 0))
		return error_set(&b->err, E_INTERNAL, "%s: one root, before all others",
				 spec->name);
	if (parent != REGDB_NONE) {
		const struct regdb_node *above = (struct regdb_node *)b->nodes.data + parent;
		node->depth = (uint8_t)(above->depth + 1);
		node->first_idx = (uint8_t)(above->first_idx + above->n_dims);
	}
	if (node->depth >= REGDB_MAX_DEPTH)
		return error_set(&b->err, E_RANGE, "%s: nested deeper than %d levels",
				 spec->name, REGDB_MAX_DEPTH);
	if (spec->n_dims > REGDB_MAX_INDICES || n_idx + node->first_idx > REGDB_MAX_INDICES)
		return error_set(&b->err, E_RANGE, "%s: more than %d indices on a path",
				 spec->name, REGDB_MAX_INDICES);
	if (spec->kind == REGDB_MEM && (spec->entries == 0 || spec->entries >= UINT32_MAX))
		return error_set(&b->err, E_RANGE, "%s: memories have 1 to 2^32 - 2 entries",
				 spec->name);
	return check_dims(b, spec, &node->count);
}

uint32_t regdb_builder_node(struct regdb_builder *b, uint32_t parent,
			    const struct regdb_node_spec *spec)
{
	struct regdb_node node = {
		.offset = spec->offset,
		.size = spec->size,
		.stride = spec->stride,
		.entries = spec->kind == REGDB_MEM ? spec->entries : 0,
		.parent = parent,
		.n_dims = (uint8_t)spec->n_dims,
		.flags = spec->flags,
		.width = spec->width,
		.accesswidth = spec->accesswidth,
		.kind = (uint8_t)spec->kind,
	};

	if (spec->kind == REGDB_MEM) {
		node.m_read = regdb__can_read(spec->sw);
		node.m_write = regdb__can_write(spec->sw);
	}
	assert(b->err.code < 0 || parent == REGDB_NONE || parent < b->nodes.n);
	if (b->err.code < 0 || place_node(b, parent, &node, spec) < 0)
		return REGDB_NONE;
	node.name = intern(b, spec->name);
	node.title = intern(b, spec->title);
	node.desc = intern(b, spec->desc);
	node.first_dim = b->dims.n;
	uint32_t *dims = rows_add(b, &b->dims, spec->n_dims, sizeof(*dims));
	struct regdb_node *row = rows_add(b, &b->nodes, 1, sizeof(*row));
	if (b->err.code < 0)
		return REGDB_NONE;
	if (spec->n_dims)
		memcpy(dims, spec->dims, spec->n_dims * sizeof(*dims));
	*row = node;
	return b->nodes.n - 1;
}

uint32_t regdb_builder_field(struct regdb_builder *b, uint32_t reg,
			     const struct regdb_field_spec *spec)
{
	if (b->err.code < 0)
		return REGDB_NONE;
	assert(reg < b->nodes.n);
	struct regdb_field field = {
		.reset = spec->reset,
		.incrvalue = spec->incrvalue,
		.saturate = spec->saturate,
		.name = intern(b, spec->name),
		.title = intern(b, spec->title),
		.desc = intern(b, spec->desc),
		.reg = reg,
		.lsb = spec->lsb,
		.width = spec->width,
		.flags = spec->flags,
		.latency_us = spec->latency_us,
		.sw = spec->sw,
		.hw = spec->hw,
		.onread = spec->onread,
		.onwrite = spec->onwrite,
	};
	if (spec->enumeration != REGDB_NONE) {
		const struct regdb_enumeration *e =
			(struct regdb_enumeration *)b->enumerations.data + spec->enumeration;
		field.first_enum = e->first;
		field.n_enums = e->n;
	}
	field.flags &= ~(uint32_t)REGDB_FIELD_VOLATILE;
	if (regdb__field_is_volatile(&field))
		field.flags |= REGDB_FIELD_VOLATILE;
	struct regdb_field *row = rows_add(b, &b->fields, 1, sizeof(*row));
	if (b->err.code < 0)
		return REGDB_NONE;
	*row = field;
	return b->fields.n - 1;
}

static uint32_t enumeration_hash(const struct regdb_builder *b, uint32_t row)
{
	return ((struct regdb_enumeration *)b->enumerations.data)[row].hash;
}

/* An earlier enumeration equal to the last one, or REGDB_NONE. */
static uint32_t find_twin(const struct regdb_builder *b, const struct regdb_enumeration *last)
{
	const struct regdb_index *index = &b->enum_index;
	const struct regdb_enum *enums = b->enums.data;

	for (uint32_t i = last->hash; index->cap; i++) {
		uint32_t slot = index->slots[i & (index->cap - 1)];
		if (!slot)
			break;
		const struct regdb_enumeration *e =
			(struct regdb_enumeration *)b->enumerations.data + slot - 1;
		if (e->n == last->n &&
		    memcmp(enums + e->first, enums + last->first, e->n * sizeof(*enums)) == 0)
			return slot - 1;
	}
	return REGDB_NONE;
}

uint32_t regdb_builder_enum(struct regdb_builder *b, const struct regdb_enum_spec *rows,
			    size_t n)
{
	if (b->err.code < 0)
		return REGDB_NONE;
	struct regdb_enumeration e = { .first = b->enums.n, .n = (uint32_t)n };
	struct regdb_enum *enums = rows_add(b, &b->enums, n, sizeof(*enums));

	for (size_t i = 0; i < n && enums; i++) {
		enums[i] = (struct regdb_enum){
			.value = rows[i].value,
			.name = intern(b, rows[i].name),
			.title = intern(b, rows[i].title),
			.desc = intern(b, rows[i].desc),
		};
		e.hash = (e.hash ^ enums[i].name ^ (uint32_t)rows[i].value) * 0x9e3779b1U;
	}
	if (b->err.code < 0)
		return REGDB_NONE;
	e.hash ^= e.hash >> 15;
	uint32_t twin = find_twin(b, &e);
	if (twin != REGDB_NONE) {
		b->enums.n = e.first;
		return twin;
	}
	struct regdb_enumeration *row = rows_add(b, &b->enumerations, 1, sizeof(*row));
	if (!row)
		return REGDB_NONE;
	*row = e;
	return index_add(b, &b->enum_index, b->enumerations.n - 1, enumeration_hash)
		       ? b->enumerations.n - 1
		       : REGDB_NONE;
}

static void add_prop(struct regdb_builder *b, struct regdb_prop_row prop, const char *name,
		     const char *text)
{
	if (b->err.code < 0)
		return;
	assert(prop.owner < (prop.is_field ? b->fields.n : b->nodes.n));
	prop.prop.name = intern(b, name);
	prop.prop.text = text ? intern(b, text) : REGDB_NONE;
	struct regdb_prop_row *row = rows_add(b, &b->props, 1, sizeof(*row));
	if (row)
		*row = prop;
}

void regdb_builder_node_prop(struct regdb_builder *b, uint32_t node, const char *name,
			     uint64_t number, const char *text)
{
	add_prop(b, (struct regdb_prop_row){ .owner = node, .prop.number = number }, name,
		 text);
}

void regdb_builder_field_prop(struct regdb_builder *b, uint32_t field, const char *name,
			      uint64_t number, const char *text)
{
	struct regdb_prop_row row = { .is_field = 1, .owner = field, .prop.number = number };

	add_prop(b, row, name, text);
}
