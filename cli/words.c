/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/words.h"

#include <stdlib.h>
#include <string.h>

struct scanner {
	const char *line;
	size_t at, len;
	bool unfinished;
	struct error *err;
	char *to; /* next byte of words->storage */
	struct words *words;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static int unclosed(struct scanner *s, char quote)
{
	s->words->open_quote = true;
	if (s->unfinished)
		return 0;
	return error_set(s->err, E_SYNTAX, "no closing %c", quote);
}

static int scan_quoted(struct scanner *s, char quote)
{
	while (s->at < s->len && s->line[s->at] != quote) {
		const char next = s->at + 1 < s->len ? s->line[s->at + 1] : '\0';

		if (quote == '"' && s->line[s->at] == '\\' && (next == '"' || next == '\\'))
			s->at++;
		*s->to++ = s->line[s->at++];
	}
	if (s->at == s->len)
		return unclosed(s, quote);
	s->at++;
	return 0;
}

static int scan_escape(struct scanner *s)
{
	if (s->at < s->len) {
		*s->to++ = s->line[s->at++];
		return 0;
	}
	return s->unfinished ? 0 : error_set(s->err, E_SYNTAX, "a backslash ends the line");
}

static int scan_word(struct scanner *s)
{
	int ret = 0;

	while (ret == 0 && s->at < s->len && !is_blank(s->line[s->at])) {
		const char c = s->line[s->at++];

		if (c == '\'' || c == '"')
			ret = scan_quoted(s, c);
		else if (c == '\\')
			ret = scan_escape(s);
		else
			*s->to++ = c;
	}
	*s->to++ = '\0';
	return ret;
}

int words_split(const char *line, size_t len, bool unfinished, struct error *err,
		struct words *words)
{
	struct scanner s = { line, 0, len, unfinished, err, NULL, words };
	const size_t most = len / 2 + 2;
	int ret = 0;

	memset(words, 0, sizeof(*words));
	words->storage = malloc(len + most + 1);
	words->list = calloc(most + 1, sizeof(*words->list));
	words->starts = calloc(most + 1, sizeof(*words->starts));
	if (words->storage == NULL || words->list == NULL || words->starts == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	s.to = words->storage;
	while (ret == 0) {
		while (s.at < len && is_blank(line[s.at]))
			s.at++;
		if (s.at == len || line[s.at] == '#')
			break;
		words->starts[words->n] = s.at;
		words->list[words->n++] = s.to;
		ret = scan_word(&s);
	}
	return ret;
}

void words_fini(struct words *words)
{
	free(words->list);
	free(words->starts);
	free(words->storage);
	memset(words, 0, sizeof(*words));
}
