/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words that stand for numbers on the command line: "smac,dmac", "c-tag". */
#ifndef CLI_WORDLIST_H
#define CLI_WORDLIST_H

#include "cli/out.h"
#include "drv/error.h"

/* @words[i] (NULL for numbers without one) stands for i. */
struct wordlist {
	const char *const *words;
	size_t n;
	const char *what; /* "hash field", for messages */
};

/* One word; false: it is none of them, and *@number stays. */
bool wordlist_find(const struct wordlist *list, const char *text, uint32_t *number);

/* One word.  E_SYNTAX lists them all. */
int wordlist_one(const struct wordlist *list, const char *text, struct error *err,
		 uint32_t *number);

/* Several, with commas between them: a bit each; "none": no bit.  E_SYNTAX. */
int wordlist_bits(const struct wordlist *list, const char *text, struct error *err,
		  uint32_t *bits);

/* The words of bits, "none" for no bit; lives as long as the document. */
const char *wordlist_text(struct out_record *record, const struct wordlist *list,
			  uint32_t bits);

#endif
