/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The maps linked into the program.  The build makes the table from the compiled maps; programs
 * that need no map (the register compiler) leave builtin.c out.
 */
#ifndef REGMAPS_REGDB_BUILTIN_H
#define REGMAPS_REGDB_BUILTIN_H

struct regdb_builtin {
	const char *name;
	const unsigned char *start; /* 8-byte aligned */
	const unsigned char *end;
};

/* Ordered by name; the last row's name is NULL. */
extern const struct regdb_builtin regdb_builtins[];

#endif
