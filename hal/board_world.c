/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a board file says of the world outside, told to the mock world. */
#include "hal/board_priv.h"

#include <stdlib.h>
#include <string.h>

#include "drv/mock_btc.h"
#include "drv/mock_phy.h"
#include "drv/mock_twi.h"
#include "drv/world.h"

#define SWITCH "switch" /* the device that ports and blades belong to */
#define BTC    "btc"    /* the device that blades are stations of */

static int plug_wire(struct board *board, const struct board_wire *wire, struct error *err)
{
	struct world_end end = { .kind = WORLD_END_NONE };

	if (wire->end == BOARD_WIRE_LOOP)
		end.kind = WORLD_END_LOOP;
	if (wire->end == BOARD_WIRE_PORT)
		end = (struct world_end){ .kind = WORLD_END_PORT,
					  .device = SWITCH,
					  .port = wire->peer };
	return world_plug(board->world, SWITCH, wire->port, &end, err);
}

static int plug_blade(struct board *board, size_t i, struct error *err)
{
	const struct board_blade *blade = &board->blades[i];
	struct world_end end = { .kind = WORLD_END_HOST, .host = &board->hosts[i] };

	memcpy(end.host->mac, blade->mac, sizeof(blade->mac));
	return world_plug(board->world, SWITCH, blade->port, &end, err);
}

/*
 * The blade's station on the backplane is its slot.  The file knows no addresses but the
 * identifier: the IPv6 address is the link-local one made of it (RFC 4291, appendix A), and
 * each blade offers the function of its slot's number.
 */
static int equip_station(struct board *board, const struct board_blade *blade,
			 struct error *err)
{
	const uint8_t *mac = blade->mac;
	struct mock_btc_blade is = {
		.ipv6 = { 0xfe, 0x80, 0, 0, 0, 0, 0, 0, mac[0] ^ 2, mac[1], mac[2], 0xff, 0xfe,
			  mac[3], mac[4], mac[5] },
		.functions = UINT32_C(1) << (blade->slot - 1) % 32,
	};

	memcpy(is.ident, mac, sizeof(is.ident));
	return mock_btc_equip(board->world, BTC, blade->slot, &is, err);
}

/* The module that a wire names, into the cage of its port. */
static int plug_module(struct board *board, const struct board_wire *wire, struct error *err)
{
	unsigned module = 0;

	if (wire->module == NULL)
		return 0;
	while (mock_sfp_names[module] != wire->module)
		module++;
	for (size_t i = 0; i < board->n_ports; i++) {
		const struct board_sfp *sfp = &board->ports[i].sfp;
		const struct mock_twi_place place = { sfp->twi, sfp->scl == BOARD_NO_SCL
									? MOCK_TWI_PLAIN_SCL
									: sfp->scl };

		if (board->ports[i].port == wire->port)
			return mock_sfp_plug(board->world, SWITCH, &place, module, err);
	}
	return 0;
}

static int plug_phy(struct board *board, const struct board_port *port, struct error *err)
{
	const struct mock_phy_spec spec = {
		.controller = port->phy.miim,
		.address = port->phy.address,
		.id = MOCK_PHY_ID,
		.port = port->port,
	};

	return port->phy.has ? mock_phy_plug(board->world, SWITCH, &spec, err) : 0;
}

int board__plug(struct board *board, struct error *err)
{
	int rc = 0;

	if (board->world == NULL)
		return 0;
	if (board->n_blades > 0)
		board->hosts = calloc(board->n_blades, sizeof(*board->hosts));
	if (board->n_blades > 0 && board->hosts == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	for (size_t i = 0; rc == 0 && i < board->n_wires; i++)
		rc = plug_wire(board, &board->wires[i], err);
	for (size_t i = 0; rc == 0 && i < board->n_wires; i++)
		rc = plug_module(board, &board->wires[i], err);
	for (size_t i = 0; rc == 0 && i < board->n_ports; i++)
		rc = plug_phy(board, &board->ports[i], err);
	for (size_t i = 0; rc == 0 && i < board->n_blades; i++)
		rc = plug_blade(board, i, err);
	for (size_t i = 0; rc == 0 && i < board->n_blades; i++)
		rc = equip_station(board, &board->blades[i], err);
	return rc;
}
