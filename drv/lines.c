/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/lines.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drv/uri.h"

int lines_mistake(struct lines *lines, const char *what)
{
	return error_set(lines->err, E_SYNTAX, "%s:%u: %s at column %zu", lines->path,
			 lines->line, what, (size_t)(lines->at - lines->begin) + 1);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

bool lines_at_end(struct lines *lines)
{
	while (is_blank(*lines->at))
		lines->at++;
	return *lines->at == '\0';
}

char *lines_word(struct lines *lines)
{
	char *word;

	lines_at_end(lines);
	word = lines->at;
	while (*lines->at != '\0' && !is_blank(*lines->at))
		lines->at++;
	if (*lines->at != '\0')
		*lines->at++ = '\0';
	return word;
}

bool lines_take(struct lines *lines, const char *word)
{
	size_t len = strlen(word);

	lines_at_end(lines);
	if (strncmp(lines->at, word, len) != 0 ||
	    (lines->at[len] != '\0' && !is_blank(lines->at[len])))
		return false;
	lines->at += len;
	return true;
}

bool lines_number(struct lines *lines, uint64_t max, uint64_t *value)
{
	char *word = lines_word(lines);

	return uri_number(word, strlen(word), value) && *value <= max;
}

bool lines_number32(struct lines *lines, uint32_t *value)
{
	uint64_t wide;

	if (!lines_number(lines, UINT32_MAX, &wide))
		return false;
	*value = (uint32_t)wide;
	return true;
}

static int read_first(struct lines *lines)
{
	char word[32], what[96];

	snprintf(word, sizeof(word), "@%s", lines->kind);
	snprintf(what, sizeof(what), "a %s begins with `@%s 1`; other text", lines->kind,
		 lines->kind);
	return lines_take(lines, word) && lines_take(lines, "1") && lines_at_end(lines)
		       ? E_OK
		       : lines_mistake(lines, what);
}

/* Did the writer die before the first line was whole? */
static bool was_not_begun(const struct lines *lines, const char *text, size_t size)
{
	char first[40];

	snprintf(first, sizeof(first), "@%s 1", lines->kind);
	return lines->crashes && size <= strlen(first) && memcmp(first, text, size) == 0;
}

int lines_read(struct lines *lines, char *text, size_t size, int (*line)(void *arg), void *arg)
{
	int rc = E_OK;

	if (was_not_begun(lines, text, size))
		return E_OK;
	if (memchr(text, '\0', size) != NULL)
		return error_set(lines->err, E_SYNTAX, "%s: not a text file", lines->path);
	for (char *next; rc == E_OK && text != NULL; text = next) {
		next = strchr(text, '\n');
		if (next == NULL && lines->line > 0 && (lines->crashes || *text == '\0'))
			break;
		if (next != NULL)
			*next++ = '\0';
		lines->begin = lines->at = text;
		lines->line++;
		if (strlen(text) > LINES_MAX_CHARS)
			rc = lines_mistake(lines, "a line that is too long");
		else
			rc = lines->line == 1 ? read_first(lines) : line(arg);
	}
	return rc;
}

/* The rest of @file, malloc'd; NULL: errno tells why. */
static char *load(FILE *file, size_t *size)
{
	size_t used = 0, room = 0;
	char *text = NULL, *more;

	do {
		if (room - used < 2) {
			room = room == 0 ? 65536 : 2 * room;
			more = realloc(text, room);
			if (more == NULL) {
				free(text);
				return NULL;
			}
			text = more;
		}
		used += fread(text + used, 1, room - used - 1, file);
	} while (!feof(file) && !ferror(file));
	if (ferror(file)) {
		free(text);
		return NULL;
	}
	text[used] = '\0';
	*size = used;
	return text;
}

char *lines_load(const char *path, const char *kind, struct error *err, size_t *size)
{
	FILE *file = fopen(path, "rb");
	char *text = file == NULL ? NULL : load(file, size);

	if (text == NULL)
		error_set_errno(err, errno, "%s file '%.256s'", kind, path);
	if (file != NULL)
		fclose(file);
	return text;
}
