/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Frame alignment of the blades, and the controlled slips of their elastic buffers. */
#include "drv/mock_btc/model.h"

#include <stdlib.h>

#define FRAME_PHASE 1000000u /* of a blade's phase: parts per million of a frame */

void mb_masks(struct mock_btc *m)
{
	m->live = m->plugged & m->aligned & ~m->disabled;
	m->hearing = m->live;
}

static uint32_t at_least_1(uint32_t n)
{
	return n == 0 ? 1 : n;
}

static void lose_alignment(struct mock_btc *m, uint32_t station)
{
	m->aligned &= ~mb_bit(station);
	m->blade[station].counter[MB_ALIGN_LOSSES]++;
	mb_restart(m, station);
	mb_blade_event(m, station, BTC_BLADE_EVENTS__ALIGN_LOST.lsb, MB_EVENT(ALIGNMENT));
}

static void gain_alignment(struct mock_btc *m, uint32_t station)
{
	m->aligned |= mb_bit(station);
	m->rx[station].synced = false;
}

/* The rule of btc.rdl, "Alignment": one word. */
static void see_word(struct mock_btc *m, uint32_t station, bool wrong)
{
	struct mb_blade *blade = &m->blade[station];
	bool aligned = (m->aligned & mb_bit(station)) != 0;

	blade->counter[MB_ALIGN_ERRORS] += wrong;
	blade->good = wrong ? 0 : blade->good + 1;
	blade->bad = wrong ? blade->bad + 1 : 0;
	if (aligned && blade->bad >= at_least_1(m->lose))
		lose_alignment(m, station);
	else if (!aligned && blade->good >= at_least_1(m->gain))
		gain_alignment(m, station);
}

/* The elastic buffer at a frame's beginning; true: the blade skips the frame. */
static bool slips(struct mb_blade *blade)
{
	blade->phase += (uint32_t)abs(blade->ppm);
	if (blade->phase < FRAME_PHASE)
		return false;
	blade->phase -= FRAME_PHASE;
	if (blade->ppm < 0)
		blade->counter[MB_SLIPS_SKIPPED]++;
	else
		blade->counter[MB_SLIPS_REPEATED]++;
	return blade->ppm < 0;
}

/* From here on every frame is like the last one. */
static bool is_steady(const struct mock_btc *m, uint32_t station)
{
	return (m->aligned & mb_bit(station)) != 0 && m->blade[station].bad == 0 &&
	       m->blade[station].ppm == 0 && !mb_has_align_fault(m, station);
}

void mb_align(struct mock_btc *m)
{
	uint64_t left = m->unsteady & m->plugged, skipping = 0;

	if (left == 0 && m->hearing == m->live)
		return;
	while (left != 0) {
		uint32_t station = mb_next(&left);

		if (slips(&m->blade[station])) {
			skipping |= mb_bit(station);
			continue;
		}
		see_word(m, station, mb_align_fault(m, station));
		if (is_steady(m, station))
			m->unsteady &= ~mb_bit(station);
	}
	mb_masks(m);
	m->hearing &= ~skipping;
}

/* Frames until a blade that is aligned, but for its clock, slips. */
static uint64_t until_slip(const struct mock_btc *m, uint32_t station)
{
	const struct mb_blade *blade = &m->blade[station];

	if (blade->ppm == 0 || blade->bad != 0 || (m->aligned & mb_bit(station)) == 0 ||
	    mb_has_align_fault(m, station))
		return 0;
	return (FRAME_PHASE - 1 - blade->phase) / (uint32_t)abs(blade->ppm);
}

uint64_t mb_steady_frames(const struct mock_btc *m)
{
	uint64_t left = m->unsteady & m->plugged, steady = UINT64_MAX;

	if (m->hearing != m->live)
		return 0;
	while (left != 0 && steady > 0) {
		uint64_t n = until_slip(m, mb_next(&left));

		if (n < steady)
			steady = n;
	}
	return steady;
}

void mb_skip_frames(struct mock_btc *m, uint64_t n)
{
	uint64_t left = m->unsteady & m->plugged;

	while (left != 0) {
		struct mb_blade *blade = &m->blade[mb_next(&left)];

		blade->phase += (uint32_t)(n * (uint32_t)abs(blade->ppm));
	}
}
