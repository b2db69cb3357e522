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
struct journal_log;

#define BOARD_MAX_DEVICES 8u

/* How a board's buses are opened.  Plain data; must outlive the board.  All zero is fine. */
struct board_options {
	const struct map_options *map_options; /* for maps that are .rdl files */
	/* --map: replaces the map of a -b URI, or of the first device of the board. */
	const char *map;
	bool read_only;
	bool verify;
	struct journal_log *journal; /* --journal: every write is recorded; NULL: none */
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
 * embedded bench8.  The first mistake is E_SYNTAX, E_RANGE or E_NOTFOUND (a map) with
 * "FILE:LINE: " in front; E_NODEV, E_PERM: the file cannot be read.
 */
int board_open(const char *path, const struct board_options *options, struct error *err,
	       struct board **out);

/*
 * Checks a board file as board_open() does, but calls @report for every mistake, in the order
 * of finding.  0: none; else the code of the first, which @err then holds.
 */
int board_check(const char *path, const struct board_options *options,
		void (*report)(void *arg, const struct error *mistake), void *arg,
		struct error *err);

/*
 * A board of one device called "switch" on bus @uri.  Its map: options->map; else what the
 * .regs file of a mock: URI names; else vsc7448.
 */
int board_open_bus(const char *uri, const struct board_options *options, struct error *err,
		   struct board **out);
void board_close(struct board *board); /* NULL is allowed */

/*
 * From now on the devices that are used are locked against other writers, for @what (for others to
 * read; borrowed), waiting at most @wait_us for another one: device_bus() is E_BUSY, naming the
 * owner, when it does not let go.  A device that a server shares (unix:, ssh:) is leased from it
 * instead.  Devices on read-only and dry-run boards, on mock: and replay:
 * buses need no lock.  board_let_go() frees them.
 */
void board_hold(struct board *board, const char *what, uint64_t wait_us);
void board_let_go(struct board *board);

const char *board_name(const struct board *board);
const char *board_title(const struct board *board);  /* "" when it has none */
const char *board_source(const struct board *board); /* file name, "embedded", or the bus URI */

size_t board_n_devices(const struct board *board);
struct device *board_device_at(const struct board *board, size_t i);
/* @name "" or NULL: the first device.  E_NOTFOUND lists the names. */
int board_device(const struct board *board, const char *name, struct error *err,
		 struct device **out);

/*
 * The clock for waits at board level: the mock world's virtual one when any bus is mock:, or that
 * of the first remote bus that has one.
 */
struct clock *board_clock(const struct board *board);

enum board_port_role {
	BOARD_PORT_BLADE,    /* leads to a blade */
	BOARD_PORT_EXTERNAL, /* the network outside */
	BOARD_PORT_MANAGEMENT,
	BOARD_PORT_CHAIN, /* a link to another chassis: "inter-chassis" in the file */
};

/* The cage of an SFP module: where its two wires go (hal/vsc7448/twi.h). */
#define BOARD_NO_SCL UINT32_MAX
struct board_sfp {
	bool has;
	uint32_t twi; /* controller */
	uint32_t
		scl; /* GPIO that brings the clock, or BOARD_NO_SCL: the controller's own pin */
};

/* The PHY of a port: where it answers (hal/vsc7448/miim.h). */
struct board_phy {
	bool has;
	uint32_t miim, address;
};

/* A used port of the device "switch". */
struct board_port {
	uint32_t port; /* chip port */
	enum board_port_role role;
	const char *mode; /* link mode as the file writes it: "1000base-x", "sgmii", "xaui" */
	uint32_t line;    /* in the board file */
	struct board_sfp sfp;
	struct board_phy phy;
};

#define BOARD_NO_LINK UINT32_MAX

struct board_blade {
	uint32_t slot; /* from 1: the number that commands call the blade by */
	uint32_t port; /* chip port of its dedicated link */
	uint32_t link; /* link of the device "btc" in line with it, or BOARD_NO_LINK */
	const char *mode;
	uint8_t mac[6];     /* identifier */
	const char *coding; /* utilization coding, DESIGN section 6 */
	uint32_t line;
};

enum board_wire_end {
	BOARD_WIRE_NONE, /* nothing plugged in */
	BOARD_WIRE_LOOP, /* a plug that returns what is sent */
	BOARD_WIRE_PORT, /* a cable to port peer */
};

struct board_wire {
	uint32_t port;
	enum board_wire_end end;
	uint32_t peer;      /* with BOARD_WIRE_PORT */
	const char *module; /* SFP module in the cage, a name of the mock world; NULL: none */
	uint32_t line;
};

/* All owned by the board; ports (those of blades included) sorted by port, blades by slot,
 * wires as in the file. */
size_t board_ports(const struct board *board, const struct board_port **ports);
size_t board_blades(const struct board *board, const struct board_blade **blades);
size_t board_wires(const struct board *board, const struct board_wire **wires);

/* As the file writes them: "blade" for the role that the list of blades implies. */
const char *board_port_role_name(enum board_port_role role);
const char *board_wire_end_name(enum board_wire_end end);

#endif
