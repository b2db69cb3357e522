/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Loops in a port, to test it without the far end, or the far end without the switch:
 *
 *                     +-- pcs ------+   +-- equipment --+
 *     switch core ----+     PCS     +---+     SerDes    +---- line
 *                     (what is sent |   | comes back)   +-- facility: what is received goes back
 *
 * A port has one loop at most.  While looped, its signal detect is ignored (SD_ENA 0); what it was
 * is kept in the chip in SD_POL, which has no effect then, and comes back with the loop's end.
 *
 * Sources: HOWTO 5h; vtss_jaguar2_port.c, vtss_cil_port_test_conf_set() and the traces of it
 * (equipment on all SerDes, facility on 1G and 6G); register texts for the rest, which is
 * unverified on silicon: pcs, facility on 10G (XFI_MODE.SEL_LINELB), all of XAUI and RXAUI (the
 * vendor's driver shifts by a mask there).
 */
#ifndef HAL_VSC7448_LOOPBACK_H
#define HAL_VSC7448_LOOPBACK_H

#include <stdint.h>

#include "drv/error.h"
#include "hal/vsc7448/vsc7448.h"

enum vsc7448_loop {
	VSC7448_LOOP_OFF,
	VSC7448_LOOP_EQUIPMENT, /* in the SerDes: what is sent comes back */
	VSC7448_LOOP_FACILITY,  /* in the SerDes: what is received goes back to the line */
	VSC7448_LOOP_PCS,       /* in the PCS: what is sent comes back, without the SerDes */
	VSC7448_LOOP_COUNT
};
extern const char *const vsc7448_loop_names[VSC7448_LOOP_COUNT + 1];

/*
 * Switches @port, which must be set up, to @loop in place of another.  The SerDes lanes of a 1G or
 * 6G macro are reset with it.  E_STATE: the port is not set up, or a SerDes loop would take other
 * QSGMII ports with it; E_TIMEOUT: the MCB, by bit.
 */
int vsc7448_loop_set(struct vsc7448 *chip, uint32_t port, enum vsc7448_loop loop,
		     struct error *err);

/* The loop that a port has; of a port that is not set up E_STATE. */
int vsc7448_loop_get(struct vsc7448 *chip, uint32_t port, struct error *err,
		     enum vsc7448_loop *loop);

#endif
