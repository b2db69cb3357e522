/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The text of a bus: `scheme:rest`, where the rest is made of comma-separated parts: a path or
 * an address, parameters `key=value` or `key`, and, for wrappers, an inner URI.
 */
#ifndef DRV_URI_H
#define DRV_URI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/error.h"

#define URI_MAX_CHARS 8192 /* longer URIs are refused: they are a mistake */

/* What follows `scheme:`, and the length of the scheme; NULL when @text starts with none. */
const char *uri_scheme(const char *text, size_t *len);

/* The inner URI in @rest: the first part of the form `scheme:` up to the end, or NULL. */
const char *uri_inner(const char *rest);

/* Copies the first part of *@rest (malloc'd) and moves *@rest behind its comma.  NULL: E_NOMEM. */
char *uri_take_part(const char **rest);

struct uri_text { /* borrowed from the URI; text NULL = not given */
	const char *text;
	size_t len;
};

enum uri_type {
	URI_FLAG,       /* `key`; target bool */
	URI_NUMBER,     /* `key=N`, decimal or 0x; target uint64_t */
	URI_OPT_NUMBER, /* `key` or `key=N`; target uint64_t, @min when without value */
	URI_REAL,       /* `key=P`, 0 to 1; target double */
	URI_WORD,       /* `key=TEXT`; target struct uri_text */
};

/* One parameter: a row of a table ended by a row without name. */
struct uri_key {
	const char *name;
	enum uri_type type;
	size_t offset;     /* of the target in the struct given to uri_parse() */
	uint64_t min, max; /* numbers */
	const char *value; /* for help: "N", "BYTES"; NULL for flags */
	const char *help;  /* one line */
};

/*
 * Parses the parts of @rest up to @end (NULL: all of it) by @keys into @target; members that are
 * not named keep their value.  Unknown or repeated keys and bad values are E_SYNTAX, numbers
 * outside [min, max] E_RANGE; the text starts with @scheme.
 */
struct uri_parts {
	const char *scheme, *rest, *end;
};
int uri_parse(const struct uri_parts *parts, const struct uri_key *keys, void *target,
	      struct error *err);

/* A number of @text, decimal or 0x, all of its @len characters; false: none, or too large. */
bool uri_number(const char *text, size_t len, uint64_t *value);

#endif
