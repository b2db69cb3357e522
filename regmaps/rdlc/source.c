/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/source.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "regmaps/rdlc/rdlc_priv.h"

#define MAX_FILE_BYTES (256l << 20)
#define BLOCK_BYTES    65536

static const struct rdlc_file *memory_file(const struct rdlc *ctx, const char *path)
{
	for (size_t i = 0; i < ctx->opt->n_memory; i++)
		if (!strcmp(ctx->opt->memory[i].path, path))
			return &ctx->opt->memory[i];
	return NULL;
}

static char *read_all(struct rdlc *ctx, FILE *in, size_t *size)
{
	struct rdl_text text = { 0 };
	struct stat info;
	size_t got = 1;

	if (!fstat(fileno(in), &info) && S_ISREG(info.st_mode) && info.st_size < MAX_FILE_BYTES)
		rdl_text_reserve(&ctx->arena, &text, (size_t)info.st_size + BLOCK_BYTES + 1);
	while (got) {
		if (text.len > MAX_FILE_BYTES) {
			errno = EFBIG;
			return NULL;
		}
		rdl_text_reserve(&ctx->arena, &text, BLOCK_BYTES + 1);
		got = fread(text.at + text.len, 1, BLOCK_BYTES, in);
		text.len += got;
	}
	text.at[text.len] = 0;
	*size = text.len;
	return ferror(in) ? NULL : text.at;
}

static const char *load(struct rdlc *ctx, const char *path, size_t *size)
{
	const struct rdlc_file *memory = memory_file(ctx, path);
	char *text;
	FILE *in;

	if (memory) {
		*size = memory->size;
		return rdl_strndup(&ctx->arena, memory->text, memory->size);
	}
	errno = ENOENT;
	if (ctx->opt->no_disk || !(in = fopen(path, "rb")))
		return NULL;
	ctx->open_file = in;
	text = read_all(ctx, in, size);
	ctx->open_file = NULL;
	fclose(in);
	if (text)
		rdl_vec_push(&ctx->arena, &ctx->paths, path);
	return text;
}

struct rdl_file *rdl_source_load(struct rdlc *ctx, const char *path)
{
	struct rdl_sym *name = rdl_intern(&ctx->arena, &ctx->syms, path, strlen(path));
	struct rdl_file *file = rdl_alloc(&ctx->arena, sizeof(*file));

	if (name->file) {
		*file = *name->file;
		return file;
	}
	file->path = path;
	file->text = load(ctx, path, &file->size);
	if (!file->text) {
		ctx->load_errno = errno;
		return NULL;
	}
	name->file = file;
	return file;
}

void rdl_source_mark(struct rdlc *ctx, struct rdl_place place)
{
	struct rdl_source *src = &ctx->source;
	uint32_t out = (uint32_t)ctx->out.len;

	if (src->n_segments && src->segment[src->n_segments - 1].out == out)
		src->n_segments--;
	if (src->n_segments == src->cap_segments) {
		uint32_t cap = src->cap_segments ? src->cap_segments * 2 : 64;
		struct rdl_segment *grown = rdl_alloc(&ctx->arena, cap * sizeof(*grown));

		if (src->n_segments)
			memcpy(grown, src->segment, src->n_segments * sizeof(*grown));
		src->segment = grown;
		src->cap_segments = cap;
	}
	src->segment[src->n_segments++] = (struct rdl_segment){ .out = out, .place = place };
}

struct rdl_place rdl_source_place(const struct rdlc *ctx, uint32_t loc)
{
	const struct rdl_source *src = &ctx->source;
	uint32_t low = 0, high = src->n_segments;
	struct rdl_place place;

	if (!loc || !high || src->segment[0].out > loc)
		return (struct rdl_place){ 0 };
	while (high - low > 1) {
		uint32_t mid = low + (high - low) / 2;

		if (src->segment[mid].out <= loc)
			low = mid;
		else
			high = mid;
	}
	place = src->segment[low].place;
	if (place.file && !place.macro)
		place.off += loc - src->segment[low].out;
	return place;
}
