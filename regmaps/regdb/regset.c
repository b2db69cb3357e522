/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/regdb/regpath.h"

#include <stdlib.h>
#include <string.h>

#include "regmaps/regdb/regdb_priv.h"
#include "regmaps/regdb/regpath_priv.h"

void regset_free(struct regset *set)
{
	if (!set)
		return;
	if (set->entries != &set->one)
		free(set->entries);
	free(set);
}

bool regset_is_many(const struct regset *set)
{
	return set->many;
}

uint64_t regset_count(const struct regset *set)
{
	return set->count;
}

bool regset_raw(const struct regset *set, uint64_t *addr)
{
	if (set->outside)
		*addr = set->path.addr;
	return set->outside;
}

/* One entry's way down from the root. */
struct walk {
	const struct regset *set;
	const struct regset_entry *entry;
	const struct regdb_node *chain[REGDB_MAX_DEPTH];
	uint32_t depth;
};

static void walk_to(struct walk *w, const struct regset *set, uint32_t entry)
{
	w->set = set;
	w->entry = &set->entries[entry];
	const struct regdb_node *node = &set->db->nodes[w->entry->node];
	w->depth = node->depth;
	for (uint32_t d = w->depth; d > 0; d--) {
		w->chain[d] = node;
		node = &set->db->nodes[node->parent];
	}
}

static uint32_t n_dims_at(const struct walk *w, uint32_t depth)
{
	return depth == w->depth ? regpath__n_dims(w->chain[depth]) : w->chain[depth]->n_dims;
}

/* The first selected index >= @from, or REGDB_NONE. */
static uint32_t next_index(const struct walk *w, uint32_t depth, uint32_t d, uint32_t from)
{
	const struct regpath *path = &w->set->path;
	int level = w->entry->level_at[depth];

	if (path->raw) {
		uint32_t index = w->set->fixed[w->chain[depth]->first_idx + d];
		return from <= index ? index : REGDB_NONE;
	}
	if (level >= 0 && d < path->level[level].n_specs) {
		const struct index_spec *spec = &path->spec[path->level[level].first_spec + d];
		for (uint32_t i = 0; i < spec->n; i++) {
			const struct index_range *range = &path->ranges[spec->first + i];
			if (from <= range->high)
				return from > range->low ? from : range->low;
		}
		if (!spec->all)
			return REGDB_NONE;
	}
	return from < regpath__dim(w->set->db, w->chain[depth], d) ? from : REGDB_NONE;
}

static void first_indices(const struct walk *w, struct regset_pos *pos, uint32_t depth)
{
	for (; depth <= w->depth; depth++) {
		for (uint32_t d = 0; d < n_dims_at(w, depth); d++)
			pos->idx[w->chain[depth]->first_idx + d] = next_index(w, depth, d, 0);
	}
}

/* The next element at @depth; false when there was none, and the first is next again. */
static bool next_element(const struct walk *w, struct regset_pos *pos, uint32_t depth)
{
	for (uint32_t d = n_dims_at(w, depth); d-- > 0;) {
		uint32_t *index = &pos->idx[w->chain[depth]->first_idx + d];
		uint32_t next = next_index(w, depth, d, *index + 1);
		if (next != REGDB_NONE) {
			*index = next;
			return true;
		}
		*index = next_index(w, depth, d, 0);
	}
	return false;
}

/*
 * Steps to the next register.  When the elements at a depth are used up, the next entry with the
 * same ancestors follows; when there is none, the ancestor's next element starts over with the
 * first entry below it.
 */
static void next_register(const struct regset *set, struct regset_pos *pos)
{
	struct walk w;

	walk_to(&w, set, pos->entry);
	for (uint32_t depth = w.depth; depth > 0; depth--) {
		if (next_element(&w, pos, depth)) {
			while (pos->entry > 0 && set->entries[pos->entry].shared >= depth)
				pos->entry--;
			walk_to(&w, set, pos->entry);
			first_indices(&w, pos, depth + 1);
			return;
		}
		if (pos->entry + 1 < set->n_entries &&
		    set->entries[pos->entry + 1].shared >= depth - 1) {
			walk_to(&w, set, ++pos->entry);
			first_indices(&w, pos, depth);
			return;
		}
	}
}

static bool next_field(const struct regset *set, struct regset_pos *pos)
{
	const struct regset_entry *e = &set->entries[pos->entry];
	const struct regdb_node *node = &set->db->nodes[e->node];

	if (e->n_fields < 2)
		return false;
	const struct path_level *level = &set->path.level[set->path.n_levels - 1];
	for (uint32_t i = pos->field + 1; i < node->first_field + node->n_fields; i++) {
		const char *name = set->db->strings + set->db->fields[i].name;
		if (regpath__glob(level->name, level->len, name)) {
			pos->field = i;
			return true;
		}
	}
	return false;
}

static void start(const struct regset *set, struct regset_pos *pos)
{
	struct walk w;

	walk_to(&w, set, 0);
	pos->entry = 0;
	first_indices(&w, pos, 1);
}

static void give(const struct regset *set, const struct regset_pos *pos,
		 struct regset_item *item)
{
	const struct regdb_node *node = &set->db->nodes[set->entries[pos->entry].node];
	uint32_t n_idx = node->first_idx + regpath__n_dims(node);

	*item = (struct regset_item){ .ref = { .node = set->entries[pos->entry].node,
					       .n_idx = n_idx },
				      .field = pos->field,
				      .width = node->width };
	memcpy(item->ref.idx, pos->idx, n_idx * sizeof(*pos->idx));
	item->ref.addr = regdb_ref_addr(set->db, &item->ref);
	if (pos->field != REGDB_NONE) {
		item->lsb = set->db->fields[pos->field].lsb;
		item->width = set->db->fields[pos->field].width;
	}
}

bool regset_next(const struct regset *set, struct regset_pos *pos, struct regset_item *item)
{
	if (pos->n >= set->count)
		return false;
	if (set->outside) {
		*item = (struct regset_item){ .ref = { .node = REGDB_NONE,
						       .addr = set->path.addr },
					      .field = REGDB_NONE,
					      .width = 32 };
	} else {
		if (pos->n == 0)
			start(set, pos);
		if (pos->n == 0 || !next_field(set, pos)) {
			if (pos->n > 0)
				next_register(set, pos);
			pos->field = set->entries[pos->entry].field;
		}
		give(set, pos, item);
	}
	if (set->path.bits) {
		item->lsb = set->path.lsb;
		item->width = set->path.msb - set->path.lsb + 1;
	}
	pos->n++;
	return true;
}
