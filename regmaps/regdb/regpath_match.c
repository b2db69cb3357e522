/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "regmaps/regdb/regdb_priv.h"
#include "regmaps/regdb/regpath_priv.h"

struct matcher {
	const struct regdb *db;
	const struct regpath *path;
	unsigned flags;
	uint32_t n_levels; /* that name nodes */
	struct candidates *out;
	struct error *err;
};

void candidates__init(struct candidates *c)
{
	c->rows = c->few;
	c->n = 0;
	c->cap = CANDIDATES_INLINE;
}

void candidates__fini(struct candidates *c)
{
	if (c->rows != c->few)
		free(c->rows);
}

static struct candidate *candidates_add(struct candidates *c)
{
	assert(c->cap > 0);
	if (c->n == c->cap) {
		struct candidate *rows = malloc(2 * c->cap * sizeof(*rows));
		if (!rows)
			return NULL;
		memcpy(rows, c->rows, c->n * sizeof(*rows));
		candidates__fini(c);
		c->rows = rows;
		c->cap *= 2;
	}
	return &c->rows[c->n++];
}

uint32_t regpath__n_dims(const struct regdb_node *node)
{
	return node->n_dims + (uint32_t)(node->kind == REGDB_MEM);
}

uint32_t regpath__dim(const struct regdb *db, const struct regdb_node *node, uint32_t d)
{
	return d < node->n_dims ? regdb_dims(db, node)[d] : (uint32_t)node->entries;
}

/* May @node be what @level of the path says?  @leaf: it is the last one. */
static bool level_fits(const struct matcher *m, const struct path_level *level,
		       const struct regdb_node *node, bool leaf)
{
	const char *name = m->db->strings + node->name;

	if (!(m->flags & MATCH_ANY_INDEX) &&
	    level->n_specs > (leaf ? regpath__n_dims(node) : node->n_dims))
		return false;
	return level->wild ? regpath__glob(level->name, level->len, name)
			   : regdb__fold_cmp(name, level->name, level->len) == 0;
}

static bool has_field(const struct matcher *m, const struct regdb_node *node)
{
	const struct path_level *level = &m->path->level[m->n_levels];

	if (node->kind != REGDB_REG || level->n_specs)
		return false;
	if (!level->wild)
		return regdb_field_find(m->db, regdb_index(m->db, node), level->name,
					level->len) != REGDB_NONE;
	for (uint32_t i = 0; i < node->n_fields; i++) {
		const struct regdb_field *field = &m->db->fields[node->first_field + i];
		if (regpath__glob(level->name, level->len, m->db->strings + field->name))
			return true;
	}
	return false;
}

static bool leaf_fits(const struct matcher *m, const struct regdb_node *node)
{
	if (node->depth == 0 || node->depth < m->n_levels)
		return false;
	if (m->flags & MATCH_FIELD)
		return has_field(m, node);
	return node->kind >= REGDB_REG || (m->flags & MATCH_CONTAINER);
}

/*
 * Assigns the levels of the path to the ancestors of @i from the top, each to the first that
 * fits, the last one to @i itself.
 */
static bool match_chain(const struct matcher *m, uint32_t i, struct candidate *c)
{
	const struct regdb_node *node = &m->db->nodes[i], *chain[REGDB_MAX_DEPTH];
	uint32_t depth = node->depth, level = 0;

	if (!leaf_fits(m, node) || !level_fits(m, &m->path->level[m->n_levels - 1], node, true))
		return false;
	memset(c->level_at, REGPATH_OMITTED, sizeof(c->level_at));
	c->node = i;
	c->level_at[depth] = (int16_t)(m->n_levels - 1);
	for (uint32_t d = depth; d-- > 1;) {
		node = &m->db->nodes[node->parent];
		chain[d] = node;
	}
	for (uint32_t d = 1; d < depth && level < m->n_levels - 1; d++) {
		if (level_fits(m, &m->path->level[level], chain[d], false))
			c->level_at[d] = (int16_t)level++;
	}
	return level == m->n_levels - 1;
}

static int add_match(struct matcher *m, uint32_t node)
{
	struct candidate c;

	if (!match_chain(m, node, &c))
		return 0;
	struct candidate *row = candidates_add(m->out);
	if (!row)
		return error_set(m->err, E_NOMEM, "register path: out of memory");
	*row = c;
	return 0;
}

static int match_all(struct matcher *m)
{
	const struct path_level *last = &m->path->level[m->n_levels - 1];
	uint32_t first = 0, n = regdb_n_nodes(m->db);

	if (!last->wild)
		n = regdb_name_range(m->db, last->name, last->len, false, &first);
	for (uint32_t i = 0; i < n; i++) {
		int ret = add_match(m, last->wild ? i : m->db->names[first + i]);
		if (ret < 0)
			return ret;
	}
	return 0;
}

/* A path that leaves nothing out: one hash lookup per level. */
static bool match_exact(struct matcher *m)
{
	const struct regpath *path = m->path;
	struct candidate c;
	uint32_t node = 0;

	for (uint32_t i = 0; i < m->n_levels; i++) {
		const struct path_level *level = &path->level[i];
		if (level->wild)
			return false;
		node = regdb_child_find(m->db, node, level->name, level->len);
		if (node == REGDB_NONE)
			return false;
	}
	if (!match_chain(m, node, &c))
		return false;
	m->out->rows[m->out->n++] = c;
	return true;
}

/* Depth of the node that stands for @level of the path; the root's for -1. */
static uint32_t depth_of(const struct candidate *c, int level)
{
	uint32_t depth = 0;

	if (level < 0)
		return 0;
	for (uint32_t d = 1; d < REGDB_MAX_DEPTH; d++) {
		if (c->level_at[d] == level)
			depth = d;
	}
	return depth;
}

static uint32_t node_at(const struct regdb *db, const struct candidate *c, uint32_t depth)
{
	uint32_t node = c->node;

	while (db->nodes[node].depth > depth)
		node = db->nodes[node].parent;
	return node;
}

/*
 * Where one candidate has @level right below the node of the level before, those that leave
 * something out there go.
 */
static void prefer_exact(struct matcher *m, int level, uint8_t *exact)
{
	struct candidates *c = m->out;
	size_t kept = 0;

	memset(exact, 0, regdb_n_nodes(m->db));
	for (size_t i = 0; i < c->n; i++) {
		uint32_t depth = depth_of(&c->rows[i], level - 1);
		if (depth_of(&c->rows[i], level) == depth + 1)
			exact[node_at(m->db, &c->rows[i], depth)] = 1;
	}
	for (size_t i = 0; i < c->n; i++) {
		uint32_t depth = depth_of(&c->rows[i], level - 1);
		if (depth_of(&c->rows[i], level) == depth + 1 ||
		    !exact[node_at(m->db, &c->rows[i], depth)])
			c->rows[kept++] = c->rows[i];
	}
	c->n = kept;
}

static int prefer_exact_levels(struct matcher *m)
{
	if (m->out->n < 2)
		return 0;
	uint8_t *exact = malloc(regdb_n_nodes(m->db));
	if (!exact)
		return error_set(m->err, E_NOMEM, "register path: out of memory");
	for (uint32_t level = 0; level < m->n_levels; level++) {
		if (!m->path->level[level].wild)
			prefer_exact(m, (int)level, exact);
	}
	free(exact);
	return 0;
}

int regpath__match(const struct regdb *db, const struct regpath *path, unsigned flags,
		   struct candidates *out, struct error *err)
{
	struct matcher m = {
		.db = db,
		.path = path,
		.flags = flags,
		.n_levels = path->n_levels - (flags & MATCH_FIELD ? 1 : 0),
		.out = out,
		.err = err,
	};

	out->n = 0;
	if (m.n_levels == 0 || match_exact(&m))
		return 0;
	int ret = match_all(&m);
	return ret < 0 ? ret : prefer_exact_levels(&m);
}
