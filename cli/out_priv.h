/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How a document is kept; for out.c and the renderers. */
#ifndef CLI_OUT_PRIV_H
#define CLI_OUT_PRIV_H

#include "cli/out.h"

enum out_member_kind {
	OUT_MEMBER_CELL,
	OUT_MEMBER_RECORD,
	OUT_MEMBER_TABLE,
	OUT_MEMBER_LIST,
	OUT_MEMBER_SAY, /* a text line; no key */
};

struct out_member {
	struct out_member *next;
	enum out_member_kind kind;
	const char *key, *title;
	unsigned flags;
	union {
		struct out_cell cell; /* CELL, SAY */
		struct out_record *record;
		struct out_table *table;
		struct out_list *list;
	} as;
};

struct out_record {
	struct out *out;
	struct out_member *first, *last;
};

struct out_row {
	struct out_row *next;
	struct out_record *more; /* or NULL */
	struct out_cell cells[];
};

struct out_table {
	struct out *out;
	const struct out_column *columns;
	size_t n_columns, n_rows;
	struct out_row *first, *last;
};

struct out_item {
	struct out_item *next;
	struct out_cell cell;
};

struct out_list {
	struct out *out;
	struct out_item *first, *last;
};

struct out_chunk {
	struct out_chunk *next;
	size_t used, size;
	_Alignas(16) unsigned char bytes[];
};

struct out {
	const char *name;
	unsigned version;
	bool failed; /* out of memory */
	struct error error;
	struct out_chunk *chunks;
	struct out_record root;
};

#define OUT_CELL_MAX 32 /* bytes that out__cell_text() needs for anything but text */

/* The cell as people and scripts read it; @buf serves all kinds but OUT_TEXT. */
const char *out__cell_text(const struct out_cell *cell, char buf[OUT_CELL_MAX]);

/* They stop early when cancel_requested(); out_render() tells. */
int out__render_text(const struct out *out, bool color, FILE *file);
int out__render_json(const struct out *out, bool lines, FILE *file);
int out__render_raw(const struct out *out, FILE *file);

#endif
