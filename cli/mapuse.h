/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Register maps that a command names. */
#ifndef CLI_MAPUSE_H
#define CLI_MAPUSE_H

#include "cli/cmd.h"
#include "regmaps/regdb/regdb.h"

/*
 * Opens a map as map_open() does, with -I, -D, -P and --top; what the compiler had to say
 * becomes part of the document.  Close with regdb_close().
 */
int mapuse_open(struct call *call, const char *spec, struct error *err, struct regdb **db);

#endif
