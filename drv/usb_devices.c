/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/usb_devices.h"

#include <libusb-1.0/libusb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_PORTS 7 /* on the way to a device, USB 3.0 */

/* FTDI's default ids; channels with an MPSSE: data sheets DS_FT232H, DS_FT2232H, DS_FT4232H. */
static const struct usb_kind kinds[] = {
	{ "FT2232H", 0x0403, 0x6010, 2 },
	{ "FT4232H", 0x0403, 0x6011, 2 },
	{ "FT232H", 0x0403, 0x6014, 1 },
};

const struct usb_kind *usb_kind_find(uint16_t vendor, uint16_t product)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i].vendor == vendor && kinds[i].product == product)
			return &kinds[i];
	return NULL;
}

void usb_place(libusb_device *dev, char *buf, size_t size)
{
	uint8_t ports[MAX_PORTS];
	int n = libusb_get_port_numbers(dev, ports, MAX_PORTS);
	int len = snprintf(buf, size, "%u-", libusb_get_bus_number(dev));

	if (n <= 0)
		snprintf(buf + len, size - (size_t)len, "0.%u", libusb_get_device_address(dev));
	for (int i = 0; i < n; i++)
		len += snprintf(buf + len, size - (size_t)len, i == 0 ? "%u" : ".%u", ports[i]);
}

/* The first line of a file that sysfs has for a device, "" when there is none. */
static void read_line(const char *place, const char *file, char *buf, int size)
{
	char path[128];
	FILE *in;

	snprintf(path, sizeof(path), "/sys/bus/usb/devices/%s/%s", place, file);
	in = fopen(path, "re");
	if (in == NULL || fgets(buf, size, in) == NULL)
		buf[0] = '\0';
	buf[strcspn(buf, "\n")] = '\0';
	if (in != NULL)
		fclose(in);
}

/* The driver that the kernel has for interface 0. */
static void read_driver(const char *place, char *buf, size_t size)
{
	char path[128], target[256];
	const char *name;
	ssize_t n;

	buf[0] = '\0';
	snprintf(path, sizeof(path), "/sys/bus/usb/devices/%s:1.0/driver", place);
	n = readlink(path, target, sizeof(target) - 1);
	if (n <= 0)
		return;
	target[n] = '\0';
	name = strrchr(target, '/');
	snprintf(buf, size, "%.24s", name != NULL ? name + 1 : target);
}

static uint32_t mbps_of(libusb_device *dev)
{
	switch (libusb_get_device_speed(dev)) {
	case LIBUSB_SPEED_FULL:
		return 12;
	case LIBUSB_SPEED_HIGH:
		return 480;
	case LIBUSB_SPEED_SUPER:
		return 5000;
	default:
		return 0;
	}
}

int usb_open_error(int code, struct error *err)
{
	if (code == LIBUSB_ERROR_ACCESS)
		return error_set(err, E_PERM,
				 "no permission to open it: be root, or let the udev rule "
				 "60-switchblade.rules give it to your group");
	return error_set(err, code == LIBUSB_ERROR_NO_DEVICE ? E_NODEV : E_IO,
			 "it cannot be opened: %s", libusb_strerror(code));
}

static void try_open(libusb_device *dev, struct error *problem)
{
	libusb_device_handle *handle;
	const int rc = libusb_open(dev, &handle);

	if (rc == LIBUSB_SUCCESS)
		libusb_close(handle);
	else
		usb_open_error(rc, problem);
}

static const struct usb_kind *kind_of(libusb_device *dev)
{
	struct libusb_device_descriptor desc;

	if (libusb_get_device_descriptor(dev, &desc) != LIBUSB_SUCCESS)
		return NULL;
	return usb_kind_find(desc.idVendor, desc.idProduct);
}

static void fill(libusb_device *dev, const struct usb_kind *kind, struct usb_facts *facts)
{
	*facts = (struct usb_facts){ .kind = kind, .mbps = mbps_of(dev) };
	usb_place(dev, facts->place, sizeof(facts->place));
	read_line(facts->place, "serial", facts->serial, sizeof(facts->serial));
	read_driver(facts->place, facts->driver, sizeof(facts->driver));
	try_open(dev, &facts->problem);
}

static int by_place(const void *a, const void *b)
{
	const struct usb_facts *f = a, *g = b;

	return strverscmp(f->place, g->place);
}

static int fill_list(libusb_device *const *devices, size_t n_devices, struct error *err,
		     struct usb_facts **list, size_t *n)
{
	struct usb_facts *facts = calloc(n_devices + 1, sizeof(*facts));
	size_t used = 0;

	if (facts == NULL)
		return error_set(err, E_NOMEM, "usb: out of memory");
	for (size_t i = 0; i < n_devices; i++) {
		const struct usb_kind *kind = kind_of(devices[i]);

		if (kind != NULL)
			fill(devices[i], kind, &facts[used++]);
	}
	qsort(facts, used, sizeof(*facts), by_place);
	*list = facts;
	*n = used;
	return E_OK;
}

int usb_devices_find(struct error *err, struct usb_facts **list, size_t *n)
{
	libusb_context *context;
	libusb_device **devices;
	ssize_t n_devices;
	int rc = libusb_init(&context);

	if (rc != LIBUSB_SUCCESS)
		return error_set(err, E_NODEV, "this machine has no USB: libusb: %s",
				 libusb_strerror(rc));
	n_devices = libusb_get_device_list(context, &devices);
	if (n_devices < 0) {
		libusb_exit(context);
		return error_set(err, E_IO, "libusb: %s", libusb_strerror((int)n_devices));
	}
	rc = fill_list(devices, (size_t)n_devices, err, list, n);
	libusb_free_device_list(devices, 1);
	libusb_exit(context);
	return rc;
}
