/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The `slot` commands: who sends and who listens in each timeslot of the TDM bus. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/complete.h"
#include "cli/outfile.h"
#include "cli/slot_art.h"
#include "cli/tdm.h"
#include "hal/btc/frame.h"
#include "hal/btc/slots.h"
#include "hal/numberset.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum {
	OPT_BLADES = OPT_COMMAND,
	OPT_NEXT,
	OPT_SHARED,
	OPT_SVG,
};

/* A list of timeslots of the frame, 1 to @n_slots - 1. */
static int parse_slots(const char *text, uint32_t n_slots, struct error *err,
		       struct numberset *slots)
{
	const struct numberset_kind kind = { "timeslot", 1, n_slots - 1 };

	return numberset_parse(text, &kind, err, slots);
}

/* --- show -------------------------------------------------------------------------------- */

static const struct arg_spec show_options[] = {
	{ "blades", 0, OPT_BLADES, "BLADES", "that get a line (plugged in, or with a slot)",
	  0 },
	{ "next", 0, OPT_NEXT, NULL, "the plan being written, not the one in force", 0 },
	{ "svg", 0, OPT_SVG, "FILE", "draw it as a picture for browsers", ARG_FILE },
	{ 0 },
};

/* A plan and what belongs to it. */
struct view {
	struct btc_plan plan;
	struct btc_shape shape;
	struct btc_state state;
	btc_blades blades;
};

static int view_get(const struct call *call, struct btc *b, struct error *err,
		    struct view *view)
{
	const char *blades = args_value(&call->args, OPT_BLADES);
	int rc = args_has(&call->args, OPT_NEXT) ? btc_slots_next(b, err, &view->plan)
						 : btc_slots_active(b, err, &view->plan);

	if (rc == 0)
		rc = btc_frame_get(b, err, &view->shape);
	if (rc == 0)
		rc = btc_state_get(b, err, &view->state);
	if (rc != 0)
		return rc;
	if (blades != NULL)
		return tdm_blades(blades, err, &view->blades);
	view->blades = view->state.present;
	for (uint32_t i = 1; i < view->plan.n_slots; i++)
		if (view->plan.slot[i].kind == BTC_SLOT_RESERVED &&
		    view->plan.slot[i].owner != BTC_CONTROLLER)
			view->blades |= btc_blade_bit(view->plan.slot[i].owner);
	return 0;
}

static void show_slots(struct out_record *root, const struct btc_plan *plan)
{
	static const struct out_column columns[] = {
		{ "slot", NULL, 0 },          { "kind", NULL, 0 },
		{ "owner", NULL, 0 },         { "controller_listens", NULL, 0 },
		{ "blades_listen", NULL, 0 },
	};
	struct out_table *table = out_table(root, "slots", columns, COUNT(columns));

	for (uint32_t i = 1; i < plan->n_slots; i++) {
		const struct btc_slot *slot = &plan->slot[i];

		out_row(table, (const struct out_cell[]){
				       out_uint(i),
				       out_lasting(btc_slot_kind_name(slot->kind)),
				       slot->kind == BTC_SLOT_RESERVED ? out_uint(slot->owner)
								       : out_null(),
				       out_bool(slot->controller),
				       out_lasting(tdm_blades_text(root, slot->blades)),
			       });
	}
}

/* The slots that @station sends in; those that are shared with BTC_N_STATIONS. */
static struct numberset slots_of(const struct btc_plan *plan, uint32_t station)
{
	struct numberset set = { 0 };

	for (uint32_t i = 1; i < plan->n_slots; i++) {
		const struct btc_slot *slot = &plan->slot[i];

		if (station == BTC_N_STATIONS
			    ? slot->kind == BTC_SLOT_SHARED
			    : slot->kind == BTC_SLOT_RESERVED && slot->owner == station)
			numberset_add(&set, i);
	}
	return set;
}

static void show_senders(struct out_record *root, const struct view *view)
{
	static const struct out_column columns[] = {
		{ "station", NULL, 0 },
		{ "sender", "SENDER", 0 },
		{ "n_slots", "SLOTS", OUT_RIGHT | OUT_RAW },
		{ "mbps", "MB/S", OUT_RIGHT },
		{ "slots", NULL, 0 },
	};
	struct out_table *table = out_table(root, "senders", columns, COUNT(columns));
	double slot_mbps = view->shape.slot_bytes * 8 * 1e3 / view->shape.period_ns;

	for (uint32_t station = 0; station <= BTC_N_STATIONS; station++) {
		struct numberset set = slots_of(&view->plan, station);
		size_t n = numberset_count(&set);
		bool shared = station == BTC_N_STATIONS;
		char buf[NUMBERSET_TEXT_SIZE];

		if (n == 0)
			continue;
		out_row(table, (const struct out_cell[]){
				       shared ? out_null() : out_uint(station),
				       out_styled(OUT_STYLE_NAME,
						  out_lasting(shared ? "shared"
								     : tdm_station_text(
									       root, station))),
				       out_uint(n),
				       out_real((double)n * slot_mbps),
				       out_lasting(out_format(root, "%s",
							      numberset_format(&set, buf))),
			       });
	}
}

static int write_svg(const struct call *call, const struct view *view, struct error *err)
{
	const struct slot_art art = { &view->plan, &view->shape, view->blades };
	const char *path = args_value(&call->args, OPT_SVG);
	struct outfile out;
	char title[160];
	int rc = path != NULL ? outfile_open(&out, path, err) : 0;

	if (rc != 0 || path == NULL)
		return rc;
	snprintf(title, sizeof(title), "Timeslots of %.64s, plan %" PRIu32,
		 board_name(call->board), view->state.plan);
	rc = slot_art_svg(out.file, &art, title, err);
	if (rc == 0)
		return outfile_commit(&out, err);
	outfile_abort(&out);
	return rc;
}

static int show(struct call *call, struct btc *b, struct error *err)
{
	struct out_record *root = out_root(call->out);
	struct view view;
	int rc = view_get(call, b, err, &view);

	if (rc != 0)
		return rc;
	const struct slot_art art = { &view.plan, &view.shape, view.blades };

	out_add(root, "plan", "slot plans applied", out_uint(view.state.plan));
	out_add(root, "enabled", "bus enabled", out_bool(view.state.enabled));
	out_add(root, "medium", "medium", out_lasting(btc_medium_name(view.state.medium)));
	show_slots(root, &view.plan);
	slot_art_text(root, &art);
	show_senders(root, &view);
	return write_svg(call, &view, err);
}

static int run_show(struct call *call, struct error *err)
{
	return tdm_run(call, err, show);
}

/* --- plan, assign, listen ---------------------------------------------------------------- */

static const struct arg_spec plan_options[] = {
	{ "blades", 0, OPT_BLADES, "BLADES", "that get timeslots (those plugged in)", 0 },
	{ "shared", 0, OPT_SHARED, "N", "timeslots for arbitration (0)", 0 },
	{ 0 },
};

/* Applies @plan in place of the one in force, and tells. */
static int apply(struct call *call, struct btc *b, const struct btc_plan *plan,
		 struct error *err)
{
	struct out_record *root = out_root(call->out);
	struct btc_applied applied = { 0 };
	struct btc_plan active;
	int rc = btc_slots_active(b, err, &active);

	if (rc == 0)
		rc = btc_slots_apply(b, plan, err, &applied);
	if (rc != 0)
		return rc;
	out_add(root, "plan", "slot plans applied", out_uint(applied.number));
	out_add(root, "changed_slots", "timeslots changed",
		out_uint(btc_plan_differences(plan, &active)));
	out_add(root, "written_registers", "registers written", out_uint(applied.written));
	return 0;
}

/* The operands as the text of a whole plan. */
static int plan_from_words(const struct call *call, struct error *err, struct btc_plan *plan)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < call->args.n_operands; i++)
		rc = btc_plan_parse(call->args.operands[i], err, plan);
	return rc;
}

static int plan_from_recipe(const struct call *call, struct btc *b, struct error *err,
			    struct btc_plan *plan)
{
	struct btc_plan_recipe recipe = { .n_slots = plan->n_slots };
	const char *blades = args_value(&call->args, OPT_BLADES);
	struct btc_state state;
	int rc =
		args_option32(&call->args, OPT_SHARED,
			      (struct args_range){ 0, BTC_MAX_SLOTS - 1 }, err, &recipe.shared);

	if (rc == 0)
		rc = btc_state_get(b, err, &state);
	if (rc == 0 && blades != NULL)
		rc = tdm_blades(blades, err, &recipe.blades);
	else if (rc == 0)
		recipe.blades = state.present;
	return rc == 0 ? btc_plan_make(&recipe, err, plan) : rc;
}

static int make_plan(const struct call *call, struct btc *b, struct error *err,
		     struct btc_plan *plan)
{
	bool words = call->args.n_operands > 0;
	struct btc_shape shape;
	int rc;

	if (words && (args_has(&call->args, OPT_BLADES) || args_has(&call->args, OPT_SHARED)))
		return error_set(err, E_SYNTAX,
				 "--blades and --shared make a plan; or give it: 1-40=0 41=1");
	rc = btc_frame_get(b, err, &shape);
	if (rc != 0)
		return rc;
	btc_plan_init(plan, shape.n_slots);
	return words ? plan_from_words(call, err, plan) : plan_from_recipe(call, b, err, plan);
}

/* The station of USE; the kind alone with "shared" and "off". */
static int parse_use(const char *text, struct error *err, struct btc_slot *use)
{
	uint32_t station = BTC_CONTROLLER;
	int rc;

	use->kind = strcmp(text, "shared") == 0 ? BTC_SLOT_SHARED
		    : strcmp(text, "off") == 0  ? BTC_SLOT_OFF
						: BTC_SLOT_RESERVED;
	if (use->kind != BTC_SLOT_RESERVED)
		return 0;
	rc = tdm_station(text, err, &station);
	use->owner = (uint8_t)station;
	return rc;
}

/* SLOTS, and the plan in force to change there. */
static int slots_of_plan(const struct call *call, struct btc *b, struct error *err,
			 struct btc_plan *plan, struct numberset *slots)
{
	int rc = btc_slots_active(b, err, plan);

	return rc == 0 ? parse_slots(call->args.operands[0], plan->n_slots, err, slots) : rc;
}

static int assign(const struct call *call, struct btc *b, struct error *err,
		  struct btc_plan *plan)
{
	struct btc_slot use = { 0 };
	struct numberset slots;
	int rc = parse_use(call->args.operands[1], err, &use);

	if (rc == 0)
		rc = slots_of_plan(call, b, err, plan, &slots);
	for (uint32_t i = 1; rc == 0 && i < plan->n_slots; i++)
		if (numberset_has(&slots, i)) {
			plan->slot[i].kind = use.kind;
			plan->slot[i].owner = use.owner;
		}
	return rc;
}

/* "0,3-5", "all", "none": stations, the controller's among them. */
static int parse_listeners(const char *text, struct error *err, struct btc_slot *slot)
{
	static const struct numberset_kind kind = { "station", 0, BTC_MAX_BLADES };
	struct numberset set;
	int rc = numberset_parse(text, &kind, err, &set);

	if (rc != 0)
		return rc;
	slot->controller = numberset_has(&set, BTC_CONTROLLER);
	slot->blades = set.bits[0] >> 1 | set.bits[1] << 63;
	return 0;
}

static int listen(const struct call *call, struct btc *b, struct error *err,
		  struct btc_plan *plan)
{
	struct btc_slot to = { 0 };
	struct numberset slots;
	int rc = parse_listeners(call->args.operands[1], err, &to);

	if (rc == 0)
		rc = slots_of_plan(call, b, err, plan, &slots);
	for (uint32_t i = 1; rc == 0 && i < plan->n_slots; i++)
		if (numberset_has(&slots, i)) {
			plan->slot[i].controller = to.controller;
			plan->slot[i].blades = to.blades;
		}
	return rc;
}

/* Opens the BTC, makes a plan by @make, applies it. */
static int run_change(struct call *call, struct error *err,
		      int (*make)(const struct call *call, struct btc *b, struct error *err,
				  struct btc_plan *plan))
{
	struct btc_plan plan;
	struct btc *b;
	int rc = tdm_open(call, err, &b);

	if (rc != 0)
		return rc;
	rc = make(call, b, err, &plan);
	if (rc == 0)
		rc = apply(call, b, &plan, err);
	btc_close(b);
	return rc;
}

static int run_plan(struct call *call, struct error *err)
{
	return run_change(call, err, make_plan);
}

static int run_assign(struct call *call, struct error *err)
{
	return run_change(call, err, assign);
}

static int run_listen(struct call *call, struct error *err)
{
	return run_change(call, err, listen);
}

static void complete_use(const struct complete *complete)
{
	if (complete->operand != 1)
		return;
	complete_offer(complete, "controller");
	complete_offer(complete, "off");
	complete_offer(complete, "shared");
}

static void complete_listeners(const struct complete *complete)
{
	if (complete->operand != 1)
		return;
	complete_offer(complete, "all");
	complete_offer(complete, "none");
}

const struct cmd slot_table[] = {
	{
		.name = "assign",
		.usage = "SLOTS STATION|shared|off",
		.help = "who sends in timeslots",
		.detail =
			"SLOTS is a list like 1-4,9. STATION is 0 or controller, or the number "
			"of a blade: the timeslots become its own; shared ones are given by "
			"arbitration. The other timeslots and all listeners stay. The new "
			"plan comes into force as a whole at the boundary of a frame, or not "
			"at all.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 2,
		.max_operands = 2,
		.schema = "slot-plan",
		.version = 1,
		.run = run_assign,
		.complete = complete_use,
	},
	{
		.name = "listen",
		.usage = "SLOTS STATIONS",
		.help = "who listens to timeslots",
		.detail =
			"STATIONS is a list like 0,3-5 (0 is the controller), all or none. The "
			"other timeslots and all senders stay.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 2,
		.max_operands = 2,
		.schema = "slot-plan",
		.version = 1,
		.run = run_listen,
		.complete = complete_listeners,
	},
	{
		.name = "plan",
		.usage = "[SLOTS=USE[>LISTENERS]]...",
		.help = "replace the whole slot plan at a frame boundary",
		.detail =
			"USE is a station, shared or off; LISTENERS are stations, all or none "
			"(all): 1-20=0 21,23=1 24=2>0,5 25-30=shared. Timeslots that are not "
			"named are off. Without operands a plan is made: half of the "
			"timeslots for the controller, since every message crosses the bus "
			"twice, the rest round the blades.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = plan_options,
		.max_operands = SIZE_MAX,
		.schema = "slot-plan",
		.version = 1,
		.run = run_plan,
	},
	{
		.name = "show",
		.usage = "",
		.help = "the frame as a picture: who sends, who listens",
		.detail =
			"A line for each station, a column for each timeslot. --svg draws the "
			"same for browsers.",
		.flags = CMD_NEEDS_BOARD,
		.options = show_options,
		.schema = "slot-show",
		.version = 1,
		.run = run_show,
	},
};
