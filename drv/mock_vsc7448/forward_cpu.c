/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Frames to the CPU's queues, and what the CPU injects (HOWTO l.2, section "IFH for sending"). */
#include "drv/mock_vsc7448/counters.h"
#include "drv/mock_vsc7448/forward_priv.h"
#include "drv/mock_vsc7448/qs.h"

#define QFWD(reg) MV_WORD(VSC7448_QFWD_SYSTEM_##reg, VSC7448_QFWD_SYSTEM_SWITCH_PORT_MODE(0))

void mv_to_cpu(struct mock_vsc7448 *m, const struct mv_frame *f)
{
	const struct mv_image *im = mv_image(m);
	uint32_t queues = f->cpu_queues & ~im->qfwd[QFWD(CPUQ_DISCARD)];
	uint64_t done = 0; /* ports that have a copy: queues of one port share it */

	for (uint32_t queue = 0; queue < 8; queue++) {
		uint32_t port = mv_copy_port(im, queue);

		if ((queues >> queue & 1) == 0 || (done >> port & 1) != 0)
			continue;
		done |= UINT64_C(1) << port;
		if (port == MV_CPU_PORT || port == MV_CPU_PORT + 1)
			mv_extract(m, f, port - MV_CPU_PORT);
		else if (port < MV_PORTS)
			mv_send_copy(m, f, port);
	}
}

static uint64_t be(const uint8_t *p, uint32_t n)
{
	uint64_t value = 0;

	for (uint32_t i = 0; i < n; i++)
		value = value << 8 | p[i];
	return value;
}

enum { ACT_NONE = 0, ACT_INJECT = 1, ACT_MASQUERADE = 2 };

static void inject(struct mock_vsc7448 *m, const uint8_t *ifh, struct mv_frame *f)
{
	uint64_t dst = be(ifh + 4, 8), vstax = be(ifh + 14, 8), fwd = be(ifh + 22, 6);
	uint32_t action = fwd >> 23 & 7, point = fwd >> 18 & 0x1f, source = fwd >> 27 & 0x3f;
	uint32_t pcp = vstax >> 29 & 7, dei = vstax >> 28 & 1, vid = vstax >> 16 & 0xfff;
	bool classified;

	f->port = source < MV_N_PORTS ? source : MV_CPU_PORT;
	if (action != ACT_INJECT && point == 0) {
		mv_switch(m, f);
		return;
	}
	classified = mv_classify(m, f);
	f->cos = vstax >> 56 & 7;
	f->vid = vid;
	f->pcp = pcp;
	f->dei = dei;
	f->pop = 0;
	if (!classified) {
		if (action != ACT_INJECT && f->cpu_queues != 0)
			mv_to_cpu(m, f);
		return;
	}
	if (action != ACT_INJECT) {
		mv_analyze_injected(m, f);
		return;
	}
	f->no_rewrite = (fwd >> 26 & 1) != 0;
	if ((fwd >> 38 & 7) == 3)
		mv_send(m, f, dst);
}

void mv_injected(struct mock_vsc7448 *m, const uint8_t *ifh, const uint8_t *frame, uint32_t len)
{
	struct mv_frame f = { .data = frame, .len = len, .port = MV_CPU_PORT };
	bool entered = mv_enter(m);

	inject(m, ifh, &f);
	if (entered)
		mv_leave(m);
}
