/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/out_priv.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "drv/cancel.h"

/*
 * One document: on one line, or with one line per member of the root and per row of its tables.
 * Rows are made and printed one at a time, so that a dump of a whole map needs no second copy.
 */

/* The largest integer that every JSON reader keeps exactly. */
#define EXACT_MAX (UINT64_C(1) << 53)

/* Bytes that are not UTF-8 (file names, broken descriptions) become U+FFFD. */
static json_t *text_json(const char *text)
{
	json_t *value = json_string(text);
	char *clean, *to;

	if (value != NULL)
		return value;
	clean = malloc(3 * strlen(text) + 1);
	if (clean == NULL)
		return NULL;
	to = clean;
	for (; *text != '\0'; text++) {
		if ((unsigned char)*text < 0x80)
			*to++ = *text;
		else
			to = (char *)memcpy(to, "\xef\xbf\xbd", 3) + 3;
	}
	*to = '\0';
	value = json_string(clean);
	free(clean);
	return value;
}

static json_t *number_json(uint64_t number)
{
	char buf[OUT_CELL_MAX];

	if (number <= EXACT_MAX)
		return json_integer((json_int_t)number);
	snprintf(buf, sizeof(buf), "0x%" PRIx64, number);
	return json_string(buf);
}

static json_t *cell_json(const struct out_cell *cell)
{
	switch (cell->kind) {
	case OUT_NULL:
		return json_null();
	case OUT_BOOL:
		return json_boolean(cell->as.truth);
	case OUT_REAL:
		return json_real(cell->as.real);
	case OUT_TEXT:
		return text_json(cell->as.text);
	default:
		return number_json(cell->as.number);
	}
}

static int object_cell(json_t *object, const char *key, const struct out_cell *cell)
{
	char hex_key[64], buf[OUT_CELL_MAX];

	if (json_object_set_new(object, key, cell_json(cell)) != 0)
		return E_NOMEM;
	if (cell->kind != OUT_HEX)
		return 0;
	snprintf(hex_key, sizeof(hex_key), "%s_hex", key);
	return json_object_set_new(object, hex_key, json_string(out__cell_text(cell, buf))) != 0
		       ? E_NOMEM
		       : 0;
}

static json_t *member_json(const struct out_member *member);

static int object_members(json_t *object, const struct out_record *record)
{
	for (const struct out_member *member = record->first; member != NULL;
	     member = member->next) {
		int ret = 0;

		if (member->kind == OUT_MEMBER_CELL)
			ret = object_cell(object, member->key, &member->as.cell);
		else if (member->kind != OUT_MEMBER_SAY)
			ret = json_object_set_new(object, member->key, member_json(member)) != 0
				      ? E_NOMEM
				      : 0;
		if (ret != 0)
			return ret;
	}
	return 0;
}

static json_t *record_json(const struct out_record *record)
{
	json_t *object = json_object();

	if (object != NULL && object_members(object, record) != 0) {
		json_decref(object);
		return NULL;
	}
	return object;
}

static json_t *row_json(const struct out_table *table, const struct out_row *row)
{
	json_t *object = json_object();
	int ret = object != NULL ? 0 : E_NOMEM;

	for (size_t i = 0; ret == 0 && i < table->n_columns; i++)
		if (table->columns[i].key != NULL)
			ret = object_cell(object, table->columns[i].key, &row->cells[i]);
	if (ret == 0 && row->more != NULL)
		ret = object_members(object, row->more);
	if (ret == 0)
		return object;
	json_decref(object);
	return NULL;
}

static json_t *list_json(const struct out_list *list)
{
	json_t *array = json_array();

	for (const struct out_item *item = list->first; array != NULL && item != NULL;
	     item = item->next)
		if (json_array_append_new(array, cell_json(&item->cell)) != 0) {
			json_decref(array);
			return NULL;
		}
	return array;
}

static json_t *table_json(const struct out_table *table)
{
	json_t *array = json_array();

	for (const struct out_row *row = table->first; array != NULL && row != NULL;
	     row = row->next)
		if (json_array_append_new(array, row_json(table, row)) != 0) {
			json_decref(array);
			return NULL;
		}
	return array;
}

static json_t *member_json(const struct out_member *member)
{
	switch (member->kind) {
	case OUT_MEMBER_RECORD:
		return record_json(member->as.record);
	case OUT_MEMBER_TABLE:
		return table_json(member->as.table);
	case OUT_MEMBER_LIST:
		return list_json(member->as.list);
	default:
		return cell_json(&member->as.cell);
	}
}

struct printer {
	FILE *file;
	const char *newline, *space;
	bool any;
};

static int print(const struct printer *p, json_t *value)
{
	const size_t flags = JSON_ENCODE_ANY | JSON_REAL_PRECISION(6) |
			     (p->newline[0] == '\0' ? JSON_COMPACT : 0u);
	char *text;

	if (value == NULL)
		return E_NOMEM;
	text = json_dumps(value, flags);
	json_decref(value);
	if (text == NULL)
		return E_NOMEM;
	fputs(text, p->file);
	free(text);
	return 0;
}

static void print_key(struct printer *p, const char *key)
{
	fprintf(p->file, "%s%s%s\"%s\":%s", p->any ? "," : "", p->newline, p->space, key,
		p->space[0] != '\0' ? " " : "");
	p->any = true;
}

static int print_table(const struct printer *p, const struct out_table *table)
{
	int ret = 0;

	fputc('[', p->file);
	for (const struct out_row *row = table->first;
	     ret == 0 && row != NULL && !cancel_requested(); row = row->next) {
		fprintf(p->file, "%s%s%s%s", row != table->first ? "," : "", p->newline,
			p->space, p->space);
		ret = print(p, row_json(table, row));
	}
	if (table->first != NULL)
		fprintf(p->file, "%s%s", p->newline, p->space);
	fputc(']', p->file);
	return ret;
}

static int print_member(struct printer *p, const struct out_member *member)
{
	char key[64], buf[OUT_CELL_MAX];
	int ret;

	if (member->kind == OUT_MEMBER_SAY)
		return 0;
	print_key(p, member->key);
	if (member->kind == OUT_MEMBER_TABLE)
		return print_table(p, member->as.table);
	ret = print(p, member_json(member));
	if (ret != 0 || member->kind != OUT_MEMBER_CELL || member->as.cell.kind != OUT_HEX)
		return ret;
	snprintf(key, sizeof(key), "%s_hex", member->key);
	print_key(p, key);
	return print(p, json_string(out__cell_text(&member->as.cell, buf)));
}

static int print_error(struct printer *p, const struct error *err)
{
	json_t *text = text_json(err->text);

	print_key(p, "error");
	return print(p, text == NULL ? NULL
				     : json_pack("{s:s, s:o}", "code", error_name(err->code),
						 "message", text));
}

int out__render_json(const struct out *out, bool lines, FILE *file)
{
	struct printer p = { file, lines ? "" : "\n", lines ? "" : "  ", false };
	bool only_error = out->error.code != 0 && out->root.first == NULL;
	int ret = 0;

	fputc('{', file);
	print_key(&p, "schema");
	if (only_error)
		fputs("\"switchblade/error/1\"", file);
	else
		fprintf(file, "\"switchblade/%s/%u\"", out->name, out->version);
	for (const struct out_member *member = out->root.first; ret == 0 && member != NULL;
	     member = member->next)
		ret = print_member(&p, member);
	if (ret == 0 && out->error.code != 0)
		ret = print_error(&p, &out->error);
	fprintf(file, "%s}\n", p.newline);
	return ret;
}
