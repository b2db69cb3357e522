/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/help.h"

#include <inttypes.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/complete.h"

enum { OPT_BASH = OPT_COMMAND, OPT_COMPLETE, OPT_MAN, OPT_MARKDOWN };

const struct arg_spec help_options[] = {
	{ "bash-completion", 0, OPT_BASH, NULL, "completion script for bash", 0 },
	{ "complete", 0, OPT_COMPLETE, "LINE", "what the last word of LINE can become", 0 },
	{ "man", 0, OPT_MAN, NULL, "manual page in troff", 0 },
	{ "markdown", 0, OPT_MARKDOWN, NULL, "command list in Markdown", 0 },
	{ 0 },
};

static void options_table(struct out_record *record, const char *key,
			  const struct arg_spec *specs)
{
	static const struct out_column columns[] = {
		{ NULL, "OPTION", 0 }, { "name", NULL, 0 },   { "letter", NULL, 0 },
		{ "value", NULL, 0 },  { "help", "WHAT", 0 },
	};
	struct out_table *table =
		out_table(record, key, columns, sizeof(columns) / sizeof(columns[0]));

	for (; specs != NULL && specs->name != NULL; specs++) {
		const char letter[2] = { specs->letter, '\0' };
		const char *equals = specs->value == NULL ? "" : "=";
		const char *shown =
			out_format(record, "%s%s%s--%s%s%s%s", letter[0] != '\0' ? "-" : "    ",
				   letter, letter[0] != '\0' ? ", " : "", specs->name,
				   (specs->flags & ARG_VALUE_OPTIONAL) != 0 ? "[=" : equals,
				   specs->value != NULL ? specs->value : "",
				   (specs->flags & ARG_VALUE_OPTIONAL) != 0 ? "]" : "");

		out_row(table, (const struct out_cell[]){
				       out_text(shown),
				       out_text(specs->name),
				       out_text(letter[0] != '\0' ? letter : NULL),
				       out_text(specs->value),
				       out_text(specs->help),
			       });
	}
}

static const struct out_column command_columns[] = {
	{ "name", NULL, OUT_RAW }, { NULL, "COMMAND", 0 },   { "usage", NULL, 0 },
	{ "help", "WHAT", 0 },     { "detail", NULL, 0 },    { "needs_board", NULL, 0 },
	{ "writes", NULL, 0 },     { "dangerous", NULL, 0 }, { "schema", NULL, 0 },
};

struct listing {
	struct out_record *record;
	struct out_table *table;
	const char *group; /* only its commands; NULL: all */
};

static void list_command(void *arg, const struct cmd *cmd, const char *name)
{
	const struct listing *l = arg;
	const size_t len = l->group != NULL ? strlen(l->group) : 0;

	if (len > 0 && (strncmp(name, l->group, len) != 0 || name[len] != ' '))
		return;
	out_row(l->table,
		(const struct out_cell[]){
			out_text(name),
			out_styled(OUT_STYLE_NAME, out_lasting(out_format(l->record, "%s %s",
									  name, cmd->usage))),
			out_text(cmd->usage),
			out_text(cmd->help),
			out_text(cmd->detail),
			out_bool((cmd->flags & CMD_NEEDS_BOARD) != 0),
			out_bool((cmd->flags & CMD_WRITES) != 0),
			out_bool((cmd->flags & CMD_DANGEROUS) != 0),
			cmd->schema != NULL
				? out_lasting(out_format(l->record, "switchblade/%s/%u",
							 cmd->schema, cmd->version))
				: out_null(),
		});
	options_table(out_row_more(l->table), "options", cmd->options);
}

static void commands_table(struct out_record *record, const char *group)
{
	struct listing l = { record, NULL, group };

	l.table = out_table(record, "commands", command_columns,
			    sizeof(command_columns) / sizeof(command_columns[0]));
	cmd_walk(list_command, &l);
}

static void help_program(struct out_record *root)
{
	out_say(root, OUT_STYLE_NAME, "usage: switchblade [OPTION]... [COMMAND]");
	out_say(root, OUT_STYLE_PLAIN,
		"Registers of a switch blade, by name. Without a command: a shell.\n");
	commands_table(root, NULL);
	out_say(root, OUT_STYLE_PLAIN, "%s", "");
	options_table(root, "options", option_table);
	out_say(root, OUT_STYLE_PLAIN,
		"\nA register is [DEVICE/]TARGET[i]:GROUP[j]:REGISTER[k].FIELD or an address; "
		"levels "
		"that are not needed may be left out.\n"
		"`help COMMAND` tells more. Exit status: 0 done, 1 failed on the device, 2 "
		"usage, "
		"3 different or false,\n"
		"4 no such name, 5 no such device or file, 6 timed out, 7 locked, 8 refused.");
}

int help_command(struct call *call, const struct cmd *cmd)
{
	struct out_record *root = out_root(call->out);
	char name[64];

	if (cmd == NULL) {
		help_program(root);
		return 0;
	}
	cmd_full_name(cmd, name, sizeof(name));
	if (cmd->sub != NULL) {
		out_say(root, OUT_STYLE_NAME, "%s: %s\n", name, cmd->help);
		commands_table(root, name);
		return 0;
	}
	out_add(root, "name", NULL, out_text(name));
	out_add(root, "usage", NULL, out_text(cmd->usage));
	out_add(root, "help", NULL, out_text(cmd->help));
	out_add(root, "detail", NULL, out_text(cmd->detail));
	out_say(root, OUT_STYLE_NAME, "usage: switchblade %s%s%s", name,
		cmd->options != NULL ? " [OPTION]..." : "",
		cmd->usage[0] != '\0' ? out_format(root, " %s", cmd->usage) : "");
	out_say(root, OUT_STYLE_PLAIN, "%s", cmd->help);
	if (cmd->detail != NULL)
		out_say(root, OUT_STYLE_PLAIN, "%s", cmd->detail);
	if (cmd->options != NULL)
		out_say(root, OUT_STYLE_PLAIN, "%s", "");
	options_table(root, "options", cmd->options);
	return 0;
}

int cmd_version(struct call *call, struct error *err)
{
	static const struct out_column columns[] = {
		{ "name", "MAP", 0 },
		{ "hash", "HASH", 0 },
	};
	struct out_record *root = out_root(call->out);
	struct out_table *table;
	const char *name;

	const struct out_column version = { "version", NULL, OUT_RAW };

	out_say(root, OUT_STYLE_NAME, "switchblade %s", SB_VERSION);
	out_put(root, &version, out_text(SB_VERSION));
	table = out_table(root, "maps", columns, 2);
	for (size_t i = 0; (name = regdb_builtin_name(i)) != NULL; i++) {
		struct regdb *db;
		int ret = regdb_open_builtin(name, err, &db);

		if (ret != 0)
			return ret;
		out_row(table,
			(const struct out_cell[]){
				out_text(name),
				out_lasting(out_format(root, "%016" PRIx64, regdb_hash(db))),
			});
		regdb_close(db);
	}
	return 0;
}

/* Bash asks for one line per candidate. */
static void print_candidate(void *arg, const char *text)
{
	fprintf(arg, "%s\n", text);
}

static int help_on(struct call *call, struct error *err)
{
	const struct args *args = &call->args;
	const struct cmd *cmd = NULL;
	size_t used;
	int ret;

	if (args->n_operands == 0)
		return help_command(call, NULL);
	if (args->n_operands == 1) {
		cmd = cmd_find(command_table, command_table_size, args->operands[0]);
		if (cmd != NULL)
			return help_command(call, cmd);
	}
	ret = cmd_lookup(args->operands, args->n_operands, err, &cmd, &used);
	return ret != 0 ? ret : help_command(call, cmd);
}

int cmd_help(struct call *call, struct error *err)
{
	const char *line = args_value(&call->args, OPT_COMPLETE);
	FILE *file = call->session->out;

	if (line != NULL)
		complete_line(call->session, line, strlen(line), print_candidate, file);
	else if (args_has(&call->args, OPT_BASH))
		help_bash_completion(file);
	else if (args_has(&call->args, OPT_MAN))
		help_man(file);
	else if (args_has(&call->args, OPT_MARKDOWN))
		help_markdown(file);
	else
		return help_on(call, err);
	if ((fflush(file) != 0 || ferror(file)) && !session_out_closed(call->session))
		return error_set(err, E_IO, "cannot write the output");
	return 0;
}
