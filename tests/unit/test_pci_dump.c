/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What lspci -x printed, read in place of this machine; and how people name PCI functions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include <libusb-1.0/libusb.h>

#include "drv/pci_kind.h"
#include "drv/pci_lib.h"
#include "drv/usb_devices.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

#define ZEROS "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00\n"

/* The first lines are those of QEMU's rocker on a q35 board, as `lspci -x` shows them. */
#define ROCKER                                                                                 \
	"00:02.0 Ethernet controller: Red Hat, Inc. QEMU Virtual Network\n"                    \
	"00: 36 1b 06 00 03 00 10 00 01 00 00 02 00 00 00 00\n"                                \
	"10: 00 00 bf fe 00 20 bf fe 00 00 00 00 00 00 00 00\n"                                \
	"20: 00 00 00 00 00 00 00 00 00 00 00 00 f4 1a 00 11\n"                                \
	"30: 00 00 00 00 98 00 00 00 00 00 00 00 00 01 00 00\n"

/* With the capabilities of a PCIe endpoint that sleeps in D3: power at 40, PCIe at 50. */
#define SWITCH                                                                                 \
	"0001:03:00.0 Ethernet controller: Vitesse Semiconductor Device b003\n"                \
	"00: 1b 10 03 b0 02 00 10 00 00 00 00 02 00 00 00 00\n"                                \
	"10: 04 00 00 e0 01 00 00 00 01 60 00 00 00 00 00 00\n"                                \
	"20: " ZEROS "30: 00 00 00 00 40 00 00 00 00 00 00 00 00 00 00 00\n"                   \
	"40: 01 50 03 00 03 00 00 00 00 00 00 00 00 00 00 00\n"                                \
	"50: 10 00 02 00 00 00 00 00 00 00 00 00 41 00 00 00\n"                                \
	"60: 00 00 11 00 00 00 00 00 00 00 00 00 00 00 00 00\n"

static char path[64];
static int fd;

static int make_path(void **state)
{
	(void)state;
	fd = memfd_create("dump", MFD_CLOEXEC);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return fd < 0 ? -1 : 0;
}

static int remove_path(void **state)
{
	(void)state;
	return close(fd);
}

static void write_dump(const char *text, size_t len)
{
	assert_int_equal(ftruncate(fd, 0), 0);
	assert_int_equal(pwrite(fd, text, len, 0), len);
}

static int open_dump(const char *text, struct error *err, struct pci_lib **lib)
{
	write_dump(text, strlen(text));
	return pci_lib_open(path, err, lib);
}

static void test_a_dump_tells_what_configuration_space_tells(void **state)
{
	struct pci_facts facts;
	struct error err = { 0 };
	struct pci_lib *lib;

	(void)state;
	assert_int_equal(open_dump(SWITCH "\n" ROCKER, &err, &lib), E_OK);
	assert_int_equal(pci_lib_count(lib), 2);
	assert_int_equal(pci_lib_facts(lib, 0, &err, &facts), E_OK);
	assert_string_equal(facts.place, "0000:00:02.0");
	assert_string_equal(pci_kind_find(&facts)->name, "rocker");
	assert_int_equal(facts.bars[0].kind, PCI_BAR_MEM);
	assert_int_equal(facts.bars[0].address, 0xfebf0000);
	assert_int_equal(facts.bars[0].bytes, 0);
	assert_int_equal(facts.subvendor, 0x1af4);
	assert_int_equal(facts.subdevice, 0x1100);
	assert_int_equal(facts.power, -1);
	assert_int_equal(facts.link.width, 0);
	assert_true(facts.answers && facts.decodes);
	assert_int_equal(pci_lib_facts(lib, 1, &err, &facts), E_OK);
	assert_string_equal(facts.place, "0001:03:00.0");
	assert_string_equal(pci_kind_find(&facts)->name, "VSC7448");
	assert_int_equal(facts.bars[0].address, 0x1e0000000);
	assert_int_equal(facts.bars[1].kind, PCI_BAR_NONE);
	assert_int_equal(facts.bars[2].kind, PCI_BAR_IO);
	assert_int_equal(facts.bars[2].address, 0x6000);
	assert_int_equal(facts.power, 3);
	assert_int_equal(facts.link.mtps, 2500);
	assert_int_equal(facts.link.width, 1);
	assert_int_equal(facts.link.max_width, 4);
	assert_string_equal(facts.driver, "");
	pci_lib_close(lib);
}

static void test_text_between_the_bytes_does_no_harm(void **state)
{
	struct error err = { 0 };
	struct pci_lib *lib;

	(void)state;
	assert_int_equal(
		open_dump("a mail about it\r\n\n" ROCKER
			  "\tCapabilities: [98] MSI-X: Enable- Count=8 Masked-\n\nend\n",
			  &err, &lib),
		E_OK);
	assert_int_equal(pci_lib_count(lib), 1);
	pci_lib_close(lib);
}

static void test_what_does_not_read_is_told_with_its_line(void **state)
{
	static const struct {
		const char *dump, *text;
	} cases[] = {
		{ "", ": no PCI function in it: is it of lspci -xxxx?" },
		{ "00:02.0 Ethernet\n", ":1: the function before has less than 64 bytes of "
					"configuration space: make the dump with lspci -xxxx" },
		{ "00:02.0 Ethernet\n\n" ROCKER,
		  ":2: the function before has less than 64 bytes of configuration space: make "
		  "the dump with lspci -xxxx" },
		{ ROCKER "40: 0 1\n", ":6: not made of hexadecimal bytes" },
		{ ROCKER "40: 00-01\n", ":6: not made of hexadecimal bytes" },
		{ ROCKER "40: 000 01\n", ":6: not made of hexadecimal bytes" },
		{ ROCKER "1000: 00\n", ":6: configuration space ends at 4096 bytes" },
		{ ROCKER "fff: 00 00\n", ":6: configuration space ends at 4096 bytes" },
		{ ROCKER "ffffffff: 00\n", ":6: configuration space ends at 4096 bytes" },
		{ ROCKER "ffffffffffffffffff: 00\n",
		  ":6: configuration space ends at 4096 bytes" },
		{ "ffffffff: 00\n", ":1: configuration space ends at 4096 bytes" },
		{ ROCKER "40: 00", ":6: the line is too long, or the file was cut here" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct error err = { 0 };
		struct pci_lib *lib = NULL;

		assert_int_equal(open_dump(cases[i].dump, &err, &lib), E_SYNTAX);
		assert_memory_equal(err.text, path, strlen(path));
		assert_string_equal(err.text + strlen(path), cases[i].text);
		assert_null(lib);
	}
}

static void test_long_lines_are_told(void **state)
{
	struct error err = { 0 };
	struct pci_lib *lib;
	char text[400];

	(void)state;
	snprintf(text, sizeof(text), "00:02.0 %0300d\n", 0);
	assert_int_equal(open_dump(text, &err, &lib), E_SYNTAX);
	assert_string_equal(err.text + strlen(path),
			    ":1: the line is too long, or the file was cut here");
}

/* Whatever passes the check, libpci reads without harm (sanitizers watch). */
static void test_any_change_of_one_character_reads_or_is_refused(void **state)
{
	static const char good[] = SWITCH "\n" ROCKER;
	static const char others[] = { '\n', ':', 'f' };
	size_t n_read = 0, n_refused = 0;

	(void)state;
	for (size_t i = 0; i < strlen(good); i++)
		for (size_t k = 0; k < COUNT(others); k++) {
			char text[sizeof(good)];
			struct error err = { 0 };
			struct pci_facts facts;
			struct pci_lib *lib;
			int rc;

			memcpy(text, good, sizeof(good));
			text[i] = others[k];
			write_dump(text, strlen(good));
			rc = pci_lib_open(path, &err, &lib);
			assert_true(rc == E_OK || rc == E_SYNTAX);
			n_refused += rc != E_OK;
			if (rc != E_OK)
				continue;
			n_read++;
			for (size_t f = 0; f < pci_lib_count(lib); f++)
				assert_int_equal(pci_lib_facts(lib, f, &err, &facts), E_OK);
			pci_lib_close(lib);
		}
	print_message("counted: %zu changed dumps read, %zu refused\n", n_read, n_refused);
	assert_true(n_read > 0 && n_refused > 0);
}

static void test_places_read_as_they_are_written(void **state)
{
	static const struct {
		const char *text, *want; /* NULL: it does not read */
	} cases[] = {
		{ "0000:03:00.0", "0000:03:00.0" },
		{ "03:1f.7", "0000:03:1f.7" },
		{ "10000:e1:00.0", "10000:e1:00.0" },
		{ "7fffffff:ff:1f.7", "7fffffff:ff:1f.7" },
		{ "AB:0a.1", "0000:ab:0a.1" },
		{ "80000000:00:00.0", NULL },
		{ "100:00.0", NULL },
		{ "00:20.0", NULL },
		{ "00:00.8", NULL },
		{ "00:00", NULL },
		{ "00:00.0 ", NULL },
		{ ":00.0", NULL },
		{ "0x0:00.0", NULL },
		{ "-1:00.0", NULL },
		{ "0000:0000:00:00.0", NULL },
		{ "\x10:00.0", NULL },
		{ "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct pci_place place;
		char text[PCI_PLACE_CHARS];
		const bool reads = pci_place_parse(cases[i].text, &place);

		assert_int_equal(reads, cases[i].want != NULL);
		if (!reads)
			continue;
		pci_place_format(&place, text);
		assert_string_equal(text, cases[i].want);
	}
}

static void test_kinds_are_told_apart_by_ids_and_subsystem(void **state)
{
	struct pci_facts facts = { .vendor = 0x10ee, .device = 0x7011, .subdevice = 0x4254 };

	(void)state;
	assert_string_equal(pci_kind_find(&facts)->name, "BTC");
	facts.subdevice = 7;
	assert_null(pci_kind_find(&facts));
	assert_null(pci_kind_of_ids(0x101b, 0xb004));
	for (size_t i = 0; pci_kind_at(i) != NULL; i++)
		assert_ptr_equal(
			pci_kind_of_ids(pci_kind_at(i)->vendor, pci_kind_at(i)->device),
			pci_kind_at(i));
}

static void test_what_libusb_says_of_opening_has_its_remedy(void **state)
{
	struct error err = { 0 };

	(void)state;
	assert_int_equal(usb_open_error(LIBUSB_ERROR_ACCESS, &err), E_PERM);
	assert_string_equal(err.text, "no permission to open it: be root, or let the udev rule "
				      "60-switchblade.rules give it to your group");
	assert_int_equal(usb_open_error(LIBUSB_ERROR_NO_DEVICE, &err), E_NODEV);
	assert_int_equal(usb_open_error(LIBUSB_ERROR_IO, &err), E_IO);
	assert_string_equal(err.text, "it cannot be opened: Input/Output Error");
	assert_string_equal(usb_kind_find(0x0403, 0x6014)->name, "FT232H");
	assert_null(usb_kind_find(0x0403, 0x6001));
}

#define ON_DUMP(test) cmocka_unit_test_setup_teardown(test, make_path, remove_path)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_DUMP(test_a_dump_tells_what_configuration_space_tells),
		ON_DUMP(test_text_between_the_bytes_does_no_harm),
		ON_DUMP(test_what_does_not_read_is_told_with_its_line),
		ON_DUMP(test_long_lines_are_told),
		ON_DUMP(test_any_change_of_one_character_reads_or_is_refused),
		cmocka_unit_test(test_places_read_as_they_are_written),
		cmocka_unit_test(test_kinds_are_told_apart_by_ids_and_subsystem),
		cmocka_unit_test(test_what_libusb_says_of_opening_has_its_remedy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
