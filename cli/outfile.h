/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files that are replaced as a whole: written under another name in the same folder, and
 * renamed when complete.  What is not a regular file (/dev/stdout, a pipe) is written directly.
 */
#ifndef CLI_OUTFILE_H
#define CLI_OUTFILE_H

#include <stdio.h>

#include "drv/error.h"

struct outfile {
	FILE *file;
	char *path;
	char *temporary; /* NULL: written directly */
};

/* E_NODEV, E_PERM, E_NOMEM.  Ends with outfile_commit() or outfile_abort(). */
int outfile_open(struct outfile *out, const char *path, struct error *err);

/* Makes the file appear under its name.  E_IO: it could not be written; then nothing is left. */
int outfile_commit(struct outfile *out, struct error *err);
void outfile_abort(struct outfile *out);

#endif
