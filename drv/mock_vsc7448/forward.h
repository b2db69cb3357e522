/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The forwarding plane of the model: a frame's way from port to port, by the tables that software
 * has written.  In order: classify.c (VLAN of the frame, what the classifier filters),
 * forward_l3.c (routing), forward_l2.c (learning, destination, masks), forward_acl.c (IS2), egress
 * and mirrors (forward.c), the CPU's queues (qs.c), counters (counters.c).
 *
 * Tables are plain copies of the registers (struct mv_image), made before the first frame and
 * kept by write hooks, so that a frame touches no register.
 *
 * The model's own, where no text tells: the aggregation code's hash (forward_l2.c), the member
 * that a routed frame takes (ARP pointer + code modulo the number of paths: HOWTO j.6), that a
 * routed frame may leave where it came in, that MAX_LEN 0 and RT_TAG_CTRL limit nothing, and the
 * FIFO of a CPU queue (64 frames).
 */
#ifndef DRV_MOCK_VSC7448_FORWARD_H
#define DRV_MOCK_VSC7448_FORWARD_H

#include "drv/mock_vsc7448/model.h"

#define MV_PORTS     53u /* of the front */
#define MV_N_PORTS   57u
#define MV_CPU_PORT  53u
#define MV_FRONT     ((UINT64_C(1) << MV_PORTS) - 1)
#define MV_MAX_FRAME 16384u

/* A frame on its way. */
struct mv_frame {
	const uint8_t *data; /* as received */
	uint32_t len;
	uint32_t port; /* where it came in; 53, 54: injected by the CPU */

	/* classification */
	uint32_t n_tags; /* VLAN tags in the frame */
	uint32_t pop;    /* of them are removed on the way out */
	uint32_t vid, pcp, dei, cos;
	bool was_tagged; /* the classified VLAN came from a tag */
	uint16_t tpid;   /* of that tag */
	uint64_t dmac, smac;
	uint16_t etype;      /* behind the tags that classification knows */
	uint32_t payload;    /* where the EtherType's payload starts */
	uint32_t aggr;       /* aggregation code */
	uint32_t cpu_queues; /* that get a copy */
	uint64_t dest;       /* ports of the front */
	bool known;          /* the destination is in the MAC table */

	/* routing */
	bool routed;
	uint32_t in_vid; /* before routing */
	uint32_t leg_in, leg_out;
	uint64_t new_dmac, new_smac;

	/* mirroring */
	uint32_t probes;  /* copies as received */
	bool vlan_mirror; /* VLAN_MIRROR_ENA of the classified VLAN */
	bool no_rewrite;  /* injected past the rewriter */
};

/* Why a frame went nowhere. */
enum mv_drop {
	MV_DROP_NONE,
	MV_DROP_FILTER, /* by classification, VLAN, learning: the port's filters */
	MV_DROP_POLICER,
	MV_DROP_NO_DEST,
};

/*
 * The copy of the tables: words of registers, each array a range of addresses (forward.c lists
 * them).
 */
struct mv_image {
	uint32_t vlan[5120][8];
	uint32_t vmid[128][8];
	uint32_t mstp[66][4];
	uint32_t l3[31]; /* ANA_L3:COMMON */
	uint32_t arp[2048][2];
	uint32_t remap[64];
	uint32_t pgid[1077][4];
	uint32_t aggr[16][2];
	uint32_t src[89][2];
	uint32_t probe[3][8];
	uint32_t ps[69];       /* ANA_AC:PS_COMMON */
	uint32_t l2[89];       /* ANA_L2:COMMON */
	uint32_t cl_common[6]; /* ANA_CL:COMMON, to the custom TPIDs and CPU queues */
	uint32_t cl[MV_N_PORTS][64];
	uint32_t qfwd[74]; /* QFWD:SYSTEM */
	uint32_t rew[MV_PORTS][64];
	uint32_t csc[MV_N_PORTS]; /* ASM:CFG:PORT_CFG */
	uint32_t is2[MV_N_PORTS]; /* ANA_ACL:VCAP_S2:VCAP_S2_CFG */
	uint32_t storm
		[24];     /* ANA_AC_POL:POL_ALL_CFG: rates, bursts, control of storm policers */
	uint32_t pol_all; /* and POL_ALL_CFG itself */
	/* ANA_AC, what counters count */
	uint32_t stat_port_events[4];
	uint32_t stat_queue[6];
	uint32_t stat_irleg[24];
	uint32_t stat_erleg[24];
	uint32_t stat_port[MV_N_PORTS][16];
};

/* A register's place in its array. */
#define MV_WORD(addr, first) (((addr) - (first)) / 4)

/* Two registers of a port mask. */
static inline uint64_t mv_mask(uint32_t low, uint32_t high)
{
	return low | (uint64_t)high << 32;
}

/* The tables, up to date. */
const struct mv_image *mv_image(struct mock_vsc7448 *m);

/* classify.c: everything up to the VLAN; false: discarded. */
bool mv_classify(struct mock_vsc7448 *m, struct mv_frame *f);

/* forward_l2.c */
void mv_aggregate(struct mock_vsc7448 *m, struct mv_frame *f);        /* the aggregation code */
bool mv_vlan_check(struct mock_vsc7448 *m, const struct mv_frame *f); /* may it come in? */
bool mv_learn(struct mock_vsc7448 *m, struct mv_frame *f);            /* false: discarded */
void mv_find_dest(struct mock_vsc7448 *m, struct mv_frame *f);        /* dest, cpu_queues */

/* forward_l3.c: routes a frame to the router; false: the frame ends here (CPU or nowhere). */
bool mv_route(struct mock_vsc7448 *m, struct mv_frame *f);

/* A frame, as if received at f->port, through the whole analyzer and out. */
void mv_switch(struct mock_vsc7448 *m, struct mv_frame *f);

/* Sends a frame out of ports, rewritten by their REW set-up unless f->no_rewrite. */
void mv_send(struct mock_vsc7448 *m, const struct mv_frame *f, uint64_t ports);

#endif
