/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <locale.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/cmd.h"
#include "cli/help.h"
#include "cli/shell.h"
#include "cli/sig.h"

/* The options in front of the command; @words is moved past them. */
static int start_options(struct session *session, const char *const **words, size_t *n,
			 struct error *err)
{
	const struct arg_spec *const tables[2] = { NULL, option_table };
	struct args args;
	int ret = args_parse(tables, *words, *n, true, err, &args);

	session->options.json = session->options.json || args_has(&args, OPT_JSON);
	if (ret == 0)
		ret = options_apply(&session->options, &args, false, err);
	*words += args.n_words;
	*n -= args.n_words;
	args_fini(&args);
	return ret;
}

static int run(struct session *session, const char *const *words, size_t n)
{
	struct error err = { 0 };

	if (start_options(session, &words, &n, &err) != 0)
		return cmd_fail(session, &session->options, &err);
	if (session->options.version)
		return cmd_run(session, (const char *const[]){ "version" }, 1);
	if (session->options.help && n == 0) {
		session->options.help = false;
		return cmd_run(session, (const char *const[]){ "help" }, 1);
	}
	if (n == 0)
		return shell_or_tour(session);
	return cmd_run(session, words, n);
}

int main(int argc, char **argv)
{
	struct session session = {
		.out = stdout,
		.err = stderr,
		.on_terminal = isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1,
	};
	int status;

	setlocale(LC_CTYPE, "");
	sig_setup();
	options_from_environment(&session.options);
	status = run(&session, (const char *const *)argv + 1, argc > 0 ? (size_t)argc - 1 : 0);
	session_close(&session);
	return status;
}
