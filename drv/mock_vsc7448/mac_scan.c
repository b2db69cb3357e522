/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Walks through the MAC table: scans, FIND_SMALLEST, automatic ageing. */
#include "drv/mock_vsc7448/mac_priv.h"

/* --- scans ------------------------------------------------------------------------------- */

/* The filters of a walk, read once. */
struct filter {
	uint32_t cfg;   /* SCAN_NEXT_CFG */
	uint32_t entry; /* MAC_ACCESS_CFG_2 to compare with */
	uint32_t addr_mask;
	uint32_t fids[17];
	size_t n_fids;
	uint64_t skip_ports; /* local ports to leave out */
	bool skip_remote;
	uint32_t upsid;
	bool is_scan;
};

static bool has(const struct filter *f, struct reg_field field)
{
	return reg_field_get(f->cfg, field) != 0;
}

static void read_port_filter(struct mock_vsc7448 *m, struct filter *f)
{
	f->skip_remote = mock_hw_get(m->mock, L2(FILTER_OTHER_CTRL)) != 0;
	f->skip_ports = mock_hw_get(m->mock, L2(FILTER_LOCAL_CTRL)) |
			(uint64_t)mock_hw_get(m->mock, L2(FILTER_LOCAL_CTRL1)) << 32;
	f->upsid = mv_field(m, L2(VSTAX_CTRL), VSC7448_ANA_L2_COMMON_VSTAX_CTRL__OWN_UPSID);
}

static struct filter read_filter(struct mock_vsc7448 *m, bool is_scan)
{
	struct filter f = { .cfg = mock_hw_get(m->mock, NEXT_CFG),
			    .entry = mock_hw_get(m->mock, CFG_2),
			    .is_scan = is_scan };

	f.addr_mask = mock_hw_get(m->mock, NEXT_1) & MV_MAC_ADDR;
	if (has(&f, NEXT_F(SCAN_USE_PORT_FILTER_ENA)))
		read_port_filter(m, &f);
	if (!has(&f, NEXT_F(FID_FILTER_ENA)))
		return f;
	f.fids[f.n_fids++] = mock_hw_get(m->mock, CFG_0) >> 16 & 0x1fff;
	if (mock_hw_get(m->mock, L2(SCAN_FID_CTRL)) != 0)
		for (uint32_t i = 0; i < 16; i++)
			f.fids[f.n_fids++] = mock_hw_get(m->mock, L2(SCAN_FID_CFG)(i)) & 0x1fff;
	return f;
}

static bool fid_matches(const struct filter *f, const struct mv_mac_entry *cell)
{
	for (size_t i = 0; i < f->n_fids; i++)
		if (f->fids[i] == cell->key >> 48)
			return true;
	return f->n_fids == 0;
}

static bool port_is_left_out(const struct filter *f, const struct mv_mac_entry *cell)
{
	uint32_t addr = cell->word & MV_MAC_ADDR;
	uint32_t port = (addr & 0x3ff) - f->upsid * 32;

	if (addr >> 12 != 0)
		return false;
	return port < 64 ? (f->skip_ports >> port & 1) != 0 : f->skip_remote;
}

static bool age_matches(const struct filter *f, uint32_t age)
{
	uint32_t want = (uint32_t)reg_field_get(f->entry, ENTRY_F(AGE_FLAG));

	if (has(f, NEXT_F(SCAN_NEXT_AGED_ONLY_ENA)) && age == 0)
		return false;
	switch (reg_field_get(f->cfg, NEXT_F(SCAN_AGE_FILTER_SEL))) {
	case 1:
		return age >= want;
	case 2:
		return age <= want;
	case 3:
		return age == want;
	default:
		return true;
	}
}

static bool matches(const struct filter *f, const struct mv_mac_entry *cell)
{
	uint32_t word = cell->word, intervals;

	if ((word & MV_MAC_VLD) == 0 || !fid_matches(f, cell))
		return false;
	if ((word & MV_MAC_LOCKED) != 0 && !has(f, NEXT_F(SCAN_NEXT_IGNORE_LOCKED_ENA)))
		return false;
	if (has(f, NEXT_F(ADDR_FILTER_ENA)) && ((word ^ f->entry) & f->addr_mask) != 0)
		return false;
	if (has(f, NEXT_F(NXT_LRN_ALL_FILTER_ENA)) &&
	    ((word ^ f->entry) & reg_field_mask(ENTRY_F(NXT_LRN_ALL))) != 0)
		return false;
	intervals = (uint32_t)reg_field_get(f->cfg, NEXT_F(SCAN_AGE_INTERVAL_MASK));
	if (f->is_scan && (intervals >> reg_field_get(word, ENTRY_F(AGE_INTERVAL)) & 1) == 0)
		return false;
	return age_matches(f, (uint32_t)reg_field_get(word, ENTRY_F(AGE_FLAG))) &&
	       !port_is_left_out(f, cell);
}

/* Ages an entry by one step; false: it was as old as it gets. */
static bool grow_older(struct mv_mac *s, struct mv_mac_entry *cell)
{
	uint32_t age = (uint32_t)reg_field_get(cell->word, ENTRY_F(AGE_FLAG));

	if (age >= s->age_max)
		return false;
	cell->word = (uint32_t)reg_field_put(cell->word, ENTRY_F(AGE_FLAG), age + 1);
	return true;
}

static void update_flags(const struct filter *f, uint32_t age_max, struct mv_mac_entry *cell)
{
	uint64_t word = cell->word;
	uint64_t age = reg_field_get(f->cfg, NEXT_F(SCAN_AGE_FLAG_UPDATE_SEL));
	uint64_t all = reg_field_get(f->cfg, NEXT_F(SCAN_NXT_LRN_ALL_UPDATE_SEL));

	if (age != 0 && !has(f, NEXT_F(SCAN_NEXT_INC_AGE_BITS_ENA)))
		word = reg_field_put(word, ENTRY_F(AGE_FLAG), age == 2 ? age_max : 0);
	if (all != 0)
		word = reg_field_put(word, ENTRY_F(NXT_LRN_ALL), all == 2);
	cell->word = (uint32_t)word;
}

/* What a scan through the whole table does to a match. */
static void scan_match(struct mock_vsc7448 *m, const struct filter *f,
		       struct mv_mac_entry *cell)
{
	struct mv_mac *s = m->mac;
	bool older = has(f, NEXT_F(SCAN_NEXT_INC_AGE_BITS_ENA)) && grow_older(s, cell);

	if (has(f, NEXT_F(SCAN_NEXT_REMOVE_FOUND_ENA)) && !older) {
		mv_mac_set(&s->table, cell, 0, 0);
		s->events |= EVENT(SCAN_REMOVED);
		return;
	}
	update_flags(f, s->age_max, cell);
	if (has(f, NEXT_F(SCAN_NEXT_MOVE_FOUND_ENA))) {
		uint32_t to = mock_hw_get(m->mock, NEXT_1) >> 16 & MV_MAC_ADDR;

		cell->word = (cell->word & ~f->addr_mask) | (to & f->addr_mask);
	}
}

/* A scan that stops at the first row with a match, and tells which buckets match. */
static int stop_at(struct mock_vsc7448 *m, uint32_t row, uint32_t buckets)
{
	bool cam = row == MV_MAC_CAM_ROW;
	uint64_t ctrl = mock_hw_get(m->mock, CTRL);
	uint64_t latest;
	int rc = mv_mac__show_place(m, row, (uint32_t)__builtin_ctz(buckets));

	latest = mock_hw_get(m->mock, LATEST);
	latest = reg_field_put(latest, LATEST_F(SCAN_NEXT_STATUS), buckets);
	ctrl = reg_field_put(ctrl, CTRL_F(CPU_ACCESS_DIRECT_ROW), cam ? 0 : row);
	ctrl = reg_field_put(ctrl, CTRL_F(CPU_ACCESS_DIRECT_TYPE), cam);
	if (rc == 0)
		rc = mock_hw_put(m->mock, LATEST, (uint32_t)latest);
	return rc != 0 ? rc : mock_hw_put(m->mock, CTRL, (uint32_t)ctrl);
}

/* The row after @row, the CAM last; NO_CELL: none. */
static uint32_t next_row(const struct mv_mac_table *t, uint32_t row, uint32_t last)
{
	if (row == MV_MAC_CAM_ROW || row == last)
		return NO_CELL;
	return row + 1 < t->n_rows ? row + 1 : MV_MAC_CAM_ROW;
}

int mv_mac__scan(struct mock_vsc7448 *m)
{
	struct mv_mac *s = m->mac;
	struct filter f = read_filter(m, true);
	bool until_found = has(&f, NEXT_F(SCAN_NEXT_UNTIL_FOUND_ENA));
	bool in_cam = reg_field_get(s->command, CTRL_F(CPU_ACCESS_DIRECT_TYPE)) != 0;
	uint32_t row = (uint32_t)reg_field_get(s->command, CTRL_F(CPU_ACCESS_DIRECT_ROW));
	uint32_t last = mock_hw_get(m->mock, LAST_ROW) & 0x3fff, n = 0, buckets = 0;

	row = in_cam ? MV_MAC_CAM_ROW : row & (s->table.n_rows - 1);
	for (; row != NO_CELL; row = next_row(&s->table, row, last)) {
		buckets = 0;
		for (uint32_t col = 0; col < MV_MAC_COLS; col++) {
			struct mv_mac_entry *cell = mv_mac_cell(&s->table, row, col);

			if (!matches(&f, cell))
				continue;
			buckets |= 1u << col;
			n++;
			if (!until_found)
				scan_match(m, &f, cell);
		}
		if (buckets != 0)
			s->events |= EVENT(ROW_WITH_SCAN_ENTRY);
		if (buckets != 0 && until_found)
			break;
	}
	if (until_found && buckets != 0 && stop_at(m, row, buckets) != 0)
		return E_NOMEM;
	return mock_hw_put(m->mock, NEXT_CNT, n);
}

int mv_mac__find_smallest(struct mock_vsc7448 *m)
{
	const struct mv_mac_table *t = &m->mac->table;
	struct filter f = read_filter(m, false);
	const struct mv_mac_entry *best = NULL;
	uint64_t from = mv_mac__cfg_key(m);

	for (uint32_t row = 0; row != NO_CELL; row = next_row(t, row, NO_CELL))
		for (uint32_t col = 0; col < MV_MAC_COLS; col++) {
			const struct mv_mac_entry *cell = mv_mac_cell(t, row, col);

			if (cell->key > from && (best == NULL || cell->key < best->key) &&
			    matches(&f, cell))
				best = cell;
		}
	return best != NULL ? mv_mac__show_cell(m, best) : mv_mac__show_nothing(m);
}

static void age_cell(struct mv_mac *s, struct mv_mac_entry *cell)
{
	if (grow_older(s, cell)) {
		s->events |= EVENT(AUTOAGE_AGED);
		return;
	}
	mv_mac_set(&s->table, cell, 0, 0);
	s->events |= EVENT(AUTOAGE_REMOVE);
}

/* One automatic scan of an age interval. */
void mv_mac__age_scan(struct mock_vsc7448 *m, uint32_t interval)
{
	struct mv_mac *s = m->mac;
	struct filter f = { 0 };

	if (mv_field(m, AGE_1, VSC7448_LRN_COMMON_AUTOAGE_CFG_1__USE_PORT_FILTER_ENA) != 0)
		read_port_filter(m, &f);
	for (uint32_t row = 0; row != NO_CELL; row = next_row(&s->table, row, NO_CELL))
		for (uint32_t col = 0; col < MV_MAC_COLS; col++) {
			struct mv_mac_entry *cell = mv_mac_cell(&s->table, row, col);

			if ((cell->word & MV_MAC_VLD) != 0 &&
			    (cell->word & MV_MAC_LOCKED) == 0 &&
			    reg_field_get(cell->word, ENTRY_F(AGE_INTERVAL)) == interval &&
			    !port_is_left_out(&f, cell))
				age_cell(s, cell);
		}
	s->events |= EVENT(AUTOAGE_SCAN_STARTED) | EVENT(AUTOAGE_SCAN_COMPLETED);
}
