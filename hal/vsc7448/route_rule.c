/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Layout: MESA base/jaguar2/vtss_jaguar2_reg.h, LPM_KO_*, LPM_AO_*; traced words in HOWTO j.4. */
#include "hal/vsc7448/route_priv.h"

#include <string.h>

/* Key: a flag that tells destinations from sources, then the address, its last bit first. */
#define DST_FLAG 0u
#define ADDRESS  1u

enum action_type { ARP_PTR = 0, L3MC_PTR = 1, ARP_ENTRY = 2 };

/* CPU queue of packets whose next hop has no MAC address: the vendor's l3_other_queue. */
#define CPU_QUEUE 7u

static unsigned bits_of(const struct ip *ip)
{
	return ip->v6 ? 128 : 32;
}

/* Bit @i of an address, counted from its first. */
static unsigned key_bit(const struct ip *ip, unsigned i)
{
	return ADDRESS + bits_of(ip) - 1 - i;
}

static void encode_hop(const struct vsc7448_next_hop *hop, uint32_t *action)
{
	uint64_t mac = mac_number(&hop->mac);

	bits_put(action, 0, 2, ARP_ENTRY);
	bits_put(action, 2, 16, mac >> 32);
	bits_put(action, 18, 32, mac);
	bits_put(action, 50, 7, hop->leg);
	bits_put(action, 57, 3, CPU_QUEUE);
	bits_put(action, 63, 1, 1); /* ARP_ENA */
}

void vsc7448__route_encode(const struct vsc7448_route *route, struct vcap_rule *rule)
{
	memset(rule, 0, sizeof(*rule));
	rule->size = route->prefix.v6 ? 4 : 1;
	bits_put(rule->key, DST_FLAG, 1, 1);
	bits_put(rule->care, DST_FLAG, 1, 1);
	for (unsigned i = 0; i < route->length; i++) {
		bits_put(rule->key, key_bit(&route->prefix, i), 1,
			 route->prefix.octet[i / 8] >> (7 - i % 8) & 1);
		bits_put(rule->care, key_bit(&route->prefix, i), 1, 1);
	}
	if (!route->is_group) {
		encode_hop(&route->hop[0], rule->action);
		return;
	}
	bits_put(rule->action, 0, 2, ARP_PTR);
	bits_put(rule->action, 2, 11, route->first_arp);
	bits_put(rule->action, 14, 4, route->n_hops - 1);
}

static bool decode_action(const uint32_t *action, struct vsc7448_route *route)
{
	switch (bits_get(action, 0, 2)) {
	case ARP_PTR:
		route->is_group = true;
		route->first_arp = (uint32_t)bits_get(action, 2, 11);
		route->n_hops = (uint32_t)bits_get(action, 14, 4) + 1;
		return bits_get(action, 13, 1) == 0; /* REMAP_ENA */
	case ARP_ENTRY:
		route->n_hops = 1;
		route->hop[0].mac =
			mac_of_number(bits_get(action, 2, 16) << 32 | bits_get(action, 18, 32));
		route->hop[0].leg = (uint32_t)bits_get(action, 50, 7);
		return bits_get(action, 63, 1) != 0;
	default:
		return false;
	}
}

bool vsc7448__route_decode(const struct vcap_rule *rule, struct vsc7448_route *route)
{
	bool in_prefix = true;

	memset(route, 0, sizeof(*route));
	if (rule->size != 1 && rule->size != 4)
		return false;
	route->prefix.v6 = rule->size == 4;
	if (bits_get(rule->care, DST_FLAG, 1) == 0 || bits_get(rule->key, DST_FLAG, 1) == 0)
		return false;
	for (unsigned i = 0; i < bits_of(&route->prefix); i++) {
		unsigned bit = key_bit(&route->prefix, i);

		if (bits_get(rule->care, bit, 1) == 0) {
			in_prefix = false;
			continue;
		}
		if (!in_prefix)
			return false;
		route->length++;
		route->prefix.octet[i / 8] |=
			(uint8_t)(bits_get(rule->key, bit, 1) << (7 - i % 8));
	}
	return decode_action(rule->action, route);
}
