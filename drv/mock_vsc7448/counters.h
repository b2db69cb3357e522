/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The frame counters of the model.  They are counted in plain numbers and shown through the
 * registers: ASM DEV_STATISTICS (ports whose CSC_STAT_DIS is 0) or the DEV10G blocks, XQS STAT by
 * STAT_CFG.STAT_VIEW, and ANA_AC's port, queue and router leg counters by their set-up.
 */
#ifndef DRV_MOCK_VSC7448_COUNTERS_H
#define DRV_MOCK_VSC7448_COUNTERS_H

#include "drv/mock_vsc7448/forward.h"

/* A good frame of @len bytes without FCS has been received or sent at a port of the front. */
void mv_count_rx(struct mock_vsc7448 *m, uint32_t port, const uint8_t *data, uint32_t len);
void mv_count_tx(struct mock_vsc7448 *m, uint32_t port, const uint8_t *data, uint32_t len,
		 uint32_t cos);

/* A frame whose length is not one: it is counted and goes no further. */
void mv_count_rx_bad_length(struct mock_vsc7448 *m, uint32_t port, uint32_t len);

/* What became of a received frame in the analyzer and the queue system. */
void mv_count_fate(struct mock_vsc7448 *m, const struct mv_frame *f, enum mv_drop drop);

/* The queue system had no room for a copy to the CPU. */
void mv_count_cpu_drop(struct mock_vsc7448 *m);

enum mv_leg_event { MV_LEG_RECEIVED, MV_LEG_ROUTED, MV_LEG_TTL };
void mv_count_leg(struct mock_vsc7448 *m, const struct mv_frame *f, enum mv_leg_event event);

#endif
