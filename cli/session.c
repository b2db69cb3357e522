/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/session.h"

#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "cli/cmd.h"
#include "cli/mapuse.h"
#include "cli/name.h"
#include "cli/state.h"
#include "drv/cancel.h"
#include "drv/clock.h"
#include "drv/journal.h"

/* The trace of -v: one line per access, by register name. */
static void trace(void *arg, const struct device *dev, const struct bus_op *op, int result)
{
	struct session *session = arg;
	char name[NAME_MAX_BYTES];

	name_of_address(device_map(dev), op->addr, name, sizeof(name));
	fprintf(session->err, "%s: ", device_name(dev));
	switch (op->kind) {
	case BUS_OP_READ:
		fprintf(session->err, "read  %s", name);
		if (result == 0)
			fprintf(session->err, " = 0x%08" PRIx32, op->value);
		break;
	case BUS_OP_WRITE:
		fprintf(session->err, "write %s = 0x%08" PRIx32, name, op->value);
		break;
	case BUS_OP_DELAY:
		fprintf(session->err, "wait  %" PRIu32 " us", op->time_us);
		break;
	case BUS_OP_POLL:
		fprintf(session->err, "poll  %s & 0x%08" PRIx32 " = 0x%08" PRIx32, name,
			op->mask, op->value);
		break;
	}
	if (result != 0)
		fprintf(session->err, ": %s", error_name(result));
	fputc('\n', session->err);
}

static void dry_run(void *arg, const struct device *dev, const struct bus_op *op, uint32_t old,
		    bool old_known)
{
	const struct session *session = arg;

	if (session->call != NULL)
		call_dry_run(session->call, dev, op, old_known ? &old : NULL);
}

const struct map_options *session_map_options(struct session *session)
{
	const struct options *options = &session->options;

	session->map_options = (struct map_options){
		.include_dirs = options->include_dirs,
		.defines = options->defines,
		.params = options->params,
		.top = options->top,
	};
	return &session->map_options;
}

static int open_board(struct session *session, struct error *err)
{
	const struct options *options = &session->options;
	const char *map = options->map != NULL ? options->map : "the map of the device";
	int ret = 0;

	if (options->map != NULL || options->board == NULL)
		ret = mapuse_check_options(options, map, err);
	if (ret == 0 && options->journal != NULL) {
		session->journal = journal_log_new(options->journal);
		if (session->journal == NULL)
			ret = error_set(err, E_NOMEM, "out of memory");
	}
	if (ret != 0)
		return ret;
	session->board_options = (struct board_options){
		.map_options = session_map_options(session),
		.map = options->map,
		.read_only = options->read_only,
		.verify = options->verify,
		.journal = session->journal,
		.dry_run = options->dry_run ? dry_run : NULL,
		.trace = options->verbose ? trace : NULL,
		.arg = session,
	};
	if (options->bus != NULL)
		return board_open_bus(options->bus, &session->board_options, err,
				      &session->board);
	return board_open(options->board, &session->board_options, err, &session->board);
}

int session_board(struct session *session, struct error *err, struct board **out)
{
	if (session->board == NULL) {
		if (session->board_error.code == 0)
			open_board(session, &session->board_error);
		if (session->board_error.code != 0)
			return error_copy(err, &session->board_error);
	}
	*out = session->board;
	return 0;
}

void session_close(struct session *session)
{
	state_free_all(session);
	board_close(session->board);
	session->board = NULL;
	journal_log_free(session->journal);
	session->journal = NULL;
}

bool session_out_closed(struct session *session)
{
	struct pollfd fd = { .fd = fileno(session->out) };

	if (!session->out_closed && poll(&fd, 1, 0) == 1 && (fd.revents & POLLERR) != 0)
		session->out_closed = true;
	return session->out_closed;
}

bool session_color(const struct session *session, const struct options *options)
{
	if (options->color != COLOR_AUTO)
		return options->color == COLOR_ALWAYS;
	return isatty(fileno(session->out)) == 1;
}

/* Waits for a line, or for Ctrl-C; signals are let in only while waiting, so none is missed. */
static bool wait_for_line(void)
{
	struct pollfd fd = { .fd = STDIN_FILENO, .events = POLLIN };
	sigset_t all, open;
	bool ready = false;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &open);
	while (!ready && !cancel_requested())
		ready = ppoll(&fd, 1, NULL, &open) > 0;
	sigprocmask(SIG_SETMASK, &open, NULL);
	return ready;
}

int session_confirm(struct session *session, const struct options *options,
		    const char *question, struct error *err)
{
	char answer[16];

	if (options->yes || options->dry_run)
		return 0;
	if (!session->on_terminal)
		return error_set(err, E_POLICY,
				 "%s needs --yes: there is no terminal to ask on", question);
	fprintf(session->err, "%s: sure? [y/N] ", question);
	fflush(session->err);
	if (!wait_for_line() || fgets(answer, sizeof(answer), stdin) == NULL) {
		clearerr(stdin);
		fputc('\n', session->err);
		answer[0] = '\0';
	}
	if (strcmp(answer, "y\n") == 0 || strcmp(answer, "yes\n") == 0)
		return 0;
	return error_set(err, E_POLICY, "%s: not confirmed, nothing was done", question);
}

#define PROGRESS_AFTER_US 1000000u
#define PROGRESS_EVERY_US 200000u

void progress_start(struct progress *progress, const struct session *session, const char *what)
{
	*progress = (struct progress){
		.file = isatty(fileno(session->err)) == 1 ? session->err : NULL,
		.what = what,
		.start_us = clock_now_us(clock_real()),
	};
}

void progress_step(void *arg, uint64_t done, uint64_t total)
{
	struct progress *progress = arg;
	uint64_t now_us;

	if (progress->file == NULL || total == 0)
		return;
	now_us = clock_now_us(clock_real());
	if (now_us - progress->start_us < PROGRESS_AFTER_US ||
	    now_us - progress->shown_us < PROGRESS_EVERY_US)
		return;
	progress->shown_us = now_us;
	progress->shown = true;
	fprintf(progress->file, "\r%s: %" PRIu64 " of %" PRIu64 " (%u %%)", progress->what,
		done, total, (unsigned)((double)done * 100.0 / (double)total));
	fflush(progress->file);
}

void progress_end(struct progress *progress)
{
	if (progress->shown)
		fputs("\r\033[K", progress->file);
}
