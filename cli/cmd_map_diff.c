/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/mapuse.h"
#include "cli/name.h"

/* One register of a map, under its path without indices. */
struct entry {
	char *path;
	uint32_t node;
	uint64_t addr; /* element 0 of all arrays */
};

struct side {
	struct regdb *db;
	struct entry *entries;
	size_t n;
};

struct diff {
	struct side a, b;
	struct out_table *table;
};

static bool has_words(uint8_t kind)
{
	return kind == REGDB_REG || kind == REGDB_MEM;
}

/* "TARGET:GROUP:REGISTER", without the root. */
static void plain_path(const struct regdb *db, uint32_t index, char *buf, size_t size)
{
	const struct regdb_node *chain[REGDB_MAX_DEPTH];
	size_t n = 0, len = 0;

	while (n < REGDB_MAX_DEPTH && index != REGDB_NONE) {
		chain[n] = regdb_node(db, index);
		index = chain[n++]->parent;
	}
	buf[0] = '\0';
	for (size_t i = n - 1; i-- > 0 && len < size;)
		len += (size_t)snprintf(buf + len, size - len, "%s%s", len > 0 ? ":" : "",
					regdb_str(db, chain[i]->name));
}

static int compare_entries(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = strcmp(x->path, y->path);

	if (order != 0)
		return order;
	return x->node < y->node ? -1 : x->node > y->node;
}

static int side_fill(struct side *side, struct error *err)
{
	const uint32_t n_nodes = regdb_n_nodes(side->db);
	char path[NAME_MAX_BYTES];

	side->entries = calloc(n_nodes, sizeof(*side->entries));
	if (side->entries == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	for (uint32_t i = 0; i < n_nodes; i++) {
		const struct regdb_ref ref = { .node = i };

		if (!has_words(regdb_node(side->db, i)->kind))
			continue;
		plain_path(side->db, i, path, sizeof(path));
		side->entries[side->n].path = strdup(path);
		if (side->entries[side->n].path == NULL)
			return error_set(err, E_NOMEM, "out of memory");
		side->entries[side->n].node = i;
		side->entries[side->n++].addr = regdb_ref_addr(side->db, &ref);
	}
	qsort(side->entries, side->n, sizeof(*side->entries), compare_entries);
	return 0;
}

static void side_fini(struct side *side)
{
	for (size_t i = 0; i < side->n; i++)
		free(side->entries[i].path);
	free(side->entries);
	regdb_close(side->db);
}

static void row(struct diff *d, const char *path, const char *what, struct out_cell a,
		struct out_cell b)
{
	out_row(d->table, (const struct out_cell[]){
				  out_styled(OUT_STYLE_NAME, out_text(path)),
				  out_text(what),
				  a,
				  b,
			  });
}

static void number_row(struct diff *d, const char *path, const char *what, uint64_t a,
		       uint64_t b)
{
	if (a != b)
		row(d, path, what, out_uint(a), out_uint(b));
}

static void hex_row(struct diff *d, const char *path, const char *what, uint64_t a, uint64_t b)
{
	if (a != b)
		row(d, path, what, out_hex(a, 32), out_hex(b, 32));
}

static void diff_field(struct diff *d, const char *path, const struct regdb_field *a,
		       const struct regdb_field *b)
{
	char access_a[96], access_b[96];

	number_row(d, path, "lsb", a->lsb, b->lsb);
	number_row(d, path, "width", a->width, b->width);
	name_of_access(a, access_a, sizeof(access_a));
	name_of_access(b, access_b, sizeof(access_b));
	if (strcmp(access_a, access_b) != 0)
		row(d, path, "access", out_text(access_a), out_text(access_b));
	if (((a->flags ^ b->flags) & REGDB_FIELD_RESET) != 0 || a->reset != b->reset)
		row(d, path, "reset",
		    (a->flags & REGDB_FIELD_RESET) != 0 ? out_hex(a->reset, 0) : out_null(),
		    (b->flags & REGDB_FIELD_RESET) != 0 ? out_hex(b->reset, 0) : out_null());
}

static const char *field_path(const struct regdb *db, const char *path,
			      const struct regdb_field *field, char *buf, size_t size)
{
	snprintf(buf, size, "%s.%s", path, regdb_str(db, field->name));
	return buf;
}

/* Fields by name: those of A with their counterparts, then those that only B has. */
static void diff_fields(struct diff *d, const struct entry *a, const struct entry *b)
{
	const struct regdb_node *na = regdb_node(d->a.db, a->node);
	const struct regdb_node *nb = regdb_node(d->b.db, b->node);
	char path[NAME_MAX_BYTES + 64];

	for (uint32_t i = na->first_field; i < na->first_field + na->n_fields; i++) {
		const struct regdb_field *field = regdb_field(d->a.db, i);
		const char *name = regdb_str(d->a.db, field->name);
		const uint32_t other = regdb_field_find(d->b.db, b->node, name, strlen(name));

		field_path(d->a.db, a->path, field, path, sizeof(path));
		if (other == REGDB_NONE)
			row(d, path, "only in A", out_null(), out_null());
		else
			diff_field(d, path, field, regdb_field(d->b.db, other));
	}
	for (uint32_t i = nb->first_field; i < nb->first_field + nb->n_fields; i++) {
		const struct regdb_field *field = regdb_field(d->b.db, i);
		const char *name = regdb_str(d->b.db, field->name);

		field_path(d->b.db, b->path, field, path, sizeof(path));
		if (regdb_field_find(d->a.db, a->node, name, strlen(name)) == REGDB_NONE)
			row(d, path, "only in B", out_null(), out_null());
	}
}

/* The register and the arrays around it. */
static void diff_register(struct diff *d, const struct entry *a, const struct entry *b)
{
	uint32_t ia = a->node, ib = b->node;
	const struct regdb_node *na = regdb_node(d->a.db, ia), *nb = regdb_node(d->b.db, ib);

	hex_row(d, a->path, "address", a->addr, b->addr);
	number_row(d, a->path, "width", na->width, nb->width);
	number_row(d, a->path, "entries", na->entries, nb->entries);
	while (ia != REGDB_NONE && ib != REGDB_NONE) {
		na = regdb_node(d->a.db, ia);
		nb = regdb_node(d->b.db, ib);
		number_row(d, a->path, "count", na->count, nb->count);
		hex_row(d, a->path, "stride", na->stride, nb->stride);
		ia = na->parent;
		ib = nb->parent;
	}
	diff_fields(d, a, b);
}

static void compare(struct diff *d)
{
	size_t i = 0, j = 0;

	while (i < d->a.n || j < d->b.n) {
		const struct entry *a = &d->a.entries[i], *b = &d->b.entries[j];
		const int order = i == d->a.n ? 1 : j == d->b.n ? -1 : strcmp(a->path, b->path);

		if (order < 0) {
			row(d, a->path, "only in A", out_hex(a->addr, 32), out_null());
			i++;
		} else if (order > 0) {
			row(d, b->path, "only in B", out_null(), out_hex(b->addr, 32));
			j++;
		} else {
			diff_register(d, a, b);
			i++;
			j++;
		}
	}
}

int cmd_map_diff(struct call *call, struct error *err)
{
	static const struct out_column columns[] = {
		{ "path", "NAME", OUT_RAW },
		{ "what", "WHAT", OUT_RAW },
		{ "a", "A", OUT_RIGHT | OUT_RAW },
		{ "b", "B", OUT_RIGHT | OUT_RAW },
	};
	struct diff d = { 0 };
	int ret = mapuse_open(call, call->args.operands[0], err, &d.a.db);

	if (ret == 0)
		ret = mapuse_open(call, call->args.operands[1], err, &d.b.db);
	if (ret == 0)
		ret = side_fill(&d.a, err);
	if (ret == 0)
		ret = side_fill(&d.b, err);
	if (ret == 0) {
		d.table = out_table(out_root(call->out), "differences", columns, 4);
		compare(&d);
		if (out_n_rows(d.table) > 0)
			call->status = 3;
		else
			out_say(out_root(call->out), OUT_STYLE_GOOD,
				"no difference; registers compared: %zu", d.a.n);
	}
	side_fini(&d.a);
	side_fini(&d.b);
	return ret;
}
