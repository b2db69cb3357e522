/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the builder has collected; regdb_finish.c lays it out. */
#ifndef REGMAPS_REGDB_REGDB_BUILD_PRIV_H
#define REGMAPS_REGDB_REGDB_BUILD_PRIV_H

#include "regmaps/regdb/regdb_build.h"

/* A growing array; @data is NULL while it is empty. */
struct regdb_rows {
	void *data;
	uint32_t n, cap;
};

/* Open-addressed index of rows by hash: slot = row + 1, 0 = free. */
struct regdb_index {
	uint32_t *slots;
	uint32_t n, cap;
};

struct regdb_enumeration {
	uint32_t first, n;
	uint32_t hash;
};

struct regdb_prop_row {
	uint32_t is_field, owner; /* handle of the node or field */
	struct regdb_prop prop;
};

struct regdb_builder {
	struct error err; /* sticky */
	struct regdb_rows nodes, fields, enums, dims, strings;
	struct regdb_rows enumerations, props;
	struct regdb_index string_index, enum_index;
};

#endif
