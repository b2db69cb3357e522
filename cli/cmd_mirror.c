/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/chip.h"
#include "cli/commands.h"
#include "cli/wordlist.h"
#include "hal/vsc7448/mirror.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum { OPT_RX = OPT_COMMAND, OPT_TX, OPT_TAG, OPT_TAG_VLAN };

static const struct arg_spec set_options[] = {
	{ "rx", 0, OPT_RX, "PORTS", "what these ports receive", 0 },
	{ "tag", 0, OPT_TAG, "KIND", "tag in front: none, c, s or custom-s", 0 },
	{ "tag-vlan", 0, OPT_TAG_VLAN, "VLAN", "VLAN of that tag", 0 },
	{ "tx", 0, OPT_TX, "PORTS", "what these ports send", 0 },
	{ 0 },
};

static const char *const tag_words[] = { "none", "c", "s", "custom-s" };
static const struct wordlist tag_list = { tag_words, COUNT(tag_words), "kind of tag" };

static int show(struct call *call, struct vsc7448 *chip, struct error *err)
{
	struct out_record *root = out_root(call->out);
	struct vsc7448_mirror mirror;
	int rc = vsc7448_mirror_get(chip, err, &mirror);

	if (rc != 0)
		return rc;
	out_put(root, &(const struct out_column){ "monitor", "monitor port", OUT_RAW },
		mirror.on ? out_uint(mirror.monitor) : out_null());
	out_add(root, "rx", "received by", out_lasting(chip_ports_text(root, mirror.rx)));
	out_add(root, "tx", "sent by", out_lasting(chip_ports_text(root, mirror.tx)));
	out_add(root, "tag", "tag", out_lasting(tag_words[mirror.tag]));
	out_add(root, "tag_vlan", "VLAN of the tag",
		mirror.tag != VSC7448_MIRROR_TAG_NONE ? out_uint(mirror.vid) : out_null());
	return 0;
}

/* @mirror NULL: only shows. */
static int apply(struct call *call, const struct vsc7448_mirror *mirror, struct error *err)
{
	struct vsc7448 *chip;
	int rc = chip_open(call, err, &chip);

	if (rc != 0)
		return rc;
	if (mirror != NULL)
		rc = vsc7448_mirror_set(chip, mirror, err);
	if (rc == 0)
		rc = show(call, chip, err);
	vsc7448_close(chip);
	return rc;
}

static int run_show(struct call *call, struct error *err)
{
	return apply(call, NULL, err);
}

static int run_off(struct call *call, struct error *err)
{
	return apply(call, &(struct vsc7448_mirror){ 0 }, err);
}

static int tag_option(const struct call *call, struct error *err, struct vsc7448_mirror *mirror)
{
	const char *tag = args_value(&call->args, OPT_TAG);
	const char *vlan = args_value(&call->args, OPT_TAG_VLAN);
	uint32_t number = 0, vid = 0;
	int rc = tag != NULL ? wordlist_one(&tag_list, tag, err, &number) : 0;

	if (rc == 0 && vlan != NULL)
		rc = chip_vid(vlan, err, &vid);
	mirror->tag = (enum vsc7448_mirror_tag)number;
	mirror->vid = (uint16_t)vid;
	return rc;
}

static int run_set(struct call *call, struct error *err)
{
	const char *rx = args_value(&call->args, OPT_RX);
	const char *tx = args_value(&call->args, OPT_TX);
	struct vsc7448_mirror mirror = { .on = true };
	uint32_t monitor = 0;
	int rc = chip_port(call->args.operands[0], err, &monitor);

	mirror.monitor = (uint8_t)monitor;
	if (rc == 0 && rx != NULL)
		rc = chip_ports(rx, err, &mirror.rx);
	if (rc == 0 && tx != NULL)
		rc = chip_ports(tx, err, &mirror.tx);
	if (rc == 0)
		rc = tag_option(call, err, &mirror);
	return rc != 0 ? rc : apply(call, &mirror, err);
}

const struct cmd mirror_table[] = {
	{
		.name = "off",
		.usage = "",
		.help = "stop mirroring",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.schema = "mirror",
		.version = 1,
		.run = run_off,
	},
	{
		.name = "set",
		.usage = "PORT",
		.help = "copy frames to a monitor port",
		.detail = "Frames of VLANs with the flag mirror (`vlan add --flags`) are "
			  "copied too. The monitor port's own VLANs stay as they are.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = set_options,
		.min_operands = 1,
		.max_operands = 1,
		.schema = "mirror",
		.version = 1,
		.run = run_set,
	},
	{
		.name = "show",
		.usage = "",
		.help = "what is mirrored where",
		.flags = CMD_NEEDS_BOARD,
		.schema = "mirror",
		.version = 1,
		.run = run_show,
	},
};
