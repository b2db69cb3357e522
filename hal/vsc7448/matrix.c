/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/masks_priv.h"

#include <string.h>

#define PGID_REGS(i) MASK_REGS(VSC7448_ANA_AC_PGID_PGID_CFG, i)
#define SRC_REGS(i)  MASK_REGS(VSC7448_ANA_AC_SRC_SRC_CFG, i)
#define AGGR_REGS(i) MASK_REGS(VSC7448_ANA_AC_AGGR_AGGR_CFG, i)

static const struct mask_regs gate_regs = { VSC7448_ANA_L3_COMMON_PORT_FWD_CTRL,
					    VSC7448_ANA_L3_COMMON_PORT_FWD_CTRL1 };

/* --- masks ------------------------------------------------------------------------------- */

#define LOW(ports)  ((uint32_t)(ports))
#define HIGH(ports) ((uint32_t)((ports) >> 32))

void vsc7448__mask_put(struct regio *io, struct mask_regs regs, vsc7448_ports ports)
{
	regio_put(io, regs.low, LOW(ports));
	regio_put(io, regs.high, HIGH(ports));
}

void vsc7448__mask_set(struct regio *io, struct mask_regs regs, vsc7448_ports ports, bool on)
{
	if (LOW(ports) != 0)
		regio_set(io, regs.low, LOW(ports), on ? LOW(ports) : 0);
	if (HIGH(ports) != 0)
		regio_set(io, regs.high, HIGH(ports), on ? HIGH(ports) : 0);
}

#define MAX_MASKS (2 * VSC7448_N_PORTS + VSC7448_N_AGGR + 1)

int vsc7448__mask_get(struct regio *io, const struct mask_regs *regs, size_t n,
		      vsc7448_ports *masks)
{
	uint64_t addrs[2 * MAX_MASKS];
	uint32_t values[2 * MAX_MASKS];
	int rc = 0;

	for (size_t done = 0, some; rc == 0 && done < n; done += some) {
		some = n - done < MAX_MASKS ? n - done : MAX_MASKS;
		for (size_t i = 0; i < some; i++) {
			addrs[2 * i] = regs[done + i].low;
			addrs[2 * i + 1] = regs[done + i].high;
		}
		rc = regio_get_many(io, addrs, 2 * some, values);
		for (size_t i = 0; rc == 0 && i < some; i++)
			masks[done + i] = ((uint64_t)values[2 * i + 1] << 32 | values[2 * i]) &
					  VSC7448_FRONT_PORTS;
	}
	return rc;
}

int vsc7448__check_ports(vsc7448_ports ports, struct error *err)
{
	if ((ports & ~VSC7448_FRONT_PORTS) != 0)
		return error_set(err, E_RANGE, "port %u: the ports of the front are 0 to %u",
				 first_port(ports & ~VSC7448_FRONT_PORTS), VSC7448_N_PORTS - 1);
	return 0;
}

/* --- loading ----------------------------------------------------------------------------- */

/* Makes one group of all that @members are in. */
static void join(struct matrix *m, vsc7448_ports members)
{
	vsc7448_ports sum = 0;

	for (vsc7448_ports left = members; left != 0; left &= left - 1)
		sum |= m->group[first_port(left)];
	for (vsc7448_ports left = sum; left != 0; left &= left - 1)
		m->group[first_port(left)] = sum;
}

/*
 * The members of a group have the same PGID, so one of them tells of all; where a change broke off
 * they differ, and what overlaps is one group.
 */
static void learn_groups(struct matrix *m, vsc7448_ports asked, const vsc7448_ports *pgids)
{
	size_t at = 0;

	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		m->group[port] = port_bit(port);
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++) {
		if (!has_port(asked, port))
			continue;
		join(m, pgids[at++] | port_bit(port));
		m->groups |= m->group[port];
	}
}

int vsc7448__matrix_load(struct regio *io, vsc7448_ports groups, vsc7448_ports sources,
			 struct matrix *matrix)
{
	struct mask_regs regs[MAX_MASKS];
	vsc7448_ports masks[MAX_MASKS];
	size_t n = 0, first_pgid, at;
	int rc;

	memset(matrix, 0, sizeof(*matrix));
	while (n < VSC7448_N_AGGR) {
		regs[n] = AGGR_REGS(n);
		n++;
	}
	regs[n++] = gate_regs;
	first_pgid = n;
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		if (has_port(groups, port))
			regs[n++] = PGID_REGS(port);
	at = n;
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		if (has_port(sources, port))
			regs[n++] = SRC_REGS(port);
	rc = vsc7448__mask_get(io, regs, n, masks);
	if (rc != 0)
		return rc;
	for (uint32_t code = 0; code < VSC7448_N_AGGR; code++) {
		matrix->aggr[code] = masks[code];
		matrix->forward |= masks[code];
	}
	matrix->gate = masks[VSC7448_N_AGGR];
	learn_groups(matrix, groups, masks + first_pgid);
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		if (has_port(sources, port))
			matrix->source[port] = masks[at++];
	matrix->sources = sources;
	return 0;
}

/* --- planning ---------------------------------------------------------------------------- */

vsc7448_ports vsc7448__matrix_open(const struct matrix *matrix, uint32_t port)
{
	return VSC7448_FRONT_PORTS & ~matrix->group[port];
}

/* Is the row of a source what somebody wants, or that of a port that is out? */
static bool row_counts(const struct matrix *matrix, uint32_t port)
{
	return has_port(matrix->forward | ~matrix->gate, port) && matrix->source[port] != 0;
}

bool vsc7448__matrix_isolated(const struct matrix *matrix, uint32_t port)
{
	return row_counts(matrix, port) &&
	       (vsc7448__matrix_open(matrix, port) & ~matrix->source[port]) != 0;
}

vsc7448_ports vsc7448__matrix_avoiders(const struct matrix *matrix, uint32_t port)
{
	vsc7448_ports avoiders = 0;

	for (uint32_t other = 0; other < VSC7448_N_PORTS; other++)
		if (row_counts(matrix, other) && !has_port(matrix->source[other], port))
			avoiders |= port_bit(other);
	return avoiders;
}

/* The member of a group that has an aggregation code; no bit when none forwards. */
static vsc7448_ports turn(vsc7448_ports members, uint32_t code)
{
	uint32_t n = (uint32_t)__builtin_popcountll(members);

	for (uint32_t i = 0; i < n; i++, members &= members - 1)
		if ((i + code) % n == 0)
			return members & -members;
	return 0;
}

void vsc7448__matrix_spread(struct matrix *matrix)
{
	for (uint32_t code = 0; code < VSC7448_N_AGGR; code++) {
		vsc7448_ports row = matrix->aggr[code] & ~matrix->groups;
		vsc7448_ports left = matrix->groups;

		while (left != 0) {
			vsc7448_ports group = matrix->group[first_port(left)];

			row |= turn(group & matrix->forward, code);
			left &= ~group;
		}
		matrix->aggr[code] = row;
	}
}

/* --- storing ----------------------------------------------------------------------------- */

static void store_sources_before(struct regio *io, const struct matrix *old,
				 const struct matrix *m)
{
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++) {
		if (!has_port(m->sources & m->forward, port) ||
		    old->source[port] == m->source[port])
			continue;
		vsc7448__mask_put(io, SRC_REGS(port),
				  has_port(old->forward, port)
					  ? old->source[port] & m->source[port]
					  : m->source[port]);
	}
}

static void store_sources_after(struct regio *io, const struct matrix *old,
				const struct matrix *m)
{
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		if (has_port(m->sources, port) && old->source[port] != m->source[port])
			vsc7448__mask_put(io, SRC_REGS(port), m->source[port]);
}

static void store_groups(struct regio *io, const struct matrix *old, const struct matrix *m,
			 bool more)
{
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++) {
		vsc7448_ports both = old->group[port] | m->group[port];

		if (has_port(m->groups, port) && old->group[port] != m->group[port])
			vsc7448__mask_put(io, PGID_REGS(port), more ? both : m->group[port]);
	}
}

static bool gains(uint32_t old, uint32_t new)
{
	return (new & ~old) != 0;
}

static void store_row(struct regio *io, struct mask_regs regs, vsc7448_ports old,
		      vsc7448_ports new)
{
	bool high_first = gains(HIGH(old), HIGH(new)) && !gains(LOW(old), LOW(new));

	if (high_first)
		regio_put(io, regs.high, HIGH(new));
	regio_put(io, regs.low, LOW(new));
	if (!high_first)
		regio_put(io, regs.high, HIGH(new));
}

static void store_rows(struct regio *io, const struct matrix *old, const struct matrix *m,
		       bool lost)
{
	vsc7448_ports gone = old->forward & ~m->forward;

	for (uint32_t code = 0; code < VSC7448_N_AGGR; code++)
		if (((old->aggr[code] & gone) != 0) == lost)
			store_row(io, AGGR_REGS(code), old->aggr[code], m->aggr[code]);
}

/* The logical port is the first that forwards: vtss_aggr_port() in MESA. */
static void store_logical(struct regio *io, const struct matrix *m)
{
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++) {
		vsc7448_ports up = m->group[port] & m->forward;

		if (has_port(m->groups, port))
			regio_fields(io, VSC7448_ANA_CL_PORT_PORT_ID_CFG(port),
				     F(ANA_CL_PORT_PORT_ID_CFG, LPORT_NUM,
				       up != 0 ? first_port(up) : port));
	}
}

void vsc7448__matrix_store(struct regio *io, const struct matrix *old,
			   const struct matrix *matrix)
{
	if (old->gate != matrix->gate)
		vsc7448__mask_put(io, gate_regs, old->gate & matrix->gate);
	store_groups(io, old, matrix, true);
	store_sources_before(io, old, matrix);
	store_rows(io, old, matrix, true);
	store_rows(io, old, matrix, false);
	store_logical(io, matrix);
	store_sources_after(io, old, matrix);
	store_groups(io, old, matrix, false);
	if (old->gate != matrix->gate)
		vsc7448__mask_put(io, gate_regs, matrix->gate);
}

void vsc7448__learn_put(struct regio *io, vsc7448_ports ports)
{
	vsc7448__mask_put(io, MASK_REGS(VSC7448_ANA_L3_MSTP_MSTP_LRN_CFG, 0), ports);
}
