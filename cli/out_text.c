/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/out_priv.h"

#include <stdlib.h>
#include <string.h>

#include <libsmartcols/libsmartcols.h>

/* Text for people: aligned tables and "name  value" blocks, made by libsmartcols. */

struct style {
	const char *color; /* as libsmartcols names it */
	const char *start; /* the same as an escape sequence */
};

static const struct style styles[] = {
	[OUT_STYLE_PLAIN] = { NULL, "" },
	[OUT_STYLE_NAME] = { "bold", "\033[1m" },
	[OUT_STYLE_CHANGED] = { "yellow", "\033[33m" },
	[OUT_STYLE_DIM] = { "darkgray", "\033[90m" },
	[OUT_STYLE_GOOD] = { "green", "\033[32m" },
	[OUT_STYLE_BAD] = { "red", "\033[31m" },
};

struct text {
	FILE *file;
	bool color;
	bool any;        /* something was printed: blocks are set apart by an empty line */
	bool after_line; /* the last thing was a line: a table after it belongs to it */
};

static void line_put(const struct text *t, const char *line, size_t len)
{
	while (len > 0 && line[len - 1] == ' ')
		len--;
	fwrite(line, 1, len, t->file);
	fputc('\n', t->file);
}

/* libsmartcols pads a last column that is empty in some rows; nobody wants blanks there. */
static int print_trimmed(const struct text *t, struct libscols_table *tb)
{
	char *all = NULL, *line, *end;

	if (scols_print_table_to_string(tb, &all) != 0)
		return E_NOMEM;
	for (line = all; line != NULL && *line != '\0'; line = end + 1) {
		end = strchr(line, '\n');
		if (end == NULL) {
			line_put(t, line, strlen(line));
			break;
		}
		line_put(t, line, (size_t)(end - line));
	}
	free(all);
	return 0;
}

static struct libscols_table *table_new(const struct text *t)
{
	struct libscols_table *tb = scols_new_table();

	if (tb == NULL)
		return NULL;
	scols_table_enable_colors(tb, t->color);
	scols_table_set_column_separator(tb, "  ");
	scols_table_set_termforce(tb, SCOLS_TERMFORCE_NEVER);
	return tb;
}

static int line_cell(struct libscols_line *line, size_t column, const struct out_cell *cell)
{
	char buf[OUT_CELL_MAX];
	int ret = scols_line_set_data(line, column, out__cell_text(cell, buf));

	if (ret == 0 && styles[cell->style].color != NULL)
		ret = scols_cell_set_color(scols_line_get_cell(line, column),
					   styles[cell->style].color);
	return ret != 0 ? E_NOMEM : 0;
}

static bool cell_is_empty(const struct out_cell *cell)
{
	return cell->kind == OUT_NULL || (cell->kind == OUT_TEXT && cell->as.text[0] == '\0');
}

static bool column_is_shown(const struct out_table *table, size_t i)
{
	if (table->columns[i].title == NULL)
		return false;
	if ((table->columns[i].flags & OUT_UNLESS_EMPTY) == 0)
		return true;
	for (const struct out_row *row = table->first; row != NULL; row = row->next)
		if (!cell_is_empty(&row->cells[i]))
			return true;
	return false;
}

static int table_columns(struct libscols_table *tb, const struct out_table *table, bool *shown)
{
	for (size_t i = 0; i < table->n_columns; i++) {
		const struct out_column *column = &table->columns[i];
		int flags = (column->flags & OUT_RIGHT) != 0 ? SCOLS_FL_RIGHT : 0;

		shown[i] = column_is_shown(table, i);
		if (shown[i] && scols_table_new_column(tb, column->title, 0, flags) == NULL)
			return E_NOMEM;
	}
	return 0;
}

static int table_row(struct libscols_table *tb, const struct out_table *table,
		     const struct out_row *row, const bool *shown)
{
	struct libscols_line *line = scols_table_new_line(tb, NULL);
	size_t to = 0;

	if (line == NULL)
		return E_NOMEM;
	for (size_t i = 0; i < table->n_columns; i++) {
		if (!shown[i])
			continue;
		/* Where most cells may be empty, a dash in each is noise. */
		if (row->cells[i].kind == OUT_NULL &&
		    (table->columns[i].flags & OUT_UNLESS_EMPTY) != 0)
			to++;
		else if (line_cell(line, to++, &row->cells[i]) != 0)
			return E_NOMEM;
	}
	return 0;
}

static int table_print(const struct text *t, const struct out_table *table)
{
	struct libscols_table *tb = table_new(t);
	bool *shown = calloc(table->n_columns, sizeof(*shown));
	int ret = tb != NULL && shown != NULL ? 0 : E_NOMEM;

	if (ret == 0)
		ret = table_columns(tb, table, shown);
	for (const struct out_row *row = table->first; ret == 0 && row != NULL; row = row->next)
		ret = table_row(tb, table, row, shown);
	if (ret == 0 && scols_table_get_ncols(tb) > 0)
		ret = print_trimmed(t, tb);
	free(shown);
	scols_unref_table(tb);
	return ret;
}

/* A run of values, as an aligned block; returns the last member of the run. */
static int values_print(const struct text *t, const struct out_member **at)
{
	struct libscols_table *tb = table_new(t);
	const struct out_member *member = *at;
	int ret = tb != NULL ? 0 : E_NOMEM;

	if (ret == 0) {
		scols_table_enable_noheadings(tb, 1);
		if (scols_table_new_column(tb, "", 0, 0) == NULL ||
		    scols_table_new_column(tb, "", 0, 0) == NULL)
			ret = E_NOMEM;
	}
	for (; ret == 0; member = member->next) {
		if (member->title != NULL) {
			struct libscols_line *line = scols_table_new_line(tb, NULL);
			const struct out_cell title = out_text(member->title);

			ret = line == NULL || line_cell(line, 0, &title) != 0 ||
					      line_cell(line, 1, &member->as.cell) != 0
				      ? E_NOMEM
				      : 0;
		}
		*at = member;
		if (member->next == NULL || member->next->kind != OUT_MEMBER_CELL)
			break;
	}
	if (ret == 0)
		ret = print_trimmed(t, tb);
	scols_unref_table(tb);
	return ret;
}

static void say_print(const struct text *t, const struct out_cell *cell)
{
	const char *start = t->color ? styles[cell->style].start : "";

	fprintf(t->file, "%s%s%s\n", start, cell->as.text, start[0] != '\0' ? "\033[0m" : "");
}

static void list_print(const struct text *t, const struct out_member *member)
{
	char buf[OUT_CELL_MAX];

	if (member->title == NULL)
		return;
	if (member->title[0] != '\0')
		fprintf(t->file, "%s\n", member->title);
	for (const struct out_item *item = member->as.list->first; item != NULL;
	     item = item->next)
		fprintf(t->file, "%s%s\n", member->title[0] != '\0' ? "  " : "",
			out__cell_text(&item->cell, buf));
}

static bool is_shown(const struct out_member *member)
{
	switch (member->kind) {
	case OUT_MEMBER_TABLE:
		for (size_t i = 0; i < member->as.table->n_columns; i++)
			if (member->as.table->columns[i].title != NULL)
				return member->as.table->first != NULL;
		return false;
	case OUT_MEMBER_LIST:
		return member->title != NULL && member->as.list->first != NULL;
	case OUT_MEMBER_SAY:
		return true;
	default:
		return member->title != NULL;
	}
}

/* An empty line comes before a block, and before a table that does not follow a line. */
static bool starts_block(const struct text *t, const struct out_member *member)
{
	if (member->kind == OUT_MEMBER_TABLE)
		return t->any && !t->after_line;
	return t->any && (member->kind == OUT_MEMBER_RECORD ||
			  (member->kind == OUT_MEMBER_LIST && member->title[0] != '\0'));
}

static int record_print(struct text *t, const struct out_record *record);

static int member_print(struct text *t, const struct out_member **at)
{
	const struct out_member *member = *at;

	if (starts_block(t, member))
		fputc('\n', t->file);
	t->any = true;
	t->after_line = member->kind == OUT_MEMBER_SAY;
	switch (member->kind) {
	case OUT_MEMBER_CELL:
		return values_print(t, at);
	case OUT_MEMBER_RECORD:
		fprintf(t->file, "%s\n", member->title);
		return record_print(t, member->as.record);
	case OUT_MEMBER_TABLE:
		return table_print(t, member->as.table);
	case OUT_MEMBER_LIST:
		list_print(t, member);
		return 0;
	case OUT_MEMBER_SAY:
		say_print(t, &member->as.cell);
		return 0;
	}
	return 0;
}

static int record_print(struct text *t, const struct out_record *record)
{
	int ret = 0;

	for (const struct out_member *member = record->first; ret == 0 && member != NULL;
	     member = member->next)
		if (is_shown(member))
			ret = member_print(t, &member);
	return ret;
}

int out__render_text(const struct out *out, bool color, FILE *file)
{
	struct text t = { .file = file, .color = color };

	return record_print(&t, &out->root);
}
