/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Random maps, expanded by brute force here, against the unexpanded walk, the resolver and the
 * address lookup.  The seed is fixed; TEST_SEED in the environment tries another.
 */
#include "regmaps/regdb/regpath.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "regmaps/regdb/regdb_build.h"

#define N_MAPS        60
#define MAX_INSTANCES 20000

static uint32_t seed = 20261120;

static uint32_t below(uint32_t n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

struct maker {
	struct regdb_builder *b;
	uint32_t n_names;
	uint64_t instances; /* so far, to keep the map small */
};

struct place {
	uint32_t parent, depth, n_idx;
	uint64_t instances; /* of the parent */
};

static uint64_t choose_dims(uint32_t *dims, uint32_t *n_dims, const struct place *at)
{
	uint64_t count = 1;

	*n_dims = 0;
	while (*n_dims < 3 && at->n_idx + *n_dims < 12 && below(2) == 0) {
		dims[*n_dims] = 1 + below(4);
		count *= dims[(*n_dims)++];
	}
	return count;
}

static uint64_t make_children(struct maker *m, const struct place *at);

/* Adds a child at @offset and returns where its span ends. */
static uint64_t make_child(struct maker *m, const struct place *at, uint64_t offset)
{
	uint32_t dims[3], n_dims;
	uint64_t count = choose_dims(dims, &n_dims, at);
	bool group = at->depth < 5 && below(3) == 0 && m->instances < MAX_INSTANCES / 4;
	char name[24];
	struct regdb_node_spec spec = {
		.kind = group ? REGDB_REGFILE : REGDB_REG,
		.name = name,
		.offset = offset,
		.size = 4u << below(2),
		.dims = dims,
		.n_dims = n_dims,
	};

	snprintf(name, sizeof(name), "%c%u", group ? 'G' : 'R', m->n_names++);
	spec.width = group ? 0 : (uint32_t)spec.size * 8;
	struct place inner = { .depth = at->depth + 1,
			       .n_idx = at->n_idx + n_dims,
			       .instances = at->instances * count };
	if (!group) {
		m->instances += inner.instances;
		spec.stride = n_dims ? spec.size + 4 * below(3) : 0;
		regdb_builder_node(m->b, at->parent, &spec);
		return offset + (count - 1) * spec.stride + spec.size;
	}
	/* Room for four arrays of 64 groups of the next size, or of registers. */
	spec.size = UINT64_C(1) << (58 - 9 * inner.depth);
	spec.stride = n_dims ? spec.size : 0;
	inner.parent = regdb_builder_node(m->b, at->parent, &spec);
	make_children(m, &inner);
	return offset + (count - 1) * spec.stride + spec.size;
}

static uint64_t make_children(struct maker *m, const struct place *at)
{
	uint64_t offset = 0;
	uint32_t n = 1 + below(4);

	for (uint32_t i = 0; i < n && m->instances < MAX_INSTANCES; i++)
		offset = make_child(m, at, offset + 4 * below(4));
	return offset;
}

static struct regdb *make_map(void)
{
	struct maker m = { .b = regdb_builder_new() };
	struct regdb_node_spec root = { .kind = REGDB_ADDRMAP,
					.name = "random",
					.offset = 4096 * below(16) };
	struct place at = { .depth = 0, .instances = 1 };
	struct error err = { 0 };
	struct regdb *db;
	void *blob;
	size_t size;

	at.parent = regdb_builder_node(m.b, REGDB_NONE, &root);
	make_children(&m, &at);
	if (regdb_builder_finish(m.b, &err, &blob, &size) < 0 ||
	    regdb_open_owned(blob, size, &err, &db) < 0)
		fail_msg("%s", err.text);
	regdb_builder_free(m.b);
	return db;
}

struct list {
	struct regdb_ref *refs;
	size_t n;
};

static void expand(const struct regdb *db, uint32_t i, struct regdb_ref ref, struct list *out);

static void expand_element(const struct regdb *db, uint32_t i, struct regdb_ref ref,
			   struct list *out)
{
	const struct regdb_node *node = regdb_node(db, i);

	if (node->kind == REGDB_REG) {
		out->refs = realloc(out->refs, (out->n + 1) * sizeof(*out->refs));
		assert_non_null(out->refs);
		ref.node = i;
		out->refs[out->n++] = ref;
	}
	for (uint32_t c = 0; c < node->n_children; c++)
		expand(db, node->first_child + c, ref, out);
}

/* All elements of node @i below the instance @ref of its parent. */
static void expand(const struct regdb *db, uint32_t i, struct regdb_ref ref, struct list *out)
{
	const struct regdb_node *node = regdb_node(db, i);
	const uint32_t *dims = regdb_dims(db, node);

	for (uint32_t e = 0; e < node->count; e++) {
		struct regdb_ref element = ref;
		uint32_t rest = e;
		for (uint32_t d = node->n_dims; d-- > 0; rest /= dims[d])
			element.idx[ref.n_idx + d] = rest % dims[d];
		element.n_idx = ref.n_idx + node->n_dims;
		element.addr = ref.addr + node->offset + e * node->stride;
		expand_element(db, i, element, out);
	}
}

static void expand_map(const struct regdb *db, struct list *out)
{
	struct regdb_ref origin = { 0 };

	*out = (struct list){ 0 };
	expand(db, 0, origin, out);
}

static void check_same(const struct regdb_ref *a, const struct regdb_ref *b)
{
	assert_int_equal(a->node, b->node);
	assert_int_equal(a->addr, b->addr);
	assert_int_equal(a->n_idx, b->n_idx);
	assert_memory_equal(a->idx, b->idx, a->n_idx * sizeof(*a->idx));
}

static struct regset *resolve(const struct regdb *db, const char *text, unsigned flags)
{
	struct error err = { 0 };
	struct regset *set;

	if (regpath_resolve(db, text, flags, &err, &set) < 0)
		fail_msg("%s", err.text);
	return set;
}

static void test_a_walk_gives_every_instance_in_order(void **state)
{
	(void)state;
	for (int map = 0; map < N_MAPS; map++) {
		struct regdb *db = make_map();
		struct list all;
		struct regset_pos pos = { 0 };
		struct regset_item item;
		expand_map(db, &all);
		struct regset *set = resolve(db, "*", REGPATH_PATTERN);
		assert_int_equal(regset_count(set), all.n);
		assert_int_equal(regdb_n_instances(db), all.n);
		for (size_t i = 0; i < all.n; i++) {
			assert_true(regset_next(set, &pos, &item));
			check_same(&item.ref, &all.refs[i]);
		}
		regset_free(set);
		free(all.refs);
		regdb_close(db);
	}
}

static void test_every_instance_is_found_by_path_and_address(void **state)
{
	(void)state;
	for (int map = 0; map < N_MAPS; map++) {
		struct regdb *db = make_map();
		struct list all;
		expand_map(db, &all);
		for (size_t i = 0; i < all.n; i++) {
			struct regdb_ref ref;
			struct regset_pos pos = { 0 };
			struct regset_item item;
			char path[512];
			assert_int_equal(regdb_find_addr(db, all.refs[i].addr + 3, &ref, 1), 1);
			check_same(&ref, &all.refs[i]);
			regdb_path_format(db, &ref, path, sizeof(path));
			struct regset *set = resolve(db, path, 0);
			assert_true(regset_next(set, &pos, &item));
			check_same(&item.ref, &all.refs[i]);
			assert_false(regset_next(set, &pos, &item));
			regset_free(set);
		}
		free(all.refs);
		regdb_close(db);
	}
}

/* "G3[0,2]:R7[*][1]" for the way to a node; @keep tells what it selects in each dimension. */
static void random_pattern(const struct regdb *db, uint32_t i, char *text, size_t size,
			   uint32_t *keep)
{
	const struct regdb_node *node = regdb_node(db, i);
	const uint32_t *dims = regdb_dims(db, node);
	char part[128];
	int n = snprintf(part, sizeof(part), "%s", regdb_str(db, node->name));

	text[0] = '\0';
	if (node->depth > 1) {
		random_pattern(db, node->parent, text, size, keep);
		strncat(text, ":", size - strlen(text) - 1);
	}
	for (uint32_t d = 0; d < node->n_dims; d++) {
		uint32_t low = below(dims[d]), high = low + below(dims[d] - low);
		uint32_t *bits = &keep[node->first_idx + d];
		*bits = UINT32_MAX;
		if (below(3) == 0) {
			n += snprintf(part + n, sizeof(part) - (size_t)n, "[*]");
			continue;
		}
		uint32_t also = below(dims[d]);
		n += snprintf(part + n, sizeof(part) - (size_t)n, "[%u-%u,%u]", low, high,
			      also);
		*bits = ((2U << high) - 1) & ~((1U << low) - 1);
		*bits |= 1U << also;
	}
	strncat(text, part, size - strlen(text) - 1);
}

static bool is_kept(const struct regdb_ref *ref, const uint32_t *keep)
{
	for (uint32_t i = 0; i < ref->n_idx; i++) {
		if (!(keep[i] >> ref->idx[i] & 1))
			return false;
	}
	return true;
}

static void test_index_lists_select_what_they_say(void **state)
{
	(void)state;
	for (int map = 0; map < N_MAPS; map++) {
		struct regdb *db = make_map();
		struct list all;
		expand_map(db, &all);
		for (int i = 0; i < 20 && all.n > 0; i++) {
			const struct regdb_ref *target = &all.refs[below((uint32_t)all.n)];
			uint32_t keep[REGDB_MAX_INDICES] = { 0 };
			struct regset_pos pos = { 0 };
			struct regset_item item;
			char text[1024];
			random_pattern(db, target->node, text, sizeof(text), keep);
			struct regset *set = resolve(db, text, 0);
			for (size_t r = 0; r < all.n; r++) {
				if (all.refs[r].node != target->node ||
				    !is_kept(&all.refs[r], keep))
					continue;
				assert_true(regset_next(set, &pos, &item));
				check_same(&item.ref, &all.refs[r]);
			}
			assert_false(regset_next(set, &pos, &item));
			regset_free(set);
		}
		free(all.refs);
		regdb_close(db);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_walk_gives_every_instance_in_order),
		cmocka_unit_test(test_every_instance_is_found_by_path_and_address),
		cmocka_unit_test(test_index_lists_select_what_they_say),
	};
	const char *other = getenv("TEST_SEED");

	if (other)
		seed = (uint32_t)strtoul(other, NULL, 0);
	printf("seed %u\n", seed);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
