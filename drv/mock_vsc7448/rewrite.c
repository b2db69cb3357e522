/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rewriter: tags, and what routing changes (rew.rdl; HOWTO j.1). */
#include <string.h>

#include "drv/mock_vsc7448/forward_priv.h"

#define REW(reg)  MV_WORD(VSC7448_REW_PORT_##reg, VSC7448_REW_PORT_PORT_VLAN_CFG(0))
#define CTRL_F(f) VSC7448_REW_PORT_TAG_CTRL__##f

static void put48(uint8_t *p, uint64_t mac)
{
	for (int i = 0; i < 6; i++)
		p[i] = (uint8_t)(mac >> (40 - 8 * i));
}

static bool gets_tag(const uint32_t *rew, const struct mv_frame *f)
{
	uint32_t ctrl = rew[REW(TAG_CTRL(0))], port_vid = rew[0] & 0xfff;

	if (reg_field_get(ctrl, CTRL_F(TAG_CFG_OBEY_WAS_TAGGED)) != 0 && !f->was_tagged)
		return false;
	switch (reg_field_get(ctrl, CTRL_F(TAG_CFG))) {
	case 1:
		return f->vid != port_vid && f->vid != 0;
	case 2:
		return f->vid != 0;
	case 3:
		return true;
	default:
		return false;
	}
}

static uint16_t tag_tpid(const struct mv_image *im, const struct mv_frame *f, uint32_t ctrl)
{
	uint64_t sel = reg_field_get(ctrl, CTRL_F(TAG_TPID_CFG));

	if (sel == 1)
		return 0x88a8;
	if (sel >= 2 && sel <= 4)
		return (uint16_t)im->cl_common[sel]; /* as REW TPID_CFG has to be */
	return sel == 5 && f->tpid != 0 ? f->tpid : 0x8100;
}

static void put_tag(const struct mv_image *im, const uint32_t *rew, const struct mv_frame *f,
		    uint8_t *p)
{
	uint32_t ctrl = rew[REW(TAG_CTRL(0))], port = rew[0];
	uint64_t pcp_sel = reg_field_get(ctrl, CTRL_F(TAG_PCP_CFG));
	uint32_t vid = reg_field_get(ctrl, CTRL_F(TAG_VID_CFG)) != 0 ? port & 0xfff : f->vid;
	uint32_t pcp = pcp_sel == 1 ? port >> 13 & 7 : pcp_sel == 3 ? f->cos : f->pcp;
	uint32_t dei = reg_field_get(ctrl, CTRL_F(TAG_DEI_CFG)) == 1 ? port >> 12 & 1 : f->dei;
	uint16_t tpid = tag_tpid(im, f, ctrl), tci = (uint16_t)(pcp << 13 | dei << 12 | vid);

	p[0] = (uint8_t)(tpid >> 8);
	p[1] = (uint8_t)tpid;
	p[2] = (uint8_t)(tci >> 8);
	p[3] = (uint8_t)tci;
}

/* One hop less; the IPv4 checksum follows (RFC 1624, equation 3). */
static void age_packet(const struct mv_frame *f, uint8_t *ip)
{
	uint32_t sum;

	if (f->etype == 0x86dd) {
		ip[7]--;
		return;
	}
	ip[8]--;
	sum = (uint32_t)(ip[10] << 8 | ip[11]) + 0x100;
	sum = (sum & 0xffff) + (sum >> 16);
	ip[10] = (uint8_t)(sum >> 8);
	ip[11] = (uint8_t)sum;
}

uint32_t mv_rewrite(const struct mv_image *im, const struct mv_frame *f, uint32_t port,
		    uint8_t *out)
{
	const uint32_t *rew = im->rew[port];
	uint32_t from = 12 + 4 * f->pop, at = 12;

	if (f->no_rewrite) {
		memcpy(out, f->data, f->len);
		return f->len;
	}
	memcpy(out, f->data, 12);
	if (f->routed) {
		put48(out, f->new_dmac);
		put48(out + 6, f->new_smac);
	}
	if (gets_tag(rew, f)) {
		put_tag(im, rew, f, out + at);
		at += 4;
	}
	memcpy(out + at, f->data + from, f->len - from);
	if (f->routed)
		age_packet(f, out + at + (f->payload - from));
	at += f->len - from;
	if (at < 60) { /* the MAC pads */
		memset(out + at, 0, 60 - at);
		at = 60;
	}
	return at;
}

bool mv_probe_looks(const struct mv_image *im, const struct mv_frame *f, uint32_t probe,
		    uint32_t port)
{
	const uint32_t *cfg = im->probe[probe];
	uint32_t vid = f->routed && port == f->port ? f->in_vid : f->vid;

	if (port >= MV_PORTS || (mv_mask(cfg[1], cfg[2]) >> port & 1) == 0)
		return false;
	switch (cfg[0] >> 4 & 3) {
	case 1:
		return f->vlan_mirror;
	case 2:
		return vid == (cfg[0] >> 6 & 0xfff);
	default:
		return true;
	}
}
