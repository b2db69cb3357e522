/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/mcb.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "drv/mock_vsc7448/serdes.h"
#include "hal/vsc7448/vsc7448_priv.h"
#include "tests/lib/chip_bench.h"

#define DES_CFG VSC7448_HSIO_SERDES1G_ANA_CFG_SERDES1G_DES_CFG
#define PLL_CFG VSC7448_HSIO_SERDES6G_ANA_CFG_SERDES6G_PLL_CFG
#define ADDR_1G VSC7448_HSIO_MCB_SERDES1G_CFG_MCB_SERDES1G_ADDR_CFG
#define ADDR_6G VSC7448_HSIO_MCB_SERDES6G_CFG_MCB_SERDES6G_ADDR_CFG

static int setup(void **state)
{
	static struct chip_bench b;

	chip_bench_open(&b, "mock:");
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	chip_bench_close(*state);
	return 0;
}

static void put_des(struct regio *io, uint32_t macro, uint32_t bw)
{
	vsc7448__mcb_load(io, MCB_SERDES1G, UINT32_C(1) << macro);
	regio_fields(io, DES_CFG, F(HSIO_SERDES1G_ANA_CFG_SERDES1G_DES_CFG, DES_BW_ANA, bw));
	vsc7448__mcb_store(io, MCB_SERDES1G, UINT32_C(1) << macro);
}

static uint32_t des_bw(struct chip_bench *b, uint32_t macro)
{
	return (uint32_t)reg_field_get(
		mv_macro_get(b->model, MV_SERDES1G, macro, DES_CFG),
		VSC7448_HSIO_SERDES1G_ANA_CFG_SERDES1G_DES_CFG__DES_BW_ANA);
}

static void test_each_macro_keeps_what_was_stored_into_it(void **state)
{
	struct chip_bench *b = *state;
	struct regio *io = b->chip->io;
	struct error err = { 0 };
	uint32_t value;

	put_des(io, 1, 6);
	put_des(io, 8, 2);
	assert_int_equal(regio_end(io, &err), 0);
	assert_int_equal(des_bw(b, 1), 6);
	assert_int_equal(des_bw(b, 8), 2);
	vsc7448__mcb_load(io, MCB_SERDES1G, 1 << 1);
	assert_int_equal(regio_read(io, DES_CFG, &value), 0);
	assert_int_equal(regio_end(io, &err), 0);
	assert_int_equal(
		reg_field_get(value,
			      VSC7448_HSIO_SERDES1G_ANA_CFG_SERDES1G_DES_CFG__DES_BW_ANA),
		6);
}

/* The window shows macro 8's registers when macro 1 is loaded: a stale shadow would miss it. */
static void test_a_load_forgets_what_was_known_of_the_window(void **state)
{
	struct chip_bench *b = *state;
	struct regio *io = b->chip->io;
	struct error err = { 0 };
	uint32_t value;

	put_des(io, 1, 6);
	put_des(io, 8, 2);
	vsc7448__mcb_load(io, MCB_SERDES1G, 1 << 1);
	assert_int_equal(regio_get(io, DES_CFG, &value), 0);
	assert_int_equal(regio_end(io, &err), 0);
	assert_int_equal(
		reg_field_get(value,
			      VSC7448_HSIO_SERDES1G_ANA_CFG_SERDES1G_DES_CFG__DES_BW_ANA),
		6);
}

static void test_a_store_goes_to_every_marked_macro_and_no_other(void **state)
{
	struct chip_bench *b = *state;
	struct regio *io = b->chip->io;
	struct error err = { 0 };
	uint32_t before = mv_macro_get(b->model, MV_SERDES6G, 15, PLL_CFG);

	vsc7448__mcb_load(io, MCB_SERDES6G, 1 << 16);
	regio_fields(io, PLL_CFG,
		     F(HSIO_SERDES6G_ANA_CFG_SERDES6G_PLL_CFG, PLL_FSM_CTRL_DATA, 48));
	vsc7448__mcb_store(io, MCB_SERDES6G, UINT32_C(0xf) << 16);
	assert_int_equal(regio_end(io, &err), 0);
	for (uint32_t macro = 16; macro < 20; macro++)
		assert_int_equal(
			reg_field_get(
				mv_macro_get(b->model, MV_SERDES6G, macro, PLL_CFG),
				VSC7448_HSIO_SERDES6G_ANA_CFG_SERDES6G_PLL_CFG__PLL_FSM_CTRL_DATA),
			48);
	assert_int_equal(mv_macro_get(b->model, MV_SERDES6G, 15, PLL_CFG), before);
	assert_int_equal(mv_macro_get(b->model, MV_SERDES6G, 20, PLL_CFG), before);
}

static void test_a_change_of_a_cold_macro_costs_six_accesses(void **state)
{
	struct chip_bench *b = *state;
	struct error err = { 0 };

	put_des(b->chip->io, 3, 5);
	assert_int_equal(regio_end(b->chip->io, &err), 0);
	/* Load and store: a write and a wait each; the register: a read and a write. */
	assert_int_equal(chip_bench_reads(b), 3);
	assert_int_equal(chip_bench_writes(b), 3);
}

static void times_out(struct chip_bench *b, enum mcb_kind kind, uint32_t shot, const char *what)
{
	struct error err = { 0 };

	chip_bench_stick(b, kind == MCB_SERDES1G ? ADDR_1G : ADDR_6G, shot, shot);
	if (shot >> 30 == 1)
		vsc7448__mcb_load(b->chip->io, kind, 1);
	else
		vsc7448__mcb_store(b->chip->io, kind, 1);
	assert_int_equal(regio_end(b->chip->io, &err), E_TIMEOUT);
	assert_non_null(strstr(err.text, what));
	assert_non_null(strstr(err.text, "10000 us"));
}

static void test_a_load_of_a_1g_macro_that_never_ends_names_its_bit(void **state)
{
	times_out(*state, MCB_SERDES1G, UINT32_C(1) << 30,
		  "HSIO:MCB_SERDES1G_CFG:MCB_SERDES1G_ADDR_CFG.SERDES1G_RD_ONE_SHOT");
}

static void test_a_store_of_a_1g_macro_that_never_ends_names_its_bit(void **state)
{
	times_out(*state, MCB_SERDES1G, UINT32_C(1) << 31, "SERDES1G_WR_ONE_SHOT");
}

static void test_a_load_of_a_6g_macro_that_never_ends_names_its_bit(void **state)
{
	times_out(*state, MCB_SERDES6G, UINT32_C(1) << 30,
		  "HSIO:MCB_SERDES6G_CFG:MCB_SERDES6G_ADDR_CFG.SERDES6G_RD_ONE_SHOT");
}

static void test_a_store_of_a_6g_macro_that_never_ends_names_its_bit(void **state)
{
	times_out(*state, MCB_SERDES6G, UINT32_C(1) << 31, "SERDES6G_WR_ONE_SHOT");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	static const struct CMUnitTest tests[] = {
		TEST(test_each_macro_keeps_what_was_stored_into_it),
		TEST(test_a_load_forgets_what_was_known_of_the_window),
		TEST(test_a_store_goes_to_every_marked_macro_and_no_other),
		TEST(test_a_change_of_a_cold_macro_costs_six_accesses),
		TEST(test_a_load_of_a_1g_macro_that_never_ends_names_its_bit),
		TEST(test_a_store_of_a_1g_macro_that_never_ends_names_its_bit),
		TEST(test_a_load_of_a_6g_macro_that_never_ends_names_its_bit),
		TEST(test_a_store_of_a_6g_macro_that_never_ends_names_its_bit),
	};

	return cmocka_run_group_tests_name("the MCB", tests, NULL, NULL);
}
