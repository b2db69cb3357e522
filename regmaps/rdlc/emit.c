/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/emit.h"

#include <stdlib.h>
#include <string.h>

#include "drv/error.h"
#include "regmaps/rdlc/rdlc_priv.h"
#include "regmaps/regdb/regdb_build.h"

static void emit_json(struct rdlc *ctx)
{
	rdl_emit_json(ctx, &ctx->emitted);
}

static void emit_header(struct rdlc *ctx)
{
	rdl_emit_header(ctx, &ctx->emitted);
}

static void emit_list(struct rdlc *ctx)
{
	rdl_emit_list(ctx, &ctx->emitted);
}

static int copy_out(const struct rdl_text *text, char **data, size_t *size, struct error *err)
{
	char *copy = malloc(text->len + 1);

	if (!copy)
		return error_set(err, E_NOMEM, "out of memory while writing");
	memcpy(copy, text->at, text->len);
	copy[text->len] = 0;
	*data = copy;
	*size = text->len;
	return 0;
}

static int emit_text(struct rdlc *ctx, void (*run)(struct rdlc *ctx), char **data, size_t *size,
		     struct error *err)
{
	ctx->emitted = (struct rdl_text){ 0 };
	if (rdl_guarded(ctx, run))
		return error_set(err, E_NOMEM, "out of memory while writing");
	return copy_out(&ctx->emitted, data, size, err);
}

/* Gives a blob the zero byte behind it that rdlc_emit() promises. */
static int with_zero(char *blob, size_t size, char **data, struct error *err)
{
	char *grown = realloc(blob, size + 1);

	if (!grown) {
		free(blob);
		return error_set(err, E_NOMEM, "out of memory while writing");
	}
	grown[size] = 0;
	*data = grown;
	return 0;
}

static int emit_regdb(struct rdlc *ctx, char **data, size_t *size, struct error *err)
{
	void *blob = NULL;
	int rc;

	ctx->builder = regdb_builder_new();
	if (!ctx->builder || rdl_guarded(ctx, rdl_emit_regdb))
		rc = error_set(err, E_NOMEM, "out of memory while writing");
	else
		rc = regdb_builder_finish(ctx->builder, err, &blob, size);
	regdb_builder_free(ctx->builder);
	ctx->builder = NULL;
	return rc ? rc : with_zero(blob, *size, data, err);
}

int rdlc_emit(struct rdlc *rdlc, enum rdlc_output form, char **data, size_t *size,
	      struct error *err)
{
	if (!rdlc->top)
		return error_set(err, E_STATE, "the description did not compile");
	switch (form) {
	case RDLC_OUTPUT_JSON:
		return emit_text(rdlc, emit_json, data, size, err);
	case RDLC_OUTPUT_HEADER:
		return emit_text(rdlc, emit_header, data, size, err);
	case RDLC_OUTPUT_LIST:
		return emit_text(rdlc, emit_list, data, size, err);
	case RDLC_OUTPUT_REGDB:
		return emit_regdb(rdlc, data, size, err);
	}
	return error_set(err, E_INTERNAL, "no such output form");
}
