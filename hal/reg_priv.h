/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Between the files of the register layer: how a register lies on a bus of 32-bit words, and
 * what writing and reading its bits does.
 */
#ifndef HAL_REG_PRIV_H
#define HAL_REG_PRIV_H

#include "hal/reg.h"

#define REG_MAX_WORDS 2 /* 64 bits */
#define REG_MAX_AT    8 /* registers that share one byte: aliases, read-only beside write-only */

/* The part of a register that lies in one word of the bus. */
struct reg_word {
	uint64_t addr;
	uint32_t mask; /* bits of the register in the word, in place */
	uint8_t lane;  /* lowest bit in the word */
	uint8_t pos;   /* lowest bit in the register */
};

struct reg_layout {
	struct reg_word word[REG_MAX_WORDS]; /* in the order of access */
	unsigned n_words;
	bool narrow; /* less than its word: other registers may lie beside it */
};

/* What an access does to the bits of a register or of a word. */
struct reg_masks {
	uint64_t own; /* the register's bits; others belong to neighbours in its word */
	uint64_t read, write, onread;
	uint64_t zero, one, hazard; /* as in struct regdb_node */
	uint64_t blind; /* written, but neither readable nor left alone by a neutral value */
	uint64_t reset; /* what blind bits are written back as */
};

/* E_NOTSUP: wider than 64 bits, or not aligned so that words reach it. */
int reg__layout(const struct regdb *db, const struct regdb_ref *ref, struct reg_layout *layout,
		struct error *err);

uint32_t reg__to_word(const struct reg_word *word, uint64_t value);
uint64_t reg__from_word(const struct reg_word *word, uint32_t bus_value);

/* The masks of a register's own bits; raw words are plain. */
void reg__masks(const struct regdb *db, uint32_t node, struct reg_masks *masks);

/* The masks of the whole word that a narrow register lies in: its own and its neighbours'. */
void reg__word_masks(const struct regdb *db, const struct regdb_ref *ref,
		     const struct reg_layout *layout, struct reg_masks *masks);

/* Bits of the register: 32 for a raw word. */
unsigned reg__width(const struct regdb *db, uint32_t node);

/* Reasons of reg_unreadable(), and for a narrow register those of its neighbours. */
const char *reg__unreadable_ref(const struct regdb *db, const struct regdb_ref *ref,
				unsigned flags);

/* @old with the bits in @mask changed to @value, neutral for all others. */
uint64_t reg__merge(const struct reg_masks *masks, uint64_t old, uint64_t mask, uint64_t value);

/*
 * May the bits in @mask be changed alone?  E_POLICY as reg_set() documents; @need_read tells
 * whether the others have to be read first.  The error text lacks the register's name.
 */
int reg__merge_check(const struct reg_masks *masks, uint64_t mask, unsigned flags,
		     struct error *err, bool *need_read);

/* Full path, or the address of a raw word; returns @buf. */
#define REG_PATH_SIZE 256
const char *reg__path(const struct regdb *db, const struct regdb_ref *ref, char *buf,
		      size_t size);

/* Puts the register's path in front of the text of @err; returns @code. */
int reg__named(const struct regdb *db, const struct regdb_ref *ref, struct error *err,
	       int code);

/* What became of a register from what became of its words. */
enum bus_op_status reg__status(const struct bus_op *words, unsigned n);

/* Puts "1 of 3 registers were written" in front of the text of @err, as a dry run needs it. */
void reg__prefix_written(const struct device *dev, size_t n_done, size_t n, struct error *err);

/* E_POLICY when writing the register is dangerous and @flags does not allow it. */
int reg__danger_check(const struct regdb *db, const struct regdb_ref *ref, unsigned flags,
		      struct error *err);

#endif
