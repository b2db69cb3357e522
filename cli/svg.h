/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the drawings share. */
#ifndef CLI_SVG_H
#define CLI_SVG_H

#include <stdio.h>

/* Writes text that stands between tags: whatever it holds. */
void svg_text(FILE *file, const char *text);

#endif
