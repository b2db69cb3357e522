/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The BTC's bus frame: its shape and the alignment word (regmaps/btc/frame.rdl). */
#ifndef HAL_BTC_FRAME_H
#define HAL_BTC_FRAME_H

#include "hal/btc/btc.h"

#define BTC_CELL_OVERHEAD    4u  /* bytes of a cell that are not payload */
#define BTC_MESSAGE_OVERHEAD 32u /* header and CRC-32 of a message */

struct btc_shape {
	uint32_t period_ns;  /* 10,000 to 1,000,000 */
	uint32_t n_slots;    /* 2 to the core's n_slots, timeslot 0 included */
	uint32_t slot_bytes; /* 8 to the core's slot_bytes, even */
};

/* The defaults after ECTF H.110: 125 us, 128 timeslots of 32 bytes. */
struct btc_shape btc_shape_default(void);

/* E_RANGE says which of the three. */
int btc_shape_check(const struct btc *b, const struct btc_shape *shape, struct error *err);

/* Cells of a message with @body_bytes of body; bits per second of the whole bus. */
uint32_t btc_shape_cells(const struct btc_shape *shape, uint32_t body_bytes);
uint64_t btc_shape_bps(const struct btc_shape *shape);

/* At most two writes.  E_RANGE; E_STATE: the bus is enabled and the shape would change. */
int btc_frame_set(struct btc *b, const struct btc_shape *shape, struct error *err);
int btc_frame_get(struct btc *b, struct error *err, struct btc_shape *shape);

/* ALIGN: the word that starts a frame, and the rule of gaining and losing alignment. */
struct btc_alignment {
	uint16_t word;
	uint32_t gain, lose; /* 1 to 15 words in a row */
};
int btc_alignment_set(struct btc *b, const struct btc_alignment *alignment, struct error *err);
int btc_alignment_get(struct btc *b, struct error *err, struct btc_alignment *alignment);

#endif
