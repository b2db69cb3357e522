/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pci: on a folder that looks like the kernel's /sys/bus/pci, made by tests/lib/pci_tree.sh; a
 * BAR is a sparse file there.  Every reason not to open a device, with its whole text; registers;
 * all ones; faults.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "drv/bus.h"
#include "drv/pci_lib.h"

#define COUNT(a)  (sizeof(a) / sizeof((a)[0]))
#define SWITCH    "0000:03:00.0"
#define ORIGIN    0x70000000u
#define CHIP_ID   0x1010000u /* bytes from the origin: the witness of the VSC7448 */
#define REAL_CHIP 0x374680e9u

static const struct bus_env switch_env = { .origin = ORIGIN, .size = 0x2000000 };

static char tree[64];

static void shell(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static void shell(const char *fmt, ...)
{
	char command[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(command, sizeof(command), fmt, ap);
	va_end(ap);
	if (system(command) != 0)
		fail_msg("failed: %s", command);
}

/* Adds "PLACE KIND [KEY=VALUE]..." to the tree. */
static void add(const char *what)
{
	shell("tests/lib/pci_tree.sh %s %s", tree, what);
}

static int make_tree(void **state)
{
	(void)state;
	snprintf(tree, sizeof(tree), "/tmp/sb-pci-XXXXXX");
	if (mkdtemp(tree) == NULL || chmod(tree, 0755) != 0)
		return -1;
	return setenv("SWITCHBLADE_SYSFS_PCI", tree, 1);
}

static int remove_tree(void **state)
{
	(void)state;
	shell("rm -rf %s", tree);
	return unsetenv("SWITCHBLADE_SYSFS_PCI");
}

/* "TREE/devices/0000:03:00.0/FILE". */
static const char *path_of(const char *file)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/devices/" SWITCH "/%s", tree, file);
	return path;
}

static void poke_file(const char *file, long at, const void *bytes, size_t n)
{
	int fd = open(path_of(file), O_WRONLY);

	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, bytes, n, at), n);
	close(fd);
}

static uint32_t peek(uint32_t offset)
{
	int fd = open(path_of("resource0"), O_RDONLY);
	uint32_t word = 0;

	assert_int_equal(pread(fd, &word, sizeof(word), offset), sizeof(word));
	close(fd);
	return word;
}

static void poke(uint32_t offset, uint32_t word)
{
	poke_file("resource0", offset, &word, sizeof(word));
}

static struct bus *must_open(const char *uri)
{
	struct error err = { 0 };
	struct bus *bus = NULL;

	if (bus_open(uri, &switch_env, &err, &bus) != E_OK)
		fail_msg("%s: %s", uri, err.text);
	return bus;
}

/* The whole text; TREE in @want stands for the folder. */
static void assert_refused(const char *uri, const struct bus_env *env, int code,
			   const char *want)
{
	struct error err = { 0 };
	struct bus *bus = NULL;
	char text[1024];
	const char *at = strstr(want, "TREE");

	if (at != NULL)
		snprintf(text, sizeof(text), "%.*s%s%s", (int)(at - want), want, tree, at + 4);
	else
		snprintf(text, sizeof(text), "%s", want);
	assert_int_equal(bus_open(uri, env, &err, &bus), code);
	assert_string_equal(err.text, text);
	assert_int_equal(err.code, code);
	assert_null(bus);
}

/* --- naming a device ------------------------------------------------------------------------ */

static void test_a_device_is_named_by_place_or_by_ids(void **state)
{
	static const char *const uris[] = {
		"pci:0000:03:00.0", "pci:03:00.0",           "pci:101b:b003",
		"pci:101B:B003",    "pci:101b:b003,index=0", "pci:3:0.0,bar=0",
	};

	(void)state;
	add(SWITCH " vsc7448");
	add("0000:00:00.0 bridge");
	poke(CHIP_ID, REAL_CHIP);
	for (size_t i = 0; i < COUNT(uris); i++) {
		struct bus *bus = must_open(uris[i]);
		uint32_t value = 0;

		assert_int_equal(bus_read(bus, ORIGIN + CHIP_ID, &value), E_OK);
		assert_int_equal(value, REAL_CHIP);
		assert_int_equal(bus_size(bus), 0x2000000);
		bus_close(bus);
	}
}

static void test_index_goes_by_place(void **state)
{
	uint32_t value = 0;
	struct bus *bus;

	(void)state;
	add("0001:01:00.0 vsc7448");
	add("0000:82:00.0 vsc7448");
	add(SWITCH " vsc7448");
	poke(8, 77);
	bus = must_open("pci:101b:b003,index=0");
	assert_int_equal(bus_read(bus, ORIGIN + 8, &value), E_OK);
	assert_int_equal(value, 77);
	bus_close(bus);
	assert_refused("pci:101b:b003", &switch_env, E_NOTFOUND,
		       "pci:101b:b003: 3 devices have these ids; say index=0 (0000:03:00.0), "
		       "index=1 (0000:82:00.0), index=2 (0001:01:00.0)");
	assert_refused("pci:101b:b003,index=3", &switch_env, E_NODEV,
		       "pci:101b:b003: no index=3; there are index=0 (0000:03:00.0), "
		       "index=1 (0000:82:00.0), index=2 (0001:01:00.0)");
}

static void test_what_does_not_name_a_device_is_refused(void **state)
{
	static const struct {
		const char *uri;
		int code;
		const char *text;
	} cases[] = {
		{ "pci:", E_SYNTAX,
		  "pci:: want a place like 0000:03:00.0 or 03:00.0, or VENDOR:DEVICE like "
		  "101b:b003" },
		{ "pci:03:20.0", E_SYNTAX,
		  "pci:03:20.0: want a place like 0000:03:00.0 or 03:00.0, or VENDOR:DEVICE "
		  "like 101b:b003" },
		{ "pci:03:00.8", E_SYNTAX,
		  "pci:03:00.8: want a place like 0000:03:00.0 or 03:00.0, or VENDOR:DEVICE "
		  "like 101b:b003" },
		{ "pci:101b:b0030", E_SYNTAX,
		  "pci:101b:b0030: want a place like 0000:03:00.0 or 03:00.0, or VENDOR:DEVICE "
		  "like 101b:b003" },
		{ "pci:101b", E_SYNTAX,
		  "pci:101b: want a place like 0000:03:00.0 or 03:00.0, or VENDOR:DEVICE like "
		  "101b:b003" },
		{ "pci:03:00.0,index=0", E_SYNTAX,
		  "pci:03:00.0: a place is one device, index= is for VENDOR:DEVICE" },
		{ "pci:03:00.0,bar=6", E_RANGE, "pci: bar=6: want a number from 0 to 5" },
		{ "pci:03:00.0,wide", E_SYNTAX,
		  "pci: unknown parameter 'wide' (known: index, bar, shared)" },
		{ "pci:04:00.0", E_NODEV,
		  "pci:04:00.0: no such device; there are 0000:03:00.0 (VSC7448), 0000:05:00.0 "
		  "(rocker); `bus list` tells more" },
		{ "pci:1234:5678", E_NODEV,
		  "pci:1234:5678: no such device; there are 0000:03:00.0 (VSC7448), "
		  "0000:05:00.0 (rocker); `bus list` tells more" },
	};

	(void)state;
	add(SWITCH " vsc7448");
	add("0000:05:00.0 rocker");
	add("0000:00:00.0 bridge");
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_refused(cases[i].uri, &switch_env, cases[i].code, cases[i].text);
}

static void test_a_machine_without_known_devices_says_so(void **state)
{
	(void)state;
	add("0000:00:00.0 bridge");
	assert_refused("pci:101b:b003", &switch_env, E_NODEV,
		       "pci:101b:b003: no such device; there is none that switchblade knows; "
		       "`bus list` tells more");
}

static void test_a_machine_without_pci_says_so(void **state)
{
	(void)state;
	assert_refused("pci:101b:b003", &switch_env, E_NODEV,
		       "this machine has no PCI: there is no 'TREE/devices'");
}

/* --- what stops a device -------------------------------------------------------------------- */

static void test_each_state_that_stops_a_device_has_its_remedy(void **state)
{
	static const struct {
		const char *device;
		int code;
		const char *text;
	} cases[] = {
		{ "vsc7448 command=0", E_STATE,
		  "pci:0000:03:00.0: its memory decoding is off; switch it on as root: echo 1 "
		  ">/sys/bus/pci/devices/0000:03:00.0/enable" },
		{ "vsc7448 power=3", E_STATE,
		  "pci:0000:03:00.0: it sleeps (D3); wake it as root: echo on "
		  ">/sys/bus/pci/devices/0000:03:00.0/power/control" },
		{ "vsc7448 power=1 command=0", E_STATE,
		  "pci:0000:03:00.0: it sleeps (D1); wake it as root: echo on "
		  ">/sys/bus/pci/devices/0000:03:00.0/power/control" },
		{ "vsc7448 bars=2:mem:2000000", E_NODEV,
		  "pci:0000:03:00.0: it has no BAR 0; its BARs: 2 (33554432 bytes)" },
		{ "vsc7448 bars=", E_NODEV,
		  "pci:0000:03:00.0: it has no BAR 0; its BARs: none" },
		{ "vsc7448 bars='0:io:100 1:mem:1000'", E_NODEV,
		  "pci:0000:03:00.0: BAR 0 is of I/O ports, registers have to be in memory; "
		  "its "
		  "BARs: 0 (I/O), 1 (4096 bytes)" },
		{ "vsc7448 bars=0:mem:1000000", E_NODEV,
		  "pci:0000:03:00.0: BAR 0 is too small, 16777216 bytes of 33554432: another "
		  "BAR (bar=N), device or map? Its BARs: 0 (16777216 bytes)" },
		{ "vsc7448 bars=0:unplaced:2000000", E_NODEV,
		  "pci:0000:03:00.0: BAR 0 has no address: the kernel found no room for it, "
		  "dmesg tells; booting with pci=realloc may help" },
		{ "vsc7448 driver=vtss", E_PERM,
		  "pci:0000:03:00.0: the kernel's driver vtss uses its registers; unbind it as "
		  "root: echo 0000:03:00.0 >/sys/bus/pci/drivers/vtss/unbind; or say ',shared' "
		  "to use them beside it" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char what[128];

		snprintf(what, sizeof(what), SWITCH " %s", cases[i].device);
		shell("rm -rf %s/devices", tree);
		add(what);
		assert_refused("pci:03:00.0", &switch_env, cases[i].code, cases[i].text);
	}
}

static void test_a_drivers_device_can_be_shared(void **state)
{
	(void)state;
	add(SWITCH " vsc7448 driver=vtss");
	bus_close(must_open("pci:03:00.0,shared"));
}

static void test_drivers_that_leave_the_registers_alone_are_no_hindrance(void **state)
{
	(void)state;
	add(SWITCH " vsc7448 driver=uio_pci_generic");
	bus_close(must_open("pci:03:00.0"));
	add(SWITCH " vsc7448 driver=pci-stub");
	bus_close(must_open("pci:03:00.0"));
}

static void test_a_device_that_answers_nothing_is_refused(void **state)
{
	static const uint8_t ones[64] = { [0 ... 63] = 0xff };

	(void)state;
	add(SWITCH " vsc7448");
	poke_file("config", 0, ones, sizeof(ones));
	assert_refused("pci:03:00.0", &switch_env, E_NODEV,
		       "pci:0000:03:00.0: it does not answer, not even with its vendor id: no "
		       "power, held in reset, or gone; when it is back, as root: echo 1 "
		       ">/sys/bus/pci/rescan");
}

/* The kernel shows others than root the first 64 bytes of configuration space. */
static void test_ordinary_users_learn_of_sleep_from_sysfs(void **state)
{
	(void)state;
	add(SWITCH " vsc7448 config=64");
	bus_close(must_open("pci:03:00.0"));
	shell("echo D3cold >%s", path_of("power_state"));
	assert_refused("pci:03:00.0", &switch_env, E_STATE,
		       "pci:0000:03:00.0: it sleeps (D3); wake it as root: echo on "
		       ">/sys/bus/pci/devices/0000:03:00.0/power/control");
	shell("echo D0 >%s", path_of("power_state"));
	bus_close(must_open("pci:03:00.0"));
}

static void test_without_permission_the_udev_rule_is_named(void **state)
{
	(void)state;
	add(SWITCH " vsc7448");
	assert_int_equal(chmod(path_of("resource0"), 0), 0);
	if (getuid() == 0)
		assert_int_equal(seteuid(65534), 0);
	assert_refused("pci:03:00.0", &switch_env, E_PERM,
		       "pci:0000:03:00.0: no permission to open "
		       "'TREE/devices/0000:03:00.0/resource0': be root, or let the udev rule "
		       "60-switchblade.rules give it to your group");
	assert_int_equal(seteuid(getuid()), 0);
}

/* mmap() of a file that is sealed against writing gives EPERM, as lockdown does. */
static void test_lockdown_is_named(void **state)
{
	int fd = memfd_create("sealed", MFD_ALLOW_SEALING | MFD_CLOEXEC);

	(void)state;
	add(SWITCH " vsc7448");
	assert_int_equal(ftruncate(fd, 0x2000000), 0);
	assert_int_equal(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE), 0);
	shell("ln -sf /proc/%d/fd/%d %s", getpid(), fd, path_of("resource0"));
	assert_refused("pci:03:00.0", &switch_env, E_PERM,
		       "pci:0000:03:00.0: the kernel is locked down and lets nobody map "
		       "'TREE/devices/0000:03:00.0/resource0': boot without Secure Boot or "
		       "without lockdown= on its command line (/sys/kernel/security/lockdown)");
	close(fd);
}

static void test_a_bar_without_its_file_is_refused(void **state)
{
	(void)state;
	add(SWITCH " vsc7448");
	assert_int_equal(truncate(path_of("resource0"), 4096), 0);
	assert_refused("pci:03:00.0", &switch_env, E_NODEV,
		       "pci:0000:03:00.0: 'TREE/devices/0000:03:00.0/resource0' has 4096 bytes "
		       "of 33554432");
	assert_int_equal(unlink(path_of("resource0")), 0);
	assert_refused(
		"pci:03:00.0", &switch_env, E_NODEV,
		"pci:0000:03:00.0: 'TREE/devices/0000:03:00.0/resource0': No such file or "
		"directory");
}

/* --- libpci failing ------------------------------------------------------------------------- */

/* Each file of a device missing once: an error of libpci ends this process unless it is caught. */
static void test_every_file_that_libpci_misses_is_an_error_or_no_matter(void **state)
{
	static const struct {
		const char *file;
		int code;
		const char *text;
	} cases[] = {
		{ "vendor", E_IO,
		  "libpci: Cannot open TREE/devices/0000:03:00.0/vendor: No such file or "
		  "directory" },
		{ "device", E_IO,
		  "libpci: Cannot open TREE/devices/0000:03:00.0/device: No such file or "
		  "directory" },
		{ "class", E_IO,
		  "libpci: Cannot open TREE/devices/0000:03:00.0/class: No such file or "
		  "directory" },
		{ "resource", E_NODEV,
		  "'TREE/devices/0000:03:00.0/resource': No such file or directory" },
		{ "config", E_NODEV,
		  "pci:0000:03:00.0: it does not answer, not even with its vendor id: no "
		  "power, "
		  "held in reset, or gone; when it is back, as root: echo 1 "
		  ">/sys/bus/pci/rescan" },
		{ "revision", E_OK, NULL },
		{ "irq", E_OK, NULL },
		{ "subsystem_vendor", E_OK, NULL },
		{ "subsystem_device", E_OK, NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		add(SWITCH " vsc7448");
		assert_int_equal(unlink(path_of(cases[i].file)), 0);
		if (cases[i].code == E_OK)
			bus_close(must_open("pci:03:00.0"));
		else
			assert_refused("pci:03:00.0", &switch_env, cases[i].code,
				       cases[i].text);
	}
	add(SWITCH " vsc7448");
	bus_close(must_open("pci:03:00.0"));
}

static void test_a_sysfs_that_does_not_read_is_an_error(void **state)
{
	(void)state;
	add(SWITCH " vsc7448");
	shell("echo nonsense >%s", path_of("resource"));
	assert_refused("pci:03:00.0", &switch_env, E_IO,
		       "'TREE/devices/0000:03:00.0/resource' does not read as a list of "
		       "resources");
	shell("mkdir %s/devices/0000:zz:00.0", tree);
	assert_refused("pci:03:00.0", &switch_env, E_IO,
		       "'TREE/devices' has a '0000:zz:00.0', which is no PCI device");
	shell("rm -r %s/devices; touch %s/devices", tree, tree);
	assert_refused("pci:03:00.0", &switch_env, E_NODEV, "'TREE/devices': Not a directory");
}

/* Another device that is broken or just coming does not hide this one. */
static void test_a_function_without_ids_hides_no_other(void **state)
{
	(void)state;
	add(SWITCH " vsc7448");
	shell("mkdir %s/devices/0000:04:00.0", tree);
	bus_close(must_open("pci:101b:b003"));
}

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
	add(SWITCH " vsc7448");
	poke(0, UINT32_MAX);
	poke(CHIP_ID, UINT32_MAX);
	bus = must_open("pci:03:00.0");
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
	add(SWITCH " vsc7448");
	poke(0, UINT32_MAX);
	poke(CHIP_ID, UINT32_MAX);
	bus = must_open("pci:03:00.0");
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
	add(SWITCH " vsc7448");
	poke(0, UINT32_MAX);
	poke(CHIP_ID, UINT32_MAX);
	bus = must_open("pci:03:00.0");
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
	add(SWITCH " vsc7448");
	poke(0, UINT32_MAX);
	poke(CHIP_ID, UINT32_MAX);
	bus = must_open("pci:03:00.0");
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

/* --- facts ---------------------------------------------------------------------------------- */

static struct pci_facts facts_of(const char *place)
{
	struct pci_facts facts = { .power = -2 };
	struct error err = { 0 };
	struct pci_lib *lib;

	assert_int_equal(pci_lib_open(NULL, &err, &lib), E_OK);
	for (size_t i = 0; i < pci_lib_count(lib); i++) {
		char text[PCI_PLACE_CHARS];

		pci_place_format(&pci_lib_at(lib, i)->place, text);
		if (strcmp(text, place) == 0)
			assert_int_equal(pci_lib_facts(lib, i, &err, &facts), E_OK);
	}
	pci_lib_close(lib);
	assert_string_equal(facts.place, place);
	return facts;
}

static void test_facts_come_from_configuration_space_and_sysfs(void **state)
{
	struct pci_facts facts;

	(void)state;
	add(SWITCH " vsc7448 speed=1 width=1 maxspeed=2 maxwidth=4 driver=vtss subdevice=1234");
	facts = facts_of(SWITCH);
	assert_int_equal(facts.vendor, 0x101b);
	assert_int_equal(facts.device, 0xb003);
	assert_int_equal(facts.subvendor, 0x101b);
	assert_int_equal(facts.subdevice, 0x1234);
	assert_int_equal(facts.class, 0x0200);
	assert_int_equal(facts.revision, 1);
	assert_int_equal(facts.power, 0);
	assert_true(facts.answers && facts.decodes);
	assert_int_equal(facts.link.mtps, 2500);
	assert_int_equal(facts.link.max_mtps, 5000);
	assert_int_equal(facts.link.width, 1);
	assert_int_equal(facts.link.max_width, 4);
	assert_string_equal(facts.driver, "vtss");
	assert_int_equal(facts.bars[0].kind, PCI_BAR_MEM);
	assert_int_equal(facts.bars[0].bytes, 0x2000000);
	assert_int_equal(facts.bars[0].address, 0xe0000000);
	assert_int_equal(facts.bars[1].bytes, 0x1000);
	assert_int_equal(facts.bars[2].kind, PCI_BAR_NONE);
}

static void test_ordinary_users_learn_of_the_link_from_sysfs(void **state)
{
	struct pci_facts facts;

	(void)state;
	add(SWITCH " vsc7448 config=64");
	facts = facts_of(SWITCH);
	assert_int_equal(facts.link.mtps, 0);
	assert_int_equal(facts.link.max_width, 0);
	shell("cd %s/devices/" SWITCH " && echo '8.0 GT/s PCIe' >current_link_speed && "
	      "echo 16.0 GT/s PCIe >max_link_speed && echo 2 >current_link_width && "
	      "echo 16 >max_link_width",
	      tree);
	facts = facts_of(SWITCH);
	assert_int_equal(facts.link.mtps, 8000);
	assert_int_equal(facts.link.max_mtps, 16000);
	assert_int_equal(facts.link.width, 2);
	assert_int_equal(facts.link.max_width, 16);
}

#define ON_TREE(test) cmocka_unit_test_setup_teardown(test, make_tree, remove_tree)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_TREE(test_a_device_is_named_by_place_or_by_ids),
		ON_TREE(test_index_goes_by_place),
		ON_TREE(test_what_does_not_name_a_device_is_refused),
		ON_TREE(test_a_machine_without_known_devices_says_so),
		ON_TREE(test_a_machine_without_pci_says_so),
		ON_TREE(test_each_state_that_stops_a_device_has_its_remedy),
		ON_TREE(test_a_drivers_device_can_be_shared),
		ON_TREE(test_drivers_that_leave_the_registers_alone_are_no_hindrance),
		ON_TREE(test_a_device_that_answers_nothing_is_refused),
		ON_TREE(test_ordinary_users_learn_of_sleep_from_sysfs),
		ON_TREE(test_without_permission_the_udev_rule_is_named),
		ON_TREE(test_lockdown_is_named),
		ON_TREE(test_a_bar_without_its_file_is_refused),
		ON_TREE(test_every_file_that_libpci_misses_is_an_error_or_no_matter),
		ON_TREE(test_a_sysfs_that_does_not_read_is_an_error),
		ON_TREE(test_a_function_without_ids_hides_no_other),
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
		ON_TREE(test_facts_come_from_configuration_space_and_sysfs),
		ON_TREE(test_ordinary_users_learn_of_the_link_from_sysfs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
