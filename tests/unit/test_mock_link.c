/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Links of the VSC7448 model: what comes up, when, and what the registers then say.  Bits after
 * the register texts (regmaps/vsc7448), times after IEEE 802.3.
 */
#include "tests/lib/link_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define DEV1G_PORT0(reg) VSC7448_DEV1G_##reg(0)

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

static bool is_up(unsigned chip, uint32_t port)
{
	return mv_link_is_up(b.model[chip], port);
}

/* PCS1G_LINK_STATUS: bit 0 sync, 4 link, 8 signal. */
static uint32_t status_1g(unsigned chip)
{
	return link_bench_read(&b, chip, DEV1G_PORT0(PCS1G_CFG_STATUS_PCS1G_LINK_STATUS));
}

static const struct {
	enum bench_mode mode;
	uint32_t port, max_us; /* from set-up to up */
} ways[] = {
	{ BENCH_100BASE_FX, 0, 1000 },      { BENCH_SGMII, 0, 1000 },
	{ BENCH_SGMII_AN, 3, 10000 },       { BENCH_1000BASE_X, 7, 1000 },
	{ BENCH_1000BASE_X_AN, 48, 40000 }, { BENCH_100BASE_FX, 8, 1000 },
	{ BENCH_1000BASE_X, 31, 1000 },     { BENCH_2500BASE_X, 12, 1000 },
	{ BENCH_QSGMII, 1, 1000 },          { BENCH_QSGMII, 47, 1000 },
	{ BENCH_XAUI, 49, 1000 },           { BENCH_XAUI, 52, 1000 },
	{ BENCH_RXAUI, 50, 1000 },          { BENCH_2X6G, 50, 1000 },
	{ BENCH_10GBASE_R, 51, 1000 },
};
#define N_WAYS (sizeof(ways) / sizeof(ways[0]))

static void test_each_mode_comes_up_over_a_cable_in_its_time(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_WAYS; i++) {
		link_bench_cable(&b, ways[i].port);
		link_bench_set(&b, 0, ways[i].port, ways[i].mode);
		clock_wait_us(b.clock, 1000000);
		assert_false(is_up(0, ways[i].port));
		link_bench_set(&b, 1, ways[i].port, ways[i].mode);
		assert_false(is_up(0, ways[i].port));
		clock_wait_us(b.clock, ways[i].max_us);
		if (!is_up(0, ways[i].port) || !is_up(1, ways[i].port))
			fail_msg("mode %d of port %u stays down", (int)ways[i].mode,
				 ways[i].port);
	}
}

static void test_each_mode_comes_up_on_a_plug_and_to_a_host(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_WAYS; i++) {
		link_bench_set(&b, 0, ways[i].port, ways[i].mode);
		clock_wait_us(b.clock, 100000);
		assert_false(is_up(0, ways[i].port));
		link_bench_plug(&b, 0, ways[i].port, WORLD_END_LOOP);
		assert_false(is_up(0, ways[i].port));
		clock_wait_us(b.clock, ways[i].max_us);
		assert_true(is_up(0, ways[i].port));
		link_bench_plug(&b, 0, ways[i].port, WORLD_END_HOST);
		assert_false(is_up(0, ways[i].port));
		clock_wait_us(b.clock, ways[i].max_us);
		assert_true(is_up(0, ways[i].port));
		link_bench_plug(&b, 0, ways[i].port, WORLD_END_NONE);
		assert_false(is_up(0, ways[i].port));
	}
}

static void test_modes_that_do_not_fit_stay_down(void **state)
{
	(void)state;
	link_bench_cable(&b, 8);
	for (unsigned far = 0; far <= BENCH_QSGMII; far++)
		for (unsigned near = 0; near <= BENCH_QSGMII; near++) {
			/* SGMII and 1000BASE-X without auto-negotiation are the same on the wire. */
			bool plain = (near == BENCH_SGMII || near == BENCH_1000BASE_X) &&
				     (far == BENCH_SGMII || far == BENCH_1000BASE_X);
			bool aneg = (near == BENCH_SGMII_AN || near == BENCH_1000BASE_X_AN) &&
				    (far == BENCH_SGMII_AN || far == BENCH_1000BASE_X_AN);

			link_bench_set(&b, 0, 8, near);
			link_bench_set(&b, 1, 8, far);
			clock_wait_us(b.clock, 1000000);
			if (is_up(0, 8) != (near == far || plain || aneg))
				fail_msg("modes %u and %u: %s", near, far,
					 is_up(0, 8) ? "up" : "down");
		}
	link_bench_cable(&b, 49);
	for (unsigned far = BENCH_XAUI; far <= BENCH_10GBASE_R; far++)
		for (unsigned near = BENCH_XAUI; near <= BENCH_10GBASE_R; near++) {
			link_bench_set(&b, 0, 49, near);
			link_bench_set(&b, 1, 49, far);
			clock_wait_us(b.clock, 1000000);
			assert_int_equal(is_up(0, 49), near == far);
		}
}

static void test_speeds_that_differ_pass_no_frames(void **state)
{
	(void)state;
	link_bench_cable(&b, 0);
	link_bench_set_both(&b, 0, BENCH_SGMII);
	clock_wait_us(b.clock, 1000);
	assert_true(is_up(0, 0));
	link_bench_write(&b, 1, DEV1G_PORT0(DEV_CFG_STATUS_DEV_RST_CTRL), 0x00100000);
	assert_false(is_up(0, 0));
	link_bench_write(&b, 0, DEV1G_PORT0(DEV_CFG_STATUS_DEV_RST_CTRL), 0x00100000);
	clock_wait_us(b.clock, 1000);
	assert_true(is_up(0, 0));
	assert_int_equal(status_1g(0) & 0x111, 0x111);
}

static void test_a_serdes_that_is_off_or_at_another_rate_keeps_the_link_down(void **state)
{
	(void)state;
	link_bench_plug(&b, 0, 0, WORLD_END_LOOP);
	link_bench_plug(&b, 0, 9, WORLD_END_LOOP);
	link_bench_set(&b, 0, 0, BENCH_1000BASE_X);
	link_bench_set(&b, 0, 9, BENCH_1000BASE_X);
	clock_wait_us(b.clock, 1000);
	assert_true(is_up(0, 0) && is_up(0, 9));
	/* Macro 1: LANE_RST. */
	link_bench_write(&b, 0, VSC7448_HSIO_SERDES1G_DIG_CFG_SERDES1G_MISC_CFG, 1);
	assert_true(is_up(0, 0));
	link_bench_write(&b, 0, VSC7448_HSIO_MCB_SERDES1G_CFG_MCB_SERDES1G_ADDR_CFG,
			 0x80000002);
	assert_false(is_up(0, 0));
	/* 6G macro 1 (port 9): no divider. */
	link_bench_write(&b, 0, VSC7448_HSIO_SERDES6G_ANA_CFG_SERDES6G_COMMON_CFG, 0x00014001);
	link_bench_write(&b, 0, VSC7448_HSIO_MCB_SERDES6G_CFG_MCB_SERDES6G_ADDR_CFG,
			 0x80000002);
	assert_false(is_up(0, 9));
}

/* Clause 37: three link_timers of 10 ms (37.3.1.4, figure 37-6); the word with its acknowledge. */
static void test_clause_37_takes_three_link_timers_and_tells_the_partner(void **state)
{
	(void)state;
	link_bench_cable(&b, 0);
	link_bench_set_both(&b, 0, BENCH_1000BASE_X_AN);
	clock_wait_us(b.clock, 29000);
	assert_int_equal(status_1g(0) & 0x111, 0x101);
	assert_int_equal(
		link_bench_read(&b, 0, DEV1G_PORT0(PCS1G_CFG_STATUS_PCS1G_DEBUG_STATUS)) >> 12,
		1);
	clock_wait_us(b.clock, 2000);
	assert_int_equal(status_1g(0) & 0x111, 0x111);
	/* LP_ADV_ABILITY, PR, PAGE_RX_STICKY, ANEG_COMPLETE. */
	assert_int_equal(
		link_bench_read(&b, 0, DEV1G_PORT0(PCS1G_CFG_STATUS_PCS1G_ANEG_STATUS)),
		0x41a00019);
	link_bench_write(&b, 0, DEV1G_PORT0(PCS1G_CFG_STATUS_PCS1G_ANEG_STATUS), 8);
	assert_int_equal(
		link_bench_read(&b, 0, DEV1G_PORT0(PCS1G_CFG_STATUS_PCS1G_ANEG_STATUS)),
		0x41a00011);
	/* A restart at one end takes both down. */
	link_bench_write(&b, 1, DEV1G_PORT0(PCS1G_CFG_STATUS_PCS1G_ANEG_CFG), 0x01a00003);
	assert_false(is_up(0, 0));
	clock_wait_us(b.clock, 31000);
	assert_true(is_up(0, 0));
	assert_int_equal(link_bench_read(&b, 0, DEV1G_PORT0(PCS1G_CFG_STATUS_PCS1G_STICKY)),
			 0x10);
}

/* SGMII: link_timer 1.6 ms (Cisco ENG-46158); the PHY's word: link, full duplex, 1 Gb/s. */
static void test_sgmii_hears_the_word_of_a_phy(void **state)
{
	(void)state;
	link_bench_plug(&b, 0, 0, WORLD_END_HOST);
	link_bench_set(&b, 0, 0, BENCH_SGMII_AN);
	clock_wait_us(b.clock, 4700);
	assert_false(is_up(0, 0));
	clock_wait_us(b.clock, 300);
	assert_true(is_up(0, 0));
	assert_int_equal(
		link_bench_read(&b, 0, DEV1G_PORT0(PCS1G_CFG_STATUS_PCS1G_ANEG_STATUS)) >> 16,
		0xd801);
}

static void test_one_end_that_does_not_negotiate_keeps_the_other_down(void **state)
{
	(void)state;
	link_bench_cable(&b, 0);
	link_bench_set(&b, 0, 0, BENCH_1000BASE_X_AN);
	link_bench_set(&b, 1, 0, BENCH_1000BASE_X);
	clock_wait_us(b.clock, 1000000);
	assert_int_equal(status_1g(0) & 0x111, 0x101);
	assert_int_equal(status_1g(1) & 0x111, 0x111);
	assert_false(is_up(0, 0));
	assert_false(is_up(1, 0));
}

static void test_a_loss_latches_and_is_counted_until_cleared(void **state)
{
	(void)state;
	link_bench_cable(&b, 0);
	link_bench_set_both(&b, 0, BENCH_1000BASE_X);
	clock_wait_us(b.clock, 1000);
	assert_int_equal(status_1g(0) & 0x111, 0x111);
	assert_int_equal(link_bench_read(&b, 0, DEV1G_PORT0(PCS1G_CFG_STATUS_PCS1G_STICKY)), 0);
	for (unsigned i = 1; i <= 3; i++) {
		mv_link_drop(b.model[0], 0, 50);
		assert_int_equal(status_1g(0) & 0x111, 0);
		assert_true(is_up(1, 0) == false);
		clock_wait_us(b.clock, 1000);
		assert_int_equal(status_1g(0) & 0x111, 0x111);
		assert_int_equal(
			link_bench_read(&b, 0,
					DEV1G_PORT0(PCS1G_CFG_STATUS_PCS1G_LINK_DOWN_CNT)),
			i);
	}
	assert_int_equal(link_bench_read(&b, 0, DEV1G_PORT0(PCS1G_CFG_STATUS_PCS1G_STICKY)),
			 0x11);
	link_bench_write(&b, 0, DEV1G_PORT0(PCS1G_CFG_STATUS_PCS1G_STICKY), 0x10);
	assert_int_equal(link_bench_read(&b, 0, DEV1G_PORT0(PCS1G_CFG_STATUS_PCS1G_STICKY)),
			 0x01);
	/* The other end lost nothing: only this direction was cut. */
	assert_int_equal(link_bench_read(&b, 1, DEV1G_PORT0(PCS1G_CFG_STATUS_PCS1G_STICKY)), 0);
	/* Pulled: both lose it. */
	link_bench_plug(&b, 0, 0, WORLD_END_NONE);
	assert_int_equal(status_1g(1) & 0x111, 0);
	assert_int_equal(link_bench_read(&b, 1, DEV1G_PORT0(PCS1G_CFG_STATUS_PCS1G_STICKY)),
			 0x11);
}

/* 330 us of hysteresis: LINKHYSTTIMER 5 (register text). */
static void test_100base_fx_waits_its_hysteresis(void **state)
{
	const uint64_t status = DEV1G_PORT0(PCS_FX100_STATUS_PCS_FX100_STATUS);

	(void)state;
	link_bench_cable(&b, 0);
	link_bench_set_both(&b, 0, BENCH_100BASE_FX);
	clock_wait_us(b.clock, 300);
	assert_int_equal(link_bench_read(&b, 0, status) & 3, 2);
	clock_wait_us(b.clock, 200);
	assert_int_equal(link_bench_read(&b, 0, status), 3);
	mv_link_drop(b.model[0], 0, 10);
	assert_int_equal(link_bench_read(&b, 0, status), 0x10);
}

/* FEFGEN_ENA 2, FEFCHK_ENA 4; FEF_STATUS 4, FEF_FOUND_STICKY 0x40 (register texts). */
static void test_100base_fx_tells_the_far_end_of_a_fault(void **state)
{
	const uint64_t status = DEV1G_PORT0(PCS_FX100_STATUS_PCS_FX100_STATUS);
	const uint64_t cfg = DEV1G_PORT0(PCS_FX100_CONFIGURATION_PCS_FX100_CFG);

	(void)state;
	link_bench_cable(&b, 0);
	link_bench_set_both(&b, 0, BENCH_100BASE_FX);
	clock_wait_us(b.clock, 1000);
	/* Without the enables the sender does not learn that nobody hears it. */
	mv_link_drop(b.model[1], 0, 100000);
	assert_int_equal(link_bench_read(&b, 0, status), 0x03);
	link_bench_write(&b, 0, cfg, 0x07000055);
	assert_int_equal(link_bench_read(&b, 0, status), 0x03);
	link_bench_write(&b, 1, cfg, 0x07000053);
	assert_int_equal(link_bench_read(&b, 0, status), 0x47);
	assert_false(is_up(0, 0));
	clock_wait_us(b.clock, 200000);
	assert_int_equal(link_bench_read(&b, 0, status), 0x43);
	assert_true(is_up(0, 0));
}

#define XAUI_STATUS(i)  VSC7448_DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_STATUS(i)
#define XAUI_ERRORS(i)  VSC7448_DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_ERROR_STATUS(i)
#define MONITOR(i)      VSC7448_DEV10G_MAC_CFG_STATUS_MAC_TX_MONITOR_STICKY(i)
#define BR_STATUS(i)    VSC7448_PCS10G_BR_PCS_10GBR_STATUS_PCS_STATUS(i)
#define BR_EVENTS(i)    VSC7448_PCS10G_BR_PCS_10GBR_STATUS_PCS_INTR_STAT(i)
#define BR_FIFO(i)      VSC7448_PCS10G_BR_PCS_10GBR_HA_STATUS_RX_OSET_FIFO_STAT(i)
#define BR_FIFO_DATA(i) VSC7448_PCS10G_BR_PCS_10GBR_HA_STATUS_RX_OSET_FIFO_DATA(i)

/* Clears the monitor as the vendor's status does and tells the state. */
static uint32_t monitor(unsigned chip, uint32_t i)
{
	link_bench_write(&b, chip, MONITOR(i), 0xffffffff);
	return link_bench_read(&b, chip, MONITOR(i));
}

static void test_xaui_lanes_align_and_faults_reach_the_other_end(void **state)
{
	(void)state;
	link_bench_cable(&b, 49);
	link_bench_set_both(&b, 49, BENCH_XAUI);
	assert_int_equal(monitor(0, 0), 0x10); /* local fault */
	clock_wait_us(b.clock, 1000);
	assert_int_equal(link_bench_read(&b, 0, XAUI_STATUS(0)), 0xf01f);
	assert_int_equal(monitor(0, 0), 0x02); /* idle */
	/* Cut towards chip 1: it has local fault and says remote fault. */
	mv_link_drop(b.model[1], 49, 10000);
	assert_int_equal(monitor(1, 0), 0x10);
	assert_int_equal(monitor(0, 0), 0x08);
	assert_false(is_up(0, 49));
	assert_int_equal(link_bench_read(&b, 1, XAUI_STATUS(0)), 0xf00);
	assert_int_equal(link_bench_read(&b, 1, XAUI_ERRORS(0)), 0x1f);
	clock_wait_us(b.clock, 11000);
	assert_int_equal(monitor(1, 0), 0x02);
	assert_true(is_up(0, 49));
}

static void test_10gbase_r_locks_and_a_high_error_rate_takes_it_down(void **state)
{
	(void)state;
	link_bench_cable(&b, 50);
	link_bench_set_both(&b, 50, BENCH_10GBASE_R);
	clock_wait_us(b.clock, 1000);
	assert_int_equal(link_bench_read(&b, 0, BR_STATUS(1)), 0x8);
	assert_int_equal(link_bench_read(&b, 0, BR_EVENTS(1)), 0x8);
	link_bench_write(&b, 0, BR_EVENTS(1), 0x8);
	mv_link_corrupt(b.model[0], 50, 1e-9);
	clock_wait_us(b.clock, 1000000);
	/* 10.3125 Gb/s for a second at 1e-9: ten errors. */
	assert_int_equal(
		link_bench_read(&b, 0, VSC7448_PCS10G_BR_PCS_10GBR_HA_STATUS_RX_ERRBLK_CNT(1)),
		10);
	assert_int_equal(link_bench_read(&b, 0, BR_EVENTS(1)), 0x10);
	assert_true(is_up(0, 50));
	mv_link_corrupt(b.model[0], 50, 1e-3);
	clock_wait_us(b.clock, 1000);
	assert_int_equal(link_bench_read(&b, 0, BR_STATUS(1)), 0x9);
	assert_int_equal(link_bench_read(&b, 0, BR_EVENTS(1)), 0x11);
	assert_false(is_up(0, 50));
	mv_link_corrupt(b.model[0], 50, 0);
	clock_wait_us(b.clock, 1000);
	assert_true(is_up(0, 50));
}

static void test_xaui_words_arrive_with_their_changed_bit(void **state)
{
	const uint64_t send = VSC7448_DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_TX_SEQ_CFG(2);
	const uint64_t receive = VSC7448_DEV10G_PCS_XAUI_STATUS_PCS_XAUI_RX_SEQ_REC_STATUS(2);

	(void)state;
	link_bench_cable(&b, 51);
	link_bench_set_both(&b, 51, BENCH_XAUI);
	clock_wait_us(b.clock, 1000);
	assert_int_equal(link_bench_read(&b, 1, receive), 0);
	link_bench_write(&b, 0, send, 0x12345600);
	assert_int_equal(link_bench_read(&b, 1, receive), 0x12345601);
	link_bench_write(&b, 1, receive, 1);
	assert_int_equal(link_bench_read(&b, 1, receive), 0x12345600);
	link_bench_write(&b, 1, send, 0x54321000);
	assert_int_equal(link_bench_read(&b, 0, receive), 0x54321001);
	/* TX_Q_DIS, then SPURIOUS_Q_DIS: the word is not sent. */
	link_bench_write(&b, 0, send, 0x99999980);
	assert_int_equal(link_bench_read(&b, 1, receive), 0x12345600);
	link_bench_write(&b, 0, VSC7448_DEV10G_MAC_CFG_STATUS_MAC_LFS_CFG(2), 0x3);
	link_bench_write(&b, 0, send, 0x99999900);
	assert_int_equal(link_bench_read(&b, 1, receive), 0x12345600);
	link_bench_write(&b, 0, VSC7448_DEV10G_MAC_CFG_STATUS_MAC_LFS_CFG(2), 0x1);
	assert_int_equal(link_bench_read(&b, 1, receive), 0x99999901);
}

static void test_10gbase_r_keeps_seven_words_and_loses_the_eighth(void **state)
{
	(void)state;
	link_bench_plug(&b, 0, 49, WORLD_END_HOST);
	assert_false(mv_link_send_oset(b.model[0], 49, false, 1));
	link_bench_set(&b, 0, 49, BENCH_10GBASE_R);
	clock_wait_us(b.clock, 1000);
	assert_int_equal(link_bench_read(&b, 0, BR_EVENTS(0)), 0x8);
	link_bench_write(&b, 0, BR_EVENTS(0), 0x8);
	for (uint32_t i = 1; i <= 7; i++) {
		assert_int_equal(link_bench_read(&b, 0, BR_FIFO(0)), i - 1);
		assert_true(mv_link_send_oset(b.model[0], 49, false, 0xabc000 + i));
	}
	assert_false(mv_link_send_oset(b.model[0], 49, false, 0xdddddd));
	assert_int_equal(link_bench_read(&b, 0, BR_FIFO(0)), 0x17);
	assert_int_equal(link_bench_read(&b, 0, BR_EVENTS(0)), 0x60);
	for (uint32_t i = 1; i <= 7; i++)
		assert_int_equal(link_bench_read(&b, 0, BR_FIFO_DATA(0)), (0xabc000 + i) << 8);
	assert_int_equal(link_bench_read(&b, 0, BR_FIFO(0)), 0);
	assert_int_equal(link_bench_read(&b, 0, BR_FIFO_DATA(0)), 0);
}

/* A remote fault is an ordered set too: it fills the FIFO for as long as it lasts. */
static void test_a_remote_fault_lands_in_the_fifo(void **state)
{
	(void)state;
	link_bench_cable(&b, 49);
	link_bench_set_both(&b, 49, BENCH_10GBASE_R);
	clock_wait_us(b.clock, 1000);
	mv_link_drop(b.model[1], 49, 10000);
	for (unsigned i = 0; i < 20; i++)
		assert_int_equal(link_bench_read(&b, 0, BR_FIFO_DATA(0)), 0x00000200);
	assert_int_equal(link_bench_read(&b, 0, BR_FIFO(0)), 0x17);
}

#define AN_SM(i)      VSC7448_XGKR1_AN_SM_AN_SM(i)
#define AN_STATUS(i)  VSC7448_XGKR1_KR_7X0001_KR_7X0001(i)
#define KR_CONTROL(i) VSC7448_XGXFI_XFI_CONTROL_KR_CONTROL(i)
#define TR_STATUS(i)  VSC7448_XGKR0_KR_1X0097_KR_1X0097(i)

static void test_kr_negotiates_waits_for_the_rate_and_trains(void **state)
{
	(void)state;
	link_bench_cable(&b, 49);
	link_bench_set_both(&b, 49, BENCH_10GBASE_R);
	link_bench_kr(&b, 0, 49, 1);
	link_bench_kr(&b, 1, 49, 1);
	assert_int_equal(link_bench_read(&b, 0, AN_SM(0)) & 0xf, 1);
	/* break_link_timer: 60 to 75 ms (73.10.2). */
	clock_wait_us(b.clock, 59000);
	assert_int_equal(link_bench_read(&b, 0, AN_SM(0)) & 0xf, 1);
	clock_wait_us(b.clock, 17000);
	assert_int_equal(link_bench_read(&b, 0, AN_SM(0)) & 0xf, 13);
	assert_int_equal(link_bench_read(&b, 0, KR_CONTROL(0)) & 0x7ff, 0x500);
	/* PG_RCVD once, AN_ABLE, AN_LP_ABLE. */
	assert_int_equal(link_bench_read(&b, 0, AN_STATUS(0)), 0x49);
	assert_int_equal(link_bench_read(&b, 0, AN_STATUS(0)), 0x09);
	assert_int_equal(link_bench_read(&b, 0, VSC7448_XGKR1_LP_BASE_PAGE_1_KR_7X0014(0)),
			 0x80);
	/* Nobody answers: it waits. */
	clock_wait_us(b.clock, 1000000);
	assert_int_equal(link_bench_read(&b, 0, AN_SM(0)) & 0xf, 13);
	link_bench_write(&b, 0, KR_CONTROL(0), 0x7ff);
	link_bench_write(&b, 1, KR_CONTROL(0), 0x7ff);
	assert_int_equal(link_bench_read(&b, 0, AN_SM(0)) & 0xf, 5);
	assert_int_equal(link_bench_read(&b, 0, TR_STATUS(0)), 0x4);
	clock_wait_us(b.clock, 50000);
	assert_int_equal(link_bench_read(&b, 0, AN_SM(0)) & 0xf, 7);
	assert_int_equal(link_bench_read(&b, 0, TR_STATUS(0)), 0x3);
	assert_int_equal(link_bench_read(&b, 0, AN_STATUS(0)) & 0x20, 0x20);
	assert_int_equal(link_bench_read(&b, 0, VSC7448_XGKR0_TR_TAPVAL_TR_C0VAL(0)), 0x14);
	assert_true(is_up(0, 49));
	/* LINKSTAT: the loss holds until read. */
	assert_int_equal(link_bench_read(&b, 0, AN_STATUS(0)) & 0x4, 0x4);
	mv_link_drop(b.model[0], 49, 100);
	clock_wait_us(b.clock, 1000000);
	assert_int_equal(link_bench_read(&b, 0, AN_STATUS(0)) & 0x4, 0);
}

static void test_kr_training_fails_after_500_ms_when_only_one_end_trains(void **state)
{
	(void)state;
	link_bench_cable(&b, 49);
	link_bench_set_both(&b, 49, BENCH_10GBASE_R);
	link_bench_kr(&b, 0, 49, 0);
	link_bench_kr(&b, 1, 49, 0);
	clock_wait_us(b.clock, 100000);
	link_bench_read(&b, 0, AN_SM(0));
	link_bench_write(&b, 0, KR_CONTROL(0), 0x7ff);
	clock_wait_us(b.clock, 499000);
	assert_int_equal(link_bench_read(&b, 0, TR_STATUS(0)), 0x4);
	clock_wait_us(b.clock, 2000);
	assert_int_equal(link_bench_read(&b, 0, TR_STATUS(0)), 0x8);
	assert_false(is_up(0, 49));
}

/* One asks, the other can: negotiated (73.6.5); both have to switch it on. */
static void test_kr_forward_error_correction_is_for_both_or_none(void **state)
{
	(void)state;
	link_bench_cable(&b, 49);
	link_bench_set_both(&b, 49, BENCH_10GBASE_R);
	link_bench_kr(&b, 0, 49, 3);
	link_bench_kr(&b, 1, 49, 1);
	clock_wait_us(b.clock, 100000);
	for (unsigned i = 0; i < 2; i++) {
		link_bench_read(&b, i, AN_SM(0));
		link_bench_write(&b, i, KR_CONTROL(0), 0x7ff);
	}
	clock_wait_us(b.clock, 100000);
	/* KR_FEC_ENABLE and its request. */
	assert_int_equal(link_bench_read(&b, 1, KR_CONTROL(0)) & 0x10200, 0x10200);
	link_bench_write(&b, 0, VSC7448_PCS10G_BR_KR_FEC_CFG_KR_FEC_CFG(0), 0x111);
	clock_wait_us(b.clock, 10000);
	assert_false(is_up(0, 49));
	link_bench_write(&b, 1, VSC7448_PCS10G_BR_KR_FEC_CFG_KR_FEC_CFG(0), 0x111);
	clock_wait_us(b.clock, 10000);
	assert_true(is_up(0, 49));
	mv_link_corrupt(b.model[0], 49, 1e-8);
	clock_wait_us(b.clock, 1000000);
	assert_int_equal(
		link_bench_read(&b, 0, VSC7448_PCS10G_BR_KR_FEC_HA_STATUS_KR_FEC_CORRECTED(0)),
		103);
	assert_int_equal(
		link_bench_read(&b, 0, VSC7448_PCS10G_BR_PCS_10GBR_HA_STATUS_RX_ERRBLK_CNT(0)),
		0);
}

/* A loop returns the own nonce (73.7.7): auto-negotiation must not succeed. */
static void test_kr_does_not_negotiate_with_itself(void **state)
{
	(void)state;
	link_bench_plug(&b, 0, 49, WORLD_END_LOOP);
	link_bench_set(&b, 0, 49, BENCH_10GBASE_R);
	link_bench_kr(&b, 0, 49, 0);
	clock_wait_us(b.clock, 1000000);
	assert_int_equal(link_bench_read(&b, 0, AN_SM(0)) & 0xf, 2);
	assert_int_equal(link_bench_read(&b, 0, VSC7448_XGKR1_AN_STS0_AN_STS0(0)) & 0x100,
			 0x100);
}

static void test_a_soft_reset_takes_links_down_at_both_ends(void **state)
{
	(void)state;
	link_bench_cable(&b, 0);
	link_bench_set_both(&b, 0, BENCH_1000BASE_X);
	clock_wait_us(b.clock, 1000);
	assert_true(is_up(1, 0));
	link_bench_write(&b, 0, VSC7448_DEVCPU_GCB_CHIP_REGS_SOFT_RST, 2);
	assert_false(is_up(0, 0));
	assert_false(is_up(1, 0));
	assert_int_equal(link_bench_read(&b, 1, DEV1G_PORT0(PCS1G_CFG_STATUS_PCS1G_STICKY)),
			 0x11);
}

static void test_loops_in_the_pcs_need_no_plug(void **state)
{
	(void)state;
	link_bench_set(&b, 0, 0, BENCH_1000BASE_X);
	link_bench_write(&b, 0, DEV1G_PORT0(PCS1G_CFG_STATUS_PCS1G_LB_CFG), 1);
	clock_wait_us(b.clock, 1000);
	assert_true(is_up(0, 0));
	/* What is received is sent back: the far end sees itself. */
	link_bench_cable(&b, 1);
	link_bench_set(&b, 1, 1, BENCH_1000BASE_X);
	link_bench_set(&b, 0, 1, BENCH_1000BASE_X);
	link_bench_write(&b, 0, VSC7448_DEV1G_PCS1G_CFG_STATUS_PCS1G_LB_CFG(1), 2);
	clock_wait_us(b.clock, 1000);
	assert_true(is_up(1, 1));
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_each_mode_comes_up_over_a_cable_in_its_time),
		T(test_each_mode_comes_up_on_a_plug_and_to_a_host),
		T(test_modes_that_do_not_fit_stay_down),
		T(test_speeds_that_differ_pass_no_frames),
		T(test_a_serdes_that_is_off_or_at_another_rate_keeps_the_link_down),
		T(test_clause_37_takes_three_link_timers_and_tells_the_partner),
		T(test_sgmii_hears_the_word_of_a_phy),
		T(test_one_end_that_does_not_negotiate_keeps_the_other_down),
		T(test_a_loss_latches_and_is_counted_until_cleared),
		T(test_100base_fx_waits_its_hysteresis),
		T(test_100base_fx_tells_the_far_end_of_a_fault),
		T(test_xaui_lanes_align_and_faults_reach_the_other_end),
		T(test_10gbase_r_locks_and_a_high_error_rate_takes_it_down),
		T(test_xaui_words_arrive_with_their_changed_bit),
		T(test_10gbase_r_keeps_seven_words_and_loses_the_eighth),
		T(test_a_remote_fault_lands_in_the_fifo),
		T(test_kr_negotiates_waits_for_the_rate_and_trains),
		T(test_kr_training_fails_after_500_ms_when_only_one_end_trains),
		T(test_kr_forward_error_correction_is_for_both_or_none),
		T(test_kr_does_not_negotiate_with_itself),
		T(test_a_soft_reset_takes_links_down_at_both_ends),
		T(test_loops_in_the_pcs_need_no_plug),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
