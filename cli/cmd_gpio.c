/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The `gpio` commands; those of serial pins are in cmd_gpio_serial.c. */
#include "cli/commands.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "cli/chip.h"
#include "cli/complete.h"
#include "hal/vsc7448/gpio.h"

#define COUNT(a)  (sizeof(a) / sizeof((a)[0]))
#define FIRST_ALT 2u /* of enum vsc7448_gpio_mode */

static int parse_pins(const char *text, struct error *err, uint64_t *pins)
{
	return chip_numbers(text, "pin", VSC7448_N_GPIOS - 1, err, pins);
}

static const char *level_text(bool level)
{
	return level ? "high" : "low";
}

static void show_pins(struct call *call, uint64_t pins, const struct vsc7448_gpio *gpios)
{
	static const struct out_column columns[] = {
		{ "pin", "PIN", OUT_RIGHT }, { "mode", "MODE", 0 },
		{ "in", "LEVEL", 0 },        { "out", "OUTPUT", 0 },
		{ "changed", "CHANGED", 0 }, { "function", "FUNCTION", 0 },
	};
	struct out_table *table =
		out_table(out_root(call->out), "pins", columns, COUNT(columns));

	for (uint32_t pin = 0; pin < VSC7448_N_GPIOS; pin++) {
		const struct vsc7448_gpio *gpio = &gpios[pin];

		if ((pins >> pin & 1) == 0)
			continue;
		out_row(table, (const struct out_cell[]){
				       out_styled(OUT_STYLE_NAME, out_uint(pin)),
				       out_lasting(vsc7448_gpio_mode_name(gpio->mode)),
				       out_lasting(level_text(gpio->in)),
				       out_lasting(level_text(gpio->out)),
				       out_bool(gpio->changed),
				       out_lasting(vsc7448_gpio_function(pin, gpio->mode)),
			       });
	}
}

static int cmd_gpio_show(struct call *call, struct error *err)
{
	struct vsc7448_gpio gpios[VSC7448_N_GPIOS];
	struct vsc7448 *chip;
	uint64_t pins = UINT64_MAX;
	int rc = 0;

	if (call->args.n_operands > 0)
		rc = parse_pins(call->args.operands[0], err, &pins);
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = vsc7448_gpio_get(chip, gpios, err);
	if (rc == 0)
		show_pins(call, pins, gpios);
	vsc7448_close(chip);
	return rc;
}

static int parse_level(const char *text, struct error *err, bool *level)
{
	*level = strcmp(text, "1") == 0 || strcasecmp(text, "high") == 0;
	if (*level || strcmp(text, "0") == 0 || strcasecmp(text, "low") == 0)
		return 0;
	return error_set(err, E_SYNTAX, "'%.32s' is not a level: want 0, 1, low or high", text);
}

static int cmd_gpio_set(struct call *call, struct error *err)
{
	struct out_record *root = out_root(call->out);
	struct vsc7448 *chip;
	uint64_t pin;
	bool level;
	int rc = args_number(call->args.operands[0], "pin",
			     (struct args_range){ 0, VSC7448_N_GPIOS - 1 }, err, &pin);

	if (rc == 0)
		rc = parse_level(call->args.operands[1], err, &level);
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = vsc7448_gpio_set(chip, (uint32_t)pin, level, err);
	if (rc == 0 && !call->options.dry_run) {
		out_add(root, "pin", "pin", out_uint(pin));
		out_add(root, "out", "output", out_lasting(level_text(level)));
	}
	vsc7448_close(chip);
	return rc;
}

/* "in", "alt1", or what the pin can be: "TWI". */
static int parse_mode(const char *text, uint32_t pin, struct error *err,
		      enum vsc7448_gpio_mode *mode)
{
	for (unsigned i = 0; i < VSC7448_GPIO_N_MODES; i++) {
		const char *function = vsc7448_gpio_function(pin, (enum vsc7448_gpio_mode)i);

		*mode = (enum vsc7448_gpio_mode)i;
		if (strcasecmp(text, vsc7448_gpio_mode_name(*mode)) == 0 ||
		    (i >= FIRST_ALT && function != NULL && strcasecmp(text, function) == 0))
			return 0;
	}
	return error_set(err, E_SYNTAX,
			 "'%.32s' is no mode of GPIO %" PRIu32
			 ": want in, out, alt1 to alt3 or the name of its function",
			 text, pin);
}

static int set_modes(struct vsc7448 *chip, uint64_t pins, const char *text,
		     struct out_table *table, struct error *err)
{
	int rc = 0;

	for (uint32_t pin = 0; rc == 0 && pin < VSC7448_N_GPIOS; pin++) {
		enum vsc7448_gpio_mode mode = VSC7448_GPIO_IN;

		if ((pins >> pin & 1) == 0)
			continue;
		rc = parse_mode(text, pin, err, &mode);
		if (rc == 0)
			rc = vsc7448_gpio_set_mode(chip, pin, mode, err);
		if (rc == 0 && table != NULL)
			out_row(table, (const struct out_cell[]){
					       out_styled(OUT_STYLE_NAME, out_uint(pin)),
					       out_lasting(vsc7448_gpio_mode_name(mode)),
					       out_lasting(vsc7448_gpio_function(pin, mode)),
				       });
	}
	return rc;
}

/* Every pin can do it: nothing is written when one cannot. */
static int check_modes(uint64_t pins, const char *text, struct error *err)
{
	int rc = 0;

	for (uint32_t pin = 0; rc == 0 && pin < VSC7448_N_GPIOS; pin++) {
		enum vsc7448_gpio_mode mode;

		if ((pins >> pin & 1) == 0)
			continue;
		rc = parse_mode(text, pin, err, &mode);
		if (rc == 0 && vsc7448_gpio_function(pin, mode) == NULL)
			rc = error_set(err, E_NOTSUP, "GPIO %" PRIu32 " has no function %s",
				       pin, vsc7448_gpio_mode_name(mode));
	}
	return rc;
}

static int cmd_gpio_mode(struct call *call, struct error *err)
{
	static const struct out_column columns[] = {
		{ "pin", "PIN", OUT_RIGHT },
		{ "mode", "MODE", 0 },
		{ "function", "FUNCTION", 0 },
	};
	const char *text = call->args.operands[1];
	struct out_table *table = NULL;
	struct vsc7448 *chip;
	uint64_t pins;
	int rc = parse_pins(call->args.operands[0], err, &pins);

	if (rc == 0)
		rc = check_modes(pins, text, err);
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	if (!call->options.dry_run)
		table = out_table(out_root(call->out), "pins", columns, COUNT(columns));
	rc = set_modes(chip, pins, text, table, err);
	vsc7448_close(chip);
	return rc;
}

const struct cmd gpio_table[] = {
	{
		.name = "mode",
		.usage = "PINS MODE",
		.help = "what pins are for: input, output, another function",
		.detail = "MODE is in, out, alt1 to alt3, or the name of a function as gpio "
			  "show lists it: gpio mode 56-57 MIIM1. The interrupts of the pins "
			  "are disabled.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 2,
		.max_operands = 2,
		.schema = "gpio-mode",
		.version = 1,
		.run = cmd_gpio_mode,
	},
	{
		.name = "serial",
		.usage = "CONTROLLER",
		.help = "serial pins in use: outputs and inputs",
		.detail = "CONTROLLER is 0 to 2. An output that is inverted has an "
			  "exclamation mark.",
		.flags = CMD_NEEDS_BOARD,
		.min_operands = 1,
		.max_operands = 1,
		.schema = "gpio-serial",
		.version = 1,
		.run = cmd_gpio_serial,
	},
	{
		.name = "serial-set",
		.usage = "CONTROLLER:PORT.BIT MODE",
		.help = "what a serial output shows",
		.detail = "MODE is low, high, blink0, blink1, activity0 or activity1; an "
			  "exclamation mark in front inverts it.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 2,
		.max_operands = 2,
		.schema = "gpio-serial-set",
		.version = 1,
		.run = cmd_gpio_serial_set,
	},
	{
		.name = "serial-setup",
		.usage = "CONTROLLER PORTS BITS",
		.help = "set up a serial pin controller",
		.detail = "Of PORTS (0-31, or none to stop), each with 1 to 4 BITS. Its four "
			  "pins need the function SG0, SG1 or SG2: gpio mode.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 3,
		.max_operands = 3,
		.schema = "gpio-serial-setup",
		.version = 1,
		.run = cmd_gpio_serial_setup,
	},
	{
		.name = "set",
		.usage = "PIN LEVEL",
		.help = "the level that an output drives",
		.detail = "LEVEL is 0, 1, low or high. An input keeps it for the time that it "
			  "becomes an output.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 2,
		.max_operands = 2,
		.schema = "gpio-set",
		.version = 1,
		.run = cmd_gpio_set,
	},
	{
		.name = "show",
		.usage = "[PINS]",
		.help = "modes, levels and functions of the pins",
		.detail = "PINS is a list like 0-7,14. CHANGED tells whether the level changed "
			  "since the interrupt bit was cleared.",
		.flags = CMD_NEEDS_BOARD,
		.max_operands = 1,
		.schema = "gpio-show",
		.version = 1,
		.run = cmd_gpio_show,
	},
};
