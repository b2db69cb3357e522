/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Access rules (IS2): both lookups, and what their actions do to a frame.  Of the keys that fill
 * half a row all but CUSTOM_2 are modelled, those of a whole row (IP_7TUPLE) and of a quarter
 * (IP4_VID) are not: frames that get one match no rule.
 */
#include "drv/mock_vsc7448/forward_priv.h"
#include "drv/mock_vsc7448/vcap.h"

static uint64_t payload_of(const struct mv_frame *f)
{
	uint64_t value = 0;

	for (uint32_t i = 0; i < 8; i++)
		value = value << 8 | (f->payload + i < f->len ? f->data[f->payload + i] : 0u);
	return value;
}

#define KEY_F(name) VSC7448_ANA_ACL_PORT_VCAP_S2_KEY_SEL__##name
#define S2_F(name)  VSC7448_ANA_ACL_VCAP_S2_VCAP_S2_CFG__SEC_TYPE_##name##_ENA

/* Bit @lookup of a field of VCAP_S2_CFG. */
static bool is_on(uint32_t cfg, struct reg_field field, uint32_t lookup)
{
	return (reg_field_get(cfg, field) >> lookup & 1) != 0;
}

/* IPv4 and IPv6 share a key: IPv6 gets it when VCAP_S2_CFG says so. */
static bool ip_key(const struct mv_frame *f, uint32_t cfg, uint32_t sel, uint32_t lookup,
		   enum mv_is2_key *key)
{
	bool group = (f->dmac >> 40 & 1) != 0, v4 = f->etype == 0x0800;
	uint32_t proto = f->payload + (v4 ? 9 : 6);
	bool ports = proto < f->len && (f->data[proto] == 6 || f->data[proto] == 17);
	uint64_t kind;

	if (v4)
		kind = reg_field_get(sel,
				     group ? KEY_F(IP4_MC_KEY_SEL) : KEY_F(IP4_UC_KEY_SEL));
	else
		kind = reg_field_get(sel,
				     group ? KEY_F(IP6_MC_KEY_SEL) : KEY_F(IP6_UC_KEY_SEL));
	if (kind > (v4 ? 1u : 0u))
		return false;
	if (v4 ? kind == 1 && is_on(cfg, ports ? S2_F(IP4_TCPUDP) : S2_F(IP4_OTHER), lookup)
	       : is_on(cfg, S2_F(IP6_TCPUDP_OTHER), lookup))
		*key = ports ? MV_IS2_IP_TCP_UDP : MV_IS2_IP_OTHER;
	return true;
}

/* The key that the port's settings give the frame; false: one that is not modelled. */
static bool choose_key(struct mock_vsc7448 *m, const struct mv_frame *f, uint32_t lookup,
		       enum mv_is2_key *key)
{
	uint32_t cfg = mv_image(m)->is2[f->port];
	uint32_t sel =
		mock_hw_get(m->mock, VSC7448_ANA_ACL_PORT_VCAP_S2_KEY_SEL(f->port, lookup));

	*key = MV_IS2_MAC_ETYPE;
	if (f->etype == 0x0800 || f->etype == 0x86dd)
		return ip_key(f, cfg, sel, lookup, key);
	if (f->etype == 0x0806 && reg_field_get(sel, KEY_F(ARP_KEY_SEL)) != 0)
		*key = MV_IS2_ARP;
	return true;
}

static struct mv_is2_frame key_of(struct mock_vsc7448 *m, const struct mv_frame *f)
{
	return (struct mv_is2_frame){
		.pag = mv_vcap_default_pag(m, f->port),
		.port = f->port,
		.multicast = (f->dmac >> 40 & 1) != 0,
		.broadcast = f->dmac == UINT64_C(0xffffffffffff),
		.l2_forward = !f->routed,
		.tagged = f->was_tagged,
		.routed = f->routed,
		.vid = (uint16_t)f->vid,
		.pcp = (uint8_t)f->pcp,
		.dei = (uint8_t)f->dei,
		.dmac = f->dmac,
		.smac = f->smac,
		.is_etype = f->etype >= 0x600,
		.etype = f->etype,
		.payload = payload_of(f),
	};
}

static void act(struct mv_frame *f, const struct mv_is2_action *action)
{
	uint64_t ports = action->ports & MV_FRONT;

	switch (action->mask_mode) {
	case MV_MASK_OR_DST:
	case MV_MASK_OR_PGID:
		f->dest |= ports;
		break;
	case MV_MASK_AND_VLAN:
		f->dest &= ports;
		break;
	case MV_MASK_REPLACE_PGID:
	case MV_MASK_REPLACE_ALL:
	case MV_MASK_REDIR_PGID:
		f->dest = ports;
		break;
	}
	if (action->cpu_dis)
		f->cpu_queues = 0;
	if (action->cpu)
		f->cpu_queues |= 1u << action->cpu_queue;
	if (action->mirror_probe != 0)
		f->probes |= 1u << (action->mirror_probe - 1);
}

void mv_acl(struct mock_vsc7448 *m, struct mv_frame *f)
{
	uint32_t lookups = mv_image(m)->is2[f->port] & 3;
	struct mv_is2_frame key;

	if (lookups == 0 || f->port >= MV_PORTS || !mv_vcap_has_is2(m))
		return;
	key = key_of(m, f);
	for (uint32_t i = 0; i < 2; i++) {
		key.first = i == 0;
		if ((lookups >> i & 1) == 0)
			continue;
		if (choose_key(m, f, i, &key.key))
			act(f, mv_vcap_is2_match(m, &key));
		else if (i == 0)
			act(f, mv_vcap_is2_default(m, f->port));
	}
}
