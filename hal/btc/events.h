/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Events of the BTC: sticky bits of CONTROL.EVENTS (regmaps/btc/control.rdl). */
#ifndef HAL_BTC_EVENTS_H
#define HAL_BTC_EVENTS_H

#include "hal/btc/btc.h"

/* Bits as in CONTROL.EVENTS. */
enum btc_event {
	BTC_EVENT_BLADE = 1u << 0,
	BTC_EVENT_RX_MESSAGE = 1u << 1,
	BTC_EVENT_RX_OVERFLOW = 1u << 2,
	BTC_EVENT_TX_OVERFLOW = 1u << 3,
	BTC_EVENT_PLAN_APPLIED = 1u << 4,
	BTC_EVENT_PLAN_REFUSED = 1u << 5,
	BTC_EVENT_BABBLE = 1u << 6,
	BTC_EVENT_DUPLICATE = 1u << 7,
	BTC_EVENT_ALIGNMENT = 1u << 8,
	BTC_EVENT_ERROR = 1u << 9,
	BTC_EVENT_TRACE_OVERFLOW = 1u << 10,
};
#define BTC_N_EVENTS   11u
#define BTC_ALL_EVENTS 0x7ffu

/* Of bit @i: "blade", "rx-message", "plan-applied", ...; NULL past the end. */
const char *btc_event_name(uint32_t i);

/* The events of @mask since they were cleared, and clears just those that it tells. */
int btc_events_take(struct btc *b, uint32_t mask, struct error *err, uint32_t *events);

/* Those that raise the interrupt.  E_RANGE: bits that are no event. */
int btc_events_enable_set(struct btc *b, uint32_t events, struct error *err);
int btc_events_enable_get(struct btc *b, struct error *err, uint32_t *events);

/*
 * Waits until one of the events of @mask has happened since it was cleared, at most @timeout_us,
 * and takes those of @mask that have.  E_TIMEOUT.
 */
int btc_events_wait(struct btc *b, uint32_t mask, uint32_t timeout_us, struct error *err,
		    uint32_t *events);

#endif
