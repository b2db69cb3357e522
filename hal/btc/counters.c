/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/btc/counters.h"

#include <string.h>

#include "hal/btc/btc_priv.h"

static const struct {
	const char *name;
	uint64_t addr;
} core[BTC_N_COUNTERS] = {
	[BTC_COUNT_FRAMES] = { "frames", BTC_FRAME_FRAMES },
	[BTC_COUNT_IDLE_SLOTS] = { "idle-slots", BTC_FRAME_IDLE_SLOTS },
	[BTC_COUNT_USED_SLOTS] = { "used-slots", BTC_FRAME_USED_SLOTS },
	[BTC_COUNT_COLLIDED_SLOTS] = { "collided-slots", BTC_FRAME_COLLIDED_SLOTS },
	[BTC_COUNT_TX_MESSAGES] = { "tx-messages", BTC_MESSAGE_TX_MESSAGES },
	[BTC_COUNT_RX_MESSAGES] = { "rx-messages", BTC_MESSAGE_RX_MESSAGES },
	[BTC_COUNT_RX_OVERFLOWS] = { "rx-overflows", BTC_MESSAGE_RX_OVERFLOWS },
	[BTC_COUNT_FORWARDED] = { "forwarded", BTC_FORWARD_FORWARDED },
	[BTC_COUNT_DROP_UNKNOWN] = { "drop-unknown", BTC_FORWARD_DROP_UNKNOWN },
	[BTC_COUNT_DROP_ABSENT] = { "drop-absent", BTC_FORWARD_DROP_ABSENT },
	[BTC_COUNT_DROP_FULL] = { "drop-full", BTC_FORWARD_DROP_FULL },
	[BTC_COUNT_DROP_BROADCAST] = { "drop-broadcast", BTC_FORWARD_DROP_BROADCAST },
	[BTC_COUNT_DROP_CRC] = { "drop-crc", BTC_FORWARD_DROP_CRC },
	[BTC_COUNT_DROP_CELLS] = { "drop-cells", BTC_FORWARD_DROP_CELLS },
	[BTC_COUNT_DROP_DUPLICATE] = { "drop-duplicate", BTC_FORWARD_DROP_DUPLICATE },
	[BTC_COUNT_DROP_STEER] = { "drop-steer", BTC_FORWARD_DROP_STEER },
};

/* Of a blade: one word after the other from CELLS on. */
static const char *const blade_names[BTC_N_BLADE_COUNTERS] = {
	[BTC_COUNT_BLADE_CELLS] = "cells",
	[BTC_COUNT_BLADE_MESSAGES] = "messages",
	[BTC_COUNT_BLADE_SENT] = "sent",
	[BTC_COUNT_BLADE_CELL_ERRORS] = "cell-errors",
	[BTC_COUNT_BLADE_LOST_CELLS] = "lost-cells",
	[BTC_COUNT_BLADE_MESSAGE_ERRORS] = "message-errors",
	[BTC_COUNT_BLADE_BABBLES] = "babbles",
	[BTC_COUNT_BLADE_SLIPS_SKIPPED] = "slips-skipped",
	[BTC_COUNT_BLADE_SLIPS_REPEATED] = "slips-repeated",
	[BTC_COUNT_BLADE_ALIGN_ERRORS] = "align-errors",
	[BTC_COUNT_BLADE_ALIGN_LOSSES] = "align-losses",
};

_Static_assert(BTC_BLADE_ALIGN_LOSSES(0) - BTC_BLADE_CELLS(0) == 4 * (BTC_N_BLADE_COUNTERS - 1),
	       "the counters of a blade are one word after the other");

const char *btc_counter_name(size_t i)
{
	return i < BTC_N_COUNTERS ? core[i].name : NULL;
}

bool btc_counter_is_drop(size_t i)
{
	return i == BTC_COUNT_RX_OVERFLOWS ||
	       (i < BTC_N_COUNTERS && strncmp(core[i].name, "drop-", 5) == 0);
}

int btc_counters_get(struct btc *b, struct error *err, uint32_t values[BTC_N_COUNTERS])
{
	uint64_t addrs[BTC_N_COUNTERS];

	for (size_t i = 0; i < BTC_N_COUNTERS; i++)
		addrs[i] = core[i].addr;
	regio_read_many(b->io, addrs, BTC_N_COUNTERS, values);
	return regio_end(b->io, err);
}

const char *btc_blade_counter_name(size_t i)
{
	return i < BTC_N_BLADE_COUNTERS ? blade_names[i] : NULL;
}

int btc_blade_counters_get(struct btc *b, uint32_t station, struct error *err,
			   uint32_t values[BTC_N_BLADE_COUNTERS])
{
	uint64_t addrs[BTC_N_BLADE_COUNTERS];
	int rc = btc__check_station(b, station, 1, err);

	if (rc != 0)
		return rc;
	for (size_t i = 0; i < BTC_N_BLADE_COUNTERS; i++)
		addrs[i] = BTC_BLADE_CELLS(station - 1) + 4 * i;
	regio_read_many(b->io, addrs, BTC_N_BLADE_COUNTERS, values);
	return regio_end(b->io, err);
}
