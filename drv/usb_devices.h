/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The USB devices that can be a bridge to registers, found without disturbing them. */
#ifndef DRV_USB_DEVICES_H
#define DRV_USB_DEVICES_H

#include <stddef.h>
#include <stdint.h>

#include "drv/error.h"

/* A kind of bridge: FTDI's chips with an MPSSE. */
struct usb_kind {
	const char *name; /* "FT232H" */
	uint16_t vendor, product;
	unsigned n_channels; /* with an MPSSE: A, then B */
};

/* NULL: not one that switchblade is for. */
const struct usb_kind *usb_kind_find(uint16_t vendor, uint16_t product);

/* "1-2.3", as sysfs calls a device: bus and ports; "1-0.5" by its address where it has no port. */
#define USB_PLACE_SIZE 32
struct libusb_device;
void usb_place(struct libusb_device *dev, char *buf, size_t size);

struct usb_facts {
	const struct usb_kind *kind;
	char place[USB_PLACE_SIZE];
	char serial[64];      /* "": it has none, or it cannot be read */
	char driver[32];      /* of the kernel, bound to channel A; "": none */
	uint32_t mbps;        /* 480, 12; 0: not known */
	struct error problem; /* that keeps this process from opening it; code E_OK: none */
};

/*
 * Finds the bridges, sorted by place, in a list that the caller frees.  Opens each for a moment,
 * to know that it can be.  E_NODEV: this machine has no USB; E_IO: what libusb says; E_NOMEM.
 */
int usb_devices_find(struct error *err, struct usb_facts **list, size_t *n);

/* What libusb_open() said: E_PERM with the remedy, E_NODEV, else E_IO. */
int usb_open_error(int code, struct error *err);

#endif
