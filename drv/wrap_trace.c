/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/wrap.h"

#include "drv/bus_priv.h"

struct bus_trace {
	struct bus_wrapper wrapper;
	struct wrap_trace_ops ops;
};

static int trace_xfer(struct bus *bus, struct bus_op *ops, size_t n)
{
	struct bus_trace *self = (struct bus_trace *)bus;
	int rc = bus__forward(&self->wrapper, ops, n);

	for (size_t i = 0; i < n && ops[i].status != BUS_OP_NOT_RUN; i++)
		self->ops.trace(self->ops.arg, &ops[i],
				ops[i].status == BUS_OP_DONE ? E_OK : rc);
	return rc;
}

static const struct bus_backend trace_backend = {
	.scheme = "trace",
	.whole = true,
	.close = bus__wrapper_close,
	.xfer = trace_xfer,
};

int wrap_trace(struct bus *inner, const struct wrap_trace_ops *ops, struct error *err,
	       struct bus **out)
{
	struct bus_trace *self = bus__wrapper_new(sizeof(*self), &trace_backend, inner, err);

	if (self == NULL)
		return E_NOMEM;
	self->ops = *ops;
	*out = &self->wrapper.bus;
	return E_OK;
}
