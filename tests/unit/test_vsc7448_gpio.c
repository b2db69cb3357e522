/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pins and serial pins on the model.  What is written is compared with what the vendor's driver
 * writes for the same calls: vtss_jr2_gpio_mode(), vtss_cil_misc_gpio_write(),
 * vtss_cil_misc_sgpio_conf_set() in vtss_jaguar2_misc.c, run against recording registers.
 */
#include "hal/vsc7448/gpio.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drv/mock_vsc7448/gpio.h"
#include "hal/vsc7448/sgpio.h"
#include "tests/lib/chip_bench.h"

#define GPIO(reg)     VSC7448_DEVCPU_GCB_GPIO_GPIO_##reg
#define SIO(reg, ...) VSC7448_DEVCPU_GCB_SIO_CTRL_##reg(__VA_ARGS__)

static int open_mock(void **state)
{
	struct chip_bench *b = calloc(1, sizeof(*b));

	chip_bench_open_bench8(b);
	*state = b;
	return 0;
}

static int close_mock(void **state)
{
	chip_bench_close(*state);
	free(*state);
	return 0;
}

/* Vendor: GPIO 5 and 40 in each mode, interrupt disabled, OE, ALT[0], ALT[1]. */
static void test_modes_leave_what_the_vendors_driver_leaves(void **state)
{
	static const struct {
		uint32_t pin;
		enum vsc7448_gpio_mode mode;
		uint32_t oe, alt0, alt1, oe_1;
	} rows[] = {
		{ 6, VSC7448_GPIO_OUT, 0x40, 0, 0, 0 },
		{ 6, VSC7448_GPIO_ALT1, 0x40, 0x40, 0, 0 },
		{ 6, VSC7448_GPIO_ALT2, 0x40, 0, 0x40, 0 },
		{ 6, VSC7448_GPIO_IN, 0, 0, 0, 0 },
		{ 40, VSC7448_GPIO_OUT, 0, 0, 0, 0x100 },
	};
	struct chip_bench *b = *state;
	struct error err = { 0 };

	chip_bench_poke(b, GPIO(INTR_ENA), UINT32_MAX);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(
			vsc7448_gpio_set_mode(b->chip, rows[i].pin, rows[i].mode, &err), 0);
		assert_int_equal(chip_bench_peek(b, GPIO(OE)), rows[i].oe);
		assert_int_equal(chip_bench_peek(b, GPIO(ALT)(0)), rows[i].alt0);
		assert_int_equal(chip_bench_peek(b, GPIO(ALT)(1)), rows[i].alt1);
		assert_int_equal(chip_bench_peek(b, GPIO(OE1)), rows[i].oe_1);
	}
	assert_int_equal(chip_bench_peek(b, GPIO(INTR_ENA)), 0xffffffbf);
}

/* Vendor: OUT_SET or OUT_CLR with the pin's bit and nothing else. */
static void test_setting_a_level_is_one_write_of_one_bit(void **state)
{
	static const struct {
		uint32_t pin;
		bool level;
		uint64_t addr;
		uint32_t bit;
	} rows[] = {
		{ 5, true, GPIO(OUT_SET), 0x20 },
		{ 5, false, GPIO(OUT_CLR), 0x20 },
		{ 40, true, GPIO(OUT_SET1), 0x100 },
		{ 40, false, GPIO(OUT_CLR1), 0x100 },
	};
	struct chip_bench *b = *state;
	struct error err = { 0 };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		chip_bench_forget_log(b);
		assert_int_equal(vsc7448_gpio_set(b->chip, rows[i].pin, rows[i].level, &err),
				 0);
		assert_int_equal(b->n_access, 1);
		assert_int_equal(b->access[0].addr, rows[i].addr);
		assert_int_equal(b->access[0].value, rows[i].bit);
	}
}

static void test_an_output_drives_its_pin_and_inputs_show_the_world(void **state)
{
	struct vsc7448_gpio pins[VSC7448_N_GPIOS];
	struct chip_bench *b = *state;
	struct error err = { 0 };

	assert_int_equal(vsc7448_gpio_set_mode(b->chip, 33, VSC7448_GPIO_OUT, &err), 0);
	mv_gpio_drive(b->model, 7, false);
	assert_int_equal(vsc7448_gpio_get(b->chip, pins, &err), 0);
	assert_false(pins[33].in);
	assert_int_equal(pins[33].mode, VSC7448_GPIO_OUT);
	assert_true(pins[33].changed);
	assert_false(pins[7].in);
	assert_true(pins[7].changed);
	assert_true(pins[8].in);
	assert_false(pins[8].changed);
	assert_int_equal(vsc7448_gpio_set(b->chip, 33, true, &err), 0);
	assert_int_equal(vsc7448_gpio_get(b->chip, pins, &err), 0);
	assert_true(pins[33].in && pins[33].out);
}

static void test_alternate_functions_survive_a_soft_reset(void **state)
{
	struct vsc7448_gpio pins[VSC7448_N_GPIOS];
	struct chip_bench *b = *state;
	struct error err = { 0 };

	assert_int_equal(vsc7448_gpio_set_mode(b->chip, 14, VSC7448_GPIO_ALT2, &err), 0);
	assert_int_equal(vsc7448_gpio_set_mode(b->chip, 56, VSC7448_GPIO_ALT1, &err), 0);
	mv_reset(b->model);
	vsc7448_forget(b->chip);
	assert_int_equal(vsc7448_gpio_get(b->chip, pins, &err), 0);
	assert_int_equal(pins[14].mode, VSC7448_GPIO_ALT2);
	assert_int_equal(pins[56].mode, VSC7448_GPIO_ALT1);
	assert_int_equal(pins[15].mode, VSC7448_GPIO_IN);
}

static void test_functions_that_a_pin_lacks_are_refused_before_any_write(void **state)
{
	struct chip_bench *b = *state;
	struct error err = { 0 };

	assert_int_equal(vsc7448_gpio_set_mode(b->chip, 60, VSC7448_GPIO_ALT1, &err), E_NOTSUP);
	assert_string_equal(err.text, "GPIO 60 has no function alt1");
	assert_int_equal(vsc7448_gpio_set_mode(b->chip, 14, VSC7448_GPIO_ALT3, &err), E_NOTSUP);
	assert_int_equal(vsc7448_gpio_set_mode(b->chip, 64, VSC7448_GPIO_IN, &err), E_RANGE);
	assert_int_equal(vsc7448_gpio_set(b->chip, 64, true, &err), E_RANGE);
	assert_int_equal(b->n_access, 0);
	assert_string_equal(vsc7448_gpio_function(14, VSC7448_GPIO_ALT2), "TWI_SCL_M");
	assert_string_equal(vsc7448_gpio_function(59, VSC7448_GPIO_ALT1), "MIIM2");
}

/* Vendor, four ports, two bits: SIO_PORT_ENA 0xf, SIO_CFG width 1 and AUTO_REPEAT, divider 20. */
static void test_serial_pins_are_set_up_as_the_vendor_does(void **state)
{
	const struct vsc7448_sgpio_conf conf = { .ports = 0xf, .bits = 2, .run = true };
	struct chip_bench *b = *state;
	struct error err = { 0 };

	assert_int_equal(vsc7448_sgpio_configure(b->chip, 0, &conf, &err), 0);
	assert_int_equal(chip_bench_peek(b, SIO(SIO_PORT_ENA, 0)), 0xf);
	assert_int_equal(chip_bench_peek(b, SIO(SIO_CFG, 0)) & 0x0001f580, 0x480);
	/* The vendor writes a period of 64 where 40 is right: hal/vsc7448/sgpio.c. */
	assert_int_equal(chip_bench_peek(b, SIO(SIO_CLOCK, 0)), 0x1428);
}

/* Vendor: port 0 bit 0 on is BIT_SOURCE 1, port 1 bit 1 blinking in mode 0 is BIT_SOURCE 16. */
static void test_serial_output_bits_are_where_the_vendor_puts_them(void **state)
{
	struct chip_bench *b = *state;
	struct error err = { 0 };

	assert_int_equal(vsc7448_sgpio_set(b->chip, &(struct vsc7448_sgpio_bit){ 0, 0, 0 },
					   VSC7448_SGPIO_HIGH, false, &err),
			 0);
	assert_int_equal(chip_bench_peek(b, SIO(SIO_PORT_CFG, 0, 0)), 0x1000);
	assert_int_equal(vsc7448_sgpio_set(b->chip, &(struct vsc7448_sgpio_bit){ 0, 1, 1 },
					   VSC7448_SGPIO_BLINK0, false, &err),
			 0);
	assert_int_equal(chip_bench_peek(b, SIO(SIO_PORT_CFG, 0, 1)), 0x10000);
	assert_int_equal(vsc7448_sgpio_set(b->chip, &(struct vsc7448_sgpio_bit){ 0, 1, 3 },
					   VSC7448_SGPIO_ACTIVITY1, true, &err),
			 0);
	assert_int_equal(chip_bench_peek(b, SIO(SIO_PORT_CFG, 0, 1)), 0xa10008);
}

static void test_serial_inputs_show_ports_in_use_only(void **state)
{
	const struct vsc7448_sgpio_conf conf = { .ports = 0x6, .bits = 2, .run = true };
	struct chip_bench *b = *state;
	struct vsc7448_sgpio sgpio;
	struct error err = { 0 };

	for (uint32_t port = 0; port < 4; port++)
		mv_sgpio_drive(b->model, 2, port, port == 2 ? 0xe : 0xf);
	assert_int_equal(vsc7448_sgpio_get(b->chip, 2, &sgpio, &err), 0);
	assert_int_equal(sgpio.in[0] | sgpio.in[1], 0);
	assert_int_equal(vsc7448_sgpio_configure(b->chip, 2, &conf, &err), 0);
	assert_int_equal(vsc7448_sgpio_get(b->chip, 2, &sgpio, &err), 0);
	assert_int_equal(sgpio.in[0], 0x2);
	assert_int_equal(sgpio.in[1], 0x6);
	assert_int_equal(sgpio.in[2], 0);
	assert_int_equal(sgpio.conf.ports, 6);
	assert_int_equal(sgpio.conf.bits, 2);
	assert_true(sgpio.conf.run);
}

static void test_bad_serial_pins_are_refused_before_any_write(void **state)
{
	struct vsc7448_sgpio_conf conf = { .bits = 5 };
	struct vsc7448_sgpio sgpio;
	struct chip_bench *b = *state;
	struct error err = { 0 };

	assert_int_equal(vsc7448_sgpio_configure(b->chip, 0, &conf, &err), E_RANGE);
	conf.bits = 1;
	assert_int_equal(vsc7448_sgpio_configure(b->chip, 3, &conf, &err), E_RANGE);
	assert_int_equal(vsc7448_sgpio_get(b->chip, 3, &sgpio, &err), E_RANGE);
	assert_int_equal(vsc7448_sgpio_set(b->chip, &(struct vsc7448_sgpio_bit){ 0, 32, 0 },
					   VSC7448_SGPIO_LOW, false, &err),
			 E_RANGE);
	assert_int_equal(vsc7448_sgpio_set(b->chip, &(struct vsc7448_sgpio_bit){ 0, 0, 4 },
					   VSC7448_SGPIO_LOW, false, &err),
			 E_RANGE);
	assert_int_equal(b->n_access, 0);
}

static int sweep_mode(struct chip_bench *b, struct error *err)
{
	return vsc7448_gpio_set_mode(b->chip, 14, VSC7448_GPIO_ALT1, err);
}

static int sweep_level(struct chip_bench *b, struct error *err)
{
	return vsc7448_gpio_set(b->chip, 3, true, err);
}

static int sweep_pins(struct chip_bench *b, struct error *err)
{
	struct vsc7448_gpio pins[VSC7448_N_GPIOS];

	return vsc7448_gpio_get(b->chip, pins, err);
}

static int sweep_serial(struct chip_bench *b, struct error *err)
{
	const struct vsc7448_sgpio_conf conf = { .ports = 1, .bits = 4, .run = true };

	return vsc7448_sgpio_configure(b->chip, 1, &conf, err);
}

static int sweep_serial_output(struct chip_bench *b, struct error *err)
{
	return vsc7448_sgpio_set(b->chip, &(struct vsc7448_sgpio_bit){ 1, 0, 2 },
				 VSC7448_SGPIO_HIGH, false, err);
}

static int sweep_serial_pins(struct chip_bench *b, struct error *err)
{
	struct vsc7448_sgpio sgpio;

	return vsc7448_sgpio_get(b->chip, 1, &sgpio, err);
}

static void test_every_access_may_fail(void **state)
{
	(void)state;
	assert_true(chip_bench_sweep(NULL, sweep_mode) >= 4);
	assert_true(chip_bench_sweep(NULL, sweep_level) >= 1);
	assert_true(chip_bench_sweep(NULL, sweep_pins) >= 10);
	assert_true(chip_bench_sweep(NULL, sweep_serial) >= 4);
	assert_true(chip_bench_sweep(sweep_serial, sweep_serial_output) >= 1);
	assert_true(chip_bench_sweep(sweep_serial, sweep_serial_pins) >= 10);
}

int main(void)
{
#define MOCK(f) cmocka_unit_test_setup_teardown(f, open_mock, close_mock)
	const struct CMUnitTest tests[] = {
		MOCK(test_modes_leave_what_the_vendors_driver_leaves),
		MOCK(test_setting_a_level_is_one_write_of_one_bit),
		MOCK(test_an_output_drives_its_pin_and_inputs_show_the_world),
		MOCK(test_alternate_functions_survive_a_soft_reset),
		MOCK(test_functions_that_a_pin_lacks_are_refused_before_any_write),
		MOCK(test_serial_pins_are_set_up_as_the_vendor_does),
		MOCK(test_serial_output_bits_are_where_the_vendor_puts_them),
		MOCK(test_serial_inputs_show_ports_in_use_only),
		MOCK(test_bad_serial_pins_are_refused_before_any_write),
		cmocka_unit_test(test_every_access_may_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
