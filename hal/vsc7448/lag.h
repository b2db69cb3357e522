/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Link aggregation: several ports to one partner act as one.
 *
 * The chip's global aggregation groups (GLAG) are for stacks and not used, as in MESA.  A group is
 * in the masks (masks.h): the PGIDs of its members hold all of them, their sources exclude each
 * other, each AGGR row (aggregation code of a flow, 0 to 15) keeps one member that forwards, and
 * their logical port is the first member that forwards, so that addresses are learned there.
 *
 * After a change of the first member that forwards, addresses learned at the old one still lead to
 * the group while it is a member, and to the port alone when it left: flush it then
 * (vsc7448_mac_flush()).
 *
 * Member loss is vsc7448_forward_set(chip, port, false): the others share its flows at once.
 */
#ifndef HAL_VSC7448_LAG_H
#define HAL_VSC7448_LAG_H

#include "hal/vsc7448/masks.h"

/*
 * Makes @members one group, two ports or more.  Groups that any of them was in are dissolved: what
 * is left of these stands alone.  Warm about 20 to 40 writes (MESA: 394), ordered so that no flow
 * is without a port meanwhile; some frames to the group may be sent twice (matrix order in
 * masks_priv.h).  E_RANGE: not ports of the front, or fewer than two.
 */
int vsc7448_lag_set(struct vsc7448 *chip, vsc7448_ports members, struct error *err);

/* Dissolves the groups that any of @ports is in. */
int vsc7448_lag_clear(struct vsc7448 *chip, vsc7448_ports ports, struct error *err);

struct vsc7448_lag {
	vsc7448_ports members;
	vsc7448_ports forward; /* of the members */
	uint32_t logical_port; /* where addresses are learned: LPORT_NUM of the first member */
};

#define VSC7448_MAX_LAGS (VSC7448_N_PORTS / 2)

/*
 * The groups, by their first members, as the chip has them.  E_CORRUPT: the PGIDs of ports do not
 * agree with each other.
 */
int vsc7448_lag_get(struct vsc7448 *chip, struct error *err,
		    struct vsc7448_lag groups[VSC7448_MAX_LAGS], size_t *n);

/* What the code of a flow is made from: ANA_CL:COMMON:AGGR_CFG. */
enum vsc7448_lag_hash {
	VSC7448_LAG_HASH_SMAC = 1 << 0,
	VSC7448_LAG_HASH_DMAC = 1 << 1,
	VSC7448_LAG_HASH_IP = 1 << 2,    /* addresses, IPv4 and IPv6 */
	VSC7448_LAG_HASH_PORTS = 1 << 3, /* TCP and UDP ports */
};

int vsc7448_lag_hash_set(struct vsc7448 *chip, unsigned hash, struct error *err);
int vsc7448_lag_hash_get(struct vsc7448 *chip, struct error *err, unsigned *hash);

#endif
