/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include "cli/name.h"
#include "cli/snap.h"
#include "cli/target.h"
#include "hal/reg.h"

static const struct regsfile_row *first_dangerous(const struct snapshot *snap,
						  const struct regdb *db)
{
	for (size_t i = 0; i < snapshot_n_rows(snap); i++) {
		const struct regsfile_row *row = snapshot_row(snap, i);

		if (row->ref.node != REGDB_NONE &&
		    (regdb_node(db, row->ref.node)->flags & REGDB_NODE_DANGEROUS) != 0)
			return row;
	}
	return NULL;
}

/* Without a terminal the question is left to the writing itself: equal registers need no yes. */
static int confirm(struct call *call, const struct snapshot *snap, const struct regdb *db,
		   unsigned *flags, struct error *err)
{
	const struct regsfile_row *row = first_dangerous(snap, db);
	char question[NAME_MAX_BYTES + 64], name[NAME_MAX_BYTES];
	int ret;

	if (row == NULL || (!call->options.yes && !call->session->on_terminal))
		return 0;
	name_of_ref(db, &row->ref, name, sizeof(name));
	snprintf(question, sizeof(question), "restoring %s, which is dangerous,", name);
	ret = session_confirm(call->session, &call->options, question, err);
	if (ret == 0)
		*flags |= REG_DANGEROUS;
	return ret;
}

static void skipped_table(struct device *dev, const struct snapshot *snap, unsigned flags,
			  struct out_record *record)
{
	const struct target target = { .dev = dev, .db = device_map(dev) };
	struct left_out left = { .record = record };

	for (size_t i = 0; i < snapshot_n_rows(snap); i++) {
		const char *reason = snapshot_restore_skips(snap, i, flags);

		if (reason != NULL)
			left_out_add(&left, &target, &snapshot_row(snap, i)->ref, 1, reason);
	}
	left_out_end(&left);
}

/* What became of the registers that were to be written, when not all of them were. */
static void partial_effects(const struct snapshot_restored *result, const struct regdb *db,
			    struct out_record *root)
{
	char name[NAME_MAX_BYTES];

	out_add(root, "n_failed", "failed", out_uint(result->failed));
	out_add(root, "n_unknown", "unknown", out_uint(result->unknown));
	out_add(root, "n_not_run", "not run", out_uint(result->not_run));
	if (result->failed + result->unknown == 0)
		return;
	name_of_ref(db, &result->stopped_at, name, sizeof(name));
	out_add(root, "stopped_at", "stopped at", out_text(name));
}

static int restore(struct call *call, struct device *dev, const struct snapshot *snap,
		   struct error *err)
{
	struct out_record *root = out_root(call->out);
	struct snapshot_restored result = { 0 };
	unsigned flags = call_reg_flags(call);
	struct progress progress;
	uint64_t pending;
	const struct snapshot_progress step = { progress_step, &progress };
	int ret = confirm(call, snap, device_map(dev), &flags, err);

	if (ret != 0)
		return ret;
	progress_start(&progress, call->session, "restoring");
	ret = snapshot_restore(dev, snap, flags, &step, &result, err);
	progress_end(&progress);
	pending = result.failed + result.unknown + result.not_run;
	if (ret == 0 || result.written + pending > 0) {
		out_add(root, "device", NULL, out_lasting(device_name(dev)));
		out_add(root, "n_written", call->options.dry_run ? "to write" : "written",
			out_uint(result.written));
		out_add(root, "n_equal", "equal", out_uint(result.equal));
		out_add(root, "n_skipped", "skipped", out_uint(result.skipped));
		if (pending > 0)
			partial_effects(&result, device_map(dev), root);
		skipped_table(dev, snap, flags, root);
	}
	return ret;
}

int cmd_reg_restore(struct call *call, struct error *err)
{
	const char *path = call->args.operands[0];
	struct snapshot *snap = NULL;
	struct device *dev = NULL;
	const char *name = call->args.n_operands > 1 ? call->args.operands[1] : NULL;
	int ret = snap_device(call, path, name, err, &dev);

	if (ret == 0)
		ret = snapshot_load(path, device_map(dev), err, &snap);
	if (ret == 0)
		ret = restore(call, dev, snap, err);
	snapshot_free(snap);
	return ret;
}
