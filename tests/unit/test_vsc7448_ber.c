/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bit error ratios against the tables of the chi-square distribution (half of its quantiles with
 * 2 (E + 1) degrees of freedom), and measurements on lanes whose error rate is known.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <string.h>

#include <cmocka.h>

#include "drv/mock_vsc7448.h"
#include "drv/world.h"
#include "drv/clock.h"
#include "hal/vsc7448/ber.h"
#include "hal/vsc7448/calendar.h"
#include "hal/vsc7448/port.h"
#include "hal/vsc7448/fields.h"
#include "tests/lib/chip_bench.h"

static struct chip_bench b;

static int setup(void **state)
{
	struct vsc7448_port_map map;

	(void)state;
	chip_bench_open(&b, "mock:");
	vsc7448_port_map_base(&map);
	return vsc7448_calendar_set(b.chip, &map, NULL);
}

static int teardown(void **state)
{
	(void)state;
	chip_bench_close(&b);
	return 0;
}

static void test_bounds_are_those_of_the_tables(void **state)
{
	/* chi-square, 0.90, 0.95 and 0.99, with 2, 4, 6, 8, 10, 20 and 100 degrees of freedom */
	static const struct {
		uint64_t errors;
		double c90, c95, c99;
	} rows[] = {
		{ 0, 4.605, 5.991, 9.210 },        { 1, 7.779, 9.488, 13.277 },
		{ 2, 10.645, 12.592, 16.812 },     { 3, 13.362, 15.507, 20.090 },
		{ 4, 15.987, 18.307, 23.209 },     { 9, 28.412, 31.410, 37.566 },
		{ 49, 118.498, 124.342, 135.807 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(fabs(2 * ber_expected_at_most(rows[i].errors, 0.90) - rows[i].c90) <
			    6e-4);
		assert_true(fabs(2 * ber_expected_at_most(rows[i].errors, 0.95) - rows[i].c95) <
			    6e-4);
		assert_true(fabs(2 * ber_expected_at_most(rows[i].errors, 0.99) - rows[i].c99) <
			    6e-4);
	}
}

static void test_many_errors_go_on_smoothly(void **state)
{
	double last = ber_expected_at_most(1000, 0.95), next = ber_expected_at_most(1001, 0.95);

	(void)state;
	assert_true(next > last && next < last + 1.5);
	/* 2 (10^6 + 1) degrees of freedom: within 1.65 standard deviations */
	assert_true(fabs(ber_expected_at_most(1000000, 0.95) - 1001646.5) < 10);
}

static void test_three_over_n(void **state)
{
	(void)state;
	assert_true(fabs(ber_upper_bound(0, UINT64_C(1000000000000), 0.95) - 2.9957e-12) <
		    1e-16);
	assert_true(fabs(ber_bits_needed(0, 1e-12, 0.95) - 2.9957e12) < 1e8);
	assert_true(ber_upper_bound(5, 0, 0.95) == 1);
}

static void bring_up(uint32_t port, enum link_mode mode)
{
	const struct world_end loop = { .kind = WORLD_END_LOOP };
	struct vsc7448_port_conf conf;
	struct error err = { 0 };

	vsc7448_port_conf_default(mode, &conf);
	if (vsc7448_port_conf_set(b.chip, port, &conf, &err) != 0)
		fail_msg("port %u: %s", port, err.text);
	assert_int_equal(world_plug(b.world, "switch", port, &loop, &err), 0);
}

static void test_a_clean_lane_reaches_its_target(void **state)
{
	const struct vsc7448_ber_conf conf = { VSC7448_PATTERN_PRBS31, 1e-10, 0.95, 60000000 };
	struct vsc7448_ber ber = { 0 };
	struct error err = { 0 };

	(void)state;
	bring_up(49, LINK_MODE_10GBASE_R);
	if (vsc7448_ber_measure(b.chip, 49, &conf, NULL, &err, &ber) != 0)
		fail_msg("%s", err.text);
	assert_true(ber.reached);
	assert_int_equal(ber.errors, 0);
	/* 3 / 1e-10 bits at 10.3125 Gb/s: 2.905 s */
	assert_in_range(ber.time_us, 2904000, 2910000);
	assert_true(ber.upper <= 1e-10);
}

static void test_errors_are_counted_and_the_target_moves_away(void **state)
{
	const struct vsc7448_ber_conf conf = { VSC7448_PATTERN_PRBS31, 1e-9, 0.95, 5000000 };
	struct vsc7448_ber ber = { 0 };
	struct error err = { 0 };

	(void)state;
	bring_up(49, LINK_MODE_10GBASE_R);
	assert_int_equal(mock_vsc7448_set_error_rate(b.model, 49, 1e-8), 0);
	if (vsc7448_ber_measure(b.chip, 49, &conf, NULL, &err, &ber) != 0)
		fail_msg("%s", err.text);
	assert_false(ber.reached);
	assert_true(ber.seconds_to_target > 5);
	assert_true(fabs((double)ber.errors / (double)ber.bits / 1e-8 - 1) < 0.1);
}

static void test_a_6g_counter_at_its_end_is_a_lower_limit(void **state)
{
	const struct vsc7448_ber_conf conf = { VSC7448_PATTERN_PRBS7, 1e-3, 0.95, 60000000 };
	struct vsc7448_ber ber = { 0 };
	struct error err = { 0 };

	(void)state;
	bring_up(8, LINK_MODE_1000BASE_X);
	assert_int_equal(mock_vsc7448_set_error_rate(b.model, 8, 0.01), 0);
	if (vsc7448_ber_measure(b.chip, 8, &conf, NULL, &err, &ber) != 0)
		fail_msg("%s", err.text);
	assert_true(ber.at_least);
	assert_false(ber.reached);
	assert_int_equal(ber.errors, 0xffff);
}

static void test_xaui_adds_up_its_four_lanes(void **state)
{
	const struct vsc7448_ber_conf conf = { VSC7448_PATTERN_PRBS7, 1e-9, 0.95, 60000000 };
	struct vsc7448_ber ber = { 0 };
	struct error err = { 0 };

	(void)state;
	bring_up(50, LINK_MODE_XAUI);
	if (vsc7448_ber_measure(b.chip, 50, &conf, NULL, &err, &ber) != 0)
		fail_msg("%s", err.text);
	assert_int_equal(ber.n_lanes, 4);
	assert_int_equal(ber.lane_bps, 3125000000);
	/* 3e9 bits at 12.5 Gb/s: 0.24 s */
	assert_in_range(ber.time_us, 239000, 245000);
}

static void test_lanes_that_cannot_count_or_hear_nothing_say_so(void **state)
{
	const struct vsc7448_ber_conf conf = { VSC7448_PATTERN_PRBS7, 1e-9, 0.95, 1000000 };
	const struct world_end none = { .kind = WORLD_END_NONE };
	struct vsc7448_prbs_status status;
	struct vsc7448_ber ber;
	struct error err = { 0 };

	(void)state;
	bring_up(0, LINK_MODE_1000BASE_X);
	assert_int_equal(vsc7448_ber_measure(b.chip, 0, &conf, NULL, &err, &ber), E_NOTSUP);
	assert_non_null(strstr(err.text, "SERDES1G_1 tells only whether there were errors"));
	bring_up(8, LINK_MODE_1000BASE_X);
	assert_int_equal(world_plug(b.world, "switch", 8, &none, &err), 0);
	assert_int_equal(vsc7448_ber_measure(b.chip, 8, &conf, NULL, &err, &ber), E_MISMATCH);
	assert_int_equal(vsc7448_prbs_read(b.chip, 8, &err, &status), 0);
	assert_false(status.lane[0].running);
}

static void test_a_1g_lane_passes_or_fails(void **state)
{
	struct vsc7448_prbs_status status;

	(void)state;
	bring_up(0, LINK_MODE_1000BASE_X);
	assert_int_equal(vsc7448_prbs_start(b.chip, 0, VSC7448_PATTERN_PRBS7, 0, NULL), 0);
	assert_int_equal(vsc7448_prbs_read(b.chip, 0, NULL, &status), 0);
	assert_int_equal(status.n_lanes, 1);
	assert_true(status.lane[0].running && status.lane[0].synchronized);
	assert_false(status.lane[0].counts || status.lane[0].failed);
	assert_int_equal(mock_vsc7448_set_error_rate(b.model, 0, 0.5), 0);
	clock_wait_us(world_clock(b.world), 100);
	assert_int_equal(vsc7448_prbs_read(b.chip, 0, NULL, &status), 0);
	assert_true(status.lane[0].failed);
}

static void test_patterns_that_a_macro_lacks_are_refused(void **state)
{
	struct error err = { 0 };

	(void)state;
	bring_up(8, LINK_MODE_1000BASE_X);
	bring_up(49, LINK_MODE_10GBASE_R);
	chip_bench_forget_log(&b);
	assert_int_equal(vsc7448_prbs_start(b.chip, 8, VSC7448_PATTERN_PRBS9, 0, &err),
			 E_NOTSUP);
	assert_int_equal(vsc7448_prbs_start(b.chip, 49, VSC7448_PATTERN_FIXED, 0, &err),
			 E_NOTSUP);
	assert_int_equal(vsc7448_prbs_start(b.chip, 8, VSC7448_PATTERN_FIXED, 0x100000, &err),
			 E_RANGE);
	assert_int_equal(vsc7448_prbs_start(b.chip, 20, VSC7448_PATTERN_PRBS7, 0, &err),
			 E_STATE);
	assert_int_equal(vsc7448_prbs_start(b.chip, 53, VSC7448_PATTERN_PRBS7, 0, &err),
			 E_RANGE);
	assert_int_equal(chip_bench_writes(&b), 0);
}

static void test_a_macro_that_never_answers_times_out(void **state)
{
	struct error err = { 0 };

	(void)state;
	bring_up(8, LINK_MODE_1000BASE_X);
	chip_bench_stick(&b, VSC7448_HSIO_MCB_SERDES6G_CFG_MCB_SERDES6G_ADDR_CFG, 1u << 30,
			 1u << 30);
	assert_int_equal(vsc7448_prbs_start(b.chip, 8, VSC7448_PATTERN_PRBS7, 0, &err),
			 E_TIMEOUT);
	assert_non_null(strstr(err.text, "SERDES6G_RD_ONE_SHOT was not 0x0 within 10000 us"));
}

#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bounds_are_those_of_the_tables),
		cmocka_unit_test(test_many_errors_go_on_smoothly),
		cmocka_unit_test(test_three_over_n),
		T(test_a_clean_lane_reaches_its_target),
		T(test_errors_are_counted_and_the_target_moves_away),
		T(test_a_6g_counter_at_its_end_is_a_lower_limit),
		T(test_xaui_adds_up_its_four_lanes),
		T(test_lanes_that_cannot_count_or_hear_nothing_say_so),
		T(test_a_1g_lane_passes_or_fails),
		T(test_patterns_that_a_macro_lacks_are_refused),
		T(test_a_macro_that_never_answers_times_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
