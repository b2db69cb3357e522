/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `route leg` and `route mac`: the router's legs, their counters, and its address. */
#include "cli/commands.h"

#include <string.h>

#include "cli/chip.h"
#include "cli/route.h"
#include "hal/vsc7448/route.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum { OPT_CLEAR = OPT_COMMAND };

const struct arg_spec route_leg_options[] = {
	{ "clear", 0, OPT_CLEAR, NULL, "set the leg's counters to zero", 0 },
	{ 0 },
};

int route_leg(const char *text, struct error *err, uint32_t *leg)
{
	return args_number32(text, "leg", (struct args_range){ 0, VSC7448_N_LEGS - 1 }, err,
			     leg);
}

void route_show_router(struct out_record *root, const struct vsc7448_router *router)
{
	char text[MAC_TEXT_SIZE];

	out_add(root, "mac", "router's MAC",
		mac_number(&router->mac) == 0 ? out_null()
					      : out_text(mac_format(&router->mac, text)));
	out_add(root, "enabled", "routing", out_bool(router->enabled));
}

static void show_count(struct out_table *table, const char *what,
		       const struct vsc7448_leg_count *in, const struct vsc7448_leg_count *out)
{
	out_row(table, (const struct out_cell[]){
			       out_lasting(what),
			       out_uint(in->frames),
			       out_uint(in->bytes),
			       out_uint(out->frames),
			       out_uint(out->bytes),
		       });
}

static void show_counters(struct out_record *root, const struct vsc7448_leg_counters *c)
{
	static const struct out_column columns[] = {
		{ "traffic", "TRAFFIC", 0 },
		{ "in_frames", "IN FRAMES", OUT_RIGHT },
		{ "in_bytes", "IN BYTES", OUT_RIGHT },
		{ "out_frames", "OUT FRAMES", OUT_RIGHT },
		{ "out_bytes", "OUT BYTES", OUT_RIGHT },
	};
	struct out_table *table = out_table(root, "counters", columns, COUNT(columns));

	show_count(table, "IPv4", &c->ip4_in, &c->ip4_out);
	show_count(table, "IPv6", &c->ip6_in, &c->ip6_out);
	show_count(table, "IPv4 multicast", &c->ip4_mc_in, &c->ip4_mc_out);
	show_count(table, "IPv6 multicast", &c->ip6_mc_in, &c->ip6_mc_out);
}

static int change_leg(struct vsc7448 *chip, const struct call *call, uint32_t leg,
		      struct error *err)
{
	struct vsc7448_leg conf = { .leg = leg, .ip4 = true, .ip6 = true };
	const char *vid = call->args.n_operands > 1 ? call->args.operands[1] : NULL;
	int rc = 0;

	if (vid != NULL && strcmp(vid, "none") == 0) {
		rc = vsc7448_leg_del(chip, leg, err);
	} else if (vid != NULL) {
		rc = chip_vid(vid, err, &conf.vid);
		if (rc == 0)
			rc = vsc7448_leg_set(chip, &conf, err);
	}
	if (rc == 0 && args_has(&call->args, OPT_CLEAR))
		rc = vsc7448_leg_counters_clear(chip, leg, err);
	return rc;
}

int cmd_route_leg(struct call *call, struct error *err)
{
	struct out_record *root = out_root(call->out);
	struct vsc7448_leg legs[VSC7448_N_LEGS];
	struct vsc7448_leg_counters counters;
	struct vsc7448 *chip;
	struct out_cell vid = out_null();
	uint32_t leg;
	size_t n = 0;
	int rc = route_leg(call->args.operands[0], err, &leg);

	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = change_leg(chip, call, leg, err);
	if (rc == 0)
		rc = vsc7448_legs(chip, err, legs, &n);
	if (rc == 0)
		rc = vsc7448_leg_counters(chip, leg, err, &counters);
	vsc7448_close(chip);
	if (rc != 0)
		return rc;
	for (size_t i = 0; i < n; i++)
		if (legs[i].leg == leg)
			vid = out_uint(legs[i].vid);
	out_add(root, "leg", "leg", out_uint(leg));
	out_add(root, "vid", "VLAN", vid);
	show_counters(root, &counters);
	return 0;
}

int cmd_route_mac(struct call *call, struct error *err)
{
	struct vsc7448_router router;
	struct vsc7448 *chip;
	struct mac mac;
	int rc = chip_mac(call->args.operands[0], err, &mac);

	if (rc == 0)
		rc = chip_open(call, err, &chip);
	if (rc != 0)
		return rc;
	rc = vsc7448_router_set(chip, &mac, err);
	if (rc == 0)
		rc = vsc7448_router_get(chip, err, &router);
	vsc7448_close(chip);
	if (rc == 0)
		route_show_router(out_root(call->out), &router);
	return rc;
}
