/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/reg.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "hal/reg_priv.h"

/* One register to change.  A narrow one is handled as the whole word that it lies in. */
struct item {
	size_t first;             /* index of the change that named it first */
	struct reg_layout access; /* of the register, or of the whole word */
	struct reg_masks masks;   /* in the bits of access */
	uint64_t mask, value;     /* in the bits of access */
	uint64_t old, new;
	unsigned lane; /* lowest bit of the register in the bits of access */
	bool need_read, old_known;
	bool alone; /* shares a word with others: not in one batch with them */
	enum bus_op_status status;
};

struct set {
	struct device *dev;
	const struct regdb *db;
	struct bus *bus;
	unsigned flags;
	struct error *err;
	struct reg_change *changes;
	size_t n_changes;
	size_t *leader; /* for each change the one that it was merged into, or itself */
	struct item *items;
	size_t n_items;
	struct bus_op *words; /* room for one direction of all items */
};

struct sort_key {
	uint64_t addr;
	uint32_t node;
	size_t index;
};

static int compare_keys(const void *a, const void *b)
{
	const struct sort_key *x = a, *y = b;

	if (x->addr != y->addr)
		return x->addr < y->addr ? -1 : 1;
	if (x->node != y->node)
		return x->node < y->node ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

static int check_change(const struct set *s, const struct reg_change *change)
{
	uint64_t all = reg_bits(0, reg__width(s->db, change->ref.node));
	struct reg_masks masks;

	if (change->mask == 0 || (change->mask & ~all) != 0)
		return error_set(s->err, E_RANGE, "bits 0x%" PRIx64 " are not in 0x%" PRIx64,
				 change->mask, all);
	if ((change->value & ~change->mask) != 0)
		return error_set(s->err, E_RANGE,
				 "0x%" PRIx64 " does not fit the bits 0x%" PRIx64,
				 change->value, change->mask);
	reg__masks(s->db, change->ref.node, &masks);
	if (masks.write == 0 || (change->mask & masks.read & ~masks.write) != 0)
		return error_set(s->err, E_POLICY, "bits 0x%" PRIx64 " are read-only",
				 change->mask & ~masks.write);
	return reg__danger_check(s->db, &change->ref, s->flags, s->err);
}

static int plan_item(const struct set *s, struct item *item, size_t index)
{
	const struct reg_change *change = &s->changes[index];
	int rc = reg__layout(s->db, &change->ref, &item->access, s->err);

	if (rc != 0)
		return rc;
	item->first = index;
	item->alone = item->access.narrow;
	if (item->access.narrow) {
		item->lane = item->access.word[0].lane;
		reg__word_masks(s->db, &change->ref, &item->access, &item->masks);
		item->access.word[0].mask = UINT32_MAX;
		item->access.word[0].lane = 0;
	} else {
		reg__masks(s->db, change->ref.node, &item->masks);
	}
	return check_change(s, change);
}

static int merge_change(const struct set *s, struct item *item, const struct reg_change *change)
{
	uint64_t mask = change->mask << item->lane, value = change->value << item->lane;
	uint64_t both = item->mask & mask;

	if ((item->value & both) != (value & both))
		return error_set(s->err, E_RANGE,
				 "bits 0x%" PRIx64 " are named twice, with different values",
				 both >> item->lane);
	item->mask |= mask;
	item->value |= value;
	return 0;
}

static bool same_register(const struct sort_key *a, const struct sort_key *b)
{
	return a->addr == b->addr && a->node == b->node;
}

static uint64_t bytes_of(const struct item *item)
{
	return item->access.n_words * UINT64_C(4);
}

/* Registers one after the other that share a word (an alias and its original) go alone. */
static void mark_overlap(const struct set *s, struct item *item, const struct sort_key *keys,
			 size_t i)
{
	struct item *before = &s->items[keys[i - 1].index];

	if (keys[i].addr < keys[i - 1].addr + bytes_of(before))
		item->alone = before->alone = true;
}

static int plan_items(struct set *s, struct sort_key *keys)
{
	for (size_t i = 0; i < s->n_changes; i++) {
		const struct regdb_ref *ref = &s->changes[i].ref;
		int rc = plan_item(s, &s->items[i], i);

		if (rc != 0)
			return reg__named(s->db, ref, s->err, rc);
		keys[i] = (struct sort_key){ ref->addr, ref->node, i };
	}
	qsort(keys, s->n_changes, sizeof(*keys), compare_keys);
	return 0;
}

/* The items of one register are merged into the one that was named first. */
static int merge_items(struct set *s, const struct sort_key *keys)
{
	size_t lead = 0;

	for (size_t i = 0; i < s->n_changes; i++) {
		struct reg_change *change = &s->changes[keys[i].index];

		change->merge = i > 0 && same_register(&keys[lead], &keys[i]);
		if (!change->merge) {
			if (i > 0)
				mark_overlap(s, &s->items[keys[i].index], keys, i);
			lead = i;
		}
		s->leader[keys[i].index] = keys[lead].index;
		if (merge_change(s, &s->items[keys[lead].index], change) != 0)
			return reg__named(s->db, &change->ref, s->err, E_RANGE);
	}
	for (size_t i = 0; i < s->n_changes; i++)
		if (!s->changes[i].merge)
			s->items[s->n_items++] = s->items[i];
	return 0;
}

static int plan_check(const struct set *s)
{
	for (size_t i = 0; i < s->n_items; i++) {
		struct item *item = &s->items[i];
		int rc = reg__merge_check(&item->masks, item->mask, s->flags, s->err,
					  &item->need_read);

		if (rc != 0)
			return reg__named(s->db, &s->changes[item->first].ref, s->err, rc);
	}
	return 0;
}

static int plan(struct set *s)
{
	struct sort_key *keys = calloc(s->n_changes, sizeof(*keys));
	int rc;

	s->leader = calloc(s->n_changes, sizeof(*s->leader));
	s->items = calloc(s->n_changes, sizeof(*s->items));
	s->words = calloc(s->n_changes, REG_MAX_WORDS * sizeof(*s->words));
	if (keys == NULL || s->leader == NULL || s->items == NULL || s->words == NULL)
		rc = error_set(s->err, E_NOMEM, "out of memory");
	else
		rc = plan_items(s, keys);
	if (rc == 0)
		rc = merge_items(s, keys);
	free(keys);
	return rc == 0 ? plan_check(s) : rc;
}

static int bus_failed(const struct set *s, const struct item *item, int rc)
{
	error_copy(s->err, bus_error(s->bus));
	return rc == E_INTR ? rc : reg__named(s->db, &s->changes[item->first].ref, s->err, rc);
}

static size_t fill(const struct item *item, enum bus_op_kind kind, struct bus_op *words)
{
	for (unsigned i = 0; i < item->access.n_words; i++)
		words[i] = (struct bus_op){
			.kind = kind,
			.addr = item->access.word[i].addr,
			.value = kind == BUS_OP_READ
					 ? 0
					 : reg__to_word(&item->access.word[i], item->new),
		};
	return item->access.n_words;
}

static int read_items(const struct set *s, struct item *items, size_t n)
{
	size_t n_words = 0, at = 0;
	int rc;

	for (size_t i = 0; i < n; i++)
		if (items[i].need_read)
			n_words += fill(&items[i], BUS_OP_READ, &s->words[n_words]);
	rc = n_words == 0 ? 0 : bus_xfer(s->bus, s->words, n_words);
	for (size_t i = 0; i < n; i++) {
		struct item *item = &items[i];

		if (!item->need_read)
			continue;
		if (reg__status(&s->words[at], item->access.n_words) != BUS_OP_DONE)
			return bus_failed(s, item, rc);
		for (unsigned w = 0; w < item->access.n_words; w++)
			item->old |=
				reg__from_word(&item->access.word[w], s->words[at++].value);
		item->old_known = true;
	}
	return rc;
}

static int write_items(const struct set *s, struct item *items, size_t n)
{
	const struct item *failed = NULL;
	size_t n_words = 0, at = 0;
	int rc;

	for (size_t i = 0; i < n; i++) {
		items[i].new = reg__merge(&items[i].masks, items[i].old, items[i].mask,
					  items[i].value);
		n_words += fill(&items[i], BUS_OP_WRITE, &s->words[n_words]);
	}
	rc = bus_xfer(s->bus, s->words, n_words);
	for (size_t i = 0; i < n; i++) {
		items[i].status = reg__status(&s->words[at], items[i].access.n_words);
		at += items[i].access.n_words;
		if (items[i].status != BUS_OP_DONE && failed == NULL)
			failed = &items[i];
	}
	return rc == 0 ? 0 : bus_failed(s, failed != NULL ? failed : &items[n - 1], rc);
}

/* Tells what became of each change; returns how many registers were written. */
static size_t report(const struct set *s)
{
	size_t n_done = 0;

	for (size_t i = 0; i < s->n_items; i++) {
		const struct item *item = &s->items[i];
		struct reg_change *change = &s->changes[item->first];
		uint64_t all = reg_bits(0, reg__width(s->db, change->ref.node));

		change->old_known = item->old_known;
		change->old = item->old >> item->lane & all;
		change->new = item->new >> item->lane &all;
		change->status = item->status;
		n_done += item->status == BUS_OP_DONE;
	}
	for (size_t i = 0; i < s->n_changes; i++) {
		const struct reg_change *from = &s->changes[s->leader[i]];

		s->changes[i].old_known = from->old_known;
		s->changes[i].old = from->old;
		s->changes[i].new = from->new;
		s->changes[i].status = from->status;
	}
	return n_done;
}

/* Registers that share no word go together; one that shares one goes alone. */
static int run(struct set *s)
{
	size_t from = 0;
	int rc = 0;

	while (rc == 0 && from < s->n_items) {
		size_t to = from + 1;

		while (!s->items[from].alone && to < s->n_items && !s->items[to].alone)
			to++;
		rc = read_items(s, &s->items[from], to - from);
		if (rc == 0)
			rc = write_items(s, &s->items[from], to - from);
		from = to;
	}
	return rc;
}

static int run_and_report(struct set *s)
{
	int rc = device_bus(s->dev, s->err, &s->bus);
	size_t n_done;

	if (rc != 0)
		return rc;
	rc = bus_lease(s->bus, "a change of fields", BUS_LEASE_WAIT_US);
	if (rc != 0)
		return error_copy(s->err, bus_error(s->bus));
	rc = run(s);
	bus_release(s->bus);
	n_done = report(s);
	if (rc != 0 && s->n_items > 1)
		reg__prefix_written(s->dev, n_done, s->n_items, s->err);
	else if (rc == E_INTR && !device_is_dry_run(s->dev))
		error_prefix(s->err, "%s", n_done ? "was written" : "nothing was written");
	return rc;
}

static void clear_results(struct reg_change *changes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		changes[i].merge = changes[i].old_known = false;
		changes[i].old = changes[i].new = 0;
		changes[i].status = BUS_OP_NOT_RUN;
	}
}

int reg_set(struct device *dev, struct reg_change *changes, size_t n, unsigned flags,
	    struct error *err)
{
	struct error ignored = { 0 };
	struct set s = {
		.dev = dev,
		.db = device_map(dev),
		.flags = flags,
		.err = err != NULL ? err : &ignored,
		.changes = changes,
		.n_changes = n,
	};
	int rc;

	if (n == 0)
		return 0;
	clear_results(changes, n);
	rc = plan(&s);
	if (rc == 0)
		rc = run_and_report(&s);
	free(s.leader);
	free(s.items);
	free(s.words);
	return rc;
}

uint64_t reg_set_value(const struct regdb *db, const struct regdb_ref *ref, uint64_t old,
		       uint64_t mask, uint64_t value)
{
	struct reg_masks masks;

	reg__masks(db, ref->node, &masks);
	return reg__merge(&masks, old, mask, value);
}
