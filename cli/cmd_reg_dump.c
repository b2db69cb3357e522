/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include <string.h>

#include "cli/name.h"
#include "cli/outfile.h"
#include "cli/snap.h"
#include "cli/target.h"
#include "drv/cancel.h"

enum { OPT_OUTPUT = OPT_COMMAND, OPT_SOURCE };

const struct arg_spec reg_dump_options[] = {
	{ "output", 'o', OPT_OUTPUT, "FILE", "where to write; standard output without",
	  ARG_FILE },
	{ "source", 0, OPT_SOURCE, "TEXT", "where the values come from; board and bus without",
	  0 },
	{ 0 },
};

struct dump {
	struct call *call;
	struct target target;
	struct snapshot *snap;
	char source[256], time[32];
};

static int dump_file(struct dump *d, const char *path, struct error *err)
{
	struct outfile out;
	int ret = outfile_open(&out, path, err);

	if (ret != 0)
		return ret;
	ret = snapshot_save(d->snap, out.file, d->source, d->time, err);
	if (ret == 0)
		return outfile_commit(&out, err);
	outfile_abort(&out);
	return error_prefix(err, "%s", path);
}

static void left_out_table(const struct dump *d, struct out_record *record)
{
	struct left_out left = { .record = record };

	for (size_t i = 0; i < snapshot_n_left_out(d->snap); i++) {
		const struct snapshot_left_out *row = snapshot_left_out(d->snap, i);

		left_out_add(&left, &d->target, &row->ref, row->count, row->reason);
	}
	left_out_end(&left);
}

static void rows_table(const struct dump *d, struct out_record *record)
{
	static const struct out_column columns[] = {
		{ "path", NULL, OUT_RAW },
		{ "address", NULL, 0 },
		{ "value", NULL, OUT_RAW },
	};
	struct out_table *table = out_table(record, "registers", columns, 3);
	char name[NAME_MAX_BYTES];

	for (size_t i = 0; i < snapshot_n_rows(d->snap); i++) {
		const struct regsfile_row *row = snapshot_row(d->snap, i);
		const struct regset_item item = { .ref = row->ref };

		name_of_ref(d->target.db, &row->ref, name, sizeof(name));
		out_row(table, (const struct out_cell[]){
				       out_text(name),
				       out_hex(row->ref.addr, 32),
				       out_hex(row->value, item_width(d->target.db, &item)),
			       });
	}
}

static int to_output(struct dump *d, struct error *err)
{
	struct session *session = d->call->session;
	struct out_record *root = out_root(d->call->out);
	int ret;

	if (d->call->options.json || d->call->options.raw) {
		out_add(root, "device", NULL, out_lasting(device_name(d->target.dev)));
		rows_table(d, root);
		left_out_table(d, root);
		return 0;
	}
	ret = snapshot_save(d->snap, session->out, d->source, d->time, err);
	if (ret == 0 && fflush(session->out) == 0)
		return 0;
	if (cancel_requested()) {
		clearerr(session->out);
		return error_set(err, E_INTR, "stopped while printing");
	}
	if (session_out_closed(session))
		return E_INTR;
	return ret != 0 ? ret : error_set(err, E_IO, "cannot write the output");
}

static int to_file(struct dump *d, const char *path, struct error *err)
{
	struct out_record *root = out_root(d->call->out);
	int ret = dump_file(d, path, err);

	if (ret != 0)
		return ret;
	out_add(root, "device", NULL, out_lasting(device_name(d->target.dev)));
	out_add(root, "file", "file", out_text(path));
	out_add(root, "n_registers", "registers", out_uint(snapshot_n_rows(d->snap)));
	left_out_table(d, root);
	return 0;
}

static int take(struct dump *d, struct error *err)
{
	struct progress progress;
	const struct snapshot_progress step = { progress_step, &progress };
	int ret;

	progress_start(&progress, d->call->session, "reading");
	ret = snapshot_take(d->target.dev, d->target.set, call_reg_flags(d->call), &step, err,
			    &d->snap);
	progress_end(&progress);
	return ret;
}

int cmd_reg_dump(struct call *call, struct error *err)
{
	const char *path = args_value(&call->args, OPT_OUTPUT);
	const char *source = args_value(&call->args, OPT_SOURCE);
	const char *pattern = call->args.n_operands > 0 ? call->args.operands[0] : "*";
	struct dump d = { .call = call };
	int ret;

	if (path != NULL && path[0] == '\0')
		return error_set(err, E_SYNTAX, "--output needs a file name");
	if (path != NULL && strcmp(path, "-") == 0)
		path = NULL;
	ret = target_resolve(call, pattern, REGPATH_PATTERN, err, &d.target);

	if (ret != 0)
		return ret;
	snap_time(d.time);
	if (source != NULL)
		snprintf(d.source, sizeof(d.source), "%s", source);
	else
		snprintf(d.source, sizeof(d.source), "%s, %s on %s", board_name(call->board),
			 device_name(d.target.dev), device_bus_uri(d.target.dev));
	ret = take(&d, err);
	if (ret == 0)
		ret = path != NULL ? to_file(&d, path, err) : to_output(&d, err);
	snapshot_free(d.snap);
	target_fini(&d.target);
	return ret;
}
