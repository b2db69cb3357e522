/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The classifier: tags, the VLAN of a frame, and what a port discards (ana_cl.rdl, PORT). */
#include "drv/mock_vsc7448/forward.h"

#define CL(reg) MV_WORD(VSC7448_ANA_CL_PORT_##reg, VSC7448_ANA_CL_PORT_FILTER_CTRL(0))

#define VLAN_F(f)   VSC7448_ANA_CL_PORT_VLAN_CTRL__##f
#define FILTER_F(f) VSC7448_ANA_CL_PORT_VLAN_FILTER_CTRL__##f

#define MAX_TAGS 3u
#define N_TPIDS  5u /* C, S, custom 0-2: the order of BASIC_TPID_AWARE_DIS */

static uint16_t u16(const uint8_t *p)
{
	return (uint16_t)(p[0] << 8 | p[1]);
}

static uint64_t mac48(const uint8_t *p)
{
	uint64_t mac = 0;

	for (int i = 0; i < 6; i++)
		mac = mac << 8 | p[i];
	return mac;
}

/* Which of the TPIDs an EtherType is; N_TPIDS: none. */
static uint32_t tpid_kind(const struct mv_image *im, uint16_t etype)
{
	if (etype == 0x8100)
		return 0;
	if (etype == 0x88a8)
		return 1;
	for (uint32_t i = 0; i < 3; i++)
		if (etype == (im->cl_common[2 + i] & 0xffff) && etype != 0)
			return 2 + i;
	return N_TPIDS;
}

/* A tag as VLAN_FILTER_CTRL sees it. */
static bool tag_is_filtered(uint32_t filter, uint32_t kind, uint32_t vid)
{
	static const uint8_t dis[N_TPIDS][2] = { /* bit with a VID, with VID 0 */
						 { 8, 9 },
						 { 3, 7 },
						 { 2, 6 },
						 { 1, 5 },
						 { 0, 4 }
	};

	if (kind == N_TPIDS)
		return reg_field_get(filter, FILTER_F(TAG_REQUIRED_ENA)) != 0;
	return (filter >> dis[kind][vid == 0] & 1) != 0;
}

/* Finds the tags that the port knows; false: one of them is filtered. */
static bool parse_tags(const struct mv_image *im, struct mv_frame *f, uint16_t *tcis)
{
	const uint32_t *cl = im->cl[f->port];
	uint32_t dis = cl[CL(VLAN_TPID_CTRL(0))] >> 4;
	uint32_t at = 12, kind = 0;

	for (uint32_t i = 0; i < MAX_TAGS && kind != N_TPIDS; i++) {
		uint32_t filter = cl[CL(VLAN_FILTER_CTRL(0, 0)) + i], vid = 0;

		kind = at + 4 <= f->len ? tpid_kind(im, u16(f->data + at)) : N_TPIDS;
		if (kind != N_TPIDS && (dis >> (N_TPIDS * i + kind) & 1) != 0)
			kind = N_TPIDS;
		if (kind != N_TPIDS) {
			tcis[f->n_tags++] = u16(f->data + at + 2);
			vid = tcis[i] & 0xfff;
			if (i == 0)
				f->tpid = u16(f->data + at);
			at += 4;
		}
		if (tag_is_filtered(filter, kind, vid))
			return false;
	}
	f->etype = at + 2 <= f->len ? u16(f->data + at) : 0;
	f->payload = at + 2;
	return true;
}

static void classify_vlan(const struct mv_image *im, struct mv_frame *f, const uint16_t *tcis)
{
	uint32_t ctrl = im->cl[f->port][CL(VLAN_CTRL(0))], tci;
	uint32_t pop = (uint32_t)reg_field_get(ctrl, VLAN_F(VLAN_POP_CNT));
	bool inner = reg_field_get(ctrl, VLAN_F(VLAN_TAG_SEL)) != 0;

	f->vid = (uint32_t)reg_field_get(ctrl, VLAN_F(PORT_VID));
	f->pcp = (uint32_t)reg_field_get(ctrl, VLAN_F(PORT_PCP));
	f->dei = (uint32_t)reg_field_get(ctrl, VLAN_F(PORT_DEI));
	f->pop = pop < f->n_tags ? pop : f->n_tags;
	if (reg_field_get(ctrl, VLAN_F(VLAN_AWARE_ENA)) == 0 || f->n_tags == 0)
		return;
	tci = tcis[inner && f->n_tags > 1 ? 1 : 0];
	f->was_tagged = true;
	f->pcp = tci >> 13;
	f->dei = tci >> 12 & 1;
	if ((tci & 0xfff) != 0)
		f->vid = tci & 0xfff;
}

static void classify_class(const struct mv_image *im, struct mv_frame *f)
{
	const uint32_t *cl = im->cl[f->port];
	uint32_t qos = cl[CL(QOS_CFG(0))];

	f->cos = qos & 7;
	if (f->was_tagged && reg_field_get(qos, VSC7448_ANA_CL_PORT_QOS_CFG__PCP_DEI_QOS_ENA))
		f->cos = cl[CL(PCP_DEI_MAP_CFG(0, 0)) + 8 * f->dei + f->pcp] & 7;
}

/* Frames to 01:80:c2:00:00:0x; false: discarded, or for the CPU only. */
static bool capture_bpdu(struct mock_vsc7448 *m, const struct mv_image *im, struct mv_frame *f)
{
	uint32_t digit = f->dmac & 0xf, what, queue;

	if (f->dmac >> 4 != UINT64_C(0x0180c200000))
		return true;
	what = im->cl[f->port][CL(CAPTURE_BPDU_CFG(0))] >> (2 * digit) & 3;
	queue = mock_hw_get(m->mock, VSC7448_ANA_CL_COMMON_CPU_8021_QU_CFG(digit)) & 7;
	if (what == 1 || what == 2)
		f->cpu_queues |= 1u << queue;
	return what == 0 || what == 2;
}

static bool addresses_are_odd(const struct mv_image *im, const struct mv_frame *f)
{
	uint32_t cfg = im->cl[f->port][CL(FILTER_CTRL(0))];

	if ((f->smac >> 40 & 1) != 0 && (cfg & 4) == 0)
		return true;
	return (f->smac == 0 || f->dmac == 0) && (cfg & 2) == 0;
}

bool mv_classify(struct mock_vsc7448 *m, struct mv_frame *f)
{
	const struct mv_image *im = mv_image(m);
	uint16_t tcis[MAX_TAGS] = { 0 };

	f->dmac = mac48(f->data);
	f->smac = mac48(f->data + 6);
	if (!parse_tags(im, f, tcis) || addresses_are_odd(im, f))
		return false;
	classify_vlan(im, f, tcis);
	classify_class(im, f);
	return capture_bpdu(m, im, f);
}
