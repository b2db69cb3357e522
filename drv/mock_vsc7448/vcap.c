/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The TCAMs behind their cache: commands as regmaps/vsc7448/vcap_core.rdl describes them.
 *
 * Assumed: what a move leaves behind is empty (the vendor's driver writes nothing there); the
 * distance of a move is not "minus one" in the older ES0 (the same driver writes 1 for 1).
 */
#include "drv/mock_vsc7448/vcap_priv.h"

#include <stdlib.h>
#include <string.h>

/* Registers by their distance from the first, the same in both TCAMs. */
#define SUPER_BASE VSC7448_VCAP_SUPER_VCAP_CORE_CFG_VCAP_UPDATE_CTRL
#define ES0_BASE   VSC7448_VCAP_ES0_VCAP_CORE_CFG_VCAP_UPDATE_CTRL
#define OFFSET(r)  (VSC7448_VCAP_SUPER_VCAP_CORE_##r - SUPER_BASE)
#define MV_CFG     OFFSET(CFG_VCAP_MV_CFG)
#define ENTRY_DAT  OFFSET(CACHE_VCAP_ENTRY_DAT(0))
#define MASK_DAT   OFFSET(CACHE_VCAP_MASK_DAT(0))
#define ACTION_DAT OFFSET(CACHE_VCAP_ACTION_DAT(0))
#define CNT_DAT    OFFSET(CACHE_VCAP_CNT_DAT(0))
#define RULE_ENA   OFFSET(CACHE_VCAP_RULE_ENA)
#define CORE_IDX   VSC7448_VCAP_SUPER_VCAP_CORE_MAP_VCAP_CORE_IDX
#define CORE_MAP   VSC7448_VCAP_SUPER_VCAP_CORE_MAP_VCAP_CORE_MAP
#define CNT_TBL(i) VSC7448_ANA_ACL_CNT_TBL_CNT(i)

#define UPDATE(field) VSC7448_VCAP_SUPER_VCAP_CORE_CFG_VCAP_UPDATE_CTRL__##field
#define CMD(name)     UPDATE(UPDATE_CMD__##name)

/* What a command works on. */
struct op {
	uint32_t addr;
	bool entry, action, counter;
};

static uint32_t *action_at(const struct vcap_store *s, uint32_t addr)
{
	return s->actions + (size_t)addr * s->action_words;
}

static uint32_t cache_get(const struct mock_vsc7448 *m, const struct vcap_store *s,
			  uint64_t offset, uint32_t word)
{
	return mock_hw_get(m->mock, s->base + offset + UINT64_C(4) * word);
}

static int cache_put(const struct mock_vsc7448 *m, const struct vcap_store *s, uint64_t offset,
		     uint32_t word, uint32_t value)
{
	return mock_hw_put(m->mock, s->base + offset + UINT64_C(4) * word, value);
}

static int clear_cache(const struct mock_vsc7448 *m, const struct vcap_store *s)
{
	int rc = 0;

	for (uint32_t i = 0; rc == 0 && i < 64; i++)
		rc = cache_put(m, s, ENTRY_DAT, i, 0);
	for (uint32_t i = 0; rc == 0 && i < 64; i++)
		rc = cache_put(m, s, MASK_DAT, i, 0);
	for (uint32_t i = 0; rc == 0 && i < 64; i++)
		rc = cache_put(m, s, ACTION_DAT, i, 0);
	for (uint32_t i = 0; rc == 0 && i < 32; i++)
		rc = cache_put(m, s, CNT_DAT, i, 0);
	return rc;
}

static void store_from_cache(const struct mock_vsc7448 *m, const struct vcap_store *s,
			     const struct op *op)
{
	if (op->entry && op->addr < s->n_entries) {
		struct vcap_entry *e = &s->entries[op->addr];

		for (uint32_t i = 0; i < 2; i++) {
			e->entry[i] = cache_get(m, s, ENTRY_DAT, i);
			e->mask[i] = cache_get(m, s, MASK_DAT, i);
		}
		e->rule_ena = cache_get(m, s, RULE_ENA, 0) & 1;
	}
	for (uint32_t i = 0; op->action && op->addr < s->n_actions && i < s->action_words; i++)
		action_at(s, op->addr)[i] = cache_get(m, s, ACTION_DAT, i);
	if (op->counter && op->addr < s->n_actions)
		s->counters[op->addr] = cache_get(m, s, CNT_DAT, 0);
}

static int cache_from_store(const struct mock_vsc7448 *m, const struct vcap_store *s,
			    const struct op *op)
{
	int rc = 0;

	if (op->entry && op->addr < s->n_entries) {
		const struct vcap_entry *e = &s->entries[op->addr];

		for (uint32_t i = 0; rc == 0 && i < 2; i++) {
			rc = cache_put(m, s, ENTRY_DAT, i, e->entry[i]);
			if (rc == 0)
				rc = cache_put(m, s, MASK_DAT, i, e->mask[i]);
		}
		if (rc == 0)
			rc = cache_put(m, s, RULE_ENA, 0, e->rule_ena);
	}
	for (uint32_t i = 0;
	     rc == 0 && op->action && op->addr < s->n_actions && i < s->action_words; i++)
		rc = cache_put(m, s, ACTION_DAT, i, action_at(s, op->addr)[i]);
	if (rc == 0 && op->counter && op->addr < s->n_actions)
		rc = cache_put(m, s, CNT_DAT, 0, s->counters[op->addr]);
	return rc;
}

static void copy_addr(const struct vcap_store *s, const struct op *op, uint32_t to)
{
	uint32_t from = op->addr;

	if (op->entry && from < s->n_entries && to < s->n_entries)
		s->entries[to] = s->entries[from];
	if (from >= s->n_actions || to >= s->n_actions)
		return;
	if (op->action)
		memcpy(action_at(s, to), action_at(s, from), s->action_words * 4);
	s->counters[to] = op->counter ? s->counters[from] : 0;
}

static void empty_addr(const struct vcap_store *s, const struct op *op)
{
	if (op->entry && op->addr < s->n_entries)
		memset(&s->entries[op->addr], 0, sizeof(s->entries[0]));
	if (op->addr >= s->n_actions)
		return;
	if (op->action)
		memset(action_at(s, op->addr), 0, s->action_words * 4);
	if (op->counter)
		s->counters[op->addr] = 0;
}

/* Addresses without a destination are lost, as on the chip. */
static void move(const struct vcap_store *s, const struct op *what, uint32_t n, int64_t by)
{
	for (uint32_t i = 0; i < n; i++) {
		struct op op = *what;
		int64_t to;

		op.addr = what->addr + (by > 0 ? n - 1 - i : i);
		to = (int64_t)op.addr + by;
		if (to >= 0)
			copy_addr(s, &op, (uint32_t)to);
		empty_addr(s, &op);
	}
}

static int run_command(struct mock_vsc7448 *m, const struct vcap_store *s, uint32_t update)
{
	uint32_t mv = mock_hw_get(m->mock, s->base + MV_CFG);
	uint32_t n = (mv & 0xffff) + 1, by = (mv >> 16) + (s == &m->vcap->super);
	struct op op = {
		.addr = (uint32_t)reg_field_get(update, UPDATE(UPDATE_ADDR)),
		.entry = reg_field_get(update, UPDATE(UPDATE_ENTRY_DIS)) == 0,
		.action = reg_field_get(update, UPDATE(UPDATE_ACTION_DIS)) == 0,
		.counter = reg_field_get(update, UPDATE(UPDATE_CNT_DIS)) == 0,
	};

	switch (reg_field_get(update, UPDATE(UPDATE_CMD))) {
	case CMD(READ):
		return cache_from_store(m, s, &op);
	case CMD(WRITE):
		store_from_cache(m, s, &op);
		break;
	case CMD(MOVE_UP):
		move(s, &op, n, -(int64_t)by);
		break;
	case CMD(MOVE_DOWN):
		move(s, &op, n, by);
		break;
	case CMD(INIT):
		for (; n-- > 0 && op.addr < s->n_actions; op.addr++)
			store_from_cache(m, s, &op);
		break;
	default:
		return 0;
	}
	m->vcap->is_fresh = false;
	return 0;
}

static int write_update(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	const struct vcap_store *s = addr == SUPER_BASE ? &m->vcap->super : &m->vcap->es0;
	int rc = 0;

	if (reg_field_get(value, UPDATE(CLEAR_CACHE)) != 0)
		rc = clear_cache(m, s);
	if (rc == 0 && reg_field_get(value, UPDATE(UPDATE_SHOT)) != 0)
		rc = run_command(m, s, value);
	return rc;
}

static uint32_t *owner_shown(struct mock_vsc7448 *m)
{
	return &m->vcap->owner[mock_hw_get(m->mock, CORE_IDX) % VCAP_CORES];
}

static int read_core_map(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	(void)addr;
	*value = *owner_shown(m);
	return 0;
}

static int write_core_map(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	(void)addr;
	*owner_shown(m) = value & 7;
	m->vcap->is_fresh = false;
	return 0;
}

static int read_hits(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	*value = m->vcap->hits[(addr - CNT_TBL(0)) / 4];
	return 0;
}

static int write_hits(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	m->vcap->hits[(addr - CNT_TBL(0)) / 4] = value;
	return 0;
}

static const struct mv_range ranges[] = {
	{ SUPER_BASE, SUPER_BASE, NULL, write_update },
	{ ES0_BASE, ES0_BASE, NULL, write_update },
	{ CORE_MAP, CORE_MAP, read_core_map, write_core_map },
	{ CNT_TBL(0), CNT_TBL(VCAP_N_COUNTERS - 1), read_hits, write_hits },
};

static int make_store(struct vcap_store *s, uint64_t base, uint32_t n_entries,
		      uint32_t n_actions, uint32_t action_words)
{
	s->base = base;
	s->n_entries = n_entries;
	s->n_actions = n_actions;
	s->action_words = action_words;
	s->entries = calloc(n_entries, sizeof(*s->entries));
	s->actions = calloc((size_t)n_actions * action_words, sizeof(*s->actions));
	s->counters = calloc(n_actions, sizeof(*s->counters));
	return s->entries == NULL || s->actions == NULL || s->counters == NULL ? E_NOMEM : 0;
}

static void free_store(struct vcap_store *s)
{
	free(s->entries);
	free(s->actions);
	free(s->counters);
}

static void empty_store(struct vcap_store *s)
{
	memset(s->entries, 0, s->n_entries * sizeof(*s->entries));
	memset(s->actions, 0, (size_t)s->n_actions * s->action_words * sizeof(*s->actions));
	memset(s->counters, 0, s->n_actions * sizeof(*s->counters));
}

static int init(struct mock_vsc7448 *m)
{
	int rc;

	m->vcap = calloc(1, sizeof(*m->vcap));
	if (m->vcap == NULL)
		return E_NOMEM;
	rc = make_store(&m->vcap->super, SUPER_BASE, VCAP_SUPER_ENTRIES, VCAP_SUPER_ACTIONS, 3);
	if (rc == 0)
		rc = make_store(&m->vcap->es0, ES0_BASE, VCAP_ES0_ENTRIES, VCAP_ES0_ACTIONS,
				10);
	for (uint32_t i = 0; rc == 0 && i < VCAP_N_COUNTERS; i++)
		m->vcap->hits[i] = mock_hw_get(m->mock, CNT_TBL(i));
	return rc;
}

static void fini(struct mock_vsc7448 *m)
{
	if (m->vcap == NULL)
		return;
	free_store(&m->vcap->super);
	free_store(&m->vcap->es0);
	free(m->vcap->rules);
	free(m->vcap);
}

/* The chip leaves random rules behind; empty ones behave the same from run to run. */
static void reset(struct mock_vsc7448 *m)
{
	empty_store(&m->vcap->super);
	empty_store(&m->vcap->es0);
	memset(m->vcap->owner, 0, sizeof(m->vcap->owner));
	memset(m->vcap->hits, 0, sizeof(m->vcap->hits));
	m->vcap->is_fresh = false;
}

const struct mv_part mv_part_vcap = {
	.name = "vcap",
	.ranges = ranges,
	.n_ranges = sizeof(ranges) / sizeof(ranges[0]),
	.init = init,
	.fini = fini,
	.reset = reset,
};
