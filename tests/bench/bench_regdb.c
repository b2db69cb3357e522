/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lookups in the whole VSC7448 map: names and addresses of registers picked at random, beside
 * yardsticks of the same run (strcmp along the names of the map; bsearch in the sorted addresses
 * of all instances), and what else has to feel instant.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "regmaps/regdb/builtin.h"
#include "regmaps/regdb/regpath.h"

#define N_SAMPLES 2000
#define N_BATCHES 101

struct bench {
	const struct regdb *db;
	struct regdb_ref refs[N_SAMPLES];
	char *path[N_SAMPLES], *bare[N_SAMPLES]; /* full; register and target only */
	uint64_t *addr;                          /* of all instances, sorted */
	size_t n_addr;
	size_t checksum; /* so that nothing is optimized away */
};

static double now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static int by_value(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Median over batches of the mean over @n samples. */
static double measure(struct bench *b, size_t n, void (*one)(struct bench *b, size_t i))
{
	static double ns[N_BATCHES];

	for (size_t batch = 0; batch < N_BATCHES; batch++) {
		double start = now_ns();
		for (size_t i = 0; i < n; i++)
			one(b, (batch * n + i) % N_SAMPLES);
		ns[batch] = (now_ns() - start) / (double)n;
	}
	qsort(ns, N_BATCHES, sizeof(*ns), by_value);
	return ns[N_BATCHES / 2];
}

static void resolve(struct bench *b, const char *path)
{
	struct regset *set;
	struct regset_item item;
	struct regset_pos pos = { 0 };

	if (regpath_resolve(b->db, path, 0, NULL, &set) < 0)
		abort();
	regset_next(set, &pos, &item);
	b->checksum += item.ref.addr;
	regset_free(set);
}

static void by_full_path(struct bench *b, size_t i)
{
	resolve(b, b->path[i]);
}

static void by_bare_path(struct bench *b, size_t i)
{
	resolve(b, b->bare[i]);
}

static void by_address(struct bench *b, size_t i)
{
	struct regdb_ref ref;

	b->checksum += regdb_find_addr(b->db, b->refs[i].addr, &ref, 1) + ref.node;
}

static void format_path(struct bench *b, size_t i)
{
	char path[128];

	b->checksum += (size_t)regdb_path_format(b->db, &b->refs[i], path, sizeof(path));
}

static void strcmp_walk(struct bench *b, size_t i)
{
	const char *name = regdb_str(b->db, regdb_node(b->db, b->refs[i].node)->name);

	for (uint32_t n = 0; n < regdb_n_nodes(b->db); n++) {
		if (strcmp(regdb_str(b->db, regdb_node(b->db, n)->name), name) == 0) {
			b->checksum += n;
			return;
		}
	}
}

static int by_addr(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void bsearch_addr(struct bench *b, size_t i)
{
	const uint64_t *found =
		bsearch(&b->refs[i].addr, b->addr, b->n_addr, sizeof(*b->addr), by_addr);

	b->checksum += (size_t)(found - b->addr);
}

static void count_text(void *arg, const char *text)
{
	*(size_t *)arg += strlen(text);
}

static void complete_nothing(struct bench *b, size_t i)
{
	(void)i;
	regpath_complete(b->db, "", SIZE_MAX, count_text, &b->checksum);
}

static void complete_letter(struct bench *b, size_t i)
{
	const char letter[2] = { (char)('A' + i % 26), '\0' };

	regpath_complete(b->db, letter, SIZE_MAX, count_text, &b->checksum);
}

static void miss(struct bench *b, size_t i)
{
	struct error err = { 0 };
	struct regset *set;

	(void)i;
	b->checksum +=
		regpath_resolve(b->db, "DEV1G[0]:DEV_RTS_CTL", 0, &err, &set) == E_NOTFOUND;
}

static void open_trusted(struct bench *b, size_t i)
{
	struct regdb *db;

	(void)i;
	if (regdb_open_builtin("vsc7448", NULL, &db) < 0)
		abort();
	b->checksum += regdb_n_nodes(db);
	regdb_close(db);
}

static void open_checked(struct bench *b, size_t i)
{
	struct regdb *db;

	(void)i;
	for (const struct regdb_builtin *map = regdb_builtins; map->name; map++) {
		if (strcmp(map->name, "vsc7448") != 0)
			continue;
		if (regdb_open(map->start, (size_t)(map->end - map->start), NULL, &db) < 0)
			abort();
		b->checksum += regdb_n_nodes(db);
		regdb_close(db);
	}
}

/* The target and the register, with the group left out where that is unambiguous. */
static char *bare_path(const struct regdb *db, const char *path)
{
	const char *first = strchr(path, ':'), *last = strrchr(path, ':');
	struct regset *set;
	char bare[256];

	snprintf(bare, sizeof(bare), "%.*s%s", (int)(first - path), path, last);
	if (regpath_resolve(db, bare, 0, NULL, &set) < 0)
		return strdup(path);
	regset_free(set);
	return strdup(bare);
}

/* Walks the whole map once; samples are spread evenly, then shuffled. */
static void collect(struct bench *b)
{
	struct regset *set;
	struct regset_item item;
	struct regset_pos pos = { 0 };
	size_t n = 0;

	if (regpath_resolve(b->db, "*", REGPATH_PATTERN, NULL, &set) < 0)
		abort();
	b->addr = calloc(regset_count(set), sizeof(*b->addr));
	size_t step = regset_count(set) / N_SAMPLES;
	while (b->addr && regset_next(set, &pos, &item)) {
		b->addr[b->n_addr++] = item.ref.addr;
		if (pos.n % step == 0 && n < N_SAMPLES)
			b->refs[n++] = item.ref;
	}
	regset_free(set);
	qsort(b->addr, b->n_addr, sizeof(*b->addr), by_addr);
	uint32_t random = 1;
	for (size_t i = N_SAMPLES - 1; i > 0; i--) {
		random = random * 1664525 + 1013904223;
		size_t other = (random >> 8) % (i + 1);
		struct regdb_ref ref = b->refs[i];
		b->refs[i] = b->refs[other];
		b->refs[other] = ref;
	}
	for (size_t i = 0; i < N_SAMPLES; i++) {
		char path[256];
		regdb_path_format(b->db, &b->refs[i], path, sizeof(path));
		b->path[i] = strdup(path);
		b->bare[i] = bare_path(b->db, path);
	}
}

static void print_lookups(struct bench *b)
{
	double walk = measure(b, 200, strcmp_walk), search = measure(b, 200, bsearch_addr);
	double full = measure(b, 200, by_full_path), bare = measure(b, 200, by_bare_path);
	double addr = measure(b, 200, by_address);

	printf("  name, full path          %9.0f ns   (target 2000)   %.2f of the strcmp "
	       "walk\n",
	       full, full / walk);
	printf("  name, group left out     %9.0f ns                   %.2f of the strcmp "
	       "walk\n",
	       bare, bare / walk);
	printf("  address                  %9.0f ns   (target 1000)   %.2f of the bsearch\n",
	       addr, addr / search);
	printf("  yardstick strcmp walk    %9.0f ns   over %u names\n", walk,
	       regdb_n_nodes(b->db));
	printf("  yardstick bsearch        %9.0f ns   over %zu addresses\n", search, b->n_addr);
}

int main(void)
{
	static struct bench b;
	struct error err = { 0 };
	struct regdb *db;

	if (regdb_open_builtin("vsc7448", &err, &db) < 0) {
		fprintf(stderr, "bench_regdb: %s\n", err.text);
		return 1;
	}
	b.db = db;
	collect(&b);
	printf("regdb, VSC7448 map: median of %d batches\n", N_BATCHES);
	print_lookups(&b);
	printf("  path of a register       %9.0f ns\n", measure(&b, 200, format_path));
	printf("  completion of nothing    %9.0f ns   (target 5 ms)\n",
	       measure(&b, 200, complete_nothing));
	printf("  completion of a letter   %9.0f ns   (target 5 ms)\n",
	       measure(&b, 200, complete_letter));
	printf("  nearest of unknown name  %9.0f ns\n", measure(&b, 2, miss));
	printf("  open, built in           %9.0f ns\n", measure(&b, 200, open_trusted));
	printf("  open, checked            %9.0f ns   (target 2 ms)\n",
	       measure(&b, 2, open_checked));
	for (size_t i = 0; i < N_SAMPLES; i++) {
		free(b.path[i]);
		free(b.bare[i]);
	}
	free(b.addr);
	regdb_close(db);
	return b.checksum == 0;
}
