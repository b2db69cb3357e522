/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The eye scope of the 10G SerDes: how open is the eye that the receiver of a port sees?
 *
 * Only ports 49 to 52 in SFI (10GBASE-R, 10GBASE-KR) have one (XGDIG:SD10G65_VSCOPE2).  A second
 * sampler is moved in phase (128 codes) and threshold (64 codes) away from the one that receives
 * data, and the bits in which the two differ are counted.  Traffic goes on meanwhile; the receiver's
 * adaptation stands still.  Scans put back what they changed, also when they fail.
 *
 * Sources: register texts of SD10G65_VSCOPE2; the vendor's driver (base/jaguar2,
 * vtss_jaguar2_misc.c: vtss_cil_misc_vscope_conf_set, jr2_vscope_fast_scan_status_get,
 * jr2_vscope_xy_scan_eye_sw).  That driver reads the counter at once, while it counts; this one
 * waits for VSCOPE_STAT.DONE_STICKY and reads after CNT_ENA has been cleared, as the register
 * texts say.  Unverified on silicon; so is whether 128 phase codes are one bit time.
 */
#ifndef HAL_VSC7448_EYE_H
#define HAL_VSC7448_EYE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/error.h"
#include "hal/vsc7448/vsc7448.h"

#define EYE_PHASES     128u
#define EYE_THRESHOLDS 64u
/* Thresholds 0 to 31 go from the most negative to -0, 32 to 63 from +0 to the most positive; +0
 * is not measured, its twin -0 is. */
#define EYE_PLUS_0 32u

/* The edges around the middle of the eye, in codes: the first positions with too many errors. */
struct vsc7448_eye_edges {
	uint32_t data_phase; /* where the receiver samples */
	int32_t left, right; /* phases; left may be below 0, right above 127: they wrap */
	int32_t top, bottom; /* thresholds */
	bool has_left, has_right, has_top, has_bottom; /* false: no edge within reach */
	uint32_t width, height; /* codes without errors; 0 when an edge is missing */
	uint32_t limit;         /* errors of a point that make it an edge, of 1,024 words */
};

/*
 * Finds the edges along two lines through the middle: about 100 points.  @limit: errors that are
 * too many; 0 means the first error.  E_RANGE: not a 10G port; E_STATE: the port is not in SFI;
 * E_TIMEOUT: the scope did not finish a measurement, so there is no signal.
 */
int vsc7448_eye_edges(struct vsc7448 *chip, uint32_t port, uint32_t limit, struct error *err,
		      struct vsc7448_eye_edges *edges);

/* Which points of the eye, and how long at each. */
struct vsc7448_eye_conf {
	uint32_t hits_log2; /* 1 to 31: words compared at each point, as a power of 2 */
	uint32_t phase_step, threshold_step; /* 1 to 32 */
};
#define EYE_CONF_DEFAULT                                                                       \
	{                                                                                      \
		.hits_log2 = 13, .phase_step = 1, .threshold_step = 1                          \
	}

/* Errors at each point: error_of(eye, i, k) is that of phase[i] and threshold[k]. */
struct vsc7448_eye {
	uint32_t data_phase;
	uint64_t n_words; /* compared at each point */
	size_t n_phases, n_thresholds;
	uint8_t phase[EYE_PHASES];
	uint8_t threshold[EYE_THRESHOLDS]; /* without EYE_PLUS_0 */
	uint32_t errors[EYE_PHASES][EYE_THRESHOLDS];
};

/*
 * Measures every point.  @progress (may be NULL) is called after each phase.  @eye is valid on
 * success only.  Errors as vsc7448_eye_edges(), E_RANGE also for @conf.
 */
struct vsc7448_eye_progress {
	void (*step)(void *arg, uint64_t done, uint64_t total);
	void *arg;
};
int vsc7448_eye_scan(struct vsc7448 *chip, uint32_t port, const struct vsc7448_eye_conf *conf,
		     const struct vsc7448_eye_progress *progress, struct error *err,
		     struct vsc7448_eye *eye);

#endif
