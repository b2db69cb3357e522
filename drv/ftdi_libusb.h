/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * FTDI chips on the machine's USB, through libusb-1.0: a channel of one as a port
 * (drv/ftdi_port.h) whose transfers are libusb's asynchronous ones.
 */
#ifndef DRV_FTDI_LIBUSB_H
#define DRV_FTDI_LIBUSB_H

#include <stdint.h>

#include "drv/error.h"
#include "drv/ftdi_port.h"

/* A device on USB.  The serial number is empty when there is none, or it cannot be read. */
struct ftdi_found {
	uint16_t vendor, product, release; /* as in its device descriptor */
	char place[32];                    /* "1-2.3": bus, and ports on the way */
	char serial[64];
	const char *chip;    /* "FT232H", ...; NULL: no chip with an MPSSE of 60 MHz */
	unsigned n_channels; /* with an MPSSE; 0 when @chip is NULL */
};

/* Which device, and which channel of it. */
struct ftdi_wanted {
	uint16_t vendor, product;
	const char *serial; /* NULL: there must be one only */
	unsigned channel;   /* 0 is A */
};

/*
 * Finds the device, opens it and claims the channel; a driver of the kernel that has it is
 * detached, and attached again when the port is closed.  @found tells what it is.  E_NODEV: none,
 * or not such a chip; E_STATE: several, the text lists their serial numbers; E_PERM: the text
 * names the remedy; E_BUSY: another process has it; E_RANGE: it has no such channel; E_IO.
 */
int ftdi_libusb_open(const struct ftdi_wanted *wanted, struct error *err,
		     struct ftdi_found *found, struct ftdi_port **out);

#endif
