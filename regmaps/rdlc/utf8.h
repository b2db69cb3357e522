/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef REGMAPS_RDLC_UTF8_H
#define REGMAPS_RDLC_UTF8_H

#include <stddef.h>

/* Length of the UTF-8 sequence at s (RFC 3629), 0 if there is none; looks at no more
 * than the bytes of the sequence, and not beyond a zero byte. */
size_t rdl_utf8_length(const char *s);

#endif
