/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/vsc7448_csv.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TARGET_NAME, TARGET_INSTANCE, TARGET_ID, TARGET_BASE, TARGET_LAYOUT };
enum { GROUP_LAYOUT, GROUP_NAME, GROUP_OFFSET, GROUP_COUNT, GROUP_STRIDE };
enum { REG_LAYOUT, REG_GROUP, REG_NAME, REG_OFFSET, REG_COUNT, REG_STRIDE };
enum { FIELD_LAYOUT, FIELD_GROUP, FIELD_REG, FIELD_NAME, FIELD_LSB, FIELD_WIDTH };

static char *read_text(const char *path)
{
	FILE *file = fopen(path, "r");
	char *text = NULL;
	size_t size = 0;

	if (!file || getdelim(&text, &size, '\0', file) < 0) {
		perror(path);
		abort();
	}
	fclose(file);
	return text;
}

/* Unquotes the cell at @p in place; @end is what ended it.  Returns where the next one starts. */
static char *take_cell(char *p, char **cell, char *end)
{
	bool quoted = false;
	char *to = p;

	*cell = p;
	for (; *p && (quoted || (*p != ',' && *p != '\n')); p++) {
		if (*p != '"')
			*to++ = *p;
		else if (quoted && p[1] == '"')
			*to++ = *p++;
		else
			quoted = !quoted;
	}
	*end = *p;
	p += *end != '\0';
	*to = '\0';
	return p;
}

struct csv_table csv_read(const char *name)
{
	static char nothing[] = "";
	struct csv_table table = { 0 };
	size_t lines = 0, heading = 1;
	char path[128], end = '\0';

	snprintf(path, sizeof(path), "fixtures/vsc7448/csv/%s.csv", name);
	table.text = read_text(path);
	for (const char *p = table.text; *p; p++)
		lines += *p == '\n';
	table.row = calloc(lines + 1, sizeof(*table.row));
	if (!table.row)
		abort();
	for (char *p = table.text; *p;) {
		size_t cell = 0;
		do {
			char *value;
			p = take_cell(p, &value, &end);
			if (cell < CSV_CELLS)
				table.row[table.n][cell++] = value;
		} while (end == ',');
		while (cell < CSV_CELLS)
			table.row[table.n][cell++] = nothing;
		if (heading)
			heading = 0;
		else
			table.n++;
	}
	return table;
}

void csv_free(struct csv_table *table)
{
	free(table->row);
	free(table->text);
	*table = (struct csv_table){ 0 };
}

static uint64_t number(const char *text)
{
	return strtoull(text, NULL, 0);
}

/* " x4 +0x10" for an array, "" for one element. */
static const char *array_text(char *buf, size_t size, const char *count,
			      const char *stride_words)
{
	buf[0] = '\0';
	if (number(count) != 1)
		snprintf(buf, size, " x%" PRIu64 " +0x%" PRIx64, number(count),
			 4 * number(stride_words));
	return buf;
}

static bool is_first_instance(char *const *target)
{
	return number(target[TARGET_INSTANCE]) == 0;
}

static void add_targets(struct vsc7448_csv *csv)
{
	for (size_t i = 0; i < csv->targets.n; i++) {
		char *const *target = csv->targets.row[i];
		bool array = *target[TARGET_INSTANCE];
		map_lines_add(&csv->lines, "%s%s%s%s 0x%" PRIx64, target[TARGET_NAME],
			      array ? "[" : "", target[TARGET_INSTANCE], array ? "]" : "",
			      number(target[TARGET_BASE]));
	}
}

static void add_groups(struct vsc7448_csv *csv, char *const *target)
{
	char array[48];

	for (size_t i = 0; i < csv->groups.n; i++) {
		char *const *group = csv->groups.row[i];
		if (strcmp(group[GROUP_LAYOUT], target[TARGET_LAYOUT]) != 0)
			continue;
		map_lines_add(&csv->lines, "%s:%s 0x%" PRIx64 "%s", target[TARGET_NAME],
			      group[GROUP_NAME],
			      number(target[TARGET_BASE]) + 4 * number(group[GROUP_OFFSET]),
			      array_text(array, sizeof(array), group[GROUP_COUNT],
					 group[GROUP_STRIDE]));
	}
}

static char *const *find_group(const struct vsc7448_csv *csv, const char *layout,
			       const char *name)
{
	for (size_t i = 0; i < csv->groups.n; i++)
		if (strcmp(csv->groups.row[i][GROUP_LAYOUT], layout) == 0 &&
		    strcmp(csv->groups.row[i][GROUP_NAME], name) == 0)
			return csv->groups.row[i];
	abort();
}

static void add_registers(struct vsc7448_csv *csv, char *const *target)
{
	char array[48];

	for (size_t i = 0; i < csv->registers.n; i++) {
		char *const *reg = csv->registers.row[i];
		if (strcmp(reg[REG_LAYOUT], target[TARGET_LAYOUT]) != 0)
			continue;
		char *const *group = find_group(csv, reg[REG_LAYOUT], reg[REG_GROUP]);
		uint64_t words = number(group[GROUP_OFFSET]) + number(reg[REG_OFFSET]);
		map_lines_add(
			&csv->lines, "%s:%s:%s 0x%" PRIx64 "%s", target[TARGET_NAME],
			reg[REG_GROUP], reg[REG_NAME], number(target[TARGET_BASE]) + 4 * words,
			array_text(array, sizeof(array), reg[REG_COUNT], reg[REG_STRIDE]));
	}
}

static void add_fields(struct vsc7448_csv *csv, char *const *target)
{
	for (size_t i = 0; i < csv->fields.n; i++) {
		char *const *field = csv->fields.row[i];
		if (strcmp(field[FIELD_LAYOUT], target[TARGET_LAYOUT]) != 0)
			continue;
		uint64_t lsb = number(field[FIELD_LSB]);
		map_lines_add(&csv->lines, "%s:%s:%s.%s [%" PRIu64 ":%" PRIu64 "]",
			      target[TARGET_NAME], field[FIELD_GROUP], field[FIELD_REG],
			      field[FIELD_NAME], lsb + number(field[FIELD_WIDTH]) - 1, lsb);
	}
}

static uint64_t count_instances(const struct vsc7448_csv *csv, const char *layout)
{
	uint64_t n = 0;

	for (size_t i = 0; i < csv->registers.n; i++) {
		char *const *reg = csv->registers.row[i];
		if (strcmp(reg[REG_LAYOUT], layout) == 0)
			n += number(reg[REG_COUNT]) *
			     number(find_group(csv, layout, reg[REG_GROUP])[GROUP_COUNT]);
	}
	return n;
}

void vsc7448_csv_load(struct vsc7448_csv *csv)
{
	*csv = (struct vsc7448_csv){
		.targets = csv_read("targets"),
		.groups = csv_read("groups"),
		.registers = csv_read("registers"),
		.fields = csv_read("fields"),
	};
	add_targets(csv);
	for (size_t i = 0; i < csv->targets.n; i++) {
		char *const *target = csv->targets.row[i];
		csv->instances += count_instances(csv, target[TARGET_LAYOUT]);
		if (!is_first_instance(target))
			continue;
		add_groups(csv, target);
		add_registers(csv, target);
		add_fields(csv, target);
	}
}

void vsc7448_csv_free(struct vsc7448_csv *csv)
{
	csv_free(&csv->targets);
	csv_free(&csv->groups);
	csv_free(&csv->registers);
	csv_free(&csv->fields);
	map_lines_free(&csv->lines);
}
