/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The `chip` commands: the switch chip as a whole. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/chip.h"
#include "cli/commands.h"
#include "hal/vsc7448/chip.h"
#include "hal/vsc7448/temp.h"

enum { OPT_PORT_MAP = OPT_COMMAND, OPT_NO_RESET };

static const struct {
	const char *name;
	uint16_t mbps;
} speeds[] = { { "off", 0 }, { "1G", 1000 }, { "2.5G", 2500 }, { "10G", 10000 } };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* --- port maps ---------------------------------------------------------------------------- */

static int bad_map(const char *text, struct error *err)
{
	return error_set(err, E_SYNTAX,
			 "'%.64s' is not a port map like 0-7,48=1G,49-51=10G (1G, 2.5G, 10G or "
			 "off)",
			 text);
}

/* "0-7,48=1G": one speed and its ports. */
static int map_group(char *group, const char *text, struct vsc7448_port_map *map,
		     struct error *err)
{
	char *name = strchr(group, '=');
	vsc7448_ports ports = 0;
	size_t i = 0;
	int rc;

	*name++ = '\0';
	while (i < COUNT(speeds) && strcmp(name, speeds[i].name) != 0)
		i++;
	if (i == COUNT(speeds))
		return bad_map(text, err);
	rc = chip_ports(group, err, &ports);
	for (uint32_t port = 0; rc == 0 && port < VSC7448_N_PORTS; port++)
		if ((ports >> port & 1) != 0)
			map->mbps[port] = speeds[i].mbps;
	return rc;
}

/* A group ends behind the speed that follows an equals sign. */
static int parse_map(const char *text, struct vsc7448_port_map *map, struct error *err)
{
	int rc = 0;

	memset(map, 0, sizeof(*map));
	for (const char *at = text; rc == 0;) {
		const char *equals = strchr(at, '=');
		size_t len = equals == NULL ? 0 : (size_t)(equals - at) + strcspn(equals, ",");
		char group[256];

		if (len == 0 || len >= sizeof(group))
			return bad_map(text, err);
		memcpy(group, at, len);
		group[len] = '\0';
		rc = map_group(group, text, map, err);
		if (at[len] == '\0')
			break;
		at += len + 1;
	}
	return rc;
}

static void map_table(struct out_record *root, const struct vsc7448_port_map *map)
{
	static const struct out_column columns[] = {
		{ "mbps", "MB/S EACH", OUT_RIGHT },
		{ "ports", "PORTS", 0 },
		{ "n_ports", "NUMBER", OUT_RIGHT },
	};
	struct out_table *table = out_table(root, "calendar", columns, COUNT(columns));

	for (size_t i = COUNT(speeds); i-- > 1;) {
		vsc7448_ports ports = 0;

		for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
			if (map->mbps[port] == speeds[i].mbps)
				ports |= UINT64_C(1) << port;
		if (ports != 0)
			out_row(table, (const struct out_cell[]){
					       out_uint(speeds[i].mbps),
					       out_lasting(chip_ports_text(root, ports)),
					       out_uint((uint64_t)__builtin_popcountll(ports)),
				       });
	}
}

static void calendar_use(struct out_record *root, const struct vsc7448_port_map *map)
{
	out_add(root, "front_ports_mbps", "front ports, Mb/s",
		out_uint(vsc7448_port_map_mbps(map)));
	out_add(root, "reserved_mbps", "CPU and loops, Mb/s", out_uint(VSC7448_RESERVED_MBPS));
	out_add(root, "calendar_mbps", "calendar, Mb/s", out_uint(VSC7448_MAX_MBPS));
}

/* --- chip show ----------------------------------------------------------------------------- */

static void identity(struct out_record *root, const struct vsc7448 *chip)
{
	struct vsc7448_identity id;

	vsc7448_identity(chip, &id);
	out_add(root, "chip_id", "chip id", out_hex(id.raw, 32));
	out_add(root, "part", "part", out_lasting(out_format(root, "VSC%04x", id.part)));
	out_add(root, "revision", "revision", out_uint(id.revision));
	out_add(root, "manufacturer", NULL, out_uint(id.manufacturer));
}

static void state(struct out_record *root, const struct vsc7448_chip_state *s)
{
	out_add(root, "initialized", "initialized", out_bool(s->core_enabled));
	out_add(root, "memory_failed", "memory failed",
		s->memory_failed ? out_styled(OUT_STYLE_BAD, out_bool(true)) : out_bool(false));
	out_add(root, "core_clock_mhz", "core clock, MHz",
		s->core_khz != 0 ? out_real(s->core_khz / 1000.0) : out_null());
	out_add(root, "scheduler_cycle_ps", "scheduler's cycle, ps", out_uint(s->cycle_ps));
	for (size_t i = 0; i < 2; i++)
		out_add(root, i == 0 ? "pll0_gain" : "pll1_gain",
			i == 0 ? "PLL 0 gain" : "PLL 1 gain",
			s->pll_gain[i] >= 2
				? out_uint(s->pll_gain[i])
				: out_styled(OUT_STYLE_BAD, out_uint(s->pll_gain[i])));
	out_add(root, "open_ports", "open ports",
		out_lasting(chip_ports_text(root, s->open & VSC7448_FRONT_PORTS)));
}

/* A chip without our calendar is shown too, with the reason. */
static int show(struct call *call, struct vsc7448 *chip, struct error *err)
{
	struct out_record *root = out_root(call->out);
	struct vsc7448_chip_state s;
	struct vsc7448_port_map map;
	struct error why = { 0 };
	int rc = vsc7448_chip_state(chip, err, &s);

	if (rc != 0)
		return rc;
	rc = vsc7448_calendar_map(chip, &why, &map);
	if (rc != 0 && rc != E_STATE) {
		*err = why;
		return rc;
	}
	identity(root, chip);
	state(root, &s);
	if (rc == 0) {
		calendar_use(root, &map);
		map_table(root, &map);
	} else {
		out_say(root, OUT_STYLE_DIM, "%s", why.text);
	}
	return 0;
}

static int with_chip(struct call *call, struct error *err,
		     int (*run)(struct call *call, struct vsc7448 *chip, struct error *err))
{
	struct vsc7448 *chip;
	int rc = chip_open(call, err, &chip);

	if (rc != 0)
		return rc;
	rc = run(call, chip, err);
	vsc7448_close(chip);
	return rc;
}

static int cmd_chip_show(struct call *call, struct error *err)
{
	return with_chip(call, err, show);
}

/* --- chip init, reset ----------------------------------------------------------------------- */

static int init(struct call *call, struct vsc7448 *chip, struct error *err)
{
	struct out_record *root = out_root(call->out);
	const char *text = args_value(&call->args, OPT_PORT_MAP);
	struct vsc7448_chip_state s;
	struct vsc7448_port_map map;
	int rc = 0;

	if (text != NULL)
		rc = parse_map(text, &map, err);
	else
		vsc7448_port_map_board(&map, call->board);
	if (rc == 0)
		rc = vsc7448_port_map_check(&map, err);
	if (rc == 0)
		rc = vsc7448_chip_state(chip, err, &s);
	if (rc == 0 && s.core_enabled)
		rc = session_confirm(call->session, &call->options,
				     "The switch is running; initializing stops all traffic. "
				     "Go on?",
				     err);
	if (rc == 0)
		rc = vsc7448_init(
			chip, &map,
			args_has(&call->args, OPT_NO_RESET) ? VSC7448_INIT_NO_RESET : 0, err);
	if (rc != 0)
		return rc;
	calendar_use(root, &map);
	map_table(root, &map);
	return 0;
}

static int cmd_chip_init(struct call *call, struct error *err)
{
	return with_chip(call, err, init);
}

static int reset(struct call *call, struct vsc7448 *chip, struct error *err)
{
	int rc = session_confirm(call->session, &call->options,
				 "This resets the switch core and stops all traffic. Go on?",
				 err);

	if (rc == 0)
		rc = vsc7448_reset(chip, err);
	if (rc == 0)
		identity(out_root(call->out), chip);
	return rc;
}

static int cmd_chip_reset(struct call *call, struct error *err)
{
	return with_chip(call, err, reset);
}

/* --- chip temp ----------------------------------------------------------------------------- */

static int temp(struct call *call, struct vsc7448 *chip, struct error *err)
{
	struct out_record *root = out_root(call->out);
	struct vsc7448_temperature t;
	int rc = vsc7448_temperature_read(chip, err, &t);

	if (rc != 0)
		return rc;
	out_put(root, &(const struct out_column){ "celsius", "degrees Celsius", OUT_RAW },
		out_real(t.millidegrees / 1000.0));
	out_add(root, "driver_celsius", "by the vendor's driver",
		out_real(t.driver_millidegrees / 1000.0));
	out_add(root, "raw", "raw value", out_uint(t.raw));
	return 0;
}

static int cmd_chip_temp(struct call *call, struct error *err)
{
	return with_chip(call, err, temp);
}

static const struct arg_spec init_options[] = {
	{ "no-reset", 0, OPT_NO_RESET, NULL, "go over the chip as it is", 0 },
	{ "port-map", 0, OPT_PORT_MAP, "MAP", "0-7,48=1G,49-51=10G: bandwidth of ports", 0 },
	{ 0 },
};

const struct cmd chip_table[4] = {
	{
		.name = "init",
		.usage = "",
		.help = "reset and initialize the switch chip",
		.detail = "Memories, PLLs, tables, the calendar; all ports are closed "
			  "afterwards: "
			  "see `port set`. Ports that the board does not name get 1 Gb/s each "
			  "while "
			  "the calendar's 83.75 Gb/s last. Asks when the switch is running.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES | CMD_DANGEROUS,
		.options = init_options,
		.schema = "chip-init",
		.version = 1,
		.run = cmd_chip_init,
	},
	{
		.name = "reset",
		.usage = "",
		.help = "reset the switch core",
		.detail = "All tables and ports are at their reset values afterwards; GPIOs "
			  "and the "
			  "serial interface's settings are kept. Asks, or needs --yes.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES | CMD_DANGEROUS,
		.schema = "chip-reset",
		.version = 1,
		.run = cmd_chip_reset,
	},
	{
		.name = "show",
		.usage = "",
		.help = "identity, clocks and calendar of the switch chip",
		.detail = "Works on a chip in any state.",
		.flags = CMD_NEEDS_BOARD,
		.schema = "chip-show",
		.version = 1,
		.run = cmd_chip_show,
	},
	{
		.name = "temp",
		.usage = "",
		.help = "temperature of the switch chip",
		.detail =
			"Switches the sensor on. Two formulas are published: that of the "
			"register text (177.4 - 0.8777 x raw) and that of the vendor's driver "
			"((197400 - 953 x raw) / 1000), which is always higher: protect the "
			"chip by that one. Neither was checked on silicon.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.schema = "chip-temp",
		.version = 1,
		.run = cmd_chip_temp,
	},
};
