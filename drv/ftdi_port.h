/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What drv/ftdi.c needs of USB: one channel of a device, opened and claimed.  libusb offers it for
 * real devices (drv/ftdi_libusb.h), a host controller in memory for the model.
 */
#ifndef DRV_FTDI_PORT_H
#define DRV_FTDI_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct clock;

enum ftdi_result {
	FTDI_OK,
	FTDI_STALLED,   /* the endpoint is halted until clear_halt() */
	FTDI_TIMED_OUT, /* control requests only: there was no answer */
	FTDI_CANCELLED,
	FTDI_GONE,     /* unplugged */
	FTDI_BABBLED,  /* more came than fits */
	FTDI_BAD_LINE, /* no valid packets: cable, hub, power */
	FTDI_NO_MEMORY,
};

/* A bulk transfer.  The caller's, and not to be touched between submit() and reap(). */
struct ftdi_transfer {
	bool in;
	uint8_t *data; /* in: room for @n, a multiple of the packet size */
	size_t n;
	/* After reap(): */
	size_t actual;
	enum ftdi_result result;
	void *own; /* the port's */
};

struct ftdi_request {
	bool in;
	uint8_t request; /* vendor request to the device */
	uint16_t value, index;
	uint16_t length; /* of the data that comes in; there is none out */
};

struct ftdi_port {
	const struct ftdi_port_ops *ops;
	struct clock *clock; /* that timeouts are measured by */
	size_t packet_bytes; /* of the bulk endpoints: 512 at high speed, 64 at full speed */
};

struct ftdi_port_ops {
	/* Blocks, at most 1 s of the port's clock.  @data: what came in, FTDI_OK only. */
	enum ftdi_result (*control)(struct ftdi_port *port, const struct ftdi_request *request,
				    uint8_t *data);
	/* Starts a transfer; not FTDI_OK: it was not started. */
	enum ftdi_result (*submit)(struct ftdi_port *port, struct ftdi_transfer *transfer);
	/* The next transfer that has ended, in any way; NULL: none within @timeout_us. */
	struct ftdi_transfer *(*reap)(struct ftdi_port *port, uint64_t timeout_us);
	/* Asks a transfer to end; it still has to be reaped, and may have ended well. */
	void (*cancel)(struct ftdi_port *port, struct ftdi_transfer *transfer);
	/* Never gives a transfer back: it was cancelled and does not end.  It is the caller's. */
	void (*forget)(struct ftdi_port *port, struct ftdi_transfer *transfer);
	enum ftdi_result (*clear_halt)(struct ftdi_port *port, bool in);
	/* Gives the channel back, to the kernel's driver when that had it; frees @port. */
	void (*close)(struct ftdi_port *port);
};

#endif
