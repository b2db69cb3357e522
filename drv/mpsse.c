/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/mpsse.h"

#include <assert.h>
#include <string.h>

/* FTDI AN_108: the commands of the MPSSE. */
#define BYTES_OUT       0x11u
#define BYTES_OUT_IN    0x31u
#define SET_LOW_PINS    0x80u
#define SET_HIGH_PINS   0x82u
#define GET_LOW_PINS    0x81u
#define NO_LOOPBACK     0x85u
#define SET_DIVISOR     0x86u
#define SEND_IMMEDIATE  0x87u
#define NO_DIVIDE_BY_5  0x8au
#define NO_THREE_PHASE  0x8du
#define NO_ADAPTIVE     0x97u
#define CS_PIN(cs)      (0x08u << (cs))
#define CHIP_SELECTS    0x18u
#define SET_PINS_BYTES  3u
#define SHIFT_BYTES     3u /* before the data */
#define END_BYTES       2u
#define MAX_FRAME_BYTES 65536u

uint16_t mpsse_divisor(uint32_t hz)
{
	uint32_t half = MPSSE_BASE_HZ / 2;
	uint32_t ratio;

	if (hz < MPSSE_MIN_HZ)
		return UINT16_MAX;
	ratio = half / hz + (half % hz != 0);
	return (uint16_t)((ratio == 0 ? 1 : ratio) - 1);
}

uint32_t mpsse_clock_hz(uint16_t divisor)
{
	return MPSSE_BASE_HZ / 2 / (divisor + UINT32_C(1));
}

static bool put(struct mpsse_stream *stream, const uint8_t *bytes, size_t n)
{
	if (stream->max - stream->n < n)
		return false;
	memcpy(stream->bytes + stream->n, bytes, n);
	stream->n += n;
	return true;
}

bool mpsse_put_divisor(struct mpsse_stream *stream, uint16_t divisor)
{
	const uint8_t bytes[] = { SET_DIVISOR, (uint8_t)divisor, (uint8_t)(divisor >> 8) };

	return put(stream, bytes, sizeof(bytes));
}

bool mpsse_put_setup(struct mpsse_stream *stream, uint16_t divisor)
{
	static const uint8_t bytes[] = {
		NO_DIVIDE_BY_5,  NO_ADAPTIVE,    NO_THREE_PHASE, NO_LOOPBACK, SET_LOW_PINS,
		MPSSE_PINS_IDLE, MPSSE_PINS_OUT, SET_HIGH_PINS,  0x00,        0x00
	};

	return put(stream, bytes, sizeof(bytes)) && mpsse_put_divisor(stream, divisor);
}

bool mpsse_put_release(struct mpsse_stream *stream)
{
	static const uint8_t bytes[] = { SET_LOW_PINS, 0x00, 0x00, SET_HIGH_PINS, 0x00, 0x00 };

	return put(stream, bytes, sizeof(bytes));
}

size_t mpsse_frame_bytes(size_t n)
{
	return SET_PINS_BYTES + SHIFT_BYTES + n + SET_PINS_BYTES;
}

static void put_pins(struct mpsse_stream *stream, unsigned levels)
{
	const uint8_t bytes[] = { SET_LOW_PINS, (uint8_t)levels, MPSSE_PINS_OUT };

	put(stream, bytes, sizeof(bytes));
}

static void put_frame(struct mpsse_stream *stream, unsigned cs, const struct si_frame *frame)
{
	const uint8_t shift[] = { frame->in != NULL ? BYTES_OUT_IN : BYTES_OUT,
				  (uint8_t)(frame->n - 1), (uint8_t)((frame->n - 1) >> 8) };

	put_pins(stream, MPSSE_PINS_IDLE & ~CS_PIN(cs));
	put(stream, shift, sizeof(shift));
	put(stream, frame->out, frame->n);
	put_pins(stream, MPSSE_PINS_IDLE);
	stream->n_answer += frame->in != NULL ? frame->n : 0;
	stream->n_clocks += 8 * frame->n;
}

size_t mpsse_put_frames(struct mpsse_stream *stream, unsigned cs, const struct si_frame *frames,
			size_t n)
{
	size_t i;

	assert(cs < MPSSE_MAX_CS);
	for (i = 0; i < n; i++) {
		assert(frames[i].n > 0 && frames[i].n <= MAX_FRAME_BYTES);
		if (stream->max - stream->n < mpsse_frame_bytes(frames[i].n) + END_BYTES)
			break;
		put_frame(stream, cs, &frames[i]);
	}
	return i;
}

void mpsse_put_end(struct mpsse_stream *stream)
{
	static const uint8_t bytes[] = { GET_LOW_PINS, SEND_IMMEDIATE };
	bool fits = put(stream, bytes, sizeof(bytes));

	assert(fits);
	(void)fits;
	stream->n_answer++;
}

bool mpsse_is_end(uint8_t byte)
{
	return (byte & (CHIP_SELECTS | 1u)) == MPSSE_PINS_IDLE;
}

size_t mpsse_take_frames(const uint8_t *answer, size_t n, const struct si_frame *frames,
			 size_t n_frames)
{
	size_t done = 0;

	for (size_t i = 0; i < n_frames; i++) {
		if (frames[i].in == NULL)
			continue;
		if (n < frames[i].n)
			break;
		memcpy(frames[i].in, answer, frames[i].n);
		answer += frames[i].n;
		n -= frames[i].n;
		done = i + 1;
	}
	return done;
}
