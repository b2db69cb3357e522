/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/btc/mailbox_priv.h"

#include <stdlib.h>
#include <string.h>

int btc__mailbox_new(struct error *err, struct mailbox **out)
{
	*out = calloc(1, sizeof(**out));
	return *out != NULL ? 0 : error_set(err, E_NOMEM, "out of memory");
}

static void drop_kept(struct mailbox *m)
{
	for (size_t i = 0; i < m->n_kept; i++)
		free(m->kept[i]);
	m->n_kept = 0;
}

void btc__mailbox_free(struct mailbox *m)
{
	if (m == NULL)
		return;
	drop_kept(m);
	free(m);
}

void btc__mailbox_empty(struct mailbox *m)
{
	m->count.flushed += m->n_kept;
	drop_kept(m);
	m->tx_begun = m->rx_broken = m->rx_taken_known = false;
	m->tx_epoch = m->head_epoch = 0;
}

/* --- sequences --------------------------------------------------------------------------- */

static size_t find_peer(const struct mailbox *m, uint64_t to)
{
	size_t i = 0;

	while (i < m->n_peers && m->peer[i].to != to)
		i++;
	return i;
}

static uint16_t first_sequence(const struct mailbox *m, uint64_t to)
{
	return (uint16_t)(m->base + (to == 0 ? 0x8000 : 0));
}

uint16_t btc__mailbox_sequence(const struct mailbox *m, const struct mac *to)
{
	size_t i = find_peer(m, mac_number(to));

	if (i < m->n_peers)
		return m->peer[i].next;
	return m->n_peers < MAILBOX_PEERS ? first_sequence(m, mac_number(to)) : m->rest;
}

void btc__mailbox_sent(struct mailbox *m, const struct mac *to)
{
	uint64_t number = mac_number(to);
	size_t i = find_peer(m, number);

	m->count.sent++;
	if (i == MAILBOX_PEERS) {
		m->rest++;
		return;
	}
	if (i == m->n_peers) {
		m->peer[i].to = number;
		m->peer[i].next = first_sequence(m, number);
		m->n_peers++;
	}
	m->peer[i].next++;
}

/* --- kept messages ----------------------------------------------------------------------- */

static void remove_kept(struct mailbox *m, size_t i)
{
	free(m->kept[i]);
	m->n_kept--;
	memmove(&m->kept[i], &m->kept[i + 1], (m->n_kept - i) * sizeof(struct btc_message *));
}

int btc__mailbox_keep(struct mailbox *m, const struct btc_message *msg, struct error *err)
{
	struct btc_message *copy = malloc(sizeof(*copy));

	if (copy == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	*copy = *msg;
	if (m->n_kept == BTC_KEPT_MAX) {
		remove_kept(m, 0);
		m->count.overflowed++;
	}
	m->kept[m->n_kept++] = copy;
	return 0;
}

bool btc__is_match(const struct btc_match *match, const struct btc_header *header)
{
	return (match->any_source ||
		mac_number(&match->source) == mac_number(&header->source)) &&
	       (match->any_type || match->type == header->type) &&
	       (match->any_sequence || match->sequence == header->sequence);
}

bool btc__mailbox_take(struct mailbox *m, const struct btc_match *match,
		       struct btc_message *msg)
{
	for (size_t i = 0; i < m->n_kept; i++)
		if (btc__is_match(match, &m->kept[i]->header)) {
			*msg = *m->kept[i];
			remove_kept(m, i);
			m->count.handed++;
			return true;
		}
	return false;
}
