/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between the files of the MAC table engine. */
#ifndef DRV_MOCK_VSC7448_MAC_PRIV_H
#define DRV_MOCK_VSC7448_MAC_PRIV_H

#include "drv/mock_vsc7448/mac.h"

#define CTRL     VSC7448_LRN_COMMON_COMMON_ACCESS_CTRL
#define CFG_0    VSC7448_LRN_COMMON_MAC_ACCESS_CFG_0
#define CFG_1    VSC7448_LRN_COMMON_MAC_ACCESS_CFG_1
#define CFG_2    VSC7448_LRN_COMMON_MAC_ACCESS_CFG_2
#define NEXT_CFG VSC7448_LRN_COMMON_SCAN_NEXT_CFG
#define NEXT_1   VSC7448_LRN_COMMON_SCAN_NEXT_CFG_1
#define LAST_ROW VSC7448_LRN_COMMON_SCAN_LAST_ROW_CFG
#define NEXT_CNT VSC7448_LRN_COMMON_SCAN_NEXT_CNT
#define AGE(i)   VSC7448_LRN_COMMON_AUTOAGE_CFG(i)
#define AGE_1    VSC7448_LRN_COMMON_AUTOAGE_CFG_1
#define AUTO_LRN VSC7448_LRN_COMMON_AUTO_LRN_CFG
#define STICKY   VSC7448_LRN_COMMON_EVENT_STICKY
#define LATEST   VSC7448_LRN_COMMON_LATEST_POS_STATUS
#define L2(reg)  VSC7448_ANA_L2_COMMON_##reg

#define CTRL_F(f)   VSC7448_LRN_COMMON_COMMON_ACCESS_CTRL__##f
#define NEXT_F(f)   VSC7448_LRN_COMMON_SCAN_NEXT_CFG__##f
#define ENTRY_F(f)  VSC7448_LRN_COMMON_MAC_ACCESS_CFG_2__MAC_ENTRY_##f
#define LATEST_F(f) VSC7448_LRN_COMMON_LATEST_POS_STATUS__##f
#define LRN_F(f)    VSC7448_ANA_L2_COMMON_LRN_CFG__##f
#define EVENT(f)    ((uint32_t)reg_field_mask(VSC7448_LRN_COMMON_EVENT_STICKY__##f##_STICKY))

#define ONE_ENTRY_US 1u
#define WALK_US      100u
#define NO_CELL      UINT32_MAX
#define N_INTERVALS  4u

struct mv_mac {
	struct mv_mac_table table;
	bool busy; /* a command runs until done_us */
	uint32_t command;
	uint64_t done_us;
	uint64_t age_due_us[N_INTERVALS]; /* UINT64_MAX: never */
	uint64_t next_us;                 /* the first of done_us and age_due_us */
	uint32_t events;                  /* EVENT_STICKY bits that its register lacks yet */
	uint32_t learned;                 /* entry word of learned stations, without address */
	bool learns;
	uint32_t age_max;
	struct mv_mac_policy by_frame, by_cpu;
};

/* Registers that commands read and fill. */
uint64_t mv_mac__cfg_key(struct mock_vsc7448 *m);
int mv_mac__show_cell(struct mock_vsc7448 *m, const struct mv_mac_entry *cell);
int mv_mac__show_nothing(struct mock_vsc7448 *m); /* the entry is not valid, the rest stays */
int mv_mac__show_place(struct mock_vsc7448 *m, uint32_t row, uint32_t col);

/* mac_scan.c: the commands that walk, and one automatic scan of an age interval. */
int mv_mac__scan(struct mock_vsc7448 *m);
int mv_mac__find_smallest(struct mock_vsc7448 *m);
void mv_mac__age_scan(struct mock_vsc7448 *m, uint32_t interval);

#endif
