/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the commands on .regs files share. */
#ifndef CLI_SNAP_H
#define CLI_SNAP_H

#include "cli/cmd.h"
#include "hal/snapshot.h"

/* The device of the board that has the map which a .regs file names.  E_NOTFOUND: none has. */
int snap_device(const struct call *call, const char *path, struct error *err,
		struct device **dev);

/* Now, as @time wants it; SOURCE_DATE_EPOCH instead when it is set, for repeatable files. */
void snap_time(char buf[32]);

#endif
