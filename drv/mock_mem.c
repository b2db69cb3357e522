/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/mock_priv.h"

#include <stdlib.h>
#include <string.h>

/* Does any register or memory entry share a word with another or straddle two? */
static bool has_narrow(const struct regdb *map)
{
	for (uint32_t i = 0; i < regdb_n_nodes(map); i++) {
		const struct regdb_node *node = regdb_node(map, i);

		if (node->width % 32 != 0 || node->offset % 4 != 0 || node->stride % 4 != 0)
			return true;
	}
	return false;
}

int mock__mem_init(struct mock_mem *mem, const struct regdb *map, struct clock *clock)
{
	memset(mem, 0, sizeof(*mem));
	mem->map = map;
	mem->clock = clock;
	mem->narrow = has_narrow(map);
	mem->next_due_us = UINT64_MAX;
	mem->plans = calloc(1, sizeof(struct mock_plan *));
	if (mem->plans == NULL)
		return E_NOMEM;
	mem->plans[0] = calloc(1, sizeof(*mem->plans[0]));
	mem->n_plans = mem->max_plans = 1;
	return mem->plans[0] == NULL ? E_NOMEM : E_OK;
}

void mock__mem_reset(struct mock_mem *mem)
{
	for (size_t i = 0; i < mem->n_slots; i++)
		free(mem->pages[i]);
	free(mem->pages);
	free(mem->shots);
	mem->pages = NULL;
	mem->shots = NULL;
	mem->n_slots = mem->n_pages = mem->n_shots = mem->max_shots = 0;
	mem->last = NULL;
	mem->next_due_us = UINT64_MAX;
	wordmap_fini(&mem->spent);
}

void mock__mem_fini(struct mock_mem *mem)
{
	mock__mem_reset(mem);
	for (size_t i = 0; i < mem->n_plans; i++)
		mock__plan_free(mem->plans[i]);
	free(mem->plans);
	free(mem->plan_slots);
}

size_t mock__mem_bytes(const struct mock_mem *mem)
{
	return mem->n_pages * sizeof(struct mock_page) +
	       mem->n_slots * sizeof(struct mock_page *) +
	       mem->max_shots * sizeof(*mem->shots) + wordmap_bytes(&mem->spent);
}

static struct mock_page **page_slot(struct mock_page **pages, size_t n_slots, uint64_t number)
{
	size_t i = (size_t)((number * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & (n_slots - 1);

	while (pages[i] != NULL && pages[i]->number != number)
		i = (i + 1) & (n_slots - 1);
	return &pages[i];
}

static int grow_pages(struct mock_mem *mem)
{
	size_t n_slots = mem->n_slots == 0 ? 16 : 2 * mem->n_slots;
	struct mock_page **pages = calloc(n_slots, sizeof(struct mock_page *));

	if (pages == NULL)
		return E_NOMEM;
	for (size_t i = 0; i < mem->n_slots; i++)
		if (mem->pages[i] != NULL)
			*page_slot(pages, n_slots, mem->pages[i]->number) = mem->pages[i];
	free(mem->pages);
	mem->pages = pages;
	mem->n_slots = n_slots;
	return E_OK;
}

static struct mock_page *page_find(struct mock_mem *mem, uint64_t number)
{
	struct mock_page *page = NULL;

	if (mem->last != NULL && mem->last->number == number)
		return mem->last;
	if (mem->n_slots > 0)
		page = *page_slot(mem->pages, mem->n_slots, number);
	if (page != NULL)
		mem->last = page;
	return page;
}

static struct mock_page *page_make(struct mock_mem *mem, uint64_t number)
{
	struct mock_page *page;

	if (2 * (mem->n_pages + 1) > mem->n_slots && grow_pages(mem) != E_OK)
		return NULL;
	page = calloc(1, sizeof(*page));
	if (page == NULL)
		return NULL;
	page->number = number;
	*page_slot(mem->pages, mem->n_slots, number) = page;
	mem->n_pages++;
	mem->last = page;
	return page;
}

/* The same for the same seed and address, whatever was touched before. */
static uint32_t noise_of(const struct mock_mem *mem, uint64_t addr)
{
	uint64_t z = (mem->noise_seed ^ addr) * UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (uint32_t)(z ^ z >> 31);
}

static uint32_t first_value(const struct mock_mem *mem, const struct mock_plan *plan,
			    uint64_t addr)
{
	uint32_t noise = mem->noise_seed == 0 ? 0 : noise_of(mem, addr) & plan->noise;

	return plan->reset | noise;
}

/* Storage of a word that is not an alias, or whose storage is its own. */
static int word_at(struct mock_mem *mem, uint64_t addr, bool keep, struct mock_word *word)
{
	uint64_t number = addr / 4 / MOCK_PAGE_WORDS;
	uint32_t i = (uint32_t)(addr / 4 % MOCK_PAGE_WORDS);
	struct mock_page *page = page_find(mem, number);
	uint32_t plan;

	if (page == NULL || page->plan[i] == 0) {
		int rc = mock__plan_find(mem, addr, &plan);

		if (rc != E_OK)
			return rc;
		if (page == NULL && (plan > 0 || keep)) {
			page = page_make(mem, number);
			if (page == NULL)
				return E_NOMEM;
		}
		if (page != NULL) {
			page->plan[i] = plan + 1;
			page->word[i] = first_value(mem, mem->plans[plan], addr);
		}
	} else {
		plan = page->plan[i] - 1;
	}
	word->plan = mem->plans[plan];
	word->value = page == NULL ? NULL : &page->word[i];
	word->storage = addr;
	return E_OK;
}

int mock__word(struct mock_mem *mem, uint64_t addr, bool keep, struct mock_word *word)
{
	struct mock_word primary;
	int rc = word_at(mem, addr, keep, word);

	if (rc != E_OK || word->plan->shared == 0)
		return rc;
	rc = word_at(mem, addr + (uint64_t)word->plan->shared, true, &primary);
	if (rc == E_OK) {
		word->value = primary.value;
		word->storage = primary.storage;
	}
	return rc;
}

/* Bits of the word that hold bits [@bit, @bit + @left) counted from address 0; adds up @n. */
static uint32_t span(uint64_t bit, unsigned left, unsigned *shift, unsigned *n)
{
	*shift = (unsigned)(bit % 32);
	*n = 32 - *shift < left ? 32 - *shift : left;
	return (*n == 32 ? UINT32_MAX : (UINT32_C(1) << *n) - 1) << *shift;
}

int mock__bits_get(struct mock_mem *mem, uint64_t addr, unsigned lsb, unsigned width,
		   uint64_t *value)
{
	uint64_t sum = 0;

	for (unsigned done = 0; done < width;) {
		uint64_t byte = addr + (lsb + done) / 8;
		unsigned shift, n;
		uint32_t mask = span(byte % 4 * 8 + (lsb + done) % 8, width - done, &shift, &n);
		struct mock_word word;
		int rc = mock__word(mem, byte - byte % 4, false, &word);

		if (rc != E_OK)
			return rc;
		if (word.value != NULL)
			sum |= (uint64_t)((*word.value & mask) >> shift) << done;
		done += n;
	}
	*value = sum;
	return E_OK;
}

int mock__bits_put(struct mock_mem *mem, uint64_t addr, unsigned lsb, unsigned width,
		   uint64_t value)
{
	for (unsigned done = 0; done < width;) {
		uint64_t byte = addr + (lsb + done) / 8;
		unsigned shift, n;
		uint32_t mask = span(byte % 4 * 8 + (lsb + done) % 8, width - done, &shift, &n);
		uint32_t bits = (uint32_t)(value >> done) << shift & mask;
		struct mock_word word;
		int rc = mock__word(mem, byte - byte % 4, true, &word);

		if (rc != E_OK)
			return rc;
		*word.value = (*word.value & ~mask) | bits;
		mock__shots_drop(mem, word.storage, mask & ~bits);
		done += n;
	}
	return E_OK;
}
