/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the bus layer costs: file: batches against raw pointer loops over the same mapping and
 * the same addresses, single accesses, and the mock.  Every ratio is of two figures of this run.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "drv/bus.h"
#include "regmaps/regdb/regpath.h"

#define WINDOW_BYTES (32u << 20)
#define BATCH        1024u
#define ROUNDS       31

static double now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void *must(void *pointer, const char *what)
{
	if (pointer == NULL || pointer == MAP_FAILED) {
		fprintf(stderr, "bench_bus: %s failed\n", what);
		exit(1);
	}
	return pointer;
}

static void must_be_ok(int rc, const struct error *err)
{
	if (rc == E_OK)
		return;
	fprintf(stderr, "bench_bus: %s\n", err->text);
	exit(1);
}

/* The addresses of a run: a walk over the window by @step words. */
struct pattern {
	const char *name;
	size_t step_words;
	size_t total; /* operations per round */
};

/* The same loop without the bus: takes the address of each operation and fills its value. */
static void raw_batch(const volatile uint32_t *words, struct bus_op *ops, size_t n)
{
	for (size_t i = 0; i < n; i++)
		ops[i].value = words[ops[i].addr / 4];
}

static void fill(const struct pattern *pattern, size_t from, struct bus_op *ops, size_t n)
{
	for (size_t i = 0; i < n; i++)
		ops[i] = (struct bus_op){
			.kind = BUS_OP_READ,
			.addr = (from + i) * pattern->step_words % (WINDOW_BYTES / 4) * 4,
		};
}

/* One chunk of the pattern by the loop and by the bus, in turns, so that both meet the same. */
static void time_chunk(struct bus *bus, const volatile uint32_t *words, double *raw,
		       double *batch, const struct bus_op *chunk)
{
	static struct bus_op ops[BATCH];
	double start;

	memcpy(ops, chunk, sizeof(ops));
	start = now_ns();
	raw_batch(words, ops, BATCH);
	*raw += now_ns() - start;
	memcpy(ops, chunk, sizeof(ops));
	start = now_ns();
	must_be_ok(bus_xfer(bus, ops, BATCH), bus_error(bus));
	*batch += now_ns() - start;
}

/* The best of many rounds: what others do on the machine only ever adds. */
static void bench_pattern(struct bus *bus, const volatile uint32_t *words,
			  const struct pattern *pattern)
{
	static struct bus_op chunk[BATCH];
	double best_raw = 1e12, best_batch = 1e12;

	for (size_t round = 0; round < ROUNDS; round++) {
		double raw = 0, batch = 0;

		for (size_t done = 0; done < pattern->total; done += BATCH) {
			fill(pattern, done, chunk, BATCH);
			time_chunk(bus, words, &raw, &batch, chunk);
		}
		best_raw = raw < best_raw ? raw : best_raw;
		best_batch = batch < best_batch ? batch : best_batch;
	}
	best_raw /= (double)pattern->total;
	best_batch /= (double)pattern->total;
	printf("  %-34s %7.2f ns   raw loop %7.2f ns   ratio %.2f\n", pattern->name, best_batch,
	       best_raw, best_batch / best_raw);
}

static double time_single(struct bus *bus, size_t n)
{
	double start = now_ns();
	uint32_t value;

	for (size_t i = 0; i < n; i++)
		must_be_ok(bus_read(bus, i * 64 % WINDOW_BYTES, &value), bus_error(bus));
	return (now_ns() - start) / (double)n;
}

static void bench_file(void)
{
	static const struct pattern patterns[] = {
		{ "one page, 1024 words", 1, 1u << 10 },
		{ "words in order", 1, 1u << 19 },
		{ "one word of each 64 KiB target", 16381, 1u << 18 },
	};
	static const struct bus_env env = { .size = WINDOW_BYTES };
	char path[] = "/tmp/sb-bench-XXXXXX", uri[64];
	struct error err = { 0 };
	int fd = mkstemp(path);
	volatile uint32_t *words;
	struct bus *bus;

	if (fd < 0 || ftruncate(fd, WINDOW_BYTES) != 0)
		must(NULL, path);
	words = must(mmap(NULL, WINDOW_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0),
		     "mmap");
	for (size_t i = 0; i < WINDOW_BYTES / 4; i++)
		words[i] = (uint32_t)i;
	snprintf(uri, sizeof(uri), "file:%s", path);
	must_be_ok(bus_open(uri, &env, &err, &bus), &err);
	printf("file: read in batches of %u, per operation (target: ratio 1.3)\n", BATCH);
	for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++)
		bench_pattern(bus, words, &patterns[i]);
	printf("  %-34s %7.1f ns\n", "a batch of one", time_single(bus, 200000));
	bus_close(bus);
	munmap((void *)(uintptr_t)words, WINDOW_BYTES);
	close(fd);
	unlink(path);
}

/* The addresses of all registers of a map without side effects on reading, in its order. */
struct walk {
	uint64_t *addrs;
	size_t n;
};

static struct walk walk_map(const struct regdb *map)
{
	struct walk walk = { .n = 0 };
	struct regset_pos pos = { .n = 0 };
	struct error err = { 0 };
	struct regset_item item;
	struct regset *set;

	must_be_ok(regpath_resolve(map, "*", REGPATH_PATTERN, &err, &set), &err);
	walk.addrs = must(malloc(regset_count(set) * sizeof(*walk.addrs)), "malloc");
	while (regset_next(set, &pos, &item))
		if ((regdb_node(map, item.ref.node)->flags & REGDB_NODE_READ_EFFECT) == 0)
			walk.addrs[walk.n++] = item.ref.addr & ~UINT64_C(3);
	regset_free(set);
	return walk;
}

/* Reads all of them in batches; ns per read. */
static double time_walk(struct bus *bus, const struct walk *walk)
{
	static struct bus_op ops[BATCH];
	double sum = 0;

	for (size_t done = 0; done < walk->n; done += BATCH) {
		size_t n = walk->n - done < BATCH ? walk->n - done : BATCH;
		double start;

		for (size_t i = 0; i < n; i++)
			ops[i] = (struct bus_op){ .kind = BUS_OP_READ,
						  .addr = walk->addrs[done + i] };
		start = now_ns();
		must_be_ok(bus_xfer(bus, ops, n), bus_error(bus));
		sum += now_ns() - start;
	}
	return sum / (double)walk->n;
}

/* The same addresses in an order without neighbours. */
static void scatter(struct walk *walk)
{
	uint64_t *mixed = must(malloc(walk->n * sizeof(*mixed)), "malloc");

	for (size_t i = 0; i < walk->n; i++)
		mixed[i] = walk->addrs[i * 7919 % walk->n];
	free(walk->addrs);
	walk->addrs = mixed;
}

static double time_single_mock(struct bus *bus, const struct walk *walk)
{
	double start = now_ns();
	uint32_t value;

	for (size_t i = 0; i < walk->n; i++)
		must_be_ok(bus_read(bus, walk->addrs[i], &value), bus_error(bus));
	return (now_ns() - start) / (double)walk->n;
}

static void print_rate(const char *name, double ns)
{
	printf("  %-34s %7.1f ns   %8.2f million reads/s\n", name, ns, 1e3 / ns);
}

static void bench_mock(void)
{
	struct error err = { 0 };
	struct regdb *map;
	struct walk walk;
	struct bus *bus;

	must_be_ok(regdb_open_builtin("vsc7448", &err, &map), &err);
	walk = walk_map(map);
	must_be_ok(bus_open("mock:", &(struct bus_env){ .map = map }, &err, &bus), &err);
	printf("mock: read the %zu registers of the VSC7448 in batches of %u\n", walk.n, BATCH);
	print_rate("first touch, in the map's order", time_walk(bus, &walk));
	print_rate("again", time_walk(bus, &walk));
	print_rate("again, one by one", time_single_mock(bus, &walk));
	scatter(&walk);
	print_rate("again, scattered", time_walk(bus, &walk));
	bus_close(bus);
	free(walk.addrs);
	regdb_close(map);
}

int main(void)
{
	bench_file();
	bench_mock();
	return 0;
}
