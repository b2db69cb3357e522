/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Steps in words. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "hal/btc/blades.h"
#include "hal/scenario_priv.h"

struct text {
	char *buf;
	size_t used;
};

static void say(struct text *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void say(struct text *t, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(t->buf + t->used, SCENARIO_STEP_TEXT_SIZE - t->used, fmt, ap);
	va_end(ap);
	if (n > 0)
		t->used += (size_t)n;
	if (t->used > SCENARIO_STEP_TEXT_SIZE - 1)
		t->used = SCENARIO_STEP_TEXT_SIZE - 1;
}

const char *scenario__who_text(const struct scenario_who *who, char buf[SCENARIO_WHO_SIZE])
{
	char mac[MAC_TEXT_SIZE];

	if (who->place == SCENARIO_NOBODY)
		snprintf(buf, SCENARIO_WHO_SIZE, "somebody");
	else if (who->place == SCENARIO_ALL)
		snprintf(buf, SCENARIO_WHO_SIZE, "everybody");
	else if (who->place == SCENARIO_IDENT)
		snprintf(buf, SCENARIO_WHO_SIZE, "%s", mac_format(&who->ident, mac));
	else if (who->station == BTC_CONTROLLER)
		snprintf(buf, SCENARIO_WHO_SIZE, "controller");
	else
		snprintf(buf, SCENARIO_WHO_SIZE, "blade %" PRIu32, who->station);
	return buf;
}

static void say_who(struct text *t, const char *before, const struct scenario_who *who)
{
	char buf[SCENARIO_WHO_SIZE];

	say(t, "%s%s", before, scenario__who_text(who, buf));
}

static void say_station(struct text *t, uint64_t station)
{
	if (station == SCENARIO_ANY || station == BTC_CONTROLLER)
		say(t, " controller");
	else if (station == MOCK_BTC_ANY)
		say(t, " all");
	else
		say(t, " blade %" PRIu64, station);
}

static void say_send(struct text *t, const struct scenario_send *send)
{
	say_who(t, " ", &send->from);
	if (send->steer != 0)
		say(t, ", steered");
	else
		say_who(t, " -> ", &send->to);
	if (send->initial.place != SCENARIO_NOBODY)
		say_who(t, " by way of ", &send->initial);
	say(t, ", type 0x%04x, %zu bytes", (unsigned)send->type,
	    send->body != NULL ? strlen(send->body) : (size_t)send->length);
	if (send->count > 1)
		say(t, ", %" PRIu64 " times", send->count);
	if (send->refused != 0)
		say(t, ", refused");
}

static void say_expect(struct text *t, const struct scenario_expect *expect)
{
	say_who(t, " ", &expect->from);
	say_who(t, " -> ", &expect->to);
	if (expect->type != SCENARIO_ANY)
		say(t, ", type 0x%04x", (unsigned)expect->type);
	if (expect->absent != 0)
		say(t, ", absent");
	if (expect->direct != 0)
		say(t, ", direct");
	if (expect->before_node != NULL)
		say(t, ", before");
	if (expect->after_node != NULL)
		say(t, "%s after", expect->before_node != NULL ? " and" : ",");
}

static void say_count(struct text *t, const struct scenario_count *count)
{
	say_station(t, count->station);
	say(t, " %.40s", count->counter);
	if (count->is != SCENARIO_ANY)
		say(t, ", is %" PRIu64, count->is);
	if (count->at_least != SCENARIO_ANY)
		say(t, ", at least %" PRIu64, count->at_least);
	if (count->at_most != SCENARIO_ANY)
		say(t, ", at most %" PRIu64, count->at_most);
}

static void say_state(struct text *t, const struct scenario_state *state)
{
	say_station(t, state->station);
	if (state->is != 0)
		say(t, ", %s", btc_blade_state_name((enum btc_blade_state)(state->is - 1)));
	if (state->aligned != 0)
		say(t, ", %saligned", state->aligned == 1 ? "not " : "");
	if (state->duplicate != 0)
		say(t, ", %sduplicate", state->duplicate == 1 ? "not " : "");
}

static void say_conduct(struct text *t, const struct scenario_conduct *conduct)
{
	say_station(t, conduct->station);
	say(t, ", %s", scenario__behaviours[conduct->does]);
	if (conduct->to.place != SCENARIO_NOBODY)
		say_who(t, " -> ", &conduct->to);
}

static void say_fault(struct text *t, const struct scenario_fault *fault)
{
	say(t, " %s of", scenario__faults[fault->kind]);
	say_station(t, fault->station);
	if (fault->count > 0)
		say(t, ", %" PRIu64 " times", fault->count);
}

const char *scenario_step_text(const struct scenario *s, size_t i,
			       char buf[SCENARIO_STEP_TEXT_SIZE])
{
	const struct scenario_step *step = &s->steps[i];
	struct text t = { .buf = buf };

	say(&t, "%s", scenario__verb_names[step->verb]);
	if (step->verb == SCENARIO_BEHAVE)
		say_conduct(&t, &step->as.behave);
	else if (step->verb == SCENARIO_CLOCK)
		say(&t, " blade %" PRIu64 ", %+" PRId64 " ppm", step->as.clock.station,
		    step->as.clock.ppm);
	else if (step->verb == SCENARIO_COUNT)
		say_count(&t, &step->as.count);
	else if (step->verb == SCENARIO_EVENT) {
		say_station(&t, step->as.event.station);
		say(&t, " %.40s", step->as.event.event);
	} else if (step->verb == SCENARIO_EXPECT)
		say_expect(&t, &step->as.expect);
	else if (step->verb == SCENARIO_FAULT)
		say_fault(&t, &step->as.fault);
	else if (step->verb == SCENARIO_HEAL)
		say(&t, " all faults");
	else if (step->verb == SCENARIO_PLAN)
		say(&t, " %.100s", step->as.plan);
	else if (step->verb == SCENARIO_PLUG)
		say_station(&t, step->as.plug.station);
	else if (step->verb == SCENARIO_SEND)
		say_send(&t, &step->as.send);
	else if (step->verb == SCENARIO_STATE)
		say_state(&t, &step->as.state);
	else if (step->verb == SCENARIO_WAIT || step->verb == SCENARIO_DISCOVER)
		say(&t, " %" PRIu64 " us", step->as.us);
	else
		say_station(&t, step->as.station);
	return buf;
}
