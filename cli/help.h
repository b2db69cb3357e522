/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Help, manual page and README text, all made from the command table. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include <stdio.h>

#include "cli/cmd.h"

/* Help on one command (NULL: on the program) goes into the call's document. */
int help_command(struct call *call, const struct cmd *cmd);

/* The command list for the README, the manual page, and bash's completion script. */
void help_markdown(FILE *file);
void help_man(FILE *file);
void help_bash_completion(FILE *file);

#endif
