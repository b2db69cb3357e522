/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/reg_priv.h"

#define WORD_BYTES 4u

/* Calls @visit for every register in the word at @addr, once each. */
static void each_in_word(const struct regdb *db, uint64_t addr,
			 void (*visit)(void *arg, const struct regdb *db,
				       const struct regdb_ref *ref),
			 void *arg)
{
	uint64_t word = addr - addr % WORD_BYTES;
	struct regdb_ref refs[REG_MAX_AT];

	for (uint64_t at = word; at < word + WORD_BYTES; at++) {
		size_t n = regdb_find_addr(db, at, refs, REG_MAX_AT);

		for (size_t i = 0; i < n && i < REG_MAX_AT; i++)
			if (at == word || refs[i].addr == at)
				visit(arg, db, &refs[i]);
	}
}

struct verify {
	uint64_t addr;
	uint32_t mask;
};

static void add_verify(void *arg, const struct regdb *db, const struct regdb_ref *ref)
{
	struct verify *v = arg;
	struct reg_layout layout;

	if (reg__layout(db, ref, &layout, NULL) != 0)
		return;
	for (unsigned i = 0; i < layout.n_words; i++)
		if (layout.word[i].addr == v->addr)
			v->mask |=
				reg__to_word(&layout.word[i], reg_verify_mask(db, ref->node));
}

uint32_t reg_word_verify_mask(const struct regdb *db, uint64_t addr)
{
	struct verify v = { .addr = addr - addr % WORD_BYTES };

	if (!reg_word_readable(db, addr))
		return 0;
	each_in_word(db, addr, add_verify, &v);
	return v.mask;
}

struct readable {
	bool some, effect;
	size_t n;
};

static void add_readable(void *arg, const struct regdb *db, const struct regdb_ref *ref)
{
	struct readable *r = arg;

	r->n++;
	if (reg_unreadable(db, ref->node, REG_SIDE_EFFECTS) == NULL) {
		r->some = true;
		r->effect |= reg_unreadable(db, ref->node, 0) != NULL;
	}
}

bool reg_word_readable(const struct regdb *db, uint64_t addr)
{
	struct readable r = { 0 };

	each_in_word(db, addr, add_readable, &r);
	return !r.effect && (r.some || r.n == 0);
}

static void add_dangerous(void *arg, const struct regdb *db, const struct regdb_ref *ref)
{
	bool *dangerous = arg;

	*dangerous |= (regdb_node(db, ref->node)->flags & REGDB_NODE_DANGEROUS) != 0;
}

bool reg_word_dangerous(const struct regdb *db, uint64_t addr)
{
	bool dangerous = false;

	each_in_word(db, addr, add_dangerous, &dangerous);
	return dangerous;
}
