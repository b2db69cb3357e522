/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/out_priv.h"

/* Bare values for scripts: one line per value or row, tabs between the columns of a row. */

static void raw_row(const struct out_table *table, const struct out_row *row, FILE *file)
{
	char buf[OUT_CELL_MAX];
	const char *sep = "";

	for (size_t i = 0; i < table->n_columns; i++) {
		if ((table->columns[i].flags & OUT_RAW) == 0)
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

static void raw_record(const struct out_record *record, FILE *file);

static void raw_member(const struct out_member *member, FILE *file)
{
	char buf[OUT_CELL_MAX];

	switch (member->kind) {
	case OUT_MEMBER_CELL:
		if ((member->flags & OUT_RAW) != 0)
			fprintf(file, "%s\n", out__cell_text(&member->as.cell, buf));
		break;
	case OUT_MEMBER_RECORD:
		raw_record(member->as.record, file);
		break;
	case OUT_MEMBER_TABLE:
		for (const struct out_row *row = member->as.table->first; row != NULL;
		     row = row->next)
			raw_row(member->as.table, row, file);
		break;
	case OUT_MEMBER_LIST:
		if ((member->flags & OUT_RAW) != 0)
			raw_list(member->as.list, file);
		break;
	case OUT_MEMBER_SAY:
		break;
	}
}

static void raw_record(const struct out_record *record, FILE *file)
{
	for (const struct out_member *member = record->first; member != NULL;
	     member = member->next)
		raw_member(member, file);
}

int out__render_raw(const struct out *out, FILE *file)
{
	raw_record(&out->root, file);
	return 0;
}
