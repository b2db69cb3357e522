/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A Winbond W25X20: 256 KiB of SPI flash, sectors of 4 KiB, blocks of 64 KiB, pages of 256 bytes, as
 * its data sheet has it: programming only clears bits, erasing sets them, both need the write
 * enable latch and leave the part busy for a while (0.2 ms a page, 2 ms a sector: shorter than
 * the part's, so that tests are quick).
 */
#ifndef TESTS_USB_SPI_FLASH_H
#define TESTS_USB_SPI_FLASH_H

#include "drv/mock_spi.h"

struct clock;

#define SPI_FLASH_BYTES 0x40000u

/* The content is that of the file at @path, which must have it, and is written back when freed. */
struct mock_spi *spi_flash_new(const char *path, struct clock *clock);

#endif
