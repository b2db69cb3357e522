/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/wordlist.h"

#include <stdio.h>
#include <string.h>

static int unknown(const struct wordlist *list, const char *text, size_t len, struct error *err)
{
	char all[160] = "";
	size_t used = 0;

	for (size_t i = 0; i < list->n && used < sizeof(all); i++)
		if (list->words[i] != NULL)
			used += (size_t)snprintf(all + used, sizeof(all) - used, "%s%s",
						 used > 0 ? ", " : "", list->words[i]);
	return error_set(err, E_SYNTAX, "'%.*s' is not a %s: %s", (int)(len < 64 ? len : 64),
			 text, list->what, all);
}

static bool find(const struct wordlist *list, const char *text, size_t len, uint32_t *number)
{
	for (uint32_t i = 0; i < list->n; i++)
		if (list->words[i] != NULL && strlen(list->words[i]) == len &&
		    memcmp(list->words[i], text, len) == 0) {
			*number = i;
			return true;
		}
	return false;
}

bool wordlist_find(const struct wordlist *list, const char *text, uint32_t *number)
{
	return find(list, text, strlen(text), number);
}

int wordlist_one(const struct wordlist *list, const char *text, struct error *err,
		 uint32_t *number)
{
	return wordlist_find(list, text, number) ? 0 : unknown(list, text, strlen(text), err);
}

int wordlist_bits(const struct wordlist *list, const char *text, struct error *err,
		  uint32_t *bits)
{
	uint32_t sum = 0, number;

	for (const char *at = text; strcmp(text, "none") != 0;) {
		size_t len = strcspn(at, ",");

		if (!find(list, at, len, &number))
			return unknown(list, at, len, err);
		sum |= UINT32_C(1) << number;
		if (at[len] == '\0')
			break;
		at += len + 1;
	}
	*bits = sum;
	return 0;
}

const char *wordlist_text(struct out_record *record, const struct wordlist *list, uint32_t bits)
{
	char text[160] = "none";
	size_t used = 0;

	for (uint32_t i = 0; i < list->n && used < sizeof(text); i++)
		if (list->words[i] != NULL && (bits >> i & 1) != 0)
			used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s",
						 used > 0 ? "," : "", list->words[i]);
	return out_format(record, "%s", text);
}
