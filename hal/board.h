/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A board: the devices of a switch blade with their maps and buses, what its ports are for, the
 * blades and the wires of the mock world.  Read from YAML (fixtures/boards/README.md describes
 * the format), embedded (bench8), or made of a single bus (-b URI).
 */
#ifndef HAL_BOARD_H
#define HAL_BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/bus.h"
#include "drv/error.h"
#include "hal/device.h"
#include "hal/map.h"

struct board;

/* How a board's buses are opened.  Plain data; must outlive the board.  All zero is fine. */
struct board_options {
	const struct map_options *map_options; /* for maps that are .rdl files */
	const char
		*map; /* --map: replaces the map of a -b URI, or of the board's first device */
	bool read_only;
	bool verify;
	/* --dry-run: not NULL: writes are reported, not done (drv/wrap.h). */
	void (*dry_run)(void *arg, const struct device *dev, const struct bus_op *op,
			uint32_t old, bool old_known);
	/* -v: not NULL: every access, after it. */
	void (*trace)(void *arg, const struct device *dev, const struct bus_op *op, int result);
	void *arg;     /* of both */
	uint64_t seed; /* of the mock world */
};

/*
 * Reads a board file, checks it whole and opens its maps, but no bus yet.  @path NULL: the
 * embedded bench8.  Mistakes are E_SYNTAX (E_RANGE, E_NOTFOUND) with "FILE:LINE: " in front.
 */
int board_open(const char *path, const struct board_options *options, struct error *err,
	       struct board **out);

/*
 * A board of one device called "switch" on bus @uri.  Its map: options->map; else what the
 * .regs file of a mock: URI names; else vsc7448.
 */
int board_open_bus(const char *uri, const struct board_options *options, struct error *err,
		   struct board **out);
void board_close(struct board *board); /* NULL is allowed */

const char *board_name(const struct board *board);
const char *board_source(const struct board *board); /* file name, "embedded", or the bus URI */

size_t board_n_devices(const struct board *board);
struct device *board_device_at(const struct board *board, size_t i);
/* @name "" or NULL: the first device.  E_NOTFOUND lists the names. */
int board_device(const struct board *board, const char *name, struct error *err,
		 struct device **out);

/* The clock for waits at board level: the mock world's virtual one when any bus is mock:. */
struct clock *board_clock(const struct board *board);

enum board_port_role {
	BOARD_PORT_BLADE,
	BOARD_PORT_EXTERNAL,
	BOARD_PORT_MANAGEMENT,
	BOARD_PORT_CHAIN, /* inter-chassis */
};

struct board_port {
	uint32_t port; /* chip port */
	enum board_port_role role;
	const char
		*mode; /* link mode, datasheet spelling: "1000BASE-X", "SGMII", "XAUI", "SFI" */
	uint32_t line; /* in the board file */
};

struct board_blade {
	uint32_t blade; /* from 1 */
	uint32_t slot;
	uint32_t port;      /* chip port of its dedicated link */
	uint8_t mac[6];     /* identifier */
	const char *coding; /* utilization coding, DESIGN section 6; "none" by default */
	uint32_t line;
};

struct board_wire {
	const char *from, *to; /* "switch/7", "switch/8"; "loop": a looped plug; "": nothing */
	uint32_t line;
};

size_t board_ports(const struct board *board, const struct board_port **ports);
size_t board_blades(const struct board *board, const struct board_blade **blades);
size_t board_wires(const struct board *board, const struct board_wire **wires);

#endif
