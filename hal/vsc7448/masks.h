/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which ports a frame may leave by: the masks of ANA_AC.
 *
 *     where it goes = PGID[destination] & SRC[where it came from] & AGGR[its flow's code]
 *
 * (and the members of its VLAN).  PGID[0..52] stand for the ports: one bit, or all members of its
 * link aggregation group (lag.h); 53 to 60 for the kinds of flooding; from 61 on groups of ports
 * for entries of the MAC table (mac.h).  Every mask has the 53 ports of the front.
 *
 * A port forwards when it stands in an AGGR row.  The chip's registers are the only store: what is
 * not in them is not kept.  Sources: regmaps/vsc7448/ana_ac.rdl; MESA
 * base/ail/vtss_l2_api.c (vtss_update_masks), base/jaguar2/vtss_jaguar2_cil.h (PGID_UC_FLOOD ...).
 */
#ifndef HAL_VSC7448_MASKS_H
#define HAL_VSC7448_MASKS_H

#include "hal/vsc7448/vsc7448.h"

#define VSC7448_N_PGIDS 1077u
#define VSC7448_N_AGGR  16u

/* PGIDs with a meaning of their own. */
enum vsc7448_pgid_number {
	VSC7448_PGID_UC_FLOOD = 53,
	VSC7448_PGID_MC_FLOOD,
	VSC7448_PGID_IPV4_MC_DATA,
	VSC7448_PGID_IPV4_MC_CTRL,
	VSC7448_PGID_IPV6_MC_DATA,
	VSC7448_PGID_IPV6_MC_CTRL,
	VSC7448_PGID_DROP,  /* of MAC entries without a port: no bit, by convention of MESA */
	VSC7448_PGID_FLOOD, /* of MAC entries with all ports: all bits, likewise */
	VSC7448_PGID_FIRST_GROUP,
};

struct vsc7448_pgid {
	vsc7448_ports ports;
	bool cpu_copy;
	uint8_t cpu_queue; /* 0 to 7, of the copy */
	bool stack;        /* STACK_TYPE_ENA: @ports is a place in a stack instead */
};

/* "uc-flood", "ipv6-mc-data", ...; NULL for the PGIDs of ports and groups. */
const char *vsc7448_pgid_name(uint32_t pgid);

/* The number of that name; false: no such name. */
bool vsc7448_pgid_find(const char *name, uint32_t *pgid);

/* PGIDs @first to @first + n - 1, of VSC7448_N_PGIDS; read in one transfer.  E_RANGE. */
int vsc7448_pgid_get(struct vsc7448 *chip, uint32_t first, size_t n, struct error *err,
		     struct vsc7448_pgid *pgids);

/*
 * At most three writes.  E_RANGE: a PGID, port or queue that is not there; E_STATE: PGIDs of ports
 * follow from link aggregation and are not set by hand.
 */
int vsc7448_pgid_set(struct vsc7448 *chip, uint32_t number, const struct vsc7448_pgid *pgid,
		     struct error *err);

/*
 * Takes @ports into forwarding (@on) or out of it: their rows of SRC, their bits in AGGR (and
 * those of the other members of their link aggregation groups, which share out the flows anew),
 * the learning bits of spanning tree instance 0, and the logical ports of their groups.  What
 * changes nothing is not written.
 *
 * The bits of @ports in the rows of other sources stay: AGGR stops what is sent to them, and the
 * rows of isolated ports (isolate.h) are the chip's only memory of isolation.  For the same reason
 * an isolated port keeps its own row when taken out, and loses its bit in ANA_L3 PORT_FWD_CTRL
 * instead (by the register's text; unverified on silicon).  MESA does the same on
 * vtss_port_state_set(), but for isolated ports, whose rows it keeps in memory.
 *
 * E_RANGE: not ports of the front.
 */
int vsc7448_forward_set(struct vsc7448 *chip, vsc7448_ports ports, bool on, struct error *err);

/* The ports that forward. */
int vsc7448_forward_get(struct vsc7448 *chip, struct error *err, vsc7448_ports *ports);

#endif
