/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The `link` commands; each is in a file of its own. */
#include "cli/commands.h"

#include "cli/complete.h"
#include "cli/linktext.h"
#include "cli/port_options.h"

const struct cmd link_table[] = {
	{
		.name = "history",
		.usage = "[PORTS]...",
		.help = "what happened to links since the last look",
		.detail =
			"Bits that latched in the ports' devices, with what they mean. Looking "
			"clears them, except with --keep, --read-only and --dry-run.",
		.flags = CMD_NEEDS_BOARD,
		.options = linktext_keep_options,
		.max_operands = SIZE_MAX,
		.schema = "link-history",
		.version = 1,
		.run = cmd_link_history,
	},
	{
		.name = "kr",
		.usage = "PORTS",
		.help = "10GBASE-KR: auto-negotiation, training, correction",
		.detail = "Ports 49 to 52, set up in 10gbase-kr. With --start they negotiate, "
			  "train and what the chip asks for is answered until their links are "
			  "complete; exit status 6 when they are not in time. Both ends of a "
			  "cable between two ports have to be named together. Some bits clear "
			  "when they are shown.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = link_kr_options,
		.min_operands = 1,
		.max_operands = 1,
		.schema = "link-kr",
		.version = 1,
		.run = cmd_link_kr,
	},
	{
		.name = "modes",
		.usage = "[PORTS]",
		.help = "what each port can carry, and who is in the way",
		.detail = "For every mode the SerDes macros that it needs, and the ports that "
			  "have to be freed (link set PORT none) before it can be set.",
		.flags = CMD_NEEDS_BOARD,
		.max_operands = 1,
		.schema = "link-modes",
		.version = 1,
		.run = cmd_link_modes,
	},
	{
		.name = "set",
		.usage = "PORTS MODE | board",
		.help = "set ports up in a link mode, or free them",
		.detail = "Programs SerDes, PCS, MAC and flow control, and joins the ports to "
			  "the switch core; options not given have their defaults. MODE none "
			  "frees the port and its SerDes. The word board alone sets up every "
			  "port as the board file says. Refused while another port has the "
			  "SerDes (see link modes) or the calendar gives too little bandwidth.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = port_conf_options,
		.min_operands = 1,
		.max_operands = 2,
		.schema = "port-conf",
		.version = 1,
		.run = cmd_link_set,
		.complete = complete_link_set,
	},
	{
		.name = "show",
		.usage = "[PORTS]...",
		.help = "the state of links in detail",
		.detail = "PORTS are lists like 0-7,49; without them the ports that the board "
			  "names and those that are set up. Clears nothing.",
		.flags = CMD_NEEDS_BOARD,
		.max_operands = SIZE_MAX,
		.schema = "link-show",
		.version = 1,
		.run = cmd_link_show,
	},
};
