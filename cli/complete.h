/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Completion of command lines: commands, options, register paths, fields, enumerators, devices,
 * maps and file names.  The shell and the bash completion use the same function.
 */
#ifndef CLI_COMPLETE_H
#define CLI_COMPLETE_H

#include <stddef.h>

#include "cli/cmd.h"
#include "cli/session.h"

/* What a complete function of the command table gets. */
struct complete {
	struct session *session;
	const struct cmd *cmd;
	const char *word;    /* what is typed of it, up to the cursor */
	size_t operand;      /* its number, from 0 */
	const char *before;  /* the operand in front of it; NULL: none */
	const char *setting; /* PATH of PATH=word or PATH==word; NULL: no = before the cursor */
	size_t keep;         /* bytes in front of word that candidates get back */
	void (*add)(void *arg, const char *text);
	void *arg;
};

/*
 * Calls @add with every text that can replace what is typed of the word at @point in @line, and
 * returns where in @line that word starts.  File names are offered too.  Prints nothing; what
 * cannot be completed has no candidates.
 */
size_t complete_line(struct session *session, const char *line, size_t point,
		     void (*add)(void *arg, const char *text), void *arg);

/* Calls @complete->add with a word that begins as what is typed does; for complete functions. */
void complete_offer(const struct complete *complete, const char *text);

/* For the command table. */
void complete_command(const struct complete *complete);
void complete_device(const struct complete *complete);
void complete_field(const struct complete *complete);
void complete_file(const struct complete *complete);
void complete_file_or_live(const struct complete *complete);
void complete_file_then_device(const struct complete *complete);
void complete_link_set(const struct complete *complete);
void complete_map(const struct complete *complete);
void complete_path(const struct complete *complete);
void complete_setting(const struct complete *complete);

#endif
