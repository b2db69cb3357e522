/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include <inttypes.h>
#include <stdio.h>

#include "cli/probe.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum { OPT_OPEN = OPT_COMMAND };

const struct arg_spec board_check_options[] = {
	{ "open", 0, OPT_OPEN, NULL, "open every bus and read every device's identity", 0 },
	{ 0 },
};

static void devices_table(const struct board *board, struct out_record *root)
{
	static const struct out_column columns[] = {
		{ "name", "DEVICE", 0 },
		{ "map", "MAP", 0 },
		{ "bus", "BUS", 0 },
		{ "n_instances", "REGISTERS", OUT_RIGHT },
	};
	struct out_table *table = out_table(root, "devices", columns, COUNT(columns));

	for (size_t i = 0; i < board_n_devices(board); i++) {
		const struct device *dev = board_device_at(board, i);

		out_row(table, (const struct out_cell[]){
				       out_styled(OUT_STYLE_NAME, out_text(device_name(dev))),
				       out_text(device_map_spec(dev)),
				       out_text(device_bus_uri(dev)),
				       out_uint(regdb_n_instances(device_map(dev))),
			       });
	}
}

static void ports_table(const struct board *board, struct out_record *root)
{
	static const struct out_column columns[] = {
		{ "port", "PORT", OUT_RIGHT },
		{ "role", "ROLE", 0 },
		{ "mode", "MODE", 0 },
	};
	struct out_table *table = out_table(root, "ports", columns, COUNT(columns));
	const struct board_port *ports;
	const size_t n = board_ports(board, &ports);

	for (size_t i = 0; i < n; i++)
		out_row(table, (const struct out_cell[]){
				       out_styled(OUT_STYLE_NAME, out_uint(ports[i].port)),
				       out_text(board_port_role_name(ports[i].role)),
				       out_text(ports[i].mode),
			       });
}

static void blades_table(const struct board *board, struct out_record *root)
{
	static const struct out_column columns[] = {
		{ "slot", "SLOT", OUT_RIGHT }, { "port", "PORT", OUT_RIGHT },
		{ "link", "LINK", OUT_RIGHT }, { "mode", "MODE", 0 },
		{ "mac", "MAC", 0 },           { "coding", "CODING", 0 },
	};
	struct out_table *table = out_table(root, "blades", columns, COUNT(columns));
	const struct board_blade *blades;
	const size_t n = board_blades(board, &blades);
	char mac[18];

	for (size_t i = 0; i < n; i++) {
		const uint8_t *m = blades[i].mac;

		snprintf(mac, sizeof(mac), "%02x:%02x:%02x:%02x:%02x:%02x", m[0], m[1], m[2],
			 m[3], m[4], m[5]);
		out_row(table,
			(const struct out_cell[]){
				out_styled(OUT_STYLE_NAME, out_uint(blades[i].slot)),
				out_uint(blades[i].port),
				blades[i].link != BOARD_NO_LINK ? out_uint(blades[i].link)
								: out_null(),
				out_text(blades[i].mode),
				out_text(mac),
				out_text(blades[i].coding),
			});
	}
}

static void wires_table(const struct board *board, struct out_record *root)
{
	static const struct out_column columns[] = {
		{ "port", "WIRE AT PORT", OUT_RIGHT },
		{ "end", "END", 0 },
		{ "peer", "PEER", OUT_RIGHT },
	};
	struct out_table *table = out_table(root, "wires", columns, COUNT(columns));
	const struct board_wire *wires;
	const size_t n = board_wires(board, &wires);

	for (size_t i = 0; i < n; i++)
		out_row(table, (const struct out_cell[]){
				       out_styled(OUT_STYLE_NAME, out_uint(wires[i].port)),
				       out_text(board_wire_end_name(wires[i].end)),
				       wires[i].end == BOARD_WIRE_PORT ? out_uint(wires[i].peer)
								       : out_null(),
			       });
}

static void put_board(const struct board *board, struct out_record *root)
{
	const char *title = board_title(board);

	out_add(root, "name", "board", out_text(board_name(board)));
	out_add(root, "title", title[0] != '\0' ? "title" : NULL, out_text(title));
	out_add(root, "source", "from", out_text(board_source(board)));
}

int cmd_board_show(struct call *call, struct error *err)
{
	struct out_record *root = out_root(call->out);

	(void)err;
	put_board(call->board, root);
	devices_table(call->board, root);
	ports_table(call->board, root);
	blades_table(call->board, root);
	wires_table(call->board, root);
	return 0;
}

static void report(void *arg, const struct error *mistake)
{
	struct out_table *table = arg;

	out_row(table, (const struct out_cell[]){
			       out_text(error_name(mistake->code)),
			       out_styled(OUT_STYLE_BAD, out_text(mistake->text)),
		       });
}

/* Every device's bus and identity; the first failure counts. */
static int open_devices(const struct board *board, struct out_record *root, struct error *err)
{
	static const struct out_column columns[] = {
		{ "name", "DEVICE", 0 },
		{ "register", "IDENTITY", 0 },
		{ "value", "VALUE", OUT_RIGHT },
		{ "state", "STATE", 0 },
	};
	struct out_table *table = out_table(root, "identities", columns, COUNT(columns));
	int ret = 0;

	for (size_t i = 0; i < board_n_devices(board); i++) {
		struct device *dev = board_device_at(board, i);
		struct error why = { 0 };
		uint64_t value = 0;
		const char *name = probe_identity_name(device_map(dev));
		int rc = probe_identity(dev, &why, &value);

		if (rc != 0 && ret == 0)
			ret = error_copy(err, &why);
		out_row(table, (const struct out_cell[]){
				       out_styled(OUT_STYLE_NAME, out_text(device_name(dev))),
				       out_text(name),
				       (rc == 0 || rc == E_MISMATCH) && name != NULL
					       ? out_hex(value, 32)
					       : out_null(),
				       rc == 0 ? out_styled(OUT_STYLE_GOOD, out_text("ok"))
					       : out_styled(OUT_STYLE_BAD, out_text(why.text)),
			       });
	}
	return ret;
}

static int check_file(struct call *call, const char *path, struct error *err)
{
	static const struct out_column columns[] = {
		{ "code", NULL, 0 },
		{ "message", "MISTAKE", 0 },
	};
	const struct board_options options = {
		.map_options = session_map_options(call->session),
		.map = call->options.map,
	};
	struct out_table *table =
		out_table(out_root(call->out), "mistakes", columns, COUNT(columns));
	int ret = board_check(path, &options, report, table, err);

	if (out_n_rows(table) > 1)
		error_prefix(err, "%zu mistakes, the first", out_n_rows(table));
	return ret;
}

static int open_board(struct call *call, const char *path, struct error *err,
		      struct board **board)
{
	const struct board_options options = {
		.map_options = session_map_options(call->session),
		.map = call->options.map,
		.read_only = true,
	};

	return board_open(path, &options, err, board);
}

int cmd_board_check(struct call *call, struct error *err)
{
	const bool given = call->args.n_operands > 0;
	const char *path = given ? call->args.operands[0] : call->options.board;
	struct out_record *root = out_root(call->out);
	struct board *board = NULL;
	int ret = 0;

	if (given || call->options.bus == NULL)
		ret = check_file(call, path, err);
	if (ret == 0)
		ret = given ? open_board(call, path, err, &board)
			    : session_board(call->session, err, &board);
	if (ret != 0)
		return ret;
	put_board(board, root);
	out_add(root, "n_devices", "devices", out_uint(board_n_devices(board)));
	out_add(root, "n_ports", "ports",
		out_uint(board_ports(board, &(const struct board_port *){ NULL })));
	out_add(root, "n_blades", "blades",
		out_uint(board_blades(board, &(const struct board_blade *){ NULL })));
	if (args_has(&call->args, OPT_OPEN))
		ret = open_devices(board, root, err);
	if (given)
		board_close(board);
	return ret;
}
