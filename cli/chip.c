/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/chip.h"

#include <inttypes.h>
#include <string.h>

#include "hal/numberset.h"

static bool is_vsc7448(const struct device *dev)
{
	return strcmp(regdb_name(device_map(dev)), "vsc7448") == 0;
}

int chip_open(const struct call *call, struct error *err, struct vsc7448 **chip)
{
	struct device *found = NULL;

	for (size_t i = 0; i < board_n_devices(call->board); i++) {
		struct device *dev = board_device_at(call->board, i);

		if (is_vsc7448(dev) &&
		    (found == NULL || strcmp(device_name(dev), "switch") == 0))
			found = dev;
	}
	if (found == NULL)
		return error_set(err, E_NODEV, "the board has no device with the map vsc7448");
	return vsc7448_open(found, err, chip);
}

int chip_port(const char *text, struct error *err, uint32_t *port)
{
	return args_number32(text, "port", (struct args_range){ 0, VSC7448_N_PORTS - 1 }, err,
			     port);
}

int chip_numbers(const char *text, const char *what, uint32_t last, struct error *err,
		 uint64_t *numbers)
{
	const struct numberset_kind kind = { what, 0, last };
	struct numberset set;
	int rc = numberset_parse(text, &kind, err, &set);

	if (rc == 0)
		*numbers = set.bits[0];
	return rc;
}

int chip_ports(const char *text, struct error *err, vsc7448_ports *ports)
{
	return chip_numbers(text, "port", VSC7448_N_PORTS - 1, err, ports);
}

const char *chip_ports_text(struct out_record *record, vsc7448_ports ports)
{
	const struct numberset set = { { ports } };
	char buf[NUMBERSET_TEXT_SIZE];

	return out_format(record, "%s", numberset_format(&set, buf));
}

int chip_vid(const char *text, struct error *err, uint32_t *vid)
{
	return args_number32(text, "VLAN", (struct args_range){ 1, 4095 }, err, vid);
}

int chip_mac(const char *text, struct error *err, struct mac *mac)
{
	if (mac_parse(text, mac))
		return 0;
	return error_set(err, E_SYNTAX, "'%.64s' is not a MAC address like 02:00:00:00:00:01",
			 text);
}

const char *chip_port_role(struct out_record *record, const struct board *board, uint32_t port)
{
	const struct board_port *ports;
	const struct board_blade *blades;
	size_t n = board_blades(board, &blades);

	for (size_t i = 0; i < n; i++)
		if (blades[i].port == port)
			return out_format(record, "blade %" PRIu32, blades[i].slot);
	n = board_ports(board, &ports);
	for (size_t i = 0; i < n; i++)
		if (ports[i].port == port)
			return board_port_role_name(ports[i].role);
	return "";
}
