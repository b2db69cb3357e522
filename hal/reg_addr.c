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

/* All registers of a word together. */
struct word_masks {
	uint64_t addr;
	struct reg_masks masks;
	uint32_t is_volatile;
	const char *act; /* what its bits do when they are written; NULL: they store */
	bool has_register;
};

/* What writing a field does, when it does more than store. */
static const char *act_of(const struct regdb_field *field)
{
	static const char *const acts[] = {
		[REGDB_ONWRITE_WOSET] = "write-to-set bits",
		[REGDB_ONWRITE_WOCLR] = "write-to-clear bits",
		[REGDB_ONWRITE_WOT] = "toggle bits",
		[REGDB_ONWRITE_WZS] = "write-to-set bits",
		[REGDB_ONWRITE_WZC] = "write-to-clear bits",
		[REGDB_ONWRITE_WZT] = "toggle bits",
		[REGDB_ONWRITE_WCLR] = "write-to-clear bits",
		[REGDB_ONWRITE_WSET] = "write-to-set bits",
		[REGDB_ONWRITE_WUSER] = "bits that act when written",
	};

	if (field->onwrite != REGDB_ONWRITE_NONE)
		return acts[field->onwrite];
	if ((field->flags & (REGDB_FIELD_SINGLEPULSE | REGDB_FIELD_HWCLR)) != 0)
		return "one-shot bits";
	return NULL;
}

/* The first act among the written fields of a register that lie in the word. */
static const char *act_in(const struct regdb *db, const struct regdb_node *row,
			  const struct reg_word *word)
{
	for (uint32_t i = 0; i < row->n_fields; i++) {
		const struct regdb_field *field = regdb_field(db, row->first_field + i);
		uint64_t bits = reg_bits(field->lsb, field->width) & row->m_write;

		if (reg__to_word(word, bits) != 0 && act_of(field) != NULL)
			return act_of(field);
	}
	return NULL;
}

static void add_word_masks(void *arg, const struct regdb *db, const struct regdb_ref *ref)
{
	struct word_masks *w = arg;
	struct reg_layout layout;
	struct reg_masks own;

	w->has_register = true;
	if (reg__layout(db, ref, &layout, NULL) != 0)
		return;
	reg__masks(db, ref->node, &own);
	for (unsigned i = 0; i < layout.n_words; i++) {
		const struct reg_word *word = &layout.word[i];

		if (word->addr != w->addr)
			continue;
		w->masks.read |= reg__to_word(word, own.read);
		w->masks.write |= reg__to_word(word, own.write);
		w->masks.onread |= reg__to_word(word, own.onread);
		w->masks.zero |= reg__to_word(word, own.zero);
		w->masks.one |= reg__to_word(word, own.one);
		w->masks.hazard |= reg__to_word(word, own.hazard);
		w->masks.blind |= reg__to_word(word, own.blind);
		w->masks.reset |= reg__to_word(word, own.reset);
		w->is_volatile |= reg__to_word(word, regdb_node(db, ref->node)->m_volatile);
		if (w->act == NULL)
			w->act = act_in(db, regdb_node(db, ref->node), word);
	}
}

static struct word_masks word_masks(const struct regdb *db, uint64_t addr)
{
	struct word_masks w = { .addr = addr - addr % WORD_BYTES };

	each_in_word(db, addr, add_word_masks, &w);
	return w;
}

static const char *why_lost(const struct regdb *db, const struct word_masks *w)
{
	if (!w->has_register)
		return "not in the map";
	if (w->masks.read == 0)
		return "write-only";
	if (!reg_word_readable(db, w->addr))
		return "reading has a side effect";
	if (w->masks.write == 0)
		return "read-only";
	if (w->act != NULL)
		return w->act;
	if ((w->masks.write & ~w->is_volatile) == 0)
		return "hardware writes it";
	return w->masks.blind != 0 ? "write-only bits" : "bits that can be written once";
}

void reg_word_stores(const struct regdb *db, uint64_t addr, struct reg_word_store *store)
{
	const struct word_masks w = word_masks(db, addr);
	bool need_read;

	store->mask = reg_word_verify_mask(db, addr);
	store->lost = NULL;
	if (store->mask == 0 ||
	    reg__merge_check(&w.masks, store->mask, 0, NULL, &need_read) != 0) {
		store->lost = why_lost(db, &w);
		store->mask = 0;
	}
	store->act = w.act != NULL ? w.act : "bits that hardware writes";
	store->others = (uint32_t)w.masks.write & ~store->mask;
	store->whole = store->lost == NULL && store->others == 0 &&
		       (w.masks.read & w.is_volatile) == 0;
}

uint32_t reg_word_merge(const struct regdb *db, uint64_t addr, uint32_t old, uint32_t value)
{
	const struct word_masks w = word_masks(db, addr);

	return (uint32_t)reg__merge(&w.masks, old, reg_word_verify_mask(db, addr), value);
}
