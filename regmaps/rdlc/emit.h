/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The output forms; each appends to text in the context's arena. */
#ifndef REGMAPS_RDLC_EMIT_H
#define REGMAPS_RDLC_EMIT_H

struct rdl_node;
struct rdl_text;
struct rdl_value;
struct rdlc;

void rdl_emit_json(struct rdlc *ctx, struct rdl_text *out);
void rdl_emit_header(struct rdlc *ctx, struct rdl_text *out);
void rdl_emit_list(struct rdlc *ctx, struct rdl_text *out);
void rdl_emit_checks(struct rdlc *ctx, struct rdl_text *out);

/* The value of a node's property as JSON. */
void rdl_emit_value(struct rdlc *ctx, struct rdl_text *out, const struct rdl_node *node,
		    const struct rdl_value *value);

/* Fills ctx->builder. */
void rdl_emit_regdb(struct rdlc *ctx);

#endif
