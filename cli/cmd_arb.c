/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The `arb` commands: who gets the timeslots that stations share. */
#include <inttypes.h>

#include "cli/commands.h"
#include "cli/complete.h"
#include "cli/tdm.h"
#include "cli/wordlist.h"
#include "hal/btc/arb.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum {
	OPT_ALL = OPT_COMMAND,
	OPT_ENABLE,
	OPT_PRIORITY,
	OPT_RESTART,
	OPT_STATION,
	OPT_WEIGHT,
};

static const struct arg_spec show_options[] = {
	{ "all", 'a', OPT_ALL, NULL, "also stations that are not plugged in", 0 },
	{ 0 },
};

static int put_stations(struct call *call, struct btc *b, struct error *err)
{
	static const struct out_column columns[] = {
		{ "station", NULL, 0 },
		{ "name", "STATION", OUT_RAW },
		{ "enabled", "ASKS", 0 },
		{ "weight", "WEIGHT", OUT_RIGHT },
		{ "priority", "PRIORITY", OUT_RIGHT },
		{ "requests", "REQUESTS", OUT_RIGHT },
		{ "grants", "GRANTS", OUT_RIGHT | OUT_RAW },
		{ "longest_wait_slots", "LONGEST WAIT", OUT_RIGHT },
	};
	struct out_record *root = out_root(call->out);
	struct btc_requester stations[BTC_N_STATIONS];
	uint32_t n = btc_capabilities(b)->n_blades + 1;
	struct out_table *table;
	struct btc_state state;
	int rc = btc_arb_get(b, 0, n, err, stations);

	if (rc == 0)
		rc = btc_state_get(b, err, &state);
	if (rc != 0)
		return rc;
	table = out_table(root, "stations", columns, COUNT(columns));
	for (uint32_t i = 0; i < n; i++) {
		const struct btc_requester *station = &stations[i];

		if (i != BTC_CONTROLLER && (state.present & btc_blade_bit(i)) == 0 &&
		    !args_has(&call->args, OPT_ALL))
			continue;
		out_row(table, (const struct out_cell[]){
				       out_uint(i),
				       out_styled(OUT_STYLE_NAME,
						  out_lasting(tdm_station_text(root, i))),
				       out_bool(station->rights.enable),
				       out_uint(station->rights.weight),
				       out_uint(station->rights.priority),
				       out_uint(station->requests),
				       out_uint(station->grants),
				       out_uint(station->longest_wait),
			       });
	}
	return 0;
}

static int show(struct call *call, struct btc *b, struct error *err)
{
	enum btc_arb_mode mode;
	int rc = btc_arb_mode_get(b, err, &mode);

	if (rc != 0)
		return rc;
	out_add(out_root(call->out), "mode", "shared timeslots are given by",
		out_lasting(btc_arb_mode_name(mode)));
	return put_stations(call, b, err);
}

static int run_show(struct call *call, struct error *err)
{
	return tdm_run(call, err, show);
}

/* --- set --------------------------------------------------------------------------------- */

static const struct arg_spec set_options[] = {
	{ "all", 'a', OPT_ALL, NULL, "show also stations that are not plugged in", 0 },
	{ "enable", 0, OPT_ENABLE, "yes|no", "the station may ask for shared timeslots", 0 },
	{ "priority", 0, OPT_PRIORITY, "N", "of the station, 7 is the highest", 0 },
	{ "restart", 0, OPT_RESTART, NULL, "longest waits are measured from now on", 0 },
	{ "station", 0, OPT_STATION, "STATION", "whose rights are set", 0 },
	{ "weight", 0, OPT_WEIGHT, "N", "timeslots of the station per turn", 0 },
	{ 0 },
};

static bool has_rights(const struct call *call)
{
	return args_has(&call->args, OPT_ENABLE) || args_has(&call->args, OPT_PRIORITY) ||
	       args_has(&call->args, OPT_WEIGHT);
}

static int set_rights(const struct call *call, struct btc *b, uint32_t station,
		      struct error *err)
{
	static const char *const words[] = { "no", "yes" };
	static const struct wordlist yes_no = { words, COUNT(words), "--enable" };
	const char *enable = args_value(&call->args, OPT_ENABLE);
	struct btc_requester now;
	uint32_t enabled;
	int rc = btc_arb_get(b, station, 1, err, &now);

	if (rc == 0)
		rc = args_option32(&call->args, OPT_WEIGHT, (struct args_range){ 0, 255 }, err,
				   &now.rights.weight);
	if (rc == 0)
		rc = args_option32(&call->args, OPT_PRIORITY, (struct args_range){ 0, 7 }, err,
				   &now.rights.priority);
	enabled = rc == 0 && now.rights.enable;
	if (rc == 0 && enable != NULL)
		rc = wordlist_one(&yes_no, enable, err, &enabled);
	if (rc != 0)
		return rc;
	now.rights.enable = enabled != 0;
	return btc_arb_rights_set(b, station, &now.rights, err);
}

static int set_mode(const struct call *call, struct btc *b, struct error *err)
{
	const char *text = call->args.operands[0];
	enum btc_arb_mode mode;

	if (btc_arb_mode_find(text, &mode))
		return btc_arb_mode_set(b, mode, err);
	return error_set(err, E_SYNTAX,
			 "'%.64s' is not a rule: priority, round-robin, weighted", text);
}

static int check_set(const struct call *call, struct error *err, uint32_t *station)
{
	const char *text = args_value(&call->args, OPT_STATION);

	if (has_rights(call) != (text != NULL))
		return error_set(err, E_SYNTAX,
				 "--station goes with --enable, --priority and --weight");
	if (call->args.n_operands == 0 && text == NULL && !args_has(&call->args, OPT_RESTART))
		return error_set(err, E_SYNTAX, "what to set? see `help arb set`");
	return text != NULL ? tdm_station(text, err, station) : 0;
}

static int run_set(struct call *call, struct error *err)
{
	uint32_t station = 0;
	struct btc *b;
	int rc = check_set(call, err, &station);

	if (rc == 0)
		rc = tdm_open(call, err, &b);
	if (rc != 0)
		return rc;
	if (call->args.n_operands > 0)
		rc = set_mode(call, b, err);
	if (rc == 0 && has_rights(call))
		rc = set_rights(call, b, station, err);
	if (rc == 0 && args_has(&call->args, OPT_RESTART))
		rc = btc_arb_wait_clear(b, 0, btc_capabilities(b)->n_blades + 1, err);
	if (rc == 0)
		rc = show(call, b, err);
	btc_close(b);
	return rc;
}

static void complete_mode(const struct complete *complete)
{
	for (unsigned i = 0; btc_arb_mode_name((enum btc_arb_mode)i) != NULL; i++)
		complete_offer(complete, btc_arb_mode_name((enum btc_arb_mode)i));
}

const struct cmd arb_table[] = {
	{
		.name = "set",
		.usage = "[RULE]",
		.help = "how shared timeslots are given, and to whom",
		.detail = "RULE is priority, round-robin or weighted. --station with --weight, "
			  "--priority or --enable changes the rights of a station, 0 or "
			  "controller among them.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = set_options,
		.max_operands = 1,
		.schema = "arb",
		.version = 1,
		.run = run_set,
		.complete = complete_mode,
	},
	{
		.name = "show",
		.usage = "",
		.help = "requests, grants and waits for shared timeslots",
		.detail = "The longest wait counts shared timeslots that went to others.",
		.flags = CMD_NEEDS_BOARD,
		.options = show_options,
		.schema = "arb",
		.version = 1,
		.run = run_show,
	},
};
