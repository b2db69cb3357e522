/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/mock_spi.h"

#include <stdlib.h>

#include "drv/mock.h"

#define HEADER_BYTES 3u
#define DATA_BYTES   4u
#define HEADER_WRITE UINT32_C(0x800000)
#define HEADER_WORD  UINT32_C(0x3fffff)

struct spi_regs {
	struct mock_spi spi;
	struct mock *mock;
	uint64_t origin;
	uint32_t clock_hz;
	unsigned n; /* bytes of this frame so far */
	uint32_t header, data;
	struct error failure;
};

static void set_clock(struct mock_spi *spi, uint32_t hz)
{
	((struct spi_regs *)spi)->clock_hz = hz;
}

static void select_device(struct mock_spi *spi, bool selected)
{
	struct spi_regs *self = (struct spi_regs *)spi;

	(void)selected;
	self->n = 0;
	self->header = self->data = 0;
}

static void note(struct spi_regs *self, int rc, const struct error *err)
{
	if (rc != 0 && self->failure.code == 0)
		self->failure = *err;
}

static void access_word(struct spi_regs *self, bool write)
{
	uint64_t addr = self->origin + (uint64_t)(self->header & HEADER_WORD) * 4;
	struct error err = { 0 };
	int rc = write ? mock_sw_write(self->mock, addr, self->data, &err)
		       : mock_sw_read(self->mock, addr, &self->data, &err);

	note(self, rc, &err);
	if (!write && self->clock_hz > MOCK_SPI_REGS_MAX_HZ)
		self->data = UINT32_MAX;
}

static uint8_t byte(struct mock_spi *spi, uint8_t out)
{
	struct spi_regs *self = (struct spi_regs *)spi;
	bool write;
	unsigned i;

	if (self->n++ < HEADER_BYTES) {
		self->header = self->header << 8 | out;
		if (self->n == HEADER_BYTES && (self->header & HEADER_WRITE) == 0)
			access_word(self, false);
		return 0xff;
	}
	write = (self->header & HEADER_WRITE) != 0;
	i = self->n - HEADER_BYTES - 1;
	if (write && i < DATA_BYTES)
		self->data = self->data << 8 | out;
	if (write && i == DATA_BYTES - 1)
		access_word(self, true);
	if (write || i < MOCK_SPI_REGS_PADDING || i >= MOCK_SPI_REGS_PADDING + DATA_BYTES)
		return 0xff;
	return (uint8_t)(self->data >> (8 * (DATA_BYTES - 1 - (i - MOCK_SPI_REGS_PADDING))));
}

static int failure(struct mock_spi *spi, struct error *err)
{
	struct spi_regs *self = (struct spi_regs *)spi;
	int code = self->failure.code;

	if (code != 0)
		error_copy(err, &self->failure);
	error_clear(&self->failure);
	return code;
}

static void free_spi(struct mock_spi *spi)
{
	free(spi);
}

static const struct mock_spi_ops ops = { set_clock, select_device, byte, failure, free_spi };

struct mock_spi *mock_spi_regs(struct mock *mock, uint64_t origin)
{
	struct spi_regs *self = calloc(1, sizeof(*self));

	if (self == NULL)
		return NULL;
	*self = (struct spi_regs){ .spi.ops = &ops, .mock = mock, .origin = origin };
	return &self->spi;
}
