/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The model of the FT232H at its USB endpoints, with bytes written out as FTDI AN_108 and AN_135
 * have them.  What a foreign client (flashrom) makes of it: tests/usb.
 */
#include "drv/mock_ft232h.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MS UINT64_C(1000000)

/* Answers each byte with the one before it; the first with 0xa5. */
struct echo {
	struct mock_spi spi;
	uint32_t hz;
	uint8_t last;
	unsigned n_selects;
	bool selected;
};

static void set_clock(struct mock_spi *spi, uint32_t hz)
{
	((struct echo *)spi)->hz = hz;
}

static void select_echo(struct mock_spi *spi, bool selected)
{
	struct echo *echo = (struct echo *)spi;

	echo->selected = selected;
	echo->n_selects += selected;
	if (selected)
		echo->last = 0xa5;
}

static uint8_t byte(struct mock_spi *spi, uint8_t out)
{
	struct echo *echo = (struct echo *)spi;
	uint8_t in = echo->last;

	assert_true(echo->selected);
	echo->last = out;
	return in;
}

static void free_echo(struct mock_spi *spi)
{
	(void)spi;
}

static const struct mock_spi_ops ops = { set_clock, select_echo, byte, NULL, free_echo };

struct bench {
	struct mock_ft232h *m;
	struct echo echo[2];
	uint64_t now_ns;
};

static bool vendor(struct bench *b, uint8_t request, uint16_t value)
{
	const struct mock_usb_setup setup = { 0x40, request, value, 1, 0 };
	size_t n;

	return mock_ft232h_control(b->m, &setup, NULL, &n);
}

static void run(struct bench *b, uint64_t ns)
{
	b->now_ns += ns;
	mock_ft232h_run(b->m, b->now_ns);
}

/* Sends hex, waits, and wants hex back behind the two bytes of status, in one packet. */
static bool send_hex(struct bench *b, const char *hex)
{
	uint8_t out[512];
	size_t n = 0;

	for (; hex[2 * n] != '\0'; n++) {
		char pair[3] = { hex[2 * n], hex[2 * n + 1], '\0' };

		out[n] = (uint8_t)strtoul(pair, NULL, 16);
	}
	return mock_ft232h_out(b->m, 0, out, n);
}

static void assert_answer(struct bench *b, const char *hex)
{
	uint8_t packet[512];
	char text[1025] = "";
	size_t n;

	assert_true(mock_ft232h_in(b->m, 0, packet, &n));
	assert_true(n >= 2);
	for (size_t i = 2; i < n; i++)
		sprintf(text + 2 * (i - 2), "%02x", packet[i]);
	assert_string_equal(text, hex);
}

static void assert_nak(struct bench *b)
{
	uint8_t packet[512];
	size_t n;

	assert_false(mock_ft232h_in(b->m, 0, packet, &n));
}

static int open_bench(void **state)
{
	struct bench *b = calloc(1, sizeof(*b));

	b->m = mock_ft232h_new(&(struct mock_ft232h_config){ MOCK_FT232H, "T1" });
	for (unsigned i = 0; i < 2; i++) {
		b->echo[i].spi.ops = &ops;
		mock_ft232h_attach(b->m, 0, 3 + i, &b->echo[i].spi);
	}
	run(b, 100 * MS);
	assert_answer(b, ""); /* the latency timer's */
	assert_true(vendor(b, 0x0b, 0x0200));
	*state = b;
	return 0;
}

static int close_bench(void **state)
{
	struct bench *b = *state;

	mock_ft232h_free(b->m);
	free(b);
	return 0;
}

/* AN_135: 0xAA is answered by 0xFA 0xAA.  With bit 7 clear nothing is told. */
static void test_a_bad_command_is_echoed_behind_fa(void **state)
{
	struct bench *b = *state;

	assert_true(send_hex(b, "aa0087ab87"));
	run(b, MS);
	assert_answer(b, "faaafaab");
	assert_nak(b);
}

static void test_answers_wait_for_a_full_packet_the_timer_or_send_immediate(void **state)
{
	struct bench *b = *state;

	assert_true(vendor(b, 0x09, 3)); /* latency timer: 3 ms */
	assert_true(send_hex(b, "81"));
	run(b, 2 * MS);
	assert_nak(b);
	run(b, 1 * MS);
	assert_answer(b, "ff"); /* inputs read high, and nothing is driven yet */
	run(b, 2 * MS);
	assert_nak(b);
	run(b, 1 * MS);
	assert_answer(b, "");
	assert_true(send_hex(b, "8187"));
	run(b, 1000);
	assert_answer(b, "ff");
}

static void test_pins_read_as_they_are_driven(void **state)
{
	struct bench *b = *state;

	assert_true(send_hex(b, "80181b"
				"81"
				"80101b"
				"81"
				"80181b"
				"83"
				"87"));
	run(b, MS);
	assert_answer(b, "fc"
			 "f4"
			 "ff");
	assert_int_equal(b->echo[0].n_selects, 1);
	assert_int_equal(b->echo[1].n_selects, 0);
}

static void test_mode_0_bytes_reach_the_selected_device(void **state)
{
	struct bench *b = *state;

	assert_true(send_hex(b, "80181b"
				"80081b"
				"310200112233"
				"80181b"
				"87"));
	run(b, MS);
	assert_answer(b, "a51122");
	assert_int_equal(b->echo[1].last, 0x33);
	assert_int_equal(b->echo[0].n_selects, 0);
	/* Least significant bit first: on the wire 0x88, 0x44. */
	assert_true(send_hex(b, "80101b"
				"3901001122"
				"80181b"
				"87"));
	run(b, MS);
	assert_answer(b, "a511");
	assert_int_equal(b->echo[0].last, 0x44);
	/* Only in; only out on the wrong edge comes one bit late. */
	assert_true(send_hex(b, "80101b"
				"11000080"
				"100000ff"
				"200000"
				"80181b"
				"87"));
	run(b, MS);
	assert_answer(b, "7f");
}

static void test_loopback_returns_what_is_sent(void **state)
{
	struct bench *b = *state;

	assert_true(send_hex(b, "84"
				"310100c35a"
				"85"
				"310000c3"
				"87"));
	run(b, MS);
	assert_answer(b, "c35a"
			 "ff");
}

/* AN_108: 12 MHz / (2 (1 + n)) until 8a takes the divide-by-5 away, then 60 MHz. */
static void test_the_clock_follows_divisor_and_divide_by_5(void **state)
{
	struct bench *b = *state;

	assert_true(send_hex(b, "860000"
				"80181b"
				"80101b"
				"80181b"));
	run(b, MS);
	assert_int_equal(b->echo[0].hz, 6000000);
	assert_true(send_hex(b, "8a"
				"80101b"
				"80181b"));
	run(b, MS);
	assert_int_equal(b->echo[0].hz, 30000000);
	assert_true(send_hex(b, "860500"
				"80101b"
				"80181b"));
	run(b, MS);
	assert_int_equal(b->echo[0].hz, 5000000);
}

/* 100 bytes at 5 MHz take 160 us, and the command its 200 ns. */
static void test_bytes_take_the_time_of_their_clocks(void **state)
{
	struct bench *b = *state;
	char hex[2 * 100 + 7] = "116300";

	memset(hex + 6, '0', 200);
	assert_true(send_hex(b, "8a860500"));
	run(b, MS);
	assert_true(send_hex(b, hex));
	assert_true(send_hex(b, "8187"));
	run(b, 160 * 1000);
	assert_nak(b);
	run(b, 1000);
	assert_answer(b, "ff");
}

static void test_full_fifos_stop_the_clock_and_then_the_host(void **state)
{
	struct bench *b = *state;
	uint8_t packet[512];
	size_t n, total = 0, packets = 0;
	uint64_t clocks;

	memset(packet, 0x55, sizeof(packet));
	assert_true(send_hex(b, "84"
				"31ff1f")); /* 8192 bytes, looped back */
	run(b, MS);
	while (mock_ft232h_out(b->m, 0, packet, 512)) {
		run(b, 10 * MS);
		packets++;
	}
	assert_int_equal(packets, 4); /* 1 KB in each FIFO */
	clocks = mock_ft232h_pins(b->m, 0).n_clocks;
	assert_int_equal(clocks, 8 * 1024);
	run(b, 100 * MS);
	assert_int_equal(mock_ft232h_pins(b->m, 0).n_clocks, clocks);
	assert_true(mock_ft232h_is_idle(b->m, 0));
	while (mock_ft232h_in(b->m, 0, packet, &n)) {
		total += n - 2;
		run(b, 20 * MS);
		if (n < 512)
			break;
	}
	assert_int_equal(total, 2048);
	assert_int_equal(mock_ft232h_pins(b->m, 0).most_in, 1024);
	assert_int_equal(mock_ft232h_pins(b->m, 0).most_out, 1024);
}

static void test_leaving_the_mode_makes_the_pins_inputs(void **state)
{
	struct bench *b = *state;

	assert_true(send_hex(b, "80101b"));
	run(b, MS);
	assert_int_equal(mock_ft232h_pins(b->m, 0).directions, 0x1b);
	assert_true(vendor(b, 0x0b, 0));
	assert_int_equal(mock_ft232h_pins(b->m, 0).directions, 0);
	assert_false(mock_ft232h_pins(b->m, 0).mpsse);
	assert_false(vendor(b, 0x0b, 0x0700)); /* no such mode */
	assert_false(vendor(b, 0x09, 0));      /* no such latency */
}

/* USB 2.0, 9.6; numbers and names as usb.ids and libftdi have them. */
static void test_descriptors_tell_which_chip_it_is(void **state)
{
	static const struct {
		enum mock_ft232h_kind kind;
		uint16_t product, release;
		unsigned channels;
	} rows[] = {
		{ MOCK_FT232H, 0x6014, 0x0900, 1 },
		{ MOCK_FT2232H, 0x6010, 0x0700, 2 },
		{ MOCK_FT4232H, 0x6011, 0x0800, 4 },
	};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct mock_ft232h *m =
			mock_ft232h_new(&(struct mock_ft232h_config){ rows[i].kind, "S1" });
		uint8_t bytes[256];
		size_t n = mock_ft232h_descriptors(m, bytes, sizeof(bytes));

		assert_int_equal(n, 18 + 9 + 23 * rows[i].channels);
		assert_int_equal(bytes[8] | bytes[9] << 8, 0x0403);
		assert_int_equal(bytes[10] | bytes[11] << 8, rows[i].product);
		assert_int_equal(bytes[12] | bytes[13] << 8, rows[i].release);
		assert_int_equal(bytes[18 + 2] | bytes[18 + 3] << 8, n - 18);
		for (size_t at = 0; at < n; at += bytes[at])
			assert_true(bytes[at] > 1);
		mock_ft232h_free(m);
	}
}

static void test_only_two_channels_of_the_ft4232h_have_an_mpsse(void **state)
{
	struct mock_ft232h *m =
		mock_ft232h_new(&(struct mock_ft232h_config){ MOCK_FT4232H, "S1" });
	size_t n;

	(void)state;
	for (uint16_t i = 1; i <= 4; i++) {
		const struct mock_usb_setup setup = { 0x40, 0x0b, 0x0200, i, 0 };

		assert_int_equal(mock_ft232h_control(m, &setup, NULL, &n), i <= 2);
	}
	mock_ft232h_free(m);
}

int main(void)
{
#define ON(f) cmocka_unit_test_setup_teardown(f, open_bench, close_bench)
	const struct CMUnitTest tests[] = {
		ON(test_a_bad_command_is_echoed_behind_fa),
		ON(test_answers_wait_for_a_full_packet_the_timer_or_send_immediate),
		ON(test_pins_read_as_they_are_driven),
		ON(test_mode_0_bytes_reach_the_selected_device),
		ON(test_loopback_returns_what_is_sent),
		ON(test_the_clock_follows_divisor_and_divide_by_5),
		ON(test_bytes_take_the_time_of_their_clocks),
		ON(test_full_fifos_stop_the_clock_and_then_the_host),
		ON(test_leaving_the_mode_makes_the_pins_inputs),
		cmocka_unit_test(test_descriptors_tell_which_chip_it_is),
		cmocka_unit_test(test_only_two_channels_of_the_ft4232h_have_an_mpsse),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
