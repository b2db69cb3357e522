/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/regdb/regsfile.h"

#include <inttypes.h>
#include <string.h>

static int stream_result(FILE *out)
{
	return ferror(out) ? E_IO : 0;
}

/* One line whatever the text holds. */
static void put_text(FILE *out, const char *text)
{
	for (; *text; text++)
		putc((unsigned char)*text < ' ' ? ' ' : *text, out);
	putc('\n', out);
}

static void put_header(FILE *out, const char *word, const char *text)
{
	if (!text || !*text)
		return;
	fputs(word, out);
	put_text(out, text);
}

int regsfile_write_header(FILE *out, const char *map, const char *source, const char *time)
{
	fputs("@regs 1\n", out);
	put_header(out, "@map ", map);
	put_header(out, "@source ", source);
	put_header(out, "@time ", time);
	return stream_result(out);
}

static uint32_t width_of(const struct regdb *db, const struct regdb_ref *ref)
{
	return ref->node == REGDB_NONE ? 32 : regdb_node(db, ref->node)->width;
}

static void put_ref(FILE *out, const struct regdb *db, const struct regdb_ref *ref)
{
	char path[512];

	if (ref->node != REGDB_NONE &&
	    regdb_path_format(db, ref, path, sizeof(path)) < (int)sizeof(path))
		fputs(path, out);
	else
		fprintf(out, "0x%08" PRIx64, ref->addr);
}

int regsfile_write_row(FILE *out, const struct regdb *db, const struct regsfile_row *row)
{
	uint32_t width = width_of(db, &row->ref);
	int digits = width < 64 ? (int)((width + 3) / 4) : 16;
	uint64_t all = width < 64 ? (UINT64_C(1) << width) - 1 : UINT64_MAX;

	put_ref(out, db, &row->ref);
	fprintf(out, " = 0x%0*" PRIx64, digits, row->value);
	if (row->mask != all)
		fprintf(out, " & 0x%0*" PRIx64, digits, row->mask);
	putc('\n', out);
	return stream_result(out);
}

int regsfile_write_left_out(FILE *out, const struct regdb *db, const struct regdb_ref *ref,
			    const char *reason)
{
	fputs("# ", out);
	put_ref(out, db, ref);
	fputs(": ", out);
	put_text(out, reason);
	return stream_result(out);
}
