/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where text came from. The preprocessor writes all input into one text, and a
 * location is an offset into that text: a uint32_t, 0 for "nowhere". A sorted table
 * of segments leads from there back to file, line and column, also through macros.
 */
#ifndef REGMAPS_RDLC_SOURCE_H
#define REGMAPS_RDLC_SOURCE_H

#include <stddef.h>
#include <stdint.h>

struct rdlc;
struct rdl_macro;

/* One inclusion of a file: a file included twice is here twice, sharing its text. */
struct rdl_file {
	const char *path;
	const char *text; /* size bytes and a terminating zero */
	size_t size;
	const struct rdl_file *includer; /* NULL for an input file */
	uint32_t include_off;            /* the `include directive within includer */
	unsigned depth;
};

/* A byte of a file, and the macro whose expansion led there (NULL: none). */
struct rdl_place {
	const struct rdl_file *file; /* NULL: nowhere */
	uint32_t off;
	const struct rdl_macro *macro;
};

/* Text from out on stems from place; consecutive unless a macro produced it. */
struct rdl_segment {
	uint32_t out;
	struct rdl_place place;
};

struct rdl_source {
	struct rdl_segment *segment;
	uint32_t n_segments, cap_segments;
	uint32_t n_files; /* inclusions so far, bounded */
};

/*
 * Loads a file: from the caller's memory files, else from disk unless that is
 * forbidden. Returns NULL when it cannot be read; ctx->load_errno says why.
 */
struct rdl_file *rdl_source_load(struct rdlc *ctx, const char *path);

/* Says that the text written from now on stems from place. */
void rdl_source_mark(struct rdlc *ctx, struct rdl_place place);

/* The place of a location. */
struct rdl_place rdl_source_place(const struct rdlc *ctx, uint32_t loc);

#endif
