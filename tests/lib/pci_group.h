/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * For programs whose tests each have a folder that looks like the kernel's /sys/bus/pci, made by
 * tests/lib/pci_tree.sh; a BAR is a sparse file there.  Included by such a program only.
 */
#ifndef TESTS_LIB_PCI_GROUP_H
#define TESTS_LIB_PCI_GROUP_H

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "drv/bus.h"

#define COUNT(a)  (sizeof(a) / sizeof((a)[0]))
#define SWITCH    "0000:03:00.0"
#define ORIGIN    0x70000000u
#define CHIP_ID   0x1010000u /* bytes from the origin: the witness of the VSC7448 */
#define REAL_CHIP 0x374680e9u

static const struct bus_env switch_env = { .origin = ORIGIN, .size = 0x2000000 };

static char tree[64];

static inline void shell(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static inline void shell(const char *fmt, ...)
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
static inline void add(const char *what)
{
	shell("tests/lib/pci_tree.sh %s %s", tree, what);
}

static inline int make_tree(void **state)
{
	(void)state;
	snprintf(tree, sizeof(tree), "/tmp/sb-pci-XXXXXX");
	if (mkdtemp(tree) == NULL || chmod(tree, 0755) != 0)
		return -1;
	return setenv("SWITCHBLADE_SYSFS_PCI", tree, 1);
}

static inline int remove_tree(void **state)
{
	(void)state;
	shell("rm -rf %s", tree);
	return unsetenv("SWITCHBLADE_SYSFS_PCI");
}

/* "TREE/devices/0000:03:00.0/FILE". */
static inline const char *path_of(const char *file)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/devices/" SWITCH "/%s", tree, file);
	return path;
}

static inline void poke_file(const char *file, long at, const void *bytes, size_t n)
{
	int fd = open(path_of(file), O_WRONLY);

	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, bytes, n, at), n);
	close(fd);
}

static inline uint32_t peek(uint32_t offset)
{
	int fd = open(path_of("resource0"), O_RDONLY);
	uint32_t word = 0;

	assert_int_equal(pread(fd, &word, sizeof(word), offset), sizeof(word));
	close(fd);
	return word;
}

static inline void poke(uint32_t offset, uint32_t word)
{
	poke_file("resource0", offset, &word, sizeof(word));
}

static inline struct bus *must_open(const char *uri)
{
	struct error err = { 0 };
	struct bus *bus = NULL;

	if (bus_open(uri, &switch_env, &err, &bus) != E_OK)
		fail_msg("%s: %s", uri, err.text);
	return bus;
}

/* The whole text; TREE in @want stands for the folder. */
static inline void assert_refused(const char *uri, const struct bus_env *env, int code,
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

#define ON_TREE(test) cmocka_unit_test_setup_teardown(test, make_tree, remove_tree)

#endif
