/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How long the compiler takes for the whole VSC7448 description, text to database, as a process
 * of its own, and its peak memory; beside a yardstick of the same run: the same process start
 * doing nothing (rdlc --version).
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define RUNS 21

struct run {
	double ms;
	long peak_kib;
};

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_time(const void *a, const void *b)
{
	const struct run *x = a, *y = b;

	return (x->ms > y->ms) - (x->ms < y->ms);
}

static int run_once(char *const argv[], struct run *run)
{
	struct rusage usage;
	double start = now_ms();
	int status;
	pid_t pid = fork();

	if (pid < 0)
		return -1;
	if (pid == 0) {
		int null = open("/dev/null", O_WRONLY);

		dup2(null, STDOUT_FILENO);
		execv(argv[0], argv);
		_exit(127);
	}
	if (wait4(pid, &status, 0, &usage) != pid || !WIFEXITED(status) ||
	    WEXITSTATUS(status) != 0)
		return -1;
	run->ms = now_ms() - start;
	run->peak_kib = usage.ru_maxrss;
	return 0;
}

static int median(char *const argv[], struct run *result)
{
	struct run runs[RUNS];

	for (size_t i = 0; i < RUNS; i++)
		if (run_once(argv, &runs[i]) != 0)
			return -1;
	qsort(runs, RUNS, sizeof(runs[0]), by_time);
	*result = runs[RUNS / 2];
	return 0;
}

int main(void)
{
	static char rdlc[] = "build/bin/rdlc", version[] = "--version", regdb[] = "--regdb";
	static char dir[] = "-I", regmaps[] = "regmaps", out[] = "-o", null[] = "/dev/null";
	static char map[] = "regmaps/vsc7448/vsc7448.rdl";
	char *const idle[] = { rdlc, version, NULL };
	char *const compile[] = { rdlc, dir, regmaps, regdb, out, null, map, NULL };
	struct run base, full;

	if (median(idle, &base) != 0 || median(compile, &full) != 0) {
		fprintf(stderr, "bench_rdlc: cannot run %s\n", rdlc);
		return 1;
	}
	printf("rdlc, VSC7448 map to database: median of %d runs\n", RUNS);
	printf("  compile       %8.2f ms   peak %7.1f MiB   (target 30 ms, 32 MB)\n", full.ms,
	       (double)full.peak_kib / 1024.0);
	printf("  process start %8.2f ms   peak %7.1f MiB   ratio %.1f\n", base.ms,
	       (double)base.peak_kib / 1024.0, full.ms / base.ms);
	return 0;
}
