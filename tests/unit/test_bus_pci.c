/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pci: finding and opening a device on a fake sysfs: names, every reason not to open it with its
 * whole text, libpci failing, facts.
 */
#include "tests/lib/pci_group.h"

#include <errno.h>
#include <sys/mman.h>

#include "drv/pci_lib.h"

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
		ON_TREE(test_facts_come_from_configuration_space_and_sysfs),
		ON_TREE(test_ordinary_users_learn_of_the_link_from_sysfs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
