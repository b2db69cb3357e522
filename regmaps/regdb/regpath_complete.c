/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "regmaps/regdb/regdb_priv.h"
#include "regmaps/regdb/regpath_priv.h"

struct offer {
	const char *name, *suffix;
};

struct completion {
	const struct regdb *db;
	const char *prefix;
	size_t kept; /* of the prefix; what is offered follows */
	size_t max, n;
	void (*add)(void *arg, const char *text);
	void *arg;
	struct offer *offers;
	size_t n_offers, cap;
};

/* Where the level that is being typed starts; separators in brackets are bits. */
static size_t last_level(const char *prefix)
{
	size_t start = 0;
	bool inside = false;

	for (size_t i = 0; prefix[i]; i++) {
		if (prefix[i] == '[' || prefix[i] == ']')
			inside = prefix[i] == '[';
		else if (!inside && (prefix[i] == ':' || prefix[i] == '.'))
			start = i + 1;
	}
	return start;
}

/* Without memory for more there is less to offer. */
static void offer(struct completion *c, const char *name, const char *suffix)
{
	if (c->n_offers == c->cap) {
		size_t cap = c->cap ? c->cap * 2 : 64;
		struct offer *offers = realloc(c->offers, cap * sizeof(*offers));
		if (!offers)
			return;
		c->offers = offers;
		c->cap = cap;
	}
	c->offers[c->n_offers++] = (struct offer){ name, suffix };
}

static int by_text(const void *a, const void *b)
{
	const struct offer *x = a, *y = b;
	int diff = regdb__name_cmp(x->name, y->name);

	return diff ? diff : strcmp(x->suffix, y->suffix);
}

static void give(struct completion *c, const char *name, const char *suffix)
{
	if (c->n++ >= c->max)
		return;
	size_t size = c->kept + strlen(name) + strlen(suffix) + 1;
	char *text = malloc(size);
	if (!text)
		return;
	snprintf(text, size, "%.*s%s%s", (int)c->kept, c->prefix, name, suffix);
	c->add(c->arg, text);
	free(text);
}

static void give_offers(struct completion *c)
{
	if (c->n_offers)
		qsort(c->offers, c->n_offers, sizeof(*c->offers), by_text);
	for (size_t i = 0; i < c->n_offers; i++) {
		if (i == 0 || by_text(&c->offers[i - 1], &c->offers[i]) != 0)
			give(c, c->offers[i].name, c->offers[i].suffix);
	}
	free(c->offers);
}

/* @typed: the whole name stands there already, so what may follow it is next. */
static void offer_node(struct completion *c, const struct regdb_node *node, const char *name,
		       uint32_t n_indices, bool typed)
{
	if (n_indices < regpath__n_dims(node))
		offer(c, name, "[");
	else if (node->kind >= REGDB_REG)
		offer(c, name, "");
	if (node->n_children && n_indices == node->n_dims)
		offer(c, name, ":");
	if (typed && node->n_fields && n_indices == node->n_dims)
		offer(c, name, ".");
}

static void offer_children(struct completion *c, const struct regdb_node *node)
{
	const char *typed = c->prefix + c->kept;

	for (uint32_t i = node->first_child; i < node->first_child + node->n_children; i++) {
		const char *name = c->db->strings + c->db->nodes[i].name;
		if (regdb__prefix_cmp(name, typed, strlen(typed)) == 0)
			offer_node(c, &c->db->nodes[i], name, 0, strlen(name) == strlen(typed));
	}
	for (uint32_t i = node->first_field; i < node->first_field + node->n_fields; i++) {
		const char *name = c->db->strings + c->db->fields[i].name;
		if (regdb__prefix_cmp(name, typed, strlen(typed)) == 0)
			offer(c, name, "");
	}
}

static bool is_below(const struct regdb *db, uint32_t node, uint32_t above)
{
	while (node > above)
		node = db->nodes[node].parent;
	return node == above;
}

/* Registers deeper than the children, by bare name, once something of it is typed. */
static void offer_deeper(struct completion *c, uint32_t above)
{
	const char *typed = c->prefix + c->kept;
	uint32_t first, n = 0;

	if (*typed)
		n = regdb_name_range(c->db, typed, strlen(typed), true, &first);
	for (uint32_t row = 0; row < n; row++) {
		uint32_t i = regdb_named(c->db, first + row);
		const struct regdb_node *node = &c->db->nodes[i];
		const char *name = c->db->strings + node->name;
		if (node->kind >= REGDB_REG && node->parent != above && i != above &&
		    is_below(c->db, i, above))
			offer_node(c, node, name, 0, strlen(name) == strlen(typed));
	}
}

/* Parses and matches the first @len bytes of the prefix; the caller frees the result. */
static struct candidates *match_prefix(const struct completion *c, size_t len,
				       uint32_t *n_specs)
{
	size_t n_ranges = len + 1;
	struct regpath *path = calloc(1, sizeof(*path) + n_ranges * sizeof(*path->ranges));
	struct candidates *found = malloc(sizeof(*found));
	char *text = malloc(len + 1);
	int ret = E_NOMEM;

	if (path && found && text) {
		memcpy(text, c->prefix, len);
		text[len] = '\0';
		path->text = text;
		path->ranges = (struct index_range *)(path + 1);
		candidates__init(found);
		ret = regpath__parse(path, NULL);
		if (ret == 0 && (path->raw || path->bits))
			ret = E_NOTFOUND;
		if (ret == 0)
			ret = regpath__match(c->db, path, MATCH_CONTAINER, found, NULL);
		*n_specs = ret == 0 ? path->level[path->n_levels - 1].n_specs : 0;
		if (ret < 0)
			candidates__fini(found);
	}
	free(text);
	free(path);
	if (ret < 0) {
		free(found);
		return NULL;
	}
	return found;
}

static void release(struct candidates *found)
{
	if (found)
		candidates__fini(found);
	free(found);
}

static void complete_name(struct completion *c)
{
	uint32_t n_specs;

	if (c->kept == 0) {
		offer_children(c, &c->db->nodes[0]);
		offer_deeper(c, 0);
		return;
	}
	struct candidates *found = match_prefix(c, c->kept - 1, &n_specs);
	for (size_t i = 0; found && i < found->n; i++) {
		offer_children(c, &c->db->nodes[found->rows[i].node]);
		offer_deeper(c, found->rows[i].node);
	}
	release(found);
}

/* After "]". */
static void complete_closed(struct completion *c)
{
	uint32_t n_specs;
	size_t len = strlen(c->prefix);
	struct candidates *found = match_prefix(c, len, &n_specs);

	c->kept = len;
	for (size_t i = 0; found && i < found->n; i++)
		offer_node(c, &c->db->nodes[found->rows[i].node], "", n_specs, true);
	release(found);
}

/* What follows an index of these nodes when they agree. */
static const char *after_index(const struct completion *c, const struct candidates *found,
			       uint32_t d)
{
	const char *suffix = NULL;

	for (size_t i = 0; i < found->n; i++) {
		const struct regdb_node *node = &c->db->nodes[found->rows[i].node];
		const char *own = "]";
		if (d + 1 < regpath__n_dims(node))
			own = "][";
		else if (node->kind <= REGDB_REGFILE)
			own = "]:";
		if (suffix && strcmp(suffix, own) != 0)
			return "]";
		suffix = own;
	}
	return suffix;
}

static void give_index(struct completion *c, uint64_t index, const char *suffix)
{
	char text[24];

	snprintf(text, sizeof(text), "%llu", (unsigned long long)index);
	give(c, text, suffix);
}

/* Indices below @dim that start with the digits typed: 1, 10 to 19, 100 to 199. */
static void give_indices(struct completion *c, const char *digits, uint32_t dim,
			 const char *suffix)
{
	uint64_t low = 0, n = 1;

	if (!*digits) {
		give(c, "*", suffix);
		n = dim;
	}
	for (const char *d = digits; *d; d++)
		low = low < dim ? low * 10 + (uint64_t)(*d - '0') : dim;
	if (digits[0] == '0' && digits[1])
		low = dim;
	for (; low < dim; low *= 10, n *= 10) {
		uint64_t end = low + n < dim ? low + n : dim;
		uint64_t shown = low;
		while (shown < end && c->n < c->max)
			give_index(c, shown++, suffix);
		c->n += end - shown;
		if (low == 0)
			break;
	}
}

/* Inside brackets: the last number typed grows. */
static void complete_index(struct completion *c, size_t bracket)
{
	const char *digits = c->prefix + strlen(c->prefix);
	uint32_t n_specs, dim = 0;

	while (digits > c->prefix && digits[-1] >= '0' && digits[-1] <= '9')
		digits--;
	if (!strchr("[,-", digits[-1]))
		return;
	struct candidates *found = match_prefix(c, bracket, &n_specs);
	for (size_t i = 0; found && i < found->n; i++) {
		const struct regdb_node *node = &c->db->nodes[found->rows[i].node];
		uint32_t here = n_specs < regpath__n_dims(node)
					? regpath__dim(c->db, node, n_specs)
					: 0;
		dim = here > dim ? here : dim;
	}
	c->kept = (size_t)(digits - c->prefix);
	if (found && found->n)
		give_indices(c, digits, dim, after_index(c, found, n_specs));
	release(found);
}

size_t regpath_complete(const struct regdb *db, const char *prefix, size_t max,
			void (*add)(void *arg, const char *text), void *arg)
{
	struct completion c = {
		.db = db,
		.prefix = prefix,
		.kept = last_level(prefix),
		.max = max,
		.add = add,
		.arg = arg,
	};
	const char *open = strrchr(prefix, '['), *close = strrchr(prefix, ']');

	if (*prefix >= '0' && *prefix <= '9')
		return 0;
	if (open && (!close || close < open)) {
		complete_index(&c, (size_t)(open - prefix));
	} else {
		if (close && !close[1])
			complete_closed(&c);
		else
			complete_name(&c);
		give_offers(&c);
	}
	return c.n;
}
