/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/bench_process.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_WORDS 16
#define MAX_RUNS  101

double bench_now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_time(const void *a, const void *b)
{
	const struct bench_run *x = a, *y = b;

	return (x->ms > y->ms) - (x->ms < y->ms);
}

static _Noreturn void become(char *const argv[])
{
	int null = open("/dev/null", O_WRONLY);

	dup2(null, STDOUT_FILENO);
	dup2(null, STDERR_FILENO);
	execv(argv[0], argv);
	_exit(127);
}

static int run_once(char *const argv[], struct bench_run *run)
{
	struct rusage usage;
	double start = bench_now_ms();
	int status;
	pid_t pid = fork();

	if (pid == 0)
		become(argv);
	if (pid < 0 || wait4(pid, &status, 0, &usage) != pid || !WIFEXITED(status) ||
	    WEXITSTATUS(status) != 0)
		return -1;
	run->ms = bench_now_ms() - start;
	run->peak_mib = (double)usage.ru_maxrss / 1024.0;
	return 0;
}

int bench_command(const char *command, size_t n, struct bench_run *median)
{
	struct bench_run runs[MAX_RUNS];
	char text[256], *argv[MAX_WORDS];
	size_t words = 0;

	n = n < MAX_RUNS ? n : MAX_RUNS;
	snprintf(text, sizeof(text), "%s", command);
	for (char *w = strtok(text, " "); w != NULL && words < MAX_WORDS - 1;
	     w = strtok(NULL, " "))
		argv[words++] = w;
	argv[words] = NULL;
	for (size_t i = 0; i < n; i++)
		if (run_once(argv, &runs[i]) != 0) {
			fprintf(stderr, "cannot run %s\n", command);
			return -1;
		}
	qsort(runs, n, sizeof(runs[0]), by_time);
	*median = runs[n / 2];
	return 0;
}
