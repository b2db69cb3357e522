/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The SERDES1G and SERDES6G macros behind the MCB.  Each macro has its own copy of the window's
 * registers.  A load shows at its end, TRANSFER_US later: software that does not wait sees the
 * macro that was loaded before.
 */
#include "drv/mock_vsc7448/serdes.h"

#include <assert.h>
#include <stdlib.h>

/* The order of a serial transfer of a thousand bits; not documented. */
#define TRANSFER_US 4u

#define SHOT_LOAD  (UINT32_C(1) << 30)
#define SHOT_STORE (UINT32_C(1) << 31)

#define FIRST_1G VSC7448_HSIO_SERDES1G_ANA_CFG_SERDES1G_DES_CFG
#define LAST_1G  VSC7448_HSIO_SERDES1G_DIG_STATUS_SERDES1G_MISC_STATUS
#define ADDR_1G  VSC7448_HSIO_MCB_SERDES1G_CFG_MCB_SERDES1G_ADDR_CFG
#define FIRST_6G VSC7448_HSIO_SERDES6G_DIG_CFG_SERDES6G_DIG_CFG
#define LAST_6G  VSC7448_HSIO_SERDES6G_ANA_STATUS_SERDES6G_REVID
#define ADDR_6G  VSC7448_HSIO_MCB_SERDES6G_CFG_MCB_SERDES6G_ADDR_CFG

#define HW_CFG VSC7448_HSIO_HW_CFGSTAT_HW_CFG

#define MAX_WORDS  ((LAST_6G - FIRST_6G) / 4 + 1)
#define MAX_MACROS 24u

/* One kind of macro. */
struct window {
	uint64_t first, addr_cfg;
	uint32_t n_words, n_macros;
	uint32_t pending; /* what was written to addr_cfg, or 0 */
	uint64_t due_us;
	uint32_t shown;
	uint32_t words[MAX_MACROS][MAX_WORDS];
};

struct mv_serdes {
	struct window window[2];
};

static void load(struct mock_vsc7448 *m, struct window *w)
{
	uint32_t macros = w->pending & ~(SHOT_LOAD | SHOT_STORE);

	if (macros == 0 || (uint32_t)__builtin_ctz(macros) >= w->n_macros)
		return;
	w->shown = (uint32_t)__builtin_ctz(macros);
	for (uint32_t i = 0; i < w->n_words; i++)
		mock_hw_put(m->mock, w->first + 4 * i, w->words[w->shown][i]);
}

static void store(struct mock_vsc7448 *m, struct window *w)
{
	for (uint32_t macro = 0; macro < w->n_macros; macro++)
		for (uint32_t i = 0; i < w->n_words && (w->pending >> macro & 1) != 0; i++)
			w->words[macro][i] = mock_hw_get(m->mock, w->first + 4 * i);
}

/* Ends the transfer that is under way, if it is due. */
static void settle(struct mock_vsc7448 *m, struct window *w)
{
	if (w->pending == 0 || clock_now_us(m->clock) < w->due_us)
		return;
	if ((w->pending & SHOT_LOAD) != 0)
		load(m, w);
	w->pending = 0;
	mock_hw_put(m->mock, w->addr_cfg,
		    mock_hw_get(m->mock, w->addr_cfg) & ~(SHOT_LOAD | SHOT_STORE));
}

static struct window *window_at(struct mock_vsc7448 *m, uint64_t addr)
{
	return &m->serdes->window[addr >= FIRST_6G ? MV_SERDES6G : MV_SERDES1G];
}

static int read_window(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	struct window *w = window_at(m, addr);

	if (w->pending == 0)
		return 0;
	settle(m, w);
	*value = mock_hw_get(m->mock, addr);
	return 0;
}

/* What is written after the end of a load stays. */
static int write_window(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	uint32_t written = mock_hw_get(m->mock, addr);

	(void)value;
	settle(m, window_at(m, addr));
	return mock_hw_put(m->mock, addr, written);
}

static int write_addr_cfg(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	struct window *w = window_at(m, addr);

	if ((value & (SHOT_LOAD | SHOT_STORE)) == 0)
		return 0;
	mock_hw_hold(m->mock, addr, SHOT_LOAD | SHOT_STORE);
	w->pending = value;
	w->due_us = clock_now_us(m->clock) + TRANSFER_US;
	if ((value & SHOT_STORE) != 0)
		store(m, w);
	return 0;
}

static void start_window(struct mock_vsc7448 *m, struct window *w, uint64_t addr_cfg)
{
	w->addr_cfg = addr_cfg;
	w->first = addr_cfg == ADDR_1G ? FIRST_1G : FIRST_6G;
	w->n_words = (uint32_t)((addr_cfg - w->first) / 4);
	w->n_macros = addr_cfg == ADDR_1G ? 9 : MAX_MACROS;
	w->shown = UINT32_MAX;
	w->pending = (UINT32_C(1) << w->n_macros) - 1;
	store(m, w);
	w->pending = 0;
}

static void reset(struct mock_vsc7448 *m)
{
	start_window(m, &m->serdes->window[MV_SERDES1G], ADDR_1G);
	start_window(m, &m->serdes->window[MV_SERDES6G], ADDR_6G);
}

static int init(struct mock_vsc7448 *m)
{
	m->serdes = calloc(1, sizeof(*m->serdes));
	if (m->serdes == NULL)
		return E_NOMEM;
	reset(m);
	return 0;
}

static void fini(struct mock_vsc7448 *m)
{
	free(m->serdes);
}

uint32_t mv_macro_get(struct mock_vsc7448 *m, enum mv_macro_kind kind, uint32_t macro,
		      uint64_t addr)
{
	const struct window *w = &m->serdes->window[kind];

	assert(macro < w->n_macros && addr >= w->first && addr < w->addr_cfg);
	return w->words[macro][(addr - w->first) / 4];
}

uint32_t mv_macro_shown(struct mock_vsc7448 *m, enum mv_macro_kind kind)
{
	settle(m, &m->serdes->window[kind]);
	return m->serdes->window[kind].shown;
}

uint32_t mv_first_serdes6g(uint32_t port)
{
	static const uint32_t first[4] = { 16, 20, 8, 12 };

	return first[port - 49];
}

bool mv_is_qsgmii(const struct mock_vsc7448 *m, uint32_t port)
{
	return port < 48 && (mock_hw_get(m->mock, HW_CFG) >> port / 4 & 1) != 0;
}

uint32_t mv_hw_10g(const struct mock_vsc7448 *m, uint32_t port)
{
	return mock_hw_get(m->mock, HW_CFG) >> (12 + 2 * (port - 49)) & 3;
}

static const struct mv_range ranges[] = {
	{ FIRST_1G, LAST_1G, read_window, write_window },
	{ FIRST_6G, LAST_6G, read_window, write_window },
	{ ADDR_1G, ADDR_1G, read_window, write_addr_cfg },
	{ ADDR_6G, ADDR_6G, read_window, write_addr_cfg },
};

const struct mv_part mv_part_serdes = {
	.name = "serdes",
	.ranges = ranges,
	.n_ranges = sizeof(ranges) / sizeof(ranges[0]),
	.init = init,
	.fini = fini,
	.reset = reset,
};
