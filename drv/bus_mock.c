/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mock:FILE[,plain][,strict][,seed=N][,si[=HZ]|,usb[=HZ]][,pad=N]: registers that behave as the
 * map says, and as the model of the chip does where there is one.  FILE is a .regs file with their first values; without it
 * they start at reset.
 */
#include "drv/bus_priv.h"

#include <stddef.h>
#include <stdlib.h>

#include "drv/bus_mock_si.h"
#include "drv/bus_mock_usb.h"
#include "drv/mock_priv.h"
#include "drv/mpsse.h"
#include "drv/si.h"
#include "drv/world.h"
#include "regmaps/regdb/regsfile.h"

struct bus_mock {
	struct bus bus;
	struct mock *mock;
	struct world *world;     /* of the device */
	struct world *own_world; /* NULL: that of the environment */
	struct regdb *own_map;   /* NULL: that of the environment */
};

struct mock_params {
	bool strict, plain;
	uint64_t seed, si_hz, usb_hz, wires_hz, padding;
};

#define SI_DEFAULT UINT64_C(1) /* `si` or `usb` without a value */
#define DEFAULT_HZ 5000000u
#define PAD_AUTO   BUS_MOCK_USB_PAD_AUTO

static const struct uri_key mock_keys[] = {
	{ "plain", URI_FLAG, offsetof(struct mock_params, plain), 0, 0, NULL,
	  "without the behaviour model of the chip" },
	{ "strict", URI_FLAG, offsetof(struct mock_params, strict), 0, 0, NULL,
	  "an access where the map has no register fails" },
	{ "seed", URI_NUMBER, offsetof(struct mock_params, seed), 1, UINT64_MAX, "N",
	  "registers whose reset value is not known start with noise" },
	{ "si", URI_OPT_NUMBER, offsetof(struct mock_params, si_hz), SI_DEFAULT, 50000000, "HZ",
	  "through the pins of the chip's serial interface (default 5 MHz)" },
	{ "usb", URI_OPT_NUMBER, offsetof(struct mock_params, usb_hz), SI_DEFAULT, MPSSE_MAX_HZ,
	  "HZ", "through a model of the FT232H on USB (default 5 MHz)" },
	{ "wires", URI_NUMBER, offsetof(struct mock_params, wires_hz), 1, MPSSE_MAX_HZ, "HZ",
	  "up to which clock the wires behind usb are good (default: any)" },
	{ "pad", URI_NUMBER, offsetof(struct mock_params, padding), 0, 15, "N",
	  "bytes of padding in reads over si and usb (default: what the clock needs)" },
	{ .name = NULL },
};

/* Without a map of the caller the .regs file says which one it needs. */
static int find_map(struct bus_mock *self, const char *path, const struct regdb **map,
		    struct error *err)
{
	char *name = NULL;
	int rc = E_OK;

	if (*map != NULL)
		return E_OK;
	if (path[0] != '\0')
		rc = regsfile_map(path, err, &name);
	if (rc == E_OK && (name == NULL || name[0] == '\0'))
		rc = error_set(err, E_NOTFOUND,
			       "mock:%s%sneeds a register map (a board, --map, or a file that "
			       "starts with @map NAME)",
			       path, path[0] == '\0' ? " " : ": ");
	if (rc == E_OK)
		rc = regdb_open_builtin(name, err, &self->own_map);
	if (rc == E_OK)
		*map = self->own_map;
	free(name);
	return rc;
}

static int find_device(struct bus_mock *self, const struct bus_env *env,
		       const struct regdb *map, struct error *err)
{
	struct world *world = env->world;

	if (world == NULL) {
		self->own_world = world_new(1);
		if (self->own_world == NULL)
			return error_set(err, E_NOMEM, "mock: out of memory");
		world = self->own_world;
	}
	self->world = world;
	return world_device(world, env->device == NULL ? regdb_name(map) : env->device, map,
			    err, &self->mock);
}

/* Without a window of the caller it is the map's. */
static int set_window(struct bus_mock *self, const struct bus_env *env, const struct regdb *map,
		      struct error *err)
{
	struct bus_env whole = *env;

	if (env->size == 0 && env->origin == 0)
		whole.origin = regdb_origin(map);
	if (env->size == 0)
		whole.size = regdb_window(map) & ~UINT64_C(3);
	return bus__init(&self->bus, &bus_backend_mock, &whole, err);
}

static void fini(struct bus_mock *self)
{
	world_free(self->own_world);
	regdb_close(self->own_map);
	free(self);
}

static int open_device(struct bus_mock *self, const char *path, const struct bus_env *env,
		       struct error *err)
{
	const struct regdb *map = env->map;
	int rc = find_map(self, path, &map, err);

	if (rc == E_OK)
		rc = set_window(self, env, map, err);
	if (rc == E_OK)
		rc = find_device(self, env, map, err);
	return rc;
}

static int start_device(struct bus_mock *self, const char *path,
			const struct mock_params *params, struct error *err)
{
	if (params->strict)
		self->mock->strict = true;
	if (params->seed > 0)
		mock__set_noise(self->mock, params->seed);
	self->bus.clock = mock_clock(self->mock);
	if (path[0] != '\0') {
		int rc = mock__load(self->mock, path, err);

		if (rc != E_OK)
			return rc;
	}
	return params->plain ? E_OK : world_model(self->world, self->mock, err);
}

/* Puts the chip's serial interface between the caller and the device; closes @self on failure. */
static int over_si(struct bus_mock *self, const struct mock_params *params, struct error *err,
		   struct bus **out)
{
	struct bus_mock_si si = {
		.clock_hz = params->si_hz == SI_DEFAULT ? DEFAULT_HZ : (uint32_t)params->si_hz,
		.inner = &self->bus,
		.mock = self->mock,
	};

	si.padding = params->padding == PAD_AUTO ? si_padding_for(si.clock_hz)
						 : (unsigned)params->padding;
	return bus__mock_si(&si, err, out);
}

/* The same with a model of the FT232H and its USB in front of it. */
static int over_usb(struct bus_mock *self, const struct mock_params *params, struct error *err,
		    struct bus **out)
{
	const struct bus_mock_usb usb = {
		.inner = &self->bus,
		.world = self->world,
		.mock = self->mock,
		.clock_hz =
			params->usb_hz == SI_DEFAULT ? DEFAULT_HZ : (uint32_t)params->usb_hz,
		.wires_hz = (uint32_t)params->wires_hz,
		.padding = params->padding,
	};

	return bus__mock_usb(&usb, err, out);
}

static int mock_open(const char *rest, const struct bus_env *env, struct error *err,
		     struct bus **out)
{
	struct mock_params params = { .padding = PAD_AUTO };
	struct bus_mock *self = calloc(1, sizeof(*self));
	char *path = uri_take_part(&rest);
	int rc;

	if (self == NULL || path == NULL) {
		free(path);
		free(self);
		return error_set(err, E_NOMEM, "mock: out of memory");
	}
	rc = uri_parse(&(struct uri_parts){ "mock", rest, NULL }, mock_keys, &params, err);
	if (rc == E_OK && params.si_hz != 0 && params.usb_hz != 0)
		rc = error_set(err, E_SYNTAX, "mock: si or usb, not both");
	if (rc == E_OK)
		rc = open_device(self, path, env, err);
	if (rc == E_OK)
		rc = start_device(self, path, &params, err);
	free(path);
	if (rc != E_OK) {
		fini(self);
		return rc;
	}
	*out = &self->bus;
	if (params.usb_hz != 0)
		return over_usb(self, &params, err, out);
	return params.si_hz == 0 ? E_OK : over_si(self, &params, err, out);
}

static void mock_close(struct bus *bus)
{
	fini((struct bus_mock *)bus);
}

static int mock_xfer(struct bus *bus, struct bus_op *ops, size_t n)
{
	struct mock *mock = ((struct bus_mock *)bus)->mock;

	for (size_t i = 0; i < n; i++) {
		struct error err;
		int rc = ops[i].kind == BUS_OP_READ
				 ? mock_sw_read(mock, ops[i].addr, &ops[i].value, &err)
				 : mock_sw_write(mock, ops[i].addr, ops[i].value, &err);

		if (rc != E_OK)
			return bus__fail(bus, &ops[i], BUS_OP_FAILED, rc, "%s", err.text);
		ops[i].status = BUS_OP_DONE;
	}
	return E_OK;
}

const struct bus_backend bus_backend_mock = {
	.scheme = "mock",
	.help = "FILE[,plain][,strict][,seed=N][,si[=HZ]|,usb[=HZ]][,pad=N]  registers "
		"that behave as their description says",
	.keys = mock_keys,
	.burst = 1,
	.open = mock_open,
	.close = mock_close,
	.xfer = mock_xfer,
};
