/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/board_priv.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "drv/mock_twi.h"

#define NO_MODULE UINT_MAX

static const char *const end_names[] = { "none", "loop", "port", NULL };

struct wire_row {
	uint64_t port, peer;
	unsigned end, module;
};

/* The wire that already ends at @port, or NULL. */
static const struct board_wire *wire_of(const struct board *board, uint64_t port)
{
	for (size_t i = 0; i < board->n_wires; i++) {
		const struct board_wire *wire = &board->wires[i];

		if (wire->port == port || (wire->end == BOARD_WIRE_PORT && wire->peer == port))
			return wire;
	}
	return NULL;
}

/* @key of a wire names a free port of the list `ports`; false: reported. */
static bool check_wire_end(struct board_reader *r, const struct yaml_node_s *node,
			   const char *key, uint64_t port)
{
	const struct yaml_node_s *value = yamldoc_value(r->doc, node, key);
	const struct board_use *use = board__use_of(r, port);
	const struct board_wire *other = wire_of(r->board, port);

	if (use == NULL && !r->ports_unsure && r->has_switch)
		yamldoc_mistake(r->doc, value, E_SYNTAX,
				"port %" PRIu64 " is not in the list 'ports'", port);
	else if (use == NULL)
		return false;
	else if (use->is_blade)
		yamldoc_mistake(r->doc, value, E_SYNTAX,
				"port %" PRIu64 " leads to its blade and has no other wire",
				port);
	else if (other != NULL)
		yamldoc_mistake(r->doc, value, E_SYNTAX,
				"port %" PRIu64 " has the wire of line %" PRIu32 " already",
				port, other->line);
	return use != NULL && !use->is_blade && other == NULL;
}

static bool check_peer(struct board_reader *r, const struct yaml_node_s *node,
		       const struct wire_row *row)
{
	const struct yaml_node_s *value = yamldoc_value(r->doc, node, "peer");

	if ((value != node) != (row->end == BOARD_WIRE_PORT)) {
		yamldoc_mistake(r->doc, value, E_SYNTAX,
				"a wire has a 'peer' with 'end: port', and only then");
		return false;
	}
	if (row->end != BOARD_WIRE_PORT)
		return true;
	if (row->peer == row->port) {
		yamldoc_mistake(r->doc, value, E_SYNTAX,
				"a cable needs two ports; 'end: loop' is a looped plug");
		return false;
	}
	if (!check_wire_end(r, node, "peer", row->peer))
		return false;
	if (board__use_of(r, row->peer)->mode != board__use_of(r, row->port)->mode) {
		yamldoc_mistake(r->doc, value, E_SYNTAX,
				"ports %" PRIu64 " and %" PRIu64 " have different modes",
				row->port, row->peer);
		return false;
	}
	return true;
}

/* A module needs the cage of its port; false: reported. */
static bool check_module(struct board_reader *r, const struct yaml_node_s *node,
			 const struct wire_row *row)
{
	if (row->module == NO_MODULE)
		return true;
	for (size_t i = 0; i < r->board->n_ports; i++)
		if (r->board->ports[i].port == row->port && r->board->ports[i].sfp.has)
			return true;
	yamldoc_mistake(r->doc, yamldoc_value(r->doc, node, "module"), E_SYNTAX,
			"port %" PRIu64 " has no cage (key 'sfp') for a module", row->port);
	return false;
}

static void read_wire(struct board_reader *r, const struct yaml_node_s *node)
{
	static const struct yamldoc_key keys[] = {
		{ "port", YAMLDOC_NUMBER, true, offsetof(struct wire_row, port), 0,
		  VSC7448_N_PORTS - 1, NULL, NULL },
		{ "end", YAMLDOC_CHOICE, true, offsetof(struct wire_row, end), 0, 0, end_names,
		  NULL },
		{ "peer", YAMLDOC_NUMBER, false, offsetof(struct wire_row, peer), 0,
		  VSC7448_N_PORTS - 1, NULL, NULL },
		{ "module", YAMLDOC_CHOICE, false, offsetof(struct wire_row, module), 0, 0,
		  mock_sfp_names, NULL },
		{ 0 },
	};
	struct wire_row row = { .module = NO_MODULE };

	if (!yamldoc_read(r->doc, node, "a wire", keys, &row) ||
	    !check_wire_end(r, node, "port", row.port) || !check_peer(r, node, &row) ||
	    !check_module(r, node, &row))
		return;
	r->board->wires[r->board->n_wires++] = (struct board_wire){
		.port = (uint32_t)row.port,
		.end = (enum board_wire_end)row.end,
		.peer = (uint32_t)row.peer,
		.module = row.module == NO_MODULE ? NULL : mock_sfp_names[row.module],
		.line = yamldoc_line(node),
	};
}

void board__read_wires(struct board_reader *r, const struct yaml_node_s *list)
{
	size_t n = yamldoc_n_items(list);

	if (n == 0)
		return;
	r->board->wires = calloc(n, sizeof(*r->board->wires));
	if (r->board->wires == NULL) {
		yamldoc_mistake(r->doc, NULL, E_NOMEM, "out of memory");
		return;
	}
	for (size_t i = 0; i < n; i++)
		read_wire(r, yamldoc_item(r->doc, list, i));
}

static bool check_mode(struct board_reader *r, const struct board_use *use)
{
	char allowed[128] = "";
	size_t used = 0;

	if (vsc7448_port_carries(use->port, use->mode))
		return true;
	for (unsigned mode = 0; mode < LINK_MODE_COUNT && used < sizeof(allowed); mode++)
		if (vsc7448_port_carries(use->port, (enum link_mode)mode))
			used += (size_t)snprintf(allowed + used, sizeof(allowed) - used, "%s%s",
						 used > 0 ? ", " : "", link_mode_names[mode]);
	yamldoc_mistake(r->doc, yamldoc_value(r->doc, use->node, "mode"), E_SYNTAX,
			"port %" PRIu32 " cannot carry %s, it can %s", use->port,
			link_mode_names[use->mode], allowed);
	return false;
}

/* Four QSGMII ports in a row share one macro; nothing else does. */
static bool may_share(const struct board_use *a, const struct board_use *b)
{
	return a->mode == LINK_MODE_QSGMII && b->mode == LINK_MODE_QSGMII &&
	       a->port / 4 == b->port / 4;
}

static void check_serdes(struct board_reader *r, const struct board_use *use)
{
	uint64_t need = vsc7448_port_serdes(use->port, use->mode);

	for (const struct board_use *other = r->uses; other < use; other++) {
		uint64_t both;
		char name[16];

		if (!vsc7448_port_carries(other->port, other->mode) || may_share(use, other))
			continue;
		both = need & vsc7448_port_serdes(other->port, other->mode);
		if (both != 0)
			yamldoc_mistake(r->doc, use->node, E_SYNTAX,
					"port %" PRIu32 " with %s needs %s, which port %" PRIu32
					" (line %" PRIu32 ") has",
					use->port, link_mode_names[use->mode],
					vsc7448_serdes_name(both, name, sizeof(name)),
					other->port, yamldoc_line(other->node));
	}
}

void board__check_chip(struct board_reader *r)
{
	uint32_t mbps = 0;

	if (!r->is_vsc7448)
		return;
	for (size_t i = 0; i < r->n_uses; i++) {
		mbps += link_mode_mbps(r->uses[i].mode);
		if (check_mode(r, &r->uses[i]))
			check_serdes(r, &r->uses[i]);
	}
	if (mbps > VSC7448_MAX_MBPS)
		yamldoc_mistake(r->doc, NULL, E_RANGE,
				"the ports take %" PRIu32 " Mb/s, the chip carries %u", mbps,
				VSC7448_MAX_MBPS);
}
