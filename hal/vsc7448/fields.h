/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The VSC7448's registers and fields for hal/regio.h. */
#ifndef HAL_VSC7448_FIELDS_H
#define HAL_VSC7448_FIELDS_H

#include "hal/regio.h"
#include "vsc7448_regs.h"

/* A field and its new value: F(QSYS_..._PORT_MODE, PORT_ENA, 1). */
#define F(reg, name, v) REGIO_FIELD(VSC7448_##reg##__##name, v)

#endif
