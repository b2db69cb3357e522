/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Software's message port: the block MESSAGE. */
#include "drv/mock_btc/model.h"

#include <string.h>

#define HEADER_WORDS (MB_HEADER / 4)

static uint32_t words_of_body(uint32_t length)
{
	return (length + 3) / 4;
}

static uint32_t tx_sending(const struct mock_btc *m)
{
	const struct mb_message *sending = m->station[0].sending;

	return sending != NULL && !sending->forwarded ? sending->words : 0;
}

static uint32_t tx_space(const struct mock_btc *m)
{
	return MB_FIFO_WORDS - m->port.n_written - m->port.tx.words - tx_sending(m);
}

static uint32_t rx_level(const struct mock_btc *m)
{
	return m->port.rx.words - m->port.n_read;
}

static uint32_t at_most_255(uint32_t n)
{
	return n < 255 ? n : 255;
}

/* --- from software ------------------------------------------------------------------------- */

static void write_word(struct mock_btc *m, uint32_t word)
{
	struct mb_port *port = &m->port;

	if (tx_space(m) > 0) {
		port->written[port->n_written++] = word;
		return;
	}
	port->overrun = true;
	m->events |= MB_EVENT(TX_OVERFLOW);
}

/* Do the words that were written make a message of @length? */
static bool fits(const struct mb_port *port, uint32_t length)
{
	return !port->overrun && length <= MOCK_BTC_MAX_BODY &&
	       port->n_written == HEADER_WORDS + words_of_body(length) &&
	       (port->written[5] >> 16) == length;
}

/* Addresses it to a blade that steering chooses; false: there is none. */
static bool steer(struct mock_btc *m, struct mb_message *message)
{
	uint32_t station = mb_steer(m, mb_be16(message->bytes + 18));

	if (station == 0) {
		m->forward[MB_DROP_STEER]++;
		return false;
	}
	mb_put_ident(message->bytes, m->table_ident[station]);
	memcpy(message->bytes + 6, message->bytes, 6);
	return true;
}

static struct mb_message *written_message(struct mock_btc *m, uint32_t length)
{
	struct mb_message *message = mb_message_new(m);

	if (message == NULL)
		return NULL;
	message->n_bytes = MB_HEADER + length + 4;
	message->words = m->port.n_written;
	message->ready_ns = mb_now_ns(m);
	for (uint32_t i = 0; i < m->port.n_written; i++)
		mb_put_be32(message->bytes + 4 * i, m->port.written[i]);
	return message;
}

/* False: it was dropped. */
static bool send(struct mock_btc *m, uint32_t commit)
{
	uint32_t length = mb_field(commit, BTC_MESSAGE_TX_COMMIT__LENGTH);
	struct mb_message *message = fits(&m->port, length) ? written_message(m, length) : NULL;
	uint64_t found;
	bool gone;

	if (message == NULL)
		return false;
	if (mb_field(commit, BTC_MESSAGE_TX_COMMIT__STEER) != 0 && !steer(m, message)) {
		mb_message_free(m, message);
		return false;
	}
	found = mb_lookup(m, mb_ident(message->bytes), &gone);
	if (found != 0 && (found & (found - 1)) == 0)
		message->station = (uint8_t)mb_next(&found);
	mb_push(&m->port.tx, message);
	return true;
}

static void commit_words(struct mock_btc *m, uint32_t value)
{
	bool discard = mb_field(value, BTC_MESSAGE_TX_COMMIT__DISCARD) != 0;
	bool sends = mb_field(value, BTC_MESSAGE_TX_COMMIT__SEND) != 0;

	if (sends && !discard)
		m->port.dropped = !send(m, value);
	if (sends || discard) {
		m->port.n_written = 0;
		m->port.overrun = false;
	}
	mb_put(m, BTC_MESSAGE_TX_COMMIT,
	       value & ~(uint32_t)(reg_field_mask(BTC_MESSAGE_TX_COMMIT__SEND) |
				   reg_field_mask(BTC_MESSAGE_TX_COMMIT__DISCARD)));
}

/* --- to software --------------------------------------------------------------------------- */

bool mb_to_software(struct mock_btc *m, uint32_t sender, const struct mb_rx *rx)
{
	struct mb_port *port = &m->port;
	uint32_t words = (rx->len - 4 + 3) / 4;
	struct mb_message *message =
		rx_level(m) + words > MB_FIFO_WORDS ? NULL : mb_message_new(m);

	if (message == NULL) {
		port->counter[MB_RX_OVERFLOWS]++;
		m->events |= MB_EVENT(RX_OVERFLOW);
		return false;
	}
	message->words = words;
	message->sender = (uint8_t)sender;
	memcpy(message->bytes, rx->bytes, rx->len - 4);
	memset(message->bytes + rx->len - 4, 0, 4);
	mb_push(&port->rx, message);
	port->counter[MB_RX_MESSAGES]++;
	m->events |= MB_EVENT(RX_MESSAGE);
	return true;
}

static void drop_oldest(struct mock_btc *m)
{
	struct mb_message *message = mb_pop(&m->port.rx);

	m->port.n_read = 0;
	if (message != NULL)
		mb_message_free(m, message);
}

static uint32_t read_word(struct mock_btc *m)
{
	struct mb_port *port = &m->port;
	uint32_t word;

	if (port->rx.first == NULL)
		return 0;
	word = mb_be32(port->rx.first->bytes + 4 * port->n_read++);
	if (port->n_read == port->rx.first->words)
		drop_oldest(m);
	return word;
}

static void drop_received(struct mock_btc *m, uint32_t value)
{
	if (mb_field(value, BTC_MESSAGE_RX_DROP__NEXT) != 0)
		drop_oldest(m);
	while (mb_field(value, BTC_MESSAGE_RX_DROP__ALL) != 0 && m->port.rx.first != NULL)
		drop_oldest(m);
}

/* --- the block ----------------------------------------------------------------------------- */

static uint32_t tx_status(const struct mock_btc *m)
{
	uint32_t n = m->port.tx.n + (tx_sending(m) > 0);

	return (uint32_t)reg_field_put(0, BTC_MESSAGE_TX_STATUS__SPACE, tx_space(m)) |
	       (uint32_t)reg_field_put(0, BTC_MESSAGE_TX_STATUS__MESSAGES, at_most_255(n)) |
	       (uint32_t)reg_field_put(0, BTC_MESSAGE_TX_STATUS__DROPPED, m->port.dropped);
}

static uint32_t rx_head(const struct mock_btc *m)
{
	const struct mb_message *oldest = m->port.rx.first;

	if (oldest == NULL)
		return 0;
	return (uint32_t)reg_field_put(0, BTC_MESSAGE_RX_HEAD__WORDS,
				       oldest->words - m->port.n_read) |
	       (uint32_t)reg_field_put(0, BTC_MESSAGE_RX_HEAD__STATION, oldest->sender);
}

static uint32_t rx_status(const struct mock_btc *m)
{
	return (uint32_t)reg_field_put(0, BTC_MESSAGE_RX_STATUS__LEVEL, rx_level(m)) |
	       (uint32_t)reg_field_put(0, BTC_MESSAGE_RX_STATUS__MESSAGES,
				       at_most_255(m->port.rx.n));
}

static void read(struct mock_btc *m, uint64_t addr, uint32_t *value)
{
	switch (addr) {
	case BTC_MESSAGE_TX_STATUS:
		*value = tx_status(m);
		break;
	case BTC_MESSAGE_RX_DATA:
		*value = read_word(m);
		break;
	case BTC_MESSAGE_RX_HEAD:
		*value = rx_head(m);
		break;
	case BTC_MESSAGE_RX_STATUS:
		*value = rx_status(m);
		break;
	default:
		break;
	}
}

static void write(struct mock_btc *m, uint64_t addr, uint32_t value)
{
	switch (addr) {
	case BTC_MESSAGE_TX_DATA:
		write_word(m, value);
		break;
	case BTC_MESSAGE_TX_COMMIT:
		commit_words(m, value);
		break;
	case BTC_MESSAGE_RX_DROP:
		drop_received(m, value);
		break;
	default:
		break;
	}
}

static void load(struct mock_btc *m)
{
	m->port.n_written = m->port.n_read = 0;
	m->port.overrun = m->port.dropped = m->port.turn = false;
	mb_flush(m, &m->port.tx);
	mb_flush(m, &m->port.rx);
}

const struct mb_block mb_block_message = {
	.first = BTC_MESSAGE_TX_DATA,
	.last = BTC_MESSAGE_RX_MESSAGES,
	.read = read,
	.write = write,
	.load = load,
};
