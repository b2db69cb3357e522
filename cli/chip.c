/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/chip.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

struct numbers {
	const char *what;
	uint32_t last;
	uint64_t set;
};

static int bad_numbers(const struct numbers *n, const char *text, struct error *err)
{
	return error_set(err, E_SYNTAX, "'%.64s' is not a list of %ss like 0-7,%" PRIu32, text,
			 n->what, n->last > 49 ? 49 : n->last);
}

static int one_number(const struct numbers *n, const char *text, struct error *err,
		      uint32_t *number)
{
	return args_number32(text, n->what, (struct args_range){ 0, n->last }, err, number);
}

/* "3" or "3-5" of @len characters. */
static int add_range(struct numbers *n, const char *text, size_t len, struct error *err)
{
	char first[16], *last;
	uint32_t low = 0, high;
	int rc;

	if (len == 0 || len >= sizeof(first))
		return bad_numbers(n, text, err);
	memcpy(first, text, len);
	first[len] = '\0';
	last = strchr(first, '-');
	if (last != NULL)
		*last++ = '\0';
	rc = one_number(n, first, err, &low);
	high = low;
	if (rc == 0 && last != NULL)
		rc = one_number(n, last, err, &high);
	if (rc != 0)
		return rc;
	if (high < low)
		return error_set(err, E_SYNTAX, "%ss %s-%s: the first is the larger one",
				 n->what, first, last);
	for (uint32_t number = low; number <= high; number++)
		n->set |= UINT64_C(1) << number;
	return 0;
}

int chip_numbers(const char *text, const char *what, uint32_t last, struct error *err,
		 uint64_t *numbers)
{
	struct numbers n = { .what = what, .last = last };

	if (strcmp(text, "all") == 0 || strcmp(text, "none") == 0) {
		*numbers = text[0] == 'a' ? UINT64_MAX >> (63 - last) : 0;
		return 0;
	}
	for (const char *at = text;;) {
		size_t len = strcspn(at, ",");
		int rc = add_range(&n, at, len, err);

		if (rc != 0)
			return rc;
		if (at[len] == '\0')
			break;
		at += len + 1;
	}
	*numbers = n.set;
	return 0;
}

int chip_ports(const char *text, struct error *err, vsc7448_ports *ports)
{
	return chip_numbers(text, "port", VSC7448_N_PORTS - 1, err, ports);
}

const char *chip_ports_text(struct out_record *record, vsc7448_ports ports)
{
	char text[256] = "";
	size_t used = 0;

	for (uint32_t port = 0; port < 64; port++) {
		uint32_t last = port;

		if ((ports >> port & 1) == 0)
			continue;
		while (last < 63 && (ports >> (last + 1) & 1) != 0)
			last++;
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%" PRIu32,
					 used > 0 ? "," : "", port);
		if (last > port)
			used += (size_t)snprintf(text + used, sizeof(text) - used, "-%" PRIu32,
						 last);
		port = last;
	}
	return out_format(record, "%s", used > 0 ? text : "-");
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
