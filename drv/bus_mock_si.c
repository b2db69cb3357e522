/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/bus_mock_si.h"

#include <stdlib.h>

#include "drv/bus_priv.h"
#include "drv/clock.h"
#include "drv/mock.h"
#include "drv/mock_vsc7448.h"
#include "drv/mock_vsc7448/si.h"

struct mock_pipe {
	struct si_pipe pipe;
	struct bus *inner;
	struct mock_vsc7448 *model;
	struct clock *clock;
	uint32_t clock_hz;
	uint64_t
		owed_ns; /* time on the wire that the clock, which counts microseconds, lacks */
};

static void pass_time(struct mock_pipe *self, size_t n)
{
	self->owed_ns += n * UINT64_C(8000000000) / self->clock_hz;
	clock_wait_us(self->clock, self->owed_ns / 1000);
	self->owed_ns %= 1000;
}

static void one_frame(struct mock_pipe *self, const struct si_frame *frame)
{
	mv_si_select(self->model, true);
	for (size_t i = 0; i < frame->n; i++) {
		uint8_t in = mv_si_byte(self->model, frame->out[i]);

		if (frame->in != NULL)
			frame->in[i] = in;
	}
	mv_si_select(self->model, false);
	pass_time(self, frame->n);
}

static int exchange(struct si_pipe *pipe, const struct si_frame *frames, size_t n, size_t *done,
		    struct error *err)
{
	struct mock_pipe *self = (struct mock_pipe *)pipe;

	for (*done = 0; *done < n; ++*done) {
		int rc;

		one_frame(self, &frames[*done]);
		rc = mv_si_failure(self->model, err);
		if (rc != 0)
			return rc;
	}
	return 0;
}

static void close_pipe(struct si_pipe *pipe)
{
	struct mock_pipe *self = (struct mock_pipe *)pipe;

	bus_close(self->inner);
	free(self);
}

static const struct si_pipe_ops ops = { exchange, close_pipe };

int bus__mock_si(const struct bus_mock_si *si, struct error *err, struct bus **out)
{
	struct mock_vsc7448 *model = mock_vsc7448_of(si->mock);
	struct mock_pipe *self = model == NULL ? NULL : calloc(1, sizeof(*self));
	struct bus_env window = { .origin = si->inner->origin, .size = si->inner->size };

	if (self == NULL) {
		bus_close(si->inner);
		if (model == NULL)
			return error_set(
				err, E_NOTSUP,
				"mock: si needs the behaviour model of a VSC7448, which "
				"this device does not have");
		return error_set(err, E_NOMEM, "mock: out of memory");
	}
	*self = (struct mock_pipe){ .pipe.ops = &ops,
				    .inner = si->inner,
				    .model = model,
				    .clock = mock_clock(si->mock),
				    .clock_hz = si->clock_hz };
	mv_si_set_clock(model, si->clock_hz);
	return si_bus_open(&(struct si_config){ .pipe = &self->pipe,
						.clock = self->clock,
						.clock_hz = si->clock_hz,
						.padding = si->padding },
			   &window, err, out);
}
