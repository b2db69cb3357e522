/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/wrap.h"

#include "drv/bus_priv.h"

struct bus_verify {
	struct bus_wrapper wrapper;
	struct wrap_verify_ops ops;
};

/* One write and its read-back, in one batch of the inner bus. */
static int write_verified(struct bus_verify *self, struct bus_op *op, uint32_t mask)
{
	struct bus_op pair[] = { *op, { .kind = BUS_OP_READ, .addr = op->addr } };
	int rc = bus__forward(&self->wrapper, pair, 2);

	op->status = pair[0].status;
	if (rc != E_OK) {
		if (op->status == BUS_OP_DONE) {
			op->status = BUS_OP_UNKNOWN;
			error_prefix(&self->wrapper.bus.err, "read-back");
		}
		return rc;
	}
	if (((pair[1].value ^ op->value) & mask) == 0)
		return E_OK;
	return bus__fail(&self->wrapper.bus, op, BUS_OP_FAILED, E_MISMATCH,
			 "wrote 0x%08x, read back 0x%08x (mask 0x%08x)", op->value,
			 pair[1].value, mask);
}

static int verify_xfer(struct bus *bus, struct bus_op *ops, size_t n)
{
	struct bus_verify *self = (struct bus_verify *)bus;
	size_t done = 0;

	while (done < n) {
		size_t end = done;
		uint32_t mask = 0;
		int rc = E_OK;

		while (end < n && mask == 0) {
			if (ops[end].kind == BUS_OP_WRITE)
				mask = self->ops.mask(self->ops.arg, ops[end].addr);
			end += mask == 0;
		}
		if (end > done)
			rc = bus__forward(&self->wrapper, ops + done, end - done);
		if (rc == E_OK && mask != 0)
			rc = write_verified(self, &ops[end++], mask);
		if (rc != E_OK)
			return rc;
		done = end;
	}
	return E_OK;
}

static const struct bus_backend verify_backend = {
	.scheme = "verify",
	.whole = true,
	.close = bus__wrapper_close,
	.xfer = verify_xfer,
};

int wrap_verify(struct bus *inner, const struct wrap_verify_ops *ops, struct error *err,
		struct bus **out)
{
	struct bus_verify *self = bus__wrapper_new(sizeof(*self), &verify_backend, inner, err);

	if (self == NULL)
		return E_NOMEM;
	self->ops = *ops;
	*out = &self->wrapper.bus;
	return E_OK;
}
