/* SPDX-License-Identifier: GPL-2.0-or-later */
/* vsc7448_init() against what the vendor's driver leaves after its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/lib/vendor_group.h"
#include "tests/lib/vendor_start.h"

static void test_init_leaves_what_the_vendors_leaves(void **state)
{
	(void)state;
	assert_int_equal(vendor_try("init", NULL, vendor_start_init, NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_init_leaves_what_the_vendors_leaves),
		cmocka_unit_test(test_every_listed_difference_occurs),
	};

	return cmocka_run_group_tests(tests, vendor_load, vendor_unload);
}
