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
#include "drv/world.h"
#include "regmaps/regdb/regdb_build.h"

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

/* 8 Mi registers of 32 bits: the size of the whole window. */
static struct regdb *make_map(void)
{
	static const uint32_t dims = WINDOW_BYTES / 4;
	struct regdb_builder *b = must(regdb_builder_new(), "regdb_builder_new");
	struct regdb_node_spec top = { .kind = REGDB_ADDRMAP, .name = "bench" };
	struct regdb_node_spec reg = { .kind = REGDB_REG,
				       .name = "R",
				       .size = 4,
				       .stride = 4,
				       .dims = &dims,
				       .n_dims = 1,
				       .width = 32 };
	struct regdb_field_spec field = {
		.name = "F", .width = 32, .sw = REGDB_ACCESS_RW, .enumeration = REGDB_NONE
	};
	struct error err = { 0 };
	struct regdb *map = NULL;
	void *blob;
	size_t size;

	regdb_builder_field(
		b, regdb_builder_node(b, regdb_builder_node(b, REGDB_NONE, &top), &reg),
		&field);
	must_be_ok(regdb_builder_finish(b, &err, &blob, &size), &err);
	must_be_ok(regdb_open_owned(blob, size, &err, &map), &err);
	regdb_builder_free(b);
	return map;
}

static double time_batches(struct bus *bus, const struct pattern *pattern)
{
	static struct bus_op ops[BATCH];
	double sum = 0;

	for (size_t done = 0; done < pattern->total; done += BATCH) {
		double start;

		fill(pattern, done, ops, BATCH);
		start = now_ns();
		must_be_ok(bus_xfer(bus, ops, BATCH), bus_error(bus));
		sum += now_ns() - start;
	}
	return sum / (double)pattern->total;
}

static void print_rate(const char *name, double ns)
{
	printf("  %-34s %7.1f ns   %8.2f million reads/s\n", name, ns, 1e3 / ns);
}

static void bench_mock(void)
{
	static const struct pattern dense = { "", 1, 1u << 20 },
				    sparse = { "", 16381, 1u << 16 };
	struct regdb *map = make_map();
	struct bus_env env = { .map = map, .size = WINDOW_BYTES };
	struct error err = { 0 };
	struct bus *bus;

	must_be_ok(bus_open("mock:", &env, &err, &bus), &err);
	printf("mock: reads\n");
	print_rate("first touch, in order", time_batches(bus, &dense));
	print_rate("again, in order", time_batches(bus, &dense));
	print_rate("first touch, scattered", time_batches(bus, &sparse));
	print_rate("again, scattered", time_batches(bus, &sparse));
	print_rate("a batch of one", time_single(bus, 1u << 20));
	bus_close(bus);
	regdb_close(map);
}

int main(void)
{
	bench_file();
	bench_mock();
	return 0;
}
