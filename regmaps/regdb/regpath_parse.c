/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "regmaps/regdb/regdb_priv.h"
#include "regmaps/regdb/regpath_priv.h"

int regpath__syntax(const struct regpath *path, const char *at, const char *what,
		    struct error *err)
{
	return error_set(err, E_SYNTAX, "%.200s: %s at position %zu", path->text, what,
			 (size_t)(at - path->text) + 1);
}

static int digit_of(char c, unsigned base)
{
	unsigned char folded = regdb__fold(c);
	int digit = 99;

	if (c >= '0' && c <= '9')
		digit = c - '0';
	else if (folded >= 'a' && folded <= 'f')
		digit = folded - 'a' + 10;
	return digit < (int)base ? digit : -1;
}

static unsigned base_of(const char **text)
{
	if ((*text)[0] != '0')
		return 10;
	unsigned char letter = regdb__fold((*text)[1]);
	unsigned base = letter == 'x' ? 16 : letter == 'b' ? 2 : 10;
	if (base != 10)
		*text += 2;
	return base;
}

int regpath__number(const char **text, uint64_t *value)
{
	const char *s = *text;
	unsigned base = base_of(&s);
	uint64_t v = 0;
	bool overflow = false;

	if (digit_of(*s, base) < 0)
		return E_SYNTAX;
	for (;; s++) {
		if (*s == '_' && digit_of(s[1], base) >= 0)
			s++;
		int digit = digit_of(*s, base);
		if (digit < 0)
			break;
		overflow |= __builtin_mul_overflow(v, (uint64_t)base, &v);
		overflow |= __builtin_add_overflow(v, (uint64_t)digit, &v);
	}
	*text = s;
	if (overflow)
		return E_RANGE;
	*value = v;
	return 0;
}

/* A number in brackets; past 32 bits it is out of every range, which is reported later. */
static int parse_index(const struct regpath *path, const char **s, uint32_t *value,
		       struct error *err)
{
	const char *start = *s;
	uint64_t v = UINT32_MAX;

	if (regpath__number(s, &v) == E_SYNTAX)
		return regpath__syntax(path, start, "index expected", err);
	*value = v < UINT32_MAX ? (uint32_t)v : UINT32_MAX;
	return 0;
}

static int by_low(const void *a, const void *b)
{
	const struct index_range *x = a, *y = b;

	return x->low < y->low ? -1 : x->low > y->low;
}

static void merge_ranges(struct regpath *path, struct index_spec *spec)
{
	struct index_range *ranges = path->ranges + spec->first;
	uint32_t n = 0;

	if (spec->n > 1)
		qsort(ranges, spec->n, sizeof(*ranges), by_low);
	for (uint32_t i = 1; i < spec->n; i++) {
		if (ranges[i].low <= ranges[n].high || ranges[i].low - 1 == ranges[n].high) {
			if (ranges[n].high < ranges[i].high)
				ranges[n].high = ranges[i].high;
		} else {
			ranges[++n] = ranges[i];
		}
	}
	spec->n = n + 1;
	path->n_ranges = spec->first + spec->n;
	if (spec->n > 1 || ranges[0].low != ranges[0].high)
		path->many = true;
}

/* After "[": numbers and ranges with commas, or the bits that end a path. */
static int parse_list(struct regpath *path, struct index_spec *spec, const char **s,
		      struct error *err)
{
	for (;;) {
		struct index_range *range = &path->ranges[spec->first + spec->n];
		const char *start = *s;
		int ret = parse_index(path, s, &range->low, err);
		if (ret < 0)
			return ret;
		range->high = range->low;
		if (**s == ':' && spec->n == 0) {
			++*s;
			path->bits = true;
			path->msb = range->low;
			return parse_index(path, s, &path->lsb, err);
		}
		if (**s == '-') {
			++*s;
			ret = parse_index(path, s, &range->high, err);
			if (ret < 0)
				return ret;
			if (range->high < range->low)
				return regpath__syntax(path, start, "backward range", err);
		}
		spec->n++;
		if (**s != ',')
			break;
		++*s;
	}
	merge_ranges(path, spec);
	return 0;
}

static int parse_brackets(struct regpath *path, struct path_level *level, const char **s,
			  struct error *err)
{
	const char *open = *s;
	struct index_spec spec = { .first = path->n_ranges };
	int ret = 0;

	if (path->bits)
		return regpath__syntax(path, open, "nothing may follow the bits", err);
	++*s;
	if (**s == '*') {
		++*s;
		spec.all = path->many = true;
	} else {
		ret = parse_list(path, &spec, s, err);
	}
	if (ret < 0)
		return ret;
	if (**s != ']')
		return regpath__syntax(path, *s, "\"]\" expected", err);
	++*s;
	if (path->bits)
		return path->msb >= path->lsb
			       ? 0
			       : regpath__syntax(path, open + 1, "bits are [high:low]", err);
	if (path->n_specs == REGPATH_MAX_SPECS)
		return regpath__syntax(path, open, "too many indices", err);
	path->spec[path->n_specs++] = spec;
	level->n_specs++;
	return 0;
}

static bool is_name_char(char c)
{
	unsigned char folded = regdb__fold(c);

	return (folded >= 'a' && folded <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
	       c == '*' || c == '?';
}

static int parse_level(struct regpath *path, const char **s, struct error *err)
{
	struct path_level *level = &path->level[path->n_levels];

	if (path->n_levels == REGPATH_MAX_LEVELS)
		return regpath__syntax(path, *s, "too many levels", err);
	if (path->bits)
		return regpath__syntax(path, *s, "nothing may follow the bits", err);
	*level = (struct path_level){ .name = *s,
				      .first_spec = (uint8_t)path->n_specs,
				      .dotted = *s > path->text && (*s)[-1] == '.' };
	for (; is_name_char(**s); ++*s)
		level->wild |= **s == '*' || **s == '?';
	level->len = (size_t)(*s - level->name);
	if (level->len == 0)
		return regpath__syntax(path, *s, "name expected", err);
	path->many |= level->wild;
	path->n_levels++;
	while (**s == '[') {
		int ret = parse_brackets(path, level, s, err);
		if (ret < 0)
			return ret;
	}
	return 0;
}

/* 0x71040000, with [21:20], [5] or .FIELD. */
static int parse_raw(struct regpath *path, const char **s, struct error *err)
{
	if (regdb__fold((*s)[1]) != 'x')
		return regpath__syntax(path, *s, "a name or an address with 0x expected", err);
	path->raw = true;
	int ret = regpath__number(s, &path->addr);
	if (ret == E_RANGE)
		return error_set(err, E_RANGE, "%.200s: addresses have 64 bits", path->text);
	if (ret < 0)
		return regpath__syntax(path, *s, "hexadecimal digits expected", err);
	if (**s == '[') {
		const char *open = ++*s;
		path->bits = true;
		ret = parse_index(path, s, &path->msb, err);
		if (ret < 0)
			return ret;
		path->lsb = path->msb;
		if (**s == ':') {
			++*s;
			ret = parse_index(path, s, &path->lsb, err);
		}
		if (ret < 0)
			return ret;
		if (path->msb < path->lsb)
			return regpath__syntax(path, open, "bits are [high:low]", err);
		if (**s != ']')
			return regpath__syntax(path, *s, "\"]\" expected", err);
		++*s;
	} else if (**s == '.') {
		++*s;
		return parse_level(path, s, err);
	}
	return 0;
}

int regpath__parse(struct regpath *path, struct error *err)
{
	const char *s = path->text;
	int ret;

	if (*s >= '0' && *s <= '9') {
		ret = parse_raw(path, &s, err);
	} else {
		ret = parse_level(path, &s, err);
		while (ret == 0 && (*s == ':' || *s == '.')) {
			s++;
			ret = parse_level(path, &s, err);
		}
	}
	if (ret < 0)
		return ret;
	return *s ? regpath__syntax(path, s, "unexpected character", err) : 0;
}

bool regpath__glob(const char *pattern, size_t len, const char *name)
{
	const char *end = pattern + len, *star = NULL, *resume = NULL;

	while (*name) {
		if (pattern < end && *pattern == '*') {
			star = ++pattern;
			resume = name;
		} else if (pattern < end &&
			   (*pattern == '?' || regdb__fold(*pattern) == regdb__fold(*name))) {
			pattern++;
			name++;
		} else if (star) {
			pattern = star;
			name = ++resume;
		} else {
			return false;
		}
	}
	while (pattern < end && *pattern == '*')
		pattern++;
	return pattern == end;
}
