/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hal/btc/arb.h"
#include "hal/numberset.h"
#include "hal/scenario_priv.h"

#define DEFAULT_IDENT UINT64_C(0x0200000000fe) /* of the controller */

const char *const scenario__behaviours[] = { "respond", "echo",   "flood",
					     "babble",  "silent", NULL };
static const char *const mediums[] = { "tdm", "fdm", NULL };
static const char *const arbitrations[] = { "priority", "round-robin", "weighted", NULL };
static const char *const broadcasts[] = { "drop", "all", "others", NULL };
static const char *const yes_no[] = { "no", "yes", NULL };

/* --- values ------------------------------------------------------------------------------ */

const char *scenario__parse_who(const char *text, void *target)
{
	struct scenario_who who = { .place = SCENARIO_STATION };
	size_t digits = strspn(text, "0123456789");

	if (strcmp(text, "all") == 0) {
		who.place = SCENARIO_ALL;
	} else if (digits > 0 && digits < 3 && text[digits] == '\0') {
		who.station = (uint32_t)strtoul(text, NULL, 10);
	} else if (mac_parse(text, &who.ident)) {
		who.place = SCENARIO_IDENT;
	} else if (strcmp(text, "controller") != 0) {
		who.place = SCENARIO_NOBODY;
	}
	if (who.place == SCENARIO_NOBODY || who.station > BTC_MAX_BLADES)
		return "controller, a blade's number from 1 to 64, all, or an address";
	*(struct scenario_who *)target = who;
	return NULL;
}

static const char *parse_ident(const char *text, void *target)
{
	struct scenario_who *who = target;
	struct mac ident;

	if (!mac_parse(text, &ident) || mac_is_multicast(&ident) || mac_number(&ident) == 0)
		return "a unicast address like \"02:00:00:00:00:01\"";
	who->place = SCENARIO_IDENT;
	who->ident = ident;
	return NULL;
}

/* "125us", "5ms", "1s": microseconds. */
const char *scenario__parse_duration(const char *text, void *target)
{
	static const struct {
		const char *unit;
		uint64_t us;
	} units[] = { { "us", 1 }, { "ms", 1000 }, { "s", 1000000 } };
	size_t digits = strspn(text, "0123456789");

	for (size_t i = 0; digits > 0 && digits <= 6 && i < 3; i++) {
		uint64_t us = strtoull(text, NULL, 10) * units[i].us;

		if (strcmp(text + digits, units[i].unit) != 0 || us > 10000000)
			continue;
		*(uint64_t *)target = us;
		return NULL;
	}
	return "a time up to 10s, like 125us or 5ms,";
}

const char *scenario__parse_ppm(const char *text, void *target)
{
	const char *digits = text[0] == '-' || text[0] == '+' ? text + 1 : text;
	size_t len = strspn(digits, "0123456789");
	int64_t ppm = strtol(digits, NULL, 10);

	if (len == 0 || len > 4 || digits[len] != '\0' || ppm > 1000)
		return "parts per million from -1000 to 1000";
	*(int64_t *)target = text[0] == '-' ? -ppm : ppm;
	return NULL;
}

static const char *parse_functions(const char *text, void *target)
{
	static const struct numberset_kind kind = { "function", 0, 31 };
	struct numberset set;

	if (numberset_parse(text, &kind, NULL, &set) != 0)
		return "a list of functions from 0 to 31, like \"0-3,9\",";
	*(uint64_t *)target = set.bits[0];
	return NULL;
}

static const char *parse_blades(const char *text, void *target)
{
	static const struct numberset_kind kind = { "blade", 1, BTC_MAX_BLADES };
	struct numberset set;

	if (numberset_parse(text, &kind, NULL, &set) != 0)
		return "a list of blades from 1 to 64, like \"1-4,9\",";
	*(btc_blades *)target = set.bits[0] >> 1 | set.bits[1] << 63;
	return NULL;
}

static const char *parse_ipv4(const char *text, void *target)
{
	struct ip ip;

	if (!ip_parse(text, &ip) || ip.v6)
		return "an address like 192.0.2.1";
	*(uint64_t *)target = (uint64_t)ip.octet[0] << 24 | (uint64_t)ip.octet[1] << 16 |
			      (uint64_t)ip.octet[2] << 8 | ip.octet[3];
	return NULL;
}

/* --- blades ------------------------------------------------------------------------------ */

#define BLADE(member) offsetof(struct scenario_blade, member)

bool scenario__read_blade(struct scenario_reader *r, const struct yaml_node_s *node,
			  struct scenario_blade *blade)
{
	static const struct yamldoc_key keys[] = {
		{ "station", YAMLDOC_NUMBER, true, BLADE(station), 1, BTC_MAX_BLADES, NULL,
		  NULL },
		{ "ident", YAMLDOC_PARSED, false, BLADE(ident), 0, 0, NULL, parse_ident },
		{ "ipv4", YAMLDOC_PARSED, false, BLADE(ipv4), 0, 0, NULL, parse_ipv4 },
		{ "functions", YAMLDOC_PARSED, false, BLADE(functions), 0, 0, NULL,
		  parse_functions },
		{ "clock_ppm", YAMLDOC_PARSED, false, BLADE(clock_ppm), 0, 0, NULL,
		  scenario__parse_ppm },
		{ "does", YAMLDOC_CHOICE, false, BLADE(conduct.does), 0, 0,
		  scenario__behaviours, NULL },
		{ "to", YAMLDOC_PARSED, false, BLADE(conduct.to), 0, 0, NULL,
		  scenario__parse_who },
		{ "type", YAMLDOC_NUMBER, false, BLADE(conduct.type), 0, 0xffff, NULL, NULL },
		{ "length", YAMLDOC_NUMBER, false, BLADE(conduct.length), 0, MOCK_BTC_MAX_BODY,
		  NULL, NULL },
		{ "count", YAMLDOC_NUMBER, false, BLADE(conduct.count), 1, 1000000, NULL,
		  NULL },
		{ "every", YAMLDOC_NUMBER, false, BLADE(conduct.every), 1, 1000000, NULL,
		  NULL },
		{ 0 },
	};

	memset(blade, 0, sizeof(*blade));
	if (!yamldoc_read(r->doc, node, "a blade", keys, blade))
		return false;
	blade->conduct.station = blade->station;
	if (blade->ident.place == SCENARIO_NOBODY)
		blade->ident = (struct scenario_who){
			.place = SCENARIO_IDENT,
			.ident = mac_of_number(UINT64_C(0x020000000000) + blade->station),
		};
	if (blade->conduct.does != MOCK_BTC_FLOOD || blade->conduct.to.place != SCENARIO_NOBODY)
		return true;
	yamldoc_mistake(r->doc, node, E_SYNTAX, "a blade that floods needs the key 'to'");
	return false;
}

static void read_blades(struct scenario_reader *r, const struct yaml_node_s *list)
{
	struct scenario *s = r->s;
	uint64_t seen = 0;

	for (size_t i = 0; i < yamldoc_n_items(list); i++) {
		const struct yaml_node_s *node = yamldoc_item(r->doc, list, i);
		struct scenario_blade *blade = &s->blades[s->n_blades];

		if (!scenario__read_blade(r, node, blade))
			continue;
		if ((seen & btc_blade_bit((uint32_t)blade->station)) != 0) {
			yamldoc_mistake(r->doc, yamldoc_value(r->doc, node, "station"),
					E_SYNTAX, "a second blade in station %u",
					(unsigned)blade->station);
			continue;
		}
		seen |= btc_blade_bit((uint32_t)blade->station);
		s->n_blades++;
	}
}

/* --- the rest of the file ---------------------------------------------------------------- */

static void read_steering(struct scenario_reader *r, const struct yaml_node_s *list)
{
	static const struct yamldoc_key keys[] = {
		{ "type", YAMLDOC_NUMBER, true, offsetof(struct scenario_rule, type), 0, 0xffff,
		  NULL, NULL },
		{ "function", YAMLDOC_NUMBER, true, offsetof(struct scenario_rule, function), 0,
		  31, NULL, NULL },
		{ "blades", YAMLDOC_PARSED, false, offsetof(struct scenario_rule, blades), 0, 0,
		  NULL, parse_blades },
		{ 0 },
	};

	for (size_t i = 0; i < yamldoc_n_items(list); i++) {
		struct scenario_rule rule = { .blades = ~(btc_blades)0 };

		if (yamldoc_read(r->doc, yamldoc_item(r->doc, list, i), "a rule", keys, &rule))
			r->s->rules[r->s->n_rules++] = rule;
	}
}

/* The top of a file; lists and mappings are NULL when absent. */
struct head {
	uint64_t format, seed, shared;
	const char *title, *plan;
	struct scenario_who controller;
	unsigned medium, arbitration, discover;
	const struct yaml_node_s *frame, *forward, *blades, *steering, *steps;
};

struct frame_row {
	uint64_t period_us, slots, slot_bytes;
};

static void read_frame(struct scenario_reader *r, const struct yaml_node_s *node)
{
	static const struct yamldoc_key keys[] = {
		{ "period_us", YAMLDOC_NUMBER, false, offsetof(struct frame_row, period_us), 10,
		  1000, NULL, NULL },
		{ "slots", YAMLDOC_NUMBER, false, offsetof(struct frame_row, slots), 2,
		  BTC_MAX_SLOTS, NULL, NULL },
		{ "slot_bytes", YAMLDOC_NUMBER, false, offsetof(struct frame_row, slot_bytes),
		  8, BTC_MAX_SLOT_BYTES, NULL, NULL },
		{ 0 },
	};
	struct btc_shape *shape = &r->s->shape;
	struct frame_row row = { shape->period_ns / 1000, shape->n_slots, shape->slot_bytes };

	if (node == NULL || !yamldoc_read(r->doc, node, "a frame", keys, &row))
		return;
	if (row.slot_bytes % 2 != 0)
		yamldoc_mistake(r->doc, yamldoc_value(r->doc, node, "slot_bytes"), E_RANGE,
				"a timeslot has an even number of bytes");
	shape->period_ns = (uint32_t)row.period_us * 1000;
	shape->n_slots = (uint32_t)row.slots;
	shape->slot_bytes = (uint32_t)row.slot_bytes;
}

struct forward_row {
	unsigned broadcast, enable;
	uint64_t limit_words;
};

static void read_forward(struct scenario_reader *r, const struct yaml_node_s *node)
{
	static const struct yamldoc_key keys[] = {
		{ "broadcast", YAMLDOC_CHOICE, false, offsetof(struct forward_row, broadcast),
		  0, 0, broadcasts, NULL },
		{ "enable", YAMLDOC_CHOICE, false, offsetof(struct forward_row, enable), 0, 0,
		  yes_no, NULL },
		{ "limit_words", YAMLDOC_NUMBER, false,
		  offsetof(struct forward_row, limit_words), 0, 65535, NULL, NULL },
		{ 0 },
	};
	struct forward_row row = { BTC_BROADCAST_OTHERS, true, 16384 };

	if (node != NULL)
		(void)yamldoc_read(r->doc, node, "forwarding", keys, &row);
	r->s->forwarding = (struct btc_forwarding){
		.enable = row.enable != 0,
		.broadcast = (enum btc_broadcast)row.broadcast,
		.limit_words = (uint32_t)row.limit_words,
	};
}

/* The plan as text, or one made for the blades of the file. */
static void read_plan(struct scenario_reader *r, const struct yaml_node_s *root,
		      const struct head *head)
{
	struct scenario *s = r->s;
	struct btc_plan_recipe recipe = { s->shape.n_slots, 0, (uint32_t)head->shared };
	struct error err = { 0 };
	int rc;

	btc_plan_init(&s->plan, s->shape.n_slots);
	if (head->plan != NULL) {
		rc = btc_plan_parse(head->plan, &err, &s->plan);
	} else {
		for (size_t i = 0; i < s->n_blades; i++)
			recipe.blades |= btc_blade_bit((uint32_t)s->blades[i].station);
		rc = recipe.blades != 0 ? btc_plan_make(&recipe, &err, &s->plan) : 0;
	}
	if (rc != 0)
		yamldoc_mistake(
			r->doc,
			yamldoc_value(r->doc, root, head->plan != NULL ? "plan" : "blades"), rc,
			"%s", err.text);
}

#define HEAD(member) offsetof(struct head, member)

static void read_root(struct scenario_reader *r, const struct yaml_node_s *root)
{
	static const struct yamldoc_key keys[] = {
		{ "scenario", YAMLDOC_NUMBER, true, HEAD(format), 1, 1, NULL, NULL },
		{ "title", YAMLDOC_TEXT, true, HEAD(title), 0, 0, NULL, NULL },
		{ "seed", YAMLDOC_NUMBER, false, HEAD(seed), 0, UINT32_MAX, NULL, NULL },
		{ "controller", YAMLDOC_PARSED, false, HEAD(controller), 0, 0, NULL,
		  parse_ident },
		{ "medium", YAMLDOC_CHOICE, false, HEAD(medium), 0, 0, mediums, NULL },
		{ "frame", YAMLDOC_MAP, false, HEAD(frame), 0, 0, NULL, NULL },
		{ "plan", YAMLDOC_TEXT, false, HEAD(plan), 0, 0, NULL, NULL },
		{ "shared", YAMLDOC_NUMBER, false, HEAD(shared), 0, BTC_MAX_SLOTS - 1, NULL,
		  NULL },
		{ "arbitration", YAMLDOC_CHOICE, false, HEAD(arbitration), 0, 0, arbitrations,
		  NULL },
		{ "forward", YAMLDOC_MAP, false, HEAD(forward), 0, 0, NULL, NULL },
		{ "blades", YAMLDOC_LIST, true, HEAD(blades), 0, BTC_MAX_BLADES, NULL, NULL },
		{ "steering", YAMLDOC_LIST, false, HEAD(steering), 0, SCENARIO_MAX_RULES, NULL,
		  NULL },
		{ "discover", YAMLDOC_CHOICE, false, HEAD(discover), 0, 0, yes_no, NULL },
		{ "steps", YAMLDOC_LIST, true, HEAD(steps), 1, SCENARIO_MAX_STEPS, NULL, NULL },
		{ 0 },
	};
	struct head head = {
		.seed = 1,
		.title = "",
		.controller = { SCENARIO_IDENT, 0, mac_of_number(DEFAULT_IDENT) },
		.arbitration = BTC_ARB_ROUND_ROBIN,
		.discover = 1,
	};
	struct scenario *s = r->s;

	(void)yamldoc_read(r->doc, root, "a scenario", keys, &head);
	s->title = head.title;
	s->seed = head.seed;
	s->ident = head.controller.ident;
	s->medium = (enum btc_medium)head.medium;
	s->arbitration = head.arbitration;
	s->discover = head.discover != 0;
	read_frame(r, head.frame);
	read_forward(r, head.forward);
	read_blades(r, head.blades);
	read_plan(r, root, &head);
	read_steering(r, head.steering);
	scenario__read_steps(r, head.steps);
}

/* --- files ------------------------------------------------------------------------------- */

int scenario_parse(const struct scenario_text *text, struct error *err, struct scenario **out)
{
	struct scenario *s = calloc(1, sizeof(*s));
	struct scenario_reader r = { .s = s };
	int rc;

	if (s == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	s->sink.report = text->report;
	s->sink.arg = text->arg;
	s->shape = btc_shape_default();
	s->name = strdup(text->name);
	s->doc = r.doc = yamldoc_parse(text->name, text->text, text->size, &s->sink);
	if (s->doc != NULL)
		read_root(&r, yamldoc_root(s->doc));
	rc = s->name == NULL          ? error_set(err, E_NOMEM, "out of memory")
	     : s->sink.n_mistakes > 0 ? error_copy(err, &s->sink.first)
				      : 0;
	if (rc == 0)
		*out = s;
	else
		scenario_close(s);
	return rc;
}

int scenario_open(const char *path, void (*report)(void *arg, const struct error *mistake),
		  void *arg, struct error *err, struct scenario **out)
{
	struct scenario_text text = { .name = path, .report = report, .arg = arg };
	FILE *file = fopen(path, "rb");
	char *data;
	int rc;

	if (file == NULL)
		return error_set_errno(err, errno, "scenario '%.256s'", path);
	data = malloc(YAMLDOC_MAX_BYTES + 1);
	if (data == NULL) {
		fclose(file);
		return error_set(err, E_NOMEM, "out of memory");
	}
	text.size = fread(data, 1, YAMLDOC_MAX_BYTES + 1, file);
	text.text = data;
	rc = ferror(file) ? error_set_errno(err, errno, "scenario '%.256s'", path)
			  : scenario_parse(&text, err, out);
	fclose(file);
	free(data);
	return rc;
}

void scenario_close(struct scenario *s)
{
	if (s == NULL)
		return;
	yamldoc_free(s->doc);
	free(s->steps);
	free(s->name);
	free(s);
}

const char *scenario_title(const struct scenario *s)
{
	return s->title;
}

uint64_t scenario_seed(const struct scenario *s)
{
	return s->seed;
}

size_t scenario_n_steps(const struct scenario *s)
{
	return s->n_steps;
}

uint32_t scenario_step_line(const struct scenario *s, size_t i)
{
	return s->steps[i].line;
}
