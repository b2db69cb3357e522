/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pictures of an eye: as characters for a terminal, and as a drawing that stands alone. */
#ifndef CLI_EYE_ART_H
#define CLI_EYE_ART_H

#include <stdint.h>
#include <stdio.h>

#include "cli/out.h"
#include "hal/vsc7448/eye.h"

#define EYE_ART_COLUMNS 64u
#define EYE_ART_ROWS    32u

/*
 * Lines of text, top threshold first, with a scale at the left and below: blank where no error was
 * counted, then . : + # @ for ever more; | and - mark where the receiver samples.
 */
void eye_art_text(struct out_record *record, const struct vsc7448_eye *eye);

/* Writes an SVG 1.1 document; @title is its heading.  E_IO. */
int eye_art_svg(FILE *file, const struct vsc7448_eye *eye, const char *title,
		struct error *err);

/* Points of the scan without errors, and all of them. */
uint64_t eye_open_points(const struct vsc7448_eye *eye, uint64_t *all);

#endif
