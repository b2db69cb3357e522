/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `link set`, `link modes`. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/chip.h"
#include "cli/commands.h"
#include "cli/complete.h"
#include "cli/port_options.h"
#include "hal/board.h"
#include "hal/vsc7448/port.h"

/* --- link set ----------------------------------------------------------------------------- */

static int set_conf(struct call *call, struct vsc7448 *chip, uint32_t port, const char *mode,
		    struct error *err)
{
	struct vsc7448_port_conf conf;
	enum link_mode parsed = LINK_MODE_SGMII;
	int rc = port_mode_parse(mode, err, &parsed);

	if (rc != 0)
		return rc;
	vsc7448_port_conf_default(parsed, &conf);
	rc = port_options_apply(call, err, &conf);
	if (rc == 0)
		rc = vsc7448_port_conf_set(chip, port, &conf, err);
	return rc;
}

static int set_one(struct call *call, struct vsc7448 *chip, uint32_t port, struct error *err)
{
	const char *mode = call->args.operands[1];

	if (strcmp(mode, "none") == 0)
		return vsc7448_port_free(chip, port, err);
	return set_conf(call, chip, port, mode, err);
}

static const char *board_mode(const struct board *board, uint32_t port)
{
	const struct board_port *ports;
	size_t n = board_ports(board, &ports);

	for (size_t i = 0; i < n; i++)
		if (ports[i].port == port)
			return ports[i].mode;
	return NULL;
}

static int set_from_board(struct call *call, struct vsc7448 *chip, uint32_t port,
			  struct error *err)
{
	return set_conf(call, chip, port, board_mode(call->board, port), err);
}

static int board_port_set(const struct call *call, struct error *err, vsc7448_ports *ports)
{
	*ports = 0;
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		if (board_mode(call->board, port) != NULL)
			*ports |= UINT64_C(1) << port;
	if (*ports == 0)
		return error_set(err, E_NOTFOUND, "the board names no ports");
	return 0;
}

/* Wrong words are told before anything is done. */
static int check_words(const struct call *call, struct error *err)
{
	struct vsc7448_port_conf conf;
	enum link_mode mode = LINK_MODE_SGMII;
	int rc;

	if (strcmp(call->args.operands[1], "none") == 0)
		return port_options_given(call)
			       ? error_set(err, E_SYNTAX, "mode none takes no options")
			       : 0;
	rc = port_mode_parse(call->args.operands[1], err, &mode);
	if (rc != 0)
		return rc;
	vsc7448_port_conf_default(mode, &conf);
	return port_options_apply(call, err, &conf);
}

int cmd_link_set(struct call *call, struct error *err)
{
	bool from_board = strcmp(call->args.operands[0], "board") == 0;
	struct vsc7448 *chip;
	vsc7448_ports ports;
	int rc;

	if (from_board != (call->args.n_operands == 1))
		return error_set(err, E_SYNTAX,
				 "link set takes PORTS and MODE, or the word "
				 "board alone");
	if (from_board)
		rc = board_port_set(call, err, &ports);
	else
		rc = chip_ports(call->args.operands[0], err, &ports);
	if (rc == 0 && !from_board)
		rc = check_words(call, err);
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = port_for_each(call, chip, ports, from_board ? set_from_board : set_one, err);
	vsc7448_close(chip);
	return rc;
}

void complete_link_set(const struct complete *complete)
{
	if (complete->operand == 0)
		complete_offer(complete, "board");
	if (complete->operand != 1)
		return;
	for (uint32_t mode = 0; mode < LINK_MODE_COUNT; mode++)
		complete_offer(complete, link_mode_names[mode]);
	complete_offer(complete, "none");
}

/* --- link modes --------------------------------------------------------------------------- */

static const struct out_column columns[] = {
	{ "port", "PORT", OUT_RIGHT | OUT_RAW },
	{ "mode", "MODE", OUT_RAW },
	{ "serdes", "SERDES", 0 },
	{ "now", "NOW", OUT_UNLESS_EMPTY },
	{ "taken_by", "TAKEN BY", OUT_UNLESS_EMPTY },
};

/* "SERDES6G_8", "SERDES6G_8,10" or "SERDES6G_8-11". */
static const char *serdes_text(struct out_record *root, uint64_t macros)
{
	unsigned n = (unsigned)__builtin_popcountll(macros);
	unsigned first = (unsigned)__builtin_ctzll(macros);
	char name[16];

	vsc7448_serdes_name(macros, name, sizeof(name));
	if (n == 1)
		return out_format(root, "%s", name);
	return out_format(root, n == 2 ? "%s,%u" : "%s-%u", name,
			  first - 16 + (n == 2 ? 2 : n - 1));
}

static int add_modes(struct call *call, struct vsc7448 *chip, uint32_t port,
		     struct out_table *table, const struct vsc7448_port_use *use,
		     struct error *err)
{
	struct out_record *root = out_root(call->out);

	for (uint32_t i = 0; i < LINK_MODE_COUNT; i++) {
		enum link_mode mode = (enum link_mode)i;
		bool now = use->set_up && use->mode == mode;
		vsc7448_ports takers = 0;
		int rc;

		if (!vsc7448_port_carries(port, mode))
			continue;
		rc = vsc7448_port_conflicts(chip, port, mode, err, &takers);
		if (rc != 0)
			return rc;
		out_row(table,
			(const struct out_cell[]){
				out_styled(OUT_STYLE_NAME, out_uint(port)),
				out_text(link_mode_names[mode]),
				out_lasting(serdes_text(root, vsc7448_port_serdes(port, mode))),
				now ? out_styled(OUT_STYLE_GOOD, out_text("set up"))
				    : out_text(""),
				takers != 0
					? out_styled(OUT_STYLE_BAD,
						     out_lasting(chip_ports_text(root, takers)))
					: out_text(""),
			});
	}
	return 0;
}

int cmd_link_modes(struct call *call, struct error *err)
{
	struct vsc7448_port_use uses[VSC7448_N_PORTS];
	vsc7448_ports ports = VSC7448_FRONT_PORTS;
	struct vsc7448 *chip;
	struct out_table *table;
	int rc = call->args.n_operands == 0 ? 0
					    : chip_ports(call->args.operands[0], err, &ports);

	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	table = out_table(out_root(call->out), "modes", columns, 5);
	rc = vsc7448_port_uses(chip, err, uses);
	for (uint32_t port = 0; rc == 0 && port < VSC7448_N_PORTS; port++)
		if ((ports >> port & 1) != 0)
			rc = add_modes(call, chip, port, table, &uses[port], err);
	vsc7448_close(chip);
	return rc;
}
