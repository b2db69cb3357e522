/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bit error ratios: what a number of errors in a number of bits says about the ratio behind it,
 * and a measurement with the test patterns of a port.
 *
 * Errors are taken as independent, so their number follows a Poisson distribution: with errors E
 * in n bits the ratio is below p with confidence C when the probability of at most E errors, given
 * n * p expected ones, is 1 - C.  Without errors that is p = -ln(1 - C) / n, "3 / n" for 95 %.
 */
#ifndef HAL_VSC7448_BER_H
#define HAL_VSC7448_BER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drv/error.h"
#include "hal/vsc7448/prbs.h"

/*
 * The expected number of errors, n * p, that @errors or fewer would be seen of with probability
 * 1 - @confidence: the upper bound of the ratio times the bits.  @confidence in (0, 1).
 */
double ber_expected_at_most(uint64_t errors, double confidence);

/* Upper bound of the ratio for @errors in @bits; 1 for no bits. */
double ber_upper_bound(uint64_t errors, uint64_t bits, double confidence);

/* Bits without any further error until the ratio is known to be below @target; at least 1. */
double ber_bits_needed(uint64_t errors, double target, double confidence);

struct vsc7448_ber_conf {
	enum vsc7448_pattern pattern; /* not VSC7448_PATTERN_FIXED */
	double target;                /* ratio to get below, in (0, 1) */
	double confidence;            /* in (0, 1) */
	uint64_t limit_us;            /* give up after this */
};

struct vsc7448_ber {
	bool reached;  /* the target, with the confidence */
	bool at_least; /* a counter stood at its end: more errors than told */
	uint64_t bits; /* of all lanes together */
	uint64_t errors;
	uint64_t time_us;
	double upper;             /* bound of the ratio with the confidence */
	double seconds_to_target; /* from the start, if no further error comes */
	size_t n_lanes;
	uint64_t lane_bps;
	uint64_t lane_errors[VSC7448_PRBS_LANES];
};

/*
 * Runs the pattern on the port until the target is reached or out of reach within the limit (then
 * it ends at once), looking ten times a second; @progress (may be NULL) with the time so far and
 * the time to go.  The pattern is stopped afterwards, also on failure.  E_NOTSUP: a 1G SerDes,
 * which does not count; E_MISMATCH: a lane does not find the pattern: nothing sends it.
 */
struct vsc7448_ber_progress {
	void (*step)(void *arg, uint64_t done_us, uint64_t total_us);
	void *arg;
};
int vsc7448_ber_measure(struct vsc7448 *chip, uint32_t port,
			const struct vsc7448_ber_conf *conf,
			const struct vsc7448_ber_progress *progress, struct error *err,
			struct vsc7448_ber *ber);

#endif
