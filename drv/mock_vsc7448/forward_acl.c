/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Access rules (IS2): both lookups with the MAC_ETYPE key, and what their actions do to a frame. */
#include "drv/mock_vsc7448/forward_priv.h"
#include "drv/mock_vsc7448/vcap.h"

static uint64_t payload_of(const struct mv_frame *f)
{
	uint64_t value = 0;

	for (uint32_t i = 0; i < 8; i++)
		value = value << 8 | (f->payload + i < f->len ? f->data[f->payload + i] : 0u);
	return value;
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
		if ((lookups >> i & 1) != 0)
			act(f, mv_vcap_is2_match(m, &key));
	}
}
