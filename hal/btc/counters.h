/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Counters of the BTC: the core's and each blade's.  All have 32 bits, wrap, and are cleared by
 * btc_reset() only: differences are taken in software.
 */
#ifndef HAL_BTC_COUNTERS_H
#define HAL_BTC_COUNTERS_H

#include "hal/btc/btc.h"

/* Of the core. */
enum btc_counter {
	BTC_COUNT_FRAMES,
	BTC_COUNT_IDLE_SLOTS,
	BTC_COUNT_USED_SLOTS,
	BTC_COUNT_COLLIDED_SLOTS,
	BTC_COUNT_TX_MESSAGES, /* that software sent */
	BTC_COUNT_RX_MESSAGES, /* that came for software */
	BTC_COUNT_RX_OVERFLOWS,
	BTC_COUNT_FORWARDED,
	BTC_COUNT_DROP_UNKNOWN,
	BTC_COUNT_DROP_ABSENT,
	BTC_COUNT_DROP_FULL,
	BTC_COUNT_DROP_BROADCAST,
	BTC_COUNT_DROP_CRC,
	BTC_COUNT_DROP_CELLS,
	BTC_COUNT_DROP_DUPLICATE,
	BTC_COUNT_DROP_STEER,
	BTC_N_COUNTERS
};

/* "frames", "drop-unknown", ...; NULL past the end. */
const char *btc_counter_name(size_t i);
bool btc_counter_is_drop(size_t i); /* messages that went nowhere */

int btc_counters_get(struct btc *b, struct error *err, uint32_t values[BTC_N_COUNTERS]);

/* Of a blade. */
enum btc_blade_counter {
	BTC_COUNT_BLADE_CELLS,
	BTC_COUNT_BLADE_MESSAGES,
	BTC_COUNT_BLADE_SENT, /* sent on to it */
	BTC_COUNT_BLADE_CELL_ERRORS,
	BTC_COUNT_BLADE_LOST_CELLS,
	BTC_COUNT_BLADE_MESSAGE_ERRORS,
	BTC_COUNT_BLADE_BABBLES,
	BTC_COUNT_BLADE_SLIPS_SKIPPED,
	BTC_COUNT_BLADE_SLIPS_REPEATED,
	BTC_COUNT_BLADE_ALIGN_ERRORS,
	BTC_COUNT_BLADE_ALIGN_LOSSES,
	BTC_N_BLADE_COUNTERS
};

/* "cells", "messages", "sent", ...; NULL past the end. */
const char *btc_blade_counter_name(size_t i);

/* E_RANGE: not a station of a blade. */
int btc_blade_counters_get(struct btc *b, uint32_t station, struct error *err,
			   uint32_t values[BTC_N_BLADE_COUNTERS]);

#endif
