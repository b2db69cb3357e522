/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pci: registers of a device on a fake sysfs: batches, all ones, windows that go away, faults. */
#include "tests/lib/pci_group.h"

#include <signal.h>
#include <sys/mman.h>

/* --- registers ------------------------------------------------------------------------------ */

static void test_batches_reach_the_words_of_the_bar(void **state)
{
	struct bus_op ops[] = {
		{ .kind = BUS_OP_WRITE, .addr = ORIGIN, .value = 0x01020304 },
		{ .kind = BUS_OP_READ, .addr = ORIGIN },
		{ .kind = BUS_OP_READ, .addr = ORIGIN + CHIP_ID },
		{ .kind = BUS_OP_WRITE, .addr = ORIGIN + 0x1fffffc, .value = 0xfeedf00d },
		{ .kind = BUS_OP_POLL,
		  .addr = ORIGIN + 0x1fffffc,
		  .value = 0xd,
		  .mask = 0xf,
		  .time_us = 10 },
	};
	static const uint8_t little_endian[] = { 4, 3, 2, 1 };
	struct bus_stats stats;
	struct bus *bus;
	uint32_t word;

	(void)state;
	add(SWITCH " vsc7448");
	poke(CHIP_ID, REAL_CHIP);
	bus = must_open("pci:03:00.0");
	assert_int_equal(bus_xfer(bus, ops, COUNT(ops)), E_OK);
	for (size_t i = 0; i < COUNT(ops); i++)
		assert_int_equal(ops[i].status, BUS_OP_DONE);
	assert_int_equal(ops[1].value, 0x01020304);
	assert_int_equal(ops[2].value, REAL_CHIP);
	assert_int_equal(ops[4].value, 0xfeedf00d);
	bus_stats_get(bus, &stats);
	assert_int_equal(stats.reads, 3);
	assert_int_equal(stats.writes, 2);
	word = peek(0);
	assert_memory_equal(&word, little_endian, 4);
	assert_int_equal(peek(0x1fffffc), 0xfeedf00d);
	assert_int_equal(bus_read(bus, ORIGIN + 0x2000000, &word), E_RANGE);
	bus_close(bus);
}

static void test_reads_alone_and_mixed_give_the_same(void **state)
{
	enum { N = 5000 };
	static struct bus_op ops[N + 1];
	struct bus *bus;

	(void)state;
	add(SWITCH " vsc7448");
	bus = must_open("pci:03:00.0");
	for (size_t i = 0; i < N; i++)
		ops[i] = (struct bus_op){ .kind = BUS_OP_WRITE,
					  .addr = ORIGIN + 4 * i,
					  .value = (uint32_t)(i * 2654435761u) };
	assert_int_equal(bus_xfer(bus, ops, N), E_OK);
	for (size_t n = N; n > 0; n = n * 3 / 4) {
		for (size_t i = 0; i <= n; i++)
			ops[i] = (struct bus_op){ .kind = i < n ? BUS_OP_READ : BUS_OP_DELAY,
						  .addr = ORIGIN + 4 * i,
						  .value = 1 };
		assert_int_equal(bus_xfer(bus, ops, n + (n % 2)), E_OK);
		for (size_t i = 0; i < n; i++)
			assert_int_equal(ops[i].value, (uint32_t)(i * 2654435761u));
	}
	bus_close(bus);
}

static void test_a_batch_with_a_bad_address_is_refused_and_writes_nothing(void **state)
{
	struct bus_op ops[] = {
		{ .kind = BUS_OP_WRITE, .addr = ORIGIN, .value = 5 },
		{ .kind = BUS_OP_READ, .addr = ORIGIN },
		{ .kind = BUS_OP_READ, .addr = ORIGIN + 2 },
	};
	struct bus_stats stats;
	struct bus *bus;

	(void)state;
	add(SWITCH " vsc7448");
	bus = must_open("pci:03:00.0");
	for (unsigned first = 0; first < 2; first++) {
		static const uint32_t bad[] = { 2, 0x2000000, 0xfffffffc };

		for (size_t i = 0; i < COUNT(bad); i++) {
			ops[2].addr = ORIGIN + (uint64_t)bad[i];
			assert_int_equal(bus_xfer(bus, ops + first, COUNT(ops) - first),
					 E_RANGE);
			for (size_t k = first; k < COUNT(ops); k++)
				assert_int_equal(ops[k].status, BUS_OP_NOT_RUN);
		}
	}
	bus_stats_get(bus, &stats);
	assert_int_equal(stats.reads + stats.writes, 0);
	assert_int_equal(peek(0), 0);
	bus_close(bus);
}

/* Such a window takes the ordinary way: words are read once, all of them are reached. */
static void test_a_window_whose_size_is_no_power_of_two_is_read_too(void **state)
{
	static const struct bus_env env = { .origin = ORIGIN, .size = 0x3000 };
	struct bus_op ops[0x3000 / 4];
	struct error err = { 0 };
	struct bus *bus;

	(void)state;
	add(SWITCH " vsc7448");
	assert_int_equal(bus_open("pci:03:00.0", &env, &err, &bus), E_OK);
	for (uint32_t i = 0; i < COUNT(ops); i++) {
		poke(4 * i, i + 1);
		ops[i] = (struct bus_op){ .kind = BUS_OP_READ, .addr = ORIGIN + 4 * i };
	}
	assert_int_equal(bus_xfer(bus, ops, COUNT(ops)), E_OK);
	for (uint32_t i = 0; i < COUNT(ops); i++)
		assert_int_equal(ops[i].value, i + 1);
	bus_close(bus);
}

static void test_the_window_of_an_unknown_size_is_the_bar(void **state)
{
	static const struct bus_env raw = { .origin = 0 };
	struct error err = { 0 };
	struct bus *bus;

	(void)state;
	add("0000:05:00.0 ivshmem");
	add("0000:06:00.0 btc");
	assert_int_equal(bus_open("pci:1af4:1110,bar=2", &raw, &err, &bus), E_OK);
	assert_int_equal(bus_size(bus), 0x2000000);
	bus_close(bus);
	assert_int_equal(bus_open("pci:10ee:7011", &raw, &err, &bus), E_OK);
	assert_int_equal(bus_size(bus), 0x10000);
	bus_close(bus);
}

static void test_a_device_that_may_only_be_read_refuses_writes(void **state)
{
	struct bus *bus;
	uint32_t value;

	(void)state;
	add(SWITCH " vsc7448");
	assert_int_equal(chmod(path_of("resource0"), 0444), 0);
	if (getuid() == 0)
		assert_int_equal(seteuid(65534), 0);
	bus = must_open("pci:03:00.0");
	assert_int_equal(seteuid(getuid()), 0);
	assert_int_equal(bus_read(bus, ORIGIN, &value), E_OK);
	assert_int_equal(bus_write(bus, ORIGIN, 1), E_PERM);
	assert_string_equal(bus_error(bus)->text,
			    "write 0x70000000: no permission to write the device");
	bus_close(bus);
}

static void test_the_lock_is_the_devices_place(void **state)
{
	char want[128];
	struct bus *bus;

	(void)state;
	add(SWITCH " vsc7448");
	bus = must_open("pci:101b:b003");
	snprintf(want, sizeof(want), "pci:0000:03:00.0@%s", tree);
	assert_string_equal(bus_lock_key(bus), want);
	bus_close(bus);
}

/* --- all ones ------------------------------------------------------------------------------- */

/* Reads 0x70000000 alone and behind a write, the two ways through the backend. */
static void assert_reads(struct bus *bus, int code, const char *text)
{
	struct bus_op ops[] = {
		{ .kind = BUS_OP_WRITE, .addr = ORIGIN + 64, .value = 1 },
		{ .kind = BUS_OP_READ, .addr = ORIGIN },
		{ .kind = BUS_OP_WRITE, .addr = ORIGIN + 68, .value = 1 },
	};
	uint32_t value = 9;

	assert_int_equal(bus_read(bus, ORIGIN, &value), code);
	assert_int_equal(value, code == E_OK ? UINT32_MAX : 9);
	if (code != E_OK)
		assert_string_equal(bus_error(bus)->text, text);
	assert_int_equal(bus_xfer(bus, ops, COUNT(ops)), code);
	assert_int_equal(ops[1].status, code == E_OK ? BUS_OP_DONE : BUS_OP_FAILED);
	assert_int_equal(ops[2].status, code == E_OK ? BUS_OP_DONE : BUS_OP_NOT_RUN);
	if (code != E_OK)
		assert_string_equal(bus_error(bus)->text, text);
}

/* A VSC7448 whose register at 0 and whose chip id, the witness, are all ones. */
static struct bus *open_all_ones(void)
{
	add(SWITCH " vsc7448");
	poke(0, UINT32_MAX);
	poke(CHIP_ID, UINT32_MAX);
	return must_open("pci:03:00.0");
}

static void test_a_register_of_ones_is_believed_while_the_chip_id_is_right(void **state)
{
	struct bus *bus;

	(void)state;
	add(SWITCH " vsc7448");
	poke(0, UINT32_MAX);
	poke(CHIP_ID, REAL_CHIP);
	bus = must_open("pci:03:00.0");
	shell("rm %s", path_of("config")); /* nobody looks at it */
	assert_reads(bus, E_OK, NULL);
	bus_close(bus);
}

static void test_ones_everywhere_tell_of_a_chip_that_does_not_answer(void **state)
{
	struct bus *bus;

	(void)state;
	bus = open_all_ones();
	assert_reads(bus, E_IO,
		     "read 0x70000000: all ones, like 0x71010000 which never is: the registers "
		     "of the VSC7448 do not answer, its configuration space does");
	bus_close(bus);
}

static void test_ones_of_a_dead_device_are_no_value(void **state)
{
	static const uint8_t ones[64] = { [0 ... 63] = 0xff };
	struct bus *bus;

	(void)state;
	bus = open_all_ones();
	poke_file("config", 0, ones, sizeof(ones));
	assert_reads(bus, E_NODEV,
		     "read 0x70000000: all ones: it does not answer, not even with its vendor "
		     "id: no power, held in reset, or gone; when it is back, as root: echo 1 "
		     ">/sys/bus/pci/rescan");
	bus_close(bus);
}

static void test_ones_after_decoding_was_switched_off_say_so(void **state)
{
	static const uint8_t off[2] = { 0, 0 };
	struct bus *bus;

	(void)state;
	bus = open_all_ones();
	poke_file("config", 4, off, sizeof(off));
	assert_reads(bus, E_STATE,
		     "read 0x70000000: all ones: its memory decoding is off; switch it on as "
		     "root: echo 1 >/sys/bus/pci/devices/0000:03:00.0/enable");
	bus_close(bus);
}

static void test_ones_of_a_device_that_was_removed_say_so(void **state)
{
	struct bus *bus;

	(void)state;
	bus = open_all_ones();
	shell("rm -r %s/devices/" SWITCH, tree);
	assert_reads(bus, E_NODEV, "read 0x70000000: all ones, and the device is gone");
	bus_close(bus);
}

/* ivshmem has no register that never is ones: its configuration space speaks for it. */
static void test_ones_of_a_device_without_witness_are_believed_while_it_answers(void **state)
{
	static const uint8_t ones[64] = { [0 ... 63] = 0xff };
	struct bus *bus;

	(void)state;
	add(SWITCH " ivshmem bars=0:mem:2000000");
	poke(0, UINT32_MAX);
	bus = must_open("pci:03:00.0");
	assert_reads(bus, E_OK, NULL);
	poke_file("config", 0, ones, sizeof(ones));
	assert_reads(bus, E_NODEV,
		     "read 0x70000000: all ones: it does not answer, not even with its vendor "
		     "id: no power, held in reset, or gone; when it is back, as root: echo 1 "
		     ">/sys/bus/pci/rescan");
	bus_close(bus);
}

/* Cutting the file stands for the kernel taking the mapping away: both are SIGBUS. */
static void test_registers_that_go_away_are_an_error_not_a_signal(void **state)
{
	struct bus_op ops[] = {
		{ .kind = BUS_OP_WRITE, .addr = ORIGIN, .value = 1 },
		{ .kind = BUS_OP_WRITE, .addr = ORIGIN + 0x1000000, .value = 1 },
		{ .kind = BUS_OP_READ, .addr = ORIGIN },
	};
	uint32_t value = 5;
	struct bus *bus;

	(void)state;
	add(SWITCH " vsc7448");
	bus = must_open("pci:03:00.0");
	assert_int_equal(truncate(path_of("resource0"), 4096), 0);
	for (unsigned i = 0; i < 2; i++) {
		assert_int_equal(bus_xfer(bus, ops, COUNT(ops)), E_NODEV);
		assert_int_equal(ops[0].status, BUS_OP_DONE);
		assert_int_equal(ops[1].status, BUS_OP_UNKNOWN);
		assert_int_equal(ops[2].status, BUS_OP_NOT_RUN);
		assert_string_equal(bus_error(bus)->text,
				    "write 0x71000000: the registers are gone: the device was "
				    "removed");
		assert_int_equal(bus_read(bus, ORIGIN + 0x1000000, &value), E_NODEV);
		assert_int_equal(value, 5);
	}
	assert_int_equal(truncate(path_of("resource0"), 0x2000000), 0);
	assert_int_equal(bus_xfer(bus, ops, COUNT(ops)), E_OK);
	bus_close(bus);
}

static sigjmp_buf own_back;

static void on_own(int number)
{
	(void)number;
	siglongjmp(own_back, 1);
}

static void test_a_signal_that_is_of_no_window_goes_to_the_programs_own_handler(void **state)
{
	const int fd = memfd_create("other", MFD_CLOEXEC);
	const volatile char *page = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
	volatile bool came = false;

	(void)state;
	add(SWITCH " vsc7448");
	signal(SIGBUS, on_own);
	bus_close(must_open("pci:03:00.0"));
	assert_true(page != MAP_FAILED);
	if (sigsetjmp(own_back, 1) == 0)
		(void)page[0];
	else
		came = true;
	assert_true(came);
	close(fd);
}

/* --- faults --------------------------------------------------------------------------------- */

/* Access N of a run fails: told, what came before is applied, what comes after is not. */
static void test_every_access_failing_once_leaves_the_rest_undone(void **state)
{
	enum { N = 8 };
	unsigned after = 1;
	int rc;

	(void)state;
	add(SWITCH " vsc7448");
	do {
		struct bus_op ops[N];
		char uri[64], want[128];
		struct bus *bus;

		for (unsigned i = 0; i < N; i++) {
			poke(4 * i, 0);
			ops[i] = (struct bus_op){ .kind = BUS_OP_WRITE,
						  .addr = ORIGIN + 4 * i,
						  .value = 100 + i };
		}
		snprintf(uri, sizeof(uri), "fault:after=%u,pci:101b:b003,index=0", after);
		bus = must_open(uri);
		assert_non_null(bus_lock_key(bus));
		rc = bus_xfer(bus, ops, N);
		assert_int_equal(rc, after <= N ? E_IO : E_OK);
		for (unsigned i = 0; i < N; i++) {
			assert_int_equal(peek(4 * i), i + 1 < after ? 100 + i : 0);
			assert_int_equal(ops[i].status, i + 1 < after    ? BUS_OP_DONE
							: i + 1 == after ? BUS_OP_FAILED
									 : BUS_OP_NOT_RUN);
		}
		snprintf(want, sizeof(want),
			 "write 0x%08x: injected fault: I/O error at access %u (seed 1)",
			 ORIGIN + 4 * (after - 1), after);
		if (rc != E_OK)
			assert_string_equal(bus_error(bus)->text, want);
		/* The next one works. */
		assert_int_equal(bus_write(bus, ORIGIN, 7), after == N + 1 ? E_IO : E_OK);
		bus_close(bus);
		after++;
	} while (rc != E_OK);
	assert_int_equal(after, N + 2);
}
int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_TREE(test_batches_reach_the_words_of_the_bar),
		ON_TREE(test_reads_alone_and_mixed_give_the_same),
		ON_TREE(test_a_batch_with_a_bad_address_is_refused_and_writes_nothing),
		ON_TREE(test_a_window_whose_size_is_no_power_of_two_is_read_too),
		ON_TREE(test_the_window_of_an_unknown_size_is_the_bar),
		ON_TREE(test_a_device_that_may_only_be_read_refuses_writes),
		ON_TREE(test_the_lock_is_the_devices_place),
		ON_TREE(test_a_register_of_ones_is_believed_while_the_chip_id_is_right),
		ON_TREE(test_ones_everywhere_tell_of_a_chip_that_does_not_answer),
		ON_TREE(test_ones_of_a_dead_device_are_no_value),
		ON_TREE(test_ones_after_decoding_was_switched_off_say_so),
		ON_TREE(test_ones_of_a_device_that_was_removed_say_so),
		ON_TREE(test_ones_of_a_device_without_witness_are_believed_while_it_answers),
		ON_TREE(test_registers_that_go_away_are_an_error_not_a_signal),
		ON_TREE(test_a_signal_that_is_of_no_window_goes_to_the_programs_own_handler),
		ON_TREE(test_every_access_failing_once_leaves_the_rest_undone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
