/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/regdb/builtin.h"

#include <string.h>

#include "regmaps/regdb/regdb.h"

const char *regdb_builtin_name(size_t i)
{
	for (size_t row = 0; row < i; row++) {
		if (!regdb_builtins[row].name)
			return NULL;
	}
	return regdb_builtins[i].name;
}

int regdb_open_builtin(const char *name, struct error *err, struct regdb **out)
{
	for (const struct regdb_builtin *row = regdb_builtins; row->name; row++) {
		if (strcmp(row->name, name) == 0)
			return regdb_open_trusted(row->start, (size_t)(row->end - row->start),
						  err, out);
	}
	return error_set(err, E_NOTFOUND, "no register map \"%s\" is built in", name);
}
