/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How long the compiler takes for the whole VSC7448 description, text to database, as a process
 * of its own, and its peak memory; beside a yardstick of the same run: the same process start
 * doing nothing (rdlc --version).
 */
#include <stdio.h>

#include "tests/lib/bench_process.h"

#define RUNS 41

int main(void)
{
	struct bench_run base, full;

	if (bench_command("build/bin/rdlc --version", RUNS, &base) != 0 ||
	    bench_command("build/bin/rdlc -I regmaps --regdb -o /dev/null "
			  "regmaps/vsc7448/vsc7448.rdl",
			  RUNS, &full) != 0)
		return 1;
	printf("rdlc, VSC7448 map to database: median of %d runs\n", RUNS);
	printf("  compile             %8.2f ms   peak %7.1f MiB   (target 30 ms, 32 MB)\n",
	       full.ms, full.peak_mib);
	printf("  process start       %8.2f ms   peak %7.1f MiB   ratio %.1f\n", base.ms,
	       base.peak_mib, full.ms / base.ms);
	return 0;
}
