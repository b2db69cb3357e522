/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The `blade` commands: the blades on the TDM bus, as the BTC knows them. */
#include <inttypes.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/tdm.h"
#include "hal/btc/blades.h"
#include "hal/btc/counters.h"
#include "hal/numberset.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum {
	OPT_ALL = OPT_COMMAND,
	OPT_KEEP,
	OPT_TIMEOUT,
};

/* --- what a blade is --------------------------------------------------------------------- */

static const char *ipv4_text(struct out_record *record, const struct btc_identity *id)
{
	static const uint8_t none[4] = { 0 };
	struct ip ip = { .v6 = false };
	char buf[IP_TEXT_SIZE];

	memcpy(ip.octet, id->ipv4, 4);
	return memcmp(id->ipv4, none, 4) == 0 ? NULL
					      : out_format(record, "%s", ip_format(&ip, buf));
}

static const char *ipv6_text(struct out_record *record, const struct btc_identity *id)
{
	static const uint8_t none[16] = { 0 };
	struct ip ip = { .v6 = true };
	char buf[IP_TEXT_SIZE];

	memcpy(ip.octet, id->ipv6, 16);
	return memcmp(id->ipv6, none, 16) == 0 ? NULL
					       : out_format(record, "%s", ip_format(&ip, buf));
}

static const char *functions_text(struct out_record *record, const struct btc_blade *blade)
{
	const struct numberset set = { { blade->identity.functions } };
	char buf[NUMBERSET_TEXT_SIZE];

	return blade->known ? out_format(record, "%s", numberset_format(&set, buf)) : NULL;
}

static struct out_cell state_cell(const struct btc_blade *blade)
{
	enum out_style style = blade->state == BTC_BLADE_READY    ? OUT_STYLE_GOOD
			       : blade->state == BTC_BLADE_ABSENT ? OUT_STYLE_DIM
								  : OUT_STYLE_BAD;

	return out_styled(style, out_lasting(btc_blade_state_name(blade->state)));
}

/* What is wrong with a blade, in words; NULL: nothing.  Nobody is aligned to a silent bus. */
static const char *trouble_of(const struct btc_blade *blade, bool enabled)
{
	if (!blade->present)
		return NULL;
	if (blade->duplicate)
		return "identifier twice";
	return blade->aligned || !enabled ? NULL : "not aligned";
}

static const struct out_column columns[] = {
	{ "station", "BLADE", OUT_RIGHT | OUT_RAW },
	{ "state", "STATE", OUT_RAW },
	{ "present", NULL, 0 },
	{ "aligned", NULL, 0 },
	{ "duplicate", NULL, 0 },
	{ "ident", "IDENTIFIER", OUT_RAW },
	{ "ipv4", "IPV4", OUT_UNLESS_EMPTY },
	{ "ipv6", "IPV6", OUT_UNLESS_EMPTY },
	{ "functions", "FUNCTIONS", 0 },
	{ "trouble", "TROUBLE", OUT_UNLESS_EMPTY },
};

static void put_blade(struct out_record *root, struct out_table *table,
		      const struct btc_blade *blade, bool enabled)
{
	out_row(table,
		(const struct out_cell[]){
			out_styled(OUT_STYLE_NAME, out_uint(blade->station)),
			state_cell(blade),
			out_bool(blade->present),
			out_bool(blade->aligned),
			out_bool(blade->duplicate),
			blade->known ? out_lasting(tdm_mac_text(root, &blade->identity.ident))
				     : out_null(),
			out_lasting(ipv4_text(root, &blade->identity)),
			out_lasting(ipv6_text(root, &blade->identity)),
			out_lasting(functions_text(root, blade)),
			out_styled(OUT_STYLE_BAD, out_lasting(trouble_of(blade, enabled))),
		});
}

/* --- list, show -------------------------------------------------------------------------- */

static const struct arg_spec list_options[] = {
	{ "all", 'a', OPT_ALL, NULL, "also stations where no blade is plugged in", 0 },
	{ 0 },
};

static int put_blades(struct call *call, struct btc *b, struct error *err)
{
	struct out_record *root = out_root(call->out);
	struct btc_blade blades[BTC_MAX_BLADES];
	struct out_table *table;
	struct btc_state state;
	size_t n = 0;
	int rc = btc_blades_get(b, err, blades, &n);

	if (rc == 0)
		rc = btc_state_get(b, err, &state);
	if (rc != 0)
		return rc;
	table = out_table(root, "blades", columns, COUNT(columns));
	for (size_t i = 0; i < n; i++)
		if (blades[i].present || blades[i].known || blades[i].disabled ||
		    args_has(&call->args, OPT_ALL))
			put_blade(root, table, &blades[i], state.enabled);
	if (out_n_rows(table) == 0)
		out_say(root, OUT_STYLE_DIM, "no blade is plugged in");
	return 0;
}

static int run_list(struct call *call, struct error *err)
{
	return tdm_run(call, err, put_blades);
}

static void put_counters(struct out_record *root, const uint32_t values[BTC_N_BLADE_COUNTERS])
{
	static const struct out_column counter_columns[] = {
		{ "counter", "COUNTER", OUT_RAW },
		{ "count", "COUNT", OUT_RIGHT | OUT_RAW },
	};
	struct out_table *table =
		out_table(root, "counters", counter_columns, COUNT(counter_columns));

	for (size_t i = 0; i < BTC_N_BLADE_COUNTERS; i++)
		out_row(table, (const struct out_cell[]){
				       out_lasting(btc_blade_counter_name(i)),
				       out_uint(values[i]),
			       });
}

static int show(struct call *call, struct btc *b, struct error *err)
{
	struct out_record *root = out_root(call->out);
	uint32_t station = 0, values[BTC_N_BLADE_COUNTERS];
	struct btc_blade blade;
	struct btc_state state;
	struct out_table *table;
	int rc = tdm_blade(call->args.operands[0], err, &station);

	if (rc == 0)
		rc = btc_blade_get(b, station, err, &blade);
	if (rc == 0)
		rc = btc_blade_counters_get(b, station, err, values);
	if (rc == 0)
		rc = btc_state_get(b, err, &state);
	if (rc != 0)
		return rc;
	table = out_table(root, "blades", columns, COUNT(columns));
	put_blade(root, table, &blade, state.enabled);
	put_counters(root, values);
	return 0;
}

static int run_show(struct call *call, struct error *err)
{
	return tdm_run(call, err, show);
}

/* --- events ------------------------------------------------------------------------------ */

static const struct arg_spec events_options[] = {
	{ "keep", 0, OPT_KEEP, NULL, "do not clear them", 0 },
	{ 0 },
};

/* Without clearing: --keep, --read-only, --dry-run. */
static int peek_events(struct btc *b, struct error *err, uint32_t events[BTC_MAX_BLADES])
{
	struct btc_blade blades[BTC_MAX_BLADES];
	size_t n = 0;
	int rc = btc_blades_get(b, err, blades, &n);

	for (size_t i = 0; rc == 0 && i < n; i++)
		events[i] = blades[i].events;
	return rc;
}

static int events(struct call *call, struct btc *b, struct error *err)
{
	static const struct out_column event_columns[] = {
		{ "station", "BLADE", OUT_RIGHT | OUT_RAW },
		{ "event", "EVENT", OUT_RAW },
	};
	bool keep = args_has(&call->args, OPT_KEEP) || call->options.read_only ||
		    call->options.dry_run;
	struct out_record *root = out_root(call->out);
	uint32_t all[BTC_MAX_BLADES] = { 0 };
	struct out_table *table;
	int rc = keep ? peek_events(b, err, all) : btc_blade_events_take(b, err, all);

	if (rc != 0)
		return rc;
	table = out_table(root, "events", event_columns, COUNT(event_columns));
	for (uint32_t i = 0; i < btc_capabilities(b)->n_blades; i++)
		for (uint32_t k = 0; k < BTC_N_BLADE_EVENTS; k++)
			if ((all[i] >> k & 1) != 0)
				out_row(table,
					(const struct out_cell[]){
						out_styled(OUT_STYLE_NAME, out_uint(i + 1)),
						out_lasting(btc_blade_event_name(k)),
					});
	if (out_n_rows(table) == 0)
		out_say(root, OUT_STYLE_DIM, "nothing happened since the last look");
	return 0;
}

static int run_events(struct call *call, struct error *err)
{
	return tdm_run(call, err, events);
}

/* --- discover ---------------------------------------------------------------------------- */

static const struct arg_spec discover_options[] = {
	{ "timeout", 0, OPT_TIMEOUT, "TIME", "how long blades may take to answer (100ms)", 0 },
	{ 0 },
};

static int discover(struct call *call, struct btc *b, struct error *err)
{
	struct out_record *root = out_root(call->out);
	struct btc_discovery found;
	uint32_t us = 100000;
	size_t n_told = 0;
	int rc = tdm_timeout_option(call, OPT_TIMEOUT, err, &us);

	if (rc == 0)
		rc = btc_discover(b, us, err, &found);
	if (rc == 0)
		rc = btc_blades_hand(b, err, &n_told);
	if (rc != 0)
		return rc;
	out_add(root, "asked", "blades asked", out_lasting(tdm_blades_text(root, found.asked)));
	out_add(root, "answered", "blades that answered",
		out_lasting(tdm_blades_text(root, found.answered)));
	out_add(root, "changed", "new or changed",
		out_lasting(tdm_blades_text(root, found.changed)));
	out_add(root, "duplicate", "with an identifier twice",
		out_lasting(tdm_blades_text(root, found.duplicate)));
	out_add(root, "told", "identifiers told to all", out_uint(n_told));
	return put_blades(call, b, err);
}

static int run_discover(struct call *call, struct error *err)
{
	return tdm_run(call, err, discover);
}

/* --- disable, enable --------------------------------------------------------------------- */

static int set_disabled(struct call *call, struct btc *b, bool disabled, struct error *err)
{
	btc_blades blades = 0;
	int rc = tdm_blades(call->args.operands[0], err, &blades);

	for (uint32_t i = 1; rc == 0 && i <= BTC_MAX_BLADES; i++)
		if ((blades & btc_blade_bit(i)) != 0)
			rc = btc_blade_disable(b, i, disabled, err);
	return rc == 0 ? put_blades(call, b, err) : rc;
}

static int disable(struct call *call, struct btc *b, struct error *err)
{
	return set_disabled(call, b, true, err);
}

static int enable(struct call *call, struct btc *b, struct error *err)
{
	return set_disabled(call, b, false, err);
}

static int run_disable(struct call *call, struct error *err)
{
	return tdm_run(call, err, disable);
}

static int run_enable(struct call *call, struct error *err)
{
	return tdm_run(call, err, enable);
}

const struct cmd blade_table[] = {
	{
		.name = "disable",
		.usage = "BLADES",
		.help = "keep blades off the TDM bus",
		.detail = "A blade that is kept out gets no timeslot, what it drives reaches "
			  "nobody, and messages for it are dropped: for one that babbles.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 1,
		.max_operands = 1,
		.schema = "blade-list",
		.version = 1,
		.run = run_disable,
	},
	{
		.name = "discover",
		.usage = "",
		.help = "ask all blades who they are, and tell all",
		.detail = "Blades answer with their identifier, addresses and functions; then "
			  "the identifiers of all are handed to all.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = discover_options,
		.schema = "blade-discover",
		.version = 1,
		.run = run_discover,
	},
	{
		.name = "enable",
		.usage = "BLADES",
		.help = "let blades back onto the TDM bus",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 1,
		.max_operands = 1,
		.schema = "blade-list",
		.version = 1,
		.run = run_enable,
	},
	{
		.name = "events",
		.usage = "",
		.help = "what happened to blades since the last look",
		.detail = "Plugged in, pulled out, alignment lost, sent in a timeslot of "
			  "another. Looking clears them; --keep, --read-only and --dry-run do "
			  "not.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = events_options,
		.schema = "blade-events",
		.version = 1,
		.run = run_events,
	},
	{
		.name = "list",
		.usage = "",
		.help = "blades on the TDM bus: state, identifier, functions",
		.flags = CMD_NEEDS_BOARD,
		.options = list_options,
		.schema = "blade-list",
		.version = 1,
		.run = run_list,
	},
	{
		.name = "show",
		.usage = "BLADE",
		.help = "one blade and its counters",
		.flags = CMD_NEEDS_BOARD,
		.min_operands = 1,
		.max_operands = 1,
		.schema = "blade-show",
		.version = 1,
		.run = run_show,
	},
};
