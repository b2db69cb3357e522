/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The BTC's registers and fields for hal/regio.h. */
#ifndef HAL_BTC_FIELDS_H
#define HAL_BTC_FIELDS_H

#include "btc_regs.h"
#include "hal/regio.h"

/* A field and its new value: F(CONTROL_MODE, ENABLE, 1). */
#define F(reg, name, v) REGIO_FIELD(BTC_##reg##__##name, v)

/* The value of a field in a register that was read: G(reg, CONTROL_MODE, ENABLE). */
#define G(value, reg, name) ((uint32_t)reg_field_get(value, BTC_##reg##__##name))

#endif
