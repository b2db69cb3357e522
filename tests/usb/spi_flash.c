/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/usb/spi_flash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drv/clock.h"

/* Instructions of the data sheet. */
#define WRITE_ENABLE  0x06u
#define WRITE_DISABLE 0x04u
#define READ_STATUS   0x05u
#define WRITE_STATUS  0x01u
#define READ_DATA     0x03u
#define FAST_READ     0x0bu
#define PAGE_PROGRAM  0x02u
#define SECTOR_ERASE  0x20u
#define BLOCK_ERASE   0xd8u
#define CHIP_ERASE    0xc7u
#define JEDEC_ID      0x9fu
#define DEVICE_ID     0x90u
#define STATUS_BUSY   0x01u
#define STATUS_WEL    0x02u
#define PAGE_BYTES    256u
#define PAGE_US       200u
#define ERASE_US      2000u

struct flash {
	struct mock_spi spi;
	struct clock *clock;
	const char *path;
	uint8_t bytes[SPI_FLASH_BYTES];
	uint8_t page[PAGE_BYTES];
	size_t n_page;
	uint8_t instruction, protect;
	uint32_t address;
	size_t n; /* bytes of this frame so far */
	bool write_enabled;
	uint64_t busy_until_us;
};

static bool is_busy(const struct flash *flash)
{
	return clock_now_us(flash->clock) < flash->busy_until_us;
}

static void work(struct flash *flash, uint64_t us)
{
	flash->busy_until_us = clock_now_us(flash->clock) + us;
	flash->write_enabled = false;
}

static void erase(struct flash *flash, uint32_t n)
{
	memset(flash->bytes + flash->address / n * n % SPI_FLASH_BYTES, 0xff, n);
	work(flash, ERASE_US);
}

static void program(struct flash *flash)
{
	uint32_t first = flash->address / PAGE_BYTES * PAGE_BYTES % SPI_FLASH_BYTES;

	for (uint32_t i = 0; i < flash->n_page && i < PAGE_BYTES; i++)
		flash->bytes[first + (flash->address + i) % PAGE_BYTES] &= flash->page[i];
	work(flash, PAGE_US);
}

/* The rising edge of the chip select starts what was told. */
static void start(struct flash *flash)
{
	if (!flash->write_enabled)
		return;
	switch (flash->instruction) {
	case PAGE_PROGRAM:
		program(flash);
		break;
	case SECTOR_ERASE:
		erase(flash, 4096);
		break;
	case BLOCK_ERASE:
		erase(flash, 65536);
		break;
	case CHIP_ERASE:
		erase(flash, SPI_FLASH_BYTES);
		break;
	case WRITE_STATUS:
		work(flash, PAGE_US);
		break;
	default:
		break;
	}
}

static void select_flash(struct mock_spi *spi, bool selected)
{
	struct flash *flash = (struct flash *)spi;

	if (!selected && flash->n > 0 && !is_busy(flash))
		start(flash);
	flash->n = flash->n_page = 0;
	flash->instruction = 0;
	flash->address = 0;
}

static uint8_t first_byte(struct flash *flash, uint8_t out)
{
	flash->instruction = is_busy(flash) && out != READ_STATUS ? 0 : out;
	if (flash->instruction == WRITE_ENABLE)
		flash->write_enabled = true;
	if (flash->instruction == WRITE_DISABLE)
		flash->write_enabled = false;
	return 0xff;
}

static uint8_t status(const struct flash *flash)
{
	return (uint8_t)(flash->protect | (is_busy(flash) ? STATUS_BUSY : 0) |
			 (flash->write_enabled ? STATUS_WEL : 0));
}

/* Byte @i behind the instruction, of those with an address. */
static uint8_t addressed(struct flash *flash, size_t i, uint8_t out)
{
	size_t data = flash->instruction == FAST_READ ? 4 : 3;

	if (i < 3)
		flash->address = flash->address << 8 | out;
	if (i < data)
		return 0xff;
	if (flash->instruction == READ_DATA || flash->instruction == FAST_READ)
		return flash->bytes[(flash->address + (i - data)) % SPI_FLASH_BYTES];
	if (flash->instruction == DEVICE_ID)
		return (i - data) % 2 == 0 ? 0xef : 0x11;
	flash->page[flash->n_page++ % PAGE_BYTES] = out;
	return 0xff;
}

static uint8_t byte(struct mock_spi *spi, uint8_t out)
{
	static const uint8_t id[] = { 0xef, 0x30, 0x12 }; /* Winbond, W25X, 2 Mbit */
	struct flash *flash = (struct flash *)spi;
	size_t i = flash->n++;

	if (i == 0)
		return first_byte(flash, out);
	switch (flash->instruction) {
	case JEDEC_ID:
		return id[(i - 1) % 3];
	case READ_STATUS:
		return status(flash);
	case WRITE_STATUS:
		if (flash->write_enabled)
			flash->protect = out & 0x8c;
		return 0xff;
	case READ_DATA:
	case FAST_READ:
	case PAGE_PROGRAM:
	case SECTOR_ERASE:
	case BLOCK_ERASE:
	case DEVICE_ID:
		return addressed(flash, i - 1, out);
	default:
		return 0xff;
	}
}

static void free_flash(struct mock_spi *spi)
{
	struct flash *flash = (struct flash *)spi;
	FILE *out = fopen(flash->path, "wb");

	if (out == NULL || fwrite(flash->bytes, SPI_FLASH_BYTES, 1, out) != 1)
		fprintf(stderr, "spi_flash: %s cannot be written\n", flash->path);
	if (out != NULL)
		fclose(out);
	free(flash);
}

static const struct mock_spi_ops ops = { NULL, select_flash, byte, NULL, free_flash };

struct mock_spi *spi_flash_new(const char *path, struct clock *clock)
{
	struct flash *flash = calloc(1, sizeof(*flash));
	FILE *in = fopen(path, "rb");

	if (flash == NULL || in == NULL || fread(flash->bytes, SPI_FLASH_BYTES, 1, in) != 1) {
		free(flash);
		flash = NULL;
	}
	if (in != NULL)
		fclose(in);
	if (flash == NULL)
		return NULL;
	flash->spi.ops = &ops;
	flash->clock = clock;
	flash->path = path;
	return &flash->spi;
}
