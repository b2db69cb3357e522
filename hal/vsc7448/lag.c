/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/lag.h"

#include <inttypes.h>

#include "hal/vsc7448/masks_priv.h"

/* Makes the group of each member anew; its source excludes the group, and only it. */
static void regroup(struct matrix *m, vsc7448_ports group, vsc7448_ports isolated)
{
	for (vsc7448_ports left = group; left != 0; left &= left - 1) {
		uint32_t port = first_port(left);
		vsc7448_ports back = m->group[port] & ~group;

		if (has_port(isolated, port))
			back = 0;
		m->group[port] = group;
		if (m->source[port] != 0)
			m->source[port] = (m->source[port] | (back & ~isolated)) & ~group;
	}
}

static vsc7448_ports isolated_ports(const struct matrix *m)
{
	vsc7448_ports isolated = 0;

	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		if (vsc7448__matrix_isolated(m, port))
			isolated |= port_bit(port);
	return isolated;
}

static vsc7448_ports groups_of(const struct matrix *m, vsc7448_ports ports)
{
	vsc7448_ports sum = 0;

	for (; ports != 0; ports &= ports - 1)
		sum |= m->group[first_port(ports)];
	return sum;
}

/* Dissolves the groups of @ports, then makes @members one. */
static int change(struct vsc7448 *chip, vsc7448_ports ports, vsc7448_ports members,
		  struct error *err)
{
	struct matrix old, new;
	vsc7448_ports isolated;

	if (vsc7448__matrix_load(chip->io, VSC7448_FRONT_PORTS, VSC7448_FRONT_PORTS, &old) != 0)
		return regio_end(chip->io, err);
	new = old;
	isolated = isolated_ports(&old);
	for (vsc7448_ports left = groups_of(&old, ports) & ~members; left != 0;
	     left &= left - 1)
		regroup(&new, left & -left, isolated);
	if (members != 0)
		regroup(&new, members, isolated);
	new.groups = groups_of(&old, ports) | members;
	vsc7448__matrix_spread(&new);
	vsc7448__matrix_store(chip->io, &old, &new);
	return regio_end(chip->io, err);
}

int vsc7448_lag_set(struct vsc7448 *chip, vsc7448_ports members, struct error *err)
{
	int rc = vsc7448__check_ports(members, err);

	if (rc == 0 && __builtin_popcountll(members) < 2)
		rc = error_set(err, E_RANGE, "a link aggregation group has two ports or more");
	return rc != 0 ? rc : change(chip, members, members, err);
}

int vsc7448_lag_clear(struct vsc7448 *chip, vsc7448_ports ports, struct error *err)
{
	int rc = vsc7448__check_ports(ports, err);

	return rc != 0 ? rc : change(chip, ports, 0, err);
}

/* --- reading back ------------------------------------------------------------------------ */

static int read_pgids(struct vsc7448 *chip, vsc7448_ports pgids[VSC7448_N_PORTS])
{
	struct mask_regs regs[VSC7448_N_PORTS];

	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		regs[port] = MASK_REGS(VSC7448_ANA_AC_PGID_PGID_CFG, port);
	return vsc7448__mask_get(chip->io, regs, VSC7448_N_PORTS, pgids);
}

static int check_group(const vsc7448_ports *pgids, uint32_t port, struct error *err)
{
	for (vsc7448_ports left = pgids[port]; left != 0; left &= left - 1)
		if (pgids[first_port(left)] != pgids[port])
			return error_set(err, E_CORRUPT,
					 "ANA_AC:PGID[%" PRIu32 "] and PGID[%" PRIu32
					 "] are of one group but differ",
					 port, first_port(left));
	return 0;
}

int vsc7448_lag_get(struct vsc7448 *chip, struct error *err,
		    struct vsc7448_lag groups[VSC7448_MAX_LAGS], size_t *n)
{
	vsc7448_ports pgids[VSC7448_N_PORTS], forward;
	size_t found = 0;
	int rc = vsc7448_forward_get(chip, err, &forward);

	if (rc != 0)
		return rc;
	if (read_pgids(chip, pgids) != 0)
		return regio_end(chip->io, err);
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++) {
		uint32_t value;

		if (__builtin_popcountll(pgids[port]) < 2 || first_port(pgids[port]) != port)
			continue;
		rc = check_group(pgids, port, err);
		if (rc != 0)
			return rc;
		if (regio_get(chip->io, VSC7448_ANA_CL_PORT_PORT_ID_CFG(port), &value) != 0)
			return regio_end(chip->io, err);
		groups[found++] = (struct vsc7448_lag){
			.members = pgids[port],
			.forward = pgids[port] & forward,
			.logical_port = (uint32_t)reg_field_get(
				value, VSC7448_ANA_CL_PORT_PORT_ID_CFG__LPORT_NUM),
		};
	}
	*n = found;
	return 0;
}

/* --- hash -------------------------------------------------------------------------------- */

#define AGGR_CFG VSC7448_ANA_CL_COMMON_AGGR_CFG

int vsc7448_lag_hash_set(struct vsc7448 *chip, unsigned hash, struct error *err)
{
	bool ip = (hash & VSC7448_LAG_HASH_IP) != 0;
	bool ports = (hash & VSC7448_LAG_HASH_PORTS) != 0;

	regio_fields(
		chip->io, AGGR_CFG,
		F(ANA_CL_COMMON_AGGR_CFG, AGGR_SMAC_ENA, (hash & VSC7448_LAG_HASH_SMAC) != 0),
		F(ANA_CL_COMMON_AGGR_CFG, AGGR_DMAC_ENA, (hash & VSC7448_LAG_HASH_DMAC) != 0),
		F(ANA_CL_COMMON_AGGR_CFG, AGGR_IP4_SIPDIP_ENA, ip),
		F(ANA_CL_COMMON_AGGR_CFG, AGGR_IP6_SIPDIP_ENA, ip),
		F(ANA_CL_COMMON_AGGR_CFG, AGGR_IP4_TCPUDP_PORT_ENA, ports),
		F(ANA_CL_COMMON_AGGR_CFG, AGGR_IP6_TCPUDP_PORT_ENA, ports));
	return regio_end(chip->io, err);
}

#define HAS(value, field) (reg_field_get((value), VSC7448_ANA_CL_COMMON_AGGR_CFG__##field) != 0)

int vsc7448_lag_hash_get(struct vsc7448 *chip, struct error *err, unsigned *hash)
{
	uint32_t value;

	if (regio_get(chip->io, AGGR_CFG, &value) != 0)
		return regio_end(chip->io, err);
	*hash = (HAS(value, AGGR_SMAC_ENA) ? VSC7448_LAG_HASH_SMAC : 0u) |
		(HAS(value, AGGR_DMAC_ENA) ? VSC7448_LAG_HASH_DMAC : 0u) |
		(HAS(value, AGGR_IP4_SIPDIP_ENA) ? VSC7448_LAG_HASH_IP : 0u) |
		(HAS(value, AGGR_IP4_TCPUDP_PORT_ENA) ? VSC7448_LAG_HASH_PORTS : 0u);
	return 0;
}
