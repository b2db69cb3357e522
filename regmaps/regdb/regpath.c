/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/regdb/regpath.h"

#include <stdlib.h>
#include <string.h>

#include "regmaps/regdb/regdb_priv.h"
#include "regmaps/regdb/regpath_priv.h"

const char *regpath_device(const char *text, char *device, size_t size)
{
	const char *slash = strchr(text, '/');
	size_t len = slash ? (size_t)(slash - text) : 0;

	if (size) {
		size_t copied = len < size ? len : size - 1;
		memcpy(device, text, copied);
		device[copied] = '\0';
	}
	return slash ? slash + 1 : text;
}

static struct regset *set_new(const struct regdb *db, const char *text, unsigned flags)
{
	size_t n_ranges = 1, len = strlen(text);

	for (const char *c = text; *c; c++)
		n_ranges += *c == '[' || *c == ',';
	struct regset *set = malloc(sizeof(*set) + n_ranges * sizeof(*set->ranges) + len + 1);
	if (!set)
		return NULL;
	memset(set, 0, offsetof(struct regset, path.level));
	set->db = db;
	set->flags = flags;
	set->entries = &set->one;
	set->path.ranges = set->ranges;
	set->path.text = (char *)(set->ranges + n_ranges);
	memcpy(set->path.text, text, len + 1);
	return set;
}

static int check_field_wanted(const struct regset *set, struct error *err)
{
	if (set->has_field && set->path.bits)
		return error_set(err, E_SYNTAX,
				 "%.200s: bits are those of a register, not of a field",
				 set->path.text);
	if ((set->flags & REGPATH_FIELD) || (!set->has_field && !set->path.bits))
		return 0;
	return error_set(err, E_SYNTAX, "%.200s names %s: a whole register is expected here",
			 set->path.text, set->path.bits ? "bits" : "a field");
}

/* A name, when no register is at the address, cannot be one of its fields. */
static int resolve_raw(struct regset *set, struct error *err)
{
	struct regpath *path = &set->path;
	struct regdb_ref ref;

	set->has_field = path->n_levels > 0;
	int ret = check_field_wanted(set, err);
	if (ret < 0)
		return ret;
	if (regdb_find_addr(set->db, path->addr, &ref, 1) > 0 &&
	    (path->addr % 4 == 0 || path->addr == ref.addr)) {
		ret = regset__fix(set, &ref, err);
		if (ret == 0 && set->has_field &&
		    (set->one.n_fields == 0 || path->level[0].n_specs))
			return regpath__unknown_field(set->db, path, ref.node, err);
		return ret;
	}
	if (path->addr % 4)
		return error_set(err, E_RANGE, "%.200s: raw addresses are multiples of 4",
				 path->text);
	if (set->has_field)
		return error_set(err, E_NOTFOUND, "%.200s: the map has no register there",
				 path->text);
	if (path->bits && path->msb > 31)
		return error_set(err, E_RANGE, "%.200s: raw registers have 32 bits",
				 path->text);
	set->outside = true;
	set->many = path->many;
	set->count = 1;
	return 0;
}

/* Looks for what the path means: all levels nodes, or the last one a field. */
static int match(struct regset *set, unsigned flags, struct candidates *c, struct error *err)
{
	const struct regpath *path = &set->path;
	bool dotted = path->level[path->n_levels - 1].dotted;

	if (dotted) {
		int ret = regpath__match(set->db, path, flags | MATCH_FIELD, c, err);
		set->has_field = c->n > 0;
		if (ret < 0 || c->n > 0)
			return ret;
	}
	return regpath__match(set->db, path, flags, c, err);
}

/* The register is known, its field is not. */
static int unknown_field(const struct regset *set, struct candidates *c, struct error *err)
{
	struct regpath reg = set->path;

	if (!reg.level[reg.n_levels - 1].dotted || reg.n_levels < 2)
		return 0;
	reg.n_levels--;
	int ret = regpath__match(set->db, &reg, 0, c, err);
	if (ret < 0 || c->n == 0)
		return ret;
	return regpath__unknown_field(set->db, &set->path, c->rows[0].node, err);
}

static int no_match(struct regset *set, struct candidates *c, struct error *err)
{
	bool pattern = set->flags & REGPATH_PATTERN;
	int ret = match(set, MATCH_ANY_INDEX | (pattern ? MATCH_CONTAINER : 0), c, err);

	if (ret < 0)
		return ret;
	if (c->n > 0)
		return regset__fill(set, c, err);
	ret = match(set, MATCH_CONTAINER, c, err);
	if (ret < 0)
		return ret;
	if (c->n > 0)
		return regpath__too_short(set->db, &set->path, c->rows[0].node, err);
	ret = match(set, MATCH_CONTAINER | MATCH_ANY_INDEX, c, err);
	if (ret < 0)
		return ret;
	if (c->n > 0)
		return regset__fill(set, c, err);
	ret = unknown_field(set, c, err);
	if (ret < 0)
		return ret;
	return regpath__unknown(set->db, &set->path, err);
}

static bool is_plain(const struct regpath *path)
{
	for (uint32_t i = 0; i < path->n_levels; i++) {
		if (path->level[i].wild)
			return false;
	}
	return true;
}

static int resolve_name(struct regset *set, struct candidates *c, struct error *err)
{
	bool pattern = set->flags & REGPATH_PATTERN;
	int ret = match(set, pattern ? MATCH_CONTAINER : 0, c, err);

	if (ret < 0)
		return ret;
	if (c->n == 0) {
		ret = no_match(set, c, err);
		return ret < 0 ? ret
			       : error_set(err, E_NOTFOUND, "%.200s is not a register",
					   set->path.text);
	}
	if (c->n > 1 && !pattern && is_plain(&set->path))
		return regpath__ambiguous(set->db, &set->path, c, err);
	ret = check_field_wanted(set, err);
	if (ret < 0)
		return ret;
	ret = regset__fill(set, c, err);
	if (ret < 0)
		return ret;
	return set->count
		       ? 0
		       : error_set(err, E_NOTFOUND, "%.200s holds no register", set->path.text);
}

int regpath_resolve(const struct regdb *db, const char *text, unsigned flags, struct error *err,
		    struct regset **out)
{
	struct regset *set = set_new(db, text, flags);

	if (!set)
		return error_set(err, E_NOMEM, "register path: out of memory");
	int ret = regpath__parse(&set->path, err);
	if (ret == 0 && set->path.raw) {
		ret = resolve_raw(set, err);
	} else if (ret == 0) {
		struct candidates c;
		candidates__init(&c);
		ret = resolve_name(set, &c, err);
		candidates__fini(&c);
	}
	if (ret < 0) {
		regset_free(set);
		return ret;
	}
	*out = set;
	return 0;
}
