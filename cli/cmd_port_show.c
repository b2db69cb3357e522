/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `port show`: the bird's-eye view of the ports. */
#include "cli/commands.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/linktext.h"
#include "cli/state.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* What was counted at the last look; keys "49.errors". */
static uint64_t since_last(struct state *state, uint32_t port, const char *name, uint64_t now,
			   uint64_t mask, bool keep)
{
	uint64_t before = 0;
	char key[32];

	snprintf(key, sizeof(key), "%" PRIu32 ".%s", port, name);
	state_get(state, key, &before);
	if (!keep)
		state_put(state, key, now);
	return (now - before) & mask;
}

struct errors {
	char text[256];
	size_t used;
	uint64_t sum; /* events and counted errors */
};

static void add(struct errors *e, const char *name, uint64_t n)
{
	if (e->used >= sizeof(e->text))
		return;
	e->used += (size_t)snprintf(e->text + e->used, sizeof(e->text) - e->used, "%s%s",
				    e->used > 0 ? ", " : "", name);
	if (n > 1 && e->used < sizeof(e->text))
		e->used += (size_t)snprintf(e->text + e->used, sizeof(e->text) - e->used,
					    " x%" PRIu64, n);
	e->sum += n;
}

/* Errors since the last look: latched ones by name, counted ones with their number. */
static void gather(struct state *state, const struct vsc7448_link *link, bool keep,
		   struct errors *e)
{
	const uint64_t downs = since_last(state, link->port, "downs", link->downs, 0xff, keep);
	const uint64_t errors =
		since_last(state, link->port, "errors", link->errors, UINT32_MAX, keep);
	const uint64_t blocks =
		since_last(state, link->port, "fec", link->fec_uncorrected, UINT32_MAX, keep);

	for (unsigned i = 0; i < VSC7448_LINK_EVENT_COUNT; i++) {
		uint64_t n = 1;

		if (i == VSC7448_LINK_DOWN && downs > 0)
			n = downs;
		if (i == VSC7448_LINK_CODE_ERROR && errors > 0)
			n = errors;
		if ((link->events >> i & 1) != 0 && vsc7448_link_events[i].error)
			add(e, vsc7448_link_events[i].name, n);
	}
	if (blocks > 0)
		add(e, "fec-uncorrected", blocks);
}

/* The coding of the blade's reports on the port; NULL: no blade. */
static const char *coding_of(const struct board *board, uint32_t port)
{
	const struct board_blade *blades;
	size_t n = board_blades(board, &blades);

	for (size_t i = 0; i < n; i++)
		if (blades[i].port == port)
			return blades[i].coding;
	return NULL;
}

static void show_row(const struct call *call, struct out_table *table, struct state *state,
		     const struct vsc7448_link *link, bool keep)
{
	struct out_record *root = out_root(call->out);
	struct errors errors = { 0 };

	gather(state, link, keep, &errors);
	out_row(table, (const struct out_cell[]){
			       out_styled(OUT_STYLE_NAME, out_uint(link->port)),
			       out_lasting(chip_port_role(root, call->board, link->port)),
			       out_lasting(linktext_device(root, link)),
			       out_lasting(linktext_serdes(root, link)),
			       out_lasting(linktext_mode(link)),
			       out_text(coding_of(call->board, link->port)),
			       out_lasting(linktext_speed(root, link)),
			       link->has_mode ? out_uint(link->mbps) : out_null(),
			       linktext_state(link),
			       out_lasting(linktext_reason(link)),
			       out_lasting(linktext_partner(root, link)),
			       out_uint(errors.sum),
			       out_styled(OUT_STYLE_BAD, out_text(errors.text)),
			       out_bool(link->set_up),
		       });
}

static void show(struct call *call, struct vsc7448 *chip, const struct vsc7448_link *links,
		 size_t n)
{
	static const struct out_column columns[] = {
		{ "port", "PORT", OUT_RIGHT | OUT_RAW },
		{ "role", "ROLE", OUT_UNLESS_EMPTY },
		{ "device", "DEVICE", 0 },
		{ "serdes", "SERDES", 0 },
		{ "mode", "MODE", 0 },
		{ "coding", "CODING", OUT_UNLESS_EMPTY },
		{ NULL, "SPEED", OUT_RIGHT },
		{ "mbps", NULL, 0 },
		{ "link", "LINK", OUT_RAW },
		{ "reason", "BECAUSE", OUT_UNLESS_EMPTY },
		{ "partner", "PARTNER", OUT_UNLESS_EMPTY },
		{ "n_errors", NULL, 0 },
		{ "errors", "SINCE LAST LOOK", OUT_UNLESS_EMPTY },
		{ "set_up", NULL, 0 },
	};
	struct out_table *table =
		out_table(out_root(call->out), "ports", columns, COUNT(columns));
	const bool keep = linktext_flags(call) != 0;
	struct vsc7448_identity identity;
	struct state *state;

	vsc7448_identity(chip, &identity);
	state = state_open(call->session, vsc7448_device(chip), identity.raw, "links");
	for (size_t i = 0; i < n; i++)
		show_row(call, table, state, &links[i], keep);
	if (!keep)
		state_save(state);
}

int cmd_port_show(struct call *call, struct error *err)
{
	struct vsc7448_link links[VSC7448_N_PORTS];
	struct vsc7448 *chip;
	vsc7448_ports ports = 0;
	int rc = chip_open(call, err, &chip);

	if (rc != 0)
		return rc;
	rc = linktext_ports(call, chip, err, &ports);
	if (rc == 0)
		rc = vsc7448_links(chip, ports, linktext_flags(call), err, links);
	if (rc == 0)
		show(call, chip, links, (size_t)__builtin_popcountll(ports));
	vsc7448_close(chip);
	return rc;
}
