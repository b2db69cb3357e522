/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A model of FTDI's FT232H, FT2232H and FT4232H as a USB device: control requests, bulk packets,
 * FIFOs, latency timer, and the MPSSE, which executes its commands and moves bytes to and from
 * mock devices on its chip selects.  It knows time only as it is told: nanoseconds of its own.
 *
 * What it is made after: FTDI AN_108 (commands, pins, bad commands, clocks), AN_135 and AN_114
 * (use as SPI), the chips' data sheets (FIFOs of 1, 4 and 2 KB, 512-byte packets), Linux
 * drivers/usb/serial/ftdi_sio.h (vendor requests, modem status).  The model's own reckoning,
 * unverified on silicon:
 *  - A command takes 200 ns (12 clocks of 60 MHz) on top of what it clocks out.
 *  - An OUT packet is taken when the FIFO has room for all of it, else it is NAKed.
 *  - A shift whose answer finds the FIFO full stops the clock until there is room.
 *  - Bits that are not whole bytes, and TMS commands, clock nothing into the mock devices; they
 *    read ones.  Waiting for a pin, and clocking without data, end at once.
 *  - A command with bit 7 clear that is no shift is skipped (FTDI's page on bad commands tells
 *    that only those with bit 7 set are answered).
 */
#ifndef DRV_MOCK_FT232H_H
#define DRV_MOCK_FT232H_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/mock_spi.h"

struct mock_ft232h;

enum mock_ft232h_kind { MOCK_FT232H, MOCK_FT2232H, MOCK_FT4232H };

#define MOCK_FT232H_GAP_NS 200u
#define MOCK_FT232H_PACKET 512u

struct mock_ft232h_config {
	enum mock_ft232h_kind kind;
	const char *serial; /* of the device; outlives it */
};

struct mock_ft232h *mock_ft232h_new(const struct mock_ft232h_config *config); /* NULL: memory */
void mock_ft232h_free(struct mock_ft232h *m); /* and what is on its pins; NULL is allowed */

/* Puts a device on pin @pin (3: ADBUS3, ...) of channel @channel as its chip select; owns it. */
void mock_ft232h_attach(struct mock_ft232h *m, unsigned channel, unsigned pin,
			struct mock_spi *spi);

unsigned mock_ft232h_channels(const struct mock_ft232h *m);
const char *mock_ft232h_serial(const struct mock_ft232h *m);

/*
 * From now on the wires are good up to @hz only (0: to any clock): above it one bit of every 97th
 * byte that comes in is wrong.
 */
void mock_ft232h_set_wires(struct mock_ft232h *m, uint32_t hz);

/* --- USB ---------------------------------------------------------------------------------- */

/* The setup packet of a control request. */
struct mock_usb_setup {
	uint8_t type, request;
	uint16_t value, index, length;
};

/*
 * A control request, standard ones included.  @data: up to setup->length bytes, out or in; @n:
 * how many came in.  False: stall.
 */
bool mock_ft232h_control(struct mock_ft232h *m, const struct mock_usb_setup *setup,
			 uint8_t *data, size_t *n);

/* The device and configuration descriptors as sysfs has them; returns their length. */
size_t mock_ft232h_descriptors(const struct mock_ft232h *m, uint8_t *out, size_t max);

/* A packet to the OUT endpoint of @channel (endpoint 2 + 2 * channel); false: NAK. */
bool mock_ft232h_out(struct mock_ft232h *m, unsigned channel, const uint8_t *packet, size_t n);

/*
 * The next packet of the IN endpoint of @channel (endpoint 0x81 + 2 * channel), up to 512 bytes, the
 * first two of them modem status.  False: NAK.
 */
bool mock_ft232h_in(struct mock_ft232h *m, unsigned channel, uint8_t *packet, size_t *n);

/* --- time --------------------------------------------------------------------------------- */

/* Lets the model run to @now_ns, which never goes back. */
void mock_ft232h_run(struct mock_ft232h *m, uint64_t now_ns);

/* When an IN packet will be there although nothing more is sent: at the latency timer's end. */
uint64_t mock_ft232h_latency_due_ns(const struct mock_ft232h *m, unsigned channel);

/* When the next step of a busy MPSSE is due; UINT64_MAX: all are idle. */
uint64_t mock_ft232h_step_due_ns(const struct mock_ft232h *m);

/* The MPSSE of @channel has nothing to do until something is sent to it or fetched from it. */
bool mock_ft232h_is_idle(const struct mock_ft232h *m, unsigned channel);

/* --- for tests ---------------------------------------------------------------------------- */

struct mock_ft232h_pins {
	uint8_t levels, directions; /* of the lower byte, as set; directions: 1 is an output */
	bool mpsse;                 /* the channel is in MPSSE mode */
	uint64_t n_clocks;          /* of SK since the beginning */
	uint64_t n_commands;
	size_t most_out, most_in; /* the fullest that the FIFOs have been, in bytes */
};
struct mock_ft232h_pins mock_ft232h_pins(const struct mock_ft232h *m, unsigned channel);

#endif
