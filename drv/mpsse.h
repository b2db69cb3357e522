/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The command streams of FTDI's MPSSE (FT232H, FT2232H, FT4232H) for SPI mode 0 with two chip
 * selects.  Pure: bytes in, bytes out; drv/ftdi.h moves them.
 *
 * Pins (FTDI AN_108, "Data bit Definition"; AN_114): ADBUS0 SK, ADBUS1 DO, ADBUS2 DI, ADBUS3 chip
 * select 0, ADBUS4 (GPIOL0) chip select 1, both active low.  A frame is:
 *
 *     80 levels directions                  one chip select low
 *     31 length bytes, or 11 length bytes
 *     80 levels directions                  both chip selects high
 *
 * 31 takes a byte for each that it sends, 11 only sends.  Out changes on the falling edge, in is
 * taken on the rising one, most significant bit first: SPI mode 0.  A length is the number of
 * bytes minus one, low byte first.  Commands are those of FTDI AN_108, the set-up that of AN_135.
 *
 * SK is 60 MHz / (2 (1 + divisor)) with the divide-by-5 off.
 */
#ifndef DRV_MPSSE_H
#define DRV_MPSSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/si.h"

#define MPSSE_BASE_HZ     60000000u
#define MPSSE_MIN_HZ      458u      /* 60 MHz / (2 * 65536), rounded up */
#define MPSSE_MAX_HZ      30000000u /* divisor 0 */
#define MPSSE_MAX_CS      2u
#define MPSSE_PINS_OUT    0x1bu /* SK, DO and the chip selects are outputs */
#define MPSSE_PINS_IDLE   0x18u /* SK low, nobody selected */
#define MPSSE_BAD_COMMAND 0xfau /* answers a byte that is no command, which follows */

/* Divisor of the fastest clock that is not above @hz (MPSSE_MIN_HZ at least), and its clock. */
uint16_t mpsse_divisor(uint32_t hz);
uint32_t mpsse_clock_hz(uint16_t divisor);

/* A stream being made, in the caller's storage. */
struct mpsse_stream {
	uint8_t *bytes;
	size_t n, max;
	size_t n_answer; /* bytes that the device will answer */
	size_t n_clocks; /* of SK, to reckon how long it takes */
};

/*
 * Divide-by-5 off, adaptive clocking and three-phase off, no loopback; the pins
 * idle, the upper byte of pins all inputs.  13 bytes, with the divisor.  False: no room.
 */
bool mpsse_put_setup(struct mpsse_stream *stream, uint16_t divisor);
bool mpsse_put_divisor(struct mpsse_stream *stream, uint16_t divisor); /* 3 bytes */
/* All pins inputs, as after power-up.  6 bytes. */
bool mpsse_put_release(struct mpsse_stream *stream);

/*
 * Adds @frames under chip select @cs, as many of the @n as fit and leave room for the end; returns
 * how many.
 */
size_t mpsse_put_frames(struct mpsse_stream *stream, unsigned cs, const struct si_frame *frames,
			size_t n);

/*
 * Ends a stream: reads the pins back, one byte that shows that all before it was
 * done, and sends what was answered at once.  There is always room.
 */
void mpsse_put_end(struct mpsse_stream *stream);

/* Is @byte what mpsse_put_end()'s look at the pins must give? */
bool mpsse_is_end(uint8_t byte);

/* Bytes of the stream for one frame of @n bytes. */
size_t mpsse_frame_bytes(size_t n);

/*
 * Gives the @n bytes of answer to the frames that want them, as far as they are complete.
 * Returns how many frames have surely happened: those up to the last with a complete answer.
 */
size_t mpsse_take_frames(const uint8_t *answer, size_t n, const struct si_frame *frames,
			 size_t n_frames);

#endif
