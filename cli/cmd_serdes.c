/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The `serdes` commands; each is in a file of its own. */
#include "cli/commands.h"

const struct cmd serdes_table[] = {
	{
		.name = "eye",
		.usage = "PORT",
		.help = "how open the eye is that a 10G receiver sees",
		.detail = "Ports 49 to 52 in SFI. Finds the edges of the eye, or with --full "
			  "counts "
			  "errors at every phase and threshold and draws the eye. Traffic goes "
			  "on; "
			  "the receiver's adaptation stands still meanwhile. The measurement "
			  "follows the register texts and is unverified on silicon.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = serdes_eye_options,
		.min_operands = 1,
		.max_operands = 1,
		.schema = "serdes-eye",
		.version = 1,
		.run = cmd_serdes_eye,
	},
};
