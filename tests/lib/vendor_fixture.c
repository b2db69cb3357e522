/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/vendor_fixture.h"

#include <ctype.h>
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "regmaps/regdb/regpath.h"
#include "regmaps/regdb/regsfile.h"

#define FOLDER "fixtures/vsc7448/vendor"
#define CELLS  6

static void check(bool good, const char *path, size_t line, const char *why)
{
	if (good)
		return;
	fprintf(stderr, "%s:%zu: %s\n", path, line, why);
	abort();
}

static void *grown(void *rows, size_t n, size_t size)
{
	if ((n & (n - 1)) != 0 && n != 0)
		return rows;
	rows = realloc(rows, (n == 0 ? 1 : 2 * n) * size);
	check(rows != NULL, FOLDER, 0, "out of memory");
	return rows;
}

/* --- CSV -------------------------------------------------------------------------------- */

struct csv_line {
	char *cell[CELLS]; /* into text; "" where the line has fewer */
	char text[2048];
	const char *path;
	size_t line;
};

/* Cells may be in double quotes, without quotes inside. */
static void split(struct csv_line *l)
{
	static char empty[1];
	char *p = l->text;

	p[strcspn(p, "\n")] = '\0';
	for (size_t i = 0; i < CELLS; i++) {
		bool quoted = p != NULL && *p == '"';

		if (p == NULL) {
			l->cell[i] = empty;
			continue;
		}
		l->cell[i] = p + quoted;
		p = strpbrk(p + quoted, quoted ? "\"" : ",");
		if (p != NULL && quoted) {
			*p++ = '\0';
			p = *p == ',' ? p : NULL;
		}
		if (p != NULL)
			*p++ = '\0';
	}
}

/* The next line that is neither a comment nor the heading, which starts with @heading. */
static bool next_line(FILE *in, const char *heading, struct csv_line *l)
{
	while (fgets(l->text, sizeof(l->text), in) != NULL) {
		l->line++;
		check(strchr(l->text, '\n') != NULL, l->path, l->line, "line too long");
		if (l->text[0] == '#' || l->text[0] == '\n' ||
		    strncmp(l->text, heading, strlen(heading)) == 0)
			continue;
		split(l);
		return true;
	}
	return false;
}

static uint32_t number(const struct csv_line *l, size_t cell)
{
	char *end;
	unsigned long n = strtoul(l->cell[cell], &end, 0);

	check(*end == '\0' && n <= UINT32_MAX, l->path, l->line, "not a number");
	return (uint32_t)n;
}

static void copy(char *to, size_t size, const struct csv_line *l, size_t cell)
{
	check((size_t)snprintf(to, size, "%s", l->cell[cell]) < size, l->path, l->line,
	      "text too long");
}

/* --- one operation ------------------------------------------------------------------------ */

static void add_reg(struct vendor_fixture *f, uint64_t addr, uint32_t mask, uint32_t value)
{
	f->regs = grown(f->regs, f->n_regs, sizeof(*f->regs));
	f->regs[f->n_regs] = (struct vendor_reg){ addr, mask, value, f->n_regs };
	f->n_regs++;
}

static void add_fill(struct vendor_fixture *f, const struct regdb *db, const struct csv_line *l)
{
	struct error err = { 0 };
	struct regset *set;
	struct regset_pos pos = { 0 };
	struct regset_item item;

	check(regpath_resolve(db, l->cell[2], REGPATH_PATTERN, &err, &set) == 0, l->path,
	      l->line, err.text);
	while (regset_next(set, &pos, &item))
		add_reg(f, item.ref.addr, number(l, 3), number(l, 4));
	regset_free(set);
}

static void add_store(struct vendor_fixture *f, const struct csv_line *l)
{
	struct vendor_store *s;

	f->stores = grown(f->stores, f->n_stores, sizeof(*f->stores));
	s = &f->stores[f->n_stores++];
	memset(s, 0, sizeof(*s));
	copy(s->store, sizeof(s->store), l, 0);
	copy(s->index, sizeof(s->index), l, 1);
	copy(s->reg, sizeof(s->reg), l, 2);
	s->mask = number(l, 3);
	s->value = number(l, 4);
}

static void load_stores(struct vendor_fixture *f, const struct regdb *db, FILE *in,
			const char *path)
{
	struct csv_line *l = calloc(1, sizeof(*l));

	check(l != NULL, path, 0, "out of memory");
	l->path = path;
	while (next_line(in, "store,index", l)) {
		if (strcmp(l->cell[0], "fill") == 0)
			add_fill(f, db, l);
		else
			add_store(f, l);
	}
	free(l);
}

static void load_regs(struct vendor_fixture *f, const struct regdb *db, const char *path)
{
	struct error err = { 0 };
	struct regsfile *file;

	check(regsfile_read(path, db, &err, &file) == 0, path, 0, err.text);
	for (size_t i = 0; i < file->n_rows; i++)
		add_reg(f, file->rows[i].ref.addr, (uint32_t)file->rows[i].mask,
			(uint32_t)file->rows[i].value);
	regsfile_free(file);
}

static int by_addr(const void *a, const void *b)
{
	const struct vendor_reg *x = a, *y = b;

	if (x->addr == y->addr)
		return (x->order > y->order) - (x->order < y->order);
	return x->addr > y->addr ? 1 : -1;
}

/* One row for each register: of several the later one has the last word. */
static void merge(struct vendor_fixture *f)
{
	size_t kept = 0;

	if (f->n_regs > 0)
		qsort(f->regs, f->n_regs, sizeof(*f->regs), by_addr);
	for (size_t i = 0; i < f->n_regs; i++) {
		struct vendor_reg *last = kept > 0 ? &f->regs[kept - 1] : NULL,
				  *r = &f->regs[i];

		if (last == NULL || last->addr != r->addr) {
			f->regs[kept++] = *r;
			continue;
		}
		last->value = (last->value & ~r->mask) | r->value;
		last->mask |= r->mask;
	}
	f->n_regs = kept;
}

static void load_one(struct vendor_fixture *f, const struct regdb *db, const char *name)
{
	char path[128];
	FILE *in;
	bool found = false;

	snprintf(path, sizeof(path), FOLDER "/%s.regs", name);
	in = fopen(path, "r");
	if (in != NULL) {
		fclose(in);
		load_regs(f, db, path);
		found = true;
	}
	snprintf(path, sizeof(path), FOLDER "/%s.stores", name);
	in = fopen(path, "r");
	if (in != NULL) {
		load_stores(f, db, in, path);
		fclose(in);
		found = true;
	}
	check(found, path, 0, "there is no such operation");
}

void vendor_fixture_load(const char *operation, const struct regdb *db,
			 struct vendor_fixture *f)
{
	char names[96], *name, *rest = names;

	memset(f, 0, sizeof(*f));
	snprintf(names, sizeof(names), "%s", operation);
	while ((name = strsep(&rest, "+")) != NULL) {
		if (f->operation[0] == '\0')
			snprintf(f->operation, sizeof(f->operation), "%s", name);
		load_one(f, db, name);
	}
	merge(f);
}

void vendor_fixture_free(struct vendor_fixture *f)
{
	free(f->regs);
	free(f->stores);
	memset(f, 0, sizeof(*f));
}

const struct vendor_reg *vendor_fixture_find(const struct vendor_fixture *f, uint64_t addr)
{
	size_t low = 0, high = f->n_regs;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (f->regs[middle].addr == addr)
			return &f->regs[middle];
		if (f->regs[middle].addr < addr)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

bool vendor_fixture_exists(const char *pattern)
{
	DIR *dir = opendir(FOLDER);
	struct dirent *e;
	bool found = false;

	check(dir != NULL, FOLDER, 0, "cannot be read");
	while (!found && (e = readdir(dir)) != NULL) {
		char name[256];

		snprintf(name, sizeof(name), "%s", e->d_name);
		name[strcspn(name, ".")] = '\0';
		found = vendor_match(pattern, name);
	}
	closedir(dir);
	return found;
}

/* --- patterns ----------------------------------------------------------------------------- */

bool vendor_in_list(const char *list, unsigned long n)
{
	while (isdigit((unsigned char)*list)) {
		char *end;
		unsigned long first = strtoul(list, &end, 10), last = first;

		if (*end == '-')
			last = strtoul(end + 1, &end, 10);
		if (n >= first && n <= last)
			return true;
		list = *end == ',' ? end + 1 : end;
	}
	return *list == '*';
}

static bool match_index(const char *pattern, const char *text)
{
	char *end;
	unsigned long n = strtoul(text + 1, &end, 10);
	const char *close = strchr(pattern, ']');

	return *end == ']' && close != NULL && vendor_in_list(pattern + 1, n) &&
	       vendor_match(close + 1, end + 1);
}

bool vendor_match(const char *pattern, const char *text)
{
	for (; *pattern != '*'; pattern++, text++) {
		if (*pattern != *text)
			return false;
		if (*pattern == '[' && isdigit((unsigned char)text[1]))
			return match_index(pattern, text);
		if (*pattern == '\0')
			return true;
	}
	do {
		if (vendor_match(pattern + 1, text))
			return true;
	} while (*text++ != '\0');
	return false;
}

/* --- differences -------------------------------------------------------------------------- */

static void add_difference(struct vendor_differences *d, const struct csv_line *l)
{
	struct vendor_difference *row;

	d->rows = grown(d->rows, d->n, sizeof(*d->rows));
	row = &d->rows[d->n++];
	memset(row, 0, sizeof(*row));
	copy(row->operation, sizeof(row->operation), l, 0);
	copy(row->reg, sizeof(row->reg), l, 1);
	row->line = l->line;
	row->mask = number(l, 2);
	row->any_ours = strcmp(l->cell[3], "*") == 0;
	row->any_vendor = strcmp(l->cell[4], "*") == 0;
	row->untouched = strcmp(l->cell[4], "-") == 0;
	row->ours = row->any_ours ? 0 : number(l, 3);
	row->vendor = row->any_vendor || row->untouched ? 0 : number(l, 4);
	check(strlen(l->cell[5]) >= 10, l->path, l->line, "no reason");
}

void vendor_differences_load(struct vendor_differences *d)
{
	const char *path = FOLDER "/differences.csv";
	struct csv_line *l = calloc(1, sizeof(*l));
	FILE *in = fopen(path, "r");

	check(in != NULL && l != NULL, path, 0, "cannot be read");
	memset(d, 0, sizeof(*d));
	l->path = path;
	while (next_line(in, "operation,register", l))
		add_difference(d, l);
	fclose(in);
	free(l);
}

void vendor_differences_free(struct vendor_differences *d)
{
	free(d->rows);
	memset(d, 0, sizeof(*d));
}
