/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "regmaps/rdlc/utf8.h"

size_t rdl_utf8_length(const char *text)
{
	const unsigned char *s = (const unsigned char *)text;
	static const struct {
		unsigned char first, last, second_min, second_max, length;
	} row[] = {
		{ 0x01, 0x7f, 0x80, 0xbf, 1 }, { 0xc2, 0xdf, 0x80, 0xbf, 2 },
		{ 0xe0, 0xe0, 0xa0, 0xbf, 3 }, { 0xe1, 0xec, 0x80, 0xbf, 3 },
		{ 0xed, 0xed, 0x80, 0x9f, 3 }, { 0xee, 0xef, 0x80, 0xbf, 3 },
		{ 0xf0, 0xf0, 0x90, 0xbf, 4 }, { 0xf1, 0xf3, 0x80, 0xbf, 4 },
		{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
	};

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		size_t k = 1;

		if (*s < row[i].first || *s > row[i].last)
			continue;
		if (row[i].length > 1 && (s[1] < row[i].second_min || s[1] > row[i].second_max))
			return 0;
		while (k < row[i].length && (k == 1 || (s[k] & 0xc0) == 0x80))
			k++;
		return k == row[i].length ? k : 0;
	}
	return 0;
}
