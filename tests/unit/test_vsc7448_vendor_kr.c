/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * 10GBASE-KR: what starting and ending auto-negotiation leaves in the chip, against the vendor's
 * driver (fixtures/vsc7448/vendor).
 */
#include "hal/vsc7448/kr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "hal/vsc7448/calendar.h"
#include "hal/vsc7448/chip.h"
#include "hal/vsc7448/port.h"
#include "tests/lib/vendor_try.h"

static struct vendor_differences differences;

struct row {
	const char *operation;
	struct vsc7448_kr_conf conf;
	bool stop; /* instead of a start with conf */
};

static const struct row rows[] = {
	{ "kr_port49", { .training = true, .fec_wanted = true }, false },
	{ "kr_port49_nofec", { .training = true }, false },
	{ "kr_port49_notrain", { .training = false }, false },
	{ "kr_port49_off", { .training = true, .fec_wanted = true }, true },
};

static int prepare(struct vsc7448 *chip, const void *arg, struct error *err)
{
	const struct row *row = arg;
	struct vsc7448_port_conf conf;
	struct vsc7448_port_map map;
	int rc;

	vsc7448_port_map_base(&map);
	vsc7448_port_conf_default(LINK_MODE_10GBASE_KR, &conf);
	rc = vsc7448_init(chip, &map, 0, err);
	if (rc == 0)
		rc = vsc7448_port_conf_set(chip, 49, &conf, err);
	if (rc == 0 && row->stop)
		rc = vsc7448_kr_start(chip, 49, &row->conf, err);
	return rc;
}

static int run(struct vsc7448 *chip, const void *arg, struct error *err)
{
	const struct row *row = arg;

	return row->stop ? vsc7448_kr_stop(chip, 49, err)
			 : vsc7448_kr_start(chip, 49, &row->conf, err);
}

static void test_each_way_to_negotiate_leaves_what_the_vendor_leaves(void **state)
{
	size_t bad = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		bad += vendor_try(&differences, rows[i].operation, prepare, run, &rows[i]);
	assert_int_equal(bad, 0);
}

static void test_every_listed_difference_occurs(void **state)
{
	(void)state;
	assert_int_equal(vendor_unused(&differences), 0);
}

static int load(void **state)
{
	(void)state;
	vendor_differences_load(&differences);
	return 0;
}

static int unload(void **state)
{
	(void)state;
	vendor_differences_free(&differences);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_way_to_negotiate_leaves_what_the_vendor_leaves),
		cmocka_unit_test(test_every_listed_difference_occurs),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
