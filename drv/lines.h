/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text files of lines of words, for people to read too: traces (drv/trace.h), journals
 * (drv/journal.h).  The first line says what the file is, `@trace 1`; mistakes are told with file,
 * line and column.
 */
#ifndef DRV_LINES_H
#define DRV_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/error.h"

#define LINES_MAX_CHARS 1023 /* longer lines are a mistake */

/* A reader.  Made of @path, @kind and @err; the rest is the reader's. */
struct lines {
	const char *path; /* for messages */
	const char *kind; /* "trace": the first line is `@trace 1` */
	struct error *err;
	bool crashes; /* its writer may have died: a last line that has no end does not count */
	unsigned line;
	char *at; /* in the line */
	const char *begin;
};

/*
 * Calls @line for every line but the first, without its end, until one fails, and returns what
 * that one did.  Cuts @text, which has a '\0' after its @size characters, into pieces.  E_SYNTAX:
 * not such a file.
 */
int lines_read(struct lines *lines, char *text, size_t size, int (*line)(void *arg), void *arg);

/* E_SYNTAX with "FILE:LINE: WHAT at column N", of the place where the reader is. */
int lines_mistake(struct lines *lines, const char *what);

/* The next word, cut out; "" at the end of the line. */
char *lines_word(struct lines *lines);

/* Is the next word @word?  Then it is taken. */
bool lines_take(struct lines *lines, const char *word);

/* Takes the next word, a number up to @max; false: it is none. */
bool lines_number(struct lines *lines, uint64_t max, uint64_t *value);
bool lines_number32(struct lines *lines, uint32_t *value);

/* Moves to the next word; is there none? */
bool lines_at_end(struct lines *lines);

/*
 * The whole file, malloc'd, with a '\0' behind its *@size characters.  NULL: @err is set and names
 * it as "@kind file 'PATH'".
 */
char *lines_load(const char *path, const char *kind, struct error *err, size_t *size);

#endif
