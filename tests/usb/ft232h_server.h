/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What serves the model of an FT232H to a foreign USB stack: the adapter with what is soldered to
 * it, and a clock that follows real time, at least: the model may be ahead while it is busy.
 *
 * Chip select 0 (ADBUS3) is a mock VSC7448, 1 (ADBUS4) the registers of the BTC; or an SPI flash on 0.
 */
#ifndef TESTS_USB_FT232H_SERVER_H
#define TESTS_USB_FT232H_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/mock_ft232h_host.h"

struct ft232h_server {
	struct clock *clock;
	struct world *world; /* NULL: a flash */
	struct regdb *map, *btc_map;
	struct mock_ft232h_host *host;
	uint64_t start_us;     /* of real time */
	uint64_t n_transfers;  /* that ended, bulk */
	uint64_t unplug_after; /* that many: 0 never */
	bool gone;
};

/* @flash: a file that is the content of an SPI flash and gets it back at the end; NULL: the chip. */
bool ft232h_server_open(struct ft232h_server *server, enum mock_ft232h_kind kind,
			const char *serial, const char *flash);
void ft232h_server_close(struct ft232h_server *server);

/* The next transfer that has ended; NULL: none yet, look again later. */
struct mock_usb_urb *ft232h_server_next(struct ft232h_server *server);

/* When looking again makes sense although nothing is submitted: milliseconds, -1 never. */
int ft232h_server_patience_ms(const struct ft232h_server *server);

/* A setup packet of 8 bytes, as it is on the bus. */
struct mock_usb_setup ft232h_server_setup(const uint8_t *bytes);

/*
 * What Linux calls the end of a transfer: 0 or a negative errno; @cancelled is that of one that was
 * taken back, which usbfs and USB/IP call differently.
 */
int ft232h_server_status(enum ftdi_result result, int cancelled);

/* A control request at once. */
enum ftdi_result ft232h_server_control(struct ft232h_server *server,
				       const struct mock_usb_setup *setup, uint8_t *data,
				       size_t *n);

#endif
