/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The steps of a scenario file. */
#include <stdlib.h>
#include <string.h>

#include "hal/btc/blades.h"
#include "hal/btc/counters.h"
#include "hal/btc/events.h"
#include "hal/scenario_priv.h"

#define WITHIN_US 10000u /* how long an expectation waits unless told */

const char *const scenario__verb_names[SCENARIO_N_VERBS + 1] = {
	[SCENARIO_BEHAVE] = "behave",     [SCENARIO_CLOCK] = "clock",
	[SCENARIO_COUNT] = "count",       [SCENARIO_DISABLE] = "disable",
	[SCENARIO_DISCOVER] = "discover", [SCENARIO_ENABLE] = "enable",
	[SCENARIO_EVENT] = "event",       [SCENARIO_EXPECT] = "expect",
	[SCENARIO_FAULT] = "fault",       [SCENARIO_HEAL] = "heal",
	[SCENARIO_PING] = "ping",         [SCENARIO_PLAN] = "plan",
	[SCENARIO_PLUG] = "plug",         [SCENARIO_PULL] = "pull",
	[SCENARIO_SEND] = "send",         [SCENARIO_STATE] = "state",
	[SCENARIO_WAIT] = "wait",
};

const char *const scenario__faults[] = { "cell-bit", "cell-lost", "body-bit", "align", NULL };

const char *const scenario__model_counters[] = { "model-messages",  "model-broken",
						 "model-taken",     "model-missed",
						 "model-unclaimed", "model-abandoned",
						 "model-faults",    NULL };

const char *const scenario__model_blade_counters[] = { "model-queued",      "model-sent",
						       "model-taken",       "model-missed",
						       "model-cell-errors", NULL };

static const char *const yes_no[] = { "no", "yes", NULL };
static const char *const told_yes_no[] = { "", "no", "yes", NULL };
static const char *const states[] = { "", "absent", "unknown", "ready", "disabled", NULL };
static const char *const all[] = { "all", NULL };

/* Keys that several steps have. */
#define STATION(type, min)                                                                     \
	{                                                                                      \
		"station", YAMLDOC_NUMBER, (min) > 0, offsetof(type, station), min,            \
			BTC_MAX_BLADES, NULL, NULL                                             \
	}
#define WHO(type, name, member, required)                                                      \
	{                                                                                      \
		name, YAMLDOC_PARSED, required, offsetof(type, member), 0, 0, NULL,            \
			scenario__parse_who                                                    \
	}
#define NUMBER(type, name, min, max)                                                           \
	{                                                                                      \
#name, YAMLDOC_NUMBER, false, offsetof(type, name), min, max, NULL, NULL       \
	}
#define WITHIN(type)                                                                           \
	{                                                                                      \
		"within", YAMLDOC_PARSED, false, offsetof(type, within_us), 0, 0, NULL,        \
			scenario__parse_duration                                               \
	}
#define CHOICE(type, name, required, words)                                                    \
	{                                                                                      \
#name, YAMLDOC_CHOICE, required, offsetof(type, name), 0, 0, words, NULL       \
	}
#define TEXT(type, name, required)                                                             \
	{                                                                                      \
#name, YAMLDOC_TEXT, required, offsetof(type, name), 0, 0, NULL, NULL          \
	}
#define MAP(type, name, member)                                                                \
	{                                                                                      \
		name, YAMLDOC_MAP, false, offsetof(type, member), 0, 0, NULL, NULL             \
	}

static bool mistake(const struct scenario_reader *r, const struct yaml_node_s *node,
		    const char *text)
{
	yamldoc_mistake(r->doc, node, E_SYNTAX, "%s", text);
	return false;
}

/* --- sending and expecting --------------------------------------------------------------- */

static bool read_send(struct scenario_reader *r, const struct yaml_node_s *node,
		      struct scenario_step *step)
{
	static const struct yamldoc_key keys[] = {
		WHO(struct scenario_send, "from", from, true),
		WHO(struct scenario_send, "to", to, false),
		WHO(struct scenario_send, "initial", initial, false),
		NUMBER(struct scenario_send, type, 0, 0xffff),
		NUMBER(struct scenario_send, length, 0, MOCK_BTC_MAX_BODY),
		NUMBER(struct scenario_send, count, 1, MOCK_BTC_MAX_QUEUED),
		TEXT(struct scenario_send, body, false),
		CHOICE(struct scenario_send, steer, false, yes_no),
		CHOICE(struct scenario_send, refused, false, yes_no),
		{ 0 },
	};
	struct scenario_send *send = &step->as.send;

	*send = (struct scenario_send){ .count = 1 };
	if (!yamldoc_read(r->doc, node, "send", keys, send))
		return false;
	if (send->from.place != SCENARIO_STATION)
		return mistake(r, node, "a message comes from the controller or a blade");
	if (send->steer != 0 && send->from.station != BTC_CONTROLLER)
		return mistake(r, node, "only messages of the controller are steered");
	if (send->refused != 0 && send->from.station != BTC_CONTROLLER)
		return mistake(r, node, "only messages of the controller are refused");
	if ((send->steer != 0) == (send->to.place != SCENARIO_NOBODY))
		return mistake(r, node, "send needs either 'to' or 'steer: yes'");
	if (send->body != NULL && strlen(send->body) > MOCK_BTC_MAX_BODY)
		return mistake(r, node, "a body has at most 1500 bytes");
	return true;
}

static bool read_addresses(struct scenario_reader *r, const struct yaml_node_s *node,
			   struct scenario_addresses *addresses)
{
	static const struct yamldoc_key keys[] = {
		WHO(struct scenario_addresses, "initial", initial, false),
		WHO(struct scenario_addresses, "final", final, false),
		WHO(struct scenario_addresses, "source", source, false),
		{ 0 },
	};

	return node == NULL || yamldoc_read(r->doc, node, "addresses", keys, addresses);
}

static bool read_expect(struct scenario_reader *r, const struct yaml_node_s *node,
			struct scenario_step *step)
{
	static const struct yamldoc_key keys[] = {
		WHO(struct scenario_expect, "from", from, true),
		WHO(struct scenario_expect, "to", to, true),
		NUMBER(struct scenario_expect, type, 0, 0xffff),
		NUMBER(struct scenario_expect, length, 0, MOCK_BTC_MAX_BODY),
		TEXT(struct scenario_expect, body, false),
		MAP(struct scenario_expect, "before", before_node),
		MAP(struct scenario_expect, "after", after_node),
		CHOICE(struct scenario_expect, absent, false, yes_no),
		CHOICE(struct scenario_expect, direct, false, yes_no),
		WITHIN(struct scenario_expect),
		{ 0 },
	};
	struct scenario_expect *expect = &step->as.expect;

	*expect = (struct scenario_expect){ .type = SCENARIO_ANY,
					    .length = SCENARIO_ANY,
					    .within_us = WITHIN_US };
	if (!yamldoc_read(r->doc, node, "expect", keys, expect) ||
	    !read_addresses(r, expect->before_node, &expect->before) ||
	    !read_addresses(r, expect->after_node, &expect->after))
		return false;
	if (expect->from.place != SCENARIO_STATION)
		return mistake(r, node, "a message comes from the controller or a blade");
	if (expect->to.place == SCENARIO_IDENT)
		return mistake(r, node, "a message comes to the controller, a blade, or all");
	if (expect->direct != 0 && expect->before_node != NULL)
		return mistake(r, node, "a direct message crosses the bus once: use 'after'");
	return true;
}

/* --- counters, events, states ------------------------------------------------------------ */

static bool find_word(const char *const *words, const char *text, size_t *index)
{
	for (size_t i = 0; words[i] != NULL; i++)
		if (strcmp(words[i], text) == 0) {
			*index = i;
			return true;
		}
	return false;
}

static bool find_name(const char *(*name)(size_t i), const char *text, size_t *index)
{
	for (size_t i = 0; name(i) != NULL; i++)
		if (strcmp(name(i), text) == 0) {
			*index = i;
			return true;
		}
	return false;
}

/* Which counter it is; false: none is called so. */
static bool resolve_counter(struct scenario_count *count)
{
	bool blade = count->station != SCENARIO_ANY;

	if (blade && find_name(btc_blade_counter_name, count->counter, &count->index))
		count->kind = SCENARIO_OF_BLADE;
	else if (blade &&
		 find_word(scenario__model_blade_counters, count->counter, &count->index))
		count->kind = SCENARIO_OF_MODEL_BLADE;
	else if (!blade && find_name(btc_counter_name, count->counter, &count->index))
		count->kind = SCENARIO_OF_CORE;
	else if (!blade && find_word(scenario__model_counters, count->counter, &count->index))
		count->kind = SCENARIO_OF_MODEL;
	else if (!blade && strcmp(count->counter, "drops") == 0)
		count->kind = SCENARIO_DROPS;
	else
		return false;
	return true;
}

static bool read_count(struct scenario_reader *r, const struct yaml_node_s *node,
		       struct scenario_step *step)
{
	static const struct yamldoc_key keys[] = {
		STATION(struct scenario_count, 0),
		TEXT(struct scenario_count, counter, true),
		NUMBER(struct scenario_count, is, 0, UINT32_MAX),
		NUMBER(struct scenario_count, at_least, 0, UINT32_MAX),
		NUMBER(struct scenario_count, at_most, 0, UINT32_MAX),
		WITHIN(struct scenario_count),
		{ 0 },
	};
	struct scenario_count *count = &step->as.count;

	*count = (struct scenario_count){ .station = SCENARIO_ANY,
					  .is = SCENARIO_ANY,
					  .at_least = SCENARIO_ANY,
					  .at_most = SCENARIO_ANY,
					  .within_us = WITHIN_US };
	if (!yamldoc_read(r->doc, node, "count", keys, count) || count->counter == NULL)
		return false;
	if (count->station == 0)
		return mistake(r, node, "a counter without 'station' is the controller's");
	if (!resolve_counter(count)) {
		yamldoc_mistake(r->doc, yamldoc_value(r->doc, node, "counter"), E_SYNTAX,
				"%s has no counter '%.40s'; fixtures/scenarios/README.md lists "
				"them",
				count->station == SCENARIO_ANY ? "the controller" : "a blade",
				count->counter);
		return false;
	}
	if (count->is == SCENARIO_ANY && count->at_least == SCENARIO_ANY &&
	    count->at_most == SCENARIO_ANY)
		return mistake(r, node, "count needs 'is', 'at_least' or 'at_most'");
	return true;
}

static bool read_event(struct scenario_reader *r, const struct yaml_node_s *node,
		       struct scenario_step *step)
{
	static const struct yamldoc_key keys[] = {
		STATION(struct scenario_event, 0),
		TEXT(struct scenario_event, event, true),
		WITHIN(struct scenario_event),
		{ 0 },
	};
	struct scenario_event *event = &step->as.event;

	*event = (struct scenario_event){ .station = SCENARIO_ANY, .within_us = WITHIN_US };
	if (!yamldoc_read(r->doc, node, "event", keys, event) || event->event == NULL)
		return false;
	bool blade = event->station != SCENARIO_ANY && event->station != 0;
	uint32_t n = blade ? BTC_N_BLADE_EVENTS : BTC_N_EVENTS;

	for (uint32_t i = 0; i < n; i++)
		if (strcmp(blade ? btc_blade_event_name(i) : btc_event_name(i), event->event) ==
		    0) {
			event->bit = UINT32_C(1) << i;
			return true;
		}
	yamldoc_mistake(r->doc, yamldoc_value(r->doc, node, "event"), E_SYNTAX,
			"%s has no event '%.40s'; fixtures/scenarios/README.md lists them",
			blade ? "a blade" : "the controller", event->event);
	return false;
}

static bool read_state(struct scenario_reader *r, const struct yaml_node_s *node,
		       struct scenario_step *step)
{
	static const struct yamldoc_key keys[] = {
		STATION(struct scenario_state, 1),
		CHOICE(struct scenario_state, is, false, states),
		CHOICE(struct scenario_state, aligned, false, told_yes_no),
		CHOICE(struct scenario_state, duplicate, false, told_yes_no),
		WITHIN(struct scenario_state),
		{ 0 },
	};
	struct scenario_state *state = &step->as.state;

	*state = (struct scenario_state){ .within_us = WITHIN_US };
	if (!yamldoc_read(r->doc, node, "state", keys, state))
		return false;
	if (state->is == 0 && state->aligned == 0 && state->duplicate == 0)
		return mistake(r, node, "state needs 'is', 'aligned' or 'duplicate'");
	return true;
}

/* --- blades and faults ------------------------------------------------------------------- */

static bool read_behave(struct scenario_reader *r, const struct yaml_node_s *node,
			struct scenario_step *step)
{
	static const struct yamldoc_key keys[] = {
		STATION(struct scenario_conduct, 1),
		CHOICE(struct scenario_conduct, does, true, scenario__behaviours),
		WHO(struct scenario_conduct, "to", to, false),
		NUMBER(struct scenario_conduct, type, 0, 0xffff),
		NUMBER(struct scenario_conduct, length, 0, MOCK_BTC_MAX_BODY),
		NUMBER(struct scenario_conduct, count, 1, 1000000),
		NUMBER(struct scenario_conduct, every, 1, 1000000),
		{ 0 },
	};
	struct scenario_conduct *conduct = &step->as.behave;

	*conduct = (struct scenario_conduct){ 0 };
	if (!yamldoc_read(r->doc, node, "behave", keys, conduct))
		return false;
	if (conduct->does == MOCK_BTC_FLOOD && conduct->to.place == SCENARIO_NOBODY)
		return mistake(r, node, "a blade that floods needs the key 'to'");
	return true;
}

static bool read_plug(struct scenario_reader *r, const struct yaml_node_s *node,
		      struct scenario_step *step)
{
	return scenario__read_blade(r, node, &step->as.plug);
}

static bool read_clock(struct scenario_reader *r, const struct yaml_node_s *node,
		       struct scenario_step *step)
{
	static const struct yamldoc_key keys[] = {
		STATION(struct scenario_clock, 1),
		{ "ppm", YAMLDOC_PARSED, true, offsetof(struct scenario_clock, ppm), 0, 0, NULL,
		  scenario__parse_ppm },
		{ 0 },
	};

	step->as.clock = (struct scenario_clock){ 0 };
	return yamldoc_read(r->doc, node, "clock", keys, &step->as.clock);
}

static bool read_fault(struct scenario_reader *r, const struct yaml_node_s *node,
		       struct scenario_step *step)
{
	static const struct yamldoc_key keys[] = {
		STATION(struct scenario_fault, 0),
		CHOICE(struct scenario_fault, kind, true, scenario__faults),
		NUMBER(struct scenario_fault, after, 0, UINT32_MAX),
		NUMBER(struct scenario_fault, count, 1, UINT32_MAX),
		NUMBER(struct scenario_fault, rate_ppm, 1, 1000000),
		NUMBER(struct scenario_fault, bit, 0, 8 * BTC_MAX_SLOT_BYTES - 1),
		{ 0 },
	};

	step->as.fault =
		(struct scenario_fault){ .station = MOCK_BTC_ANY, .bit = MOCK_BTC_ANY };
	return yamldoc_read(r->doc, node, "fault", keys, &step->as.fault);
}

/* --- steps ------------------------------------------------------------------------------- */

/* What follows the verb: exactly one of them is set. */
struct step_row {
	const struct yaml_node_s *map[SCENARIO_N_VERBS];
	uint64_t number;
	const char *text;
	unsigned choice;
};

#define ROW(member) offsetof(struct step_row, member)
#define KEY_MAP(verb, name)                                                                    \
	{                                                                                      \
		name, YAMLDOC_MAP, false,                                                      \
			ROW(map) + (verb) * sizeof(const struct yaml_node_s *), 0, 0, NULL,    \
			NULL                                                                   \
	}
#define KEY_BLADE(name)                                                                        \
	{                                                                                      \
		name, YAMLDOC_NUMBER, false, ROW(number), 1, BTC_MAX_BLADES, NULL, NULL        \
	}
#define KEY_TIME(name)                                                                         \
	{                                                                                      \
		name, YAMLDOC_PARSED, false, ROW(number), 0, 0, NULL, scenario__parse_duration \
	}

/* In the order of enum scenario_verb. */
static const struct yamldoc_key step_keys[] = {
	KEY_MAP(SCENARIO_BEHAVE, "behave"),
	KEY_MAP(SCENARIO_CLOCK, "clock"),
	KEY_MAP(SCENARIO_COUNT, "count"),
	KEY_BLADE("disable"),
	KEY_TIME("discover"),
	KEY_BLADE("enable"),
	KEY_MAP(SCENARIO_EVENT, "event"),
	KEY_MAP(SCENARIO_EXPECT, "expect"),
	KEY_MAP(SCENARIO_FAULT, "fault"),
	{ "heal", YAMLDOC_CHOICE, false, ROW(choice), 0, 0, all, NULL },
	KEY_BLADE("ping"),
	{ "plan", YAMLDOC_TEXT, false, ROW(text), 0, 0, NULL, NULL },
	KEY_MAP(SCENARIO_PLUG, "plug"),
	KEY_BLADE("pull"),
	KEY_MAP(SCENARIO_SEND, "send"),
	KEY_MAP(SCENARIO_STATE, "state"),
	KEY_TIME("wait"),
	{ 0 },
};

typedef bool (*read_map)(struct scenario_reader *r, const struct yaml_node_s *node,
			 struct scenario_step *step);

static const read_map readers[SCENARIO_N_VERBS] = {
	[SCENARIO_BEHAVE] = read_behave, [SCENARIO_CLOCK] = read_clock,
	[SCENARIO_COUNT] = read_count,   [SCENARIO_EVENT] = read_event,
	[SCENARIO_EXPECT] = read_expect, [SCENARIO_FAULT] = read_fault,
	[SCENARIO_PLUG] = read_plug,     [SCENARIO_SEND] = read_send,
	[SCENARIO_STATE] = read_state,
};

/* Values that are not mappings; false: reported. */
static bool read_scalar(struct scenario_reader *r, const struct yaml_node_s *node,
			const struct step_row *row, struct scenario_step *step)
{
	struct btc_plan plan = r->s->plan;
	struct error err = { 0 };

	if (step->verb == SCENARIO_PLAN) {
		step->as.plan = row->text;
		if (btc_plan_parse(row->text, &err, &plan) == 0)
			return true;
		yamldoc_mistake(r->doc, node, err.code, "plan: %s", err.text);
		return false;
	}
	if (step->verb == SCENARIO_WAIT || step->verb == SCENARIO_DISCOVER)
		step->as.us = row->number;
	else
		step->as.station = row->number;
	return true;
}

/* The only key of a step's mapping; false: there are none or several. */
static bool find_verb(const struct scenario_reader *r, const struct yaml_node_s *node,
		      enum scenario_verb *verb)
{
	size_t n = 0;

	for (unsigned i = 0; i < SCENARIO_N_VERBS; i++)
		if (yamldoc_value(r->doc, node, scenario__verb_names[i]) != node) {
			*verb = (enum scenario_verb)i;
			n++;
		}
	return n == 1;
}

static bool read_step(struct scenario_reader *r, const struct yaml_node_s *node,
		      struct scenario_step *step)
{
	struct step_row row = { 0 };

	step->line = yamldoc_line(node);
	if (!yamldoc_read(r->doc, node, "a step", step_keys, &row))
		return false;
	if (!find_verb(r, node, &step->verb))
		return mistake(r, node, "a step does one thing: one key in each item");
	return readers[step->verb] != NULL ? readers[step->verb](r, row.map[step->verb], step)
					   : read_scalar(r, node, &row, step);
}

void scenario__read_steps(struct scenario_reader *r, const struct yaml_node_s *list)
{
	size_t n = yamldoc_n_items(list);
	struct scenario *s = r->s;

	s->steps = calloc(n + 1, sizeof(*s->steps));
	if (s->steps == NULL) {
		yamldoc_mistake(r->doc, list, E_NOMEM, "out of memory");
		return;
	}
	for (size_t i = 0; i < n; i++)
		if (read_step(r, yamldoc_item(r->doc, list, i), &s->steps[s->n_steps]))
			s->n_steps++;
}
