/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between the files of the BTC driver. */
#ifndef HAL_BTC_BTC_PRIV_H
#define HAL_BTC_BTC_PRIV_H

#include "hal/btc/btc.h"
#include "hal/btc/fields.h"

struct btc_shape;
struct clock;
struct mailbox; /* mailbox_priv.h */

struct btc {
	struct device *dev;
	struct regio *io;
	const struct clock *clock; /* the bus's */
	struct btc_capabilities cap;
	struct mailbox *mail;
	bool trace_lost_place; /* an error in the middle of a record */
};

/* E_RANGE: @station is not @first to the highest of the core. */
int btc__check_station(const struct btc *b, uint32_t station, uint32_t first,
		       struct error *err);

/* E_RANGE: zero, multicast or everybody: nobody's identifier. */
int btc__check_ident(const struct mac *ident, struct error *err);

/* An identifier in the two registers from @hi on: IDENT_HI, IDENT_LO. */
void btc__ident_put(struct regio *io, uint64_t hi, const struct mac *ident);
struct mac btc__ident_of(uint32_t hi, uint32_t lo);

/*
 * A wait in steps that grow, by the bus's clock: start, then look, and while next() is true a delay in
 * front of the next look.  Passed: microseconds since the start, or all delays where these do not
 * pass (dry runs).
 */
struct patience {
	const struct clock *clock;
	uint64_t start_us, given_us;
	uint32_t timeout_us;
};
struct patience btc__patience_start(const struct btc *b, uint32_t timeout_us);
bool btc__patience_next(struct patience *p, uint32_t *delay_us);
uint64_t btc__patience_passed(const struct patience *p);
uint32_t btc__patience_left(const struct patience *p);

#endif
