/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Routing: legs, routes to one next hop, and routes to a group of next hops between which the
 * chip spreads flows.
 *
 * A leg joins a VLAN to the router; a route is a prefix rule in VCAP_SUPER, the longest on top.
 * A single next hop stands in the rule itself; the next hops of a group are consecutive entries of
 * the table ANA_L3:ARP, and how many is in the rule.  Which member a flow takes is the chip's hash
 * over the aggregation code; that it is the code modulo the count is unverified on silicon.
 * Rewriting one entry moves the flows of that entry only (DESIGN.md section 7).
 *
 * Everything is read back from the chip: where rules and groups go follows from the rules that are
 * there.  Rules of other kinds (source checks, multicast) keep their place in the order.  A next
 * hop also needs a static entry in the MAC table of its leg's VLAN (mac.h), else its frames are
 * flooded.
 *
 * Sources: MESA base/jaguar2/vtss_jaguar2_l3.c; regmaps/vsc7448/ana_l3.rdl; HOWTO j.
 */
#ifndef HAL_VSC7448_ROUTE_H
#define HAL_VSC7448_ROUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hal/netaddr.h"
#include "hal/vsc7448/vsc7448.h"

#define VSC7448_N_LEGS        127u /* 0 to 126; the vendor's driver keeps 127 for discarding */
#define VSC7448_MAX_NEXT_HOPS 16u
#define VSC7448_N_ARP         2048u

/* --- the router ---------------------------------------------------------------------------- */

/* The MAC address of all legs; allows routing on every port.  6 writes.  E_RANGE: multicast. */
int vsc7448_router_set(struct vsc7448 *chip, const struct mac *mac, struct error *err);

/* @enabled: routing is allowed on some port. */
struct vsc7448_router {
	struct mac mac;
	bool enabled;
};
int vsc7448_router_get(struct vsc7448 *chip, struct error *err, struct vsc7448_router *router);

/* --- legs ---------------------------------------------------------------------------------- */

struct vsc7448_leg {
	uint32_t leg;  /* 0 to 126 */
	uint32_t vid;  /* 1 to 4095 */
	bool ip4, ip6; /* routes unicast of these */
};

/*
 * Makes the leg, or changes it; a VLAN that it had before is no longer routed.  E_RANGE;
 * E_STATE: the VLAN belongs to another leg.
 */
int vsc7448_leg_set(struct vsc7448 *chip, const struct vsc7448_leg *leg, struct error *err);

/* E_NOTFOUND: the leg routes nothing. */
int vsc7448_leg_del(struct vsc7448 *chip, uint32_t leg, struct error *err);

/* The legs that route something, at most VSC7448_N_LEGS, in order. */
int vsc7448_legs(struct vsc7448 *chip, struct error *err, struct vsc7448_leg *legs, size_t *n);

/* 40-bit counters, wrapping.  In: received by the leg; out: routed to it. */
struct vsc7448_leg_count {
	uint64_t frames, bytes;
};
struct vsc7448_leg_counters {
	struct vsc7448_leg_count ip4_in, ip4_out, ip6_in, ip6_out;             /* unicast */
	struct vsc7448_leg_count ip4_mc_in, ip4_mc_out, ip6_mc_in, ip6_mc_out; /* multicast */
};
int vsc7448_leg_counters(struct vsc7448 *chip, uint32_t leg, struct error *err,
			 struct vsc7448_leg_counters *counters);
int vsc7448_leg_counters_clear(struct vsc7448 *chip, uint32_t leg, struct error *err);

/* --- routes -------------------------------------------------------------------------------- */

/* MAC 0: not known yet, its packets go to the CPU. */
struct vsc7448_next_hop {
	struct mac mac;
	uint32_t leg;
};

struct vsc7448_route {
	struct ip prefix;
	uint32_t length; /* bits that count; the others are 0 */
	bool is_group;   /* next hops in the ARP table, else one in the rule */
	uint32_t n_hops; /* 1, or up to 16 of a group */
	struct vsc7448_next_hop hop[VSC7448_MAX_NEXT_HOPS];
	/* Told, not asked for: */
	uint32_t first_arp; /* of a group: hop[i] is ANA_L3:ARP[first_arp + i] */
	uint32_t address;   /* of the rule in VCAP_SUPER */
};

/*
 * Adds the route, or changes what its prefix leads to.  A group stays in its entries while they
 * suffice or the ones behind are free, and only entries that change are written.  Else a new
 * block is written before the rule changes; the old one is left as it is.  E_RANGE; E_STATE: no
 * room.
 */
int vsc7448_route_set(struct vsc7448 *chip, const struct vsc7448_route *route,
		      struct error *err);

/* E_NOTFOUND. */
int vsc7448_route_del(struct vsc7448 *chip, const struct ip *prefix, uint32_t length,
		      struct error *err);
int vsc7448_route_find(struct vsc7448 *chip, const struct ip *prefix, uint32_t length,
		       struct error *err, struct vsc7448_route *route);

/*
 * All routes, IPv4 before IPv6, longest first; @others: rules of the same core that are none.
 * The caller frees *@routes.
 */
int vsc7448_routes(struct vsc7448 *chip, struct error *err, struct vsc7448_route **routes,
		   size_t *n, size_t *others);

/*
 * One member of a group, by its ARP entry: at most two writes, the second half of the MAC address
 * only when the first is known to be the same.  Not atomic: between the two writes a frame may go
 * to a mixed address.  E_RANGE.
 */
int vsc7448_arp_set(struct vsc7448 *chip, uint32_t arp, const struct vsc7448_next_hop *hop,
		    struct error *err);

#endif
