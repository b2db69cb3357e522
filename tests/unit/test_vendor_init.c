/* SPDX-License-Identifier: GPL-2.0-or-later */
/* vsc7448_init() against what the vendor's driver leaves after its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "hal/vsc7448/chip.h"
#include "tests/lib/vendor_try.h"

static struct vendor_differences differences;

static int init_base(struct vsc7448 *chip, const void *arg, struct error *err)
{
	struct vsc7448_port_map map;

	(void)arg;
	vsc7448_port_map_base(&map);
	return vsc7448_init(chip, &map, 0, err);
}

static void test_init_leaves_what_the_vendors_leaves(void **state)
{
	(void)state;
	assert_int_equal(vendor_try(&differences, "init", NULL, init_base, NULL), 0);
}

static void test_every_listed_difference_occurs(void **state)
{
	(void)state;
	assert_int_equal(vendor_unused(&differences), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_init_leaves_what_the_vendors_leaves),
		cmocka_unit_test(test_every_listed_difference_occurs),
	};
	int failed;

	vendor_differences_load(&differences);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	vendor_differences_free(&differences);
	return failed;
}
