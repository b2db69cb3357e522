/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The `route` commands: the router, its legs, routes and groups of next hops. */
#include "cli/commands.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/chip.h"
#include "cli/route.h"
#include "hal/vsc7448/mac.h"
#include "hal/vsc7448/route.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* --- reading what was typed --------------------------------------------------------------- */

static int parse_prefix(const char *text, struct error *err, struct vsc7448_route *route)
{
	unsigned length;

	if (!ip_parse_prefix(text, &route->prefix, &length))
		return error_set(err, E_SYNTAX,
				 "\"%s\" is not a prefix like 192.0.2.0/24 or 2001:db8::/32",
				 text);
	route->length = length;
	return 0;
}

/* "MAC@LEG", "MAC@LEGx4" for four entries of a group, "none@LEG" for an unknown address. */
static int parse_hop(const char *text, struct error *err, struct vsc7448_next_hop *hop,
		     uint64_t *times)
{
	char copy[64], *leg, *count;
	int rc;

	snprintf(copy, sizeof(copy), "%s", text);
	leg = strchr(copy, '@');
	if (leg == NULL || strlen(text) >= sizeof(copy))
		return error_set(err, E_SYNTAX,
				 "\"%s\" is not a next hop like 02:00:00:00:00:01@1", text);
	*leg++ = '\0';
	count = strchr(leg, 'x');
	if (count != NULL)
		*count++ = '\0';
	rc = route_leg(leg, err, &hop->leg);
	if (rc == 0 && strcmp(copy, "none") != 0)
		rc = chip_mac(copy, err, &hop->mac);
	*times = 1;
	if (rc == 0 && count != NULL)
		rc = args_number(count, "entries", (struct args_range){ 1, 16 }, err, times);
	return rc;
}

static int parse_hops(const struct args *args, struct error *err, struct vsc7448_route *route)
{
	for (size_t i = 1; i < args->n_operands; i++) {
		struct vsc7448_next_hop hop = { 0 };
		uint64_t times;
		int rc = parse_hop(args->operands[i], err, &hop, &times);

		if (rc != 0)
			return rc;
		while (times-- > 0) {
			if (route->n_hops == VSC7448_MAX_NEXT_HOPS)
				return error_set(err, E_RANGE, "a group has at most %u entries",
						 VSC7448_MAX_NEXT_HOPS);
			route->hop[route->n_hops++] = hop;
		}
	}
	route->is_group = route->n_hops > 1;
	return 0;
}

/* --- showing ------------------------------------------------------------------------------ */

static const char *prefix_text(struct out_record *root, const struct vsc7448_route *route)
{
	char text[IP_TEXT_SIZE];

	return out_format(root, "%s/%" PRIu32, ip_format(&route->prefix, text), route->length);
}

static bool is_unknown(const struct mac *mac)
{
	return mac_number(mac) == 0;
}

static struct out_cell mac_cell(struct out_record *root, const struct mac *mac)
{
	char text[MAC_TEXT_SIZE];

	return is_unknown(mac) ? out_null()
			       : out_lasting(out_format(root, "%s", mac_format(mac, text)));
}

static void show_hops(struct out_record *root, const struct vsc7448_route *route)
{
	static const struct out_column columns[] = {
		{ "entry", "ENTRY", OUT_RIGHT },
		{ "arp", "ARP", OUT_RIGHT | OUT_UNLESS_EMPTY },
		{ "mac", "MAC", OUT_RAW },
		{ "leg", "LEG", OUT_RIGHT | OUT_RAW },
	};
	struct out_table *table = out_table(root, "next_hops", columns, COUNT(columns));

	for (uint32_t i = 0; i < route->n_hops; i++)
		out_row(table,
			(const struct out_cell[]){
				out_uint(i),
				route->is_group ? out_uint(route->first_arp + i) : out_null(),
				mac_cell(root, &route->hop[i].mac),
				out_uint(route->hop[i].leg),
			});
}

/* Is no earlier entry of the group the same? */
static bool is_first(const struct vsc7448_route *route, uint32_t index)
{
	const struct vsc7448_next_hop *hop = &route->hop[index];

	for (uint32_t i = 0; i < index; i++)
		if (mac_number(&hop->mac) == mac_number(&route->hop[i].mac) &&
		    hop->leg == route->hop[i].leg)
			return false;
	return true;
}

/* How many of a group's next hops are different. */
static uint32_t n_different(const struct vsc7448_route *route)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < route->n_hops; i++)
		n += is_first(route, i);
	return n;
}

static const char *hops_text(struct out_record *root, const struct vsc7448_route *route)
{
	char text[MAC_TEXT_SIZE];

	if (route->is_group)
		return out_format(root, "%" PRIu32 " entries, %" PRIu32 " next hops",
				  route->n_hops, n_different(route));
	if (is_unknown(&route->hop[0].mac))
		return out_format(root, "unknown on leg %" PRIu32, route->hop[0].leg);
	return out_format(root, "%s on leg %" PRIu32, mac_format(&route->hop[0].mac, text),
			  route->hop[0].leg);
}

static void show_routes(struct out_record *root, const struct vsc7448_route *routes, size_t n)
{
	static const struct out_column columns[] = {
		{ "prefix", "PREFIX", OUT_RAW },
		{ "group", NULL, 0 },
		{ "n_entries", NULL, 0 },
		{ "first_arp", "ARP", OUT_RIGHT | OUT_UNLESS_EMPTY },
		{ "rule", "RULE", OUT_RIGHT },
		{ NULL, "NEXT HOPS", 0 },
	};
	struct out_table *table = out_table(root, "routes", columns, COUNT(columns));

	for (size_t i = 0; i < n; i++) {
		out_row(table,
			(const struct out_cell[]){
				out_lasting(prefix_text(root, &routes[i])),
				out_bool(routes[i].is_group),
				out_uint(routes[i].n_hops),
				routes[i].is_group ? out_uint(routes[i].first_arp) : out_null(),
				out_uint(routes[i].address),
				out_lasting(hops_text(root, &routes[i])),
			});
		show_hops(out_row_more(table), &routes[i]);
	}
}

static void show_legs(struct out_record *root, const struct vsc7448_leg *legs, size_t n)
{
	static const struct out_column columns[] = {
		{ "leg", "LEG", OUT_RIGHT },
		{ "vid", "VLAN", OUT_RIGHT },
		{ "ipv4", "IPV4", 0 },
		{ "ipv6", "IPV6", 0 },
	};
	struct out_table *table = out_table(root, "legs", columns, COUNT(columns));

	for (size_t i = 0; i < n; i++)
		out_row(table, (const struct out_cell[]){
				       out_uint(legs[i].leg),
				       out_uint(legs[i].vid),
				       out_bool(legs[i].ip4),
				       out_bool(legs[i].ip6),
			       });
}

static int show_all(struct vsc7448 *chip, struct out_record *root, struct error *err)
{
	struct vsc7448_leg legs[VSC7448_N_LEGS];
	struct vsc7448_router router;
	struct vsc7448_route *routes;
	size_t n_legs, n, others;
	int rc = vsc7448_router_get(chip, err, &router);

	if (rc == 0)
		rc = vsc7448_legs(chip, err, legs, &n_legs);
	if (rc != 0)
		return rc;
	route_show_router(root, &router);
	rc = vsc7448_routes(chip, err, &routes, &n, &others);
	if (rc != 0)
		return rc;
	out_add(root, "n_other_rules", others != 0 ? "rules of other kinds" : NULL,
		out_uint(others));
	show_legs(root, legs, n_legs);
	show_routes(root, routes, n);
	free(routes);
	return 0;
}

static int run_show(struct call *call, struct error *err)
{
	struct vsc7448 *chip;
	int rc = chip_open(call, err, &chip);

	if (rc != 0)
		return rc;
	rc = show_all(chip, out_root(call->out), err);
	vsc7448_close(chip);
	return rc;
}

/* --- changing ----------------------------------------------------------------------------- */

static void warn(struct out_record *root, struct out_list **list, const char *text)
{
	if (*list == NULL)
		*list = out_list(root, "warnings", "warnings", OUT_NO_RAW);
	out_item(*list, out_lasting(text));
}

/* What keeps frames from a next hop, or floods them. */
static int check_hop(struct vsc7448 *chip, const struct vsc7448_next_hop *hop,
		     struct out_record *root, struct out_list **list, struct error *err)
{
	struct vsc7448_leg legs[VSC7448_N_LEGS];
	struct vsc7448_mac_key key = { .mac = hop->mac };
	struct vsc7448_mac_entry entry;
	char text[MAC_TEXT_SIZE];
	size_t n;
	int rc = vsc7448_legs(chip, err, legs, &n);

	for (size_t i = 0; rc == 0 && i < n; i++)
		if (legs[i].leg == hop->leg)
			key.vid = (uint16_t)legs[i].vid;
	if (rc != 0 || is_unknown(&hop->mac))
		return rc;
	if (key.vid == 0) {
		warn(root, list, out_format(root, "leg %" PRIu32 " is in no VLAN", hop->leg));
		return 0;
	}
	rc = vsc7448_mac_find(chip, &key, err, &entry);
	if (rc == E_NOTFOUND || (rc == 0 && !entry.locked)) {
		error_clear(err);
		rc = 0;
		warn(root, list,
		     out_format(root, "%s has no static entry in VLAN %u: flooded",
				mac_format(&hop->mac, text), key.vid));
	}
	return rc;
}

/* Each next hop once. */
static int check_hops(struct vsc7448 *chip, const struct vsc7448_route *route,
		      struct out_record *root, struct error *err)
{
	struct out_list *list = NULL;
	int rc = 0;

	for (uint32_t i = 0; rc == 0 && i < route->n_hops; i++)
		if (is_first(route, i))
			rc = check_hop(chip, &route->hop[i], root, &list, err);
	return rc;
}

static int run_add(struct call *call, struct error *err)
{
	struct out_record *root = out_root(call->out);
	struct vsc7448_route route = { 0 };
	struct vsc7448 *chip;
	int rc = parse_prefix(call->args.operands[0], err, &route);

	if (rc == 0)
		rc = parse_hops(&call->args, err, &route);
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = vsc7448_route_set(chip, &route, err);
	if (rc == 0) {
		out_add(root, "prefix", "prefix", out_lasting(prefix_text(root, &route)));
		out_add(root, "n_entries", "entries", out_uint(route.n_hops));
	}
	if (call->options.dry_run)
		out_say(root, OUT_STYLE_DIM,
			"A dry run cannot look into the TCAM: rules that are there are not "
			"known.");
	else if (rc == 0)
		rc = check_hops(chip, &route, root, err);
	vsc7448_close(chip);
	return rc;
}

static int run_del(struct call *call, struct error *err)
{
	struct out_record *root = out_root(call->out);
	struct vsc7448_route route = { 0 };
	struct vsc7448 *chip;
	int rc = parse_prefix(call->args.operands[0], err, &route);

	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = vsc7448_route_del(chip, &route.prefix, route.length, err);
	vsc7448_close(chip);
	if (rc == 0)
		out_add(root, "prefix", "deleted", out_lasting(prefix_text(root, &route)));
	return rc;
}

/* One entry gets another next hop. */
static int change_entry(struct vsc7448 *chip, const struct args *args, struct error *err,
			struct vsc7448_route *route)
{
	const struct args_range range = { 0, route->n_hops - 1 };
	struct vsc7448_next_hop hop = { 0 };
	uint64_t entry, times;
	int rc = args_number(args->operands[1], "entry", range, err, &entry);

	if (rc == 0)
		rc = parse_hop(args->operands[2], err, &hop, &times);
	if (rc == 0 && !route->is_group)
		rc = error_set(err, E_STATE,
			       "the route has one next hop in its rule, no group: route add");
	if (rc == 0)
		rc = vsc7448_arp_set(chip, route->first_arp + (uint32_t)entry, &hop, err);
	if (rc == 0)
		route->hop[entry] = hop;
	return rc;
}

static int run_group(struct call *call, struct error *err)
{
	struct out_record *root = out_root(call->out);
	struct vsc7448_route route = { 0 };
	struct vsc7448 *chip;
	int rc = parse_prefix(call->args.operands[0], err, &route);

	if (rc == 0 && call->args.n_operands == 2)
		rc = error_set(err, E_SYNTAX, "entry %s: the new next hop is missing",
			       call->args.operands[1]);
	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = vsc7448_route_find(chip, &route.prefix, route.length, err, &route);
	if (rc == 0 && call->args.n_operands == 3)
		rc = change_entry(chip, &call->args, err, &route);
	vsc7448_close(chip);
	if (rc != 0)
		return rc;
	out_add(root, "prefix", "prefix", out_lasting(prefix_text(root, &route)));
	out_add(root, "group", "group", out_bool(route.is_group));
	show_hops(root, &route);
	return 0;
}

const struct cmd route_table[] = {
	{
		.name = "add",
		.usage = "PREFIX HOP...",
		.help = "add a route, or change where it leads",
		.detail =
			"HOP is MAC@LEG, like 02:00:00:00:00:01@1; none@LEG while the address "
			"is not known. With several, flows are spread over them: a group of up "
			"to 16 entries, MAC@LEGx4 takes four. Which flow takes which entry is "
			"unverified on silicon. The longest prefix wins.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 2,
		.max_operands = 1 + VSC7448_MAX_NEXT_HOPS,
		.schema = "route-add",
		.version = 1,
		.run = run_add,
	},
	{
		.name = "del",
		.usage = "PREFIX",
		.help = "delete a route",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 1,
		.max_operands = 1,
		.schema = "route-del",
		.version = 1,
		.run = run_del,
	},
	{
		.name = "group",
		.usage = "PREFIX [ENTRY HOP]",
		.help = "the next hops of a route; change one entry of a group",
		.detail = "Changing an entry writes that entry alone: flows of the others stay "
			  "where they are.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 1,
		.max_operands = 3,
		.schema = "route-group",
		.version = 1,
		.run = run_group,
	},
	{
		.name = "leg",
		.usage = "LEG [VLAN|none]",
		.help = "a router leg's VLAN and counters",
		.detail = "With a VLAN the leg routes IPv4 and IPv6 of that VLAN; none deletes "
			  "the leg.",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.options = route_leg_options,
		.min_operands = 1,
		.max_operands = 2,
		.schema = "route-leg",
		.version = 1,
		.run = cmd_route_leg,
	},
	{
		.name = "mac",
		.usage = "MAC",
		.help = "set the router's MAC address and allow routing",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.min_operands = 1,
		.max_operands = 1,
		.schema = "route-mac",
		.version = 1,
		.run = cmd_route_mac,
	},
	{
		.name = "show",
		.usage = "",
		.help = "the router, its legs and its routes",
		.flags = CMD_NEEDS_BOARD | CMD_WRITES,
		.schema = "route-show",
		.version = 1,
		.run = run_show,
	},
};
