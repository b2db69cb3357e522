/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include <inttypes.h>
#include <string.h>

#include "cli/name.h"
#include "cli/snap.h"
#include "cli/target.h"

enum { OPT_MASK = OPT_COMMAND, OPT_IGNORE_VOLATILE };

const struct arg_spec reg_diff_options[] = {
	{ "ignore-volatile", 0, OPT_IGNORE_VOLATILE, NULL, "leave out what hardware writes",
	  0 },
	{ "mask", 0, OPT_MASK, "FILE", "of registers in this file compare only these bits",
	  ARG_FILE },
	{ 0 },
};

struct diff {
	struct call *call;
	const char *names[2];
	bool live[2];
	struct snapshot *snaps[2];
	struct snapshot *mask;
	struct device *dev;
	struct out_table *table;
	bool ignore_volatile;
};

/* "live", or "btc/live": the device goes to @device, "" when none is named. */
static bool is_live(const char *name, char *device, size_t size)
{
	return strcmp(regpath_device(name, device, size), "live") == 0;
}

/* Why a register is on one side only, where that is known; expected differences. */
static const char *note(const struct diff *diff, const struct snapshot_diff *d)
{
	const char *side = d->only_a ? "only in A" : "only in B";

	if (!d->only_a && !d->only_b)
		return d->is_volatile ? "volatile" : NULL;
	if (d->reason == NULL)
		return side;
	return out_format(out_root(diff->call->out), "%s: %s", side, d->reason);
}

/* "0x1 MBPS_100"; a whole register with all its digits. */
static struct out_cell shown(const struct diff *diff, const struct snapshot_diff *d,
			     struct out_cell value, const char *name)
{
	struct out_record *root = out_root(diff->call->out);
	const enum out_style style = d->is_volatile ? OUT_STYLE_DIM : OUT_STYLE_CHANGED;

	if (diff->call->options.json || diff->call->options.raw)
		return out_null();
	return out_styled(style, out_lasting(out_format(
					 root, "0x%0*" PRIx64 "%s%s",
					 (int)((value.bits + 3) / 4), value.as.number,
					 name != NULL ? " " : "", name != NULL ? name : "")));
}

static void emit(void *arg, const struct snapshot_diff *d)
{
	struct diff *diff = arg;
	const struct regdb *db = device_map(diff->dev);
	const struct regset_item item = {
		.ref = d->ref, .field = d->field, .lsb = d->lsb, .width = d->width
	};
	const uint32_t bits = item_is_whole(db, &item) ? d->width : 0;
	const char *a_name = d->only_b ? NULL : name_of_value(db, d->field, d->a);
	const char *b_name = d->only_a ? NULL : name_of_value(db, d->field, d->b);
	char name[NAME_MAX_BYTES];

	if (d->is_volatile && diff->ignore_volatile)
		return;
	name_of_item(db, &item, name, sizeof(name));
	out_row(diff->table,
		(const struct out_cell[]){
			out_styled(OUT_STYLE_NAME, out_text(name)),
			out_hex(d->ref.addr, 32),
			out_uint(d->lsb),
			out_uint(d->width),
			d->only_b ? out_null() : out_hex(d->a, bits),
			out_lasting(a_name),
			d->only_b ? out_null() : shown(diff, d, out_hex(d->a, bits), a_name),
			d->only_a ? out_null() : out_hex(d->b, bits),
			out_lasting(b_name),
			d->only_a ? out_null() : shown(diff, d, out_hex(d->b, bits), b_name),
			out_bool(d->is_volatile),
			out_lasting(note(diff, d)),
		});
}

static int take_live(struct diff *diff, const struct snapshot *like, struct error *err,
		     struct snapshot **out)
{
	struct progress progress;
	const struct snapshot_progress step = { progress_step, &progress };
	int ret;

	progress_start(&progress, diff->call->session, "reading");
	ret = snapshot_take_like(diff->dev, like, call_reg_flags(diff->call), &step, err, out);
	progress_end(&progress);
	return ret;
}

/* Files first: they say which registers of the live device matter. */
static int load(struct diff *diff, struct error *err)
{
	const char *mask = args_value(&diff->call->args, OPT_MASK);
	const struct regdb *db = device_map(diff->dev);
	int ret = 0;

	for (int i = 0; ret == 0 && i < 2; i++)
		if (!diff->live[i])
			ret = snapshot_load(diff->names[i], db, err, &diff->snaps[i]);
	if (ret == 0 && mask != NULL)
		ret = snapshot_load(mask, db, err, &diff->mask);
	for (int i = 0; ret == 0 && i < 2; i++)
		if (diff->live[i])
			ret = take_live(diff, diff->snaps[1 - i], err, &diff->snaps[i]);
	return ret;
}

static void summary(struct out_record *root, const struct snapshot_counts *counts, bool differ)
{
	const struct {
		const char *what;
		uint64_t n;
	} more[] = {
		{ "volatile fields that differ", counts->volatile_fields },
		{ "registers only in A", counts->only_a },
		{ "registers only in B", counts->only_b },
	};

	if (!differ) {
		out_say(root, OUT_STYLE_GOOD, "no difference; registers compared: %" PRIu64,
			counts->registers);
		return;
	}
	out_say(root, OUT_STYLE_PLAIN,
		"fields that differ: %" PRIu64 ", in %" PRIu64 " of %" PRIu64 " registers",
		counts->fields, counts->differing, counts->registers);
	for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++)
		if (more[i].n > 0)
			out_say(root, OUT_STYLE_PLAIN, "%s: %" PRIu64, more[i].what, more[i].n);
}

static int compare(struct diff *diff, struct error *err)
{
	static const struct out_column columns[] = {
		{ "path", "FIELD", OUT_RAW },
		{ "address", NULL, 0 },
		{ "lsb", NULL, 0 },
		{ "width_bits", NULL, 0 },
		{ "a", NULL, OUT_RAW },
		{ "a_enumerator", NULL, 0 },
		{ NULL, "A", 0 },
		{ "b", NULL, OUT_RAW },
		{ "b_enumerator", NULL, 0 },
		{ NULL, "B", 0 },
		{ "volatile", NULL, 0 },
		{ "note", "NOTE", OUT_UNLESS_EMPTY },
	};
	struct out_record *root = out_root(diff->call->out);
	struct snapshot_counts counts = { 0 };
	int ret;

	out_add(root, "a", NULL, out_text(diff->names[0]));
	out_add(root, "b", NULL, out_text(diff->names[1]));
	diff->table =
		out_table(root, "differences", columns, sizeof(columns) / sizeof(columns[0]));
	ret = snapshot_diff(diff->snaps[0], diff->snaps[1], diff->mask, emit, diff, &counts,
			    err);
	if (ret != 0)
		return ret;
	if (counts.registers + counts.only_a + counts.only_b == 0)
		return error_set(err, E_NOTFOUND, "%s and %s have no register to compare",
				 diff->names[0], diff->names[1]);
	if (out_n_rows(diff->table) > 0)
		diff->call->status = 3;
	summary(root, &counts, diff->call->status != 0);
	out_add(root, "n_registers", NULL, out_uint(counts.registers));
	out_add(root, "n_differing_registers", NULL, out_uint(counts.differing));
	out_add(root, "n_fields", NULL, out_uint(counts.fields));
	out_add(root, "n_volatile_fields", NULL, out_uint(counts.volatile_fields));
	out_add(root, "n_only_a", NULL, out_uint(counts.only_a));
	out_add(root, "n_only_b", NULL, out_uint(counts.only_b));
	return 0;
}

int cmd_reg_diff(struct call *call, struct error *err)
{
	const struct args *args = &call->args;
	struct diff diff = {
		.call = call,
		.names = { args->operands[0],
			   args->n_operands > 1 ? args->operands[1] : "live" },
		.ignore_volatile = args_has(args, OPT_IGNORE_VOLATILE),
	};
	char device[2][64];
	int live, ret;

	for (int i = 0; i < 2; i++)
		diff.live[i] = is_live(diff.names[i], device[i], sizeof(device[i]));
	if (diff.live[0] && diff.live[1])
		return error_set(err, E_SYNTAX, "nothing to compare: both sides are live");
	live = diff.live[0] ? 0 : 1;
	if (diff.live[live])
		ret = snap_device(call, diff.names[1 - live],
				  device[live][0] != '\0' ? device[live] : NULL, err,
				  &diff.dev);
	else
		ret = snap_map(call, diff.names[0], err, &diff.dev);
	if (ret == 0)
		ret = load(&diff, err);
	if (ret == 0)
		ret = compare(&diff, err);
	snapshot_free(diff.snaps[0]);
	snapshot_free(diff.snaps[1]);
	snapshot_free(diff.mask);
	return ret;
}
