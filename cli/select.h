/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Many elements of one register, told in one line: "DEV1G[0-23]:DEV_CFG_STATUS:DEV_RST_CTRL".
 */
#ifndef CLI_SELECT_H
#define CLI_SELECT_H

#include <stddef.h>
#include <stdint.h>

#include "regmaps/regdb/regdb.h"

/* Elements of one node: how many, and the range of every index.  Starts as {0}. */
struct selection {
	uint64_t n;
	struct regdb_ref first;
	uint32_t low[REGDB_MAX_INDICES], high[REGDB_MAX_INDICES];
};

void selection_add(struct selection *sel, const struct regdb_ref *ref);

/* Adds @count elements that follow each other in the map's arrays, the first of them @ref. */
void selection_add_run(struct selection *sel, const struct regdb *db,
		       const struct regdb_ref *ref, uint64_t count);

/*
 * The path with a range for every index that varies; it selects the same again.  ".." instead
 * of "-" marks ranges that are not selected in full.
 */
void selection_path(const struct selection *sel, const struct regdb *db, char *buf,
		    size_t size);

#endif
