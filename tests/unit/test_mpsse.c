/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The encoder of MPSSE streams, byte by byte.
 *
 * Known answers: opcodes, lengths and the divisor table of FTDI AN_108 (60 MHz clock); the frames
 * are what flashrom's ft2232_spi.c sends for the same transfer (80 00 0b, 11 length bytes, 80 08
 * 0b), with a second chip select on ADBUS4.
 */
#include "drv/mpsse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct mpsse_stream stream_of(uint8_t *bytes, size_t max)
{
	return (struct mpsse_stream){ .bytes = bytes, .max = max };
}

static void assert_stream(const struct mpsse_stream *stream, const char *hex)
{
	char text[512] = "";

	for (size_t i = 0; i < stream->n; i++)
		snprintf(text + 2 * i, 3, "%02x", stream->bytes[i]);
	assert_string_equal(text, hex);
}

static void test_divisors_are_those_of_the_application_note(void **state)
{
	static const struct {
		uint32_t hz;
		uint16_t divisor;
		uint32_t clock_hz;
	} rows[] = {
		{ 30000000, 0x0000, 30000000 }, { 15000000, 0x0001, 15000000 },
		{ 10000000, 0x0002, 10000000 }, { 7500000, 0x0003, 7500000 },
		{ 6000000, 0x0004, 6000000 },   { 5000000, 0x0005, 5000000 },
		{ 1000000, 0x001d, 1000000 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(mpsse_divisor(rows[i].hz), rows[i].divisor);
		assert_int_equal(mpsse_clock_hz(rows[i].divisor), rows[i].clock_hz);
	}
	assert_int_equal(mpsse_clock_hz(0xffff), 457);
}

/* Asking for what the chip cannot do gives the next slower clock, never a faster one. */
static void test_the_clock_is_never_faster_than_asked(void **state)
{
	(void)state;
	for (uint32_t hz = MPSSE_MIN_HZ; hz < 40000000; hz += hz / 7 + 1) {
		uint16_t divisor = mpsse_divisor(hz);

		assert_true(mpsse_clock_hz(divisor) <= hz);
		if (divisor > 0)
			assert_true(30000000.0 / divisor > hz);
	}
	assert_int_equal(mpsse_divisor(14999999), 2);
	assert_int_equal(mpsse_divisor(UINT32_MAX), 0);
	assert_int_equal(mpsse_divisor(1), 0xffff);
}

static void test_set_up_turns_off_what_spi_does_not_use(void **state)
{
	uint8_t bytes[64];
	struct mpsse_stream stream = stream_of(bytes, sizeof(bytes));

	(void)state;
	assert_true(mpsse_put_setup(&stream, 5));
	assert_stream(&stream, "8a978d8580181b820000860500");
	stream = stream_of(bytes, sizeof(bytes));
	assert_true(mpsse_put_release(&stream));
	assert_stream(&stream, "800000820000");
	stream = stream_of(bytes, 2);
	assert_false(mpsse_put_divisor(&stream, 1));
	assert_int_equal(stream.n, 0);
}

static void test_frames_are_select_shift_deselect(void **state)
{
	static const uint8_t write[] = { 0x80, 0x40, 0x01, 0x12, 0x34, 0x56, 0x78 };
	static const uint8_t read[] = { 0x00, 0x40, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00 };
	uint8_t in[8], bytes[64];
	const struct si_frame frames[] = { { write, NULL, 7 }, { read, in, 8 } };
	struct mpsse_stream stream = stream_of(bytes, sizeof(bytes));

	(void)state;
	assert_int_equal(mpsse_put_frames(&stream, 0, frames, 2), 2);
	mpsse_put_end(&stream);
	assert_stream(&stream, "80101b"
			       "110600"
			       "80400112345678"
			       "80181b"
			       "80101b"
			       "310700"
			       "0040000000000000"
			       "80181b"
			       "8187");
	assert_int_equal(stream.n_answer, 8 + 1);
	assert_int_equal(stream.n_clocks, 8 * 15);
	stream = stream_of(bytes, sizeof(bytes));
	assert_int_equal(mpsse_put_frames(&stream, 1, frames, 1), 1);
	assert_stream(&stream, "80081b"
			       "110600"
			       "80400112345678"
			       "80181b");
}

static void test_a_length_has_two_bytes(void **state)
{
	static uint8_t data[65536], bytes[70000];
	const struct si_frame frame = { data, NULL, 65536 };
	struct mpsse_stream stream = stream_of(bytes, sizeof(bytes));

	(void)state;
	assert_int_equal(mpsse_put_frames(&stream, 0, &frame, 1), 1);
	assert_memory_equal(bytes + 3, ((const uint8_t[]){ 0x11, 0xff, 0xff }), 3);
	assert_int_equal(stream.n, mpsse_frame_bytes(65536));
}

static void test_as_many_frames_as_fit_leave_room_for_the_end(void **state)
{
	static const uint8_t out[7] = { 0 };
	struct si_frame frames[100];
	uint8_t bytes[1024];

	(void)state;
	for (size_t i = 0; i < COUNT(frames); i++)
		frames[i] = (struct si_frame){ out, NULL, 7 };
	for (size_t max = 2; max < sizeof(bytes); max++) {
		struct mpsse_stream stream = stream_of(bytes, max);
		size_t n = mpsse_put_frames(&stream, 0, frames, COUNT(frames));

		assert_int_equal(n, (max - 2) / 16);
		mpsse_put_end(&stream);
		assert_int_equal(stream.n, 16 * n + 2);
	}
}

static void test_answers_go_to_the_frames_that_want_them(void **state)
{
	uint8_t in[2][3] = { { 0 } };
	const uint8_t out[3] = { 0 }, answer[] = { 1, 2, 3, 4, 5, 6, 0x18 };
	const struct si_frame frames[] = {
		{ out, NULL, 3 },  { out, in[0], 3 }, { out, NULL, 3 },
		{ out, in[1], 3 }, { out, NULL, 3 },
	};

	(void)state;
	assert_int_equal(mpsse_take_frames(answer, 2, frames, 5), 0);
	assert_int_equal(in[0][0], 0);
	assert_int_equal(mpsse_take_frames(answer, 3, frames, 5), 2);
	assert_int_equal(mpsse_take_frames(answer, 5, frames, 5), 2);
	assert_int_equal(mpsse_take_frames(answer, 7, frames, 5), 4);
	assert_memory_equal(in, answer, 6);
	assert_true(mpsse_is_end(answer[6]));
	assert_true(mpsse_is_end(0xfe));
	assert_false(mpsse_is_end(0x10));
	assert_false(mpsse_is_end(0xff));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_divisors_are_those_of_the_application_note),
		cmocka_unit_test(test_the_clock_is_never_faster_than_asked),
		cmocka_unit_test(test_set_up_turns_off_what_spi_does_not_use),
		cmocka_unit_test(test_frames_are_select_shift_deselect),
		cmocka_unit_test(test_a_length_has_two_bytes),
		cmocka_unit_test(test_as_many_frames_as_fit_leave_room_for_the_end),
		cmocka_unit_test(test_answers_go_to_the_frames_that_want_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
