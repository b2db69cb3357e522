/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/vcap_priv.h"

#include <stdlib.h>
#include <string.h>

static uint32_t row_addr(const struct vcap_list *list, uint32_t row)
{
	return (list->core + 1) * VCAP_CORE - (row + 1) * VCAP_ROW;
}

static int find_core(struct vcap_list *list)
{
	for (uint32_t i = 0; i < VCAP_CORES; i++) {
		if (list->owners[i] != (uint32_t)list->owner)
			continue;
		if (list->has_core)
			return regio_fail(list->io, E_NOTSUP,
					  "cores %u and %u of VCAP_SUPER have the same owner; "
					  "this driver keeps its rules in one",
					  list->core, i);
		list->has_core = true;
		list->core = i;
	}
	return 0;
}

static bool make_slot(struct vcap_list *list)
{
	uint32_t max = list->max_slots == 0 ? 32 : 2 * list->max_slots;
	struct vcap_slot *slots;

	if (list->n_slots < list->max_slots)
		return true;
	slots = realloc(list->slots, max * sizeof(*slots));
	if (slots == NULL)
		return false;
	list->slots = slots;
	list->max_slots = max;
	return true;
}

static bool append(struct vcap_list *list, uint32_t addr, const struct vcap_rule *rule)
{
	if (!make_slot(list))
		return false;
	list->slots[list->n_slots].addr = addr;
	list->slots[list->n_slots].rule = *rule;
	list->n_slots++;
	return true;
}

/* Adds a row's rules; @found: there were any. */
static int load_row(struct vcap_list *list, uint32_t row, bool *found)
{
	struct vcap_rule rules[VCAP_ROW];
	uint32_t addr = row_addr(list, row);
	int rc = vsc7448__vcap_read_row(list->io, list->owner, addr, rules);
	uint8_t size = 0;
	bool is_mixed = false;

	for (uint32_t i = VCAP_ROW; rc == 0 && i-- > 0;) {
		if (rules[i].size == 0)
			continue;
		is_mixed |= size != 0 && size != rules[i].size;
		size = (uint8_t)rules[i].size;
		if (!append(list, addr + i, &rules[i]))
			rc = regio_fail(list->io, E_NOMEM, "out of memory");
	}
	*found = size != 0;
	list->row_size[row] = is_mixed ? 0 : size;
	return rc;
}

static int load(struct vcap_list *list)
{
	bool found = true;
	int rc;

	list->has_core = false;
	list->n_rows = list->n_slots = 0;
	rc = find_core(list);
	for (uint32_t row = 0; rc == 0 && list->has_core && found && row < VCAP_ROWS; row++) {
		rc = load_row(list, row, &found);
		list->n_rows += rc == 0 && found;
	}
	return rc;
}

/* What is known of the TCAM. */
struct vcap_cache {
	uint64_t epoch; /* of owners */
	uint32_t owners[VCAP_CORES];
	struct vcap_list is2, lpm;
};

static int refresh_owners(struct regio *io, struct vcap_cache *cache)
{
	int rc = 0;

	if (cache->epoch != regio_epoch(io)) {
		rc = vsc7448__vcap_owners(io, cache->owners);
		cache->epoch = regio_epoch(io);
	}
	return rc;
}

int vsc7448__vcap_list(struct vsc7448 *chip, enum vcap_owner owner, struct vcap_list **list)
{
	struct vcap_list *l;
	int rc;

	if (chip->vcap == NULL)
		chip->vcap = calloc(1, sizeof(*chip->vcap));
	if (chip->vcap == NULL)
		return regio_fail(chip->io, E_NOMEM, "out of memory");
	l = owner == VCAP_OWNER_LPM ? &chip->vcap->lpm : &chip->vcap->is2;
	*list = l;
	rc = refresh_owners(chip->io, chip->vcap);
	if (rc != 0 || l->epoch == regio_epoch(chip->io))
		return rc;
	l->io = chip->io;
	l->owner = owner;
	l->owners = chip->vcap->owners;
	rc = load(l);
	/* An error ends the epoch when the queue is run. */
	l->epoch = rc == 0 ? regio_epoch(chip->io) : 0;
	return rc;
}

void vsc7448__vcap_cache_free(struct vcap_cache *cache)
{
	if (cache == NULL)
		return;
	free(cache->is2.slots);
	free(cache->lpm.slots);
	free(cache);
}

static uint32_t row_of(const struct vcap_list *list, uint32_t addr)
{
	return ((list->core + 1) * VCAP_CORE - 1 - addr) / VCAP_ROW;
}

static struct vcap_slot *nth(const struct vcap_list *list, uint32_t size, uint32_t index)
{
	for (uint32_t i = 0; i < list->n_slots; i++)
		if (list->row_size[row_of(list, list->slots[i].addr)] == size && index-- == 0)
			return &list->slots[i];
	return NULL;
}

const struct vcap_slot *vsc7448__vcap_list_at(const struct vcap_list *list, uint32_t size,
					      uint32_t index)
{
	return nth(list, size, index);
}

/* --- places for rules of one size --------------------------------------------------------- */

/* The n-th place for rules of a size, counted over their rows from the top. */
struct places {
	uint32_t size, n;
	uint32_t addr[VCAP_CORE];
	struct vcap_slot *slot[VCAP_CORE]; /* NULL: free */
};

static void add_row(const struct vcap_list *list, uint32_t row, struct places *p)
{
	for (uint32_t at = VCAP_ROW; at > 0; at -= p->size) {
		p->slot[p->n] = NULL;
		p->addr[p->n++] = row_addr(list, row) + at - p->size;
	}
}

static struct places *find_places(const struct vcap_list *list, uint32_t size)
{
	struct places *p = calloc(1, sizeof(*p));
	uint32_t at = 0;

	if (p == NULL)
		return NULL;
	p->size = size;
	for (uint32_t row = 0; row < list->n_rows; row++)
		if (list->row_size[row] == size)
			add_row(list, row, p);
	for (uint32_t i = 0; i < list->n_slots; i++) {
		if (list->row_size[row_of(list, list->slots[i].addr)] != size)
			continue;
		while (p->addr[at] != list->slots[i].addr)
			at++;
		p->slot[at] = &list->slots[i];
	}
	return p;
}

/* Where the @index-th rule is; behind the last: the place after it. */
static uint32_t place_of(const struct places *p, uint32_t index)
{
	uint32_t behind = 0;

	for (uint32_t i = 0; i < p->n; i++) {
		if (p->slot[i] == NULL)
			continue;
		if (index-- == 0)
			return i;
		behind = i + 1;
	}
	return behind;
}

/* Rules at [begin, end) move to [begin + 1, end], the last first: none is missing meanwhile. */
static void shift_down(const struct vcap_list *list, const struct places *p, uint32_t begin,
		       uint32_t end)
{
	while (end > begin) {
		uint32_t from = end;

		while (from > begin && p->addr[from] + p->size == p->addr[from - 1])
			from--;
		if (from < end) {
			vsc7448__vcap_move(list->io, p->addr[end - 1], (end - from) * p->size,
					   p->size, false);
			end = from;
		} else {
			/* Other rows between the two places: the rule is written anew. */
			vsc7448__vcap_write(list->io, list->owner, p->addr[end],
					    &p->slot[end - 1]->rule);
			end--;
		}
	}
}

/* Rules at (begin, end] move to [begin, end), the first first. */
static void shift_up(const struct vcap_list *list, const struct places *p, uint32_t begin,
		     uint32_t end)
{
	while (begin < end) {
		uint32_t to = begin;

		while (to < end && p->addr[to] == p->addr[to + 1] + p->size)
			to++;
		if (to > begin) {
			vsc7448__vcap_move(list->io, p->addr[to], (to - begin) * p->size,
					   p->size, true);
			begin = to;
		} else {
			if (p->slot[begin + 1] != NULL)
				vsc7448__vcap_write(list->io, list->owner, p->addr[begin],
						    &p->slot[begin + 1]->rule);
			begin++;
		}
	}
}

static int falling(const void *a, const void *b)
{
	const struct vcap_slot *x = a, *y = b;

	return (x->addr < y->addr) - (x->addr > y->addr);
}

static void sort(struct vcap_list *list)
{
	qsort(list->slots, list->n_slots, sizeof(*list->slots), falling);
}

/* Makes the place at @at free, taking a new row when there is none. */
static int make_room(struct vcap_list *list, struct places *p, uint32_t at)
{
	uint32_t free_at = at;

	while (free_at < p->n && p->slot[free_at] != NULL)
		free_at++;
	if (free_at == p->n) {
		if (list->n_rows == VCAP_ROWS)
			return regio_fail(list->io, E_STATE,
					  "core %u of VCAP_SUPER is full: %u rules", list->core,
					  list->n_slots);
		add_row(list, list->n_rows, p);
		list->row_size[list->n_rows++] = (uint8_t)p->size;
	}
	shift_down(list, p, at, free_at);
	for (uint32_t i = free_at; i > at; i--)
		p->slot[i - 1]->addr = p->addr[i];
	return 0;
}

static int take_core(struct vcap_list *list)
{
	if (list->has_core)
		return 0;
	for (uint32_t core = VCAP_CORES; core-- > 0;)
		if (list->owners[core] == VCAP_OWNER_NONE) {
			list->core = core;
			list->has_core = true;
			list->owners[core] = list->owner;
			vsc7448__vcap_own(list->io, core, list->owner);
			return 0;
		}
	return regio_fail(list->io, E_STATE, "all cores of VCAP_SUPER have an owner");
}

int vsc7448__vcap_list_insert(struct vcap_list *list, uint32_t index,
			      const struct vcap_rule *rule, uint32_t *addr)
{
	struct places *p;
	uint32_t at;
	int rc = take_core(list);

	if (rc != 0)
		return rc;
	/* The places point into the list: it must not grow later. */
	p = make_slot(list) ? find_places(list, rule->size) : NULL;
	if (p == NULL)
		return regio_fail(list->io, E_NOMEM, "out of memory");
	at = place_of(p, index);
	/* A gap in front will do: an interrupted change may have left one. */
	if (at > 0 && p->slot[at - 1] == NULL)
		at--;
	rc = make_room(list, p, at);
	if (rc == 0) {
		vsc7448__vcap_write(list->io, list->owner, p->addr[at], rule);
		*addr = p->addr[at];
		append(list, *addr, rule);
		sort(list);
	}
	free(p);
	return rc;
}

void vsc7448__vcap_list_set_action(struct vcap_list *list, uint32_t size, uint32_t index,
				   const uint32_t action[VCAP_ACTION_WORDS])
{
	struct vcap_slot *slot = nth(list, size, index);

	vsc7448__vcap_write_action(list->io, list->owner, slot->addr, size, action);
	memcpy(slot->rule.action, action, sizeof(slot->rule.action));
}

static void move_rows_up(struct vcap_list *list, uint32_t row)
{
	uint32_t last = list->n_rows - 1;

	vsc7448__vcap_move(list->io, row_addr(list, last), (last - row) * VCAP_ROW, VCAP_ROW,
			   true);
	/* The vendor's driver trusts that a move empties what it leaves. */
	vsc7448__vcap_clear(list->io, row_addr(list, last), VCAP_ROW);
	for (uint32_t i = 0; i < list->n_slots; i++)
		if (row_of(list, list->slots[i].addr) > row)
			list->slots[i].addr += VCAP_ROW;
	memmove(list->row_size + row, list->row_size + row + 1, last - row);
}

/* A row that has become empty is filled by those below, so that no walk ends there. */
static void close_row(struct vcap_list *list, uint32_t row)
{
	if (list->n_rows == 1) {
		vsc7448__vcap_own(list->io, list->core, VCAP_OWNER_NONE);
		list->owners[list->core] = VCAP_OWNER_NONE;
		list->has_core = false;
	} else if (row != list->n_rows - 1) {
		move_rows_up(list, row);
	}
	list->n_rows--;
}

static bool is_alone(const struct places *p, uint32_t at, uint32_t row_places)
{
	uint32_t first = at / row_places * row_places;

	for (uint32_t i = first; i < first + row_places; i++)
		if (i != at && p->slot[i] != NULL)
			return false;
	return true;
}

static void drop_slot(struct vcap_list *list, const struct vcap_slot *slot)
{
	size_t at = (size_t)(slot - list->slots);

	list->n_slots--;
	memmove(&list->slots[at], &list->slots[at + 1],
		(list->n_slots - at) * sizeof(*list->slots));
	sort(list);
}

void vsc7448__vcap_list_remove(struct vcap_list *list, uint32_t size, uint32_t index)
{
	struct places *p = find_places(list, size);
	uint32_t at, last;

	if (p == NULL) {
		regio_fail(list->io, E_NOMEM, "out of memory");
		return;
	}
	at = place_of(p, index);
	for (last = p->n; last > at + 1 && p->slot[last - 1] == NULL;)
		last--;
	last--;
	shift_up(list, p, at, last);
	vsc7448__vcap_clear(list->io, p->addr[last], size);
	for (uint32_t i = at; i < last; i++)
		if (p->slot[i + 1] != NULL)
			p->slot[i + 1]->addr = p->addr[i];
	drop_slot(list, p->slot[at]);
	if (is_alone(p, last, VCAP_ROW / size))
		close_row(list, row_of(list, p->addr[last]));
	free(p);
}
