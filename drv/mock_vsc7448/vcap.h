/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The TCAMs of the model: what the forwarding plane asks them.
 *
 * Rules are kept decoded and are looked up in the order of the chip, the highest address first;
 * decoding happens on the first lookup after a change.  Keys are bits as the rules have them,
 * without type groups, lowest first.
 */
#ifndef DRV_MOCK_VSC7448_VCAP_H
#define DRV_MOCK_VSC7448_VCAP_H

#include <stdbool.h>
#include <stdint.h>

#include "drv/mock_vsc7448/model.h"

/* --- longest prefix match ----------------------------------------------------------------- */

enum mv_lpm_type { MV_LPM_ARP_PTR = 0, MV_LPM_L3MC_PTR = 1, MV_LPM_ARP_ENTRY = 2 };

struct mv_lpm_action {
	enum mv_lpm_type type;
	/* ARP_PTR; @pointer of L3MC_PTR too */
	uint32_t pointer;
	bool remap;
	uint32_t n_paths; /* ECMP_CNT + 1 */
	/* ARP_ENTRY */
	uint64_t mac;
	uint32_t vmid;
	uint32_t zero_mac_queue;
	bool arp_ena;
};

/*
 * The rule for an address: @octet has 4 or 16 (@v6); @destination: the frame's destination, not
 * its source.  NULL: no rule.  Valid until the next register access.
 */
const struct mv_lpm_action *mv_vcap_lpm_match(struct mock_vsc7448 *m, bool v6, bool destination,
					      const uint8_t *octet);

/* --- access control (IS2) ----------------------------------------------------------------- */

/* Keys of half a row that a frame can be looked up by. */
enum mv_is2_key {
	MV_IS2_MAC_ETYPE = 0,
	MV_IS2_ARP = 3,
	MV_IS2_IP_TCP_UDP = 4,
	MV_IS2_IP_OTHER = 5,
};

/* What keys hold of a frame; numbers as read from the wire. */
struct mv_is2_frame {
	enum mv_is2_key key;
	bool first; /* the first of two lookups */
	uint8_t pag;
	uint32_t port; /* ingress, 0..52 */
	bool multicast, broadcast, service, l2_forward, tagged, routed;
	uint16_t vid;
	uint8_t pcp, dei;
	/* Of MAC_ETYPE; the fields that other keys have here are not modelled. */
	uint64_t dmac, smac;
	bool is_etype; /* @etype is one, not a length */
	uint16_t etype;
	uint64_t payload; /* eight bytes behind it */
};

enum mv_mask_mode {
	MV_MASK_OR_DST = 0,
	MV_MASK_AND_VLAN = 1,
	MV_MASK_REPLACE_PGID = 2,
	MV_MASK_REPLACE_ALL = 3,
	MV_MASK_REDIR_PGID = 4,
	MV_MASK_OR_PGID = 5,
};

struct mv_is2_action {
	bool hit_me_once, cpu, cpu_dis, learn_dis, route_dis;
	uint32_t cpu_queue;
	enum mv_mask_mode mask_mode;
	uint64_t ports;        /* 55 bits */
	uint32_t mirror_probe; /* 0: none, else probe + 1 */
	uint32_t counter;      /* index into ANA_ACL:CNT_TBL */
	uint32_t match_id, match_mask;
};

/*
 * The action for a frame: of the first rule that matches, or the port's default (the second
 * lookup has one default for all).  Counts the hit in ANA_ACL:CNT_TBL.  Which key a frame gets
 * (VCAP_S2_KEY_SEL) and whether the lookup is enabled (VCAP_S2_CFG.SEC_ENA) is the caller's to
 * ask.  Valid until the next register access.
 */
const struct mv_is2_action *mv_vcap_is2_match(struct mock_vsc7448 *m,
					      const struct mv_is2_frame *frame);

/* The default of the first lookup for frames with other keys; counted too. */
const struct mv_is2_action *mv_vcap_is2_default(struct mock_vsc7448 *m, uint32_t port);

/* Are there any IS2 rules? */
bool mv_vcap_has_is2(struct mock_vsc7448 *m);

/* --- default actions ---------------------------------------------------------------------- */

/* The policy group that the first classification lookup of a port gives by default. */
uint8_t mv_vcap_default_pag(struct mock_vsc7448 *m, uint32_t port);

/* The default egress action of a port: 308 bits in 10 words. */
const uint32_t *mv_vcap_es0_default(struct mock_vsc7448 *m, uint32_t port);

#endif
