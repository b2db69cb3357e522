/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/ftdi_spi.h"

#include <stdlib.h>

#include "drv/mpsse.h"

#define STREAM_BYTES (SI_MAX_FRAMES * (SI_MAX_BYTES + 16u))
#define SLACK_US     1000000u /* what USB may take on top of the time on the wire */

struct ftdi_spi {
	struct ftdi *ftdi;
	unsigned n_users;
	bool clock_known; /* that the divisor of the chip is @divisor */
	uint16_t divisor;
	void (*gone)(void *arg);
	void *arg;
	uint8_t out[STREAM_BYTES];
	uint8_t in[STREAM_BYTES];
};

struct pipe {
	struct si_pipe pipe;
	struct ftdi_spi *spi;
	unsigned cs;
	uint16_t divisor;
};

/* Twice the time on the wire, and what USB may need. */
static uint64_t limit_us(const struct mpsse_stream *stream, uint16_t divisor)
{
	return 2 * (uint64_t)stream->n_clocks * 1000000u / mpsse_clock_hz(divisor) + SLACK_US;
}

/* One stream of as many frames as fit; @done counts those that surely happened. */
static int one_stream(struct pipe *self, const struct si_frame *frames, size_t *n, size_t *done,
		      struct error *err)
{
	struct ftdi_spi *spi = self->spi;
	struct mpsse_stream stream = { .bytes = spi->out, .max = sizeof(spi->out) };
	struct ftdi_stream move = { .out = spi->out, .in = spi->in };
	size_t got;
	int rc;

	if (!spi->clock_known || spi->divisor != self->divisor)
		mpsse_put_divisor(&stream, self->divisor);
	*n = mpsse_put_frames(&stream, self->cs, frames, *n);
	mpsse_put_end(&stream);
	move.n_out = stream.n;
	move.n_in = stream.n_answer;
	move.limit_us = limit_us(&stream, self->divisor);
	rc = ftdi_exchange(spi->ftdi, &move, &got, err);
	spi->clock_known = rc == 0;
	spi->divisor = self->divisor;
	*done = mpsse_take_frames(spi->in, got, frames, *n);
	if (rc == 0 && !mpsse_is_end(spi->in[stream.n_answer - 1]))
		rc = error_set(err, E_IO,
			       "USB: the pins read 0x%02x after the frames: the adapter lost "
			       "the start of a command",
			       spi->in[stream.n_answer - 1]);
	if (rc == 0)
		*done = *n;
	return rc;
}

static int exchange(struct si_pipe *pipe, const struct si_frame *frames, size_t n, size_t *done,
		    struct error *err)
{
	struct pipe *self = (struct pipe *)pipe;

	*done = 0;
	while (*done < n) {
		size_t part = n - *done, part_done = 0;
		int rc = one_stream(self, frames + *done, &part, &part_done, err);

		*done += part_done;
		if (rc != 0)
			return rc;
	}
	return 0;
}

void ftdi_spi_release(struct ftdi_spi *spi)
{
	if (--spi->n_users > 0)
		return;
	if (spi->gone != NULL)
		spi->gone(spi->arg);
	ftdi_close(spi->ftdi);
	free(spi);
}

static void close_pipe(struct si_pipe *pipe)
{
	struct pipe *self = (struct pipe *)pipe;

	ftdi_spi_release(self->spi);
	free(self);
}

static const struct si_pipe_ops ops = { exchange, close_pipe };

int ftdi_spi_new(struct ftdi *ftdi, struct error *err, struct ftdi_spi **out)
{
	struct ftdi_spi *spi = calloc(1, sizeof(*spi));

	if (spi == NULL) {
		ftdi_close(ftdi);
		return error_set(err, E_NOMEM, "USB: out of memory");
	}
	spi->ftdi = ftdi;
	spi->n_users = 1;
	*out = spi;
	return 0;
}

void ftdi_spi_on_end(struct ftdi_spi *spi, void (*gone)(void *arg), void *arg)
{
	spi->gone = gone;
	spi->arg = arg;
}

int ftdi_spi_pipe(struct ftdi_spi *spi, unsigned cs, uint32_t clock_hz, struct error *err,
		  struct si_pipe **out)
{
	struct pipe *self;

	if (cs >= MPSSE_MAX_CS)
		return error_set(err, E_RANGE, "USB: chip select %u; there are 0 and 1", cs);
	if (clock_hz < MPSSE_MIN_HZ || clock_hz > MPSSE_MAX_HZ)
		return error_set(err, E_RANGE,
				 "USB: a clock of %u Hz; from %u to %u is possible", clock_hz,
				 MPSSE_MIN_HZ, MPSSE_MAX_HZ);
	self = calloc(1, sizeof(*self));
	if (self == NULL)
		return error_set(err, E_NOMEM, "USB: out of memory");
	*self = (struct pipe){
		.pipe.ops = &ops, .spi = spi, .cs = cs, .divisor = mpsse_divisor(clock_hz)
	};
	spi->n_users++;
	*out = &self->pipe;
	return 0;
}
