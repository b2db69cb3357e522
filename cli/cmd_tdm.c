/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The `tdm` commands: what happens on the bus, as its analyser and its counters tell. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/tdm.h"
#include "drv/clock.h"
#include "hal/btc/arb.h"
#include "hal/btc/counters.h"
#include "hal/btc/events.h"
#include "hal/btc/frame.h"
#include "hal/btc/slots.h"
#include "hal/btc/trace.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum {
	OPT_ADDRESSES = OPT_COMMAND,
	OPT_CLEAR,
	OPT_COUNT,
	OPT_OFF,
	OPT_ON,
	OPT_TIME,
};

static int time_option(const struct call *call, struct error *err, uint64_t *us)
{
	const char *text = args_value(&call->args, OPT_TIME);

	return text != NULL ? args_duration_us(text, "--time", err, us) : 0;
}

/* --- trace ------------------------------------------------------------------------------- */

static const struct arg_spec trace_options[] = {
	{ "addresses", 'a', OPT_ADDRESSES, NULL, "identifiers as they are, not who has them",
	  0 },
	{ "clear", 0, OPT_CLEAR, NULL, "forget what was recorded", 0 },
	{ "count", 'c', OPT_COUNT, "N", "take at most so many records (all)", 0 },
	{ "off", 0, OPT_OFF, NULL, "stop recording, behind what is shown", 0 },
	{ "on", 0, OPT_ON, NULL, "record from now on", 0 },
	{ "time", 0, OPT_TIME, "TIME", "record anew for so long, then show it", 0 },
	{ 0 },
};

static const struct out_column trace_columns[] = {
	{ "record", "#", OUT_RIGHT },
	{ "first_frame", NULL, 0 },
	{ "last_frame", NULL, 0 },
	{ "frames", "FRAME", 0 },
	{ "first_slot", NULL, 0 },
	{ "last_slot", NULL, 0 },
	{ "slots", "SLOT", 0 },
	{ "station", NULL, 0 },
	{ "from", "FROM", 0 },
	{ "initial", NULL, 0 },
	{ "final", NULL, 0 },
	{ "way", "INITIAL -> FINAL", OUT_RAW },
	{ "source", NULL, 0 },
	{ "origin", "SOURCE", OUT_RAW },
	{ "type", "TYPE", OUT_RIGHT | OUT_RAW },
	{ "type_name", NULL, 0 },
	{ "length", "BYTES", OUT_RIGHT | OUT_RAW },
	{ "sequence", NULL, 0 },
	{ "cells", "CELLS", OUT_RIGHT },
	{ "dropped", NULL, 0 },
	{ "pair", NULL, 0 },
	{ "note", "NOTE", OUT_UNLESS_EMPTY },
};

/* "12", or "12-14". */
static const char *range_text(struct out_record *root, uint32_t first, uint32_t last)
{
	return first == last ? out_format(root, "%" PRIu32, first)
			     : out_format(root, "%" PRIu32 "-%" PRIu32, first, last);
}

/* What became of a message, or where it came from. */
static const char *note_of(struct out_record *root, const struct btc_trace_record *record,
			   size_t pair)
{
	if (record->dropped)
		return "dropped";
	if (pair == BTC_TRACE_ALONE)
		return btc_type_name(record->header.type);
	return record->station == BTC_CONTROLLER
		       ? out_format(root, "was %zu, overwritten", pair + 1)
		       : out_format(root, "goes on as %zu", pair + 1);
}

struct trace {
	struct btc_trace_record records[BTC_TRACE_RECORDS];
	size_t pair[BTC_TRACE_RECORDS];
	size_t n;
	struct tdm_names names;
	bool addresses;
};

static const char *ident_of(struct out_record *root, const struct trace *trace,
			    const struct mac *ident)
{
	return trace->addresses ? tdm_mac_text(root, ident)
				: tdm_ident_text(root, &trace->names, ident);
}

static void put_record(struct out_record *root, struct out_table *table,
		       const struct trace *trace, size_t i)
{
	const struct btc_trace_record *record = &trace->records[i];
	const struct btc_header *header = &record->header;
	size_t pair = trace->pair[i];

	out_row(table,
		(const struct out_cell[]){
			out_uint(i + 1),
			out_uint(record->first_frame),
			out_uint(record->last_frame),
			out_lasting(range_text(root, record->first_frame, record->last_frame)),
			out_uint(record->first_slot),
			out_uint(record->last_slot),
			out_lasting(range_text(root, record->first_slot, record->last_slot)),
			out_uint(record->station),
			out_styled(OUT_STYLE_NAME,
				   out_lasting(tdm_station_text(root, record->station))),
			out_lasting(tdm_mac_text(root, &header->initial)),
			out_lasting(tdm_mac_text(root, &header->final)),
			out_lasting(out_format(root, "%s -> %s",
					       ident_of(root, trace, &header->initial),
					       ident_of(root, trace, &header->final))),
			out_lasting(tdm_mac_text(root, &header->source)),
			out_lasting(ident_of(root, trace, &header->source)),
			out_hex(header->type, 16),
			out_lasting(btc_type_name(header->type)),
			out_uint(header->length),
			out_uint(header->sequence),
			out_uint(record->cells),
			out_bool(record->dropped),
			pair != BTC_TRACE_ALONE ? out_uint(pair + 1) : out_null(),
			out_styled(record->dropped ? OUT_STYLE_BAD : OUT_STYLE_PLAIN,
				   out_lasting(note_of(root, record, pair))),
		});
}

static int take_records(struct call *call, struct btc *b, struct trace *trace,
			struct error *err)
{
	struct out_record *root = out_root(call->out);
	uint64_t max = BTC_TRACE_RECORDS;
	struct out_table *table;
	bool lost = false;
	int rc = args_option(&call->args, OPT_COUNT,
			     (struct args_range){ 1, BTC_TRACE_RECORDS }, err, &max);

	if (rc == 0)
		rc = tdm_names_get(b, err, &trace->names);
	if (rc == 0)
		rc = btc_trace_read(b, trace->records, (size_t)max, err, &trace->n, &lost);
	btc_trace_pair(trace->records, trace->n, trace->pair);
	table = out_table(root, "records", trace_columns, COUNT(trace_columns));
	for (size_t i = 0; i < trace->n; i++)
		put_record(root, table, trace, i);
	return rc;
}

/* Whether it records, and what it could not record. */
static int put_state(struct call *call, struct btc *b, struct error *err)
{
	struct out_record *root = out_root(call->out);
	struct btc_state state;
	uint32_t left = 0;
	bool on = false, overflow;
	int rc = btc_trace_get(b, err, &on, &left);

	if (rc == 0)
		rc = btc_state_get(b, err, &state);
	if (rc != 0)
		return rc;
	overflow = (state.events & BTC_EVENT_TRACE_OVERFLOW) != 0;
	out_add(root, "recording", NULL, out_bool(on));
	out_add(root, "left", NULL, out_uint(left));
	out_add(root, "overflow", NULL, out_bool(overflow));
	if (overflow)
		out_say(root, OUT_STYLE_BAD,
			"the record was full: messages are missing (event trace-overflow)");
	if (left > 0)
		out_say(root, OUT_STYLE_DIM, "%" PRIu32 " records are left", left);
	if (!on)
		out_say(root, OUT_STYLE_DIM, "recording is off; `tdm trace --on` starts it");
	return 0;
}

/* An empty record has lost nothing yet. */
static int start_anew(struct btc *b, bool on, struct error *err)
{
	uint32_t events;
	int rc = btc_trace_set(b, on, true, err);

	return rc == 0 ? btc_events_take(b, BTC_EVENT_TRACE_OVERFLOW, err, &events) : rc;
}

static int record_for(struct call *call, struct btc *b, uint64_t us, struct error *err)
{
	int rc = start_anew(b, true, err);

	if (rc == 0)
		clock_wait_us(board_clock(call->board), us);
	return rc;
}

static int trace(struct call *call, struct btc *b, struct trace *trace, struct error *err)
{
	bool clear = args_has(&call->args, OPT_CLEAR), on = args_has(&call->args, OPT_ON);
	bool is_on = false;
	uint32_t level;
	uint64_t us = 0;
	int rc = time_option(call, err, &us);

	if (rc == 0 && on && args_has(&call->args, OPT_OFF))
		rc = error_set(err, E_SYNTAX, "--on and --off exclude each other");
	if (rc == 0)
		rc = btc_trace_get(b, err, &is_on, &level);
	if (rc == 0 && us > 0)
		rc = record_for(call, b, us, err);
	else if (rc == 0 && clear)
		rc = start_anew(b, is_on || on, err);
	else if (rc == 0 && on)
		rc = btc_trace_set(b, true, false, err);
	if (rc == 0)
		rc = take_records(call, b, trace, err);
	if (rc == 0 && args_has(&call->args, OPT_OFF))
		rc = btc_trace_set(b, false, false, err);
	return rc == 0 ? put_state(call, b, err) : rc;
}

static int run_trace(struct call *call, struct error *err)
{
	struct trace *t = calloc(1, sizeof(*t));
	struct btc *b = NULL;
	int rc = t != NULL ? tdm_open(call, err, &b) : error_set(err, E_NOMEM, "out of memory");

	if (rc == 0) {
		t->addresses = args_has(&call->args, OPT_ADDRESSES);
		rc = trace(call, b, t, err);
	}
	btc_close(b);
	free(t);
	return rc;
}

/* --- load -------------------------------------------------------------------------------- */

static const struct arg_spec load_options[] = {
	{ "time", 0, OPT_TIME, "TIME", "how long to look (100ms)", 0 },
	{ 0 },
};

/* Counters of the bus at one moment. */
struct look {
	uint32_t core[BTC_N_COUNTERS];
	uint32_t cells[BTC_N_STATIONS]; /* of blades */
	struct btc_requester requester[BTC_N_STATIONS];
};

static int look_at(struct btc *b, const struct btc_state *state, struct error *err,
		   struct look *look)
{
	uint32_t n = btc_capabilities(b)->n_blades, values[BTC_N_BLADE_COUNTERS];
	int rc = btc_counters_get(b, err, look->core);

	for (uint32_t i = 1; rc == 0 && i <= n; i++) {
		if ((state->present & btc_blade_bit(i)) == 0)
			continue;
		rc = btc_blade_counters_get(b, i, err, values);
		if (rc == 0)
			look->cells[i] = values[BTC_COUNT_BLADE_CELLS];
	}
	if (rc == 0)
		rc = btc_arb_get(b, 0, n + 1, err, look->requester);
	return rc;
}

/* What a station did between two looks. */
struct use {
	uint32_t owned,
		granted; /* timeslots: of the plan, and times that shared ones were given */
	uint32_t cells;
	double share; /* of the timeslots that it had */
};

struct load {
	struct btc_state state;
	struct btc_shape shape;
	struct btc_plan plan;
	struct look before, after;
	uint32_t frames;
};

static struct use use_of(const struct load *load, uint32_t station)
{
	struct use use = {
		.owned = btc_plan_owned(&load->plan, station),
		.granted = load->after.requester[station].grants -
			   load->before.requester[station].grants,
		.cells = load->after.cells[station] - load->before.cells[station],
	};
	double had = (double)use.owned * load->frames + use.granted;

	/* What the bus carried and no blade sent is the controller's. */
	if (station == BTC_CONTROLLER) {
		use.cells = load->after.core[BTC_COUNT_USED_SLOTS] -
			    load->before.core[BTC_COUNT_USED_SLOTS];
		for (uint32_t i = 1; i < BTC_N_STATIONS; i++)
			use.cells -= load->after.cells[i] - load->before.cells[i];
	}
	use.share = had > 0 ? use.cells / had : 0;
	return use;
}

#define BAR 20u

/* 20 characters, one for each 5 %. */
static const char *bar_text(struct out_record *root, double share)
{
	double full = share > 1 ? BAR : share * BAR;
	unsigned n = (unsigned)(full + 0.5);

	return out_format(root, "%.*s%.*s", (int)n, "####################", (int)(BAR - n),
			  "....................");
}

static const struct out_column load_columns[] = {
	{ "station", NULL, 0 },
	{ "name", "STATION", OUT_RAW },
	{ "owned_slots", "SLOTS", OUT_RIGHT },
	{ "granted_slots", "GRANTED", OUT_RIGHT },
	{ "cells", "CELLS", OUT_RIGHT | OUT_RAW },
	{ "payload_mbps", "MB/S", OUT_RIGHT },
	{ "used_percent", "USED %", OUT_RIGHT },
	{ "bar", "", 0 },
};

static double rounded(double value)
{
	return (double)(uint64_t)(value * 10 + 0.5) / 10;
}

static void put_use(struct out_record *root, struct out_table *table, const struct load *load,
		    uint32_t station)
{
	struct use use = use_of(load, station);
	double us = load->frames * (load->shape.period_ns / 1e3);
	double payload = use.cells * (load->shape.slot_bytes - BTC_CELL_OVERHEAD) * 8.0;

	out_row(table, (const struct out_cell[]){
			       out_uint(station),
			       out_styled(OUT_STYLE_NAME,
					  out_lasting(tdm_station_text(root, station))),
			       out_uint(use.owned),
			       out_uint(use.granted),
			       out_uint(use.cells),
			       out_real(us > 0 ? rounded(payload / us) : 0),
			       out_real(rounded(use.share * 100)),
			       out_lasting(bar_text(root, use.share)),
		       });
}

static void put_load(struct call *call, const struct load *load)
{
	struct out_record *root = out_root(call->out);
	const uint32_t *now = load->after.core, *then = load->before.core;
	struct out_table *table;

	out_add(root, "frames", "frames", out_uint(load->frames));
	out_add(root, "used_slots", "timeslots with a cell",
		out_uint(now[BTC_COUNT_USED_SLOTS] - then[BTC_COUNT_USED_SLOTS]));
	out_add(root, "idle_slots", "timeslots without",
		out_uint(now[BTC_COUNT_IDLE_SLOTS] - then[BTC_COUNT_IDLE_SLOTS]));
	out_add(root, "collided_slots", "timeslots with several",
		out_uint(now[BTC_COUNT_COLLIDED_SLOTS] - then[BTC_COUNT_COLLIDED_SLOTS]));
	out_add(root, "shared_slots", "shared timeslots of a frame",
		out_uint(btc_plan_shared(&load->plan)));
	table = out_table(root, "stations", load_columns, COUNT(load_columns));
	for (uint32_t i = 0; i < BTC_N_STATIONS; i++)
		if (i == BTC_CONTROLLER || (load->state.present & btc_blade_bit(i)) != 0)
			put_use(root, table, load, i);
}

static int measure(struct call *call, struct btc *b, uint64_t us, struct error *err,
		   struct load *load)
{
	int rc = btc_state_get(b, err, &load->state);

	if (rc == 0 && !load->state.enabled)
		rc = error_set(err, E_STATE, "the TDM bus is silent; `btc init` starts it");
	if (rc == 0)
		rc = btc_frame_get(b, err, &load->shape);
	if (rc == 0)
		rc = btc_slots_active(b, err, &load->plan);
	if (rc == 0)
		rc = look_at(b, &load->state, err, &load->before);
	if (rc != 0)
		return rc;
	clock_wait_us(board_clock(call->board), us);
	rc = look_at(b, &load->state, err, &load->after);
	load->frames = load->after.core[BTC_COUNT_FRAMES] - load->before.core[BTC_COUNT_FRAMES];
	return rc;
}

static int run_load(struct call *call, struct error *err)
{
	struct load load = { 0 };
	uint64_t us = 100000;
	struct btc *b;
	int rc = time_option(call, err, &us);

	if (rc == 0)
		rc = tdm_open(call, err, &b);
	if (rc != 0)
		return rc;
	rc = measure(call, b, us, err, &load);
	if (rc == 0)
		put_load(call, &load);
	btc_close(b);
	return rc;
}

const struct cmd tdm_table[] = {
	{
		.name = "load",
		.usage = "",
		.help = "how much of their timeslots stations use",
		.detail = "Looks twice, --time apart. GRANTED are shared timeslots that the "
			  "station was given, MB/S is the payload of its cells.",
		.flags = CMD_NEEDS_BOARD,
		.options = load_options,
		.schema = "tdm-load",
		.version = 1,
		.run = run_load,
	},
	{
		.name = "trace",
		.usage = "",
		.help = "the messages that crossed the TDM bus, decoded",
		.detail = "A message that the switch blade sends on has two lines: as it came, "
			  "with the controller as initial destination, and as it went on, the "
			  "initial destination overwritten with the final one. What is shown "
			  "is taken out of the record, which holds 1024 messages.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = trace_options,
		.schema = "tdm-trace",
		.version = 1,
		.run = run_trace,
	},
};
