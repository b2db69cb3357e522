/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/ftdi_libusb.h"

#include <libusb-1.0/libusb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drv/clock.h"
#include "drv/ftdi_libusb_priv.h"

#define CONTROL_MS 1000u

struct usb_port {
	struct ftdi_port port;
	libusb_context *context;
	libusb_device_handle *handle;
	unsigned channel;
	struct own *ended; /* transfers whose callback has run, newest last */
};

/* What a transfer has of libusb. */
struct own {
	struct usb_port *port;
	struct libusb_transfer *usb;
	struct ftdi_transfer *transfer; /* NULL: forgotten */
	struct own *next;
};

static enum ftdi_result result_of(int rc)
{
	switch (rc) {
	case LIBUSB_SUCCESS:
		return FTDI_OK;
	case LIBUSB_ERROR_PIPE:
		return FTDI_STALLED;
	case LIBUSB_ERROR_TIMEOUT:
		return FTDI_TIMED_OUT;
	case LIBUSB_ERROR_NO_DEVICE:
		return FTDI_GONE;
	case LIBUSB_ERROR_OVERFLOW:
		return FTDI_BABBLED;
	case LIBUSB_ERROR_NO_MEM:
		return FTDI_NO_MEMORY;
	default:
		return FTDI_BAD_LINE;
	}
}

static enum ftdi_result result_of_transfer(enum libusb_transfer_status status)
{
	switch (status) {
	case LIBUSB_TRANSFER_COMPLETED:
		return FTDI_OK;
	case LIBUSB_TRANSFER_STALL:
		return FTDI_STALLED;
	case LIBUSB_TRANSFER_TIMED_OUT:
		return FTDI_TIMED_OUT;
	case LIBUSB_TRANSFER_CANCELLED:
		return FTDI_CANCELLED;
	case LIBUSB_TRANSFER_NO_DEVICE:
		return FTDI_GONE;
	case LIBUSB_TRANSFER_OVERFLOW:
		return FTDI_BABBLED;
	case LIBUSB_TRANSFER_ERROR:
		break;
	}
	return FTDI_BAD_LINE;
}

static enum ftdi_result control(struct ftdi_port *port, const struct ftdi_request *request,
				uint8_t *data)
{
	struct usb_port *self = (struct usb_port *)port;
	uint8_t type = LIBUSB_REQUEST_TYPE_VENDOR | LIBUSB_RECIPIENT_DEVICE |
		       (request->in ? LIBUSB_ENDPOINT_IN : LIBUSB_ENDPOINT_OUT);
	int rc = libusb_control_transfer(self->handle, type, request->request, request->value,
					 request->index, data, request->length, CONTROL_MS);

	return rc >= 0 ? FTDI_OK : result_of(rc);
}

static void ended(struct libusb_transfer *usb)
{
	struct own *own = usb->user_data, **last = &own->port->ended;

	while (*last != NULL)
		last = &(*last)->next;
	*last = own;
}

static uint8_t endpoint(const struct usb_port *self, bool in)
{
	return (uint8_t)((in ? 0x81u : 0x02u) + 2 * self->channel);
}

static enum ftdi_result submit(struct ftdi_port *port, struct ftdi_transfer *transfer)
{
	struct usb_port *self = (struct usb_port *)port;
	struct own *own = calloc(1, sizeof(*own));
	struct libusb_transfer *usb = libusb_alloc_transfer(0);
	int rc;

	if (own == NULL || usb == NULL) {
		free(own);
		libusb_free_transfer(usb);
		return FTDI_NO_MEMORY;
	}
	*own = (struct own){ .port = self, .usb = usb, .transfer = transfer };
	libusb_fill_bulk_transfer(usb, self->handle, endpoint(self, transfer->in),
				  transfer->data, (int)transfer->n, ended, own, 0);
	rc = libusb_submit_transfer(usb);
	if (rc != 0) {
		free(own);
		libusb_free_transfer(usb);
		return result_of(rc);
	}
	transfer->own = own;
	return FTDI_OK;
}

static struct ftdi_transfer *take_ended(struct usb_port *self)
{
	struct ftdi_transfer *transfer = NULL;

	while (transfer == NULL && self->ended != NULL) {
		struct own *own = self->ended;

		self->ended = own->next;
		transfer = own->transfer;
		if (transfer != NULL) {
			transfer->actual = (size_t)own->usb->actual_length;
			transfer->result = result_of_transfer(own->usb->status);
		}
		libusb_free_transfer(own->usb);
		free(own);
	}
	return transfer;
}

static struct ftdi_transfer *reap(struct ftdi_port *port, uint64_t timeout_us)
{
	struct usb_port *self = (struct usb_port *)port;
	uint64_t start_us = clock_now_us(port->clock), us = 0;

	while (self->ended == NULL && us <= timeout_us) {
		struct timeval left = { .tv_sec = (time_t)((timeout_us - us) / 1000000),
					.tv_usec = (suseconds_t)((timeout_us - us) % 1000000) };

		if (libusb_handle_events_timeout_completed(self->context, &left, NULL) != 0)
			break;
		us = clock_now_us(port->clock) - start_us;
	}
	return take_ended(self);
}

static void cancel(struct ftdi_port *port, struct ftdi_transfer *transfer)
{
	(void)port;
	libusb_cancel_transfer(((struct own *)transfer->own)->usb);
}

static void forget(struct ftdi_port *port, struct ftdi_transfer *transfer)
{
	(void)port;
	((struct own *)transfer->own)->transfer = NULL;
}

static enum ftdi_result clear_halt(struct ftdi_port *port, bool in)
{
	struct usb_port *self = (struct usb_port *)port;

	return result_of(libusb_clear_halt(self->handle, endpoint(self, in)));
}

/* Releasing the interface attaches the driver that was detached (auto-detach). */
static void close_port(struct ftdi_port *port)
{
	struct usb_port *self = (struct usb_port *)port;

	libusb_release_interface(self->handle, (int)self->channel);
	libusb_close(self->handle);
	libusb_exit(self->context);
	free(self);
}

static const struct ftdi_port_ops ops = { control, submit,     reap,      cancel,
					  forget,  clear_halt, close_port };

/* --- opening ------------------------------------------------------------------------------ */

static int may_not(const struct ftdi_found *found, struct error *err)
{
	return error_set(err, E_PERM,
			 "USB: no permission to open %04x:%04x at %s: be root, or let the udev "
			 "rule 60-switchblade.rules give it to your group",
			 found->vendor, found->product, found->place);
}

static int claim(struct usb_port *self, const struct ftdi_found *found, struct error *err)
{
	int rc;

	libusb_set_auto_detach_kernel_driver(self->handle, 1);
	rc = libusb_claim_interface(self->handle, (int)self->channel);
	switch (rc) {
	case 0:
		return 0;
	case LIBUSB_ERROR_BUSY:
		return error_set(err, E_BUSY,
				 "USB: channel %c of %04x:%04x at %s is in use by another "
				 "process: end it, or share the device with switchblade serve",
				 'A' + (int)self->channel, found->vendor, found->product,
				 found->place);
	case LIBUSB_ERROR_NO_DEVICE:
		return error_set(err, E_NODEV, "USB: %04x:%04x at %s is gone: plug it in again",
				 found->vendor, found->product, found->place);
	case LIBUSB_ERROR_ACCESS:
		return may_not(found, err);
	default:
		return error_set(err, E_IO, "USB: channel %c cannot be claimed: %s",
				 'A' + (int)self->channel, libusb_strerror(rc));
	}
}

static int open_device(struct usb_port *self, libusb_device *device,
		       const struct ftdi_found *found, struct error *err)
{
	int rc = libusb_open(device, &self->handle);
	int packet;

	if (rc == LIBUSB_ERROR_ACCESS)
		return may_not(found, err);
	if (rc != 0)
		return error_set(err, rc == LIBUSB_ERROR_NO_DEVICE ? E_NODEV : E_IO,
				 "USB: %04x:%04x at %s cannot be opened: %s", found->vendor,
				 found->product, found->place, libusb_strerror(rc));
	packet = libusb_get_max_packet_size(device, endpoint(self, true));
	rc = packet <= 2 ? error_set(err, E_NODEV,
				     "USB: %04x:%04x at %s has no endpoint 0x%02x: is it an "
				     "FTDI chip?",
				     found->vendor, found->product, found->place,
				     endpoint(self, true))
			 : claim(self, found, err);
	if (rc != 0)
		libusb_close(self->handle);
	self->port.packet_bytes = (size_t)packet;
	return rc;
}

static int check_channel(const struct ftdi_wanted *wanted, const struct ftdi_found *found,
			 struct error *err)
{
	if (found->chip == NULL)
		return error_set(err, E_NODEV,
				 "USB: %04x:%04x at %s is no FT232H, FT2232H or FT4232H "
				 "(release %04x)",
				 found->vendor, found->product, found->place, found->release);
	if (wanted->channel >= found->n_channels)
		return error_set(err, E_RANGE,
				 "USB: the %s at %s has no MPSSE on channel %c; its last is %c",
				 found->chip, found->place, 'A' + (int)wanted->channel,
				 'A' + (int)found->n_channels - 1);
	return 0;
}

int ftdi_libusb_open(const struct ftdi_wanted *wanted, struct error *err,
		     struct ftdi_found *found, struct ftdi_port **out)
{
	struct usb_port *self = calloc(1, sizeof(*self));
	libusb_device *device = NULL;
	int rc;

	if (self == NULL)
		return error_set(err, E_NOMEM, "USB: out of memory");
	self->port = (struct ftdi_port){ .ops = &ops, .clock = clock_real() };
	self->channel = wanted->channel;
	rc = ftdi_libusb__start(&self->context, err);
	if (rc != 0) {
		free(self);
		return rc;
	}
	rc = ftdi_libusb__find(self->context, wanted, err, found, &device);
	if (rc == 0)
		rc = check_channel(wanted, found, err);
	if (rc == 0)
		rc = open_device(self, device, found, err);
	libusb_unref_device(device);
	if (rc != 0) {
		libusb_exit(self->context);
		free(self);
	} else {
		*out = &self->port;
	}
	return rc;
}
