/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Expectations of counters, events and states. */
#include <inttypes.h>
#include <string.h>

#include "hal/btc/blades.h"
#include "hal/btc/counters.h"
#include "hal/btc/events.h"
#include "hal/scenario_priv.h"

_Static_assert(BTC_N_COUNTERS <= 16 && BTC_N_BLADE_COUNTERS <= 16,
	       "the bases of struct scenario_run hold them");

int scenario__count_start(struct scenario_run *run, struct error *err)
{
	int rc = btc_counters_get(run->btc, err, run->core_base);

	for (uint32_t station = 1; rc == 0 && station <= btc_capabilities(run->btc)->n_blades;
	     station++)
		rc = btc_blade_counters_get(run->btc, station, err,
					    run->blade_base[station - 1]);
	mock_btc_stats(run->model, &run->model_base);
	for (uint32_t station = 1; station < BTC_N_STATIONS; station++)
		if (run->plugged[station])
			(void)mock_btc_blade_stats(run->model, station,
						   &run->model_blade_base[station]);
	return rc;
}

/* --- counters ---------------------------------------------------------------------------- */

static uint64_t model_value(struct scenario_run *run, size_t index)
{
	const struct mock_btc_stats *base = &run->model_base;
	struct mock_btc_stats now;

	mock_btc_stats(run->model, &now);

	/* In the order of scenario__model_counters. */
	const uint64_t values[] = {
		now.messages - base->messages,   now.broken - base->broken,
		now.taken - base->taken,         now.missed - base->missed,
		now.unclaimed - base->unclaimed, now.abandoned - base->abandoned,
		now.faults - base->faults,
	};

	return values[index];
}

static int model_blade_value(struct scenario_run *run, const struct scenario_count *count,
			     struct error *err, uint64_t *value)
{
	const struct mock_btc_blade_stats *base = &run->model_blade_base[count->station];
	struct mock_btc_blade_stats now;
	int rc = mock_btc_blade_stats(run->model, (uint32_t)count->station, &now);

	if (rc != 0)
		return error_set(err, rc, "blade %" PRIu64 " is not plugged in",
				 count->station);

	/* In the order of scenario__model_blade_counters. */
	const uint64_t values[] = { now.queued - base->queued, now.sent - base->sent,
				    now.taken - base->taken, now.missed - base->missed,
				    now.cell_errors - base->cell_errors };

	*value = values[count->index];
	return 0;
}

static int core_value(struct scenario_run *run, const struct scenario_count *count,
		      struct error *err, uint64_t *value)
{
	uint32_t now[BTC_N_COUNTERS];
	int rc = btc_counters_get(run->btc, err, now);

	if (rc != 0)
		return rc;
	*value = 0;
	for (size_t i = 0; i < BTC_N_COUNTERS; i++)
		if (count->kind == SCENARIO_DROPS ? btc_counter_is_drop(i) : i == count->index)
			*value += now[i] - run->core_base[i];
	return 0;
}

static int blade_value(struct scenario_run *run, const struct scenario_count *count,
		       struct error *err, uint64_t *value)
{
	uint32_t now[BTC_N_BLADE_COUNTERS], station = (uint32_t)count->station;
	int rc = btc_blade_counters_get(run->btc, station, err, now);

	if (rc == 0)
		*value = now[count->index] - run->blade_base[station - 1][count->index];
	return rc;
}

static int value_of(struct scenario_run *run, const struct scenario_count *count,
		    struct error *err, uint64_t *value)
{
	switch (count->kind) {
	case SCENARIO_OF_BLADE:
		return blade_value(run, count, err, value);
	case SCENARIO_OF_MODEL:
		*value = model_value(run, count->index);
		return 0;
	case SCENARIO_OF_MODEL_BLADE:
		return model_blade_value(run, count, err, value);
	default:
		return core_value(run, count, err, value);
	}
}

struct counting {
	const struct scenario_count *count;
	uint64_t value;
};

static int count_fits(struct scenario_run *run, void *arg, struct error *err, bool *is_done)
{
	struct counting *counting = arg;
	const struct scenario_count *count = counting->count;
	int rc = value_of(run, count, err, &counting->value);

	*is_done = rc == 0 && (count->is == SCENARIO_ANY || counting->value == count->is) &&
		   (count->at_least == SCENARIO_ANY || counting->value >= count->at_least) &&
		   (count->at_most == SCENARIO_ANY || counting->value <= count->at_most);
	return rc;
}

int scenario__count(struct scenario_run *run, const struct scenario_count *count,
		    struct error *err)
{
	struct counting counting = { .count = count };
	bool is_done = false;
	int rc = scenario__wait(run, count->within_us, count_fits, &counting, err, &is_done);

	if (rc != 0 || is_done)
		return rc;
	return error_set(err, E_MISMATCH, "is %" PRIu64 " after %" PRIu64 " us", counting.value,
			 count->within_us);
}

/* --- events ------------------------------------------------------------------------------ */

static int event_came(struct scenario_run *run, void *arg, struct error *err, bool *is_done)
{
	const struct scenario_event *event = arg;
	uint32_t events = 0;
	struct btc_blade blade;
	int rc;

	if (event->station == SCENARIO_ANY || event->station == BTC_CONTROLLER) {
		rc = btc_events_take(run->btc, event->bit, err, &events);
	} else {
		rc = btc_blade_get(run->btc, (uint32_t)event->station, err, &blade);
		events = rc == 0 ? blade.events : 0;
	}
	*is_done = (events & event->bit) != 0;
	return rc;
}

int scenario__event(struct scenario_run *run, const struct scenario_event *event,
		    struct error *err)
{
	struct scenario_event wanted = *event;
	bool is_done = false;
	int rc = scenario__wait(run, event->within_us, event_came, &wanted, err, &is_done);

	if (rc != 0 || is_done)
		return rc;
	return error_set(err, E_MISMATCH, "did not happen within %" PRIu64 " us",
			 event->within_us);
}

/* --- states ------------------------------------------------------------------------------ */

struct watching {
	const struct scenario_state *state;
	struct btc_blade blade;
};

/* @told: 0 whatever, 1 no, 2 yes. */
static bool is_told(unsigned told, bool truth)
{
	return told == 0 || (told == 2) == truth;
}

static int state_fits(struct scenario_run *run, void *arg, struct error *err, bool *is_done)
{
	struct watching *watching = arg;
	const struct scenario_state *state = watching->state;
	struct btc_blade *blade = &watching->blade;
	int rc = btc_blade_get(run->btc, (uint32_t)state->station, err, blade);

	*is_done = rc == 0 && (state->is == 0 || state->is - 1 == (unsigned)blade->state) &&
		   is_told(state->aligned, blade->aligned) &&
		   is_told(state->duplicate, blade->duplicate);
	return rc;
}

int scenario__state(struct scenario_run *run, const struct scenario_state *state,
		    struct error *err)
{
	struct watching watching = { .state = state };
	bool is_done = false;
	int rc = scenario__wait(run, state->within_us, state_fits, &watching, err, &is_done);

	if (rc != 0 || is_done)
		return rc;
	return error_set(err, E_MISMATCH, "is %s, %saligned%s after %" PRIu64 " us",
			 btc_blade_state_name(watching.blade.state),
			 watching.blade.aligned ? "" : "not ",
			 watching.blade.duplicate ? ", duplicate" : "", state->within_us);
}
