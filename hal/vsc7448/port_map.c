/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/calendar.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "hal/board.h"

#define FRONT_MBPS (VSC7448_MAX_MBPS - VSC7448_RESERVED_MBPS)

void vsc7448_port_map_base(struct vsc7448_port_map *map)
{
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		map->mbps[port] = port >= 49 && port <= 51 ? 10000 : 1000;
}

static uint16_t mode_mbps(const char *name)
{
	for (uint32_t mode = 0; mode < LINK_MODE_COUNT; mode++)
		if (strcmp(name, link_mode_names[mode]) == 0)
			return (uint16_t)link_mode_mbps((enum link_mode)mode);
	return 0;
}

void vsc7448_port_map_board(struct vsc7448_port_map *map, const struct board *board)
{
	const struct board_port *ports;
	size_t n = board_ports(board, &ports);
	bool named[VSC7448_N_PORTS] = { false };

	if (n == 0) {
		vsc7448_port_map_base(map);
		return;
	}
	memset(map, 0, sizeof(*map));
	for (size_t i = 0; i < n; i++) {
		uint16_t mbps = mode_mbps(ports[i].mode);

		/* A slower link, 100BASE-FX, takes a whole 1G share. */
		map->mbps[ports[i].port] = mbps < 1000 ? 1000 : mbps;
		named[ports[i].port] = true;
	}
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		if (!named[port] && vsc7448_port_map_mbps(map) + 1000 <= FRONT_MBPS)
			map->mbps[port] = 1000;
}

uint32_t vsc7448_port_map_mbps(const struct vsc7448_port_map *map)
{
	uint32_t sum = 0;

	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		sum += map->mbps[port];
	return sum;
}

static bool can_have(uint32_t port, uint32_t mbps)
{
	if (mbps == 10000)
		return port >= 49;
	if (mbps == 2500)
		return (port >= 8 && port <= 31) || port >= 48;
	return mbps == 1000 || mbps == 0;
}

/* "0-7,48 1G, 49-51 10G" of @map. */
static void map_text(const struct vsc7448_port_map *map, char *buf, size_t size)
{
	static const uint16_t speeds[] = { 1000, 2500, 10000 };
	static const char *const names[] = { "1G", "2.5G", "10G" };
	size_t used = 0;

	buf[0] = '\0';
	for (size_t s = 0; s < sizeof(speeds) / sizeof(speeds[0]); s++) {
		const char *between = used > 0 ? ", " : "";

		for (uint32_t first = 0, last; first < VSC7448_N_PORTS; first = last + 1) {
			last = first;
			if (map->mbps[first] != speeds[s])
				continue;
			while (last + 1 < VSC7448_N_PORTS && map->mbps[last + 1] == speeds[s])
				last++;
			used += (size_t)snprintf(buf + used, size - used, "%s%" PRIu32, between,
						 first);
			if (used < size && last > first)
				used += (size_t)snprintf(buf + used, size - used, "-%" PRIu32,
							 last);
			if (used >= size)
				return;
			between = ",";
		}
		if (used > 0 && between[1] == '\0')
			used += (size_t)snprintf(buf + used, size - used, " %s", names[s]);
		if (used >= size)
			return;
	}
}

int vsc7448_port_map_check(const struct vsc7448_port_map *map, struct error *err)
{
	uint32_t sum = vsc7448_port_map_mbps(map);
	char text[160];

	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		if (!can_have(port, map->mbps[port]))
			return error_set(err, E_RANGE, "port %" PRIu32 " cannot have %u Mb/s",
					 port, map->mbps[port]);
	if (sum <= FRONT_MBPS)
		return 0;
	map_text(map, text, sizeof(text));
	return error_set(err, E_RANGE,
			 "ports %s: %" PRIu32 ".%02" PRIu32 " Gb/s with the %u Mb/s of the CPU "
			 "and of loops; the calendar carries 83.75",
			 text, (sum + VSC7448_RESERVED_MBPS) / 1000,
			 (sum + VSC7448_RESERVED_MBPS) % 1000 / 10, VSC7448_RESERVED_MBPS);
}
