/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who the blades are: asked by messages, told to the core and to all blades. */
#include <inttypes.h>
#include <string.h>

#include "hal/btc/inner_priv.h"
#include "hal/device.h"

#define ANSWER_BYTES 30u /* identifier 6, IPv4 4, IPv6 16, functions 4 */

/* The platform's message of @type to everybody. */
static void to_all(struct btc_message *msg, uint16_t type)
{
	memset(msg, 0, sizeof(*msg));
	msg->header.final = btc_everybody();
	msg->header.type = type;
}

static bool decode_answer(const struct btc *b, const struct btc_message *msg,
			  struct btc_identity *identity)
{
	const uint8_t *p = msg->body;

	if (msg->header.length != ANSWER_BYTES || msg->station < 1 ||
	    msg->station > b->cap.n_blades)
		return false;
	memcpy(identity->ident.octet, p, 6);
	memcpy(identity->ipv4, p + 6, 4);
	memcpy(identity->ipv6, p + 10, 16);
	identity->functions =
		(uint32_t)p[26] << 24 | (uint32_t)p[27] << 16 | (uint32_t)p[28] << 8 | p[29];
	return btc__check_ident(&identity->ident, NULL) == 0;
}

/* Blades hear only when they are aligned: waits for those plugged in, for half of the time. */
static int wait_aligned(struct btc *b, uint32_t timeout_us, struct btc_state *state)
{
	struct patience patience = btc__patience_start(b, timeout_us / 2);
	uint32_t delay_us;
	int rc = btc__state_read(b, state);

	if (rc == 0 && !state->enabled)
		rc = regio_fail(b->io, E_STATE, "CONTROL:MODE.ENABLE is 0: the bus is silent");
	while (rc == 0 && (state->present & ~state->disabled & ~state->aligned) != 0 &&
	       btc__patience_next(&patience, &delay_us)) {
		regio_delay(b->io, delay_us);
		rc = btc__state_read(b, state);
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
		 struct btc_discovery *discovery)
{
	struct btc_blade now;
	int rc = btc__blades_read(b, station, 1, &now);

	if (rc != 0)
		return rc;
	discovery->answered |= btc_blade_bit(station);
	if (now.known && is_same(&now.identity, identity))
		return 0;
	discovery->changed |= btc_blade_bit(station);
	return btc__identity_write(b, station, identity);
}

/* Takes answers until all came or the time is over. */
static int collect(struct btc *b, uint16_t sequence, struct patience *patience,
		   struct btc_discovery *discovery)
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
			return rc == E_TIMEOUT ? regio_flush(b->io) : rc;
		if (decode_answer(b, &msg, &identity))
			rc = learn(b, msg.station, &identity, discovery);
		else
			discovery->malformed++;
	}
	return rc;
}

static btc_blades find_duplicates(const struct btc_blade *blades, size_t n,
				  const struct mac *own)
{
	btc_blades duplicate = 0;

	for (size_t i = 0; i < n; i++) {
		uint64_t ident = mac_number(&blades[i].identity.ident);

		if (!blades[i].known || !blades[i].present)
			continue;
		if (ident == mac_number(own))
			duplicate |= btc_blade_bit(blades[i].station);
		for (size_t k = i + 1; k < n; k++)
			if (blades[k].known && blades[k].present &&
			    mac_number(&blades[k].identity.ident) == ident)
				duplicate |= btc_blade_bit(blades[i].station) |
					     btc_blade_bit(blades[k].station);
	}
	return duplicate;
}

static int discover(struct btc *b, uint32_t timeout_us, struct btc_discovery *found)
{
	struct patience patience = btc__patience_start(b, timeout_us);
	struct btc_blade blades[BTC_MAX_BLADES];
	struct btc_message msg;
	struct btc_send how;
	struct btc_state state;
	int rc = wait_aligned(b, timeout_us, &state);

	memset(found, 0, sizeof(*found));
	if (rc != 0)
		return rc;
	to_all(&msg, BTC_TYPE_DISCOVER);
	how = (struct btc_send){ .timeout_us = btc__patience_left(&patience) };
	rc = btc__message_send(b, &msg, &how);
	found->asked = state.present & ~state.disabled;
	if (rc == 0 && !device_is_dry_run(b->dev))
		rc = collect(b, msg.header.sequence, &patience, found);
	if (rc == 0)
		rc = btc__blades_read(b, 1, b->cap.n_blades, blades);
	if (rc == 0)
		found->duplicate = find_duplicates(blades, b->cap.n_blades, &state.ident);
	return rc;
}

int btc_discover(struct btc *b, uint32_t timeout_us, struct error *err,
		 struct btc_discovery *discovery)
{
	struct btc_discovery found;
	int rc;

	discover(b, timeout_us, &found);
	rc = regio_end(b->io, err);
	if (rc == 0)
		*discovery = found;
	return rc;
}

/* --- handing identifiers out ------------------------------------------------------------- */

static int hand(struct btc *b, size_t *told)
{
	struct btc_send how = { .timeout_us = BTC_SEND_TIMEOUT_US };
	struct btc_blade blades[BTC_MAX_BLADES];
	struct btc_message msg;
	int rc = btc__blades_read(b, 1, b->cap.n_blades, blades);

	*told = 0;
	if (rc != 0)
		return rc;
	to_all(&msg, BTC_TYPE_IDENTIFIERS);
	for (size_t i = 0; i < b->cap.n_blades; i++) {
		if (blades[i].state != BTC_BLADE_READY)
			continue;
		msg.body[7 * *told] = (uint8_t)blades[i].station;
		memcpy(&msg.body[7 * *told + 1], blades[i].identity.ident.octet, 6);
		(*told)++;
	}
	msg.header.length = (uint16_t)(7 * *told);
	return btc__message_send(b, &msg, &how);
}

int btc_blades_hand(struct btc *b, struct error *err, size_t *n)
{
	size_t told;
	int rc;

	hand(b, &told);
	rc = regio_end(b->io, err);
	if (rc == 0 && n != NULL)
		*n = told;
	return rc;
}

int btc_hotswap(struct btc *b, uint32_t timeout_us, struct error *err,
		struct btc_hotswap *hotswap)
{
	const uint32_t plugs = BTC_BLADE_INSERTED | BTC_BLADE_REMOVED;
	uint32_t events[BTC_MAX_BLADES];
	struct btc_hotswap seen;
	size_t told;
	int rc = btc__blade_events_read(b, events);

	memset(&seen, 0, sizeof(seen));
	for (uint32_t i = 0; rc == 0 && i < BTC_MAX_BLADES; i++) {
		events[i] &= plugs;
		if ((events[i] & BTC_BLADE_INSERTED) != 0)
			seen.inserted |= btc_blade_bit(i + 1);
		if ((events[i] & BTC_BLADE_REMOVED) != 0)
			seen.removed |= btc_blade_bit(i + 1);
	}
	if (rc == 0 && seen.inserted != 0)
		rc = discover(b, timeout_us, &seen.discovery);
	if (rc == 0 && (seen.inserted | seen.removed) != 0)
		rc = hand(b, &told);
	if (rc == 0)
		btc__blade_events_clear(b, events);
	rc = regio_end(b->io, err);
	if (rc == 0)
		*hotswap = seen;
	return rc;
}
