/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The MAC table engine: the commands of LRN COMMON_ACCESS_CTRL and automatic ageing, by the texts
 * of lrn.rdl and ana_l2.rdl and of the vendor's vtss_jaguar2_regs_lrn.h.
 *
 * A command takes its time (the model's own: 1 us for one entry, 100 us for a walk through the
 * table) and has its effect at the end of it; what software writes meanwhile is what it works on.
 * SCAN_AGE_INTERVAL_MASK limits SCAN only: the vendor walks with FIND_SMALLEST and a mask of 0.
 * An ageing scan takes no time, and a changed AUTOAGE_CFG starts its period anew.
 */
#include "drv/mock_vsc7448/mac.h"

#include <stdlib.h>

#include "drv/mock_vsc7448/mac_priv.h"

/* --- entries and registers --------------------------------------------------------------- */

uint64_t mv_mac__cfg_key(struct mock_vsc7448 *m)
{
	uint32_t high = mock_hw_get(m->mock, CFG_0);

	return (uint64_t)(high & 0x1fffffff) << 32 | mock_hw_get(m->mock, CFG_1);
}

static int show_entry(struct mock_vsc7448 *m, const struct mv_mac_entry *entry)
{
	int rc = mock_hw_put(m->mock, CFG_0, (uint32_t)(entry->key >> 32));

	if (rc == 0)
		rc = mock_hw_put(m->mock, CFG_1, (uint32_t)entry->key);
	if (rc == 0)
		rc = mock_hw_put(m->mock, CFG_2, entry->word);
	return rc;
}

/* Nothing was found: the entry is not valid, the rest stays. */
int mv_mac__show_nothing(struct mock_vsc7448 *m)
{
	return mv_put_field(m, CFG_2, ENTRY_F(VLD), 0);
}

int mv_mac__show_place(struct mock_vsc7448 *m, uint32_t row, uint32_t col)
{
	bool cam = row == MV_MAC_CAM_ROW;
	uint64_t word = mock_hw_get(m->mock, LATEST);

	word = reg_field_put(word, LATEST_F(LATEST_TYPE), cam);
	word = reg_field_put(word, LATEST_F(LATEST_ROW), cam ? 0 : row);
	word = reg_field_put(word, LATEST_F(LATEST_COL), col);
	return mock_hw_put(m->mock, LATEST, (uint32_t)word);
}

int mv_mac__show_cell(struct mock_vsc7448 *m, const struct mv_mac_entry *cell)
{
	const struct mv_mac_table *t = &m->mac->table;
	int rc = show_entry(m, cell);

	return rc != 0 ? rc : mv_mac__show_place(m, mv_mac_row(t, cell), mv_mac_col(t, cell));
}

/* --- commands on one entry --------------------------------------------------------------- */

static int cmd_learn(struct mock_vsc7448 *m)
{
	const uint32_t events[] = {
		[MV_MAC_REFRESHED] = EVENT(CPU_LRN_REFRESH),
		[MV_MAC_INSERTED] = EVENT(CPU_LRN_INSERT),
		[MV_MAC_IN_CAM] = EVENT(CPU_LRN_INSERT),
		[MV_MAC_REPLACED] = EVENT(CPU_LRN_REPLACE),
		[MV_MAC_REPLACE_FAILED] = EVENT(CPU_LRN_REPLACE_FAILED),
		[MV_MAC_FULL] = EVENT(CPU_LRN_FAILED),
	};
	struct mv_mac *s = m->mac;
	struct mv_mac_entry entry = { mv_mac__cfg_key(m),
				      mock_hw_get(m->mock, CFG_2) & 0x1fffffff };
	struct mv_mac_entry *cell;

	s->events |= events[mv_mac_store(&s->table, &entry, &s->by_cpu, &cell)];
	if (cell == NULL)
		return 0;
	return mv_mac__show_place(m, mv_mac_row(&s->table, cell), mv_mac_col(&s->table, cell));
}

static int cmd_unlearn(struct mock_vsc7448 *m)
{
	struct mv_mac *s = m->mac;
	struct mv_mac_entry *cell = mv_mac_table_find(&s->table, mv_mac__cfg_key(m));

	s->events |= cell != NULL ? EVENT(CPU_UNLEARN) : EVENT(CPU_UNLEARN_FAILED);
	if (cell != NULL)
		mv_mac_set(&s->table, cell, 0, 0);
	return 0;
}

static int cmd_lookup(struct mock_vsc7448 *m)
{
	struct mv_mac *s = m->mac;
	const struct mv_mac_entry *cell = mv_mac_table_find(&s->table, mv_mac__cfg_key(m));

	s->events |= cell != NULL ? EVENT(CPU_LOOKUP) : EVENT(CPU_LOOKUP_FAILED);
	return cell != NULL ? mv_mac__show_cell(m, cell) : mv_mac__show_nothing(m);
}

/* The cell that the DIRECT fields name; NULL: past the table. */
static struct mv_mac_entry *direct_cell(struct mock_vsc7448 *m)
{
	const struct mv_mac_table *t = &m->mac->table;
	uint32_t ctrl = m->mac->command;
	uint32_t row = (uint32_t)reg_field_get(ctrl, CTRL_F(CPU_ACCESS_DIRECT_ROW));
	uint32_t col = (uint32_t)reg_field_get(ctrl, CTRL_F(CPU_ACCESS_DIRECT_COL));

	if (reg_field_get(ctrl, CTRL_F(CPU_ACCESS_DIRECT_TYPE)) != 0)
		return mv_mac_cell(t, MV_MAC_CAM_ROW, col);
	return row < t->n_rows ? mv_mac_cell(t, row, col) : NULL;
}

static int cmd_read(struct mock_vsc7448 *m)
{
	const struct mv_mac_entry *cell = direct_cell(m);

	m->mac->events |= EVENT(CPU_READ_DIRECT);
	return cell != NULL ? mv_mac__show_cell(m, cell) : mv_mac__show_nothing(m);
}

static int cmd_write(struct mock_vsc7448 *m)
{
	struct mv_mac_entry *cell = direct_cell(m);

	m->mac->events |= EVENT(CPU_WRITE_DIRECT);
	if (cell == NULL)
		return 0;
	mv_mac_set(&m->mac->table, cell, mv_mac__cfg_key(m),
		   mock_hw_get(m->mock, CFG_2) & 0x1fffffff);
	return mv_mac__show_place(m, mv_mac_row(&m->mac->table, cell),
				  mv_mac_col(&m->mac->table, cell));
}

static uint32_t rows_of(struct mock_vsc7448 *m)
{
	static const uint32_t rows[] = { 8192, 2048, 4096, 8192 };

	return rows[mv_field(m, L2(FWD_CFG), VSC7448_ANA_L2_COMMON_FWD_CFG__MAC_TBL_SPLIT_SEL)];
}

static int cmd_clear(struct mock_vsc7448 *m)
{
	mv_mac_table_clear(&m->mac->table, rows_of(m));
	return 0;
}

/* --- time -------------------------------------------------------------------------------- */

static int run_command(struct mock_vsc7448 *m)
{
	static int (*const commands[])(struct mock_vsc7448 *) = {
		cmd_learn,    cmd_unlearn,           cmd_lookup, cmd_read, cmd_write,
		mv_mac__scan, mv_mac__find_smallest, cmd_clear,
	};
	uint64_t number = reg_field_get(m->mac->command, CTRL_F(CPU_ACCESS_CMD));
	int rc = 0;

	m->mac->busy = false;
	if (number < sizeof(commands) / sizeof(commands[0]))
		rc = commands[number](m);
	if (rc == 0)
		rc = mv_put_field(m, CTRL, CTRL_F(MAC_TABLE_ACCESS_SHOT), 0);
	if (rc == 0)
		rc = mock_hw_set(m->mock, L2(INTR),
				 (uint32_t)reg_field_mask(
					 VSC7448_ANA_L2_COMMON_INTR__LRN_ACCESS_COMPLETE_INTR));
	return rc;
}

static uint64_t age_period_us(struct mock_vsc7448 *m, uint32_t interval)
{
	static const uint32_t unit_us[] = { 0, 100, 10000, 1000000 };
	uint32_t cfg = mock_hw_get(m->mock, AGE(interval));

	return (uint64_t)unit_us[cfg >> 28 & 3] * (cfg & 0x0fffffff);
}

static void find_next_time(struct mv_mac *s)
{
	s->next_us = s->busy ? s->done_us : UINT64_MAX;
	for (uint32_t i = 0; i < N_INTERVALS; i++)
		if (s->age_due_us[i] < s->next_us)
			s->next_us = s->age_due_us[i];
}

/* The scans of an interval that have become due; more than an entry's ages change nothing. */
static void age_until(struct mock_vsc7448 *m, uint32_t interval, uint64_t now_us)
{
	struct mv_mac *s = m->mac;
	uint64_t period_us = age_period_us(m, interval), n;

	if (now_us < s->age_due_us[interval] || period_us == 0)
		return;
	n = (now_us - s->age_due_us[interval]) / period_us + 1;
	for (uint64_t i = 0; i < n && i < 4; i++)
		mv_mac__age_scan(m, interval);
	s->age_due_us[interval] += n * period_us;
}

/* Everything up to now has happened. */
static int catch_up(struct mock_vsc7448 *m)
{
	struct mv_mac *s = m->mac;
	uint64_t now_us = clock_now_us(m->clock);
	int rc = 0;

	if (now_us < s->next_us)
		return 0;
	if (s->busy && now_us >= s->done_us)
		rc = run_command(m);
	for (uint32_t i = 0; i < N_INTERVALS; i++)
		age_until(m, i, now_us);
	find_next_time(s);
	return rc;
}

static void start_ageing(struct mock_vsc7448 *m, uint32_t interval)
{
	bool idle = mv_field(m, AGE_1, VSC7448_LRN_COMMON_AUTOAGE_CFG_1__FORCE_IDLE_ENA) != 0;
	uint64_t period_us = age_period_us(m, interval);

	m->mac->age_due_us[interval] =
		idle || period_us == 0 ? UINT64_MAX : clock_now_us(m->clock) + period_us;
	find_next_time(m->mac);
}

/* --- what registers say, kept ------------------------------------------------------------ */

static void read_config(struct mock_vsc7448 *m)
{
	struct mv_mac *s = m->mac;
	uint32_t lrn = mock_hw_get(m->mock, L2(LRN_CFG));
	uint32_t flags = mock_hw_get(m->mock, AUTO_LRN);
	bool keep = reg_field_get(lrn, LRN_F(AUTO_LRN_REPLACE_DIS)) != 0;
	bool aged_first = reg_field_get(lrn, LRN_F(AGED_BEFORE_NONAGED)) != 0;
	uint64_t word = MV_MAC_VLD;

	s->age_max = reg_field_get(lrn, LRN_F(AGE_SIZE)) != 0 ? 3 : 1;
	s->by_frame = (struct mv_mac_policy){
		reg_field_get(lrn, LRN_F(AUTO_LRN_USE_MAC_CAM_ENA)) != 0, keep, aged_first
	};
	s->by_cpu =
		(struct mv_mac_policy){ reg_field_get(lrn, LRN_F(CPU_LRN_USE_MAC_CAM_ENA)) != 0,
					keep, aged_first };
	s->learns = (flags & 1) != 0;
	word = reg_field_put(word, ENTRY_F(AGE_INTERVAL), flags >> 1 & 3);
	word = reg_field_put(word, ENTRY_F(MIRROR), flags >> 3 & 1);
	word = reg_field_put(word, ENTRY_F(CPU_COPY), flags >> 4 & 1);
	word = reg_field_put(word, ENTRY_F(CPU_QU), flags >> 5 & 7);
	word = reg_field_put(word, ENTRY_F(VLAN_IGNORE), flags >> 8 & 1);
	word = reg_field_put(word, ENTRY_F(SRC_KILL_FWD), flags >> 9 & 1);
	s->learned = (uint32_t)word;
}

static int write_config(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	(void)addr;
	(void)value;
	read_config(m);
	return 0;
}

static int write_ctrl(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	struct mv_mac *s = m->mac;
	uint64_t number = reg_field_get(value, CTRL_F(CPU_ACCESS_CMD));
	int rc = catch_up(m);

	if (rc != 0 || s->busy || reg_field_get(value, CTRL_F(MAC_TABLE_ACCESS_SHOT)) == 0)
		return rc;
	mock_hw_hold(m->mock, addr, (uint32_t)reg_field_mask(CTRL_F(MAC_TABLE_ACCESS_SHOT)));
	s->busy = true;
	s->command = value;
	s->done_us = clock_now_us(m->clock) + (number >= 5 ? WALK_US : ONE_ENTRY_US);
	find_next_time(s);
	return 0;
}

static int write_ageing(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	uint32_t scans;

	if (addr != AGE_1) {
		start_ageing(m, (uint32_t)((addr - AGE(0)) / 4));
		return 0;
	}
	scans = (uint32_t)reg_field_get(value,
					VSC7448_LRN_COMMON_AUTOAGE_CFG_1__FORCE_HW_SCAN_SHOT);
	for (uint32_t i = 0; i < N_INTERVALS; i++) {
		if ((scans >> i & 1) != 0)
			mv_mac__age_scan(m, i);
		start_ageing(m, i);
	}
	return 0;
}

/* Reads of the engine's registers: what has become due has happened. */
static int read_lrn(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	struct mv_mac *s = m->mac;
	int rc = catch_up(m);

	if (rc == 0 && s->events != 0)
		rc = mock_hw_set(m->mock, STICKY, s->events);
	s->events = 0;
	if (rc == 0)
		*value = mock_hw_get(m->mock, addr);
	return rc;
}

static int write_sticky(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	int rc = catch_up(m);

	(void)addr;
	m->mac->events &= ~value;
	return rc;
}

/* --- the frame path ---------------------------------------------------------------------- */

struct mv_mac_entry *mv_mac_find(struct mock_vsc7448 *m, uint64_t key)
{
	catch_up(m);
	return mv_mac_table_find(&m->mac->table, key);
}

void mv_mac_learn(struct mock_vsc7448 *m, uint64_t key, uint32_t addr)
{
	const uint32_t events[] = {
		[MV_MAC_REFRESHED] = EVENT(AUTO_LRN_REFRESH),
		[MV_MAC_INSERTED] = EVENT(AUTO_LRN_INSERT),
		[MV_MAC_IN_CAM] = EVENT(AUTO_LRN_INSERT_CAM),
		[MV_MAC_REPLACED] = EVENT(AUTO_LRN_REPLACE),
		[MV_MAC_REPLACE_FAILED] = EVENT(AUTO_LRN_REPLACE_FAILED),
		[MV_MAC_FULL] = EVENT(AUTO_LRN_FAILED),
	};
	struct mv_mac *s = m->mac;
	struct mv_mac_entry entry = { key, s->learned | (addr & MV_MAC_ADDR) };

	if (!s->learns)
		return;
	s->events |= events[mv_mac_store(&s->table, &entry, &s->by_frame, NULL)];
}

void mv_mac_refresh(struct mock_vsc7448 *m, struct mv_mac_entry *entry)
{
	entry->word &= ~MV_MAC_AGE;
	m->mac->events |= EVENT(AUTO_LRN_REFRESH);
}

/* --- the part ---------------------------------------------------------------------------- */

static void mac_reset(struct mock_vsc7448 *m)
{
	struct mv_mac *s = m->mac;

	mv_mac_table_clear(&s->table, rows_of(m));
	s->busy = false;
	s->events = 0;
	read_config(m);
	for (uint32_t i = 0; i < N_INTERVALS; i++)
		start_ageing(m, i);
}

static int mac_init(struct mock_vsc7448 *m)
{
	m->mac = calloc(1, sizeof(*m->mac));
	if (m->mac == NULL || mv_mac_table_init(&m->mac->table) != 0)
		return E_NOMEM;
	mac_reset(m);
	return 0;
}

static void mac_fini(struct mock_vsc7448 *m)
{
	if (m->mac != NULL)
		mv_mac_table_fini(&m->mac->table);
	free(m->mac);
	m->mac = NULL;
}

static const struct mv_range ranges[] = {
	{ CTRL, CTRL, NULL, write_ctrl },
	{ CTRL, LATEST, read_lrn, NULL },
	{ AGE(0), AGE_1, NULL, write_ageing },
	{ AUTO_LRN, AUTO_LRN, NULL, write_config },
	{ STICKY, STICKY, NULL, write_sticky },
	{ L2(LRN_CFG), L2(LRN_CFG), NULL, write_config },
};

const struct mv_part mv_part_mac = {
	.name = "mac",
	.ranges = ranges,
	.n_ranges = sizeof(ranges) / sizeof(ranges[0]),
	.init = mac_init,
	.fini = mac_fini,
	.reset = mac_reset,
};
