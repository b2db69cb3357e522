/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/regdb/regdb.h"

#include <string.h>

#include "regmaps/regdb/regdb_priv.h"

/* Row-major number of the element of @node that @idx (of all levels) names. */
static uint64_t element_of(const struct regdb *db, const struct regdb_node *node,
			   const uint32_t *idx)
{
	const uint32_t *dims = regdb_dims(db, node);
	uint64_t element = 0;

	for (uint32_t i = 0; i < node->n_dims; i++)
		element = element * dims[i] + idx[node->first_idx + i];
	return element;
}

uint64_t regdb_ref_addr(const struct regdb *db, const struct regdb_ref *ref)
{
	const struct regdb_node *node = regdb_node(db, ref->node);
	uint64_t addr = 0;

	if (node->kind == REGDB_MEM && ref->n_idx > (uint32_t)node->first_idx + node->n_dims)
		addr = ref->idx[ref->n_idx - 1] * regdb__entry_size(node);
	for (;;) {
		addr += node->offset + element_of(db, node, ref->idx) * node->stride;
		if (node->parent == REGDB_NONE)
			return addr;
		node = regdb_node(db, node->parent);
	}
}

struct search {
	const struct regdb *db;
	uint64_t addr;
	struct regdb_ref *refs;
	size_t max, n;
	bool aliases; /* look for these only, or for all others */
	bool seen_alias;
	uint32_t idx[REGDB_MAX_INDICES];
};

static void found(struct search *s, uint32_t node, uint32_t n_idx, uint64_t addr)
{
	if (s->n < s->max) {
		struct regdb_ref *ref = &s->refs[s->n];
		*ref = (struct regdb_ref){ .node = node, .n_idx = n_idx, .addr = addr };
		memcpy(ref->idx, s->idx, n_idx * sizeof(*s->idx));
	}
	s->n++;
}

static void split_element(struct search *s, const struct regdb_node *node, uint64_t element)
{
	const uint32_t *dims = regdb_dims(s->db, node);

	for (uint32_t i = node->n_dims; i-- > 0;) {
		s->idx[node->first_idx + i] = (uint32_t)(element % dims[i]);
		element /= dims[i];
	}
}

/* Number of children of @node that start at or before @rel. */
static uint32_t children_before(const struct regdb *db, const struct regdb_node *node,
				uint64_t rel)
{
	const struct regdb_node *child = db->nodes + node->first_child;
	uint32_t low = 0, high = node->n_children;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		if (child[mid].offset <= rel)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void search_node(struct search *s, uint32_t i, uint64_t base);

static void search_children(struct search *s, const struct regdb_node *node, uint64_t base)
{
	uint64_t rel = s->addr - base;
	uint32_t n = children_before(s->db, node, rel);
	uint32_t first = n;

	while (first > 0 && s->db->reach[node->first_child + first - 1] > rel)
		first--;
	for (; first < n; first++)
		search_node(s, node->first_child + first, base);
}

static void search_leaf(struct search *s, uint32_t i, uint64_t base)
{
	const struct regdb_node *node = &s->db->nodes[i];
	uint32_t n_idx = (uint32_t)node->first_idx + node->n_dims;
	bool alias = node->flags & REGDB_NODE_ALIAS;

	s->seen_alias |= alias;
	if (alias != s->aliases)
		return;
	if (node->kind == REGDB_MEM) {
		uint64_t entry = (s->addr - base) / regdb__entry_size(node);
		s->idx[n_idx++] = (uint32_t)entry;
		base += entry * regdb__entry_size(node);
	}
	found(s, i, n_idx, base);
}

/* Registers inside a memory come before its entry: they say more. */
static void search_node(struct search *s, uint32_t i, uint64_t base)
{
	const struct regdb_node *node = &s->db->nodes[i];
	uint64_t rel = s->addr - base - node->offset;
	uint64_t element = node->n_dims ? rel / node->stride : 0;

	rel -= element * node->stride;
	if (element >= node->count || rel >= node->size)
		return;
	split_element(s, node, element);
	base = s->addr - rel;
	search_children(s, node, base);
	if (node->kind == REGDB_REG || node->kind == REGDB_MEM)
		search_leaf(s, i, base);
}

size_t regdb_find_addr(const struct regdb *db, uint64_t addr, struct regdb_ref *refs,
		       size_t max)
{
	struct search s = { .db = db, .addr = addr, .refs = refs, .max = max };

	if (addr < db->nodes[0].offset)
		return 0;
	search_node(&s, 0, 0);
	if (s.seen_alias) {
		s.aliases = true;
		search_node(&s, 0, 0);
	}
	return s.n;
}

struct text {
	char *buf;
	size_t size, n;
};

static void put_char(struct text *t, char c)
{
	if (t->n < t->size)
		t->buf[t->n] = c;
	t->n++;
}

static void put_str(struct text *t, const char *s)
{
	size_t len = strlen(s);

	if (t->n < t->size)
		memcpy(t->buf + t->n, s, len < t->size - t->n ? len : t->size - t->n);
	t->n += len;
}

static void put_index(struct text *t, uint32_t index)
{
	char digits[12];
	size_t i = sizeof(digits);

	digits[--i] = '\0';
	do
		digits[--i] = (char)('0' + index % 10);
	while ((index /= 10) > 0);
	put_char(t, '[');
	put_str(t, digits + i);
	put_char(t, ']');
}

int regdb_path_format(const struct regdb *db, const struct regdb_ref *ref, char *buf,
		      size_t size)
{
	struct text t = { .buf = buf, .size = size ? size - 1 : 0 };
	uint32_t chain[REGDB_MAX_DEPTH], n = 0, idx = 0;

	for (uint32_t i = ref->node; i != 0; i = db->nodes[i].parent)
		chain[n++] = i;
	while (n-- > 0) {
		const struct regdb_node *node = regdb_node(db, chain[n]);
		put_str(&t, db->strings + node->name);
		for (uint32_t end = idx + node->n_dims; idx < end && idx < ref->n_idx; idx++)
			put_index(&t, ref->idx[idx]);
		if (n > 0)
			put_char(&t, ':');
	}
	while (idx < ref->n_idx)
		put_index(&t, ref->idx[idx++]);
	if (size)
		buf[t.n < t.size ? t.n : t.size] = '\0';
	return (int)t.n;
}
