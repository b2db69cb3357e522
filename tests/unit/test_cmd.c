/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/cmd.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* The self-checks of the command table, and how commands are found in it. */

static void check_text(const char *name, const char *text)
{
	const size_t len = strlen(text);

	const bool capital =
		isupper((unsigned char)text[0]) && !isupper((unsigned char)text[1]);

	if (len == 0 || len > 60 || text[len - 1] == '.' || capital)
		fail_msg("%s: help \"%s\": 1 to 60 characters, no capital, no full stop", name,
			 text);
}

static void check_options(const char *name, const struct arg_spec *specs)
{
	for (const struct arg_spec *a = specs; a != NULL && a->name != NULL; a++) {
		check_text(a->name, a->help);
		if (a[1].name != NULL && strcmp(a->name, a[1].name) >= 0)
			fail_msg("%s: options %s and %s are not in order", name, a->name,
				 a[1].name);
		for (const struct arg_spec *b = a + 1; b->name != NULL; b++) {
			assert_int_not_equal(a->id, b->id);
			assert_true(a->letter == 0 || a->letter != b->letter);
		}
		/* A command must not hide what every command takes. */
		for (const struct arg_spec *b = option_table;
		     specs != option_table && b->name != NULL; b++) {
			assert_string_not_equal(a->name, b->name);
			assert_true(a->letter == 0 || a->letter != b->letter);
			assert_int_not_equal(a->id, b->id);
		}
	}
}

static void check_one(const struct cmd *cmd)
{
	check_text(cmd->name, cmd->help);
	for (const char *c = cmd->name; *c != '\0'; c++)
		assert_true(islower((unsigned char)*c) || *c == '-');
	if (cmd->sub != NULL) {
		assert_true(cmd->run == NULL && cmd->usage == NULL && cmd->n_sub > 0);
		return;
	}
	assert_non_null(cmd->run);
	assert_non_null(cmd->usage);
	assert_true(cmd->min_operands <= cmd->max_operands);
	assert_true((cmd->usage[0] == '\0') == (cmd->max_operands == 0));
	assert_true((cmd->schema == NULL) == ((cmd->flags & CMD_NESTS) != 0));
	assert_true(cmd->schema == NULL || cmd->version > 0);
	assert_true((cmd->flags & CMD_DANGEROUS) == 0 || (cmd->flags & CMD_WRITES) != 0);
	assert_true((cmd->flags & CMD_WRITES) == 0 || (cmd->flags & CMD_NEEDS_BOARD) != 0);
	assert_true(cmd->detail == NULL || cmd->detail[strlen(cmd->detail) - 1] == '.');
	check_options(cmd->name, cmd->options);
}

static void check_table(const struct cmd *table, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		check_one(&table[i]);
		if (i > 0 && strcmp(table[i - 1].name, table[i].name) >= 0)
			fail_msg("%s and %s are not in order", table[i - 1].name,
				 table[i].name);
		if (table[i].sub != NULL)
			check_table(table[i].sub, table[i].n_sub);
	}
}

static void test_command_table_is_sorted_unique_and_complete(void **state)
{
	(void)state;
	check_table(command_table, command_table_size);
}

static void test_global_options_are_sorted_and_unique(void **state)
{
	(void)state;
	check_options("switchblade", option_table);
	for (const struct arg_spec *spec = option_table; spec->name != NULL; spec++)
		assert_true(spec->id < OPT_COMMAND);
}

/* Every document has its schema file, by name and number. */
static void has_schema(void *arg, const struct cmd *cmd, const char *name)
{
	size_t *n = arg;
	char path[128], text[2048];
	FILE *file;
	size_t len;

	(*n)++;
	if (cmd->schema == NULL)
		return;
	snprintf(path, sizeof(path), "cli/schemas/%s.%u.schema.json", cmd->schema,
		 cmd->version);
	file = fopen(path, "r");
	if (file == NULL)
		fail_msg("%s: no %s", name, path);
	len = fread(text, 1, sizeof(text) - 1, file);
	text[len] = '\0';
	fclose(file);
	snprintf(path, sizeof(path), "switchblade/%s/%u", cmd->schema, cmd->version);
	assert_non_null(strstr(text, path));
}

static void test_every_command_has_a_schema_file(void **state)
{
	size_t n = 0;

	(void)state;
	cmd_walk(has_schema, &n);
	assert_true(n >= 20);
}

static void lookup(const char *a, const char *b, const char *want)
{
	const char *words[] = { a, b };
	const struct cmd *cmd = NULL;
	struct error err = { 0 };
	char got[1024];
	size_t used;
	int ret = cmd_lookup(words, b != NULL ? 2 : 1, &err, &cmd, &used);

	if (ret == 0)
		cmd_full_name(cmd, got, sizeof(got));
	else
		snprintf(got, sizeof(got), "%s: %s", error_name(ret), err.text);
	assert_string_equal(got, want);
}

static void test_commands_are_found_by_their_words(void **state)
{
	(void)state;
	lookup("reg", "read", "reg read");
	lookup("help", NULL, "help");
	lookup("help", "reg", "help");
	lookup("reg", "--help", "reg");
	lookup("reg", "raed", "syntax: unknown command \"reg raed\"; did you mean reg read?");
	lookup("rge", NULL, "syntax: unknown command \"rge\"; did you mean reg?");
	lookup("xyzzy", NULL,
	       "syntax: unknown command \"xyzzy\"; `switchblade help` lists them");
	lookup("map", NULL, "syntax: map needs one of: diff, info, list");
	lookup("map", "--json", "syntax: map needs one of: diff, info, list");
}

static void test_no_command_is_an_error(void **state)
{
	const struct cmd *cmd;
	size_t used;

	(void)state;
	assert_int_equal(cmd_lookup(NULL, 0, NULL, &cmd, &used), E_SYNTAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_command_table_is_sorted_unique_and_complete),
		cmocka_unit_test(test_global_options_are_sorted_and_unique),
		cmocka_unit_test(test_every_command_has_a_schema_file),
		cmocka_unit_test(test_commands_are_found_by_their_words),
		cmocka_unit_test(test_no_command_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
