/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * record:FILE,URI: an inner bus whose operations are written to a trace file (drv/trace.h), batch
 * by batch; the time of a row is the end of its batch.  A file that can no longer be written fails
 * the batch, which has been done by then.
 */
#include "drv/bus_priv.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "drv/clock.h"
#include "drv/trace.h"
#include "regmaps/regdb/regdb.h"

struct bus_record {
	struct bus_wrapper wrapper;
	FILE *file;
	const struct regdb *map;
	uint64_t start_us;
};

static int open_file(struct bus_record *self, const char *path, const struct bus_env *env,
		     struct error *err)
{
	const char *map = env->map == NULL ? NULL : regdb_name(env->map);

	self->file = fopen(path, "w");
	if (self->file == NULL)
		return error_set_errno(err, errno, "record: trace file '%.256s'", path);
	self->map = env->map;
	self->start_us = clock_now_us(self->wrapper.bus.clock);
	return trace_write_head(self->file, map, bus_uri(self->wrapper.inner), err);
}

static void record_close(struct bus *bus)
{
	struct bus_record *self = (struct bus_record *)bus;

	if (self->file != NULL)
		fclose(self->file);
	bus__wrapper_close(bus);
}

static int open_around(const char *path, const struct bus_env *env, struct bus *inner,
		       struct error *err, struct bus **out)
{
	struct bus_record *self =
		bus__wrapper_new(sizeof(*self), &bus_backend_record, inner, err);
	int rc;

	if (self == NULL) {
		bus_close(inner);
		return E_NOMEM;
	}
	rc = open_file(self, path, env, err);
	if (rc != E_OK) {
		bus_close(&self->wrapper.bus);
		return rc;
	}
	*out = &self->wrapper.bus;
	return E_OK;
}

static int record_open(const char *rest, const struct bus_env *env, struct error *err,
		       struct bus **out)
{
	const char *inner_uri = uri_inner(rest);
	char *path = uri_take_part(&rest);
	struct bus *inner;
	int rc;

	if (path == NULL)
		return error_set(err, E_NOMEM, "record: out of memory");
	if (inner_uri == NULL || path[0] == '\0' || rest != inner_uri)
		rc = error_set(err, E_SYNTAX,
			       "record: needs a file and a bus: record:FILE,URI");
	else
		rc = bus_open(inner_uri, env, err, &inner);
	if (rc == E_OK)
		rc = open_around(path, env, inner, err, out);
	free(path);
	return rc;
}

static int note(struct bus_record *self, const struct bus_op *op, uint32_t want, int code)
{
	const struct trace_row row = {
		.op = *op,
		.want = want,
		.code = code,
		.at_us = clock_now_us(self->wrapper.bus.clock) - self->start_us,
		.text = self->wrapper.bus.err.text,
	};

	return trace_write_row(self->file, &row, self->map, &self->wrapper.bus.err);
}

/* Writes down what was tried of a batch that ended with @rc; @wants are the polls' wanted values. */
static int note_all(struct bus_record *self, const struct bus_op *ops, size_t n,
		    const uint32_t *wants, int rc)
{
	int noted = E_OK;

	for (size_t i = 0; noted == E_OK && i < n && ops[i].status != BUS_OP_NOT_RUN; i++)
		noted = note(self, &ops[i], wants[i], ops[i].status == BUS_OP_DONE ? E_OK : rc);
	fflush(self->file);
	return noted;
}

static int record_xfer(struct bus *bus, struct bus_op *ops, size_t n)
{
	struct bus_record *self = (struct bus_record *)bus;
	uint32_t *wants = malloc((n + 1) * sizeof(*wants));
	struct error failure;
	int rc, noted;

	if (wants == NULL)
		return bus__fail(bus, ops, BUS_OP_FAILED, E_NOMEM, "record: out of memory");
	for (size_t i = 0; i < n; i++)
		wants[i] = ops[i].kind == BUS_OP_POLL ? ops[i].value & ops[i].mask : 0;
	rc = bus__forward(&self->wrapper, ops, n);
	failure = bus->err;
	noted = note_all(self, ops, n, wants, rc);
	free(wants);
	if (rc != E_OK)
		error_copy(&bus->err, &failure);
	return rc != E_OK ? rc : noted;
}

const struct bus_backend bus_backend_record = {
	.scheme = "record",
	.help = "FILE,URI  a bus whose operations are written to a trace file",
	.whole = true,
	.open = record_open,
	.close = record_close,
	.xfer = record_xfer,
};
