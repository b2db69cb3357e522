/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/linktext.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static vsc7448_ports ports_of_board(const struct board *board)
{
	const struct board_port *ports;
	size_t n = board_ports(board, &ports);
	vsc7448_ports sum = 0;

	for (size_t i = 0; i < n; i++)
		if (ports[i].port < VSC7448_N_PORTS)
			sum |= UINT64_C(1) << ports[i].port;
	return sum;
}

int linktext_ports(const struct call *call, struct vsc7448 *chip, struct error *err,
		   vsc7448_ports *ports)
{
	struct vsc7448_link links[VSC7448_N_PORTS];
	vsc7448_ports sum = ports_of_board(call->board);
	int rc;

	if (call->args.n_operands > 0) {
		sum = 0;
		for (size_t i = 0; i < call->args.n_operands; i++) {
			vsc7448_ports more;

			rc = chip_ports(call->args.operands[i], err, &more);
			if (rc != 0)
				return rc;
			sum |= more;
		}
		*ports = sum;
		return 0;
	}
	rc = vsc7448_links(chip, VSC7448_FRONT_PORTS, VSC7448_LINK_KEEP, err, links);
	for (uint32_t port = 0; rc == 0 && port < VSC7448_N_PORTS; port++)
		if (links[port].set_up || links[port].has_mode)
			sum |= UINT64_C(1) << port;
	if (rc == 0)
		*ports = sum;
	return rc;
}

enum { OPT_KEEP = OPT_COMMAND };

const struct arg_spec linktext_keep_options[] = {
	{ "keep", 0, OPT_KEEP, NULL, "do not clear what latched: the next look tells it again",
	  0 },
	{ 0 },
};

unsigned linktext_flags(const struct call *call)
{
	bool keep = args_has(&call->args, OPT_KEEP) || call->options.read_only ||
		    call->options.dry_run;

	return keep ? VSC7448_LINK_KEEP : 0;
}

struct out_cell linktext_state(const struct vsc7448_link *link)
{
	if (!link->has_mode)
		return out_styled(OUT_STYLE_DIM, out_text(link->set_up ? "disabled" : "off"));
	return link->link ? out_styled(OUT_STYLE_GOOD, out_text("up"))
			  : out_styled(OUT_STYLE_BAD, out_text("down"));
}

static const char *reason_10g(const struct vsc7448_link *link)
{
	const bool base_r =
		link->mode == LINK_MODE_10GBASE_R || link->mode == LINK_MODE_10GBASE_KR;

	if (base_r && link->aneg && !link->aneg_complete)
		return "auto-negotiation goes on";
	if (!link->sync)
		return base_r ? "no block lock" : "lanes not in sync";
	if (!base_r && !link->aligned)
		return "lanes not aligned";
	if (link->hi_ber)
		return "high bit error rate";
	return link->remote_fault ? "remote fault" : "local fault";
}

const char *linktext_reason(const struct vsc7448_link *link)
{
	if (!link->has_mode || link->link)
		return NULL;
	if (!link->signal)
		return "no signal";
	if (link->mbps == 10000)
		return reason_10g(link);
	if (!link->sync)
		return "no sync";
	if (link->aneg && !link->aneg_complete)
		return "auto-negotiation goes on";
	return link->aneg && link->mode == LINK_MODE_SGMII ? "the PHY has no link"
							   : "far-end fault";
}

const char *linktext_mode(const struct vsc7448_link *link)
{
	return link->has_mode ? link_mode_names[link->mode] : NULL;
}

/* Bits of the base page: IEEE 802.3 37.2.1. */
static const char *clause_37(struct out_record *record, uint64_t word)
{
	static const char *const pause[4] = { "", " pause", " asym-pause",
					      " pause+asym-pause" };
	static const char *const faults[4] = { "", " link-failure", " offline", " aneg-error" };

	return out_format(record, "%s%s%s", (word & 0x20) != 0 ? "full duplex" : "half duplex",
			  pause[word >> 7 & 3], faults[word >> 12 & 3]);
}

/* Bits of the word of a PHY: SGMII, as the vendor's clause_37_status_get() has them. */
static const char *sgmii(struct out_record *record, uint64_t word)
{
	static const char *const speeds[4] = { "10M", "100M", "1G", "?" };

	return out_format(record, "%s %s%s", speeds[word >> 10 & 3],
			  (word >> 12 & 1) != 0 ? "full duplex" : "half duplex",
			  (word >> 15 & 1) != 0 ? "" : ", no link");
}

/* Technologies and error correction of the page: IEEE 802.3 73.6. */
static const char *clause_73(struct out_record *record, uint64_t page)
{
	static const struct {
		unsigned bit;
		const char *name;
	} abilities[] = {
		{ 21, "1000base-kx" }, { 22, "10gbase-kx4" }, { 23, "10gbase-kr" },
		{ 46, "fec" },         { 47, "fec wanted" },
	};
	char text[96] = "";
	size_t used = 0;

	for (size_t i = 0; i < sizeof(abilities) / sizeof(abilities[0]); i++)
		if ((page >> abilities[i].bit & 1) != 0)
			used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s",
						 used > 0 ? ", " : "", abilities[i].name);
	return out_format(record, "%s", text);
}

const char *linktext_partner(struct out_record *record, const struct vsc7448_link *link)
{
	if (!link->has_partner)
		return NULL;
	if (link->mode == LINK_MODE_10GBASE_KR)
		return clause_73(record, link->partner);
	return link->mode == LINK_MODE_SGMII || link->mode == LINK_MODE_QSGMII
		       ? sgmii(record, link->partner)
		       : clause_37(record, link->partner);
}

const char *linktext_device(struct out_record *record, const struct vsc7448_link *link)
{
	const uint32_t port = link->port;

	/* HOWTO section 4. */
	if (port > 48 && (!link->has_mode || link->mbps == 10000))
		return out_format(record, "DEV10G[%" PRIu32 "]", port - 49);
	if (port < 8 || (port >= 32 && port < 48))
		return out_format(record, "DEV1G[%" PRIu32 "]", port < 8 ? port : port - 24);
	return out_format(record, "DEV2G5[%" PRIu32 "]", port < 32 ? port - 8 : port - 24);
}

const char *linktext_serdes(struct out_record *record, const struct vsc7448_link *link)
{
	char first[24], last[24];
	uint64_t macros;

	if (!link->has_mode || !vsc7448_port_carries(link->port, link->mode))
		return "";
	macros = vsc7448_port_serdes(link->port, link->mode);
	vsc7448_serdes_name(macros, first, sizeof(first));
	if ((macros & (macros - 1)) == 0)
		return out_format(record, "%s", first);
	vsc7448_serdes_name(UINT64_C(1) << (63 - __builtin_clzll(macros)), last, sizeof(last));
	return out_format(record, "%s%s%s", first, link->mode == LINK_MODE_RXAUI ? "," : "-",
			  strrchr(last, '_') + 1);
}

const char *linktext_speed(struct out_record *record, const struct vsc7448_link *link)
{
	if (!link->has_mode)
		return NULL;
	if (link->mbps < 1000)
		return out_format(record, "%" PRIu32 "M", link->mbps);
	return out_format(record, "%gG", link->mbps / 1000.0);
}
