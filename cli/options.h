/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The options that every command takes, and their environment variables. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/args.h"
#include "drv/error.h"

/* Ids of the global options; those of commands start at OPT_COMMAND. */
enum option_id {
	OPT_BOARD = 1,
	OPT_BUS,
	OPT_COLOR,
	OPT_DEFINE,
	OPT_DRY_RUN,
	OPT_HELP,
	OPT_INCLUDE,
	OPT_JOURNAL,
	OPT_JSON,
	OPT_MAP,
	OPT_PARAM,
	OPT_RAW,
	OPT_READ_ONLY,
	OPT_SIDE_EFFECTS,
	OPT_STOP,
	OPT_TOP,
	OPT_VERBOSE,
	OPT_VERIFY,
	OPT_VERSION,
	OPT_WAIT,
	OPT_YES,
	OPT_COMMAND = 100,
};

/* All global options, sorted by name. */
extern const struct arg_spec option_table[];

enum color_when { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

#define OPTIONS_LIST_MAX 64 /* -I, -D or -P, each */

struct options {
	const char *bus, *board, *journal, *map, *top; /* NULL: not given */
	const char *include_dirs[OPTIONS_LIST_MAX + 1];
	const char *defines[OPTIONS_LIST_MAX + 1];
	const char *params[OPTIONS_LIST_MAX + 1];
	enum color_when color;
	bool json, raw, read_only, dry_run, verify, yes, side_effects, verbose, stop;
	bool help, version;
	uint64_t wait_us; /* for another writer */
};

/* SWITCHBLADE_BUS, SWITCHBLADE_BOARD, SWITCHBLADE_JOURNAL and NO_COLOR. */
void options_from_environment(struct options *options);

/*
 * Adds what was parsed.  E_SYNTAX: a bad value, --json with --raw, -b with -B; in the shell also
 * an option that only counts at the start.
 */
int options_apply(struct options *options, const struct args *args, bool in_shell,
		  struct error *err);

#endif
