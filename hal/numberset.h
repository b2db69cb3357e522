/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sets of small numbers as people write them: ports, stations, timeslots. */
#ifndef HAL_NUMBERSET_H
#define HAL_NUMBERSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/error.h"

#define NUMBERSET_SIZE 128u /* numbers 0 to 127 */

/* Plain data; all zero is the empty set. */
struct numberset {
	uint64_t bits[NUMBERSET_SIZE / 64];
};

static inline bool numberset_has(const struct numberset *set, uint32_t number)
{
	return (set->bits[number / 64] >> number % 64 & 1) != 0;
}

static inline void numberset_add(struct numberset *set, uint32_t number)
{
	set->bits[number / 64] |= UINT64_C(1) << number % 64;
}

/* What is allowed in a list, and what one of its numbers is called in messages. */
struct numberset_kind {
	const char *what; /* "port" */
	uint32_t first, last;
};

/*
 * "0-7,49", "all" (first to last), "none" ("" is E_SYNTAX); numbers are decimal.  E_SYNTAX;
 * E_RANGE: a number outside the kind.
 */
int numberset_parse(const char *text, const struct numberset_kind *kind, struct error *err,
		    struct numberset *set);

#define NUMBERSET_TEXT_SIZE 320
/* The same list back, "-" for none; returns @buf. */
const char *numberset_format(const struct numberset *set, char buf[NUMBERSET_TEXT_SIZE]);

size_t numberset_count(const struct numberset *set);

#endif
