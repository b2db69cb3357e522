/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * For programs whose tests each have a backplane of their own: the backplane, and what cmocka does
 * before and after each test.  Included by such a program only.
 */
#ifndef TESTS_LIB_BACKPLANE_GROUP_H
#define TESTS_LIB_BACKPLANE_GROUP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/backplane.h"

#define TEST(name)     cmocka_unit_test_setup_teardown(name, set_up, tear_down)
#define EVENT(name)    ((uint32_t)reg_field_mask(BTC_CONTROL_EVENTS__##name))
#define READ(reg)      backplane_read(&b, BTC_##reg)
#define WRITE(reg, v)  backplane_write(&b, BTC_##reg, v)
#define HAS(reg, mask) assert_int_equal(READ(reg) & (mask), (mask))

static struct backplane b;

static inline int set_up(void **state)
{
	(void)state;
	backplane_open(&b);
	return 0;
}

static inline int tear_down(void **state)
{
	(void)state;
	backplane_close(&b);
	return 0;
}

#endif
