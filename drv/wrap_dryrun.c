/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/wrap.h"

#include "drv/bus_priv.h"
#include "drv/wordmap.h"

struct bus_dryrun {
	struct bus_wrapper wrapper;
	struct wrap_dryrun_ops ops;
	struct wordmap overlay;
};

static void dryrun_close(struct bus *bus)
{
	struct bus_dryrun *self = (struct bus_dryrun *)bus;

	wordmap_fini(&self->overlay);
	bus__wrapper_close(bus);
}

/* The value before a write; *@known says whether there is one. */
static int old_value(struct bus_dryrun *self, struct bus_op *op, uint32_t *old, bool *known)
{
	const uint32_t *planned = wordmap_find(&self->overlay, op->addr);
	struct bus_op read = { .kind = BUS_OP_READ, .addr = op->addr };
	int rc;

	*known = true;
	if (planned != NULL) {
		*old = *planned;
		return E_OK;
	}
	*known = self->ops.peek == NULL || self->ops.peek(self->ops.arg, op->addr);
	if (!*known)
		return E_OK;
	rc = bus__forward(&self->wrapper, &read, 1);
	*old = read.value;
	return rc;
}

static int plan_write(struct bus_dryrun *self, struct bus_op *op)
{
	uint32_t old = 0;
	bool known;
	int rc = old_value(self, op, &old, &known);

	if (rc != E_OK) {
		op->status = BUS_OP_FAILED;
		return rc;
	}
	if (wordmap_put(&self->overlay, op->addr, op->value) != E_OK)
		return bus__fail(&self->wrapper.bus, op, BUS_OP_FAILED, E_NOMEM,
				 "out of memory");
	self->ops.report(self->ops.arg, op, old, known);
	op->status = BUS_OP_DONE;
	return E_OK;
}

static int dryrun_one(struct bus_dryrun *self, struct bus_op *op)
{
	const uint32_t *planned;

	switch (op->kind) {
	case BUS_OP_WRITE:
		return plan_write(self, op);
	case BUS_OP_READ:
		planned = wordmap_find(&self->overlay, op->addr);
		if (planned == NULL)
			return bus__forward(&self->wrapper, op, 1);
		op->value = *planned;
		break;
	case BUS_OP_DELAY:
	case BUS_OP_POLL:
		self->ops.report(self->ops.arg, op, 0, false);
		break;
	}
	op->status = BUS_OP_DONE;
	return E_OK;
}

/* Reads that nothing hides, from @ops on: they go to the device in one batch. */
static size_t plain_reads(const struct bus_dryrun *self, const struct bus_op *ops, size_t n)
{
	size_t i = 0;

	while (i < n && ops[i].kind == BUS_OP_READ &&
	       wordmap_find(&self->overlay, ops[i].addr) == NULL)
		i++;
	return i;
}

static int dryrun_xfer(struct bus *bus, struct bus_op *ops, size_t n)
{
	struct bus_dryrun *self = (struct bus_dryrun *)bus;
	int rc = E_OK;

	for (size_t i = 0; rc == E_OK && i < n;) {
		size_t reads = plain_reads(self, ops + i, n - i);

		if (reads > 0) {
			rc = bus__forward(&self->wrapper, ops + i, reads);
			i += reads;
		} else {
			rc = dryrun_one(self, &ops[i++]);
		}
	}
	return rc;
}

static const struct bus_backend dryrun_backend = {
	.scheme = "dry-run",
	.whole = true,
	.close = dryrun_close,
	.xfer = dryrun_xfer,
};

int wrap_dryrun(struct bus *inner, const struct wrap_dryrun_ops *ops, struct error *err,
		struct bus **out)
{
	struct bus_dryrun *self = bus__wrapper_new(sizeof(*self), &dryrun_backend, inner, err);

	if (self == NULL)
		return E_NOMEM;
	self->wrapper.bus.leased_from = NULL; /* writes nothing: needs nobody kept out */
	self->ops = *ops;
	*out = &self->wrapper.bus;
	return E_OK;
}
