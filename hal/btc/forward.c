/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/btc/forward.h"

#include <inttypes.h>
#include <string.h>

#include "hal/btc/btc_priv.h"

static const char *const names[] = { "drop", "all", "others" };
#define N_POLICIES (sizeof(names) / sizeof(names[0]))

const char *btc_broadcast_name(enum btc_broadcast policy)
{
	return (unsigned)policy < N_POLICIES ? names[policy] : NULL;
}

bool btc_broadcast_find(const char *name, enum btc_broadcast *policy)
{
	for (unsigned i = 0; i < N_POLICIES; i++)
		if (strcmp(name, names[i]) == 0) {
			*policy = (enum btc_broadcast)i;
			return true;
		}
	return false;
}

int btc_forwarding_set(struct btc *b, const struct btc_forwarding *forwarding,
		       struct error *err)
{
	if (btc_broadcast_name(forwarding->broadcast) == NULL)
		return error_set(err, E_RANGE, "broadcast policy %u: only 0 to 2",
				 (unsigned)forwarding->broadcast);
	if (forwarding->limit_words > 65535)
		return error_set(err, E_RANGE, "a queue of %" PRIu32 " words: only 0 to 65535",
				 forwarding->limit_words);
	regio_fields(b->io, BTC_FORWARD_QUEUE,
		     F(FORWARD_QUEUE, LIMIT, forwarding->limit_words));
	regio_fields(b->io, BTC_FORWARD_MODE, F(FORWARD_MODE, ENABLE, forwarding->enable),
		     F(FORWARD_MODE, BROADCAST, forwarding->broadcast),
		     F(FORWARD_MODE, COPY, forwarding->copy));
	return regio_end(b->io, err);
}

int btc_forwarding_get(struct btc *b, struct error *err, struct btc_forwarding *forwarding)
{
	static const uint64_t addrs[] = { BTC_FORWARD_MODE, BTC_FORWARD_QUEUE };
	uint32_t v[2], policy;

	if (regio_read_many(b->io, addrs, 2, v) != 0)
		return regio_end(b->io, err);
	policy = G(v[0], FORWARD_MODE, BROADCAST);
	if (policy >= N_POLICIES)
		regio_fail(b->io, E_CORRUPT, "FORWARD:MODE.BROADCAST reads %" PRIu32, policy);
	else
		*forwarding = (struct btc_forwarding){
			.enable = G(v[0], FORWARD_MODE, ENABLE) != 0,
			.broadcast = (enum btc_broadcast)policy,
			.copy = G(v[0], FORWARD_MODE, COPY) != 0,
			.limit_words = G(v[1], FORWARD_QUEUE, LIMIT),
			.level_words = G(v[1], FORWARD_QUEUE, LEVEL),
		};
	return regio_end(b->io, err);
}
