/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/chip.h"
#include "cli/commands.h"
#include "hal/vsc7448/mac.h"
#include "hal/vsc7448/vlan.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum { OPT_VLAN = OPT_COMMAND, OPT_PORT, OPT_CPU, OPT_DYNAMIC };

static const struct arg_spec filter_options[] = {
	{ "port", 0, OPT_PORT, "PORT", "only addresses of this port", 0 },
	{ "vlan", 0, OPT_VLAN, "VLAN", "only addresses of this VLAN", 0 },
	{ 0 },
};

static const struct arg_spec add_options[] = {
	{ "cpu", 0, OPT_CPU, "QUEUE", "also copy frames to this CPU queue, 0 to 7", 0 },
	{ "dynamic", 0, OPT_DYNAMIC, NULL, "an entry that ages, as if learned", 0 },
	{ 0 },
};

static struct out_table *new_table(struct out_record *root)
{
	static const struct out_column columns[] = {
		{ "fid", "FID", OUT_RIGHT },
		{ "address", "ADDRESS", OUT_RAW },
		{ "ports", "PORTS", 0 },
		{ "kind", "KIND", 0 },
		{ "cpu_queue", "CPU QUEUE", OUT_RIGHT | OUT_UNLESS_EMPTY },
		{ "aged", NULL, 0 },
		{ "pgid", NULL, 0 },
	};

	return out_table(root, "entries", columns, COUNT(columns));
}

static void row(struct out_record *root, struct out_table *table,
		const struct vsc7448_mac_entry *entry)
{
	char text[MAC_TEXT_SIZE];

	out_row(table, (const struct out_cell[]){
			       out_uint(entry->key.vid),
			       out_text(mac_format(&entry->key.mac, text)),
			       out_lasting(chip_ports_text(root, entry->ports)),
			       out_lasting(entry->locked ? "static" : "learned"),
			       entry->cpu_copy ? out_uint(entry->cpu_queue) : out_null(),
			       out_bool(entry->aged),
			       out_uint(entry->pgid),
		       });
}

static int filter_of(const struct call *call, struct error *err,
		     struct vsc7448_mac_filter *filter)
{
	const char *port = args_value(&call->args, OPT_PORT);
	const char *vlan = args_value(&call->args, OPT_VLAN);
	int rc = 0;

	*filter = (struct vsc7448_mac_filter){ VSC7448_MAC_ANY, VSC7448_MAC_ANY };
	if (port != NULL)
		rc = chip_port(port, err, &filter->port);
	if (rc == 0 && vlan != NULL)
		rc = chip_vid(vlan, err, &filter->vid);
	return rc;
}

static int key_of(const struct call *call, struct error *err, struct vsc7448_mac_key *key)
{
	uint32_t vid = 0;
	int rc = chip_vid(call->args.operands[0], err, &vid);

	if (rc == 0)
		rc = chip_mac(call->args.operands[1], err, &key->mac);
	if (rc == 0)
		key->vid = (uint16_t)vid;
	return rc;
}

/* --- show -------------------------------------------------------------------------------- */

struct listing {
	struct out_record *root;
	struct out_table *table;
	struct vsc7448_mac_filter filter;
	uint32_t fid; /* of the VLAN in the filter */
};

static bool list_entry(void *arg, const struct vsc7448_mac_entry *entry)
{
	const struct listing *listing = arg;
	const struct vsc7448_mac_filter *filter = &listing->filter;
	uint32_t want = mac_is_multicast(&entry->key.mac) ? filter->vid : listing->fid;

	if ((filter->vid == VSC7448_MAC_ANY || want == entry->key.vid) &&
	    (filter->port == VSC7448_MAC_ANY || (entry->ports >> filter->port & 1) != 0))
		row(listing->root, listing->table, entry);
	return true;
}

static int list(struct listing *listing, struct vsc7448 *chip, struct error *err)
{
	struct vsc7448_vlan vlan = { 0 };
	int rc = 0;

	if (listing->filter.vid != VSC7448_MAC_ANY)
		rc = vsc7448_vlan_get(chip, listing->filter.vid, err, &vlan);
	if (rc != 0)
		return rc;
	listing->fid = vlan.fid != 0 ? vlan.fid : listing->filter.vid;
	listing->table = new_table(listing->root);
	return vsc7448_mac_walk(chip, list_entry, listing, err);
}

static int run_show(struct call *call, struct error *err)
{
	struct listing listing = { .root = out_root(call->out) };
	struct vsc7448 *chip;
	int rc = filter_of(call, err, &listing.filter);

	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = list(&listing, chip, err);
	vsc7448_close(chip);
	return rc;
}

/* --- one entry --------------------------------------------------------------------------- */

static int show_one(struct call *call, struct vsc7448 *chip, const struct vsc7448_mac_key *key,
		    struct error *err)
{
	struct out_record *root = out_root(call->out);
	struct vsc7448_mac_entry entry;
	int rc = vsc7448_mac_find(chip, key, err, &entry);

	if (rc == 0)
		row(root, new_table(root), &entry);
	return rc;
}

/* Shows the entry; then deletes it, when @del. */
static int on_entry(struct call *call, bool del, struct error *err)
{
	struct vsc7448_mac_key key;
	struct vsc7448 *chip;
	int rc = key_of(call, err, &key);

	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	if (!del || !call->options.dry_run)
		rc = show_one(call, chip, &key, err);
	if (rc == 0 && del)
		rc = vsc7448_mac_del(chip, &key, err);
	vsc7448_close(chip);
	return rc;
}

static int run_find(struct call *call, struct error *err)
{
	return on_entry(call, false, err);
}

static int run_del(struct call *call, struct error *err)
{
	return on_entry(call, true, err);
}

static int run_add(struct call *call, struct error *err)
{
	struct vsc7448_mac_entry entry = { .locked = !args_has(&call->args, OPT_DYNAMIC),
					   .cpu_copy = args_has(&call->args, OPT_CPU) };
	struct vsc7448 *chip;
	uint32_t queue = 0;
	int rc = key_of(call, err, &entry.key);

	if (rc == 0)
		rc = chip_ports(call->args.operands[2], err, &entry.ports);
	if (rc == 0)
		rc = args_option32(&call->args, OPT_CPU, (struct args_range){ 0, 7 }, err,
				   &queue);
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	entry.cpu_queue = (uint8_t)queue;
	rc = vsc7448_mac_add(chip, &entry, err);
	if (rc == 0 && !call->options.dry_run)
		rc = show_one(call, chip, &entry.key, err);
	vsc7448_close(chip);
	return rc;
}

/* --- flush and age ----------------------------------------------------------------------- */

static struct out_cell any_or(uint32_t number)
{
	return number == VSC7448_MAC_ANY ? out_null() : out_uint(number);
}

static int run_flush(struct call *call, struct error *err)
{
	struct out_record *root = out_root(call->out);
	struct vsc7448_mac_filter filter;
	struct vsc7448 *chip;
	int rc = filter_of(call, err, &filter);

	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = vsc7448_mac_flush(chip, &filter, err);
	if (rc == 0) {
		out_add(root, "port", NULL, any_or(filter.port));
		out_add(root, "vlan", NULL, any_or(filter.vid));
	}
	vsc7448_close(chip);
	return rc;
}

static int run_age(struct call *call, struct error *err)
{
	struct out_record *root = out_root(call->out);
	bool set = call->args.n_operands > 0;
	uint32_t seconds = 0;
	struct vsc7448 *chip;
	uint64_t number = 0;
	int rc = 0;

	if (set)
		rc = args_number(call->args.operands[0], "age time",
				 (struct args_range){ 0, UINT32_C(1) << 28 }, err, &number);
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	if (set)
		rc = vsc7448_mac_age_time_set(chip, (uint32_t)number, err);
	if (rc == 0)
		rc = vsc7448_mac_age_time_get(chip, err, &seconds);
	if (rc == 0)
		out_put(root,
			&(const struct out_column){ "age_time_s", "age time in s", OUT_RAW },
			out_uint(seconds));
	vsc7448_close(chip);
	return rc;
}

const struct cmd mac_table[] = {
	{
		.name = "add",
		.usage = "VLAN ADDRESS PORTS",
		.help = "add or replace an entry, static unless told otherwise",
		.detail = "Several ports, or none (then frames from the address are discarded "
			  "too), need a static entry. --cpu works for static entries only.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = add_options,
		.min_operands = 3,
		.max_operands = 3,
		.schema = "mac",
		.version = 1,
		.run = run_add,
	},
	{
		.name = "age",
		.usage = "[SECONDS]",
		.help = "how long a silent address stays",
		.detail = "It goes after between half of the time and the time; 0: never.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.max_operands = 1,
		.schema = "mac-age",
		.version = 1,
		.run = run_age,
	},
	{
		.name = "del",
		.usage = "VLAN ADDRESS",
		.help = "remove an entry, and show what it was",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 2,
		.max_operands = 2,
		.schema = "mac",
		.version = 1,
		.run = run_del,
	},
	{
		.name = "find",
		.usage = "VLAN ADDRESS",
		.help = "where an address is",
		.detail = "Exit status 4 when it is not in the table.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 2,
		.max_operands = 2,
		.schema = "mac",
		.version = 1,
		.run = run_find,
	},
	{
		.name = "flush",
		.usage = "",
		.help = "forget learned addresses",
		.detail = "Static entries stay. A port in a link aggregation group: what the "
			  "group has learned.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = filter_options,
		.schema = "mac-flush",
		.version = 1,
		.run = run_flush,
	},
	{
		.name = "show",
		.usage = "",
		.help = "the MAC table, by FID and address",
		.detail = "The FID is that of the VLAN for unicast, the VLAN for multicast.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = filter_options,
		.schema = "mac",
		.version = 1,
		.run = run_show,
	},
};
