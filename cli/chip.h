/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the commands on the switch chip share: the chip itself, ports, addresses, numbers. */
#ifndef CLI_CHIP_H
#define CLI_CHIP_H

#include "cli/cmd.h"
#include "hal/netaddr.h"
#include "hal/vsc7448/vsc7448.h"

/*
 * Opens the board's switch: the device called "switch", else the first whose map is vsc7448.
 * E_NODEV: the board has none; else as vsc7448_open().  Close with vsc7448_close().
 */
int chip_open(const struct call *call, struct error *err, struct vsc7448 **chip);

/* "7": a port of the front, 0 to 52.  E_SYNTAX, E_RANGE. */
int chip_port(const char *text, struct error *err, uint32_t *port);

/*
 * "0-7,49", "all", "none" ("": E_SYNTAX): a set of numbers, 0 to @last (at most 63); @what names
 * one of them in the text.  E_SYNTAX, E_RANGE.
 */
int chip_numbers(const char *text, const char *what, uint32_t last, struct error *err,
		 uint64_t *numbers);

/* The same for ports of the front. */
int chip_ports(const char *text, struct error *err, vsc7448_ports *ports);

/* The same list back, "-" for none; lives as long as the document. */
const char *chip_ports_text(struct out_record *record, vsc7448_ports ports);

/* 1 to 4095.  E_SYNTAX, E_RANGE. */
int chip_vid(const char *text, struct error *err, uint32_t *vid);

/* E_SYNTAX shows how one is written. */
int chip_mac(const char *text, struct error *err, struct mac *mac);

/* What the board file says the port is for: "blade 3", "external", ...; "" when nothing. */
const char *chip_port_role(struct out_record *record, const struct board *board, uint32_t port);

#endif
