/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "regmaps/regdb/regdb_priv.h"
#include "regmaps/regdb/regpath_priv.h"

struct filler {
	struct regset *set;
	const struct candidates *candidates;
	uint32_t *mark; /* per node: candidate + 1 */
	uint32_t cap;
	struct error *err;
};

static uint32_t n_dims_in(const struct regset_entry *e, uint32_t i,
			  const struct regdb_node *node)
{
	return i == e->node ? regpath__n_dims(node) : node->n_dims;
}

static int not_so_many(const struct regdb *db, const struct regdb_node *node, uint32_t n_dims,
		       struct error *err)
{
	const char *name = db->strings + node->name;

	if (n_dims == 0)
		return error_set(err, E_SYNTAX, "%s is not an array", name);
	return error_set(err, E_SYNTAX, "%s has %u index%s, not more", name, n_dims,
			 n_dims == 1 ? "" : "es");
}

static int index_missing(const struct regdb *db, uint32_t node, struct error *err)
{
	char text[256];

	regpath__node_text(db, node, text, sizeof(text));
	return error_set(err, E_SYNTAX,
			 "%s is an array, %s: an index is missing ([*] means all)",
			 db->strings + db->nodes[node].name, text);
}

static int check_spec(const struct regset *set, const struct index_spec *spec,
		      const struct regdb_node *node, uint32_t d, struct error *err)
{
	uint32_t dim = regpath__dim(set->db, node, d);

	if (spec->all || set->path.ranges[spec->first + spec->n - 1].high < dim)
		return 0;
	return error_set(err, E_RANGE, "%s: %s goes from [0] to [%u]", set->path.text,
			 set->db->strings + node->name, dim - 1);
}

static uint64_t n_selected(const struct regset *set, const struct index_spec *spec,
			   uint32_t dim)
{
	uint64_t n = 0;

	if (!spec || spec->all)
		return dim;
	for (uint32_t i = 0; i < spec->n; i++) {
		const struct index_range *range = &set->path.ranges[spec->first + i];
		n += range->high - range->low + UINT64_C(1);
	}
	return n;
}

/* Checks the indices given for node @i of the entry and multiplies *@count. */
static int check_indices(const struct regset *set, const struct regset_entry *e, uint32_t i,
			 uint64_t *count, struct error *err)
{
	const struct regdb_node *node = &set->db->nodes[i];
	int level = e->level_at[node->depth];
	uint32_t n_specs = level < 0 ? 0 : set->path.level[level].n_specs;
	uint32_t n_dims = n_dims_in(e, i, node);

	if (n_specs > n_dims)
		return not_so_many(set->db, node, n_dims, err);
	if (n_specs < n_dims && !(set->flags & REGPATH_PATTERN))
		return index_missing(set->db, i, err);
	for (uint32_t d = 0; d < n_dims; d++) {
		const struct index_spec *spec = NULL;
		if (d < n_specs) {
			spec = &set->path.spec[set->path.level[level].first_spec + d];
			int ret = check_spec(set, spec, node, d, err);
			if (ret < 0)
				return ret;
		}
		*count *= n_selected(set, spec, regpath__dim(set->db, node, d));
	}
	return 0;
}

static int check_bits(const struct regset *set, const struct regdb_node *node,
		      struct error *err)
{
	if (!set->path.bits || set->path.msb < node->width)
		return 0;
	return error_set(err, E_RANGE, "%s: %s has %u bits, [%u:0]", set->path.text,
			 set->db->strings + node->name, node->width, node->width - 1);
}

static void select_fields(struct regset *set, struct regset_entry *e)
{
	const struct regdb_node *node = &set->db->nodes[e->node];

	e->field = REGDB_NONE;
	e->n_fields = 0;
	if (!set->has_field)
		return;
	const struct path_level *level = &set->path.level[set->path.n_levels - 1];
	if (!level->wild) {
		e->field = regdb_field_find(set->db, e->node, level->name, level->len);
		e->n_fields = e->field != REGDB_NONE;
		return;
	}
	for (uint32_t i = node->first_field + node->n_fields; i-- > node->first_field;) {
		const char *name = set->db->strings + set->db->fields[i].name;
		if (regpath__glob(level->name, level->len, name)) {
			e->field = i;
			e->n_fields++;
		}
	}
}

static uint32_t common_depth(const struct regdb *db, uint32_t a, uint32_t b)
{
	while (a != b) {
		if (db->nodes[a].depth < db->nodes[b].depth)
			b = db->nodes[b].parent;
		else
			a = db->nodes[a].parent;
	}
	return db->nodes[a].depth;
}

static int finish_entry(struct regset *set, struct regset_entry *e, struct error *err)
{
	uint64_t count = 1;

	for (uint32_t i = e->node; i != 0; i = set->db->nodes[i].parent) {
		int ret = check_indices(set, e, i, &count, err);
		if (ret < 0)
			return ret;
	}
	int ret = check_bits(set, &set->db->nodes[e->node], err);
	if (ret < 0)
		return ret;
	select_fields(set, e);
	e->shared = e == set->entries ? 0 : (uint8_t)common_depth(set->db, e[-1].node, e->node);
	set->many |= set->path.many || count > 1 || e != set->entries;
	set->count += count * (e->n_fields ? e->n_fields : 1);
	return 0;
}

static int add_entry(struct filler *f, uint32_t node, const struct candidate *c)
{
	struct regset *set = f->set;

	if (set->n_entries == f->cap) {
		uint32_t cap = f->cap ? f->cap * 2 : 16;
		struct regset_entry *entries =
			f->cap ? realloc(set->entries, cap * sizeof(*entries))
			       : malloc(cap * sizeof(*entries));
		if (!entries)
			return error_set(f->err, E_NOMEM, "register path: out of memory");
		set->entries = entries;
		f->cap = cap;
	}
	struct regset_entry *e = &set->entries[set->n_entries++];
	*e = (struct regset_entry){ .node = node };
	memcpy(e->level_at, c->level_at, sizeof(e->level_at));
	return finish_entry(set, e, f->err);
}

/* In the order of the tree; what is below a match belongs to it. */
static int walk(struct filler *f, uint32_t i, const struct candidate *cover)
{
	const struct regdb_node *node = &f->set->db->nodes[i];

	if (!cover && f->mark[i])
		cover = &f->candidates->rows[f->mark[i] - 1];
	if (cover && node->kind >= REGDB_REG)
		return add_entry(f, i, cover);
	for (uint32_t c = 0; c < node->n_children; c++) {
		int ret = walk(f, node->first_child + c, cover);
		if (ret < 0)
			return ret;
	}
	return 0;
}

int regset__fill(struct regset *set, const struct candidates *c, struct error *err)
{
	struct filler f = { .set = set, .candidates = c, .err = err };

	set->entries = &set->one;
	if (c->n == 1 && set->db->nodes[c->rows[0].node].kind >= REGDB_REG) {
		set->n_entries = 1;
		set->one = (struct regset_entry){ .node = c->rows[0].node };
		memcpy(set->one.level_at, c->rows[0].level_at, sizeof(set->one.level_at));
		return finish_entry(set, &set->one, err);
	}
	f.mark = calloc(regdb_n_nodes(set->db), sizeof(*f.mark));
	if (!f.mark)
		return error_set(err, E_NOMEM, "register path: out of memory");
	for (size_t i = 0; i < c->n; i++)
		f.mark[c->rows[i].node] = (uint32_t)i + 1;
	int ret = walk(&f, 0, NULL);
	free(f.mark);
	return ret;
}

int regset__fix(struct regset *set, const struct regdb_ref *ref, struct error *err)
{
	memcpy(set->fixed, ref->idx, sizeof(set->fixed));
	set->entries = &set->one;
	set->n_entries = 1;
	set->one = (struct regset_entry){ .node = ref->node };
	int ret = check_bits(set, &set->db->nodes[ref->node], err);
	if (ret < 0)
		return ret;
	select_fields(set, &set->one);
	set->count = set->one.n_fields ? set->one.n_fields : 1;
	set->many = set->path.many;
	return 0;
}
