/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The SerDes lanes of a port as they are: on or off, output level, PLL, input.
 *
 * Source: register texts of HSIO:SERDES1G_*, SERDES6G_* and SD10G65; what "good" is, is this
 * project's reading of them, unverified on silicon.
 */
#ifndef HAL_VSC7448_SERDES_H
#define HAL_VSC7448_SERDES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hal/link_mode.h"
#include "hal/vsc7448/vsc7448.h"

#define VSC7448_SERDES_LANES 4u

/* What a macro does not have is false or 0; which kind it is tells @serdes. */
struct vsc7448_serdes_lane {
	uint64_t serdes; /* one macro, as vsc7448_port_serdes() has it */
	bool on;         /* enabled and out of reset */
	uint32_t level; /* of the output, in the macro's own steps: OB_AMP_CTRL, OB_LEV, LEVN */
	bool pll_good;  /* calibrated and in range; 10G: the transmitter's has locked */
	bool rx_pll_good; /* 10G: the receiver's has locked */
	bool calibrated;  /* 6G: the input buffer's calibration is done */
	uint8_t gains[3]; /* 6G: high, mid, low pass, as the equalizer has found them */
};

struct vsc7448_serdes {
	enum link_mode mode;
	size_t n_lanes;
	struct vsc7448_serdes_lane lane[VSC7448_SERDES_LANES];
};

/* Of a port that is set up.  Some five reads for each lane.  E_STATE: it is not. */
int vsc7448_serdes_read(struct vsc7448 *chip, uint32_t port, struct error *err,
			struct vsc7448_serdes *serdes);

#endif
