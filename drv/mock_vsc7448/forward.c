/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The forwarding plane: its copy of the tables, and a frame from the wire to the wires. */
#include "drv/mock_vsc7448/forward.h"

#include <stdlib.h>
#include <string.h>

#include "drv/mock_vsc7448/counters.h"
#include "drv/mock_vsc7448/forward_priv.h"
#include "drv/mock_vsc7448/link.h"

/* --- the copy of the tables -------------------------------------------------------------- */

/* A range of registers and where its words are in struct mv_image. */
struct segment {
	uint64_t first;
	size_t at, n_words;
};

#define SEGMENT(addr, member)                                                                  \
	{                                                                                      \
		addr, offsetof(struct mv_image, member) / 4,                                   \
			sizeof(((struct mv_image *)NULL)->member) / 4                          \
	}

static const struct segment segments[] = {
	SEGMENT(VSC7448_ASM_CFG_PORT_CFG(0), csc),
	SEGMENT(VSC7448_ANA_ACL_VCAP_S2_VCAP_S2_CFG(0), is2),
	SEGMENT(VSC7448_QFWD_SYSTEM_SWITCH_PORT_MODE(0), qfwd),
	SEGMENT(VSC7448_ANA_L3_VLAN_VMID_CFG(0), vlan),
	SEGMENT(VSC7448_ANA_L3_ARP_ARP_CFG_0(0), arp),
	SEGMENT(VSC7448_ANA_L3_VMID_RLEG_CTRL(0), vmid),
	SEGMENT(VSC7448_ANA_L3_MSTP_MSTP_FWD_CFG(0), mstp),
	SEGMENT(VSC7448_ANA_L3_COMMON_MISC_CTRL, l3),
	SEGMENT(VSC7448_ANA_L3_ARP_PTR_REMAP_ARP_PTR_REMAP_CFG(0), remap),
	SEGMENT(VSC7448_REW_PORT_PORT_VLAN_CFG(0), rew),
	SEGMENT(VSC7448_ANA_CL_COMMON_UPSID_CFG, cl_common),
	SEGMENT(VSC7448_ANA_CL_PORT_FILTER_CTRL(0), cl),
	SEGMENT(VSC7448_ANA_L2_COMMON_FWD_CFG, l2),
	SEGMENT(VSC7448_ANA_AC_PGID_PGID_CFG(0), pgid),
	SEGMENT(VSC7448_ANA_AC_STAT_GLOBAL_CFG_PORT_STAT_GLOBAL_EVENT_MASK(0),
		stat_port_events),
	SEGMENT(VSC7448_ANA_AC_AGGR_AGGR_CFG(0), aggr),
	SEGMENT(VSC7448_ANA_AC_SRC_SRC_CFG(0), src),
	SEGMENT(VSC7448_ANA_AC_STAT_GLOBAL_CFG_QUEUE_GLOBAL_CNT_FRM_TYPE_CFG(0), stat_queue),
	SEGMENT(VSC7448_ANA_AC_MIRROR_PROBE_PROBE_CFG(0), probe),
	SEGMENT(VSC7448_ANA_AC_PS_COMMON_MISC_CTRL, ps),
	SEGMENT(VSC7448_ANA_AC_STAT_CNT_CFG_PORT_STAT_EVENTS_STICKY(0), stat_port),
	SEGMENT(VSC7448_ANA_AC_STAT_GLOBAL_CFG_IRLEG_GLOBAL_CNT_FRM_TYPE_CFG(0), stat_irleg),
	SEGMENT(VSC7448_ANA_AC_POL_POL_ALL_CFG_POL_STORM_RATE_CFG(0), storm),
	SEGMENT(VSC7448_ANA_AC_POL_POL_ALL_CFG_POL_ALL_CFG, pol_all),
	SEGMENT(VSC7448_ANA_AC_STAT_GLOBAL_CFG_ERLEG_GLOBAL_CNT_FRM_TYPE_CFG(0), stat_erleg),
};

#define N_SEGMENTS (sizeof(segments) / sizeof(segments[0]))

static void copy_all(struct mock_vsc7448 *m)
{
	uint32_t *words = m->forward->words;

	for (size_t i = 0; i < N_SEGMENTS; i++)
		for (size_t k = 0; k < segments[i].n_words; k++)
			words[segments[i].at + k] =
				mock_hw_get(m->mock, segments[i].first + 4 * k);
	m->forward->copied = true;
}

const struct mv_image *mv_image(struct mock_vsc7448 *m)
{
	if (!m->forward->copied)
		copy_all(m);
	return &m->forward->image;
}

static int write_table(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	(void)value;
	if (!m->forward->copied)
		return 0;
	for (size_t i = 0; i < N_SEGMENTS; i++)
		if (addr - segments[i].first < 4 * segments[i].n_words)
			m->forward->words[segments[i].at + (addr - segments[i].first) / 4] =
				mock_hw_get(m->mock, addr);
	return 0;
}

/* --- what is plugged in ------------------------------------------------------------------ */

/* What is plugged into a port; found once, until something is plugged. */
static const struct world_end *end_of(struct mock_vsc7448 *m, uint32_t port)
{
	struct mv_forward *s = m->forward;
	uint64_t changes = world_changes(m->world);

	if (changes != s->ends_changes) {
		s->ends_known = 0;
		s->ends_changes = changes;
	}
	if ((s->ends_known >> port & 1) == 0)
		s->ends[port] = world_end_of(m->world, mock_name(m->mock), port);
	s->ends_known |= UINT64_C(1) << port;
	return &s->ends[port];
}

static bool port_is_enabled(const struct mv_image *im, uint32_t port)
{
	return reg_field_get(im->qfwd[port], VSC7448_QFWD_SYSTEM_SWITCH_PORT_MODE__PORT_ENA) !=
	       0;
}

/* --- leaving ----------------------------------------------------------------------------- */

/* The model whose queue all frames of the world go through: that of the first device. */
static struct mv_forward *hub_of(struct mock_vsc7448 *m)
{
	struct mock *mock;

	for (size_t i = 0; (mock = world_device_at(m->world, i)) != NULL; i++)
		if (mock_vsc7448_of(mock) != NULL)
			return mock_vsc7448_of(mock)->forward;
	return m->forward;
}

static int queue_frame(struct mock_vsc7448 *m, uint32_t port, const uint8_t *data, uint32_t len)
{
	struct mv_forward *hub = hub_of(m);
	struct mv_work *work = &hub->works[(hub->first + hub->n_works) % MV_MAX_WORKS];

	if (hub->n_works == MV_MAX_WORKS || hub->hops >= MV_MAX_HOPS ||
	    hub->steps >= MV_MAX_STEPS) {
		m->forward->lost_in_loops++;
		return 0;
	}
	*work = (struct mv_work){ m, port, len, hub->hops + 1, malloc(len) };
	if (work->data == NULL)
		return E_NOMEM;
	memcpy(work->data, data, len);
	hub->n_works++;
	return 0;
}

static void to_host(struct world_host *host, const uint8_t *data, uint32_t len)
{
	host->n_received++;
	if (host->receive != NULL)
		host->receive(host->arg, data, len);
}

/* Out of the port's MAC: to what is plugged in. */
static void transmit(struct mock_vsc7448 *m, uint32_t port, const uint8_t *data, uint32_t len)
{
	struct mv_forward *s = m->forward;
	const struct world_end *end = end_of(m, port);
	struct mock *peer;

	if (s->tap != NULL)
		s->tap(s->tap_arg, port, data, len);
	switch (end->kind) {
	case WORLD_END_HOST:
		to_host(end->host, data, len);
		break;
	case WORLD_END_LOOP:
		queue_frame(m, port, data, len);
		break;
	case WORLD_END_PORT:
		peer = world_device_find(m->world, end->device);
		if (peer != NULL && mock_vsc7448_of(peer) != NULL)
			queue_frame(mock_vsc7448_of(peer), end->port, data, len);
		break;
	default:
		break;
	}
}

/* Frames of the queue system to a port; those to ports that are off are dropped. */
static void enqueue(struct mock_vsc7448 *m, uint32_t port, const uint8_t *data, uint32_t len,
		    uint32_t cos)
{
	if (!port_is_enabled(mv_image(m), port) || !mv_link_is_up(m, port))
		return;
	mv_count_tx(m, port, data, len, cos);
	transmit(m, port, data, len);
}

void mv_send_copy(struct mock_vsc7448 *m, const struct mv_frame *f, uint32_t port)
{
	enqueue(m, port, f->data, f->len, f->cos);
}

/* Copies of transmitted frames to the monitor ports of the probes that look at the port. */
static void mirror_tx(struct mock_vsc7448 *m, const struct mv_frame *f, uint32_t port,
		      const uint8_t *data, uint32_t len)
{
	const struct mv_image *im = mv_image(m);

	for (uint32_t i = 0; i < 3; i++)
		if ((im->probe[i][0] & 3) == 1 && mv_probe_looks(im, f, i, port))
			enqueue(m, mv_copy_port(im, 9 + i), data, len, f->cos);
}

void mv_send(struct mock_vsc7448 *m, const struct mv_frame *f, uint64_t ports)
{
	const struct mv_image *im = mv_image(m);
	uint8_t *out = m->forward->out;

	for (ports &= MV_FRONT; ports != 0; ports &= ports - 1) {
		uint32_t port = (uint32_t)__builtin_ctzll(ports), len;

		if (!port_is_enabled(im, port) || !mv_link_is_up(m, port))
			continue;
		len = mv_rewrite(im, f, port, out);
		mv_count_tx(m, port, out, len, f->cos);
		transmit(m, port, out, len);
		mirror_tx(m, f, port, out, len);
	}
}

/* --- through the switch ------------------------------------------------------------------ */

static enum mv_drop analyze(struct mock_vsc7448 *m, struct mv_frame *f)
{
	const struct mv_image *im = mv_image(m);

	f->vlan_mirror = (im->vlan[f->vid][2] & 1) != 0;
	if (!mv_vlan_check(m, f) || !mv_learn(m, f) || !mv_forwards(m, f))
		return MV_DROP_FILTER;
	mv_aggregate(m, f);
	if (!mv_route(m, f))
		return MV_DROP_NO_DEST;
	mv_find_dest(m, f);
	mv_acl(m, f);
	if (!mv_police(m, f))
		return MV_DROP_POLICER;
	return f->dest == 0 ? MV_DROP_NO_DEST : MV_DROP_NONE;
}

static void mirror_rx(struct mock_vsc7448 *m, const struct mv_frame *f)
{
	const struct mv_image *im = mv_image(m);

	for (uint32_t i = 0; i < 3; i++) {
		bool rx = (im->probe[i][0] & 2) != 0 && mv_probe_looks(im, f, i, f->port);

		if (rx || (f->probes >> i & 1) != 0)
			mv_send_copy(m, f, mv_copy_port(im, 9 + i));
	}
}

void mv_switch(struct mock_vsc7448 *m, struct mv_frame *f)
{
	enum mv_drop drop = MV_DROP_FILTER;
	bool classified = mv_classify(m, f);

	if (classified)
		drop = analyze(m, f);
	mv_count_fate(m, f, drop);
	if (classified)
		mirror_rx(m, f);
	if (f->cpu_queues != 0)
		mv_to_cpu(m, f);
	if (drop == MV_DROP_NONE)
		mv_send(m, f, f->dest);
}

void mv_analyze_injected(struct mock_vsc7448 *m, struct mv_frame *f)
{
	enum mv_drop drop = analyze(m, f);

	mirror_rx(m, f);
	if (f->cpu_queues != 0)
		mv_to_cpu(m, f);
	if (drop == MV_DROP_NONE)
		mv_send(m, f, f->dest);
}

/* From the wire. */
static void receive(struct mock_vsc7448 *m, uint32_t port, const uint8_t *data, uint32_t len)
{
	struct mv_frame f = { .data = data, .len = len, .port = port };

	if (!mv_link_is_up(m, port))
		return;
	if (len < 60) {
		mv_count_rx_bad_length(m, port, len);
		return;
	}
	mv_count_rx(m, port, data, len);
	if (port_is_enabled(mv_image(m), port))
		mv_switch(m, &f);
}

void mv_run_queue(struct mock_vsc7448 *m)
{
	struct mv_forward *hub = hub_of(m);

	while (hub->n_works > 0) {
		struct mv_work work = hub->works[hub->first];

		hub->first = (hub->first + 1) % MV_MAX_WORKS;
		hub->n_works--;
		hub->steps++;
		hub->hops = work.hops;
		receive(work.model, work.port, work.data, work.len);
		free(work.data);
	}
	hub->hops = 0;
	hub->steps = 0;
}

int mock_vsc7448_inject(struct mock_vsc7448 *m, uint32_t port, const uint8_t *frame, size_t len)
{
	struct mv_forward *hub = hub_of(m);

	if (port >= MV_PORTS || len < 14 || len > MV_MAX_FRAME)
		return E_RANGE;
	if (!mv_link_is_up(m, port))
		return E_STATE;
	if (hub->running)
		return queue_frame(m, port, frame, (uint32_t)len);
	hub->running = true;
	receive(m, port, frame, (uint32_t)len);
	mv_run_queue(m);
	hub->running = false;
	return 0;
}

bool mv_enter(struct mock_vsc7448 *m)
{
	struct mv_forward *hub = hub_of(m);

	if (hub->running)
		return false;
	hub->running = true;
	return true;
}

void mv_leave(struct mock_vsc7448 *m)
{
	mv_run_queue(m);
	hub_of(m)->running = false;
}

void mock_vsc7448_set_tap(struct mock_vsc7448 *m, mock_vsc7448_tap tap, void *arg)
{
	m->forward->tap = tap;
	m->forward->tap_arg = arg;
}

uint64_t mock_vsc7448_lost_in_loops(struct mock_vsc7448 *m)
{
	return m->forward->lost_in_loops;
}

/* --- the part ---------------------------------------------------------------------------- */

static void forward_reset(struct mock_vsc7448 *m)
{
	m->forward->copied = false;
	memset(m->forward->storm, 0, sizeof(m->forward->storm));
}

static int forward_init(struct mock_vsc7448 *m)
{
	m->forward = calloc(1, sizeof(*m->forward));
	if (m->forward == NULL)
		return E_NOMEM;
	m->forward->works = calloc(MV_MAX_WORKS, sizeof(*m->forward->works));
	m->forward->out = malloc(MV_MAX_FRAME + 64);
	return m->forward->works == NULL || m->forward->out == NULL ? E_NOMEM : 0;
}

static void forward_fini(struct mock_vsc7448 *m)
{
	struct mv_forward *s = m->forward;

	if (s == NULL)
		return;
	free(s->works);
	free(s->out);
	free(s);
	m->forward = NULL;
}

#define RANGE(first, last)                                                                     \
	{                                                                                      \
		first, last, NULL, write_table                                                 \
	}

static const struct mv_range ranges[] = {
	RANGE(VSC7448_ASM_CFG_PORT_CFG(0), VSC7448_ASM_CFG_PORT_CFG(54)),
	RANGE(VSC7448_ANA_ACL_VCAP_S2_VCAP_S2_CFG(0), VSC7448_ANA_ACL_VCAP_S2_VCAP_S2_CFG(56)),
	RANGE(VSC7448_QFWD_SYSTEM_SWITCH_PORT_MODE(0), VSC7448_QFWD_SYSTEM_CPUQ_DISCARD),
	RANGE(VSC7448_ANA_L3_VLAN_VMID_CFG(0), VSC7448_ANA_L3_VLAN_VLAN_MASK_CFG1(5119)),
	RANGE(VSC7448_ANA_L3_ARP_ARP_CFG_0(0), VSC7448_ANA_L3_COMMON_SERVICE_CFG),
	RANGE(VSC7448_ANA_L3_ARP_PTR_REMAP_ARP_PTR_REMAP_CFG(0),
	      VSC7448_ANA_L3_ARP_PTR_REMAP_ARP_PTR_REMAP_CFG(63)),
	RANGE(VSC7448_REW_PORT_PORT_VLAN_CFG(0), VSC7448_REW_PORT_TAG_CTRL(52)),
	RANGE(VSC7448_ANA_CL_COMMON_UPSID_CFG, VSC7448_ANA_CL_COMMON_CPU_PROTO_QU_CFG),
	RANGE(VSC7448_ANA_CL_PORT_FILTER_CTRL(0), VSC7448_ANA_CL_PORT_ADV_CL_CFG(56, 5)),
	RANGE(VSC7448_ANA_L2_COMMON_FWD_CFG, VSC7448_ANA_L2_COMMON_INTR_IDENT),
	RANGE(VSC7448_ANA_AC_POL_POL_ALL_CFG_POL_STORM_RATE_CFG(0),
	      VSC7448_ANA_AC_POL_POL_ALL_CFG_POL_ALL_CFG),
	RANGE(VSC7448_ANA_AC_PGID_PGID_CFG(0),
	      VSC7448_ANA_AC_STAT_GLOBAL_CFG_ERLEG_STAT_GLOBAL_EVENT_MASK(7)),
};

const struct mv_part mv_part_forward = {
	.name = "forward",
	.ranges = ranges,
	.n_ranges = sizeof(ranges) / sizeof(ranges[0]),
	.init = forward_init,
	.fini = forward_fini,
	.reset = forward_reset,
};
