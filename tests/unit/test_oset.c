/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ordered sets between two wired mock chips, and from an FPGA on 10GBASE-R. */
#include "hal/vsc7448/oset.h"

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

static void up(uint32_t port, enum bench_mode mode)
{
	link_bench_cable(&b, port);
	link_bench_set_both(&b, port, mode);
	clock_wait_us(b.clock, 1000);
	assert_true(mv_link_is_up(b.model[0], port));
	for (unsigned i = 0; i < 2; i++)
		vsc7448_forget(b.chip[i]);
}

static void send(unsigned chip, uint32_t port, uint32_t word)
{
	struct error err = { 0 };

	if (vsc7448_oset_send(b.chip[chip], port, word, &err) != 0)
		fail_msg("%s", err.text);
}

static struct vsc7448_oset take(unsigned chip, uint32_t port)
{
	struct vsc7448_oset oset;
	struct error err = { 0 };

	if (vsc7448_oset_take(b.chip[chip], port, &err, &oset) != 0)
		fail_msg("%s", err.text);
	return oset;
}

static void test_words_pass_both_ways_over_xaui_and_rxaui(void **state)
{
	static const enum bench_mode modes[] = { BENCH_XAUI, BENCH_RXAUI };

	(void)state;
	for (uint32_t i = 0; i < 2; i++) {
		const uint32_t port = 49 + i;
		struct vsc7448_oset oset;

		up(port, modes[i]);
		assert_int_equal(take(1, port).n_words, 0);
		send(0, port, 0x123456 + i);
		send(1, port, 0x654321 + i);
		oset = take(1, port);
		assert_int_equal(oset.n_words, 1);
		assert_int_equal(oset.words[0], 0x123456 + i);
		assert_true(oset.changed && oset.sends && !oset.queued);
		assert_int_equal(oset.sent, 0x654321 + i);
		assert_int_equal(take(0, port).words[0], 0x654321 + i);
		/* The same word again is nothing new, another one is. */
		send(0, port, 0x123456 + i);
		oset = take(1, port);
		assert_false(oset.changed);
		assert_int_equal(oset.words[0], 0x123456 + i);
		send(0, port, 0xffffff);
		assert_true(take(1, port).changed);
		send(0, port, 0);
		assert_false(take(0, port).sends);
	}
}

static void test_sending_undoes_what_holds_words_back(void **state)
{
	(void)state;
	up(49, BENCH_XAUI);
	link_bench_write(&b, 0, VSC7448_DEV10G_MAC_CFG_STATUS_MAC_LFS_CFG(0), 0x3);
	link_bench_write(&b, 0, VSC7448_DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_TX_SEQ_CFG(0),
			 0x80);
	vsc7448_forget(b.chip[0]);
	send(0, 49, 0x400001);
	assert_int_equal(take(1, 49).words[0], 0x400001);
	assert_int_equal(link_bench_read(&b, 0, VSC7448_DEV10G_MAC_CFG_STATUS_MAC_LFS_CFG(0)),
			 0x1);
}

static void refuse(uint32_t port, uint32_t word, int code, const char *part)
{
	struct error err = { 0 };

	assert_int_equal(vsc7448_oset_send(b.chip[0], port, word, &err), code);
	if (strstr(err.text, part) == NULL)
		fail_msg("'%s' does not say '%s'", err.text, part);
}

static void test_what_cannot_be_sent_is_refused_with_the_reason(void **state)
{
	(void)state;
	up(49, BENCH_XAUI);
	up(50, BENCH_10GBASE_R);
	up(0, BENCH_1000BASE_X);
	refuse(49, 0x1000000, E_RANGE, "24 bits");
	refuse(49, VSC7448_OSET_LOCAL_FAULT, E_RANGE, "link fault");
	refuse(49, VSC7448_OSET_INTERRUPTION, E_RANGE, "link fault");
	refuse(50, 0x123456, E_NOTSUP, "receives ordered sets but has no register to send");
	refuse(0, 0x123456, E_NOTSUP, "1000base-x");
	refuse(52, 0x123456, E_STATE, "not set up");
	up(51, BENCH_2X6G);
	refuse(51, 0x123456, E_NOTSUP, "PCS2X6G");
	assert_int_equal(take(1, 49).n_words, 0);
}

static void test_10gbase_r_takes_words_of_both_kinds_in_order(void **state)
{
	struct vsc7448_oset oset;

	(void)state;
	up(51, BENCH_10GBASE_R);
	assert_true(mv_link_send_oset(b.model[0], 51, false, 0x111111));
	assert_true(mv_link_send_oset(b.model[0], 51, true, 0x222222));
	assert_true(mv_link_send_oset(b.model[0], 51, false, 0x333333));
	oset = take(0, 51);
	assert_int_equal(oset.n_words, 3);
	assert_int_equal(oset.words[0], 0x111111);
	assert_int_equal(oset.words[1], 0x333333);
	assert_int_equal(oset.words[2], 0x222222);
	assert_true(oset.queued && oset.signal[2] && !oset.signal[1] && !oset.may_lack);
	assert_int_equal(take(0, 51).n_words, 0);
}

static void test_10gbase_r_tells_that_words_may_be_lost(void **state)
{
	struct vsc7448_oset oset;

	(void)state;
	up(49, BENCH_10GBASE_R);
	for (uint32_t i = 1; i <= 9; i++)
		assert_int_equal(mv_link_send_oset(b.model[0], 49, false, 0x500000 + i),
				 i <= 7);
	oset = take(0, 49);
	assert_int_equal(oset.n_words, 7);
	assert_int_equal(oset.words[6], 0x500007);
	assert_true(oset.may_lack);
	/* Told once; six words are no loss. */
	for (uint32_t i = 1; i <= 6; i++)
		assert_true(mv_link_send_oset(b.model[0], 49, false, 0x600000 + i));
	oset = take(0, 49);
	assert_int_equal(oset.n_words, 6);
	assert_false(oset.may_lack);
}

/* Full, then emptied in part by another reader: the sticky bit remembers. */
static void test_a_fifo_that_was_full_is_told_too(void **state)
{
	struct vsc7448_oset oset;

	(void)state;
	up(49, BENCH_10GBASE_R);
	for (uint32_t i = 1; i <= 8; i++)
		mv_link_send_oset(b.model[0], 49, false, 0x700000 + i);
	link_bench_read(&b, 0, VSC7448_PCS10G_BR_PCS_10GBR_HA_STATUS_RX_OSET_FIFO_DATA(0));
	oset = take(0, 49);
	assert_int_equal(oset.n_words, 6);
	assert_true(oset.may_lack);
}

static void test_a_remote_fault_is_received_as_a_word(void **state)
{
	struct vsc7448_oset oset;

	(void)state;
	up(49, BENCH_10GBASE_R);
	mv_link_drop(b.model[1], 49, 100000);
	oset = take(0, 49);
	assert_int_equal(oset.n_words, 7);
	assert_int_equal(oset.words[0], VSC7448_OSET_REMOTE_FAULT);
	assert_true(oset.may_lack);
}

static void test_waiting_for_a_word_ends_when_it_comes(void **state)
{
	const struct vsc7448_oset_wait fresh = { 50000, true }, any = { 50000, false };
	struct vsc7448_oset oset;
	struct error err = { 0 };

	(void)state;
	up(49, BENCH_XAUI);
	up(50, BENCH_10GBASE_R);
	/* What is there ends a wait that is not for a fresh word. */
	send(0, 49, 0x111111);
	assert_int_equal(vsc7448_oset_wait(b.chip[1], 49, &any, &err, &oset), 0);
	assert_int_equal(oset.words[0], 0x111111);
	assert_true(mv_link_send_oset(b.model[0], 50, false, 0x222222));
	assert_int_equal(vsc7448_oset_wait(b.chip[0], 50, &any, &err, &oset), 0);
	assert_int_equal(oset.words[0], 0x222222);
	/* An old word does not end a wait for a fresh one. */
	assert_true(mv_link_send_oset(b.model[0], 50, false, 0x333333));
	assert_int_equal(vsc7448_oset_wait(b.chip[0], 50, &fresh, &err, &oset), E_TIMEOUT);
	assert_int_equal(take(0, 50).n_words, 0);
}

static void test_a_wait_that_ends_names_register_bit_and_time(void **state)
{
	const struct vsc7448_oset_wait wait = { 50000, true };
	struct vsc7448_oset oset = { .n_words = 77 };
	struct error err = { 0 };
	uint64_t start_us;

	(void)state;
	up(49, BENCH_XAUI);
	up(50, BENCH_10GBASE_R);
	start_us = clock_now_us(b.clock);
	assert_int_equal(vsc7448_oset_wait(b.chip[0], 49, &wait, &err, &oset), E_TIMEOUT);
	assert_string_equal(err.text,
			    "DEV10G[0]:PCS_XAUI_STATUS:PCS_XAUI_RX_SEQ_REC_STATUS."
			    "RX_Q_CHANGED_STICKY was not 0x1 within 50000 us, last 0x0");
	assert_in_range(clock_now_us(b.clock) - start_us, 50000, 51000);
	assert_int_equal(vsc7448_oset_wait(b.chip[0], 50, &wait, &err, &oset), E_TIMEOUT);
	assert_string_equal(err.text, "PCS10G_BR[1]:PCS_10GBR_STATUS:PCS_INTR_STAT."
				      "RX_OSET_STICKY was not 0x1 within 50000 us, last 0x0");
	assert_int_equal(oset.n_words, 77);
}

/* --- faults -------------------------------------------------------------------------------- */

static int xaui_50(struct chip_bench *c, struct error *err)
{
	(void)err;
	chip_bench_poke(c, VSC7448_HSIO_HW_CFGSTAT_HW_CFG, 1u << 14);
	chip_bench_poke(c, VSC7448_DEV10G_DEV_CFG_STATUS_DEV_RST_CTRL(1), 0x00400000);
	chip_bench_poke(c, VSC7448_DEV10G_PCS_XAUI_CONFIGURATION_PCS_XAUI_CFG(1), 1);
	return 0;
}

static int send_50(struct chip_bench *c, struct error *err)
{
	return vsc7448_oset_send(c->chip, 50, 0x123456, err);
}

static int take_50(struct chip_bench *c, struct error *err)
{
	struct vsc7448_oset oset;

	return vsc7448_oset_take(c->chip, 50, err, &oset);
}

static int base_r_50(struct chip_bench *c, struct error *err)
{
	(void)err;
	chip_bench_poke(c, VSC7448_DEV10G_DEV_CFG_STATUS_DEV_RST_CTRL(1), 0x00700000);
	chip_bench_poke(c, VSC7448_PCS10G_BR_PCS_10GBR_CFG_PCS_CFG(1), 0x80000000);
	return 0;
}

static void test_every_access_can_fail(void **state)
{
	(void)state;
	/* 14 of configuration and 3 to tell KR; LFS_CFG is read and needs no write, TX_SEQ_CFG is written whole. */
	assert_int_equal(chip_bench_sweep(xaui_50, send_50), 14 + 2);
	assert_int_equal(chip_bench_sweep(xaui_50, take_50), 14 + 2);
	assert_int_equal(chip_bench_sweep(base_r_50, take_50), 14 + 3 + 3);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_words_pass_both_ways_over_xaui_and_rxaui),
		T(test_sending_undoes_what_holds_words_back),
		T(test_what_cannot_be_sent_is_refused_with_the_reason),
		T(test_10gbase_r_takes_words_of_both_kinds_in_order),
		T(test_10gbase_r_tells_that_words_may_be_lost),
		T(test_a_fifo_that_was_full_is_told_too),
		T(test_a_remote_fault_is_received_as_a_word),
		T(test_waiting_for_a_word_ends_when_it_comes),
		T(test_a_wait_that_ends_names_register_bit_and_time),
		cmocka_unit_test(test_every_access_can_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
