/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The forwarding matrix, as link aggregation, isolation and port state change it. */
#ifndef HAL_VSC7448_MASKS_PRIV_H
#define HAL_VSC7448_MASKS_PRIV_H

#include "hal/vsc7448/masks.h"
#include "hal/vsc7448/vsc7448_priv.h"

/* A mask of ports in two registers: ports 0-31, and 32-52 in the register behind. */
struct mask_regs {
	uint64_t low, high;
};
#define MASK_REGS(REG, i) ((struct mask_regs){ REG(i), REG##1(i) })

/* Queues a mask. */
void vsc7448__mask_put(struct regio *io, struct mask_regs regs, vsc7448_ports ports);

/* Queues: the bits of @ports become @on, the others stay. */
void vsc7448__mask_set(struct regio *io, struct mask_regs regs, vsc7448_ports ports, bool on);

/* @n masks in one transfer, from the shadow where it knows them; only ports of the front. */
int vsc7448__mask_get(struct regio *io, const struct mask_regs *regs, size_t n,
		      vsc7448_ports *masks);

/* Queues a PGID without checks. */
void vsc7448__pgid_put(struct regio *io, uint32_t number, const struct vsc7448_pgid *pgid);

/* E_RANGE when @ports has others than those of the front. */
int vsc7448__check_ports(vsc7448_ports ports, struct error *err);

static inline vsc7448_ports port_bit(uint32_t port)
{
	return UINT64_C(1) << port;
}

static inline bool has_port(vsc7448_ports ports, uint32_t port)
{
	return (ports >> port & 1) != 0;
}

static inline uint32_t first_port(vsc7448_ports ports) /* of a set that is not empty */
{
	return (uint32_t)__builtin_ctzll(ports);
}

/*
 * Groups of ports that stand alone are the port itself.  Only the groups and source rows asked for
 * are loaded, and only those that are loaded are written.
 */
struct matrix {
	vsc7448_ports groups, sources; /* which rows are loaded */
	vsc7448_ports group[VSC7448_N_PORTS];
	vsc7448_ports source[VSC7448_N_PORTS];
	vsc7448_ports aggr[VSC7448_N_AGGR];
	vsc7448_ports forward; /* in any row of aggr */
	vsc7448_ports gate; /* ANA_L3 PORT_FWD_CTRL: closed for isolated ports that are out */
};

/*
 * Loads the AGGR rows, the gate, the groups of @groups and of all members, and the sources
 * @sources.
 */
int vsc7448__matrix_load(struct regio *io, vsc7448_ports groups, vsc7448_ports sources,
			 struct matrix *matrix);

/* Where frames from @port may go when nothing isolates it. */
vsc7448_ports vsc7448__matrix_open(const struct matrix *matrix, uint32_t port);

/*
 * Has @port a source row that isolation made?  The row of a port that is out counts only when its
 * gate is closed; else it is zero, or what an access that failed has left.
 */
bool vsc7448__matrix_isolated(const struct matrix *matrix, uint32_t port);

/* The ports whose rows of sources lack @port because of isolation. */
vsc7448_ports vsc7448__matrix_avoiders(const struct matrix *matrix, uint32_t port);

/*
 * Makes the bits of all loaded groups in aggr anew: the forwarding members of a group share the
 * codes in turns, as MESA's vtss_update_masks() does: member i has the codes c with
 * (i + c) % n == 0.
 */
void vsc7448__matrix_spread(struct matrix *matrix);

/*
 * Queues the way from @old to @matrix in the order that loses least.  While it goes on, a frame
 * to an aggregation group may come out twice, but no flow is without a member.  Where it fails, what is in the registers still tells
 * isolation from ports that are out, so that the change can be repeated:
 *
 *  1. gates close; PGIDs gain ports (both the old and the new members are destinations),
 *  2. sources lose ports (what came from a member does not go to one that joins); the sources of
 *     ports that come into forwarding,
 *  3. AGGR rows: first those whose port went out of forwarding, words that gain a port before
 *     words that lose one,
 *  4. logical ports, once both the old and the new number lead to all members,
 *  5. sources gain ports, those of ports that went out are cleared, 6. PGIDs lose ports,
 *  7. gates open.
 */
void vsc7448__matrix_store(struct regio *io, const struct matrix *old,
			   const struct matrix *matrix);

/* Queues: spanning tree instance 0 learns from @ports only. */
void vsc7448__learn_put(struct regio *io, vsc7448_ports ports);

#endif
