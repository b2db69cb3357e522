/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/mock.h"

#include <stdlib.h>
#include <string.h>

#include "drv/mock_priv.h"

struct mock *mock__new(const char *name, const struct regdb *map, struct clock *clock)
{
	struct mock *mock = calloc(1, sizeof(*mock));

	if (mock == NULL)
		return NULL;
	mock->name = strdup(name);
	mock->mem = malloc(sizeof(*mock->mem));
	if (mock->mem == NULL || mock__mem_init(mock->mem, map, clock) != E_OK ||
	    mock->name == NULL) {
		mock__free(mock);
		return NULL;
	}
	return mock;
}

void mock__free(struct mock *mock)
{
	if (mock == NULL)
		return;
	for (size_t i = mock->n_hooks; i-- > 0;)
		if (mock->hooks[i].ops->free != NULL)
			mock->hooks[i].ops->free(mock->hooks[i].model);
	free(mock->hooks);
	if (mock->mem != NULL)
		mock__mem_fini(mock->mem);
	free(mock->mem);
	free(mock->loaded);
	free(mock->name);
	free(mock);
}

const char *mock_name(const struct mock *mock)
{
	return mock->name;
}

const struct regdb *mock_map(const struct mock *mock)
{
	return mock->mem->map;
}

struct clock *mock_clock(const struct mock *mock)
{
	return mock->mem->clock;
}

void mock__set_noise(struct mock *mock, uint64_t seed)
{
	mock->mem->noise_seed = seed;
}

int mock_attach(struct mock *mock, const struct mock_model *ops, void *model, struct error *err)
{
	struct mock_hook *hooks = realloc(mock->hooks, (mock->n_hooks + 1) * sizeof(*hooks));

	if (hooks == NULL)
		return error_set(err, E_NOMEM, "%s: model %s: out of memory", mock->name,
				 ops->name);
	mock->hooks = hooks;
	hooks[mock->n_hooks++] = (struct mock_hook){ ops, model };
	return E_OK;
}

void *mock_model_find(const struct mock *mock, const struct mock_model *ops)
{
	for (size_t i = 0; i < mock->n_hooks; i++)
		if (mock->hooks[i].ops == ops)
			return mock->hooks[i].model;
	return NULL;
}

static int no_memory(struct error *err)
{
	return error_set(err, E_NOMEM, "mock: out of memory");
}

/* Finds a word for software; with `strict` there has to be a register. */
static int sw_word(struct mock *mock, uint64_t addr, struct mock_word *word, struct error *err)
{
	if (mock->mem->n_shots > 0)
		mock__shots_run(mock->mem);
	if (mock__word(mock->mem, addr, false, word) != E_OK)
		return no_memory(err);
	if (mock->strict && word->plan->n_over == 0)
		return error_set(err, E_IO, "the map has no register there");
	return E_OK;
}

static int hook_failed(const struct mock_hook *hook, int rc, struct error *err)
{
	return error_set(err, rc, "model %s: %s", hook->ops->name, error_name(rc));
}

static int run_read_hooks(struct mock *mock, uint64_t addr, uint32_t *value, struct error *err)
{
	int rc = E_OK;

	mock->mem->in_hook++;
	for (size_t i = 0; rc == E_OK && i < mock->n_hooks; i++) {
		const struct mock_hook *hook = &mock->hooks[i];

		if (hook->ops->read != NULL)
			rc = hook->ops->read(hook->model, mock, addr, value);
		if (rc != E_OK)
			hook_failed(hook, rc, err);
	}
	mock->mem->in_hook--;
	return rc;
}

static int run_write_hooks(struct mock *mock, uint64_t addr, uint32_t value, struct error *err)
{
	int rc = E_OK;

	mock->mem->in_hook++;
	for (size_t i = 0; rc == E_OK && i < mock->n_hooks; i++) {
		const struct mock_hook *hook = &mock->hooks[i];

		if (hook->ops->write != NULL)
			rc = hook->ops->write(hook->model, mock, addr, value);
		if (rc != E_OK)
			hook_failed(hook, rc, err);
	}
	mock->mem->in_hook--;
	return rc;
}

int mock_sw_read(struct mock *mock, uint64_t addr, uint32_t *value, struct error *err)
{
	struct mock_word word;
	uint32_t seen = 0;
	int rc = sw_word(mock, addr, &word, err);

	if (rc != E_OK)
		return rc;
	if (word.value != NULL) {
		seen = *word.value & word.plan->readable;
		*word.value = (*word.value & ~word.plan->rclr) | word.plan->rset;
	}
	if (mock->n_hooks > 0)
		rc = run_read_hooks(mock, addr, &seen, err);
	if (rc == E_OK)
		*value = seen;
	return rc;
}

/* The bits of write-once fields that are spent; the fields written now are spent too. */
static int spend(struct mock_mem *mem, const struct mock_word *word, uint32_t *spent)
{
	const uint32_t *old = wordmap_find(&mem->spent, word->storage);

	*spent = old == NULL ? 0 : *old;
	return wordmap_put(&mem->spent, word->storage, *spent | word->plan->once);
}

/* The tables of sw access and onwrite in SystemRDL 2.0, clause 9.6; bits of @keep stay. */
static uint32_t written(const struct mock_plan *plan, uint32_t old, uint32_t value,
			uint32_t keep)
{
	uint32_t next = (old & ~plan->plain) | (value & plan->plain);

	if (!plan->special)
		return next;
	next |= value & plan->woset;
	next &= ~(value & plan->woclr);
	next ^= value & plan->wot;
	next |= ~value & plan->wzs;
	next &= value | ~plan->wzc;
	next ^= ~value & plan->wzt;
	next &= ~plan->wclr;
	next |= plan->wset;
	next &= ~plan->pulse;
	return (next & ~keep) | (old & keep);
}

static int write_word(struct mock_mem *mem, const struct mock_word *word, uint32_t value)
{
	const struct mock_plan *plan = word->plan;
	uint32_t old = *word->value, spent = 0, shots;

	if (plan->once != 0 && spend(mem, word, &spent) != E_OK)
		return E_NOMEM;
	*word->value = written(plan, old, value, spent);
	shots = *word->value & ~old & plan->shot;
	mock__shots_drop(mem, word->storage, old & ~*word->value);
	return shots == 0 ? E_OK : mock__shots_start(mem, word, shots);
}

int mock_sw_write(struct mock *mock, uint64_t addr, uint32_t value, struct error *err)
{
	struct mock_word word;
	int rc = sw_word(mock, addr, &word, err);

	if (rc != E_OK)
		return rc;
	if (word.value != NULL && write_word(mock->mem, &word, value) != E_OK)
		return no_memory(err);
	if (mock->n_hooks > 0)
		rc = run_write_hooks(mock, addr, value, err);
	mock__shots_run(mock->mem);
	return rc;
}

void mock_reset(struct mock *mock)
{
	mock__mem_reset(mock->mem);
}

size_t mock_memory_bytes(const struct mock *mock)
{
	return mock__mem_bytes(mock->mem);
}
