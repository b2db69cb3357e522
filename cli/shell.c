/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/shell.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cmd.h"
#include "cli/commands.h"
#include "cli/sig.h"
#include "cli/words.h"

#define SOURCE_DEPTH_MAX 8

static bool is_quit(const struct words *words)
{
	return words->n == 1 &&
	       (strcmp(words->list[0], "quit") == 0 || strcmp(words->list[0], "exit") == 0);
}

int shell_line(struct session *session, const char *line, bool *quit)
{
	struct error err = { 0 };
	struct words words;
	int status = 0;

	sig_new_command();
	if (words_split(line, strlen(line), false, &err, &words) != 0)
		status = cmd_fail(session, &session->options, &err);
	else if (is_quit(&words))
		*quit = true;
	else if (words.n > 0)
		status = cmd_run(session, (const char *const *)words.list, words.n);
	words_fini(&words);
	return status;
}

int shell_stream(struct session *session, FILE *file, const char *name, struct error *err)
{
	const bool outer = session->in_shell;
	const char *outer_script = session->script;
	const unsigned outer_line = session->script_line;
	char *line = NULL;
	size_t size = 0;
	int first = 0;
	bool quit = false;
	int stopped = 0;

	session->in_shell = true;
	session->script = name;
	session->script_line = 0;
	while (!quit && !session_out_closed(session) && !sig_leaving() &&
	       getline(&line, &size, file) >= 0) {
		int status;

		session->script_line++;
		status = shell_line(session, line, &quit);

		if (first == 0)
			first = status;
		if ((status != 0 && session->options.stop) || sig_interrupted())
			break;
	}
	if (sig_interrupted())
		stopped = error_set(err, E_INTR, "%s:%u: stopped", name, session->script_line);
	free(line);
	session->in_shell = outer;
	session->script = outer_script;
	session->script_line = outer_line;
	if (stopped != 0)
		return stopped;
	if (ferror(file))
		return error_set(err, E_IO, "%s: cannot be read", name);
	session->call->status = first;
	return 0;
}

int cmd_shell(struct call *call, struct error *err)
{
	struct session *session = call->session;

	if (session->in_shell)
		return error_set(err, E_STATE, "this is a shell already");
	if (isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1)
		return shell_terminal(session, err);
	return shell_stream(session, stdin, "stdin", err);
}

int cmd_source(struct call *call, struct error *err)
{
	const char *path = call->args.operands[0];
	struct session *session = call->session;
	const bool stop = session->options.stop;
	FILE *file;
	int ret;

	if (strcmp(path, "-") == 0)
		return shell_stream(session, stdin, "stdin", err);
	if (session->depth == SOURCE_DEPTH_MAX)
		return error_set(err, E_SYNTAX, "%s: source inside source, %d deep", path,
				 SOURCE_DEPTH_MAX);
	file = fopen(path, "re");
	if (file == NULL)
		return error_set(err, E_NODEV, "%s: %m", path);
	session->depth++;
	session->options.stop = call->options.stop;
	ret = shell_stream(session, file, path, err);
	session->options.stop = stop;
	session->depth--;
	fclose(file);
	return ret;
}
