/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Steering of the BTC: from a message's type to a function, and to a blade that offers it
 * (regmaps/btc/steer.rdl).  The lowest valid rule whose type matches is used; it goes round the
 * eligible blades that offer the function.
 */
#ifndef HAL_BTC_STEER_H
#define HAL_BTC_STEER_H

#include "hal/btc/btc.h"

#define BTC_N_STEER_RULES 64u
#define BTC_N_FUNCTIONS   32u

struct btc_steer_rule {
	bool valid; /* else nothing else counts */
	uint16_t type;
	uint32_t function; /* 0 to 31: a bit of the blade's functions */
	btc_blades eligible;
	uint32_t hits; /* messages that it steered; told, not set */
};

/* All rules: one transfer for MATCH, one for the rest of the valid ones. */
int btc_steer_get(struct btc *b, struct error *err,
		  struct btc_steer_rule rules[BTC_N_STEER_RULES]);

/*
 * Sets a rule.  It is invalid while it changes: no message meets half of it.  What stays is not
 * written.  E_RANGE: index or function.
 */
int btc_steer_set(struct btc *b, uint32_t index, const struct btc_steer_rule *rule,
		  struct error *err);

/* The rule no longer counts; its other registers stay. */
int btc_steer_clear(struct btc *b, uint32_t index, struct error *err);

#endif
