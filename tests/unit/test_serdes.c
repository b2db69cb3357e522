/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lanes of a port's SerDes, against what is set up. */
#include "hal/vsc7448/serdes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "hal/vsc7448/chip.h"
#include "hal/vsc7448/port.h"
#include "tests/lib/chip_bench.h"
#include "vsc7448_regs.h"

static int set_up(struct chip_bench *b, uint32_t port, enum link_mode mode, struct error *err)
{
	struct vsc7448_port_conf conf;
	struct vsc7448_port_map map;
	int rc;

	vsc7448_port_map_base(&map);
	rc = vsc7448_init(b->chip, &map, 0, err);
	vsc7448_port_conf_default(mode, &conf);
	return rc == 0 ? vsc7448_port_conf_set(b->chip, port, &conf, err) : rc;
}

/* Levels: HOWTO 5b (1000BASE-X OB_AMP_CTRL 15, 6G at 1G OB_LEV 48), the vendor traces of XAUI (63) and SFI (7); lanes: ports.csv. */
static void test_lanes_of_each_kind(void **state)
{
	static const struct {
		uint64_t first;
		uint32_t port, n_lanes, level;
		enum link_mode mode;
	} kinds[] = {
		{ UINT64_C(1) << 1, 0, 1, 15, LINK_MODE_1000BASE_X },
		{ UINT64_C(1) << 16, 8, 1, 48, LINK_MODE_1000BASE_X },
		{ UINT64_C(1) << 36, 50, 4, 63, LINK_MODE_XAUI },
		{ UINT64_C(1) << 48, 49, 1, 7, LINK_MODE_10GBASE_R },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct vsc7448_serdes got;
		struct error err = { 0 };
		struct chip_bench b;

		chip_bench_open(&b, "mock:");
		assert_int_equal(set_up(&b, kinds[i].port, kinds[i].mode, &err), 0);
		chip_bench_reopen(&b);
		if (vsc7448_serdes_read(b.chip, kinds[i].port, &err, &got) != 0)
			fail_msg("%s", err.text);
		assert_int_equal(got.mode, kinds[i].mode);
		assert_int_equal(got.n_lanes, kinds[i].n_lanes);
		assert_int_equal(got.lane[0].serdes, kinds[i].first);
		assert_int_equal(got.lane[0].level, kinds[i].level);
		for (size_t k = 0; k < got.n_lanes; k++) {
			assert_true(got.lane[k].on);
			assert_true(got.lane[k].pll_good);
		}
		assert_int_equal(vsc7448_port_disable(b.chip, kinds[i].port, &err), 0);
		assert_int_equal(vsc7448_serdes_read(b.chip, kinds[i].port, &err, &got), 0);
		if (kinds[i].mode == LINK_MODE_10GBASE_R)
			assert_false(got.lane[0].on);
		chip_bench_close(&b);
	}
}

static void test_a_pll_that_is_not_calibrated_is_bad(void **state)
{
	struct vsc7448_serdes got;
	struct error err = { 0 };
	struct chip_bench b;

	(void)state;
	chip_bench_open(&b, "mock:");
	assert_int_equal(set_up(&b, 0, LINK_MODE_1000BASE_X, &err), 0);
	chip_bench_stick(&b, VSC7448_HSIO_SERDES1G_ANA_STATUS_SERDES1G_PLL_STATUS,
			 UINT32_C(1) << 12, UINT32_C(1) << 12);
	assert_int_equal(vsc7448_serdes_read(b.chip, 0, &err, &got), 0);
	assert_false(got.lane[0].pll_good);
	chip_bench_close(&b);
}

static int read_xaui(struct chip_bench *b, struct error *err)
{
	struct vsc7448_serdes got;

	return vsc7448_serdes_read(b->chip, 50, err, &got);
}

static int prepare_xaui(struct chip_bench *b, struct error *err)
{
	return set_up(b, 50, LINK_MODE_XAUI, err);
}

static void test_any_access_may_fail(void **state)
{
	(void)state;
	assert_true(chip_bench_sweep(prepare_xaui, read_xaui) > 24);
}

static void test_a_port_that_is_not_set_up_is_refused(void **state)
{
	struct vsc7448_serdes got = { .n_lanes = 9 };
	struct error err = { 0 };
	struct chip_bench b;

	(void)state;
	chip_bench_open(&b, "mock:");
	assert_int_equal(vsc7448_serdes_read(b.chip, 0, &err, &got), E_STATE);
	assert_int_equal(got.n_lanes, 9);
	chip_bench_close(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lanes_of_each_kind),
		cmocka_unit_test(test_a_pll_that_is_not_calibrated_is_bad),
		cmocka_unit_test(test_any_access_may_fail),
		cmocka_unit_test(test_a_port_that_is_not_set_up_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
