/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "regmaps/rdlc/node.h"
#include "regmaps/rdlc/pp.h"
#include "regmaps/rdlc/rdlc_priv.h"
#include "regmaps/rdlc/utf8.h"

#define MAX_WARNINGS   200
#define MAX_REPEATS    10000
#define MAX_LINE_SHOWN 200

enum severity {
	NOTE,
	WARNING,
	ERROR,
};

static void add_source_line(struct rdlc *ctx, struct rdl_place place, uint32_t line_start)
{
	const char *line = place.file->text + line_start;
	size_t len = strcspn(line, "\r\n");
	size_t caret = place.off - line_start;

	if (caret > MAX_LINE_SHOWN)
		return;
	if (len > MAX_LINE_SHOWN)
		len = MAX_LINE_SHOWN;
	rdl_text_add(&ctx->arena, &ctx->diag, line, len);
	rdl_text_put(&ctx->arena, &ctx->diag, '\n');
	for (size_t i = 0; i < caret; i++)
		if (i >= len || ((unsigned char)line[i] & 0xc0) != 0x80)
			rdl_text_put(&ctx->arena, &ctx->diag,
				     i < len && line[i] == '\t' ? '\t' : ' ');
	rdl_text_add(&ctx->arena, &ctx->diag, "^\n", 2);
}

static uint32_t place_line(struct rdl_place *place, uint32_t *line_start)
{
	const char *text = place->file->text;
	uint32_t line = 1;

	if (place->off > place->file->size)
		place->off = (uint32_t)place->file->size;
	*line_start = 0;
	for (uint32_t i = 0; i < place->off; i++) {
		if (text[i] == '\n') {
			line++;
			*line_start = i + 1;
		}
	}
	return line;
}

/* Terminals obey control characters, and logs want UTF-8. */
static void make_printable(char *text)
{
	size_t len;

	for (; *text; text += len) {
		len = rdl_utf8_length(text);
		if (!len || ((unsigned char)*text < 0x20 && *text != '\n' && *text != '\t') ||
		    *text == 0x7f) {
			*text = '?';
			len = 1;
		}
	}
}

static void add_text(struct rdlc *ctx, struct rdl_place place, enum severity severity,
		     const char *message)
{
	static const char *const word[] = { "note", "warning", "error" };
	uint32_t line_start, line;

	if (!place.file) {
		rdl_text_printf(&ctx->arena, &ctx->diag, "rdlc: %s: %s\n", word[severity],
				message);
		return;
	}
	line = place_line(&place, &line_start);
	rdl_text_printf(&ctx->arena, &ctx->diag, "%s:%u:%u: %s: %s\n", place.file->path, line,
			place.off - line_start + 1, word[severity], message);
	add_source_line(ctx, place, line_start);
}

static void add(struct rdlc *ctx, struct rdl_place place, enum severity severity,
		const char *message)
{
	size_t start = ctx->diag.len;

	add_text(ctx, place, severity, message);
	make_printable(ctx->diag.at + start);
}

static void add_path(struct rdlc *ctx, struct rdl_text *text, const struct rdl_node *node)
{
	if (node->parent && node->parent->kind != RDL_ROOT) {
		add_path(ctx, text, node->parent);
		rdl_text_put(&ctx->arena, text, '.');
	}
	rdl_text_printf(&ctx->arena, text, "%s", node->name->name);
}

/* What is wrong may be so in this instance only: with these parameters. */
static void add_instance(struct rdlc *ctx, struct rdl_place place)
{
	const struct rdl_node *node = ctx->where;
	struct rdl_text path = { 0 };
	struct rdl_place at;

	while (node && (!node->def->params.n || node->parent->kind == RDL_ROOT))
		node = node->parent;
	if (!node)
		return;
	at = rdl_source_place(ctx, node->loc);
	if (!at.file || (at.file == place.file && at.off == place.off))
		return;
	add_path(ctx, &path, node);
	add(ctx, at, NOTE, rdl_format(&ctx->arena, "in '%s'", path.at));
}

static void add_context(struct rdlc *ctx, struct rdl_place place)
{
	if (place.macro && place.macro->place.file)
		add(ctx, place.macro->place, NOTE,
		    rdl_format(&ctx->arena, "in the expansion of macro '%s', defined here",
			       place.macro->name->name));
	if (place.file && place.file->includer && place.file != ctx->diag_file)
		add(ctx,
		    (struct rdl_place){ .file = place.file->includer,
					.off = place.file->include_off },
		    NOTE, "included from here");
	ctx->diag_file = place.file;
	add_instance(ctx, place);
}

/* Whether this was not said before: a definition's mistake shows in each instance. */
static bool is_news(struct rdlc *ctx, struct rdl_place place, const char *message)
{
	const char *key = rdl_format(&ctx->arena, "%s:%u:%s",
				     place.file ? place.file->path : "", place.off, message);
	struct rdl_sym *said = rdl_intern(&ctx->arena, &ctx->said, key, strlen(key));

	ctx->n_reports++;
	ctx->muted = said->keyword;
	if (ctx->muted && ++ctx->n_repeats > MAX_REPEATS && ctx->n_errors)
		longjmp(*ctx->arena.escape, 2);
	said->keyword = 1;
	return !ctx->muted;
}

static void check_limit(struct rdlc *ctx)
{
	if (ctx->n_errors < ctx->opt->max_errors)
		return;
	add(ctx, (struct rdl_place){ 0 }, ERROR, "too many errors, giving up");
	longjmp(*ctx->arena.escape, 2);
}

__attribute__((format(printf, 2, 0))) static char *vformat(struct rdlc *ctx, const char *fmt,
							   va_list ap)
{
	va_list again;
	char *text;
	int len;

	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	text = rdl_alloc(&ctx->arena, (size_t)(len < 0 ? 0 : len) + 1);
	vsnprintf(text, (size_t)(len < 0 ? 0 : len) + 1, fmt, ap);
	return text;
}

static void error_at(struct rdlc *ctx, struct rdl_place place, const char *message)
{
	if (!is_news(ctx, place, message))
		return;
	check_limit(ctx);
	ctx->n_errors++;
	add(ctx, place, ERROR, message);
	add_context(ctx, place);
}

void rdl_error(struct rdlc *ctx, uint32_t loc, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	error_at(ctx, rdl_source_place(ctx, loc), vformat(ctx, fmt, ap));
	va_end(ap);
}

void rdl_error_at(struct rdlc *ctx, struct rdl_place place, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	error_at(ctx, place, vformat(ctx, fmt, ap));
	va_end(ap);
}

bool rdl_report(struct rdlc *ctx, enum rdl_check check, uint32_t loc, const char *fmt, ...)
{
	struct rdl_place place = rdl_source_place(ctx, loc);
	enum rdl_level level = ctx->level[check];
	char *message;
	va_list ap;

	if (level == RDL_LEVEL_OFF)
		return false;
	if (level == RDL_LEVEL_WARNING &&
	    (ctx->n_warnings >= MAX_WARNINGS || ctx->n_repeats > MAX_REPEATS)) {
		ctx->n_reports++;
		return false;
	}
	va_start(ap, fmt);
	message = vformat(ctx, fmt, ap);
	va_end(ap);
	message = rdl_format(&ctx->arena, "%s [%s]", message, rdl_checks[check].name);
	if (level != RDL_LEVEL_WARNING) {
		error_at(ctx, place, message);
	} else if (is_news(ctx, place, message)) {
		ctx->n_warnings++;
		add(ctx, place, WARNING, message);
		add_context(ctx, place);
	}
	return !ctx->muted;
}

void rdl_note(struct rdlc *ctx, uint32_t loc, const char *fmt, ...)
{
	struct rdl_place place = rdl_source_place(ctx, loc);
	va_list ap;

	if (!place.file || ctx->muted)
		return;
	va_start(ap, fmt);
	add(ctx, place, NOTE, vformat(ctx, fmt, ap));
	va_end(ap);
}

void rdl_fatal(struct rdlc *ctx, uint32_t loc, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	error_at(ctx, rdl_source_place(ctx, loc), vformat(ctx, fmt, ap));
	va_end(ap);
	longjmp(*ctx->arena.escape, 2);
}

void rdl_fatal_at(struct rdlc *ctx, struct rdl_place place, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	error_at(ctx, place, vformat(ctx, fmt, ap));
	va_end(ap);
	longjmp(*ctx->arena.escape, 2);
}
