/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/wrap.h"

#include "drv/bus_priv.h"

static int readonly_xfer(struct bus *bus, struct bus_op *ops, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (ops[i].kind == BUS_OP_WRITE)
			return bus__fail(bus, &ops[i], BUS_OP_NOT_RUN, E_POLICY,
					 "refused, the bus is read-only");
	return bus__forward((struct bus_wrapper *)bus, ops, n);
}

static const struct bus_backend readonly_backend = {
	.scheme = "read-only",
	.whole = true,
	.close = bus__wrapper_close,
	.xfer = readonly_xfer,
};

int wrap_readonly(struct bus *inner, struct error *err, struct bus **out)
{
	struct bus_wrapper *self =
		bus__wrapper_new(sizeof(*self), &readonly_backend, inner, err);

	if (self == NULL)
		return E_NOMEM;
	self->bus.leased_from = NULL; /* writes nothing: needs nobody kept out */
	*out = &self->bus;
	return E_OK;
}
