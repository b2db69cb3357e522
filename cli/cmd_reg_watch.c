/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/name.h"
#include "cli/target.h"
#include "drv/cancel.h"
#include "drv/clock.h"

enum { OPT_COUNT = OPT_COMMAND, OPT_EVERY };

const struct arg_spec reg_watch_options[] = {
	{ "count", 'c', OPT_COUNT, "N", "looks before it ends; without limit when not given",
	  0 },
	{ "every", 0, OPT_EVERY, "TIME", "time between two looks (500ms)", 0 },
	{ 0 },
};

/* One operand: what it selects, and what was read this time and the time before. */
struct group {
	struct regset_item *items;
	struct reg_op *ops;
	uint64_t *before;
	size_t n;
};

struct watch {
	struct call *call;
	struct target *targets;
	struct group *groups;
	size_t n;
	uint64_t look, count, every_us, start_us;
	struct clock *clock;
};

static int fill_group(struct watch *w, size_t g, struct left_out *left, struct error *err)
{
	const struct target *target = &w->targets[g];
	struct group *group = &w->groups[g];
	const size_t most = (size_t)regset_count(target->set);
	struct regset_pos pos = { 0 };
	struct regset_item item;

	group->items = calloc(most, sizeof(*group->items));
	group->ops = calloc(most, sizeof(*group->ops));
	group->before = calloc(most, sizeof(*group->before));
	if (group->items == NULL || group->ops == NULL || group->before == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	while (regset_next(target->set, &pos, &item)) {
		const char *reason =
			(most > 1 || regset_is_many(target->set)) && item.ref.node != REGDB_NONE
				? reg_unreadable(target->db, item.ref.node,
						 call_reg_flags(w->call))
				: NULL;

		if (reason != NULL) {
			left_out_add(left, target, &item.ref, 1, reason);
			continue;
		}
		group->ops[group->n] = (struct reg_op){ .kind = REG_OP_READ, .ref = item.ref };
		group->items[group->n++] = item;
	}
	return 0;
}

static int read_all(struct watch *w, struct error *err)
{
	int ret = 0;

	for (size_t g = 0; ret == 0 && g < w->n; g++) {
		struct group *group = &w->groups[g];

		for (size_t i = 0; i < group->n; i++)
			group->before[i] = group->ops[i].value;
		if (group->n > 0)
			ret = reg_batch(w->targets[g].dev, group->ops, group->n,
					call_reg_flags(w->call), err);
	}
	return ret;
}

/* "  1.500 s  PATH  0x1 (OLD) -> 0x2 (NEW)", and the fields of a register that changed. */
static void say_change(const struct watch *w, const struct target *target,
		       const struct regset_item *item, uint64_t before, uint64_t now)
{
	struct out_record *root = out_root(w->call->out);
	const double time_s = (double)(clock_now_us(w->clock) - w->start_us) / 1e6;
	const char *old_name = name_of_value(target->db, item->field, before);
	const char *new_name = name_of_value(target->db, item->field, now);
	char name[NAME_MAX_BYTES];

	name_of_item(target->db, item, name, sizeof(name));
	out_say(root, OUT_STYLE_CHANGED,
		"%9.3f s  %s%s  0x%" PRIx64 "%s%s%s -> 0x%" PRIx64 "%s%s%s", time_s,
		target->prefix, name, before, old_name != NULL ? " (" : "",
		old_name != NULL ? old_name : "", old_name != NULL ? ")" : "", now,
		new_name != NULL ? " (" : "", new_name != NULL ? new_name : "",
		new_name != NULL ? ")" : "");
}

static void say_changes(const struct watch *w, const struct target *target,
			const struct regset_item *item, uint64_t before, uint64_t now)
{
	const struct regdb_node *node =
		item->ref.node != REGDB_NONE ? regdb_node(target->db, item->ref.node) : NULL;

	if (node == NULL || node->n_fields == 0 || !item_is_whole(target->db, item)) {
		say_change(w, target, item, item_extract(item, before),
			   item_extract(item, now));
		return;
	}
	for (uint32_t i = node->first_field; i < node->first_field + node->n_fields; i++) {
		const struct regdb_field *field = regdb_field(target->db, i);
		const struct regset_item part = {
			.ref = item->ref, .field = i, .lsb = field->lsb, .width = field->width
		};
		const uint64_t old = item_extract(&part, before),
			       new = item_extract(&part, now);

		if (old != new)
			say_change(w, target, &part, old, new);
	}
}

static void show_item(const struct watch *w, struct out_table *table, size_t g, size_t i)
{
	const struct target *target = &w->targets[g];
	const struct group *group = &w->groups[g];
	const struct regset_item *item = &group->items[i];
	const uint64_t now = item_extract(item, group->ops[i].value);
	const uint64_t before = item_extract(item, group->before[i]);
	const bool changed = w->look > 0 && now != before;
	struct out_record *root = out_root(w->call->out);
	char name[NAME_MAX_BYTES];

	name_of_item(target->db, item, name, sizeof(name));
	out_row(table,
		(const struct out_cell[]){
			out_lasting(device_name(target->dev)),
			out_text(name),
			out_styled(OUT_STYLE_NAME,
				   out_lasting(out_format(root, "%s%s", target->prefix, name))),
			out_hex(now, item_is_whole(target->db, item) ? item->width : 0),
			out_lasting(name_of_value(target->db, item->field, now)),
			out_bool(changed),
		});
	if (changed)
		say_changes(w, target, item, group->before[i], group->ops[i].value);
}

/* The first look is a table; later ones tell what changed. */
static void show(const struct watch *w)
{
	static const struct out_column first[] = {
		{ "device", NULL, 0 },
		{ "path", NULL, 0 },
		{ NULL, "NAME", 0 },
		{ "value", "VALUE", OUT_RIGHT | OUT_RAW },
		{ "enumerator", "MEANING", OUT_UNLESS_EMPTY },
		{ "changed", NULL, 0 },
	};
	static const struct out_column later[] = {
		{ "device", NULL, 0 },      { "path", NULL, 0 },       { NULL, NULL, 0 },
		{ "value", NULL, OUT_RAW }, { "enumerator", NULL, 0 }, { "changed", NULL, 0 },
	};
	struct out_record *root = out_root(w->call->out);
	struct out_table *table;

	out_add(root, "look", NULL, out_uint(w->look));
	out_add(root, "time_us", NULL, out_uint(clock_now_us(w->clock) - w->start_us));
	table = out_table(root, "registers", w->look == 0 ? first : later, 6);
	for (size_t g = 0; g < w->n; g++)
		for (size_t i = 0; i < w->groups[g].n; i++)
			show_item(w, table, g, i);
}

static int look(struct watch *w, struct error *err)
{
	int ret = read_all(w, err);

	if (ret != 0)
		return ret;
	show(w);
	ret = call_emit(w->call, err);
	w->look++;
	return ret;
}

/* Ctrl-C is how a watch ends: no failure, whether it comes in a wait or between two reads. */
static int run(struct watch *w, struct error *err)
{
	int ret = 0;

	while (ret == 0 && !cancel_requested() && !session_out_closed(w->call->session)) {
		ret = look(w, err);
		if (w->count != 0 && w->look >= w->count)
			break;
		if (ret == 0)
			clock_wait_us(w->clock, w->every_us);
	}
	if (ret == E_INTR && !w->call->session->out_closed) {
		error_clear(err);
		ret = 0;
	}
	return ret;
}

static int prepare(struct watch *w, struct error *err)
{
	const char *every = args_value(&w->call->args, OPT_EVERY);
	const struct args_range counts = { 1, UINT32_MAX };
	struct left_out left = { .record = out_root(w->call->out) };
	int ret = 0;

	if (every != NULL)
		ret = args_duration_us(every, "--every", err, &w->every_us);
	if (ret == 0)
		ret = args_option(&w->call->args, OPT_COUNT, counts, err, &w->count);
	if (ret == 0)
		ret = targets_resolve(w->call, err, &w->targets);
	if (ret != 0)
		return ret;
	w->groups = calloc(w->n, sizeof(*w->groups));
	if (w->groups == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	for (size_t g = 0; ret == 0 && g < w->n; g++)
		ret = fill_group(w, g, &left, err);
	if (left.n > 0)
		left_out_end(&left);
	return ret;
}

static void finish(struct watch *w)
{
	for (size_t g = 0; w->groups != NULL && g < w->n; g++) {
		free(w->groups[g].items);
		free(w->groups[g].ops);
		free(w->groups[g].before);
	}
	free(w->groups);
	targets_free(w->targets, w->n);
}

int cmd_reg_watch(struct call *call, struct error *err)
{
	struct watch w = {
		.call = call,
		.n = call->args.n_operands,
		.every_us = 500000,
		.clock = board_clock(call->board),
	};
	int ret = prepare(&w, err);

	if (ret == 0) {
		/* Without an end, or with somebody looking on, mock time runs as real time does. */
		clock_set_paced(w.clock,
				w.count == 0 || isatty(fileno(call->session->out)) == 1);
		w.start_us = clock_now_us(w.clock);
		ret = run(&w, err);
		clock_set_paced(w.clock, false);
	}
	finish(&w);
	return ret;
}
