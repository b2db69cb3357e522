/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The model's host controller as a port for drv/ftdi.h. */
#include "drv/mock_ft232h_host.h"

#include <stdlib.h>

struct host_port {
	struct ftdi_port port;
	struct mock_ft232h_host *host;
	unsigned channel;
};

static enum ftdi_result control(struct ftdi_port *port, const struct ftdi_request *request,
				uint8_t *data)
{
	const struct mock_usb_setup setup = {
		.type = request->in ? 0xc0 : 0x40, /* vendor, device */
		.request = request->request,
		.value = request->value,
		.index = request->index,
		.length = request->length,
	};
	size_t n;

	return mock_ft232h_host_control(((struct host_port *)port)->host, &setup, data, &n);
}

static enum ftdi_result submit(struct ftdi_port *port, struct ftdi_transfer *transfer)
{
	struct host_port *self = (struct host_port *)port;
	struct mock_usb_urb *urb = calloc(1, sizeof(*urb));

	if (urb == NULL)
		return FTDI_NO_MEMORY;
	*urb = (struct mock_usb_urb){ .in = transfer->in,
				      .channel = self->channel,
				      .data = transfer->data,
				      .n = transfer->n,
				      .user = transfer };
	transfer->own = urb;
	mock_ft232h_host_submit(self->host, urb);
	return FTDI_OK;
}

static struct ftdi_transfer *reap(struct ftdi_port *port, uint64_t timeout_us)
{
	struct host_port *self = (struct host_port *)port;
	uint64_t limit_ns = mock_ft232h_host_now_ns(self->host) + timeout_us * 1000;
	struct mock_usb_urb *urb = mock_ft232h_host_run(self->host, limit_ns, false);
	struct ftdi_transfer *transfer;

	if (urb == NULL)
		return NULL;
	transfer = urb->user;
	transfer->actual = urb->actual;
	transfer->result = urb->result;
	free(urb);
	return transfer;
}

static void cancel(struct ftdi_port *port, struct ftdi_transfer *transfer)
{
	mock_ft232h_host_cancel(((struct host_port *)port)->host, transfer->own);
}

/* The model ends what is cancelled. */
static void forget(struct ftdi_port *port, struct ftdi_transfer *transfer)
{
	(void)port;
	(void)transfer;
}

static enum ftdi_result clear_halt(struct ftdi_port *port, bool in)
{
	struct host_port *self = (struct host_port *)port;

	return mock_ft232h_host_clear_halt(self->host, self->channel, in);
}

static void close_port(struct ftdi_port *port)
{
	free(port);
}

static const struct ftdi_port_ops ops = { control, submit,     reap,      cancel,
					  forget,  clear_halt, close_port };

struct ftdi_port *mock_ft232h_host_port(struct mock_ft232h_host *host, unsigned channel)
{
	struct host_port *self = calloc(1, sizeof(*self));

	if (self == NULL)
		return NULL;
	*self = (struct host_port){ .port = { .ops = &ops,
					      .clock = mock_ft232h_host_clock(host),
					      .packet_bytes = MOCK_FT232H_PACKET },
				    .host = host,
				    .channel = channel };
	return &self->port;
}
