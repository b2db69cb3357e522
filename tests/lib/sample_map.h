/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A small register map for the tests of the database and of what is built on it:
 *
 *     0x1000  TOP[4], 0x100 apart    CFG, CNT[8] at 0x20, GRID[2][3] at 0x40
 *     0x2000  A[16], 8 apart         interleaved with B[16] at 0x2004
 *     0x3000  WIDE, 64 bits          ALT is its alias
 *     0x4000  MEM, 256 x 32 bits     HEAD is a register in it
 *     0x5000  SUB                    G (CFG, STATUS), STATUS at 0x40
 */
#ifndef TESTS_LIB_SAMPLE_MAP_H
#define TESTS_LIB_SAMPLE_MAP_H

#include "regmaps/regdb/regdb.h"
#include "regmaps/regdb/regdb_build.h"

#define SAMPLE_INSTANCES (4 * (1 + 8 + 6) + 2 * 16 + 2 + 1 + 3)

/* Aborts when it cannot be built. */
struct regdb *sample_map_open(void);
void *sample_map_blob(size_t *size); /* malloc'd */

/* The node at a full path without indices, levels separated by ':'; aborts without one. */
uint32_t sample_map_node(const struct regdb *db, const char *path);

#endif
