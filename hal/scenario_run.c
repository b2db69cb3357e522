/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <inttypes.h>
#include <string.h>

#include "drv/clock.h"
#include "drv/world.h"
#include "hal/board_priv.h"
#include "hal/btc/arb.h"
#include "hal/btc/blades.h"
#include "hal/btc/counters.h"
#include "hal/btc/events.h"
#include "hal/btc/message.h"
#include "hal/btc/steer.h"
#include "hal/btc/trace.h"
#include "hal/scenario_priv.h"

#define DISCOVER_US 20000u
#define PING_US     20000u
#define PING_BYTES  64u

int scenario__wait(struct scenario_run *run, uint64_t us,
		   int (*done)(struct scenario_run *run, void *arg, struct error *err,
			       bool *is_done),
		   void *arg, struct error *err, bool *is_done)
{
	uint64_t end = clock_now_us(run->clock) + us, now;
	int rc;

	for (;;) {
		mock_btc_run(run->model);
		rc = done(run, arg, err, is_done);
		now = clock_now_us(run->clock);
		if (rc != 0 || *is_done || now >= end)
			return rc;
		clock_wait_us(run->clock,
			      end - now < run->frame_us ? end - now : run->frame_us);
	}
}

/* --- setting up -------------------------------------------------------------------------- */

static int find_btc(struct board *board, struct error *err, struct device **out)
{
	for (size_t i = 0; i < board_n_devices(board); i++) {
		*out = board_device_at(board, i);
		if (strcmp(regdb_name(device_map(*out)), "btc") == 0)
			return 0;
	}
	return error_set(err, E_NODEV, "the board has no device with the map btc");
}

static int open_bus(struct scenario_run *run, struct board *board, struct error *err)
{
	struct device *dev = NULL;
	struct mock *mock = NULL;
	int rc = find_btc(board, err, &dev);

	if (rc == 0)
		rc = btc_open(dev, err, &run->btc);
	if (rc != 0)
		return rc;
	if (board->world != NULL)
		mock = world_device_find(board->world, device_name(dev));
	run->model = mock != NULL ? mock_btc_of(mock) : NULL;
	if (run->model == NULL)
		return error_set(err, E_NOTSUP,
				 "a scenario needs the model of the BTC: the bus of %s is %s",
				 device_name(dev), device_bus_uri(dev));
	run->clock = world_clock(board->world);
	return 0;
}

static void octets_of(const struct mac *mac, uint8_t octets[6])
{
	memcpy(octets, mac->octet, 6);
}

static int model_failed(struct error *err, int rc, const char *what, uint64_t station)
{
	return rc == 0 ? 0 : error_set(err, rc, "%s blade %" PRIu64, what, station);
}

static int behave(struct scenario_run *run, const struct scenario_conduct *c, struct error *err)
{
	struct mock_btc_conduct conduct = {
		.behaviour = (enum mock_btc_behaviour)c->does,
		.type = (uint16_t)c->type,
		.length = (uint16_t)c->length,
		.count = c->count,
		.every = (uint32_t)c->every,
	};
	struct mac to = { { 0 } };
	int rc = c->to.place != SCENARIO_NOBODY ? scenario__ident(run, &c->to, err, &to) : 0;

	if (rc != 0)
		return rc;
	octets_of(&to, conduct.to);
	rc = mock_btc_behave(run->model, (uint32_t)c->station, &conduct);
	return model_failed(err, rc, "conduct of", c->station);
}

static int set_clock(struct scenario_run *run, uint64_t station, int64_t ppm, struct error *err)
{
	int rc = mock_btc_set_clock(run->model, (uint32_t)station, (int32_t)ppm);

	return model_failed(err, rc, "clock of", station);
}

/* The conduct comes later: it may name blades that are plugged in after this one. */
static int plug(struct scenario_run *run, const struct scenario_blade *b, struct error *err)
{
	struct mock_btc_blade blade = {
		.ipv4 = (uint32_t)b->ipv4,
		.functions = (uint32_t)b->functions,
	};
	int rc;

	octets_of(&b->ident.ident, blade.ident);
	rc = mock_btc_plug(run->model, (uint32_t)b->station, &blade);
	if (rc != 0)
		return model_failed(err, rc, "cannot plug in", b->station);
	run->ident[b->station] = b->ident.ident;
	run->plugged[b->station] = true;
	run->model_blade_base[b->station] = (struct mock_btc_blade_stats){ 0 };
	return b->clock_ppm != 0 ? set_clock(run, b->station, b->clock_ppm, err) : 0;
}

static int pull(struct scenario_run *run, uint64_t station, struct error *err)
{
	int rc = mock_btc_pull(run->model, (uint32_t)station);

	run->plugged[station] = false;
	return model_failed(err, rc, "cannot pull out", station);
}

/* The blades of the scenario in place of those of the board. */
static int place_blades(struct scenario_run *run, struct error *err)
{
	int rc = 0;

	mock_btc_seed(run->model, run->s->seed);
	mock_btc_heal(run->model);
	for (uint32_t i = 1; rc == 0 && i < BTC_N_STATIONS; i++)
		if (mock_btc_is_plugged(run->model, i))
			rc = pull(run, i, err);
	for (size_t i = 0; rc == 0 && i < run->s->n_blades; i++)
		rc = plug(run, &run->s->blades[i], err);
	return rc;
}

static int set_up(struct scenario_run *run, struct error *err)
{
	const struct scenario *s = run->s;
	const struct btc_setup setup = {
		.ident = s->ident,
		.medium = s->medium,
		.shape = &s->shape,
		.plan = &s->plan,
	};
	int rc = btc_reset(run->btc, err);

	if (rc == 0)
		rc = btc_init(run->btc, &setup, err);
	if (rc == 0)
		rc = btc_forwarding_set(run->btc, &s->forwarding, err);
	if (rc == 0)
		rc = btc_arb_mode_set(run->btc, (enum btc_arb_mode)s->arbitration, err);
	for (uint32_t i = 0; rc == 0 && i < s->n_rules; i++) {
		const struct btc_steer_rule rule = {
			.valid = true,
			.type = (uint16_t)s->rules[i].type,
			.function = (uint32_t)s->rules[i].function,
			.eligible = s->rules[i].blades,
		};

		rc = btc_steer_set(run->btc, i, &rule, err);
	}
	return rc;
}

static int discover(struct scenario_run *run, uint64_t us, struct error *err)
{
	struct btc_hotswap hotswap;

	return btc_hotswap(run->btc, (uint32_t)us, err, &hotswap);
}

/* What happened while the bus was set up is not the scenario's: counts and events start here. */
static int start(struct scenario_run *run, struct error *err)
{
	uint32_t events, blade_events[BTC_MAX_BLADES];
	int rc = run->s->discover ? discover(run, DISCOVER_US, err) : 0;

	/* The list of identifiers is on its way: until the core has sent it, and it was heard. */
	if (rc == 0)
		rc = btc_message_drain(run->btc, DISCOVER_US, err);
	if (rc == 0) {
		clock_wait_us(run->clock, 2 * run->frame_us);
		mock_btc_run(run->model);
	}
	if (rc == 0)
		rc = btc_message_flush(run->btc, err);
	if (rc == 0)
		rc = btc_events_take(run->btc, BTC_ALL_EVENTS, err, &events);
	if (rc == 0)
		rc = btc_blade_events_take(run->btc, err, blade_events);
	if (rc == 0)
		rc = btc_trace_set(run->btc, true, true, err);
	if (rc == 0)
		rc = scenario__count_start(run, err);
	for (size_t i = 0; rc == 0 && i < run->s->n_blades; i++)
		if (run->s->blades[i].conduct.does != MOCK_BTC_RESPOND)
			rc = behave(run, &run->s->blades[i].conduct, err);
	scenario__mail_start(run);
	return rc;
}

/* --- steps ------------------------------------------------------------------------------- */

/* Bytes of a body that the file gives by its length only. */
static void fill(uint8_t *body, size_t n)
{
	for (size_t i = 0; i < n; i++)
		body[i] = (uint8_t)i;
}

static int send_of_blade(struct scenario_run *run, const struct scenario_send *send,
			 const struct btc_message *msg, struct error *err)
{
	struct mock_btc_message message = {
		.type = msg->header.type,
		.length = msg->header.length,
		.body = msg->body,
	};
	int rc = 0;

	octets_of(&msg->header.final, message.final);
	octets_of(&msg->header.initial, message.initial);
	for (uint64_t i = 0; rc == 0 && i < send->count; i++)
		rc = mock_btc_send(run->model, send->from.station, &message);
	return model_failed(err, rc, "cannot send from", send->from.station);
}

static int send_of_controller(struct scenario_run *run, const struct scenario_send *send,
			      struct btc_message *msg, struct error *err)
{
	const struct btc_send how = { .timeout_us = BTC_SEND_TIMEOUT_US,
				      .steer = send->steer != 0 };
	int rc = 0;

	for (uint64_t i = 0; rc == 0 && i < send->count; i++)
		rc = btc_message_send(run->btc, msg, &how, err);
	if (send->refused == 0 || (rc != 0 && rc != E_STATE))
		return rc;
	if (rc == 0)
		return error_set(err, E_MISMATCH, "was not refused");
	error_clear(err);
	return 0;
}

static int send_message(struct scenario_run *run, const struct scenario_send *send,
			struct error *err)
{
	struct btc_message msg = { .header.type = (uint16_t)send->type };
	size_t length = send->body != NULL ? strlen(send->body) : (size_t)send->length;
	int rc = 0;

	msg.header.length = (uint16_t)length;
	if (send->body != NULL)
		memcpy(msg.body, send->body, length);
	else
		fill(msg.body, length);
	if (send->to.place != SCENARIO_NOBODY)
		rc = scenario__ident(run, &send->to, err, &msg.header.final);
	if (rc == 0 && send->initial.place != SCENARIO_NOBODY)
		rc = scenario__ident(run, &send->initial, err, &msg.header.initial);
	if (rc != 0)
		return rc;
	return send->from.station == BTC_CONTROLLER ? send_of_controller(run, send, &msg, err)
						    : send_of_blade(run, send, &msg, err);
}

static int inject(struct scenario_run *run, const struct scenario_fault *f, struct error *err)
{
	const struct mock_btc_fault fault = {
		.kind = (enum mock_btc_fault_kind)f->kind,
		.station = (uint32_t)f->station,
		.after = f->after,
		.count = f->count,
		.rate_ppm = (uint32_t)f->rate_ppm,
		.bit = (uint32_t)f->bit,
	};
	int rc = mock_btc_inject(run->model, &fault);

	return rc == 0 ? 0 : error_set(err, rc, "cannot inject the fault");
}

static int change_plan(struct scenario_run *run, const char *text, struct error *err)
{
	struct btc_plan plan;
	int rc = btc_slots_active(run->btc, err, &plan);

	if (rc == 0)
		rc = btc_plan_parse(text, err, &plan);
	if (rc == 0)
		rc = btc_slots_apply(run->btc, &plan, err, NULL);
	return rc;
}

static int ping(struct scenario_run *run, uint64_t station, struct error *err)
{
	const struct btc_echo echo = { PING_BYTES, PING_US };
	const struct scenario_who who = { .place = SCENARIO_STATION,
					  .station = (uint32_t)station };
	struct mac to;
	int rc = scenario__ident(run, &who, err, &to);

	if (rc == 0)
		rc = btc_ping(run->btc, &to, &echo, err, NULL);
	return rc;
}

static int plug_later(struct scenario_run *run, const struct scenario_blade *blade,
		      struct error *err)
{
	int rc = plug(run, blade, err);

	return rc == 0 && blade->conduct.does != MOCK_BTC_RESPOND
		       ? behave(run, &blade->conduct, err)
		       : rc;
}

static int take_step(struct scenario_run *run, const struct scenario_step *step,
		     struct error *err)
{
	switch (step->verb) {
	case SCENARIO_BEHAVE:
		return behave(run, &step->as.behave, err);
	case SCENARIO_CLOCK:
		return set_clock(run, step->as.clock.station, step->as.clock.ppm, err);
	case SCENARIO_COUNT:
		return scenario__count(run, &step->as.count, err);
	case SCENARIO_DISABLE:
	case SCENARIO_ENABLE:
		return btc_blade_disable(run->btc, (uint32_t)step->as.station,
					 step->verb == SCENARIO_DISABLE, err);
	case SCENARIO_DISCOVER:
		return discover(run, step->as.us, err);
	case SCENARIO_EVENT:
		return scenario__event(run, &step->as.event, err);
	case SCENARIO_EXPECT:
		return scenario__expect(run, &step->as.expect, err);
	case SCENARIO_FAULT:
		return inject(run, &step->as.fault, err);
	case SCENARIO_HEAL:
		mock_btc_heal(run->model);
		return 0;
	case SCENARIO_PING:
		return ping(run, step->as.station, err);
	case SCENARIO_PLAN:
		return change_plan(run, step->as.plan, err);
	case SCENARIO_PLUG:
		return plug_later(run, &step->as.plug, err);
	case SCENARIO_PULL:
		return pull(run, step->as.station, err);
	case SCENARIO_SEND:
		return send_message(run, &step->as.send, err);
	case SCENARIO_STATE:
		return scenario__state(run, &step->as.state, err);
	default:
		clock_wait_us(run->clock, step->as.us);
		mock_btc_run(run->model);
		return 0;
	}
}

static uint32_t frame_now(struct scenario_run *run)
{
	struct mock_btc_stats now;

	mock_btc_stats(run->model, &now);
	return (uint32_t)(now.frames - run->model_base.frames);
}

static int take_steps(struct scenario_run *run, const struct scenario_watch *watch,
		      struct error *err, struct scenario_result *result)
{
	const struct scenario *s = run->s;
	char text[SCENARIO_STEP_TEXT_SIZE];

	for (size_t i = 0; i < s->n_steps; i++) {
		struct error mistake = { 0 };
		int rc = take_step(run, &s->steps[i], &mistake);

		if (watch != NULL && watch->step != NULL)
			watch->step(watch->arg, i, frame_now(run), &mistake);
		if (rc != 0) {
			error_copy(err, &mistake);
			return error_prefix(err, "%s:%" PRIu32 ": %s", s->name,
					    s->steps[i].line, scenario_step_text(s, i, text));
		}
		result->n_done++;
	}
	return 0;
}

/* What happened until now, also when a step failed; errors of these reads are not of interest. */
static void sum_up(struct scenario_run *run, struct scenario_result *result)
{
	uint32_t now[BTC_N_COUNTERS];
	struct mock_btc_stats stats;

	mock_btc_stats(run->model, &stats);
	result->n_frames = frame_now(run);
	result->n_messages = stats.messages - run->model_base.messages;
	result->n_taken = stats.taken - run->model_base.taken;
	if (btc_counters_get(run->btc, NULL, now) != 0)
		return;
	for (size_t i = 0; i < BTC_N_COUNTERS; i++)
		if (btc_counter_is_drop(i))
			result->n_dropped += now[i] - run->core_base[i];
}

int scenario_run(const struct scenario *s, struct board *board,
		 const struct scenario_watch *watch, struct error *err,
		 struct scenario_result *result)
{
	struct scenario_run run = { .s = s, .frame_us = s->shape.period_ns / 1000 };
	int rc = open_bus(&run, board, err);

	*result = (struct scenario_result){ 0 };
	run.ident[BTC_CONTROLLER] = s->ident;
	if (rc == 0)
		rc = place_blades(&run, err);
	if (rc == 0)
		rc = set_up(&run, err);
	if (rc == 0)
		rc = start(&run, err);
	if (rc == 0) {
		rc = take_steps(&run, watch, err, result);
		sum_up(&run, result);
	}
	scenario__mail_end(&run);
	btc_close(run.btc);
	return rc;
}
