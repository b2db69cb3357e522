/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between the files of the gateway. */
#ifndef HAL_GATEWAY_PRIV_H
#define HAL_GATEWAY_PRIV_H

#include "hal/gateway.h"

#define GATEWAY_AT_ONCE 32u /* frames that a poll takes from the switch */
#define GATEWAY_INBOX   64u /* a burst of words may bring some more */

struct clock;

/* Who asked, as long as the conversation lasts. */
struct conversation {
	bool open;
	bool expired;      /* kept for a second time, so that a late answer is known as one */
	bool has_answer;   /* @answer is to be injected */
	uint16_t sequence; /* on the bus */
	uint32_t port;
	uint64_t until_us;
	struct gateway_frame asked; /* its body is not needed any more */
	struct btc_message answer;
};

struct request {
	uint32_t port;
	struct gateway_frame frame;
};

struct gateway {
	struct vsc7448 *chip;
	struct btc *btc;
	const struct clock *clock; /* the BTC's bus's */
	struct gateway_config config;
	struct mac ident;
	struct gateway_stats stats;
	struct request inbox[GATEWAY_INBOX];
	size_t n_inbox;
	struct conversation table[GATEWAY_CONVERSATIONS];
};

#endif
