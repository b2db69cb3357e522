/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/btc/trace.h"

#include <inttypes.h>

#include "hal/btc/btc_priv.h"

#define BATCH 64u /* records */

int btc_trace_set(struct btc *b, bool enable, bool clear, struct error *err)
{
	int rc;

	if (clear)
		regio_fields(b->io, BTC_TRACE_MODE, F(TRACE_MODE, ENABLE, enable),
			     F(TRACE_MODE, CLEAR, 1));
	else
		regio_fields(b->io, BTC_TRACE_MODE, F(TRACE_MODE, ENABLE, enable));
	rc = regio_end(b->io, err);
	if (rc == 0 && clear)
		b->trace_lost_place = false;
	return rc;
}

int btc_trace_get(struct btc *b, struct error *err, bool *enable, uint32_t *level)
{
	static const uint64_t addrs[] = { BTC_TRACE_MODE, BTC_TRACE_STATUS };
	uint32_t v[2];

	if (regio_read_many(b->io, addrs, 2, v) == 0) {
		*enable = G(v[0], TRACE_MODE, ENABLE) != 0;
		*level = G(v[1], TRACE_STATUS, LEVEL);
	}
	return regio_end(b->io, err);
}

void btc_trace_decode(const uint32_t words[BTC_TRACE_WORDS], struct btc_trace_record *record)
{
	record->first_frame = words[0];
	record->first_slot = (uint8_t)(words[1] >> 24);
	record->last_slot = (uint8_t)(words[1] >> 16);
	record->station = (uint8_t)(words[1] >> 8 & 0x7f);
	record->dropped = (words[1] & 1) != 0;
	record->last_frame = words[2];
	btc_header_decode(words + 3, &record->header);
	record->cells = words[10];
}

/* @n records, at most BATCH, in one batch; *@whole of them came. */
static int read_batch(struct btc *b, size_t n, struct btc_trace_record *records, size_t *whole)
{
	uint32_t words[BATCH * BTC_TRACE_WORDS] = { 0 };
	int rc;

	for (size_t i = 0; i < n * BTC_TRACE_WORDS; i++)
		regio_fetch(b->io, BTC_TRACE_DATA, &words[i]);
	rc = regio_flush(b->io);
	*whole = rc == 0 ? n : 0;
	for (size_t i = 0; i < *whole; i++)
		btc_trace_decode(words + i * BTC_TRACE_WORDS, &records[i]);
	return rc;
}

/* After an error words may be missing from a record: what is left of the stream makes no sense. */
static void find_place(struct btc *b)
{
	uint32_t mode;

	if (regio_get(b->io, BTC_TRACE_MODE, &mode) != 0)
		return;
	regio_fields(b->io, BTC_TRACE_MODE, F(TRACE_MODE, CLEAR, 1));
	if (regio_flush(b->io) == 0)
		b->trace_lost_place = false;
}

int btc_trace_read(struct btc *b, struct btc_trace_record *records, size_t max,
		   struct error *err, size_t *n, bool *lost)
{
	uint32_t status = 0;
	size_t batch, whole;
	int rc = 0;

	*n = 0;
	if (lost != NULL)
		*lost = b->trace_lost_place;
	if (b->trace_lost_place)
		find_place(b);
	while (rc == 0 && *n < max && regio_read(b->io, BTC_TRACE_STATUS, &status) == 0) {
		batch = G(status, TRACE_STATUS, LEVEL);
		if (batch == 0)
			break;
		if (batch > BATCH)
			batch = BATCH;
		if (batch > max - *n)
			batch = max - *n;
		rc = read_batch(b, batch, records + *n, &whole);
		*n += whole;
		b->trace_lost_place = rc != 0;
	}
	return regio_end(b->io, err);
}

static bool is_forwarded(const struct btc_header *before, const struct btc_header *after)
{
	uint64_t final = mac_number(&before->final);

	return mac_number(&before->initial) != final && mac_number(&after->initial) == final &&
	       mac_number(&after->final) == final &&
	       mac_number(&before->source) == mac_number(&after->source) &&
	       before->type == after->type && before->length == after->length &&
	       before->sequence == after->sequence && before->platform == after->platform;
}

void btc_trace_pair(const struct btc_trace_record *records, size_t n, size_t *pair)
{
	for (size_t i = 0; i < n; i++)
		pair[i] = BTC_TRACE_ALONE;
	for (size_t i = 0; i < n; i++) {
		if (pair[i] != BTC_TRACE_ALONE || records[i].station == BTC_CONTROLLER ||
		    records[i].dropped)
			continue;
		for (size_t k = i + 1; k < n; k++) {
			if (pair[k] != BTC_TRACE_ALONE ||
			    records[k].station != BTC_CONTROLLER ||
			    !is_forwarded(&records[i].header, &records[k].header))
				continue;
			pair[i] = k;
			pair[k] = i;
			break;
		}
	}
}
