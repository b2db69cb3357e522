/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The store of the MAC table: rows of four buckets and a CAM. */
#include "drv/mock_vsc7448/mac.h"

#include <stdlib.h>
#include <string.h>

#define N_CELLS ((size_t)(MV_MAC_MAX_ROWS + 1) * MV_MAC_COLS)

int mv_mac_table_init(struct mv_mac_table *t)
{
	t->cells = calloc(N_CELLS, sizeof(*t->cells));
	t->n_rows = MV_MAC_MAX_ROWS;
	return t->cells == NULL ? E_NOMEM : 0;
}

void mv_mac_table_fini(struct mv_mac_table *t)
{
	free(t->cells);
	t->cells = NULL;
}

void mv_mac_table_clear(struct mv_mac_table *t, uint32_t n_rows)
{
	memset(t->cells, 0, N_CELLS * sizeof(*t->cells));
	t->n_rows = n_rows;
	t->n_cam = 0;
	t->victim = 0;
}

static uint32_t row_of(const struct mv_mac_table *t, uint64_t key)
{
	return (uint32_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 40) & (t->n_rows - 1);
}

static struct mv_mac_entry *find_in_row(const struct mv_mac_table *t, uint32_t row,
					uint64_t key)
{
	for (uint32_t col = 0; col < MV_MAC_COLS; col++) {
		struct mv_mac_entry *cell = mv_mac_cell(t, row, col);

		if (cell->key == key && (cell->word & MV_MAC_VLD) != 0)
			return cell;
	}
	return NULL;
}

struct mv_mac_entry *mv_mac_table_find(const struct mv_mac_table *t, uint64_t key)
{
	struct mv_mac_entry *cell = find_in_row(t, row_of(t, key), key);

	if (cell == NULL && t->n_cam > 0)
		cell = find_in_row(t, MV_MAC_CAM_ROW, key);
	return cell;
}

void mv_mac_set(struct mv_mac_table *t, struct mv_mac_entry *cell, uint64_t key, uint32_t word)
{
	if (mv_mac_row(t, cell) == MV_MAC_CAM_ROW) {
		t->n_cam -= (cell->word & MV_MAC_VLD) != 0;
		t->n_cam += (word & MV_MAC_VLD) != 0;
	}
	cell->key = key;
	cell->word = word;
}

static struct mv_mac_entry *empty_in_row(const struct mv_mac_table *t, uint32_t row)
{
	for (uint32_t col = 0; col < MV_MAC_COLS; col++)
		if ((mv_mac_cell(t, row, col)->word & MV_MAC_VLD) == 0)
			return mv_mac_cell(t, row, col);
	return NULL;
}

/* The entry of a full row that makes room; NULL: all are locked. */
static struct mv_mac_entry *victim_in_row(struct mv_mac_table *t, uint32_t row, bool aged_first)
{
	struct mv_mac_entry *victim = NULL;

	for (uint32_t i = 0; i < MV_MAC_COLS; i++) {
		struct mv_mac_entry *cell = mv_mac_cell(t, row, (t->victim + i) % MV_MAC_COLS);

		if ((cell->word & MV_MAC_LOCKED) != 0)
			continue;
		if (victim == NULL || (aged_first && (cell->word & MV_MAC_AGE) != 0 &&
				       (victim->word & MV_MAC_AGE) == 0))
			victim = cell;
	}
	t->victim++;
	return victim;
}

/* Finds the place of a new key. */
static enum mv_mac_result place(struct mv_mac_table *t, uint64_t key,
				const struct mv_mac_policy *policy, struct mv_mac_entry **cell)
{
	uint32_t row = row_of(t, key);

	*cell = empty_in_row(t, row);
	if (*cell != NULL)
		return MV_MAC_INSERTED;
	if (policy->use_cam)
		*cell = empty_in_row(t, MV_MAC_CAM_ROW);
	if (*cell != NULL)
		return MV_MAC_IN_CAM;
	if (policy->no_replace)
		return MV_MAC_REPLACE_FAILED;
	*cell = victim_in_row(t, row, policy->aged_first);
	return *cell != NULL ? MV_MAC_REPLACED : MV_MAC_FULL;
}

enum mv_mac_result mv_mac_store(struct mv_mac_table *t, const struct mv_mac_entry *entry,
				const struct mv_mac_policy *policy, struct mv_mac_entry **where)
{
	struct mv_mac_entry *cell = mv_mac_table_find(t, entry->key);
	enum mv_mac_result result = MV_MAC_REFRESHED;

	if (cell == NULL)
		result = place(t, entry->key, policy, &cell);
	if (cell != NULL)
		mv_mac_set(t, cell, entry->key, entry->word);
	if (where != NULL)
		*where = cell;
	return result;
}
