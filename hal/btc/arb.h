/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Arbitration of the BTC's shared timeslots (regmaps/btc/arb.rdl). */
#ifndef HAL_BTC_ARB_H
#define HAL_BTC_ARB_H

#include "hal/btc/btc.h"

enum btc_arb_mode {
	BTC_ARB_PRIORITY,    /* the highest priority, the lowest station among equals */
	BTC_ARB_ROUND_ROBIN, /* one slot each in turn */
	BTC_ARB_WEIGHTED,    /* weight slots each in turn */
};

/* "priority", "round-robin", "weighted"; NULL for others.  Find: false when there is none. */
const char *btc_arb_mode_name(enum btc_arb_mode mode);
bool btc_arb_mode_find(const char *name, enum btc_arb_mode *mode);

int btc_arb_mode_set(struct btc *b, enum btc_arb_mode mode, struct error *err);
/* E_CORRUPT: ARB:MODE holds a rule that is none. */
int btc_arb_mode_get(struct btc *b, struct error *err, enum btc_arb_mode *mode);

struct btc_rights {
	uint32_t weight;   /* 0 to 255; 0 counts as 1 */
	uint32_t priority; /* 0 to 7, 7 is the highest */
	bool enable;       /* may ask for shared slots */
};

/* Of a station, 0 to n_blades.  At most one write.  E_RANGE. */
int btc_arb_rights_set(struct btc *b, uint32_t station, const struct btc_rights *rights,
		       struct error *err);

struct btc_requester {
	struct btc_rights rights;
	uint32_t requests, grants;
	uint32_t longest_wait; /* shared slots that went to others */
};

/* Stations @first to @first + n - 1 in one transfer.  E_RANGE. */
int btc_arb_get(struct btc *b, uint32_t first, size_t n, struct error *err,
		struct btc_requester *requesters);

/* LONGEST_WAIT of these stations starts anew. */
int btc_arb_wait_clear(struct btc *b, uint32_t first, size_t n, struct error *err);

#endif
