/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/board.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "drv/clock.h"
#include "drv/world.h"
#include "hal/board_priv.h"
#include "hal/device_priv.h"
#include "regmaps/regdb/regsfile.h"

#define DEFAULT_MAP "vsc7448"

static int no_memory(struct error *err)
{
	return error_set(err, E_NOMEM, "out of memory");
}

int board__new(const char *source, const struct board_options *options, struct error *err,
	       struct board **out)
{
	static const struct board_options none = { 0 };
	struct board *board = calloc(1, sizeof(*board));

	if (board == NULL)
		return no_memory(err);
	board->options = options != NULL ? *options : none;
	board->source = strdup(source);
	if (board->source == NULL) {
		free(board);
		return no_memory(err);
	}
	*out = board;
	return 0;
}

void board_close(struct board *board)
{
	if (board == NULL)
		return;
	for (size_t i = 0; i < board->n_devices; i++)
		device__close_bus(board->devices[i]);
	world_free(board->world);
	for (size_t i = 0; i < board->n_devices; i++)
		device__free(board->devices[i]);
	yamldoc_free(board->doc);
	free(board->ports);
	free(board->blades);
	free(board->wires);
	free(board->hosts);
	free(board->title);
	free(board->name);
	free(board->source);
	free(board);
}

int board__add_device(struct board *board, const struct device_spec *spec, struct error *err)
{
	bool mock = device__uri_find(spec->uri, "mock", NULL, NULL);
	int rc;

	if (mock && board->world == NULL) {
		board->world = world_new(board->options.seed);
		if (board->world == NULL)
			return no_memory(err);
	}
	rc = device__new(spec, &board->options, mock ? board->world : NULL, err,
			 &board->devices[board->n_devices]);
	if (rc == 0)
		board->n_devices++;
	return rc;
}

/* The map that the .regs file of a mock: URI names; *map is malloc'd, or NULL: none. */
static int map_of_regs(const char *uri, struct error *err, char **map)
{
	const char *path;
	size_t len;
	char *copy;
	int rc;

	*map = NULL;
	if (!device__uri_find(uri, "mock", &path, &len) || len == 0)
		return 0;
	copy = strndup(path, len);
	if (copy == NULL)
		return no_memory(err);
	rc = regsfile_map(copy, err, map);
	free(copy);
	if (rc == 0 && **map == '\0') {
		free(*map);
		*map = NULL;
	}
	return rc;
}

static int add_bus(struct board *board, const char *uri, struct error *err)
{
	struct device_spec spec = {
		.name = "switch",
		.map_spec = DEFAULT_MAP,
		.uri = uri,
		.folder = "",
		.map = board->options.map,
	};
	char *map = NULL;
	int rc = spec.map != NULL ? 0 : map_of_regs(uri, err, &map);

	if (rc != 0)
		return rc;
	if (map != NULL)
		spec.map_spec = map;
	rc = board__add_device(board, &spec, err);
	free(map);
	return rc;
}

int board_open_bus(const char *uri, const struct board_options *options, struct error *err,
		   struct board **out)
{
	struct board *board;
	int rc = board__new(uri, options, err, &board);

	if (rc != 0)
		return rc;
	board->name = strdup("bus");
	board->title = strdup("");
	rc = board->name == NULL || board->title == NULL ? no_memory(err)
							 : add_bus(board, uri, err);
	if (rc == 0)
		*out = board;
	else
		board_close(board);
	return rc;
}

void board_hold(struct board *board, const char *what, uint64_t wait_us)
{
	board->hold = (struct device_hold){ .what = what, .wait_us = wait_us };
	for (size_t i = 0; i < board->n_devices; i++)
		device__hold(board->devices[i], &board->hold);
}

void board_let_go(struct board *board)
{
	for (size_t i = 0; i < board->n_devices; i++)
		device__hold(board->devices[i], NULL);
}

const char *board_name(const struct board *board)
{
	return board->name;
}

const char *board_title(const struct board *board)
{
	return board->title;
}

const char *board_source(const struct board *board)
{
	return board->source;
}

size_t board_n_devices(const struct board *board)
{
	return board->n_devices;
}

struct device *board_device_at(const struct board *board, size_t i)
{
	return i < board->n_devices ? board->devices[i] : NULL;
}

int board_device(const struct board *board, const char *name, struct error *err,
		 struct device **out)
{
	char names[BOARD_MAX_DEVICES * 36] = "";
	size_t used = 0;

	for (size_t i = 0; i < board->n_devices; i++) {
		const char *known = device_name(board->devices[i]);

		if (name == NULL || *name == '\0' || strcasecmp(name, known) == 0) {
			*out = board->devices[i];
			return 0;
		}
		if (used < sizeof(names))
			used += (size_t)snprintf(names + used, sizeof(names) - used, "%s%s",
						 i > 0 ? ", " : "", known);
	}
	return error_set(err, E_NOTFOUND, "no device '%.64s' on this board; there are %s", name,
			 names);
}

/* The mock world of a remote bus has its clock there. */
static bool is_remote(const struct device *dev)
{
	const char *uri = device_bus_uri(dev);

	return device__uri_find(uri, "unix", NULL, NULL) ||
	       device__uri_find(uri, "ssh", NULL, NULL);
}

struct clock *board_clock(const struct board *board)
{
	if (board->world != NULL)
		return world_clock(board->world);
	for (size_t i = 0; i < board->n_devices; i++) {
		struct clock *clock =
			is_remote(board->devices[i]) ? device__clock(board->devices[i]) : NULL;

		if (clock != NULL)
			return clock;
	}
	return clock_real();
}

size_t board_ports(const struct board *board, const struct board_port **ports)
{
	*ports = board->ports;
	return board->n_ports;
}

size_t board_blades(const struct board *board, const struct board_blade **blades)
{
	*blades = board->blades;
	return board->n_blades;
}

size_t board_wires(const struct board *board, const struct board_wire **wires)
{
	*wires = board->wires;
	return board->n_wires;
}

const char *board_port_role_name(enum board_port_role role)
{
	static const char *const names[] = {
		[BOARD_PORT_BLADE] = "blade",
		[BOARD_PORT_EXTERNAL] = "external",
		[BOARD_PORT_MANAGEMENT] = "management",
		[BOARD_PORT_CHAIN] = "inter-chassis",
	};

	return names[role];
}

const char *board_wire_end_name(enum board_wire_end end)
{
	static const char *const names[] = {
		[BOARD_WIRE_NONE] = "none",
		[BOARD_WIRE_LOOP] = "loop",
		[BOARD_WIRE_PORT] = "port",
	};

	return names[end];
}
