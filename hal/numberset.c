/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/numberset.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int bad_list(const struct numberset_kind *kind, const char *text, struct error *err)
{
	return error_set(err, E_SYNTAX,
			 "'%.64s' is not a list of %ss like %" PRIu32 "-7,%" PRIu32, text,
			 kind->what, kind->first, kind->last > 49 ? 49 : kind->last);
}

/* Digits up to the end of @text or to @end of it. */
static int parse_one(const char *text, const struct numberset_kind *kind, struct error *err,
		     uint32_t *number)
{
	size_t len = strspn(text, "0123456789");
	unsigned long value = strtoul(text, NULL, 10);

	if (len == 0 || text[len] != '\0')
		return error_set(err, E_SYNTAX, "%s: \"%s\" is not a number", kind->what, text);
	if (len > 9 || value < kind->first || value > kind->last)
		return error_set(err, E_RANGE, "%s: %s is outside %" PRIu32 " to %" PRIu32,
				 kind->what, text, kind->first, kind->last);
	*number = (uint32_t)value;
	return 0;
}

/* "3" or "3-5" of @len characters. */
static int add_range(const char *text, size_t len, const struct numberset_kind *kind,
		     struct error *err, struct numberset *set)
{
	char first[16], *last;
	uint32_t low = 0, high;
	int rc;

	if (len == 0 || len >= sizeof(first))
		return bad_list(kind, text, err);
	memcpy(first, text, len);
	first[len] = '\0';
	last = strchr(first, '-');
	if (last != NULL)
		*last++ = '\0';
	rc = parse_one(first, kind, err, &low);
	high = low;
	if (rc == 0 && last != NULL)
		rc = parse_one(last, kind, err, &high);
	if (rc != 0)
		return rc;
	if (high < low)
		return error_set(err, E_SYNTAX, "%ss %s-%s: the first is the larger one",
				 kind->what, first, last);
	for (uint32_t number = low; number <= high; number++)
		numberset_add(set, number);
	return 0;
}

int numberset_parse(const char *text, const struct numberset_kind *kind, struct error *err,
		    struct numberset *set)
{
	struct numberset found = { 0 };
	size_t len;
	int rc = 0;

	if (strcmp(text, "all") == 0)
		for (uint32_t number = kind->first; number <= kind->last; number++)
			numberset_add(&found, number);
	else if (strcmp(text, "none") != 0)
		for (const char *at = text;; at += len + 1) {
			len = strcspn(at, ",");
			rc = add_range(at, len, kind, err, &found);
			if (rc != 0 || at[len] == '\0')
				break;
		}
	if (rc == 0)
		*set = found;
	return rc;
}

const char *numberset_format(const struct numberset *set, char buf[NUMBERSET_TEXT_SIZE])
{
	size_t used = 0;

	for (uint32_t number = 0; number < NUMBERSET_SIZE; number++) {
		uint32_t last = number;

		if (!numberset_has(set, number))
			continue;
		while (last < NUMBERSET_SIZE - 1 && numberset_has(set, last + 1))
			last++;
		used += (size_t)snprintf(buf + used, NUMBERSET_TEXT_SIZE - used, "%s%" PRIu32,
					 used > 0 ? "," : "", number);
		if (last > number)
			used += (size_t)snprintf(buf + used, NUMBERSET_TEXT_SIZE - used,
						 "-%" PRIu32, last);
		number = last;
	}
	if (used == 0)
		snprintf(buf, NUMBERSET_TEXT_SIZE, "-");
	return buf;
}

size_t numberset_count(const struct numberset *set)
{
	size_t n = 0;

	for (uint32_t number = 0; number < NUMBERSET_SIZE; number++)
		n += numberset_has(set, number);
	return n;
}
