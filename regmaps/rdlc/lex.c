/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/lex.h"

#include <ctype.h>
#include <string.h>

#include "regmaps/rdlc/bits.h"
#include "regmaps/rdlc/diag.h"
#include "regmaps/rdlc/rdlc_priv.h"
#include "regmaps/rdlc/utf8.h"

static const char *const spelling[RDL_T_COUNT] = {
#define RDL_TOKEN(id, text) [RDL_T_##id] = (text),
#include "regmaps/rdlc/tokens.def"
#undef RDL_TOKEN
};

const char *rdl_token_spelling(enum rdl_token_kind kind)
{
	return spelling[kind];
}

void rdl_lex_init(struct rdlc *ctx)
{
	for (unsigned kind = RDL_T_FIRST_KEYWORD; kind < RDL_T_COUNT; kind++)
		rdl_intern(&ctx->arena, &ctx->syms, spelling[kind], strlen(spelling[kind]))
			->keyword = (uint8_t)kind;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

static bool is_ident(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static bool starts_ident(char c)
{
	return isalpha((unsigned char)c) || c == '_';
}

static void skip_comment(struct rdlc *ctx)
{
	const char *s = ctx->out.at;
	size_t at = ctx->lex_at;
	const char *end;

	if (s[at + 1] == '/') {
		ctx->lex_at += strcspn(s + at, "\n");
		return;
	}
	end = strstr(s + at + 2, "*/");
	if (end) {
		ctx->lex_at = (size_t)(end - s) + 2;
		return;
	}
	rdl_error(ctx, (uint32_t)at, "comment does not end");
	ctx->end_reported = true;
	ctx->lex_at = ctx->lex_end;
}

static void skip_space(struct rdlc *ctx)
{
	const char *s = ctx->out.at;

	while (ctx->lex_at < ctx->lex_end) {
		char c = s[ctx->lex_at];

		if (is_space(c))
			ctx->lex_at++;
		else if (c == '/' && (s[ctx->lex_at + 1] == '/' || s[ctx->lex_at + 1] == '*'))
			skip_comment(ctx);
		else
			return;
	}
}

static void lex_ident(struct rdlc *ctx, struct rdl_token *token)
{
	const char *s = token->text;
	bool escaped = *s == '\\';
	size_t len = escaped;

	while (is_ident(s[len]))
		len++;
	ctx->lex_at += len;
	token->len = (uint32_t)len;
	token->sym = rdl_intern(&ctx->arena, &ctx->syms, s + escaped, len - escaped);
	token->kind = RDL_T_ID;
	if (!escaped && token->sym->keyword)
		token->kind = (enum rdl_token_kind)token->sym->keyword;
}

static unsigned digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned)(c - 'a') + 10;
	if (c >= 'A' && c <= 'F')
		return (unsigned)(c - 'A') + 10;
	return 99;
}

/* Digits and '_' from at on; moves *at behind them. False: none, or too many. */
static bool lex_digits(struct rdlc *ctx, size_t *at, unsigned base, struct rdl_value *value)
{
	const char *s = ctx->out.at;
	size_t from = *at;

	if (digit_value(s[from]) >= base)
		return false;
	while (digit_value(s[*at]) < base || s[*at] == '_')
		++*at;
	return rdl_bits_parse(&ctx->arena, s + from, *at - from, base, value);
}

static unsigned base_of(char c)
{
	switch (tolower((unsigned char)c)) {
	case 'b':
		return 2;
	case 'd':
		return 10;
	case 'h':
		return 16;
	default:
		return 0;
	}
}

/* The rest of 8'hff: at is behind the quote. */
static bool lex_sized(struct rdlc *ctx, struct rdl_token *token, size_t *at)
{
	uint64_t width = rdl_value_u64(&token->number);
	struct rdl_value value = { 0 };
	bool whole = rdl_value_fits_u64(&token->number) && width && width <= RDL_MAX_BITS;

	if (!lex_digits(ctx, at, base_of(ctx->out.at[*at - 1]), &value))
		return false;
	if (!whole)
		rdl_error(ctx, token->loc, "width of a number must be 1 to %u", RDL_MAX_BITS);
	else if (rdl_value_bits(&value) > width)
		rdl_error(ctx, token->loc, "the number does not fit its width of %u bits",
			  (unsigned)width);
	else
		rdl_bits_resize(&ctx->arena, &value, (uint32_t)width);
	token->number = value;
	return true;
}

static void lex_number(struct rdlc *ctx, struct rdl_token *token)
{
	const char *s = ctx->out.at;
	size_t at = ctx->lex_at, sized;
	bool good;

	token->kind = RDL_T_NUMBER;
	if (s[at] == '0' && (s[at + 1] == 'x' || s[at + 1] == 'X')) {
		at += 2;
		good = lex_digits(ctx, &at, 16, &token->number);
	} else {
		good = lex_digits(ctx, &at, 10, &token->number);
		sized = at + 2;
		if (good && s[at] == '\'' && base_of(s[at + 1]) &&
		    digit_value(s[sized]) < base_of(s[at + 1])) {
			at = sized;
			good = lex_sized(ctx, token, &at);
		}
	}
	if (!good || is_ident(s[at])) {
		rdl_error(ctx, token->loc, "malformed number");
		while (is_ident(s[at]))
			at++;
		token->number = rdl_value_int(0, 64);
	}
	token->len = (uint32_t)(at - ctx->lex_at);
	ctx->lex_at = at;
}

static void check_utf8(struct rdlc *ctx, const struct rdl_token *token)
{
	const char *s = token->text, *end = s + token->len;
	size_t len;

	for (; s < end; s += len) {
		len = (unsigned char)*s < 0x80 && *s ? 1 : rdl_utf8_length(s);
		if (len)
			continue;
		rdl_error(ctx, token->loc + (uint32_t)(s - token->text),
			  "the string is not valid UTF-8");
		return;
	}
}

static void lex_string(struct rdlc *ctx, struct rdl_token *token)
{
	const char *s = ctx->out.at;
	size_t at = ctx->lex_at + 1;

	for (; at < ctx->lex_end && s[at] != '"'; at++) {
		if (s[at] != '\\' || at + 1 >= ctx->lex_end)
			continue;
		if (s[++at] != '"' && s[at] != '\\')
			rdl_error(ctx, (uint32_t)at - 1,
				  "a backslash stands before '\"' or '\\' only");
	}
	token->kind = RDL_T_STRING;
	if (at >= ctx->lex_end) {
		rdl_error(ctx, token->loc, "string does not end");
		ctx->end_reported = true;
		token->kind = RDL_T_BAD;
		at = ctx->lex_end - 1;
	}
	token->len = (uint32_t)(at + 1 - ctx->lex_at);
	ctx->lex_at = at + 1;
	check_utf8(ctx, token);
}

static enum rdl_token_kind pair(char next, char want, enum rdl_token_kind two,
				enum rdl_token_kind one)
{
	return next == want ? two : one;
}

/* Operators of one or two characters; the longest wins. */
static enum rdl_token_kind punctuation(char c, char next)
{
	static const char single[] = "{}()[];,.#?'@";
	static const enum rdl_token_kind single_kind[] = {
		RDL_T_LBRACE,   RDL_T_RBRACE, RDL_T_LPAREN, RDL_T_RPAREN, RDL_T_LBRACKET,
		RDL_T_RBRACKET, RDL_T_SEMI,   RDL_T_COMMA,  RDL_T_DOT,    RDL_T_HASH,
		RDL_T_QUESTION, RDL_T_QUOTE,  RDL_T_AT,
	};
	const char *found = strchr(single, c);

	if (c && found)
		return single_kind[found - single];
	switch (c) {
	case ':':
		return pair(next, ':', RDL_T_SCOPE, RDL_T_COLON);
	case '-':
		return pair(next, '>', RDL_T_ARROW, RDL_T_MINUS);
	case '=':
		return pair(next, '=', RDL_T_EQ, RDL_T_ASSIGN);
	case '+':
		return pair(next, '=', RDL_T_INC, RDL_T_PLUS);
	case '%':
		return pair(next, '=', RDL_T_ALIGN, RDL_T_MOD);
	case '!':
		return pair(next, '=', RDL_T_NE, RDL_T_NOT);
	case '&':
		return pair(next, '&', RDL_T_LAND, RDL_T_AND);
	case '|':
		return pair(next, '|', RDL_T_LOR, RDL_T_OR);
	case '^':
		return pair(next, '~', RDL_T_XNOR, RDL_T_XOR);
	case '*':
		return pair(next, '*', RDL_T_POWER, RDL_T_TIMES);
	case '/':
		return RDL_T_DIV;
	case '<':
		return pair(next, '<', RDL_T_SHL, pair(next, '=', RDL_T_LE, RDL_T_LT));
	case '>':
		return pair(next, '>', RDL_T_SHR, pair(next, '=', RDL_T_GE, RDL_T_GT));
	case '~':
		return pair(
			next, '&', RDL_T_NAND,
			pair(next, '|', RDL_T_NOR, pair(next, '^', RDL_T_XNOR, RDL_T_INVERT)));
	default:
		return RDL_T_BAD;
	}
}

static void lex_punctuation(struct rdlc *ctx, struct rdl_token *token)
{
	token->kind = punctuation(token->text[0], token->text[1]);
	token->len = 1;
	if (token->kind == RDL_T_BAD) {
		unsigned char c = (unsigned char)token->text[0];

		if (c >= 32 && c < 127)
			rdl_error(ctx, token->loc, "stray '%c'", c);
		else
			rdl_error(ctx, token->loc, "stray byte 0x%02x", c);
	} else {
		token->len = (uint32_t)strlen(spelling[token->kind]);
	}
	ctx->lex_at += token->len;
}

void rdl_lex_next(struct rdlc *ctx, struct rdl_token *token)
{
	char c;

	skip_space(ctx);
	token->loc = (uint32_t)ctx->lex_at;
	token->text = ctx->out.at + ctx->lex_at;
	token->len = 0;
	token->sym = NULL;
	if (ctx->lex_at >= ctx->lex_end) {
		token->kind = RDL_T_END;
		return;
	}
	c = *token->text;
	if (starts_ident(c) || (c == '\\' && starts_ident(token->text[1])))
		lex_ident(ctx, token);
	else if (isdigit((unsigned char)c))
		lex_number(ctx, token);
	else if (c == '"')
		lex_string(ctx, token);
	else
		lex_punctuation(ctx, token);
}
