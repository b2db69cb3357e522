/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/pp.h"

#include <ctype.h>
#include <string.h>

#include "regmaps/rdlc/diag.h"
#include "regmaps/rdlc/pp_priv.h"
#include "regmaps/rdlc/rdlc_priv.h"

#define MAX_DEPTH  64
#define MAX_FILES  20000
#define MAX_OUTPUT ((size_t)256 << 20)

bool rdl__pp_live(const struct pp *pp)
{
	return !pp->cond || pp->cond->live;
}

struct rdl_place rdl__pp_place(const struct pp *pp, size_t i)
{
	struct rdl_place place = pp->origin;

	if (!place.macro)
		place.off += (uint32_t)i;
	return place;
}

static bool is_ident(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

const char *rdl__pp_ident(struct pp *pp, size_t *len)
{
	size_t from = pp->i;

	*len = 0;
	if (pp->i < pp->n && isdigit((unsigned char)pp->s[pp->i]))
		return NULL;
	while (pp->i < pp->n && is_ident(pp->s[pp->i]))
		pp->i++;
	*len = pp->i - from;
	return *len ? pp->s + from : NULL;
}

void rdl__pp_skip_blanks(struct pp *pp)
{
	while (pp->i < pp->n && (pp->s[pp->i] == ' ' || pp->s[pp->i] == '\t'))
		pp->i++;
}

size_t rdl__pp_skip_string(const char *s, size_t n, size_t i)
{
	for (i++; i < n && s[i] != '"'; i++)
		if (s[i] == '\\' && i + 1 < n)
			i++;
	return i < n ? i + 1 : n;
}

size_t rdl__pp_skip_comment(const char *s, size_t n, size_t i)
{
	if (s[i + 1] == '/') {
		while (i < n && s[i] != '\n')
			i++;
		return i;
	}
	for (i += 2; i + 1 < n; i++)
		if (s[i] == '*' && s[i + 1] == '/')
			return i + 2;
	return n;
}

/* Writes out what has been passed since start. */
static void flush(struct pp *pp, size_t end)
{
	if (rdl__pp_live(pp) && end > pp->start) {
		if (pp->out->len + (end - pp->start) > MAX_OUTPUT)
			rdl_fatal_at(pp->ctx, rdl__pp_place(pp, pp->start),
				     "the preprocessed description is too large");
		if (pp->out == &pp->ctx->out)
			rdl_source_mark(pp->ctx, rdl__pp_place(pp, pp->start));
		rdl_text_add(&pp->ctx->arena, pp->out, pp->s + pp->start, end - pp->start);
	}
	pp->start = end;
}

static void pp_ifdef(struct pp *pp, size_t at, bool want)
{
	struct pp_cond *cond = rdl_alloc(&pp->ctx->arena, sizeof(*cond));
	bool live = rdl__pp_live(pp);
	const char *name;
	size_t len;

	cond->outer = pp->cond;
	cond->place = rdl__pp_place(pp, at);
	cond->taken = true;
	pp->cond = cond;
	rdl__pp_skip_blanks(pp);
	name = rdl__pp_ident(pp, &len);
	if (!name) {
		rdl_error_at(pp->ctx, rdl__pp_place(pp, pp->i), "expected a macro name");
		return;
	}
	if (live) {
		cond->live =
			!!rdl_intern(&pp->ctx->arena, &pp->ctx->syms, name, len)->macro == want;
		cond->taken = cond->live;
	}
}

static void pp_else(struct pp *pp, size_t at, bool elsif)
{
	const char *name = NULL;
	struct pp_cond *cond = pp->cond;
	size_t len = 0;

	if (elsif) {
		rdl__pp_skip_blanks(pp);
		name = rdl__pp_ident(pp, &len);
		if (!name)
			rdl_error_at(pp->ctx, rdl__pp_place(pp, pp->i),
				     "expected a macro name");
	}
	if (!cond || cond->seen_else) {
		rdl_error_at(pp->ctx, rdl__pp_place(pp, at), "unexpected `%s",
			     elsif ? "elsif" : "else");
		return;
	}
	cond->seen_else = !elsif;
	cond->live = !cond->taken &&
		     (!elsif ||
		      (name && rdl_intern(&pp->ctx->arena, &pp->ctx->syms, name, len)->macro));
	cond->taken |= cond->live;
}

static void pp_endif(struct pp *pp, size_t at)
{
	if (!pp->cond)
		rdl_error_at(pp->ctx, rdl__pp_place(pp, at), "unexpected `endif");
	else
		pp->cond = pp->cond->outer;
}

void rdl_pp_forget(struct rdlc *ctx)
{
	for (uint32_t i = 0; i < ctx->syms.cap; i++)
		for (struct rdl_sym *s = ctx->syms.slot[i]; s; s = s->chain)
			s->macro = NULL;
}

static void undef(struct pp *pp, bool all)
{
	struct rdlc *ctx = pp->ctx;
	const char *name;
	size_t len;

	if (all) {
		rdl_pp_forget(ctx);
		return;
	}
	rdl__pp_skip_blanks(pp);
	name = rdl__pp_ident(pp, &len);
	if (name)
		rdl_intern(&ctx->arena, &ctx->syms, name, len)->macro = NULL;
	else
		rdl_error_at(ctx, rdl__pp_place(pp, pp->i), "expected a macro name");
}

/* `line NUMBER "FILE" LEVEL: read and dropped, places stay those of the real file. */
static void line_directive(struct pp *pp, size_t at)
{
	size_t digits, len;

	rdl__pp_skip_blanks(pp);
	digits = strspn(pp->s + pp->i, "0123456789");
	pp->i += digits;
	rdl__pp_skip_blanks(pp);
	len = pp->s[pp->i] == '"' ? strcspn(pp->s + pp->i + 1, "\"\n") : 0;
	if (!digits || !len || pp->s[pp->i + 1 + len] != '"')
		rdl_error_at(pp->ctx, rdl__pp_place(pp, at),
			     "expected `line NUMBER \"FILE\" LEVEL");
	while (pp->i < pp->n && pp->s[pp->i] != '\n')
		pp->i++;
}

static const char *join(struct rdlc *ctx, const char *dir, size_t dir_len, const char *name)
{
	if (!dir_len)
		return name;
	return rdl_format(&ctx->arena, "%.*s%s%s", (int)dir_len, dir,
			  dir[dir_len - 1] == '/' ? "" : "/", name);
}

/* Include directories first, then beside the including file. */
static struct rdl_file *find_include(struct pp *pp, const char *name)
{
	const struct rdlc_options *opt = pp->ctx->opt;
	const char *from = pp->origin.file ? pp->origin.file->path : "";
	const char *slash = strrchr(from, '/');
	struct rdl_file *file;

	if (name[0] == '/')
		return rdl_source_load(pp->ctx, name);
	for (size_t i = 0; i < opt->n_include_dirs; i++) {
		const char *dir = opt->include_dirs[i];

		file = rdl_source_load(pp->ctx, join(pp->ctx, dir, strlen(dir), name));
		if (file)
			return file;
	}
	return rdl_source_load(
		pp->ctx, join(pp->ctx, from, slash ? (size_t)(slash - from) + 1 : 0, name));
}

static void scan_file(struct rdlc *ctx, struct rdl_file *file)
{
	struct pp pp = {
		.ctx = ctx,
		.out = &ctx->out,
		.s = file->text,
		.n = file->size,
		.origin = { .file = file },
	};

	pp.depth = file->depth;
	if (file->size >= 3 && !memcmp(file->text, "\xef\xbb\xbf", 3))
		pp.i = pp.start = 3;
	rdl__pp_scan(&pp);
	rdl_source_mark(ctx, rdl__pp_place(&pp, pp.n));
	rdl_text_put(&ctx->arena, &ctx->out, '\n');
}

static void include_file(struct pp *pp, size_t at, const char *name)
{
	struct rdlc *ctx = pp->ctx;
	struct rdl_place place = rdl__pp_place(pp, at);
	struct rdl_file *file;

	if (pp->out != &ctx->out) {
		rdl_error_at(ctx, place, "`include within a macro argument");
		return;
	}
	file = find_include(pp, name);
	if (!file) {
		rdl_error_at(ctx, place, "no such include file: '%s'", name);
		return;
	}
	file->includer = place.file;
	file->include_off = place.off;
	file->depth = pp->depth + 1;
	if (file->depth > MAX_DEPTH)
		rdl_fatal_at(ctx, place,
			     "'%s' is included %d levels deep; does it include itself?", name,
			     MAX_DEPTH);
	if (++ctx->source.n_files > MAX_FILES)
		rdl_fatal_at(ctx, place, "more than %d files included", MAX_FILES);
	scan_file(ctx, file);
}

static void include(struct pp *pp, size_t at)
{
	size_t from, len;
	char close;

	rdl__pp_skip_blanks(pp);
	close = pp->i < pp->n && pp->s[pp->i] == '<' ? '>' : '"';
	if (pp->i >= pp->n || (pp->s[pp->i] != '<' && pp->s[pp->i] != '"')) {
		rdl_error_at(pp->ctx, rdl__pp_place(pp, pp->i),
			     "expected \"FILE\" or <FILE> after `include");
		return;
	}
	from = ++pp->i;
	while (pp->i < pp->n && pp->s[pp->i] != close && pp->s[pp->i] != '\n')
		pp->i++;
	len = pp->i - from;
	if (pp->i >= pp->n || pp->s[pp->i] != close || !len) {
		rdl_error_at(pp->ctx, rdl__pp_place(pp, from), "unterminated file name");
		return;
	}
	pp->i++;
	pp->start = pp->i;
	if (rdl__pp_live(pp))
		include_file(pp, at, rdl_strndup(&pp->ctx->arena, pp->s + from, len));
}

static void file_or_line(struct pp *pp, size_t at, bool line)
{
	struct rdl_place place = rdl__pp_place(pp, at);
	unsigned number = 1;

	if (!rdl__pp_live(pp) || !place.file)
		return;
	for (uint32_t i = 0; i < place.off; i++)
		number += place.file->text[i] == '\n';
	if (pp->out == &pp->ctx->out)
		rdl_source_mark(pp->ctx, place);
	if (line)
		rdl_text_printf(&pp->ctx->arena, pp->out, "%u", number);
	else
		rdl_text_printf(&pp->ctx->arena, pp->out, "\"%s\"", place.file->path);
}

static bool word_is(const char *name, size_t len, const char *word)
{
	return strlen(word) == len && !memcmp(name, word, len);
}

/* Conditionals: they count also where nothing is compiled. */
static bool conditional(struct pp *pp, const char *name, size_t len, size_t at)
{
	if (word_is(name, len, "ifdef"))
		pp_ifdef(pp, at, true);
	else if (word_is(name, len, "ifndef"))
		pp_ifdef(pp, at, false);
	else if (word_is(name, len, "elsif"))
		pp_else(pp, at, true);
	else if (word_is(name, len, "else"))
		pp_else(pp, at, false);
	else if (word_is(name, len, "endif"))
		pp_endif(pp, at);
	else
		return false;
	return true;
}

static void directive(struct pp *pp)
{
	size_t at = pp->i++, len;
	const char *name = rdl__pp_ident(pp, &len);

	if (!name) {
		if (rdl__pp_live(pp))
			rdl_error_at(pp->ctx, rdl__pp_place(pp, at),
				     "expected a directive or a macro name after '`'");
		return;
	}
	flush(pp, at);
	if (conditional(pp, name, len, at))
		;
	else if (word_is(name, len, "include"))
		include(pp, at);
	else if (word_is(name, len, "define"))
		rdl__pp_define(pp);
	else if (!rdl__pp_live(pp))
		;
	else if (word_is(name, len, "undef"))
		undef(pp, false);
	else if (word_is(name, len, "undefineall"))
		undef(pp, true);
	else if (word_is(name, len, "line"))
		line_directive(pp, at);
	else if (word_is(name, len, "__FILE__"))
		file_or_line(pp, at, false);
	else if (word_is(name, len, "__LINE__"))
		file_or_line(pp, at, true);
	else
		rdl__pp_expand(pp, rdl_intern(&pp->ctx->arena, &pp->ctx->syms, name, len), at);
	pp->start = pp->i;
}

static void refuse_perl(struct pp *pp, size_t from, size_t to)
{
	for (size_t i = from; i + 1 < to && rdl__pp_live(pp); i++) {
		if (pp->s[i] == '<' && pp->s[i + 1] == '%')
			rdl_fatal_at(pp->ctx, rdl__pp_place(pp, i),
				     "embedded Perl (<%% ... %%>) is not supported");
	}
}

static void special(struct pp *pp)
{
	size_t i = pp->i;
	char next = i + 1 < pp->n ? pp->s[i + 1] : 0;

	switch (pp->s[i]) {
	case '`':
		directive(pp);
		return;
	case '"':
		pp->i = rdl__pp_skip_string(pp->s, pp->n, i);
		refuse_perl(pp, i, pp->i);
		return;
	case '/':
		if (next == '/' || next == '*')
			pp->i = rdl__pp_skip_comment(pp->s, pp->n, i);
		else
			pp->i++;
		return;
	case '<':
		refuse_perl(pp, i, i + 2 < pp->n ? i + 2 : pp->n);
		break;
	default:
		break;
	}
	pp->i++;
}

void rdl__pp_scan(struct pp *pp)
{
	while (pp->i < pp->n) {
		pp->i += strcspn(pp->s + pp->i, "`\"/<");
		if (pp->i < pp->n)
			special(pp);
	}
	flush(pp, pp->n);
	if (pp->cond)
		rdl_error_at(pp->ctx, pp->cond->place, "`ifdef without `endif");
}

void rdl_pp_file(struct rdlc *ctx, const char *path)
{
	struct rdl_file *file = rdl_source_load(ctx, path);

	if (!file) {
		rdl_error(ctx, 0, "cannot read '%s': %s", path, strerror(ctx->load_errno));
		ctx->missing = true;
		return;
	}
	scan_file(ctx, file);
}
