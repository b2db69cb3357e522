/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Options and operands of a command, parsed from tables.
 *
 *     --name, --name=value, --name value, -x, -xyz, -xvalue, -x value, --
 *
 * Options may stand before, between and after operands.  Long names may be cut short while
 * they stay unambiguous.
 */
#ifndef CLI_ARGS_H
#define CLI_ARGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/error.h"

enum arg_flag {
	ARG_VALUE_OPTIONAL = 1 << 0, /* --color[=WHEN]: a value only after "=" */
	ARG_AT_START = 1 << 1, /* only before the shell: it decides how devices are opened */
	ARG_FILE = 1 << 2,     /* the value is a file name (completion) */
	ARG_REGISTER = 1 << 3, /* the value is a register (completion) */
};

/* An option.  A table of them ends with a row whose name is NULL. */
struct arg_spec {
	const char *name; /* without "--" */
	char letter;      /* 0: none */
	int id;           /* what args_value() asks for; unique over the tables used together */
	const char *value; /* what stands for the value in help; NULL: takes none */
	const char *help;
	unsigned flags; /* enum arg_flag */
};

struct arg_found {
	const struct arg_spec *spec;
	const char *value; /* NULL: none */
};

/* Points into the words that were parsed. */
struct args {
	struct arg_found *found;
	size_t n_found;
	const char **operands;
	size_t n_operands;
	size_t n_words; /* how many words were consumed: all, unless stopped at an operand */
};

/*
 * Parses @n words against two tables (either may be NULL).  @stop_at_operand: leaves the first
 * operand and everything after it alone.  E_SYNTAX names the option and the nearest known one.
 * The caller frees with args_fini(), also after a failure.
 */
int args_parse(const struct arg_spec *const tables[2], const char *const *words, size_t n,
	       bool stop_at_operand, struct error *err, struct args *args);
void args_fini(struct args *args);

/* The last value of an option, "" for one given without a value; NULL: not given. */
const char *args_value(const struct args *args, int id);
bool args_has(const struct args *args, int id);

/*
 * "100us", "500ms", "2s", "1m"; decimals allowed ("0.5s"), the unit is not optional.  At most
 * an hour.  E_SYNTAX, E_RANGE; @what names the option in the text.
 */
int args_duration_us(const char *text, const char *what, struct error *err, uint64_t *us);

/* A number (decimal, 0x, 0b, `_` between digits) in [min, max].  E_SYNTAX, E_RANGE. */
struct args_range {
	uint64_t min, max;
};
int args_number(const char *text, const char *what, struct args_range range, struct error *err,
		uint64_t *value);

/* The number of option @id, by which errors name it.  Not given: *@value stays. */
int args_option(const struct args *args, int id, struct args_range range, struct error *err,
		uint64_t *value);

/* Both for a @range below 2^32. */
int args_number32(const char *text, const char *what, struct args_range range,
		  struct error *err, uint32_t *value);
int args_option32(const struct args *args, int id, struct args_range range, struct error *err,
		  uint32_t *value);

/*
 * The candidate nearest to @word, if near enough to be a slip of the fingers; candidates come
 * from @next until it returns NULL.  Case counts little.
 */
const char *args_nearest(const char *word, const char *(*next)(void *arg), void *arg);

#endif
