/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The .regs file: what `reg dump` writes, `mock:` reads, `reg diff` compares and `reg restore`
 * applies.
 *
 *     @regs 1
 *     @map vsc7448
 *     @source bench 3, unit 0042
 *     @time 2026-11-20T19:40:00Z
 *     # comment
 *     DEV1G[0]:DEV_CFG_STATUS:DEV_RST_CTRL = 0x00100000
 *     0x71040004 = 0x0 & 0xffff          (mask files: only these bits count)
 *
 * The first line that is not blank or a comment is `@regs 1`; the other @ lines are optional,
 * come before the first register and at most once.  Lines end in LF or CR LF and have at most
 * REGSFILE_MAX_LINE bytes, comment lines any number.  A path names one register.
 *
 * Reading is all or nothing: a duplicate, unknown or malformed line is an error that starts with
 * "FILE:LINE: ", E_SYNTAX or, for a value, mask or index that is too large, E_RANGE.  Two lines
 * for one address are duplicates, however they are spelled.
 */
#ifndef REGMAPS_REGDB_REGSFILE_H
#define REGMAPS_REGDB_REGSFILE_H

#include <stdio.h>

#include "regmaps/regdb/regdb.h"

#define REGSFILE_MAX_LINE 4095

struct regsfile_row {
	struct regdb_ref ref; /* a raw address outside the map: node = REGDB_NONE, addr set */
	uint64_t value;
	uint64_t mask; /* all ones of the register when the line has none */
	uint32_t line;
};

struct regsfile {
	char *map, *source, *time; /* "" when absent */
	struct regsfile_row *rows; /* sorted by address */
	size_t n_rows;
};

/*
 * Reads only the header lines of a file (E_NODEV, E_PERM, E_IO: it cannot be read) and tells the @map name (malloc'd, "" when absent), so that the
 * caller can find the database.
 */
int regsfile_map(const char *path, struct error *err, char **map);

/* Reads the file against @db; free with regsfile_free(). */
int regsfile_read(const char *path, const struct regdb *db, struct error *err,
		  struct regsfile **out);
/* The same from memory; @path is for messages only. */
int regsfile_parse(const char *path, const char *text, size_t size, const struct regdb *db,
		   struct error *err, struct regsfile **out);
void regsfile_free(struct regsfile *file);

/* Writing: header, then rows or comments, in the caller's order.  E_IO when the stream fails. */
int regsfile_write_header(FILE *out, const char *map, const char *source, const char *time);
int regsfile_write_row(FILE *out, const struct regdb *db, const struct regsfile_row *row);
int regsfile_write_left_out(FILE *out, const struct regdb *db, const struct regdb_ref *ref,
			    const char *reason);

#endif
