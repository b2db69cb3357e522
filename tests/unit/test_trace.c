/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Trace files: what record: writes, replay: plays back; every kind of mistake in a file is told
 * with its line, every difference with the register's name.
 */
#include "tests/unit/bus_fixture.h"

#include "drv/clock.h"
#include "drv/trace.h"
#include "regmaps/regdb/regdb.h"

#define GPR     0x71010004u
#define CHIP_ID 0x71010000u

static char trace_path[64];
static struct regdb *map;
static struct bus_env env;

static int setup(void **state)
{
	struct error err = { 0 };
	int fd;

	(void)state;
	strcpy(trace_path, "/tmp/sb-trace-XXXXXX");
	fd = mkstemp(trace_path);
	if (fd < 0 || close(fd) != 0 || regdb_open_builtin("vsc7448", &err, &map) != E_OK)
		return -1;
	env = (struct bus_env){ .map = map,
				.origin = regdb_origin(map),
				.size = regdb_window(map) };
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	regdb_close(map);
	return unlink(trace_path);
}

static struct bus *open_uri(const char *before, const char *after)
{
	struct error err = { 0 };
	struct bus *bus = NULL;
	char uri[192];

	snprintf(uri, sizeof(uri), "%s%s%s", before, trace_path, after);
	if (bus_open(uri, &env, &err, &bus) != E_OK)
		fail_msg("%s: %s", uri, err.text);
	return bus;
}

static void put_file(const char *text)
{
	FILE *file = fopen(trace_path, "w");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static const char *get_file(void)
{
	static char text[4096];
	FILE *file = fopen(trace_path, "r");
	size_t n;

	assert_non_null(file);
	n = fread(text, 1, sizeof(text) - 1, file);
	text[n] = '\0';
	fclose(file);
	return text;
}

/* Every kind of operation, one that fails among them. */
static void run_all_kinds(struct bus *bus, uint32_t *id)
{
	struct bus_op ops[] = {
		{ .kind = BUS_OP_READ, .addr = CHIP_ID },
		{ .kind = BUS_OP_WRITE, .addr = GPR, .value = 7 },
		{ .kind = BUS_OP_DELAY, .time_us = 500 },
		{ .kind = BUS_OP_POLL, .addr = GPR, .value = 7, .mask = 0xf, .time_us = 10 },
	};
	struct bus_op late = { .kind = BUS_OP_POLL,
			       .addr = GPR,
			       .value = 8,
			       .mask = 0xf,
			       .time_us = 20,
			       .every_us = 5 };

	assert_int_equal(bus_xfer(bus, ops, COUNT(ops)), E_OK);
	*id = ops[0].value;
	assert_int_equal(bus_xfer(bus, &late, 1), E_TIMEOUT);
	assert_int_equal(late.value, 7);
	assert_int_equal(late.status, BUS_OP_FAILED);
}

static void test_what_was_recorded_replays(void **state)
{
	struct bus *bus = open_uri("record:", ",mock:,plain");
	uint32_t id;

	(void)state;
	run_all_kinds(bus, &id);
	bus_close(bus);
	assert_string_equal(
		get_file(),
		"@trace 1\n@map vsc7448\n@bus mock:,plain\n"
		"read 0x71010000 = 0x374680e9 at 500  # DEVCPU_GCB:CHIP_REGS:CHIP_ID\n"
		"write 0x71010004 = 0x00000007 at 500  # DEVCPU_GCB:CHIP_REGS:GPR\n"
		"wait 500 at 500\n"
		"poll 0x71010004 & 0x0000000f is 0x00000007 = 0x00000007 within 10 at 500  # "
		"DEVCPU_GCB:CHIP_REGS:GPR\n"
		"poll 0x71010004 & 0x0000000f is 0x00000008 = 0x00000007 within 20 failed "
		"timeout "
		"at 520  # poll 0x71010004: still 0x00000007 after 20 us (want 0x00000008, "
		"mask "
		"0x0000000f)\n");
	bus = open_uri("replay:", "");
	id = 0;
	run_all_kinds(bus, &id);
	assert_int_equal(id, 0x374680e9);
	assert_true(clock_is_virtual(bus_clock(bus)));
	bus_close(bus);
}

static void test_an_edited_value_is_a_mismatch_with_the_registers_name(void **state)
{
	struct bus *bus;
	uint32_t value;

	(void)state;
	put_file("@trace 1\nread 0x71010000 = 0x12345678 at 0\n\n# a comment\n"
		 "write 0x71010004 = 0x1 at 5\n");
	bus = open_uri("replay:", "");
	assert_int_equal(bus_read(bus, CHIP_ID, &value), E_OK);
	assert_int_equal(value, 0x12345678);
	assert_int_equal(bus_write(bus, GPR, 2), E_MISMATCH);
	assert_non_null(strstr(bus_error(bus)->text,
			       ":5: recorded write DEVCPU_GCB:CHIP_REGS:GPR (0x71010004) = "
			       "0x00000001, now comes write DEVCPU_GCB:CHIP_REGS:GPR "
			       "(0x71010004) = 0x00000002"));
	/* The trace has not moved on. */
	assert_int_equal(bus_read(bus, GPR, &value), E_MISMATCH);
	assert_int_equal(bus_write(bus, GPR, 1), E_OK);
	assert_int_equal(bus_write(bus, GPR, 1), E_MISMATCH);
	assert_non_null(strstr(bus_error(bus)->text, "the trace has ended"));
	bus_close(bus);
}

static void test_loose_goes_by_register(void **state)
{
	struct bus *bus;
	uint32_t value;

	(void)state;
	put_file("@trace 1\nread 0x71010004 = 1 at 0\nwrite 0x71010004 = 5 at 1\n"
		 "read 0x71010004 = 2 at 2\nread 0x71010000 = 3 at 3\n");
	bus = open_uri("replay:", ",loose");
	assert_int_equal(bus_read(bus, CHIP_ID, &value), E_OK);
	assert_int_equal(value, 3);
	for (uint32_t want = 1; want < 5; want++) {
		assert_int_equal(bus_read(bus, GPR, &value), E_OK);
		assert_int_equal(value, want < 2 ? want : 2);
	}
	assert_int_equal(bus_write(bus, GPR, 6), E_MISMATCH);
	assert_non_null(strstr(bus_error(bus)->text, "recorded write"));
	assert_int_equal(bus_write(bus, GPR, 5), E_OK);
	assert_int_equal(bus_write(bus, GPR, 5), E_MISMATCH);
	assert_int_equal(bus_read(bus, 0x71010008, &value), E_MISMATCH);
	assert_non_null(strstr(bus_error(bus)->text, "was not recorded"));
	bus_close(bus);
}

static void test_recorded_failures_come_back(void **state)
{
	struct bus *bus = open_uri("record:", ",fault:after=2,mock:,plain");
	uint32_t value;

	(void)state;
	assert_int_equal(bus_read(bus, GPR, &value), E_OK);
	assert_int_equal(bus_read(bus, GPR, &value), E_IO);
	bus_close(bus);
	bus = open_uri("replay:", "");
	assert_int_equal(bus_read(bus, GPR, &value), E_OK);
	assert_int_equal(bus_read(bus, GPR, &value), E_IO);
	assert_non_null(
		strstr(bus_error(bus)->text, "recorded: read 0x71010004: injected fault"));
	bus_close(bus);
}

static void test_mistakes_in_a_file_have_a_line(void **state)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "", ":1: a trace begins with `@trace 1`" },
		{ "@trace 2\n", ":1: a trace begins with" },
		{ "@trace 1\n@bus\n", ":2: given twice, or nothing" },
		{ "@trace 1\n@map a\n@map b\n", ":3: given twice" },
		{ "@trace 1\n@time x\n", ":2: no @map or @bus" },
		{ "@trace 1\nfetch 0x0 = 1 at 0\n", ":2: no read, write, poll or wait" },
		{ "@trace 1\nread 0x2 = 1 at 0\n", ":2: no address of a word" },
		{ "@trace 1\nread 0x4 at 0\n", ":2: no `= VALUE`" },
		{ "@trace 1\nwrite 0x4 failed io at 0\n", ":2: no `= VALUE`" },
		{ "@trace 1\nread 0x4 = 0x100000000 at 0\n", ":2: no 32-bit value" },
		{ "@trace 1\nread 0x4 = 1\n", ":2: no `at TIME`" },
		{ "@trace 1\nread 0x4 = 1 at 0 again\n", ":2: more text" },
		{ "@trace 1\nread 0x4 failed badly at 0\n", ":2: no known error" },
		{ "@trace 1\npoll 0x4 & 1 = 1 within 5 at 0\n", ":2: a poll is" },
		{ "@trace 1\npoll 0x4 & 1 is 1 = 1 at 0\n", ":2: no `within TIME`" },
		{ "@trace 1\nwait long at 0\n", ":2: no time" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err = { 0 };
		struct trace *trace = NULL;

		assert_int_equal(
			trace_parse("f", rows[i].text, strlen(rows[i].text), &err, &trace),
			E_SYNTAX);
		if (strstr(err.text, rows[i].want) == NULL)
			fail_msg("'%s': %s", rows[i].text, err.text);
		assert_null(trace);
	}
}

static void test_bad_uris_are_refused(void **state)
{
	static const struct {
		const char *uri;
		int code;
	} rows[] = {
		{ "record:", E_SYNTAX },
		{ "record:mock:", E_SYNTAX },
		{ "record:/tmp/x", E_SYNTAX },
		{ "record:/tmp/x,y,mock:", E_SYNTAX },
		{ "record:/no/such/folder/x,mock:", E_NODEV },
		{ "replay:", E_SYNTAX },
		{ "replay:/no/such/file", E_NODEV },
		{ "replay:x,tight", E_SYNTAX },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err = { 0 };
		struct bus *bus = NULL;

		if (bus_open(rows[i].uri, &env, &err, &bus) != rows[i].code)
			fail_msg("%s: %d %s", rows[i].uri, err.code, err.text);
		assert_null(bus);
	}
}

static void test_a_full_disk_fails_the_batch(void **state)
{
	struct error err = { 0 };
	struct bus *bus = NULL;
	int rc = bus_open("record:/dev/full,mock:,plain", &env, &err, &bus);

	(void)state;
	assert_int_equal(rc, E_IO);
	assert_non_null(strstr(err.text, "No space left"));
	assert_null(bus);
}

#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_what_was_recorded_replays),
		T(test_an_edited_value_is_a_mismatch_with_the_registers_name),
		T(test_loose_goes_by_register),
		T(test_recorded_failures_come_back),
		cmocka_unit_test(test_mistakes_in_a_file_have_a_line),
		T(test_bad_uris_are_refused),
		T(test_a_full_disk_fails_the_batch),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
