/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/chip.h"
#include "cli/commands.h"
#include "cli/rate.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum { OPT_POLICER = OPT_COMMAND, OPT_BURST, OPT_KINDS, OPT_TO };

static const struct arg_spec set_options[] = {
	{ "burst", 0, OPT_BURST, "BYTES", "burst that passes (16384)", 0 },
	{ "kinds", 0, OPT_KINDS, "LIST", "frames: known-uc,unknown-bc,to-cpu,learn,... (all)",
	  0 },
	{ "policer", 0, OPT_POLICER, "N", "which of the port's four, 0 to 3 (0)", 0 },
	{ "to", 0, OPT_TO, "PLACE", "keep the excess from ports, cpu or all (all)", 0 },
	{ 0 },
};

static const char *const kind_words[] = { "known-mc",   "known-bc",   "known-uc", "unknown-mc",
					  "unknown-bc", "unknown-uc", "to-cpu",   "learn" };
static const struct wordlist kind_list = { kind_words, COUNT(kind_words), "kind of frame" };

static struct out_table *new_table(struct out_record *root)
{
	static const struct out_column columns[] = {
		{ "port", "PORT", OUT_RIGHT },   { "policer", "POLICER", OUT_RIGHT },
		{ "rate_kbps", NULL, 0 },        { "rate_fps", NULL, 0 },
		{ "limit", "LIMIT", OUT_RAW },   { "burst_bytes", "BURST", OUT_RIGHT },
		{ "kinds", "KINDS", OUT_SPARE }, { "to", NULL, 0 },
	};

	return out_table(root, "policers", columns, COUNT(columns));
}

static void row(struct out_record *root, struct out_table *table, uint32_t port, uint32_t i,
		const struct vsc7448_port_policer *policer)
{
	bool limited = policer->limit.limited;
	struct out_cell cells[8] = { out_uint(port), out_uint(i) };

	rate_cells(root, &policer->limit, cells + 2);
	cells[5] = limited ? out_uint(policer->burst_bytes) : out_null();
	cells[6] = out_lasting(wordlist_text(root, &kind_list, policer->kinds));
	cells[7] = limited ? out_lasting(rate_to.words[policer->to]) : out_null();
	out_row(table, cells);
}

/* All policers of @ports that limit, or those of one port whatever they do. */
static int show(struct call *call, struct vsc7448 *chip, vsc7448_ports ports, struct error *err)
{
	struct out_record *root = out_root(call->out);
	struct out_table *table = new_table(root);
	bool one = (ports & (ports - 1)) == 0;

	for (uint32_t n = 0; n < VSC7448_N_PORTS * VSC7448_N_PORT_POLICERS; n++) {
		uint32_t port = n / VSC7448_N_PORT_POLICERS, i = n % VSC7448_N_PORT_POLICERS;
		struct vsc7448_port_policer policer;
		int rc;

		if ((ports >> port & 1) == 0)
			continue;
		rc = vsc7448_police_get(chip, port, i, err, &policer);
		if (rc != 0)
			return rc;
		if (one || policer.limit.limited)
			row(root, table, port, i, &policer);
	}
	return 0;
}

static int run_show(struct call *call, struct error *err)
{
	vsc7448_ports ports = VSC7448_FRONT_PORTS;
	struct vsc7448 *chip;
	int rc =
		call->args.n_operands > 0 ? chip_ports(call->args.operands[0], err, &ports) : 0;

	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = show(call, chip, ports, err);
	vsc7448_close(chip);
	return rc;
}

struct wanted {
	vsc7448_ports ports;
	uint32_t i;
	struct vsc7448_port_policer policer;
};

static int parse(const struct call *call, struct error *err, struct wanted *wanted)
{
	const char *kinds = args_value(&call->args, OPT_KINDS);
	const char *to = args_value(&call->args, OPT_TO);
	uint32_t bits = VSC7448_POLICE_ANY, place = 0;
	int rc = chip_ports(call->args.operands[0], err, &wanted->ports);

	wanted->policer.burst_bytes = 16384;
	if (rc == 0)
		rc = rate_parse(call->args.operands[1], err, &wanted->policer.limit);
	if (rc == 0)
		rc = args_option32(&call->args, OPT_POLICER,
				   (struct args_range){ 0, VSC7448_N_PORT_POLICERS - 1 }, err,
				   &wanted->i);
	if (rc == 0)
		rc = args_option32(&call->args, OPT_BURST, (struct args_range){ 1, 63 * 8192 },
				   err, &wanted->policer.burst_bytes);
	if (rc == 0 && kinds != NULL)
		rc = wordlist_bits(&kind_list, kinds, err, &bits);
	if (rc == 0 && to != NULL)
		rc = wordlist_one(&rate_to, to, err, &place);
	wanted->policer.kinds = (uint8_t)bits;
	wanted->policer.to = (enum vsc7448_police_to)place;
	return rc;
}

static int run_set(struct call *call, struct error *err)
{
	struct wanted wanted = { 0 };
	struct vsc7448 *chip;
	int rc = parse(call, err, &wanted);

	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	for (uint32_t port = 0; rc == 0 && port < VSC7448_N_PORTS; port++)
		if ((wanted.ports >> port & 1) != 0)
			rc = vsc7448_police_set(chip, port, wanted.i, &wanted.policer, err);
	if (rc == 0)
		rc = show(call, chip, wanted.ports, err);
	vsc7448_close(chip);
	return rc;
}

const struct cmd police_table[] = {
	{
		.name = "set",
		.usage = "PORTS RATE",
		.help = "limit what ports receive",
		.detail = "RATE is 1000fps, 500kbps, 10Mbps, 1Gbps or off, rounded up to "
			  "steps of 10 frames/s or 25.04 kbit/s on the line. Kinds of frames "
			  "are known- and unknown- with uc, mc or bc, to-cpu and learn.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = set_options,
		.min_operands = 2,
		.max_operands = 2,
		.schema = "police",
		.version = 1,
		.run = run_set,
	},
	{
		.name = "show",
		.usage = "[PORTS]",
		.help = "the limits of ports",
		.flags = CMD_NEEDS_BOARD,
		.max_operands = 1,
		.schema = "police",
		.version = 1,
		.run = run_show,
	},
};
