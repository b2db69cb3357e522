/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What hangs on a port beside its lane: the cage of an SFP module, the PHY of a copper port. */
#include "hal/board_priv.h"

#include <inttypes.h>

#include "hal/vsc7448/miim.h"
#include "hal/vsc7448/twi.h"

struct sfp_row {
	uint64_t twi, scl;
};

struct phy_row {
	uint64_t miim, address;
};

static bool takes_modules(const char *mode)
{
	static const enum link_mode modes[] = { LINK_MODE_100BASE_FX, LINK_MODE_SGMII,
						LINK_MODE_1000BASE_X, LINK_MODE_2500BASE_X,
						LINK_MODE_10GBASE_R };

	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		if (mode == link_mode_names[modes[i]])
			return true;
	return false;
}

/* False: reported. */
static bool check_sfp(struct board_reader *r, const struct yaml_node_s *node,
		      const struct board_port *port)
{
	const struct board_sfp *sfp = &port->sfp;

	if (!takes_modules(port->mode)) {
		yamldoc_mistake(r->doc, node, E_SYNTAX, "no SFP module carries %s", port->mode);
		return false;
	}
	if (sfp->scl != BOARD_NO_SCL && (sfp->twi != 0 || !vsc7448_twi_is_scl(sfp->scl))) {
		yamldoc_mistake(r->doc, yamldoc_value(r->doc, node, "scl"), E_RANGE,
				"GPIO %" PRIu32 " cannot carry the clock of two-wire "
				"controller %" PRIu32 " (of 0: 14, 16-18, 20, 21, 34-43)",
				sfp->scl, sfp->twi);
		return false;
	}
	for (size_t i = 0; i < r->board->n_ports; i++) {
		const struct board_port *other = &r->board->ports[i];

		if (!other->sfp.has || other->sfp.twi != sfp->twi || other->sfp.scl != sfp->scl)
			continue;
		yamldoc_mistake(r->doc, node, E_SYNTAX,
				"port %" PRIu32 " (line %" PRIu32
				") has the cage on these two wires",
				other->port, other->line);
		return false;
	}
	return true;
}

static bool read_sfp(struct board_reader *r, const struct yaml_node_s *node,
		     struct board_port *port)
{
	static const struct yamldoc_key keys[] = {
		{ "twi", YAMLDOC_NUMBER, true, offsetof(struct sfp_row, twi), 0,
		  VSC7448_N_TWIS - 1, NULL, NULL },
		{ "scl", YAMLDOC_NUMBER, false, offsetof(struct sfp_row, scl), 0, 63, NULL,
		  NULL },
		{ 0 },
	};
	struct sfp_row row = { .scl = BOARD_NO_SCL };

	if (!yamldoc_read(r->doc, node, "the cage of a module", keys, &row))
		return false;
	port->sfp = (struct board_sfp){ true, (uint32_t)row.twi, (uint32_t)row.scl };
	return check_sfp(r, node, port);
}

static bool read_phy(struct board_reader *r, const struct yaml_node_s *node,
		     struct board_port *port)
{
	static const struct yamldoc_key keys[] = {
		{ "miim", YAMLDOC_NUMBER, true, offsetof(struct phy_row, miim), 0,
		  VSC7448_N_MIIMS - 1, NULL, NULL },
		{ "address", YAMLDOC_NUMBER, true, offsetof(struct phy_row, address), 0,
		  VSC7448_MIIM_N_ADDRESS - 1, NULL, NULL },
		{ 0 },
	};
	struct phy_row row = { 0 };

	if (!yamldoc_read(r->doc, node, "a PHY", keys, &row))
		return false;
	port->phy = (struct board_phy){ true, (uint32_t)row.miim, (uint32_t)row.address };
	for (size_t i = 0; i < r->board->n_ports; i++) {
		const struct board_port *other = &r->board->ports[i];

		if (!other->phy.has || other->phy.miim != port->phy.miim ||
		    other->phy.address != port->phy.address)
			continue;
		yamldoc_mistake(r->doc, node, E_SYNTAX,
				"port %" PRIu32 " (line %" PRIu32 ") has the PHY at %" PRIu32
				":%" PRIu32,
				other->port, other->line, port->phy.miim, port->phy.address);
		return false;
	}
	return true;
}

bool board__read_cage(struct board_reader *r, const struct yaml_node_s *sfp,
		      const struct yaml_node_s *phy, struct board_port *port)
{
	bool good = sfp == NULL || read_sfp(r, sfp, port);

	return (phy == NULL || read_phy(r, phy, port)) && good;
}
