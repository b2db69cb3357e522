/* SPDX-License-Identifier: GPL-2.0-or-later */
/* 10GBASE-KR between two wired mock chips, and against what the vendor's driver writes. */
#include "hal/vsc7448/kr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/lib/chip_bench.h"
#include "tests/lib/link_bench.h"

static struct link_bench b;

static int setup(void **state)
{
	(void)state;
	link_bench_open(&b);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	link_bench_close(&b);
	return 0;
}

static void wire(uint32_t port)
{
	link_bench_cable(&b, port);
	link_bench_set_both(&b, port, BENCH_10GBASE_R);
}

static void start(unsigned chip, uint32_t port, struct vsc7448_kr_conf conf)
{
	struct error err = { 0 };

	if (vsc7448_kr_start(b.chip[chip], port, &conf, &err) != 0)
		fail_msg("%s", err.text);
}

/* Both ends answer, as two programs would, until both are complete. */
static void run_both(uint32_t port, struct vsc7448_kr_status s[2])
{
	struct error err = { 0 };

	for (unsigned i = 0; i < 2000; i++) {
		for (unsigned chip = 0; chip < 2; chip++)
			if (vsc7448_kr_service(b.chip[chip], port, &err, &s[chip]) != 0)
				fail_msg("%s", err.text);
		if (s[0].complete && s[1].complete)
			return;
		clock_wait_us(b.clock, 1000);
	}
	fail_msg("states %u and %u", s[0].state, s[1].state);
}

static void test_both_ends_negotiate_and_train(void **state)
{
	struct vsc7448_kr_status s[2];
	uint64_t start_us;

	(void)state;
	wire(49);
	start_us = clock_now_us(b.clock);
	for (unsigned i = 0; i < 2; i++)
		start(i, 49, (struct vsc7448_kr_conf){ .training = true });
	run_both(49, s);
	/* break_link_timer 60 to 75 ms, training well below 500 ms. */
	assert_in_range(clock_now_us(b.clock) - start_us, 100000, 500000);
	for (unsigned i = 0; i < 2; i++) {
		assert_true(s[i].trained && s[i].block_lock && s[i].partner_able);
		assert_false(s[i].training_failed || s[i].fec_negotiated || s[i].fec);
		/* Selector and acknowledge, 10GBASE-KR, the ability of error correction. */
		assert_true(s[i].partner == UINT64_C(0x400000804001));
		/* The start values that the vendor gives the taps. */
		assert_int_equal(s[i].tap_main, 0x14);
		assert_int_equal(s[i].tap_post, 0x38);
		assert_int_equal(s[i].tap_pre, 0x3e);
		assert_false(s[i].wants_rate);
	}
	assert_true(mv_link_is_up(b.model[0], 49));
}

static void test_a_restart_at_one_end_has_to_be_answered_at_both(void **state)
{
	struct vsc7448_kr_status s[2];
	struct error err = { 0 };

	(void)state;
	wire(49);
	for (unsigned i = 0; i < 2; i++)
		start(i, 49, (struct vsc7448_kr_conf){ .training = true });
	run_both(49, s);
	start(0, 49, (struct vsc7448_kr_conf){ .training = true });
	clock_wait_us(b.clock, 100000);
	assert_int_equal(vsc7448_kr_status(b.chip[1], 49, &err, &s[1]), 0);
	assert_true(s[1].wants_rate && !s[1].complete);
	run_both(49, s);
}

static void test_error_correction_is_switched_on_when_one_end_asks(void **state)
{
	struct vsc7448_kr_status s[2];
	struct error err = { 0 };

	(void)state;
	wire(52);
	start(0, 52, (struct vsc7448_kr_conf){ .training = true, .fec_wanted = true });
	start(1, 52, (struct vsc7448_kr_conf){ .training = true });
	run_both(52, s);
	assert_true(s[0].fec && s[1].fec && s[0].fec_negotiated);
	mv_link_corrupt(b.model[1], 52, 1e-8);
	clock_wait_us(b.clock, 1000000);
	assert_int_equal(vsc7448_kr_status(b.chip[1], 52, &err, &s[1]), 0);
	/* 10.3125 Gb/s for a second at 1e-8. */
	assert_int_equal(s[1].fec_corrected, 103);
	/* Without the wish it goes off again. */
	mv_link_corrupt(b.model[1], 52, 0);
	for (unsigned i = 0; i < 2; i++)
		start(i, 52, (struct vsc7448_kr_conf){ .training = true });
	run_both(52, s);
	assert_false(s[0].fec || s[1].fec);
}

static void test_training_can_be_left_out_at_both_ends(void **state)
{
	struct vsc7448_kr_status s[2];

	(void)state;
	wire(50);
	for (unsigned i = 0; i < 2; i++)
		start(i, 50, (struct vsc7448_kr_conf){ .training = false });
	run_both(50, s);
	assert_false(s[0].trained || s[0].trains);
}

static void test_a_server_answers_by_itself(void **state)
{
	struct vsc7448_kr_status s;
	struct error err = { 0 };

	(void)state;
	link_bench_plug(&b, 0, 51, WORLD_END_HOST);
	link_bench_set(&b, 0, 51, BENCH_10GBASE_R);
	start(0, 51, (struct vsc7448_kr_conf){ .training = true });
	if (vsc7448_kr_wait(b.chip[0], UINT64_C(1) << 51, VSC7448_KR_TIMEOUT_US, &err, &s) != 0)
		fail_msg("%s", err.text);
	assert_true(s.complete && s.trained);
}

static void test_two_ports_of_one_chip_are_waited_for_together(void **state)
{
	const struct world_end cable = { WORLD_END_PORT, "switch", 52, NULL };
	struct vsc7448_kr_status s[2];
	struct error err = { 0 };

	(void)state;
	assert_int_equal(world_plug(b.world, "switch", 50, &cable, &err), 0);
	link_bench_set(&b, 0, 50, BENCH_10GBASE_R);
	link_bench_set(&b, 0, 52, BENCH_10GBASE_R);
	start(0, 50, (struct vsc7448_kr_conf){ .training = true, .fec_wanted = true });
	start(0, 52, (struct vsc7448_kr_conf){ .training = true });
	if (vsc7448_kr_wait(b.chip[0], UINT64_C(5) << 50, VSC7448_KR_TIMEOUT_US, &err, s) != 0)
		fail_msg("%s", err.text);
	assert_true(s[0].complete && s[1].complete && s[0].fec && s[1].fec);
	assert_true(mv_link_is_up(b.model[0], 50));
}

static void test_stopping_gives_10gbase_r_back(void **state)
{
	struct vsc7448_kr_status s;
	struct error err = { 0 };

	(void)state;
	link_bench_plug(&b, 0, 51, WORLD_END_HOST);
	link_bench_set(&b, 0, 51, BENCH_10GBASE_R);
	start(0, 51, (struct vsc7448_kr_conf){ .training = true });
	clock_wait_us(b.clock, 1000000);
	assert_false(mv_link_is_up(b.model[0], 51));
	assert_int_equal(vsc7448_kr_stop(b.chip[0], 51, &err), 0);
	clock_wait_us(b.clock, 1000);
	assert_true(mv_link_is_up(b.model[0], 51));
	assert_int_equal(vsc7448_kr_status(b.chip[0], 51, &err, &s), 0);
	assert_false(s.enabled);
}

static void expect_timeout(uint32_t timeout_us, const char *text)
{
	struct vsc7448_kr_status s = { .state = 99 };
	struct error err = { 0 };

	assert_int_equal(vsc7448_kr_wait(b.chip[0], UINT64_C(1) << 49, timeout_us, &err, &s),
			 E_TIMEOUT);
	if (strncmp(err.text, text, strlen(text)) != 0)
		fail_msg("'%s'", err.text);
	assert_int_equal(s.state, 99);
}

static void test_a_wait_without_a_partner_names_the_state(void **state)
{
	uint64_t start_us;

	(void)state;

	link_bench_set(&b, 0, 49, BENCH_10GBASE_R);
	start_us = clock_now_us(b.clock);
	start(0, 49, (struct vsc7448_kr_conf){ .training = true });
	expect_timeout(500000, "XGKR1[0]:AN_SM:AN_SM.AN_SM was not 0x7 within 500000 us, last "
			       "0x2 (ability-detect): no partner that negotiates");
	assert_in_range(clock_now_us(b.clock) - start_us, 500000, 510000);
}

static void test_a_wait_on_a_loop_says_that_the_port_hears_itself(void **state)
{
	(void)state;
	link_bench_plug(&b, 0, 49, WORLD_END_LOOP);
	link_bench_set(&b, 0, 49, BENCH_10GBASE_R);
	start(0, 49, (struct vsc7448_kr_conf){ .training = true });
	expect_timeout(300000, "XGKR1[0]:AN_SM:AN_SM.AN_SM was not 0x7 within 300000 us, last "
			       "0x2 (ability-detect): the port hears itself");
}

static void test_a_training_that_fails_ends_the_wait(void **state)
{
	uint64_t start_us;

	(void)state;

	wire(49);
	start_us = clock_now_us(b.clock);
	start(0, 49, (struct vsc7448_kr_conf){ .training = true });
	/* The other end negotiates, but nobody answers its requests. */
	start(1, 49, (struct vsc7448_kr_conf){ .training = true });
	expect_timeout(VSC7448_KR_TIMEOUT_US,
		       "XGKR0[0]:KR_1X0097:KR_1X0097.TR_FAIL is set after ");
	assert_in_range(clock_now_us(b.clock) - start_us, 560000, 600000);
}

static void test_no_block_lock_is_named(void **state)
{
	struct vsc7448_kr_status s[2];

	(void)state;
	wire(49);
	for (unsigned i = 0; i < 2; i++)
		start(i, 49, (struct vsc7448_kr_conf){ .training = true });
	run_both(49, s);
	/* Only one end uses error correction: no blocks are found. */
	link_bench_write(&b, 1, VSC7448_PCS10G_BR_KR_FEC_CFG_KR_FEC_CFG(0), 0x111);
	expect_timeout(10000,
		       "XGKR1[0]:AN_SM:AN_SM.AN_SM was not 0x7 within 10000 us, last 0x6 "
		       "(good-check)");
}

static void test_negotiated_without_blocks_is_named(void **state)
{
	struct vsc7448_kr_status s[2];

	(void)state;
	wire(49);
	for (unsigned i = 0; i < 2; i++)
		start(i, 49, (struct vsc7448_kr_conf){ .training = true });
	run_both(49, s);
	chip_bench_stick(&(struct chip_bench){ .mock = b.mock[0] },
			 VSC7448_PCS10G_BR_PCS_10GBR_STATUS_PCS_STATUS(0), 8, 0);
	expect_timeout(10000, "PCS10G_BR[0]:PCS_10GBR_STATUS:PCS_STATUS.RX_BLOCK_LOCK was not "
			      "0x1 within 10000 us, last 0x0");
}

static void test_ports_that_cannot_are_refused(void **state)
{
	const struct vsc7448_kr_conf conf = { 0 };
	struct error err = { 0 };

	(void)state;
	assert_int_equal(vsc7448_kr_start(b.chip[0], 48, &conf, &err), E_NOTSUP);
	assert_string_equal(err.text, "port 48 has no 10GBASE-KR: ports 49 to 52 have");
	assert_int_equal(vsc7448_kr_start(b.chip[0], 49, &conf, &err), E_STATE);
	assert_string_equal(err.text, "port 49 is not set up in 10gbase-kr");
}

/* Values and masks of the trace kr_port49 (vtss_cil_port_kr_conf_set), AN_RESTART self-clearing. */
static void test_start_leaves_what_the_vendors_driver_leaves(void **state)
{
	static const struct {
		uint64_t addr;
		uint32_t mask, value;
	} rows[] = {
		{ VSC7448_XGKR1_LFLONG_TMR_LFLONG_MSW(0), 0xffff, 0x142 },
		{ VSC7448_XGKR1_TR_TMR_TR_MSW(0), 0xffff, 0x142 },
		{ VSC7448_XGKR0_TR_CFG0_TR_CFG0(0), 0xf038, 0x6018 },
		{ VSC7448_XGKR0_WT_TMR_WT_TMR(0), 0xffff, 0x6b0 },
		{ VSC7448_XGKR0_MW_TMR_MW_TMR_LSW(0), 0xffff, 0xe499 },
		{ VSC7448_XGKR0_MW_TMR_MW_TMR_MSW(0), 0xffff, 0xcc },
		{ VSC7448_XGKR1_LD_ADV_KR_7X0010(0), 0xffff, 0x0001 },
		{ VSC7448_XGKR1_LD_ADV_KR_7X0011(0), 0x00a0, 0x0080 },
		{ VSC7448_XGKR1_LD_ADV_KR_7X0012(0), 0xc000, 0xc000 },
		{ VSC7448_XGKR0_TR_CFG1_TR_CFG1(0), 0x0440, 0 },
		{ VSC7448_XGKR1_AN_CFG0_AN_CFG0(0), 0x0038, 0x0010 },
		{ VSC7448_XGKR0_TR_MTHD_TR_MTHD(0), 0x0fc0, 0 },
		{ VSC7448_XGKR0_TR_CFG2_TR_CFG2(0), 0x0fff, 0x07c1 },
		{ VSC7448_XGKR0_TR_CFG3_TR_CFG3(0), 0x0fff, 0x0ff5 },
		{ VSC7448_XGKR0_TR_CFG4_TR_CFG4(0), 0x0fff, 0x07cc },
		{ VSC7448_XGKR0_TR_CFG5_TR_CFG5(0), 0x0fff, 0x003a },
		{ VSC7448_XGKR0_TR_CFG6_TR_CFG6(0), 0x0fff, 0x0e14 },
		{ VSC7448_XGKR0_TR_CFG7_TR_CFG7(0), 0x0fc0, 0x0f80 },
		{ VSC7448_XGKR0_OBCFG_ADDR_OBCFG_ADDR(0), 0x007f, 0x0012 },
		{ VSC7448_XGKR1_KR_7X0000_KR_7X0000(0), 0x1000, 0x1000 },
	};

	(void)state;
	link_bench_set(&b, 0, 49, BENCH_10GBASE_R);
	start(0, 49, (struct vsc7448_kr_conf){ .training = true, .fec_wanted = true });
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint32_t value = mock_hw_get(b.mock[0], rows[i].addr);

		if ((value & rows[i].mask) != rows[i].value)
			fail_msg("row %zu: 0x%x, not 0x%x", i, value & rows[i].mask,
				 rows[i].value);
	}
}

/* --- faults -------------------------------------------------------------------------------- */

static int base_r_49(struct chip_bench *c, struct error *err)
{
	(void)err;
	chip_bench_poke(c, VSC7448_DEV10G_DEV_CFG_STATUS_DEV_RST_CTRL(0), 0x00700000);
	chip_bench_poke(c, VSC7448_PCS10G_BR_PCS_10GBR_CFG_PCS_CFG(0), 0x80000000);
	return 0;
}

static int start_49(struct chip_bench *c, struct error *err)
{
	const struct vsc7448_kr_conf conf = { .training = true, .fec_wanted = true };

	return vsc7448_kr_start(c->chip, 49, &conf, err);
}

static int stop_49(struct chip_bench *c, struct error *err)
{
	return vsc7448_kr_stop(c->chip, 49, err);
}

static int service_49(struct chip_bench *c, struct error *err)
{
	struct vsc7448_kr_status s;

	return vsc7448_kr_service(c->chip, 49, err, &s);
}

static void test_every_access_can_fail(void **state)
{
	(void)state;
	assert_in_range(chip_bench_sweep(base_r_49, start_49), 40, 60);
	assert_in_range(chip_bench_sweep(base_r_49, stop_49), 18, 30);
	assert_int_equal(chip_bench_sweep(base_r_49, service_49), 14 + 3 + 18);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_both_ends_negotiate_and_train),
		T(test_a_restart_at_one_end_has_to_be_answered_at_both),
		T(test_error_correction_is_switched_on_when_one_end_asks),
		T(test_training_can_be_left_out_at_both_ends),
		T(test_a_server_answers_by_itself),
		T(test_two_ports_of_one_chip_are_waited_for_together),
		T(test_stopping_gives_10gbase_r_back),
		T(test_a_wait_without_a_partner_names_the_state),
		T(test_a_wait_on_a_loop_says_that_the_port_hears_itself),
		T(test_a_training_that_fails_ends_the_wait),
		T(test_no_block_lock_is_named),
		T(test_negotiated_without_blocks_is_named),
		T(test_ports_that_cannot_are_refused),
		T(test_start_leaves_what_the_vendors_driver_leaves),
		cmocka_unit_test(test_every_access_can_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
