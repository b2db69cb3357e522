/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/mock_spi.h"

#include <stdlib.h>

#include "drv/mock_vsc7448/si.h"

struct spi_vsc7448 {
	struct mock_spi spi;
	struct mock_vsc7448 *model;
};

static struct mock_vsc7448 *model_of(struct mock_spi *spi)
{
	return ((struct spi_vsc7448 *)spi)->model;
}

static void set_clock(struct mock_spi *spi, uint32_t hz)
{
	mv_si_set_clock(model_of(spi), hz);
}

static void select_chip(struct mock_spi *spi, bool selected)
{
	mv_si_select(model_of(spi), selected);
}

static uint8_t byte(struct mock_spi *spi, uint8_t out)
{
	return mv_si_byte(model_of(spi), out);
}

static int failure(struct mock_spi *spi, struct error *err)
{
	return mv_si_failure(model_of(spi), err);
}

static void free_spi(struct mock_spi *spi)
{
	free(spi);
}

static const struct mock_spi_ops ops = { set_clock, select_chip, byte, failure, free_spi };

struct mock_spi *mock_spi_vsc7448(struct mock_vsc7448 *model)
{
	struct spi_vsc7448 *self = calloc(1, sizeof(*self));

	if (self == NULL)
		return NULL;
	*self = (struct spi_vsc7448){ .spi.ops = &ops, .model = model };
	return &self->spi;
}
