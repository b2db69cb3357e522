/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The window to the VCore domain, DEVCPU_GCB:VCORE_ACCESS: an access takes a while, during which
 * VA_CTRL.VA_BUSY is set and reads of the data registers give 0x80000000; writing address or data
 * then is VA_ERR 3.  An address in the switch core, or one where the VCore domain has no register, is
 * VA_ERR 2.  Source: register texts in vtss_jaguar2_regs_devcpu_gcb.h; the time is an assumption.
 */
#ifndef DRV_MOCK_VSC7448_VCORE_H
#define DRV_MOCK_VSC7448_VCORE_H

#include "drv/mock_vsc7448/model.h"

/* How long accesses take from now on.  Default 1 us. */
void mv_vcore_set_busy_us(struct mock_vsc7448 *m, uint32_t us);

#endif
