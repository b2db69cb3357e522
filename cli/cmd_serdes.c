/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The `serdes` commands; each is in a file of its own. */
#include "cli/commands.h"

const struct cmd serdes_table[] = {
	{
		.name = "ber",
		.usage = "PORT",
		.help = "measure the bit error ratio of a port's lanes",
		.detail =
			"Sends a pseudo-random pattern, which has to come back from the far "
			"end or "
			"a loop, until the ratio is known to be below the target with the "
			"confidence; ends as soon as that cannot be reached within the limit. "
			"Frames stop meanwhile. 6G and 10G SerDes count errors, 1G ones do "
			"not. "
			"Exit status 3 when the target was not reached. Unverified on silicon.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = serdes_ber_options,
		.min_operands = 1,
		.max_operands = 1,
		.schema = "serdes-ber",
		.version = 1,
		.run = cmd_serdes_ber,
	},
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
	{
		.name = "loop",
		.usage = "PORT[,PORT]... [LOOP]",
		.help = "loop a port back, or show which loop it has",
		.detail = "LOOP is equipment (in the SerDes) or pcs (before it), what is sent "
			  "comes back; facility, what is received goes back to the line; or "
			  "off. One loop at a time; signal detect is ignored meanwhile. pcs, "
			  "facility on 10G and all loops of XAUI and RXAUI follow the register "
			  "texts and are unverified on silicon.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 1,
		.max_operands = 2,
		.schema = "serdes-loop",
		.version = 1,
		.run = cmd_serdes_loop,
	},
	{
		.name = "prbs",
		.usage = "PORT[,PORT]... [PATTERN|stop]",
		.help = "send and check a test pattern, or show what came",
		.detail = "PATTERN is prbs7, prbs15, prbs23 or prbs31, on 10G also prbs9 and "
			  "prbs11, "
			  "on 1G and 6G also fixed=BITS (20 bits, sent only). Without it the "
			  "state of "
			  "the lanes is shown. 1G SerDes tell pass or fail, 6G count to 65535, "
			  "10G to "
			  "4294967295. Frames stop until `stop`. Unverified on silicon.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 1,
		.max_operands = 2,
		.schema = "serdes-prbs",
		.version = 1,
		.run = cmd_serdes_prbs,
	},
	{
		.name = "show",
		.usage = "[PORT[,PORT]...]",
		.help = "the SerDes lanes of ports: PLL, receiver, level, loop",
		.detail = "Of the ports that are set up, or of those named. RECEIVER is the "
			  "calibration of a 6G input, the receiver's PLL of a 10G macro; "
			  "levels and gains are in the macro's own steps.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.max_operands = 1,
		.schema = "serdes-show",
		.version = 1,
		.run = cmd_serdes_show,
	},
};
