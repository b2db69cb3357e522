/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/chip_bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drv/mock.h"
#include "drv/mock_vsc7448.h"
#include "drv/world.h"
#include "hal/board_priv.h"

static void check(bool good, const char *what, const char *why)
{
	if (good)
		return;
	fprintf(stderr, "chip bench: %s: %s\n", what, why);
	abort();
}

static void record(void *arg, const struct device *dev, const struct bus_op *op, int result)
{
	struct chip_bench *b = arg;

	(void)dev;
	if (b->n_access == b->max_access) {
		b->max_access = b->max_access == 0 ? 1024 : 2 * b->max_access;
		b->access = realloc(b->access, b->max_access * sizeof(*b->access));
		check(b->access != NULL, "log", "out of memory");
	}
	b->access[b->n_access++] =
		(struct chip_access){ op->kind, op->addr, op->value, result };
}

static void start(struct chip_bench *b)
{
	struct error err = { 0 };
	struct bus *bus;

	b->dev = board_device_at(b->board, 0);
	check(device_bus(b->dev, &err, &bus) == 0, "bus", err.text);
	b->world = b->board->world;
	b->mock = world_device_find(b->world, device_name(b->dev));
	check(b->mock != NULL, "mock", "no device");
	b->model = mock_vsc7448_of(b->mock);
}

static void open_chip(struct chip_bench *b)
{
	struct error err = { 0 };

	check(vsc7448_open(b->dev, &err, &b->chip) == 0, "chip", err.text);
	chip_bench_forget_log(b);
}

void chip_bench_open_closed(struct chip_bench *b, const char *uri)
{
	struct error err = { 0 };

	memset(b, 0, sizeof(*b));
	b->options.trace = record;
	b->options.arg = b;
	check(board_open_bus(uri, &b->options, &err, &b->board) == 0, uri, err.text);
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
	b->options.trace = record;
	b->options.arg = b;
	check(board_open(NULL, &b->options, &err, &b->board) == 0, "bench8", err.text);
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
	free(b->access);
	memset(b, 0, sizeof(*b));
}

uint32_t chip_bench_peek(const struct chip_bench *b, uint64_t addr)
{
	return mock_hw_get(b->mock, addr);
}

void chip_bench_poke(struct chip_bench *b, uint64_t addr, uint32_t value)
{
	check(mock_hw_put(b->mock, addr, value) == 0, "poke", "out of memory");
}

static size_t count(const struct chip_bench *b, bool writes)
{
	size_t n = 0;

	for (size_t i = 0; i < b->n_access; i++)
		n += b->access[i].kind == BUS_OP_WRITE
			     ? writes
			     : !writes && b->access[i].kind != BUS_OP_DELAY;
	return n;
}

size_t chip_bench_reads(const struct chip_bench *b)
{
	return count(b, false);
}

size_t chip_bench_writes(const struct chip_bench *b)
{
	return count(b, true);
}

void chip_bench_forget_log(struct chip_bench *b)
{
	b->n_access = 0;
}

/* --- hardware that does not do what it should -------------------------------------------- */

struct stuck {
	uint64_t addr;
	uint32_t mask, value;
};

static int stuck_read(void *model, struct mock *mock, uint64_t addr, uint32_t *value)
{
	const struct stuck *stuck = model;

	(void)mock;
	if (addr == stuck->addr)
		*value = (*value & ~stuck->mask) | stuck->value;
	return 0;
}

void chip_bench_stick(struct chip_bench *b, uint64_t addr, uint32_t mask, uint32_t value)
{
	static const struct mock_model ops = {
		.name = "stuck",
		.read = stuck_read,
		.free = free,
	};
	struct stuck *stuck = malloc(sizeof(*stuck));
	struct error err = { 0 };

	check(stuck != NULL, "stuck", "out of memory");
	*stuck = (struct stuck){ addr, mask, value & mask };
	check(mock_attach(b->mock, &ops, stuck, &err) == 0, "stuck", err.text);
}

/* --- the sweep --------------------------------------------------------------------------- */

static int sabotage(struct saboteur *s)
{
	if (s->left == 0 || --s->left > 0)
		return 0;
	s->struck = true;
	return E_IO;
}

static int sabotage_read(void *model, struct mock *mock, uint64_t addr, uint32_t *value)
{
	(void)mock;
	(void)addr;
	(void)value;
	return sabotage(model);
}

static int sabotage_write(void *model, struct mock *mock, uint64_t addr, uint32_t value)
{
	(void)mock;
	(void)addr;
	(void)value;
	return sabotage(model);
}

/* What the error's text says has been written is what had been when the fault came. */
static void check_told(const struct chip_bench *b, const char *what, const char *text)
{
	const char *told = strstr(text, "(after ");
	size_t n_told = told == NULL ? 0 : strtoul(told + strlen("(after "), NULL, 10), n = 0;

	for (size_t i = 0; i < b->n_access && b->access[i].result == 0; i++)
		n += b->access[i].kind == BUS_OP_WRITE;
	if (n != n_told)
		fprintf(stderr, "%zu registers had been written\n", n);
	check(n == n_told, what, text);
}

void chip_bench_sabotage(struct chip_bench *b, struct saboteur *saboteur)
{
	static const struct mock_model ops = {
		.name = "saboteur",
		.read = sabotage_read,
		.write = sabotage_write,
	};
	struct error err = { 0 };

	check(mock_attach(b->mock, &ops, saboteur, &err) == 0, "saboteur", err.text);
}

/* One round: false when the operation had fewer accesses than @n. */
static bool sweep_round(chip_bench_op prepare, chip_bench_op op, size_t n)
{
	struct saboteur saboteur = { 0 };
	struct chip_bench b;
	struct error err = { 0 };
	char what[64];
	int rc;

	snprintf(what, sizeof(what), "sweep, access %zu", n);
	chip_bench_open_bench8(&b);
	check(prepare == NULL || prepare(&b, &err) == 0, "sweep, prepare", err.text);
	chip_bench_sabotage(&b, &saboteur);
	chip_bench_reopen(&b);
	saboteur.left = n;
	rc = op(&b, &err);
	saboteur.left = 0;
	if (saboteur.struck) {
		check(rc == E_IO, what, err.text);
		check(err.text[0] != '\0', what, "no text");
		check_told(&b, what, err.text);
		check(op(&b, &err) == 0, what, err.text);
	} else {
		check(rc == 0, what, err.text);
	}
	chip_bench_close(&b);
	return saboteur.struck;
}

size_t chip_bench_sweep(chip_bench_op prepare, chip_bench_op op)
{
	size_t n = 0;

	while (sweep_round(prepare, op, n + 1))
		n++;
	return n;
}
