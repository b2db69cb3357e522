/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rdlc: a compiler for SystemRDL 2.0 (Accellera, January 2018) as a library.
 *
 * It takes descriptions of registers and gives the tree of address maps, register
 * files, registers, memories and fields with absolute addresses: as JSON, as a C
 * header, as a register database, or as a list. The whole language except embedded
 * Perl. The library prints nothing: diagnostics come back as text, output as bytes.
 * The same input gives the same bytes.
 */
#ifndef REGMAPS_RDLC_RDLC_H
#define REGMAPS_RDLC_RDLC_H

#include <stdbool.h>
#include <stddef.h>

struct error;
struct rdlc;

/* A file that is in memory, not on disk. It is found by its path, as `include gives it. */
struct rdlc_file {
	const char *path;
	const char *text;
	size_t size;
};

/* All pointers are borrowed for the duration of the call. Zeroes are good defaults. */
struct rdlc_options {
	const char *const *inputs; /* paths of the descriptions, in order */
	size_t n_inputs;
	const char *const *include_dirs;
	size_t n_include_dirs;
	const char *const *defines; /* "NAME" or "NAME=TEXT" */
	size_t n_defines;
	const char *const *params; /* "NAME=EXPRESSION", parameters of the top */
	size_t n_params;
	const char *const *checks; /* "Wname", "Ename", "Wno-name" */
	size_t n_checks;
	const struct rdlc_file *memory; /* looked at before the disk */
	size_t n_memory;
	const char *top;     /* name of an addrmap; NULL: the last one defined */
	unsigned max_errors; /* after which to give up; 0: 20 */
	size_t max_memory;   /* bytes; 0: 768 MiB */
	unsigned max_nodes;  /* of the tree; 0: one million */
	bool no_disk;        /* read only files that are in memory */
};

enum rdlc_output {
	RDLC_OUTPUT_JSON,   /* DESIGN section 4 */
	RDLC_OUTPUT_HEADER, /* C header of addresses and fields */
	RDLC_OUTPUT_REGDB,  /* register database, binary */
	RDLC_OUTPUT_LIST,   /* for people */
};

/*
 * Compiles. On success *out is a compiled description; it may have warnings. On
 * failure *out is there as well if anything can be said about the input, so that its
 * diagnostics can be read; free it in every case.
 * Returns 0; E_SYNTAX for errors in the description (the text names the first),
 * E_NODEV when an input file cannot be read, E_NOMEM.
 */
int rdlc_compile(const struct rdlc_options *options, struct rdlc **out, struct error *err);

/* Warnings and errors, one text with line ends; "" when there are none. */
const char *rdlc_diagnostics(const struct rdlc *rdlc);

/* Name of the top addrmap, NULL when there is none. */
const char *rdlc_top_name(const struct rdlc *rdlc);

/* The files that were read from disk: *n paths, in order of first use. */
const char *const *rdlc_files(const struct rdlc *rdlc, size_t *n);

/*
 * Writes a compiled description in one of the forms. An array of which single elements
 * have properties of their own (a[2]->name = ...) comes as one node for each element,
 * called "a[2]", and a_2 where brackets cannot be: in the database and in C. *data is the caller's to
 * free(); a zero byte that *size does not count follows it.
 * Returns 0, E_STATE when the description did not compile, E_RANGE when it has
 * something that the form cannot hold, E_NOMEM.
 */
int rdlc_emit(struct rdlc *rdlc, enum rdlc_output form, char **data, size_t *size,
	      struct error *err);

/* The named checks: name, and "off", "warning", "error" or "always"; NULL past the end. */
const char *rdlc_check_name(size_t i, const char **level);

/* Frees everything. NULL is allowed. */
void rdlc_free(struct rdlc *rdlc);

/*
 * All in one: compiles a file as it is on disk and gives its register database,
 * which the caller frees. On failure the first diagnostic is in err.
 * Returns what rdlc_compile() and rdlc_emit() return.
 */
int rdlc_compile_regdb(const struct rdlc_options *options, char **data, size_t *size,
		       struct error *err);

#endif
