/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/out_priv.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <libsmartcols/libsmartcols.h>

#include "drv/cancel.h"

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

#define WRAP_LEAST 24 /* a column narrower than this is not worth wrapping for */

struct text {
	FILE *file;
	size_t width; /* of the terminal; 0: not a terminal, lines as long as they are */
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
	for (line = all; *line != '\0' && !cancel_requested(); line = end + 1) {
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

/* Lines are wrapped here, at blanks, and given to libsmartcols with the ends in place. */
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

static int line_text(struct libscols_line *line, size_t column, const char *text,
		     enum out_style style)
{
	int ret = scols_line_set_data(line, column, text);

	if (ret == 0 && styles[style].color != NULL)
		ret = scols_cell_set_color(scols_line_get_cell(line, column),
					   styles[style].color);
	return ret != 0 ? E_NOMEM : 0;
}

static int line_cell(struct libscols_line *line, size_t column, const struct out_cell *cell)
{
	char buf[OUT_CELL_MAX];

	return line_text(line, column, out__cell_text(cell, buf), cell->style);
}

/* The same with line ends at blanks, so that no line is longer than @width where possible. */
static int line_wrapped(struct libscols_line *line, size_t column, const struct out_cell *cell,
			size_t width)
{
	char buf[OUT_CELL_MAX], *text = strdup(out__cell_text(cell, buf));
	size_t start = 0, blank = 0;
	int ret;

	if (text == NULL)
		return E_NOMEM;
	for (size_t i = 0; width > 0 && text[i] != '\0'; i++) {
		if (text[i] == ' ')
			blank = i;
		if (i - start < width || blank <= start)
			continue;
		text[blank] = '\n';
		start = blank + 1;
	}
	ret = line_text(line, column, text, cell->style);
	free(text);
	return ret;
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

static struct libscols_column *column_new(struct libscols_table *tb, const char *title,
					  int flags)
{
	struct libscols_column *column = scols_table_new_column(tb, title, 0, flags);

	if (column != NULL && flags == SCOLS_FL_WRAP) {
		scols_column_set_wrapfunc(column, scols_wrapnl_chunksize,
					  scols_wrapnl_nextchunk, NULL);
		scols_column_set_safechars(column, "\n");
	}
	return column;
}

/* What is shown of a table, and how wide its last column may be; 0: as wide as it is. */
struct shape {
	bool *shown;
	size_t last, wrap;
};

static size_t column_width(const struct out_table *table, size_t i)
{
	size_t width = strlen(table->columns[i].title);
	char buf[OUT_CELL_MAX];

	for (const struct out_row *row = table->first; row != NULL; row = row->next) {
		const size_t len = strlen(out__cell_text(&row->cells[i], buf));

		if (len > width)
			width = len;
	}
	return width;
}

/* Where the other columns leave too little of a terminal, wrapping would help nobody. */
static size_t wrap_width(const struct text *t, const struct out_table *table,
			 const struct shape *shape)
{
	size_t used = 0;

	if (t->width == 0 || (table->columns[shape->last].flags & OUT_RIGHT) != 0)
		return 0;
	for (size_t i = 0; i < table->n_columns; i++)
		if (shape->shown[i] && i != shape->last)
			used += column_width(table, i) + 2;
	return used + WRAP_LEAST <= t->width ? t->width - used : 0;
}

static int table_shape(const struct text *t, const struct out_table *table, struct shape *shape)
{
	shape->shown = calloc(table->n_columns, sizeof(*shape->shown));
	if (shape->shown == NULL)
		return E_NOMEM;
	for (size_t i = 0; i < table->n_columns; i++) {
		shape->shown[i] = column_is_shown(table, i);
		if (shape->shown[i])
			shape->last = i;
	}
	shape->wrap = wrap_width(t, table, shape);
	if (t->width > 0 && shape->wrap == 0 &&
	    (table->columns[shape->last].flags & OUT_SPARE) != 0)
		shape->shown[shape->last] = false;
	return 0;
}

static int table_columns(struct libscols_table *tb, const struct out_table *table,
			 const struct shape *shape)
{
	for (size_t i = 0; i < table->n_columns; i++) {
		const struct out_column *column = &table->columns[i];
		int flags = (column->flags & OUT_RIGHT) != 0 ? SCOLS_FL_RIGHT : 0;

		if (i == shape->last && shape->wrap > 0)
			flags = SCOLS_FL_WRAP;
		if (shape->shown[i] && column_new(tb, column->title, flags) == NULL)
			return E_NOMEM;
	}
	return 0;
}

static int table_row(struct libscols_table *tb, const struct out_table *table,
		     const struct out_row *row, const struct shape *shape)
{
	struct libscols_line *line = scols_table_new_line(tb, NULL);
	size_t to = 0;
	int ret = line != NULL ? 0 : E_NOMEM;

	for (size_t i = 0; ret == 0 && i < table->n_columns; i++) {
		if (!shape->shown[i])
			continue;
		/* Where most cells may be empty, a dash in each is noise. */
		if (row->cells[i].kind == OUT_NULL &&
		    (table->columns[i].flags & OUT_UNLESS_EMPTY) != 0)
			to++;
		else if (i == shape->last)
			ret = line_wrapped(line, to++, &row->cells[i], shape->wrap);
		else
			ret = line_cell(line, to++, &row->cells[i]);
	}
	return ret;
}

static int table_print(const struct text *t, const struct out_table *table)
{
	struct libscols_table *tb = table_new(t);
	struct shape shape = { 0 };
	int ret = tb != NULL ? table_shape(t, table, &shape) : E_NOMEM;

	if (ret == 0)
		ret = table_columns(tb, table, &shape);
	for (const struct out_row *row = table->first;
	     ret == 0 && row != NULL && !cancel_requested(); row = row->next)
		ret = table_row(tb, table, row, &shape);
	if (ret == 0 && scols_table_get_ncols(tb) > 0)
		ret = print_trimmed(t, tb);
	free(shape.shown);
	scols_unref_table(tb);
	return ret;
}

/* The titles of a run of values; the values get what is left of a terminal. */
static size_t values_wrap(const struct text *t, const struct out_member *member)
{
	size_t used = 0;

	for (; member != NULL && member->kind == OUT_MEMBER_CELL; member = member->next)
		if (member->title != NULL && strlen(member->title) + 2 > used)
			used = strlen(member->title) + 2;
	return t->width > used + WRAP_LEAST ? t->width - used : 0;
}

static int value_row(struct libscols_table *tb, const struct out_member *member, size_t wrap)
{
	struct libscols_line *line = scols_table_new_line(tb, NULL);
	const struct out_cell title = out_text(member->title);
	int ret = line != NULL ? line_cell(line, 0, &title) : E_NOMEM;

	return ret == 0 ? line_wrapped(line, 1, &member->as.cell, wrap) : ret;
}

/* A run of values, as an aligned block; @at moves to the last member of the run. */
static int values_print(const struct text *t, const struct out_member **at)
{
	struct libscols_table *tb = table_new(t);
	const size_t wrap = values_wrap(t, *at);
	int ret = tb != NULL ? 0 : E_NOMEM;

	if (ret == 0) {
		scols_table_enable_noheadings(tb, 1);
		if (column_new(tb, "", 0) == NULL || column_new(tb, "", SCOLS_FL_WRAP) == NULL)
			ret = E_NOMEM;
	}
	for (const struct out_member *member = *at; ret == 0; member = member->next) {
		if (member->title != NULL)
			ret = value_row(tb, member, wrap);
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

static size_t terminal_width(FILE *file)
{
	struct winsize size;
	const int fd = fileno(file);

	if (fd < 0 || isatty(fd) != 1 || ioctl(fd, TIOCGWINSZ, &size) != 0)
		return 0;
	return size.ws_col;
}

/* A table for people that has no row: silence would look like a command that did not work. */
static bool has_empty_table(const struct out_record *record)
{
	for (const struct out_member *member = record->first; member != NULL;
	     member = member->next) {
		const struct out_table *table = member->as.table;

		if (member->kind != OUT_MEMBER_TABLE)
			continue;
		for (size_t i = 0; i < table->n_columns; i++)
			if (table->columns[i].title != NULL)
				return true;
	}
	return false;
}

int out__render_text(const struct out *out, bool color, FILE *file)
{
	struct text t = { .file = file, .color = color, .width = terminal_width(file) };

	int ret = record_print(&t, &out->root);

	if (ret == 0 && !t.any && out->error.code == 0 && has_empty_table(&out->root))
		fputs("none\n", file);
	return ret;
}
