/* SPDX-License-Identifier: GPL-2.0-or-later */
/* file: parameters, windows, and files that are not what they should be. */
#include "tests/unit/bus_fixture.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

static int open_text(const char *fmt, const struct bus_env *env, struct error *err,
		     struct bus **bus)
{
	char uri[256];

	snprintf(uri, sizeof(uri), "file:%s%s", scratch_path, fmt);
	return bus_open(uri, env, err, bus);
}

static void test_offset_and_size_choose_the_window(void **state)
{
	struct error err = { 0 };
	struct bus *bus;
	uint32_t value;

	(void)state;
	assert_int_equal(open_text(",offset=0x104,size=8", &scratch_env, &err, &bus), E_OK);
	assert_int_equal(bus_size(bus), 8);
	assert_int_equal(bus_read(bus, SCRATCH_ORIGIN, &value), E_OK);
	assert_int_equal(value, scratch_word(0x104 / 4));
	assert_int_equal(bus_write(bus, SCRATCH_ORIGIN + 4, 0xdeadbeef), E_OK);
	assert_int_equal(bus_write(bus, SCRATCH_ORIGIN + 8, 1), E_RANGE);
	bus_close(bus);
	assert_int_equal(scratch_peek(0x108 / 4), 0xdeadbeef);
}

static void test_the_window_is_what_the_file_holds_up_to_the_maps(void **state)
{
	static const struct bus_env small = { .origin = 0, .size = 0x100 };
	static const struct bus_env large = { .origin = 0, .size = 0x100000 };
	struct error err;
	struct bus *bus;

	(void)state;
	assert_int_equal(open_text("", &small, &err, &bus), E_OK);
	assert_int_equal(bus_size(bus), 0x100);
	bus_close(bus);
	assert_int_equal(open_text("", &large, &err, &bus), E_OK);
	assert_int_equal(bus_size(bus), SCRATCH_BYTES);
	bus_close(bus);
	assert_int_equal(open_text(",offset=4092", NULL, &err, &bus), E_OK);
	assert_int_equal(bus_size(bus), 4);
	bus_close(bus);
}

static void test_bad_parameters_are_refused(void **state)
{
	static const struct {
		const char *params;
		int code;
		const char *text;
	} cases[] = {
		{ ",offset=2", E_RANGE, "file: offset=2 is not a multiple of 4" },
		{ ",offset=", E_SYNTAX,
		  "file: offset=: want a number from 0 to 9223372036854775807" },
		{ ",offset=0x", E_SYNTAX,
		  "file: offset=0x: want a number from 0 to 9223372036854775807" },
		{ ",size=0", E_RANGE,
		  "file: size=0: want a number from 4 to 9223372036854775807" },
		{ ",size=99999999999999999999", E_SYNTAX,
		  "file: size=99999999999999999999: want a number from 4 to "
		  "9223372036854775807" },
		{ ",size=8,size=8", E_SYNTAX, "file: size is given twice" },
		{ ",wide", E_SYNTAX, "file: unknown parameter 'wide' (known: offset, size)" },
		{ ",size", E_SYNTAX,
		  "file: size=: want a number from 4 to 9223372036854775807" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct error err = { 0 };
		struct bus *bus = NULL;

		assert_int_equal(open_text(cases[i].params, &scratch_env, &err, &bus),
				 cases[i].code);
		assert_string_equal(err.text, cases[i].text);
		assert_null(bus);
	}
}

static void test_short_files_are_refused(void **state)
{
	struct error err = { 0 };
	struct bus *bus;

	(void)state;
	assert_int_equal(open_text(",size=4100", &scratch_env, &err, &bus), E_RANGE);
	assert_non_null(
		strstr(err.text, ": 4096 bytes are too few for 4100 bytes at offset 0"));
	assert_int_equal(open_text(",offset=4096", &scratch_env, &err, &bus), E_RANGE);
	assert_int_equal(truncate(scratch_path, 3), 0);
	assert_int_equal(open_text("", &scratch_env, &err, &bus), E_RANGE);
	assert_non_null(strstr(err.text, ": 3 bytes are too few for 4 bytes at offset 0"));
}

static void test_what_is_no_file_is_no_device(void **state)
{
	struct error err = { 0 };
	struct bus *bus;

	(void)state;
	assert_int_equal(bus_open("file:/nowhere/at/all", NULL, &err, &bus), E_NODEV);
	assert_string_equal(err.text, "file:/nowhere/at/all: No such file or directory");
	assert_int_equal(bus_open("file:/tmp", NULL, &err, &bus), E_NODEV);
	assert_string_equal(err.text, "file:/tmp: Is a directory");
	assert_int_equal(bus_open("file:/dev/zero", NULL, &err, &bus), E_SYNTAX);
	assert_string_equal(err.text, "file:/dev/zero: a device needs size=N");
	assert_int_equal(bus_open("file:", NULL, &err, &bus), E_SYNTAX);
	assert_string_equal(err.text, "file: needs a path");
	assert_int_equal(bus_open("file:,size=4", NULL, &err, &bus), E_SYNTAX);
}

static void test_a_device_can_be_mapped_with_a_size(void **state)
{
	struct error err = { 0 };
	struct bus *bus;
	uint32_t value = 1;

	(void)state;
	assert_int_equal(bus_open("file:/dev/zero,size=4096", NULL, &err, &bus), E_OK);
	assert_int_equal(bus_read(bus, 8, &value), E_OK);
	assert_int_equal(value, 0);
	bus_close(bus);
}

/* Root may do anything: gives up being root while a file without permissions is opened. */
static void become_ordinary(mode_t mode)
{
	assert_int_equal(chmod(scratch_path, mode), 0);
	if (getuid() == 0)
		assert_int_equal(seteuid(65534), 0);
}

static void become_self(void)
{
	assert_int_equal(seteuid(getuid()), 0);
}

static void test_a_read_only_file_is_read_but_not_written(void **state)
{
	struct bus_op ops[] = {
		{ .kind = BUS_OP_READ, .addr = WORD(7) },
		{ .kind = BUS_OP_WRITE, .addr = WORD(7), .value = 1 },
		{ .kind = BUS_OP_READ, .addr = WORD(7) },
	};
	struct bus *bus;

	(void)state;
	become_ordinary(0444);
	bus = scratch_open("");
	become_self();
	assert_int_equal(bus_xfer(bus, ops, 3), E_PERM);
	assert_int_equal(ops[0].status, BUS_OP_DONE);
	assert_int_equal(ops[1].status, BUS_OP_FAILED);
	assert_int_equal(ops[2].status, BUS_OP_NOT_RUN);
	assert_string_equal(bus_error(bus)->text,
			    "write 0x0000101c: no permission to write the file");
	bus_close(bus);
}

static void test_a_file_without_any_permission_is_refused(void **state)
{
	struct error err = { 0 };
	struct bus *bus;

	(void)state;
	become_ordinary(0);
	assert_int_equal(open_text("", &scratch_env, &err, &bus), E_PERM);
	become_self();
	assert_non_null(strstr(err.text, ": Permission denied"));
}

/* The length is looked at once per tick of the coarse clock (a few milliseconds). */
static void next_tick(void)
{
	struct timespec start, now;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &start);
	do
		clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
	while (now.tv_sec == start.tv_sec && now.tv_nsec == start.tv_nsec);
}

static void test_a_file_that_is_cut_gives_errors_not_signals(void **state)
{
	struct bus *bus = scratch_open("");
	struct bus_op ops[] = {
		{ .kind = BUS_OP_READ, .addr = WORD(0) },
		{ .kind = BUS_OP_READ, .addr = WORD(1023) },
	};
	uint32_t value;

	(void)state;
	assert_int_equal(truncate(scratch_path, 16), 0);
	next_tick();
	assert_int_equal(bus_xfer(bus, ops, 2), E_IO);
	assert_int_equal(ops[0].status, BUS_OP_FAILED);
	assert_int_equal(ops[1].status, BUS_OP_NOT_RUN);
	assert_string_equal(bus_error(bus)->text,
			    "read 0x00001000: the file was cut to 16 bytes while it was open");
	assert_int_equal(truncate(scratch_path, SCRATCH_BYTES), 0);
	next_tick();
	assert_int_equal(bus_read(bus, WORD(1023), &value), E_OK);
	bus_close(bus);
}

static struct bus *open_large(void)
{
	static const struct bus_env env = { .origin = SCRATCH_ORIGIN };
	struct error err = { 0 };
	struct bus *bus = NULL;

	assert_int_equal(open_text("", &env, &err, &bus), E_OK);
	return bus;
}

/* Between two looks at the length, pages that are gone are SIGBUS. */
static void test_a_file_that_is_cut_in_the_middle_gives_errors_not_signals(void **state)
{
	enum { PAGES = 64, BATCH = 512 };
	static struct bus_op ops[BATCH];
	struct bus *bus;
	int rc = E_OK;

	(void)state;
	for (unsigned round = 0; round < 20; round++) {
		assert_int_equal(truncate(scratch_path, PAGES * SCRATCH_BYTES), 0);
		bus = open_large();
		for (size_t i = 0; i < BATCH; i++)
			ops[i] = (struct bus_op){
				.kind = round % 2 == 0 ? BUS_OP_READ : BUS_OP_WRITE,
				.addr = SCRATCH_ORIGIN + PAGES * SCRATCH_BYTES / BATCH * i,
			};
		assert_int_equal(bus_xfer(bus, ops, BATCH), E_OK);
		assert_int_equal(truncate(scratch_path, SCRATCH_BYTES), 0);
		rc = bus_xfer(bus, ops, BATCH);
		assert_int_equal(rc, E_IO);
		assert_non_null(strstr(bus_error(bus)->text,
				       ": the file was cut to 4096 bytes while it was open"));
		bus_close(bus);
	}
}

/* A page of somebody else: the signal ends the process as it always did. */
static void test_a_signal_that_is_of_no_window_still_kills(void **state)
{
	char other[] = "/tmp/sb-test-XXXXXX";
	const int fd = mkstemp(other);
	const volatile char *page = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
	pid_t child;
	int status;

	(void)state;
	assert_true(page != MAP_FAILED);
	assert_int_equal(unlink(other), 0);
	child = fork();
	if (child == 0) {
		alarm(10);
		signal(SIGBUS, SIG_DFL);
		bus_close(scratch_open(""));
		(void)page[0];
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) ? WTERMSIG(status) == SIGBUS
					: WEXITSTATUS(status) != 0);
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_SCRATCH(test_offset_and_size_choose_the_window),
		ON_SCRATCH(test_the_window_is_what_the_file_holds_up_to_the_maps),
		ON_SCRATCH(test_bad_parameters_are_refused),
		ON_SCRATCH(test_short_files_are_refused),
		ON_SCRATCH(test_a_read_only_file_is_read_but_not_written),
		ON_SCRATCH(test_a_file_without_any_permission_is_refused),
		ON_SCRATCH(test_a_file_that_is_cut_gives_errors_not_signals),
		ON_SCRATCH(test_a_file_that_is_cut_in_the_middle_gives_errors_not_signals),
		ON_SCRATCH(test_a_signal_that_is_of_no_window_still_kills),
		cmocka_unit_test(test_what_is_no_file_is_no_device),
		cmocka_unit_test(test_a_device_can_be_mapped_with_a_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
