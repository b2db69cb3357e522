/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * 10GBASE-KR, and loops in the PCS: what each operation leaves in the chip, against the vendor's driver
 * (fixtures/vsc7448/vendor).
 */
#include "hal/vsc7448/kr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "hal/vsc7448/loopback.h"
#include "hal/vsc7448/port.h"
#include "tests/lib/vendor_group.h"
#include "tests/lib/vendor_start.h"
#include "vsc7448_regs.h"

static int set_up(struct vsc7448 *chip, uint32_t port, enum link_mode mode, struct error *err)
{
	static const uint8_t mac[6] = { 2, 0, 0, 0, 0, 0x10 };
	struct vsc7448_port_conf conf;
	int rc = vendor_start_init(chip, NULL, err);

	vsc7448_port_conf_default(mode, &conf);
	memcpy(conf.pause_mac, mac, sizeof(mac));
	conf.clause37 = false;
	return rc != 0 ? rc : vsc7448_port_conf_set(chip, port, &conf, err);
}

/* --- 10GBASE-KR --------------------------------------------------------------------------- */

static int kr_port(struct vsc7448 *chip, const void *arg, struct error *err)
{
	(void)arg;
	return set_up(chip, 49, LINK_MODE_10GBASE_KR, err);
}

static int kr_start(struct vsc7448 *chip, const void *arg, struct error *err)
{
	return vsc7448_kr_start(chip, 49, arg, err);
}

static int kr_started(struct vsc7448 *chip, const void *arg, struct error *err)
{
	static const struct vsc7448_kr_conf conf = { .training = true, .fec_wanted = true };
	int rc = kr_port(chip, arg, err);

	return rc != 0 ? rc : vsc7448_kr_start(chip, 49, &conf, err);
}

static int kr_stop(struct vsc7448 *chip, const void *arg, struct error *err)
{
	(void)arg;
	return vsc7448_kr_stop(chip, 49, err);
}

static void test_kr_is_as_the_vendors(void **state)
{
	static const struct vsc7448_kr_conf all = { .training = true, .fec_wanted = true };
	static const struct vsc7448_kr_conf no_fec = { .training = true };
	static const struct vsc7448_kr_conf neither = { .training = false };
	size_t bad;

	(void)state;
	bad = vendor_try("kr_port49", kr_port, kr_start, &all);
	bad += vendor_try("kr_port49_nofec", kr_port, kr_start, &no_fec);
	bad += vendor_try("kr_port49_notrain", kr_port, kr_start, &neither);
	bad += vendor_try("kr_port49_off", kr_started, kr_stop, NULL);
	assert_int_equal(bad, 0);
}

#define KR_CONTROL VSC7448_XGXFI_XFI_CONTROL_KR_CONTROL(0)

/* Auto-negotiation asks for error correction to be switched, and is answered. */
static size_t try_fec(const char *operation, uint32_t request)
{
	uint32_t sticky = (uint32_t)reg_field_mask(
		(struct reg_field)VSC7448_XGXFI_XFI_CONTROL_KR_CONTROL__KR_ANEG_FEC_STICKY);
	struct vsc7448_kr_status status;
	struct vendor_check v;
	struct error err = { 0 };
	size_t n;

	vendor_check_open(&v, vendor_list());
	assert_int_equal(kr_port(v.b.chip, NULL, &err), 0);
	chip_bench_poke(&v.b, KR_CONTROL, sticky | request);
	vendor_check_start(&v);
	assert_int_equal(vsc7448_kr_service(v.b.chip, 49, &err, &status), 0);
	n = vendor_check_end(&v, operation);
	vendor_check_close(&v);
	return n;
}

static void test_error_correction_is_switched_as_the_vendors(void **state)
{
	uint32_t enable = (uint32_t)reg_field_mask(
		(struct reg_field)VSC7448_XGXFI_XFI_CONTROL_KR_CONTROL__KR_FEC_ENABLE);

	(void)state;
	assert_int_equal(try_fec("kr_port49_fec_on", enable), 0);
	assert_int_equal(try_fec("kr_port49_fec_off", 0), 0);
}

/* --- loops in the PCS (the others: test_loopback.c) ---------------------------------------- */

struct loop_row {
	const char *operation;
	uint32_t port;
	enum link_mode mode;
};

static int loop_before(struct vsc7448 *chip, const void *arg, struct error *err)
{
	const struct loop_row *row = arg;

	return set_up(chip, row->port, row->mode, err);
}

static int loop(struct vsc7448 *chip, const void *arg, struct error *err)
{
	return vsc7448_loop_set(chip, ((const struct loop_row *)arg)->port, VSC7448_LOOP_PCS,
				err);
}

static void test_loops_in_the_pcs_are_as_the_vendors(void **state)
{
	static const struct loop_row rows[] = {
		{ "port0_loop_pcs", 0, LINK_MODE_1000BASE_X },
		{ "port8_loop_pcs", 8, LINK_MODE_1000BASE_X },
		{ "port49_loop_pcs", 49, LINK_MODE_10GBASE_R },
	};
	size_t bad = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		bad += vendor_try(rows[i].operation, loop_before, loop, &rows[i]);
	assert_int_equal(bad, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kr_is_as_the_vendors),
		cmocka_unit_test(test_error_correction_is_switched_as_the_vendors),
		cmocka_unit_test(test_loops_in_the_pcs_are_as_the_vendors),
		cmocka_unit_test(test_every_listed_difference_occurs),
	};

	return cmocka_run_group_tests(tests, vendor_load, vendor_unload);
}
