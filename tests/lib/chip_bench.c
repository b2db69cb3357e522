/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/chip_bench.h"

#include <stdio.h>
#include <string.h>

#include "drv/mock.h"
#include "drv/mock_vsc7448.h"
#include "drv/world.h"
#include "hal/board_priv.h"
#include "tests/lib/sweep.h"

static void start(struct chip_bench *b)
{
	struct error err = { 0 };
	struct bus *bus;

	b->dev = board_device_at(b->board, 0);
	bench_check(device_bus(b->dev, &err, &bus) == 0, "bus", err.text);
	b->world = b->board->world;
	b->mock = world_device_find(b->world, device_name(b->dev));
	bench_check(b->mock != NULL, "mock", "no device");
	b->model = mock_vsc7448_of(b->mock);
}

static void open_chip(struct chip_bench *b)
{
	struct error err = { 0 };

	bench_check(vsc7448_open(b->dev, &err, &b->chip) == 0, "chip", err.text);
	chip_bench_forget_log(b);
}

void chip_bench_open_closed(struct chip_bench *b, const char *uri)
{
	struct error err = { 0 };

	memset(b, 0, sizeof(*b));
	b->options.trace = access_log_record;
	b->options.arg = b;
	bench_check(board_open_bus(uri, &b->options, &err, &b->board) == 0, uri, err.text);
	start(b);
}

void chip_bench_open(struct chip_bench *b, const char *uri)
{
	chip_bench_open_closed(b, uri);
	open_chip(b);
}

void chip_bench_open_bench8(struct chip_bench *b)
{
	struct error err = { 0 };

	memset(b, 0, sizeof(*b));
	b->options.trace = access_log_record;
	b->options.arg = b;
	bench_check(board_open(NULL, &b->options, &err, &b->board) == 0, "bench8", err.text);
	start(b);
	open_chip(b);
}

void chip_bench_reopen(struct chip_bench *b)
{
	vsc7448_close(b->chip);
	open_chip(b);
}

void chip_bench_close(struct chip_bench *b)
{
	vsc7448_close(b->chip);
	board_close(b->board);
	access_log_free(&b->log);
	memset(b, 0, sizeof(*b));
}

uint32_t chip_bench_peek(const struct chip_bench *b, uint64_t addr)
{
	return mock_hw_get(b->mock, addr);
}

void chip_bench_poke(struct chip_bench *b, uint64_t addr, uint32_t value)
{
	bench_check(mock_hw_put(b->mock, addr, value) == 0, "poke", "out of memory");
}

size_t chip_bench_reads(const struct chip_bench *b)
{
	return access_log_reads(&b->log);
}

size_t chip_bench_writes(const struct chip_bench *b)
{
	return access_log_writes(&b->log);
}

void chip_bench_forget_log(struct chip_bench *b)
{
	b->n_access = 0;
}

void chip_bench_stick(struct chip_bench *b, uint64_t addr, uint32_t mask, uint32_t value)
{
	mock_stick(b->mock, addr, mask, value);
}

/* --- the sweep --------------------------------------------------------------------------- */

void chip_bench_sabotage(struct chip_bench *b, struct saboteur *saboteur)
{
	mock_sabotage(b->mock, saboteur);
}

struct sweep {
	chip_bench_op prepare, op;
};

/* One round: false when the operation had fewer accesses than @n. */
static bool sweep_round(void *arg, size_t n)
{
	const struct sweep *sweep = arg;
	struct saboteur saboteur = { 0 };
	struct chip_bench b;
	struct error err = { 0 };
	char what[64];
	int rc;

	snprintf(what, sizeof(what), "sweep, access %zu", n);
	chip_bench_open_bench8(&b);
	bench_check(sweep->prepare == NULL || sweep->prepare(&b, &err) == 0, "sweep, prepare",
		    err.text);
	chip_bench_sabotage(&b, &saboteur);
	chip_bench_reopen(&b);
	saboteur.left = n;
	rc = sweep->op(&b, &err);
	saboteur.left = 0;
	if (saboteur.struck) {
		bench_check(rc == E_IO, what, err.text);
		bench_check(err.text[0] != '\0', what, "no text");
		access_log_check_told(&b.log, what, err.text);
		bench_check(sweep->op(&b, &err) == 0, what, err.text);
	} else {
		bench_check(rc == 0, what, err.text);
	}
	chip_bench_close(&b);
	return saboteur.struck;
}

size_t chip_bench_sweep(chip_bench_op prepare, chip_bench_op op)
{
	struct sweep sweep = { prepare, op };

	return sweep_accesses(sweep_round, &sweep);
}
