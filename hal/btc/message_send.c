/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Software's transmit FIFO. */
#include <inttypes.h>

#include "hal/btc/inner_priv.h"
#include "hal/btc/mailbox_priv.h"
#include "hal/device.h"

#define DISCARD         (1u << 30)
#define SEND            (1u << 31)
#define STEER           (1u << 16)
#define SEND_TIMEOUT_US 1000u /* for SEND to clear: the core only moves a pointer */

/* Fills in what the caller left out. */
static int complete(struct btc *b, struct btc_header *header, bool steer)
{
	static const uint64_t addrs[] = { BTC_CONTROL_IDENT_HI, BTC_CONTROL_IDENT_LO };
	uint32_t v[2] = { 0, 0 };

	if (!steer && mac_number(&header->final) == 0)
		return regio_fail(b->io, E_RANGE, "the message has no final destination");
	if (mac_number(&header->source) == 0) {
		if (regio_get_many(b->io, addrs, 2, v) != 0)
			return regio_flush(b->io);
		header->source = btc__ident_of(v[0], v[1]);
	}
	if (mac_number(&header->source) == 0)
		return regio_fail(b->io, E_STATE,
				  "CONTROL:IDENT_HI and IDENT_LO are 0: the controller has no "
				  "identifier");
	if (mac_number(&header->initial) == 0)
		header->initial = header->final;
	return 0;
}

/* Looks how much room there is, the first time also where sequences start. */
static int look(struct btc *b, uint32_t *space)
{
	static const uint64_t addrs[] = { BTC_MESSAGE_TX_STATUS, BTC_MESSAGE_TX_MESSAGES };
	struct mailbox *m = b->mail;
	uint32_t v[2] = { 0, 0 };
	int rc = regio_read_many(b->io, addrs, m->has_base ? 1 : 2, v);

	if (rc != 0)
		return rc;
	if (!m->has_base)
		m->base = m->rest = (uint16_t)v[1];
	m->has_base = true;
	*space = G(v[0], MESSAGE_TX_STATUS, SPACE);
	return 0;
}

/* Words of a message that was not ended go first: they take room. */
static void discard(struct btc *b)
{
	if (!b->mail->tx_begun)
		return;
	regio_write(b->io, BTC_MESSAGE_TX_COMMIT, DISCARD);
	if (regio_flush(b->io) == 0)
		b->mail->tx_begun = false;
}

static int make_room(struct btc *b, size_t words, uint32_t timeout_us)
{
	struct patience patience = btc__patience_start(b, timeout_us);
	struct mailbox *m = b->mail;
	uint32_t space = m->tx_space, delay_us;

	discard(b);
	if (m->tx_epoch == regio_epoch(b->io) && space >= words && m->has_base)
		return 0;
	while (look(b, &space) == 0 && space < words) {
		if (!btc__patience_next(&patience, &delay_us))
			return regio_fail(b->io, timeout_us > 0 ? E_TIMEOUT : E_BUSY,
					  "MESSAGE:TX_STATUS.SPACE was not %zu words within "
					  "%" PRIu32 " us, last %" PRIu32,
					  words, timeout_us, space);
		regio_delay(b->io, delay_us);
	}
	return regio_flush(b->io);
}

/* The message, whole, in one batch; then what became of it. */
static int write_message(struct btc *b, const uint32_t *words, size_t n, uint32_t commit)
{
	struct mailbox *m = b->mail;
	uint32_t status = 0;
	int rc;

	m->tx_begun = true;
	m->tx_epoch = 0;
	for (size_t i = 0; i < n; i++)
		regio_write(b->io, BTC_MESSAGE_TX_DATA, words[i]);
	regio_write(b->io, BTC_MESSAGE_TX_COMMIT, commit);
	regio_wait(b->io, &(struct regio_wait){ .addr = BTC_MESSAGE_TX_COMMIT,
						.mask = SEND,
						.timeout_us = SEND_TIMEOUT_US });
	regio_fetch(b->io, BTC_MESSAGE_TX_STATUS, &status);
	rc = regio_flush(b->io);
	if (rc != 0)
		return rc;
	m->tx_begun = false;
	m->tx_space = G(status, MESSAGE_TX_STATUS, SPACE);
	m->tx_epoch = regio_epoch(b->io);
	if (!G(status, MESSAGE_TX_STATUS, DROPPED) || device_is_dry_run(b->dev))
		return 0;
	if ((commit & STEER) != 0)
		return regio_fail(b->io, E_STATE,
				  "MESSAGE:TX_STATUS.DROPPED is set: no blade to steer type "
				  "0x%04" PRIx32 " to",
				  words[4] & 0xffff);
	return regio_fail(b->io, E_IO,
			  "MESSAGE:TX_STATUS.DROPPED is set: the core dropped the message");
}

int btc__message_send(struct btc *b, struct btc_message *msg, const struct btc_send *how)
{
	uint32_t words[BTC_MESSAGE_MAX_WORDS];
	struct error bad = { 0 };
	struct mac to;
	size_t n;
	int rc = complete(b, &msg->header, how->steer);

	if (rc != 0)
		return rc;
	if (btc_message_encode(msg, &bad, words, &n) != 0)
		return btc__fail(b, &bad);
	to = how->steer ? mac_of_number(0) : msg->header.final;
	rc = make_room(b, n, how->timeout_us);
	if (rc != 0)
		return rc;
	msg->header.sequence = btc__mailbox_sequence(b->mail, &to);
	btc_header_encode(&msg->header, words);
	rc = write_message(b, words, n, SEND | (how->steer ? STEER : 0) | msg->header.length);
	if (rc == 0)
		btc__mailbox_sent(b->mail, &to);
	return rc;
}

int btc_message_send(struct btc *b, struct btc_message *msg, const struct btc_send *how,
		     struct error *err)
{
	static const struct btc_send usual = { .timeout_us = BTC_SEND_TIMEOUT_US };

	btc__message_send(b, msg, how != NULL ? how : &usual);
	return regio_end(b->io, err);
}

int btc_message_drain(struct btc *b, uint32_t timeout_us, struct error *err)
{
	uint32_t messages = (uint32_t)reg_field_mask(BTC_MESSAGE_TX_STATUS__MESSAGES);

	regio_wait(b->io, &(struct regio_wait){ .addr = BTC_MESSAGE_TX_STATUS,
						.mask = messages,
						.timeout_us = timeout_us,
						.every_us = 100 });
	return regio_end(b->io, err);
}
