/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the commands on .regs files share. */
#ifndef CLI_SNAP_H
#define CLI_SNAP_H

#include "cli/cmd.h"
#include "hal/snapshot.h"

/*
 * The device that a .regs file is for: @name, or without one (NULL) the only device of the board
 * that has the map which the file names.  E_NOTFOUND: none has it; E_MISMATCH: @name has another
 * map; E_SYNTAX: several have it, so that one must be named.
 */
int snap_device(const struct call *call, const char *path, const char *name, struct error *err,
		struct device **dev);

/* Any device that has the map of the file, for its names only. */
int snap_map(const struct call *call, const char *path, struct error *err, struct device **dev);

/* Now, as @time wants it; SOURCE_DATE_EPOCH instead when it is set, for repeatable files. */
void snap_time(char buf[32]);

#endif
