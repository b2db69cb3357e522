/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between the parser of register paths, the matcher and the set that they make. */
#ifndef REGMAPS_REGDB_REGPATH_PRIV_H
#define REGMAPS_REGDB_REGPATH_PRIV_H

#include "regmaps/regdb/regpath.h"

#define REGPATH_MAX_LEVELS (REGDB_MAX_DEPTH + 1) /* the field is one */
#define REGPATH_MAX_SPECS  REGDB_MAX_INDICES
#define REGPATH_OMITTED    (-1)

struct index_range {
	uint32_t low, high; /* both included */
};

/* One pair of brackets: sorted ranges that do not touch, or all. */
struct index_spec {
	uint32_t first, n; /* of the path's ranges */
	bool all;
};

struct path_level {
	const char *name; /* not terminated */
	size_t len;
	bool wild;
	bool dotted; /* "." stood before it */
	uint8_t first_spec, n_specs;
};

struct regpath {
	char *text;
	struct index_range *ranges;
	uint32_t n_ranges, n_levels, n_specs;
	bool many; /* a wildcard, a list or a range of indices */
	bool raw;
	bool bits; /* [msb:lsb] at the end */
	uint32_t msb, lsb;
	uint64_t addr; /* raw; the only level can be a field then */
	struct path_level level[REGPATH_MAX_LEVELS];
	struct index_spec spec[REGPATH_MAX_SPECS];
};

/* A node that a path matches, with the level of the path for each depth. */
struct candidate {
	uint32_t node;
	int16_t level_at[REGDB_MAX_DEPTH]; /* REGPATH_OMITTED: left out */
};

#define CANDIDATES_INLINE 8

struct candidates {
	struct candidate *rows;
	size_t n, cap;
	struct candidate few[CANDIDATES_INLINE];
};

void candidates__init(struct candidates *c);
void candidates__fini(struct candidates *c);

/* A register or memory of a set. */
struct regset_entry {
	uint32_t node;
	uint32_t field;    /* first field selected, REGDB_NONE for the whole register */
	uint32_t n_fields; /* 0: the whole register or bits of it */
	uint8_t shared;    /* depth down to which the ancestors are those of the entry before */
	int16_t level_at[REGDB_MAX_DEPTH];
};

struct regset {
	const struct regdb *db;
	unsigned flags;
	bool many;
	bool outside;   /* a raw address that the map does not know */
	bool has_field; /* the path's last level names fields */
	uint64_t count;
	uint32_t fixed[REGDB_MAX_INDICES]; /* indices of a raw address's register */
	uint32_t n_entries;
	struct regset_entry *entries; /* &one when there is only one */
	struct regset_entry one;
	struct regpath path;
	/* The path's ranges, then its text. */
	struct index_range ranges[];
};

/* Number of levels of the path that name nodes. */
static inline uint32_t regset__n_levels(const struct regset *set)
{
	return set->path.n_levels - set->has_field;
}

/* Fills in @path, whose text and ranges (enough of them) are the caller's. */
int regpath__parse(struct regpath *path, struct error *err);

/* E_SYNTAX with the text and the position of @at in it. */
int regpath__syntax(const struct regpath *path, const char *at, const char *what,
		    struct error *err);

/* Reads a number (decimal, 0x, 0b, _ between digits); *@text moves past it.  E_SYNTAX, E_RANGE. */
int regpath__number(const char **text, uint64_t *value);

/* Does @name match the @len bytes of @pattern (`*`, `?`, case-insensitive)? */
bool regpath__glob(const char *pattern, size_t len, const char *name);

/* Dimensions of a node as the last level of a path: a memory's entries are one more. */
uint32_t regpath__n_dims(const struct regdb_node *node);
uint32_t regpath__dim(const struct regdb *db, const struct regdb_node *node, uint32_t d);

/* Which nodes may be what a path means. */
enum match_flag {
	MATCH_FIELD = 1 << 0,     /* the last level is a field of a register */
	MATCH_CONTAINER = 1 << 1, /* targets and groups too */
	MATCH_ANY_INDEX = 1 << 2, /* even when it has fewer dimensions than the path indices */
};

/*
 * The nodes that the path may mean, exact levels before omissions, in no order.  None is no
 * error.
 */
int regpath__match(const struct regdb *db, const struct regpath *path, unsigned flags,
		   struct candidates *out, struct error *err);

/* Makes @set the one register (or memory entry) that a raw address names. */
int regset__fix(struct regset *set, const struct regdb_ref *ref, struct error *err);

/* Turns what matched into the entries of @set, in the order of the tree. */
int regset__fill(struct regset *set, const struct candidates *c, struct error *err);

/* Path of a node with its arrays as ranges, `DEV1G[0-23]:...`; returns as snprintf does. */
int regpath__node_text(const struct regdb *db, uint32_t node, char *buf, size_t size);

/* E_NOTFOUND: which nodes (or fields of @reg, when not REGDB_NONE) come nearest. */
int regpath__unknown(const struct regdb *db, const struct regpath *path, struct error *err);
int regpath__unknown_field(const struct regdb *db, const struct regpath *path, uint32_t reg,
			   struct error *err);
/* E_NOTFOUND: the path ends at a group or target. */
int regpath__too_short(const struct regdb *db, const struct regpath *path, uint32_t node,
		       struct error *err);
/* E_NOTFOUND: all that the path may mean. */
int regpath__ambiguous(const struct regdb *db, const struct regpath *path,
		       const struct candidates *c, struct error *err);

#endif
