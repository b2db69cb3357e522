/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/trace.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "drv/lines.h"
#include "regmaps/regdb/regdb.h"

/* --- writing ----------------------------------------------------------------------------- */

static int written(FILE *file, struct error *err)
{
	if (ferror(file))
		return error_set_errno(err, errno, "trace file");
	return E_OK;
}

int trace_write_head(FILE *file, const char *map, const char *bus, struct error *err)
{
	fputs("@trace 1\n", file);
	if (map != NULL)
		fprintf(file, "@map %s\n", map);
	fprintf(file, "@bus %s\n", bus);
	fflush(file);
	return written(file, err);
}

void trace_name(const struct regdb *map, uint64_t addr, char *buf, size_t size)
{
	struct regdb_ref ref;
	int used;

	if (map == NULL || regdb_find_addr(map, addr, &ref, 1) == 0) {
		snprintf(buf, size, "0x%08" PRIx64, addr);
		return;
	}
	used = regdb_path_format(map, &ref, buf, size);
	if (used >= 0 && (size_t)used < size)
		snprintf(buf + used, size - (size_t)used, " (0x%08" PRIx64 ")", addr);
}

static void write_comment(FILE *file, const struct trace_row *row, const struct regdb *map)
{
	char name[320];

	if (row->code != E_OK) {
		fprintf(file, "  # %s", row->text);
		return;
	}
	if (map == NULL || row->op.kind == BUS_OP_DELAY)
		return;
	trace_name(map, row->op.addr, name, sizeof(name));
	name[strcspn(name, " ")] = '\0';
	if (strncmp(name, "0x", 2) != 0)
		fprintf(file, "  # %s", name);
}

int trace_write_row(FILE *file, const struct trace_row *row, const struct regdb *map,
		    struct error *err)
{
	const struct bus_op *op = &row->op;

	switch (op->kind) {
	case BUS_OP_READ:
		fprintf(file, "read 0x%08" PRIx64, op->addr);
		break;
	case BUS_OP_WRITE:
		fprintf(file, "write 0x%08" PRIx64 " = 0x%08" PRIx32, op->addr, op->value);
		break;
	case BUS_OP_POLL:
		fprintf(file, "poll 0x%08" PRIx64 " & 0x%08" PRIx32 " is 0x%08" PRIx32,
			op->addr, op->mask, row->want);
		break;
	case BUS_OP_DELAY:
		fprintf(file, "wait %" PRIu32, op->time_us);
		break;
	}
	if (op->kind == BUS_OP_READ || op->kind == BUS_OP_POLL) {
		if (row->code == E_OK || (row->code == E_TIMEOUT && op->kind == BUS_OP_POLL))
			fprintf(file, " = 0x%08" PRIx32, op->value);
		if (op->kind == BUS_OP_POLL)
			fprintf(file, " within %" PRIu32, op->time_us);
	}
	if (row->code != E_OK)
		fprintf(file, " failed %s", error_name(row->code));
	fprintf(file, " at %" PRIu64, row->at_us);
	write_comment(file, row, map);
	fputc('\n', file);
	return written(file, err);
}

/* --- reading ----------------------------------------------------------------------------- */

struct reader {
	struct lines lines;
	struct trace *trace;
	size_t room;
};

static int code_of(const char *name)
{
	for (int code = -1; code >= ERROR_LAST; code--)
		if (strcmp(error_name(code), name) == 0)
			return code;
	return E_OK;
}

static bool kind_of(const char *word, enum bus_op_kind *kind)
{
	static const char *const words[] = { "read", "write", "wait", "poll" };

	for (unsigned i = 0; i < 4; i++)
		if (strcmp(word, words[i]) == 0) {
			*kind = (enum bus_op_kind)i;
			return true;
		}
	return false;
}

/* What stands between the kind and `failed` or `at`. */
static int read_operation(struct reader *r, struct trace_row *row)
{
	struct bus_op *op = &row->op;
	bool has_value = false;

	if (!kind_of(lines_word(&r->lines), &op->kind))
		return lines_mistake(&r->lines, "no read, write, poll or wait");
	if (op->kind == BUS_OP_DELAY)
		return lines_number32(&r->lines, &op->time_us)
			       ? E_OK
			       : lines_mistake(&r->lines, "no time before this");
	if (!lines_number(&r->lines, UINT64_MAX, &op->addr) || op->addr % 4 != 0)
		return lines_mistake(&r->lines, "no address of a word before this");
	if (op->kind == BUS_OP_POLL &&
	    (!lines_take(&r->lines, "&") || !lines_number32(&r->lines, &op->mask) ||
	     !lines_take(&r->lines, "is") || !lines_number32(&r->lines, &row->want)))
		return lines_mistake(&r->lines,
				     "a poll is `poll ADDRESS & MASK is VALUE`; other text");
	if (lines_take(&r->lines, "=")) {
		if (!lines_number32(&r->lines, &op->value))
			return lines_mistake(&r->lines, "no 32-bit value before this");
		has_value = true;
	}
	if (op->kind == BUS_OP_POLL &&
	    (!lines_take(&r->lines, "within") || !lines_number32(&r->lines, &op->time_us)))
		return lines_mistake(&r->lines, "no `within TIME`");
	lines_at_end(&r->lines);
	if (!has_value && (op->kind == BUS_OP_WRITE || strncmp(r->lines.at, "failed", 6) != 0))
		return lines_mistake(&r->lines, "no `= VALUE`");
	return E_OK;
}

static int read_row(struct reader *r)
{
	char *comment = strchr(r->lines.at, '#');
	struct trace_row row = { .line = r->lines.line, .text = "" };
	int rc;

	if (comment != NULL) {
		*comment++ = '\0';
		row.text = comment + strspn(comment, " ");
	}
	if (lines_at_end(&r->lines))
		return E_OK;
	rc = read_operation(r, &row);
	if (rc != E_OK)
		return rc;
	if (lines_take(&r->lines, "failed")) {
		row.code = code_of(lines_word(&r->lines));
		if (row.code == E_OK)
			return lines_mistake(&r->lines, "no known error before this");
	}
	if (!lines_take(&r->lines, "at") || !lines_number(&r->lines, UINT64_MAX, &row.at_us))
		return lines_mistake(&r->lines, "no `at TIME`");
	if (!lines_at_end(&r->lines))
		return lines_mistake(&r->lines, "more text than expected");
	if (r->trace->n_rows == r->room) {
		size_t room = r->room == 0 ? 256 : 2 * r->room;
		struct trace_row *rows = realloc(r->trace->rows, room * sizeof(*rows));

		if (rows == NULL)
			return error_set(r->lines.err, E_NOMEM, "out of memory");
		r->trace->rows = rows;
		r->room = room;
	}
	r->trace->rows[r->trace->n_rows++] = row;
	return E_OK;
}

static int read_header(struct reader *r)
{
	char **target = NULL;

	if (lines_take(&r->lines, "@map"))
		target = &r->trace->map;
	else if (lines_take(&r->lines, "@bus"))
		target = &r->trace->bus;
	if (target == NULL)
		return lines_mistake(&r->lines, "no @map or @bus");
	if (lines_at_end(&r->lines) || *target != NULL)
		return lines_mistake(&r->lines, "given twice, or nothing");
	*target = strdup(r->lines.at);
	return *target == NULL ? error_set(r->lines.err, E_NOMEM, "out of memory") : E_OK;
}

static int read_line(void *arg)
{
	struct reader *r = arg;

	return *r->lines.at == '@' ? read_header(r) : read_row(r);
}

int trace_parse(const char *path, const char *text, size_t size, struct error *err,
		struct trace **out)
{
	struct trace *trace = calloc(1, sizeof(*trace));
	struct reader r = {
		.lines = { .path = path, .kind = "trace", .err = err },
		.trace = trace,
	};
	int rc;

	if (trace == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	trace->path = strdup(path);
	trace->storage = malloc(size + 1);
	if (trace->path == NULL || trace->storage == NULL) {
		rc = error_set(err, E_NOMEM, "out of memory");
	} else {
		memcpy(trace->storage, text, size);
		trace->storage[size] = '\0';
		rc = lines_read(&r.lines, trace->storage, size, read_line, &r);
	}
	if (rc == E_OK)
		*out = trace;
	else
		trace_free(trace);
	return rc;
}

int trace_read(const char *path, struct error *err, struct trace **out)
{
	struct error local;
	size_t size;
	char *text;
	int rc;

	if (err == NULL)
		err = &local;
	text = lines_load(path, "trace", err, &size);
	if (text == NULL)
		return err->code;
	rc = trace_parse(path, text, size, err, out);
	free(text);
	return rc;
}

void trace_free(struct trace *trace)
{
	if (trace == NULL)
		return;
	free(trace->rows);
	free(trace->storage);
	free(trace->path);
	free(trace->map);
	free(trace->bus);
	free(trace);
}
