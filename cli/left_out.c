/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/target.h"

#include <stdlib.h>

#include "cli/name.h"
#include "cli/select.h"

struct left_out_row {
	const struct target *target;
	const char *reason;
	struct selection selection;
};

static struct left_out_row *row_new(struct left_out *left)
{
	if (left->n == left->room) {
		const size_t room = left->room > 0 ? 2 * left->room : 16;
		struct left_out_row *rows = realloc(left->rows, room * sizeof(*rows));

		if (rows == NULL)
			return NULL;
		left->rows = rows;
		left->room = room;
	}
	left->rows[left->n] = (struct left_out_row){ 0 };
	return &left->rows[left->n++];
}

/* Arrays come in turns: the elements of one definition need not follow each other. */
static struct left_out_row *row_of(struct left_out *left, const struct target *target,
				   uint32_t node, const char *reason)
{
	struct left_out_row *row;

	for (size_t i = left->n; i-- > 0;) {
		row = &left->rows[i];
		if (row->target == target && row->selection.first.node == node &&
		    row->reason == reason)
			return row;
	}
	row = row_new(left);
	if (row != NULL) {
		row->target = target;
		row->reason = reason;
	}
	return row;
}

void left_out_add(struct left_out *left, const struct target *target,
		  const struct regdb_ref *ref, uint64_t count, const char *reason)
{
	struct left_out_row *row = row_of(left, target, ref->node, reason);

	if (row != NULL)
		selection_add_run(&row->selection, target->db, ref, count);
}

void left_out_end(struct left_out *left)
{
	static const struct out_column columns[] = {
		{ "path", NULL, 0 },
		{ NULL, "LEFT OUT", 0 },
		{ "count", "COUNT", OUT_RIGHT },
		{ "reason", "REASON", 0 },
	};
	struct out_table *table = out_table(left->record, "left_out", columns,
					    sizeof(columns) / sizeof(columns[0]));
	char name[NAME_MAX_BYTES];

	for (size_t i = 0; i < left->n; i++) {
		const struct left_out_row *row = &left->rows[i];

		selection_path(&row->selection, row->target->db, name, sizeof(name));
		out_row(table,
			(const struct out_cell[]){
				out_text(name),
				out_styled(OUT_STYLE_DIM,
					   out_lasting(out_format(left->record, "%s%s",
								  row->target->prefix, name))),
				out_styled(OUT_STYLE_DIM, out_uint(row->selection.n)),
				out_styled(OUT_STYLE_DIM, out_text(row->reason)),
			});
	}
	free(left->rows);
	left->rows = NULL;
	left->n = left->room = 0;
}
