/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The blades of the chassis as the BTC knows them (regmaps/btc/blade.rdl): who is plugged in, who it
 * is, what it offers; discovery of identifiers by messages, and handing them to all blades.
 */
#ifndef HAL_BTC_BLADES_H
#define HAL_BTC_BLADES_H

#include "hal/btc/btc.h"

enum btc_blade_state {
	BTC_BLADE_ABSENT,
	BTC_BLADE_UNKNOWN, /* plugged in, identifier not known yet */
	BTC_BLADE_READY,
	BTC_BLADE_DISABLED, /* kept out by software */
};

/* "absent", "unknown", "ready", "disabled"; NULL for others. */
const char *btc_blade_state_name(enum btc_blade_state state);

/* Bits as in BLADE.EVENTS. */
enum btc_blade_event {
	BTC_BLADE_INSERTED = 1u << 0,
	BTC_BLADE_REMOVED = 1u << 1,
	BTC_BLADE_ALIGN_LOST = 1u << 2,
	BTC_BLADE_BABBLED = 1u << 3,
};
#define BTC_N_BLADE_EVENTS 4u
const char *btc_blade_event_name(uint32_t i); /* of bit @i: "inserted", ...; NULL */

/* What a blade says of itself. */
struct btc_identity {
	struct mac ident;
	uint8_t ipv4[4], ipv6[16]; /* zeros: none */
	uint32_t functions;        /* offered, one bit each */
};

struct btc_blade {
	uint32_t station;
	bool present, aligned;
	bool duplicate; /* another blade has the same identifier */
	enum btc_blade_state state;
	uint32_t events;      /* since they were taken; not cleared by reading */
	bool disabled, known; /* what software wants: CONTROL */
	struct btc_identity identity;
};

/*
 * Stations 1 to n_blades of the core into blades[0] on, *@n of them.  Three transfers at most: what
 * software writes is read once, and only of blades that are plugged in or known.
 */
int btc_blades_get(struct btc *b, struct error *err, struct btc_blade blades[BTC_MAX_BLADES],
		   size_t *n);

/* One of them.  E_RANGE. */
int btc_blade_get(struct btc *b, uint32_t station, struct error *err, struct btc_blade *blade);

/* The ready blade with this identifier.  E_NOTFOUND. */
int btc_blade_find(struct btc *b, const struct mac *ident, struct error *err,
		   uint32_t *station);

/*
 * Events since they were last taken, events[i] of station i + 1, and clears just those that it
 * tells.  The core's event BLADE stays (events.h).
 */
int btc_blade_events_take(struct btc *b, struct error *err, uint32_t events[BTC_MAX_BLADES]);

/*
 * Tells the core who a blade is (KNOWN is 0 while it changes), or that it is not known.  E_RANGE: the
 * station, or an identifier that is zero or multicast.
 */
int btc_blade_identity_set(struct btc *b, uint32_t station, const struct btc_identity *identity,
			   struct error *err);
int btc_blade_identity_clear(struct btc *b, uint32_t station, struct error *err);

/* Keeps a blade out (no grants, messages for it are dropped), or lets it in again.  E_RANGE. */
int btc_blade_disable(struct btc *b, uint32_t station, bool disabled, struct error *err);

/* What a discovery found. */
struct btc_discovery {
	btc_blades asked;     /* present and not disabled */
	btc_blades answered;  /* of those */
	btc_blades changed;   /* identity is not what the core had */
	btc_blades duplicate; /* have the identifier of another blade, or the controller's */
	uint32_t malformed;   /* answers that were none: too short, or from nobody */
};

/*
 * Asks all blades who they are (one broadcast), waits for the answers of those plugged in, at most
 * @timeout_us, and tells the core.  Blades that do not answer are no error; their identity stays.
 * E_STATE: the bus is not enabled, or the controller has no identifier.
 */
int btc_discover(struct btc *b, uint32_t timeout_us, struct error *err,
		 struct btc_discovery *discovery);

/* Broadcasts the identifiers of all ready blades to all blades.  @n (may be NULL): how many. */
int btc_blades_hand(struct btc *b, struct error *err, size_t *n);

/* What changed in the chassis. */
struct btc_hotswap {
	btc_blades inserted, removed;   /* a blade that was swapped is in both */
	struct btc_discovery discovery; /* when somebody was inserted */
};

/*
 * Looks for blades that came and went since the last look: those plugged in are discovered (the core
 * forgets who was there before), and if anything changed all blades are handed the identifiers.
 * INSERTED and REMOVED are cleared when all of that is done, so that a failed call can be repeated;
 * what a blade pulled out was stays known, and messages for it are dropped as absent.
 */
int btc_hotswap(struct btc *b, uint32_t timeout_us, struct error *err,
		struct btc_hotswap *hotswap);

#endif
