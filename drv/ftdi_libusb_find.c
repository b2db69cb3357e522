/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/ftdi_libusb_priv.h"

#include <libusb-1.0/libusb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drv/usb_devices.h"

/* By the release of the device descriptor, which no EEPROM changes: libftdi, ftdi_usb_open_dev(). */
static const struct {
	uint16_t release;
	const char *chip;
	unsigned n_channels;
} chips[] = {
	{ 0x0700, "FT2232H", 2 },
	{ 0x0800, "FT4232H", 2 },
	{ 0x0900, "FT232H", 1 },
};

int ftdi_libusb__start(libusb_context **context, struct error *err)
{
	int rc = libusb_init(context);

	return rc == 0 ? 0 : error_set(err, E_IO, "USB: libusb: %s", libusb_strerror(rc));
}

static void put_serial(libusb_device *device, const struct libusb_device_descriptor *desc,
		       struct ftdi_found *found)
{
	libusb_device_handle *handle;

	if (libusb_open(device, &handle) != 0)
		return;
	if (desc->iSerialNumber == 0 ||
	    libusb_get_string_descriptor_ascii(handle, desc->iSerialNumber,
					       (unsigned char *)found->serial,
					       sizeof(found->serial)) < 0)
		found->serial[0] = '\0';
	libusb_close(handle);
}

/* False: it is not what is looked for, or it cannot be told. */
static bool look_at(libusb_device *device, uint16_t vendor, uint16_t product,
		    struct ftdi_found *found)
{
	struct libusb_device_descriptor desc;

	if (libusb_get_device_descriptor(device, &desc) != 0 || desc.idVendor != vendor ||
	    desc.idProduct != product)
		return false;
	*found = (struct ftdi_found){ .vendor = desc.idVendor,
				      .product = desc.idProduct,
				      .release = desc.bcdDevice };
	for (size_t i = 0; i < sizeof(chips) / sizeof(chips[0]); i++)
		if (chips[i].release == desc.bcdDevice) {
			found->chip = chips[i].chip;
			found->n_channels = chips[i].n_channels;
		}
	usb_place(device, found->place, sizeof(found->place));
	put_serial(device, &desc, found);
	return true;
}

/* Devices as libusb lists them, and what they are; both arrays in the same order. */
struct listing {
	libusb_device **all; /* of libusb, with references */
	libusb_device **devices;
	struct ftdi_found *found;
	size_t n;
};

/* Libusb's order changes from run to run. */
static int by_place(const void *a, const void *b)
{
	libusb_device *const *x = a, *const *y = b;
	char place_x[USB_PLACE_SIZE], place_y[USB_PLACE_SIZE];

	usb_place(*x, place_x, sizeof(place_x));
	usb_place(*y, place_y, sizeof(place_y));
	return strverscmp(place_x, place_y);
}

static void free_listing(struct listing *listing)
{
	if (listing->all != NULL)
		libusb_free_device_list(listing->all, 1);
	free(listing->devices);
	free(listing->found);
}

static int list(libusb_context *context, uint16_t vendor, uint16_t product, struct error *err,
		struct listing *out)
{
	ssize_t n;

	*out = (struct listing){ .n = 0 };
	n = libusb_get_device_list(context, &out->all);
	if (n < 0)
		return error_set(err, E_IO, "USB: libusb: %s", libusb_strerror((int)n));
	out->devices = calloc((size_t)n + 1, sizeof(libusb_device *));
	out->found = calloc((size_t)n + 1, sizeof(*out->found));
	if (out->devices == NULL || out->found == NULL) {
		free_listing(out);
		return error_set(err, E_NOMEM, "USB: out of memory");
	}
	qsort(out->all, (size_t)n, sizeof(libusb_device *), by_place);
	for (ssize_t i = 0; i < n; i++)
		if (look_at(out->all[i], vendor, product, &out->found[out->n]))
			out->devices[out->n++] = out->all[i];
	return 0;
}

/* --- the one that is wanted --------------------------------------------------------------- */

static bool fits(const struct ftdi_wanted *wanted, const struct ftdi_found *found)
{
	return wanted->serial == NULL || strcmp(wanted->serial, found->serial) == 0;
}

/* "FT1 at 1-1, FT2 at 1-2": what there is to choose from, as much as fits. */
static void put_choice(const struct listing *listing, char *text, size_t size)
{
	size_t len = 0;

	text[0] = '\0';
	for (size_t i = 0; i < listing->n && len < size; i++) {
		const struct ftdi_found *found = &listing->found[i];
		const char *serial =
			found->serial[0] != '\0' ? found->serial : "one without serial number";

		len += (size_t)snprintf(text + len, size - len, "%s%s at %s",
					i == 0 ? "" : ", ", serial, found->place);
	}
}

static int refuse(const struct ftdi_wanted *wanted, const struct listing *listing, size_t n_fit,
		  struct error *err)
{
	char choice[256];

	put_choice(listing, choice, sizeof(choice));
	if (listing->n == 0)
		return error_set(err, E_NODEV,
				 "USB: no device %04x:%04x: check cable and power (lsusb lists "
				 "what is there)",
				 wanted->vendor, wanted->product);
	if (n_fit == 0)
		return error_set(err, E_NODEV,
				 "USB: no device %04x:%04x with serial number %s; there is %s",
				 wanted->vendor, wanted->product, wanted->serial, choice);
	return error_set(err, E_STATE, "USB: %zu devices %04x:%04x, give serial=: %s", n_fit,
			 wanted->vendor, wanted->product, choice);
}

int ftdi_libusb__find(libusb_context *context, const struct ftdi_wanted *wanted,
		      struct error *err, struct ftdi_found *found, libusb_device **device)
{
	struct listing listing;
	size_t n_fit = 0, which = 0;
	int rc = list(context, wanted->vendor, wanted->product, err, &listing);

	if (rc != 0)
		return rc;
	for (size_t i = 0; i < listing.n; i++)
		if (fits(wanted, &listing.found[i])) {
			n_fit++;
			which = i;
		}
	if (n_fit != 1) {
		rc = refuse(wanted, &listing, n_fit, err);
	} else {
		*found = listing.found[which];
		*device = libusb_ref_device(listing.devices[which]);
	}
	free_listing(&listing);
	return rc;
}
