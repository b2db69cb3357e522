/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_BYTES ((size_t)1 << 20)

struct rdl_chunk {
	struct rdl_chunk *next;
	max_align_t data[];
};

static _Noreturn void escape(struct rdl_arena *arena)
{
	if (!arena->escape)
		abort();
	longjmp(*arena->escape, 1);
}

static struct rdl_chunk *chunk_new(struct rdl_arena *arena, size_t size)
{
	struct rdl_chunk *chunk;

	if (size > arena->limit || arena->used > arena->limit - size)
		escape(arena);
	chunk = calloc(1, sizeof(*chunk) + size);
	if (!chunk)
		escape(arena);
	arena->used += size;
	return chunk;
}

static void *alloc_large(struct rdl_arena *arena, size_t size)
{
	struct rdl_chunk *chunk = chunk_new(arena, size);

	if (arena->chunks) {
		chunk->next = arena->chunks->next;
		arena->chunks->next = chunk;
	} else {
		arena->chunks = chunk;
	}
	return chunk->data;
}

void *rdl_alloc(struct rdl_arena *arena, size_t size)
{
	const size_t unit = sizeof(void *);
	void *p;

	if (size > SIZE_MAX / 2)
		escape(arena);
	size = (size + unit - 1) & ~(unit - 1);
	if (size > CHUNK_BYTES / 4)
		return alloc_large(arena, size);
	if ((size_t)(arena->end - arena->at) < size) {
		struct rdl_chunk *chunk = chunk_new(arena, CHUNK_BYTES);

		chunk->next = arena->chunks;
		arena->chunks = chunk;
		arena->at = (char *)chunk->data;
		arena->end = arena->at + CHUNK_BYTES;
	}
	p = arena->at;
	arena->at += size;
	return p;
}

char *rdl_strndup(struct rdl_arena *arena, const char *text, size_t len)
{
	char *copy = rdl_alloc(arena, len + 1);

	if (len)
		memcpy(copy, text, len);
	return copy;
}

char *rdl_format(struct rdl_arena *arena, const char *fmt, ...)
{
	va_list ap;
	char *text;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (len < 0)
		escape(arena);
	text = rdl_alloc(arena, (size_t)len + 1);
	va_start(ap, fmt);
	vsnprintf(text, (size_t)len + 1, fmt, ap);
	va_end(ap);
	return text;
}

void rdl_arena_free(struct rdl_arena *arena)
{
	while (arena->chunks) {
		struct rdl_chunk *next = arena->chunks->next;

		free(arena->chunks);
		arena->chunks = next;
	}
	arena->at = arena->end = NULL;
	arena->used = 0;
}

void rdl_vec_push(struct rdl_arena *arena, struct rdl_vec *vec, const void *item)
{
	if (vec->n == vec->cap) {
		uint32_t cap = vec->cap ? vec->cap * 2 : 4;
		void **grown = rdl_alloc(arena, cap * sizeof(*grown));

		if (vec->n)
			memcpy(grown, vec->at, vec->n * sizeof(*grown));
		vec->at = grown;
		vec->cap = cap;
	}
	memcpy(&vec->at[vec->n++], &item, sizeof(item));
}

void rdl_text_reserve(struct rdl_arena *arena, struct rdl_text *text, size_t more)
{
	size_t cap = text->cap ? text->cap : 64;
	char *grown;

	if (more >= SIZE_MAX / 4 || text->len >= SIZE_MAX / 4)
		escape(arena);
	if (text->len + more < text->cap)
		return;
	while (cap <= text->len + more)
		cap *= 2;
	grown = rdl_alloc(arena, cap);
	if (text->len)
		memcpy(grown, text->at, text->len);
	text->at = grown;
	text->cap = cap;
}

void rdl_text_add(struct rdl_arena *arena, struct rdl_text *text, const char *s, size_t len)
{
	rdl_text_reserve(arena, text, len + 1);
	if (len)
		memcpy(text->at + text->len, s, len);
	text->len += len;
	text->at[text->len] = 0;
}

void rdl_text_put(struct rdl_arena *arena, struct rdl_text *text, char c)
{
	rdl_text_add(arena, text, &c, 1);
}

void rdl_text_printf(struct rdl_arena *arena, struct rdl_text *text, const char *fmt, ...)
{
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (len < 0)
		escape(arena);
	rdl_text_reserve(arena, text, (size_t)len + 1);
	va_start(ap, fmt);
	vsnprintf(text->at + text->len, (size_t)len + 1, fmt, ap);
	va_end(ap);
	text->len += (size_t)len;
}

static uint32_t hash_name(const char *name, size_t len)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)name[i]) * 16777619u;
	return hash;
}

static void symtab_grow(struct rdl_arena *arena, struct rdl_symtab *tab)
{
	uint32_t cap = tab->cap ? tab->cap * 4 : 1024;
	struct rdl_sym **slot = rdl_alloc(arena, cap * sizeof(struct rdl_sym *));

	for (uint32_t i = 0; i < tab->cap; i++) {
		struct rdl_sym *next;

		for (struct rdl_sym *s = tab->slot[i]; s; s = next) {
			next = s->chain;
			s->chain = slot[s->hash & (cap - 1)];
			slot[s->hash & (cap - 1)] = s;
		}
	}
	tab->slot = slot;
	tab->cap = cap;
}

struct rdl_sym *rdl_intern(struct rdl_arena *arena, struct rdl_symtab *tab, const char *name,
			   size_t len)
{
	uint32_t hash = hash_name(name, len);
	struct rdl_sym *sym;

	if (tab->n >= tab->cap)
		symtab_grow(arena, tab);
	for (sym = tab->slot[hash & (tab->cap - 1)]; sym; sym = sym->chain)
		if (sym->hash == hash && sym->len == len && !memcmp(sym->name, name, len))
			return sym;
	sym = rdl_alloc(arena, sizeof(*sym) + len + 1);
	memcpy(sym->name, name, len);
	sym->hash = hash;
	sym->len = (uint32_t)len;
	sym->chain = tab->slot[hash & (tab->cap - 1)];
	tab->slot[hash & (tab->cap - 1)] = sym;
	tab->n++;
	return sym;
}
