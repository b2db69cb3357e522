/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The frame's shape within an operation: for set-up and plans. */
#ifndef HAL_BTC_FRAME_PRIV_H
#define HAL_BTC_FRAME_PRIV_H

#include "hal/btc/frame.h"

struct regio;

/* Keeps the error for regio_end(). */
int btc__shape_read(struct btc *b, struct btc_shape *shape);
void btc__shape_put(struct regio *io, const struct btc_shape *shape);

#endif
