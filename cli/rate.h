/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rates of policers as people write them: "1000fps", "10000kbps", "10Mbps", "off". */
#ifndef CLI_RATE_H
#define CLI_RATE_H

#include "cli/out.h"
#include "cli/wordlist.h"
#include "drv/error.h"
#include "hal/vsc7448/police.h"

/* E_SYNTAX, E_RANGE. */
int rate_parse(const char *text, struct error *err, struct vsc7448_rate *rate);

/* Three cells: rate_kbps, rate_fps (null where the other counts) and the text for people. */
void rate_cells(struct out_record *record, const struct vsc7448_rate *rate,
		struct out_cell cells[3]);

/* all, ports or cpu: enum vsc7448_police_to. */
extern const struct wordlist rate_to;

#endif
