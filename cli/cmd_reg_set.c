/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include <inttypes.h>
#include <stdlib.h>

#include "cli/name.h"
#include "cli/target.h"

/* All settings of a call, and for each device in turn the changes that they ask for. */
struct setter {
	struct call *call;
	struct target *targets;
	const char **values;
	size_t n_targets;
	struct reg_change *changes;
	struct regset_item *items;
	size_t *target_of; /* index of each change's target */
	size_t n;
	size_t *ends; /* of each device's changes */
	struct out_table *table;
};

static int resolve_one(struct setter *s, size_t i, struct error *err)
{
	const char *text = s->call->args.operands[i];
	char *path = NULL;
	int ret = split_setting(text, "=", err, &path, &s->values[i]);

	if (ret == 0)
		ret = target_resolve(s->call, path, REGPATH_FIELD, err, &s->targets[i]);
	free(path);
	return ret;
}

static int resolve(struct setter *s, struct error *err)
{
	uint64_t most = 0;
	int ret = 0;

	s->n_targets = s->call->args.n_operands;
	s->targets = calloc(s->n_targets, sizeof(*s->targets));
	s->values = calloc(s->n_targets, sizeof(*s->values));
	if (s->targets == NULL || s->values == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	for (size_t i = 0; ret == 0 && i < s->n_targets; i++) {
		ret = resolve_one(s, i, err);
		if (ret == 0)
			most += regset_count(s->targets[i].set);
	}
	if (ret != 0)
		return ret;
	s->changes = calloc(most + 1, sizeof(*s->changes));
	s->items = calloc(most + 1, sizeof(*s->items));
	s->target_of = calloc(most + 1, sizeof(*s->target_of));
	if (s->changes == NULL || s->items == NULL || s->target_of == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	return 0;
}

static int add_changes(struct setter *s, size_t i, struct error *err)
{
	const struct target *target = &s->targets[i];
	struct regset_pos pos = { 0 };
	struct regset_item item;

	while (regset_next(target->set, &pos, &item)) {
		uint64_t value;
		int ret;

		if (item_is_whole(target->db, &item) && item.field == REGDB_NONE)
			return error_set(
				err, E_SYNTAX,
				"\"%s\" names no field; reg write changes whole registers",
				s->call->args.operands[i]);
		ret = item_value(target->db, &item, s->values[i], err, &value);
		if (ret != 0)
			return ret;
		s->changes[s->n] = (struct reg_change){
			.ref = item.ref,
			.mask = item_mask(&item),
			.value = value << item.lsb,
		};
		s->items[s->n] = item;
		s->target_of[s->n++] = i;
	}
	return 0;
}

/* "0x2 MBPS_1000". */
static struct out_cell with_name(struct out_record *root, uint64_t value, const char *name)
{
	return out_lasting(out_format(root, "0x%" PRIx64 "%s%s", value, name != NULL ? " " : "",
				      name != NULL ? name : ""));
}

/* "0x00000000 -> 0x00200000"; without what is not known. */
static const char *register_text(struct out_record *root, const struct reg_change *change,
				 uint32_t width)
{
	const int digits = (int)((width + 3) / 4);

	if (change->status == BUS_OP_NOT_RUN)
		return "-";
	if (!change->old_known)
		return out_format(root, "0x%0*" PRIx64, digits, change->new);
	return out_format(root, "0x%0*" PRIx64 " -> 0x%0*" PRIx64, digits, change->old, digits,
			  change->new);
}

static void show_one(struct setter *s, size_t i)
{
	const struct reg_change *change = &s->changes[i];
	const struct target *target = &s->targets[s->target_of[i]];
	const struct regset_item *item = &s->items[i];
	const uint64_t old = item_extract(item, change->old);
	const uint64_t new = item_extract(item, change->value);
	const uint32_t width = item_width(target->db, item);
	const bool done = change->status == BUS_OP_DONE;
	const char *old_name =
		change->old_known ? name_of_value(target->db, item->field, old) : NULL;
	const char *new_name = name_of_value(target->db, item->field, new);
	struct out_record *root = out_root(s->call->out);
	char name[NAME_MAX_BYTES];

	name_of_item(target->db, item, name, sizeof(name));
	out_row(s->table,
		(const struct out_cell[]){
			out_lasting(device_name(target->dev)),
			out_text(name),
			out_styled(OUT_STYLE_NAME,
				   out_lasting(out_format(root, "%s%s", target->prefix, name))),
			change->old_known ? out_hex(old, 0) : out_null(),
			out_text(old_name),
			change->old_known ? with_name(root, old, old_name) : out_null(),
			out_hex(new, 0),
			out_text(new_name),
			out_styled(OUT_STYLE_CHANGED, with_name(root, new, new_name)),
			change->old_known ? out_hex(change->old, width) : out_null(),
			change->status != BUS_OP_NOT_RUN ? out_hex(change->new, width)
							 : out_null(),
			out_text(register_text(root, change, width)),
			out_lasting(status_name(change->status)),
			done ? out_null()
			     : out_styled(OUT_STYLE_BAD,
					  out_lasting(status_name(change->status))),
		});
}

static void show(struct setter *s, size_t from, size_t to)
{
	static const struct out_column columns[] = {
		{ "device", NULL, 0 },
		{ "path", NULL, 0 },
		{ NULL, "FIELD", 0 },
		{ "old", NULL, 0 },
		{ "old_enumerator", NULL, 0 },
		{ NULL, "OLD", 0 },
		{ "new", NULL, 0 },
		{ "new_enumerator", NULL, 0 },
		{ NULL, "NEW", 0 },
		{ "register_old", NULL, 0 },
		{ "register_new", NULL, 0 },
		{ NULL, "REGISTER", 0 },
		{ "status", NULL, OUT_NO_RAW },
		{ NULL, "STATUS", OUT_UNLESS_EMPTY },
	};

	if (s->table == NULL)
		s->table = out_table(out_root(s->call->out), "changes", columns,
				     sizeof(columns) / sizeof(columns[0]));
	for (size_t i = from; i < to; i++)
		show_one(s, i);
}

/* The changes of each device in turn; the settings of a device keep their order. */
static int plan(struct setter *s, struct error *err)
{
	const size_t n_devices = board_n_devices(s->call->board);
	int ret = 0;

	s->ends = calloc(n_devices, sizeof(*s->ends));
	if (s->ends == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	for (size_t d = 0; ret == 0 && d < n_devices; d++) {
		for (size_t i = 0; ret == 0 && i < s->n_targets; i++)
			if (s->targets[i].dev == board_device_at(s->call->board, d))
				ret = add_changes(s, i, err);
		s->ends[d] = s->n;
	}
	return ret;
}

static int run(struct setter *s, unsigned flags, struct error *err)
{
	const size_t n_devices = board_n_devices(s->call->board);
	size_t from = 0;
	int ret = 0;

	for (size_t d = 0; ret == 0 && d < n_devices; from = s->ends[d++]) {
		struct reg_change *changes = s->changes + from;

		if (s->ends[d] == from)
			continue;
		ret = reg_set(board_device_at(s->call->board, d), changes, s->ends[d] - from,
			      flags, err);
		if (!s->call->options.dry_run &&
		    (ret == 0 || changes->old_known || changes->status != BUS_OP_NOT_RUN))
			show(s, from, s->ends[d]);
	}
	return ret;
}

int cmd_reg_set(struct call *call, struct error *err)
{
	struct setter s = { .call = call };
	unsigned flags = call_reg_flags(call);
	int ret = resolve(&s, err);

	if (ret == 0)
		ret = plan(&s, err);
	if (ret == 0)
		ret = confirm_writes(call, s.targets, s.n_targets, &flags, err);
	if (ret == 0)
		ret = run(&s, flags, err);
	targets_free(s.targets, s.n_targets);
	free(s.values);
	free(s.changes);
	free(s.items);
	free(s.target_of);
	free(s.ends);
	return ret;
}
