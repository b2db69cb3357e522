/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/vendor_check.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hal/device.h"
#include "regmaps/regdb/regdb.h"
#include "tests/lib/vendor_stores.h"

static void check(bool good, const char *why)
{
	if (good)
		return;
	fprintf(stderr, "vendor check: %s\n", why);
	abort();
}

void vendor_check_open(struct vendor_check *v, struct vendor_differences *differences)
{
	memset(v, 0, sizeof(*v));
	chip_bench_open(&v->b, "mock:");
	chip_bench_open(&v->fresh, "mock:");
	v->db = device_map(v->b.dev);
	v->differences = differences;
}

void vendor_check_close(struct vendor_check *v)
{
	chip_bench_close(&v->b);
	chip_bench_close(&v->fresh);
	free(v->before);
	memset(v, 0, sizeof(*v));
}

/* --- what was written --------------------------------------------------------------------- */

static int by_addr(const void *a, const void *b)
{
	const struct vendor_word *x = a, *y = b;

	return (x->addr > y->addr) - (x->addr < y->addr);
}

/* The words written by accesses [first, last), each once, by address; the caller frees. */
static struct vendor_word *written(const struct chip_bench *b, size_t first, size_t last,
				   size_t *n)
{
	struct vendor_word *words = malloc((last - first + 1) * sizeof(*words));
	size_t kept = 0;

	check(words != NULL, "out of memory");
	*n = 0;
	for (size_t i = first; i < last; i++)
		if (b->access[i].kind == BUS_OP_WRITE)
			words[(*n)++].addr = b->access[i].addr;
	qsort(words, *n, sizeof(*words), by_addr);
	for (size_t i = 0; i < *n; i++)
		if (kept == 0 || words[kept - 1].addr != words[i].addr)
			words[kept++] = words[i];
	*n = kept;
	return words;
}

void vendor_check_start(struct vendor_check *v)
{
	free(v->before);
	v->start = v->b.n_access;
	v->before = written(&v->b, 0, v->start, &v->n_before);
	for (size_t i = 0; i < v->n_before; i++)
		v->before[i].value = chip_bench_peek(&v->b, v->before[i].addr);
	vendor_stores_snapshot(v);
	v->start = v->b.n_access;
}

static uint32_t value_before(const struct vendor_check *v, uint64_t addr)
{
	struct vendor_word key = { .addr = addr };
	const struct vendor_word *word = NULL;

	if (v->n_before > 0)
		word = bsearch(&key, v->before, v->n_before, sizeof(key), by_addr);
	return word != NULL ? word->value : chip_bench_peek(&v->fresh, addr);
}

/* --- differences -------------------------------------------------------------------------- */

static bool has_value(const struct vendor_difference *row, const struct vendor_diff *d)
{
	return (row->any_ours || (d->ours & row->mask) == row->ours) &&
	       (d->untouched || row->any_vendor || (d->vendor & row->mask) == row->vendor);
}

void vendor_report(struct vendor_check *v, const struct vendor_diff *d)
{
	uint32_t left = d->mask;

	for (size_t i = 0; i < v->differences->n && left != 0; i++) {
		struct vendor_difference *row = &v->differences->rows[i];

		if ((row->mask & left) == 0 || row->untouched != d->untouched ||
		    !has_value(row, d) || !vendor_match(row->operation, v->operation) ||
		    !vendor_match(row->reg, d->reg))
			continue;
		row->used = true;
		left &= ~row->mask;
	}
	if (left == 0)
		return;
	v->n_unlisted++;
	fprintf(stderr, "%s,\"%s\",0x%" PRIx32 ",0x%" PRIx32 ",", v->operation, d->reg, left,
		d->ours & left);
	if (d->untouched)
		fprintf(stderr, "-,\n");
	else
		fprintf(stderr, "0x%" PRIx32 ",\n", d->vendor & left);
}

static bool find_register(const struct vendor_check *v, uint64_t addr, struct regdb_ref *ref)
{
	return regdb_find_addr(v->db, addr, ref, 1) > 0;
}

static void report_register(struct vendor_check *v, uint64_t addr, struct vendor_diff *d)
{
	struct regdb_ref ref;

	if (!find_register(v, addr, &ref) ||
	    regdb_path_format(v->db, &ref, d->reg, sizeof(d->reg)) < 0)
		snprintf(d->reg, sizeof(d->reg), "0x%08" PRIx64, addr);
	vendor_report(v, d);
}

static void compare_registers(struct vendor_check *v, const struct vendor_fixture *f)
{
	for (size_t i = 0; i < f->n_regs; i++) {
		const struct vendor_reg *r = &f->regs[i];
		struct vendor_diff d = { .ours = chip_bench_peek(&v->b, r->addr),
					 .vendor = r->value };

		d.mask = (d.ours ^ d.vendor) & r->mask;
		if (d.mask != 0)
			report_register(v, r->addr, &d);
	}
}

/* --- what we change and the vendor does not ----------------------------------------------- */

/* Registers that are only the way to a store, as in the README of the fixtures. */
static bool is_window(const char *path)
{
	static const char *const windows[] = {
		"VCAP_SUPER:VCAP_CORE_C*",
		"VCAP_SUPER:VCAP_CORE_MAP:*",
		"VCAP_ES0:VCAP_CORE_C*",
		"LRN:COMMON:COMMON_ACCESS_CTRL",
		"LRN:COMMON:MAC_ACCESS_CFG_*",
		"LRN:COMMON:SCAN_NEXT_CFG*",
		"HSIO:SERDES1G_*",
		"HSIO:SERDES6G_*",
		"HSIO:MCB_*",
		"QSYS:CALCFG:CAL_SEQ",
		"DEVCPU_QS:XTR:XTR_RD*",
		"DEVCPU_QS:INJ:INJ_WR*",
		"DEVCPU_QS:INJ:INJ_CTRL*",
		"DEVCPU_GCB:MIIM*:MII_CMD",
		"XQS:SYSTEM:STAT_CFG",
		"DEVCPU_GCB:VCORE_ACCESS:*",
		"HSCH:HSCH_MISC:FLUSH_CTRL",
	};

	for (size_t i = 0; i < sizeof(windows) / sizeof(windows[0]); i++)
		if (vendor_match(windows[i], path))
			return true;
	return false;
}

/* Bits whose value is what software wrote last. */
static uint32_t lasting_bits(const struct vendor_check *v, const struct regdb_ref *ref)
{
	const struct regdb_node *node = regdb_node(v->db, ref->node);

	return (uint32_t) ~(node->m_zero | node->m_one | node->m_hazard);
}

static void compare_others(struct vendor_check *v, const struct vendor_fixture *f)
{
	size_t n_words;
	struct vendor_word *words = written(&v->b, v->start, v->b.n_access, &n_words);

	for (size_t i = 0; i < n_words; i++) {
		uint64_t addr = words[i].addr;
		struct vendor_diff d = { .ours = chip_bench_peek(&v->b, addr),
					 .untouched = true };
		const struct vendor_reg *r = vendor_fixture_find(f, addr);
		struct regdb_ref ref;

		if (!find_register(v, addr, &ref) ||
		    regdb_path_format(v->db, &ref, d.reg, sizeof(d.reg)) < 0)
			continue;
		d.mask = (d.ours ^ value_before(v, addr)) & lasting_bits(v, &ref) &
			 ~(r != NULL ? r->mask : 0);
		if (d.mask != 0 && !is_window(d.reg))
			vendor_report(v, &d);
	}
	free(words);
}

/* --- the whole ---------------------------------------------------------------------------- */

size_t vendor_check_end(struct vendor_check *v, const char *operation)
{
	struct vendor_fixture f;

	vendor_fixture_load(operation, v->db, &f);
	v->operation = f.operation;
	v->n_unlisted = 0;
	compare_registers(v, &f);
	compare_others(v, &f);
	vendor_stores_compare(v, &f);
	vendor_fixture_free(&f);
	return v->n_unlisted;
}
