/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/svg.h"

void svg_text(FILE *file, const char *text)
{
	for (; *text != '\0'; text++)
		if (*text == '<')
			fputs("&lt;", file);
		else if (*text == '&')
			fputs("&amp;", file);
		else
			fputc(*text, file);
}
