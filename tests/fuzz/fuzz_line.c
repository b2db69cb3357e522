/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Command lines: cutting into words, finding the command, parsing its options, and completion at
 * every place of the line.  Nothing is run.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cmd.h"
#include "cli/complete.h"
#include "cli/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ignore(void *arg, const char *text)
{
	size_t *n = arg;

	*n += strlen(text);
}

static void parse(const char *line, size_t len)
{
	struct error err = { 0 };
	const struct cmd *cmd;
	struct words words;
	size_t used;

	if (words_split(line, len, false, &err, &words) == 0 && words.n > 0) {
		const char *const *list = (const char *const *)words.list;

		if (cmd_lookup(list, words.n, &err, &cmd, &used) == 0) {
			const struct arg_spec *const tables[2] = { cmd->options, option_table };
			struct options options = { 0 };
			struct args args;

			if (args_parse(tables, list + used, words.n - used, false, &err,
				       &args) == 0)
				options_apply(&options, &args, true, &err);
			args_fini(&args);
		}
	}
	words_fini(&words);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* The board is opened once: completion is what is tried. */
	static struct session session;
	char *line;
	size_t n = 0;

	if (size > 400)
		return 0;
	line = malloc(size + 1);
	if (line == NULL)
		return 0;
	memcpy(line, data, size);
	line[size] = '\0';
	session.out = stdout;
	session.err = stderr;
	session.in_shell = true;
	parse(line, strlen(line));
	complete_line(&session, line, strlen(line), ignore, &n);
	complete_line(&session, line, strlen(line) / 2, ignore, &n);
	free(line);
	return 0;
}
