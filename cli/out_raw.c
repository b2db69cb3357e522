/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/out_priv.h"

#include "drv/cancel.h"

/*
 * Bare values for scripts: one line per value or row, tabs between the columns of a row.  A
 * document without a member that says anything about raw gives all that text would show.
 */

static bool is_wanted(const struct out_column *column, bool all)
{
	return all ? column->title != NULL : (column->flags & OUT_RAW) != 0;
}

static void raw_row(const struct out_table *table, const struct out_row *row, bool all,
		    FILE *file)
{
	char buf[OUT_CELL_MAX];
	const char *sep = "";

	for (size_t i = 0; i < table->n_columns; i++) {
		if (!is_wanted(&table->columns[i], all))
			continue;
		fprintf(file, "%s%s", sep, out__cell_text(&row->cells[i], buf));
		sep = "\t";
	}
	if (sep[0] != '\0')
		fputc('\n', file);
}

static void raw_list(const struct out_list *list, FILE *file)
{
	char buf[OUT_CELL_MAX];

	for (const struct out_item *item = list->first; item != NULL; item = item->next)
		fprintf(file, "%s\n", out__cell_text(&item->cell, buf));
}

static void raw_cell(const struct out_member *member, bool all, FILE *file)
{
	char buf[OUT_CELL_MAX];

	if (all && member->title != NULL)
		fprintf(file, "%s\t%s\n", member->key, out__cell_text(&member->as.cell, buf));
	else if ((member->flags & OUT_RAW) != 0)
		fprintf(file, "%s\n", out__cell_text(&member->as.cell, buf));
}

static void raw_record(const struct out_record *record, bool all, FILE *file);

static void raw_member(const struct out_member *member, bool all, FILE *file)
{
	switch (member->kind) {
	case OUT_MEMBER_CELL:
		raw_cell(member, all, file);
		break;
	case OUT_MEMBER_RECORD:
		raw_record(member->as.record, all, file);
		break;
	case OUT_MEMBER_TABLE:
		for (const struct out_row *row = member->as.table->first;
		     row != NULL && !cancel_requested(); row = row->next)
			raw_row(member->as.table, row, all, file);
		break;
	case OUT_MEMBER_LIST:
		if (all || (member->flags & OUT_RAW) != 0)
			raw_list(member->as.list, file);
		break;
	case OUT_MEMBER_SAY:
		break;
	}
}

static void raw_record(const struct out_record *record, bool all, FILE *file)
{
	for (const struct out_member *member = record->first; member != NULL;
	     member = member->next)
		raw_member(member, all, file);
}

static bool table_has_raw(const struct out_table *table)
{
	for (size_t i = 0; i < table->n_columns; i++)
		if ((table->columns[i].flags & (OUT_RAW | OUT_NO_RAW)) != 0)
			return true;
	return false;
}

static bool has_raw(const struct out_record *record)
{
	for (const struct out_member *member = record->first; member != NULL;
	     member = member->next) {
		if ((member->flags & OUT_RAW) != 0 ||
		    (member->kind == OUT_MEMBER_TABLE && table_has_raw(member->as.table)) ||
		    (member->kind == OUT_MEMBER_RECORD && has_raw(member->as.record)))
			return true;
	}
	return false;
}

int out__render_raw(const struct out *out, FILE *file)
{
	raw_record(&out->root, !has_raw(&out->root), file);
	return 0;
}
