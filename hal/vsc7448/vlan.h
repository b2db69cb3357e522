/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * VLANs: their members and flags (ANA_L3:VLAN), and how a port classifies, filters and tags
 * (ANA_CL:PORT, ANA_L3 VLAN_FILTER_CTRL, REW:PORT, and the port's default action in VCAP_ES0).
 *
 * After init only VLAN 1 has members (all ports), 0 and 4095 have none, and the other VLANs hold
 * what the reset of the chip left: a VLAN exists when its FID is not 0.
 *
 * Sources: MESA base/jaguar2/vtss_jaguar2_l2.c (vtss_jr2_vlan_update, jr2_vlan_mask_apply,
 * vtss_jr2_vlan_port_conf_apply), vtss_jaguar2_vcap.c (vtss_jr2_vcap_port_l2_update).
 */
#ifndef HAL_VSC7448_VLAN_H
#define HAL_VSC7448_VLAN_H

#include "hal/vsc7448/vsc7448.h"

#define VSC7448_MAX_VID 4095u

struct vsc7448_vlan {
	vsc7448_ports members;
	uint16_t fid;        /* 1 to 4095: what addresses are learned under; 0: VLAN unused */
	bool ingress_filter; /* frames from ports that are no members are discarded */
	bool no_flood;       /* unknown destinations are discarded */
	bool no_learn;       /* addresses are not learned */
	bool private_vlan;   /* isolated ports (isolate.h) reach the others only */
	bool mirror;         /* mirrored by the VLAN probe (mirror.h) */
	bool routed;         /* has a router leg (route.h); read only */
	uint8_t router_leg;  /* of a routed VLAN; read only */
};

/*
 * Two to four accesses when known, one or two more cold.  The router leg stays.  E_RANGE: VLANs
 * are 1 to 4095, the members ports of the front, the FID 1 to 4095.
 */
int vsc7448_vlan_set(struct vsc7448 *chip, uint32_t vid, const struct vsc7448_vlan *vlan,
		     struct error *err);
int vsc7448_vlan_get(struct vsc7448 *chip, uint32_t vid, struct error *err,
		     struct vsc7448_vlan *vlan);

/* @n VLANs from @first on, read in large transfers. */
int vsc7448_vlan_get_many(struct vsc7448 *chip, uint32_t first, size_t n, struct error *err,
			  struct vsc7448_vlan *vlans);

/* No members, no flags, and no FID of its own any more.  E_STATE: it has a router leg. */
int vsc7448_vlan_del(struct vsc7448 *chip, uint32_t vid, struct error *err);

/* What a port takes as the tag of a VLAN, and writes as one. */
enum vsc7448_vlan_aware {
	VSC7448_VLAN_UNAWARE,  /* none: all frames belong to the port's VLAN */
	VSC7448_VLAN_C_TAG,    /* 0x8100 */
	VSC7448_VLAN_S_TAG,    /* 0x88a8 */
	VSC7448_VLAN_CUSTOM_S, /* vsc7448_vlan_custom_tag_set() */
};

enum vsc7448_vlan_accept {
	VSC7448_VLAN_ACCEPT_ALL,
	VSC7448_VLAN_ACCEPT_TAGGED,
	VSC7448_VLAN_ACCEPT_UNTAGGED,
};

enum vsc7448_vlan_tagging {
	VSC7448_VLAN_TAG_NONE,
	VSC7448_VLAN_TAG_ALL_BUT, /* all but the VLAN in @untagged_vid */
	VSC7448_VLAN_TAG_ALL,
};

struct vsc7448_vlan_port {
	uint16_t pvid; /* 1 to 4095: VLAN of frames without a tag */
	enum vsc7448_vlan_aware aware;
	enum vsc7448_vlan_accept accept;
	bool ingress_filter; /* frames of VLANs that the port is no member of are discarded */
	enum vsc7448_vlan_tagging tagging;
	uint16_t untagged_vid; /* for TAG_ALL_BUT */
};

/* "c-tag" and so on, for people; also the way back: false when there is no such name. */
const char *vsc7448_vlan_aware_name(enum vsc7448_vlan_aware aware);
const char *vsc7448_vlan_accept_name(enum vsc7448_vlan_accept accept);
const char *vsc7448_vlan_tagging_name(enum vsc7448_vlan_tagging tagging);
bool vsc7448_vlan_aware_find(const char *name, enum vsc7448_vlan_aware *aware);
bool vsc7448_vlan_accept_find(const char *name, enum vsc7448_vlan_accept *accept);
bool vsc7448_vlan_tagging_find(const char *name, enum vsc7448_vlan_tagging *tagging);

/* As MESA leaves every port at init: VLAN 1, unaware, untagged in VLAN 1. */
#define VSC7448_VLAN_PORT_DEFAULT                                                              \
	((struct vsc7448_vlan_port){                                                           \
		.pvid = 1, .tagging = VSC7448_VLAN_TAG_ALL_BUT, .untagged_vid = 1 })

/*
 * The default action of the port in VCAP_ES0 is read and, when UNTAG_VID_ENA has to change,
 * written: E_TIMEOUT when the TCAM stays busy.  Frames are classified differently as soon as the
 * first register is written.  E_RANGE: port or VLANs.
 */
int vsc7448_vlan_port_set(struct vsc7448 *chip, uint32_t port,
			  const struct vsc7448_vlan_port *conf, struct error *err);
int vsc7448_vlan_port_get(struct vsc7448 *chip, uint32_t port, struct error *err,
			  struct vsc7448_vlan_port *conf);

/*
 * The EtherType of CUSTOM_S tags, one for all ports: ANA_CL VLAN_STAG_CFG[0] and REW TPID_CFG[0];
 * 0x88a8 after init.  E_RANGE below 0x600: that is a length.
 */
int vsc7448_vlan_custom_tag_set(struct vsc7448 *chip, uint16_t ethertype, struct error *err);
int vsc7448_vlan_custom_tag_get(struct vsc7448 *chip, struct error *err, uint16_t *ethertype);

#endif
