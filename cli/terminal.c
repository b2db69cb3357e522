/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/shell.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "cli/complete.h"
#include "cli/sig.h"
#include "drv/cancel.h"

#define HISTORY_LINES 2000
#define PROMPT        "switchblade> "

/* readline's callbacks carry no argument: what they work on is here, for one shell at a time. */
static struct {
	struct session *session;
	char *line; /* a finished line */
	bool have_line, ended;
	char **matches;
	size_t n_matches, at;
} ui;

/* $XDG_STATE_HOME/switchblade/history, its folders made; NULL: nowhere to keep it. */
static char *history_path(void)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	char *path = NULL;
	int len;

	if (state != NULL && state[0] == '/')
		len = asprintf(&path, "%s/switchblade/history", state);
	else if (home != NULL && home[0] == '/')
		len = asprintf(&path, "%s/.local/state/switchblade/history", home);
	else
		return NULL;
	if (len < 0)
		return NULL;
	for (char *slash = strchr(path + 1, '/'); slash != NULL;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
	return path;
}

static void history_start(const char *path)
{
	using_history();
	stifle_history(HISTORY_LINES);
	if (path != NULL)
		read_history(path);
}

/* Line by line, so that two shells at once both keep theirs. */
static void history_keep(const char *path, const char *line)
{
	const HIST_ENTRY *last =
		history_length > 0 ? history_get(history_base + history_length - 1) : NULL;

	if (line[strspn(line, " \t")] == '\0' ||
	    (last != NULL && strcmp(last->line, line) == 0))
		return;
	add_history(line);
	if (path != NULL && append_history(1, path) == ENOENT && write_history(path) == 0)
		chmod(path, 0600);
}

static void history_end(const char *path)
{
	if (path != NULL)
		history_truncate_file(path, HISTORY_LINES);
}

static void add_match(void *arg, const char *text)
{
	char **grown = realloc(ui.matches, (ui.n_matches + 1) * sizeof(*grown));
	char *copy = strdup(text);

	(void)arg;
	if (grown != NULL)
		ui.matches = grown;
	if (grown == NULL || copy == NULL)
		free(copy);
	else
		ui.matches[ui.n_matches++] = copy;
}

/* Hands out the matches one by one; readline frees them. */
static char *next_match(const char *text, int state)
{
	(void)text;
	if (state == 0)
		ui.at = 0;
	return ui.at < ui.n_matches ? ui.matches[ui.at++] : NULL;
}

static char **complete(const char *text, int start, int end)
{
	char **list;
	size_t from;

	ui.n_matches = 0;
	rl_attempted_completion_over = 1;
	from = complete_line(ui.session, rl_line_buffer, (size_t)end, add_match, NULL);
	if (from != (size_t)start) {
		for (size_t i = 0; i < ui.n_matches; i++)
			free(ui.matches[i]);
		return NULL;
	}
	list = rl_completion_matches(text, next_match);
	/* What can go on gets no blank behind it: "DEV1G[", "DEV1G[0]:", a folder. */
	if (list != NULL && list[0] != NULL && list[0][0] != '\0' &&
	    strchr(":[./=", list[0][strlen(list[0]) - 1]) != NULL)
		rl_completion_suppress_append = 1;
	return list;
}

static void on_line(char *line)
{
	rl_callback_handler_remove();
	ui.line = line;
	ui.have_line = true;
	ui.ended = line == NULL;
}

/* Ctrl-C at the prompt drops what was typed. */
static void drop_line(void)
{
	sig_new_command();
	rl_callback_sigcleanup();
	rl_free_line_state();
	fputs("^C\n", rl_outstream);
	rl_replace_line("", 0);
	rl_on_new_line();
	rl_forced_update_display();
}

/* Signals are let in only while waiting, so that none is missed between check and wait. */
static bool wait_for_key(const sigset_t *open)
{
	struct pollfd fd = { .fd = STDIN_FILENO, .events = POLLIN };

	return ppoll(&fd, 1, NULL, open) > 0;
}

static bool read_line(const sigset_t *open)
{
	ui.have_line = ui.ended = false;
	ui.line = NULL;
	rl_callback_handler_install(PROMPT, on_line);
	while (!ui.have_line) {
		if (wait_for_key(open))
			rl_callback_read_char();
		if (sig_leaving()) {
			rl_callback_handler_remove();
			return false;
		}
		if (cancel_requested() && !ui.have_line)
			drop_line();
	}
	return !ui.ended;
}

static void readline_setup(struct session *session)
{
	ui.session = session;
	rl_readline_name = "switchblade";
	rl_outstream = session->out;
	rl_catch_signals = 0;
	rl_attempted_completion_function = complete;
	rl_completer_word_break_characters = " \t\n=";
	rl_completer_quote_characters = "\"'";
	rl_sort_completion_matches = 0;
	rl_completion_query_items = 200;
}

static void loop(struct session *session, const char *path)
{
	sigset_t blocked, open;
	bool quit = false;

	sigemptyset(&blocked);
	sigaddset(&blocked, SIGINT);
	sigaddset(&blocked, SIGTERM);
	sigaddset(&blocked, SIGHUP);
	while (!quit) {
		sigprocmask(SIG_BLOCK, &blocked, &open);
		quit = !read_line(&open);
		sigprocmask(SIG_SETMASK, &open, NULL);
		if (!quit) {
			history_keep(path, ui.line);
			shell_line(session, ui.line, &quit);
			quit = quit || sig_leaving();
		} else {
			fputc('\n', session->out);
		}
		free(ui.line);
	}
}

int shell_terminal(struct session *session, struct error *err)
{
	char *path = history_path();

	(void)err;
	session->in_shell = true;
	readline_setup(session);
	history_start(path);
	loop(session, path);
	history_end(path);
	clear_history();
	free(ui.matches);
	memset(&ui, 0, sizeof(ui));
	free(path);
	session->in_shell = false;
	return 0;
}
