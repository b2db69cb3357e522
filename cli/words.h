/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A command line cut into words: blanks separate, '...' and "..." keep them, a backslash keeps
 * the next character (inside "..." only \ and "), # at the start of a word starts a comment.
 */
#ifndef CLI_WORDS_H
#define CLI_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "drv/error.h"

struct words {
	char **list;    /* NULL-terminated */
	size_t *starts; /* where in the line each word starts */
	size_t n;
	char *storage;
	bool open_quote; /* the line ended inside a quote (only when that was allowed) */
};

/*
 * E_SYNTAX: a quote that never closes, unless @unfinished (a line being typed), or a trailing
 * backslash.  The caller frees with words_fini(), also after a failure.
 */
int words_split(const char *line, size_t len, bool unfinished, struct error *err,
		struct words *words);
void words_fini(struct words *words);

#endif
