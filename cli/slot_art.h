/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pictures of the TDM frame: a line for each station, a column for each timeslot, as characters for
 * a terminal and as a drawing that stands alone.
 */
#ifndef CLI_SLOT_ART_H
#define CLI_SLOT_ART_H

#include <stdint.h>
#include <stdio.h>

#include "cli/out.h"
#include "hal/btc/frame.h"
#include "hal/btc/slots.h"

/* What is drawn.  Borrowed. */
struct slot_art {
	const struct btc_plan *plan;
	const struct btc_shape *shape;
	btc_blades blades; /* those that get a line; the controller has one */
};

/*
 * Lines of text, 64 timeslots wide: # the station sends, * it may be granted the slot and hears it,
 * + may be granted but does not hear, - it listens, blank: it does not, . nobody sends, = overhead.
 */
void slot_art_text(struct out_record *record, const struct slot_art *art);

/* Writes an SVG 1.1 document; @title is its heading.  E_IO. */
int slot_art_svg(FILE *file, const struct slot_art *art, const char *title, struct error *err);

#endif
