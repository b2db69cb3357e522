/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside a mock device: words in pages (mock_mem.c), what a word means (mock_plan.c), polled
 * shots on their way (mock_shot.c), and the accesses themselves (mock.c).
 */
#ifndef DRV_MOCK_PRIV_H
#define DRV_MOCK_PRIV_H

#include "drv/mock.h"
#include "drv/wordmap.h"
#include "regmaps/regdb/regdb.h"

#define MOCK_PAGE_WORDS 256u
#define MOCK_MAX_REFS   64u /* registers over one word; more are not looked at */

/* A piece of a field in a word. */
struct mock_part {
	uint32_t field; /* regdb field */
	uint32_t mask;  /* its bits in the word */
	uint32_t reg;   /* index into plan->refs */
};

/* A register over a word: its node, and where the word starts in it (may be negative). */
struct mock_over {
	uint32_t node;
	int32_t delta; /* bytes from the register's address to the word's */
};

/*
 * What the 32 bits of a word do, derived once from the fields and shared by all words of the
 * same layout.  Each onread and onwrite kind is a mask of the bits that have it.
 */
struct mock_plan {
	uint32_t readable, writable; /* by software */
	uint32_t plain;              /* a write stores */
	uint32_t woset, woclr, wot, wzs, wzc, wzt, wclr, wset;
	uint32_t rclr, rset;
	uint32_t pulse;  /* singlepulse: back to 0 at once */
	uint32_t shot;   /* hwclr: software sets, hardware clears */
	uint32_t once;   /* w1, rw1 */
	uint32_t sticky; /* whole fields that latch */
	uint32_t reset;
	uint32_t noise; /* plain storage whose reset value is not known */
	bool special;   /* writes do more than `plain` */
	int64_t shared; /* an alias: bytes from here to the word whose storage it shares */
	struct mock_over *over;
	uint32_t n_over;
	struct mock_part *parts;
	uint32_t n_parts;
};

struct mock_page {
	uint64_t number; /* address / 4 / MOCK_PAGE_WORDS */
	uint32_t word[MOCK_PAGE_WORDS];
	uint32_t plan[MOCK_PAGE_WORDS]; /* index into mem->plans + 1; 0: not looked at yet */
};

/* A shot that hardware will clear. */
struct mock_shot {
	uint64_t addr;
	uint64_t due_us;
	uint32_t bits;
};

struct mock_hook {
	const struct mock_model *ops;
	void *model;
};

/* The state that reading may change too: behind a pointer, so that getters can be const. */
struct mock_mem {
	const struct regdb *map;
	struct clock *clock;
	uint64_t noise_seed;      /* 0: no noise */
	bool narrow;              /* the map has registers that are no whole words */
	struct mock_page *last;   /* the page of the last access, or NULL */
	struct mock_page **pages; /* open addressing by number */
	size_t n_slots, n_pages;
	struct mock_plan **plans; /* [0]: no register */
	size_t n_plans, max_plans;
	uint32_t *plan_slots; /* open addressing by what is over the word: index + 1 */
	size_t n_plan_slots;
	struct wordmap spent; /* write-once bits that were written */
	struct mock_shot *shots;
	size_t n_shots, max_shots;
	uint64_t next_due_us;
	unsigned in_hook; /* shots stay while a model looks at them */
};

struct mock {
	char *name;
	char *loaded; /* the .regs file of its first values, or NULL */
	bool strict;
	bool modelled; /* world_model() was here */
	struct mock_hook *hooks;
	size_t n_hooks;
	struct mock_mem *mem;
};

/* One word: its storage and what it means. */
struct mock_word {
	const struct mock_plan *plan;
	uint32_t *value;  /* NULL: nothing is there, and nothing is kept */
	uint64_t storage; /* address of the storage; not that of the access for an alias */
};

/* @name and @map are borrowed until mock__free(), @map's name is copied. */
struct mock *mock__new(const char *name, const struct regdb *map, struct clock *clock);
void mock__free(struct mock *mock); /* frees the models too; NULL is allowed */

/* Words whose reset value is not known start with noise that @seed decides. */
void mock__set_noise(struct mock *mock, uint64_t seed);

/* First values from a .regs file; the file read before again is no change.  E_STATE: another. */
int mock__load(struct mock *mock, const char *path, struct error *err);

/* mock_mem.c */
int mock__mem_init(struct mock_mem *mem, const struct regdb *map, struct clock *clock);
void mock__mem_fini(struct mock_mem *mem);
void mock__mem_reset(struct mock_mem *mem);
size_t mock__mem_bytes(const struct mock_mem *mem);
/* @keep: make storage even where the map has no register.  E_NOMEM. */
int mock__word(struct mock_mem *mem, uint64_t addr, bool keep, struct mock_word *word);
/* Up to 64 bits at bit @lsb of the register at byte address @addr, over words as needed. */
int mock__bits_get(struct mock_mem *mem, uint64_t addr, unsigned lsb, unsigned width,
		   uint64_t *value);
int mock__bits_put(struct mock_mem *mem, uint64_t addr, unsigned lsb, unsigned width,
		   uint64_t value);

/* mock_plan.c: the plan index of the word at @addr.  E_NOMEM. */
int mock__plan_find(struct mock_mem *mem, uint64_t addr, uint32_t *index);
void mock__plan_free(struct mock_plan *plan);

/* mock_shot.c */
int mock__shots_start(struct mock_mem *mem, const struct mock_word *word, uint32_t bits);
void mock__shots_drop(struct mock_mem *mem, uint64_t storage, uint32_t bits);
void mock__shots_run(struct mock_mem *mem); /* clears those that are due */

#endif
