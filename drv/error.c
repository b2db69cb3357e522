/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct error_row {
	int code;
	int exit_status;
	const char *name;
};

/* Row i describes code -i; exit statuses are those of the manual. */
static const struct error_row rows[] = {
	{ E_OK, 0, "ok" },
	{ E_IO, 1, "io" },
	{ E_TIMEOUT, 6, "timeout" },
	{ E_NODEV, 5, "no-device" },
	{ E_PERM, 5, "permission" },
	{ E_BUSY, 7, "busy" },
	{ E_RANGE, 2, "range" },
	{ E_SYNTAX, 2, "syntax" },
	{ E_STATE, 1, "state" },
	{ E_NOTSUP, 1, "not-supported" },
	{ E_MISMATCH, 3, "mismatch" },
	{ E_CORRUPT, 2, "corrupt" },
	{ E_NOTFOUND, 4, "not-found" },
	{ E_POLICY, 8, "policy" },
	{ E_NOMEM, 1, "no-memory" },
	{ E_INTR, 1, "interrupted" },
	{ E_INTERNAL, 1, "internal" },
};

_Static_assert(sizeof(rows) / sizeof(rows[0]) == 1 - ERROR_LAST, "one row per code");

static const struct error_row *row_of(int code)
{
	if (code > E_OK || code < ERROR_LAST)
		code = E_INTERNAL;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].code == code)
			return &rows[i];
	return &rows[-ERROR_LAST];
}

int(error_set)(struct error *err, int code, const char *fmt, ...)
{
	char text[sizeof(err->text)]; /* an argument may be err->text itself */
	va_list ap;

	if (err == NULL)
		return code;
	err->code = code;
	va_start(ap, fmt);
	if (vsnprintf(text, sizeof(text), fmt, ap) < 0)
		text[0] = '\0';
	va_end(ap);
	memcpy(err->text, text, sizeof(text));
	return code;
}

static int code_of_errno(int errnum)
{
	switch (errnum) {
	case ENOENT:
	case ENOTDIR:
	case EISDIR:
	case ELOOP:
	case ENAMETOOLONG:
	case ENODEV:
	case ENXIO:
		return E_NODEV;
	case EACCES:
	case EPERM:
	case EROFS:
		return E_PERM;
	case EBUSY:
	case EAGAIN:
	case ETXTBSY:
		return E_BUSY;
	case ENOMEM:
		return E_NOMEM;
	case ETIMEDOUT:
		return E_TIMEOUT;
	case EINTR:
		return E_INTR;
	default:
		return E_IO;
	}
}

int(error_set_errno)(struct error *err, int errnum, const char *fmt, ...)
{
	char text[sizeof(err->text)];
	va_list ap;

	va_start(ap, fmt);
	if (vsnprintf(text, sizeof(text), fmt, ap) < 0)
		text[0] = '\0';
	va_end(ap);
	return error_set(err, code_of_errno(errnum), "%.400s: %s", text, strerror(errnum));
}

int error_prefix(struct error *err, const char *fmt, ...)
{
	char text[2 * sizeof(err->text)];
	size_t used;
	va_list ap;

	if (err == NULL)
		return E_OK;
	va_start(ap, fmt);
	if (vsnprintf(text, sizeof(err->text), fmt, ap) < 0)
		text[0] = '\0';
	va_end(ap);
	used = strlen(text);
	snprintf(text + used, sizeof(text) - used, ": %s", err->text);
	memcpy(err->text, text, sizeof(err->text) - 1);
	err->text[sizeof(err->text) - 1] = '\0';
	return err->code;
}

int error_copy(struct error *to, const struct error *from)
{
	if (from == NULL)
		return E_OK;
	if (to != NULL && to != from)
		*to = *from;
	return from->code;
}

void error_clear(struct error *err)
{
	if (err == NULL)
		return;
	err->code = E_OK;
	err->text[0] = '\0';
}

const char *error_name(int code)
{
	return row_of(code)->name;
}

int error_exit_status(int code)
{
	return row_of(code)->exit_status;
}
