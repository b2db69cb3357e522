/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/regdb/regdb_build.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "regmaps/regdb/regdb_build_priv.h"
#include "regmaps/regdb/regdb_priv.h"

/* A row to be ordered: by group, then by place in it, then as added. */
struct order {
	uint64_t place;
	uint32_t group, handle;
};

struct layout {
	struct regdb_builder *b;
	uint32_t n_nodes;
	uint32_t n_slots;
	struct order *nodes;   /* by parent's handle; the root is last */
	uint32_t *first_child; /* handle -> first row of its children in nodes */
	uint32_t *number;      /* handle -> final number of a node */
	uint32_t *handle;      /* the inverse */
	uint32_t *field_number;
	char *blob;
	size_t size;
};

static int by_order(const void *a, const void *b)
{
	const struct order *x = a, *y = b;

	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return x->handle < y->handle ? -1 : 1;
}

static void *rows_of(const struct layout *l, enum regdb_section s)
{
	struct regdb_header *header = (struct regdb_header *)l->blob;

	return l->blob + header->section[s].offset;
}

/*
 * Sizes and strides that were left open, children before parents.  Meanwhile the entries member
 * of a container holds how far its children reach.
 */
static void close_sizes(struct regdb_builder *b)
{
	struct regdb_node *nodes = b->nodes.data;

	for (uint32_t i = b->nodes.n; i-- > 0;) {
		struct regdb_node *node = &nodes[i];
		if (node->size == 0 && node->kind <= REGDB_REGFILE)
			node->size = node->entries;
		node->entries = node->kind == REGDB_MEM ? node->entries : 0;
		if (node->n_dims && !node->stride)
			node->stride = node->size;
		if (node->parent == REGDB_NONE)
			continue;
		struct regdb_node *parent = &nodes[node->parent];
		if (parent->kind <= REGDB_REGFILE && parent->entries < regdb__span(node))
			parent->entries = regdb__span(node);
	}
}

static int number_nodes(struct layout *l)
{
	const struct regdb_node *nodes = l->b->nodes.data;
	uint32_t n = l->n_nodes, next = 1;

	for (uint32_t i = 0; i < n; i++)
		l->nodes[i] = (struct order){ nodes[i].offset, nodes[i].parent, i };
	qsort(l->nodes, n, sizeof(*l->nodes), by_order);
	for (uint32_t i = n - 1; i-- > 0;)
		l->first_child[l->nodes[i].group] = i;
	l->handle[0] = l->nodes[n - 1].handle;
	for (uint32_t i = 0; i < next; i++) {
		uint32_t handle = l->handle[i];
		l->number[handle] = i;
		for (uint32_t row = l->first_child[handle];
		     row < n - 1 && l->nodes[row].group == handle; row++)
			l->handle[next++] = l->nodes[row].handle;
	}
	return next == n ? 0
			 : error_set(&l->b->err, E_INTERNAL, "register database: two roots");
}

static void lay_sections(struct layout *l, struct regdb_header *header)
{
	const struct regdb_builder *b = l->b;
	const uint32_t rows[REGDB_N_SECTIONS] = {
		[REGDB_SEC_NODES] = l->n_nodes, [REGDB_SEC_FIELDS] = b->fields.n,
		[REGDB_SEC_ENUMS] = b->enums.n, [REGDB_SEC_PROPS] = b->props.n,
		[REGDB_SEC_DIMS] = b->dims.n,   [REGDB_SEC_REACH] = l->n_nodes,
		[REGDB_SEC_KEYS] = l->n_nodes,  [REGDB_SEC_SLOTS] = l->n_slots,
		[REGDB_SEC_NAMES] = l->n_nodes, [REGDB_SEC_STRINGS] = b->strings.n,
	};

	l->size = sizeof(*header);
	for (int s = 0; s < REGDB_N_SECTIONS; s++) {
		header->section[s] = (struct regdb_extent){ (uint32_t)l->size, rows[s] };
		l->size += (rows[s] * regdb__row_size((enum regdb_section)s) + 7) & ~(size_t)7;
	}
}

static int allocate(struct layout *l)
{
	struct regdb_header header = { .magic = REGDB_MAGIC,
				       .version = REGDB_VERSION,
				       .byte_order = REGDB_BYTE_ORDER };
	uint32_t n = l->n_nodes;

	assert(n > 0);
	for (l->n_slots = 4; l->n_slots < 2 * n; l->n_slots *= 2)
		;
	lay_sections(l, &header);
	if (l->size > INT32_MAX)
		return error_set(&l->b->err, E_RANGE, "register database: more than 2 GiB");
	l->nodes = calloc(n, sizeof(*l->nodes));
	l->first_child = calloc(n, sizeof(*l->first_child));
	l->number = calloc(n, sizeof(*l->number));
	l->handle = calloc(n, sizeof(*l->handle));
	l->field_number = calloc(l->b->fields.n + 1, sizeof(*l->field_number));
	l->blob = calloc(1, l->size);
	if (!l->nodes || !l->first_child || !l->number || !l->handle || !l->field_number ||
	    !l->blob)
		return error_set(&l->b->err, E_NOMEM, "register database: out of memory");
	header.size = l->size;
	memcpy(l->blob, &header, sizeof(header));
	return 0;
}

static void write_nodes(struct layout *l)
{
	const struct regdb_node *from = l->b->nodes.data;
	const uint32_t *dims_from = l->b->dims.data;
	struct regdb_node *nodes = rows_of(l, REGDB_SEC_NODES);
	uint32_t *dims = rows_of(l, REGDB_SEC_DIMS);
	uint32_t n_children = 1, n_dims = 0;

	for (uint32_t i = 0; i < l->n_nodes; i++) {
		nodes[i] = from[l->handle[i]];
		if (i > 0) {
			nodes[i].parent = l->number[nodes[i].parent];
			nodes[nodes[i].parent].n_children++;
		}
		for (uint32_t d = 0; d < nodes[i].n_dims; d++)
			dims[n_dims + d] = dims_from[nodes[i].first_dim + d];
		nodes[i].first_dim = n_dims;
		n_dims += nodes[i].n_dims;
	}
	for (uint32_t i = 0; i < l->n_nodes; i++) {
		nodes[i].first_child = n_children;
		n_children += nodes[i].n_children;
	}
}

static int write_fields(struct layout *l)
{
	const struct regdb_field *from = l->b->fields.data;
	struct regdb_node *nodes = rows_of(l, REGDB_SEC_NODES);
	struct regdb_field *fields = rows_of(l, REGDB_SEC_FIELDS);
	uint32_t n = l->b->fields.n, row = 0;
	struct order *order = calloc(n + 1, sizeof(*order));

	if (!order)
		return error_set(&l->b->err, E_NOMEM, "register database: out of memory");
	for (uint32_t i = 0; i < n; i++)
		order[i] = (struct order){ from[i].lsb, l->number[from[i].reg], i };
	qsort(order, n, sizeof(*order), by_order);
	for (uint32_t i = 0; i < n; i++) {
		fields[i] = from[order[i].handle];
		fields[i].reg = order[i].group;
		nodes[order[i].group].n_fields++;
		l->field_number[order[i].handle] = i;
	}
	free(order);
	for (uint32_t i = 0; i < l->n_nodes; i++) {
		nodes[i].first_field = row;
		row += nodes[i].n_fields;
		regdb__derive(&nodes[i], fields);
	}
	return 0;
}

static int write_props(struct layout *l)
{
	const struct regdb_prop_row *from = l->b->props.data;
	struct regdb_node *nodes = rows_of(l, REGDB_SEC_NODES);
	struct regdb_field *fields = rows_of(l, REGDB_SEC_FIELDS);
	struct regdb_prop *props = rows_of(l, REGDB_SEC_PROPS);
	uint32_t n = l->b->props.n, row = 0;
	struct order *order = calloc(n + 1, sizeof(*order));

	if (!order)
		return error_set(&l->b->err, E_NOMEM, "register database: out of memory");
	for (uint32_t i = 0; i < n; i++) {
		const uint32_t *number = from[i].is_field ? l->field_number : l->number;
		order[i] = (struct order){ number[from[i].owner], from[i].is_field, i };
	}
	qsort(order, n, sizeof(*order), by_order);
	for (uint32_t i = 0; i < n; i++) {
		props[i] = from[order[i].handle].prop;
		if (order[i].group)
			fields[order[i].place].n_props++;
		else
			nodes[order[i].place].n_props++;
	}
	free(order);
	for (uint32_t i = 0; i < l->n_nodes; row += nodes[i++].n_props)
		nodes[i].first_prop = row;
	for (uint32_t i = 0; i < l->b->fields.n; row += fields[i++].n_props)
		fields[i].first_prop = row;
	return 0;
}

struct name_row {
	const char *name;
	uint32_t node;
};

static int by_name(const void *a, const void *b)
{
	const struct name_row *x = a, *y = b;
	int diff = regdb__name_cmp(x->name, y->name);

	if (diff)
		return diff;
	return x->node < y->node ? -1 : 1;
}

static int write_names(struct layout *l, const struct regdb *db)
{
	uint32_t *names = rows_of(l, REGDB_SEC_NAMES);
	struct name_row *rows = calloc(l->n_nodes, sizeof(*rows));

	if (!rows)
		return error_set(&l->b->err, E_NOMEM, "register database: out of memory");
	for (uint32_t i = 0; i < l->n_nodes; i++)
		rows[i] = (struct name_row){ db->strings + db->nodes[i].name, i };
	qsort(rows, l->n_nodes, sizeof(*rows), by_name);
	for (uint32_t i = 0; i < l->n_nodes; i++)
		names[i] = rows[i].node;
	free(rows);
	return 0;
}

static void write_keys(struct layout *l, const struct regdb *db)
{
	uint32_t *keys = rows_of(l, REGDB_SEC_KEYS);
	uint32_t *slots = rows_of(l, REGDB_SEC_SLOTS);
	uint64_t *reach = rows_of(l, REGDB_SEC_REACH);

	memset(slots, 0xff, l->n_slots * sizeof(*slots));
	reach[0] = regdb__span(&db->nodes[0]);
	for (uint32_t i = 1; i < l->n_nodes; i++) {
		const struct regdb_node *node = &db->nodes[i];
		const char *name = db->strings + node->name;
		uint64_t end = regdb__span(node);
		bool eldest = i == db->nodes[node->parent].first_child;
		reach[i] = eldest || end > reach[i - 1] ? end : reach[i - 1];
		keys[i] = regdb__key(keys[node->parent], name, strlen(name));
		uint32_t slot = keys[i] & db->slot_mask;
		while (slots[slot] != REGDB_NONE)
			slot = (slot + 1) & db->slot_mask;
		slots[slot] = i;
	}
}

static int write_blob(struct layout *l)
{
	struct regdb_header *header = (struct regdb_header *)l->blob;
	struct regdb db;
	const struct regdb_builder *b = l->b;

	write_nodes(l);
	if (write_fields(l) < 0 || write_props(l) < 0)
		return b->err.code;
	if (b->enums.n)
		memcpy(rows_of(l, REGDB_SEC_ENUMS), b->enums.data,
		       b->enums.n * sizeof(struct regdb_enum));
	memcpy(rows_of(l, REGDB_SEC_STRINGS), b->strings.data, b->strings.n);
	regdb__attach(&db, l->blob);
	if (write_names(l, &db) < 0)
		return b->err.code;
	write_keys(l, &db);
	regdb__summary(&db, header);
	header->hash = regdb__hash(l->blob, l->size);
	int ret = regdb__check(&db, &l->b->err);
	if (ret < 0) {
		l->b->err.code = E_INTERNAL;
		return E_INTERNAL;
	}
	return 0;
}

int regdb_builder_finish(struct regdb_builder *b, struct error *err, void **blob, size_t *size)
{
	struct layout l = { .b = b, .n_nodes = b->nodes.n };

	if (b->err.code == 0 && l.n_nodes == 0)
		error_set(&b->err, E_INTERNAL, "register database: no root");
	if (b->err.code == 0) {
		close_sizes(b);
		if (allocate(&l) == 0 && number_nodes(&l) == 0 && write_blob(&l) == 0) {
			*blob = l.blob;
			*size = l.size;
			l.blob = NULL;
		}
	}
	free(l.nodes);
	free(l.first_child);
	free(l.number);
	free(l.handle);
	free(l.field_number);
	free(l.blob);
	return error_copy(err, &b->err);
}
