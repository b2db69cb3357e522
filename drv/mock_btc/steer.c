/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Steering by message type: the block STEER. */
#include "drv/mock_btc/model.h"

/* Stations that a rule may choose now. */
static uint64_t eligible(const struct mock_btc *m, const struct mb_rule *rule)
{
	uint32_t function = mb_field(rule->match, BTC_STEER_RULE_MATCH__FUNCTION);
	uint64_t left = rule->eligible & m->known & m->live & ~m->duplicate, found = 0;

	while (left != 0) {
		uint32_t station = mb_next(&left);

		if ((m->blade[station].functions >> function & 1) != 0)
			found |= mb_bit(station);
	}
	return found;
}

static struct mb_rule *rule_for(struct mock_btc *m, uint32_t type)
{
	for (uint32_t i = 0; i < MB_RULES; i++) {
		struct mb_rule *rule = &m->rule[i];

		if (mb_field(rule->match, BTC_STEER_RULE_MATCH__VALID) != 0 &&
		    mb_field(rule->match, BTC_STEER_RULE_MATCH__TYPE) == type)
			return rule;
	}
	return NULL;
}

uint32_t mb_steer(struct mock_btc *m, uint32_t type)
{
	struct mb_rule *rule = rule_for(m, type);
	uint64_t found = rule == NULL ? 0 : eligible(m, rule), above;

	if (found == 0)
		return 0;
	above = rule->last < 64 ? found >> rule->last << rule->last : 0;
	if (above != 0)
		found = above;
	rule->last = mb_next(&found);
	rule->hits++;
	return rule->last;
}

static void set_rule(struct mock_btc *m, uint32_t i)
{
	struct mb_rule *rule = &m->rule[i];

	rule->match = mb_get(m, BTC_STEER_RULE_MATCH(i));
	rule->eligible = (uint64_t)mb_get(m, BTC_STEER_RULE_ELIGIBLE_HI(i)) << 32 |
			 mb_get(m, BTC_STEER_RULE_ELIGIBLE_LO(i));
}

static void write(struct mock_btc *m, uint64_t addr, uint32_t value)
{
	(void)value;
	set_rule(m, (uint32_t)(addr - BTC_STEER_RULE_MATCH(0)) / 0x10);
}

static void load(struct mock_btc *m)
{
	for (uint32_t i = 0; i < MB_RULES; i++) {
		set_rule(m, i);
		m->rule[i].last = 64;
	}
}

const struct mb_block mb_block_steer = {
	.first = BTC_STEER_RULE_MATCH(0),
	.last = BTC_STEER_RULE_HITS(63),
	.write = write,
	.load = load,
};
