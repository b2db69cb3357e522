/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include <inttypes.h>
#include <stdio.h>

#include "cli/name.h"
#include "cli/target.h"

#define MATCHES_MAX 16 /* aliases of one address */

static void show(const struct call *call, struct out_table *table, struct device *dev,
		 const struct regdb_ref *ref, uint64_t addr)
{
	const struct regdb *db = device_map(dev);
	const struct regdb_node *node = regdb_node(db, ref->node);
	const char *desc = regdb_str(db, node->desc);
	struct out_record *root = out_root(call->out);
	char name[NAME_MAX_BYTES], prefix[64], access[96];

	name_of_ref(db, ref, name, sizeof(name));
	name_of_device(call->board, dev, prefix, sizeof(prefix));
	name_of_node_access(node, access, sizeof(access));
	out_row(table, (const struct out_cell[]){
			       out_lasting(device_name(dev)),
			       out_text(name),
			       out_styled(OUT_STYLE_NAME,
					  out_lasting(out_format(root, "%s%s", prefix, name))),
			       out_hex(ref->addr, 32),
			       out_uint(addr - ref->addr),
			       out_uint(node->width),
			       out_text(access),
			       desc[0] != '\0' ? out_lasting(desc) : out_null(),
		       });
}

int cmd_reg_find(struct call *call, struct error *err)
{
	static const struct out_column columns[] = {
		{ "device", "DEVICE", 0 },
		{ "path", NULL, 0 },
		{ NULL, "REGISTER", OUT_RAW },
		{ "address", "ADDRESS", OUT_RIGHT },
		{ "offset_bytes", "OFFSET", OUT_RIGHT },
		{ "width_bits", "BITS", OUT_RIGHT },
		{ "access", "ACCESS", 0 },
		{ "description", "DESCRIPTION", OUT_UNLESS_EMPTY | OUT_SPARE },
	};
	const struct args_range any = { 0, UINT64_MAX };
	struct regdb_ref refs[MATCHES_MAX];
	struct device *only = NULL;
	struct out_table *table;
	char device[64];
	const char *text = regpath_device(call->args.operands[0], device, sizeof(device));
	uint64_t addr;
	int ret = args_number(text, "address", any, err, &addr);

	if (ret == 0 && device[0] != '\0')
		ret = board_device(call->board, device, err, &only);
	if (ret != 0)
		return ret;
	table = out_table(out_root(call->out), "registers", columns,
			  sizeof(columns) / sizeof(columns[0]));
	for (size_t d = 0; d < board_n_devices(call->board); d++) {
		struct device *dev = board_device_at(call->board, d);
		size_t n = only != NULL && only != dev
				   ? 0
				   : regdb_find_addr(device_map(dev), addr, refs, MATCHES_MAX);

		for (size_t i = 0; i < n && i < MATCHES_MAX; i++)
			show(call, table, dev, &refs[i], addr);
	}
	if (out_n_rows(table) > 0)
		return 0;
	return error_set(err, E_NOTFOUND, "no map has a register at 0x%08" PRIx64, addr);
}
