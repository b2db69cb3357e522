/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/pp_priv.h"

#include <ctype.h>
#include <string.h>

#include "regmaps/rdlc/diag.h"
#include "regmaps/rdlc/rdlc_priv.h"

#define MAX_MACRO_DEPTH 100
#define MAX_EXPANSION   ((size_t)16 << 20)
#define MAX_EXPANSIONS  300000

static bool is_ident(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static bool is_reserved(const char *name, size_t len)
{
	static const char *const word[] = { "include",     "ifdef", "ifndef",   "elsif",
					    "else",        "endif", "define",   "undef",
					    "undefineall", "line",  "__FILE__", "__LINE__" };

	for (size_t i = 0; i < sizeof(word) / sizeof(word[0]); i++)
		if (strlen(word[i]) == len && !memcmp(word[i], name, len))
			return true;
	return false;
}

/* Length of a line break at i, 0 if there is none. */
static size_t line_break(const struct pp *pp, size_t i)
{
	if (i < pp->n && pp->s[i] == '\n')
		return 1;
	if (i + 1 < pp->n && pp->s[i] == '\r' && pp->s[i + 1] == '\n')
		return 2;
	return 0;
}

static void copy_body_string(struct pp *pp, struct rdl_text *body)
{
	struct rdl_arena *arena = &pp->ctx->arena;

	rdl_text_put(arena, body, pp->s[pp->i++]);
	while (pp->i < pp->n && !line_break(pp, pp->i)) {
		char c = pp->s[pp->i];

		if (c == '\\' && line_break(pp, pp->i + 1)) {
			pp->i += 1 + line_break(pp, pp->i + 1);
			rdl_text_put(arena, body, '\n');
			continue;
		}
		if (c == '\\' && pp->i + 1 < pp->n)
			rdl_text_put(arena, body, pp->s[pp->i++]);
		rdl_text_put(arena, body, pp->s[pp->i++]);
		if (c == '"')
			return;
	}
}

/* A body ends at a line break without a backslash, or at a comment that does. */
static void scan_body(struct pp *pp, struct rdl_text *body)
{
	struct rdl_arena *arena = &pp->ctx->arena;

	while (pp->i < pp->n && !line_break(pp, pp->i)) {
		const char *s = pp->s + pp->i;
		size_t left = pp->n - pp->i;

		if (s[0] == '\\' && line_break(pp, pp->i + 1)) {
			pp->i += 1 + line_break(pp, pp->i + 1);
			rdl_text_put(arena, body, '\n');
		} else if (left > 1 && s[0] == '/' && (s[1] == '/' || s[1] == '*')) {
			size_t end = rdl__pp_skip_comment(pp->s, pp->n, pp->i);

			if (s[1] == '/' || memchr(s, '\n', end - pp->i))
				return;
			pp->i = end;
			rdl_text_put(arena, body, ' ');
		} else if (left > 1 && s[0] == '`' && (s[1] == '"' || s[1] == '`')) {
			rdl_text_add(arena, body, s, 2);
			pp->i += 2;
		} else if (left > 3 && !memcmp(s, "`\\`\"", 4)) {
			rdl_text_add(arena, body, s, 4);
			pp->i += 4;
		} else if (s[0] == '"') {
			copy_body_string(pp, body);
		} else {
			rdl_text_put(arena, body, *s);
			pp->i++;
		}
	}
}

static void skip_space(struct pp *pp)
{
	while (pp->i < pp->n && isspace((unsigned char)pp->s[pp->i]))
		pp->i++;
}

static char *trimmed(struct rdlc *ctx, const char *from, const char *to)
{
	while (from < to && isspace((unsigned char)*from))
		from++;
	while (from < to && isspace((unsigned char)to[-1]))
		to--;
	return rdl_strndup(&ctx->arena, from, (size_t)(to - from));
}

/* Moves to the ',' or closing ')' of an argument, over nested brackets; false: no end. */
static bool skip_argument(struct pp *pp)
{
	char close[64];
	size_t depth = 0;

	while (pp->i < pp->n) {
		char c = pp->s[pp->i];

		if (!depth && (c == ',' || c == ')'))
			return true;
		if (c == '"') {
			pp->i = rdl__pp_skip_string(pp->s, pp->n, pp->i);
			continue;
		}
		if (c == '/' && pp->i + 1 < pp->n && strchr("/*", pp->s[pp->i + 1])) {
			pp->i = rdl__pp_skip_comment(pp->s, pp->n, pp->i);
			continue;
		}
		if (c == '(' || c == '[' || c == '{') {
			if (depth == sizeof(close))
				return false;
			close[depth++] = c == '(' ? ')' : c == '[' ? ']' : '}';
		} else if (c == ')' || c == ']' || c == '}') {
			if (!depth || close[--depth] != c)
				return false;
		}
		pp->i++;
	}
	return false;
}

static bool define_param(struct pp *pp, struct rdl_macro *macro)
{
	struct rdl_macro_param *param = rdl_alloc(&pp->ctx->arena, sizeof(*param));
	size_t from;

	skip_space(pp);
	param->name = rdl__pp_ident(pp, &param->len);
	if (!param->name)
		return false;
	skip_space(pp);
	if (pp->i < pp->n && pp->s[pp->i] == '=') {
		from = ++pp->i;
		if (!skip_argument(pp))
			return false;
		param->preset = trimmed(pp->ctx, pp->s + from, pp->s + pp->i);
	}
	rdl_vec_push(&pp->ctx->arena, &macro->params, param);
	return pp->i < pp->n && (pp->s[pp->i] == ',' || pp->s[pp->i] == ')');
}

static bool define_params(struct pp *pp, struct rdl_macro *macro)
{
	size_t open = pp->i++;

	macro->takes_args = true;
	skip_space(pp);
	if (pp->i < pp->n && pp->s[pp->i] == ')') {
		pp->i++;
		return true;
	}
	do {
		if (!define_param(pp, macro)) {
			rdl_error_at(pp->ctx, rdl__pp_place(pp, open),
				     "malformed macro argument list");
			return false;
		}
	} while (pp->s[pp->i++] == ',');
	return true;
}

void rdl__pp_define(struct pp *pp)
{
	struct rdl_macro *macro = rdl_alloc(&pp->ctx->arena, sizeof(*macro));
	struct rdl_text body = { 0 };
	const char *name;
	bool good = true;
	size_t at, len;

	rdl__pp_skip_blanks(pp);
	at = pp->i;
	name = rdl__pp_ident(pp, &len);
	if (!name || is_reserved(name, len)) {
		rdl_error_at(pp->ctx, rdl__pp_place(pp, at),
			     name ? "'%.*s' cannot be defined" : "expected a macro name",
			     (int)len, name ? name : "");
		good = false;
	}
	if (good && pp->i < pp->n && pp->s[pp->i] == '(')
		good = define_params(pp, macro);
	rdl_text_add(&pp->ctx->arena, &body, "", 0);
	scan_body(pp, &body);
	if (!good || !rdl__pp_live(pp))
		return;
	macro->body = trimmed(pp->ctx, body.at, body.at + body.len);
	macro->body_len = strlen(macro->body);
	macro->place = rdl__pp_place(pp, at);
	macro->name = rdl_intern(&pp->ctx->arena, &pp->ctx->syms, name, len);
	macro->name->macro = macro;
}

void rdl_pp_predefine(struct rdlc *ctx, const char *text)
{
	struct rdl_macro *macro = rdl_alloc(&ctx->arena, sizeof(*macro));
	const char *equals = strchr(text, '=');
	size_t len = equals ? (size_t)(equals - text) : strlen(text);

	for (size_t i = 0; i < len; i++) {
		if (!is_ident(text[i])) {
			rdl_error(ctx, 0, "'%s' is not NAME or NAME=VALUE", text);
			return;
		}
	}
	if (!len || (*text >= '0' && *text <= '9') || is_reserved(text, len)) {
		rdl_error(ctx, 0, "'%s' cannot be defined", text);
		return;
	}
	macro->body = rdl_strndup(&ctx->arena, equals ? equals + 1 : "",
				  equals ? strlen(equals + 1) : 0);
	macro->body_len = strlen(macro->body);
	macro->name = rdl_intern(&ctx->arena, &ctx->syms, text, len);
	macro->name->macro = macro;
}

/* Argument texts, themselves preprocessed; NULL after an error. */
static bool read_args(struct pp *pp, struct rdl_vec *args)
{
	struct rdlc *ctx = pp->ctx;
	size_t open;

	skip_space(pp);
	open = pp->i;
	if (pp->i >= pp->n || pp->s[pp->i] != '(') {
		rdl_error_at(ctx, rdl__pp_place(pp, pp->i), "expected macro arguments");
		return false;
	}
	do {
		struct rdl_text text = { 0 };
		struct pp sub = { .ctx = ctx,
				  .out = &text,
				  .origin = rdl__pp_place(pp, pp->i) };
		size_t from = ++pp->i;

		if (!skip_argument(pp)) {
			rdl_error_at(ctx, rdl__pp_place(pp, open),
				     "macro arguments do not end");
			return false;
		}
		sub.s = trimmed(ctx, pp->s + from, pp->s + pp->i);
		sub.n = strlen(sub.s);
		sub.depth = pp->depth + 1;
		rdl_text_add(&ctx->arena, &text, "", 0);
		if (sub.depth < MAX_MACRO_DEPTH)
			rdl__pp_scan(&sub);
		rdl_vec_push(&ctx->arena, args, text.at);
	} while (pp->s[pp->i++] == ',');
	return true;
}

static bool fill_args(struct pp *pp, const struct rdl_macro *macro, struct rdl_vec *args,
		      size_t name_at)
{
	if (!macro->params.n && args->n == 1 && !*(const char *)args->at[0])
		args->n = 0;
	for (uint32_t i = 0; i < macro->params.n; i++) {
		const struct rdl_macro_param *param = macro->params.at[i];

		if (i >= args->n && param->preset)
			rdl_vec_push(&pp->ctx->arena, args, param->preset);
		else if (i < args->n && param->preset && !*(const char *)args->at[i])
			args->at[i] = rdl_format(&pp->ctx->arena, "%s", param->preset);
	}
	if (args->n == macro->params.n)
		return true;
	rdl_error_at(pp->ctx, rdl__pp_place(pp, name_at),
		     "macro '%s' takes %u arguments, got %u", macro->name->name,
		     macro->params.n, args->n);
	return false;
}

static const char *argument(const struct rdl_macro *macro, const struct rdl_vec *args,
			    const char *name, size_t len)
{
	for (uint32_t i = 0; i < args->n && i < macro->params.n; i++) {
		const struct rdl_macro_param *param = macro->params.at[i];

		if (param->len == len && !memcmp(param->name, name, len))
			return args->at[i];
	}
	return NULL;
}

/* The body with arguments in place and the quoting sequences resolved. */
static void substitute(struct pp *pp, const struct rdl_macro *macro, const struct rdl_vec *args,
		       struct rdl_text *text)
{
	struct rdl_arena *arena = &pp->ctx->arena;
	const char *s = macro->body;

	rdl_text_add(arena, text, "", 0);
	for (size_t i = 0, n = macro->body_len; i < n && text->len < MAX_EXPANSION;) {
		size_t end = i + 1;

		if (s[i] == '`' && i + 1 < n && s[i + 1] == '"') {
			rdl_text_put(arena, text, '"');
			i += 2;
			continue;
		}
		if (s[i] == '`' && i + 1 < n && s[i + 1] == '`') {
			i += 2;
			continue;
		}
		if (n - i > 3 && !memcmp(s + i, "`\\`\"", 4)) {
			rdl_text_add(arena, text, "\\\"", 2);
			i += 4;
			continue;
		}
		if (s[i] == '"') {
			end = rdl__pp_skip_string(s, n, i);
		} else if (is_ident(s[i])) {
			const char *arg;

			while (end < n && is_ident(s[end]))
				end++;
			arg = argument(macro, args, s + i, end - i);
			if (arg) {
				rdl_text_add(arena, text, arg, strlen(arg));
				i = end;
				continue;
			}
		}
		rdl_text_add(arena, text, s + i, end - i);
		i = end;
	}
}

static void expand(struct pp *pp, struct rdl_macro *macro, size_t name_at)
{
	struct rdl_vec args = { 0 };
	struct rdl_text text = { 0 };
	struct pp sub = { .ctx = pp->ctx, .out = pp->out };

	if (macro->takes_args && !read_args(pp, &args))
		return;
	if (macro->takes_args && !fill_args(pp, macro, &args, name_at))
		return;
	substitute(pp, macro, &args, &text);
	sub.s = text.at;
	sub.n = text.len;
	sub.depth = pp->depth + 1;
	sub.origin = rdl__pp_place(pp, name_at);
	if (!sub.origin.macro)
		sub.origin.macro = macro;
	macro->busy = true;
	rdl__pp_scan(&sub);
	macro->busy = false;
}

void rdl__pp_expand(struct pp *pp, const struct rdl_sym *name, size_t name_at)
{
	struct rdl_macro *macro = name->macro;
	struct rdl_place place = rdl__pp_place(pp, name_at);

	if (!macro)
		rdl_error_at(pp->ctx, place, "macro '`%s' is not defined", name->name);
	else if (macro->busy)
		rdl_error_at(pp->ctx, place, "macro '`%s' expands to itself", name->name);
	else if (pp->depth >= MAX_MACRO_DEPTH || ++pp->ctx->n_expansions > MAX_EXPANSIONS)
		rdl_fatal_at(pp->ctx, place, "macros expand too far");
	else
		expand(pp, macro, name_at);
}
