/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/board_priv.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "hal/device_priv.h"

#define MAX_NAME 31

const char *board__parse_name(const char *text, void *target)
{
	size_t len = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-_");

	if (text[0] < 'a' || text[0] > 'z' || text[len] != '\0' || len > MAX_NAME)
		return "a lower-case letter and up to 30 of a-z, 0-9, - and _";
	*(const char **)target = text;
	return NULL;
}

static const char *parse_bus(const char *text, void *target)
{
	if (*text == '\0')
		return "a bus, for example \"mock:\",";
	*(const char **)target = text;
	return NULL;
}

static bool parse_octet(const char *text, uint8_t *octet)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	unsigned value = 0;

	for (unsigned i = 0; i < 2; i++) {
		const char *digit = text[i] != '\0' ? strchr(digits, text[i]) : NULL;

		if (digit == NULL)
			return false;
		value = value * 16 + (unsigned)(digit - digits) % 16;
	}
	*octet = (uint8_t)value;
	return true;
}

/* "02:00:00:00:00:01": unicast, not zero. */
static const char *parse_mac(const char *text, void *target)
{
	static const char allowed[] = "a unicast address like \"02:00:00:00:00:01\"";
	static const uint8_t zero[6] = { 0 };
	uint8_t octets[6] = { 0 };

	if (strlen(text) != 17)
		return allowed;
	for (unsigned i = 0; i < 6; i++)
		if (!parse_octet(text + 3 * i, &octets[i]) || (i < 5 && text[3 * i + 2] != ':'))
			return allowed;
	if ((octets[0] & 1) != 0 || memcmp(octets, zero, 6) == 0)
		return allowed;
	memcpy(target, octets, 6);
	return NULL;
}

struct device_row {
	const char *name, *map, *bus;
	const struct yaml_node_s *window;
};

struct window_row {
	uint64_t origin, size;
};

static const struct yamldoc_key device_keys[] = {
	{ "name", YAMLDOC_PARSED, true, offsetof(struct device_row, name), 0, 0, NULL,
	  board__parse_name },
	{ "map", YAMLDOC_TEXT, true, offsetof(struct device_row, map), 0, 0, NULL, NULL },
	{ "bus", YAMLDOC_PARSED, true, offsetof(struct device_row, bus), 0, 0, NULL,
	  parse_bus },
	{ "window", YAMLDOC_MAP, false, offsetof(struct device_row, window), 0, 0, NULL, NULL },
	{ 0 },
};

static const struct yamldoc_key window_keys[] = {
	{ "origin", YAMLDOC_NUMBER, true, offsetof(struct window_row, origin), 0, UINT64_MAX,
	  NULL, NULL },
	{ "size", YAMLDOC_NUMBER, true, offsetof(struct window_row, size), 4, UINT64_MAX, NULL,
	  NULL },
	{ 0 },
};

static bool read_window(struct board_reader *r, const struct yaml_node_s *node,
			struct device_spec *spec)
{
	struct window_row row = { 0 };

	if (!yamldoc_read(r->doc, node, "a window", window_keys, &row))
		return false;
	if (row.origin % 4 != 0 || row.size % 4 != 0) {
		yamldoc_mistake(r->doc, node, E_RANGE,
				"origin and size of a window are multiples of 4");
		return false;
	}
	if (row.size - 1 > UINT64_MAX - row.origin) {
		yamldoc_mistake(r->doc, node, E_RANGE, "a window ends at 2^64 at most");
		return false;
	}
	spec->has_window = true;
	spec->origin = row.origin;
	spec->size = row.size;
	return true;
}

static bool name_taken(const struct board_reader *r, const char *name)
{
	for (size_t i = 0; i < r->board->n_devices; i++)
		if (strcmp(device_name(r->board->devices[i]), name) == 0)
			return true;
	return false;
}

static void add_device(struct board_reader *r, const struct yaml_node_s *node,
		       const struct device_spec *spec)
{
	struct error err = { 0 };
	const char *key = "map";

	assert(spec->name != NULL);
	if (name_taken(r, spec->name)) {
		yamldoc_mistake(r->doc, yamldoc_value(r->doc, node, "name"), E_SYNTAX,
				"a second device called '%s'", spec->name);
		return;
	}
	if (device__check_uri(spec->uri, &err) != 0)
		key = "bus";
	else if (board__add_device(r->board, spec, &err) == 0)
		return;
	if (spec->map == NULL && err.code != E_NOMEM)
		err.code = E_SYNTAX; /* the file's mistake, not a name or path of the caller */
	yamldoc_mistake(r->doc, yamldoc_value(r->doc, node, key), err.code, "%s", err.text);
}

static void read_device(struct board_reader *r, const struct yaml_node_s *node, bool first)
{
	struct device_row row = { 0 };
	struct device_spec spec = { .folder = r->folder };
	bool good = yamldoc_read(r->doc, node, "a device", device_keys, &row);

	if (row.name != NULL && strcmp(row.name, "switch") == 0) {
		r->has_switch = true;
		r->is_vsc7448 = row.map != NULL && strcmp(row.map, "vsc7448") == 0;
	}
	r->devices_unsure |= row.name == NULL;
	r->has_btc |= row.name != NULL && strcmp(row.name, "btc") == 0;
	if (row.window != NULL)
		good &= read_window(r, row.window, &spec);
	if (!good)
		return;
	spec.name = row.name;
	spec.map_spec = row.map;
	spec.uri = row.bus;
	spec.map = first ? r->board->options.map : NULL;
	add_device(r, node, &spec);
}

void board__read_devices(struct board_reader *r, const struct yaml_node_s *list)
{
	for (size_t i = 0; i < yamldoc_n_items(list); i++)
		read_device(r, yamldoc_item(r->doc, list, i), i == 0);
}

const struct board_use *board__use_of(const struct board_reader *r, uint64_t port)
{
	for (size_t i = 0; i < r->n_uses; i++)
		if (r->uses[i].port == port)
			return &r->uses[i];
	return NULL;
}

/* Enters the port of @node into the uses and the board's ports; false: reported. */
static bool use_port(struct board_reader *r, const struct yaml_node_s *node,
		     const struct board_port *port, unsigned mode)
{
	const struct yaml_node_s *value = yamldoc_value(r->doc, node, "port");
	const struct board_use *other = board__use_of(r, port->port);

	if (!r->has_switch) {
		if (!r->devices_unsure)
			yamldoc_mistake(r->doc, value, E_SYNTAX,
					"a port of the device 'switch', which this board does "
					"not have");
		return false;
	}
	if (other != NULL) {
		yamldoc_mistake(r->doc, value, E_SYNTAX, "port %" PRIu32 " is used in line %u",
				port->port, yamldoc_line(other->node));
		return false;
	}
	r->uses[r->n_uses++] = (struct board_use){
		.port = port->port,
		.mode = (enum link_mode)mode,
		.is_blade = port->role == BOARD_PORT_BLADE,
		.node = node,
	};
	r->board->ports[r->board->n_ports++] = *port;
	return true;
}

struct port_row {
	uint64_t port;
	unsigned role, mode;
	const struct yaml_node_s *sfp, *phy;
};

static void read_port(struct board_reader *r, const struct yaml_node_s *node)
{
	static const char *const role_names[] = { "external", "management", "inter-chassis",
						  NULL };
	static const enum board_port_role roles[] = {
		BOARD_PORT_EXTERNAL,
		BOARD_PORT_MANAGEMENT,
		BOARD_PORT_CHAIN,
	};
	static const struct yamldoc_key keys[] = {
		{ "port", YAMLDOC_NUMBER, true, offsetof(struct port_row, port), 0,
		  VSC7448_N_PORTS - 1, NULL, NULL },
		{ "role", YAMLDOC_CHOICE, true, offsetof(struct port_row, role), 0, 0,
		  role_names, NULL },
		{ "mode", YAMLDOC_CHOICE, true, offsetof(struct port_row, mode), 0, 0,
		  link_mode_names, NULL },
		{ "sfp", YAMLDOC_MAP, false, offsetof(struct port_row, sfp), 0, 0, NULL, NULL },
		{ "phy", YAMLDOC_MAP, false, offsetof(struct port_row, phy), 0, 0, NULL, NULL },
		{ 0 },
	};
	struct port_row row = { 0 };
	struct board_port port;

	if (!yamldoc_read(r->doc, node, "a port", keys, &row)) {
		r->ports_unsure = true;
		return;
	}
	port = (struct board_port){
		.port = (uint32_t)row.port,
		.role = roles[row.role],
		.mode = link_mode_names[row.mode],
		.line = yamldoc_line(node),
	};
	if (!board__read_cage(r, row.sfp, row.phy, &port))
		port.sfp.has = port.phy.has = false;
	use_port(r, node, &port, row.mode);
}

void board__read_ports(struct board_reader *r, const struct yaml_node_s *list)
{
	for (size_t i = 0; i < yamldoc_n_items(list); i++)
		read_port(r, yamldoc_item(r->doc, list, i));
}

struct blade_row {
	uint64_t slot, port, link;
	unsigned mode, coding;
	uint8_t mac[6];
};

enum coding { CODING_NONE, CODING_1000BASE_X = 5, CODING_XAUI = 6, CODING_COUNT = 9 };

static const char *const coding_names[CODING_COUNT + 1] = {
	"none", "idle2", "align", "kext", "ipg", "bound", "xaui-q", "oset", "fset", NULL,
};

static bool carries_coding(enum link_mode mode, unsigned coding)
{
	if (coding == CODING_NONE)
		return true;
	if (coding <= CODING_1000BASE_X)
		return mode == LINK_MODE_1000BASE_X;
	if (coding == CODING_XAUI)
		return mode == LINK_MODE_XAUI || mode == LINK_MODE_RXAUI;
	return mode == LINK_MODE_10GBASE_R;
}

/* What no two blades may share; false: reported. */
static bool check_unique(struct board_reader *r, const struct yaml_node_s *node,
			 const struct blade_row *row)
{
	bool good = true;

	for (size_t i = 0; i < r->board->n_blades; i++) {
		const struct board_blade *other = &r->board->blades[i];
		const char *key = NULL;

		if (other->slot == row->slot)
			key = "slot";
		else if (row->link != BOARD_NO_LINK && other->link == row->link)
			key = "link";
		else if (memcmp(other->mac, row->mac, sizeof(row->mac)) == 0)
			key = "mac";
		if (key == NULL)
			continue;
		yamldoc_mistake(r->doc, yamldoc_value(r->doc, node, key), E_SYNTAX,
				"the %s is that of the blade in line %" PRIu32, key,
				other->line);
		good = false;
	}
	return good;
}

static bool check_blade(struct board_reader *r, const struct yaml_node_s *node,
			const struct blade_row *row)
{
	bool good = check_unique(r, node, row);

	if (row->link != BOARD_NO_LINK && !r->has_btc && !r->devices_unsure) {
		yamldoc_mistake(r->doc, yamldoc_value(r->doc, node, "link"), E_SYNTAX,
				"a link of the device 'btc', which this board does not have");
		good = false;
	}
	if (!carries_coding((enum link_mode)row->mode, row->coding)) {
		yamldoc_mistake(r->doc, yamldoc_value(r->doc, node, "coding"), E_SYNTAX,
				"%s cannot carry the coding %s", link_mode_names[row->mode],
				coding_names[row->coding]);
		good = false;
	}
	return good;
}

static void add_blade(struct board_reader *r, const struct yaml_node_s *node,
		      const struct blade_row *row)
{
	struct board_port port = {
		.port = (uint32_t)row->port,
		.role = BOARD_PORT_BLADE,
		.mode = link_mode_names[row->mode],
		.line = yamldoc_line(node),
	};
	struct board_blade *blade;

	if (!use_port(r, node, &port, row->mode))
		return;
	blade = &r->board->blades[r->board->n_blades++];
	*blade = (struct board_blade){
		.slot = (uint32_t)row->slot,
		.port = (uint32_t)row->port,
		.link = (uint32_t)row->link,
		.mode = port.mode,
		.coding = coding_names[row->coding],
		.line = port.line,
	};
	memcpy(blade->mac, row->mac, sizeof(blade->mac));
}

#define BLADE(member) offsetof(struct blade_row, member)

static void read_blade(struct board_reader *r, const struct yaml_node_s *node)
{
	static const struct yamldoc_key keys[] = {
		{ "slot", YAMLDOC_NUMBER, true, BLADE(slot), 1, BOARD_MAX_SLOT, NULL, NULL },
		{ "port", YAMLDOC_NUMBER, true, BLADE(port), 0, VSC7448_N_PORTS - 1, NULL,
		  NULL },
		{ "link", YAMLDOC_NUMBER, false, BLADE(link), 0, BOARD_MAX_LINK, NULL, NULL },
		{ "mode", YAMLDOC_CHOICE, true, BLADE(mode), 0, 0, link_mode_names, NULL },
		{ "mac", YAMLDOC_PARSED, true, BLADE(mac), 0, 0, NULL, parse_mac },
		{ "coding", YAMLDOC_CHOICE, true, BLADE(coding), 0, 0, coding_names, NULL },
		{ 0 },
	};
	struct blade_row row = { .link = BOARD_NO_LINK };

	if (yamldoc_read(r->doc, node, "a blade", keys, &row) && check_blade(r, node, &row))
		add_blade(r, node, &row);
}

void board__read_blades(struct board_reader *r, const struct yaml_node_s *list)
{
	for (size_t i = 0; i < yamldoc_n_items(list); i++)
		read_blade(r, yamldoc_item(r->doc, list, i));
}
