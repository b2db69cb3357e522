/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The `link` commands; each is in a file of its own. */
#include "cli/commands.h"

#include "cli/complete.h"
#include "cli/port_options.h"

const struct cmd link_table[] = {
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
};
