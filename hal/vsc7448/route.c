/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/route.h"

#include <stdlib.h>
#include <string.h>

#include "hal/vsc7448/route_priv.h"

#define ARP_CFG_0(i) VSC7448_ANA_L3_ARP_ARP_CFG_0(i)
#define ARP_CFG_1(i) VSC7448_ANA_L3_ARP_ARP_CFG_1(i)

/* Packets for a next hop without MAC address go to this CPU queue, as the vendor's. */
#define CPU_QUEUE 7u

#define NOT_FOUND UINT32_MAX

static void put_arp(struct regio *io, uint32_t arp, const struct vsc7448_next_hop *hop)
{
	uint64_t mac = mac_number(&hop->mac), cfg0;

	cfg0 = reg_field_put(0, VSC7448_ANA_L3_ARP_ARP_CFG_0__MAC_MSB, mac >> 32);
	cfg0 = reg_field_put(cfg0, VSC7448_ANA_L3_ARP_ARP_CFG_0__ARP_VMID, hop->leg);
	cfg0 = reg_field_put(cfg0, VSC7448_ANA_L3_ARP_ARP_CFG_0__ZERO_DMAC_CPU_QU, CPU_QUEUE);
	cfg0 = reg_field_put(cfg0, VSC7448_ANA_L3_ARP_ARP_CFG_0__ARP_ENA, 1);
	regio_put(io, ARP_CFG_0(arp), (uint32_t)cfg0);
	regio_put(io, ARP_CFG_1(arp), (uint32_t)mac);
}

static int check_hop(const struct vsc7448_next_hop *hop, struct error *err)
{
	if (hop->leg >= VSC7448_N_LEGS)
		return error_set(err, E_RANGE, "leg %u: legs are 0 to %u", hop->leg,
				 VSC7448_N_LEGS - 1);
	if (mac_is_multicast(&hop->mac))
		return error_set(err, E_RANGE,
				 "a next hop's MAC address is not a multicast one");
	return 0;
}

int vsc7448_arp_set(struct vsc7448 *chip, uint32_t arp, const struct vsc7448_next_hop *hop,
		    struct error *err)
{
	int rc = check_hop(hop, err);

	if (rc != 0)
		return rc;
	if (arp >= VSC7448_N_ARP)
		return error_set(err, E_RANGE, "ARP entry %u: entries are 0 to %u", arp,
				 VSC7448_N_ARP - 1);
	put_arp(chip->io, arp, hop);
	return regio_end(chip->io, err);
}

/* --- finding ------------------------------------------------------------------------------ */

static bool same_prefix(const struct vsc7448_route *a, const struct ip *prefix, uint32_t length)
{
	return a->prefix.v6 == prefix->v6 && a->length == length &&
	       memcmp(a->prefix.octet, prefix->octet, prefix->v6 ? 16 : 4) == 0;
}

static uint32_t rule_size(const struct ip *prefix)
{
	return prefix->v6 ? 4 : 1;
}

/* The index among rules of its size; NOT_FOUND. */
static uint32_t find(const struct vcap_list *list, const struct ip *prefix, uint32_t length,
		     struct vsc7448_route *route)
{
	const struct vcap_slot *slot;

	for (uint32_t i = 0; (slot = vsc7448__vcap_list_at(list, rule_size(prefix), i)) != NULL;
	     i++)
		if (vsc7448__route_decode(&slot->rule, route) &&
		    same_prefix(route, prefix, length)) {
			route->address = slot->addr;
			return i;
		}
	return NOT_FOUND;
}

/* Where a prefix of @length goes: in front of the first shorter one. */
static uint32_t position(const struct vcap_list *list, const struct ip *prefix, uint32_t length)
{
	const struct vcap_slot *slot;
	struct vsc7448_route route;
	uint32_t i;

	for (i = 0; (slot = vsc7448__vcap_list_at(list, rule_size(prefix), i)) != NULL; i++)
		if (vsc7448__route_decode(&slot->rule, &route) && route.length < length)
			break;
	return i;
}

/* The next hops of a group, from the ARP table. */
static int read_hops(struct regio *io, struct vsc7448_route *route)
{
	uint32_t cfg[2 * VSC7448_MAX_NEXT_HOPS];
	uint64_t addrs[2 * VSC7448_MAX_NEXT_HOPS];
	int rc;

	for (uint32_t i = 0; i < route->n_hops; i++) {
		uint32_t arp = (route->first_arp + i) % VSC7448_N_ARP;

		addrs[2 * i] = ARP_CFG_0(arp);
		addrs[2 * i + 1] = ARP_CFG_1(arp);
	}
	rc = regio_get_many(io, addrs, 2 * (size_t)route->n_hops, cfg);
	for (uint32_t i = 0; rc == 0 && i < route->n_hops; i++) {
		route->hop[i].mac =
			mac_of_number((uint64_t)(cfg[2 * i] >> 16) << 32 | cfg[2 * i + 1]);
		route->hop[i].leg = (uint32_t)reg_field_get(
			cfg[2 * i], VSC7448_ANA_L3_ARP_ARP_CFG_0__ARP_VMID);
	}
	return rc;
}

static int not_found(const struct ip *prefix, uint32_t length, struct error *err)
{
	char text[IP_TEXT_SIZE];

	return error_set(err, E_NOTFOUND, "there is no route %s/%u", ip_format(prefix, text),
			 length);
}

int vsc7448_route_find(struct vsc7448 *chip, const struct ip *prefix, uint32_t length,
		       struct error *err, struct vsc7448_route *route)
{
	struct vsc7448_route found = { 0 };
	struct vcap_list *list;
	uint32_t at = NOT_FOUND;
	int rc = vsc7448__vcap_list(chip, VCAP_OWNER_LPM, &list);

	if (rc == 0)
		at = find(list, prefix, length, &found);
	if (at != NOT_FOUND && found.is_group)
		read_hops(chip->io, &found);
	rc = regio_end(chip->io, err);
	if (rc == 0 && at == NOT_FOUND)
		return not_found(prefix, length, err);
	if (rc == 0)
		*route = found;
	return rc;
}

/* --- changing ----------------------------------------------------------------------------- */

static int check_route(const struct vsc7448_route *route, struct error *err)
{
	uint32_t bits = route->prefix.v6 ? 128 : 32, max = route->is_group ? 16 : 1;
	int rc = 0;

	if (route->length > bits)
		return error_set(err, E_RANGE, "/%u: a prefix has at most %u bits",
				 route->length, bits);
	for (uint32_t i = route->length; i < bits; i++)
		if ((route->prefix.octet[i / 8] >> (7 - i % 8) & 1) != 0)
			return error_set(err, E_RANGE, "the address has bits behind its /%u",
					 route->length);
	if (route->n_hops < 1 || route->n_hops > max)
		return error_set(err, E_RANGE, "%u next hops: 1 to %u are possible",
				 route->n_hops, max);
	for (uint32_t i = 0; rc == 0 && i < route->n_hops; i++)
		rc = check_hop(&route->hop[i], err);
	return rc;
}

/* Entries that some rule points at. */
static void mark_used(const struct vcap_list *list, const struct vsc7448_route *but,
		      bool used[VSC7448_N_ARP])
{
	for (uint32_t i = 0; i < list->n_slots; i++) {
		struct vsc7448_route route;

		if (!vsc7448__route_decode(&list->slots[i].rule, &route) || !route.is_group ||
		    (but != NULL && same_prefix(&route, &but->prefix, but->length)))
			continue;
		for (uint32_t k = 0; k < route.n_hops; k++)
			used[(route.first_arp + k) % VSC7448_N_ARP] = true;
	}
}

static bool is_free(const bool *used, uint32_t first, uint32_t n)
{
	if (first + n > VSC7448_N_ARP)
		return false;
	for (uint32_t i = first; i < first + n; i++)
		if (used[i])
			return false;
	return true;
}

/*
 * Where the group goes: where @old is, when that has room, else the first gap.  A new place
 * leaves the old entries alone, which the rule uses until it is rewritten.
 */
static int place_group(struct regio *io, const struct vcap_list *list,
		       const struct vsc7448_route *old, struct vsc7448_route *route)
{
	bool used[VSC7448_N_ARP] = { false };

	if (old->is_group) {
		mark_used(list, old, used);
		route->first_arp = old->first_arp;
		if (is_free(used, old->first_arp, route->n_hops))
			return 0;
	}
	mark_used(list, NULL, used);
	for (uint32_t i = 0; i < VSC7448_N_ARP; i++)
		if (is_free(used, i, route->n_hops)) {
			route->first_arp = i;
			return 0;
		}
	return regio_fail(io, E_STATE, "no %u entries in a row are free in the ARP table",
			  route->n_hops);
}

/* Writes the group's entries; those that are known to be right already are not written. */
static int put_group(struct regio *io, const struct vcap_list *list,
		     const struct vsc7448_route *old, struct vsc7448_route *route)
{
	struct vsc7448_route now;
	int rc = place_group(io, list, old, route);

	if (rc == 0 && old->is_group && route->first_arp == old->first_arp) {
		now = *old;
		rc = read_hops(io, &now);
	}
	for (uint32_t i = 0; rc == 0 && i < route->n_hops; i++)
		put_arp(io, route->first_arp + i, &route->hop[i]);
	return rc;
}

int vsc7448_route_set(struct vsc7448 *chip, const struct vsc7448_route *wanted,
		      struct error *err)
{
	struct vsc7448_route route = *wanted, old = { 0 };
	struct regio *io = chip->io;
	struct vcap_list *list;
	struct vcap_rule rule;
	uint32_t at;
	int rc = check_route(wanted, err);

	if (rc != 0)
		return rc;
	rc = vsc7448__vcap_list(chip, VCAP_OWNER_LPM, &list);
	at = rc == 0 ? find(list, &route.prefix, route.length, &old) : NOT_FOUND;
	if (at == NOT_FOUND)
		old.is_group = false;
	if (rc == 0 && route.is_group)
		rc = put_group(io, list, &old, &route);
	vsc7448__route_encode(&route, &rule);
	if (rc == 0 && at == NOT_FOUND)
		vsc7448__vcap_list_insert(list, position(list, &route.prefix, route.length),
					  &rule, &route.address);
	else if (rc == 0 &&
		 memcmp(rule.action, vsc7448__vcap_list_at(list, rule.size, at)->rule.action,
			sizeof(rule.action)) != 0)
		vsc7448__vcap_list_set_action(list, rule.size, at, rule.action);
	return regio_end(io, err);
}

int vsc7448_route_del(struct vsc7448 *chip, const struct ip *prefix, uint32_t length,
		      struct error *err)
{
	struct vsc7448_route route;
	struct vcap_list *list;
	bool found = false;
	uint32_t at;
	int rc = vsc7448__vcap_list(chip, VCAP_OWNER_LPM, &list);

	/* An interrupted change may have left a rule twice: every one of the prefix goes. */
	while (rc == 0 && (at = find(list, prefix, length, &route)) != NOT_FOUND) {
		found = true;
		vsc7448__vcap_list_remove(list, rule_size(prefix), at);
	}
	rc = regio_end(chip->io, err);
	return rc == 0 && !found ? not_found(prefix, length, err) : rc;
}

/* --- listing ------------------------------------------------------------------------------ */

static int add_routes(struct regio *io, const struct vcap_list *list, uint32_t size,
		      struct vsc7448_route *routes, size_t *n)
{
	const struct vcap_slot *slot;
	int rc = 0;

	for (uint32_t i = 0; rc == 0 && (slot = vsc7448__vcap_list_at(list, size, i)) != NULL;
	     i++) {
		struct vsc7448_route *route = &routes[*n];

		if (!vsc7448__route_decode(&slot->rule, route))
			continue;
		route->address = slot->addr;
		if (route->is_group)
			rc = read_hops(io, route);
		++*n;
	}
	return rc;
}

int vsc7448_routes(struct vsc7448 *chip, struct error *err, struct vsc7448_route **routes,
		   size_t *n, size_t *others)
{
	struct vsc7448_route *found = NULL;
	struct vcap_list *list;
	size_t n_found = 0;
	int rc = vsc7448__vcap_list(chip, VCAP_OWNER_LPM, &list);

	if (rc == 0) {
		found = calloc((size_t)list->n_slots + 1, sizeof(*found));
		if (found == NULL)
			rc = regio_fail(chip->io, E_NOMEM, "out of memory");
	}
	if (rc == 0 && found != NULL)
		rc = add_routes(chip->io, list, 1, found, &n_found);
	if (rc == 0 && found != NULL)
		rc = add_routes(chip->io, list, 4, found, &n_found);
	if (rc == 0) {
		*routes = found;
		*n = n_found;
		*others = list->n_slots - n_found;
	} else {
		free(found);
	}
	return regio_end(chip->io, err);
}
