/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who the blades are: asked by messages, told to the core and to all blades. */
#include <inttypes.h>
#include <string.h>

#include "hal/btc/blades.h"
#include "hal/btc/btc_priv.h"
#include "hal/btc/mailbox_priv.h"

#define ANSWER_BYTES 30u /* identifier 6, IPv4 4, IPv6 16, functions 4 */

/* The platform's message of @type to everybody. */
static void to_all(struct btc_message *msg, uint16_t type)
{
	memset(msg, 0, sizeof(*msg));
	msg->header.final = btc_everybody();
	msg->header.type = type;
}

static bool decode_answer(const struct btc_message *msg, struct btc_identity *identity)
{
	const uint8_t *p = msg->body;

	if (msg->header.length != ANSWER_BYTES || msg->station < 1 ||
	    msg->station > BTC_MAX_BLADES)
		return false;
	memcpy(identity->ident.octet, p, 6);
	memcpy(identity->ipv4, p + 6, 4);
	memcpy(identity->ipv6, p + 10, 16);
	identity->functions =
		(uint32_t)p[26] << 24 | (uint32_t)p[27] << 16 | (uint32_t)p[28] << 8 | p[29];
	return btc__check_ident(&identity->ident, NULL) == 0;
}

/* Blades hear only when they are aligned: waits for those plugged in, for half of the time. */
static int wait_aligned(struct btc *b, uint32_t timeout_us, struct error *err,
			struct btc_state *state)
{
	struct patience patience = btc__patience_start(b, timeout_us / 2);
	uint32_t delay_us;
	int rc = btc_state_get(b, err, state);

	if (rc == 0 && !state->enabled)
		rc = error_set(err, E_STATE, "CONTROL:MODE.ENABLE is 0: the bus is silent");
	while (rc == 0 && (state->present & ~state->disabled & ~state->aligned) != 0 &&
	       btc__patience_next(&patience, &delay_us)) {
		regio_delay(b->io, delay_us);
		rc = btc_state_get(b, err, state);
	}
	return rc;
}

static bool is_same(const struct btc_identity *a, const struct btc_identity *b)
{
	return mac_number(&a->ident) == mac_number(&b->ident) &&
	       memcmp(a->ipv4, b->ipv4, sizeof(a->ipv4)) == 0 &&
	       memcmp(a->ipv6, b->ipv6, sizeof(a->ipv6)) == 0 && a->functions == b->functions;
}

static int learn(struct btc *b, uint32_t station, const struct btc_identity *identity,
		 struct error *err, struct btc_discovery *discovery)
{
	struct btc_blade now;
	int rc = btc_blade_get(b, station, err, &now);

	if (rc != 0)
		return rc;
	discovery->answered |= btc_blade_bit(station);
	if (now.known && is_same(&now.identity, identity))
		return 0;
	rc = btc_blade_identity_set(b, station, identity, err);
	if (rc == 0)
		discovery->changed |= btc_blade_bit(station);
	return rc;
}

/* Takes answers until all came or the time is over. */
static int collect(struct btc *b, uint16_t sequence, const struct patience *patience,
		   struct error *err, struct btc_discovery *discovery)
{
	struct btc_match match = { .any_source = true,
				   .type = BTC_TYPE_DISCOVERED,
				   .sequence = sequence };
	struct btc_identity identity;
	struct btc_message msg;
	int rc = 0;

	while (rc == 0 && (discovery->asked & ~discovery->answered) != 0) {
		rc = btc__await(b, &match, patience, &msg);
		if (rc != 0)
			break;
		if (decode_answer(&msg, &identity))
			rc = learn(b, msg.station, &identity, err, discovery);
		else
			discovery->malformed++;
		if (rc != 0)
			return rc;
	}
	if (rc == E_TIMEOUT && regio_flush(b->io) == 0)
		return 0;
	return regio_end(b->io, err);
}

static int find_duplicates(struct btc *b, const struct mac *own, struct error *err,
			   btc_blades *duplicate)
{
	struct btc_blade blades[BTC_MAX_BLADES];
	size_t n;
	int rc = btc_blades_get(b, err, blades, &n);

	*duplicate = 0;
	for (size_t i = 0; rc == 0 && i < n; i++) {
		uint64_t ident = mac_number(&blades[i].identity.ident);

		if (!blades[i].known || !blades[i].present)
			continue;
		if (ident == mac_number(own))
			*duplicate |= btc_blade_bit(blades[i].station);
		for (size_t k = i + 1; k < n; k++)
			if (blades[k].known && blades[k].present &&
			    mac_number(&blades[k].identity.ident) == ident)
				*duplicate |= btc_blade_bit(blades[i].station) |
					      btc_blade_bit(blades[k].station);
	}
	return rc;
}

int btc_discover(struct btc *b, uint32_t timeout_us, struct error *err,
		 struct btc_discovery *discovery)
{
	struct patience patience = btc__patience_start(b, timeout_us);
	struct btc_discovery found = { 0 };
	struct btc_message msg;
	struct btc_send how;
	struct btc_state state;
	int rc = wait_aligned(b, timeout_us, err, &state);

	if (rc != 0)
		return rc;
	to_all(&msg, BTC_TYPE_DISCOVER);
	how = (struct btc_send){ .timeout_us = btc__patience_left(&patience) };
	rc = btc_message_send(b, &msg, &how, err);
	found.asked = state.present & ~state.disabled;
	if (rc == 0)
		rc = collect(b, msg.header.sequence, &patience, err, &found);
	if (rc == 0)
		rc = find_duplicates(b, &state.ident, err, &found.duplicate);
	if (rc == 0)
		*discovery = found;
	return rc;
}

int btc_blades_hand(struct btc *b, struct error *err, size_t *n)
{
	struct btc_blade blades[BTC_MAX_BLADES];
	struct btc_message msg;
	size_t n_blades, told = 0;
	int rc = btc_blades_get(b, err, blades, &n_blades);

	if (rc != 0)
		return rc;
	to_all(&msg, BTC_TYPE_IDENTIFIERS);
	for (size_t i = 0; i < n_blades; i++) {
		if (blades[i].state != BTC_BLADE_READY)
			continue;
		msg.body[7 * told] = (uint8_t)blades[i].station;
		memcpy(&msg.body[7 * told + 1], blades[i].identity.ident.octet, 6);
		told++;
	}
	msg.header.length = (uint16_t)(7 * told);
	rc = btc_message_send(b, &msg, NULL, err);
	if (rc == 0 && n != NULL)
		*n = told;
	return rc;
}

int btc_hotswap(struct btc *b, uint32_t timeout_us, struct error *err,
		struct btc_hotswap *hotswap)
{
	uint32_t events[BTC_MAX_BLADES];
	struct btc_hotswap seen;
	int rc = btc_blade_events_take(b, err, events);

	memset(&seen, 0, sizeof(seen));
	for (uint32_t i = 0; rc == 0 && i < BTC_MAX_BLADES; i++) {
		if ((events[i] & BTC_BLADE_INSERTED) != 0)
			seen.inserted |= btc_blade_bit(i + 1);
		if ((events[i] & BTC_BLADE_REMOVED) != 0)
			seen.removed |= btc_blade_bit(i + 1);
	}
	if (rc == 0 && seen.inserted != 0)
		rc = btc_discover(b, timeout_us, err, &seen.discovery);
	if (rc == 0 && (seen.inserted | seen.removed) != 0)
		rc = btc_blades_hand(b, err, NULL);
	if (rc == 0)
		*hotswap = seen;
	return rc;
}
