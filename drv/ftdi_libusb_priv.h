/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What finding and opening share. */
#ifndef DRV_FTDI_LIBUSB_PRIV_H
#define DRV_FTDI_LIBUSB_PRIV_H

#include "drv/ftdi_libusb.h"

struct libusb_context;
struct libusb_device;

/* A context of its own, that ends with libusb_exit().  E_IO. */
int ftdi_libusb__start(struct libusb_context **context, struct error *err);

/* The one device that is wanted, with a reference that the caller drops.  E_NODEV, E_STATE, ... */
int ftdi_libusb__find(struct libusb_context *context, const struct ftdi_wanted *wanted,
		      struct error *err, struct ftdi_found *found,
		      struct libusb_device **device);

#endif
