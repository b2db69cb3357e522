/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the commands on links say in words, and which ports they mean. */
#ifndef CLI_LINKTEXT_H
#define CLI_LINKTEXT_H

#include "cli/chip.h"
#include "hal/vsc7448/link_status.h"

/*
 * The ports that the operands of a call list; without operands those that the board names and
 * those that are set up, which takes a read of each port's configuration.  E_SYNTAX, E_RANGE.
 */
int linktext_ports(const struct call *call, struct vsc7448 *chip, struct error *err,
		   vsc7448_ports *ports);

/* --keep: the options of a command whose only one it is. */
extern const struct arg_spec linktext_keep_options[];

/* VSC7448_LINK_KEEP when latched bits must stay: --keep, --read-only, --dry-run. */
unsigned linktext_flags(const struct call *call);

/* "up", "down", "disabled" (set up, but no PCS is on) or "off"; with its style. */
struct out_cell linktext_state(const struct vsc7448_link *link);

/* Why a link is down: "no signal", "no block lock", ...; NULL when it is up or off. */
const char *linktext_reason(const struct vsc7448_link *link);

/* The mode's name; NULL: none. */
const char *linktext_mode(const struct vsc7448_link *link);

/* What the partner said, in words; NULL when it said nothing. */
const char *linktext_partner(struct out_record *record, const struct vsc7448_link *link);

/* "DEV1G[3]", "DEV10G[0]": the device that the port uses. */
const char *linktext_device(struct out_record *record, const struct vsc7448_link *link);

/* "SERDES1G_4", "SERDES6G_16-19"; "" without a mode. */
const char *linktext_serdes(struct out_record *record, const struct vsc7448_link *link);

/* "10G", "2.5G", "100M"; NULL without a mode. */
const char *linktext_speed(struct out_record *record, const struct vsc7448_link *link);

#endif
