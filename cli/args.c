/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/args.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct parser {
	const struct arg_spec *const *tables;
	const char *const *words;
	size_t n, at;
	struct error *err;
	struct args *args;
};

/* Walks both tables as if they were one. */
struct spec_walk {
	const struct arg_spec *const *tables;
	size_t table, row;
};

static const struct arg_spec *spec_next(struct spec_walk *walk)
{
	for (; walk->table < 2; walk->table++, walk->row = 0) {
		const struct arg_spec *table = walk->tables[walk->table];

		if (table != NULL && table[walk->row].name != NULL)
			return &table[walk->row++];
	}
	return NULL;
}

static const char *spec_next_name(void *arg)
{
	const struct arg_spec *spec = spec_next(arg);

	return spec != NULL ? spec->name : NULL;
}

static void unknown_option(const struct parser *p, const char *name)
{
	struct spec_walk walk = { p->tables, 0, 0 };
	const char *near = args_nearest(name, spec_next_name, &walk);

	if (near != NULL)
		error_set(p->err, E_SYNTAX, "unknown option --%s; did you mean --%s?", name,
			  near);
	else
		error_set(p->err, E_SYNTAX, "unknown option --%s", name);
}

/* An exact name wins; else the only one that starts so.  NULL: an error was set. */
static const struct arg_spec *spec_by_name(const struct parser *p, const char *name, size_t len)
{
	struct spec_walk walk = { p->tables, 0, 0 };
	const struct arg_spec *spec, *found = NULL;
	char text[64];

	while (len > 0 && (spec = spec_next(&walk)) != NULL) {
		if (strncmp(spec->name, name, len) != 0)
			continue;
		if (spec->name[len] == '\0')
			return spec;
		if (found != NULL) {
			error_set(p->err, E_SYNTAX, "--%.*s could be --%s or --%s", (int)len,
				  name, found->name, spec->name);
			return NULL;
		}
		found = spec;
	}
	if (found == NULL) {
		snprintf(text, sizeof(text), "%.*s", (int)(len < 60 ? len : 60), name);
		unknown_option(p, text);
	}
	return found;
}

static const struct arg_spec *spec_by_letter(const struct parser *p, char letter)
{
	struct spec_walk walk = { p->tables, 0, 0 };
	const struct arg_spec *spec;

	while ((spec = spec_next(&walk)) != NULL)
		if (spec->letter == letter)
			return spec;
	return NULL;
}

static void found_add(struct parser *p, const struct arg_spec *spec, const char *value)
{
	p->args->found[p->args->n_found++] = (struct arg_found){ spec, value };
}

/* Takes the next word as the value that @spec needs. */
static int found_add_next(struct parser *p, const struct arg_spec *spec)
{
	if (p->at >= p->n)
		return error_set(p->err, E_SYNTAX, "--%s needs a value: --%s=%s", spec->name,
				 spec->name, spec->value);
	found_add(p, spec, p->words[p->at++]);
	return 0;
}

static int parse_long(struct parser *p, const char *name)
{
	size_t len = strcspn(name, "=");
	const struct arg_spec *spec = spec_by_name(p, name, len);

	if (spec == NULL)
		return E_SYNTAX;
	if (spec->value == NULL && name[len] == '=')
		return error_set(p->err, E_SYNTAX, "--%s takes no value", spec->name);
	if (name[len] == '=')
		found_add(p, spec, name + len + 1);
	else if (spec->value == NULL || (spec->flags & ARG_VALUE_OPTIONAL) != 0)
		found_add(p, spec, NULL);
	else
		return found_add_next(p, spec);
	return 0;
}

static int parse_letters(struct parser *p, const char *letters)
{
	for (; *letters != '\0'; letters++) {
		const struct arg_spec *spec = spec_by_letter(p, *letters);

		if (spec == NULL)
			return error_set(p->err, E_SYNTAX, "unknown option -%c", *letters);
		if (spec->value == NULL || (spec->flags & ARG_VALUE_OPTIONAL) != 0) {
			found_add(p, spec, NULL);
			continue;
		}
		if (letters[1] == '\0')
			return found_add_next(p, spec);
		found_add(p, spec, letters + 1);
		return 0;
	}
	return 0;
}

static int parse_word(struct parser *p, const char *word)
{
	if (strncmp(word, "--", 2) == 0)
		return parse_long(p, word + 2);
	if (word[0] == '-' && word[1] != '\0')
		return parse_letters(p, word + 1);
	p->args->operands[p->args->n_operands++] = word;
	return 0;
}

static bool is_operand(const char *word)
{
	return word[0] != '-' || word[1] == '\0';
}

/* Letters of one word may be many options: count them all. */
static size_t most_options(const char *const *words, size_t n)
{
	size_t most = n;

	for (size_t i = 0; i < n; i++)
		if (!is_operand(words[i]) && words[i][1] != '-')
			most += strlen(words[i]);
	return most;
}

static int args_init(struct args *args, const char *const *words, size_t n, struct error *err)
{
	memset(args, 0, sizeof(*args));
	args->found = calloc(most_options(words, n) + 1, sizeof(*args->found));
	args->operands = calloc(n + 1, sizeof(*args->operands));
	if (args->found == NULL || args->operands == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	return 0;
}

int args_parse(const struct arg_spec *const tables[2], const char *const *words, size_t n,
	       bool stop_at_operand, struct error *err, struct args *args)
{
	struct parser p = { tables, words, n, 0, err, args };
	int ret = args_init(args, words, n, err);

	while (ret == 0 && p.at < n) {
		const char *word = words[p.at];

		if (stop_at_operand && is_operand(word))
			break;
		p.at++;
		if (strcmp(word, "--") == 0) {
			while (!stop_at_operand && p.at < n)
				args->operands[args->n_operands++] = words[p.at++];
			break;
		}
		ret = parse_word(&p, word);
	}
	args->n_words = p.at;
	return ret;
}

void args_fini(struct args *args)
{
	free(args->found);
	free(args->operands);
	memset(args, 0, sizeof(*args));
}

static const struct arg_found *last_found(const struct args *args, int id)
{
	for (size_t i = args->n_found; i-- > 0;)
		if (args->found[i].spec->id == id)
			return &args->found[i];
	return NULL;
}

const char *args_value(const struct args *args, int id)
{
	const struct arg_found *found = last_found(args, id);

	if (found == NULL)
		return NULL;
	return found->value != NULL ? found->value : "";
}

bool args_has(const struct args *args, int id)
{
	return args_value(args, id) != NULL;
}

int args_duration_us(const char *text, const char *what, struct error *err, uint64_t *us)
{
	static const struct {
		const char *name;
		double us;
	} units[] = { { "us", 1 }, { "ms", 1e3 }, { "s", 1e6 }, { "m", 60e6 } };
	double number = 0;
	char *end = NULL;

	if (isdigit((unsigned char)text[0]))
		number = strtod(text, &end);
	for (size_t i = 0; end != NULL && i < sizeof(units) / sizeof(units[0]); i++) {
		if (strcmp(end, units[i].name) != 0)
			continue;
		number *= units[i].us;
		if (!(number <= 3600e6))
			return error_set(err, E_RANGE, "%s: %s is more than an hour", what,
					 text);
		*us = (uint64_t)(number + 0.5);
		return 0;
	}
	return error_set(
		err, E_SYNTAX,
		"%s: \"%s\" is not a duration: a number and us, ms, s or m, like 500ms", what,
		text);
}

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)tolower((unsigned char)c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 99;
}

static int number_base(const char **text)
{
	char mark = (*text)[0] == '0' ? (char)tolower((unsigned char)(*text)[1]) : '\0';

	if (mark != 'x' && mark != 'b')
		return 10;
	*text += 2;
	return mark == 'x' ? 16 : 2;
}

static bool number_parse(const char *text, uint64_t *value)
{
	int base = number_base(&text);
	uint64_t number = 0;
	bool digit = false;

	for (; *text != '\0'; text++) {
		int d = digit_value(*text);

		if (*text == '_' && digit && text[1] != '\0' && text[1] != '_')
			continue;
		if (d >= base || __builtin_mul_overflow(number, (uint64_t)base, &number) ||
		    __builtin_add_overflow(number, (uint64_t)d, &number))
			return false;
		digit = true;
	}
	*value = number;
	return digit;
}

int args_number(const char *text, const char *what, struct args_range range, struct error *err,
		uint64_t *value)
{
	uint64_t number;

	if (!number_parse(text, &number))
		return error_set(err, E_SYNTAX, "%s: \"%s\" is not a number", what, text);
	if (number < range.min || number > range.max)
		return error_set(err, E_RANGE, "%s: %s is outside %llu to %llu", what, text,
				 (unsigned long long)range.min, (unsigned long long)range.max);
	*value = number;
	return 0;
}

int args_option(const struct args *args, int id, struct args_range range, struct error *err,
		uint64_t *value)
{
	const struct arg_found *found = last_found(args, id);
	char what[64];

	if (found == NULL)
		return 0;
	snprintf(what, sizeof(what), "--%s", found->spec->name);
	return args_number(args_value(args, id), what, range, err, value);
}

int args_number32(const char *text, const char *what, struct args_range range,
		  struct error *err, uint32_t *value)
{
	uint64_t number;
	int rc = args_number(text, what, range, err, &number);

	if (rc == 0)
		*value = (uint32_t)number;
	return rc;
}

int args_option32(const struct args *args, int id, struct args_range range, struct error *err,
		  uint32_t *value)
{
	uint64_t number = *value;
	int rc = args_option(args, id, range, err, &number);

	*value = (uint32_t)number;
	return rc;
}

#define NEAREST_MAX 40

/* Edits (insert, delete, replace, swap neighbours) from @a to @b. */
static size_t distance(const char *a, const char *b)
{
	size_t rows[3][NEAREST_MAX + 1], la = strlen(a), lb = strlen(b);

	if (la > NEAREST_MAX || lb > NEAREST_MAX)
		return NEAREST_MAX;
	for (size_t j = 0; j <= lb; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= la; i++) {
		size_t *row = rows[i % 3];
		const size_t *up = rows[(i + 2) % 3], *up2 = rows[(i + 1) % 3];

		row[0] = i;
		for (size_t j = 1; j <= lb; j++) {
			int x = tolower((unsigned char)a[i - 1]),
			    y = tolower((unsigned char)b[j - 1]);
			size_t best = up[j - 1] + (x != y);

			if (up[j] + 1 < best)
				best = up[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    up2[j - 2] + 1 < best)
				best = up2[j - 2] + 1;
			row[j] = best;
		}
	}
	return rows[la % 3][lb];
}

const char *args_nearest(const char *word, const char *(*next)(void *arg), void *arg)
{
	const size_t len = strlen(word);
	size_t least = len < 3 ? 2 : len / 3 + 2; /* exclusive */
	const char *name, *found = NULL;

	while (len <= NEAREST_MAX && (name = next(arg)) != NULL) {
		size_t edits = distance(word, name);

		/* What was typed so far counts as near, whatever is missing. */
		if (len >= 2 && strncmp(name, word, len) == 0)
			edits = 0;
		if (edits < least) {
			least = edits;
			found = name;
		}
	}
	return found;
}
