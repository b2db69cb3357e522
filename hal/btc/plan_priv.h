/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Comparing timeslots: for plans as text. */
#ifndef HAL_BTC_PLAN_PRIV_H
#define HAL_BTC_PLAN_PRIV_H

#include "hal/btc/slots.h"

/* The same use of a slot; owners count with RESERVED only. */
bool btc__slot_is_same(const struct btc_slot *a, const struct btc_slot *b);

#endif
