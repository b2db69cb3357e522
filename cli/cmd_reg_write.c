/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include <inttypes.h>
#include <stdlib.h>

#include "cli/name.h"
#include "cli/target.h"

static int make_ops(const struct target *target, const char *text, struct reg_op *ops,
		    struct error *err)
{
	struct regset_pos pos = { 0 };
	struct regset_item item;
	size_t n = 0;

	while (regset_next(target->set, &pos, &item)) {
		struct reg_op *op = &ops[n++];
		int ret;

		*op = (struct reg_op){ .kind = REG_OP_WRITE, .ref = item.ref };
		ret = item_value(target->db, &item, text, err, &op->value);
		if (ret != 0)
			return ret;
	}
	return 0;
}

/* A failed write in the middle of many is told with the state of each. */
static void show(const struct call *call, const struct target *target, const struct reg_op *ops,
		 size_t n)
{
	static const struct out_column columns[] = {
		{ "device", NULL, 0 },
		{ "path", NULL, 0 },
		{ NULL, "WRITTEN", 0 },
		{ "address", "ADDRESS", OUT_RIGHT },
		{ "value", "VALUE", OUT_RIGHT },
		{ "status", NULL, OUT_NO_RAW },
		{ NULL, "STATUS", OUT_UNLESS_EMPTY },
	};
	struct out_record *root = out_root(call->out);
	struct out_table *table =
		out_table(root, "writes", columns, sizeof(columns) / sizeof(columns[0]));
	char name[NAME_MAX_BYTES];

	for (size_t i = 0; i < n; i++) {
		const struct regset_item item = { .ref = ops[i].ref };
		const bool done = ops[i].status == BUS_OP_DONE;
		const char *status = status_name(ops[i].status);

		name_of_ref(target->db, &ops[i].ref, name, sizeof(name));
		out_row(table,
			(const struct out_cell[]){
				out_lasting(device_name(target->dev)),
				out_text(name),
				out_lasting(out_format(root, "%s%s", target->prefix, name)),
				out_hex(ops[i].ref.addr, 32),
				out_hex(ops[i].value, item_width(target->db, &item)),
				out_lasting(status),
				done ? out_null()
				     : out_styled(OUT_STYLE_BAD, out_lasting(status)),
			});
	}
}

static int write_target(struct call *call, const struct target *target, unsigned flags,
			struct error *err)
{
	const size_t n = (size_t)regset_count(target->set);
	struct reg_op *ops = calloc(n, sizeof(*ops));
	int ret;

	if (ops == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	ret = make_ops(target, call->args.operands[1], ops, err);
	if (ret == 0) {
		ret = reg_batch(target->dev, ops, n, flags, err);
		if (ret != 0 && n > 1 && ops[0].status == BUS_OP_NOT_RUN)
			error_prefix(err, "nothing was written");
		else if (!call->options.dry_run &&
			 (ret == 0 || ops[0].status != BUS_OP_NOT_RUN))
			show(call, target, ops, n);
	}
	free(ops);
	return ret;
}

int cmd_reg_write(struct call *call, struct error *err)
{
	unsigned flags = call_reg_flags(call);
	struct target target;
	int ret = target_resolve(call, call->args.operands[0], 0, err, &target);

	if (ret != 0)
		return ret;
	ret = confirm_writes(call, &target, 1, &flags, err);
	if (ret == 0)
		ret = write_target(call, &target, flags, err);
	target_fini(&target);
	return ret;
}
