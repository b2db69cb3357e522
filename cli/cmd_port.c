/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The `port` commands that change ports. */
#include "cli/chip.h"
#include "cli/commands.h"
#include "cli/linktext.h"
#include "cli/port_options.h"
#include "hal/vsc7448/port.h"

static int run_on_ports(struct call *call, port_op op, struct error *err)
{
	struct vsc7448 *chip;
	vsc7448_ports ports;
	int rc = chip_ports(call->args.operands[0], err, &ports);

	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = port_for_each(call, chip, ports, op, err);
	vsc7448_close(chip);
	return rc;
}

static int set_one(struct call *call, struct vsc7448 *chip, uint32_t port, struct error *err)
{
	struct vsc7448_port_conf conf;
	bool is_set_up;
	int rc = vsc7448_port_conf_get(chip, port, err, &is_set_up, &conf);

	if (rc == 0 && !is_set_up)
		rc = error_set(err, E_STATE,
			       "port %u is not set up: give it a link mode first (link set)",
			       port);
	if (rc == 0)
		rc = port_options_apply(call, err, &conf);
	if (rc == 0)
		rc = vsc7448_port_conf_change(chip, port, &conf, err);
	return rc;
}

static int run_set(struct call *call, struct error *err)
{
	if (!port_options_given(call))
		return error_set(err, E_SYNTAX,
				 "port set needs an option that tells what to "
				 "change");
	return run_on_ports(call, set_one, err);
}

static int enable_one(struct call *call, struct vsc7448 *chip, uint32_t port, struct error *err)
{
	(void)call;
	return vsc7448_port_enable(chip, port, err);
}

static int disable_one(struct call *call, struct vsc7448 *chip, uint32_t port,
		       struct error *err)
{
	(void)call;
	return vsc7448_port_disable(chip, port, err);
}

static int flush_one(struct call *call, struct vsc7448 *chip, uint32_t port, struct error *err)
{
	(void)call;
	return vsc7448_port_flush(chip, port, err);
}

static int run_enable(struct call *call, struct error *err)
{
	return run_on_ports(call, enable_one, err);
}

static int run_disable(struct call *call, struct error *err)
{
	return run_on_ports(call, disable_one, err);
}

static int run_flush(struct call *call, struct error *err)
{
	return run_on_ports(call, flush_one, err);
}

const struct cmd port_table[] = {
	{
		.name = "disable",
		.usage = "PORTS",
		.help = "silence the line of ports that are set up",
		.detail = "The port keeps its SerDes and its configuration. Of a QSGMII port "
			  "only the MAC stops, since its line belongs to four ports.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 1,
		.max_operands = 1,
		.schema = "port-conf",
		.version = 1,
		.run = run_disable,
	},
	{
		.name = "enable",
		.usage = "PORTS",
		.help = "take back what port disable did",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 1,
		.max_operands = 1,
		.schema = "port-conf",
		.version = 1,
		.run = run_enable,
	},
	{
		.name = "flush",
		.usage = "PORTS",
		.help = "drop the frames that wait in the queues of ports",
		.detail = "The port is out of the switch core meanwhile and comes back as it "
			  "was; its SerDes is not touched.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 1,
		.max_operands = 1,
		.schema = "port-conf",
		.version = 1,
		.run = run_flush,
	},
	{
		.name = "set",
		.usage = "PORTS",
		.help = "change speed, pause, frame length, ... of ports",
		.detail = "What is not named stays, and the link mode does: that is `link "
			  "set`. Frames in the port's queues are lost. Ports are a list like "
			  "0-7,49.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = port_conf_options,
		.min_operands = 1,
		.max_operands = 1,
		.schema = "port-conf",
		.version = 1,
		.run = run_set,
	},
	{
		.name = "show",
		.usage = "[PORTS]...",
		.help = "every port at a glance: mode, link, partner, errors",
		.detail =
			"PORTS are lists like 0-7,49; without them the ports that the board "
			"names and those that are set up. CODING is how a blade's reports ride "
			"on its link. The last column tells what went wrong since the last "
			"look; looking clears it, except with --keep, --read-only and "
			"--dry-run.",
		.flags = CMD_NEEDS_BOARD,
		.options = linktext_keep_options,
		.max_operands = SIZE_MAX,
		.schema = "port-show",
		.version = 1,
		.run = cmd_port_show,
	},
};
