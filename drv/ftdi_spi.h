/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One MPSSE channel as an SPI controller with two chip selects: a pipe (drv/si.h) for each.  All
 * frames of an exchange that fit go out in one stream, which ends with a look at the pins, so
 * that a good end means that every frame was clocked.
 */
#ifndef DRV_FTDI_SPI_H
#define DRV_FTDI_SPI_H

#include "drv/ftdi.h"
#include "drv/si.h"

struct ftdi_spi;

/* On a channel that ftdi_open() gave, which it owns, also after a failure.  E_NOMEM. */
int ftdi_spi_new(struct ftdi *ftdi, struct error *err, struct ftdi_spi **out);

/*
 * A pipe to what is behind chip select @cs (0 or 1), clocked at @clock_hz or the next slower step
 * of the chip.  The controller lives until the last pipe and every ftdi_spi_hold() is closed.
 * E_RANGE: the clock is outside MPSSE_MIN_HZ to MPSSE_MAX_HZ; E_NOMEM.
 */
int ftdi_spi_pipe(struct ftdi_spi *spi, unsigned cs, uint32_t clock_hz, struct error *err,
		  struct si_pipe **out);

/* The maker's own hold on the controller: until ftdi_spi_release(). */
void ftdi_spi_release(struct ftdi_spi *spi);

/* Calls @gone(@arg) when the controller is about to be freed. */
void ftdi_spi_on_end(struct ftdi_spi *spi, void (*gone)(void *arg), void *arg);

#endif
