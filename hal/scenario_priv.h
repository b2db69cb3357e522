/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between the files that read, tell and run a scenario. */
#ifndef HAL_SCENARIO_PRIV_H
#define HAL_SCENARIO_PRIV_H

#include "drv/mock_btc.h"
#include "hal/btc/btc.h"
#include "hal/btc/forward.h"
#include "hal/btc/frame.h"
#include "hal/btc/slots.h"
#include "hal/scenario.h"
#include "hal/yamldoc.h"

#define SCENARIO_MAX_STEPS 1000u
#define SCENARIO_MAX_RULES 64u
#define SCENARIO_ANY       UINT64_MAX /* of a number: not given */

/* Somebody: "controller", a blade's station, "all", or an identifier. */
enum scenario_place {
	SCENARIO_NOBODY, /* not given */
	SCENARIO_STATION,
	SCENARIO_ALL,
	SCENARIO_IDENT,
};

struct scenario_who {
	enum scenario_place place;
	uint32_t station;
	struct mac ident;
};

/* How a blade behaves: at the start, or from a step on. */
struct scenario_conduct {
	uint64_t station;
	unsigned does; /* enum mock_btc_behaviour */
	struct scenario_who to;
	uint64_t type, length, count, every;
};

struct scenario_blade {
	uint64_t station;
	struct scenario_who ident;
	uint64_t functions, ipv4;
	int64_t clock_ppm;
	struct scenario_conduct conduct;
};

struct scenario_send {
	struct scenario_who from, to, initial;
	uint64_t type, length, count;
	const char *body; /* NULL: @length bytes that count up */
	unsigned steer;
	unsigned refused; /* the core must not take it */
};

struct scenario_addresses {
	struct scenario_who initial, final, source;
};

struct scenario_expect {
	struct scenario_who from, to;
	uint64_t type, length;
	const char *body; /* NULL: any */
	uint64_t within_us;
	unsigned absent; /* nobody may take it */
	unsigned direct; /* one crossing, the controller does not send it on */
	const struct yaml_node_s *before_node, *after_node;
	struct scenario_addresses before, after;
};

/* A counter of the core, of a blade, or of the model (what really happened). */
enum scenario_counter_kind {
	SCENARIO_OF_CORE,
	SCENARIO_OF_BLADE,
	SCENARIO_OF_MODEL,
	SCENARIO_OF_MODEL_BLADE,
	SCENARIO_DROPS, /* all of the core's drop counters together */
};

struct scenario_count {
	uint64_t station; /* SCENARIO_ANY: none */
	const char *counter;
	uint64_t is, at_least, at_most, within_us;
	enum scenario_counter_kind kind;
	size_t index;
};

struct scenario_event {
	uint64_t station; /* SCENARIO_ANY: of the core */
	const char *event;
	uint64_t within_us;
	uint32_t bit;
};

struct scenario_state {
	uint64_t station;
	unsigned is;                 /* enum btc_blade_state + 1; 0: not given */
	unsigned aligned, duplicate; /* 0: not given, 1: no, 2: yes */
	uint64_t within_us;
};

struct scenario_fault {
	unsigned kind; /* enum mock_btc_fault_kind */
	uint64_t station, after, count, rate_ppm, bit;
};

struct scenario_clock {
	uint64_t station;
	int64_t ppm;
};

enum scenario_verb {
	SCENARIO_BEHAVE,
	SCENARIO_CLOCK,
	SCENARIO_COUNT,
	SCENARIO_DISABLE,
	SCENARIO_DISCOVER,
	SCENARIO_ENABLE,
	SCENARIO_EVENT,
	SCENARIO_EXPECT,
	SCENARIO_FAULT,
	SCENARIO_HEAL,
	SCENARIO_PING,
	SCENARIO_PLAN,
	SCENARIO_PLUG,
	SCENARIO_PULL,
	SCENARIO_SEND,
	SCENARIO_STATE,
	SCENARIO_WAIT,
	SCENARIO_N_VERBS
};

extern const char *const scenario__verb_names[SCENARIO_N_VERBS + 1];

struct scenario_step {
	enum scenario_verb verb;
	uint32_t line;
	union {
		struct scenario_conduct behave;
		struct scenario_clock clock;
		struct scenario_count count;
		struct scenario_event event;
		struct scenario_expect expect;
		struct scenario_fault fault;
		struct scenario_blade plug;
		struct scenario_send send;
		struct scenario_state state;
		uint64_t us;      /* WAIT, DISCOVER */
		uint64_t station; /* PULL, PING, DISABLE, ENABLE */
		const char *plan;
	} as;
};

struct scenario_rule {
	uint64_t type, function;
	btc_blades blades;
};

struct scenario {
	struct yamldoc *doc; /* holds the texts */
	struct yamldoc_sink sink;
	char *name; /* of the file */
	const char *title;
	uint64_t seed;
	struct mac ident; /* of the controller */
	enum btc_medium medium;
	struct btc_shape shape;
	struct btc_plan plan;
	unsigned arbitration; /* enum btc_arb_mode */
	struct btc_forwarding forwarding;
	struct scenario_blade blades[BTC_MAX_BLADES];
	size_t n_blades;
	struct scenario_rule rules[SCENARIO_MAX_RULES];
	size_t n_rules;
	bool discover;
	struct scenario_step *steps;
	size_t n_steps;
};

/* Behaviours, faults, counters of the model: words of the file by their number; NULL past the end. */
extern const char *const scenario__behaviours[];
extern const char *const scenario__faults[];
extern const char *const scenario__model_counters[];
extern const char *const scenario__model_blade_counters[];

/* "blade 3", "controller", "everybody", or the identifier; returns @buf. */
#define SCENARIO_WHO_SIZE 24
const char *scenario__who_text(const struct scenario_who *who, char buf[SCENARIO_WHO_SIZE]);

/* --- reading ----------------------------------------------------------------------------- */

struct scenario_reader {
	struct scenario *s;
	struct yamldoc *doc;
};

void scenario__read_steps(struct scenario_reader *r, const struct yaml_node_s *list);

/* A blade as in the list of blades and in `plug`; false: reported. */
bool scenario__read_blade(struct scenario_reader *r, const struct yaml_node_s *node,
			  struct scenario_blade *blade);

/* For key tables: parse functions of values, each NULL or what would be allowed. */
const char *scenario__parse_who(const char *text, void *target);
const char *scenario__parse_duration(const char *text, void *target);
const char *scenario__parse_ppm(const char *text, void *target);

/* --- running ----------------------------------------------------------------------------- */

/* A message that a station took: what the tap saw. */
struct scenario_mail {
	uint32_t station, sender, frame;
	struct mac initial, final, source;
	uint16_t type, length;
	uint8_t *body;
	bool used; /* an expectation has had it */
};

struct scenario_run {
	const struct scenario *s;
	struct btc *btc;
	struct mock_btc *model;
	struct clock *clock;
	uint32_t frame_us;
	struct mac ident[BTC_N_STATIONS]; /* of who is plugged in, and the controller's */
	bool plugged[BTC_N_STATIONS];
	struct scenario_mail *mail;
	size_t n_mail, room;
	bool no_memory;
	uint32_t core_base[16], blade_base[BTC_MAX_BLADES][16];
	struct mock_btc_stats model_base;
	struct mock_btc_blade_stats model_blade_base[BTC_N_STATIONS];
};

/* Records what stations take, from now on. */
void scenario__mail_start(struct scenario_run *run);
void scenario__mail_end(struct scenario_run *run);

/* Runs one expectation; E_MISMATCH says what came instead. */
int scenario__expect(struct scenario_run *run, const struct scenario_expect *expect,
		     struct error *err);
int scenario__count(struct scenario_run *run, const struct scenario_count *count,
		    struct error *err);
int scenario__event(struct scenario_run *run, const struct scenario_event *event,
		    struct error *err);
int scenario__state(struct scenario_run *run, const struct scenario_state *state,
		    struct error *err);

/* Counters count from now on. */
int scenario__count_start(struct scenario_run *run, struct error *err);

/*
 * Waits frame by frame, at most @us, until @done says so or fails; false in *@is_done: the time is
 * over.
 */
int scenario__wait(struct scenario_run *run, uint64_t us,
		   int (*done)(struct scenario_run *run, void *arg, struct error *err,
			       bool *is_done),
		   void *arg, struct error *err, bool *is_done);

/* The identifier of somebody; E_STATE: nobody of that station is plugged in. */
int scenario__ident(const struct scenario_run *run, const struct scenario_who *who,
		    struct error *err, struct mac *ident);

#endif
