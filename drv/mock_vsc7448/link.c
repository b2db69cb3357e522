/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drv/mock_vsc7448/link_priv.h"

#include <stdlib.h>
#include <string.h>

#define GET(m, addr, reg, field) mv_field(m, addr, VSC7448_##reg##__##field)

struct link_port *link__port(struct mock_vsc7448 *m, uint32_t port)
{
	return &m->link->port[port];
}

/* --- what is at the other end ------------------------------------------------------------- */

/* Anything was plugged or pulled: the ends may be others, and their signal starts anew. */
static void look_at_plugs(struct mock_vsc7448 *m)
{
	const uint64_t changes = world_changes(m->world);

	if (changes == m->link->plugs)
		return;
	m->link->plugs = changes;
	for (uint32_t port = 0; port < LINK_PORTS; port++) {
		struct link_port *p = link__port(m, port);
		struct world_end end = world_end_of(m->world, mock_name(m->mock), port);
		struct mock *mock = end.kind == WORLD_END_PORT
					    ? world_device_find(m->world, end.device)
					    : NULL;
		struct mock_vsc7448 *peer = mock != NULL ? mock_vsc7448_of(mock) : NULL;

		if (end.kind == p->end.kind && end.device == p->end.device &&
		    end.port == p->end.port && peer == p->peer)
			continue;
		p->end = end;
		p->peer = end.port < LINK_PORTS ? peer : NULL;
		p->side.since.signal = clock_now_us(m->clock);
		p->next_us = 0;
	}
}

/*
 * A server: always there, in the mode of the port, with the abilities that servers have.  Words:
 * clause 37 full duplex and both pause bits; SGMII link up, full duplex, the port's speed; clause
 * 73 10GBASE-KR with the ability of forward error correction.
 */
static void make_host(const struct link_conf *conf, struct link_side *host)
{
	const uint32_t speed = conf->mbps == 10 ? 0 : conf->mbps == 100 ? 1 : 2;

	memset(host, 0, sizeof(*host));
	host->conf = *conf;
	host->conf.sends = host->conf.receives = host->conf.mac_sends = host->conf.lfs = true;
	host->conf.near_loop = host->conf.far_loop = false;
	host->conf.tx_q = 0;
	host->conf.ability = conf->sgmii ? 0x9001 | speed << 10 : 0x01a0;
	host->conf.kr_adv[0] = 0x0001;
	host->conf.kr_adv[1] = 0x0080;
	host->conf.kr_adv[2] = 0x4000;
}

/* Whose signal the port receives; NULL: nobody's. */
static const struct link_side *far_side(const struct link_port *p, struct link_side *host)
{
	const struct link_port *q;

	if (p->side.conf.near_loop || p->end.kind == WORLD_END_LOOP)
		return &p->side;
	if (p->end.kind == WORLD_END_HOST) {
		make_host(&p->side.conf, host);
		return host;
	}
	if (p->end.kind != WORLD_END_PORT || p->peer == NULL)
		return NULL;
	q = &p->peer->link->port[p->end.port];
	return q->side.conf.far_loop ? &p->side : &q->side;
}

/* --- a look ------------------------------------------------------------------------------- */

static bool has_local_fault(const struct link_side *side, bool link)
{
	return link_is_10g(side->conf.line) && !link && !side->conf.lf_gen_dis;
}

/* The state of both directions; what the far end tells about ours. */
static void find_out(struct link_port *p, const struct link_side *b, const struct link_due *due,
		     uint64_t now_us)
{
	struct link_due back;
	bool b_link = false, b_fault;

	link__now(due, now_us, &p->now);
	p->now.an_state = link__kr_state(&p->side, due, now_us);
	p->now.local_fault = has_local_fault(&p->side, p->now.link);
	p->next_us = link__next(due, now_us);
	if (b != NULL) {
		uint64_t next;

		link__due(b, b == &p->side ? b : &p->side, &back);
		b_link = back.link <= now_us;
		next = link__next(&back, now_us);
		if (next < p->next_us)
			p->next_us = next;
		b_fault = has_local_fault(b, b_link) && b->conf.lfs && b->conf.mac_sends;
		/* Far-end fault: IEEE 802.3 24.3.2.1, sent while nothing is received. */
		b_fault |= b->conf.fef_sends && !b_link && p->side.conf.fef_hears;
		p->now.remote_fault = p->now.link && b_fault;
		if (p->now.aligned)
			p->now.q = p->now.remote_fault ? 2 : b->conf.tx_q;
	}
	p->up = p->now.link && b_link && b != NULL && b->conf.mbps == p->side.conf.mbps &&
		!p->now.remote_fault;
}

void link__look(struct mock_vsc7448 *m, uint32_t port)
{
	struct link_port *p = link__port(m, port);
	const struct link_now was = p->now;
	const struct link_side *b;
	struct link_side host;
	struct link_due due;

	look_at_plugs(m);
	link__count_errors(m, port);
	b = far_side(p, &host);
	link__due(&p->side, b, &due);
	find_out(p, b, &due, clock_now_us(m->clock));
	link__show(m, port, b, &due, &was);
}

static void look_both(struct mock_vsc7448 *m, uint32_t port)
{
	const struct link_port *p = link__port(m, port);

	link__look(m, port);
	if (p->end.kind == WORLD_END_PORT && p->peer != NULL)
		link__look(p->peer, p->end.port);
}

/* --- changes ------------------------------------------------------------------------------ */

static void keep_or_start(uint64_t *since, bool on, bool same, uint64_t now_us)
{
	if (!on)
		*since = NEVER;
	else if (!same || *since == NEVER)
		*since = now_us;
}

static void apply(struct link_port *p, const struct link_conf *conf, uint64_t now_us)
{
	const struct link_conf old = p->side.conf;
	struct link_since *since = &p->side.since;
	const bool on = conf->line != LINE_NONE;
	const bool same = old.line == conf->line && old.kr == conf->kr;
	const bool same_aneg = same && old.aneg == conf->aneg && old.sgmii == conf->sgmii;

	p->side.conf = *conf;
	keep_or_start(&since->sends, on && conf->sends, same, now_us);
	keep_or_start(&since->receives, on && conf->receives,
		      same && old.near_loop == conf->near_loop, now_us);
	keep_or_start(&since->aneg, on && (conf->aneg || conf->kr), same_aneg, now_us);
	keep_or_start(&since->fec, on, same && old.fec == conf->fec, now_us);
	if (!same)
		since->rate_done = NEVER;
}

static void changed(struct mock_vsc7448 *m, uint32_t port)
{
	struct link_port *p = link__port(m, port);
	struct link_conf conf;

	link__conf_read(m, port, &conf);
	if (link__conf_same(&conf, &p->side.conf))
		return;
	look_both(m, port); /* as things were until now */
	apply(p, &conf, clock_now_us(m->clock));
	look_both(m, port);
}

void mv_link_changed(struct mock_vsc7448 *m, uint32_t port)
{
	for (uint32_t i = 0; i < LINK_PORTS; i++)
		if (port == MV_ALL_PORTS || port == i)
			changed(m, i);
}

/* The partner hears the break and starts again too. */
static void restart_aneg(struct mock_vsc7448 *m, uint32_t port)
{
	const struct link_port *p = link__port(m, port);
	struct link_since *since = &link__port(m, port)->side.since;

	look_both(m, port);
	if (since->aneg != NEVER)
		since->aneg = clock_now_us(m->clock);
	since->rate_done = NEVER;
	if (p->end.kind == WORLD_END_PORT && p->peer != NULL)
		link__port(p->peer, p->end.port)->side.since.rate_done = NEVER;
	look_both(m, port);
}

/* --- accesses ----------------------------------------------------------------------------- */

/* The port that an address belongs to. */
static uint32_t port_of(uint64_t addr)
{
	const uint32_t target = (uint32_t)(addr >> 16) & 0xffff;
	uint32_t n;

	if (target < 0x711c) { /* DEV1G: ports 0-7 and 32-47 */
		n = target - 0x7104;
		return n < 8 ? n : n + 24;
	}
	if (target < 0x7139) { /* DEV2G5: ports 8-31, 48-52 */
		n = target - 0x711c;
		return n < 24 ? n + 8 : n + 24;
	}
	if (target < 0x713d) /* DEV10G */
		return target - 0x7139 + 49;
	if (target < 0x7141) /* PCS10G_BR */
		return target - 0x713d + 49;
	return (target & 3) + 49; /* XGXFI, XGKR0, XGKR1 */
}

static int read_reg(struct mock_vsc7448 *m, uint64_t addr, uint32_t *value)
{
	link__look(m, port_of(addr));
	if (link__oset_read(m, addr, value) || link__kr_read(m, addr, value))
		return 0;
	if (link__is_status(addr))
		*value = mock_hw_get(m->mock, addr);
	return 0;
}

/* Strobes that no register keeps. */
static void write_strobes(struct mock_vsc7448 *m, uint32_t port, uint64_t addr, uint32_t value)
{
	const uint32_t i = port - 49;
	struct link_port *p = link__port(m, port);

	if (addr == link__dev1g(port, VSC7448_DEV1G_PCS1G_CFG_STATUS_PCS1G_ANEG_CFG(0)) &&
	    reg_field_get(
		    value,
		    VSC7448_DEV1G_PCS1G_CFG_STATUS_PCS1G_ANEG_CFG__ANEG_RESTART_ONE_SHOT) != 0)
		restart_aneg(m, port);
	if (port < 49)
		return;
	if (addr == VSC7448_XGKR1_KR_7X0000_KR_7X0000(i) &&
	    reg_field_get(value, VSC7448_XGKR1_KR_7X0000_KR_7X0000__AN_RESTART) != 0)
		restart_aneg(m, port);
	/* The request for 10 Gb/s was answered, in the state that waits for it. */
	if (addr == VSC7448_XGXFI_XFI_CONTROL_KR_CONTROL(i) && p->now.an_state == 13 &&
	    GET(m, addr, XGXFI_XFI_CONTROL_KR_CONTROL, KR_ANEG_10G_STICKY) == 0) {
		p->side.since.rate_done = clock_now_us(m->clock);
		look_both(m, port);
	}
}

static int write_reg(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	const uint32_t port = port_of(addr);

	changed(m, port);
	write_strobes(m, port, addr, value);
	if (link__is_status(addr))
		link__look(m, port);
	return 0;
}

/* A register that ports share. */
static int write_shared(struct mock_vsc7448 *m, uint64_t addr, uint32_t value)
{
	(void)addr;
	(void)value;
	mv_link_changed(m, MV_ALL_PORTS);
	return 0;
}

#define ADDR_1G VSC7448_HSIO_MCB_SERDES1G_CFG_MCB_SERDES1G_ADDR_CFG
#define ADDR_6G VSC7448_HSIO_MCB_SERDES6G_CFG_MCB_SERDES6G_ADDR_CFG
#define HW_CFG  VSC7448_HSIO_HW_CFGSTAT_HW_CFG

#define PAD_LOOP(n) VSC7448_XGANA_SD10G65_OB_SD10G65_OB_CFG0(n)

static const struct mv_range ranges[] = {
	/* DEV1G, DEV2G5, DEV10G, PCS10G_BR */
	{ VSC7448_DEV1G_DEV_CFG_STATUS_DEV_RST_CTRL(0), 0x7140ffff, read_reg, write_reg },
	/* XGXFI, XGKR0, XGKR1 */
	{ VSC7448_XGXFI_XFI_CONTROL_KR_CONTROL(0), 0x715bffff, read_reg, write_reg },
	{ HW_CFG, HW_CFG, NULL, write_shared },
	{ ADDR_1G, ADDR_1G, NULL, write_shared },
	{ ADDR_6G, ADDR_6G, NULL, write_shared },
	{ PAD_LOOP(0), PAD_LOOP(0), NULL, write_shared },
	{ PAD_LOOP(1), PAD_LOOP(1), NULL, write_shared },
	{ PAD_LOOP(2), PAD_LOOP(2), NULL, write_shared },
	{ PAD_LOOP(3), PAD_LOOP(3), NULL, write_shared },
};

static void reset(struct mock_vsc7448 *m)
{
	for (uint32_t port = 0; port < LINK_PORTS; port++)
		memset(link__port(m, port)->fifo, 0, sizeof(link__port(m, port)->fifo));
	mv_link_changed(m, MV_ALL_PORTS);
}

static int init(struct mock_vsc7448 *m)
{
	m->link = calloc(1, sizeof(*m->link));
	if (m->link == NULL)
		return E_NOMEM;
	m->link->plugs = UINT64_MAX;
	for (uint32_t port = 0; port < LINK_PORTS; port++)
		link__port(m, port)->side.since = (struct link_since){
			.sends = NEVER, .receives = NEVER, .aneg = NEVER, .rate_done = NEVER
		};
	mv_link_changed(m, MV_ALL_PORTS);
	return 0;
}

static void fini(struct mock_vsc7448 *m)
{
	free(m->link);
}

const struct mv_part mv_part_link = {
	.name = "link",
	.ranges = ranges,
	.n_ranges = sizeof(ranges) / sizeof(ranges[0]),
	.init = init,
	.fini = fini,
	.reset = reset,
};

/* --- for other parts and tests ------------------------------------------------------------ */

bool mv_link_is_up(struct mock_vsc7448 *m, uint32_t port)
{
	const struct link_port *p = link__port(m, port);

	if (m->link->plugs != world_changes(m->world) || clock_now_us(m->clock) >= p->next_us)
		link__look(m, port);
	return p->up || p->forced;
}

void mv_link_force(struct mock_vsc7448 *m, uint32_t port, bool up)
{
	link__port(m, port)->forced = up;
}

void mv_link_drop(struct mock_vsc7448 *m, uint32_t port, uint64_t us)
{
	look_both(m, port);
	link__port(m, port)->side.since.signal = clock_now_us(m->clock) + us;
	look_both(m, port);
}

void mv_link_corrupt(struct mock_vsc7448 *m, uint32_t port, double bit_error_rate)
{
	look_both(m, port);
	link__port(m, port)->side.error_rate = bit_error_rate;
	look_both(m, port);
}

bool mv_link_send_oset(struct mock_vsc7448 *m, uint32_t port, bool signal, uint32_t word)
{
	link__look(m, port);
	return link__port(m, port)->side.conf.line == LINE_R && link__port(m, port)->now.link &&
	       link__fifo_push(m, port, signal, word);
}
