/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include <stdlib.h>

#include "cli/name.h"
#include "cli/target.h"
#include "drv/clock.h"

enum { OPT_TIMEOUT = OPT_COMMAND, OPT_EVERY };

const struct arg_spec reg_poll_options[] = {
	{ "every", 0, OPT_EVERY, "TIME", "time between two reads (10ms)", 0 },
	{ "timeout", 0, OPT_TIMEOUT, "TIME", "how long to wait at most (1s)", 0 },
	{ 0 },
};

static int option_us(const struct call *call, int id, const char *name, uint32_t *us,
		     struct error *err)
{
	const char *text = args_value(&call->args, id);
	uint64_t value = *us;
	int ret = text != NULL ? args_duration_us(text, name, err, &value) : 0;

	if (ret == 0)
		*us = (uint32_t)value; /* an hour fits */
	return ret;
}

static int only_item(const struct target *target, const char *text, struct regset_item *item,
		     struct error *err)
{
	struct regset_pos pos = { 0 };

	if (regset_count(target->set) != 1 || !regset_next(target->set, &pos, item))
		return error_set(err, E_SYNTAX, "%s: poll waits for one register or field",
				 text);
	return 0;
}

static void show(const struct call *call, const struct target *target,
		 const struct regset_item *item, uint64_t last, uint64_t time_us)
{
	struct out_record *root = out_root(call->out);
	const uint64_t value = item_extract(item, last);
	const char *meaning = name_of_value(target->db, item->field, value);
	const struct out_column value_column = { "value", "value", OUT_RAW };
	const struct out_column path_column = { "path", NULL, 0 };
	char name[NAME_MAX_BYTES];

	name_of_item(target->db, item, name, sizeof(name));
	out_add(root, "device", NULL, out_lasting(device_name(target->dev)));
	out_put(root, &path_column, out_text(name));
	out_say(root, OUT_STYLE_NAME, "%s%s", target->prefix, name);
	out_put(root, &value_column, out_hex(value, 0));
	out_add(root, "enumerator", meaning != NULL ? "meaning" : NULL, out_text(meaning));
	out_add(root, "time_us", "time in us", out_uint(time_us));
}

static int poll_item(struct call *call, const struct target *target,
		     const struct regset_item *item, uint64_t want, struct error *err)
{
	struct reg_poll poll = {
		.ref = item->ref,
		.mask = item_mask(item),
		.want = want << item->lsb,
		.timeout_us = 1000000,
		.every_us = 10000,
	};
	struct clock *clock = board_clock(call->board);
	uint64_t last = 0, start_us;
	int ret = option_us(call, OPT_TIMEOUT, "--timeout", &poll.timeout_us, err);

	if (ret == 0)
		ret = option_us(call, OPT_EVERY, "--every", &poll.every_us, err);
	if (ret != 0)
		return ret;
	start_us = clock_now_us(clock);
	ret = reg_poll(target->dev, &poll, call_reg_flags(call), err, &last);
	if ((ret == 0 || ret == E_TIMEOUT) && !call->options.dry_run)
		show(call, target, item, last, clock_now_us(clock) - start_us);
	return ret;
}

int cmd_reg_poll(struct call *call, struct error *err)
{
	const char *text = call->args.operands[0], *value;
	struct regset_item item = { 0 };
	struct target target = { 0 };
	uint64_t want = 0;
	char *path = NULL;
	int ret = split_setting(text, "==", err, &path, &value);

	if (ret == 0)
		ret = target_resolve(call, path, REGPATH_FIELD, err, &target);
	if (ret == 0)
		ret = only_item(&target, path, &item, err);
	if (ret == 0)
		ret = item_value(target.db, &item, value, err, &want);
	if (ret == 0)
		ret = poll_item(call, &target, &item, want, err);
	target_fini(&target);
	free(path);
	return ret;
}
