/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/map_lines.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN 40

void map_lines_add(struct map_lines *lines, const char *format, ...)
{
	va_list args;

	if (lines->n == lines->cap) {
		lines->cap = lines->cap ? 2 * lines->cap : 1024;
		lines->line = realloc(lines->line, lines->cap * sizeof(*lines->line));
		if (!lines->line)
			abort();
	}
	va_start(args, format);
	if (vasprintf(&lines->line[lines->n], format, args) < 0)
		abort();
	va_end(args);
	lines->n++;
}

void map_lines_free(struct map_lines *lines)
{
	for (size_t i = 0; i < lines->n; i++)
		free(lines->line[i]);
	free(lines->line);
	*lines = (struct map_lines){ 0 };
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort(struct map_lines *lines)
{
	if (lines->n)
		qsort(lines->line, lines->n, sizeof(*lines->line), by_text);
}

size_t map_lines_diff(struct map_lines *want, struct map_lines *have, FILE *out)
{
	size_t a = 0, b = 0, n = 0;

	sort(want);
	sort(have);
	while (a < want->n || b < have->n) {
		int order = a == want->n   ? 1
			    : b == have->n ? -1
					   : strcmp(want->line[a], have->line[b]);
		if (order != 0 && n++ < SHOWN)
			fprintf(out, "%s %s\n", order < 0 ? "missing:" : "too much:",
				order < 0 ? want->line[a] : have->line[b]);
		a += order <= 0;
		b += order >= 0;
	}
	return n;
}
