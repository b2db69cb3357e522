/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "cli/chip.h"
#include "cli/commands.h"
#include "cli/wordlist.h"
#include "hal/vsc7448/vlan.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* --- VLANs ------------------------------------------------------------------------------- */

enum { OPT_FLAGS = OPT_COMMAND, OPT_FID };

static const struct arg_spec add_options[] = {
	{ "fid", 0, OPT_FID, "FID", "learn under this FID (that of the VLAN's number)", 0 },
	{ "flags", 0, OPT_FLAGS, "LIST", "ingress-filter,no-flood,no-learn,private,mirror", 0 },
	{ 0 },
};

enum { F_INGRESS, F_NO_FLOOD, F_NO_LEARN, F_PRIVATE, F_MIRROR };

static const char *const flag_words[] = { "ingress-filter", "no-flood", "no-learn", "private",
					  "mirror" };
static const struct wordlist flag_list = { flag_words, COUNT(flag_words), "flag" };

static uint32_t flags_of(const struct vsc7448_vlan *vlan)
{
	return (uint32_t)vlan->ingress_filter << F_INGRESS |
	       (uint32_t)vlan->no_flood << F_NO_FLOOD | (uint32_t)vlan->no_learn << F_NO_LEARN |
	       (uint32_t)vlan->private_vlan << F_PRIVATE | (uint32_t)vlan->mirror << F_MIRROR;
}

static void put_flags(struct vsc7448_vlan *vlan, uint32_t flags)
{
	vlan->ingress_filter = (flags >> F_INGRESS & 1) != 0;
	vlan->no_flood = (flags >> F_NO_FLOOD & 1) != 0;
	vlan->no_learn = (flags >> F_NO_LEARN & 1) != 0;
	vlan->private_vlan = (flags >> F_PRIVATE & 1) != 0;
	vlan->mirror = (flags >> F_MIRROR & 1) != 0;
}

static struct out_table *new_table(struct out_record *root)
{
	static const struct out_column columns[] = {
		{ "vlan", "VLAN", OUT_RIGHT | OUT_RAW },
		{ "fid", "FID", OUT_RIGHT },
		{ "members", "MEMBERS", 0 },
		{ "flags", "FLAGS", 0 },
		{ "router_leg", "ROUTER LEG", OUT_RIGHT | OUT_UNLESS_EMPTY },
	};

	return out_table(root, "vlans", columns, COUNT(columns));
}

static void row(struct out_record *root, struct out_table *table, uint32_t vid,
		const struct vsc7448_vlan *vlan)
{
	out_row(table, (const struct out_cell[]){
			       out_uint(vid),
			       out_uint(vlan->fid),
			       out_lasting(chip_ports_text(root, vlan->members)),
			       out_lasting(wordlist_text(root, &flag_list, flags_of(vlan))),
			       vlan->routed ? out_uint(vlan->router_leg) : out_null(),
		       });
}

static int show_all(struct out_record *root, struct vsc7448 *chip, struct error *err)
{
	struct vsc7448_vlan *vlans = calloc(VSC7448_MAX_VID, sizeof(*vlans));
	struct out_table *table;
	int rc;

	if (vlans == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	rc = vsc7448_vlan_get_many(chip, 1, VSC7448_MAX_VID, err, vlans);
	if (rc == 0) {
		table = new_table(root);
		for (uint32_t i = 0; i < VSC7448_MAX_VID; i++)
			if (vlans[i].fid != 0 || vlans[i].members != 0)
				row(root, table, i + 1, &vlans[i]);
	}
	free(vlans);
	return rc;
}

static int show_one(struct out_record *root, struct vsc7448 *chip, uint32_t vid,
		    struct error *err)
{
	struct vsc7448_vlan vlan;
	int rc = vsc7448_vlan_get(chip, vid, err, &vlan);

	if (rc == 0 && vlan.fid == 0 && vlan.members == 0)
		rc = error_set(err, E_NOTFOUND, "there is no VLAN %u", vid);
	if (rc == 0)
		row(root, new_table(root), vid, &vlan);
	return rc;
}

static int run_show(struct call *call, struct error *err)
{
	struct out_record *root = out_root(call->out);
	struct vsc7448 *chip;
	uint32_t vid = 0;
	int rc = call->args.n_operands > 0 ? chip_vid(call->args.operands[0], err, &vid) : 0;

	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = vid != 0 ? show_one(root, chip, vid, err) : show_all(root, chip, err);
	vsc7448_close(chip);
	return rc;
}

static int add(struct call *call, struct vsc7448 *chip, uint32_t vid,
	       const struct vsc7448_vlan *vlan, struct error *err)
{
	int rc = vsc7448_vlan_set(chip, vid, vlan, err);

	return rc != 0 ? rc : show_one(out_root(call->out), chip, vid, err);
}

static int run_add(struct call *call, struct error *err)
{
	const char *flags = args_value(&call->args, OPT_FLAGS);
	const char *fid = args_value(&call->args, OPT_FID);
	struct vsc7448_vlan vlan = { 0 };
	struct vsc7448 *chip;
	uint32_t vid = 0, bits = 0, own = 0;
	int rc = chip_vid(call->args.operands[0], err, &vid);

	if (rc == 0)
		rc = chip_ports(call->args.operands[1], err, &vlan.members);
	if (rc == 0 && flags != NULL)
		rc = wordlist_bits(&flag_list, flags, err, &bits);
	own = vid;
	if (rc == 0 && fid != NULL)
		rc = chip_vid(fid, err, &own);
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	put_flags(&vlan, bits);
	vlan.fid = (uint16_t)own;
	rc = add(call, chip, vid, &vlan, err);
	vsc7448_close(chip);
	return rc;
}

static int run_del(struct call *call, struct error *err)
{
	struct vsc7448 *chip;
	uint32_t vid = 0;
	int rc = chip_vid(call->args.operands[0], err, &vid);

	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = show_one(out_root(call->out), chip, vid, err);
	if (rc == 0)
		rc = vsc7448_vlan_del(chip, vid, err);
	vsc7448_close(chip);
	return rc;
}

/* --- ports ------------------------------------------------------------------------------- */

enum { OPT_PVID = OPT_COMMAND, OPT_TAGS, OPT_ACCEPT, OPT_FILTER, OPT_SEND, OPT_UNTAGGED };

static const struct arg_spec port_options[] = {
	{ "accept", 0, OPT_ACCEPT, "KIND", "frames: all, tagged or untagged", 0 },
	{ "ingress-filter", 0, OPT_FILTER, "on|off", "discard frames of foreign VLANs", 0 },
	{ "pvid", 0, OPT_PVID, "VLAN", "VLAN of frames without a tag", 0 },
	{ "send", 0, OPT_SEND, "KIND", "tags: none, all-but (the untagged VLAN), all", 0 },
	{ "tags", 0, OPT_TAGS, "KIND", "unaware, c-tag, s-tag or custom-s", 0 },
	{ "untagged", 0, OPT_UNTAGGED, "VLAN", "sent without a tag; implies --send all-but",
	  0 },
	{ 0 },
};

static struct out_table *new_port_table(struct out_record *root)
{
	static const struct out_column columns[] = {
		{ "port", "PORT", OUT_RIGHT | OUT_RAW },
		{ "pvid", "PVID", OUT_RIGHT },
		{ "tags", "TAGS", 0 },
		{ "accept", "ACCEPT", 0 },
		{ "ingress_filter", "INGRESS FILTER", 0 },
		{ "send", "SEND TAGS", 0 },
		{ "untagged_vlan", "UNTAGGED", OUT_RIGHT },
	};

	return out_table(root, "ports", columns, COUNT(columns));
}

static int port_row(struct out_table *table, struct vsc7448 *chip, uint32_t port,
		    struct error *err)
{
	struct vsc7448_vlan_port conf;
	int rc = vsc7448_vlan_port_get(chip, port, err, &conf);

	if (rc != 0)
		return rc;
	out_row(table,
		(const struct out_cell[]){
			out_uint(port),
			out_uint(conf.pvid),
			out_lasting(vsc7448_vlan_aware_name(conf.aware)),
			out_lasting(vsc7448_vlan_accept_name(conf.accept)),
			out_bool(conf.ingress_filter),
			out_lasting(vsc7448_vlan_tagging_name(conf.tagging)),
			conf.tagging == VSC7448_VLAN_TAG_ALL_BUT ? out_uint(conf.untagged_vid)
								 : out_null(),
		});
	return 0;
}

static int bad_word(const char *option, const char *text, struct error *err)
{
	return error_set(err, E_SYNTAX,
			 "%s: '%.64s' is none of the kinds that `help vlan port` "
			 "lists",
			 option, text);
}

static int vid_option(const char *text, struct error *err, uint16_t *vid)
{
	uint32_t number = 0;
	int rc = chip_vid(text, err, &number);

	if (rc == 0)
		*vid = (uint16_t)number;
	return rc;
}

static int one_option(int id, const char *text, struct error *err,
		      struct vsc7448_vlan_port *conf)
{
	int rc;

	switch (id) {
	case OPT_PVID:
		return vid_option(text, err, &conf->pvid);
	case OPT_UNTAGGED:
		rc = vid_option(text, err, &conf->untagged_vid);
		if (rc == 0)
			conf->tagging = VSC7448_VLAN_TAG_ALL_BUT;
		return rc;
	case OPT_TAGS:
		return vsc7448_vlan_aware_find(text, &conf->aware)
			       ? 0
			       : bad_word("--tags", text, err);
	case OPT_ACCEPT:
		return vsc7448_vlan_accept_find(text, &conf->accept)
			       ? 0
			       : bad_word("--accept", text, err);
	case OPT_SEND:
		return vsc7448_vlan_tagging_find(text, &conf->tagging)
			       ? 0
			       : bad_word("--send", text, err);
	default:
		conf->ingress_filter = strcmp(text, "on") == 0;
		return conf->ingress_filter || strcmp(text, "off") == 0
			       ? 0
			       : bad_word("--ingress-filter", text, err);
	}
}

/* Puts the options that were given into @conf; *@n of them. */
static int port_conf(const struct call *call, struct error *err, struct vsc7448_vlan_port *conf,
		     size_t *n)
{
	int rc = 0;

	*n = 0;
	for (const struct arg_spec *spec = port_options; rc == 0 && spec->name != NULL;
	     spec++) {
		const char *text = args_value(&call->args, spec->id);

		if (text == NULL)
			continue;
		rc = one_option(spec->id, text, err, conf);
		(*n)++;
	}
	return rc;
}

static int change_ports(struct call *call, struct vsc7448 *chip, vsc7448_ports ports,
			struct error *err)
{
	struct out_table *table = new_port_table(out_root(call->out));
	size_t n;
	int rc = 0;

	for (uint32_t port = 0; rc == 0 && port < VSC7448_N_PORTS; port++) {
		struct vsc7448_vlan_port conf;

		if ((ports >> port & 1) == 0)
			continue;
		rc = vsc7448_vlan_port_get(chip, port, err, &conf);
		if (rc == 0)
			rc = port_conf(call, err, &conf, &n);
		if (rc == 0 && n > 0)
			rc = vsc7448_vlan_port_set(chip, port, &conf, err);
		if (rc == 0)
			rc = port_row(table, chip, port, err);
	}
	return rc;
}

static int run_port(struct call *call, struct error *err)
{
	struct vsc7448_vlan_port unused = VSC7448_VLAN_PORT_DEFAULT;
	vsc7448_ports ports = VSC7448_FRONT_PORTS;
	struct vsc7448 *chip;
	size_t n;
	int rc = port_conf(call, err, &unused, &n);

	if (rc == 0 && call->args.n_operands > 0)
		rc = chip_ports(call->args.operands[0], err, &ports);
	if (rc == 0 && call->args.n_operands == 0 && n > 0)
		rc = error_set(err, E_SYNTAX, "which ports? `all` for every port");
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = change_ports(call, chip, ports, err);
	vsc7448_close(chip);
	return rc;
}

static int run_custom_tag(struct call *call, struct error *err)
{
	struct out_record *root = out_root(call->out);
	bool set = call->args.n_operands > 0;
	struct vsc7448 *chip;
	uint16_t ethertype = 0;
	uint64_t number = 0;
	int rc = 0;

	if (set)
		rc = args_number(call->args.operands[0], "EtherType",
				 (struct args_range){ 0x600, 0xffff }, err, &number);
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	if (set)
		rc = vsc7448_vlan_custom_tag_set(chip, (uint16_t)number, err);
	if (rc == 0)
		rc = vsc7448_vlan_custom_tag_get(chip, err, &ethertype);
	if (rc == 0)
		out_put(root, &(const struct out_column){ "ethertype", "EtherType", OUT_RAW },
			out_hex(ethertype, 16));
	vsc7448_close(chip);
	return rc;
}

const struct cmd vlan_table[] = {
	{
		.name = "add",
		.usage = "VLAN PORTS",
		.help = "make a VLAN, or give it other members",
		.detail = "Flags that are not given are off: ingress-filter discards frames "
			  "from "
			  "ports that are no members, no-flood those to unknown addresses.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = add_options,
		.min_operands = 2,
		.max_operands = 2,
		.schema = "vlan",
		.version = 1,
		.run = run_add,
	},
	{
		.name = "custom-tag",
		.usage = "[ETHERTYPE]",
		.help = "the EtherType of custom-s tags",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.max_operands = 1,
		.schema = "vlan-custom-tag",
		.version = 1,
		.run = run_custom_tag,
	},
	{
		.name = "del",
		.usage = "VLAN",
		.help = "remove a VLAN, and show what it was",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 1,
		.max_operands = 1,
		.schema = "vlan",
		.version = 1,
		.run = run_del,
	},
	{
		.name = "port",
		.usage = "[PORTS]",
		.help = "how ports classify, filter and tag",
		.detail = "Without options it shows; options change, what is not named stays.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = port_options,
		.max_operands = 1,
		.schema = "vlan-port",
		.version = 1,
		.run = run_port,
	},
	{
		.name = "show",
		.usage = "[VLAN]",
		.help = "the VLANs and their members",
		.flags = CMD_NEEDS_BOARD,
		.max_operands = 1,
		.schema = "vlan",
		.version = 1,
		.run = run_show,
	},
};
