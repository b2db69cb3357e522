/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A mock device behind a model of the FT232H: for mock:,usb. */
#ifndef DRV_BUS_MOCK_USB_H
#define DRV_BUS_MOCK_USB_H

#include <stdint.h>

#include "drv/bus.h"

struct mock;
struct mock_ft232h_host;
struct world;

#define BUS_MOCK_USB_PAD_AUTO UINT64_MAX

struct bus_mock_usb {
	struct bus *inner; /* of the device; the new bus owns it, also after a failure */
	struct world *world;
	struct mock *mock;
	uint32_t clock_hz;
	uint32_t wires_hz; /* of the adapter, see mock_ft232h_set_wires(); 0: any clock */
	uint64_t padding;  /* bytes, or BUS_MOCK_USB_PAD_AUTO: what clock and device need */
};

/*
 * The switch chip is on chip select 0, any other device on 1 with plain frames, as on the board.
 * As si_bus_open(), ftdi_open().  E_NOTSUP: a VSC7448 without its behaviour model.
 */
int bus__mock_usb(const struct bus_mock_usb *usb, struct error *err, struct bus **out);

/* The adapter of a mock device that was opened with `usb`; the world's.  NULL: it has none. */
struct mock_ft232h_host *bus_mock_usb_host(const struct world *world, const char *device);

#endif
