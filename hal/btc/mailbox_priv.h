/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a handle knows of software's messages: kept ones, sequences, the state of the two FIFOs. */
#ifndef HAL_BTC_MAILBOX_PRIV_H
#define HAL_BTC_MAILBOX_PRIV_H

#include "hal/btc/message.h"

#define MAILBOX_PEERS                                                                          \
	96u /* final destinations whose sequence is counted; others share one count */

struct mailbox {
	struct btc_mail count; /* its @kept is n_kept */

	/* Sending. */
	bool tx_begun;       /* words were written that no SEND or DISCARD ended */
	uint32_t tx_space;   /* words that can be written at least */
	uint64_t tx_epoch;   /* of regio when that was known; 0: it is not */
	bool has_base;       /* sequences start at @base */
	uint16_t base, rest; /* @rest: the count that others share */
	struct {
		uint64_t to;
		uint16_t next;
	} peer[MAILBOX_PEERS];
	size_t n_peers;

	/* Receiving: the message that is being read. */
	uint32_t rx[BTC_MESSAGE_MAX_WORDS];
	uint32_t rx_words, rx_station; /* what RX_HEAD told of it */
	bool rx_broken;                /* an error came while it was read */
	uint32_t
		rx_taken; /* messages that left the FIFO so far, as rx_taken_of() counts them */
	bool rx_taken_known;
	uint32_t head; /* RX_HEAD of the next one, when not 0 and @head_epoch fits */
	uint64_t head_epoch;

	struct btc_message *kept[BTC_KEPT_MAX]; /* the oldest first */
	size_t n_kept;
};

int btc__mailbox_new(struct error *err, struct mailbox **out);
void btc__mailbox_free(struct mailbox *m); /* NULL is allowed */

/* After a reset or a flush: nothing waits, kept messages are dropped and counted. */
void btc__mailbox_empty(struct mailbox *m);

/* The sequence of the next message to @to (zero: steered); used up by _sent(). */
uint16_t btc__mailbox_sequence(const struct mailbox *m, const struct mac *to);
void btc__mailbox_sent(struct mailbox *m, const struct mac *to);

/* Keeps a copy for later readers.  E_NOMEM. */
int btc__mailbox_keep(struct mailbox *m, const struct btc_message *msg, struct error *err);

/* The first kept one that matches, taken out; false: none. */
bool btc__mailbox_take(struct mailbox *m, const struct btc_match *match,
		       struct btc_message *msg);
bool btc__is_match(const struct btc_match *match, const struct btc_header *header);

#endif
