/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/regdb/regsfile.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "regmaps/regdb/regdb_priv.h"
#include "regmaps/regdb/regpath.h"
#include "regmaps/regdb/regpath_priv.h"

struct reader {
	const char *path;
	const struct regdb *db; /* NULL: only the header is wanted */
	struct error *err;
	struct regsfile *file;
	size_t cap;
	uint32_t line;
	bool begun; /* after @regs */
	char text[REGSFILE_MAX_LINE + 1];
};

/* Puts FILE:LINE: in front; a name that is unknown is a mistake in the file, too. */
static int place_error(struct reader *r, int ret)
{
	if (r->err && ret == E_NOTFOUND)
		r->err->code = E_SYNTAX;
	error_prefix(r->err, "%s:%u", r->path, r->line);
	return ret == E_NOTFOUND ? E_SYNTAX : ret;
}

static int syntax(struct reader *r, const char *at, const char *what)
{
	error_set(r->err, E_SYNTAX, "%s at column %zu", what, (size_t)(at - r->text) + 1);
	return place_error(r, E_SYNTAX);
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t';
}

static char *skip_spaces(char *s)
{
	while (is_space(*s))
		s++;
	return s;
}

static bool at_end(const char *s)
{
	return *s == '\0' || *s == '#';
}

/* Takes the word at @s if it is there. */
static char *take_word(char *s, const char *word)
{
	size_t len = strlen(word);

	if (strncmp(s, word, len) != 0 || (s[len] && !is_space(s[len])))
		return NULL;
	return skip_spaces(s + len);
}

static int read_begin(struct reader *r, char *s)
{
	char *version = take_word(s, "@regs");

	if (!version)
		return syntax(r, s, "a register file begins with \"@regs 1\"; other text");
	if (strcmp(version, "1") != 0)
		return syntax(r, version, "this program reads version 1; another");
	r->begun = true;
	return 0;
}

static int check_map(struct reader *r)
{
	const char *map = r->file->map;

	if (!r->db || strcmp(map, regdb_name(r->db)) == 0)
		return 0;
	error_set(r->err, E_SYNTAX, "registers of the map %.64s, not of %s", map,
		  regdb_name(r->db));
	return place_error(r, E_SYNTAX);
}

static int read_header(struct reader *r, char *s)
{
	const struct {
		const char *word;
		char **text;
	} headers[] = {
		{ "@map", &r->file->map },
		{ "@source", &r->file->source },
		{ "@time", &r->file->time },
	};

	if (r->file->n_rows)
		return syntax(r, s, "@ lines come before the registers; one");
	for (size_t i = 0; i < sizeof(headers) / sizeof(*headers); i++) {
		char *text = take_word(s, headers[i].word);
		if (!text)
			continue;
		if (*headers[i].text)
			return syntax(r, s, "a second line of this kind");
		*headers[i].text = strdup(text);
		if (!*headers[i].text)
			return error_set(r->err, E_NOMEM, "out of memory");
		return i == 0 ? check_map(r) : 0;
	}
	return syntax(r, s, "@map, @source or @time expected; something else");
}

static struct regsfile_row *add_row(struct reader *r)
{
	if (r->file->n_rows == r->cap) {
		size_t cap = r->cap ? r->cap * 2 : 64;
		struct regsfile_row *rows = realloc(r->file->rows, cap * sizeof(*rows));
		if (!rows)
			return NULL;
		r->file->rows = rows;
		r->cap = cap;
	}
	return &r->file->rows[r->file->n_rows++];
}

/* [i] for each dimension, decimal; false when anything else stands there. */
static bool take_indices(const struct regdb *db, const struct regdb_node *node, const char **s,
			 struct regdb_ref *ref)
{
	for (uint32_t d = 0; d < regpath__n_dims(node); d++) {
		const char *digits = *s;
		uint64_t index;
		if (*digits++ != '[' || regpath__number(&digits, &index) < 0 ||
		    *digits != ']' || index >= regpath__dim(db, node, d))
			return false;
		ref->idx[ref->n_idx++] = (uint32_t)index;
		*s = digits + 1;
	}
	return true;
}

/* A path as regdb_path_format() writes it; anything else is the resolver's. */
static bool take_full_path(const struct regdb *db, const char *s, struct regdb_ref *ref)
{
	ref->node = 0;
	ref->n_idx = 0;
	for (;;) {
		size_t len = strcspn(s, ":[");
		ref->node = regdb_child_find(db, ref->node, s, len);
		if (ref->node == REGDB_NONE)
			return false;
		const struct regdb_node *node = &db->nodes[ref->node];
		s += len;
		if (node->kind == REGDB_MEM && *s != '[')
			return false;
		if (!take_indices(db, node, &s, ref))
			return false;
		if (node->kind >= REGDB_REG)
			break;
		if (*s++ != ':')
			return false;
	}
	if (*s)
		return false;
	ref->addr = regdb_ref_addr(db, ref);
	return true;
}

static int read_path(struct reader *r, const char *text, struct regdb_ref *ref)
{
	struct regset *set;
	struct regset_pos pos = { 0 };
	struct regset_item item;

	if (take_full_path(r->db, text, ref))
		return 0;
	int ret = regpath_resolve(r->db, text, 0, r->err, &set);
	if (ret < 0)
		return place_error(r, ret);
	bool many = regset_is_many(set);
	regset_next(set, &pos, &item);
	regset_free(set);
	if (many)
		return syntax(r, text, "one register per line; a list or wildcard");
	*ref = item.ref;
	return 0;
}

static uint64_t all_ones(const struct regdb *db, const struct regdb_ref *ref)
{
	uint32_t width = ref->node == REGDB_NONE ? 32 : db->nodes[ref->node].width;

	return width >= 64 ? UINT64_MAX : (UINT64_C(1) << width) - 1;
}

/* A number that may be as large as @limit. */
static int read_number(struct reader *r, char **s, uint64_t limit, uint64_t *value)
{
	const char *end = *s;
	uint64_t v = 0;
	int ret = regpath__number(&end, &v);

	if (ret == E_SYNTAX)
		return syntax(r, *s, "number expected; something else");
	if (ret == E_RANGE || v > limit) {
		error_set(r->err, E_RANGE, "the register has %d bits; more at column %zu",
			  64 - __builtin_clzll(limit), (size_t)(*s - r->text) + 1);
		return place_error(r, E_RANGE);
	}
	*value = v;
	*s = skip_spaces(*s + (end - *s));
	return 0;
}

static int read_row(struct reader *r, char *s)
{
	struct regsfile_row row = { .line = r->line };
	char *equals = strchr(s, '='), *end = equals;

	if (!equals)
		return syntax(r, s, "PATH = VALUE expected; something else");
	while (end > s && is_space(end[-1]))
		end--;
	*end = '\0';
	int ret = read_path(r, s, &row.ref);
	if (ret < 0)
		return ret;
	uint64_t limit = all_ones(r->db, &row.ref);
	row.mask = limit;
	s = skip_spaces(equals + 1);
	ret = read_number(r, &s, limit, &row.value);
	if (ret == 0 && *s == '&') {
		s = skip_spaces(s + 1);
		ret = read_number(r, &s, limit, &row.mask);
	}
	if (ret < 0)
		return ret;
	if (!at_end(s))
		return syntax(r, s, "unexpected character");
	struct regsfile_row *place = add_row(r);
	if (!place)
		return error_set(r->err, E_NOMEM, "out of memory");
	*place = row;
	return 0;
}

static const char *content_of(const char *line, size_t len)
{
	const char *end = line + len;

	while (line < end && is_space(*line))
		line++;
	return line < end && *line != '#' && *line != '\r' ? line : NULL;
}

/* 1: the header is all that was wanted and it has ended. */
static int read_line(struct reader *r, const char *line, size_t len)
{
	if (!content_of(line, len))
		return 0;
	if (len > 0 && line[len - 1] == '\r')
		len--;
	if (len > REGSFILE_MAX_LINE) {
		error_set(r->err, E_SYNTAX, "a line of more than %d bytes", REGSFILE_MAX_LINE);
		return place_error(r, E_SYNTAX);
	}
	while (len > 0 && is_space(line[len - 1]))
		len--;
	memcpy(r->text, line, len);
	r->text[len] = '\0';
	if (memchr(r->text, '\0', len))
		return syntax(r, r->text + strlen(r->text), "a NUL byte");
	char *s = skip_spaces(r->text);
	if (!r->begun)
		return read_begin(r, s);
	if (*s == '@')
		return read_header(r, s);
	return r->db ? read_row(r, s) : 1;
}

static int missing_begin(struct reader *r)
{
	r->line += r->line == 0;
	error_set(r->err, E_SYNTAX,
		  "a register file begins with \"@regs 1\"; nothing is there");
	return place_error(r, E_SYNTAX);
}

static int read_lines(struct reader *r, const char *text, size_t size)
{
	const char *end = text + size;
	int ret = 0;

	while (text < end && ret == 0) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		size_t len = (size_t)((newline ? newline : end) - text);
		r->line++;
		ret = read_line(r, text, len);
		text += len + (newline != NULL);
	}
	if (ret == 0 && !r->begun)
		ret = missing_begin(r);
	return ret < 0 ? ret : 0;
}

static int by_address(const void *a, const void *b)
{
	const struct regsfile_row *x = a, *y = b;

	if (x->ref.addr != y->ref.addr)
		return x->ref.addr < y->ref.addr ? -1 : 1;
	return x->line < y->line ? -1 : 1;
}

static int check_duplicates(struct reader *r)
{
	const struct regsfile_row *rows = r->file->rows, *first = NULL;

	for (size_t i = 1; i < r->file->n_rows; i++) {
		if (rows[i].ref.addr == rows[i - 1].ref.addr &&
		    (!first || rows[i].line < first[1].line))
			first = &rows[i - 1];
	}
	if (!first)
		return 0;
	r->line = first[1].line;
	char path[256] = "";
	if (first[1].ref.node != REGDB_NONE)
		regdb_path_format(r->db, &first[1].ref, path, sizeof(path));
	error_set(r->err, E_SYNTAX, "address 0x%llx%s%s is already on line %u",
		  (unsigned long long)first->ref.addr, *path ? ", " : "", path, first->line);
	return place_error(r, E_SYNTAX);
}

static int sort_rows(struct reader *r)
{
	struct regsfile_row *rows = r->file->rows;

	for (size_t i = 1; i < r->file->n_rows; i++) {
		if (rows[i].ref.addr <= rows[i - 1].ref.addr) {
			qsort(rows, r->file->n_rows, sizeof(*rows), by_address);
			return check_duplicates(r);
		}
	}
	return 0;
}

static int fill_absent(struct regsfile *file)
{
	char **texts[] = { &file->map, &file->source, &file->time };

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		if (!*texts[i])
			*texts[i] = strdup("");
		if (!*texts[i])
			return E_NOMEM;
	}
	return 0;
}

static struct reader *reader_new(const char *path, const struct regdb *db, struct error *err)
{
	struct reader *r = malloc(sizeof(*r));
	struct regsfile *file = calloc(1, sizeof(*file));

	if (!r || !file) {
		free(r);
		free(file);
		error_set(err, E_NOMEM, "%s: out of memory", path);
		return NULL;
	}
	*r = (struct reader){ .path = path, .db = db, .err = err, .file = file };
	return r;
}

int regsfile_parse(const char *path, const char *text, size_t size, const struct regdb *db,
		   struct error *err, struct regsfile **out)
{
	struct reader *r = reader_new(path, db, err);

	if (!r)
		return E_NOMEM;
	struct regsfile *file = r->file;
	int ret = read_lines(r, text, size);
	if (ret == 0)
		ret = sort_rows(r);
	if (ret == 0 && fill_absent(file) < 0)
		ret = error_set(err, E_NOMEM, "%s: out of memory", path);
	free(r);
	if (ret < 0) {
		regsfile_free(file);
		return ret;
	}
	*out = file;
	return 0;
}

int regsfile_read(const char *path, const struct regdb *db, struct error *err,
		  struct regsfile **out)
{
	char *text = NULL;
	size_t size = 0;
	int ret = regdb__read_file(path, err, &text, &size);

	if (ret < 0)
		return ret;
	ret = regsfile_parse(path, text, size, db, err, out);
	free(text);
	return ret;
}

/* Reads no further than the first register. */
static int read_file_header(struct reader *r)
{
	FILE *file = fopen(r->path, "r");
	char *line = NULL;
	size_t cap = 0;
	int ret = 0;

	if (!file)
		return error_set_errno(r->err, errno, "%s", r->path);
	for (;;) {
		ssize_t len = ret == 0 ? getline(&line, &cap, file) : -1;
		if (len < 0)
			break;
		r->line++;
		ret = read_line(r, line, (size_t)len - (line[len - 1] == '\n'));
	}
	if (ferror(file))
		ret = error_set_errno(r->err, errno, "%s", r->path);
	else if (ret == 0 && !r->begun)
		ret = missing_begin(r);
	free(line);
	fclose(file);
	return ret < 0 ? ret : 0;
}

int regsfile_map(const char *path, struct error *err, char **map)
{
	struct reader *r = reader_new(path, NULL, err);

	if (!r)
		return E_NOMEM;
	int ret = read_file_header(r);
	if (ret == 0 && fill_absent(r->file) < 0)
		ret = error_set(err, E_NOMEM, "%s: out of memory", path);
	if (ret == 0) {
		*map = r->file->map;
		r->file->map = NULL;
	}
	regsfile_free(r->file);
	free(r);
	return ret;
}

void regsfile_free(struct regsfile *file)
{
	if (!file)
		return;
	free(file->map);
	free(file->source);
	free(file->time);
	free(file->rows);
	free(file);
}
