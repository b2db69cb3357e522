/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Register maps that a command names. */
#ifndef CLI_MAPUSE_H
#define CLI_MAPUSE_H

#include "cli/cmd.h"
#include "regmaps/regdb/regdb.h"

/* Is it compiled when it is opened: FILE.rdl? */
bool mapuse_is_source(const char *spec);

/* E_SYNTAX when -I, -D, -P or --top was given for a map that is not compiled. */
int mapuse_check_options(const struct options *options, const char *spec, struct error *err);

/*
 * Opens a map as map_open() does, with -I, -D, -P and --top; what the compiler had to say
 * becomes part of the JSON document and goes to standard error.  Close with regdb_close().
 */
int mapuse_open(struct call *call, const char *spec, struct error *err, struct regdb **db);

#endif
