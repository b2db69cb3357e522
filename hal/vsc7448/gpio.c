/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/gpio.h"

#include <inttypes.h>

#include "hal/vsc7448/gpio_priv.h"
#include "hal/vsc7448/vsc7448_priv.h"

#define GPIO(reg) VSC7448_DEVCPU_GCB_GPIO_GPIO_##reg

/* The registers of pins 0 to 31 and of 32 to 63. */
static const struct half {
	uint64_t out_set, out_clr, out, in, oe, intr, intr_ena, alt[2];
} halves[2] = {
	{ GPIO(OUT_SET),
	  GPIO(OUT_CLR),
	  GPIO(OUT),
	  GPIO(IN),
	  GPIO(OE),
	  GPIO(INTR),
	  GPIO(INTR_ENA),
	  { GPIO(ALT)(0), GPIO(ALT)(1) } },
	{ GPIO(OUT_SET1),
	  GPIO(OUT_CLR1),
	  GPIO(OUT1),
	  GPIO(IN1),
	  GPIO(OE1),
	  GPIO(INTR1),
	  GPIO(INTR_ENA1),
	  { GPIO(ALT1)(0), GPIO(ALT1)(1) } },
};

/* Alternate functions 1 and 2 of each pin; none has a third. */
static const char *const functions[VSC7448_N_GPIOS][2] = {
	{ "SG0", NULL },
	{ "SG0", NULL },
	{ "SG0", NULL },
	{ "SG0", NULL },
	{ "SG1", NULL },
	{ "SG1", NULL },
	{ "IRQ0_IN", "IRQ0_OUT" },
	{ "IRQ1_IN", "IRQ1_OUT" },
	{ "PTP0", NULL },
	{ "PTP1", NULL },
	{ "UART", NULL },
	{ "UART", NULL },
	{ "SG1", NULL },
	{ "SG1", NULL },
	{ "TWI", "TWI_SCL_M" },
	{ "TWI", NULL },
	{ "SI", "TWI_SCL_M" },
	{ "SI", "TWI_SCL_M" },
	{ "SI", "TWI_SCL_M" },
	{ "PCI_WAKE", NULL },
	{ "IRQ0_OUT", "TWI_SCL_M" },
	{ "IRQ1_OUT", "TWI_SCL_M" },
	{ "TACHO", NULL },
	{ "PWM", NULL },
	{ "UART2", NULL },
	{ "UART2", "SI" },
	{ "PTP2", "SI" },
	{ "PTP3", "SI" },
	{ "TWI2", "SI" },
	{ "TWI2", "SI" },
	{ "SG2", "SI" },
	{ "SG2", "SI" },
	{ "SG2", "SI" },
	{ "SG2", "SI" },
	{ NULL, "TWI_SCL_M" },
	{ NULL, "TWI_SCL_M" },
	{ NULL, "TWI_SCL_M" },
	{ NULL, "TWI_SCL_M" },
	{ NULL, "TWI_SCL_M" },
	{ NULL, "TWI_SCL_M" },
	{ NULL, "TWI_SCL_M" },
	{ NULL, "TWI_SCL_M" },
	{ NULL, "TWI_SCL_M" },
	{ NULL, "TWI_SCL_M" },
	{ NULL, "SFP8" },
	{ NULL, "SFP9" },
	{ NULL, "SFP10" },
	{ NULL, "SFP11" },
	{ "SFP0", NULL },
	{ "SFP1", "SI" },
	{ "SFP2", "SI" },
	{ "SFP3", "SI" },
	{ "SFP4", NULL },
	{ "SFP5", NULL },
	{ "SFP6", NULL },
	{ "SFP7", NULL },
	{ "MIIM1", "SFP12" },
	{ "MIIM1", "SFP13" },
	{ "MIIM2", "SFP14" },
	{ "MIIM2", "SFP15" },
	{ NULL, NULL },
	{ NULL, NULL },
	{ NULL, NULL },
	{ NULL, NULL },
};

const char *vsc7448_gpio_function(uint32_t pin, enum vsc7448_gpio_mode mode)
{
	if (mode <= VSC7448_GPIO_OUT)
		return "GPIO";
	return mode == VSC7448_GPIO_ALT3 ? NULL : functions[pin][mode - VSC7448_GPIO_ALT1];
}

const char *vsc7448_gpio_mode_name(enum vsc7448_gpio_mode mode)
{
	static const char *const names[] = { "in", "out", "alt1", "alt2", "alt3" };

	return names[mode];
}

static enum vsc7448_gpio_mode mode_of(uint32_t alternate, bool output)
{
	if (alternate != 0)
		return (enum vsc7448_gpio_mode)(VSC7448_GPIO_ALT1 + alternate - 1);
	return output ? VSC7448_GPIO_OUT : VSC7448_GPIO_IN;
}

enum { OUT, IN, OE, INTR, ALT_LOW, ALT_HIGH, N_READS };

int vsc7448_gpio_get(struct vsc7448 *chip, struct vsc7448_gpio gpios[VSC7448_N_GPIOS],
		     struct error *err)
{
	uint64_t addrs[2 * N_READS];
	uint32_t values[2 * N_READS];

	for (size_t i = 0; i < 2; i++) {
		const struct half *half = &halves[i];
		const uint64_t list[N_READS] = { half->out,  half->in,     half->oe,
						 half->intr, half->alt[0], half->alt[1] };

		for (size_t k = 0; k < N_READS; k++)
			addrs[i * N_READS + k] = list[k];
	}
	if (regio_read_many(chip->io, addrs, 2 * (size_t)N_READS, values) != 0)
		return regio_end(chip->io, err);
	for (uint32_t pin = 0; pin < VSC7448_N_GPIOS; pin++) {
		const uint32_t *half = values + (size_t)(pin / 32) * N_READS;
		uint32_t bit = pin % 32;

		gpios[pin] = (struct vsc7448_gpio){
			.mode = mode_of((half[ALT_LOW] >> bit & 1) | (half[ALT_HIGH] >> bit & 1)
									     << 1,
					(half[OE] >> bit & 1) != 0),
			.out = (half[OUT] >> bit & 1) != 0,
			.in = (half[IN] >> bit & 1) != 0,
			.changed = (half[INTR] >> bit & 1) != 0,
		};
	}
	return regio_end(chip->io, err);
}

static int check_pin(uint32_t pin, struct error *err)
{
	if (pin < VSC7448_N_GPIOS)
		return 0;
	return error_set(err, E_RANGE, "GPIO %" PRIu32 ": the chip has GPIO 0 to %u", pin,
			 VSC7448_N_GPIOS - 1);
}

int vsc7448_gpio_set(struct vsc7448 *chip, uint32_t pin, bool level, struct error *err)
{
	int rc = check_pin(pin, err);

	if (rc != 0)
		return rc;
	regio_write(chip->io, level ? halves[pin / 32].out_set : halves[pin / 32].out_clr,
		    UINT32_C(1) << pin % 32);
	regio_reread(chip->io, halves[pin / 32].out, halves[pin / 32].out);
	return regio_end(chip->io, err);
}

void vsc7448__gpio_route(struct regio *io, uint32_t pin, enum vsc7448_gpio_mode mode)
{
	const struct half *half = &halves[pin / 32];
	uint32_t bit = UINT32_C(1) << pin % 32;
	uint32_t alternate =
		mode <= VSC7448_GPIO_OUT ? 0 : (uint32_t)(mode - VSC7448_GPIO_ALT1 + 1);

	if (mode <= VSC7448_GPIO_OUT)
		regio_set(io, half->oe, bit, mode == VSC7448_GPIO_OUT ? bit : 0);
	regio_set(io, half->alt[0], bit, (alternate & 1) != 0 ? bit : 0);
	regio_set(io, half->alt[1], bit, (alternate & 2) != 0 ? bit : 0);
}

int vsc7448__gpio_alternates(struct regio *io, uint8_t modes[VSC7448_N_GPIOS])
{
	const uint64_t addrs[] = { halves[0].alt[0], halves[0].alt[1], halves[1].alt[0],
				   halves[1].alt[1] };
	uint32_t values[4];
	int rc = regio_get_many(io, addrs, 4, values);

	for (uint32_t pin = 0; rc == 0 && pin < VSC7448_N_GPIOS; pin++) {
		const uint32_t *half = values + (size_t)(pin / 32) * 2;

		modes[pin] =
			(uint8_t)((half[0] >> pin % 32 & 1) | (half[1] >> pin % 32 & 1) << 1);
	}
	return rc;
}

int vsc7448_gpio_set_mode(struct vsc7448 *chip, uint32_t pin, enum vsc7448_gpio_mode mode,
			  struct error *err)
{
	int rc = check_pin(pin, err);

	if (rc != 0)
		return rc;
	if (vsc7448_gpio_function(pin, mode) == NULL)
		return error_set(err, E_NOTSUP, "GPIO %" PRIu32 " has no function %s", pin,
				 vsc7448_gpio_mode_name(mode));
	regio_set(chip->io, halves[pin / 32].intr_ena, UINT32_C(1) << pin % 32, 0);
	vsc7448__gpio_route(chip->io, pin, mode);
	return regio_end(chip->io, err);
}
