/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The tables of fixtures/vsc7448/csv (facts from the vendor's register headers, see the README
 * there), as rows of cells and as the lines of a register map.  Functions abort when a file
 * cannot be read; paths are relative to the top of the source tree.
 */
#ifndef TESTS_LIB_VSC7448_CSV_H
#define TESTS_LIB_VSC7448_CSV_H

#include <stddef.h>
#include <stdint.h>

#include "tests/lib/map_lines.h"

#define CSV_CELLS 8

struct csv_table { /* without the heading */
	char *text;
	char *(*row)[CSV_CELLS]; /* into text; "" where a line has fewer cells */
	size_t n;
};

/* @name: "targets", "groups", "registers", "fields", "access_hints", "read_side_effects". */
struct csv_table csv_read(const char *name);
void csv_free(struct csv_table *table);

/* What the tables must hold; written down here a second time, from the issue. */
#define VSC7448_TARGETS   117
#define VSC7448_GROUPS    335
#define VSC7448_REGISTERS 1744
#define VSC7448_FIELDS    5555
#define VSC7448_INSTANCES 643649

struct vsc7448_csv {
	struct csv_table targets, groups, registers, fields;
	struct map_lines lines;
	uint64_t instances;
};

void vsc7448_csv_load(struct vsc7448_csv *csv);
void vsc7448_csv_free(struct vsc7448_csv *csv);

#endif
