/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The eye scope of the model: what the second sampler of a 10G SerDes counts at a phase and a
 * threshold, for an eye of a given opening.  The shape is the model's own: an ellipse around the
 * data phase and threshold 0, with Gaussian noise on its edge.
 */
#ifndef DRV_MOCK_VSC7448_EYE_H
#define DRV_MOCK_VSC7448_EYE_H

#include "drv/mock_vsc7448/model.h"

struct mv_eye_shape {
	double half_width; /* phase codes from the middle to where half of the bits are wrong */
	double half_height; /* threshold codes, likewise */
	double noise;       /* standard deviation, in parts of the half axes */
};

/* Expected share of wrong bits @phase codes and @threshold codes away from the middle. */
double mv_eye_error_rate(const struct mv_eye_shape *shape, double phase, double threshold);

#endif
