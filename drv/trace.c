/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/trace.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "drv/uri.h"
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
	struct trace *trace;
	const char *path; /* of the trace, for messages */
	size_t room;
	unsigned line;
	char *at; /* in the line */
	const char *begin;
	struct error *err;
};

static int mistake(struct reader *r, const char *what)
{
	return error_set(r->err, E_SYNTAX, "%s:%u: %s at column %zu", r->path, r->line, what,
			 (size_t)(r->at - r->begin) + 1);
}

static void skip_blanks(struct reader *r)
{
	while (*r->at == ' ' || *r->at == '\t')
		r->at++;
}

/* The next word, cut out; "" at the end of the line. */
static char *next_word(struct reader *r)
{
	char *word;

	skip_blanks(r);
	word = r->at;
	while (*r->at != '\0' && *r->at != ' ' && *r->at != '\t')
		r->at++;
	if (*r->at != '\0')
		*r->at++ = '\0';
	return word;
}

/* Is the next word @word?  Then it is taken. */
static bool take(struct reader *r, const char *word)
{
	size_t len = strlen(word);

	skip_blanks(r);
	if (strncmp(r->at, word, len) != 0 ||
	    (r->at[len] != '\0' && r->at[len] != ' ' && r->at[len] != '\t'))
		return false;
	r->at += len;
	return true;
}

static bool number(struct reader *r, uint64_t max, uint64_t *value)
{
	char *word = next_word(r);

	return uri_number(word, strlen(word), value) && *value <= max;
}

static bool number32(struct reader *r, uint32_t *value)
{
	uint64_t wide;

	if (!number(r, UINT32_MAX, &wide))
		return false;
	*value = (uint32_t)wide;
	return true;
}

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

	if (!kind_of(next_word(r), &op->kind))
		return mistake(r, "no read, write, poll or wait");
	if (op->kind == BUS_OP_DELAY)
		return number32(r, &op->time_us) ? E_OK : mistake(r, "no time before this");
	if (!number(r, UINT64_MAX, &op->addr) || op->addr % 4 != 0)
		return mistake(r, "no address of a word before this");
	if (op->kind == BUS_OP_POLL && (!take(r, "&") || !number32(r, &op->mask) ||
					!take(r, "is") || !number32(r, &row->want)))
		return mistake(r, "a poll is `poll ADDRESS & MASK is VALUE`; other text");
	if (take(r, "=")) {
		if (!number32(r, &op->value))
			return mistake(r, "no 32-bit value before this");
		has_value = true;
	}
	if (op->kind == BUS_OP_POLL && (!take(r, "within") || !number32(r, &op->time_us)))
		return mistake(r, "no `within TIME`");
	skip_blanks(r);
	if (!has_value && (op->kind == BUS_OP_WRITE || strncmp(r->at, "failed", 6) != 0))
		return mistake(r, "no `= VALUE`");
	return E_OK;
}

static int read_row(struct reader *r)
{
	char *comment = strchr(r->at, '#');
	struct trace_row row = { .line = r->line, .text = "" };
	int rc;

	if (comment != NULL) {
		*comment++ = '\0';
		row.text = comment + strspn(comment, " ");
	}
	skip_blanks(r);
	if (*r->at == '\0')
		return E_OK;
	rc = read_operation(r, &row);
	if (rc != E_OK)
		return rc;
	if (take(r, "failed")) {
		row.code = code_of(next_word(r));
		if (row.code == E_OK)
			return mistake(r, "no known error before this");
	}
	if (!take(r, "at") || !number(r, UINT64_MAX, &row.at_us))
		return mistake(r, "no `at TIME`");
	skip_blanks(r);
	if (*r->at != '\0')
		return mistake(r, "more text than expected");
	if (r->trace->n_rows == r->room) {
		size_t room = r->room == 0 ? 256 : 2 * r->room;
		struct trace_row *rows = realloc(r->trace->rows, room * sizeof(*rows));

		if (rows == NULL)
			return error_set(r->err, E_NOMEM, "out of memory");
		r->trace->rows = rows;
		r->room = room;
	}
	r->trace->rows[r->trace->n_rows++] = row;
	return E_OK;
}

static int read_header(struct reader *r)
{
	char **target = NULL;

	if (take(r, "@map"))
		target = &r->trace->map;
	else if (take(r, "@bus"))
		target = &r->trace->bus;
	if (target == NULL)
		return mistake(r, "no @map or @bus");
	skip_blanks(r);
	if (*target != NULL || *r->at == '\0')
		return mistake(r, "given twice, or nothing");
	*target = strdup(r->at);
	return *target == NULL ? error_set(r->err, E_NOMEM, "out of memory") : E_OK;
}

static int read_line(struct reader *r, char *line)
{
	r->begin = r->at = line;
	r->line++;
	if (strlen(line) > TRACE_MAX_LINE)
		return mistake(r, "a line that is too long");
	if (r->line == 1)
		return take(r, "@trace") && take(r, "1") && (skip_blanks(r), *r->at == '\0')
			       ? E_OK
			       : mistake(r, "a trace begins with `@trace 1`; other text");
	return *line == '@' ? read_header(r) : read_row(r);
}

static int read_text(struct reader *r, char *text, size_t size)
{
	int rc = E_OK;

	if (memchr(text, '\0', size) != NULL)
		return error_set(r->err, E_SYNTAX, "%s: not a text file", r->path);
	for (char *next, *line = text; rc == E_OK && line != NULL; line = next) {
		next = strchr(line, '\n');
		if (next != NULL)
			*next++ = '\0';
		if (next != NULL || *line != '\0' || r->line == 0)
			rc = read_line(r, line);
	}
	return rc;
}

int trace_parse(const char *path, const char *text, size_t size, struct error *err,
		struct trace **out)
{
	struct trace *trace = calloc(1, sizeof(*trace));
	struct reader r = { .trace = trace, .path = path, .err = err };
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
		rc = read_text(&r, trace->storage, size);
	}
	if (rc == E_OK)
		*out = trace;
	else
		trace_free(trace);
	return rc;
}

/* The whole file, malloc'd; NULL: @err is set. */
static char *read_file(const char *path, struct error *err, size_t *size)
{
	FILE *file = fopen(path, "rb");
	char *text = NULL;
	size_t used = 0, room = 0;

	if (file == NULL) {
		error_set_errno(err, errno, "trace file '%.256s'", path);
		return NULL;
	}
	for (;;) {
		char *more;

		if (used == room) {
			room = room == 0 ? 65536 : 2 * room;
			more = realloc(text, room);
			if (more == NULL) {
				error_set(err, E_NOMEM, "out of memory");
				break;
			}
			text = more;
		}
		used += fread(text + used, 1, room - used, file);
		if (ferror(file)) {
			error_set_errno(err, errno, "trace file '%.256s'", path);
			break;
		}
		if (feof(file)) {
			fclose(file);
			*size = used;
			return text;
		}
	}
	fclose(file);
	free(text);
	return NULL;
}

int trace_read(const char *path, struct error *err, struct trace **out)
{
	struct error local;
	size_t size;
	char *text;
	int rc;

	if (err == NULL)
		err = &local;
	text = read_file(path, err, &size);
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
