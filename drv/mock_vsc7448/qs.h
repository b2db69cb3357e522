/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The CPU's queues of the model: frames extracted and injected through DEVCPU_QS. */
#ifndef DRV_MOCK_VSC7448_QS_H
#define DRV_MOCK_VSC7448_QS_H

#include "drv/mock_vsc7448/forward.h"

#define MV_IFH_BYTES 28u

/* A copy of a frame, as received, for the CPU: group 0 or 1, with the queues in its header. */
void mv_extract(struct mock_vsc7448 *m, const struct mv_frame *f, uint32_t group);

/*
 * A frame with internal header has been injected.  HOWTO l.2 tells the fields; @frame has no FCS.
 * In forward_cpu.c.
 */
void mv_injected(struct mock_vsc7448 *m, const uint8_t *ifh, const uint8_t *frame,
		 uint32_t len);

#endif
