/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/sweep.h"

#include <stdlib.h>

size_t sweep_accesses(bool (*round)(void *arg, size_t n), void *arg)
{
	const char *text = getenv("SWEEP_STEP");
	size_t step = text != NULL ? strtoul(text, NULL, 10) : 1;
	size_t n = 0;

	while (round(arg, n + step))
		n += step;
	for (step /= 2; step > 0; step /= 2)
		if (round(arg, n + step))
			n += step;
	return n;
}
