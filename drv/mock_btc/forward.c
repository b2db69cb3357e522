/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The forwarding engine: from blade to blade, and the block FORWARD. */
#include "drv/mock_btc/model.h"

#include <string.h>

uint64_t mb_lookup(const struct mock_btc *m, uint64_t ident, bool *gone)
{
	uint64_t left = m->table_hash[mb_hash_of(ident)], found = 0;

	*gone = false;
	while (left != 0) {
		uint32_t station = mb_next(&left);

		if (m->table_ident[station] != ident)
			continue;
		if ((m->plugged & ~m->disabled & mb_bit(station)) != 0)
			found |= mb_bit(station);
		else
			*gone = true;
	}
	return found;
}

uint32_t mb_queue_words(const struct mock_btc *m)
{
	const struct mb_station *s = &m->station[0];

	return s->queue.words +
	       (s->sending != NULL && s->sending->forwarded ? s->sending->words : 0);
}

static bool drop(struct mock_btc *m, unsigned why)
{
	m->forward[why]++;
	return false;
}

/* A copy of the message whose initial destination is its final one. */
static bool queue(struct mock_btc *m, const struct mb_rx *rx, uint32_t station, uint32_t except,
		  uint64_t ns)
{
	uint32_t words = (rx->len - 4 + 3) / 4;
	struct mb_message *message;

	if (mb_queue_words(m) + words > m->forward_limit)
		return drop(m, MB_DROP_FULL);
	message = mb_message_new(m);
	if (message == NULL)
		return drop(m, MB_DROP_FULL);
	message->n_bytes = rx->len;
	message->words = words;
	message->ready_ns = ns;
	message->station = (uint8_t)station;
	message->except = (uint8_t)except;
	message->forwarded = true;
	memcpy(message->bytes, rx->bytes, rx->len);
	memcpy(message->bytes, message->bytes + 6, 6);
	mb_push(&m->station[0].queue, message);
	return true;
}

static bool broadcast(struct mock_btc *m, uint32_t sender, const struct mb_rx *rx, uint64_t ns)
{
	uint32_t policy = mb_field(m->forward_mode, BTC_FORWARD_MODE__BROADCAST);
	bool kept;

	if (policy == BTC_FORWARD_MODE__BROADCAST__DROP)
		return drop(m, MB_DROP_BROADCAST);
	kept = queue(m, rx, 0, policy == BTC_FORWARD_MODE__BROADCAST__OTHERS ? sender : 0, ns);
	return mb_to_software(m, sender, rx) && kept;
}

static bool unicast(struct mock_btc *m, uint32_t sender, const struct mb_rx *rx, uint64_t ns)
{
	bool gone;
	uint64_t found = mb_lookup(m, mb_ident(rx->bytes + 6), &gone);
	uint32_t station;

	if (found == 0)
		return drop(m, gone ? MB_DROP_ABSENT : MB_DROP_UNKNOWN);
	station = mb_next(&found);
	if (found != 0)
		return drop(m, MB_DROP_DUPLICATE);
	if ((m->live & mb_bit(station)) == 0)
		return drop(m, MB_DROP_ABSENT);
	if (!queue(m, rx, station, 0, ns))
		return false;
	if (mb_field(m->forward_mode, BTC_FORWARD_MODE__COPY) != 0)
		mb_to_software(m, sender, rx);
	return true;
}

/* The steps of btc.rdl, "Life of a message", from the second. */
bool mb_forward(struct mock_btc *m, uint32_t sender, const struct mb_rx *rx, uint64_t ns)
{
	uint64_t initial = mb_ident(rx->bytes), final = mb_ident(rx->bytes + 6);

	if (initial == MB_EVERYBODY ||
	    mb_field(m->forward_mode, BTC_FORWARD_MODE__ENABLE) == 0 || final == m->ident)
		return mb_to_software(m, sender, rx);
	if (final == MB_EVERYBODY)
		return broadcast(m, sender, rx, ns);
	return unicast(m, sender, rx, ns);
}

/* Is the blade still there that the message was queued for? */
static bool is_there(const struct mock_btc *m, const struct mb_message *message)
{
	uint32_t station = message->station;

	return station == 0 || ((m->live & m->known & mb_bit(station)) != 0 &&
				m->table_ident[station] == mb_ident(message->bytes));
}

static bool is_ready(const struct mb_message *message, uint64_t start_ns)
{
	return message != NULL && message->ready_ns <= start_ns;
}

struct mb_message *mb_controller_next(struct mock_btc *m, uint64_t start_ns)
{
	struct mb_queue *forwarded = &m->station[0].queue;
	struct mb_message *message;

	while (is_ready(forwarded->first, start_ns)) {
		if (m->port.turn && is_ready(m->port.tx.first, start_ns))
			break;
		message = mb_pop(forwarded);
		m->port.turn = true;
		if (is_there(m, message))
			return message;
		drop(m, MB_DROP_ABSENT);
		mb_message_free(m, message);
	}
	if (!is_ready(m->port.tx.first, start_ns))
		return NULL;
	m->port.turn = false;
	return mb_pop(&m->port.tx);
}

static void read(struct mock_btc *m, uint64_t addr, uint32_t *value)
{
	uint32_t words = mb_queue_words(m);

	if (addr == BTC_FORWARD_QUEUE)
		*value = (uint32_t)reg_field_put(*value, BTC_FORWARD_QUEUE__LEVEL,
						 words < 0xffff ? words : 0xffff);
}

static void write(struct mock_btc *m, uint64_t addr, uint32_t value)
{
	if (addr == BTC_FORWARD_QUEUE)
		m->forward_limit = mb_field(value, BTC_FORWARD_QUEUE__LIMIT);
	if (addr != BTC_FORWARD_MODE)
		return;
	if (mb_field(value, BTC_FORWARD_MODE__BROADCAST) > BTC_FORWARD_MODE__BROADCAST__OTHERS)
		mb_put(m, addr, m->forward_mode);
	else
		m->forward_mode = value;
}

static void load(struct mock_btc *m)
{
	m->forward_mode = (uint32_t)BTC_FORWARD_MODE__RESET;
	write(m, BTC_FORWARD_MODE, mb_get(m, BTC_FORWARD_MODE));
	write(m, BTC_FORWARD_QUEUE, mb_get(m, BTC_FORWARD_QUEUE));
	mb_flush(m, &m->station[0].queue);
	if (m->station[0].sending != NULL)
		mb_message_free(m, m->station[0].sending);
	m->station[0].sending = NULL;
}

const struct mb_block mb_block_forward = {
	.first = BTC_FORWARD_MODE,
	.last = BTC_FORWARD_DROP_STEER,
	.read = read,
	.write = write,
	.load = load,
};
