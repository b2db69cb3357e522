/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/options.h"

#include <stdlib.h>
#include <string.h>

const struct arg_spec option_table[] = {
	{ "board", 'B', OPT_BOARD, "FILE", "the board that stands on the bench",
	  ARG_AT_START | ARG_FILE },
	{ "bus", 'b', OPT_BUS, "URI", "one device on this bus instead of a board",
	  ARG_AT_START },
	{ "color", 0, OPT_COLOR, "WHEN", "always, never or auto (on a terminal)",
	  ARG_VALUE_OPTIONAL },
	{ "define", 'D', OPT_DEFINE, "NAME[=VALUE]", "macro for a map that is compiled",
	  ARG_AT_START },
	{ "dry-run", 'n', OPT_DRY_RUN, NULL, "print writes instead of doing them",
	  ARG_AT_START },
	{ "help", 'h', OPT_HELP, NULL, "help on the program or the command", 0 },
	{ "include", 'I', OPT_INCLUDE, "DIR", "where a map finds its include files",
	  ARG_AT_START | ARG_FILE },
	{ "journal", 'J', OPT_JOURNAL, "FILE", "append every write and the old value to a file",
	  ARG_AT_START | ARG_FILE },
	{ "json", 'j', OPT_JSON, NULL, "JSON on standard output", 0 },
	{ "map", 'm', OPT_MAP, "MAP", "register map: vsc7448, btc, rocker or a file",
	  ARG_AT_START | ARG_FILE },
	{ "param", 'P', OPT_PARAM, "NAME=VALUE", "parameter of the top of a map",
	  ARG_AT_START },
	{ "raw", 'r', OPT_RAW, NULL, "bare values for scripts", 0 },
	{ "read-only", 0, OPT_READ_ONLY, NULL, "refuse every write", ARG_AT_START },
	{ "side-effects", 0, OPT_SIDE_EFFECTS, NULL, "allow reads that change something", 0 },
	{ "stop-on-error", 'e', OPT_STOP, NULL, "scripts stop at the first failure", 0 },
	{ "top", 0, OPT_TOP, "NAME", "top addrmap of a map that is compiled", ARG_AT_START },
	{ "verbose", 'v', OPT_VERBOSE, NULL, "trace every access on standard error",
	  ARG_AT_START },
	{ "verify", 0, OPT_VERIFY, NULL, "read back what was written", ARG_AT_START },
	{ "version", 'V', OPT_VERSION, NULL, "version of the program and its maps",
	  ARG_AT_START },
	{ "wait", 'w', OPT_WAIT, "TIME", "how long to wait for another writer to end", 0 },
	{ "yes", 'y', OPT_YES, NULL, "do not ask before writes that need it", 0 },
	{ 0 },
};

static const char *from_environment(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && value[0] != '\0' ? value : NULL;
}

void options_from_environment(struct options *options)
{
	options->bus = from_environment("SWITCHBLADE_BUS");
	options->board = from_environment("SWITCHBLADE_BOARD");
	options->journal = from_environment("SWITCHBLADE_JOURNAL");
	if (from_environment("NO_COLOR") != NULL)
		options->color = COLOR_NEVER;
}

static int apply_color(struct options *options, const char *when, struct error *err)
{
	if (when == NULL || strcmp(when, "always") == 0)
		options->color = COLOR_ALWAYS;
	else if (strcmp(when, "never") == 0)
		options->color = COLOR_NEVER;
	else if (strcmp(when, "auto") == 0)
		options->color = COLOR_AUTO;
	else
		return error_set(err, E_SYNTAX, "--color: \"%s\" is not always, never or auto",
				 when);
	return 0;
}

static int list_add(const char **list, const struct arg_found *found, struct error *err)
{
	size_t n = 0;

	while (list[n] != NULL)
		n++;
	if (n == OPTIONS_LIST_MAX)
		return error_set(err, E_RANGE, "--%s: given more than %d times",
				 found->spec->name, OPTIONS_LIST_MAX);
	list[n] = found->value;
	return 0;
}

/* -b and -B exclude each other, and what is given beats the environment. */
static int apply_device(struct options *options, const struct args *args, struct error *err)
{
	const char *bus = args_value(args, OPT_BUS), *board = args_value(args, OPT_BOARD);

	if (bus != NULL && board != NULL)
		return error_set(err, E_SYNTAX, "--bus and --board exclude each other");
	if (bus != NULL) {
		options->bus = bus;
		options->board = NULL;
	} else if (board != NULL) {
		options->board = board;
		options->bus = NULL;
	}
	return 0;
}

static bool *flag_of(struct options *options, int id)
{
	switch (id) {
	case OPT_JSON:
		return &options->json;
	case OPT_RAW:
		return &options->raw;
	case OPT_READ_ONLY:
		return &options->read_only;
	case OPT_DRY_RUN:
		return &options->dry_run;
	case OPT_VERIFY:
		return &options->verify;
	case OPT_YES:
		return &options->yes;
	case OPT_SIDE_EFFECTS:
		return &options->side_effects;
	case OPT_VERBOSE:
		return &options->verbose;
	case OPT_STOP:
		return &options->stop;
	case OPT_HELP:
		return &options->help;
	case OPT_VERSION:
		return &options->version;
	default:
		return NULL;
	}
}

static int apply_one(struct options *options, const struct arg_found *found, struct error *err)
{
	bool *flag = flag_of(options, found->spec->id);

	if (flag != NULL) {
		*flag = true;
		return 0;
	}
	switch (found->spec->id) {
	case OPT_WAIT:
		return args_duration_us(found->value, "--wait", err, &options->wait_us);
	case OPT_COLOR:
		return apply_color(options, found->value, err);
	case OPT_INCLUDE:
		return list_add(options->include_dirs, found, err);
	case OPT_DEFINE:
		return list_add(options->defines, found, err);
	case OPT_PARAM:
		return list_add(options->params, found, err);
	case OPT_JOURNAL:
		options->journal = found->value;
		return 0;
	case OPT_MAP:
		options->map = found->value;
		return 0;
	case OPT_TOP:
		options->top = found->value;
		return 0;
	default:
		return 0; /* the command's own */
	}
}

int options_apply(struct options *options, const struct args *args, bool in_shell,
		  struct error *err)
{
	int ret = apply_device(options, args, err);

	for (size_t i = 0; ret == 0 && i < args->n_found; i++) {
		if (in_shell && (args->found[i].spec->flags & ARG_AT_START) != 0)
			return error_set(err, E_SYNTAX,
					 "--%s counts from the start: give it to switchblade "
					 "itself, not to a command in the shell",
					 args->found[i].spec->name);
		ret = apply_one(options, &args->found[i], err);
	}
	if (ret == 0 && options->json && options->raw)
		return error_set(err, E_SYNTAX, "--json and --raw exclude each other");
	return ret;
}
