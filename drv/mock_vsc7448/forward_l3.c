/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Routing of unicast: HOWTO j.3 and the texts of ana_l3.rdl.  VRRP addresses, source path checks
 * and address violations are not modelled.
 */
#include "drv/mock_vsc7448/forward.h"

#include "drv/mock_vsc7448/counters.h"
#include "drv/mock_vsc7448/vcap.h"

#define L3(reg)  MV_WORD(VSC7448_ANA_L3_COMMON_##reg, VSC7448_ANA_L3_COMMON_MISC_CTRL)
#define CFG_F(f) VSC7448_ANA_L3_COMMON_ROUTING_CFG__##f
#define QU_F(f)  VSC7448_ANA_L3_COMMON_CPU_QU_CFG__##f
#define LEG_F(f) VSC7448_ANA_L3_VMID_RLEG_CTRL__##f
#define STICKY   VSC7448_ANA_L3_VLAN_ARP_L3MC_STICKY_L3_ARP_IPMC_STICKY

#define STICKY_BIT(f)                                                                          \
	((uint32_t)reg_field_mask(                                                             \
		VSC7448_ANA_L3_VLAN_ARP_L3MC_STICKY_L3_ARP_IPMC_STICKY__##f##_STICKY))

/* The MAC address of a leg. */
static uint64_t leg_mac(const struct mv_image *im, uint32_t leg)
{
	uint32_t high = im->l3[L3(RLEG_CFG_1)];
	uint64_t mac = (uint64_t)(high & 0xffffff) << 24 | im->l3[L3(RLEG_CFG_0)] >> 8;

	switch (high >> 24 & 3) {
	case 0:
		return mac + leg;
	case 1:
		return mac + reg_field_get(im->vmid[leg][0], LEG_F(RLEG_EVID));
	default:
		return mac;
	}
}

/* The frame goes to the CPU and nowhere else. */
static bool redirect(const struct mv_image *im, struct mv_frame *f, struct reg_field queue)
{
	f->cpu_queues |= 1u << reg_field_get(im->l3[L3(CPU_QU_CFG)], queue);
	return false;
}

/* Discards, or with the bit of ROUTING_CFG redirects. */
static bool discard(const struct mv_image *im, struct mv_frame *f, struct reg_field redirects,
		    struct reg_field queue)
{
	if (reg_field_get(im->l3[L3(ROUTING_CFG)], redirects) != 0)
		return redirect(im, f, queue);
	return false;
}

static bool non_ip(const struct mv_image *im, struct mv_frame *f)
{
	uint64_t mode = reg_field_get(im->l3[L3(ROUTING_CFG)], CFG_F(RLEG_NONIP_UC_REDIR_MODE));
	bool arp = f->etype == 0x0806, rarp = f->etype == 0x8035;

	if (mode == 0 || ((mode & 1) != 0 && arp) || ((mode & 2) != 0 && rarp))
		return redirect(im, f, QU_F(CPU_RLEG_QU));
	return true; /* switched as any other frame */
}

static uint32_t sum16(const uint8_t *p, uint32_t n)
{
	uint32_t sum = 0;

	for (uint32_t i = 0; i + 1 < n; i += 2)
		sum += (uint32_t)(p[i] << 8 | p[i + 1]);
	while (sum >> 16 != 0)
		sum = (sum & 0xffff) + (sum >> 16);
	return sum;
}

enum header { HEADER_GOOD, HEADER_BAD, HEADER_OPTIONS, HEADER_EXPIRED };

static enum header check_ip4(const struct mv_frame *f)
{
	const uint8_t *ip = f->data + f->payload;
	uint32_t header = (ip[0] & 0xfu) * 4;

	if (f->payload + 20 > f->len || ip[0] >> 4 != 4 || header < 20 ||
	    f->payload + header > f->len || sum16(ip, header) != 0xffff)
		return HEADER_BAD;
	if (header > 20)
		return HEADER_OPTIONS;
	return ip[8] < 2 ? HEADER_EXPIRED : HEADER_GOOD;
}

static enum header check_ip6(const struct mv_frame *f)
{
	const uint8_t *ip = f->data + f->payload;

	if (f->payload + 40 > f->len || ip[0] >> 4 != 6)
		return HEADER_BAD;
	if (ip[6] == 0)
		return HEADER_OPTIONS;
	return ip[7] < 2 ? HEADER_EXPIRED : HEADER_GOOD;
}

/* What the next hop says: an ARP entry's two words, or a rule's own. */
struct hop {
	uint64_t mac;
	uint32_t leg, zero_queue;
	bool ena;
};

static struct hop arp_hop(const struct mv_image *im, const struct mv_lpm_action *action,
			  uint32_t aggr)
{
	uint32_t base = action->pointer, n = action->n_paths, cfg;

	if (action->remap) {
		cfg = im->remap[base & 63];
		base = cfg & 0x7ff;
		n = (cfg >> 16 & 0xf) + 1;
	}
	base = (base + aggr % n) & 0x7ff;
	cfg = im->arp[base][0];
	return (struct hop){ .mac = (uint64_t)(cfg >> 16) << 32 | im->arp[base][1],
			     .leg = cfg >> 8 & 0x7f,
			     .zero_queue = cfg >> 4 & 7,
			     .ena = (cfg & 1) != 0 };
}

static bool find_hop(struct mock_vsc7448 *m, const struct mv_frame *f, struct hop *hop)
{
	const struct mv_image *im = mv_image(m);
	bool v6 = f->etype == 0x86dd;
	const struct mv_lpm_action *action =
		mv_vcap_lpm_match(m, v6, true, f->data + f->payload + (v6 ? 24 : 16));

	if (action == NULL || action->type == MV_LPM_L3MC_PTR)
		return false;
	if (action->type == MV_LPM_ARP_PTR)
		*hop = arp_hop(im, action, f->aggr);
	else
		*hop = (struct hop){ action->mac, action->vmid, action->zero_mac_queue,
				     action->arp_ena };
	return hop->ena;
}

static bool is_too_long(const struct mv_image *im, const struct mv_frame *f, uint32_t leg)
{
	const uint8_t *ip = f->data + f->payload;
	uint32_t limits = im->vmid[leg][5];
	uint32_t limit = f->etype == 0x86dd ? limits >> 16 : limits & 0xffff;
	uint32_t len = f->etype == 0x86dd ? (uint32_t)(ip[4] << 8 | ip[5])
					  : (uint32_t)(ip[2] << 8 | ip[3]);

	return limit != 0 && len > limit;
}

static bool to_hop(struct mock_vsc7448 *m, struct mv_frame *f, const struct hop *hop)
{
	const struct mv_image *im = mv_image(m);
	bool v6 = f->etype == 0x86dd;

	if (hop->mac == 0) {
		mock_hw_set(m->mock, STICKY, STICKY_BIT(UC_ZERO_DMAC_FOUND));
		f->cpu_queues |= 1u << hop->zero_queue;
		return false;
	}
	if (is_too_long(im, f, hop->leg))
		return discard(im, f, v6 ? CFG_F(IP6_LEN_REDIR) : CFG_F(IP4_LEN_REDIR),
			       QU_F(CPU_IP_LEN_QU));
	f->routed = true;
	f->in_vid = f->vid;
	f->leg_out = hop->leg;
	f->new_dmac = hop->mac;
	f->new_smac = leg_mac(im, hop->leg);
	f->vid = (uint32_t)reg_field_get(im->vmid[hop->leg][0], LEG_F(RLEG_EVID));
	return true;
}

static bool route_ip(struct mock_vsc7448 *m, struct mv_frame *f)
{
	const struct mv_image *im = mv_image(m);
	bool v6 = f->etype == 0x86dd;
	struct hop hop;

	switch (v6 ? check_ip6(f) : check_ip4(f)) {
	case HEADER_BAD:
		return discard(im, f, CFG_F(CPU_RLEG_IP_HDR_FAIL_REDIR_ENA),
			       QU_F(CPU_RLEG_IP_HDR_FAIL_QU));
	case HEADER_OPTIONS:
		return discard(im, f,
			       v6 ? CFG_F(CPU_IP6_HOPBYHOP_REDIR_ENA)
				  : CFG_F(CPU_IP4_OPTIONS_REDIR_ENA),
			       QU_F(CPU_RLEG_IP_OPT_QU));
	case HEADER_EXPIRED:
		mv_count_leg(m, f, MV_LEG_TTL);
		return discard(im, f, v6 ? CFG_F(IP6_HC_REDIR_ENA) : CFG_F(IP4_TTL_REDIR_ENA),
			       QU_F(CPU_IP_TTL_FAIL_QU));
	default:
		break;
	}
	if (!find_hop(m, f, &hop)) {
		mock_hw_set(m->mock, STICKY, STICKY_BIT(ENTRY_NOT_FOUND));
		return redirect(im, f, QU_F(CPU_UC_FAIL_QU));
	}
	return to_hop(m, f, &hop);
}

bool mv_route(struct mock_vsc7448 *m, struct mv_frame *f)
{
	const struct mv_image *im = mv_image(m);
	const uint32_t *vlan = im->vlan[f->vid];
	uint64_t ports = mv_mask(im->l3[L3(L3_UC_ENA)], im->l3[L3(L3_UC_ENA1)]);
	uint32_t leg = vlan[0] & 0x7f, ctrl = im->vmid[leg][0];
	bool v4 = f->etype == 0x0800, v6 = f->etype == 0x86dd, routes;

	if ((vlan[2] & 4) == 0 || f->dmac != leg_mac(im, leg) || f->port >= MV_PORTS ||
	    (ports >> f->port & 1) == 0)
		return true;
	f->leg_in = leg;
	if (!v4 && !v6)
		return non_ip(im, f);
	routes = reg_field_get(ctrl, v4 ? LEG_F(RLEG_IP4_UC_ENA) : LEG_F(RLEG_IP6_UC_ENA)) != 0;
	if (!routes)
		return true;
	mv_count_leg(m, f, MV_LEG_RECEIVED);
	if (!route_ip(m, f))
		return false;
	mv_count_leg(m, f, MV_LEG_ROUTED);
	return true;
}
