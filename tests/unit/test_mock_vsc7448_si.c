/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The model's serial interface at its pins, and its VCore window; then whole commands' worth of
 * accesses through drv/si.c and those pins.
 */
#include "drv/mock_vsc7448/si.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drv/mock_vsc7448/vcore.h"
#include "drv/si.h"
#include "hal/vsc7448/chip.h"
#include "tests/lib/chip_bench.h"

#define IF_CFGSTAT    VSC7448_DEVCPU_ORG_DEVCPU_ORG_IF_CFGSTAT
#define IF_CTRL       VSC7448_DEVCPU_ORG_DEVCPU_ORG_IF_CTRL
#define CHIP_ID       VSC7448_DEVCPU_GCB_CHIP_REGS_CHIP_ID
#define GPR           VSC7448_DEVCPU_GCB_CHIP_REGS_GPR
#define SOFT_RST      VSC7448_DEVCPU_GCB_CHIP_REGS_SOFT_RST
#define VA_CTRL       VSC7448_DEVCPU_GCB_VCORE_ACCESS_VA_CTRL
#define VA_ADDR       VSC7448_DEVCPU_GCB_VCORE_ACCESS_VA_ADDR
#define VA_DATA       VSC7448_DEVCPU_GCB_VCORE_ACCESS_VA_DATA
#define VA_DATA_INCR  VSC7448_DEVCPU_GCB_VCORE_ACCESS_VA_DATA_INCR
#define VA_DATA_INERT VSC7448_DEVCPU_GCB_VCORE_ACCESS_VA_DATA_INERT
#define TWI_TAR       VSC7448_TWI_TWI_TAR
#define TWI_SAR       VSC7448_TWI_TWI_SAR
#define CLR_INTR      VSC7448_TWI_TWI_CLR_INTR

static void send(struct mock_vsc7448 *m, const uint8_t *out, uint8_t *in, size_t n)
{
	mv_si_select(m, true);
	for (size_t i = 0; i < n; i++) {
		uint8_t byte = mv_si_byte(m, out[i]);

		if (in != NULL)
			in[i] = byte;
	}
	mv_si_select(m, false);
}

static void pin_write(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	uint8_t out[SI_MAX_BYTES];

	send(m, out, NULL, si_frame_write(addr, value, out));
}

static uint32_t pin_read(struct mock_vsc7448 *m, uint64_t addr, unsigned padding)
{
	uint8_t out[SI_MAX_BYTES], in[SI_MAX_BYTES];

	send(m, out, in, si_frame_read(addr, padding, out));
	return si_frame_value(in, padding);
}

static int open_mock(void **state)
{
	struct chip_bench *b = calloc(1, sizeof(*b));

	chip_bench_open(b, "mock:");
	*state = b;
	return 0;
}

static int close_mock(void **state)
{
	chip_bench_close(*state);
	free(*state);
	return 0;
}

static void test_after_reset_the_pins_are_big_endian_without_padding(void **state)
{
	struct chip_bench *b = *state;

	mv_si_set_clock(b->model, 400000);
	assert_int_equal(pin_read(b->model, CHIP_ID, 0), 0x374680e9);
	assert_int_equal(pin_read(b->model, IF_CTRL, 0), 1);
	assert_int_equal(pin_read(b->model, IF_CFGSTAT, 0), 0x02000000);
}

/* The palindromic value sets the order whatever it was; the wire then is as IF_CTRL says. */
static void test_if_ctrl_decides_the_order_of_bytes_and_bits(void **state)
{
	static const struct {
		uint32_t set;
		uint8_t wire[4]; /* of 0x374680e9 */
	} rows[] = {
		{ 0x81818181, { 0x37, 0x46, 0x80, 0xe9 } },
		{ 0x00000000, { 0xe9, 0x80, 0x46, 0x37 } },
		{ 0x42424242, { 0x97, 0x01, 0x62, 0xec } },
		{ 0xc3c3c3c3, { 0xec, 0x62, 0x01, 0x97 } },
		{ 0x81818181, { 0x37, 0x46, 0x80, 0xe9 } },
	};
	static const uint8_t read_id[] = { 0x00, 0x40, 0x00, 0, 0, 0, 0 };
	struct chip_bench *b = *state;

	mv_si_set_clock(b->model, 400000);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint8_t in[7];

		pin_write(b->model, IF_CTRL, rows[i].set);
		send(b->model, read_id, in, 7);
		assert_memory_equal(in + 3, rows[i].wire, 4);
	}
}

static void test_a_read_that_is_too_fast_gives_eights_and_sets_if_stat(void **state)
{
	static const struct {
		uint32_t clock_hz;
		unsigned padding;
		bool good;
	} rows[] = {
		{ 6500000, 1, true },   { 6500001, 1, false }, { 13000000, 2, true },
		{ 13000001, 2, false }, { 15000000, 3, true }, { 406250, 0, true },
		{ 406251, 0, false },
	};
	struct chip_bench *b = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		mv_si_set_clock(b->model, rows[i].clock_hz);
		pin_write(b->model, IF_CFGSTAT, rows[i].padding);
		assert_int_equal(pin_read(b->model, CHIP_ID, rows[i].padding),
				 rows[i].good ? 0x374680e9 : 0x88888888);
		mv_si_set_clock(b->model, 400000);
		assert_int_equal(pin_read(b->model, IF_CFGSTAT, rows[i].padding) >> 16 & 1,
				 !rows[i].good);
	}
}

static void test_frames_that_end_early_write_nothing(void **state)
{
	struct chip_bench *b = *state;
	uint8_t out[SI_MAX_BYTES];

	for (size_t n = 0; n < si_frame_write(GPR, 0x55aa55aa, out); n++)
		send(b->model, out, NULL, n);
	assert_int_equal(chip_bench_peek(b, GPR), 0);
	for (size_t i = 0; i < 7; i++)
		assert_int_equal(mv_si_byte(b->model, out[i]), 0xff);
	assert_int_equal(chip_bench_peek(b, GPR), 0);
	send(b->model, out, NULL, 7);
	assert_int_equal(chip_bench_peek(b, GPR), 0x55aa55aa);
}

static void test_the_vcore_domain_is_not_on_the_pins(void **state)
{
	struct chip_bench *b = *state;

	mv_si_set_clock(b->model, 400000);
	pin_write(b->model, TWI_TAR, 0x51);
	assert_int_equal(chip_bench_peek(b, TWI_TAR), 0);
	/* The header has no room for the difference: it is DEVCPU_ORG plus an offset. */
	assert_int_equal(pin_read(b->model, TWI_TAR, 0), 0);
}

static void test_the_soft_reset_clears_padding_and_order(void **state)
{
	struct chip_bench *b = *state;

	mv_si_set_clock(b->model, 400000);
	pin_write(b->model, IF_CTRL, 0);
	pin_write(b->model, IF_CFGSTAT, 0x02000000); /* 2, least significant byte first */
	pin_write(b->model, IF_CTRL, 0x81818181);
	assert_int_equal(pin_read(b->model, IF_CFGSTAT, 2), 0x02000002);
	pin_write(b->model, SOFT_RST, 2);
	assert_int_equal(pin_read(b->model, IF_CFGSTAT, 0), 0x02000000);
}

static uint32_t sw_read(struct chip_bench *b, uint64_t addr)
{
	struct error err = { 0 };
	uint32_t value = 0;

	assert_int_equal(mock_sw_read(b->mock, addr, &value, &err), 0);
	return value;
}

static void sw_write(struct chip_bench *b, uint64_t addr, uint32_t value)
{
	struct error err = { 0 };

	assert_int_equal(mock_sw_write(b->mock, addr, value, &err), 0);
}

/* What the texts of the VCORE_ACCESS registers say, one sentence after the other. */
static void test_the_vcore_window_behaves_as_its_texts_say(void **state)
{
	struct chip_bench *b = *state;

	mv_vcore_set_busy_us(b->model, 10);
	sw_write(b, VA_ADDR, (uint32_t)TWI_TAR);
	sw_write(b, VA_DATA_INERT, 7); /* starts nothing */
	assert_int_equal(sw_read(b, VA_CTRL), 0);
	sw_write(b, VA_DATA, 0x51);
	assert_int_equal(sw_read(b, VA_CTRL), 1);
	assert_int_equal(sw_read(b, VA_DATA), 0x80000000);
	assert_int_equal(sw_read(b, VA_CTRL), 3);
	sw_write(b, VA_DATA, 0x52);
	assert_int_equal(sw_read(b, VA_CTRL) >> 2 & 3, 3);
	clock_wait_us(world_clock(b->world), 10);
	assert_int_equal(chip_bench_peek(b, TWI_TAR), 0x51);
	assert_int_equal(sw_read(b, VA_CTRL), 0xe);
	/* A read gives the last result and starts the next; an accepted access clears VA_ERR. */
	chip_bench_poke(b, TWI_TAR, 0x33);
	assert_int_equal(sw_read(b, VA_DATA_INCR), 0x51);
	assert_int_equal(sw_read(b, VA_CTRL), 1);
	clock_wait_us(world_clock(b->world), 10);
	assert_int_equal(sw_read(b, VA_DATA_INERT), 0x33);
	assert_int_equal(sw_read(b, VA_ADDR), TWI_SAR);
	/* The switch core may not be reached that way, and nothing answers between registers. */
	sw_write(b, VA_ADDR, (uint32_t)GPR);
	sw_write(b, VA_DATA, 1);
	assert_int_equal(sw_read(b, VA_CTRL) >> 2 & 3, 2);
	assert_int_equal(chip_bench_peek(b, GPR), 0);
}

/* --- through drv/si.c -------------------------------------------------------------------- */

static int open_uri(void **state, const char *uri)
{
	struct chip_bench *b = calloc(1, sizeof(*b));

	chip_bench_open(b, uri);
	*state = b;
	return 0;
}

static int open_si(void **state)
{
	return open_uri(state, "mock:,si");
}

/* The same pins, moved by a model of the FT232H. */
static int open_usb(void **state)
{
	return open_uri(state, "mock:,usb");
}

static struct bus *bus_of(struct chip_bench *b)
{
	struct error err = { 0 };
	struct bus *bus = NULL;

	assert_int_equal(device_bus(b->dev, &err, &bus), 0);
	return bus;
}

/* Every register of a few targets, written with a pattern, over the pins and directly. */
static void test_the_same_accesses_leave_the_same_registers_as_direct_ones(void **state)
{
	static const uint64_t spans[][2] = {
		{ 0x71010004, 0x71010004 },                   /* GPR */
		{ VSC7448_TWI_TWI_TAR, VSC7448_TWI_TWI_SAR }, /* VCore domain */
		{ VSC7448_DEV1G_DEV_CFG_STATUS_DEV_RST_CTRL(0), 0x7104003c },
		{ VSC7448_ANA_CL_PORT_VLAN_CTRL(3), VSC7448_ANA_CL_PORT_VLAN_CTRL(3) },
		{ VSC7448_ANA_L3_VLAN_VLAN_CFG(100), VSC7448_ANA_L3_VLAN_VLAN_CFG(100) },
	};
	struct chip_bench *b = *state, direct;
	uint32_t random = 1;

	chip_bench_open(&direct, "mock:");
	for (size_t i = 0; i < sizeof(spans) / sizeof(spans[0]); i++)
		for (uint64_t addr = spans[i][0]; addr <= spans[i][1]; addr += 4) {
			uint32_t over_si = 1, direct_value = 2;

			random = random * 1664525u + 1013904223u;
			assert_int_equal(bus_write(bus_of(b), addr, random), 0);
			assert_int_equal(bus_write(bus_of(&direct), addr, random), 0);
			assert_int_equal(chip_bench_peek(b, addr),
					 chip_bench_peek(&direct, addr));
			assert_int_equal(bus_read(bus_of(b), addr, &over_si), 0);
			assert_int_equal(bus_read(bus_of(&direct), addr, &direct_value), 0);
			assert_int_equal(over_si, direct_value);
		}
	chip_bench_close(&direct);
}

static void init_chip(struct chip_bench *b)
{
	struct vsc7448_port_map map;
	struct error err = { 0 };

	vsc7448_port_map_base(&map);
	if (vsc7448_init(b->chip, &map, 0, &err) != 0)
		fail_msg("%s", err.text);
}

/* All that either wrote; on the pins the interface has registers of its own. */
static void test_a_whole_init_leaves_the_same_registers_as_directly(void **state)
{
	struct chip_bench *b = *state, direct;
	size_t n = 0;

	chip_bench_open(&direct, "mock:");
	init_chip(b);
	init_chip(&direct);
	for (size_t i = 0; i < b->n_access; i++) {
		uint64_t addr = b->access[i].addr;

		if (b->access[i].kind != BUS_OP_WRITE || addr == IF_CTRL || addr == IF_CFGSTAT)
			continue;
		if (chip_bench_peek(b, addr) != chip_bench_peek(&direct, addr))
			fail_msg("0x%08lx is 0x%08x, directly 0x%08x", (unsigned long)addr,
				 chip_bench_peek(b, addr), chip_bench_peek(&direct, addr));
		n++;
	}
	for (size_t i = 0; i < direct.n_access; i++)
		n -= direct.access[i].kind == BUS_OP_WRITE;
	assert_int_equal(n, 0);
	chip_bench_close(&direct);
}

static uint32_t n_reads; /* of CLR_INTR, seen on the hardware side */

static int count_reads(void *model, struct mock *mock, uint64_t addr, uint32_t *value)
{
	(void)model;
	(void)mock;
	(void)value;
	n_reads += addr == CLR_INTR;
	return 0;
}

static void test_one_read_asked_for_is_one_read_of_a_vcore_register(void **state)
{
	static const struct mock_model counter = { .name = "counter", .read = count_reads };
	struct chip_bench *b = *state;
	struct error err = { 0 };
	uint32_t value;

	assert_int_equal(mock_attach(b->mock, &counter, NULL, &err), 0);
	n_reads = 0;
	mv_vcore_set_busy_us(b->model, 100);
	assert_int_equal(bus_read(bus_of(b), CLR_INTR, &value), 0);
	assert_int_equal(n_reads, 1);
}

static void test_the_wait_for_the_vcore_window_is_bounded(void **state)
{
	struct chip_bench *b = *state;
	uint64_t start_us = clock_now_us(world_clock(b->world)), us;
	uint32_t value = 9;

	mv_vcore_set_busy_us(b->model, 1000000);
	assert_int_equal(bus_read(bus_of(b), TWI_TAR, &value), E_TIMEOUT);
	us = clock_now_us(world_clock(b->world)) - start_us;
	assert_string_equal(
		bus_error(bus_of(b))->text,
		"read 0x70100404: DEVCPU_GCB:VCORE_ACCESS:VA_CTRL.VA_BUSY was not 0x0 "
		"within 10000 us, last 0x1");
	assert_int_equal(value, 9);
	assert_in_range(us, 10000, 11000);
	clock_wait_us(world_clock(b->world), 1000000);
	mv_vcore_set_busy_us(b->model, 1);
	assert_int_equal(bus_read(bus_of(b), TWI_TAR, &value), 0);
}

static void test_a_vcore_address_without_register_is_an_error(void **state)
{
	struct chip_bench *b = *state;
	uint32_t value;

	assert_int_equal(bus_read(bus_of(b), 0x701f0000, &value), E_IO);
	assert_non_null(strstr(bus_error(bus_of(b))->text, "VA_ERR is 2"));
	assert_int_equal(bus_read(bus_of(b), TWI_TAR, &value), 0);
}

static void test_registers_answer_after_a_soft_reset(void **state)
{
	struct chip_bench *b = *state;
	uint32_t value;

	assert_int_equal(bus_write(bus_of(b), GPR, 0x1234), 0);
	assert_int_equal(bus_write(bus_of(b), SOFT_RST, 2), 0);
	assert_int_equal(bus_read(bus_of(b), GPR, &value), 0);
	assert_int_equal(value, 0);
	assert_int_equal(bus_read(bus_of(b), CHIP_ID, &value), 0);
	assert_int_equal(value, 0x374680e9);
}

/* 7 bytes to write, 8 to read with one byte of padding, at 5 MHz. */
static void test_bytes_take_their_time_on_the_wire(void **state)
{
	struct chip_bench *b = *state;
	struct bus_op batch[2000];
	uint64_t start_us = clock_now_us(world_clock(b->world));

	for (size_t i = 0; i < 2000; i++)
		batch[i] = (struct bus_op){ .kind = i < 1000 ? BUS_OP_READ : BUS_OP_WRITE,
					    .addr = GPR };
	assert_int_equal(bus_xfer(bus_of(b), batch, 2000), 0);
	assert_int_equal(clock_now_us(world_clock(b->world)) - start_us,
			 1000 * (8 + 7) * 8 / 5);
}

static void test_what_the_mock_refuses_is_not_lost_on_the_pins(void **state)
{
	struct chip_bench b;
	uint32_t value;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		chip_bench_open(&b, i == 0 ? "mock:,strict,si" : "mock:,strict,usb");
		assert_int_equal(bus_read(bus_of(&b), 0x7101fffc, &value), E_IO);
		assert_non_null(strstr(bus_error(bus_of(&b))->text, "no register there"));
		assert_int_equal(bus_read(bus_of(&b), CHIP_ID, &value), 0);
		chip_bench_close(&b);
	}
}

int main(void)
{
#define PINS(f) cmocka_unit_test_setup_teardown(f, open_mock, close_mock)
#define OVER(f) cmocka_unit_test_setup_teardown(f, open_si, close_mock)
#define USB(f)  cmocka_unit_test_setup_teardown(f, open_usb, close_mock)
	const struct CMUnitTest tests[] = {
		PINS(test_after_reset_the_pins_are_big_endian_without_padding),
		PINS(test_if_ctrl_decides_the_order_of_bytes_and_bits),
		PINS(test_a_read_that_is_too_fast_gives_eights_and_sets_if_stat),
		PINS(test_frames_that_end_early_write_nothing),
		PINS(test_the_vcore_domain_is_not_on_the_pins),
		PINS(test_the_soft_reset_clears_padding_and_order),
		PINS(test_the_vcore_window_behaves_as_its_texts_say),
		OVER(test_the_same_accesses_leave_the_same_registers_as_direct_ones),
		OVER(test_a_whole_init_leaves_the_same_registers_as_directly),
		OVER(test_one_read_asked_for_is_one_read_of_a_vcore_register),
		OVER(test_the_wait_for_the_vcore_window_is_bounded),
		OVER(test_a_vcore_address_without_register_is_an_error),
		OVER(test_registers_answer_after_a_soft_reset),
		OVER(test_bytes_take_their_time_on_the_wire),
		USB(test_the_same_accesses_leave_the_same_registers_as_direct_ones),
		USB(test_a_whole_init_leaves_the_same_registers_as_directly),
		USB(test_one_read_asked_for_is_one_read_of_a_vcore_register),
		USB(test_the_wait_for_the_vcore_window_is_bounded),
		USB(test_a_vcore_address_without_register_is_an_error),
		USB(test_registers_answer_after_a_soft_reset),
		cmocka_unit_test(test_what_the_mock_refuses_is_not_lost_on_the_pins),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
