/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `serdes loop` and `serdes show`. */
#include <inttypes.h>
#include <string.h>

#include "cli/chip.h"
#include "cli/commands.h"
#include "cli/wordlist.h"
#include "hal/vsc7448/loopback.h"
#include "hal/vsc7448/port.h"
#include "hal/vsc7448/prbs.h"
#include "hal/vsc7448/serdes.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* --- serdes loop --------------------------------------------------------------------------- */

/* Modes of the vendor's driver that do nothing here (HOWTO 5h) are told, not taken. */
static int loop_of(const char *text, struct error *err, enum vsc7448_loop *loop)
{
	static const struct wordlist list = { vsc7448_loop_names, VSC7448_LOOP_COUNT, "loop" };
	uint32_t number;

	if (wordlist_find(&list, text, &number)) {
		*loop = (enum vsc7448_loop)number;
		return 0;
	}
	if (strcmp(text, "near-end") == 0 || strcmp(text, "far-end") == 0)
		return error_set(
			err, E_NOTSUP,
			"%s: the vendor's driver accepts this and loops nothing: use "
			"equipment or pcs (what is sent comes back) or facility (what is "
			"received goes back)",
			text);
	return error_set(err, E_SYNTAX, "'%.32s' is no loop: off, equipment, facility or pcs",
			 text);
}

static int loop_ports(struct vsc7448 *chip, vsc7448_ports ports,
		      const enum vsc7448_loop *wanted, struct out_record *root,
		      struct error *err)
{
	static const struct out_column columns[] = {
		{ "port", "PORT", OUT_RIGHT },
		{ "loop", "LOOP", OUT_RAW },
	};
	struct out_table *table = out_table(root, "ports", columns, COUNT(columns));
	int rc = 0;

	for (uint32_t port = 0; rc == 0 && port < VSC7448_N_PORTS; port++) {
		enum vsc7448_loop loop;

		if ((ports >> port & 1) == 0)
			continue;
		if (wanted != NULL)
			rc = vsc7448_loop_set(chip, port, *wanted, err);
		if (rc == 0)
			rc = vsc7448_loop_get(chip, port, err, &loop);
		if (rc == 0)
			out_row(table,
				(const struct out_cell[]){
					out_uint(port), out_text(vsc7448_loop_names[loop]) });
	}
	return rc;
}

int cmd_serdes_loop(struct call *call, struct error *err)
{
	bool set = call->args.n_operands > 1;
	enum vsc7448_loop wanted = VSC7448_LOOP_OFF;
	struct vsc7448 *chip;
	vsc7448_ports ports;
	int rc = chip_ports(call->args.operands[0], err, &ports);

	if (rc == 0 && set)
		rc = loop_of(call->args.operands[1], err, &wanted);
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = loop_ports(chip, ports, set ? &wanted : NULL, out_root(call->out), err);
	vsc7448_close(chip);
	return rc;
}

/* --- serdes show --------------------------------------------------------------------------- */

static const struct out_column lane_columns[] = {
	{ "port", "PORT", OUT_RIGHT },
	{ "mode", "MODE", 0 },
	{ "serdes", "SERDES", 0 },
	{ "lane_bps", "LINE RATE bit/s", OUT_RIGHT },
	{ "on", "ON", 0 },
	{ "pll", "PLL", 0 },
	{ "receiver", "RECEIVER", 0 },
	{ "level", "OUTPUT LEVEL", OUT_RIGHT },
	{ "gain_high", "HIGH", OUT_RIGHT | OUT_UNLESS_EMPTY },
	{ "gain_mid", "MID", OUT_RIGHT | OUT_UNLESS_EMPTY },
	{ "gain_low", "LOW PASS", OUT_RIGHT | OUT_UNLESS_EMPTY },
	{ "loop", "LOOP", 0 },
	{ "pattern", "PATTERN", 0 },
};

#define BIT_6G  16u /* of the bits of vsc7448_port_serdes() */
#define BIT_10G 48u

static struct out_cell good(bool is_good)
{
	return is_good ? out_styled(OUT_STYLE_GOOD, out_text("good"))
		       : out_styled(OUT_STYLE_BAD, out_text("bad"));
}

/* What a port's lanes have in common. */
struct shown {
	uint32_t port;
	struct vsc7448_serdes serdes;
	struct vsc7448_prbs_status prbs;
	enum vsc7448_loop loop;
};

static void lane_row(struct out_table *table, const struct shown *s, size_t i)
{
	const struct vsc7448_serdes_lane *lane = &s->serdes.lane[i];
	bool is_10g = lane->serdes >> BIT_10G != 0;
	bool is_6g = !is_10g && lane->serdes >> BIT_6G != 0;
	char name[32];

	out_row(table, (const struct out_cell[]){
			       out_uint(s->port),
			       out_text(link_mode_names[s->serdes.mode]),
			       out_text(vsc7448_serdes_name(lane->serdes, name, sizeof(name))),
			       out_uint(s->prbs.lane_bps),
			       out_bool(lane->on),
			       good(lane->pll_good),
			       is_10g  ? good(lane->rx_pll_good)
			       : is_6g ? good(lane->calibrated)
				       : out_null(),
			       out_uint(lane->level),
			       is_6g ? out_uint(lane->gains[0]) : out_null(),
			       is_6g ? out_uint(lane->gains[1]) : out_null(),
			       is_6g ? out_uint(lane->gains[2]) : out_null(),
			       out_text(vsc7448_loop_names[s->loop]),
			       out_bool(i < s->prbs.n_lanes && s->prbs.lane[i].running),
		       });
}

static int show_port(struct vsc7448 *chip, uint32_t port, struct out_table *table,
		     struct error *err)
{
	struct shown s = { .port = port };
	int rc = vsc7448_serdes_read(chip, port, err, &s.serdes);

	if (rc == 0)
		rc = vsc7448_prbs_read(chip, port, err, &s.prbs);
	if (rc == 0)
		rc = vsc7448_loop_get(chip, port, err, &s.loop);
	for (size_t i = 0; rc == 0 && i < s.serdes.n_lanes; i++)
		lane_row(table, &s, i);
	return rc;
}

/* Without an operand: the ports that are set up. */
static int ports_of(struct call *call, struct vsc7448 *chip, struct error *err,
		    vsc7448_ports *ports)
{
	struct vsc7448_port_use uses[VSC7448_N_PORTS];
	int rc;

	if (call->args.n_operands > 0)
		return chip_ports(call->args.operands[0], err, ports);
	rc = vsc7448_port_uses(chip, err, uses);
	*ports = 0;
	for (uint32_t port = 0; rc == 0 && port < VSC7448_N_PORTS; port++)
		if (uses[port].set_up)
			*ports |= UINT64_C(1) << port;
	return rc;
}

int cmd_serdes_show(struct call *call, struct error *err)
{
	struct out_table *table;
	struct vsc7448 *chip;
	vsc7448_ports ports;
	int rc = chip_open(call, err, &chip);

	if (rc != 0)
		return rc;
	rc = ports_of(call, chip, err, &ports);
	table = out_table(out_root(call->out), "lanes", lane_columns, COUNT(lane_columns));
	for (uint32_t port = 0; rc == 0 && port < VSC7448_N_PORTS; port++)
		if ((ports >> port & 1) != 0)
			rc = show_port(chip, port, table, err);
	vsc7448_close(chip);
	return rc;
}
