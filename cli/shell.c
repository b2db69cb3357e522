/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/shell.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cmd.h"
#include "cli/commands.h"
#include "cli/sig.h"
#include "cli/words.h"

#define SOURCE_DEPTH_MAX 8

/* "quit", "exit", "exit 3". */
static bool is_quit(const struct words *words, int *status)
{
	const struct args_range statuses = { 0, 255 };
	uint64_t value = 0;

	if (words->n == 0 ||
	    (strcmp(words->list[0], "quit") != 0 && strcmp(words->list[0], "exit") != 0))
		return false;
	if (words->n > 2 ||
	    (words->n == 2 && args_number(words->list[1], "", statuses, NULL, &value) != 0))
		return false;
	*status = (int)value;
	return true;
}

/* Options may stand in front of the command, as they do in one-shot use: moves them behind. */
static void options_last(struct words *words)
{
	const struct arg_spec *const tables[2] = { NULL, option_table };
	struct args args;
	size_t n = 0;

	if (args_parse(tables, (const char *const *)words->list, words->n, true, NULL, &args) ==
	    0)
		n = args.n_words;
	args_fini(&args);
	if (n == words->n)
		return;
	for (size_t i = 0; i < n; i++) {
		char *first = words->list[0];

		memmove(words->list, words->list + 1, (words->n - 1) * sizeof(*words->list));
		words->list[words->n - 1] = first;
	}
}

int shell_line(struct session *session, const char *line, bool *quit)
{
	struct error err = { 0 };
	struct words words;
	int status = 0;

	sig_new_command();
	if (words_split(line, strlen(line), false, &err, &words) != 0) {
		status = cmd_fail(session, &session->options, &err);
	} else if (is_quit(&words, &status)) {
		*quit = true;
	} else if (words.n > 0) {
		options_last(&words);
		status = cmd_run(session, (const char *const *)words.list, words.n);
	}
	words_fini(&words);
	return status;
}

/* A line that ends in a backslash goes on in the next one; a comment does not. */
static bool goes_on(const char *line, size_t len)
{
	size_t slashes = 0;

	if (len == 0 || line[len - 1] != '\n' || line[strspn(line, " \t")] == '#')
		return false;
	while (slashes + 1 < len && line[len - 2 - slashes] == '\\')
		slashes++;
	return slashes % 2 != 0;
}

/* One line with all that it goes on in; false at the end.  The caller frees @line. */
static bool read_line(struct session *session, FILE *file, char **line, size_t *size)
{
	ssize_t len = getline(line, size, file);
	char *more = NULL, *grown;
	size_t more_size = 0;

	session->script_line++;
	while (len >= 0 && goes_on(*line, (size_t)len)) {
		const ssize_t more_len = getline(&more, &more_size, file);

		session->script_line++;
		len -= 2;
		(*line)[len] = '\0';
		if (more_len < 0)
			break;
		grown = realloc(*line, (size_t)(len + more_len) + 1);
		if (grown == NULL)
			break;
		*line = grown;
		*size = (size_t)(len + more_len) + 1;
		memcpy(*line + len, more, (size_t)more_len + 1);
		len += more_len;
	}
	free(more);
	return len >= 0;
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
	int stopped = 0, errnum = 0;

	session->in_shell = true;
	session->script = name;
	session->script_line = 0;
	while (!quit && !session_out_closed(session) && !sig_leaving() &&
	       read_line(session, file, &line, &size)) {
		const int status = shell_line(session, line, &quit);

		if (first == 0)
			first = status;
		if ((status != 0 && session->options.stop) || sig_interrupted())
			break;
	}
	if (ferror(file))
		errnum = errno;
	if (sig_interrupted())
		stopped = error_set(err, E_INTR, "%s:%u: stopped", name, session->script_line);
	free(line);
	session->in_shell = outer;
	session->script = outer_script;
	session->script_line = outer_line;
	if (stopped != 0)
		return stopped;
	if (errnum != 0)
		return error_set_errno(err, errnum, "%s", name);
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
		return error_set_errno(err, errno, "%s", path);
	session->depth++;
	session->options.stop = call->options.stop;
	ret = shell_stream(session, file, path, err);
	session->options.stop = stop;
	session->depth--;
	fclose(file);
	return ret;
}
