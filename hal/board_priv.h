/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between the files that read, check and hold a board. */
#ifndef HAL_BOARD_PRIV_H
#define HAL_BOARD_PRIV_H

#include "hal/board.h"
#include "hal/device_priv.h"
#include "hal/link_mode.h"
#include "hal/yamldoc.h"

#define BOARD_MAX_SLOT 64u
#define BOARD_MAX_LINK 63u

struct world;
struct world_host;

struct board {
	char *source, *name, *title;
	struct board_options options;
	struct yamldoc *doc; /* holds the texts of the rows below; NULL without a file */
	struct world *world; /* NULL: no mock: bus */
	struct device *devices[BOARD_MAX_DEVICES];
	size_t n_devices;
	struct board_port *ports;
	size_t n_ports;
	struct board_blade *blades;
	size_t n_blades;
	struct board_wire *wires;
	size_t n_wires;
	struct device_hold hold;
	struct world_host *hosts; /* of the blades, in their order; NULL: none yet */
};

/* A port in use while a file is checked, in ports or in blades. */
struct board_use {
	uint32_t port;
	enum link_mode mode;
	bool is_blade;
	const struct yaml_node_s *node; /* where it says so */
};

/* What is known while a board file is read. */
struct board_reader {
	struct yamldoc *doc;
	struct board *board;
	const char *folder;
	bool has_switch, has_btc;
	bool devices_unsure,
		ports_unsure; /* a row was wrong: what is missing may be that one */
	bool is_vsc7448;      /* the file's map of the switch: its ports are known */
	struct board_use uses[VSC7448_N_PORTS];
	size_t n_uses;
};

/* The lists of a board file, each NULL when absent. */
struct board_lists {
	uint64_t format;
	const char *name, *title;
	const struct yaml_node_s *devices, *ports, *blades, *wires;
};

/* Reads and checks one list into the board; mistakes go to the document's sink. */
void board__read_devices(struct board_reader *r, const struct yaml_node_s *list);
void board__read_ports(struct board_reader *r, const struct yaml_node_s *list);
/* The keys `sfp` and `phy` of a port, each NULL when absent; false: reported. */
bool board__read_cage(struct board_reader *r, const struct yaml_node_s *sfp,
		      const struct yaml_node_s *phy, struct board_port *port);
void board__read_blades(struct board_reader *r, const struct yaml_node_s *list);
void board__read_wires(struct board_reader *r, const struct yaml_node_s *list);

/* A board file in memory. */
struct board_text {
	const char *source, *name; /* board_source(), and the file's name in messages */
	const char *text;
	size_t size;
	const char *folder; /* where relative paths start: "" or ends in '/' */
};

/* As board_open(); mistakes go to @sink, whose first one is the result. */
int board__open_text(const struct board_text *text, const struct board_options *options,
		     struct yamldoc_sink *sink, struct board **out);

/* An empty board; @source and @options are copied. */
int board__new(const char *source, const struct board_options *options, struct error *err,
	       struct board **out);

/* Adds a device; the first mock: bus makes the world.  As device__new(). */
int board__add_device(struct board *board, const struct device_spec *spec, struct error *err);

/* Plugs the board's wires and blades into the mock world.  E_NOMEM. */
int board__plug(struct board *board, struct error *err);

/* Who uses @port; NULL: nobody. */
const struct board_use *board__use_of(const struct board_reader *r, uint64_t port);

/* What goes beyond one list: SerDes macros used twice, more bandwidth than the chip has. */
void board__check_chip(struct board_reader *r);

/* A name: lower-case letter, then up to 30 lower-case letters, digits, `-`, `_`. */
const char *board__parse_name(const char *text, void *target);

#endif
