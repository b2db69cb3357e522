/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool ends_in(const char *text, const char *end)
{
	size_t n = strlen(text), n_end = strlen(end);

	return n > n_end && strcmp(text + n - n_end, end) == 0;
}

static int open_builtin(const char *name, struct error *err, struct regdb **out)
{
	char known[256] = "";
	size_t used = 0;
	int rc = regdb_open_builtin(name, err, out);

	if (rc != E_NOTFOUND)
		return rc;
	for (size_t i = 0; regdb_builtin_name(i) != NULL && used < sizeof(known); i++)
		used += (size_t)snprintf(known + used, sizeof(known) - used, "%s, ",
					 regdb_builtin_name(i));
	return error_set(err, E_NOTFOUND,
			 "no map '%.64s'; there are %sand files that end in .rdl or .regdb",
			 name, known);
}

int map_open(const char *spec, const struct map_options *options, char **diag,
	     struct error *err, struct regdb **out)
{
	(void)options;
	if (diag != NULL && (*diag = strdup("")) == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	if (ends_in(spec, ".rdl"))
		return error_set(err, E_NOTSUP, "map '%.200s' cannot be compiled", spec);
	if (ends_in(spec, ".regdb"))
		return regdb_open_file(spec, err, out);
	return open_builtin(spec, err, out);
}
