/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "regmaps/rdlc/rdlc.h"

static bool ends_in(const char *text, const char *end)
{
	size_t n = strlen(text), n_end = strlen(end);

	return n > n_end && strcmp(text + n - n_end, end) == 0;
}

static size_t count_of(const char *const *list)
{
	size_t n = 0;

	while (list != NULL && list[n] != NULL)
		n++;
	return n;
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

static int open_compiled(struct rdlc *compiled, struct error *err, struct regdb **out)
{
	char *blob = NULL;
	size_t size = 0;
	int rc = rdlc_emit(compiled, RDLC_OUTPUT_REGDB, &blob, &size, err);

	return rc == 0 ? regdb_open_owned(blob, size, err, out) : rc;
}

/* The compiler's diagnostics take the place of the "" that *diag holds. */
static int take_diagnostics(const struct rdlc *compiled, char **diag, struct error *err)
{
	char *text;

	if (diag == NULL || compiled == NULL)
		return 0;
	text = strdup(rdlc_diagnostics(compiled));
	if (text == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	free(*diag);
	*diag = text;
	return 0;
}

static int compile(const char *path, const struct map_options *options, char **diag,
		   struct error *err, struct regdb **out)
{
	static const struct map_options none = { 0 };
	const struct map_options *o = options != NULL ? options : &none;
	const struct rdlc_options how = {
		.inputs = &path,
		.n_inputs = 1,
		.include_dirs = o->include_dirs,
		.n_include_dirs = count_of(o->include_dirs),
		.defines = o->defines,
		.n_defines = count_of(o->defines),
		.params = o->params,
		.n_params = count_of(o->params),
		.top = o->top,
	};
	struct rdlc *compiled = NULL;
	int rc = rdlc_compile(&how, &compiled, err);
	int taken = take_diagnostics(compiled, diag, rc == 0 ? err : NULL);

	if (rc == 0)
		rc = taken;
	if (rc == 0)
		rc = open_compiled(compiled, err, out);
	rdlc_free(compiled);
	return rc;
}

int map_open(const char *spec, const struct map_options *options, char **diag,
	     struct error *err, struct regdb **out)
{
	if (diag != NULL && (*diag = strdup("")) == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	if (ends_in(spec, ".rdl"))
		return compile(spec, options, diag, err, out);
	if (ends_in(spec, ".regdb"))
		return regdb_open_file(spec, err, out);
	return open_builtin(spec, err, out);
}
