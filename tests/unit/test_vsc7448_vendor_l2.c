/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Link aggregation, and who forwards: what each operation leaves in the chip, against the
 * vendor's driver (fixtures/vsc7448/vendor).
 */
#include "hal/vsc7448/lag.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "hal/vsc7448/masks.h"
#include "tests/lib/vendor_group.h"
#include "tests/lib/vendor_start.h"

/* --- link aggregation --------------------------------------------------------------------- */

struct lag_row {
	const char *operation;
	vsc7448_ports before, after; /* members, 0: no group */
	vsc7448_ports down_before, down_after;
};

static const struct lag_row lags[] = {
	{ "lag_0to7", 0, 0xff, 0, 0 },
	{ "lag_01", 0, 3, 0, 0 },
	{ "lag_01_012", 3, 7, 0, 0 },
	{ "lag_012_02", 7, 5, 0, 0 },
	{ "lag_02_12", 5, 6, 0, 0 },
	{ "lag_clear", 0xff, 0, 0, 0 },
	{ "lag_member_down", 0xff, 0xff, 0, 8 },
	{ "lag_member_up", 0xff, 0xff, 8, 0 },
	{ "lag_lowest_down", 0xff, 0xff, 0, 1 },
};

static int lag_before(struct vsc7448 *chip, const void *arg, struct error *err)
{
	const struct lag_row *row = arg;
	int rc = vendor_start_forwarding(chip, NULL, err);

	if (rc == 0 && row->before != 0)
		rc = vsc7448_lag_set(chip, row->before, err);
	if (rc == 0 && row->down_before != 0)
		rc = vsc7448_forward_set(chip, row->down_before, false, err);
	return rc;
}

static int lag_change(struct vsc7448 *chip, const void *arg, struct error *err)
{
	const struct lag_row *row = arg;

	if (row->down_after != row->down_before)
		return vsc7448_forward_set(chip, row->down_before | row->down_after,
					   row->down_after == 0, err);
	if (row->after == 0)
		return vsc7448_lag_clear(chip, row->before, err);
	return vsc7448_lag_set(chip, row->after, err);
}

static void test_each_aggregation_change_leaves_what_the_vendor_leaves(void **state)
{
	size_t bad = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(lags) / sizeof(lags[0]); i++)
		bad += vendor_try(lags[i].operation, lag_before, lag_change, &lags[i]);
	assert_int_equal(bad, 0);
}

static int two_groups(struct vsc7448 *chip, const void *arg, struct error *err)
{
	(void)arg;
	return vsc7448_lag_set(chip, 0x1c, err);
}

static int first_group(struct vsc7448 *chip, const void *arg, struct error *err)
{
	int rc = vendor_start_forwarding(chip, arg, err);

	return rc != 0 ? rc : vsc7448_lag_set(chip, 3, err);
}

static void test_a_second_group_is_as_the_vendors(void **state)
{
	(void)state;
	assert_int_equal(vendor_try("lag_two_groups", first_group, two_groups, NULL), 0);
}

/* --- who forwards ------------------------------------------------------------------------- */

static int one_up(struct vsc7448 *chip, const void *arg, struct error *err)
{
	(void)arg;
	return vsc7448_forward_set(chip, 8, true, err);
}

static int one_down(struct vsc7448 *chip, const void *arg, struct error *err)
{
	(void)arg;
	return vsc7448_forward_set(chip, 8, false, err);
}

static int all_at_once(struct vsc7448 *chip, const void *arg, struct error *err)
{
	(void)arg;
	return vsc7448_forward_set(chip, VSC7448_FRONT_PORTS, true, err);
}

static void test_ports_join_and_leave_forwarding_as_the_vendors(void **state)
{
	size_t bad;

	(void)state;
	bad = vendor_try("port_state_up", vendor_start_init, one_up, NULL);
	bad += vendor_try("port_state_down", vendor_start_forwarding, one_down, NULL);
	bad += vendor_try("init_forwarding+port_state_all_up", vendor_start_init, all_at_once,
			  NULL);
	assert_int_equal(bad, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_aggregation_change_leaves_what_the_vendor_leaves),
		cmocka_unit_test(test_a_second_group_is_as_the_vendors),
		cmocka_unit_test(test_ports_join_and_leave_forwarding_as_the_vendors),
		cmocka_unit_test(test_every_listed_difference_occurs),
	};

	return cmocka_run_group_tests(tests, vendor_load, vendor_unload);
}
