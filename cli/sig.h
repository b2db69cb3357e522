/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Signals: Ctrl-C (and SIGTERM, SIGHUP) ask whatever runs to stop between two accesses, so that
 * it can tell what was applied; a second one ends the program.  A closed pipe is an error of
 * the write, not a signal.
 */
#ifndef CLI_SIG_H
#define CLI_SIG_H

#include <stdbool.h>

void sig_setup(void);

/* Before each command of a shell: forgets a Ctrl-C that came too late for the last one. */
void sig_new_command(void);

/* Was there a Ctrl-C since the last new command?  Scripts end then. */
bool sig_interrupted(void);

/* Did a signal ask the program to end (SIGTERM, SIGHUP), not only the command? */
bool sig_leaving(void);

#endif
