/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lookups in the TCAMs.  Sources of the layouts: MESA base/jaguar2/vtss_jaguar2_reg.h (IS2_K*,
 * IS2_A*, LPM_*, CLM_A*_X4) and jr2_vcap_entry_cmd() for the type groups.
 */
#include "drv/mock_vsc7448/vcap_priv.h"

#include <stdlib.h>
#include <string.h>

#include "drv/bits.h"

#define OWNER_IS2 4u
#define OWNER_LPM 5u

#define ENTRY_BITS   36u
#define ACTION_BITS  73u
#define KEY_WORDS    18u /* 16 addresses of 36 bits */
#define RULE_CHUNKS  5u  /* of 64 bits: larger rules are not matched by this model */
#define IS2_ETYPE    8u  /* addresses of a MAC_ETYPE rule */
#define ACTION_WORDS 10u

struct vcap_rule {
	uint64_t value[RULE_CHUNKS], care[RULE_CHUNKS];
	uint32_t size;
	union {
		struct mv_is2_action is2;
		struct mv_lpm_action lpm;
	};
};

/*
 * The size of the rule based at @addr: the lowest bit set of its type group, which has a bit
 * for each size that may start there.  @shift: IS2 has no bits for sizes 1 and 2.
 */
static uint32_t rule_size(const struct vcap_entry *e, uint32_t addr, uint32_t shift)
{
	uint32_t bits = e->entry[0] & ~e->mask[0];

	for (uint32_t size = 1u << shift; size <= VCAP_ROW && addr % size == 0; size *= 2)
		if ((bits & size >> shift) != 0)
			return size;
	return 0;
}

/* Bits of the type group at @offset of a rule of @size. */
static uint32_t group_bits(uint32_t size, uint32_t offset, uint32_t shift)
{
	uint32_t n = 0;

	for (uint32_t s = 1u << shift; s <= size && offset % s == 0; s *= 2)
		n++;
	return n;
}

/* The key of a rule; false: a bit says "never match" (1, not compared). */
static bool decode_key(const struct vcap_entry *e, uint32_t shift, struct vcap_rule *rule)
{
	uint32_t key[KEY_WORDS] = { 0 }, care[KEY_WORDS] = { 0 };
	uint32_t lsb = 0;

	for (uint32_t i = 0; i < rule->size; i++) {
		uint32_t skip = group_bits(rule->size, i, shift), n = ENTRY_BITS - skip;
		uint32_t bits[2] = { ~e[i].mask[0], ~e[i].mask[1] & 0xf };

		if ((e[i].entry[0] & e[i].mask[0]) != 0 ||
		    (e[i].entry[1] & e[i].mask[1] & 0xf) != 0)
			return false;
		bits_put(key, lsb, n, bits_get(e[i].entry, skip, n));
		bits_put(care, lsb, n, bits_get(bits, skip, n));
		lsb += n;
	}
	for (uint32_t i = 0; i < RULE_CHUNKS; i++) {
		rule->value[i] = bits_get(key, 64 * i, 64);
		rule->care[i] = bits_get(care, 64 * i, 64);
	}
	return true;
}

/* @n addresses of 73 bits; @skip: bits of the type group of each, or NULL. */
static void gather_action(const struct vcap_store *s, uint32_t addr, const uint8_t *skip,
			  uint32_t n, uint32_t *words)
{
	uint32_t lsb = 0;

	for (uint32_t i = 0; i < n; i++) {
		const uint32_t *from = s->actions + (size_t)(addr + i) * s->action_words;
		uint32_t group = skip == NULL ? 0 : skip[i], rest = ACTION_BITS - group - 64;

		bits_put(words, lsb, 64, bits_get(from, group, 64));
		bits_put(words, lsb + 64, rest, bits_get(from, group + 64, rest));
		lsb += ACTION_BITS - group;
	}
}

static void decode_is2(const struct vcap_store *s, uint32_t addr, struct mv_is2_action *action)
{
	uint32_t w[ACTION_WORDS] = { 0 };

	gather_action(s, addr, NULL, 4, w);
	action->hit_me_once = bits_get(w, 7, 1) != 0;
	action->cpu = bits_get(w, 9, 1) != 0;
	action->cpu_queue = (uint32_t)bits_get(w, 10, 3);
	action->cpu_dis = bits_get(w, 13, 1) != 0;
	action->learn_dis = bits_get(w, 14, 1) != 0;
	action->route_dis = bits_get(w, 15, 1) != 0;
	action->mask_mode = (enum mv_mask_mode)bits_get(w, 26, 3);
	action->ports = bits_get(w, 29, 55);
	action->mirror_probe = (uint32_t)bits_get(w, 84, 2);
	action->match_id = (uint32_t)bits_get(w, 97, 16);
	action->match_mask = (uint32_t)bits_get(w, 113, 16);
	action->counter = (uint32_t)bits_get(w, 129, 12);
}

static void decode_lpm(const struct vcap_store *s, uint32_t addr, struct mv_lpm_action *action)
{
	uint32_t w[ACTION_WORDS] = { 0 };

	gather_action(s, addr, NULL, 1, w);
	memset(action, 0, sizeof(*action));
	action->type = (enum mv_lpm_type)bits_get(w, 0, 2);
	if (action->type == MV_LPM_ARP_ENTRY) {
		action->mac = bits_get(w, 2, 16) << 32 | bits_get(w, 18, 32);
		action->vmid = (uint32_t)bits_get(w, 50, 7);
		action->zero_mac_queue = (uint32_t)bits_get(w, 57, 3);
		action->arp_ena = bits_get(w, 63, 1) != 0;
		return;
	}
	action->pointer = (uint32_t)bits_get(w, 2, 11);
	action->remap = bits_get(w, 13, 1) != 0;
	action->n_paths = (uint32_t)bits_get(w, 14, 4) + 1;
}

static bool grow(struct mv_vcap *v, uint32_t n)
{
	uint32_t max = v->max_rules == 0 ? 64 : 2 * v->max_rules;
	struct vcap_rule *rules;

	if (n < v->max_rules)
		return true;
	rules = realloc(v->rules, max * sizeof(*rules));
	if (rules == NULL)
		return false; /* the rest of the rules do not match */
	v->rules = rules;
	v->max_rules = max;
	return true;
}

/* Adds the rules of a row behind the @n there are, the highest address first. */
static uint32_t decode_row(struct mv_vcap *v, uint32_t row, bool is2, uint32_t n)
{
	uint32_t shift = is2 ? 2 : 0, bases[VCAP_ROW] = { 0 }, n_bases = 0;

	for (uint32_t at = 0, size = 1; at < VCAP_ROW; at += size) {
		size = rule_size(&v->super.entries[row + at], at, shift);
		if (size != 0)
			bases[n_bases++] = at;
		else
			size = 1;
	}
	while (n_bases-- > 0 && grow(v, n)) {
		struct vcap_rule *rule = &v->rules[n];
		uint32_t addr = row + bases[n_bases];

		rule->size = rule_size(&v->super.entries[addr], addr, shift);
		if (!decode_key(&v->super.entries[addr], shift, rule))
			continue;
		if (is2)
			decode_is2(&v->super, addr, &rule->is2);
		else
			decode_lpm(&v->super, addr, &rule->lpm);
		n++;
	}
	return n;
}

static uint32_t decode_cores(struct mv_vcap *v, uint32_t owner, uint32_t n)
{
	for (uint32_t core = VCAP_CORES; core-- > 0;) {
		if (v->owner[core] != owner)
			continue;
		for (uint32_t row = VCAP_CORE; row > 0; row -= VCAP_ROW)
			n = decode_row(v, core * VCAP_CORE + row - VCAP_ROW, owner == OWNER_IS2,
				       n);
	}
	return n;
}

static void decode(struct mv_vcap *v)
{
	static const uint8_t clm_groups[] = { 3, 1, 2, 1 };
	const uint32_t is2 = VCAP_SUPER_ENTRIES + 6 * VSC7448_N_ALL * VCAP_ROW;

	v->n_is2 = decode_cores(v, OWNER_IS2, 0);
	v->n_lpm = decode_cores(v, OWNER_LPM, v->n_is2) - v->n_is2;
	for (uint32_t i = 0; i <= VSC7448_N_ALL; i++)
		decode_is2(&v->super, is2 + i * VCAP_ROW, &v->is2_default[i]);
	for (uint32_t port = 0; port < VSC7448_N_ALL; port++) {
		uint32_t w[ACTION_WORDS] = { 0 };

		gather_action(&v->super, VCAP_SUPER_ENTRIES + port * VCAP_ROW, clm_groups, 4,
			      w);
		v->pag[port] = (uint8_t)(bits_get(w, 170, 8) & bits_get(w, 162, 8));
	}
	v->is_fresh = true;
}

static struct mv_vcap *fresh(struct mock_vsc7448 *m)
{
	if (!m->vcap->is_fresh)
		decode(m->vcap);
	return m->vcap;
}

static bool matches(const struct vcap_rule *rule, const uint64_t *key, uint32_t n_chunks)
{
	uint64_t wrong = 0;

	for (uint32_t i = 0; i < n_chunks; i++)
		wrong |= (key[i] ^ rule->value[i]) & rule->care[i];
	return wrong == 0;
}

static uint64_t big_endian(const uint8_t *octet, uint32_t n)
{
	uint64_t value = 0;

	for (uint32_t i = 0; i < n; i++)
		value = value << 8 | octet[i];
	return value;
}

const struct mv_lpm_action *mv_vcap_lpm_match(struct mock_vsc7448 *m, bool v6, bool destination,
					      const uint8_t *octet)
{
	struct mv_vcap *v = fresh(m);
	uint32_t size = v6 ? 4 : 1, n_chunks = v6 ? 3 : 1;
	uint64_t key[3] = { destination };

	/* The flag, then the address. */
	if (v6) {
		uint64_t high = big_endian(octet, 8), low = big_endian(octet + 8, 8);

		key[0] |= low << 1;
		key[1] = low >> 63 | high << 1;
		key[2] = high >> 63;
	} else {
		key[0] |= big_endian(octet, 4) << 1;
	}
	for (uint32_t i = v->n_is2; i < v->n_is2 + v->n_lpm; i++)
		if (v->rules[i].size == size && matches(&v->rules[i], key, n_chunks))
			return &v->rules[i].lpm;
	return NULL;
}

static void put_etype_fields(const struct mv_is2_frame *f, uint32_t *w)
{
	bits_put(w, 92, 48, f->dmac);
	bits_put(w, 140, 48, f->smac);
	bits_put(w, 188, 1, f->is_etype);
	bits_put(w, 189, 16, f->etype);
	bits_put(w, 205, 64, f->payload);
	bits_put(w, 270, 1, f->is_etype && f->etype == 0x8902);
}

static void make_key(const struct mv_is2_frame *f, uint64_t key[RULE_CHUNKS])
{
	uint32_t w[2 * RULE_CHUNKS] = { 0 };

	/* PORT_SEL 14:13 is 0: ports. */
	bits_put(w, 0, 4, f->key);
	bits_put(w, 4, 1, f->first);
	bits_put(w, 5, 8, f->pag);
	bits_put(w, 15, 53, UINT64_C(1) << f->port);
	bits_put(w, 68, 1, f->multicast);
	bits_put(w, 69, 1, f->broadcast);
	bits_put(w, 70, 1, f->service);
	bits_put(w, 71, 1, f->l2_forward);
	bits_put(w, 72, 1, f->tagged);
	bits_put(w, 73, 12, f->vid);
	bits_put(w, 85, 1, f->dei);
	bits_put(w, 86, 3, f->pcp);
	bits_put(w, 91, 1, f->routed);
	if (f->key == MV_IS2_MAC_ETYPE)
		put_etype_fields(f, w);
	for (uint32_t i = 0; i < RULE_CHUNKS; i++)
		key[i] = bits_get(w, 64 * i, 64);
}

static const struct mv_is2_action *hit(struct mv_vcap *v, const struct mv_is2_action *action)
{
	v->hits[action->counter % VCAP_N_COUNTERS]++;
	return action;
}

const struct mv_is2_action *mv_vcap_is2_match(struct mock_vsc7448 *m,
					      const struct mv_is2_frame *frame)
{
	struct mv_vcap *v = fresh(m);
	uint64_t key[RULE_CHUNKS];

	make_key(frame, key);
	for (uint32_t i = 0; i < v->n_is2; i++)
		if (v->rules[i].size == IS2_ETYPE && matches(&v->rules[i], key, RULE_CHUNKS))
			return hit(v, &v->rules[i].is2);
	return hit(v, &v->is2_default[frame->first ? frame->port : VSC7448_N_ALL]);
}

const struct mv_is2_action *mv_vcap_is2_default(struct mock_vsc7448 *m, uint32_t port)
{
	struct mv_vcap *v = fresh(m);

	return hit(v, &v->is2_default[port]);
}

bool mv_vcap_has_is2(struct mock_vsc7448 *m)
{
	return fresh(m)->n_is2 != 0;
}

uint8_t mv_vcap_default_pag(struct mock_vsc7448 *m, uint32_t port)
{
	return fresh(m)->pag[port];
}

const uint32_t *mv_vcap_es0_default(struct mock_vsc7448 *m, uint32_t port)
{
	const struct vcap_store *s = &m->vcap->es0;

	return s->actions + (size_t)(VCAP_ES0_ENTRIES + port) * s->action_words;
}
