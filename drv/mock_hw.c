/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The hardware side of a mock device. */
#include "drv/mock_priv.h"

#include <stddef.h>

uint32_t mock_hw_get(const struct mock *mock, uint64_t addr)
{
	struct mock_word word;

	mock__shots_run(mock->mem);
	if (mock__word(mock->mem, addr, false, &word) != E_OK || word.value == NULL)
		return 0;
	return *word.value;
}

int mock_hw_put(struct mock *mock, uint64_t addr, uint32_t value)
{
	return mock__bits_put(mock->mem, addr, 0, 32, value);
}

void mock_hw_hold(struct mock *mock, uint64_t addr, uint32_t bits)
{
	struct mock_word word;

	if (mock__word(mock->mem, addr, false, &word) == E_OK)
		mock__shots_drop(mock->mem, word.storage, bits);
}

/* Byte address of the register that a part belongs to. */
static uint64_t reg_addr(const struct mock_plan *plan, const struct mock_part *part,
			 uint64_t addr)
{
	return addr - (uint64_t)(int64_t)plan->over[part->reg].delta;
}

/* Bits of latching fields that have caught something already, in any of their words. */
static int latched(struct mock_mem *mem, const struct mock_plan *plan, uint64_t addr,
		   uint32_t *bits)
{
	*bits = 0;
	for (uint32_t i = 0; i < plan->n_parts; i++) {
		const struct mock_part *part = &plan->parts[i];
		const struct regdb_field *field = regdb_field(mem->map, part->field);
		uint64_t value = 0;
		int rc;

		if ((field->flags & REGDB_FIELD_STICKY) == 0)
			continue;
		rc = mock__bits_get(mem, reg_addr(plan, part, addr), field->lsb,
				    field->width < 64 ? field->width : 64, &value);
		if (rc != E_OK)
			return rc;
		if (value != 0)
			*bits |= part->mask;
	}
	return E_OK;
}

int mock_hw_set(struct mock *mock, uint64_t addr, uint32_t bits)
{
	struct mock_word word;
	uint32_t caught = 0;
	int rc;

	mock__shots_run(mock->mem);
	rc = mock__word(mock->mem, addr, true, &word);
	if (rc == E_OK && word.plan->sticky & bits)
		rc = latched(mock->mem, word.plan, addr, &caught);
	if (rc == E_OK)
		*word.value |= bits & ~caught;
	return rc;
}

/* What a counter shows after @by events. */
static uint64_t counted(const struct regdb_field *field, uint64_t value, uint64_t by)
{
	uint64_t max = field->width < 64 ? (UINT64_C(1) << field->width) - 1 : UINT64_MAX;
	uint64_t step = field->incrvalue == 0 ? 1 : field->incrvalue;
	uint64_t sum;
	bool over = __builtin_mul_overflow(by, step, &step);

	over |= __builtin_add_overflow(value, step, &sum);
	if (field->flags & REGDB_FIELD_SATURATE) {
		uint64_t limit =
			field->saturate == 0 || field->saturate > max ? max : field->saturate;

		if (value >= limit)
			return value;
		return over || sum > limit ? limit : sum;
	}
	return sum & max;
}

int mock_hw_count(struct mock *mock, uint64_t addr, unsigned lsb, uint64_t by)
{
	struct mock_mem *mem = mock->mem;
	struct mock_word word;
	int rc = mock__word(mem, addr, false, &word);

	if (rc != E_OK)
		return rc;
	for (uint32_t i = 0; i < word.plan->n_parts; i++) {
		const struct mock_part *part = &word.plan->parts[i];
		const struct regdb_field *field = regdb_field(mem->map, part->field);
		int64_t first =
			(int64_t)field->lsb - 8 * (int64_t)word.plan->over[part->reg].delta;
		uint64_t reg = reg_addr(word.plan, part, addr);
		uint64_t value = 0;

		if (first != (int64_t)lsb || (field->flags & REGDB_FIELD_COUNTER) == 0)
			continue;
		rc = mock__bits_get(mem, reg, field->lsb, field->width < 64 ? field->width : 64,
				    &value);
		if (rc == E_OK)
			rc = mock__bits_put(mem, reg, field->lsb,
					    field->width < 64 ? field->width : 64,
					    counted(field, value, by));
		return rc;
	}
	return E_NOTFOUND;
}
