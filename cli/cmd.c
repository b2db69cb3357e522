/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/cmd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/help.h"
#include "cli/mapuse.h"
#include "cli/name.h"
#include "drv/cancel.h"
#include "hal/reg.h"

const struct cmd *cmd_find(const struct cmd *table, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(table[i].name, name) == 0)
			return &table[i];
	return NULL;
}

struct name_walk {
	const struct cmd *table;
	size_t n, at;
};

static const char *next_name(void *arg)
{
	struct name_walk *walk = arg;

	return walk->at < walk->n ? walk->table[walk->at++].name : NULL;
}

static int unknown(const struct cmd *table, size_t n, const char *group, const char *word,
		   struct error *err)
{
	struct name_walk walk = { table, n, 0 };
	const char *near = args_nearest(word, next_name, &walk);

	if (near != NULL)
		return error_set(err, E_SYNTAX, "unknown command \"%s%s\"; did you mean %s%s?",
				 group, word, group, near);
	return error_set(err, E_SYNTAX,
			 "unknown command \"%s%s\"; `switchblade help` lists them", group,
			 word);
}

static int no_subcommand(const struct cmd *group, struct error *err)
{
	char names[256] = "";
	size_t len = 0;

	for (size_t i = 0; i < group->n_sub && len < sizeof(names); i++)
		len += (size_t)snprintf(names + len, sizeof(names) - len, "%s%s",
					i > 0 ? ", " : "", group->sub[i].name);
	return error_set(err, E_SYNTAX, "%s needs one of: %s", group->name, names);
}

int cmd_lookup(const char *const *words, size_t n, struct error *err, const struct cmd **cmd,
	       size_t *used)
{
	const struct cmd *group, *found;
	char prefix[64];

	if (n == 0)
		return error_set(err, E_SYNTAX, "no command");
	group = cmd_find(command_table, command_table_size, words[0]);
	if (group == NULL)
		return unknown(command_table, command_table_size, "", words[0], err);
	if (group->sub == NULL) {
		*cmd = group;
		*used = 1;
		return 0;
	}
	if (n > 1 && (strcmp(words[1], "--help") == 0 || strcmp(words[1], "-h") == 0)) {
		*cmd = group;
		*used = 1;
		return 0;
	}
	if (n < 2 || words[1][0] == '-')
		return no_subcommand(group, err);
	found = cmd_find(group->sub, group->n_sub, words[1]);
	snprintf(prefix, sizeof(prefix), "%s ", group->name);
	if (found == NULL)
		return unknown(group->sub, group->n_sub, prefix, words[1], err);
	*cmd = found;
	*used = 2;
	return 0;
}

void cmd_walk(void (*visit)(void *arg, const struct cmd *cmd, const char *full_name), void *arg)
{
	char name[64];

	for (size_t i = 0; i < command_table_size; i++) {
		const struct cmd *cmd = &command_table[i];

		if (cmd->sub == NULL)
			visit(arg, cmd, cmd->name);
		for (size_t j = 0; j < cmd->n_sub; j++) {
			snprintf(name, sizeof(name), "%s %s", cmd->name, cmd->sub[j].name);
			visit(arg, &cmd->sub[j], name);
		}
	}
}

void cmd_full_name(const struct cmd *cmd, char *buf, size_t size)
{
	for (size_t i = 0; i < command_table_size; i++) {
		const struct cmd *group = &command_table[i];

		if (cmd >= group->sub && cmd < group->sub + group->n_sub) {
			snprintf(buf, size, "%s %s", group->name, cmd->name);
			return;
		}
	}
	snprintf(buf, size, "%s", cmd->name);
}

unsigned call_reg_flags(const struct call *call)
{
	return call->options.side_effects ? REG_SIDE_EFFECTS : 0;
}

static enum out_format_kind format_of(const struct call *call)
{
	if (call->options.raw)
		return OUT_FORMAT_RAW;
	if (!call->options.json)
		return OUT_FORMAT_TEXT;
	if (call->session->in_shell || (call->cmd != NULL && call->cmd->flags & CMD_STREAMS))
		return OUT_FORMAT_JSON_LINE;
	return OUT_FORMAT_JSON;
}

/* A reader that went away is no failure: whoever pipes into `head` wants no message. */
static int print_document(struct call *call, struct error *err)
{
	struct session *session = call->session;
	int ret;

	if (session->out_closed)
		return 0;
	ret = out_render(call->out, format_of(call), session_color(session, &call->options),
			 session->out, err);
	if (ret != E_IO || !session_out_closed(session))
		return ret;
	error_clear(err);
	return 0;
}

static struct out *new_document(const struct call *call)
{
	if (call->options.help || call->cmd->schema == NULL)
		return out_new("help", 1);
	return out_new(call->cmd->schema, call->cmd->version);
}

int call_emit(struct call *call, struct error *err)
{
	int ret = print_document(call, err);

	out_free(call->out);
	call->dry_run = NULL;
	call->out = new_document(call);
	if (call->out == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	if (ret == 0 && call->session->out_closed)
		return error_set(err, E_INTR, "the reader of the output went away");
	return ret;
}

void call_dry_run(struct call *call, const struct device *dev, const struct bus_op *op,
		  const uint32_t *old)
{
	static const struct out_column columns[] = {
		{ "device", NULL, 0 },
		{ "operation", "DRY RUN", 0 },
		{ "path", NULL, 0 },
		{ NULL, "REGISTER", OUT_RAW },
		{ "address", NULL, 0 },
		{ "old", "OLD", OUT_RIGHT | OUT_RAW },
		{ "new", "NEW", OUT_RIGHT | OUT_RAW },
		{ "time_us", "TIME us", OUT_RIGHT | OUT_UNLESS_EMPTY },
	};
	const bool timed = op->kind == BUS_OP_DELAY, poll = op->kind == BUS_OP_POLL;
	struct out_record *root = out_root(call->out);
	char name[NAME_MAX_BYTES], prefix[64];

	if (call->dry_run == NULL)
		call->dry_run = out_table(root, "dry_run", columns,
					  sizeof(columns) / sizeof(columns[0]));
	name_of_address(device_map(dev), op->addr, name, sizeof(name));
	name_of_device(call->session->board, dev, prefix, sizeof(prefix));
	out_row(call->dry_run,
		(const struct out_cell[]){
			out_lasting(device_name(dev)),
			out_text(timed  ? "wait"
				 : poll ? "poll"
					: "write"),
			timed ? out_null() : out_text(name),
			timed ? out_null()
			      : out_lasting(out_format(root, "%s%s", prefix, name)),
			timed ? out_null() : out_hex(op->addr, 32),
			old != NULL ? out_hex(*old, 32) : out_null(),
			timed ? out_null() : out_hex(op->value, 32),
			timed || poll ? out_uint(op->time_us) : out_null(),
		});
}

/* Text on standard error always; the JSON form goes with the document. */
static int print_error(const struct session *session, const struct error *err)
{
	fflush(session->out);
	fprintf(session->err, "switchblade: %s (%s)\n", err->text, error_name(err->code));
	return error_exit_status(err->code);
}

/* In a script an error says where: "FILE:LINE: ". */
static void place_error(const struct session *session, struct error *err)
{
	if (session->script != NULL)
		error_set(err, err->code, "%s:%u: %s", session->script, session->script_line,
			  err->text);
}

int cmd_fail(struct session *session, const struct options *options, const struct error *what)
{
	struct call call = { .session = session, .options = *options };
	struct error ignored = { 0 }, placed = *what;
	const struct error *err = &placed;

	place_error(session, &placed);

	if (options->json) {
		call.out = out_new("error", 1);
		if (call.out != NULL) {
			out_set_error(call.out, err);
			print_document(&call, &ignored);
		}
		out_free(call.out);
	}
	return print_error(session, err);
}

static int check_operands(const struct call *call, struct error *err)
{
	const size_t n = call->args.n_operands;
	const struct cmd *cmd = call->cmd;
	char name[64];

	if (n >= cmd->min_operands && n <= cmd->max_operands)
		return 0;
	cmd_full_name(cmd, name, sizeof(name));
	if (n > cmd->max_operands && cmd->max_operands == 0)
		return error_set(err, E_SYNTAX, "%s takes no operands", name);
	return error_set(err, E_SYNTAX, "%s: too %s operands; usage: %s %s", name,
			 n < cmd->min_operands ? "few" : "many", name, cmd->usage);
}

static int call_parse(struct call *call, const char *const *words, size_t n, struct error *err)
{
	const struct arg_spec *const tables[2] = { call->cmd->options, option_table };
	struct session *session = call->session;
	int ret = args_parse(tables, words, n, false, err, &call->args);

	call->options.json = call->options.json || args_has(&call->args, OPT_JSON);
	if (ret == 0)
		ret = options_apply(&call->options, &call->args, session->in_shell, err);
	if (ret == 0 && !session->in_shell)
		session->options = call->options;
	if (ret == 0 && !call->options.help)
		ret = check_operands(call, err);
	return ret;
}

/* A map that does not compile is told in full, not only by its first mistake. */
static int open_board(struct call *call, struct error *err)
{
	const bool first = call->session->board_error.code == 0;
	struct regdb *db = NULL;
	int ret = session_board(call->session, err, &call->board);

	if (ret == E_SYNTAX && first && call->options.map != NULL &&
	    mapuse_is_source(call->options.map) &&
	    mapuse_open(call, call->options.map, NULL, &db) == 0)
		regdb_close(db);
	return ret;
}

/* The words as they were typed, for those who read a lock or a journal; cut off where it is long. */
static void command_line(const struct call *call, char *buf, size_t size)
{
	size_t used = 0;

	buf[0] = '\0';
	for (size_t i = 0; i < call->n_words && used < size; i++)
		used += (size_t)snprintf(buf + used, size - used, "%s%s", i > 0 ? " " : "",
					 call->words[i]);
}

static int call_run(struct call *call, struct error *err)
{
	char line[512];
	int ret = 0;

	if (call->options.help)
		return help_command(call, call->cmd);
	if ((call->cmd->flags & CMD_NEEDS_BOARD) != 0)
		ret = open_board(call, err);
	if (ret != 0)
		return ret;
	if ((call->cmd->flags & CMD_WRITES) != 0) {
		command_line(call, line, sizeof(line));
		board_hold(call->board, line, call->options.wait_us);
	}
	ret = call->cmd->run(call, err);
	if ((call->cmd->flags & CMD_WRITES) != 0)
		board_let_go(call->board);
	return ret;
}

/* Watches and scripts print as they go; an empty document is nothing to read. */
static bool wants_document(const struct call *call, int ret)
{
	if (!out_is_empty(call->out))
		return true;
	return call->options.json &&
	       (ret != 0 || (call->cmd->flags & (CMD_NESTS | CMD_STREAMS)) == 0);
}

static int call_finish(struct call *call, int ret, struct error *err)
{
	struct error late = { 0 };

	if (ret == E_INTR && call->session->out_closed)
		return call->status;
	if (call->out == NULL)
		return cmd_fail(call->session, &call->options, err);
	if (ret != 0) {
		place_error(call->session, err);
		out_set_error(call->out, err);
	}
	/* What a Ctrl-C stopped, and what was done before it, is still told. */
	cancel_clear();
	if (wants_document(call, ret) && print_document(call, &late) != 0 && ret == 0)
		ret = error_copy(err, &late);
	if (call->notes != NULL)
		fputs(call->notes, call->session->err);
	return ret != 0 ? print_error(call->session, err) : call->status;
}

int cmd_run(struct session *session, const char *const *words, size_t n)
{
	struct call call = {
		.session = session,
		.words = words,
		.n_words = n,
		.options = session->options,
	};
	struct call *const outer = session->call;
	struct error err = { 0 };
	size_t used = 0;
	int ret = cmd_lookup(words, n, &err, &call.cmd, &used);
	int status;

	if (ret != 0 || call.cmd == NULL)
		return cmd_fail(session, &call.options, &err);
	session->call = &call;
	ret = call_parse(&call, words + used, n - used, &err);
	call.out = new_document(&call);
	if (call.out == NULL)
		ret = error_set(&err, E_NOMEM, "out of memory");
	if (ret == 0)
		ret = call_run(&call, &err);
	status = call_finish(&call, ret, &err);
	session->call = outer;
	args_fini(&call.args);
	out_free(call.out);
	free(call.notes);
	return status;
}
