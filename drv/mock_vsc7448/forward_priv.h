/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between the files of the forwarding plane that move frames. */
#ifndef DRV_MOCK_VSC7448_FORWARD_PRIV_H
#define DRV_MOCK_VSC7448_FORWARD_PRIV_H

#include "drv/mock_vsc7448/forward.h"

#define MV_MAX_WORKS 4096u
#define MV_MAX_HOPS  64u
#define MV_MAX_STEPS 100000u

/* A frame that is about to arrive at a port of some device. */
struct mv_work {
	struct mock_vsc7448 *model;
	uint32_t port, len, hops;
	uint8_t *data; /* owned */
};

/* A leaky bucket: its fill, as of that time. */
struct mv_bucket {
	uint64_t level, at_us;
};

#define MV_N_STORM 8u

struct mv_forward {
	union {
		struct mv_image image;
		uint32_t words[sizeof(struct mv_image) / 4];
	};
	bool copied;
	/* What is plugged in, as found when so much had changed in the world. */
	uint64_t ends_changes, ends_known;
	struct world_end ends[MV_PORTS];
	struct mv_bucket storm[MV_N_STORM];
	uint8_t *out; /* a rewritten frame */
	mock_vsc7448_tap tap;
	void *tap_arg;
	uint64_t lost_in_loops;
	/* The world's queue, used in the first device only. */
	bool running;
	struct mv_work *works;
	uint32_t first, n_works;
	uint32_t hops, steps; /* of the frame being worked on */
};

/* rewrite.c: the frame as it leaves the port, into @out; returns its length. */
uint32_t mv_rewrite(const struct mv_image *im, const struct mv_frame *f, uint32_t port,
		    uint8_t *out);

/* Does a mirror probe look at the port, and at the frame's VLAN? */
bool mv_probe_looks(const struct mv_image *im, const struct mv_frame *f, uint32_t probe,
		    uint32_t port);

/* Port of a copy: QFWD FRAME_COPY_CFG. */
static inline uint32_t mv_copy_port(const struct mv_image *im, uint32_t copy)
{
	uint64_t word = MV_WORD(VSC7448_QFWD_SYSTEM_FRAME_COPY_CFG(0),
				VSC7448_QFWD_SYSTEM_SWITCH_PORT_MODE(0));
	uint32_t port = im->qfwd[word + copy] >> 6 & 0x3f;

	return port < MV_N_PORTS ? port : 0;
}

/* forward_police.c: storm policers; false: not to ports of the front.  May take CPU queues. */
bool mv_police(struct mock_vsc7448 *m, struct mv_frame *f);

bool mv_forwards(struct mock_vsc7448 *m, const struct mv_frame *f); /* spanning tree */
void mv_acl(struct mock_vsc7448 *m, struct mv_frame *f); /* forward_acl.c: dest, queues */
void mv_to_cpu(struct mock_vsc7448 *m, const struct mv_frame *f);
void mv_send_copy(struct mock_vsc7448 *m, const struct mv_frame *f, uint32_t port);

/* A frame whose VLAN the CPU has given, from the VLAN lookup on. */
void mv_analyze_injected(struct mock_vsc7448 *m, struct mv_frame *f);

/* Around work that did not come from the wire; false: frames are moving already. */
bool mv_enter(struct mock_vsc7448 *m);
void mv_leave(struct mock_vsc7448 *m);
void mv_run_queue(struct mock_vsc7448 *m);

#endif
