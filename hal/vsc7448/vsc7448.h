/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The VSC7448 Ethernet switch: a handle on the chip, which every function of this folder takes.
 *
 * Ports are chip ports, 0 to 52, as the chip's masks and tables count them.  The configuration of
 * the chip lives in the chip: nothing is kept between two handles, and what a handle remembers
 * (hal/regio.h) is a matter of cost only.  Functions that take @err last return 0 or a
 * negative enum error_code; a change that fails half-way tells how many registers were written,
 * and can be repeated.
 */
#ifndef HAL_VSC7448_VSC7448_H
#define HAL_VSC7448_VSC7448_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/error.h"
#include "hal/link_mode.h"

struct device;
struct regio;
struct vsc7448;

/* Ports that forwarding tables know beside the 53 of the front: HOWTO section 4. */
#define VSC7448_PORT_CPU0   53u
#define VSC7448_PORT_CPU1   54u
#define VSC7448_PORT_VD0    55u
#define VSC7448_PORT_VD1    56u
#define VSC7448_N_ALL_PORTS 57u

/* A set of ports as bits, as PGID, SRC, AGGR and VLAN masks hold them. */
typedef uint64_t vsc7448_ports;
#define VSC7448_FRONT_PORTS ((UINT64_C(1) << VSC7448_N_PORTS) - 1)

/*
 * Opens @dev (whose map must be vsc7448, and which must outlive the handle): reads the chip's
 * identity and nothing else.  E_NOTSUP: another map; E_NODEV: no chip answers (all-ones, zeros, or
 * 0x88888888, "read too fast"), or it is another part: the text tells what was read and what to
 * try.  Close with vsc7448_close().
 */
int vsc7448_open(struct device *dev, struct error *err, struct vsc7448 **out);
void vsc7448_close(struct vsc7448 *chip); /* no access; NULL is allowed */

/* What CHIP_ID says: DEVCPU_GCB:CHIP_REGS:CHIP_ID. */
struct vsc7448_identity {
	uint32_t raw;          /* 0x374680e9 on real parts */
	uint16_t part;         /* 0x7448, 0x7468 or 0x7449 */
	uint8_t revision;      /* REV_ID: 2 is "C", 3 is "D" */
	uint16_t manufacturer; /* MFG_ID: 0x74 */
};
void vsc7448_identity(const struct vsc7448 *chip, struct vsc7448_identity *identity);

/* The device that the handle was opened on. */
struct device *vsc7448_device(const struct vsc7448 *chip);

/* Others may have written registers: nothing is known any more.  No access. */
void vsc7448_forget(struct vsc7448 *chip);

#endif
