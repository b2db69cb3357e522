/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One run of the program: its options, the board (opened when first needed) and where output
 * goes.  A shell runs many commands in one session.
 */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "cli/options.h"
#include "drv/error.h"
#include "hal/board.h"

struct call;
struct journal_log;
struct state;

struct session {
	struct options options;
	struct board_options board_options; /* made from options when the board is opened */
	struct map_options map_options;
	struct board *board;         /* NULL: not opened yet */
	struct journal_log *journal; /* of --journal, opened with the board; NULL: none */
	struct error board_error;    /* why it cannot be opened: tried once */
	FILE *out, *err;
	bool in_shell;      /* several commands: JSON lines, options of the start are fixed */
	bool on_terminal;   /* standard input and standard error are terminals: may ask */
	bool out_closed;    /* the reader of our output went away */
	unsigned depth;     /* of `source` inside `source` */
	const char *script; /* the file whose lines are run; NULL: none */
	unsigned script_line;
	struct call *call;    /* the command that runs, for dry-run reports */
	struct state *states; /* what was opened of them (cli/state.h) */
};

/* The board that the options name, opened on first use. */
int session_board(struct session *session, struct error *err, struct board **out);
void session_close(struct session *session);

/* What map_open() needs for maps given by name. */
const struct map_options *session_map_options(struct session *session);

/* Did the reader of standard output go away (a pipe into `head`)?  Remembered in out_closed. */
bool session_out_closed(struct session *session);

/* Is text on standard output to be coloured? */
bool session_color(const struct session *session, const struct options *options);

/*
 * Asks before something that needs a yes: 0 when --yes was given or the user agrees; E_POLICY
 * when not, or when there is no terminal to ask on.
 */
int session_confirm(struct session *session, const struct options *options,
		    const char *question, struct error *err);

/* Progress on a terminal's standard error, from the first second of long work on. */
struct progress {
	FILE *file; /* NULL: not wanted */
	const char *what;
	uint64_t start_us, shown_us;
	bool shown;
};
void progress_start(struct progress *progress, const struct session *session, const char *what);
void progress_step(void *progress, uint64_t done, uint64_t total); /* fits snapshot_progress */
void progress_end(struct progress *progress);

#endif
