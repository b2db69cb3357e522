/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/device_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drv/bus.h"
#include "drv/uri.h"

static bool scheme_is(const char *uri, size_t len, const char *scheme)
{
	return strlen(scheme) == len && memcmp(uri, scheme, len) == 0;
}

/* Does a path on this machine follow the colon of @scheme? */
static bool takes_path(const char *uri, size_t len)
{
	static const char *const schemes[] = { "mock", "file", "record", "replay", "unix" };

	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (scheme_is(uri, len, schemes[i]))
			return true;
	return false;
}

/*
 * Calls @part for every part of the form `scheme:rest`, in order, until it returns true; what
 * follows ssh: is the far side's.
 */
static bool each_scheme(const char *uri,
			bool (*part)(void *arg, const char *uri, size_t len, const char *rest),
			void *arg)
{
	for (const char *at = uri; at != NULL;) {
		size_t len;
		const char *rest = uri_scheme(at, &len);

		if (rest != NULL && part(arg, at, len, rest))
			return true;
		if (rest != NULL && scheme_is(at, len, "ssh"))
			return false;
		at = strchr(at, ',');
		if (at != NULL)
			at++;
	}
	return false;
}

struct find {
	const char *scheme, *path;
};

static bool find_part(void *arg, const char *uri, size_t len, const char *rest)
{
	struct find *find = arg;

	if (!scheme_is(uri, len, find->scheme))
		return false;
	find->path = rest;
	return true;
}

bool device__uri_find(const char *uri, const char *scheme, const char **path, size_t *len)
{
	struct find find = { .scheme = scheme };

	if (!each_scheme(uri, find_part, &find))
		return false;
	if (path != NULL) {
		*path = find.path;
		*len = strcspn(find.path, ",");
	}
	return true;
}

struct rebase {
	const char *folder;
	const char *copied; /* up to here */
	FILE *out;
};

static bool rebase_part(void *arg, const char *uri, size_t len, const char *rest)
{
	struct rebase *r = arg;

	if (takes_path(uri, len) && rest[0] != '/' && rest[0] != ',' && rest[0] != '\0') {
		fprintf(r->out, "%.*s%s", (int)(rest - r->copied), r->copied, r->folder);
		r->copied = rest;
	}
	return false;
}

char *device__rebase_uri(const char *text, const char *folder)
{
	struct rebase r = { .folder = folder, .copied = text };
	char *uri = NULL;
	size_t size;

	r.out = open_memstream(&uri, &size);
	if (r.out == NULL)
		return NULL;
	each_scheme(text, rebase_part, &r);
	fputs(r.copied, r.out);
	if (fclose(r.out) == 0)
		return uri;
	free(uri);
	return NULL;
}

static bool is_known(const char *uri, size_t len)
{
	for (size_t i = 0; bus_scheme_name(i) != NULL; i++)
		if (scheme_is(uri, len, bus_scheme_name(i)))
			return true;
	return false;
}

static int unknown(const char *uri, struct error *err)
{
	char known[256] = "";
	size_t used = 0;

	for (size_t i = 0; bus_scheme_name(i) != NULL && used < sizeof(known); i++)
		used += (size_t)snprintf(known + used, sizeof(known) - used,
					 "%s%s:", i > 0 ? ", " : "", bus_scheme_name(i));
	return error_set(err, E_SYNTAX, "unknown bus '%.64s' (known: %s)", uri, known);
}

int device__check_uri(const char *uri, struct error *err)
{
	for (;;) {
		size_t len;
		const char *rest = uri_scheme(uri, &len);

		if (rest == NULL || !is_known(uri, len))
			return unknown(uri, err);
		if (!scheme_is(uri, len, "fault") && !scheme_is(uri, len, "record"))
			return 0;
		uri = uri_inner(rest);
		if (uri == NULL)
			return error_set(err, E_SYNTAX, "bus '%.*s:' needs a bus inside",
					 (int)len, rest - len - 1);
	}
}
