/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/bus_mock_usb.h"

#include <stdlib.h>
#include <string.h>

#include "drv/bus_priv.h"
#include "drv/ftdi_spi.h"
#include "drv/mock.h"
#include "drv/mock_ft232h_host.h"
#include "drv/mock_spi.h"
#include "drv/mock_vsc7448.h"
#include "drv/world.h"
#include "regmaps/regdb/regdb.h"

#define KIND   "ft232h"
#define CS_PIN 3u /* of chip select 0 */

/* Adds to a pipe what only the mock can tell: accesses that it refused. */
struct mock_pipe {
	struct si_pipe pipe;
	struct si_pipe *inner_pipe;
	struct mock_spi *spi;
	struct bus *inner;
};

static int exchange(struct si_pipe *pipe, const struct si_frame *frames, size_t n, size_t *done,
		    struct error *err)
{
	struct mock_pipe *self = (struct mock_pipe *)pipe;
	struct error refused = { 0 };
	int rc = self->inner_pipe->ops->exchange(self->inner_pipe, frames, n, done, err);

	if (self->spi->ops->failure(self->spi, &refused) == 0 || rc != 0)
		return rc;
	*done = 0;
	return error_copy(err, &refused);
}

static void close_pipe(struct si_pipe *pipe)
{
	struct mock_pipe *self = (struct mock_pipe *)pipe;

	if (self->inner_pipe != NULL)
		self->inner_pipe->ops->close(self->inner_pipe);
	bus_close(self->inner);
	free(self);
}

static const struct si_pipe_ops ops = { exchange, close_pipe };

/* The adapter and what is soldered to it; kept by the world. */
struct adapter {
	struct mock_ft232h_host *host;
	struct mock_spi *spi;
	unsigned cs;
	struct ftdi_spi *controller; /* while a bus uses it; all that do share it */
};

static void on_end(void *adapter)
{
	((struct adapter *)adapter)->controller = NULL;
}

static void free_adapter(void *thing)
{
	struct adapter *adapter = thing;

	mock_ft232h_host_free(adapter->host);
	free(adapter);
}

static struct adapter *adapter_of(const struct world *world, const char *device)
{
	return world_kept(world, device, KIND, 0);
}

struct mock_ft232h_host *bus_mock_usb_host(const struct world *world, const char *device)
{
	struct adapter *adapter = adapter_of(world, device);

	return adapter == NULL ? NULL : adapter->host;
}

static bool is_switch(const struct mock *mock)
{
	return strcmp(regdb_name(mock_map(mock)), "vsc7448") == 0;
}

/* A new adapter; NULL: memory. */
static struct adapter *make_adapter(const struct bus_mock_usb *usb)
{
	const struct mock_ft232h_config config = { .kind = MOCK_FT232H, .serial = "MOCK0001" };
	struct adapter *adapter = calloc(1, sizeof(*adapter));
	struct mock_ft232h *device = mock_ft232h_new(&config);
	struct mock_spi *spi = is_switch(usb->mock)
				       ? mock_spi_vsc7448(mock_vsc7448_of(usb->mock))
				       : mock_spi_regs(usb->mock, usb->inner->origin);

	if (adapter != NULL && device != NULL && spi != NULL) {
		adapter->cs = is_switch(usb->mock) ? 0 : 1;
		adapter->spi = spi;
		mock_ft232h_attach(device, 0, CS_PIN + adapter->cs, spi);
		adapter->host = mock_ft232h_host_new(device, mock_clock(usb->mock));
		if (adapter->host != NULL)
			return adapter;
	} else {
		free(spi);
		mock_ft232h_free(device);
	}
	free(adapter);
	return NULL;
}

static int find_adapter(const struct bus_mock_usb *usb, struct error *err, struct adapter **out)
{
	const char *name = mock_name(usb->mock);
	struct adapter *adapter = adapter_of(usb->world, name);
	int rc = 0;

	if (is_switch(usb->mock) && mock_vsc7448_of(usb->mock) == NULL)
		return error_set(err, E_NOTSUP,
				 "mock: usb needs the behaviour model of the VSC7448, which "
				 "plain leaves out");
	if (adapter == NULL) {
		adapter = make_adapter(usb);
		if (adapter == NULL)
			return error_set(err, E_NOMEM, "mock: out of memory");
		rc = world_keep(usb->world, name, KIND, 0, adapter, free_adapter, err);
		if (rc != 0)
			free_adapter(adapter);
	}
	if (rc == 0)
		*out = adapter;
	return rc;
}

static int open_controller(struct adapter *adapter, struct error *err)
{
	struct ftdi_port *port = mock_ft232h_host_port(adapter->host, 0);
	struct ftdi *ftdi;
	int rc;

	if (port == NULL)
		return error_set(err, E_NOMEM, "mock: out of memory");
	rc = ftdi_open(port, 0, err, &ftdi);
	if (rc == 0)
		rc = ftdi_spi_new(ftdi, err, &adapter->controller);
	if (rc == 0)
		ftdi_spi_on_end(adapter->controller, on_end, adapter);
	return rc;
}

/* The pipe of drv/ftdi_spi.h over the adapter. */
static int open_pipe(struct adapter *adapter, uint32_t clock_hz, struct error *err,
		     struct si_pipe **out)
{
	bool is_new = adapter->controller == NULL;
	struct ftdi_spi *controller;
	int rc = is_new ? open_controller(adapter, err) : 0;

	if (rc != 0)
		return rc;
	controller = adapter->controller;
	rc = ftdi_spi_pipe(controller, adapter->cs, clock_hz, err, out);
	if (is_new)
		ftdi_spi_release(controller);
	return rc;
}

static int wrap_pipe(const struct bus_mock_usb *usb, struct error *err, struct mock_pipe **out,
		     bool *plain)
{
	struct mock_pipe *self = calloc(1, sizeof(*self));
	struct adapter *adapter = NULL;
	int rc = self == NULL ? error_set(err, E_NOMEM, "mock: out of memory")
			      : find_adapter(usb, err, &adapter);

	if (rc == 0)
		mock_ft232h_set_wires(mock_ft232h_host_device(adapter->host), usb->wires_hz);
	if (rc == 0)
		rc = open_pipe(adapter, usb->clock_hz, err, &self->inner_pipe);
	if (rc != 0) {
		bus_close(usb->inner);
		free(self);
		return rc;
	}
	self->pipe.ops = &ops;
	self->spi = adapter->spi;
	self->inner = usb->inner;
	*plain = adapter->cs != 0;
	*out = self;
	return 0;
}

int bus__mock_usb(const struct bus_mock_usb *usb, struct error *err, struct bus **out)
{
	struct bus_env window = { .origin = usb->inner->origin, .size = usb->inner->size };
	struct si_config config = { .clock = mock_clock(usb->mock),
				    .clock_hz = usb->clock_hz,
				    .padding = (unsigned)usb->padding };
	struct mock_pipe *pipe;
	int rc = wrap_pipe(usb, err, &pipe, &config.plain);

	if (rc != 0)
		return rc;
	config.pipe = &pipe->pipe;
	if (usb->padding == BUS_MOCK_USB_PAD_AUTO)
		config.padding =
			config.plain ? MOCK_SPI_REGS_PADDING : si_padding_for(usb->clock_hz);
	return si_bus_open(&config, &window, err, out);
}
