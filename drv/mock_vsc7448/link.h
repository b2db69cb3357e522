/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The links of the model: PCS, auto-negotiation and link faults of each port, and what is plugged
 * into it.  A link comes up when both ends are set up alike, the SerDes included, and takes the
 * time that the standard's timers ask for; nothing runs in the background, the state is worked
 * out from the virtual clock when somebody looks.
 */
#ifndef DRV_MOCK_VSC7448_LINK_H
#define DRV_MOCK_VSC7448_LINK_H

#include "drv/mock_vsc7448/model.h"

/* Can frames pass between the port's MAC and what is plugged in, both ways? */
bool mv_link_is_up(struct mock_vsc7448 *m, uint32_t port);

/*
 * Another part changed what a port does: its SerDes macro.  MV_ALL_PORTS: any of them.  Parts
 * that see the registers first call it after the change.
 */
#define MV_ALL_PORTS UINT32_MAX
void mv_link_changed(struct mock_vsc7448 *m, uint32_t port);

/* --- for tests: what goes wrong on a wire ------------------------------------------------ */

/* The link is up whatever the registers say; for tests of what lies behind it. */
void mv_link_force(struct mock_vsc7448 *m, uint32_t port, bool up);

/* No signal reaches the port for @us from now on. */
void mv_link_drop(struct mock_vsc7448 *m, uint32_t port, uint64_t us);

/* From now on received bits are wrong with this probability (0: none). */
void mv_link_corrupt(struct mock_vsc7448 *m, uint32_t port, double bit_error_rate);

/*
 * A 24-bit ordered set reaches a 10GBASE-R port, as from an FPGA at the far end: a sequence or a
 * signal ordered set.  False: the port has no block lock, or its FIFO is full and the word is
 * lost.
 */
bool mv_link_send_oset(struct mock_vsc7448 *m, uint32_t port, bool signal, uint32_t word);

#endif
