/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * `chip init` recorded on the mock and played back: the whole trace answers, and whichever value
 * that was written is edited, the mismatch names its register and both values.
 */
#include "hal/vsc7448/chip.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "drv/trace.h"
#include "hal/board.h"

/* Every so many-th write is edited: a prime, so that every step of init has its turn. */
#define EVERY 97

struct recording {
	char path[64];        /* of the trace */
	char edited_path[80]; /* of a copy that is edited */
	struct trace *trace;
};

static int init_on(const char *before, const char *path, const char *after, struct error *err)
{
	struct board_options options = { .map = "vsc7448" };
	struct vsc7448_port_map map;
	struct board *board;
	struct vsc7448 *chip;
	char uri[192];
	int rc;

	snprintf(uri, sizeof(uri), "%s%s%s", before, path, after);
	rc = board_open_bus(uri, &options, err, &board);
	if (rc != 0)
		return rc;
	rc = vsc7448_open(board_device_at(board, 0), err, &chip);
	if (rc == 0) {
		vsc7448_port_map_base(&map);
		rc = vsc7448_init(chip, &map, 0, err);
		vsc7448_close(chip);
	}
	board_close(board);
	return rc;
}

static void record(struct recording *r, const char *bus)
{
	struct error err = { 0 };
	int fd;

	strcpy(r->path, "/tmp/sb-init-XXXXXX");
	fd = mkstemp(r->path);
	assert_true(fd >= 0);
	close(fd);
	snprintf(r->edited_path, sizeof(r->edited_path), "%s.edited", r->path);
	if (init_on("record:", r->path, bus, &err) != 0 ||
	    trace_read(r->path, &err, &r->trace) != 0)
		fail_msg("%s: %s", bus, err.text);
	assert_true(r->trace->n_rows > 5000);
}

static void forget(struct recording *r)
{
	trace_free(r->trace);
	unlink(r->path);
	unlink(r->edited_path);
}

/* The trace with one bit of the value of row @edited turned over. */
static void write_edited(const struct recording *r, size_t edited)
{
	FILE *file = fopen(r->edited_path, "w");
	struct error err = { 0 };

	assert_non_null(file);
	assert_int_equal(trace_write_head(file, r->trace->map, r->trace->bus, &err), 0);
	for (size_t i = 0; i < r->trace->n_rows; i++) {
		struct trace_row row = r->trace->rows[i];

		row.op.value ^= i == edited ? 0x10 : 0;
		assert_int_equal(trace_write_row(file, &row, NULL, &err), 0);
	}
	assert_int_equal(fclose(file), 0);
}

static void check_edit(const struct recording *r, size_t edited, const struct regdb *map)
{
	const struct bus_op *op = &r->trace->rows[edited].op;
	char name[320], then[400], now[400];
	struct error err = { 0 };

	write_edited(r, edited);
	assert_int_equal(init_on("replay:", r->edited_path, "", &err), E_MISMATCH);
	assert_int_equal(error_exit_status(err.code), 3);
	trace_name(map, op->addr, name, sizeof(name));
	snprintf(then, sizeof(then), "recorded write %s = 0x%08" PRIx32, name,
		 op->value ^ 0x10);
	snprintf(now, sizeof(now), "now comes write %s = 0x%08" PRIx32, name, op->value);
	if (strstr(err.text, then) == NULL || strstr(err.text, now) == NULL)
		fail_msg("row %zu: want '%s' and '%s' in '%s'", edited, then, now, err.text);
}

static void check_bus(const char *bus)
{
	struct recording r = { .trace = NULL };
	struct error err = { 0 };
	struct regdb *map;
	size_t n_writes = 0, n_edited = 0;

	record(&r, bus);
	if (init_on("replay:", r.path, "", &err) != 0)
		fail_msg("replay of %s: %s", bus, err.text);
	if (init_on("replay:", r.path, ",loose", &err) != 0)
		fail_msg("loose replay of %s: %s", bus, err.text);
	assert_int_equal(regdb_open_builtin("vsc7448", &err, &map), 0);
	for (size_t i = 0; i < r.trace->n_rows; i++) {
		if (r.trace->rows[i].op.kind != BUS_OP_WRITE || n_writes++ % EVERY != 0)
			continue;
		check_edit(&r, i, map);
		n_edited++;
	}
	printf("counted: init over %s replayed; %zu of %zu writes edited, each named\n",
	       bus + 1, n_edited, n_writes);
	regdb_close(map);
	forget(&r);
}

static void test_init_replays_and_an_edited_write_is_named(void **state)
{
	(void)state;
	check_bus(",mock:");
}

static void test_the_same_over_the_serial_interface(void **state)
{
	(void)state;
	check_bus(",mock:,si");
}

/* What was read decides what is written: an edited read shows in the next write that it reaches. */
static void test_an_edited_read_shows_in_the_write_that_follows(void **state)
{
	struct recording r = { .trace = NULL };
	struct error err = { 0 };
	size_t at = 0;

	(void)state;
	record(&r, ",mock:");
	/* A read whose register is written next, with other bits than the one that is edited. */
	while (at + 1 < r.trace->n_rows) {
		const struct bus_op *read = &r.trace->rows[at].op;
		const struct bus_op *write = &r.trace->rows[at + 1].op;

		if (read->kind == BUS_OP_READ && write->kind == BUS_OP_WRITE &&
		    read->addr == write->addr && ((read->value ^ write->value) & 0x10) == 0)
			break;
		at++;
	}
	assert_true(at + 1 < r.trace->n_rows);
	write_edited(&r, at);
	assert_int_equal(init_on("replay:", r.edited_path, "", &err), E_MISMATCH);
	assert_non_null(strstr(err.text, "now comes write"));
	forget(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_init_replays_and_an_edited_write_is_named),
		cmocka_unit_test(test_the_same_over_the_serial_interface),
		cmocka_unit_test(test_an_edited_read_shows_in_the_write_that_follows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
