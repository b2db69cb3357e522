/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Scenario files: any text is a scenario or a list of mistakes, each with file and line, the first of
 * them the result; every step of a scenario can be told in words.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "hal/scenario.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(void *arg, const struct error *mistake)
{
	size_t *n = arg;

	if (mistake->code == 0 || strncmp(mistake->text, "fuzz.yaml:", 10) != 0)
		abort();
	++*n;
}

static void check_scenario(const struct scenario *s)
{
	char text[SCENARIO_STEP_TEXT_SIZE];
	size_t n = scenario_n_steps(s);

	if (n == 0 || scenario_title(s) == NULL)
		abort();
	for (size_t i = 0; i < n; i++)
		if (strlen(scenario_step_text(s, i, text)) >= sizeof(text) ||
		    scenario_step_line(s, i) == 0)
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t n_mistakes = 0;
	const struct scenario_text text = {
		.name = "fuzz.yaml",
		.text = (const char *)data,
		.size = size,
		.report = check,
		.arg = &n_mistakes,
	};
	struct scenario *s = NULL;
	struct error err = { 0 };
	int rc = scenario_parse(&text, &err, &s);

	if ((rc == 0) != (n_mistakes == 0) || (rc == 0) != (s != NULL) || rc != err.code)
		abort();
	if (rc == 0)
		check_scenario(s);
	scenario_close(s);
	return 0;
}
