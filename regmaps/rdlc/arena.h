/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory of one compilation: everything the compiler builds lives in one arena and
 * goes away with it, so no path through the compiler can leak. Running out of
 * memory, or of the arena's limit, leaves through the arena's escape: allocation
 * never returns NULL and callers never check it.
 *
 * On top of it: a growable vector of pointers, growable text, and the table of
 * interned names (two equal names are the same pointer).
 */
#ifndef REGMAPS_RDLC_ARENA_H
#define REGMAPS_RDLC_ARENA_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rdl_chunk;

struct rdl_arena {
	struct rdl_chunk *chunks;
	char *at, *end;
	size_t used, limit; /* bytes taken from the system, and how many are allowed */
	jmp_buf *escape;    /* where to go when memory runs out; set while compiling */
};

/* Zeroed memory, aligned for anything. */
void *rdl_alloc(struct rdl_arena *arena, size_t size);

/* A copy of len bytes with a terminating zero. */
char *rdl_strndup(struct rdl_arena *arena, const char *text, size_t len);

/* Formats into the arena. */
char *rdl_format(struct rdl_arena *arena, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Returns all memory to the system; the arena is empty and usable afterwards. */
void rdl_arena_free(struct rdl_arena *arena);

struct rdl_vec {
	void **at;
	uint32_t n, cap;
};

void rdl_vec_push(struct rdl_arena *arena, struct rdl_vec *vec, const void *item);

/* Text that grows; always zero-terminated once something was added. */
struct rdl_text {
	char *at;
	size_t len, cap;
};

void rdl_text_reserve(struct rdl_arena *arena, struct rdl_text *text, size_t more);
void rdl_text_add(struct rdl_arena *arena, struct rdl_text *text, const char *s, size_t len);
void rdl_text_put(struct rdl_arena *arena, struct rdl_text *text, char c);
void rdl_text_printf(struct rdl_arena *arena, struct rdl_text *text, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

struct rdl_file;
struct rdl_macro;
struct rdl_node;
struct rdl_prop;
struct rdl_binding;

/* An interned name, and what it means at the point the compiler has reached. */
struct rdl_sym {
	struct rdl_sym *chain;
	uint32_t hash, len;
	uint8_t keyword;                 /* enum rdl_token_kind, 0 for an identifier */
	struct rdl_macro *macro;         /* preprocessor definition in force */
	const struct rdl_file *file;     /* a path: the file that was loaded from there */
	const struct rdl_node *seen;     /* a lower-case name: the last node of that name */
	const struct rdl_prop *prop;     /* built-in or user-defined property */
	struct rdl_binding *type, *elem; /* innermost declarations, scope.h */
	char name[];
};

struct rdl_symtab {
	struct rdl_sym **slot;
	uint32_t n, cap;
};

/* The symbol of a name, made on first use. */
struct rdl_sym *rdl_intern(struct rdl_arena *arena, struct rdl_symtab *tab, const char *name,
			   size_t len);

#endif
