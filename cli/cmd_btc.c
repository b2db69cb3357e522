/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The `btc` commands: the backplane TDM controller as a whole. */
#include <inttypes.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/tdm.h"
#include "hal/btc/blades.h"
#include "hal/btc/counters.h"
#include "hal/btc/events.h"
#include "hal/btc/forward.h"
#include "hal/btc/frame.h"
#include "hal/btc/slots.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* The controller's identifier unless another is given: behind those of the bench's blades. */
#define DEFAULT_IDENT UINT64_C(0x0200000000fe)

enum {
	OPT_BLADES = OPT_COMMAND,
	OPT_BYTES,
	OPT_IDENT,
	OPT_KEEP,
	OPT_MEDIUM,
	OPT_PERIOD,
	OPT_SHARED,
	OPT_SLOTS,
	OPT_TIMEOUT,
};

/* --- show -------------------------------------------------------------------------------- */

static void show_core(struct out_record *root, const struct btc_capabilities *core)
{
	out_add(root, "version", "version",
		out_lasting(out_format(root, "%u.%u", core->major, core->minor)));
	out_add(root, "max_blades", "blades at most", out_uint(core->n_blades));
	out_add(root, "max_slots", "timeslots at most", out_uint(core->n_slots));
	out_add(root, "max_slot_bytes", "bytes of a timeslot at most",
		out_uint(core->slot_bytes));
	out_add(root, "fdm", "medium FDM", out_bool(core->fdm));
}

static void show_shape(struct out_record *root, const struct btc_shape *shape)
{
	out_add(root, "period_ns", "frame, ns", out_uint(shape->period_ns));
	out_add(root, "slots", "timeslots", out_uint(shape->n_slots));
	out_add(root, "slot_bytes", "bytes of a timeslot", out_uint(shape->slot_bytes));
	out_add(root, "bus_mbps", "bus, Mb/s", out_real((double)btc_shape_bps(shape) / 1e6));
}

static void show_blades(struct out_record *root, const struct btc_state *state)
{
	const struct {
		const char *key, *title;
		btc_blades blades;
	} rows[] = {
		{ "present", "blades plugged in", state->present },
		{ "aligned", "blades in frame alignment", state->aligned },
		{ "ready", "blades with known identifier", state->ready },
		{ "disabled", "blades kept out", state->disabled },
		{ "duplicate", "blades with an identifier twice", state->duplicate },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		out_add(root, rows[i].key, rows[i].title,
			out_lasting(tdm_blades_text(root, rows[i].blades)));
}

static void show_fifos(struct out_record *root, const struct btc_state *state,
		       const struct btc_forwarding *forwarding)
{
	out_add(root, "forwarding", "forwards messages", out_bool(forwarding->enable));
	out_add(root, "broadcast", "broadcasts of blades go to",
		out_lasting(btc_broadcast_name(forwarding->broadcast)));
	out_add(root, "queue_words", "words that wait", out_uint(forwarding->level_words));
	out_add(root, "queue_limit_words", "and at most", out_uint(forwarding->limit_words));
	out_add(root, "tx_messages", "messages to send", out_uint(state->tx_messages));
	out_add(root, "rx_messages", "messages to read", out_uint(state->rx_messages));
}

static void show_events(struct out_record *root, uint32_t events)
{
	struct out_list *list = out_list(root, "events", NULL, 0);
	char text[160] = "";
	size_t used = 0;

	for (uint32_t i = 0; i < BTC_N_EVENTS; i++) {
		if ((events >> i & 1) == 0)
			continue;
		out_item(list, out_lasting(btc_event_name(i)));
		if (used < sizeof(text))
			used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s",
						 used > 0 ? ", " : "", btc_event_name(i));
	}
	if (used > 0)
		out_say(root, OUT_STYLE_PLAIN, "events: %s", text);
}

static void show_counters(struct out_record *root, const uint32_t values[BTC_N_COUNTERS])
{
	static const struct out_column columns[] = {
		{ "counter", "COUNTER", OUT_RAW },
		{ "count", "COUNT", OUT_RIGHT | OUT_RAW },
	};
	struct out_table *table = out_table(root, "counters", columns, COUNT(columns));

	for (size_t i = 0; i < BTC_N_COUNTERS; i++) {
		bool bad = btc_counter_is_drop(i) && values[i] > 0;

		out_row(table,
			(const struct out_cell[]){
				out_styled(OUT_STYLE_NAME, out_lasting(btc_counter_name(i))),
				out_styled(bad ? OUT_STYLE_BAD : OUT_STYLE_PLAIN,
					   out_uint(values[i])),
			});
	}
}

static int show(struct call *call, struct btc *b, struct error *err)
{
	struct out_record *root = out_root(call->out);
	uint32_t counters[BTC_N_COUNTERS];
	struct btc_forwarding forwarding;
	struct btc_state state;
	struct btc_shape shape;
	int rc = btc_state_get(b, err, &state);

	if (rc == 0)
		rc = btc_frame_get(b, err, &shape);
	if (rc == 0)
		rc = btc_forwarding_get(b, err, &forwarding);
	if (rc == 0)
		rc = btc_counters_get(b, err, counters);
	if (rc != 0)
		return rc;
	show_core(root, btc_capabilities(b));
	out_add(root, "enabled", "bus enabled", out_bool(state.enabled));
	out_add(root, "medium", "medium", out_lasting(btc_medium_name(state.medium)));
	out_add(root, "ident", "identifier", out_lasting(tdm_mac_text(root, &state.ident)));
	show_shape(root, &shape);
	out_add(root, "plan", "slot plans applied", out_uint(state.plan));
	out_add(root, "frame", "frame number", out_uint(state.frame));
	show_blades(root, &state);
	show_fifos(root, &state, &forwarding);
	show_counters(root, counters);
	show_events(root, state.events);
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

static int take_events(struct call *call, struct btc *b, struct error *err)
{
	static const struct out_column columns[] = { { "event", "EVENT", OUT_RAW } };
	bool keep = args_has(&call->args, OPT_KEEP) || call->options.read_only ||
		    call->options.dry_run;
	struct out_record *root = out_root(call->out);
	struct btc_state state = { 0 };
	struct out_table *table;
	int rc = keep ? btc_state_get(b, err, &state)
		      : btc_events_take(b, BTC_ALL_EVENTS, err, &state.events);

	if (rc != 0)
		return rc;
	table = out_table(root, "events", columns, COUNT(columns));
	for (uint32_t i = 0; i < BTC_N_EVENTS; i++)
		if ((state.events >> i & 1) != 0)
			out_row(table,
				(const struct out_cell[]){ out_lasting(btc_event_name(i)) });
	if (out_n_rows(table) == 0)
		out_say(root, OUT_STYLE_DIM, "nothing happened since the last look");
	return 0;
}

static int run_events(struct call *call, struct error *err)
{
	return tdm_run(call, err, take_events);
}

/* --- init -------------------------------------------------------------------------------- */

static const struct arg_spec init_options[] = {
	{ "blades", 0, OPT_BLADES, "BLADES", "that get timeslots (those plugged in)", 0 },
	{ "bytes", 0, OPT_BYTES, "N", "of a timeslot, even (32)", 0 },
	{ "ident", 0, OPT_IDENT, "MAC", "the controller's identifier (02:00:00:00:00:fe)", 0 },
	{ "medium", 0, OPT_MEDIUM, "MEDIUM", "tdm or fdm (tdm)", 0 },
	{ "period", 0, OPT_PERIOD, "TIME", "of a frame (125us)", 0 },
	{ "shared", 0, OPT_SHARED, "N", "timeslots for arbitration (0)", 0 },
	{ "slots", 0, OPT_SLOTS, "N", "timeslots of a frame (128)", 0 },
	{ "timeout", 0, OPT_TIMEOUT, "TIME", "how long blades may take to answer (100ms)", 0 },
	{ 0 },
};

struct init {
	struct btc_setup setup;
	struct btc_shape shape;
	struct btc_plan plan;
	struct btc_plan_recipe recipe;
	btc_blades blades; /* 0: those plugged in */
	uint32_t timeout_us;
};

static int shape_options(const struct call *call, struct error *err, struct btc_shape *shape)
{
	int rc = args_option32(&call->args, OPT_SLOTS, (struct args_range){ 2, BTC_MAX_SLOTS },
			       err, &shape->n_slots);

	if (rc == 0)
		rc = args_option32(&call->args, OPT_BYTES,
				   (struct args_range){ 8, BTC_MAX_SLOT_BYTES }, err,
				   &shape->slot_bytes);
	return rc == 0 ? tdm_period_option(call, OPT_PERIOD, err, &shape->period_ns) : rc;
}

static int medium_option(const struct call *call, struct error *err, enum btc_medium *medium)
{
	const char *text = args_value(&call->args, OPT_MEDIUM);

	if (text == NULL || btc_medium_find(text, medium))
		return 0;
	return error_set(err, E_SYNTAX, "--medium: '%.32s' is neither tdm nor fdm", text);
}

static int init_options_read(const struct call *call, struct error *err, struct init *init)
{
	const char *ident = args_value(&call->args, OPT_IDENT);
	const char *blades = args_value(&call->args, OPT_BLADES);
	int rc = shape_options(call, err, &init->shape);

	if (rc == 0)
		rc = medium_option(call, err, &init->setup.medium);
	if (rc == 0 && ident != NULL && !mac_parse(ident, &init->setup.ident))
		rc = error_set(err, E_SYNTAX,
			       "--ident: '%.64s' is not an address like 02:00:00:00:00:fe",
			       ident);
	if (rc == 0 && blades != NULL)
		rc = tdm_blades(blades, err, &init->blades);
	if (rc == 0)
		rc = args_option32(&call->args, OPT_SHARED,
				   (struct args_range){ 0, BTC_MAX_SLOTS - 1 }, err,
				   &init->recipe.shared);
	return rc == 0 ? tdm_timeout_option(call, OPT_TIMEOUT, err, &init->timeout_us) : rc;
}

static int confirm_running(struct call *call, struct btc *b, struct error *err)
{
	struct btc_state state;
	int rc = btc_state_get(b, err, &state);

	if (rc != 0 || !state.enabled)
		return rc;
	return session_confirm(
		call->session, &call->options,
		"The TDM bus is running; initializing stops all messages. Go on?", err);
}

/* The plan for the blades that are there: none gets a timeslot when there is none. */
static int make_plan(struct btc *b, struct init *init, struct error *err)
{
	struct btc_state state;
	int rc = btc_state_get(b, err, &state);

	if (rc != 0)
		return rc;
	init->recipe.n_slots = init->shape.n_slots;
	init->recipe.blades = init->blades != 0 ? init->blades : state.present;
	if (init->recipe.blades == 0) {
		btc_plan_init(&init->plan, init->shape.n_slots);
		return 0;
	}
	return btc_plan_make(&init->recipe, err, &init->plan);
}

static int discover(struct call *call, struct btc *b, const struct init *init,
		    struct error *err)
{
	struct out_record *root = out_root(call->out);
	struct btc_discovery discovery;
	size_t n = 0;
	int rc;

	if (call->options.dry_run)
		return 0;
	rc = btc_discover(b, init->timeout_us, err, &discovery);
	if (rc == 0)
		rc = btc_blades_hand(b, err, &n);
	if (rc != 0)
		return rc;
	out_add(root, "asked", "blades plugged in",
		out_lasting(tdm_blades_text(root, discovery.asked)));
	out_add(root, "answered", "blades that said who they are",
		out_lasting(tdm_blades_text(root, discovery.answered)));
	out_add(root, "duplicate", "blades with an identifier twice",
		out_lasting(tdm_blades_text(root, discovery.duplicate)));
	return 0;
}

static int init_core(struct call *call, struct btc *b, struct init *init, struct error *err)
{
	struct out_record *root = out_root(call->out);
	int rc = confirm_running(call, b, err);

	if (rc == 0)
		rc = make_plan(b, init, err);
	if (rc == 0)
		rc = btc_reset(b, err);
	if (rc == 0)
		rc = btc_init(b, &init->setup, err);
	if (rc != 0)
		return rc;
	out_add(root, "medium", "medium", out_lasting(btc_medium_name(init->setup.medium)));
	out_add(root, "ident", "identifier",
		out_lasting(tdm_mac_text(root, &init->setup.ident)));
	show_shape(root, &init->shape);
	out_add(root, "controller_slots", "timeslots of the controller",
		out_uint(btc_plan_owned(&init->plan, BTC_CONTROLLER)));
	out_add(root, "shared_slots", "timeslots that are shared",
		out_uint(btc_plan_shared(&init->plan)));
	return discover(call, b, init, err);
}

static int run_init(struct call *call, struct error *err)
{
	struct init init = { .shape = btc_shape_default(), .timeout_us = 100000 };
	struct btc *b;
	int rc;

	init.setup.ident = mac_of_number(DEFAULT_IDENT);
	init.setup.shape = &init.shape;
	init.setup.plan = &init.plan;
	init.setup.forward = true;
	rc = init_options_read(call, err, &init);
	if (rc == 0)
		rc = tdm_open(call, err, &b);
	if (rc != 0)
		return rc;
	rc = init_core(call, b, &init, err);
	btc_close(b);
	return rc;
}

/* --- reset ------------------------------------------------------------------------------- */

static int run_reset(struct call *call, struct error *err)
{
	struct btc *b;
	int rc = tdm_open(call, err, &b);

	if (rc != 0)
		return rc;
	rc = session_confirm(
		call->session, &call->options,
		"A reset drops the slot plan, all identifiers, messages and counters. "
		"Go on?",
		err);
	if (rc == 0)
		rc = btc_reset(b, err);
	if (rc == 0)
		out_add(out_root(call->out), "reset", "reset",
			out_bool(!call->options.dry_run));
	btc_close(b);
	return rc;
}

const struct cmd btc_table[] = {
	{
		.name = "events",
		.usage = "",
		.help = "what happened to the BTC since the last look",
		.detail = "Looking clears them; --keep, --read-only and --dry-run do not, nor "
			  "does "
			  "`btc show`.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = events_options,
		.schema = "btc-events",
		.version = 1,
		.run = run_events,
	},
	{
		.name = "init",
		.usage = "",
		.help = "reset the BTC, plan timeslots, start the bus, find blades",
		.detail =
			"Half of the timeslots go to the controller, since every message from "
			"blade to blade crosses the bus twice; the rest goes round the blades. "
			"Then blades are asked who they are, and all are told.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES | CMD_DANGEROUS,
		.options = init_options,
		.schema = "btc-init",
		.version = 1,
		.run = run_init,
	},
	{
		.name = "reset",
		.usage = "",
		.help = "reset the BTC: registers, FIFOs, counters",
		.detail = "The bus is silent afterwards; `btc init` starts it.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES | CMD_DANGEROUS,
		.schema = "btc-reset",
		.version = 1,
		.run = run_reset,
	},
	{
		.name = "show",
		.usage = "",
		.help = "the backplane TDM controller at a glance",
		.flags = CMD_NEEDS_BOARD,
		.schema = "btc-show",
		.version = 1,
		.run = run_show,
	},
};
