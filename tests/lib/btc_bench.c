/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/btc_bench.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "drv/mock.h"
#include "drv/world.h"
#include "hal/board_priv.h"
#include "tests/lib/sweep.h"

static void open_core(struct btc_bench *b)
{
	struct error err = { 0 };

	bench_check(btc_open(b->dev, &err, &b->btc) == 0, "core", err.text);
	btc_bench_forget_log(b);
}

void btc_bench_open_closed(struct btc_bench *b, const char *uri)
{
	struct error err = { 0 };

	memset(b, 0, sizeof(*b));
	b->options.trace = access_log_record;
	b->options.arg = b;
	b->options.map = "btc";
	bench_check(board_open_bus(uri, &b->options, &err, &b->board) == 0, uri, err.text);
	b->dev = board_device_at(b->board, 0);
	bench_check(device_bus(b->dev, &err, &b->bus) == 0, "bus", err.text);
	b->world = b->board->world;
	b->mock = world_device_find(b->world, device_name(b->dev));
	bench_check(b->mock != NULL, "mock", "no device");
}

void btc_bench_open(struct btc_bench *b, const char *uri)
{
	btc_bench_open_closed(b, uri);
	open_core(b);
}

void btc_bench_reopen(struct btc_bench *b)
{
	btc_close(b->btc);
	open_core(b);
}

void btc_bench_close(struct btc_bench *b)
{
	btc_close(b->btc);
	board_close(b->board);
	access_log_free(&b->log);
	memset(b, 0, sizeof(*b));
}

uint32_t btc_bench_peek(const struct btc_bench *b, uint64_t addr)
{
	return mock_hw_get(b->mock, addr);
}

void btc_bench_poke(struct btc_bench *b, uint64_t addr, uint32_t value)
{
	bench_check(mock_hw_put(b->mock, addr, value) == 0, "poke", "out of memory");
}

const char *btc_bench_cost(const struct btc_bench *b)
{
	static char text[96];
	struct bus_stats stats;

	bus_stats_get(b->bus, &stats);
	snprintf(text, sizeof(text), "%" PRIu64 " batches, %zu reads, %zu writes",
		 stats.batches - b->batches, access_log_reads(&b->log),
		 access_log_writes(&b->log));
	return text;
}

void btc_bench_forget_log(struct btc_bench *b)
{
	struct bus_stats stats;

	bus_stats_get(b->bus, &stats);
	b->batches = stats.batches;
	b->n_access = 0;
}

/* --- the sweep --------------------------------------------------------------------------- */

/* "SLOT:CONTROL: ...": begins with the name of a register of the map. */
static void check_named(const struct btc_bench *b, const char *what, const char *text)
{
	struct regdb_ref ref;
	char path[64];
	size_t len = strcspn(text, " ");

	bench_check(len > 1 && len < sizeof(path) && text[len - 1] == ':', what, text);
	memcpy(path, text, len - 1);
	path[len - 1] = '\0';
	for (size_t i = b->n_access; i-- > 0;) {
		char name[128];

		if (b->access[i].result == 0 ||
		    regdb_find_addr(device_map(b->dev), b->access[i].addr, &ref, 1) == 0)
			continue;
		regdb_path_format(device_map(b->dev), &ref, name, sizeof(name));
		if (strcmp(name, path) == 0)
			return;
	}
	bench_check(false, what, text);
}

struct sweep {
	const char *uri;
	btc_bench_op prepare, op;
};

/* One round: false when the operation had fewer accesses than @n. */
static bool sweep_round(void *arg, size_t n)
{
	const struct sweep *sweep = arg;
	struct saboteur saboteur = { 0 };
	struct btc_bench b;
	struct error err = { 0 };
	char what[64];
	int rc;

	snprintf(what, sizeof(what), "sweep, access %zu", n);
	btc_bench_open(&b, sweep->uri);
	bench_check(sweep->prepare == NULL || sweep->prepare(&b, &err) == 0, "sweep, prepare",
		    err.text);
	mock_sabotage(b.mock, &saboteur);
	btc_bench_reopen(&b);
	saboteur.left = n;
	rc = sweep->op(&b, &err);
	saboteur.left = 0;
	if (saboteur.struck) {
		bench_check(rc == E_IO, what, err.text);
		check_named(&b, what, err.text);
		access_log_check_told(&b.log, what, err.text);
		bench_check(sweep->op(&b, &err) == 0, what, err.text);
	} else {
		bench_check(rc == 0, what, err.text);
	}
	btc_bench_close(&b);
	return saboteur.struck;
}

size_t btc_bench_sweep(const char *uri, btc_bench_op prepare, btc_bench_op op)
{
	struct sweep sweep = { uri, prepare, op };

	return sweep_accesses(sweep_round, &sweep);
}
