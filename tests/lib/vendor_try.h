/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One operation of the VSC7448 driver, tried on a mock chip and compared with the vendor's
 * (vendor_check.h), and the balance at the end of a program (vendor_group.h).
 */
#ifndef TESTS_LIB_VENDOR_TRY_H
#define TESTS_LIB_VENDOR_TRY_H

#include "tests/lib/vendor_check.h"

typedef int (*vendor_step)(struct vsc7448 *chip, const void *arg, struct error *err);

/* The list of differences, one for the whole program; group set-up and teardown of cmocka. */
int vendor_load(void **state);
int vendor_unload(void **state);
struct vendor_differences *vendor_list(void);

/*
 * Opens a chip, runs @prepare (may be NULL), then @run, and compares with the fixtures @operation.
 * Returns the number of differences that vendor_list() has not; a step that fails is printed and
 * counts as one.
 */
size_t vendor_try(const char *operation, vendor_step prepare, vendor_step run, const void *arg);

/*
 * After all operations of a program: the number of rows (printed) that are for an operation that
 * was tried and did not occur.
 */
size_t vendor_unused(void);

#endif
