/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Software's receive FIFO, and waiting for messages. */
#include <inttypes.h>
#include <stdio.h>

#include "hal/btc/inner_priv.h"
#include "hal/btc/mailbox_priv.h"

#define DROP_NEXT 1u
#define DROP_ALL  2u
#define MAX_KEPT  4096u /* messages of others that end a wait: the FIFO has so many words */

#define MAX_TRIES       8u
#define SO_MANY_OR_MORE 255u /* RX_STATUS.MESSAGES */

/* What stands in the buffer for words that were not read. */
#define NOT_READ 0x5ba1c3d7u

#define WORDS(head) G(head, MESSAGE_RX_HEAD, WORDS)

static void learn_head(struct btc *b, uint32_t head)
{
	b->mail->head = head;
	b->mail->head_epoch = regio_epoch(b->io);
}

/*
 * RX_HEAD, and how many messages have left the FIFO since the core's reset: those that were put in
 * less those that are in it.  A message that comes meanwhile would count wrong: looks again then.
 */
static int look_closely(struct btc *b, uint32_t *head, uint32_t *taken, bool *known)
{
	static const uint64_t addrs[] = { BTC_MESSAGE_RX_MESSAGES, BTC_MESSAGE_RX_HEAD,
					  BTC_MESSAGE_RX_STATUS, BTC_MESSAGE_RX_MESSAGES };
	uint32_t v[4], waiting;

	*known = false;
	for (unsigned tries = 0; tries < MAX_TRIES && !*known; tries++) {
		if (regio_read_many(b->io, addrs, 4, v) != 0)
			return regio_flush(b->io);
		waiting = G(v[2], MESSAGE_RX_STATUS, MESSAGES);
		*head = v[1];
		*taken = v[0] - waiting;
		*known = v[0] == v[3] && waiting < SO_MANY_OR_MORE;
	}
	return 0;
}

/*
 * An error came while a message was read.  Words that were read may have been lost on their way here,
 * and a bus that packs has read on: was it whole, is the rest of it still there, or is it gone?
 */
static int mend(struct btc *b, bool *whole)
{
	struct mailbox *m = b->mail;
	uint32_t head = 0, taken = 0;
	bool known = false, gone, untouched;

	*whole = m->rx[m->rx_words - 1] != NOT_READ;
	if (!*whole) {
		if (look_closely(b, &head, &taken, &known) != 0)
			return regio_flush(b->io);
		known = known && m->rx_taken_known;
		gone = known ? taken != m->rx_taken : WORDS(head) >= m->rx_words;
		untouched =
			WORDS(head) == m->rx_words && m->rx[0] == NOT_READ && (!known || !gone);
		if (!gone && !untouched)
			regio_write(b->io, BTC_MESSAGE_RX_DROP, DROP_NEXT);
		if (regio_flush(b->io) != 0)
			return regio_flush(b->io);
		m->count.lost += !untouched;
		m->rx_taken += !untouched;
	}
	m->rx_broken = false;
	return 0;
}

/* The next message's RX_HEAD, 0 when none waits; @delay_us passes in front of the look. */
static int find_head(struct btc *b, uint32_t delay_us, uint32_t *head)
{
	struct mailbox *m = b->mail;

	if (m->head_epoch == regio_epoch(b->io) && WORDS(m->head) > 0) {
		*head = m->head;
		return 0;
	}
	*head = 0;
	if (delay_us > 0)
		regio_delay(b->io, delay_us);
	if (!m->rx_taken_known)
		return look_closely(b, head, &m->rx_taken, &m->rx_taken_known);
	regio_fetch(b->io, BTC_MESSAGE_RX_HEAD, head);
	return regio_flush(b->io);
}

/* No message has so many words: drops it. */
static int refuse(struct btc *b, uint32_t head)
{
	struct mailbox *m = b->mail;

	regio_write(b->io, BTC_MESSAGE_RX_DROP, DROP_NEXT);
	m->head_epoch = 0;
	m->rx_taken_known = false;
	if (regio_flush(b->io) != 0)
		return regio_flush(b->io);
	m->count.corrupt++;
	return regio_fail(b->io, E_CORRUPT,
			  "MESSAGE:RX_HEAD.WORDS is %" PRIu32 ": no message has so many",
			  WORDS(head));
}

/* Reads the oldest message and the RX_HEAD of the next in one batch. */
static int read_words(struct btc *b, uint32_t head)
{
	struct mailbox *m = b->mail;
	uint32_t next = 0;
	int rc;

	m->rx_words = WORDS(head);
	m->rx_station = G(head, MESSAGE_RX_HEAD, STATION);
	m->head_epoch = 0;
	for (uint32_t i = 0; i < m->rx_words; i++) {
		m->rx[i] = NOT_READ;
		regio_fetch(b->io, BTC_MESSAGE_RX_DATA, &m->rx[i]);
	}
	regio_fetch(b->io, BTC_MESSAGE_RX_HEAD, &next);
	rc = regio_flush(b->io);
	m->rx_broken = rc != 0;
	if (rc == 0)
		learn_head(b, next);
	return rc;
}

/* Takes the oldest message out of the FIFO; @taken false: there is none. */
static int take(struct btc *b, uint32_t delay_us, struct btc_message *msg, bool *taken)
{
	struct mailbox *m = b->mail;
	struct error err = { 0 };
	bool whole = false;
	uint32_t head = 0;
	int rc = m->rx_broken ? mend(b, &whole) : 0;

	*taken = false;
	if (rc == 0 && !whole) {
		rc = find_head(b, delay_us, &head);
		if (rc != 0 || WORDS(head) == 0)
			return rc;
		if (WORDS(head) < BTC_HEADER_WORDS || WORDS(head) > BTC_MESSAGE_MAX_WORDS)
			return refuse(b, head);
		rc = read_words(b, head);
	}
	if (rc != 0)
		return rc;
	m->rx_taken++;
	if (btc_message_decode(m->rx, m->rx_words, &err, msg) != 0) {
		m->count.corrupt++;
		return btc__fail(b, &err);
	}
	msg->station = m->rx_station;
	m->count.received++;
	*taken = true;
	return 0;
}

/* What arrives and does not match is kept. */
static int keep(struct btc *b, const struct btc_message *msg)
{
	struct error err = { 0 };

	if (btc__mailbox_keep(b->mail, msg, &err) != 0)
		return btc__fail(b, &err);
	return 0;
}

int btc__await(struct btc *b, const struct btc_match *match, struct patience *patience,
	       struct btc_message *msg)
{
	struct btc_message got;
	uint32_t delay_us = 0, n_kept = 0;
	bool taken;
	int rc = 0;

	if (btc__mailbox_take(b->mail, match, msg))
		return 0;
	while (rc == 0 && n_kept < MAX_KEPT) {
		rc = take(b, delay_us, &got, &taken);
		delay_us = 0;
		if (rc == 0 && taken && btc__is_match(match, &got.header)) {
			*msg = got;
			b->mail->count.handed++;
			return 0;
		}
		if (rc == 0 && taken) {
			rc = keep(b, &got);
			n_kept++;
		} else if (rc == 0 && !btc__patience_next(patience, &delay_us)) {
			return E_TIMEOUT;
		}
	}
	return rc != 0 ? rc : E_TIMEOUT;
}

int btc__unanswered(struct btc *b, const struct btc_match *match, uint32_t timeout_us)
{
	char source[MAC_TEXT_SIZE] = "anybody", type[16] = "any", sequence[16] = "any";

	if (!match->any_source)
		mac_format(&match->source, source);
	if (!match->any_type)
		snprintf(type, sizeof(type), "0x%04x", match->type);
	if (!match->any_sequence)
		snprintf(sequence, sizeof(sequence), "%u", match->sequence);
	return regio_fail(b->io, E_TIMEOUT,
			  "MESSAGE:RX_HEAD.WORDS: no message from %s, type %s, sequence %s "
			  "within %" PRIu32 " us",
			  source, type, sequence, timeout_us);
}

int btc_message_await(struct btc *b, const struct btc_match *match, uint32_t timeout_us,
		      struct error *err, struct btc_message *msg)
{
	struct patience patience = btc__patience_start(b, timeout_us);

	if (btc__await(b, match, &patience, msg) == E_TIMEOUT)
		btc__unanswered(b, match, timeout_us);
	return regio_end(b->io, err);
}

int btc_message_receive(struct btc *b, uint32_t timeout_us, struct error *err,
			struct btc_message *msg)
{
	static const struct btc_match any = { .any_source = true,
					      .any_type = true,
					      .any_sequence = true };

	return btc_message_await(b, &any, timeout_us, err, msg);
}

int btc_message_gather(struct btc *b, struct error *err)
{
	struct btc_message got;
	bool taken = true;
	int rc = 0;

	for (uint32_t n = 0; rc == 0 && taken && n < BTC_KEPT_MAX; n++) {
		rc = take(b, 0, &got, &taken);
		if (rc == 0 && taken)
			rc = keep(b, &got);
	}
	return regio_end(b->io, err);
}

bool btc_message_find(struct btc *b, const struct btc_match *match, struct btc_message *msg)
{
	return btc__mailbox_take(b->mail, match, msg);
}

int btc_message_flush(struct btc *b, struct error *err)
{
	int rc;

	regio_write(b->io, BTC_MESSAGE_TX_COMMIT, 1u << 30);
	regio_write(b->io, BTC_MESSAGE_RX_DROP, DROP_ALL);
	rc = regio_end(b->io, err);
	if (rc == 0)
		btc__mailbox_empty(b->mail);
	return rc;
}

void btc_mail_get(const struct btc *b, struct btc_mail *mail)
{
	*mail = b->mail->count;
	mail->kept = (uint32_t)b->mail->n_kept;
}
