/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/masks.h"

#include <string.h>

#include "hal/vsc7448/masks_priv.h"

static const char *const names[] = {
	"uc-flood",     "mc-flood",     "ipv4-mc-data", "ipv4-mc-ctrl",
	"ipv6-mc-data", "ipv6-mc-ctrl", "drop",         "flood",
};

const char *vsc7448_pgid_name(uint32_t pgid)
{
	if (pgid < VSC7448_PGID_UC_FLOOD || pgid >= VSC7448_PGID_FIRST_GROUP)
		return NULL;
	return names[pgid - VSC7448_PGID_UC_FLOOD];
}

bool vsc7448_pgid_find(const char *name, uint32_t *pgid)
{
	for (uint32_t i = VSC7448_PGID_UC_FLOOD; i < VSC7448_PGID_FIRST_GROUP; i++)
		if (strcmp(names[i - VSC7448_PGID_UC_FLOOD], name) == 0) {
			*pgid = i;
			return true;
		}
	return false;
}

static int check_pgid(uint32_t first, size_t n, struct error *err)
{
	if (first >= VSC7448_N_PGIDS || n > VSC7448_N_PGIDS - first)
		return error_set(err, E_RANGE, "PGID %zu: they go from 0 to %u", first + n - 1,
				 VSC7448_N_PGIDS - 1);
	return 0;
}

#define MISC(value, field) reg_field_get((value), VSC7448_ANA_AC_PGID_PGID_MISC_CFG__##field)

static struct vsc7448_pgid decode(const uint32_t words[3])
{
	return (struct vsc7448_pgid){
		.ports = ((uint64_t)words[1] << 32 | words[0]) & VSC7448_FRONT_PORTS,
		.cpu_copy = MISC(words[2], PGID_CPU_COPY_ENA) != 0,
		.cpu_queue = (uint8_t)MISC(words[2], PGID_CPU_QU),
		.stack = MISC(words[2], STACK_TYPE_ENA) != 0,
	};
}

#define SOME 64u /* PGIDs of one transfer */

int vsc7448_pgid_get(struct vsc7448 *chip, uint32_t first, size_t n, struct error *err,
		     struct vsc7448_pgid *pgids)
{
	int rc = check_pgid(first, n, err);

	for (size_t done = 0, some; rc == 0 && done < n; done += some) {
		uint64_t addrs[3 * SOME];
		uint32_t words[3 * SOME];

		some = n - done < SOME ? n - done : SOME;
		for (size_t i = 0; i < some; i++) {
			uint32_t pgid = first + (uint32_t)(done + i);

			addrs[3 * i] = VSC7448_ANA_AC_PGID_PGID_CFG(pgid);
			addrs[3 * i + 1] = VSC7448_ANA_AC_PGID_PGID_CFG1(pgid);
			addrs[3 * i + 2] = VSC7448_ANA_AC_PGID_PGID_MISC_CFG(pgid);
		}
		if (regio_get_many(chip->io, addrs, 3 * some, words) != 0)
			return regio_end(chip->io, err);
		for (size_t i = 0; i < some; i++)
			pgids[done + i] = decode(words + 3 * i);
	}
	return rc;
}

void vsc7448__pgid_put(struct regio *io, uint32_t number, const struct vsc7448_pgid *pgid)
{
	uint64_t misc = 0;

	vsc7448__mask_put(io, MASK_REGS(VSC7448_ANA_AC_PGID_PGID_CFG, number), pgid->ports);
	misc = reg_field_put(misc, VSC7448_ANA_AC_PGID_PGID_MISC_CFG__PGID_CPU_COPY_ENA,
			     pgid->cpu_copy);
	misc = reg_field_put(misc, VSC7448_ANA_AC_PGID_PGID_MISC_CFG__PGID_CPU_QU,
			     pgid->cpu_queue);
	misc = reg_field_put(misc, VSC7448_ANA_AC_PGID_PGID_MISC_CFG__STACK_TYPE_ENA,
			     pgid->stack);
	regio_put(io, VSC7448_ANA_AC_PGID_PGID_MISC_CFG(number), (uint32_t)misc);
}

int vsc7448_pgid_set(struct vsc7448 *chip, uint32_t number, const struct vsc7448_pgid *pgid,
		     struct error *err)
{
	int rc = check_pgid(number, 1, err);

	if (rc == 0)
		rc = vsc7448__check_ports(pgid->ports, err);
	if (rc == 0 && pgid->cpu_queue > 7)
		rc = error_set(err, E_RANGE, "CPU queue %u: they go from 0 to 7",
			       pgid->cpu_queue);
	if (rc == 0 && number < VSC7448_N_PORTS)
		rc = error_set(err, E_STATE,
			       "PGID %u stands for a port and follows link aggregation",
			       number);
	if (rc != 0)
		return rc;
	vsc7448__pgid_put(chip->io, number, pgid);
	return regio_end(chip->io, err);
}

/* --- ports in and out of forwarding ------------------------------------------------------- */

static void change_port(struct matrix *m, uint32_t port, bool on)
{
	bool isolated = vsc7448__matrix_isolated(m, port);

	if (on) {
		if (!isolated)
			m->source[port] = vsc7448__matrix_open(m, port) &
					  ~vsc7448__matrix_avoiders(m, port);
		m->forward |= port_bit(port);
		m->gate |= port_bit(port);
		return;
	}
	if (isolated)
		m->gate &= ~port_bit(port);
	else
		m->source[port] = 0;
	m->forward &= ~port_bit(port);
}

int vsc7448_forward_set(struct vsc7448 *chip, vsc7448_ports ports, bool on, struct error *err)
{
	struct matrix old, new;
	int rc = vsc7448__check_ports(ports, err);

	if (rc != 0)
		return rc;
	if (vsc7448__matrix_load(chip->io, ports, on ? VSC7448_FRONT_PORTS : ports, &old) != 0)
		return regio_end(chip->io, err);
	new = old;
	for (vsc7448_ports left = ports; left != 0; left &= left - 1)
		change_port(&new, first_port(left), on);
	vsc7448__matrix_spread(&new);
	vsc7448__matrix_store(chip->io, &old, &new);
	vsc7448__learn_put(chip->io, new.forward);
	return regio_end(chip->io, err);
}

static int aggr_get(struct vsc7448 *chip, struct error *err, vsc7448_ports rows[VSC7448_N_AGGR])
{
	struct mask_regs regs[VSC7448_N_AGGR];

	for (uint32_t code = 0; code < VSC7448_N_AGGR; code++)
		regs[code] = MASK_REGS(VSC7448_ANA_AC_AGGR_AGGR_CFG, code);
	vsc7448__mask_get(chip->io, regs, VSC7448_N_AGGR, rows);
	return regio_end(chip->io, err);
}

int vsc7448_forward_get(struct vsc7448 *chip, struct error *err, vsc7448_ports *ports)
{
	vsc7448_ports rows[VSC7448_N_AGGR], sum = 0;
	int rc = aggr_get(chip, err, rows);

	for (uint32_t code = 0; rc == 0 && code < VSC7448_N_AGGR; code++)
		sum |= rows[code];
	if (rc == 0)
		*ports = sum;
	return rc;
}
