/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * For programs whose tests each have a frame bench of their own: the bench, and what cmocka does
 * before and after each test.  Included by such a program only.
 *
 *     TEST(test_a_frame_does_this),
 */
#ifndef TESTS_LIB_FRAME_GROUP_H
#define TESTS_LIB_FRAME_GROUP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/frame_bench.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
#define BIT(port)  (UINT64_C(1) << (port))
#define BROADCAST  UINT64_C(0xffffffffffff)

static struct frame_bench b;

static inline int set_up(void **state)
{
	(void)state;
	frame_bench_open(&b);
	return 0;
}

static inline int tear_down(void **state)
{
	(void)state;
	frame_bench_close(&b);
	return 0;
}

#endif
