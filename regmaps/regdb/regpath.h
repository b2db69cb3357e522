/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Register paths as people type them:
 *
 *     [DEVICE/]TARGET[i]:GROUP[j]:REGISTER[k].FIELD      0x71040000      0x71040000[21:20]
 *
 * Case-insensitive; `.` is accepted for `:` before the register, after it it names a field.
 * Levels may be left out while the rest is unambiguous; an exact level beats an omission.  Index
 * lists `[0-3,5]`, `[*]`, `[i][j]`; wildcards `*` and `?` in names.  The entries of a memory are
 * its elements: `MEM[5]`.  Bits are `REG[21:20]`, and of a raw address also `[5]`.  A name that a
 * mistake made unknown or ambiguous is E_NOTFOUND with the nearest candidates in the text.
 */
#ifndef REGMAPS_REGDB_REGPATH_H
#define REGMAPS_REGDB_REGPATH_H

#include "regmaps/regdb/regdb.h"

/* The DEVICE/ part of @text ("" when there is none) goes to @device; returns what follows. */
const char *regpath_device(const char *text, char *device, size_t size);

enum regpath_flag {
	/* A pattern: a path that ends at a group or target means all registers below, an index
	 * left out means all elements, a name with levels left out means all that match.
	 * Without it every array needs an index. */
	REGPATH_PATTERN = 1 << 0,
	/* A field may be named (`.FIELD`, wildcards too, or raw bits). */
	REGPATH_FIELD = 1 << 1,
};

struct regset; /* what a path selects, unexpanded */

/*
 * Resolves @text (without DEVICE/) against @db.  E_SYNTAX with the position in the text,
 * E_NOTFOUND, E_RANGE (an index past the array's end, with the array's range).  A raw address
 * resolves to the register there; where the map has none, regset_raw() tells the address, which
 * has to be a multiple of 4 (E_RANGE).  The set refers to @db.
 */
int regpath_resolve(const struct regdb *db, const char *text, unsigned flags, struct error *err,
		    struct regset **out);
void regset_free(struct regset *set);

/* May it be several registers: a wildcard, a list of indices, a group (then a write asks)? */
bool regset_is_many(const struct regset *set);
uint64_t regset_count(const struct regset *set); /* items that regset_next() gives */
bool regset_raw(const struct regset *set, uint64_t *addr);

/* What the path names in a register: nothing (whole register), one field, or raw bits. */
struct regset_item {
	struct regdb_ref ref; /* a raw address outside the map: node = REGDB_NONE */
	uint32_t field;       /* field index, or REGDB_NONE */
	uint32_t lsb, width;  /* of the field or the raw bits; the whole register otherwise */
};

/*
 * Walks the items in the order of the map's tree, element by element: all selected registers of
 * DEV1G[0], then those of DEV1G[1].  @pos starts as {0}; @n counts the items given so far, the
 * rest is regset_next()'s own.
 */
struct regset_pos {
	uint64_t n;
	uint32_t entry, field;
	uint32_t idx[REGDB_MAX_INDICES];
};
bool regset_next(const struct regset *set, struct regset_pos *pos, struct regset_item *item);

/*
 * Completion: calls @add with each whole text that @prefix (without DEVICE/) can grow to, one
 * level at a time (arrays end in `[`, containers in `:`, registers with fields offer `.`), at
 * most @max; registers are also offered by their bare name.  Returns how many there were.
 */
size_t regpath_complete(const struct regdb *db, const char *prefix, size_t max,
			void (*add)(void *arg, const char *text), void *arg);

/*
 * A value: decimal, 0x, 0b, `_` between digits, or an enumerator of @field (REGDB_NONE: numbers
 * only).  E_SYNTAX (with the enumerators), E_RANGE when it does not fit @width bits.
 */
int regvalue_parse(const struct regdb *db, uint32_t field, uint32_t width, const char *text,
		   struct error *err, uint64_t *value);

#endif
