/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A register map as lines of text, so that maps that come from different sources can be compared
 * and their differences read:
 *
 *     DEV1G[3] 0x71070000                                       every instance of a target
 *     DEV1G:DEV_CFG_STATUS 0x71040000                           a group, in the first instance
 *     DEV1G:DEV_STATISTICS:RX_UC_CNT 0x7104012c                 a register; 32 bits, unless said
 *     ANA_AC:PGID 0x71f90000 x1077 +0x10                        an array: count, byte stride
 *     DEV1G:DEV_CFG_STATUS:DEV_RST_CTRL.SPEED_SEL [22:20]       a field
 *
 * Functions abort when memory runs out.
 */
#ifndef TESTS_LIB_MAP_LINES_H
#define TESTS_LIB_MAP_LINES_H

#include <stddef.h>
#include <stdio.h>

struct map_lines { /* all zero: empty */
	char **line;
	size_t n, cap;
};

void map_lines_add(struct map_lines *lines, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void map_lines_free(struct map_lines *lines);

/* Sorts both, prints the first lines that only one has, returns how many there are. */
size_t map_lines_diff(struct map_lines *want, struct map_lines *have, FILE *out);

#endif
