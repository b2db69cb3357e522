/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The BTC's forwarding engine, from blade to blade (regmaps/btc/forward.rdl). */
#ifndef HAL_BTC_FORWARD_H
#define HAL_BTC_FORWARD_H

#include "hal/btc/btc.h"

enum btc_broadcast {
	BTC_BROADCAST_DROP,   /* blades may not broadcast through the controller */
	BTC_BROADCAST_ALL,    /* to all blades, the source too */
	BTC_BROADCAST_OTHERS, /* to all blades but the source */
};

/* "drop", "all", "others"; NULL for others.  Find: false when there is none. */
const char *btc_broadcast_name(enum btc_broadcast policy);
bool btc_broadcast_find(const char *name, enum btc_broadcast *policy);

struct btc_forwarding {
	bool enable; /* false: all messages that name the controller go to software */
	enum btc_broadcast broadcast;
	bool copy;            /* software gets a copy of what is forwarded */
	uint32_t limit_words; /* of the queue: 0 to 65535 */
	uint32_t level_words; /* that wait now; told, not set */
};

/* At most two writes.  E_RANGE. */
int btc_forwarding_set(struct btc *b, const struct btc_forwarding *forwarding,
		       struct error *err);
/* E_CORRUPT: a broadcast policy that is none. */
int btc_forwarding_get(struct btc *b, struct error *err, struct btc_forwarding *forwarding);

/* Counters of the engine: counters.h. */

#endif
