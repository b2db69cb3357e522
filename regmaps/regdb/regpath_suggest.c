/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What to say about a path that means nothing, or too much. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "regmaps/regdb/regdb_priv.h"
#include "regmaps/regdb/regpath_priv.h"

#define MAX_NEAREST   5
#define MAX_AMBIGUOUS 8
#define MAX_NAME      64    /* names are compared up to here */
#define EDIT_COST     8     /* one letter wrong, missing or too many */
#define NO_COST       60000 /* cannot be meant */

/* A message that grows as long as whole items fit. */
struct message {
	char text[480];
	size_t n;
};

static bool message_add(struct message *m, const char *separator, const char *item)
{
	size_t room = sizeof(m->text) - m->n;
	int len = snprintf(m->text + m->n, room, "%s%s", separator, item);

	if (len < 0 || (size_t)len >= room) {
		m->text[m->n] = '\0';
		return false;
	}
	m->n += (size_t)len;
	return true;
}

static void append(char *buf, size_t size, size_t *n, const char *text)
{
	size_t len = strlen(text);

	if (*n < size) {
		size_t copied = len < size - *n ? len : size - *n - 1;
		memcpy(buf + *n, text, copied);
		buf[*n + copied] = '\0';
	}
	*n += len;
}

int regpath__node_text(const struct regdb *db, uint32_t node, char *buf, size_t size)
{
	uint32_t chain[REGDB_MAX_DEPTH] = { 0 }, depth = 0;
	size_t n = 0;

	if (size)
		buf[0] = '\0';
	for (uint32_t i = node; i != 0; i = db->nodes[i].parent)
		chain[depth++] = i;
	while (depth-- > 0) {
		const struct regdb_node *row = &db->nodes[chain[depth]];
		uint32_t n_dims = depth == 0 ? regpath__n_dims(row) : row->n_dims;
		append(buf, size, &n, db->strings + row->name);
		for (uint32_t d = 0; d < n_dims; d++) {
			char range[24];
			snprintf(range, sizeof(range), "[0-%u]", regpath__dim(db, row, d) - 1);
			append(buf, size, &n, range);
		}
		if (depth > 0)
			append(buf, size, &n, ":");
	}
	return (int)n;
}

static size_t min_size(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Levenshtein's distance, case folded. */
static unsigned edits(const char *a, size_t a_len, const char *b, size_t b_len)
{
	unsigned row[MAX_NAME + 1];

	a_len = min_size(a_len, MAX_NAME);
	b_len = min_size(b_len, MAX_NAME);
	for (unsigned j = 0; j <= b_len; j++)
		row[j] = j;
	for (size_t i = 0; i < a_len; i++) {
		unsigned diagonal = row[0];
		row[0] = (unsigned)i + 1;
		for (size_t j = 0; j < b_len; j++) {
			unsigned best = diagonal + (regdb__fold(a[i]) != regdb__fold(b[j]));
			diagonal = row[j + 1];
			best = best < row[j] + 1 ? best : row[j] + 1;
			row[j + 1] = best < diagonal + 1 ? best : diagonal + 1;
		}
	}
	return row[b_len];
}

/* Part of a name is nearly the name. */
static unsigned name_cost(const struct path_level *level, const char *name)
{
	size_t len = strlen(name);
	unsigned cost = edits(level->name, level->len, name, len) * EDIT_COST;

	if (level->wild)
		return regpath__glob(level->name, level->len, name) ? 0 : NO_COST;
	for (size_t i = 0; level->len >= 3 && i + level->len <= len; i++) {
		if (regdb__fold(name[i]) != regdb__fold(level->name[0]))
			continue;
		size_t same = 1;
		while (same < level->len &&
		       regdb__fold(name[i + same]) == regdb__fold(level->name[same]))
			same++;
		unsigned part = EDIT_COST + (unsigned)min_size(len - level->len, MAX_NAME) / 4;
		if (same == level->len && part < cost)
			return part;
	}
	return cost;
}

struct nearest {
	uint32_t item[MAX_NEAREST];
	unsigned cost[MAX_NEAREST];
	unsigned n;
};

static void nearest_add(struct nearest *near, uint32_t item, unsigned cost)
{
	unsigned i = near->n;

	if (cost >= NO_COST)
		return;
	if (near->n < MAX_NEAREST)
		near->n++;
	else if (cost >= near->cost[--i])
		return;
	for (; i > 0 && near->cost[i - 1] > cost; i--) {
		near->cost[i] = near->cost[i - 1];
		near->item[i] = near->item[i - 1];
	}
	near->cost[i] = cost;
	near->item[i] = item;
}

/* Only what is about as near as the nearest is worth showing. */
static void nearest_trim(struct nearest *near, unsigned limit)
{
	while (near->n > 0 && (near->cost[near->n - 1] >= near->cost[0] + EDIT_COST ||
			       near->cost[near->n - 1] > limit))
		near->n--;
}

static unsigned add_cost(unsigned a, unsigned b)
{
	return a + b < NO_COST ? a + b : NO_COST;
}

/*
 * Cost of the best way to lay the first @n_levels levels of the path on the ancestors of each
 * node, the last of them on the node itself: edits, and 1 for each level left out.
 * best[i * n_levels + l] is that of laying levels 0 to l anywhere from the root to node i.
 */
static void lay_path(const struct regdb *db, const struct regpath *path, uint32_t n_levels,
		     uint16_t *best, struct nearest *near)
{
	for (uint32_t l = 0; l < n_levels; l++)
		best[l] = NO_COST;
	for (uint32_t i = 1; i < regdb_n_nodes(db); i++) {
		const struct regdb_node *node = &db->nodes[i];
		const uint16_t *above = best + (size_t)node->parent * n_levels;
		uint16_t *here = best + (size_t)i * n_levels;
		unsigned cost = NO_COST;
		for (uint32_t l = 0; l < n_levels; l++) {
			unsigned before = l == 0 ? node->depth - 1U : above[l - 1];
			unsigned name = name_cost(&path->level[l], db->strings + node->name);
			cost = add_cost(before, name);
			unsigned omit = add_cost(above[l], 1);
			here[l] = (uint16_t)(cost < omit ? cost : omit);
		}
		if (node->kind >= REGDB_REG)
			nearest_add(near, i, cost);
	}
}

/* At most a third of the letters typed may be wrong. */
static unsigned cost_limit(const struct regpath *path)
{
	unsigned letters = 0, wrong;

	for (uint32_t i = 0; i < path->n_levels; i++)
		letters += (unsigned)min_size(path->level[i].len, MAX_NAME);
	wrong = letters < 6 ? 1 : letters / 3;
	return wrong * EDIT_COST + REGDB_MAX_DEPTH;
}

static int say_nearest(const struct regdb *db, const struct regpath *path,
		       const struct nearest *near, struct error *err)
{
	struct message m = { .n = 0 };
	char item[256];

	for (unsigned i = 0; i < near->n; i++) {
		if (regpath__node_text(db, near->item[i], item, sizeof(item)) >=
		    (int)sizeof(item))
			continue;
		if (!message_add(&m, m.n ? ", " : "; nearest: ", item))
			break;
	}
	return error_set(err, E_NOTFOUND, "no register %.100s%s", path->text, m.text);
}

int regpath__unknown(const struct regdb *db, const struct regpath *path, struct error *err)
{
	struct nearest near = { .n = 0 };
	uint32_t n_levels = path->n_levels;

	if (path->many && path->level[n_levels - 1].wild)
		return error_set(err, E_NOTFOUND, "nothing matches %.100s", path->text);
	uint16_t *best = calloc(regdb_n_nodes(db), n_levels * sizeof(*best));
	if (!best)
		return error_set(err, E_NOMEM, "register path: out of memory");
	lay_path(db, path, n_levels, best, &near);
	if (n_levels > 1 && path->level[n_levels - 1].dotted)
		lay_path(db, path, n_levels - 1, best, &near);
	free(best);
	nearest_trim(&near, cost_limit(path));
	return say_nearest(db, path, &near, err);
}

int regpath__unknown_field(const struct regdb *db, const struct regpath *path, uint32_t reg,
			   struct error *err)
{
	const struct regdb_node *node = &db->nodes[reg];
	const struct path_level *level = &path->level[path->n_levels - 1];
	struct nearest near = { .n = 0 };
	struct message m = { .n = 0 };

	if (level->n_specs && regdb_field_find(db, reg, level->name, level->len) != REGDB_NONE)
		return error_set(err, E_SYNTAX, "%.200s: %.*s is a field, not an array",
				 path->text, (int)min_size(level->len, MAX_NAME), level->name);
	for (uint32_t i = node->first_field; i < node->first_field + node->n_fields; i++)
		nearest_add(&near, i, name_cost(level, db->strings + db->fields[i].name));
	nearest_trim(&near, NO_COST);
	for (unsigned i = 0; i < near.n; i++) {
		char item[256];
		snprintf(item, sizeof(item), "%.*s%s",
			 (int)min_size(level->name - path->text, 150), path->text,
			 db->strings + db->fields[near.item[i]].name);
		if (!message_add(&m, i ? ", " : "; nearest: ", item))
			break;
	}
	return error_set(err, E_NOTFOUND, "%s has no field %.*s%s", db->strings + node->name,
			 (int)min_size(level->len, MAX_NAME), level->name, m.text);
}

int regpath__too_short(const struct regdb *db, const struct regpath *path, uint32_t node,
		       struct error *err)
{
	const struct regdb_node *row = &db->nodes[node];
	struct message m = { .n = 0 };
	uint32_t shown = 0;

	for (; shown < row->n_children && shown < MAX_AMBIGUOUS; shown++) {
		const char *name = db->strings + db->nodes[row->first_child + shown].name;
		if (!message_add(&m, shown ? ", " : "", name))
			break;
	}
	return error_set(err, E_NOTFOUND, "%.100s is not a register; it holds %s%s", path->text,
			 row->n_children ? m.text : "none",
			 shown < row->n_children ? ", ..." : "");
}

int regpath__ambiguous(const struct regdb *db, const struct regpath *path,
		       const struct candidates *c, struct error *err)
{
	struct message m = { .n = 0 };
	char item[256], more[32] = "";
	size_t shown = 0;

	snprintf(item, sizeof(item), "%.100s is ambiguous: ", path->text);
	message_add(&m, "", item);
	for (; shown < c->n && shown < MAX_AMBIGUOUS; shown++) {
		regpath__node_text(db, c->rows[shown].node, item, sizeof(item));
		if (!message_add(&m, shown ? ", " : "", item))
			break;
	}
	if (shown < c->n)
		snprintf(more, sizeof(more), " and %zu more", c->n - shown);
	return error_set(err, E_NOTFOUND, "%s%s", m.text, more);
}
