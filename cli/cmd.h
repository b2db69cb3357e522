/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Commands as data.  One table (commands.c) drives dispatch, help, completion, the manual page
 * and the self-check test.  The same run function serves one-shot use and the shell: it fills a
 * document, never prints, never exits.
 */
#ifndef CLI_CMD_H
#define CLI_CMD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/args.h"
#include "cli/options.h"
#include "cli/out.h"
#include "cli/session.h"
#include "drv/error.h"

struct complete;
struct cmd;

enum cmd_flag {
	CMD_NEEDS_BOARD = 1 << 0, /* call->board is open when run is called */
	CMD_WRITES = 1 << 1,      /* changes registers: honours --dry-run, --read-only */
	CMD_DANGEROUS = 1 << 2,   /* may ask before it writes */
	CMD_STREAMS = 1 << 3,     /* prints document by document: JSON lines */
	CMD_NESTS = 1 << 4,       /* runs other commands and has no document of its own */
};

/* One run of a command. */
struct call {
	struct session *session;
	const struct cmd *cmd;
	const char *const *words; /* of the command line */
	size_t n_words;
	struct options options; /* the session's and the command's own */
	struct args args;
	struct board *board;
	struct out *out; /* the document to fill */
	struct out_table *dry_run;
	char *notes; /* more for people, on standard error in front of the error; malloc'd */
	int status; /* exit status of a success: 0, or 3 for a comparison that came out false */
};

struct cmd {
	const char *name;
	const char *usage;  /* operands: "REG VALUE" */
	const char *help;   /* one line, at most 60 characters, no full stop */
	const char *detail; /* a few sentences for `help COMMAND` and the manual; may be NULL */
	unsigned flags;     /* enum cmd_flag */
	const struct arg_spec *options; /* NULL: none */
	size_t min_operands, max_operands;
	const char *schema; /* of the document: "reg-read"; NULL for CMD_NESTS */
	unsigned version;   /* of the schema */
	int (*run)(struct call *call, struct error *err);
	/* Offers what the operand being typed can become; NULL: nothing. */
	void (*complete)(const struct complete *complete);
	const struct cmd
		*sub; /* subcommands, then all of the above but name and help is NULL */
	size_t n_sub;
};

/* The top of the command table; sorted by name at every level. */
extern const struct cmd command_table[];
extern const size_t command_table_size;

/* The command called @name in a table; NULL: none. */
const struct cmd *cmd_find(const struct cmd *table, size_t n, const char *name);

/*
 * The command that the first words name ("reg" "read"); @used tells how many.  E_SYNTAX with
 * the nearest name.  A group without a subcommand is an error too.
 */
int cmd_lookup(const char *const *words, size_t n, struct error *err, const struct cmd **cmd,
	       size_t *used);

/* Calls @visit for every command that runs, in table order, with its full name. */
void cmd_walk(void (*visit)(void *arg, const struct cmd *cmd, const char *full_name),
	      void *arg);

/* "reg read" of a command that is in the table. */
void cmd_full_name(const struct cmd *cmd, char *buf, size_t size);

/*
 * Runs one command line, prints its document and its error, and returns the exit status of the
 * program.  This is the only place that prints either.
 */
int cmd_run(struct session *session, const char *const *words, size_t n);

/* Prints an error that happened outside a command as cmd_run() does; returns the exit status. */
int cmd_fail(struct session *session, const struct options *options, const struct error *err);

/*
 * Prints what the document holds now and starts a new one: for watches.  E_IO when it cannot be
 * written, E_INTR when the reader went away.
 */
int call_emit(struct call *call, struct error *err);

/* What a run function of hal wants: REG_SIDE_EFFECTS from --side-effects. */
unsigned call_reg_flags(const struct call *call);

/* A write that --dry-run did not do; @old NULL: unknown. */
void call_dry_run(struct call *call, const struct device *dev, const struct bus_op *op,
		  const uint32_t *old);

#endif
