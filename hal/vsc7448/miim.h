/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The three MDIO controllers: registers of PHYs, clause 22 and clause 45 of IEEE 802.3.
 *
 * Controller 0 has pins of its own; 1 and 2 share theirs with GPIO 56-57 and 58-59
 * (hal/vsc7448/gpio.h, alternate 1).  Every access waits, at most 10 ms for each step; at the 2.45
 * MHz that this driver sets, a frame takes 26 us.
 *
 * Sources: register texts of DEVCPU_GCB:MIIM; vendor's vtss_jaguar2_port.c, jr2_miim_cmd(),
 * vtss_cil_miim_read(), vtss_cil_mmd_read() and their writes.
 */
#ifndef HAL_VSC7448_MIIM_H
#define HAL_VSC7448_MIIM_H

#include "hal/vsc7448/vsc7448.h"

#define VSC7448_N_MIIMS         3u
#define VSC7448_MIIM_CLAUSE_22  UINT32_MAX
#define VSC7448_MIIM_N_ADDRESS  32u
#define VSC7448_MIIM_TIMEOUT_US 10000u

/* A PHY, or a device in it. */
struct vsc7448_miim {
	uint32_t controller; /* 0 to 2 */
	uint32_t address;    /* 0 to 31 */
	uint32_t mmd;        /* 0 to 31: clause 45; VSC7448_MIIM_CLAUSE_22 */
};

/*
 * One register: 0 to 31 in clause 22, 0 to 65535 in clause 45.  E_RANGE; E_TIMEOUT: a step took too
 * long; E_IO: nothing answered a read (the text says so when the controller has no pins).  A write
 * is not acknowledged on the bus: it succeeds without a PHY too.
 */
int vsc7448_miim_read(struct vsc7448 *chip, const struct vsc7448_miim *phy, uint32_t reg,
		      uint16_t *value, struct error *err);
int vsc7448_miim_write(struct vsc7448 *chip, const struct vsc7448_miim *phy, uint32_t reg,
		       uint16_t value, struct error *err);

#endif
