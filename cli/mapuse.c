/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/mapuse.h"

#include <stdlib.h>
#include <string.h>

/* One item per line of the compiler's text. */
static void put_diagnostics(struct out_record *record, char *text)
{
	struct out_list *list = NULL;
	char *save = NULL;

	for (char *line = strtok_r(text, "\n", &save); line != NULL;
	     line = strtok_r(NULL, "\n", &save)) {
		if (list == NULL)
			list = out_list(record, "diagnostics", NULL, 0);
		out_item(list, out_text(line));
	}
}

bool mapuse_is_source(const char *spec)
{
	const size_t len = strlen(spec);

	return len > 4 && strcmp(spec + len - 4, ".rdl") == 0;
}

int mapuse_check_options(const struct options *options, const char *spec, struct error *err)
{
	const char *given = options->include_dirs[0] != NULL ? "include"
			    : options->defines[0] != NULL    ? "define"
			    : options->params[0] != NULL     ? "param"
			    : options->top != NULL           ? "top"
							     : NULL;

	if (given == NULL || mapuse_is_source(spec))
		return 0;
	return error_set(err, E_SYNTAX,
			 "--%s is for maps that are compiled (FILE.rdl); %s is not", given,
			 spec);
}

int mapuse_open(struct call *call, const char *spec, struct error *err, struct regdb **db)
{
	char *diag = NULL;
	int ret = mapuse_check_options(&call->session->options, spec, err);

	if (ret == 0)
		ret = map_open(spec, session_map_options(call->session), &diag, err, db);
	if (diag == NULL || diag[0] == '\0') {
		free(diag);
		return ret;
	}
	free(call->notes);
	call->notes = strdup(diag);
	put_diagnostics(out_root(call->out), diag);
	free(diag);
	return ret;
}
