/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Loops: that they loop, on the model; the registers that the vendor's driver leaves. */
#include "hal/vsc7448/loopback.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "drv/clock.h"
#include "drv/world.h"
#include "hal/vsc7448/chip.h"
#include "hal/vsc7448/link_status.h"
#include "hal/vsc7448/port.h"
#include "tests/lib/chip_bench.h"
#include "tests/lib/vendor_group.h"
#include "vsc7448_regs.h"

static int init(struct vsc7448 *chip, struct error *err)
{
	struct vsc7448_port_map map;

	vsc7448_port_map_base(&map);
	return vsc7448_init(chip, &map, 0, err);
}

static int set_up(struct vsc7448 *chip, uint32_t port, enum link_mode mode, struct error *err)
{
	struct vsc7448_port_conf conf;

	vsc7448_port_conf_default(mode, &conf);
	return vsc7448_port_conf_set(chip, port, &conf, err);
}

static void open_port(struct chip_bench *b, uint32_t port, enum link_mode mode)
{
	struct error err = { 0 };

	chip_bench_open(b, "mock:");
	if (init(b->chip, &err) != 0 || set_up(b->chip, port, mode, &err) != 0)
		fail_msg("%s", err.text);
}

static bool has_link(struct chip_bench *b, uint32_t port)
{
	struct vsc7448_link link;
	struct error err = { 0 };

	for (int look = 0; look < 2; look++) {
		clock_wait_us(world_clock(b->world), 2000000);
		vsc7448_forget(b->chip);
		assert_int_equal(vsc7448_link(b->chip, port, 0, &err, &link), 0);
	}
	return link.link;
}

static void loop(struct chip_bench *b, uint32_t port, enum vsc7448_loop which)
{
	enum vsc7448_loop got = VSC7448_LOOP_COUNT;
	struct error err = { 0 };

	if (vsc7448_loop_set(b->chip, port, which, &err) != 0)
		fail_msg("port %u: %s", port, err.text);
	chip_bench_reopen(b);
	assert_int_equal(vsc7448_loop_get(b->chip, port, &err, &got), 0);
	assert_int_equal(got, which);
}

static const struct {
	uint32_t port;
	enum link_mode mode;
} kinds[] = {
	{ 0, LINK_MODE_1000BASE_X },  { 0, LINK_MODE_100BASE_FX }, { 8, LINK_MODE_1000BASE_X },
	{ 48, LINK_MODE_1000BASE_X }, { 49, LINK_MODE_10GBASE_R }, { 50, LINK_MODE_XAUI },
	{ 51, LINK_MODE_1000BASE_X },
};

/* Nothing is plugged in, so a link can only come of the loop. */
static void test_a_port_alone_has_a_link_in_equipment_and_pcs_loops(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		uint32_t port = kinds[i].port;
		struct chip_bench b;

		open_port(&b, port, kinds[i].mode);
		assert_false(has_link(&b, port));
		loop(&b, port, VSC7448_LOOP_EQUIPMENT);
		if (!has_link(&b, port))
			fail_msg("port %u %s: no link", port, link_mode_names[kinds[i].mode]);
		loop(&b, port, VSC7448_LOOP_OFF);
		assert_false(has_link(&b, port));
		loop(&b, port, VSC7448_LOOP_PCS);
		if (!has_link(&b, port))
			fail_msg("port %u %s: no link", port, link_mode_names[kinds[i].mode]);
		loop(&b, port, VSC7448_LOOP_FACILITY);
		assert_false(has_link(&b, port));
		loop(&b, port, VSC7448_LOOP_OFF);
		chip_bench_close(&b);
	}
}

/*
 * Two ports and a cable: port 1 negotiates, port 0 does not, so that there is no link until port
 * 1 hears itself.
 */
static void test_a_facility_loop_sends_back_what_comes(void **state)
{
	const struct world_end cable = { .kind = WORLD_END_PORT,
					 .device = "switch",
					 .port = 1 };
	struct vsc7448_port_conf conf;
	struct error err = { 0 };
	struct chip_bench b;

	(void)state;
	open_port(&b, 0, LINK_MODE_1000BASE_X);
	vsc7448_port_conf_default(LINK_MODE_1000BASE_X, &conf);
	conf.clause37 = true;
	assert_int_equal(vsc7448_port_conf_set(b.chip, 1, &conf, &err), 0);
	assert_int_equal(world_plug(b.world, "switch", 0, &cable, &err), 0);
	assert_false(has_link(&b, 1));
	loop(&b, 0, VSC7448_LOOP_FACILITY);
	assert_true(has_link(&b, 1));
	loop(&b, 0, VSC7448_LOOP_OFF);
	assert_false(has_link(&b, 1));
	chip_bench_close(&b);
}

static void test_signal_detect_comes_back_as_it_was(void **state)
{
	struct vsc7448_port_conf conf;
	struct error err = { 0 };
	struct chip_bench b;
	bool is_set_up;

	(void)state;
	for (uint32_t i = 0; i < VSC7448_SIGDET_COUNT; i++) {
		open_port(&b, 0, LINK_MODE_1000BASE_X);
		vsc7448_port_conf_default(LINK_MODE_1000BASE_X, &conf);
		conf.sigdet = (enum vsc7448_sigdet)i;
		assert_int_equal(vsc7448_port_conf_set(b.chip, 0, &conf, &err), 0);
		loop(&b, 0, VSC7448_LOOP_EQUIPMENT);
		loop(&b, 0, VSC7448_LOOP_PCS);
		assert_int_equal(vsc7448_port_conf_get(b.chip, 0, &err, &is_set_up, &conf), 0);
		assert_int_equal(conf.sigdet, VSC7448_SIGDET_NONE);
		loop(&b, 0, VSC7448_LOOP_OFF);
		assert_int_equal(vsc7448_port_conf_get(b.chip, 0, &err, &is_set_up, &conf), 0);
		assert_int_equal(conf.sigdet, i);
		chip_bench_close(&b);
	}
}

static void test_a_port_that_is_not_set_up_is_refused(void **state)
{
	enum vsc7448_loop got = VSC7448_LOOP_COUNT;
	struct error err = { 0 };
	struct chip_bench b;

	(void)state;
	open_port(&b, 0, LINK_MODE_1000BASE_X);
	chip_bench_forget_log(&b);
	assert_int_equal(vsc7448_loop_set(b.chip, 1, VSC7448_LOOP_PCS, &err), E_STATE);
	assert_int_equal(chip_bench_writes(&b), 0);
	assert_int_equal(vsc7448_loop_get(b.chip, 1, &err, &got), E_STATE);
	assert_int_equal(got, VSC7448_LOOP_COUNT);
	assert_int_equal(vsc7448_loop_set(b.chip, 53, VSC7448_LOOP_PCS, &err), E_RANGE);
	chip_bench_close(&b);
}

static void test_qsgmii_ports_loop_alone_in_the_pcs_only(void **state)
{
	struct error err = { 0 };
	struct chip_bench b;

	(void)state;
	open_port(&b, 4, LINK_MODE_QSGMII);
	assert_int_equal(set_up(b.chip, 5, LINK_MODE_QSGMII, &err), 0);
	assert_int_equal(vsc7448_loop_set(b.chip, 5, VSC7448_LOOP_EQUIPMENT, &err), E_STATE);
	assert_non_null(strstr(err.text, "shares its SerDes with port 4"));
	chip_bench_forget_log(&b);
	assert_int_equal(vsc7448_loop_set(b.chip, 5, VSC7448_LOOP_PCS, &err), 0);
	for (size_t i = 0; i < b.n_access; i++)
		if (b.access[i].kind == BUS_OP_WRITE &&
		    b.access[i].addr == VSC7448_HSIO_MCB_SERDES6G_CFG_MCB_SERDES6G_ADDR_CFG)
			assert_int_equal(b.access[i].value >> 31, 0);
	loop(&b, 5, VSC7448_LOOP_PCS);
	loop(&b, 5, VSC7448_LOOP_OFF);
	chip_bench_close(&b);
}

static void test_a_macro_that_never_answers_is_named(void **state)
{
	struct error err = { 0 };
	struct chip_bench b;

	(void)state;
	open_port(&b, 0, LINK_MODE_1000BASE_X);
	chip_bench_stick(&b, VSC7448_HSIO_MCB_SERDES1G_CFG_MCB_SERDES1G_ADDR_CFG,
			 UINT32_C(1) << 31, UINT32_C(1) << 31);
	assert_int_equal(vsc7448_loop_set(b.chip, 0, VSC7448_LOOP_EQUIPMENT, &err), E_TIMEOUT);
	assert_non_null(strstr(err.text, "SERDES1G_WR_ONE_SHOT was not 0x0"));
	chip_bench_close(&b);
}

/* --- faults ------------------------------------------------------------------------------ */

static int prepare_faults(struct chip_bench *b, struct error *err)
{
	int rc = init(b->chip, err);

	if (rc == 0)
		rc = set_up(b->chip, 8, LINK_MODE_1000BASE_X, err);
	return rc != 0 ? rc : set_up(b->chip, 49, LINK_MODE_10GBASE_R, err);
}

static int loop_6g(struct chip_bench *b, struct error *err)
{
	return vsc7448_loop_set(b->chip, 8, VSC7448_LOOP_EQUIPMENT, err);
}

static int loop_10g(struct chip_bench *b, struct error *err)
{
	return vsc7448_loop_set(b->chip, 49, VSC7448_LOOP_EQUIPMENT, err);
}

static void test_any_access_may_fail(void **state)
{
	(void)state;
	assert_true(chip_bench_sweep(prepare_faults, loop_6g) > 10);
	assert_true(chip_bench_sweep(prepare_faults, loop_10g) > 5);
}

/* --- the vendor's ------------------------------------------------------------------------ */

struct vendor_loop {
	const char *operation;
	uint32_t port;
	enum link_mode mode;
	enum vsc7448_loop before, loop;
};

static int prepare(struct vsc7448 *chip, const void *arg, struct error *err)
{
	const struct vendor_loop *l = arg;
	int rc = init(chip, err);

	if (rc == 0)
		rc = set_up(chip, l->port, l->mode, err);
	return rc == 0 && l->before != VSC7448_LOOP_OFF
		       ? vsc7448_loop_set(chip, l->port, l->before, err)
		       : rc;
}

static int run(struct vsc7448 *chip, const void *arg, struct error *err)
{
	const struct vendor_loop *l = arg;

	return vsc7448_loop_set(chip, l->port, l->loop, err);
}

static void test_loops_leave_what_the_vendors_driver_leaves(void **state)
{
	static const struct vendor_loop loops[] = {
		{ "loop_port0_equipment", 0, LINK_MODE_1000BASE_X, VSC7448_LOOP_OFF,
		  VSC7448_LOOP_EQUIPMENT },
		{ "loop_port0_facility", 0, LINK_MODE_1000BASE_X, VSC7448_LOOP_OFF,
		  VSC7448_LOOP_FACILITY },
		{ "loop_port0_equipment_off", 0, LINK_MODE_1000BASE_X, VSC7448_LOOP_EQUIPMENT,
		  VSC7448_LOOP_OFF },
		{ "loop_port0_disabled", 0, LINK_MODE_1000BASE_X, VSC7448_LOOP_OFF,
		  VSC7448_LOOP_OFF },
		{ "loop_port8_equipment", 8, LINK_MODE_1000BASE_X, VSC7448_LOOP_OFF,
		  VSC7448_LOOP_EQUIPMENT },
		{ "loop_port8_facility", 8, LINK_MODE_1000BASE_X, VSC7448_LOOP_OFF,
		  VSC7448_LOOP_FACILITY },
		{ "loop_port8_disabled", 8, LINK_MODE_1000BASE_X, VSC7448_LOOP_OFF,
		  VSC7448_LOOP_OFF },
		{ "loop_port49_equipment", 49, LINK_MODE_10GBASE_R, VSC7448_LOOP_OFF,
		  VSC7448_LOOP_EQUIPMENT },
		{ "loop_port49_equipment_off", 49, LINK_MODE_10GBASE_R, VSC7448_LOOP_EQUIPMENT,
		  VSC7448_LOOP_OFF },
		{ "loop_port49_disabled", 49, LINK_MODE_10GBASE_R, VSC7448_LOOP_OFF,
		  VSC7448_LOOP_OFF },
	};
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(loops) / sizeof(loops[0]); i++)
		n += vendor_try(loops[i].operation, prepare, run, &loops[i]);
	assert_int_equal(n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_port_alone_has_a_link_in_equipment_and_pcs_loops),
		cmocka_unit_test(test_a_facility_loop_sends_back_what_comes),
		cmocka_unit_test(test_signal_detect_comes_back_as_it_was),
		cmocka_unit_test(test_a_port_that_is_not_set_up_is_refused),
		cmocka_unit_test(test_qsgmii_ports_loop_alone_in_the_pcs_only),
		cmocka_unit_test(test_a_macro_that_never_answers_is_named),
		cmocka_unit_test(test_any_access_may_fail),
		cmocka_unit_test(test_loops_leave_what_the_vendors_driver_leaves),
		cmocka_unit_test(test_every_listed_difference_occurs),
	};

	return cmocka_run_group_tests(tests, vendor_load, vendor_unload);
}
