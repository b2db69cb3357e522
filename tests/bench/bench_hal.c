/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The register layer: single reads and field sets (beside bare bus reads), and the whole VSC7448
 * map on mock registers: read, saved, loaded, compared.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "hal/board.h"
#include "hal/reg.h"
#include "hal/snapshot.h"
#include "tests/lib/bench_process.h"

#define N_CALLS   100000
#define N_BATCHES 11

static int by_value(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static double median(double *values, size_t n)
{
	qsort(values, n, sizeof(*values), by_value);
	return values[n / 2];
}

static void check(int rc, const struct error *err)
{
	if (rc == 0)
		return;
	fprintf(stderr, "bench_hal: %s\n", err->text);
	exit(1);
}

struct calls {
	struct device *dev;
	struct bus *bus;
	struct regdb_ref ref;
};

static void call_bus(const struct calls *c)
{
	uint32_t value;

	bus_read(c->bus, c->ref.addr, &value);
}

static void call_read(const struct calls *c)
{
	uint64_t value;

	reg_read(c->dev, &c->ref, 0, NULL, &value);
}

static void call_set(const struct calls *c)
{
	struct reg_change change = { .ref = c->ref, .mask = 0x10, .value = 0x10 };

	reg_set(c->dev, &change, 1, 0, NULL);
}

static double call_ns(const struct calls *c, void (*call)(const struct calls *c))
{
	double ns[N_BATCHES];

	for (size_t i = 0; i < N_BATCHES; i++) {
		double start = bench_now_ms();

		for (size_t k = 0; k < N_CALLS; k++)
			call(c);
		ns[i] = (bench_now_ms() - start) * 1e6 / N_CALLS;
	}
	return median(ns, N_BATCHES);
}

static void bench_calls(struct device *dev)
{
	struct calls c = { .dev = dev };
	struct regset_pos pos = { 0 };
	struct regset_item item;
	struct error err = { 0 };
	struct regset *set;
	double bus_ns, read_ns;

	check(regpath_resolve(device_map(dev), "DEV1G[0]:DEV_RST_CTRL", 0, &err, &set), &err);
	regset_next(set, &pos, &item);
	regset_free(set);
	c.ref = item.ref;
	check(device_bus(dev, &err, &c.bus), &err);
	bus_ns = call_ns(&c, call_bus);
	read_ns = call_ns(&c, call_read);
	printf("  one word, mock: bus               %8.0f ns\n", bus_ns);
	printf("  one register, mock: reg_read      %8.0f ns   (%.1f x the bus)\n", read_ns,
	       read_ns / bus_ns);
	printf("  one field, mock: reg_set          %8.0f ns\n", call_ns(&c, call_set));
}

static void rate(const char *what, double start, uint64_t n)
{
	double ms = bench_now_ms() - start;

	printf("  whole VSC7448, %-18s %8.1f ms   (%.2f million registers/s)\n", what, ms,
	       (double)n / ms / 1e3);
}

static void bench_whole(struct device *dev)
{
	char path[] = "/tmp/sb-bench-XXXXXX";
	struct snapshot *live, *loaded;
	struct snapshot_counts counts;
	struct error err = { 0 };
	struct regset *set;
	FILE *file = fdopen(mkstemp(path), "w");
	double start;

	check(file == NULL, &(struct error){ .text = "no scratch file" });
	check(regpath_resolve(device_map(dev), "*", REGPATH_PATTERN, &err, &set), &err);
	start = bench_now_ms();
	check(snapshot_take(dev, set, 0, NULL, &err, &live), &err);
	rate("mock: read", start, snapshot_n_rows(live));
	start = bench_now_ms();
	check(snapshot_save(live, file, "bench", "", &err), &err);
	rate("save", start, snapshot_n_rows(live));
	fclose(file);
	start = bench_now_ms();
	check(snapshot_load(path, device_map(dev), &err, &loaded), &err);
	rate("load", start, snapshot_n_rows(loaded));
	start = bench_now_ms();
	check(snapshot_diff(live, loaded, NULL, NULL, NULL, &counts, &err), &err);
	rate("compare", start, counts.registers);
	unlink(path);
	snapshot_free(live);
	snapshot_free(loaded);
	regset_free(set);
}

int main(void)
{
	struct board *board;
	struct error err = { 0 };
	struct rusage usage;

	puts("hal: registers and snapshots; medians");
	check(board_open_bus("mock:", NULL, &err, &board), &err);
	bench_calls(board_device_at(board, 0));
	bench_whole(board_device_at(board, 0));
	board_close(board);
	getrusage(RUSAGE_SELF, &usage);
	printf("  peak memory of two whole snapshots  %4ld MiB\n", usage.ru_maxrss / 1024);
	return 0;
}
