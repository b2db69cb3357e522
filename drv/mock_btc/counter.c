/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where counters are: the registers of a table are words of arrays in the model. */
#include "drv/mock_btc/model.h"

static const struct row {
	uint64_t addr;                    /* of the first word of the first group */
	uint32_t n_groups, step, n_words; /* bytes between groups, words in each */
	size_t offset, stride;            /* in the model */
} rows[] = {
	{ BTC_FRAME_NUMBER, 1, 0, MB_N_FRAME_COUNTERS, offsetof(struct mock_btc, frame), 0 },
	{ BTC_ARB_STATION_REQUESTS(0), MB_STATIONS, 0x10, 3,
	  offsetof(struct mock_btc, station[0].counter), sizeof(struct mb_station) },
	{ BTC_MESSAGE_RX_OVERFLOWS, 1, 0, 3, offsetof(struct mock_btc, port.counter), 0 },
	{ BTC_FORWARD_FORWARDED, 1, 0, MB_N_FORWARD_COUNTERS,
	  offsetof(struct mock_btc, forward), 0 },
	{ BTC_STEER_RULE_HITS(0), MB_RULES, 0x10, 1, offsetof(struct mock_btc, rule[0].hits),
	  sizeof(struct mb_rule) },
	{ BTC_BLADE_CELLS(0), MB_STATIONS - 1, 0x100, MB_N_BLADE_COUNTERS,
	  offsetof(struct mock_btc, blade[1].counter), sizeof(struct mb_blade) },
};

#define N_ROWS (sizeof(rows) / sizeof(rows[0]))

static uint32_t *counter_of(struct mock_btc *m, const struct row *row, uint64_t group,
			    uint64_t word)
{
	return (uint32_t *)(void *)((char *)m + row->offset + group * row->stride) + word;
}

static uint32_t *find(struct mock_btc *m, const struct row *row, uint64_t addr)
{
	uint64_t offset = addr - row->addr;
	uint64_t group = row->step == 0 ? 0 : offset / row->step;
	uint64_t word = (row->step == 0 ? offset : offset % row->step) / 4;

	if (addr < row->addr || group >= row->n_groups || word >= row->n_words)
		return NULL;
	return counter_of(m, row, group, word);
}

uint32_t *mb_counter(struct mock_btc *m, uint64_t addr)
{
	uint32_t *counter = NULL;

	for (size_t i = 0; counter == NULL && i < N_ROWS; i++)
		counter = find(m, &rows[i], addr);
	return counter;
}

static void load_row(struct mock_btc *m, const struct row *row)
{
	for (uint32_t group = 0; group < row->n_groups; group++)
		for (uint32_t word = 0; word < row->n_words; word++)
			*counter_of(m, row, group, word) =
				mb_get(m, row->addr + group * row->step + 4 * word);
}

void mb_counters_load(struct mock_btc *m)
{
	for (size_t i = 0; i < N_ROWS; i++)
		load_row(m, &rows[i]);
}
