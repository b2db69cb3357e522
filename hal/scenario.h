/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Scenarios: blades on the mock TDM bus, what they and the controller do, and what must come of it.
 * A scenario is a YAML file (fixtures/scenarios/README.md describes the format).  It runs on a board
 * whose BTC is mock registers: the controller is driven through hal/btc/, the blades through
 * drv/mock_btc.h.  The same file gives the same bus every time.
 */
#ifndef HAL_SCENARIO_H
#define HAL_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/error.h"

struct board;
struct scenario;

/*
 * Reads and checks a file; nothing else is touched.  Calls @report (may be NULL) for every mistake, in
 * the order of finding; the first is the result, E_SYNTAX or E_RANGE with "FILE:LINE: " in front.
 * E_NODEV, E_PERM: it cannot be read; E_NOMEM.
 */
int scenario_open(const char *path, void (*report)(void *arg, const struct error *mistake),
		  void *arg, struct error *err, struct scenario **out);

/* The same for text in memory; @name is the file's name in messages. */
struct scenario_text {
	const char *name, *text;
	size_t size;
	void (*report)(void *arg, const struct error *mistake); /* may be NULL */
	void *arg;
};
int scenario_parse(const struct scenario_text *text, struct error *err, struct scenario **out);
void scenario_close(struct scenario *s); /* NULL is allowed */

const char *scenario_title(const struct scenario *s);
uint64_t scenario_seed(const struct scenario *s);
size_t scenario_n_steps(const struct scenario *s);
uint32_t scenario_step_line(const struct scenario *s, size_t i);

/* What the i-th step says, in words: "send blade 1 -> blade 2, type 0x0101, 5 bytes". */
#define SCENARIO_STEP_TEXT_SIZE 200
const char *scenario_step_text(const struct scenario *s, size_t i,
			       char buf[SCENARIO_STEP_TEXT_SIZE]);

/* How a run went on, step by step. */
struct scenario_watch {
	/* The i-th step is done in @frame of the bus, or @err says what came instead. */
	void (*step)(void *arg, size_t i, uint32_t frame, const struct error *err);
	void *arg;
};

/* What happened altogether, from the first step on. */
struct scenario_result {
	size_t n_done;                /* steps */
	uint32_t n_frames;            /* of bus time */
	uint64_t n_messages, n_taken; /* that crossed the bus; taken by a blade, each time */
	uint64_t n_dropped;           /* by the controller, with a reason that it counts */
};

/*
 * Runs the scenario: pulls out every blade of the board, resets the BTC and sets everything up as
 * the file says (identifiers are discovered, the trace is on and empty), then takes the steps.  The
 * bus and the blades stay as the last step left them, and the trace holds what crossed the bus.
 *
 * E_MISMATCH: an expectation came out false, "FILE:LINE: " in front of what came instead.
 * E_NOTSUP: the board's BTC is not on mock registers with their model; E_NODEV: it has none.  Else
 * the error of the step.  @watch may be NULL; @result is filled in any case.
 */
int scenario_run(const struct scenario *s, struct board *board,
		 const struct scenario_watch *watch, struct error *err,
		 struct scenario_result *result);

#endif
