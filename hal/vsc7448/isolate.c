/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/isolate.h"

#include <inttypes.h>

#include "hal/vsc7448/masks_priv.h"

static const struct mask_regs private_regs = { VSC7448_ANA_L3_COMMON_VLAN_ISOLATED_CFG,
					       VSC7448_ANA_L3_COMMON_VLAN_ISOLATED_CFG1 };

/* Ports with a row that holds what they may reach: those that forward or are isolated already. */
static vsc7448_ports ports_with_row(const struct matrix *m)
{
	vsc7448_ports ports = m->forward;

	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		if (!has_port(m->gate, port) && m->source[port] != 0)
			ports |= port_bit(port);
	return ports;
}

static int load(struct vsc7448 *chip, vsc7448_ports ports, struct matrix *m, struct error *err)
{
	int rc = vsc7448__check_ports(ports, err);

	if (rc != 0)
		return rc;
	if (vsc7448__matrix_load(chip->io, VSC7448_FRONT_PORTS, VSC7448_FRONT_PORTS, m) != 0)
		return regio_end(chip->io, err);
	return 0;
}

/*
 * Ports that are out get a row and a closed gate.  The row comes first: should it fail half-way,
 * the open gate tells that it does not count.
 */
static void make_rows(struct regio *io, struct matrix *new, vsc7448_ports ports)
{
	for (; ports != 0; ports &= ports - 1) {
		uint32_t port = first_port(ports);

		vsc7448__mask_put(io, MASK_REGS(VSC7448_ANA_AC_SRC_SRC_CFG, port),
				  new->source[port]);
		new->gate &= ~port_bit(port);
	}
}

int vsc7448_isolate_sources(struct vsc7448 *chip, vsc7448_ports a, vsc7448_ports b,
			    struct error *err)
{
	struct matrix old, new;
	vsc7448_ports out;
	int rc = load(chip, a | b, &old, err);

	if (rc != 0)
		return rc;
	new = old;
	out = (a | b) & ~ports_with_row(&old);
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++) {
		vsc7448_ports apart = (has_port(a, port) ? b : 0) | (has_port(b, port) ? a : 0);

		if (has_port(out, port))
			new.source[port] = vsc7448__matrix_open(&old, port) &
					   ~vsc7448__matrix_avoiders(&old, port);
		new.source[port] &= ~apart;
		if (apart != 0 && new.source[port] == 0)
			return error_set(err, E_RANGE, "port %" PRIu32 " would reach no port",
					 port);
	}
	make_rows(chip->io, &new, out);
	vsc7448__matrix_store(chip->io, &old, &new);
	return regio_end(chip->io, err);
}

int vsc7448_isolate_clear(struct vsc7448 *chip, vsc7448_ports ports, struct error *err)
{
	struct matrix old, new;
	vsc7448_ports rows;
	int rc = load(chip, ports, &old, err);

	if (rc != 0)
		return rc;
	new = old;
	rows = ports_with_row(&old);
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++) {
		vsc7448_ports again = has_port(ports, port) ? VSC7448_FRONT_PORTS : ports;

		if (has_port(rows, port) && old.source[port] != 0)
			new.source[port] |= again &vsc7448__matrix_open(&old, port);
	}
	/* What is out and open again is like any port that is out. */
	for (vsc7448_ports left = ports & ~old.gate; left != 0; left &= left - 1) {
		new.source[first_port(left)] = 0;
		new.gate |= left & -left;
	}
	vsc7448__matrix_store(chip->io, &old, &new);
	return regio_end(chip->io, err);
}

int vsc7448_isolate_get(struct vsc7448 *chip, struct error *err,
			vsc7448_ports apart[VSC7448_N_PORTS])
{
	struct matrix m;
	int rc = load(chip, 0, &m, err);

	for (uint32_t port = 0; rc == 0 && port < VSC7448_N_PORTS; port++)
		apart[port] = vsc7448__matrix_isolated(&m, port)
				      ? vsc7448__matrix_open(&m, port) & ~m.source[port]
				      : 0;
	return rc;
}

int vsc7448_isolate_private_set(struct vsc7448 *chip, vsc7448_ports ports, struct error *err)
{
	int rc = vsc7448__check_ports(ports, err);

	if (rc != 0)
		return rc;
	vsc7448__mask_put(chip->io, private_regs, ports);
	return regio_end(chip->io, err);
}

int vsc7448_isolate_private_get(struct vsc7448 *chip, struct error *err, vsc7448_ports *ports)
{
	vsc7448__mask_get(chip->io, &private_regs, 1, ports);
	return regio_end(chip->io, err);
}
