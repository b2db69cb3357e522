/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Port set-up with every one of its accesses failing once, in every mode of every kind of port:
 * a clear error, nothing leaks, and the same call passes afterwards; and with hardware that never
 * answers one of its waits.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "hal/vsc7448/port.h"
#include "tests/lib/chip_bench.h"
#include "tests/lib/port_cases.h"
#include "vsc7448_regs.h"

static const struct port_case *now;

static int set_up(struct chip_bench *b, struct error *err)
{
	struct vsc7448_port_conf conf;

	port_case_unusual(now, &conf);
	return vsc7448_port_conf_set(b->chip, now->port, &conf, err);
}

static int prepare_port(struct chip_bench *b, struct error *err)
{
	int rc = port_cases_prepare(b, err);

	return rc != 0 ? rc : set_up(b, err);
}

static int disable_and_enable(struct chip_bench *b, struct error *err)
{
	int rc = vsc7448_port_disable(b->chip, now->port, err);

	if (rc == 0)
		chip_bench_forget_log(b);
	return rc != 0 ? rc : vsc7448_port_enable(b->chip, now->port, err);
}

static int free_port(struct chip_bench *b, struct error *err)
{
	return vsc7448_port_free(b->chip, now->port, err);
}

static void sweep_modes(size_t first, size_t last)
{
	for (size_t i = first; i < last && i < n_port_cases; i++) {
		size_t n;

		now = &port_cases[i];
		n = chip_bench_sweep(port_cases_prepare, set_up);
		print_message("port %u, %s: %zu accesses\n", now->port,
			      link_mode_names[now->mode], n);
		assert_in_range(n, 60, 400);
	}
}

static void test_set_up_of_1g_and_qsgmii_ports_survives_every_fault(void **state)
{
	(void)state;
	sweep_modes(0, 13);
}

static void test_set_up_of_10g_ports_survives_every_fault(void **state)
{
	(void)state;
	sweep_modes(13, n_port_cases);
}

/* One of each kind: 1G, QSGMII, XAUI, 10GBASE-R. */
static const size_t kinds[] = { 2, 3, 17, 19 };

static void test_disable_and_enable_survive_every_fault(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		now = &port_cases[kinds[i]];
		assert_in_range(chip_bench_sweep(prepare_port, disable_and_enable), 20, 400);
	}
}

/* A port that a failed flush has left without set-up is set up. */
static int flush_or_set_up(struct chip_bench *b, struct error *err)
{
	int rc = vsc7448_port_flush(b->chip, now->port, err);

	return rc == E_STATE ? set_up(b, err) : rc;
}

static void test_flushing_survives_every_fault(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		now = &port_cases[kinds[i]];
		assert_in_range(chip_bench_sweep(prepare_port, flush_or_set_up), 40, 200);
	}
}

static void test_freeing_survives_every_fault(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		now = &port_cases[kinds[i]];
		assert_in_range(chip_bench_sweep(prepare_port, free_port), 20, 200);
	}
}

/* --- what never answers ------------------------------------------------------------------- */

static int setup(void **state)
{
	static struct chip_bench b;
	struct error err = { 0 };

	chip_bench_open(&b, "mock:");
	*state = &b;
	assert_int_equal(port_cases_prepare(&b, &err), 0);
	chip_bench_reopen(&b);
	return 0;
}

static int teardown(void **state)
{
	chip_bench_close(*state);
	return 0;
}

static void times_out(struct chip_bench *b, const struct port_case *c, const char *text)
{
	struct vsc7448_port_conf conf;
	struct error err = { 0 };

	vsc7448_port_conf_default(c->mode, &conf);
	assert_int_equal(vsc7448_port_conf_set(b->chip, c->port, &conf, &err), E_TIMEOUT);
	if (strstr(err.text, text) == NULL)
		fail_msg("'%s' is not in '%s'", text, err.text);
	assert_int_equal(
		reg_field_get(chip_bench_peek(b, VSC7448_QFWD_SYSTEM_SWITCH_PORT_MODE(c->port)),
			      VSC7448_QFWD_SYSTEM_SWITCH_PORT_MODE__PORT_ENA),
		0);
}

static const struct port_case sfi = { 49, LINK_MODE_10GBASE_R };

/* Each of the eight waits: RES_STAT of jr2_port_flush_poll(), 2048 + 8 * port + priority. */
static void test_a_queue_that_never_empties_times_out(void **state)
{
	(void)state;
	for (uint32_t prio = 0; prio < 8; prio++) {
		const uint32_t i = 2048 + 8 * 5 + prio;
		void *bench;
		char text[120];

		setup(&bench);
		chip_bench_stick(bench, VSC7448_QRES_RES_CTRL_RES_STAT(i), 0x10, 0x10);
		snprintf(text, sizeof(text),
			 "QRES:RES_CTRL[%u]:RES_STAT.MAXUSE was not 0x0 within 2000000 us, "
			 "last 0x10",
			 i);
		times_out(bench, &(struct port_case){ 5, LINK_MODE_SGMII }, text);
		teardown(&bench);
	}
}

static void test_a_transmit_pll_that_never_locks_times_out(void **state)
{
	chip_bench_stick(*state, VSC7448_XGANA_SD10G65_TX_RCPLL_SD10G65_TX_RCPLL_STAT0(0),
			 UINT32_C(1) << 31, 0);
	times_out(*state, &sfi,
		  "SD10G65_TX_RCPLL_STAT0.PLLF_LOCK_STAT was not 0x1 within 10000 us");
}

static void test_a_transmit_pll_in_a_wrong_state_times_out(void **state)
{
	chip_bench_stick(*state, VSC7448_XGANA_SD10G65_TX_RCPLL_SD10G65_TX_RCPLL_STAT1(0), 0xf,
			 4);
	times_out(*state, &sfi,
		  "SD10G65_TX_RCPLL_STAT1.PLLF_FSM_STAT was not 0xd within 10000 us, last 0x4");
}

static void test_a_receive_pll_that_never_locks_times_out(void **state)
{
	chip_bench_stick(*state, VSC7448_XGANA_SD10G65_RX_RCPLL_SD10G65_RX_RCPLL_STAT0(0),
			 UINT32_C(1) << 31, 0);
	times_out(*state, &sfi,
		  "SD10G65_RX_RCPLL_STAT0.PLLF_LOCK_STAT was not 0x1 within 10000 us");
}

static void test_a_receive_pll_in_a_wrong_state_times_out(void **state)
{
	chip_bench_stick(*state, VSC7448_XGANA_SD10G65_RX_RCPLL_SD10G65_RX_RCPLL_STAT1(0), 0xf,
			 0);
	times_out(*state, &sfi,
		  "SD10G65_RX_RCPLL_STAT1.PLLF_FSM_STAT was not 0xd within 10000 us, last 0x0");
}

static void test_a_calibration_that_never_ends_times_out(void **state)
{
	chip_bench_stick(*state, VSC7448_XGDIG_SD10G65_APC_APC_IS_CAL_CFG1(0), 2, 0);
	times_out(*state, &sfi, "APC_IS_CAL_CFG1.OFFSCAL_DONE was not 0x1 within 100000 us");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_set_up_of_1g_and_qsgmii_ports_survives_every_fault),
		cmocka_unit_test(test_set_up_of_10g_ports_survives_every_fault),
		cmocka_unit_test(test_disable_and_enable_survive_every_fault),
		cmocka_unit_test(test_flushing_survives_every_fault),
		cmocka_unit_test(test_freeing_survives_every_fault),
		cmocka_unit_test(test_a_queue_that_never_empties_times_out),
		TEST(test_a_transmit_pll_that_never_locks_times_out),
		TEST(test_a_transmit_pll_in_a_wrong_state_times_out),
		TEST(test_a_receive_pll_that_never_locks_times_out),
		TEST(test_a_receive_pll_in_a_wrong_state_times_out),
		TEST(test_a_calibration_that_never_ends_times_out),
	};

	return cmocka_run_group_tests_name("ports under faults", tests, NULL, NULL);
}
