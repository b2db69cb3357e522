/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/chip.h"
#include "cli/wordlist.h"
#include "hal/vsc7448/ber.h"
#include "hal/vsc7448/prbs.h"

enum { OPT_PATTERN = OPT_COMMAND, OPT_TARGET, OPT_CONFIDENCE, OPT_LIMIT };

const struct arg_spec serdes_ber_options[] = {
	{ "confidence", 0, OPT_CONFIDENCE, "PERCENT", "of the bound (default 95)", 0 },
	{ "limit", 0, OPT_LIMIT, "TIME", "give up after this (default 5m)", 0 },
	{ "pattern", 0, OPT_PATTERN, "NAME", "prbs7, 9, 11, 15, 23 or 31 (default prbs31)", 0 },
	{ "target", 0, OPT_TARGET, "RATIO", "get below this (default 1e-12)", 0 },
	{ 0 },
};

static int pattern_of(const char *text, struct error *err, enum vsc7448_pattern *pattern)
{
	static const struct wordlist list = { vsc7448_pattern_names, VSC7448_PATTERN_COUNT,
					      "pattern" };
	uint32_t number;

	if (wordlist_find(&list, text, &number)) {
		*pattern = (enum vsc7448_pattern)number;
		return 0;
	}
	return error_set(
		err, E_SYNTAX,
		"'%.32s' is no pattern: prbs7, prbs9, prbs11, prbs15, prbs23, prbs31 or "
		"fixed=BITS",
		text);
}

static const struct out_column lane_columns[] = {
	{ "port", "PORT", OUT_RIGHT },
	{ "serdes", "SERDES", 0 },
	{ "lane_bps", "LINE RATE bit/s", OUT_RIGHT },
	{ "running", "RUNNING", 0 },
	{ "synchronized", "FOUND", 0 },
	{ "verdict", "VERDICT", OUT_RAW },
	{ "errors", "ERRORS", OUT_RIGHT | OUT_RAW },
	{ "saturated", "AT END", 0 },
};

#define N_LANE_COLUMNS (sizeof(lane_columns) / sizeof(lane_columns[0]))

static struct out_cell verdict(const struct vsc7448_prbs_lane *lane)
{
	if (!lane->running)
		return out_null();
	if (!lane->synchronized)
		return out_styled(OUT_STYLE_BAD, out_text("no pattern"));
	return lane->failed ? out_styled(OUT_STYLE_BAD, out_text("errors"))
			    : out_styled(OUT_STYLE_GOOD, out_text("pass"));
}

static int show_lanes(struct vsc7448 *chip, uint32_t port, struct out_table *table,
		      struct error *err)
{
	struct vsc7448_prbs_status status;
	int rc = vsc7448_prbs_read(chip, port, err, &status);

	for (size_t i = 0; rc == 0 && i < status.n_lanes; i++) {
		const struct vsc7448_prbs_lane *lane = &status.lane[i];
		char name[24];

		out_row(table,
			(const struct out_cell[]){
				out_styled(OUT_STYLE_NAME, out_uint(port)),
				out_text(vsc7448_serdes_name(lane->serdes, name, sizeof(name))),
				out_uint(status.lane_bps),
				out_bool(lane->running),
				lane->running ? out_bool(lane->synchronized) : out_null(),
				verdict(lane),
				lane->counts && lane->running ? out_uint(lane->errors)
							      : out_null(),
				lane->counts && lane->running ? out_bool(lane->saturated)
							      : out_null(),
			});
	}
	return rc;
}

/* What the second operand asks for: "stop", a pattern, or nothing. */
static int act(struct vsc7448 *chip, uint32_t port, const char *what, struct error *err)
{
	enum vsc7448_pattern pattern;
	uint64_t fixed = 0;
	int rc;

	if (what == NULL)
		return 0;
	if (strcmp(what, "stop") == 0)
		return vsc7448_prbs_stop(chip, port, err);
	if (strncmp(what, "fixed=", 6) == 0) {
		rc = args_number(what + 6, "pattern", (struct args_range){ 0, 0xfffff }, err,
				 &fixed);
		pattern = VSC7448_PATTERN_FIXED;
	} else {
		rc = pattern_of(what, err, &pattern);
	}
	return rc != 0 ? rc : vsc7448_prbs_start(chip, port, pattern, (uint32_t)fixed, err);
}

int cmd_serdes_prbs(struct call *call, struct error *err)
{
	const char *what = call->args.n_operands > 1 ? call->args.operands[1] : NULL;
	struct out_table *table;
	struct vsc7448 *chip;
	vsc7448_ports ports;
	int rc = chip_ports(call->args.operands[0], err, &ports);

	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	table = out_table(out_root(call->out), "lanes", lane_columns, N_LANE_COLUMNS);
	for (uint32_t port = 0; rc == 0 && port < VSC7448_N_PORTS; port++) {
		if ((ports >> port & 1) == 0)
			continue;
		rc = act(chip, port, what, err);
		if (rc == 0)
			rc = show_lanes(chip, port, table, err);
	}
	vsc7448_close(chip);
	return rc;
}

/* --- ber --------------------------------------------------------------------------------- */

static int real_option(const struct call *call, int id, const char *what, struct error *err,
		       double *value)
{
	const char *text = args_value(&call->args, id);
	char *end;
	double number;

	if (text == NULL)
		return 0;
	number = strtod(text, &end);
	if (end == text || *end != '\0')
		return error_set(err, E_SYNTAX, "%s: '%.32s' is not a number", what, text);
	*value = number;
	return 0;
}

static int ber_options(const struct call *call, struct error *err,
		       struct vsc7448_ber_conf *conf)
{
	const char *pattern = args_value(&call->args, OPT_PATTERN);
	const char *limit = args_value(&call->args, OPT_LIMIT);
	double percent = 95;
	int rc = real_option(call, OPT_TARGET, "--target", err, &conf->target);

	if (rc == 0)
		rc = real_option(call, OPT_CONFIDENCE, "--confidence", err, &percent);
	if (rc == 0 && pattern != NULL)
		rc = pattern_of(pattern, err, &conf->pattern);
	if (rc == 0 && limit != NULL)
		rc = args_duration_us(limit, "--limit", err, &conf->limit_us);
	conf->confidence = percent / 100;
	return rc;
}

static void show_ber(struct call *call, uint32_t port, const struct vsc7448_ber_conf *conf,
		     const struct vsc7448_ber *ber)
{
	struct out_record *root = out_root(call->out);

	out_add(root, "port", "port", out_uint(port));
	out_add(root, "pattern", "pattern", out_text(vsc7448_pattern_names[conf->pattern]));
	out_add(root, "n_lanes", "lanes", out_uint(ber->n_lanes));
	out_add(root, "lane_bps", "line rate of a lane (bit/s)", out_uint(ber->lane_bps));
	out_add(root, "time_us", "time (us)", out_uint(ber->time_us));
	out_add(root, "bits", "bits", out_uint(ber->bits));
	out_add(root, "errors", ber->at_least ? "errors, at least" : "errors",
		out_uint(ber->errors));
	out_add(root, "at_least", NULL, out_bool(ber->at_least));
	out_add(root, "measured", "measured ratio",
		out_text(out_format(root, "%.3g",
				    ber->bits > 0 ? (double)ber->errors / (double)ber->bits
						  : 0)));
	out_add(root, "confidence_percent", "confidence (%)", out_real(conf->confidence * 100));
	out_put(root, &(struct out_column){ "upper_bound", "ratio is below", OUT_RAW },
		ber->at_least ? out_null() : out_text(out_format(root, "%.3g", ber->upper)));
	out_add(root, "target", "target", out_text(out_format(root, "%.3g", conf->target)));
	out_add(root, "seconds_to_target", "time the target needs (s)",
		ber->at_least ? out_null()
			      : out_text(out_format(root, "%.3g", ber->seconds_to_target)));
	out_add(root, "reached", "target reached",
		out_styled(ber->reached ? OUT_STYLE_GOOD : OUT_STYLE_BAD,
			   out_bool(ber->reached)));
}

int cmd_serdes_ber(struct call *call, struct error *err)
{
	struct vsc7448_ber_conf conf = { VSC7448_PATTERN_PRBS31, 1e-12, 0.95,
					 UINT64_C(300000000) };
	struct progress progress;
	const struct vsc7448_ber_progress step = { progress_step, &progress };
	struct vsc7448_ber ber;
	struct vsc7448 *chip;
	uint32_t port;
	int rc = chip_port(call->args.operands[0], err, &port);

	if (rc == 0)
		rc = ber_options(call, err, &conf);
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	progress_start(&progress, call->session, "measuring");
	rc = vsc7448_ber_measure(chip, port, &conf, &step, err, &ber);
	progress_end(&progress);
	vsc7448_close(chip);
	if (rc != 0)
		return rc;
	show_ber(call, port, &conf, &ber);
	if (!ber.reached && !ber.at_least)
		out_say(out_root(call->out), OUT_STYLE_BAD,
			"the target needs %.0f s without a further error, the limit is %.0f s",
			ceil(ber.seconds_to_target), (double)conf.limit_us * 1e-6);
	call->status = ber.reached ? 0 : error_exit_status(E_MISMATCH);
	return 0;
}
