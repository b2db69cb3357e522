/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between vcap.c (the store and its commands) and vcap_match.c (lookups). */
#ifndef DRV_MOCK_VSC7448_VCAP_PRIV_H
#define DRV_MOCK_VSC7448_VCAP_PRIV_H

#include "drv/mock_vsc7448/vcap.h"

#define VCAP_CORES         8u
#define VCAP_ROW           16u
#define VCAP_CORE          4096u
#define VCAP_SUPER_ENTRIES (VCAP_CORES * VCAP_CORE)
/* Behind the rules a row for each default action: 57 ports x 6 classifications, 57 IS2, 1. */
#define VCAP_SUPER_ACTIONS (VCAP_SUPER_ENTRIES + (7u * VSC7448_N_ALL + 1u) * VCAP_ROW)
#define VSC7448_N_ALL      57u
#define VCAP_ES0_ENTRIES   4096u
#define VCAP_ES0_ACTIONS   (VCAP_ES0_ENTRIES + 53u)
#define VCAP_N_COUNTERS    4096u /* of ANA_ACL:CNT_TBL */

struct vcap_entry {
	uint32_t entry[2], mask[2];
	uint32_t rule_ena; /* ES0 */
};

/* One TCAM; actions of @action_words words. */
struct vcap_store {
	uint64_t base; /* of its registers */
	uint32_t n_entries, n_actions, action_words;
	struct vcap_entry *entries;
	uint32_t *actions;
	uint32_t *counters; /* n_actions */
};

struct vcap_rule; /* decoded */

struct mv_vcap {
	struct vcap_store super, es0;
	uint32_t owner[VCAP_CORES];
	uint32_t hits[VCAP_N_COUNTERS];
	/* vcap_match.c */
	bool is_fresh; /* what follows was decoded from the stores as they are */
	struct vcap_rule *rules;
	uint32_t max_rules, n_is2, n_lpm; /* IS2 first, then LPM */
	struct mv_is2_action is2_default[VSC7448_N_ALL + 1];
	uint8_t pag[VSC7448_N_ALL];
};

#endif
