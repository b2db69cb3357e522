/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The BTC's bus analyser: a record of every message that crossed the bus (regmaps/btc/trace.rdl). */
#ifndef HAL_BTC_TRACE_H
#define HAL_BTC_TRACE_H

#include "hal/btc/btc.h"
#include "hal/btc/message.h"

#define BTC_TRACE_WORDS   11u
#define BTC_TRACE_RECORDS 1024u /* that the core holds */

struct btc_trace_record {
	uint32_t first_frame, last_frame; /* numbers of the frames of the first and last cell */
	uint8_t first_slot, last_slot;
	uint8_t station; /* that sent it: 0 is the controller */
	bool dropped;
	struct btc_header header; /* as it was on the bus */
	uint32_t cells;
};

/* Off or on; @clear empties the record too. */
int btc_trace_set(struct btc *b, bool enable, bool clear, struct error *err);
int btc_trace_get(struct btc *b, struct error *err, bool *enable, uint32_t *level);

/*
 * Takes up to @max records, the oldest first, *@n of them.  Reads are in batches of 64 records.
 * On failure the records that were read whole are there too (*@n is right); the place in the stream
 * is lost then, and the next call empties the record first and sets @lost (may be NULL).
 * Records that the core lost for want of room: BTC_EVENT_TRACE_OVERFLOW.
 */
int btc_trace_read(struct btc *b, struct btc_trace_record *records, size_t max,
		   struct error *err, size_t *n, bool *lost);

/* 11 words of TRACE.DATA taken apart. */
void btc_trace_decode(const uint32_t words[BTC_TRACE_WORDS], struct btc_trace_record *record);

#define BTC_TRACE_ALONE SIZE_MAX

/*
 * The two lines of a forwarded message: pair[i] is the record of the same message after the
 * controller overwrote the initial destination (i: before), or before (i: after);
 * BTC_TRACE_ALONE where there is none.  Same are source, final destination, type, length, sequence
 * and platform word; the earliest free record counts.
 */
void btc_trace_pair(const struct btc_trace_record *records, size_t n, size_t *pair);

#endif
