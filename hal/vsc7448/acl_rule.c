/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Layout: MESA base/jaguar2/vtss_jaguar2_reg.h, IS2_KO_X8_*, IS2_KO_ETYPE_*, IS2_AO_*. */
#include "hal/vsc7448/acl_priv.h"

#include <string.h>

/* Bits by position and width. */
struct bits {
	uint16_t lsb, width;
};

static const struct bits key_type = { 0, 4 }, key_first = { 4, 1 }, key_port_sel = { 13, 2 },
			 key_port_mask = { 15, 53 }, key_vid = { 73, 12 },
			 key_dmac = { 92, 48 }, key_is_etype = { 188, 1 },
			 key_etype = { 189, 16 }, key_oam = { 270, 1 };

static const struct bits act_inner = { 0, 1 }, act_cpu = { 9, 1 }, act_cpu_queue = { 10, 3 },
			 act_cpu_dis = { 13, 1 }, act_route_dis = { 15, 1 },
			 act_mask_mode = { 26, 3 }, act_port_mask = { 29, 55 },
			 act_match_id = { 97, 16 }, act_match_mask = { 113, 16 },
			 act_counter = { 129, 12 };

enum mask_mode { OR_DSTMASK = 0, AND_VLANMASK = 1, REPLACE_ALL = 3 };

/* The chip tells OAM frames by a bit of their own in place of the EtherType. */
#define ETYPE_OAM 0x8902u

static void put(uint32_t *words, struct bits bits, uint64_t value)
{
	bits_put(words, bits.lsb, bits.width, value);
}

static uint64_t get(const uint32_t *words, struct bits bits)
{
	return bits_get(words, bits.lsb, bits.width);
}

static void put_key(struct vcap_rule *rule, struct bits bits, uint64_t value)
{
	put(rule->key, bits, value);
	put(rule->care, bits, UINT64_MAX);
}

static bool cares(const struct vcap_rule *rule, struct bits bits)
{
	return get(rule->care, bits) != 0;
}

static void encode_etype(const struct vsc7448_acl_rule *acl, struct vcap_rule *rule)
{
	put_key(rule, key_is_etype, 1);
	put_key(rule, key_oam, acl->etype == ETYPE_OAM);
	if (acl->etype != ETYPE_OAM)
		put_key(rule, key_etype, acl->etype);
}

static void encode_key(const struct vsc7448_acl_rule *acl, struct vcap_rule *rule)
{
	/* Type 0 is MAC_ETYPE; a rule for every frame takes any type. */
	if (acl->has_etype || acl->has_dmac)
		put_key(rule, key_type, 0);
	put_key(rule, key_first, 1);
	put_key(rule, key_port_sel, 0);
	/* The frame's port is a one among zeros: the others must be zero. */
	put(rule->care, key_port_mask, ~acl->from);
	if (acl->has_vid)
		put_key(rule, key_vid, acl->vid);
	if (acl->has_dmac)
		put_key(rule, key_dmac, mac_number(&acl->dmac));
	if (acl->has_etype)
		encode_etype(acl, rule);
}

static void encode_action(const struct vsc7448_acl_rule *acl, uint32_t *action)
{
	static const enum mask_mode modes[] = {
		[VSC7448_ACL_PERMIT] = OR_DSTMASK,
		[VSC7448_ACL_DROP] = REPLACE_ALL,
		[VSC7448_ACL_FILTER] = AND_VLANMASK,
		[VSC7448_ACL_REDIRECT] = REPLACE_ALL,
	};
	bool drop = acl->verdict == VSC7448_ACL_DROP;

	put(action, act_inner, acl->to_cpu && acl->verdict == VSC7448_ACL_REDIRECT);
	put(action, act_cpu, acl->to_cpu);
	put(action, act_cpu_queue, acl->to_cpu ? acl->cpu_queue : 0);
	put(action, act_cpu_dis, drop);
	put(action, act_route_dis, drop);
	put(action, act_mask_mode, modes[acl->verdict]);
	if (acl->verdict == VSC7448_ACL_FILTER || acl->verdict == VSC7448_ACL_REDIRECT)
		put(action, act_port_mask, acl->to);
	/* Bit 0 of the match id tells the CPU that an access rule was hit. */
	put(action, act_match_id, 1);
	put(action, act_match_mask, 1);
	put(action, act_counter, acl->counter);
}

void vsc7448__acl_encode(const struct vsc7448_acl_rule *acl, struct vcap_rule *rule)
{
	memset(rule, 0, sizeof(*rule));
	rule->size = ACL_RULE_SIZE;
	encode_key(acl, rule);
	encode_action(acl, rule->action);
}

static void decode_key(const struct vcap_rule *rule, struct vsc7448_acl_rule *acl)
{
	acl->from = ~get(rule->care, key_port_mask) & VSC7448_FRONT_PORTS;
	acl->has_vid = cares(rule, key_vid);
	acl->vid = (uint32_t)get(rule->key, key_vid);
	acl->has_dmac = cares(rule, key_dmac);
	acl->dmac = mac_of_number(get(rule->key, key_dmac));
	acl->has_etype = cares(rule, key_is_etype);
	acl->etype = (uint16_t)get(rule->key, key_etype);
	if (get(rule->key, key_oam) != 0)
		acl->etype = ETYPE_OAM;
}

static void decode_action(const uint32_t *action, struct vsc7448_acl_rule *acl)
{
	acl->to_cpu = get(action, act_cpu) != 0;
	acl->cpu_queue = (uint32_t)get(action, act_cpu_queue);
	acl->to = get(action, act_port_mask) & VSC7448_FRONT_PORTS;
	acl->counter = (uint32_t)get(action, act_counter);
	switch (get(action, act_mask_mode)) {
	case REPLACE_ALL:
		acl->verdict = acl->to == 0 ? VSC7448_ACL_DROP : VSC7448_ACL_REDIRECT;
		break;
	case AND_VLANMASK:
		acl->verdict = VSC7448_ACL_FILTER;
		break;
	default:
		acl->verdict = VSC7448_ACL_PERMIT;
	}
}

void vsc7448__acl_decode(const struct vcap_rule *rule, struct vsc7448_acl_rule *acl)
{
	struct vcap_rule again;

	memset(acl, 0, sizeof(*acl));
	decode_key(rule, acl);
	decode_action(rule->action, acl);
	vsc7448__acl_encode(acl, &again);
	/* Ours exactly when nothing else is in it. */
	again.counter = rule->counter;
	if (memcmp(&again, rule, sizeof(again)) == 0)
		return;
	memset(acl, 0, sizeof(*acl));
	acl->other_kind = true;
}

uint32_t vsc7448__acl_counter(const struct vcap_rule *rule)
{
	return (uint32_t)get(rule->action, act_counter);
}
