/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `scenario run`: what blades and the switch blade do on the mock bus, and what must come of it. */
#include <inttypes.h>

#include "cli/commands.h"
#include "cli/complete.h"
#include "hal/scenario.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct out_column columns[] = {
	{ "line", "LINE", OUT_RIGHT }, { "frame", "FRAME", OUT_RIGHT },
	{ "step", "STEP", OUT_RAW },   { "result", "RESULT", OUT_RAW },
	{ "message", NULL, 0 },
};

struct watch {
	struct out_record *root;
	struct out_table *table;
	const struct scenario *s;
};

static const char *step_text(struct out_record *root, const struct scenario *s, size_t i)
{
	char text[SCENARIO_STEP_TEXT_SIZE];

	return out_format(root, "%s", scenario_step_text(s, i, text));
}

static void step(void *arg, size_t i, uint32_t frame, const struct error *err)
{
	struct watch *watch = arg;
	bool good = err->code == 0;

	out_row(watch->table,
		(const struct out_cell[]){
			out_uint(scenario_step_line(watch->s, i)),
			out_uint(frame),
			out_lasting(step_text(watch->root, watch->s, i)),
			out_styled(good ? OUT_STYLE_GOOD : OUT_STYLE_BAD,
				   out_text(good                      ? "done"
					    : err->code == E_MISMATCH ? "false"
								      : "failed")),
			good ? out_null() : out_text(err->text),
		});
}

/* Steps behind the one that failed. */
static void put_rest(struct watch *watch)
{
	for (size_t i = out_n_rows(watch->table); i < scenario_n_steps(watch->s); i++)
		out_row(watch->table, (const struct out_cell[]){
					      out_uint(scenario_step_line(watch->s, i)),
					      out_null(),
					      out_lasting(step_text(watch->root, watch->s, i)),
					      out_text("not run"),
					      out_null(),
				      });
}

static void put_result(struct out_record *root, const struct scenario_result *result)
{
	out_add(root, "frames", "frames", out_uint(result->n_frames));
	out_add(root, "messages", "messages on the bus", out_uint(result->n_messages));
	out_add(root, "taken", "messages that blades took", out_uint(result->n_taken));
	out_add(root, "dropped", "messages dropped", out_uint(result->n_dropped));
}

static void report(void *arg, const struct error *mistake)
{
	out_row(arg, (const struct out_cell[]){
			     out_text(error_name(mistake->code)),
			     out_text(mistake->text),
		     });
}

/* Reads the file; all of its mistakes are told, the first as the error. */
static int open_file(struct call *call, struct error *err, struct scenario **s)
{
	static const struct out_column mistake_columns[] = {
		{ "code", NULL, 0 },
		{ "message", "MISTAKE", 0 },
	};
	struct out_table *table = out_table(out_root(call->out), "mistakes", mistake_columns,
					    COUNT(mistake_columns));
	int rc = scenario_open(call->args.operands[0], report, table, err, s);

	if (out_n_rows(table) > 1)
		error_prefix(err, "%zu mistakes, the first", out_n_rows(table));
	return rc;
}

static int run(struct call *call, struct error *err)
{
	struct out_record *root = out_root(call->out);
	struct watch watch = { .root = root };
	const struct scenario_watch steps = { step, &watch };
	struct scenario_result result;
	struct scenario *s;
	int rc = open_file(call, err, &s);

	if (rc != 0)
		return rc;
	watch.s = s;
	out_add(root, "title", "scenario", out_text(scenario_title(s)));
	out_add(root, "seed", "seed", out_uint(scenario_seed(s)));
	watch.table = out_table(root, "steps", columns, COUNT(columns));
	rc = scenario_run(s, call->board, &steps, err, &result);
	if (out_n_rows(watch.table) > 0) {
		put_rest(&watch);
		put_result(root, &result);
	}
	out_put(root, &(struct out_column){ "passed", "passed", OUT_RAW }, out_bool(rc == 0));
	scenario_close(s);
	return rc;
}

const struct cmd scenario_table[] = {
	{
		.name = "run",
		.usage = "FILE",
		.help = "run a scenario of blades on the mock TDM bus",
		.detail = "FILE is YAML: blades and what they do, a slot plan, steps, and what "
			  "must come of them (fixtures/scenarios/README.md). It replaces the "
			  "blades of the mock board; `tdm trace` then shows what crossed the "
			  "bus. Exit status 3 when an expectation came out false.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 1,
		.max_operands = 1,
		.schema = "scenario-run",
		.version = 1,
		.run = run,
		.complete = complete_file,
	},
};
