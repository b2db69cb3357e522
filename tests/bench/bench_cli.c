/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a person at the shell and a script wait for: start-up plus one read, a dump of the whole
 * map (to a .regs file, as JSON, on the trace), and a press of the Tab key.  The yardstick of the
 * same run is the process start of /bin/true.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/complete.h"
#include "tests/lib/bench_process.h"

#define REGISTERS 643649.0 /* instances in the VSC7448 map */

/* The median of @n runs of "PROGRAM ARGUMENTS". */
static int median(const char *program, const char *arguments, size_t n,
		  struct bench_run *result)
{
	char command[256];

	snprintf(command, sizeof(command), "%s %s", program, arguments);
	return bench_command(command, n, result);
}

static int bench_start(const char *program)
{
	struct bench_run base, read, tour;

	if (median("/bin/true", "", 41, &base) != 0 ||
	    median(program, "reg read CHIP_ID", 41, &read) != 0 ||
	    median(program, "help", 41, &tour) != 0)
		return -1;
	printf("switchblade, embedded board: median of 41 runs\n");
	printf("  start and one read  %8.2f ms   peak %7.1f MiB   (target 10 ms)\n", read.ms,
	       read.peak_mib);
	printf("  start and help      %8.2f ms\n", tour.ms);
	printf("  /bin/true           %8.2f ms   ratio %.1f\n", base.ms, read.ms / base.ms);
	return 0;
}

static int bench_dump(const char *program)
{
	static const struct {
		const char *what, *arguments;
	} rows[] = {
		{ ".regs file", "reg dump -o /dev/null" },
		{ "JSON", "--json reg dump" },
		{ "with trace", "-v reg dump -o /dev/null" },
	};
	struct bench_run run;

	printf("dump of the whole VSC7448 map on mock registers: median of 5 runs\n");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (median(program, rows[i].arguments, 5, &run) != 0)
			return -1;
		printf("  %-18s  %8.1f ms   %6.2f M registers/s   peak %7.1f MiB\n",
		       rows[i].what, run.ms, REGISTERS / run.ms / 1e3, run.peak_mib);
	}
	return 0;
}

static void count(void *arg, const char *text)
{
	size_t *n = arg;

	(void)text;
	(*n)++;
}

/* In the shell the board is open when Tab is pressed. */
static void bench_complete(void)
{
	static const char *const lines[] = {
		"re",
		"reg read ",
		"reg read D",
		"reg read DEV1G[",
		"reg read DEV1G[0]:DEV_",
		"reg set DEV1G[0]:DEV_RST_CTRL.",
		"reg set DEV1G[0]:DEV_RST_CTRL.SPEED_SEL=",
		"reg dump ANA_AC:",
	};
	struct session session = { .out = stdout, .err = stderr };
	size_t n = 0;

	complete_line(&session, "reg read C", 10, count, &n);
	printf("completion: mean of 20 presses\n");
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		double start = bench_now_ms();

		for (int k = 0; k < 20; k++) {
			n = 0;
			complete_line(&session, lines[i], strlen(lines[i]), count, &n);
		}
		printf("  %8.3f ms   %5zu candidates   %s\n", (bench_now_ms() - start) / 20, n,
		       lines[i]);
	}
	session_close(&session);
}

int main(void)
{
	const char *build = getenv("B");
	char program[128];

	snprintf(program, sizeof(program), "%.100s/bin/switchblade",
		 build != NULL ? build : "build");
	if (bench_start(program) != 0 || bench_dump(program) != 0)
		return 1;
	bench_complete();
	return 0;
}
