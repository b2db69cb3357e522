/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * For programs whose tests each have a BTC of their own, just out of reset, on BTC_URI: the core, and
 * what cmocka does before and after each test.  Included by such a program only.
 */
#ifndef TESTS_LIB_BTC_GROUP_H
#define TESTS_LIB_BTC_GROUP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/btc_bench.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

static struct btc_bench b;
static struct error err;

static inline int set_up(void **state)
{
	(void)state;
	memset(&err, 0, sizeof(err));
	btc_bench_open(&b, BTC_URI);
	return 0;
}

static inline int tear_down(void **state)
{
	(void)state;
	btc_bench_close(&b);
	return 0;
}

#ifndef BTC_OVER
#define BTC_OVER "" /* what the group's name ends in */
#endif

/* Buses whose accesses take time: how much later than asked for an operation may end. */
#ifndef BTC_SLACK_US
#define BTC_SLACK_US 0
#endif
/* Buses that pack accesses: those behind one that fails have been done. */
#ifndef BTC_PACKS
#define BTC_PACKS false
#endif

/* The call passes; else the test says why it did not. */
#define PASS(call)                                                                             \
	do {                                                                                   \
		if ((call) != 0)                                                               \
			fail_msg("%s: %s", #call, err.text);                                   \
	} while (0)

/* The call fails with @code and @part in its text. */
#define FAIL(call, want, part)                                                                 \
	do {                                                                                   \
		error_clear(&err);                                                             \
		assert_int_equal(call, want);                                                  \
		if (strstr(err.text, part) == NULL)                                            \
			fail_msg("\"%s\" is not in \"%s\"", part, err.text);                   \
	} while (0)

#endif
