/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/complete.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "cli/words.h"
#include "hal/reg.h"
#include "regmaps/regdb/regpath.h"

#define MATCHES_MAX 4000 /* nobody reads more */

void complete_offer(const struct complete *c, const char *text)
{
	if (strncasecmp(text, c->word, strlen(c->word)) == 0)
		c->add(c->arg, text);
}

static struct board *board_of(const struct complete *c)
{
	struct board *board = NULL;

	return session_board(c->session, NULL, &board) == 0 ? board : NULL;
}

void complete_device(const struct complete *c)
{
	const struct board *board = board_of(c);

	for (size_t i = 0; board != NULL && i < board_n_devices(board); i++)
		complete_offer(c, device_name(board_device_at(board, i)));
}

void complete_map(const struct complete *c)
{
	for (size_t i = 0; regdb_builtin_name(i) != NULL; i++)
		complete_offer(c, regdb_builtin_name(i));
	complete_file(c);
}

enum ending {
	END_REGISTER, /* fields are not meant */
	END_FIELD,
	END_SET,  /* "FIELD=" */
	END_POLL, /* "FIELD==" */
};

/* A candidate of one device gets the part before it back: "btc/". */
struct prefixed {
	const struct complete *complete;
	const struct regdb *db;
	const char *prefix;
	enum ending ending;
	size_t n;
	char last[512]; /* candidate */
};

static bool resolves(const struct regdb *db, const char *path, struct regset_item *item)
{
	struct regset_pos pos = { 0 };
	struct regset *set;
	bool found;

	if (regpath_resolve(db, path, REGPATH_PATTERN | REGPATH_FIELD, NULL, &set) != 0)
		return false;
	found = regset_next(set, &pos, item);
	regset_free(set);
	return found;
}

static bool is_field(const struct regdb *db, const char *path)
{
	struct regset_item item;

	return resolves(db, path, &item) && item.field != REGDB_NONE;
}

static bool has_fields(const struct regdb *db, const char *path)
{
	struct regset_item item;

	return resolves(db, path, &item) && item.field == REGDB_NONE &&
	       item.ref.node != REGDB_NONE && regdb_node(db, item.ref.node)->n_fields > 0;
}

static bool can_go_on(const char *text)
{
	return text[0] == '\0' || strchr(":[.", text[strlen(text) - 1]) != NULL;
}

/* What follows a candidate; NULL: it is not offered. */
static const char *suffix_of(const struct prefixed *p, const char *text)
{
	const char last = text[0] != '\0' ? text[strlen(text) - 1] : '\0';

	if (can_go_on(text))
		return last == '.' && (p->ending == END_REGISTER || p->ending == END_SET) ? NULL
											  : "";
	if (p->ending == END_REGISTER || p->ending == END_FIELD)
		return "";
	if (is_field(p->db, text))
		return p->ending == END_SET ? "=" : "==";
	return p->ending == END_SET ? "." : "";
}

static void add_prefixed(void *arg, const char *text)
{
	struct prefixed *p = arg;
	const char *suffix = suffix_of(p, text);
	char whole[512];
	int len;

	if (suffix == NULL)
		return;
	len = snprintf(whole, sizeof(whole), "%s%s%s", p->prefix, text, suffix);
	if (len < 0 || (size_t)len >= sizeof(whole))
		return;
	p->n++;
	snprintf(p->last, sizeof(p->last), "%s", text);
	p->complete->add(p->complete->arg, whole);
}

/* A register that has fields may not be the end: both are offered, so that no blank follows. */
static void offer_field_too(struct prefixed *p)
{
	char text[sizeof(p->last) + 1];

	if (p->n != 1 || can_go_on(p->last) || !has_fields(p->db, p->last))
		return;
	snprintf(text, sizeof(text), "%s.", p->last);
	add_prefixed(p, text);
}

static void complete_register(const struct complete *c, enum ending ending)
{
	const struct board *board = board_of(c);
	char device[64], prefix[80];
	const char *rest = regpath_device(c->word, device, sizeof(device));

	for (size_t i = 0; board != NULL && i < board_n_devices(board); i++) {
		const struct device *dev = board_device_at(board, i);
		struct prefixed p = { c, device_map(dev), "", ending, 0, "" };

		if (device[0] != '\0' && strcasecmp(device, device_name(dev)) != 0)
			continue;
		snprintf(prefix, sizeof(prefix), "%s/", device_name(dev));
		if (device[0] != '\0')
			p.prefix = prefix;
		else if (board_n_devices(board) > 1)
			complete_offer(c, prefix);
		regpath_complete(p.db, rest, MATCHES_MAX, add_prefixed, &p);
		if (ending == END_FIELD || ending == END_POLL)
			offer_field_too(&p);
	}
}

void complete_path(const struct complete *c)
{
	if (c->operand == 0 || c->cmd->max_operands > 2)
		complete_register(c, END_REGISTER);
}

static void offer_enumerators(const struct complete *c, const struct regdb *db, uint32_t index)
{
	const struct regdb_field *field = regdb_field(db, index);

	for (uint32_t i = field->first_enum; i < field->first_enum + field->n_enums; i++)
		complete_offer(c, regdb_str(db, regdb_enumerator(db, i)->name));
}

/* The enumerators of the field that @path names. */
static void complete_enumerators(const struct complete *c, const char *path)
{
	const struct board *board = board_of(c);
	struct regset_pos pos = { 0 };
	struct regset_item item;
	struct regset *set;
	struct device *dev;

	if (board == NULL ||
	    reg_resolve(board, path, REGPATH_PATTERN | REGPATH_FIELD, NULL, &dev, &set) != 0)
		return;
	if (regset_next(set, &pos, &item) && item.field != REGDB_NONE)
		offer_enumerators(c, device_map(dev), item.field);
	regset_free(set);
}

void complete_field(const struct complete *c)
{
	if (c->operand == 0 || c->cmd->max_operands > 2)
		complete_register(c, END_FIELD);
	else
		complete_enumerators(c, c->before);
}

void complete_setting(const struct complete *c)
{
	if (c->setting != NULL)
		complete_enumerators(c, c->setting);
	else
		complete_register(c, (c->cmd->flags & CMD_WRITES) != 0 ? END_SET : END_POLL);
}

static bool is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static void offer_entry(const struct complete *c, const char *folder, const char *name)
{
	const char *base = strrchr(c->word, '/');
	char path[4096], whole[4400];
	int len;

	base = base != NULL ? base + 1 : c->word;
	if (strncmp(name, base, strlen(base)) != 0 || (name[0] == '.' && base[0] != '.'))
		return;
	len = snprintf(path, sizeof(path) - 1, "%s%s", folder, name);
	if (len < 0 || (size_t)len >= sizeof(path) - 1)
		return;
	if (is_folder(path))
		memcpy(path + len, "/", 2);
	snprintf(whole, sizeof(whole), "%.*s%s", (int)c->keep, c->word - c->keep, path);
	c->add(c->arg, whole);
}

void complete_file(const struct complete *c)
{
	const char *slash = strrchr(c->word, '/');
	char folder[4096];
	struct dirent **entries;
	int n;

	if (slash != NULL && (size_t)(slash - c->word) + 2 > sizeof(folder))
		return;
	snprintf(folder, sizeof(folder), "%.*s", slash != NULL ? (int)(slash - c->word) + 1 : 0,
		 c->word);
	n = scandir(slash != NULL ? folder : ".", &entries, NULL, alphasort);
	for (int i = 0; i < n; i++) {
		if (strcmp(entries[i]->d_name, ".") != 0 &&
		    strcmp(entries[i]->d_name, "..") != 0)
			offer_entry(c, folder, entries[i]->d_name);
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
}

void complete_file_then_device(const struct complete *c)
{
	if (c->operand == 0)
		complete_file(c);
	else
		complete_device(c);
}

void complete_file_or_live(const struct complete *c)
{
	complete_offer(c, "live");
	complete_file(c);
}

static void offer_names(const struct complete *c, const struct cmd *table, size_t n)
{
	for (size_t i = 0; i < n; i++)
		complete_offer(c, table[i].name);
}

/* The words before the cursor, without the options in front of the command. */
struct line {
	struct words words;
	const char *const *list;
	size_t n;
	struct complete complete;
};

void complete_command(const struct complete *c)
{
	const struct cmd *group;

	if (c->operand == 0) {
		offer_names(c, command_table, command_table_size);
		return;
	}
	group = cmd_find(command_table, command_table_size, c->before);
	if (group != NULL)
		offer_names(c, group->sub, group->n_sub);
}

static void offer_options(const struct complete *c, const struct arg_spec *table)
{
	char text[80];

	for (; table != NULL && table->name != NULL; table++) {
		if (c->session->in_shell && (table->flags & ARG_AT_START) != 0)
			continue;
		snprintf(text, sizeof(text), "--%s%s", table->name,
			 table->value != NULL && (table->flags & ARG_VALUE_OPTIONAL) == 0 ? "="
											  : "");
		complete_offer(c, text);
	}
}

/* "mock:" and its likes; behind the colon a file. */
static void complete_bus(const struct complete *c)
{
	const char *colon = strrchr(c->word, ':');
	struct complete file = *c;
	char scheme[32];

	if (colon != NULL) {
		file.word = colon + 1;
		file.keep = (size_t)(colon + 1 - c->word);
		complete_file(&file);
		return;
	}
	for (size_t i = 0; bus_scheme_name(i) != NULL; i++) {
		snprintf(scheme, sizeof(scheme), "%s:", bus_scheme_name(i));
		complete_offer(c, scheme);
	}
}

static void complete_value(const struct complete *c, const struct arg_spec *spec)
{
	if (spec->id == OPT_MAP)
		complete_map(c);
	else if (spec->id == OPT_BUS)
		complete_bus(c);
	else if (spec->id == OPT_COLOR)
		for (size_t i = 0; i < 3; i++)
			complete_offer(c, (const char *[]){ "always", "auto", "never" }[i]);
	else if ((spec->flags & ARG_REGISTER) != 0)
		complete_register(c, END_REGISTER);
	else if ((spec->flags & ARG_FILE) != 0)
		complete_file(c);
}

/* The option that "--name" or "-x" means, in either table; NULL: none. */
static const struct arg_spec *find_option(const struct arg_spec *const tables[2],
					  const char *word)
{
	for (size_t t = 0; t < 2; t++)
		for (const struct arg_spec *spec = tables[t];
		     spec != NULL && spec->name != NULL; spec++) {
			if (strncmp(word, "--", 2) == 0 && strcmp(word + 2, spec->name) == 0)
				return spec;
			if (word[0] == '-' && spec->letter != 0 && word[1] == spec->letter &&
			    word[2] == '\0')
				return spec;
		}
	return NULL;
}

static bool takes_next(const struct arg_spec *spec)
{
	return spec != NULL && spec->value != NULL && (spec->flags & ARG_VALUE_OPTIONAL) == 0;
}

/* Counts the operands in front of the word; returns the option that the word is a value of. */
static const struct arg_spec *count_operands(const struct line *line, size_t used,
					     const struct arg_spec *const tables[2],
					     struct complete *c)
{
	const struct arg_spec *value_of = NULL;

	for (size_t i = used; i < line->n; i++) {
		const char *word = line->list[i];

		if (value_of != NULL) {
			value_of = NULL;
		} else if (word[0] == '-') {
			value_of = find_option(tables, word);
			if (!takes_next(value_of))
				value_of = NULL;
		} else {
			c->before = word;
			c->operand++;
		}
	}
	return value_of;
}

static void complete_in_command(struct line *line, const struct cmd *cmd, size_t used)
{
	const struct arg_spec *const tables[2] = { cmd->options, option_table };
	struct complete *c = &line->complete;
	const struct arg_spec *value_of = count_operands(line, used, tables, c);

	c->cmd = cmd;
	if (c->setting != NULL && c->setting[0] == '-') {
		value_of = find_option(tables, c->setting);
		if (value_of == NULL)
			return;
	}
	if (value_of != NULL) {
		complete_value(c, value_of);
	} else if (c->word[0] == '-') {
		offer_options(c, cmd->options);
		offer_options(c, option_table);
	} else if (cmd->complete != NULL && c->operand < cmd->max_operands) {
		cmd->complete(c);
	}
}

static void complete_word(struct line *line)
{
	const struct arg_spec *const tables[2] = { NULL, option_table };
	const struct complete *c = &line->complete;
	const struct cmd *group, *cmd;
	size_t used;

	if (line->n == 0 || line->list[0][0] == '-') {
		const char *option = c->setting != NULL ? c->setting
				     : line->n > 0      ? line->list[line->n - 1]
							: "";
		const struct arg_spec *spec = find_option(tables, option);

		if (spec != NULL)
			complete_value(c, spec);
		else if (c->word[0] == '-')
			offer_options(c, option_table);
		else
			offer_names(c, command_table, command_table_size);
		return;
	}
	group = cmd_find(command_table, command_table_size, line->list[0]);
	if (group != NULL && group->sub != NULL && line->n == 1) {
		offer_names(c, group->sub, group->n_sub);
		return;
	}
	if (cmd_lookup(line->list, line->n, NULL, &cmd, &used) == 0)
		complete_in_command(line, cmd, used);
}

/* Options before the command say which map and board to look in. */
static void skip_options(struct line *line)
{
	const struct arg_spec *const tables[2] = { NULL, option_table };
	struct session *session = line->complete.session;
	struct args args;

	line->list = (const char *const *)line->words.list;
	if (args_parse(tables, line->list, line->n, true, NULL, &args) == 0 &&
	    (session->in_shell || session->board != NULL ||
	     options_apply(&session->options, &args, false, NULL) == 0)) {
		line->list += args.n_words;
		line->n -= args.n_words;
	}
	args_fini(&args);
}

/* Splits the word under the cursor at its last "=". */
static size_t find_word(struct line *line, const char *text, size_t point, char **setting)
{
	const struct words *words = &line->words;
	const bool inside = words->n > 0 && (words->open_quote || point == 0 ||
					     !isspace((unsigned char)text[point - 1]));
	size_t start = point;
	const char *equals;

	line->n = words->n;
	line->complete.word = "";
	if (!inside)
		return point;
	line->n--;
	line->complete.word = words->list[line->n];
	start = words->starts[line->n];
	if (text[start] == '"' || text[start] == '\'')
		start++;
	equals = strrchr(line->complete.word, '=');
	if (equals == NULL)
		return start;
	*setting = strndup(line->complete.word, strcspn(line->complete.word, "="));
	line->complete.setting = *setting;
	line->complete.word = equals + 1;
	return point - strlen(line->complete.word);
}

size_t complete_line(struct session *session, const char *text, size_t point,
		     void (*add)(void *arg, const char *text), void *arg)
{
	struct line line = { .complete = { .session = session, .add = add, .arg = arg } };
	char *setting = NULL;
	size_t start = point;

	if (words_split(text, point, true, NULL, &line.words) == 0) {
		start = find_word(&line, text, point, &setting);
		skip_options(&line);
		complete_word(&line);
	}
	free(setting);
	words_fini(&line.words);
	return start;
}
