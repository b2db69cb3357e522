/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/out.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "cli/out_priv.h"
#include "drv/cancel.h"

#define CHUNK_BYTES 16384u
#define ALIGNMENT   16u

static struct out_chunk *chunk_add(struct out *out, size_t least)
{
	size_t size = least > CHUNK_BYTES ? least : CHUNK_BYTES;
	struct out_chunk *chunk = malloc(sizeof(*chunk) + size);

	if (chunk == NULL)
		return NULL;
	chunk->used = 0;
	chunk->size = size;
	chunk->next = out->chunks;
	out->chunks = chunk;
	return chunk;
}

static void *take(struct out *out, size_t bytes)
{
	struct out_chunk *chunk = out->chunks;
	void *mem;

	bytes = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	if (chunk == NULL || chunk->size - chunk->used < bytes)
		chunk = chunk_add(out, bytes);
	if (chunk == NULL) {
		out->failed = true;
		return NULL;
	}
	mem = chunk->bytes + chunk->used;
	chunk->used += bytes;
	return memset(mem, 0, bytes);
}

static const char *keep(struct out *out, const char *text)
{
	size_t bytes = strlen(text) + 1;
	char *copy = take(out, bytes);

	return copy != NULL ? memcpy(copy, text, bytes) : "";
}

static struct out_cell keep_cell(struct out *out, struct out_cell cell)
{
	if (cell.kind == OUT_TEXT && cell.bits != OUT_LASTING)
		cell.as.text = keep(out, cell.as.text);
	return cell;
}

struct out *out_new(const char *name, unsigned version)
{
	struct out *out = calloc(1, sizeof(*out));

	if (out == NULL)
		return NULL;
	out->name = name;
	out->version = version;
	out->root.out = out;
	return out;
}

void out_free(struct out *out)
{
	struct out_chunk *next;

	if (out == NULL)
		return;
	for (struct out_chunk *chunk = out->chunks; chunk != NULL; chunk = next) {
		next = chunk->next;
		free(chunk);
	}
	free(out);
}

struct out_record *out_root(struct out *out)
{
	return &out->root;
}

bool out_is_empty(const struct out *out)
{
	return out->root.first == NULL;
}

static struct out_member *member_add(struct out_record *record, enum out_member_kind kind,
				     const char *key, const char *title)
{
	struct out_member *member = record != NULL ? take(record->out, sizeof(*member)) : NULL;

	if (member == NULL)
		return NULL;
	member->kind = kind;
	member->key = key;
	member->title = title;
	if (record->last != NULL)
		record->last->next = member;
	else
		record->first = member;
	record->last = member;
	return member;
}

void out_put(struct out_record *record, const struct out_column *column, struct out_cell cell)
{
	struct out_member *member =
		member_add(record, OUT_MEMBER_CELL, column->key, column->title);

	if (member == NULL)
		return;
	member->flags = column->flags;
	member->as.cell = keep_cell(record->out, cell);
}

void out_add(struct out_record *record, const char *key, const char *title,
	     struct out_cell cell)
{
	const struct out_column column = { .key = key, .title = title };

	out_put(record, &column, cell);
}

static struct out_record *record_new(struct out *out)
{
	struct out_record *record = take(out, sizeof(*record));

	if (record != NULL)
		record->out = out;
	return record;
}

struct out_record *out_record(struct out_record *record, const char *key, const char *title)
{
	struct out_record *inner = record != NULL ? record_new(record->out) : NULL;
	struct out_member *member;

	if (inner == NULL)
		return NULL;
	member = member_add(record, OUT_MEMBER_RECORD, key, title);
	if (member == NULL)
		return NULL;
	member->as.record = inner;
	return inner;
}

struct out_table *out_table(struct out_record *record, const char *key,
			    const struct out_column *columns, size_t n)
{
	struct out_table *table = record != NULL ? take(record->out, sizeof(*table)) : NULL;
	struct out_member *member;

	if (table == NULL)
		return NULL;
	table->out = record->out;
	table->columns = columns;
	table->n_columns = n;
	member = member_add(record, OUT_MEMBER_TABLE, key, NULL);
	if (member == NULL)
		return NULL;
	member->as.table = table;
	return table;
}

void out_row(struct out_table *table, const struct out_cell *cells)
{
	struct out_row *row;

	if (table == NULL)
		return;
	row = take(table->out, sizeof(*row) + table->n_columns * sizeof(row->cells[0]));
	if (row == NULL)
		return;
	for (size_t i = 0; i < table->n_columns; i++)
		row->cells[i] = keep_cell(table->out, cells[i]);
	if (table->last != NULL)
		table->last->next = row;
	else
		table->first = row;
	table->last = row;
	table->n_rows++;
}

struct out_record *out_row_more(struct out_table *table)
{
	if (table == NULL || table->last == NULL)
		return NULL;
	if (table->last->more == NULL)
		table->last->more = record_new(table->out);
	return table->last->more;
}

size_t out_n_rows(const struct out_table *table)
{
	return table != NULL ? table->n_rows : 0;
}

struct out_list *out_list(struct out_record *record, const char *key, const char *title,
			  unsigned flags)
{
	struct out_list *list = record != NULL ? take(record->out, sizeof(*list)) : NULL;
	struct out_member *member;

	if (list == NULL)
		return NULL;
	list->out = record->out;
	member = member_add(record, OUT_MEMBER_LIST, key, title);
	if (member == NULL)
		return NULL;
	member->flags = flags;
	member->as.list = list;
	return list;
}

void out_item(struct out_list *list, struct out_cell cell)
{
	struct out_item *item = list != NULL ? take(list->out, sizeof(*item)) : NULL;

	if (item == NULL)
		return;
	item->cell = keep_cell(list->out, cell);
	if (list->last != NULL)
		list->last->next = item;
	else
		list->first = item;
	list->last = item;
}

__attribute__((format(printf, 2, 0))) static const char *format(struct out *out,
								const char *fmt, va_list ap)
{
	va_list again;
	char *text;
	int len;

	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	text = len >= 0 ? take(out, (size_t)len + 1) : NULL;
	if (text == NULL)
		return "";
	vsnprintf(text, (size_t)len + 1, fmt, ap);
	return text;
}

void out_say(struct out_record *record, enum out_style style, const char *fmt, ...)
{
	struct out_member *member = member_add(record, OUT_MEMBER_SAY, NULL, NULL);
	va_list ap;

	if (member == NULL)
		return;
	va_start(ap, fmt);
	member->as.cell = out_styled(style, out_text(format(record->out, fmt, ap)));
	va_end(ap);
}

const char *out_format(struct out_record *record, const char *fmt, ...)
{
	const char *text;
	va_list ap;

	if (record == NULL)
		return "";
	va_start(ap, fmt);
	text = format(record->out, fmt, ap);
	va_end(ap);
	return text;
}

void out_set_error(struct out *out, const struct error *err)
{
	error_copy(&out->error, err);
}

const char *out__cell_text(const struct out_cell *cell, char buf[OUT_CELL_MAX])
{
	switch (cell->kind) {
	case OUT_NULL:
		return "-";
	case OUT_BOOL:
		return cell->as.truth ? "yes" : "no";
	case OUT_UINT:
		snprintf(buf, OUT_CELL_MAX, "%" PRIu64, cell->as.number);
		return buf;
	case OUT_REAL:
		snprintf(buf, OUT_CELL_MAX, "%.6g", cell->as.real);
		return buf;
	case OUT_HEX:
		snprintf(buf, OUT_CELL_MAX, "0x%0*" PRIx64, (int)((cell->bits + 3) / 4),
			 cell->as.number);
		return buf;
	case OUT_TEXT:
		break;
	}
	return cell->as.text;
}

static int render(const struct out *out, enum out_format_kind kind, bool color, FILE *file)
{
	switch (kind) {
	case OUT_FORMAT_JSON:
		return out__render_json(out, false, file);
	case OUT_FORMAT_JSON_LINE:
		return out__render_json(out, true, file);
	case OUT_FORMAT_RAW:
		return out__render_raw(out, file);
	case OUT_FORMAT_TEXT:
		break;
	}
	return out__render_text(out, color, file);
}

int out_render(const struct out *out, enum out_format_kind kind, bool color, FILE *file,
	       struct error *err)
{
	int ret, why;

	if (out->failed)
		return error_set(err, E_NOMEM, "out of memory while preparing the output");
	errno = 0;
	ret = render(out, kind, color, file);
	why = fflush(file) != 0 || ferror(file) ? errno : 0;
	if (cancel_requested()) {
		clearerr(file);
		return error_set(err, E_INTR, "stopped while printing");
	}
	if (ret == E_NOMEM)
		return error_set(err, E_NOMEM, "out of memory while printing");
	if (why != 0 || ferror(file))
		return error_set(err, E_IO, "cannot write the output: %s", strerror(why));
	return 0;
}
