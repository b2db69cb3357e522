/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One MPSSE channel of an FTDI FT232H, FT2232H or FT4232H: brings it into MPSSE mode, sends
 * command streams and takes what they answer.
 *
 * What USB and the chip add, and nobody else sees:
 *  - Every IN packet starts with two bytes of modem status; packets without data come whenever
 *    the latency timer (16 ms) runs out.  A packet shorter than full ends an IN transfer.
 *  - A stream and its answer move at the same time: there is an IN transfer under way before the
 *    first byte goes out and until the last has come, so that neither FIFO (1 KB on the FT232H)
 *    can stop the other.
 *  - After a failure both transfers are cancelled and reaped and both FIFOs purged.  Before the
 *    next stream halts are cleared, and the MPSSE is brought back to the start of a command.
 *    Nothing is sent twice.
 *  - Closing makes the pins inputs and leaves MPSSE mode.
 *
 * Sources: vendor requests as in Linux drivers/usb/serial/ftdi_sio.h; the order of set-up is that
 * of FTDI AN_135; bad commands AN_108.  Unverified on silicon: all of this has met a model only
 * (drv/mock_ft232h.h), the one that flashrom reads and writes a flash through.
 */
#ifndef DRV_FTDI_H
#define DRV_FTDI_H

#include <stddef.h>
#include <stdint.h>

#include "drv/error.h"
#include "drv/ftdi_port.h"

struct ftdi;

#define FTDI_LATENCY_MS 16u

/*
 * Brings the channel (0 is A) behind @port into MPSSE mode with the pins idle (drv/mpsse.h) and
 * the slowest clock.  Owns @port and closes it, also after a failure of this function.  E_NODEV:
 * unplugged, or no MPSSE answers; E_TIMEOUT, E_IO: USB; E_NOMEM.
 */
int ftdi_open(struct ftdi_port *port, unsigned channel, struct error *err, struct ftdi **out);
void ftdi_close(struct ftdi *ftdi); /* NULL is allowed */

/* A stream and what it answers. */
struct ftdi_stream {
	const uint8_t *out;
	size_t n_out;
	uint8_t *in; /* room for @n_in */
	size_t n_in;
	uint64_t limit_us; /* all of it has to be done within this time */
};

/*
 * Sends the stream and takes the whole answer; @got counts what came, also after a failure.
 * E_NODEV: unplugged; E_TIMEOUT: the answer was not complete in time; E_INTR:
 * cancel_requested(); E_IO: all else, also more bytes than were asked for.
 */
int ftdi_exchange(struct ftdi *ftdi, const struct ftdi_stream *stream, size_t *got,
		  struct error *err);

struct clock *ftdi_clock(const struct ftdi *ftdi);

#endif
