/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>

#include "cli/chip.h"
#include "cli/commands.h"
#include "hal/vsc7448/masks.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum { OPT_CPU = OPT_COMMAND };

static const struct arg_spec set_options[] = {
	{ "cpu", 0, OPT_CPU, "QUEUE", "also copy frames to this CPU queue, 0 to 7", 0 },
	{ 0 },
};

static int pgid_number(const char *text, struct error *err, uint32_t *pgid)
{
	if (vsc7448_pgid_find(text, pgid))
		return 0;
	return args_number32(text, "PGID", (struct args_range){ 0, VSC7448_N_PGIDS - 1 }, err,
			     pgid);
}

static struct out_table *new_table(struct out_record *root)
{
	static const struct out_column columns[] = {
		{ "pgid", "PGID", OUT_RIGHT }, { "name", "NAME", 0 },
		{ "ports", "PORTS", OUT_RAW }, { "cpu_queue", "CPU QUEUE", OUT_RIGHT },
		{ "stack", NULL, 0 },
	};

	return out_table(root, "pgids", columns, COUNT(columns));
}

static void row(struct out_record *root, struct out_table *table, uint32_t number,
		const struct vsc7448_pgid *pgid)
{
	const char *name = vsc7448_pgid_name(number);

	if (name == NULL)
		name = number < VSC7448_N_PORTS ? "port" : "group";
	out_row(table, (const struct out_cell[]){
			       out_uint(number),
			       out_lasting(name),
			       out_lasting(chip_ports_text(root, pgid->ports)),
			       pgid->cpu_copy ? out_uint(pgid->cpu_queue) : out_null(),
			       out_bool(pgid->stack),
		       });
}

/* Ports that stand for themselves and groups that are free say nothing. */
static bool is_plain(uint32_t number, const struct vsc7448_pgid *pgid)
{
	if (pgid->cpu_copy || pgid->stack || vsc7448_pgid_name(number) != NULL)
		return false;
	return pgid->ports == (number < VSC7448_N_PORTS ? UINT64_C(1) << number : 0);
}

static int show_all(struct out_record *root, struct vsc7448 *chip, struct error *err)
{
	struct vsc7448_pgid *pgids = calloc(VSC7448_N_PGIDS, sizeof(*pgids));
	struct out_table *table;
	int rc;

	if (pgids == NULL)
		return error_set(err, E_NOMEM, "out of memory");
	rc = vsc7448_pgid_get(chip, 0, VSC7448_N_PGIDS, err, pgids);
	if (rc == 0) {
		table = new_table(root);
		for (uint32_t i = 0; i < VSC7448_N_PGIDS; i++)
			if (!is_plain(i, &pgids[i]))
				row(root, table, i, &pgids[i]);
	}
	free(pgids);
	return rc;
}

static int show_one(struct out_record *root, struct vsc7448 *chip, uint32_t number,
		    struct error *err)
{
	struct vsc7448_pgid pgid;
	int rc = vsc7448_pgid_get(chip, number, 1, err, &pgid);

	if (rc == 0)
		row(root, new_table(root), number, &pgid);
	return rc;
}

static int run_show(struct call *call, struct error *err)
{
	struct out_record *root = out_root(call->out);
	bool one = call->args.n_operands > 0;
	struct vsc7448 *chip;
	uint32_t number = 0;
	int rc = one ? pgid_number(call->args.operands[0], err, &number) : 0;

	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = one ? show_one(root, chip, number, err) : show_all(root, chip, err);
	vsc7448_close(chip);
	return rc;
}

static int run_set(struct call *call, struct error *err)
{
	struct vsc7448_pgid pgid = { .cpu_copy = args_has(&call->args, OPT_CPU) };
	struct vsc7448 *chip;
	uint32_t number = 0, queue = 0;
	int rc = pgid_number(call->args.operands[0], err, &number);

	if (rc == 0)
		rc = chip_ports(call->args.operands[1], err, &pgid.ports);
	if (rc == 0)
		rc = args_option32(&call->args, OPT_CPU, (struct args_range){ 0, 7 }, err,
				   &queue);
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	pgid.cpu_queue = (uint8_t)queue;
	rc = vsc7448_pgid_set(chip, number, &pgid, err);
	if (rc == 0)
		rc = show_one(out_root(call->out), chip, number, err);
	vsc7448_close(chip);
	return rc;
}

const struct cmd pgid_table[] = {
	{
		.name = "set",
		.usage = "PGID PORTS",
		.help = "the ports of a destination: flooding or a group",
		.detail = "PGID is a number from 53 on or uc-flood, mc-flood, ipv4-mc-data, "
			  "ipv4-mc-ctrl, ipv6-mc-data, ipv6-mc-ctrl, drop or flood. Those of "
			  "ports follow `lag`.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = set_options,
		.min_operands = 2,
		.max_operands = 2,
		.schema = "pgid",
		.version = 1,
		.run = run_set,
	},
	{
		.name = "show",
		.usage = "[PGID]",
		.help = "where frames to ports, groups and floods go",
		.detail = "Without a PGID all but ports that stand for themselves and groups "
			  "that "
			  "are free.",
		.flags = CMD_NEEDS_BOARD,
		.max_operands = 1,
		.schema = "pgid",
		.version = 1,
		.run = run_show,
	},
};
