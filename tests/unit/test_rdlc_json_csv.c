/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What `rdlc --json regmaps/vsc7448/vsc7448.rdl` prints against fixtures/vsc7448/csv, without
 * the database in between.  Runs the rdlc of this build ($B, or build).
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "tests/lib/map_lines.h"
#include "tests/lib/vsc7448_csv.h"

static json_t *load(void)
{
	const char *build = getenv("B");
	json_error_t error;
	char command[256];
	json_t *root;
	FILE *pipe;

	snprintf(command, sizeof(command), "%s/bin/rdlc --json regmaps/vsc7448/vsc7448.rdl",
		 build ? build : "build");
	pipe = popen(command, "r");
	assert_non_null(pipe);
	root = json_loadf(pipe, 0, &error);
	if (!root)
		fail_msg("line %d: %s", error.line, error.text);
	assert_int_equal(pclose(pipe), 0);
	return root;
}

static const char *text(const json_t *node, const char *key)
{
	const char *value = json_string_value(json_object_get(node, key));

	if (!value)
		fail_msg("a node without %s", key);
	return value;
}

static uint64_t number(const json_t *node, const char *key)
{
	const json_t *value = json_object_get(node, key);

	if (!json_is_integer(value))
		fail_msg("%s: %s is no integer", text(node, "name"), key);
	return (uint64_t)json_integer_value(value);
}

static bool is_array(const json_t *node)
{
	return json_array_size(json_object_get(node, "dims")) != 0;
}

static uint64_t count(const json_t *node)
{
	uint64_t n = 1;
	size_t i;
	json_t *dim;

	json_array_foreach(json_object_get(node, "dims"), i, dim) n *=
		(uint64_t)json_integer_value(dim);
	return n;
}

static const char *array_text(char *buf, size_t size, const json_t *node)
{
	buf[0] = '\0';
	if (is_array(node))
		snprintf(buf, size, " x%" PRIu64 " +0x%" PRIx64, count(node),
			 number(node, "stride"));
	return buf;
}

static void add_field(struct map_lines *lines, const char *reg, const json_t *field)
{
	map_lines_add(lines, "%s.%s [%" PRIu64 ":%" PRIu64 "]%s", reg, text(field, "name"),
		      number(field, "msb"), number(field, "lsb"),
		      strcmp(text(field, "kind"), "field") == 0 ? "" : " is no field");
}

static void add_register(struct map_lines *lines, const char *path, const json_t *reg)
{
	size_t i;
	json_t *field;

	if (strcmp(text(reg, "kind"), "reg") != 0 || number(reg, "regwidth") != 32 ||
	    number(reg, "accesswidth") != 32 || number(reg, "size") != 4)
		map_lines_add(lines, "%s is not a register of 32 bits", path);
	json_array_foreach(json_object_get(reg, "children"), i, field)
		add_field(lines, path, field);
}

/* Adds @node and what is below it; returns how many register instances one element holds. */
static uint64_t add_node(struct map_lines *lines, const char *above, const json_t *node)
{
	char path[192], array[48];
	uint64_t n = 0;
	size_t i;
	json_t *child;

	snprintf(path, sizeof(path), "%s:%s", above, text(node, "name"));
	map_lines_add(lines, "%s 0x%" PRIx64 "%s", path, number(node, "address"),
		      array_text(array, sizeof(array), node));
	if (strcmp(text(node, "kind"), "regfile") != 0) {
		add_register(lines, path, node);
		return count(node);
	}
	json_array_foreach(json_object_get(node, "children"), i, child) n +=
		add_node(lines, path, child);
	return n * count(node);
}

static uint64_t add_target(struct map_lines *lines, const json_t *target)
{
	const char *name = text(target, "name");
	uint64_t n = 0;
	size_t i;
	json_t *group;

	for (uint64_t k = 0; k < count(target); k++) {
		char index[24] = "";
		if (is_array(target))
			snprintf(index, sizeof(index), "[%" PRIu64 "]", k);
		map_lines_add(lines, "%s%s 0x%" PRIx64, name, index,
			      number(target, "address") +
				      (is_array(target) ? k * number(target, "stride") : 0));
	}
	json_array_foreach(json_object_get(target, "children"), i, group) n +=
		add_node(lines, name, group);
	return n * count(target);
}

static void test_json_equals_the_tables(void **state)
{
	json_t *root = load();
	struct map_lines lines = { 0 };
	struct vsc7448_csv csv;
	uint64_t targets = 0, instances = 0;
	size_t i;
	json_t *target;

	(void)state;
	vsc7448_csv_load(&csv);
	assert_string_equal(text(root, "kind"), "addrmap");
	assert_string_equal(text(root, "name"), "vsc7448");
	json_array_foreach(json_object_get(root, "children"), i, target)
	{
		instances += add_target(&lines, target);
		targets += count(target);
	}
	assert_int_equal(map_lines_diff(&csv.lines, &lines, stdout), 0);
	assert_int_equal(targets, VSC7448_TARGETS);
	assert_int_equal(csv.fields.n, VSC7448_FIELDS);
	assert_int_equal(instances, VSC7448_INSTANCES);
	printf("counted: rdlc --json equals the tables: %" PRIu64 " targets, %zu fields, "
	       "%" PRIu64 " register instances\n",
	       targets, csv.fields.n, instances);
	map_lines_free(&lines);
	vsc7448_csv_free(&csv);
	json_decref(root);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_json_equals_the_tables) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
