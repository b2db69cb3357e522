/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hal/vsc7448/ber.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "drv/bus.h"
#include "drv/cancel.h"
#include "drv/clock.h"
#include "hal/device.h"
#include "hal/link_mode.h"
#include "hal/vsc7448/vsc7448_priv.h"

#define LOOK_US 100000u
/* Until the checker has found the pattern: a guess, unverified on silicon.  Errors count from the
 * start, bits only after this: the bound errs on the safe side. */
#define SETTLE_US 10000u

/* Probability of at most @errors when @expected are: the sum runs in logarithms. */
static double at_most(uint64_t errors, double expected)
{
	double term = -expected, sum = exp(term);

	for (uint64_t k = 1; k <= errors; k++) {
		term += log(expected) - log((double)k);
		sum += exp(term);
	}
	return sum;
}

/* Beyond this many errors the normal approximation (Wilson and Hilferty) is exact enough. */
#define MANY 1000u

/* The quantile of the standard normal distribution: bisection of erfc. */
static double normal_quantile(double confidence)
{
	double low = -10, high = 10;

	for (int i = 0; i < 100; i++) {
		double mid = (low + high) / 2;

		if (0.5 * erfc(-mid / sqrt(2.0)) < confidence)
			low = mid;
		else
			high = mid;
	}
	return high;
}

double ber_expected_at_most(uint64_t errors, double confidence)
{
	double low = 0, high = 3.0 * (double)errors + 50;

	if (errors > MANY) {
		/* chi-square with 2 (E + 1) degrees of freedom, halved */
		double n = (double)errors + 1, a = 1 / (9 * n);
		double root = 1 - a + normal_quantile(confidence) * sqrt(a);

		return n * root * root * root;
	}
	for (int i = 0; i < 100; i++) {
		double mid = (low + high) / 2;

		if (at_most(errors, mid) > 1 - confidence)
			low = mid;
		else
			high = mid;
	}
	return high;
}

double ber_upper_bound(uint64_t errors, uint64_t bits, double confidence)
{
	double bound;

	if (bits == 0)
		return 1;
	bound = ber_expected_at_most(errors, confidence) / (double)bits;
	return bound < 1 ? bound : 1;
}

double ber_bits_needed(uint64_t errors, double target, double confidence)
{
	double bits = ber_expected_at_most(errors, confidence) / target;

	return bits < 1 ? 1 : bits;
}

/* A measurement under way. */
struct run {
	struct vsc7448 *chip;
	uint32_t port;
	const struct vsc7448_ber_conf *conf;
	struct clock *clock;
	uint64_t start_us;
	struct error *err;
};

static int check_conf(const struct vsc7448_ber_conf *conf, struct error *err)
{
	if (!(conf->target > 0 && conf->target < 1))
		return error_set(err, E_RANGE,
				 "the target of a bit error ratio is between 0 and 1");
	if (!(conf->confidence > 0 && conf->confidence < 1))
		return error_set(err, E_RANGE, "a confidence is between 0 and 1");
	if (conf->pattern >= VSC7448_PATTERN_FIXED)
		return error_set(err, E_NOTSUP, "only pseudo-random patterns are checked");
	return 0;
}

static int check_lanes(const struct run *r, const struct vsc7448_prbs_status *status)
{
	for (size_t i = 0; i < status->n_lanes; i++) {
		const struct vsc7448_prbs_lane *lane = &status->lane[i];
		char name[24];

		vsc7448_serdes_name(lane->serdes, name, sizeof(name));
		if (!lane->counts)
			return error_set(
				r->err, E_NOTSUP,
				"port %" PRIu32 ": %s tells only whether there were errors, "
				"it does not count them; `serdes prbs` shows pass or fail",
				r->port, name);
		if (!lane->synchronized)
			return error_set(r->err, E_MISMATCH,
					 "port %" PRIu32
					 ": %s does not find the pattern: nothing "
					 "sends it, or the line is dead",
					 r->port, name);
	}
	return 0;
}

static void add_up(const struct run *r, const struct vsc7448_prbs_status *status,
		   struct vsc7448_ber *ber)
{
	ber->time_us = clock_now_us(r->clock) - r->start_us;
	ber->n_lanes = status->n_lanes;
	ber->lane_bps = status->lane_bps;
	ber->bits = (uint64_t)((double)ber->time_us * 1e-6 * (double)status->lane_bps) *
		    status->n_lanes;
	ber->errors = 0;
	for (size_t i = 0; i < status->n_lanes; i++) {
		ber->lane_errors[i] = status->lane[i].errors;
		ber->errors += status->lane[i].errors;
		ber->at_least |= status->lane[i].saturated;
	}
	ber->upper = ber_upper_bound(ber->errors, ber->bits, r->conf->confidence);
	ber->seconds_to_target =
		ber_bits_needed(ber->errors, r->conf->target, r->conf->confidence) /
		((double)status->lane_bps * (double)status->n_lanes);
	ber->reached = !ber->at_least && ber->upper <= r->conf->target;
}

static int look(const struct run *r, struct vsc7448_ber *ber)
{
	struct vsc7448_prbs_status status;
	int rc = vsc7448_prbs_read(r->chip, r->port, r->err, &status);

	if (rc == 0)
		rc = check_lanes(r, &status);
	if (rc == 0)
		add_up(r, &status, ber);
	return rc;
}

static bool is_over(const struct run *r, const struct vsc7448_ber *ber)
{
	double limit_s = (double)r->conf->limit_us * 1e-6;

	return ber->reached || ber->at_least || ber->seconds_to_target > limit_s ||
	       ber->time_us >= r->conf->limit_us;
}

/* The next look: soon enough for the display, not later than needed. */
static uint64_t next_wait_us(const struct run *r, const struct vsc7448_ber *ber)
{
	double left_us = ber->seconds_to_target * 1e6 - (double)ber->time_us;
	uint64_t left = left_us < 1 ? 1 : (uint64_t)ceil(left_us);
	uint64_t to_limit = r->conf->limit_us - ber->time_us;

	if (left > LOOK_US)
		left = LOOK_US;
	return left < to_limit ? left : to_limit;
}

static int measure(const struct run *r, const struct vsc7448_ber_progress *progress,
		   struct vsc7448_ber *ber)
{
	int rc = look(r, ber);

	while (rc == 0 && !is_over(r, ber)) {
		if (progress != NULL && progress->step != NULL)
			progress->step(progress->arg, ber->time_us,
				       (uint64_t)(ber->seconds_to_target * 1e6));
		clock_wait_us(r->clock, next_wait_us(r, ber));
		if (cancel_requested())
			return error_set(r->err, E_INTR, "interrupted after %" PRIu64 " ms",
					 ber->time_us / 1000);
		rc = look(r, ber);
	}
	return rc;
}

int vsc7448_ber_measure(struct vsc7448 *chip, uint32_t port,
			const struct vsc7448_ber_conf *conf,
			const struct vsc7448_ber_progress *progress, struct error *err,
			struct vsc7448_ber *ber)
{
	struct vsc7448_ber found = { 0 };
	struct run r = { .chip = chip, .port = port, .conf = conf, .err = err };
	struct bus *bus;
	int rc = check_conf(conf, err);

	if (rc == 0)
		rc = device_bus(chip->dev, err, &bus);
	if (rc == 0)
		rc = vsc7448_prbs_start(chip, port, conf->pattern, 0, err);
	if (rc != 0)
		return rc;
	r.clock = bus_clock(bus);
	clock_wait_us(r.clock, SETTLE_US);
	r.start_us = clock_now_us(r.clock);
	rc = measure(&r, progress, &found);
	if (rc != 0)
		vsc7448_prbs_stop(chip, port, NULL);
	else
		rc = vsc7448_prbs_stop(chip, port, err);
	if (rc == 0)
		*ber = found;
	return rc;
}
