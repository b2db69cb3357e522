/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Test patterns on the SerDes of a port: each lane sends a pseudo-random or a fixed pattern and
 * checks what comes back.  Frames stop meanwhile; vsc7448_prbs_stop() lets them pass again.
 *
 * What a macro can tell differs: SERDES1G says only whether there were errors since the start;
 * SERDES6G counts them in 16 bits, SD10G65 in 32.  So a bit error ratio can be had on 6G and 10G.
 *
 * Sources: register texts of SERDES1G_DIG_CFG, SERDES6G_DIG_CFG and SD10G65_DFT.  The vendor's
 * driver of this chip offers no test patterns; for the SD10G65 the order of its driver for a PHY
 * with the same block was followed (vtss_phy_10g_malibu.c, malibu_phy_10g_prbs_mon_conf and
 * _status_get).  All of it unverified on silicon, and so is that the counters stop at their end.
 */
#ifndef HAL_VSC7448_PRBS_H
#define HAL_VSC7448_PRBS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/error.h"
#include "hal/vsc7448/vsc7448.h"

/* PRBSn repeats after 2^n - 1 bits: ITU-T O.150 (7: x^7 + x^6 + 1, 9, 11, 15, 23, 31). */
enum vsc7448_pattern {
	VSC7448_PATTERN_PRBS7,
	VSC7448_PATTERN_PRBS9,  /* 10G only */
	VSC7448_PATTERN_PRBS11, /* 10G only */
	VSC7448_PATTERN_PRBS15,
	VSC7448_PATTERN_PRBS23,
	VSC7448_PATTERN_PRBS31,
	VSC7448_PATTERN_FIXED, /* 20 bits over and over; 1G and 6G only; sent, not checked */
	VSC7448_PATTERN_COUNT
};
extern const char *const vsc7448_pattern_names[VSC7448_PATTERN_COUNT + 1];

/*
 * Starts a pattern on all lanes of a port that is set up; counters start at 0.  @fixed is the
 * 20-bit pattern of VSC7448_PATTERN_FIXED, least significant bit first.  E_STATE: the port is not
 * set up, or shares its macro with other QSGMII ports of which one is set up; E_NOTSUP: the
 * macro does not have the pattern; E_RANGE.
 */
int vsc7448_prbs_start(struct vsc7448 *chip, uint32_t port, enum vsc7448_pattern pattern,
		       uint32_t fixed, struct error *err);

/* Back to data.  Allowed when no pattern runs. */
int vsc7448_prbs_stop(struct vsc7448 *chip, uint32_t port, struct error *err);

#define VSC7448_PRBS_LANES 4u

struct vsc7448_prbs_lane {
	uint64_t serdes;   /* one macro, as vsc7448_port_serdes() has it */
	bool running;      /* the pattern is sent and checked */
	bool synchronized; /* the checker has found the pattern */
	bool failed;       /* errors since the start, or no pattern */
	bool counts;       /* errors is valid: 6G and 10G */
	bool saturated;    /* the counter stands at its end: errors is a lower limit */
	uint32_t errors;
};

struct vsc7448_prbs_status {
	uint64_t lane_bps; /* line rate of each lane, bits per second */
	size_t n_lanes;
	struct vsc7448_prbs_lane lane[VSC7448_PRBS_LANES];
};
int vsc7448_prbs_read(struct vsc7448 *chip, uint32_t port, struct error *err,
		      struct vsc7448_prbs_status *status);

#endif
