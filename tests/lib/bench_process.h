/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Timing of whole processes for the benchmarks.
 */
#ifndef TESTS_LIB_BENCH_PROCESS_H
#define TESTS_LIB_BENCH_PROCESS_H

#include <stddef.h>

struct bench_run {
	double ms;       /* from fork to the end */
	double peak_mib; /* resident memory */
};

double bench_now_ms(void);

/*
 * Runs @command (program and arguments with single spaces between, at most 15 words, no quoting,
 * no PATH) @n times with its output thrown away and stores the median run.  Returns 0, or -1 with
 * a message on standard error when it cannot be run or does not exit with 0.
 */
int bench_command(const char *command, size_t n, struct bench_run *median);

#endif
