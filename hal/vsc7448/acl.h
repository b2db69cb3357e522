/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Access rules (VCAP IS2): what happens to frames by EtherType, destination MAC address, VLAN and
 * ingress port.  The first rule that matches decides; each counts its frames.
 *
 * Rules compare the chip's key MAC_ETYPE.  After initialization ports look IPv4, IPv6 and ARP
 * frames up by other keys, so that these rules see all other frames only (a rule without EtherType
 * and address sees all); vsc7448_acl_port_set() makes a port use MAC_ETYPE for everything.
 *
 * Rules are read back from the chip: they are known by their place.  Rules of other kinds keep
 * theirs and are shown as such.
 *
 * Sources: MESA base/jaguar2/vtss_jaguar2_vcap.c (jr2_is2_entry_add, jr2_is2_action_set,
 * vtss_cil_vcap_acl_port_conf_set); fixtures/vsc7448/vendor/acl_*.
 */
#ifndef HAL_VSC7448_ACL_H
#define HAL_VSC7448_ACL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hal/netaddr.h"
#include "hal/vsc7448/vsc7448.h"

enum vsc7448_acl_verdict {
	VSC7448_ACL_PERMIT,   /* forwarded as without the rule */
	VSC7448_ACL_DROP,     /* to no port, nor to the CPU */
	VSC7448_ACL_FILTER,   /* to those of @to only to which it would go anyway */
	VSC7448_ACL_REDIRECT, /* to all of @to, whatever the tables say; not split by AGGR */
};

struct vsc7448_acl_rule {
	bool other_kind; /* told of rules that are not ours: nothing else is */
	/* What it matches; without any of these: every frame. */
	bool has_etype, has_dmac, has_vid;
	uint16_t etype;
	struct mac dmac;
	uint32_t vid;       /* classified, 1 to 4095 */
	vsc7448_ports from; /* ingress; VSC7448_FRONT_PORTS: any */
	/* What happens. */
	enum vsc7448_acl_verdict verdict;
	vsc7448_ports to;
	bool to_cpu; /* a copy goes to @cpu_queue (0 to 7) */
	uint32_t cpu_queue;
	/* Told, not asked for. */
	uint32_t counter; /* index into ANA_ACL:CNT_TBL */
	uint32_t hits;    /* 32 bits, wrapping */
	uint32_t address; /* in VCAP_SUPER */
};

/* In front of the @index-th rule (0: first), or behind the last.  E_RANGE; E_STATE: no room. */
int vsc7448_acl_insert(struct vsc7448 *chip, uint32_t index,
		       const struct vsc7448_acl_rule *rule, struct error *err);

/* E_NOTFOUND; E_STATE: the rule is of another kind. */
int vsc7448_acl_del(struct vsc7448 *chip, uint32_t index, struct error *err);

/* All rules in order, with their counters.  The caller frees *@rules. */
int vsc7448_acl_list(struct vsc7448 *chip, struct error *err, struct vsc7448_acl_rule **rules,
		     size_t *n);

/* Zeroes the counter of the @index-th rule.  E_NOTFOUND; E_STATE: of another kind. */
int vsc7448_acl_clear(struct vsc7448 *chip, uint32_t index, struct error *err);

enum vsc7448_acl_mode {
	VSC7448_ACL_OFF, /* the port's frames meet no rule */
	VSC7448_ACL_IP,  /* IP and ARP by keys of their own: as initialized */
	VSC7448_ACL_MAC, /* all frames by MAC address and EtherType */
};

/* How frames from @ports are looked up.  E_RANGE. */
int vsc7448_acl_port_set(struct vsc7448 *chip, vsc7448_ports ports, enum vsc7448_acl_mode mode,
			 struct error *err);
int vsc7448_acl_port_get(struct vsc7448 *chip, uint32_t port, struct error *err,
			 enum vsc7448_acl_mode *mode);

#endif
