/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a command has to say, as a document of typed values: records, tables, lists and text
 * lines.  Commands build it, one of three renderers prints it: text for people, JSON for
 * programs, raw for shell scripts.  Cells are values, formatted by the renderer only.
 *
 * All memory belongs to the document.  Running out of it is remembered and reported by the
 * renderers, so building needs no checks: every function accepts what a failed one returned.
 */
#ifndef CLI_OUT_H
#define CLI_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "drv/error.h"

struct out;
struct out_record;
struct out_table;
struct out_list;

enum out_kind {
	OUT_NULL, /* unknown or not applicable: "-" in text, null in JSON */
	OUT_BOOL, /* yes, no */
	OUT_UINT,
	OUT_REAL,
	OUT_TEXT,
	OUT_HEX, /* a register's, field's or address's value; JSON gets KEY and KEY_hex */
};

enum out_style {
	OUT_STYLE_PLAIN,
	OUT_STYLE_NAME,    /* what a row is about */
	OUT_STYLE_CHANGED, /* new, different */
	OUT_STYLE_DIM,     /* less important */
	OUT_STYLE_GOOD,
	OUT_STYLE_BAD,
};

#define OUT_LASTING 1u /* in bits of a TEXT cell: not copied */

struct out_cell {
	enum out_kind kind;
	enum out_style style;
	uint32_t bits; /* HEX: padded to this width; 0: no padding */
	union {
		bool truth;
		uint64_t number;
		double real;
		const char *text; /* copied when put into a document */
	} as;
};

static inline struct out_cell out_null(void)
{
	return (struct out_cell){ .kind = OUT_NULL };
}

static inline struct out_cell out_bool(bool truth)
{
	return (struct out_cell){ .kind = OUT_BOOL, .as.truth = truth };
}

static inline struct out_cell out_uint(uint64_t number)
{
	return (struct out_cell){ .kind = OUT_UINT, .as.number = number };
}

static inline struct out_cell out_real(double real)
{
	return (struct out_cell){ .kind = OUT_REAL, .as.real = real };
}

/* NULL is OUT_NULL; "" stays "". */
static inline struct out_cell out_text(const char *text)
{
	return (struct out_cell){ .kind = text != NULL ? OUT_TEXT : OUT_NULL, .as.text = text };
}

/* The same for text that lives as long as the document: of a map, or made by out_format(). */
static inline struct out_cell out_lasting(const char *text)
{
	return (struct out_cell){ .kind = text != NULL ? OUT_TEXT : OUT_NULL,
				  .bits = OUT_LASTING,
				  .as.text = text };
}

static inline struct out_cell out_hex(uint64_t value, uint32_t bits)
{
	return (struct out_cell){ .kind = OUT_HEX, .bits = bits, .as.number = value };
}

static inline struct out_cell out_styled(enum out_style style, struct out_cell cell)
{
	cell.style = style;
	return cell;
}

/* A member without a title appears in JSON only. */
enum out_flag {
	OUT_RAW = 1 << 0, /* --raw prints it */
	OUT_NO_RAW =
		1 << 4, /* --raw prints nothing of it, also where nothing is marked OUT_RAW */
	OUT_RIGHT = 1 << 1,        /* column: aligned to the right in text */
	OUT_UNLESS_EMPTY = 1 << 2, /* column: left out of text when every cell is null or "" */
	OUT_SPARE = 1 << 3, /* last column: left out where a terminal is too narrow for it */
};

struct out_column {
	const char *key;   /* of the JSON member, with its unit: "time_us" */
	const char *title; /* of the text column; NULL: JSON only */
	unsigned flags;    /* enum out_flag */
};

/* A document with schema "switchblade/@name/@version"; NULL: out of memory. */
struct out *out_new(const char *name, unsigned version);
void out_free(struct out *out); /* NULL is allowed */

struct out_record *out_root(struct out *out);
bool out_is_empty(const struct out *out); /* nothing was put into it */

/* Adds a value to a record.  Keys and titles are not copied: string literals. */
void out_put(struct out_record *record, const struct out_column *member, struct out_cell cell);

/* The same for the common case of no flags. */
void out_add(struct out_record *record, const char *key, const char *title,
	     struct out_cell cell);

/* A record inside a record; its title is its heading in text. */
struct out_record *out_record(struct out_record *record, const char *key, const char *title);

/* A table with @n columns; the array is not copied. */
struct out_table *out_table(struct out_record *record, const char *key,
			    const struct out_column *columns, size_t n);

/* Appends a row of as many cells as the table has columns. */
void out_row(struct out_table *table, const struct out_cell *cells);

/* More members of the last row, JSON only.  NULL for an empty table. */
struct out_record *out_row_more(struct out_table *table);
size_t out_n_rows(const struct out_table *table);

/* A list of values: one line each in text, below the title when there is one. */
struct out_list *out_list(struct out_record *record, const char *key, const char *title,
			  unsigned flags);
void out_item(struct out_list *list, struct out_cell cell);

/* A line for people only. */
void out_say(struct out_record *record, enum out_style style, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* A copy of formatted text that lives as long as the document; "" when out of memory. */
const char *out_format(struct out_record *record, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Makes a failure part of the document, for JSON. */
void out_set_error(struct out *out, const struct error *err);

enum out_format_kind { OUT_FORMAT_TEXT, OUT_FORMAT_JSON, OUT_FORMAT_JSON_LINE, OUT_FORMAT_RAW };

/*
 * Prints a document.  @color counts for text only.  E_NOMEM; E_IO with errno's text; E_INTR
 * when cancel_requested() stopped it.
 */
int out_render(const struct out *out, enum out_format_kind format, bool color, FILE *file,
	       struct error *err);

#endif
