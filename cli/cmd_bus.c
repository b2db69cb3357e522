/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include "cli/target.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void devices_table(const struct board *board, struct out_record *root)
{
	static const struct out_column columns[] = {
		{ "name", "DEVICE", 0 },
		{ "bus", "BUS", 0 },
		{ "map", "MAP", 0 },
		{ "window_origin", "WINDOW", OUT_RIGHT },
		{ "window_bytes", "BYTES", OUT_RIGHT },
		{ "state", "STATE", 0 },
	};
	struct out_table *table = out_table(root, "devices", columns, COUNT(columns));

	for (size_t i = 0; i < board_n_devices(board); i++) {
		struct device *dev = board_device_at(board, i);
		struct error why = { 0 };
		struct bus *bus = NULL;
		const bool ok = device_bus(dev, &why, &bus) == 0;

		out_row(table,
			(const struct out_cell[]){
				out_styled(OUT_STYLE_NAME, out_lasting(device_name(dev))),
				out_text(device_bus_uri(dev)),
				out_text(regdb_name(device_map(dev))),
				ok ? out_hex(bus_origin(bus), 32) : out_null(),
				ok && bus_size(bus) != 0 ? out_uint(bus_size(bus)) : out_null(),
				ok ? out_styled(OUT_STYLE_GOOD, out_text("open"))
				   : out_styled(OUT_STYLE_BAD, out_text(why.text)),
			});
	}
}

static void schemes_table(struct out_record *root)
{
	static const struct out_column columns[] = {
		{ "scheme", "KIND OF BUS", 0 },
		{ "usage", "WHAT FOLLOWS THE COLON", 0 },
	};
	struct out_table *table = out_table(root, "schemes", columns, COUNT(columns));

	for (size_t i = 0; bus_scheme_name(i) != NULL; i++)
		out_row(table, (const struct out_cell[]){
				       out_styled(OUT_STYLE_NAME, out_text(bus_scheme_name(i))),
				       out_text(bus_scheme_help(i)),
			       });
}

static void params_table(struct out_record *root)
{
	static const struct out_column columns[] = {
		{ "scheme", "OF BUS", 0 }, { "name", NULL, 0 },   { "value", NULL, 0 },
		{ NULL, "PARAMETER", 0 },  { "help", "WHAT", 0 },
	};
	struct out_table *table = out_table(root, "parameters", columns, COUNT(columns));
	struct bus_param param;

	for (size_t i = 0; bus_scheme_name(i) != NULL; i++)
		for (size_t k = 0; bus_scheme_param(i, k, &param); k++)
			out_row(table, (const struct out_cell[]){
					       out_text(bus_scheme_name(i)),
					       out_text(param.name),
					       out_text(param.value),
					       out_lasting(out_format(
						       root, "%s%s%s", param.name,
						       param.value != NULL ? "=" : "",
						       param.value != NULL ? param.value : "")),
					       out_text(param.help),
				       });
}

int cmd_bus_info(struct call *call, struct error *err)
{
	struct out_record *root = out_root(call->out);

	(void)err;
	devices_table(call->board, root);
	schemes_table(root);
	params_table(root);
	return 0;
}
