/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * For programs whose tests compare with the vendor's driver: vendor_try.h, with the last test.
 *
 *     cmocka_unit_test(test_every_listed_difference_occurs),
 *     ...
 *     return cmocka_run_group_tests(tests, vendor_load, vendor_unload);
 */
#ifndef TESTS_LIB_VENDOR_GROUP_H
#define TESTS_LIB_VENDOR_GROUP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/lib/vendor_try.h"

/* After the others: differences.csv has no row that is for an operation of theirs and stale. */
static inline void test_every_listed_difference_occurs(void **state)
{
	(void)state;
	assert_int_equal(vendor_unused(), 0);
}

#endif
