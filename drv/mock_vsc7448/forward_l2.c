/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Layer 2: the VLAN's filters, learning, and the ports that a frame goes to.
 *
 * The aggregation code has four bits, the XOR of the parts that ANA_CL:COMMON:AGGR_CFG enables; how
 * a part becomes four bits is the model's own: its nibbles XORed.
 */
#include "drv/mock_vsc7448/forward_priv.h"
#include "drv/mock_vsc7448/mac.h"

#define L3(reg)   MV_WORD(VSC7448_ANA_L3_COMMON_##reg, VSC7448_ANA_L3_COMMON_MISC_CTRL)
#define L2(reg)   MV_WORD(VSC7448_ANA_L2_COMMON_##reg, VSC7448_ANA_L2_COMMON_FWD_CFG)
#define PS(reg)   MV_WORD(VSC7448_ANA_AC_PS_COMMON_##reg, VSC7448_ANA_AC_PS_COMMON_MISC_CTRL)
#define VLAN_F(f) VSC7448_ANA_L3_VLAN_VLAN_CFG__VLAN_##f
#define FWD_F(f)  VSC7448_ANA_L2_COMMON_FWD_CFG__##f

/* Words of a VLAN and their places. */
#define VLAN_CFG  2
#define VLAN_MASK 4

#define PGID_UC         53u
#define PGID_MC         54u
#define PGID_IP4_MC     55u
#define PGID_IP4_MC_CTL 56u
#define PGID_IP6_MC     57u
#define PGID_IP6_MC_CTL 58u
#define PGID_INDEX      53u /* PGID = 53 + multicast index */
#define N_PGIDS         1077u

/* --- aggregation code -------------------------------------------------------------------- */

static uint32_t fold(uint64_t bits)
{
	bits ^= bits >> 32;
	bits ^= bits >> 16;
	bits ^= bits >> 8;
	bits ^= bits >> 4;
	return (uint32_t)bits & 0xf;
}

static uint64_t bytes(const struct mv_frame *f, uint32_t at, uint32_t n)
{
	uint64_t value = 0;

	if (at + n > f->len)
		return 0;
	for (uint32_t i = 0; i < n; i++)
		value = value << 8 | f->data[at + i];
	return value;
}

static bool has_ports(uint64_t protocol)
{
	return protocol == 6 || protocol == 17;
}

static uint32_t aggr_ip4(const struct mv_frame *f, uint32_t cfg)
{
	uint32_t at = f->payload, code = 0;
	uint32_t header = (uint32_t)(bytes(f, at, 1) & 0xf) * 4;
	bool fragment = (bytes(f, at + 6, 2) & 0x3fff) != 0;

	if ((cfg & 1u << 2) != 0)
		code ^= fold(bytes(f, at + 12, 8));
	if ((cfg & 1u << 3) != 0 && has_ports(bytes(f, at + 9, 1)) && !fragment)
		code ^= fold(bytes(f, at + header, 4));
	return code;
}

static uint32_t aggr_ip6(const struct mv_frame *f, uint32_t cfg)
{
	uint32_t at = f->payload, code = 0;

	if ((cfg & 1u << 6) != 0)
		for (uint32_t i = 0; i < 4; i++)
			code ^= fold(bytes(f, at + 8 + 8 * i, 8));
	if ((cfg & 1u << 5) != 0)
		code ^= fold(bytes(f, at, 4) & 0xfffff);
	if ((cfg & 1u << 4) != 0 && has_ports(bytes(f, at + 6, 1)))
		code ^= fold(bytes(f, at + 40, 4));
	return code;
}

void mv_aggregate(struct mock_vsc7448 *m, struct mv_frame *f)
{
	uint32_t cfg = mv_image(m)->cl_common[1], code = 0;

	if ((cfg & 1u) != 0)
		code ^= fold(f->smac);
	if ((cfg & 1u << 1) != 0)
		code ^= fold(f->dmac);
	if (f->etype == 0x0800)
		code ^= aggr_ip4(f, cfg);
	if (f->etype == 0x86dd)
		code ^= aggr_ip6(f, cfg);
	f->aggr = code;
}

/* --- the VLAN ---------------------------------------------------------------------------- */

static uint64_t vlan_mask(const struct mv_image *im, uint32_t vid)
{
	const uint32_t *vlan = im->vlan[vid];

	if ((im->l3[L3(VLAN_CTRL)] & 1) == 0)
		return MV_FRONT;
	return mv_mask(vlan[VLAN_MASK], vlan[VLAN_MASK + 1]);
}

static const uint32_t *mstp(const struct mv_image *im, uint32_t vid)
{
	uint32_t row = (uint32_t)reg_field_get(im->vlan[vid][VLAN_CFG], VLAN_F(MSTP_PTR));

	return im->mstp[row < 66 ? row : 0];
}

static uint64_t l3_mask(const struct mv_image *im, uint64_t word)
{
	return mv_mask(im->l3[word], im->l3[word + 1]);
}

bool mv_vlan_check(struct mock_vsc7448 *m, const struct mv_frame *f)
{
	const struct mv_image *im = mv_image(m);
	uint64_t port = UINT64_C(1) << f->port;
	bool filter = (l3_mask(im, L3(VLAN_FILTER_CTRL)) & port) != 0;

	if (f->port >= MV_PORTS)
		return true;
	if ((l3_mask(im, L3(PORT_FWD_CTRL)) & port) == 0)
		return false;
	if ((im->l3[L3(VLAN_CTRL)] & 1) == 0)
		return true;
	filter |= reg_field_get(im->vlan[f->vid][VLAN_CFG], VLAN_F(IGR_FILTER_ENA)) != 0;
	return !filter || (vlan_mask(im, f->vid) & port) != 0;
}

bool mv_forwards(struct mock_vsc7448 *m, const struct mv_frame *f)
{
	const struct mv_image *im = mv_image(m);
	const uint32_t *row = mstp(im, f->vid);

	return f->port >= MV_PORTS || (im->l3[L3(VLAN_CTRL)] & 1) == 0 ||
	       (mv_mask(row[0], row[1]) >> f->port & 1) != 0;
}

/* --- learning ---------------------------------------------------------------------------- */

static uint64_t l2_mask(const struct mv_image *im, uint64_t word)
{
	return mv_mask(im->l2[word], im->l2[word + 1]);
}

static uint32_t own_upsid(const struct mv_image *im)
{
	return (uint32_t)reg_field_get(im->l2[L2(VSTAX_CTRL)],
				       VSC7448_ANA_L2_COMMON_VSTAX_CTRL__OWN_UPSID);
}

/* The destination that a frame's source is learned at: its logical port. */
static uint32_t source_addr(const struct mv_image *im, const struct mv_frame *f)
{
	uint32_t lport = (uint32_t)reg_field_get(
		im->cl[f->port][MV_WORD(VSC7448_ANA_CL_PORT_PORT_ID_CFG(0),
					VSC7448_ANA_CL_PORT_FILTER_CTRL(0))],
		VSC7448_ANA_CL_PORT_PORT_ID_CFG__LPORT_NUM);

	return own_upsid(im) * 32 + lport;
}

static bool may_learn(const struct mv_image *im, const struct mv_frame *f)
{
	const uint32_t *row = mstp(im, f->vid);
	uint64_t port = UINT64_C(1) << f->port;

	if ((l3_mask(im, L3(PORT_LRN_CTRL)) & port) == 0)
		return false;
	if ((im->l3[L3(VLAN_CTRL)] & 1) == 0)
		return true;
	return (mv_mask(row[2], row[3]) & port) != 0 &&
	       reg_field_get(im->vlan[f->vid][VLAN_CFG], VLAN_F(LRN_DIS)) == 0;
}

static uint32_t fid_of(const struct mv_image *im, uint32_t vid)
{
	return (uint32_t)reg_field_get(im->vlan[vid][VLAN_CFG], VLAN_F(FID));
}

bool mv_learn(struct mock_vsc7448 *m, struct mv_frame *f)
{
	const struct mv_image *im = mv_image(m);
	uint64_t port = UINT64_C(1) << f->port, key;
	struct mv_mac_entry *entry;
	uint32_t addr;

	if (f->port >= MV_PORTS || !may_learn(im, f))
		return true;
	key = mv_mac_key(fid_of(im, f->vid), f->smac);
	addr = source_addr(im, f);
	entry = mv_mac_find(m, key);
	if (entry != NULL && (entry->word & MV_MAC_KILL) != 0)
		return false;
	if (entry != NULL && (entry->word & MV_MAC_CPU_COPY) != 0 &&
	    (im->l2[L2(LRN_CFG)] & 1) != 0)
		f->cpu_queues |= 1u << (entry->word >> 24 & 7);
	if (entry != NULL && (entry->word & MV_MAC_ADDR) == addr) {
		if ((entry->word & MV_MAC_LOCKED) == 0)
			mv_mac_refresh(m, entry);
		return true;
	}
	if (entry != NULL && (entry->word & MV_MAC_LOCKED) != 0)
		return (l2_mask(im, L2(LRN_SECUR_LOCKED_CFG)) & port) == 0;
	if ((l2_mask(im, L2(AUTO_LRN_CFG)) & port) != 0)
		mv_mac_learn(m, key, addr);
	if ((l2_mask(im, L2(LRN_COPY_CFG)) & port) != 0)
		f->cpu_queues |= 1u << (im->l2[L2(LRN_CFG)] >> 4 & 7);
	return (l2_mask(im, L2(LRN_SECUR_CFG)) & port) == 0;
}

/* --- destinations ------------------------------------------------------------------------ */

/* What a frame is sent to, before the masks. */
struct lookup {
	uint32_t pgid; /* N_PGIDS: nowhere */
	bool ignore_vlan, ignore_src;
};

static uint32_t flood_pgid(uint64_t dmac)
{
	if ((dmac >> 40 & 1) == 0)
		return PGID_UC;
	if (dmac >> 24 == 0x01005e)
		return dmac >> 8 == UINT64_C(0x01005e0000) ? PGID_IP4_MC_CTL : PGID_IP4_MC;
	if (dmac >> 32 == 0x3333) /* ff02::/16 and its like: scope is not in the address */
		return (dmac & 0xffffff00) == 0 ? PGID_IP6_MC_CTL : PGID_IP6_MC;
	return PGID_MC;
}

static void ignore_masks(const struct mv_image *im, struct lookup *to)
{
	if (reg_field_get(im->l2[L2(FWD_CFG)], FWD_F(FILTER_MODE_SEL)) != 0)
		to->ignore_src = true;
	else
		to->ignore_vlan = true;
}

static void look_up_flood(const struct mv_image *im, struct mv_frame *f, uint64_t dmac,
			  struct lookup *to)
{
	uint32_t cfg = im->l2[L2(FWD_CFG)];

	to->pgid = flood_pgid(dmac);
	if (reg_field_get(im->vlan[f->vid][VLAN_CFG], VLAN_F(FLOOD_DIS)) != 0 ||
	    reg_field_get(im->vlan[f->vid][VLAN_CFG], VLAN_F(SEC_FWD_ENA)) != 0)
		to->pgid = N_PGIDS;
	if (reg_field_get(cfg, FWD_F(FLOOD_CPU_COPY_ENA)) != 0)
		f->cpu_queues |= 1u << reg_field_get(cfg, FWD_F(CPU_DMAC_QU));
	if (reg_field_get(cfg, FWD_F(FLOOD_IGNORE_VLAN_ENA)) != 0)
		ignore_masks(im, to);
}

static void look_up_entry(const struct mv_image *im, struct mv_frame *f,
			  const struct mv_mac_entry *entry, struct lookup *to)
{
	uint32_t cfg = im->l2[L2(FWD_CFG)], addr = entry->word & 0xfff;
	uint32_t port = (addr & 0x3ff) - own_upsid(im) * 32;

	if ((entry->word >> 12 & 7) == 3 && PGID_INDEX + addr < N_PGIDS)
		to->pgid = PGID_INDEX + addr;
	if ((entry->word >> 12 & 7) == 0 && port < MV_PORTS)
		to->pgid = port;
	if ((entry->word & MV_MAC_CPU_COPY) != 0 &&
	    reg_field_get(cfg, FWD_F(CPU_DMAC_COPY_ENA)) != 0)
		f->cpu_queues |= 1u << reg_field_get(cfg, FWD_F(CPU_DMAC_QU));
	if ((entry->word & MV_MAC_IGNORE) != 0)
		ignore_masks(im, to);
}

static struct lookup look_up(struct mock_vsc7448 *m, const struct mv_image *im,
			     struct mv_frame *f)
{
	uint64_t dmac = f->routed ? f->new_dmac : f->dmac;
	bool multicast = (dmac >> 40 & 1) != 0;
	uint64_t key = mv_mac_key(multicast ? f->vid : fid_of(im, f->vid), dmac);
	const struct mv_mac_entry *entry = NULL;
	struct lookup to = { .pgid = N_PGIDS };

	if ((im->l2[L2(FWD_CFG)] & 1) != 0)
		entry = mv_mac_find(m, key);
	f->known = entry != NULL;
	if (entry != NULL)
		look_up_entry(im, f, entry, &to);
	else
		look_up_flood(im, f, dmac, &to);
	return to;
}

/* Ports that a private VLAN keeps from the frame's port. */
static uint64_t private_mask(const struct mv_image *im, const struct mv_frame *f)
{
	uint64_t isolated = l3_mask(im, L3(VLAN_ISOLATED_CFG));
	uint64_t community = l3_mask(im, L3(VLAN_COMMUNITY_CFG));
	uint64_t port = UINT64_C(1) << f->port;

	if (reg_field_get(im->vlan[f->vid][VLAN_CFG], VLAN_F(PRIVATE_ENA)) == 0)
		return MV_FRONT;
	if ((isolated & port) != 0)
		return ~(isolated | community);
	return (community & port) != 0 ? ~isolated : MV_FRONT;
}

static uint64_t source_mask(const struct mv_image *im, const struct mv_frame *f)
{
	uint64_t mask = mv_mask(im->src[f->port][0], im->src[f->port][1]);

	if ((im->ps[PS(PS_COMMON_CFG)] & 1) == 0)
		return MV_FRONT;
	return f->routed ? mask | UINT64_C(1) << f->port : mask;
}

void mv_find_dest(struct mock_vsc7448 *m, struct mv_frame *f)
{
	const struct mv_image *im = mv_image(m);
	struct lookup to = look_up(m, im, f);
	const uint32_t *pgid, *row = mstp(im, f->vid);

	f->dest = 0;
	if (to.pgid >= N_PGIDS)
		return;
	pgid = im->pgid[to.pgid];
	if ((pgid[2] & 1) != 0)
		f->cpu_queues |= 1u << (pgid[2] >> 4 & 7);
	f->dest = mv_mask(pgid[0], pgid[1]);
	f->dest &= mv_mask(im->aggr[f->aggr][0], im->aggr[f->aggr][1]);
	f->dest &= l3_mask(im, L3(PORT_FWD_CTRL)) & private_mask(im, f);
	if (!to.ignore_vlan)
		f->dest &= vlan_mask(im, f->vid);
	if (!to.ignore_src)
		f->dest &= source_mask(im, f);
	if ((im->l3[L3(VLAN_CTRL)] & 1) != 0)
		f->dest &= mv_mask(row[0], row[1]);
}
