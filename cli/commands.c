/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include "cli/complete.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define MANY     SIZE_MAX

static const struct cmd board_table[] = {
	{
		.name = "check",
		.usage = "[FILE]",
		.help = "check a board file, or the board in use",
		.detail =
			"Reports every mistake with its line. With --open every bus is opened "
			"and the identity of every device is read.",
		.options = board_check_options,
		.max_operands = 1,
		.schema = "board-check",
		.version = 1,
		.run = cmd_board_check,
		.complete = complete_file,
	},
	{
		.name = "show",
		.usage = "",
		.help = "devices, ports, blades and wires of the board",
		.flags = CMD_NEEDS_BOARD,
		.schema = "board-show",
		.version = 1,
		.run = cmd_board_show,
	},
};

static const struct cmd bus_table[] = {
	{
		.name = "info",
		.usage = "",
		.help = "how each device is reached, and the known kinds of bus",
		.flags = CMD_NEEDS_BOARD,
		.schema = "bus-info",
		.version = 1,
		.run = cmd_bus_info,
	},
	{
		.name = "list",
		.usage = "",
		.help = "devices on PCI and USB that may be a board's",
		.detail = "What each is, the URI to reach it by, its link, the kernel's "
			  "driver, and "
			  "what would stop it, with the remedy. No register is touched.",
		.options = bus_list_options,
		.schema = "bus-list",
		.version = 1,
		.run = cmd_bus_list,
	},
	{
		.name = "test",
		.usage = "[DEVICE]",
		.help = "read and write over and over, count errors and time",
		.detail =
			"Reads the identity register again and again, writes patterns to the "
			"scratch register and reads them back, and tells the error rates and "
			"the percentiles of the time per access. The scratch register gets its "
			"old value back. Exit status 3 when any answer was wrong.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = bus_test_options,
		.max_operands = 1,
		.schema = "bus-test",
		.version = 1,
		.run = cmd_bus_test,
		.complete = complete_device,
	},
	{
		.name = "tune",
		.usage = "[DEVICE]",
		.help = "find the fastest reliable clock of a usb: bus",
		.detail =
			"Tries clocks from the fastest down, each with the least padding at "
			"which "
			"reads of the identity and of patterns in the scratch register are "
			"right, "
			"until one passes all rounds, and tells the URI to use. Nothing is "
			"written "
			"at a clock at which reads go wrong. The scratch register gets its old "
			"value back.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = bus_tune_options,
		.max_operands = 1,
		.schema = "bus-tune",
		.version = 1,
		.run = cmd_bus_tune,
		.complete = complete_device,
	},
};

static const struct cmd map_table[] = {
	{
		.name = "diff",
		.usage = "MAP MAP",
		.help = "compare two register maps by name",
		.detail = "Registers and fields that only one map has, and differences in "
			  "address, "
			  "position, access and reset value. Exit status 3 when they differ.",
		.min_operands = 2,
		.max_operands = 2,
		.schema = "map-diff",
		.version = 1,
		.run = cmd_map_diff,
		.complete = complete_map,
	},
	{
		.name = "info",
		.usage = "[MAP]",
		.help = "size, origin and top blocks of a register map",
		.detail = "MAP is a linked-in map, a database or a SystemRDL file; without it "
			  "the "
			  "map of the first device. Registers and fields count once for each "
			  "place "
			  "in the map, instances count every element of every array.",
		.max_operands = 1,
		.schema = "map-info",
		.version = 1,
		.run = cmd_map_info,
		.complete = complete_map,
	},
	{
		.name = "list",
		.usage = "",
		.help = "the register maps that are linked in",
		.schema = "map-list",
		.version = 1,
		.run = cmd_map_list,
	},
};

static const struct cmd reg_table[] = {
	{
		.name = "diff",
		.usage = "A [B]",
		.help = "compare register files, or one with the device",
		.detail =
			"A and B are .regs files or the word live; btc/live names a device. B "
			"is "
			"live when left out. The comparison goes by field; fields that "
			"hardware "
			"writes are marked volatile. Registers that a mask file does not list "
			"are compared whole. Exit status 3 when anything differs.",
		.flags = CMD_NEEDS_BOARD,
		.options = reg_diff_options,
		.min_operands = 1,
		.max_operands = 2,
		.schema = "reg-diff",
		.version = 1,
		.run = cmd_reg_diff,
		.complete = complete_file_or_live,
	},
	{
		.name = "dump",
		.usage = "[PATTERN]",
		.help = "write registers as a .regs file",
		.detail =
			"Without a pattern all registers of the first device. Registers whose "
			"read has a side effect are left out and listed as comments, unless "
			"--side-effects is given. A file is replaced only when the dump is "
			"complete.",
		.flags = CMD_NEEDS_BOARD,
		.options = reg_dump_options,
		.max_operands = 1,
		.schema = "reg-dump",
		.version = 1,
		.run = cmd_reg_dump,
		.complete = complete_path,
	},
	{
		.name = "find",
		.usage = "ADDRESS",
		.help = "the register at an address",
		.detail = "Looks in the map of every device, or of one: switch/0x71040000.",
		.flags = CMD_NEEDS_BOARD,
		.min_operands = 1,
		.max_operands = 1,
		.schema = "reg-find",
		.version = 1,
		.run = cmd_reg_find,
	},
	{
		.name = "info",
		.usage = "NAME [VALUE]",
		.help = "describe a register or field, decode a value",
		.detail = "Touches no hardware. With VALUE the fields are decoded.",
		.flags = CMD_NEEDS_BOARD,
		.min_operands = 1,
		.max_operands = 2,
		.schema = "reg-info",
		.version = 1,
		.run = cmd_reg_info,
		.complete = complete_field,
	},
	{
		.name = "list",
		.usage = "[PATTERN]...",
		.help = "list registers by name",
		.detail = "Arrays count as one; --expand lists every element.",
		.flags = CMD_NEEDS_BOARD,
		.options = reg_list_options,
		.max_operands = MANY,
		.schema = "reg-list",
		.version = 1,
		.run = cmd_reg_list,
		.complete = complete_path,
	},
	{
		.name = "poll",
		.usage = "REG[.FIELD]==VALUE",
		.help = "wait until a register or field has a value",
		.detail = "Exit status 6 when it did not happen in time.",
		.flags = CMD_NEEDS_BOARD,
		.options = reg_poll_options,
		.min_operands = 1,
		.max_operands = 1,
		.schema = "reg-poll",
		.version = 1,
		.run = cmd_reg_poll,
		.complete = complete_setting,
	},
	{
		.name = "read",
		.usage = "NAME...",
		.help = "read and decode registers or fields",
		.detail = "One register is shown with its fields, several as a table. Of a "
			  "pattern, "
			  "registers whose read has a side effect are left out and listed.",
		.flags = CMD_NEEDS_BOARD,
		.min_operands = 1,
		.max_operands = MANY,
		.schema = "reg-read",
		.version = 1,
		.run = cmd_reg_read,
		.complete = complete_field,
	},
	{
		.name = "restore",
		.usage = "FILE [DEVICE]",
		.help = "write a .regs file back to the device",
		.detail = "DEVICE has to be named when the file fits several. Writes only what "
			  "differs, of lines with a mask only these bits. Skips registers that "
			  "hardware writes, and leaves write-one-to-clear and one-shot bits "
			  "alone.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES | CMD_DANGEROUS,
		.min_operands = 1,
		.max_operands = 2,
		.schema = "reg-restore",
		.version = 1,
		.run = cmd_reg_restore,
		.complete = complete_file_then_device,
	},
	{
		.name = "set",
		.usage = "REG.FIELD=VALUE...",
		.help = "change fields and leave the others as they are",
		.detail = "One read and one write per register; no read when every field is "
			  "given. "
			  "Bits that act when written are never written back. VALUE is a "
			  "number or "
			  "an enumerator. A pattern asks first, or needs --yes.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES | CMD_DANGEROUS,
		.min_operands = 1,
		.max_operands = MANY,
		.schema = "reg-set",
		.version = 1,
		.run = cmd_reg_set,
		.complete = complete_setting,
	},
	{
		.name = "watch",
		.usage = "NAME...",
		.help = "read again and again and show what changes",
		.detail = "Ctrl-C ends it. JSON comes as one line per look.",
		.flags = CMD_NEEDS_BOARD | CMD_STREAMS,
		.options = reg_watch_options,
		.min_operands = 1,
		.max_operands = MANY,
		.schema = "reg-watch",
		.version = 1,
		.run = cmd_reg_watch,
		.complete = complete_field,
	},
	{
		.name = "write",
		.usage = "REG VALUE",
		.help = "write a whole register",
		.detail = "Nothing is read. A pattern asks first, or needs --yes.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES | CMD_DANGEROUS,
		.min_operands = 2,
		.max_operands = 2,
		.schema = "reg-write",
		.version = 1,
		.run = cmd_reg_write,
		.complete = complete_path,
	},
};

const struct cmd command_table[] = {
	{
		.name = "acl",
		.help = "access rules: what happens to which frames",
		.sub = acl_table,
		.n_sub = COUNT(acl_table),
	},
	{
		.name = "arb",
		.help = "timeslots of the TDM bus that stations share",
		.sub = arb_table,
		.n_sub = COUNT(arb_table),
	},
	{
		.name = "blade",
		.help = "blades on the TDM bus",
		.sub = blade_table,
		.n_sub = COUNT(blade_table),
	},
	{
		.name = "board",
		.help = "the board: devices, ports, blades",
		.sub = board_table,
		.n_sub = COUNT(board_table),
	},
	{
		.name = "btc",
		.help = "the backplane TDM controller",
		.sub = btc_table,
		.n_sub = COUNT(btc_table),
	},
	{
		.name = "bus",
		.help = "the buses that reach the devices",
		.sub = bus_table,
		.n_sub = COUNT(bus_table),
	},
	{
		.name = "chip",
		.help = "the switch chip as a whole",
		.sub = chip_table,
		.n_sub = COUNT(chip_table),
	},
	{
		.name = "counters",
		.help = "frame counters of the switch chip's ports",
		.sub = counters_table,
		.n_sub = COUNT(counters_table),
	},
	{
		.name = "frame",
		.help = "frames to and from the CPU; the frame of the TDM bus",
		.sub = frame_table,
		.n_sub = COUNT(frame_table),
	},
	{
		.name = "gpio",
		.help = "general purpose pins, serial pins",
		.sub = gpio_table,
		.n_sub = COUNT(gpio_table),
	},
	{
		.name = "help",
		.usage = "[COMMAND]...",
		.help = "the commands, or one of them in detail",
		.options = help_options,
		.max_operands = 2,
		.schema = "help",
		.version = 1,
		.run = cmd_help,
		.complete = complete_command,
	},
	{
		.name = "isolate",
		.help = "ports that are kept apart",
		.sub = isolate_table,
		.n_sub = COUNT(isolate_table),
	},
	{
		.name = "lag",
		.help = "link aggregation: several ports as one",
		.sub = lag_table,
		.n_sub = COUNT(lag_table),
	},
	{
		.name = "link",
		.help = "link modes of ports",
		.sub = link_table,
		.n_sub = COUNT(link_table),
	},
	{
		.name = "mac",
		.help = "the MAC table: who is reached by which port",
		.sub = mac_table,
		.n_sub = COUNT(mac_table),
	},
	{
		.name = "map",
		.help = "register maps",
		.sub = map_table,
		.n_sub = COUNT(map_table),
	},
	{
		.name = "mirror",
		.help = "copies of frames to a monitor port",
		.sub = mirror_table,
		.n_sub = COUNT(mirror_table),
	},
	{
		.name = "msg",
		.help = "messages over the TDM bus",
		.sub = msg_table,
		.n_sub = COUNT(msg_table),
	},
	{
		.name = "oset",
		.help = "ordered sets beside the frames",
		.sub = oset_table,
		.n_sub = COUNT(oset_table),
	},
	{
		.name = "pgid",
		.help = "destinations: ports, floods and groups",
		.sub = pgid_table,
		.n_sub = COUNT(pgid_table),
	},
	{
		.name = "phy",
		.help = "registers of PHYs over MDIO",
		.sub = phy_table,
		.n_sub = COUNT(phy_table),
	},
	{
		.name = "police",
		.help = "limits of what ports receive",
		.sub = police_table,
		.n_sub = COUNT(police_table),
	},
	{
		.name = "port",
		.help = "ports: speed, flow control, on and off",
		.sub = port_table,
		.n_sub = COUNT(port_table),
	},
	{
		.name = "reg",
		.help = "registers by name",
		.sub = reg_table,
		.n_sub = COUNT(reg_table),
	},
	{
		.name = "route",
		.help = "routing: legs, routes, groups of next hops",
		.sub = route_table,
		.n_sub = COUNT(route_table),
	},
	{
		.name = "scenario",
		.help = "scenarios of blades on the mock TDM bus",
		.sub = scenario_table,
		.n_sub = COUNT(scenario_table),
	},
	{
		.name = "serdes",
		.help = "diagnostics of the SerDes: eye, patterns, loops",
		.sub = serdes_table,
		.n_sub = COUNT(serdes_table),
	},
	{
		.name = "serve",
		.usage = "",
		.help = "share the devices with other processes and machines",
		.detail =
			"With --listen clients use -b unix:PATH. With --stdio one client is "
			"served: the far side of -b ssh:HOST,URI runs this. Batches of clients "
			"never mix; a command that writes keeps the other writers out until "
			"its end. Clients that die, stall or send garbage are dropped. Ends "
			"with Ctrl-C or SIGTERM. -v tells who comes and goes, beside every "
			"access.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES | CMD_STREAMS,
		.options = serve_options,
		.schema = "serve",
		.version = 1,
		.run = cmd_serve,
	},
	{
		.name = "sfp",
		.help = "SFP modules",
		.sub = sfp_table,
		.n_sub = COUNT(sfp_table),
	},
	{
		.name = "shell",
		.usage = "",
		.help = "read commands from the terminal or standard input",
		.detail =
			"With history and completion on a terminal. Ctrl-C stops a command, "
			"the "
			"end of input (Ctrl-D), quit or exit leaves. Not from a terminal: exit "
			"status of the first command that failed; -e stops there.",
		.flags = CMD_NESTS,
		.run = cmd_shell,
	},
	{
		.name = "slot",
		.help = "timeslots of the TDM bus: who sends, who listens",
		.sub = slot_table,
		.n_sub = COUNT(slot_table),
	},
	{
		.name = "source",
		.usage = "FILE|-",
		.help = "run the commands of a file, or of standard input",
		.detail = "One command per line; # starts a comment; quotes and backslashes as "
			  "in "
			  "a shell. Exit status of the first command that failed; -e stops "
			  "there.",
		.flags = CMD_NESTS,
		.min_operands = 1,
		.max_operands = 1,
		.run = cmd_source,
		.complete = complete_file,
	},
	{
		.name = "steer",
		.help = "messages to blades by type and function",
		.sub = steer_table,
		.n_sub = COUNT(steer_table),
	},
	{
		.name = "storm",
		.help = "limits of what is flooded",
		.sub = storm_table,
		.n_sub = COUNT(storm_table),
	},
	{
		.name = "tdm",
		.help = "what happens on the TDM bus: trace, load",
		.sub = tdm_table,
		.n_sub = COUNT(tdm_table),
	},
	{
		.name = "undo",
		.usage = "",
		.help = "put back what the writes in a journal changed",
		.detail = "Of the file that --journal or SWITCHBLADE_JOURNAL names, the last "
			  "write first, and only once. What cannot be put back is listed; so "
			  "is, and stays as it is, what somebody changed since (exit status 3) "
			  "unless --force. After a failure undo goes on where it stopped.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES | CMD_DANGEROUS,
		.options = undo_options,
		.schema = "undo",
		.version = 1,
		.run = cmd_undo,
	},
	{
		.name = "version",
		.usage = "",
		.help = "version of the program and of its maps",
		.schema = "version",
		.version = 1,
		.run = cmd_version,
	},
	{
		.name = "vlan",
		.help = "VLANs: members, and how ports tag",
		.sub = vlan_table,
		.n_sub = COUNT(vlan_table),
	},
};

const size_t command_table_size = COUNT(command_table);
