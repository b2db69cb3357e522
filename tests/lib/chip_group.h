/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * For programs whose tests each have a chip of their own, just out of reset: the chip, and what
 * cmocka does before and after each test.  Included by such a program only.
 *
 *     TEST(test_the_chip_does_this),
 */
#ifndef TESTS_LIB_CHIP_GROUP_H
#define TESTS_LIB_CHIP_GROUP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/chip_bench.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

static struct chip_bench b;
static struct error err;

static inline int set_up(void **state)
{
	(void)state;
	memset(&err, 0, sizeof(err));
	chip_bench_open(&b, "mock:");
	return 0;
}

static inline int tear_down(void **state)
{
	(void)state;
	chip_bench_close(&b);
	return 0;
}

#endif
