/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/probe.h"
#include "cli/target.h"
#include "drv/cancel.h"
#include "drv/clock.h"
#include "drv/si.h"

enum { OPT_COUNT = OPT_COMMAND, OPT_MAX };

const struct arg_spec bus_tune_options[] = {
	{ "count", 'c', OPT_COUNT, "N", "rounds that a clock must pass (2000)", 0 },
	{ "max", 0, OPT_MAX, "HZ", "fastest clock to try (15000000)", 0 },
	{ 0 },
};

#define QUICK_ROUNDS 200u /* to find the padding */
#define MAX_PADDING  8u   /* more helps no clock up to 30 MHz */
#define MAX_HZ       15000000u

/* Steps of 30 MHz / n, the slow ones in large strides. */
static const uint32_t clocks_hz[] = {
	30000000, 15000000, 10000000, 7500000, 6000000, 5000000, 3750000, 3000000,
	2500000,  2000000,  1500000,  1000000, 500000,  250000,  100000,  25000,
};

#define N_CLOCKS (sizeof(clocks_hz) / sizeof(clocks_hz[0]))

struct tuner {
	struct call *call;
	struct device *dev;
	uint64_t count, max_hz;
	uint64_t id_addr, scratch_addr;
	uint32_t id, scratch_mask, old;
	bool pads; /* the device needs padding that depends on the clock */
	struct out_table *table;
	struct progress progress;
	uint64_t n_measured;
	struct error last; /* why the last clock is not good */
};

struct point {
	uint32_t clock_hz;
	unsigned padding;
	uint64_t n_rounds, n_errors;
	double us_per_round;
};

/* --- the URI ------------------------------------------------------------------------------ */

static bool is_clock_part(const char *part, size_t len)
{
	static const char *const keys[] = { "clock=", "pad=", "usb=" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (strncmp(part, keys[i], strlen(keys[i])) == 0)
			return true;
	return len == 3 && strncmp(part, "usb", 3) == 0;
}

static bool has_part(const char *uri, const char *key)
{
	const char *at = strstr(uri, key);

	return at != NULL && (at[strlen(key)] == '\0' || strchr(",=", at[strlen(key)]) != NULL);
}

/* usb:ADDRESS,..., or mock:FILE,usb,...: buses whose clock is ours to set. */
static bool is_tunable(const char *uri)
{
	return strncmp(uri, "usb:", 4) == 0 ||
	       (strncmp(uri, "mock:", 5) == 0 && has_part(uri, ",usb"));
}

/* The device's own URI with another clock and padding. */
static const char *uri_with(struct tuner *t, const struct point *point)
{
	struct out_record *root = out_root(t->call->out);
	const char *uri = device_bus_uri(t->dev);
	const char *key = strncmp(uri, "usb:", 4) == 0 ? "clock" : "usb";
	const char *text = "";

	for (bool first = true; *uri != '\0'; first = false) {
		size_t len = strcspn(uri, ",");

		if (first || !is_clock_part(uri, len))
			text = out_format(root, "%s%s%.*s", text, first ? "" : ",", (int)len,
					  uri);
		uri += len + (uri[len] == ',');
	}
	text = out_format(root, "%s,%s=%" PRIu32, text, key, point->clock_hz);
	return t->pads ? out_format(root, "%s,pad=%u", text, point->padding) : text;
}

/* --- measuring ---------------------------------------------------------------------------- */

/* Zeros, ones, both checkerboards, then a mix that never repeats soon (splitmix64's mixer). */
static uint32_t pattern(uint64_t round)
{
	static const uint32_t fixed[] = { 0, UINT32_MAX, 0x55555555, 0xaaaaaaaa };

	if (round < 4)
		return fixed[round];
	round *= UINT64_C(0x9e3779b97f4a7c15);
	round ^= round >> 30;
	round *= UINT64_C(0xbf58476d1ce4e5b9);
	return (uint32_t)(round >> 32);
}

/* One round in one batch; @write: the scratch register too.  False: wrong or failed. */
static bool one_round(struct tuner *t, struct bus *bus, uint64_t round, bool write)
{
	const uint32_t value = pattern(round) & t->scratch_mask;
	struct bus_op ops[] = {
		{ .kind = BUS_OP_WRITE, .addr = t->scratch_addr, .value = value },
		{ .kind = BUS_OP_READ, .addr = t->scratch_addr },
		{ .kind = BUS_OP_READ, .addr = t->id_addr },
	};
	const size_t first = write ? 0 : 2;

	if (bus_xfer(bus, ops + first, 3 - first) != 0) {
		t->last = *bus_error(bus);
		return false;
	}
	if (ops[2].value != t->id) {
		error_set(&t->last, E_MISMATCH,
			  "the identity read 0x%08" PRIx32 ", want 0x%08" PRIx32, ops[2].value,
			  t->id);
		return false;
	}
	if (write && (ops[1].value & t->scratch_mask) != value) {
		error_set(&t->last, E_MISMATCH,
			  "the scratch register read 0x%08" PRIx32 ", written 0x%08" PRIx32,
			  ops[1].value, value);
		return false;
	}
	return true;
}

/* Nothing is written at a clock at which reads go wrong: a garbled frame may write anything. */
static void rounds(struct tuner *t, struct bus *bus, struct point *point, uint64_t n)
{
	const uint64_t start_us = clock_now_us(bus_clock(bus));

	for (uint64_t i = 0; i < n / 2 && !cancel_requested(); i++)
		point->n_errors += !one_round(t, bus, i, false);
	for (uint64_t i = 0; i < n - n / 2 && point->n_errors == 0 && !cancel_requested(); i++)
		point->n_errors += !one_round(t, bus, i, true);
	point->us_per_round = (double)(clock_now_us(bus_clock(bus)) - start_us) / (double)n;
}

static void row(struct tuner *t, const struct point *point)
{
	const bool good = point->n_errors == 0;

	out_row(t->table, (const struct out_cell[]){
				  out_uint(point->clock_hz),
				  t->pads ? out_uint(point->padding) : out_null(),
				  out_uint(point->n_rounds),
				  out_uint(point->n_errors),
				  good ? out_real(point->us_per_round) : out_null(),
				  good ? out_styled(OUT_STYLE_GOOD, out_text("good"))
				       : out_styled(OUT_STYLE_BAD, out_text(t->last.text)),
			  });
}

/* E_INTR, and what no slower clock would heal. */
static int measure(struct tuner *t, struct point *point, uint64_t n, struct error *err)
{
	struct bus *bus = NULL;
	int rc = device_open_again(t->dev, uri_with(t, point), &t->last, &bus);

	point->n_rounds = n;
	point->n_errors = 0;
	if (rc == 0)
		rounds(t, bus, point, n);
	else
		point->n_errors = n;
	bus_close(bus);
	row(t, point);
	progress_step(&t->progress, ++t->n_measured, 0);
	if (cancel_requested())
		return error_set(err, E_INTR, "stopped");
	if (rc == E_BUSY || rc == E_PERM || rc == E_SYNTAX || rc == E_RANGE)
		return error_copy(err, &t->last);
	return 0;
}

/* --- the search --------------------------------------------------------------------------- */

/* The least padding at which reads are good: more never hurts.  @point->n_errors tells if any. */
static int find_padding(struct tuner *t, struct point *point, struct error *err)
{
	unsigned low = 0, high = MAX_PADDING;
	int rc;

	point->padding = high;
	rc = measure(t, point, QUICK_ROUNDS, err);
	if (rc != 0 || point->n_errors > 0)
		return rc;
	while (low < high) {
		point->padding = (low + high) / 2;
		rc = measure(t, point, QUICK_ROUNDS, err);
		if (rc != 0)
			return rc;
		if (point->n_errors > 0)
			low = point->padding + 1;
		else
			high = point->padding;
	}
	point->padding = high;
	point->n_errors = 0;
	return 0;
}

/* The fastest clock that passes all rounds; point->n_errors: none did. */
static int search(struct tuner *t, struct point *point, struct error *err)
{
	for (size_t i = 0; i < N_CLOCKS; i++) {
		int rc;

		if (clocks_hz[i] > t->max_hz)
			continue;
		*point = (struct point){ .clock_hz = clocks_hz[i] };
		rc = t->pads ? find_padding(t, point, err) : 0;
		if (rc == 0 && point->n_errors == 0)
			rc = measure(t, point, t->count, err);
		if (rc != 0 || point->n_errors == 0)
			return rc;
	}
	return 0;
}

/* Puts back the padding that the device's own bus counts on, and the scratch register. */
static int put_back(struct tuner *t, struct error *err)
{
	struct bus *bus = NULL;
	int rc;

	cancel_clear();
	rc = device_open_again(t->dev, device_bus_uri(t->dev), err, &bus);
	if (rc == 0 && bus_write(bus, t->scratch_addr, t->old) != 0)
		rc = error_copy(err, bus_error(bus));
	bus_close(bus);
	return rc == 0 ? 0 : error_prefix(err, "the scratch register keeps a test pattern");
}

static int prepare(struct tuner *t, struct error *err)
{
	const struct regdb *db = device_map(t->dev);
	const char *id = probe_identity_name(db), *scratch = probe_scratch_name(db);
	struct regdb_ref id_ref = { 0 }, scratch_ref = { 0 };
	uint64_t value = 0, old = 0;
	int rc = 0;

	if (!is_tunable(device_bus_uri(t->dev)))
		return error_set(err, E_NOTSUP,
				 "%s has no clock to tune: only usb: has, not through another "
				 "bus around it",
				 device_bus_uri(t->dev));
	if (id == NULL || scratch == NULL)
		return error_set(err, E_NOTFOUND,
				 "the map has no registers of known names to test with");
	rc = probe_register(db, id, err, &id_ref);
	if (rc == 0)
		rc = probe_register(db, scratch, err, &scratch_ref);
	if (rc == 0)
		rc = probe_identity(t->dev, err, &value);
	if (rc == 0)
		rc = reg_read(t->dev, &scratch_ref, 0, err, &old);
	if (rc != 0)
		return rc;
	t->id_addr = id_ref.addr;
	t->id = (uint32_t)value;
	t->scratch_addr = scratch_ref.addr;
	t->scratch_mask = (uint32_t)reg_verify_mask(db, scratch_ref.node);
	t->old = (uint32_t)old;
	t->pads = strcmp(regdb_name(db), "vsc7448") == 0;
	return 0;
}

static void show(struct tuner *t, const struct point *point)
{
	struct out_record *root = out_root(t->call->out);

	out_add(root, "clock_hz", "clock, Hz", out_uint(point->clock_hz));
	out_add(root, "padding_bytes", t->pads ? "padding, bytes" : NULL,
		t->pads ? out_uint(point->padding) : out_null());
	out_add(root, "uri", "use", out_lasting(uri_with(t, point)));
}

static int tune(struct tuner *t, struct error *err)
{
	static const struct out_column columns[] = {
		{ "clock_hz", "CLOCK HZ", OUT_RIGHT },
		{ "padding_bytes", "PADDING", OUT_RIGHT },
		{ "n_rounds", "ROUNDS", OUT_RIGHT },
		{ "n_errors", "ERRORS", OUT_RIGHT },
		{ "us_per_round", "US EACH", OUT_RIGHT },
		{ "result", "RESULT", 0 },
	};
	struct out_record *root = out_root(t->call->out);
	struct error late = { 0 };
	struct point point = { .n_errors = 1 };
	int rc;

	out_add(root, "device", "device", out_lasting(device_name(t->dev)));
	out_add(root, "bus", "bus", out_text(device_bus_uri(t->dev)));
	t->table =
		out_table(root, "measurements", columns, sizeof(columns) / sizeof(columns[0]));
	rc = search(t, &point, err);
	if (put_back(t, &late) != 0 && rc == 0)
		rc = error_copy(err, &late);
	if (rc != 0)
		return rc;
	if (point.n_errors > 0)
		return error_set(err, E_IO, "no clock is reliable: %s", t->last.text);
	show(t, &point);
	return 0;
}

int cmd_bus_tune(struct call *call, struct error *err)
{
	const struct args_range counts = { QUICK_ROUNDS, 10000000 };
	const struct args_range clocks = { clocks_hz[N_CLOCKS - 1], clocks_hz[0] };
	const char *device = call->args.n_operands > 0 ? call->args.operands[0] : "";
	struct tuner t = { .call = call, .count = 2000, .max_hz = MAX_HZ };
	int rc = args_option(&call->args, OPT_COUNT, counts, err, &t.count);

	if (rc == 0)
		rc = args_option(&call->args, OPT_MAX, clocks, err, &t.max_hz);
	if (rc == 0)
		rc = board_device(call->board, device, err, &t.dev);
	if (rc == 0 && (call->options.read_only || call->options.dry_run))
		rc = error_set(err, E_POLICY,
			       "tuning writes to the scratch register: not with --read-only or "
			       "--dry-run");
	if (rc == 0)
		rc = prepare(&t, err);
	if (rc != 0)
		return rc;
	progress_start(&t.progress, call->session, "measuring");
	rc = tune(&t, err);
	progress_end(&t.progress);
	return rc;
}
