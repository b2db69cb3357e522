/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Steps that several operations of the BTC driver are made of.  Their errors are kept for the
 * regio_end() of the operation, which tells how many registers it has written in all; they return the
 * code too.
 */
#ifndef HAL_BTC_INNER_PRIV_H
#define HAL_BTC_INNER_PRIV_H

#include "hal/btc/blades.h"
#include "hal/btc/btc_priv.h"
#include "hal/btc/frame.h"
#include "hal/btc/message.h"
#include "hal/btc/slots.h"

/* An error that was found without access, with its text. */
int btc__fail(struct btc *b, const struct error *err);

int btc__shape_read(struct btc *b, struct btc_shape *shape);
void btc__shape_put(struct regio *io, const struct btc_shape *shape);

int btc__plan_apply(struct btc *b, const struct btc_plan *plan, struct btc_applied *applied);

int btc__state_read(struct btc *b, struct btc_state *state);

/* Stations @first to @first + n - 1. */
int btc__blades_read(struct btc *b, uint32_t first, size_t n, struct btc_blade *blades);
int btc__blade_events_read(struct btc *b, uint32_t events[BTC_MAX_BLADES]);
int btc__blade_events_clear(struct btc *b, const uint32_t events[BTC_MAX_BLADES]);
/* Of a station and with an identifier that were checked. */
int btc__identity_write(struct btc *b, uint32_t station, const struct btc_identity *identity);

int btc__message_send(struct btc *b, struct btc_message *msg, const struct btc_send *how);

/*
 * As btc_message_await(), with a time that is running already.  E_TIMEOUT without an error that is
 * kept: nothing came; btc__unanswered() makes one of it.
 */
int btc__await(struct btc *b, const struct btc_match *match, struct patience *patience,
	       struct btc_message *msg);
int btc__unanswered(struct btc *b, const struct btc_match *match, uint32_t timeout_us);

#endif
