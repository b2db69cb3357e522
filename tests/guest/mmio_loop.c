/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mmio_loop    what batches of reads on pci: cost beside a raw volatile loop over the same words:
 * all registers of rocker in the map's order, as `reg dump` reads them, mapped a second time.  In
 * turns, so that both meet the same; medians.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#include "drv/bus.h"
#include "drv/window.h"
#include "hal/map.h"
#include "regmaps/regdb/regpath.h"

#define DEVICE      "1b36:0006"
#define FILE_OF_BAR "/sys/bus/pci/devices/0000:00:10.0/resource0"
#define BAR_BYTES   0x2000u
#define MAX_WORDS   2048u
#define ROUNDS      201u

static uint32_t addrs[MAX_WORDS];
static size_t n_words;
static struct bus_op ops[MAX_WORDS];
static uint32_t seen[MAX_WORDS]; /* by the raw loop */

static double now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void fail(const char *what)
{
	fprintf(stderr, "mmio_loop: %s\n", what);
	exit(1);
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *values, size_t n)
{
	qsort(values, n, sizeof(*values), compare);
	return values[n / 2];
}

static void list_words(void)
{
	struct regset_pos pos = { .n = 0 };
	struct error err = { 0 };
	struct regset_item item;
	struct regset *set;
	struct regdb *map;

	if (map_open("rocker", NULL, NULL, &err, &map) != E_OK ||
	    regpath_resolve(map, "*", REGPATH_PATTERN, &err, &set) != E_OK)
		fail(err.text);
	while (regset_next(set, &pos, &item)) {
		uint32_t words = regdb_node(map, item.ref.node)->width / 32;

		for (uint32_t i = 0; i < words && n_words < MAX_WORDS; i++)
			addrs[n_words++] = (uint32_t)item.ref.addr + 4 * i;
	}
	regset_free(set);
	regdb_close(map);
}

static void fill(void)
{
	for (size_t i = 0; i < n_words; i++)
		ops[i] = (struct bus_op){ .kind = BUS_OP_READ, .addr = addrs[i] };
}

static double time_raw(const volatile uint32_t *words)
{
	double start;

	fill();
	start = now_ns();
	for (size_t i = 0; i < n_words; i++)
		ops[i].value = words[ops[i].addr / 4];
	start = now_ns() - start;
	for (size_t i = 0; i < n_words; i++)
		seen[i] = ops[i].value;
	return start;
}

static double time_batch(struct bus *bus)
{
	double start;

	fill();
	start = now_ns();
	if (bus_xfer(bus, ops, n_words) != E_OK)
		fail(bus_error(bus)->text);
	start = now_ns() - start;
	for (size_t i = 0; i < n_words; i++)
		if (ops[i].value != seen[i])
			fail("the bus and the loop read different values");
	return start;
}

int main(void)
{
	static double raw[ROUNDS], batch[ROUNDS], ratio[ROUNDS];
	const struct bus_env env = { .size = BAR_BYTES };
	struct error err = { 0 };
	struct window window;
	struct bus *bus;

	if (bus_open("pci:" DEVICE, &env, &err, &bus) != E_OK)
		fail(err.text);
	if (window_open(&window, FILE_OF_BAR) != 0 || window_map(&window, 0, BAR_BYTES) != 0)
		fail(FILE_OF_BAR);
	list_words();
	for (size_t i = 0; i < ROUNDS; i++) {
		raw[i] = time_raw(window.words) / (double)n_words;
		batch[i] = time_batch(bus) / (double)n_words;
		ratio[i] = batch[i] / raw[i];
	}
	printf("  all %4zu words of rocker             %7.1f ns   raw loop %7.1f ns   ratio "
	       "%.3f\n",
	       n_words, median(batch, ROUNDS), median(raw, ROUNDS), median(ratio, ROUNDS));
	window_close(&window);
	bus_close(bus);
	return 0;
}
