/* SPDX-License-Identifier: GPL-2.0-or-later */
/* .regs files: what is read must come back the same after being written. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "regmaps/regdb/regsfile.h"
#include "tests/lib/sample_map.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *write_file(const struct regdb *db, const struct regsfile *file, size_t *size)
{
	char *text = NULL;
	FILE *out = open_memstream(&text, size);

	if (!out)
		abort();
	regsfile_write_header(out, file->map, file->source, file->time);
	for (size_t i = 0; i < file->n_rows; i++) {
		regsfile_write_left_out(out, db, &file->rows[i].ref, "fuzz");
		regsfile_write_row(out, db, &file->rows[i]);
	}
	fclose(out);
	return text;
}

static void check_same(const struct regsfile *a, const struct regsfile *b)
{
	if (a->n_rows != b->n_rows || strcmp(a->map, b->map) != 0)
		abort();
	for (size_t i = 0; i < a->n_rows; i++) {
		const struct regsfile_row *x = &a->rows[i], *y = &b->rows[i];
		if (x->ref.addr != y->ref.addr || x->ref.node != y->ref.node ||
		    x->value != y->value || x->mask != y->mask)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct regdb *db;
	struct regsfile *file, *again;
	struct error err = { 0 };

	if (!db)
		db = sample_map_open();
	if (regsfile_parse("fuzz", (const char *)data, size, db, &err, &file) < 0) {
		if (err.code >= 0 || strncmp(err.text, "fuzz:", 5) != 0)
			abort();
		return 0;
	}
	size_t written = 0;
	char *text = write_file(db, file, &written);
	if (regsfile_parse("again", text, written, db, &err, &again) < 0) {
		fprintf(stderr, "%s\n", err.text);
		abort();
	}
	check_same(file, again);
	free(text);
	regsfile_free(file);
	regsfile_free(again);
	return 0;
}
