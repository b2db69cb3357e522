/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/shell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cmd.h"
#include "drv/cancel.h"

/*
 * What switchblade shows when it is started without a command and nobody is there to type: real
 * commands on the board.  Only the embedded board, all mock registers, is written to.
 */

static int step(struct session *session, const char *line)
{
	bool quit = false;

	if (!session->options.json && !session->options.raw)
		fprintf(session->out, "$ switchblade %s\n", line);
	shell_line(session, line, &quit);
	if (!session->options.json && !session->options.raw)
		fputc('\n', session->out);
	return session_out_closed(session) || cancel_requested();
}

static int with_file(struct session *session, const char *format, const char *path)
{
	char line[256];

	snprintf(line, sizeof(line), "%s %s", format, path);
	return step(session, line);
}

static void tour_embedded(struct session *session)
{
	const char *folder = getenv("TMPDIR");
	char path[192];
	int fd;

	snprintf(path, sizeof(path), "%s/switchblade-XXXXXX",
		 folder != NULL && strlen(folder) < 128 ? folder : "/tmp");
	fd = mkstemp(path);
	if (fd < 0)
		return;
	close(fd);
	(void)(step(session, "reg read DEV1G[0]:DEV_RST_CTRL") ||
	       step(session, "reg read DEV1G[0-3]:DEV_RST_CTRL.SPEED_SEL ID:MAGIC") ||
	       with_file(session, "reg dump DEV1G[0]:DEV_CFG_STATUS -o", path) ||
	       step(session, "reg set DEV1G[0]:DEV_RST_CTRL.SPEED_SEL=MBPS_1000") ||
	       with_file(session, "reg diff", path));
	unlink(path);
}

static int tour(struct session *session)
{
	const bool embedded = session->options.bus == NULL && session->options.board == NULL &&
			      session->options.map == NULL;
	struct error err = { 0 };
	struct board *board;

	if (session_board(session, &err, &board) != 0)
		return cmd_fail(session, &session->options, &err);
	session->in_shell = true;
	if (!step(session, "board show") && !step(session, "board check --open") && embedded)
		tour_embedded(session);
	session->in_shell = false;
	if (!session->options.json && !session->options.raw)
		fputs("`switchblade help` lists the commands; on a terminal switchblade is a "
		      "shell.\n",
		      session->out);
	return 0;
}

int shell_or_tour(struct session *session)
{
	if (isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1)
		return cmd_run(session, (const char *const[]){ "shell" }, 1);
	return tour(session);
}
