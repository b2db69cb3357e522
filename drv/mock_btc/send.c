/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The sending side of all stations: messages into cells. */
#include "drv/mock_btc/model.h"

#include <string.h>

#include "drv/mock_btc/crc.h"

enum { CONTINUATION, END, BEGINNING, SINGLE };

/* The controller's next message: what it sends, or the sooner of its two queues. */
static const struct mb_message *controller_waiting(const struct mock_btc *m)
{
	const struct mb_message *software = m->port.tx.first;
	const struct mb_message *forwarded = m->station[0].queue.first;

	if (m->station[0].sending != NULL)
		return m->station[0].sending;
	if (software == NULL || forwarded == NULL)
		return software == NULL ? forwarded : software;
	return software->ready_ns < forwarded->ready_ns ? software : forwarded;
}

bool mb_ready(struct mock_btc *m, uint32_t station, uint64_t start_ns)
{
	const struct mb_message *message;

	if (station == 0) {
		message = controller_waiting(m);
		return message != NULL && message->ready_ns <= start_ns;
	}
	return m->station[station].ready_ns <= start_ns;
}

static struct mb_message *next_message(struct mock_btc *m, uint32_t station, uint64_t start_ns)
{
	struct mb_station *s = &m->station[station];

	if (s->sending == NULL) {
		s->sending = station == 0 ? mb_controller_next(m, start_ns)
					  : mb_blade_next(m, station, start_ns);
		s->sent = 0;
	}
	if (s->sending == NULL || s->sending->ready_ns > start_ns)
		return NULL;
	return s->sending;
}

void mb_cell_crc(struct mock_btc *m, uint8_t *cell)
{
	uint8_t *last = cell + m->slot_bytes - 2;
	uint32_t crc = mb_crc10(cell, m->slot_bytes);

	last[0] |= (uint8_t)(crc >> 8);
	last[1] |= (uint8_t)crc;
}

/*
 * The CRC-32 is worked out when a cell needs it, and only if it could be looked at: a receiver
 * trusts cells that nothing has touched.
 */
static void seal(struct mock_btc *m, uint32_t station, struct mb_message *message)
{
	const struct mb_rx *rx = &m->rx[station];

	if (!message->sealed && (mb_is_watched(m) || !rx->open || !rx->intact ||
				 rx->number + 1 != m->station[station].n_cells))
		mb_message_seal(message);
}

bool mb_send_cell(struct mock_btc *m, uint32_t station, uint64_t start_ns, struct mb_cell *cell)
{
	struct mb_station *s = &m->station[station];
	struct mb_message *message = next_message(m, station, start_ns);
	uint32_t payload = m->slot_bytes - 4, n, st;

	if (message == NULL)
		return false;
	n = message->n_bytes - s->sent;
	st = s->sent == 0 ? BEGINNING : CONTINUATION;
	cell->ended = NULL;
	if (n <= payload) {
		st = s->sent == 0 ? SINGLE : END;
		cell->ended = message;
	} else {
		n = payload;
	}
	if (s->sent + n + 4 > message->n_bytes)
		seal(m, station, message);
	mb_put_be16(cell->bytes, st << 14 | (uint32_t)s->sn << 10 | station);
	memcpy(cell->bytes + 2, message->bytes + s->sent, n);
	memset(cell->bytes + 2 + n, 0, payload - n);
	mb_put_be16(cell->bytes + 2 + payload, n << 10);
	if (mb_is_watched(m))
		mb_cell_crc(m, cell->bytes);
	cell->except = message->except;
	cell->intact = true;
	cell->number = s->n_cells++;
	s->sent += n;
	s->sn = (s->sn + 1) & 15;
	m->stats.cells++;
	m->stats.payload_bytes += n;
	if (cell->ended != NULL)
		s->sending = NULL;
	return true;
}

static void controller_sent(struct mock_btc *m, const struct mb_message *message)
{
	if (message->forwarded)
		m->forward[MB_FORWARDED]++;
	else
		m->port.counter[MB_TX_MESSAGES]++;
	if (message->station > 0)
		m->blade[message->station].counter[MB_SENT]++;
}

void mb_sent(struct mock_btc *m, uint32_t station, struct mb_message *message)
{
	m->stats.messages++;
	m->stats.broken += !m->arrived;
	if (station == 0) {
		controller_sent(m, message);
	} else {
		m->blade[station].stats.sent++;
		mb_pending(m, station);
	}
	mb_message_free(m, message);
}

void mb_restart(struct mock_btc *m, uint32_t station)
{
	m->station[station].sent = 0;
}

void mb_pending(struct mock_btc *m, uint32_t station)
{
	struct mb_station *s = &m->station[station];
	const struct mb_message *next = s->sending != NULL ? s->sending : s->queue.first;
	uint64_t bit = mb_bit(station);

	if (next != NULL)
		s->ready_ns = next->ready_ns;
	if (next != NULL && (m->silent & bit) == 0)
		m->pending |= bit;
	else
		m->pending &= ~bit;
}
