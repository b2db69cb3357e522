/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/commands.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/chip.h"
#include "hal/vsc7448/sgpio.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static int parse_number(const char *text, const char *what, uint32_t max, struct error *err,
			uint32_t *value)
{
	return args_number32(text, what, (struct args_range){ 0, max }, err, value);
}

static struct out_cell out_mode(struct out_record *root, const struct vsc7448_sgpio *sgpio,
				uint32_t port, uint32_t bit)
{
	if (bit >= sgpio->conf.bits)
		return out_null();
	return out_lasting(out_format(root, "%s%s", sgpio->out[port][bit].inverted ? "!" : "",
				      vsc7448_sgpio_mode_name(sgpio->out[port][bit].mode)));
}

static struct out_cell in_bit(const struct vsc7448_sgpio *sgpio, uint32_t port, uint32_t bit)
{
	if (bit >= sgpio->conf.bits)
		return out_null();
	return out_uint(sgpio->in[bit] >> port & 1);
}

static void show_serial(struct call *call, uint32_t controller,
			const struct vsc7448_sgpio *sgpio)
{
	static const struct out_column columns[] = {
		{ "port", "PORT", OUT_RIGHT },
		{ "out_0", "OUT 0", 0 },
		{ "out_1", "OUT 1", OUT_UNLESS_EMPTY },
		{ "out_2", "OUT 2", OUT_UNLESS_EMPTY },
		{ "out_3", "OUT 3", OUT_UNLESS_EMPTY },
		{ "in_0", "IN 0", OUT_RIGHT },
		{ "in_1", "IN 1", OUT_RIGHT | OUT_UNLESS_EMPTY },
		{ "in_2", "IN 2", OUT_RIGHT | OUT_UNLESS_EMPTY },
		{ "in_3", "IN 3", OUT_RIGHT | OUT_UNLESS_EMPTY },
	};
	struct out_record *root = out_root(call->out);
	struct out_table *table;

	out_add(root, "controller", "controller", out_uint(controller));
	out_add(root, "running", "running", out_bool(sgpio->conf.run));
	out_add(root, "bits", "bits", out_uint(sgpio->conf.bits));
	table = out_table(root, "ports", columns, COUNT(columns));
	for (uint32_t port = 0; port < VSC7448_N_SGPIO_PORTS; port++)
		if ((sgpio->conf.ports >> port & 1) != 0)
			out_row(table, (const struct out_cell[]){
					       out_styled(OUT_STYLE_NAME, out_uint(port)),
					       out_mode(root, sgpio, port, 0),
					       out_mode(root, sgpio, port, 1),
					       out_mode(root, sgpio, port, 2),
					       out_mode(root, sgpio, port, 3),
					       in_bit(sgpio, port, 0),
					       in_bit(sgpio, port, 1),
					       in_bit(sgpio, port, 2),
					       in_bit(sgpio, port, 3),
				       });
}

int cmd_gpio_serial(struct call *call, struct error *err)
{
	struct vsc7448_sgpio sgpio;
	struct vsc7448 *chip;
	uint32_t controller;
	int rc = parse_number(call->args.operands[0], "controller", VSC7448_N_SGPIOS - 1, err,
			      &controller);

	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = vsc7448_sgpio_get(chip, controller, &sgpio, err);
	if (rc == 0)
		show_serial(call, controller, &sgpio);
	vsc7448_close(chip);
	return rc;
}

/* "0:12.1" */
static int parse_bit(const char *text, struct error *err, struct vsc7448_sgpio_bit *bit)
{
	char copy[32], *colon, *dot;
	int rc;

	snprintf(copy, sizeof(copy), "%s", text);
	colon = strchr(copy, ':');
	dot = strchr(copy, '.');
	if (strlen(text) >= sizeof(copy) || colon == NULL || dot == NULL || dot < colon)
		return error_set(err, E_SYNTAX,
				 "'%.32s' is not CONTROLLER:PORT.BIT, like 0:12.1", text);
	*colon = *dot = '\0';
	rc = parse_number(copy, "controller", VSC7448_N_SGPIOS - 1, err, &bit->controller);
	if (rc == 0)
		rc = parse_number(colon + 1, "serial port", VSC7448_N_SGPIO_PORTS - 1, err,
				  &bit->port);
	if (rc == 0)
		rc = parse_number(dot + 1, "bit", VSC7448_N_SGPIO_BITS - 1, err, &bit->bit);
	return rc;
}

static int parse_output(const char *text, struct error *err, enum vsc7448_sgpio_mode *mode,
			bool *inverted)
{
	*inverted = text[0] == '!';
	for (unsigned i = 0; i < VSC7448_SGPIO_N_MODES; i++) {
		*mode = (enum vsc7448_sgpio_mode)i;
		if (strcmp(text + *inverted, vsc7448_sgpio_mode_name(*mode)) == 0)
			return 0;
	}
	return error_set(err, E_SYNTAX,
			 "'%.32s' is nothing that an output can show: want low, high, blink0, "
			 "blink1, activity0 or activity1",
			 text);
}

int cmd_gpio_serial_set(struct call *call, struct error *err)
{
	struct out_record *root = out_root(call->out);
	struct vsc7448_sgpio_bit bit = { 0 };
	enum vsc7448_sgpio_mode mode;
	struct vsc7448 *chip;
	bool inverted;
	int rc = parse_bit(call->args.operands[0], err, &bit);

	if (rc == 0)
		rc = parse_output(call->args.operands[1], err, &mode, &inverted);
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = vsc7448_sgpio_set(chip, &bit, mode, inverted, err);
	if (rc == 0 && !call->options.dry_run) {
		out_add(root, "controller", "controller", out_uint(bit.controller));
		out_add(root, "port", "port", out_uint(bit.port));
		out_add(root, "bit", "bit", out_uint(bit.bit));
		out_add(root, "mode", "output", out_text(call->args.operands[1]));
	}
	vsc7448_close(chip);
	return rc;
}

int cmd_gpio_serial_setup(struct call *call, struct error *err)
{
	struct out_record *root = out_root(call->out);
	struct vsc7448_sgpio_conf conf;
	struct vsc7448 *chip;
	uint32_t controller;
	uint64_t ports, bits;
	int rc = parse_number(call->args.operands[0], "controller", VSC7448_N_SGPIOS - 1, err,
			      &controller);

	if (rc == 0)
		rc = chip_numbers(call->args.operands[1], "serial port",
				  VSC7448_N_SGPIO_PORTS - 1, err, &ports);
	if (rc == 0)
		rc = args_number(call->args.operands[2], "number of bits",
				 (struct args_range){ 1, VSC7448_N_SGPIO_BITS }, err, &bits);
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	conf = (struct vsc7448_sgpio_conf){ (uint32_t)ports, (uint32_t)bits, ports != 0 };
	rc = vsc7448_sgpio_configure(chip, controller, &conf, err);
	if (rc == 0 && !call->options.dry_run) {
		out_add(root, "controller", "controller", out_uint(controller));
		out_add(root, "ports", "ports", out_lasting(chip_ports_text(root, ports)));
		out_add(root, "bits", "bits", out_uint(bits));
		out_add(root, "running", "running", out_bool(conf.run));
	}
	vsc7448_close(chip);
	return rc;
}
