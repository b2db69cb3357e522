/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/btc/events.h"

#include <inttypes.h>

#include "hal/btc/btc_priv.h"

static const char *const names[BTC_N_EVENTS] = { "blade",       "rx-message",    "rx-overflow",
						 "tx-overflow", "plan-applied",  "plan-refused",
						 "babble",      "duplicate",     "alignment",
						 "error",       "trace-overflow" };

const char *btc_event_name(uint32_t i)
{
	return i < BTC_N_EVENTS ? names[i] : NULL;
}

/* One look; clears what it saw. */
static int take(struct btc *b, uint32_t mask, uint32_t *events)
{
	uint32_t v;

	if (regio_read(b->io, BTC_CONTROL_EVENTS, &v) != 0 || (v & mask) == 0) {
		*events = 0;
		return regio_flush(b->io);
	}
	regio_write(b->io, BTC_CONTROL_EVENTS, v & mask);
	*events = v & mask;
	return regio_flush(b->io);
}

int btc_events_take(struct btc *b, uint32_t mask, struct error *err, uint32_t *events)
{
	uint32_t seen;

	if (take(b, mask, &seen) == 0)
		*events = seen;
	return regio_end(b->io, err);
}

int btc_events_enable_set(struct btc *b, uint32_t events, struct error *err)
{
	if ((events & ~BTC_ALL_EVENTS) != 0)
		return error_set(err, E_RANGE, "events 0x%" PRIx32 ": only bits 0 to %u",
				 events, BTC_N_EVENTS - 1);
	regio_fields(b->io, BTC_CONTROL_EVENTS_ENABLE,
		     F(CONTROL_EVENTS_ENABLE, ENABLE, events));
	return regio_end(b->io, err);
}

int btc_events_enable_get(struct btc *b, struct error *err, uint32_t *events)
{
	uint32_t v;

	if (regio_get(b->io, BTC_CONTROL_EVENTS_ENABLE, &v) == 0)
		*events = G(v, CONTROL_EVENTS_ENABLE, ENABLE);
	return regio_end(b->io, err);
}

int btc_events_wait(struct btc *b, uint32_t mask, uint32_t timeout_us, struct error *err,
		    uint32_t *events)
{
	struct patience patience = btc__patience_start(b, timeout_us);
	uint32_t seen = 0, delay_us;

	while (take(b, mask, &seen) == 0 && seen == 0) {
		if (!btc__patience_next(&patience, &delay_us)) {
			regio_fail(b->io, E_TIMEOUT,
				   "CONTROL:EVENTS & 0x%" PRIx32 " stayed 0 for %" PRIu32 " us",
				   mask, timeout_us);
			break;
		}
		regio_delay(b->io, delay_us);
	}
	if (seen != 0)
		*events = seen;
	return regio_end(b->io, err);
}
