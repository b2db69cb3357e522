/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/outfile.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int cannot(const struct outfile *out, const char *what, struct error *err)
{
	const int code = errno == EACCES || errno == EROFS || errno == EPERM      ? E_PERM
			 : errno == ENOENT || errno == ENOTDIR || errno == EISDIR ? E_NODEV
										  : E_IO;

	return error_set(err, code, "%s: cannot %s: %s", out->path, what, strerror(errno));
}

/* What a rename would replace by something else: devices, pipes, links that lead nowhere yet. */
static bool is_special(const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0)
		return !S_ISREG(st.st_mode);
	return lstat(path, &st) == 0;
}

/* mkstemp() gives 0600; the file gets what a new file would have. */
static void set_mode(int fd)
{
	mode_t mask = umask(0);

	umask(mask);
	if (fchmod(fd, 0666 & ~mask) != 0)
		return; /* a file system without modes */
}

static int open_temporary(struct outfile *out, struct error *err)
{
	int fd;

	if (asprintf(&out->temporary, "%s.XXXXXX", out->path) < 0) {
		out->temporary = NULL;
		return error_set(err, E_NOMEM, "out of memory");
	}
	fd = mkstemp(out->temporary);
	if (fd < 0)
		return cannot(out, "be created", err);
	set_mode(fd);
	out->file = fdopen(fd, "w");
	if (out->file == NULL)
		close(fd);
	return out->file != NULL ? 0 : cannot(out, "be created", err);
}

static void clear(struct outfile *out)
{
	free(out->temporary);
	free(out->path);
	memset(out, 0, sizeof(*out));
}

int outfile_open(struct outfile *out, const char *path, struct error *err)
{
	int ret = 0;

	memset(out, 0, sizeof(*out));
	/* A symbolic link stays one: the file behind it is replaced. */
	out->path = realpath(path, NULL);
	if (out->path == NULL)
		out->path = strdup(path);
	if (out->path == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	if (is_special(out->path)) {
		out->file = fopen(out->path, "w");
		if (out->file == NULL)
			ret = cannot(out, "be opened", err);
	} else {
		ret = open_temporary(out, err);
	}
	if (ret != 0)
		clear(out);
	return ret;
}

int outfile_commit(struct outfile *out, struct error *err)
{
	bool bad = fflush(out->file) != 0 || ferror(out->file);
	int ret = 0;

	if (!bad && out->temporary != NULL)
		bad = fsync(fileno(out->file)) != 0 && errno != EINVAL;
	bad = fclose(out->file) != 0 || bad;
	if (!bad && out->temporary != NULL)
		bad = rename(out->temporary, out->path) != 0;
	if (bad) {
		ret = error_set(err, E_IO, "%s: cannot be written: %s", out->path,
				strerror(errno));
		if (out->temporary != NULL)
			unlink(out->temporary);
	}
	clear(out);
	return ret;
}

void outfile_abort(struct outfile *out)
{
	if (out->file != NULL)
		fclose(out->file);
	if (out->temporary != NULL)
		unlink(out->temporary);
	clear(out);
}
