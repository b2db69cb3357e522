/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A file: bus on a scratch file of 4 KiB, window 0x1000 to 0x1fff; word i holds 0x10000000 + i.
 */
#ifndef TESTS_UNIT_BUS_FIXTURE_H
#define TESTS_UNIT_BUS_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "drv/bus.h"

#define COUNT(a)       (sizeof(a) / sizeof((a)[0]))
#define SCRATCH_ORIGIN 0x1000u
#define SCRATCH_BYTES  4096u
#define WORD(i)        (SCRATCH_ORIGIN + 4u * (i))

static char scratch_path[64];
static const struct bus_env scratch_env = { .origin = SCRATCH_ORIGIN, .size = SCRATCH_BYTES };

/* What scratch_open() gives instead of the bus itself, which it takes over; NULL: the bus. */
static struct bus *(*scratch_through)(struct bus *bus);

static inline uint32_t scratch_word(unsigned i)
{
	return 0x10000000u + i;
}

static inline int scratch_make(void **state)
{
	uint32_t words[SCRATCH_BYTES / 4];
	int fd;

	(void)state;
	for (unsigned i = 0; i < COUNT(words); i++)
		words[i] = scratch_word(i);
	snprintf(scratch_path, sizeof(scratch_path), "/tmp/sb-test-XXXXXX");
	fd = mkstemp(scratch_path);
	if (fd < 0 || write(fd, words, sizeof(words)) != (ssize_t)sizeof(words))
		return -1;
	return close(fd);
}

static inline int scratch_remove(void **state)
{
	(void)state;
	return unlink(scratch_path);
}

/* Opens "PREFIX" "file:SCRATCH" and fails the test when that fails. */
static inline struct bus *scratch_open(const char *prefix)
{
	struct error err = { 0 };
	struct bus *bus = NULL;
	char uri[256];

	snprintf(uri, sizeof(uri), "%sfile:%s", prefix, scratch_path);
	if (bus_open(uri, &scratch_env, &err, &bus) != E_OK)
		fail_msg("%s: %s", uri, err.text);
	return scratch_through != NULL ? scratch_through(bus) : bus;
}

/* Word @i of the file as it is, past all buses. */
static inline uint32_t scratch_peek(unsigned i)
{
	FILE *in = fopen(scratch_path, "rb");
	uint32_t word = 0;

	assert_non_null(in);
	assert_int_equal(fseek(in, (long)(4 * i), SEEK_SET), 0);
	assert_int_equal(fread(&word, sizeof(word), 1, in), 1);
	fclose(in);
	return word;
}

#define ON_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_make, scratch_remove)

#endif
