/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/uri.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_KEYS 32 /* per table; one bit each says that it was given */

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

const char *uri_scheme(const char *text, size_t *len)
{
	size_t n = 0;

	if (!is_lower(text[0]))
		return NULL;
	while (is_lower(text[n]) || is_digit(text[n]) || text[n] == '-')
		n++;
	if (text[n] != ':')
		return NULL;
	*len = n;
	return text + n + 1;
}

const char *uri_inner(const char *rest)
{
	size_t len;

	while (uri_scheme(rest, &len) == NULL) {
		rest = strchr(rest, ',');
		if (rest == NULL)
			return NULL;
		rest++;
	}
	return rest;
}

char *uri_take_part(const char **rest)
{
	size_t len = strcspn(*rest, ",");
	char *part = strndup(*rest, len);

	*rest += len + ((*rest)[len] == ',');
	return part;
}

static int digit_of(char c)
{
	if (is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 99;
}

bool uri_number(const char *text, size_t len, uint64_t *value)
{
	unsigned base = 10;
	uint64_t v = 0;

	if (len > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
		base = 16;
		text += 2;
		len -= 2;
	}
	if (len == 0)
		return false;
	for (size_t i = 0; i < len; i++) {
		unsigned digit = (unsigned)digit_of(text[i]);

		if (digit >= base || v > (UINT64_MAX - digit) / base)
			return false;
		v = v * base + digit;
	}
	*value = v;
	return true;
}

/* A decimal fraction from 0 to 1; not strtod(), which depends on the locale. */
static bool parse_real(const char *text, size_t len, double *value)
{
	double v = 0, scale = 0;
	size_t digits = 0;

	for (size_t i = 0; i < len; i++) {
		if (text[i] == '.' && scale == 0) {
			scale = 1;
			continue;
		}
		if (!is_digit(text[i]))
			return false;
		v = v * 10 + (text[i] - '0');
		scale *= 10;
		digits++;
	}
	if (scale > 0)
		v /= scale;
	if (digits == 0 || digits > 18 || v > 1)
		return false;
	*value = v;
	return true;
}

/* One part while it is parsed, with all that its messages need. */
struct part {
	const char *scheme;
	const struct uri_key *key;
	const char *name;
	size_t name_len;
	struct uri_text value;
	struct error *err;
};

static int bad_value(const struct part *part, int code)
{
	const struct uri_key *key = part->key;
	char want[96] = "a number from 0 to 1";

	if (key->type == URI_NUMBER || key->type == URI_OPT_NUMBER)
		snprintf(want, sizeof(want), "a number from %llu to %llu",
			 (unsigned long long)key->min, (unsigned long long)key->max);
	else if (key->type == URI_WORD)
		snprintf(want, sizeof(want), "%s", key->value);
	else if (key->type == URI_FLAG)
		return error_set(part->err, code, "%s: %s takes no value", part->scheme,
				 key->name);
	return error_set(part->err, code, "%s: %s=%.*s: want %s", part->scheme, key->name,
			 (int)part->value.len, part->value.text == NULL ? "" : part->value.text,
			 want);
}

static int store_number(const struct part *part, uint64_t *target)
{
	uint64_t number;

	if (!uri_number(part->value.text, part->value.len, &number))
		return bad_value(part, E_SYNTAX);
	if (number < part->key->min || number > part->key->max)
		return bad_value(part, E_RANGE);
	*target = number;
	return E_OK;
}

static int store(const struct part *part, void *target)
{
	void *member = (char *)target + part->key->offset;
	enum uri_type type = part->key->type;

	if ((part->value.text == NULL) != (type == URI_FLAG) && type != URI_OPT_NUMBER)
		return bad_value(part, E_SYNTAX);
	switch (type) {
	case URI_FLAG:
		*(bool *)member = true;
		return E_OK;
	case URI_OPT_NUMBER:
		if (part->value.text == NULL) {
			*(uint64_t *)member = part->key->min;
			return E_OK;
		}
		return store_number(part, member);
	case URI_NUMBER:
		return store_number(part, member);
	case URI_REAL:
		if (!parse_real(part->value.text, part->value.len, member))
			return bad_value(part, E_SYNTAX);
		return E_OK;
	case URI_WORD:
		*(struct uri_text *)member = part->value;
		return E_OK;
	}
	return error_set(part->err, E_INTERNAL, "%s: key %s has no type", part->scheme,
			 part->key->name);
}

static int unknown_key(const struct part *part, const struct uri_key *keys)
{
	char known[256] = "";
	size_t used = 0;

	for (; keys->name != NULL && used < sizeof(known); keys++)
		used += (size_t)snprintf(known + used, sizeof(known) - used, "%s%s",
					 used > 0 ? ", " : "", keys->name);
	return error_set(part->err, E_SYNTAX, "%s: unknown parameter '%.*s' (%s%s)",
			 part->scheme, (int)(part->name_len < 64 ? part->name_len : 64),
			 part->name, used > 0 ? "known: " : "it takes none", known);
}

static int parse_part(struct part *part, const struct uri_key *keys, uint32_t *given,
		      void *target)
{
	size_t i = 0;

	while (keys[i].name != NULL && (strlen(keys[i].name) != part->name_len ||
					memcmp(keys[i].name, part->name, part->name_len) != 0))
		i++;
	if (keys[i].name == NULL || i >= MAX_KEYS)
		return unknown_key(part, keys);
	part->key = &keys[i];
	if (*given & 1u << i)
		return error_set(part->err, E_SYNTAX, "%s: %s is given twice", part->scheme,
				 keys[i].name);
	*given |= 1u << i;
	return store(part, target);
}

int uri_parse(const struct uri_parts *parts, const struct uri_key *keys, void *target,
	      struct error *err)
{
	const char *at = parts->rest;
	const char *end = parts->end == NULL ? at + strlen(at) : parts->end;
	uint32_t given = 0;

	while (at < end) {
		size_t len = strcspn(at, ",");
		struct part part = { .scheme = parts->scheme, .name = at, .err = err };
		const char *equals;
		int rc;

		if (len > (size_t)(end - at))
			len = (size_t)(end - at);
		equals = memchr(at, '=', len);
		part.name_len = equals == NULL ? len : (size_t)(equals - at);
		if (equals != NULL) {
			part.value.text = equals + 1;
			part.value.len = len - part.name_len - 1;
		}
		rc = parse_part(&part, keys, &given, target);
		if (rc != E_OK)
			return rc;
		at += len;
		if (at < end)
			at++;
	}
	return E_OK;
}
