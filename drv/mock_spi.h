/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A mock device behind a chip select, SPI mode 0, whole bytes. */
#ifndef DRV_MOCK_SPI_H
#define DRV_MOCK_SPI_H

#include <stdbool.h>
#include <stdint.h>

#include "drv/error.h"

struct mock;
struct mock_vsc7448;

struct mock_spi {
	const struct mock_spi_ops *ops;
};

struct mock_spi_ops {
	void (*set_clock)(struct mock_spi *spi, uint32_t hz); /* before a frame; optional */
	void (*select)(struct mock_spi *spi, bool selected);  /* an edge of the chip select */
	uint8_t (*byte)(struct mock_spi *spi, uint8_t out);   /* eight clocks */
	/* What the device behind refused since the last call, which pins cannot tell; optional. */
	int (*failure)(struct mock_spi *spi, struct error *err);
	void (*free)(struct mock_spi *spi);
};

/* The serial interface of a mock VSC7448; NULL: memory. */
struct mock_spi *mock_spi_vsc7448(struct mock_vsc7448 *model);

/*
 * Registers behind the same frames (drv/si.h), as the BTC has them: one byte of padding in reads,
 * good to MOCK_SPI_REGS_MAX_HZ; above it reads give 0xffffffff.  NULL: memory.
 */
#define MOCK_SPI_REGS_MAX_HZ  15000000u
#define MOCK_SPI_REGS_PADDING 1u
struct mock_spi *mock_spi_regs(struct mock *mock, uint64_t origin);

#endif
