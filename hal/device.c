/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/device.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drv/cancel.h"
#include "drv/clock.h"
#include "drv/lock.h"
#include "drv/uri.h"
#include "drv/wrap.h"
#include "hal/device_priv.h"
#include "hal/map.h"
#include "hal/reg.h"

#define RETRY_US 50000u /* between two tries to open what another process has */

struct device {
	char *name, *map_spec, *uri;
	struct regdb *map;
	struct bus *bus; /* NULL until first used */
	uint64_t origin, size;
	struct world *world;
	const struct board_options *options;
	const struct device_hold *hold; /* NULL: no writer */
	unsigned era;      /* of holds: what was seen in another may have changed */
	struct lock *lock; /* NULL: not taken */
	bool leased;       /* of a shared device, in place of the lock */
};

const char *device_name(const struct device *dev)
{
	return dev->name;
}

const char *device_map_spec(const struct device *dev)
{
	return dev->map_spec;
}

const char *device_bus_uri(const struct device *dev)
{
	return dev->uri;
}

const struct regdb *device_map(const struct device *dev)
{
	return dev->map;
}

bool device_is_dry_run(const struct device *dev)
{
	return dev->options->dry_run != NULL;
}

static void on_trace(void *arg, const struct bus_op *op, int result)
{
	const struct device *dev = arg;

	dev->options->trace(dev->options->arg, dev, op, result);
}

static void on_dry_run(void *arg, const struct bus_op *op, uint32_t old, bool old_known)
{
	const struct device *dev = arg;

	dev->options->dry_run(dev->options->arg, dev, op, old, old_known);
}

static bool on_peek(void *arg, uint64_t addr)
{
	const struct device *dev = arg;

	return reg_word_readable(dev->map, addr);
}

static uint32_t on_mask(void *arg, uint64_t addr)
{
	const struct device *dev = arg;

	return reg_word_verify_mask(dev->map, addr);
}

static struct wrap_journal_word on_word(void *arg, uint64_t addr)
{
	const struct device *dev = arg;
	struct reg_word_store store;

	reg_word_stores(dev->map, addr, &store);
	return (struct wrap_journal_word){ .lost = store.lost, .stores = store.whole };
}

static const char *on_command(void *arg)
{
	const struct device *dev = arg;

	return dev->hold != NULL ? dev->hold->what : "";
}

/* Without a hold others may write at any time: nothing that was seen stays true. */
static unsigned on_era(void *arg)
{
	struct device *dev = arg;

	return dev->hold != NULL ? dev->era : ++dev->era;
}

static int wrap_with_journal(struct device *dev, struct error *err, struct bus **bus)
{
	const struct wrap_journal_ops ops = {
		.log = dev->options->journal,
		.device = dev->name,
		.map_name = regdb_name(dev->map),
		.map = dev->map,
		.word = on_word,
		.command = on_command,
		.era = on_era,
		.arg = dev,
	};

	return wrap_journal(*bus, &ops, err, bus);
}

/*
 * Puts the board's wrappers around *@bus.  The trace is innermost: it tells what really reached
 * the device; the journal is inside a dry run, which writes nothing.
 */
static int wrap(struct device *dev, struct error *err, struct bus **bus)
{
	const struct board_options *options = dev->options;
	int rc = 0;

	if (options->trace != NULL) {
		const struct wrap_trace_ops ops = { .trace = on_trace, .arg = dev };

		rc = wrap_trace(*bus, &ops, err, bus);
	}
	if (rc == 0 && options->journal != NULL)
		rc = wrap_with_journal(dev, err, bus);
	if (rc == 0 && options->verify) {
		const struct wrap_verify_ops ops = { .mask = on_mask, .arg = dev };

		rc = wrap_verify(*bus, &ops, err, bus);
	}
	if (rc == 0 && options->dry_run != NULL) {
		const struct wrap_dryrun_ops ops = {
			.peek = on_peek,
			.report = on_dry_run,
			.arg = dev,
		};

		rc = wrap_dryrun(*bus, &ops, err, bus);
	}
	if (rc == 0 && options->read_only)
		rc = wrap_readonly(*bus, err, bus);
	return rc;
}

int device_open_again(const struct device *dev, const char *uri, struct error *err,
		      struct bus **out)
{
	const struct bus_env env = {
		.map = dev->map,
		.map_spec = dev->map_spec,
		.device = dev->name,
		.origin = dev->origin,
		.size = dev->size,
		.world = dev->world,
	};

	return bus_open(uri, &env, err, out);
}

static int open_bus(struct device *dev, struct error *err)
{
	struct bus *bus = NULL;
	int rc = device_open_again(dev, dev->uri, err, &bus);

	if (rc != 0)
		return rc;
	rc = wrap(dev, err, &bus);
	if (rc != 0)
		bus_close(bus);
	else
		dev->bus = bus;
	return rc;
}

/*
 * The device is this process's to write while the board holds it: by its lock, or by a lease of
 * the server that has the lock.
 */
static int take_lock(struct device *dev, struct error *err)
{
	const char *key = bus_lock_key(dev->bus);
	int rc = 0;

	if (dev->hold == NULL || dev->options->read_only || device_is_dry_run(dev))
		return 0;
	if (key != NULL && dev->lock == NULL)
		rc = lock_take(key, dev->hold->what, dev->hold->wait_us, err, &dev->lock);
	if (rc != 0 || dev->leased || !bus_is_shared(dev->bus))
		return rc;
	rc = bus_lease(dev->bus, dev->hold->what, dev->hold->wait_us);
	dev->leased = rc == 0;
	return rc == 0 ? 0 : error_copy(err, bus_error(dev->bus));
}

/* A writer waits for a device that only one process can open as it waits for the lock. */
static int open_bus_or_wait(struct device *dev, struct error *err)
{
	const uint64_t start_us = clock_now_us(clock_real());
	int rc = open_bus(dev, err);

	while (rc == E_BUSY && dev->hold != NULL && !cancel_requested() &&
	       clock_now_us(clock_real()) - start_us < dev->hold->wait_us) {
		clock_wait_us(clock_real(), RETRY_US);
		rc = open_bus(dev, err);
	}
	return rc;
}

int device_bus(struct device *dev, struct error *err, struct bus **out)
{
	int rc = dev->bus == NULL ? open_bus_or_wait(dev, err) : 0;

	if (rc == 0)
		rc = take_lock(dev, err);
	if (rc != 0) {
		error_prefix(err, "%s", dev->name);
		return rc;
	}
	*out = dev->bus;
	return 0;
}

void device__hold(struct device *dev, const struct device_hold *hold)
{
	dev->hold = hold;
	dev->era++;
	if (hold != NULL)
		return;
	if (dev->leased)
		bus_release(dev->bus);
	dev->leased = false;
	lock_free(dev->lock);
	dev->lock = NULL;
}

int device_lease(struct device *dev, const char *what, struct error *err)
{
	struct bus *bus;
	int rc = device_bus(dev, err, &bus);

	if (rc != 0)
		return rc;
	rc = bus_lease(bus, what, BUS_LEASE_WAIT_US);
	return rc == 0 ? 0 : error_copy(err, bus_error(bus));
}

void device_release(struct device *dev)
{
	bus_release(dev->bus);
}

struct clock *device__clock(struct device *dev)
{
	if (dev->bus == NULL && open_bus(dev, NULL) != 0)
		return NULL;
	return bus_clock(dev->bus) == clock_real() ? NULL : bus_clock(dev->bus);
}

static char *join(const char *folder, const char *path)
{
	char *text = malloc(strlen(folder) + strlen(path) + 1);

	if (text != NULL)
		sprintf(text, "%s%s", folder, path);
	return text;
}

static bool is_file(const char *spec)
{
	return strchr(spec, '/') != NULL || strchr(spec, '.') != NULL;
}

static int open_map(struct device *dev, const struct device_spec *spec, struct error *err)
{
	const struct map_options *options = dev->options->map_options;
	bool inside = spec->map == NULL && is_file(spec->map_spec) && spec->map_spec[0] != '/';
	char *path;
	int rc;

	if (!inside)
		return map_open(dev->map_spec, options, NULL, err, &dev->map);
	path = join(spec->folder, spec->map_spec);
	if (path == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	rc = map_open(path, options, NULL, err, &dev->map);
	free(path);
	return rc;
}

static void set_window(struct device *dev, const struct device_spec *spec)
{
	bool given = spec->has_window && spec->map == NULL;

	dev->origin = given ? spec->origin : regdb_origin(dev->map);
	dev->size = given ? spec->size : regdb_window(dev->map);
}

int device__new(const struct device_spec *spec, const struct board_options *options,
		struct world *world, struct error *err, struct device **out)
{
	struct device *dev = calloc(1, sizeof(*dev));
	int rc;

	if (dev == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	dev->options = options;
	dev->world = world;
	dev->name = strdup(spec->name);
	dev->map_spec = strdup(spec->map != NULL ? spec->map : spec->map_spec);
	dev->uri = device__rebase_uri(spec->uri, spec->folder);
	if (dev->name == NULL || dev->map_spec == NULL || dev->uri == NULL)
		rc = error_set(err, E_NOMEM, "out of memory");
	else
		rc = device__check_uri(dev->uri, err);
	if (rc == 0)
		rc = open_map(dev, spec, err);
	if (rc != 0) {
		device__free(dev);
		return rc;
	}
	set_window(dev, spec);
	*out = dev;
	return 0;
}

void device__close_bus(struct device *dev)
{
	bus_close(dev->bus);
	dev->bus = NULL;
	dev->leased = false;
}

void device__free(struct device *dev)
{
	if (dev == NULL)
		return;
	lock_free(dev->lock);
	regdb_close(dev->map);
	free(dev->name);
	free(dev->map_spec);
	free(dev->uri);
	free(dev);
}
