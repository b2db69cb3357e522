/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The `acl` commands: access rules and how ports use them. */
#include "cli/commands.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/chip.h"
#include "cli/wordlist.h"
#include "hal/vsc7448/acl.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum { OPT_ETYPE = OPT_COMMAND, OPT_DMAC, OPT_VLAN, OPT_FROM, OPT_CPU, OPT_AT };

static const struct arg_spec add_options[] = {
	{ "at", 0, OPT_AT, "N", "in front of rule N (default: behind the last)", 0 },
	{ "cpu", 0, OPT_CPU, "QUEUE", "a copy goes to this queue of the CPU", 0 },
	{ "dmac", 0, OPT_DMAC, "MAC", "frames to this address", 0 },
	{ "etype", 0, OPT_ETYPE, "TYPE", "frames of this EtherType", 0 },
	{ "from", 0, OPT_FROM, "PORTS", "frames from these ports (default: all)", 0 },
	{ "vlan", 0, OPT_VLAN, "VID", "frames of this VLAN", 0 },
	{ 0 },
};

static const char *const verdicts[] = {
	[VSC7448_ACL_PERMIT] = "permit",
	[VSC7448_ACL_DROP] = "drop",
	[VSC7448_ACL_FILTER] = "only",
	[VSC7448_ACL_REDIRECT] = "to",
};
static const struct wordlist verdict_list = { verdicts, COUNT(verdicts), "verdict" };

static const char *const modes[] = {
	[VSC7448_ACL_OFF] = "off",
	[VSC7448_ACL_IP] = "ip",
	[VSC7448_ACL_MAC] = "mac",
};
static const struct wordlist mode_list = { modes, COUNT(modes), "mode" };

static int parse_match(const struct args *args, struct error *err,
		       struct vsc7448_acl_rule *rule)
{
	const char *dmac = args_value(args, OPT_DMAC), *from = args_value(args, OPT_FROM);
	uint32_t etype = 0;
	int rc = args_option32(args, OPT_ETYPE, (struct args_range){ 0x600, 0xffff }, err,
			       &etype);

	rule->has_etype = args_has(args, OPT_ETYPE);
	rule->etype = (uint16_t)etype;
	if (rc == 0)
		rc = args_option32(args, OPT_VLAN, (struct args_range){ 1, 4095 }, err,
				   &rule->vid);
	rule->has_vid = args_has(args, OPT_VLAN);
	rule->has_dmac = dmac != NULL;
	if (rc == 0 && dmac != NULL)
		rc = chip_mac(dmac, err, &rule->dmac);
	rule->from = VSC7448_FRONT_PORTS;
	if (rc == 0 && from != NULL)
		rc = chip_ports(from, err, &rule->from);
	return rc;
}

static int parse_verdict(const struct args *args, struct error *err,
			 struct vsc7448_acl_rule *rule)
{
	uint32_t verdict = 0;
	bool takes_ports;
	int rc = 0;

	if (!wordlist_find(&verdict_list, args->operands[0], &verdict))
		return error_set(err, E_SYNTAX,
				 "\"%s\" is not permit, drop, only PORTS or to PORTS",
				 args->operands[0]);
	rule->verdict = (enum vsc7448_acl_verdict)verdict;
	takes_ports =
		rule->verdict == VSC7448_ACL_FILTER || rule->verdict == VSC7448_ACL_REDIRECT;
	if (takes_ports != (args->n_operands == 2))
		return error_set(err, E_SYNTAX,
				 takes_ports ? "%s needs ports" : "%s has no ports",
				 verdicts[verdict]);
	if (takes_ports)
		rc = chip_ports(args->operands[1], err, &rule->to);
	if (rc == 0)
		rc = args_option32(args, OPT_CPU, (struct args_range){ 0, 7 }, err,
				   &rule->cpu_queue);
	rule->to_cpu = args_has(args, OPT_CPU);
	return rc;
}

/* --- showing ------------------------------------------------------------------------------ */

static struct out_cell match_cell(struct out_record *root, bool given, const char *text)
{
	return given ? out_lasting(out_format(root, "%s", text)) : out_null();
}

static void show_rule(struct out_record *root, struct out_table *table, size_t index,
		      const struct vsc7448_acl_rule *rule)
{
	bool has_ports = !rule->other_kind && (rule->verdict == VSC7448_ACL_FILTER ||
					       rule->verdict == VSC7448_ACL_REDIRECT);
	char mac[MAC_TEXT_SIZE];

	out_row(table,
		(const struct out_cell[]){
			out_uint(index),
			rule->has_etype ? out_hex(rule->etype, 16) : out_null(),
			match_cell(root, rule->has_dmac, mac_format(&rule->dmac, mac)),
			rule->has_vid ? out_uint(rule->vid) : out_null(),
			rule->other_kind || rule->from == VSC7448_FRONT_PORTS
				? out_null()
				: out_lasting(chip_ports_text(root, rule->from)),
			out_lasting(rule->other_kind ? "other" : verdicts[rule->verdict]),
			has_ports ? out_lasting(chip_ports_text(root, rule->to)) : out_null(),
			rule->to_cpu ? out_uint(rule->cpu_queue) : out_null(),
			rule->other_kind ? out_null() : out_uint(rule->hits),
			out_uint(rule->address),
		});
}

static void show_rules(struct out_record *root, const struct vsc7448_acl_rule *rules, size_t n)
{
	static const struct out_column columns[] = {
		{ "rule", "RULE", OUT_RIGHT },
		{ "etype", "ETYPE", OUT_UNLESS_EMPTY },
		{ "dmac", "DMAC", OUT_UNLESS_EMPTY },
		{ "vid", "VLAN", OUT_RIGHT | OUT_UNLESS_EMPTY },
		{ "from", "FROM", OUT_UNLESS_EMPTY },
		{ "action", "ACTION", 0 },
		{ "to", "PORTS", OUT_UNLESS_EMPTY },
		{ "cpu_queue", "CPU", OUT_RIGHT | OUT_UNLESS_EMPTY },
		{ "hits", "HITS", OUT_RIGHT },
		{ "address", NULL, 0 },
	};
	struct out_table *table = out_table(root, "rules", columns, COUNT(columns));

	for (size_t i = 0; i < n; i++)
		show_rule(root, table, i, &rules[i]);
}

static int port_modes(struct vsc7448 *chip, struct error *err, vsc7448_ports ports[3])
{
	int rc = 0;

	memset(ports, 0, 3 * sizeof(*ports));
	for (uint32_t port = 0; rc == 0 && port < VSC7448_N_PORTS; port++) {
		enum vsc7448_acl_mode mode = VSC7448_ACL_OFF;

		rc = vsc7448_acl_port_get(chip, port, err, &mode);
		ports[mode] |= UINT64_C(1) << port;
	}
	return rc;
}

static void show_ports(struct out_record *root, const vsc7448_ports ports[3])
{
	out_add(root, "ports_mac", "ports, all frames",
		out_lasting(chip_ports_text(root, ports[VSC7448_ACL_MAC])));
	out_add(root, "ports_ip", "ports, but IP and ARP",
		out_lasting(chip_ports_text(root, ports[VSC7448_ACL_IP])));
	out_add(root, "ports_off", "ports without rules",
		out_lasting(chip_ports_text(root, ports[VSC7448_ACL_OFF])));
}

static int run_show(struct call *call, struct error *err)
{
	struct vsc7448_acl_rule *rules = NULL;
	struct vsc7448 *chip;
	vsc7448_ports ports[3];
	size_t n = 0;
	int rc = chip_open(call, err, &chip);

	if (rc != 0)
		return rc;
	rc = port_modes(chip, err, ports);
	if (rc == 0)
		rc = vsc7448_acl_list(chip, err, &rules, &n);
	vsc7448_close(chip);
	if (rc != 0)
		return rc;
	show_ports(out_root(call->out), ports);
	show_rules(out_root(call->out), rules, n);
	free(rules);
	return 0;
}

/* --- changing ----------------------------------------------------------------------------- */

static int run_add(struct call *call, struct error *err)
{
	struct vsc7448_acl_rule rule = { 0 };
	struct vsc7448 *chip;
	uint32_t at = UINT32_MAX;
	int rc = parse_match(&call->args, err, &rule);

	if (rc == 0)
		rc = parse_verdict(&call->args, err, &rule);
	if (rc == 0)
		rc = args_option32(&call->args, OPT_AT, (struct args_range){ 0, 511 }, err,
				   &at);
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = vsc7448_acl_insert(chip, at, &rule, err);
	vsc7448_close(chip);
	if (rc == 0)
		out_add(out_root(call->out), "action", "rule added",
			out_lasting(verdicts[rule.verdict]));
	if (rc == 0 && call->options.dry_run)
		out_say(out_root(call->out), OUT_STYLE_DIM,
			"A dry run cannot look into the TCAM: which rules are there is not "
			"known.");
	return rc;
}

static int parse_index(const char *text, struct error *err, uint32_t *index)
{
	return args_number32(text, "rule", (struct args_range){ 0, 511 }, err, index);
}

static int run_del(struct call *call, struct error *err)
{
	struct vsc7448 *chip;
	uint32_t index;
	int rc = parse_index(call->args.operands[0], err, &index);

	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = vsc7448_acl_del(chip, index, err);
	vsc7448_close(chip);
	if (rc == 0)
		out_add(out_root(call->out), "rule", "deleted", out_uint(index));
	return rc;
}

/* All rules that are ours. */
static int clear_all(struct vsc7448 *chip, struct error *err, uint64_t *n_cleared)
{
	struct vsc7448_acl_rule *rules;
	size_t n;
	int rc = vsc7448_acl_list(chip, err, &rules, &n);

	if (rc != 0)
		return rc;
	for (uint32_t i = 0; rc == 0 && i < n; i++) {
		if (rules[i].other_kind)
			continue;
		rc = vsc7448_acl_clear(chip, i, err);
		*n_cleared += rc == 0;
	}
	free(rules);
	return rc;
}

static int run_clear(struct call *call, struct error *err)
{
	const bool all = call->args.n_operands == 0;
	struct vsc7448 *chip;
	uint64_t n_cleared = 0;
	uint32_t index = 0;
	int rc = all ? 0 : parse_index(call->args.operands[0], err, &index);

	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	if (all) {
		rc = clear_all(chip, err, &n_cleared);
	} else {
		rc = vsc7448_acl_clear(chip, index, err);
		n_cleared = 1;
	}
	vsc7448_close(chip);
	if (rc == 0)
		out_add(out_root(call->out), "n_cleared", "counters cleared",
			out_uint(n_cleared));
	return rc;
}

static int run_port(struct call *call, struct error *err)
{
	struct vsc7448 *chip;
	vsc7448_ports ports, shown[3];
	uint32_t mode = 0;
	int rc = chip_ports(call->args.operands[0], err, &ports);

	if (rc == 0 && !wordlist_find(&mode_list, call->args.operands[1], &mode))
		rc = error_set(err, E_SYNTAX, "\"%s\" is not off, ip or mac",
			       call->args.operands[1]);
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = vsc7448_acl_port_set(chip, ports, (enum vsc7448_acl_mode)mode, err);
	if (rc == 0)
		rc = port_modes(chip, err, shown);
	vsc7448_close(chip);
	if (rc == 0)
		show_ports(out_root(call->out), shown);
	return rc;
}

const struct cmd acl_table[] = {
	{
		.name = "add",
		.usage = "permit|drop|only PORTS|to PORTS",
		.help = "add an access rule",
		.detail = "The first rule that matches decides: permit counts and changes "
			  "nothing, drop forwards to no port, only forwards to no others than "
			  "these, to sends to all of these whatever the tables say. Without a "
			  "condition a rule is for every frame.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = add_options,
		.min_operands = 1,
		.max_operands = 2,
		.schema = "acl-add",
		.version = 1,
		.run = run_add,
	},
	{
		.name = "clear",
		.usage = "[RULE]",
		.help = "set the counter of a rule to zero, or all",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.max_operands = 1,
		.schema = "acl-clear",
		.version = 1,
		.run = run_clear,
	},
	{
		.name = "del",
		.usage = "RULE",
		.help = "delete an access rule",
		.detail = "Rules are numbered as acl show lists them; those behind move up.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 1,
		.max_operands = 1,
		.schema = "acl-del",
		.version = 1,
		.run = run_del,
	},
	{
		.name = "port",
		.usage = "PORTS off|ip|mac",
		.help = "which frames of ports meet the access rules",
		.detail =
			"mac: all frames. ip: all but IP and ARP, which the chip then looks up "
			"by keys that rules on an EtherType or an address do not use; so after "
			"initialization.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 2,
		.max_operands = 2,
		.schema = "acl-port",
		.version = 1,
		.run = run_port,
	},
	{
		.name = "show",
		.usage = "",
		.help = "access rules and their counters",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.schema = "acl-show",
		.version = 1,
		.run = run_show,
	},
};
