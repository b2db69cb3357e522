/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Many commands in one session: from a terminal with readline, or line by line from a stream. */
#ifndef CLI_SHELL_H
#define CLI_SHELL_H

#include <stdio.h>

#include "cli/session.h"

/*
 * Runs one line: words, comments, quit and exit.  @quit becomes true when the line says so.
 * Returns the exit status of the command; 0 for an empty line.
 */
int shell_line(struct session *session, const char *line, bool *quit);

/* Reads and runs lines until the end; exit status of the first command that failed. */
int shell_stream(struct session *session, FILE *file, const char *name, struct error *err);

/* The same with readline on a terminal; always 0: a person saw the failures. */
int shell_terminal(struct session *session, struct error *err);

/* Without a command: the shell on a terminal, else a short tour of the board. */
int shell_or_tour(struct session *session);

#endif
