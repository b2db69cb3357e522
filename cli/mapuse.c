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
			list = out_list(record, "diagnostics", "", 0);
		out_item(list, out_text(line));
	}
}

int mapuse_open(struct call *call, const char *spec, struct error *err, struct regdb **db)
{
	char *diag = NULL;
	int ret = map_open(spec, session_map_options(call->session), &diag, err, db);

	if (diag != NULL)
		put_diagnostics(out_root(call->out), diag);
	free(diag);
	return ret;
}
