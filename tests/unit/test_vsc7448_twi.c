/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two-wire transfers on the model, directly and over the serial interface, and SFP modules behind
 * them.  Set-up values: texts of the TWI registers (at least 4 us high, 4.7 us low).
 */
#include "hal/vsc7448/sfp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drv/mock_twi.h"
#include "drv/mock_vsc7448/gpio.h"
#include "drv/world.h"
#include "tests/lib/chip_bench.h"

#define TWI(reg) VSC7448_TWI_TWI_##reg

static const struct vsc7448_twi cage = { 0, 36 }, other = { 0, 21 },
				plain = { 0, VSC7448_TWI_PLAIN_SCL };

static void plug_bytes(struct chip_bench *b, uint32_t controller, uint32_t scl,
		       uint32_t address, uint8_t first)
{
	const struct mock_twi_place place = { controller, scl == VSC7448_TWI_PLAIN_SCL
								  ? MOCK_TWI_PLAIN_SCL
								  : scl };
	struct error err = { 0 };
	uint8_t bytes[256];

	for (unsigned i = 0; i < 256; i++)
		bytes[i] = (uint8_t)(first + i);
	assert_int_equal(
		mock_twi_plug(b->world, device_name(b->dev), &place, address, bytes, &err), 0);
}

static int open_uri(void **state, const char *uri)
{
	struct chip_bench *b = calloc(1, sizeof(*b));

	chip_bench_open(b, uri);
	plug_bytes(b, 0, 36, 0x50, 3);
	plug_bytes(b, 0, 21, 0x50, 7);
	plug_bytes(b, 0, VSC7448_TWI_PLAIN_SCL, 0x50, 11);
	plug_bytes(b, 1, VSC7448_TWI_PLAIN_SCL, 0x50, 13);
	*state = b;
	return 0;
}

static int open_mock(void **state)
{
	return open_uri(state, "mock:");
}

static int open_si(void **state)
{
	return open_uri(state, "mock:,si");
}

static int close_mock(void **state)
{
	chip_bench_close(*state);
	free(*state);
	return 0;
}

static void check_bytes(struct chip_bench *b, const struct vsc7448_twi *twi, uint8_t first)
{
	uint8_t data[256] = { 0 };
	struct error err = { 0 };

	if (vsc7448_twi_read(b->chip, twi, &(struct vsc7448_twi_read){ 0x50, 0, 256, data },
			     &err) != 0)
		fail_msg("%s", err.text);
	for (unsigned i = 0; i < 256; i++)
		assert_int_equal(data[i], (uint8_t)(first + i));
}

static void test_each_clock_pin_leads_to_its_own_memory(void **state)
{
	const struct vsc7448_twi second = { 1, VSC7448_TWI_PLAIN_SCL };
	struct chip_bench *b = *state;

	check_bytes(b, &cage, 3);
	check_bytes(b, &other, 7);
	assert_int_equal(mv_gpio_alternate(b->model, 36), 0);
	assert_int_equal(mv_gpio_alternate(b->model, 21), 2);
	check_bytes(b, &plain, 11);
	assert_int_equal(mv_gpio_alternate(b->model, 21), 0);
	check_bytes(b, &second, 13);
	check_bytes(b, &cage, 3);
	assert_int_equal(mv_gpio_alternate(b->model, 14), 0);
}

/* On a bus so slow that the FIFO runs empty between commands: 300 us each, a byte takes 90. */
static void test_a_bus_too_slow_for_the_fifo_reads_the_same(void **state)
{
	struct chip_bench *b = *state, slow;

	(void)b;
	chip_bench_open(&slow, "fault:latency=300,mock:");
	plug_bytes(&slow, 0, 36, 0x50, 3);
	check_bytes(&slow, &cage, 3);
	chip_bench_close(&slow);
}

static void test_the_controller_is_set_up_as_its_texts_ask(void **state)
{
	struct chip_bench *b = *state;

	check_bytes(b, &cage, 3);
	assert_int_equal(chip_bench_peek(b, TWI(CFG)), 0x63);
	assert_int_equal(chip_bench_peek(b, TWI(TAR)), 0x50);
	assert_in_range(4 * (chip_bench_peek(b, TWI(SS_SCL_HCNT)) + 8), 4000, 4100);
	assert_in_range(4 * (chip_bench_peek(b, TWI(SS_SCL_LCNT)) + 1), 4700, 4800);
}

static void test_an_absent_module_is_told_and_the_bus_works_on(void **state)
{
	const struct vsc7448_twi empty = { 0, 40 };
	struct chip_bench *b = *state;
	struct error err = { 0 };
	uint8_t data[1];

	assert_int_equal(vsc7448_twi_read(b->chip, &empty,
					  &(struct vsc7448_twi_read){ 0x50, 0, 1, data }, &err),
			 E_NODEV);
	assert_memory_equal(err.text,
			    "two-wire address 0x50: nothing acknowledges the address "
			    "(TWI:TWI:TX_ABRT_SOURCE 0x1)",
			    70);
	check_bytes(b, &cage, 3);
	assert_int_equal(vsc7448_twi_read(b->chip, &cage,
					  &(struct vsc7448_twi_read){ 0x33, 0, 1, data }, &err),
			 E_NODEV);
}

/* Whatever TX_ABRT_SOURCE says is in the text. */
static void test_other_aborts_tell_their_cause(void **state)
{
	static const struct {
		unsigned bit;
		const char *text;
	} rows[] = { { 3, "the offset was not acknowledged" },
		     { 11, "the master is disabled" },
		     { 12, "another master won the bus" } };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct chip_bench b;
		struct error err = { 0 };
		uint8_t data[1];

		chip_bench_open(&b, "mock:");
		chip_bench_stick(&b, TWI(RAW_INTR_STAT), 0x40, 0x40);
		chip_bench_stick(&b, TWI(TX_ABRT_SOURCE), UINT32_MAX, 1u << rows[i].bit);
		assert_int_equal(
			vsc7448_twi_read(b.chip, &cage,
					 &(struct vsc7448_twi_read){ 0x50, 0, 1, data }, &err),
			E_IO);
		assert_non_null(strstr(err.text, rows[i].text));
		chip_bench_close(&b);
	}
}

static void test_each_wait_ends_and_names_its_bit(void **state)
{
	static const struct {
		uint64_t addr;
		uint32_t value;
		const char *text;
	} rows[] = {
		{ TWI(ENABLE_STATUS), 1,
		  "TWI:TWI:ENABLE_STATUS.BUSY was not 0x0 within 10000 us, last 0x1" },
		{ TWI(RXFLR), 0, "TWI:TWI:RXFLR.RXFLR was not 0x7 within 20000 us, last 0x0" },
	};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct chip_bench b;
		struct error err = { 0 };
		uint8_t data[16];

		chip_bench_open(&b, "mock:");
		plug_bytes(&b, 0, 36, 0x50, 0);
		chip_bench_stick(&b, rows[i].addr, 7, rows[i].value);
		assert_int_equal(
			vsc7448_twi_read(b.chip, &cage,
					 &(struct vsc7448_twi_read){ 0x50, 0, 16, data }, &err),
			E_TIMEOUT);
		assert_memory_equal(err.text, rows[i].text, strlen(rows[i].text));
		chip_bench_close(&b);
	}
}

static void test_bad_requests_are_refused_before_any_access(void **state)
{
	static const struct {
		struct vsc7448_twi twi;
		uint32_t address, offset, n;
	} rows[] = {
		{ { 2, VSC7448_TWI_PLAIN_SCL }, 0x50, 0, 1 },
		{ { 0, 15 }, 0x50, 0, 1 },
		{ { 0, 64 }, 0x50, 0, 1 },
		{ { 1, 36 }, 0x50, 0, 1 },
		{ { 0, 36 }, 0x80, 0, 1 },
		{ { 0, 36 }, 0x50, 256, 1 },
		{ { 0, 36 }, 0x50, 255, 2 },
	};
	struct chip_bench *b = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct vsc7448_twi_read read = { rows[i].address, rows[i].offset, rows[i].n,
						 NULL };
		struct error err = { 0 };

		assert_int_equal(vsc7448_twi_read(b->chip, &rows[i].twi, &read, &err), E_RANGE);
	}
	assert_int_equal(b->n_access, 0);
}

static struct vsc7448_sfp read_module(struct chip_bench *b, unsigned module)
{
	const struct mock_twi_place place = { 0, 43 };
	struct vsc7448_sfp sfp;
	struct error err = { 0 };

	assert_int_equal(mock_sfp_plug(b->world, device_name(b->dev), &place, module, &err), 0);
	if (vsc7448_sfp_read(b->chip, &(struct vsc7448_twi){ 0, 43 }, &sfp, &err) != 0)
		fail_msg("%s", err.text);
	assert_true(sfp.identity.base_ok && sfp.identity.ext_ok);
	return sfp;
}

static void test_modules_are_read_whole(void **state)
{
	struct chip_bench *b = *state;
	struct vsc7448_sfp sfp = read_module(b, 1);

	assert_string_equal(sfp_type_name(sfp.a0), "passive cable");
	assert_false(sfp.has_diag);
	sfp = read_module(b, 0);
	assert_string_equal(sfp.identity.part, "SB-10G-SR");
	assert_string_equal(sfp_type_name(sfp.a0), "10GBASE-SR");
	assert_true(sfp.has_diag && sfp.diag.checksum_ok);
	assert_true(sfp.diag.readings[SFP_TEMPERATURE].now == 31.25);
	/* Externally calibrated: one degree less, half the received power of the reading. */
	sfp = read_module(b, 3);
	assert_true(sfp.identity.diag_is_external);
	assert_true(sfp.diag.readings[SFP_TEMPERATURE].now == 29);
	assert_true(sfp.diag.readings[SFP_RX_POWER].now == 750 * 1e-4);
}

static void test_a_damaged_identity_is_told_by_its_checksums(void **state)
{
	const struct mock_twi_place place = { 0, 43 };
	struct chip_bench *b = *state;
	struct vsc7448_sfp sfp = read_module(b, 0);
	struct error err = { 0 };

	mock_twi_at(b->world, device_name(b->dev), &place, 0x50)->bytes[40] ^= 1;
	mock_twi_at(b->world, device_name(b->dev), &place, 0x51)->bytes[0] ^= 1;
	assert_int_equal(vsc7448_sfp_read(b->chip, &(struct vsc7448_twi){ 0, 43 }, &sfp, &err),
			 0);
	assert_false(sfp.identity.base_ok);
	assert_true(sfp.identity.ext_ok);
	assert_false(sfp.diag.checksum_ok);
}

static int prepare(struct chip_bench *b, struct error *err)
{
	return mock_sfp_plug(b->world, device_name(b->dev), &(struct mock_twi_place){ 0, 43 },
			     0, err);
}

static int sweep_twi(struct chip_bench *b, struct error *err)
{
	uint8_t data[9];

	return vsc7448_twi_read(b->chip, &(struct vsc7448_twi){ 0, 43 },
				&(struct vsc7448_twi_read){ 0x50, 20, 9, data }, err);
}

static void test_every_access_may_fail(void **state)
{
	(void)state;
	assert_true(chip_bench_sweep(prepare, sweep_twi) >= 30);
}

int main(void)
{
#define MOCK(f)    cmocka_unit_test_setup_teardown(f, open_mock, close_mock)
#define OVER_SI(f) cmocka_unit_test_setup_teardown(f, open_si, close_mock)
	const struct CMUnitTest tests[] = {
		MOCK(test_each_clock_pin_leads_to_its_own_memory),
		OVER_SI(test_each_clock_pin_leads_to_its_own_memory),
		MOCK(test_a_bus_too_slow_for_the_fifo_reads_the_same),
		MOCK(test_the_controller_is_set_up_as_its_texts_ask),
		MOCK(test_an_absent_module_is_told_and_the_bus_works_on),
		OVER_SI(test_an_absent_module_is_told_and_the_bus_works_on),
		cmocka_unit_test(test_other_aborts_tell_their_cause),
		cmocka_unit_test(test_each_wait_ends_and_names_its_bit),
		MOCK(test_bad_requests_are_refused_before_any_access),
		MOCK(test_modules_are_read_whole),
		OVER_SI(test_modules_are_read_whole),
		MOCK(test_a_damaged_identity_is_told_by_its_checksums),
		cmocka_unit_test(test_every_access_may_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
