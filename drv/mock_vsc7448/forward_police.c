/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Storm policers (ana_ac_pol.rdl, POL_STORM_*): leaky buckets on the virtual clock.  Port, service
 * and access rule policers are not modelled.
 */
#include "drv/mock_vsc7448/forward_priv.h"

#define CTRL_F(f) VSC7448_ANA_AC_POL_POL_ALL_CFG_POL_STORM_CTRL__STORM_##f

/* Fill levels are in millionths, so that a rate per second leaks as many in a microsecond. */
#define ONE               UINT64_C(1000000)
#define BURST_BYTES       8192u
#define BURST_FRAME_SHARE 2504u /* a burst unit is 8192/2504 frames */
#define UNIT_FRAMES       10u   /* of the rate: 10 frames/s */
#define UNIT_BYTES        3125u /* 25 kb/s */

/* The bit of STORM_TRAFFIC_TYPE_MASK: known MC, BC, UC, then unknown ones. */
static uint32_t traffic_type(const struct mv_frame *f)
{
	uint32_t kind = 2;

	if (f->dmac == UINT64_C(0xffffffffffff))
		kind = 1;
	else if ((f->dmac >> 40 & 1) != 0)
		kind = 0;
	return 1u << (f->known ? kind : kind + 3);
}

/* Does the bucket take the frame? */
static bool fits(struct mv_bucket *bucket, const uint32_t *words, uint32_t i, uint64_t bytes,
		 uint64_t now_us)
{
	bool frames = reg_field_get(words[16 + i], CTRL_F(FRAME_RATE_ENA)) != 0;
	uint64_t rate = (uint64_t)words[i] * (frames ? UNIT_FRAMES : UNIT_BYTES);
	uint64_t size =
		(uint64_t)words[8 + i] * BURST_BYTES * ONE / (frames ? BURST_FRAME_SHARE : 1);
	uint64_t us = now_us - bucket->at_us, amount = frames ? ONE : bytes * ONE;

	bucket->at_us = now_us;
	if (rate != 0 && us >= bucket->level / rate)
		bucket->level = 0;
	else
		bucket->level -= rate * us;
	if (bucket->level + amount > size)
		return false;
	bucket->level += amount;
	return true;
}

bool mv_police(struct mock_vsc7448 *m, struct mv_frame *f)
{
	const uint32_t *words = mv_image(m)->storm;
	uint32_t type = traffic_type(f), gap = mv_image(m)->pol_all >> 24 & 0x7f;
	bool passes = true;

	for (uint32_t i = 0; i < MV_N_STORM; i++) {
		uint32_t ctrl = words[16 + i];

		if ((ctrl & type) == 0 || fits(&m->forward->storm[i], words, i,
					       f->len + 4 + gap, clock_now_us(m->clock)))
			continue;
		if (reg_field_get(ctrl, CTRL_F(LIMIT_CPU_TRAFFIC_ENA)) != 0)
			f->cpu_queues &= ~(uint32_t)reg_field_get(ctrl, CTRL_F(CPU_QU_MASK));
		if (reg_field_get(ctrl, CTRL_F(LIMIT_NONCPU_TRAFFIC_ENA)) != 0)
			passes = false;
	}
	return passes;
}
