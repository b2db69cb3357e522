/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/mock_vsc7448/gpio.h"

#include <stdlib.h>

#define GPIO(reg)     VSC7448_DEVCPU_GCB_GPIO_GPIO_##reg
#define ALT_FIRST     GPIO(ALT)(0)
#define ALT_LAST      GPIO(ALT1)(1)
#define SIO(reg, ...) VSC7448_DEVCPU_GCB_SIO_CTRL_##reg(__VA_ARGS__)
#define N_SIO         3u

struct mv_gpio {
	uint32_t outside[2];
	uint32_t level[2]; /* of the pins, when last looked at */
	uint32_t alt[4];   /* GPIO_ALT[0-1], GPIO_ALT1[0-1], in address order */
	uint8_t sio[N_SIO][32];
};

/* The registers of the upper pins follow those of the lower ones. */
static uint64_t half_of(uint64_t lower, unsigned half)
{
	return lower + 4 * (uint64_t)half;
}

static uint32_t pin_levels(const struct mock_vsc7448 *m, unsigned half)
{
	uint32_t oe = mock_hw_get(m->mock, half_of(GPIO(OE), half));
	uint32_t out = mock_hw_get(m->mock, half_of(GPIO(OUT), half));
	uint32_t plain = ~(m->gpio->alt[2 * half] | m->gpio->alt[2 * half + 1]);

	return (out & oe & plain) | (m->gpio->outside[half] & ~(oe & plain));
}

/* Latches what changed since the last look. */
static int look(struct mock_vsc7448 *m, unsigned half)
{
	uint32_t level = pin_levels(m, half);
	uint32_t changed = level ^ m->gpio->level[half];

	m->gpio->level[half] = level;
	return changed == 0 ? 0 : mock_hw_set(m->mock, half_of(GPIO(INTR), half), changed);
}

void mv_gpio_drive(struct mock_vsc7448 *m, uint32_t pin, bool level)
{
	uint32_t bit = UINT32_C(1) << pin % 32;

	if (level)
		m->gpio->outside[pin / 32] |= bit;
	else
		m->gpio->outside[pin / 32] &= ~bit;
	look(m, pin / 32);
}

uint32_t mv_gpio_alternate(const struct mock_vsc7448 *m, uint32_t pin)
{
	const uint32_t *alt = m->gpio->alt + (size_t)(pin / 32) * 2;

	return (alt[0] >> pin % 32 & 1) | (alt[1] >> pin % 32 & 1) << 1;
}

static int read_in(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	*value = pin_levels(m, addr != GPIO(IN));
	return 0;
}

static int write_out(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	bool clear = addr >= GPIO(OUT_CLR);
	unsigned half = (addr & 4) != (GPIO(OUT_SET) & 4);
	uint64_t out = half_of(GPIO(OUT), half);
	uint32_t old = mock_hw_get(m->mock, out);
	int rc = mock_hw_put(m->mock, out, clear ? old & ~value : old | value);

	return rc != 0 ? rc : look(m, half);
}

static int write_level(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	(void)value;
	return look(m, (addr & 4) != (GPIO(OUT) & 4));
}

static int write_alt(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	m->gpio->alt[(addr - ALT_FIRST) / 4] = value;
	return look(m, addr >= GPIO(ALT1)(0));
}

void mv_sgpio_drive(struct mock_vsc7448 *m, uint32_t controller, uint32_t port, uint32_t bits)
{
	m->gpio->sio[controller][port] = (uint8_t)bits;
}

/* Ports in use, of a controller that has a clock and sends bursts. */
static uint32_t shifted_ports(const struct mock_vsc7448 *m, uint32_t controller)
{
	uint32_t cfg = mock_hw_get(m->mock, SIO(SIO_CFG, controller));
	uint32_t clock = mock_hw_get(m->mock, SIO(SIO_CLOCK, controller));

	if (reg_field_get(cfg, VSC7448_DEVCPU_GCB_SIO_CTRL_SIO_CFG__SIO_AUTO_REPEAT) == 0 ||
	    reg_field_get(clock, VSC7448_DEVCPU_GCB_SIO_CTRL_SIO_CLOCK__SIO_CLK_FREQ) < 2)
		return 0;
	return mock_hw_get(m->mock, SIO(SIO_PORT_ENA, controller));
}

static int read_sio(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	uint64_t stride = SIO(SIO_INPUT_DATA, 1, 0) - SIO(SIO_INPUT_DATA, 0, 0);
	uint32_t controller = (uint32_t)((addr - SIO(SIO_INPUT_DATA, 0, 0)) / stride);
	uint32_t bit = (uint32_t)((addr - SIO(SIO_INPUT_DATA, controller, 0)) / 4);
	uint32_t ports = shifted_ports(m, controller), in = 0;

	if (bit > mv_field(m, SIO(SIO_CFG, controller),
			   VSC7448_DEVCPU_GCB_SIO_CTRL_SIO_CFG__SIO_PORT_WIDTH))
		ports = 0;
	for (uint32_t port = 0; port < 32; port++)
		in |= (uint32_t)(m->gpio->sio[controller][port] >> bit & 1) << port;
	*value = in & ports;
	return 0;
}

static void reset(struct mock_vsc7448 *m)
{
	for (unsigned i = 0; i < 4; i++)
		mock_hw_put(m->mock, ALT_FIRST + 4 * (uint64_t)i, m->gpio->alt[i]);
	for (unsigned half = 0; half < 2; half++)
		m->gpio->level[half] = pin_levels(m, half);
}

static int init(struct mock_vsc7448 *m)
{
	m->gpio = calloc(1, sizeof(*m->gpio));
	if (m->gpio == NULL)
		return E_NOMEM;
	for (unsigned i = 0; i < 4; i++)
		m->gpio->alt[i] = mock_hw_get(m->mock, ALT_FIRST + 4 * (uint64_t)i);
	for (unsigned half = 0; half < 2; half++) {
		m->gpio->outside[half] = UINT32_MAX;
		m->gpio->level[half] = pin_levels(m, half);
	}
	return 0;
}

static void fini(struct mock_vsc7448 *m)
{
	free(m->gpio);
}

static const struct mv_range ranges[] = {
	{ GPIO(OUT_SET), GPIO(OUT_CLR1), NULL, write_out },
	{ GPIO(OUT), GPIO(OUT1), NULL, write_level },
	{ GPIO(IN), GPIO(IN1), read_in, NULL },
	{ GPIO(OE), GPIO(OE1), NULL, write_level },
	{ ALT_FIRST, ALT_LAST, NULL, write_alt },
	{ SIO(SIO_INPUT_DATA, 0, 0), SIO(SIO_INPUT_DATA, 0, 3), read_sio, NULL },
	{ SIO(SIO_INPUT_DATA, 1, 0), SIO(SIO_INPUT_DATA, 1, 3), read_sio, NULL },
	{ SIO(SIO_INPUT_DATA, 2, 0), SIO(SIO_INPUT_DATA, 2, 3), read_sio, NULL },
};

const struct mv_part mv_part_gpio = {
	.name = "gpio",
	.ranges = ranges,
	.n_ranges = sizeof(ranges) / sizeof(ranges[0]),
	.init = init,
	.fini = fini,
	.reset = reset,
};
