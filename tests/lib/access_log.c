/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/access_log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drv/mock.h"

void bench_check(bool good, const char *what, const char *why)
{
	if (good)
		return;
	fprintf(stderr, "bench: %s: %s\n", what, why);
	abort();
}

void access_log_record(void *arg, const struct device *dev, const struct bus_op *op, int result)
{
	struct access_log *log = arg;

	(void)dev;
	if (log->n_access == log->max_access) {
		log->max_access = log->max_access == 0 ? 1024 : 2 * log->max_access;
		log->access = realloc(log->access, log->max_access * sizeof(*log->access));
		bench_check(log->access != NULL, "log", "out of memory");
	}
	log->access[log->n_access++] =
		(struct chip_access){ op->kind, op->addr, op->value, result };
}

void access_log_free(struct access_log *log)
{
	free(log->access);
	memset(log, 0, sizeof(*log));
}

static size_t count(const struct access_log *log, bool writes)
{
	size_t n = 0;

	for (size_t i = 0; i < log->n_access; i++)
		n += log->access[i].kind == BUS_OP_WRITE
			     ? writes
			     : !writes && log->access[i].kind != BUS_OP_DELAY;
	return n;
}

size_t access_log_reads(const struct access_log *log)
{
	return count(log, false);
}

size_t access_log_writes(const struct access_log *log)
{
	return count(log, true);
}

void access_log_check_told(const struct access_log *log, const char *what, const char *text)
{
	const char *told = strstr(text, "(after ");
	size_t n_told = told == NULL ? 0 : strtoul(told + strlen("(after "), NULL, 10), n = 0;

	for (size_t i = 0; i < log->n_access && log->access[i].result == 0; i++)
		n += log->access[i].kind == BUS_OP_WRITE;
	if (n != n_told)
		fprintf(stderr, "%zu registers had been written\n", n);
	bench_check(n == n_told, what, text);
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

void mock_stick(struct mock *mock, uint64_t addr, uint32_t mask, uint32_t value)
{
	static const struct mock_model ops = {
		.name = "stuck",
		.read = stuck_read,
		.free = free,
	};
	struct stuck *stuck = malloc(sizeof(*stuck));
	struct error err = { 0 };

	bench_check(stuck != NULL, "stuck", "out of memory");
	*stuck = (struct stuck){ addr, mask, value & mask };
	bench_check(mock_attach(mock, &ops, stuck, &err) == 0, "stuck", err.text);
}

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

void mock_sabotage(struct mock *mock, struct saboteur *saboteur)
{
	static const struct mock_model ops = {
		.name = "saboteur",
		.read = sabotage_read,
		.write = sabotage_write,
	};
	struct error err = { 0 };

	bench_check(mock_attach(mock, &ops, saboteur, &err) == 0, "saboteur", err.text);
}
