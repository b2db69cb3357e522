/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/chip.h"
#include "cli/commands.h"
#include "cli/wordlist.h"
#include "hal/vsc7448/lag.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const char *const hash_words[] = { "smac", "dmac", "ip", "ports" };
static const struct wordlist hash_list = { hash_words, COUNT(hash_words), "hash field" };

static int show(struct call *call, struct vsc7448 *chip, struct error *err)
{
	static const struct out_column columns[] = {
		{ "members", "MEMBERS", OUT_RAW },
		{ "forwarding", "FORWARDING", 0 },
		{ "logical_port", "LOGICAL PORT", OUT_RIGHT },
	};
	struct out_record *root = out_root(call->out);
	struct vsc7448_lag groups[VSC7448_MAX_LAGS];
	struct out_table *table;
	unsigned hash;
	size_t n;
	int rc = vsc7448_lag_get(chip, err, groups, &n);

	if (rc == 0)
		rc = vsc7448_lag_hash_get(chip, err, &hash);
	if (rc != 0)
		return rc;
	out_add(root, "hash", "hash", out_lasting(wordlist_text(root, &hash_list, hash)));
	table = out_table(root, "groups", columns, COUNT(columns));
	for (size_t i = 0; i < n; i++)
		out_row(table, (const struct out_cell[]){
				       out_lasting(chip_ports_text(root, groups[i].members)),
				       out_lasting(chip_ports_text(root, groups[i].forward)),
				       out_uint(groups[i].logical_port),
			       });
	return 0;
}

/* Changes something, then shows what is there. */
static int change(struct call *call, struct error *err, vsc7448_ports ports,
		  int (*run)(struct vsc7448 *chip, vsc7448_ports ports, struct error *err))
{
	struct vsc7448 *chip;
	int rc = chip_open(call, err, &chip);

	if (rc != 0)
		return rc;
	if (run != NULL)
		rc = run(chip, ports, err);
	if (rc == 0)
		rc = show(call, chip, err);
	vsc7448_close(chip);
	return rc;
}

static int run_show(struct call *call, struct error *err)
{
	return change(call, err, 0, NULL);
}

static int run_set(struct call *call, struct error *err)
{
	vsc7448_ports ports = 0;
	int rc = chip_ports(call->args.operands[0], err, &ports);

	return rc != 0 ? rc : change(call, err, ports, vsc7448_lag_set);
}

static int run_clear(struct call *call, struct error *err)
{
	vsc7448_ports ports = 0;
	int rc = chip_ports(call->args.operands[0], err, &ports);

	return rc != 0 ? rc : change(call, err, ports, vsc7448_lag_clear);
}

static int set_hash(struct vsc7448 *chip, vsc7448_ports hash, struct error *err)
{
	return vsc7448_lag_hash_set(chip, (unsigned)hash, err);
}

static int run_hash(struct call *call, struct error *err)
{
	uint32_t hash = 0;
	int rc = wordlist_bits(&hash_list, call->args.operands[0], err, &hash);

	return rc != 0 ? rc : change(call, err, hash, set_hash);
}

const struct cmd lag_table[] = {
	{
		.name = "clear",
		.usage = "PORTS",
		.help = "dissolve the groups that ports are in",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 1,
		.max_operands = 1,
		.schema = "lag",
		.version = 1,
		.run = run_clear,
	},
	{
		.name = "hash",
		.usage = "FIELD[,FIELD]...",
		.help = "what spreads flows over the members",
		.detail = "Fields are smac, dmac, ip (addresses) and ports (of TCP and UDP), "
			  "or none.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 1,
		.max_operands = 1,
		.schema = "lag",
		.version = 1,
		.run = run_hash,
	},
	{
		.name = "set",
		.usage = "PORTS",
		.help = "make ports one link aggregation group",
		.detail = "Groups that the ports were in are dissolved. Flows always have a "
			  "member "
			  "meanwhile; some frames may be sent twice. Addresses learned at a "
			  "first member that left stay until `mac flush --port`.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 1,
		.max_operands = 1,
		.schema = "lag",
		.version = 1,
		.run = run_set,
	},
	{
		.name = "show",
		.usage = "",
		.help = "link aggregation groups, as the chip has them",
		.flags = CMD_NEEDS_BOARD,
		.schema = "lag",
		.version = 1,
		.run = run_show,
	},
};
