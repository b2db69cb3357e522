/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The eye scope against an eye of known shape, what it leaves behind, and what it says when it
 * cannot measure.  The registers of the set-up are those that the vendor's driver leaves
 * (base/jaguar2, vtss_cil_misc_vscope_conf_set, as traced: VSCOPE_MAIN_CFG 0x0107e3e9).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drv/mock_vsc7448/eye.h"
#include "hal/vsc7448/eye.h"
#include "hal/vsc7448/fields.h"
#include "tests/lib/chip_bench.h"

#define PORT     49
#define MAIN_CFG VSC7448_XGDIG_SD10G65_VSCOPE2_VSCOPE_MAIN_CFG(0)
#define STAT     VSC7448_XGDIG_SD10G65_VSCOPE2_VSCOPE_STAT(0)
#define SYNTH    VSC7448_XGANA_SD10G65_RX_SYNTH_SD10G65_RX_SYNTH_CFG2(0)
#define IB4      VSC7448_XGANA_SD10G65_IB_SD10G65_IB_CFG4(0)
#define APC      VSC7448_XGDIG_SD10G65_APC_APC_COMMON_CFG0(0)
#define HW_CFG   VSC7448_HSIO_HW_CFGSTAT_HW_CFG

static struct chip_bench b;

/* Values that an SFI set-up leaves: HOWTO of the facts, and the trace eye_fast. */
static void set_up_sfi(struct chip_bench *bench)
{
	chip_bench_poke(bench, SYNTH, 0x00013600);
	chip_bench_poke(bench, IB4, 0xaa0285e0);
	chip_bench_poke(bench, APC, 0x0400030a);
}

static int setup(void **state)
{
	(void)state;
	chip_bench_open(&b, "mock:");
	set_up_sfi(&b);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	chip_bench_close(&b);
	return 0;
}

static void test_the_edges_are_where_errors_become_likely(void **state)
{
	struct vsc7448_eye_edges e = { 0 };
	struct error err = { 0 };

	(void)state;
	/* Half of the bits are wrong 20 codes away, none nearer: 1,024 words of 32 bits. */
	assert_int_equal(mock_vsc7448_set_eye(b.model, PORT, 20.5, 10.5, 0.001), 0);
	if (vsc7448_eye_edges(b.chip, PORT, 0, &err, &e) != 0)
		fail_msg("%s", err.text);
	assert_int_equal(e.data_phase, 54);
	assert_int_equal(e.right, 54 + 21);
	assert_int_equal(e.left, 54 - 21);
	assert_int_equal(e.width, 41);
	assert_int_equal(e.top, 32 + 11);
	assert_int_equal(e.bottom, 31 - 11);
	assert_int_equal(e.height, 22);
}

static void test_an_eye_that_fills_the_range_has_no_edge(void **state)
{
	struct vsc7448_eye_edges e = { 0 };

	(void)state;
	assert_int_equal(mock_vsc7448_set_eye(b.model, PORT, 100, 10.5, 0.001), 0);
	assert_int_equal(vsc7448_eye_edges(b.chip, PORT, 0, NULL, &e), 0);
	assert_false(e.has_left || e.has_right);
	assert_int_equal(e.width, 0);
	assert_true(e.has_top && e.has_bottom);
}

static void test_edges_beyond_the_end_of_the_phases_wrap(void **state)
{
	struct vsc7448_eye_edges e = { 0 };

	(void)state;
	chip_bench_poke(&b, SYNTH, 0x00010000 | 120 << 8);
	assert_int_equal(mock_vsc7448_set_eye(b.model, PORT, 20.5, 10.5, 0.001), 0);
	assert_int_equal(vsc7448_eye_edges(b.chip, PORT, 0, NULL, &e), 0);
	assert_int_equal(e.right, 141);
	assert_int_equal(e.width, 41);
}

/* Every count lies within five standard deviations of what the shape says. */
static void test_a_scan_counts_what_the_eye_gives(void **state)
{
	const struct vsc7448_eye_conf conf = { .hits_log2 = 10,
					       .phase_step = 4,
					       .threshold_step = 3 };
	const struct mv_eye_shape shape = { 44.0, 22.0, 0.06 };
	struct vsc7448_eye *eye = calloc(1, sizeof(*eye));
	struct error err = { 0 };

	(void)state;
	assert_non_null(eye);
	if (vsc7448_eye_scan(b.chip, PORT, &conf, NULL, &err, eye) != 0)
		fail_msg("%s", err.text);
	assert_int_equal(eye->n_phases, 32);
	assert_int_equal(eye->n_thresholds, 22);
	for (size_t i = 0; i < eye->n_phases; i++)
		for (size_t k = 0; k < eye->n_thresholds; k++) {
			int x = abs(eye->phase[i] - 54), y = eye->threshold[k];
			double want;

			if (x > 64)
				x = 128 - x;
			y = y >= 32 ? y - 32 : 31 - y;
			want = 32768.0 * mv_eye_error_rate(&shape, x, y);
			if ((eye->errors[i][k] - want) * (eye->errors[i][k] - want) >
			    25 * want + 1)
				fail_msg("%d,%d: %u, want %f", x, y, eye->errors[i][k], want);
		}
	free(eye);
}

static void test_thresholds_leave_out_the_twin_of_the_middle(void **state)
{
	const struct vsc7448_eye_conf conf = { .hits_log2 = 1,
					       .phase_step = 32,
					       .threshold_step = 1 };
	struct vsc7448_eye *eye = calloc(1, sizeof(*eye));

	(void)state;
	assert_non_null(eye);
	assert_int_equal(vsc7448_eye_scan(b.chip, PORT, &conf, NULL, NULL, eye), 0);
	assert_int_equal(eye->n_thresholds, 63);
	assert_int_equal(eye->threshold[31], 31);
	assert_int_equal(eye->threshold[32], 33);
	free(eye);
}

static uint32_t main_while_counting;

static int watch_main(void *model, struct mock *mock, uint64_t addr, uint32_t value)
{
	(void)model;
	(void)mock;
	if (addr == MAIN_CFG && (value & 0x10) != 0)
		main_while_counting = value;
	return 0;
}

static void test_the_scope_is_set_up_as_the_vendor_does(void **state)
{
	static const struct mock_model ops = { .name = "watch", .write = watch_main };
	const struct vsc7448_eye_conf conf = { .hits_log2 = 13,
					       .phase_step = 32,
					       .threshold_step = 32 };
	struct vsc7448_eye *eye = calloc(1, sizeof(*eye));
	struct vsc7448_eye_edges e;

	(void)state;
	assert_non_null(eye);
	assert_int_equal(mock_attach(b.mock, &ops, NULL, NULL), 0);
	assert_int_equal(vsc7448_eye_scan(b.chip, PORT, &conf, NULL, NULL, eye), 0);
	assert_int_equal(main_while_counting, 0x0107e3f9);
	assert_int_equal(vsc7448_eye_edges(b.chip, PORT, 0, NULL, &e), 0);
	assert_int_equal(main_while_counting, 0x0d03f139);
	free(eye);
}

static void test_everything_is_put_back(void **state)
{
	struct vsc7448_eye_edges e;

	(void)state;
	assert_int_equal(vsc7448_eye_edges(b.chip, PORT, 0, NULL, &e), 0);
	assert_int_equal(chip_bench_peek(&b, SYNTH), 0x00013600);
	assert_int_equal(chip_bench_peek(&b, IB4), 0xaa0285e0);
	assert_int_equal(chip_bench_peek(&b, APC), 0x0400030a);
	assert_int_equal(chip_bench_peek(&b, MAIN_CFG), 0);
}

static void test_a_scope_that_never_finishes_times_out_and_is_put_back(void **state)
{
	struct vsc7448_eye_edges e;
	struct error err = { 0 };

	(void)state;
	chip_bench_stick(&b, STAT, 1, 0);
	assert_int_equal(vsc7448_eye_edges(b.chip, PORT, 0, &err, &e), E_TIMEOUT);
	assert_non_null(strstr(err.text,
			       "port 49: XGDIG[0]:SD10G65_VSCOPE2:VSCOPE_STAT.DONE_STICKY "
			       "was not 0x1 within 40 us"));
	assert_int_equal(chip_bench_peek(&b, APC), 0x0400030a);
	assert_int_equal(chip_bench_peek(&b, IB4), 0xaa0285e0);
}

static void test_ports_without_a_scope_and_other_modes_are_refused(void **state)
{
	const struct vsc7448_eye_conf bad = { .hits_log2 = 32,
					      .phase_step = 1,
					      .threshold_step = 1 };
	struct vsc7448_eye_edges e;
	struct error err = { 0 };

	(void)state;
	assert_int_equal(vsc7448_eye_edges(b.chip, 48, 0, &err, &e), E_RANGE);
	assert_int_equal(vsc7448_eye_scan(b.chip, PORT, &bad, NULL, &err, NULL), E_RANGE);
	chip_bench_poke(&b, HW_CFG, 1 << 12);
	chip_bench_reopen(&b);
	assert_int_equal(vsc7448_eye_edges(b.chip, PORT, 0, &err, &e), E_STATE);
	assert_non_null(strstr(err.text, "port 49 is not in SFI"));
	assert_int_equal(chip_bench_writes(&b), 0);
}

static int sweep_prepare(struct chip_bench *bench, struct error *err)
{
	(void)err;
	set_up_sfi(bench);
	return mock_vsc7448_set_eye(bench->model, PORT, 3.5, 2.5, 0.001);
}

static int sweep_op(struct chip_bench *bench, struct error *err)
{
	struct vsc7448_eye_edges e = { 0 };
	int rc = vsc7448_eye_edges(bench->chip, PORT, 0, err, &e);

	if (rc == 0 && e.width != 7)
		return E_INTERNAL;
	return rc;
}

static void test_every_access_may_fail_once(void **state)
{
	(void)state;
	assert_true(chip_bench_sweep(sweep_prepare, sweep_op) > 300);
}

#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_the_edges_are_where_errors_become_likely),
		T(test_an_eye_that_fills_the_range_has_no_edge),
		T(test_edges_beyond_the_end_of_the_phases_wrap),
		T(test_a_scan_counts_what_the_eye_gives),
		T(test_thresholds_leave_out_the_twin_of_the_middle),
		T(test_the_scope_is_set_up_as_the_vendor_does),
		T(test_everything_is_put_back),
		T(test_a_scope_that_never_finishes_times_out_and_is_put_back),
		T(test_ports_without_a_scope_and_other_modes_are_refused),
		cmocka_unit_test(test_every_access_may_fail_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
