/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/mock_priv.h"

#include <stdlib.h>
#include <string.h>

#include "drv/clock.h"

static int add(struct mock_mem *mem, const struct mock_shot *shot)
{
	if (mem->n_shots == mem->max_shots) {
		size_t max = mem->max_shots == 0 ? 8 : 2 * mem->max_shots;
		struct mock_shot *shots = realloc(mem->shots, max * sizeof(*shots));

		if (shots == NULL)
			return E_NOMEM;
		mem->shots = shots;
		mem->max_shots = max;
	}
	mem->shots[mem->n_shots++] = *shot;
	if (shot->due_us < mem->next_due_us)
		mem->next_due_us = shot->due_us;
	return E_OK;
}

int mock__shots_start(struct mock_mem *mem, const struct mock_word *word, uint32_t bits)
{
	uint64_t now_us = clock_now_us(mem->clock);

	for (uint32_t i = 0; i < word->plan->n_parts; i++) {
		const struct mock_part *part = &word->plan->parts[i];
		struct mock_shot shot = { word->storage, now_us, part->mask };
		int rc;

		if ((part->mask & bits) == 0)
			continue;
		shot.due_us += regdb_field(mem->map, part->field)->latency_us;
		rc = add(mem, &shot);
		if (rc != E_OK)
			return rc;
	}
	return E_OK;
}

/* Forgets shots without bits and finds the next one that is due. */
static void tidy(struct mock_mem *mem)
{
	size_t kept = 0;

	mem->next_due_us = UINT64_MAX;
	for (size_t i = 0; i < mem->n_shots; i++) {
		if (mem->shots[i].bits == 0)
			continue;
		if (mem->shots[i].due_us < mem->next_due_us)
			mem->next_due_us = mem->shots[i].due_us;
		mem->shots[kept++] = mem->shots[i];
	}
	mem->n_shots = kept;
}

void mock__shots_drop(struct mock_mem *mem, uint64_t storage, uint32_t bits)
{
	bool changed = false;

	for (size_t i = 0; i < mem->n_shots; i++)
		if (mem->shots[i].addr == storage && mem->shots[i].bits & bits) {
			mem->shots[i].bits &= ~bits;
			changed = true;
		}
	if (changed)
		tidy(mem);
}

static void clear(struct mock_mem *mem, const struct mock_shot *shot)
{
	struct mock_word word;

	/* The word was written, so it exists: this cannot run out of memory. */
	if (mock__word(mem, shot->addr, false, &word) == E_OK && word.value != NULL)
		*word.value &= ~shot->bits;
}

void mock__shots_run(struct mock_mem *mem)
{
	uint64_t now_us;

	if (mem->n_shots == 0 || mem->in_hook > 0)
		return;
	now_us = clock_now_us(mem->clock);
	if (now_us < mem->next_due_us)
		return;
	for (size_t i = 0; i < mem->n_shots; i++)
		if (mem->shots[i].due_us <= now_us) {
			clear(mem, &mem->shots[i]);
			mem->shots[i].bits = 0;
		}
	tidy(mem);
}
