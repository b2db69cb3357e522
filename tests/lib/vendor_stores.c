/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/vendor_stores.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hal/device.h"
#include "regmaps/regdb/regdb.h"
#include "vsc7448_regs.h"

static struct bus *bus_of(struct vendor_check *v)
{
	struct error err = { 0 };
	struct bus *bus = NULL;

	if (device_bus(v->b.dev, &err, &bus) != 0) {
		fprintf(stderr, "vendor check: %s\n", err.text);
		abort();
	}
	return bus;
}

static void run(struct vendor_check *v, struct bus_op *ops, size_t n)
{
	struct bus *bus = bus_of(v);

	if (bus_xfer(bus, ops, n) != 0) {
		fprintf(stderr, "vendor check: %s\n", bus_error(bus)->text);
		abort();
	}
}

/* Writes @value to @addr and waits until @shot is clear. */
static void shoot(struct vendor_check *v, uint64_t addr, uint32_t value, uint32_t shot)
{
	struct bus_op ops[] = {
		{ .kind = BUS_OP_WRITE, .addr = addr, .value = value },
		{ .kind = BUS_OP_POLL, .addr = addr, .mask = shot, .time_us = 100000 },
	};

	run(v, ops, 2);
}

static uint32_t get(struct vendor_check *v, uint64_t addr)
{
	struct bus_op op = { .kind = BUS_OP_READ, .addr = addr };

	run(v, &op, 1);
	return op.value;
}

static void report(struct vendor_check *v, const struct vendor_store *s, uint32_t ours,
		   uint32_t mask)
{
	struct vendor_diff d = { .mask = (ours ^ s->value) & mask,
				 .ours = ours,
				 .vendor = s->value };

	if (d.mask == 0)
		return;
	snprintf(d.reg, sizeof(d.reg), "%s[%.40s]:%s", s->store, s->index, s->reg);
	vendor_report(v, &d);
}

/* --- SerDes macros ------------------------------------------------------------------------ */

#define N_1G 9u

static const struct window {
	const char *store;
	uint64_t addr_cfg, first;
	uint32_t n_words;
} windows[] = {
	{ "serdes1g", VSC7448_HSIO_MCB_SERDES1G_CFG_MCB_SERDES1G_ADDR_CFG,
	  VSC7448_HSIO_SERDES1G_ANA_CFG_SERDES1G_DES_CFG, 15 },
	{ "serdes6g", VSC7448_HSIO_MCB_SERDES6G_CFG_MCB_SERDES6G_ADDR_CFG,
	  VSC7448_HSIO_SERDES6G_DIG_CFG_SERDES6G_DIG_CFG, VENDOR_MACRO_WORDS },
};

static const struct window *window_of(uint32_t macro, uint32_t *nr)
{
	*nr = macro < N_1G ? macro : macro - N_1G;
	return &windows[macro >= N_1G];
}

/* Without disturbing what the driver under test believes about the window: it loads before use. */
static void read_macro(struct vendor_check *v, uint32_t macro,
		       uint32_t words[VENDOR_MACRO_WORDS])
{
	uint32_t nr;
	const struct window *w = window_of(macro, &nr);
	uint32_t shot = UINT32_C(1) << 30;

	shoot(v, w->addr_cfg, shot | UINT32_C(1) << nr, shot);
	for (uint32_t i = 0; i < w->n_words; i++)
		words[i] = get(v, w->first + 4 * (uint64_t)i);
}

void vendor_stores_snapshot(struct vendor_check *v)
{
	for (uint32_t i = 0; i < VENDOR_MACROS; i++)
		read_macro(v, i, v->macros[i]);
}

static const char *word_name(struct vendor_check *v, const struct window *w, uint32_t i,
			     uint32_t *lasting)
{
	struct regdb_ref ref;
	const struct regdb_node *node;

	if (regdb_find_addr(v->db, w->first + 4 * (uint64_t)i, &ref, 1) == 0)
		return "?";
	node = regdb_node(v->db, ref.node);
	*lasting = (uint32_t)(node->m_write & ~(node->m_zero | node->m_one | node->m_hazard));
	return regdb_str(v->db, node->name);
}

static const struct vendor_store *macro_row(const struct vendor_fixture *f, const char *store,
					    uint32_t nr, const char *reg)
{
	for (size_t i = 0; i < f->n_stores; i++)
		if (strcmp(f->stores[i].store, store) == 0 &&
		    strtoul(f->stores[i].index, NULL, 10) == nr &&
		    strcmp(f->stores[i].reg, reg) == 0)
			return &f->stores[i];
	return NULL;
}

static void compare_macro(struct vendor_check *v, const struct vendor_fixture *f,
			  uint32_t macro)
{
	uint32_t nr, words[VENDOR_MACRO_WORDS] = { 0 };
	const struct window *w = window_of(macro, &nr);

	read_macro(v, macro, words);
	for (uint32_t i = 0; i < w->n_words; i++) {
		uint32_t lasting = 0;
		const char *name = word_name(v, w, i, &lasting);
		const struct vendor_store *s = macro_row(f, w->store, nr, name);
		struct vendor_diff d = { .ours = words[i], .untouched = true };

		if (s != NULL)
			report(v, s, words[i], s->mask);
		d.mask =
			(words[i] ^ v->macros[macro][i]) & lasting & ~(s != NULL ? s->mask : 0);
		snprintf(d.reg, sizeof(d.reg), "%s[%" PRIu32 "]:%s", w->store, nr, name);
		if (d.mask != 0)
			vendor_report(v, &d);
	}
}

/* --- TCAMs -------------------------------------------------------------------------------- */

static const struct tcam {
	const char *store;
	uint64_t base;
	unsigned long first_default;
} tcams[] = {
	{ "vcap_super", VSC7448_VCAP_SUPER_VCAP_CORE_CFG_VCAP_UPDATE_CTRL, 32768 },
	{ "vcap_es0", VSC7448_VCAP_ES0_VCAP_CORE_CFG_VCAP_UPDATE_CTRL, 4096 },
};

/* Where the cache holds "ENTRY_DAT[1]", in words from UPDATE_CTRL. */
static uint32_t cache_word(const char *reg)
{
	static const struct {
		const char *name;
		uint32_t word;
	} parts[] = {
		{ "ENTRY_DAT[", 2 },
		{ "MASK_DAT[", 66 },
		{ "ACTION_DAT[", 130 },
		{ "CNT_DAT[", 194 },
	};

	for (size_t i = 0; i < 4; i++)
		if (strncmp(reg, parts[i].name, strlen(parts[i].name)) == 0)
			return parts[i].word +
			       (uint32_t)strtoul(reg + strlen(parts[i].name), NULL, 10);
	return 0;
}

static uint64_t loaded(struct vendor_check *v, const struct tcam *t, unsigned long addr,
		       const char *reg)
{
	/* Command 1 reads; a default action has no entry and no counter. */
	uint32_t part = addr >= t->first_default ? UINT32_C(0x280000) : 0;

	shoot(v, t->base, UINT32_C(1) << 22 | part | (uint32_t)addr << 3 | 4, 4);
	return t->base + 4 * (uint64_t)cache_word(reg);
}

/* A cleared address, or one that was written with zeros: nothing in entry and mask. */
static void compare_empty(struct vendor_check *v, const struct tcam *t,
			  const struct vendor_store *row, unsigned long addr)
{
	static const char *const regs[] = { "ENTRY_DAT[0]", "ENTRY_DAT[1]", "MASK_DAT[0]",
					    "MASK_DAT[1]" };

	for (size_t i = 0; i < 4; i++) {
		struct vendor_store s = *row;

		snprintf(s.reg, sizeof(s.reg), "%s", regs[i]);
		report(v, &s, get(v, loaded(v, t, addr, regs[i])), UINT32_MAX);
	}
}

static void compare_tcam(struct vendor_check *v, const struct tcam *t,
			 const struct vendor_store *s)
{
	unsigned long addr = strtoul(s->index, NULL, 10);

	if (cache_word(s->reg) == 0)
		compare_empty(v, t, s, addr);
	else
		report(v, s, get(v, loaded(v, t, addr, s->reg)), s->mask);
}

static bool has_address(const struct vendor_fixture *f, const char *store, unsigned long addr)
{
	for (size_t i = 0; i < f->n_stores; i++)
		if (strcmp(f->stores[i].store, store) == 0 &&
		    strtoul(f->stores[i].index, NULL, 10) == addr)
			return true;
	return false;
}

/* Addresses that we write (command 0) and the vendor does not. */
static void compare_tcam_log(struct vendor_check *v, const struct vendor_fixture *f,
			     const struct tcam *t, size_t end)
{
	for (size_t i = v->start; i < end; i++) {
		const struct chip_access *a = &v->b.access[i];
		struct vendor_diff d = { .mask = UINT32_MAX, .untouched = true };
		uint32_t addr = a->value >> 3 & 0xffff;

		if (a->kind != BUS_OP_WRITE || a->addr != t->base ||
		    (a->value >> 22 & 7) != 0 || has_address(f, t->store, addr))
			continue;
		snprintf(d.reg, sizeof(d.reg), "%s[%" PRIu32 "]:ENTRY_DAT[0]", t->store, addr);
		vendor_report(v, &d);
	}
}

/* --- what is only seen in the log --------------------------------------------------------- */

static void compare_core(struct vendor_check *v, const struct vendor_store *s, size_t end)
{
	uint64_t base = VSC7448_VCAP_SUPER_VCAP_CORE_MAP_VCAP_CORE_IDX;

	(void)end;
	run(v,
	    &(struct bus_op){ .kind = BUS_OP_WRITE,
			      .addr = base,
			      .value = (uint32_t)strtoul(s->index, NULL, 10) },
	    1);
	report(v, s, get(v, base + 4), s->mask);
}

#define CAL_SEQ_LEN(word) ((word) >> 13 & 0x1ff)
#define CAL_SEQ_VAL(word) ((word) >> 1 & 0x3f)
#define MAX_SLOTS         512u

static void compare_calendar(struct vendor_check *v, const struct vendor_fixture *f, size_t end)
{
	uint8_t slots[MAX_SLOTS] = { 0 };
	uint32_t n = 0;

	for (size_t i = v->start; i < end; i++) {
		const struct chip_access *a = &v->b.access[i];

		if (a->kind != BUS_OP_WRITE || a->addr != VSC7448_QSYS_CALCFG_CAL_SEQ ||
		    (a->value & 1) == 0)
			continue;
		slots[CAL_SEQ_LEN(a->value)] = (uint8_t)CAL_SEQ_VAL(a->value);
		n = CAL_SEQ_LEN(a->value) + 1 > n ? CAL_SEQ_LEN(a->value) + 1 : n;
	}
	for (size_t i = 0; i < f->n_stores; i++) {
		struct vendor_store s = f->stores[i];

		if (strcmp(s.store, "calendar") != 0)
			continue;
		if (strcmp(s.reg, "LENGTH") == 0)
			report(v, &s, n, s.mask);
		for (unsigned long slot = 0; s.reg[0] == 'C' && slot < MAX_SLOTS; slot++) {
			if (!vendor_in_list(f->stores[i].index, slot))
				continue;
			snprintf(s.index, sizeof(s.index), "%lu", slot);
			report(v, &s, slots[slot], s.mask);
		}
	}
}

/* --- MAC table ---------------------------------------------------------------------------- */

#define LOOKUP    2u
#define ENTRY_VLD 0x8000u /* MAC_ACCESS_CFG_2 */

static void compare_mac(struct vendor_check *v, const struct vendor_store *s)
{
	uint64_t base = VSC7448_LRN_COMMON_COMMON_ACCESS_CTRL, mac;
	char *end;
	unsigned long fid = strtoul(s->index, &end, 10);

	uint32_t mask = strcmp(s->reg, "ABSENT") == 0 ? ENTRY_VLD : s->mask;
	mac = strtoull(end + 1, NULL, 16);
	struct bus_op ops[] = {
		{ .kind = BUS_OP_WRITE,
		  .addr = base + 4,
		  .value = (uint32_t)fid << 16 | (uint32_t)(mac >> 32) },
		{ .kind = BUS_OP_WRITE, .addr = base + 8, .value = (uint32_t)mac },
	};
	run(v, ops, 2);
	shoot(v, base, LOOKUP << 1 | 1, 1);
	report(v, s, get(v, base + 12), mask);
}

/* --- all ---------------------------------------------------------------------------------- */

static bool was_written(const struct vendor_check *v, uint64_t addr, size_t end)
{
	for (size_t i = v->start; i < end; i++)
		if (v->b.access[i].kind == BUS_OP_WRITE && v->b.access[i].addr == addr)
			return true;
	return false;
}

static void compare_store(struct vendor_check *v, const struct vendor_store *s, size_t end)
{
	for (size_t i = 0; i < 2; i++)
		if (strcmp(s->store, tcams[i].store) == 0)
			compare_tcam(v, &tcams[i], s);
	if (strcmp(s->store, "vcap_super_core") == 0)
		compare_core(v, s, end);
	if (strcmp(s->store, "mac") == 0)
		compare_mac(v, s);
}

void vendor_stores_compare(struct vendor_check *v, const struct vendor_fixture *f)
{
	size_t end = v->b.n_access;

	for (uint32_t i = 0; i < VENDOR_MACROS; i++) {
		uint32_t nr;
		const struct window *w = window_of(i, &nr);

		if (has_address(f, w->store, nr) || was_written(v, w->addr_cfg, end))
			compare_macro(v, f, i);
	}
	for (size_t i = 0; i < f->n_stores; i++)
		compare_store(v, &f->stores[i], end);
	for (size_t i = 0; i < 2; i++)
		compare_tcam_log(v, f, &tcams[i], end);
	if (f->n_stores > 0)
		compare_calendar(v, f, end);
}
