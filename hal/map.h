/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finding a register map: one that is linked in (vsc7448, btc, rocker), a database file
 * (FILE.regdb), or a description compiled at run time (FILE.rdl).
 */
#ifndef HAL_MAP_H
#define HAL_MAP_H

#include "drv/error.h"
#include "regmaps/regdb/regdb.h"

struct map_options {
	const char *const *include_dirs; /* NULL-terminated, or NULL: -I */
	const char *const *defines;      /* NULL-terminated NAME or NAME=VALUE, or NULL: -D */
	const char *const *params;       /* NULL-terminated PARAM=VALUE, or NULL: -P */
	const char *top;                 /* NULL: the last addrmap */
};

/*
 * Opens the map that @spec names; the caller closes it with regdb_close().  @options may be NULL.
 * @diag, when not NULL, receives the compiler's diagnostics (malloc'd text, "" when none; the
 * caller frees it), also when compiling fails.  E_NOTFOUND: no such map or file (the text lists
 * the linked-in ones); E_SYNTAX: mistakes in the description (the text has the first one).
 */
int map_open(const char *spec, const struct map_options *options, char **diag,
	     struct error *err, struct regdb **out);

#endif
