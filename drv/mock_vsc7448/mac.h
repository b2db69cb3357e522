/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The MAC table of the model: the store, which the frame path uses, and the engine behind the LRN
 * registers (mac.c: commands, scans, automatic ageing).
 *
 * Geometry: rows of four buckets, as many as ANA_L2 FWD_CFG.MAC_TBL_SPLIT_SEL says (NONE, whose
 * meaning no source tells, counts as the full 32768 entries), and a CAM of four entries, as many
 * as CPU_ACCESS_DIRECT_COL can name.  The hash from key to row is the model's own.
 */
#ifndef DRV_MOCK_VSC7448_MAC_H
#define DRV_MOCK_VSC7448_MAC_H

#include "drv/mock_vsc7448/model.h"

#define MV_MAC_COLS     4u
#define MV_MAC_MAX_ROWS 8192u
#define MV_MAC_CAM_ROW  MV_MAC_MAX_ROWS /* the CAM is one row more */

/* An entry; its word is laid out as MAC_ACCESS_CFG_2, with MAC_ENTRY_VLD set. */
struct mv_mac_entry {
	uint64_t key; /* mv_mac_key() */
	uint32_t word;
};

#define MV_MAC_ADDR     0x7fffu /* MAC_ENTRY_ADDR_TYPE and MAC_ENTRY_ADDR */
#define MV_MAC_VLD      (UINT32_C(1) << 15)
#define MV_MAC_LOCKED   (UINT32_C(1) << 16)
#define MV_MAC_AGE      (UINT32_C(3) << 19)
#define MV_MAC_MIRROR   (UINT32_C(1) << 21)
#define MV_MAC_IGNORE   (UINT32_C(1) << 22)
#define MV_MAC_CPU_COPY (UINT32_C(1) << 23)
#define MV_MAC_KILL     (UINT32_C(1) << 28)

struct mv_mac_table {
	struct mv_mac_entry *cells; /* by rows; the CAM's last */
	uint32_t n_rows;            /* in use, without the CAM: a power of two */
	uint32_t n_cam;             /* valid entries of the CAM */
	uint32_t victim;            /* turns, so that replacement is the same in every run */
};

/* A key orders entries as FIND_SMALLEST does: FID first, then the address. */
static inline uint64_t mv_mac_key(uint32_t fid, uint64_t mac)
{
	return (uint64_t)fid << 48 | mac;
}

int mv_mac_table_init(struct mv_mac_table *t); /* E_NOMEM */
void mv_mac_table_fini(struct mv_mac_table *t);

/* Empties the table; @n_rows is a power of two up to MV_MAC_MAX_ROWS. */
void mv_mac_table_clear(struct mv_mac_table *t, uint32_t n_rows);

/* The valid entry of a key, or NULL. */
struct mv_mac_entry *mv_mac_table_find(const struct mv_mac_table *t, uint64_t key);

static inline struct mv_mac_entry *mv_mac_cell(const struct mv_mac_table *t, uint32_t row,
					       uint32_t col)
{
	return &t->cells[row * MV_MAC_COLS + col];
}

/* Where a cell lies; MV_MAC_CAM_ROW for the CAM. */
static inline uint32_t mv_mac_row(const struct mv_mac_table *t, const struct mv_mac_entry *cell)
{
	return (uint32_t)(cell - t->cells) / MV_MAC_COLS;
}

static inline uint32_t mv_mac_col(const struct mv_mac_table *t, const struct mv_mac_entry *cell)
{
	return (uint32_t)(cell - t->cells) % MV_MAC_COLS;
}

/* Every change of a cell goes through this one, which counts the CAM. */
void mv_mac_set(struct mv_mac_table *t, struct mv_mac_entry *cell, uint64_t key, uint32_t word);

enum mv_mac_result {
	MV_MAC_REFRESHED, /* the key was there */
	MV_MAC_INSERTED,
	MV_MAC_IN_CAM,
	MV_MAC_REPLACED,
	MV_MAC_REPLACE_FAILED, /* a full row keeps its entries */
	MV_MAC_FULL,           /* every entry of the row is locked */
};

struct mv_mac_policy {
	bool use_cam, no_replace, aged_first;
};

/* Stores an entry, by the rules of ANA_L2 LRN_CFG in @policy; @cell (may be NULL): where. */
enum mv_mac_result mv_mac_store(struct mv_mac_table *t, const struct mv_mac_entry *entry,
				const struct mv_mac_policy *policy, struct mv_mac_entry **cell);

/*
 * The frame path.  Find: the entry, or NULL; ageing up to now has been done.  Learn: a frame came
 * from @key at the destination @addr (type and address of MAC_ACCESS_CFG_2) and is not known
 * there: learned as LRN AUTO_LRN_CFG and ANA_L2 LRN_CFG tell.
 */
struct mv_mac_entry *mv_mac_find(struct mock_vsc7448 *m, uint64_t key);
void mv_mac_learn(struct mock_vsc7448 *m, uint64_t key, uint32_t addr);

/* A frame came from a station that is known where it came from: it is not aged any more. */
void mv_mac_refresh(struct mock_vsc7448 *m, struct mv_mac_entry *entry);

#endif
