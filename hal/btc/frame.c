/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/btc/frame.h"

#include <inttypes.h>

#include "hal/btc/inner_priv.h"

struct btc_shape btc_shape_default(void)
{
	return (struct btc_shape){ .period_ns = BTC_FRAME_PERIOD__RESET,
				   .n_slots = 128,
				   .slot_bytes = 32 };
}

int btc_shape_check(const struct btc *b, const struct btc_shape *shape, struct error *err)
{
	if (shape->period_ns < 10000 || shape->period_ns > 1000000)
		return error_set(err, E_RANGE,
				 "a frame of %" PRIu32 " ns: only 10000 to 1000000",
				 shape->period_ns);
	if (shape->n_slots < 2 || shape->n_slots > b->cap.n_slots)
		return error_set(err, E_RANGE, "%" PRIu32 " timeslots: only 2 to %" PRIu32,
				 shape->n_slots, b->cap.n_slots);
	if (shape->slot_bytes < 8 || shape->slot_bytes > b->cap.slot_bytes ||
	    shape->slot_bytes % 2 != 0)
		return error_set(err, E_RANGE,
				 "timeslots of %" PRIu32 " bytes: only 8 to %" PRIu32 ", even",
				 shape->slot_bytes, b->cap.slot_bytes);
	return 0;
}

uint32_t btc_shape_cells(const struct btc_shape *shape, uint32_t body_bytes)
{
	uint32_t payload = shape->slot_bytes - BTC_CELL_OVERHEAD;

	return (body_bytes + BTC_MESSAGE_OVERHEAD + payload - 1) / payload;
}

uint64_t btc_shape_bps(const struct btc_shape *shape)
{
	return UINT64_C(8000000000) * shape->n_slots * shape->slot_bytes / shape->period_ns;
}

void btc__shape_put(struct regio *io, const struct btc_shape *shape)
{
	regio_fields(io, BTC_FRAME_PERIOD, F(FRAME_PERIOD, NS, shape->period_ns));
	regio_fields(io, BTC_FRAME_SHAPE, F(FRAME_SHAPE, SLOTS, shape->n_slots),
		     F(FRAME_SHAPE, SLOT_BYTES, shape->slot_bytes));
}

/* MODE, PERIOD and SHAPE. */
static int read_shape(struct btc *b, struct btc_shape *shape, bool *enabled)
{
	static const uint64_t addrs[] = { BTC_CONTROL_MODE, BTC_FRAME_PERIOD, BTC_FRAME_SHAPE };
	uint32_t v[3];
	int rc = regio_get_many(b->io, addrs, 3, v);

	if (rc != 0)
		return rc;
	*enabled = G(v[0], CONTROL_MODE, ENABLE) != 0;
	shape->period_ns = G(v[1], FRAME_PERIOD, NS);
	shape->n_slots = G(v[2], FRAME_SHAPE, SLOTS);
	shape->slot_bytes = G(v[2], FRAME_SHAPE, SLOT_BYTES);
	return 0;
}

int btc__shape_read(struct btc *b, struct btc_shape *shape)
{
	bool enabled;

	return read_shape(b, shape, &enabled);
}

int btc_frame_get(struct btc *b, struct error *err, struct btc_shape *shape)
{
	btc__shape_read(b, shape);
	return regio_end(b->io, err);
}

int btc_frame_set(struct btc *b, const struct btc_shape *shape, struct error *err)
{
	struct btc_shape now;
	bool enabled;
	int rc = btc_shape_check(b, shape, err);

	if (rc != 0)
		return rc;
	if (read_shape(b, &now, &enabled) == 0 && enabled &&
	    (now.period_ns != shape->period_ns || now.n_slots != shape->n_slots ||
	     now.slot_bytes != shape->slot_bytes))
		regio_fail(b->io, E_STATE,
			   "CONTROL:MODE.ENABLE is 1: the frame changes on a silent bus only");
	btc__shape_put(b->io, shape);
	return regio_end(b->io, err);
}

int btc_alignment_set(struct btc *b, const struct btc_alignment *alignment, struct error *err)
{
	if (alignment->gain < 1 || alignment->gain > 15 || alignment->lose < 1 ||
	    alignment->lose > 15)
		return error_set(err, E_RANGE,
				 "alignment after %" PRIu32 " words, lost after %" PRIu32
				 ": only 1 to 15",
				 alignment->gain, alignment->lose);
	regio_fields(b->io, BTC_FRAME_ALIGN, F(FRAME_ALIGN, WORD, alignment->word),
		     F(FRAME_ALIGN, GAIN, alignment->gain),
		     F(FRAME_ALIGN, LOSE, alignment->lose));
	return regio_end(b->io, err);
}

int btc_alignment_get(struct btc *b, struct error *err, struct btc_alignment *alignment)
{
	uint32_t v;

	if (regio_get(b->io, BTC_FRAME_ALIGN, &v) == 0) {
		alignment->word = (uint16_t)G(v, FRAME_ALIGN, WORD);
		alignment->gain = G(v, FRAME_ALIGN, GAIN);
		alignment->lose = G(v, FRAME_ALIGN, LOSE);
	}
	return regio_end(b->io, err);
}
