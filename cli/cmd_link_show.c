/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `link show` and `link history`. */
#include "cli/commands.h"

#include <inttypes.h>

#include "cli/linktext.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Opens the chip and reads the links that the operands name. */
static int read_links(struct call *call, unsigned flags, struct error *err,
		      struct vsc7448_link *links, size_t *n)
{
	struct vsc7448 *chip;
	vsc7448_ports ports = 0;
	int rc = chip_open(call, err, &chip);

	if (rc != 0)
		return rc;
	rc = linktext_ports(call, chip, err, &ports);
	if (rc == 0)
		rc = vsc7448_links(chip, ports, flags, err, links);
	*n = (size_t)__builtin_popcountll(ports);
	vsc7448_close(chip);
	return rc;
}

static struct out_cell yes_no(bool known, bool good)
{
	if (!known)
		return out_null();
	return good ? out_bool(true) : out_styled(OUT_STYLE_BAD, out_bool(false));
}

static const char *fault_of(const struct vsc7448_link *link)
{
	if (link->local_fault)
		return link->remote_fault ? "local and remote" : "local";
	return link->remote_fault ? "remote" : "none";
}

static const char *aneg_of(const struct vsc7448_link *link)
{
	if (!link->aneg)
		return "off";
	return link->aneg_complete ? "complete" : "running";
}

static void show_row(struct out_record *root, struct out_table *table,
		     const struct vsc7448_link *link)
{
	const bool on = link->has_mode, is_10g = on && link->mbps == 10000;
	const bool xaui = on && (link->mode == LINK_MODE_XAUI || link->mode == LINK_MODE_RXAUI);
	const bool base_r = is_10g && !xaui;

	out_row(table,
		(const struct out_cell[]){
			out_styled(OUT_STYLE_NAME, out_uint(link->port)),
			out_lasting(linktext_mode(link)),
			linktext_state(link),
			out_lasting(linktext_reason(link)),
			yes_no(on, link->signal),
			yes_no(on, link->sync),
			yes_no(xaui, link->aligned),
			base_r ? out_styled(link->hi_ber ? OUT_STYLE_BAD : OUT_STYLE_PLAIN,
					    out_bool(link->hi_ber))
			       : out_null(),
			is_10g ? out_text(fault_of(link)) : out_null(),
			on && (!is_10g || link->aneg) ? out_text(aneg_of(link)) : out_null(),
			out_lasting(linktext_partner(root, link)),
			link->has_partner
				? out_hex(link->partner,
					  link->mode == LINK_MODE_10GBASE_KR ? 48 : 16)
				: out_null(),
			base_r ? out_bool(link->fec) : out_null(),
			base_r && link->fec ? out_uint(link->fec_corrected) : out_null(),
			base_r && link->fec ? out_uint(link->fec_uncorrected) : out_null(),
			is_10g ? out_uint(link->errors) : out_null(),
			on && !is_10g && link->mode != LINK_MODE_100BASE_FX
				? out_uint(link->downs)
				: out_null(),
		});
}

/* Nothing is cleared: `link history` and `port show` tell what latched. */
int cmd_link_show(struct call *call, struct error *err)
{
	static const struct out_column columns[] = {
		{ "port", "PORT", OUT_RIGHT | OUT_RAW },
		{ "mode", "MODE", 0 },
		{ "link", "LINK", OUT_RAW },
		{ "reason", "BECAUSE", OUT_UNLESS_EMPTY },
		{ "signal", "SIGNAL", 0 },
		{ "sync", "SYNC", 0 },
		{ "aligned", "ALIGNED", OUT_UNLESS_EMPTY },
		{ "high_ber", "HIGH BER", OUT_UNLESS_EMPTY },
		{ "fault", "FAULT", OUT_UNLESS_EMPTY },
		{ "aneg", "ANEG", OUT_UNLESS_EMPTY },
		{ "partner", "PARTNER", OUT_UNLESS_EMPTY },
		{ "partner_word", NULL, 0 },
		{ "fec", "FEC", OUT_UNLESS_EMPTY },
		{ "fec_corrected", "CORRECTED", OUT_RIGHT | OUT_UNLESS_EMPTY },
		{ "fec_uncorrected", "LOST", OUT_RIGHT | OUT_UNLESS_EMPTY },
		{ "n_bad", "BAD BLOCKS", OUT_RIGHT | OUT_UNLESS_EMPTY },
		{ "n_down", "DOWNS", OUT_RIGHT | OUT_UNLESS_EMPTY },
	};
	struct vsc7448_link links[VSC7448_N_PORTS];
	struct out_record *root = out_root(call->out);
	struct out_table *table;
	size_t n = 0;
	int rc = read_links(call, VSC7448_LINK_KEEP, err, links, &n);

	if (rc != 0)
		return rc;
	table = out_table(root, "links", columns, COUNT(columns));
	for (size_t i = 0; i < n; i++)
		show_row(root, table, &links[i]);
	return 0;
}

int cmd_link_history(struct call *call, struct error *err)
{
	static const struct out_column columns[] = {
		{ "port", "PORT", OUT_RIGHT | OUT_RAW },
		{ "mode", "MODE", 0 },
		{ "event", "EVENT", OUT_RAW },
		{ "meaning", "MEANING", 0 },
		{ "error", NULL, 0 },
	};
	struct vsc7448_link links[VSC7448_N_PORTS];
	struct out_record *root = out_root(call->out);
	struct out_table *table;
	size_t n = 0;
	int rc = read_links(call, linktext_flags(call), err, links, &n);

	if (rc != 0)
		return rc;
	table = out_table(root, "events", columns, COUNT(columns));
	for (size_t i = 0; i < n; i++)
		for (unsigned e = 0; e < VSC7448_LINK_EVENT_COUNT; e++) {
			const struct vsc7448_link_event_info *info = &vsc7448_link_events[e];

			if ((links[i].events >> e & 1) == 0)
				continue;
			out_row(table,
				(const struct out_cell[]){
					out_styled(OUT_STYLE_NAME, out_uint(links[i].port)),
					out_lasting(linktext_mode(&links[i])),
					out_styled(info->error ? OUT_STYLE_BAD
							       : OUT_STYLE_PLAIN,
						   out_lasting(info->name)),
					out_lasting(info->meaning),
					out_bool(info->error),
				});
		}
	if (out_n_rows(table) == 0)
		out_say(root, OUT_STYLE_GOOD, "nothing happened since the last look");
	return 0;
}
