/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The serial interface (SI) of the VSC7448 as a bus: 32-bit accesses become SPI frames over
 * whatever can move bytes under a chip select.
 *
 *     frame  = header, [padding, read only], data
 *     header = 24 bits, most significant first: bit 23 write, bit 22 zero, bits 21:0 the word
 *              address, (byte address & 0x00ffffff) >> 2
 *     data   = 4 bytes, most significant byte and bit first
 *
 * SPI mode 0.  What happens behind the back of the caller, who sees one address space:
 *  - The interface is set up when the bus is opened, and again after a write that resets the
 *    switch core (which clears the padding): DEVCPU_ORG:IF_CTRL, IF_CFGSTAT.
 *  - Only the switch core (from 0x71000000) is visible on these pins.  The VCore domain below it
 *    is reached through DEVCPU_GCB:VCORE_ACCESS, one access at a time, with one read of the
 *    register for one read asked for; switch-core registers never go that way.
 *  - A read that was not ready in time gives 0x88888888.  Then, and only then, IF_CFGSTAT.IF_STAT
 *    tells whether that was so: E_IO, with the remedy in the text.  Otherwise it is the value.
 *
 * A write behind a read in the same batch is sent when the read is known to be good.
 *
 * Sources: register texts of DEVCPU_ORG and DEVCPU_GCB:VCORE_ACCESS in the vendor's
 * vtss_jaguar2_regs_devcpu_{org,gcb}.h; byte format: mesa/demo/spi.c, spi_read() and spi_write();
 * order of set-up: vtss_api.c, vtss_spi_slave_init().  Unverified on silicon: that IF_STAT stays set
 * until it is written, that reading VA_DATA_INERT during an access does no harm.
 */
#ifndef DRV_SI_H
#define DRV_SI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/bus.h"

#define SI_MAX_PADDING  15u
#define SI_MAX_BYTES    (3u + SI_MAX_PADDING + 4u)
#define SI_MAX_FRAMES   1024u    /* per exchange */
#define SI_HZ_PER_BYTE  6500000u /* one byte of padding is good for this clock */
#define SI_BUSY_WAIT_US 10000u   /* how long an access of the VCore domain may take */

/* Bytes under one chip select: @out goes out while as many come in; @in NULL: not wanted. */
struct si_frame {
	const uint8_t *out;
	uint8_t *in;
	size_t n;
};

/* What moves the bytes; a transport embeds it. */
struct si_pipe {
	const struct si_pipe_ops *ops;
};

struct si_pipe_ops {
	/*
	 * Runs @n frames (at most SI_MAX_FRAMES) in order; may pack them into one transfer.  On
	 * failure sets @err and returns its code; @done, zero before the call, then counts the
	 * frames that surely happened, and the rest may or may not have.
	 */
	int (*exchange)(struct si_pipe *pipe, const struct si_frame *frames, size_t n,
			size_t *done, struct error *err);
	void (*close)(struct si_pipe *pipe); /* frees @pipe */
};

struct si_config {
	struct si_pipe *pipe;
	struct clock *clock; /* for waits; NULL: real time */
	uint32_t clock_hz;   /* of the pipe, for messages */
	unsigned padding;    /* bytes, 0 to SI_MAX_PADDING */
	/* Another device that understands the same frames: no set-up, no VCore domain. */
	bool plain;
};

/*
 * Sets the interface up and makes a bus with the window of @env; it owns the pipe and closes it,
 * also after a failure of this function.  E_NODEV: what was set up does not read back; E_IO: it
 * reads back too late; E_RANGE: window or padding; E_NOMEM; and what the pipe says.
 */
int si_bus_open(const struct si_config *config, const struct bus_env *env, struct error *err,
		struct bus **out);

/* Bytes of padding that reads at @clock_hz need: one up to 6.5 MHz, and so on. */
unsigned si_padding_for(uint32_t clock_hz);

/* The frame of one access; returns its length.  @out has room for SI_MAX_BYTES. */
size_t si_frame_write(uint64_t addr, uint32_t value, uint8_t *out);
size_t si_frame_read(uint64_t addr, unsigned padding, uint8_t *out);

/* The value in the bytes that came in during a read. */
uint32_t si_frame_value(const uint8_t *in, unsigned padding);

#endif
