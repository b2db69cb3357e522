/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/bus.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drv/bus_priv.h"
#include "drv/clock.h"
#include "drv/uri.h"

/* In help order. */
static const struct bus_backend *const backends[] = {
	&bus_backend_mock,  &bus_backend_file,   &bus_backend_pci,
	&bus_backend_usb,   &bus_backend_unix,   &bus_backend_ssh,
	&bus_backend_fault, &bus_backend_record, &bus_backend_replay,
};

#define N_BACKENDS (sizeof(backends) / sizeof(backends[0]))

const char *bus_scheme_name(size_t i)
{
	return i < N_BACKENDS ? backends[i]->scheme : NULL;
}

const char *bus_scheme_help(size_t i)
{
	return i < N_BACKENDS ? backends[i]->help : NULL;
}

bool bus_scheme_param(size_t i, size_t k, struct bus_param *param)
{
	const struct uri_key *keys = i < N_BACKENDS ? backends[i]->keys : NULL;

	if (keys == NULL)
		return false;
	for (size_t j = 0; keys[j].name != NULL; j++)
		if (j == k) {
			param->name = keys[j].name;
			param->value = keys[j].value;
			param->help = keys[j].help;
			return true;
		}
	return false;
}

static const struct bus_backend *backend_find(const char *scheme, size_t len)
{
	for (size_t i = 0; i < N_BACKENDS; i++)
		if (strlen(backends[i]->scheme) == len &&
		    memcmp(backends[i]->scheme, scheme, len) == 0)
			return backends[i];
	return NULL;
}

static int unknown_scheme(const char *uri, struct error *err)
{
	char known[128] = "";
	size_t used = 0;

	for (size_t i = 0; i < N_BACKENDS && used < sizeof(known); i++)
		used += (size_t)snprintf(known + used, sizeof(known) - used,
					 "%s%s:", i > 0 ? ", " : "", backends[i]->scheme);
	return error_set(err, E_SYNTAX, "unknown bus '%.64s' (known: %s)", uri, known);
}

int bus_open(const char *uri, const struct bus_env *env, struct error *err, struct bus **out)
{
	static const struct bus_env no_env = { .map = NULL };
	const struct bus_backend *backend = NULL;
	const char *rest;
	struct bus *bus;
	size_t len;
	int rc;

	if (strlen(uri) > URI_MAX_CHARS)
		return error_set(err, E_SYNTAX, "bus '%.32s...' is longer than %d characters",
				 uri, URI_MAX_CHARS);
	rest = uri_scheme(uri, &len);
	if (rest != NULL)
		backend = backend_find(uri, len);
	if (backend == NULL)
		return unknown_scheme(uri, err);
	rc = backend->open(rest, env == NULL ? &no_env : env, err, &bus);
	if (rc != E_OK)
		return rc;
	free(bus->uri);
	bus->uri = strdup(uri);
	if (bus->uri == NULL) {
		bus_close(bus);
		return error_set(err, E_NOMEM, "%s: out of memory", backend->scheme);
	}
	*out = bus;
	return E_OK;
}

void bus_close(struct bus *bus)
{
	if (bus == NULL)
		return;
	free(bus->uri);
	free(bus->lock_key);
	bus->backend->close(bus);
}

int bus__set_window(struct bus *bus, uint64_t origin, uint64_t size, struct error *err)
{
	if (origin % 4 != 0 || size % 4 != 0 || (size > 0 && size - 1 > UINT64_MAX - origin))
		return error_set(err, E_RANGE,
				 "%s: a window of 0x%" PRIx64 " bytes at 0x%" PRIx64
				 " is not made of whole words",
				 bus->backend->scheme, size, origin);
	bus->origin = origin;
	bus->size = size;
	bus->last = size == 0 ? UINT64_MAX - origin : size - 1;
	return E_OK;
}

int bus__init(struct bus *bus, const struct bus_backend *backend, const struct bus_env *env,
	      struct error *err)
{
	memset(bus, 0, sizeof(*bus));
	bus->backend = backend;
	bus->clock = clock_real();
	return bus__set_window(bus, env->origin, env->size, err);
}

void *bus__wrapper_new(size_t size, const struct bus_backend *backend, struct bus *inner,
		       struct error *err)
{
	struct bus_wrapper *wrapper = calloc(1, size);
	char *uri = strdup(inner->uri);
	char *key = inner->lock_key == NULL ? NULL : strdup(inner->lock_key);

	if (wrapper == NULL || uri == NULL || (inner->lock_key != NULL && key == NULL)) {
		free(wrapper);
		free(uri);
		free(key);
		error_set(err, E_NOMEM, "%s: out of memory", backend->scheme);
		return NULL;
	}
	wrapper->bus.backend = backend;
	wrapper->bus.uri = uri;
	wrapper->bus.lock_key = key;
	wrapper->bus.clock = inner->clock;
	wrapper->bus.origin = inner->origin;
	wrapper->bus.size = inner->size;
	wrapper->bus.last = inner->last;
	wrapper->bus.leased_from = inner;
	wrapper->inner = inner;
	return wrapper;
}

void bus__wrapper_close(struct bus *bus)
{
	struct bus_wrapper *wrapper = (struct bus_wrapper *)bus;

	bus_close(wrapper->inner);
	free(wrapper);
}

int bus_read(struct bus *bus, uint64_t addr, uint32_t *value)
{
	struct bus_op op = { .kind = BUS_OP_READ, .addr = addr };
	int rc = bus_xfer(bus, &op, 1);

	if (rc == E_OK)
		*value = op.value;
	return rc;
}

int bus_write(struct bus *bus, uint64_t addr, uint32_t value)
{
	struct bus_op op = { .kind = BUS_OP_WRITE, .addr = addr, .value = value };

	return bus_xfer(bus, &op, 1);
}

/* The bus behind all wrappers: the one that knows whether its device is shared. */
static struct bus *lender(struct bus *bus)
{
	while (bus->leased_from != NULL)
		bus = bus->leased_from;
	return bus;
}

int bus_lease(struct bus *bus, const char *what, uint64_t wait_us)
{
	struct bus *from = lender(bus);
	int rc = E_OK;

	error_clear(&bus->err);
	if (from->backend->lease != NULL && from->leases == 0)
		rc = from->backend->lease(from, what, wait_us);
	if (rc == E_OK)
		from->leases++;
	else
		error_copy(&bus->err, &from->err);
	return rc;
}

void bus_release(struct bus *bus)
{
	struct bus *from = lender(bus);

	if (--from->leases == 0 && from->backend->release != NULL)
		from->backend->release(from);
}

static const struct bus *lender_of(const struct bus *bus)
{
	while (bus->leased_from != NULL)
		bus = bus->leased_from;
	return bus;
}

bool bus_is_shared(const struct bus *bus)
{
	return lender_of(bus)->backend->lease != NULL;
}

bool bus_is_leased(const struct bus *bus)
{
	return lender_of(bus)->leases > 0;
}

const struct error *bus_error(const struct bus *bus)
{
	return &bus->err;
}

struct clock *bus_clock(const struct bus *bus)
{
	return bus->clock;
}

const char *bus_uri(const struct bus *bus)
{
	return bus->uri;
}

const char *bus_lock_key(const struct bus *bus)
{
	return bus->lock_key;
}

uint64_t bus_origin(const struct bus *bus)
{
	return bus->origin;
}

uint64_t bus_size(const struct bus *bus)
{
	return bus->size;
}

void bus_stats_get(const struct bus *bus, struct bus_stats *stats)
{
	*stats = bus->stats;
	stats->reads += bus->polled;
}
