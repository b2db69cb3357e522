/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/chip.h"
#include "cli/commands.h"
#include "hal/vsc7448/isolate.h"
#include "hal/vsc7448/vlan.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum { OPT_FROM = OPT_COMMAND, OPT_VLAN };

static const struct arg_spec set_options[] = {
	{ "from", 0, OPT_FROM, "PORTS", "isolate from these ports", 0 },
	{ "vlan", 0, OPT_VLAN, "VLAN", "only in this VLAN, made private", 0 },
	{ 0 },
};

static const struct arg_spec clear_options[] = {
	{ "vlan", 0, OPT_VLAN, "VLAN", "make this VLAN an ordinary one", 0 },
	{ 0 },
};

static int show(struct call *call, struct vsc7448 *chip, struct error *err)
{
	static const struct out_column columns[] = {
		{ "port", "PORT", OUT_RIGHT },
		{ "apart_from", "APART FROM", OUT_RAW },
	};
	struct out_record *root = out_root(call->out);
	vsc7448_ports apart[VSC7448_N_PORTS], isolated;
	struct out_table *table;
	int rc = vsc7448_isolate_private_get(chip, err, &isolated);

	if (rc == 0)
		rc = vsc7448_isolate_get(chip, err, apart);
	if (rc != 0)
		return rc;
	out_add(root, "private_isolated", "isolated in private VLANs",
		out_lasting(chip_ports_text(root, isolated)));
	table = out_table(root, "ports", columns, COUNT(columns));
	for (uint32_t port = 0; port < VSC7448_N_PORTS; port++)
		if (apart[port] != 0)
			out_row(table, (const struct out_cell[]){
					       out_uint(port),
					       out_lasting(chip_ports_text(root, apart[port])),
				       });
	return 0;
}

/* Makes an existing VLAN private or not. */
static int set_private(struct vsc7448 *chip, uint32_t vid, bool on, struct error *err)
{
	struct vsc7448_vlan vlan;
	int rc = vsc7448_vlan_get(chip, vid, err, &vlan);

	if (rc == 0 && vlan.fid == 0)
		rc = error_set(err, E_NOTFOUND, "there is no VLAN %u", vid);
	if (rc != 0)
		return rc;
	vlan.private_vlan = on;
	return vsc7448_vlan_set(chip, vid, &vlan, err);
}

static int run_show(struct call *call, struct error *err)
{
	struct vsc7448 *chip;
	int rc = chip_open(call, err, &chip);

	if (rc != 0)
		return rc;
	rc = show(call, chip, err);
	vsc7448_close(chip);
	return rc;
}

static int vlan_option(struct call *call, struct error *err, uint32_t *vid)
{
	const char *text = args_value(&call->args, OPT_VLAN);

	return text != NULL ? chip_vid(text, err, vid) : 0;
}

static int run_set(struct call *call, struct error *err)
{
	const char *from = args_value(&call->args, OPT_FROM);
	vsc7448_ports ports = 0, others = 0;
	struct vsc7448 *chip;
	uint32_t vid = 0;
	int rc = chip_ports(call->args.operands[0], err, &ports);

	if (rc == 0 && from != NULL)
		rc = chip_ports(from, err, &others);
	if (rc == 0)
		rc = vlan_option(call, err, &vid);
	if (rc == 0 && from != NULL && vid != 0)
		rc = error_set(err, E_SYNTAX, "--from and --vlan do not go together");
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	if (vid != 0)
		rc = set_private(chip, vid, true, err);
	if (rc == 0)
		rc = vid != 0 ? vsc7448_isolate_private_set(chip, ports, err)
			      : vsc7448_isolate_sources(chip, ports,
							from != NULL ? others : ports, err);
	if (rc == 0)
		rc = show(call, chip, err);
	vsc7448_close(chip);
	return rc;
}

static int run_clear(struct call *call, struct error *err)
{
	vsc7448_ports ports = 0;
	struct vsc7448 *chip;
	uint32_t vid = 0;
	int rc = vlan_option(call, err, &vid);

	if (rc == 0 && (call->args.n_operands == 0) == (vid == 0))
		rc = error_set(err, E_SYNTAX, "give either ports or --vlan");
	if (rc == 0 && vid == 0)
		rc = chip_ports(call->args.operands[0], err, &ports);
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = vid != 0 ? set_private(chip, vid, false, err)
		      : vsc7448_isolate_clear(chip, ports, err);
	if (rc == 0)
		rc = show(call, chip, err);
	vsc7448_close(chip);
	return rc;
}

const struct cmd isolate_table[] = {
	{
		.name = "clear",
		.usage = "[PORTS]",
		.help = "let ports reach each other again",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = clear_options,
		.max_operands = 1,
		.schema = "isolate",
		.version = 1,
		.run = run_clear,
	},
	{
		.name = "set",
		.usage = "PORTS",
		.help = "keep ports apart that are in one VLAN",
		.detail = "The ports do not reach each other any more, in any VLAN; with "
			  "--from they "
			  "and those ports do not. With --vlan they become the isolated "
			  "ports of private VLANs, and VLAN becomes one: there they reach "
			  "only ports that are not isolated.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = set_options,
		.min_operands = 1,
		.max_operands = 1,
		.schema = "isolate",
		.version = 1,
		.run = run_set,
	},
	{
		.name = "show",
		.usage = "",
		.help = "which ports are kept apart",
		.flags = CMD_NEEDS_BOARD,
		.schema = "isolate",
		.version = 1,
		.run = run_show,
	},
};
