/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a board file says of the world outside, told to the mock world. */
#include "hal/board_priv.h"

#include <stdlib.h>
#include <string.h>

#include "drv/world.h"

#define SWITCH "switch" /* the device that ports and blades belong to */

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
	for (size_t i = 0; rc == 0 && i < board->n_blades; i++)
		rc = plug_blade(board, i, err);
	return rc;
}
