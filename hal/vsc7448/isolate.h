/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Isolation: ports that do not reach each other although they are in one VLAN.  Two ways:
 *
 * By source masks, in all VLANs, between any ports: their bits in each other's SRC rows (MESA:
 * vtss_pvlan_port_members_set).  The rows are the only memory of it, see vsc7448_forward_set().
 *
 * By private VLANs: in VLANs that are private (vlan.h, VLAN_PRIVATE_ENA) the ports in
 * ANA_L3:COMMON:VLAN_ISOLATED_CFG reach only ports that are not in it (MESA:
 * vtss_isolated_port_members_set, vtss_isolated_vlan_set).
 */
#ifndef HAL_VSC7448_ISOLATE_H
#define HAL_VSC7448_ISOLATE_H

#include "hal/vsc7448/vsc7448.h"

/*
 * No port of @a reaches one of @b any more, nor the other way round; both may be the same set.
 * Ports that are out of forwarding remember it.  E_RANGE: not ports of the front, or a port would
 * reach none (take it out of forwarding then).
 */
int vsc7448_isolate_sources(struct vsc7448 *chip, vsc7448_ports a, vsc7448_ports b,
			    struct error *err);

/* @ports and all others reach each other again, but for members of one aggregation group. */
int vsc7448_isolate_clear(struct vsc7448 *chip, vsc7448_ports ports, struct error *err);

/* For each port the ports that isolation keeps from it; 0 for ports that are out. */
int vsc7448_isolate_get(struct vsc7448 *chip, struct error *err,
			vsc7448_ports apart[VSC7448_N_PORTS]);

/* The isolated ports of private VLANs. */
int vsc7448_isolate_private_set(struct vsc7448 *chip, vsc7448_ports ports, struct error *err);
int vsc7448_isolate_private_get(struct vsc7448 *chip, struct error *err, vsc7448_ports *ports);

#endif
