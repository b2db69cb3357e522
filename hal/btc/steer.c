/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/btc/steer.h"

#include <inttypes.h>
#include <string.h>

#include "hal/btc/btc_priv.h"

static void read_matches(struct btc *b, uint32_t match[BTC_N_STEER_RULES])
{
	uint64_t addrs[BTC_N_STEER_RULES];

	for (uint32_t i = 0; i < BTC_N_STEER_RULES; i++)
		addrs[i] = BTC_STEER_RULE_MATCH(i);
	regio_get_many(b->io, addrs, BTC_N_STEER_RULES, match);
}

int btc_steer_get(struct btc *b, struct error *err,
		  struct btc_steer_rule rules[BTC_N_STEER_RULES])
{
	uint32_t match[BTC_N_STEER_RULES] = { 0 }, v[3 * BTC_N_STEER_RULES];
	uint64_t addrs[3 * BTC_N_STEER_RULES];
	size_t n = 0, at = 0;

	read_matches(b, match);
	for (uint32_t i = 0; i < BTC_N_STEER_RULES; i++)
		for (uint32_t word = 0; word < 3 && G(match[i], STEER_RULE_MATCH, VALID);
		     word++)
			addrs[n++] = BTC_STEER_RULE_ELIGIBLE_LO(i) + 4 * word;
	if (regio_read_many(b->io, addrs, n, v) != 0)
		return regio_end(b->io, err);
	memset(rules, 0, BTC_N_STEER_RULES * sizeof(*rules));
	for (uint32_t i = 0; i < BTC_N_STEER_RULES; i++) {
		if (!G(match[i], STEER_RULE_MATCH, VALID))
			continue;
		rules[i] = (struct btc_steer_rule){
			.valid = true,
			.type = (uint16_t)G(match[i], STEER_RULE_MATCH, TYPE),
			.function = G(match[i], STEER_RULE_MATCH, FUNCTION),
			.eligible = (uint64_t)v[at + 1] << 32 | v[at],
			.hits = v[at + 2],
		};
		at += 3;
	}
	return regio_end(b->io, err);
}

static int check_index(uint32_t index, struct error *err)
{
	if (index >= BTC_N_STEER_RULES)
		return error_set(err, E_RANGE, "rule %" PRIu32 ": only 0 to %u", index,
				 BTC_N_STEER_RULES - 1);
	return 0;
}

/* Is the rule in the core what it should be, all but HITS? */
static bool is_same(struct btc *b, uint32_t index, const uint32_t want[3])
{
	uint64_t addrs[3];
	uint32_t v[3] = { 0 };

	for (uint32_t i = 0; i < 3; i++)
		addrs[i] = BTC_STEER_RULE_MATCH(index) + 4 * i;
	return regio_get_many(b->io, addrs, 3, v) == 0 && memcmp(v, want, sizeof(v)) == 0;
}

int btc_steer_set(struct btc *b, uint32_t index, const struct btc_steer_rule *rule,
		  struct error *err)
{
	uint32_t want[3];
	int rc = check_index(index, err);

	if (rc != 0)
		return rc;
	if (!rule->valid)
		return btc_steer_clear(b, index, err);
	if (rule->function >= BTC_N_FUNCTIONS)
		return error_set(err, E_RANGE, "function %" PRIu32 ": only 0 to %u",
				 rule->function, BTC_N_FUNCTIONS - 1);
	want[0] = 1u << 31 | rule->function << 16 | rule->type;
	want[1] = (uint32_t)rule->eligible;
	want[2] = (uint32_t)(rule->eligible >> 32);
	if (!is_same(b, index, want)) {
		regio_fields(b->io, BTC_STEER_RULE_MATCH(index), F(STEER_RULE_MATCH, VALID, 0));
		regio_put(b->io, BTC_STEER_RULE_ELIGIBLE_LO(index), want[1]);
		regio_put(b->io, BTC_STEER_RULE_ELIGIBLE_HI(index), want[2]);
		regio_put(b->io, BTC_STEER_RULE_MATCH(index), want[0]);
	}
	return regio_end(b->io, err);
}

int btc_steer_clear(struct btc *b, uint32_t index, struct error *err)
{
	int rc = check_index(index, err);

	if (rc != 0)
		return rc;
	regio_fields(b->io, BTC_STEER_RULE_MATCH(index), F(STEER_RULE_MATCH, VALID, 0));
	return regio_end(b->io, err);
}
